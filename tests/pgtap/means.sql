-- weighted_mean, geometric_mean, harmonic_mean, coverage and the scores of single values, with the defects that other
-- software has as tests of ours.
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
CREATE FUNCTION pg_temp.near(got float8, expected float8, description text) RETURNS text LANGUAGE sql AS $$
	SELECT ok(got IS NOT NULL AND abs(got - expected) <= 1e-13 * greatest(1, abs(expected)), description || ': ' || coalesce(got::text, 'NULL'))
$$;

-- One column of figures ----------------------------------------------------------

SELECT pg_temp.near(weighted_mean(v, w), 17.0 / 6, 'weighted mean') FROM (VALUES (1, 1), (2, 2), (4, 3)) x (v, w);
SELECT pg_temp.near(geometric_mean(v), 2, 'geometric mean') FROM (VALUES (1), (2), (4)) x (v);
SELECT pg_temp.near(geometric_mean(v, w), exp((2 * ln(2) + 3 * ln(4)) / 6), 'weighted geometric mean') FROM (VALUES (1, 1), (2, 2), (4, 3)) x (v, w);
SELECT pg_temp.near(harmonic_mean(v), 12.0 / 7, 'harmonic mean') FROM (VALUES (1), (2), (4)) x (v);
SELECT pg_temp.near(harmonic_mean(v, w), 6 / 2.75, 'weighted harmonic mean') FROM (VALUES (1, 1), (2, 2), (4, 3)) x (v, w);
SELECT pg_temp.near(coverage(v, w), 4 / 6.0, 'coverage') FROM (VALUES (1, 1), (NULL, 2), (4, 3)) x (v, w);
-- growth of 2.92, 8.29, 6.27, 6.52, 8.16 per cent
SELECT is(round((100 * (geometric_mean(1 + r / 100) - 1))::numeric, 4), 6.4141, 'five years of growth: geometric')
FROM unnest('{2.92,8.29,6.27,6.52,8.16}'::float8[]) r;
SELECT is(round(weighted_mean(r, 1)::numeric, 3), 6.432, 'five years of growth: arithmetic') FROM unnest('{2.92,8.29,6.27,6.52,8.16}'::float8[]) r;
SELECT ok(harmonic_mean(v) < geometric_mean(v) AND geometric_mean(v) < weighted_mean(v, 1), 'harmonic < geometric < arithmetic')
FROM unnest('{3,50,0.25,7}'::float8[]) v;
SELECT ok(harmonic_mean(v) = 0.3 AND abs(geometric_mean(v) - 0.3) < 1e-15 AND weighted_mean(v, 1) IS NOT NULL, 'of equals it is their value')
FROM unnest('{0.3,0.3,0.3}'::float8[]) v;

-- Nothing, NULL, zero -----------------------------------------------------------------

-- 0 for no rows, or a crash on NULL, is what others do
CREATE TEMP TABLE nothing (v float8, w float8);
SELECT is(ARRAY[weighted_mean(v, w), geometric_mean(v), geometric_mean(v, w), harmonic_mean(v), harmonic_mean(v, w), coverage(v, w)],
		  '{NULL,NULL,NULL,NULL,NULL,NULL}', 'no rows: NULL') FROM nothing;
INSERT INTO nothing VALUES (NULL, NULL), (1, NULL), (NULL, NULL);
SELECT is(ARRAY[weighted_mean(v, w), geometric_mean(v, w), harmonic_mean(v, w), coverage(v, w)], '{NULL,NULL,NULL,NULL}', 'NULLs only: NULL') FROM nothing;
INSERT INTO nothing VALUES (5, 0), (-7, 0);
SELECT is(ARRAY[weighted_mean(v, w), geometric_mean(v, w), harmonic_mean(v, w), coverage(v, w)], '{NULL,NULL,NULL,NULL}', 'zero weight: NULL') FROM nothing;
SELECT is(ARRAY[weighted_mean(v, w), round(geometric_mean(v, w)::numeric, 12)::float8, harmonic_mean(v, w)], '{3,3,3}', 'weight 0 never counts, whatever its value')
FROM (VALUES (3, 1), (-100, 0), (0, 0)) x (v, w);
SELECT is(ARRAY[weighted_mean(v, w), round(geometric_mean(v, w)::numeric, 12)::float8, harmonic_mean(v, w)], '{3,3,3}', 'a NULL is skipped, not a zero')
FROM (VALUES (3, 1), (NULL, 5), (3, NULL)) x (v, w);
SELECT is(coverage(v, w), 0::float8, 'nothing scored: coverage 0') FROM (VALUES (NULL::float8, 1), (NULL, 2)) x (v, w);
SELECT is(coverage(v, w), 1::float8, 'all scored: coverage 1, to the bit') FROM (SELECT 1 AS v, 0.1 AS w FROM generate_series(1, 10)) x;
SELECT is(coverage(v, w), 0.5::float8, 'a row without weight does not count') FROM (VALUES (1, 1), (NULL, 1), (1, NULL), (NULL, NULL)) x (v, w);
SELECT is(ARRAY[geometric_mean(v), harmonic_mean(v)], '{0,0}', 'a zero gives zero') FROM unnest('{5,0,7}'::float8[]) v;
SELECT is(ARRAY[geometric_mean(v), harmonic_mean(v)], '{NULL,NULL}', 'a negative gives NULL') FROM unnest('{5,-1,7}'::float8[]) v;
SELECT is(ARRAY[geometric_mean(v), harmonic_mean(v)], '{NULL,NULL}', 'even beside a zero') FROM unnest('{0,-1,7}'::float8[]) v;
SELECT is(geometric_mean(v), 0::float8, 'minus zero is zero') FROM unnest('{-0,4}'::float8[]) v;
SELECT is(weighted_mean(v, 1)::text, '0', 'the mean is never minus zero') FROM unnest('{-0,-0}'::float8[]) v;

