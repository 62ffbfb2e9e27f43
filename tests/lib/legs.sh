# shellcheck shell=bash disable=SC2154
# The legs of ./test. Each runs its tests, prints what its runner prints, and appends a line "passed failed skipped"
# to $counts for every runner; a leg that cannot run says why and counts as one skipped.

count() { printf '%s %s %s\n' "$1" "$2" "$3" >>"$counts"; }

skip() {
	say "skipped: $*"
	count 0 0 1
}

fail() {
	say "FAILED: $*"
	count 0 1 0
}

# The files of a kind, or those of $FILES among them, relative to the sources.
test_files() {
	local directory=$1 suffix=$2 file
	if [[ -n ${FILES:-} ]]; then
		for file in $FILES; do
			[[ $file != "$directory"/*."$suffix" ]] || printf '%s\n' "$file"
		done
	else
		(cd "$private/src" && find "$directory" -maxdepth 1 -name "*.$suffix" | sort)
	fi
}

# run_prove COMMAND...: prove or pg_prove with the formatter that counts. A runner that dies before counting fails.
run_prove() {
	local before after
	before=$(wc -l <"$counts")
	SCORECARD_COUNTS=$counts "$@" </dev/null || true
	after=$(wc -l <"$counts")
	((after > before)) || fail "the runner itself broke: $*"
}

leg_core() {
	local out=$repo/build/core program programs=()
	[[ -w $repo ]] || out=$private/build/core
	if ! quietly make -C "$repo/tests/core" --no-print-directory -j"$(nproc)" PG_CONFIG="$PG_CONFIG" OUT="$out" \
		PROFILE="${PROFILE:-}" programs; then
		fail "the core's unit tests do not compile"
		return
	fi
	for program in "$repo"/tests/core/*.c; do
		[[ ! -e $program ]] || programs+=("./$(basename "$program" .c)")
	done
	((${#programs[@]})) || { skip "no unit tests"; return; }
	(
		cd "$out" || exit
		ASAN_OPTIONS=detect_leaks=0 PERL5LIB=$repo/tests/lib SCORECARD_VECTORS=$SCORECARD_VECTORS \
			run_prove prove --norc --formatter CountingFormatter -e "$(steady_addresses)" "${programs[@]}"
	)
}

leg_regress() {
	local log=$private/regress.log ok bad
	compgen -G "$repo/sql/*.sql" >/dev/null || { skip "no regression tests"; return; }
	(
		flock 9
		make -C "$build" --no-print-directory PG_CONFIG="$PG_CONFIG" ${PROFILE:+PROFILE="$PROFILE"} installcheck 9>&- </dev/null
	) 9>"$build/lock" >"$log" 2>&1 || true
	# "test name ... ok" up to 15, TAP from 16 on.
	grep -E '^(test |not ok|ok |# diff|     \w)' "$log" || cat "$log"
	ok=$(grep -cE '^ok |^(test )?.*\.\.\. ok ' "$log" || true)
	bad=$(grep -cE '^not ok |\.\.\. FAILED' "$log" || true)
	if ((ok + bad == 0)); then
		fail "pg_regress did not run"
		return
	fi
	if ((bad)) && [[ -s $build/regression.diffs ]]; then
		head -n 400 "$build/regression.diffs"
	fi
	count "$ok" "$bad" 0
}

leg_pgtap() {
	local files
	mapfile -t files < <(test_files tests/pgtap sql)
	((${#files[@]})) || { skip "no pgTAP tests"; return; }
	if [[ ! -e $private$("$PG_CONFIG" --sharedir)/extension/pgtap.control ]]; then
		skip "pgTAP is not there for PostgreSQL $pg_major"
		return
	fi
	# pgTAP stays out of the way in a schema of its own; each file runs in a transaction that it rolls back.
	if ! psql -c 'DROP DATABASE IF EXISTS scorecard_pgtap' -c 'CREATE DATABASE scorecard_pgtap' 2>/dev/null ||
		! psql -d scorecard_pgtap -c 'CREATE EXTENSION scorecard' -c 'CREATE SCHEMA tap' \
			-c 'CREATE EXTENSION pgtap SCHEMA tap' -c 'ALTER DATABASE scorecard_pgtap SET search_path = public, tap'; then
		fail "the database for pgTAP could not be made"
		return
	fi
	(
		cd "$private/src" || exit
		PERL5LIB=$repo/tests/lib run_prove pg_prove --norc --formatter CountingFormatter --psql-bin "$bin/psql" \
			-d scorecard_pgtap -j 2 --set "vectors=$SCORECARD_VECTORS" --set "src=$private/src" "${files[@]}"
	)
}

leg_tap() {
	local files perl log scratch=$private/tap
	perl=$private$("$PG_CONFIG" --pkglibdir)/pgxs/src/test/perl
	mapfile -t files < <(test_files tests/t pl)
	((${#files[@]})) || { skip "no TAP tests"; return; }
	if [[ ! -e $perl/PostgreSQL/Test/Cluster.pm ]]; then
		skip "this PostgreSQL comes without PostgreSQL::Test::Cluster"
		return
	fi
	mkdir -p "$scratch"
	own_for_server "$scratch" "$counts"
	(
		cd "$private/src" || exit
		unset PGHOST PGPORT PGUSER PGDATABASE
		run_prove as_server env PATH="$bin:$PATH" TMPDIR="$private/run" \
			TESTDIR="$scratch" TESTDATADIR="$scratch" TESTLOGDIR="$scratch/log" \
			PG_REGRESS="$private$("$PG_CONFIG" --pkglibdir)/pgxs/src/test/regress/pg_regress" \
			PERL5LIB="$perl:$private/src/tests/lib" SCORECARD_VECTORS="$SCORECARD_VECTORS" SCORECARD_SRC="$private/src" \
			PGCTLTIMEOUT="${PGCTLTIMEOUT:-600}" PG_TEST_TIMEOUT_DEFAULT="${PG_TEST_TIMEOUT_DEFAULT:-600}" \
			prove --norc -j 2 --formatter CountingFormatter "${files[@]}"
	)
	# A test that died says why only in its own log.
	for log in "$scratch"/tmp_check/log/regress_log_* "$scratch"/log/regress_log_*; do
		[[ -e $log ]] || continue
		if ! grep -qE '(^|[] ])1\.\.[0-9]+' "$log" || grep -qE '(^|[] ])not ok ' "$log"; then
			say "-- the end of ${log##*/}:"
			tail -n 15 "$log"
		fi
	done
}

leg_build() {
	(
		cd "$repo" || exit
		export private build bin pg_major
		PERL5LIB=$repo/tests/lib run_prove prove --norc --formatter CountingFormatter -e bash tests/build/*.sh
	)
}

# Each file in a database of its own, with $BENCH as further arguments of psql. The server is that of the tests: with more memory.
leg_bench() {
	local file files
	mapfile -t files < <(test_files tests/bench sql)
	((${#files[@]})) || { skip "no benchmarks"; return; }
	psql -c "ALTER SYSTEM SET shared_buffers = '1GB'" -c "ALTER SYSTEM SET max_wal_size = '8GB'"
	if ! as_server "$bin/pg_ctl" -s -w -t 600 -D "$private/servers/main" -l "$private/log/server.log" restart </dev/null; then
		fail "the server does not start with more memory"
		return
	fi
	for file in "${files[@]}"; do
		say "-- $file ${BENCH:-}"
		psql -c 'DROP DATABASE IF EXISTS scorecard_bench' -c 'CREATE DATABASE scorecard_bench' 2>/dev/null
		psql -d scorecard_bench -c 'CREATE EXTENSION scorecard'
		# shellcheck disable=SC2086
		if psql -d scorecard_bench ${BENCH:-} -f "$private/src/$file"; then
			count 1 0 0
		else
			fail "$file"
		fi
	done
}

leg_demo() {
	local language
	[[ -x $repo/demo && -e $repo/examples/hanoi/demo.sql ]] || { skip "the example is not there"; return; }
	for language in en vi; do
		if quietly "$repo/demo" --lang "$language" </dev/null; then
			say "./demo --lang $language: ok"
			count 1 0 0
		else
			fail "./demo --lang $language"
		fi
	done
}

# The small registry, as a role that may only read it sees it; or the leg says why not.
with_registry() {
	load_registry || { fail "the registry for the clients could not be loaded"; return 1; }
	export private bin
}

leg_clients() {
	with_registry || return 0
	(
		cd "$repo" || exit
		PERL5LIB=$repo/tests/lib run_prove prove --norc --formatter CountingFormatter -e bash tests/clients/clients.sh
	)
}

leg_dashboard() {
	with_registry || return 0
	(
		cd "$repo" || exit
		PERL5LIB=$repo/tests/lib run_prove prove --norc --formatter CountingFormatter -e bash tests/dashboard/dashboard.sh
	)
}

leg_fuzz() { "$repo/tests/fuzz/run" "$counts" || fail "the fuzz leg broke"; }

leg_majors() { "$repo/tests/majors" "$counts" || fail "the majors leg broke"; }

# No internal error and no crash anywhere, in the main server or in those of the perl tests. Signal 9 is no crash: a test
# kills with it, and a server that is told to stop at once those of its processes that are slow to go.
check_logs() {
	local found
	found=$(find "$private/log" "$private/tap" -name '*.log' ! -name 'regress_log_*' -exec \
		grep -HnE ' XX[0-9A-Z]{3} |was terminated by signal ([^9]|9[0-9])|PANIC:|TRAP:|Sanitizer' {} + 2>/dev/null || true)
	if [[ -n $found ]]; then
		printf '%s\n' "$found" | head -n 40
		fail "internal errors or crashes in a server log"
	else
		say "no internal error, no crash"
		count 1 0 0
	fi
}

summary() {
	local passed=0 failed=0 skipped=0 p f s
	while read -r p f s; do
		((passed += p, failed += f, skipped += s)) || true
	done <"$counts"
	# shellcheck disable=SC2034
	summarised=yes # for private_cleanup
	printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
	((failed == 0 && passed > 0))
}
