SELECT l.language, s.programme_code, s.unit_code, s.category_code, s.indicator_code, s.ordinal,
	coalesce(c.name, s.category_code) AS category, coalesce(n.name, s.indicator_code) AS indicator,
	coalesce(leaf.measure_unit, n.measure_unit) AS measure_unit,
	CASE WHEN s.leaf_code <> s.indicator_code THEN coalesce(leaf.name, s.leaf_code) END AS leaf,
	s.due::text AS due, s.target_text, s.value, s.observed_on::text AS observed_on, s.vintage, s.is_provisional,
	s.score, s.gap, s.status, s.status_order, s.signal, reason.name AS reason_name, s.document, s.sparkline,
	coalesce(o.name, s.owner_code) AS owner
FROM (VALUES ('vi'), ('en')) AS l(language)
LEFT JOIN indicator_status s ON s.is_current
LEFT JOIN node_label c
	ON (c.programme_code, c.node_code, c.language) = (s.programme_code, s.category_code, l.language)
LEFT JOIN node_label n
	ON (n.programme_code, n.node_code, n.language) = (s.programme_code, s.indicator_code, l.language)
LEFT JOIN node_label leaf
	ON (leaf.programme_code, leaf.node_code, leaf.language) = (s.programme_code, s.leaf_code, l.language)
LEFT JOIN owner_label o ON (o.owner_code, o.language) = (s.owner_code, l.language)
LEFT JOIN word_label reason ON (reason.word_kind, reason.word, reason.language) = ('reason', s.reason, l.language)
