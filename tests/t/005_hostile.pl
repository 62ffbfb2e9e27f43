# Hostile input: damaged bytes and damaged text of each type end in an error with an SQLSTATE of its own or in a value
# that can be printed and read back; never in an internal error, never in a crash. Bounded, and the same every time.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ScorecardCluster;

my $rounds = $ENV{SCORECARD_HOSTILE_ROUNDS} || 400;
my $node = new_node('hostile');
$node->start;
my $dir = PostgreSQL::Test::Utils::tempdir();
chmod 0755, $dir;
srand(20300101);

$node->safe_psql('postgres', 'CREATE EXTENSION scorecard; ' . sample_table('public', 't'));

# Reads one damaged file after the other; per SQLSTATE the count, and what was accepted but does not survive.
$node->safe_psql('postgres', q{
	CREATE TABLE outcome (type text, form text, n int, state text, message text);
	CREATE FUNCTION try_binary(type text, n int, file text) RETURNS void LANGUAGE plpgsql AS $$
	DECLARE same boolean; printed text;
	BEGIN
		EXECUTE format('CREATE TEMP TABLE arrived (v %I)', type);
		EXECUTE format('COPY arrived FROM %L (FORMAT binary)', file);
		EXECUTE format('SELECT v::text FROM arrived') INTO printed;
		EXECUTE format('SELECT v::text::%1$I = v AND %2$I(v::text::%1$I) = %2$I(v) AND v = v AND NOT v < v FROM arrived', type, type || '_send')
			INTO same;
		INSERT INTO outcome VALUES (type, 'binary', n, CASE WHEN same THEN 'accepted' WHEN printed IS NULL THEN 'null' ELSE 'broken' END, left(printed, 200));
		DROP TABLE arrived;
	EXCEPTION WHEN OTHERS THEN
		INSERT INTO outcome VALUES (type, 'binary', n, SQLSTATE, SQLERRM);
	END $$;
	CREATE FUNCTION try_text(type text, n int, input text) RETURNS void LANGUAGE plpgsql AS $$
	DECLARE same boolean;
	BEGIN
		EXECUTE format('SELECT %1$L::%2$I::text::%2$I = %1$L::%2$I', input, type) INTO same;
		INSERT INTO outcome VALUES (type, 'text', n, CASE WHEN same THEN 'accepted' ELSE 'broken' END, left(input, 200));
	EXCEPTION WHEN OTHERS THEN
		INSERT INTO outcome VALUES (type, 'text', n, SQLSTATE, SQLERRM);
	END $$});

my @types = ([ path => 'target_path' ], [ series => 'indicator_series' ], [ framework => 'index_framework' ],
	[ sheet => 'index_sheet' ], [ status => 'progress_status' ], [ sums => 'weighted_sums' ]);

sub write_copy_file
{
	my ($file, $bytes) = @_;
	open my $out, '>:raw', $file or die "cannot write $file: $!";
	print $out "PGCOPY\n\377\r\n\0", pack('N N n N', 0, 0, 1, length $bytes), $bytes, pack('n', 0xffff);
	close $out;
	chmod 0644, $file;
	return;
}

# A few bytes changed, cut off, doubled, inserted or filled with an extreme number.
sub damage
{
	my ($bytes) = @_;
	for (1 .. 1 + int rand 3)
	{
		my $at = int rand(1 + length $bytes);
		my $kind = int rand 8;
		if ($kind == 0) { $bytes = substr $bytes, 0, $at; }
		elsif ($kind == 1) { substr($bytes, $at, 0) = chr int rand 256; }
		elsif ($kind == 2) { $bytes .= substr $bytes, $at; }
		elsif ($kind == 3) { substr($bytes, $at, 4) = pack 'N', (0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000)[ rand 6 ]; }
		elsif ($kind == 4) { substr($bytes, $at, 8) = pack 'd>', (9**9**9, -9**9**9, -sin(9**9**9), 1e308, 5e-324, -0.0)[ rand 6 ]; }
		elsif ($kind == 5) { substr($bytes, $at, 1 + int rand 8) = ''; }
		elsif ($at < length $bytes) { substr($bytes, $at, 1) ^= chr(1 << int rand 8); }
	}
	return $bytes;
}

