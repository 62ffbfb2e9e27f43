-- The method as it might be: other weights, measures and targets, a node less; what two methods differ in; and all faults
-- of a method at once.
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
	RETURN ok(false, statement || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 AND position(advice IN coalesce(hint, '')) > 0
		THEN ok(true, statement || ': ' || said)
		ELSE ok(false, statement || ' is refused') || E'\n' || diag(format('%s: %s (%s), not %s naming %s (%s)', got, said, hint, state, offender, advice)) END;
END $$;

CREATE TEMP TABLE method AS SELECT '[{"code": "city", "measure": "distance", "due": "2030"},
	{"code": "economy", "parent": "city", "weight": 3, "aggregation": "geometric"}, {"code": "E1", "parent": "economy", "target": "10@2020 -> 60@2030", "measure": "level"},
	{"code": "E2", "parent": "economy", "target": "down 90@2020 -> 60@2025 -> 30@2030", "weight": 2},
	{"code": "society", "parent": "city"}, {"code": "S1", "parent": "society", "worst": 0, "best": 50}, {"code": "S2", "parent": "society", "weight": 0, "as_is": true}]'::index_framework AS framework;

-- with_weights ----------------------------------------------------------------------------

SELECT results_eq($$SELECT n.code, n.weight, n.effective_weight FROM method, nodes(with_weights(framework, '{economy,E1,S2,city}', '{1,2,0.5,7}')) n$$,
	$$VALUES ('city', 7::float8, 1::float8), ('economy', 1, 0.5), ('E1', 2, 0.25), ('E2', 2, 0.25), ('society', 1, 0.5), ('S1', 1, 0.5 / 1.5), ('S2', 0.5, 0.5 * (0.5 / 1.5))$$, 'with_weights');
SELECT is(with_weights(framework, '{}', '{}'), framework, 'with none it stays') FROM method;
SELECT is(with_weights(framework, '{economy}', '{3}'), framework, 'with the same it stays') FROM method;
SELECT is(with_weights(with_weights(framework, '{economy}', '{9}'), '{economy}', '{3}'), framework, 'there and back') FROM method;
SELECT is(leaf_set_fingerprint(with_weights(framework, '{E1}', '{5}')), leaf_set_fingerprint(framework), 'the leaf set stays') FROM method;
SELECT is(with_weights(framework, NULL, '{1}'), NULL, 'NULL') FROM method;
SELECT is(index_score(with_weights(framework, '{economy}', '{0}'), index_sheet(framework, '{"S1": 20, "E1": 1, "E2": 2}')), 40::float8, 'what if the economy did not count') FROM method;
SELECT pg_temp.refuses(format('SELECT with_weights(framework, %s) FROM method', a), s, o)
FROM (VALUES ($$'{nowhere}', '{1}'$$, '22023', '"nowhere"'), ($$'{E1,E1}', '{1,2}'$$, '21000', '"E1" is listed twice'), ($$'{E1}', '{-1}'$$, '22023', '"E1" has a negative weight'),
	($$'{E1}', '{NULL}'$$, '22004', '"E1"'), ($$'{NULL}', '{1}'$$, '22004', 'code'), ($$'{E1}', '{1,2}'$$, '2202E', 'same length'), ($$'{E1}', '{NaN}'$$, '22023', 'finite'),
	($$'{E1}', '{Infinity}'$$, '22023', 'finite'), ($$'{S1}', '{0}'$$, '22023', '"society"'), ($$'{economy,society}', '{0,0}'$$, '22023', '"city"'),
	($$'{E1,E2}', '{1e308,1e-308}'$$, '22003', '"economy"'), ($$'{city}', '{0}'$$, '22023', 'the root "city" has weight zero')) x (a, s, o);

-- with_measure ------------------------------------------------------------------------------

