-- Action Programme 21-CTr/TU: the facts of ../data.sql, read from the
-- tutorial's tables into those of the registry.

-- Hà Nội, with the code that Decision 19/2025/QĐ-TTg gives the province.
INSERT INTO unit (unit_code, unit_kind) VALUES ('01', 'city');

INSERT INTO programme (programme_code, valid_from, document) VALUES
	('21-CTr/TU', '2023-02-02', 'Chương trình hành động 21-CTr/TU (02/02/2023); Kế hoạch 139/KH-UBND (09/05/2023)');

INSERT INTO horizon (programme_code, due) SELECT '21-CTr/TU', due FROM hanoi.horizon;

-- The marks of the tutorial, and one more: what is confirmed but not followed,
-- because another document or another source is.
INSERT INTO mark (mark, is_counted, meaning)
SELECT code, is_counted, meaning_en FROM hanoi.mark
UNION ALL
VALUES ('N', false, 'read in the source named, but another document or source is followed: listed, not counted')
ON CONFLICT (mark) DO UPDATE SET is_counted = EXCLUDED.is_counted, meaning = EXCLUDED.meaning;

-- The tree -------------------------------------------------------------------
-- No source names who answers for an indicator: the owners are an illustration.
-- declared_count is what the news report of 31 March 2023 prints, 7, 9, 5 and
-- 4; the signed text has 8, 9, 5 and 4, and check_registry() says so.

INSERT INTO owner (owner_code) VALUES ('finance'), ('health'), ('construction'), ('environment');

INSERT INTO method (programme_code, method_version, document, note) VALUES
	('21-CTr/TU', '2023', '21-CTr/TU',
	 'The list is put together from public documents; the annex was not found. All weights are 1, and ours.');

INSERT INTO node
	(programme_code, method_version, node_code, parent_code, ordinal, weight, is_indicator,
	 reporting_frequency, owner_code, declared_count)
SELECT '21-CTr/TU', '2023', n.code, n.parent, n.ordinal, n.weight, n.is_indicator,
	CASE WHEN n.direction IS NOT NULL THEN 'year' END, o.owner, d.declared
FROM hanoi.programme_node n
LEFT JOIN (VALUES ('E', 'finance'), ('S', 'health'), ('U', 'construction'), ('M', 'environment')) o (category, owner)
	ON o.category = n.category AND n.is_indicator
LEFT JOIN (VALUES ('programme', 26), ('E', 7), ('S', 9), ('U', 5), ('M', 4)) d (code, declared) ON d.code = n.code;

-- What was promised ----------------------------------------------------------
-- A row for each document that changed what is promised. The day a document
-- was made is its first day of validity; where the day was not read, that of
-- the programme's signature stands for it.

CREATE TEMPORARY VIEW promise AS
SELECT t.target_id, t.code, t.due, t.bound, t.span_start, n.direction, n.role, n.baseline_on, b.value AS baseline,
	COALESCE(t.document, 'document not named by the source') AS document,
	COALESCE(d.made_on, '2023-02-02') AS made_on,
	(SELECT string_agg(format('[%s] %s', s.number, s.title), '; ' ORDER BY s.number)
	 FROM hanoi.source s WHERE s.number = ANY (t.sources)) AS source,
	CASE WHEN t.is_chosen THEN t.mark ELSE 'N' END AS mark
FROM hanoi.target t
JOIN hanoi.leaf n ON n.code = t.code
LEFT JOIN hanoi.usable_observation b
	ON b.code = n.code AND b.period = n.period AND b.period_end = n.baseline_on
LEFT JOIN (VALUES
	('21-CTr/TU', date '2023-02-02'),
	('KH 2024', '2023-12-06'),
	('NQ 111/NQ-CP', '2024-07-22'),
	('1569/QĐ-TTg', '2024-12-12'),
	('1569/QĐ-TTg (12/2024)', '2024-12-12'),
	('Đại hội 18 (10/2025)', '2025-10-31'),
	('NQ 482/NQ-HĐND', '2025-11-26'),
	('QH 2045/2065 (01/2026)', '2026-01-27')) d (document, made_on) ON d.document = t.document
WHERE t.due IS NOT NULL;

-- Those followed: one path per leaf, longer with each document.
INSERT INTO target (programme_code, node_code, path, document, valid_from, valid_to, mark, source)
SELECT '21-CTr/TU', r.code,
	target_path_agg(p.bound, p.due, p.direction, p.baseline, p.baseline_on, p.role, NULL, p.span_start),
	string_agg(DISTINCT p.document, '; '), r.made_on, r.replaced_on - 1, 'C', string_agg(DISTINCT p.source, '; ')
FROM (
	SELECT code, made_on, lead(made_on) OVER (PARTITION BY code ORDER BY made_on) AS replaced_on
	FROM promise
	WHERE mark = 'C'
	GROUP BY code, made_on) r
