# shellcheck shell=bash disable=SC2154
# A private, throw-away PostgreSQL: a copy of the installed server's files below a temporary directory, with this
# extension installed into the copy. Nothing outside that directory changes. PostgreSQL finds its files relative to its
# own program, so the copy works from anywhere.
#
# Needs common.sh and packages.sh. After private_tree: $private (the directory), $bin (its programs).
# After start_server: $private/run (the socket directory), $private/log/server.log.

readonly server_port=5432

# As root the server runs as nobody, since it refuses root.
as_server() {
	if ((EUID == 0)); then
		setpriv --reuid=nobody --regid="$(id -gn nobody)" --clear-groups env HOME="$private" "$@"
	else
		"$@"
	fi
}

own_for_server() {
	if ((EUID == 0)); then chown nobody:"$(id -gn nobody)" "$@"; fi
}

# Links to the sources in $build, and the list of them in $build/files.
link_sources() {
	local file
	(
		cd "$repo" || exit
		printf '%s\n' Makefile scorecard.control META.json
		find extension -maxdepth 2 -type f \( -name '*.[ch]' -o -name '*.sql' -o -name '*.sql.in' \) \
			! -name 'scorecard--?.?.?.sql'
		find sql expected -maxdepth 1 -type f 2>/dev/null || true
	) | sort >"$build/files.new"
	# another run may be reading these: what is right stays
	while IFS= read -r file; do
		mkdir -p "$build/$(dirname "$file")"
		[[ ! -e $repo/$file || $(readlink "$build/$file") == "$repo/$file" ]] || ln -sfn "$repo/$file" "$build/$file"
	done <"$build/files.new"
	find "$build" -type l -printf '%P\n' | sort | comm -13 "$build/files.new" - |
		while IFS= read -r file; do rm -f -- "$build/$file"; done
	# What a removed file left behind would not be noticed by make.
	if ! cmp -s "$build/files" "$build/files.new"; then
		rm -f "$build"/*.so "$build"/extension/scorecard--?.?.?.sql
	fi
	mv "$build/files.new" "$build/files"
}

# Build and install into the private tree. The build happens in build/, whose sources are links into the repository:
# objects for different servers and those of the user's own `make` stay apart, and a second run compiles only what
# changed. Arguments go to make.
build_extension() {
	local flags=(--no-print-directory PG_CONFIG="$PG_CONFIG" ${PROFILE:+PROFILE="$PROFILE"} "$@")
	build=$repo/build/$pg_major${PROFILE:+-ci}
	if ! mkdir -p "$build" 2>/dev/null || [[ ! -w $build ]]; then
		build=$private/build
		mkdir -p "$build"
	fi
	(
		# One build at a time in one directory.
		flock 9
		link_sources &&
			quietly make -C "$build" -j"$(nproc)" "${flags[@]}" all </dev/null 9>&- &&
			quietly make -C "$build" "${flags[@]}" DESTDIR="$private" install </dev/null 9>&-
	) 9>"$build/lock" || die "the extension does not build"
}

private_tree() {
	local temporary=${TMPDIR:-/tmp} directory
	# A socket's path must stay below 107 bytes.
	((${#temporary} < 60)) || temporary=/tmp
	private=$(mktemp -d "$temporary/scorecard.XXXXXX")
	chmod 755 "$private"
	trap private_cleanup EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	for directory in "$("$PG_CONFIG" --bindir)" "$("$PG_CONFIG" --pkglibdir)" "$("$PG_CONFIG" --sharedir)"; do
		mkdir -p "$private$directory"
		cp -a "$directory/." "$private$directory/"
	done
	chmod -R a+rX "$private"
	bin=$private$("$PG_CONFIG" --bindir)
	mkdir "$private/run" "$private/log" "$private/servers"
	own_for_server "$private/run" "$private/log" "$private/servers"
}

# What the tests read, where an unprivileged server and its clients can read it too.
copy_sources() {
	local vectors=${SCORECARD_VECTORS:-$repo/../shared/vectors} entry
	mkdir -p "$private/src"
	for entry in Makefile scorecard.control META.json README.md CHANGELOG.md docs extension sql expected examples tests; do
		[[ ! -e $repo/$entry ]] || cp -R "$repo/$entry" "$private/src/"
	done
	if [[ -d $vectors ]]; then
		cp -R "$vectors" "$private/vectors"
		export SCORECARD_VECTORS=$private/vectors
	else
		export SCORECARD_VECTORS=
	fi
	chmod -R a+rX,u+w "$private/src"
	[[ ! -d $private/vectors ]] || chmod -R a+rX,u+w "$private/vectors"
}

start_server() {
	local data=$private/servers/main
	quietly as_server "$bin/initdb" --no-sync -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 ||
		die "initdb failed"
	cat >"$private/server.conf" <<-CONF
		listen_addresses = ''
		port = $server_port
		unix_socket_directories = '$private/run'
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		max_connections = 50
		timezone = 'UTC'
		log_timezone = 'UTC'
		log_line_prefix = '%m [%p] %e %d '
		log_min_messages = warning
		lc_messages = 'C'
		$(printf '%s\n' "$@")
	CONF
	printf "include '%s'\n" "$private/server.conf" | as_server tee -a "$data/postgresql.conf" >/dev/null
	if ! as_server "$bin/pg_ctl" -s -w -t 600 -D "$data" -l "$private/log/server.log" start </dev/null; then
		tail -n 20 "$private/log/server.log" >&2
		die "the private server did not start"
	fi
	# what somebody has set for clients of his own
	# shellcheck disable=SC2046
	unset $(compgen -e PG | grep -vE '^PG_(CONFIG|MAJOR|TEST_.*)$|^PGCTLTIMEOUT$')
	export PGHOST=$private/run PGPORT=$server_port PGUSER=postgres PGDATABASE=postgres
}

# Let the role $1 come to database $2 over TCP, with the password $3, for clients that know no sockets in the file system.
# Restarts the server on a free port of the loopback address, which nobody else may use without that password; sets and
# exports PGPORT. The sockets stay.
open_loopback() {
	local role=$1 database=$2 password=$3 data=$private/servers/main port attempt
	printf '%s\n' 'local all all trust' "host $database $role 127.0.0.1/32 scram-sha-256" |
		as_server tee "$data/pg_hba.conf" >/dev/null
	for attempt in 1 2 3; do
		port=$(perl -MIO::Socket::INET -e \
			'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1", LocalPort => 0)->sockport') || return 1
		if as_server "$bin/pg_ctl" -s -w -t 600 -D "$data" -l "$private/log/server.log" -m fast \
			-o "-c listen_addresses=127.0.0.1 -c port=$port" restart </dev/null; then
			export PGPORT=$port
			psql -v "role=$role" -v "password=$password" <<-'SQL'
				SELECT format('ALTER ROLE %I PASSWORD %L', :'role', :'password') \gexec
			SQL
			return
		fi
		note "port $port was taken (attempt $attempt)"
	done
	return 1
}

# After a crash the server is back within moments; a test that follows should find it.
wait_for_server() {
	for _ in {1..3000}; do
		! "$bin/pg_isready" -q || return 0
		sleep 0.1
	done
	return 1
}

psql() { "$bin/psql" -X -q -v ON_ERROR_STOP=1 "$@"; }

# Stop every server whose program lies in this private tree, whoever started it (the perl tests start their own).
stop_servers() {
	local file pid
	while IFS= read -r file; do
		pid=$(head -n 1 "$file" 2>/dev/null) || continue
		# under valgrind the program is valgrind, and the server its argument
		[[ $pid =~ ^[0-9]+$ && ($(readlink "/proc/$pid/exe") == "$private"/* ||
			$(tr '\0' ' ' <"/proc/$pid/cmdline") == *" $private"/*) ]] || continue
		kill -QUIT "$pid" 2>/dev/null || continue
		for _ in {1..100}; do
			kill -0 "$pid" 2>/dev/null || break
			sleep 0.1
		done
	done < <(find "$private" -name postmaster.pid 2>/dev/null)
}

private_cleanup() {
	local status=$?
	trap - EXIT
	if [[ -n ${private:-} && -d $private ]]; then
		stop_servers
		rm -rf -- "$private"
	fi
	if ((status)) && [[ -n ${counts:-} && -z ${summarised:-} ]]; then
		note "${0##*/}: stopped before the end (status $status)"
	fi
	exit "$status"
}
