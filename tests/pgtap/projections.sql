-- Projections by every method with numbers worked out by hand, roll-ups of verdicts, and revised targets.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

-- Six methods ----------------------------------------------------------------------------------------------
-- 30, 32, 31, 36 and 40 in 2018 to 2021 and 2023: changes a year 2, -1, 5 and 2.

CREATE TEMP TABLE lead (n serial, why text, path text, series text, as_of date, on_date date, changes int, method text, value float8, attainment float8, reason text);
INSERT INTO lead (why, path, series, as_of, on_date, changes, method, value, attainment, reason) VALUES
	('from the first value', 'up -> 60@2030', 's', '2023-12-31', NULL, 5, 'linear', 54, 80, NULL),
	('from the first value', 'up -> 60@2030', 's', '2023-12-31', NULL, 5, 'growth', 59.83760775713063, 99.45869252376877, NULL),
	('four changes', 'up -> 60@2030', 's', '2023-12-31', NULL, 5, 'last_changes', 54, 80, NULL),
	('two changes', 'up -> 60@2030', 's', '2023-12-31', NULL, 2, 'last_changes', 64.5, 115, NULL),
	('one change, over two years', 'up -> 60@2030', 's', '2023-12-31', NULL, 1, 'last_changes', 54, 80, NULL),
	('three changes', 'up -> 60@2030', 's', '2023-12-31', NULL, 3, 'last_changes', 54, 80, NULL),
	('all alike', 'up -> 60@2030', 's', '2023-12-31', NULL, 5, 'least_squares', 53.797297297297206, 79.32432432432402, NULL),
	('weights 1 to 5', 'up -> 60@2030', 's', '2023-12-31', NULL, 5, 'weighted_least_squares', 55.425, 84.75, NULL),
	('the last', 'up -> 60@2030', 's', '2023-12-31', NULL, 5, 'last_value', 40, 100 / 3.0, NULL),
	('from the baseline', '20@2013 -> 60@2030', 's', '2023-12-31', NULL, 5, 'linear', 54, 85, NULL),
	('from the baseline', '20@2013 -> 60@2030', 's', '2023-12-31', NULL, 5, 'growth', 64.98019170849885, 112.45047927124712, NULL),
	('the baseline is no observation', '20@2013 -> 60@2030', 's', '2023-12-31', NULL, 5, 'least_squares', 53.797297297297206, 84.493243243243, NULL),
	('values before the baseline are not used', '31@2020 -> 60@2030', 's', '2023-12-31', NULL, 5, 'last_changes', NULL, NULL, 'too_few_observations'),
	('values after as_of are not used', 'up -> 60@2030', 's', '2022-12-31', NULL, 5, 'last_value', 36, 20, NULL),
	('values after as_of are not used', 'up -> 60@2030', 's', '2022-12-31', NULL, 5, 'linear', 54, 80, NULL),
	('to a date', 'up -> 60@2030', 's', '2023-12-31', '2025-12-31', 5, 'linear', 44, 140 / 3.0, NULL),
	('to a date, towards the target then', 'up -> 44@2025 -> 60@2030', 's', '2023-12-31', '2025-12-31', 5, 'linear', 44, 100, NULL),
	('to a date between targets, towards the next', 'up -> 44@2025 -> 60@2030', 's', '2023-12-31', '2026-12-31', 5, 'linear', 46, 160 / 3.0, NULL),
	('to the current target', 'up -> 44@2025 -> 60@2030', 's', '2023-12-31', NULL, 5, 'linear', 44, 100, NULL),
	('back in time', 'up -> 60@2030', 's', '2023-12-31', '2018-12-31', 5, 'linear', 30, 0, NULL),
	('half a year', 'up -> 60@2030', 's', '2023-12-31', '2024-06-30', 5, 'linear', 41, 110 / 3.0, NULL),
	('without a path', NULL, 's', '2023-12-31', '2030-12-31', 5, 'linear', 54, NULL, NULL),
	('without a path or date', NULL, 's', '2023-12-31', NULL, 5, 'linear', NULL, NULL, 'no_target_at_due'),
	('downwards', 'down -> 20@2030', '{2020: 60, 2025: 40}', '2025-12-31', NULL, 5, 'linear', 20, 100, NULL),
	('downwards', 'down -> 20@2030', '{2020: 60, 2025: 40}', '2025-12-31', NULL, 5, 'growth', 80 / 3.0, 83.33333333333333, NULL),
	('standing still, downwards', 'down -> 20@2030', '{2020: 60, 2025: 60}', '2025-12-31', NULL, 5, 'linear', 60, 0, NULL),
	('keep has no way to go', 'keep -> 20..30@2030', '{2020: 60, 2025: 40}', '2025-12-31', NULL, 5, 'linear', 20, NULL, NULL),
	('no way to go', 'up 60@2020 -> 60@2030', '{2025: 40}', '2025-12-31', NULL, 5, 'linear', 20, NULL, NULL),
	('negative growth', 'up -> -1@2030', '{2020: -16, 2025: -4}', '2025-12-31', NULL, 5, 'growth', -1, 100, NULL),
	('one value', 'up -> 60@2030', '{2020: 5}', '2025-12-31', NULL, 5, 'linear', NULL, NULL, 'single_observation'),
	('one value', 'up -> 60@2030', '{2020: 5}', '2025-12-31', NULL, 5, 'growth', NULL, NULL, 'single_observation'),
	('one value', 'up -> 60@2030', '{2020: 5}', '2025-12-31', NULL, 5, 'last_changes', NULL, NULL, 'too_few_observations'),
	('one value', 'up -> 60@2030', '{2020: 5}', '2025-12-31', NULL, 5, 'least_squares', NULL, NULL, 'single_observation'),
	('one value', 'up -> 60@2030', '{2020: 5}', '2025-12-31', NULL, 5, 'weighted_least_squares', NULL, NULL, 'single_observation'),
	('one value', 'up -> 60@2030', '{2020: 5}', '2025-12-31', NULL, 5, 'last_value', 5, 0, NULL),
	('two values', 'up -> 60@2030', '{2020: 5, 2021: 6}', '2025-12-31', NULL, 5, 'weighted_least_squares', 15, 1000 / 55.0, NULL),
	('three values', 'up -> 60@2030', '{2020: 5, 2021: 6, 2022: 7}', '2025-12-31', NULL, 5, 'last_changes', NULL, NULL, 'too_few_observations'),
	('four values', 'up -> 60@2030', '{2020: 5, 2021: 6, 2022: 7, 2023: 8}', '2025-12-31', NULL, 5, 'last_changes', 15, 1000 / 55.0, NULL),
	('the fifth change back is the last that counts', 'up -> 60@2030', '{2017: 100, 2018: 0, 2019: 1, 2020: 2, 2021: 3, 2022: 4, 2023: 5}', '2025-12-31', NULL, 5, 'last_changes', 12, -220, NULL),
	('on the day of the baseline', '5@2020 -> 60@2030', '{2020: 6}', '2025-12-31', NULL, 5, 'linear', NULL, NULL, 'no_time_elapsed'),
	('from 0', 'up -> 60@2030', '{2020: 0, 2021: 6}', '2025-12-31', NULL, 5, 'growth', NULL, NULL, 'growth_undefined'),
	('across 0', 'up -> 60@2030', '{2020: -1, 2021: 6}', '2025-12-31', NULL, 5, 'growth', NULL, NULL, 'growth_undefined'),
	('beyond what a float holds', 'up -> 60@2030', '{2020: 1, 2021: 1e300}', '2025-12-31', NULL, 5, 'growth', NULL, NULL, 'out_of_range'),
	('beyond what a float holds', 'up -> 60@2030', '{2020: -1e308, 2021: 1e308}', '2025-12-31', NULL, 5, 'least_squares', NULL, NULL, 'out_of_range'),
	('nothing', 'up -> 60@2030', '{}', '2025-12-31', NULL, 5, 'last_value', NULL, NULL, 'no_observation'),
	('nothing yet', 'up -> 60@2030', '{2026: 5}', '2025-12-31', NULL, 5, 'last_value', NULL, NULL, 'no_observation'),
	('NULL', 'up -> 60@2030', NULL, '2025-12-31', NULL, 5, 'last_value', NULL, NULL, 'no_observation');
