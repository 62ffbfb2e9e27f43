# A registry over tables that were there before: a refresh finds by itself what changed in them, and computes no more.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;
use RegistrySample;

my $node = new_node('sources');
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext');
$node->safe_psql('postgres', registry_sample('kpi', dates => 3));

# A star schema with the figures of the sample, and views with the columns that a registry needs.
$node->safe_psql('postgres', q{
	CREATE SCHEMA warehouse;
	CREATE TABLE warehouse.dim_unit (unit_key int PRIMARY KEY, code text); INSERT INTO warehouse.dim_unit SELECT unit_code::int, unit_code FROM kpi.unit;
	CREATE TABLE warehouse.dim_indicator (indicator_key int PRIMARY KEY, code text); INSERT INTO warehouse.dim_indicator SELECT i, 'i' || i FROM generate_series(1, 6) i;
	CREATE TABLE warehouse.fact (unit_key int REFERENCES warehouse.dim_unit, indicator_key int REFERENCES warehouse.dim_indicator, day date, amount numeric, stage text, published date);
	INSERT INTO warehouse.fact SELECT unit_code::int, substr(node_code, 2)::int, period_end, value::numeric, vintage, released_on FROM kpi.observation;
	CREATE VIEW warehouse.observation AS SELECT 'p'::text AS programme_code, i.code AS node_code, u.code AS unit_code, day AS period_end, stage AS vintage, published AS released_on, amount AS value
		FROM warehouse.fact JOIN warehouse.dim_unit AS u USING (unit_key) JOIN warehouse.dim_indicator AS i USING (indicator_key);
	CREATE TABLE warehouse.target AS SELECT programme_code, node_code, unit_code, path::text AS path, document, valid_from, valid_to FROM kpi.target;
	CREATE TABLE warehouse.node AS SELECT programme_code, method_version, node_code, parent_code, weight, rule FROM kpi.node});
my $refresh = q{SELECT mode, snapshots, cells FROM ext.refresh_registry('kpi')};
is($node->safe_psql('postgres', $refresh), 'incremental|3|36', 'from its own tables');
my $own = contents($node, 'kpi');
is($node->safe_psql('postgres', 'SELECT count(*) FROM kpi.source_hash'), '0', 'no hashes are kept of what triggers watch');

$node->safe_psql('postgres', q{SELECT ext.bind_registry('kpi', 'observation', 'warehouse.observation'); TRUNCATE kpi.observation});
is($node->safe_psql('postgres', $refresh), 'incremental|3|36', 'bound, everything is computed once');
is(contents($node, 'kpi'), $own, 'to the same');
is($node->safe_psql('postgres', $refresh), 'incremental|0|0', 'and no more than once');
is($node->safe_psql('postgres', "SET datestyle = 'SQL, DMY'; SET extra_float_digits = 0; SET intervalstyle = 'sql_standard'; SET timezone = 'Asia/Ho_Chi_Minh'; SET bytea_output = 'escape'; SET lc_numeric = 'C'; $refresh"),
	'incremental|0|0', 'however a session prints its dates and numbers');
is($node->safe_psql('postgres', 'SELECT count(*) = (SELECT count(*) FROM (SELECT DISTINCT unit_key, day FROM warehouse.fact) AS x) FROM kpi.source_hash'), 't', 'a hash for each unit and period');

