-- The facts, and the two ways that stay in the database.
\set QUIET on
SET client_min_messages = warning;
CREATE EXTENSION scorecard;
ALTER DATABASE postgres SET max_parallel_workers_per_gather = 0;
ALTER DATABASE postgres SET jit = off;
ALTER DATABASE postgres SET work_mem = '256MB';
\c

-- 5 categories of 10 indicators; every fifth indicator is better when lower; 2 % of the cells are missing.
CREATE TABLE node (code text PRIMARY KEY, parent text, weight float8, direction text);
INSERT INTO node SELECT 'category_' || c, 'index', c, NULL FROM generate_series(1, 5) AS c;
INSERT INTO node SELECT format('indicator_%s', to_char(i, 'FM00')), 'category_' || i % 5 + 1, 1 + i % 3, CASE WHEN i % 5 = 0 THEN 'down' ELSE 'up' END
	FROM generate_series(0, 49) AS i;
INSERT INTO node VALUES ('index', NULL, 1, NULL);
SELECT setseed(0.125) \g /dev/null
CREATE TABLE fact (unit integer, code text, value float8);
INSERT INTO fact SELECT u, code, CASE WHEN random() >= 0.02 THEN 1000 * random() END
	FROM generate_series(1, :units) AS u CROSS JOIN node WHERE direction IS NOT NULL;
VACUUM ANALYZE fact;
CREATE TABLE method AS
	SELECT index_framework_agg(n.code, n.parent, n.weight, CASE WHEN n.direction IS NULL THEN NULL
		WHEN n.direction = 'up' THEN jsonb_build_object('worst', low, 'best', high) ELSE jsonb_build_object('worst', high, 'best', low) END) AS framework
	FROM node AS n LEFT JOIN (SELECT code, min(value) AS low, max(value) AS high FROM fact GROUP BY code) AS b USING (code);
CREATE TABLE sheet AS
	SELECT unit, index_sheet_agg((SELECT framework FROM method), code, value) AS sheet FROM fact GROUP BY unit;
VACUUM ANALYZE sheet;

CREATE TABLE query (n serial, name text PRIMARY KEY, text text);
INSERT INTO query (name, text) VALUES
('scorecard: bounds, framework and roll-up in one query',
 'SELECT unit, index_score(framework, sheet) AS score
	FROM (SELECT index_framework_agg(n.code, n.parent, n.weight, CASE WHEN n.direction IS NULL THEN NULL
			WHEN n.direction = ''up'' THEN jsonb_build_object(''worst'', low, ''best'', high) ELSE jsonb_build_object(''worst'', high, ''best'', low) END) AS framework
		FROM node AS n LEFT JOIN (SELECT code, min(value) AS low, max(value) AS high FROM fact GROUP BY code) AS b USING (code)) AS m,
	LATERAL (SELECT unit, index_sheet_agg((SELECT framework FROM method), code, value) AS sheet FROM fact GROUP BY unit) AS s'),
('scorecard: roll-up with fixed goalposts',
 'SELECT unit, index_score((SELECT framework FROM method), index_sheet_agg((SELECT framework FROM method), code, value)) AS score FROM fact GROUP BY unit'),
('scorecard: stored sheets under the method',
 'SELECT unit, index_score((SELECT framework FROM method), sheet) AS score FROM sheet'),
('plain SQL: min-max and two levels of weighted means',
 'WITH scored AS (
	SELECT f.unit, n.parent, n.weight, 100 * CASE n.direction WHEN ''up'' THEN (f.value - b.low) / (b.high - b.low) ELSE (b.high - f.value) / (b.high - b.low) END AS score
	FROM fact AS f JOIN node AS n USING (code) JOIN (SELECT code, min(value) AS low, max(value) AS high FROM fact GROUP BY code) AS b USING (code)
	WHERE f.value IS NOT NULL),
 category AS (SELECT unit, parent, sum(weight * score) / sum(weight) AS score FROM scored GROUP BY unit, parent)
 SELECT unit, sum(c.weight * k.score) / sum(c.weight) AS score FROM category AS k JOIN node AS c ON c.code = k.parent GROUP BY unit');

CREATE TABLE measured (name text, milliseconds float8);
CREATE TABLE score (name text, unit integer, score float8);
CREATE PROCEDURE measure(runs integer) LANGUAGE plpgsql AS $$
DECLARE
	q record;
	begun timestamptz;
BEGIN
	FOR run IN 0 .. runs LOOP
		FOR q IN SELECT name, text FROM query ORDER BY n LOOP
			begun := clock_timestamp();
			EXECUTE 'SELECT sum(score) FROM (' || q.text || ') AS t';
			IF run > 0 THEN
				INSERT INTO measured VALUES (q.name, 1000 * extract(epoch FROM clock_timestamp() - begun));
			END IF;
		END LOOP;
	END LOOP;
	FOR q IN SELECT name, text FROM query ORDER BY n LOOP
		EXECUTE format('INSERT INTO score SELECT %L, unit, score FROM (%s) AS t', q.name, q.text);
	END LOOP;
END $$;
CALL measure(:runs);
