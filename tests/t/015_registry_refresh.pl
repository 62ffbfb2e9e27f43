# refresh_registry: what it writes is what the functions say, whatever changed; it writes no more than that; it says
# what it did.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;
use RegistrySample;

my $node = new_node('refresh');
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext');
$node->safe_psql('postgres', registry_sample('kpi', dates => 5));

sub refresh
{
	my ($more) = @_;
	return $node->safe_psql('postgres', 'SELECT mode, snapshots, cells, rows_written > 0, transitions FROM ext.refresh_registry(\'kpi\'' . ($more // '') . ')');
}

# Which rows a refresh wrote: counted by the transaction that made them.
sub written_by
{
	my ($sql) = @_;
	my $rows = join ' UNION ALL ', map { "SELECT '$_ ' || ctid || ' ' || xmin AS made, snapshot_id, unit_code FROM kpi.$_" }
	  qw(snapshot_leaf snapshot_sheet snapshot_node);
	return $node->safe_psql('postgres', qq{
		CREATE TEMP TABLE before AS $rows;
		$sql;
		SELECT string_agg(DISTINCT unit_code || ' ' || as_of, ', ' ORDER BY unit_code || ' ' || as_of)
		FROM ($rows) AS now JOIN kpi.snapshot AS s USING (snapshot_id)
		WHERE made NOT IN (SELECT made FROM before)});
}

# The first, and nothing to do ------------------------------------------------------------

is(refresh(), 'incremental|5|60|t|0', 'the first refresh computes 12 units at 5 dates');
same_as_functions($node, 'kpi', 'first');
is($node->safe_psql('postgres', 'SELECT count(*) FROM kpi.refresh_queue'), '0', 'the queue is empty');
is(written_by(q{DO $$ BEGIN PERFORM ext.refresh_registry('kpi'); END $$}), '', 'a second one writes no row');
is(refresh(), 'incremental|0|0|f|0', 'and says so');
is($node->safe_psql('postgres', 'SELECT count(*), count(finished_at), count(duration) FROM kpi.refresh_log'), '3|3|3', 'each is logged');
my $first = contents($node, 'kpi');
is(refresh(', full_refresh => true'), 'full|5|60|t|0', 'a full one computes all');
is(contents($node, 'kpi'), $first, 'to the same');

# What changed is computed, and no more ------------------------------------------------------

is( written_by(q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code IN ('003', '007') AND period_end = '2024-12-31';
		UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '005' AND node_code = 'i1' AND period_end = '2024-06-30';
		DO $$ BEGIN PERFORM ext.refresh_registry('kpi'); END $$}),
	'003 2024-12-31, 005 2024-06-30, 005 2024-09-30, 005 2024-12-31, 007 2024-12-31', 'revised units, from the revised period on');
same_as_functions($node, 'kpi', 'revised');
is( $node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value, note = note; SELECT count(*) FROM kpi.refresh_queue}),
	'0', 'an update that changes nothing queues nothing');

