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

SELECT * FROM finish();
ROLLBACK;
