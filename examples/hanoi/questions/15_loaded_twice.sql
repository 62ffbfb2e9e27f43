-- 15. Load the yearly CSV twice: is the second load without effect, and are the rows that changed listed?
--     Nạp tệp số liệu năm hai lần: lần thứ hai có không làm thay đổi gì, và các dòng thay đổi có được liệt kê?
--
-- What load_staging() said of each line of a synthetic file (registry/year.sql), the first time and the second.

SELECT f.line, f.node_code, f.unit_code, f.value, a.outcome AS first, b.outcome AS second, a.message
FROM hanoi.yearly_file f
JOIN hanoi.yearly_load a ON a.line = f.line AND a.load_no = 1
JOIN hanoi.yearly_load b ON b.line = f.line AND b.load_no = 2
ORDER BY f.line;