# Every kind of change, by everything that may change.
my @changes = (
	[ 'a figure deleted', q{DELETE FROM kpi.observation WHERE unit_code = '002' AND node_code = 'i2' AND period_end = '2024-03-31'} ],
	[ 'a better vintage', q{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
		SELECT programme_code, node_code, unit_code, period_end, 'official', released_on + 90, value + 5 FROM kpi.observation WHERE vintage = 'estimate' AND unit_code = '004'} ],
	[ 'a unit that does not apply', q{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, released_on, is_applicable)
		VALUES ('p', 'i3', '006', '2024-12-30', '2025-01-15', false)} ],
	[ 'a new unit with figures', q{INSERT INTO kpi.unit VALUES ('100'); INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, released_on, value)
		VALUES ('p', 'i3', '100', '2024-06-30', '2024-07-15', 20)} ],
	[ 'a unit that ended', q{UPDATE kpi.unit SET valid_to = '2024-07-31' WHERE unit_code = '008'} ],
	[ 'units of two kinds', q{UPDATE kpi.unit SET unit_kind = CASE WHEN unit_code < '006' THEN 'ward' ELSE 'commune' END WHERE unit_code <> '003'} ],
	[ 'one of another kind', q{UPDATE kpi.unit SET unit_kind = 'commune' WHERE unit_code = '002'} ],
	[ 'a unit that passes others', q{UPDATE kpi.observation SET value = value + 1000 WHERE unit_code = '010' AND node_code IN ('i1', 'i2')} ],
	[ 'units that merge', q{UPDATE kpi.node SET is_additive = true WHERE node_code IN ('i1', 'i2', 'i4');
		INSERT INTO kpi.unit (unit_code, valid_from) VALUES ('101', '2024-12-01'), ('102', '2024-12-15');
		INSERT INTO kpi.unit_successor VALUES ('001', '101', 1, '2024-12-01'), ('003', '101', 0.5, '2024-12-01'), ('003', '007', 0.5, '2024-12-01')} ],
	[ 'one that merges again', q{INSERT INTO kpi.unit_successor VALUES ('101', '102', 1, '2024-12-15'), ('005', '102', 1, '2024-12-15')} ],
	[ 'a revised figure of a unit that merged', q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '003' AND period_end = '2024-06-30'} ],
	[ 'one taken back', q{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
		VALUES ('p', 'i4', '001', '2024-09-30', 'official', '2025-03-01', NULL)} ],
	[ 'other shares', q{UPDATE kpi.unit_successor SET weight = 0.25 WHERE unit_code = '003' AND successor_code = '101'} ],
	[ 'a unit that was there before', q{UPDATE kpi.unit SET valid_from = '2024-08-01' WHERE unit_code = '101'} ],
	[ 'one that merged no more', q{DELETE FROM kpi.unit_successor WHERE unit_code = '003' AND successor_code = '101'} ],
	[ 'an indicator that is a ratio', q{DELETE FROM kpi.observation WHERE node_code = 'i3' AND unit_code IN ('001', '009', '101');
		UPDATE kpi.node SET numerator_code = 'i1', denominator_code = 'i2' WHERE node_code = 'i3'} ],
	[ 'its denominator', q{UPDATE kpi.observation SET value = value + 3 WHERE node_code = 'i2' AND unit_code IN ('001', '009') AND period_end >= '2024-09-30'} ],
	[ 'another denominator', q{UPDATE kpi.node SET denominator_code = 'i4' WHERE node_code = 'i3'} ],
	[ 'no successors', q{TRUNCATE kpi.unit_successor} ],
	[ 'a mark', q{UPDATE kpi.observation SET mark = 'GK' WHERE unit_code = '009' AND period_end = '2024-12-31'} ],
	[ 'a mark that counts now', q{UPDATE kpi.mark SET is_counted = true WHERE mark = 'GK'} ],
	[ 'another vintage is official', q{UPDATE kpi.vintage SET preference = 0 WHERE vintage = 'estimate'} ],
	[ 'the latest release counts', q{UPDATE kpi.programme SET vintage_choice = 'latest'} ],
	[ 'figures grow old', q{UPDATE kpi.programme SET max_age = '2 months'} ],
	[ 'a raised target', q{UPDATE kpi.target SET valid_to = '2024-05-31' WHERE node_code = 'i1';
		INSERT INTO kpi.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'i1', '10@2020 -> 60@2025 -> 80@2030', 'raised', '2024-06-01')} ],
	[ 'an own target', q{INSERT INTO kpi.target (programme_code, node_code, unit_code, path, document, valid_from)
		VALUES ('p', 'i2', '010', '10@2020 -> 30@2025 -> 40@2030', 'own', '2020-01-01')} ],
	[ 'an own target where there is no general one', q{UPDATE kpi.node SET rule = '{}' WHERE node_code = 'i6';
		INSERT INTO kpi.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES ('p', 'i6', '011', '10@2020 -> 90@2025', 'own', '2020-01-01')} ],
	[ 'which is changed', q{UPDATE kpi.target SET path = '10@2020 -> 95@2025' WHERE node_code = 'i6' AND unit_code = '011'} ],
	[ 'another horizon', q{INSERT INTO kpi.horizon VALUES ('p', '2027-12-31')} ],
	[ 'no horizons', q{DELETE FROM kpi.horizon} ],
	[ 'an own target with another due date', q{INSERT INTO kpi.target (programme_code, node_code, unit_code, path, document, valid_from)
		VALUES ('p', 'i3', '012', '10@2020 -> 33@2026', 'own', '2020-01-01')} ],
	[ 'no target at all', q{DELETE FROM kpi.target} ],
	[ 'targets again', q{INSERT INTO kpi.target (programme_code, node_code, path, document, valid_from)
		SELECT 'p', 'i' || i, '10@2020 -> 50@2025 -> 60@2030', 'again', '2020-01-01' FROM generate_series(1, 5) AS i} ],
	[ 'other weights', q{UPDATE kpi.node SET weight = weight + 1} ],
	[ 'another rule', q{UPDATE kpi.node SET rule = '{"aggregation": "geometric"}' WHERE node_code = 'c'} ],
	[ 'another method from a date on', q{UPDATE kpi.method SET valid_to = '2024-06-30';
		INSERT INTO kpi.method (programme_code, method_version, valid_from) VALUES ('p', 'second', '2024-07-01');
		INSERT INTO kpi.node (programme_code, method_version, node_code, parent_code, weight, rule)
			SELECT programme_code, 'second', node_code, parent_code, 1, rule FROM kpi.node WHERE node_code <> 'i4'} ],
	[ 'another reporting date', q{INSERT INTO kpi.reporting_date VALUES ('p', '2024-11-30')} ],
	[ 'one less', q{DELETE FROM kpi.reporting_date WHERE as_of = '2024-03-31'} ],
	[ 'knowledge of a date', q{UPDATE kpi.reporting_date SET known_on = '2024-11-01' WHERE as_of = '2024-09-30'} ],
	[ 'the last date gone', q{DELETE FROM kpi.reporting_date WHERE as_of = '2024-12-31'} ],
	[ 'a unit deleted', q{DELETE FROM kpi.observation WHERE unit_code = '007'; DELETE FROM kpi.target WHERE unit_code = '007'; DELETE FROM kpi.unit WHERE unit_code = '007'} ],
	[ 'a second programme', q{INSERT INTO kpi.programme (programme_code) VALUES ('q'); INSERT INTO kpi.method (programme_code, method_version) VALUES ('q', '1');
		INSERT INTO kpi.node (programme_code, method_version, node_code, parent_code, rule) VALUES ('q', '1', 'q', NULL, '{}'), ('q', '1', 'a', 'q', '{"worst": 0, "best": 10}');
		INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, released_on, value) VALUES ('q', 'a', '001', '2024-10-31', '2024-11-15', 5)} ],
	[ 'all figures gone', q{TRUNCATE kpi.observation} ]);
for my $change (@changes)
{
	my ($name, $sql) = @$change;
	$node->safe_psql('postgres', $sql);
	refresh();
	same_as_functions($node, 'kpi', $name);
}
is($node->safe_psql('postgres', 'SELECT programme_code, as_of FROM kpi.reporting_date WHERE programme_code = \'q\''), 'q|2024-10-31',
	'a programme without reporting dates gets the end of its last period');
is($node->safe_psql('postgres', 'SELECT count(*) FROM kpi.snapshot_leaf WHERE value IS NOT NULL'), '0', 'nothing is left of the figures');
$node->safe_psql('postgres', 'DROP SCHEMA kpi CASCADE');

# Dates asked for ------------------------------------------------------------------------------

$node->safe_psql('postgres', registry_sample('kpi', dates => 1, units => 3));
is(refresh(), 'incremental|1|3|t|0', 'one date');
is(refresh(q{, as_of => '2024-06-30'}), 'incremental|1|3|t|0', 'a date asked for is added');
is(refresh(q{, as_of => '2024-06-30'}), 'incremental|0|0|f|0', 'once');
is(refresh(q{, as_of => '2024-06-30', known_on => '2024-05-31'}), 'incremental|1|3|t|0', 'with a date of knowledge it is computed anew');
is( $node->safe_psql('postgres', q{SELECT d.known_on, s.known_on, max(l.observed_on) FROM kpi.reporting_date d JOIN kpi.snapshot s USING (programme_code, as_of)
		JOIN kpi.snapshot_leaf l USING (snapshot_id) WHERE as_of = '2024-06-30' GROUP BY 1, 2}),
	'2024-05-31|2024-05-31|2024-03-31', 'from what was released by then');