SELECT results_eq($$SELECT n.code, n.measure FROM method, nodes(with_measure(framework, 'met')) n WHERE rule = 'target'$$, $$VALUES ('E1', 'met'), ('E2', 'met')$$, 'with_measure replaces what was said');
SELECT is(with_measure(with_measure(framework, 'met'), 'level'), with_measure(framework, 'level'), 'the last counts') FROM method;
SELECT is(leaf_set_fingerprint(with_measure(framework, 'met')), leaf_set_fingerprint(framework), 'the leaf set stays') FROM method;
-- 35 of 10 -> 60: level 58.33, distance 50
SELECT is(node_score(with_measure(framework, m), index_sheet(framework, '{"E1": 35}'), 'E1'), s, m || ' of 35 on the way from 10 to 60')
FROM method, (VALUES ('level', 100 * 35 / 60::float8), ('distance', 50), ('met', 0)) x (m, s);
SELECT pg_temp.refuses($$SELECT with_measure(framework, 'speed') FROM method$$, '22023', '"speed" is not known', 'level, distance, met');
SELECT pg_temp.refuses($$SELECT with_measure(framework, '') FROM method$$, '22023', '"" is not known');
SELECT pg_temp.refuses($$SELECT with_measure('[{"code": "r", "target": "up -> 5@2030"}]', 'distance')$$, '22023', 'distance of leaf "r" needs a baseline');
SELECT pg_temp.refuses($$SELECT with_measure('[{"code": "r", "target": "up -> 0@2030", "measure": "met"}]', 'level')$$, '22023', 'level of leaf "r" needs a bound above zero');
SELECT is(with_measure(framework, NULL), NULL, 'NULL') FROM method;

-- with_targets ------------------------------------------------------------------------------

SELECT results_eq($$SELECT n.code, n.target::text, n.is_applicable FROM method, nodes(with_targets(framework, '{E2,E1}', ARRAY['up 1@2020 -> 2@2027', NULL]::target_path[])) n WHERE rule = 'target'$$,
	$$VALUES ('E1', '10@2020 -> 60@2030', true), ('E2', '1@2020 -> 2@2027', false)$$, 'with_targets: NULL keeps, another due date does not apply');
-- paths of several lengths in memory, one behind the other
SELECT results_eq(format('SELECT n.target::text FROM method, nodes(with_targets(framework, ''{E1,E2}'', %L)) n WHERE rule = ''target''', ARRAY[a, b]::target_path[]),
	format('VALUES (%L), (%L)', a, b), format('with_targets: %s and %s', a, b))
FROM unnest('{10@2020 -> 90@2025,up -> 50@2025,10@2020 -> 50@2025 -> 60@2030,up total -> 5@2021..2025,5@2020 -> 6..7@2025 -> 8@2030}'::text[]) AS a,
	unnest('{10@2020 -> 90@2025,up -> 50@2025,10@2020 -> 50@2025 -> 60@2030,up total -> 5@2021..2025,5@2020 -> 6..7@2025 -> 8@2030}'::text[]) AS b;
SELECT is(with_targets(framework, '{}', '{}'), framework, 'with none it stays') FROM method;
SELECT is(with_targets(framework, '{E1}', '{10@2020 -> 60@2030}'), framework, 'with the same it stays') FROM method;
SELECT pg_temp.refuses(format('SELECT with_targets(framework, %s) FROM method', a), s, o)
FROM (VALUES ($$'{nowhere}', '{up -> 1@2030}'$$, '22023', '"nowhere"'), ($$'{E1,E1}', '{up -> 1@2030,up -> 2@2030}'$$, '21000', '"E1" is listed twice'), ($$'{S1}', '{up -> 1@2030}'$$, '22023', '"S1" is no target leaf'),
	($$'{economy}', '{up -> 1@2030}'$$, '22023', '"economy" is no target leaf'), ($$'{E2}', '{up -> 1@2030}'$$, '22023', 'distance of leaf "E2" needs a baseline'),
	($$'{E1}', '{up -> 0@2030}'$$, '22023', 'level of leaf "E1"'), ($$'{NULL}', '{up -> 1@2030}'$$, '22004', 'code'), ($$'{E1}', '{}'$$, '2202E', 'same length')) x (a, s, o);

-- without -----------------------------------------------------------------------------------

SELECT is(without(framework, 'S2'), (SELECT jsonb_agg(n) FROM jsonb_array_elements(framework::jsonb) n WHERE n ->> 'code' <> 'S2')::index_framework, 'without a leaf') FROM method;
SELECT is(without(framework, 'economy'), (SELECT jsonb_agg(n) FROM jsonb_array_elements(framework::jsonb) n WHERE n ->> 'code' IN ('city', 'society', 'S1', 'S2'))::index_framework, 'without a branch') FROM method;
SELECT is(index_score(g, realign(index_sheet(framework, '{"E1": 35, "E2": 60, "S1": 20}'), framework, g, true)), 40::float8, 'the index without a branch') FROM method, without(framework, 'economy') g;
SELECT pg_temp.refuses(format('SELECT without(framework, %L) FROM method', c), s, o, h)
FROM (VALUES ('nowhere', '22023', '"nowhere"', ''), ('city', '22023', 'root "city"', ''), ('S1', '22023', '"society"', '')) x (c, s, o, h);
SELECT pg_temp.refuses($$SELECT without('[{"code": "r"}, {"code": "m", "parent": "r"}, {"code": "a", "parent": "m", "as_is": true}, {"code": "b", "parent": "r", "as_is": true}]', 'a')$$, '22023', 'node "m" would have no child without "a"', 'Leave out "m" itself');

