-- The registry's views: figures worked out by hand, equal to the functions for the same dates, and read through indexes.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.near(got float8, expected numeric, description text) RETURNS text LANGUAGE sql AS $$
	SELECT ok(got IS NOT NULL AND abs(got::numeric - expected) <= 1e-10, description || ': ' || coalesce(got::text, 'NULL'))
$$;

SELECT create_registry('kpi') IS NOT NULL AS created \gset
SET search_path = kpi, public, tap;

-- E weighs 3, M 1. All paths run from 0 at the end of 2020 to the target at the end of 2030, so that four tenths are
-- expected at the end of 2024. E1: 30 of 100 (at risk: 75 at this pace), E2: 60 of 100. M1 is two values, the first 10 of
-- 50 (off track: 50 % at this pace), the second not reported. M2 has no target. The city's ward has a lower target for E1.
INSERT INTO programme (programme_code) VALUES ('P');
INSERT INTO horizon VALUES ('P', '2030-12-31');
INSERT INTO owner VALUES ('DoF');
INSERT INTO unit (unit_code, unit_kind) VALUES ('city', 'city'), ('w1', 'ward');
INSERT INTO method (programme_code, method_version) VALUES ('P', '1');
INSERT INTO node (programme_code, method_version, node_code, parent_code, ordinal, weight, is_indicator, owner_code, declared_count, reporting_frequency) VALUES
	('P', '1', 'P', NULL, 0, 1, false, NULL, NULL, NULL), ('P', '1', 'E', 'P', 1, 3, false, NULL, 3, NULL), ('P', '1', 'M', 'P', 2, 1, false, NULL, 2, NULL),
	('P', '1', 'E1', 'E', 1, 1, true, 'DoF', NULL, 'year'), ('P', '1', 'E2', 'E', 2, 1, true, NULL, NULL, 'year'),
	('P', '1', 'M1', 'M', 1, 1, true, NULL, NULL, NULL), ('P', '1', 'M1.a', 'M1', 1, 1, false, NULL, NULL, 'year'), ('P', '1', 'M1.b', 'M1', 2, 1, false, NULL, NULL, NULL),
	('P', '1', 'M2', 'M', 2, 1, true, NULL, NULL, NULL);
INSERT INTO target (programme_code, node_code, unit_code, path, document, valid_from) VALUES
	('P', 'E1', NULL, '0@2020 -> 100@2030', 'plan', '2021-01-01'), ('P', 'E1', 'w1', '0@2020 -> 30@2030', 'ward plan', '2021-01-01'),
	('P', 'E2', NULL, '0@2020 -> 100@2030', 'plan', '2021-01-01'),
	('P', 'M1.a', NULL, '0@2020 -> 50@2030', 'plan', '2021-01-01'), ('P', 'M1.b', NULL, '0@2020 -> 50@2030', 'plan', '2021-01-01');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value) VALUES
	('P', 'E1', 'city', '2022-12-31', 'official', '2023-03-01', 10), ('P', 'E1', 'city', '2023-12-31', 'official', '2024-03-01', 20),
	('P', 'E1', 'city', '2024-12-31', 'estimate', '2024-12-08', 33), ('P', 'E1', 'city', '2024-12-31', 'preliminary', '2025-03-01', 30),
	('P', 'E2', 'city', '2023-12-31', 'official', '2024-03-01', 60), ('P', 'E2', 'city', '2024-12-31', 'official', '2025-03-01', 60),
	('P', 'M1.a', 'city', '2022-12-31', 'official', '2023-03-01', 5), ('P', 'M1.a', 'city', '2024-12-31', 'official', '2025-03-01', 10),
	('P', 'E1', 'w1', '2024-12-31', 'official', '2025-03-01', 30);
INSERT INTO reporting_date (programme_code, as_of) VALUES ('P', '2023-12-31'), ('P', '2024-12-31');
SELECT lives_ok($$SELECT refresh_registry('kpi')$$, 'a refresh');

-- Indicators --------------------------------------------------------------------------------

SELECT results_eq($$SELECT indicator_code, category_code, due, is_current, value, observed_on, vintage, is_provisional, target_text, met_bound, status,
		signal, reason, owner_code, document, leaf_code FROM indicator_status WHERE unit_code = 'city' ORDER BY indicator_code$$,
	$$VALUES ('E1', 'E', date '2030-12-31', true, 30::float8, date '2024-12-31', 'preliminary', true, '100', 100::float8, 'at_risk', 'amber', NULL, 'DoF', 'plan', 'E1'),
		('E2', 'E', '2030-12-31', true, 60, '2024-12-31', 'official', false, '100', 100, 'on_track', 'green', NULL, NULL, 'plan', 'E2'),
		('M1', 'M', '2030-12-31', true, 10, '2024-12-31', 'official', false, '50', 50, 'off_track', 'red', NULL, NULL, 'plan', 'M1.a'),
		('M2', 'M', '2030-12-31', true, NULL, NULL, NULL, NULL, NULL, NULL, 'not_applicable', 'grey', 'no_target', NULL, NULL, 'M2')$$,
	'where the indicators stand; several values by the one that decides');
SELECT pg_temp.near(f.got, f.expected, f.name)
FROM indicator_status, LATERAL (VALUES (score, 30, 'score'), (expected, 40, 'expected'), (gap, 70, 'gap'), (attainment_level, 30, 'level'),
	(observed_pace, 7.5, 'pace'), (required_pace, 70 / 6.0, 'required'), (projected_value, 75, 'projected'),
	(effective_weight, 0.375, 'effective weight'), (contribution, 11.25, 'contribution')) AS f (got, expected, name)
WHERE unit_code = 'city' AND indicator_code = 'E1';
SELECT results_eq($$SELECT value, met_bound, status, document FROM indicator_status WHERE unit_code = 'w1' AND indicator_code = 'E1'$$,
	$$VALUES (30::float8, 30::float8, 'met', 'ward plan')$$, 'a unit''s own target');
SELECT is((SELECT sparkline FROM indicator_status WHERE unit_code = 'city' AND indicator_code = 'E1'), (SELECT sparkline('{2022: 10, 2023: 20, 2024: 30}')), 'a sparkline');

-- Categories, the programme ------------------------------------------------------------------

SELECT results_eq($$SELECT category_code, round(score::numeric, 10), round(expected_score::numeric, 10), round(difference::numeric, 10), coverage, status, indicators, met,
		round(score_low::numeric, 10), round(score_high::numeric, 10) FROM category_index WHERE unit_code = 'city' ORDER BY 1$$,
	$$VALUES ('E', 45.0, 40.0, 5.0, 1::float8, 'on_track', 2, 0, 45.0, 45.0), ('M', 20.0, 40.0, -20.0, 0.5, 'off_track', 2, 0, 10.0, 60.0)$$, 'categories');
SELECT results_eq($$SELECT headline, indicators, declared, met_or_exceeded, on_track, at_risk, off_track, not_applicable, no_data, provisional, status,
		round(index_score::numeric, 10), round(index_expected::numeric, 10), round(index_difference::numeric, 10), coverage, coverage_by_weight,
		round(index_low::numeric, 10), round(index_high::numeric, 10) FROM programme_headline WHERE unit_code = 'city'$$,
	$$VALUES ('0 of 4', 4, 5, 0, 1, 1, 1, 1, 0, 1, 'on_track', 38.75, 40.0, -1.25, 0.75::float8, 0.875::float8, 36.25, 48.75)$$, 'the headline');