is(refresh(q{, as_of => '2024-06-30'}), 'incremental|0|0|f|0', 'which stays');
same_as_functions($node, 'kpi', 'dates');
# a programme that ended, and one whose method begins later
$node->safe_psql('postgres', q{UPDATE kpi.method SET valid_from = '2021-01-01'; DO $$ BEGIN PERFORM ext.refresh_registry('kpi'); END $$; INSERT INTO kpi.programme (programme_code, valid_to) VALUES ('ended', '2019-12-31')});
for my $asked ([ '2020-12-31', '2020-12-31 is no reporting date of programme "p": no method is valid then; 2020-12-31 is no reporting date of programme "ended": not within valid_from and valid_to', 'no programme' ],
	[ '2019-06-30', '2019-06-30 is no reporting date of programmes "ended", "p": no method is valid then', 'none in any case' ], [ '2024-06-30', '', 'one that has' ])
{
	my ($date, $message, $name) = @$asked;
	is($node->safe_psql('postgres', "SELECT snapshots, cells, message FROM ext.refresh_registry('kpi', '$date')"), "0|0|$message", "a date for $name: it says so");
}
$node->safe_psql('postgres', q{INSERT INTO kpi.programme SELECT 'later ' || lpad(i::text, 2, '0') FROM generate_series(1, 11) i});
is($node->safe_psql('postgres', q{SELECT snapshots, message FROM ext.refresh_registry('kpi', '2024-09-30')}),
	'1|2024-09-30 is no reporting date of programmes ' . join(', ', map { sprintf '"later %02d"', $_ } 1 .. 10) . ' and 1 other: no method is valid then', 'added for some: the others are named');
