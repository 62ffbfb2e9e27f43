-- Normalisation: scores with given parameters, and scores among peers as window functions.
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

-- Parameters given ------------------------------------------------------------------

SELECT is(ARRAY[z_score(7, 5, 2), z_score(7, 5, 2, 100, 10), z_score(7, 5, 2, 100, 10, 'down'), z_score(7, 5, 2, direction => 'down')],
	'{1,110,90,-1}'::float8[], 'z_score');
SELECT is(z_score(NULL, 5, 2), NULL, 'z_score of NULL');
SELECT is(z_score(7, NULL, 2), NULL, 'z_score without a mean');
SELECT is(z_score(1e300, 0, 1e-300), NULL, 'z_score beyond float8');
SELECT is(z_score(1.5e308, -1.5e308, 1e308), 3::float8, 'z_score over all of float8');
SELECT is(z_score(5, 5, 2, direction => 'down')::text, '0', 'never minus zero');
SELECT pg_temp.refuses('SELECT z_score(1, 5, 0)', '22023', 'sd');
SELECT pg_temp.refuses('SELECT z_score(1, 5, -1)', '22023', 'sd');
SELECT pg_temp.refuses('SELECT z_score(1, 5, 1, 0, 0)', '22023', 'score_sd');
SELECT pg_temp.refuses($$SELECT z_score(1, 5, 1, 0, 1, 'keep')$$, '22023', 'keep');
SELECT pg_temp.refuses($$SELECT z_score(1, 5, 1, 0, 1, 'UP')$$, '22023', 'UP');
SELECT pg_temp.refuses($$SELECT z_score(1, 5, 1, 0, 1, '')$$, '22023', 'direction');
SELECT pg_temp.refuses($$SELECT z_score('NaN', 5, 1)$$, '22023', 'value');
SELECT pg_temp.refuses($$SELECT z_score(1, 'Infinity', 1)$$, '22023', 'mean');
SELECT pg_temp.refuses($$SELECT z_score(1, 5, 'Infinity')$$, '22023', 'sd');
SELECT pg_temp.refuses($$SELECT z_score(1, 5, 1, '-Infinity')$$, '22023', 'score_mean');

SELECT is(ARRAY[ampi_score(60, 60, 50, 70), ampi_score(50, 60, 50, 70), ampi_score(70, 60, 50, 70), ampi_score(70, 60, 50, 70, 'down')],
	'{100,70,130,70}'::float8[], 'ampi_score');
-- four units, three indicators up, down, up; references 60, 25, 75: scores as published formulas give them
SELECT is(array_agg(ARRAY[ampi_score(a, 60, 50, 70), ampi_score(b, 25, 20, 30, 'down'), ampi_score(c, 75, 60, 90)] ORDER BY unit),
	'{{70,70,110},{100,130,90},{130,100,130},{115,82,70}}'::float8[], 'ampi_score of a published example')
FROM (VALUES ('A', 50, 30, 80), ('B', 60, 20, 70), ('C', 70, 25, 90), ('D', 65, 28, 60)) x (unit, a, b, c);
SELECT is(ampi_score(60, NULL, 50, 70), NULL, 'ampi_score without a reference');
SELECT pg_temp.refuses('SELECT ampi_score(60, 60, 70, 50)', '22023', 'least');
SELECT pg_temp.refuses('SELECT ampi_score(60, 60, 50, 50)', '22023', 'least');
SELECT pg_temp.refuses('SELECT ampi_score(60, 60, -1.7e308, 1.7e308)', '22023', 'far apart');
SELECT pg_temp.refuses($$SELECT ampi_score(60, 'NaN', 50, 70)$$, '22023', 'reference');
SELECT pg_temp.refuses($$SELECT ampi_score(60, 60, 50, 70, 'higher')$$, '22023', 'higher');

SELECT is(ARRAY[rescale(0, 1, 100), rescale(100, 1, 100), rescale(50, 1, 10), rescale(25, 0, 1), rescale(25, 6, 1), rescale(120, 0, 10)],
	'{1,100,5.5,0.25,4.75,12}'::float8[], 'rescale');
