-- Series tools: changes, growth, sums, averages, shares of the year, pictures of one line. Figures were computed by hand.
\set ON_ERROR_STOP on
BEGIN;
SELECT no_plan();

CREATE FUNCTION pg_temp.refuses(statement text, state text, offender text, advice text DEFAULT '') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	got text;
	said text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN ok(false, statement || ' is refused');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS got = RETURNED_SQLSTATE, said = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN CASE WHEN got = state AND position(offender IN said) > 0 AND position(advice IN hint) > 0 THEN ok(true, statement || ': ' || said)
		ELSE ok(false, statement || ' is refused')
			|| E'\n' || diag(format('%s: %s (%s), not %s naming %s and %s', got, said, hint, state, offender, advice)) END;
END $$;
CREATE FUNCTION pg_temp.near(got float8, expected float8, tolerance float8, description text) RETURNS text LANGUAGE sql AS $$
	SELECT ok(abs(got - expected) <= tolerance, description) || CASE WHEN abs(got - expected) <= tolerance THEN ''
		ELSE E'\n' || diag(format('%s, not %s', coalesce(got::text, 'NULL'), expected)) END
$$;

-- From one date to another -----------------------------------------------------

CREATE TEMP TABLE moved (s indicator_series, change float8, relative float8, growth float8, why text);
INSERT INTO moved VALUES
	('{2020: 100, 2022: 121}', 21, 0.21, 0.1, 'a rise in two years'),
	('{2020: 121, 2021: 7, 2022: 100}', -21, -0.17355371900826447, -0.09090909090909091, 'a fall; what lies between plays no part'),
	('{2020: -10, 2022: -5}', 5, 0.5, 0.2928932188134524, 'a rise of negative values is positive'),
	('{2020: -5, 2022: -10}', -5, -1, -0.41421356237309515, 'a fall of negative values is negative'),
	('{2020: 0, 2022: 5}', 5, NULL, NULL, 'no ratio to zero'),
	('{2020: 5, 2022: 0}', -5, -1, NULL, 'no growth to zero'),
	('{2020: -5, 2022: 5}', 10, 2, NULL, 'no growth across zero'),
	('{2020: 5, 2022: 5}', 0, 0, 0, 'no change'),
	('{2020: 7}', NULL, NULL, NULL, 'no last value'),
	('{2022: 7}', NULL, NULL, NULL, 'no first value'),
	('{2020-12-30: 7, 2022-12-30: 8}', NULL, NULL, NULL, 'a day off'),
	('{}', NULL, NULL, NULL, 'nothing'),
	(NULL, NULL, NULL, NULL, 'NULL'),
	('{2020: -1.7e308, 2022: 1.7e308}', NULL, NULL, NULL, 'beyond float8'),
	('{2020: 1e-300, 2022: 1e300}', 1e300, NULL, NULL, 'a ratio beyond float8');
SELECT is(series_change(s, '2020-12-31', '2022-12-31'), change, 'change: ' || why) FROM moved;
SELECT is(series_relative_change(s, '2020-12-31', '2022-12-31')::numeric(20, 12), relative::numeric(20, 12), 'relative change: ' || why) FROM moved;
SELECT is(series_growth(s, '2020-12-31', '2022-12-31')::numeric(20, 12), growth::numeric(20, 12), 'growth: ' || why) FROM moved;
SELECT is(series_change(s, '2022-12-31', '2020-12-31'), -change, 'change backwards: ' || why) FROM moved;
SELECT is(series_growth(s, '2022-12-31', '2020-12-31'), NULL, 'no growth backwards: ' || why) FROM moved;
SELECT is(series_growth('{2020: 5}', '2020-12-31', '2020-12-31'), NULL, 'no growth in no time');
SELECT is(series_change('{2020: 5}', '2020-12-31', '2020-12-31'), 0::float8, 'no change in no time');
SELECT is(series_change('{2020: 5}', '-infinity', 'infinity'), NULL, 'no value on a day without end');
SELECT is(series_growth('{2020: 5}', '-infinity', 'infinity'), NULL, 'nor growth');
SELECT pg_temp.near(100 * series_growth('{2025: 7200, 2030: 12500}', '2025-12-31', '2030-12-31'), 11.66, 0.005, '7200 to 12500 in five years: 11.66 % a year');
SELECT pg_temp.near(100 * series_growth('{2025: 7200, 2030: 12000}', '2025-12-31', '2030-12-31'), 10.76, 0.005, 'to 12000: 10.76 %');
SELECT pg_temp.near(100 * series_growth('{2025: 7200, 2030: 13000}', '2025-12-31', '2030-12-31'), 12.54, 0.005, 'to 13000: 12.54 %');
SELECT pg_temp.near(series_growth('{2024-02-29: 100, 2025-02-28: 110}', '2024-02-29', '2025-02-28'), 0.1, 1e-15, 'the end of February is a year after the leap day');
SELECT pg_temp.near(series_growth('{2024-06: 100, 2024: 110}', '2024-06-30', '2024-12-31'), 0.21, 1e-14, 'half a year compounds twice');

