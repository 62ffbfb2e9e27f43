-- index_framework: what is accepted, its one canonical form, and every way to refuse a method.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.refuses(statement text, state text, offender text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	got text;
	said text;
BEGIN
	EXECUTE statement;
	RETURN ok(false, left(statement, 200) || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 THEN ok(true, left(statement, 100) || ': ' || left(said, 200))
		ELSE ok(false, left(statement, 200) || ' is refused') || E'\n' || diag(format('%s: %s, not %s naming %s', got, left(said, 300), state, offender)) END;
END $$;

-- Refused ---------------------------------------------------------------------

CREATE TEMP TABLE refused (what text, written text, state text, offender text);
INSERT INTO refused VALUES
	('no list', '{}', '22P02', 'list'),
	('no list', '"x"', '22P02', 'list'),
	('no list', '7', '22P02', 'list'),
	('no list', 'null', '22P02', 'list'),
	('no objects', '[1]', '22P02', 'list'),
	('no objects', '[[]]', '22P02', 'list'),
	('no objects', '[null]', '22P02', 'list'),
	('no nodes', '[]', '22023', 'at least one node'),
	('no JSON', '[{"code": "r"', '22P02', 'json'),
	('no JSON', '', '22P02', 'json'),
	('no code', '[{"as_is": true}]', '22023', 'no code'),
	('no code', '[{"code": null, "as_is": true}]', '22023', 'no code'),
	('an empty code', '[{"code": "", "as_is": true}]', '22023', 'empty code'),
	('a code that is no text', '[{"code": 5, "as_is": true}]', '22023', '"code"'),
	('a parent that is no text', '[{"code": "r"}, {"code": "a", "parent": ["r"], "as_is": true}]', '22023', '"parent"'),
	('an unknown parent', '[{"code": "r"}, {"code": "a", "parent": "q", "as_is": true}]', '22023', '"a" has the unknown parent "q"'),
	('an unknown parent', '[{"code": "r"}, {"code": "a", "parent": "R", "as_is": true}]', '22023', '"R"'),
	('its own parent', '[{"code": "r"}, {"code": "b", "parent": "r", "as_is": true}, {"code": "a", "parent": "a", "as_is": true}]', '22023', '"a"'),
	('a cycle', '[{"code": "r"}, {"code": "x", "parent": "r", "as_is": true}, {"code": "a", "parent": "b"}, {"code": "b", "parent": "c"}, {"code": "c", "parent": "a"}]', '22023', 'own ancestor'),
	('a cycle without a root', '[{"code": "a", "parent": "b"}, {"code": "b", "parent": "a"}]', '22023', 'own ancestor'),
	('a tail into a cycle names the cycle', '[{"code": "r"}, {"code": "x", "parent": "r", "as_is": true}, {"code": "aa", "parent": "b"}, {"code": "b", "parent": "c"}, {"code": "c", "parent": "b"}]', '22023', 'own ancestor'),
	('two roots', '[{"code": "q", "as_is": true}, {"code": "r", "as_is": true}]', '22023', '"q" and "r"'),
	('a code twice', '[{"code": "r"}, {"code": "a", "parent": "r", "as_is": true}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"a" is listed twice'),
	('the root twice', '[{"code": "r"}, {"code": "r"}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"r" is listed twice'),
	('a leaf without rule', '[{"code": "r"}, {"code": "a", "parent": "r"}]', '22023', '"a" has no score rule'),
	('a leaf without rule', '[{"code": "r"}]', '22023', '"r" has no score rule'),
	('as_is false is no rule', '[{"code": "r", "as_is": false}]', '22023', '"r" has no score rule'),
	('null is absent', '[{"code": "r", "worst": null, "best": null}]', '22023', '"r" has no score rule'),
	('half a rule', '[{"code": "r", "worst": 1}]', '22023', '"r" has only one'),
	('half a rule', '[{"code": "r", "best": 1, "worst": null}]', '22023', '"r" has only one'),
	('two rules', '[{"code": "r", "worst": 1, "best": 2, "as_is": true}]', '22023', '"r" has more than one'),
	('two rules', '[{"code": "r", "worst": 1, "best": 2, "target": "up -> 1@2025"}]', '22023', '"r" has more than one'),
	('two rules', '[{"code": "r", "target": "up -> 1@2025", "as_is": true}]', '22023', '"r" has more than one'),
	('a rule on a node', '[{"code": "r", "as_is": true}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"as_is" stands on node "r"'),
	('goalposts on a node', '[{"code": "r", "worst": 1, "best": 2}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"r"'),
	('a target on a node', '[{"code": "r", "target": "up -> 1@2025"}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"target" stands on node "r"'),
	('a key on a node', '[{"code": "r", "key": 1}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"key" stands on node "r"'),
	('lowest on a node', '[{"code": "r", "lowest": 1}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"lowest" stands on node "r"'),
	('aggregation on a leaf', '[{"code": "r", "as_is": true, "aggregation": "min"}]', '22023', '"aggregation" stands on leaf "r"'),
	('missing on a leaf', '[{"code": "r", "as_is": true, "missing": "zero"}]', '22023', '"missing" stands on leaf "r"'),
	('min_coverage on a leaf', '[{"code": "r", "as_is": true, "min_coverage": 0.5}]', '22023', '"min_coverage" stands on leaf "r"'),
	('a negative weight', '[{"code": "r"}, {"code": "a", "parent": "r", "as_is": true, "weight": -1}]', '22023', '"a" has a negative weight'),
	('a negative weight beside others', '[{"code": "r"}, {"code": "a", "parent": "r", "as_is": true, "weight": -0.001}, {"code": "b", "parent": "r", "as_is": true}]', '22023', '"a"'),
	('all weights zero', '[{"code": "r"}, {"code": "a", "parent": "r", "as_is": true, "weight": 0}]', '22023', '"r"'),
	('all weights zero', '[{"code": "r"}, {"code": "x", "parent": "r", "as_is": true}, {"code": "b", "parent": "r"}, {"code": "c", "parent": "b", "as_is": true, "weight": 0}, {"code": "d", "parent": "b", "as_is": true, "weight": 0}]', '22023', '"b"'),
	('worst = best', '[{"code": "r", "worst": 5, "best": 5}]', '22023', '"r" has equal goalposts'),
	('worst = best', '[{"code": "r", "worst": 0, "best": -0}]', '22023', '"r" has equal goalposts'),
	('a log of zero', '[{"code": "r", "worst": 0, "best": 5, "scale": "log"}]', '22023', '"r"'),
	('a log of a negative', '[{"code": "r", "worst": 3, "best": -5, "scale": "log"}]', '22023', '"r"'),
	('min_coverage above 1', '[{"code": "r", "min_coverage": 1.01}, {"code": "a", "parent": "r", "as_is": true}]', '22023', 'min_coverage of node "r"'),
	('min_coverage below 0', '[{"code": "r", "min_coverage": -0.1}, {"code": "a", "parent": "r", "as_is": true}]', '22023', 'min_coverage of node "r"'),
	('min_coverage in per cent', '[{"code": "r", "min_coverage": 66}, {"code": "a", "parent": "r", "as_is": true}]', '22023', 'min_coverage of node "r"'),
	('an unknown key', '[{"code": "r", "as_is": true, "wieght": 5}]', '22023', '"wieght" in node "r"'),
	('a key in capitals', '[{"code": "r", "As_Is": true}]', '22023', '"As_Is"'),
	('an unknown key even if null', '[{"code": "r", "as_is": true, "label": null}]', '22023', '"label" in node "r"'),
	('an unknown aggregation', '[{"code": "r", "aggregation": "average"}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"aggregation" of node "r"'),
	('an aggregation that is no word', '[{"code": "r", "aggregation": 1}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"aggregation" of node "r"'),
	('an empty aggregation', '[{"code": "r", "aggregation": ""}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"aggregation" of node "r"'),
	('an unknown missing rule', '[{"code": "r", "missing": "ignore"}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"missing" of node "r"'),
	('an unknown coverage', '[{"code": "r", "coverage_by": "rows"}, {"code": "a", "parent": "r", "as_is": true}]', '22023', '"coverage_by" of node "r"'),
	('an unknown measure', '[{"code": "r", "target": "up -> 5@2025", "measure": "speed"}]', '22023', '"measure" of node "r"'),
	('an unknown scale', '[{"code": "r", "worst": 1, "best": 2, "scale": "square"}]', '22023', '"scale" of node "r"'),
	('a weight that is no number', '[{"code": "r", "as_is": true, "weight": "4"}]', '22023', '"weight" of node "r"'),
	('a flag that is no flag', '[{"code": "r", "as_is": "yes"}]', '22023', '"as_is" of node "r"'),
	('a flag that is no flag', '[{"code": "r", "as_is": 1}]', '22023', '"as_is" of node "r"'),
	('clamp that is no flag', '[{"code": "r", "worst": 1, "best": 2, "clamp": "no"}]', '22023', '"clamp" of node "r"'),
	('indicator that is no flag', '[{"code": "r", "as_is": true, "indicator": "yes"}]', '22023', '"indicator" of node "r"'),
	('a key that is no integer', '[{"code": "r", "as_is": true, "key": 1.5}]', '22023', '"key" of node "r"'),
	('a key too large', '[{"code": "r", "as_is": true, "key": 9223372036854775808}]', '22023', '"key" of node "r"'),
	('a key twice', '[{"code": "r"}, {"code": "a", "parent": "r", "as_is": true, "key": 7}, {"code": "b", "parent": "r", "as_is": true, "key": 7}]', '22023', 'same key'),
	('a number beyond float8', '[{"code": "r", "worst": 1, "best": 1e400}]', '22003', '1'),
	('a range beyond float8', '[{"code": "r", "worst": -1e308, "best": 1e308}]', '22023', '"r"'),
	('clamp on a target', '[{"code": "r", "target": "up -> 5@2025", "clamp": false}]', '22023', '"clamp"'),
	('scale on as_is', '[{"code": "r", "as_is": true, "scale": "log"}]', '22023', '"scale"'),
	('lowest beyond its range', '[{"code": "r", "worst": 1, "best": 2, "lowest": 100}]', '22023', 'lowest of leaf "r"'),
	('lowest below its range', '[{"code": "r", "worst": 1, "best": 2, "lowest": -1}]', '22023', 'lowest of leaf "r"'),
	('a floor above its cap', '[{"code": "r", "as_is": true, "floor": 5, "cap": 4}]', '22023', 'floor of node "r"'),
	('a target that cannot be read', '[{"code": "r", "target": "up -> 5"}]', '22P02', '"@"'),
	('a target that contradicts itself', '[{"code": "r", "target": "up -> <5@2025"}]', '22023', '<5'),
	('a target that is no text', '[{"code": "r", "target": 5}]', '22023', '"target" of node "r"'),
	('a due that is no date', '[{"code": "r", "target": "up -> 5@2025", "due": "soon"}]', '22023', '"due" of node "r"'),
	('a due that is no date', '[{"code": "r", "target": "up -> 5@2025", "due": "2025-13"}]', '22023', '"due" of node "r"'),
	('several targets and no due', '[{"code": "r", "target": "up -> 5@2025 -> 6@2030"}]', '22023', '"r" has several targets'),
	('level with a bound of zero', '[{"code": "r", "target": "up -> 0@2025"}]', '22023', 'measure level of leaf "r"'),
	('level with a bound below zero', '[{"code": "r", "target": "down -> -5@2025"}]', '22023', 'measure level of leaf "r"'),
	('level with a bound of zero, down', '[{"code": "r", "target": "5@2020 -> 0@2025"}]', '22023', 'measure level of leaf "r"'),
	('level with a band below zero', '[{"code": "r", "target": "keep -> -5..5@2025"}]', '22023', 'measure level of leaf "r"'),
	('level inherited', '[{"code": "r", "measure": "level"}, {"code": "a", "parent": "r", "target": "up -> 0@2025"}]', '22023', '"a"'),
	('distance without a baseline', '[{"code": "r", "target": "up -> 5@2025", "measure": "distance"}]', '22023', 'measure distance of leaf "r"'),
	('distance inherited', '[{"code": "r", "measure": "distance"}, {"code": "m", "parent": "r"}, {"code": "a", "parent": "m", "target": "up -> 5@2025"}]', '22023', '"a"');
SELECT pg_temp.refuses(format('SELECT %L::index_framework', written), state, offender) FROM refused;
SELECT pg_temp.refuses(format('SELECT index_framework(%L::jsonb)', written), state, offender)
FROM refused WHERE what NOT IN ('no JSON');

-- a cycle names a node of the cycle, not of the tail that leads into it
SELECT pg_temp.refuses($$SELECT '[{"code": "r"}, {"code": "x", "parent": "r", "as_is": true}, {"code": "aa", "parent": "b"}, {"code": "b", "parent": "b"}]'::index_framework$$, '22023', '"b" is its own ancestor');
-- what is inherited may be said otherwise nearer by
SELECT lives_ok($$SELECT '[{"code": "r", "measure": "distance"}, {"code": "a", "parent": "r", "target": "up -> 5@2025", "measure": "met"}]'::index_framework$$,
	'a leaf may say its own measure');
-- a target without a due date of its own that is not applicable is not judged, and needs no baseline
SELECT lives_ok($$SELECT '[{"code": "r", "due": 2030}, {"code": "a", "parent": "r", "target": "up -> 0@2025"}, {"code": "b", "parent": "r", "as_is": true}]'::index_framework$$,
	'a leaf that does not apply needs no bound above zero');

-- Canonical form --------------------------------------------------------------

CREATE TEMP TABLE writing (written text, canonical text);
INSERT INTO writing VALUES
	('[{"code":"r","as_is":true}]', '[{"code": "r", "as_is": true}]'),
	-- defaults are not said
	('[{"code":"r","aggregation":"arithmetic","missing":"reweight","min_coverage":0,"coverage_by":"count","weight":1,"indicator":false,"parent":null},
	  {"code":"a","parent":"r","worst":0,"best":10,"scale":"linear","clamp":true,"weight":1.0,"lowest":0,"as_is":false,"floor":null}]',
	 '[{"code": "r"}, {"code": "a", "parent": "r", "worst": 0, "best": 10}]'),
	-- all keys, in their order
	('[{"key":7,"indicator":true,"cap":99,"floor":1,"lowest":1,"clamp":false,"scale":"log","best":100,"worst":1,"weight":2.5,"parent":"r","code":"a"},
	  {"due":"2025-12-31","measure":"met","coverage_by":"weight","min_coverage":0.5,"missing":"zero","aggregation":"geometric","code":"r"},
	  {"code":"t","parent":"r","target":"UP -> 5 @ 2025","due":2030,"measure":"level"}]',
	 '[{"code": "r", "aggregation": "geometric", "missing": "zero", "min_coverage": 0.5, "coverage_by": "weight", "due": "2025", "measure": "met"}, '
	 '{"code": "a", "parent": "r", "weight": 2.5, "worst": 1, "best": 100, "scale": "log", "clamp": false, "lowest": 1, "floor": 1, "cap": 99, "indicator": true, "key": 7}, '
	 '{"code": "t", "parent": "r", "target": "up -> 5@2025", "due": "2030", "measure": "level"}]'),
	-- depth first, siblings by code in byte order
	('[{"code":"b2","parent":"b","as_is":true},{"code":"a","parent":"r","as_is":true},{"code":"B","parent":"r","as_is":true},
	  {"code":"b","parent":"r"},{"code":"r"},{"code":"b10","parent":"b","as_is":true},{"code":"é","parent":"r","as_is":true},{"code":"z","parent":"r","as_is":true}]',
	 '[{"code": "r"}, {"code": "B", "parent": "r", "as_is": true}, {"code": "a", "parent": "r", "as_is": true}, {"code": "b", "parent": "r"}, '
	 '{"code": "b10", "parent": "b", "as_is": true}, {"code": "b2", "parent": "b", "as_is": true}, {"code": "z", "parent": "r", "as_is": true}, '
	 '{"code": "é", "parent": "r", "as_is": true}]'),
	-- numbers shortest, escapes as JSON has them
	('[{"code":"\"q\"\\ \u00e9\n","worst":1e3,"best":0.10}]', '[{"code": "\"q\"\\ é\n", "worst": 1000, "best": 0.1}]'),
	('[{"code":"r","weight":5,"as_is":true}]', '[{"code": "r", "weight": 5, "as_is": true}]');