SELECT results_eq($$SELECT headline, no_data, index_score, coverage FROM programme_headline WHERE unit_code = 'w1'$$,
	$$VALUES ('1 of 4', 2, 100::float8, 0.25::float8)$$, 'a ward on its own: the city is no mean of it');
SELECT results_eq($$SELECT rank, indicator_code, signal, weeks_to_deadline, round(shortfall::numeric, 10), round(priority::numeric, 10) FROM red_list WHERE unit_code = 'city' ORDER BY 1$$,
	$$VALUES (1, 'M1', 'red', 313, 80.0, 20.0), (2, 'E1', 'amber', 313, 70.0, 26.25)$$, 'red before amber, then by weight and shortfall');

-- What moved it: M1.a was 5 of 50 before, of which M1 makes a quarter; E1 went from 20 to 30.
SELECT results_eq($$SELECT leaf_code, indicator_code, category_code, from_as_of, as_of, cause, round(change::numeric, 10), round(category_change::numeric, 10) FROM index_change WHERE unit_code = 'city' ORDER BY 1$$,
	$$VALUES ('E1', 'E1', 'E', date '2023-12-31', date '2024-12-31', 'value', 3.75, 5.0), ('M1.a', 'M1', 'M', '2023-12-31', '2024-12-31', 'value', 2.5, 10.0)$$, 'the change of the index');
SELECT pg_temp.near(sum(c.change), 38.75 - 32.5, 'changes sum to the difference') FROM index_change c WHERE unit_code = 'city';
SELECT pg_temp.near((SELECT index_score FROM programme_headline_history WHERE unit_code = 'city' AND as_of = '2023-12-31'), 32.5, 'from');

SELECT results_eq($$SELECT period_end, value, vintage, round(expected::numeric, 10), target_due, met_bound FROM indicator_trend WHERE unit_code = 'city' AND indicator_code = 'E1' ORDER BY 1$$,
	$$VALUES (date '2022-12-31', 10::float8, 'official', 20.0, date '2030-12-31', 100::float8), ('2023-12-31', 20, 'official', 30.0, '2030-12-31', 100),
		('2024-12-31', 30, 'preliminary', 40.0, '2030-12-31', 100)$$, 'the trend, against the path');
SELECT results_eq($$SELECT latest_period, age_days, periods_expected, periods_observed, gaps, share_provisional, conflicting_sources, revised, largest_revision
		FROM data_quality WHERE unit_code = 'city' AND leaf_code IN ('E1', 'M1.a', 'M1.b') ORDER BY leaf_code$$,
	$$VALUES (date '2024-12-31', 0, 3, 3, 0, 1 / 3.0::float8, 0, 1, -3::float8), ('2024-12-31', 0, 3, 2, 1, 0, 0, 0, NULL), (NULL, NULL, NULL, 0, NULL, NULL, 0, 0, NULL)$$, 'data quality');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source) VALUES
	('P', 'E2', 'city', '2024-12-31', 'official', '2025-03-01', 61, 'a newspaper');
SELECT is((SELECT conflicting_sources FROM data_quality WHERE unit_code = 'city' AND leaf_code = 'E2'), 1, 'sources that disagree');
DELETE FROM observation WHERE source = 'a newspaper';
SELECT results_eq($$SELECT node_code, unit_code, document, target_text, direction FROM target_in_force WHERE node_code = 'E1' ORDER BY unit_code$$,
	$$VALUES ('E1', 'w1', 'ward plan', '30', 'up'), ('E1', NULL, 'plan', '100', 'up')$$, 'targets in force');
SELECT results_eq($$SELECT mode, cells, queued > 0 FROM refresh_status$$, $$VALUES ('incremental', 4, true)$$, 'what the last refresh did, and what waits');
INSERT INTO label (object_kind, object_code, programme_code, language, name, measure_unit) VALUES ('node', 'E1', 'P', 'vi', 'Thu nhập bình quân', 'USD'), ('status', 'at_risk', '', 'vi', 'Có nguy cơ', NULL);
SELECT results_eq($$SELECT n.name, w.name FROM indicator_status i JOIN node_label n ON n.programme_code = i.programme_code AND n.node_code = i.indicator_code AND n.language = 'vi'
		JOIN word_label w ON w.word_kind = 'status' AND w.word = i.status AND w.language = 'vi' WHERE i.unit_code = 'city'$$,
	$$VALUES ('Thu nhập bình quân', 'Có nguy cơ')$$, 'names in Vietnamese');

-- The same for other dates, and as it was known on 2024-12-08: the estimate of E1, and of the others the figures of 2023 and 2022.
SELECT results_eq($$SELECT as_of, period_end, value, vintage, round(expected::numeric, 10) FROM indicator_trend_history
		WHERE unit_code = 'city' AND indicator_code = 'E1' ORDER BY 1, 2$$,
	$$VALUES (date '2023-12-31', date '2022-12-31', 10::float8, 'official', 20.0), ('2023-12-31', '2023-12-31', 20, 'official', 30.0),
		('2024-12-31', '2022-12-31', 10, 'official', 20.0), ('2024-12-31', '2023-12-31', 20, 'official', 30.0), ('2024-12-31', '2024-12-31', 30, 'preliminary', 40.0)$$,
	'the trend as each report could show it');
SELECT results_eq($$SELECT unit_code, indicator_code, period_end, value, known_on FROM indicator_trend_as_of('P', '2024-12-31', '2024-12-08', '{city}')
		WHERE period_end > '2023-01-01' ORDER BY 2, 3$$,
	$$VALUES ('city', 'E1', date '2023-12-31', 20::float8, date '2024-12-08'), ('city', 'E1', '2024-12-31', 33, '2024-12-08'), ('city', 'E2', '2023-12-31', 60, '2024-12-08')$$,
	'and as it was known on a day');
SELECT results_eq($$SELECT unit_code, value, met_bound FROM indicator_trend_as_of('P', '2024-12-31') WHERE unit_code = 'w1'$$, $$VALUES ('w1', 30::float8, 30::float8)$$,
	'against the unit''s own target');
SELECT results_eq($$SELECT leaf_code, latest_period, age_days, periods_expected, periods_observed, gaps, share_provisional, revised FROM data_quality_history
		WHERE unit_code = 'city' AND as_of = '2023-12-31' AND leaf_code IN ('E1', 'M1.a') ORDER BY 1$$,
	$$VALUES ('E1', date '2023-12-31', 0, 2, 2, 0, 0::float8, 0), ('M1.a', '2022-12-31', 365, 2, 1, 1, 0, 0)$$, 'data quality at the report before');
SELECT results_eq($$SELECT latest_period, periods_observed, share_provisional, revised FROM data_quality_as_of('P', '2024-12-31', '2024-12-08', '{city}') WHERE leaf_code = 'E1'$$,
	$$VALUES (date '2024-12-31', 3, 1 / 3.0::float8, 0)$$, 'and when the year was an estimate');
