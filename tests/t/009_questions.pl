# The questions of examples/hanoi/questions answer what examples/hanoi/expected/questions says, in any order; the registry of
# the example says what its plain tables say; what is no fact is computed here a second time, in plain SQL.
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
command_ok([ @psql, '-f', "$hanoi/registry/load.sql" ], 'and its registry');
$node->safe_psql('postgres', 'ALTER DATABASE postgres SET search_path = hanoi, public, scorecard');
command_ok([ @psql, '-f', "$hanoi/questions/00_reports.sql" ], 'the dates are added');
command_ok([ @psql, '-f', "$hanoi/questions/00_reports.sql" ], 'and adding them again changes nothing');

# What differs from run to run and from version to version, in the width it has.
sub steady
{
	my ($text) = @_;
	$text =~ s/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?=\s)/YYYY-MM-DD HH:MI:SS/g;
	$text =~ s/ \d+\.\d+\.\d+ +\| / N.N.N     | /g;
	return $text;
}

my @questions = map { m{([^/]+)\.sql$} } grep { !/00_reports/ } glob("$hanoi/questions/*.sql");
is_deeply([ map { m{([^/]+)\.txt$} } glob("$hanoi/expected/questions/*.txt") ], \@questions, 'each question has an answer');
is_deeply([ sort keys %{ { map { /^(\d\d)_/; $1 => 1 } @questions } } ], [ map { sprintf '%02d', $_ } 1 .. 25 ], 'all twenty-five are asked');
my %answer;
for my $question (reverse @questions)
{
	my ($out, $err) = ('', '');
	ok(IPC::Run::run([ @psql, '-f', "$hanoi/questions/$question.sql" ], '>', \$out, '2>', \$err), "$question runs")
	  or diag($err);
	$answer{$question} = steady($out);
	is($answer{$question}, slurp_file("$hanoi/expected/questions/$question.txt"), "$question answers what is expected");
}

# One readable query each, that asks and does not write, and says in both languages what it asks.
for my $question (@questions)
{
	my $text = slurp_file("$hanoi/questions/$question.sql");
	my ($heading) = $text =~ /\A((?:--.*\n)+)/;
	like($heading, qr/[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]/, "$question is asked in Vietnamese too");
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
	like($answer{$question}, $pattern, $name);
}

sub nothing
{
	my ($query, $name) = @_;
	is($node->safe_psql('postgres', $query), '', $name);
}

# The synthetic communes are the same everywhere, and nobody can take them for real.
is($node->safe_psql('postgres', q{
	SELECT count(*), md5(string_agg(concat_ws(' ', node_code, unit_code, period_end, vintage, value), E'\n'
			ORDER BY node_code COLLATE "C", unit_code COLLATE "C", period_end))
	FROM hanoi_registry.observation
	WHERE programme_code = 'synthetic' AND note IS NULL AND released_on <> '2026-01-31'}),
	'159795|e387f10ad7824e2dec7e74632de32ac5', 'the same synthetic figures on every machine');
nothing(q{SELECT programme_code, node_code, unit_code FROM hanoi_registry.observation
	WHERE (programme_code = 'synthetic' OR unit_code <> '01') AND (mark <> 'SYN' OR source <> 'synthetic' OR unit_code !~ '^SYN')
		OR programme_code <> 'synthetic' AND mark = 'SYN'}, 'every synthetic figure is marked');
nothing(q{SELECT name FROM hanoi_registry.label WHERE object_code LIKE 'SYN%' AND object_kind = 'unit' AND name !~* 'tổng hợp|synthetic'},
	'and every synthetic unit is named so');

# The registry holds the facts of the tutorial, and says what its views say, on every date.
nothing(q{SELECT code, period_end, value, mark FROM usable_observation WHERE code IN (SELECT code FROM leaf l WHERE l.period = usable_observation.period)
	EXCEPT SELECT node_code, period_end, value, mark FROM hanoi_registry.observation WHERE unit_code = '01'}, 'all figures are there');
nothing(q{SELECT node_code FROM hanoi_registry.target t, hanoi.leaf_path p
	WHERE p.code = t.node_code AND t.programme_code = '21-CTr/TU' AND t.mark = 'C' AND t.valid_to IS NULL AND t.path <> p.path},
	'the last of the targets is that of the tutorial');
