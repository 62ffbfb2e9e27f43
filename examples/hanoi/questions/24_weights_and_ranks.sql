-- 24, the ranking: how far do the ranks depend on the weights?
--     Thứ hạng phụ thuộc trọng số đến mức nào?
--
-- Synthetic communes. Each category's weight halved and doubled: how many communes change rank, the largest move, and who leads.

WITH method AS (
	SELECT p.snapshot_id, with_due(p.framework, '2025-12-31') AS framework
	FROM hanoi_registry.snapshot p
	WHERE p.programme_code = 'synthetic' AND p.as_of = '2025-12-31'),
variant AS (
	SELECT m.snapshot_id, NULL AS category, NULL::float8 AS weight, m.framework
	FROM method m
	UNION ALL
	SELECT m.snapshot_id, n.code, w.weight, with_weights(m.framework, ARRAY[n.code], ARRAY[w.weight])
	FROM method m
	CROSS JOIN LATERAL nodes(m.framework) n
	CROSS JOIN LATERAL (VALUES (n.weight / 2), (n.weight * 2)) w (weight)
	WHERE n.depth = 1),
ranked AS (
	SELECT v.category, v.weight, s.unit_code, rank() OVER (PARTITION BY v.category, v.weight ORDER BY comparable_score(i.score) DESC) AS rank
	FROM variant v
	JOIN hanoi_registry.snapshot_sheet s ON s.snapshot_id = v.snapshot_id AND s.due = '2025-12-31'
	-- A unit with goals of its own is judged by these.
	CROSS JOIN LATERAL (SELECT CASE WHEN s.own_codes IS NULL THEN v.framework
		ELSE with_targets(v.framework, s.own_codes, s.own_paths) END AS framework) f
	CROSS JOIN LATERAL index_score(f.framework, s.sheet) AS i (score)
	WHERE i.score IS NOT NULL)
SELECT r.category, r.weight, count(*) AS communes, count(*) FILTER (WHERE r.rank <> b.rank) AS change_rank,
	max(abs(r.rank - b.rank)) AS largest_move, (array_agg(l.name ORDER BY r.rank, r.unit_code))[1] AS first
FROM ranked r
JOIN ranked b ON b.unit_code = r.unit_code AND b.category IS NULL
JOIN hanoi_registry.unit_label l ON l.unit_code = r.unit_code AND l.language = 'vi'
WHERE r.category IS NOT NULL
GROUP BY r.category, r.weight
ORDER BY r.category, r.weight;
