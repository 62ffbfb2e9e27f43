-- The warehouse of a city, as its data team would build it for reports of their own: a star schema after Kimball. Nothing in it knows of
-- scorecard, and this file needs no extension. It lands in a schema "warehouse".
--
-- Synthetic: not one figure here was observed. Wards, measures, plans and amounts are made by formulas from a fixed seed, the same on
-- every machine.

\set ON_ERROR_STOP on
BEGIN;
SET LOCAL client_min_messages = warning;
CREATE SCHEMA warehouse;
SET LOCAL search_path = warehouse, pg_temp;

CREATE FUNCTION pg_temp.dice(what text) RETURNS numeric IMMUTABLE LANGUAGE sql
RETURN ('x' || left(md5('city warehouse, seed 1: ' || what), 5))::bit(20)::integer / 1048576.0;
COMMENT ON FUNCTION pg_temp.dice(text) IS 'A number from 0 to below 1 for each text, evenly spread.';

-- Dimensions --------------------------------------------------------------------

CREATE TABLE dim_date (
	date_key		integer PRIMARY KEY,
	full_date		date UNIQUE,
	year_number		smallint,
	month_number	smallint,
	is_month_end	char(1) NOT NULL
);
COMMENT ON TABLE dim_date IS 'Every day, and key 0 for a date that is not known. Keys are smart: 20241231.';
INSERT INTO dim_date VALUES (0, NULL, NULL, NULL, 'N');
INSERT INTO dim_date
SELECT to_char(day, 'YYYYMMDD')::integer, day::date, extract(year FROM day), extract(month FROM day),
	CASE WHEN extract(day FROM day + interval '1 day') = 1 THEN 'Y' ELSE 'N' END
FROM generate_series(timestamp '2022-01-01', timestamp '2024-12-31', interval '1 day') AS day;

CREATE TABLE dim_geography (
	geography_key	integer PRIMARY KEY,
	area_level		varchar(10) NOT NULL,
	ward_code		varchar(5) NOT NULL,
	ward_name		varchar(60) NOT NULL,
	population		integer,
	valid_from		date NOT NULL,
	valid_to		date NOT NULL,
	current_flag	char(1) NOT NULL
);
CREATE INDEX dim_geography_ward ON dim_geography (ward_code);
COMMENT ON TABLE dim_geography IS
'City and wards, slowly changing (type 2): a ward that changes gets a new row with a new key, and facts keep the key of their day. Leading zeros count.';
INSERT INTO dim_geography VALUES
	(100, 'CITY', '00000', 'Synthetic City',        41300, '1900-01-01', '9999-12-31', 'Y'),
	(101, 'WARD', '00070', 'Synthetic Old Market',   9100, '1900-01-01', '2023-06-30', 'N'),
	(102, 'WARD', '00073', 'Synthetic Riverside',    7400, '1900-01-01', '9999-12-31', 'Y'),
	(103, 'WARD', '00082', 'Synthetic Brickworks',   2200, '1900-01-01', '2024-06-30', 'N'),
	(104, 'WARD', '00085', 'Synthetic Station',      8800, '1900-01-01', '9999-12-31', 'Y'),
	(105, 'WARD', '01001', 'Synthetic Upper Hill',   6900, '1900-01-01', '9999-12-31', 'Y'),
	(106, 'WARD', '10010', 'Synthetic Lower Hill',   6900, '1900-01-01', '9999-12-31', 'Y'),
	-- 00070 got a new name in July 2023, and Brickworks (00082) a year later; no history is rewritten
	(107, 'WARD', '00070', 'Synthetic Market',       9100, '2023-07-01', '2024-06-30', 'N'),
	(108, 'WARD', '00070', 'Synthetic Market',      11300, '2024-07-01', '9999-12-31', 'Y');

