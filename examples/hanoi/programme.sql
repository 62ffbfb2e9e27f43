-- From tables to statuses and indices, one view after another. Read from the
-- top: each uses only those above it. No view does arithmetic; every figure is
-- a function of the extension over values the views select.

-- 1. What may be used ----------------------------------------------------------

CREATE VIEW usable_target AS
SELECT t.*
FROM target t
JOIN mark m ON m.code = t.mark
WHERE m.is_counted AND t.is_chosen AND t.due IS NOT NULL;
COMMENT ON VIEW usable_target IS
'Confirmed, dated targets of the document followed.';

CREATE VIEW usable_observation AS
SELECT o.*, v.preference
FROM observation o
JOIN mark m ON m.code = o.mark
JOIN vintage v ON v.code = o.vintage
WHERE m.is_counted AND o.is_chosen AND o.value IS NOT NULL;
COMMENT ON VIEW usable_observation IS
'Confirmed figures of the source followed.';

CREATE VIEW best_figure AS
SELECT DISTINCT ON (r.as_of, o.code, o.period, o.period_end)
	r.as_of, o.code, o.period, o.period_end, o.value, o.vintage, o.sources
FROM report r
JOIN usable_observation o ON o.period_end <= r.as_of
ORDER BY r.as_of, o.code, o.period, o.period_end,
	o.preference, o.released_on DESC NULLS LAST, o.figure_no DESC;
COMMENT ON VIEW best_figure IS
'One figure per report and period: official, then preliminary, then estimate; within each the latest release.';

-- 2. Promised and happened -----------------------------------------------------

CREATE VIEW leaf AS
SELECT n.*, CASE WHEN n.is_indicator THEN n.code ELSE n.parent END AS indicator
FROM programme_node n
WHERE n.direction IS NOT NULL;
COMMENT ON VIEW leaf IS
'The nodes that hold one value each, with the indicator they belong to.';

CREATE VIEW leaf_path AS
SELECT n.code,
	target_path_agg(t.bound, t.due, n.direction, b.value, n.baseline_on,
					n.role, NULL, t.span_start) AS path
FROM leaf n
JOIN usable_target t ON t.code = n.code
LEFT JOIN usable_observation b
	ON b.code = n.code AND b.period = n.period AND b.period_end = n.baseline_on
GROUP BY n.code;
COMMENT ON VIEW leaf_path IS
'What was promised: one target_path per leaf.';

CREATE VIEW leaf_series AS
SELECT f.as_of, n.code, indicator_series_agg(f.period_end, f.value) AS series
FROM leaf n
JOIN best_figure f ON f.code = n.code AND f.period = n.period
GROUP BY f.as_of, n.code;
COMMENT ON VIEW leaf_series IS
'What happened: one indicator_series per report and leaf.';

-- 3. How far are we, will we make it -------------------------------------------

CREATE VIEW leaf_progress AS
SELECT r.as_of, n.code, n.indicator, n.category, p.*
FROM report r
CROSS JOIN leaf n
JOIN leaf_path promised ON promised.code = n.code
LEFT JOIN leaf_series happened ON happened.as_of = r.as_of AND happened.code = n.code
CROSS JOIN LATERAL progress(promised.path, happened.series, r.as_of) p;
COMMENT ON VIEW leaf_progress IS
'One row per report, leaf and dated target, with every measure, the status and its reason.';

CREATE VIEW indicator_verdict AS
SELECT r.as_of, h.due, n.code, n.category, indicator_status_agg(p.status) AS status
FROM report r
CROSS JOIN (SELECT due FROM horizon UNION ALL SELECT NULL) h
JOIN programme_node n ON n.is_indicator
LEFT JOIN leaf_progress p
	ON p.as_of = r.as_of AND p.indicator = n.code
	AND CASE WHEN h.due IS NULL THEN p.is_current ELSE p.due = h.due END
