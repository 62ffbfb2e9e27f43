-- Every aggregation, score rule and addition of a framework as seen from SQL: figures in numeric arithmetic or by hand,
-- methods as public bodies publish them, bounds of each kind, and every way to say them wrongly.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.refuses(statement text, state text, offender text, advice text DEFAULT '') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	got text;
	said text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN ok(false, left(statement, 200) || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 AND position(advice IN coalesce(hint, '')) > 0
		THEN ok(true, left(statement, 160) || ': ' || said)
		ELSE ok(false, left(statement, 200) || ' is refused') || E'\n' || diag(format('%s: %s (%s), not %s naming %s (%s)', got, said, hint, state, offender, advice)) END;
END $$;
CREATE FUNCTION pg_temp.near(got float8, expected numeric, description text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN got IS NULL AND expected IS NULL OR abs(got - expected::float8) <= 1e-12 * greatest(1, abs(expected::float8)) THEN ok(true, description)
		ELSE ok(false, description) || E'\n' || diag(format('%s, not %s', coalesce(got::text, 'NULL'), coalesce(expected::text, 'NULL'))) END
$$;
-- leaves as they are under one node "r": a, b, c, ... of these weights
CREATE FUNCTION pg_temp.method(keys jsonb, weights float8[]) RETURNS index_framework LANGUAGE sql AS $$
	SELECT index_framework(jsonb_build_array(jsonb_build_object('code', 'r') || keys)
		|| (SELECT jsonb_agg(jsonb_build_object('code', chr(96 + n::int), 'parent', 'r', 'weight', w, 'as_is', true)) FROM unnest(weights) WITH ORDINALITY x (w, n)))
$$;
CREATE FUNCTION pg_temp.sheet(framework index_framework, scores float8[]) RETURNS index_sheet LANGUAGE sql AS $$
	SELECT index_sheet(framework, (SELECT array_agg(chr(96 + n) ORDER BY n) FROM generate_series(1, cardinality(scores)) n), scores)
$$;
CREATE FUNCTION pg_temp.score(keys jsonb, scores float8[], weights float8[]) RETURNS float8 LANGUAGE sql AS $$
	SELECT index_score(f, pg_temp.sheet(f, scores)) FROM pg_temp.method(keys, weights) f
$$;
CREATE FUNCTION pg_temp.reason(keys jsonb, scores float8[], weights float8[]) RETURNS text LANGUAGE sql AS $$
	SELECT n.reason FROM pg_temp.method(keys, weights) f, node_scores(f, pg_temp.sheet(f, scores)) n WHERE n.code = 'r'
$$;

-- Aggregations, in numeric arithmetic -----------------------------------------------

CREATE TEMP TABLE figure (keys jsonb, scores float8[], weights float8[], expected numeric);
INSERT INTO figure VALUES
	-- power: (sum w x^p / W)^(1/p)
	('{"aggregation": "power", "power": 2}', '{10,20,40}', '{1,1,2}', sqrt((100 + 400 + 2 * 1600) / 4.0)),
	('{"aggregation": "power", "power": 1}', '{10,20,40}', '{1,1,2}', 27.5),
	('{"aggregation": "power", "power": 0}', '{10,20,40}', '{1,1,2}', exp((ln(10.0) + ln(20.0) + 2 * ln(40.0)) / 4)),
	('{"aggregation": "power", "power": -1}', '{10,20,40}', '{1,1,2}', 4 / (1 / 10.0 + 1 / 20.0 + 2 / 40.0)),
	('{"aggregation": "power", "power": 0.5}', '{10,20,40}', '{1,1,2}', ((sqrt(10.0) + sqrt(20.0) + 2 * sqrt(40.0)) / 4) ^ 2),
	('{"aggregation": "power", "power": -2}', '{10,20,40}', '{1,1,2}', 1 / sqrt((0.01 + 0.0025 + 2 * 0.000625) / 4)),
	('{"aggregation": "power", "power": 2}', '{1,4}', '{1,1}', sqrt(8.5)),
	('{"aggregation": "power", "power": 3}', '{0,20}', '{1,1}', (4000.0) ^ (1 / 3.0)),
	('{"aggregation": "power", "power": 0}', '{0,20}', '{1,1}', 0),
	('{"aggregation": "power", "power": -3}', '{0,20}', '{1,1}', 0),
	('{"aggregation": "power", "power": 2}', '{0,0}', '{1,1}', 0),
	('{"aggregation": "power", "power": 7}', '{42}', '{3}', 42),
	('{"aggregation": "power", "power": 1e6}', '{10,20,40}', '{1,1,2}', 40 * exp(ln(0.5) / 1e6)),
	('{"aggregation": "power", "power": -1e6}', '{10,20,40}', '{1,1,2}', 10 * exp(-ln(0.25) / 1e6)),
	('{"aggregation": "power", "power": 1e-9}', '{10,40}', '{1,1}', 20 * exp(1e-9 * ln(2.0) ^ 2 / 2)),
	('{"aggregation": "power", "power": 2}', '{10,NULL,40}', '{1,1,2}', sqrt((100 + 2 * 1600) / 3.0)),
	('{"aggregation": "power", "power": 2, "missing": "zero"}', '{10,NULL,40}', '{1,1,2}', sqrt((100 + 2 * 1600) / 4.0)),
	('{"aggregation": "power", "power": -2, "missing": "zero"}', '{10,NULL,40}', '{1,1,2}', 0),
	-- median by weight: half way where the weight is halved exactly
	('{"aggregation": "median"}', '{10,20,40}', '{1,1,1}', 20),
	('{"aggregation": "median"}', '{40,10,20}', '{1,1,1}', 20),
	('{"aggregation": "median"}', '{10,20,40}', '{1,1,2}', 30),
	('{"aggregation": "median"}', '{10,20,40}', '{3,1,1}', 10),
	('{"aggregation": "median"}', '{10,20,40}', '{1,1,3}', 40),
	('{"aggregation": "median"}', '{1,2,3,4}', '{1,1,1,1}', 2.5),
	('{"aggregation": "median"}', '{4,3,2,1}', '{2,2,2,2}', 2.5),
	('{"aggregation": "median"}', '{1,2,3,4,5,6,7,8,9,10}', '{0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1}', 5.5),
	('{"aggregation": "median"}', '{10,2,9,4,7,6,5,8,3,1}', '{0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1}', 5.5),
	('{"aggregation": "median"}', '{-5,7,7,7}', '{9,3,3,3}', 1),
	('{"aggregation": "median"}', '{42}', '{7}', 42),
	('{"aggregation": "median"}', '{10,NULL,40}', '{1,5,2}', 40),
	('{"aggregation": "median", "missing": "zero"}', '{10,NULL,40}', '{1,5,2}', 0),
	('{"aggregation": "median", "missing": "zero"}', '{10,NULL,40}', '{1,3,2}', 5),
	-- product: 100 prod (x / 100), weights ignored
	('{"aggregation": "product"}', '{10,20,40}', '{1,1,2}', 0.8),
	('{"aggregation": "product"}', '{50,80}', '{3,9}', 40),
	('{"aggregation": "product"}', '{100,100,100}', '{1,1,1}', 100),
	('{"aggregation": "product"}', '{120,50}', '{1,1}', 60),
	('{"aggregation": "product"}', '{0,50}', '{1,1}', 0),
	('{"aggregation": "product"}', '{37}', '{1}', 37),
	('{"aggregation": "product"}', '{50,NULL}', '{1,1}', 50),
	('{"aggregation": "product", "missing": "zero"}', '{50,NULL}', '{1,1}', 0),
	('{"aggregation": "product"}', '{50,0}', '{1,0}', 50),
	-- Mazziotta-Pareto: M -+ V / M. M 27.5, V (17.5^2 + 7.5^2 + 2 12.5^2) / 4
	('{"aggregation": "mpi_minus"}', '{10,20,40}', '{1,1,2}', 27.5 - 168.75 / 27.5),
	('{"aggregation": "mpi_plus"}', '{10,20,40}', '{1,1,2}', 27.5 + 168.75 / 27.5),
	('{"aggregation": "mpi_minus", "deviation": "population"}', '{10,20,40}', '{1,1,2}', 27.5 - 168.75 / 27.5),
	('{"aggregation": "mpi_minus", "deviation": "sample"}', '{10,20,40}', '{1,1,2}', 27.5 - 168.75 * 1.5 / 27.5),
	('{"aggregation": "mpi_plus", "deviation": "sample"}', '{10,20,40}', '{1,1,2}', 27.5 + 168.75 * 1.5 / 27.5),
	('{"aggregation": "mpi_minus"}', '{42}', '{1}', 42),
	('{"aggregation": "mpi_plus"}', '{30,30,30}', '{1,2,3}', 30),
	('{"aggregation": "mpi_minus"}', '{0,100}', '{1,1}', 0),
	('{"aggregation": "mpi_minus"}', '{-10,50}', '{1,1}', 20 - 900 / 20.0),
	('{"aggregation": "mpi_minus"}', '{10,NULL,40}', '{1,1,1}', 25 - 225 / 25.0),
	('{"aggregation": "mpi_minus", "missing": "zero"}', '{20,NULL,40}', '{1,1,1}', 20 - (400 + 400) / 3.0 / 20),
	('{"aggregation": "mpi_minus", "missing": "zero", "deviation": "sample"}', '{20,NULL}', '{1,1}', 10 - 200 / 10.0),
	-- share met: 100 sum w (met) / W
	('{"aggregation": "share_met"}', '{10,100,140}', '{1,1,2}', 75),
	('{"aggregation": "share_met"}', '{10,99.999999,100}', '{1,1,2}', 50),
	('{"aggregation": "share_met"}', '{100,100,100}', '{0.1,0.2,0.7}', 100),
	('{"aggregation": "share_met"}', '{0,-5,20}', '{1,1,2}', 0),
	('{"aggregation": "share_met"}', '{100,NULL,20}', '{1,1,2}', 100 / 3.0),
	('{"aggregation": "share_met", "missing": "zero"}', '{100,NULL,20}', '{1,1,2}', 25),
	-- worst mean: the plain mean of the lowest
	('{"aggregation": "worst_mean", "count": 2}', '{10,20,40}', '{1,1,2}', 15),
	('{"aggregation": "worst_mean", "count": 2}', '{40,10,20}', '{9,1,5}', 15),
	('{"aggregation": "worst_mean", "count": 1}', '{40,10,20}', '{9,1,5}', 10),
	('{"aggregation": "worst_mean", "count": 3}', '{40,10,25}', '{9,1,5}', 25),
	('{"aggregation": "worst_mean", "count": 4096}', '{40,10,25}', '{9,1,5}', 25),
	('{"aggregation": "worst_mean", "count": 2}', '{20,10,20,20}', '{1,1,1,1}', 15),
	('{"aggregation": "worst_mean", "count": 2}', '{-7,NULL,20}', '{1,1,2}', 6.5),
	('{"aggregation": "worst_mean", "count": 2, "missing": "zero"}', '{10,NULL,20}', '{1,1,2}', 5),
	('{"aggregation": "worst_mean", "count": 2}', '{-99,10,20}', '{0,1,2}', 15);
SELECT pg_temp.near(pg_temp.score(keys, scores, weights), expected, format('%s of %s, weights %s: %s', keys, scores, weights, round(expected, 6))) FROM figure;
-- the same in another order of leaves
SELECT pg_temp.near(pg_temp.score(keys, (SELECT array_agg(s ORDER BY n DESC) FROM unnest(scores) WITH ORDINALITY x (s, n)),
		(SELECT array_agg(w ORDER BY n DESC) FROM unnest(weights) WITH ORDINALITY x (w, n))), expected, format('%s of %s backwards', keys, scores))
FROM figure WHERE cardinality(scores) > 1;
-- weights are relative
SELECT is_empty($$SELECT keys, scores, weights FROM figure
	WHERE float8send(pg_temp.score(keys, scores, (SELECT array_agg(8 * w) FROM unnest(weights) w))) <> float8send(pg_temp.score(keys, scores, weights))$$, 'weights times 8: the same bits');
SELECT is_empty($$SELECT keys, scores, weights FROM figure WHERE abs(pg_temp.score(keys, scores, (SELECT array_agg(10 * w) FROM unnest(weights) w)) - expected::float8) > 1e-11$$,
	'weights times 10: the same but for rounding');

CREATE TEMP TABLE without_score (keys jsonb, scores float8[], weights float8[], reason text);
INSERT INTO without_score VALUES
	('{"aggregation": "power", "power": 2}', '{-1,20}', '{1,1}', 'nonpositive_input'),
	('{"aggregation": "power", "power": 0}', '{-1,0}', '{1,1}', 'nonpositive_input'),
	('{"aggregation": "product"}', '{-1,20}', '{1,1}', 'nonpositive_input'),
	('{"aggregation": "product"}', '{1e300,1e300}', '{1,1}', 'out_of_range'),
	('{"aggregation": "power", "power": 2}', '{1e308,1e308}', '{1,1}', NULL),
	('{"aggregation": "mpi_minus"}', '{0,0}', '{1,1}', 'nonpositive_input'),
	('{"aggregation": "mpi_plus"}', '{-50,20}', '{1,1}', 'nonpositive_input'),
	('{"aggregation": "mpi_minus", "deviation": "sample"}', '{42}', '{1}', 'too_few_children'),
	('{"aggregation": "mpi_minus", "deviation": "sample"}', '{42,NULL}', '{1,1}', 'too_few_children'),
	('{"aggregation": "mpi_minus", "deviation": "sample"}', '{42,NULL}', '{1,0}', 'too_few_children'),
	('{"aggregation": "mpi_minus", "deviation": "population"}', '{42,NULL}', '{1,1}', NULL),
	('{"aggregation": "mpi_plus"}', '{1e300,2e300}', '{1,1}', NULL),
	('{"aggregation": "mpi_plus", "deviation": "sample"}', '{1.7e308,0}', '{1,1}', 'out_of_range'),
	('{"aggregation": "median", "missing": "propagate"}', '{42,NULL}', '{1,1}', 'missing_child'),
	('{"aggregation": "share_met", "min_coverage": 0.6}', '{42,NULL}', '{1,1}', 'below_min_coverage'),
	('{"aggregation": "worst_mean", "count": 1, "missing": "zero"}', '{NULL,NULL}', '{1,1}', 'no_child_score');
SELECT is(pg_temp.reason(keys, scores, weights), reason, format('%s of %s: %s', keys, scores, coalesce(reason, 'a score'))) FROM without_score;
SELECT is(n.raw, 0::float8, 'below min_coverage the raw score stays visible')
FROM pg_temp.method('{"aggregation": "share_met", "min_coverage": 0.6}', '{1,1}') f, node_scores(f, pg_temp.sheet(f, '{42,NULL}')) n WHERE n.code = 'r';

-- Means of any size: 1, 2, 4 times k are k times the mean of 1, 2, 4, and so are the shares in it.
CREATE TEMP TABLE sized AS
	SELECT keys, k, pg_temp.score(keys, '{1,2,4}', '{1,1,2}') AS one, pg_temp.score(keys, ARRAY[k, 2 * k, 4 * k], '{1,1,2}') AS score,
		(SELECT array_agg(c.contribution ORDER BY c.code) FROM pg_temp.method(keys, '{1,1,2}') f, index_contributions(f, pg_temp.sheet(f, '{1,2,4}')) c) AS contributions_of_one,
		(SELECT array_agg(c.contribution ORDER BY c.code) FROM pg_temp.method(keys, '{1,1,2}') f, index_contributions(f, pg_temp.sheet(f, ARRAY[k, 2 * k, 4 * k])) c) AS contributions
	FROM jsonb_array_elements('[{"aggregation": "arithmetic"}, {"aggregation": "geometric"}, {"aggregation": "harmonic"}, {"aggregation": "median"},
			{"aggregation": "min"}, {"aggregation": "max"}, {"aggregation": "power", "power": -2}, {"aggregation": "power", "power": 0.001},
			{"aggregation": "power", "power": 3}, {"aggregation": "worst_mean", "count": 2}, {"aggregation": "mpi_minus"}, {"aggregation": "mpi_plus"},
			{"aggregation": "mpi_minus", "deviation": "sample"}]') a (keys),
		unnest('{1e-300,1e-170,1e-154,1e-100,1e100,1e154,1e155,1e200,1e306}'::float8[]) k;
SELECT is(count(*), 117::bigint, 'means of any size') FROM sized;
SELECT is_empty($$SELECT keys, k, one, score FROM sized WHERE (abs(score / k - one) <= 1e-12 * one) IS NOT TRUE$$, 'a mean of small and large scores is as much smaller and larger');
SELECT is_empty($$SELECT keys, k, c.* FROM sized, unnest(contributions_of_one, contributions) c (share_of_one, share) WHERE (abs(share / k - share_of_one) <= 1e-12) IS NOT TRUE$$, 'so are the contributions to it');

-- Between the means: harmonic, geometric, arithmetic, quadratic ascend.
SELECT ok(pg_temp.score('{"aggregation": "power", "power": -1}', x, w) <= pg_temp.score('{"aggregation": "power", "power": 0}', x, w)
	AND pg_temp.score('{"aggregation": "power", "power": 0}', x, w) <= pg_temp.score('{"aggregation": "power", "power": 1}', x, w)
	AND pg_temp.score('{"aggregation": "power", "power": 1}', x, w) <= pg_temp.score('{"aggregation": "power", "power": 2}', x, w), 'M(-1) <= M(0) <= M(1) <= M(2)')
FROM (VALUES ('{3,70,12}'::float8[], '{1,2,3}'::float8[])) v (x, w);

-- Target leaves are met by their bound, other children at 100: a met target counts though its score is capped below.
CREATE TEMP TABLE met AS SELECT '[{"code": "r", "aggregation": "share_met"},
	{"code": "strict", "parent": "r", "target": "-> >80@2030"}, {"code": "plain", "parent": "r", "target": "up -> 80@2030", "cap": 90},
	{"code": "post", "parent": "r", "worst": 0, "best": 80}, {"code": "unit", "parent": "r", "worst": 0, "best": 80, "highest": 1}]'::index_framework AS framework;
SELECT is(index_score(framework, index_sheet(framework, '{"strict": 80, "plain": 80, "post": 80, "unit": 80}')), 50::float8,
	'strict not met, plain met, goalposts at 100, a scale to 1 never') FROM met;
SELECT is(index_score(framework, index_sheet(framework, '{"strict": 80.000001, "plain": 79.999999, "post": 79.999999}')), 100 * (1 / 3::float8), 'by a hair') FROM met;

-- Score rules ---------------------------------------------------------------------------

CREATE FUNCTION pg_temp.leaf(keys jsonb, value float8) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(round(score::numeric, 9)::float8::text, reason) || coalesce(' raw ' || round(raw::numeric, 9)::float8, '')
	FROM index_framework(jsonb_build_array('{"code": "r"}'::jsonb || keys)) f, node_scores(f, index_sheet(f, ARRAY['r'], ARRAY[value]))
$$;
CREATE TEMP TABLE leaf (keys jsonb, value float8, score text);
INSERT INTO leaf VALUES
	('{"thresholds": [5], "points": [0, 10]}', 4.999, '0 raw 0'),
	('{"thresholds": [5], "points": [0, 10]}', 5, '10 raw 10'),
	('{"thresholds": [5], "points": [10, 0]}', 5, '0 raw 0'),
	('{"thresholds": [-1, 0, 2.5], "points": [1, 2, 3, 4]}', -1, '2 raw 2'),
	('{"thresholds": [-1, 0, 2.5], "points": [1, 2, 3, 4]}', 1e300, '4 raw 4'),
	('{"thresholds": [-1, 0, 2.5], "points": [1, 2, 3, 4]}', NULL, 'no_observation'),
	('{"thresholds": [5], "points": [0, 10], "bonus": 2, "cap": 11}', 5, '11 raw 10'),
	('{"mean": 50, "sd": 10}', 65, '1.5 raw 1.5'),
	('{"mean": 50, "sd": 10, "direction": "down"}', 65, '-1.5 raw -1.5'),
	('{"mean": 50, "sd": 10, "direction": "up", "score_mean": 100, "score_sd": 10}', 35, '85 raw 85'),
	('{"mean": 50, "sd": 10, "direction": "down", "score_mean": 100, "score_sd": 10}', 35, '115 raw 115'),
	('{"mean": -5, "sd": 0.5, "score_mean": 50}', -5, '50 raw 50'),
	('{"mean": 0, "sd": 1e-300, "score_sd": 1e10}', 1, 'out_of_range'),
	('{"mean": 50, "sd": 10, "floor": -1, "cap": 1}', 75, '1 raw 2.5'),
	('{"worst": 0, "best": 50, "highest": 1}', 25, '0.5 raw 50'),
	('{"worst": 0, "best": 50, "lowest": 1, "highest": 10}', 25, '5.5 raw 50'),
	('{"worst": 0, "best": 50, "lowest": 1, "highest": 10}', 99, '10 raw 198'),
	('{"worst": 50, "best": 0, "lowest": 70, "highest": 130, "clamp": false}', 75, '40 raw -50'),
	('{"worst": 1, "best": 100, "scale": "log", "lowest": 1, "highest": 5}', 10, '3 raw 50'),
	('{"target": "up -> 80@2025", "lowest": 1, "highest": 5}', 40, '3 raw 50'),
	('{"worst": 0, "best": 50, "bonus": 5}', 25, '55 raw 50'),
	('{"worst": 0, "best": 50, "bonus": 5}', 50, '105 raw 100'),
	('{"worst": 0, "best": 50, "bonus": 5, "cap": 100}', 50, '100 raw 100'),
	('{"worst": 0, "best": 50, "bonus": -5, "floor": 0}', 1, '0 raw 2'),
	('{"as_is": true, "bonus": 1e308}', 1e308, 'out_of_range'),
	('{"worst": 0, "best": 50, "bonus": 5}', NULL, 'no_observation');
SELECT is(pg_temp.leaf(keys, value), score, format('%s at %s is %s', keys, coalesce(value::text, '-'), score)) FROM leaf;

-- Published methods -----------------------------------------------------------------------

-- Vietnam's Digital Transformation Index: meetings of the steering committee, 20 points at most
SELECT results_eq(
	$$SELECT v, index_score(f, index_sheet(f, ARRAY['meetings'], ARRAY[v])) FROM unnest('{0,1,2,3,4,9}'::float8[]) v,
		index_framework('[{"code": "meetings", "thresholds": [1, 2, 3, 4], "points": [0, 5, 10, 15, 20]}]') f$$,
	$$VALUES (0::float8, 0::float8), (1, 5), (2, 10), (3, 15), (4, 20), (9, 20)$$, 'DTI: 4 meetings give 20 points, 3 15, 2 10, 1 5, none 0');

-- Provincial Competitiveness Index: 9 (x - min) / (max - min) + 1, reversed 11 - that
SELECT is(pg_temp.leaf('{"worst": 20, "best": 80, "lowest": 1, "highest": 10}', 60), '7 raw 66.666666667', 'PCI: from 1 to 10');
SELECT is(pg_temp.leaf('{"worst": 80, "best": 20, "lowest": 1, "highest": 10}', 60), '4 raw 33.333333333', 'PCI: reversed, 11 - 7');

-- Human Development Index on its own scale, 0 to 1 (Sudan, HDR 2020: .510)
SELECT is(round(index_score(f, index_sheet(f, ARRAY['health', 'expected', 'mean', 'income'], ARRAY[20 + 65 * 0.6971, 18 * 0.3447, 15 * 0.3447, 3829]))::numeric, 3), 0.510, 'HDI on 0..1')
FROM index_framework('[{"code": "hdi", "aggregation": "geometric"}, {"code": "health", "parent": "hdi", "worst": 20, "best": 85, "highest": 1},
	{"code": "education", "parent": "hdi"}, {"code": "expected", "parent": "education", "worst": 0, "best": 18, "highest": 1},
	{"code": "mean", "parent": "education", "worst": 0, "best": 15, "highest": 1}, {"code": "income", "parent": "hdi", "worst": 100, "best": 75000, "scale": "log", "highest": 1}]') f;

-- SDSN: colours 0 to 3 per indicator, a goal is the mean of its two worst, the index the mean of goals
SELECT pg_temp.near(index_score(f, index_sheet(f, '{"1a": 3, "1b": 0, "1c": 1.5, "1d": 2, "2a": 2.5, "2b": 3, "3a": 1}')), (0.75 + 2.75 + 1) / 3, 'SDSN: two worst')
FROM index_framework((SELECT '[{"code": "sdg"}]'::jsonb || jsonb_agg(n) FROM (
	SELECT jsonb_build_object('code', g, 'parent', 'sdg', 'aggregation', 'worst_mean', 'count', 2) FROM unnest('{g1,g2,g3}'::text[]) g
	UNION ALL SELECT jsonb_build_object('code', c, 'parent', 'g' || left(c, 1), 'as_is', true) FROM unnest('{1a,1b,1c,1d,2a,2b,3a}'::text[]) c) x (n))) f;

-- Mazziotta-Pareto of units A (50, 30, 80), B (60, 20, 70), C (70, 25, 90), D (65, 28, 60), the second lower is better:
-- figures of the published formulas (Mazziotta and Pareto 2016)
CREATE TEMP TABLE mpi_unit (unit text, n1 float8, n2 float8, n3 float8);
INSERT INTO mpi_unit VALUES ('A', 50, 30, 80), ('B', 60, 20, 70), ('C', 70, 25, 90), ('D', 65, 28, 60);
CREATE FUNCTION pg_temp.mpi(aggregation text, deviation text) RETURNS index_framework LANGUAGE sql AS $$
	SELECT index_framework(jsonb_build_array(jsonb_build_object('code', 'mpi', 'aggregation', aggregation, 'deviation', deviation))
		|| jsonb_agg(jsonb_build_object('code', code, 'parent', 'mpi', 'mean', mean, 'sd', CASE deviation WHEN 'sample' THEN sample ELSE population END,
			'direction', CASE code WHEN 'n2' THEN 'down' ELSE 'up' END, 'score_mean', 100, 'score_sd', 10)))
	FROM (SELECT code, avg(v) AS mean, stddev_pop(v) AS population, stddev_samp(v) AS sample
		FROM mpi_unit, LATERAL (VALUES ('n1', n1), ('n2', n2), ('n3', n3)) x (code, v) GROUP BY code) s
$$;
SELECT pg_temp.near(index_score(f, index_sheet(f, to_jsonb(u), true)), expected, format('MPI %s of %s, %s', aggregation, u.unit, deviation))
FROM (VALUES ('A', 'mpi_minus', 'population', 91.87784078954644), ('B', 'mpi_minus', 'population', 102.29589275781348), ('C', 'mpi_minus', 'population', 108.84574062847399),
		('D', 'mpi_minus', 'population', 94.62124798998784), ('A', 'mpi_plus', 'population', 93.43953459224474), ('C', 'mpi_plus', 'population', 109.31408428219127),
		('A', 'mpi_minus', 'sample', 92.77301090249213), ('B', 'mpi_minus', 'sample', 101.79375649824237), ('D', 'mpi_plus', 'sample', 96.54339132250828)) x (unit, aggregation, deviation, expected)
	JOIN mpi_unit u USING (unit), pg_temp.mpi(aggregation, deviation) f;
-- adjusted: 70 to 130 between goalposts that lie half a range around the reference (60, 25, 75), values beyond allowed
SELECT pg_temp.near(index_score(f, index_sheet(f, to_jsonb(u), true)), expected, format('adjusted MPI of %s', u.unit))
FROM (VALUES ('A', 79.06666666666666), ('B', 103.95833333333334), ('C', 118.33333333333333), ('D', 84.93258426966293)) x (unit, expected) JOIN mpi_unit u USING (unit),
	index_framework('[{"code": "ampi", "aggregation": "mpi_minus"},
		{"code": "n1", "parent": "ampi", "worst": 50, "best": 70, "lowest": 70, "highest": 130, "clamp": false},
		{"code": "n2", "parent": "ampi", "worst": 30, "best": 20, "lowest": 70, "highest": 130, "clamp": false},
		{"code": "n3", "parent": "ampi", "worst": 60, "best": 90, "lowest": 70, "highest": 130, "clamp": false}]') f;

-- Hanoi's administrative reform index (Decision 5666/QD-UBND, 2025): eight fields of points, a field of bonus and penalty
-- points, 100 at most. The maxima of the fields here are an example.
CREATE TEMP TABLE reform AS SELECT index_framework('[{"code": "par", "aggregation": "sum", "floor": 0, "cap": 100}, {"code": "extra", "parent": "par", "added": true, "as_is": true}]'::jsonb
	|| jsonb_agg(jsonb_build_object('code', 'f' || n, 'parent', 'par', 'as_is', true, 'floor', 0, 'cap', maximum))) AS framework
FROM unnest('{10,15,15,10,10,10,15,15}'::int[]) WITH ORDINALITY x (maximum, n);
CREATE FUNCTION pg_temp.reform(extra float8, more float8 DEFAULT 0) RETURNS index_sheet LANGUAGE sql AS $$
	SELECT index_sheet(framework, '{f1,f2,f3,f4,f5,f6,f7,f8,extra}'::text[], ARRAY[9 + more, 12, 14, 8.5, 10, 7, 13, 12.25, extra]) FROM reform
$$;
SELECT pg_temp.near(index_score(framework, pg_temp.reform(NULL)), 85.75, 'reform: the eight fields') FROM reform;
SELECT pg_temp.near(index_score(framework, pg_temp.reform(4)), 89.75, 'reform: with a bonus') FROM reform;
SELECT pg_temp.near(index_score(framework, pg_temp.reform(-3.5)), 82.25, 'reform: with a penalty') FROM reform;
SELECT pg_temp.near(index_score(framework, pg_temp.reform(20)), 100, 'reform: 100 at most') FROM reform;
SELECT pg_temp.near(index_score(framework, pg_temp.reform(-200)), 0, 'reform: nothing below 0') FROM reform;
SELECT pg_temp.near(index_score(framework, pg_temp.reform(4, 5)), 90.75, 'reform: a field has its maximum') FROM reform;
SELECT results_eq($$SELECT n.code, n.score, n.effective_weight, n.effective_weight_after, n.coverage, n.contribution FROM reform, node_scores(framework, pg_temp.reform(4)) n WHERE code IN ('par', 'extra')$$,
	$$VALUES ('par', 89.75::float8, 1::float8, 1::float8, 1::float8, 89.75::float8), ('extra', 4, 0, 0, 1, 4)$$, 'reform: the bonus has no weight and contributes what it adds');
SELECT is(coverage, 1::float8, 'reform: a bonus that is missing is not missed') FROM reform, node_scores(framework, pg_temp.reform(NULL)) WHERE code = 'par';
-- each added child times its weight; a node's bonus beside it
SELECT pg_temp.near(index_score(f, index_sheet(f, '{"a": 40, "b": 60, "x": 3, "y": 10, "z": 20}')), 50 + 2 * 3 + 0.5 * ((10 + 3 * 20) / 4.0) - 1, 'added leaves and nodes by weight')
FROM index_framework('[{"code": "r", "bonus": -1}, {"code": "a", "parent": "r", "as_is": true}, {"code": "b", "parent": "r", "as_is": true},
	{"code": "x", "parent": "r", "added": true, "weight": 2, "as_is": true}, {"code": "m", "parent": "r", "added": true, "weight": 0.5},
	{"code": "y", "parent": "m", "as_is": true}, {"code": "z", "parent": "m", "weight": 3, "as_is": true}]') f;
-- with every aggregation: what is added comes on top of the aggregate
SELECT pg_temp.near(index_score(f, index_sheet(f, '{"a": 10, "b": 20, "c": 40, "x": 7}')), pg_temp.score(keys, '{10,20,40}', '{1,1,2}')::numeric + 7, format('%s and 7', keys))
FROM (SELECT jsonb_build_object('aggregation', a) || CASE a WHEN 'power' THEN '{"power": 3}' WHEN 'worst_mean' THEN '{"count": 2}' ELSE '{}' END::jsonb
		FROM unnest('{arithmetic,geometric,harmonic,min,max,sum,power,median,product,mpi_minus,mpi_plus,share_met,worst_mean}'::text[]) a) k (keys),
	LATERAL (SELECT index_framework(jsonb_build_array('{"code": "r"}'::jsonb || keys) || '[{"code": "a", "parent": "r", "as_is": true}, {"code": "b", "parent": "r", "as_is": true},
		{"code": "c", "parent": "r", "weight": 2, "as_is": true}, {"code": "x", "parent": "r", "added": true, "as_is": true}]') AS f) x;
-- an added child alone gives no score, nor does a missing one take one away
SELECT is(index_score(framework, index_sheet(framework, '{"extra": 5}')), NULL, 'a bonus without fields is no index') FROM reform;
SELECT is(pg_temp.reason('{"missing": "propagate"}', '{1,NULL}', '{1,0}'), NULL, 'propagate passes over weight 0');
SELECT is(index_score(f, index_sheet(f, '{"a": 5}')), 5::float8, 'propagate and min_coverage pass over a missing added child')
FROM index_framework('[{"code": "r", "missing": "propagate", "min_coverage": 1}, {"code": "a", "parent": "r", "as_is": true}, {"code": "x", "parent": "r", "added": true, "as_is": true}]') f;

-- Leaves that do not apply --------------------------------------------------------------------

CREATE TEMP TABLE port AS SELECT '[{"code": "r", "missing": "propagate", "min_coverage": 1},
	{"code": "m", "parent": "r", "weight": 3}, {"code": "a", "parent": "m", "worst": 0, "best": 100, "key": 1}, {"code": "b", "parent": "m", "worst": 0, "best": 100, "weight": 3, "key": 2},
	{"code": "sea", "parent": "r"}, {"code": "ships", "parent": "sea", "worst": 0, "best": 100, "key": 3}]'::index_framework AS framework;
CREATE FUNCTION pg_temp.told(sheet index_sheet) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s=%s/%s/%s/%s', code, coalesce(round(score::numeric, 6)::float8::text, reason), round(effective_weight::numeric, 6)::float8,
		coalesce(round(effective_weight_after::numeric, 6)::float8::text, '-'), coalesce(coverage::text, '-')), ' ') FROM port, node_scores(framework, sheet)
