-- Where an index comes from and what moved it: contributions, changes, the audit record computed again from itself, and
-- the text to read.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.near(got float8, expected numeric, description text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN got IS NULL AND expected IS NULL OR abs(got - expected::float8) <= 1e-12 * greatest(1, abs(expected::float8)) THEN ok(true, description)
		ELSE ok(false, description) || E'\n' || diag(format('%s, not %s', coalesce(got::text, 'NULL'), coalesce(expected::text, 'NULL'))) END
$$;
CREATE FUNCTION pg_temp.dice(seed text, sides int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
	SELECT ('x' || substr(md5(seed), 1, 7))::bit(28)::int % sides
$$;
-- leaves as they are under one node "r": a 1, b 1, c 2
CREATE FUNCTION pg_temp.three(keys jsonb, weights float8[] DEFAULT '{1,1,2}') RETURNS index_framework LANGUAGE sql AS $$
	SELECT index_framework(jsonb_build_array(jsonb_build_object('code', 'r') || keys)
		|| (SELECT jsonb_agg(jsonb_build_object('code', chr(96 + n::int), 'parent', 'r', 'weight', w, 'as_is', true)) FROM unnest(weights) WITH ORDINALITY x (w, n)))
$$;
CREATE FUNCTION pg_temp.sheet(framework index_framework, scores float8[]) RETURNS index_sheet LANGUAGE sql AS $$
	SELECT index_sheet(framework, '{a,b,c}'::text[], scores)
$$;
CREATE TEMP TABLE way AS
	SELECT jsonb_build_object('aggregation', a) || CASE WHEN a = 'power' THEN '{"power": 3}' WHEN a = 'worst_mean' THEN '{"count": 2}' ELSE '{}' END::jsonb AS keys
	FROM unnest('{arithmetic,geometric,harmonic,min,max,sum,power,median,product,mpi_minus,mpi_plus,share_met,worst_mean}'::text[]) a;
INSERT INTO way VALUES ('{"aggregation": "power", "power": -2}'), ('{"aggregation": "power", "power": 0}'), ('{"aggregation": "power", "power": 0.01}'),
	('{"aggregation": "power", "power": 1e6}'), ('{"aggregation": "power", "power": -1e6}'), ('{"aggregation": "worst_mean", "count": 1}'),
	('{"aggregation": "mpi_minus", "deviation": "sample"}'), ('{"aggregation": "mpi_plus", "deviation": "sample"}');

-- Contributions ------------------------------------------------------------------------

CREATE FUNCTION pg_temp.contributions(keys jsonb, scores float8[], weights float8[] DEFAULT '{1,1,2}') RETURNS float8[] LANGUAGE sql AS $$
	SELECT array_agg(contribution ORDER BY code) FROM pg_temp.three(keys, weights) f, index_contributions(f, pg_temp.sheet(f, scores))
$$;
CREATE TEMP TABLE share (keys jsonb, scores float8[], contributions numeric[]);
INSERT INTO share VALUES
	-- power: M (w / W) (x / M)^p
	('{"aggregation": "power", "power": 2}', '{10,20,40}', ARRAY[25 / sqrt(925.0), 100 / sqrt(925.0), 800 / sqrt(925.0)]),
	('{"aggregation": "power", "power": 0}', '{20,20,20}', ARRAY[5, 5, 10]),
	('{"aggregation": "power", "power": -1}', '{10,20,40}', ARRAY[10, 5, 5]),
	('{"aggregation": "power", "power": 3}', '{0,20,20}', ARRAY[0, 20 * 0.75 ^ (1 / 3.0) / 3, 40 * 0.75 ^ (1 / 3.0) / 3]),
	('{"aggregation": "power", "power": 2}', '{0,0,0}', ARRAY[0, 0, 0]),
	-- median: what lies in the middle
	('{"aggregation": "median"}', '{10,20,40}', ARRAY[0, 10, 20]),
	('{"aggregation": "median"}', '{10,20,30}', ARRAY[0, 10, 15]),
	('{"aggregation": "median"}', '{40,40,10}', ARRAY[10, 10, 5]),
	('{"aggregation": "median"}', '{20,20,20}', ARRAY[5, 5, 10]),
	-- worst mean: the k-th score may be shared
	('{"aggregation": "worst_mean", "count": 2}', '{10,20,40}', ARRAY[5, 10, 0]),
	('{"aggregation": "worst_mean", "count": 2}', '{10,20,20}', ARRAY[5, 5, 5]),
	('{"aggregation": "worst_mean", "count": 1}', '{20,20,20}', ARRAY[20 / 3.0, 20 / 3.0, 20 / 3.0]),
	('{"aggregation": "worst_mean", "count": 9}', '{10,20,60}', ARRAY[10 / 3.0, 20 / 3.0, 20]),
	-- M 27.5, V 168.75: x w / W (1 - (2 (x - M) / M - V / M^2))
	('{"aggregation": "mpi_minus"}', '{10,20,40}', ARRAY[2.5 * (1 + 35 / 27.5 + 168.75 / 756.25), 5 * (1 + 15 / 27.5 + 168.75 / 756.25), 20 * (1 - 25 / 27.5 + 168.75 / 756.25)]),
	('{"aggregation": "mpi_plus"}', '{10,20,40}', ARRAY[2.5 * (1 - 35 / 27.5 - 168.75 / 756.25), 5 * (1 - 15 / 27.5 - 168.75 / 756.25), 20 * (1 + 25 / 27.5 - 168.75 / 756.25)]),
	('{"aggregation": "mpi_minus", "deviation": "sample"}', '{10,20,40}',
		ARRAY[2.5 * (1 + 52.5 / 27.5 + 253.125 / 756.25), 5 * (1 + 22.5 / 27.5 + 253.125 / 756.25), 20 * (1 - 37.5 / 27.5 + 253.125 / 756.25)]),
	-- not homogeneous: each factor would bring the whole, a share moves in jumps; the rest has no code
	('{"aggregation": "product"}', '{10,20,40}', ARRAY[0.8, 0.8, 0.8, -1.6]),
	('{"aggregation": "product"}', '{0,20,40}', ARRAY[0, 0, 0]),
	('{"aggregation": "share_met"}', '{10,100,140}', ARRAY[0, 0, 0, 75]),
	-- bonus points have no leaf
	('{"bonus": 3}', '{10,20,40}', ARRAY[2.5, 5, 20, 3]),
	('{"bonus": -3, "aggregation": "min"}', '{10,20,40}', ARRAY[10, 0, 0, -3]),
	('{"bonus": 3, "cap": 30}', '{10,20,40}', ARRAY[0, 0, 0, 30]),
	('{"bonus": 3, "cap": 31}', '{10,20,40}', ARRAY[2.5, 5, 20, 3]);
SELECT is((SELECT array_agg(round(c::numeric, 10)) FROM unnest(pg_temp.contributions(keys, scores)) c), (SELECT array_agg(round(c, 10)) FROM unnest(contributions) c),
	format('%s of %s: %s', keys, scores, (SELECT string_agg(round(c, 4)::text, ', ') FROM unnest(contributions) c))) FROM share;

-- any scores, with ties, zeros and gaps
CREATE TEMP TABLE row_of_scores AS
	SELECT n, ARRAY[s[1], s[2], s[3]] AS scores, ARRAY[1 + pg_temp.dice('w1' || n, 9) / 7.0, 1 + pg_temp.dice('w2' || n, 9), 0.1 + pg_temp.dice('w3' || n, 9)] AS weights
	FROM generate_series(1, 60) n, LATERAL (SELECT array_agg(CASE pg_temp.dice('kind' || n || '/' || k, 8) WHEN 0 THEN 0 WHEN 1 THEN 50 WHEN 2 THEN 100 WHEN 3 THEN NULL
		ELSE pg_temp.dice('s' || n || '/' || k, 100000) / 1000.0 END::float8 ORDER BY k) FROM generate_series(1, 3) k) x (s);
SELECT is_empty(format(
	$$SELECT n, missing, index, total FROM row_of_scores, unnest('{reweight,zero}'::text[]) missing, pg_temp.three(%L::jsonb || jsonb_build_object('missing', missing), weights) f,
		LATERAL (SELECT index_score(f, pg_temp.sheet(f, scores)) AS index) i, LATERAL (SELECT sum(contribution) AS total FROM index_contributions(f, pg_temp.sheet(f, scores))) c
	WHERE index IS NOT NULL AND (total IS NULL OR abs(total - index) > 1e-12 * abs(index)) OR index IS NULL AND total IS NOT NULL$$, keys), format('%s: contributions sum to the index', keys)) FROM way;
SELECT is_empty($$SELECT keys FROM way, row_of_scores, pg_temp.three(keys, weights) f, index_contributions(f, pg_temp.sheet(f, scores)) c
	WHERE c.code IS NULL AND keys ->> 'aggregation' NOT IN ('product', 'share_met')$$, 'a remainder only where an aggregation is not homogeneous');

-- weights before and after re-weighting
SELECT results_eq(
	$$SELECT c.code, c.contribution, c.effective_weight, c.effective_weight_after FROM pg_temp.three('{}') f, index_contributions(f, pg_temp.sheet(f, '{10,NULL,40}')) c$$,
	$$VALUES ('a', 10 * (1 / 3::float8), 0.25::float8, 1 / 3::float8), ('b', NULL, 0.25, 0), ('c', 40 * (2 / 3::float8), 0.5, 2 / 3::float8)$$, 'weights: reweight');
SELECT results_eq(
	$$SELECT c.code, c.contribution, c.effective_weight, c.effective_weight_after FROM pg_temp.three('{"missing": "zero"}') f, index_contributions(f, pg_temp.sheet(f, '{10,NULL,40}')) c$$,
	$$VALUES ('a', 2.5::float8, 0.25::float8, 0.25::float8), ('b', NULL, 0.25, 0), ('c', 20, 0.5, 0.5)$$, 'weights: zero');
SELECT results_eq(
	$$SELECT c.code, c.contribution, c.effective_weight, c.effective_weight_after FROM pg_temp.three('{"missing": "propagate"}') f, index_contributions(f, pg_temp.sheet(f, '{10,NULL,40}')) c$$,
	$$VALUES ('a', NULL::float8, 0.25::float8, NULL::float8), ('b', NULL, 0.25, NULL), ('c', NULL, 0.5, NULL)$$, 'weights: propagate');
SELECT results_eq(
	$$SELECT c.code, c.contribution, c.effective_weight, c.effective_weight_after FROM pg_temp.three('{}') f, index_contributions(f, with_not_applicable(f, pg_temp.sheet(f, '{10,NULL,40}'), '{b}')) c$$,
	$$VALUES ('a', 10 * (1 / 3::float8), 1 / 3::float8, 1 / 3::float8), ('b', NULL, 0, 0), ('c', 40 * (2 / 3::float8), 2 / 3::float8, 2 / 3::float8)$$, 'weights: what does not apply has none before either');
-- for arithmetic means all the way, a contribution is weight after times score
CREATE TEMP TABLE deep AS SELECT '[{"code": "r"}, {"code": "m", "parent": "r", "weight": 3}, {"code": "a", "parent": "m", "as_is": true}, {"code": "b", "parent": "m", "weight": 3, "as_is": true},
	{"code": "n", "parent": "r", "min_coverage": 0.6}, {"code": "c", "parent": "n", "as_is": true}, {"code": "d", "parent": "n", "as_is": true}, {"code": "x", "parent": "r", "added": true, "weight": 2, "as_is": true}]'::index_framework AS framework;
SELECT results_eq(
	$$SELECT n.code, n.contribution, n.effective_weight, n.effective_weight_after, n.reason FROM deep, node_scores(framework, index_sheet(framework, '{"a": 40, "b": 80, "c": 10, "x": 4}')) n$$,
	$$VALUES ('r', 78::float8, 1::float8, 1::float8, NULL), ('m', 70, 0.75, 1, NULL), ('a', 10, 0.1875, 0.25, NULL), ('b', 60, 0.5625, 0.75, NULL),
		('n', NULL, 0.25, 0, 'below_min_coverage'), ('c', 0, 0.125, 0, NULL), ('d', NULL, 0.125, 0, 'no_observation'), ('x', 8, 0, 0, NULL)$$,
	'node_scores: a branch below its coverage passes its weight on, what is added has none');

-- Changes ----------------------------------------------------------------------------------

CREATE FUNCTION pg_temp.changes(framework index_framework, before jsonb, after jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s=%s%s', code, coalesce(round(change::numeric, 9)::float8::text, '-'), ' ' || cause), '; ' ORDER BY code)
	FROM index_change(framework, index_sheet(framework, before), index_sheet(framework, after))
$$;
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 20, "c": 40}', '{"a": 30, "b": 20, "c": 38}'), 'a=5 value; b=0; c=-1 value', 'arithmetic: effective weight times change of score') FROM pg_temp.three('{}') f;
-- sqrt(a b) from (10, 40) to (40, 90): 20, with a alone 40, with b alone 30, both 60. Shapley: a (20 + 30) / 2, b (10 + 20) / 2
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 40}', '{"a": 40, "b": 90}'), 'a=25 value; b=15 value', 'two leaves: the Shapley values') FROM pg_temp.three('{"aggregation": "geometric"}', '{1,1}') f;
-- min of (10, 20) to (30, 15): 10; a alone 20, b alone 10, both 15
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 20}', '{"a": 30, "b": 15}'), 'a=7.5 value; b=-2.5 value', 'two leaves under min') FROM pg_temp.three('{"aggregation": "min"}', '{1,1}') f;
-- a product of three, 100 (0.1 0.2 0.4) to 100 (0.2 0.4 0.8): forwards 0.8 -> 1.6 -> 3.2 -> 6.4, backwards 0.8 -> 1.6 -> 3.2 -> 6.4
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 20, "c": 40}', '{"a": 20, "b": 40, "c": 80}'), 'a=2 value; b=1.6 value; c=2 value', 'three leaves: one after another and back') FROM pg_temp.three('{"aggregation": "product"}') f;
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 20, "c": 40}', '{"a": 10, "b": 20, "c": 40}'), 'a=0; b=0; c=0', 'nothing changed') FROM pg_temp.three('{"aggregation": "mpi_minus"}') f;
-- coverage: a mean of 10 and 40 (25), joined by 100 of weight 2 (62.5)
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 40}', '{"a": 10, "b": 40, "c": 100}'), 'a=0; b=0; c=37.5 appeared', 'appeared') FROM pg_temp.three('{}') f;
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 40, "c": 100}', '{"a": 10, "b": 40}'), 'a=0; b=0; c=-37.5 disappeared', 'disappeared') FROM pg_temp.three('{}') f;
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 40, "c": "n/a"}', '{"a": 10, "b": 40, "c": 100}'), 'a=0; b=0; c=37.5 became_applicable', 'became applicable') FROM pg_temp.three('{}') f;
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 40, "c": 100}', '{"a": 10, "b": 40, "c": "n/a"}'), 'a=0; b=0; c=-37.5 no_longer_applicable', 'no longer applicable') FROM pg_temp.three('{}') f;
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 40}', '{"a": 10, "b": 40, "c": "n/a"}'), 'a=0; b=0; c=0 no_longer_applicable', 'missing and not applicable differ, though here the index does not') FROM pg_temp.three('{}') f;
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 40}', '{"a": 10, "b": 40, "c": "n/a"}'), 'a=0; b=0; c=12.5 no_longer_applicable', 'under zero it does') FROM pg_temp.three('{"missing": "zero"}') f;
SELECT is(pg_temp.changes(f, '{"a": 10}', '{"b": 40}'), 'a=7.5 disappeared; b=22.5 appeared', 'a step without an index is taken over by the next') FROM pg_temp.three('{}', '{1,1}') f;
SELECT is(pg_temp.changes(f, '{"a": 10, "b": 40}', '{"a": 10}'), 'a=-; b=- disappeared', 'no index after: no changes') FROM pg_temp.three('{"missing": "propagate"}', '{1,1}') f;
SELECT is(pg_temp.changes(f, '{"a": 10}', '{"a": 10, "b": 40}'), 'a=-; b=- appeared', 'no index before: no changes') FROM pg_temp.three('{"missing": "propagate"}', '{1,1}') f;
SELECT is(pg_temp.changes(f, '{"a": 10, "x": 1}', '{"a": 12, "x": 4}'), 'a=2 value; x=6 value', 'added points change the index too')
FROM index_framework('[{"code": "r"}, {"code": "a", "parent": "r", "as_is": true}, {"code": "x", "parent": "r", "added": true, "weight": 2, "as_is": true}]') f;
SELECT results_eq(
	$$SELECT c.* FROM pg_temp.three('{}', '{1,1}') f, index_change(f, index_sheet(f, '{"a": 10, "b": 20}'), index_sheet(f, '{"a": 30}')) c$$,
	$$VALUES ('a', 10::float8, 30::float8, 10::float8, 30::float8, 5::float8, 30::float8, 15::float8, 'value'), ('b', 20, NULL, 20, NULL, 10, NULL, 0, 'disappeared')$$, 'all columns');