SELECT is(rescale(NULL, 0, 1), NULL, 'rescale of NULL');
SELECT is(rescale(50, -1.7e308, 1.7e308), NULL, 'rescale beyond float8');
SELECT pg_temp.refuses('SELECT rescale(50, 1, 1)', '22023', 'different');
SELECT pg_temp.refuses($$SELECT rescale('NaN', 0, 1)$$, '22023', 'score');

SELECT pg_temp.near(box_cox(16, 0.5), 6, 'box_cox: square root');
SELECT pg_temp.near(box_cox(7, 0), ln(7::numeric)::float8, 'box_cox: logarithm');
SELECT pg_temp.near(box_cox(7, 1e-15), ln(7::numeric)::float8, 'box_cox: nearly the logarithm');
SELECT pg_temp.near(box_cox(4, -1), 0.75, 'box_cox: reciprocal');
SELECT is(ARRAY[box_cox(0, 0.5), box_cox(-3, 2), box_cox(NULL, 2), box_cox(10, 400)], '{NULL,NULL,NULL,NULL}'::float8[], 'box_cox of 0 and less, of NULL, beyond float8');
SELECT pg_temp.refuses($$SELECT box_cox(1, 'NaN')$$, '22023', 'lambda');

-- Among peers -----------------------------------------------------------------------

-- x = 12.5, 30, 7.25, NULL, 30, 55, -4: mean 130.75 / 6
CREATE TEMP TABLE peer (n int, x float8);
INSERT INTO peer VALUES (1, 12.5), (2, 30), (3, 7.25), (4, NULL), (5, 30), (6, 55), (7, -4);
-- one column of scores per call, as an array in the order of n
CREATE FUNCTION pg_temp.scores(call text) RETURNS float8[] LANGUAGE plpgsql AS $$
DECLARE
	result float8[];
BEGIN
	EXECUTE format('SELECT array_agg(s ORDER BY n) FROM (SELECT n, %s OVER () AS s FROM peer) q', call) INTO result;
	RETURN result;
END $$;
CREATE FUNCTION pg_temp.all_near(got float8[], expected numeric[], description text) RETURNS text LANGUAGE sql AS $$
	SELECT ok(cardinality(got) = cardinality(expected) AND bool_and(CASE WHEN g IS NULL OR e IS NULL THEN g IS NULL AND e IS NULL
		ELSE abs(g - e::float8) <= 1e-13 * greatest(1, abs(e::float8)) END), description || ': ' || got::text)
	FROM unnest(got, expected) x (g, e)
$$;
SELECT pg_temp.all_near(pg_temp.scores('minmax_score(x)'), (SELECT array_agg(100 * (x::numeric + 4) / 59 ORDER BY n) FROM peer), 'minmax_score');
SELECT pg_temp.all_near(pg_temp.scores('minmax_score(x, ''down'')'), (SELECT array_agg(100 * (55 - x::numeric) / 59 ORDER BY n) FROM peer), 'minmax_score down');
SELECT pg_temp.all_near(pg_temp.scores('standard_score(x)'),
	(SELECT array_agg((x::numeric - m) / s ORDER BY n) FROM peer, (SELECT avg(x::numeric) AS m, stddev_samp(x::numeric) AS s FROM peer) y), 'standard_score');
SELECT pg_temp.all_near(pg_temp.scores('standard_score(x, 100, 10, ''down'', ''population'')'),
	(SELECT array_agg(100 - 10 * (x::numeric - m) / s ORDER BY n) FROM peer, (SELECT avg(x::numeric) AS m, stddev_pop(x::numeric) AS s FROM peer) y),
	'standard_score down, on the scale of the MPI');