$$;
SELECT is(pg_temp.told(index_sheet(framework, '{"a": 40, "b": 80, "ships": 10}')), 'r=55/1/1/1 m=70/0.75/0.75/1 a=40/0.1875/0.1875/1 b=80/0.5625/0.5625/1 sea=10/0.25/0.25/1 ships=10/0.25/0.25/1',
	'all apply: score/weight/after/coverage') FROM port;
SELECT is(pg_temp.told(s), 'r=70/1/1/1 m=70/1/1/1 a=40/0.25/0.25/1 b=80/0.75/0.75/1 sea=not_applicable/0/0/- ships=not_applicable/0/0/-', 'a unit without a sea: ' || how)
FROM port, LATERAL (VALUES ('jsonb', index_sheet(framework, '{"a": 40, "b": 80, "ships": "n/a"}')),
	('with_not_applicable', with_not_applicable(framework, index_sheet(framework, '{"a": 40, "b": 80, "ships": 10}'), '{ships,NULL}')),
	('rows', (SELECT index_sheet_agg(framework, c, v, p) FROM (VALUES ('a', 40, true), ('b', 80, NULL), ('ships', NULL, false)) x (c, v, p))),
	('keys', (SELECT index_sheet_agg(framework, k, v, p) FROM (VALUES (1::bigint, 40, true), (2, 80, NULL), (3, NULL, false), (NULL, NULL, false)) x (k, v, p))),
	('parts', (SELECT index_sheet_agg(p) FROM unnest(ARRAY[index_sheet(framework, '{"a": 40, "ships": "n/a"}'), index_sheet(framework, '{"b": 80}')]) p)),
	('text', index_sheet(framework, '{"a": 40, "b": 80, "ships": "n/a"}')::text::index_sheet)) x (how, s);
