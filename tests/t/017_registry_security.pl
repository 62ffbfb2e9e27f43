# Who may do what in a registry: readers, editors, units; names that try to be SQL; nobody's rights are borrowed.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;
use RegistrySample;

my $node = new_node('security');
$node->start;
$node->safe_psql('postgres', q{CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext; GRANT USAGE ON SCHEMA ext TO PUBLIC;
	CREATE ROLE office LOGIN; CREATE ROLE reader LOGIN; CREATE ROLE editor LOGIN; CREATE ROLE stranger LOGIN; CREATE ROLE wards; CREATE ROLE ward LOGIN IN ROLE wards; CREATE ROLE clerk LOGIN;
	GRANT CREATE ON DATABASE postgres TO office});

sub as_role
{
	my ($role, $sql) = @_;
	my ($status, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\n$sql", extra_params => [ '-U', $role ]);
	return wantarray ? ($out, $err) : $out . ($err =~ /ERROR:  (\w+)/ ? $1 : '');
}

# A registry belongs to whoever makes it; an unprivileged role can do all of it.
(undef, my $made) = as_role('office', registry_sample('kpi', dates => 3));
is($made, '', 'an unprivileged role makes a registry and fills it');
is(scalar as_role('office', q{SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|36', 'refreshes it');
is(scalar as_role('office', q{SELECT count(*) FROM ext.check_registry('kpi') WHERE severity = 'error'}), '0', 'checks it');

# Strangers, readers, editors ------------------------------------------------------------------

my @views = split /\n/, $node->safe_psql('postgres', q{SELECT c.oid::regclass FROM pg_class AS c WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'v' ORDER BY relname});
my @tables = split /\n/, $node->safe_psql('postgres', q{SELECT c.oid::regclass FROM pg_class AS c WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'r' ORDER BY relname});
cmp_ok(scalar @views, '>', 10, 'there are views');
is(scalar as_role('stranger', 'SELECT count(*) FROM kpi.unit'), '42501', 'a stranger reads nothing');
for my $call (q{refresh_registry('kpi')}, q{check_registry('kpi')}, q{load_staging('kpi')}, q{grant_registry('kpi', 'stranger')}, q{secure_units('kpi')})
{
	is(scalar as_role('stranger', "SELECT * FROM ext.$call"), '42501', "nor does $call help");
}
is(scalar as_role('office', q{SELECT ext.grant_registry('kpi', 'reader'); SELECT ext.grant_registry('kpi', 'editor', 'editor')}), "\n", 'roles');
for my $relation (@views, @tables)
{
	like(scalar as_role('reader', "SELECT count(*) FROM $relation"), qr/^\d+$/, "a reader reads $relation");
}
for my $table (@tables)
{
	is(scalar as_role('reader', "DELETE FROM $table"), '42501', "a reader does not write $table");
}
is(scalar as_role('reader', q{SELECT count(*) FROM kpi.leaf_as_of('p', '2024-12-31')}), '144', 'a reader may ask what if it were another day');
is(scalar as_role('reader', q{SELECT count(*) FROM ext.check_registry('kpi') WHERE severity = 'error'}), '0', 'and what is wrong');
is(scalar as_role('reader', q{SELECT ext.refresh_registry('kpi')}), '42501', 'but not refresh');
is(scalar as_role('editor', q{INSERT INTO kpi.staging (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'i1', '001', '2024-12', '33');
	SELECT outcome FROM ext.load_staging('kpi'); SELECT mode, cells FROM ext.refresh_registry('kpi')}), "inserted\nincremental|1", 'an editor loads and refreshes');
is(scalar as_role('editor', 'UPDATE kpi.registry_version SET model_version = 7'), '42501', 'but does not change what the registry is');
is(scalar as_role('editor', q{INSERT INTO kpi.unit_access VALUES ('editor', '001')}), '42501', 'nor who sees what');
is(scalar as_role('editor', 'DROP TABLE kpi.label'), '42501', 'nor drop its tables');
is(scalar as_role('reader', q{SELECT ext.grant_registry('kpi', 'stranger')}), '42501', 'a reader cannot let others in')
  or diag(join ' ', as_role('reader', q{SELECT ext.grant_registry('kpi', 'stranger')}));
is(scalar as_role('stranger', 'SELECT count(*) FROM kpi.unit'), '42501', 'nobody was let in');
for my $refused ([ q{NULL, 'reader'}, '22004' ], [ q{'kpi', NULL}, '22004' ], [ q{'kpi', 'reader', NULL}, '22004' ], [ q{'kpi', 'reader', 'owner; DROP TABLE kpi.unit'}, '22023' ], [ q{'ext', 'reader'}, '22023' ])
{
	is(scalar as_role('office', "SELECT ext.grant_registry($refused->[0])"), $refused->[1], "grant_registry($refused->[0]): $refused->[1]");
}
as_role('office', q{SELECT ext.revoke_registry('kpi', 'reader')});
is(scalar as_role('reader', 'SELECT count(*) FROM kpi.unit'), '42501', 'what was granted can be taken back');

# Units -------------------------------------------------------------------------------------------

as_role('office', q{SELECT ext.grant_registry('kpi', 'wards'); SELECT ext.grant_registry('kpi', 'clerk', 'editor'); SELECT ext.grant_registry('kpi', 'reader');
	INSERT INTO kpi.unit_access VALUES ('wards', '003'), ('wards', '005'), ('clerk', '005'), ('nobody such', '001');
	INSERT INTO kpi.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES ('p', 'i1', '001', '10@2020 -> 90@2025', 'own of 001', '2020-01-01'), ('p', 'i1', '003', '10@2020 -> 80@2025', 'own of 003', '2020-01-01')});
as_role('office', q{SELECT ext.refresh_registry('kpi')});
as_role('office', q{UPDATE kpi.observation SET value = value + 40 WHERE unit_code IN ('001', '003') AND node_code IN ('i1', 'i3')});
as_role('office', q{SELECT ext.refresh_registry('kpi')});
is(scalar as_role('office', q{SELECT ext.secure_units('kpi')}), '', 'units are secured');
my @by_unit = split /\n/, $node->safe_psql('postgres', q{SELECT c.oid::regclass FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'unit_code'
	WHERE relnamespace = 'kpi'::regnamespace AND relkind IN ('r', 'v') AND relname NOT IN ('unit_access', 'unit_successor') ORDER BY relname});
my $visible = 0;
for my $relation (@by_unit)
{
	my $all = as_role('office', "SELECT string_agg(DISTINCT unit_code, ',' ORDER BY unit_code) FROM $relation");
	my $seen = as_role('ward', "SELECT string_agg(DISTINCT unit_code, ',' ORDER BY unit_code) FROM $relation");
	my $expected = join ',', grep { /^00[35]$/ } split /,/, $all;
	is($seen, $expected, "$relation shows a ward what is its own" . ($expected ? '' : ' (nothing)'));
	$visible++ if $expected;
	is(scalar as_role('reader', "SELECT count(*) FROM $relation WHERE unit_code IS NOT NULL"), '0', "$relation shows nothing to a role without units");
}
cmp_ok($visible, '>=', 15, 'most of them have something to show');
is(scalar as_role('ward', q{SELECT string_agg(DISTINCT unit_code, ',' ORDER BY unit_code) FROM kpi.leaf_as_of('p', '2024-12-31')}), '003,005', 'the functions keep to it too');
is(scalar as_role('ward', q{SELECT count(*), count(unit_code) FROM kpi.target}), '6|1', 'targets for all are seen, others\' own are not');
is(scalar as_role('ward', q{SELECT DISTINCT document FROM kpi.leaf_as_of('p', '2024-12-31') WHERE node_code = 'i1' AND unit_code = '003'}), 'own of 003', 'one\'s own target holds');
is(scalar as_role('clerk', q{INSERT INTO kpi.staging (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'i1', '005', '2024-12', '34')}), '', 'an editor of one unit fills staging');
is(scalar as_role('clerk', q{INSERT INTO kpi.staging (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'i1', '001', '2024-12', '34')}), '42501', 'for no other');
is(scalar as_role('clerk', q{SELECT unit_code, outcome FROM kpi.staging JOIN ext.load_staging('kpi') USING (line)}), '005|inserted', 'loads what is there');
is(scalar as_role('clerk', q{UPDATE kpi.observation SET value = 0 WHERE unit_code = '001' RETURNING 1}), '', 'others\' observations are out of reach');
is(scalar as_role('clerk', q{INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'i1', '001', '2024-12-31', 1)}), '42501', 'and cannot be added to');
is(scalar as_role('clerk', q{SELECT ext.refresh_registry('kpi')}), '42501', 'who sees only some units cannot refresh');
is(scalar as_role('office', q{SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|1', 'the owner can, and has what the editor loaded');
is($node->safe_psql('postgres', stale('kpi')), "snapshot_leaf|0\nsnapshot_sheet|0\nsnapshot_node|0\nsnapshot_rank|0", 'all of it');
as_role('office', q{INSERT INTO kpi.unit_access VALUES ('reader', '007')});
is(scalar as_role('reader', 'SELECT DISTINCT unit_code FROM kpi.indicator_status'), '007', 'a unit more');
as_role('office', q{SELECT ext.secure_units('kpi'); SELECT ext.secure_units('kpi', false)});
is(scalar as_role('reader', 'SELECT count(DISTINCT unit_code) FROM kpi.indicator_status'), '12', 'lifted again');

# Names that try to be SQL -------------------------------------------------------------------------

$node->safe_psql('postgres', 'CREATE TABLE public.precious (x int); INSERT INTO public.precious VALUES (1)');
my @evil = (q{x"; DROP TABLE public.precious; --}, q{x'; DROP TABLE public.precious; --}, q{$$; DROP TABLE public.precious; $$}, q{%I %s %L}, q{\\"}, q{Hà Nội "kpi"}, q{pg_temp_}, q{select});
my $place = 0;
for my $name (@evil)
{
	$place++;
	my $literal = $name =~ s/'/''/gr;
	my $quoted = '"' . ($name =~ s/"/""/gr) . '"';
	if ($name =~ /^pg_/)
	{
		is(scalar as_role('office', "SELECT ext.create_registry('$literal')"), '42939', "a registry cannot be called $name");
		next;
	}
	my ($out, $err) = as_role('office', "SET standard_conforming_strings = on; SELECT ext.create_registry('$literal');
		INSERT INTO $quoted.programme (programme_code) VALUES ('$literal'); INSERT INTO $quoted.method (programme_code, method_version) VALUES ('$literal', '$literal');
		INSERT INTO $quoted.node (programme_code, method_version, node_code, parent_code, rule) VALUES ('$literal', '$literal', 'r', NULL, '{}'), ('$literal', '$literal', '$literal', 'r', '{\"worst\": 0, \"best\": 10}');
		INSERT INTO $quoted.unit (unit_code) VALUES ('$literal'); INSERT INTO $quoted.unit_access VALUES ('reader', '$literal');
		INSERT INTO $quoted.label (object_kind, object_code, language, name) VALUES ('unit', '$literal', '$literal', '$literal'), ('owner', '$literal', 'en', '$literal');
		INSERT INTO $quoted.staging (programme_code, node_code, unit_code, period_end, value, source, note) VALUES ('$literal', '$literal', '$literal', '2024', '5', '$literal', '$literal'), ('$literal', '$literal', '$literal', '$literal', '$literal', '', '');
		SELECT outcome FROM ext.load_staging(quote_ident('$literal')::regnamespace);
		SELECT cells FROM ext.refresh_registry(quote_ident('$literal')::regnamespace);
		SELECT fault FROM ext.check_registry(quote_ident('$literal')::regnamespace);
		SELECT ext.grant_registry(quote_ident('$literal')::regnamespace, 'reader'); SELECT ext.grant_registry(quote_ident('$literal')::regnamespace, 'editor', 'editor');
		SELECT ext.secure_units(quote_ident('$literal')::regnamespace)");
	is($err, '', "a registry, a programme, a unit called $name: no error");
	like($out, qr/\ninserted\nerror\n1\norphan_label\n/, "$name: loaded, refreshed, checked");
	is(scalar as_role('reader', "SELECT count(*), min(unit_code) = '$literal' FROM $quoted.snapshot_leaf"), '1|t', "$name: read");
	is($node->safe_psql('postgres', 'SELECT x FROM public.precious'), '1', "$name: nothing happened to the table");
}

# Nobody's rights are borrowed, and no path of the caller's is trusted ---------------------------------

is( $node->safe_psql('postgres', q{SELECT count(*) FROM pg_proc WHERE prosecdef AND (pronamespace IN ('kpi'::regnamespace, 'ext'::regnamespace) OR probin LIKE '%scorecard%')}),
	'0', 'no SECURITY DEFINER');
is( $node->safe_psql('postgres', q{SELECT string_agg(c.relname, ',') FROM pg_class AS c WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'v'
	AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}'}), '', 'every view asks for the rights of its reader');
# what a stranger puts before the real things is not found
as_role('office', q{CREATE SCHEMA trap; CREATE FUNCTION trap.count(anyelement) RETURNS bigint LANGUAGE sql AS 'SELECT 1/0::bigint';
	CREATE FUNCTION trap.format(text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_format';
	CREATE FUNCTION trap.enter_registry(regnamespace) RETURNS void LANGUAGE sql AS 'SELECT 1/0';
	CREATE TABLE trap.observation (x int); CREATE TABLE trap.unit (x int)});
is(scalar as_role('office', q{SET search_path = trap, pg_catalog; CREATE TEMP TABLE observation (x int); CREATE TEMP TABLE refresh_queue (x int); CREATE TEMP VIEW node_source AS SELECT 1 AS x;
	SELECT mode FROM ext.refresh_registry('kpi'); SELECT pg_catalog.count(*) FROM ext.check_registry('kpi') WHERE severity = 'error'; SELECT current_setting('search_path')}),
	"incremental\n0\ntrap, pg_catalog", 'tables, functions and temporary tables of the same names are passed by, and the path is as before');
is(scalar as_role('office', q{BEGIN; SELECT mode = 'incremental' FROM ext.refresh_registry('kpi'); SHOW search_path; SHOW datestyle; COMMIT}), qq{t\n"\$user", public\nISO, MDY}, 'settings are restored in a transaction too');

$node->stop;
done_testing();