for my $change (
	[ 'a figure revised', q{UPDATE warehouse.fact SET amount = amount + 0.000001 WHERE unit_key = 3 AND indicator_key = 1 AND day = '2024-09-30'}, 'incremental|2|2' ],
	[ 'one deleted', q{DELETE FROM warehouse.fact WHERE unit_key = 4 AND day = '2024-12-31'}, 'incremental|1|1' ],
	[ 'one added', q{INSERT INTO warehouse.fact VALUES (5, 1, '2024-12-31', 99, 'official', '2025-06-30')}, 'incremental|1|1' ],
	[ 'one of long ago', q{UPDATE warehouse.fact SET amount = amount + 1 WHERE unit_key = 6 AND indicator_key = 1 AND day = '2023-03-31'}, 'incremental|3|3' ],
	[ 'written anew as it was', q{UPDATE warehouse.fact SET amount = amount}, 'incremental|0|0' ],
	[ 'a unit renamed', q{INSERT INTO kpi.unit (unit_code) VALUES ('101'); INSERT INTO kpi.unit_successor VALUES ('003', '101', 1, '2024-10-01')}, 'incremental|3|3' ],
	[ 'a figure under its old name', q{UPDATE warehouse.fact SET amount = amount + 1 WHERE unit_key = 3 AND indicator_key = 1 AND day = '2024-09-30'}, 'incremental|2|4' ],
	[ 'the old name again', q{DELETE FROM kpi.unit WHERE unit_code = '101'}, 'incremental|3|3' ],
	[ 'a dimension changed', q{UPDATE warehouse.dim_unit SET code = '007' WHERE unit_key = 8; UPDATE warehouse.dim_unit SET code = '008' WHERE unit_key = 7}, 'incremental|3|6' ],
	[ 'what is no observation', q{INSERT INTO warehouse.fact VALUES (1, 1, NULL, 5, 'official', '2025-06-30'), (1, 1, '2024-12-31', 5, 'no such', '2025-06-30')}, 'incremental|1|1' ])
{
	my ($name, $sql, $expected) = @$change;
	$node->safe_psql('postgres', $sql);
	is($node->safe_psql('postgres', $refresh), $expected, "$name: $expected");
	same_as_functions($node, 'kpi', $name);
}

# Targets and nodes.
$node->safe_psql('postgres', q{SELECT ext.bind_registry('kpi', 'target', 'warehouse.target'); SELECT ext.bind_registry('kpi', 'node', 'warehouse.node')});
is($node->safe_psql('postgres', $refresh), 'incremental|3|36', 'targets and nodes bound');
same_as_functions($node, 'kpi', 'targets and nodes bound');
# without horizons the due dates of all targets are those of everybody, as they are of the registry's own targets
$node->safe_psql('postgres', q{CREATE TABLE warehouse.saved AS TABLE kpi.horizon; DELETE FROM kpi.horizon});
$node->safe_psql('postgres', $refresh);
$node->safe_psql('postgres', q{INSERT INTO warehouse.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES ('p', 'i2', '005', '1@2020 -> 9@2047', 'own', '2020-01-01')});
is($node->safe_psql('postgres', $refresh), 'incremental|3|36', 'no horizons: a target of one unit concerns all');
same_as_functions($node, 'kpi', 'no horizons: a target of one unit');
$node->safe_psql('postgres', q{DELETE FROM warehouse.target WHERE document = 'own'; INSERT INTO kpi.horizon TABLE warehouse.saved});
$node->safe_psql('postgres', $refresh);
same_as_functions($node, 'kpi', 'horizons again');
is($node->safe_psql('postgres', $refresh), 'incremental|0|0', 'once');
for my $change (
	[ 'a target raised', q{UPDATE warehouse.target SET path = replace(path, '@2030', '.5@2030') WHERE node_code = 'i1'}, 'incremental|3|36' ],
	[ 'an own target', q{INSERT INTO warehouse.target VALUES ('p', 'i2', '009', '10@2020 -> 30@2025', 'own', '2020-01-01')}, 'incremental|3|3' ],
	[ 'taken back', q{DELETE FROM warehouse.target WHERE unit_code = '009'}, 'incremental|3|3' ],
	[ 'a weight', q{UPDATE warehouse.node SET weight = 5 WHERE node_code = 'i2'}, 'incremental|3|36' ],
	[ 'nothing', q{SELECT 1}, 'incremental|0|0' ])
{
	my ($name, $sql, $expected) = @$change;
	$node->safe_psql('postgres', $sql);
	is($node->safe_psql('postgres', $refresh), $expected, "$name: $expected");
	same_as_functions($node, 'kpi', $name);
}

