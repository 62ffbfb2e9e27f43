-- Figures that a registry derives: those of units that merged or split, and ratios. All numbers are worked out by hand.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();
SELECT create_registry('kpi') IS NOT NULL AS created \gset
SET search_path = kpi, public, tap;

INSERT INTO programme (programme_code) VALUES ('P');
INSERT INTO method (programme_code, method_version, valid_from) VALUES ('P', '2020', NULL);
-- households is no node, only a code that figures are kept under
INSERT INTO node (programme_code, method_version, node_code, parent_code, is_additive, numerator_code, denominator_code, ratio_per, rule) VALUES
	('P', '2020', 'P', NULL, false, NULL, NULL, 100, '{}'),
	('P', '2020', 'people', 'P', true, NULL, NULL, 100, '{"as_is": true}'),
	('P', '2020', 'air', 'P', false, NULL, NULL, 100, '{"worst": 0, "best": 100}'),
	('P', '2020', 'water', 'P', false, 'with_water', 'households', 100, '{"worst": 0, "best": 100}'),
	('P', '2020', 'with_water', 'P', true, NULL, NULL, 100, '{"as_is": true}');
-- a went to x, b by halves to x and y, c to y: on 1 July 2025. o became a in 2008, z is the new name of d, s stands alone.
INSERT INTO unit (unit_code, valid_from, valid_to) VALUES ('o', NULL, '2007-12-31'), ('a', '2008-01-01', '2025-06-30'), ('b', NULL, '2025-06-30'),
	('c', NULL, '2025-06-30'), ('d', NULL, '2025-06-30'), ('x', '2025-07-01', NULL), ('y', '2025-07-01', NULL), ('z', NULL, NULL), ('s', NULL, NULL);
INSERT INTO unit_successor VALUES ('o', 'a', 1, '2008-01-01'), ('a', 'x', 1, '2025-07-01'), ('b', 'x', 0.5, '2025-07-01'), ('b', 'y', 0.5, '2025-07-01'),
	('c', 'y', 1, '2025-07-01'), ('d', 'z', 1, '2025-07-01');
CREATE FUNCTION pg_temp.report(node text, unit text, day date, figure float8, how text DEFAULT 'official', released date DEFAULT '2025-10-01', source text DEFAULT 'yearbook')
	RETURNS void LANGUAGE sql AS $$
	INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source)
	VALUES ('P', node, unit, day, how, released, figure, source) $$;
