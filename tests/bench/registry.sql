-- The registry: what an incremental refresh costs against a full one, and what a report costs as the registry grows.
--
-- Refresh: 126 units, 26 indicators, 60 months, each month a reporting date. Then one of a hundred figures is revised:
-- all 26 of 76 units in the latest month (the usual case), and as many at random over five years (the worst: a figure of
-- long ago concerns every date since). Each is repeated :runs times; ratios are of medians.
--
-- Views: a tenth of :large and then :large observations, more units, everything else equal; each view with a WHERE that
-- picks one unit, one date of it, or a small programme among the large one, as a report does. A view that reads by index
-- costs about the same over both. psql -v large=10000000 is the size that the registry is made for, and takes a while to
-- load; -v refresh=off leaves the first half out.
\set ON_ERROR_STOP on
\if :{?runs} \else \set runs 3 \endif
\if :{?large} \else \set large 1000000 \endif
\if :{?refresh} \else \set refresh on \endif
\set QUIET on
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
-- as docs/registry.md advises
SET jit = off;
SELECT n.nspname AS extension_schema FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard' \gset
SET search_path = :"extension_schema", public;
\pset footer off

CREATE SCHEMA registry_bench;
CREATE TABLE registry_bench.measured (name text, condition text, size text, milliseconds float8, rows bigint);

-- a registry with so many units and months, ending in 2024
CREATE PROCEDURE registry_bench.fill(registry text, units integer, months integer) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM create_registry(registry);
	EXECUTE format($sql$
		INSERT INTO %1$I.programme (programme_code) VALUES ('p');
		INSERT INTO %1$I.horizon VALUES ('p', '2025-12-31'), ('p', '2030-12-31');
		INSERT INTO %1$I.method (programme_code, method_version) VALUES ('p', '2020');
		INSERT INTO %1$I.node (programme_code, method_version, node_code, parent_code) VALUES ('p', '2020', 'p', NULL);
		INSERT INTO %1$I.node (programme_code, method_version, node_code, parent_code, weight)
			SELECT 'p', '2020', 'c' || i, 'p', i FROM generate_series(1, 4) AS i;
		INSERT INTO %1$I.node (programme_code, method_version, node_code, parent_code, reporting_frequency, owner_code)
			SELECT 'p', '2020', to_char(i, '"i"FM00'), 'c' || i %% 4 + 1, 'month', NULL FROM generate_series(1, 26) AS i;
		INSERT INTO %1$I.unit (unit_code) SELECT to_char(u, 'FM000000') FROM generate_series(1, %2$s) AS u;
		INSERT INTO %1$I.target (programme_code, node_code, path, document, valid_from)
			SELECT 'p', to_char(i, '"i"FM00'), format('10@2019 -> %%s@2025 -> %%s@2030', 40 + i, 70 + i)::target_path, 'plan', '2019-01-01'
			FROM generate_series(1, 26) AS i;
		INSERT INTO %1$I.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
			SELECT 'p', to_char(i, '"i"FM00'), to_char(u, 'FM000000'), d, 'official', d + 30, 10 + m * (u * 7919::bigint + i) %% 100 / 80.0
			FROM generate_series(1, %2$s) AS u, generate_series(1, 26) AS i, generate_series(1, %3$s) AS m,
				LATERAL (SELECT (date '2025-01-01' - make_interval(months => %3$s - m) - interval '1 day')::date) AS x (d);
	$sql$, registry, units, months);
	EXECUTE format('ANALYZE %1$I.observation; ANALYZE %1$I.unit; ANALYZE %1$I.node; ANALYZE %1$I.target', registry);
END $$;

CREATE PROCEDURE registry_bench.refresh(what text, full_refresh boolean DEFAULT false) LANGUAGE plpgsql AS $$
DECLARE
	begun timestamptz := clock_timestamp();
	cells bigint;