is($node->safe_psql('postgres', q{SELECT string_agg(mark || ' ' || number, ', ' ORDER BY mark COLLATE "C") FROM (
	SELECT mark, count(*) AS number FROM hanoi_registry.target WHERE programme_code = '21-CTr/TU' AND mark <> 'C' GROUP BY mark) m}),
	'C* 5, GK 7, N 11', 'unconfirmed targets, and those beside the one followed, are stored');
nothing(q{SELECT l.node_code, t.mark FROM hanoi_registry.snapshot_leaf l
	JOIN hanoi_registry.target t USING (target_id) JOIN hanoi_registry.mark m USING (mark)
	WHERE NOT m.is_counted}, 'and no verdict rests on them');
nothing(q{SELECT l.node_code, l.value FROM hanoi_registry.snapshot p JOIN hanoi_registry.snapshot_leaf l USING (snapshot_id)
	JOIN hanoi_registry.observation o ON o.programme_code = p.programme_code AND o.unit_code = l.unit_code AND o.node_code = l.node_code
		AND o.period_end = l.observed_on AND o.value = l.value
	JOIN hanoi_registry.mark m USING (mark)
	WHERE NOT m.is_counted}, 'nor on an unconfirmed figure');
nothing(q{
	WITH tutorial AS (SELECT as_of, due, scope, round(score::numeric, 9) AS score, round(low::numeric, 9) AS low, round(high::numeric, 9) AS high FROM index_result),
	registry AS (
		SELECT p.as_of, n.due, n.node_code AS scope, round(n.score::numeric, 9) AS score,
			round(n.score_low::numeric, 9) AS low, round(n.score_high::numeric, 9) AS high
		FROM hanoi_registry.snapshot p JOIN hanoi_registry.snapshot_node n USING (snapshot_id)
		WHERE p.programme_code = '21-CTr/TU' AND n.is_horizon AND n.node_kind IN ('programme', 'category'))
	SELECT t.as_of, t.due, t.scope, t.score, r.score FROM tutorial t FULL JOIN registry r USING (as_of, due, scope)
	WHERE t.score IS DISTINCT FROM r.score OR t.low IS DISTINCT FROM r.low OR t.high IS DISTINCT FROM r.high},
	'the same index of each category, with its bounds, on each date');
nothing(q{
	WITH registry AS (
		SELECT p.as_of, n.due, n.node_code AS code, n.status::text AS status
		FROM hanoi_registry.snapshot p JOIN hanoi_registry.snapshot_node n USING (snapshot_id)
		WHERE p.programme_code = '21-CTr/TU' AND n.is_horizon AND n.node_kind = 'indicator')
	SELECT t.as_of, t.due, code, t.status, r.status
	FROM (SELECT as_of, due, code, status::text FROM indicator_verdict WHERE due IS NOT NULL) t FULL JOIN registry r USING (as_of, due, code)
	WHERE t.status IS DISTINCT FROM r.status}, 'the same verdict on each indicator on each date');

# 10: carrying over changes no total, and every share is of the whole.
nothing(q{
	SELECT o.node_code, sum(o.value * s.weight), c.value
	FROM hanoi_registry.observation o
	JOIN hanoi_registry.unit_successor s USING (unit_code)
	JOIN hanoi_registry.observation c ON c.programme_code = o.programme_code AND c.node_code = o.node_code
		AND c.unit_code = 'SYN' AND c.period_end = o.period_end
	WHERE o.node_code = 'households'
	GROUP BY o.node_code, c.value
	HAVING abs(sum(o.value * s.weight) - c.value) > 1e-6}, 'households carried over are those of the city');