-- what the unit has: own figures too
CREATE FUNCTION pg_temp.has(node text, unit text, as_of date DEFAULT '2025-12-31', known_on date DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', period_end, coalesce(value::text, '-'), vintage), ', ' ORDER BY period_end)
	FROM kpi.observation_by_period(as_of, known_on) AS o WHERE o.node_code = node AND o.unit_code = unit $$;

SELECT is(pg_temp.has('people', 'x'), NULL, 'no figures, nothing carried');
SELECT pg_temp.report('people', 'a', '2024-12-31', 10000), pg_temp.report('people', 'b', '2024-12-31', 7000, 'estimate', '2025-09-01', 'survey'),
	pg_temp.report('people', 'c', '2024-12-31', 3000) \g /dev/null

-- Merged and split ------------------------------------------------------------------

SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate', '10000 + half of 7000, of the least preferred vintage');
SELECT is(pg_temp.has('people', 'y'), '2024-12-31 6500 estimate', 'half of 7000 + 3000');
SELECT results_eq($$SELECT programme_code, unit_code, node_code, period_start, period_end, value, is_applicable, vintage, is_provisional, released_on, source, note
		FROM observation_by_period('2025-12-31') WHERE unit_code IN ('x', 'y') ORDER BY unit_code$$,
	$$VALUES ('P', 'x', 'people', NULL::date, date '2024-12-31', 13500::float8, true, 'estimate', true, date '2025-10-01', 'successor of a, b', 'weighted sum over 2 units'),
		('P', 'y', 'people', NULL, '2024-12-31', 6500, true, 'estimate', true, '2025-10-01', 'successor of b, c', 'weighted sum over 2 units')$$, 'where it comes from');
SELECT is(pg_temp.has('people', 'a'), '2024-12-31 10000 official', 'the old unit keeps its own');
SELECT is((SELECT count(*) FROM observation_own('2025-12-31')), 3::bigint, 'nobody else has any of their own');
SELECT results_eq($$SELECT unit_code, value FROM observation_by_period('2025-12-31', units => '{y}', programmes => '{P}')$$, $$VALUES ('y', 6500::float8)$$, 'one unit');
SELECT is_empty($$SELECT FROM observation_by_period('2025-12-31', programmes => '{Q}')$$, 'another programme');
SELECT is_empty($$SELECT FROM observation_by_period('2025-12-31', nodes => '{air}')$$, 'another node');
SELECT is((SELECT count(*) FROM observation_by_period('2025-12-31', nodes => '{air,people}')), 5::bigint, 'some nodes');
SELECT is(pg_temp.has('people', 'x', '2024-12-30'), NULL, 'a period that has not ended');

SAVEPOINT merged;
SELECT pg_temp.report('people', 'a', '2023-12-31', 9000) \g /dev/null
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate', 'no sum without b');
SELECT pg_temp.report('people', 'b', '2023-12-31', NULL) \g /dev/null
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate', 'nor with b reported as missing');
SELECT pg_temp.report('people', 'b', '2023-12-31', 6000, released => '2025-11-01') \g /dev/null
SELECT is(pg_temp.has('people', 'x'), '2023-12-31 12000 official, 2024-12-31 13500 estimate', 'until b has one');
SELECT is(pg_temp.has('people', 'y'), '2024-12-31 6500 estimate', 'y still waits for c');
UPDATE observation SET mark = 'GK' WHERE unit_code = 'a' AND period_end = '2023-12-31';
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate', 'a figure that is not counted is none');
ROLLBACK TO merged;

-- the day of the change, and figures past it
SELECT pg_temp.report('people', unit, day, 100) FROM unnest('{a,b}'::text[]) unit, unnest('{2025-06-30,2025-07-01,2025-07-31}'::date[]) day \g /dev/null
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate, 2025-06-30 150 official', 'only periods that ended before the change');
SELECT is(pg_temp.has('people', 'x', '2025-01-31'), '2024-12-31 13500 estimate', 'and by as_of');
ROLLBACK TO merged;

-- an own figure goes before, whatever it says
SELECT pg_temp.report('people', 'x', '2024-12-31', 13600, 'estimate') \g /dev/null
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13600 estimate', 'its own figure goes first');
UPDATE observation SET value = NULL WHERE unit_code = 'x';
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 - estimate', 'also one reported as missing');
UPDATE observation SET mark = 'GK' WHERE unit_code = 'x';
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate', 'but not one that is not counted');
ROLLBACK TO merged;

-- known on
SELECT is(pg_temp.has('people', 'x', known_on => '2025-09-30'), NULL, 'a was not known yet');
SELECT pg_temp.report('people', 'b', '2024-12-31', 8000, 'official', '2025-12-01') \g /dev/null
SELECT is(pg_temp.has('people', 'x', known_on => '2025-11-30'), '2024-12-31 13500 estimate', 'as known before the revision');
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 14000 official', 'and after it');
SELECT is((SELECT released_on FROM observation_by_period('2025-12-31', units => '{x}')), '2025-12-01', 'known since the last of its parts was');
ROLLBACK TO merged;

-- parts of one period only
UPDATE observation SET period_start = '2024-01-01' WHERE unit_code = 'a';
SELECT is((SELECT period_start FROM observation_by_period('2025-12-31', units => '{x}')), '2024-01-01', 'a period begins as its parts do');
UPDATE observation SET period_start = '2024-12-01' WHERE unit_code = 'b';
SELECT is(pg_temp.has('people', 'x'), NULL, 'a year and a month are not summed');
ROLLBACK TO merged;

-- Means and shares are not summed ---------------------------------------------------------

SELECT pg_temp.report('air', unit, '2024-12-31', 80) FROM unnest('{a,b,c,d}'::text[]) unit \g /dev/null
SELECT is(pg_temp.has('air', 'x'), NULL, 'not additive: nothing for a mixture');
SELECT is(pg_temp.has('air', 'z'), '2024-12-31 80 official', 'but for a unit that only changed its name');
SELECT is((SELECT concat_ws('; ', source, note) FROM observation_by_period('2025-12-31', units => '{z}')), 'successor of d; taken over whole', 'which says so');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, released_on, is_applicable) VALUES ('P', 'people', 'd', '2024-12-31', '2025-01-31', false);
SELECT results_eq($$SELECT value, is_applicable FROM observation_by_period('2025-12-31', units => '{z}') WHERE node_code = 'people'$$, 'VALUES (NULL::float8, false)',
	'an indicator that does not apply does not apply under the new name');
