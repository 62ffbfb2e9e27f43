-- progress: every measure, every rule of the status, every reason; numbers worked out by hand from the formulas.
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

-- Status: the first rule that applies ----------------------------------------

CREATE TEMP TABLE verdict (n serial, why text, path text, series text, as_of date, due date, status text, reason text, value float8, observed_on date);
INSERT INTO verdict (why, path, series, as_of, due, status, reason, value, observed_on) VALUES
	-- 1. no observation up to as_of
	('no observations', 'up -> 10@2025', '{}', '2023-12-31', NULL, 'no_data', 'no_observation', NULL, NULL),
	('NULL observations', 'up -> 10@2025', NULL, '2023-12-31', NULL, 'no_data', 'no_observation', NULL, NULL),
	('all after as_of', 'up -> 10@2025', '{2024: 5}', '2023-12-31', NULL, 'no_data', 'no_observation', NULL, NULL),
	('all before the baseline', '1@2023 -> 10@2025', '{2021: 5, 2022: 50}', '2024-12-31', NULL, 'no_data', 'no_observation', NULL, NULL),
	('none, and overdue', 'up -> 10@2025', '{}', '2026-12-31', NULL, 'no_data', 'no_observation', NULL, NULL),
	-- 2. on or after due
	('due today, met', 'up -> 10@2025', '{2024: 2, 2025: 10}', '2025-12-31', NULL, 'met', NULL, 10, '2025-12-31'),
	('due today, exceeded', 'up -> 10@2025', '{2025: 10.5}', '2025-12-31', NULL, 'exceeded', NULL, 10.5, '2025-12-31'),
	('due today, missed', 'up -> 10@2025', '{2024: 99, 2025: 9.999}', '2025-12-31', NULL, 'missed', NULL, 9.999, '2025-12-31'),
	('a comparison is met and never exceeded', 'up -> >=10@2025', '{2025: 1000}', '2025-12-31', NULL, 'met', NULL, 1000, '2025-12-31'),
	('a strict bound exactly', 'up -> >10@2025', '{2025: 10}', '2025-12-31', NULL, 'missed', NULL, 10, '2025-12-31'),
	('inside a range', 'up -> 10..12@2025', '{2025: 12}', '2025-12-31', NULL, 'met', NULL, 12, '2025-12-31'),
	('beyond a range', 'up -> 10..12@2025', '{2025: 12.1}', '2025-12-31', NULL, 'exceeded', NULL, 12.1, '2025-12-31'),
	('down, beyond a range', 'down -> 10..12@2025', '{2025: 9}', '2025-12-31', NULL, 'exceeded', NULL, 9, '2025-12-31'),
	('keep above its band', 'keep -> 10..12@2025', '{2025: 13}', '2025-12-31', NULL, 'missed', NULL, 13, '2025-12-31'),
	('within tolerance', 'up -> ~100@2025', '{2025: 99}', '2025-12-31', NULL, 'met', NULL, 99, '2025-12-31'),
	('a day late is not the due date', 'up -> 10@2025', '{2024: 2}', '2025-12-31', NULL, 'not_yet_assessable', 'awaiting_observation', 2, '2024-12-31'),
	('years after due, nothing new', 'up -> 10@2025', '{2024: 20}', '2029-12-31', NULL, 'not_yet_assessable', 'awaiting_observation', 20, '2024-12-31'),
	('none dated on due, a later one: the last before decides', 'up -> 10@2025', '{2024: 2, 2026: 3}', '2026-12-31', NULL, 'missed', 'no_observation_at_due', 2, '2024-12-31'),
	('the same, met before', 'up -> 10@2025', '{2024: 11, 2026: 3}', '2026-12-31', NULL, 'exceeded', 'no_observation_at_due', 11, '2024-12-31'),
	('the same, but the later one is not known yet', 'up -> 10@2025', '{2024: 11, 2026: 3}', '2026-12-30', NULL, 'not_yet_assessable', 'awaiting_observation', 11, '2024-12-31'),
	('the same, mended later', 'up -> 10@2025', '{2024: 2, 2026: 13}', '2026-12-31', NULL, 'missed', 'met_late', 2, '2024-12-31'),
	('missed and mended', 'up -> 10@2025', '{2025: 9, 2026: 11}', '2026-12-31', NULL, 'missed', 'met_late', 9, '2025-12-31'),
	('mended, but not yet as of then', 'up -> 10@2025', '{2025: 9, 2026: 11}', '2026-06-30', NULL, 'missed', NULL, 9, '2025-12-31'),
	('mended and lost again', 'up -> 10@2025', '{2025: 9, 2026: 11, 2027: 8}', '2027-12-31', NULL, 'missed', 'met_late', 9, '2025-12-31'),
	('met at due, worse later', 'up -> 10@2025', '{2025: 10, 2026: 1}', '2026-12-31', NULL, 'met', NULL, 10, '2025-12-31'),
	('only later ones', 'up -> 10@2025', '{2026: 11}', '2026-12-31', NULL, 'not_yet_assessable', 'no_observation_at_due', NULL, NULL),
	('the baseline met it, missed at due', 'up 12@2020 -> 10@2025', '{2025: 9}', '2025-12-31', NULL, 'missed', NULL, 9, '2025-12-31'),
	('a step: the last on or before due', 'step 0@2023-02 -> 1@2025-06', '{2025-03: 1}', '2025-06-30', NULL, 'met', NULL, 1, '2025-03-31'),
	('a step not taken', 'step 0@2023-02 -> 1@2025-06', '{2025-03: 0}', '2025-06-30', NULL, 'missed', NULL, 0, '2025-03-31'),
	('a step taken late', 'step 0@2023-02 -> 1@2025-06', '{2025-03: 0, 2025-08: 1}', '2025-12-31', NULL, 'missed', 'met_late', 0, '2025-03-31'),
	-- 3. before due, met already
	('met early', 'up -> 10..12@2030', '{2024: 10}', '2025-06-30', NULL, 'met', NULL, 10, '2024-12-31'),
	('exceeded early', 'up -> 10@2030', '{2024: 11}', '2025-06-30', NULL, 'exceeded', NULL, 11, '2024-12-31'),
	('keep inside', 'keep -> 10..12@2030', '{2024: 11}', '2025-06-30', NULL, 'met', NULL, 11, '2024-12-31'),
	('the latest decides, not the best', 'up -> 10@2030', '{2023: 12, 2024: 11, 2025: 10.5}', '2025-12-31', NULL, 'exceeded', NULL, 10.5, '2025-12-31'),
	-- 4. met once, not any more
	('lost', 'up -> 10@2030', '{2023: 12, 2024: 9}', '2024-12-31', NULL, 'lost', NULL, 9, '2024-12-31'),
	('the baseline met it', 'up 12@2020 -> 10@2030', '{2024: 9}', '2024-12-31', NULL, 'lost', NULL, 9, '2024-12-31'),
	('a baseline at a strict bound has not met it', 'up 10@2020 -> >10@2030', '{2024: 9}', '2024-12-31', NULL, 'off_track', NULL, 9, '2024-12-31'),
	('an observation before the baseline is not counted', 'up 5@2023 -> 10@2030', '{2022: 12, 2024: 6}', '2024-12-31', NULL, 'on_track', NULL, 6, '2024-12-31'),
	('keep left its band', 'keep -> 10..12@2030', '{2023: 11, 2024: 9}', '2024-12-31', NULL, 'lost', NULL, 9, '2024-12-31'),
	('lost comes before single observation', 'up 12@2020 -> 10@2030', '{2024: 9}', '2026-12-31', NULL, 'lost', NULL, 9, '2024-12-31'),
	-- 5. no projection
	('one observation, no baseline', 'up -> 10@2030', '{2024: 9}', '2024-12-31', NULL, 'not_yet_assessable', 'single_observation', 9, '2024-12-31'),
	('on the day of the baseline', '5@2024 -> 10@2030', '{2024: 6}', '2024-12-31', NULL, 'not_yet_assessable', 'no_time_elapsed', 6, '2024-12-31'),
	('a step is not projected', 'step 0@2023-02 -> 1@2025-06', '{2024: 0.5}', '2025-03-31', NULL, 'not_yet_assessable', 'step_not_due', 0.5, '2024-12-31'),
	('keep never met', 'keep -> 10..12@2030', '{2023: 8, 2024: 9}', '2024-12-31', NULL, 'off_track', 'keep_not_met', 9, '2024-12-31'),
	('keep never met, one observation', 'keep -> 10..12@2030', '{2024: 9}', '2024-12-31', NULL, 'off_track', 'keep_not_met', 9, '2024-12-31'),
	-- 6. the projection: from 0 in 2020 to 100 in 2030, half-way in 2025
	('exactly on track', '0@2020 -> 100@2030', '{2025: 50}', '2025-12-31', NULL, 'on_track', NULL, 50, '2025-12-31'),
	('95 per cent is on track', '0@2020 -> 100@2030', '{2025: 47.5}', '2025-12-31', NULL, 'on_track', NULL, 47.5, '2025-12-31'),
	('less is at risk', '0@2020 -> 100@2030', '{2025: 47.49}', '2025-12-31', NULL, 'at_risk', NULL, 47.49, '2025-12-31'),
	('60 per cent is at risk', '0@2020 -> 100@2030', '{2025: 30}', '2025-12-31', NULL, 'at_risk', NULL, 30, '2025-12-31'),
	('less is off track', '0@2020 -> 100@2030', '{2025: 29.99}', '2025-12-31', NULL, 'off_track', NULL, 29.99, '2025-12-31'),
	('backwards is off track', '0@2020 -> 100@2030', '{2025: -10}', '2025-12-31', NULL, 'off_track', NULL, -10, '2025-12-31'),
	('not a step forward', '0@2020 -> 100@2030', '{2025: 0}', '2025-12-31', NULL, 'off_track', NULL, 0, '2025-12-31'),
	('from the first observation without a baseline', 'up -> 100@2030', '{2020: 0, 2025: 50}', '2025-12-31', NULL, 'on_track', NULL, 50, '2025-12-31'),
	('the first observation, not the one before last', 'up -> 100@2030', '{2020: 0, 2024: 49, 2025: 50}', '2025-12-31', NULL, 'on_track', NULL, 50, '2025-12-31'),
	('years old, no limit of age', '0@2020 -> 100@2030', '{2022: 20}', '2029-12-31', NULL, 'on_track', NULL, 20, '2022-12-31'),
	-- intermediate targets: each judged at its own due date
	('the middle target', '0@2020 -> 10@2025 -> 100@2030', '{2023: 6}', '2023-12-31', NULL, 'on_track', NULL, 6, '2023-12-31'),
	('the last target', '0@2020 -> 10@2025 -> 100@2030', '{2023: 6}', '2023-12-31', '2030-12-31', 'off_track', NULL, 6, '2023-12-31'),
	('after the last the last stays current', '0@2020 -> 10@2025 -> 100@2030', '{2030: 100}', '2031-12-31', NULL, 'met', NULL, 100, '2030-12-31'),
	('the first, looked at afterwards', '0@2020 -> 10@2025 -> 100@2030', '{2025: 10, 2030: 70}', '2031-12-31', '2025-12-31', 'met', NULL, 10, '2025-12-31'),
	('a due date that the path lacks', '0@2020 -> 10@2025', '{2023: 6}', '2023-12-31', '2026-12-31', 'not_yet_assessable', 'no_target_at_due', 6, '2023-12-31');

