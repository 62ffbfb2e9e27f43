#!/bin/bash
# Builds examples/dashboard over the small registry, as a role that may only read, and opens it in a headless Chromium.
# The site, and what it looks like, stay in build/dashboard: vi.png, en.png, phone.png, print.pdf.
set -euo pipefail
# shellcheck source=tests/lib/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=tests/lib/packages.sh
. "$repo/tests/lib/packages.sh"
# shellcheck source=tests/lib/tap.sh
. "$repo/tests/lib/tap.sh"

skip_all() {
	printf '1..0 # SKIP %s\n' "$*"
	exit 0
}

project=$repo/build/dashboard
mkdir -p "$project" 2>/dev/null && [[ -w $project ]] || project=${private:?}/dashboard
mkdir -p "$project"

if ! command -v npm >/dev/null && ! install_missing nodejs npm; then
	skip_all "nodejs and npm could not be installed"
fi
(($(node -p 'process.versions.node.split(".")[0]') >= 18)) || skip_all "this node is older than 18"
chromium=$(command -v chromium || command -v google-chrome || true)
if [[ -z $chromium ]]; then
	install_missing chromium fonts-dejavu-core || skip_all "chromium could not be installed"
	chromium=$(command -v chromium)
fi
install_node_packages "$repo/examples/dashboard/package.json" "$project" 400 ||
	skip_all "npm could not install the packages of Evidence"

# The project as it is now, beside the installed packages; nothing is built in the repository itself.
find "$project" -mindepth 1 -maxdepth 1 ! -name node_modules ! -name installed.json ! -name .npmrc -exec rm -rf -- {} +
cp -R "$repo/examples/dashboard/." "$project/"

# evidence SCHEMA SECONDS ARGUMENT...
evidence() {
	cd "$project" || return
	SEND_ANONYMOUS_USAGE_STATS=no TZ=UTC \
		EVIDENCE_SOURCE__registry__host=127.0.0.1 EVIDENCE_SOURCE__registry__port="${PGPORT:?}" \
		EVIDENCE_SOURCE__registry__database="${reader_database:?}" EVIDENCE_SOURCE__registry__schema="$1" \
		EVIDENCE_SOURCE__registry__user="${reader:?}" EVIDENCE_SOURCE__registry__password="${reader_password:?}" \
		timeout -k 10 "$2" npx --no-install evidence "${@:3}"
}

# A source that fails, or has no row, is only reported; the page that needs it fails later, or shows nothing.
sources_of() {
	local file name
	rm -rf -- "$project/.evidence/template/static/data"
	evidence "$1" 600 sources || return
	for file in "$project"/sources/registry/*.sql; do
		name=$(basename "$file" .sql)
		compgen -G "$project/.evidence/template/static/data/registry/$name/*.parquet" || { echo "no rows: $name"; return 1; }
	done
}

ok "the sources of a registry without anything are read" sources_of kpi_empty
ok "the sources are read" sources_of kpi
ok "the site is built" evidence kpi 1800 build:strict
if ((tap_failed)) || [[ ! -e $project/build/index.html ]]; then
	diag "without a site there is nothing to open"
	done_testing
fi
empty "it holds no password" "$(grep -rlF "$reader_password" "$project/build" || true)"
timeout -k 10 1200 node "$repo/tests/dashboard/pages.mjs" "$chromium" "$project" "$tap_number" || exit
