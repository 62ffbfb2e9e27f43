-- target_path: what is read, how it is printed, what it means, and what is refused.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

-- Passes when the statement fails with this SQLSTATE and its message names the offender.
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
CREATE FUNCTION pg_temp.hint_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE statement;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN hint;
END $$;

-- Reading and printing -------------------------------------------------------

CREATE TEMP TABLE writing (written text, canonical text);
INSERT INTO writing VALUES
	('5285@2020 -> 8300..8500@2025 -> >12500@2030', '5285@2020 -> 8300..8500@2025 -> >12500@2030'),
	('  5285  @  2020   ->8300 .. 8500 @ 2025->> 12500 @ 2030  ', '5285@2020 -> 8300..8500@2025 -> >12500@2030'),
	(E'5285@2020\n\t-> 8300..8500@2025\n\t-> >12500@2030\n', '5285@2020 -> 8300..8500@2025 -> >12500@2030'),
	-- words: said where the numbers do not say it
	('up -> 15@2025', 'up -> 15@2025'),
	('UP LEVEL LINEAR -> 15@2025', 'up -> 15@2025'),
	('up -> >15@2025', '-> >15@2025'),
	('down -> <=40@2030', '-> <=40@2030'),
	('up 10@2020 -> 15@2025', '10@2020 -> 15@2025'),
	('down 10@2020 -> 15@2025', 'down 10@2020 -> 15@2025'),
	('up -> 10@2020 -> 15@2025', '-> 10@2020 -> 15@2025'),
	('keep -> 10@2020 -> 15@2025', 'keep -> 10@2020 -> 15@2025'),
	('keep -> >=95@2025', 'keep -> >=95@2025'),
	('up 60@2020 -> 50..70@2025', 'up 60@2020 -> 50..70@2025'),
	('up 50@2020 -> 50..70@2025', 'up 50@2020 -> 50..70@2025'),
	('49@2020 -> 50..70@2025', '49@2020 -> 50..70@2025'),
	('up -> 65..65.5@2025 -> ~65.2@2030', 'up -> 65..65.5@2025 -> ~65.2+-1%@2030'),
	-- an opposed word wins over the numbers
	('up -> 30@2025 -> 22@2026', 'up -> 30@2025 -> 22@2026'),
	('up -> 30@2025 -> 22@2026 -> 40@2030', '-> 30@2025 -> 22@2026 -> 40@2030'),
	-- bounds
	('-> =5@2025', 'keep -> 5@2025'),
	('keep -> =5@2025', 'keep -> 5@2025'),
	('-> =5@2025 -> 4..6@2030', 'keep -> 5@2025 -> 4..6@2030'),
	('up -> ~60@2025', 'up -> ~60+-1%@2025'),
	('up -> ~60+-1%@2025', 'up -> ~60+-1%@2025'),
	('up -> ~60+-1.0 %@2025', 'up -> ~60+-1%@2025'),
	('up -> ~60 +- 2@2025', 'up -> ~60+-2@2025'),
	('up -> ~60±2.5%@2025', 'up -> ~60+-2.5%@2025'),
	('up -> ≥60@2025', '-> >=60@2025'),
	('-> ≤60@2025', '-> <=60@2025'),
	('up → 60–62@2025', 'up -> 60..62@2025'),
	('up -> -5..-3@2025', 'up -> -5..-3@2025'),
	('up -> 60..60@2025', 'up -> 60@2025'),
	('up -> -5 – -3@2025', 'up -> -5..-3@2025'),
	('100@2020 -> by -30%@2030', '100@2020 -> by -30%@2030'),
	('100@2020 -> by +30@2030', '100@2020 -> by +30@2030'),
	('100@2020 -> BY +30 %@2030', '100@2020 -> by +30%@2030'),
	('100@2020 -> by -10..-20@2030', '100@2020 -> by -20..-10@2030'),
	('100@2020 -> by -20..-10@2030', '100@2020 -> by -20..-10@2030'),
	('100@2020 -> by +10..+20%@2030', '100@2020 -> by +10..+20%@2030'),
	-- numbers: a sign, a point, an exponent; -0 is 0
	('up -> +7.50@2030', 'up -> 7.5@2030'),
	('up -> 1e3@2030', 'up -> 1000@2030'),
	('up -> 1E+3@2030', 'up -> 1000@2030'),
	('up -> 125e-1@2030', 'up -> 12.5@2030'),
	('up -> -0@2030', 'up -> 0@2030'),
	('up -> 007@2030', 'up -> 7@2030'),
	('up -> 0.1@2030', 'up -> 0.1@2030'),
	('up -> 12345678901234567890@2030', 'up -> 1.2345678901234567e+19@2030'),
	('up -> 5e-324@2030', 'up -> 5e-324@2030'),
	-- dates: the last day of a period
	('up -> 1@2025-12-31', 'up -> 1@2025'),
	('up -> 1@2025-Q4', 'up -> 1@2025'),
	('up -> 1@2025-12', 'up -> 1@2025'),
	('up -> 1@2025-Q1', 'up -> 1@2025-03-31'),
	('up -> 1@2024-02', 'up -> 1@2024-02-29'),
	('up -> 1@2023-02', 'up -> 1@2023-02-28'),
	('up -> 1@2025-06-30', 'up -> 1@2025-06-30'),
	('up -> 1@0001', 'up -> 1@0001'),
	('up -> 1@9999', 'up -> 1@9999'),
	-- shapes
	('step 0@2023-02 -> 1@2025-06', 'step 0@2023-02-28 -> 1@2025-06-30'),
	('geometric 7200@2025 -> 12500@2030', 'geometric 7200@2025 -> 12500@2030'),
	('geometric -1@2020 -> -2@2025', 'geometric -1@2020 -> -2@2025'),
	-- roles over time and their spans
	('up average -> 60..65@2021..2025', 'up average -> 60..65@2021..2025'),
	('up average_growth -> 7.5..8@2021..2025 -> 8..8.5@2026..2030', 'up average_growth -> 7.5..8@2021..2025 -> 8..8.5@2026..2030'),
	('up total -> 622700@2025', 'up total -> 622700@2025'),
	('up total -> 622700@2025..2025', 'up total -> 622700@2025'),
	('up total -> 622700@2025-01..2025-12', 'up total -> 622700@2025'),
	('up total -> 622700@2025-Q1..2025-Q4', 'up total -> 622700@2025'),
	('up total -> 622700@2025-01-01..2025-12-31', 'up total -> 622700@2025'),
	('up total -> 3..5@2025 .. 2030', 'up total -> 3..5@2025..2030'),
	('down change -> -0.1@2024', 'down change -> -0.1@2024');

