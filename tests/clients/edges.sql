-- One view of every plain type at its edges, in a schema of its own; edges.txt says what every client must read.
CREATE SCHEMA edges;
CREATE TABLE edges.kept (
	words text, whole integer, long bigint, figure float8, day date, moment timestamptz, yes boolean, document jsonb);
INSERT INTO edges.kept VALUES
	('Tỷ lệ đô thị hóa – Đắk Lắk', 1, 2, 0.1, '2025-12-31', '2025-06-30 12:00:00.123456+07', true, '{"a": "đ"}'),
	(E'tab\tline\nback\\quote"''', -5, 9007199254740991, 5e-324, '2024-02-29', '1999-12-31 23:59:59+00', false, 'null'),
	('', 2147483647, -9007199254740991, -1.7976931348623157e308, '0001-01-01', '2000-01-01 00:00:00+00', false, '[]'),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE VIEW edges.plain AS SELECT * FROM edges.kept;
CREATE VIEW edges.nothing AS SELECT * FROM edges.kept WHERE false;
SELECT format('COMMENT ON COLUMN edges.%I.%I IS %L', view, attname, 'A column of ' || attname)
FROM pg_attribute, unnest('{plain,nothing}'::text[]) AS view
WHERE attrelid = 'edges.plain'::regclass AND attnum > 0
\gexec
