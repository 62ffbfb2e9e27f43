-- Roles over time: average, average_growth, total and change at every stage of their span; ranks, steps and yes or no.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE TEMP TABLE stage (n serial, why text, path text, series text, as_of date, figures jsonb);
INSERT INTO stage (why, path, series, as_of, figures) VALUES
	-- total: money by the quarter
	('total, not begun', 'up total -> 100@2025', '{2024: 80}', '2024-12-31',
	 '{"value": null, "met_bound": 100, "status": "not_yet_assessable", "reason": "span_not_begun", "expected": "span_not_begun", "projected_value": "span_not_begun"}'),
	('total, no data at all', 'up total -> 100@2025', '{}', '2025-06-30', '{"value": null, "status": "no_data", "reason": "no_observation"}'),
	('total, begun, nothing known yet', 'up total -> 100@2025', '{2024: 80}', '2025-02-28',
	 '{"value": null, "status": "not_yet_assessable", "reason": "span_incomplete"}'),
	('total, on track', 'up total -> 100@2025', '{2024: 80, 2025-Q1: 20, 2025-Q2: 30}', '2025-06-30',
	 '{"value": 50, "observed_on": "2025-06-30", "expected": 50, "attainment_level": 50, "attainment_path": 100, "gap": 50, "path_gap": 0,
	   "projected_value": 100, "projected_attainment": 100, "observed_pace": 100, "required_pace": 100, "pace_multiple": 1,
	   "required_rest": 50, "reached_on": "2025-12-31", "score_level": 50, "score_met": 0, "status": "on_track", "reason": null,
	   "attainment_distance": "not_defined_for_role", "growth_ratio": "not_defined_for_role", "parity": "not_defined_for_role",
	   "maintained": "not_defined_for_role", "score_distance": "not_defined_for_role", "projected_by_growth": "not_defined_for_role"}'),
	('total, 95 of 100 is on track', 'up total -> 100@2025', '{2025-Q1: 20, 2025-Q2: 27.5}', '2025-06-30', '{"projected_value": 95, "status": "on_track"}'),
	('total, at risk', 'up total -> 100@2025', '{2025-Q1: 20, 2025-Q2: 27}', '2025-06-30',
	 '{"projected_value": 94, "projected_attainment": 94, "required_rest": 53, "status": "at_risk"}'),
	('total, 60 is at risk', 'up total -> 100@2025', '{2025-Q1: 10, 2025-Q2: 20}', '2025-06-30', '{"projected_value": 60, "status": "at_risk"}'),
	('total, off track', 'up total -> 100@2025', '{2025-Q1: 10, 2025-Q2: 19}', '2025-06-30',
	 '{"projected_value": 58, "attainment_path": 58, "path_gap": -21, "status": "off_track"}'),
	('total, below nothing', 'up total -> 100@2025', '{2025-Q1: -10}', '2025-03-31',
	 '{"projected_value": -40, "projected_attainment": 0, "attainment_level": -10, "score_level": 0, "reached_on": "moving_away", "status": "off_track"}'),
	('total, met early', 'up total -> 100..120@2025', '{2025-Q1: 70, 2025-Q2: 30}', '2025-06-30',
	 '{"value": 100, "attainment_level": 100, "score_met": 100, "score_level": 100, "reached_on": "target_met", "required_rest": 0, "status": "met", "reason": null}'),
	('total, exceeded early', 'up total -> 100..120@2025', '{2025-Q1: 70, 2025-Q2: 51}', '2025-06-30',
	 '{"value": 121, "far_bound": 120, "required_rest": -21, "score_level": 100, "status": "exceeded"}'),
	('total, a strict bound exactly is not met', 'up total -> >100@2025', '{2025-Q1: 70, 2025-Q2: 30}', '2025-06-30', '{"score_met": 0, "status": "on_track"}'),
	('total, complete and met', 'up total -> 100@2025', '{2025-Q1: 20, 2025-Q2: 30, 2025-Q3: 25, 2025-Q4: 25}', '2025-12-31',
	 '{"value": 100, "status": "met", "required_rest": "past_due", "required_pace": "past_due", "projected_value": 100}'),
	('total, complete and missed', 'up total -> 622700@2025', '{2025-Q2: 300000, 2025-Q4: 295000}', '2026-03-31',
	 '{"value": 595000, "observed_on": "2025-12-31", "attainment_level": 95.5516299983941, "status": "missed", "reason": null}'),
	('total, what comes after the span is not of it', 'up total -> 100@2025', '{2025-Q2: 40, 2025-Q4: 50, 2026-Q2: 50}', '2026-06-30', '{"value": 90, "status": "missed"}'),
	('total, the last quarter is not in yet', 'up total -> 100@2025', '{2025-Q1: 20, 2025-Q2: 30, 2025-Q3: 25}', '2026-01-31',
	 '{"value": 75, "projected_value": 100, "status": "not_yet_assessable", "reason": "span_incomplete"}'),
	('total, as of a day before the last quarter', 'up total -> 100@2025', '{2025-Q1: 20, 2025-Q2: 30, 2025-Q3: 25, 2025-Q4: 50}', '2025-12-30',
	 '{"value": 75, "projected_value": 100, "required_rest": 25, "status": "on_track"}'),
	('total, a quarter is missing: a value, and no projection', 'up total -> 100@2025', '{2025-Q1: 20, 2025-Q3: 25}', '2025-09-30',
	 '{"value": 45, "observed_on": "2025-09-30", "attainment_level": 45, "gap": 55, "projected_value": "span_incomplete", "expected": "span_incomplete",
	   "required_pace": "span_incomplete", "status": "not_yet_assessable", "reason": "span_incomplete"}'),
	('total, a quarter is missing at the end of the span too', 'up total -> 100@2025', '{2025-Q1: 20, 2025-Q3: 25, 2025-Q4: 25}', '2025-12-31',
	 '{"value": 70, "status": "not_yet_assessable", "reason": "span_incomplete"}'),
	('total, a quarter is missing and it is met all the same', 'up total -> 100@2025', '{2025-Q1: 60, 2025-Q3: 40}', '2025-09-30',
	 '{"value": 100, "score_met": 100, "status": "met", "reason": null}'),
	('total, day by day', 'up total -> 31@2025-03', '{2025-03-01: 1, 2025-03-02: 1, 2025-03-03: 1, 2025-03-04: 2}', '2025-03-04',
	 '{"value": 5, "projected_value": 38.75, "status": "on_track"}'),
	('total, month by month', 'up total -> 12@2025', '{2025-01: 1, 2025-02: 1, 2025-03: 1}', '2025-03-31', '{"value": 3, "projected_value": 12, "status": "on_track"}'),
	('total over five years', 'up total -> 500@2021..2025', '{2021: 100, 2022: 90, 2023: 80}', '2023-12-31',
	 '{"value": 270, "expected": 300, "attainment_path": 90, "projected_value": 450, "required_rest": 230, "required_pace": 115, "observed_pace": 90, "status": "at_risk"}'),
	('total that should stay low, so far below', 'down total -> 100@2025', '{2025-Q1: 20, 2025-Q2: 20}', '2025-06-30',
	 '{"value": 40, "projected_value": 80, "projected_attainment": 100, "score_met": 0, "reached_on": "2026-03-31", "required_rest": 60, "status": "on_track"}'),
	('total that should stay low, above already', 'down total -> 100@2025', '{2025-Q1: 60, 2025-Q2: 65}', '2025-06-30',
	 '{"value": 125, "projected_value": 250, "projected_attainment": 40, "score_level": 80, "reached_on": "moving_away", "status": "off_track"}'),
	('total that should stay low, complete', 'down total -> 100@2025', '{2025-Q2: 60, 2025-Q4: 35}', '2025-12-31', '{"value": 95, "score_met": 100, "status": "exceeded"}'),
	('total to keep, so far below', 'keep total -> 100..110@2025', '{2025-Q1: 26, 2025-Q2: 26}', '2025-06-30',
	 '{"value": 52, "projected_value": 104, "projected_attainment": 100, "required_rest": 48, "path_gap": "not_defined_for_role", "status": "on_track"}'),
	('total to keep, above: the rest must take it back', 'keep total -> 100..110@2025', '{2025-Q1: 60, 2025-Q2: 60}', '2025-06-30',
	 '{"value": 120, "met_bound": 110, "gap": -10, "required_rest": -10, "status": "off_track"}'),
	('total to keep, inside before its time', 'keep total -> 100..110@2025', '{2025-Q1: 50, 2025-Q2: 55}', '2025-06-30',
	 '{"value": 105, "gap": 0, "required_rest": 0, "score_met": 0, "projected_value": 210, "status": "off_track"}'),
	-- average
	('average, so far', 'up average -> 7.5@2021..2025', '{2021: 2.92, 2022: 8.29, 2023: 6.27}', '2023-12-31',
	 '{"value": 5.826666666666667, "expected": 7.5, "projected_value": 5.826666666666667, "attainment_level": 77.68888888888889,
	   "projected_attainment": 77.68888888888889, "required_rest": 10.01, "gap": 1.6733333333333333, "path_gap": -1.6733333333333333,
	   "required_pace": "not_defined_for_role", "reached_on": "not_defined_for_role", "status": "at_risk"}'),
	('average, above before its time is not met', 'up average -> 5@2021..2025', '{2021: 6, 2022: 7}', '2022-12-31',
	 '{"value": 6.5, "score_met": 0, "score_level": 100, "required_rest": 4, "status": "on_track"}'),
	('average, complete', 'up average -> 6.4@2021..2025', '{2021: 2.92, 2022: 8.29, 2023: 6.27, 2024: 6.52, 2025: 8.16}', '2025-12-31',
	 '{"value": 6.432, "required_rest": "past_due", "status": "exceeded"}'),
	('average that should stay low', 'down average -> 4@2024..2025', '{2024: 3}', '2024-12-31', '{"value": 3, "required_rest": 5, "status": "on_track"}'),
	('average to keep, above: the rest is measured to the near edge', 'keep average -> 2..4@2024..2025', '{2024: 6}', '2024-12-31',
	 '{"value": 6, "met_bound": 4, "required_rest": 2, "projected_attainment": 66.66666666666667, "status": "at_risk"}'),
	('average, values before the span are not of it', 'up average -> 5@2024..2025', '{2022: 100, 2023: 100, 2024: 3}', '2024-12-31', '{"value": 3, "status": "at_risk"}'),
	-- average growth
	('average growth is geometric', 'up average_growth -> 7.5..8@2021..2025', '{2020: 3.98, 2021: 2.92, 2022: 8.29, 2023: 6.27, 2024: 6.52, 2025: 8.16}', '2025-12-31',
	 '{"value": 6.414137565361696, "expected": 7.5, "attainment_level": 85.52183420482262, "status": "missed", "reason": null}'),
	('average growth, complete and met at 6.4', 'up average_growth -> 6.4..6.5@2021..2025', '{2021: 2.92, 2022: 8.29, 2023: 6.27, 2024: 6.52, 2025: 8.16}', '2025-12-31',
	 '{"status": "met"}'),
	('average growth, what is left to grow', 'up average_growth -> 10@2024..2025', '{2024: 5}', '2024-12-31',
	 '{"value": 5, "projected_value": 5, "required_rest": 15.238095238095237, "status": "off_track"}'),
	('average growth, a loss of everything has none', 'up average_growth -> 10@2024..2025', '{2024: -100}', '2024-12-31',
	 '{"value": null, "expected": "growth_undefined", "status": "not_yet_assessable", "reason": "growth_undefined"}'),
	('average growth, shrinking', 'up average_growth -> 10@2024..2025', '{2024: -50}', '2024-12-31', '{"value": -50, "projected_attainment": 0, "status": "off_track"}'),
	-- change
	('change from the last observation before the span', 'up change -> 10@2021..2025', '{2019: 20, 2020: 30, 2021: 32, 2022: 34}', '2022-12-31',
	 '{"value": 4, "expected": 4, "attainment_level": 40, "projected_value": 10, "required_rest": 6, "observed_pace": 2, "required_pace": 2, "reached_on": "2025-12-31", "status": "on_track"}'),
	('change from the baseline', 'up change 30@2020 -> 10@2021..2025', '{2021: 32}', '2021-12-31', '{"value": 2, "projected_value": 10, "status": "on_track"}'),
	('change: an observation before the baseline does not count', 'up change 30@2020 -> 10@2021..2025', '{2019: 0, 2021: 32}', '2021-12-31', '{"value": 2, "status": "on_track"}'),
	('change: the observation on the day of the baseline does', 'up change 30@2020 -> 10@2021..2025', '{2020: 31, 2021: 33}', '2021-12-31', '{"value": 2}'),
	('change from nothing known', 'up change -> 10@2021..2025', '{2021: 32}', '2021-12-31', '{"value": null, "status": "not_yet_assessable", "reason": "no_baseline"}'),
	('change, reached before its time is not met', 'up change -> 10@2021..2025', '{2020: 0, 2021: 12}', '2021-12-31',
	 '{"value": 12, "score_met": 0, "reached_on": "target_met", "status": "on_track"}'),
	('change, complete', 'up change -> 10@2021..2025', '{2020: 0, 2021: 12, 2022: 12, 2023: 12, 2024: 12, 2025: 9}', '2025-12-31', '{"value": 9, "status": "missed"}'),
	('change downwards, on track', 'down change -> -10@2021..2025', '{2020: 50, 2021: 48, 2022: 46}', '2022-12-31',
	 '{"value": -4, "expected": -4, "attainment_level": "level_undefined", "score_level": "level_undefined", "attainment_path": 100, "projected_value": -10,
	   "projected_attainment": 100, "gap": -6, "required_rest": -6, "pace_multiple": 1, "reached_on": "2025-12-31", "status": "on_track"}'),
	('change downwards, at risk', 'down change -> -10@2021..2025', '{2020: 50, 2021: 48.2, 2022: 46.8}', '2022-12-31',
	 '{"projected_value": -8, "projected_attainment": 80, "status": "at_risk"}'),
	('change downwards, the wrong way', 'down change -> -10@2021..2025', '{2020: 50, 2021: 51}', '2021-12-31',
	 '{"value": 1, "projected_attainment": 0, "reached_on": "moving_away", "status": "off_track"}'),
	('change downwards, complete', 'down change -> -10@2021..2025', '{2020: 50, 2025: 39}', '2025-12-31', '{"value": -11, "score_level": 100, "status": "exceeded"}'),
	-- ranks
	('rank 45 towards 40', 'down 50@2024 -> <=40@2030', '{2025: 45}', '2025-12-31', '{"attainment_level": 88.88888888888889, "gap": -5, "status": "on_track"}'),
	('rank 49 towards 40', 'down 50@2024 -> <=40@2030', '{2025: 49}', '2025-12-31', '{"projected_value": 44, "projected_attainment": 60, "status": "at_risk"}'),
	('rank 40 is met', 'down -> <=40@2030', '{2030: 40}', '2030-12-31', '{"attainment_level": 100, "status": "met"}'),
	('rank 1 is met, not exceeded', 'down -> <=40@2030', '{2030: 1}', '2030-12-31', '{"attainment_level": 4000, "score_level": 100, "far_bound": null, "status": "met"}'),
	('rank 41 is missed', 'down -> <=40@2030', '{2030: 41}', '2030-12-31', '{"status": "missed"}'),
	-- tasks and yes or no
	('task, open', 'step 0@2023-02 -> 1@2025-06', '{2024: 0}', '2025-03-31', '{"expected": 0, "score_met": 0, "status": "not_yet_assessable", "reason": "step_not_due"}'),
	('task, done before its day', 'step 0@2023-02 -> 1@2025-06', '{2024: 1}', '2025-03-31', '{"score_met": 100, "status": "met"}'),
	('task, its day has come', 'step 0@2023-02 -> 1@2025-06', '{2024: 0}', '2025-06-30', '{"expected": 0, "status": "missed", "reason": null}'),
	('task, done on its day', 'step 0@2023-02 -> 1@2025-06', '{2024: 0, 2025-06-30: 1}', '2025-06-30', '{"expected": 1, "status": "met"}'),
	('task, done late', 'step 0@2023-02 -> 1@2025-06', '{2024: 0, 2025-07-01: 1}', '2025-07-01', '{"value": 0, "status": "missed", "reason": "met_late"}'),
	('task, undone again', 'step 0@2023-02 -> 1@2025-06', '{2024: 1, 2025-01-31: 0}', '2025-03-31', '{"status": "lost"}'),
	('yes or no: yes', 'up -> >=1@2025', '{2025: 1}', '2025-12-31', '{"attainment_level": 100, "score_met": 100, "status": "met"}'),
	('yes or no: no', 'up -> >=1@2025', '{2025: 0}', '2025-12-31', '{"attainment_level": 0, "score_met": 0, "status": "missed"}');