SELECT is(written::target_path::text, canonical, regexp_replace(written, '\s+', ' ', 'g') || ' prints canonically') FROM writing;
SELECT is_empty($$SELECT * FROM writing WHERE canonical::target_path::text <> canonical$$, 'what is printed is read and printed the same');
SELECT is_empty($$SELECT * FROM writing WHERE canonical::target_path <> written::target_path$$, 'and is equal');
SELECT is_empty(
	$$SELECT a.written, b.written FROM writing a, writing b
	WHERE (a.written::target_path = b.written::target_path) <> (a.canonical = b.canonical)$$,
	'two paths are equal exactly if they print the same');
SELECT is_empty(
	$$SELECT a.written FROM writing a JOIN writing b ON a.canonical = b.canonical
	WHERE target_path_hash(a.written::target_path) <> target_path_hash(b.written::target_path)
		OR target_path_hash_extended(a.written::target_path, 7) <> target_path_hash_extended(b.written::target_path, 7)$$,
	'equal paths hash equally');
SELECT is('up total -> 1@2025-Q2'::target_path, 'up total -> 1@2025-04..2025-06'::target_path, 'a quarter is its own span');
SELECT is((SELECT span_start FROM targets('up total -> 1@2025-Q2'::target_path)), '2025-04-01'::date, 'from its first day');
SELECT is((SELECT span_start FROM targets('up total -> 1@2025-06'::target_path)), '2025-06-01'::date, 'a month too');
SELECT is((SELECT span_start FROM targets('up average -> 1@2021..2025'::target_path)), '2021-01-01'::date, 'a span begins with its first part');
SELECT is('up total -> 1@2025-Q2'::target_path::text::target_path, 'up total -> 1@2025-Q2'::target_path, 'and reads back');

