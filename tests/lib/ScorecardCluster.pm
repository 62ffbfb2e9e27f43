package ScorecardCluster;

# What the perl tests share: a cluster that logs as the tests expect, and one value of each type.

use strict;
use warnings;
use Exporter 'import';
use PostgreSQL::Test::Cluster;

our @EXPORT = qw(new_node reading_settings framework observations sample_table fingerprint);

# new_node NAME, KEY => VALUE...: an initialised, configured, not yet started cluster; init => [...] goes to init.
sub new_node
{
	my ($name, %option) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	my $init = delete $option{init} // [];

	$node->init(extra => [ '--encoding=UTF8', '--locale=C.UTF-8' ], @$init);
	$node->append_conf('postgresql.conf', "log_line_prefix = '%m [%p] %e %d '\nrestart_after_crash = off\ntimezone = 'UTC'\nclient_min_messages = warning\n");
	$node->append_conf('postgresql.conf', "$_ = $option{$_}\n") for sort keys %option;
	return $node;
}

# Settings of a session, each as SQL, that change how it reads literals, names or statements, as far as the server has
# them (the first is gone from 19 on); at the end all of them at once.
sub reading_settings
{
	my ($node) = @_;
	my @settings = grep { ($node->psql('postgres', "SET $_"))[0] == 0 } ('standard_conforming_strings = off', 'backslash_quote = off', 'transform_null_equals = on',
		'quote_all_identifiers = on', 'array_nulls = off', 'check_function_bodies = off', q{plpgsql.extra_errors = 'all'}, q{plpgsql.variable_conflict = 'use_variable'},
		q{datestyle = 'SQL, DMY'}, q{intervalstyle = 'sql_standard'}, q{bytea_output = 'escape'}, 'extra_float_digits = -15');
	return ((map { "SET $_" } @settings), join '; ', map { "SET $_" } @settings);
}

# A small framework whose score is 27.5 for observations(): (1 * 50 + 3 * 20) / 4.
sub framework
{
	return '[{"code":"programme"},'
	  . '{"code":"a","parent":"programme","weight":1,"worst":0,"best":10},'
	  . '{"code":"b","parent":"programme","weight":3,"worst":0,"best":100}]';
}

sub observations { return q{(VALUES ('a', 5::float8), ('b', 20)) AS o(code, value)}; }

# SQL that makes a table of all types, with the extension in schema $ext; some values small, some large, some NULL.
sub sample_table
{
	my ($ext, $table) = @_;
	my $framework = framework();

	return qq{
		CREATE TABLE $table (
			id int PRIMARY KEY,
			path $ext.target_path,
			series $ext.indicator_series,
			framework $ext.index_framework,
			sheet $ext.index_sheet,
			status $ext.progress_status,
			sums $ext.weighted_sums);
		INSERT INTO $table
		SELECT i,
			(ARRAY['5285\@2020 -> 8300..8500\@2025 -> >12500\@2030', 'down -> <=40\@2030', 'step 0\@2023-02 -> 1\@2025-06',
				'up total -> 622700\@2025', '100\@2020 -> by -30%\@2030', 'keep -> ~2.1+-5%\@2030-Q1'])[1 + i % 6]::$ext.target_path,
			s.series,
			(CASE WHEN i % 10 = 0 THEN w.wide ELSE '$framework' END)::$ext.index_framework,
			CASE WHEN i % 7 <> 0 THEN $ext.index_sheet('$framework'::$ext.index_framework,
				jsonb_build_object('a', i / 7.0, 'b', nullif(i % 5, 2))) END,
			(ARRAY['missed', 'lost', 'off_track', 'at_risk', 'on_track', 'met', 'exceeded', 'not_yet_assessable',
				'no_data'])[1 + i % 9]::$ext.progress_status,
			(ARRAY['v1 mean {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: -3, greatest: 0.5, sums: [0x3p0, -0x2p0]}',
				'v1 power {parameter: -0.5, rows: 9, zeros: 1, negatives: 0, least: 0, greatest: 1e308, sums: [0x123456789abcdef01p-64, 0x7p-96]}',
				'v1 moments {parameter: 1, rows: 3, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0x3p0, 0, 0x10000000000000000000000001p-64]}',
				'v1 coverage {parameter: 0, rows: 0, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0, 0]}'])[1 + i % 4]::$ext.weighted_sums
		FROM generate_series(1, 60) i
		CROSS JOIN LATERAL (SELECT $ext.indicator_series_agg(date '2000-01-31' + 31 * j, i / (j + 1)::float8) AS series
			FROM generate_series(1, i * i) j) s
		CROSS JOIN (SELECT (jsonb_build_array(jsonb_build_object('code', 'root')) || jsonb_agg(jsonb_build_object(
				'code', 'leaf ' || j, 'parent', 'root', 'worst', 0, 'best', j / 3.0)))::text AS wide
			FROM generate_series(1, 200) j) w;
		INSERT INTO $table VALUES (0);
	};
}

# SQL that gives one md5 over all bits of a sample table, by text and by binary output.
sub fingerprint
{
	my ($ext, $table) = @_;
	my $send = join ' || ', map {
		my ($column, $type) = @$_;
		"coalesce(encode($ext.${type}_send($column), 'hex'), 'null')"
	  } ([ path => 'target_path' ], [ series => 'indicator_series' ], [ framework => 'index_framework' ],
		[ sheet => 'index_sheet' ], [ status => 'progress_status' ], [ sums => 'weighted_sums' ]);

	return "SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY id)), md5(string_agg($send, E'\\n' ORDER BY id)) FROM $table t";
}

1;
