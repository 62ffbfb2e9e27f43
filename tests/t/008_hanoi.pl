# The Hanoi example prints what examples/hanoi/expected says, in both languages.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $root = $ENV{SCORECARD_SRC} // '.';
my $node = new_node('hanoi');
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA scorecard; CREATE EXTENSION scorecard SCHEMA scorecard;
	ALTER DATABASE postgres SET search_path = public, scorecard');
my @psql = ('psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'));
command_ok([ @psql, '-f', "$root/examples/hanoi/load.sql" ], 'the example loads');
for my $lang ('en', 'vi')
{
	my ($out, $err) = ('', '');
	ok(IPC::Run::run([ @psql, '-v', "lang=$lang", '-f', "$root/examples/hanoi/demo.sql" ], '>', \$out, '2>', \$err),
		"demo.sql runs ($lang)") or diag($err);
	is($out, slurp_file("$root/examples/hanoi/expected/demo.$lang.txt"), "demo.sql prints what is expected ($lang)");
}
$node->stop;
done_testing();