SELECT is(target_status(path::target_path, series::indicator_series, as_of, due), status::progress_status, why) FROM verdict ORDER BY n;
SELECT is(target_status_reason(path::target_path, series::indicator_series, as_of, due), reason, why || ': reason') FROM verdict ORDER BY n;
SELECT results_eq(
	format($$SELECT value, observed_on, status::text, reason FROM progress(%L::target_path, %L::indicator_series, %L::date, %L::date)
		WHERE %L::date IS NOT NULL OR is_current$$, path, series, as_of, due, due),
	format('VALUES (%L::float8, %L::date, %L, %L::text)', value, observed_on, status, reason), why || ': row')
FROM verdict WHERE status NOT IN ('no_data') AND reason IS DISTINCT FROM 'no_target_at_due' ORDER BY n;

-- max_age ---------------------------------------------------------------------

SELECT is((SELECT status || coalesce(' ' || reason, '') FROM progress('0@2020 -> 100@2030', '{2022: 20}', '2023-12-31', NULL, '1 year')),
		  'on_track', 'a year old is not older than a year');
SELECT is((SELECT status || coalesce(' ' || reason, '') FROM progress('0@2020 -> 100@2030', '{2022: 20}', '2024-01-01', NULL, '1 year')),
		  'not_yet_assessable stale', 'a day more is stale');
