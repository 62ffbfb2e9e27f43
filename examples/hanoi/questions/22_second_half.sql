-- 22. H1 is known: what must H2 deliver for the year's GRDP, investment and export targets?
--     Đã biết 6 tháng đầu năm: 6 tháng cuối năm phải đạt bao nhiêu để hoàn thành mục tiêu GRDP, đầu tư, xuất khẩu của năm?
--
-- The first half weighs 0.463 of a year's GRDP: with it, and 5.91 in the first half, 7.5 for 2021 left the 8.87 that was
-- published then [58]. Neither weight nor 5.91 was read in a source: both are marked P. For 2025 the first half is 7.63 [44].
-- No figure of the first half was found for investment and exports: what the second must bring is unknown, and not the
-- whole plan. The last row is an illustration of money.

SELECT q.name, q.target, q.first_half, q.mark,
	round(required_rest(q.target, q.first_half, 0.463, q.role)::numeric, 2) AS second_half
FROM (
	SELECT 1 AS ordinal, 'GRDP growth 2021' AS name, 7.5 AS target, 5.91 AS first_half, 'average' AS role, 'P' AS mark
	UNION ALL
	SELECT 2, 'GRDP growth 2025, ' || p.document, target_met_bound(p.path, p.due), o.value, 'average', o.mark || ', weight P'
	FROM plan_path p
	JOIN observation o ON o.code = 'E1' AND o.period = 'half-year' AND o.period_end = '2025-06-30'
	WHERE p.code = 'growth'
	UNION ALL
	SELECT 3, i.name_en || ' 2025', target_met_bound(p.path, p.due), NULL, i.role, 'no figure'
	FROM plan_path p
	JOIN plan_indicator i ON i.code = p.code
	WHERE p.code IN ('investment', 'exports') AND p.due = '2025-12-31'
	UNION ALL
	SELECT 4, 'Total investment 2025, had it been 250,000 by mid-year', target_met_bound(path, due), 250000, 'total', 'P'
	FROM plan_path
	WHERE code = 'investment') q
ORDER BY q.ordinal, q.target;