UPDATE unit_successor SET weight = 0.9 WHERE unit_code = 'd';
SELECT is(pg_temp.has('air', 'z'), NULL, 'nor for most of a unit');
UPDATE unit_successor SET weight = 1 WHERE unit_code = 'd';
INSERT INTO unit_successor VALUES ('c', 'z', 0.5, '2025-07-01');
SELECT is(pg_temp.has('air', 'z'), NULL, 'nor for a whole unit and something more');
ROLLBACK TO merged;
UPDATE node SET is_additive = false WHERE node_code = 'people';
SELECT is(pg_temp.has('people', 'x'), NULL, 'what the method says of it counts');
ROLLBACK TO merged;
UPDATE method SET valid_to = '2025-06-30';
INSERT INTO method (programme_code, method_version, valid_from) VALUES ('P', '2025', '2025-07-01');
INSERT INTO node (programme_code, method_version, node_code) VALUES ('P', '2025', 'P');
INSERT INTO node (programme_code, method_version, node_code, parent_code) VALUES ('P', '2025', 'people', 'P');
SELECT is(ARRAY[pg_temp.has('people', 'x', '2025-06-30'), pg_temp.has('people', 'x', '2025-12-31')], ARRAY['2024-12-31 13500 estimate', NULL], 'the method of as_of');
DELETE FROM method WHERE method_version = '2025';
SELECT is(pg_temp.has('people', 'x', 'infinity'), '2024-12-31 13500 estimate', 'or the last one there was');
ROLLBACK TO merged;

-- Chains, and what is no chain ----------------------------------------------------------------

SELECT pg_temp.report('people', 'o', '2006-12-31', 4000), pg_temp.report('people', 'b', '2006-12-31', 2000), pg_temp.report('air', 'o', '2006-12-31', 50),
	pg_temp.report('people', 'o', '2008-12-31', 4400), pg_temp.report('people', 'b', '2008-12-31', 2200) \g /dev/null
SELECT is(pg_temp.has('people', 'a'), '2006-12-31 4000 official, 2024-12-31 10000 official', 'o became a in 2008');
SELECT is(pg_temp.has('people', 'x'), '2006-12-31 5000 official, 2024-12-31 13500 estimate', 'and a part of x: 4000 + half of 2000; not so after its end');
SELECT is((SELECT source FROM observation_by_period('2006-12-31', units => '{x}')), 'successor of b, o', 'of those that had the figures');
SELECT is(ARRAY[pg_temp.has('air', 'a'), pg_temp.has('air', 'x')], ARRAY['2006-12-31 50 official', NULL], 'whole to a, a part of x');
SELECT pg_temp.report('people', 'a', '2006-12-31', 4100) \g /dev/null
SELECT is(pg_temp.has('people', 'x'), '2006-12-31 5100 official, 2024-12-31 13500 estimate', 'what a says itself goes before what it was made of');
SELECT pg_temp.report('people', 'a', '2006-12-31', NULL, released => '2025-11-01') \g /dev/null
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate', 'also where it takes it back');
ROLLBACK TO merged;