SELECT results_eq($$SELECT unit_code, due, leaf_code, indicator_code, category_code, from_as_of, from_known_on, as_of, known_on, cause, value_before, value_after,
		round(change::numeric, 10), round(category_change::numeric, 10)
		FROM index_change_as_of('P', '2024-12-31', '2024-12-31', compared_known_on => '2024-12-08', units => '{city}') ORDER BY leaf_code$$,
	$$VALUES ('city', date '2030-12-31', 'E1', 'E1', 'E', date '2024-12-31', date '2024-12-08', date '2024-12-31', NULL::date, 'value', 33::float8, 30::float8, -1.125, -1.5),
		('city', '2030-12-31', 'M1.a', 'M1', 'M', '2024-12-31', '2024-12-08', '2024-12-31', NULL, 'value', 5, 10, 2.5, 10.0)$$,
	'what became known since a day');
SELECT is_empty($$SELECT * FROM index_change_as_of('P', '2024-12-31', '2024-12-31')$$, 'a date compared with itself');
SELECT results_eq($$SELECT leaf_code, cause, value_before, value_after, round(change::numeric, 10) FROM index_change_as_of('P', '2023-12-31', '2024-12-31', units => '{city}') ORDER BY 1$$,
	$$VALUES ('E1', 'value', 30::float8, 20::float8, -3.75), ('M1.a', 'value', 10, 5, -2.5)$$, 'and backwards');

-- A target raised: what the new one makes of the old figures is a row of its own.
INSERT INTO target (programme_code, node_code, path, document, valid_from) VALUES ('P', 'E2', '0@2020 -> 200@2030', 'raised', '2024-07-01');
SELECT lives_ok($$SELECT refresh_registry('kpi')$$, 'another refresh');
SELECT results_eq($$SELECT COALESCE(leaf_code, '-'), cause, round(change::numeric, 10) FROM index_change WHERE unit_code = 'city' ORDER BY 1$$,
	$$VALUES ('-', 'method', -11.25), ('E1', 'value', 3.75), ('M1.a', 'value', 2.5)$$, 'a change of targets');
SELECT results_eq($$SELECT COALESCE(leaf_code, '-'), cause, round(change::numeric, 10), round(score_before::numeric, 10), round(score_after::numeric, 10)
		FROM index_change_as_of('P', '2024-12-31', '2023-12-31', units => '{city}') WHERE cause = 'method'$$,
	$$VALUES ('-', 'method', -11.25, 32.5, 21.25)$$, 'between any dates');
SELECT results_eq($$SELECT as_of, document, target_text FROM target_in_force_history WHERE node_code = 'E2' ORDER BY 1$$,
	$$VALUES (date '2023-12-31', 'plan', '100'), ('2024-12-31', 'raised', '200')$$, 'targets in force at each report');
SELECT results_eq($$SELECT known_on, document FROM (VALUES (date '2024-06-30'), ('2024-07-01'), (NULL)) v (day), target_in_force_as_of('P', '2024-12-31', day)
		WHERE node_code = 'E2' ORDER BY 1$$,
	$$VALUES (date '2024-06-30', 'plan'), ('2024-07-01', 'raised'), (NULL, 'raised')$$, 'and on a day');
SELECT results_eq($$SELECT node_code, unit_code, met_bound FROM target_in_force_as_of('P', '2024-12-31', units => '{city}') WHERE node_code = 'E1'$$,
	$$VALUES ('E1', NULL, 100::float8)$$, 'without those of other units');
SELECT is((SELECT document FROM indicator_status_history WHERE unit_code = 'city' AND indicator_code = 'E2' AND as_of = '2023-12-31'), 'plan', 'the report before it stays');
SELECT is((SELECT to_status FROM status_change WHERE unit_code = 'city' AND node_code = 'E2'), 'at_risk', 'the change of status is told');

-- Known on a date
INSERT INTO reporting_date VALUES ('P', '2024-12-30', '2024-12-08') ON CONFLICT DO NOTHING;
SELECT results_eq($$SELECT value, vintage FROM indicator_status_as_of('P', '2024-12-31', '2024-12-08', '{city}') WHERE indicator_code = 'E1'$$, $$VALUES (33::float8, 'estimate')$$,
	'what was known on a day before the year was over');

-- Views and functions agree, whatever the date.
SELECT refresh_registry('kpi') IS NOT NULL AS refreshed \gset
CREATE FUNCTION pg_temp.differs(name text, day date, known date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	differences bigint;
BEGIN
	EXECUTE format('WITH stored AS (SELECT to_jsonb(v) AS r FROM kpi.%1$I AS v WHERE as_of = $1), computed AS (SELECT to_jsonb(f) AS r FROM kpi.%2$I(''P'', $1, $2) AS f)
		SELECT (SELECT count(*) FROM (TABLE stored EXCEPT ALL TABLE computed) AS x) + (SELECT count(*) FROM (TABLE computed EXCEPT ALL TABLE stored) AS y)
			+ (SELECT CASE WHEN count(*) = 0 THEN 1000 ELSE 0 END FROM stored)', name || '_history', name || '_as_of')
		INTO differences USING day, known;
	RETURN differences;
END $$;
SELECT is(pg_temp.differs(name, as_of, known_on), 0::bigint, format('%s as of %s, known on %s', name, as_of, known_on))
FROM reporting_date CROSS JOIN unnest('{indicator_status,category_index,programme_headline,red_list,unit_ranking,indicator_trend,target_in_force,data_quality}'::text[]) name
ORDER BY as_of, name;
CREATE FUNCTION pg_temp.change_differs(day date) RETURNS bigint LANGUAGE sql AS $$
	WITH dates AS (
		SELECT s.as_of, s.known_on, lag(s.as_of) OVER (ORDER BY s.as_of) AS from_as_of, lag(s.known_on) OVER (ORDER BY s.as_of) AS from_known_on
		FROM kpi.snapshot AS s WHERE s.programme_code = 'P'
	), stored AS (
		SELECT to_jsonb(v) AS r FROM kpi.index_change_history AS v WHERE v.programme_code = 'P' AND v.as_of = day
	), computed AS (
		SELECT to_jsonb(f) AS r FROM dates AS d, kpi.index_change_as_of('P', d.as_of, d.from_as_of, d.known_on, d.from_known_on) AS f
		WHERE d.as_of = day AND d.from_as_of IS NOT NULL
	)
	SELECT (SELECT count(*) FROM (TABLE stored EXCEPT ALL TABLE computed) AS x) + (SELECT count(*) FROM (TABLE computed EXCEPT ALL TABLE stored) AS y)
$$;
SELECT is(pg_temp.change_differs(as_of), 0::bigint, 'index_change as of ' || as_of) FROM reporting_date ORDER BY as_of;
SELECT is((SELECT count(DISTINCT as_of) FROM index_change_history WHERE from_known_on IS NOT NULL OR known_on IS NOT NULL), 2::bigint, 'with dates of knowledge among them');
SELECT is_empty(format($$(SELECT to_jsonb(v) FROM %1$I v WHERE programme_code = 'P' EXCEPT ALL SELECT to_jsonb(h) FROM %1$s_history h WHERE programme_code = 'P' AND as_of = '2024-12-31')
	UNION ALL (SELECT to_jsonb(h) FROM %1$s_history h WHERE programme_code = 'P' AND as_of = '2024-12-31' EXCEPT ALL SELECT to_jsonb(v) FROM %1$I v WHERE programme_code = 'P')$$, name),
	name || ' shows the latest of its history')
FROM unnest('{indicator_status,category_index,programme_headline,red_list,unit_ranking,index_change,indicator_trend,target_in_force,data_quality}'::text[]) name;

-- Goalposts, no targets; wards that tie, one without data, one that was dissolved -----------------------

INSERT INTO programme (programme_code, unit_kind) VALUES ('W', 'quarter');
INSERT INTO unit (unit_code, unit_kind, valid_to) VALUES ('q1', 'quarter', NULL), ('q2', 'quarter', NULL), ('q3', 'quarter', NULL), ('q4', 'quarter', NULL), ('q5', 'quarter', '2024-06-30');
INSERT INTO method (programme_code, method_version) VALUES ('W', '1');
INSERT INTO node (programme_code, method_version, node_code, parent_code, rule) VALUES ('W', '1', 'W', NULL, '{}'), ('W', '1', 'X', 'W', '{"worst": 0, "best": 200}');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, value) VALUES
	('W', 'X', 'q1', '2024-12-31', 100), ('W', 'X', 'q2', '2023-12-31', 100), ('W', 'X', 'q4', '2024-12-31', 20), ('W', 'X', 'q5', '2024-03-31', 200);
SELECT results_eq($$SELECT unit_code, due, index_score, coverage, rank, rank_of, not_assessable FROM unit_ranking_as_of('W', '2024-12-31') ORDER BY 1$$,
	$$VALUES ('q1', date '2024-12-31', 50::float8, 1::float8, 1, 3, false), ('q2', '2024-12-31', 50, 1, 1, 3, false), ('q3', '2024-12-31', NULL, 0, NULL, 3, true), ('q4', '2024-12-31', 10, 1, 3, 3, false)$$,
	'ties share a place; no data is no zero');
SELECT results_eq($$SELECT unit_code, value, score, status, reason, is_current FROM indicator_status_as_of('W', '2024-12-31', NULL, '{q2,q3}') ORDER BY 1$$,
	$$VALUES ('q2', 100::float8, 50::float8, 'not_applicable', 'no_target', true), ('q3', NULL, NULL, 'not_applicable', 'no_target', true)$$, 'no target, no verdict, but a score');
UPDATE programme SET max_age = '6 months' WHERE programme_code = 'W';
SELECT results_eq($$SELECT unit_code, rank FROM unit_ranking_as_of('W', '2024-12-31') ORDER BY 1$$, $$VALUES ('q1', 1), ('q2', NULL), ('q3', NULL), ('q4', 2)$$, 'too old is no data');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, is_applicable) VALUES ('W', 'X', 'q3', '2024-12-31', false);
SELECT results_eq($$SELECT score, reason FROM indicator_status_as_of('W', '2024-12-31', NULL, '{q3}')$$, $$VALUES (NULL::float8, 'not_applicable')$$, 'not applicable to a unit');

