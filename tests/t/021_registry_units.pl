# Units of a registry under row-level security: what a role sees and writes of them, in tables, views, functions, files and
# bound sources. What is to be looked at is read from the catalog: what is added later is tested too.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;
use RegistrySample;

my $node = new_node('units');
$node->start;
$node->safe_psql('postgres', q{CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext; GRANT USAGE ON SCHEMA ext TO PUBLIC;
	CREATE ROLE office LOGIN; GRANT CREATE ON DATABASE postgres TO office;
	CREATE ROLE wards; CREATE ROLE ward LOGIN IN ROLE wards; CREATE ROLE clerk LOGIN; CREATE ROLE neighbour LOGIN; CREATE ROLE nobody_yet LOGIN;
	CREATE ROLE planners; CREATE ROLE planner LOGIN IN ROLE planners; CREATE ROLE distant LOGIN NOINHERIT IN ROLE planners; CREATE ROLE night LOGIN; CREATE ROLE evening LOGIN; CREATE ROLE auditor LOGIN BYPASSRLS});

# as RegistrySample says, here always of this server
sub as { return as_role($node, @_) }

sub complaint
{
	my (undef, $err) = as(@_);
	return $err =~ /ERROR:  (.*)/ ? $1 : '';
}

as('office', registry_sample('kpi', dates => 3) . q{
	INSERT INTO kpi.label (object_kind, object_code, language, name) SELECT 'unit', unit_code, 'vi', 'Phường ' || unit_code FROM kpi.unit;
	INSERT INTO kpi.label (object_kind, object_code, programme_code, language, name) VALUES ('node', 'i1', 'p', 'en', 'one');
	INSERT INTO kpi.unit (unit_code, valid_to) SELECT unit, '2019-12-31' FROM unnest('{091,092,093}'::text[]) AS unit;
	INSERT INTO kpi.unit_successor VALUES ('091', '003', 1, '2020-01-01'), ('092', '005', 1, '2020-01-01'), ('093', '001', 1, '2020-01-01');
	INSERT INTO kpi.target (programme_code, node_code, unit_code, path, document, valid_from)
		SELECT 'p', 'i1', unit_code, '10@2020 -> 90@2025', 'own of ' || unit_code, '2020-01-01' FROM kpi.unit WHERE unit_code IN ('001', '003', '005', '007');
	INSERT INTO kpi.unit_access SELECT CASE WHEN unit_code IN ('003', '005') THEN 'wards' ELSE 'nobody such' END, unit_code FROM kpi.unit;
	INSERT INTO kpi.unit_access VALUES ('clerk', '005'), ('neighbour', '007');
	INSERT INTO kpi.unit_access (role_name, all_units) VALUES ('planners', true), ('night', true);
	CREATE TABLE kpi.of_ours (unit_code text, x int) PARTITION BY LIST (unit_code); CREATE TABLE kpi.of_ours_rest PARTITION OF kpi.of_ours DEFAULT;
	INSERT INTO kpi.of_ours SELECT unit_code, 1 FROM kpi.unit;
	SELECT ext.refresh_registry('kpi');
	UPDATE kpi.observation SET value = value + 40 WHERE node_code IN ('i1', 'i3');
	SELECT ext.refresh_registry('kpi');
	UPDATE kpi.observation SET value = value + 1 WHERE node_code = 'i2';
	SELECT ext.grant_registry('kpi', r) FROM unnest('{wards,nobody_yet,auditor}'::regrole[]) AS r;
	SELECT ext.grant_registry('kpi', r, 'editor') FROM unnest('{clerk,neighbour,planners}'::regrole[]) AS r;
	SELECT ext.grant_registry('kpi', r, 'refresher') FROM unnest('{night,evening}'::regrole[]) AS r;
	SELECT ext.secure_units('kpi')});

# What can be asked: every relation, and every function that reads tables by itself ------------------------------

my @relations = split /\n/, $node->safe_psql('postgres', q{SELECT 'kpi.' || quote_ident(relname) FROM pg_class
	WHERE relnamespace = 'kpi'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY relname});
