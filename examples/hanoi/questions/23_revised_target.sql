-- 23. The growth target rose from 6.5 to 8 on 25/02/2025: show the score under both targets and the dates each applied.
--     Mục tiêu tăng trưởng được nâng từ 6,5 lên 8 ngày 25/02/2025: điểm theo từng mục tiêu và thời gian áp dụng.

SELECT p.document, p.path, p.valid_from, p.valid_to, f.on_date AS judged_on, f.in_force = p.path AS in_force,
	t.value, round(t.attainment_level::numeric, 2) AS percent_of_target, round(t.score_level::numeric, 1) AS score, t.status, t.reason
FROM plan_path p
JOIN plan_series s ON s.code = p.code
CROSS JOIN (
	SELECT d.on_date, path_in_force(r.path, r.valid_from, r.valid_to, d.on_date) AS in_force
	FROM (VALUES (date '2025-02-24'), ('2025-02-25'), ('2025-12-31')) d (on_date)
	CROSS JOIN plan_path r
	WHERE r.code = 'growth'
	GROUP BY d.on_date) f
CROSS JOIN LATERAL progress(p.path, s.series, f.on_date) t
WHERE p.code = 'growth'
ORDER BY f.on_date, p.valid_from;