is( $node->safe_psql('postgres', q{
	WITH by_hand AS (
		SELECT s.successor_code AS unit_code, sum(h.value * s.weight) AS households, 100 * sum(w.value * s.weight) / sum(h.value * s.weight) AS clean_water
		FROM hanoi_registry.unit_successor s
		JOIN hanoi_registry.observation h ON h.unit_code = s.unit_code AND h.node_code = 'households'
		JOIN hanoi_registry.observation w ON w.unit_code = s.unit_code AND w.node_code = 'households_with_water' AND w.period_end = h.period_end
		GROUP BY s.successor_code),
	registry AS (
		SELECT unit_code, max(value) FILTER (WHERE node_code = 'households') AS households, max(value) FILTER (WHERE node_code = 'clean_water') AS clean_water
		FROM hanoi_registry.observation_by_period('2025-06-30', '2025-07-15') WHERE period_end = '2025-06-30' AND unit_code ~ '^SYN-[0-9]{3}$'
		GROUP BY unit_code)
	SELECT count(*), count(*) FILTER (WHERE abs(h.households - r.households) < 1e-6 AND abs(h.clean_water - r.clean_water) < 1e-9)
	FROM by_hand h JOIN registry r USING (unit_code)}), '126|126', 'the registry carries over what plain SQL does, for every commune');

# 18: growth of 6.4141 is 14.48 points short of 7.5 at a seventh of a quarter of the weight, income of 7,200 13.25 short of 8,300;
# clean water, 99.8 in town and 85 in the country, 7.6 short of 100 at a fifth of a quarter.
like($answer{'18_red_first'}, qr/^ +1 .* 14\.5 \| +0\.52\n.*^ +2 .* 13\.3 \| +0\.47\n.*^ +3 .* 7\.6 \| +0\.38$/ms, 'worst first, by weight and shortfall');

# 19: 40.8 of 50 and of 70 are 81.6 and 58.29; 55 is enough for 2025, and 78.57 % of 70; air days at 80 meet 2030.
like($answer{'19_what_if'}, qr/2025-12-31 \|[^|]*\| +81\.60 \| +100\.00 \| +100\.00/, 'the environment in 2025: 40.8 of 50');
like($answer{'19_what_if'}, qr/2030-12-31 \|[^|]*\| +58\.29 \| +78\.57 \| +89\.29/, 'and in 2030: 40.8 of 70, 55 of 70, with air days at 80 the mean with 100');

# 20: the index of every commune, from its figures of December by hand: attainment of goals, shares of points, weighted means.
my $by_hand = q{
	WITH goal (code, category, bound, far, weight) AS (VALUES
		('health_insurance', 'society', 95, NULL::numeric, 1), ('trained_labour', 'society', 75, NULL, 1), ('standard_schools', 'society', 80, NULL, 1),
		('unemployment', 'society', -3, NULL, 1), ('cultural_families', 'society', 88, NULL, 1), ('social_insurance', 'society', 45, NULL, 1),
		('poverty', 'society', -1, NULL, 1), ('clean_water', 'urban', 98, NULL, 1), ('floor_area', 'urban', 30, NULL, 1), ('green_space', 'urban', 6, NULL, 1),
		('waste_treated', 'environment', 95, NULL, 1), ('wastewater_treated', 'environment', 50, NULL, 1), ('good_air_days', 'environment', 75, NULL, 1),
		('transparency', 'service', 18, NULL, 18), ('progress', 'service', 20, NULL, 20), ('digitised_files', 'service', 22, NULL, 22),
		('online_service', 'service', 22, NULL, 22), ('satisfaction', 'service', 18, NULL, 18)),
	latest AS (
		SELECT DISTINCT ON (o.unit_code, o.node_code) o.unit_code, g.category, g.weight, o.value::numeric AS value,
			CASE WHEN o.node_code = 'wastewater_treated' AND o.unit_code IN ('SYN-001', 'SYN-002', 'SYN-003') THEN 60 ELSE g.bound END AS bound
		FROM hanoi_registry.observation o JOIN goal g ON g.code = o.node_code JOIN hanoi_registry.vintage v USING (vintage)
		WHERE o.programme_code = 'synthetic' AND o.period_end = '2025-12-31' AND o.unit_code ~ '^SYN-[0-9]{3}$'
		ORDER BY o.unit_code, o.node_code, v.preference, o.released_on DESC),
	category AS (
		SELECT unit_code, category, sum(weight * LEAST(100, CASE WHEN bound > 0 THEN 100 * value / bound ELSE 100 * -bound / value END)) / sum(weight) AS score
		FROM latest GROUP BY unit_code, category),
	hand AS (
		SELECT unit_code, CASE WHEN count(*) = 4 THEN sum(score * CASE WHEN category IN ('society', 'environment') THEN 3 ELSE 2 END) / 10 END AS score
		FROM category GROUP BY unit_code)};
