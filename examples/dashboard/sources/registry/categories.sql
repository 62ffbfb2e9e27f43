SELECT l.language, c.programme_code, c.unit_code, c.due, c.category_code, c.ordinal,
	coalesce(n.name, c.category_code) AS category,
	c.score, c.expected_score, c.difference, c.coverage, c.indicators, c.met, c.score_low, c.score_high,
	c.status, c.signal, c.reason
FROM (VALUES ('vi'), ('en')) AS l(language)
LEFT JOIN category_index c ON true
LEFT JOIN node_label n
	ON (n.programme_code, n.node_code, n.language) = (c.programme_code, c.category_code, l.language)
