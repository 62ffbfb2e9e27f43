-- check_registry finds every fault, one by one, and nothing in a clean registry.
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
SELECT pg_temp.refuses('SELECT * FROM check_registry(NULL)', '22004', 'registry');
SELECT pg_temp.refuses('SELECT * FROM check_registry(''pg_catalog'')', '22023', 'pg_catalog');

SELECT is(create_registry('checked')::text, 'checked', 'a registry');
SELECT is_empty('SELECT * FROM check_registry(''checked'')', 'an empty one has no faults');

-- A clean registry: a city of two wards, two categories of two indicators, one a share, one summed up from the wards.
INSERT INTO checked.programme (programme_code) VALUES ('p');
INSERT INTO checked.horizon VALUES ('p', '2025-12-31'), ('p', '2030-12-31');
INSERT INTO checked.method (programme_code, method_version, valid_from) VALUES ('p', '2021', '2021-01-01');
INSERT INTO checked.node (programme_code, method_version, node_code, parent_code, weight, rule, is_additive, reporting_frequency, declared_count, numerator_code, denominator_code) VALUES
	('p', '2021', 'p', NULL, 1, '{}', false, NULL, 4, NULL, NULL),
	('p', '2021', 'c', 'p', 0.6, '{}', false, NULL, 2, NULL, NULL),
	('p', '2021', 'd', 'p', 0.4, '{}', false, NULL, 2, NULL, NULL),
	('p', '2021', 'c1', 'c', 0.5, '{}', false, 'year', NULL, NULL, NULL),
	('p', '2021', 'c2', 'c', 0.5, '{"worst": 0, "best": 100}', false, NULL, NULL, NULL, NULL),
	('p', '2021', 'd1', 'd', 0.7, '{"worst": 0, "best": 1000}', true, 'quarter', NULL, NULL, NULL),
	('p', '2021', 'd2', 'd', 0.3, '{"worst": 100, "best": 0}', false, NULL, NULL, 'd2_some', 'd2_all');
INSERT INTO checked.unit (unit_code, parent_unit_code, unit_kind) VALUES ('city', NULL, 'city'), ('w1', 'city', 'ward'), ('w2', 'city', 'ward');
INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES
	('p', 'c1', '10@2020 -> 50@2025 -> 70@2030', 'plan', '2021-01-01');
INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
	SELECT 'p', 'c1', u, make_date(y, 12, 31), 'official', make_date(y + 1, 2, 1), y - 2000
	FROM unnest('{city,w1,w2}'::text[]) AS u, generate_series(2021, 2024) AS y;
INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
	SELECT 'p', 'd1', u, d::date, 'official', d::date + 30, CASE u WHEN 'city' THEN 300 WHEN 'w1' THEN 100.5 ELSE 200 END
	FROM unnest('{city,w1,w2}'::text[]) AS u, unnest('{2023-03-31,2023-06-30,2023-09-30,2023-12-31,2024-03-31}'::timestamp[]) AS d;
INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value) VALUES
	('p', 'd2_some', 'city', '2024-12-31', 'official', '2025-02-01', 3), ('p', 'd2_all', 'city', '2024-12-31', 'official', '2025-02-01', 10),
	('p', 'c2', 'city', '2024-12-31', 'estimate', '2024-12-08', 50), ('p', 'c2', 'city', '2024-12-31', 'official', '2025-02-01', 51);
INSERT INTO checked.owner VALUES ('office');
INSERT INTO checked.label (object_kind, object_code, programme_code, language, name) VALUES
	('programme', 'p', '', 'en', 'Programme'), ('node', 'c1', 'p', 'en', 'First'), ('unit', 'w1', '', 'vi', 'Phường 1'),
	('owner', 'office', '', 'en', 'Office'), ('status', 'on_track', '', 'vi', 'Đúng tiến độ'), ('mark', 'GK', '', 'en', 'unconfirmed'),
	('vintage', 'official', '', 'vi', 'chính thức'), ('reason', 'no_observation', '', 'en', 'not reported');
INSERT INTO checked.reporting_date (programme_code, as_of) VALUES ('p', '2024-12-31');
SELECT is_empty('SELECT * FROM check_registry(''checked'')', 'a clean one has no faults');
SAVEPOINT clean;

