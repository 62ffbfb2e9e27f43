-- The dates the questions look at, beside the report of 31/12/2025: year ends and the quarters of 2025.
INSERT INTO report (as_of) VALUES
	('2021-12-31'), ('2022-12-31'), ('2023-12-31'), ('2024-12-31'),
	('2025-03-31'), ('2025-06-30'), ('2025-09-30')
ON CONFLICT DO NOTHING;
