# Warehouses that were not made for us: the examples in examples/warehouse, really run. A star schema bound where it lies and one in
# another database say the same, and what plain SQL says; partitioned tables; sources that cannot be bound, and that go away.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;
use RegistrySample;

my $warehouse = ($ENV{SCORECARD_SRC} // '.') . '/examples/warehouse';
my $node = new_node('warehouse');
$node->start;
my $dir = PostgreSQL::Test::Utils::tempdir();

sub run_file
{
	my ($database, $file, @variables) = @_;
	command_ok([ 'psql', '-X', '-q', '-o', "$dir/out", '-v', 'ON_ERROR_STOP=1', (map { ('-v', $_) } @variables), '-d', $node->connstr($database), '-f', "$warehouse/$file" ],
		"$file runs in $database");
	return;
}

sub says
{
	my ($database, $query, $expected, $name) = @_;
	is($node->safe_psql($database, $query), $expected, $name);
	return;
}

# A new database with the extension, unless $bare.
sub new_database
{
	my ($database, $bare) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, "CREATE SCHEMA scorecard; CREATE EXTENSION scorecard SCHEMA scorecard;
		ALTER DATABASE $database SET search_path = public, scorecard; ALTER DATABASE $database SET jit = off") unless $bare;
	return;
}

my $refresh = q{SELECT mode, snapshots, cells FROM refresh_registry('city_kpi')};

# The star where it lies --------------------------------------------------------------------------

new_database('city');
run_file('city', 'star.sql');
like(slurp_file("$dir/out"), qr/^ incremental \|\s+3 \|\s+20$/m, 'seven areas on two dates, six after a merger');
says('city', q{SELECT severity, fault, object FROM check_registry('city_kpi')}, 'error|no_period_end|city / TRA-001 / 00073', 'a fact without a date is found, and nothing else');
says('city', $refresh, 'incremental|0|0', 'and nothing is left to do');
says('city', q{SELECT count(*), md5(string_agg(f::text, E'\n' ORDER BY f::text COLLATE "C")) FROM warehouse.fact_measure AS f},
	'5102|760d87fcd3a0712d95a31deb612c13ea', 'the same synthetic figures on every machine');
says('city', q{SELECT count(*) FROM city_kpi.observation UNION ALL SELECT count(*) FROM city_kpi.target UNION ALL SELECT count(*) FROM city_kpi.node}, "0\n0\n0",
	'nothing was copied');
says('city', q{SELECT string_agg(path::text || ' from ' || valid_from, ', ' ORDER BY node_code, valid_from) FROM city_kpi.target_source WHERE node_code IN ('ENV-021', 'HOU-007')},
	'32@2021 -> 45@2024 -> 55@2026 from 2021-12-15, 32@2021 -> 47@2024 -> 60@2026 from 2024-03-15, 50@2021 -> 40@2024 -> 30@2026 from 2021-12-15',
	'rows of plans become paths');

# What plain SQL makes of the warehouse's own tables: the figure of each area and measure, and scores by 2026, in decimals.
sub by_hand
{
	my ($as_of, $known_on) = @_;
	return qq{
		WITH best AS (
			SELECT DISTINCT ON (g.ward_code, m.measure_code, d.full_date) g.ward_code, m.measure_code, d.full_date, f.amount, r.status_code
			FROM warehouse.fact_measure f, warehouse.dim_date d, warehouse.dim_geography g, warehouse.dim_measure m, warehouse.dim_release r
			WHERE f.date_key = d.date_key AND f.geography_key = g.geography_key AND f.measure_key = m.measure_key AND f.release_key = r.release_key
				AND m.scorecard_flag = 'Y' AND d.full_date <= '$as_of' AND r.release_date <= '$known_on'
			ORDER BY g.ward_code, m.measure_code, d.full_date, strpos('FPE', r.status_code), r.release_date DESC),
		latest AS (
			SELECT DISTINCT ON (ward_code, measure_code) * FROM best WHERE amount IS NOT NULL
			ORDER BY ward_code, measure_code, full_date DESC),
		planned AS (
			SELECT DISTINCT ON (measure_key) measure_key, planned_amount FROM warehouse.fact_plan
			WHERE plan_year = 2026 AND approved_on <= '$as_of' ORDER BY measure_key, approved_on DESC),
		hand AS (
			SELECT l.ward_code, l.measure_code, m.subject_code, l.full_date, l.amount, l.status_code, p.planned_amount,
				LEAST(100, CASE WHEN p.planned_amount IS NULL THEN 100 * (l.amount - m.benchmark_poor) / (m.benchmark_good - m.benchmark_poor)
					WHEN m.better_when = 'H' THEN 100 * l.amount / p.planned_amount ELSE 100 * p.planned_amount / l.amount END) AS score
			FROM latest l JOIN warehouse.dim_measure m USING (measure_code) LEFT JOIN planned p USING (measure_key)
			WHERE (l.ward_code <> '00082' OR '$as_of' <= '2024-06-30'))
	};
}

for my $case ([ '2024-12-31', 'infinity' ], [ '2024-06-30', 'infinity' ], [ '2024-06-30', '2024-06-30' ])
{
	my ($as_of, $known_on) = @$case;
	my $known = $known_on eq 'infinity' ? 'NULL' : "'$known_on'";
	my $hand = by_hand($as_of, $known_on);
	my $expected = $node->safe_psql('city', "$hand SELECT ward_code, measure_code, amount::float8, full_date, CASE status_code WHEN 'F' THEN 'official' WHEN 'P' THEN 'preliminary' ELSE 'estimate' END,
			planned_amount::float8, round(score, 9) FROM hand ORDER BY 1, 2");
	cmp_ok(scalar(() = $expected =~ /\n/g), '>', 50, "as of $as_of, known on $known_on there are figures");
	says('city', "SELECT unit_code, indicator_code, value, observed_on, vintage, met_bound, round(score::numeric, 9)
			FROM city_kpi.indicator_status_as_of('city', '$as_of', $known) WHERE due = '2026-12-31' ORDER BY unit_code, indicator_code",
		$expected, 'and they are those of plain SQL');
	$expected = $node->safe_psql('city', "$hand, subject AS (SELECT ward_code, avg(score) AS score FROM hand GROUP BY ward_code, subject_code)
		SELECT ward_code, round(avg(score), 9) FROM subject GROUP BY ward_code ORDER BY 1");
	says('city', "SELECT unit_code, round(index_score::numeric, 9) FROM city_kpi.programme_headline_as_of('city', '$as_of', $known)
		WHERE due = '2026-12-31' ORDER BY unit_code", $expected, 'so is the index');
	says('city', "SELECT unit_code, round(index_score::numeric, 9) FROM city_kpi.programme_headline_history WHERE as_of = '$as_of' AND due = '2026-12-31' ORDER BY unit_code",
		$expected, 'as it is stored') if $known eq 'NULL';
}
says('city', q{SELECT count(*), min(period_end), max(period_end) FROM city_kpi.indicator_trend WHERE unit_code = '00070' AND indicator_code = 'ENV-010' AND period_end IS NOT NULL},
	'36|2022-01-31|2024-12-31', 'a ward whose row was replaced twice has one series');

# The same over postgres_fdw --------------------------------------------------------------------------

SKIP:
{
	skip 'postgres_fdw is not there for this server: the example over another database is not run', 1
	  if $node->safe_psql('postgres', q{SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'}) eq '0';

	new_database('dwh', 'bare');
	run_file('dwh', 'warehouse.sql');
	new_database('analytics');
	run_file('analytics', 'fdw.sql', 'host=' . $node->host, 'port=' . $node->port, 'dbname=dwh', 'user=' . $node->safe_psql('dwh', 'SELECT current_user'));
	is(contents($node, 'city_kpi', 'analytics'), contents($node, 'city_kpi', 'city'), 'from another database the same, bit for bit');
	says('dwh', q{SELECT count(*) FROM pg_extension WHERE extname <> 'plpgsql'}, '0', 'which needs no extension');
	says('analytics', $refresh, 'incremental|0|0', 'nothing is left to do');

	# The guide shows what was run.
	my ($recipe) = slurp_file("$warehouse/../../docs/registry.md") =~ /^```psql\n(.*?)^```/ms;
	my $example = slurp_file("$warehouse/fdw.sql");
	is(join("\n", grep { index($example, $_) < 0 } split /\n/, $recipe), '', 'the recipe of the guide is that of the example');

	# What is sent: the unit, in one query with the facts; of another programme nothing.
	my $plan = $node->safe_psql('analytics', q{EXPLAIN (VERBOSE, COSTS off) SELECT value FROM city_kpi.observation_as_of('2024-12-31', units => '{00070}')});
	like($plan, qr/Remote SQL: SELECT[^\n]*fact_measure[^\n]*JOIN[^\n]*dim_geography[^\n]*ward_code[^\n]{0,10} = [\(\$']/, 'the unit is asked for remotely, beside the facts');
	like($plan, qr/Remote SQL: SELECT[^\n]*dim_date[^\n]*full_date <= '2024-12-31'/, 'and so is the period');
	$plan = $node->safe_psql('analytics', q{BEGIN; INSERT INTO city_kpi.programme (programme_code) VALUES ('other');
		EXPLAIN (ANALYZE, VERBOSE, COSTS off, TIMING off) SELECT value FROM city_kpi.observation_as_of('2024-12-31', programmes => '{other}'); ROLLBACK});
	unlike($plan, qr/Foreign Scan[^\n]*\(actual[^\n]*loops=[1-9]/, 'another programme asks for nothing');
	$plan = $node->safe_psql('analytics', q{EXPLAIN (VERBOSE, COSTS off) SELECT value FROM city_kpi.observation_source WHERE programme_code = 'other'});
	unlike($plan, qr/Remote SQL/, 'not even when it is planned');

	# Who reads, reads with the user mapping of the mapping views' owner.
	says('analytics', q{CREATE ROLE onlooker; SELECT grant_registry('city_kpi', 'onlooker'); GRANT USAGE ON SCHEMA scorecard, mapping TO onlooker;
		GRANT SELECT ON ALL TABLES IN SCHEMA mapping TO onlooker; SET ROLE onlooker;
		SELECT count(value) FROM city_kpi.indicator_trend WHERE unit_code = '00073' AND indicator_code = 'ENV-010'},
		"\n" . $node->safe_psql('dwh', q{SELECT count(DISTINCT date_key) FROM warehouse.fact_measure WHERE geography_key = 102 AND measure_key = 1 AND amount IS NOT NULL}),
		'a reader needs no user mapping');

	# A revision, there and here.
	run_file('dwh', 'revision.sql');
	run_file('city', 'revision.sql');
	says('city', $refresh, 'incremental|1|2', 'a revision of two wards is two cells');
	says('analytics', $refresh, 'incremental|1|2', 'also from afar');
	is(contents($node, 'city_kpi', 'analytics'), contents($node, 'city_kpi', 'city'), 'the same again');
	says('analytics', q{SELECT unit_code, value, vintage FROM city_kpi.observation_as_of('2024-12-31') WHERE node_code = 'HOU-002' AND vintage = 'preliminary' AND period_end = '2024-12-31'},
		$node->safe_psql('dwh', q{SELECT '00085', (amount + 0.25)::float8, 'preliminary' FROM warehouse.fact_measure WHERE date_key = 20241231 AND geography_key = 104 AND measure_key = 6 AND release_key % 10 = 3}),
		'the provisional figure goes before the estimate');
	says('analytics', $refresh, 'incremental|0|0', 'once');

	# Two at once.
	$node->safe_psql('dwh', q{UPDATE warehouse.fact_measure SET amount = amount + 1 WHERE geography_key = 105 AND date_key = 20240531 AND measure_key = 3});
	my ($one, $two) = (session($node, 'analytics'), session($node, 'analytics'));
	tell($one, 'BEGIN');
	is(tell($one, $refresh), 'incremental|2|2', 'one refresh, not committed');
	is(tell($two, q{SELECT mode FROM refresh_registry('city_kpi', wait => false)}), 'busy', 'another leaves');
	tell($two, $refresh, later => 1);
	$node->poll_query_until('analytics', q{SELECT count(*) = 1 FROM pg_locks WHERE relation = 'city_kpi.refresh_log'::regclass AND NOT granted}) or die 'nobody waits';
	tell($one, 'COMMIT');
	is(tell($two, 'SELECT 1'), "incremental|0|0\n1", 'or waits, and finds it done');

	# The other server goes away: before, and in the middle.
	my $state = q{SELECT (SELECT count(*) FROM city_kpi.refresh_log), (SELECT md5(string_agg(h::text, ',' ORDER BY h::text COLLATE "C")) FROM city_kpi.source_hash AS h),
		(SELECT count(*) FROM city_kpi.refresh_queue), (SELECT count(*) FROM city_kpi.status_transition)};
	my $before = $node->safe_psql('analytics', $state) . contents($node, 'city_kpi', 'analytics');
	$node->safe_psql('dwh', q{UPDATE warehouse.fact_measure SET amount = amount + 1 WHERE geography_key = 106 AND date_key = 20241231});
	my $port = $node->port;
	$node->safe_psql('analytics', q{ALTER SERVER city_warehouse OPTIONS (SET port '1')});
	my ($status, $out, $err) = $node->psql('analytics', "\\set VERBOSITY verbose\n$refresh");
	like($err, qr/ERROR:  08001: cannot read mapping\.observation: could not connect to server "city_warehouse"\nDETAIL:  connection to server /, 'a server that is down is named, and what reads it');
	says('analytics', q{SELECT severity, fault, object, what FROM check_registry('city_kpi')},
		join("\n", map { qq{error|unreadable_source|mapping.$_|cannot read mapping.$_: could not connect to server "city_warehouse"} } qw(observation target)), 'by a check, too');
	is($node->safe_psql('analytics', $state) . contents($node, 'city_kpi', 'analytics'), $before, 'and nothing is half written');
	($status, $out, $err) = $node->psql('analytics', q{SELECT count(*) FROM city_kpi.indicator_status});
	is($out, '120', 'the views say what they said'), is($err, '', 'without asking it');
	$node->safe_psql('analytics', "ALTER SERVER city_warehouse OPTIONS (SET port '$port')");

	tell($one, "\\set VERBOSITY verbose\n");
	tell($one, 'BEGIN; SELECT count(*) FROM warehouse.dim_measure');
	$node->safe_psql('dwh', q{SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'postgres_fdw'});
	$node->poll_query_until('dwh', q{SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'postgres_fdw'}) or die 'it lives on';
	$one->{err} = '';
	tell($one, $refresh);
	like($one->{err}, qr/ERROR:  (57P01|08006): cannot read mapping\.observation: .*(terminating connection|server closed|no connection)/s, 'a connection that breaks is an error');
	tell($one, 'ROLLBACK');
	is($node->safe_psql('analytics', $state) . contents($node, 'city_kpi', 'analytics'), $before, 'and nothing is half written then');
	is(tell($one, $refresh), 'incremental|1|1', 'the next refresh has it all');

	# Dump and restore: a foreign table is not asked.
	command_ok([ 'pg_dump', '-Fc', '-f', "$dir/analytics.dump", '-d', $node->connstr('analytics') ], 'dumped');
	$node->safe_psql('postgres', 'CREATE DATABASE analytics_again');
	command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('analytics_again'), "$dir/analytics.dump" ], 'restored');
	is(contents($node, 'city_kpi', 'analytics_again'), contents($node, 'city_kpi', 'analytics'), 'to the same');
	says('analytics_again', "SET search_path = scorecard; $refresh", 'incremental|0|0', 'and goes on from there');
}

command_ok([ 'pg_dump', '-Fc', '-f', "$dir/city.dump", '-d', $node->connstr('city') ], 'a bound registry dumped');
$node->safe_psql('postgres', 'CREATE DATABASE city_again');
command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('city_again'), "$dir/city.dump" ], 'restored');
is(contents($node, 'city_kpi', 'city_again'), contents($node, 'city_kpi', 'city'), 'to the same');
says('city_again', "SET search_path = scorecard; $refresh", $node->safe_psql('city', $refresh), 'and refreshed as the first one');
$node->safe_psql('city_again', q{UPDATE warehouse.fact_plan SET planned_amount = 71 WHERE measure_key = 8 AND plan_year = 2026});
like($node->safe_psql('city_again', "SET search_path = scorecard; $refresh"), qr/^incremental\|3\|20$/, 'a plan that changes concerns everybody');

# Partitioned tables ------------------------------------------------------------------------------

$node->safe_psql('postgres', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext');
$node->safe_psql('postgres', registry_sample('kpi'));
my $refresh_kpi = q{SELECT mode, snapshots, cells FROM ext.refresh_registry('kpi')};
my $quarters = q{SELECT observation FROM kpi.observation_by_period('2023-06-30', units => '{003}') AS observation};
$node->safe_psql('postgres', $refresh_kpi);
my $own = contents($node, 'kpi');
$node->safe_psql('postgres', q{
	CREATE SCHEMA parted;
	CREATE TABLE parted.figure (LIKE kpi.observation) PARTITION BY RANGE (period_end);
	CREATE INDEX ON parted.figure (unit_code, programme_code, period_end);
	CREATE TABLE parted.figure_2023 PARTITION OF parted.figure FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
	CREATE TABLE parted.figure_2024_1 PARTITION OF parted.figure FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
	CREATE TABLE parted.figure_2024_2 PARTITION OF parted.figure FOR VALUES FROM ('2024-07-01') TO ('2025-01-01');
	INSERT INTO parted.figure SELECT * FROM kpi.observation;
	ANALYZE parted.figure;
	SELECT ext.bind_registry('kpi', 'observation', 'parted.figure')});
says('postgres', $refresh_kpi, 'incremental|8|96', 'a partitioned table bound');
is(contents($node, 'kpi'), $own, 'to the same');
my $plan = $node->safe_psql('postgres', "SET enable_seqscan = off; EXPLAIN (COSTS off) $quarters");
like($plan, qr/Index.* Scan .*on figure_2023/, 'read through the index of a partition');
unlike($plan, qr/figure_2024/, 'and no partition of a later period');
for my $change (
	[ 'a figure revised', q{UPDATE parted.figure SET value = value + 1 WHERE unit_code = '003' AND node_code = 'i1' AND period_end = '2024-09-30'}, 'incremental|2|2' ],
	[ 'and in its partition', q{UPDATE parted.figure_2024_2 SET value = value - 1 WHERE unit_code = '003' AND node_code = 'i1' AND period_end = '2024-09-30'}, 'incremental|2|2' ],
	[ 'a partition detached', q{ALTER TABLE parted.figure DETACH PARTITION parted.figure_2024_2}, 'incremental|2|24' ],
	[ 'attached again', q{ALTER TABLE parted.figure ATTACH PARTITION parted.figure_2024_2 FOR VALUES FROM ('2024-07-01') TO ('2025-01-01')}, 'incremental|2|24' ],
	[ 'one emptied and filled', q{CREATE TABLE parted.kept AS TABLE parted.figure_2023; TRUNCATE parted.figure_2023; INSERT INTO parted.figure TABLE parted.kept}, 'incremental|0|0' ])
{
	my ($name, $sql, $expected) = @$change;
	$node->safe_psql('postgres', $sql);
	says('postgres', $refresh_kpi, $expected, "$name: $expected");
}
is(contents($node, 'kpi'), $own, 'all is as it was');
same_as_functions($node, 'kpi', 'partitioned source');

# The registry's own table, partitioned.
my $name = 'K p"s';
my $quoted = '"K p""s"';
my $refresh_own = qq{SELECT mode, snapshots, cells FROM ext.refresh_registry('$quoted')};
$node->safe_psql('postgres', registry_sample($quoted));
$node->safe_psql('postgres', 'ALTER DATABASE postgres SET search_path = public, ext');
$node->safe_psql('postgres', $refresh_own);
my $columns = q{SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, NULL), attnotnull, col_description(attrelid, attnum), pg_get_expr(adbin, adrelid)), E'\n' ORDER BY attnum)
	FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attrelid = '"K p""s".observation'::regclass AND attnum > 0
	UNION ALL SELECT string_agg(conname || ' ' || pg_get_constraintdef(oid), E'\n' ORDER BY conname) FROM pg_constraint WHERE conrelid = '"K p""s".observation'::regclass AND contype <> 'n'
	UNION ALL SELECT string_agg(tgname || ' ' || tgfoid::regproc, E'\n' ORDER BY tgname) FROM pg_trigger WHERE tgrelid = '"K p""s".observation'::regclass AND NOT tgisinternal
	UNION ALL SELECT string_agg(indexrelid::regclass || ' ' || indkey::text, E'\n' ORDER BY indexrelid::regclass::text) FROM pg_index WHERE indrelid = '"K p""s".observation'::regclass};
my $shape = $node->safe_psql('postgres', $columns);
run_file('postgres', 'partitioned.sql', "registry=$name");
says('postgres', $columns, $shape, 'columns, constraints, triggers and indexes are those of before');
says('postgres', q{SELECT relkind, (SELECT count(*) FROM pg_inherits WHERE inhparent = c.oid) FROM pg_class AS c WHERE oid = '"K p""s".observation'::regclass}, 'p|3', 'the table is partitioned');
says('postgres', $refresh_own, 'incremental|8|96', 'everything is computed once');
is(contents($node, $quoted), $own, 'to the same');
for my $change (
	[ 'a figure revised', qq{UPDATE $quoted.observation SET value = value + 1 WHERE unit_code = '003' AND node_code = 'i1' AND period_end = '2024-09-30'}, 'incremental|2|2' ],
	[ 'one moved to another partition', qq{UPDATE $quoted.observation SET period_end = '2023-12-30' WHERE unit_code = '004' AND node_code = 'i1' AND period_end = '2024-09-30'}, 'incremental|5|5' ],
	[ 'one deleted', qq{DELETE FROM $quoted.observation WHERE unit_code = '005' AND period_end = '2024-12-31'}, 'incremental|1|1' ],
	[ 'one loaded', qq{INSERT INTO $quoted.staging (programme_code, node_code, unit_code, period_end, vintage, released_on, value) VALUES ('p', 'i2', '006', '2024-12-31', 'official', '2025-07-01', '17');
		SELECT FROM ext.load_staging('$quoted')}, 'incremental|1|1' ],
	[ 'and again', qq{INSERT INTO $quoted.staging (programme_code, node_code, unit_code, period_end, vintage, released_on, value) VALUES ('p', 'i2', '006', '2024-12-31', 'official', '2025-07-01', '17');
		SELECT FROM ext.load_staging('$quoted')}, 'incremental|0|0' ],
	[ 'a partition detached, which no trigger sees', qq{ALTER TABLE $quoted.observation DETACH PARTITION $quoted.observation_2023}, 'incremental|0|0' ])
{
	my ($change_name, $sql, $expected) = @$change;
	$node->safe_psql('postgres', $sql);
	says('postgres', $refresh_own, $expected, "$change_name: $expected");
}
says('postgres', $refresh_own =~ s/'\)$/', full_refresh => true)/r, 'full|8|48', 'a full refresh does');
same_as_functions($node, $quoted, 'partitioned registry');
says('postgres', "SELECT ext.secure_units('$quoted'); SELECT ext.upgrade_registry('$quoted'); SELECT relrowsecurity FROM pg_class WHERE oid = '$quoted.observation'::regclass", "\n1\nt", 'it is secured and upgraded like any other');
$node->safe_psql('postgres', "DROP TABLE $quoted.observation_2023");
says('postgres', "SELECT ext.drop_registry('$quoted', true); SELECT to_regnamespace('$quoted') IS NULL", "\nt", 'and dropped');

# What cannot be bound, and what can -------------------------------------------------------------------

$node->safe_psql('postgres', q{
	CREATE SCHEMA odd;
	CREATE DOMAIN odd.code AS varchar(5); CREATE DOMAIN odd.ward AS odd.code; CREATE DOMAIN odd.money AS numeric(12, 3); CREATE DOMAIN odd.day AS date;
	CREATE TYPE odd.stage AS ENUM ('official', 'estimate');
	CREATE TABLE odd.typed (programme_code char(5), node_code odd.code, unit_code odd.ward, period_end odd.day, value odd.money, vintage odd.stage);
	INSERT INTO odd.typed VALUES ('p', 'i1', '007', '2024-12-31', 12.125, 'estimate'), ('p', NULL, '007', '2024-12-31', 1, NULL), (NULL, 'i1', '007', NULL, 1, NULL);
	CREATE TABLE odd.keyed (programme_code text, node_code text, unit_code int, period_end date, value float8);
	CREATE TABLE odd.timed (programme_code text, node_code text, unit_code text, period_end timestamp, value float8);
	CREATE TABLE odd.cased (programme_code text, node_code text, unit_code text, period_end date, value float8, "VINTAGE" text);
	CREATE TABLE odd.shouting ("PROGRAMME_CODE" text, "NODE_CODE" text, "UNIT_CODE" text, "PERIOD_END" date, "VALUE" float8);
	CREATE DOMAIN odd.single AS real; CREATE TABLE odd.rounded (programme_code text, node_code text, unit_code text, period_end date, value real);
	CREATE VIEW odd.rounded_too AS SELECT programme_code, node_code, unit_code, period_end, value::odd.single FROM odd.rounded;
	CREATE VIEW odd.as_shown AS SELECT programme_code, node_code, unit_code, period_end, value::text::float8 FROM odd.rounded;
	CREATE VIEW odd.rounded_weight AS SELECT programme_code, method_version, node_code, parent_code, weight::real FROM kpi.node;
	CREATE VIEW odd.rounded_ratio AS SELECT programme_code, method_version, node_code, parent_code, ratio_per::real FROM kpi.node;
	INSERT INTO odd.rounded VALUES ('p', 'i1', '007', '2024-12-31', 50.1);
	CREATE VIEW odd.circle AS SELECT * FROM kpi.observation_source;
	CREATE VIEW odd.detour AS SELECT programme_code, node_code, unit_code, period_end, value FROM kpi.observation_by_period('2024-12-31')});
for my $case (
	[ 'odd.keyed', '42804', 'column "unit_code" of odd.keyed is of type integer, not text' ],
	[ 'odd.timed', '42804', 'column "period_end" of odd.timed is of type timestamp without time zone, not date' ],
	[ 'odd.cased', '42703', 'odd.cased has no column "vintage"' ],
	[ 'odd.shouting', '42703', 'odd.shouting has no column "programme_code"' ],
	[ 'odd.circle', '22023', 'odd.circle reads the observation_source that it is to stand in for' ],
	[ 'odd.detour', '22023', 'odd.detour reads the observation_source that it is to stand in for' ],
	[ 'kpi.observation_source', '22023', 'observation_source reads the observation_source that it is to stand in for' ])
{
	my ($source, $sqlstate, $message) = @$case;
	my ($status, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\nSELECT ext.bind_registry('kpi', 'observation', '$source')");
	like($err, qr/ERROR:  $sqlstate: \Q$message\E\n/, "not $source: $sqlstate");
}
for my $case ([ 'observation', 'odd.rounded', 'value' ], [ 'observation', 'odd.rounded_too', 'value' ], [ 'node', 'odd.rounded_weight', 'weight' ], [ 'node', 'odd.rounded_ratio', 'ratio_per' ])
{
	my ($kind, $source, $column) = @$case;
	my ($status, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\nSELECT ext.bind_registry('kpi', '$kind', '$source')");
	like($err, qr/ERROR:  42804: column "$column" of $source is of type real, not double precision\nHINT:  Bind a view over it that has ${column}::text::float8:/, "not $source: it is rounded");
}
says('postgres', q{BEGIN; SELECT ext.bind_registry('kpi', 'observation', 'odd.as_shown'); SELECT value FROM kpi.observation_source WHERE value >= 50.1; ROLLBACK}, "\n50.1", 'a view has the figure that is shown');
says('postgres', $refresh_kpi, 'incremental|0|0', 'what was bound stays bound');
$node->safe_psql('postgres', q{DROP VIEW odd.rounded_weight, odd.rounded_ratio; DROP VIEW odd.circle, odd.detour; SELECT ext.bind_registry('kpi', 'observation', 'odd.typed')});
$node->safe_psql('postgres', $refresh_kpi);
says('postgres', q{SELECT unit_code, indicator_code, value, vintage, observed_on FROM kpi.indicator_status WHERE value IS NOT NULL AND is_current}, '007|i1|12.125|estimate|2024-12-31',
	'domains, enumerations, short codes and decimals are read; rows without a key are not');

# A source that goes, and takes with it what reads it.
my $objects = q{SELECT count(*), md5(string_agg(d, E'\n' ORDER BY d COLLATE "C")) FROM (
	SELECT concat_ws(' ', relname, attname, obj_description(c.oid), col_description(c.oid, attnum)) FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid
	WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'v'
	UNION ALL SELECT pg_get_functiondef(oid) || obj_description(oid) FROM pg_proc WHERE pronamespace = 'kpi'::regnamespace) AS x (d)};
my $whole = $node->safe_psql('postgres', $objects);
my ($status, $out, $err) = $node->psql('postgres', 'DROP TABLE odd.typed');
like($err, qr/view kpi\.observation_source depends on table odd\.typed/, 'a bound table is not dropped by itself');
$node->safe_psql('postgres', 'SET client_min_messages = error; DROP TABLE odd.typed CASCADE');
isnt($node->safe_psql('postgres', $objects), $whole, 'with CASCADE it takes views and functions along');
$node->safe_psql('postgres', q{SELECT ext.bind_registry('kpi', 'observation', 'parted.figure'); SELECT ext.upgrade_registry('kpi')});
says('postgres', $objects, $whole, 'bind_registry and upgrade_registry bring them back, comments and all');
$node->safe_psql('postgres', $refresh_kpi);
is(contents($node, 'kpi'), $own, 'and all that they say');

$node->stop;
done_testing();