SELECT is_empty($$SELECT keys, x.n, total, difference FROM way, row_of_scores x, row_of_scores y, pg_temp.three(keys, x.weights) f,
		LATERAL (SELECT sum(change) AS total, bool_or(change <> 0 AND cause IS NULL) AS moved, bool_or((cause IS NULL) <> (value_before IS NOT DISTINCT FROM value_after)) AS wrong,
			index_score(f, pg_temp.sheet(f, y.scores)) - index_score(f, pg_temp.sheet(f, x.scores)) AS difference FROM index_change(f, pg_temp.sheet(f, x.scores), pg_temp.sheet(f, y.scores))) c
	WHERE y.n = x.n % 60 + 1 AND ((total IS NULL) <> (difference IS NULL) OR abs(total - difference) > 1e-11 OR moved OR wrong)$$, 'changes sum to the difference, and what did not change has exactly 0');
SELECT throws_ok($$SELECT index_change(f, index_sheet(f, '{}'), index_sheet(g, '{}')) FROM pg_temp.three('{}') f, pg_temp.three('{}', '{1,1}') g$$, '22023', NULL, 'sheets of other leaves are refused');

-- The record, computed again from itself ---------------------------------------------------------

CREATE TEMP TABLE mixed AS SELECT '[
	{"code": "root", "aggregation": "power", "power": 0.5, "floor": 1, "cap": 99, "due": "2030"},
	{"code": "A", "parent": "root", "weight": 2, "aggregation": "geometric", "missing": "zero", "min_coverage": 0.3},
	{"code": "A1", "parent": "A", "worst": 10, "best": 90, "lowest": 1}, {"code": "A2", "parent": "A", "worst": 500, "best": 2, "scale": "log", "weight": 2, "lowest": 1},
	{"code": "A3", "parent": "A", "worst": 0, "best": 60, "clamp": false, "floor": 5, "cap": 120},
	{"code": "B", "parent": "root", "aggregation": "mpi_minus", "deviation": "sample", "bonus": 2.5},
	{"code": "B1", "parent": "B", "mean": 50, "sd": 12, "score_mean": 100, "score_sd": 10}, {"code": "B2", "parent": "B", "mean": 40, "sd": 20, "direction": "down", "score_mean": 100, "score_sd": 10, "weight": 0.5},
	{"code": "B3", "parent": "B", "mean": 60, "sd": 15, "score_mean": 100, "score_sd": 10},
	{"code": "C", "parent": "root", "aggregation": "median", "missing": "reweight", "min_coverage": 0.5, "coverage_by": "weight"},
	{"code": "C1", "parent": "C", "thresholds": [20, 40, 60, 80], "points": [0, 25, 50, 75, 100]}, {"code": "C2", "parent": "C", "as_is": true, "bonus": 1}, {"code": "C3", "parent": "C", "as_is": true, "weight": 2},
	{"code": "D", "parent": "root", "aggregation": "share_met"},
	{"code": "D1", "parent": "D", "target": "up 10@2020 -> 60@2030"}, {"code": "D2", "parent": "D", "target": "down 90@2020 -> 30@2030", "measure": "distance"},
	{"code": "D3", "parent": "D", "target": "keep -> 40..70@2030", "weight": 3}, {"code": "D4", "parent": "D", "target": "up -> 50@2025"},
	{"code": "E", "parent": "root", "aggregation": "worst_mean", "count": 2},
	{"code": "E1", "parent": "E", "target": "up 10@2020 -> 60@2030"}, {"code": "E2", "parent": "E", "target": "down 90@2020 -> 30@2030", "measure": "distance"},
	{"code": "E3", "parent": "E", "target": "keep 10@2020 -> 40..70@2030", "weight": 3}, {"code": "E4", "parent": "E", "target": "up -> 50@2030", "measure": "met"},
	{"code": "F", "parent": "root", "aggregation": "sum", "weight": 0.2, "cap": 100},
	{"code": "F1", "parent": "F", "as_is": true, "weight": 0.3}, {"code": "F2", "parent": "F", "as_is": true, "weight": 0.7}, {"code": "F3", "parent": "F", "as_is": true, "added": true, "weight": 0.1},
	{"code": "G", "parent": "root", "aggregation": "product", "missing": "zero"}, {"code": "G1", "parent": "G", "as_is": true}, {"code": "G2", "parent": "G", "as_is": true},
	{"code": "H", "parent": "root", "aggregation": "harmonic"}, {"code": "H1", "parent": "H", "as_is": true}, {"code": "H2", "parent": "H", "as_is": true, "weight": 3},
	{"code": "I", "parent": "root", "aggregation": "min"}, {"code": "I1", "parent": "I", "as_is": true}, {"code": "I2", "parent": "I", "as_is": true}, {"code": "I3", "parent": "I", "as_is": true, "weight": 0},
	{"code": "J", "parent": "root", "aggregation": "max", "missing": "propagate"}, {"code": "J1", "parent": "J", "as_is": true}, {"code": "J2", "parent": "J", "as_is": true},
	{"code": "K", "parent": "root", "aggregation": "mpi_plus"}, {"code": "K1", "parent": "K", "as_is": true}, {"code": "K2", "parent": "K", "as_is": true}]'::index_framework AS framework;