SELECT is(pg_temp.told(index_sheet(framework, '{"a": 40, "ships": "n/a"}')), 'r=40/1/1/0.5 m=40/1/1/0.5 a=40/0.25/1/1 b=no_observation/0.75/0/0 sea=not_applicable/0/0/- ships=not_applicable/0/0/-',
	'missing is another thing') FROM port;
SELECT is(pg_temp.told(index_sheet(framework, '{"a": "n/a", "b": "n/a", "ships": "n/a"}')),
	'r=not_applicable/0/-/- m=not_applicable/0/-/- a=not_applicable/0/-/- b=not_applicable/0/-/- sea=not_applicable/0/-/- ships=not_applicable/0/-/-', 'nothing applies') FROM port;
SELECT is(index_bounds(framework, index_sheet(framework, '{"a": 40, "ships": "n/a"}'))::text, '(10,85,)', 'bounds over what applies') FROM port;
SELECT is(index_bounds(framework, index_sheet(framework, '{"a": "n/a", "b": "n/a", "ships": "n/a"}'))::text, '(,,not_applicable)', 'no bounds of nothing') FROM port;
SELECT is(index_bounds(framework, index_sheet(framework, '{}'))::text, '(0,100,)', 'bounds of nothing observed') FROM port;
SELECT results_eq($$SELECT s.code, s.value, s.is_applicable FROM port, sheet_values(framework, index_sheet(framework, '{"a": 40, "ships": "n/a"}')) s$$,
	$$VALUES ('a', 40::float8, true), ('b', NULL, true), ('ships', NULL, false)$$, 'sheet_values tells missing from not applicable');
