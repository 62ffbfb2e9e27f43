-- 25. Give the audit line for one published score: inputs, sources, target document, formula version, weights, time computed.
--     Dòng kiểm tra của một điểm đã công bố: số liệu, nguồn, văn bản mục tiêu, phiên bản công thức, trọng số, thời điểm tính.
--
-- The score of the economic category for 2025, a line for each input that has a value. Sources are the numbers of table source;
-- an average over a span has those of all its years. index_explain_text() reads the score out in full.

SELECT round(c.score::numeric, 2) AS score, l.node_code AS input, round(l.sheet_value::numeric, 4) AS value, l.observed_on, l.vintage,
	(SELECT string_agg(m.number[1], ' ' ORDER BY o.period_end, m.place)
	 FROM hanoi_registry.observation_by_period(p.as_of, p.known_on, ARRAY[c.unit_code], ARRAY[p.programme_code]) o
	 CROSS JOIN LATERAL regexp_matches(o.source, '\[[0-9]+\]', 'g') WITH ORDINALITY m (number, place)
	 WHERE o.node_code = l.node_code AND o.period_end BETWEEN COALESCE(d.span_start, l.observed_on) AND l.observed_on) AS sources,
	d.bound AS target, l.document, n.weight, round(n.contribution::numeric, 3) AS contribution,
	p.method_version AS method, left(p.framework_fingerprint, 8) AS fingerprint, p.scorecard_version AS scorecard, p.known_on,
	to_char(p.computed_at, 'YYYY-MM-DD HH24:MI:SS') AS computed_at
FROM hanoi_registry.snapshot p
JOIN hanoi_registry.snapshot_node c ON c.snapshot_id = p.snapshot_id AND c.unit_code = '01' AND c.due = '2025-12-31' AND c.node_code = 'E'
JOIN hanoi_registry.snapshot_node n ON n.snapshot_id = p.snapshot_id AND n.unit_code = c.unit_code AND n.due = c.due
	AND n.category_code = c.node_code
JOIN hanoi_registry.snapshot_leaf l ON l.snapshot_id = p.snapshot_id AND l.unit_code = c.unit_code AND l.due = c.due
	AND l.node_code = n.node_code AND l.sheet_value IS NOT NULL
JOIN hanoi_registry.target t ON t.target_id = l.target_id
JOIN LATERAL targets(t.path) d ON d.due = l.due
WHERE p.programme_code = '21-CTr/TU' AND p.as_of = '2025-12-31'
ORDER BY l.node_code;
