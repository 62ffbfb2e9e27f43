-- 21, as the authorities answer it: per cent of plan and a verdict for each indicator of the yearly plan of 2025.
--     Theo cách báo cáo của thành phố: % so với kế hoạch và kết luận vượt, đạt, không đạt của kế hoạch 2025.
--
-- Five of the 24 were read; the plan in force at the end of the year decides.

SELECT i.name_en, i.measure_unit_en AS unit, a.due, target_met_bound(p.path, a.due) AS plan, series_last_value(happened.series) AS figure,
	round(a.measured::numeric, 2) AS percent_of_plan, COALESCE(a.class, a.reason) AS verdict
FROM plan_indicator i
JOIN LATERAL (
	SELECT path_in_force(path, valid_from, valid_to, '2025-12-31') AS path
	FROM plan_path
	WHERE code = i.code AND due = '2025-12-31') p ON true
LEFT JOIN plan_series happened ON happened.code = i.code
CROSS JOIN LATERAL assess(p.path, happened.series, '2025-12-31', scheme('plan')) a
ORDER BY i.ordinal;
