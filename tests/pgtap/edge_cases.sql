-- Edge cases of progress, each with its own name: what other methods and programs get wrong, and what is right here.
-- One row of the table is one figure; the text of a figure is its value, or NULL and the reason.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE edge (n serial, name text, path text, series text, as_of date, figures jsonb);
INSERT INTO edge (name, path, series, as_of, figures) VALUES
	('zero baseline', '0@2020 -> 100@2030', '{2023: 30}', '2023-12-31',
	 '{"attainment_level": 30, "attainment_distance": 30, "attainment_path": 100, "projected_value": 100, "status": "on_track",
	   "growth_ratio": "growth_undefined", "observed_growth": "growth_undefined", "path_growth": "growth_undefined",
	   "projected_by_growth": "growth_undefined", "growth_attainment": "growth_undefined"}'),
	('zero baseline, still zero', '0@2020 -> 5@2030', '{2023: 0}', '2023-12-31',
	 '{"attainment_level": 0, "attainment_distance": 0, "pace_multiple": "zero_pace", "reached_on": "zero_pace", "growth_ratio": "growth_undefined", "status": "off_track"}'),
	('zero target', '20@2020 -> 0@2030', '{2023: 8}', '2023-12-31',
	 '{"attainment_level": 0, "attainment_distance": 60, "growth_ratio": "growth_undefined", "required_growth": "growth_undefined",
	   "projected_attainment": 200, "status": "on_track"}'),
	('zero target, met', '20@2020 -> 0@2030', '{2023: 0}', '2023-12-31',
	 '{"attainment_level": "level_undefined", "attainment_distance": 100, "score_level": 100, "score_distance": 100, "status": "met"}'),
	('zero target, up from below', '-4@2020 -> 0@2024', '{2022: -1}', '2022-12-31',
	 '{"attainment_level": "level_undefined", "attainment_distance": 75, "attainment_path": 150, "status": "on_track"}'),
	('the best value 0 of a measure that should fall is not the worst', 'down 20@2020 -> 10@2030', '{2023: 0}', '2023-12-31',
	 '{"attainment_level": "level_undefined", "score_level": 100, "attainment_distance": 200, "score_distance": 100, "status": "exceeded"}'),
	('target = baseline, met', 'up 50@2020 -> 50@2030', '{2023: 50}', '2023-12-31',
	 '{"attainment_level": 100, "attainment_distance": "target_equals_baseline", "attainment_path": "target_equals_baseline",
	   "growth_ratio": "target_equals_baseline", "projected_attainment": "target_equals_baseline", "growth_attainment": "target_equals_baseline",
	   "parity": "target_equals_baseline", "score_distance": 100, "status": "met"}'),
	('target = baseline, not met', 'up 50@2020 -> 50@2030', '{2023: 45}', '2023-12-31',
	 '{"attainment_level": 90, "attainment_distance": "target_equals_baseline", "score_distance": 0, "gap": 5, "status": "lost"}'),
	('target = baseline, strict and never met', 'up 50@2020 -> >50@2030', '{2023: 45}', '2023-12-31',
	 '{"attainment_distance": "target_equals_baseline", "status": "off_track"}'),
	('sign change on the way', '-5@2020 -> 4@2030', '{2023: -2}', '2023-12-31',
	 '{"attainment_level": -50, "attainment_distance": 33.333333333333336, "growth_ratio": "growth_undefined", "path_growth": "growth_undefined", "status": "on_track"}'),
	('sign change of the value alone', '5@2020 -> 9@2030', '{2023: -1}', '2023-12-31',
	 '{"growth_ratio": "growth_undefined", "observed_growth": "growth_undefined", "required_growth": "growth_undefined", "projected_by_growth": "growth_undefined",
	   "attainment_distance": -150, "status": "off_track"}'),
	('all negative, improving', '-10@2020 -> -2.5@2022', '{2021: -5}', '2021-12-31',
	 '{"growth_ratio": 1, "attainment_level": "level_undefined", "observed_growth": -0.5, "directed_growth": 0.5, "attainment_distance": 66.66666666666667, "status": "on_track"}'),
	('all negative, worsening', '-10@2020 -> -5@2022', '{2021: -20}', '2021-12-31',
	 '{"directed_growth": -1, "attainment_distance": -200, "status": "off_track"}'),
	('baseline already beyond the target, then worsening', 'down 3@2015 -> 5@2035', '{2020: 10}', '2020-12-31',
	 '{"attainment_distance": -350, "attainment_path": -1400, "projected_attainment": -1400, "status": "lost", "score_distance": 0}'),
	('baseline already beyond the target, worse but still beyond', 'down 3@2015 -> 5@2035', '{2020: 4}', '2020-12-31',
	 '{"attainment_distance": -50, "score_distance": 100, "status": "exceeded"}'),
	('overshoot stays raw in the measure and capped in the score', '40@2020 -> 70@2030', '{2023: 208.6}', '2023-12-31',
	 '{"attainment_level": 298, "attainment_distance": 562, "score_level": 100, "score_distance": 100, "status": "exceeded"}'),
	('past due: the observation for the due date decides', '0@2020 -> 100@2023', '{2023: 80, 2025: 130}', '2025-12-31',
	 '{"value": 80, "observed_on": "2023-12-31", "required_pace": "past_due", "pace_multiple": "past_due", "required_growth": "past_due",
	   "projected_value": 80, "projected_attainment": 80, "status": "missed", "reason": "met_late"}'),
	('past due: met then, lost later', '0@2020 -> 100@2023', '{2023: 100, 2025: 30}', '2025-12-31',
	 '{"value": 100, "status": "met", "reason": null}'),
	('observation after the due date, none for it', '0@2020 -> 100@2023', '{2022: 90, 2024-03-31: 101}', '2024-06-30',
	 '{"value": 90, "status": "missed", "reason": "met_late"}'),
	('observation after the due date, not yet known', '0@2020 -> 100@2023', '{2022: 90, 2024-03-31: 101}', '2024-03-30',
	 '{"value": 90, "status": "not_yet_assessable", "reason": "awaiting_observation"}'),
	('one point, no baseline', 'up -> 100@2030', '{2023: 30}', '2023-12-31',
	 '{"attainment_level": 30, "gap": 70, "required_pace": 10, "attainment_distance": "no_baseline", "observed_pace": "single_observation",
	   "pace_multiple": "single_observation", "projected_value": "single_observation", "observed_growth": "single_observation",
	   "path_growth": "single_observation", "reached_on": "single_observation", "growth_ratio": "no_baseline", "parity": "no_baseline",
	   "status": "not_yet_assessable", "reason": "single_observation"}'),
	('one point on the day of the baseline', '20@2023 -> 100@2030', '{2023: 30}', '2024-06-30',
	 '{"attainment_distance": 12.5, "attainment_path": "no_time_elapsed", "growth_ratio": "no_time_elapsed", "observed_growth": "no_time_elapsed",
	   "observed_pace": "no_time_elapsed", "projected_value": "no_time_elapsed", "status": "not_yet_assessable", "reason": "no_time_elapsed"}'),
	('no point', '20@2020 -> 100@2030', '{}', '2024-06-30',
	 '{"value": null, "observed_on": null, "baseline": 20, "met_bound": 100, "attainment_level": "no_observation", "score_met": "no_observation",
	   "maintained": "no_observation", "required_rest": "no_observation", "status": "no_data", "reason": "no_observation"}'),
	('no point up to the date', '20@2020 -> 100@2030', '{2025: 90}', '2024-06-30', '{"status": "no_data", "gap": "no_observation"}'),
	('several observations before the baseline', '20@2022 -> 100@2032', '{2018: 150, 2019: 5, 2020: 7, 2021: 8, 2023: 28}', '2023-12-31',
	 '{"attainment_distance": 10, "observed_pace": 8, "projected_value": 100, "maintained": 0, "status": "on_track"}'),
	('only observations before the baseline', '20@2022 -> 100@2032', '{2018: 150, 2021: 8}', '2023-12-31',
	 '{"value": null, "status": "no_data"}'),
	('a leap year has equal months', '0@2023-12-31 -> 12@2024-12-31', '{2024-02-29: 2}', '2024-02-29',
	 '{"expected": 2, "attainment_path": 100, "projected_value": 12, "reached_on": "2024-12-31", "status": "on_track"}'),
	('a common year has equal months', '0@2022-12-31 -> 12@2023-12-31', '{2023-02-28: 2}', '2023-02-28',
	 '{"expected": 2, "attainment_path": 100, "projected_value": 12, "reached_on": "2023-12-31"}'),
	('28 February of a leap year is not yet the end of the month', '0@2023-12-31 -> 12@2024-12-31', '{2024-02-28: 2}', '2024-02-29',
	 '{"expected": 1.9655172413793103}'),
	('from 29 February to 28 February is a year', '0@2024-02-29 -> 4@2028-02-29', '{2025-02-28: 1}', '2025-02-28',
	 '{"expected": 1, "observed_pace": 1, "required_pace": 1, "reached_on": "2028-02-29"}'),
	('ends of months are a month apart', '0@2024-01-31 -> 10@2024-11-30', '{2024-06-30: 5}', '2024-06-30',
	 '{"expected": 5, "required_pace": 12, "observed_pace": 12, "pace_multiple": 1, "reached_on": "2024-11-30"}'),
	('a range whose far edge is exceeded', '0@2020 -> 50..60@2030', '{2023: 60.00000000000001}', '2023-12-31',
	 '{"met_bound": 50, "far_bound": 60, "status": "exceeded"}'),
	('a range on its far edge', '0@2020 -> 50..60@2030', '{2023: 60}', '2023-12-31', '{"status": "met"}'),
	('a range that should be reached from above, beyond its far edge', '90@2020 -> 50..60@2030', '{2023: 49.9}', '2023-12-31',
	 '{"met_bound": 60, "far_bound": 50, "status": "exceeded"}'),
	('a tolerance beyond its far edge', 'up -> ~100+-5@2030', '{2023: 105.1}', '2023-12-31', '{"met_bound": 95, "far_bound": 105, "status": "exceeded"}'),
	('keep, inside', 'keep -> 60..70@2030', '{2021: 61, 2022: 65}', '2022-12-31',
	 '{"gap": 0, "attainment_level": 100, "maintained": 100, "reached_on": "target_met", "status": "met"}'),
	('keep, left', 'keep -> 60..70@2030', '{2021: 61, 2022: 65, 2023: 72}', '2023-12-31',
	 '{"gap": -2, "met_bound": 70, "maintained": 66.66666666666667, "status": "lost"}'),
	('keep, left and re-entered', 'keep -> 60..70@2030', '{2021: 61, 2022: 65, 2023: 72, 2024: 70}', '2024-12-31',
	 '{"gap": 0, "maintained": 75, "status": "met"}'),
	('keep, parity is full inside', 'keep 50@2020 -> 60..70@2030', '{2021: 66}', '2021-12-31', '{"parity": 100, "attainment_distance": 100}'),
	('keep, parity counts the distance from the band', 'keep 50@2020 -> 60..70@2030', '{2021: 74}', '2021-12-31', '{"parity": 60, "attainment_distance": 60}'),
	('keep, parity of a baseline inside', 'keep 65@2020 -> 60..70@2030', '{2021: 74}', '2021-12-31', '{"parity": "target_equals_baseline", "status": "lost"}'),
	('maintained: a year without a value is not met', 'up -> 10@2030', '{2020: 12, 2021-06-30: 8, 2021: 11, 2024: 12}', '2024-12-31',
	 '{"maintained": 60, "status": "exceeded"}'),
	('growth beyond what a float holds', '1e-300@2020-01-01 -> 5@2030', '{2020-01-02: 1e300}', '2020-01-02',
	 '{"observed_growth": "out_of_range", "projected_by_growth": "out_of_range", "growth_attainment": "out_of_range", "status": "exceeded"}'),
	('a way that no float holds', '-1e308@2020 -> 1e308@2030', '{2025: 0}', '2025-12-31',
	 '{"attainment_level": 0, "gap": 1e308, "projected_value": "out_of_range", "status": "not_yet_assessable", "reason": "out_of_range"}');

