-- Statistics that need every value: weighted_median, weighted_quantile, skewness, kurtosis.
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

CREATE TEMP TABLE figure AS
	SELECT n, n % 7 AS class, -ln(1 - ('x' || substr(md5('v' || n), 1, 8))::bit(32)::bigint / 4294967297.0)::float8 - 1 AS v,
		(('x' || substr(md5('w' || n), 1, 4))::bit(16)::int % 50)::float8 AS w
	FROM generate_series(1, 2000) n;
CREATE TEMP TABLE nothing (v float8, w float8);

-- Skewness and kurtosis -------------------------------------------------------------

SELECT pg_temp.near(skewness(v), 3.0632410342395, 'skewness as a spreadsheet gives it') FROM unnest('{1,2,3,4,5,6,7,8,9,10,30,100}'::float8[]) v;
SELECT pg_temp.near(kurtosis(v), 9.74139083456914, 'kurtosis as a spreadsheet gives it') FROM unnest('{1,2,3,4,5,6,7,8,9,10,30,100}'::float8[]) v;
SELECT pg_temp.near(skewness(-v), -2, 'turned values, turned skewness') FROM unnest('{0,0,0,1}'::float8[]) v;
SELECT pg_temp.near(kurtosis(-v), 4, 'turned values, the same kurtosis') FROM unnest('{0,0,0,1}'::float8[]) v;
SELECT is(ARRAY[skewness(v), kurtosis(v)], '{NULL,NULL}', 'of nothing') FROM nothing;
SELECT is(ARRAY[skewness(v), kurtosis(v)], '{NULL,NULL}', 'of NULLs') FROM (VALUES (NULL::float8), (NULL), (NULL), (NULL)) x (v);
SELECT is(ARRAY[skewness(v), kurtosis(v)], '{NULL,NULL}', 'of two') FROM unnest('{1,5,NULL,NULL}'::float8[]) v;
SELECT is(ARRAY[abs(skewness(v)) < 1e-15, kurtosis(v) IS NULL], '{t,t}', 'of three') FROM unnest('{1,5,9,NULL}'::float8[]) v;
SELECT is(ARRAY[skewness(v), kurtosis(v)], '{NULL,NULL}', 'of equal values') FROM unnest('{0.1,0.1,0.1,0.1,0.1}'::float8[]) v;
SELECT ok(abs(skewness(v) - 2) < 1e-13 AND abs(kurtosis(v) - 4) < 1e-12, format('of values of the size %s', s))
FROM unnest('{1e308,1e200,1e-200,1e-300}'::float8[]) s, LATERAL (VALUES (0), (0), (0), (s)) x (v) GROUP BY s;
-- the definition in numeric arithmetic
CREATE TEMP VIEW defined AS
	WITH d AS (SELECT class, v::text::numeric - avg(v::text::numeric) OVER (PARTITION BY class) AS d FROM figure),
		m AS (SELECT class, count(*)::numeric AS n, avg(d ^ 2) AS m2, avg(d ^ 3) AS m3, avg(d ^ 4) AS m4 FROM d GROUP BY class)
	SELECT class, sqrt(n * (n - 1)) / (n - 2) * m3 / (m2 * sqrt(m2)) AS skew,
		(n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / m2 ^ 2 - 3) + 6) AS kurt
	FROM m;
SELECT ok(bool_and(abs(skewness - skew) < 1e-12 AND abs(kurtosis - kurt) < 1e-12) AND count(*) = 7, 'as defined, in exact arithmetic')
FROM (SELECT class, skewness(v), kurtosis(v) FROM figure GROUP BY class) x JOIN defined USING (class);
SELECT pg_temp.refuses(format('SELECT %s(%L::float8)', f, x), '22023', 'finite')
FROM unnest('{skewness,kurtosis}'::text[]) f, unnest('{NaN,Infinity,-Infinity}'::text[]) x;

-- Weighted median and quantile ------------------------------------------------------

