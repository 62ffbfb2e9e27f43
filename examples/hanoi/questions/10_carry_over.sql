-- 10. Map the values of the 526 old communes to the 126 new ones with population weights: additive measures are split, ratios
--     recomputed from numerator and denominator.
--     Chuyển số liệu của 526 xã, phường cũ sang 126 xã, phường mới theo tỷ trọng dân cư: chỉ tiêu cộng được thì chia, tỷ lệ
--     tính lại từ tử số và mẫu số.
--
-- Synthetic communes. Clean water in June 2025, as known on 15 July, when the new communes had reported nothing yet: what the registry
-- carries over, beside the plain mean of the old ratios (which is wrong). The first line is the total, which carrying over must not
-- change; then six of the 126, those made of most parts.

WITH figure AS (
	SELECT * FROM hanoi_registry.observation_by_period('2025-06-30', known_on => '2025-07-15', programmes => '{synthetic}')
	WHERE period_end = '2025-06-30'),
carried AS (
	SELECT f.unit_code, weighted_sum(f.value, 1) FILTER (WHERE f.node_code = 'households') AS households,
		weighted_sum(f.value, 1) FILTER (WHERE f.node_code = 'households_with_water') AS with_water,
		max(f.value) FILTER (WHERE f.node_code = 'clean_water') AS clean_water
	FROM figure f
	JOIN hanoi_registry.unit u ON u.unit_code = f.unit_code AND u.unit_kind = 'synthetic commune'
	GROUP BY GROUPING SETS ((f.unit_code), ())),
part AS (
	SELECT s.successor_code AS unit_code, count(DISTINCT s.unit_code) AS old,
		count(DISTINCT s.unit_code) FILTER (WHERE s.weight < 1) AS in_part, avg(f.value) AS mean_of_ratios
	FROM hanoi_registry.unit_successor s
	JOIN figure f ON f.unit_code = s.unit_code AND f.node_code = 'clean_water'
	GROUP BY GROUPING SETS ((s.successor_code), ()))
SELECT COALESCE(l.name, 'Tất cả') AS unit, p.old, p.in_part, round(c.households::numeric, 1) AS households, round(c.with_water::numeric, 1) AS with_water,
	round(CASE WHEN c.unit_code IS NULL THEN ratio(c.with_water, c.households) ELSE c.clean_water END::numeric, 3) AS clean_water,
	CASE WHEN c.unit_code IS NOT NULL THEN round(p.mean_of_ratios::numeric, 3) END AS mean_of_ratios
FROM carried c
JOIN part p ON p.unit_code IS NOT DISTINCT FROM c.unit_code
LEFT JOIN hanoi_registry.unit_label l ON l.unit_code = c.unit_code AND l.language = 'vi'
ORDER BY c.unit_code IS NOT NULL, p.old DESC, c.unit_code
LIMIT 7;
