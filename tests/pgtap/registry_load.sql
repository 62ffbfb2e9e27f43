-- Loading observations from text: every bad line is named, a second load changes nothing, a third says what changed.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

-- Words that are numbers and dates, softly ------------------------------------------

SELECT is(number_or_null(t), v, format('"%s" as a number', t)) FROM (VALUES
	('1', 1::float8), ('-0.5', -0.5), ('+3', 3), ('.5', 0.5), ('5.', 5), ('1e3', 1000), ('1.7976931348623157e308', 1.7976931348623157e308),
	('0.1', 0.1), ('2.2250738585072011e-308', 2.2250738585072011e-308), ('123456789.123456789', 123456789.123456789),
	('12,5', NULL), ('1 000', NULL), ('60%', NULL), ('NaN', NULL), ('inf', NULL), ('-Infinity', NULL), ('1e999', NULL), ('1e-999', NULL),
	('', NULL), ('abc', NULL), ('0x10', NULL), ('1_000', NULL), (' 1', NULL), ('1.2.3', NULL), ('−5', NULL), (repeat('9', 400), NULL)) x (t, v);
SELECT is(date_or_null(t), v, format('"%s" as a date', t)) FROM (VALUES
	('2025-06-30', date '2025-06-30'), ('2024-02-29', '2024-02-29'), ('0001-01-01', '0001-01-01'), ('9999-12-31', '9999-12-31'),
	('2025-02-29', NULL), ('2025-06-31', NULL), ('2025-13-01', NULL), ('2025-00-10', NULL), ('2025-06-00', NULL), ('0000-01-01', NULL),
	('2025-6-3', NULL), ('30/06/2025', NULL), ('20250630', NULL), ('infinity', NULL), ('today', NULL), ('2025-06-30 BC', NULL), ('', NULL)) x (t, v);
SELECT is(ARRAY[period_start_or_null(t), period_end_or_null(t)], v, format('"%s" as a period', t)) FROM (VALUES
	('2025', '{2025-01-01,2025-12-31}'::date[]), ('2025-Q1', '{2025-01-01,2025-03-31}'), ('2025-Q2', '{2025-04-01,2025-06-30}'),
	('2025-Q3', '{2025-07-01,2025-09-30}'), ('2025-Q4', '{2025-10-01,2025-12-31}'), ('2024-02', '{2024-02-01,2024-02-29}'),
	('2025-12', '{2025-12-01,2025-12-31}'), ('2025-06-30', '{NULL,2025-06-30}'), ('2025-Q5', '{NULL,NULL}'), ('2025-13', '{NULL,NULL}'),
	('0000', '{NULL,NULL}'), ('25', '{NULL,NULL}'), ('', '{NULL,NULL}')) x (t, v);
SELECT is(text_or_null(t), v, format('%s as a text', to_json(t))) FROM (VALUES
	('a', 'a'), (' a b ', 'a b'), (E'\ta\r', 'a'), (E'a\r\n', 'a'), (chr(65279) || 'a', 'a'), (chr(160) || ' ' || chr(65279) || 'Ba Đình' || chr(160), 'Ba Đình'),
	('', NULL), (E' \t\r\n', NULL), (chr(65279), NULL), ('"', '"'), ('à', 'à'), (chr(8203), chr(8203))) x (t, v);
SELECT is(text_or_null(NULL), NULL, 'NULL is no text') UNION ALL SELECT is(number_or_null(NULL), NULL, 'NULL is no number') UNION ALL SELECT is(date_or_null(NULL), NULL, 'NULL is no date')
UNION ALL SELECT is(period_end_or_null(NULL), NULL, 'NULL is no period');
-- what is read softly equals what a cast reads
SELECT is_empty($$SELECT x FROM (SELECT (i * 7919 % 1000003) / 7.0::float8 * 10 ^ (i % 40 - 20) AS x FROM generate_series(1, 2000) i) t
	WHERE number_or_null(x::text) IS DISTINCT FROM x$$, 'every bit of a number is kept');
