-- Synthetic communes: not one figure here was observed. A city of 126 wards and
-- communes with 60 months of figures, made by a formula from a fixed seed, so
-- that a registry can be seen at its real size. Names, codes, sources and the
-- mark SYN all say so. Every machine and version makes the same rows: the dice
-- are bytes of SHA-256, and the arithmetic is decimal.

CREATE FUNCTION pg_temp.dice(what text) RETURNS numeric
IMMUTABLE LANGUAGE sql
RETURN ('x' || left(encode(sha256(convert_to('scorecard ' || what, 'UTF8')), 'hex'), 6))::bit(24)::integer % 10000 / 10000.0;
COMMENT ON FUNCTION pg_temp.dice(text) IS 'A number from 0 to 0.9999 for each text, evenly spread.';

INSERT INTO mark (mark, is_counted, meaning) VALUES
	('SYN', true, 'synthetic: made by a formula for this example, counted because everything in its programme is synthetic');

INSERT INTO programme (programme_code, valid_from, document, unit_kind) VALUES
	('synthetic', '2021-01-01', 'No document: a synthetic programme, made for this example', 'synthetic commune');
INSERT INTO horizon (programme_code, due) VALUES ('synthetic', '2025-12-31'), ('synthetic', '2030-12-31');

-- Units ------------------------------------------------------------------------
-- 126 wards and communes, as many as Hanoi has; they are judged, their city only
-- counts. Until 30 June 2025 30 districts and 526 former communes. The households
-- of the city stand on one line: a new unit is a stretch of it, and so is a former
-- one, so that a merger takes whole units and parts of others, and every share is
-- known.

CREATE TEMPORARY TABLE stretch AS
WITH new AS (
	SELECT k, format('SYN-%s', to_char(k, 'FM000')) AS code,
		-- 040 and 041 share all dice: two communes with the same figures.
		CASE k WHEN 41 THEN 40 ELSE k END AS seed
	FROM generate_series(1, 126) k),
sized AS (
	SELECT 'new' AS kind, k, code, seed, 8000 + floor(20000 * pg_temp.dice('households ' || seed))::bigint AS size
	FROM new),
old AS (
	SELECT k, sum(4000 + floor(10000 * pg_temp.dice('former ' || k))) OVER (ORDER BY k) AS upto
	FROM generate_series(1, 526) k),
bound AS (
	SELECT k, floor(upto * (SELECT sum(size) FROM sized) / max(upto) OVER ())::bigint AS upto
	FROM old)
SELECT kind, code, seed, sum(size) OVER (ORDER BY k) - size AS lower, sum(size) OVER (ORDER BY k) AS upper
FROM sized
UNION ALL
SELECT 'old', format('SYN-OLD-%s', to_char(k, 'FM000')), k, COALESCE(lag(upto) OVER (ORDER BY k), 0), upto
FROM bound;

INSERT INTO unit (unit_code, parent_unit_code, unit_kind, valid_from, valid_to) VALUES
	('SYN', NULL, 'synthetic city', NULL, NULL);
INSERT INTO unit (unit_code, parent_unit_code, unit_kind, valid_to)
SELECT format('SYN-DISTRICT-%s', to_char(k, 'FM00')), 'SYN', 'synthetic district', '2025-06-30'
FROM generate_series(1, 30) k;
INSERT INTO unit (unit_code, parent_unit_code, unit_kind, valid_to)
SELECT code, format('SYN-DISTRICT-%s', to_char(ceil(seed * 30 / 526.0), 'FM00')), 'synthetic former commune', '2025-06-30'
FROM stretch WHERE kind = 'old';
-- Their series are carried back before the merger, so they have no first day.
INSERT INTO unit (unit_code, parent_unit_code, unit_kind)
SELECT code, 'SYN', 'synthetic commune' FROM stretch WHERE kind = 'new';

INSERT INTO unit_successor (unit_code, successor_code, weight, valid_from)
SELECT o.code, n.code, (LEAST(o.upper, n.upper) - GREATEST(o.lower, n.lower))::float8 / (o.upper - o.lower)::float8, '2025-07-01'
FROM stretch o
JOIN stretch n ON n.kind = 'new' AND n.lower < o.upper AND o.lower < n.upper
WHERE o.kind = 'old';

