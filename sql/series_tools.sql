-- Series tools: what programmes compute from series, and what is said when they are misused.
SET datestyle = ISO;
CREATE TEMP TABLE city (what text, s indicator_series);
INSERT INTO city VALUES
	('income', '{2020: 5285, 2021: 5290, 2022: 5910, 2023: 6348, 2024: 6640, 2025: 7200}'),
	('growth', '{2021: 2.92, 2022: 8.29, 2023: 6.27, 2024: 6.52, 2025: 8.16}'),
	('revenue', '{2023-Q1: 110, 2023-Q2: 95, 2023-Q3: 90, 2023-Q4: 105, 2024-Q1: 130, 2024-Q2: 110, 2024-Q3: 120, 2024-Q4: 140, 2025-Q1: 160, 2025-Q2: 135}');

-- from one date to another
SELECT series_change(s, '2020-12-31', '2025-12-31') AS change,
	round(series_relative_change(s, '2020-12-31', '2025-12-31')::numeric, 6) AS relative,
	round(100 * series_growth(s, '2020-12-31', '2025-12-31')::numeric, 6) AS growth_per_year
	FROM city WHERE what = 'income';
SELECT round(series_average_growth(s, '2021-01-01', '2025-12-31')::numeric, 6) AS geometric,
	round(series_average_growth(s, '2021-01-01', '2025-12-31', 'arithmetic')::numeric, 6) AS arithmetic
	FROM city WHERE what = 'growth';
SELECT series_change('{2020: 5}', '2020-12-31', '2021-12-31') AS change, series_relative_change('{2020: 0, 2021: 5}', '2020-12-31', '2021-12-31') AS relative,
	series_growth('{2020: -5, 2021: 5}', '2020-12-31', '2021-12-31') AS growth;
SELECT series_average_growth('{}', '2021-01-01', '2025-12-31', 'harmonic');

-- sums and means
SELECT series_sum(s, '2024-01-01', '2024-12-31') AS sum, series_mean(s, '2024-01-01', '2024-12-31') AS mean,
	series_cumulative(s, '2024-01-01', '2024-12-31') AS cumulative FROM city WHERE what = 'revenue';
SELECT series_sum(s, '2026-01-01', '2026-12-31') AS sum, series_cumulative(s, '2026-01-01', '2026-12-31') AS cumulative FROM city WHERE what = 'revenue';
SELECT series_moving_average(s, 4) FROM city WHERE what = 'revenue';
SELECT series_moving_average('{2020: 1}', 0);
SELECT period, how, series_resample(s, period, how)
	FROM city, (VALUES ('half_year', 'sum'), ('year', 'sum'), ('year', 'mean'), ('year', 'min'), ('year', 'max'), ('year', 'first'), ('year', 'last')) v(period, how)
	WHERE what = 'revenue';
SELECT series_resample('{}', 'week', 'sum');
SELECT series_resample('{}', 'year', 'median');

-- within the year
SELECT as_of, series_year_to_date(s, as_of) AS to_date, round(series_year_share(s, as_of)::numeric, 6) AS share,
	round(series_year_estimate(s, as_of)::numeric, 6) AS estimate
	FROM city, unnest('{2024-06-30,2025-03-31,2025-06-30,2025-09-30,2026-03-31}'::date[]) as_of WHERE what = 'revenue';
SELECT series_year_share('{}', 'infinity');
SELECT series_year_share('{}', '2025-06-30', 0);
SELECT required_rest(622700, 595000, 0.75) AS total, round(required_rest(7.5, 5.91, 0.463, 'average')::numeric, 4) AS second_half,
	round(required_rest(8, 6.5, 0.8, 'average_growth')::numeric, 4) AS last_year;
SELECT required_rest(7.5, 5.91, 46.3, 'average');
SELECT required_rest(7.5, 5.91, 0.463, 'level');

-- pictures
SELECT what, sparkline(s), sparkline(s, 4) AS narrow FROM city ORDER BY what COLLATE "C";
SELECT percent, '[' || progress_bar(percent) || ']' AS bar, '[' || progress_bar(percent, 5) || ']' AS short
	FROM unnest('{-10,0,12.5,40,74.3,99.9,100,133}'::float8[]) percent;
SELECT sparkline('{2020: 5}', 0);
SELECT progress_bar(50, 1001);
SELECT progress_bar('NaN');