UPDATE lead SET series = '{2018: 30, 2019: 32, 2020: 31, 2021: 36, 2023: 40}' WHERE series = 's';

CREATE TEMP VIEW led AS
	SELECT l.*, p.value AS ours, p.attainment AS our_attainment, p.reason AS our_reason,
		projection(path::target_path, series::indicator_series, as_of, l.method, l.on_date, changes) AS scalar
	FROM lead l, projections(path::target_path, series::indicator_series, as_of, on_date, changes) p WHERE p.method = l.method;
CREATE TEMP VIEW agreed AS
	SELECT *, our_reason IS NOT DISTINCT FROM reason AND (ours IS NULL) = (value IS NULL) AND (our_attainment IS NULL) = (attainment IS NULL)
		AND coalesce(abs(ours - value) <= 1e-9 * greatest(1, abs(value)), true)
		AND coalesce(abs(our_attainment - attainment) <= 1e-9 * greatest(1, abs(attainment)), true) AS agrees
	FROM led;
SELECT ok(agrees, format('%s, %s: %s', method, why, coalesce(value::text, reason)))
	|| CASE WHEN agrees THEN '' ELSE E'\n' || diag(format('%s, %s, %s', ours, our_attainment, our_reason)) END
FROM agreed ORDER BY n;
SELECT is_empty($$SELECT * FROM led WHERE scalar IS DISTINCT FROM ours$$, 'projection() is the row of projections()');
SELECT results_eq($$SELECT method FROM projections('up -> 60@2030', '{}', '2025-12-31')$$,
	$$VALUES ('linear'), ('growth'), ('last_changes'), ('least_squares'), ('weighted_least_squares'), ('last_value')$$, 'six methods, each with a row');
