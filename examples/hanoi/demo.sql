-- The programme on one screen after another, for the people who answer for it.
--     psql -v lang=vi -v as_of=2025-12-31 -f examples/hanoi/demo.sql
-- lang is en (default) or vi; as_of is the date of the report.

\set ON_ERROR_STOP on
\set QUIET on
\if :{?lang}
\else
	\set lang en
\endif
\if :{?as_of}
\else
	\set as_of 2025-12-31
\endif
\encoding UTF8
SELECT current_setting('search_path') AS path_before \gset
SET search_path = hanoi, :path_before;
\ir labels/:lang.psql

\pset pager off
\pset border 0
\pset linestyle unicode
\pset footer off
\pset null ''

INSERT INTO report VALUES (:'as_of') ON CONFLICT DO NOTHING;

\echo
\echo :t_title
\pset tuples_only on
\pset format unaligned
SELECT format(:'s_as_of', to_char(date :'as_of', 'DD/MM/YYYY'));
\echo

-- 1. Headline ------------------------------------------------------------------

\echo :t_headline
SELECT format(:'s_headline', met_or_exceeded, indicators, on_track, at_risk,
			missed_or_off_track, not_assessable, no_data)
FROM headline
WHERE as_of = :'as_of' AND due IS NULL AND category IS NULL;
\echo :s_headline_note
\echo
\pset tuples_only off
\pset format aligned

SELECT COALESCE(to_char(due, 'YYYY'), :'w_nearest') AS :"h_targets",
	indicators AS :"h_indicators",
	met_or_exceeded AS :"h_met",
	on_track AS :"h_on_track",
	at_risk AS :"h_at_risk",
	missed_or_off_track AS :"h_missed",
	not_assessable AS :"h_not_assessable",
	no_data AS :"h_no_data",
	no_target AS :"h_no_target"
FROM headline
WHERE as_of = :'as_of' AND category IS NULL
ORDER BY due NULLS FIRST;

-- 2. Index -----------------------------------------------------------------------

\echo :t_index
SELECT CASE :'lang' WHEN 'vi' THEN n.name_vi ELSE n.name_en END AS :"h_category",
	format('%11s', COALESCE(show_score(a.score, :'lang'), '–')) AS :"h_score_2025",
	CASE WHEN a.low IS NULL THEN '–'
		ELSE format(:'w_bounds', format('%5s', show_score(a.low, :'lang')), format('%5s', show_score(a.high, :'lang'))) END AS :"h_bounds_2025",
	format('%8s', format(:'w_of', a.measured, a.promised)) AS :"h_coverage_2025",
	format('%11s', COALESCE(show_score(b.score, :'lang'), '–')) AS :"h_score_2030",
	CASE WHEN b.low IS NULL THEN '–'
		ELSE format(:'w_bounds', format('%5s', show_score(b.low, :'lang')), format('%5s', show_score(b.high, :'lang'))) END AS :"h_bounds_2030",
	format('%8s', format(:'w_of', b.measured, b.promised)) AS :"h_coverage_2030"
FROM programme_node n
JOIN index_result a ON a.scope = n.code AND a.due = '2025-12-31'
JOIN index_result b ON b.scope = n.code AND b.due = '2030-12-31' AND b.as_of = a.as_of
WHERE a.as_of = :'as_of'
ORDER BY n.parent NULLS LAST, n.ordinal;
\echo :s_index_note
\echo

-- 3. Worst first -------------------------------------------------------------------

\echo :t_red
SELECT CASE signal(p.status) WHEN 'red' THEN '▼' WHEN 'amber' THEN '◆' WHEN 'green' THEN '▲' ELSE '·' END AS " ",
	p.code AS :"h_code",
	CASE WHEN length(w.name) <= 27 THEN w.name ELSE left(w.name, 26) || '…' END AS :"h_indicator",
	to_char(p.due, 'YYYY') AS :"h_due",
	CASE :'lang' WHEN 'vi' THEN t.as_written_vi ELSE t.as_written_en END AS :"h_target",
	format('%6s', show(f.value, :'lang')) AS :"h_value",
	to_char(f.period_end, 'MM/YYYY') AS :"h_period",
	CASE :'lang' WHEN 'vi' THEN v.name_vi ELSE v.name_en END AS :"h_vintage",
	format('%6s', show_score(p.attainment_level, :'lang')) AS :"h_attainment",
	format('%6s', show(p.gap, :'lang')) AS :"h_gap",
	format('%6s', show(p.required_pace, :'lang')) AS :"h_required",
	format('%6s', show(p.observed_pace, :'lang')) AS :"h_observed",
	format('%5s', show(p.pace_multiple, :'lang')) AS :"h_multiple",
	format('%6s', show(p.projected_value, :'lang')) AS :"h_projected",
	CASE :'lang' WHEN 'vi' THEN s.name_vi ELSE s.name_en END AS :"h_status"