CREATE TEMP TABLE mixed_sheet AS
	SELECT s, index_sheet(framework, jsonb_object_agg(code, CASE WHEN kind < s % 4 THEN 'null'::jsonb WHEN kind < 2 * (s % 4) AND s > 20 THEN '"n/a"' ELSE to_jsonb(pg_temp.dice('v' || s || code, 10000) / 100.0) END)) AS sheet
	FROM mixed, leaves(framework) l, generate_series(1, 40) s, LATERAL (SELECT pg_temp.dice('k' || s || code, 10) AS kind) k GROUP BY framework, s;
CREATE TEMP TABLE audit AS SELECT s, index_explain(framework, sheet) AS e, sheet FROM mixed, mixed_sheet;

-- state: score, missing or "not applicable"; nothing but the record is read
CREATE FUNCTION pg_temp.again(audit jsonb, node_code text, OUT score float8, OUT state text, OUT met boolean) LANGUAGE plpgsql AS $$
DECLARE
	me jsonb;
	child record;
	other record;
	given float8;
	x float8[] := '{}';
	w float8[] := '{}';
	m boolean[] := '{}';
	direction text;
	low float8;
	high float8;
	lowest float8;
	counted int := 0;
	present int := 0;
	total float8 := 0;
	present_weight float8 := 0;
	extra float8 := 0;
	mean float8;
	v float8;
	p float8;
	half float8;
