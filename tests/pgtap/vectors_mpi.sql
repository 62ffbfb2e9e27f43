-- The published vectors of indices over a few scores: mpi.csv (Mazziotta-Pareto, plain and adjusted, population and
-- sample), and the means and the outranking matrix that COINr prints.
\set ON_ERROR_STOP on
\if :{?vectors}
\else
	\getenv vectors SCORECARD_VECTORS
	\if :{?vectors}
	\else
		\set vectors ../shared/vectors
	\endif
\endif
\set present `test -e :'vectors'/mpi.csv && test -e :'vectors'/coinr_small_vectors.txt && echo true || echo false`
\if :present
\else
	\echo '1..0 # SKIP no vectors'
	\q
\endif

BEGIN;
SELECT plan(89);

CREATE FUNCTION pg_temp.near(got float8, expected float8, tolerance float8, description text) RETURNS text LANGUAGE sql AS $$
	SELECT ok(got IS NOT NULL AND abs(got - expected) <= tolerance, format('%s: %s, %s in the file', description, got, expected))
$$;

-- Mazziotta and Pareto -------------------------------------------------------------

CREATE TEMP TABLE vector (sd_kind text, method text, unit text, n1 float8, n2 float8, n3 float8, mean float8, sd float8,
	index_minus float8, index_plus float8, ordinal serial);
\set load '\\copy vector (sd_kind, method, unit, n1, n2, n3, mean, sd, index_minus, index_plus) FROM ' '''' :vectors '/mpi.csv''' ' WITH (FORMAT csv, HEADER)'
:load
SELECT is((SELECT count(*) FROM vector), 12::bigint, 'the file has twelve rows');

CREATE TEMP TABLE ours AS
	SELECT v.*, o.*
	FROM vector v, LATERAL (
		SELECT mpi_minus(z, 1, CASE sd_kind WHEN 'pop' THEN 'population' ELSE sd_kind END) AS minus,
			mpi_plus(z, 1, CASE sd_kind WHEN 'pop' THEN 'population' ELSE sd_kind END) AS plus,
			mpi_minus(z) AS minus_plain, mpi_plus(z, 7) AS plus_plain, weighted_sd(z, 1) AS deviation, weighted_mean(z, 1) AS m
		FROM unnest(ARRAY[n1, n2, n3]) AS z) o;
SELECT pg_temp.near(minus, index_minus, 1e-9, format('%s %s %s minus', method, sd_kind, unit)) FROM ours ORDER BY ordinal;
SELECT pg_temp.near(plus, index_plus, 1e-9, format('%s %s %s plus', method, sd_kind, unit)) FROM ours ORDER BY ordinal;
SELECT pg_temp.near(m, mean, 1e-9, format('%s %s %s mean', method, sd_kind, unit)) FROM ours ORDER BY ordinal;
SELECT pg_temp.near(deviation * CASE sd_kind WHEN 'sample' THEN sqrt(1.5) ELSE 1 END, sd, 1e-9, format('%s %s %s deviation', method, sd_kind, unit))
FROM ours ORDER BY ordinal;
SELECT ok(CASE sd_kind WHEN 'pop' THEN minus_plain = minus AND plus_plain = plus ELSE minus_plain > minus AND plus_plain < plus END,
	format('%s %s %s: population is the default', method, sd_kind, unit)) FROM ours ORDER BY ordinal;
-- another package gives both signs the same index
SELECT ok(minus < m AND m < plus, format('%s %s %s: minus below the mean, plus above', method, sd_kind, unit)) FROM ours ORDER BY ordinal;

-- COINr --------------------------------------------------------------------------------

CREATE TEMP TABLE line (line text);
\set load '\\copy line FROM ' '''' :vectors '/coinr_small_vectors.txt''' ' WITH (FORMAT csv, DELIMITER E''\\x01'', QUOTE E''\\x02'')'
:load
CREATE FUNCTION pg_temp.printed(name text) RETURNS float8[] LANGUAGE sql AS $$
	SELECT string_to_array(trim(substr(line, length(name) + 3)), ' ')::float8[] FROM line WHERE starts_with(line, name || ' :') ORDER BY ctid LIMIT 1
$$;
SELECT is((SELECT count(*) FROM line WHERE line = 'z = c(62.5,80,NA,41.2,95); w=1:5'), 1::bigint, 'the scores are those of the file');