-- faults(statement): what it makes of the clean registry, undone afterwards
CREATE FUNCTION pg_temp.faults(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	found text[];
BEGIN
	BEGIN
		EXECUTE statement;
		SELECT array_agg(concat_ws(': ', severity, fault, object, what) ORDER BY severity, fault, object, what) INTO found FROM check_registry('checked');
		RAISE EXCEPTION USING ERRCODE = 'ZZ000';
	EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
	END;
	RETURN QUERY SELECT * FROM unnest(found);
END $$;
CREATE FUNCTION pg_temp.finds(statement text, expected text, description text) RETURNS text LANGUAGE sql AS $$
	SELECT is((SELECT string_agg(f, E'\n') FROM pg_temp.faults(statement) AS f), expected, description) $$;

-- Declared counts: the real case is 7 + 9 + 5 + 4 announced as 26, where 8 + 9 + 5 + 4 are meant.
SELECT pg_temp.finds('UPDATE checked.node SET declared_count = 3 WHERE node_code = ''c''',
	E'warning: declared_count: p / 2021 / c: 3 indicators are declared, 2 registered\n'
	'warning: declared_sum: p / 2021 / p: 4 indicators are declared, and 5 for the nodes below it together', 'declared against registered');
SELECT pg_temp.finds('UPDATE checked.node SET declared_count = NULL WHERE node_code IN (''c'', ''d''); UPDATE checked.node SET declared_count = 5 WHERE node_code = ''p''',
	'warning: declared_count: p / 2021 / p: 5 indicators are declared, 4 registered', 'also of the programme');
SELECT pg_temp.finds($$UPDATE checked.node SET is_indicator = node_code = 'c', declared_count = NULL;
	UPDATE checked.node SET declared_count = 2 WHERE node_code = 'p'$$,
	'warning: declared_count: p / 2021 / p: 2 indicators are declared, 1 registered', 'marked indicators count, not leaves');
SELECT results_eq($$SELECT f FROM pg_temp.faults($x$
		INSERT INTO checked.programme (programme_code) VALUES ('29');
		INSERT INTO checked.method (programme_code, method_version) VALUES ('29', 'v');
		INSERT INTO checked.node (programme_code, method_version, node_code, parent_code, declared_count, rule)
		SELECT '29', 'v', '29', NULL, 26, '{}'::jsonb
		UNION ALL SELECT '29', 'v', c, '29', n, '{}' FROM (VALUES ('E', 7), ('S', 9), ('U', 5), ('M', 4)) AS x (c, n)
		UNION ALL SELECT '29', 'v', c || i, c, NULL, '{"as_is": true}'
			FROM (VALUES ('E', 8), ('S', 9), ('U', 5), ('M', 4)) AS x (c, n), generate_series(1, n) AS i
	$x$) AS f$$, $$VALUES ('warning: declared_count: 29 / v / E: 7 indicators are declared, 8 registered'),
	('warning: declared_sum: 29 / v / 29: 26 indicators are declared, and 25 for the nodes below it together')$$,
	'7/9/5/4 announced as 26 against 8/9/5/4 registered');

-- Weights
SELECT pg_temp.finds('UPDATE checked.node SET weight = 0 WHERE parent_code = ''c''',
	'error: framework: p / 2021 / c: all children of node "c" have weight zero', 'no weight');
SELECT pg_temp.finds('UPDATE checked.node SET weight = 0.4 WHERE node_code = ''d1''',
	'warning: weights_not_one: p / 2021 / d: the weights below it sum to 0.7, elsewhere in the method to 1', 'weights that miss 1');
SELECT pg_temp.finds('UPDATE checked.node SET weight = 1', NULL, 'equal weights need not sum to 1');
SELECT pg_temp.finds('UPDATE checked.node SET weight = 2 * weight', NULL, 'nor do weights that never do');

-- Methods
SELECT pg_temp.finds($$INSERT INTO checked.method (programme_code, method_version, valid_from) VALUES ('p', '2020', '2020-01-01');
	INSERT INTO checked.node SELECT (jsonb_populate_record(n, '{"method_version": "2020"}')).* FROM checked.node AS n$$,
	'warning: overlapping_methods: p / 2020: methods "2020" and "2021" are valid at once', 'two methods at once');
SELECT pg_temp.finds($$UPDATE checked.method SET valid_from = '2025-01-01'$$,
	E'error: no_method: p / 2024-12-31: no method is valid on this reporting date', 'a date without a method');
SELECT pg_temp.finds($$INSERT INTO checked.method (programme_code, method_version, valid_from) VALUES ('p', '2027', '2027-01-01');
	UPDATE checked.method SET valid_to = '2026-12-31' WHERE method_version = '2021'$$,
	'error: no_nodes: p / 2027: the method has no nodes', 'a method of which there is only the name');
SELECT alike((SELECT string_agg(f, E'\n') FROM pg_temp.faults('UPDATE checked.node SET rule = ''{"worst": 5, "best": 5}'' WHERE node_code = ''c2''') AS f),
	'error: framework: p / 2021 / c2: %', 'goalposts that are equal');
SELECT alike((SELECT string_agg(f, E'\n') FROM pg_temp.faults($$UPDATE checked.node SET rule = '{"wrost": 5, "best": 100}' WHERE node_code = 'c2';
	UPDATE checked.node SET rule = '{"aggregation": "mean"}' WHERE node_code = 'd'$$) AS f),
	E'error: framework: p / 2021 / c2: %\nerror: framework: p / 2021 / d: %', 'every fault of a framework, not only the first');

-- Targets
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'c1', '10@2020 -> 55@2025', 'new plan', '2024-03-01')$$,
	'warning: overlapping_targets: p / c1: two targets for 2025-12-31 are valid at once: "10@2020 -> 50@2025 -> 70@2030" (plan, from 2021-01-01) and "10@2020 -> 55@2025" (new plan, from 2024-03-01)',
	'a target raised without ending the one before');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'c1', '10@2020 -> 55@2025', 'other', '2021-01-01')$$,
	'error: overlapping_targets: p / c1: two targets for 2025-12-31 are valid at once: "10@2020 -> 50@2025 -> 70@2030" (plan, from 2021-01-01) and "10@2020 -> 55@2025" (other, from 2021-01-01)',
	'two that begin on the same day');