INSERT INTO label (object_kind, object_code, programme_code, language, name)
SELECT 'unit', u.unit_code, '', w.language, w.name
FROM unit u
CROSS JOIN LATERAL (SELECT substring(u.unit_code FROM '[0-9]+$') AS number) n
-- The first 51 are wards.
CROSS JOIN LATERAL (SELECT CASE WHEN u.unit_kind = 'synthetic commune' AND n.number <= '051' THEN 'synthetic ward' ELSE u.unit_kind END AS kind) k
JOIN LATERAL (VALUES
	('synthetic city', 'vi', 'Thành phố tổng hợp'), ('synthetic city', 'en', 'Synthetic city'),
	('synthetic district', 'vi', 'Quận, huyện tổng hợp ' || n.number), ('synthetic district', 'en', 'Synthetic district ' || n.number),
	('synthetic former commune', 'vi', 'Xã, phường cũ tổng hợp ' || n.number), ('synthetic former commune', 'en', 'Synthetic former commune ' || n.number),
	('synthetic ward', 'vi', 'Phường tổng hợp ' || n.number), ('synthetic ward', 'en', 'Synthetic ward ' || n.number),
	('synthetic commune', 'vi', 'Xã tổng hợp ' || n.number), ('synthetic commune', 'en', 'Synthetic commune ' || n.number))
	w (kind, language, name) ON w.kind = k.kind;

-- The tree -----------------------------------------------------------------------
-- The indicators of the programme that a commune could have, and the five groups
-- of Index 766 with the points that Decision 766/QĐ-TTg (23/06/2022) gives them.
-- Goals, weights and figures are synthetic. A commune that lacks a whole category
-- has no index: half a picture is not compared with whole ones.
-- start, drift (a month) and noise make the figures.

CREATE TEMPORARY TABLE made (
	code text, category text, ordinal int, direction text, bound_2025 text, bound_2030 text, best numeric,
	start_low numeric, start_high numeric, drift_low numeric, drift_high numeric, noise numeric, least numeric, most numeric,
	name_vi text, name_en text, measure_unit_vi text, measure_unit_en text);
INSERT INTO made VALUES
	('health_insurance',   'society',     1, 'up',   '95',      '97',      NULL, 85, 94, 0.00, 0.10, 0.3, 60, 100, 'Bao phủ bảo hiểm y tế', 'Health insurance coverage', '%', '%'),
	('trained_labour',     'society',     2, 'up',   '75..80',  '80',      NULL, 62, 74, 0.02, 0.16, 0.5, 40, 100, 'Lao động qua đào tạo', 'Trained labour', '%', '%'),
	('standard_schools',   'society',     3, 'up',   '80..85',  '90',      NULL, 60, 78, 0.02, 0.25, 0.2, 0,  100, 'Trường đạt chuẩn quốc gia', 'Schools meeting the standard', '%', '%'),
	('unemployment',       'society',     4, 'down', '<3',      '<2.5',    NULL, 2.4, 4.8, -0.030, 0.005, 0.3, 0.5, 9, 'Tỷ lệ thất nghiệp', 'Unemployment', '%', '%'),
	('cultural_families',  'society',     5, 'up',   '88',      '90',      NULL, 82, 89, 0.00, 0.10, 0.3, 50, 100, 'Gia đình văn hóa', 'Cultural families', '%', '%'),
	('social_insurance',   'society',     6, 'up',   '45',      '60',      NULL, 32, 43, 0.02, 0.18, 0.4, 10, 100, 'Tham gia bảo hiểm xã hội', 'Social insurance', '%', '%'),
	('floor_area',         'urban',       2, 'up',   '30',      '33',      NULL, 25, 31, 0.01, 0.06, 0.1, 10, 60,  'Diện tích nhà ở bình quân', 'Floor area per person', 'm²', 'm²'),
	('green_space',        'urban',       3, 'up',   '6..8',    '10..12',  NULL, 2,  9,  0.00, 0.05, 0.1, 0,  40,  'Cây xanh đô thị bình quân', 'Green space per person', 'm²', 'm²'),
	('waste_treated',      'environment', 1, 'up',   '95..100', '98..100', NULL, 86, 98, 0.00, 0.12, 0.5, 50, 100, 'Chất thải rắn được thu gom, xử lý', 'Solid waste treated', '%', '%'),
	('wastewater_treated', 'environment', 2, 'up',   '50..55',  '70',      NULL, 20, 48, 0.05, 0.45, 0.5, 0,  100, 'Nước thải được xử lý', 'Wastewater treated', '%', '%'),
	('good_air_days',      'environment', 3, 'up',   '75..80',  '80',      NULL, 60, 80, -0.10, 0.15, 4.0, 20, 100, 'Ngày có không khí tốt, trung bình', 'Days with good or moderate air', '%', '%'),
	('transparency',       'service',     1, NULL,   NULL,      NULL,      18,   9, 16,  0.01, 0.05, 0.4, 0,  18,  'Công khai, minh bạch', 'Transparency', 'điểm', 'points'),
	('progress',           'service',     2, NULL,   NULL,      NULL,      20,   11, 18, 0.01, 0.05, 0.5, 0,  20,  'Tiến độ, kết quả giải quyết', 'Progress and results', 'điểm', 'points'),
	('digitised_files',    'service',     3, NULL,   NULL,      NULL,      22,   6, 16,  0.03, 0.12, 0.6, 0,  22,  'Số hóa hồ sơ', 'Digitised files', 'điểm', 'points'),
	('online_service',     'service',     4, NULL,   NULL,      NULL,      22,   8, 17,  0.03, 0.10, 0.6, 0,  22,  'Dịch vụ trực tuyến', 'Online service', 'điểm', 'points'),
	('satisfaction',       'service',     5, NULL,   NULL,      NULL,      18,   12, 17, 0.00, 0.03, 0.4, 0,  18,  'Mức độ hài lòng', 'Satisfaction', 'điểm', 'points');

