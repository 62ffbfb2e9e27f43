package CountingFormatter;

# prove's own output, and one line "passed failed skipped" appended to the file $SCORECARD_COUNTS, for ./test to add up.

use strict;
use warnings;
use TAP::Formatter::Console;
use TAP::Formatter::File;

our @ISA = (-t STDOUT ? 'TAP::Formatter::Console' : 'TAP::Formatter::File');

sub summary
{
	my ($self, $aggregate, @rest) = @_;
	my ($passed, $failed, $skipped) = (0, 0, 0);

	$self->SUPER::summary($aggregate, @rest);
	$failed++ if !$aggregate->parsers;
	for my $parser ($aggregate->parsers)
	{
		$skipped += $parser->skipped + ($parser->skip_all ? 1 : 0);
		$passed  += $parser->passed - $parser->skipped;
		$failed  += $parser->failed;
		# A program that dies, or runs other tests than it planned, has failed even if each test it ran passed.
		$failed++
		  if !$parser->failed
		  && ($parser->exit || $parser->wait || $parser->parse_errors || !($parser->tests_run || $parser->skip_all));
	}
	if (my $file = $ENV{SCORECARD_COUNTS})
	{
		open my $counts, '>>', $file or die "cannot write $file: $!";
		print $counts "$passed $failed $skipped\n";
		close $counts;
	}
	return;
}

1;