SELECT pg_temp.finds($$UPDATE checked.target SET valid_to = '2024-02-29';
	INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'c1', '10@2020 -> 55@2025', 'new plan', '2024-03-01')$$, NULL, 'ended in time');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'c1', '10@2020 -> 90@2035', 'vision', '2024-03-01')$$,
	'warning: overlapping_targets: p / c1: two targets are valid at once: "10@2020 -> 50@2025 -> 70@2030" (plan, from 2021-01-01) and "10@2020 -> 90@2035" (vision, from 2024-03-01)',
	'other due dates: the later target applies as a whole, and those of the earlier one are gone');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES ('p', 'c1', 'w1', '10@2020 -> 55@2025', 'own', '2024-03-01')$$, NULL, 'another unit');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, path, document, valid_from, mark) VALUES ('p', 'c1', '10@2020 -> 55@2025', 'rumour', '2024-03-01', 'GK')$$, NULL, 'not counted');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'x1', '10@2020 -> 55@2025', 'plan', '2024-03-01')$$,
	'error: unknown_node: p / x1: the target "10@2020 -> 55@2025" is set for a node that no method has', 'a target for nothing');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'd', '10@2020 -> 55@2025', 'plan', '2024-03-01')$$,
	'error: not_a_leaf: p / d: the target "10@2020 -> 55@2025" is set for a node with others below it', 'a target for a category');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'c2', 'down -> 40@2025', 'plan', '2024-03-01')$$,
	'warning: contradicting_direction: p / c2 / 2021: goalposts worst 0 and best 100 go up, the target "down -> 40@2025" goes down', 'goalposts the other way');
SELECT pg_temp.finds($$UPDATE checked.target SET valid_to = '2024-02-29';
	INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'c1', 'down -> 40@2025', 'plan', '2024-03-01')$$,
	'warning: contradicting_direction: p / c1: its targets go both ways: "10@2020 -> 50@2025 -> 70@2030", "down -> 40@2025"', 'targets both ways');

-- Paths by which a leaf cannot be judged: of a unit at any due date, of all at a date that is not the current horizon, where the framework tells.
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES
		('p', 'c1', 'w1', 'up -50@2020 -> -10@2025', 'own', '2024-03-01'), ('p', 'c1', 'w2', 'up 20@2020 -> 40@2024 -> -10..-5@2026 -> -1@2028', 'own', '2024-03-01'),
		('p', 'c2', 'w1', 'up -50@2020 -> -10@2025', 'own', '2024-03-01');
	UPDATE checked.target SET valid_to = '2024-02-29' WHERE unit_code IS NULL$$,
	E'error: framework: p / 2021 / c1: measure level of leaf "c1" needs a bound above zero\n'
	'error: target_refused: p / c1 / w1: the target "-50@2020 -> -10@2025" cannot be judged at 2025-12-31: measure level of leaf "c1" needs a bound above zero\n'
	'error: target_refused: p / c1 / w2: the target "up 20@2020 -> 40@2024 -> -10..-5@2026 -> -1@2028" cannot be judged at 2026-12-31: measure level of leaf "c1" needs a bound above zero',
	'own targets below zero, of which the first stands in for all; a leaf with goalposts is not scored by its target');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, unit_code, path, document, valid_from) VALUES
		('p', 'c1', 'w1', 'up -> 60@2025', 'own', '2024-03-01'), ('p', 'c1', 'w2', '10@2020 -> 60@2025', 'own', '2024-03-01');
	UPDATE checked.node SET rule = '{"measure": "distance"}' WHERE node_code = 'c'$$,
	'error: target_refused: p / c1 / w1: the target "up -> 60@2025" cannot be judged at 2025-12-31: measure distance of leaf "c1" needs a baseline in its target', 'a measure that the category says');
SELECT pg_temp.finds($$INSERT INTO checked.target (programme_code, node_code, unit_code, path, document, valid_from, valid_to) VALUES ('p', 'c1', 'w1', 'up -50@2020 -> -10@2025', 'own', '2021-03-01', '2024-12-30'),
		('p', 'c1', 'w1', 'up -50@2020 -> -10@2025', 'own', '2025-01-01', NULL), ('p', 'c1', 'w2', 'up -50@2020 -> -10@2025', 'own', '2021-01-01', NULL);
	UPDATE checked.target SET mark = 'GK' WHERE unit_code = 'w2'$$, NULL, 'none that stands on a reporting date');
SELECT pg_temp.finds($$UPDATE checked.target SET path = 'up -50@2020 -> 10@2025 -> -5..-1@2030'$$,
	'error: target_refused: p / c1: the target "-50@2020 -> 10@2025 -> -5..-1@2030" cannot be judged at 2030-12-31: measure level of leaf "c1" needs a bound above zero', 'one of all units, at a later horizon');
SELECT pg_temp.finds($$UPDATE checked.target SET path = 'up -50@2020 -> -5@2025 -> 10@2030'$$,
	'error: framework: p / 2021 / c1: measure level of leaf "c1" needs a bound above zero', 'at the current one it is in the framework');

-- Units
SELECT pg_temp.finds($$INSERT INTO checked.unit_successor VALUES ('w1', 'w2', 0.6, '2025-07-01'), ('w1', 'city', 0.3, '2025-07-01')$$,
	'error: successor_weights: w1: the weights of its successors sum to 0.9, not to 1', 'successors that miss a tenth');
SELECT pg_temp.finds($$INSERT INTO checked.unit_successor VALUES ('w1', 'w2', 0.7, '2025-07-01'), ('w1', 'city', 0.3, '2025-07-01')$$, NULL, 'that miss nothing');
SELECT pg_temp.finds($$INSERT INTO checked.unit VALUES ('new', 'city', NULL, '2025-07-02', NULL), ('old', 'city', NULL, NULL, '2025-06-29'), ('gone', 'city', NULL, NULL, '2025-07-01');
	INSERT INTO checked.unit_successor VALUES ('old', 'new', 0.5, '2025-07-01'), ('old', 'gone', 0.5, '2025-08-01'), ('gone', 'new', 1, '2025-07-01')$$,
	E'warning: successor_dates: gone / new: the old unit ends on 2025-07-01, not before its successor begins on 2025-07-01\n'
	'warning: successor_dates: gone / new: the successor is valid from 2025-07-02 only, and takes over on 2025-07-01\n'
	'warning: successor_dates: old / gone: the old unit ends on 2025-06-29, its successor begins on 2025-08-01: there is neither between\n'
	'warning: successor_dates: old / gone: the successor ended on 2025-07-01, before it took over on 2025-08-01\n'
	'warning: successor_dates: old / new: the old unit ends on 2025-06-29, its successor begins on 2025-07-01: there is neither between\n'
	'warning: successor_dates: old / new: the successor is valid from 2025-07-02 only, and takes over on 2025-07-01', 'successors before, after and beside their time');