SELECT pg_temp.all_near(pg_temp.scores('distance_to_target_score(x, 40)'), (SELECT array_agg(100 * (x::numeric + 4) / 44 ORDER BY n) FROM peer), 'distance_to_target_score');
SELECT pg_temp.all_near(pg_temp.scores('distance_to_target_score(x, 40, cap => true)'),
	(SELECT array_agg(CASE WHEN x > 40 THEN 100 ELSE 100 * (x::numeric + 4) / 44 END ORDER BY n) FROM peer), 'distance_to_target_score capped');
SELECT pg_temp.all_near(pg_temp.scores('distance_to_target_score(x, 0, ''down'')'), (SELECT array_agg(100 * (55 - x::numeric) / 55 ORDER BY n) FROM peer),
	'distance_to_target_score down: the target in natural units');
SELECT pg_temp.all_near(pg_temp.scores('fraction_of_maximum_score(x)'), (SELECT array_agg(100 * x::numeric / 55 ORDER BY n) FROM peer), 'fraction_of_maximum_score');
SELECT is(pg_temp.scores('rank_score(x)'), '{3,4,2,NULL,4,6,1}', 'rank_score: 1 is the worst, ties share the lowest rank');
SELECT is(pg_temp.scores('rank_score(x, ''up'', ''average'')'), '{3,4.5,2,NULL,4.5,6,1}', 'rank_score, ties share the mean of their ranks');
SELECT is(pg_temp.scores('rank_score(x, ''down'')'), '{4,2,5,NULL,2,1,6}', 'rank_score down');
SELECT is(pg_temp.scores('rank_score(x, ''down'', ''average'')'), '{4,2.5,5,NULL,2.5,1,6}', 'rank_score down, mean of ties');
SELECT is(pg_temp.scores('borda_score(x)'), '{2,3,1,NULL,3,5,0}', 'borda_score');
SELECT is(pg_temp.scores('borda_score(x, ''down'', ties => ''average'')'), '{3,1.5,4,NULL,1.5,0,5}', 'borda_score down, mean of ties');
SELECT is(pg_temp.scores('percentile_rank_score(x)'), '{40,60,20,NULL,60,100,0}', 'percentile_rank_score counts the values there are, not the NULL');
SELECT is(pg_temp.scores('percentile_rank_score(x, ''down'')'), '{60,20,80,NULL,20,0,100}', 'percentile_rank_score down');
SELECT is(array_agg(s ORDER BY n), '{37.5,68,25,NULL,NULL,NULL,0}', 'each row its own target, or none')
FROM (SELECT n, distance_to_target_score(x, t) OVER () AS s
	FROM peer JOIN (VALUES (1, 40), (2, 46), (3, 41), (4, 1), (5, NULL), (6, -4), (7, 9)) y (m, t) ON n = m) q;

-- the whole partition counts, whatever the order and the frame
CREATE TEMP TABLE drawn AS
	SELECT n, n % 5 AS class, nullif(('x' || substr(md5('p' || n), 1, 4))::bit(16)::int % 40, 7) / 7.0::float8 AS x FROM generate_series(1, 400) n;
CREATE TEMP VIEW every_score AS
	SELECT n, minmax_score(x) OVER w AS a, minmax_score(x, 'down') OVER w AS b, standard_score(x) OVER w AS c, standard_score(x, 50, 10, 'down', 'population') OVER w AS d,
		distance_to_target_score(x, 5) OVER w AS e, fraction_of_maximum_score(x) OVER w AS f, rank_score(x) OVER w AS g, rank_score(x, 'down', 'average') OVER w AS h,
		borda_score(x) OVER w AS i, percentile_rank_score(x) OVER w AS j
	FROM drawn WINDOW w AS (PARTITION BY class);