CREATE TEMP TABLE z AS SELECT z, w FROM (VALUES (62.5::float8, 1::float8), (80, 2), (NULL, 3), (41.2, 4), (95, 5)) v (z, w);
SELECT pg_temp.near(weighted_mean(z, w), (pg_temp.printed('a_amean'))[1], 5e-14, 'arithmetic mean') FROM z;
SELECT pg_temp.near(geometric_mean(z, w), (pg_temp.printed('a_gmean'))[1], 5e-14, 'geometric mean') FROM z;
SELECT pg_temp.near(harmonic_mean(z, w), (pg_temp.printed('a_hmean'))[1], 5e-14, 'harmonic mean') FROM z;
SELECT pg_temp.near(power_mean(z, w, 2), (pg_temp.printed('a_genmean(p=2, NA removed)'))[1], 5e-14, 'quadratic mean, although one is missing') FROM z;
SELECT pg_temp.near(power_mean(z, w, -1), (pg_temp.printed('a_genmean(p=-1,NA removed)'))[1], 5e-14, 'power -1') FROM z;
SELECT pg_temp.near(power_mean(z, w, 0.5), (pg_temp.printed('a_genmean(p=0.5,NA rm)'))[1], 5e-14, 'power 0.5') FROM z;

-- Power 1e-9: the file's figure is off by its own rounding, 4e-8 of it. Sixty digits say which is right, and the formula
-- in floats gives theirs.
CREATE TEMP TABLE tiny_power AS
	SELECT exp(ln(sum(w::numeric * exp(1e-9 * ln(z::numeric(80, 70)))) / sum(w::numeric)) / 1e-9) AS digits,
		(sum(w * z ^ 1e-9::float8) / sum(w)) ^ (1 / 1e-9::float8) AS floats, power_mean(z, w, 1e-9) AS ours
	FROM z WHERE z IS NOT NULL;
SELECT ok(abs(ours::text::numeric / digits - 1) < 2e-15, format('power 1e-9: %s is %s', ours, round(digits, 20))) FROM tiny_power;
SELECT pg_temp.near(floats, (pg_temp.printed('a_genmean(p=1e-9)'))[1], 4e-6, 'the formula in floats') FROM tiny_power;
SELECT ok(abs(floats / digits::float8 - 1) > 1e-9 AND abs((pg_temp.printed('a_genmean(p=1e-9)'))[1] / digits::float8 - 1) > 1e-9, 'neither is right in the ninth digit')
FROM tiny_power;

CREATE TEMP TABLE x AS
	SELECT unit, indicator, score FROM (VALUES (1, '{1,3,2}'::float8[]), (2, '{2,2,3}'), (3, '{3,1,1}'), (4, '{4,5,4}')) u (unit, scores),
		unnest(scores) WITH ORDINALITY AS s (score, indicator);
SELECT ok((SELECT bool_and(abs(printed - ours) < 1e-14 OR (i = j AND printed = 0 AND ours = 0.5)) AND count(*) = 4
	FROM (SELECT b.unit AS j, outranking(a.score, b.score) AS ours FROM x a JOIN x b USING (indicator) WHERE a.unit = i GROUP BY b.unit) o
	JOIN unnest(pg_temp.printed(format('orm[%s,]', i))) WITH ORDINALITY AS p (printed, n) ON n = j), format('outranking, row %s', i))
FROM generate_series(1, 4) i;
SELECT is((SELECT array_agg(copeland ORDER BY unit) FROM (
		SELECT a.unit, sum(sign(share - 0.5)) AS copeland FROM x a,
			LATERAL (SELECT b.unit, outranking(c.score, b.score) AS share FROM x b JOIN x c USING (indicator) WHERE c.unit = a.unit AND b.unit <> a.unit GROUP BY b.unit) o
		WHERE a.indicator = 1 GROUP BY a.unit) s), pg_temp.printed('copeland'), 'Copeland scores from it');
SELECT is((SELECT array_agg(copeland ORDER BY unit) FROM (
		SELECT a.unit, sum(sign(share - 0.5)) AS copeland FROM x a,
			LATERAL (SELECT b.unit, outranking(c.score, b.score, CASE indicator WHEN 1 THEN 3 ELSE 1 END) AS share
				FROM x b JOIN x c USING (indicator) WHERE c.unit = a.unit AND b.unit <> a.unit GROUP BY b.unit) o
		WHERE a.indicator = 1 GROUP BY a.unit) s), pg_temp.printed('copeland w=3,1,1'), 'and with weights');

SELECT * FROM finish();
SELECT '# mpi.csv: 48 figures compared, coinr_small_vectors.txt: 31, 0 skipped';
\echo '# skipped: 0'
ROLLBACK;
