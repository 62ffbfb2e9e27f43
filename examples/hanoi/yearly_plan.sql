-- A second, smaller programme in the same schema: the yearly plan of the
-- People's Council, whose targets are revised while the year runs. Each
-- revision is a row with the days on which it applied.

CREATE TABLE plan_indicator (
	code			text PRIMARY KEY,
	ordinal			smallint NOT NULL UNIQUE,
	name_vi			text NOT NULL,
	name_en			text NOT NULL,
	measure_unit_vi	text NOT NULL,
	measure_unit_en	text NOT NULL,
	direction		text NOT NULL CHECK (direction IN ('up', 'down', 'keep')),
	role			text CHECK (role IN ('average', 'average_growth', 'total', 'change')),
	figures_of		text REFERENCES programme_node,
	sources			integer[] NOT NULL CHECK (cardinality(sources) > 0)
);
COMMENT ON TABLE plan_indicator IS
'The indicators of the yearly plans whose figures were read: five of the 24 of 2025.';
COMMENT ON COLUMN plan_indicator.code IS 'Short code.';
COMMENT ON COLUMN plan_indicator.ordinal IS 'Order for display.';
COMMENT ON COLUMN plan_indicator.name_vi IS 'Name in Vietnamese.';
COMMENT ON COLUMN plan_indicator.name_en IS 'Name in English.';
COMMENT ON COLUMN plan_indicator.measure_unit_vi IS 'Unit of measure, in Vietnamese.';
COMMENT ON COLUMN plan_indicator.measure_unit_en IS 'Unit of measure, in English.';
COMMENT ON COLUMN plan_indicator.direction IS 'Which way is better.';
COMMENT ON COLUMN plan_indicator.role IS 'total for money spent within the year, average_growth for the rate of the year: last year''s rate says nothing about it. NULL for the level itself.';
COMMENT ON COLUMN plan_indicator.figures_of IS
'The node of the action programme whose yearly figures are also this indicator''s; NULL where table plan_observation has them.';
COMMENT ON COLUMN plan_indicator.sources IS 'Numbers in table source.';

CREATE TABLE plan_target (
	code		text NOT NULL REFERENCES plan_indicator,
	due			date NOT NULL,
	bound		text NOT NULL,
	valid_from	date,
	valid_to	date,
	document	text NOT NULL,
	sources		integer[] NOT NULL CHECK (cardinality(sources) > 0),
	mark		text NOT NULL REFERENCES mark,
	UNIQUE NULLS NOT DISTINCT (code, due, valid_from)
);
COMMENT ON TABLE plan_target IS
'What a yearly plan promises: a row for each revision.';
COMMENT ON COLUMN plan_target.code IS 'The indicator promised.';
COMMENT ON COLUMN plan_target.due IS 'The last day of the year planned.';
COMMENT ON COLUMN plan_target.bound IS 'The promise in the grammar of target_path.';
COMMENT ON COLUMN plan_target.valid_from IS 'The day it was set; NULL where unknown.';
COMMENT ON COLUMN plan_target.valid_to IS 'The last day it applied; NULL while it does.';
COMMENT ON COLUMN plan_target.document IS 'The document that sets it.';
COMMENT ON COLUMN plan_target.sources IS 'Numbers in table source.';
COMMENT ON COLUMN plan_target.mark IS 'How far it is confirmed.';

CREATE TABLE plan_observation (
	code		text NOT NULL REFERENCES plan_indicator,
	period_end	date NOT NULL,
	value		float8 NOT NULL,
	vintage		text NOT NULL REFERENCES vintage,
	sources		integer[] NOT NULL CHECK (cardinality(sources) > 0),
	mark		text NOT NULL REFERENCES mark,
	PRIMARY KEY (code, period_end)
);
COMMENT ON TABLE plan_observation IS
'What happened, for the indicators that are in the yearly plan alone: figures for whole years.';
COMMENT ON COLUMN plan_observation.code IS 'The indicator observed.';
COMMENT ON COLUMN plan_observation.period_end IS 'Last day of the year.';
COMMENT ON COLUMN plan_observation.value IS 'In the unit of measure of the indicator.';
COMMENT ON COLUMN plan_observation.vintage IS 'estimate, preliminary, official or not_stated.';
COMMENT ON COLUMN plan_observation.sources IS 'Numbers in table source.';
COMMENT ON COLUMN plan_observation.mark IS 'How far it is confirmed.';

CREATE TABLE plan_headline (
	area		text NOT NULL,
	years		text NOT NULL,
	met			smallint NOT NULL,
	indicators	smallint NOT NULL,
	is_expected	boolean NOT NULL DEFAULT false,
	sources		integer[] NOT NULL CHECK (cardinality(sources) > 0),
	PRIMARY KEY (area, years)
);
COMMENT ON TABLE plan_headline IS
'The headlines the authorities publish: how many indicators of a plan were met or exceeded.';
COMMENT ON COLUMN plan_headline.area IS 'Hà Nội or the nation.';
COMMENT ON COLUMN plan_headline.years IS 'The year or years of the plan.';
COMMENT ON COLUMN plan_headline.met IS 'Indicators met or exceeded, as published.';
COMMENT ON COLUMN plan_headline.indicators IS 'Indicators in the plan.';
COMMENT ON COLUMN plan_headline.is_expected IS 'Whether the count was an expectation before the year was over.';
COMMENT ON COLUMN plan_headline.sources IS 'Numbers in table source.';

