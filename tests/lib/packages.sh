# shellcheck shell=bash
# Which Debian packages are needed, and installing those that are missing: asks nothing, and does nothing when all are there.

# The PostgreSQL major version to build for: PG_MAJOR, else the newest supported one that is installed,
# else the one this Debian release carries.
choose_major() {
	local major release
	if [[ -n ${PG_MAJOR:-} ]]; then
		printf '%s\n' "$PG_MAJOR"
		return
	fi
	for major in 19 18 17 16 15; do
		if [[ -x /usr/lib/postgresql/$major/bin/postgres ]]; then
			printf '%s\n' "$major"
			return
		fi
	done
	# shellcheck source=/dev/null
	release=$(. /etc/os-release 2>/dev/null && printf '%s' "${VERSION_ID:-}") || release=
	case $release in
		13) printf '17\n' ;;
		14) printf '18\n' ;;
		*) printf '15\n' ;;
	esac
}

# Package names for a purpose (build, test, fuzz) and a major version.
packages_for() {
	local purpose=$1 major=$2
	printf '%s\n' gcc libc6-dev make "postgresql-$major" "postgresql-server-dev-$major"
	case $purpose in
		test)
			printf '%s\n' perl libtap-parser-sourcehandler-pgtap-perl libipc-run-perl
			# Debian packages no pgTAP for 19 yet: that leg says it is skipped
			((major >= 19)) || printf '%s\n' "postgresql-$major-pgtap"
			;;
		fuzz) printf '%s\n' clang-14 libclang-rt-14-dev ;;
	esac
}

package_installed() {
	[[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# install_missing PACKAGE...: 0 when all are installed in the end, 1 (having said what to do) otherwise.
install_missing() {
	local package attempt log missing=() root=()

	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
		note "This is not a Debian system, so nothing can be installed automatically. Needed here are the equivalents of:"
		note "    $*"
		return 1
	fi
	for package; do
		package_installed "$package" || missing+=("$package")
	done
	((${#missing[@]})) || return 0

	if ((EUID != 0)); then
		if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
			note "Missing packages: ${missing[*]}"
			note "They cannot be installed without root or a sudo that asks no password. Install them once with:"
			note "    sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
			return 1
		fi
		root=(sudo -n)
	fi

	note "Installing ${missing[*]} ..."
	root+=(env DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true)
	local apt=(apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0)
	log=$(mktemp "${TMPDIR:-/tmp}/scorecard-apt.XXXXXX")
	# First with the package lists as they are; they may be empty, stale, or locked by somebody else for a while.
	for attempt in 1 2 3 4; do
		if "${root[@]}" "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null >"$log" 2>&1; then
			rm -f -- "$log"
			return 0
		fi
		((attempt < 4)) || break
		((attempt == 1)) || sleep 10
		"${root[@]}" "${apt[@]}" update </dev/null >>"$log" 2>&1 || true
	done
	tail -n 15 -- "$log" >&2
	rm -f -- "$log"
	note "Could not install: ${missing[*]}"
	note "Check this machine's package sources and network, then: apt-get install --no-install-recommends ${missing[*]}"
	return 1
}

# install_node_packages PACKAGE_JSON DIRECTORY SECONDS: the packages that it names, from the registry npm is set up with,
# into DIRECTORY/node_modules; does nothing when they are there already.
install_node_packages() {
	local wanted=$1 directory=$2 seconds=$3
	if [[ -d $directory/node_modules ]] && cmp -s "$wanted" "$directory/installed.json"; then
		return 0
	fi
	note "Installing the npm packages of ${wanted#"$repo"/} ..."
	rm -rf -- "$directory/node_modules" "$directory/installed.json"
	cp -- "$wanted" "$directory/package.json"
	quietly timeout -k 10 "$seconds" npm install --prefix "$directory" --no-audit --no-fund --no-package-lock \
		--loglevel=error </dev/null || return 1
	cp -- "$wanted" "$directory/installed.json"
}

# Packages without which a test is skipped, saying so: tried once, nothing is lost if they cannot be had.
install_optional() {
	local package missing=() root=()
	command -v dpkg-query >/dev/null && command -v apt-cache >/dev/null || return 0
	for package; do
		package_installed "$package" || ! apt-cache show "$package" >/dev/null 2>&1 || missing+=("$package")
	done
	((${#missing[@]})) || return 0
	if ((EUID != 0)); then
		sudo -n true 2>/dev/null || return 0
		root=(sudo -n)
	fi
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=60 install --no-install-recommends \
		"${missing[@]}" </dev/null >/dev/null 2>&1 || true
}

# Everything for a purpose; sets PG_CONFIG, pg_major. With PG_CONFIG given, PostgreSQL itself is the caller's.
prepare_machine() {
	local purpose=$1 package packages=()
	if [[ -n ${PG_CONFIG:-} ]]; then
		[[ -x $(command -v "$PG_CONFIG") ]] || die "PG_CONFIG=$PG_CONFIG is not a program"
		pg_major=$("$PG_CONFIG" --version | sed 's/^PostgreSQL \([0-9]*\).*/\1/')
		for package in $(packages_for "$purpose" "$pg_major"); do
			[[ $package == postgresql-"$pg_major"* || $package == postgresql-server-dev-* ]] || packages+=("$package")
		done
	else
		pg_major=$(choose_major)
		mapfile -t packages < <(packages_for "$purpose" "$pg_major")
	fi
	install_missing "${packages[@]}" || exit 1
	PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/$pg_major/bin/pg_config}
	[[ -x $(command -v "$PG_CONFIG") ]] || die "cannot find pg_config of PostgreSQL $pg_major"
	((pg_major >= 15)) || die "PostgreSQL $pg_major is too old: 15 or newer is needed"
	export PG_CONFIG pg_major
}
