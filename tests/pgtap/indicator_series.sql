-- indicator_series: in from text, arrays and rows; out to rows; looked up by date.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

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

-- Text -----------------------------------------------------------------------

CREATE TEMP TABLE writing (written text, canonical text);
INSERT INTO writing VALUES
	('{}', '{}'),
	(' { } ', '{}'),
	('{2021-12-31: 5290, 2022-12-31: 5910}', '{2021-12-31: 5290, 2022-12-31: 5910}'),
	('{2022: 5910, 2021: 5290}', '{2021-12-31: 5290, 2022-12-31: 5910}'),
	('{2021:5290,2022:5910}', '{2021-12-31: 5290, 2022-12-31: 5910}'),
	(E' {\n 2021 : 5290\n, 2022 : 5910 } ', '{2021-12-31: 5290, 2022-12-31: 5910}'),
	('{2021-Q1: 1, 2021-02: 2}', '{2021-02-28: 2, 2021-03-31: 1}'),
	('{2021-06-15: -0}', '{2021-06-15: 0}'),
	('{2021: +1.50}', '{2021-12-31: 1.5}'),
	('{2021: 1e-7}', '{2021-12-31: 1e-07}'),
	('{2021: 0.1}', '{2021-12-31: 0.1}'),
	('{0001-01-01: 1, 9999-12-31: 2}', '{0001-01-01: 1, 9999-12-31: 2}');
SELECT is(written::indicator_series::text, canonical, regexp_replace(written, '\s+', ' ', 'g') || ' prints canonically') FROM writing;
SELECT is(canonical::indicator_series, written::indicator_series, canonical || ' reads back') FROM writing;
SELECT is(indicator_series_hash(canonical::indicator_series), indicator_series_hash(written::indicator_series), canonical || ' hashes alike') FROM writing;

CREATE TEMP TABLE refused (written text, state text, offender text);
INSERT INTO refused VALUES
	('', '22P02', ''), ('{', '22007', ''), ('}', '22P02', ''), ('[]', '22P02', ''), ('{}{}', '22P02', '{}'), ('{} x', '22P02', 'x'),
	('{2021}', '22P02', ''), ('{2021: }', '22P02', ''), ('{2021: 1', '22P02', ''), ('{2021: 1,}', '22007', ''), ('{,}', '22007', ''),
	('{2021: 1 2022: 2}', '22P02', '2022'), ('{2021: 1; 2022: 2}', '22P02', ';'), ('{2021: null}', '22P02', 'null'),
	('{2021-12-31: 1, 2021: 2}', '22023', '2021-12-31'), ('{2021: 1, 2020: 1, 2021: 1}', '22023', '2021-12-31'),
	('{2021: NaN}', '22P02', 'NaN'), ('{2021: Infinity}', '22P02', 'Infinity'), ('{2021: -Infinity}', '22P02', '-Infinity'),
	('{2021: 60%}', '22P02', '60%'), ('{2021: 1e400}', '22003', '1e400'), ('{2021: 1e-400}', '22003', '1e-400'),
	('{2021-02-29: 1}', '22007', '2021-02-29'), ('{21: 1}', '22007', '21'), ('{infinity: 1}', '22007', 'infinity'),
	('{10000: 1}', '22007', '10000'), ('{2021: 1, "2022": 2}', '22007', '"2022"');
SELECT pg_temp.refuses(format('SELECT %L::indicator_series', written), state, offender) FROM refused;

-- From arrays and rows ---------------------------------------------------------

