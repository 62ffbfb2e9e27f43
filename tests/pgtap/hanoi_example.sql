-- The example of examples/hanoi: loads, counts what it must count, and keeps unconfirmed values out.
BEGIN;
\ir ../../examples/hanoi/load.sql

SELECT plan(48);

-- the list ---------------------------------------------------------------------
SELECT is((SELECT count(*)::int FROM programme_node WHERE is_indicator), 26, '26 indicators');
SELECT results_eq(
	$$SELECT category, count(*)::int FROM programme_node WHERE is_indicator GROUP BY category ORDER BY category$$,
	$$VALUES ('E', 8), ('M', 4), ('S', 9), ('U', 5)$$, '8, 9, 5 and 4');
SELECT is((SELECT count(*)::int FROM method m, nodes(m.framework) n WHERE m.scope = 'programme' AND n.is_indicator), 26,
	'the framework marks the 26');
SELECT results_eq(
	$$SELECT m.scope, count(*)::int FROM method m, nodes(m.framework) n WHERE n.is_indicator GROUP BY 1 ORDER BY 1$$,
	$$VALUES ('E', 8), ('M', 4), ('S', 9), ('U', 5), ('programme', 26)$$, 'and so do the frameworks of the categories');
SELECT is_empty($$SELECT code FROM programme_node WHERE weight <> 1$$, 'all weights are 1');
SELECT is_empty($$SELECT code FROM programme_node WHERE name_vi = '' OR name_en = ''
	OR (is_indicator AND (measure_unit_vi IS NULL OR measure_unit_en IS NULL))$$, 'names and units in both languages');
SELECT is_empty($$SELECT n.code FROM leaf n LEFT JOIN leaf_path p USING (code) WHERE p.path IS NULL$$, 'every leaf has a confirmed target');

-- sources ------------------------------------------------------------------------
SELECT is_empty($$
	SELECT row_name, number FROM (
		SELECT 'node ' || code AS row_name, sources FROM programme_node
		UNION ALL SELECT 'target ' || code, sources FROM target
		UNION ALL SELECT 'observation ' || code, sources FROM observation
		UNION ALL SELECT 'task ' || code, sources FROM action_task
		UNION ALL SELECT 'step ' || task, sources FROM action_step
		UNION ALL SELECT 'disbursement', sources FROM disbursement
		UNION ALL SELECT 'plan indicator ' || code, sources FROM plan_indicator
		UNION ALL SELECT 'plan target ' || code, sources FROM plan_target
		UNION ALL SELECT 'plan observation ' || code, sources FROM plan_observation
		UNION ALL SELECT 'plan headline ' || years, sources FROM plan_headline) r,
		unnest(sources) AS cited (number)
	WHERE NOT EXISTS (SELECT FROM source s WHERE s.number = cited.number)$$, 'every row has sources, and all are listed');
SELECT is_empty($$SELECT code FROM target WHERE mark LIKE 'C%' AND 0 = ANY (sources)
	UNION ALL SELECT code FROM observation WHERE mark LIKE 'C%' AND 0 = ANY (sources)$$, 'what is confirmed names its source');
SELECT is_empty($$SELECT code FROM target WHERE NOT is_chosen AND note_en IS NULL
	UNION ALL SELECT code FROM observation WHERE NOT is_chosen AND note_en IS NULL$$, 'what is not followed says why');
SELECT is_empty($$
	SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	WHERE c.relnamespace = 'hanoi'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
		AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)$$, 'every table and column has a comment');

-- marks ---------------------------------------------------------------------------
SELECT set_eq($$SELECT code FROM mark WHERE is_counted$$, ARRAY['C'], 'only confirmed figures count');
SELECT is((SELECT count(*)::int FROM target WHERE mark = 'GK'), 7, 'unconfirmed targets are stored');
SELECT is_empty($$SELECT code, due FROM target WHERE mark <> 'C'
	INTERSECT SELECT p.code, t.due FROM leaf_path p, targets(p.path) t$$, 'no marked target lies in a path');
SELECT is_empty($$SELECT o.code, o.period_end, o.value FROM observation o WHERE o.mark <> 'C'
	INTERSECT SELECT s.code, t.observed_on, t.value FROM leaf_series s, points(s.series) t$$, 'no marked figure lies in a series');
SELECT is_empty($$SELECT p.code, v.value FROM observation p, (SELECT s.code, s.value FROM programme_sheet, sheet_values(framework, sheet) s) v
	WHERE v.code = p.code AND v.value = p.value AND p.mark <> 'C'$$, 'or in a sheet');
SELECT is_empty($$SELECT code FROM programme_node WHERE code LIKE 'T%' OR code LIKE 'disb%'$$, 'tasks and money are in no index');

