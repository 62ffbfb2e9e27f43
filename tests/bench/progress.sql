-- Cost of progress as ratios within one run: the measures on plain numbers against the same measure in SQL and in
-- plpgsql (:numbers rows), and progress() in FROM against a row of the same columns that computes nothing (:rows pairs
-- of a path and a series of ten points). Each query is run :runs times in turn with the others; medians and ratios are printed.
--
-- The row that progress() is measured against is that of progress() with no observation: the same function in C, called
-- in FROM for each row, with the same columns put into a tuplestore and nothing to compute; what is above it is the
-- mathematics. json_populate_recordset(NULL::progress_result, '[{}]') gives the same columns with no value at all, and
-- spends most of its time on its own JSON. A function in SQL or plpgsql would be slower for reasons of its own.
-- Every result is consumed by a sum, so that nothing is pruned; "net" leaves out the scan and that sum,
-- by the fastest runs.
\set ON_ERROR_STOP on
\if :{?runs} \else \set runs 5 \endif
\if :{?numbers} \else \set numbers 10000000 \endif
\if :{?rows} \else \set rows 1000000 \endif
\set QUIET on
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '1GB';
-- every row is computed, even if another was like it
SET enable_memoize = off;

CREATE SCHEMA progress_bench;
SET search_path = progress_bench, public;

CREATE UNLOGGED TABLE number AS
	SELECT (i * 7919::bigint % 1000) / 10.0::float8 AS value, (i * 104729::bigint % 400) / 10.0::float8 AS baseline,
		50 + (i * 1299709::bigint % 500) / 10.0::float8 AS target, 45 + (i % 100) / 25.0::float8 AS expected
	FROM generate_series(1, :numbers) AS i;
VACUUM ANALYZE number;

CREATE UNLOGGED TABLE pair AS
	SELECT i AS unit_code, format('%s@2015 -> %s..%s@2025 -> >%s@2030', 10 + i % 30, 50 + i % 20, 52 + i % 20, 80 + i % 10)::target_path AS path,
		indicator_series(d, ARRAY(SELECT 12 + n * (2 + (i * 7919::bigint + n) % 5003 / 1000.0::float8) FROM generate_series(1, 10) AS n)) AS series, '[{}]'::json AS empty
	FROM generate_series(1, :rows) AS i, (SELECT array_agg(make_date(2014 + n, 12, 31) ORDER BY n) AS d FROM generate_series(1, 10) AS n) AS x;
VACUUM ANALYZE pair;

CREATE FUNCTION plpgsql_level(value float8, target float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
	$$ BEGIN IF target <= 0 THEN RETURN NULL; END IF; RETURN 100 * value / target; END $$;
CREATE FUNCTION plpgsql_distance(value float8, baseline float8, target float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
	$$ BEGIN IF target = baseline THEN RETURN NULL; END IF; RETURN 100 * (value - baseline) / (target - baseline); END $$;

CREATE TABLE query (family text, name text, text text, baseline boolean, PRIMARY KEY (family, name));
INSERT INTO query VALUES
('level', 'measure_level', 'SELECT sum(measure_level(value, target)) FROM number', false),
('level', 'SQL', 'SELECT sum(CASE WHEN target > 0 THEN 100 * value / target END) FROM number', true),
('level', 'plpgsql', 'SELECT sum(plpgsql_level(value, target)) FROM number', false),
('distance', 'measure_distance', 'SELECT sum(measure_distance(value, baseline, target)) FROM number', false),
('distance', 'measure_distance, direction said', 'SELECT sum(measure_distance(value, baseline, target, false)) FROM number', false),
('distance', 'SQL', 'SELECT sum(100 * (value - baseline) / nullif(target - baseline, 0)) FROM number', true),
('distance', 'plpgsql', 'SELECT sum(plpgsql_distance(value, baseline, target)) FROM number', false),
('path', 'measure_path', 'SELECT sum(measure_path(value, baseline, expected)) FROM number', false),
('path', 'SQL', 'SELECT sum(100 * (value - baseline) / nullif(expected - baseline, 0)) FROM number', true),
('path', 'plpgsql', 'SELECT sum(plpgsql_distance(value, baseline, expected)) FROM number', false),
('scan', 'sum', 'SELECT sum(value) FROM number', true),
('progress', 'progress, one target', 'SELECT sum(p.projected_attainment) FROM pair, progress(path, series, ''2024-12-31'', ''2030-12-31'') AS p', false),
('progress', 'progress, both targets', 'SELECT sum(p.projected_attainment) FROM pair, progress(path, series, ''2024-12-31'') AS p', false),
('progress', 'progress, no observation', 'SELECT sum(p.met_bound) FROM pair, progress(path, NULL, ''2024-12-31'', ''2030-12-31'') AS p', true),
('progress', 'an empty row from JSON', 'SELECT count(p.projected_attainment) FROM pair, json_populate_recordset(NULL::progress_result, empty) AS p', false),
('progress', 'projected_attainment()', 'SELECT sum(projected_attainment(path, series, ''2024-12-31'', ''2030-12-31'')) FROM pair', false),
('progress', 'target_status()', 'SELECT count(target_status(path, series, ''2024-12-31'', ''2030-12-31'')) FROM pair', false),
('progress', 'assess, statcan', 'SELECT count(a.class) FROM pair, assess(path, series, ''2024-12-31'', scheme(''statcan''), ''2030-12-31'') AS a', false);

CREATE TABLE measured (family text, name text, milliseconds float8, answer float8);
CREATE PROCEDURE measure(runs integer) LANGUAGE plpgsql AS $$
DECLARE
	q record;
	begun timestamptz;
	answer float8;
BEGIN
	FOR run IN 0 .. runs LOOP
		FOR q IN SELECT family, name, text FROM query ORDER BY family, name LOOP
			begun := clock_timestamp();
			EXECUTE q.text INTO answer;
			IF run > 0 THEN
				INSERT INTO measured VALUES (q.family, q.name, extract(epoch FROM clock_timestamp() - begun) * 1000, answer);
			END IF;
		END LOOP;
	END LOOP;
END $$;
CALL measure(:runs);

\pset footer off
\echo
\echo 'Progress: ratios of medians within one run'
WITH medians AS (
	SELECT family, name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds, min(milliseconds) AS fastest, min(answer) AS answer
	FROM measured GROUP BY family, name)
SELECT m.family, m.name AS query, round(m.milliseconds::numeric) AS ms,
	round((m.milliseconds / b.milliseconds)::numeric, 2) AS "/ SQL or nothing computed",
	round((p.milliseconds / m.milliseconds)::numeric, 2) AS "plpgsql /",
	CASE WHEN p.name IS NOT NULL AND m.fastest > s.fastest THEN round(((m.fastest - s.fastest) / (b.fastest - s.fastest))::numeric, 2) END AS "net / SQL",
	CASE WHEN p.name IS NOT NULL AND m.fastest > s.fastest THEN round(((p.fastest - s.fastest) / (m.fastest - s.fastest))::numeric, 1) END AS "plpgsql / net",
	round(m.answer::numeric, 3) AS answer
FROM medians AS m
	JOIN query AS q ON q.family = m.family AND q.baseline
	JOIN medians AS b ON b.family = q.family AND b.name = q.name
	LEFT JOIN medians AS p ON p.family = m.family AND p.name = 'plpgsql'
	JOIN medians AS s ON s.family = 'scan' AND s.name = 'sum'
WHERE m.family <> 'scan'
ORDER BY m.family, m.milliseconds;
DROP SCHEMA progress_bench CASCADE;