SELECT is(written::index_framework::text, canonical, 'canonical: ' || left(canonical, 60)) FROM writing;
SELECT is(canonical::index_framework::text, canonical, 'which is read and printed the same: ' || left(canonical, 40)) FROM writing;
SELECT is(written::index_framework::jsonb, canonical::jsonb, 'as jsonb: ' || left(canonical, 60)) FROM writing;
SELECT is(index_framework(written::jsonb), canonical::index_framework, 'from jsonb: ' || left(canonical, 60)) FROM writing;
SELECT is(framework_fingerprint(written::index_framework), encode(substr(sha256(convert_to(canonical, 'UTF8')), 1, 16), 'hex'),
		  'fingerprint: SHA-256 of ' || left(canonical, 60)) FROM writing;
SELECT is(leaf_set_fingerprint(written::index_framework),
		  (SELECT encode(substr(sha256(string_agg(int4send(length(b)) || b, ''::bytea ORDER BY b)), 1, 16), 'hex')
		   FROM (SELECT convert_to(n.code, 'UTF8') AS b FROM nodes(written::index_framework) n WHERE n.is_leaf) c),
		  'leaf set: SHA-256 of the codes behind their lengths') FROM writing;
SELECT is(leaf_set_fingerprint('[{"code":"r"},{"code":"ab","parent":"r","as_is":true},{"code":"é","parent":"r","as_is":true}]'),
		  encode(substr(sha256('\x00000002616200000002c3a9'::bytea), 1, 16), 'hex'), 'spelt out');