SELECT is_empty($$SELECT d FROM generate_series(date '1999-12-01', '2001-03-31', interval '1 day') d
	WHERE date_or_null(to_char(d, 'YYYY-MM-DD')) IS DISTINCT FROM d::date OR period_end_or_null(to_char(d, 'YYYY-MM'))
		IS DISTINCT FROM (date_trunc('month', d) + interval '1 month - 1 day')::date$$, 'every day of sixteen months');

-- What a message quotes of a text: 100 bytes, and no half of a character.
SELECT is(quotable(t), v, v) FROM (VALUES ('', ''), ('Ba Đình', 'Ba Đình'), (repeat('x', 100), repeat('x', 100)), (repeat('x', 101), repeat('x', 100) || '...'),
	(repeat('é', 50), repeat('é', 50)), (repeat('é', 51), repeat('é', 50) || '...'), ('x' || repeat('é', 500000), 'x' || repeat('é', 49) || '...'),
	(repeat('ộ', 34), repeat('ộ', 33) || '...')) x (t, v);
SELECT is(quotable(NULL), NULL, 'NULL is nothing to quote');

-- A registry ------------------------------------------------------------------------------

SELECT is(create_registry('load test')::text, '"load test"', 'a registry');
INSERT INTO "load test".programme (programme_code) VALUES ('p'), ('other');
INSERT INTO "load test".method (programme_code, method_version) VALUES ('p', '2024');
INSERT INTO "load test".node (programme_code, method_version, node_code, parent_code, numerator_code, denominator_code) VALUES
	('p', '2024', 'p', NULL, NULL, NULL), ('p', '2024', 'a', 'p', NULL, NULL), ('p', '2024', 'b', 'p', 'b_yes', 'b_all');
INSERT INTO "load test".unit (unit_code) VALUES ('001'), ('002');
CREATE FUNCTION pg_temp.observations() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws('|', node_code, unit_code, period_start, period_end, vintage, coalesce(value::text, 'NULL'), is_applicable, source, mark, note),
		E'\n' ORDER BY node_code, unit_code, period_end, vintage, released_on, source) FROM "load test".observation $$;
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

CREATE FUNCTION pg_temp.length_of_error(statement text) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN EXECUTE statement; EXCEPTION WHEN OTHERS THEN RETURN length(SQLERRM); END $$;

SELECT pg_temp.refuses('SELECT * FROM load_staging(NULL)', '22004', 'registry');
SELECT pg_temp.refuses('SELECT * FROM load_staging(''public'')', '22023', 'public');
SELECT is_empty('SELECT * FROM load_staging(''"load test"'')', 'nothing staged, nothing loaded');

-- Good lines -------------------------------------------------------------------------------

\copy "load test".staging (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source, mark, note) from stdin with (format csv)
p,a,001,2024,official,2025-01-15,12.5,office,C,
p,a,001,2025-Q1,,,13,,,as told
" p ",a,002,2024-12-31,estimate,2025-01-15,0.1,office,GK,
p,a,002,2025-03,preliminary,2025-04-01,,office,,
p,b_yes,001,2024,official,2025-01-15,7,,,
p,b_all,001,2024,official,2025-01-15,n/a,,,
\.
SELECT results_eq('SELECT line, outcome, message FROM load_staging(''"load test"'')',
	$$SELECT n::bigint, 'inserted', NULL::text FROM generate_series(1, 6) n$$, 'six lines, six observations');
SELECT is(pg_temp.observations(), E'a|001|2024-01-01|2024-12-31|official|12.5|t|office|C\n'
	'a|001|2025-01-01|2025-03-31|not_stated|13|t||C|as told\n'
	'a|002|2024-12-31|estimate|0.1|t|office|GK\n'
	'a|002|2025-03-01|2025-03-31|preliminary|NULL|t|office|C\n'
	'b_all|001|2024-01-01|2024-12-31|official|NULL|f||C\n'
	'b_yes|001|2024-01-01|2024-12-31|official|7|t||C', 'they are what the lines say');
SELECT is((SELECT released_on FROM "load test".observation WHERE period_end = '2025-03-31' AND unit_code = '001'), CURRENT_DATE, 'no date of release: today');
SELECT isnt_empty('SELECT FROM "load test".refresh_queue WHERE reason = ''observation''', 'they are queued for the next refresh');
SELECT is((SELECT count(*) FROM "load test".staging), 6::bigint, 'the lines stay');

