# Refreshes beside other sessions: what is committed late is not lost, two at once do the work once, and a refresh that
# is killed leaves nothing behind.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);
use ScorecardCluster;
use RegistrySample;

my $node = new_node('sessions', restart_after_crash => 'on', max_connections => 20);
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext');
$node->safe_psql('postgres', registry_sample('kpi', dates => 4));
my $refresh = q{SELECT mode, snapshots, cells FROM ext.refresh_registry('kpi')};
is($node->safe_psql('postgres', $refresh), 'incremental|4|48', 'the first refresh');

sub insert
{
	my ($unit, $value) = @_;
	return qq{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
		VALUES ('p', 'i1', '$unit', '2024-12-31', 'official', '2025-06-01', $value)};
}

# A transaction that began before, and commits after, a refresh -----------------------------

my $late = session($node);
tell($late, 'BEGIN');
tell($late, insert('001', 55));
$node->safe_psql('postgres', insert('002', 66));
is($node->safe_psql('postgres', $refresh), 'incremental|1|1', 'a refresh does not wait for a transaction that is open');
is($node->safe_psql('postgres', q{SELECT unit_code, value FROM kpi.snapshot_leaf JOIN kpi.snapshot USING (snapshot_id)
	WHERE as_of = '2024-12-31' AND node_code = 'i1' AND due = '2025-12-31' AND value IN (55, 66)}), '002|66', 'nor does it see it');
tell($late, 'COMMIT');
is($node->safe_psql('postgres', 'SELECT unit_code FROM kpi.refresh_queue'), '001', 'what it queued appears with it, numbered before what is done');
is($node->safe_psql('postgres', $refresh), 'incremental|1|1', 'the next refresh has it');
same_as_functions($node, 'kpi', 'late commit');
tell($late, 'BEGIN');
tell($late, insert('003', 77));
tell($late, 'ROLLBACK');
is($node->safe_psql('postgres', 'SELECT count(*) FROM kpi.refresh_queue'), '0', 'what is rolled back is not queued');

# A change that is committed while a refresh runs.
$node->safe_psql('postgres', insert('004', 44));
tell($late, 'BEGIN');
tell($late, insert('005', 45));
my $running = session($node);
tell($running, 'BEGIN');
is(tell($running, $refresh), 'incremental|1|1', 'a refresh that is not committed yet');
tell($late, 'COMMIT');
tell($running, 'COMMIT');
is($node->safe_psql('postgres', $refresh), 'incremental|1|1', 'what was committed meanwhile comes next');
same_as_functions($node, 'kpi', 'committed meanwhile');

# Two at once -------------------------------------------------------------------------------------

$node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code IN ('006', '007')});
my $other = session($node);
tell($running, 'BEGIN');
is(tell($running, $refresh), 'incremental|4|8', 'one refresh');
tell($other, $refresh, later => 1);
ok($node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_locks WHERE relation = 'kpi.refresh_log'::regclass AND NOT granted}), 'a second one waits');
is($node->safe_psql('postgres', q{SELECT mode, cells, message FROM ext.refresh_registry('kpi', wait => false)}),
	'busy|0|another refresh is running', 'a third one, told not to wait, goes');
is($node->safe_psql('postgres', q{SELECT ext.create_registry('beside') IS NOT NULL; SELECT mode FROM ext.refresh_registry('beside', wait => false)}),
	"t\nincremental", 'another registry is free');
my $logged = $node->safe_psql('postgres', 'SELECT count(*) FROM kpi.refresh_log');
tell($running, 'COMMIT');
is(tell($other, ''), 'incremental|0|0', 'the second has nothing left to do');
is($node->safe_psql('postgres', 'SELECT count(*) FROM kpi.refresh_log'), $logged + 2, 'both are logged');
same_as_functions($node, 'kpi', 'two at once');
# what is no refresh, as autovacuum does it to the log at any time, is waited for
tell($running, 'BEGIN; ANALYZE kpi.refresh_log');
tell($other, q{SELECT mode FROM ext.refresh_registry('kpi', wait => false) AS not_waiting}, later => 1);
$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE '% AS not\_waiting%' AND pid <> pg_backend_pid() AND (wait_event_type = 'Lock' OR state = 'idle')});
tell($running, 'COMMIT');
is(tell($other, ''), 'incremental', 'one told not to wait for another refresh waits for an analysis of the log');
is($node->safe_psql('postgres', q{SELECT count(*) FROM (SELECT FROM kpi.snapshot_leaf GROUP BY snapshot_id, unit_code, node_code, due HAVING count(*) > 1) AS x}),
	'0', 'nothing is there twice');

