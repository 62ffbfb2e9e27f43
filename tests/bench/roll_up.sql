-- One pass over the facts against plain SQL: 5.2 million rows, 200 000 units, 26 text codes.
-- Each query is run :runs times in turn with the others; medians and ratios are printed.
\set ON_ERROR_STOP on
\if :{?runs} \else \set runs 5 \endif
\if :{?units} \else \set units 200000 \endif
\set QUIET on
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '1GB';

CREATE SCHEMA roll_up;
SET search_path = roll_up, public;
CREATE TABLE node (code text PRIMARY KEY, parent text, weight float8, worst float8, best float8);
INSERT INTO node VALUES ('programme', NULL, 1, NULL, NULL);
INSERT INTO node SELECT 'category_' || c, 'programme', c, NULL, NULL FROM generate_series(1, 4) AS c;
INSERT INTO node
	SELECT format('indicator_%s', to_char(i, 'FM00')), 'category_' || i % 4 + 1, 1 + i % 3,
		CASE WHEN i % 5 = 0 THEN 100 ELSE 0 END, CASE WHEN i % 5 = 0 THEN 0 ELSE 100 END
	FROM generate_series(1, 26) AS i;
CREATE TABLE method (code text PRIMARY KEY, framework index_framework);
INSERT INTO method
	SELECT 'bench', index_framework_agg(code, parent, weight, worst, best) FROM node;

CREATE UNLOGGED TABLE fact (unit_code integer, indicator text, value float8);
INSERT INTO fact
	SELECT u, n.code, (u * 7919::bigint + hashtext(n.code)) % 1000 / 10.0
	FROM generate_series(1, :units) AS u CROSS JOIN node AS n WHERE n.worst IS NOT NULL
	ORDER BY hashint4(u), n.code;
VACUUM ANALYZE fact;

CREATE TABLE query (name text PRIMARY KEY, text text);
INSERT INTO query VALUES
('sum(value)',
 'SELECT sum(x) FROM (SELECT sum(value) AS x FROM fact GROUP BY unit_code) AS t'),
('index_sheet_agg',
 'SELECT sum(x) FROM (SELECT length(index_sheet_agg((SELECT framework FROM method WHERE code = ''bench''), indicator, value)::text) AS x FROM fact WHERE unit_code < 0 GROUP BY unit_code) AS t'),
('index_score',
 'SELECT sum(x) FROM (SELECT index_score((SELECT framework FROM method WHERE code = ''bench''),
	index_sheet_agg((SELECT framework FROM method WHERE code = ''bench''), indicator, value)) AS x FROM fact GROUP BY unit_code) AS t'),
('index_score, join form',
 'SELECT sum(x) FROM (SELECT index_score(m.framework, index_sheet_agg(m.framework, indicator, value)) AS x
	FROM fact CROSS JOIN method AS m GROUP BY unit_code, m.code) AS t'),
('nested SQL',
 'SELECT sum(x) FROM (SELECT sum(c.weight * s) / sum(c.weight) AS x FROM
	(SELECT f.unit_code, n.parent, sum(n.weight * least(100, greatest(0, 100 * (f.value - n.worst) / (n.best - n.worst)))) / sum(n.weight) AS s
	 FROM fact AS f JOIN node AS n ON n.code = f.indicator GROUP BY f.unit_code, n.parent) AS k
	JOIN node AS c ON c.code = k.parent GROUP BY unit_code) AS t');
DELETE FROM query WHERE name = 'index_sheet_agg';

CREATE TABLE measured (plan text, name text, milliseconds float8, answer float8);
CREATE PROCEDURE measure(plan text, runs integer) LANGUAGE plpgsql AS $$
DECLARE
	q record;
	begun timestamptz;
	answer float8;
BEGIN
	FOR run IN 0 .. runs LOOP
		FOR q IN SELECT name, text FROM query ORDER BY name LOOP
			begun := clock_timestamp();
			EXECUTE q.text INTO answer;
			IF run > 0 THEN
				INSERT INTO measured VALUES (plan, q.name, extract(epoch FROM clock_timestamp() - begun) * 1000, answer);
			END IF;
		END LOOP;
	END LOOP;
END $$;

SET enable_sort = off;
CALL measure('hash', :runs);
RESET enable_sort;
SET enable_hashagg = off;
CALL measure('sort', :runs);
RESET enable_hashagg;

\pset footer off
\echo
\echo 'One pass against plain SQL: ratios of medians within one run'
WITH medians AS (
	SELECT plan, name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS milliseconds, min(answer) AS answer
	FROM measured GROUP BY plan, name)
SELECT m.plan, m.name AS query, round(m.milliseconds::numeric) AS ms,
	round((m.milliseconds / b.milliseconds)::numeric, 2) AS "/ sum(value)",
	round((n.milliseconds / m.milliseconds)::numeric, 2) AS "nested SQL /",
	round(m.answer::numeric, 3) AS answer
FROM medians AS m
	JOIN medians AS b ON b.plan = m.plan AND b.name = 'sum(value)'
	JOIN medians AS n ON n.plan = m.plan AND n.name = 'nested SQL'
ORDER BY m.plan, m.milliseconds;
DROP SCHEMA roll_up CASCADE;