SELECT isnt(leaf_set_fingerprint('[{"code":"r"},{"code":"ab","parent":"r","as_is":true},{"code":"c","parent":"r","as_is":true}]'),
			leaf_set_fingerprint('[{"code":"r"},{"code":"a","parent":"r","as_is":true},{"code":"bc","parent":"r","as_is":true}]'), 'where a code ends matters');

-- Random trees, shuffled: one text, one hash, one fingerprint.
CREATE TEMP TABLE tree AS
	SELECT t, n, 'n' || n AS code, CASE WHEN n > 1 THEN 'n' || (1 + ('x' || substr(md5(t || 'p' || n), 1, 4))::bit(16)::int % (n - 1)) END AS parent
	FROM generate_series(1, 20) t, generate_series(1, 60) n;
CREATE TEMP TABLE shuffled AS
	SELECT t, seed, ('[' || string_agg(
		format('{"code": %s%s, "weight": %s%s}', to_json(code), ', "parent": ' || to_json(parent), 1 + n % 4,
			CASE WHEN EXISTS (SELECT FROM tree c WHERE c.t = o.t AND c.parent = o.code)
				THEN ', "aggregation": ' || to_json((ARRAY['arithmetic', 'geometric', 'harmonic', 'min', 'max', 'sum'])[1 + n % 6])
				ELSE ', "worst": ' || n || ', "best": 0' END), ', ' ORDER BY md5(seed || code)) || ']')::index_framework AS framework
	FROM tree o, generate_series(1, 4) seed GROUP BY t, seed;