nothing("$by_hand
	SELECT unit_code, h.score, r.index_score, r.rank
	FROM (SELECT *, CASE WHEN score IS NOT NULL THEN rank() OVER (ORDER BY round(score, 9) DESC NULLS LAST) END AS rank FROM hand) h
	FULL JOIN (SELECT * FROM hanoi_registry.unit_ranking WHERE programme_code = 'synthetic' AND due = '2025-12-31') r USING (unit_code)
	WHERE round(h.score, 9) IS DISTINCT FROM round(r.index_score::numeric, 9) OR h.rank IS DISTINCT FROM r.rank OR r.not_assessable <> (h.score IS NULL)",
	'the index of every commune, by hand');

# 17: three environmental goals of one weight, in a category that weighs 3 of 10; 75 good days are the goal.
nothing(q{
	SELECT unit_code, indicator_code, change, category_change
	FROM hanoi_registry.index_change
	WHERE programme_code = 'synthetic' AND due = '2025-12-31' AND category_code = 'environment' AND (
		abs(category_change - (score_after - score_before) / 3) > 1e-9
		OR unit_code NOT IN ('SYN-125', 'SYN-126') AND abs(change - (score_after - score_before) / 10) > 1e-9
		OR indicator_code = 'good_air_days' AND abs(score_after - LEAST(100, value_after / 0.75)) > 1e-9)},
	'what each indicator did to its category and to the index, by hand');

# 24: a category moves the total across 95 % of what is expected at its weight less the sum of weight x margin over its own
# margin, which is its score less 95 % of what is expected of it; the question tries steps of 0.05.
my $question_24 = slurp_file("$hanoi/questions/24_weights_and_status.sql") =~ s/;\s*\z//r;
nothing("$by_hand,
	margin AS (
		SELECT category, CASE WHEN category IN ('society', 'environment') THEN 3 ELSE 2 END AS weight,
			score - 0.95 * CASE category WHEN 'service' THEN score ELSE 100 END AS margin
		FROM category WHERE unit_code = 'SYN-056'),
	line AS (
		SELECT category, margin, 20 * (weight - sum(weight * margin) OVER () / margin) AS steps FROM margin)
	SELECT category, l.steps / 20, q.weight_that_changes_it
	FROM line l FULL JOIN (SELECT * FROM ($question_24) q WHERE unit_code = 'SYN-056') q USING (category)
	WHERE (CASE WHEN margin < 0 THEN floor(steps) + 1 ELSE ceil(steps) - 1 END) / 20 IS DISTINCT FROM q.weight_that_changes_it::numeric",
	'the weights that would change the verdict, by hand');

# 9: 126 communes on four dates and the city on eight; then three communes on the two dates from November on; then two of the file.
is($node->safe_psql('postgres', q{SELECT string_agg(mode || ' ' || cells, ', ' ORDER BY refresh_id) FROM hanoi_registry.refresh_log}),
	'full 512, incremental 6, incremental 2', 'a refresh computes what changed');
nothing(q{
	SELECT unit_code, due, node_code, score FROM hanoi_registry.node_as_of('synthetic', '2025-11-30', '2026-01-31')
	EXCEPT
	SELECT n.unit_code, n.due, n.node_code, n.score FROM hanoi_registry.snapshot p JOIN hanoi_registry.snapshot_node n USING (snapshot_id)
	WHERE p.programme_code = 'synthetic' AND p.as_of = '2025-11-30'}, 'and nothing less: all of November computed now is the same');

# 12: one figure of October is 1 % above the sum, so the sum is 1 - 1 / 1.01 below it; nothing else differs.
like($answer{'12_sums'}, qr/households_with_water \| +60 \| +59 \| 2025-10-31 .* 0\.990$/m, 'the sums find the one that is 1 % off');

$node->stop;
done_testing();