-- Meaning --------------------------------------------------------------------

CREATE TEMP TABLE meaning (written text, direction text, met float8, far float8, strict boolean);
INSERT INTO meaning VALUES
	('up -> 15@2025', 'up', 15, 15, false),
	('10@2020 -> 15@2025', 'up', 15, 15, false),
	('20@2020 -> 15@2025', 'down', 15, 15, false),
	('-> >15@2025', 'up', 15, NULL, true),
	('-> >=15@2025', 'up', 15, NULL, false),
	('-> <15@2025', 'down', 15, NULL, true),
	('-> <=15@2025', 'down', 15, NULL, false),
	-- a sign outranks the numbers: the baseline lies beyond
	('20@2020 -> >15@2025', 'up', 15, NULL, true),
	('up -> 60..62@2025', 'up', 60, 62, false),
	('down -> 60..62@2025', 'down', 62, 60, false),
	('keep -> 60..62@2025', 'keep', 60, 62, false),
	('-> =60@2025', 'keep', 60, 60, false),
	('keep -> >=60@2025', 'keep', 60, NULL, false),
	('keep -> <60@2025', 'keep', 60, NULL, true),
	('up -> ~200@2025', 'up', 198, 202, false),
	('down -> ~200@2025', 'down', 202, 198, false),
	('up -> ~-200@2025', 'up', -202, -198, false),
	('up -> ~200+-5@2025', 'up', 195, 205, false),
	('up -> ~200+-50%@2025', 'up', 100, 300, false),
	('keep -> ~0+-5@2025', 'keep', -5, 5, false),
	('up -> ~0@2025', 'up', 0, 0, false),
	('100@2020 -> by -30%@2025', 'down', 70, 70, false),
	('100@2020 -> by -30@2025', 'down', 70, 70, false),
	('50@2020 -> by +30%@2025', 'up', 65, 65, false),
	('-10@2020 -> by -30%@2025', 'down', -13, -13, false),
	('-10@2020 -> by +30%@2025', 'up', -7, -7, false),
	('200@2020 -> by -10..-20%@2025', 'down', 180, 160, false),
	('200@2020 -> by -20..-10%@2025', 'down', 180, 160, false),
	('200@2020 -> by +10..+20@2025', 'up', 210, 220, false),
	('-200@2020 -> by +10..+20%@2025', 'up', -180, -160, false),
	('200@2020 -> by +10..-10@2025', NULL, NULL, NULL, NULL),
	('keep 200@2020 -> by +10..-10@2025', 'keep', 190, 210, false);

SELECT is(target_direction(written::target_path), direction, written || ' is better ' || direction)
FROM meaning WHERE direction IS NOT NULL;
SELECT is(target_met_bound(written::target_path, '2025-12-31'), met, written || ' is met from ' || met)
FROM meaning WHERE direction IS NOT NULL;
SELECT is(target_far_bound(written::target_path, '2025-12-31'), far, written || ' is exceeded beyond ' || coalesce(far::text, 'nothing'))
FROM meaning WHERE direction IS NOT NULL;
SELECT is(target_is_strict(written::target_path, '2025-12-31'), strict, written || ' is strict: ' || strict)
FROM meaning WHERE direction IS NOT NULL;
SELECT pg_temp.refuses(format('SELECT %L::target_path', written), '22023', 'direction') FROM meaning WHERE direction IS NULL;

