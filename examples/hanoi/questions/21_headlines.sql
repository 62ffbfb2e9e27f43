-- 21, the headlines as published: indicators met or exceeded, of those in the plan.
--     Số chỉ tiêu đạt và vượt kế hoạch, như đã công bố.

SELECT area, years, met, indicators, CASE WHEN is_expected THEN 'expected' ELSE 'reported' END AS kind,
	round(measure_level(met, indicators)::numeric, 2) AS percent, progress_bar(measure_level(met, indicators), 24) AS bar,
	show_sources(sources) AS sources
FROM plan_headline
ORDER BY area, years;
