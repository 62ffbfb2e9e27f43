\set QUIET on
\pset footer off
SELECT to_regclass('r_score') IS NOT NULL AS has_r \gset
\if :has_r
INSERT INTO score SELECT name, unit, score FROM r_score;
\endif
SELECT s.name, count(*) AS units, max(abs(s.score - p.score)) AS largest_difference_from_plain_sql
FROM score AS s JOIN score AS p ON p.unit = s.unit AND p.name LIKE 'plain SQL%' GROUP BY s.name ORDER BY s.name;
WITH median AS (
	SELECT name, percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds) AS ms FROM measured GROUP BY name)
SELECT name, round(ms::numeric, 1) AS milliseconds,
	round((ms / (SELECT ms FROM median WHERE name LIKE 'scorecard: bounds%'))::numeric, 2) AS over_scorecard
FROM median ORDER BY ms;