BEGIN
	SELECT n INTO me FROM jsonb_array_elements(audit -> 'nodes') n WHERE n ->> 'code' = node_code;
	IF me ? 'rule' THEN
		given := (me ->> 'value')::float8;
		state := CASE WHEN NOT (me ->> 'applicable')::boolean THEN 'not applicable' WHEN given IS NULL THEN 'missing' ELSE 'score' END;
		IF state <> 'score' THEN RETURN; END IF;
		IF me ->> 'rule' = 'goalposts' THEN
			score := CASE me ->> 'scale' WHEN 'log' THEN CASE WHEN given > 0 THEN 100 * ln(given / (me ->> 'worst')::float8) / ln((me ->> 'best')::float8 / (me ->> 'worst')::float8) END
				ELSE 100 * (given - (me ->> 'worst')::float8) / ((me ->> 'best')::float8 - (me ->> 'worst')::float8) END;
			IF (me ->> 'clamp')::boolean THEN score := least(100, greatest(0, score)); END IF;
		ELSIF me ->> 'rule' = 'target' THEN
			direction := target_direction((me ->> 'target')::target_path);
			low := (me ->> 'bound_low')::float8;
			high := (me ->> 'bound_high')::float8;
			met := CASE direction WHEN 'up' THEN given >= low WHEN 'down' THEN given <= high ELSE given BETWEEN low AND high END;
			score := CASE WHEN met THEN 100 WHEN me ->> 'measure' = 'met' THEN 0
				WHEN me ->> 'measure' = 'level' THEN CASE WHEN direction = 'up' OR direction = 'keep' AND given < low THEN 100 * greatest(0, given) / low ELSE 100 * high / given END
				WHEN direction = 'up' THEN least(100, greatest(0, 100 * (given - (me ->> 'baseline')::float8) / abs(low - (me ->> 'baseline')::float8)))
				ELSE least(100, greatest(0, 100 * ((me ->> 'baseline')::float8 - given) / abs(high - (me ->> 'baseline')::float8))) END;
		ELSIF me ->> 'rule' = 'steps' THEN
			score := (me -> 'points' ->> (SELECT count(*)::int FROM jsonb_array_elements_text(me -> 'thresholds') t (threshold) WHERE t.threshold::float8 <= given))::float8;
		ELSIF me ->> 'rule' = 'z_score' THEN
			score := (me ->> 'score_mean')::float8 + CASE me ->> 'direction' WHEN 'up' THEN 1 ELSE -1 END * (me ->> 'score_sd')::float8 * (given - (me ->> 'mean')::float8) / (me ->> 'sd')::float8;
		ELSE
			score := given;
		END IF;
		lowest := coalesce((me ->> 'lowest')::float8, 0);
		score := lowest + (coalesce((me ->> 'highest')::float8, 100) - lowest) * score / 100;
	ELSE
		FOR child IN SELECT n ->> 'code' AS code, (n ->> 'weight')::float8 AS weight, n ? 'added' AS added FROM jsonb_array_elements(audit -> 'nodes') n WHERE n ->> 'parent' = node_code LOOP
			SELECT * INTO other FROM pg_temp.again(audit, child.code);
			IF child.added THEN
				extra := extra + coalesce(child.weight * other.score, 0);
			ELSIF child.weight > 0 AND other.state <> 'not applicable' THEN
				counted := counted + 1;
				total := total + child.weight;
				IF other.score IS NOT NULL THEN
					present := present + 1;
					present_weight := present_weight + child.weight;
				ELSIF me ->> 'missing' <> 'zero' THEN
					CONTINUE;
				END IF;
				x := x || coalesce(other.score, 0);
				w := w || child.weight;
				m := m || coalesce(other.met, false);
			END IF;
		END LOOP;
		state := CASE WHEN counted = 0 THEN 'not applicable' WHEN present = 0 OR me ->> 'missing' = 'propagate' AND present < counted THEN 'missing' ELSE 'score' END;
		IF state <> 'score' THEN RETURN; END IF;
		SELECT sum(i * j) / sum(j) INTO mean FROM unnest(x, w) u (i, j);
		SELECT sum(j * (i - mean) ^ 2) / sum(j) INTO v FROM unnest(x, w) u (i, j);
		IF me ->> 'deviation' = 'sample' THEN v := CASE WHEN cardinality(x) > 1 THEN v * cardinality(x) / (cardinality(x) - 1) END; END IF;
		p := (me ->> 'power')::float8;
		half := (SELECT sum(j) FROM unnest(w) j) / 2 + 1e-9;
		SELECT CASE me ->> 'aggregation'
			WHEN 'arithmetic' THEN mean
			WHEN 'sum' THEN sum(i * j) * CASE me ->> 'missing' WHEN 'zero' THEN 1 ELSE total / present_weight END
			WHEN 'geometric' THEN CASE WHEN min(i) > 0 THEN exp(sum(j * ln(nullif(greatest(i, 0), 0))) / sum(j)) WHEN min(i) = 0 THEN 0 END
			WHEN 'harmonic' THEN CASE WHEN min(i) > 0 THEN sum(j) / sum(j / nullif(i, 0)) WHEN min(i) = 0 THEN 0 END
			WHEN 'power' THEN CASE WHEN min(i) >= 0 THEN (sum(j * greatest(i, 0) ^ p) / sum(j)) ^ (1 / p) END
			WHEN 'min' THEN min(i) WHEN 'max' THEN max(i)
			WHEN 'product' THEN CASE WHEN min(i) >= 0 THEN 100 * exp(sum(ln(nullif(greatest(i, 0), 0) / 100))) * (min(i) > 0)::int + 0 END
			WHEN 'share_met' THEN 100 * coalesce(sum(j) FILTER (WHERE q), 0) / sum(j)
			WHEN 'worst_mean' THEN (SELECT avg(s) FROM (SELECT s FROM unnest(x) s ORDER BY s LIMIT (me ->> 'count')::int) k)
			WHEN 'median' THEN (SELECT avg(DISTINCT s) FROM unnest(x) s WHERE coalesce((SELECT sum(b) FROM unnest(x, w) y (a, b) WHERE a < s), 0) <= half
				AND coalesce((SELECT sum(b) FROM unnest(x, w) y (a, b) WHERE a > s), 0) <= half)
			WHEN 'mpi_minus' THEN CASE WHEN mean > 0 THEN mean - v / mean END
			WHEN 'mpi_plus' THEN CASE WHEN mean > 0 THEN mean + v / mean END END
		INTO score FROM unnest(x, w, m) u (i, j, q);
		score := score + extra;
		IF (CASE me ->> 'coverage_by' WHEN 'weight' THEN present_weight / total ELSE present / counted::float8 END) < (me ->> 'min_coverage')::float8 - 1e-12 THEN score := NULL; END IF;
		IF score IS NULL THEN state := 'missing'; END IF;
	END IF;
	IF score IS NOT NULL THEN
		score := score + coalesce((me ->> 'bonus')::float8, 0);
		score := least(greatest(score, (me ->> 'floor')::float8), (me ->> 'cap')::float8);
	END IF;
	met := coalesce(met, score >= 100);