SELECT is((SELECT status || coalesce(' ' || reason, '') FROM progress('0@2020 -> 100@2030', '{2022: 120}', '2026-01-01', NULL, '1 year')),
		  'exceeded', 'what is met is met, however old');
SELECT is((SELECT status || coalesce(' ' || reason, '') FROM progress('0@2020 -> 100@2030', '{2021: 120, 2022: 20}', '2026-01-01', NULL, '1 year')),
		  'lost', 'what is lost is lost');
SELECT is((SELECT status || coalesce(' ' || reason, '') FROM progress('0@2020 -> 100@2030', '{2030: 20}', '2034-01-01', NULL, '1 year')),
		  'missed', 'and what is missed missed');
SELECT is((SELECT projected_value FROM progress('0@2020 -> 100@2030', '{2022: 20}', '2026-01-01', NULL, '1 month')), 100::float8,
		  'the projection of a stale value is still shown');

-- NULLs and errors -------------------------------------------------------------

SELECT is((SELECT count(*) FROM progress(NULL, '{2022: 20}', '2026-01-01')), 0::bigint, 'a NULL path has no rows');
SELECT is((SELECT count(*) FROM progress(NULL, '{2022: 20}', NULL)), 0::bigint, 'whatever the date');
SELECT is((SELECT count(*) FROM progress('up -> 1@2025 -> 2@2030 -> 3@2035', NULL, '2026-01-01')), 3::bigint, 'a NULL series has its rows');
SELECT is((SELECT bool_and(status = 'no_data' AND value IS NULL AND gap IS NULL AND met_bound IS NOT NULL)
		   FROM progress('up -> 1@2025 -> 2@2030 -> 3@2035', '{}', '2026-01-01')), true, 'with bounds and no data');