my $n = 0;
for my $pair (@types)
{
	my ($column, $type) = @$pair;
	my @samples = split /\n/, $node->safe_psql('postgres', qq{
		SELECT encode(${type}_send($column), 'hex') FROM t WHERE $column IS NOT NULL AND id IN (1, 2, 3, 5, 8, 13, 20) ORDER BY id});
	my $sql = '';
	for my $round (0 .. $rounds - 1)
	{
		my $bytes = pack 'H*', $samples[ rand @samples ];
		my $file = "$dir/$type.$round";
		# The first rounds cut a sample to every short length.
		write_copy_file($file, $round < 40 ? substr($bytes, 0, $round) : damage($bytes));
		$sql .= "SELECT try_binary('$type', $round, '$file');\n";
	}
	$node->safe_psql('postgres', "$sql SELECT");

	@samples = split /\n/, $node->safe_psql('postgres', qq{
		SELECT encode(convert_to($column\::text, 'UTF8'), 'hex') FROM t WHERE $column IS NOT NULL AND id IN (1, 2, 3, 5, 8, 13) ORDER BY id});
	$sql = '';
	for my $round (0 .. $rounds - 1)
	{
		my $text = damage(pack 'H*', $samples[ rand @samples ]);
		# What is no text in the database's encoding never reaches a type.
		$text =~ s/[^\x01-\x7f]/?/g;
		$sql .= sprintf "SELECT try_text('%s', %d, convert_from('\\x%s', 'UTF8'));\n", $type, $round, unpack 'H*', $text;
	}
	$node->safe_psql('postgres', "$sql SELECT");

	for my $form (qw(binary text))
	{
		is( $node->safe_psql('postgres', qq{SELECT count(*) FROM outcome WHERE type = '$type' AND form = '$form'}),
			$rounds, "$type, $form: every damaged value had an outcome");
		is( $node->safe_psql('postgres', qq{
				SELECT state, n, message FROM outcome WHERE type = '$type' AND form = '$form'
				AND (state = 'broken' OR state NOT IN ('accepted', 'null') AND state !~ '^(22|54|08P01|0A000)') ORDER BY n LIMIT 5}),
			'', "$type, $form: errors are those of bad data, and what is accepted reads back");
		note($node->safe_psql('postgres', qq{SELECT string_agg(state || ': ' || c, ', ' ORDER BY c DESC) FROM (
			SELECT state, count(*) AS c FROM outcome WHERE type = '$type' AND form = '$form' GROUP BY 1) x}));
	}
}

# Where errors can be soft, input that is wrong says so without raising.
if ($node->safe_psql('postgres', 'SHOW server_version_num') >= 160000)
{
	is( $node->safe_psql('postgres', q~SELECT count(*) FROM (VALUES ('target_path', 'up -> 7,5@2030'), ('target_path', '5@2020 -> '),
			('indicator_series', '{2021: x}'), ('indicator_series', '{2021: 1, 2021: 2}'), ('index_framework', '[{]'),
			('index_framework', '[{"code": "a", "worst": 1, "best": 1}]'), ('index_sheet', 'x'), ('progress_status', 'good')) v(t, i)
			WHERE pg_input_is_valid(i, t)~),
		'0', 'soft errors');
}

is($node->safe_psql('postgres', 'SELECT 1'), '1', 'the server is still there');
my $log = PostgreSQL::Test::Utils::slurp_file($node->logfile);
unlike($log, qr/terminated by signal|PANIC:|TRAP:/, 'and never crashed');

$node->stop;
done_testing();