SELECT is(index_sheet(framework, '{"a": 40, "ships": "n/a"}')::text, 'v1 ' || leaf_set_fingerprint(framework) || ' 3 {0: 40, 2: n/a}', 'the text says n/a') FROM port;
SELECT ok(missing < none AND none < one AND missing <> none AND index_sheet_hash(missing) <> index_sheet_hash(none), 'missing, not applicable and a value are three things, in this order')
FROM port, LATERAL (SELECT index_sheet(framework, '{}') AS missing, index_sheet(framework, '{"a": "n/a"}') AS none, index_sheet(framework, '{"a": -1e300}') AS one) x;
SELECT is(with_value(framework, with_not_applicable(framework, s, '{ships}'), 'ships', 5), with_value(framework, s, 'ships', 5), 'with_value makes it apply') FROM port, index_sheet(framework, '{"a": 40}') s;
SELECT is(with_value(framework, with_not_applicable(framework, s, '{ships}'), 'ships', NULL), s, 'or be missing') FROM port, index_sheet(framework, '{"a": 40}') s;
SELECT is(with_not_applicable(framework, s, '{}'), s, 'none of them') FROM port, index_sheet(framework, '{"a": 40}') s;
-- the binary form
CREATE TEMP TABLE sent AS SELECT index_sheet(framework, '{"a": 40, "ships": "n/a"}') AS sheet FROM port;
SELECT is(encode(substr(index_sheet_send(sheet), 18), 'hex'), '00000003' || '00000002' || '00000000' || '4044000000000000' || '00000002' || '7ff8000000000002', 'the binary form says n/a') FROM sent;
SELECT pg_temp.refuses(q, s, o, h)
FROM (VALUES ($$SELECT index_sheet(framework, '{"a": "N/A"}') FROM port$$, '22023', '"a" is no number', ''),
	($$SELECT index_sheet(framework, '{"a": "n/a "}') FROM port$$, '22023', '"a" is no number', ''),
	($$SELECT index_sheet(framework, '{"z": "n/a"}') FROM port$$, '22023', '"z" is no leaf', ''),
	($$SELECT index_sheet_agg(framework, 'a', 5, false) FROM port$$, '22023', '"a" has a value and does not apply', ''),
	($$SELECT index_sheet_agg(framework, 3::bigint, 5, false) FROM port$$, '22023', '"ships" has a value and does not apply', ''),
	($$SELECT index_sheet_agg(framework, 'z', NULL, false) FROM port$$, '22023', '"z" is no leaf', 'leaves(framework)'),
	($$SELECT index_sheet_agg(framework, 9::bigint, NULL, false) FROM port$$, '22023', 'key 9', 'leaves(framework)'),
	($$SELECT index_sheet_agg(framework, 'a', v, p) FROM port, (VALUES (5, true), (NULL, false)) x (v, p)$$, '21000', '"a" has two values', ''),
	($$SELECT index_sheet_agg(framework, 'a', NULL, false) FROM port, generate_series(1, 2)$$, '21000', '"a" has two values', ''),
	($$SELECT index_sheet_merge(index_sheet(framework, '{"a": "n/a"}'), index_sheet(framework, '{"a": 5}')) FROM port$$, '21000', 'leaf 0 has two values', ''),
	($$SELECT with_not_applicable(framework, index_sheet(framework, '{}'), '{m}') FROM port$$, '22023', '"m" is no leaf', ''),
	($$SELECT replace(index_sheet(framework, '{"a": "n/a"}')::text, 'n/a', 'n/A')::index_sheet FROM port$$, '22P02', 'n/A', ''),
	($$SELECT replace(index_sheet(framework, '{"a": "n/a"}')::text, 'n/a', 'n/ax')::index_sheet FROM port$$, '22P02', 'x', '')) x (q, s, o, h);
