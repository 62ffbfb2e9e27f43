-- 4. Which 2025 values are still estimates, which are preliminary and which official, and how large was the usual revision
--    of each series?
--    Số liệu 2025 nào còn là ước tính, sơ bộ, hay chính thức; các chuỗi thường được điều chỉnh bao nhiêu?
--
-- Usual revision: the mean of |last - first| over the periods of which several confirmed figures were released. No official
-- figure of 2025 was seen: it comes on 30 November of the next year.

SELECT f.code, f.period, f.period_end, f.value, v.name_en AS vintage,
	r.periods_revised, round(r.usual_revision::numeric, 3) AS usual_revision
FROM best_figure f
JOIN vintage v ON v.code = f.vintage
LEFT JOIN (
	SELECT code, period, count(*) AS periods_revised, weighted_mean(abs(last - first), 1) AS usual_revision
	FROM (
		SELECT code, period, (array_agg(value ORDER BY figure_no))[1] AS first, (array_agg(value ORDER BY figure_no DESC))[1] AS last
		FROM usable_observation
		GROUP BY code, period, period_end
		HAVING count(*) > 1) released
	GROUP BY code, period) r ON r.code = f.code AND r.period = f.period
WHERE f.as_of = '2025-12-31' AND f.period_end BETWEEN '2025-01-01' AND '2025-12-31'
ORDER BY v.preference, f.code, f.period_end;
