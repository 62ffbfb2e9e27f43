-- 7. Which indicators moved against their good direction for two or more periods in a row?
--    Chỉ tiêu nào đi ngược chiều tốt từ hai kỳ liên tiếp trở lên?
--
-- None, among those with two figures or more: the longest run of each is listed.

WITH step AS (
	SELECT n.code, n.direction, p.observed_on, p.value, lag(p.value) OVER happened AS before
	FROM leaf n
	JOIN leaf_series s ON s.code = n.code AND s.as_of = '2025-12-31'
	CROSS JOIN points(s.series) p
	WHERE n.direction <> 'keep'
	WINDOW happened AS (PARTITION BY n.code ORDER BY p.observed_on)),
move AS (
	SELECT code, observed_on, CASE direction WHEN 'up' THEN value < before ELSE value > before END AS is_wrong,
		count(*) FILTER (WHERE CASE direction WHEN 'up' THEN value >= before ELSE value <= before END)
			OVER (PARTITION BY code ORDER BY observed_on) AS run
	FROM step
	WHERE before IS NOT NULL)
SELECT code, max(length) AS longest_run, max(length) >= 2 AS two_or_more,
	min(first) FILTER (WHERE length > 0) AS first_period, sum(length) AS wrong_moves
FROM (
	SELECT code, run, count(*) FILTER (WHERE is_wrong) AS length, min(observed_on) FILTER (WHERE is_wrong) AS first
	FROM move
	GROUP BY code, run) r
GROUP BY code
ORDER BY longest_run DESC, code;