JOIN promise p ON p.code = r.code AND p.made_on <= r.made_on AND p.mark = 'C'
GROUP BY r.code, r.made_on, r.replaced_on
ORDER BY r.code, r.made_on;

-- Those listed, and not counted: each as it stands.
INSERT INTO target (programme_code, node_code, path, document, valid_from, mark, source)
SELECT '21-CTr/TU', code, target_path(ARRAY[bound], ARRAY[due], direction, baseline, baseline_on, role, NULL, ARRAY[span_start]),
	document, made_on, mark, source
FROM promise
WHERE mark <> 'C'
ORDER BY target_id;

DROP VIEW promise;

-- What happened --------------------------------------------------------------
-- Where the day of release is not stated, the last day of the period stands
-- for it, and a day more for each later figure: their order is known. Figures
-- of another length of period than the indicator's series are kept beside it.

INSERT INTO observation
	(programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, source, mark, note)
SELECT '21-CTr/TU', o.code, '01',
	CASE o.period WHEN 'year' THEN date_trunc('year', o.period_end) WHEN 'half-year' THEN date_trunc('year', o.period_end)
		WHEN 'term' THEN date '2021-01-01' END,
	o.period_end, o.vintage, COALESCE(o.released_on, o.period_end + o.figure_no - 1), o.value,
	(SELECT string_agg(format('[%s] %s', s.number, s.title), '; ' ORDER BY s.number)
	 FROM hanoi.source s WHERE s.number = ANY (o.sources)),
	CASE WHEN o.is_chosen AND o.period = COALESCE(n.period, o.period) THEN o.mark ELSE 'N' END,
	concat_ws('; ', o.note_en, CASE WHEN o.released_on IS NULL THEN 'day of release not stated' END,
		CASE WHEN o.period <> n.period THEN 'for a ' || o.period END)
FROM hanoi.observation o
JOIN hanoi.programme_node n ON n.code = o.code
ORDER BY o.code, o.period_end, o.figure_no;

-- Words ----------------------------------------------------------------------

INSERT INTO label (object_kind, object_code, programme_code, language, name, measure_unit)
SELECT 'node', n.code, '21-CTr/TU', w.language, w.name, w.measure_unit
FROM hanoi.programme_node n
CROSS JOIN LATERAL (VALUES ('vi', n.name_vi, n.measure_unit_vi), ('en', n.name_en, n.measure_unit_en)) w (language, name, measure_unit);

INSERT INTO label (object_kind, object_code, programme_code, language, name) VALUES
	('programme', '21-CTr/TU', '', 'vi', 'Chương trình hành động 21-CTr/TU'),
	('programme', '21-CTr/TU', '', 'en', 'Action Programme 21-CTr/TU'),
	('unit', '01', '', 'vi', 'Thành phố Hà Nội'),
	('unit', '01', '', 'en', 'Hanoi'),
	('owner', 'finance', '', 'vi', 'Sở Tài chính (minh họa)'),
	('owner', 'finance', '', 'en', 'Department of Finance (illustration)'),
	('owner', 'health', '', 'vi', 'Sở Y tế (minh họa)'),
	('owner', 'health', '', 'en', 'Department of Health (illustration)'),
	('owner', 'construction', '', 'vi', 'Sở Xây dựng (minh họa)'),
	('owner', 'construction', '', 'en', 'Department of Construction (illustration)'),
	('owner', 'environment', '', 'vi', 'Sở Nông nghiệp và Môi trường (minh họa)'),
	('owner', 'environment', '', 'en', 'Department of Agriculture and Environment (illustration)');

INSERT INTO label (object_kind, object_code, programme_code, language, name)
SELECT k.kind, k.code, '', w.language, w.name
FROM (
	SELECT 'status' AS kind, status::text AS code, name_vi, name_en FROM hanoi.status_name
	UNION ALL VALUES ('status', 'not_applicable', 'không có mục tiêu', 'no target then')
	UNION ALL SELECT 'reason', reason, name_vi, name_en FROM hanoi.reason_name
	UNION ALL SELECT 'vintage', code, name_vi, name_en FROM hanoi.vintage
	UNION ALL SELECT 'mark', code, meaning_vi, meaning_en FROM hanoi.mark
	UNION ALL VALUES ('mark', 'N', 'đã đọc trong nguồn nêu ra, nhưng theo văn bản hoặc nguồn khác', 'read in the source named, but another document or source is followed')) k
CROSS JOIN LATERAL (VALUES ('vi', k.name_vi), ('en', k.name_en)) w (language, name);

-- What to keep snapshots for: the year ends, and the quarters of 2025, all as
-- known and promised on 31 January 2026.
INSERT INTO reporting_date (programme_code, as_of, known_on)
SELECT '21-CTr/TU', as_of, '2026-01-31'
FROM (VALUES (date '2021-12-31'), ('2022-12-31'), ('2023-12-31'), ('2024-12-31'),
	('2025-03-31'), ('2025-06-30'), ('2025-09-30'), ('2025-12-31')) d (as_of);