-- framework_diff ----------------------------------------------------------------------------

SELECT is_empty('SELECT d.* FROM method, framework_diff(framework, framework) d', 'no difference');
SELECT results_eq(
	$$SELECT d.* FROM method, framework_diff(framework, '[{"code": "city", "due": "2030"},
		{"code": "economy", "parent": "city", "weight": 3}, {"code": "E1", "parent": "society", "target": "10@2020 -> 60@2030"},
		{"code": "E2", "parent": "economy", "target": "down 90@2020 -> 60@2025 -> 20@2030", "weight": 1, "bonus": 2},
		{"code": "society", "parent": "city"}, {"code": "S1", "parent": "society", "worst": 0, "best": 50}, {"code": "new", "parent": "society", "thresholds": [1], "points": [0, 5]}]') d$$,
	$$VALUES ('E1', 'changed', 'measure', '"level"'::jsonb, NULL::jsonb), ('E1', 'changed', 'parent', '"economy"', '"society"'),
		('E2', 'changed', 'bonus', NULL, '2'), ('E2', 'changed', 'target', '"90@2020 -> 60@2025 -> 30@2030"', '"90@2020 -> 60@2025 -> 20@2030"'), ('E2', 'changed', 'weight', '2', NULL),
		('S2', 'removed', NULL, '{"code": "S2", "parent": "society", "weight": 0, "as_is": true}', NULL), ('city', 'changed', 'measure', '"distance"', NULL), ('economy', 'changed', 'aggregation', '"geometric"', NULL),
		('new', 'added', NULL, NULL, '{"code": "new", "parent": "society", "thresholds": [1], "points": [0, 5]}')$$, 'added, removed and changed, in byte order');
SELECT results_eq($$SELECT d.code, d.key, d.before, d.after FROM method, framework_diff(framework, with_weights(framework, '{E1,S2}', '{4,1}')) d$$,
	$$VALUES ('E1', 'weight', NULL::jsonb, '4'::jsonb), ('S2', 'weight', '0', NULL)$$, 'of with_weights: the default is not said');
SELECT is((SELECT count(*) FROM framework_diff('[{"code": "a", "as_is": true}]', '[{"code": "b", "as_is": true}]')), 2::bigint, 'nothing in common');
SELECT is_empty('SELECT d.* FROM method, framework_diff(framework, NULL) d', 'NULL');
-- one is empty exactly where the frameworks are equal, and both directions tell the same
SELECT is_empty(
	$$WITH variant AS (SELECT with_weights(framework, ARRAY[code], ARRAY[w]::float8[]) AS f FROM method, unnest('{E1,E2,economy,S2}'::text[]) code, unnest('{0.5,1,2,3}'::float8[]) w)
	SELECT x.f, y.f FROM variant x, variant y WHERE (x.f = y.f) <> NOT EXISTS (SELECT FROM framework_diff(x.f, y.f))
		OR (SELECT array_agg((code, key, before, after)::text) FROM framework_diff(x.f, y.f)) IS DISTINCT FROM (SELECT array_agg((code, key, after, before)::text) FROM framework_diff(y.f, x.f))$$,
	'empty exactly for equal frameworks, the same in both directions');

-- check_framework ---------------------------------------------------------------------------

