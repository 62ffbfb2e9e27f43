SELECT l.language, r.programme_code, r.unit_code, r.rank,
	coalesce(n.name, r.indicator_code) AS indicator, n.measure_unit,
	r.target_text, r.value, r.is_provisional, r.gap, r.status, r.signal, r.due::text AS due, r.weeks_to_deadline,
	r.shortfall, r.priority, coalesce(o.name, r.owner_code) AS owner
FROM (VALUES ('vi'), ('en')) AS l(language)
LEFT JOIN red_list r ON true
LEFT JOIN node_label n
	ON (n.programme_code, n.node_code, n.language) = (r.programme_code, r.indicator_code, l.language)
LEFT JOIN owner_label o ON (o.owner_code, o.language) = (r.owner_code, l.language)