INSERT INTO method (programme_code, method_version, document, note) VALUES
	('synthetic', '2021', 'No document', 'Weights and goals are synthetic; the points of the service category are those of Index 766.');

INSERT INTO node (programme_code, method_version, node_code, parent_code, ordinal, weight, rule) VALUES
	('synthetic', '2021', 'synthetic', NULL, 0, 1, '{"min_coverage": 1}'),
	('synthetic', '2021', 'society', 'synthetic', 1, 3, '{"min_coverage": 0.5}'),
	('synthetic', '2021', 'urban', 'synthetic', 2, 2, '{"min_coverage": 0.5}'),
	('synthetic', '2021', 'environment', 'synthetic', 3, 3, '{"min_coverage": 0.5}'),
	('synthetic', '2021', 'service', 'synthetic', 4, 2, '{"min_coverage": 0.5}');

INSERT INTO node
	(programme_code, method_version, node_code, parent_code, ordinal, weight, rule, is_indicator, is_additive,
	 numerator_code, denominator_code, ratio_per, reporting_frequency)
SELECT 'synthetic', '2021', code, category, ordinal, COALESCE(best, 1),
	CASE WHEN best IS NULL THEN jsonb '{}' ELSE jsonb_build_object('worst', 0, 'best', best) END,
	true, false, NULL, NULL, 100, 'month'
FROM made
UNION ALL
VALUES
	('synthetic', '2021', 'poverty', 'society', 7, 1, jsonb '{}', true, false, 'poor_households', 'households', 100, 'month'),
	('synthetic', '2021', 'clean_water', 'urban', 1, 1, '{}', true, false, 'households_with_water', 'households', 100, 'month'),
	-- What the two ratios are made of: reported, never scored.
	('synthetic', '2021', 'households', 'urban', 11, 0, '{"as_is": true}', false, true, NULL, NULL, 100, 'month'),
	('synthetic', '2021', 'households_with_water', 'urban', 12, 0, '{"as_is": true}', false, true, NULL, NULL, 100, 'month'),
	('synthetic', '2021', 'poor_households', 'society', 11, 0, '{"as_is": true}', false, true, NULL, NULL, 100, 'month');

