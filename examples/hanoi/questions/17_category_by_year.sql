-- 17. Category index by year 2021-2025 (what pushed "environment" down: see the next).
--     Chỉ số theo nhóm từng năm 2021–2025.
--
-- Against the targets of 2025, over what was known of each year's end. A category without a confirmed figure has no index: culture
-- and society never, the environment before 2025. Categories are not compared over years that measured different indicators.

SELECT l.name, extract(year FROM c.as_of) AS year, round(c.score::numeric, 1) AS score, round(c.expected_score::numeric, 1) AS expected,
	round(c.coverage::numeric, 2) AS coverage, c.status, c.reason
FROM hanoi_registry.category_index_history c
JOIN hanoi_registry.node_label l ON l.programme_code = c.programme_code AND l.node_code = c.category_code AND l.language = 'vi'
WHERE c.programme_code = '21-CTr/TU' AND c.due = '2025-12-31' AND extract(month FROM c.as_of) = 12
ORDER BY c.ordinal, c.as_of;
