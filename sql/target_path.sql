-- One promise, looked at from all sides.
SET datestyle = ISO;
CREATE TABLE promise AS SELECT '5285@2020 -> 8300..8500@2025 -> >12500@2030'::target_path AS path;

SELECT path, target_direction(path), target_role(path), target_shape(path), target_baseline(path), target_baseline_date(path),
	target_count(path) FROM promise;
SELECT t.* FROM promise, targets(path) t;

-- Met, exceeded, or neither: ranges are exceeded beyond their far end, comparisons never.
SELECT value, target_is_met(path, '2025-12-31', value) AS met_2025, target_is_exceeded(path, '2025-12-31', value) AS exceeded_2025,
	target_is_met(path, '2030-12-31', value) AS met_2030, target_is_exceeded(path, '2030-12-31', value) AS exceeded_2030
FROM promise, unnest('{8299,8300,8500,8501,12500,12501}'::float8[]) AS value;

-- The path as a line: from the baseline through the bounds that decide.
SELECT on_date, target_expected(path, on_date) AS expected
FROM promise, unnest('{2020-12-30,2020-12-31,2021-12-31,2023-06-30,2025-12-31,2028-06-30,2030-12-31,2040-01-01}'::date[]) AS on_date;

-- The same promise from a table with one row per target.
CREATE TABLE target (bound text, due date);
INSERT INTO target VALUES ('>12500', '2030-12-31'), ('8300..8500', '2025-12-31');
SELECT target_path_agg(bound, due, NULL, 5285, '2020-12-31') = (SELECT path FROM promise) AS same FROM target;

-- What is written, and what it is.
SELECT written::target_path AS canonical, target_direction(written::target_path) AS better
FROM (VALUES ('  UP -> 60 .. 62 @ 2025-12 '), ('60@2020 -> 62@2025'), ('62@2020 -> 60@2025'), ('-> ≤40@2030'), ('100@2020 -> by -30%@2030'),
	('keep -> 100@2025'), ('-> =100@2025'), ('up -> ~17@2025'), ('up average -> 5@2021..2025'), ('up total -> 5@2025-Q3')) AS w (written);

DROP TABLE promise, target;
