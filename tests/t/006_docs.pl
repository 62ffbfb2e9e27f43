# Every ```sql block of the README and the docs runs: the blocks of a page in order, in one session, in a database where
# the extension is in the schema scorecard as the docs advise (unless the page creates it itself). A ```csv block with a name is
# a file of that name where the session runs.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $root = $ENV{SCORECARD_SRC} // '.';
my @pages = grep { -e } "$root/README.md", glob("$root/docs/*.md $root/examples/*/*.md");
plan skip_all => 'no page here' unless @pages;

my $node = new_node('docs');
$node->start;
my $tested = 0;
for my $page (@pages)
{
	my $text = PostgreSQL::Test::Utils::slurp_file($page);
	my ($name) = $page =~ m{^\Q$root\E/(.*)};
	my $script = '';
	my $dir = PostgreSQL::Test::Utils::tempdir();
	# Lines keep their numbers, so that psql's complaint names the page's line.
	my $in_sql = 0;
	my $file;
	for my $line (split /\n/, $text)
	{
		my $fence = $line =~ /^\s*```/;
		PostgreSQL::Test::Utils::append_to_file("$dir/$file", "$line\n") if defined $file && !$fence;
		$file = $line =~ /^\s*```csv (\w+\.csv)$/ ? $1 : undef if $fence;
		$script .= ($in_sql && !$fence ? $line : '') . "\n";
		$in_sql = $fence ? (!$in_sql && $line =~ /^\s*```sql\s*$/) : $in_sql;
	}
	next unless $script =~ /\S/;
	$tested++;
	$node->safe_psql('postgres', "CREATE DATABASE page_$tested");
	$node->safe_psql("page_$tested", "CREATE SCHEMA scorecard; CREATE EXTENSION scorecard SCHEMA scorecard;
		ALTER DATABASE page_$tested SET search_path = public, scorecard") unless $script =~ /CREATE EXTENSION\s+(\w+\s+)*scorecard/i;
	PostgreSQL::Test::Utils::append_to_file("$dir/page.sql", $script);
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr("page_$tested"), '-f', "$dir/page.sql" ],
		'>', \$out, '2>', \$err, init => sub { chdir $dir or die "$dir: $!" });
	ok($ok, "$name runs") or diag($err);
}
ok(1, 'no SQL on any page') unless $tested;

$node->stop;
done_testing();
