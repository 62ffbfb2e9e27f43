# docs/reference.md says what the catalog says.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $root = $ENV{SCORECARD_SRC} // '.';
my $node = new_node('reference');
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA scorecard; CREATE EXTENSION scorecard SCHEMA scorecard');
my $printed = PostgreSQL::Test::Utils::tempdir() . '/reference.md';
command_ok([ 'psql', '-X', '-q', '-d', $node->connstr('postgres'), '-f', "$root/docs/reference.sql", '-o', $printed ],
	'docs/reference.sql runs');
is(slurp_file($printed), slurp_file("$root/docs/reference.md"),
	'docs/reference.md is up to date: psql -X -q -f docs/reference.sql -o docs/reference.md renews it');
$node->stop;
done_testing();