# arguments by their names and types; an argument nobody foresaw makes the test fail
my @calls = split /\n/, $node->safe_psql('postgres', q{
	SELECT format('kpi.%I(%s)', p.proname, string_agg(CASE
			WHEN a.name IN ('programme', 'programmes') THEN CASE a.type WHEN 'text' THEN '''p''' ELSE 'ARRAY[''p'']' END
			WHEN a.name IN ('as_of', 'known_on', 'compared_known_on') THEN 'date ''2024-12-31''' WHEN a.name = 'compared_with' THEN 'date ''2024-09-30''' WHEN a.name = 'vintage_choice' THEN '''official''' WHEN a.name = 'max_age' THEN 'NULL'
			WHEN a.name = 'units' THEN 'NULL' WHEN a.name = 'unit' THEN '''@unit@''' WHEN a.name = 'nodes' THEN 'ARRAY[''i1'']'
			ELSE '"? ' || a.name || '"' END, ', ' ORDER BY a.place))
	FROM pg_proc AS p CROSS JOIN LATERAL unnest(p.proargnames[1:p.pronargs], p.proargtypes::regtype[]::text[]) WITH ORDINALITY AS a (name, type, place)
	WHERE p.pronamespace = 'kpi'::regnamespace AND p.provolatile <> 'v' AND NOT 'kpi.snapshot_leaf[]'::regtype = ANY (p.proargtypes::regtype[])
		AND NOT 'ext.index_framework'::regtype = ANY (p.proargtypes::regtype[])
	GROUP BY p.oid ORDER BY p.proname});
cmp_ok(scalar @relations, '>', 40, 'relations');
cmp_ok(scalar @calls, '>', 15, 'functions');

# The units whose codes are anywhere in what a query says, as values of any column; and how many rows it has.
sub told
{
	my ($role, $from) = @_;
	my $out = as($role, qq{SET jit = off; SELECT count(*) FROM $from;
		SELECT DISTINCT m[1] FROM (SELECT to_jsonb(x)::text AS row FROM $from AS x) AS r, regexp_matches(r.row, '"(0\\d\\d)"', 'g') AS m ORDER BY 1});
	my ($count, @units) = split /\n/, $out;
	return ($count, "@units");
}

