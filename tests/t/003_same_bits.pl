# The same rows give the same bits: whatever the order, the plan, the number of workers and the partitions.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $node = new_node(
	'bits',
	max_worker_processes => 16,
	max_parallel_workers => 8,
	shared_buffers => "'64MB'");
$node->start;
my $force = $node->safe_psql('postgres', q{SELECT name FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query')});

# 1000 units of 26 indicators in a tree of three levels; a tenth of the values missing, and rare magnitudes.
$node->safe_psql('postgres', q{
	CREATE EXTENSION scorecard;
	CREATE TABLE method AS
	SELECT (jsonb_build_array('{"code":"programme"}'::jsonb)
		|| (SELECT jsonb_agg(jsonb_build_object('code', 'category ' || c, 'parent', 'programme', 'weight', c / 3.0,
				'aggregation', (ARRAY['arithmetic', 'geometric', 'harmonic', 'arithmetic'])[c], 'min_coverage', 0.2))
			FROM generate_series(1, 4) c)
		|| (SELECT jsonb_agg(jsonb_build_object('code', 'indicator ' || i, 'parent', 'category ' || 1 + i % 4,
				'weight', 1 / (i + 1.0), 'worst', CASE WHEN i % 3 = 0 THEN 100 ELSE -7 / 3.0 END,
				'best', CASE WHEN i % 3 = 0 THEN 1 / 7.0 ELSE 100 END, 'lowest', 1))
			FROM generate_series(1, 26) i))::index_framework AS framework;
	CREATE TABLE fact AS
	SELECT u AS unit, 'indicator ' || i AS code,
		CASE WHEN hashint4(u * 100 + i) % 10 <> 0 THEN 50 + hashint4(u * 31 + i) / 4.4e7 END AS value
	FROM generate_series(1, 1000) u, generate_series(1, 26) i;
	CREATE TABLE shuffled AS SELECT * FROM fact ORDER BY md5(unit || code);
	CREATE TABLE by_unit (LIKE fact) PARTITION BY HASH (unit);
	CREATE TABLE by_code (LIKE fact) PARTITION BY HASH (code);
});
$node->safe_psql('postgres', join ';', map {
		my $t = $_;
		map { "CREATE TABLE ${t}_$_ PARTITION OF $t FOR VALUES WITH (MODULUS 4, REMAINDER $_)" } 0 .. 3
	} qw(by_unit by_code));
$node->safe_psql('postgres', 'INSERT INTO by_unit SELECT * FROM shuffled; INSERT INTO by_code SELECT * FROM shuffled; ANALYZE');

my $one_unit = q{index_sheet_agg((SELECT framework FROM method), code, value)};

sub question
{
	my ($table) = @_;
	return qq{SELECT unit, $one_unit AS sheet FROM $table GROUP BY unit};
}

# One md5 over all sheets, scores and node scores, exactly as their bits are.
sub bits
{
	my ($table, $settings) = @_;
	return $node->safe_psql('postgres', $settings . q{;
		SELECT count(*), md5(string_agg(unit || ' ' || encode(index_sheet_send(sheet), 'hex') || ' '
			|| coalesce(encode(float8send(index_score((SELECT framework FROM method), sheet)), 'hex'), '-') || ' '
			|| encode(array_send(node_score_array((SELECT framework FROM method), sheet)), 'hex'), ',' ORDER BY unit))
		FROM (} . question($table) . ') q');
}

sub plan_of
{
	my ($table, $settings) = @_;
	return $node->safe_psql('postgres', "$settings; EXPLAIN (COSTS OFF) " . question($table));
}

my $serial = 'SET max_parallel_workers_per_gather = 0; SET jit = off';
my $parallel = 'SET jit = off; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;'
  . 'SET max_parallel_workers_per_gather = ';
my $expected = bits('fact', $serial);
like($expected, qr/^1000\|/, 'a thousand units');

my @ways = (
	[ 'shuffled', $serial, 'shuffled rows' ],
	[ 'shuffled', "$serial; SET enable_hashagg = off", 'sorted groups', qr/GroupAggregate/ ],
	[ 'shuffled', "$serial; SET enable_sort = off", 'hashed groups', qr/HashAggregate/ ],
	[ 'shuffled', "$serial; SET work_mem = '64kB'; SET enable_sort = off", 'hashed groups that spill', qr/HashAggregate/ ],
	[ 'shuffled', "$serial; SET work_mem = '64kB'; SET enable_hashagg = off", 'sorted groups that spill', qr/GroupAggregate/ ],
	(map { [ 'shuffled', "$parallel $_; SET enable_hashagg = off", "$_ workers", $_ ? qr/Partial (Group|Hash)?Aggregate/ : undef ] } 0 .. 4),
	[ 'shuffled', "$parallel 4; SET parallel_leader_participation = off; SET enable_sort = off",
		'4 workers without the leader, hashed', qr/Partial HashAggregate/ ],
	[ 'shuffled', "$parallel 2; SET $force = on", 'forced parallel mode' ],
	[ 'by_unit', $serial, 'partitions by unit' ],
	[ 'by_unit', "$serial; SET enable_partitionwise_aggregate = on", 'partitions by unit, aggregated one by one' ],
	[ 'by_code', "$serial; SET enable_partitionwise_aggregate = on",
		'partitions by indicator, aggregated in parts', qr/Partial (Group|Hash)?Aggregate/ ],
	[ 'by_code', "$parallel 3; SET enable_partitionwise_aggregate = on", 'partitions by indicator, aggregated in parts by workers' ],
	[ 'shuffled', 'SET max_parallel_workers_per_gather = 0; SET jit = on; SET jit_above_cost = 0;'
		. 'SET jit_inline_above_cost = 0; SET jit_optimize_above_cost = 0', 'compiled just in time' ],
);
for my $way (@ways)
{
	my ($table, $settings, $name, $shape) = @$way;
	like(plan_of($table, $settings), $shape, "$name: the plan is what it should be") if $shape;
	is(bits($table, $settings), $expected, "$name: the same bits");
}

# Merging parts by hand: sheets of disjoint rows, in any order.
is( $node->safe_psql('postgres', qq{$serial;
		WITH part AS (SELECT unit, abs(hashtext(code)) % 5 AS p, $one_unit AS sheet FROM shuffled GROUP BY 1, 2),
		whole AS (SELECT unit, $one_unit AS sheet FROM fact GROUP BY 1),
		merged AS (SELECT unit, index_sheet_agg(sheet ORDER BY md5(p || 'x' || unit)) AS sheet FROM part GROUP BY 1)
		SELECT count(*) FROM whole JOIN merged USING (unit)
		WHERE index_sheet_send(whole.sheet) = index_sheet_send(merged.sheet) AND whole.sheet = merged.sheet}),
	'1000', 'merged parts are the whole');

# Means and their relatives, with weights and with values of every magnitude and both signs: by class of
# twenty units, and over all rows.
my $scattered = q{CASE WHEN hashtext(code || unit) % 3 = 0 THEN -value ELSE value END * 10::float8 ^ (hashtext(code || 'x' || unit) % 140)};
my $weight = q{(1 + abs(hashtext(unit || code)) % 1000) / 7.0::float8};
my @calls = ((map { "weighted_mean($_, $weight), weighted_sum($_, $weight), weighted_sd($_, $weight), outranking($_, 50, $weight), coverage($_, $weight)" } 'value', $scattered),
	(map { "geometric_mean($_), geometric_mean($_, $weight), harmonic_mean($_), harmonic_mean($_, $weight), power_mean($_, $weight, 2.5), "
		. "power_mean($_, $weight, -100), power_mean($_, $weight, 1e-9)" } 'value', "abs($scattered)"),
	"mpi_minus(value), mpi_plus(value), mpi_minus(value, $weight), mpi_plus(value, $weight, 'sample')");
my $means = 'array_send(ARRAY[' . join(', ', @calls) . ']) AS bits';

sub means_by_class
{
	my ($table) = @_;
	return "SELECT unit % 50 AS class, $means FROM $table GROUP BY unit % 50";
}

sub means_of
{
	my ($table, $settings) = @_;
	return $node->safe_psql('postgres', "$settings; SELECT count(*), md5(string_agg(encode(bits, 'hex'), ',' ORDER BY class)) FROM ("
		. means_by_class($table) . ") q; SELECT $means FROM $table");
}
my $expected_means = means_of('fact', $serial);
like($expected_means, qr/^50\|/, 'means of fifty classes');
isnt($expected_means, means_of('(SELECT unit, code, value * (1 + 1e-15) AS value FROM fact) f', $serial), 'other rows, other bits');
for my $way (@ways)
{
	my ($table, $settings, $name, $shape) = @$way;
	like($node->safe_psql('postgres', "$settings; EXPLAIN (COSTS OFF) " . means_by_class($table) . "; EXPLAIN (COSTS OFF) SELECT $means FROM $table"),
		$shape, "means, $name: a plan is what it should be") if $shape;
	is(means_of($table, $settings), $expected_means, "means, $name: the same bits");
}
is(means_of("(SELECT * FROM fact ORDER BY hashtext(code || '$_' || unit)) f", $serial), $expected_means, "means, shuffle $_: the same bits") for 1 .. 3;

# Series and paths collected from rows.
my $collect = q{SELECT md5(string_agg(s::text, ',' ORDER BY unit)), md5(string_agg(p::text, ',' ORDER BY unit)) FROM (
	SELECT unit, indicator_series_agg(date '2000-01-31' + split_part(code, ' ', 2)::int * 30, value) AS s,
		target_path_agg(split_part(code, ' ', 2), make_date(2000 + split_part(code, ' ', 2)::int, 12, 31)) AS p
	FROM %s GROUP BY unit) q};
my $series = $node->safe_psql('postgres', "$serial; " . sprintf($collect, 'fact'));
for my $workers (0 .. 3)
{
	is($node->safe_psql('postgres', "$parallel $workers; " . sprintf($collect, 'shuffled')), $series,
		"series and paths from shuffled rows, $workers workers");
}
is($node->safe_psql('postgres', "$serial; SET enable_partitionwise_aggregate = on; " . sprintf($collect, 'by_code')), $series,
	'series and paths from partitions');

# A framework built from shuffled rows is the same framework.
$node->safe_psql('postgres', q{CREATE TABLE node AS
	SELECT 'i' || i AS code, 'c' || i % 3 AS parent, i / 7.0::float8 AS weight, 0::float8 AS worst, i::float8 AS best FROM generate_series(1, 60) i});
is( $node->safe_psql('postgres', q{
		SELECT count(DISTINCT framework_fingerprint(f)) FROM (
			SELECT index_framework_agg(code, parent, weight, worst, best ORDER BY code) AS f FROM node
			UNION ALL SELECT index_framework_agg(code, parent, weight, worst, best ORDER BY md5(code)) FROM node
			UNION ALL SELECT index_framework_agg(code, parent, weight, worst, best ORDER BY best DESC) FROM node) x}),
	'1', 'a framework from shuffled rows');

$node->stop;
done_testing();
