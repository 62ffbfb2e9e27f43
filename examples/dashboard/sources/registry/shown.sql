-- What the pages show: one programme, one unit, one due date. Here: the unit at the top, its first programme, and the
-- next due date (after the last one, the last). For another choice change this file only.
--
-- Evidence cannot read a source without rows: so this one, and the others by LEFT JOIN, always have one, which is all
-- NULL where the registry has nothing to show and joins with nothing on the pages.
SELECT shown.programme_code, shown.unit_code, shown.due
FROM (VALUES (true)) AS always(is_there)
LEFT JOIN (
	SELECT h.programme_code, h.unit_code, h.due
	FROM programme_headline h
	JOIN unit u ON u.unit_code = h.unit_code
	WHERE h.is_current
	ORDER BY (u.parent_unit_code IS NOT NULL), h.programme_code, h.unit_code
	LIMIT 1
) AS shown ON true
