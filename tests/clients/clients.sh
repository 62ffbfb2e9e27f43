#!/bin/bash
# The registry's views through the drivers that tools use: the same rows, types, NULLs, accents, dates and bits as the
# server holds. A client that cannot be had here is skipped, saying why.
# shellcheck disable=SC2317 # the functions that ok calls
set -euo pipefail
# shellcheck source=tests/lib/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/common.sh"
# shellcheck source=tests/lib/packages.sh
. "$repo/tests/lib/packages.sh"
# shellcheck source=tests/lib/tap.sh
. "$repo/tests/lib/tap.sh"

readonly here=$repo/tests/clients
readonly limit=(timeout -k 5 900)
readonly views=(
	indicator_status category_index programme_headline indicator_trend index_change red_list data_quality unit_ranking
	status_change target_in_force refresh_status
	indicator_status_history category_index_history programme_headline_history red_list_history index_change_history
	unit_ranking_history indicator_trend_history target_in_force_history data_quality_history
	programme_label node_label unit_label owner_label word_label latest_snapshot
)

scratch=${private:?}/clients
mkdir -p "$scratch/reference"

# What the server's own client prints, as the owner, through a socket.
print_view() {
	"${bin:?}/psql" -X -q -At -v ON_ERROR_STOP=1 -d "${reader_database:?}" -v "schema=$1" -v "view=$2" -f "$here/reference.sql"
}

# column_of COLUMN FILE: its values
column_of() { awk -F '\t' -v wanted="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ "^" wanted " ") c = i; next } { print $c }' "$2"; }

rows_are() { [[ $(tail -n +2 "$scratch/reference/$1" | wc -l) -eq $2 ]]; }

same_rows() { diff <(head -n 1 "$1") <(head -n 1 "$2") && diff <(sort "$1") <(sort "$2"); }

# reads NAME COMMAND...: COMMAND with schema, directory and views reads what the server holds.
reads() {
	local name=$1 out=$scratch/$1 view
	shift
	mkdir -p "$out"
	ok "$name reads a view of every plain type at its edges" run_client "$@" edges "$out" plain nothing
	for view in plain nothing; do
		ok "$name: $view is as typed" same_rows "$scratch/edges-$view" "$out/$view"
	done
	ok "$name reads the registry's views" run_client "$@" kpi "$out" "${views[@]}"
	for view in "${views[@]}"; do
		ok "$name: $view arrives whole" same_rows "$scratch/reference/$view" "$out/$view"
	done
}

run_client() {
	PGHOST=127.0.0.1 PGUSER=${reader:?} PGPASSWORD=${reader_password:?} PGDATABASE=$reader_database "${limit[@]}" "$@"
}

# The reference itself, against what is typed by hand.
for view in "${views[@]}"; do
	print_view kpi "$view" >"$scratch/reference/$view"
done
cp "$here/edges.txt" "$scratch/edges-plain"
head -n 1 "$here/edges.txt" >"$scratch/edges-nothing"
print_view edges plain >"$scratch/reference/plain"
ok "the reference prints edges.txt" same_rows "$here/edges.txt" "$scratch/reference/plain"
empty "every column of every view is of a plain type" "$(head -q -n 1 "$scratch/reference/"* | grep 'NOT PLAIN' || true)"
ok "four units, seven indicators, one due date" rows_are indicator_status 28
ok "and those of the city alone in the report before, when the wards had no figures" rows_are indicator_status_history 35
ok "four units, four categories" rows_are category_index 16
ok "four units" rows_are programme_headline 4
ok "three wards and the city are ranked or not" rows_are unit_ranking 4
ok "names in two languages" rows_are node_label 22
ok "Vietnamese as it was typed, in composed letters" \
	test "$(column_of name "$scratch/reference/node_label" | grep -c -x 'Tỷ trọng công nghiệp chế biến, chế tạo')" -eq 1
ok "dates as they are" test "$(column_of due "$scratch/reference/programme_headline" | sort -u)" = 2025-12-31
ok "no data is NULL" test "$(awk -F '\t' '/\tVH1\t/' "$scratch/reference/indicator_status" | grep -c '\\N')" -eq 4

# JDBC: Metabase, Tableau, DBeaver
if ! command -v javac >/dev/null && ! install_missing openjdk-17-jdk-headless 2>/dev/null; then
	skip_test "JDBC" "no Java compiler, and openjdk-17-jdk-headless could not be installed"
elif ! install_missing libpostgresql-jdbc-java; then
	skip_test "JDBC" "libpostgresql-jdbc-java could not be installed"
else
	ok "JDBC's program compiles" "${limit[@]}" javac -d "$scratch/classes" "$here/Read.java"
	reads JDBC java -cp "$scratch/classes:/usr/share/java/postgresql.jar" Read
fi

# ODBC: Excel, Power BI. Debian's Python, whatever else is in the path.
if install_missing python3 python3-pyodbc odbc-postgresql; then
	reads ODBC /usr/bin/python3 "$here/read.py" pyodbc
else
	skip_test "ODBC" "python3-pyodbc and odbc-postgresql could not be installed"
fi

# psycopg 2 and 3: Superset, pandas
for driver in psycopg2 psycopg; do
	if install_missing python3 "python3-$driver"; then
		reads "$driver" /usr/bin/python3 "$here/read.py" "$driver"
	else
		skip_test "$driver" "python3-$driver could not be installed"
	fi
done

# node's pg: Evidence, Cube
node_packages=$repo/build/clients
mkdir -p "$node_packages" 2>/dev/null && [[ -w $node_packages ]] || node_packages=$scratch/node
mkdir -p "$node_packages"
if ! command -v npm >/dev/null && ! install_missing nodejs npm; then
	skip_test "node pg" "nodejs and npm could not be installed"
elif ! install_node_packages "$here/package.json" "$node_packages" 300; then
	skip_test "node pg" "npm could not install the package pg"
else
	reads "node pg" env NODE_PACKAGES="$node_packages" node "$here/read.mjs"
fi

# R
if install_missing r-base-core r-cran-dbi r-cran-rpostgresql; then
	reads R Rscript "$here/read.R"
else
	skip_test "R" "r-base-core, r-cran-dbi and r-cran-rpostgresql could not be installed"
fi

# LibreOffice, over its own driver. The pipe's name and the profile are this run's.
office_pid=
stop_office() {
	[[ -n $office_pid ]] || return 0
	kill -- "-$office_pid" 2>/dev/null || true
	wait "$office_pid" 2>/dev/null || true
	rm -f -- "/tmp/OSL_PIPE_${EUID}_$pipe"
}
trap stop_office EXIT
if install_missing libreoffice-calc libreoffice-base libreoffice-sdbc-postgresql python3-uno; then
	pipe=scorecard$$
	set -m
	soffice "-env:UserInstallation=file://$scratch/office" --headless --norestore --nologo "--accept=pipe,name=$pipe;urp;" \
		>"$scratch/office.log" 2>&1 </dev/null &
	office_pid=$!
	set +m
	reads LibreOffice /usr/bin/python3 "$here/read_office.py" "$pipe"
else
	skip_test "LibreOffice" "libreoffice-base, libreoffice-sdbc-postgresql and python3-uno could not be installed"
fi

done_testing
