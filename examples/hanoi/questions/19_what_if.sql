-- 19. What if wastewater reached 55 % and air days 80 %: what would the environment index and the total be, without writing to
--     tables?
--     Nếu nước thải được xử lý đạt 55 % và số ngày không khí tốt đạt 80 % thì chỉ số môi trường và chỉ số chung là bao nhiêu,
--     không ghi vào bảng nào?
--
-- The snapshot of 31/12/2025. Air days have no confirmed target for 2025, so there only wastewater counts; in 2030 both do.

SELECT s.due, l.name, round(node_score(f.framework, s.sheet, n.code)::numeric, 2) AS as_known,
	round(node_score(f.framework, with_value(f.framework, s.sheet, 'M2', 55), n.code)::numeric, 2) AS wastewater_55,
	round(node_score(f.framework, with_value(f.framework, with_value(f.framework, s.sheet, 'M2', 55), 'M3', 80), n.code)::numeric, 2)
		AS and_air_80
FROM hanoi_registry.snapshot p
JOIN hanoi_registry.snapshot_sheet s ON s.snapshot_id = p.snapshot_id AND s.unit_code = '01' AND s.is_horizon
CROSS JOIN LATERAL with_due(p.framework, s.due) AS f (framework)
CROSS JOIN (VALUES (1, 'M'), (2, 'programme')) n (ordinal, code)
JOIN hanoi_registry.node_label l ON l.programme_code = p.programme_code AND l.node_code = n.code AND l.language = 'vi'
WHERE p.programme_code = '21-CTr/TU' AND p.as_of = '2025-12-31'
ORDER BY s.due, n.ordinal;
