-- Refresh, and read what the views say.

SELECT mode, snapshots, cells FROM refresh_registry('city_kpi');
SELECT severity, object, what FROM check_registry('city_kpi') ORDER BY severity, object, what;

SELECT u.rank, u.unit_code, l.name, round(u.index_score::numeric, 1) AS index, round(u.coverage::numeric, 2) AS coverage
FROM city_kpi.unit_ranking AS u JOIN city_kpi.unit_label AS l USING (unit_code)
WHERE u.unit_kind = 'ward' AND u.due = '2026-12-31'
ORDER BY u.rank, u.unit_code;

SELECT indicator_code, due, value, vintage, target_text, round(attainment_level::numeric, 1) AS attainment, status
FROM city_kpi.indicator_status
WHERE unit_code = '00070' AND is_current
ORDER BY indicator_code;