-- Refused ---------------------------------------------------------------------------

SELECT pg_temp.refuses(format('SELECT %s(1, -2)', f), '22023', '-2')
FROM unnest('{weighted_mean,geometric_mean,harmonic_mean,coverage}'::text[]) f;
SELECT pg_temp.refuses(format('SELECT %s(%L::float8, 1::float8)', f, x), '22023', 'finite')
FROM unnest('{weighted_mean,geometric_mean,harmonic_mean,coverage}'::text[]) f, unnest('{NaN,Infinity,-Infinity}'::text[]) x;
SELECT pg_temp.refuses(format('SELECT %s(1, %L::float8)', f, x), '22023', 'finite')
FROM unnest('{weighted_mean,geometric_mean,harmonic_mean,coverage}'::text[]) f, unnest('{NaN,Infinity,-Infinity}'::text[]) x;
SELECT pg_temp.refuses(format('SELECT %s(%L::float8)', f, x), '22023', 'finite')
FROM unnest('{geometric_mean,harmonic_mean}'::text[]) f, unnest('{NaN,Infinity}'::text[]) x;

-- Scale of the weights, order of the rows, plans ---------------------------------------

CREATE TEMP TABLE figure AS
	SELECT n, n % 7 AS class, 1 + ('x' || substr(md5('v' || n), 1, 8))::bit(32)::bigint / 1e7 AS v,
		('x' || substr(md5('w' || n), 1, 8))::bit(32)::bigint / 1e8 AS w
	FROM generate_series(1, 2000) n;
SELECT ok(bool_and(abs(weighted_mean / scaled - 1) < 1e-12), format('weights times %s: the same mean', k))
FROM unnest('{10,0.001,1e100,1e-100}'::float8[]) k,
	LATERAL (SELECT weighted_mean(v, w), weighted_mean(v, w * k) AS scaled FROM figure GROUP BY class) x GROUP BY k;
SELECT ok(bool_and(a = b AND c = d AND e = f AND g = h), 'weights times a power of two: the same bits')
FROM (SELECT weighted_mean(v, w) AS a, weighted_mean(v, w * 1024) AS b, geometric_mean(v, w) AS c, geometric_mean(v, w / 64) AS d,
		harmonic_mean(v, w) AS e, harmonic_mean(v, w * 2 ^ 50) AS f, coverage(v, w) AS g, coverage(v, w / 2 ^ 20) AS h
	FROM figure GROUP BY class) x;
SELECT ok(bool_and(a = b AND c = d AND e = f), 'rows in another order: the same bits')
FROM (SELECT weighted_mean(v, w ORDER BY n) AS a, weighted_mean(v, w ORDER BY n DESC) AS b, geometric_mean(v, w ORDER BY v) AS c,
		geometric_mean(v, w ORDER BY w) AS d, harmonic_mean(v, w ORDER BY v) AS e, harmonic_mean(v, w ORDER BY n) AS f
	FROM figure GROUP BY class) x;
