-- From facts to an index, and every number back to its inputs.
CREATE TABLE method AS SELECT index_framework('[
	{"code": "programme"},
	{"code": "economy", "parent": "programme", "weight": 2},
	{"code": "environment", "parent": "programme", "aggregation": "geometric", "min_coverage": 0.5},
	{"code": "income", "parent": "economy", "target": "5285@2020 -> 8300..8500@2025", "due": "2025"},
	{"code": "jobs", "parent": "economy", "worst": 12, "best": 2},
	{"code": "air", "parent": "environment", "worst": 100, "best": 0, "lowest": 1},
	{"code": "water", "parent": "environment", "worst": 20, "best": 70, "lowest": 1}]') AS framework;
CREATE TABLE fact (unit text, code text, value float8);
INSERT INTO fact VALUES ('north', 'income', 6640), ('north', 'jobs', 4), ('north', 'air', 40), ('north', 'water', 60),
	('south', 'income', 9000), ('south', 'air', NULL), ('south', 'water', 45), ('west', 'jobs', NULL);

SELECT code, parent, depth, is_leaf, weight, aggregation, rule FROM method, nodes(framework);
SELECT code, effective_weight FROM method, leaves(framework);

CREATE VIEW unit_sheet AS
	SELECT unit, index_sheet_agg((SELECT framework FROM method), code, value) AS sheet FROM fact GROUP BY unit;
SELECT unit, round(index_score(framework, sheet)::numeric, 9) AS score,
	round(node_score(framework, sheet, 'environment')::numeric, 9) AS environment
	FROM unit_sheet, method ORDER BY unit;
SELECT unit, code, round(score::numeric, 6) AS score, coverage, reason
	FROM unit_sheet, method, node_scores(framework, sheet) ORDER BY unit, code COLLATE "C" NULLS LAST;
SELECT unit, code, round(contribution::numeric, 6) AS contribution
	FROM unit_sheet, method, index_contributions(framework, sheet) ORDER BY unit, code COLLATE "C" NULLS LAST;
SELECT unit, round(low::numeric, 6) AS low, round(high::numeric, 6) AS high, reason
	FROM unit_sheet, method, index_bounds(framework, sheet) ORDER BY unit;
SELECT round(index_score(framework, with_value(framework, sheet, 'air', 10))::numeric, 6) AS what_if
	FROM unit_sheet, method WHERE unit = 'north';

-- Wrong input is named.
SELECT index_sheet_agg((SELECT framework FROM method), 'noise', 1);
SELECT index_sheet_agg((SELECT framework FROM method), code, 1) FROM (VALUES ('air'), ('air')) v(code);
SELECT index_sheet_agg((SELECT framework FROM method), 'air', 'infinity');
SELECT index_framework('[{"code": "a"}, {"code": "b"}]');
SELECT index_framework('[{"code": "a"}, {"code": "b", "parent": "c", "as_is": true}]');
SELECT index_framework('[{"code": "a"}, {"code": "b", "parent": "a"}]');
SELECT index_framework('[{"code": "a"}, {"code": "b", "parent": "a", "worst": 1, "best": 1}]');
SELECT index_framework('[{"code": "a"}, {"code": "b", "parent": "a", "colour": "red"}]');

-- The first step of any user.
SELECT category, weighted_mean(score, weight), coverage(score, weight)
	FROM (VALUES ('economy', 50::float8, 1), ('economy', 80, 2), ('environment', NULL, 1)) s(category, score, weight)
	GROUP BY category ORDER BY category;
SELECT goalpost_score(4, 12, 2), goalpost_score(-4, 0, 10), goalpost_score(-4, 0, 10, false), finite_or_null('NaN');

DROP TABLE method, fact CASCADE;
