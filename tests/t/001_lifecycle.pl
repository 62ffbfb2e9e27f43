# CREATE EXTENSION, use, DROP, again: in any schema, with an empty search_path, by an unprivileged owner of the
# database, and beside tables that already bear the words of the trade.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $node = new_node('lifecycle');
$node->start;

# One value of each type through the functions, with everything qualified by $ext.
sub use_everything
{
	my ($ext) = @_;
	my $framework = "'" . framework() . "'::$ext.index_framework";
	my $path = "'5285\@2020 -> 8300..8500\@2025 -> >12500\@2030'::$ext.target_path";
	my $series = "'{2021-12-31: 5290, 2022-12-31: 5910}'::$ext.indicator_series";
	return join ";\n",
	  "SELECT $ext.index_score($framework, $ext.index_sheet_agg($framework, code, value)) FROM " . observations(),
	  "SELECT count(*) FROM $ext.node_scores($framework, (SELECT $ext.index_sheet_agg($framework, code, value) FROM "
	  . observations() . '))',
	  "SELECT count(*) FROM $ext.progress($path, $series, date '2023-06-30')",
	  "SELECT $ext.target_status($path, $series, date '2023-06-30') IS NOT NULL",
	  "SELECT $path OPERATOR($ext.=) $path AND NOT $series OPERATOR($ext.<) $series",
	  "SELECT $ext.weighted_mean(value, 2) FROM " . observations(),
	  "SELECT $ext.min('met'::$ext.progress_status)";
}
my $answers = "27.5\n3\n2\nt\nt\n12.5\nmet";

sub is_used
{
	my ($ext, $name, %option) = @_;
	my $before = $option{before} // '';
	my ($status, $out, $err) = $node->psql($option{database} // 'postgres', "$before\n" . use_everything($ext),
		extra_params => [ $option{user} ? ('-U', $option{user}) : () ]);
	is($err, '', "$name: no error");
	is($out, $answers, "$name: answers");
	return;
}

# The first schema, twice.
for my $round (1, 2)
{
	$node->safe_psql('postgres', 'CREATE EXTENSION scorecard');
	is_used('public', "round $round");
	$node->safe_psql('postgres', 'DROP EXTENSION scorecard');
	is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_proc WHERE probin LIKE '%scorecard'}),
		'0', "round $round: nothing is left");
}

# A schema whose name needs quotes, and nothing on the search_path.
$node->safe_psql('postgres', 'CREATE SCHEMA "s c"; CREATE EXTENSION scorecard SCHEMA "s c"');
is_used('"s c"', 'other schema', before => q{SET search_path = '';});
$node->safe_psql('postgres', 'CREATE SCHEMA elsewhere; ALTER EXTENSION scorecard SET SCHEMA elsewhere');
is_used('elsewhere', 'moved', before => q{SET search_path = '';});
is( $node->safe_psql('postgres',
		q{SELECT count(*) FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid AND d.classid = 'pg_proc'::regclass
		JOIN pg_extension e ON e.oid = d.refobjid
		WHERE e.extname = 'scorecard' AND d.deptype = 'e' AND p.pronamespace <> 'elsewhere'::regnamespace}),
	'0', 'moved with everything');
$node->safe_psql('postgres', 'DROP EXTENSION scorecard');

# CREATE EXTENSION with an empty search_path.
$node->safe_psql('postgres', q{SET search_path = ''; CREATE EXTENSION scorecard SCHEMA elsewhere});
is_used('elsewhere', 'created with an empty search_path');
$node->safe_psql('postgres', 'DROP EXTENSION scorecard');

# CREATE EXTENSION in a session that reads literals in another way: the same functions and comments come of it (but for quotes around names in a search_path).
my $installed = sub {
	return $node->safe_psql('postgres', q{
		SELECT count(*), md5(string_agg(concat_ws('|', pg_describe_object(d.classid, d.objid, 0), obj_description(d.objid, d.classid::regclass::text::name),
			p.prosrc, pg_get_function_sqlbody(p.oid), translate(p.proconfig::text, '"\\', ''), pg_get_function_arguments(p.oid)), E'\n' ORDER BY pg_describe_object(d.classid, d.objid, 0) COLLATE "C"))
		FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid LEFT JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
		WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'scorecard'});
};
$node->safe_psql('postgres', 'CREATE EXTENSION scorecard');
my $as_ever = $installed->();
like($as_ever, qr/^\d{3}/, 'there is something to compare');
for my $setting (reading_settings($node))
{
	$node->safe_psql('postgres', "DROP EXTENSION scorecard; $setting; CREATE EXTENSION scorecard");
	is($installed->(), $as_ever, "the same extension after $setting");
}
$node->safe_psql('postgres', 'DROP EXTENSION scorecard');

# The owner of a database who may nothing else.
$node->safe_psql('postgres', 'CREATE ROLE clerk LOGIN; CREATE DATABASE owned OWNER clerk');
$node->safe_psql('owned', 'CREATE SCHEMA clerks; CREATE EXTENSION scorecard SCHEMA clerks', extra_params => [ '-U', 'clerk' ]);
is_used('clerks', 'unprivileged owner', database => 'owned', user => 'clerk');
my (undef, undef, $unmoved) = $node->psql('owned', 'CREATE SCHEMA other; ALTER EXTENSION scorecard SET SCHEMA other', extra_params => [ '-U', 'clerk' ]);
like($unmoved, qr/must be owner of type (clerks\.)?progress_status/, 'who cannot move it: that is for superusers');
$node->safe_psql('owned', 'DROP EXTENSION scorecard', extra_params => [ '-U', 'clerk' ]);

# Tables that were there before, in the schema the extension goes to.
my @tables = qw(series framework status index target progress observation indicator node sheet path method points nodes
  leaves targets weighted_mean);
$node->safe_psql('postgres', 'CREATE DATABASE warehouse');
$node->safe_psql('warehouse', join ';', map { qq{CREATE TABLE "$_" (code text); INSERT INTO "$_" VALUES ('kept')} } @tables);
$node->safe_psql('warehouse', 'CREATE EXTENSION scorecard');
is_used('public', 'tables of the same words', database => 'warehouse');
is( $node->safe_psql('warehouse', join ' UNION ', map { qq{SELECT code FROM "$_"} } @tables),
	'kept', 'tables of the same words: kept');
$node->safe_psql('warehouse', 'DROP EXTENSION scorecard');

# The other way round: such tables can be made afterwards, and the functions still found.
$node->safe_psql('warehouse', join ';', map { qq{DROP TABLE "$_"} } @tables);
$node->safe_psql('warehouse', 'CREATE EXTENSION scorecard');
$node->safe_psql('warehouse', join ';', map { qq{CREATE TABLE "$_" (code text)} } @tables);
is_used('public', 'tables of the same words, later', database => 'warehouse');

# A user's view does not stop the extension from being used, only from being dropped.
$node->safe_psql('warehouse', q{CREATE VIEW v AS SELECT target_direction('down -> 40@2030'::target_path)});
my ($status, $out, $err) = $node->psql('warehouse', 'DROP EXTENSION scorecard');
like($err, qr/cannot drop extension scorecard because other objects depend on it/, 'a view protects the extension');

$node->stop;
done_testing();