CREATE TEMP TABLE verdict (written text, value float8, met boolean, exceeded boolean);
INSERT INTO verdict VALUES
	('up -> 15@2025', 15, true, false), ('up -> 15@2025', 16, true, true), ('up -> 15@2025', 14.999, false, false),
	('down -> 15@2025', 15, true, false), ('down -> 15@2025', 14, true, true), ('down -> 15@2025', 15.001, false, false),
	('-> >15@2025', 15, false, false), ('-> >15@2025', 15.001, true, false), ('-> >15@2025', 1e300, true, false),
	('-> >=15@2025', 15, true, false), ('-> <15@2025', 15, false, false), ('-> <=15@2025', 15, true, false),
	('up -> 60..62@2025', 60, true, false), ('up -> 60..62@2025', 62, true, false), ('up -> 60..62@2025', 62.5, true, true),
	('up -> 60..62@2025', 59.9, false, false),
	('down -> 60..62@2025', 62, true, false), ('down -> 60..62@2025', 60, true, false), ('down -> 60..62@2025', 59, true, true),
	('keep -> 60..62@2025', 60, true, false), ('keep -> 60..62@2025', 62, true, false), ('keep -> 60..62@2025', 63, false, false),
	('keep -> 60..62@2025', 59, false, false), ('-> =60@2025', 60.0000001, false, false), ('-> =60@2025', 60, true, false),
	('keep -> >60@2025', 60, false, false), ('keep -> >60@2025', 1e9, true, false);
SELECT is(ARRAY[target_is_met(written::target_path, '2025-12-31', value), target_is_exceeded(written::target_path, '2025-12-31', value)],
		  ARRAY[met, exceeded], format('%s at %s: met %s, exceeded %s', written, value, met, exceeded)) FROM verdict;
SELECT is(target_is_met('up -> 1@2025'::target_path, '2026-12-31', 1), NULL, 'no target then: NULL');
SELECT is(target_met_bound('up -> 1@2025'::target_path, '2025-12-30'), NULL, 'a due date is a day');
SELECT pg_temp.refuses($$SELECT target_is_met('up -> 1@2025', '2025-12-31', 'NaN')$$, '22023', 'finite');
SELECT pg_temp.refuses($$SELECT target_is_exceeded('up -> 1@2025', '2025-12-31', 'Infinity')$$, '22023', 'finite');

-- The line -------------------------------------------------------------------

CREATE TEMP TABLE line (written text, on_date date, expected float8);
INSERT INTO line VALUES
	('0@2020 -> 10@2025 -> 100@2030', '2020-12-30', NULL),
	('0@2020 -> 10@2025 -> 100@2030', '2020-12-31', 0),
	('0@2020 -> 10@2025 -> 100@2030', '2023-06-30', 5),
	('0@2020 -> 10@2025 -> 100@2030', '2025-12-31', 10),
	('0@2020 -> 10@2025 -> 100@2030', '2026-12-31', 28),
	('0@2020 -> 10@2025 -> 100@2030', '2030-12-31', 100),
	('0@2020 -> 10@2025 -> 100@2030', '2050-12-31', 100),
	-- half of February: 14 of 28 days
	('0@2022 -> 24@2024', '2023-02-14', 1.5),
	('up -> 1@2025 -> 2@2030', '2025-12-30', NULL),
	('up -> 1@2025 -> 2@2030', '2025-12-31', 1),
	('up -> 1@2025 -> 2@2030', '2027-12-31', 1.4),
	('geometric 1@2020 -> 16@2024', '2021-12-31', 2),
	('geometric -16@2020 -> -1@2024', '2021-12-31', -8),
	('step 0@2020 -> 1@2025-06', '2025-06-29', 0),
	('step 0@2020 -> 1@2025-06', '2025-06-30', 1),
	-- the line runs through the bounds that decide
	('100@2020 -> 40..60@2025', '2025-12-31', 60),
	('0@2020 -> 40..60@2025', '2025-12-31', 40),
	('100@2020 -> by -30%@2025', '2022-12-31', 88),
	-- keep: the baseline if it is inside, else towards the nearest edge
	('keep 50@2020 -> 40..60@2025', '2024-12-31', 50),
	('keep 100@2020 -> 40..60@2025', '2022-12-31', 84),
	('keep 0@2020 -> 40..60@2025', '2022-12-31', 16),
	('up total 1@2020 -> 40@2025', '2025-12-31', NULL);
SELECT is(round(target_expected(written::target_path, on_date)::numeric, 12), round(expected::numeric, 12),
		  format('%s expects %s on %s', written, coalesce(expected::text, 'nothing'), on_date)) FROM line;

-- Rows -----------------------------------------------------------------------