CREATE TABLE dim_measure (
	measure_key		smallint PRIMARY KEY,
	measure_code	varchar(12) NOT NULL UNIQUE,
	measure_name	varchar(80) NOT NULL,
	subject_code	char(3) NOT NULL,
	measure_unit	varchar(20) NOT NULL,
	better_when		char(1) NOT NULL CHECK (better_when IN ('H', 'L')),
	reporting_cycle	varchar(10) NOT NULL,
	department		varchar(20) NOT NULL,
	scorecard_flag	char(1) NOT NULL,
	benchmark_poor	numeric(10, 2),
	benchmark_good	numeric(10, 2)
);
COMMENT ON TABLE dim_measure IS 'What is measured. better_when: H high, L low. scorecard_flag: Y if the council follows it; N for operations.';
INSERT INTO dim_measure VALUES
	(1,  'ENV-010', 'Days with good air',                  'ENV', 'per cent',   'H', 'MONTHLY', 'environment', 'Y', NULL, NULL),
	(2,  'ENV-021', 'Waste recycled',                      'ENV', 'per cent',   'H', 'MONTHLY', 'environment', 'Y', NULL, NULL),
	(3,  'ENV-030', 'Fine dust, mean of the month',        'ENV', 'µg/m³',      'L', 'MONTHLY', 'environment', 'Y', NULL, NULL),
	(4,  'TRA-001', 'Buses on time',                       'TRA', 'per cent',   'H', 'MONTHLY', 'transport',   'Y', NULL, NULL),
	(5,  'TRA-014', 'Injured in traffic',                  'TRA', 'per 100,000', 'L', 'MONTHLY', 'transport',   'Y', NULL, NULL),
	(6,  'HOU-002', 'Dwellings joined to the sewers',      'HOU', 'per cent',   'H', 'MONTHLY', 'building',    'Y', NULL, NULL),
	(7,  'HOU-007', 'Waiting time for a permit',           'HOU', 'days',       'L', 'MONTHLY', 'building',    'Y', NULL, NULL),
	(8,  'SOC-003', 'Children in day care',                'SOC', 'per cent',   'H', 'MONTHLY', 'society',     'Y', NULL, NULL),
	(9,  'SOC-005', 'Unemployment',                        'SOC', 'per cent',   'L', 'MONTHLY', 'society',     'Y', NULL, NULL),
	(10, 'SOC-011', 'Library visits',                      'SOC', 'per 1,000',  'H', 'MONTHLY', 'society',     'Y', 50, 250),
	(11, 'OPS-900', 'Calls to the city''s number',         'OPS', 'calls',      'L', 'MONTHLY', 'operations',  'N', NULL, NULL);

CREATE TABLE dim_release (
	release_key		integer PRIMARY KEY,
	release_name	varchar(30) NOT NULL UNIQUE,
	status_code		char(1) NOT NULL CHECK (status_code IN ('F', 'P', 'E')),
	release_date	date NOT NULL,
	source_system	varchar(20) NOT NULL
);
COMMENT ON TABLE dim_release IS
'Each month is released twice: provisional (P) after 20 days, final (F) after 100. The last month is an estimate (E), made before it is over.';
INSERT INTO dim_release
SELECT 10 * row_number() OVER (ORDER BY full_date) + r.number, to_char(full_date, 'YYYY-MM ') || r.status, r.status, full_date + r.days, 'SYNTHETIC'
FROM dim_date CROSS JOIN (VALUES (1, 'P', 20), (2, 'F', 100), (3, 'E', -11)) AS r (number, status, days)
WHERE is_month_end = 'Y' AND (r.status = 'E') = (full_date = '2024-12-31') AND full_date + r.days <= '2024-12-31';

-- Facts --------------------------------------------------------------------------

CREATE TABLE fact_measure (
	date_key		integer NOT NULL REFERENCES dim_date,
	geography_key	integer NOT NULL REFERENCES dim_geography,
	measure_key		smallint NOT NULL REFERENCES dim_measure,
	release_key		integer NOT NULL REFERENCES dim_release,
	amount			numeric(14, 4),
	batch_number	integer NOT NULL,
	loaded_by		varchar(20) NOT NULL,
	PRIMARY KEY (geography_key, measure_key, date_key, release_key)
) PARTITION BY RANGE (date_key);
COMMENT ON TABLE fact_measure IS
'A figure of a measure for an area and a month (its last day), as one release had it. Batch and loader are degenerate dimensions. NULL: suppressed.';
CREATE TABLE fact_measure_2022 PARTITION OF fact_measure FOR VALUES FROM (20220101) TO (20230101);
CREATE TABLE fact_measure_2023 PARTITION OF fact_measure FOR VALUES FROM (20230101) TO (20240101);
CREATE TABLE fact_measure_2024 PARTITION OF fact_measure FOR VALUES FROM (20240101) TO (20250101);
CREATE TABLE fact_measure_other PARTITION OF fact_measure DEFAULT;

