-- 2. For each indicator, what yearly pace is still needed to reach 2030, and how many times the pace of the last
--    five years is that?
--    Mỗi chỉ tiêu còn cần tốc độ bao nhiêu mỗi năm để đạt mục tiêu 2030, gấp mấy lần tốc độ
--    năm năm qua?
--
-- Every document's target for 2030 is asked, followed or not. pace: since the baseline five years ago, else since the first
-- figure. growth: the same as compound growth a year, to the near and to the far edge. Figures of mid-2025 are taken twice:
-- on their day, and filed under their year, as yearly tables do.

SELECT t.code, t.document, t.as_written_en AS target, t.is_chosen AS followed, p.value, p.observed_on,
	COALESCE(n.baseline_on, series_first_date(s.series)) AS pace_since,
	round(p.required_pace::numeric, 2) AS needed, round(p.observed_pace::numeric, 2) AS pace,
	round(p.pace_multiple::numeric, 2) AS times,
	round(filed.required_pace::numeric, 2) AS needed_if_filed, round(filed.pace_multiple::numeric, 2) AS times_if_filed,
	to_char(p.required_growth, 'FM0.0000') AS growth_needed,
	to_char(far.required_growth, 'FM0.0000') AS growth_far_edge,
	to_char(p.observed_growth, 'FM0.0000') AS growth_so_far
FROM target t
JOIN mark m ON m.code = t.mark AND m.is_counted
JOIN leaf n ON n.code = t.code AND n.role IS NULL
JOIN leaf_series s ON s.code = t.code AND s.as_of = '2025-12-31'
LEFT JOIN usable_observation b ON b.code = n.code AND b.period = n.period AND b.period_end = n.baseline_on
CROSS JOIN target_path(ARRAY[t.bound], ARRAY[t.due], n.direction, b.value, n.baseline_on) AS path
CROSS JOIN progress(path, s.series, s.as_of) p
CROSS JOIN progress(path, series_resample(s.series, 'year', 'last'), s.as_of) filed
CROSS JOIN target_path(ARRAY[COALESCE(p.far_bound, p.met_bound)::text], ARRAY[p.due], n.direction) AS far_edge
CROSS JOIN progress(far_edge, s.series, s.as_of) far
WHERE t.due = '2030-12-31'
ORDER BY t.code, NOT t.is_chosen, t.target_id;