-- An average over a span: each horizon has its own value, and a provisional figure in the span marks it ------

INSERT INTO programme (programme_code) VALUES ('G');
INSERT INTO horizon VALUES ('G', '2025-12-31'), ('G', '2030-12-31');
INSERT INTO method (programme_code, method_version) VALUES ('G', '1');
INSERT INTO node (programme_code, method_version, node_code, parent_code, is_indicator) VALUES ('G', '1', 'G', NULL, false), ('G', '1', 'growth', 'G', true);
INSERT INTO target (programme_code, node_code, path, document, valid_from) VALUES ('G', 'growth', 'up average_growth -> 7.5..8@2021..2025 -> 8..8.5@2026..2030', 'd', '2021-01-01');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, vintage, value) VALUES ('G', 'growth', 'city', '2021-12-31', 'official', 2.92), ('G', 'growth', 'city', '2022-12-31', 'preliminary', 8.29),
	('G', 'growth', 'city', '2023-12-31', 'official', 6.27), ('G', 'growth', 'city', '2024-12-31', 'official', 6.52), ('G', 'growth', 'city', '2025-12-31', 'official', 8.16);
SELECT results_eq($$SELECT due, is_current, round(value::numeric, 4), is_provisional, status, round(score::numeric, 3) FROM indicator_status_as_of('G', '2025-12-31') ORDER BY 1$$,
	$$VALUES (date '2025-12-31', true, 6.4141, true, 'missed', round(100 * 100 * (power(1.0292 * 1.0829 * 1.0627 * 1.0652 * 1.0816, 0.2) - 1) / 7.5, 3)), ('2030-12-31', false, NULL, NULL, 'not_yet_assessable', NULL)$$, 'the average of the span that is judged');

-- Places are kept with the snapshot, and follow whatever changes ------------------------------------------

INSERT INTO reporting_date (programme_code, as_of) VALUES ('W', '2024-06-30'), ('W', '2024-12-31');
UPDATE programme SET unit_kind = NULL, max_age = NULL WHERE programme_code = 'W';
INSERT INTO unit (unit_code, unit_kind) VALUES ('q6', 'quarter'), ('q7', NULL), ('q8', NULL), ('v1', 'village'), ('v2', 'village');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, value) VALUES ('W', 'X', 'q6', '2024-03-31', 150), ('W', 'X', 'q7', '2024-03-31', 10), ('W', 'X', 'q8', '2024-09-30', 20),
	('W', 'X', 'v1', '2024-03-31', 60), ('W', 'X', 'v2', '2024-03-31', 60);
-- places counted one by one
CREATE FUNCTION pg_temp.misplaced() RETURNS TABLE (unit_code text, as_of date, rank integer, rank_of integer) LANGUAGE sql AS $$
	SELECT r.unit_code, r.as_of, r.rank, r.rank_of
	FROM kpi.unit_ranking_history AS r
		CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE n.score > r.index_score) + 1 AS rank, count(n.score) AS rank_of
			FROM kpi.snapshot AS s JOIN kpi.snapshot_node AS n USING (snapshot_id) JOIN kpi.unit AS u ON u.unit_code = n.unit_code
			WHERE s.programme_code = r.programme_code AND s.as_of = r.as_of AND n.node_kind = 'programme' AND n.due = r.due
				AND u.unit_kind IS NOT DISTINCT FROM (SELECT k.unit_kind FROM kpi.unit AS k WHERE k.unit_code = r.unit_code)) AS x
	WHERE (r.rank, r.rank_of, r.not_assessable) IS DISTINCT FROM (CASE WHEN r.index_score IS NOT NULL THEN x.rank END, x.rank_of, r.index_score IS NULL)
$$;
CREATE FUNCTION pg_temp.places() RETURNS SETOF text LANGUAGE sql AS $$
	SELECT format('%s %s %s %s/%s', s.as_of, r.unit_code, r.unit_kind, r.rank, r.rank_of)
	FROM kpi.snapshot_rank AS r JOIN kpi.snapshot AS s USING (snapshot_id) WHERE s.programme_code = 'W'
