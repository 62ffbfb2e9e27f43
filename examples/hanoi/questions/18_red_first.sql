-- 18. Red first: at-risk indicators, owner department, weeks to the deadline, ordered by weight x shortfall.
--     Đỏ trước: chỉ tiêu có nguy cơ, cơ quan phụ trách, số tuần còn lại, xếp theo trọng số x mức thiếu.
--
-- Each by its nearest target. No source names who answers for an indicator: the departments are an illustration, and say so. The
-- weight is the share of the whole; weeks past the deadline are below 0.

SELECT r.rank, n.name AS "chỉ tiêu", r.due, r.target_text AS "mục tiêu", round(r.value::numeric, 2) AS "trị số",
	r.signal, w.name AS "trạng thái", o.name AS "cơ quan", r.weeks_to_deadline AS "còn tuần",
	round(r.shortfall::numeric, 1) AS "thiếu điểm", round(r.priority::numeric, 2) AS "ưu tiên"
FROM hanoi_registry.red_list r
JOIN hanoi_registry.node_label n ON n.programme_code = r.programme_code AND n.node_code = r.indicator_code AND n.language = 'vi'
JOIN hanoi_registry.word_label w ON w.word_kind = 'status' AND w.word = r.status AND w.language = 'vi'
LEFT JOIN hanoi_registry.owner_label o ON o.owner_code = r.owner_code AND o.language = 'vi'
WHERE r.programme_code = '21-CTr/TU' AND r.unit_code = '01'
ORDER BY r.rank, r.indicator_code;