FROM leaf_progress p
JOIN leaf n ON n.code = p.code
JOIN usable_target t ON t.code = p.code AND t.due = p.due
JOIN status_name s ON s.status = p.status
JOIN leaf_figure f ON f.as_of = p.as_of AND f.due = p.due AND f.code = p.code
JOIN vintage v ON v.code = f.vintage
CROSS JOIN LATERAL (SELECT CASE :'lang' WHEN 'vi' THEN n.name_vi ELSE n.name_en END AS name) w
WHERE p.as_of = :'as_of'
ORDER BY p.status, p.due, p.indicator, n.ordinal, p.code;
\echo :s_red_note
\echo
\pset tuples_only on
\pset format unaligned
\echo :t_reasons
SELECT format('  · %s: %s', string_agg(format('%s %s', p.code, to_char(p.due, 'YYYY')), ', ' ORDER BY p.code, p.due),
		COALESCE(CASE :'lang' WHEN 'vi' THEN r.name_vi ELSE r.name_en END, p.reason))
FROM leaf_progress p
JOIN leaf_figure f ON f.as_of = p.as_of AND f.due = p.due AND f.code = p.code
LEFT JOIN reason_name r ON r.reason = p.reason
WHERE p.as_of = :'as_of' AND p.status = 'not_yet_assessable'
GROUP BY p.reason, r.name_vi, r.name_en
ORDER BY p.reason;
\echo :t_where_read
SELECT format('  · %s: %s', t.code, string_agg(format('%s %s %s, %s %s', to_char(t.due, 'YYYY'),
		:'w_target', concat_ws(' ', t.document, show_sources(t.sources)),
		:'w_observation', show_sources(f.sources)), '; ' ORDER BY t.due))
FROM usable_target t
JOIN leaf_figure f ON f.due = t.due AND f.code = t.code
WHERE f.as_of = :'as_of'
GROUP BY t.code
ORDER BY t.code;
\echo

-- 4. Promised, not measured ----------------------------------------------------------

\echo :t_silent
SELECT format(:'s_silent', no_data, indicators)
FROM headline
WHERE as_of = :'as_of' AND due IS NULL AND category IS NULL;
\pset tuples_only off
\pset format aligned

SELECT n.code AS :"h_code",
	CASE :'lang' WHEN 'vi' THEN n.name_vi ELSE n.name_en END AS :"h_indicator",
	CASE :'lang' WHEN 'vi' THEN n.measure_unit_vi ELSE n.measure_unit_en END AS :"h_unit",
	string_agg(w.written, '; ') FILTER (WHERE t.due = '2025-12-31') AS :"h_2025",
	string_agg(w.written, '; ') FILTER (WHERE t.due = '2030-12-31') AS :"h_2030",
	string_agg(w.written || to_char(t.due, ' (YYYY)'), '; ' ORDER BY t.due) FILTER (WHERE t.due NOT IN (SELECT due FROM horizon)) AS :"h_other",
	show_sources(ARRAY(SELECT DISTINCT number FROM usable_target u, unnest(u.sources) number
					   WHERE u.code = n.code ORDER BY number)) AS :"h_sources"
