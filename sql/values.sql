-- The four values and the status: what is written, and what is said when it is wrong.
SET datestyle = ISO;
SELECT t::target_path FROM (VALUES
	('5285@2020 -> 8300..8500@2025 -> >12500@2030'), ('down -> <= 40 @ 2030-12-31'), ('step 0@2023-02 -> 1@2025-06'),
	('up total -> 622700@2025'), ('100@2020 → by -30%@2030'), ('-> =5@2025')) v(t);
SELECT '60%@2020 -> 70@2025'::target_path;
SELECT 'up -> 7,5@2025'::target_path;
SELECT 'up -> 62..60@2025'::target_path;
SELECT '-> 60@2025'::target_path;
SELECT 'up -> <60@2025'::target_path;
SELECT '5@2025 -> 6@2020'::target_path;

SELECT * FROM targets('5285@2020 -> 8300..8500@2025 -> >12500@2030');
SELECT target_direction(p), target_role(p), target_shape(p), target_baseline(p), target_count(p), target_due_dates(p)
	FROM (SELECT target_path_agg(bound, due, 'up', 5285, '2020-12-31') AS p
		FROM (VALUES ('>12500', date '2030-12-31'), ('8300..8500', '2025-12-31')) t(bound, due)) x;

SELECT '{2022: 5910, 2021-12-31: 5290.0}'::indicator_series;
SELECT '{2022: 5910, 2022-12-31: 5290}'::indicator_series;
SELECT indicator_series_agg(d, v) FROM (VALUES (date '2022-12-31', 5910::float8), ('2021-12-31', 5290), (NULL, 1)) t(d, v);
SELECT indicator_series_agg(d, v) FROM (VALUES (date '2022-12-31', 'NaN'::float8)) t(d, v);
SELECT * FROM points('{2021: 5290, 2022: 5910}');
SELECT series_value('{2021: 10, 2023: 30}', '2022-12-31'), series_value('{2021: 10, 2023: 30}', '2022-12-31', true);

SELECT s, status_order(s), signal(s) FROM unnest('{no_data,met,missed,at_risk}'::progress_status[]) s ORDER BY s;
SELECT 'fine'::progress_status;

SELECT due, is_current, value, met_bound, attainment_level, attainment_distance, gap, status, reason
	FROM progress('5285@2020 -> 8300..8500@2025 -> >12500@2030', '{2021-12-31: 5290, 2022-12-31: 5910}', '2023-06-30');
SELECT due, status, reason FROM progress('5285@2020 -> 8300@2025', NULL, '2023-06-30');
SELECT due, status, reason FROM progress('5285@2020 -> 8300@2025', '{2022: 6000}', '2023-06-30', '2024-12-31');