CREATE TEMP TABLE rate AS SELECT '{2020: 3.98, 2021: 2.92, 2022: 8.29, 2023: 6.27, 2024: 6.52, 2025: 8.16}'::indicator_series AS s;
SELECT pg_temp.near(series_average_growth(s, '2021-01-01', '2025-12-31'), 6.4141, 0.00005, 'published growth, compounded: 6.4141') FROM rate;
SELECT pg_temp.near(series_average_growth(s, '2021-01-01', '2025-12-31', 'geometric'), 6.4141, 0.00005, 'geometric is the default') FROM rate;
SELECT pg_temp.near(series_average_growth(s, '2021-01-01', '2025-12-31', 'arithmetic'), 6.432, 1e-12, 'their mean: 6.432') FROM rate;
SELECT pg_temp.near(series_average_growth(s, '2020-12-31', '2020-12-31'), 3.98, 1e-14, 'one rate is its own average') FROM rate;
SELECT is(series_average_growth(s, '2026-01-01', '2030-12-31', m), NULL, 'no rate, no average: ' || m) FROM rate, (VALUES ('geometric'), ('arithmetic')) v (m);
SELECT is(series_average_growth('{2021: 10, 2022: -100}', '2021-12-31', '2022-12-31'), NULL, 'everything lost cannot be compounded');
SELECT is(series_average_growth('{2021: 10, 2022: -100}', '2021-12-31', '2022-12-31', 'arithmetic'), -45::float8, 'but averaged');
SELECT pg_temp.near(series_average_growth('{2021: 100, 2022: -50}', '2021-12-31', '2022-12-31'), 0, 1e-13, 'doubled and halved');
SELECT is(series_average_growth(s, '2021-01-01', '2025-12-31', NULL), NULL, 'a NULL method') FROM rate;
SELECT pg_temp.refuses($$SELECT series_average_growth('{}', '2021-01-01', '2025-12-31', 'harmonic')$$, '22023', '"harmonic"', 'geometric, arithmetic');
SELECT pg_temp.refuses($$SELECT series_average_growth('{}', '2021-01-01', '2025-12-31', '')$$, '22023', '""', 'geometric, arithmetic');

-- Sums and means -----------------------------------------------------------------

CREATE TEMP TABLE flats AS SELECT '{2021-Q1: 100, 2021-Q2: 50, 2021-Q4: 150, 2022-Q1: -20, 2022-Q2: 0.5}'::indicator_series AS s;
CREATE TEMP TABLE span (from_date date, to_date date, total float8, average float8, running text, why text);
INSERT INTO span VALUES
	('2021-01-01', '2021-12-31', 300, 100, '{2021-03-31: 100, 2021-06-30: 150, 2021-12-31: 300}', 'a year'),
	('2021-03-31', '2021-06-30', 150, 75, '{2021-03-31: 100, 2021-06-30: 150}', 'both ends count'),
	('2021-04-01', '2021-06-29', NULL, NULL, '{}', 'between two values'),
	('2021-06-30', '2021-06-30', 50, 50, '{2021-06-30: 50}', 'a day'),
	('2021-07-01', '2021-09-30', NULL, NULL, '{}', 'a quarter without a value'),
	('2022-12-31', '2021-01-01', NULL, NULL, '{}', 'backwards'),
	('-infinity', 'infinity', 280.5, 56.1, '{2021-03-31: 100, 2021-06-30: 150, 2021-12-31: 300, 2022-03-31: 280, 2022-06-30: 280.5}', 'everything'),
	('-infinity', '-infinity', NULL, NULL, '{}', 'before all time'),
	('infinity', 'infinity', NULL, NULL, '{}', 'after all time'),
	('infinity', '-infinity', NULL, NULL, '{}', 'against time'),
	('0044-03-15 BC', '2021-03-31', 100, 100, '{2021-03-31: 100}', 'from long ago'),
	('2022-01-01', '5000000-01-01', -19.5, -9.75, '{2022-03-31: -20, 2022-06-30: -19.5}', 'for ever');