FROM indicator_verdict i
JOIN leaf n ON n.indicator = i.code
JOIN programme_node g ON g.code = i.category
JOIN programme_node o ON o.code = i.code
JOIN usable_target t ON t.code = n.code
CROSS JOIN LATERAL (SELECT CASE :'lang' WHEN 'vi' THEN t.as_written_vi ELSE t.as_written_en END AS written) w
WHERE i.as_of = :'as_of' AND i.due IS NULL AND i.status = 'no_data'
GROUP BY g.ordinal, o.ordinal, n.code, n.ordinal, n.name_vi, n.name_en, n.measure_unit_vi, n.measure_unit_en
ORDER BY g.ordinal, o.ordinal, n.ordinal;

-- 5. One score explained -----------------------------------------------------------------

\echo :t_explain
SELECT repeat('  ', r.depth) || CASE :'lang' WHEN 'vi' THEN n.name_vi ELSE n.name_en END AS :"h_node",
	format('%7s', show(r.value, :'lang')) AS :"h_value",
	CASE :'lang' WHEN 'vi' THEN t.as_written_vi ELSE t.as_written_en END AS :"h_target",
	format('%6s', show_score(r.score, :'lang')) AS :"h_score",
	format('%8s', show(r.weight, :'lang')) AS :"h_weight",
	format('%8s', show(r.effective_weight, :'lang')) AS :"h_effective",
	format('%8s', show(r.contribution, :'lang')) AS :"h_contribution",
	format('%8s', show(r.coverage, :'lang')) AS :"h_coverage",
	COALESCE(CASE :'lang' WHEN 'vi' THEN w.name_vi ELSE w.name_en END, r.reason) AS :"h_remark"
FROM scored_node r
JOIN programme_node n ON n.code = r.code
LEFT JOIN usable_target t ON t.code = r.code AND t.due = r.due
LEFT JOIN reason_name w ON w.reason = r.reason
WHERE r.as_of = :'as_of' AND r.due = '2030-12-31' AND r.scope = 'U'
ORDER BY r.code <> r.scope, r.code;
\echo :s_explain_note
\echo

-- 6. Tasks and money -----------------------------------------------------------------------

\echo :t_tasks
SELECT CASE :'lang' WHEN 'vi' THEN t.name_vi ELSE t.name_en END AS :"h_task",
	to_char(t.deadline, 'DD/MM/YYYY') AS :"h_deadline",
	format('%5s', format('%s/%s', COALESCE(p.value, 0), (SELECT count(*) FROM action_step s WHERE s.task = t.code))) AS :"h_steps",
	CASE :'lang' WHEN 'vi' THEN reached.name_vi ELSE reached.name_en END AS :"h_step",
	CASE :'lang' WHEN 'vi' THEN due.name_vi ELSE due.name_en END || to_char(due.due, ' (DD/MM/YYYY)') AS :"h_late",
	CASE :'lang' WHEN 'vi' THEN s.name_vi ELSE s.name_en END AS :"h_status"
FROM task_progress p
JOIN action_task t ON t.code = p.code
JOIN action_step due ON due.task = t.code AND due.due = p.due
LEFT JOIN action_step reached ON reached.task = t.code AND reached.step_no = p.value
JOIN status_name s ON s.status = p.status
WHERE p.as_of = :'as_of' AND p.is_current
ORDER BY p.status, t.code;

SELECT to_char(p.due, 'DD/MM/YYYY') AS :"h_project",
	format('%15s', show(p.met_bound, :'lang')) AS :"h_planned",
	format('%12s', COALESCE(show(d.disbursed_total, :'lang'), :'w_not_reported')) AS :"h_disbursed",
	format('%7s', show_score(p.attainment_level, :'lang')) AS :"h_attainment",
	format('%7s', show(p.projected_value, :'lang')) AS :"h_projected",
	CASE :'lang' WHEN 'vi' THEN s.name_vi ELSE s.name_en END AS :"h_status"
FROM disbursement_progress p
JOIN disbursement d ON d.project = p.project AND d.on_date = p.due
JOIN status_name s ON s.status = p.status
WHERE p.as_of = :'as_of'
ORDER BY p.due;
\echo :s_tasks_note
\echo

-- 7. What if -----------------------------------------------------------------------------------

\echo :t_whatif
SELECT to_char(p.due, 'YYYY') AS :"h_horizon",
	CASE :'lang' WHEN 'vi' THEN n.name_vi ELSE n.name_en END AS :"h_category",
	format('%10s', show_score(node_score(p.framework, p.sheet, n.code), :'lang')) AS :"h_as_known",
	format('%9s', show_score(node_score(p.framework, with_value(p.framework, p.sheet, 'M2', 55), n.code), :'lang')) AS :"h_if"