END $$;
CREATE TEMP TABLE recomputed AS
	SELECT r.s, n ->> 'code' AS code, n ->> 'aggregation' AS aggregation, n ->> 'rule' AS rule, n ->> 'reason' AS reason, (n ->> 'score')::float8 AS told, a.score AS again
	FROM audit r, jsonb_array_elements(e -> 'nodes') n, pg_temp.again(e, n ->> 'code') a;
SELECT cmp_ok((SELECT count(*) FROM recomputed WHERE told IS NOT NULL), '>', 1000::bigint, 'the record: many scores');
SELECT cmp_ok((SELECT count(*) FROM recomputed WHERE told IS NULL), '>', 200::bigint, 'and many without');
SELECT cmp_ok((SELECT count(DISTINCT aggregation) FROM recomputed WHERE told IS NOT NULL), '=', 12::bigint, 'of every aggregation but the arithmetic one');
SELECT is_empty($$SELECT * FROM recomputed WHERE (told IS NULL) <> (again IS NULL) OR abs(told - again) > 1e-9 * greatest(1, abs(again))$$, 'every score follows from the record alone');
SELECT is_empty($$SELECT r.s, n.code FROM audit r, mixed, node_scores(framework, sheet) n, jsonb_array_elements(e -> 'nodes') x
	WHERE x ->> 'code' = n.code AND ((x ->> 'score')::float8 IS DISTINCT FROM n.score OR (x ->> 'raw')::float8 IS DISTINCT FROM n.raw OR (x ->> 'contribution')::float8 IS DISTINCT FROM n.contribution
		OR (x ->> 'effective_weight')::float8 <> n.effective_weight OR (x ->> 'effective_weight_after')::float8 IS DISTINCT FROM n.effective_weight_after OR x ->> 'reason' IS DISTINCT FROM n.reason
		OR (x ->> 'coverage')::float8 IS DISTINCT FROM n.coverage OR (x ->> 'coverage_by_weight')::float8 IS DISTINCT FROM n.coverage_by_weight OR (x ->> 'value')::float8 IS DISTINCT FROM n.value)$$,
	'and is what node_scores says');
