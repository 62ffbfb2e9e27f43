# create_registry under odd names and search paths, beside tables of the same words, by an unprivileged owner; dump and
# restore; the extension moved, protected, dropped.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $node = new_node('registry');
$node->start;
my $dir = PostgreSQL::Test::Utils::tempdir();
my @words = qw(observation target index_framework index_sheet programme unit node method indicator_status progress_status);

# A small programme in the registry $registry (quoted name) with the extension in $ext, refreshed at two dates.
sub fill
{
	my ($registry, $ext) = @_;
	return qq{
		INSERT INTO $registry.programme (programme_code, document) VALUES ('P', '21-CTr/TU');
		INSERT INTO $registry.horizon VALUES ('P', '2025-12-31'), ('P', '2030-12-31');
		INSERT INTO $registry.unit (unit_code) VALUES ('01'), ('O''Brien "x"');
		INSERT INTO $registry.method (programme_code, method_version) VALUES ('P', '1');
		INSERT INTO $registry.node (programme_code, method_version, node_code, parent_code, is_indicator, rule) VALUES
			('P', '1', 'P', NULL, false, '{}'), ('P', '1', 'E', 'P', false, '{"aggregation": "geometric"}'), ('P', '1', 'E1', 'E', true, '{}'),
			('P', '1', 'Số \\1 %s', 'E', true, '{}'), ('P', '1', 'E3', 'E', true, '{"worst": 0, "best": 10}');
		INSERT INTO $registry.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES
			('P', 'E1', NULL, '5285\@2020 -> 8300..8500\@2025 -> >12500\@2030', '21-CTr/TU', '2021-01-01'),
			('P', 'E1', '01', '5285\@2020 -> 9000\@2025', 'own', '2021-01-01'),
			('P', 'Số \\1 %s', NULL, 'down 100\@2020 -> 50\@2025', '21-CTr/TU', '2021-01-01');
		INSERT INTO $registry.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
			SELECT 'P', n, u, make_date(y, 12, 31), CASE y WHEN 2024 THEN 'estimate' ELSE 'official' END, make_date(y + 1, 2, 1), 0.1 * y + length(u)
			FROM unnest(ARRAY['E1', 'Số \\1 %s', 'E3']) n, unnest(ARRAY['01', 'O''Brien "x"']) u, generate_series(2020, 2024) y;
		INSERT INTO $registry.label VALUES ('unit', '01', '', 'vi', 'Thành phố Hà Nội');
		INSERT INTO $registry.reporting_date (programme_code, as_of) VALUES ('P', '2023-12-31'), ('P', '2024-12-31');
		SELECT rows_written > 0 FROM $ext.refresh_registry('$registry');
	};
}

# Everything the views say, as one hash each.
my @views = qw(indicator_status indicator_status_history category_index programme_headline programme_headline_history red_list
  unit_ranking index_change indicator_trend data_quality target_in_force unit_label status_change);
sub contents
{
	my ($registry) = @_;
	return join ";\n", map { qq{SELECT '$_', count(*), md5(COALESCE(string_agg(v::text, ',' ORDER BY v::text COLLATE "C"), '')) FROM $registry.$_ AS v} } @views;
}

# Names that need quotes, an empty search_path, tables of the same words where the extension is and where the path leads.
$node->safe_psql('postgres', 'CREATE DATABASE odd');
$node->safe_psql('odd', 'CREATE SCHEMA "s c"; CREATE EXTENSION scorecard SCHEMA "s c"');
$node->safe_psql('odd', join ';', map { my $w = $_; map { "CREATE TABLE $_.$w (programme_code text, node_code int)" }
	  ('public', $w =~ /^(index_|progress_)/ ? () : '"s c"') } @words);