SELECT pg_temp.finds($$INSERT INTO checked.unit VALUES ('new', 'city', NULL, '2024-01-01', NULL), ('old', 'city', NULL, NULL, '2025-06-30'); INSERT INTO checked.unit_successor VALUES ('old', 'new', 1, '2025-07-01')$$,
	'note: successor_dates: old / new: the successor was there from 2024-01-01, before it took over on 2025-07-01', 'one that was there before');
SELECT pg_temp.finds($$INSERT INTO checked.unit VALUES ('new', 'city', NULL, '2025-07-01', NULL), ('old', 'city', NULL, NULL, '2025-06-30'); INSERT INTO checked.unit_successor VALUES ('old', 'new', 1, '2025-07-01')$$, NULL, 'one day after the other');
SELECT pg_temp.finds($$INSERT INTO checked.unit_successor VALUES ('w1', 'w2', 1, '2025-07-01'), ('w2', 'city', 1, '2025-07-01'), ('city', 'w1', 1, '2025-07-01')$$,
	E'error: successor_cycle: city: the unit is its own successor, through others\nerror: successor_cycle: w1: the unit is its own successor, through others\n'
	'error: successor_cycle: w2: the unit is its own successor, through others', 'successors in a circle');
SELECT pg_temp.finds($$DELETE FROM checked.observation WHERE node_code = 'd1'; UPDATE checked.unit SET parent_unit_code = 'w2' WHERE unit_code = 'city'$$,
	E'error: unit_cycle: city: the unit belongs to itself, through the units above it\nerror: unit_cycle: w2: the unit belongs to itself, through the units above it',
	'units in a circle');
SELECT pg_temp.finds($$UPDATE checked.unit SET valid_to = '2023-12-31' WHERE unit_code = 'w1'; DELETE FROM checked.observation WHERE node_code = 'd1'$$,
	'warning: unit_not_valid: p / w1: 1 observations lie outside of the unit''s time, ... to 2023-12-31; the first period ends on 2024-12-31, the last on 2024-12-31',
	'values past the end of a unit');

SELECT pg_temp.finds('UPDATE checked.programme SET unit_kind = ''Ward''',
	'warning: no_unit: p: no unit is of kind "Ward", so nothing is judged', 'a kind without units');
SELECT pg_temp.finds('UPDATE checked.programme SET unit_kind = ''ward''', NULL, 'one that has some');

-- Observations
SELECT pg_temp.finds($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, released_on, value) VALUES ('p', 'd', 'city', '2024-12-31', '2025-01-01', 1)$$,
	'error: not_a_leaf: p / d: 1 observations have the code of a node with others below it, the first period ends on 2024-12-31, the last on 2024-12-31', 'a figure for a category');
SELECT pg_temp.finds($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, released_on, value, mark) VALUES
	('p', 'd', 'city', '2024-12-31', '2025-01-01', NULL, 'C'), ('p', 'd', 'city', '2023-12-31', '2025-01-01', 1, 'GK')$$, NULL, 'but nothing is left out of what would not count');
SELECT pg_temp.finds($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, released_on, value) VALUES ('p', 'x', 'city', '2024-12-31', '2025-01-01', 1), ('p', 'x', 'w1', '2023-12-31', '2025-01-01', 1)$$,
	'error: unknown_node: p / x: 2 observations have a code that is not registered, the first period ends on 2023-12-31, the last on 2024-12-31', 'a node that no method has');
SELECT pg_temp.finds($$UPDATE checked.method SET valid_to = '2024-12-31';
	INSERT INTO checked.method (programme_code, method_version, valid_from) VALUES ('p', '2025', '2025-01-01');
	INSERT INTO checked.node SELECT (jsonb_populate_record(n, '{"method_version": "2025"}')).* FROM checked.node AS n WHERE node_code NOT IN ('c2');
	UPDATE checked.node SET declared_count = NULL, weight = 1;
	INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, released_on, value) VALUES ('p', 'c2', 'city', '2025-12-31', '2026-02-01', 1)$$,
	'note: node_not_valid: p / c2: 1 observations lie after the node left the method, the first period ends on 2025-12-31, the last on 2025-12-31', 'a node that has left');
SELECT pg_temp.finds($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source)
	VALUES ('p', 'c1', 'city', '2024-12-31', 'official', '2025-02-01', 25, 'paper')$$,
	'warning: conflicting_sources: p / c1 / city / 2024-12-31: sources disagree on the official figure: 24 (no source), 25 (paper)', 'two sources, two figures');
SELECT pg_temp.finds($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source)
	VALUES ('p', 'c1', 'city', '2024-12-31', 'official', '2025-02-01', 25, 'paper'), ('p', 'c1', 'city', '2024-12-31', 'official', '2025-03-01', NULL, 'paper')$$,
	NULL, 'one that was taken back disagrees with nobody');
