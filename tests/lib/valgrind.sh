# shellcheck shell=bash disable=SC2154
# A second server under valgrind: the regression tests, and files of pgTAP that go through every type and aggregate, with
# every error of memory counted in whose stack, or origin, the extension stands. Slow: ./test valgrind.

# In this order, until the time is over.
readonly valgrind_files=(target_path sheet framework aggregations means statistics treatment normalise series_tools assess
	explanation what_if hostile figures exact_means types arguments)

# The reports of valgrind that name a file of the extension, a block each, the same place once.
valgrind_reports() {
	local names
	names=$(cd "$repo" && find extension tests/valgrind -name '*.c' -printf '%f|')
	NAMES=${names%|} perl -0777 -ne '
		BEGIN { $names = join "|", map { quotemeta } split /\|/, $ENV{NAMES} }
		s/^==\d+== ?//mg;
		for (split /\n\s*\n/) {
			my $place = join "\n", /: (\w+ \((?:$names):\d+\))/g;
			print "$_\n\n" if $place ne "" && !$seen{$place}++;
		}' "$@"
}

# The extension with its allocations marked, in place of the one in the private tree.
build_for_valgrind() {
	local marked=$private/valgrind/marked.o
	quietly "${CC:-cc}" -g -O1 -fPIC -isystem "$("$PG_CONFIG" --includedir-server)" -c -o "$marked" "$repo/tests/valgrind/marked.c" || return 1
	cp -RL "$build" "$private/valgrind/build" || return 1
	(
		cd "$private/valgrind/build" || exit 1
		quietly make --no-print-directory PG_CONFIG="$PG_CONFIG" with_llvm=no clean </dev/null
		quietly make -j"$(nproc)" --no-print-directory PG_CONFIG="$PG_CONFIG" with_llvm=no DESTDIR="$private" LDFLAGS_SL="$marked" \
			PROFILE="-g -Dpalloc=marked_palloc -DMemoryContextAlloc=marked_alloc -DMemoryContextAllocHuge=marked_alloc_huge" install </dev/null
	)
}

leg_valgrind() {
	local data=$private/servers/valgrind logs=$private/valgrind/logs seconds=${VALGRIND_SECONDS:-300}
	local end began file files=() ran=0 reports pid
	command -v valgrind >/dev/null || { skip "valgrind is not there"; return; }
	mkdir -p "$logs"
	own_for_server "$logs"
	if ! build_for_valgrind; then
		fail "the extension does not build for valgrind"
		return
	fi
	quietly as_server "$bin/initdb" --no-sync -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8
	as_server valgrind --quiet --trace-children=yes --child-silent-after-fork=no --track-origins=yes --num-callers=24 \
		--log-file="$logs/%p" "$bin/postgres" -D "$data" -k "$private/run" -p 5433 -c listen_addresses= -c fsync=off \
		-c autovacuum=off -c jit=off -c max_parallel_workers_per_gather=0 -c log_min_messages=fatal \
		>"$private/log/valgrind.log" 2>&1 </dev/null &
	pid=$!
	for _ in {1..3000}; do
		! "$bin/pg_isready" -q -t 60 -h "$private/run" -p 5433 || break
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.2
	done
	if ! PGPORT=5433 psql -c 'CREATE EXTENSION scorecard' -c 'CREATE SCHEMA tap' \
		-c 'ALTER DATABASE postgres SET search_path = public, tap' -c 'CREATE EXTENSION pgtap SCHEMA tap' 2>>"$private/log/valgrind.log"; then
		tail -n 5 "$private/log/valgrind.log"
		fail "the server under valgrind did not start, or could not create the extensions"
		return
	fi

	for file in "$private"/src/sql/*.sql; do files+=("$file"); done
	for file in "${valgrind_files[@]}"; do
		[[ ! -e $private/src/tests/pgtap/$file.sql ]] || files+=("$private/src/tests/pgtap/$file.sql")
	done
	end=$((SECONDS + seconds))
	for file in "${files[@]}"; do
		((SECONDS < end)) || break
		began=$SECONDS
		# what the statements answer is for other legs; a file cut short has been looked at as far as it came
		PGPORT=5433 timeout $((end - began)) "$bin/psql" -X -q -o /dev/null -v "vectors=$SCORECARD_VECTORS" -v "src=$private/src" \
			-f "$file" >/dev/null 2>&1 || true
		ran=$((ran + 1))
		say "${file#"$private/src/"}: $((SECONDS - began)) s"
		if ! "$bin/pg_isready" -q -t 60 -h "$private/run" -p 5433; then
			fail "the server under valgrind broke down in ${file##*/}"
			break
		fi
	done
	# what is cut short may be in the middle of something that takes minutes here
	as_server "$bin/pg_ctl" -s -t 20 -D "$data" -m immediate stop 2>/dev/null || as_server kill -KILL "$pid" || true
	wait "$pid" || true
	build_extension

	reports=$(valgrind_reports "$logs"/*)
	say "$ran of ${#files[@]} files in at most $seconds s (VALGRIND_SECONDS)"
	if [[ -n $reports ]]; then
		printf '%s\n' "$reports"
		count "$ran" 1 0
	else
		count "$ran" 0 0
	fi
}
