-- Scores, contributions, coverage, bounds: hand-made trees with figures worked out by hand, and random trees against a
-- second implementation in PL/pgSQL that follows the definitions and nothing else.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.refuses(statement text, state text, offender text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	got text;
	said text;
BEGIN
	EXECUTE statement;
	RETURN ok(false, statement || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 THEN ok(true, statement || ': ' || said)
		ELSE ok(false, statement || ' is refused') || E'\n' || diag(format('%s: %s, not %s naming %s', got, said, state, offender)) END;
END $$;
CREATE FUNCTION pg_temp.near(got float8, expected float8, description text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN got IS NULL AND expected IS NULL OR abs(got - expected) <= 1e-12 * greatest(1, abs(expected)) THEN ok(true, description)
		ELSE ok(false, description) || E'\n' || diag(format('%s, not %s', coalesce(got::text, 'NULL'), coalesce(expected::text, 'NULL'))) END
$$;
-- three leaves as they are under one node
CREATE FUNCTION pg_temp.three(keys jsonb, weights float8[] DEFAULT '{1,1,2}') RETURNS index_framework LANGUAGE sql AS $$
	SELECT index_framework(jsonb_build_array(jsonb_build_object('code', 'r') || keys,
		jsonb_build_object('code', 'a', 'parent', 'r', 'weight', weights[1], 'as_is', true),
		jsonb_build_object('code', 'b', 'parent', 'r', 'weight', weights[2], 'as_is', true),
		jsonb_build_object('code', 'c', 'parent', 'r', 'weight', weights[3], 'as_is', true)))
$$;
CREATE FUNCTION pg_temp.three_score(keys jsonb, a float8, b float8, c float8, weights float8[] DEFAULT '{1,1,2}') RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(round(n.score::numeric, 9)::float8::text, n.reason || coalesce(' ' || round(n.raw::numeric, 9)::float8, ''))
	FROM pg_temp.three(keys, weights) f, node_scores(f, index_sheet(f, '{a,b,c}'::text[], ARRAY[a, b, c])) n WHERE n.code = 'r'
$$;

-- Aggregation and missing data: a 1, b 1, c 2 ---------------------------------------

CREATE TEMP TABLE aggregation (keys jsonb, a float8, b float8, c float8, score text);
INSERT INTO aggregation VALUES
	('{}', 10, 20, 40, '27.5'),
	('{"aggregation": "geometric"}', 10, 20, 40, '23.7841423'),
	('{"aggregation": "harmonic"}', 10, 20, 40, '20'),
	('{"aggregation": "min"}', 10, 20, 40, '10'),
	('{"aggregation": "max"}', 10, 20, 40, '40'),
	('{"aggregation": "sum"}', 10, 20, 40, '110'),
	-- one missing: reweight
	('{}', 10, NULL, 40, '30'),
	('{"aggregation": "geometric"}', 10, NULL, 80, '40'),
	('{"aggregation": "harmonic"}', 10, NULL, 40, '20'),
	('{"aggregation": "min"}', NULL, 20, 40, '20'),
	('{"aggregation": "max"}', 10, 20, NULL, '20'),
	-- scaled by 4 / 2
	('{"aggregation": "sum"}', 10, 20, NULL, '60'),
	-- zero
	('{"missing": "zero"}', 10, NULL, 40, '22.5'),
	('{"missing": "zero", "aggregation": "geometric"}', 10, NULL, 40, '0'),
	('{"missing": "zero", "aggregation": "harmonic"}', 10, NULL, 40, '0'),
	('{"missing": "zero", "aggregation": "min"}', 10, NULL, 40, '0'),
	('{"missing": "zero", "aggregation": "min"}', -10, NULL, 40, '-10'),
	('{"missing": "zero", "aggregation": "max"}', 10, NULL, 40, '40'),
	('{"missing": "zero", "aggregation": "max"}', -10, NULL, -40, '0'),
	('{"missing": "zero", "aggregation": "sum"}', 10, 20, NULL, '30'),
	-- propagate
	('{"missing": "propagate"}', 10, NULL, 40, 'missing_child'),
	('{"missing": "propagate"}', 10, 20, 40, '27.5'),
	-- nothing at all
	('{}', NULL, NULL, NULL, 'no_child_score'),
	('{"missing": "propagate"}', NULL, NULL, NULL, 'no_child_score'),
	-- geometric and harmonic: zero gives zero, a negative nothing
	('{"aggregation": "geometric"}', 0, 20, 40, '0'),
	('{"aggregation": "harmonic"}', 0, 20, 40, '0'),
	('{"aggregation": "geometric"}', -1, 20, 40, 'nonpositive_input'),
	('{"aggregation": "harmonic"}', -1, 20, 40, 'nonpositive_input'),
	('{"aggregation": "geometric"}', -1, 0, 40, 'nonpositive_input'),
	('{}', -10, -20, -40, '-27.5'),
	-- coverage: by count 2 of 3, by weight 2 or 3 of 4
	('{"min_coverage": 0.66}', 10, 20, NULL, '15'),
	('{"min_coverage": 0.67}', 10, 20, NULL, 'below_min_coverage 15'),
	('{"min_coverage": 0.5, "coverage_by": "weight"}', 10, 20, NULL, '15'),
	('{"min_coverage": 0.51, "coverage_by": "weight"}', 10, 20, NULL, 'below_min_coverage 15'),
	('{"min_coverage": 0.75, "coverage_by": "weight"}', NULL, 20, 50, '40'),
	('{"min_coverage": 1}', 10, 20, 40, '27.5'),
	('{"min_coverage": 1}', 10, 20, NULL, 'below_min_coverage 15'),
	-- what is missing counts as missing for coverage, though scored as zero
	('{"min_coverage": 0.67, "missing": "zero"}', 10, 20, NULL, 'below_min_coverage 7.5'),
	-- floor and cap
	('{"floor": 30}', 10, 20, 40, '30'),
	('{"cap": 25}', 10, 20, 40, '25'),
	('{"floor": 20, "cap": 30}', 10, 20, 40, '27.5'),
	('{"floor": 30}', NULL, NULL, NULL, 'no_child_score');
SELECT is(pg_temp.three_score(keys, a, b, c), score, format('%s of %s, %s, %s is %s', keys, coalesce(a::text, '-'), coalesce(b::text, '-'), coalesce(c::text, '-'), score))
FROM aggregation;
SELECT is(pg_temp.three_score('{}', 10, 20, 40, '{10,10,20}'), '27.5', 'weights are relative');
SELECT is(pg_temp.three_score('{}', 10, 20, 40, '{1e-300,1e-300,2e-300}'), '27.5', 'however small');
SELECT is(pg_temp.three_score('{}', 10, 20, 40, '{1e300,1e300,2e300}'), '27.5', 'or large');
-- a child of weight 0 never counts
SELECT is(pg_temp.three_score(k.keys, -999, 20, 20, '{0,1,1}'), CASE WHEN k.keys ->> 'aggregation' = 'sum' THEN '40' ELSE '20' END, k.keys::text || ' with weight 0')
FROM (SELECT jsonb_build_object('aggregation', a) FROM unnest('{arithmetic,geometric,harmonic,min,max,sum}'::text[]) a) k (keys);
SELECT is(pg_temp.three_score('{"missing": "propagate", "min_coverage": 1}', NULL, 20, 20, '{0,1,1}'), '20', 'nor is it missed');
SELECT is(pg_temp.three_score('{}', 5, NULL, NULL, '{0,1,1}'), 'no_child_score', 'nor does it stand in');
SELECT is(pg_temp.three_score('{"aggregation": "sum"}', 1e308, 1e308, 1e308), 'out_of_range', 'a sum beyond float8');

-- Leaves ---------------------------------------------------------------------------------

CREATE FUNCTION pg_temp.leaf_score(keys jsonb, value float8) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(round(score::numeric, 9)::float8::text, reason) || coalesce(' raw ' || round(raw::numeric, 9)::float8, '')
	FROM index_framework(jsonb_build_array(jsonb_build_object('code', 'r') || keys)) f,
		node_scores(f, index_sheet(f, ARRAY['r'], ARRAY[value]))
$$;
CREATE TEMP TABLE leaf (keys jsonb, value float8, score text);
INSERT INTO leaf VALUES
	('{"as_is": true}', 42.5, '42.5 raw 42.5'),
	('{"as_is": true}', -7, '-7 raw -7'),
	('{"as_is": true}', NULL, 'no_observation'),
	('{"as_is": true, "cap": 40}', 42.5, '40 raw 42.5'),
	('{"worst": 20, "best": 70}', 45, '50 raw 50'),
	('{"worst": 20, "best": 70}', 80, '100 raw 120'),
	('{"worst": 20, "best": 70}', 10, '0 raw -20'),
	('{"worst": 100, "best": 0}', 30, '70 raw 70'),
	('{"worst": 20, "best": 70, "clamp": false}', 80, '120 raw 120'),
	('{"worst": 20, "best": 70, "clamp": false, "cap": 110}', 80, '110 raw 120'),
	('{"worst": 1, "best": 100, "scale": "log"}', 10, '50 raw 50'),
	('{"worst": 1, "best": 100, "scale": "log"}', 1000, '100 raw 150'),
	('{"worst": 1, "best": 100, "scale": "log"}', 0, 'nonpositive_input'),
	('{"worst": 20, "best": 70, "lowest": 1}', 10, '1 raw -20'),
	('{"worst": 20, "best": 70, "lowest": 1}', 45, '50.5 raw 50'),
	('{"worst": 20, "best": 70, "lowest": 1}', 70, '100 raw 100'),
	('{"worst": 20, "best": 70, "floor": 25, "cap": 75}', 10, '25 raw -20'),
	('{"worst": 20, "best": 70, "floor": 25, "cap": 75}', 70, '75 raw 100'),
	-- targets: met is 100, overshoot pays nothing
	('{"target": "up -> 80@2025"}', 60, '75 raw 75'),
	('{"target": "up -> 80@2025"}', 80, '100 raw 100'),
	('{"target": "up -> 80@2025"}', 120, '100 raw 150'),
	('{"target": "up -> 80@2025"}', -8, '0 raw -10'),
	('{"target": "-> >80@2025"}', 80, '100 raw 100'),
	('{"target": "down -> 10@2025"}', 25, '40 raw 40'),
	('{"target": "down -> 10@2025"}', 5, '100 raw 200'),
	('{"target": "down -> 10@2025"}', 0, '100'),
	('{"target": "down -> 10@2025"}', -3, '100'),
	('{"target": "keep -> 80..100@2025"}', 90, '100 raw 100'),
	('{"target": "keep -> 80..100@2025"}', 60, '75 raw 75'),
	('{"target": "keep -> 80..100@2025"}', 125, '80 raw 80'),
	('{"target": "up -> 60..62@2025"}', 61, '100 raw 101.666666667'),
	('{"target": "40@2020 -> 70@2025", "measure": "distance"}', 52, '40 raw 40'),
	('{"target": "40@2020 -> 70@2025", "measure": "distance"}', 30, '0 raw -33.333333333'),
	('{"target": "40@2020 -> 70@2025", "measure": "distance"}', 100, '100 raw 200'),
	('{"target": "30@2020 -> 10@2025", "measure": "distance"}', 24, '30 raw 30'),
	('{"target": "up 70@2020 -> 70@2025", "measure": "distance"}', 69, '0'),
	('{"target": "up 70@2020 -> 70@2025", "measure": "distance"}', 70, '100'),
	('{"target": "keep 50@2020 -> 60..70@2025", "measure": "distance"}', 55, '50 raw 50'),
	('{"target": "keep 65@2020 -> 60..70@2025", "measure": "distance"}', 59, '0'),
	('{"target": "40@2020 -> 70@2025", "measure": "distance", "lowest": 1}', 52, '40.6 raw 40'),
	('{"target": "up -> 0@2025", "measure": "met"}', -1, '0 raw 0'),
	('{"target": "up -> 0@2025", "measure": "met"}', 0, '100 raw 100'),
	('{"target": "-> >0@2025", "measure": "met"}', 0, '0 raw 0'),
	('{"target": "up -> 5@2025 -> 80@2030", "due": "2030"}', 60, '75 raw 75'),
	('{"target": "up -> 5@2025 -> 80@2030", "due": "2027"}', 60, 'no_target_at_due'),
	-- the role does not matter: the value is the figure itself
	('{"target": "up total -> 80@2025"}', 60, '75 raw 75');
SELECT is(pg_temp.leaf_score(keys, value), score, format('%s at %s is %s', keys, coalesce(value::text, '-'), score)) FROM leaf;

-- A tree by hand ---------------------------------------------------------------------------

CREATE TEMP TABLE city AS
	SELECT f.framework, index_sheet(f.framework, '{"E1": 10, "E2": 40, "S1": 30, "U1": 99}') AS sheet
	FROM (SELECT '[
		{"code": "city"},
		{"code": "economy", "parent": "city", "weight": 3, "aggregation": "geometric"},
		{"code": "E1", "parent": "economy", "as_is": true}, {"code": "E2", "parent": "economy", "as_is": true},
		{"code": "society", "parent": "city"},
		{"code": "S1", "parent": "society", "worst": 0, "best": 50}, {"code": "S2", "parent": "society", "weight": 3, "worst": 0, "best": 50},
		{"code": "S3", "parent": "society", "target": "up -> 5@2030", "due": "2025"},
		{"code": "unweighted", "parent": "city", "weight": 0},
		{"code": "U1", "parent": "unweighted", "as_is": true}]'::index_framework AS framework) f;
-- economy 20, society 60, city (3 * 20 + 60) / 4 = 30
SELECT results_eq(
	$$SELECT n.code, round(n.value::numeric, 6), round(n.score::numeric, 6), round(n.contribution::numeric, 6), n.effective_weight,
		n.coverage, n.coverage_by_weight, n.reason FROM city, node_scores(framework, sheet) n$$,
	$$VALUES ('city', NULL::numeric, 30.000000, 30.000000, 1::float8, 0.75::float8, 0.8125::float8, NULL),
		('economy', NULL, 20, 15, 0.75, 1, 1, NULL),
		('E1', 10, 10, 7.5, 0.375, 1, 1, NULL),
		('E2', 40, 40, 7.5, 0.375, 1, 1, NULL),
		('society', NULL, 60, 15, 0.25, 0.5, 0.25, NULL),
		('S1', 30, 60, 15, 0.0625, 1, 1, NULL),
		('S2', NULL, NULL, NULL, 0.1875, 0, 0, 'no_observation'),
		('S3', NULL, NULL, NULL, 0, NULL, NULL, 'no_target_at_due'),
		('unweighted', NULL, 99, 0, 0, 1, 1, NULL),
		('U1', 99, 99, 0, 0, 1, 1, NULL)$$, 'node_scores: two levels, a gap, a leaf that does not apply, a branch without weight');
SELECT results_eq('SELECT c.code, c.value, round(c.score::numeric, 6), round(c.contribution::numeric, 6) FROM city, index_contributions(framework, sheet) c',
	$$VALUES ('E1', 10::float8, 10.000000, 7.500000), ('E2', 40, 40, 7.5), ('S1', 30, 60, 15), ('S2', NULL, NULL, NULL), ('S3', NULL, NULL, NULL), ('U1', 99, 99, 0)$$,
	'index_contributions: the leaves');
SELECT pg_temp.near(index_score(framework, sheet), 30, 'index_score') FROM city;
SELECT pg_temp.near(node_score(framework, sheet, 'economy'), 20, 'node_score of a node') FROM city;
SELECT is(node_score(framework, sheet, 'S2'), NULL, 'of a missing leaf') FROM city;
SELECT pg_temp.refuses($$SELECT node_score(framework, sheet, 'nowhere') FROM city$$, '22023', '"nowhere"');
SELECT is((SELECT array_agg(n.score ORDER BY n.ordinality) FROM ROWS FROM (node_scores(framework, sheet)) WITH ORDINALITY n), node_score_array(framework, sheet), 'node_score_array') FROM city;
SELECT is((SELECT array_agg(node_score(framework, sheet, n.code) ORDER BY n.ordinal) FROM nodes(framework) n), node_score_array(framework, sheet), 'in the order of nodes()') FROM city;
SELECT results_eq('SELECT s.code, s.value FROM city, sheet_values(framework, sheet) s',
	$$VALUES ('E1', 10::float8), ('E2', 40), ('S1', 30), ('S2', NULL), ('S3', NULL), ('U1', 99)$$, 'sheet_values');
-- S2 at 0: society 15; at 100: 90
SELECT pg_temp.near(low, (60 + 15) / 4.0, 'bounds: low') FROM city, index_bounds(framework, sheet);
SELECT pg_temp.near(high, (60 + 90) / 4.0, 'bounds: high') FROM city, index_bounds(framework, sheet);
SELECT is((index_bounds(framework, with_value(framework, sheet, 'E1', NULL)))::text, '(,,unbounded)', 'a missing leaf without a scale') FROM city;
SELECT is((index_bounds(framework, with_value(framework, sheet, 'U1', NULL))).reason, NULL, 'unless it does not count') FROM city;
SELECT pg_temp.near(index_score(framework, with_value(framework, sheet, 'S2', 50)), (60 + (60 + 300) / 4) / 4.0, 'what if S2 reached 50') FROM city;
SELECT is(index_score(NULL, sheet), NULL, 'no framework, no score') FROM city;
SELECT is(index_score(framework, NULL), NULL, 'no sheet, no score') FROM city;

SELECT is(index_explain(framework, sheet) ->> 'framework', framework_fingerprint(framework), 'explain: the method') FROM city;
SELECT is(index_explain(framework, sheet) ->> 'leaf_set', leaf_set_fingerprint(framework), 'explain: the leaves') FROM city;
SELECT is((index_explain(framework, sheet) ->> 'score')::float8, index_score(framework, sheet), 'explain: the score') FROM city;
SELECT is_empty(
	$$SELECT n.code FROM city, node_scores(framework, sheet) WITH ORDINALITY n,
		LATERAL (SELECT index_explain(framework, sheet) -> 'nodes' -> (n.ordinality - 1)::int AS e) x
	WHERE e ->> 'code' <> n.code OR (e ->> 'score')::float8 IS DISTINCT FROM n.score OR (e ->> 'raw')::float8 IS DISTINCT FROM n.raw
		OR (e ->> 'contribution')::float8 IS DISTINCT FROM n.contribution OR (e ->> 'coverage')::float8 IS DISTINCT FROM n.coverage
		OR (e ->> 'coverage_by_weight')::float8 IS DISTINCT FROM n.coverage_by_weight OR e ->> 'reason' IS DISTINCT FROM n.reason
		OR (e ->> 'weight')::float8 <> n.weight OR (e ->> 'effective_weight')::float8 <> n.effective_weight$$,
	'explain says of every node what node_scores says');

-- Contributions by hand -----------------------------------------------------------------------

CREATE FUNCTION pg_temp.contributions(keys jsonb, a float8, b float8, c float8) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(coalesce(code, 'rest') || '=' || coalesce(round(contribution::numeric, 6)::float8::text, '-'), ' ' ORDER BY code)
	FROM pg_temp.three(keys) f, index_contributions(f, index_sheet(f, '{a,b,c}'::text[], ARRAY[a, b, c]))
$$;
SELECT is(pg_temp.contributions('{}', 10, 20, 40), 'a=2.5 b=5 c=20', 'arithmetic: w x / W');
SELECT is(pg_temp.contributions('{}', 10, NULL, 40), 'a=3.333333 b=- c=26.666667', 'after re-weighting');
SELECT is(pg_temp.contributions('{"missing": "zero"}', 10, NULL, 40), 'a=2.5 b=- c=20', 'missing as zero');
SELECT is(pg_temp.contributions('{"aggregation": "geometric"}', 10, 10, 10), 'a=2.5 b=2.5 c=5', 'geometric: w G / W');
-- H = 20: 400 w / (4 x)
SELECT is(pg_temp.contributions('{"aggregation": "harmonic"}', 10, 20, 40), 'a=10 b=5 c=5', 'harmonic: H^2 w / (x W)');
SELECT is(pg_temp.contributions('{"aggregation": "min"}', 10, 20, 40), 'a=10 b=0 c=0', 'min: the child that binds');
SELECT is(pg_temp.contributions('{"aggregation": "max"}', 30, 10, 30), 'a=10 b=0 c=20', 'max: ties are shared by weight');
SELECT is(pg_temp.contributions('{"aggregation": "sum"}', 10, 20, 40), 'a=10 b=20 c=80', 'sum');
SELECT is(pg_temp.contributions('{"aggregation": "sum"}', 10, 20, NULL), 'a=20 b=40 c=-', 'a sum scaled up');
SELECT is(pg_temp.contributions('{"aggregation": "geometric"}', 0, 20, 40), 'a=0 b=0 c=0', 'a zero index has zero contributions');
SELECT is(pg_temp.contributions('{"cap": 25}', 10, 20, 40), 'a=0 b=0 c=0 rest=25', 'a cap that took effect leaves its part without a code');
SELECT is(pg_temp.contributions('{"cap": 28}', 10, 20, 40), 'a=2.5 b=5 c=20', 'one that did not leaves none');
SELECT is(pg_temp.contributions('{"missing": "propagate"}', 10, NULL, 40), 'a=- b=- c=-', 'no index, no contributions');

-- Random trees against a second implementation ------------------------------------------------------

CREATE TEMP TABLE random_tree (t int, code text, parent text, is_leaf boolean, node jsonb, PRIMARY KEY (t, code));
CREATE FUNCTION pg_temp.dice(seed text, sides int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
	SELECT ('x' || substr(md5(seed), 1, 7))::bit(28)::int % sides
$$;
INSERT INTO random_tree (t, code, parent)
	SELECT t, 'n' || n, CASE WHEN n > 1 THEN 'n' || 1 + pg_temp.dice(t || 'parent' || n, least(n - 1, 9)) END
	FROM generate_series(1, 120) t, generate_series(1, 26) n;
UPDATE random_tree r SET is_leaf = NOT EXISTS (SELECT FROM random_tree c WHERE c.t = r.t AND c.parent = r.code);
UPDATE random_tree SET node = jsonb_strip_nulls(jsonb_build_object('code', code, 'parent', parent,
		'weight', CASE pg_temp.dice(t || 'weight' || code, 9) WHEN 0 THEN 0 ELSE 0.1 + pg_temp.dice(t || 'w' || code, 50) / 7.0 END))
	|| CASE WHEN is_leaf THEN CASE pg_temp.dice(t || 'rule' || code, 5)
			WHEN 0 THEN '{"as_is": true}'::jsonb
			WHEN 1 THEN '{"worst": 10, "best": 90}'
			WHEN 2 THEN '{"worst": 95, "best": 5, "lowest": 1}'
			WHEN 3 THEN '{"worst": 1, "best": 100, "scale": "log"}'
			ELSE '{"worst": 0, "best": 80, "floor": 5, "cap": 90}' END
		ELSE jsonb_strip_nulls(jsonb_build_object(
			'aggregation', (ARRAY['arithmetic', 'geometric', 'harmonic', 'min', 'max', 'sum'])[1 + pg_temp.dice(t || 'aggregation' || code, 6)],
			'missing', (ARRAY['reweight', 'reweight', 'zero', 'propagate'])[1 + pg_temp.dice(t || 'missing' || code, 4)],
			'min_coverage', CASE WHEN pg_temp.dice(t || 'coverage' || code, 3) = 0 THEN 0.5 END,
			'coverage_by', CASE WHEN pg_temp.dice(t || 'by' || code, 2) = 0 THEN 'weight' END,
			'cap', CASE WHEN pg_temp.dice(t || 'cap' || code, 6) = 0 THEN 70 END,
			'floor', CASE WHEN pg_temp.dice(t || 'floor' || code, 6) = 0 THEN 15 END)) END;
-- no node without a child that counts
UPDATE random_tree c SET node = node || '{"weight": 2}'
WHERE parent IS NULL OR NOT EXISTS (SELECT FROM random_tree o WHERE o.t = c.t AND o.parent = c.parent AND (o.node ->> 'weight')::float8 > 0);
CREATE TEMP TABLE random_case AS
	SELECT t, s, index_framework(nodes) AS framework, nodes, values
	FROM (SELECT t, jsonb_agg(node ORDER BY md5(t || code)) AS nodes FROM random_tree GROUP BY t) n
		JOIN LATERAL (SELECT s, jsonb_object_agg(code, 1 + pg_temp.dice(s || '/' || t || 'value' || code, 1000) / 10.0)
						FILTER (WHERE pg_temp.dice(s || '/' || t || 'present' || code, 10) >= s) AS values
					  FROM random_tree r, generate_series(0, 4, 2) s WHERE r.t = n.t AND is_leaf GROUP BY s) v ON values IS NOT NULL;
ALTER TABLE random_case ADD sheet index_sheet;
UPDATE random_case SET sheet = index_sheet(framework, values);

-- mode 0: as observed; -1 and +1: missing leaves at their worst and best, no missing rules
CREATE FUNCTION pg_temp.oracle(tree int, node_code text, v jsonb, mode int, OUT score float8, OUT unbounded boolean) LANGUAGE plpgsql AS $$
DECLARE
	me jsonb;
	child record;
	w float8;
	total float8 := 0;
	present_weight float8 := 0;
	present int := 0;
	counted int := 0;
	xs float8[] := '{}';
	ws float8[] := '{}';
	covered float8;
	x float8;
BEGIN
	unbounded := false;
	SELECT node INTO me FROM random_tree WHERE t = tree AND code = node_code;
	IF (SELECT is_leaf FROM random_tree WHERE t = tree AND code = node_code) THEN
		x := (v ->> node_code)::float8;
		IF x IS NULL THEN
			IF mode = 0 THEN RETURN; END IF;
			IF me ? 'as_is' THEN unbounded := true; RETURN; END IF;
			x := CASE mode WHEN 1 THEN (me ->> 'best')::float8 ELSE (me ->> 'worst')::float8 END;
		END IF;
		score := CASE WHEN me ? 'as_is' THEN x
			WHEN me ->> 'scale' = 'log' THEN least(100, greatest(0, 100 * ln(x / (me ->> 'worst')::float8) / ln((me ->> 'best')::float8 / (me ->> 'worst')::float8)))
			ELSE least(100, greatest(0, 100 * (x - (me ->> 'worst')::float8) / ((me ->> 'best')::float8 - (me ->> 'worst')::float8))) END;
		IF me ? 'lowest' THEN score := 1 + 0.99 * score; END IF;
	ELSE
		FOR child IN SELECT code, (node ->> 'weight')::float8 AS weight FROM random_tree r WHERE r.t = tree AND r.parent = node_code LOOP
			CONTINUE WHEN child.weight = 0;
			counted := counted + 1;
			total := total + child.weight;
			SELECT o.s, o.u OR unbounded INTO x, unbounded FROM pg_temp.oracle(tree, child.code, v, mode) AS o (s, u);
			IF x IS NOT NULL THEN
				present := present + 1;
				present_weight := present_weight + child.weight;
			ELSIF me ->> 'missing' = 'zero' AND mode = 0 THEN
				x := 0;
			ELSE
				CONTINUE;
			END IF;
			xs := xs || x;
			ws := ws || child.weight;
		END LOOP;
		IF unbounded OR present = 0 OR mode = 0 AND me ->> 'missing' = 'propagate' AND present < counted THEN RETURN; END IF;
		SELECT sum(k) INTO w FROM unnest(ws) AS k;
		SELECT CASE me ->> 'aggregation'
			WHEN 'geometric' THEN CASE WHEN min(u.value) < 0 THEN NULL WHEN min(u.value) = 0 THEN 0 ELSE exp(sum(u.k * ln(nullif(greatest(u.value, 0), 0))) / w) END
			WHEN 'harmonic' THEN CASE WHEN min(u.value) < 0 THEN NULL WHEN min(u.value) = 0 THEN 0 ELSE w / sum(u.k / nullif(greatest(u.value, 0), 0)) END
			WHEN 'min' THEN min(u.value) WHEN 'max' THEN max(u.value)
			WHEN 'sum' THEN sum(u.k * u.value) * total / w
			ELSE sum(u.k * u.value) / w END
		INTO score FROM unnest(xs, ws) u (value, k);
		covered := CASE WHEN me ->> 'coverage_by' = 'weight' THEN present_weight / total ELSE present / counted::float8 END;
		IF mode = 0 AND covered < (me ->> 'min_coverage')::float8 - 1e-12 THEN score := NULL; END IF;
	END IF;
	score := least(greatest(score, CASE WHEN score IS NOT NULL THEN (me ->> 'floor')::float8 END), CASE WHEN score IS NOT NULL THEN (me ->> 'cap')::float8 END);
END $$;

CREATE TEMP TABLE random_score AS
	SELECT c.t, c.s, n.*, o.score AS expected FROM random_case c, node_scores(c.framework, c.sheet) n, pg_temp.oracle(c.t, n.code, c.values, 0) o;
SELECT cmp_ok((SELECT count(*) FROM random_score), '>', 9000::bigint, 'random trees: nodes compared');
SELECT cmp_ok((SELECT count(*) FROM random_score WHERE NOT is_leaf AND score IS NOT NULL), '>', 1000::bigint, 'many of them scored');
SELECT cmp_ok((SELECT count(*) FROM random_score WHERE NOT is_leaf AND score IS NULL), '>', 100::bigint, 'and many not');
SELECT is_empty(
	$$SELECT t, s, code, score, expected, reason FROM random_score
	WHERE (score IS NULL) <> (expected IS NULL) OR abs(score - expected) > 1e-11 * greatest(1, abs(expected))$$, 'random trees: scores');
SELECT is_empty($$SELECT * FROM random_score WHERE (score IS NULL) <> (reason IS NOT NULL)$$, 'a score or a reason, never both');
SELECT is_empty(
	$$SELECT c.t, c.s, b.*, lo, hi FROM random_case c, index_bounds(c.framework, c.sheet) b,
		pg_temp.oracle(c.t, 'n1', c.values, -1) lo, pg_temp.oracle(c.t, 'n1', c.values, 1) hi
	WHERE (b.low IS NULL) <> (lo.score IS NULL) OR (b.high IS NULL) <> (hi.score IS NULL)
		OR abs(b.low - lo.score) > 1e-11 * greatest(1, abs(lo.score)) OR abs(b.high - hi.score) > 1e-11 * greatest(1, abs(hi.score))
		OR (b.reason IS NULL) <> (b.low IS NOT NULL AND b.high IS NOT NULL) OR b.low > b.high$$, 'random trees: bounds');
SELECT cmp_ok((SELECT count(*) FROM random_case c, index_bounds(c.framework, c.sheet) b WHERE b.low < b.high), '>', 50::bigint, 'many of them apart');
SELECT is_empty(
	$$SELECT c.t, c.s, total, index_score(c.framework, c.sheet) AS score FROM random_case c,
		LATERAL (SELECT sum(contribution) AS total FROM index_contributions(c.framework, c.sheet)) x
	WHERE index_score(c.framework, c.sheet) IS NOT NULL
		AND abs(total - index_score(c.framework, c.sheet)) > 1e-12 * greatest(1e-3, abs(index_score(c.framework, c.sheet))) $$,
	'random trees: contributions sum to the index');
SELECT is_empty(
	$$SELECT c.t, c.s FROM random_case c, index_contributions(c.framework, c.sheet) x
	WHERE x.code IS NULL AND NOT EXISTS (SELECT FROM random_score n WHERE n.t = c.t AND n.s = c.s AND NOT n.is_leaf AND n.score <> n.raw)$$,
	'a remainder only where a floor or cap took effect');
-- coverage: leaves below, leaving out whatever has weight 0 on the way
SELECT is_empty(
	$$WITH RECURSIVE below AS (
		SELECT t, code AS top, code, is_leaf, 1::float8 AS share FROM random_tree
		UNION ALL
		SELECT b.t, b.top, c.code, c.is_leaf, b.share * (c.node ->> 'weight')::float8
			/ (SELECT sum((o.node ->> 'weight')::float8) FROM random_tree o WHERE o.t = c.t AND o.parent = c.parent)
		FROM below b JOIN random_tree c ON c.t = b.t AND c.parent = b.code WHERE (c.node ->> 'weight')::float8 > 0),
	expected AS (
		SELECT c.t, c.s, b.top AS code, count(*) FILTER (WHERE c.values ? b.code)::float8 / count(*) AS by_count,
			coalesce(sum(b.share) FILTER (WHERE c.values ? b.code), 0) / sum(b.share) AS by_weight
		FROM random_case c JOIN below b USING (t) WHERE b.is_leaf GROUP BY c.t, c.s, b.top)
	SELECT n.t, n.s, n.code, n.coverage, by_count, n.coverage_by_weight, by_weight
	FROM random_score n JOIN expected e ON e.t = n.t AND e.s = n.s AND e.code = n.code
	WHERE abs(n.coverage - by_count) > 1e-12 OR abs(n.coverage_by_weight - by_weight) > 1e-12 OR n.coverage IS NULL OR n.coverage_by_weight IS NULL$$,
	'random trees: coverage by count and by weight');
-- a contribution is score times slope: compare with a small step of an as_is leaf in trees without floors and caps
SELECT is_empty(
	$$SELECT c.t, c.s, x.code, x.contribution, slope * x.score FROM random_case c, index_contributions(c.framework, c.sheet) x,
		LATERAL (SELECT (index_score(c.framework, with_value(c.framework, c.sheet, x.code, x.value + h))
				- index_score(c.framework, with_value(c.framework, c.sheet, x.code, x.value - h))) / (2 * h) AS slope,
				(index_score(c.framework, with_value(c.framework, c.sheet, x.code, x.value + h)) - index_score(c.framework, c.sheet)) / h AS rightwards
			FROM (SELECT 1e-5::float8 AS h) step) d
	WHERE x.value IS NOT NULL AND (SELECT node ? 'as_is' FROM random_tree r WHERE r.t = c.t AND r.code = x.code)
		AND abs(slope - rightwards) < 1e-6 AND abs(x.contribution - slope * x.score) > 1e-4$$, 'random trees: slopes');
-- the same leaves in another order of rows give the same bits
SELECT is_empty(
	$$SELECT c.t FROM random_case c,
		LATERAL (SELECT index_sheet_agg(c.framework, key, value::float8 ORDER BY md5(key)) AS sheet FROM jsonb_each_text(c.values)) x
	WHERE x.sheet <> c.sheet OR node_score_array(c.framework, x.sheet) IS DISTINCT FROM node_score_array(c.framework, c.sheet)$$, 'random trees: the same bits from rows');

SELECT * FROM finish();
ROLLBACK;