SELECT pg_temp.finds($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source, mark)
	VALUES ('p', 'c1', 'city', '2024-12-31', 'official', '2025-02-01', 25, 'paper', 'GK'), ('p', 'c1', 'city', '2023-12-31', 'official', '2025-02-01', 23, 'paper', 'C'),
	('p', 'c1', 'city', '2022-12-31', 'estimate', '2025-02-01', 99, 'paper', 'C')$$, NULL, 'not counted, equal, or another vintage: no conflict');
SELECT pg_temp.finds($$UPDATE checked.observation SET value = 203 WHERE node_code = 'd1' AND unit_code = 'w2' AND period_end > '2023-12-01'$$,
	'warning: not_additive: p / d1 / city / 2024-03-31: the units below it sum to 303.5, it says 300; so in 2 periods', 'wards that sum to more than the city');
SELECT pg_temp.finds($$UPDATE checked.observation SET value = 201 WHERE node_code = 'd1' AND unit_code = 'w2'$$, NULL, 'half a per cent is nothing');
SELECT pg_temp.finds($$UPDATE checked.observation SET value = 900 WHERE node_code = 'd1' AND unit_code = 'w2';
	DELETE FROM checked.observation WHERE node_code = 'd1' AND unit_code = 'w1'$$, NULL, 'no sum without all of them');
SELECT pg_temp.finds($$DELETE FROM checked.observation WHERE node_code = 'c1' AND unit_code = 'w1' AND period_end IN ('2022-12-31', '2023-12-31')$$,
	'note: gap: p / c1 / w1: 2 periods (year) are missing between the first and the last, the first of them ends on 2022-12-31', 'years missing');
SELECT pg_temp.finds($$DELETE FROM checked.observation WHERE node_code = 'd1' AND unit_code = 'w1' AND period_end = '2023-06-30'$$,
	'note: gap: p / d1 / w1: 1 periods (quarter) are missing between the first and the last, the first of them ends on 2023-06-30', 'a quarter missing');
SELECT pg_temp.finds($$UPDATE checked.node SET reporting_frequency = 'day' WHERE node_code = 'c2';
	INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, released_on, value) VALUES ('p', 'c2', 'city', '2025-01-02', '2025-03-01', 1)$$,
	'note: gap: p / c2 / city: 1 periods (day) are missing between the first and the last, the first of them ends on 2025-01-01', 'a day missing');
SELECT pg_temp.finds($$UPDATE checked.observation SET value = NULL WHERE node_code = 'd1' AND unit_code = 'w1' AND period_end = '2023-06-30'$$, NULL, 'reported as missing is no gap');

-- Days of release that cannot be, or hardly: forecasts there are, for five years.
SELECT pg_temp.finds($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value) VALUES
		('p', 'c2', 'w1', NULL, '2023-12-31', 'official', CURRENT_DATE + 1, 50), ('p', 'c2', 'w1', NULL, '2022-12-31', 'official', '9999-12-31', 50), ('p', 'c2', 'w2', NULL, '2023-12-31', 'official', CURRENT_DATE, 50),
		('p', 'c2', 'city', NULL, '2023-12-31', 'official', '1924-02-01', 50), ('p', 'c2', 'city', NULL, '2022-12-31', 'official', '2017-12-30', 50), ('p', 'c2', 'city', NULL, '2021-12-31', 'official', '2016-12-31', 50),
		('p', 'c2', 'city', '2016-01-01', '2020-12-31', 'official', '2010-12-31', 50), ('p', 'c2', 'city', '2011-01-01', '2015-12-31', 'official', '2006-01-01', 50),
		('p', 'c2', 'city', NULL, '2010-12-31', 'official', '-infinity', 50)$$,
	E'error: released_later: p / c2 / w1: 2 observations are released after today, the first period ends on 2022-12-31, the last on 2023-12-31\n'
	'warning: released_early: p / c2 / city: 3 observations are released more than five years before their period begins, the first period ends on 2020-12-31, the last on 2023-12-31',
	'released tomorrow, or in 1924');

-- More figures than a series holds: 32768 periods, however often each was released.
SELECT pg_temp.finds($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, mark)
		SELECT 'p', 'c2', u, date '1920-01-01' + i, 'official', date '2024-01-01' + r, CASE WHEN u <> 'w2' OR i > 0 THEN 50 END, CASE WHEN u = 'other' THEN 'GK' ELSE 'C' END
		FROM (VALUES ('w1', 32768, 0), ('w2', 32768, 0), ('city', 20000, 0), ('city', 20000, 1), ('other', 32768, 0)) AS x (u, n, r), generate_series(0, n) AS i WHERE EXISTS (SELECT FROM checked.unit WHERE unit_code = u)$$,
	'error: series_too_long: p / c2 / w1: 32769 observations are for more than 32768 periods, the first period ends on 1920-01-01, the last on 2009-09-18', 'a series of ninety years of days');

SELECT is_empty($$SELECT f FROM pg_temp.faults($x$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, mark)
		SELECT 'p', 'c2', 'city', date '1920-01-01' + i, 'official', date '2024-01-01' + r, 50, m
		FROM (VALUES (0, 20000, 0, 'C'), (0, 20000, 1, 'C'), (20001, 34000, 0, 'GK')) AS x (first, last, r, m), generate_series(first, last) AS i$x$) AS f
	WHERE f LIKE '%series_too_long%'$$, 'figures that do not count are none of a series');