sub sees_only
{
	my ($role, $units, @from) = @_;
	my $with_units = 0;
	for my $from (@from)
	{
		my %visible = map { ($_ => 1) } split / /, $units;
		# the functions about one unit are asked about one that is there, and one that is not
		my $of = $from =~ s/\@unit\@/003/r;
		my (undef, $all) = told('office', $of);
		my (undef, $seen) = told($role, $of);
		my $expected = join ' ', grep { $visible{$_} } split / /, $all;
		$expected = $seen if $from =~ /^kpi\.(unit_access|unit_successor|staging|upload|unit_lineage\(.*\))$/;
		# nothing is derived for a role that does not see the predecessors
		$expected = '' if $from =~ /^kpi\.unit_derived\(/;
		is($seen, $expected, "$role: $of tells of " . ($expected || 'no unit'));
		$with_units++ if $all;
		my $hidden = $from =~ s/\@unit\@/001/r;
		next if $hidden eq $from;
		my (undef, $of_hidden) = told($role, $hidden);
		is($of_hidden, '', "$role: $hidden tells of no unit");
	}
	return $with_units;
}

cmp_ok(sees_only('ward', '003 005', @relations), '>=', 30, 'most relations tell of units');
cmp_ok(sees_only('ward', '003 005', @calls), '>=', 10, 'most functions too');
sees_only('nobody_yet', '', @relations, @calls);
for my $call (grep { /NULL/ } @calls)
{
	next unless $call =~ /_as_of|_revisions|_by_period/;
	my $asked = $call =~ s/NULL/ARRAY['001']/r;
	my (undef, $told) = told('ward', $asked);
	is($told, '', "ward: $asked, asked for by name, tells of no unit");
}
for my $from (@relations, map { s/\@unit\@/001/r } @calls)
{
	next if $from =~ /unit_access|staging|upload/;
	is(join('|', told('planner', $from)), join('|', told('office', $from)), "planner: all units of $from");
}
is(scalar as('ward', q{SELECT string_agg(DISTINCT role_name || ' ' || unit_code, ', ' ORDER BY role_name || ' ' || unit_code) FROM kpi.unit_access}), 'wards 003, wards 005', 'of access a role sees its own');
is(scalar as('ward', q{SELECT string_agg(unit_code || ' ' || successor_code, ', ' ORDER BY 1) FROM kpi.unit_successor}), '091 003, 092 005', 'of mergers those that concern its units');
is(scalar as('ward', q{SELECT count(*), count(unit_code) FROM kpi.target}), '7|2', 'targets for all are seen, others\' own are not');
is(scalar as('ward', q{SELECT DISTINCT document FROM kpi.leaf_as_of('p', '2024-12-31') WHERE node_code = 'i1' AND unit_code = '003'}), 'own of 003', 'one\'s own target holds');
is(scalar as('ward', q{SELECT count(*) FROM ext.check_registry('kpi') WHERE concat(object, what, hint) ~ '\m(001|002|004|006|007|008|009|010|011|012)\M'}), '0', 'check_registry tells of no other unit');

# whose units they are
for my $who ([ 'ward', '{003,005}' ], [ 'clerk', '{005}' ], [ 'nobody_yet', '{}' ], [ 'planner', '' ], [ 'distant', '' ], [ 'night', '' ], [ 'auditor', '' ], [ 'office', '' ])
{
	my ($role, $units) = @$who;
	# who only may become a planner is none
	my $expected = $role eq 'distant' ? '42501' : $units;
	is(scalar as($role, q{SELECT ext.visible_units('kpi')}), $expected, "$role sees " . ($expected || 'all units'));
}
is(scalar as('office', q{SELECT ext.visible_units('kpi', 'ward'), ext.visible_units('kpi', 'gone'), ext.visible_units('kpi', 'distant')}), '{003,005}|{}|{}', 'the owner can ask for others');
is(scalar as('office', q{SELECT ext.visible_units('kpi', NULL)}), '22004', 'not for NULL');
for my $row (q{('wards', NULL)}, q{('wards', '001', true)}, q{('planners', NULL, true)})
{
	is(scalar as('office', "INSERT INTO kpi.unit_access VALUES $row"), $row =~ /planners/ ? '23505' : '23514', "$row is nothing that could have been meant");
}

# Who may write what ------------------------------------------------------------------------------------------

my @belong_to_none = split /\n/, $node->safe_psql('postgres', q{SELECT c.relname FROM pg_class AS c WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'r' AND relname <> 'label'
	AND has_table_privilege('clerk', c.oid, 'UPDATE') AND NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND attname = 'unit_code') ORDER BY 1});
