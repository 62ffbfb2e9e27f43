SELECT l.language, d.programme_code, d.unit_code, d.due, d.category_code, d.indicator_code,
	coalesce(c.name, d.category_code) AS category,
	CASE WHEN d.leaf_code = d.indicator_code THEN coalesce(n.name, d.indicator_code)
		ELSE coalesce(leaf.name, n.name, d.leaf_code, d.indicator_code) END AS indicator,
	d.from_as_of::text AS from_as_of, d.as_of::text AS as_of, d.change, d.cause, d.score_before, d.score_after
FROM (VALUES ('vi'), ('en')) AS l(language)
LEFT JOIN index_change d ON true
LEFT JOIN node_label c
	ON (c.programme_code, c.node_code, c.language) = (d.programme_code, d.category_code, l.language)
LEFT JOIN node_label n
	ON (n.programme_code, n.node_code, n.language) = (d.programme_code, d.indicator_code, l.language)
LEFT JOIN node_label leaf
	ON (leaf.programme_code, leaf.node_code, leaf.language) = (d.programme_code, d.leaf_code, l.language)