SELECT is_empty(
	$$SELECT a.t FROM shuffled a JOIN shuffled b USING (t)
	WHERE a.framework <> b.framework OR a.framework::text <> b.framework::text OR index_framework_hash(a.framework) <> index_framework_hash(b.framework)
		OR framework_fingerprint(a.framework) <> framework_fingerprint(b.framework)$$, 'the order of nodes does not matter');
SELECT is((SELECT count(DISTINCT framework) FROM shuffled), 20::bigint, 'different trees are different frameworks');
SELECT is_empty($$SELECT t FROM shuffled WHERE framework::text::index_framework <> framework$$, 'and read back');
SELECT is_empty(
	$$WITH RECURSIVE walk AS (
		SELECT t, code, ARRAY[convert_to(code, 'UTF8')] AS path FROM tree WHERE parent IS NULL
		UNION ALL SELECT c.t, c.code, w.path || convert_to(c.code, 'UTF8') FROM walk w JOIN tree c ON c.t = w.t AND c.parent = w.code),
	place AS (SELECT t, code, row_number() OVER (PARTITION BY t ORDER BY path) - 1 AS ordinal, cardinality(path) - 1 AS depth FROM walk)
	SELECT s.t, n.code FROM shuffled s, nodes(s.framework) n JOIN place p ON p.code = n.code
	WHERE p.t = s.t AND (p.ordinal <> n.ordinal OR p.depth <> n.depth)$$, 'nodes() goes depth first, siblings in byte order');