INSERT INTO target (programme_code, node_code, unit_code, path, document, valid_from, mark, source)
SELECT 'synthetic', t.code, t.unit_code, target_path(ARRAY[t.bound_2025, t.bound_2030], ARRAY[date '2025-12-31', '2030-12-31'], t.direction),
	'No document', '2021-01-01', 'SYN', 'synthetic'
FROM (
	SELECT code, NULL AS unit_code, bound_2025, bound_2030, direction FROM made WHERE direction IS NOT NULL
	UNION ALL VALUES
		('poverty', NULL, '<1', '<0.5', 'down'),
		('clean_water', NULL, '98', '100', 'up'),
		-- Three wards have set themselves more than the city asks.
		('wastewater_treated', 'SYN-001', '60..65', '80', 'up'),
		('wastewater_treated', 'SYN-002', '60..65', '80', 'up'),
		('wastewater_treated', 'SYN-003', '60..65', '80', 'up')) t;

INSERT INTO label (object_kind, object_code, programme_code, language, name, measure_unit)
SELECT 'node', n.code, 'synthetic', w.language, w.name, w.measure_unit
FROM (
	SELECT code, name_vi, name_en, measure_unit_vi, measure_unit_en FROM made
	UNION ALL VALUES
		('synthetic', 'Chương trình tổng hợp', 'Synthetic programme', NULL, NULL),
		('society', 'Văn hóa, xã hội', 'Society', NULL, NULL),
		('urban', 'Đô thị', 'Urban development', NULL, NULL),
		('environment', 'Môi trường', 'Environment', NULL, NULL),
		('service', 'Phục vụ người dân (Chỉ số 766)', 'Public service (Index 766)', NULL, NULL),
		('poverty', 'Tỷ lệ hộ nghèo', 'Poor households', '%', '%'),
		('clean_water', 'Hộ có nước sạch', 'Households with clean water', '%', '%'),
		('households', 'Số hộ', 'Households', 'hộ', 'households'),
		('households_with_water', 'Số hộ có nước sạch', 'Households with clean water, number', 'hộ', 'households'),
		('poor_households', 'Số hộ nghèo', 'Poor households, number', 'hộ', 'households')) n (code, name_vi, name_en, measure_unit_vi, measure_unit_en)
CROSS JOIN LATERAL (VALUES ('vi', n.name_vi, n.measure_unit_vi), ('en', n.name_en, n.measure_unit_en)) w (language, name, measure_unit);
INSERT INTO label (object_kind, object_code, programme_code, language, name) VALUES
	('programme', 'synthetic', '', 'vi', 'Chương trình tổng hợp (số liệu tạo ra, không có thật)'),
	('programme', 'synthetic', '', 'en', 'Synthetic programme (made up, not real)'),
	('mark', 'SYN', '', 'vi', 'số liệu tổng hợp: tạo ra cho ví dụ này'),
	('mark', 'SYN', '', 'en', 'synthetic: made up for this example');

-- The figures ----------------------------------------------------------------------
-- Official to 2024, preliminary in 2025, an estimate for the last month. One
-- figure in two thousand was never reported; 125 reports no service points, and
-- 126 neither these nor anything on the environment.

CREATE TEMPORARY TABLE month AS
SELECT m, (make_date(2021, 1, 1) + make_interval(months => m + 1))::date - 1 AS period_end,
	CASE WHEN m < 48 THEN 'official' WHEN m < 59 THEN 'preliminary' ELSE 'estimate' END AS vintage
FROM generate_series(0, 59) m;

CREATE TEMPORARY TABLE line AS
SELECT s.code AS unit_code, s.seed, d.code AS indicator,
	d.start_low + (d.start_high - d.start_low) * pg_temp.dice(format('start %s %s', d.code, s.seed)) AS start,
	d.drift_low + (d.drift_high - d.drift_low) * pg_temp.dice(format('drift %s %s', d.code, s.seed)) AS drift
FROM stretch s
CROSS JOIN made d
WHERE s.kind = 'new' AND NOT (s.code = 'SYN-125' AND d.category = 'service')
	AND NOT (s.code = 'SYN-126' AND d.category IN ('service', 'environment'));

