-- 20. Rank the 126 communes by index, with ties shared and "not assessable" kept apart from zero.
--     Xếp hạng 126 xã, phường theo chỉ số: bằng điểm thì đồng hạng, chưa đánh giá được thì đứng riêng, không phải là 0.
--
-- Synthetic communes. The first and last five, those that share a rank, and those without an index.

SELECT r.rank, r.rank_of, l.name, round(r.index_score::numeric, 2) AS index, round(r.coverage::numeric, 2) AS coverage,
	r.not_assessable
FROM (
	SELECT *, count(*) OVER (PARTITION BY rank) AS sharing
	FROM hanoi_registry.unit_ranking
	WHERE programme_code = 'synthetic' AND due = '2025-12-31') r
JOIN hanoi_registry.unit_label l ON l.unit_code = r.unit_code AND l.language = 'vi'
WHERE r.rank <= 5 OR r.rank > r.rank_of - 5 OR r.sharing > 1 OR r.not_assessable
ORDER BY r.not_assessable, r.rank, r.unit_code;