SELECT is_empty(
	$$SELECT s.t, l.code FROM shuffled s, leaves(s.framework) l
		JOIN LATERAL (SELECT code, row_number() OVER (ORDER BY convert_to(code, 'UTF8')) - 1 AS rank, effective_weight, parent
			FROM nodes(s.framework) WHERE is_leaf) n USING (code)
	WHERE l.ordinal <> n.rank OR l.effective_weight <> n.effective_weight OR l.parent <> n.parent$$, 'leaves() by rank of the code');
SELECT is_empty(
	$$SELECT s.t FROM shuffled s, leaves(s.framework) l GROUP BY s.t, s.seed HAVING abs(sum(effective_weight) - 1) > 1e-12$$,
	'effective weights sum to 1');

-- nodes() ---------------------------------------------------------------------

CREATE TEMP TABLE method AS SELECT '[
	{"code": "city", "due": "2030", "measure": "distance"},
	{"code": "economy", "parent": "city", "weight": 3, "due": "2025", "aggregation": "geometric", "missing": "zero", "min_coverage": 0.5},
	{"code": "E1", "parent": "economy", "target": "1@2020 -> 5@2025 -> 9@2030", "measure": "level", "indicator": true},
	{"code": "E2", "parent": "economy", "target": "1@2020 -> 5@2025 -> 9@2030", "due": "2030", "weight": 3},
	{"code": "E3", "parent": "economy", "target": "1@2020 -> 9@2030", "key": 33},
	{"code": "society", "parent": "city"},
	{"code": "S1", "parent": "society", "target": "1@2020 -> 9@2030", "measure": "met"},
	{"code": "S2", "parent": "society", "worst": 4, "best": 2, "weight": 0}]'::index_framework AS framework;