SELECT is((SELECT count(*) FROM every_score WHERE a IS NOT NULL AND c IS NOT NULL AND j IS NOT NULL), (SELECT count(x) FROM drawn), 'a score for each value, NULL for NULL');
SELECT set_eq(format($$SELECT n, minmax_score(x) OVER w AS a, minmax_score(x, 'down') OVER w AS b, standard_score(x) OVER w AS c, standard_score(x, 50, 10, 'down', 'population') OVER w AS d,
		distance_to_target_score(x, 5) OVER w AS e, fraction_of_maximum_score(x) OVER w AS f, rank_score(x) OVER w AS g, rank_score(x, 'down', 'average') OVER w AS h,
		borda_score(x) OVER w AS i, percentile_rank_score(x) OVER w AS j
	FROM (SELECT * FROM drawn ORDER BY md5(n::text)) y WINDOW w AS (PARTITION BY class %s)$$, frame), 'TABLE every_score', 'PARTITION BY class ' || frame || ': the same bits')
FROM unnest(ARRAY['', 'ORDER BY x', 'ORDER BY n DESC ROWS 1 PRECEDING', 'ORDER BY n ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING',
	'ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW', 'ORDER BY n GROUPS CURRENT ROW']) frame;
SELECT is_empty($$SELECT n, j, k FROM every_score JOIN (SELECT n, 100 * percent_rank() OVER (PARTITION BY class ORDER BY x) AS k FROM drawn WHERE x IS NOT NULL) y USING (n)
	WHERE abs(j - k) > 1e-12$$, 'percentile_rank_score is percent_rank() over the values that are there');
SELECT is_empty($$SELECT n, g, k FROM every_score JOIN (SELECT n, rank() OVER (PARTITION BY class ORDER BY x) AS k FROM drawn WHERE x IS NOT NULL) y USING (n)
	WHERE g <> k$$, 'rank_score is rank() over the values that are there');
SELECT is_empty($$SELECT * FROM (SELECT n, standard_score(x, 50, 10, 'down', 'population') OVER (PARTITION BY class) AS d,
		50 + 10 * (avg(x) OVER (PARTITION BY class) - x) / stddev_pop(x) OVER (PARTITION BY class) AS k FROM drawn) q WHERE abs(d - k) > 1e-12$$,
	'standard_score against avg and stddev_pop');

-- one row, equal rows, no rows
SELECT is(ARRAY[minmax_score(x) OVER (), standard_score(x) OVER (), standard_score(x, 0, 1, 'up', 'population') OVER (), percentile_rank_score(x) OVER ()],
	'{NULL,NULL,NULL,NULL}'::float8[], 'a single value has no place among peers') FROM (VALUES (3::float8)) y (x);
SELECT is(ARRAY[rank_score(x) OVER (), borda_score(x) OVER (), fraction_of_maximum_score(x) OVER (), distance_to_target_score(x, 5) OVER ()],
	'{1,0,100,0}'::float8[], 'but a rank') FROM (VALUES (3::float8)) y (x);
SELECT is(ARRAY[minmax_score(x) OVER w, standard_score(x) OVER w, percentile_rank_score(x) OVER w, rank_score(x) OVER w, rank_score(x, 'up', 'average') OVER w],
	'{NULL,NULL,0,1,2}'::float8[], 'a constant column has no range and no deviation') FROM (VALUES (0.1), (0.1), (0.1)) y (x) WINDOW w AS () LIMIT 1;
SELECT is(ARRAY[minmax_score(x) OVER w, standard_score(x) OVER w, percentile_rank_score(x) OVER w, rank_score(x) OVER w, borda_score(x) OVER w,
	fraction_of_maximum_score(x) OVER w, distance_to_target_score(x, 1) OVER w],
	'{NULL,NULL,NULL,NULL,NULL,NULL,NULL}'::float8[], 'NULLs only') FROM (VALUES (NULL::float8), (NULL)) y (x) WINDOW w AS () LIMIT 1;