GROUP BY r.as_of, h.due, n.code, n.category;
COMMENT ON VIEW indicator_verdict IS
'The status of each of the 26 for each horizon, or where due is NULL for its nearest target; NULL status: no target then.';

CREATE VIEW headline AS
SELECT as_of, due, category,
	count(*) AS indicators,
	count(*) FILTER (WHERE status IN ('met', 'exceeded')) AS met_or_exceeded,
	count(*) FILTER (WHERE status = 'on_track') AS on_track,
	count(*) FILTER (WHERE status = 'at_risk') AS at_risk,
	count(*) FILTER (WHERE status IN ('missed', 'lost', 'off_track')) AS missed_or_off_track,
	count(*) FILTER (WHERE status = 'not_yet_assessable') AS not_assessable,
	count(*) FILTER (WHERE status = 'no_data') AS no_data,
	count(*) FILTER (WHERE status IS NULL) AS no_target
FROM indicator_verdict
GROUP BY GROUPING SETS ((as_of, due), (as_of, due, category));
COMMENT ON VIEW headline IS
'Counts of the 26 by status, in all (category NULL) and by category.';

-- 4. What is each category worth -------------------------------------------------

CREATE VIEW method_node AS
SELECT s.code AS scope, n.code,
	CASE WHEN n.code <> s.code THEN n.parent END AS parent,
	n.weight,
	jsonb_build_object(
		'indicator', n.is_indicator,
		'target', p.path::text,
		'due', CASE WHEN n.code = s.code THEN '2030' END) AS rule
FROM programme_node s
JOIN programme_node n ON s.parent IS NULL OR s.code = n.category
LEFT JOIN leaf_path p ON p.code = n.code
WHERE s.parent IS NULL OR s.code = s.category;
COMMENT ON VIEW method_node IS
'The nodes of each framework: the programme, and each category as a root of its own.';

INSERT INTO method (scope, framework)
SELECT scope, index_framework_agg(code, parent, weight, rule)
FROM method_node
GROUP BY scope;

CREATE VIEW leaf_figure AS
(SELECT DISTINCT ON (f.as_of, t.due, n.code)
	f.as_of, t.due, n.code, f.value, f.period_end, f.vintage, f.sources
FROM leaf n
JOIN usable_target t ON t.code = n.code
JOIN best_figure f ON f.code = n.code AND f.period = n.period AND f.period_end <= t.due
WHERE n.role IS NULL
ORDER BY f.as_of, t.due, n.code, f.period_end DESC)
UNION ALL
SELECT p.as_of, p.due, n.code, p.value, f.period_end, f.vintage,
	ARRAY(SELECT DISTINCT number
		  FROM best_figure y, unnest(y.sources) number
		  WHERE y.as_of = p.as_of AND y.code = n.code AND y.period = n.period
			AND y.period_end BETWEEN t.span_start AND t.due
		  ORDER BY number)
FROM leaf n
JOIN leaf_progress p ON p.code = n.code
JOIN usable_target t ON t.code = p.code AND t.due = p.due
JOIN best_figure f ON f.as_of = p.as_of AND f.code = n.code AND f.period = n.period AND f.period_end = p.observed_on
WHERE n.role IS NOT NULL AND p.value IS NOT NULL;
COMMENT ON VIEW leaf_figure IS
'The figure that stands against each dated target: the latest period that ends by then, or for averages over a span the average so far, with the vintage of its last year.';

CREATE VIEW programme_sheet AS
SELECT r.as_of, h.due, m.scope, with_due(m.framework, h.due) AS framework, known.sheet
FROM report r
CROSS JOIN horizon h
CROSS JOIN method m
CROSS JOIN LATERAL (
	SELECT index_sheet_agg(m.framework, l.code, f.value) AS sheet
	FROM leaves(m.framework) l
	LEFT JOIN leaf_figure f ON f.as_of = r.as_of AND f.due = h.due AND f.code = l.code) known;
COMMENT ON VIEW programme_sheet IS
'The framework as it stands for each horizon, and the sheet of figures known at each report.';