SELECT is(series_sum(s, from_date, to_date), total, 'sum: ' || why) FROM flats, span;
SELECT is(series_mean(s, from_date, to_date), average, 'mean: ' || why) FROM flats, span;
SELECT is(series_cumulative(s, from_date, to_date), running::indicator_series, 'running sums: ' || why) FROM flats, span;
SELECT is(series_sum(s, NULL, '2021-12-31'), NULL, 'a NULL date') FROM flats;
SELECT is(series_cumulative(NULL, '2021-01-01', '2021-12-31'), NULL, 'a NULL series');
SELECT is(series_sum('{}', '2021-01-01', '2021-12-31'), NULL, 'no value, no sum');
SELECT is(series_sum('{2021: 0}', '2021-01-01', '2021-12-31'), 0::float8, 'a zero is a value');
SELECT is((SELECT series_sum(indicator_series_agg(date '2021-01-01' + n, 0.1), '-infinity', 'infinity') FROM generate_series(1, 10) n), 1::float8, 'ten times a tenth');
SELECT is(series_sum('{2019: 1e100, 2020: 1, 2021: -1e100}', '-infinity', 'infinity'), 1::float8, 'small beside large');
SELECT is(series_sum('{2019: 1.7e308, 2020: 1.7e308, 2021: -1.7e308}', '-infinity', 'infinity'), 1.7e308::float8, 'beyond float8 on the way only');
SELECT is(series_cumulative('{2019: 1.7e308, 2020: 1.7e308, 2021: -1.7e308}', '-infinity', 'infinity'), NULL, 'the way has no running sum');
SELECT is(series_sum('{2019: 1.7e308, 2020: 1.7e308}', '-infinity', 'infinity'), NULL, 'a sum beyond float8');
SELECT is(series_mean('{2019: 1.7e308, 2020: 1.7e308}', '-infinity', 'infinity'), 1.7e308::float8, 'its mean is not');

SELECT is(series_moving_average(s, 1), s, 'moving average of one') FROM flats;
SELECT is(series_moving_average(s, 2), '{2021-06-30: 75, 2021-12-31: 100, 2022-03-31: 65, 2022-06-30: -9.75}'::indicator_series, 'of two, whatever the dates') FROM flats;
SELECT is(series_moving_average(s, 5), '{2022-06-30: 56.1}'::indicator_series, 'of all') FROM flats;
SELECT is(series_moving_average(s, 6), '{}'::indicator_series, 'of more than there are') FROM flats;
SELECT is(series_moving_average(s, 2147483647), '{}'::indicator_series, 'of very many') FROM flats;
SELECT is(series_moving_average('{}', 1), '{}'::indicator_series, 'of nothing');
SELECT is(series_moving_average(s, NULL), NULL, 'of NULL') FROM flats;
SELECT pg_temp.refuses(format('SELECT series_moving_average(''{}'', %s)', k), '22023', 'not ' || k) FROM (VALUES (0), (-1), (-2147483648)) v (k);

-- Periods ------------------------------------------------------------------------

CREATE TEMP TABLE resampled (period text, how text, result text);
INSERT INTO resampled VALUES
	('month', 'last', '{2023-12-31: 5, 2024-01-31: 1, 2024-02-29: 4, 2024-07-31: 8}'),
	('month', 'first', '{2023-12-31: 5, 2024-01-31: 3, 2024-02-29: 4, 2024-07-31: 8}'),
	('quarter', 'last', '{2023-12-31: 5, 2024-03-31: 4, 2024-09-30: 8}'),
	('quarter', 'first', '{2023-12-31: 5, 2024-03-31: 3, 2024-09-30: 8}'),
	('quarter', 'sum', '{2023-12-31: 5, 2024-03-31: 8, 2024-09-30: 8}'),
	('quarter', 'min', '{2023-12-31: 5, 2024-03-31: 1, 2024-09-30: 8}'),
	('quarter', 'max', '{2023-12-31: 5, 2024-03-31: 4, 2024-09-30: 8}'),
	('half_year', 'mean', '{2023-12-31: 5, 2024-06-30: 2.6666666666666665, 2024-12-31: 8}'),
	('year', 'mean', '{2023-12-31: 5, 2024-12-31: 4}'),
	('year', 'sum', '{2023-12-31: 5, 2024-12-31: 16}');
