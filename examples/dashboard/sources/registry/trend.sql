SELECT l.language, t.programme_code, t.unit_code, t.indicator_code,
	coalesce(n.name, t.indicator_code) AS indicator, n.measure_unit,
	t.period_end::text AS period_end, t.value, t.is_provisional, t.expected, t.target_due::text AS target_due, t.met_bound
FROM (VALUES ('vi'), ('en')) AS l(language)
LEFT JOIN indicator_trend t ON true
LEFT JOIN node_label n
	ON (n.programme_code, n.node_code, n.language) = (t.programme_code, t.indicator_code, l.language)
