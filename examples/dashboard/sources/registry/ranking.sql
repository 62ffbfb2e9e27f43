SELECT l.language, r.programme_code, r.unit_code, u.parent_unit_code, r.due,
	coalesce(n.name, r.unit_code) AS unit, r.index_score, r.coverage, r.rank, r.rank_of, r.not_assessable
FROM (VALUES ('vi'), ('en')) AS l(language)
LEFT JOIN unit_ranking r ON true
LEFT JOIN unit u ON u.unit_code = r.unit_code
LEFT JOIN unit_label n ON (n.unit_code, n.language) = (r.unit_code, l.language)