SELECT is(series_resample('{2023-12-01: 5, 2024-01-10: 3, 2024-01: 1, 2024-02-28: 4, 2024-07-01: 8}', period, how), result::indicator_series,
		  how || ' of each ' || period) FROM resampled;
SELECT is(series_resample('{}', period, how), '{}'::indicator_series, how || ' of each ' || period || ' of nothing') FROM resampled;
SELECT is(series_resample('{2023-02-15: 5}', 'month', 'last'), '{2023-02-28: 5}'::indicator_series, 'February of a common year');
SELECT is(series_resample('{1900-02-15: 5, 2000-02-15: 6}', 'month', 'last'), '{1900-02-28: 5, 2000-02-29: 6}'::indicator_series, 'and of the centuries');
SELECT is(series_resample('{0001-01-01: 5, 9999-12-01: 6}', 'year', 'last'), '{0001-12-31: 5, 9999-12-31: 6}'::indicator_series, 'the first and the last year');
SELECT is(series_resample('{2020-01: 1.7e308, 2020-02: 1.7e308}', 'year', 'sum'), NULL, 'a sum beyond float8');
SELECT is(series_resample('{2020-01: 1.7e308, 2020-02: 1.7e308}', 'year', 'mean'), '{2020: 1.7e308}'::indicator_series, 'a mean within it');
SELECT is(series_resample('{2020: 1}', NULL, 'last'), NULL, 'a NULL period');
SELECT is(series_resample('{2020: 1}', 'year', NULL), NULL, 'a NULL way');
SELECT pg_temp.refuses(format('SELECT series_resample(''{}'', %L, ''last'')', word), '22023', '"' || word || '"', 'month, quarter, half_year, year')
FROM (VALUES ('week'), ('Month'), ('months'), ('half-year'), ('')) v (word);
SELECT pg_temp.refuses(format('SELECT series_resample(''{}'', ''year'', %L)', word), '22023', '"' || word || '"', 'last, first, sum, mean, min, max')
FROM (VALUES ('median'), ('avg'), ('LAST'), ('')) v (word);
SELECT pg_temp.refuses($$SELECT series_resample('{}', repeat('x', 1000), 'last')$$, '22023', 'xxx...', 'quarter');

-- Within the year -------------------------------------------------------------------

CREATE TEMP TABLE revenue AS SELECT ('{2022-Q1: 10, 2022-Q2: 20, 2022-Q3: 30, 2022-Q4: 40, 2023-Q1: 30, 2023-Q2: 30, 2023-Q3: 20, 2023-Q4: 20,'
	'2024-Q1: 40, 2024-Q2: 80}')::indicator_series AS s;
SELECT is(series_year_to_date(s, d), v, 'year to date on ' || d)
FROM revenue, (VALUES (date '2024-03-30', NULL::float8), ('2024-03-31', 40), ('2024-06-30', 120), ('2024-12-31', 120), ('2025-01-01', NULL),
	('2023-01-01', NULL), ('2023-12-31', 100), ('2021-12-31', NULL)) x (d, v);
SELECT is(series_year_share(s, d, n)::numeric(20, 12), v::numeric(20, 12), format('share of the year on %s, %s years', d, n))
FROM revenue, (VALUES (date '2024-03-31', 5, 0.2), ('2024-03-31', 1, 0.3), ('2024-03-31', 2, 0.2), ('2024-06-30', 5, 0.45), ('2024-03-30', 5, 0),
	('2024-05-15', 5, 0.2), ('2024-12-31', 5, 1), ('2023-06-30', 5, 0.3), ('2022-06-30', 5, NULL), ('2026-06-30', 2, NULL), ('2026-06-30', 3, 0.6),
	('2024-03-31', 2147483647, 0.2)) x (d, n, v);
SELECT is(series_year_share(s, '2024-06-30'), series_year_share(s, '2024-06-30', 5), 'five years unless said') FROM revenue;
SELECT is(series_year_estimate(s, d)::numeric(20, 10), v::numeric(20, 10), 'estimate on ' || d)
FROM revenue, (VALUES (date '2024-03-31', 200), ('2024-05-15', 200), ('2024-06-30', 120 / 0.45), ('2024-03-30', NULL), ('2023-12-31', 100),
	('2023-06-30', 60 / 0.3), ('2022-06-30', NULL), ('2025-03-31', NULL), ('2021-03-31', NULL)) x (d, v);
