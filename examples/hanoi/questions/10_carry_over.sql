-- 10. Map the values of the 526 old communes to the 126 new ones with population weights: additive measures are split, ratios
--     recomputed from numerator and denominator.
--     Chuyển số liệu của 526 xã, phường cũ sang 126 xã, phường mới theo tỷ trọng dân cư: chỉ tiêu cộng được thì chia, tỷ lệ
--     tính lại từ tử số và mẫu số.
--
-- Synthetic communes. Clean water in June 2025: carried over, beside the plain mean of the old ratios (which is wrong). The first
-- line is the total, which carrying over must not change; then six of the 126, those made of most parts.

WITH figure AS (
	SELECT * FROM hanoi_registry.observation_by_period('2025-06-30', programmes => '{synthetic}') WHERE period_end = '2025-06-30'),
carried AS (
	SELECT s.successor_code AS unit_code, f.node_code, sum(f.value * s.weight) AS value,
		count(DISTINCT s.unit_code) AS old, count(DISTINCT s.unit_code) FILTER (WHERE s.weight < 1) AS in_part
	FROM figure f
	JOIN hanoi_registry.unit_successor s ON s.unit_code = f.unit_code
	JOIN hanoi_registry.node n ON n.programme_code = f.programme_code AND n.node_code = f.node_code AND n.is_additive
	GROUP BY GROUPING SETS ((s.successor_code, f.node_code), (f.node_code))),
old_ratio AS (
	SELECT s.successor_code AS unit_code, avg(ratio(a.value, b.value)) AS mean
	FROM hanoi_registry.unit_successor s
	JOIN figure a ON a.unit_code = s.unit_code AND a.node_code = 'households_with_water'
	JOIN figure b ON b.unit_code = s.unit_code AND b.node_code = 'households'
	GROUP BY s.successor_code)
SELECT COALESCE(l.name, 'Tất cả') AS unit, den.old, den.in_part,
	round(den.value::numeric, 1) AS households, round(num.value::numeric, 1) AS with_water,
	round(ratio(num.value, den.value, r.ratio_per)::numeric, 3) AS clean_water, round(m.mean::numeric, 3) AS mean_of_ratios
FROM hanoi_registry.node r
JOIN carried num ON num.node_code = r.numerator_code
JOIN carried den ON den.node_code = r.denominator_code AND den.unit_code IS NOT DISTINCT FROM num.unit_code
LEFT JOIN old_ratio m ON m.unit_code = num.unit_code
LEFT JOIN hanoi_registry.unit_label l ON l.unit_code = num.unit_code AND l.language = 'vi'
WHERE r.programme_code = 'synthetic' AND r.node_code = 'clean_water'
ORDER BY num.unit_code IS NOT NULL, den.old DESC, num.unit_code
LIMIT 7;
