# Stored values survive a crash and reach a standby, and so do indexes on them.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $primary = new_node('primary', init => [ allows_streaming => 1 ]);
$primary->start;
$primary->safe_psql('postgres', 'CREATE EXTENSION scorecard');
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;

$primary->safe_psql('postgres', sample_table('public', 't'));
$primary->safe_psql('postgres', q{
	CREATE INDEX path_order ON t (path);
	CREATE INDEX series_hash ON t USING hash (series);
	CREATE INDEX status_order ON t (status);
	UPDATE t SET status = 'met' WHERE id % 4 = 0;
	CREATE MATERIALIZED VIEW m AS SELECT id, index_score(framework, sheet) AS score FROM t WHERE id % 10 <> 0});
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));

my $print = fingerprint('public', 't');
my $expected = $primary->safe_psql('postgres', $print);
is($standby->safe_psql('postgres', $print), $expected, 'the standby has the same bits');

my $lookup = q{SET enable_seqscan = off; SELECT string_agg(a.id::text, ',' ORDER BY a.id)
	FROM t a WHERE a.path = (SELECT path FROM t WHERE id = 7) OR a.series = (SELECT series FROM t WHERE id = 9)
		OR a.status < 'off_track'};
my $found = $primary->safe_psql('postgres', $lookup);
is($standby->safe_psql('postgres', $lookup), $found, 'indexes answer on the standby');
is( $standby->safe_psql('postgres', q{SELECT index_score(f, index_sheet_agg(f, code, value)) FROM } . observations()
		. ", (SELECT '" . framework() . q{'::index_framework AS f) x GROUP BY f}),
	'27.5', 'the standby computes');

# Crash: no checkpoint, straight away.
$primary->safe_psql('postgres', 'INSERT INTO t SELECT id + 1000, path, series, framework, sheet, status FROM t');
$expected = $primary->safe_psql('postgres', $print);
$found = $primary->safe_psql('postgres', $lookup);
$primary->stop('immediate');
$primary->start;
is($primary->safe_psql('postgres', $print), $expected, 'after a crash the same bits');
is($primary->safe_psql('postgres', $lookup), $found, 'after a crash indexes answer');

$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
$primary->stop;
$standby->promote;
is($standby->safe_psql('postgres', $print), $expected, 'the promoted standby has the same bits');
$standby->safe_psql('postgres', q{UPDATE t SET path = 'up -> 1@2030', series = '{2025-12-31: 1}' WHERE id = 3});
is($standby->safe_psql('postgres', q{SELECT target_status(path, series, '2026-01-01') FROM t WHERE id = 3}),
	'met', 'and can be written');

$standby->stop;
done_testing();