INSERT INTO fact_measure
SELECT d.date_key, g.geography_key, m.measure_key, r.release_key,
	CASE WHEN pg_temp.dice(concat_ws(' ', 'suppressed', m.measure_code, g.ward_code, d.date_key)) >= 0.01 THEN
		round(s.start + s.year_on_year * (d.year_number - 2022 + d.month_number / 12.0)
			+ s.spread * (2 * pg_temp.dice(concat_ws(' ', 'ward', m.measure_code, g.ward_code)) - 1)
			+ s.spread / 6 * (2 * pg_temp.dice(concat_ws(' ', 'month', m.measure_code, g.ward_code, d.date_key)) - 1)
			+ CASE r.status_code WHEN 'F' THEN 0
				ELSE s.spread / 20 * (2 * pg_temp.dice(concat_ws(' ', 'revision', m.measure_code, g.ward_code, d.date_key)) - 1) END, 2) END,
	r.release_key, 'nightly'
FROM (VALUES (1, 62, 3, 9), (2, 34, 4.5, 8), (3, 31, -2.2, 5), (4, 81, 1.5, 6), (5, 42, -1, 8), (6, 71, 2.6, 12), (7, 48, -5, 10), (8, 57, 3.1, 9),
		(9, 5.4, -0.3, 1.2), (10, 140, 12, 45), (11, 900, 10, 300)) AS s (measure_key, start, year_on_year, spread)
	JOIN dim_measure AS m USING (measure_key)
	CROSS JOIN dim_date AS d
	JOIN dim_geography AS g ON d.full_date BETWEEN g.valid_from AND g.valid_to
	JOIN dim_release AS r ON left(r.release_name, 7) = to_char(d.full_date, 'YYYY-MM')
WHERE d.is_month_end = 'Y'
	-- Lower Hill began to report waiting times and visits late
	AND NOT (g.ward_code = '10010' AND m.measure_key IN (7, 10) AND d.date_key < 20230101);
-- figures whose month nobody wrote down
INSERT INTO fact_measure VALUES (0, 102, 4, 11, 77.7, 1, 'by hand'), (0, 104, 11, 11, 1234, 1, 'by hand');

CREATE TABLE fact_plan (
	measure_key		smallint NOT NULL REFERENCES dim_measure,
	plan_name		varchar(40) NOT NULL,
	approved_on		date NOT NULL,
	plan_year		smallint NOT NULL,
	planned_amount	numeric(10, 2) NOT NULL,
	baseline_year	smallint NOT NULL,
	baseline_amount	numeric(10, 2) NOT NULL,
	PRIMARY KEY (measure_key, approved_on, plan_year)
);
COMMENT ON TABLE fact_plan IS 'What the council planned: a value for each measure and year, with the baseline repeated in every row. A later plan replaces an earlier one.';
INSERT INTO fact_plan
SELECT p.measure_key, 'Synthetic plan 2022-2026', '2021-12-15', 2022 + 2 * y, p.amounts[y], 2021, p.baseline
FROM (VALUES (1, 60, '{68,75}'::numeric[]), (2, 32, '{45,55}'), (3, 32, '{26,22}'), (4, 80, '{86,90}'), (5, 43, '{40,36}'), (6, 70, '{78,85}'),
		(7, 50, '{40,30}'), (8, 55, '{64,70}'), (9, 5.5, '{4.8,4.2}')) AS p (measure_key, baseline, amounts)
	CROSS JOIN generate_series(1, 2) AS y;
-- recycling was raised in March 2024
INSERT INTO fact_plan VALUES
	(2, 'Synthetic waste plan', '2024-03-15', 2024, 47, 2021, 32), (2, 'Synthetic waste plan', '2024-03-15', 2026, 60, 2021, 32);

COMMIT;
ANALYZE warehouse.dim_date, warehouse.dim_geography, warehouse.dim_measure, warehouse.dim_release, warehouse.fact_measure, warehouse.fact_plan;