-- o split into a and b: a quarter and three quarters; x gets o twice
DELETE FROM unit_successor WHERE unit_code = 'o';
INSERT INTO unit_successor VALUES ('o', 'a', 0.25, '2008-01-01'), ('o', 'b', 0.75, '2008-01-01');
SELECT pg_temp.report('people', 'o', '2006-12-31', 8000) \g /dev/null
SELECT is(pg_temp.has('people', 'x', '2006-12-31'), '2006-12-31 5000 official', '2000 through a and half of 6000 through b');
SELECT is((SELECT concat_ws('; ', source, note) FROM observation_by_period('2006-12-31', units => '{x}')), 'successor of o; weighted sum over 1 units', 'named once');
SELECT pg_temp.report('people', 'b', '2006-12-31', 6400) \g /dev/null
SELECT is(pg_temp.has('people', 'x', '2006-12-31'), '2006-12-31 5200 official', '2000 through a and half of 6400');
ROLLBACK TO merged;

-- a unit that was there before: what it had then is a part too
UPDATE unit SET valid_from = '2000-01-01' WHERE unit_code = 'x';
SELECT is(pg_temp.has('people', 'x'), NULL, 'a unit that was there already is more than its predecessors were');
UPDATE unit SET valid_from = '2025-01-01' WHERE unit_code = 'x';
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate', 'one that was not is not');
ROLLBACK TO merged;
UPDATE unit_successor SET valid_from = '2020-01-01' WHERE unit_code = 'b' AND successor_code = 'x';
SELECT is(pg_temp.has('people', 'x'), NULL, 'it has been there since the first of several changes');
ROLLBACK TO merged;

-- circles end
UPDATE unit SET valid_from = NULL;
INSERT INTO unit_successor VALUES ('x', 'a', 1, '2025-07-01'), ('y', 'c', 1, '2025-07-01');
SELECT is(pg_temp.has('people', 'x'), '2024-12-31 13500 estimate', 'a has its own, whatever came before');
DELETE FROM observation WHERE unit_code = 'a';
SELECT is(pg_temp.has('people', 'x'), NULL, 'round a circle nothing is found');
SELECT pg_temp.report('people', 'o', '2024-12-31', 1) \g /dev/null
UPDATE unit_successor SET valid_from = '2025-07-01';
SELECT is(pg_temp.has('people', 'x'), NULL, 'and no part of it is taken for the whole');
SELECT is(pg_temp.has('people', 'y'), '2024-12-31 6500 estimate', 'elsewhere figures are carried');
ROLLBACK TO merged;
-- eight changes back, and no more
INSERT INTO unit (unit_code) SELECT 'k' || i FROM generate_series(0, 9) i;
INSERT INTO unit_successor SELECT 'k' || i, 'k' || i - 1, 0.5, '2025-07-01' FROM generate_series(1, 9) i;
SELECT pg_temp.report('people', 'k8', '2010-12-31', 256), pg_temp.report('people', 'k9', '2011-12-31', 256) \g /dev/null
SELECT is(ARRAY[pg_temp.has('people', 'k0'), pg_temp.has('people', 'k1')], ARRAY['2010-12-31 1 official', '2010-12-31 2 official, 2011-12-31 1 official'], 'eight changes back');
ROLLBACK TO merged;

-- a unit that others join later: what it had before is what it was made of first
INSERT INTO unit (unit_code, valid_from, valid_to) VALUES ('A', NULL, '2024-12-31'), ('D', NULL, '2024-12-31'), ('B', NULL, '2025-06-30'), ('M', '2025-01-01', NULL), ('O', NULL, NULL);
INSERT INTO unit_successor VALUES ('A', 'M', 1, '2025-01-01'), ('D', 'M', 1, '2025-01-01'), ('B', 'M', 1, '2025-07-01'),
	('A', 'O', 1, '2025-01-01'), ('B', 'O', 1, '2025-07-01');
