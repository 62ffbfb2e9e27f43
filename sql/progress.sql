-- From 40 in 2020 to 70 in 2030, and 52 in 2023: every honest answer, side by side.
SET datestyle = ISO;
\x on
SELECT due, is_current, value, observed_on, baseline, met_bound, far_bound, expected,
	round(attainment_level::numeric, 6) AS attainment_level, round(attainment_distance::numeric, 6) AS attainment_distance,
	round(attainment_path::numeric, 6) AS attainment_path, round(growth_ratio::numeric, 6) AS growth_ratio, gap,
	round(required_pace::numeric, 6) AS required_pace, round(observed_pace::numeric, 6) AS observed_pace,
	round(pace_multiple::numeric, 6) AS pace_multiple, round(projected_value::numeric, 6) AS projected_value,
	round(projected_attainment::numeric, 6) AS projected_attainment, status, reason
FROM progress('40@2020 -> 70@2030', '{2021: 43, 2022: 47, 2023: 52}', '2023-12-31');
\x off

-- Three targets on one path, through the years: the first due on or after the day is current.
CREATE TABLE promise AS SELECT 'up 10@2020 -> 20@2022 -> 30..35@2024 -> >40@2026'::target_path AS path,
	'{2021: 16, 2022: 19, 2023: 31, 2024: 34, 2025: 38, 2026: 40}'::indicator_series AS series;
SELECT as_of, due, is_current, value, observed_on, round(projected_value::numeric, 3) AS projected_value, status, reason
FROM promise, unnest('{2020-12-31,2021-12-31,2022-12-31,2023-12-31,2024-12-31,2026-12-31}'::date[]) AS as_of, progress(path, series, as_of)
ORDER BY as_of, due;

-- The scalars are about the current target, or the one that is asked for.
SELECT as_of, target_status(path, series, as_of) AS status, signal(target_status(path, series, as_of)),
	target_gap(path, series, as_of) AS gap, target_gap(path, series, as_of, '2026-12-31') AS gap_2026
FROM promise, unnest('{2021-12-31,2023-12-31,2025-12-31}'::date[]) AS as_of ORDER BY as_of;

-- A gap in the data is a reason, never a number and never an error.
SELECT path, series, status, p.reason, p.reasons ->> 'attainment_level' AS no_level, p.reasons ->> 'attainment_distance' AS no_distance,
	p.reasons ->> 'projected_value' AS no_projection
FROM (VALUES (1, 'up -> 70@2030', '{}'), (2, 'up -> 70@2030', '{2023: 52}'), (3, 'up -> 0@2030', '{2022: -4, 2023: -3}'), (4, 'up 50@2020 -> 50@2030', '{2023: 45}'),
	(5, '40@2023 -> 70@2030', '{2023: 52}'), (6, 'up -> 70@2022', '{2021: 52}'), (7, 'up -> 70@2022', '{2021: 52, 2023: 71}'),
	(8, 'keep -> 95..105@2030', '{2023: 90}'), (9, 'step 0@2020 -> 1@2030', '{2023: 0}')) AS c (n, path, series),
	progress(path::target_path, series::indicator_series, '2023-12-31') AS p
ORDER BY n;

-- An indicator with several targets is as bad as the worst of them; unknown ones hide no bad one.
SELECT indicator_status_agg(s) AS indicator, min(s) AS worst FROM unnest('{met,no_data,at_risk}'::progress_status[]) AS s;
SELECT indicator_status_agg(s) AS indicator, min(s) AS worst FROM unnest('{met,no_data,exceeded}'::progress_status[]) AS s;

DROP TABLE promise;