SELECT results_eq(
	$$SELECT n.ordinal, n.code, n.parent, n.depth, n.is_leaf, n.is_indicator, n.weight, n.effective_weight, n.aggregation, n.missing, n.min_coverage, n.rule
	FROM method, nodes(framework) n$$,
	$$VALUES (0, 'city', NULL, 0, false, false, 1::float8, 1::float8, 'arithmetic', 'reweight', 0::float8, NULL),
		(1, 'economy', 'city', 1, false, false, 3, 0.75, 'geometric', 'zero', 0.5, NULL),
		(2, 'E1', 'economy', 2, true, true, 1, 0.1875, NULL, NULL, NULL, 'target'),
		(3, 'E2', 'economy', 2, true, false, 3, 0.5625, NULL, NULL, NULL, 'target'),
		(4, 'E3', 'economy', 2, true, false, 1, 0, NULL, NULL, NULL, 'target'),
		(5, 'society', 'city', 1, false, false, 1, 0.25, 'arithmetic', 'reweight', 0, NULL),
		(6, 'S1', 'society', 2, true, false, 1, 0.25, NULL, NULL, NULL, 'target'),
		(7, 'S2', 'society', 2, true, false, 0, 0, NULL, NULL, NULL, 'goalposts')$$, 'nodes(): tree and weights');
