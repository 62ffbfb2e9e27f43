# A job of pg_cron refreshes a registry.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time usleep);
use ScorecardCluster;
use RegistrySample;

my $control = `pg_config --sharedir` =~ s/\s+$//r . '/extension/pg_cron.control';
plan skip_all => 'pg_cron is not installed (package postgresql-NN-cron)' unless -e $control;

my $node = new_node('cron', shared_preload_libraries => "'pg_cron'", 'cron.database_name' => "'postgres'",
	'cron.use_background_workers' => 'on', max_worker_processes => 12);
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext; CREATE EXTENSION pg_cron');
$node->safe_psql('postgres', registry_sample('kpi', dates => 2));
is($node->safe_psql('postgres', q{SELECT cells FROM ext.refresh_registry('kpi')}), '24', 'the first refresh is by hand');
$node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '003' AND period_end = '2024-12-31'});

# every second where pg_cron can do that, else every minute
my $job = q{$job$SELECT ext.refresh_registry('kpi')$job$};
my ($status) = $node->psql('postgres', "SELECT cron.schedule('refresh kpi', '1 seconds', $job)");
$node->safe_psql('postgres', "SELECT cron.schedule('refresh kpi', '* * * * *', $job)") if $status;
my $until = time + 130;
my $done = '';
while (time < $until)
{
	$done = $node->safe_psql('postgres', q{SELECT status, return_message FROM cron.job_run_details WHERE status IN ('succeeded', 'failed') ORDER BY runid LIMIT 1});
	last if $done;
	usleep(500_000);
}
like($done, qr/^succeeded\|/, 'the job has run');
is($node->safe_psql('postgres', q{SELECT cells FROM kpi.refresh_log ORDER BY refresh_id LIMIT 1 OFFSET 1}), '1', 'and refreshed what had changed');
same_as_functions($node, 'kpi', 'pg_cron');

# A job of which nothing can be computed fails, and says why.
$node->safe_psql('postgres', q{UPDATE kpi.node SET weight = 0 WHERE parent_code = 'p'});
$until = time + 130;
$done = '';
while (time < $until)
{
	$done = $node->safe_psql('postgres', q{SELECT return_message FROM cron.job_run_details WHERE status = 'failed' ORDER BY runid LIMIT 1});
	last if $done;
	usleep(500_000);
}
like($done, qr/programme "p": all children of node "p" have weight zero/, 'a job that can compute nothing fails');
is($node->safe_psql('postgres', 'SELECT count(*) > 0 FROM kpi.refresh_queue'), 't', 'and has it still to do');
$node->safe_psql('postgres', q{SELECT cron.unschedule('refresh kpi')});
$node->stop;
done_testing();