SELECT results_eq(
	$$SELECT due, span_start, bound, met_bound, far_bound, is_strict
	FROM targets('5285@2020 -> 8300..8500@2025 -> ~9000@2027 -> >12500@2030'::target_path)$$,
	$$VALUES ('2025-12-31'::date, NULL::date, '8300..8500', 8300::float8, 8500::float8, false),
		('2027-12-31', NULL, '~9000+-1%', 8910, 9090, false), ('2030-12-31', NULL, '>12500', 12500, NULL, true)$$,
	'targets() has one row per target');
SELECT is(target_count('-> 1@2025 -> 2@2030'::target_path), 2, 'target_count');
SELECT is(target_due_dates('-> 1@2025 -> 2@2030-06'::target_path), '{2025-12-31,2030-06-30}'::date[], 'target_due_dates');
SELECT is(target_baseline('-5.5@2020-06 -> 2@2030'::target_path), -5.5::float8, 'target_baseline');
SELECT is(target_baseline_date('-5.5@2020-06 -> 2@2030'::target_path), '2020-06-30'::date, 'target_baseline_date');
SELECT is(target_baseline('up -> 2@2030'::target_path), NULL, 'no baseline is NULL');
SELECT is(target_baseline_date('up -> 2@2030'::target_path), NULL, 'nor has it a date');
SELECT is(target_role('down change -> -1@2024'::target_path), 'change', 'target_role');
SELECT is(target_shape('step 0@2020 -> 1@2024'::target_path), 'step', 'target_shape');
SELECT is(target_shape('0@2020 -> 1@2024'::target_path), 'linear', 'a path is linear unless said');

CREATE TEMP TABLE row_of (bound text, due date);
INSERT INTO row_of VALUES ('>12500', '2030-12-31'), ('8300..8500', '2025-12-31'), ('~9000', '2027-12-31');
SELECT is((SELECT target_path_agg(bound, due, NULL, 5285, '2020-12-31' ORDER BY due) FROM row_of),
		  '5285@2020 -> 8300..8500@2025 -> ~9000@2027 -> >12500@2030'::target_path, 'target_path_agg in order');
SELECT is((SELECT target_path_agg(bound, due, NULL, 5285, '2020-12-31' ORDER BY due DESC) FROM row_of),
		  '5285@2020 -> 8300..8500@2025 -> ~9000@2027 -> >12500@2030'::target_path, 'in the other order');
SELECT is((SELECT target_path_agg(bound, due ORDER BY bound) FROM row_of),
		  '-> 8300..8500@2025 -> ~9000@2027 -> >12500@2030'::target_path, 'without baseline');
SELECT is((SELECT target_path(array_agg(bound ORDER BY bound), array_agg(due ORDER BY bound), baseline => 5285, baseline_on => '2020-12-31') FROM row_of),
		  '5285@2020 -> 8300..8500@2025 -> ~9000@2027 -> >12500@2030'::target_path, 'from arrays in any order');
SELECT is((SELECT target_path_agg(bound, due, 'up', NULL, NULL, 'total', NULL, due - 364)
		   FROM (VALUES ('5', date '2026-12-31'), ('4', '2025-12-31')) v (bound, due)),
		  'up total -> 4@2025 -> 5@2026'::target_path, 'with role and span');
SELECT is(target_path('{1}', '{2025-06-30}', direction => 'up', shape => 'step', baseline => 0, baseline_on => '2023-02-28'),
		  'step 0@2023-02 -> 1@2025-06'::target_path, 'with shape');
SELECT is((SELECT target_path_agg(bound, due, 'up', NULL, NULL)
		   FROM (VALUES (NULL, date '2026-12-31'), ('4', '2025-12-31'), ('7', NULL)) v (bound, due)),
		  'up -> 4@2025'::target_path, 'rows without bound or date are skipped');
SELECT is((SELECT target_path_agg(bound, due) FROM row_of WHERE false), NULL, 'no rows: NULL');
SELECT is((SELECT target_path_agg(NULL, due) FROM row_of), NULL, 'nothing left: NULL');
SELECT is(target_path(NULL, '{2025-12-31}'), NULL, 'no arrays: NULL');
SELECT is((SELECT target_path_agg(p.bound, p.due, target_direction(w.path), target_baseline(w.path), target_baseline_date(w.path),
								  target_role(w.path), target_shape(w.path), p.span_start)
		   FROM (SELECT 'down step 9@2020 -> 7..8@2022 -> ~6+-0.5@2024-06 -> by -5%@2025'::target_path AS path) w, targets(w.path) p),
		  'down step 9@2020 -> 7..8@2022 -> ~6+-0.5@2024-06 -> by -5%@2025'::target_path, 'apart and together again');