SELECT is(series_year_estimate(s, '2024-09-30')::numeric(20, 10), (120 / 0.45)::numeric(20, 10), 'a quarter not yet reported is not nothing') FROM revenue;
SELECT is(series_year_estimate(s, '2024-06-30', 1), 200::float8, 'by last year alone') FROM revenue;
SELECT is(series_year_share('{2023-Q1: 1, 2023-Q3: 1, 2024-Q1: 1, 2024-Q2: 1, 2024-Q3: 1}', '2024-09-30'), NULL,
		  'a year with fewer values than this one is not complete');
SELECT is(series_year_share('{2022-Q1: 1, 2022-Q2: 1, 2023-Q1: 9, 2024-Q1: 1}', '2024-03-31'), 0.5::float8, 'nor one with fewer than the fullest');
SELECT is(series_year_share('{2022-01: 1, 2022-02: 3, 2023-01-05: 1, 2023-01-15: 1, 2024-01: 1}', '2024-01-31'), 0.25::float8, 'months count, not values');
SELECT is(series_year_share('{2022: 0, 2023-03: 1, 2024-03: 7}', '2024-03-31'), 1::float8, 'a year of nothing is left out');
SELECT is(series_year_estimate('{2022-03: 0, 2022-06: 4, 2023-03: 7}', '2023-03-31'), NULL, 'no estimate from a share of nothing');
SELECT is(series_year_share('{2023-02: 1, 2023-12: 3, 2024-02: 2, 2024-12: 2, 2025-02: 5}', '2025-02-28'), 0.375::float8,
		  'the end of February is the leap day where there is one');
SELECT is(series_year_share('{2023-02: 1, 2023-12: 3}', '2024-02-29'), 0.25::float8, 'and back');
SELECT is(series_year_share('{2023-02: 1, 2023-12: 3}', '2024-02-28'), 0.25::float8, 'the day before it is itself');
SELECT is(series_year_share('{}', '2024-02-28'), NULL, 'no share of nothing');
SELECT is(series_year_share('{0001: 1, 0002: 1}', '0001-12-31'), NULL, 'nothing before the first year');
SELECT is(series_year_to_date(NULL, '2024-01-01'), NULL, 'a NULL series');
SELECT is(series_year_share('{}', '2024-01-01', NULL), NULL, 'NULL years');
SELECT pg_temp.refuses(format('SELECT %s(''{}'', %L)', f, d), '22008', 'as_of')
FROM (VALUES ('series_year_to_date'), ('series_year_share'), ('series_year_estimate')) f (f), (VALUES ('infinity'), ('-infinity'), ('10000-01-01'), ('0001-12-31 BC')) d (d);
SELECT pg_temp.refuses(format('SELECT %s(''{}'', ''2024-01-01'', %s)', f, n), '22023', 'not ' || n)
FROM (VALUES ('series_year_share'), ('series_year_estimate')) f (f), (VALUES (0), (-5)) n (n);

-- What the rest must bring ----------------------------------------------------------

SELECT is(required_rest(622700, 595000, 0.75), 27700::float8, 'a total');
SELECT is(required_rest(622700, 595000, 0.75, 'total'), 27700::float8, 'total is the default');
SELECT is(required_rest(100, 120, 0.5), -20::float8, 'more than asked already');
SELECT is(required_rest(-10, 5, 0.9, 'change'), -15::float8, 'a change');
SELECT pg_temp.near(required_rest(7.5, 5.91, 0.463, 'average'), 8.87, 0.005, 'the first half of 2021 grew 5.91 %: the second must grow 8.87 % for 7.5 %');
SELECT is(required_rest(7.5, 5.91, 0, r)::numeric(12, 10), 7.5::numeric(12, 10), 'at the beginning all is to be done: ' || r) FROM (VALUES ('average'), ('average_growth')) v (r);
SELECT pg_temp.near(required_rest(10, 5, 0.5, 'average_growth'), 100 * (1.21 / 1.05 - 1), 1e-12, 'compounded');
SELECT pg_temp.near(100 * ((1 + required_rest(8, r, e, 'average_growth') / 100) ^ (1 - e) * (1 + r / 100) ^ e - 1), 8, 1e-9, format('%s%% for %s of it: the whole comes to 8 %%', r, e))
FROM (VALUES (-50::float8), (0), (3.5), (8), (30)) r (r), (VALUES (0.1::float8), (0.463), (0.9)) e (e);
SELECT is(required_rest(-100, 5, 0.5, 'average_growth'), NULL, 'everything lost cannot be compounded');
SELECT is(required_rest(5, -100, 0.5, 'average_growth'), NULL, 'nor made good');
SELECT is(required_rest(1e308, -1e308, 0.5, r), NULL, 'beyond float8: ' || r) FROM (VALUES ('total'), ('average')) v (r);
SELECT is(required_rest(NULL, 1, 0.5), NULL, 'NULL');
SELECT is(required_rest(1, 1, 0.5, NULL), NULL, 'a NULL role');
SELECT pg_temp.refuses(format('SELECT required_rest(1, 1, %s)', e), '22023', 'elapsed_share') FROM (VALUES ('1'), ('-0.001'), ('50'), ('''NaN''')) v (e);
SELECT pg_temp.refuses($$SELECT required_rest('NaN', 1, 0.5)$$, '22023', 'target');
SELECT pg_temp.refuses($$SELECT required_rest(1, 'Infinity', 0.5)$$, '22023', 'so_far');
SELECT pg_temp.refuses(format('SELECT required_rest(1, 1, 0.5, %L)', r), '22023', '"' || r || '"', 'total, change, average, average_growth') FROM (VALUES ('level'), ('sum'), ('')) v (r);