SELECT is(weighted_median(v, 1), 3::float8, 'median of three') FROM unnest('{5,1,3}'::float8[]) v;
SELECT is(weighted_median(v, 2), 4::float8, 'median of four: the mean of two neighbours') FROM unnest('{5,1,3,9}'::float8[]) v;
SELECT is(weighted_median(v, w), 1::float8, 'a heavy value') FROM (VALUES (5, 1), (1, 7), (3, 1)) x (v, w);
SELECT is(weighted_median(v, w), 2::float8, 'exactly half') FROM (VALUES (5, 1), (1, 3), (3, 1), (9, 1)) x (v, w);
SELECT is(weighted_median(v, w), 6::float8, 'half but for the dust of a sum') FROM (VALUES (1, 0.1), (2, 0.2), (10, 0.3)) x (v, w);
SELECT is(weighted_median(v, w), 3::float8, 'NULLs and zero weights do not count')
FROM (VALUES (3, 1), (NULL, 5), (9, NULL), (-100, 0), (1, 1), (8, 1)) x (v, w);
SELECT is(ARRAY[weighted_median(v, w), weighted_quantile(v, w, 0.5)], '{NULL,NULL}', 'of nothing') FROM nothing;
SELECT is(ARRAY[weighted_median(v, w), weighted_quantile(v, w, 0.5)], '{NULL,NULL}', 'of nothing that counts') FROM (VALUES (5, 0), (NULL, 1), (1, NULL)) x (v, w);
SELECT is(ARRAY[weighted_quantile(v, 1, 0), weighted_quantile(v, 1, 0.25), weighted_quantile(v, 1, 0.3), weighted_quantile(v, 1, 0.5), weighted_quantile(v, 1, 1)],
	'{1,3,3.5,5.5,10}'::float8[], 'quantiles of 1 to 10') FROM generate_series(1, 10) v;
SELECT is(ARRAY[weighted_quantile(v, w, 0.2), weighted_quantile(v, w, 0.21), weighted_quantile(v, w, 0.5), weighted_quantile(v, w, 0.51)],
	'{1.5,2,2.5,3}'::float8[], 'quantiles of uneven weights') FROM (VALUES (1, 2), (2, 3), (3, 5)) x (v, w);
SELECT ok(bool_and(weighted_median = repeated), 'a weight of k is k rows')
FROM (SELECT class, weighted_median(v, w) FROM figure GROUP BY class) a
	JOIN (SELECT class, percentile_cont(0.5) WITHIN GROUP (ORDER BY v) AS repeated FROM figure, generate_series(1, w::int) GROUP BY class) b USING (class);
SELECT ok(bool_and(plain = scaled), 'the scale of the weights does not matter')
FROM (SELECT weighted_quantile(v, w, 0.35) AS plain, weighted_quantile(v, w * k, 0.35) AS scaled
	FROM figure, unnest('{10,0.1,1e300,1e-300}'::float8[]) k GROUP BY class, k) x;
SELECT pg_temp.refuses(format('SELECT %s', call), '22023', offender) FROM (VALUES
	('weighted_median(1, -2)', '-2'), ('weighted_quantile(1, -2, 0.5)', '-2'), ('weighted_quantile(1, 1, 1.5)', '1.5'),
	('weighted_quantile(1, 1, -0.1)', '-0.1'), ('weighted_quantile(1, 1, ''NaN'')', 'fraction'), ('weighted_median(''NaN'', 1)', 'value'),
	('weighted_median(1, ''Infinity'')', 'weight'), ('weighted_quantile(NULL, 1, 7)', '7')) x (call, offender);
SELECT pg_temp.refuses('SELECT weighted_quantile(v, 1, f) FROM (VALUES (1, 0.5), (2, 0.6)) x (v, f)', '22023', 'fraction must be the same');
SELECT pg_temp.refuses('SELECT weighted_quantile(1, 1, NULL)', '22004', 'fraction');

-- The same bits in any order, as windows, and in parts ---------------------------------

SELECT ok(bool_and(a = b AND c = d AND e = f AND g = h), 'the same bits in any order')
FROM (SELECT skewness(v ORDER BY n) AS a, skewness(v ORDER BY md5(n::text)) AS b, kurtosis(v ORDER BY v) AS c, kurtosis(v ORDER BY n DESC) AS d,
		weighted_median(v, w ORDER BY w) AS e, weighted_median(v, w ORDER BY n) AS f,
		weighted_quantile(v, w, 0.9 ORDER BY v DESC) AS g, weighted_quantile(v, w, 0.9 ORDER BY n) AS h
	FROM figure GROUP BY class) x;
