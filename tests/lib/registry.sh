# shellcheck shell=bash disable=SC2154
# The small registry that the tests of clients and of the dashboard read, and a role that may only read it.
# Needs common.sh, packages.sh, server.sh and a started server.

readonly reader=scorecard_reader
readonly reader_database=scorecard_clients

# Loads it into a database of its own, once; sets and exports $reader_password and PGPORT, the port on the loopback address.
load_registry() {
	[[ -z ${registry_loaded:-} ]] || return 0
	local file
	reader_password=$(od -An -N 16 -tx1 /dev/urandom | tr -d ' \n')
	psql -c "CREATE ROLE $reader LOGIN" -c "CREATE DATABASE $reader_database" || return 1
	psql -d "$reader_database" -c 'CREATE SCHEMA scorecard' -c 'CREATE EXTENSION scorecard SCHEMA scorecard' || return 1
	for file in fixture edges; do
		psql -d "$reader_database" -c 'SET search_path = public, scorecard' -f "$repo/tests/clients/$file.sql" >/dev/null ||
			return 1
	done
	psql -d "$reader_database" -c "SELECT scorecard.create_registry('kpi_empty')" \
		-c "SELECT scorecard.grant_registry(r, '$reader', 'reader') FROM unnest('{kpi,kpi_empty}'::regnamespace[]) AS r" \
		-c "GRANT USAGE ON SCHEMA edges TO $reader" -c "GRANT SELECT ON ALL TABLES IN SCHEMA edges TO $reader" >/dev/null ||
		return 1
	open_loopback "$reader" "$reader_database" "$reader_password" || return 1
	export reader reader_database reader_password
	registry_loaded=yes
}