CREATE VIEW scored_node AS
SELECT s.as_of, s.due, s.scope, r.*
FROM programme_sheet s
CROSS JOIN LATERAL node_scores(s.framework, s.sheet) r;
COMMENT ON VIEW scored_node IS
'Every node: value, score, weight, contribution, coverage, and why a score is missing.';

CREATE VIEW index_result AS
SELECT s.as_of, s.due, s.scope,
	index_score(s.framework, s.sheet) AS score,
	b.low, b.high, c.measured, c.promised
FROM programme_sheet s
CROSS JOIN LATERAL index_bounds(s.framework, s.sheet) b
CROSS JOIN LATERAL (
	SELECT count(r.score) AS measured,
		count(*) FILTER (WHERE n.is_applicable) AS promised
	FROM nodes(s.framework) n
	JOIN node_scores(s.framework, s.sheet) r ON r.code = n.code
	WHERE n.is_indicator) c;
COMMENT ON VIEW index_result IS
'The index of the programme and of each category: score, bounds, and how many of its promised indicators are measured.';

-- 5. Tasks and money: the same functions -----------------------------------------

CREATE VIEW task_progress AS
SELECT r.as_of, t.code, p.*
FROM report r
CROSS JOIN action_task t
JOIN LATERAL (
	SELECT target_path_agg(s.step_no::text, s.due, 'up', 0, t.started_on, NULL, 'step', NULL) AS path,
		indicator_series_agg(s.reached_on, s.step_no) FILTER (WHERE s.reached_on IS NOT NULL) AS series
	FROM action_step s
	WHERE s.task = t.code) s ON true
CROSS JOIN LATERAL progress(s.path, s.series, r.as_of) p;
COMMENT ON VIEW task_progress IS
'Each task as a path in steps: one row per report and step due.';

CREATE VIEW disbursement_progress AS
SELECT r.as_of, d.project, p.*
FROM report r
CROSS JOIN (SELECT DISTINCT project FROM disbursement) d
JOIN LATERAL (
	SELECT target_path_agg(m.planned_total::text, m.on_date, 'up', start.planned_total, start.on_date)
			FILTER (WHERE m.on_date > start.on_date) AS path,
		indicator_series_agg(m.on_date, m.disbursed_total)
			FILTER (WHERE m.disbursed_total IS NOT NULL) AS series
	FROM disbursement m
	JOIN disbursement start ON start.project = m.project AND start.planned_total = 0
	WHERE m.project = d.project) s ON true
CROSS JOIN LATERAL progress(s.path, s.series, r.as_of) p;
COMMENT ON VIEW disbursement_progress IS
'Each project as a level path over its cumulative payments, from 0: one row per report and planned total.';

-- 6. For display only --------------------------------------------------------------

CREATE FUNCTION show(value float8, lang text) RETURNS text
IMMUTABLE LANGUAGE sql
RETURN translate(
	to_char(value, CASE WHEN abs(value) < 1000 THEN 'FM990.09' ELSE 'FM999,999,990' END),
	CASE lang WHEN 'vi' THEN '.,' ELSE '' END,
	CASE lang WHEN 'vi' THEN ',.' ELSE '' END);
COMMENT ON FUNCTION show(float8, text) IS
'A value in its own unit, rounded for reading; decimal comma in Vietnamese.';

CREATE FUNCTION show_score(score float8, lang text) RETURNS text
IMMUTABLE LANGUAGE sql
RETURN translate(to_char(score, 'FM99990.0'), '.', CASE lang WHEN 'vi' THEN ',' ELSE '.' END);
COMMENT ON FUNCTION show_score(float8, text) IS
'A score or attainment, to one decimal.';

CREATE FUNCTION show_sources(sources integer[]) RETURNS text
IMMUTABLE LANGUAGE sql
RETURN '[' || array_to_string(sources, ', ') || ']';
COMMENT ON FUNCTION show_sources(integer[]) IS
'Source numbers in brackets.';
