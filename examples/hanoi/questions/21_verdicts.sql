-- 21, one by one: each figure for 2025 against the near and the far edge of its target, and the verdict.
--     Từng chỉ tiêu: số liệu 2025 so với cận gần và cận xa của mục tiêu, và kết luận.

SELECT p.code, n.name_en, t.as_written_en AS target, round(p.value::numeric, 4) AS value, p.observed_on,
	round(p.attainment_level::numeric, 1) AS percent_of_near_edge,
	round(measure_level(p.value, p.far_bound, n.direction = 'down')::numeric, 1) AS percent_of_far_edge,
	round(p.gap::numeric, 2) AS short_by, p.status, p.reason
FROM leaf_progress p
JOIN leaf n ON n.code = p.code
JOIN usable_target t ON t.code = p.code AND t.due = p.due
WHERE p.as_of = '2025-12-31' AND p.due = '2025-12-31' AND p.value IS NOT NULL
ORDER BY p.status, p.attainment_level;
