-- Means and their relatives against avg(float8): 5 million rows without groups, in 100 and in 100 000 groups; and over
-- frames of 10, 100 and 1000 rows that slide over 200 000. Each query is run :runs times in turn with the others;
-- medians and ratios are printed.
\set ON_ERROR_STOP on
\if :{?runs} \else \set runs 5 \endif
\if :{?rows} \else \set rows 5000000 \endif
\if :{?frame_rows} \else \set frame_rows 200000 \endif
\set QUIET on
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '1GB';

CREATE SCHEMA means_bench;
SET search_path = means_bench, public;
CREATE UNLOGGED TABLE fact AS
	SELECT n, n % 100 AS few, n % 100000 AS many, (hashint8(n) & 1048575) / 10485.76::float8 AS v,
		1 + (hashint8(n + 1000000000) & 1023) / 128.0::float8 AS w
	FROM generate_series(1, :rows) AS n;
VACUUM ANALYZE fact;

CREATE TABLE query (name text PRIMARY KEY, call text);
INSERT INTO query VALUES
	('avg(float8)', 'avg(v)'), ('sum(v * w) / sum(w)', 'sum(v * w) / sum(w)'), ('stddev(float8)', 'stddev_pop(v)'),
	('weighted_mean', 'weighted_mean(v, w)'), ('geometric_mean', 'geometric_mean(v, w)'),
	('harmonic_mean', 'harmonic_mean(v, w)'), ('power_mean, 2', 'power_mean(v, w, 2)'), ('coverage', 'coverage(v, w)'),
	('outranking', 'outranking(v, 50, w)'), ('weighted_sd', 'weighted_sd(v, w)'), ('mpi_minus, one argument', 'mpi_minus(v)'),
	('weighted_sd and both MPI', 'weighted_sd(v, w) + mpi_minus(v, w) + mpi_plus(v, w)');

CREATE TABLE measured (groups text, name text, milliseconds float8);
CREATE PROCEDURE measure(groups text, key text, runs integer) LANGUAGE plpgsql AS $$
DECLARE
	q record;
	begun timestamptz;
	answer float8;
BEGIN
	FOR run IN 0 .. runs LOOP
		FOR q IN SELECT name, call FROM query ORDER BY name LOOP
			begun := clock_timestamp();
			EXECUTE format('SELECT sum(x) FROM (SELECT %s AS x FROM fact%s) AS t', q.call, ' GROUP BY ' || key) INTO answer;
			IF run > 0 THEN
				INSERT INTO measured VALUES (groups, q.name, extract(epoch FROM clock_timestamp() - begun) * 1000);
			END IF;
		END LOOP;
	END LOOP;
END $$;
CALL measure('1 none', NULL, :runs);
CALL measure('2 100', 'few', :runs);
CALL measure('3 100 000', 'many', :runs);

CREATE TABLE slid (frame integer, name text, milliseconds float8);
CREATE PROCEDURE slide(frame integer, rows integer, runs integer) LANGUAGE plpgsql AS $$
DECLARE
	q record;
	begun timestamptz;
	answer float8;
BEGIN
	FOR run IN 1 .. runs LOOP
		FOR q IN SELECT name, call FROM query WHERE name IN ('avg(float8)', 'weighted_mean', 'weighted_sd', 'geometric_mean') LOOP
			CONTINUE WHEN q.name = 'avg(float8)' AND frame = 1000 AND run > 1;
			begun := clock_timestamp();
			EXECUTE format('SELECT sum(x) FROM (SELECT %s OVER (ORDER BY n ROWS BETWEEN %s PRECEDING AND CURRENT ROW) AS x
				FROM fact WHERE n <= %s) AS t', q.call, frame - 1, rows) INTO answer;
			INSERT INTO slid VALUES (frame, q.name, extract(epoch FROM clock_timestamp() - begun) * 1000);
		END LOOP;
	END LOOP;
END $$;
CREATE INDEX ON fact (n);
CALL slide(10, :frame_rows, :runs);
CALL slide(100, :frame_rows, :runs);
CALL slide(1000, :frame_rows, :runs);

\pset footer off
\echo
\echo 'Over groups: ratios of medians within one run'
WITH medians AS (
	SELECT groups, name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds
	FROM measured GROUP BY groups, name)
SELECT m.groups, m.name AS query, round(m.milliseconds::numeric) AS ms,
	round((m.milliseconds / b.milliseconds)::numeric, 2) AS "/ avg(float8)"
FROM medians AS m JOIN medians AS b ON b.groups = m.groups AND b.name = 'avg(float8)'
ORDER BY m.groups, m.milliseconds;

\echo 'Over frames'
WITH medians AS (
	SELECT frame, name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds
	FROM slid GROUP BY frame, name)
SELECT m.frame, m.name AS query, round(m.milliseconds::numeric) AS ms,
	round((m.milliseconds / b.milliseconds)::numeric, 2) AS "/ avg(float8)"
FROM medians AS m JOIN medians AS b ON b.frame = m.frame AND b.name = 'avg(float8)'
ORDER BY m.frame, m.milliseconds;

\echo 'Frames equal to recomputation, to the bit'
SELECT frame, count(*) AS rows, count(*) FILTER (WHERE float8send(slid) IS DISTINCT FROM float8send(plain)) AS different
FROM (
	SELECT frame, n, weighted_mean(v, w) OVER (PARTITION BY frame ORDER BY n ROWS BETWEEN 9 PRECEDING AND CURRENT ROW) AS slid,
		(SELECT weighted_mean(v, w) FROM fact AS g WHERE g.n BETWEEN f.n - 9 AND f.n) AS plain
	FROM fact AS f, (VALUES (10)) AS k (frame) WHERE n <= :frame_rows / 10
	UNION ALL
	SELECT frame, n, weighted_mean(v, w) OVER (PARTITION BY frame ORDER BY n ROWS BETWEEN 99 PRECEDING AND CURRENT ROW),
		(SELECT weighted_mean(v, w) FROM fact AS g WHERE g.n BETWEEN f.n - 99 AND f.n)
	FROM fact AS f, (VALUES (100)) AS k (frame) WHERE n <= :frame_rows / 10
	UNION ALL
	SELECT frame, n, weighted_mean(v, w) OVER (PARTITION BY frame ORDER BY n ROWS BETWEEN 999 PRECEDING AND CURRENT ROW),
		(SELECT weighted_mean(v, w) FROM fact AS g WHERE g.n BETWEEN f.n - 999 AND f.n)
	FROM fact AS f, (VALUES (1000)) AS k (frame) WHERE n <= :frame_rows / 10) AS t
GROUP BY frame ORDER BY frame;
DROP SCHEMA means_bench CASCADE;