SELECT is_empty('SELECT c.* FROM method, check_framework(framework::jsonb) c', 'no fault');
SELECT results_eq(
	$$SELECT code, sqlstate, message, hint FROM check_framework('[
		{"code": "r", "aggregation": "power", "floor": 5, "cap": 4},
		{"code": "a", "parent": "r", "worst": 5, "best": 5, "weight": -2},
		{"code": "b", "parent": "r", "thresholds": [2, 1], "points": [0]},
		{"code": "c", "parent": "r", "mean": 1, "sd": 0, "score_sd": -1, "color": "red"},
		{"code": "d", "parent": "r", "target": "up -> 0@2030"},
		{"code": "e", "parent": "r", "weight": "heavy", "as_is": "yes"},
		{"code": "f", "parent": "r", "as_is": true, "scale": "log", "highest": 5, "power": 2}]') ORDER BY 1, 2, 3$$,
	$$VALUES ('a', '22023', 'leaf "a" has equal goalposts worst and best', NULL), ('a', '22023', 'node "a" has a negative weight', NULL),
		('b', '22023', 'leaf "b" does not have one point more than thresholds', 'The first point is for values below every threshold.'),
		('c', '22023', 'unknown key "color" in node "c"', (SELECT hint FROM check_framework('[{"code": "a", "as_is": true, "colour": 1}]'))),
		('d', '22023', 'measure level of leaf "d" needs a bound above zero', 'Use measure distance or met for this leaf.'),
		('e', '22023', 'key "as_is" of node "e" has an unsuitable value: true or false is needed', NULL), ('e', '22023', 'key "weight" of node "e" has an unsuitable value: a number is needed', NULL),
		('f', '22023', '"power" stands on leaf "f", which has no children', 'Aggregation and missing-data rules belong to nodes with children.'),
		('f', '22023', '"scale" does not go with the score rule of leaf "f"', NULL), ('f', '22023', '"highest" does not go with the score rule of leaf "f"', NULL),
		('r', '22023', 'floor of node "r" lies above its cap', NULL), ('r', '22023', 'node "r" has aggregation power and no power', 'Say "power": 2, or another number.') ORDER BY 1, 2, 3$$,
	'several faults of several nodes at once');
SELECT results_eq(
	$$SELECT code, message FROM check_framework('[{"code": "r"}, {"code": "q"}, {"code": "a", "parent": "nowhere", "as_is": true}, {"code": "b", "parent": "c"}, {"code": "c", "parent": "b"},
		{"code": "d", "parent": "r", "sd": 1}, {"code": "e", "parent": "r", "as_is": true}, {"code": "e", "parent": "r", "as_is": true}]') ORDER BY 1, 2$$,
	$$VALUES ('a', 'node "a" has the unknown parent "nowhere"'), ('b', 'node "b" is its own ancestor'), ('d', 'leaf "d" has only one of mean and sd'), ('e', 'node "e" is listed twice'),
		('q', 'leaf "q" has no score rule'), ('q', 'nodes "q" and "r" both have no parent') ORDER BY 1, 2$$, 'a broken tree, and the faults of its nodes');

-- No row exactly where index_framework accepts; else what it raises is among the rows. Over methods broken in one or two places.
CREATE FUNCTION pg_temp.raised(nodes jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text;
	said text;
BEGIN
	PERFORM index_framework(nodes);
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
	RETURN state || ' ' || said;
END $$;
CREATE TEMP TABLE base AS SELECT '[
	{"code": "r", "aggregation": "power", "power": 2, "due": "2030"},
	{"code": "m", "parent": "r", "weight": 2, "aggregation": "worst_mean", "count": 2, "missing": "zero", "min_coverage": 0.5, "coverage_by": "weight", "floor": 1, "cap": 99, "bonus": 1},
	{"code": "g", "parent": "m", "worst": 1, "best": 9, "scale": "log", "clamp": false, "lowest": 1, "highest": 10, "key": 7},
	{"code": "t", "parent": "m", "target": "10@2020 -> 60@2030", "measure": "distance", "indicator": true},
	{"code": "n", "parent": "r", "aggregation": "mpi_minus", "deviation": "sample"},
	{"code": "s", "parent": "n", "thresholds": [1, 2], "points": [0, 5, 9], "key": 8},
	{"code": "z", "parent": "n", "mean": 5, "sd": 2, "direction": "down", "score_mean": 100, "score_sd": 10},
	{"code": "x", "parent": "n", "as_is": true, "added": true}, {"code": "y", "parent": "n", "as_is": true, "weight": 0}]'::jsonb AS nodes;