my $made = 0;
for my $path (q{''}, 'public', '"s c", public', 'pg_temp')
{
	$made++;
	my ($name, $literal) = (qq{"K p""i's $made"}, qq{K p"i''s $made});
	my $filling = fill($name, '"s c"') =~ s/refresh_registry\(.*\)/refresh_registry(quote_ident('$literal')::regnamespace)/r;
	my ($status, $out, $err) = $node->psql('odd', qq{SET search_path = $path; SELECT "s c".create_registry('$literal') IS NOT NULL; $filling});
	is($err, '', "registry $name made and filled with search_path $path");
	like($node->safe_psql('odd', "SET search_path = ''; " . contents($name)), qr/^indicator_status\|12\|/, 'and read');
}
$node->safe_psql('odd', 'CREATE SCHEMA elsewhere; ALTER EXTENSION scorecard SET SCHEMA elsewhere');
is( $node->safe_psql('odd', q{UPDATE "K p""i's 2".observation SET value = value + 1; SELECT mode, rows_written > 0 FROM elsewhere.refresh_registry('"K p""i''s 2"')}),
	'incremental|t', 'the extension moved: triggers and refresh go on');
is($node->safe_psql('odd', q{SELECT elsewhere.upgrade_registry('"K p""i''s 2"')}), '1', 'so does an upgrade');

# Temporary tables of a session stand in nobody's way.
is( $node->safe_psql('odd', q{
		CREATE TEMP TABLE observation (x int); CREATE TEMP TABLE snapshot (y int); CREATE TEMP TABLE unit (z int);
		SELECT elsewhere.create_registry('beside');} . fill('beside', 'elsewhere') . q{
		SELECT count(*) FROM beside.indicator_status}), "beside\nt\n12", 'temporary tables are not taken for those of the registry');

# Who owns the database and may nothing else.
$node->safe_psql('postgres', 'CREATE ROLE clerk LOGIN; CREATE ROLE other LOGIN; CREATE DATABASE owned OWNER clerk');
my @clerk = (extra_params => [ '-U', 'clerk' ]);
$node->safe_psql('owned', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext; GRANT USAGE ON SCHEMA ext TO PUBLIC', @clerk);
is($node->safe_psql('owned', q{SELECT ext.create_registry('kpi');} . fill('kpi', 'ext'), @clerk), "kpi\nt", 'an unprivileged owner makes and fills a registry');
is($node->safe_psql('owned', q{SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE relnamespace = 'kpi'::regnamespace}), 'clerk', 'all is his');
my ($status, $out, $err) = $node->psql('owned', 'SELECT * FROM kpi.indicator_status', extra_params => [ '-U', 'other' ]);
like($err, qr/permission denied for schema kpi/, 'nobody else reads it');
($status, $out, $err) = $node->psql('owned', q{SELECT ext.create_registry('mine')}, extra_params => [ '-U', 'other' ]);
like($err, qr/permission denied for database owned/, 'nor makes one');
($status, $out, $err) = $node->psql('owned', q{SELECT ext.drop_registry('kpi', true)}, extra_params => [ '-U', 'other' ]);
like($err, qr/permission denied|must be owner/, 'nor drops it');

# Sessions that read literals, names or statements in another way: the same comes of every procedure.
$node->safe_psql('postgres', 'CREATE ROLE typist; CREATE DATABASE read');
$node->safe_psql('read', 'CREATE SCHEMA ext; CREATE EXTENSION scorecard SCHEMA ext; GRANT USAGE ON SCHEMA ext TO typist;
	CREATE TABLE public.fact (programme_code text, node_code text, unit_code text, period_end date, value float8)');
# all that is in the schema: columns, functions, comments, privileges, triggers, rules
my $made_of = sub {
	return $node->safe_psql('read', q{
		SELECT kind, count(*), md5(string_agg(what, E'\n' ORDER BY what COLLATE "C")) FROM (
			SELECT 'relation' AS kind, concat_ws('|', c.relname, c.relacl, obj_description(c.oid, 'pg_class'), CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) END) AS what
			FROM pg_class AS c WHERE relnamespace = 'kpi'::regnamespace
			UNION ALL SELECT 'column', concat_ws('|', c.relname, attname, format_type(atttypid, atttypmod), col_description(c.oid, attnum), pg_get_expr(adbin, adrelid))
			FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum WHERE relnamespace = 'kpi'::regnamespace AND attnum > 0
			UNION ALL SELECT 'function', concat_ws('|', pg_get_functiondef(oid), proacl, obj_description(oid, 'pg_proc')) FROM pg_proc WHERE pronamespace = 'kpi'::regnamespace
			UNION ALL SELECT 'constraint', concat_ws('|', conname, conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'kpi'::regnamespace
			UNION ALL SELECT 'trigger', pg_get_triggerdef(t.oid) FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = tgrelid WHERE relnamespace = 'kpi'::regnamespace AND NOT tgisinternal
			UNION ALL SELECT 'policy', concat_ws('|', tablename, policyname, cmd, qual, with_check) FROM pg_policies WHERE schemaname = 'kpi') AS x
		GROUP BY kind ORDER BY kind});
};
my $life = sub {
	my ($setting) = @_;
	my @said;
	my $say = sub {
		my ($sql) = @_;
		my ($status, $out, $err) = $node->psql('read', "\\set VERBOSITY sqlstate\n$setting; SET client_min_messages = error; SET extra_float_digits = 1;\n$sql", on_error_stop => 0);
		push @said, "$out $err";
	};
	# without the backslash that has another meaning there, in the test's own text
	$say->(q{SELECT count(ext.create_registry('kpi'));} . fill('kpi', 'ext') =~ s/\\1/1/gr . q{
		INSERT INTO kpi.unit_access VALUES ('typist', '01');
		SELECT ext.grant_registry('kpi', 'typist', 'editor'); SELECT ext.grant_registry('kpi', 'typist', 'refresher'); SELECT ext.secure_units('kpi');
		SELECT count(*) FROM pg_trigger WHERE tgname = 'scorecard_guard'});
	push @said, $made_of->();
	$say->(q{SELECT ext.upgrade_registry('kpi'); SELECT count(*) FROM pg_trigger WHERE tgname = 'scorecard_guard';
		INSERT INTO kpi.staging (programme_code, node_code, unit_code, period_end, released_on, value) VALUES ('P', 'E1', '01', '2024', '2025-03-31', '41.5'), ('P', 'E1', '01', '2024', '2025-03-31', '4,5');
		SELECT line, outcome, message FROM ext.load_staging('kpi', clear => true); SELECT mode, cells FROM ext.refresh_registry('kpi'); SELECT count(*) FROM ext.check_registry('kpi');
		SELECT value, attainment_level FROM kpi.indicator_status WHERE unit_code = '01' AND indicator_code = 'E1' ORDER BY due;
		SET ROLE typist; UPDATE kpi.mark SET is_counted = is_counted; SELECT count(*) FROM kpi.unit; SELECT ext.visible_units('kpi')});
	push @said, $made_of->();
	$say->(q{SELECT ext.bind_registry('kpi', 'observation', 'public.fact'); SELECT mode, cells FROM ext.refresh_registry('kpi'); DROP TABLE public.fact CASCADE;
		SELECT ext.bind_registry('kpi', 'observation', NULL); SELECT ext.upgrade_registry('kpi'); SELECT ext.grant_registry('kpi', 'typist', 'editor'); SELECT mode, cells FROM ext.refresh_registry('kpi')});
	push @said, $made_of->();
	$say->(q{SELECT ext.revoke_registry('kpi', 'typist'); SELECT ext.secure_units('kpi', false); SELECT ext.drop_registry('kpi'); SELECT ext.drop_registry('kpi', drop_data => true);
		SELECT count(*) FROM pg_namespace WHERE nspname = 'kpi'});
	$node->safe_psql('read', 'CREATE TABLE IF NOT EXISTS public.fact (programme_code text, node_code text, unit_code text, period_end date, value float8)');
	return join "\n", @said;
};
my $as_ever = $life->('SET datestyle = ISO');
diag($as_ever) unless like($as_ever, qr/11 \n.*1\n11\n1\|inserted\|\n2\|error\|value "4,5" is no number[^\n]*\nincremental\|1\n.*\n1\n\{01\} [^\n]*ERROR:  42501\n.*0 [^\n]*ERROR:  55000$/s, 'the life of a registry: guards, a load, a refresh, an editor who may change what belongs to no unit, a refusal');
for my $setting (reading_settings($node))
{
	is($life->($setting), $as_ever, "the same after $setting");
}

# Dump and restore.
my $registry = q{"K p""i's 2"};
my $expected = $node->safe_psql('odd', contents($registry));
like($expected, qr/^indicator_status\|12\|.*^index_change\|[1-9]/ms, 'there is something to compare');
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$dir/c.dump", $node->connstr('odd') ], 'pg_dump');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('restored'), "$dir/c.dump" ], 'pg_restore');
is($node->safe_psql('restored', contents($registry)), $expected, 'equal views');
$node->command_ok([ 'pg_dump', '-f', "$dir/p.sql", $node->connstr('restored') ], 'pg_dump of the restored');
$node->safe_psql('postgres', 'CREATE DATABASE plain');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('plain'), '-f', "$dir/p.sql" ], 'psql');
is($node->safe_psql('plain', contents($registry)), $expected, 'equal views, plain format');
is( $node->safe_psql('plain', qq{SELECT count(*) FROM elsewhere.refresh_registry('} . ($registry =~ s/'/''/gr) . qq{')}), '1', 'a refresh goes on');
is($node->safe_psql('plain', contents($registry)), $expected, 'and changes nothing');
is( $node->safe_psql('plain', qq{UPDATE $registry.observation SET value = value + 1 WHERE node_code = 'E1' AND period_end = '2024-12-31';
		SELECT count(*) FROM $registry.refresh_queue}), '2', 'triggers were restored');

# The extension is protected while there is a registry.
($status, $out, $err) = $node->psql('owned', 'DROP EXTENSION scorecard', @clerk);
like($err, qr/cannot drop extension scorecard because other objects depend on it/, 'a registry protects the extension');
is($node->safe_psql('owned', q{SELECT ext.drop_registry('kpi', drop_data => true); DROP EXTENSION scorecard; SELECT count(*) FROM pg_namespace WHERE nspname = 'kpi'}, @clerk),
	"\n0", 'both can go in turn');

$node->stop;
done_testing();