-- Pictures ------------------------------------------------------------------------------

SELECT is(sparkline('{2020: 1, 2021: 2, 2022: 3, 2023: 4, 2024: 5, 2025: 6, 2026: 7, 2027: 8}'), '▁▂▃▄▅▆▇█', 'eight heights');
SELECT is(sparkline('{2020: -8, 2021: 8, 2022: 0}'), '▁█▅', 'between the least and the greatest');
SELECT is(sparkline('{2020: 5}'), '▄', 'one value stands in the middle');
SELECT is(sparkline('{2020: 0, 2021: 0, 2022: 0}'), '▄▄▄', 'and so do equal ones');
SELECT is(sparkline('{}'), '', 'nothing is no bar');
SELECT is(sparkline('{}', 5), '', 'at any width');
SELECT is(sparkline(NULL), NULL, 'NULL is NULL');
SELECT is(sparkline('{2000: 0, 2021: 1, 2021-06-01: 8}'), '▁█▂', 'a gap is not shown');
SELECT is(sparkline('{2020: 0, 2021: 2, 2022: 7, 2023: 9}', 2), '▁█', 'narrower: means of equal parts');
SELECT is(sparkline('{2020: 0, 2021: 8}', 5), '▁▁▁██', 'wider: repeated');
SELECT is(sparkline('{2020: 0, 2021: 8}', NULL), '▁█', 'a NULL width is one for each value');
SELECT is(sparkline('{2020: -1.7e308, 2021: 0, 2022: 1.7e308}'), '▁▅█', 'any range of numbers');
SELECT is(length(sparkline(s, w)), w, format('%s characters wide', w)) FROM flats, (VALUES (1), (7), (1000)) v (w);
SELECT pg_temp.refuses(format('SELECT sparkline(''{}'', %s)', w), '22023', 'not ' || w) FROM (VALUES (0), (-1), (1001), (2147483647)) v (w);

SELECT is(progress_bar(p, 4), t, p || ' per cent')
FROM (VALUES (-5, '    '), (0, '    '), (3.124, '    '), (3.125, '▏   '), (50, '██  '), (62.5, '██▌ '), (99.999, '███▉'), (100, '████'), (250, '████')) v (p, t);
SELECT is(progress_bar(12.5 * n, 1), substr(' ▏▎▍▌▋▊▉█', n + 1, 1), n || ' eighths') FROM generate_series(0, 8) n;
SELECT is(progress_bar(55), '███████████         ', 'twenty wide unless said');
SELECT is(length(progress_bar(33.3, w)), w, format('%s characters wide', w)) FROM (VALUES (1), (7), (1000)) v (w);
SELECT is(progress_bar(NULL), NULL, 'NULL is NULL');
SELECT is(progress_bar(50, NULL), NULL, 'a NULL width too');
SELECT pg_temp.refuses(format('SELECT progress_bar(50, %s)', w), '22023', 'not ' || w) FROM (VALUES (0), (-1), (1001)) v (w);
SELECT pg_temp.refuses(format('SELECT progress_bar(%L)', p), '22023', 'percent') FROM (VALUES ('NaN'), ('Infinity'), ('-Infinity')) v (p);

-- Properties over random series -----------------------------------------------------------