INSERT INTO plan_indicator (code, ordinal, name_vi, name_en, measure_unit_vi, measure_unit_en, direction, role, figures_of, sources) VALUES
	('growth', 1, 'Tốc độ tăng GRDP', 'GRDP growth', '%', '%', 'up', 'average_growth', 'E1', '{28}'),
	('income', 2, 'GRDP bình quân đầu người', 'GRDP per capita', 'triệu đồng', 'million VND', 'up', NULL, NULL, '{47}'),
	('investment', 3, 'Tổng vốn đầu tư', 'Total investment', 'tỷ đồng', 'billion VND', 'up', 'total', NULL, '{28,43}'),
	('exports', 4, 'Tốc độ tăng xuất khẩu', 'Export growth', '%', '%', 'up', 'average_growth', NULL, '{47}'),
	('prices', 5, 'Tốc độ tăng CPI', 'Consumer price growth', '%', '%', 'down', 'average_growth', NULL, '{16,28,29}');

INSERT INTO plan_target (code, due, bound, valid_from, valid_to, document, sources, mark) VALUES
	('growth', '2025-12-31', '6.5', '2024-12-10', '2025-02-24', 'NQ 58/NQ-HĐND (10/12/2024)', '{28}', 'C'),
	('growth', '2025-12-31', '8', '2025-02-25', NULL, '25/02/2025, NQ 25/NQ-CP (05/02/2025)', '{28}', 'C'),
	('income', '2025-12-31', '175', NULL, NULL, 'KH 2025', '{47}', 'C'),
	('income', '2026-12-31', '198', NULL, NULL, 'NQ 482/NQ-HĐND (26/11/2025)', '{29}', 'C'),
	('investment', '2025-12-31', '622700', NULL, NULL, 'KH 2025', '{28,43}', 'C'),
	('exports', '2025-12-31', '7', NULL, NULL, 'KH 2025', '{47}', 'C'),
	('prices', '2025-12-31', '<5', NULL, NULL, 'KH 2025', '{28}', 'C'),
	('prices', '2026-12-31', '<4.5', NULL, NULL, 'NQ 482/NQ-HĐND (26/11/2025)', '{29}', 'C');

INSERT INTO plan_observation (code, period_end, value, vintage, sources, mark) VALUES
	('income', '2025-12-31', 176.4, 'estimate', '{47}', 'C'),
	('investment', '2025-12-31', 595000, 'estimate', '{28,43}', 'C'),
	('exports', '2025-12-31', 11.6, 'estimate', '{47}', 'C');

INSERT INTO plan_headline (area, years, met, indicators, is_expected, sources) VALUES
	('Hà Nội', '2016–2020', 16, 16, false, '{46}'),
	('Hà Nội', '2023', 18, 23, true, '{35}'),
	('Hà Nội', '2025', 23, 24, false, '{47}'),
	('Việt Nam', '2021–2025', 22, 26, false, '{48}'),
	('Việt Nam', '2024', 15, 15, false, '{48}'),
	('Việt Nam', '2025', 15, 15, false, '{48}');

ANALYZE plan_indicator, plan_target, plan_observation, plan_headline;

CREATE VIEW plan_path AS
SELECT i.code, t.due, t.valid_from, t.valid_to, t.document,
	target_path_agg(t.bound, t.due, i.direction, NULL, NULL, i.role, NULL,
		CASE WHEN i.role IS NOT NULL THEN date_trunc('year', t.due)::date END) AS path
FROM plan_indicator i
JOIN plan_target t ON t.code = i.code
JOIN mark m ON m.code = t.mark AND m.is_counted
GROUP BY i.code, t.due, t.valid_from, t.valid_to, t.document;
COMMENT ON VIEW plan_path IS
'Each yearly promise as a path of one target, with the days on which it applied.';

CREATE VIEW plan_series AS
SELECT code, indicator_series_agg(period_end, value) AS series
FROM (
	SELECT o.code, o.period_end, o.value
	FROM plan_observation o
	JOIN mark m ON m.code = o.mark AND m.is_counted
	UNION ALL
	(SELECT DISTINCT ON (i.code, o.period_end) i.code, o.period_end, o.value
	 FROM plan_indicator i
	 JOIN usable_observation o ON o.code = i.figures_of AND o.period = 'year'
	 ORDER BY i.code, o.period_end, o.preference, o.released_on DESC NULLS LAST, o.figure_no DESC)) f
GROUP BY code;
COMMENT ON VIEW plan_series IS
'The yearly figures of each indicator of the plan, the best known of each year.';