-- a leaf of weight 0 or an added one that does not apply changes nothing above
SELECT is(index_score(f, index_sheet(f, '{"a": 5, "z": "n/a", "x": "n/a"}')), 5::float8, 'not applicable beside the index')
FROM index_framework('[{"code": "r", "missing": "zero"}, {"code": "a", "parent": "r", "as_is": true}, {"code": "z", "parent": "r", "weight": 0, "as_is": true}, {"code": "x", "parent": "r", "added": true, "as_is": true}]') f;
-- zero counts what is missing, not what does not apply
SELECT is(pg_temp.score('{"missing": "zero"}', '{6,NULL,NULL}', '{1,1,1}'), 2::float8, 'zero for the missing');
SELECT is(index_score(f, with_not_applicable(f, pg_temp.sheet(f, '{6,NULL,NULL}'), '{c}')), 3::float8, 'none for what does not apply') FROM pg_temp.method('{"missing": "zero"}', '{1,1,1}') f;
SELECT pg_temp.near(index_score(f, with_not_applicable(f, pg_temp.sheet(f, '{6,NULL,NULL}'), '{c}')), 6 * 3 / 1.0, 'a sum is scaled up to what applies') FROM pg_temp.method('{"aggregation": "sum"}', '{1,2,4}') f;

-- Bounds of each kind ---------------------------------------------------------------------------

