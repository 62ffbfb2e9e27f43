package RegistrySample;

# A small registry for the perl tests, sessions that stay open beside each other, and what is to hold after a refresh.

use strict;
use warnings;
use Exporter 'import';
use IPC::Run;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(registry_sample stale same_as_functions contents session tell as_role);

# SQL that makes a registry with $units units, six indicators in two categories, two horizons and $quarters quarters,
# the last of them ending 2024. The extension lies in schema ext; $registry is its quoted name.
sub registry_sample
{
	my ($registry, %option) = @_;
	my $units = $option{units} // 12;
	my $quarters = $option{quarters} // 8;
	my $dates = $option{dates} // $quarters;

	return qq{
		DO \$\$ BEGIN PERFORM ext.create_registry((parse_ident('$registry'))[1]); END \$\$;
		INSERT INTO $registry.programme (programme_code) VALUES ('p');
		INSERT INTO $registry.horizon VALUES ('p', '2025-12-31'), ('p', '2030-12-31');
		INSERT INTO $registry.method (programme_code, method_version) VALUES ('p', 'first');
		INSERT INTO $registry.node (programme_code, method_version, node_code, parent_code, weight)
			VALUES ('p', 'first', 'p', NULL, 1), ('p', 'first', 'c', 'p', 2), ('p', 'first', 'd', 'p', 1);
		INSERT INTO $registry.node (programme_code, method_version, node_code, parent_code, weight, rule)
			SELECT 'p', 'first', 'i' || i, CASE WHEN i <= 3 THEN 'c' ELSE 'd' END, i,
				CASE i WHEN 6 THEN '{"worst": 0, "best": 200}' ELSE '{}' END::jsonb FROM generate_series(1, 6) i;
		INSERT INTO $registry.unit (unit_code) SELECT lpad(u::text, greatest(3, length(u::text)), '0') FROM generate_series(1, $units) u;
		INSERT INTO $registry.target (programme_code, node_code, path, document, valid_from)
			SELECT 'p', 'i' || i, CASE i WHEN 5 THEN 'down 100\@2020 -> 40\@2025 -> 20\@2030'
				ELSE format('10\@2020 -> %s\@2025 -> %s\@2030', 40 + i, 70 + i) END::ext.target_path, 'plan', '2020-01-01'
			FROM generate_series(1, 5) i;
		INSERT INTO $registry.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
			SELECT 'p', 'i' || i, lpad(u::text, greatest(3, length(u::text)), '0'), d, CASE WHEN (q + u) % 5 = 0 THEN 'estimate' ELSE 'official' END, d + 40,
				CASE i WHEN 5 THEN 95 - 7 * q + u ELSE 10 + (q + 8) * (1 + (u * 7 + i) % 5) END
			FROM generate_series(1, 6) i, generate_series(1, $units) u, generate_series(1, $quarters) q,
				LATERAL (SELECT (date '2025-01-01' - make_interval(months => 3 * ($quarters - q)) - interval '1 day')::date) AS x (d)
			WHERE NOT (i = 4 AND u % 4 = 0);
		INSERT INTO $registry.reporting_date (programme_code, as_of)
			SELECT 'p', (date '2025-01-01' - make_interval(months => 3 * q) - interval '1 day')::date FROM generate_series(0, $dates - 1) q;
	};
}

# One number and hash over all that a refresh writes, without times and numbers of refreshes.
sub contents
{
	my ($node, $registry, $database) = @_;
	return $node->safe_psql($database // 'postgres', join '; ', map {
			"SELECT '$_', count(*), md5(string_agg(x::text, E'\\n' ORDER BY x::text COLLATE \"C\")) FROM (SELECT s.as_of, t.* FROM $registry.$_ AS t JOIN $registry.snapshot AS s USING (snapshot_id)) AS x"
		} qw(snapshot_leaf snapshot_sheet snapshot_node snapshot_rank));
}

# SQL that counts rows in which the snapshots differ from what the functions say at the same dates.
sub stale
{
	my ($registry) = @_;
	return 'SET jit = off; ' . join '; ', map {
		my ($table, $function, $beside) = @$_;
		my $stored = "SELECT to_jsonb(t) - 'snapshot_id' || jsonb_build_object('s', s.snapshot_id) FROM $registry.$table AS t JOIN $registry.snapshot AS s USING (snapshot_id)";
		my $computed = "SELECT to_jsonb(t) - '{snapshot_id$beside}'::text[] || jsonb_build_object('s', s.snapshot_id) FROM $registry.snapshot AS s, $registry.$function(s.programme_code, s.as_of, s.known_on) AS t";
		"SELECT '$table', count(*) FROM (($stored EXCEPT $computed) UNION ALL ($computed EXCEPT $stored)) AS x"
	  } ([ snapshot_leaf => 'leaf_as_of', '' ], [ snapshot_sheet => 'sheet_as_of', '' ], [ snapshot_node => 'node_as_of', '' ],
		[ snapshot_rank => 'unit_ranking_as_of', ',programme_code,as_of,known_on,is_current,index_score,coverage,not_assessable' ]);
}

sub same_as_functions
{
	my ($node, $registry, $name) = @_;
	is($node->safe_psql('postgres', stale($registry)), "snapshot_leaf|0\nsnapshot_sheet|0\nsnapshot_node|0\nsnapshot_rank|0",
		"$name: the snapshots are what the functions say");
	is( $node->safe_psql('postgres', "SELECT count(*) FROM $registry.snapshot AS s
			WHERE s.framework_fingerprint IS DISTINCT FROM ext.framework_fingerprint($registry.framework_as_of(s.programme_code, s.as_of, s.known_on))
				OR s.framework::text IS DISTINCT FROM $registry.framework_as_of(s.programme_code, s.as_of, s.known_on)::text"),
		'0', "$name: so are their methods");
	return;
}

# What a role gets for some SQL: in scalar context what psql prints and the SQLSTATE of an error, in list context what it
# prints and all that it complains of.
sub as_role
{
	my ($node, $role, $sql) = @_;
	my ($status, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\n$sql", extra_params => [ '-U', $role ]);
	return wantarray ? ($out, $err) : $out . ($err =~ /ERROR:  (\w+)/ ? $1 : '');
}

# A psql that stays open: session(node, database) gives one, tell(session, sql) runs a statement in it and returns what it printed.
# tell(session, sql, later => 1) does not wait; the next tell returns what both printed.
sub session
{
	my ($node, $database) = @_;
	my $self = { in => '', out => '', err => '', told => 0, timer => IPC::Run::timeout($PostgreSQL::Test::Utils::timeout_default) };
	$self->{harness} = IPC::Run::start([ 'psql', '-X', '-q', '-A', '-t', '-d', $node->connstr($database // 'postgres') ],
		'<', \$self->{in}, '>', \$self->{out}, '2>', \$self->{err}, $self->{timer});
	return $self;
}

sub tell
{
	my ($self, $sql, %option) = @_;
	$self->{timer}->start;
	$self->{in} .= "$sql;\n";
	if ($option{later})
	{
		$self->{harness}->pump_nb while length $self->{in};
		return;
	}
	my $mark = 'told ' . ++$self->{told};
	$self->{in} .= "\\echo $mark\n";
	$self->{harness}->pump until $self->{out} =~ /^\Q$mark\E$/m;
	my $said = $self->{out} =~ s/^\Q$mark\E\n//mr;
	$self->{out} = '';
	chomp $said;
	return $said;
}

1;