SELECT pg_temp.refuses($$SELECT target_path_agg(b, d, 'up', 1, '2020-12-31') FROM (VALUES ('2', date '2025-12-31'), ('3', '2025-12-31')) v (b, d)$$,
	'22023', '2025-12-31');
SELECT pg_temp.refuses($$SELECT target_path_agg(b, d, dir, NULL, NULL) FROM (VALUES ('2', date '2025-12-31', 'up'), ('3', '2026-12-31', 'down')) v (b, d, dir)$$,
	'22023', 'direction');
SELECT pg_temp.refuses($$SELECT target_path('{1,2}', '{2025-12-31}')$$, '2202E', 'same length');
SELECT pg_temp.refuses($$SELECT target_path('{1,NULL}', '{2025-12-31,2026-12-31}')$$, '22004', '');
SELECT pg_temp.refuses($$SELECT target_path('{}', '{}')$$, '22023', 'at least one target');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{2025-12-31}', direction => 'sideways')$$, '22023', 'sideways');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{2025-12-31}', role => 'sum')$$, '22023', 'sum');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{2025-12-31}', shape => 'curve')$$, '22023', 'curve');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{2025-12-31}', 'up', baseline => 1)$$, '22023', 'baseline');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{2025-12-31}', 'up', baseline_on => '2020-12-31')$$, '22023', 'baseline');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{2025-12-31}', 'up', baseline => 'NaN', baseline_on => '2020-12-31')$$, '22023', 'finite');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{infinity}', 'up')$$, '22008', '');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{10000-01-01}', 'up')$$, '22008', 'due date');
SELECT pg_temp.refuses($$SELECT target_path('{1@2025}', '{2025-12-31}', 'up')$$, '22P02', '@2025');
SELECT pg_temp.refuses($$SELECT target_path('{60%}', '{2025-12-31}', 'up')$$, '22P02', '%');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{2025-12-31}', 'up', role => 'total', span_starts => '{2026-01-01}')$$, '22023', '');
SELECT pg_temp.refuses($$SELECT target_path('{1}', '{2025-12-31}', 'up', span_starts => '{2025-01-01}')$$, '22023', '');

-- Refused --------------------------------------------------------------------