SELECT is_empty($$SELECT s, e ->> 'score', total FROM audit, LATERAL (SELECT sum((n ->> 'contribution')::float8) + (e ->> 'remainder')::float8 AS total FROM jsonb_array_elements(e -> 'nodes') n WHERE n ? 'rule') t
	WHERE e ->> 'score' IS NOT NULL AND (total IS NULL OR abs(total - (e ->> 'score')::float8) > 1e-12 * (e ->> 'score')::float8)$$, 'contributions and the remainder sum to the index');
SELECT is_empty($$SELECT s, sum FROM audit, LATERAL (SELECT sum((n ->> 'effective_weight')::float8), sum((n ->> 'effective_weight_after')::float8) AS after FROM jsonb_array_elements(e -> 'nodes') n WHERE n ? 'rule') w
	WHERE abs(sum - 1) > 1e-12$$, 'weights of what applies sum to 1');
SELECT is((SELECT array_agg(k ORDER BY k) FROM audit, jsonb_object_keys(e) k WHERE s = 4), '{coverage,coverage_by_weight,framework,leaf_set,nodes,remainder,score,scorecard}'::text[], 'the head of the record');
SELECT is(index_explain(f, index_sheet(f, '{}')) ->> 'reason', 'no_child_score', 'without a score a reason') FROM pg_temp.three('{}') f;