# The same in a transaction that sees a fixed state: it may fail, and then says that it is to be tried again.
$node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '006'});
tell($other, 'BEGIN ISOLATION LEVEL REPEATABLE READ');
tell($other, 'SELECT count(*) FROM kpi.observation');
is($node->safe_psql('postgres', $refresh), 'incremental|4|4', 'a refresh');
tell($other, $refresh);
$other->{harness}->pump_nb;
like($other->{err}, qr/could not serialize access/, 'one that began before it is refused as not serializable');
tell($other, 'ROLLBACK');
same_as_functions($node, 'kpi', 'repeatable read');

# Fifty changes and refreshes in a heap.
my @heap = map { session($node) } 1 .. 4;
tell($_, "\\set VERBOSITY verbose\n") for @heap;
for my $round (1 .. 6)
{
	tell($heap[$_], "UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '00" . (($round + $_) % 9 + 1) . "' AND period_end > '2024-0" . ($round + 1) . "-01'; $refresh", later => 1)
	  for 0 .. $#heap;
}
tell($_, 'SELECT 1') for @heap;
# two changes of the same rows may find each other in the way: the one that gives up is not made
is(join("\n", map { grep { !/^ERROR:  40P01:/ } $_->{err} =~ /^(?:ERROR|FATAL|PANIC):.*/mg } @heap), '', 'changes and refreshes in a heap: no error');
$node->safe_psql('postgres', $refresh);
same_as_functions($node, 'kpi', 'heap');
$_->{harness}->kill_kill for @heap;

# Files at once: the owner's, and those of an editor of one unit --------------------------------------

$node->safe_psql('postgres', registry_sample('files', dates => 1) . q{
	CREATE ROLE ed; GRANT USAGE ON SCHEMA ext TO ed; SELECT ext.grant_registry('files', 'ed', 'editor');
	INSERT INTO files.unit_access VALUES ('ed', '003'); SELECT ext.secure_units('files')});
my ($boss, $ed) = (session($node), session($node));
tell($_, q{SET lock_timeout = '20s'; SET search_path = files, ext}) for ($boss, $ed);
tell($ed, 'SET ROLE ed');
# a line about i1 of a unit, and what a load says of it
my $line = sub { my ($unit, $day, $value) = @_; return qq{INSERT INTO upload (programme_code, node_code, unit_code, period_end, released_on, value)
	VALUES ('p', 'i1', '$unit', '2025-01-$day', '2025-02-01', '$value')} };
my $load = q{SELECT string_agg(concat_ws(' ', line, outcome, message), ', ' ORDER BY line, staging_id) FROM load_staging('files', clear => true)};
my $waits = sub {
	my ($name) = @_;
	return ok($node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%load_staging%' AND pid <> pg_backend_pid()}), $name);
};

tell($ed, 'BEGIN');
tell($ed, $line->('003', '01', 1));
is(tell($boss, join '; ', $line->('001', '01', 1), $line->('002', '01', 2), $line->('003', '01', 'x'), $load),
	'1 inserted, 2 inserted, 3 error value "x" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply',
	'lines that somebody enters are not waited for');
tell($ed, 'COMMIT');
tell($boss, 'DELETE FROM staging WHERE line = 3');
is(tell($boss, $load), '1 inserted', 'and loaded when they are there');

# a file that is rolled back, also in place of what was there
tell($boss, join '; ', map { $line->('001', '02', $_) } 1 .. 10);
tell($boss, 'BEGIN; DELETE FROM staging; ' . $line->('001', '03', 1) . '; ROLLBACK');
tell($ed, $line->('003', '02', 5));
is(tell($ed, $load), '1 inserted', 'a file that is rolled back leaves others free to enter theirs');
is(tell($boss, 'SELECT count(*) FROM staging; DELETE FROM staging'), '10', 'and leaves what it was to replace');

# a load that is not committed, of lines and units that the owner's is not about
tell($ed, 'BEGIN');
tell($ed, $line->('003', '03', 7));
is(tell($ed, $load), '1 inserted', 'an editor loads, and does not commit');
is(tell($boss, $line->('004', '03', 4) . "; $load"), '1 inserted', 'a load of another unit by the owner does not wait');
is(tell($boss, $line->('005', '03', 5) . '; SELECT count(*) FROM staging; DELETE FROM staging'), '1', 'nor do his files');
# and one that it is about
tell($boss, $line->('003', '03', 8));
tell($boss, $load, later => 1);
$waits->('a load about the same unit waits');
tell($ed, 'COMMIT');
is(tell($boss, ''), '1 revised 7 -> 8', 'and knows the figure that came before its own');

# the same lines by two loads
tell($ed, $line->('003', '04', 9));
tell($boss, 'BEGIN');
is(tell($boss, $load), '1 inserted', 'one load');
tell($ed, $load, later => 1);
$waits->('another of the same lines waits');
tell($boss, 'COMMIT');
is(tell($ed, ''), '', 'and finds the work done');
tell($boss, $line->('003', '04', 10));
my $kept = $load =~ s/, clear => true//r;
tell($boss, 'BEGIN');
is(tell($boss, $kept), '1 revised 9 -> 10', 'one load that keeps its lines');
my $third = session($node);
tell($third, 'SET search_path = files, ext');
tell($third, $kept, later => 1);
$waits->('another waits');
tell($boss, 'COMMIT');
is(tell($third, ''), '1 unchanged', 'and finds them loaded');
is($node->safe_psql('postgres', q{SELECT string_agg(concat_ws(' ', unit_code, to_char(period_end, 'DD'), value), ', ' ORDER BY unit_code, period_end) FROM files.observation WHERE released_on = '2025-02-01'}),
	'001 01 1, 002 01 2, 003 01 1, 003 02 5, 003 03 8, 003 04 10, 004 03 4', 'each figure is there once');
# no lock that everybody may take
is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid JOIN pg_extension AS e ON e.oid = d.refobjid
	WHERE e.extname = 'scorecard' AND p.prosrc ~ 'advisory'}), '0', 'there are no advisory locks');