SELECT is_empty($$SELECT * FROM led WHERE value IS NOT NULL AND our_attainment::text = '-0'$$, 'nothing is -0');
-- what progress() calls its projections are two of them
SELECT is_empty($$SELECT l.path, l.series, p.projected_value, projection(l.path::target_path, l.series::indicator_series, l.as_of, 'linear'), p.projected_by_growth,
		projection(l.path::target_path, l.series::indicator_series, l.as_of, 'growth')
	FROM lead l, progress(l.path::target_path, l.series::indicator_series, l.as_of) p WHERE p.is_current
		AND (p.projected_value IS DISTINCT FROM projection(l.path::target_path, l.series::indicator_series, l.as_of, 'linear')
			OR (p.projected_by_growth IS NULL) <> (projection(l.path::target_path, l.series::indicator_series, l.as_of, 'growth') IS NULL)
			OR abs(p.projected_by_growth / projection(l.path::target_path, l.series::indicator_series, l.as_of, 'growth') - 1) > 1e-12)$$, 'as in progress()');
SELECT throws_ok($$SELECT projection('up -> 60@2030', '{}', '2025-12-31', 'crystal ball')$$, '22023', 'there is no projection method "crystal ball"', 'an unknown method');
SELECT throws_ok($$SELECT projection('up -> 60@2030', '{}', '2025-12-31', '')$$, '22023', NULL, 'a method without a name');
SELECT throws_ok($$SELECT projection('up -> 60@2030', '{}', '2025-12-31', 'last_changes', NULL, 0)$$, '22023', NULL, 'no changes at all');
SELECT throws_ok($$SELECT projection('up -> 60@2030', '{}', NULL, 'linear')$$, '22004', NULL, 'NULL as_of');
SELECT throws_ok($$SELECT * FROM projections('up -> 60@2030', '{}', NULL)$$, '22004', NULL, 'NULL as_of, in rows');
SELECT throws_ok($$SELECT projection('up -> 60@2030', '{}', '2025-12-31', 'linear', 'infinity')$$, '22008', NULL, 'an infinite date');
SELECT is(projection('up -> 60@2030', '{2020: 1}', '2025-12-31', NULL), NULL, 'a NULL method');
SELECT is(projection('up -> 60@2030', '{2020: 1, 2021: 2}', '2025-12-31', 'last_value', NULL, 2147483647), 2::float8, 'any number of changes');