-- The end of the period, where nobody said a day of release, is no day to correct.
CREATE TABLE public.running_year (programme_code text, node_code text, unit_code text, period_end date, vintage text, value float8);
SELECT results_eq($$SELECT f FROM pg_temp.faults($x$INSERT INTO public.running_year VALUES ('p', 'c2', 'city', CURRENT_DATE + 90, 'estimate', 49); SELECT bind_registry('checked', 'observation', 'public.running_year')$x$) AS f WHERE f LIKE '%released%'$$,
	'SELECT NULL::text WHERE false', 'an estimate of the running year');

-- What only a bound source can hold
SELECT results_eq($$SELECT f FROM pg_temp.faults($x$
	CREATE OR REPLACE VIEW checked.observation_source AS
		SELECT programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, is_applicable, source, mark, note FROM checked.observation
		UNION ALL VALUES ('p', 'c1', '1', NULL::date, date '2024-12-31', 'official', date '2025-02-01', 1::float8, true, '', 'C', NULL::text),
			('q', 'c1', 'city', NULL, '2024-12-31', 'official', '2025-02-01', 1, true, '', 'C', NULL),
			('p', 'c1', 'city', NULL, '2020-12-31', 'first', '2025-02-01', 1, true, '', 'C', NULL),
			('p', 'c1', 'city', NULL, '2020-12-31', 'official', '2025-02-01', 1, true, '', '?', NULL),
			('p', 'c2', 'city', NULL, '2020-12-31', 'official', '2025-02-01', 'NaN', true, '', 'C', NULL),
			('p', 'c2', 'city', NULL, '2019-12-31', 'official', '2025-02-01', '-Infinity', true, '', 'C', NULL)
	$x$) AS f$$, $$VALUES
	('error: not_finite: p / c2 / city: 2 observations are NaN or infinite, the first period ends on 2019-12-31, the last on 2020-12-31'),
	('error: unknown_mark: p / ?: 1 observations have a code that is not registered, the first period ends on 2020-12-31, the last on 2020-12-31'),
	('error: unknown_programme: q: 1 observations have a code that is not registered, the first period ends on 2024-12-31, the last on 2024-12-31'),
	('error: unknown_unit: p / 1: 1 observations have a code that is not registered, the first period ends on 2024-12-31, the last on 2024-12-31'),
	('error: unknown_vintage: p / first: 1 observations have a code that is not registered, the first period ends on 2020-12-31, the last on 2020-12-31')$$,
	'unknown codes and impossible figures');

SELECT results_eq($$SELECT f FROM pg_temp.faults($x$
	CREATE OR REPLACE VIEW checked.observation_source AS
		SELECT programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, is_applicable, source, mark, note FROM checked.observation
		UNION ALL VALUES ('p', 'c2', 'w1', NULL::date, date '2024-12-31', 'official', date '2025-02-01', 1::float8, false, '', 'C', NULL::text),
			('p', 'c2', 'w1', NULL, '2023-12-31', 'official', '2024-02-01', NULL, false, '', 'C', NULL), ('p', 'c2', 'w1', NULL, '2022-12-31', 'official', '2023-02-01', 0, false, '', 'C', NULL),
			('p', 'c2', 'w2', NULL, '2024-12-31', 'official', 'infinity', 1, true, '', 'C', NULL), ('p', 'c2', 'w2', NULL, '2023-12-31', 'official', '0044-03-15 BC', 1, true, '', 'C', NULL),
			('p', 'c2', 'w2', '-infinity', '2022-12-31', 'official', '4714-11-24 BC', 1, true, '', 'C', NULL), ('p', 'c2', 'w2', 'infinity', '2021-12-31', 'official', '5874897-12-31', 1, true, '', 'C', NULL)
	$x$) AS f$$, $$VALUES
	('error: released_later: p / c2 / w2: 2 observations are released after today, the first period ends on 2021-12-31, the last on 2024-12-31'),
	('error: value_not_applicable: p / c2 / w1: 2 observations have a value and say that the leaf does not apply, the first period ends on 2022-12-31, the last on 2024-12-31'),
	('warning: released_early: p / c2 / w2: 1 observations are released more than five years before their period begins, the first period ends on 2023-12-31, the last on 2023-12-31')$$,
	'values that do not apply, days that are none');

-- A table of others, without any of our constraints
CREATE FUNCTION pg_temp.bind_dirty() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	CREATE TABLE public.dirty AS SELECT programme_code, node_code, unit_code, period_end, vintage, released_on, value, is_applicable, source
		FROM checked.observation;
	INSERT INTO public.dirty VALUES
		('p', 'c2', 'city', '2024-12-31', 'official', '2025-06-01', 'NaN', true, ''),
		('p', 'c2', 'city', '2019-12-31', 'official', '2020-02-01', '-Infinity', true, ''),
		('p', 'c2', 'city', '2018-12-31', 'official', '2019-02-01', 'Infinity', true, ''),
		('p', 'c2', 'w1', '0044-03-15 BC', 'official', '2020-02-01', 1, true, ''), ('p', 'c2', 'w1', '10000-01-01', 'official', '2020-02-01', 1, true, ''),
		('p', 'c2', 'w1', 'infinity', 'official', '2020-02-01', 1, true, ''), ('p', 'c2', 'w1', '-infinity', 'official', '2020-02-01', 1, true, ''),
		('p', 'c1', 'w1', 'infinity', 'official', '2020-02-01', 1, true, ''), ('p', 'd1', 'w1', '-infinity', 'official', '2020-02-01', 1, true, ''),
		('p', 'c2', 'w2', NULL, 'official', '2020-02-01', 1, true, ''), ('p', 'c1', 'w2', NULL, 'official', NULL, 1, true, ''),
		('p', 'c1', 'w1', '2020-12-31', 'official', NULL, 20, true, ''),
		('p', 'c2', 'city', '2023-12-31', 'official', '2024-02-01', 41, true, ''), ('p', 'c2', 'city', '2023-12-31', 'official', '2024-02-01', 40, true, ''),
		('p', 'c2', 'city', '2023-12-31', 'official', '2024-02-01', 41, true, ''), ('p', 'c2', 'city', '2023-12-31', 'official', '2024-02-01', NULL, true, ''),
		('p', 'c2', 'city', '2022-12-31', 'official', '2023-02-01', 39, true, 'x'), ('p', 'c2', 'city', '2022-12-31', 'official', '2023-02-01', 39, true, 'x'),
		('p', 'c2', 'city', '2021-12-31', 'official', '2022-02-01', NULL, true, 'x'), ('p', 'c2', 'city', '2021-12-31', 'official', '2022-02-01', NULL, false, 'x');
	PERFORM bind_registry('checked', 'observation', 'public.dirty');