SELECT is((SELECT array_agg(due ORDER BY due) FROM progress('up -> 1@2025 -> 2@2030 -> 3@2035', NULL, '2026-01-01') WHERE is_current),
		  '{2030-12-31}'::date[], 'one is current');
SELECT pg_temp.refuses($$SELECT * FROM progress('up -> 1@2025', '{}', NULL)$$, '22004', 'as_of');
SELECT pg_temp.refuses($$SELECT target_status('up -> 1@2025', '{}', NULL)$$, '22004', 'as_of');
SELECT pg_temp.refuses($$SELECT attainment_level('up -> 1@2025', '{2024: 1}', NULL)$$, '22004', 'as_of');
SELECT is(target_status(NULL, '{2022: 20}', '2026-01-01'), NULL, 'the scalar of a NULL path is NULL');
SELECT is(target_status('up -> 1@2025', NULL, '2026-01-01'), 'no_data'::progress_status, 'that of a NULL series no_data');
SELECT is(attainment_level('up -> 1@2025', NULL, '2026-01-01'), NULL, 'without a measure');
SELECT is(target_status_reason('up -> 1@2025', NULL, '2026-01-01'), 'no_observation', 'and with a reason');
SELECT results_eq(
	$$SELECT due, is_current, met_bound, far_bound, expected, attainment_level, gap, status::text, reason
	FROM progress('0@2020 -> 10@2025', '{2023: 6}', '2023-12-31', '2026-12-31')$$,
	$$VALUES ('2026-12-31'::date, false, NULL::float8, NULL::float8, NULL::float8, NULL::float8, NULL::float8, 'not_yet_assessable', 'no_target_at_due')$$,
	'one row for a due date that the path lacks');
SELECT is((SELECT count(*) FROM progress('0@2020 -> 10@2025', NULL, '2023-12-31', '2026-12-31')), 1::bigint, 'even without a series');

-- Measures -----------------------------------------------------------------------