-- The same again ---------------------------------------------------------------------------

DELETE FROM "load test".refresh_queue;
CREATE TEMP TABLE before AS SELECT ctid::text AS place, o::text AS content FROM "load test".observation AS o;
SELECT results_eq('SELECT line, outcome, message FROM load_staging(''"load test"'')',
	$$SELECT n::bigint, 'unchanged', NULL::text FROM generate_series(1, 6) n$$, 'a second load changes nothing');
SELECT is_empty('(TABLE before EXCEPT SELECT ctid::text, o::text FROM "load test".observation AS o)
	UNION ALL (SELECT ctid::text, o::text FROM "load test".observation AS o EXCEPT TABLE before)', 'no row was written');
SELECT is_empty('SELECT FROM "load test".refresh_queue', 'nothing is queued');
SELECT is((SELECT count(*) FROM load_staging('"load test"', clear => true)), 6::bigint, 'cleared afterwards, if asked for');
SELECT is_empty('SELECT FROM "load test".staging', 'nothing is left in staging');

-- What changed -------------------------------------------------------------------------------

TRUNCATE "load test".staging;
\copy "load test".staging (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source, mark) from stdin with (format csv)
p,a,001,2024,official,2025-01-15,12.75,office,C
p,a,001,2024,official,2025-09-30,12.8,office,C
p,a,001,2025-Q1,,,14,,
p,a,002,2024,estimate,2025-01-15,0.1,office,C
p,a,002,2025-03,preliminary,2025-04-01,n/a,office,
p,a,002,2024,official,2025-06-30,0.2,office,
\.
SELECT results_eq('SELECT line, outcome, message FROM load_staging(''"load test"'')',
	$$VALUES (1::bigint, 'revised', '12.5 -> 12.75'), (2, 'revised', '12.5 -> 12.8'), (3, 'revised', '13 -> 14'),
		(4, 'revised', '0.1 GK -> 0.1'), (5, 'revised', 'missing -> n/a'), (6, 'inserted', NULL)$$, 'revisions say before and after');
SELECT is((SELECT count(*) FROM "load test".observation WHERE node_code = 'a' AND unit_code = '001' AND period_end = '2024-12-31'), 2::bigint,
	'a later release is another row, a corrected one the same');
SELECT is((SELECT array_agg(value ORDER BY released_on) FROM "load test".observation WHERE node_code = 'a' AND unit_code = '001' AND period_end = '2024-12-31'),
	'{12.75,12.8}'::float8[], 'with their figures');
SELECT is((SELECT value FROM "load test".observation WHERE period_end = '2025-03-31' AND unit_code = '001'), 14::float8, 'released today, corrected today');
SELECT results_eq('SELECT outcome, count(*) FROM load_staging(''"load test"'') GROUP BY 1', $$VALUES ('unchanged', 6::bigint)$$, 'and again nothing');

-- Bad lines ------------------------------------------------------------------------------------

TRUNCATE "load test".staging;
SELECT pg_temp.observations() AS before \gset
\copy "load test".staging (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source, mark, is_applicable, period_start) from stdin with (format csv)
,,,,,,,,,,
q,a,001,2024,official,2025-01-15,1,,,,
p,x,001,2024,official,2025-01-15,1,,,,
p,p,001,2024,official,2025-01-15,1,,,,
p,a,1,2024,official,2025-01-15,1,,,,
p,a,001,31/12/2024,official,2025-01-15,1,,,,
p,a,001,2024-02-30,official,2025-01-15,1,,,,
p,a,001,2024,official,2025,1,,,,
p,a,001,2024,official,2025-01-15,"12,5",,,,
p,a,001,2024,official,2025-01-15,NaN,,,,
p,a,001,2024,official,2025-01-15,1e999,,,,
p,a,001,2024,first,2025-01-15,1,,,,
p,a,001,2024,official,2025-01-15,1,,X,,
p,a,001,2024,official,2025-01-15,1,,,maybe,
p,a,001,2024,official,2025-01-15,1,,,false,
p,a,001,2024,official,2025-01-15,1,,,,2025-01-01
p,a,001,2024,official,2025-01-15,1,,,,soon
p,a,001,2020,official,2021-01-15,1,s,,,
p,a,001,2020-12-31,official,2021-01-15,2,s,,,
p,a,001,2021,official,2022-01-15,5,s,,,
p,a,001,2021,official,2022-01-15,5,s,,,
"'); DROP SCHEMA ""load test"" CASCADE; --",a,"001"" OR true",2024,official,2025-01-15,1); --,,,,
p,a,001,2022,official,2023-01-15,6,"'; DELETE FROM observation; --",,,
p,a,001,2025-03,official,2025-06-15,n/a,,,TRUE,
p,a,001,2019,official,2025-06-15,n/a,,,no,
\.
CREATE TEMP TABLE loaded AS SELECT * FROM load_staging('"load test"');
SELECT is((SELECT message FROM loaded WHERE line = n AND outcome = 'error'), m, format('line %s', n)) FROM (VALUES
	(1, 'programme_code is missing; node_code is missing; unit_code is missing; period_end is missing'),
	(2, 'unknown programme "q"'),
	(3, 'programme "p" has no node "x"'),
	(4, 'node "p" has nodes below it, so it has no values of its own'),
	(5, 'unknown unit "1"'),
	(6, 'period_end "31/12/2024" is no date: write 2025-06-30, 2025-06, 2025-Q2 or 2025'),
	(7, 'period_end "2024-02-30" is no date: write 2025-06-30, 2025-06, 2025-Q2 or 2025'),
	(8, 'released_on "2025" is no date: write 2025-06-30'),
	(9, 'value "12,5" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'),
	(10, 'value "NaN" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'),
	(11, 'value "1e999" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'),
	(12, 'unknown vintage "first"'),
	(13, 'unknown mark "X"'),
	(14, 'is_applicable "maybe" is neither true nor false'),
	(15, 'there is a value, although the leaf does not apply'),
	(24, 'value is n/a, although is_applicable says that the leaf applies'),
	(16, 'period_start is after period_end'),
	(17, 'period_start "soon" is no date: write 2025-06-30'),
	(18, 'the same cell has another figure on another line, first on line 18'),
	(19, 'the same cell has another figure on another line, first on line 18')) x (n, m);