END $$;
SELECT pg_temp.finds('SELECT pg_temp.bind_dirty()', E'error: date_out_of_range: p / c1 / w1: 1 observations have a period_end outside of 0001-01-01 to 9999-12-31, the first period ends on infinity, the last on infinity\n'
	'error: date_out_of_range: p / c2 / w1: 4 observations have a period_end outside of 0001-01-01 to 9999-12-31, the first period ends on -infinity, the last on infinity\n'
	'error: date_out_of_range: p / d1 / w1: 1 observations have a period_end outside of 0001-01-01 to 9999-12-31, the first period ends on -infinity, the last on -infinity\n'
	'error: no_period_end: p / c1 / w2: 1 observations have no period_end\n'
	'error: no_period_end: p / c2 / w2: 1 observations have no period_end\n'
	'error: no_released_on: p / c1 / w1: 1 observations have no released_on, the first period ends on 2020-12-31, the last on 2020-12-31\n'
	'error: not_finite: p / c2 / city: 3 observations are NaN or infinite, the first period ends on 2018-12-31, the last on 2024-12-31\n'
	'warning: duplicate_figures: p / c2 / city / 2021-12-31: one official release of 2022-02-01 by x has several figures: missing, n/a\n'
	'warning: duplicate_figures: p / c2 / city / 2023-12-31: one official release of 2024-02-01 has several figures: 40, 41, missing', 'figures and dates that cannot be, several figures under one key');

-- They do not stop a refresh; what counts is the rest. The figure of 2024 was taken back by a NaN: that of 2023 is the latest, the smallest of three.
CREATE FUNCTION pg_temp.refreshed(statement text, question text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE statement;
	PERFORM refresh_registry('checked');
	EXECUTE question INTO answer;
	RAISE EXCEPTION USING ERRCODE = 'ZZ000';
EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
	RETURN answer;
END $$;
SELECT is(pg_temp.refreshed('DELETE FROM checked.reporting_date; SELECT pg_temp.bind_dirty()', question), answer, name) FROM (VALUES
	($$SELECT string_agg(as_of::text, ' ') FROM checked.reporting_date$$, '2024-12-31', 'the first reporting date is that of a real period'),
	($$SELECT message FROM checked.refresh_status$$, NULL, 'no programme is left out'),
	($$SELECT (refresh_registry('checked')).cells::text$$, '0', 'a second refresh finds nothing new'),
	($$SELECT string_agg(concat_ws(' ', unit_code, node_code, value, observed_on), ', ' ORDER BY unit_code, node_code)
		FROM checked.snapshot_leaf WHERE due = '2025-12-31' AND node_code IN ('c1', 'c2')$$,
		'city c1 24 2024-12-31, city c2 40 2023-12-31, w1 c1 24 2024-12-31, w1 c2, w2 c1 24 2024-12-31, w2 c2', 'what counts'),
	($$SELECT string_agg(DISTINCT period_end::text, ' ' ORDER BY period_end::text) FROM checked.observation_by_period('infinity') WHERE node_code = 'c2'$$,
		'2018-12-31 2019-12-31 2021-12-31 2022-12-31 2023-12-31 2024-12-31', 'periods that can be, with and without a value'),
	($$SELECT string_agg(concat_ws(' ', period_end, coalesce(value::text, 'missing'), is_applicable), ', ' ORDER BY period_end)
		FROM checked.observation_by_period('2024-12-31') WHERE node_code = 'c2' AND unit_code = 'city'$$,
		'2018-12-31 missing t, 2019-12-31 missing t, 2021-12-31 missing f, 2022-12-31 39 t, 2023-12-31 40 t, 2024-12-31 missing t', 'of several figures always the same'),
	($$SELECT count(*)::text FROM checked.observation_revisions() WHERE node_code = 'c2' AND period_end = '2024-12-31' AND revision IS NULL$$, '2',
		'no revision to what is no number: one of two has one'),
	($$SELECT periods_observed::text FROM checked.data_quality WHERE unit_code = 'city' AND leaf_code = 'c2'$$, '2', 'nor periods observed')) x (question, answer, name);
SELECT is(pg_temp.refreshed($$CREATE OR REPLACE VIEW checked.observation_source AS
		SELECT programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, is_applicable, source, mark, note FROM checked.observation
		UNION ALL VALUES ('p', 'c2', 'w1', NULL::date, date '2024-12-31', 'official', date '2025-02-01', 70::float8, false, '', 'C', NULL::text)$$,
	$$SELECT concat_ws(' ', value, sheet_value, is_applicable) FROM checked.snapshot_leaf WHERE unit_code = 'w1' AND node_code = 'c2' AND due = '2025-12-31'$$),
	'70 70 t', 'a value that does not apply counts');

-- The registry's own tables refuse such dates, by a constraint that says so.
SELECT pg_temp.refuses(statement, '23514', name) FROM (VALUES
	($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end) VALUES ('p', 'c1', 'w1', '0001-12-31 BC')$$, 'observation_period_end_in_range'),
	($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end) VALUES ('p', 'c1', 'w1', '10000-01-01')$$, 'observation_period_end_in_range'),
	($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, period_start) VALUES ('p', 'c1', 'w1', '2024-12-31', '-infinity')$$, 'observation_period_start_in_range'),
	($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, released_on) VALUES ('p', 'c1', 'w1', '2024-12-31', 'infinity')$$, 'observation_released_on_in_range'),
	($$INSERT INTO checked.reporting_date VALUES ('p', '10000-01-01')$$, 'reporting_date_as_of_in_range'),
	($$INSERT INTO checked.reporting_date VALUES ('p', '2025-12-31', '-infinity')$$, 'reporting_date_known_on_in_range'),
	($$INSERT INTO checked.horizon VALUES ('p', '10000-01-01')$$, 'horizon_due_in_range')) x (statement, name);
