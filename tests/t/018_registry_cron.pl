# Jobs of pg_cron refresh registries: as the owner, and as a role that is a refresher and nothing more.
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
	'cron.use_background_workers' => 'on', max_worker_processes => 32);
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext; CREATE EXTENSION pg_cron');
$node->safe_psql('postgres', registry_sample('kpi', dates => 2));
is($node->safe_psql('postgres', q{SELECT cells FROM ext.refresh_registry('kpi')}), '24', 'the first refresh is by hand');
$node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '003' AND period_end = '2024-12-31'});

# A secured registry of somebody else, and two roles that schedule jobs of their own.
$node->safe_psql('postgres', q{CREATE ROLE office LOGIN; CREATE ROLE night LOGIN; CREATE ROLE onlooker LOGIN; GRANT CREATE ON DATABASE postgres TO office;
	GRANT USAGE ON SCHEMA ext TO PUBLIC; GRANT USAGE ON SCHEMA cron TO night, onlooker});
as_role($node, 'office', registry_sample('city', dates => 2) . q{SELECT ext.refresh_registry('city');
	SELECT ext.grant_registry('city', 'night', 'refresher'), ext.grant_registry('city', 'onlooker'), ext.secure_units('city');
	INSERT INTO city.unit_access (role_name, all_units) VALUES ('night', true), ('onlooker', true);
	UPDATE city.observation SET value = value + 1 WHERE unit_code = '005' AND period_end = '2024-12-31'});
is($node->safe_psql('postgres', q{SELECT cells, queued FROM city.refresh_status}), '24|1', 'one unit and period of it is queued');

# The first row that a query finds within the time in which every job has run.
sub row_in_time
{
	my ($query) = @_;
	my $until = time + 900;
	my $row = '';
	while (time < $until)
	{
		$row = $node->safe_psql('postgres', "$query LIMIT 1");
		last if $row;
		usleep(500_000);
	}
	return $row;
}

# every second where pg_cron can do that, else every minute: the same one for all
my $owner = $node->safe_psql('postgres', 'SELECT current_user');
for my $job ([ $owner => 'kpi' ], [ night => 'city' ], [ onlooker => 'city' ])
{
	my ($role, $registry) = @$job;
	my $command = "\$job\$SELECT ext.refresh_registry('$registry')\$job\$";
	my (undef, $complaint) = as_role($node, $role, "SELECT cron.schedule('refresh as $role', '1 seconds', $command)");
	(undef, $complaint) = as_role($node, $role, "SELECT cron.schedule('refresh as $role', '* * * * *', $command)") if $complaint;
	is($complaint, '', "$role schedules a refresh of $registry");
}
my $ended = sub { my ($role) = @_; return row_in_time("SELECT username, status, return_message FROM cron.job_run_details WHERE username = '$role' AND status IN ('succeeded', 'failed') ORDER BY runid") };
like($ended->($owner), qr/^$owner\|succeeded\|/, 'the job has run');
is($node->safe_psql('postgres', q{SELECT cells FROM kpi.refresh_log ORDER BY refresh_id LIMIT 1 OFFSET 1}), '1', 'and refreshed what had changed');
same_as_functions($node, 'kpi', 'pg_cron');
like($ended->('night'), qr/^night\|succeeded\|/, 'so has that of a refresher');
is($node->safe_psql('postgres', q{SELECT cells, rows_written > 0 FROM city.refresh_log ORDER BY refresh_id LIMIT 1 OFFSET 1}), '1|t', 'and refreshed what had changed');
same_as_functions($node, 'city', 'pg_cron as a refresher');
is($node->safe_psql('postgres', q{SELECT bool_and(NOT rolsuper AND NOT pg_has_role(rolname, 'office', 'USAGE')) FROM pg_roles WHERE rolname = 'night'}), 't', 'with no other rights');
like($ended->('onlooker'), qr/^onlooker\|failed\|.*role "onlooker" is no refresher of registry city/s, 'that of a reader has failed, and says why');

# A job of which nothing can be computed fails, and says why.
$node->safe_psql('postgres', q{UPDATE kpi.node SET weight = 0 WHERE parent_code = 'p'});
my $done = row_in_time(qq{SELECT return_message FROM cron.job_run_details WHERE username = '$owner' AND status = 'failed' ORDER BY runid});
like($done, qr/programme "p": all children of node "p" have weight zero/, 'a job that can compute nothing fails');
is($node->safe_psql('postgres', 'SELECT count(*) > 0 FROM kpi.refresh_queue'), 't', 'and has it still to do');
$node->safe_psql('postgres', q{SELECT cron.unschedule(jobid) FROM cron.job});
$node->stop;
done_testing();