SELECT is_empty('SELECT minmax_score(x) OVER () FROM peer WHERE false', 'no rows');
SELECT is(array_agg(s), '{NULL,NULL}', 'nothing is a share of a maximum of 0') FROM (SELECT fraction_of_maximum_score(x) OVER () AS s FROM (VALUES (0::float8), (-4)) y (x)) q;
SELECT is(array_agg(s ORDER BY x), '{NULL,NULL}', 'a target no better than the worst tells nothing')
FROM (SELECT x, distance_to_target_score(x, CASE x WHEN 1 THEN 1 ELSE 0 END) OVER () AS s FROM (VALUES (1::float8), (3)) y (x)) q;
SELECT is(array_agg(s ORDER BY x), '{NULL,NULL}', '... downwards either')
FROM (SELECT x, distance_to_target_score(x, CASE x WHEN 1 THEN 3 ELSE 5 END, 'down') OVER () AS s FROM (VALUES (1::float8), (3)) y (x)) q;
SELECT is(array_agg(s ORDER BY x), '{0,50,100}', 'over all of float8') FROM (SELECT x, minmax_score(x) OVER () AS s FROM (VALUES (-1.7e308::float8), (0), (1.7e308)) y (x)) q;
SELECT is(array_agg(round(s::numeric, 12) ORDER BY x), '{-1,0,1}', 'deviations over all of float8')
FROM (SELECT x, standard_score(x) OVER () AS s FROM (VALUES (-1.7e308::float8), (0), (1.7e308)) y (x)) q;
SELECT is(string_agg(s::text, ' ' ORDER BY x), '100 0', 'never minus zero')
FROM (SELECT x, minmax_score(x, 'down') OVER () AS s FROM (VALUES (-3::float8), (5)) y (x)) q;
SELECT is(max(s), 1.5::float8, 'minus zero and zero are equal') FROM (SELECT rank_score(x, 'up', 'average') OVER () AS s FROM (VALUES ('-0'::float8), (0)) y (x)) q;
SELECT is(count(*) FILTER (WHERE s BETWEEN 0 AND 100), 5000::bigint, 'an argument that allocates') FROM (SELECT minmax_score((n || '.5')::numeric::float8) OVER () AS s FROM generate_series(1, 5000) n) q;

-- refused
SELECT pg_temp.refuses(format('SELECT %s OVER () FROM peer', call), state, offender) FROM (VALUES
	('minmax_score(x, ''higher'')', '22023', 'higher'), ('minmax_score(x, NULL)', '22004', 'direction'),
	('standard_score(x, 0, 0)', '22023', 'score_sd'), ('standard_score(x, 0, -1)', '22023', 'score_sd'), ('standard_score(x, ''NaN'')', '22023', 'score_mean'),
	('standard_score(x, 0, 1, ''up'', ''robust'')', '22023', 'robust'), ('standard_score(x, 0, 1, ''up'', NULL)', '22004', 'deviation'),
	('standard_score(x, NULL)', '22004', 'score_mean'), ('distance_to_target_score(x, ''Infinity'')', '22023', 'target'),
	('distance_to_target_score(x, 4, ''keep'')', '22023', 'keep'), ('distance_to_target_score(x, 4, ''up'', NULL)', '22004', 'cap'),
	('rank_score(x, ''up'', ''max'')', '22023', 'max'), ('rank_score(x, ''up'', NULL)', '22004', 'ties'), ('borda_score(x, ''DOWN'')', '22023', 'DOWN'),
	('percentile_rank_score(x, ''side'')', '22023', 'side')) y (call, state, offender);
SELECT pg_temp.refuses(format('SELECT %s(x) OVER () FROM (VALUES (1), (%L::float8)) y (x)', f, x), '22023', 'value')
FROM unnest('{minmax_score,standard_score,fraction_of_maximum_score,rank_score,borda_score,percentile_rank_score}'::text[]) f, unnest('{NaN,Infinity,-Infinity}'::text[]) x;
SELECT pg_temp.refuses('SELECT minmax_score(1)', '42809', 'OVER');
-- in the middle of a plan that runs in parallel, and rescanned
SELECT is((SELECT count(*) FROM generate_series(1, 3) k, LATERAL (SELECT minmax_score(x * k) OVER () AS s FROM peer) y WHERE s = 100), 3::bigint, 'read anew for each rescan');

SELECT * FROM finish();
ROLLBACK;