-- paths and series ------------------------------------------------------------------
SELECT is((SELECT path FROM leaf_path WHERE code = 'E2'), '5285@2020 -> 8300..8500@2025 -> >12500@2030'::target_path, 'income per capita');
SELECT is((SELECT path FROM leaf_path WHERE code = 'U1'), '-> 60..62@2025 -> >75@2030'::target_path, 'urbanisation');
SELECT is((SELECT path FROM leaf_path WHERE code = 'E1'),
	'up average_growth -> 7.5..8@2021..2025 -> 8..8.5@2026..2030'::target_path, 'average growth over two spans');
SELECT is((SELECT path FROM leaf_path WHERE code = 'S7'), 'up -> 300..400@2024'::target_path, 'the yearly cut');
SELECT is((SELECT path FROM leaf_path WHERE code = 'U4.rural'), 'keep -> 100@2026 -> 100@2030'::target_path, 'clean water is to be kept');
SELECT is((SELECT path FROM leaf_path WHERE code = 'M3'), '-> >80@2026 -> 80@2030'::target_path, 'a target that loosens');
SELECT is((SELECT series FROM leaf_series WHERE code = 'E1'),
	'{2020-12-31: 3.98, 2021-12-31: 2.92, 2022-12-31: 8.29, 2023-12-31: 6.27, 2024-12-31: 6.52, 2025-12-31: 8.16}'::indicator_series,
	'the latest release of each year, without the unconfirmed one');

-- the headline ------------------------------------------------------------------------
SELECT results_eq(
	$$SELECT to_char(due, 'YYYY'), indicators::int, met_or_exceeded::int, on_track::int, at_risk::int, missed_or_off_track::int,
		not_assessable::int, no_data::int, no_target::int
	FROM headline WHERE category IS NULL ORDER BY due NULLS FIRST$$,
	$$VALUES (NULL, 26, 0, 0, 0, 3, 2, 21, 0), ('2025', 26, 0, 0, 0, 2, 2, 9, 13), ('2030', 26, 0, 0, 0, 3, 2, 9, 12)$$,
	'0 of 26 met; most have no data, and that is what it says');
SELECT is_empty($$SELECT due, category FROM headline
	WHERE indicators <> met_or_exceeded + on_track + at_risk + missed_or_off_track + not_assessable + no_data + no_target$$, 'every indicator is counted once');

-- progress against the figures of the programme -------------------------------------------
SELECT results_eq($$SELECT status::text, round(attainment_level::numeric, 1), gap FROM leaf_progress WHERE code = 'E2' AND due = '2025-12-31'$$,
	$$VALUES ('missed', 86.7, 1100::float8)$$, 'GRDP per capita missed 2025 at 86.7 %');
SELECT is(round(attainment_level('up -> 8500@2025', '{2025-12-31: 7200}', '2025-12-31')::numeric, 1), 84.7, 'and is 84.7 % of the upper bound');
SELECT is((SELECT reason FROM leaf_progress WHERE code = 'U1' AND due = '2025-12-31'), 'awaiting_observation', 'urbanisation 2025 waits for its figure');
SELECT results_eq($$SELECT status::text, round(required_pace::numeric, 2), round(observed_pace::numeric, 2) FROM leaf_progress
	WHERE code = 'U1' AND due = '2030-12-31'$$, $$VALUES ('off_track', 4.09, 1.2)$$, 'urbanisation from mid-2025');
SELECT results_eq($$SELECT reason, round(required_pace::numeric, 2) FROM leaf_progress WHERE code = 'M2' AND due = '2030-12-31'$$,
	$$VALUES ('single_observation', 5.31)$$, 'wastewater needs 5.31 points a year from mid-2025');
SELECT is(round(required_pace('-> 50..55@2025 -> 70@2030', '{2025-12-31: 40.8}', '2025-12-31', '2030-12-31')::numeric, 2), 5.84,
	'and 5.84 from the end of it');
SELECT results_eq($$SELECT round(required_pace::numeric, 9), round(observed_pace::numeric, 9), round(pace_multiple::numeric, 9)
	FROM progress('-> 60..62@2025 -> >75@2030', '{2024-12-31: 51.3, 2025-12-31: 52.5}', '2025-12-31', '2030-12-31')$$,
	$$VALUES (4.5, 1.2, 3.75)$$, '52.5 to 75 needs 3.75 times the present pace');
SELECT is((SELECT status FROM leaf_progress WHERE code = 'U4.urban' AND is_current), 'off_track', 'a level to keep that was never reached');
SELECT results_eq($$SELECT status::text, reason, round(value::numeric, 4), round(attainment_level::numeric, 2) FROM leaf_progress WHERE code = 'E1' ORDER BY due$$,
	$$VALUES ('missed', NULL, 6.4141, 85.52), ('not_yet_assessable', 'span_not_begun', NULL, NULL)$$,
	'average growth is compounded from the yearly rates: 6.4141 misses 7.5, and the next span has not begun');