BEGIN
	SELECT r.cells INTO cells FROM refresh_registry('bench_refresh', full_refresh => refresh.full_refresh) AS r;
	INSERT INTO registry_bench.measured VALUES (what, NULL, 'refresh', extract(epoch FROM clock_timestamp() - begun) * 1000, cells);
END $$;

\if :refresh
CALL registry_bench.fill('bench_refresh', 126, 60);
INSERT INTO bench_refresh.reporting_date (programme_code, as_of) SELECT DISTINCT 'p', period_end FROM bench_refresh.observation;
CALL registry_bench.refresh('first');
VACUUM ANALYZE bench_refresh.snapshot_leaf;
VACUUM ANALYZE bench_refresh.snapshot_sheet;
VACUUM ANALYZE bench_refresh.snapshot_node;
VACUUM ANALYZE bench_refresh.snapshot_rank;

SELECT setseed(0.29) \g /dev/null
SELECT format('CALL registry_bench.refresh(%L, true)', 'full'),
	$$UPDATE bench_refresh.observation SET value = value + 0.01 WHERE period_end = '2024-12-31' AND unit_code <= '000076'$$,
	format('CALL registry_bench.refresh(%L)', 'latest month'),
	$$UPDATE bench_refresh.observation SET value = value + 0.01 WHERE ctid = ANY (ARRAY(
		SELECT ctid FROM bench_refresh.observation ORDER BY random() LIMIT 1976))$$,
	format('CALL registry_bench.refresh(%L)', 'at random'),
	format('CALL registry_bench.refresh(%L)', 'nothing')
FROM generate_series(1, :runs) \gexec

\echo
\echo 'Refresh of 126 units, 26 indicators, 60 months; 1976 of 196560 figures revised: medians of one run'
WITH medians AS (
	SELECT name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds, max(rows) AS cells
	FROM registry_bench.measured WHERE size = 'refresh' GROUP BY name)
SELECT m.name AS refresh, m.cells AS "units x dates", round(m.milliseconds::numeric) AS ms,
	round((100 * m.milliseconds / f.milliseconds)::numeric, 2) AS "% of full",
	CASE m.name WHEN 'latest month' THEN CASE WHEN m.milliseconds <= 0.03 * f.milliseconds THEN 'yes' ELSE 'NO' END END AS "at most 3 %"
FROM medians AS m CROSS JOIN medians AS f WHERE f.name = 'full' ORDER BY m.milliseconds DESC;
DROP SCHEMA bench_refresh CASCADE;
\endif

