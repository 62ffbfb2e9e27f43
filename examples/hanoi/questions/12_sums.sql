-- 12. Does the sum of the communes' values equal the city's total for each additive indicator and month, within 0.5 %?
--     Tổng của các xã, phường có bằng số của thành phố cho từng chỉ tiêu cộng được và từng tháng, sai số trong 0,5 %?
--
-- Synthetic communes. One line for each indicator, with the month that differs most.

WITH month AS (
	SELECT f.node_code, f.period_end, max(f.value) FILTER (WHERE f.unit_code = 'SYN') AS city,
		sum(f.value) FILTER (WHERE u.parent_unit_code = 'SYN') AS communes
	FROM hanoi_registry.observation_by_period('2025-12-31', programmes => '{synthetic}') f
	JOIN hanoi_registry.unit u ON u.unit_code = f.unit_code
	JOIN hanoi_registry.node n ON n.programme_code = f.programme_code AND n.node_code = f.node_code AND n.is_additive
	GROUP BY f.node_code, f.period_end),
compared AS (
	SELECT *, abs(ratio(communes, city) - 100) AS differs FROM month)
SELECT node_code, count(*) AS months, count(*) FILTER (WHERE differs <= 0.5) AS within,
	(array_agg(period_end ORDER BY differs DESC, period_end DESC))[1] AS worst_month,
	(array_agg(city ORDER BY differs DESC, period_end DESC))[1] AS city,
	(array_agg(communes ORDER BY differs DESC, period_end DESC))[1] AS communes,
	round(max(differs)::numeric, 3) AS percent
FROM compared
GROUP BY node_code
ORDER BY node_code;