$_->{harness}->pump_nb for ($boss, $ed, $third);
is("$boss->{err}$ed->{err}$third->{err}", '', 'without an error');
$_->{harness}->kill_kill for ($boss, $ed, $third);
$node->safe_psql('postgres', q{SELECT ext.drop_registry('files', drop_data => true)});

# Killed --------------------------------------------------------------------------------------------

my $state = sub {
	return contents($node, 'kpi') . $node->safe_psql('postgres', q{SELECT md5(string_agg(s::text, ',' ORDER BY snapshot_id)) FROM kpi.snapshot AS s})
	  . $node->safe_psql('postgres', 'SELECT count(*) FROM kpi.refresh_log; SELECT count(*) FROM kpi.status_transition; SELECT count(*) FROM kpi.refresh_queue');
};
$_->{harness}->kill_kill for ($late, $other, $running);
$node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value + 3});
my $before = $state->();

# The process that refreshes, in the middle of it and at its end.
my $holder = session($node);
my @killed;
for my $moment ('in the middle', 'before it commits')
{
	my $victim = session($node);
	my $pid = tell($victim, 'SELECT pg_backend_pid()');
	push @killed, $pid;
	if ($moment eq 'in the middle')
	{
		# of its four snapshots, which it writes one after the other, one of the two in the middle cannot be written
		tell($holder, 'BEGIN; SELECT count(*) FROM (SELECT FROM kpi.snapshot_leaf WHERE snapshot_id =
			(SELECT snapshot_id FROM kpi.snapshot ORDER BY as_of LIMIT 1 OFFSET 2) FOR UPDATE) AS x');
		tell($victim, q{SELECT ext.refresh_registry('kpi', full_refresh => true)}, later => 1);
		my $holding = tell($holder, 'SELECT pg_backend_pid()');
		ok($node->poll_query_until('postgres', qq{SELECT $holding = ANY (pg_blocking_pids($pid))}), 'a refresh is at work, some snapshots are written, not all');
	}
	else
	{
		tell($victim, "BEGIN; $refresh");
	}
	kill 'KILL', $pid;
	ok($node->poll_query_until('postgres', "SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = $pid"), "a refresh is killed $moment");
	$victim->{harness}->kill_kill;
	is($state->(), $before, "killed $moment: nothing of it is there");
}
$holder->{harness}->kill_kill;

# The whole server.
my $victim = session($node);
tell($victim, "BEGIN; $refresh");
my ($postmaster) = slurp_file($node->data_dir . '/postmaster.pid') =~ /^(\d+)/;
$node->kill9;
$victim->{harness}->kill_kill;
# as long as a process of it is there, none can start
my $tries = 10 * $PostgreSQL::Test::Utils::timeout_default;
usleep(100_000) while kill(0, $postmaster) && $tries-- > 0;
usleep(100_000) until $node->start(fail_ok => 1) || $tries-- <= 0;
is($state->(), $before, 'server killed: nothing of it is there');
is($node->safe_psql('postgres', $refresh), 'incremental|4|48', 'the next refresh does all of it');
same_as_functions($node, 'kpi', 'after the kills');
is($node->safe_psql('postgres', $refresh), 'incremental|0|0', 'once');

$node->stop;
my $log = slurp_file($node->logfile);
like($log, qr/\(PID $_\) was terminated by signal 9/, 'the log says who was killed') for @killed;
done_testing();
