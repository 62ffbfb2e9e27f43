-- 9. Recompute scores for 126 communes x 26 indicators x 60 months after a late revision, touching only what changed.
--    Tính lại điểm của 126 xã, phường x 26 chỉ tiêu x 60 tháng sau khi số liệu được điều chỉnh muộn, chỉ tính lại phần thay đổi.
--
-- Synthetic: 18 indicators and 3 counts that make sense for a commune, 126 communes and their city, 60 months. The refreshes of
-- registry/year.sql: all of it, then after three communes corrected November, then after the yearly file. A cell is a unit at a
-- reporting date, of which there are four for the communes (and eight for Hà Nội's own programme): a revision of November touches
-- the two from then on.

SELECT l.refresh_id, l.mode, l.cells, l.rows_written, l.transitions,
	round(measure_level(l.cells, first.cells)::numeric, 2) AS percent_of_cells,
	round(measure_level(l.rows_written, first.rows_written)::numeric, 2) AS percent_of_rows,
	changed.what AS changed_state
FROM hanoi_registry.refresh_log l
CROSS JOIN (SELECT cells, rows_written FROM hanoi_registry.refresh_log ORDER BY refresh_id LIMIT 1) first
LEFT JOIN LATERAL (
	SELECT string_agg(format('%s %s: %s -> %s', t.unit_code, t.node_code, t.from_status, t.to_status), ', '
			ORDER BY t.unit_code, t.node_code, t.due) AS what
	FROM hanoi_registry.status_transition t
	WHERE t.refresh_id = l.refresh_id AND l.mode = 'incremental') changed ON true
ORDER BY l.refresh_id;