CREATE TEMP TABLE random_series AS
	SELECT n, indicator_series_agg(date '1999-11-20' + (k * (n % 97 + 1) + n % 7), (('x' || substr(md5(n || ' ' || k), 1, 8))::bit(32)::int / 1e4)::float8) AS s
	FROM generate_series(1, 400) n, generate_series(1, n % 61) k GROUP BY n;
INSERT INTO random_series VALUES (0, '{}');

SELECT is_empty(
	$$SELECT n FROM random_series WHERE float8send(series_last_value(series_cumulative(s, '-infinity', 'infinity')))
		IS DISTINCT FROM float8send(series_sum(s, '-infinity', 'infinity'))$$,
	'the last running sum is the sum, to the bit');
SELECT is_empty(
	$$SELECT n FROM random_series, points(series_cumulative(s, '2001-01-01', '2004-12-31')) p
	WHERE p.value IS DISTINCT FROM series_sum(s, '2001-01-01', p.observed_on)$$,
	'and each is the sum up to its date');
SELECT is_empty($$SELECT n FROM random_series WHERE series_moving_average(s, 1) IS DISTINCT FROM s$$, 'the moving average of one is the series');
SELECT is_empty(
	$$SELECT n, k FROM random_series, (VALUES (2), (3), (12)) v (k)
	WHERE series_count(series_moving_average(s, k)) <> greatest(series_count(s) - k + 1, 0)$$,
	'a moving average begins with the k-th value');
SELECT is_empty(
	$$SELECT n, p.observed_on FROM random_series, (VALUES (2), (3), (12)) v (k), points(series_moving_average(s, k)) p,
		LATERAL (SELECT avg(q.value) AS mean FROM (SELECT value FROM points(s) WHERE observed_on <= p.observed_on ORDER BY observed_on DESC LIMIT k) q) q
	WHERE abs(p.value - q.mean) > 1e-9 * (1 + abs(q.mean))$$,
	'each of its values is the mean of k');
SELECT is_empty(
	$$SELECT n, period FROM random_series, (VALUES ('month'), ('quarter'), ('half_year'), ('year')) v (period)
	WHERE abs(series_sum(series_resample(s, period, 'sum'), '-infinity', 'infinity') - series_sum(s, '-infinity', 'infinity')) > 1e-6$$,
	'the sums of periods add up to the sum');
SELECT is_empty(
	$$SELECT n, v.* FROM random_series, (VALUES ('month'), ('quarter'), ('half_year'), ('year')) v (period), (VALUES ('last'), ('first'), ('sum'), ('min'), ('max'), ('mean')) w (how)
	WHERE series_resample(series_resample(s, period, how), period, how) IS DISTINCT FROM series_resample(s, period, how)$$,
	'a series of periods stays as it is');
SELECT is_empty(
	$$SELECT n FROM random_series, (VALUES ('last'), ('first'), ('min'), ('max')) w (how)
	WHERE series_resample(series_resample(s, 'month', how), 'year', how) IS DISTINCT FROM series_resample(s, 'year', how)$$,
	'years by way of months are years');
SELECT is_empty(
	$$SELECT r.n, period, g.d FROM random_series r, (VALUES ('month', 1), ('quarter', 3), ('half_year', 6), ('year', 12)) v (period, months),
		LATERAL (SELECT (date_trunc('year', observed_on) + make_interval(months => ((extract(month FROM observed_on)::int - 1) / months + 1) * months))::date - 1 AS d,
			sum(value) AS total, min(value) AS least, max(value) AS most, count(*) AS n FROM points(s) GROUP BY 1) g
	WHERE abs(series_value(series_resample(s, period, 'sum'), d) - g.total) IS DISTINCT FROM 0
		AND NOT abs(series_value(series_resample(s, period, 'sum'), d) - g.total) < 1e-6
		OR series_value(series_resample(s, period, 'min'), d) IS DISTINCT FROM g.least
		OR series_value(series_resample(s, period, 'max'), d) IS DISTINCT FROM g.most$$,
	'periods are those of the calendar');
SELECT is_empty(
	$$SELECT n FROM random_series, points(s) p WHERE abs(series_year_to_date(s, p.observed_on)
		- (SELECT sum(q.value) FROM points(s) q WHERE date_trunc('year', q.observed_on) = date_trunc('year', p.observed_on) AND q.observed_on <= p.observed_on)) > 1e-6$$,
	'the year to date is what SQL says it is');
