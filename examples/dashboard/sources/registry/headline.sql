SELECT l.language, h.programme_code, h.unit_code, h.due, h.due::text AS due_text,
	h.as_of::text AS as_of, h.known_on::text AS known_on,
	coalesce(p.name, h.programme_code) AS programme, coalesce(u.name, h.unit_code) AS unit,
	h.indicators, h.declared, h.met_or_exceeded, h.exceeded, h.met, h.on_track, h.at_risk, h.off_track, h.missed, h.lost,
	h.not_yet_assessable, h.no_data, h.not_applicable, h.provisional,
	h.index_score, h.index_expected, h.index_difference, h.coverage, h.index_low, h.index_high, h.status, h.signal
FROM (VALUES ('vi'), ('en')) AS l(language)
LEFT JOIN programme_headline h ON true
LEFT JOIN programme_label p ON (p.programme_code, p.language) = (h.programme_code, l.language)
LEFT JOIN unit_label u ON (u.unit_code, u.language) = (h.unit_code, l.language)