SELECT results_eq($$SELECT value, vintage, sources FROM leaf_figure WHERE code = 'E1'$$,
	$$SELECT value, 'estimate', ARRAY[34,39,40,41,42,43,44] FROM leaf_progress WHERE code = 'E1' AND due = '2025-12-31'$$,
	'and that figure stands in the index');
SELECT is(target_status('up average_growth -> 7.5..8@2021..2025', '{2021: 6.57, 2022: 6.57, 2023: 6.57, 2024: 6.57, 2025: 6.57}', '2025-12-31'), 'missed',
	'the published 6.57 would give the same verdict');

-- the yearly plan, as reported: investment, income in million dong, exports
SELECT results_eq($$SELECT p.code, r.status::text, round(r.attainment_level::numeric, 2), r.reason
	FROM plan_path p LEFT JOIN plan_series s USING (code), progress(p.path, s.series, '2025-12-31') r
	WHERE p.due = '2025-12-31' AND p.valid_to IS NULL ORDER BY p.code$$,
	$$VALUES ('exports', 'exceeded', 165.71, NULL), ('growth', 'exceeded', 102.00, NULL), ('income', 'exceeded', 100.80, NULL),
		('investment', 'missed', 95.55, NULL), ('prices', 'no_data', NULL, 'no_observation')$$,
	'the yearly plan of 2025: one missed, at 95.55 %');
SELECT results_eq($$SELECT path_in_force(path, valid_from, valid_to, d) FROM plan_path, (VALUES (date '2024-12-09'), ('2025-02-24'), ('2025-02-25')) v (d)
	WHERE code = 'growth' GROUP BY d ORDER BY d$$,
	$$VALUES (NULL::target_path), ('up average_growth -> 6.5@2025'), ('up average_growth -> 8@2025')$$, 'the growth target rose on 25 February');
SELECT is(round((target_expected('geometric 7200@2025 -> 12500@2030', '2026-12-31') / 7200)::numeric, 4), 1.1166, '7,200 to 12,500 is 11.66 % a year');
SELECT results_eq($$SELECT round(attainment_level('down -> 6@2025', s::indicator_series, '2025-12-31')::numeric, 2)
	FROM (VALUES ('{2025-12-31: 5.983}'), ('{2025-12-31: 6.183}')) v (s)$$, $$VALUES (100.28), (97.04)$$, 'lower is better: 6 against 5.983 and 6.183');
SELECT is(round(weighted_mean(score, weight)::numeric, 4), 0.8002, 'DTI 2022, Đà Nẵng')
FROM (VALUES (1.0, 1.0), (.9, 1), (.8253, 1), (.8487, 1), (.7578, 1), (.8575, 2), (.7836, 1.5), (.5197, 1.5)) v (score, weight);

-- the index ---------------------------------------------------------------------------------
SELECT results_eq(
	$$SELECT to_char(due, 'YYYY'), scope, round(score::numeric, 1), measured::int, promised::int FROM index_result ORDER BY due, scope COLLATE "C"$$,
	$$VALUES ('2025', 'E', 86.1, 2, 7), ('2025', 'M', 81.6, 1, 1), ('2025', 'S', NULL, 0, 2), ('2025', 'U', 87.5, 1, 3), ('2025', 'programme', 85.1, 4, 13),
		('2030', 'E', 57.6, 1, 7), ('2030', 'M', 58.3, 1, 4), ('2030', 'S', NULL, 0, 0), ('2030', 'U', 81.2, 2, 3), ('2030', 'programme', 65.7, 4, 14)$$,
	'index, measured and promised by category');
SELECT is_empty($$SELECT * FROM index_result WHERE score NOT BETWEEN low AND high$$, 'the index lies within its bounds');
SELECT is_empty($$
	SELECT c.scope, p.due FROM index_result c JOIN programme_sheet p ON p.scope = 'programme' AND p.due = c.due AND p.as_of = c.as_of
	WHERE c.scope <> 'programme' AND node_score(p.framework, p.sheet, c.scope) IS DISTINCT FROM c.score$$,
	'a category alone scores as it does within the programme');
SELECT is((SELECT round(node_score(framework, with_value(framework, sheet, 'M2', 55), 'M')::numeric, 1) FROM programme_sheet
	WHERE scope = 'programme' AND due = '2025-12-31'), 100.0, 'what if wastewater reached 55 %');

-- tasks and money -----------------------------------------------------------------------------
SELECT results_eq($$SELECT code, status::text FROM task_progress WHERE is_current ORDER BY code$$,
	$$VALUES ('T1', 'missed'), ('T2', 'met'), ('T3', 'not_yet_assessable')$$, 'three tasks in steps');
SELECT results_eq($$SELECT to_char(due, 'YYYY'), status::text FROM disbursement_progress ORDER BY due$$,
	$$VALUES ('2023', 'missed'), ('2024', 'missed'), ('2025', 'missed'), ('2026', 'at_risk')$$, 'money on its path from 0');

SELECT * FROM finish();
ROLLBACK;