-- Roll-ups -------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE verdict (unit int, category int, status progress_status, score float8);
INSERT INTO verdict
	SELECT i, i % 7, CASE WHEN i % 11 > 0 THEN (SELECT s FROM unnest('{missed,lost,off_track,at_risk,on_track,met,exceeded,not_yet_assessable,no_data}'::progress_status[]) WITH ORDINALITY u (s, n) WHERE n = i % 9 + 1) END,
		CASE WHEN i % 5 > 0 THEN (i * 7919) % 301 / 100.0 END
	FROM generate_series(1, 60000) i;
SELECT is((SELECT status_counts(s) FROM unnest('{met,NULL,exceeded,no_data,met,lost}'::progress_status[]) s),
	'{"missed": 0, "lost": 1, "off_track": 0, "at_risk": 0, "on_track": 0, "met": 2, "exceeded": 1, "not_yet_assessable": 0, "no_data": 1}'::jsonb, 'counts, with all nine words');
SELECT is((SELECT status_counts(s) -> 'met' FROM unnest('{}'::progress_status[]) s), '0'::jsonb, 'counts of nothing are 0');
SELECT is((SELECT share_met(s) FROM unnest('{met,NULL,exceeded,no_data,met,lost,not_yet_assessable}'::progress_status[]) s), 75::float8, 'share met of those assessed');
SELECT is((SELECT share_met(s) FROM unnest('{no_data,NULL,not_yet_assessable}'::progress_status[]) s), NULL, 'of none assessed NULL');
SELECT is((SELECT share_met(s) FROM unnest('{lost,missed}'::progress_status[]) s), 0::float8, 'none met is 0');
SELECT is((SELECT share_met(s) FROM unnest('{}'::progress_status[]) s), NULL, 'of nothing NULL');
SELECT is((SELECT min(s) FROM unnest('{met,no_data,at_risk,NULL}'::progress_status[]) s), 'at_risk'::progress_status, 'the worst is min');
SELECT is_empty($$SELECT category, a, b FROM (SELECT category, status_counts(status) AS a FROM verdict GROUP BY 1) x
	JOIN (SELECT category, jsonb_object_agg(s, n) AS b FROM (SELECT c.category, s, count(v.status) AS n FROM (SELECT DISTINCT category FROM verdict) c
		CROSS JOIN unnest('{missed,lost,off_track,at_risk,on_track,met,exceeded,not_yet_assessable,no_data}'::progress_status[]) s LEFT JOIN verdict v ON v.category = c.category AND v.status = s GROUP BY 1, 2) y GROUP BY 1) z USING (category)
	WHERE a <> b$$, 'counts are those of GROUP BY');