CREATE TEMP TABLE bound (nodes text, "values" jsonb, bounds text);
INSERT INTO bound VALUES
	('{"code": "b", "worst": 0, "best": 50}', '{"a": 40}', '(20,70,)'),
	('{"code": "b", "worst": 0, "best": 50, "lowest": 1, "highest": 10}', '{"a": 40}', '(20.5,25,)'),
	('{"code": "b", "worst": 0, "best": 50, "bonus": 10, "cap": 100}', '{"a": 40}', '(25,70,)'),
	('{"code": "b", "target": "up -> 10@2030"}', '{"a": 40}', '(20,70,)'),
	('{"code": "b", "thresholds": [1, 2], "points": [30, 10, 20]}', '{"a": 40}', '(25,35,)'),
	('{"code": "b", "thresholds": [1, 2], "points": [30, 10, 20], "bonus": 2, "floor": 20}', '{"a": 40}', '(30,36,)'),
	('{"code": "b", "mean": 5, "sd": 1}', '{"a": 40}', '(,,unbounded)'),
	('{"code": "b", "mean": 5, "sd": 1, "floor": 0}', '{"a": 40}', '(,,unbounded)'),
	('{"code": "b", "mean": 5, "sd": 1, "floor": -2, "cap": 2}', '{"a": 40}', '(19,21,)'),
	('{"code": "b", "worst": 0, "best": 50, "clamp": false}', '{"a": 40}', '(,,unbounded)'),
	('{"code": "b", "as_is": true}', '{"a": 40}', '(,,unbounded)'),
	('{"code": "b", "as_is": true}', '{"a": 40, "b": 60}', '(50,50,)'),
	-- added: a missing one opens the bounds as far as its scale goes
	('{"code": "b", "as_is": true, "added": true}', '{"a": 40}', '(,,unbounded)'),
	('{"code": "b", "as_is": true, "added": true, "weight": 0}', '{"a": 40, "b": 1}', '(40,40,)'),
	('{"code": "b", "as_is": true, "added": true, "floor": -5, "cap": 10, "weight": 2}', '{"a": 40}', '(30,60,)'),
	('{"code": "b", "as_is": true, "added": true, "floor": -5, "cap": 10, "weight": 2}', '{"a": 40, "b": 3}', '(46,46,)'),
	('{"code": "b", "as_is": true, "added": true}', '{"a": 40, "b": "n/a"}', '(40,40,)'),
	('{"code": "b", "as_is": true}', '{"a": 40, "b": "n/a"}', '(40,40,)');
