-- 17, what pushed "environment" down: the contribution of each indicator to the change.
--     Chỉ tiêu nào kéo chỉ số "môi trường" xuống: đóng góp của từng chỉ tiêu vào thay đổi.
--
-- Synthetic communes: the confirmed figures of Hanoi hold one environmental value. The three whose environment fell most in
-- December 2025.

WITH change AS MATERIALIZED (
	SELECT *, sum(category_change) OVER (PARTITION BY unit_code) AS environment
	FROM hanoi_registry.index_change
	WHERE programme_code = 'synthetic' AND due = '2025-12-31' AND category_code = 'environment'),
ranked AS (
	SELECT *, dense_rank() OVER (ORDER BY environment, unit_code) AS place FROM change)
SELECT u.name, round(c.environment::numeric, 2) AS environment, n.name AS indicator,
	round(c.value_before::numeric, 2) AS value_before, round(c.value_after::numeric, 2) AS value_after,
	round(c.score_before::numeric, 1) AS score_before, round(c.score_after::numeric, 1) AS score_after,
	round(c.category_change::numeric, 2) AS in_category, round(c.change::numeric, 2) AS in_index
FROM ranked c
JOIN hanoi_registry.unit_label u ON u.unit_code = c.unit_code AND u.language = 'vi'
JOIN hanoi_registry.node_label n ON n.programme_code = c.programme_code AND n.node_code = c.indicator_code AND n.language = 'vi'
WHERE c.place <= 3
ORDER BY c.place, c.category_change, c.indicator_code;