-- Two registries of the same kind, one with ten times the units; in both a second programme for three units.
SELECT greatest(:large / 26 / 60 / 10, 1) AS few, greatest(:large / 26 / 60, 10) AS many \gset
CALL registry_bench.fill('bench_small', :few, 60);
CALL registry_bench.fill('bench_large', :many, 60);
CREATE PROCEDURE registry_bench.add_programme(registry text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format($sql$
		INSERT INTO %1$I.programme (programme_code) VALUES ('q');
		INSERT INTO %1$I.horizon SELECT 'q', due FROM %1$I.horizon;
		INSERT INTO %1$I.method (programme_code, method_version) VALUES ('q', '2020');
		INSERT INTO %1$I.node (programme_code, method_version, node_code, parent_code, weight, reporting_frequency)
			SELECT 'q', method_version, node_code, parent_code, weight, reporting_frequency FROM %1$I.node;
		INSERT INTO %1$I.target (programme_code, node_code, path, document, valid_from)
			SELECT 'q', node_code, path, document, valid_from FROM %1$I.target;
		INSERT INTO %1$I.observation (programme_code, node_code, unit_code, period_end, vintage, released_on, value)
			SELECT 'q', node_code, unit_code, period_end, vintage, released_on, value FROM %1$I.observation WHERE unit_code <= '000003';
	$sql$, registry);
END $$;
CALL registry_bench.add_programme('bench_small');
CALL registry_bench.add_programme('bench_large');
ANALYZE bench_small.observation;
ANALYZE bench_large.observation;
SELECT refresh_registry('bench_small', d) FROM unnest('{2024-11-30,2024-12-31}'::date[]) AS d \g /dev/null
SELECT refresh_registry('bench_large', d) FROM unnest('{2024-11-30,2024-12-31}'::date[]) AS d \g /dev/null
SELECT format('VACUUM ANALYZE %I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('bench_small', 'bench_large') \gexec

CREATE TABLE registry_bench.query (name text, condition text, PRIMARY KEY (name, condition));
INSERT INTO registry_bench.query
SELECT c.relname, w.condition
FROM pg_class AS c,
	unnest(ARRAY[$$unit_code = '000007' AND programme_code = 'p'$$, $$programme_code = 'q'$$,
		$$unit_code = '000007' AND as_of = '2024-12-31'$$, $$unit_code = '000007' AND period_end >= '2024-07-01'$$,
		$$programme_code = 'p' AND node_code = 'i07'$$]) AS w (condition)
WHERE c.relnamespace = 'bench_small'::regnamespace AND c.relkind = 'v'
	AND CASE WHEN w.condition LIKE '%node_code%' THEN c.relname LIKE 'target%' ELSE c.relname NOT LIKE 'target%' OR w.condition LIKE '%q%' END
	-- every column that a condition names
	AND NOT EXISTS (SELECT FROM unnest('{programme_code,unit_code,node_code,as_of,period_end}'::name[]) AS a (attname)
		WHERE w.condition LIKE '%' || a.attname || ' %' AND a.attname NOT IN (
			SELECT b.attname FROM pg_attribute AS b WHERE b.attrelid = c.oid AND NOT b.attisdropped))
	AND EXISTS (SELECT FROM pg_attribute AS b WHERE b.attrelid = c.oid AND b.attname = 'unit_code' AND NOT b.attisdropped);

CREATE PROCEDURE registry_bench.measure(runs integer) LANGUAGE plpgsql AS $$
DECLARE
	q record;
	size text;
	begun timestamptz;
	n bigint;
BEGIN
	FOR run IN 0 .. runs LOOP
		FOR q IN SELECT name, condition FROM registry_bench.query ORDER BY name, condition LOOP
			FOREACH size IN ARRAY '{bench_small,bench_large}'::text[] LOOP
				begun := clock_timestamp();
				-- every column is computed
				EXECUTE format('SELECT count(v::text) FROM %I.%I AS v WHERE %s', size, q.name, q.condition) INTO n;
				IF run > 0 THEN
					INSERT INTO registry_bench.measured
					VALUES (q.name, q.condition, size, extract(epoch FROM clock_timestamp() - begun) * 1000, n);
				END IF;
			END LOOP;
		END LOOP;
	END LOOP;
END $$;
CALL registry_bench.measure(5 * :runs);

\echo
\echo 'Views with a selective WHERE, in a registry and in one of ten times as many units: medians'
SELECT (SELECT count(*) FROM bench_small.observation) AS "observations, small", (SELECT count(*) FROM bench_large.observation) AS "large";
WITH medians AS (
	SELECT name, condition, size, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds, max(rows) AS rows
	FROM registry_bench.measured WHERE size LIKE 'bench%' GROUP BY name, condition, size)
SELECT s.name AS view, s.condition AS "where", l.rows, round(s.milliseconds::numeric, 2) AS "ms, small", round(l.milliseconds::numeric, 2) AS "ms, large",
	round((l.milliseconds / s.milliseconds)::numeric, 2) AS "large / small"
FROM medians AS s JOIN medians AS l ON l.name = s.name AND l.condition = s.condition AND l.size = 'bench_large'
WHERE s.size = 'bench_small' ORDER BY l.milliseconds / s.milliseconds DESC;
DROP SCHEMA bench_small CASCADE;
DROP SCHEMA bench_large CASCADE;
DROP SCHEMA registry_bench CASCADE;