# Views that fail on some of their rows -------------------------------------------------------------

$node->safe_psql('postgres', q{INSERT INTO kpi.programme (programme_code) VALUES ('q'), ('r'); INSERT INTO kpi.method (programme_code, method_version) VALUES ('q', '1');
	INSERT INTO warehouse.node (programme_code, method_version, node_code, parent_code, weight, rule) VALUES ('q', '1', 'q', NULL, 1, '{}'), ('q', '1', 'a', 'q', 1, '{"worst": 0, "best": 10}');
	CREATE TABLE warehouse.rate (programme text, unit text, day date, cases numeric, inhabitants numeric);
	INSERT INTO warehouse.rate SELECT p, u, d, 30, 10 FROM unnest('{q,nobody}'::text[]) p, unnest('{001,002}'::text[]) u, unnest('{2024-09-30,2024-12-31}'::date[]) d;
	CREATE VIEW warehouse.all_figures AS SELECT programme_code, node_code, unit_code, period_end, vintage, released_on, value FROM warehouse.observation
		UNION ALL SELECT programme, 'a', unit, day, 'official', day + 30, cases / inhabitants FROM warehouse.rate;
	SELECT ext.bind_registry('kpi', 'observation', 'warehouse.all_figures')});
# answer and complaint of a refresh
sub told
{
	my ($status, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\nSELECT mode, snapshots, cells, message FROM ext.refresh_registry('kpi')");
	return $out . '; ' . join ' ', $err =~ /(?:WARNING|ERROR):  \S+: [^\n]*/g;
}
my $of_programme = sub { return $node->safe_psql('postgres', "SELECT count(*), md5(string_agg(concat(s.as_of, t), ',' ORDER BY s.as_of, t.unit_code, t.node_code, t.due))
	FROM kpi.snapshot_leaf AS t JOIN kpi.snapshot AS s USING (snapshot_id) WHERE s.programme_code = '$_[0]'") };
my $fault = 'programme "q": cannot read warehouse.all_figures: division by zero';

$node->safe_psql('postgres', q{UPDATE warehouse.rate SET inhabitants = 0 WHERE programme = 'q' AND unit = '001'});
is(told(), "incremental|3|36|$fault; WARNING:  22012: $fault", 'programme by programme: the one that can be read is computed, the other named with its source');
is($node->safe_psql('postgres', q{SELECT message, queued > 0 FROM kpi.refresh_status}), "$fault|t", 'in the log, too, and it stays queued');
is($node->safe_psql('postgres', q{SELECT count(*) FROM kpi.reporting_date WHERE programme_code = 'q'}), '0', 'it has no date yet');
is($node->safe_psql('postgres', q{SELECT severity, fault, object, what FROM ext.check_registry('kpi')}),
	'error|unreadable_source|warehouse.all_figures|cannot read warehouse.all_figures: division by zero', 'a check says which source it is');
$node->safe_psql('postgres', q{UPDATE warehouse.fact SET amount = amount + 1 WHERE unit_key = 3 AND indicator_key = 1 AND day = '2024-12-31'});
is(told(), "incremental|1|1|$fault; WARNING:  22012: $fault", 'the other goes on, by units and periods');
is(told(), "incremental|0|0|$fault; WARNING:  22012: $fault", 'and no more than once');
$node->safe_psql('postgres', q{UPDATE warehouse.rate SET inhabitants = 10});
is(told(), 'incremental|1|2|; ', 'mended, it is computed, and nothing else');
same_as_functions($node, 'kpi', 'a view mended');
is($node->safe_psql('postgres', q{SELECT DISTINCT value FROM kpi.snapshot_leaf JOIN kpi.snapshot USING (snapshot_id) WHERE programme_code = 'q'}), '3', '30 of 10');
is(told(), 'incremental|0|0|; ', 'nothing is left to do');

my $before = $of_programme->('q');
$node->safe_psql('postgres', q{UPDATE warehouse.rate SET inhabitants = 0 WHERE programme = 'nobody'; UPDATE warehouse.fact SET amount = amount + 1 WHERE unit_key = 3 AND indicator_key = 1 AND day = '2024-12-31'});
is(told(), 'incremental|1|1|; ', 'rows of no programme that is registered keep none from being computed');
is($of_programme->('q'), $before, 'the other is as it was');
$node->safe_psql('postgres', q{UPDATE warehouse.rate SET inhabitants = 10});

# targets and nodes, and a function of the warehouse's own that raises
$node->safe_psql('postgres', q{CREATE FUNCTION warehouse.checked(path text) RETURNS text LANGUAGE plpgsql AS 'BEGIN IF path = ''?'' THEN RAISE ''no path yet''; END IF; RETURN path; END';
	CREATE VIEW warehouse.promise AS SELECT programme_code, node_code, unit_code, warehouse.checked(path) AS path, document, valid_from, valid_to FROM warehouse.target;
	SELECT ext.bind_registry('kpi', 'target', 'warehouse.promise')});
is(told(), 'incremental|4|38|; ', 'another source of targets');
$node->safe_psql('postgres', q{INSERT INTO warehouse.target (programme_code, node_code, path, document, valid_from) VALUES ('q', 'a', '?', '', '2020-01-01')});
$fault = 'programme "q": cannot read warehouse.promise: no path yet';
is(told(), "incremental|0|0|$fault; WARNING:  P0001: $fault", 'the source of targets is named');
$node->safe_psql('postgres', q{UPDATE warehouse.target SET path = '?' WHERE node_code = 'i1'; DELETE FROM kpi.programme WHERE programme_code = 'r'});
$before = contents($node, 'kpi');
is(told(), '; ERROR:  P0001: ' . ($fault =~ s/"q"/"p"/r) . "; $fault", 'where none can be read it is an error');
is(contents($node, 'kpi'), $before, 'and all is as it was');
$node->safe_psql('postgres', q{CREATE OR REPLACE VIEW warehouse.promise AS SELECT programme_code, node_code, unit_code, path, document, valid_from, valid_to FROM warehouse.target WHERE path <> '?';
	CREATE ROLE sleepy; SELECT ext.grant_registry('kpi', 'sleepy', 'refresher'); GRANT USAGE ON SCHEMA ext TO sleepy});
like(($node->psql('postgres', q{SET ROLE sleepy; SELECT ext.refresh_registry('kpi')}))[2], qr/ERROR:  cannot read warehouse\.all_figures: permission denied for view all_figures\nDETAIL:  It is bound in place of the registry's own observation\./,
	'an error that is not of the data stops it all, and names the source');
$node->safe_psql('postgres', q{SET client_min_messages = error; SELECT ext.bind_registry('kpi', 'target', NULL); SELECT ext.revoke_registry('kpi', 'sleepy');
	DELETE FROM kpi.reporting_date WHERE programme_code = 'q'; DELETE FROM kpi.snapshot WHERE programme_code = 'q'; DELETE FROM kpi.method WHERE programme_code = 'q'; DELETE FROM kpi.programme WHERE programme_code = 'q'});

# Back to the registry's own tables: there are no observations in them now.
$node->safe_psql('postgres', q{SELECT ext.bind_registry('kpi', 'observation', NULL); SELECT ext.bind_registry('kpi', 'target', NULL); SELECT ext.bind_registry('kpi', 'node', NULL)});
like($node->safe_psql('postgres', $refresh), qr/^incremental\|3\|/, 'unbound');
same_as_functions($node, 'kpi', 'unbound');
is($node->safe_psql('postgres', 'SELECT count(*) FROM kpi.snapshot_leaf WHERE value IS NOT NULL'), '0', 'nothing is left of what was bound');

$node->stop;
done_testing();