SELECT is(indicator_series('{2022-12-31,2021-12-31}', '{2,1}'), '{2021: 1, 2022: 2}'::indicator_series, 'arrays in any order');
SELECT is(indicator_series('{2022-12-31,2021-12-31}', '{NULL,1}'), '{2021: 1}'::indicator_series, 'a NULL value is no observation');
SELECT is(indicator_series('{2022-12-31,2022-12-31}', '{NULL,1}'), '{2022: 1}'::indicator_series, 'not even twice on a day');
SELECT is(indicator_series('{}', '{}'), '{}'::indicator_series, 'empty arrays are an empty series');
SELECT is(indicator_series(NULL, '{1}'), NULL, 'a NULL array is NULL');
SELECT pg_temp.refuses($$SELECT indicator_series('{2022-12-31}', '{1,2}')$$, '2202E', 'same length');
SELECT pg_temp.refuses($$SELECT indicator_series('{2022-12-31,2022-12-31}', '{1,1}')$$, '22023', '2022-12-31');
SELECT pg_temp.refuses($$SELECT indicator_series('{2022-12-31}', '{NaN}')$$, '22023', 'finite');
SELECT pg_temp.refuses($$SELECT indicator_series('{2022-12-31}', '{-Infinity}')$$, '22023', 'finite');
SELECT pg_temp.refuses($$SELECT indicator_series('{infinity}', '{1}')$$, '22008', '');
SELECT pg_temp.refuses($$SELECT indicator_series('{10000-01-01}', '{1}')$$, '22008', 'date');
SELECT pg_temp.refuses($$SELECT indicator_series('{0001-12-31 BC}', '{1}')$$, '22008', '');

CREATE TEMP TABLE observation (observed_on date, value float8);
INSERT INTO observation SELECT date '2020-01-31' + n * 31, n * 1.5 - 40 FROM generate_series(0, 99) AS n;
SELECT is((SELECT indicator_series_agg(observed_on, value ORDER BY observed_on) FROM observation),
		  (SELECT indicator_series_agg(observed_on, value ORDER BY md5(value::text)) FROM observation), 'rows in any order');
SELECT is((SELECT indicator_series_agg(observed_on, value) FROM observation),
		  (SELECT indicator_series(array_agg(observed_on), array_agg(value)) FROM observation), 'as from arrays');
SELECT results_eq('SELECT p.observed_on, p.value FROM (SELECT indicator_series_agg(observed_on, value) AS s FROM observation) o, points(s) p',
				  'SELECT observed_on, value FROM observation ORDER BY 1', 'and back to rows');
SELECT is((SELECT indicator_series_agg(observed_on, value) FROM observation WHERE false), NULL, 'no rows: NULL');
SELECT is((SELECT indicator_series_agg(NULL, value) FROM observation), NULL, 'nothing left: NULL');
SELECT is((SELECT indicator_series_agg(d, v) FROM (VALUES (date '2021-12-31', 1::float8), ('2022-12-31', NULL), (NULL, 3)) x (d, v)),
		  '{2021: 1}'::indicator_series, 'rows with a NULL are skipped');
SELECT pg_temp.refuses($$SELECT indicator_series_agg('2021-12-31', v) FROM generate_series(1, 2) v$$, '22023', '2021-12-31');
SELECT pg_temp.refuses($$SELECT indicator_series_agg('2021-12-31', 'NaN')$$, '22023', 'finite');
SELECT pg_temp.refuses($$SELECT indicator_series_agg('-infinity', 1)$$, '22008', '');
SELECT is((SELECT indicator_series_agg(observed_on, value) FILTER (WHERE value > 100) FROM observation),
		  (SELECT indicator_series_agg(observed_on, value) FROM observation WHERE value > 100), 'FILTER');
SELECT results_eq(
	$$SELECT series_count(indicator_series_agg(observed_on, value) OVER (ORDER BY observed_on)) FROM observation ORDER BY observed_on$$,
	$$SELECT generate_series(1, 100)$$, 'as a window it grows row by row');
SELECT results_eq(
	$$SELECT series_first_date(indicator_series_agg(observed_on, value) OVER (ORDER BY observed_on ROWS 2 PRECEDING)) FROM observation ORDER BY observed_on$$,
	$$SELECT min(observed_on) OVER (ORDER BY observed_on ROWS 2 PRECEDING) FROM observation ORDER BY observed_on$$, 'and slides');

-- Looking up -------------------------------------------------------------------

CREATE TEMP TABLE s AS SELECT '{2020: 10, 2022: 30, 2023-06-30: 0}'::indicator_series AS s;
SELECT is(ARRAY[series_count(s)::text, series_first_date(s)::text, series_first_value(s)::text, series_last_date(s)::text, series_last_value(s)::text],
		  '{3,2020-12-31,10,2023-06-30,0}', 'count, first, last') FROM s;