CREATE TEMP VIEW edge_figure AS
	SELECT n, format('%s: %s is %s', name, f.key, f.value #>> '{}') AS what, format('%s, because %s', r -> f.key, r -> 'reasons' -> f.key) AS ours,
		CASE WHEN f.value = 'null' THEN r -> f.key = 'null'
			 WHEN jsonb_typeof(f.value) = 'number' THEN r ->> f.key IS NOT NULL
				 AND abs((r ->> f.key)::float8 - (f.value #>> '{}')::float8) <= 1e-11 * greatest(1, abs((f.value #>> '{}')::float8))
			 WHEN f.key IN ('status', 'reason') OR f.value #>> '{}' ~ '^\d' THEN r ->> f.key = f.value #>> '{}'
			 ELSE r -> f.key = 'null' AND r -> 'reasons' ->> f.key = f.value #>> '{}' END AS agrees
	FROM edge, progress(path::target_path, series::indicator_series, as_of) AS p, to_jsonb(p) AS r, jsonb_each(figures) AS f;
SELECT ok(coalesce(agrees, false), what) || CASE WHEN agrees THEN '' ELSE E'\n' || diag(ours) END FROM edge_figure ORDER BY n, what;

-- a value exactly on a threshold -----------------------------------------------------------------

-- A value is compared with its bound to the last bit; a measure, which comes out of roundings, with its class to 1e-12.
SELECT results_eq(
	$$SELECT x, target_is_met('-> >=0.85@2030', '2030-12-31', x), target_is_met('-> >0.85@2030', '2030-12-31', x),
		target_status('up -> 0.85@2030', indicator_series('{2030-12-31}', ARRAY[x]), '2030-12-31')::text
	FROM (VALUES (0.8499999999999999::float8), (0.85), (0.8500000000000001)) v (x)$$,
	$$VALUES (0.8499999999999999::float8, false, false, 'missed'), (0.85, true, false, 'met'), (0.8500000000000001, true, true, 'exceeded')$$,
	'a value exactly on a threshold: 0.85 and 0.8500000000000001');
SELECT results_eq(
	$$SELECT x, (assess('up 0@2020 -> 1@2021', indicator_series('{2020-12-31,2021-12-31}', ARRAY[0, x]), '2021-12-31',
		jsonb_build_object('measure', 'attainment_level', 'scale', 0.01, 'otherwise', 'below',
			'classes', '[{"class": "above", "from": 0.85, "open": true}, {"class": "on", "from": 0.85}]'::jsonb))).class
	FROM (VALUES (0.8499999999::float8), (0.8499999999999999), (0.85), (0.8500000000000001), (0.8500000001)) v (x)$$,
	$$VALUES (0.8499999999::float8, 'below'), (0.8499999999999999, 'on'), (0.85, 'on'), (0.8500000000000001, 'on'), (0.8500000001, 'above')$$,
	'a measure exactly on a class: what rounding does to 0.85 is still 0.85');

-- The value that is the target is 100 per cent of it, and its neighbours are not. (100 x / x is 100.00000000000001 for x = 10.88.)
CREATE TEMP TABLE number AS
	SELECT i / 100.0::float8 AS x, i / 100.0::float8 * (1 + 2.3e-16) AS above FROM generate_series(1, 100000, 7) AS i;
SELECT is((SELECT count(*) FROM number WHERE x > 0 AND 100 * x / x <> 100) > 100, true, 'a product and a quotient do not give 100 for every number');
SELECT is_empty($$SELECT x FROM number WHERE measure_level(x, x) <> 100 OR measure_level(x, x, true) <> 100$$, 'measure_level of the target itself is 100');
SELECT is_empty($$SELECT x, above FROM number WHERE above <= x OR measure_level(x, above) >= 100 OR measure_level(above, x) <= 100
	OR measure_level(x, above, true) <= 100 OR measure_level(above, x, true) >= 100$$, 'and of its neighbour not');
SELECT is_empty($$SELECT x FROM number WHERE measure_distance(x, 0, x) <> 100 OR measure_distance(x, 2 * x, x) <> 100 OR measure_distance(-x, x, -x) <> 100$$,
	'measure_distance of the target itself is 100');
SELECT is_empty(
	$$SELECT x FROM number, LATERAL (SELECT format('%s@2020 -> %s@2030', x / 4, x)::target_path AS p, indicator_series('{2025-12-31}', ARRAY[x]) AS s) q
	WHERE attainment_level(p, s, '2025-12-31') <> 100 OR attainment_distance(p, s, '2025-12-31') <> 100$$,
	'nor does a path round');
SELECT is((SELECT sum(abs(attainment_level(p, s, '2025-12-31') - 100)) FROM number,
	LATERAL (SELECT format('%s@2020 -> >%s@2030', x / 4, x)::target_path AS p, indicator_series('{2025-12-31}', ARRAY[x]) AS s) q), 0::float8,
	'at a strict bound exactly the level is 100');
SELECT is((SELECT count(*) FROM number,
	LATERAL (SELECT target_status(format('%s@2020 -> >%s@2030', x / 4, x)::target_path, indicator_series('{2025-12-31}', ARRAY[x]), '2025-12-31') AS s) q
	WHERE s IN ('met', 'exceeded')), 0::bigint, 'and the target is not met');

-- 95 and 60 of the projection, from both sides: the better class begins there, and rounding on the way does not decide
SELECT results_eq(
	$$SELECT x, target_status('0@2020 -> 100@2030', indicator_series('{2025-12-31}', ARRAY[x]), '2025-12-31')::text
	FROM (VALUES (29.99999999::float8), (29.999999999999996), (30), (47.49999999), (47.49999999999999), (47.5)) v (x)$$,
	$$VALUES (29.99999999::float8, 'off_track'), (29.999999999999996, 'at_risk'), (30, 'at_risk'), (47.49999999, 'at_risk'), (47.49999999999999, 'on_track'), (47.5, 'on_track')$$,
	'the cut-offs of the projection belong to the better class');
SELECT is_empty(
	$$SELECT x FROM generate_series(1, 400) x WHERE target_status(format('0@2020 -> %s@2030', x / 400.0::float8)::target_path, indicator_series('{2025-12-31}', ARRAY[x * 0.475 / 400]), '2025-12-31') <> 'on_track'$$,
	'0.475 of the way in half of the time is on track, whatever the way');

-- plain numbers, as other programs fail on them ------------------------------------------------------

SELECT is(measure_level(5, 0), NULL, 'division by a zero target');
SELECT is(measure_level(5, 0, true), 0::float8, 'a zero target that should be reached from above is not reached');
SELECT is(measure_level(0, 5, true), NULL, 'a zero value of what should fall is not a score of 0');
SELECT is(measure_level(-5, -10), NULL, 'a negative target has no level');
SELECT is(measure_distance(10, 3, 5, true), -350::float8, 'the baseline beyond the target: -3.5, not 3.5');
SELECT is(measure_distance(10, 3, 5), 350::float8, 'unless nobody says the direction');
SELECT is(measure_distance(5, 5, 5), NULL, 'no way to go');
SELECT is(compound_growth(0, 5, 3), NULL, 'growth from 0 is not infinite');
SELECT is(compound_growth(0, 0, 3), NULL, 'nor from 0 to 0 nothing');
SELECT is(compound_growth(-10, 5, 3), NULL, 'growth across 0');
SELECT is(measure_growth_ratio(-5, -10, -2.5, 1, 2), 1::float8, 'growth of negative numbers is flipped');
SELECT is(measure_growth_ratio(-20, -10, -2.5, 1, 2), -2::float8, 'both ways');
SELECT is(compound_growth(5, 10, 0), NULL, 'growth in no time');
SELECT is(measure_projection(5, 1, 0, 10), NULL, 'projection from no time');
SELECT is(measure_required_pace(5, 10, 0), NULL, 'no time left');
SELECT is(measure_parity(5, 10, 10), NULL, 'parity of no way');
SELECT is(measure_parity(12, 0, 10), 80::float8, 'parity from the other side');
SELECT is(measure_level(1e308, 1e308), 100::float8, 'large numbers do not overflow on the way');
SELECT is(measure_level(1e308, 1e-308), NULL, 'what no float holds is NULL');
SELECT throws_ok(format('SELECT %s', call), '22023', NULL, call || ' is refused')
FROM unnest(ARRAY['measure_level(''NaN'', 1)', 'measure_level(1, ''Infinity'')', 'measure_distance(1, ''-Infinity'', 2)',
	'measure_path(1, 2, ''NaN'', true)', 'measure_growth_ratio(1, 2, 3, ''NaN'', 4)', 'compound_growth(''Infinity'', 1, 1)',
	'measure_projection(1, 1, 1, ''NaN'')', 'measure_required_pace(1, 2, ''NaN'')', 'measure_parity(1, ''NaN'', 2)']) AS call;
SELECT is(round(100 * compound_growth(7200, 12500, 5)::numeric, 2), 11.66, '7 200 to 12 500 in five years is 11.66 % a year');
SELECT is(round(100 * compound_growth(7200, 12000, 5)::numeric, 2), 10.76, 'to 12 000: 10.76 %');
SELECT is(round(100 * compound_growth(7200, 13000, 5)::numeric, 2), 12.54, 'to 13 000: 12.54 %');
SELECT is(measure_required_pace(52.5, 75, 5), 4.5::float8, '52.5 to 75 in five years is 4.5 points a year');

-- ages: every interval is an answer ----------------------------------------------------------------------

SELECT results_eq(
	format($$SELECT status::text FROM progress('0@2020 -> 100@2030', '{2022: 20}', '2023-12-31', NULL, %L)$$, age),
	format('VALUES (%L)', status), 'max_age ' || age)
FROM (VALUES ('1 year', 'on_track'), ('364 days', 'not_yet_assessable'), ('0', 'not_yet_assessable'), ('-1 year', 'not_yet_assessable'),
	('3000 years', 'on_track'), ('1000000 years', 'on_track'), ('178000000 years', 'on_track'), ('-178000000 years', 'not_yet_assessable'),
	('2000000000 days', 'on_track'), ('-2000000000 days', 'not_yet_assessable'), ('5000 years -1000000 days', 'on_track'),
	('100000000 hours', 'on_track')) v (age, status);

SELECT * FROM finish();
ROLLBACK;
