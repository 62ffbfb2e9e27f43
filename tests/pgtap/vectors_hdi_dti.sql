-- Two published indices as one framework literal each: the Human Development Index (UNDP, technical note 1; Sudan as in
-- the report of 2020) and Vietnam's provincial Digital Transformation Index of 2022 (Ministry of Information and
-- Communications).
\set ON_ERROR_STOP on
BEGIN;
SELECT plan(24);

CREATE TEMP TABLE method (code text PRIMARY KEY, framework index_framework);
INSERT INTO method VALUES
	('hdi', '[
		{"code": "hdi", "aggregation": "geometric", "missing": "propagate"},
		{"code": "health", "parent": "hdi", "worst": 20, "best": 85},
		{"code": "education", "parent": "hdi", "missing": "propagate"},
		{"code": "expected_years", "parent": "education", "worst": 0, "best": 18},
		{"code": "mean_years", "parent": "education", "worst": 0, "best": 15},
		{"code": "income", "parent": "hdi", "worst": 100, "best": 75000, "scale": "log"}]'),
	('dti', '[
		{"code": "dti"},
		{"code": "1 awareness", "parent": "dti", "weight": 0.1, "worst": 0, "best": 1},
		{"code": "2 institutions", "parent": "dti", "weight": 0.1, "worst": 0, "best": 1},
		{"code": "3 infrastructure", "parent": "dti", "weight": 0.1, "worst": 0, "best": 1},
		{"code": "4 people", "parent": "dti", "weight": 0.1, "worst": 0, "best": 1},
		{"code": "5 security", "parent": "dti", "weight": 0.1, "worst": 0, "best": 1},
		{"code": "6 government", "parent": "dti", "weight": 0.2, "worst": 0, "best": 1},
		{"code": "7 economy", "parent": "dti", "weight": 0.15, "worst": 0, "best": 1},
		{"code": "8 society", "parent": "dti", "weight": 0.15, "worst": 0, "best": 1},
		{"code": "9 smart city", "parent": "dti", "weight": 0, "worst": 0, "best": 1}]');

-- Human development ----------------------------------------------------------

-- values that give the indices as printed: health .6971, education .3447; the income itself is printed
CREATE TEMP TABLE sudan AS
	SELECT framework, index_sheet(framework, '{health,expected_years,mean_years,income}',
		ARRAY[20 + 65 * 0.6971, 18 * 0.3447, 15 * 0.3447, 3829]) AS sheet
	FROM method WHERE code = 'hdi';

SELECT is(round((node_score(framework, sheet, 'health') / 100)::numeric, 4), 0.6971, 'Sudan: health') FROM sudan;
SELECT is(round((node_score(framework, sheet, 'education') / 100)::numeric, 4), 0.3447, 'Sudan: education') FROM sudan;
SELECT is(round((node_score(framework, sheet, 'income') / 100)::numeric, 4), 0.5506, 'Sudan: income of 3829') FROM sudan;
SELECT is(round((index_score(framework, sheet) / 100)::numeric, 3), 0.510, 'Sudan: index') FROM sudan;
SELECT ok(abs(index_score(framework, sheet) / 100 - (0.6971 * 0.3447 * (ln(38.29) / ln(750)))::float8 ^ (1 / 3.0)) < 1e-12,
		  'the index is the cube root of the product') FROM sudan;
SELECT ok(abs(sum(contribution) - 51) < 0.05 AND abs(max(contribution) - min(contribution) * 2) < 1e-9,
		  'by Euler each of the three brings a third, each half of education a sixth')
FROM sudan, index_contributions(framework, sheet);

SELECT is(log_goalpost_score(100, 100, 75000), 0::float8, 'income 100 is 0');
SELECT is(log_goalpost_score(75000, 100, 75000), 100::float8, 'income 75 000 is 100');
SELECT is(log_goalpost_score(123456, 100, 75000), 100::float8, 'more is no more');
SELECT is(log_goalpost_score(50, 100, 75000), 0::float8, 'less is no less');
SELECT ok(log_goalpost_score(123456, 100, 75000, false) > 107, 'unless asked');
SELECT is(round(log_goalpost_score(3829, 100, 75000)::numeric, 2), 55.06, 'the scalar function agrees');
SELECT is(index_score(framework, with_value(framework, sheet, 'mean_years', NULL)), NULL, 'no index without mean years')
FROM sudan;
SELECT results_eq(
	$$SELECT n.code, n.reason FROM sudan, node_scores(framework, with_value(framework, sheet, 'mean_years', NULL)) n
	WHERE n.score IS NULL ORDER BY n.depth, n.code$$,
	$$VALUES ('hdi', 'missing_child'), ('education', 'missing_child'), ('mean_years', 'no_observation')$$,
	'and the chain of reasons');
SELECT is(index_score(framework, with_value(framework, sheet, 'income', 100)), 0::float8, 'an income of 100 gives an index of 0')
FROM sudan;

-- Digital transformation -----------------------------------------------------

CREATE TEMP TABLE province (name text, ratios float8[], published numeric);
INSERT INTO province VALUES
	('Đà Nẵng', '{1.0000,.9000,.8253,.8487,.7578,.8575,.7836,.5197}', 0.8002),
	('Quảng Ninh', '{.9581,.9000,.7648,.6250,.5382,.8385,.5904,.4505}', 0.7024),
	('Cần Thơ', '{.9000,.8000,.7233,.7376,.7226,.7325,.7556,.2947}', 0.6924);
CREATE TEMP TABLE province_sheet AS
	SELECT name, published, framework, index_sheet_agg(framework, leaf.code, ratios[leaf.ordinal + 1]) AS sheet
	FROM province, (SELECT framework FROM method WHERE code = 'dti') m, leaves(framework) AS leaf
	GROUP BY name, published, framework;

SELECT is(round((index_score(framework, sheet) / 100)::numeric, 4), published, name || ' has ' || published)
FROM province_sheet ORDER BY published DESC;
SELECT results_eq(
	'SELECT name FROM province_sheet ORDER BY rank() OVER (ORDER BY index_score(framework, sheet) DESC)',
	'SELECT name FROM province ORDER BY published DESC', 'and their ranks follow');
SELECT ok(bool_and(index_score(framework, with_value(framework, sheet, '9 smart city', 0.9)) = index_score(framework, sheet)),
		  'a group that carries no points changes nothing') FROM province_sheet;
SELECT is(node_score(framework, with_value(framework, sheet, '9 smart city', 0.9), '9 smart city'), 90::float8,
		  'and is reported still') FROM province_sheet WHERE published > 0.8;
SELECT ok(bool_and(n.coverage = 1 AND n.coverage_by_weight = 1), 'nor does it count as a gap')
FROM province_sheet, node_scores(framework, sheet) n WHERE n.depth = 0;

-- its step table: four meetings 20 points, three 15, two 10, one 5
SELECT is(array_agg(steps_score(meetings, '{1,2,3,4}', '{0,5,10,15,20}') ORDER BY meetings), '{0,5,10,15,20,20}'::float8[],
		  'meetings and points') FROM generate_series(0, 5) AS meetings;
SELECT is(steps_score(0.9999, '{1,2}', '{0,5,10}'), 0::float8, 'a threshold is reached, not approached');

SELECT * FROM finish();
\echo '# hdi, dti: 7 figures compared, 0 skipped'
\echo '# skipped: 0'
ROLLBACK;