cmp_ok(scalar @belong_to_none, '>=', 8, 'tables that belong to no unit');
for my $table (@belong_to_none)
{
	my ($column) = split /\n/, $node->safe_psql('postgres', "SELECT attname FROM pg_attribute WHERE attrelid = 'kpi.$table'::regclass AND attnum = 1");
	for my $sql ("UPDATE kpi.$table SET $column = $column", "DELETE FROM kpi.$table", "INSERT INTO kpi.$table DEFAULT VALUES")
	{
		is(complaint('clerk', $sql), "42501: role \"clerk\" does not see all units of registry kpi, and table $table concerns them all", "clerk: $sql");
	}
	is(complaint('planner', "UPDATE kpi.$table SET $column = $column"), '', "planner: may change $table");
}
my $refused = sub { my ($sql, $table) = @_; is(complaint('clerk', $sql), "42501: new row violates row-level security policy for table \"$table\"", "clerk: $sql") };
my $nothing = sub { my ($sql) = @_; is(scalar as('clerk', "WITH x AS ($sql RETURNING 1) SELECT count(*) FROM x"), '0', "clerk: $sql, finds nothing") };
my $written = sub { my ($sql, $n) = @_; is(scalar as('clerk', "WITH x AS ($sql RETURNING 1) SELECT count(*) FROM x"), $n // 1, "clerk: $sql") };
$refused->(q{INSERT INTO kpi.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'i2', 'up -> 5@2025', '', '2020-01-01')}, 'target');
$nothing->(q{UPDATE kpi.target SET valid_to = '2024-01-01' WHERE unit_code IS NULL});
$nothing->(q{UPDATE kpi.target SET unit_code = '005' WHERE unit_code IS NULL});
$nothing->(q{DELETE FROM kpi.target WHERE unit_code IS DISTINCT FROM '005'});
$refused->(q{UPDATE kpi.target SET unit_code = NULL WHERE unit_code = '005'}, 'target');
$refused->(q{UPDATE kpi.target SET unit_code = '001' WHERE unit_code = '005'}, 'target');
$written->(q{UPDATE kpi.target SET document = 'mine' WHERE unit_code = '005'});
$refused->(q{INSERT INTO kpi.label (object_kind, object_code, language, name) VALUES ('unit', '001', 'en', 'x')}, 'label');
$refused->(q{INSERT INTO kpi.label (object_kind, object_code, language, name) VALUES ('node', 'i1', 'vi', 'x')}, 'label');
$nothing->(q{UPDATE kpi.label SET name = 'x' WHERE object_kind <> 'unit' OR object_code <> '005'});
$nothing->(q{DELETE FROM kpi.label WHERE object_kind <> 'unit' OR object_code <> '005'});
$refused->(q{UPDATE kpi.label SET object_kind = 'node' WHERE object_code = '005'}, 'label');
$written->(q{INSERT INTO kpi.label (object_kind, object_code, language, name) VALUES ('unit', '005', 'en', 'five')});
$refused->(q{INSERT INTO kpi.unit (unit_code) VALUES ('013')}, 'unit');
$nothing->(q{UPDATE kpi.unit SET unit_kind = 'x' WHERE unit_code <> '005'});
$refused->(q{UPDATE kpi.unit SET unit_code = '5' WHERE unit_code = '005'}, 'unit');
$written->(q{UPDATE kpi.unit SET unit_kind = 'ward' WHERE unit_code = '005'});
$refused->(q{INSERT INTO kpi.unit_successor VALUES ('005', '009', 0.5, '2025-01-01')}, 'unit_successor');
$nothing->(q{DELETE FROM kpi.unit_successor});
$refused->(q{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'i1', '001', '2024-12-31', 1)}, 'observation');
$nothing->(q{UPDATE kpi.observation SET value = 0 WHERE unit_code <> '005'});
$refused->(q{UPDATE kpi.observation SET unit_code = '001' WHERE unit_code = '005'}, 'observation');
$written->(q{UPDATE kpi.observation SET value = 50 WHERE unit_code = '005' AND node_code = 'i1' AND period_end = '2024-12-31'});
$written->(q{DELETE FROM kpi.observation WHERE unit_code = '005' AND node_code = 'i2'}, 8);
is(complaint('clerk', $_), '42501: permission denied for table ' . (/kpi\.(\w+)/)[0], "clerk: $_")
  for 'TRUNCATE kpi.observation', q{INSERT INTO kpi.unit_access VALUES ('clerk', '001')}, 'DELETE FROM kpi.unit_access', 'DELETE FROM kpi.snapshot', 'DELETE FROM kpi.refresh_queue';
is(scalar as('planner', q{INSERT INTO kpi.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES ('p', 'i2', NULL, 'up -> 50@2025', 'new', '2024-11-01'), ('p', 'i2', '001', 'up -> 50@2025', 'new', '2024-11-01');
	INSERT INTO kpi.unit (unit_code) VALUES ('013'); DELETE FROM kpi.unit WHERE unit_code = '013'; UPDATE kpi.label SET name = name || '!'; UPDATE kpi.observation SET note = 'seen'; UPDATE kpi.node SET weight = 5 WHERE node_code = 'i2'}), '', 'who sees all units changes what he likes');

