-- 8. Urbanisation is 53.9 in one source and 52.5 in another: list every indicator and period whose sources disagree, and
--    the difference.
--    Tỷ lệ đô thị hóa là 53,9 ở nguồn này và 52,5 ở nguồn khác: liệt kê mọi chỉ tiêu, kỳ có nguồn khác nhau và mức chênh lệch.
--
-- Two figures for one period, or one that is not followed against those of other periods that are.

SELECT a.code, a.period_end, a.value, show_sources(a.sources) AS source, b.period_end AS against, b.value AS other,
	show_sources(b.sources) AS other_source, round((b.value - a.value)::numeric, 2) AS difference,
	CASE WHEN a.mark <> b.mark THEN 'one is not confirmed' WHEN a.is_chosen AND b.is_chosen THEN 'revised'
		WHEN a.period_end = b.period_end THEN 'same period' ELSE 'other period' END AS kind
FROM observation a
JOIN observation b ON b.code = a.code AND b.period = a.period
WHERE a.period_end = b.period_end AND a.figure_no < b.figure_no
	OR NOT a.is_chosen AND b.is_chosen
		AND NOT EXISTS (SELECT FROM usable_observation u
						WHERE u.code = a.code AND u.period = a.period AND u.period_end = a.period_end)
ORDER BY a.code, a.period_end, a.figure_no, b.period_end;