SELECT is_empty(
	$$SELECT n FROM random_series, points(s) p
	WHERE p.observed_on = date_trunc('year', p.observed_on) + interval '1 year -1 day'
		AND series_year_share(s, p.observed_on) IS DISTINCT FROM 1 AND series_year_share(s, p.observed_on) IS NOT NULL$$,
	'the whole share is reached on the last day');
SELECT is_empty(
	$$SELECT n FROM random_series, points(s) p
	WHERE series_year_share(s, p.observed_on) > 0
		AND series_year_estimate(s, p.observed_on) IS DISTINCT FROM series_year_to_date(s, p.observed_on) / series_year_share(s, p.observed_on)$$,
	'the estimate is the year to date over the share');
SELECT is_empty(
	$$SELECT n FROM random_series, points(s) p, points(s) q WHERE p.observed_on + 366 < q.observed_on AND p.value * q.value > 0 AND n % 40 = 13
		AND NOT abs(p.value * (1 + sign(p.value) * series_growth(s, p.observed_on, q.observed_on)) ^
			((extract(year FROM q.observed_on) - extract(year FROM p.observed_on)) + (extract(month FROM q.observed_on) - extract(month FROM p.observed_on)) / 12
			+ (extract(day FROM q.observed_on) / extract(day FROM date_trunc('month', q.observed_on) + interval '1 month -1 day')
			- extract(day FROM p.observed_on) / extract(day FROM date_trunc('month', p.observed_on) + interval '1 month -1 day')) / 12)::float8 - q.value)
			<= 1e-6 * abs(q.value)$$,
	'growth carries one value to the other');
SELECT is_empty(
	$$SELECT n FROM random_series, points(s) p, points(s) q WHERE n % 20 = 7
		AND series_change(s, p.observed_on, q.observed_on) IS DISTINCT FROM q.value - p.value$$,
	'a change is a difference');
SELECT is_empty(
	$$SELECT n, k FROM random_series, (VALUES (2::float8), (1024), (0.125)) v (k),
		LATERAL (SELECT indicator_series_agg(observed_on, value * k) AS t FROM points(s)) x
	WHERE series_mean(t, '-infinity', 'infinity') IS DISTINCT FROM k * series_mean(s, '-infinity', 'infinity')
		OR series_year_share(t, '2003-06-30') IS DISTINCT FROM series_year_share(s, '2003-06-30')
		OR sparkline(t, 10) IS DISTINCT FROM CASE WHEN series_count(s) > 0 THEN sparkline(s, 10) END$$,
	'a change of unit changes the unit alone');
SELECT is_empty(
	$$SELECT n FROM random_series WHERE length(sparkline(s)) <> series_count(s) OR sparkline(s) <> '' AND sparkline(s) !~ '^[▁▂▃▄▅▆▇█]+$'
		OR series_count(s) > 1 AND (position('▁' IN sparkline(s)) = 0 OR position('█' IN sparkline(s)) = 0)$$,
	'a bar for each value, from the lowest to the full');
SELECT is_empty(
	$$SELECT p FROM generate_series(0, 100, 0.1) p WHERE length(progress_bar(p, 10)) <> 10 OR progress_bar(p, 10) !~ '^█*[▏▎▍▌▋▊▉]? *$'
		OR (progress_bar(p, 10) = '██████████') <> (p = 100)$$,
	'a bar is full blocks, at most one part of a block, and blanks');

-- Long series --------------------------------------------------------------------------------

CREATE TEMP TABLE long_series AS SELECT indicator_series_agg(date '1930-01-01' + n, n % 1000) AS s FROM generate_series(0, 32767) n;
SELECT is(series_sum(s, '-infinity', 'infinity'), (SELECT sum(n % 1000) FROM generate_series(0, 32767) n)::float8, 'the longest series has a sum') FROM long_series;
SELECT is(series_count(series_cumulative(s, '-infinity', 'infinity')), 32768, 'running sums') FROM long_series;
SELECT is(series_count(series_moving_average(s, 1000)), 31769, 'a moving average') FROM long_series;
SELECT is(series_value(series_moving_average(s, 1000), '1950-01-01'), 499.5::float8, 'which is right') FROM long_series;
SELECT is(series_count(series_resample(s, 'month', 'mean')), 1077, 'months') FROM long_series;
SELECT is(length(sparkline(s)), 32768, 'a very long line') FROM long_series;
SELECT is(length(sparkline(s, 80)), 80, 'a short one') FROM long_series;

SELECT * FROM finish();
ROLLBACK;