SELECT is((SELECT two_worst_mean(x) FROM unnest('{3,1,2,NULL,0.5}'::float8[]) x), 0.75::float8, 'mean of the two worst');
SELECT is((SELECT two_worst_mean(x) FROM unnest('{2,2,3}'::float8[]) x), 2::float8, 'ties count twice');
SELECT is((SELECT two_worst_mean(x) FROM unnest('{2,NULL}'::float8[]) x), 2::float8, 'the only score');
SELECT is((SELECT two_worst_mean(x) FROM unnest('{NULL}'::float8[]) x), NULL, 'no score');
SELECT is((SELECT two_worst_mean(x) FROM unnest('{-1e308,-1e308,5}'::float8[]) x), -1e308::float8, 'large scores do not overflow');
SELECT is((SELECT two_worst_mean(x) FROM unnest('{1.7e308,1.6e308,1.5e308}'::float8[]) x), 1.55e308::float8, 'nor large ones above 0');
SELECT throws_ok($$SELECT two_worst_mean(x) FROM unnest('{1,NaN}'::float8[]) x$$, '22023', NULL, 'NaN is refused');
SELECT throws_ok($$SELECT two_worst_mean(x) FROM unnest('{Infinity}'::float8[]) x$$, '22023', NULL, 'infinity is refused');
-- colours of a goal: 3 is green, 0 is red; red only if both are, green only if all are
SELECT results_eq($$SELECT string_agg(x::text, ' ' ORDER BY x), two_worst_mean(x), two_worst_mean(x) = 0, two_worst_mean(x) = 3
	FROM (VALUES (1, 0), (1, 0), (1, 3), (2, 0), (2, 3), (2, 3), (3, 3), (3, 3), (3, 3)) v (goal, x) GROUP BY goal ORDER BY goal$$,
	$$VALUES ('0 0 3', 0::float8, true, false), ('0 3 3', 1.5, false, false), ('3 3 3', 3, false, true)$$, 'the colour of a goal');
SELECT is_empty($$SELECT category FROM (SELECT category, two_worst_mean(score) AS a FROM verdict GROUP BY 1) x
	JOIN (SELECT category, avg(score) AS b FROM (SELECT category, score, row_number() OVER (PARTITION BY category ORDER BY score) AS r FROM verdict WHERE score IS NOT NULL) y WHERE r <= 2 GROUP BY 1) z USING (category)
	WHERE a IS DISTINCT FROM b$$, 'is the mean of the first two in order');

-- in parts and in one: the same
CREATE TABLE pg_temp.whole AS SELECT category, status_counts(status) AS c, share_met(status) AS s, two_worst_mean(score) AS w FROM verdict GROUP BY category;
CREATE TABLE verdict_in_parts AS SELECT * FROM verdict;
ANALYZE verdict_in_parts;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT isnt_empty($$SELECT * FROM pg_temp.plan_of('SELECT category, status_counts(status), share_met(status), two_worst_mean(score) FROM verdict_in_parts GROUP BY category') p WHERE p ~ 'Partial'$$,
	'roll-ups are computed in parts');
CREATE TABLE pg_temp.parts AS SELECT category, status_counts(status) AS c, share_met(status) AS s, two_worst_mean(score) AS w FROM verdict_in_parts GROUP BY category;
SELECT results_eq('SELECT * FROM pg_temp.parts ORDER BY 1', 'SELECT * FROM pg_temp.whole ORDER BY 1', 'the parts equal the whole');
SELECT is(two_worst_final(two_worst_combine('{1,5,0}', '{0,0,0}')), 5::float8, 'combined with nothing');
SELECT is(two_worst_final(two_worst_combine('{0,0,0}', '{2,1,5}')), 3::float8, 'nothing combined');
SELECT is(two_worst_final(two_worst_combine('{2,1,5}', '{2,2,3}')), 1.5::float8, 'two and two');
SELECT throws_ok(format('SELECT %s', call), '22023', NULL, call || ' is refused') FROM unnest(ARRAY[
	'two_worst_final(''{1,2}'')', 'two_worst_final(''{}'')', 'two_worst_final(''{1,NULL,2}'')', 'two_worst_combine(''{0,0,0}'', ''{{1,2,3}}'')',
	'status_counts_final(''{1}'')', 'share_met_final(''{1,2,3,4,5,6,7,8,NULL}'')', 'status_count_step(''{}'', ''met'')', 'status_count_combine(''{0,0,0,0,0,0,0,0,0}'', ''{1}'')']) call;