SELECT ok(bool_and(abs(a / b - 1) < 1e-12), 'equal to sum over sum')
FROM (SELECT weighted_mean(v, w) AS a, sum(v * w) / sum(w) AS b FROM figure GROUP BY class) x;
SELECT ok(bool_and(abs(running / plain - 1) < 1e-12), 'as a window it grows row by row')
FROM (SELECT weighted_mean(v, w) OVER (ORDER BY n) AS running, sum(v * w) OVER (ORDER BY n) / sum(w) OVER (ORDER BY n) AS plain FROM figure) x;
SELECT results_eq(
	$$SELECT n, weighted_mean(v, w) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1, 1, 1), (2, NULL, 1), (3, 5, 1), (4, 7, 3)) x (n, v, w)$$,
	$$VALUES (1, 1::float8), (2, 1), (3, 5), (4, 6.5)$$, 'and slides over NULLs');
SELECT is((SELECT weighted_mean(v, 1) OVER () FROM nothing WHERE v IS NULL LIMIT 1), NULL, 'NULL over an empty frame');
SELECT results_eq(
	$$SELECT class, weighted_mean(v, w) FILTER (WHERE n < 3) IS NULL FROM figure GROUP BY class ORDER BY class$$,
	$$SELECT c, c NOT IN (1, 2) FROM generate_series(0, 6) c$$, 'FILTER leaves groups without rows NULL');

-- Scores of single values -----------------------------------------------------------

SELECT is(goalpost_score(45, 20, 70), 50::float8, 'half-way');
SELECT is(goalpost_score(30, 100, 0), 70::float8, 'worst above best: lower is better');
SELECT is(ARRAY[goalpost_score(10, 20, 70), goalpost_score(99, 20, 70)], '{0,100}'::float8[], 'clamped');
SELECT is(ARRAY[goalpost_score(10, 20, 70, false), goalpost_score(95, 20, 70, false)], '{-20,150}'::float8[], 'unless asked');
SELECT is(goalpost_score(70, 20, 70), 100::float8, 'at the best exactly 100');
SELECT is(goalpost_score(NULL, 20, 70), NULL, 'a NULL value is NULL');
SELECT is(goalpost_score(0, 100, -100)::text, '50', 'goalposts on both sides of 0');
SELECT is(goalpost_score(100, 100, 0)::text, '0', 'never minus zero');
SELECT is(log_goalpost_score(10, 1, 100), 50::float8, 'half-way on a log scale');
SELECT pg_temp.near(log_goalpost_score(10, 1000, 1), 200 / 3.0, 'downwards');
SELECT is(ARRAY[log_goalpost_score(0, 1, 100), log_goalpost_score(-5, 1, 100)], '{NULL,NULL}'::float8[], 'no logarithm of 0 or less');
SELECT pg_temp.refuses('SELECT goalpost_score(1, 5, 5)', '22023', 'different');
SELECT pg_temp.refuses($$SELECT goalpost_score('NaN', 5, 6)$$, '22023', 'value');
SELECT pg_temp.refuses($$SELECT goalpost_score(1, 'Infinity', 6)$$, '22023', 'worst');
SELECT pg_temp.refuses($$SELECT goalpost_score(1, 5, '-Infinity')$$, '22023', 'best');
SELECT pg_temp.refuses('SELECT log_goalpost_score(1, 0, 6)', '22023', 'above zero');
SELECT pg_temp.refuses('SELECT log_goalpost_score(1, 1, -6)', '22023', 'above zero');
SELECT is(array_agg(steps_score(v, '{1,2,3,4}', '{0,5,10,15,20}') ORDER BY v), '{0,0,5,5,10,15,20,20}'::float8[], 'a table of points')
FROM unnest('{-5,0.99,1,1.99,2,3,4,400}'::float8[]) v;
SELECT is(steps_score(7, '{}', '{42}'), 42::float8, 'a table without thresholds');
SELECT is(steps_score(7, '{5}', '{10,0}'), 0::float8, 'points may fall');
SELECT pg_temp.refuses($$SELECT steps_score(1, '{1,2}', '{0,1}')$$, '2202E', 'points');
SELECT pg_temp.refuses($$SELECT steps_score(1, '{2,2}', '{0,1,2}')$$, '22023', 'ascend');
SELECT pg_temp.refuses($$SELECT steps_score(1, '{2,NULL}', '{0,1,2}')$$, '22023', 'thresholds');
SELECT pg_temp.refuses($$SELECT steps_score(1, '{1,2}', '{0,NaN,2}')$$, '22023', 'points');
SELECT pg_temp.refuses($$SELECT steps_score('NaN', '{1,2}', '{0,1,2}')$$, '22023', 'value');
SELECT is(array_agg(finite_or_null(x)), '{1.5,NULL,NULL,NULL,0}'::float8[], 'finite_or_null') FROM unnest('{1.5,NaN,Infinity,-Infinity,0}'::float8[]) x;

SELECT * FROM finish();
ROLLBACK;
