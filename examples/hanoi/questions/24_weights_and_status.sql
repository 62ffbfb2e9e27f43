-- 24. Which weights would have to change, and by how much, to move the total from "on track" to "at risk"?
--     Trọng số nào phải đổi, và đổi bao nhiêu, để chỉ số chung chuyển từ "đúng tiến độ" sang "có nguy cơ"?
--
-- Each category's weight is tried from 0 to 10 in steps of 0.05, the others as they are; the nearest that changes the status of
-- the total is listed. Hanoi's total is at risk and no weight changes that: every category with a figure is below 95 % of what is
-- expected. A synthetic commune that is barely on track shows how it reads where one can.

WITH asked AS (
	SELECT s.unit_code, f.framework, e.expected, sheet_in_common(s.sheet, e.expected) AS sheet
	FROM hanoi_registry.snapshot p
	JOIN hanoi_registry.snapshot_sheet s ON s.snapshot_id = p.snapshot_id AND s.due = '2025-12-31'
	CROSS JOIN LATERAL with_due(p.framework, s.due) AS f (framework)
	CROSS JOIN LATERAL expected_sheet(f.framework, p.as_of, s.sheet) AS e (expected)
	WHERE p.as_of = '2025-12-31' AND s.unit_code IN ('01', 'SYN-056')),
tried AS (
	SELECT a.*, n.code, n.weight, w.weight AS other,
		index_status(index_score(a.framework, a.sheet), index_score(a.framework, a.expected)) AS status,
		index_status(index_score(t.framework, a.sheet), index_score(t.framework, a.expected)) AS other_status
	FROM asked a
	CROSS JOIN LATERAL nodes(a.framework) n
	CROSS JOIN (SELECT (step / 20.0)::float8 AS weight FROM generate_series(0, 200) step) w
	CROSS JOIN LATERAL with_weights(a.framework, ARRAY[n.code], ARRAY[w.weight]) AS t (framework)
	WHERE n.depth = 1)
SELECT unit_code, code AS category, round(node_score(framework, sheet, code)::numeric, 2) AS score,
	round(node_score(framework, expected, code)::numeric, 2) AS expected, weight, status AS total_is,
	(array_agg(other ORDER BY abs(other - weight), other) FILTER (WHERE other_status <> status))[1] AS weight_that_changes_it,
	(array_agg(other_status ORDER BY abs(other - weight), other) FILTER (WHERE other_status <> status))[1] AS to_status
FROM tried
GROUP BY unit_code, code, weight, status, 3, 4
ORDER BY unit_code, code;