SELECT results_eq(
	$$SELECT n.code, n.worst, n.best, n.target::text, n.due, n.measure, n.is_applicable FROM method, nodes(framework) n WHERE n.is_leaf$$,
	$$VALUES ('E1', NULL::float8, NULL::float8, '1@2020 -> 5@2025 -> 9@2030', '2025-12-31'::date, 'level', true),
		('E2', NULL, NULL, '1@2020 -> 5@2025 -> 9@2030', '2030-12-31', 'distance', true),
		('E3', NULL, NULL, '1@2020 -> 9@2030', '2025-12-31', 'distance', false),
		('S1', NULL, NULL, '1@2020 -> 9@2030', '2030-12-31', 'met', true),
		('S2', 4, 2, NULL, NULL, NULL, true)$$, 'nodes(): due and measure come from the nearest ancestor that says them');
SELECT results_eq('SELECT l.* FROM method, leaves(framework) l',
	$$VALUES (0, 'E1', 'economy', NULL::bigint, 0.1875::float8), (1, 'E2', 'economy', NULL, 0.5625), (2, 'E3', 'economy', 33, 0),
		(3, 'S1', 'society', NULL, 0.25), (4, 'S2', 'society', NULL, 0)$$, 'leaves()');
SELECT is((SELECT due FROM nodes('[{"code": "r", "target": "up -> 5@2025"}]'::index_framework)), '2025-12-31'::date, 'one target needs no due');
SELECT is((SELECT measure FROM nodes('[{"code": "r", "target": "up -> 5@2025"}]'::index_framework)), 'level', 'level unless said');

-- with_due: the due dates change, the leaf set does not
SELECT results_eq($$SELECT n.code, n.due, n.is_applicable FROM method, nodes(with_due(framework, '2030-12-31')) n WHERE n.rule = 'target'$$,
	$$VALUES ('E1', '2030-12-31'::date, true), ('E2', '2030-12-31', true), ('E3', '2030-12-31', true), ('S1', '2030-12-31', true)$$, 'with_due');
SELECT results_eq($$SELECT n.code, n.is_applicable FROM method, nodes(with_due(framework, '2026-12-31')) n$$,
	$$VALUES ('city', false), ('economy', false), ('E1', false), ('E2', false), ('E3', false), ('society', false), ('S1', false), ('S2', true)$$,
	'with_due where nothing is due: what counts decides, and S2 has weight 0');
SELECT is(leaf_set_fingerprint(with_due(framework, '2026-12-31')), leaf_set_fingerprint(framework), 'with_due keeps the leaf set') FROM method;
SELECT is(with_due(with_due(framework, '2026-12-31'), '2030-12-31'), with_due(framework, '2030-12-31'), 'the last with_due counts') FROM method;
SELECT is(with_due(framework, NULL), NULL, 'with_due NULL') FROM method;
SELECT pg_temp.refuses($$SELECT with_due(framework, 'infinity') FROM method$$, '22008', 'due');

-- From rows ---------------------------------------------------------------------

CREATE TEMP TABLE node (code text, parent text, weight float8, worst float8, best float8, path target_path, rule jsonb);
INSERT INTO node VALUES ('E1', 'economy', 2, 0, 10, 'up -> 5@2025', '{"as_is": true}'), ('E2', 'economy', 1, 10, 0, 'up -> 6@2025', '{"worst": 3, "best": 4}'),
	('S1', 'society', 1, 5, 7, 'up -> 7@2025', '{"target": "up -> 5@2025", "measure": "met"}');
SELECT is((SELECT index_framework_agg(code, parent, weight) FROM node),
	'[{"code":"index"},{"code":"economy","parent":"index"},{"code":"society","parent":"index"},{"code":"E1","parent":"economy","weight":2,"as_is":true},
	{"code":"E2","parent":"economy","as_is":true},{"code":"S1","parent":"society","as_is":true}]'::index_framework, 'indicator, category, weight');
SELECT is((SELECT index_framework_agg(code, parent, weight, worst, best) FROM node),
	'[{"code":"index"},{"code":"economy","parent":"index"},{"code":"society","parent":"index"},{"code":"E1","parent":"economy","weight":2,"worst":0,"best":10},
	{"code":"E2","parent":"economy","worst":10,"best":0},{"code":"S1","parent":"society","worst":5,"best":7}]'::index_framework, 'with goalposts');
