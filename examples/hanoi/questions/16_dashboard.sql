-- 16. One row per indicator for the dashboard: latest value, kind, target 2025, % of plan, status colour, arrow, forecast 2025,
--     sparkline array.
--     Mỗi chỉ tiêu một dòng cho bảng điều khiển: số mới nhất, loại số, mục tiêu 2025, % kế hoạch, màu, mũi tên, dự báo 2025,
--     dãy số.
--
-- Asked of the last snapshot. Indicators without a confirmed target for 2025 have none here, and grey says "no figure" or "not
-- yet assessable", never 0.

SELECT s.indicator_code AS "mã", n.name AS "chỉ tiêu", n.measure_unit AS "đơn vị",
	round(s.value::numeric, 2) AS "số mới nhất", v.name AS "loại số", s.target_text AS "mục tiêu 2025",
	round(s.attainment_level::numeric, 1) AS "% kế hoạch", s.signal AS "màu", w.name AS "trạng thái",
	CASE WHEN s.observed_pace > 0 THEN '↑' WHEN s.observed_pace < 0 THEN '↓' WHEN s.observed_pace = 0 THEN '→' END AS "xu hướng",
	round(s.projected_value::numeric, 2) AS "dự báo 2025", t.figures AS "dãy số"
FROM hanoi_registry.node i
JOIN hanoi_registry.node_label n ON n.programme_code = i.programme_code AND n.node_code = i.node_code AND n.language = 'vi'
LEFT JOIN hanoi_registry.indicator_status s ON s.programme_code = i.programme_code AND s.indicator_code = i.node_code AND s.due = '2025-12-31'
LEFT JOIN hanoi_registry.word_label v ON v.word_kind = 'vintage' AND v.word = s.vintage AND v.language = 'vi'
LEFT JOIN hanoi_registry.word_label w ON w.word_kind = 'status' AND w.word = s.status AND w.language = 'vi'
LEFT JOIN LATERAL (
	SELECT array_agg(round(h.value::numeric, 2) ORDER BY h.period_end) AS figures
	FROM hanoi_registry.indicator_trend h
	WHERE h.programme_code = s.programme_code AND h.unit_code = s.unit_code AND h.indicator_code = s.leaf_code) t ON true
WHERE i.programme_code = '21-CTr/TU' AND i.is_indicator
ORDER BY s.category_code, i.ordinal;
