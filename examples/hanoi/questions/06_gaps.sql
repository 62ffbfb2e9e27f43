-- 6. Which indicators have a gap in their yearly series, and does filling it by interpolation change the category score by
--    more than one point?
--    Chuỗi năm nào bị khuyết, và nội suy chỗ khuyết có làm điểm của nhóm thay đổi quá một điểm không?
--
-- One row per missing year: the category's score against the 2025 targets at the end of that year, with the latest figure
-- known then, and with the interpolated one in its place (which knows the later figure, and so is hindsight).

SELECT n.code, extract(year FROM gap.on_date) AS missing_year,
	series_latest_value(s.series, gap.on_date) AS carried, filled.value AS interpolated,
	round(score.as_known::numeric, 1) AS category_as_known, round(score.filled::numeric, 1) AS category_filled,
	score.filled NOT BETWEEN score.as_known - 1 AND score.as_known + 1 AS more_than_one_point
FROM leaf n
JOIN leaf_series s ON s.code = n.code AND s.as_of = '2025-12-31'
CROSS JOIN LATERAL generate_series(series_first_date(s.series), series_last_date(s.series), interval '1 year') year_end
CROSS JOIN LATERAL (SELECT year_end::date AS on_date) gap
CROSS JOIN LATERAL (SELECT series_value(s.series, gap.on_date, interpolate => true) AS value) filled
JOIN programme_sheet k ON k.as_of = gap.on_date AND k.due = '2025-12-31' AND k.scope = n.category
CROSS JOIN LATERAL (
	SELECT node_score(k.framework, k.sheet, k.scope) AS as_known,
		node_score(k.framework, with_value(k.framework, k.sheet, n.code, filled.value), k.scope) AS filled) score
WHERE n.period = 'year' AND series_value(s.series, gap.on_date) IS NULL
ORDER BY n.code, gap.on_date;
