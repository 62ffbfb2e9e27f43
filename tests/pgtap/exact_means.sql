-- Means, shares and indices from exact sums: the same bits in any order, over frames as over their rows, right to the
-- last bit where numeric arithmetic can tell, and never harmed by forged states.
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
-- The bits of a figure; the same for NULL.
CREATE FUNCTION pg_temp.bits(float8) RETURNS text LANGUAGE sql AS $$ SELECT coalesce(encode(float8send($1), 'hex'), 'NULL') $$;

-- Every aggregate of the family, as a call on columns v and w.
CREATE TEMP TABLE member (call text PRIMARY KEY);
INSERT INTO member VALUES ('weighted_mean(v, w)'), ('weighted_sum(v, w)'), ('geometric_mean(v, w)'), ('geometric_mean(v)'), ('harmonic_mean(v, w)'), ('harmonic_mean(v)'),
	('coverage(v, w)'), ('weighted_sd(v, w)'), ('power_mean(v, w, 2)'), ('power_mean(v, w, -1.5)'), ('power_mean(v, w, 1e-9)'),
	('power_mean(v, w, 0)'), ('power_mean(v, w, 100)'), ('outranking(v, u)'), ('outranking(v, u, w)'),
	('mpi_minus(v)'), ('mpi_plus(v)'), ('mpi_minus(v, w)'), ('mpi_plus(v, w)'), ('mpi_minus(v, w, ''sample'')'), ('mpi_plus(v, w, ''population'')');

-- Orders ------------------------------------------------------------------------

CREATE TEMP TABLE hard (n int, v float8, w float8, u float8);
INSERT INTO hard SELECT n, v, (ARRAY[1, 0.1, 1e300, 3, 1e-300, 5e-324, 1.7e308])[1 + n % 7], (ARRAY[1, 50, 1e-5])[1 + n % 3]
	FROM unnest('{1e100,1,-1e100,1e-300,.1,.2,1.7e308,-1.7e308,5e-324,-5e-324,2.2250738585072014e-308,0,33.3,1e16,-1e16,7,1e-160,1e155}'::float8[])
	WITH ORDINALITY x (v, n);