SELECT is(index_bounds(f, index_sheet(f, values))::text, bounds, format('bounds beside %s with %s', nodes, values))
FROM bound, LATERAL (SELECT index_framework(('[{"code": "r"}, {"code": "a", "parent": "r", "as_is": true}, ' || replace(nodes, '"b",', '"b", "parent": "r",') || ']')::jsonb) AS f) x;
-- each aggregation over 40, something from 0 to 100, and 80; weights 1, 1, 2
SELECT is(index_bounds(f, index_sheet(f, '{"a": 40, "c": 80}'))::text, bounds, keys || ': bounds')
FROM (VALUES ('"aggregation": "arithmetic"', '(50,75,)'), ('"aggregation": "geometric"', format('(0,%s,)', (40 * 100 * 6400.0) ^ 0.25)::text), ('"aggregation": "min"', '(0,40,)'), ('"aggregation": "max"', '(80,100,)'),
	('"aggregation": "sum"', '(200,300,)'), ('"aggregation": "median"', '(60,80,)'), ('"aggregation": "product"', '(0,32,)'), ('"aggregation": "share_met"', '(0,25,)'),
	('"aggregation": "worst_mean", "count": 2', '(20,60,)'), ('"aggregation": "mpi_minus"', '(,,unbounded)'), ('"aggregation": "mpi_plus"', '(,,unbounded)'),
	('"aggregation": "arithmetic", "missing": "propagate", "min_coverage": 1', '(50,75,)'), ('"floor": 55, "cap": 70', '(55,70,)'), ('"bonus": 3', '(53,78,)')) x (keys, bounds),
	LATERAL (SELECT index_framework(('[{"code": "r", ' || keys || '}, {"code": "a", "parent": "r", "as_is": true}, {"code": "b", "parent": "r", "worst": 0, "best": 1},
		{"code": "c", "parent": "r", "weight": 2, "as_is": true}]')::jsonb) AS f) y
WHERE keys NOT LIKE '%geometric%';
SELECT ok(low = 0 AND abs(high - (40 * 100 * 6400.0) ^ 0.25) < 1e-12, 'geometric: bounds')
FROM index_framework('[{"code": "r", "aggregation": "geometric"}, {"code": "a", "parent": "r", "as_is": true}, {"code": "b", "parent": "r", "worst": 0, "best": 1}, {"code": "c", "parent": "r", "weight": 2, "as_is": true}]') f,
	index_bounds(f, index_sheet(f, '{"a": 40, "c": 80}'));
-- MPI beside the missing leaf, or with all of its own observed, does not matter; above it, however high, it does
CREATE TEMP TABLE nested AS SELECT '[{"code": "r"}, {"code": "m", "parent": "r", "aggregation": "mpi_minus"}, {"code": "a", "parent": "m", "as_is": true}, {"code": "b", "parent": "m", "worst": 0, "best": 100},
	{"code": "n", "parent": "r"}, {"code": "c", "parent": "n", "worst": 0, "best": 100}]'::index_framework AS framework;
SELECT is(index_bounds(framework, index_sheet(framework, '{"a": 30, "b": 30}'))::text, '(15,65,)', 'MPI beside a missing leaf') FROM nested;
SELECT is(index_bounds(framework, index_sheet(framework, '{"a": 30, "c": 30}'))::text, '(,,unbounded)', 'MPI above a missing leaf') FROM nested;
SELECT is(index_bounds(framework, index_sheet(framework, '{"a": 30, "b": "n/a", "c": 10}'))::text, '(20,20,)', 'MPI above a leaf that does not apply') FROM nested;
SELECT is(index_bounds(f, index_sheet(f, '{"a": 30}'))::text, '(,,unbounded)', 'MPI far above a missing leaf')
FROM index_framework('[{"code": "r", "aggregation": "mpi_plus"}, {"code": "a", "parent": "r", "as_is": true}, {"code": "m", "parent": "r"}, {"code": "b", "parent": "m", "worst": 0, "best": 100}]') f;

-- Canonical form of the new keys -------------------------------------------------------------------

CREATE TEMP TABLE writing (written text, canonical text);
INSERT INTO writing VALUES
	('[{"code":"r","deviation":"sample","aggregation":"mpi_minus"},{"code":"a","parent":"r","points":[0,1.50,2],"thresholds":[1,2e0]}]',
	 '[{"code": "r", "aggregation": "mpi_minus", "deviation": "sample"}, {"code": "a", "parent": "r", "thresholds": [1, 2], "points": [0, 1.5, 2]}]'),
	('[{"code":"r","deviation":"population","aggregation":"mpi_plus","bonus":0},{"code":"a","parent":"r","mean":5,"sd":2,"direction":"up","score_mean":0,"score_sd":1,"added":false}]',
	 '[{"code": "r", "aggregation": "mpi_plus"}, {"code": "a", "parent": "r", "mean": 5, "sd": 2}]'),
	('[{"code":"r","power":0,"aggregation":"power"},{"code":"a","parent":"r","score_sd":10,"score_mean":100,"direction":"down","sd":2,"mean":-5}]',
	 '[{"code": "r", "aggregation": "power", "power": 0}, {"code": "a", "parent": "r", "mean": -5, "sd": 2, "direction": "down", "score_mean": 100, "score_sd": 10}]'),
	('[{"code":"r","count":2,"aggregation":"worst_mean","cap":100,"bonus":-1.5},{"code":"a","parent":"r","best":5,"worst":1,"highest":10,"lowest":1},{"code":"b","parent":"r","as_is":true,"added":true,"weight":2}]',
	 '[{"code": "r", "aggregation": "worst_mean", "count": 2, "bonus": -1.5, "cap": 100}, {"code": "a", "parent": "r", "worst": 1, "best": 5, "lowest": 1, "highest": 10}, {"code": "b", "parent": "r", "weight": 2, "as_is": true, "added": true}]'),
	('[{"code":"r","aggregation":"median"},{"code":"a","parent":"r","worst":1,"best":5,"highest":100,"lowest":-0.0}]',
	 '[{"code": "r", "aggregation": "median"}, {"code": "a", "parent": "r", "worst": 1, "best": 5}]'),
	('[{"code":"a","thresholds":[-0.0],"points":[-0.0,1],"bonus":-0.0}]', '[{"code": "a", "thresholds": [0], "points": [0, 1]}]');
SELECT is(written::index_framework::text, canonical, 'canonical: ' || left(canonical, 80)) FROM writing;
SELECT is(canonical::index_framework, written::index_framework, 'one framework: ' || left(canonical, 60)) FROM writing;
SELECT is(index_framework_send(canonical::index_framework), index_framework_send(written::index_framework), 'one binary form: ' || left(canonical, 60)) FROM writing;
SELECT is((SELECT count(DISTINCT f::index_framework) FROM unnest(ARRAY['[{"code":"a","thresholds":[1],"points":[0,1]}]', '[{"code":"a","thresholds":[1],"points":[1,0]}]',
	'[{"code":"a","thresholds":[2],"points":[0,1]}]', '[{"code":"a","mean":1,"sd":1}]', '[{"code":"a","mean":1,"sd":1,"direction":"down"}]', '[{"code":"a","worst":1,"best":2}]',
	'[{"code":"a","worst":1,"best":2,"highest":10}]', '[{"code":"a","worst":1,"best":2,"bonus":10}]']) f), 8::bigint, 'every key tells frameworks apart');
SELECT results_eq($$SELECT n.code, n.aggregation, n.rule, n.worst, n.best FROM nodes((SELECT written::index_framework FROM writing LIMIT 1)) n$$,
	$$VALUES ('r', 'mpi_minus', NULL, NULL::float8, NULL::float8), ('a', NULL, 'steps', NULL, NULL)$$, 'nodes() says steps');
SELECT is((SELECT rule FROM nodes('[{"code": "a", "mean": 1, "sd": 1}]'::index_framework)), 'z_score', 'nodes() says z_score');
-- from rows
SELECT is((SELECT index_framework_agg(c, p, w, r::jsonb) FROM (VALUES ('r', NULL, NULL::float8, '{"aggregation": "worst_mean", "count": 2}'), ('a', 'r', 1, '{"thresholds": [1], "points": [0, 5]}'),
	('b', 'r', 2, '{"mean": 1, "sd": 2, "direction": "down"}'), ('x', 'r', 3, '{"as_is": true, "added": true, "bonus": 1}')) x (c, p, w, r)),
	'[{"code":"r","aggregation":"worst_mean","count":2},{"code":"a","parent":"r","thresholds":[1],"points":[0,5]},{"code":"b","parent":"r","weight":2,"mean":1,"sd":2,"direction":"down"},
	{"code":"x","parent":"r","weight":3,"as_is":true,"added":true,"bonus":1}]'::index_framework, 'index_framework_agg takes the new keys');

-- Refused ---------------------------------------------------------------------------------------

CREATE TEMP TABLE refused (keys text, leaf text, state text, offender text, advice text);
INSERT INTO refused VALUES
	-- keys of one aggregation on another
	('"aggregation": "power"', NULL, '22023', 'node "r" has aggregation power and no power', '"power": 2'),
	('"aggregation": "power", "power": null', NULL, '22023', 'node "r" has aggregation power and no power', ''),
	('"power": 2', NULL, '22023', '"power" does not go with the aggregation of node "r"', ''),
	('"aggregation": "geometric", "power": 2', NULL, '22023', '"power" does not go with the aggregation of node "r"', ''),
	('"aggregation": "worst_mean"', NULL, '22023', 'node "r" has aggregation worst_mean and no count', '"count": 2'),
	('"aggregation": "worst_mean", "count": 0', NULL, '22023', '"count" of node "r"', ''),
	('"aggregation": "worst_mean", "count": -1', NULL, '22023', '"count" of node "r"', ''),
	('"aggregation": "worst_mean", "count": 1.5', NULL, '22023', '"count" of node "r"', ''),
	('"aggregation": "worst_mean", "count": 4097', NULL, '22023', '"count" of node "r"', ''),
	('"aggregation": "worst_mean", "count": 5000', NULL, '22023', '"count" of node "r"', ''),
	('"aggregation": "worst_mean", "count": 99999999999999999999', NULL, '22023', '"count" of node "r"', ''),
	('"aggregation": "worst_mean", "count": "2"', NULL, '22023', '"count" of node "r"', ''),
	('"count": 2', NULL, '22023', '"count" does not go with the aggregation of node "r"', ''),
	('"aggregation": "worst_mean", "count": 2, "power": 2', NULL, '22023', '"power" does not go with', ''),
	('"aggregation": "median", "deviation": "sample"', NULL, '22023', '"deviation" does not go with the aggregation of node "r"', ''),
	('"aggregation": "mpi_minus", "deviation": "both"', NULL, '22023', '"deviation" of node "r"', ''),
	('"aggregation": "mpi_minus", "deviation": 1', NULL, '22023', '"deviation" of node "r"', ''),
	('"aggregation": "mpi"', NULL, '22023', '"aggregation" of node "r"', ''),
	('"aggregation": "power", "power": "two"', NULL, '22023', '"power" of node "r"', ''),
	('"aggregation": "power", "power": 1e400', NULL, '22003', '1', ''),
	('"added": true', NULL, '22023', '"added" stands on the root "r"', ''),
	('"added": "yes"', NULL, '22023', '"added" of node "r"', ''),
	('"bonus": "much"', NULL, '22023', '"bonus" of node "r"', ''),
	-- score rules on a node with children
	('"thresholds": [1], "points": [0, 1]', NULL, '22023', '"thresholds" stands on node "r"', ''),
	('"points": [0, 1]', NULL, '22023', '"points" stands on node "r"', ''),
	('"mean": 1, "sd": 1', NULL, '22023', '"mean" stands on node "r"', ''),
	('"direction": "down"', NULL, '22023', '"direction" stands on node "r"', ''),
	('"score_mean": 100', NULL, '22023', '"score_mean" stands on node "r"', ''),
	('"score_sd": 10', NULL, '22023', '"score_sd" stands on node "r"', ''),
	('"highest": 10', NULL, '22023', '"highest" stands on node "r"', ''),
	-- aggregation keys on a leaf
	('', '"as_is": true, "power": 2', '22023', '"power" stands on leaf "a"', ''),
	('', '"as_is": true, "count": 2', '22023', '"count" stands on leaf "a"', ''),
	('', '"as_is": true, "deviation": "sample"', '22023', '"deviation" stands on leaf "a"', ''),
	-- points tables
	('', '"thresholds": [1]', '22023', '"a" has only one of thresholds and points', ''),
	('', '"points": [0, 1]', '22023', '"a" has only one of thresholds and points', ''),
	('', '"thresholds": [1], "points": [0]', '22023', 'leaf "a" does not have one point more', 'first point'),
	('', '"thresholds": [1], "points": [0, 1, 2]', '22023', 'leaf "a" does not have one point more', ''),
	('', '"thresholds": [], "points": [1]', '22023', 'leaf "a" does not have one point more', ''),
	('', '"thresholds": [2, 1], "points": [0, 1, 2]', '22023', 'thresholds of leaf "a" do not ascend', ''),
	('', '"thresholds": [1, 1], "points": [0, 1, 2]', '22023', 'thresholds of leaf "a" do not ascend', ''),
	('', '"thresholds": [0, -0.0], "points": [0, 1, 2]', '22023', 'thresholds of leaf "a" do not ascend', ''),
	('', '"thresholds": 1, "points": [0, 1]', '22023', '"thresholds" of node "a"', ''),
	('', '"thresholds": [1, null], "points": [0, 1, 2]', '22023', '"thresholds" of node "a"', ''),
	('', '"thresholds": [1], "points": ["0", 1]', '22023', '"points" of node "a"', ''),
	('', '"thresholds": [1], "points": {"0": 1}', '22023', '"points" of node "a"', ''),
	('', '"thresholds": [1], "points": [0, [1]]', '22023', '"points" of node "a"', ''),
	('', '"thresholds": [1], "points": [0, 1e400]', '22003', '1', ''),
	('', '"thresholds": [1], "points": [0, 1], "as_is": true', '22023', '"a" has more than one score rule', ''),
	('', '"thresholds": [1], "points": [0, 1], "mean": 1, "sd": 1', '22023', '"a" has more than one score rule', ''),
	('', '"thresholds": [1], "points": [0, 1], "clamp": false', '22023', '"clamp" does not go with the score rule of leaf "a"', ''),
	('', '"thresholds": [1], "points": [0, 1], "highest": 10', '22023', '"highest" does not go with the score rule of leaf "a"', ''),
	-- z-scores
	('', '"mean": 1', '22023', '"a" has only one of mean and sd', ''),
	('', '"sd": 1', '22023', '"a" has only one of mean and sd', ''),
	('', '"mean": 1, "sd": 0', '22023', 'sd of leaf "a" is not above zero', ''),
	('', '"mean": 1, "sd": -1', '22023', 'sd of leaf "a" is not above zero', ''),
	('', '"mean": 1, "sd": 1, "score_sd": 0', '22023', 'score_sd of leaf "a" is not above zero', ''),
	('', '"mean": 1, "sd": 1, "score_sd": -10', '22023', 'score_sd of leaf "a" is not above zero', ''),
	('', '"mean": 1, "sd": 1, "direction": "keep"', '22023', '"direction" of node "a"', ''),
	('', '"mean": 1, "sd": 1, "lowest": 1', '22023', '"lowest" does not go with the score rule of leaf "a"', ''),
	('', '"as_is": true, "direction": "down"', '22023', '"direction" does not go with the score rule of leaf "a"', ''),
	('', '"worst": 1, "best": 2, "score_mean": 5', '22023', '"score_mean" does not go with the score rule of leaf "a"', ''),
	('', '"as_is": true, "score_sd": 5', '22023', '"score_sd" does not go with the score rule of leaf "a"', ''),
	-- scales
	('', '"worst": 1, "best": 2, "lowest": 10, "highest": 10', '22023', 'lowest of leaf "a"', 'highest'),
	('', '"worst": 1, "best": 2, "lowest": 11, "highest": 10', '22023', 'lowest of leaf "a"', ''),
	('', '"worst": 1, "best": 2, "highest": 0', '22023', 'lowest of leaf "a"', ''),
	('', '"worst": 1, "best": 2, "highest": -5', '22023', 'lowest of leaf "a"', ''),
	('', '"worst": 1, "best": 2, "lowest": -0.5, "highest": 10', '22023', 'lowest of leaf "a"', ''),
	('', '"as_is": true, "highest": 10', '22023', '"highest" does not go with the score rule of leaf "a"', ''),
	-- a node needs a child that counts
	('', '"as_is": true, "added": true', '22023', 'node "r"', '');
SELECT pg_temp.refuses(format('SELECT %L::index_framework', '[{"code": "r"' || CASE WHEN keys <> '' THEN ', ' || keys ELSE '' END || '}, {"code": "a", "parent": "r", ' || coalesce(leaf, '"as_is": true') || '}]'),
	state, offender, advice) FROM refused;
SELECT pg_temp.refuses($$SELECT '[{"code": "r", "as_is": true, "added": true}]'::index_framework$$, '22023', '"added" stands on the root "r"');
-- a huge but legal table
SELECT is(index_score(f, index_sheet(f, '{"a": 4999.5}')), 4999::float8, 'a table of 5000 thresholds')
FROM (SELECT index_framework(jsonb_build_array(jsonb_build_object('code', 'a', 'thresholds', (SELECT jsonb_agg(n) FROM generate_series(1, 5000) n), 'points', (SELECT jsonb_agg(n) FROM generate_series(0, 5000) n)))) AS f) x;

-- Exactness at the ends: a value at its best scores highest, one child at 0 leaves nothing of an MPI of two, and weights
-- far apart do not cancel.
SELECT is_empty($$SELECT lowest, n.score FROM generate_series(0, 99, 0.753) AS lowest,
		node_scores(index_framework(format('[{"code":"r","aggregation":"share_met"},{"code":"a","parent":"r","worst":0,"best":100,"lowest":%s}]', lowest)::jsonb),
			index_sheet(index_framework(format('[{"code":"r","aggregation":"share_met"},{"code":"a","parent":"r","worst":0,"best":100,"lowest":%s}]', lowest)::jsonb), '{"a": 100}')) AS n
	WHERE n.score <> 100$$, 'a value at its best scores 100 exactly, whatever the lowest');
SELECT is_empty($$SELECT x FROM generate_series(0.01, 99.99, 0.13) AS x, (SELECT index_framework('[{"code":"r","aggregation":"mpi_minus"},
		{"code":"a","parent":"r","as_is":true},{"code":"b","parent":"r","as_is":true}]') AS f) AS t
	WHERE index_score(f, index_sheet(f, jsonb_build_object('a', x, 'b', 0))) <> 0$$, 'of a score and a 0 an MPI leaves 0 exactly');
SELECT results_eq($$SELECT abs(index_score(f, index_sheet(f, '{"a":100,"b":50}')) - 67.60829753919818) < 1e-9, abs(index_score(f, index_sheet(f, '{"a":100,"b":0}')) - 67.60829753919818) < 1e-9
	FROM (SELECT index_framework('[{"code":"r","aggregation":"power","power":100},{"code":"a","parent":"r","weight":1e-17,"as_is":true},{"code":"b","parent":"r","as_is":true}]') AS f) AS t$$,
	'VALUES (true, true)', 'a power mean of weights far apart: 100 * 1e-17 ^ (1 / 100)');
SELECT results_eq($$SELECT round(index_score(f, index_sheet(f, '{"a":100,"b":50}'))::numeric, 9), round(power_mean(v, 1, 5e-324)::numeric, 9)
	FROM (SELECT index_framework('[{"code":"r","aggregation":"power","power":5e-324},{"code":"a","parent":"r","as_is":true},{"code":"b","parent":"r","as_is":true}]') AS f) AS t,
		(VALUES (100), (50)) AS u(v) GROUP BY f$$,
	'VALUES (70.710678119, 70.710678119)', 'a power next to 0 is the geometric mean, in a node and over rows');

SELECT * FROM finish();
ROLLBACK;