$node->safe_psql('postgres', q{DELETE FROM kpi.programme WHERE programme_code <> 'p'; DELETE FROM kpi.reporting_date WHERE as_of = '2024-09-30'; UPDATE kpi.method SET valid_from = NULL});
refresh();
same_as_functions($node, 'kpi', 'dates gone');
for my $refused ([ q{NULL}, '22004', 'registry' ], [ q{'public'}, '22023', 'public' ], [ q{'kpi', known_on => '2024-01-01'}, '22023', 'known_on' ],
	[ q{'kpi', 'infinity'}, '22023', 'as_of' ], [ q{'kpi', '2024-12-31', '-infinity'}, '22023', 'known_on' ])
{
	my ($arguments, $state, $word) = @$refused;
	my ($status, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\nSELECT ext.refresh_registry($arguments)");
	like($err, qr/ERROR:  $state: .*$word/, "refresh_registry($arguments) is refused with $state");
}

# Transitions and the notification ----------------------------------------------------------------

# unit 001, indicator i3: 43 by 2025 and 73 by 2030, 26 reached; latest 2024-12-31.
my $status = q{SELECT due || ' ' || status::text FROM kpi.snapshot_node JOIN kpi.snapshot USING (snapshot_id)
	WHERE as_of = '2024-12-31' AND unit_code = '001' AND node_code = 'i3' ORDER BY due};
my @before = split /\n/, $node->safe_psql('postgres', $status);
my $told = $node->safe_psql('postgres', q{LISTEN scorecard_refresh;
	INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
		VALUES ('p', 'i3', '001', '2024-12-31', 'official', '2025-04-01', 1000);
	SELECT 'refreshed', transitions FROM ext.refresh_registry('kpi');});
my @after = split /\n/, $node->safe_psql('postgres', $status);
is("@after", '2025-12-31 exceeded 2030-12-31 exceeded', 'a figure beyond both targets');
isnt("@before", "@after", 'it was not so before');
my ($count) = $told =~ /^refreshed\|(\d+)$/m;
is( $node->safe_psql('postgres', q{SELECT due || ' ' || from_status::text || ', ' || to_status::text FROM kpi.status_transition
		WHERE refresh_id = (SELECT max(refresh_id) FROM kpi.refresh_log) AND unit_code = '001' AND node_code = 'i3' ORDER BY due}),
	join("\n", map { "$before[$_], " . ($after[$_] =~ s/.* //r) } 0 .. $#before), 'transitions are rows');
my ($payload) = $told =~ /notification "scorecard_refresh" with payload "(\{.*\})"/;
ok(defined $payload, 'a notification');
is( $node->safe_psql('postgres', qq{SELECT (p->>'registry'), (p->>'refresh_id')::bigint = (SELECT max(refresh_id) FROM kpi.refresh_log), p->>'snapshots',
		(SELECT sum(value::int) FROM jsonb_each_text(p->'transitions')), p->'snapshot_ids' = (SELECT jsonb_agg(snapshot_id) FROM kpi.snapshot WHERE as_of = '2024-12-31')
		FROM (SELECT '$payload'::jsonb) AS x (p)}), "kpi|t|1|$count|t", 'names the snapshot and counts the transitions');
unlike($node->safe_psql('postgres', q{LISTEN scorecard_refresh; SELECT ext.refresh_registry('kpi')}), qr/notification/, 'nothing changed, nobody is told');

# The largest payload there can be: every pair of statuses, and more snapshots than fit.
$told = $node->safe_psql('postgres', q{SET search_path = kpi, ext; LISTEN scorecard_refresh;
	INSERT INTO refresh_log (started_at, mode) VALUES (now(), 'full');
	INSERT INTO status_transition (refresh_id, programme_code, unit_code, node_code, due, as_of, from_status, to_status)
		SELECT (SELECT max(refresh_id) FROM refresh_log), 'p', '001', 'i3', '2025-12-31', '2024-12-31', a::progress_status, b::progress_status
		FROM generate_series(1, 1000), unnest('{NULL,missed,lost,off_track,at_risk,on_track,met,exceeded,not_yet_assessable,no_data}'::text[]) a,
			unnest('{NULL,missed,lost,off_track,at_risk,on_track,met,exceeded,not_yet_assessable,no_data}'::text[]) b WHERE a IS DISTINCT FROM b;
	SELECT registry_notify('kpi', max(refresh_id), ARRAY(SELECT 9000000000000000000 + i FROM generate_series(1, 5000) i)) FROM refresh_log});
($payload) = $told =~ /payload "(\{.*\})"/;
cmp_ok(length($payload // 'x' x 9999), '<', 8000, 'a notification stays below 8000 bytes');
is($node->safe_psql('postgres', qq{SELECT p->>'snapshots', jsonb_array_length(p->'snapshot_ids'), p->'snapshot_ids'->>-1 FROM (SELECT '$payload'::jsonb) AS x (p)}),
	'5000|100|9000000000000005000', 'with the last hundred snapshots');

# The current status is that of the latest reporting date: a new one compares with the last one.
$node->safe_psql('postgres', q{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
	VALUES ('p', 'i3', '001', '2025-03-31', 'official', '2025-04-01', 1)});
like(refresh(q{, as_of => '2025-03-31'}), qr/^incremental\|1\|3\|t\|[1-9]/, 'a new latest date brings transitions');
is( $node->safe_psql('postgres', q{SELECT as_of, from_status, to_status FROM kpi.status_transition
		WHERE refresh_id = (SELECT max(refresh_id) FROM kpi.refresh_log) AND unit_code = '001' AND node_code = 'i3' AND due = '2025-12-31'}),
	'2025-03-31|exceeded|lost', 'from the status of the date before');
same_as_functions($node, 'kpi', 'a new date');

# More units than are computed at once -----------------------------------------------------------------

$node->safe_psql('postgres', 'DROP SCHEMA kpi CASCADE');
$node->safe_psql('postgres', registry_sample('kpi', dates => 1, units => 1010, quarters => 2));
is(refresh(), 'incremental|1|1010|t|0', 'units by the thousand');
same_as_functions($node, 'kpi', 'units by the thousand');
$node->safe_psql('postgres', q{ALTER TABLE kpi.observation DISABLE TRIGGER ALL; DELETE FROM kpi.observation WHERE unit_code::int > 960; DELETE FROM kpi.unit WHERE unit_code::int > 960; ALTER TABLE kpi.observation ENABLE TRIGGER ALL});
like(refresh(', full_refresh => true'), qr/^full\|1\|960\|t\|[1-9]/, 'units that are gone leave with a full refresh');
is( $node->safe_psql('postgres', 'SELECT count(DISTINCT unit_code), count(from_status), count(to_status) = 0 FROM kpi.status_transition') =~ s/\|\d+\|/|/r,
	'50|t', 'with a last transition');
same_as_functions($node, 'kpi', 'units gone');
$node->safe_psql('postgres', q{INSERT INTO kpi.unit SELECT (2000 + i)::text FROM generate_series(1, 100) i;
	INSERT INTO kpi.target (programme_code, node_code, unit_code, path, document, valid_from)
		SELECT 'p', 'i1', lpad((20 * i)::text, 3, '0'), 'up -50@2020 -> -10@2025', 'own', '2020-01-01' FROM generate_series(1, 33) i});
like($node->safe_psql('postgres', q{SELECT cells, message FROM ext.refresh_registry('kpi', full_refresh => true)}),
	qr/^927\|programme "p", units ("\d+", ){9}"200" and 23 others: measure level of leaf "i1" needs a bound above zero$/, 'the first ten units at fault are named');
$node->safe_psql('postgres', 'DELETE FROM kpi.target WHERE unit_code IS NOT NULL');
like(refresh(), qr/^incremental\|1\|33\|t\|/, 'mended, they alone are computed');
same_as_functions($node, 'kpi', 'units at fault mended');
# A fault of all is found in some of them: a programme of a thousand units is not gone through one by one.
my $path = $node->safe_psql('postgres', q{UPDATE kpi.target SET path = path WHERE node_code = 'i1' RETURNING path});
$node->safe_psql('postgres', q{UPDATE kpi.target SET path = '10@2020 -> 41@2025 -> -71@2030' WHERE node_code = 'i1'});
my (undef, undef, $at_fault) = $node->psql('postgres', q{SET track_functions = 'all'; SELECT ext.refresh_registry('kpi')});
like($at_fault, qr/ERROR: .*programme "p": measure level of leaf "i1" needs a bound above zero/, 'a fault of all units is that of the programme');
ok($node->poll_query_until('postgres', q{SELECT sum(calls) BETWEEN 17 AND 40 FROM pg_stat_user_functions WHERE funcname = 'registry_write_units'}), 'and found in some');
$node->safe_psql('postgres', qq{UPDATE kpi.target SET path = '$path' WHERE node_code = 'i1'});
like(refresh(), qr/^incremental\|1\|960\|t\|/, 'mended, all are computed');
same_as_functions($node, 'kpi', 'mended');

# A programme that cannot be computed -----------------------------------------------------------------

$node->safe_psql('postgres', 'DROP SCHEMA kpi CASCADE');
$node->safe_psql('postgres', registry_sample('kpi', dates => 2, units => 3));
$node->safe_psql('postgres', q{INSERT INTO kpi.programme (programme_code) VALUES ('q'); INSERT INTO kpi.method (programme_code, method_version) VALUES ('q', '1');
	INSERT INTO kpi.node (programme_code, method_version, node_code, parent_code, rule) VALUES ('q', '1', 'q', NULL, '{}'),
		('q', '1', 'a', 'q', '{"worst": 0, "best": 10}'), ('q', '1', 'b', 'q', '{"worst": 0, "best": 10}');
	INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, released_on, value)
		SELECT 'q', n, u, d, d + 15, 5 FROM unnest('{a,b}'::text[]) n, unnest('{001,002}'::text[]) u, unnest('{2024-09-30,2024-12-31}'::date[]) d;
	INSERT INTO kpi.reporting_date (programme_code, as_of) VALUES ('q', '2024-09-30'), ('q', '2024-12-31')});
is(refresh(), 'incremental|4|10|t|0', 'two programmes: three units at two dates, and two');

# What both have written, by programme.
sub of_programme
{
	my ($programme) = @_;
	return $node->safe_psql('postgres', "SELECT md5(string_agg(s::text, E'\\n' ORDER BY snapshot_id)) FROM kpi.snapshot AS s WHERE programme_code = '$programme'; "
		. join '; ', map { "SELECT count(*), md5(string_agg(t::text || t.xmin, E'\\n' ORDER BY t::text COLLATE \"C\")) FROM kpi.$_ AS t JOIN kpi.snapshot USING (snapshot_id) WHERE programme_code = '$programme'" }
		qw(snapshot_leaf snapshot_sheet snapshot_node));
}
my $queued = q{SELECT string_agg(concat_ws(' ', programme_code, coalesce(unit_code, '-'), coalesce(period_end::text, '-'), reason), ', ' ORDER BY unit_code NULLS FIRST) FROM kpi.refresh_queue};
# answer and complaint of a refresh
sub told
{
	my ($more, $first) = @_;
	my ($status, $out, $err) = $node->psql('postgres', ($first // '') . "\n\\set VERBOSITY verbose\nSELECT mode, snapshots, cells, rows_written, transitions, message FROM ext.refresh_registry('kpi'" . ($more // '') . ')');
	return ($out, join ' ', $err =~ /(?:WARNING|ERROR):  \S+: [^\n]*/g);
}
my $revise = q{UPDATE kpi.observation SET value = value + 0.001 WHERE programme_code = 'p' AND unit_code = '003' AND period_end = '2024-12-31'};
my $zero = 'programme "q": all children of node "q" have weight zero';

my $before = of_programme('q');
$node->safe_psql('postgres', "$revise; UPDATE kpi.observation SET value = 6 WHERE programme_code = 'q' AND unit_code = '002' AND period_end = '2024-12-31';
	UPDATE kpi.node SET weight = 0 WHERE programme_code = 'q' AND parent_code = 'q'");
my ($answer, $complaint) = told();
# 5 leaves with targets at 2025 and 2030, one with goalposts at both horizons; two sheets; at both the programme, two categories and six indicators
is($answer, "incremental|1|1|32|0|$zero", 'the one that can be computed is, and only that is counted');
is($complaint, "WARNING:  22023: $zero", 'a warning names the other');
is(of_programme('q'), $before, 'its snapshots are as they were');
is($node->safe_psql('postgres', $queued), 'q - - refresh, q 002 2024-12-31 refresh', 'what concerns it stays queued');
is($node->safe_psql('postgres', 'SELECT cells, rows_written, transitions, message, queued FROM kpi.refresh_status'), "1|32|0|$zero|2", 'the log says so');
is( $node->safe_psql('postgres', q{SELECT DISTINCT l.value = o.value FROM kpi.snapshot_leaf l JOIN kpi.snapshot s USING (snapshot_id) JOIN kpi.observation o USING (programme_code, unit_code, node_code)
		WHERE s.as_of = '2024-12-31' AND programme_code = 'p' AND o.period_end = s.as_of AND unit_code = '003'}), 't', 'the first programme has the new figures');
my $of_p = of_programme('p');
is(join('; ', told()), "incremental|0|0|0|0|$zero; WARNING:  22023: $zero", 'the next refresh tries again, and does nothing else');
is($node->safe_psql('postgres', $queued), 'q - - refresh, q 002 2024-12-31 refresh', 'the queue does not grow');
is(of_programme('p'), $of_p, 'and nothing of the first programme is written');

# Mended, it is taken up where it was.
$node->safe_psql('postgres', q{UPDATE kpi.node SET weight = 1 WHERE programme_code = 'q'});
like(join('; ', told()), qr/^incremental\|2\|4\|\d+\|\d+\|; $/, 'mended, all of it is computed');
same_as_functions($node, 'kpi', 'mended');
is($node->safe_psql('postgres', 'SELECT queued, message FROM kpi.refresh_status'), '0|', 'nothing is left to say');

# An own rule of the programme; a full refresh that it misses is made up for.
$node->safe_psql('postgres', q{UPDATE kpi.node SET rule = '{"aggregation": "geo"}' WHERE programme_code = 'q' AND parent_code IS NULL; DELETE FROM kpi.refresh_queue});
($answer, $complaint) = told(', full_refresh => true');
like($answer, qr/^full\|2\|6\|\d+\|0\|programme "q": key "aggregation" of node "q"/, 'a full refresh of the one that can be');
like($complaint, qr/^WARNING:  22023: programme "q": key "aggregation" of node "q"/, 'with a warning');
is($node->safe_psql('postgres', $queued), 'q - - refresh', 'the other is queued as a whole');
$node->safe_psql('postgres', q{ALTER TABLE kpi.node DISABLE TRIGGER ALL; UPDATE kpi.node SET rule = '{}' WHERE programme_code = 'q'; UPDATE kpi.node SET rule = '{"worst": 0, "best": 10}' WHERE programme_code = 'q' AND parent_code = 'q'; ALTER TABLE kpi.node ENABLE TRIGGER ALL});
like(refresh(), qr/^incremental\|2\|4\|t\|/, 'and done when it can be');
same_as_functions($node, 'kpi', 'made up for');

# No programme can be computed: an error, and nothing of it is left.
my $everything = sub { join '; ', of_programme('p'), of_programme('q'),
	$node->safe_psql('postgres', 'SELECT count(*), max(refresh_id) FROM kpi.refresh_log'), $node->safe_psql('postgres', $queued) };
$node->safe_psql('postgres', q{UPDATE kpi.node SET weight = 0 WHERE parent_code IN ('p', 'q')});
$before = $everything->();
is(join('; ', told()), qq{; ERROR:  22023: programme "p": all children of node "p" have weight zero; $zero}, 'where none can be computed it is an error');
is($everything->(), $before, 'and as if there had been no refresh');
$node->safe_psql('postgres', 'UPDATE kpi.node SET weight = 1');
refresh();
same_as_functions($node, 'kpi', 'both mended');

# A method of which there is only the name.
$node->safe_psql('postgres', q{INSERT INTO kpi.method (programme_code, method_version, valid_from) VALUES ('q', 'next', '2024-12-31')});
($answer, $complaint) = told();
is($complaint, 'WARNING:  22023: programme "q": method "next", valid on 2024-12-31, has no nodes', 'a method without nodes is named');
$node->safe_psql('postgres', q{DELETE FROM kpi.method WHERE method_version = 'next'});
refresh();
same_as_functions($node, 'kpi', 'gone again');

# Errors of data stay with their programme; others, and who cancels, stop all of it.
$node->safe_psql('postgres', q{CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF NEW.programme_code = 'q' AND current_setting('test.state') = 'sleep' THEN PERFORM pg_sleep(30); END IF;
		IF NEW.programme_code = 'q' THEN RAISE EXCEPTION USING ERRCODE = current_setting('test.state'), MESSAGE = 'as told'; END IF; RETURN NEW; END $$;
	CREATE TRIGGER fail BEFORE UPDATE ON kpi.snapshot FOR EACH ROW EXECUTE FUNCTION public.fail()});
for my $state (qw(22012 54000 21000 23514 P0001))
{
	is(join('; ', told(', full_refresh => true', "SET test.state = '$state';")) =~ s/^full\|2\|6\|\d+\|0/full/r,
		qq{full|programme "q": as told; WARNING:  $state: programme "q": as told}, "an error of class $state stays with its programme");
}
$node->safe_psql('postgres', 'DELETE FROM kpi.refresh_queue');
$before = $everything->();
for my $state (qw(40001 40P01 53100 53200 57014 58030 55P03 42501 08006))
{
	is(join('; ', told(', full_refresh => true', "SET test.state = '$state';")), "; ERROR:  $state: as told", "an error $state stops the refresh");
	is($everything->(), $before, 'and nothing of it is there');
}
like(join('; ', told(', full_refresh => true', "SET test.state = 'sleep'; SET statement_timeout = '3s';")), qr/^; ERROR:  57014: canceling statement due to statement timeout/, 'so does a timeout');
is($everything->(), $before, 'and nothing of it is there');
$node->safe_psql('postgres', 'DROP FUNCTION public.fail() CASCADE; DROP SCHEMA kpi CASCADE');

# A unit that cannot be computed ------------------------------------------------------------------------

$node->safe_psql('postgres', registry_sample('kpi', dates => 3));
refresh();
# what is stored of a unit, and which transaction wrote it
sub of_unit
{
	my ($unit, $as_of) = @_;
	return $node->safe_psql('postgres', join '; ', map { "SELECT count(*), md5(string_agg(t::text || t.xmin, E'\\n' ORDER BY t::text COLLATE \"C\")) FROM kpi.$_ AS t JOIN kpi.snapshot USING (snapshot_id)
			WHERE unit_code = '$unit'" . ($as_of ? " AND as_of = '$as_of'" : '') } qw(snapshot_leaf snapshot_sheet snapshot_node));
}
# Rows in which the others differ from what the functions say, and places that are not by the indices that are stored.
sub others_stale
{
	my ($failed) = @_;
	my $others = "ARRAY(SELECT unit_code FROM kpi.unit WHERE unit_code <> ALL ('$failed'))";
	return $node->safe_psql('postgres', join ' UNION ALL ', (map {
		my ($table, $function) = @$_;
		my $stored = "SELECT to_jsonb(t) - 'snapshot_id' || jsonb_build_object('s', s.as_of) FROM kpi.$table AS t JOIN kpi.snapshot AS s USING (snapshot_id) WHERE t.unit_code <> ALL ('$failed')";
		my $computed = "SELECT to_jsonb(t) - 'snapshot_id' || jsonb_build_object('s', s.as_of) FROM kpi.snapshot AS s, kpi.$function(s.programme_code, s.as_of, s.known_on, $others) AS t";
		"SELECT '$table' FROM (($stored EXCEPT $computed) UNION ALL ($computed EXCEPT $stored)) AS x"
	} [ snapshot_leaf => 'leaf_as_of' ], [ snapshot_sheet => 'sheet_as_of' ], [ snapshot_node => 'node_as_of' ]),
	q{SELECT 'snapshot_rank' FROM (SELECT snapshot_id, unit_code, due, rank() OVER (PARTITION BY snapshot_id, due ORDER BY score DESC) FROM kpi.snapshot_node WHERE node_kind = 'programme'
			AND score IS NOT NULL EXCEPT SELECT snapshot_id, unit_code, due, rank FROM kpi.snapshot_rank) AS x},
	q{SELECT 'place of nobody' FROM kpi.snapshot_rank r LEFT JOIN kpi.snapshot_node n USING (snapshot_id, unit_code, due) WHERE n.unit_code IS NULL});
}
sub views_can_be_read
{
	my ($name) = @_;
	my $views = $node->safe_psql('postgres', q{SELECT string_agg(format('SELECT count(v::text) FROM kpi.%I AS v', viewname), '; ') FROM pg_views WHERE schemaname = 'kpi'});
	my ($status, $out, $err) = $node->psql('postgres', $views);
	is($err, '', "$name: every view can be read");
	return;
}
my $bad_target = q{INSERT INTO kpi.target (programme_code, node_code, unit_code, path, document, valid_from) SELECT 'p', 'i1', u, 'up -50@2020 -> -10@2025', 'own', '2020-01-01' FROM unnest('%s'::text[]) u};
my $level = 'measure level of leaf "i1" needs a bound above zero';
my $long = q{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, released_on, value)
	SELECT 'p', 'i2', '%s', date '2024-11-15' - 32768 + i, '2024-01-01', i FROM generate_series(1, 32800) i};
my $too_long = 'an indicator series has more than 32768 values';

$before = of_unit('005');
my $of_others = of_unit('001');
$node->safe_psql('postgres', sprintf($bad_target, '{005}') . "; $revise");
($answer, $complaint) = told();
is($answer, qq{incremental|1|1|32|0|programme "p", unit "005": $level}, 'the other unit is computed, and only that is counted');
is($complaint, qq{WARNING:  22023: programme "p", unit "005": $level}, 'a warning names the one at fault');
is(of_unit('005'), $before, 'its rows are as they were');
is(of_unit('001'), $of_others, 'so are those of units that nothing concerned');
is(others_stale('{005}'), '', 'the others are what the functions say');
is($node->safe_psql('postgres', $queued), 'p 005 2024-06-30 refresh', 'it stays queued, from the first date on');
is($node->safe_psql('postgres', 'SELECT cells, rows_written, message, queued FROM kpi.refresh_status'), qq{1|32|programme "p", unit "005": $level|1}, 'the log says so');
my $snapshots = $node->safe_psql('postgres', 'SELECT s FROM kpi.snapshot AS s ORDER BY snapshot_id');
is(join('; ', told()), qq{incremental|0|0|0|0|programme "p", unit "005": $level; WARNING:  22023: programme "p", unit "005": $level}, 'the next refresh tries again, and does nothing else');
is($node->safe_psql('postgres', 'SELECT s FROM kpi.snapshot AS s ORDER BY snapshot_id'), $snapshots, 'no snapshot says that it was written to');
is($node->safe_psql('postgres', $queued), 'p 005 2024-06-30 refresh', 'the queue does not grow');
unlike($node->safe_psql('postgres', q{LISTEN scorecard_refresh; SELECT ext.refresh_registry('kpi')}), qr/notification/, 'nobody is told');
$node->safe_psql('postgres', q{DELETE FROM kpi.target WHERE unit_code = '005'});
is(refresh(), 'incremental|3|3|t|0', 'mended, it is computed');
same_as_functions($node, 'kpi', 'a unit mended');
is($node->safe_psql('postgres', 'SELECT queued, message FROM kpi.refresh_status'), '0|', 'nothing is left to say');

# Several, for several reasons, in a full refresh; the second from the last date on.
$node->safe_psql('postgres', sprintf($bad_target, '{002,003,011}') . '; ' . sprintf($long, '007'));
my $before_007 = of_unit('007', '2024-12-31');
($answer, $complaint) = told(', full_refresh => true');
like($answer, qr/^full\|3\|26\|\d+\|0\|programme "p", units "002", "003", "011": \Q$level\E; programme "p", unit "007": \Q$too_long\E$/, 'each error names its units');
is($complaint, qq{WARNING:  22023: programme "p", units "002", "003", "011": $level WARNING:  54000: programme "p", unit "007": $too_long}, 'in a warning of its own');
is(of_unit('007', '2024-12-31'), $before_007, 'what cannot be computed is as it was');
is($node->safe_psql('postgres', $queued), 'p 002 2024-06-30 refresh, p 003 2024-06-30 refresh, p 007 2024-12-31 refresh, p 011 2024-06-30 refresh', 'each is queued from its first date on');
is(others_stale('{002,003,007,011}'), '', 'the others are what the functions say');
views_can_be_read('units at fault');

# Another method: rows of the one before would be wrong beside it.
$node->safe_psql('postgres', q{UPDATE kpi.node SET weight = weight + 1 WHERE node_code = 'i1'; DELETE FROM kpi.observation WHERE unit_code = '007' AND vintage = 'not_stated'});
($answer, $complaint) = told();
like($answer, qr/^incremental\|3\|27\|\d+\|\d+\|programme "p", units "002", "003", "011": \Q$level\E$/, 'another method: all that can be computed');
is(of_unit('003') =~ s/\|.*//gr, "0\n0\n0", 'rows of units at fault are gone');
is($node->safe_psql('postgres', q{SELECT count(*) FROM kpi.snapshot_rank WHERE unit_code = '003'}), '0', 'so are their places');
is( $node->safe_psql('postgres', q{SELECT DISTINCT unit_code, to_status IS NULL FROM kpi.status_transition WHERE refresh_id = (SELECT max(refresh_id) FROM kpi.refresh_log) AND unit_code IN ('002', '003', '011') ORDER BY 1}),
	"002|t\n003|t\n011|t", 'the transitions say that they have no status');
is(others_stale('{002,003,011}'), '', 'the others are what the functions say');
views_can_be_read('another method');
$node->safe_psql('postgres', q{DELETE FROM kpi.target WHERE unit_code IN ('002', '011')});
like((told())[0], qr/^incremental\|3\|6\|\d+\|[1-9]\d*\|programme "p", unit "003": \Q$level\E$/, 'some are mended');
is($node->safe_psql('postgres', $queued), 'p 003 2024-06-30 refresh', 'one stays queued');

# Another date of knowledge is another matter of that date alone.
$node->safe_psql('postgres', q{DELETE FROM kpi.target WHERE unit_code = '003'});
refresh();
same_as_functions($node, 'kpi', 'all mended');
$node->safe_psql('postgres', sprintf($bad_target, '{003}') . q{; UPDATE kpi.reporting_date SET known_on = '2024-12-01' WHERE as_of = '2024-09-30'});
$before = of_unit('003', '2024-12-31');
like((told())[0], qr/^incremental\|1\|11\|/, 'another date of knowledge');
is(of_unit('003', '2024-12-31') . of_unit('003', '2024-09-30') =~ s/\|.*//gr, "${before}0\n0\n0", 'rows go for that date, and stay for the others');

# A date for which no unit can be computed does not stop those for which some can.
$node->safe_psql('postgres', q{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, released_on, value) VALUES ('p', 'i1', '003', '2021-12-31', '2022-02-01', 7);
	UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '009'; INSERT INTO kpi.reporting_date VALUES ('p', '2021-12-31')});
like((told())[0], qr/^incremental\|3\|3\|\d+\|\d+\|programme "p", unit "003": \Q$level\E$/, 'a date with nothing but a unit at fault');
is($node->safe_psql('postgres', q{SELECT string_agg(as_of::text, ' ' ORDER BY as_of) FROM kpi.snapshot}), '2024-06-30 2024-09-30 2024-12-31', 'has no snapshot');
is(others_stale('{003}'), '', 'the others are what the functions say');
$node->safe_psql('postgres', q{DELETE FROM kpi.target WHERE unit_code = '003'});
refresh();
is($node->safe_psql('postgres', q{SELECT string_agg(as_of::text, ' ' ORDER BY as_of) FROM kpi.snapshot}), '2021-12-31 2024-06-30 2024-09-30 2024-12-31', 'mended, it gets one');
same_as_functions($node, 'kpi', 'with a date more');

# What is left over is not passed on to successors again.
$node->safe_psql('postgres', q{INSERT INTO kpi.unit (unit_code, valid_from) VALUES ('101', '2024-12-01'); INSERT INTO kpi.unit_successor VALUES ('005', '101', 1, '2024-12-01'); } . sprintf($bad_target, '{005}'));
like((told())[0], qr/^incremental\|\d+\|\d+\|[1-9]/, 'a unit at fault has a successor');
is(others_stale('{005}'), '', 'which has its figures');
like((told())[0], qr/^incremental\|0\|0\|0\|0\|/, 'and is computed once');
$node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '005' AND node_code = 'i1' AND period_end = '2024-09-30'});
like((told())[0], qr/^incremental\|\d+\|[1-9]\d*\|[1-9]/, 'until the unit changes');
is(others_stale('{005}'), '', 'which has them then');
$node->safe_psql('postgres', q{DELETE FROM kpi.target WHERE unit_code = '005'});
refresh();
same_as_functions($node, 'kpi', 'with a successor');

# Every unit at fault is the programme at fault.
$node->safe_psql('postgres', sprintf($bad_target, '{' . join(',', map { sprintf '%03d', $_ } 1 .. 12, 101) . '}'));
my $all_of_p = sub { join '; ', of_programme('p'), $node->safe_psql('postgres', "SELECT count(*), max(refresh_id) FROM kpi.refresh_log; $queued") };
$before = $all_of_p->();
is(join('; ', told()), qq{; ERROR:  22023: programme "p": $level}, 'where no unit can be computed it is an error');
is($all_of_p->(), $before, 'and as if there had been no refresh');
$node->safe_psql('postgres', q{DELETE FROM kpi.target WHERE unit_code <> '004'});
refresh();
is(others_stale('{004}'), '', 'all but one mended');
$node->safe_psql('postgres', q{DELETE FROM kpi.target WHERE unit_code = '004'});
refresh();
same_as_functions($node, 'kpi', 'all mended');

# Errors of data stay with their unit; others stop all of it.
$node->safe_psql('postgres', q{DELETE FROM kpi.refresh_queue; CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
		IF NEW.unit_code IN ('004', '008') THEN RAISE EXCEPTION USING ERRCODE = current_setting('test.state'), MESSAGE = 'as told to ' || NEW.unit_code; END IF; RETURN NEW; END $$;
	CREATE TRIGGER fail BEFORE INSERT ON kpi.snapshot_node FOR EACH ROW EXECUTE FUNCTION public.fail()});
$before = of_unit('004') . of_unit('008');
for my $state (qw(22012 54000 21000 23514 P0001))
{
	is(join('; ', told(', full_refresh => true', "SET test.state = '$state';")) =~ s/^full\|[\d|]+\|/full|/r,
		join('; ', 'full|' . join('; ', map { qq{programme "p", unit "$_": as told to $_} } qw(004 008)), join(' ', map { qq{WARNING:  $state: programme "p", unit "$_": as told to $_} } qw(004 008))),
		"an error of class $state stays with its unit");
}
is(of_unit('004') . of_unit('008'), $before, 'and leaves its rows');
$before = $all_of_p->();
for my $state (qw(40001 53200 57014 55P03 42501))
{
	like(join('; ', told(', full_refresh => true', "SET test.state = '$state';")), qr/^; ERROR:  $state: as told to 00[48]$/, "an error $state stops the refresh");
	is($all_of_p->(), $before, 'and nothing of it is there');
}

# More errors than a message has room for.
$node->safe_psql('postgres', q{CREATE OR REPLACE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF NEW.unit_code < '013' THEN RAISE EXCEPTION 'as told to %', NEW.unit_code; END IF; RETURN NEW; END $$});
is((told(', full_refresh => true'))[0] =~ s/^full\|[\d|]+\|//r, join('; ', (map { sprintf 'programme "p", unit "%03d": as told to %03d', $_, $_ } 1 .. 9),
	'programme "p", units "010", "011", "012": several errors, the first: as told to 010'), 'ten messages at most');
$node->safe_psql('postgres', 'DROP FUNCTION public.fail() CASCADE; DROP SCHEMA kpi CASCADE');

$node->safe_psql('postgres', registry_sample('kpi', dates => 2, units => 3));
refresh();

# Dump and restore, and on ---------------------------------------------------------------------------

my $dump = PostgreSQL::Test::Utils::tempdir() . '/registry.dump';
$node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '002' AND period_end >= '2024-09-30'});
$before = contents($node, 'kpi');
$node->command_ok([ 'pg_dump', '-Fc', '-f', $dump, $node->connstr('postgres') ], 'pg_dump with something queued');
$node->safe_psql('postgres', 'DROP SCHEMA kpi CASCADE; DROP EXTENSION scorecard; DROP SCHEMA ext');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('postgres'), $dump ], 'pg_restore');
is(contents($node, 'kpi'), $before, 'the snapshots are back');
is($node->safe_psql('postgres', 'SELECT unit_code, period_end, reason FROM kpi.refresh_queue'), '002|2024-09-30|observation', 'so is the queue, and no more of it');
is( written_by(q{DO $$ BEGIN PERFORM ext.refresh_registry('kpi'); END $$}), '002 2024-09-30, 002 2024-12-31', 'the refresh goes on where it was');
same_as_functions($node, 'kpi', 'restored');
$node->safe_psql('postgres', q{UPDATE kpi.observation SET value = value + 1 WHERE unit_code = '003' AND period_end >= '2024-12-31'});
is( written_by(q{DO $$ BEGIN PERFORM ext.refresh_registry('kpi'); END $$}), '003 2024-12-31', 'changes are queued as before');

$node->stop;
done_testing();
