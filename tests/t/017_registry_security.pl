# Who may do what in a registry: readers, editors, refreshers, owners; names that try to be SQL; nobody's rights are borrowed.
# Who sees which units is in 021_registry_units.pl.
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
	CREATE ROLE office LOGIN; CREATE ROLE reader LOGIN; CREATE ROLE editor LOGIN; CREATE ROLE stranger LOGIN; CREATE ROLE night LOGIN; CREATE ROLE chief SUPERUSER LOGIN;
	GRANT CREATE ON DATABASE postgres TO office});

# as RegistrySample says, here always of this server
sub as { return as_role($node, @_) }

# A registry belongs to whoever makes it; an unprivileged role can do all of it.
(undef, my $made) = as('office', registry_sample('kpi', dates => 3));
is($made, '', 'an unprivileged role makes a registry and fills it');
is(scalar as('office', q{SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|36', 'refreshes it');
is(scalar as('office', q{SELECT count(*) FROM ext.check_registry('kpi') WHERE severity = 'error'}), '0', 'checks it');

# Strangers, readers, editors ------------------------------------------------------------------

my @views = split /\n/, $node->safe_psql('postgres', q{SELECT c.oid::regclass FROM pg_class AS c WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'v' ORDER BY relname});
my @tables = split /\n/, $node->safe_psql('postgres', q{SELECT c.oid::regclass FROM pg_class AS c WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'r' ORDER BY relname});
cmp_ok(scalar @views, '>', 10, 'there are views');
is(scalar as('stranger', 'SELECT count(*) FROM kpi.unit'), '42501', 'a stranger reads nothing');
for my $call (q{refresh_registry('kpi')}, q{check_registry('kpi')}, q{load_staging('kpi')}, q{visible_units('kpi')})
{
	my (undef, $err) = as('stranger', "SELECT * FROM ext.$call");
	like($err, qr/ERROR:  42501: permission denied for registry kpi\nHINT:  Its owner can call grant_registry/, "nor does $call help");
}
# Rights come first: whatever else is wrong, it is told to the owner only.
for my $call (q{upgrade_registry('kpi')}, q{bind_registry('kpi', NULL, NULL)}, q{bind_registry('kpi', 'observation', 'pg_class')}, q{drop_registry('kpi')},
	q{drop_registry('kpi', true)}, q{grant_registry('kpi', NULL)}, q{grant_registry('kpi', 'stranger', 'king')}, q{revoke_registry('kpi', NULL)}, q{secure_units('kpi', NULL)})
{
	for my $role ('stranger', 'reader', 'editor')
	{
		as('office', "SELECT ext.grant_registry('kpi', '$role', 'editor')") if $role eq 'editor';
		my (undef, $err) = as($role, "SELECT ext.$call");
		like($err, qr/ERROR:  42501: must be owner of registry kpi$/m, "$role: $call is for the owner");
	}
	as('office', q{SELECT ext.revoke_registry('kpi', 'editor')});
}
is(scalar as('office', q{SELECT ext.grant_registry('kpi', 'reader'); SELECT ext.grant_registry('kpi', 'editor', 'editor'); SELECT ext.grant_registry('kpi', 'night', 'refresher')}), "\n\n", 'roles');
for my $relation (@views, @tables)
{
	like(scalar as('reader', "SELECT count(*) FROM $relation"), qr/^\d+$/, "a reader reads $relation");
}
for my $table (@tables)
{
	is(scalar as('reader', "DELETE FROM $table"), '42501', "a reader does not write $table");
}
is(scalar as('reader', q{SELECT count(*) FROM kpi.leaf_as_of('p', '2024-12-31')}), '144', 'a reader may ask what if it were another day');
is(scalar as('reader', q{SELECT count(*) FROM ext.check_registry('kpi') WHERE severity = 'error'}), '0', 'and what is wrong');
is(scalar as('reader', q{SELECT ext.refresh_registry('kpi')}), '42501', 'but not refresh');
is(scalar as('editor', q{INSERT INTO kpi.staging (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'i1', '001', '2024-12', '33');
	SELECT outcome FROM ext.load_staging('kpi')}), 'inserted', 'an editor loads');
is(scalar as('editor', qq{\\copy kpi.upload (programme_code, node_code, unit_code, period_end, value) FROM stdin\np\ti1\t001\t2024-11\t7\n\\.\nSELECT loaded_by, value FROM kpi.staging WHERE period_end = '2024-11'}), 'editor|7', 'also through the view');
# Editors change what people enter, refreshers what is computed; a third kind of table is the owner's.
my %computed = map { ("kpi.$_" => 1) } qw(snapshot snapshot_sheet snapshot_leaf snapshot_node snapshot_rank source_hash refresh_log refresh_queue status_transition);
my %owners = map { ("kpi.$_" => 1) } qw(registry_version unit_access);
for my $table (@tables)
{
	my ($column) = split /\n/, $node->safe_psql('postgres', "SELECT attname FROM pg_attribute WHERE attrelid = '$table'::regclass AND attnum = 1");
	for my $sql ("UPDATE $table SET $column = DEFAULT WHERE false", "DELETE FROM $table WHERE false")
	{
		is(scalar as('editor', $sql), $computed{$table} || $owners{$table} ? '42501' : '', "editor: $sql");
		next if $table =~ /reporting_date|refresh_log|refresh_queue|status_transition/;
		is(scalar as('night', $sql), $computed{$table} ? '' : '42501', "refresher: $sql");
	}
}
is(scalar as('night', 'DELETE FROM kpi.refresh_log'), '42501', 'a refresher does not rewrite the log');
is(scalar as('night', 'UPDATE kpi.status_transition SET node_code = node_code'), '42501', 'nor history');
my (undef, $lacking) = as('editor', q{SELECT ext.refresh_registry('kpi')});
like($lacking, qr/ERROR:  42501: role "editor" is no refresher of registry kpi\nDETAIL:  It lacks INSERT, UPDATE on refresh_log; DELETE on refresh_queue; DELETE, INSERT, UPDATE on snapshot; /, 'an editor who refreshes is told what is missing')
  or diag($lacking);
like($lacking, qr/HINT:  The owner of the registry can call grant_registry\('kpi', 'editor', 'refresher'\)/, 'and who can help');
(undef, $lacking) = as('night', q{SELECT ext.load_staging('kpi')});
like($lacking, qr/ERROR:  42501: role "night" is no editor of registry kpi\nDETAIL:  It lacks DELETE, INSERT, UPDATE on observation; DELETE, INSERT, UPDATE on staging\./, 'a refresher who loads, too') or diag($lacking);
as('office', 'GRANT USAGE ON SCHEMA kpi TO stranger');
for my $call (q{refresh_registry('kpi')}, q{check_registry('kpi')}, q{load_staging('kpi')})
{
	my (undef, $err) = as('stranger', "SELECT * FROM ext.$call");
	like($err, qr/ERROR:  42501: role "stranger" is no (reader|editor|refresher) of registry kpi\nDETAIL:  It lacks SELECT on horizon; SELECT on label; /, "$call says what is missing");
}
as('office', 'REVOKE USAGE ON SCHEMA kpi FROM stranger');
# a job need not run as the owner
is(scalar as('night', q{SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|1', 'a refresher refreshes what the editor loaded');
is(scalar as('night', q{SELECT cells FROM ext.refresh_registry('kpi', full_refresh => true)}), '36', 'all of it');
is(scalar as('night', q{SELECT cells FROM ext.refresh_registry('kpi', as_of => '2024-11-30')}), '12', 'and for another day');
is($node->safe_psql('postgres', stale('kpi')), "snapshot_leaf|0\nsnapshot_sheet|0\nsnapshot_node|0\nsnapshot_rank|0", 'rightly');
is(scalar as('office', q{SELECT ext.grant_registry('kpi', 'editor', 'refresher')}), '', 'one role may be both');
is(scalar as('editor', q{UPDATE kpi.observation SET value = value + 1 WHERE node_code = 'i1' AND unit_code = '001' AND period_end = '2024-12-31'; SELECT mode, cells FROM ext.refresh_registry('kpi')}), 'incremental|1', 'and then does both');
as('office', q{SELECT ext.revoke_registry('kpi', 'editor'); SELECT ext.grant_registry('kpi', 'editor', 'editor')});
is(scalar as('editor', q{SELECT ext.refresh_registry('kpi')}), '42501', 'until it is taken back');
is(scalar as('editor', 'UPDATE kpi.registry_version SET model_version = 7'), '42501', 'but does not change what the registry is');
is(scalar as('editor', q{INSERT INTO kpi.unit_access VALUES ('editor', '001')}), '42501', 'nor who sees what');
is(scalar as('editor', 'DROP TABLE kpi.label'), '42501', 'nor drop its tables');
is(scalar as('reader', q{SELECT ext.grant_registry('kpi', 'stranger')}), '42501', 'a reader cannot let others in')
  or diag(join ' ', as('reader', q{SELECT ext.grant_registry('kpi', 'stranger')}));
is(scalar as('stranger', 'SELECT count(*) FROM kpi.unit'), '42501', 'nobody was let in');
for my $refused ([ q{NULL, 'reader'}, '22004' ], [ q{'kpi', NULL}, '22004' ], [ q{'kpi', 'reader', NULL}, '22004' ], [ q{'kpi', 'reader', 'owner; DROP TABLE kpi.unit'}, '22023' ], [ q{'ext', 'reader'}, '22023' ],
	[ q{'kpi', 4000000000::oid}, '42704' ], [ q{'kpi', 0::oid::regrole}, '42704' ])
{
	is(scalar as('office', "SELECT ext.grant_registry($refused->[0])"), $refused->[1], "grant_registry($refused->[0]): $refused->[1]");
}
as('office', q{SELECT ext.revoke_registry('kpi', 'reader')});
is(scalar as('reader', 'SELECT count(*) FROM kpi.unit'), '42501', 'what was granted can be taken back');
for my $role ('office', 'chief')
{
	my (undef, $err) = as($role, q{SELECT ext.revoke_registry('kpi', 'office')});
	like($err, qr/ERROR:  0LP01: role office owns registry kpi\nDETAIL:  .*\nHINT:  Give schema, tables, views and functions to another owner first/, "$role: not what the owner has");
}
is(scalar as('office', q{UPDATE kpi.unit SET unit_kind = unit_kind WHERE unit_code = '001'; SELECT count(*) FROM kpi.unit; SELECT count(*) FROM kpi.leaf_as_of('p', '2024-12-31')}), "12\n144", 'who goes on working');

# What a refresh tells everybody who listens: its registry, numbers and counts -------------------------

my ($payload) = as('office', q{LISTEN scorecard_refresh; UPDATE kpi.observation SET value = value + 40 WHERE unit_code IN ('001', '003') AND node_code IN ('i1', 'i3');
	SELECT ext.refresh_registry('kpi')}) =~ /payload "(\{.*\})"/;
is($node->safe_psql('postgres', "SELECT string_agg(key, ' ' ORDER BY key) FROM jsonb_object_keys('$payload') AS key"), 'refresh_id registry snapshot_ids snapshots transitions', 'a payload has these parts');
is($node->safe_psql('postgres', "SELECT count(*) FROM jsonb_each('$payload'::jsonb -> 'transitions') WHERE key ~ '^[a-z_]+ -> [a-z_]+\$' AND jsonb_typeof(value) = 'number'") > 0, 1, 'counts by pairs of statuses');
unlike($payload, qr/001|003|i1|i3|"p"/, 'and names no unit, indicator or programme');
# What a registry may be called, and when it may go ---------------------------------------------------

for my $refused ([ '$user', '22023' ], [ 'pg_catalog', '42939' ], [ 'pg_temp', '42939' ], [ 'pg_toast', '42939' ], [ 'information_schema', '42501' ], [ 'x' x 64, '22023' ], [ 'kpi', '42P06' ])
{
	is(scalar as('office', "SELECT ext.create_registry('$refused->[0]')"), $refused->[1], "no registry $refused->[0]");
}
is(as('chief', q{SELECT ext.create_registry('pg_catalog')}), '42939', 'not for a superuser either');
$node->safe_psql('postgres', 'CREATE SCHEMA lent; GRANT ALL ON SCHEMA lent TO office; CREATE SCHEMA given AUTHORIZATION office');
is(scalar as('office', q{SELECT ext.create_registry('lent')}), '42501', 'nor in a schema of somebody else');
is(scalar as('office', q{SELECT ext.create_registry('given'); SELECT ext.drop_registry('given')}), "given\n", 'an empty one of one\'s own will do');
# one row of each table that people or refreshes fill
my %row = (
	programme => q{(programme_code) VALUES ('x')}, owner => q{VALUES ('x')}, unit => q{(unit_code) VALUES ('x')}, mark => q{VALUES ('x', true)}, vintage => q{VALUES ('x', 9, true)},
	label => q{(object_kind, object_code, language, name) VALUES ('unit', 'x', 'en', 'x')}, staging => 'DEFAULT VALUES', horizon => q{VALUES ('x', '2025-12-31')},
	method => q{VALUES ('x', 'x')}, node => q{(programme_code, method_version, node_code) VALUES ('x', 'x', 'x')}, reporting_date => q{VALUES ('x', '2025-12-31')},
	target => q{(programme_code, node_code, path, document, valid_from) VALUES ('x', 'x', 'up -> 5@2025', '', '2020-01-01')}, unit_successor => q{VALUES ('x', 'y', 1, '2025-01-01')},
	observation => q{(programme_code, node_code, unit_code, period_end) VALUES ('x', 'x', 'x', '2025-12-31')}, unit_access => q{VALUES ('x', 'x')},
	snapshot => q{(programme_code, as_of, method_version, framework, framework_fingerprint, scorecard_version) VALUES ('x', '2025-12-31', 'x', '[{"code": "x"}, {"code": "y", "parent": "x", "as_is": true}]', '', '')},
	snapshot_sheet => q{VALUES (1, 'x', '2025-12-31', true, 'v1 00112233445566778899aabbccddeeff 1 {}', NULL, NULL, '')},
	snapshot_leaf => q{(snapshot_id, unit_code, node_code, due, is_horizon, is_current, is_applicable) VALUES (1, 'x', 'x', '2025-12-31', true, true, true)},
	snapshot_node => q{(snapshot_id, unit_code, node_code, due, is_horizon, node_kind, is_current) VALUES (1, 'x', 'x', '2025-12-31', true, 'leaf', true)},
	snapshot_rank => q{VALUES (1, 'x', '2025-12-31', NULL, 1, 1)},
	status_transition => q{(refresh_id, programme_code, unit_code, node_code, due, as_of) VALUES (1, 'x', 'x', 'x', '2025-12-31', '2025-12-31')});
as('office', q{SELECT ext.create_registry('empty')});
for my $table (map { s/^kpi\.//r } @tables)
{
	my $row = $row{$table};
	unless ($row)
	{
		like($table, qr/^(registry_version|refresh_log|refresh_queue|source_hash)$/, "$table holds nothing that could be lost");
		next;
	}
	# as a superuser, without triggers and keys: the one row is all there is
	my ($out, $err) = as('chief', "BEGIN; SET search_path = empty, ext; SET session_replication_role = replica; INSERT INTO $table $row; SELECT drop_registry('empty')");
	like($err, qr/ERROR:  55000: registry empty holds data\nDETAIL:  There are rows in $table\.\n/, "a row of $table is data") or diag($err);
}
is(scalar as('office', q{BEGIN; UPDATE empty.mark SET is_counted = true; SELECT ext.drop_registry('empty')}), '55000', 'a changed row too');
is(scalar as('office', q{SELECT ext.refresh_registry('empty') IS NULL; SELECT ext.secure_units('empty'); SELECT ext.drop_registry('empty')}), "f\n\n", 'what is empty goes, also refreshed and secured');

# Names that try to be SQL -------------------------------------------------------------------------

$node->safe_psql('postgres', 'CREATE TABLE public.precious (x int); INSERT INTO public.precious VALUES (1); CREATE SCHEMA warehouse AUTHORIZATION office');
my @evil = (q{x"; DROP TABLE public.precious; --}, q{x'; DROP TABLE public.precious; --}, q{$$; DROP TABLE public.precious; $$}, q{%I %s %L %1$s}, q{\\"\'}, q{Hà Nội "kpi"},
	qq{two\nlines; DROP TABLE public.precious}, q{select}, q{a, public}, q{"x"}, q{$user "}, q{Ünï\u0041 ' || (SELECT 1/0) || '}, q{é} x 31 . q{'}, q{$function$ $registry$});
for my $name (@evil)
{
	my $literal = $name =~ s/'/''/gr;
	my $quoted = '"' . ($name =~ s/"/""/gr) . '"';
	my $shown = $name =~ s/\n/ /r;
	# a word of SQL is no name of a role, nor, from 19 on, what has two lines
	my $is_role = $name !~ /^select$|\n/;
	$node->safe_psql('postgres', "CREATE ROLE $quoted LOGIN") if $is_role;
	my ($role, $role_literal, $role_name) = $is_role ? ($quoted, $literal, $name) : ('reader') x 3;
	my $registry = "quote_ident('$literal')::regnamespace";
	my ($out, $err) = as('office', "SET standard_conforming_strings = on; SELECT ext.create_registry('$literal');
		INSERT INTO $quoted.programme (programme_code) VALUES ('$literal'); INSERT INTO $quoted.method (programme_code, method_version) VALUES ('$literal', '$literal');
		INSERT INTO $quoted.owner VALUES ('$literal'); INSERT INTO $quoted.mark VALUES ('$literal', true); INSERT INTO $quoted.vintage VALUES ('$literal', 9, true);
		INSERT INTO $quoted.node (programme_code, method_version, node_code, parent_code, rule, owner_code) VALUES ('$literal', '$literal', 'r', NULL, '{}', NULL), ('$literal', '$literal', '$literal', 'r', '{\"worst\": 0, \"best\": 10}', '$literal');
		INSERT INTO $quoted.unit (unit_code, unit_kind) VALUES ('$literal', '$literal'); INSERT INTO $quoted.unit_access VALUES ('$role_literal', '$literal');
		INSERT INTO $quoted.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES ('$literal', '$literal', '$literal', 'up -> 9\@2025', '$literal', '2020-01-01');
		INSERT INTO $quoted.label (object_kind, object_code, language, name) VALUES ('unit', '$literal', '$literal', '$literal'), ('owner', '$literal is not there', 'en', '$literal');
		INSERT INTO $quoted.staging (programme_code, node_code, unit_code, period_end, value, source, note, mark, vintage)
			VALUES ('$literal', '$literal', '$literal', '2024', '5', '$literal', '$literal', '$literal', '$literal'), ('$literal', '$literal', '$literal', '$literal', '$literal', '', '', '', '');
		INSERT INTO $quoted.upload (programme_code, node_code, unit_code, period_end, value) VALUES ('$literal!', '$literal!', '$literal!', '2024', '5');
		SELECT outcome FROM ext.load_staging($registry);
		SELECT cells FROM ext.refresh_registry($registry);
		SELECT fault FROM ext.check_registry($registry);
		SELECT ext.grant_registry($registry, quote_ident('$role_literal')::regrole); SELECT ext.grant_registry($registry, quote_ident('$role_literal')::regrole, 'editor');
		SELECT ext.grant_registry($registry, quote_ident('$role_literal')::regrole, 'refresher');
		SELECT ext.secure_units($registry); SELECT ext.upgrade_registry($registry)");
	is($err, '', "a registry, a programme, a unit, a role called $shown: no error");
	like($out, qr/\ninserted\nerror\nerror\n1\norphan_label\n/, "$shown: loaded, refreshed, checked");
	my $mine = "SET ROLE $role; SET search_path = $quoted, ext;";
	is(as('chief', "$mine SELECT count(*), min(unit_code) = '$literal' FROM snapshot_leaf; SELECT visible_units($registry) = ARRAY['$literal']"), "1|t\nt", "$shown: read");
	is(as('chief', "$mine SELECT DISTINCT outcome FROM load_staging($registry)"), '', "$shown: loads no lines of others");
	(undef, $err) = as('chief', "$mine SELECT refresh_registry($registry)");
	like($err, qr/ERROR:  42501: role "\Q$role_name\E" does not see all units of registry /, "$shown: a message names the role");
	(undef, $err) = as('chief', "$mine UPDATE node SET ordinal = 1");
	like($err, qr/ERROR:  42501: role "\Q$role_name\E" does not see all units of registry .*, and table node concerns them all\n/s, "$shown: and another the table");

	# a source, and columns of it, by that name
	($out, $err) = as('office', "SET standard_conforming_strings = on; CREATE TABLE warehouse.$quoted (programme_code text, node_code text, unit_code text, period_end date, value float8, $quoted text);
		INSERT INTO warehouse.$quoted VALUES ('$literal', '$literal', '$literal', '2024-12-31', 7, '$literal');
		SELECT ext.bind_registry($registry, 'observation', ('warehouse.' || quote_ident('$literal'))::regclass);
		SELECT cells FROM ext.refresh_registry($registry); SELECT value FROM $quoted.indicator_status; SELECT ext.bind_registry($registry, 'observation', NULL)");
	is($err, '', "$shown: bound to a source of that name");
	is($out, "\n1\n7\n", "$shown: which is read");
	(undef, $err) = as('office', "ALTER TABLE warehouse.$quoted DROP COLUMN node_code; SELECT ext.bind_registry($registry, 'observation', ('warehouse.' || quote_ident('$literal'))::regclass)");
	like($err, qr/ERROR:  42703: .* has no column "node_code"/s, "$shown: what it lacks is told");
	for my $kind ("'$literal'", "'observation; $literal'")
	{
		is(scalar as('office', "SELECT ext.bind_registry($registry, $kind, NULL)"), '22023', "$shown: $kind is nothing to bind" =~ s/\n/ /r);
	}
	is(scalar as('office', "SELECT ext.grant_registry($registry, 'reader', '$literal')"), '22023', "$shown: nor a kind of role");
	is(scalar as('office', "SELECT ext.drop_registry($registry)"), '55000', "$shown: is not dropped without a word");
	is(scalar as('office', "SELECT ext.revoke_registry($registry, quote_ident('$role_literal')::regrole); SELECT ext.drop_registry($registry, true)"), "\n", "$shown: dropped");
	is($node->safe_psql('postgres', 'SELECT x FROM public.precious'), '1', "$shown: nothing happened to the table");
}

# Nobody's rights are borrowed, and no path of the caller's is trusted ---------------------------------

is( $node->safe_psql('postgres', q{SELECT count(*) FROM pg_proc WHERE prosecdef AND (pronamespace IN ('kpi'::regnamespace, 'ext'::regnamespace) OR probin LIKE '%scorecard%')}),
	'0', 'no SECURITY DEFINER');
is( $node->safe_psql('postgres', q{SELECT string_agg(c.relname, ',') FROM pg_class AS c WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'v'
	AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}'}), '', 'every view asks for the rights of its reader');
# what a stranger puts before the real things is not found
as('office', q{CREATE SCHEMA trap; CREATE FUNCTION trap.count(anyelement) RETURNS bigint LANGUAGE sql AS 'SELECT 1/0::bigint';
	CREATE FUNCTION trap.format(text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_format';
	CREATE FUNCTION trap.enter_registry(regnamespace) RETURNS void LANGUAGE sql AS 'SELECT 1/0';
	CREATE TABLE trap.observation (x int); CREATE TABLE trap.unit (x int)});
is(scalar as('office', q{SET search_path = trap, pg_catalog; CREATE TEMP TABLE observation (x int); CREATE TEMP TABLE refresh_queue (x int); CREATE TEMP VIEW node_source AS SELECT 1 AS x;
	SELECT mode FROM ext.refresh_registry('kpi'); SELECT pg_catalog.count(*) FROM ext.check_registry('kpi') WHERE severity = 'error'; SELECT current_setting('search_path')}),
	"incremental\n0\ntrap, pg_catalog", 'tables, functions and temporary tables of the same names are passed by, and the path is as before');
# nor are temporary tables by which an editor's own schema would take the place of that of the extension
$node->safe_psql('postgres', 'CREATE SCHEMA own AUTHORIZATION editor');
is(scalar as('office', q{SELECT ext.create_registry('secured') IS NOT NULL; INSERT INTO secured.unit VALUES ('A'), ('B'); INSERT INTO secured.unit_access VALUES ('editor', 'A');
	SELECT ext.grant_registry('secured', 'editor', 'editor'); SELECT ext.secure_units('secured')}), "t\n\n", 'a registry with secured units');
my $lie = q{CREATE FUNCTION own.enter_registry(regnamespace, boolean DEFAULT false) RETURNS void LANGUAGE sql AS 'SELECT NULL';
	CREATE FUNCTION own.registry_is_secured() RETURNS boolean LANGUAGE sql AS 'SELECT false';
	CREATE FUNCTION own.visible_units(regnamespace) RETURNS text[] LANGUAGE sql AS 'SELECT NULL::text[]';
	CREATE TEMP VIEW pg_extension AS SELECT name 'scorecard' AS extname, oid '1' AS extnamespace;
	CREATE TEMP VIEW pg_namespace AS SELECT oid '1' AS oid, name 'own' AS nspname;};
is(scalar as('editor', qq{BEGIN; $lie SELECT ext.visible_units('secured'); ROLLBACK}), '{A}', 'temporary views of the names of catalogs show nobody more units');
is(scalar as('editor', qq{BEGIN; $lie INSERT INTO secured.programme (programme_code) VALUES ('x')}), '42501', 'nor let him write what concerns all units');
# where everybody may put a better fitting function before a built-in one, nobody goes
$node->safe_psql('postgres', 'GRANT CREATE ON SCHEMA ext TO PUBLIC');
for my $call (q{refresh_registry('kpi')}, q{create_registry('another')})
{
	my (undef, $err) = as('office', "SELECT ext.$call");
	like($err, qr/ERROR:  55000: everybody may create functions in schema "ext"\n.*HINT:  .*REVOKE CREATE ON SCHEMA ext FROM PUBLIC/s, "$call refuses to work on such a path");
}
$node->safe_psql('postgres', 'REVOKE CREATE ON SCHEMA ext FROM PUBLIC');
is(scalar as('office', q{BEGIN; SELECT mode = 'incremental' FROM ext.refresh_registry('kpi'); SHOW search_path; SHOW datestyle; COMMIT}), qq{t\n"\$user", public\nISO, MDY}, 'settings are restored in a transaction too');

$node->stop;
done_testing();