-- The text to read: sewage 1 + 0.99 * 100 * 40.8 / 70, water sqrt(84.16 * 58.7029), city (41.5 + 75 + 2 * 70.2882) / 4 + 1 + 1.5 ------

SELECT is(index_explain_text(framework, index_sheet(framework, '{"piped": 92, "sewage": 40.8, "meetings": 3, "air": 61, "extra": 1.5, "port": "n/a"}')),
$$city 66.7691: arithmetic of 3 of 4, missing: reweight, raw 64.2691, bonus 1; coverage 0.8
  air 41.5: value 61, 50 - 10 (61 - 52.5) / 10 = 41.5; weight 1, 0.2 of the whole, 0.25 after re-weighting; contributes 10.375
  extra 1.5: value 1.5; added, times 1; contributes 1.5
  office 75: power (power 2) of 1 of 1; weight 1, 0.2 of the whole, 0.25 after re-weighting; contributes 18.75
    meetings 75: value 3, 75 points in a table of 4 thresholds; weight 1, 0.2 of the whole, 0.25 after re-weighting; contributes 18.75
  ships no score (no_observation); weight 1, 0.2 of the whole, 0 after re-weighting
  water 70.2882: geometric of 2 of 2, cap 90; weight 2, 0.4 of the whole, 0.5 after re-weighting; contributes 35.1441
    piped 84.16: value 92, 100 (92 - 50) / (100 - 50) = 84, on a scale from 1 to 100; weight 1, 0.2 of the whole, 0.25 after re-weighting; contributes 17.5721
    port no score (not_applicable); weight 1, 0 of the whole
    sewage 58.7029: value 40.8, target 12@2020 -> 70@2030, due 2030, not met: level 58.2857, on a scale from 1 to 100; weight 1, 0.2 of the whole, 0.25 after re-weighting; contributes 17.5721
floors, caps, bonus points and the like contribute 1
$$, 'explain_text: a line per node')
FROM index_framework('[{"code": "city", "bonus": 1}, {"code": "water", "parent": "city", "weight": 2, "aggregation": "geometric", "cap": 90}, {"code": "piped", "parent": "water", "worst": 50, "best": 100, "lowest": 1},
	{"code": "sewage", "parent": "water", "target": "12@2020 -> 70@2030", "lowest": 1}, {"code": "port", "parent": "water", "as_is": true},
	{"code": "office", "parent": "city", "aggregation": "power", "power": 2}, {"code": "meetings", "parent": "office", "thresholds": [1, 2, 3, 4], "points": [0, 25, 50, 75, 100]},
	{"code": "air", "parent": "city", "mean": 52.5, "sd": 10, "direction": "down", "score_mean": 50, "score_sd": 10},
	{"code": "ships", "parent": "city", "as_is": true}, {"code": "extra", "parent": "city", "added": true, "as_is": true}]') framework;

