-- 21. How many of the 26 are exceeded, met, missed or not assessable, by category and by quarter, and which changed state
--     since the last report?
--     Bao nhiêu trong 26 chỉ tiêu vượt, đạt, không đạt, chưa đánh giá được, theo nhóm và theo quý; chỉ tiêu nào đổi trạng
--     thái so với kỳ báo cáo trước?
--
-- Each indicator by its nearest target, at the end of each quarter of 2025. Urbanisation turns grey at the last: the figure
-- for the due date is not there yet.

SELECT v.as_of, v.category, counts ->> 'exceeded' AS exceeded, counts ->> 'met' AS met, counts ->> 'on_track' AS on_track,
	counts ->> 'at_risk' AS at_risk, counts ->> 'off_track' AS off_track, counts ->> 'lost' AS lost, counts ->> 'missed' AS missed,
	counts ->> 'not_yet_assessable' AS not_assessable, counts ->> 'no_data' AS no_data, changed
FROM (
	SELECT as_of, category, status_counts(status) AS counts,
		string_agg(format('%s: %s -> %s', code, before, status), ', ' ORDER BY code) FILTER (WHERE status <> before) AS changed
	FROM (
		SELECT *, lag(status) OVER (PARTITION BY code ORDER BY as_of) AS before
		FROM indicator_verdict
		WHERE due IS NULL) each
	GROUP BY as_of, category) v
JOIN programme_node n ON n.code = v.category
WHERE v.as_of >= '2025-03-31'
ORDER BY v.as_of, n.ordinal;
