-- 14. Which targets overlap in validity for the same indicator, entity and year, and which document wins?
--     Mục tiêu nào trùng thời gian hiệu lực cho cùng chỉ tiêu, đơn vị và năm, và văn bản nào được theo?
--
-- On 31/01/2026, all for the whole city. Of the targets that count the latest wins. C counts; N was read as surely, but the
-- signed programme, or else the fuller document, is followed; C* and GK are not confirmed for this programme.

SELECT d.node_code, d.due, d.bound, d.document, d.valid_from, d.mark,
	d.target_id IN (SELECT target_id FROM hanoi_registry.targets_as_of('2026-01-31', programmes => '{21-CTr/TU}')) AS wins
FROM (
	SELECT t.*, p.due, p.bound, count(*) OVER (PARTITION BY t.node_code, t.unit_code, p.due) AS rivals
	FROM hanoi_registry.target t
	CROSS JOIN LATERAL targets(t.path) p
	WHERE t.programme_code = '21-CTr/TU' AND t.valid_from <= '2026-01-31' AND (t.valid_to >= '2026-01-31' OR t.valid_to IS NULL)) d
WHERE d.rivals > 1
ORDER BY d.node_code, d.due, wins DESC, d.valid_from, d.target_id;