CREATE TEMP TABLE measured (n serial, why text, path text, series text, as_of date, figure text, expected float8, reason text);
INSERT INTO measured (why, path, series, as_of, figure, expected, reason) VALUES
	-- level
	('up', 'up -> 622700@2025', '{2024: 595000}', '2024-12-31', 'attainment_level', 100 * 595000 / 622700.0, NULL),
	('not capped', 'up -> 175@2025', '{2024: 176.4}', '2024-12-31', 'attainment_level', 100.8, NULL),
	('up, B = 0', 'up -> 0@2025', '{2024: -5}', '2024-12-31', 'attainment_level', NULL, 'level_undefined'),
	('up, B < 0', 'up -> -5@2025', '{2024: -10}', '2024-12-31', 'attainment_level', NULL, 'level_undefined'),
	('up, value below 0', 'up -> 4@2025', '{2024: -2}', '2024-12-31', 'attainment_level', -50, NULL),
	('up, value 0', 'up -> 4@2025', '{2024: 0}', '2024-12-31', 'attainment_level', 0, NULL),
	('down', 'down -> 10@2025', '{2024: 25}', '2024-12-31', 'attainment_level', 40, NULL),
	('down to 0', 'down -> 0@2025', '{2024: 25}', '2024-12-31', 'attainment_level', 0, NULL),
	('down, value 0', 'down -> 10@2025', '{2024: 0}', '2024-12-31', 'attainment_level', NULL, 'level_undefined'),
	('down, value below 0', 'down -> 10@2025', '{2024: -1}', '2024-12-31', 'attainment_level', NULL, 'level_undefined'),
	('down, B < 0', 'down -> -10@2025', '{2024: 5}', '2024-12-31', 'attainment_level', NULL, 'level_undefined'),
	('at a strict bound', 'up -> >10@2025', '{2024: 10}', '2024-12-31', 'attainment_level', 100, NULL),
	('keep inside', 'keep -> 95..105@2025', '{2024: 101}', '2024-12-31', 'attainment_level', 100, NULL),
	('keep inside a band about 0', 'keep -> -1..1@2025', '{2024: 0}', '2024-12-31', 'attainment_level', 100, NULL),
	('keep below: as up', 'keep -> 80..100@2025', '{2024: 60}', '2024-12-31', 'attainment_level', 75, NULL),
	('keep above: as down', 'keep -> 80..100@2025', '{2024: 125}', '2024-12-31', 'attainment_level', 80, NULL),
	('keep open above', 'keep -> >=80@2025', '{2024: 60}', '2024-12-31', 'attainment_level', 75, NULL),
	('keep below a band that begins below 0', 'keep -> -1..1@2025', '{2024: -2}', '2024-12-31', 'attainment_level', NULL, 'level_undefined'),
	('keep above a band that begins below 0', 'keep -> -1..1@2025', '{2024: 4}', '2024-12-31', 'attainment_level', 25, NULL),
	-- distance
	('up', '40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', 'attainment_distance', 40, NULL),
	('down', '30@2020 -> 10@2030', '{2023: 24}', '2023-12-31', 'attainment_distance', 30, NULL),
	('backwards', '30@2020 -> 10@2030', '{2023: 33}', '2023-12-31', 'attainment_distance', -15, NULL),
	('baseline beyond the target, then worse', 'down 3@2015 -> 5@2035', '{2020: 10}', '2020-12-31', 'attainment_distance', -350, NULL),
	('to the near end of a range', '0@2020 -> 50..60@2030', '{2023: 25}', '2023-12-31', 'attainment_distance', 50, NULL),
	('no baseline', 'up -> 50@2030', '{2023: 25}', '2023-12-31', 'attainment_distance', NULL, 'no_baseline'),
	('B = b', 'up 50@2020 -> 50@2030', '{2023: 25}', '2023-12-31', 'attainment_distance', NULL, 'target_equals_baseline'),
	('B = b, met', 'up 50@2020 -> 50@2030', '{2023: 55}', '2023-12-31', 'attainment_distance', NULL, 'target_equals_baseline'),
	('keep inside', 'keep 50@2020 -> 60..70@2030', '{2023: 65}', '2023-12-31', 'attainment_distance', 100, NULL),
	('keep, half of the way', 'keep 50@2020 -> 60..70@2030', '{2023: 55}', '2023-12-31', 'attainment_distance', 50, NULL),
	('keep, farther than at first', 'keep 50@2020 -> 60..70@2030', '{2023: 45}', '2023-12-31', 'attainment_distance', 0, NULL),
	('keep, out at the other side', 'keep 50@2020 -> 60..70@2030', '{2023: 74}', '2023-12-31', 'attainment_distance', 60, NULL),
	('keep, the baseline was inside', 'keep 65@2020 -> 60..70@2030', '{2023: 59}', '2023-12-31', 'attainment_distance', 0, NULL),
	('keep without a baseline', 'keep -> 60..70@2030', '{2023: 59}', '2023-12-31', 'attainment_distance', NULL, 'no_baseline'),
	-- path
	('linear', '40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', 'attainment_path', 100 * 12 / 9.0, NULL),
	('bent', '0@2020 -> 10@2025 -> 100@2030', '{2023: 3}', '2023-12-31', 'attainment_path', 50, NULL),
	('baseline beyond the target', 'down 3@2015 -> 5@2035', '{2020: 10}', '2020-12-31', 'attainment_path', -1400, NULL),
	('on the baseline day', '40@2020 -> 70@2030', '{2020: 52}', '2020-12-31', 'attainment_path', NULL, 'no_time_elapsed'),
	('a step before it is due', 'step 0@2020 -> 1@2030', '{2023: 0.5}', '2023-12-31', 'attainment_path', NULL, 'step_not_due'),
	('keep', 'keep 0@2020 -> 1@2030', '{2023: 0.5}', '2023-12-31', 'attainment_path', NULL, 'not_defined_for_keep'),
	('no baseline', 'up -> 1@2030', '{2023: 0.5}', '2023-12-31', 'attainment_path', NULL, 'no_baseline'),
	('geometric', 'geometric 1@2020 -> 16@2024', '{2022: 2.5}', '2022-12-31', 'attainment_path', 50, NULL),
	-- expected
	('at the observation, not at as_of', '0@2020 -> 100@2030', '{2023: 1}', '2025-12-31', 'expected', 30, NULL),
	('before the first target without a baseline', 'up -> 1@2025 -> 2@2030', '{2023: 1}', '2025-06-30', 'expected', NULL, 'before_path_start'),
	-- growth ratio: 4 in 2 years is 100 % a year, 16 in 4 years too
	('as required', '1@2020 -> 16@2024', '{2022: 4}', '2022-12-31', 'growth_ratio', 1, NULL),
	('a third', '1@2020 -> 16@2022', '{2021: 2}', '2021-12-31', 'growth_ratio', 1 / 3.0, NULL),
	('down', '16@2020 -> 4@2022', '{2021: 12}', '2021-12-31', 'growth_ratio', 0.5, NULL),
	('all below 0: -10 to -5 is up', '-10@2020 -> -2.5@2022', '{2021: -5}', '2021-12-31', 'growth_ratio', 1, NULL),
	('all below 0, down', '-10@2020 -> -40@2022', '{2021: -20}', '2021-12-31', 'growth_ratio', 1, NULL),
	('from 0', '0@2020 -> 5@2022', '{2021: 1}', '2021-12-31', 'growth_ratio', NULL, 'growth_undefined'),
	('across 0', '-5@2020 -> 5@2022', '{2021: 1}', '2021-12-31', 'growth_ratio', NULL, 'growth_undefined'),
	('to 0', '5@2020 -> 0@2022', '{2021: 1}', '2021-12-31', 'growth_ratio', NULL, 'growth_undefined'),
	('B = b', 'up 5@2020 -> 5@2022', '{2021: 1}', '2021-12-31', 'growth_ratio', NULL, 'target_equals_baseline'),
	('on the baseline day', '1@2020 -> 16@2024', '{2020: 4}', '2022-12-31', 'growth_ratio', NULL, 'no_time_elapsed'),
	('keep', 'keep 1@2020 -> 16@2024', '{2022: 4}', '2022-12-31', 'growth_ratio', NULL, 'not_defined_for_keep'),
	('no baseline', 'up -> 16@2024', '{2020: 1, 2022: 4}', '2022-12-31', 'growth_ratio', NULL, 'no_baseline'),
	-- gap
	('short', 'up -> 16@2024', '{2022: 4}', '2022-12-31', 'gap', 12, NULL),
	('over', 'up -> 16@2024', '{2022: 20}', '2022-12-31', 'gap', -4, NULL),
	('down', 'down -> 16@2024', '{2022: 20}', '2022-12-31', 'gap', -4, NULL),
	('keep inside', 'keep -> 10..16@2024', '{2022: 12}', '2022-12-31', 'gap', 0, NULL),
	('keep below', 'keep -> 10..16@2024', '{2022: 7}', '2022-12-31', 'gap', 3, NULL),
	('keep above', 'keep -> 10..16@2024', '{2022: 17}', '2022-12-31', 'gap', -1, NULL),
	-- paces: 52.5 to 75 in five years needs 4.5 a year, 3.75 times 1.2
	('per year', '51.3@2024 -> 75@2030', '{2025: 52.5}', '2025-12-31', 'required_pace', 4.5, NULL),
	('from the observation, not from as_of', '51.3@2024 -> 75@2030', '{2025: 52.5}', '2028-12-31', 'required_pace', 4.5, NULL),
	('per year', '51.3@2024 -> 75@2030', '{2025: 52.5}', '2025-12-31', 'observed_pace', 1.2, NULL),
	('3.75 times as fast', '51.3@2024 -> 75@2030', '{2025: 52.5}', '2025-12-31', 'pace_multiple', 3.75, NULL),
	('half a year left', 'up -> 75@2026-06', '{2025: 52.5}', '2025-12-31', 'required_pace', 45, NULL),
	('met: negative', 'up -> 50@2030', '{2025: 52.5}', '2025-12-31', 'required_pace', -0.5, NULL),
	('on the due day', 'up -> 75@2025', '{2025: 52.5}', '2025-12-31', 'required_pace', NULL, 'past_due'),
	('on the due day', '5@2020 -> 75@2025', '{2025: 52.5}', '2025-12-31', 'pace_multiple', NULL, 'past_due'),
	('from the first observation', 'up -> 75@2030', '{2023: 50, 2024: 70, 2025: 52}', '2025-12-31', 'observed_pace', 1, NULL),
	('from the baseline', '40@2020 -> 75@2030', '{2023: 50, 2024: 70, 2025: 52}', '2025-12-31', 'observed_pace', 2.4, NULL),
	('single observation', 'up -> 75@2030', '{2025: 52}', '2025-12-31', 'observed_pace', NULL, 'single_observation'),
	('no time elapsed', '40@2025 -> 75@2030', '{2025: 52}', '2025-12-31', 'observed_pace', NULL, 'no_time_elapsed'),
	('standing still', '52@2020 -> 75@2030', '{2025: 52}', '2025-12-31', 'pace_multiple', NULL, 'zero_pace'),
	('backwards', '57@2020 -> 75@2030', '{2025: 52}', '2025-12-31', 'pace_multiple', -4.6, NULL),
	-- projection
	('linear', '40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', 'projected_value', 80, NULL),
	('attainment', '40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', 'projected_attainment', 100 * 40 / 30.0, NULL),
	('from the first observation', 'up -> 70@2030', '{2020: 40, 2023: 52}', '2023-12-31', 'projected_value', 80, NULL),
	('attainment, from there', 'up -> 70@2030', '{2020: 40, 2023: 52}', '2023-12-31', 'projected_attainment', 100 * 40 / 30.0, NULL),
	('start = B and the projection meets', 'up -> 40@2030', '{2020: 40, 2023: 52}', '2023-12-31', 'projected_attainment', 100, NULL),
	('start = B and it does not', 'up -> >40@2030', '{2020: 40, 2023: 31}', '2023-12-31', 'projected_attainment', 0, NULL),
	('baseline = B', 'up 40@2020 -> 40@2030', '{2023: 31}', '2023-12-31', 'projected_attainment', NULL, 'target_equals_baseline'),
	('baseline = B, met', 'up 40@2020 -> 40@2030', '{2023: 51}', '2023-12-31', 'projected_attainment', NULL, 'target_equals_baseline'),
	('baseline beyond the target', 'down 3@2015 -> 5@2035', '{2020: 10}', '2020-12-31', 'projected_attainment', -1400, NULL),
	('at the due date it is the value', '40@2020 -> 70@2030', '{2030: 52.1}', '2030-12-31', 'projected_value', 52.1, NULL),
	('single observation', 'up -> 70@2030', '{2023: 52}', '2023-12-31', 'projected_value', NULL, 'single_observation'),
	('single observation', 'up -> 70@2030', '{2023: 52}', '2023-12-31', 'projected_attainment', NULL, 'single_observation'),
	('beyond what a float holds', '-1e308@2020 -> 1@2030', '{2021: 1e308}', '2021-12-31', 'projected_value', NULL, 'out_of_range'),
	('beyond what a float holds', '-1e308@2020 -> 1@2030', '{2021: 1e308}', '2021-12-31', 'attainment_level', NULL, 'out_of_range'),
	-- no observation at all: every measure says so
	('no data', '40@2020 -> 70@2030', '{}', '2030-12-31', 'gap', NULL, 'no_observation'),
	('only later ones', 'up -> 10@2025', '{2026: 11}', '2026-12-31', 'gap', NULL, 'no_observation_at_due');