# A job under a role that is not the owner
is(complaint('evening', q{SELECT ext.refresh_registry('kpi')}), '42501: role "evening" does not see all units of registry kpi', 'a refresher without units does not refresh');
is(complaint('planner', q{SELECT ext.refresh_registry('kpi')}), '42501: role "planner" is no refresher of registry kpi', 'nor an editor who sees them');
is(scalar as('night', q{SET jit = off; SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|36', 'a refresher who sees all does');
is($node->safe_psql('postgres', stale('kpi')), "snapshot_leaf|0\nsnapshot_sheet|0\nsnapshot_node|0\nsnapshot_rank|0", 'rightly');
is(scalar as('clerk', q{UPDATE kpi.observation SET value = 51 WHERE unit_code = '005' AND node_code = 'i1' AND period_end = '2024-12-31'}), '', 'what an editor of one unit changes');
is(scalar as('night', q{SET jit = off; SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|1', 'is computed, and no more');

# Files ---------------------------------------------------------------------------------------------------------

my $lines = "p\ti1\t005\t2024-09\t34\np\ti1\t001\t2024-09\t35\np\ti1\t013\t2024-09\t36\np\ti9\t005\t2024-09\t37\n";
my $copy = sub { my ($to, $text) = @_; return "\\copy kpi.$to (programme_code, node_code, unit_code, period_end, value) FROM stdin\n$text\\.\n" };
is(complaint('clerk', $copy->('staging', $lines)), '0A000: COPY FROM not supported with row-level security', 'PostgreSQL does not copy into a table under row-level security');
is(scalar as('clerk', $copy->('upload', $lines)), '', 'but through the view');
is(scalar as('neighbour', $copy->('upload', "p\ti1\t007\t2024-09\t70\n")), '', 'another role too');
is(scalar as('clerk', 'SELECT loaded_by, unit_code FROM kpi.staging ORDER BY staging_id'), "clerk|005\nclerk|001\nclerk|013\nclerk|005", 'each sees its own lines');
is(scalar as('neighbour', 'SELECT loaded_by, unit_code FROM kpi.upload JOIN kpi.staging USING (unit_code)'), 'neighbour|007', 'and no others');
is(scalar as('planner', 'SELECT count(*) FROM kpi.staging'), '0', 'also who sees all units');
is(complaint('clerk', q{INSERT INTO kpi.staging (loaded_by, unit_code) VALUES ('office', '001')}), '42501: new row violates row-level security policy for table "staging"', 'nobody enters lines for others');
is(complaint('clerk', q{UPDATE kpi.staging SET loaded_by = 'office'}), '42501: new row violates row-level security policy for table "staging"', 'nor makes them theirs');
my $outcomes = qq{005|inserted|\n001|error|role "clerk" may not write unit "001"\n013|error|role "clerk" may not write unit "013"\n005|error|programme "p" has no node "i9"};
is(scalar as('clerk', q{SELECT unit_code, outcome, message FROM ext.load_staging('kpi') JOIN kpi.staging USING (staging_id) ORDER BY staging_id}), $outcomes, 'a load says by line what a role may not write');
is(scalar as('clerk', q{SELECT outcome, count(*) FROM ext.load_staging('kpi', clear => true) GROUP BY 1 ORDER BY 1}), "error|3\nunchanged|1", 'and clears its own');
# who sees everything does not carry lines further than those who entered them could
is(scalar as('office', q{SELECT loaded_by, unit_code, outcome, message FROM ext.load_staging('kpi') JOIN kpi.staging USING (staging_id) ORDER BY staging_id}),
	qq{clerk|001|error|role "clerk" may not write unit "001"\nclerk|013|error|role "clerk" may not write unit "013"\nclerk|005|error|programme "p" has no node "i9"\nneighbour|007|inserted|}, 'the owner loads lines of all, each for its units');
is(scalar as('office', q{SELECT count(*) FROM kpi.observation WHERE period_end = '2024-09-30' AND node_code = 'i1' AND unit_code = '001' AND value = 35}), '0', 'nothing came in by that way');
as('office', 'DELETE FROM kpi.staging');
is(scalar as('planner', $copy->('upload', $lines) . q{SELECT outcome FROM ext.load_staging('kpi') ORDER BY line}), "unchanged\ninserted\nerror\nerror", 'who sees all units may write them all');

is(scalar as('clerk', q{SELECT setval('kpi.staging_staging_id_seq', 1, false)}), '42501', 'nobody disturbs how others count their lines');

# The units of the rows that a function of a reader's own is shown.
sub shown_to_function
{
	my (undef, $shown) = as('ward', q{CREATE FUNCTION pg_temp.look(unit text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS 'BEGIN RAISE WARNING ''looks at %'', unit; RETURN true; END';
		SELECT count(*) FROM kpi.observation_source WHERE pg_temp.look(unit_code)});
	my %looked_at = map { ($_ => 1) } $shown =~ /looks at (\w+)/g;
	return join ' ', sort keys %looked_at;
}

# Bound sources ---------------------------------------------------------------------------------------------------

is(scalar as('office', q{CREATE SCHEMA warehouse; GRANT USAGE ON SCHEMA warehouse TO PUBLIC;
	CREATE TABLE warehouse.fact AS SELECT programme_code, node_code, unit_code, period_end, vintage, released_on, value FROM kpi.observation;
	SELECT ext.bind_registry('kpi', 'observation', 'warehouse.fact'); SELECT mode FROM ext.refresh_registry('kpi')}), "\nincremental", 'a source is bound');
for my $call (grep { /observation|leaf|sheet_as|node_as|status_as|quality|revisions/ } map { s/\@unit\@/003/r } @calls)
{
	is(complaint('ward', "SELECT count(*) FROM $call"), '42501: permission denied for table fact', "$call reads nothing where the reader may not");
}
is(complaint('ward', 'SELECT count(*) FROM kpi.observation_source'), '42501: permission denied for table fact', 'nor the view of the source');
is(complaint('night', q{SELECT ext.refresh_registry('kpi')}), '42501: cannot read warehouse.fact: permission denied for table fact', 'nor a refresh');
sees_only('ward', '003 005', grep { /kpi\.((?!data_quality|indicator_trend)\w+_history|red_list|unit_ranking|programme_headline|indicator_status|category_index)$/ } @relations);
# a table: a policy with the units that the role sees in the registry
as('office', q{GRANT SELECT ON warehouse.fact TO wards, night, planners, nobody_yet; ALTER TABLE warehouse.fact ENABLE ROW LEVEL SECURITY;
	CREATE POLICY units ON warehouse.fact FOR SELECT USING ((SELECT ext.visible_units('kpi')) IS NULL OR unit_code = ANY ((SELECT ext.visible_units('kpi'))::text[]))});
sees_only('ward', '003 005', @relations, @calls);
sees_only('nobody_yet', '', @calls);
is(scalar as('night', q{SET jit = off; UPDATE warehouse.fact SET value = 0; }), '42501', 'a refresher does not change the source');
as('office', q{UPDATE warehouse.fact SET value = value + 1 WHERE unit_code = '001' AND node_code = 'i1' AND period_end = '2024-12-31'});
is(scalar as('night', q{SET jit = off; SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|1', 'but refreshes from it');
# what cannot have a policy, a foreign table say: a view of the owner's that filters
is(scalar as('office', q{REVOKE ALL ON warehouse.fact FROM wards, night, planners, nobody_yet;
	CREATE VIEW warehouse.visible_fact WITH (security_barrier) AS SELECT * FROM warehouse.fact AS f
		WHERE (SELECT ext.visible_units('kpi')) IS NULL OR f.unit_code = ANY ((SELECT ext.visible_units('kpi'))::text[]);
	GRANT SELECT ON warehouse.visible_fact TO wards, night, planners, nobody_yet;
	SELECT ext.bind_registry('kpi', 'observation', 'warehouse.visible_fact')}), '', 'a view stands before the source');
sees_only('ward', '003 005', @relations, @calls);
sees_only('nobody_yet', '', @calls);
is(complaint('ward', 'SELECT count(*) FROM warehouse.fact'), '42501: permission denied for table fact', 'behind it nobody looks');
is(shown_to_function(), '003 005', 'nor is a function of a reader, however cheap, shown the other rows');
is(scalar as('night', q{SET jit = off; SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|36', 'a refresh sees all');
is($node->safe_psql('postgres', stale('kpi')), "snapshot_leaf|0\nsnapshot_sheet|0\nsnapshot_node|0\nsnapshot_rank|0", 'of it');
# The same in another database, figures and targets. A foreign table can have no policy: a view stands before it, and is asked for with the user mapping of its owner.
SKIP:
{
	skip 'postgres_fdw is not there for this server: units of foreign tables are not looked at', 1
	  if $node->safe_psql('postgres', q{SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'}) eq '0';

	my $of_unit = q{(SELECT ext.visible_units('kpi')) IS NULL OR unit_code = ANY ((SELECT ext.visible_units('kpi'))::text[])};
	my $node_dir = $node->basedir;
	my ($host, $port) = ($node->host, $node->port);
	$node->safe_psql('postgres', qq{CREATE DATABASE afar; CREATE ROLE reads_all LOGIN; CREATE ROLE reads_some LOGIN;
		COPY (SELECT programme_code, node_code, unit_code, period_end, vintage, released_on, value FROM warehouse.fact) TO '$node_dir/figure';
		COPY (SELECT programme_code, node_code, unit_code, path, document, valid_from FROM kpi.target) TO '$node_dir/promise'});
	$node->safe_psql('afar', qq{CREATE TABLE figure (programme_code text, node_code text, unit_code text, period_end date, vintage text, released_on date, value float8);
		CREATE TABLE promise (programme_code text, node_code text, unit_code text, path text, document text, valid_from date);
		COPY figure FROM '$node_dir/figure'; COPY promise FROM '$node_dir/promise'; GRANT SELECT ON figure, promise TO reads_all});
	$node->safe_psql('postgres', qq{CREATE EXTENSION postgres_fdw; CREATE SERVER afar FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$host', port '$port', dbname 'afar');
		GRANT USAGE ON FOREIGN SERVER afar TO office; CREATE USER MAPPING FOR office SERVER afar OPTIONS (user 'reads_all', password_required 'false')});
	is(scalar as('office', qq{CREATE SCHEMA afar; IMPORT FOREIGN SCHEMA public FROM SERVER afar INTO afar;
		CREATE VIEW afar.visible_figure WITH (security_barrier) AS SELECT * FROM afar.figure WHERE $of_unit;
		CREATE VIEW afar.visible_promise WITH (security_barrier) AS SELECT * FROM afar.promise WHERE unit_code IS NULL OR $of_unit;
		GRANT SELECT ON afar.visible_figure, afar.visible_promise TO wards, night, planners, nobody_yet;
		SELECT ext.bind_registry('kpi', 'observation', 'afar.visible_figure'); SELECT ext.bind_registry('kpi', 'target', 'afar.visible_promise')}), "\n", 'foreign tables are bound');
	is(scalar as('night', q{SET jit = off; SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|36', 'a refresh sees all of them');
	same_as_functions($node, 'kpi', 'foreign tables');
	cmp_ok(sees_only('ward', '003 005', @relations, @calls), '>=', 40, 'most relations and functions tell of units');
	sees_only('nobody_yet', '', grep { /observation|target|leaf|sheet_as/ } @calls);
	is(scalar as('ward', q{SELECT string_agg(node_code || coalesce(' ' || unit_code, ''), ', ' ORDER BY node_code, unit_code) FROM kpi.target_source}), 'i1 003, i1 005, i1, i2, i2, i3, i4, i5',
		'targets for all are seen by all');
	is(join('|', told('planner', 'kpi.observation_source')), join('|', told('office', 'kpi.observation_source')), 'who sees all units sees all rows');
	like(scalar as('ward', q{EXPLAIN (VERBOSE, COSTS off) SELECT value FROM kpi.observation_source}), qr/Remote SQL: [^\n]*WHERE [^\n]*unit_code = ANY/, 'the other server is asked for the units that the reader sees');
	is(shown_to_function(), '003 005', 'no function of a reader is shown the other rows');
	for my $way ('SELECT FROM afar.figure', q{CREATE USER MAPPING FOR CURRENT_USER SERVER afar OPTIONS (user 'reads_all')}, 'CREATE FOREIGN TABLE pg_temp.figure (unit_code text) SERVER afar',
		'CREATE VIEW pg_temp.figure AS SELECT * FROM afar.figure')
	{
		is(scalar as('ward', $way), '42501', "ward: not by way of $way");
	}
	$node->safe_psql('afar', q{UPDATE figure SET value = value + 1 WHERE unit_code = '001' AND node_code = 'i1' AND period_end = '2024-12-31';
		UPDATE promise SET path = replace(path, '@2025', '.5@2025') WHERE unit_code = '003'});
	is(scalar as('night', q{SET jit = off; SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|4', 'what changed there, a figure at one date and a target at three, is refreshed');

	# Or the other server has policies, and each role a user mapping of its own: then the foreign table itself is bound.
	$node->safe_psql('afar', q{ALTER TABLE figure ENABLE ROW LEVEL SECURITY; GRANT SELECT ON figure TO reads_some;
		CREATE POLICY all_rows ON figure TO reads_all USING (true); CREATE POLICY some_rows ON figure TO reads_some USING (unit_code = '003')});
	$node->safe_psql('postgres', q{CREATE USER MAPPING FOR ward SERVER afar OPTIONS (user 'reads_some', password_required 'false');
		CREATE USER MAPPING FOR night SERVER afar OPTIONS (user 'reads_all', password_required 'false')});
	as('office', q{GRANT SELECT ON afar.figure TO wards, night, nobody_yet; SELECT ext.bind_registry('kpi', 'observation', 'afar.figure')});
	sees_only('ward', '003', grep { /observation/ } @calls);
	is(scalar as('nobody_yet', 'SELECT count(*) FROM kpi.observation_source'), '42704', 'who has no user mapping reads nothing');
	is(scalar as('ward', q{ALTER USER MAPPING FOR CURRENT_USER SERVER afar OPTIONS (SET user 'reads_all')}), '42501', 'and nobody gives himself another');
	is(scalar as('night', q{SET jit = off; SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|36', 'a refresher is one who sees all there, too');
	as('office', q{SELECT ext.bind_registry('kpi', 'target', NULL)});
}
as('office', q{SELECT ext.bind_registry('kpi', 'observation', NULL)});

# Dumped and restored it is as secure ----------------------------------------------------------------------------------

my $dump = $node->basedir . '/secured.sql';
$node->command_ok([ 'pg_dump', '-f', $dump, '-d', $node->connstr('postgres') ], 'a secured registry is dumped');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('restored'), '-f', $dump ], 'and restored');
my $in_restored = sub { my ($status, $out, $err) = $node->psql('restored', "\\set VERBOSITY verbose\n$_[1]", extra_params => [ '-U', $_[0] ]); return $out . ($err =~ /ERROR:  (\w+)/ ? $1 : '') };
is($in_restored->('ward', q{SELECT string_agg(DISTINCT unit_code, ' ') FROM kpi.indicator_status; SELECT ext.visible_units('kpi')}), "003 005\n{003,005}", 'a ward sees its own there');
is($in_restored->('clerk', 'UPDATE kpi.node SET weight = 1'), '42501', 'an editor of one unit changes no method');
is($in_restored->('night', q{SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|36', 'and a refresher computes what was queued');
my $holder = ($node->psql('restored', q{CREATE VIEW public.ours AS SELECT * FROM kpi.indicator_status; SELECT ext.drop_registry('kpi', true)}))[2];
like($holder, qr/cannot drop view (kpi\.)?indicator_status .*view (public\.)?ours depends/s, 'what others made of it is named, whatever order a restore has');

# Later ---------------------------------------------------------------------------------------------------------------

is(scalar as('office', q{DROP POLICY scorecard_units ON kpi.observation; DROP TRIGGER scorecard_guard ON kpi.node; SELECT ext.upgrade_registry('kpi')}), '1', 'an upgrade');
is(scalar as('ward', q{SELECT string_agg(DISTINCT unit_code, ' ' ORDER BY unit_code) FROM kpi.observation}), '003 005', 'makes the rules anew');
is(scalar as('clerk', 'UPDATE kpi.node SET weight = 1'), '42501', 'and the guards');
as('office', q{INSERT INTO kpi.unit_access VALUES ('nobody_yet', '007')});
is(scalar as('nobody_yet', 'SELECT DISTINCT unit_code FROM kpi.indicator_status'), '007', 'a unit more');
as('office', q{SELECT ext.secure_units('kpi'); SELECT ext.secure_units('kpi', false)});
is(scalar as('nobody_yet', 'SELECT count(DISTINCT unit_code) FROM kpi.indicator_status'), '12', 'lifted');
is(scalar as('clerk', q{UPDATE kpi.node SET weight = 2 WHERE node_code = 'i1'; INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'i1', '001', '2025-01-31', 1); SELECT ext.visible_units('kpi')}), '', 'for editors too');
is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_policy WHERE polrelid::regclass::text LIKE 'kpi.%'}) . $node->safe_psql('postgres', q{SELECT count(*) FROM pg_trigger WHERE tgname = 'scorecard_guard'}), '00', 'nothing is left of it');

$node->stop;
done_testing();
