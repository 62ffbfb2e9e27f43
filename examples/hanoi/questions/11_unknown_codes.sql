-- 11. Which rows of the fact table have an indicator code, unit or entity code not in the registry on the period's date, a
--     district after 01/07/2025 for example?
--     Dòng nào của bảng số liệu có mã chỉ tiêu hoặc mã đơn vị không có trong danh mục vào ngày của kỳ số liệu, như quận, huyện
--     sau ngày 01/07/2025?
--
-- The yearly file as it came, synthetic, against the codes of the registry.

SELECT f.line, f.node_code, f.unit_code, f.period_end,
	concat_ws(', ', CASE WHEN n.node_code IS NULL THEN 'no such indicator' END,
		CASE WHEN u.unit_code IS NULL THEN 'no such unit'
			WHEN u.valid_to < f.period_end::date THEN 'unit ended on ' || u.valid_to
			WHEN u.valid_from > f.period_end::date THEN 'unit begins on ' || u.valid_from END) AS fault
FROM hanoi.yearly_file f
LEFT JOIN hanoi_registry.node n ON n.programme_code = f.programme_code AND n.node_code = f.node_code
LEFT JOIN hanoi_registry.unit u ON u.unit_code = f.unit_code
WHERE n.node_code IS NULL OR u.unit_code IS NULL
	OR f.period_end::date NOT BETWEEN COALESCE(u.valid_from, '-infinity') AND COALESCE(u.valid_to, 'infinity')
ORDER BY f.line;