SELECT is(pg_temp.refreshed($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, released_on, value) VALUES
		('p', 'c1', 'w1', '0001-01-01', '-infinity', 1), ('p', 'c1', 'w1', '9999-12-31', '9999-12-31', 2);
		INSERT INTO checked.reporting_date VALUES ('p', '0001-01-01'), ('p', '9999-12-31'); INSERT INTO checked.horizon VALUES ('p', '9999-12-31');
		UPDATE checked.method SET valid_from = NULL$$,
	$$SELECT string_agg(s.as_of || ' ' || l.observed_on, ', ' ORDER BY s.as_of) FROM checked.snapshot s JOIN checked.snapshot_leaf l USING (snapshot_id)
		WHERE node_code = 'c1' AND unit_code = 'w1' AND due = '9999-12-31'$$), '0001-01-01 0001-01-01, 2024-12-31 2024-12-31, 9999-12-31 9999-12-31', 'the first and the last day that there is');

SELECT is(pg_temp.refreshed($$INSERT INTO checked.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source) VALUES
		('p', 'c1', 'city', '2024-12-31', 'official', '2025-02-01', 25, 'paper'), ('p', 'c1', 'city', '2024-12-31', 'official', '2025-03-01', NULL, 'paper'),
		('p', 'c2', 'city', '2024-12-31', 'official', '2025-02-01', 25, 'paper')$$,
	$$SELECT string_agg(leaf_code || ' ' || conflicting_sources, ', ' ORDER BY leaf_code) FROM checked.data_quality WHERE unit_code = 'city' AND leaf_code < 'd'$$),
	'c1 0, c2 1', 'data_quality counts no source that took its figure back');

-- Labels
SELECT pg_temp.finds($$INSERT INTO checked.label (object_kind, object_code, programme_code, language, name) VALUES
	('node', 'zz', 'p', 'vi', 'Không có'), ('unit', '1', '', 'en', 'Ward 1'), ('owner', 'nobody', '', 'en', 'Nobody'), ('programme', 'q', '', 'en', 'Q'),
	('mark', '?', '', 'en', '?'), ('vintage', 'first', '', 'en', 'First')$$,
	E'note: orphan_label: mark / ? / en: "?" names what is not there\nnote: orphan_label: node / p / zz / vi: "Không có" names what is not there\n'
	'note: orphan_label: owner / nobody / en: "Nobody" names what is not there\nnote: orphan_label: programme / q / en: "Q" names what is not there\n'
	'note: orphan_label: unit / 1 / en: "Ward 1" names what is not there\nnote: orphan_label: vintage / first / en: "First" names what is not there', 'labels of nothing');

-- Texts of any length
SELECT is((SELECT string_agg(f, E'\n') FROM pg_temp.faults($$INSERT INTO checked.label (object_kind, object_code, language, name) VALUES ('owner', 'nobody', 'vi', repeat('ộ', 100000));
	INSERT INTO checked.target (programme_code, node_code, path, document, valid_from) VALUES ('p', 'zz', ('10@2020 -> ' || (SELECT string_agg((i - 2000) || '@' || i, ' -> ') FROM generate_series(2021, 2100) i))::target_path, 'plan', '2021-01-01'),
		('p', 'c1', '10@2020 -> 55@2025', repeat('x', 100000), '2021-01-01');
	UPDATE checked.programme SET unit_kind = repeat('x', 100000)$$) AS f), concat_ws(E'\n',
	format('error: overlapping_targets: p / c1: two targets for 2025-12-31 are valid at once: "10@2020 -> 50@2025 -> 70@2030" (plan, from 2021-01-01) and "10@2020 -> 55@2025" (%s..., from 2021-01-01)', repeat('x', 100)),
	'error: unknown_node: p / zz: the target "10@2020 -> 21@2021 -> 22@2022 -> 23@2023 -> 24@2024 -> 25@2025 -> 26@2026 -> 27@2027 -> 28@2028 -> 2..." is set for a node that no method has',
	format('note: orphan_label: owner / nobody / vi: "%s..." names what is not there', repeat('ộ', 33)),
	format('warning: no_unit: p: no unit is of kind "%s...", so nothing is judged', repeat('x', 100))), 'are quoted by their beginning');

SELECT is_empty('SELECT * FROM check_registry(''checked'')', 'and the clean one is as it was');
SELECT * FROM finish();
ROLLBACK;