CREATE TEMP VIEW measured_row AS
	SELECT m.*, to_jsonb(p) AS r FROM measured m, progress(path::target_path, series::indicator_series, as_of) p WHERE p.is_current;
SELECT ok(CASE WHEN expected IS NULL THEN r -> figure = 'null'
			   ELSE r ->> figure IS NOT NULL AND abs((r ->> figure)::float8 - expected) <= 1e-12 * greatest(1, abs(expected)) END,
		  format('%s, %s: %s is %s', figure, why, path, coalesce(expected::text, 'NULL')))
	|| CASE WHEN expected IS NULL <> (r -> figure = 'null') OR abs((r ->> figure)::float8 - expected) > 1e-12 * greatest(1, abs(expected))
	   THEN E'\n' || diag(r::text) ELSE '' END
FROM measured_row ORDER BY n;
SELECT is(r -> 'reasons' ->> figure, reason, format('%s, %s: %s because of %s', figure, why, path, reason))
FROM measured_row WHERE expected IS NULL ORDER BY n;

-- every NULL measure has a reason, every other none; the scalars agree with the columns
CREATE TEMP VIEW scalar AS
	SELECT path, series, as_of, f.figure, f.value
	FROM (SELECT path, series, as_of FROM measured UNION SELECT path, series, as_of FROM verdict) m,
		LATERAL (VALUES
			('attainment_level', attainment_level(path::target_path, series::indicator_series, as_of)),
			('attainment_distance', attainment_distance(path::target_path, series::indicator_series, as_of)),
			('attainment_path', attainment_path(path::target_path, series::indicator_series, as_of)),
			('growth_ratio', growth_ratio(path::target_path, series::indicator_series, as_of)),
			('gap', target_gap(path::target_path, series::indicator_series, as_of)),
			('required_pace', required_pace(path::target_path, series::indicator_series, as_of)),
			('observed_pace', observed_pace(path::target_path, series::indicator_series, as_of)),
			('pace_multiple', pace_multiple(path::target_path, series::indicator_series, as_of)),
			('projected_value', projected_value(path::target_path, series::indicator_series, as_of)),
			('projected_attainment', projected_attainment(path::target_path, series::indicator_series, as_of))
		) AS f (figure, value);