SELECT pg_temp.report('people', 'A', '2024-12-31', 100), pg_temp.report('people', 'D', '2024-12-31', 40), pg_temp.report('people', 'B', '2024-12-31', 7) \g /dev/null
SELECT is(ARRAY[pg_temp.has('people', 'M'), pg_temp.has('people', 'O')], ARRAY['2024-12-31 140 official', '2024-12-31 100 official'], 'who joins later brings nothing of before');
SELECT is(ARRAY(SELECT c.object FROM check_registry('kpi') AS c WHERE c.fault = 'successor_dates' AND c.what LIKE 'the successor was there%' AND c.object LIKE 'B /%' ORDER BY 1),
	'{B / M,B / O}', 'which is told');
ROLLBACK TO merged;

-- any units that became any others, at any time, against a walk from unit to unit; shares that sum up without rounding
CREATE FUNCTION pg_temp.walked(unit text, day date, path text[]) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	own record;
	part record;
	-- who joined later had no part in it
	founded date := (SELECT greatest(u.valid_from, min(s.valid_from)) FROM kpi.unit AS u, kpi.unit_successor AS s
		WHERE u.unit_code = unit AND s.successor_code = unit GROUP BY u.valid_from);
	value float8;
	total float8 := 0;
BEGIN
	SELECT o.value INTO own FROM kpi.observation AS o WHERE o.unit_code = unit AND o.period_end = day;
	IF FOUND THEN
		RETURN own.value;
	ELSIF (day < (SELECT min(least(s.valid_from, u.valid_from)) FROM kpi.unit_successor AS s, kpi.unit AS u WHERE s.successor_code = unit AND u.unit_code = unit)) IS NOT TRUE THEN
		RETURN NULL;
	END IF;
	FOR part IN SELECT * FROM kpi.unit_successor AS s WHERE s.successor_code = unit AND s.valid_from <= founded LOOP
		value := CASE WHEN part.unit_code <> ALL (path) THEN pg_temp.walked(part.unit_code, day, path || part.unit_code) END;
		total := total + part.weight * value;
	END LOOP;
	RETURN total;
END $$;
CREATE FUNCTION pg_temp.differences(seed int) RETURNS TABLE (same bigint, other bigint) LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM kpi.observation;
	DELETE FROM kpi.unit_successor;
	DELETE FROM kpi.unit;
	INSERT INTO kpi.unit (unit_code, valid_from) SELECT 'u' || i, CASE WHEN hashint4(seed + i) % 5 = 0 THEN make_date(2000 + abs(hashint4(seed - i)) % 10, 1, 1) END FROM generate_series(1, 8) i;
	INSERT INTO kpi.unit_successor SELECT 'u' || i, 'u' || j, 1 / 2.0 ^ (abs(hashint4(seed + 10 * i + j)) % 4), make_date(2000 + abs(hashint4(seed - 10 * i - j)) % 10, 1, 1)
		FROM generate_series(1, 8) i, generate_series(1, 8) j WHERE i <> j AND hashint4(seed * 100 + 8 * i + j) % CASE WHEN i < j THEN 3 ELSE 11 END = 0;
	INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, released_on, value)
		SELECT 'P', 'people', 'u' || i, make_date(y, 12, 31), '2025-01-01', nullif(abs(hashint4(seed + y * 10 + i)) % 1000, 7)
		FROM generate_series(1, 8) i, generate_series(1996, 2009) y WHERE hashint4(seed * 1000 + y * 10 + i) % 3 <> 0;
	RETURN QUERY
	WITH walk AS (
		SELECT u.unit_code, make_date(y, 12, 31) AS period_end, pg_temp.walked(u.unit_code, make_date(y, 12, 31), ARRAY[u.unit_code]) AS value
		FROM kpi.unit AS u, generate_series(1996, 2009) y)
	SELECT count(*) FILTER (WHERE w.value = o.value AND o.source <> ''), count(*) FILTER (WHERE w.value IS DISTINCT FROM o.value)
	FROM walk AS w LEFT JOIN kpi.observation_by_period('2025-12-31') AS o USING (unit_code, period_end);
