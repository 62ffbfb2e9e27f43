# What is stored comes back: dump and restore, text and binary COPY, with an index, a generated column and a
# materialized view over our functions, the extension in a schema of its own.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $node = new_node('dump');
$node->start;
my $dir = PostgreSQL::Test::Utils::tempdir();

$node->safe_psql('postgres', 'CREATE DATABASE original');
$node->safe_psql('original', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext; CREATE SCHEMA "own data"');
$node->safe_psql('original', sample_table('ext', '"own data".t'));
$node->safe_psql('original', q{
	ALTER TABLE "own data".t ADD direction text GENERATED ALWAYS AS (ext.target_direction(path)) STORED;
	ALTER TABLE "own data".t ADD last float8 GENERATED ALWAYS AS (ext.series_last_value(series)) STORED;
	ALTER TABLE "own data".t ADD word text GENERATED ALWAYS AS (status::text) STORED;
	CREATE INDEX ON "own data".t (ext.target_count(path));
	CREATE INDEX ON "own data".t (path);
	CREATE INDEX ON "own data".t USING hash (series);
	CREATE INDEX ON "own data".t (status, id);
	CREATE INDEX ON "own data".t USING hash (framework);
	CREATE UNIQUE INDEX ON "own data".t (sheet, id);
	CREATE MATERIALIZED VIEW "own data".m AS
		SELECT id, ext.index_score(framework, sheet) AS score FROM "own data".t WHERE id % 10 <> 0;
	CREATE VIEW "own data".v AS
		SELECT t.id, p.* FROM "own data".t, ext.progress(path, series, date '2025-12-31') AS p;
	CREATE TABLE "own data".result AS SELECT id, p FROM "own data".t, ext.progress(path, series, date '2025-12-31') AS p;
	ALTER TABLE "own data".t ADD CHECK (ext.target_count(path) < 100);
});
my $print = fingerprint('ext', '"own data".t');
my $views = q{SELECT md5(string_agg(m::text, ',' ORDER BY id)) FROM "own data".m m;
	SELECT count(*), md5(string_agg(v::text, ',' ORDER BY id, due)) FROM "own data".v v;
	SELECT count(*), md5(string_agg(r::text, ',' ORDER BY id, (p).due)) FROM "own data".result r};
my $expected = $node->safe_psql('original', $print);
my $expected_views = $node->safe_psql('original', $views);
like($expected, qr/^61\|/, 'the sample is there');

sub same
{
	my ($database, $name) = @_;
	is($node->safe_psql($database, $print), $expected, "$name: equal to the bit");
	is($node->safe_psql($database, $views), $expected_views, "$name: views, stored results and generated columns equal");
	return;
}

# pg_dump, custom format and plain.
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$dir/c.dump", $node->connstr('original') ], 'pg_dump');
$node->safe_psql('postgres', 'CREATE DATABASE custom');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('custom'), "$dir/c.dump" ], 'pg_restore');
same('custom', 'custom format');

$node->command_ok([ 'pg_dump', '-f', "$dir/p.sql", $node->connstr('original') ], 'pg_dump, plain');
$node->safe_psql('postgres', 'CREATE DATABASE plain');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('plain'), '-f', "$dir/p.sql" ], 'psql');
same('plain', 'plain format');

$node->command_ok([ 'pg_dump', '--inserts', '-f', "$dir/i.sql", $node->connstr('custom') ], 'pg_dump of the restored');
$node->safe_psql('postgres', 'CREATE DATABASE inserts');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('inserts'), '-f', "$dir/i.sql" ], 'psql');
same('inserts', 'inserts');

# COPY, each format.
for my $format (qw(text csv binary))
{
	$node->safe_psql('original', qq{
		COPY "own data".t (id, path, series, framework, sheet, status, sums) TO '$dir/copy.$format' (FORMAT $format);
		CREATE TABLE ext.copy (LIKE "own data".t INCLUDING GENERATED);
		COPY ext.copy (id, path, series, framework, sheet, status, sums) FROM '$dir/copy.$format' (FORMAT $format)});
	is($node->safe_psql('original', fingerprint('ext', 'ext.copy')), $expected, "COPY $format: equal to the bit");
	is( $node->safe_psql('original',
			q{SET search_path = ext; SELECT count(*) FROM "own data".t FULL JOIN ext.copy USING (id)
			WHERE (t.path, t.series, t.framework, t.sheet, t.status, t.sums)
				IS DISTINCT FROM (copy.path, copy.series, copy.framework, copy.sheet, copy.status, copy.sums)}),
		'0', "COPY $format: equal values");
	$node->safe_psql('original', 'DROP TABLE ext.copy');
}

# The result type with all its columns.
$node->safe_psql('original', qq{
	COPY "own data".result TO '$dir/result' (FORMAT binary);
	CREATE TABLE ext.result (LIKE "own data".result);
	COPY ext.result FROM '$dir/result' (FORMAT binary)});
is( $node->safe_psql('original',
		q{SELECT (SELECT md5(string_agg(r::text, ',' ORDER BY id, (p).due)) FROM "own data".result r)
		= (SELECT md5(string_agg(r::text, ',' ORDER BY id, (p).due)) FROM ext.result r)}),
	't', 'COPY binary of progress rows');

# Equality, order and hash agree with each other on stored values, however they are compared.
for my $column (qw(path series framework sheet status sums))
{
	is( $node->safe_psql('custom', qq{
			SET search_path = "own data", ext;
			SET enable_hashagg = on; SET enable_sort = off;
			CREATE TEMP TABLE hashed AS SELECT $column, count(*) FROM t GROUP BY 1;
			SET enable_hashagg = off; SET enable_sort = on;
			CREATE TEMP TABLE sorted AS SELECT $column, count(*) FROM t GROUP BY 1;
			SELECT (SELECT count(*) FROM hashed) = (SELECT count(*) FROM sorted),
				(SELECT count(*) FROM sorted) = (SELECT count(DISTINCT ${column}::text) + 1 FROM t),
				NOT EXISTS (SELECT FROM (SELECT $column, lag($column) OVER (ORDER BY $column) AS before FROM t) x
					WHERE before > $column)}),
		't|t|t', "$column: hash, sort and text agree on what is equal");
}

$node->stop;
done_testing();