$$;
SELECT refresh_registry('kpi') IS NOT NULL AS refreshed \gset
SELECT results_eq($$SELECT as_of, unit_code, unit_kind, index_score, rank, rank_of FROM unit_ranking_history WHERE programme_code = 'W' ORDER BY 1, 2$$,
	$$VALUES (date '2024-06-30', 'q2', 'quarter', 50::float8, 3, 3), ('2024-06-30', 'q5', 'quarter', 100, 1, 3), ('2024-06-30', 'q6', 'quarter', 75, 2, 3),
		('2024-06-30', 'q7', NULL, 5, 1, 1), ('2024-06-30', 'v1', 'village', 30, 1, 2), ('2024-06-30', 'v2', 'village', 30, 1, 2),
		('2024-12-31', 'q1', 'quarter', 50, 2, 4), ('2024-12-31', 'q2', 'quarter', 50, 2, 4), ('2024-12-31', 'q3', 'quarter', NULL, NULL, 4), ('2024-12-31', 'q4', 'quarter', 10, 4, 4),
		('2024-12-31', 'q6', 'quarter', 75, 1, 4), ('2024-12-31', 'q7', NULL, 5, 2, 2), ('2024-12-31', 'q8', NULL, 10, 1, 2), ('2024-12-31', 'v1', 'village', 30, 1, 2), ('2024-12-31', 'v2', 'village', 30, 1, 2)$$,
	'places among the units of a kind, then');
SELECT is_empty('SELECT * FROM pg_temp.misplaced()', 'as counted one by one');
CREATE TABLE pg_temp.changes (place integer PRIMARY KEY, name text, statement text);
INSERT INTO pg_temp.changes VALUES
	(1, 'a unit becomes better than others', $$UPDATE kpi.observation SET value = 180 WHERE unit_code = 'q4' AND programme_code = 'W'$$),
	(2, 'a unit has data at last', $$DELETE FROM kpi.observation WHERE unit_code = 'q3' AND programme_code = 'W'; INSERT INTO kpi.observation (programme_code, node_code, unit_code, period_end, value) VALUES ('W', 'X', 'q3', '2024-12-31', 120)$$),
	(3, 'a unit becomes another kind', $$UPDATE kpi.unit SET unit_kind = 'village' WHERE unit_code IN ('q6', 'q7')$$),
	(4, 'a unit loses its data', $$UPDATE kpi.observation SET value = NULL WHERE unit_code = 'q3' AND programme_code = 'W'$$),
	(5, 'a unit is deleted', $$DELETE FROM kpi.observation WHERE unit_code = 'v1'; DELETE FROM kpi.unit WHERE unit_code = 'v1'$$),
	(6, 'a unit changes its code', $$UPDATE kpi.unit SET unit_code = 'x2' WHERE unit_code = 'v2'$$),
	(7, 'a unit ends', $$UPDATE kpi.unit SET valid_to = '2024-11-30' WHERE unit_code = 'q6'$$),
	(8, 'other goalposts', $$UPDATE kpi.node SET rule = '{"worst": 0, "best": 1000}' WHERE programme_code = 'W' AND node_code = 'X'$$);
CREATE FUNCTION pg_temp.follow(statement text, full_refresh boolean) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	PERFORM refresh_registry('kpi', full_refresh => follow.full_refresh);
	RETURN ARRAY(SELECT p FROM pg_temp.places() AS p ORDER BY p COLLATE "C");
END $$;
CREATE FUNCTION pg_temp.follows() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	change record;
	incremental text[];
BEGIN
	FOR change IN SELECT name, statement FROM pg_temp.changes ORDER BY place LOOP
		incremental := pg_temp.follow(change.statement, false);
		RETURN NEXT is_empty('SELECT * FROM pg_temp.misplaced()', change.name);
		RETURN NEXT is(pg_temp.follow('', true), incremental, change.name || ': a full refresh leaves the same');
	END LOOP;
END $$;
SELECT * FROM pg_temp.follows();
SELECT set_eq('SELECT * FROM pg_temp.places()', ARRAY['2024-06-30 q2 quarter 2/2', '2024-06-30 q5 quarter 1/2', '2024-06-30 q6 village 1/3', '2024-06-30 q7 village 3/3', '2024-06-30 x2 village 2/3',
	'2024-12-31 q1 quarter 2/3', '2024-12-31 q2 quarter 2/3', '2024-12-31 q3 quarter /3', '2024-12-31 q4 quarter 1/3', '2024-12-31 q7 village 2/2', '2024-12-31 q8  1/1', '2024-12-31 x2 village 1/2'],
	'where they stand in the end');
CREATE TABLE pg_temp.rank_before AS SELECT r.ctid AS place, r.xmin::text AS writer, r.* FROM snapshot_rank AS r;
UPDATE observation SET value = value + 0.5 WHERE programme_code = 'W' AND unit_code = 'q4';
SELECT refresh_registry('kpi') IS NOT NULL AS refreshed \gset
SELECT is_empty('SELECT r.snapshot_id, r.unit_code, r.due FROM snapshot_rank AS r
		EXCEPT SELECT b.snapshot_id, b.unit_code, b.due FROM pg_temp.rank_before AS b JOIN snapshot_rank AS r ON r.ctid = b.place AND r.xmin::text = b.writer',
	'places that do not change are not written');
UPDATE observation SET value = 5 WHERE programme_code = 'W' AND unit_code = 'x2' AND period_end = '2024-03-31';
SELECT is((SELECT rows_written FROM refresh_registry('kpi')), 2 * (1 + 1 + 2) + 4::bigint, 'for two reports a leaf, a sheet and two nodes; and the places of both villages in each');

-- Who sees one unit sees its place among all; what is computed now is computed of what one sees.
CREATE ROLE registry_views_quarter;
SELECT format('GRANT USAGE ON SCHEMA %I TO registry_views_quarter', n.nspname)
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard' \gexec
SELECT grant_registry('kpi', 'registry_views_quarter') IS NULL AS granted \gset
INSERT INTO unit_access VALUES ('registry_views_quarter', 'q1');
SELECT secure_units('kpi') IS NULL AS secured \gset
CREATE TABLE pg_temp.seen (source text, unit_code text, rank integer, rank_of integer);
GRANT INSERT ON pg_temp.seen TO registry_views_quarter;
SET ROLE registry_views_quarter;
INSERT INTO pg_temp.seen SELECT 'view', unit_code, rank, rank_of FROM unit_ranking WHERE programme_code = 'W';
INSERT INTO pg_temp.seen SELECT 'history', unit_code, rank, rank_of FROM unit_ranking_history WHERE programme_code = 'W';
INSERT INTO pg_temp.seen SELECT 'function', unit_code, rank, rank_of FROM unit_ranking_as_of('W', '2024-12-31');
RESET ROLE;
SELECT set_eq('SELECT * FROM pg_temp.seen', $$VALUES ('view', 'q1', 2, 3), ('history', 'q1', 2, 3), ('function', 'q1', 1, 1)$$, 'places as a role with one unit sees them');
SELECT secure_units('kpi', false) IS NULL AS secured \gset

-- How good the figures are, counted pair by pair ------------------------------------------------------------

INSERT INTO programme (programme_code) VALUES ('Z');
INSERT INTO method (programme_code, method_version) VALUES ('Z', '1');
INSERT INTO node (programme_code, method_version, node_code, parent_code, reporting_frequency) VALUES ('Z', '1', 'Z', NULL, NULL), ('Z', '1', 'a', 'Z', 'quarter'), ('Z', '1', 'b', 'Z', 'month'), ('Z', '1', 'c', 'Z', NULL);
INSERT INTO unit (unit_code, unit_kind) VALUES ('z1', 'z'), ('z2', 'z'), ('z3', 'z');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, vintage, released_on, source, value, mark)
SELECT 'Z', node, unit, (date '2023-01-01' + make_interval(months => 3 * q))::date - 1, vintage, date '2023-02-01' + 90 * q + 20 * release, source,
	CASE WHEN h % 11 = 0 THEN NULL ELSE (h % 4) * (1 + h / 7 % 5) END, CASE WHEN h % 13 = 0 THEN 'GK' ELSE 'C' END