-- Revised targets -------------------------------------------------------------------------------------------------
-- Growth of 6.5 % promised for 2025, raised to 8 % by the decision of 25 February.

CREATE TEMP TABLE decision (path target_path, valid_from date, valid_to date, document text);
INSERT INTO decision VALUES ('up average_growth -> 6.5@2025', NULL, NULL, 'plan of December 2024'), ('up average_growth -> >=8@2025', '2025-02-25', NULL, 'revision of February 2025');
SELECT results_eq($$SELECT d, path_in_force(path, valid_from, valid_to, d)::text FROM decision, unnest('{2024-12-31,2025-02-24,2025-02-25,2025-12-31}'::date[]) d GROUP BY d ORDER BY d$$,
	$$VALUES ('2024-12-31'::date, 'up average_growth -> 6.5@2025'), ('2025-02-24', 'up average_growth -> 6.5@2025'), ('2025-02-25', 'average_growth -> >=8@2025'), ('2025-12-31', 'average_growth -> >=8@2025')$$,
	'the path in force on a day');
SELECT results_eq($$SELECT document, met_bound, value, status::text, path = (SELECT path_in_force(path, valid_from, valid_to, '2025-12-31') FROM decision) AS in_force
	FROM decision, progress(path, '{2025: 7.9}', '2025-12-31') ORDER BY valid_from NULLS FIRST$$,
	$$VALUES ('plan of December 2024', 6.5::float8, 7.9::float8, 'exceeded', false), ('revision of February 2025', 8, 7.9, 'missed', true)$$, 'the verdict under both, side by side');
SELECT is((SELECT path_in_force(p::target_path, f::date, t::date, d::date)::text FROM (VALUES ('up -> 1@2030', '2020-01-01', '2022-12-31'), ('up -> 2@2030', '2021-01-01', '2021-12-31')) v (p, f, t)), want, format('valid to %s: %s', d, want))
FROM (VALUES ('2019-12-31', NULL), ('2020-06-30', 'up -> 1@2030'), ('2021-12-31', 'up -> 2@2030'), ('2022-01-01', 'up -> 1@2030'), ('2022-12-31', 'up -> 1@2030'), ('2023-01-01', NULL)) w (d, want);
SELECT is((SELECT path_in_force(path, valid_from, valid_to, NULL) FROM decision), NULL, 'on no date none');
SELECT is((SELECT path_in_force(NULL, valid_from, valid_to, '2025-12-31') FROM decision), NULL, 'NULL paths are skipped');
SELECT is((SELECT path_in_force(path, valid_from, valid_to, '2025-12-31') FROM decision WHERE false), NULL, 'of nothing none');
SELECT throws_ok($$SELECT path_in_force(p::target_path, '2021-01-01', NULL, '2025-12-31') FROM (VALUES ('up -> 1@2030'), ('up -> 2@2030')) v (p)$$, '21000', 'two target paths are in force from 2021-01-01 on', 'two from one day');
SELECT throws_ok($$SELECT path_in_force(p::target_path, NULL, NULL, '2025-12-31') FROM (VALUES ('up -> 1@2030'), ('up -> 2@2030')) v (p)$$, '21000', 'two target paths are in force from the beginning on', 'two from the beginning');
SELECT is((SELECT path_in_force(p::target_path, f::date, NULL, '2025-12-31' ORDER BY f)::text FROM (VALUES ('up -> 1@2030', '2021-01-01'), ('up -> 2@2030', '2021-01-01'), ('up -> 3@2030', '2022-01-01')) v (p, f)), 'up -> 3@2030',
	'what was twice and is over does not matter');
SELECT is((SELECT path_in_force(p::target_path, f::date, NULL, '2025-12-31' ORDER BY f DESC)::text FROM (VALUES ('up -> 1@2030', '2021-01-01'), ('up -> 2@2030', '2021-01-01'), ('up -> 3@2030', '2022-01-01')) v (p, f)), 'up -> 3@2030',
	'in any order');

SELECT * FROM finish();
ROLLBACK;
