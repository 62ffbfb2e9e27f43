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