FROM unnest('{a,b,d}'::text[]) node, unnest('{z1,z2}'::text[]) unit, generate_series(1, 8) q, unnest('{official,estimate}'::text[]) vintage, generate_series(0, 2) release, unnest('{x,y}'::text[]) source,
	LATERAL (SELECT abs(hashtext(concat_ws(' ', node, unit, q, vintage, release, source)))) AS r (h)
WHERE h % 5 < 3;
INSERT INTO observation (programme_code, node_code, unit_code, period_end, released_on, value) VALUES ('Z', 'a', 'z3', '2022-12-31', '2023-01-15', 1);
INSERT INTO reporting_date (programme_code, as_of, known_on) VALUES ('Z', '2024-12-31', NULL), ('Z', '2024-06-30', '2024-05-31');
SELECT refresh_registry('kpi') IS NOT NULL AS refreshed \gset
CREATE FUNCTION pg_temp.quality(choice text) RETURNS TABLE (as_of date, unit_code text, leaf_code text, latest_period date, source text, periods_observed bigint, share_provisional numeric,
	conflicting_sources bigint, revised bigint, largest_revision float8) LANGUAGE sql AS $$
	WITH told AS (
		SELECT d.as_of, o.unit_code, o.node_code, o.period_end, o.vintage, o.source, o.released_on, o.value, o.vintage = 'estimate' AS is_estimate
		FROM kpi.observation AS o JOIN kpi.reporting_date AS d ON d.programme_code = o.programme_code
		WHERE o.programme_code = 'Z' AND o.mark = 'C' AND o.period_end <= d.as_of AND (d.known_on IS NULL OR o.released_on <= d.known_on)
	), best AS (
		SELECT t.* FROM told AS t
		WHERE NOT EXISTS (SELECT FROM told AS o WHERE (o.as_of, o.unit_code, o.node_code, o.period_end) = (t.as_of, t.unit_code, t.node_code, t.period_end)
			AND (CASE choice WHEN 'official' THEN o.is_estimate::int ELSE 0 END, date '2050-01-01' - o.released_on, o.is_estimate::int, o.source)
				< (CASE choice WHEN 'official' THEN t.is_estimate::int ELSE 0 END, date '2050-01-01' - t.released_on, t.is_estimate::int, t.source))
	), valued AS (
		SELECT t.* FROM told AS t WHERE t.value IS NOT NULL
	), step AS (
		SELECT b.as_of, b.unit_code, b.node_code, b.period_end, b.value - a.value AS revision
		FROM valued AS a JOIN valued AS b ON (a.as_of, a.unit_code, a.node_code, a.period_end, a.source) = (b.as_of, b.unit_code, b.node_code, b.period_end, b.source)
			AND (a.released_on, NOT a.is_estimate) < (b.released_on, NOT b.is_estimate)
		WHERE a.value <> b.value AND NOT EXISTS (SELECT FROM valued AS c WHERE (c.as_of, c.unit_code, c.node_code, c.period_end, c.source) = (b.as_of, b.unit_code, b.node_code, b.period_end, b.source)
			AND (c.released_on, NOT c.is_estimate) > (a.released_on, NOT a.is_estimate) AND (c.released_on, NOT c.is_estimate) < (b.released_on, NOT b.is_estimate))
	), last AS (
		SELECT t.* FROM valued AS t WHERE NOT EXISTS (SELECT FROM valued AS o WHERE (o.as_of, o.unit_code, o.node_code, o.period_end, o.vintage, o.source)
			= (t.as_of, t.unit_code, t.node_code, t.period_end, t.vintage, t.source) AND o.released_on > t.released_on)
	)
	SELECT d.as_of, u, n, b.latest, (SELECT f.source FROM best AS f WHERE (f.as_of, f.unit_code, f.node_code, f.period_end) = (d.as_of, u, n, b.latest)), b.periods, b.share,
		(SELECT count(DISTINCT x.period_end) FROM last AS x JOIN last AS y ON (x.as_of, x.unit_code, x.node_code, x.period_end, x.vintage) = (y.as_of, y.unit_code, y.node_code, y.period_end, y.vintage)
			AND x.value <> y.value WHERE (x.as_of, x.unit_code, x.node_code) = (d.as_of, u, n)),
		(SELECT count(DISTINCT x.period_end) FROM step AS x WHERE (x.as_of, x.unit_code, x.node_code) = (d.as_of, u, n)),
		(SELECT x.revision FROM step AS x WHERE (x.as_of, x.unit_code, x.node_code) = (d.as_of, u, n) ORDER BY abs(x.revision) DESC, x.revision DESC LIMIT 1)
	FROM (SELECT as_of FROM kpi.reporting_date WHERE programme_code = 'Z') AS d, unnest('{z1,z2,z3}'::text[]) AS u, unnest('{a,b,c}'::text[]) AS n,
		LATERAL (SELECT max(f.period_end) AS latest, count(*) AS periods, round(avg(f.is_estimate::int), 10) AS share FROM best AS f
			WHERE f.value IS NOT NULL AND (f.as_of, f.unit_code, f.node_code) = (d.as_of, u, n)) AS b
$$;
SELECT set_eq($$SELECT as_of, unit_code, leaf_code, latest_period, source, periods_observed::bigint, round(share_provisional::numeric, 10), conflicting_sources::bigint, revised::bigint, largest_revision
	FROM data_quality_history WHERE programme_code = 'Z'$$, $$SELECT * FROM pg_temp.quality('official')$$, 'data quality, officials first');
UPDATE programme SET vintage_choice = 'latest' WHERE programme_code = 'Z';
SELECT set_eq($$SELECT as_of, unit_code, leaf_code, latest_period, source, periods_observed::bigint, round(share_provisional::numeric, 10), conflicting_sources::bigint, revised::bigint, largest_revision
	FROM data_quality_history WHERE programme_code = 'Z'$$, $$SELECT * FROM pg_temp.quality('latest')$$, 'data quality, the latest release first');
SELECT ok(min(conflicting_sources) < max(conflicting_sources) AND max(conflicting_sources) > 1 AND min(revised) < max(revised) AND max(share_provisional) > 0 AND min(largest_revision) < 0,
	'all of it is there') FROM data_quality_history WHERE programme_code = 'Z';
SELECT results_eq($$SELECT q.unit_code, q.leaf_code, q.latest_period, q.source, q.periods_observed FROM data_quality_as_of('Z', '2024-12-31') q WHERE q.latest_period IS NOT NULL ORDER BY 1, 2$$,
	$$SELECT DISTINCT ON (o.unit_code, o.node_code) o.unit_code, o.node_code, o.period_end, o.source, (count(*) OVER (PARTITION BY o.unit_code, o.node_code))::integer
		FROM observation_by_period('2024-12-31', programmes => '{Z}') o WHERE o.value IS NOT NULL AND o.node_code IN ('a', 'b') ORDER BY 1, 2, 3 DESC$$,
	'of the figures that observation_by_period chooses');
