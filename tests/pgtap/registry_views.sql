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

-- A target raised: what the new one makes of the old figures is a row of its own.
INSERT INTO target (programme_code, node_code, path, document, valid_from) VALUES ('P', 'E2', '0@2020 -> 200@2030', 'raised', '2024-07-01');
SELECT lives_ok($$SELECT refresh_registry('kpi')$$, 'another refresh');
SELECT results_eq($$SELECT COALESCE(leaf_code, '-'), cause, round(change::numeric, 10) FROM index_change WHERE unit_code = 'city' ORDER BY 1$$,
	$$VALUES ('-', 'method', -11.25), ('E1', 'value', 3.75), ('M1.a', 'value', 2.5)$$, 'a change of targets');
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
FROM reporting_date CROSS JOIN unnest('{indicator_status,category_index,programme_headline,red_list,unit_ranking}'::text[]) name ORDER BY as_of, name;
SELECT is_empty($$(SELECT to_jsonb(v) FROM data_quality v EXCEPT ALL SELECT to_jsonb(f) FROM data_quality_as_of('P', '2024-12-31') f)
	UNION ALL (SELECT to_jsonb(f) FROM data_quality_as_of('P', '2024-12-31') f EXCEPT ALL SELECT to_jsonb(v) FROM data_quality v)$$, 'data_quality, as of the latest date');

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
SELECT count(pg_temp.copy_rows(name)) AS copied FROM unnest('{snapshot_leaf,snapshot_sheet,snapshot_node}'::text[]) name \gset
ANALYZE;
CREATE FUNCTION pg_temp.scanned(query text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	line text;
	found text[] := '{}';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN ' || query LOOP
		found := found || ARRAY(SELECT m[1] FROM regexp_matches(line, 'Seq Scan on (observation|snapshot_leaf|snapshot_node|snapshot_sheet)', 'g') AS m);
	END LOOP;
	RETURN found;
END $$;
SELECT is(pg_temp.scanned(format('SELECT * FROM %I WHERE %s', name, condition)), '{}', format('%s, %s', name, condition))
FROM unnest('{indicator_status,indicator_status_history,category_index,category_index_history,programme_headline,programme_headline_history,red_list,red_list_history,
		index_change,index_change_history,unit_ranking,unit_ranking_history,data_quality}'::text[]) name,
	unnest(ARRAY[$$programme_code = 'B' AND unit_code = 'u7'$$, $$unit_code = 'u7'$$, $$programme_code = 'B' AND as_of = '2021-12-31' AND unit_code = 'u7'$$]) condition;
SELECT is(pg_temp.scanned('SELECT * FROM indicator_trend WHERE ' || condition), '{}', 'indicator_trend, ' || condition)
FROM unnest(ARRAY[$$unit_code = 'u7'$$, $$unit_code = 'u7' AND indicator_code = 'i5'$$, $$programme_code = 'B' AND indicator_code = 'i5'$$, $$period_end = '2017-07-20' AND unit_code = 'u7'$$]) condition;
SELECT is(pg_temp.scanned('SELECT * FROM observation_as_of(''2020-12-31'', units => ''{u7,u8}'')'), '{}', 'observation_as_of');
SELECT is((SELECT count(*) FROM indicator_trend WHERE unit_code = 'u7' AND indicator_code = 'i5'), 100::bigint, 'all of the trend');

SELECT * FROM finish();
ROLLBACK;