CREATE TEMPORARY TABLE counted AS
SELECT s.code AS unit_code, t.m, t.period_end, t.vintage, s.upper - s.lower AS households,
	round((s.upper - s.lower) * LEAST(1, 0.80 + 0.18 * pg_temp.dice('water ' || s.seed)
		+ 0.0006 * pg_temp.dice('pipes ' || s.seed) * t.m * 5))::bigint AS with_water,
	round((s.upper - s.lower) * (0.01 + 0.04 * pg_temp.dice('poor ' || s.seed)) * (1 - 0.013 * t.m))::bigint AS poor
FROM stretch s
CROSS JOIN month t
WHERE s.kind = 'new';

INSERT INTO observation
	(programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, source, mark)
SELECT 'synthetic', f.code, f.unit_code, date_trunc('month', f.period_end), f.period_end, f.vintage, f.period_end + 20, f.value,
	'synthetic', 'SYN'
FROM (
	SELECT d.code, s.unit_code, t.period_end, t.vintage,
		LEAST(d.most, GREATEST(d.least, round(
			s.start + s.drift * t.m + d.noise * (2 * dice.thrown - 1), 2)))::float8 AS value
	FROM line s
	JOIN made d ON d.code = s.indicator
	CROSS JOIN month t
	CROSS JOIN LATERAL (SELECT pg_temp.dice(format('%s %s %s', d.code, s.seed, t.m)) AS thrown OFFSET 0) dice
	WHERE dice.thrown >= 0.0005 OR t.m = 59
	UNION ALL
	SELECT c.code, f.unit_code, f.period_end, f.vintage, c.value
	FROM (
		SELECT unit_code, period_end, vintage, households, with_water, poor FROM counted
		UNION ALL
		-- The city counts for itself. In October 2025 its households with water are 1 % above the sum of the communes.
		SELECT 'SYN', period_end, vintage, sum(households)::bigint,
			CASE period_end WHEN '2025-10-31' THEN round(1.01 * sum(with_water)) ELSE sum(with_water) END::bigint, sum(poor)::bigint
		FROM counted
		GROUP BY period_end, vintage) f
	CROSS JOIN LATERAL (VALUES ('households', f.households::float8), ('households_with_water', f.with_water::float8),
		('poor_households', f.poor::float8), ('clean_water', 100 * f.with_water::float8 / f.households::float8),
		('poverty', 100 * f.poor::float8 / f.households::float8)) c (code, value)) f;

-- The former communes in their last month, ten days before their successors report on it: until then the registry carries over.
INSERT INTO observation
	(programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, source, mark)
SELECT 'synthetic', c.code, f.unit_code, '2025-06-01', '2025-06-30', 'preliminary', '2025-07-10', c.value, 'synthetic', 'SYN'
FROM (
	SELECT o.code AS unit_code, o.upper - o.lower AS households,
		round(sum((LEAST(o.upper, n.upper) - GREATEST(o.lower, n.lower)) * u.with_water::numeric / u.households))::bigint AS with_water,
		round(sum((LEAST(o.upper, n.upper) - GREATEST(o.lower, n.lower)) * u.poor::numeric / u.households))::bigint AS poor
	FROM stretch o
	JOIN stretch n ON n.kind = 'new' AND n.lower < o.upper AND o.lower < n.upper
	JOIN counted u ON u.unit_code = n.code AND u.period_end = '2025-06-30'
	WHERE o.kind = 'old'
	GROUP BY o.code, o.upper, o.lower) f
CROSS JOIN LATERAL (VALUES ('households', f.households::float8), ('households_with_water', f.with_water::float8),
	('poor_households', f.poor::float8)) c (code, value);

-- Snapshots of the last quarters; more dates cost more time and nothing else.
INSERT INTO reporting_date (programme_code, as_of, known_on) VALUES
	('synthetic', '2024-12-31', '2026-01-31'), ('synthetic', '2025-09-30', '2026-01-31'),
	('synthetic', '2025-11-30', '2026-01-31'), ('synthetic', '2025-12-31', '2026-01-31');

DROP TABLE stretch, made, month, line, counted;
DROP FUNCTION pg_temp.dice(text);

-- The planner has to know how much there is before anything is computed.
ANALYZE unit, unit_successor, node, target, label, observation;