SELECT is((SELECT index_framework_agg(code, parent, weight, path) FROM node),
	'[{"code":"index"},{"code":"economy","parent":"index"},{"code":"society","parent":"index"},{"code":"E1","parent":"economy","weight":2,"target":"up -> 5@2025"},
	{"code":"E2","parent":"economy","target":"up -> 6@2025"},{"code":"S1","parent":"society","target":"up -> 7@2025"}]'::index_framework, 'with targets');
SELECT is((SELECT index_framework_agg(code, parent, weight, rule) FROM node),
	'[{"code":"index"},{"code":"economy","parent":"index"},{"code":"society","parent":"index"},{"code":"E1","parent":"economy","weight":2,"as_is":true},
	{"code":"E2","parent":"economy","worst":3,"best":4},{"code":"S1","parent":"society","target":"up -> 5@2025","measure":"met"}]'::index_framework, 'with rules');
SELECT is((SELECT index_framework_agg(code, parent, weight ORDER BY code) FROM node), (SELECT index_framework_agg(code, parent, weight ORDER BY code DESC) FROM node),
	'in any order');
-- a parent that is itself a row is not made a second time
SELECT is((SELECT index_framework_agg(c, p, 1) FROM (VALUES ('a', 'm'), ('m', 'top')) x (c, p)),
	'[{"code":"index"},{"code":"top","parent":"index"},{"code":"m","parent":"top"},{"code":"a","parent":"m","as_is":true}]'::index_framework, 'deeper');
-- with a NULL parent the rows are the whole tree
SELECT is((SELECT index_framework_agg(c, p, w, r::jsonb) FROM (VALUES ('r', NULL, NULL::float8, '{"aggregation": "min"}'), ('a', 'r', 1, '{"as_is": true}'), ('b', 'r', 2, '{"as_is": true}')) x (c, p, w, r)),
	'[{"code":"r","aggregation":"min"},{"code":"a","parent":"r","as_is":true},{"code":"b","parent":"r","weight":2,"as_is":true}]'::index_framework, 'a whole tree');
SELECT is((SELECT index_framework_agg(c, p, 1) FROM (VALUES ('r', NULL), ('m', 'r'), ('a', 'm')) x (c, p)),
	'[{"code":"r"},{"code":"m","parent":"r"},{"code":"a","parent":"m","as_is":true}]'::index_framework, 'as_is goes on its leaves only');
SELECT pg_temp.refuses($$SELECT index_framework_agg(c, p, 1) FROM (VALUES ('r', NULL), ('a', 'q')) x (c, p)$$, '22023', 'unknown parent "q"');
SELECT pg_temp.refuses($$SELECT index_framework_agg(c, p, 1) FROM (VALUES ('r', NULL), ('q', NULL)) x (c, p)$$, '22023', '"q" and "r"');
SELECT pg_temp.refuses($$SELECT index_framework_agg(c, 'x', 1) FROM (VALUES ('a'), ('a')) x (c)$$, '22023', '"a" is listed twice');
SELECT pg_temp.refuses($$SELECT index_framework_agg(NULL, 'x', 1)$$, '22004', 'code');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', NULL)$$, '22004', 'weight');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', -1)$$, '22023', '"a" has a negative weight');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 0)$$, '22023', '"x"');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 'NaN')$$, '22023', 'finite');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 1, 5, 'Infinity')$$, '22023', 'finite');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 1, 5, 5)$$, '22023', '"a" has equal goalposts');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 1, 5, NULL)$$, '22023', '"a" has only one');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 1, NULL::target_path)$$, '22023', '"a" has no score rule');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 1, '{"wieght": 1}'::jsonb)$$, '22023', '"wieght"');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 1, '{"code": "b"}'::jsonb)$$, '22023', '"code"');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'x', 1, '[1]'::jsonb)$$, '22023', 'object');
SELECT pg_temp.refuses($$SELECT index_framework_agg('a', 'a', 1)$$, '22023', '"a"');
SELECT is((SELECT index_framework_agg(code, parent, weight) FROM node WHERE false), NULL, 'no rows: NULL');

SELECT * FROM finish();
ROLLBACK;