CREATE FUNCTION pg_temp.line(nodes text, "values" jsonb, n int) RETURNS text LANGUAGE sql AS $$
	SELECT split_part(index_explain_text(f, index_sheet(f, "values")), E'\n', n) FROM index_framework(nodes::jsonb) f
$$;
SELECT is(pg_temp.line(nodes, v::jsonb, n), line, line) FROM (VALUES
	('[{"code": "a", "worst": 20, "best": 70}]', '{"a": 95}', 1, 'a 100: value 95, 100 (95 - 20) / (70 - 20) = 150, clamped; coverage 1'),
	('[{"code": "a", "worst": 20, "best": 70, "clamp": false, "cap": 110}]', '{"a": 95}', 1, 'a 110: value 95, 100 (95 - 20) / (70 - 20) = 150, cap 110; coverage 1'),
	('[{"code": "a", "worst": 1, "best": 100, "scale": "log"}]', '{"a": 10}', 1, 'a 50: value 10, 100 ln(10 / 1) / ln(100 / 1) = 50; coverage 1'),
	('[{"code": "a", "worst": 1, "best": 100, "scale": "log"}]', '{"a": 0}', 1, 'a no score (nonpositive_input): value 0, 100 ln(0 / 1) / ln(100 / 1); coverage 1'),
	('[{"code": "a", "target": "up -> 80@2025"}]', '{"a": 80}', 1, 'a 100: value 80, target up -> 80@2025, due 2025, met; coverage 1'),
	('[{"code": "a", "target": "down -> 10@2025-06"}]', '{"a": 25}', 1, 'a 40: value 25, target down -> 10@2025-06-30, due 2025-06-30, not met: level 40; coverage 1'),
	('[{"code": "a", "target": "40@2020 -> 70@2025", "measure": "distance"}]', '{"a": 52}', 1, 'a 40: value 52, target 40@2020 -> 70@2025, due 2025, not met: distance 40; coverage 1'),
	('[{"code": "a", "target": "up -> 80@2025"}]', '{}', 1, 'a no score (no_observation); coverage 0'),
	('[{"code": "r"}, {"code": "a", "parent": "r", "target": "up -> 80@2025", "due": "2027"}, {"code": "b", "parent": "r", "as_is": true}]', '{"a": 60, "b": 5}', 2,
		'  a no score (no_target_at_due): value 60, target up -> 80@2025, no target at 2027; weight 1, 0 of the whole'),
	('[{"code": "r", "aggregation": "worst_mean", "count": 2, "floor": 3}, {"code": "b", "parent": "r", "as_is": true}, {"code": "c", "parent": "r", "as_is": true}]', '{"b": 5, "c": -5}', 1,
		'r 3: worst_mean (count 2) of 2 of 2, raw 0, floor 3; coverage 1'),
	('[{"code": "r", "aggregation": "mpi_plus", "deviation": "sample"}, {"code": "b", "parent": "r", "as_is": true}, {"code": "c", "parent": "r", "as_is": true}]', '{"b": 10, "c": 30}', 1,
		'r 30: mpi_plus of a sample of 2 of 2; coverage 1'),
	('[{"code": "r", "min_coverage": 0.66}, {"code": "b", "parent": "r", "as_is": true}, {"code": "c", "parent": "r", "as_is": true}]', '{"b": 10}', 1,
		'r no score (below_min_coverage): arithmetic of 1 of 2, missing: reweight, raw 10, min_coverage 0.66 by count; coverage 0.5'),
	('[{"code": "r", "aggregation": "power", "power": -0.5}, {"code": "b", "parent": "r", "as_is": true}]', '{"b": 10}', 1, 'r 10: power (power -0.5) of 1 of 1; coverage 1')) x (nodes, v, n, line);
SELECT is(index_explain_text(NULL, s), NULL, 'no framework, no text') FROM pg_temp.three('{}') f, pg_temp.sheet(f, '{1,2,3}') s;

SELECT * FROM finish();
ROLLBACK;
