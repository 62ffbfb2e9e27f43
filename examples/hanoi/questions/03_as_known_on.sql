-- 3. What was the GRDP growth score as we knew it on 08/12/2025 (estimate 8.5) against the year-end figure (8.16), and does
--    the verdict change?
--    Điểm tăng trưởng GRDP theo số liệu biết được ngày 08/12/2025 (ước 8,5) so với số cuối năm (8,16): kết luận có đổi không?
--
-- "known on" is compared with the day of release, "as of" with the end of the period. Both verdicts stand on estimates.

WITH known AS (
	SELECT k.known_on, indicator_series_agg(f.period_end, f.value) AS series
	FROM (VALUES (date '2025-12-08'), ('2025-12-31')) k (known_on)
	CROSS JOIN LATERAL (
		SELECT DISTINCT ON (o.period_end) o.period_end, o.value
		FROM usable_observation o
		WHERE o.code = 'E1' AND o.period = 'year' AND (o.released_on <= k.known_on OR o.released_on IS NULL)
		ORDER BY o.period_end, o.preference, o.released_on DESC NULLS LAST, o.figure_no DESC) f
	GROUP BY k.known_on)
SELECT promise.name, promise.path, k.known_on, round(p.value::numeric, 4) AS value,
	round(p.attainment_level::numeric, 2) AS percent_of_target, round(p.score_level::numeric, 2) AS score, p.status,
	p.status <> lag(p.status) OVER (PARTITION BY promise.path ORDER BY k.known_on) AS verdict_changed
FROM known k
CROSS JOIN (
	SELECT 'yearly plan, ' || document AS name, path FROM plan_path WHERE code = 'growth'
	UNION ALL
	SELECT 'programme, average of the span', path FROM leaf_path WHERE code = 'E1') promise
CROSS JOIN progress(promise.path, k.series, '2025-12-31', '2025-12-31') p
ORDER BY promise.name DESC, k.known_on;