SELECT is_empty(
	$$SELECT s.path, s.series, s.figure, s.value, to_jsonb(p) -> s.figure
	FROM scalar s, progress(path::target_path, series::indicator_series, as_of) p
	WHERE p.is_current AND s.value IS DISTINCT FROM (to_jsonb(p) ->> s.figure)::float8$$,
	'scalars are the columns of the current target');
SELECT is_empty(
	$$SELECT path, series, figure, to_jsonb(p) -> figure, p.reasons FROM scalar s, progress(path::target_path, series::indicator_series, as_of) p
	WHERE (to_jsonb(p) -> figure = 'null') <> (p.reasons ? figure)$$,
	'a measure is NULL exactly if reasons says why');
SELECT is_empty(
	$$SELECT path, series, p.expected, p.reasons FROM (SELECT DISTINCT path, series, as_of FROM scalar) s,
		progress(path::target_path, series::indicator_series, as_of) p
	WHERE (p.expected IS NULL) <> (p.reasons ? 'expected')$$, 'so is expected');
SELECT is((SELECT target_gap('0@2020 -> 10@2025 -> 100@2030', '{2023: 6}', '2023-12-31', '2030-12-31')), 94::float8,
		  'a scalar takes a due date');
SELECT is((SELECT target_gap('0@2020 -> 10@2025 -> 100@2030', '{2023: 6}', '2023-12-31', '2029-12-31')), NULL,
		  'and is NULL where there is none');

