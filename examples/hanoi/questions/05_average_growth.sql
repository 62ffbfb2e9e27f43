-- 5. Average growth 2021-2025: compounded from which vintages does the published 6.57 come, and what is the range over the
--    vintages?
--    Tăng trưởng bình quân 2021–2025: số công bố 6,57 tính từ những lần công bố nào, và khoảng dao động là bao nhiêu?
--
-- From none: every mix of the figures released for 2022 and 2025 is tried, the unconfirmed 8.89 among them, compounded and
-- averaged plainly.

WITH figure AS (
	SELECT period_end, value, mark FROM observation WHERE code = 'E1' AND period = 'year')
SELECT y22.value AS "2022", y22.mark, y25.value AS "2025",
	round(a.geometric::numeric, 4) AS compounded, round(a.arithmetic::numeric, 4) AS plain_mean,
	6.57 IN (round(a.geometric::numeric, 2), round(a.arithmetic::numeric, 2)) AS gives_6_57,
	round(min(a.geometric) OVER ()::numeric, 2) AS lowest, round(max(a.geometric) OVER ()::numeric, 2) AS highest
FROM figure y21, figure y22, figure y23, figure y24, figure y25
CROSS JOIN LATERAL indicator_series(ARRAY[y21.period_end, y22.period_end, y23.period_end, y24.period_end, y25.period_end],
	ARRAY[y21.value, y22.value, y23.value, y24.value, y25.value]) AS rates
CROSS JOIN LATERAL (
	SELECT series_average_growth(rates, '2021-01-01', '2025-12-31') AS geometric,
		series_average_growth(rates, '2021-01-01', '2025-12-31', 'arithmetic') AS arithmetic) a
WHERE y21.period_end = '2021-12-31' AND y22.period_end = '2022-12-31' AND y23.period_end = '2023-12-31'
	AND y24.period_end = '2024-12-31' AND y25.period_end = '2025-12-31'
ORDER BY a.geometric;
