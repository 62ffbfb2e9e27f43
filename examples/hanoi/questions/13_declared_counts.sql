-- 13. Do the declared category counts (7/9/5/4) match the registered indicators (8/9/5/4), and do the weights in each category
--     add to 1?
--     Số chỉ tiêu công bố theo nhóm (7/9/5/4) có khớp với số đã đăng ký (8/9/5/4), và trọng số trong mỗi nhóm có cộng bằng 1?
--
-- The declared counts are those of the news report of 31/03/2023. Weights are relative, each 1; the shares they give within the
-- category add to 1.

WITH method AS (
	SELECT hanoi_registry.framework_as_of('21-CTr/TU', '2025-12-31', '2026-01-31') AS framework)
SELECT l.name, c.declared_count AS declared, count(*) AS registered, c.declared_count = count(*) AS match,
	sum(n.weight) AS weights, round(sum(ratio(n.weight, s.weights, 1))::numeric, 9) AS shares
FROM hanoi_registry.node c
CROSS JOIN method m
CROSS JOIN LATERAL nodes(m.framework) n
CROSS JOIN LATERAL (SELECT sum(o.weight) AS weights FROM nodes(m.framework) o WHERE o.parent = c.node_code) s
JOIN hanoi_registry.node_label l ON l.node_code = c.node_code AND l.programme_code = c.programme_code AND l.language = 'vi'
WHERE c.programme_code = '21-CTr/TU' AND n.parent = c.node_code AND n.is_indicator
GROUP BY c.ordinal, l.name, c.declared_count
ORDER BY c.ordinal;