SELECT is(ARRAY[series_count(e)::text, series_first_date(e)::text, series_first_value(e)::text, series_last_date(e)::text, series_last_value(e)::text],
		  '{0,NULL,NULL,NULL,NULL}', 'of an empty series') FROM (SELECT '{}'::indicator_series AS e) x;
SELECT is(series_latest_date(s, d), expected_on, 'latest date up to ' || d)
FROM s, (VALUES (date '2020-12-30', NULL::date), ('2020-12-31', '2020-12-31'), ('2022-12-30', '2020-12-31'), ('2022-12-31', '2022-12-31'),
	('2099-12-31', '2023-06-30')) x (d, expected_on);
SELECT is(series_latest_value(s, d), v, 'latest value up to ' || d)
FROM s, (VALUES (date '2020-12-30', NULL::float8), ('2020-12-31', 10), ('2022-12-30', 10), ('2022-12-31', 30), ('2099-12-31', 0)) x (d, v);
SELECT is(series_value(s, d), v, 'value on ' || d)
FROM s, (VALUES (date '2020-12-30', NULL::float8), ('2020-12-31', 10), ('2021-12-31', NULL), ('2023-06-30', 0), ('2023-07-01', NULL)) x (d, v);
SELECT is(series_value(s, d, true), v, 'interpolated value on ' || d)
FROM s, (VALUES (date '2020-12-30', NULL::float8), ('2020-12-31', 10), ('2021-12-31', 20), ('2021-06-30', 15), ('2023-03-31', 15),
	('2023-06-30', 0), ('2023-07-01', NULL)) x (d, v);
SELECT is(series_value('{}', '2020-12-31', true), NULL, 'nothing between nothing');
SELECT is(series_value('{2020-02-28: 0, 2020-03-31: 1}', '2020-02-29', true)::numeric(12, 10), ((1 / 29.0) / (1 / 29.0 + 1))::numeric(12, 10),
		  'time between days of months: 29 days in this February');

-- Every bit survives -------------------------------------------------------------

CREATE TEMP TABLE random_number AS
	SELECT n, ('-' || (n % 2))::float8 + (('x' || substr(md5('series' || n), 1, 15))::bit(60)::bigint)::float8 * 10::float8 ^ (n % 580 - 300) AS x
	FROM generate_series(1, 3000) AS n;
SELECT is_empty(
	$$SELECT x FROM random_number WHERE float8send(series_last_value(indicator_series('{2021-02-28}', ARRAY[x])::text::indicator_series)) <> float8send(x)$$,
	'text keeps every bit of a value');
CREATE TEMP TABLE long_series AS SELECT indicator_series_agg(date '1900-01-01' + n, x) AS s FROM random_number;
SELECT is((SELECT s::text::indicator_series FROM long_series), (SELECT s FROM long_series), 'three thousand values read back');
SELECT is((SELECT series_count(s) FROM long_series), 3000, 'all of them');
SELECT is_empty(
	$$SELECT n FROM long_series, random_number WHERE float8send(series_value(s, date '1900-01-01' + n)) <> float8send(x)$$,
	'each at its date');

-- Order and equality ---------------------------------------------------------------

SELECT ok('{2020: 1}'::indicator_series < '{2020: 2}', 'by value');
SELECT ok('{2020: 1}'::indicator_series < '{2020: 1, 2021: 0}', 'a series comes before its continuation');
SELECT ok('{2020: 9}'::indicator_series < '{2021: 0}', 'by date first');
SELECT ok('{}'::indicator_series < '{0001: 0}', 'nothing comes first');
SELECT ok('{2020: -1}'::indicator_series < '{2020: 0}', 'numbers in their order, not that of their bits');
SELECT is_empty(
	$$SELECT a.written, b.written FROM writing a, writing b
	WHERE (a.written::indicator_series = b.written::indicator_series) <> (a.canonical = b.canonical)
		OR indicator_series_cmp(a.written::indicator_series, b.written::indicator_series) <> -indicator_series_cmp(b.written::indicator_series, a.written::indicator_series)$$,
	'equal exactly if printed alike');

SELECT * FROM finish();
ROLLBACK;