END $$;
CREATE TEMP TABLE tangle AS SELECT d.* FROM generate_series(1, 20) seed, pg_temp.differences(seed) d;
SELECT is(sum(other), 0::numeric, format('twenty tangles of units: %s figures carried, as they are in a walk', sum(same))) FROM tangle;
SELECT ok(sum(same) > 100, 'many of them') FROM tangle;
ROLLBACK TO merged;

-- who sees some units only, sees no part of a sum, and nothing made of what lies beyond
SELECT pg_temp.report('people', 'o', '2006-12-31', 4000), pg_temp.report('people', 'a', '2006-12-31', 4100), pg_temp.report('people', 'b', '2006-12-31', 2000) \g /dev/null
CREATE ROLE figures_reader;
SELECT grant_registry('kpi', 'figures_reader'), secure_units('kpi') \g /dev/null
GRANT USAGE ON SCHEMA tap TO figures_reader;
CREATE FUNCTION pg_temp.seen(units text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	DELETE FROM kpi.unit_access;
	INSERT INTO kpi.unit_access SELECT 'figures_reader', unnest(units);
	SET LOCAL ROLE figures_reader;
	SELECT string_agg(concat_ws(' ', unit_code, period_end, value), ', ' ORDER BY unit_code, period_end) INTO found
	FROM kpi.observation_by_period('2025-12-31') AS c WHERE note IS NOT NULL;
	RESET ROLE;
	RETURN found;
END $$;
SELECT is(pg_temp.seen('{x}'), NULL, 'who sees x alone');
SELECT is(pg_temp.seen('{x,a}'), NULL, 'x and a');
SELECT is(pg_temp.seen('{x,b,o}'), NULL, 'x, b and o: what a has is not taken from o');
SELECT is(pg_temp.seen('{a,b}'), NULL, 'a and b: nothing about x');
SELECT is(pg_temp.seen('{x,a,b}'), 'x 2006-12-31 5100, x 2024-12-31 13500', 'all of it');
ROLLBACK TO merged;

-- Ratios -----------------------------------------------------------------------------------------

SELECT pg_temp.report('households', 's', '2024-12-31', 400), pg_temp.report('with_water', 's', '2024-12-31', 300, 'preliminary', '2025-12-01', 'utility'),
	pg_temp.report('with_water', 's', '2023-12-31', 250) \g /dev/null
SELECT results_eq($$SELECT period_end, value, is_applicable, vintage, is_provisional, released_on, source, note FROM observation_by_period('2025-12-31', units => '{s}') WHERE node_code = 'water'$$,
	$$VALUES (date '2024-12-31', 75::float8, true, 'preliminary', true, date '2025-12-01', 'utility, yearbook', '100 * with_water / households')$$, '300 of 400 are 75 per cent; nothing for the year before');
UPDATE node SET ratio_per = 10000 WHERE node_code = 'water';
SELECT is(pg_temp.has('water', 's'), '2024-12-31 7500 preliminary', 'per ten thousand');
SELECT pg_temp.report('water', 's', '2024-12-31', 76) \g /dev/null
SELECT is(pg_temp.has('water', 's'), '2024-12-31 76 official', 'its own figure goes first');
DELETE FROM observation WHERE node_code = 'water';
SELECT is(pg_temp.has('water', 's', known_on => '2025-11-30'), NULL, 'both parts must have been known');
UPDATE observation SET value = 0 WHERE node_code = 'households';
SELECT results_eq($$SELECT value, note FROM observation_by_period('2025-12-31', units => '{s}') WHERE node_code = 'water'$$,
	$$VALUES (NULL::float8, 'no ratio: households is 0')$$, 'of none there is no share');
UPDATE observation SET value = 5e-324 WHERE node_code = 'households';
SELECT results_eq($$SELECT value, note FROM observation_by_period('2025-12-31', units => '{s}') WHERE node_code = 'water'$$,
	$$VALUES (NULL::float8, 'no ratio: beyond the range of numbers')$$, 'nor beyond float8');
UPDATE observation SET value = NULL WHERE node_code = 'households';
SELECT is(pg_temp.has('water', 's'), NULL, 'nor without a denominator');
ROLLBACK TO merged;

-- x: households 200 + half of 600, with water 100 + half of 540: 370 of 500; the mean of 50 and 90 per cent would be another number
SELECT pg_temp.report('households', unit, '2024-12-31', whole), pg_temp.report('with_water', unit, '2024-12-31', part), pg_temp.report('water', unit, '2024-12-31', share)
FROM (VALUES ('a', 200, 100, 50), ('b', 600, 540, 90), ('d', 50, 20, 41)) x (unit, whole, part, share) \g /dev/null
SELECT is(ARRAY[pg_temp.has('households', 'x'), pg_temp.has('with_water', 'x'), pg_temp.has('water', 'x')],
	'{2024-12-31 500 official,2024-12-31 370 official,2024-12-31 74 official}', 'a ratio is recomputed from what was carried');
SELECT is((SELECT concat_ws('; ', source, note) FROM observation_by_period('2025-12-31', units => '{x}') WHERE node_code = 'water'), 'successor of a, b; 100 * with_water / households', 'and says so');
SELECT results_eq($$SELECT unit_code, node_code, value FROM observation_by_period('2025-12-31', nodes => '{water}') WHERE unit_code IN ('x', 'z') ORDER BY 1$$,
	$$VALUES ('x', 'water', 74::float8), ('z', 'water', 41)$$, 'asked for by itself');
SELECT is(pg_temp.has('water', 'z'), '2024-12-31 41 official', 'under a new name the ratio published counts');
SELECT is(pg_temp.has('water', 'y'), NULL, 'c has no parts');
SELECT pg_temp.report('households', 'x', '2024-12-31', 740) \g /dev/null
SELECT is(pg_temp.has('water', 'x'), '2024-12-31 50 official', 'one part its own, the other carried: 370 of 740');
UPDATE node SET is_additive = true WHERE node_code = 'water';
SELECT is(pg_temp.has('water', 'y') IS NULL AND pg_temp.has('water', 'x') = '2024-12-31 50 official', true, 'a ratio is never summed, whoever calls it additive');
ROLLBACK TO merged;
UPDATE node SET is_additive = false WHERE node_code = 'with_water';
SELECT pg_temp.report('households', unit, '2024-12-31', 200), pg_temp.report('with_water', unit, '2024-12-31', 100) FROM unnest('{a,b}'::text[]) unit \g /dev/null
SELECT is(ARRAY[pg_temp.has('households', 'x'), pg_temp.has('with_water', 'x'), pg_temp.has('water', 'x')], '{2024-12-31 300 official,NULL,NULL}', 'a count that is no node is summed, a node only if it is additive');
ROLLBACK TO merged;

-- Who reads them -----------------------------------------------------------------------------------

SELECT pg_temp.report('households', unit, day, 200), pg_temp.report('with_water', unit, day, CASE unit WHEN 'a' THEN 100 ELSE 180 END), pg_temp.report('people', unit, day, 1000)
FROM unnest('{a,b}'::text[]) unit, unnest('{2023-12-31,2024-12-31}'::date[]) day WHERE (unit, day) <> ('a', '2024-12-31') \g /dev/null
SELECT pg_temp.report('households', 'a', '2024-12-31', 200, 'estimate'), pg_temp.report('with_water', 'a', '2024-12-31', 110) \g /dev/null
-- 190 of 300, then 200 of 300
SELECT results_eq($$SELECT unit_code, period_end, round(value::numeric, 3), vintage FROM observation_as_of('2025-12-31', units => '{x}') WHERE node_code = 'water'$$,
	$$VALUES ('x', date '2024-12-31', 66.667, 'estimate')$$, 'observation_as_of');
SELECT results_eq($$SELECT latest_period, source, periods_observed, share_provisional, conflicting_sources, revised FROM observation_quality('P', 'x', '{water}', '2025-12-31')$$,
	$$VALUES (date '2024-12-31', 'successor of a, b', 2, 0.5::float8, 0, 0)$$, 'observation_quality');
SELECT results_eq($$SELECT unit_code, round(value::numeric, 3), observed_on, vintage, is_provisional FROM leaf_as_of('P', '2025-12-31') WHERE node_code = 'water' AND unit_code = 'x'$$,
	$$VALUES ('x', 66.667, date '2024-12-31', 'estimate', true)$$, 'leaf_as_of judges who has figures');
SELECT is_empty($$SELECT FROM leaf_as_of('P', '2024-12-31') WHERE unit_code = 'x'$$, 'and nobody before their first day');
INSERT INTO reporting_date VALUES ('P', '2025-12-31', NULL);
SELECT refresh_registry('kpi') \g /dev/null
SELECT results_eq($$SELECT period_end, round(value::numeric, 3), is_provisional FROM indicator_trend WHERE unit_code = 'x' AND indicator_code = 'water' ORDER BY 1$$,
	$$VALUES (date '2023-12-31', 63.333, false), ('2024-12-31', 66.667, true)$$, 'indicator_trend');
SELECT results_eq($$SELECT round(value::numeric, 3), round(score::numeric, 3) FROM indicator_status WHERE unit_code = 'x' AND indicator_code = 'water'$$, 'VALUES (66.667, 66.667)', 'and so the index of a new unit begins');

-- Many ways lead to a predecessor ----------------------------------------------------------------------

-- three layers of eight, each unit made of eighths of the eight before it: 8 + 8 * 8 parts
INSERT INTO unit SELECT format('l%s_%s', l, i) FROM generate_series(1, 3) l, generate_series(1, 8) i;
INSERT INTO unit_successor SELECT format('l%s_%s', l, i), format('l%s_%s', l + 1, j), 0.125, make_date(2010 + l, 1, 1)
	FROM generate_series(1, 2) l, generate_series(1, 8) i, generate_series(1, 8) j;
SELECT pg_temp.report('people', 'l1_' || i, '2010-12-31', 100 * i) FROM generate_series(1, 8) i \g /dev/null
SELECT results_eq($$SELECT count(*), sum(tips), min(all_tips), max(all_tips) FROM unit_lineage('l3_1')$$, 'VALUES (72::bigint, 128::numeric, 64::bigint, 64::bigint)',
	'each of eight parts ends in eight branches, and each branch is one');
SELECT is(pg_temp.has('people', 'l3_1'), '2010-12-31 450 official', 'an eighth of an eighth of 3600, eight times');
-- twelve that are each other's successors: 11 * 10 * 9 * 8 * 7 * 6 * 5 * 4 ways, none of which anybody goes
INSERT INTO unit SELECT 'r' || i FROM generate_series(1, 12) i;
INSERT INTO unit_successor SELECT 'r' || i, 'r' || j, 0.1, '2020-01-01' FROM generate_series(1, 12) i, generate_series(1, 12) j WHERE i <> j;
SELECT pg_temp.report('people', 'r2', '2010-12-31', 7) \g /dev/null
SET statement_timeout = '300s';
SELECT is(pg_temp.has('people', 'r1'), NULL, 'too many parts: nothing is carried');
SELECT results_eq($$SELECT severity, count(*) FROM check_registry('kpi') WHERE fault = 'too_many_parts' GROUP BY 1$$, $$VALUES ('error', 12::bigint)$$, 'and check_registry says so');
RESET statement_timeout;

SELECT * FROM finish();
ROLLBACK;