CREATE TEMP VIEW stage_figure AS
	SELECT n, format('%s: %s is %s', why, f.key, f.value #>> '{}') AS what, format('%s, because %s', r -> f.key, r -> 'reasons' -> f.key) AS ours,
		CASE WHEN f.value = 'null' THEN r -> f.key = 'null'
			 WHEN jsonb_typeof(f.value) = 'number' THEN r ->> f.key IS NOT NULL
				 AND abs((r ->> f.key)::float8 - (f.value #>> '{}')::float8) <= 1e-11 * greatest(1, abs((f.value #>> '{}')::float8))
			 WHEN f.key IN ('status', 'reason') OR f.value #>> '{}' ~ '^\d' THEN r ->> f.key = f.value #>> '{}'
			 ELSE r -> f.key = 'null' AND r -> 'reasons' ->> f.key = f.value #>> '{}' END AS agrees
	FROM stage, progress(path::target_path, series::indicator_series, as_of) AS p, to_jsonb(p) AS r, jsonb_each(figures) AS f;
SELECT ok(coalesce(agrees, false), what) || CASE WHEN agrees THEN '' ELSE E'\n' || diag(ours) END FROM stage_figure ORDER BY n, what;

-- a measure is NULL exactly if reasons says why, for roles too
SELECT is_empty(
	$$SELECT why, m.key, m.value, p.reasons -> m.key FROM stage, progress(path::target_path, series::indicator_series, as_of) AS p, jsonb_each(to_jsonb(p)) AS m
	WHERE m.key NOT IN ('due', 'is_current', 'value', 'observed_on', 'baseline', 'met_bound', 'far_bound', 'status', 'reason', 'reasons')
		AND (m.value = 'null') <> (p.reasons ? m.key)$$, 'a measure is NULL exactly if reasons says why');
SELECT is_empty(
	$$SELECT why, p.status, p.score_met FROM stage, progress(path::target_path, series::indicator_series, as_of) AS p
	WHERE p.score_met IS NOT NULL AND (p.status IN ('met', 'exceeded')) <> (p.score_met = 100)$$, 'status and score_met agree');
SELECT is_empty(
	$$SELECT why, p.status, a.class, a.is_met FROM stage, progress(path::target_path, series::indicator_series, as_of) AS p, assess(path::target_path, series::indicator_series, as_of, scheme('plan')) AS a
	WHERE (p.status IN ('met', 'exceeded')) <> (coalesce(a.class, '') IN ('met', 'exceeded')) OR a.is_met <> (p.status IN ('met', 'exceeded'))$$,
	'and so do status and the verdict on a plan');

-- several spans in one path, each judged by its own observations
SELECT results_eq(
	$$SELECT due, value, status::text FROM progress('up total -> 10@2024 -> 20@2025', '{2024-Q2: 5, 2024-Q4: 6, 2025-Q2: 8}', '2025-06-30') ORDER BY due$$,
	$$VALUES ('2024-12-31'::date, 11::float8, 'exceeded'), ('2025-12-31', 8, 'at_risk')$$, 'two spans');
SELECT is((SELECT status::text || ' ' || reason FROM progress('up total -> 100@2025', '{2025-Q1: 10}', '2025-11-30', NULL, '6 months')),
	'not_yet_assessable stale', 'an old total is stale');
SELECT is((SELECT status::text FROM progress('up total -> 100@2025', '{2025-Q1: 100}', '2025-11-30', NULL, '6 months')), 'met', 'unless it is met');
SELECT is(target_expected('up total -> 100@2025', '2025-06-30'), NULL, 'a path of a role is no line');
SELECT is(round(target_required_rest('up average_growth -> 8@2021..2025', '{2021: 2.92, 2022: 8.29, 2023: 6.27, 2024: 6.52}', '2024-12-31')::numeric, 9),
	round(100 * (1.08 ^ 5 / (1.0292 * 1.0829 * 1.0627 * 1.0652) - 1), 9), 'the growth that the last year must bring');

-- projections and schemes that need the level of the series do not answer for a role
SELECT is_empty($$SELECT method FROM projections('up total -> 100@2025', '{2025-Q1: 10, 2025-Q2: 20}', '2025-06-30') WHERE attainment IS NOT NULL$$,
	'flows have no projected attainment of a level');
SELECT results_eq($$SELECT s, (assess('up total -> 100@2025', '{2025-Q1: 10, 2025-Q2: 20}', '2025-06-30', scheme(s))).reason
	FROM unnest('{eurostat,statcan,unsd,escap,destatis,servicenow}'::text[]) WITH ORDINALITY u (s, o) ORDER BY o$$,
	$$SELECT s, 'not_defined_for_role' FROM unnest('{eurostat,statcan,unsd,escap,destatis,servicenow}'::text[]) WITH ORDINALITY u (s, o) ORDER BY o$$,
	'methods on levels say so');
SELECT is((assess('up total -> 100@2025', '{2025-Q1: 10, 2025-Q2: 20}', '2025-06-30', scheme('plan'))).class, 'not_yet_met', 'a plan is not yet met');
SELECT is((assess('down total -> 100@2025', '{2025-Q1: 10, 2025-Q2: 20}', '2025-06-30', scheme('plan'))).class, 'not_yet_met', 'a low total is not met before its time');

-- A bound of 0 or below has no level, so a projection that does not meet it says nothing, and one that does is on track.
SELECT is((SELECT (status, reason, projected_attainment)::text FROM progress('up average_growth -> -2@2021..2025', '{2021: -3}', '2022-06-30')),
	'(not_yet_assessable,level_undefined,)', 'an average below a bound below zero has no attainment');
SELECT is((SELECT (status, reason, projected_attainment)::text FROM progress('up average_growth -> -2@2021..2025', '{2021: -1}', '2022-06-30')),
	'(on_track,,100)', 'an average above a bound below zero is on track');
SELECT is((SELECT (status, reason)::text FROM progress('up average_growth -> -2@2021..2025', '{2021: -3, 2022: -3, 2023: -3, 2024: -3, 2025: -3}', '2026-01-31')),
	'(missed,)', 'a complete span needs no level');

SELECT * FROM finish();
ROLLBACK;