-- keep: the met bound is the edge nearest the value
SELECT results_eq(
	$$SELECT v, met_bound, far_bound FROM (VALUES (59), (60), (65), (70), (71)) x (v),
		progress('keep -> 60..70@2030', indicator_series('{2024-12-31}', ARRAY[v]::float8[]), '2024-12-31') ORDER BY v$$,
	$$VALUES (59, 60::float8, 70::float8), (60, 60, 70), (65, 60, 70), (70, 60, 70), (71, 70, 60)$$,
	'keep: the nearest edge, the lower one inside');
SELECT results_eq(
	$$SELECT v, met_bound, far_bound FROM (VALUES (59), (75)) x (v),
		progress('keep -> <=70@2030', indicator_series('{2024-12-31}', ARRAY[v]::float8[]), '2024-12-31') ORDER BY v$$,
	$$VALUES (59, 70::float8, NULL::float8), (75, 70, NULL)$$, 'keep, open below');

-- Statuses ------------------------------------------------------------------------

CREATE TEMP TABLE status (place smallint, status progress_status, signal text);
INSERT INTO status VALUES (1, 'missed', 'red'), (2, 'lost', 'red'), (3, 'off_track', 'red'), (4, 'at_risk', 'amber'),
	(5, 'on_track', 'green'), (6, 'met', 'green'), (7, 'exceeded', 'green'), (8, 'not_yet_assessable', 'grey'), (9, 'no_data', 'grey');
SELECT is(status_order(status), place, status || ' is number ' || place) FROM status;
SELECT is(signal(status), s.signal, status || ' is ' || s.signal) FROM status s;
SELECT results_eq('SELECT status FROM status ORDER BY status', 'SELECT status FROM status ORDER BY place', 'they sort worst first');
SELECT is(min(status), 'missed'::progress_status, 'min is the worst') FROM status;
SELECT is(min(status), 'on_track'::progress_status, 'grey ones only if there is nothing else') FROM status WHERE place IN (5, 8, 9);
SELECT is(min(status), 'not_yet_assessable'::progress_status, 'then the first of them') FROM status WHERE place IN (8, 9);
SELECT is(max(status), 'no_data'::progress_status, 'max is the last of the list') FROM status;
SELECT is(min(status), NULL, 'of nothing NULL') FROM status WHERE false;
SELECT throws_ok($$SELECT 'green'::progress_status$$, '22P02', 'invalid input syntax for type progress_status: "green"');
SELECT throws_ok($$SELECT 'Met'::progress_status$$, '22P02');
SELECT throws_ok($$SELECT ''::progress_status$$, '22P02');

-- All sets of statuses: an indicator is as bad as its worst leaf, else unknown if any leaf is, else the worst.
CREATE TEMP VIEW status_set AS
	SELECT bits, array_agg(status ORDER BY place) AS statuses
	FROM generate_series(1, 511) AS bits JOIN status ON bits >> (place - 1) & 1 = 1 GROUP BY bits;
SELECT is_empty(
	$$SELECT bits, statuses, got FROM status_set, LATERAL (SELECT indicator_status_agg(s) AS got FROM unnest(statuses) s) g
	WHERE got IS DISTINCT FROM CASE
		WHEN statuses && '{missed,lost,off_track,at_risk}'::progress_status[] THEN statuses[1]
		WHEN statuses = '{no_data}' THEN 'no_data'
		WHEN statuses && '{not_yet_assessable,no_data}'::progress_status[] THEN 'not_yet_assessable'
		ELSE statuses[1] END$$,
	'the status of an indicator, for all 511 sets of leaf statuses');
SELECT is((SELECT indicator_status_agg(s) FROM unnest('{met,NULL,exceeded}'::progress_status[]) s), 'met'::progress_status, 'NULLs are skipped');
SELECT is((SELECT indicator_status_agg(s) FROM unnest('{}'::progress_status[]) s), NULL, 'of nothing NULL');

SELECT * FROM finish();
ROLLBACK;