SELECT results_eq($$SELECT unit_code, leaf_code, periods_expected, periods_observed, gaps FROM data_quality WHERE programme_code = 'Z' AND leaf_code <> 'b' AND unit_code = 'z3' ORDER BY 2$$,
	$$VALUES ('z3', 'a', 9, 1, 8), ('z3', 'c', NULL, 0, NULL)$$, 'quarters from the first with a value; nothing expected without a frequency');

-- Read through indexes --------------------------------------------------------------------------

INSERT INTO programme (programme_code) VALUES ('B');
INSERT INTO method (programme_code, method_version) VALUES ('B', '1');
INSERT INTO node (programme_code, method_version, node_code, parent_code, is_indicator)
SELECT 'B', '1', 'B', NULL, false UNION ALL SELECT 'B', '1', 'c' || i, 'B', false FROM generate_series(0, 3) i UNION ALL SELECT 'B', '1', 'i' || i, 'c' || i % 4, true FROM generate_series(1, 20) i;
INSERT INTO target (programme_code, node_code, path, document, valid_from) SELECT 'B', 'i' || i, '0@2014 -> 100@2030', 'd', '2014-01-01' FROM generate_series(1, 20) i;
INSERT INTO unit (unit_code, unit_kind) SELECT 'u' || i, 'block' FROM generate_series(1, 50) i;
INSERT INTO observation (programme_code, node_code, unit_code, period_end, released_on, value)
SELECT 'B', 'i' || n, 'u' || u, date '2015-01-01' + 31 * m, date '2015-02-01' + 31 * m, (n * 7 + u * 3 + m) % 100
FROM generate_series(1, 20) n, generate_series(1, 50) u, generate_series(0, 99) m;
INSERT INTO reporting_date (programme_code, as_of) SELECT 'B', day FROM unnest('{2020-12-31,2021-12-31,2022-12-31}'::date[]) day;
SELECT refresh_registry('kpi') IS NOT NULL AS refreshed \gset
-- forty months more of the same, which would take long to compute
INSERT INTO snapshot (programme_code, as_of, method_version, framework, framework_fingerprint, scorecard_version)
SELECT s.programme_code, s.as_of - 31 * i, s.method_version, s.framework, s.framework_fingerprint, s.scorecard_version
FROM snapshot s, generate_series(1, 40) i WHERE s.programme_code = 'B' AND s.as_of = '2020-12-31';
CREATE FUNCTION pg_temp.copy_rows(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('INSERT INTO kpi.%1$I SELECT r.* FROM kpi.snapshot AS s JOIN kpi.snapshot AS t ON t.programme_code = s.programme_code AND t.as_of < s.as_of
		JOIN kpi.%1$I AS o ON o.snapshot_id = s.snapshot_id
		CROSS JOIN LATERAL jsonb_populate_record(o, jsonb_build_object(''snapshot_id'', t.snapshot_id)) AS r
		WHERE s.programme_code = ''B'' AND s.as_of = ''2020-12-31''', name);
END $$;
SELECT count(pg_temp.copy_rows(name)) AS copied FROM unnest('{snapshot_leaf,snapshot_sheet,snapshot_node,snapshot_rank}'::text[]) name \gset
ANALYZE;
CREATE FUNCTION pg_temp.counted(source text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
	n integer;
BEGIN
	EXECUTE 'SELECT count(*) FROM ' || source INTO n;
	RETURN n;
END $$;
CREATE FUNCTION pg_temp.scanned(query text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	line text;
	found text[] := '{}';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN ' || query LOOP
		found := found || ARRAY(SELECT m[1] FROM regexp_matches(line, 'Seq Scan on (observation|snapshot_leaf|snapshot_node|snapshot_sheet|snapshot_rank)', 'g') AS m);
	END LOOP;
	RETURN found;
END $$;
SELECT is(pg_temp.scanned('SELECT * FROM ' || name), ARRAY[name], 'a scan of all of ' || name || ' is seen')
FROM unnest('{observation,snapshot_leaf,snapshot_node,snapshot_sheet,snapshot_rank}'::text[]) name;
-- Every view of units with each condition whose columns it has; P is a small programme beside a large one. A date alone is
-- selective in a history only.
SELECT is(pg_temp.scanned(format('SELECT * FROM %I WHERE %s', c.relname, w.condition)), '{}', format('%s, %s', c.relname, w.condition))
FROM pg_class AS c,
	unnest(ARRAY[$$unit_code = 'u7'$$, $$programme_code = 'B' AND unit_code = 'u7'$$, $$programme_code = 'P'$$, $$programme_code = 'B' AND as_of = '2021-12-31' AND unit_code = 'u7'$$,
		$$unit_code = 'u7' AND as_of = '2021-12-31'$$, $$programme_code = 'B' AND as_of = '2019-10-24'$$, $$unit_code = 'u7' AND indicator_code = 'i5'$$, $$programme_code = 'B' AND indicator_code = 'i5' AND unit_code = 'u7'$$,
		$$period_end = '2017-07-20' AND unit_code = 'u7'$$, $$period_end = '2017-07-20' AND unit_code = 'u7' AND indicator_code = 'i5'$$]) AS w (condition)
WHERE c.relnamespace = 'kpi'::regnamespace AND c.relkind = 'v' AND c.relname !~ '_source$'
	AND EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'unit_code')
	AND NOT EXISTS (SELECT FROM regexp_matches(w.condition, '(\w+) =', 'g') AS m WHERE m[1] NOT IN (SELECT a.attname FROM pg_attribute AS a WHERE a.attrelid = c.oid))
	AND (w.condition NOT LIKE '%2019-10-24%' OR c.relname ~ '_history$')
ORDER BY c.relname, w.condition;
SELECT is(pg_temp.scanned('SELECT * FROM observation_as_of(''2020-12-31'', units => ''{u7,u8}'')'), '{}', 'observation_as_of');
SELECT is(pg_temp.scanned($$SELECT * FROM indicator_trend WHERE programme_code = 'B' AND indicator_code = 'i5'$$), '{}', 'indicator_trend, an indicator of all units');

-- As many rows as there are units, indicators, categories, dates --------------------------------------

SELECT is(pg_temp.counted(format('%I WHERE programme_code = ''B''', name)), expected, name || ': rows')
FROM (VALUES ('indicator_status', 50 * 20), ('category_index', 50 * 4), ('programme_headline', 50), ('unit_ranking', 50), ('data_quality', 50 * 20), ('target_in_force', 20),
	('indicator_status_history', 43 * 50 * 20), ('category_index_history', 43 * 50 * 4), ('programme_headline_history', 43 * 50), ('unit_ranking_history', 43 * 50), ('target_in_force_history', 43 * 20)) AS v (name, expected);
SELECT is((SELECT count(*) FROM data_quality_history WHERE unit_code = 'u7' AND programme_code = 'B'), 43 * 20::bigint, 'data_quality_history: rows');
SELECT is((SELECT count(*) FROM indicator_trend WHERE unit_code = 'u7' AND indicator_code = 'i5'),
	(SELECT count(*) FROM generate_series(0, 99) m WHERE date '2015-01-01' + 31 * m <= '2022-12-31'), 'all of the trend up to the report');
SELECT is((SELECT count(*) FROM indicator_trend_history WHERE unit_code = 'u7' AND indicator_code = 'i5'),
	(SELECT count(*) FROM generate_series(0, 99) m JOIN snapshot s ON s.programme_code = 'B' AND date '2015-01-01' + 31 * m <= s.as_of), 'and to each report');