CREATE TEMP TABLE refused (written text, state text, offender text);
INSERT INTO refused VALUES
	('', '22P02', ''),
	('   ', '22P02', ''),
	('up', '22P02', ''),
	('5@2020', '22P02', ''),
	('up -> 5', '22P02', '@'),
	('up -> @2025', '22P02', '@2025'),
	('up -> 5@', '22007', ''),
	('up -> 5@2025 ->', '22P02', ''),
	('up -> 5@2025 -> ', '22P02', ''),
	('up 5@2025', '22P02', ''),
	('up -> 5@2025 trailing', '22P02', 'trailing'),
	('sideways -> 5@2025', '22P02', 'sideways'),
	('up down -> 5@2025', '22P02', 'down'),
	('total up -> 5@2025', '22P02', 'up'),
	-- dates that do not ascend
	('up -> 5@2025 -> 6@2024', '22023', '2024'),
	('up -> 5@2025 -> 6@2025', '22023', '2025'),
	('up -> 5@2025 -> 6@2025-12-31', '22023', '2025'),
	('5@2025 -> 6@2025', '22023', '2025'),
	('5@2026 -> 6@2025', '22023', '2025'),
	-- a range upside down
	('up -> 62..60@2025', '22023', '62..60'),
	('up -> -3..-5@2025', '22023', '-3..-5'),
	-- signs
	('up -> <60@2025', '22023', '<60'),
	('down -> >=60@2025', '22023', '>=60'),
	('-> >60@2025 -> <70@2030', '22023', '<70'),
	('up -> =60@2025', '22023', '=60'),
	('-> =60@2025 -> 70@2030', '22023', '=60'),
	('-> 70@2025 -> =60@2030', '22023', '=60'),
	('-> =60@2025 -> >70@2030', '22023', '=60'),
	-- a direction that cannot be told
	('-> 60@2025', '22023', 'direction'),
	('60@2020 -> 60@2025', '22023', 'direction'),
	('60@2020 -> 60..62@2025', '22023', 'direction'),
	('-> 60..62@2025 -> 62..64@2030', '22023', 'direction'),
	('-> ~60@2025', '22023', 'direction'),
	-- numbers as elsewhere
	('up -> 60%@2025', '22P02', '60%'),
	('60%@2020 -> 70@2025', '22P02', '60%'),
	('up -> 60..62%@2025', '22P02', '%'),
	('up -> 7,5@2025', '22P02', '7,5'),
	('up -> 12,500@2025', '22P02', '12,500'),
	('7,5@2020 -> 8@2025', '22P02', '7,5'),
	('up -> 12 500@2025', '22P02', '500'),
	('up -> 12.500.000@2025', '22P02', ''),
	('up -> .5@2025', '22P02', '.5'),
	('up -> 5.@2025', '22P02', '5.'),
	('up -> 60...62@2025', '22P02', ''),
	('up -> NaN@2025', '22P02', 'NaN'),
	('up -> Infinity@2025', '22P02', 'Infinity'),
	('up -> -inf@2025', '22P02', '-inf'),
	('up -> 0x10@2025', '22P02', ''),
	('up -> 1e400@2025', '22003', '1e400'),
	('up -> -1e400@2025', '22003', '-1e400'),
	('up -> 1e-400@2025', '22003', '1e-400'),
	('up -> 1e@2025', '22P02', '1e'),
	('up -> --5@2025', '22P02', '--5'),
	('up -> >>5@2025', '22P02', '>5'),
	('up -> >5..6@2025', '22P02', '..6'),
	('up -> 5..>6@2025', '22P02', '>6'),
	('up -> <>5@2025', '22P02', ''),
	-- dates as elsewhere
	('up -> 5@2025-13', '22007', '2025-13'),
	('up -> 5@2025-00', '22007', '2025-00'),
	('up -> 5@2025-Q5', '22007', '2025-Q5'),
	('up -> 5@2025-Q0', '22007', '2025-Q0'),
	('up -> 5@2025-02-29', '22007', '2025-02-29'),
	('up -> 5@2025-6-30', '22007', '2025-6-30'),
	('up -> 5@30/06/2025', '22007', '30/06/2025'),
	('up -> 5@25', '22007', '25'),
	('up -> 5@20255', '22007', '20255'),
	('up -> 5@0000', '22007', '0000'),
	-- by
	('up -> by +30%@2030', '22023', 'by +30%'),
	('100@2020 -> by 30@2030', '22P02', '30'),
	('100@2020 -> by 10..20%@2030', '22P02', '10'),
	('100@2020 -> by -30..20@2030', '22P02', '20'),
	('100@2020 -> by -30%%@2030', '22P02', '%'),
	('up 100@2020 -> by +1@2030 -> by +2@2029', '22023', '2029'),
	('1e308@2020 -> by +1e308@2030', '22003', 'by +1e+308'),
	('1e308@2020 -> by +200%@2030', '22003', 'by +200%'),
	-- a tolerance
	('up -> ~60+--2@2025', '22023', '~60'),
	('up -> ~60+-2%%@2025', '22P02', '%'),
	('up -> 60+-2@2025', '22P02', '+-2'),
	('up -> ~1e308+-1e308@2025', '22003', '1e+308'),
	-- roles and shapes
	('up -> 1@2021..2025', '22023', '2021..2025'),
	('up total -> 1@2025-06-30', '22023', '2025-06-30'),
	('up total -> 1@2025..2021', '22023', '2025..2021'),
	('geometric 0@2020 -> 5@2025', '22023', '0'),
	('geometric -1@2020 -> 5@2025', '22023', ''),
	('geometric up -> 5@2025 -> 0@2030', '22P02', 'up'),
	('up geometric -> 5@2025 -> 0@2030', '22023', '0');
