-- assess: each published scheme at each of its classes and thresholds, the worked examples, and schemes of one's own.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.refuses(scheme text, state text, offender text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	got text;
	said text;
BEGIN
	PERFORM * FROM assess('0@2020 -> 100@2030', '{2025: 50}', '2025-12-31', scheme::jsonb);
	RETURN ok(false, left(scheme, 100) || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 THEN ok(true, left(scheme, 60) || ': ' || said)
		ELSE ok(false, left(scheme, 100) || ' is refused') || E'\n' || diag(format('%s: %s, not %s naming %s', got, said, state, offender)) END;
END $$;

CREATE TEMP TABLE published (name text);
INSERT INTO published VALUES ('programme'), ('eurostat'), ('statcan'), ('unsd'), ('escap'), ('sdsn'), ('destatis'), ('servicenow'), ('cityscore'), ('plan');

-- Ladders: every class on its threshold and beside it ------------------------------------------------
-- The ladders are read off the gap to 0, which hits a threshold exactly; what feeds them otherwise is tested below.

CREATE TEMP TABLE rung (n serial, scheme text, measured float8, class text, score float8);
INSERT INTO rung (scheme, measured, class, score) VALUES
	('eurostat', 2, 'significant_progress', NULL), ('eurostat', 0.95, 'significant_progress', NULL),
	('eurostat', 0.9499999999, 'moderate_progress', NULL), ('eurostat', 0.6, 'moderate_progress', NULL),
	('eurostat', 0.5999999999, 'insufficient_progress', NULL), ('eurostat', 0, 'insufficient_progress', NULL),
	('eurostat', -1e-9, 'movement_away', NULL), ('eurostat', -10, 'movement_away', NULL),
	('statcan', 2, 'substantial_progress', 5), ('statcan', 1, 'substantial_progress', 2.8572), ('statcan', 0.95, 'substantial_progress', 2.500055),
	('statcan', 0.9499999999, 'moderate_progress', 2.500055), ('statcan', 0.6, 'moderate_progress', 0.00004),
	('statcan', 0.5999999999, 'limited_progress', 0.00002), ('statcan', 0.3, 'limited_progress', -1.24999),
	('statcan', 0, 'limited_progress', -2.5), ('statcan', -0.1, 'deterioration', -2.91667), ('statcan', -0.6, 'deterioration', -5), ('statcan', -10.5, 'deterioration', -5),
	('unsd', 1.8, 'on_track', 3), ('unsd', 0.95, 'on_track', 3), ('unsd', 0.9499999999, 'progress_insufficient', 2),
	('unsd', 0.1, 'progress_insufficient', 2), ('unsd', 0.0999999999, 'stagnation_or_regression', 1), ('unsd', -3, 'stagnation_or_regression', 1),
	('escap', 90, 'will_meet_or_maintain', NULL), ('escap', 89.9999999, 'accelerate', NULL), ('escap', 0, 'accelerate', NULL), ('escap', -1e-9, 'reverse', NULL),
	('sdsn', 1, 'on_track_or_maintaining', NULL), ('sdsn', 0.9999999999, 'moderately_improving', NULL), ('sdsn', 0.5, 'moderately_improving', NULL),
	('sdsn', 0.4999999999, 'stagnating', NULL), ('sdsn', 0, 'stagnating', NULL), ('sdsn', -1e-9, 'decreasing', NULL),
	('destatis', 100, 'sun', NULL), ('destatis', 95.0000001, 'sun', NULL), ('destatis', 95, 'sun_and_cloud', NULL), ('destatis', 80, 'sun_and_cloud', NULL),
	('destatis', 79.9999999, 'cloud', NULL), ('destatis', 1e-9, 'cloud', NULL), ('destatis', 0, 'thunderstorm', NULL), ('destatis', -5, 'thunderstorm', NULL),
	('servicenow', 90, 'green', NULL), ('servicenow', 89.9999999, 'yellow', NULL), ('servicenow', 75, 'yellow', NULL), ('servicenow', 74.9999999, 'red', NULL),
	('servicenow', -350, 'red', NULL),
	('cityscore', 1.0000000001, 'exceeds', 1.0000000001), ('cityscore', 1, 'on_target', 1), ('cityscore', 0.9999999999, 'under_target', 0.9999999999),
	('cityscore', 0.991, 'under_target', 0.991), ('cityscore', 2.98, 'exceeds', 2.98), ('cityscore', 0, 'under_target', 0),
	('plan', 95.55, 'not_yet_met', 95.55),
	-- the rounding of a computed measure does not cost the class
	('escap', 89.99999999999997, 'will_meet_or_maintain', NULL), ('sdsn', 0.9999999999999997, 'on_track_or_maintaining', NULL),
	('servicenow', 89.99999999999999, 'green', NULL), ('destatis', 95.00000000000001, 'sun_and_cloud', NULL), ('statcan', 0.9499999999999998, 'substantial_progress', 2.500055);

CREATE TEMP VIEW climbed AS
	SELECT r.*, a.measured AS got, a.class AS got_class, a.score AS got_score
	FROM rung r, assess('up -> 0@2030', indicator_series('{2025-12-31}', ARRAY[-r.measured]), '2025-12-31',
		scheme(r.scheme) - 'projection' - 'met' - 'scale' || '{"measure": "gap"}') a;
SELECT is((got_class, got)::text, (class, measured)::text, format('%s, %s: %s', scheme, measured, class)) FROM climbed ORDER BY n;
SELECT ok(CASE WHEN score IS NULL THEN got_score IS NULL ELSE got_score IS NOT NULL AND abs(got_score - score) < 1e-9 END
	OR (abs(got_score - score) < 1e-4 AND measured IN (0.5999999999)), format('%s, %s: score %s', scheme, measured, score)) FROM climbed ORDER BY n;

-- Without a target: growth in one year from 100, and its two neighbours ----------------------------------
CREATE TEMP TABLE grown (n serial, scheme text, value float8, lower boolean, class text, score float8);
INSERT INTO grown (scheme, value, lower, class, score) VALUES
	('eurostat', 101.0001, false, 'significant_progress', NULL), ('eurostat', 100.9999, false, 'moderate_progress', NULL), ('eurostat', 100, false, 'moderate_progress', NULL),
	('eurostat', 99.9999, false, 'moderate_movement_away', NULL), ('eurostat', 99.0001, false, 'moderate_movement_away', NULL),
	('eurostat', 98.9999, false, 'significant_movement_away', NULL),
	('eurostat', 98.9999, true, 'significant_progress', NULL), ('eurostat', 99.0001, true, 'moderate_progress', NULL), ('eurostat', 100, true, 'moderate_progress', NULL),
	('eurostat', 100.5, true, 'moderate_movement_away', NULL), ('eurostat', 101.0001, true, 'significant_movement_away', NULL),
	('statcan', 103, false, 'substantial_progress', 5), ('statcan', 101.6, false, 'substantial_progress', 3), ('statcan', 101.5001, false, 'substantial_progress', 2.5005),
	('statcan', 101.4999, false, 'moderate_progress', 2.49975), ('statcan', 101, false, 'moderate_progress', 1.25), ('statcan', 100.5001, false, 'moderate_progress', 0.00025),
	('statcan', 100.4999, false, 'limited_progress', -0.0005), ('statcan', 100, false, 'limited_progress', -2.5),
	('statcan', 99.9999, false, 'deterioration', -2.500125), ('statcan', 99, false, 'deterioration', -3.75), ('statcan', 97, false, 'deterioration', -5),
	('statcan', 98.4, true, 'substantial_progress', 3), ('statcan', 101, true, 'deterioration', -3.75),
	('unsd', 102.0001, false, 'on_track', 3), ('unsd', 101.9999, false, 'progress_insufficient', 2), ('unsd', 100.5001, false, 'progress_insufficient', 2),
	('unsd', 100.4999, false, 'stagnation_or_regression', 1), ('unsd', 90, false, 'stagnation_or_regression', 1);
SELECT ok(a.class = g.class AND a.measure = 'directed_growth' AND a.reason IS NULL AND a.due IS NULL AND NOT a.is_met
	AND abs(a.measured - CASE WHEN lower THEN -1 ELSE 1 END * (value / 100 - 1)) < 1e-12
	AND (g.score IS NULL AND a.score IS NULL OR abs(a.score - g.score) < 1e-9), format('%s without a target, 100 to %s%s: %s', g.scheme, value, CASE WHEN lower THEN ' going down' END, g.class))
	|| CASE WHEN a.class = g.class THEN '' ELSE E'\n' || diag(a::text) END
FROM grown g, assess(NULL, indicator_series('{2024-12-31,2025-12-31}', ARRAY[100, value]), '2025-12-31', scheme(g.scheme), lower_is_better => lower) a ORDER BY n;
SELECT is((SELECT measured FROM assess(NULL, '{2024: 100, 2025: 100}', '2025-12-31', scheme('statcan'), lower_is_better => true))::text, '0', 'standing still is not minus nothing');
SELECT results_eq(
	$$SELECT s, reason, class FROM unnest('{"{}","{2025: 5}","{2024: 0, 2025: 5}","{2024: -1, 2025: 5}","{2026: 5}"}'::text[]) WITH ORDINALITY u (s, n),
		assess(NULL, s::indicator_series, '2025-12-31', scheme('statcan')) ORDER BY n$$,
	$$VALUES ('{}', 'no_observation', NULL::text), ('{2025: 5}', 'single_observation', NULL), ('{2024: 0, 2025: 5}', 'growth_undefined', NULL),
		('{2024: -1, 2025: 5}', 'growth_undefined', NULL), ('{2026: 5}', 'no_observation', NULL)$$, 'without a target: no answer has its reason');
SELECT is((SELECT (class, reason)::text FROM assess(NULL, NULL, '2025-12-31', scheme('statcan'))), '(,no_observation)', 'nothing at all');
SELECT is((SELECT (measured, class)::text FROM assess(NULL, '{2024: -10, 2025: -5}', '2025-12-31', scheme('statcan'))), '(0.5,substantial_progress)', 'growth of negative numbers is flipped');
SELECT results_eq(
	$$SELECT p.name, a.reason FROM published p, assess(NULL, '{2024: 100, 2025: 110}', '2025-12-31', scheme(p.name)) a WHERE a.class IS NULL ORDER BY 1$$,
	$$SELECT n, 'no_target_at_due' FROM unnest('{cityscore,destatis,escap,plan,programme,sdsn,servicenow}'::text[]) n$$,
	'the schemes that need a target say so');
SELECT is((SELECT (due, class)::text FROM assess('100@2020 -> 200@2030', '{2024: 100, 2025: 110}', '2025-12-31', scheme('unsd'), '2027-12-31')), '(2027-12-31,on_track)',
	'a due date that the path lacks is an indicator without a target');
SELECT is((SELECT class FROM assess('down 100@2020 -> 50@2030', '{2024: 100, 2025: 110}', '2025-12-31', scheme('unsd'), '2027-12-31')), 'stagnation_or_regression',
	'whose direction is that of the path');
SELECT is((SELECT (due, class)::text FROM assess('100@2020 -> 200@2030', '{2024: 100, 2025: 110}', '2025-12-31', scheme('unsd'), '0001-01-01')), '(0001-01-01,on_track)',
	'even on the first of all days');

-- The natural limit of Statistics Canada: less growth is asked near it
CREATE TEMP TABLE limited AS SELECT jsonb_set(scheme('statcan'), '{without_target,limit}', '100') AS scheme;
SELECT ok(abs(score - expected) < 1e-6 AND a.class = v.class, format('limit 100, %s to %s: %s', b, y, v.class)) || CASE WHEN abs(score - expected) < 1e-6 THEN '' ELSE E'\n' || diag(a::text) END
FROM limited, (VALUES
	(50, 50.2, -0.403408, 'limited_progress'), (50, 51, 5, 'substantial_progress'), (50, 49, -5, 'deterioration'),
	(90, 90.2, 0.236947, 'moderate_progress'), (90, 91, 5, 'substantial_progress'), (90, 89.5, -3.194444, 'deterioration'),
	(100, 100, 5, 'substantial_progress'), (100, 100.1, 5, 'substantial_progress'), (100, 99.9, -2.625, 'deterioration'),
	(250, 251, -0.5, 'limited_progress'), (200, 202, 1.25, 'moderate_progress')) v (b, y, expected, class),
	assess(NULL, indicator_series('{2024-12-31,2025-12-31}', ARRAY[b, y]::float8[]), '2025-12-31', scheme) a;
SELECT is((SELECT round(measured::numeric, 12) FROM limited, assess(NULL, '{2024: 90, 2025: 91}', '2025-12-31', scheme)), round(1 / 90.0, 12), 'the measure itself stays as it is');
SELECT is((SELECT (class, score)::text FROM limited, assess(NULL, '{2024: 100, 2025: 100}', '2025-12-31',
	jsonb_set(jsonb_set(scheme('unsd'), '{without_target,limit}', '100'), '{without_target,limit_exponent}', '4.44'))), '(on_track,3)', 'on the limit a level piece keeps its score');
SELECT is((SELECT class FROM assess(NULL, '{2024: 0.5, 2025: 0.5}', '2025-12-31', jsonb_set(scheme('statcan'), '{without_target,limit}', '0'))), 'limited_progress', 'a limit of 0');

-- What feeds the ladders: the published cases ---------------------------------------------------------------
CREATE TEMP TABLE fed (n serial, scheme text, path text, series text, as_of date, measure text, measured float8, score float8, class text, reason text, is_met boolean);
INSERT INTO fed (scheme, path, series, as_of, measure, measured, score, class, reason, is_met) VALUES
	('programme', '40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', 'status', 400 / 3.0, NULL, 'on_track', NULL, false),
	('programme', '40@2020 -> 70@2030', '{2023: 70}', '2023-12-31', 'status', 1000 / 3.0, NULL, 'met', NULL, true),
	('programme', 'down 3@2015 -> 5@2035', '{2020: 10}', '2020-12-31', 'status', -1400, NULL, 'lost', NULL, false),
	('programme', 'up -> 70@2030', '{2023: 52}', '2023-12-31', 'status', NULL, NULL, 'not_yet_assessable', 'single_observation', false),
	('programme', 'up -> 70@2030', '{}', '2023-12-31', 'status', NULL, NULL, 'no_data', 'no_observation', false),
	('eurostat', '40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', 'growth_ratio', 1.587865995981493, NULL, 'significant_progress', NULL, false),
	('eurostat', '30@2020 -> 10@2030', '{2023: 24}', '2023-12-31', 'growth_ratio', 0.6889770486647252, NULL, 'moderate_progress', NULL, false),
	('eurostat', '0@2020 -> 100@2030', '{2023: 30}', '2023-12-31', 'growth_ratio', NULL, NULL, NULL, 'growth_undefined', false),
	('eurostat', 'up -> 100@2030', '{2023: 30}', '2023-12-31', 'growth_ratio', NULL, NULL, NULL, 'no_baseline', false),
	('eurostat', 'up -> 100@2030', NULL, '2023-12-31', 'growth_ratio', NULL, NULL, NULL, 'no_observation', false),
	('statcan', '40@2020 -> 70@2030', '{2023: 75}', '2023-12-31', 'growth_ratio', 4.049999709771664, 5, 'target_achieved', NULL, true),
	('statcan', '40@2020 -> 70@2030', '{2023: 35}', '2023-12-31', 'growth_ratio', -0.7563696950757834, -5, 'deterioration', NULL, false),
	('statcan', '30@2020 -> 10@2030', '{2023: 24}', '2023-12-31', 'growth_ratio', 0.6889770486647252, 0.6355941808, 'moderate_progress', NULL, false),
	('statcan', 'down 3@2015 -> 5@2035', '{2020: 10}', '2020-12-31', 'growth_ratio', -10.524041660423574, -5, 'deterioration', NULL, false),
	('statcan', 'up 50@2020 -> 50@2030', '{2023: 50}', '2023-12-31', 'growth_ratio', NULL, 5, 'target_achieved', NULL, true),
	('statcan', 'up 50@2020 -> 50@2030', '{2023: 45}', '2023-12-31', 'growth_ratio', NULL, NULL, NULL, 'target_equals_baseline', false),
	('statcan', '0@2020 -> 100@2030', '{2023: 100}', '2023-12-31', 'growth_ratio', NULL, 5, 'target_achieved', NULL, true),
	('unsd', '40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', 'projected_attainment', 1.8637202187803348, 3, 'on_track', NULL, false),
	('unsd', '30@2020 -> 10@2030', '{2023: 24}', '2023-12-31', 'projected_attainment', 0.7870519551570769, 2, 'progress_insufficient', NULL, false),
	('unsd', 'down 3@2015 -> 5@2035', '{2020: 10}', '2020-12-31', 'projected_attainment', -183.6851851851852, 1, 'stagnation_or_regression', NULL, false),
	('unsd', '40@2020 -> 100@2030', '{2021: 40.1, 2023: 99}', '2023-12-31', 'projected_attainment', NULL, 3, 'met', NULL, false),
	('unsd', '40@2020 -> 100@2030', '{2023: 98.999}', '2023-12-31', 'projected_attainment', NULL, 3, 'on_track', NULL, false),
	('unsd', '99.5@2020 -> 100@2030', '{2023: 98.999}', '2023-12-31', 'projected_attainment', NULL, 1, 'stagnation_or_regression', NULL, false),
	('unsd', '2@2020 -> 0@2030', '{2023: 1}', '2023-12-31', 'projected_attainment', NULL, 3, 'met', NULL, false),
	('unsd', '1.01@2020 -> 0@2030', '{2023: 1.001}', '2023-12-31', 'projected_attainment', NULL, 1, 'stagnation_or_regression', NULL, false),
	('unsd', '49@2020 -> 50@2030', '{2023: 49}', '2023-12-31', 'projected_attainment', 0, 1, 'stagnation_or_regression', NULL, false),
	('escap', '30@2018 -> 60@2030', '{2018: 30, 2019: 32, 2020: 31, 2021: 36, 2023: 40}', '2023-12-31', 'projected_attainment', 84.75, 10 / 30.0 * 10, 'accelerate', NULL, false),
	('escap', '30@2018 -> 54@2030', '{2018: 30, 2019: 32, 2020: 31, 2021: 36, 2023: 40}', '2023-12-31', 'projected_attainment', 105.9375, 10 / 24.0 * 10, 'will_meet_or_maintain', NULL, false),
	('escap', '30@2018 -> 60@2030', '{2018: 30}', '2023-12-31', 'projected_attainment', NULL, 0, NULL, 'single_observation', false),
	('sdsn', '40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', 'projected_attainment', 4 / 3.0, 40, 'on_track_or_maintaining', NULL, false),
	('sdsn', '30@2020 -> 10@2030', '{2023: 28}', '2023-12-31', 'projected_attainment', 1 / 3.0, 10, 'stagnating', NULL, false),
	('destatis', 'up -> 60@2030', '{2018: 30, 2019: 32, 2020: 31, 2021: 36, 2023: 40}', '2023-12-31', 'gap_closed', 70, NULL, 'cloud', NULL, false),
	('destatis', 'up -> 57@2030', '{2018: 30, 2019: 32, 2020: 31, 2021: 36, 2023: 40}', '2023-12-31', 'gap_closed', 1400 / 17.0, NULL, 'sun_and_cloud', NULL, false),
	('destatis', 'up -> 54.5@2030', '{2018: 30, 2019: 32, 2020: 31, 2021: 36, 2023: 40}', '2023-12-31', 'gap_closed', 1400 / 14.5, NULL, 'sun', NULL, false),
	('destatis', 'down -> 20@2030', '{2018: 30, 2019: 32, 2020: 31, 2021: 36, 2023: 40}', '2023-12-31', 'gap_closed', -70, NULL, 'thunderstorm', NULL, false),
	('destatis', 'up -> 60@2030', '{2020: 31, 2021: 36, 2023: 40}', '2023-12-31', 'gap_closed', NULL, NULL, NULL, 'too_few_observations', false),
	('destatis', 'up -> 60@2030', '{2020: 31, 2021: 36, 2023: 60}', '2023-12-31', 'gap_closed', NULL, NULL, 'sun', NULL, true),
	('destatis', 'up 30@2019 -> 60@2030', '{2018: 30, 2020: 31, 2021: 36, 2023: 40}', '2023-12-31', 'gap_closed', NULL, NULL, NULL, 'too_few_observations', false),
	('servicenow', '1000000@2025 -> 1500000@2027', '{2026: 1350000}', '2026-12-31', 'attainment_distance', 70, NULL, 'red', NULL, false),
	('servicenow', '500000@2025 -> 400000@2027', '{2026: 420000}', '2026-12-31', 'attainment_distance', 80, NULL, 'yellow', NULL, false),
	('servicenow', 'down 3@2015 -> 5@2035', '{2020: 10}', '2020-12-31', 'attainment_distance', -350, NULL, 'red', NULL, false),
	('servicenow', '1000000@2025 -> 1500000@2027', '{2026: 1600000}', '2026-12-31', 'attainment_distance', 120, NULL, 'green', NULL, true),
	('cityscore', 'up -> 100@2030', '{2023: 99.1}', '2023-12-31', 'attainment_level', 0.991, 0.991, 'under_target', NULL, false),
	('cityscore', 'down -> 6@2030', '{2023: 5.983}', '2023-12-31', 'attainment_level', 1.0028413839211098, 1.0028413839211098, 'exceeds', NULL, true),
	('cityscore', 'down -> 6@2030', '{2023: 6.183}', '2023-12-31', 'attainment_level', 0.9704027171276079, 0.9704027171276079, 'under_target', NULL, false),
	('cityscore', 'up -> 10.88@2030', '{2023: 10.88}', '2023-12-31', 'attainment_level', 1, 1, 'on_target', NULL, true),
	('cityscore', 'down -> 6@2030', '{2023: 0}', '2023-12-31', 'attainment_level', NULL, NULL, NULL, 'level_undefined', true),
	('plan', 'up -> 622700@2025', '{2025: 595000}', '2025-12-31', 'attainment_level', 95.55163, 95.55163, 'missed', NULL, false),
	('plan', 'up -> 622700@2025', '{2024: 595000}', '2024-12-31', 'attainment_level', 95.55163, 95.55163, 'not_yet_met', NULL, false),
	('plan', 'up -> 175@2025', '{2025: 176.4}', '2025-12-31', 'attainment_level', 100.8, 100.8, 'exceeded', NULL, true),
	('plan', 'up -> 175@2025', '{2025: 175}', '2025-12-31', 'attainment_level', 100, 100, 'met', NULL, true),
	('plan', 'up -> >=175@2025', '{2025: 176.4}', '2025-12-31', 'attainment_level', 100.8, 100.8, 'met', NULL, true),
	('plan', 'up -> 24@2025', '{2025: 23}', '2025-12-31', 'attainment_level', 95.8333333, 95.8333333, 'missed', NULL, false),
	('plan', 'up total -> 622700@2025', '{2025-Q2: 300000, 2025-Q4: 295000}', '2025-12-31', 'attainment_level', 95.55163, 95.55163, 'missed', NULL, false);
SELECT ok(a.scheme = f.scheme AND a.measure = f.measure AND a.class IS NOT DISTINCT FROM f.class AND a.reason IS NOT DISTINCT FROM f.reason AND a.is_met = f.is_met
		AND a.score IS NOT DISTINCT FROM coalesce(CASE WHEN abs(a.score - f.score) < 1e-6 * greatest(1, abs(f.score)) THEN a.score END, f.score)
		AND (f.measured IS NULL OR abs(a.measured - f.measured) < 1e-7 * greatest(1, abs(f.measured))),
	format('%s: %s, %s: %s', f.scheme, path, series, coalesce(f.class, f.reason)))
	|| CASE WHEN a.class IS NOT DISTINCT FROM f.class AND a.is_met = f.is_met AND a.reason IS NOT DISTINCT FROM f.reason THEN '' ELSE E'\n' || diag(a::text) END
FROM fed f, assess(path::target_path, series::indicator_series, as_of, scheme(f.scheme)) a ORDER BY n;

-- Past the due date --------------------------------------------------------------------------------------------
CREATE TEMP TABLE late (n serial, why text, scheme text, series text, measured float8, class text, is_met boolean);
INSERT INTO late (why, scheme, series, measured, class, is_met) VALUES
	('the due date decides: missed, mended later', 'plan', '{2023: 90, 2025: 110}', 90, 'missed', false),
	('the due date decides: met, worse later', 'plan', '{2023: 100, 2025: 50}', 100, 'met', true),
	('the latest decides: mended later', 'statcan', '{2023: 90, 2025: 110}', NULL, 'target_achieved', true),
	('the latest decides: worse later', 'statcan', '{2023: 100, 2025: 5}', NULL, 'deterioration', false),
	('the latest decides: nothing since', 'statcan', '{2022: 99}', NULL, 'substantial_progress', false),
	('the latest decides: mended later', 'servicenow', '{2023: 90, 2025: 100}', 100, 'green', true),
	('the latest decides: worse later', 'servicenow', '{2023: 100, 2025: 50}', 400 / 9.0, 'red', false),
	('the latest decides: mended later', 'cityscore', '{2023: 90, 2025: 130}', 1.3, 'exceeds', true),
	('the latest decides: worse later', 'cityscore', '{2023: 130, 2025: 99.9}', 0.999, 'under_target', false),
	('what came after the due date is not projected from', 'unsd', '{2021: 20, 2023: 50, 2025: 1000}', 40 / 90.0, 'progress_insufficient', false),
	('nor into a regression', 'escap', '{2021: 20, 2023: 50, 2025: 1000}', 400 / 9.0, 'accelerate', false);
SELECT is((SELECT (class, measured, reason)::text FROM assess('10@2020 -> 100@2023', '{2020: 15, 2021: 20, 2022: 30, 2023: 50, 2024: 400}', '2025-12-31', scheme('destatis'))),
	'(,,past_due)', 'on the due date nothing is left to close: destatis gives no class, and no wrong direction');
SELECT is((SELECT (class, is_met)::text FROM assess('10@2020 -> 100@2023', '{2020: 15, 2021: 20, 2022: 30, 2023: 100}', '2025-12-31', scheme('destatis'))),
	'(sun,t)', 'destatis: met on the due date');
SELECT is((SELECT (class, score, reason)::text FROM assess('10@2020 -> 100@2023', '{2022: 190}', '2025-12-31', scheme('plan'))), '(,,awaiting_observation)',
	'past due, and the value for the due date not there yet: no verdict from an older one');
SELECT ok(a.class = l.class AND a.is_met = l.is_met AND (l.measured IS NULL OR abs(a.measured - l.measured) < 1e-9), format('past due, %s: %s, %s is %s', why, l.scheme, series, l.class))
	|| CASE WHEN a.class = l.class AND (l.measured IS NULL OR abs(a.measured - l.measured) < 1e-9) THEN '' ELSE E'\n' || diag(a::text) END
FROM late l, assess('10@2020 -> 100@2023', series::indicator_series, '2025-12-31', scheme(l.scheme)) a ORDER BY n;
SELECT is((SELECT (class, reason)::text FROM assess('10@2020 -> 100@2023', '{2023: 90, 2025: 110}', '2025-12-31', scheme('plan'))), '(missed,met_late)', 'a plan met late says so');
SELECT is((SELECT class FROM assess('10@2020 -> 100@2023', '{2023: 90, 2025: 110}', '2025-12-31', scheme('plan') || '{"past_due": "latest"}')), 'exceeded', 'a scheme decides which value counts');
SELECT is((SELECT (class, reason)::text FROM assess('10@2020 -> 100@2023', '{2023: 90, 2024: 110, 2025: 80}', '2025-12-31', scheme('plan') || '{"past_due": "latest"}')), '(missed,)', 'and its reason is about that value');
SELECT is((SELECT class FROM assess('10@2020 -> 100@2023', '{2023: 90, 2025: 110}', '2025-12-31', scheme('statcan') || '{"past_due": "at_due"}')), 'moderate_progress', 'either way');

-- Meeting the target: every scheme that looks at it first, all the classes agree with is_met ---------------------
SELECT is_empty(
	$$SELECT p.name, t, v, a.class, a.is_met, s FROM published p, unnest('{up 0@2020 -> 50@2030,up 0@2020 -> >50@2030,down 90@2020 -> 40..50@2030,keep 0@2020 -> 45..55@2030}'::text[]) t,
		generate_series(1, 99, 0.5) v, LATERAL assess(t::target_path, indicator_series('{2021-12-31,2022-12-31,2023-12-31,2024-12-31}', ARRAY[1, 2, 3, v]::float8[]), '2024-12-31', scheme(p.name)) a,
		LATERAL target_status(t::target_path, indicator_series('{2021-12-31,2022-12-31,2023-12-31,2024-12-31}', ARRAY[1, 2, 3, v]::float8[]), '2024-12-31') s
	WHERE a.is_met <> (s IN ('met', 'exceeded')) OR (a.is_met AND scheme(p.name) ? 'met' AND a.class NOT IN (scheme(p.name) ->> 'met', coalesce(scheme(p.name) ->> 'exceeded', '')))
		OR (NOT a.is_met AND p.name IN ('statcan', 'plan', 'unsd') AND a.class IN ('met', 'exceeded', 'target_achieved'))$$,
	'met is met under every scheme');

-- Schemes of one's own ---------------------------------------------------------------------------------------------
CREATE TEMP TABLE own AS SELECT '{"name": "ours", "measure": "attainment_path", "classes": [{"class": "ahead", "from": 100, "open": true}, {"class": "on it", "from": 100}], "otherwise": "behind"}'::jsonb AS scheme;
SELECT results_eq($$SELECT v::int, a.scheme, class FROM own, unnest('{29,30,31}'::float8[]) v, assess('0@2020 -> 100@2030', indicator_series('{2023-12-31}', ARRAY[v]), '2023-12-31', own.scheme) a ORDER BY 1$$,
	$$VALUES (29, 'ours', 'behind'), (30, 'ours', 'on it'), (31, 'ours', 'ahead')$$, 'a scheme of one''s own');
SELECT is((SELECT (a.scheme IS NULL, class)::text FROM own, assess('0@2020 -> 100@2030', '{2023: 30}', '2023-12-31', own.scheme - 'name') a), '(t,"on it")', 'need not have a name');
SELECT is((SELECT class FROM own, assess('0@2020 -> 100@2030', '{2023: 30}', '2023-12-31', own.scheme || '{"met": null, "score": null, "source": "us"}') a), 'on it', 'null is absent');
SELECT is_empty(
	$$SELECT m FROM unnest('{expected,attainment_level,attainment_distance,attainment_path,growth_ratio,gap,required_pace,observed_pace,pace_multiple,projected_value,
		projected_attainment,score_level,score_distance,score_met,path_gap,path_gap_share,observed_growth,directed_growth,path_growth,required_growth,projected_by_growth,
		growth_attainment,parity,maintained,required_rest}'::text[]) m, own, progress('40@2020 -> 70@2030', '{2023: 52}', '2023-12-31') p,
		assess('40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', own.scheme || jsonb_build_object('measure', m)) a
	WHERE a.measure <> m OR a.measured IS DISTINCT FROM (to_jsonb(p) ->> m)::float8$$, 'every column of progress() can be the measure');
SELECT pg_temp.refuses(scheme, '22023', offender) FROM (VALUES
	('5', 'object'), ('[]', 'object'), ('"eurostat"', 'object'), ('null', 'object'),
	('{}', '"measure"'), ('{"measure": 5}', '"measure"'), ('{"measure": "reached_on", "otherwise": "x"}', '"measure"'), ('{"measure": "speed", "otherwise": "x"}', '"measure"'),
	('{"measure": "gap", "otherwise": "x", "clases": []}', '"clases"'), ('{"measure": "gap", "otherwise": "x", "limit": 5}', '"limit"'),
	('{"measure": "gap"}', '"otherwise"'), ('{"measure": "gap", "otherwise": ""}', '"otherwise"'), ('{"measure": "gap", "otherwise": 5}', '"otherwise"'),
	('{"measure": "gap", "otherwise": "x", "classes": {}}', '"classes"'), ('{"measure": "gap", "otherwise": "x", "classes": [5]}', '"classes"'),
	('{"measure": "gap", "otherwise": "x", "classes": [{"class": "a"}]}', '"classes"'), ('{"measure": "gap", "otherwise": "x", "classes": [{"from": 1}]}', '"classes"'),
	('{"measure": "gap", "otherwise": "x", "classes": [{"class": "a", "from": "1"}]}', '"from"'), ('{"measure": "gap", "otherwise": "x", "classes": [{"class": "a", "from": 1, "open": 1}]}', '"open"'),
	('{"measure": "gap", "otherwise": "x", "classes": [{"class": "a", "from": 1, "to": 2}]}', '"to"'),
	('{"measure": "gap", "otherwise": "x", "classes": [{"class": "a", "from": 1}, {"class": "b", "from": 2}]}', '"b"'),
	('{"measure": "gap", "otherwise": "x", "classes": [{"class": "a", "from": 1}, {"class": "b", "from": 1}]}', '"b"'),
	('{"measure": "gap", "otherwise": "x", "classes": [{"class": "a", "from": 1}, {"class": "b", "from": 1, "open": true}]}', '"b"'),
	((SELECT jsonb_build_object('measure', 'gap', 'otherwise', 'x', 'classes', jsonb_agg(jsonb_build_object('class', 'c' || i, 'from', -i)))::text FROM generate_series(1, 17) i), '16'),
	(jsonb_build_object('measure', 'gap', 'otherwise', repeat('x', 64))::text, '"otherwise"'),
	('{"measure": "gap", "otherwise": "x", "score": 5}', '"score"'), ('{"measure": "gap", "otherwise": "x", "score": {}}', '"pieces"'), ('{"measure": "gap", "otherwise": "x", "score": {"pieces": []}}', '"pieces"'),
	('{"measure": "gap", "otherwise": "x", "score": {"pieces": [{"slope": 1}]}}', '"pieces"'), ('{"measure": "gap", "otherwise": "x", "score": {"pieces": [{"from": 1, "slope": 1, "intercept": 0}]}}', '"pieces"'),
	('{"measure": "gap", "otherwise": "x", "score": {"pieces": [{"slope": 1, "intercept": 0}, {"slope": 1, "intercept": 0}]}}', '"pieces"'),
	('{"measure": "gap", "otherwise": "x", "score": {"pieces": [{"from": 1, "slope": 1, "intercept": 0}, {"from": 2, "slope": 1, "intercept": 0}, {"slope": 1, "intercept": 0}]}}', '"pieces"'),
	('{"measure": "gap", "otherwise": "x", "score": {"lowest": 1, "pieces": [{"slope": 1, "intercept": 0}]}}', '"lowest"'),
	((SELECT jsonb_build_object('measure', 'gap', 'otherwise', 'x', 'score', jsonb_build_object('pieces', jsonb_agg(jsonb_build_object('from', -i, 'slope', 1, 'intercept', 1))))::text FROM generate_series(1, 9) i), '8'),
	('{"measure": "gap", "otherwise": "x", "projection": "crystal ball"}', '"projection"'), ('{"measure": "gap", "otherwise": "x", "scale": "x"}', '"scale"'),
	('{"measure": "gap", "otherwise": "x", "met": true}', '"met"'), ('{"measure": "gap", "otherwise": "x", "met_score": "5"}', '"met_score"'), ('{"measure": "gap", "otherwise": "x", "past_due": "never"}', '"past_due"'),
	('{"measure": "gap", "otherwise": "x", "tolerance": 1}', '"tolerance"'), ('{"measure": "gap", "otherwise": "x", "tolerance": {"within": 1}}', '"tolerance"'),
	('{"measure": "gap", "otherwise": "x", "tolerance": {"within": -1, "targets": [0]}}', '"tolerance"'), ('{"measure": "gap", "otherwise": "x", "tolerance": {"within": 1, "targets": ["0"]}}', '"targets"'),
	('{"measure": "gap", "otherwise": "x", "tolerance": {"within": 1, "targets": [1,2,3,4,5]}}', '"tolerance"'), ('{"measure": "gap", "otherwise": "x", "tolerance": {"within": 1, "targets": [0], "of": 1}}', '"of"'),
	('{"measure": "gap", "otherwise": "x", "without_target": {"measure": "gap", "otherwise": "y"}}', '"measure"'), ('{"measure": "gap", "otherwise": "x", "without_target": {"measure": "growth"}}', '"otherwise"'),
	('{"measure": "gap", "otherwise": "x", "without_target": {"measure": "growth", "otherwise": "y", "met": "z"}}', '"met"'), ('{"measure": "gap", "otherwise": "x", "without_target": 1}', '"without_target"')
	) v (scheme, offender);
SELECT lives_ok(format('SELECT * FROM assess(NULL, NULL, ''2025-12-31'', %L)',
	(SELECT jsonb_build_object('measure', 'gap', 'otherwise', 'x', 'classes', jsonb_agg(jsonb_build_object('class', repeat('c', 63), 'from', -i))) FROM generate_series(1, 16) i)), 'sixteen classes with 63 letters');
-- numbers beyond float8 are refused wherever they stand
SELECT pg_temp.refuses(scheme, '22003', '1') FROM (VALUES
	('{"measure": "gap", "otherwise": "x", "scale": 1e400}'), ('{"measure": "gap", "otherwise": "x", "tolerance": {"within": 1, "targets": [1e400]}}'), ('{"measure": "gap", "otherwise": "x", "met_score": 1e400}')) v (scheme);

-- NULL, constants, groups -------------------------------------------------------------------------------------------
SELECT throws_ok($$SELECT * FROM assess('0@2020 -> 1@2030', '{2025: 1}', NULL, scheme('plan'))$$, '22004', NULL, 'NULL as_of');
SELECT throws_ok($$SELECT * FROM assess('0@2020 -> 1@2030', '{2025: 1}', '2025-12-31', NULL)$$, '22004', NULL, 'NULL scheme');
SELECT throws_ok($$SELECT scheme('Eurostat')$$, '22023', 'there is no scheme "Eurostat"', 'an unknown scheme');
SELECT is(scheme(NULL), NULL, 'no scheme has no name');
SELECT is((SELECT count(*) FROM assess(NULL, NULL, '2025-12-31', scheme('plan'))), 1::bigint, 'a NULL path is one row');
SELECT is((SELECT class FROM assess('0@2020 -> 10@2030', '{2025: 1}', '2025-12-31', scheme('plan'), NULL, NULL)), 'not_yet_met', 'NULL due date and direction are the defaults');
SELECT is_empty($$SELECT name FROM published WHERE scheme(name) ->> 'name' <> name OR coalesce(scheme(name) ->> 'source', '') = ''$$, 'every scheme has its name and source');
SELECT is_empty($$SELECT name FROM published, assess('40@2020 -> 70@2030', '{2023: 52}', '2023-12-31', scheme(name)) a WHERE a.scheme IS DISTINCT FROM name$$, 'and is one itself');
SELECT is((SELECT provolatile::text || proparallel::text FROM pg_proc WHERE oid = 'scheme(text)'::regprocedure), 'is', 'scheme is immutable and parallel safe');

CREATE TEMP TABLE fact AS SELECT i AS unit, indicator_series('{2023-12-31}', ARRAY[i]::float8[]) AS series FROM generate_series(1, 120) i;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query; END $$;
SELECT is_empty($$SELECT * FROM pg_temp.plan_of('SELECT a.class FROM fact, assess(''40@2020 -> 70@2030'', series, ''2023-12-31'', scheme(''eurostat'')) a') p WHERE p ~ 'scheme\(''eurostat'''$$,
	'scheme(''eurostat'') folds to a constant');
SELECT isnt_empty($$SELECT * FROM pg_temp.plan_of('SELECT a.class FROM fact, assess(''40@2020 -> 70@2030'', series, ''2023-12-31'', scheme(''eurostat'')) a') p WHERE p ~ '"significant_progress"'$$,
	'which stands in the plan');
SELECT results_eq($$SELECT a.class, count(*) FROM fact, assess('40@2020 -> 70@2030', series, '2023-12-31', scheme('statcan')) a GROUP BY a.class ORDER BY 1$$,
	$$VALUES ('deterioration', 39::bigint), ('limited_progress', 5), ('moderate_progress', 2), ('substantial_progress', 23), ('target_achieved', 51)$$, 'classes are groups');
-- several schemes in one query, and one from a column: each row has its own
SELECT results_eq($$SELECT name, a.class FROM fact, published, assess('40@2020 -> 70@2030', series, '2023-12-31', scheme(name)) a WHERE unit = 52 ORDER BY name$$,
	$$VALUES ('cityscore', 'under_target'), ('destatis', NULL), ('escap', NULL), ('eurostat', 'significant_progress'), ('plan', 'not_yet_met'), ('programme', 'on_track'),
		('sdsn', 'on_track_or_maintaining'), ('servicenow', 'red'), ('statcan', 'substantial_progress'), ('unsd', 'on_track')$$, '40, 52 and 70 by every scheme');

SELECT * FROM finish();
ROLLBACK;