CREATE TEMP TABLE broken AS
	WITH place AS (SELECT i::int - 1 AS i, k FROM base, jsonb_array_elements(nodes) WITH ORDINALITY e (n, i), jsonb_object_keys(n || '{"weight": 0, "aggregation": 0, "power": 0, "count": 0, "as_is": 0, "worst": 0, "thresholds": 0, "sd": 0, "target": 0, "added": 0, "due": 0, "measure": 0, "lowest": 0, "colour": 0}') k),
		value (v) AS (SELECT v::jsonb FROM (VALUES ('null'), ('0'), ('-1'), ('1.5'), ('7'), ('1e400'), ('true'), ('false'), ('""'), ('"r"'), ('"x"'), ('"n"'), ('"met"'), ('"level"'), ('"distance"'), ('"log"'), ('"down"'),
				('"power"'), ('"median"'), ('"2025"'), ('"up -> 5@2030"'), ('"up -> 0@2030"'), ('"up -> 1@2025 -> 2@2029"'), ('[]'), ('[1]'), ('[2, 1]'), ('[0, 1, 2]'), ('["a"]'), ('{}')) y (v))
	SELECT format('%s.%s = %s', i, k, v) AS what, jsonb_set(nodes, ARRAY[i::text, k], v) AS nodes FROM base, place, value
	UNION ALL SELECT format('%s.%s gone', i, k), nodes #- ARRAY[i::text, k] FROM base, place
	UNION ALL SELECT format('%s gone', i), nodes - i FROM base, generate_series(0, 8) i
	UNION ALL SELECT format('%s twice', i), nodes || jsonb_build_array(nodes -> i) FROM base, generate_series(0, 8) i
	UNION ALL SELECT format('%s and %s', a.p, b.p), jsonb_set(jsonb_set(nodes, a.p::text[], a.v::jsonb), b.p::text[], b.v::jsonb)
		FROM base, (VALUES ('{0,power}', '"x"'), ('{1,count}', '0'), ('{1,parent}', '"q"'), ('{2,best}', '1'), ('{3,measure}', '"met"'), ('{4,parent}', '"n"')) a (p, v),
			(VALUES ('{5,points}', '[1]'), ('{6,sd}', '-1'), ('{7,added}', '1'), ('{8,weight}', '-1'), ('{5,key}', '7'), ('{0,parent}', '"m"')) b (p, v);
INSERT INTO broken VALUES ('no list', '{}'), ('a number', '7'), ('null', 'null'), ('empty', '[]'), ('numbers', '[1]'), ('no code', '[{"as_is": true}]'), ('one leaf', '[{"code": "a", "as_is": true}]'),
	('weight 0 at the root', '[{"code": "a", "as_is": true, "weight": 0}]');
INSERT INTO broken SELECT 'too many', jsonb_agg(jsonb_build_object('code', 'n' || n, 'as_is', true)) FROM generate_series(1, 4097) n;
INSERT INTO broken SELECT 'too deep', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', 'n' || n, 'parent', CASE WHEN n > 1 THEN 'n' || n - 1 END, 'as_is', CASE WHEN n = 65 THEN true END))) FROM generate_series(1, 65) n;
INSERT INTO broken SELECT 'too large', '[{"code": "r"}]' || jsonb_agg(jsonb_build_object('code', n || repeat('x', 400), 'parent', 'r', 'as_is', true)) FROM generate_series(1, 4000) n;
INSERT INTO broken SELECT 'large', '[{"code": "r"}]' || jsonb_agg(jsonb_build_object('code', n || repeat('x', 200), 'parent', 'r', 'as_is', true)) FROM generate_series(1, 4000) n;
CREATE TEMP TABLE judged AS
	SELECT what, pg_temp.raised(nodes) AS raised, (SELECT coalesce(array_agg(sqlstate || ' ' || message), '{}') FROM check_framework(nodes)) AS faults FROM broken;
SELECT cmp_ok((SELECT count(*) FROM judged WHERE raised IS NULL), '>', 200::bigint, 'many are accepted');
SELECT cmp_ok((SELECT count(*) FROM judged WHERE raised IS NOT NULL), '>', 2000::bigint, 'many are refused');
SELECT is_empty($$SELECT what, raised, faults FROM judged WHERE (raised IS NULL) <> (faults = '{}')$$, 'no row exactly where index_framework accepts');
SELECT is_empty($$SELECT what, raised, faults FROM judged WHERE raised IS NOT NULL AND raised <> ALL (faults)$$, 'what index_framework raises is among the faults');
SELECT is_empty($$SELECT c.* FROM check_framework(NULL) c$$, 'NULL has none');

SELECT * FROM finish();
ROLLBACK;