SELECT pg_temp.refuses(format('SELECT %L::target_path', written), state, offender) FROM refused;

SELECT alike(pg_temp.hint_of($$SELECT 'up -> 60%@2025'::target_path$$), '%60 for 60\%%', 'the hint for 60%');
SELECT alike(pg_temp.hint_of($$SELECT 'up -> 7,5@2025'::target_path$$), '%7.5 for 7,5%', 'the hint for 7,5');
SELECT alike(pg_temp.hint_of($$SELECT '-> 5@2025'::target_path$$), '%up, down or keep%', 'the hint for no direction');
SELECT alike(pg_temp.hint_of($$SELECT 'up -> 5@25'::target_path$$), '%2025-06-30%', 'the hint for a date');
SELECT alike(pg_temp.hint_of($$SELECT 'up -> 5@2025 -> 6@2025'::target_path$$), '%two indicators%', 'the hint for two values at one date');

-- Random paths ---------------------------------------------------------------

-- Doubles of random bits as bounds: every bit survives the text.
CREATE FUNCTION pg_temp.float_of_bits(bits bigint) RETURNS float8 LANGUAGE sql AS $$
	SELECT CASE WHEN exponent = 2047 THEN NULL
		ELSE sign * CASE WHEN exponent = 0 THEN fraction * 2::float8 ^ -537 * 2::float8 ^ -537
			WHEN exponent < 1075 THEN (4503599627370496 + fraction) / 2::float8 ^ ((1075 - exponent) / 2) / 2::float8 ^ ((1076 - exponent) / 2)
			ELSE (4503599627370496 + fraction) * 2::float8 ^ (exponent - 1075) END END
	FROM (SELECT CASE WHEN bits < 0 THEN -1 ELSE 1 END AS sign, (bits >> 52 & 2047)::int AS exponent,
			(bits & 4503599627370495)::float8 AS fraction) f
$$;
CREATE TEMP TABLE random_number AS
	SELECT n, pg_temp.float_of_bits(('x' || substr(md5('bits' || n), 1, 16))::bit(64)::bigint) AS x FROM generate_series(1, 3000) AS n;
DELETE FROM random_number WHERE x IS NULL;
SELECT cmp_ok((SELECT count(*) FROM random_number), '>', 2900::bigint, 'random bits make numbers');
SELECT is_empty(
	$$SELECT x FROM random_number
	WHERE float8send(target_met_bound(target_path(ARRAY[x::text], '{2025-12-31}', 'up')::text::target_path, '2025-12-31')) <> float8send(x)$$,
	'a bound keeps every bit');
SELECT is_empty(
	$$SELECT x FROM random_number
	WHERE float8send(target_baseline(target_path('{0}', '{2025-12-31}', 'up', x, '2020-02-29')::text::target_path)) <> float8send(x)$$,
	'a baseline keeps every bit');
SELECT is_empty(
	$$SELECT a.x, b.x FROM random_number a JOIN random_number b ON b.n = a.n + 1
	WHERE (target_path(ARRAY[a.x::text], '{2025-12-31}', 'up') = target_path(ARRAY[b.x::text], '{2025-12-31}', 'up')) <> (a.x = b.x)$$,
	'paths differ where their numbers do');

-- Ordering -------------------------------------------------------------------

SELECT is_empty(
	$$SELECT a.written, b.written FROM writing a, writing b
	WHERE (a.written::target_path < b.written::target_path)::int + (a.written::target_path = b.written::target_path)::int
		+ (a.written::target_path > b.written::target_path)::int <> 1
		OR target_path_cmp(a.written::target_path, b.written::target_path) <> -target_path_cmp(b.written::target_path, a.written::target_path)
		OR (a.written::target_path <= b.written::target_path) <> (a.written::target_path < b.written::target_path OR a.written::target_path = b.written::target_path)
		OR (a.written::target_path >= b.written::target_path) <> (a.written::target_path > b.written::target_path OR a.written::target_path = b.written::target_path)
		OR (a.written::target_path <> b.written::target_path) = (a.written::target_path = b.written::target_path)$$,
	'of two paths exactly one of <, =, > holds');

SELECT * FROM finish();
ROLLBACK;