CREATE TEMP TABLE positive AS SELECT n, nullif(abs(v), 0) AS v, w, u FROM hard;
-- fifty orders each; mpi_plus of 1e308 and -1e308 is beyond float8, so the indices, like sums, are asked of tamer figures
CREATE TEMP TABLE tame AS SELECT n, 20 + n / 3.0::float8 AS v, 1 / (n + 0.1::float8) AS w, 24::float8 AS u FROM generate_series(1, 40) n;
CREATE FUNCTION pg_temp.orders(source text, call text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	got text;
	seen text[] = '{}';
BEGIN
	FOR i IN 1 .. 50 LOOP
		EXECUTE format('SELECT pg_temp.bits(%s) FROM %I', replace(call, ')', format(' ORDER BY md5(%L || n))', i)), source) INTO got;
		seen = seen || got;
	END LOOP;
	RETURN (SELECT count(DISTINCT s) FROM unnest(seen) s);
END $$;
SELECT is(pg_temp.orders(source, call), 1::bigint, format('fifty orders of %s rows, one %s', source, call))
FROM member, unnest('{hard,positive,tame}'::text[]) source WHERE source = 'tame' OR call NOT LIKE 'mpi%' AND call NOT LIKE 'weighted_sum%';
SELECT is(weighted_mean(v, 1), 0.21666666666666667::float8, '(1e100 + 1 - 1e100 + 1e-300 + .1 + .2) / 6')
FROM unnest('{1e100,1,-1e100,1e-300,.1,.2}'::float8[]) v;
SELECT is(weighted_mean(v, 1), 1.6e308::float8, 'values whose sum is beyond float8') FROM unnest('{1.7e308,1.5e308}'::float8[]) v;
SELECT is(weighted_mean(v, 1e308), 1.6e308::float8, 'and weights too') FROM unnest('{1.7e308,1.5e308}'::float8[]) v;
SELECT is(weighted_mean(v, 5e-324), 1e-323::float8, 'subnormal values and weights') FROM unnest('{5e-324,1.5e-323}'::float8[]) v;
SELECT is(weighted_sum(v, 1), 1.3::float8, '1e100 + 1 - 1e100 + 1e-300 + .1 + .2') FROM unnest('{1e100,1,-1e100,1e-300,.1,.2}'::float8[]) v;
SELECT is(weighted_sum(v, 2), 1.5e308::float8, 'products beyond float8 whose sum is not') FROM unnest('{1.5e308,-1.5e308,.75e308}'::float8[]) v;
SELECT is(weighted_sum(v, 0.25), 5e-324::float8, 'products below float8 whose sum is not') FROM unnest('{5e-324,5e-324,5e-324,5e-324}'::float8[]) v;
SELECT is(weighted_sum(v, 1)::text, '0', 'never minus zero') FROM unnest('{-0,-0}'::float8[]) v;
SELECT is(weighted_sum(v, w), 14::float8, 'NULL and weight 0 are skipped') FROM (VALUES (7, 2), (NULL, 1), (5, NULL), (9, 0)) x (v, w);
SELECT is(weighted_sum(v, w), NULL, 'no row is left: not 0') FROM (VALUES (NULL, 1), (5, NULL), (9, 0)) x (v, w);
SELECT is((SELECT weighted_sum(v, w) FROM hard WHERE false), NULL, 'nor without rows');
SELECT pg_temp.refuses(format('SELECT weighted_sum(%s)', arguments), state, word)
FROM (VALUES ('1, -1', '22023', 'negative'), ($$'NaN', 1$$, '22023', 'a value'), ($$'-Infinity', 1$$, '22023', 'a value'), ($$1, 'Infinity'$$, '22023', 'a weight'),
	($$1, 'NaN'$$, '22023', 'a weight'), ('1e308, 10', '22003', 'out of range'), ('-1e308, 10', '22003', 'out of range')) x (arguments, state, word);
SELECT is(geometric_mean(v, 5e-324), 3::float8, 'one value, a subnormal weight') FROM unnest('{3}'::float8[]) v;
SELECT ok(abs(geometric_mean(v) / 1e-300 - 1) < 2e-13, 'geometric mean far below 1') FROM unnest('{1e-299,1e-301}'::float8[]) v;
SELECT is(harmonic_mean(v, w), 1e-323::float8, 'harmonic mean of subnormals') FROM (VALUES (5e-324::float8, 1e308::float8), ('1.5e-323', 5e-324), ('1.5e-323', '1.7e308')) x (v, w)
WHERE w > 1e-300 AND v > 0;
SELECT is(power_mean(v, 1, 2), 1e300::float8, 'squares beyond float8') FROM unnest('{1e300,1e300,1e300}'::float8[]) v;
SELECT ok(abs(power_mean(v, 1, 2) / (1e300 * sqrt(12.5::float8)) - 1) < 4e-16, '(3e300, 4e300) to the power 2') FROM unnest('{3e300,4e300}'::float8[]) v;
SELECT ok(abs(power_mean(v, 1, -100) / (1e-300 * 2 ^ 0.01) - 1) < 1e-14, 'to the power -100') FROM unnest('{1e-300,1}'::float8[]) v;
SELECT is(weighted_sd(v, 1), 1.7e308::float8, 'as far apart as can be') FROM unnest('{1.7e308,-1.7e308}'::float8[]) v;

-- Against numeric arithmetic --------------------------------------------------------

-- figures of which numeric knows every digit: a 1024th of an integer; 10 bits and 20 bits multiply without rounding
CREATE TEMP TABLE known AS
	SELECT class, n, k / 1024.0 AS v, j / 1024.0 AS w
	FROM generate_series(1, 60) class, generate_series(1, 1 + class % 17) n,
		LATERAL (SELECT abs(hashint4(class * 1000 + n)) % 1048576 AS k, 1 + abs(hashint4(class * 7777 + n)) % 1023 AS j) x;
CREATE FUNCTION pg_temp.quotient(a numeric, b numeric) RETURNS float8 LANGUAGE sql AS $$ SELECT (trunc(a * 1e60 / b) * 1e-60)::float8 $$;
SELECT is_empty($$
	SELECT class FROM known GROUP BY class
	HAVING weighted_mean(v::float8, w::float8) <> pg_temp.quotient(sum(v * w), sum(w))$$, 'weighted_mean is right to the last bit');
SELECT is_empty($$
	SELECT class FROM known GROUP BY class
	HAVING weighted_sum(v::float8, w::float8) <> pg_temp.quotient(sum(v * w), 1)$$, 'weighted_sum too');
SELECT is_empty($$
	SELECT class FROM known GROUP BY class
	HAVING abs(weighted_sd(v::float8, w::float8) - pg_temp.quotient(sqrt(1e60 * (sum(w) * sum(w * v * v) - sum(w * v) * sum(w * v))) * 1e-30, sum(w)))
		> 2.3e-16 * weighted_sd(v::float8, w::float8)$$, 'weighted_sd within the last bit');
SELECT is_empty($$
	SELECT class FROM known GROUP BY class
	HAVING mpi_minus(v::float8, w::float8) <> pg_temp.quotient(2 * sum(w * v) * sum(w * v) - sum(w) * sum(w * v * v), sum(w) * sum(w * v))
		OR mpi_plus(v::float8, w::float8) <> pg_temp.quotient(sum(w * v * v), sum(w * v))
		OR mpi_minus(v::float8) <> pg_temp.quotient(2 * sum(v) * sum(v) - count(*) * sum(v * v), count(*) * sum(v))$$, 'the indices are right to the last bit');
SELECT is_empty($$
	SELECT class FROM known GROUP BY class HAVING count(*) > 1
		AND (mpi_plus(v::float8, w::float8, 'sample') <> pg_temp.quotient(
				sum(w * v) * sum(w * v) * (count(*) - 1) + (sum(w) * sum(w * v * v) - sum(w * v) * sum(w * v)) * count(*), (count(*) - 1) * sum(w) * sum(w * v))
			OR mpi_minus(v::float8, w::float8, 'sample') <> pg_temp.quotient(
				sum(w * v) * sum(w * v) * (count(*) - 1) - (sum(w) * sum(w * v * v) - sum(w * v) * sum(w * v)) * count(*), (count(*) - 1) * sum(w) * sum(w * v)))$$,
	'those of a sample too');
SELECT is_empty($$
	SELECT class FROM known GROUP BY class
	HAVING outranking(v::float8, 500, w::float8) <> pg_temp.quotient(sum(w) FILTER (WHERE v > 500) + coalesce(sum(w) FILTER (WHERE v = 500), 0) / 2, sum(w))
		OR coverage(CASE WHEN v > 500 THEN v::float8 END, w::float8) <> pg_temp.quotient(sum(w) FILTER (WHERE v > 500), sum(w))$$, 'and the shares');
SELECT is_empty($$
	SELECT class FROM known WHERE v > 0 GROUP BY class
	HAVING abs(geometric_mean(v::float8, w::float8)::text::numeric / exp(sum(w * ln(v::numeric(40, 30))) / sum(w)) - 1) > 2e-15
		OR abs(harmonic_mean(v::float8, w::float8)::text::numeric / (sum(w) / sum(1e40 * w / v) * 1e40) - 1) > 4e-16
		OR abs(power_mean(v::float8, w::float8, 3)::text::numeric / exp(ln((sum(w * v * v * v) * 1e40 / sum(w) * 1e-40)::numeric(100, 60)) / 3) - 1) > 2e-15$$,
	'geometric, harmonic and power means within a few of the last bits');

-- Frames ------------------------------------------------------------------------------

-- all that may enter and leave: NULL, zero and negative values, NULL and zero weights, every magnitude
CREATE TEMP TABLE moving AS
	SELECT n, (ARRAY[NULL, 0, -1, 1e308, -1e308, 5e-324, 1e-300, 0.1, 0.2, 3, 1e100, -1e100, 50, 50, 7.7, 1e16, 33, 12, 99, 1, 64, 64, 5, 0.5])
			[1 + (CASE WHEN n / 60 % 2 = 0 THEN abs(hashint4(n)) % 24 ELSE 5 + abs(hashint4(n)) % 19 END)]::float8 AS v,
		(ARRAY[NULL, 0, 1, 1, 0.1, 1e308, 5e-324, 3, 2, 1e-300, 7])[1 + abs(hashint4(n + 5000)) % 11]::float8 AS w,
		(ARRAY[NULL, 50, 1, 0.1])[1 + abs(hashint4(n + 9000)) % 4]::float8 AS u
	FROM generate_series(1, 700) n;
CREATE TEMP TABLE mild AS SELECT n, nullif(abs(hashint4(n)) % 1000, 17) / 7.0::float8 + 1 AS v, abs(hashint4(n + 99)) % 5 / 3.0::float8 AS w, 50::float8 AS u
	FROM generate_series(1, 500) n;
CREATE FUNCTION pg_temp.frames_differ(source text, call text, preceding int, following int, extra text DEFAULT '') RETURNS SETOF int LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format(
		'SELECT n FROM (SELECT n, %1$s OVER (ORDER BY n ROWS BETWEEN %3$s PRECEDING AND %4$s FOLLOWING %5$s) AS slid FROM %2$I) f,
			LATERAL (SELECT %1$s AS plain FROM %2$I g WHERE g.n BETWEEN f.n - %3$s AND f.n + %4$s %6$s) p
		WHERE float8send(slid) IS DISTINCT FROM float8send(plain)',
		call, source, preceding, following, extra, CASE WHEN extra <> '' THEN 'AND g.n <> f.n' END);
END $$;
SELECT is_empty(format('SELECT pg_temp.frames_differ(%L, %L, %s, %s)', source, call, preceding, following),
	format('%s over frames of %s %s rows: the bits of their rows', call, preceding + following + 1, source))
FROM member, unnest('{moving,mild}'::text[]) source, (VALUES (0, 0), (9, 0), (60, 39)) frame (preceding, following)
WHERE source = 'mild' OR call NOT LIKE 'mpi%' AND call NOT LIKE 'weighted_sum%';
SELECT is_empty($$SELECT pg_temp.frames_differ('moving', 'weighted_mean(v, w)', 5, 5, 'EXCLUDE CURRENT ROW')$$, 'a frame without its own row');
SELECT is_empty($$
	SELECT n FROM (SELECT n, harmonic_mean(v, w) FILTER (WHERE n % 3 > 0) OVER (ORDER BY n / 7 GROUPS BETWEEN 2 PRECEDING AND CURRENT ROW) AS slid FROM moving) f,
		LATERAL (SELECT harmonic_mean(v, w) AS plain FROM moving g WHERE g.n % 3 > 0 AND g.n / 7 BETWEEN f.n / 7 - 2 AND f.n / 7) p
	WHERE float8send(slid) IS DISTINCT FROM float8send(plain)$$, 'frames of peers, with a filter');
SELECT is_empty($$
	SELECT n FROM (SELECT n, geometric_mean(v, w) OVER (PARTITION BY n % 4 ORDER BY n RANGE BETWEEN 50 PRECEDING AND 20 PRECEDING) AS slid FROM moving) f,
		LATERAL (SELECT geometric_mean(v, w) AS plain FROM moving g WHERE g.n % 4 = f.n % 4 AND g.n BETWEEN f.n - 50 AND f.n - 20) p
	WHERE float8send(slid) IS DISTINCT FROM float8send(plain)$$, 'frames by value, which may be empty');
SELECT is_empty($$
	SELECT n FROM (SELECT n, weighted_mean(v, w) OVER (ORDER BY n) AS slid FROM moving) f,
		LATERAL (SELECT weighted_mean(v, w) AS plain FROM moving g WHERE g.n <= f.n) p
	WHERE float8send(slid) IS DISTINCT FROM float8send(plain)$$, 'a frame that only grows');
SELECT results_eq($$SELECT v, geometric_mean(v) OVER (ORDER BY n ROWS 1 PRECEDING) FROM unnest('{2,8,-1,5,0,3,3}'::float8[]) WITH ORDINALITY x (v, n)$$,
	$$VALUES (2::float8, 2::float8), (8, 4), (-1, NULL), (5, NULL), (0, 0), (3, 0), (3, 3)$$, 'a negative and a zero enter and leave again');

-- Weights only as proportions ----------------------------------------------------------

SELECT ok(bool_and(abs(a / b - 1) <= 1e-12), format('%s: weights times %s', c.call, k))
FROM (VALUES ('weighted_mean'), ('geometric_mean'), ('harmonic_mean'), ('weighted_sd'), ('mpi_minus'), ('mpi_plus')) c (call), unnest('{10,0.001,1e280,1e-290}'::float8[]) k,
	LATERAL (SELECT (array_agg(x))[1] AS a, (array_agg(y))[1] AS b FROM (
		SELECT CASE c.call WHEN 'weighted_mean' THEN weighted_mean(v, w) WHEN 'geometric_mean' THEN geometric_mean(v, w) WHEN 'harmonic_mean' THEN harmonic_mean(v, w)
				WHEN 'weighted_sd' THEN weighted_sd(v, w) WHEN 'mpi_minus' THEN mpi_minus(v, w) ELSE mpi_plus(v, w) END AS x,
			CASE c.call WHEN 'weighted_mean' THEN weighted_mean(v, w * k) WHEN 'geometric_mean' THEN geometric_mean(v, w * k) WHEN 'harmonic_mean' THEN harmonic_mean(v, w * k)
				WHEN 'weighted_sd' THEN weighted_sd(v, w * k) WHEN 'mpi_minus' THEN mpi_minus(v, w * k) ELSE mpi_plus(v, w * k) END AS y
		FROM mild GROUP BY n % 9) g) x GROUP BY c.call, k;
SELECT is_empty(format('SELECT n %% 9 FROM mild GROUP BY 1 HAVING pg_temp.bits(%s) <> pg_temp.bits(%s)', call, regexp_replace(call, '\mw\M', format('w * 2::float8 ^ %s', k))),
	format('%s: weights times 2^%s, the same bits', call, k))
FROM member, unnest('{-900,-52,1,64,900}'::int[]) k WHERE call ~ '\mw\M' AND call <> 'weighted_sum(v, w)';
SELECT is_empty(format('SELECT n %% 9 FROM mild GROUP BY 1 HAVING weighted_sum(v, w * 2::float8 ^ %1$s) <> weighted_sum(v, w) * 2::float8 ^ %1$s', k),
	format('weighted_sum: weights times 2^%1$s, 2^%1$s times the sum', k))
FROM unnest('{-900,-52,1,64,900}'::int[]) k;

-- Means in their order, and within their values -----------------------------------------

SELECT is_empty($$
	SELECT n % 31 FROM mild GROUP BY 1
	HAVING NOT (min(v) FILTER (WHERE w > 0) <= power_mean(v, w, -1) AND power_mean(v, w, -1) <= power_mean(v, w, 0) * (1 + 1e-14)
		AND power_mean(v, w, 0) <= power_mean(v, w, 1) * (1 + 1e-14) AND power_mean(v, w, 1) <= power_mean(v, w, 2) * (1 + 1e-14)
		AND power_mean(v, w, 2) <= max(v) FILTER (WHERE w > 0))$$, 'least <= M_-1 <= M_0 <= M_1 <= M_2 <= greatest');
SELECT is_empty($$
	SELECT n % 31 FROM mild GROUP BY 1
	HAVING abs(power_mean(v, w, 1) / weighted_mean(v, w) - 1) > 4e-16 OR abs(power_mean(v, w, -1) / harmonic_mean(v, w) - 1) > 4e-16
		OR power_mean(v, w, 0) <> geometric_mean(v, w) OR abs(power_mean(v, w, 1e-12) / geometric_mean(v, w) - 1) > 1e-10
		OR abs(power_mean(v, w, 0.00195) / power_mean(v, w, 0.00196) - 1) > 1e-5$$, 'powers 1, -1 and 0 are the means of that name; small powers join them');
SELECT is_empty($$
	SELECT x, p FROM (SELECT (1 + abs(hashint4(i)) % 100000 / 7.0::float8) * 10::float8 ^ (i % 600 - 300) AS x, i FROM generate_series(1, 1200) i) a,
		unnest('{-100,-1,-1e-9,0,1e-9,1,2,3.7,100}'::float8[]) p
	WHERE (SELECT power_mean(x, 0.1 + j / 3.0, p) FROM generate_series(1, 5) j) <> x
		OR (SELECT weighted_mean(x, 0.1 + j / 3.0) FROM generate_series(1, 5) j) <> x$$, 'the mean of equal values is that value, at every magnitude');

-- Skipped, refused ------------------------------------------------------------------------

CREATE TEMP TABLE nothing (v float8, w float8, u float8);
SELECT is_empty(format('SELECT 1 FROM (SELECT %s AS x FROM nothing) q WHERE x IS NOT NULL', call), call || ' of no rows is NULL') FROM member;
INSERT INTO nothing VALUES (NULL, NULL, NULL), (5, 0, NULL), (NULL, 0, 3);
SELECT is_empty(format('SELECT 1 FROM (SELECT %s AS x FROM nothing) q WHERE x IS NOT NULL', call), call || ' of NULLs and zero weights is NULL')
FROM member WHERE call LIKE '%w)' OR call LIKE '%w, %';
SELECT is_empty(format('SELECT 1 FROM (SELECT %s OVER () AS x FROM nothing WHERE v IS NULL) q WHERE x IS NOT NULL', call), call || ' over NULLs is NULL') FROM member;
SELECT lives_ok(format('SELECT %s OVER (ORDER BY w ROWS 1 PRECEDING) FROM nothing', call), call || ' slides over NULLs') FROM member;
SELECT is(ARRAY[power_mean(v, w, 2), weighted_sd(v, w), mpi_minus(v, w), mpi_plus(v, w)],
	(SELECT ARRAY[power_mean(v, 1, 2), weighted_sd(v, 1), mpi_minus(v), mpi_plus(v)] FROM unnest('{1,4}'::float8[]) v), 'a NULL is as good as no row')
FROM (VALUES (1, 1), (NULL, 5), (4, 1), (9, NULL), (9, 0)) x (v, w);
SELECT is(round(power_mean(v, 1, 2)::numeric, 7), 2.9154759, 'generalized mean of 1 and 4, power 2') FROM unnest('{1,4}'::float8[]) v;
SELECT is(ARRAY[power_mean(v, 1, 0), power_mean(v, 1, -1), power_mean(v, 1, -1e-9), geometric_mean(v), harmonic_mean(v)], '{0,0,0,0,0}', 'a zero gives zero for powers up to 0')
FROM unnest('{0,4}'::float8[]) v;
SELECT is(power_mean(v, 1, 1), 2::float8, 'and counts for powers above') FROM unnest('{0,4}'::float8[]) v;
SELECT is(ARRAY[power_mean(v, 1, 2), power_mean(v, 1, 0), power_mean(v, 1, -2)], '{NULL,NULL,NULL}', 'a negative gives NULL, whatever the power') FROM unnest('{-1,4}'::float8[]) v;
SELECT is(ARRAY[weighted_sd(7, 3)::text, mpi_minus(7)::text, mpi_plus(7, 2)::text, mpi_minus(7, 1, 'sample')::text], '{0,7,7,NULL}', 'one row');
SELECT is(ARRAY[mpi_minus(v), mpi_plus(v)], '{NULL,NULL}', 'no index of a mean of 0 or below') FROM unnest('{-5,5}'::float8[]) v;
SELECT is(ARRAY[outranking(x, y), outranking(y, x)], '{0.625,0.375}', 'outranking, pairs with NULL ignored both ways')
FROM (VALUES (1, 2), (3, 1), (2, NULL), (NULL, 2), (5, 5), (4, 0)) v (x, y);
SELECT is(outranking(x, y, w), 0.7::float8, 'with weights') FROM (VALUES (1, 2, 2), (3, 1, 6), (5, 5, 2), (4, 0, 0), (4, 0, NULL)) v (x, y, w);
SELECT pg_temp.refuses(format('SELECT %s FROM (VALUES (1::float8, -2::float8, 3::float8)) x (v, w, u)', call), '22023', '-2') FROM member WHERE call ~ '\mw\M';
SELECT pg_temp.refuses(format('SELECT %s FROM (VALUES (%L::float8, 1::float8, 3::float8)) x (v, w, u)', call, x), '22023', 'finite') FROM member, unnest('{NaN,Infinity,-Infinity}'::text[]) x;
SELECT pg_temp.refuses(format('SELECT %s FROM (VALUES (1::float8, %L::float8, 3::float8)) x (v, w, u)', call, x), '22023', 'finite')
FROM member, unnest('{NaN,Infinity}'::text[]) x WHERE call LIKE '%, w%';
SELECT pg_temp.refuses(format('SELECT power_mean(1, 1, %s)', p), state, 'power')
FROM (VALUES ('NULL', '22004'), ('''NaN''', '22023'), ('''Infinity''', '22023'), ('100.5', '22023'), ('-101', '22023')) x (p, state);
SELECT pg_temp.refuses('SELECT power_mean(1, 1, p) FROM (VALUES (1), (2)) x (p)', '22023', 'power');
SELECT pg_temp.refuses('SELECT power_mean(1, 1, p) OVER (ORDER BY p ROWS 1 PRECEDING) FROM (VALUES (1), (2)) x (p)', '22023', 'power');
SELECT is(power_mean(v, w, p), 3::float8, 'a skipped row may have another power') FROM (VALUES (3, 1, 2), (NULL, 1, 3), (4, 0, 5)) x (v, w, p);
SELECT pg_temp.refuses('SELECT mpi_minus(1, 1, d) FROM (VALUES (''sample''), (''population'')) x (d)', '22023', 'deviation');
SELECT pg_temp.refuses('SELECT mpi_minus(1, 1, ''half'')', '22023', 'half');
SELECT pg_temp.refuses('SELECT mpi_plus(1, 1, NULL)', '22004', 'deviation');
SELECT pg_temp.refuses('SELECT mpi_plus(v) FROM unnest(''{1e308,-0.999999e308}''::float8[]) v', '22003', 'out of range');

-- States -------------------------------------------------------------------------------------

DO $$
DECLARE
	a record;
BEGIN
	FOR a IN SELECT * FROM (VALUES ('mean', 'float8, float8', 'weighted_mean'), ('geometric', 'float8, float8', 'geometric_mean'), ('harmonic', 'float8, float8', 'harmonic_mean'),
		('coverage', 'float8, float8', 'coverage'), ('outranking', 'float8, float8, float8', 'outranking'), ('power', 'float8, float8, float8', 'power_mean'),
		('moments', 'float8, float8', 'moments')) x (kind, arguments, name)
	LOOP
		EXECUTE format('CREATE AGGREGATE pg_temp.%s_sums(%s) (SFUNC = %s_step, STYPE = weighted_sums, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE)', a.kind, a.arguments, a.name);
	END LOOP;
	CREATE AGGREGATE pg_temp.merged(weighted_sums) (SFUNC = weighted_sums_merge, STYPE = weighted_sums);
END $$;
CREATE TEMP TABLE state AS
	SELECT n % 6 AS class, unnest(ARRAY[pg_temp.mean_sums(v, w), pg_temp.geometric_sums(v, w), pg_temp.harmonic_sums(v, w), pg_temp.coverage_sums(v, w), pg_temp.outranking_sums(v, u, w),
		pg_temp.power_sums(v, w, 2), pg_temp.power_sums(v, w, -100), pg_temp.moments_sums(v, w)]) AS s FROM moving GROUP BY 1;
SELECT is(count(*), 48::bigint, 'states of every kind') FROM state WHERE s IS NOT NULL;
SELECT is_empty('SELECT s FROM state WHERE s::text::weighted_sums::text <> s::text OR s::text::weighted_sums <> s OR weighted_sums_send(s::text::weighted_sums) <> weighted_sums_send(s)', 'their text comes back');
SELECT is(pg_temp.mean_sums(v, w)::text, 'v1 mean {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: -3, greatest: 0.5, sums: [0x3p0, -0x2p0]}', 'what it looks like')
FROM (VALUES (0.5, 2), (-3, 1), (NULL, 1), (7, 0)) x (v, w);
-- parts merged in any order, and what was taken in larger bins, are one value
SELECT is_empty(format($q$
	WITH part AS (SELECT n %% 6 AS class, n %% 5 AS p, pg_temp.%1$s AS s FROM moving GROUP BY 1, 2),
	whole AS (SELECT n %% 6 AS class, pg_temp.%1$s AS s FROM moving GROUP BY 1)
	SELECT class FROM whole JOIN (SELECT class, pg_temp.merged(s ORDER BY md5(p::text)) AS up, pg_temp.merged(s ORDER BY p DESC) AS down FROM part GROUP BY class) m USING (class)
	WHERE s <> up OR s::text <> down::text OR weighted_sums_hash(s) <> weighted_sums_hash(up)$q$, call), call || ': merged parts are the whole')
FROM unnest('{"mean_sums(v, w)","geometric_sums(v, w)","harmonic_sums(v, w)","coverage_sums(v, w)","outranking_sums(v, u, w)","power_sums(v, w, 2)","power_sums(v, w, -100)","moments_sums(v, w)"}'::text[]) call;
SELECT is(weighted_mean_step(s, 5, 1)::text, 'v1 mean {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: 3, greatest: 5, sums: [0x2p0, 0x8p0]}', 'a step outside of an aggregate leaves its argument alone')
FROM (SELECT pg_temp.mean_sums(3, 1) AS s) x;
SELECT ok(pg_column_size(s) <= 160, format('%s bytes for a mean of ordinary scores', pg_column_size(s))) FROM (SELECT pg_temp.mean_sums(v, w) AS s FROM mild) x;
SELECT ok(pg_column_size(s) <= 320, format('%s bytes for moments', pg_column_size(s))) FROM (SELECT pg_temp.moments_sums(v, w) AS s FROM mild) x;

SELECT pg_temp.refuses(format('SELECT %L::weighted_sums', value), state, '')
FROM (VALUES ('', '22P02'), ('v2 mean {}', '22P02'), ('v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0]}', '22P02'),
	('v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 2, greatest: 1, sums: [0x1p0, 0x1p0]}', '22023'),
	('v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1e999, greatest: 1, sums: [0x1p0, 0x1p0]}', '22003'),
	('v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p999968]}', '22023'),
	('v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x' || repeat('1', 100000) || 'p0]}', '22023'),
	('v1 mean {parameter: 0, rows: 1, zeros: 9, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p0]}', '22023')) x (value, state);
SELECT pg_temp.refuses('SELECT weighted_mean_final(pg_temp.coverage_sums(1, 1))', '22023', 'another');
SELECT pg_temp.refuses('SELECT weighted_sum_final(pg_temp.coverage_sums(1, 1))', '22023', 'another');
SELECT pg_temp.refuses('SELECT weighted_sd_final(pg_temp.mean_sums(1, 1))', '22023', 'another');
SELECT pg_temp.refuses('SELECT weighted_mean_step(pg_temp.geometric_sums(1, 1), 1, 1)', '22023', 'another');
SELECT pg_temp.refuses('SELECT weighted_sums_merge(pg_temp.mean_sums(1, 1), pg_temp.harmonic_sums(1, 1))', '22023', 'another');
SELECT pg_temp.refuses('SELECT weighted_sums_merge(pg_temp.power_sums(1, 1, 2), pg_temp.power_sums(1, 1, 3))', '22023', 'power');
-- sums as no rows have them, at the ends of what is accepted: some answer, or an error that says so
CREATE TEMP TABLE forged (s weighted_sums);
INSERT INTO forged SELECT format('v1 %s {parameter: %s, rows: %s, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [%s, %s%s]}', kind, parameter, rows, a, b, more)::weighted_sums
FROM (VALUES ('mean', 0, 3520, ''), ('geometric', 0, 3520, ''), ('harmonic', 0, 3520, ''), ('power', 2, 109440, ''), ('power', -100, 109440, ''), ('power', 0.001, 109440, ''), ('moments', 0, 3520, ', -0x1p-3520'),
	('moments', 1, 3520, ', 0xffffffffp3488')) k (kind, parameter, edge, more), unnest('{1,9223372036854775807}'::bigint[]) rows,
	LATERAL (SELECT format('0x1p-%s', edge) AS a UNION ALL SELECT format('0xffffffffp%s', edge - 32)) x,
	LATERAL (SELECT '0' AS b UNION ALL SELECT format('-0xffffffffp%s', edge - 32) UNION ALL SELECT format('0x1p-%s', edge) UNION ALL SELECT format('0xffffffffffffffffp%s', edge - 64)) y;
CREATE FUNCTION pg_temp.state_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN '00000';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
SELECT is(array_agg(DISTINCT state ORDER BY state), '{00000,22003,22023}'::text[], 'forged states do no harm')
FROM forged, unnest('{weighted_mean,weighted_sum,geometric_mean,harmonic_mean,power_mean,coverage,outranking,weighted_sd,mpi_minus,mpi_plus}'::text[]) f,
	LATERAL pg_temp.state_of(format('SELECT %s_final(%L)', f, s)) AS state;
SELECT is_empty('SELECT s FROM forged WHERE s::text::weighted_sums::text <> s::text', 'and can be printed and read');
SELECT is(array_agg(DISTINCT state), '{00000,54000}'::text[], 'merged they count on, or say that they cannot; what came of it can be read back')
FROM forged, LATERAL pg_temp.state_of(format('SELECT weighted_sums_merge(%1$L, %1$L)::text::weighted_sums', s)) AS state;
-- sixty doublings of a state, then four more
CREATE TEMP TABLE doubled AS
	WITH RECURSIVE d (i, s) AS (SELECT 0, pg_temp.mean_sums(1.7e308, 1e308) UNION ALL SELECT i + 1, weighted_sums_merge(s, s) FROM d WHERE i < 62) SELECT * FROM d;
SELECT ok(bool_and(s = s::text::weighted_sums AND weighted_mean_final(s) = 1.7e308), 'a state doubled again and again') FROM doubled;
SELECT pg_temp.refuses('SELECT weighted_sums_merge(s, s) FROM doubled WHERE i = 62', '54000', 'rows');
-- a superuser may pair any functions; rows that never entered cannot leave
CREATE AGGREGATE pg_temp.wrong(float8, float8) (SFUNC = weighted_mean_step, STYPE = weighted_sums, FINALFUNC = weighted_mean_final,
	MSFUNC = weighted_mean_enter, MINVFUNC = coverage_leave, MSTYPE = internal, MFINALFUNC = weighted_mean_of_frame);
SELECT pg_temp.refuses('SELECT pg_temp.wrong(v, 1) OVER (ORDER BY v ROWS 1 PRECEDING) FROM unnest(''{1,2,3,4}''::float8[]) v', '22023', 'another');
CREATE AGGREGATE pg_temp.early(float8) (SFUNC = harmonic_mean_step, STYPE = weighted_sums, FINALFUNC = harmonic_mean_final,
	MSFUNC = harmonic_mean_leave, MINVFUNC = harmonic_mean_enter, MSTYPE = internal, MFINALFUNC = harmonic_mean_of_frame);
SELECT pg_temp.refuses('SELECT pg_temp.early(v) OVER (ORDER BY v ROWS 1 PRECEDING) FROM unnest(''{1,2,3,4}''::float8[]) v', '22023', 'another');

-- Plans: one pass for weighted_sd and both indices, one for the mean and the sum
SELECT is((SELECT ARRAY[weighted_mean(v, w), weighted_sum(v, w)] FROM mild),
	ARRAY[(SELECT weighted_mean(v, w) FROM mild), (SELECT weighted_sum(v, w) FROM mild)], 'mean and sum together are those of their own');
SELECT is((SELECT ARRAY[weighted_sd(v, w), mpi_minus(v, w), mpi_plus(v, w)] FROM mild),
	ARRAY[(SELECT weighted_sd(v, w) FROM mild), (SELECT mpi_minus(v, w) FROM mild), (SELECT mpi_plus(v, w) FROM mild)], 'results that share a pass are those of their own');

SELECT * FROM finish();
ROLLBACK;