SELECT is((SELECT count(*) FROM red_list WHERE programme_code = 'B'), (SELECT count(*) FROM indicator_status WHERE programme_code = 'B' AND is_current AND signal IN ('red', 'amber')), 'red_list: rows');
SELECT results_eq($$SELECT as_of, count(*) FROM index_change_history WHERE programme_code = 'B' AND as_of > '2020-12-31' GROUP BY 1 ORDER BY 1$$,
	$$SELECT b.as_of, count(*) FROM snapshot a JOIN snapshot b ON b.programme_code = a.programme_code AND (a.as_of, b.as_of) IN (('2020-12-31', '2021-12-31'), ('2021-12-31', '2022-12-31'))
		JOIN snapshot_leaf x ON x.snapshot_id = a.snapshot_id JOIN snapshot_leaf y ON y.snapshot_id = b.snapshot_id AND (y.unit_code, y.node_code, y.due) = (x.unit_code, x.node_code, x.due)
		WHERE a.programme_code = 'B' AND x.value <> y.value GROUP BY 1 ORDER BY 1$$, 'index_change: a row for each value that changed');

-- Before the first report, targets and figures are those of today.
INSERT INTO programme (programme_code) VALUES ('N');
INSERT INTO target (programme_code, node_code, path, document, valid_from) VALUES ('N', 'n', '0@2000 -> 10@9999', 'd', '2000-01-01');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, value) VALUES ('N', 'n', 'city', '2001-12-31', 3), ('N', 'n', 'city', CURRENT_DATE + 1, 4);
SELECT results_eq($$SELECT as_of, known_on, met_bound FROM target_in_force WHERE programme_code = 'N'$$, $$VALUES (CURRENT_DATE, NULL::date, 10::float8)$$, 'targets before the first report');
SELECT results_eq($$SELECT as_of, value, met_bound FROM indicator_trend WHERE programme_code = 'N'$$, $$VALUES (CURRENT_DATE, 3::float8, 10::float8)$$, 'figures before the first report');
SELECT is_empty($$SELECT FROM indicator_trend_history WHERE programme_code = 'N'$$, 'which has no history');

-- What is read for a small programme does not grow with the units and figures of others: 3000 units of another are added, 400 of them
-- with predecessors. R has ratios, and a unit with figures of its predecessor.
INSERT INTO programme (programme_code) VALUES ('R'), ('H');
INSERT INTO method (programme_code, method_version) VALUES ('R', '1'), ('H', '1');
INSERT INTO node (programme_code, method_version, node_code, parent_code, is_additive, numerator_code, denominator_code) VALUES ('R', '1', 'R', NULL, false, NULL, NULL),
	('R', '1', 'r', 'R', false, 'x', 'y'), ('H', '1', 'H', NULL, false, NULL, NULL), ('H', '1', 'h', 'H', true, NULL, NULL);
INSERT INTO unit (unit_code, valid_from) VALUES ('r1', NULL), ('r2', '2024-01-01'), ('r3', '2024-07-01');
INSERT INTO unit_successor VALUES ('r1', 'r2', 1, '2024-01-01'), ('r2', 'r3', 1, '2024-07-01');
INSERT INTO observation (programme_code, node_code, unit_code, period_end, value) VALUES ('R', 'x', 'r1', '2022-12-31', 1), ('R', 'y', 'r1', '2022-12-31', 4), ('R', 'x', 'city', '2022-12-31', 1),
	('R', 'y', 'city', '2022-12-31', 2);
INSERT INTO reporting_date (programme_code, as_of) VALUES ('R', '2023-12-31'), ('R', '2024-12-31');
SELECT refresh_registry('kpi') IS NOT NULL AS refreshed \gset
ANALYZE;
CREATE FUNCTION pg_temp.pages(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	-- the first time catalogues are read too
	FOR i IN 1 .. 2 LOOP
		EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, FORMAT json) ' || query INTO plan;
	END LOOP;
	RETURN (plan -> 0 -> 'Plan' ->> 'Shared Hit Blocks')::bigint + (plan -> 0 -> 'Plan' ->> 'Shared Read Blocks')::bigint;
END $$;
CREATE TABLE pg_temp.small AS
SELECT format('SELECT v::text FROM %s AS v WHERE programme_code = %L%s', source, programme, further) AS query, NULL::bigint AS pages
FROM unnest('{P,R}'::text[]) AS programme,
	LATERAL (
		SELECT quote_ident(c.relname), further
		FROM pg_class AS c, unnest(ARRAY['', $$ AND unit_code = 'city'$$, $$ AND as_of = '2024-12-31'$$, $$ AND period_end >= '2022-12-31'$$]) AS further
		WHERE c.relnamespace = 'kpi'::regnamespace AND c.relkind = 'v' AND c.relname !~ '_source$'
			AND (SELECT array_agg(a.attname::text) FROM pg_attribute AS a WHERE a.attrelid = c.oid) @> array_remove(ARRAY['programme_code', 'unit_code', substring(further, '\w+_\w+')], NULL)
		UNION ALL
		SELECT format(f, programme), ''
		FROM unnest('{"observation_own(''2024-12-31'', programmes => ''{%s}'')","observation_by_period(''2024-12-31'')","observation_as_of(''2024-12-31'', programmes => ''{%s}'')",
			"observation_revisions()","indicator_trend_as_of(''%s'', ''2024-12-31'')","indicator_status_as_of(''%1$s'', ''2024-12-31'', units => ''{city,r2}'')"}'::text[]) AS f
	) AS s (source, further);
UPDATE pg_temp.small SET pages = pg_temp.pages(query);
INSERT INTO unit (unit_code, valid_from) SELECT 'h' || i, CASE WHEN i > 2600 THEN date '2024-01-01' END FROM generate_series(1, 3000) i;
INSERT INTO unit_successor SELECT 'h' || i, 'h' || 2601 + i % 400, 1, '2024-01-01' FROM generate_series(1, 800) i;
INSERT INTO observation (programme_code, node_code, unit_code, period_end, value) SELECT 'H', 'h', 'h' || i, date '2022-12-31' + 365 * y, i FROM generate_series(1, 2600) i, generate_series(0, 3) y;
ANALYZE;
-- another plan may read some more of small tables; that each unit is looked up, 3000 at least
SELECT ok(now <= pages + 300, format('%s: %s pages, with 3000 more units elsewhere %s', query, pages, now)) FROM pg_temp.small, LATERAL (SELECT pg_temp.pages(query) AS now) AS n ORDER BY query;
SELECT results_eq($$SELECT unit_code, indicator_code, value, period_end FROM indicator_trend WHERE programme_code = 'R' ORDER BY 1, 2$$, $$SELECT u, n, v, date '2022-12-31'
	FROM (VALUES ('city', 'r', 50::float8), ('city', 'x', 1), ('city', 'y', 2), ('r1', 'r', 25), ('r1', 'x', 1), ('r1', 'y', 4), ('r2', 'r', 25), ('r2', 'x', 1), ('r2', 'y', 4), ('r3', 'r', 25), ('r3', 'x', 1), ('r3', 'y', 4)) AS t (u, n, v)$$,
	'whose figures follow from others is found: ratios, and successors of successors');

SELECT * FROM finish();
ROLLBACK;
