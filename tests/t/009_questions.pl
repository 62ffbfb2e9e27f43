# The questions of examples/hanoi/questions answer what examples/hanoi/expected/questions says, in any order.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $root = $ENV{SCORECARD_SRC} // '.';
my $hanoi = "$root/examples/hanoi";
my $node = new_node('questions');
$node->start;
$node->safe_psql('postgres', 'CREATE SCHEMA scorecard; CREATE EXTENSION scorecard SCHEMA scorecard;
	ALTER DATABASE postgres SET search_path = public, scorecard');
my @psql = ('psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-P', 'pager=off', '-d', $node->connstr('postgres'));
command_ok([ @psql, '-f', "$hanoi/load.sql" ], 'the example loads');
$node->safe_psql('postgres', 'ALTER DATABASE postgres SET search_path = hanoi, public, scorecard');
command_ok([ @psql, '-f', "$hanoi/questions/00_reports.sql" ], 'the dates are added');
command_ok([ @psql, '-f', "$hanoi/questions/00_reports.sql" ], 'and adding them again changes nothing');

my @questions = map { m{([^/]+)\.sql$} } grep { !/00_reports/ } glob("$hanoi/questions/*.sql");
is_deeply([ map { m{([^/]+)\.txt$} } glob("$hanoi/expected/questions/*.txt") ], \@questions, 'each question has an answer');
for my $question (reverse @questions)
{
	my ($out, $err) = ('', '');
	ok(IPC::Run::run([ @psql, '-f', "$hanoi/questions/$question.sql" ], '>', \$out, '2>', \$err), "$question runs")
	  or diag($err);
	is($out, slurp_file("$hanoi/expected/questions/$question.txt"), "$question answers what is expected");
}

# One readable query each, that asks and does not write.
for my $question (@questions)
{
	my $text = slurp_file("$hanoi/questions/$question.sql");
	$text =~ s/^--.*\n//mg;
	is(($text =~ tr/;//), 1, "$question is one query");
	unlike($text, qr/\b(INSERT|UPDATE|DELETE|CREATE)\b/, "$question writes nothing");
}

# The known figures of the programme stand in the answers.
for my $known (
	[ '21_yearly_plan', qr/595000 +\| +95\.55 \| missed/, 'investment missed at 95.55 %' ],
	[ '21_yearly_plan', qr/176\.4 \| +100\.80 \| exceeded/, 'income exceeded at 100.8 %' ],
	[ '21_yearly_plan', qr/7 \| +11\.6 \| +165\.71 \| exceeded/, 'exports exceeded at 11.6 against 7' ],
	[ '21_verdicts', qr/7200\.0000 \| 2025-12-31 +\| +86\.7 \| +84\.7 \| +1100\.00 \| missed/, 'GRDP per capita missed at 86.7 %, 84.7 % of the far edge' ],
	[ '21_verdicts', qr/6\.4141 \| 2025-12-31 .* missed/, 'average growth of 6.4141 missed' ],
	[ '05_average_growth', qr/6\.4141 \| +6\.4320 \| f/, 'compounded 6.4141, plainly 6.432' ],
	[ '02_pace_to_2030', qr/above 12,500 .*0\.1166/, '12,500 USD needs 11.66 % a year' ],
	[ '02_pace_to_2030', qr/12,000–13,000.*0\.1076 +\| 0\.1254/, '12,000 needs 10.76 %, 13,000 12.54 %' ],
	[ '02_pace_to_2030', qr/^ M2 .* 5\.31 .* 5\.84 /m, 'wastewater needs 5.31 or 5.84 points a year' ],
	[ '02_pace_to_2030', qr/^ U1 .*above 75 .* 1\.20 \| +3\.41 \| +4\.50 \| +3\.75 /m, 'urbanisation needs 4.5 points a year, 3.75 times the pace' ],
	[ '21_headlines', qr/23 \| +24 \| reported \| +95\.83 /, '23 of 24 are 95.83 %' ],
	[ '22_second_half', qr/GRDP growth 2021 .* 8\.87$/m, 'the second half of 2021 had to bring 8.87' ])
{
	my ($question, $pattern, $name) = @$known;
	like(slurp_file("$hanoi/expected/questions/$question.txt"), $pattern, $name);
}

$node->stop;
done_testing();