FROM programme_sheet p
JOIN programme_node n ON n.code IN ('M2', 'M', 'programme')
WHERE p.as_of = :'as_of' AND p.scope = 'programme'
ORDER BY p.due, array_position(ARRAY['M2', 'M', 'programme'], n.code);

-- 8. Marked values ------------------------------------------------------------------------------

\echo :t_marked
SELECT x.mark AS :"h_mark",
	x.code AS :"h_code",
	CASE :'lang' WHEN 'vi' THEN n.name_vi ELSE n.name_en END AS :"h_indicator",
	x.what AS :"h_what",
	x.year AS :"h_due",
	x.written AS :"h_written",
	show_sources(x.sources) AS :"h_sources",
	x.document AS :"h_document"
FROM (
	SELECT mark, code, :'w_target' AS what, to_char(due, 'YYYY') AS year,
		CASE :'lang' WHEN 'vi' THEN as_written_vi ELSE as_written_en END AS written, sources, document
	FROM target
	UNION ALL
	SELECT mark, code, :'w_observation', to_char(period_end, 'YYYY'), show(value, :'lang'), sources,
		CASE :'lang' WHEN 'vi' THEN note_vi ELSE note_en END
	FROM observation) x
JOIN mark m ON m.code = x.mark AND NOT m.is_counted
JOIN programme_node n ON n.code = x.code
JOIN programme_node g ON g.code = n.category
ORDER BY x.mark, g.ordinal, x.code, x.year;
\pset tuples_only on
\pset format unaligned
SELECT format('  %s: %s', code, CASE :'lang' WHEN 'vi' THEN meaning_vi ELSE meaning_en END)
FROM mark
ORDER BY is_counted DESC, code;
\pset tuples_only off
\pset format aligned
\echo

-- 9. Where sources disagree ------------------------------------------------------------------------

\echo :t_conflicts
SELECT x.code AS :"h_code",
	x.what AS :"h_what",
	x.year AS :"h_due",
	f.written AS :"h_followed",
	x.written AS :"h_beside",
	x.document AS :"h_document",
	x.note AS :"h_why"
FROM (
	SELECT code, 1 AS kind, :'w_target' AS what, NULL AS period, due AS on_date, to_char(due, 'YYYY') AS year, target_id AS sort,
		CASE :'lang' WHEN 'vi' THEN as_written_vi ELSE as_written_en END AS written,
		document || ' ' || show_sources(sources) AS document,
		CASE :'lang' WHEN 'vi' THEN note_vi ELSE note_en END AS note
	FROM target WHERE NOT is_chosen
	UNION ALL
	SELECT code, 2, :'w_observation', period, period_end, to_char(period_end, 'MM/YYYY'), figure_no,
		COALESCE(show(value, :'lang'), '–'), show_sources(sources),
		CASE :'lang' WHEN 'vi' THEN note_vi ELSE note_en END
	FROM observation WHERE NOT is_chosen OR value IS NULL) x
LEFT JOIN (
	SELECT code, 1 AS kind, NULL AS period, due AS on_date,
		CASE :'lang' WHEN 'vi' THEN as_written_vi ELSE as_written_en END AS written
	FROM usable_target
	UNION ALL
	SELECT code, 2, period, period_end, show(value, :'lang')
	FROM best_figure
	WHERE as_of = :'as_of'
	UNION ALL
	SELECT f.code, 2, 'term', f.due, show(f.value, :'lang')
	FROM leaf_figure f
	JOIN leaf n ON n.code = f.code AND n.role IS NOT NULL
	WHERE f.as_of = :'as_of') f
	ON f.code = x.code AND f.kind = x.kind AND f.period IS NOT DISTINCT FROM x.period AND f.on_date = x.on_date
ORDER BY x.kind, x.code, x.on_date, x.sort;

-- 10. Sources ---------------------------------------------------------------------------------------

\echo :t_sources
SELECT number AS :"h_number", title AS :"h_title" FROM source ORDER BY number;
