-- 1. Which of the 9 culture and society targets will miss 2025 on present trend, and by how much, in their own units and
--    in % of the target?
--    Chỉ tiêu văn hóa, xã hội nào sẽ không đạt mục tiêu 2025 nếu giữ xu thế hiện nay, thiếu bao nhiêu (theo đơn vị và
--    theo % mục tiêu)?
--
-- Asked on 30/06/2025. Where the trend leads is judged as if it had happened: a series of that one value, on the due date.
-- Culture and society has no confirmed figure, so the answer there is "no data"; the other categories follow.

SELECT p.category, p.code, n.name_en, t.as_written_en AS target, p.status AS status_now, p.reason,
	round(p.value::numeric, 2) AS value, round(p.projected_value::numeric, 2) AS at_due,
	trend.status AS on_trend, round(trend.gap::numeric, 2) AS short_by, round(trend.attainment_level::numeric, 1) AS percent_of_target
FROM leaf_progress p
JOIN programme_node c ON c.code = p.category
JOIN leaf n ON n.code = p.code
JOIN leaf_path l ON l.code = p.code
JOIN usable_target t ON t.code = p.code AND t.due = p.due
LEFT JOIN LATERAL progress(l.path, indicator_series(ARRAY[p.due], ARRAY[p.projected_value]), p.due, p.due) trend
	ON p.projected_value IS NOT NULL
WHERE p.as_of = '2025-06-30' AND p.due = '2025-12-31'
ORDER BY p.category <> 'S', trend.status, p.status, c.ordinal, n.ordinal;