SELECT is(skewness(v)::text, '0', 'minus zero is zero') FROM unnest('{-1,-0,0,1}'::float8[]) v;
SELECT is(weighted_median(v, 1)::text, '0', 'the median is never minus zero') FROM unnest('{-0,-0,-0}'::float8[]) v;
SELECT ok(bool_and(running IS NOT DISTINCT FROM plain AND middle IS NOT DISTINCT FROM median), 'over a window as over its rows')
FROM (SELECT n, skewness(v) OVER w AS running, weighted_median(v, f.w) OVER w AS middle FROM figure f
		WINDOW w AS (ORDER BY n ROWS BETWEEN 5 PRECEDING AND CURRENT ROW)) x,
	LATERAL (SELECT skewness(v) AS plain, weighted_median(v, w) AS median FROM figure f WHERE f.n BETWEEN x.n - 5 AND x.n) y
WHERE n <= 200;
CREATE TEMP TABLE whole AS
	SELECT class, skewness(v), kurtosis(v), weighted_median(v, w), weighted_quantile(v, w, 0.1) FROM figure GROUP BY class;
CREATE TABLE part_figure (n int, class int, v float8, w float8) PARTITION BY RANGE (n);
CREATE TABLE part_figure_1 PARTITION OF part_figure FOR VALUES FROM (0) TO (700);
CREATE TABLE part_figure_2 PARTITION OF part_figure FOR VALUES FROM (700) TO (3000);
INSERT INTO part_figure SELECT * FROM figure ORDER BY md5(n::text);
ANALYZE part_figure;
SET LOCAL enable_partitionwise_aggregate = on;
SELECT set_eq('SELECT class, skewness(v), kurtosis(v), weighted_median(v, w), weighted_quantile(v, w, 0.1) FROM part_figure GROUP BY class',
	'TABLE whole', 'combined from partitions');
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 3;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN ' || query; END $$;
SELECT isnt_empty($$SELECT * FROM pg_temp.plan_of('SELECT class, skewness(v), weighted_median(v, w) FROM part_figure GROUP BY class') p WHERE p ~ 'Partial'$$,
	'the plan computes parts in workers');
SELECT set_eq('SELECT class, skewness(v), kurtosis(v), weighted_median(v, w), weighted_quantile(v, w, 0.1) FROM part_figure GROUP BY class',
	'TABLE whole', 'combined from workers');
SELECT pg_temp.refuses('SELECT weighted_quantile(v, 1, n / 2000.0) FROM part_figure', '22023', 'fraction must be the same');

-- States in the wrong hands -----------------------------------------------------------

CREATE AGGREGATE crossed_series(float8) (SFUNC = collect_numbers_step, STYPE = internal, FINALFUNC = indicator_series_agg_final);
CREATE AGGREGATE crossed_median(float8) (SFUNC = collect_numbers_step, STYPE = internal, FINALFUNC = weighted_median_final);
CREATE AGGREGATE crossed_quantile(float8, float8) (SFUNC = weighted_median_step, STYPE = internal, FINALFUNC = weighted_quantile_final);
SELECT pg_temp.refuses('SELECT crossed_series(1)', '22023', 'another aggregate');
SELECT pg_temp.refuses('SELECT crossed_median(1)', '22023', 'another aggregate');
SELECT pg_temp.refuses('SELECT crossed_quantile(1, 1)', '22023', 'another aggregate');
CREATE AGGREGATE crossed_bytes(float8, float8) (SFUNC = weighted_median_step, STYPE = internal, COMBINEFUNC = weighted_median_combine,
	FINALFUNC = weighted_median_final, SERIALFUNC = weighted_median_serialize, DESERIALFUNC = collect_numbers_deserialize, PARALLEL = SAFE);
SELECT pg_temp.refuses('SELECT crossed_bytes(v, w) FROM part_figure', '22P03', 'malformed');
CREATE AGGREGATE crossed_width(float8) (SFUNC = collect_numbers_step, STYPE = internal, COMBINEFUNC = collect_numbers_combine,
	FINALFUNC = skewness_final, SERIALFUNC = collect_numbers_serialize, DESERIALFUNC = indicator_series_agg_deserialize, PARALLEL = SAFE);
SELECT throws_ok('SELECT crossed_width(v) FROM part_figure', NULL, NULL, 'bytes read by another aggregate are refused');

SELECT * FROM finish();
ROLLBACK;
