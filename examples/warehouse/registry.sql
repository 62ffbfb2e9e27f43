-- A registry over the tables in schema "warehouse", which may lie here (star.sql) or elsewhere (fdw.sql): views that name things as the
-- registry does, and calls that bind them. Figures and plans stay where they are; units are copied, and what the warehouse does not know is
-- said here: the programme, its horizons, its reporting dates.
--
-- The views select and join. What is computed, the extension computes.

\set ON_ERROR_STOP on
SELECT create_registry('city_kpi');
CREATE SCHEMA mapping;

CREATE VIEW mapping.observation AS
SELECT text 'city' AS programme_code, m.measure_code AS node_code, g.ward_code AS unit_code, d.full_date AS period_end,
	CASE r.status_code WHEN 'F' THEN 'official' WHEN 'P' THEN 'preliminary' WHEN 'E' THEN 'estimate' END AS vintage,
	r.release_date AS released_on, f.amount AS value, r.source_system AS source
FROM warehouse.fact_measure AS f
	JOIN warehouse.dim_date AS d USING (date_key)
	JOIN warehouse.dim_geography AS g USING (geography_key)
	JOIN warehouse.dim_measure AS m USING (measure_key)
	JOIN warehouse.dim_release AS r USING (release_key)
WHERE m.scorecard_flag = 'Y';
COMMENT ON VIEW mapping.observation IS
'A row for each figure of each release. A ward keeps its code from version to version of its dimension row, so its series goes on.';

CREATE VIEW mapping.target AS
SELECT text 'city' AS programme_code, m.measure_code AS node_code,
	target_path_agg(p.planned_amount::text, make_date(p.plan_year, 12, 31), CASE m.better_when WHEN 'H' THEN 'up' ELSE 'down' END,
		p.baseline_amount::float8, make_date(p.baseline_year, 12, 31)) AS path,
	p.plan_name AS document, p.approved_on AS valid_from,
	lead(p.approved_on) OVER (PARTITION BY m.measure_code ORDER BY p.approved_on) - 1 AS valid_to
FROM warehouse.fact_plan AS p JOIN warehouse.dim_measure AS m USING (measure_key)
WHERE m.scorecard_flag = 'Y'
GROUP BY m.measure_code, p.plan_name, p.approved_on;
COMMENT ON VIEW mapping.target IS
'A path for each measure and plan, from one row per year. A plan stands until the next one is approved.';

CREATE VIEW mapping.node AS
SELECT text 'city' AS programme_code, text '2022' AS method_version, n.node_code, n.parent_code, n.is_indicator, n.rule,
	n.reporting_frequency, n.owner_code
FROM (
	SELECT 'city', NULL, false, jsonb '{}', NULL, NULL
	UNION ALL
	SELECT DISTINCT subject_code, 'city', false, jsonb '{}', NULL, NULL FROM warehouse.dim_measure WHERE scorecard_flag = 'Y'
	UNION ALL
	SELECT measure_code, subject_code, true,
		CASE WHEN benchmark_poor IS NULL THEN '{}' ELSE jsonb_build_object('worst', benchmark_poor, 'best', benchmark_good) END,
		CASE reporting_cycle WHEN 'MONTHLY' THEN 'month' WHEN 'QUARTERLY' THEN 'quarter' WHEN 'YEARLY' THEN 'year' END, department
	FROM warehouse.dim_measure WHERE scorecard_flag = 'Y'
) AS n (node_code, parent_code, is_indicator, rule, reporting_frequency, owner_code);
COMMENT ON VIEW mapping.node IS 'City, subjects, measures. A measure without a plan is scored by its benchmarks.';

-- What the warehouse does not hold.
INSERT INTO city_kpi.programme (programme_code, document) VALUES ('city', 'Synthetic plan 2022-2026');
INSERT INTO city_kpi.method (programme_code, method_version, valid_from) VALUES ('city', '2022', '2022-01-01');
INSERT INTO city_kpi.horizon VALUES ('city', '2024-12-31'), ('city', '2026-12-31');
INSERT INTO city_kpi.reporting_date (programme_code, as_of) VALUES ('city', '2023-12-31'), ('city', '2024-06-30'), ('city', '2024-12-31');
INSERT INTO city_kpi.unit (unit_code, unit_kind, valid_from, valid_to)
SELECT ward_code, lower(min(area_level)), NULLIF(min(valid_from), '1900-01-01'), NULLIF(max(valid_to), '9999-12-31')
FROM warehouse.dim_geography
GROUP BY ward_code;
UPDATE city_kpi.unit SET parent_unit_code = '00000' WHERE unit_kind = 'ward';
INSERT INTO city_kpi.label (object_kind, object_code, language, name)
SELECT DISTINCT ON (ward_code) 'unit', ward_code, 'en', ward_name
FROM warehouse.dim_geography
ORDER BY ward_code, valid_to DESC;

SELECT bind_registry('city_kpi', 'observation', 'mapping.observation');
SELECT bind_registry('city_kpi', 'target', 'mapping.target');