SELECT is((SELECT outcome FROM loaded WHERE line = n), o, format('line %s: %s', n, o)) FROM (VALUES (20, 'inserted'), (21, 'unchanged'), (22, 'error'), (23, 'inserted'), (24, 'error'), (25, 'inserted')) x (n, o);
SELECT is((SELECT count(*) FROM loaded), 25::bigint, 'a row for each line');
SELECT is((SELECT count(*) FROM "load test".observation WHERE period_end IN ('2021-12-31', '2022-12-31')), 2::bigint, 'the good lines among them are loaded');
SELECT is((SELECT source FROM "load test".observation WHERE period_end = '2022-12-31'), '''; DELETE FROM observation; --', 'a text is a text');
DELETE FROM "load test".observation WHERE period_end IN ('2019-12-31', '2021-12-31', '2022-12-31');
SELECT is(pg_temp.observations(), :'before', 'the bad ones are not');
SELECT is((SELECT count(*) FROM load_staging('"load test"', clear => true)), 25::bigint, 'cleared of the good ones');
SELECT is((SELECT count(*) FROM "load test".staging), 21::bigint, 'the bad ones stay to be mended');

-- Twenty thousand lines at once -------------------------------------------------------------

TRUNCATE "load test".staging;
INSERT INTO "load test".staging (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
SELECT 'p', 'a', '001', (date '1700-01-01' + i)::text, 'official', '2025-01-15', i::text FROM generate_series(1, 20000) i;
SELECT results_eq('SELECT outcome, count(*) FROM load_staging(''"load test"'') GROUP BY 1', $$VALUES ('inserted', 20000::bigint)$$, '20 000 lines');
SELECT results_eq('SELECT outcome, count(*) FROM load_staging(''"load test"'') GROUP BY 1', $$VALUES ('unchanged', 20000::bigint)$$, 'and again');

-- Lines are counted from the first of a file, wherever the one before has gone ----------------

CREATE FUNCTION pg_temp.outcomes() RETURNS SETOF text LANGUAGE sql AS $$
	SELECT concat_ws(' ', line, outcome, message) FROM load_staging('"load test"', clear => true) $$;
DELETE FROM "load test".observation;
TRUNCATE "load test".staging;
\copy "load test".staging (programme_code, node_code, unit_code, period_end, released_on, value) from stdin with (format csv, header)
programme_code,node_code,unit_code,period_end,released_on,value
p,a,001,2021,2022-01-15,1
p,a,001,2022,2023-01-15,x
p,a,001,2023,2024-01-15,3
\.
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$VALUES ('1 inserted'),
	('2 error value "x" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'), ('3 inserted')$$,
	'the first line below the header is 1');
\copy "load test".staging (programme_code, node_code, unit_code, period_end, released_on, value) from stdin with (format csv)
p,a,001,2024,2025-01-15,4
\.
UPDATE "load test".staging SET value = 2 WHERE line = 2;
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$VALUES ('2 inserted'), ('3 inserted')$$, 'after a line that stayed to be mended the next one goes on');
\copy "load test".staging (programme_code, node_code, unit_code, period_end, released_on, value) from stdin with (format csv)
p,a,001,2024,2025-01-15,4
p,a,001,2023,2024-01-15,5
\.
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$VALUES ('1 unchanged'), ('2 revised 3 -> 5')$$, 'all loaded and cleared: from 1 again');
INSERT INTO "load test".staging (line, programme_code) VALUES (7, 'p');
INSERT INTO "load test".staging (programme_code) VALUES ('p'), ('p');
SELECT is(array_agg(line ORDER BY staging_id), '{7,8,9}', 'numbers given by hand are counted on from') FROM load_staging('"load test"');
SELECT is(array_agg(line ORDER BY staging_id), '{7,8,9}', 'the lines keep them') FROM "load test".staging;
UPDATE "load test".staging SET line = CASE line WHEN 7 THEN 1000000000 WHEN 8 THEN NULL ELSE line END;
SELECT is(array_agg(line ORDER BY staging_id), '{1000000000,999999998,9}', 'at the end of their range too a line gets one') FROM load_staging('"load test"');
SELECT pg_temp.refuses(format('INSERT INTO "load test".staging (line) VALUES (%s)', line), '23514', 'staging_line_in_range') FROM unnest('{0,-1,1000000001,9223372036854775807}'::bigint[]) AS line;
TRUNCATE "load test".staging;
-- one transaction has one moment; here, where all is one, it is given by hand
INSERT INTO "load test".staging (programme_code, note, loaded_at) VALUES ('p', '1', '2025-01-01 10:00'), ('p', '3', '2025-01-01 10:01'), ('p', '2', '2025-01-01 10:00'), ('p', '4', '2025-01-01 10:01');
SELECT is(array_agg(l.line::text ORDER BY s.note), array_agg(s.note ORDER BY s.note), 'two files that came in at once are numbered one after the other')
FROM load_staging('"load test"') AS l JOIN "load test".staging AS s USING (staging_id);
TRUNCATE "load test".staging;

CREATE ROLE loader;
CREATE ROLE stranger;
SELECT grant_registry('"load test"', 'loader', 'editor') \g /dev/null
GRANT USAGE ON SCHEMA "load test" TO stranger;
GRANT SELECT, INSERT ON "load test".staging TO stranger;
INSERT INTO "load test".staging (programme_code) VALUES ('p');
SELECT secure_units('"load test"') \g /dev/null
INSERT INTO "load test".unit_access VALUES ('loader', '001');
GRANT USAGE ON SCHEMA public, tap TO loader, stranger;
SET ROLE loader;
INSERT INTO "load test".staging (programme_code) VALUES ('p'), ('p');
SELECT is(array_agg(line ORDER BY staging_id), '{1,2}', 'an editor''s files are counted from 1') FROM load_staging('"load test"');
-- keys of his choice
INSERT INTO "load test".staging (staging_id, programme_code) OVERRIDING SYSTEM VALUE
SELECT i + max(staging_id), 'p' FROM "load test".staging CROSS JOIN generate_series(1, 5) AS i GROUP BY i;
INSERT INTO "load test".staging (staging_id, line, programme_code) OVERRIDING SYSTEM VALUE VALUES (9223372036854775807, 1000000000, 'p');
RESET ROLE;
SET ROLE stranger;
SELECT lives_ok('INSERT INTO "load test".staging (programme_code) SELECT ''p'' FROM generate_series(1, 3)', 'a role without any right to its counter enters lines, whatever numbers another one took');
RESET ROLE;
SELECT lives_ok('INSERT INTO "load test".staging (programme_code) SELECT ''p'' FROM generate_series(1, 6)', 'so does the owner');
SELECT is(count(*), 18::bigint, 'who loads them all') FROM load_staging('"load test"');
SELECT secure_units('"load test"', false) \g /dev/null
SELECT revoke_registry('"load test"', 'loader') \g /dev/null
TRUNCATE "load test".staging;

-- Files as they come -------------------------------------------------------------------------------

INSERT INTO "load test".staging (programme_code, node_code, unit_code, period_end, released_on, value, source, note)
SELECT r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8] FROM (VALUES
	(ARRAY[chr(65279) || 'p', 'a', '001', '2021', '2022-01-15', '1', '', E'\r']),
	(ARRAY['p', 'a', '001', '2022', '2023-01-15', chr(160) || '2 ', '', '']),
	(ARRAY['p', 'a', '001', '2019', '2023-01-15', '1.234.567', '', '']),
	(ARRAY['p', 'a', '001', '2019', '2023-01-15', '1,234.5', '', '']),
	(ARRAY['p', 'a', '001', '2019', '2023-01-15', '1 234', '', '']),
	(ARRAY['p', 'a', '001', '2019', '2023-01-15', '12 %', '', '']),
	(ARRAY['p', 'a', '001', '2019', '2023-01-15', 'không có', '', '']),
	(ARRAY['p', 'a', 'Ba Đình', '2019', '2023-01-15', '1', '', '']),
	(ARRAY['p', 'a', '001', '2019', 'tháng 1', '1', '', '']),
	(ARRAY['p', 'a', '001', 'Q1/2025', '2023-01-15', '1', '', '']),
	(ARRAY['p', 'a', '"001"', '2019', '2023-01-15', '1', '', '']),
	(ARRAY['p', 'a', '001', '2018', '2023-01-15', '1', 'Niên giám "2018", tập 1', 'Cục Thống kê'])) x (r);
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$VALUES ('1 unchanged'), ('2 unchanged'),
	('3 error value "1.234.567" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'),
	('4 error value "1,234.5" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'),
	('5 error value "1 234" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'),
	('6 error value "12 %" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'),
	('7 error value "không có" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, n/a if it does not apply'),
	('8 error unknown unit "Ba Đình"'), ('9 error released_on "tháng 1" is no date: write 2025-06-30'),
	('10 error period_end "Q1/2025" is no date: write 2025-06-30, 2025-06, 2025-Q2 or 2025'),
	('11 error unknown unit ""001""'), ('12 inserted')$$, 'a byte-order mark, ends of lines, blanks, separators, words, quotes');
SELECT is(source || '; ' || note, 'Niên giám "2018", tập 1; Cục Thống kê', 'a text is kept as it is') FROM "load test".observation WHERE period_end = '2018-12-31';
TRUNCATE "load test".staging;

-- Units that have ended ----------------------------------------------------------------------------

INSERT INTO "load test".unit (unit_code, valid_from, valid_to) VALUES ('district', NULL, '2025-06-30'), ('ward', '2025-07-01', NULL);
SET LOCAL datestyle = 'SQL, DMY';
\copy "load test".staging (programme_code, node_code, unit_code, period_end, value) from stdin with (format csv)
p,a,district,2025-06,1
p,a,district,2025-07-01,1
p,a,district,2025,1
p,a,ward,2025-Q1,1
p,a,ward,2025,1
\.
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$VALUES ('1 inserted'), ('2 error unit "district" ended on 2025-06-30'),
	('3 error unit "district" ended on 2025-06-30'), ('4 inserted'), ('5 inserted')$$,
	'no figure for a period that ends after its unit; figures reckoned back for a new unit are welcome');
RESET datestyle;
TRUNCATE "load test".staging;

-- A text that the key of an observation cannot hold is a fault of its line alone.
INSERT INTO "load test".staging (programme_code, node_code, unit_code, period_end, value, source)
SELECT 'p', 'a', '001', '2016', '1', s FROM (VALUES (1, repeat('s', 500)), (2, 'short'), (3, (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 300) i))) x (n, s) ORDER BY n;
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$VALUES ('1 inserted'), ('2 inserted'),
	(format('3 error source "%s..." is longer than 500 bytes', (SELECT left(string_agg(md5(i::text), ''), 100) FROM generate_series(1, 300) i)))$$, 'a source too long for the key');
TRUNCATE "load test".staging;

-- Nor is a field repeated in full by a message.
INSERT INTO "load test".staging (programme_code, node_code, unit_code, period_end, period_start, released_on, value, is_applicable, vintage, mark, source)
SELECT programme, t, t, t, t, t, t, t, t, t, t FROM (VALUES (repeat('é', 300000))) x (t), (VALUES (1, 'p'), (2, repeat('é', 300000))) y (n, programme) ORDER BY n;
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$
	SELECT format(m, q) FROM (VALUES (repeat('é', 50) || '...')) x (q), (VALUES
		(1, '1 error programme "p" has no node "%1$s"; unknown unit "%1$s"; '), (2, '2 error unknown programme "%1$s"; unknown unit "%1$s"; ')) y (line, first),
		LATERAL (SELECT first || 'period_end "%1$s" is no date: write 2025-06-30, 2025-06, 2025-Q2 or 2025; period_start "%1$s" is no date: write 2025-06-30; '
			|| 'released_on "%1$s" is no date: write 2025-06-30; value "%1$s" is no number: write 1234.5, with a point and no other separators; nothing if it is missing, '
			|| 'n/a if it does not apply; is_applicable "%1$s" is neither true nor false; unknown vintage "%1$s"; unknown mark "%1$s"; source "%1$s" is longer than 500 bytes') z (m)
	ORDER BY line$$, 'of fields of megabytes a message has the beginning');
TRUNCATE "load test".staging;
SELECT is(pg_temp.length_of_error(format(statement, repeat('é', 300000))) < 200, true, statement) FROM unnest(ARRAY[
	$$SELECT create_registry('%s')$$, $$SELECT grant_registry('"load test"', CURRENT_USER::regrole, '%s')$$, $$SELECT bind_registry('"load test"', '%s', NULL)$$]) AS statement;

-- Observations that lie elsewhere -------------------------------------------------------------------

CREATE TABLE public.facts (programme_code text, node_code text, unit_code text, period_end date, value float8);
INSERT INTO "load test".staging (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'a', '001', '2017', '1');
SELECT bind_registry('"load test"', 'observation', 'public.facts') \g /dev/null
SELECT pg_temp.refuses('SELECT * FROM load_staging(''"load test"'')', '55000', 'registry "load test" takes its observations from facts');
SELECT is(count(*), 1::bigint, 'the lines are still there') FROM "load test".staging;
CREATE VIEW public.both_sources AS SELECT programme_code, node_code, unit_code, period_end, value FROM public.facts
	UNION ALL SELECT programme_code, node_code, unit_code, period_end, value FROM "load test".observation;
SELECT bind_registry('"load test"', 'observation', 'public.both_sources') \g /dev/null
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$VALUES ('1 inserted')$$, 'a view that reads the registry''s table too is no hindrance');
SELECT bind_registry('"load test"', 'observation', NULL) \g /dev/null
INSERT INTO "load test".staging (programme_code, node_code, unit_code, period_end, value) VALUES ('p', 'a', '001', '2017', '1');
SELECT results_eq('SELECT * FROM pg_temp.outcomes()', $$VALUES ('1 unchanged')$$, 'nor is the table itself');

SELECT * FROM finish();
ROLLBACK;
