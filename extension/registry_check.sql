-- What is wrong with the data of a registry. Each part looks at one concept; check_registry puts them together.

CREATE TYPE check_result AS (severity text, fault text, object text, what text, hint text);
COMMENT ON TYPE check_result IS 'a row of check_registry(); columns are only ever appended';
COMMENT ON COLUMN check_result.severity IS
	'error: figures are wrong or cannot be computed; warning: they may be; note: worth knowing';
COMMENT ON COLUMN check_result.fault IS 'a word for the kind of fault, to filter by';
COMMENT ON COLUMN check_result.object IS 'where: programme, method, node, unit and date as far as they are concerned, separated by " / "';
COMMENT ON COLUMN check_result.what IS 'what is wrong, in a sentence';
COMMENT ON COLUMN check_result.hint IS 'what to do about it, or NULL';

CREATE FUNCTION registry_declared_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	-- UNION, not UNION ALL: a bound table may hold a cycle
	RETURN QUERY
	WITH RECURSIVE below (programme_code, method_version, top, node_code) AS (
		SELECT programme_code, method_version, node_code, node_code FROM node_source WHERE declared_count IS NOT NULL
		UNION
		SELECT b.programme_code, b.method_version, b.top, n.node_code
		FROM below AS b JOIN node_source AS n ON n.programme_code = b.programme_code AND n.method_version = b.method_version
			AND n.parent_code = b.node_code),
	marked AS (
		SELECT programme_code, method_version, bool_or(is_indicator) AS is_marked FROM node_source GROUP BY 1, 2),
	registered AS (
		SELECT b.programme_code, b.method_version, b.top, count(*) AS indicators
		FROM below AS b JOIN marked USING (programme_code, method_version)
			JOIN node_source AS n USING (programme_code, method_version, node_code)
		WHERE CASE WHEN is_marked THEN n.is_indicator ELSE NOT EXISTS (
				SELECT FROM node_source AS c WHERE c.programme_code = n.programme_code
					AND c.method_version = n.method_version AND c.parent_code = n.node_code) END
		GROUP BY 1, 2, 3),
	declared AS (
		SELECT n.programme_code, n.method_version, n.node_code, n.declared_count, r.indicators, c.sum AS declared_below
		FROM node_source AS n
			LEFT JOIN registered AS r ON r.programme_code = n.programme_code AND r.method_version = n.method_version
				AND r.top = n.node_code
			LEFT JOIN LATERAL (
				SELECT sum(c.declared_count) FROM node_source AS c WHERE c.programme_code = n.programme_code
					AND c.method_version = n.method_version AND c.parent_code = n.node_code) AS c ON true
		WHERE n.declared_count IS NOT NULL)
	SELECT 'warning', 'declared_count', concat_ws(' / ', programme_code, method_version, node_code),
		format('%s indicators are declared, %s registered', declared_count, coalesce(indicators, 0)),
		'Find out which indicators are missing or too many; the declared count stays as it was printed.'
	FROM declared WHERE declared_count <> coalesce(indicators, 0)
	UNION ALL
	SELECT 'warning', 'declared_sum', concat_ws(' / ', programme_code, method_version, node_code),
		format('%s indicators are declared, and %s for the nodes below it together', declared_count, declared_below),
		'The announcement contradicts itself: look for another edition of it.'
	FROM declared WHERE declared_count <> declared_below;
END $$;
COMMENT ON FUNCTION registry_declared_faults() IS 'part of check_registry, on whose search_path it relies: declared counts';

CREATE FUNCTION registry_weight_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN QUERY
	WITH siblings AS (
		SELECT programme_code, method_version, parent_code, count(*) AS nodes, bool_and(weight = 1) AS are_one,
			sum(weight::numeric) AS total
		FROM node_source
		WHERE parent_code IS NOT NULL AND weight > float8 '-infinity' AND weight < float8 'infinity'
		GROUP BY 1, 2, 3),
	-- whoever writes shares of 1 in one place means them everywhere; weights that are all 1 are the default
	shares AS (
		SELECT DISTINCT programme_code, method_version FROM siblings WHERE nodes > 1 AND abs(total - 1) < 1e-9)
	SELECT 'warning', 'weights_not_one', concat_ws(' / ', programme_code, method_version, parent_code),
		format('the weights below it sum to %s, elsewhere in the method to 1', trim_scale(total)),
		'Weights count relative to their siblings, so scores can be computed; the sum may show a mistake in writing.'
	FROM siblings JOIN shares USING (programme_code, method_version)
	WHERE NOT are_one AND total > 0 AND abs(total - 1) >= 1e-9;
END $$;
COMMENT ON FUNCTION registry_weight_faults() IS 'part of check_registry, on whose search_path it relies: weights';

CREATE FUNCTION registry_framework_nodes(programme_code text, method_version text, as_of date) RETURNS jsonb
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN (
		WITH tree AS MATERIALIZED (
			SELECT * FROM node_source AS n WHERE n.programme_code = registry_framework_nodes.programme_code
				AND n.method_version = registry_framework_nodes.method_version),
		promise AS (
			SELECT DISTINCT ON (node_code) node_code, path
			FROM targets_as_of(registry_framework_nodes.as_of, NULL, ARRAY[registry_framework_nodes.programme_code])
			ORDER BY node_code, unit_code COLLATE "C" NULLS FIRST)
		SELECT jsonb_agg(jsonb_build_object('code', n.node_code, 'parent', n.parent_code, 'weight', n.weight) || n.rule
			|| CASE WHEN n.is_indicator THEN jsonb '{"indicator": true}' ELSE '{}' END
			|| CASE WHEN EXISTS (SELECT FROM tree AS c WHERE c.parent_code = n.node_code)
					OR n.rule ?| '{worst,best,thresholds,points,mean,sd,as_is}' THEN '{}'
				WHEN p.path IS NULL THEN '{"as_is": true}'
				ELSE jsonb_build_object('target', p.path::text) END
			|| CASE WHEN n.parent_code IS NULL THEN jsonb_build_object('due', (SELECT h.due
				FROM horizons_as_of(registry_framework_nodes.programme_code, registry_framework_nodes.as_of) AS h WHERE h.is_current))
				ELSE '{}' END)
		FROM tree AS n LEFT JOIN promise AS p USING (node_code));
END $$;
COMMENT ON FUNCTION registry_framework_nodes(text, text, date) IS
	'part of check_registry, on whose search_path it relies: the nodes of a method, with the targets of a date, as the list that check_framework looks at';

CREATE FUNCTION registry_method_dates() RETURNS TABLE (programme_code text, method_version text, as_of date, known_on date)
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 50 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN QUERY
	SELECT m.programme_code, m.method_version, coalesce(d.as_of, m.valid_to, greatest(CURRENT_DATE, m.valid_from)), d.known_on
	FROM method AS m LEFT JOIN reporting_date AS d ON d.programme_code = m.programme_code
		AND method_as_of(d.programme_code, d.as_of) = m.method_version;
END $$;
COMMENT ON FUNCTION registry_method_dates() IS
	'part of check_registry, on whose search_path it relies: the reporting dates that each method is valid on; for a method without any its last day, or today';

CREATE FUNCTION registry_method_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN QUERY
	SELECT CASE WHEN a.valid_from IS NOT DISTINCT FROM b.valid_from THEN 'error' ELSE 'warning' END, 'overlapping_methods',
		concat_ws(' / ', a.programme_code, a.method_version),
		format('methods "%s" and "%s" are valid at once', a.method_version, b.method_version),
		format('The one with the later valid_from applies%s.', CASE WHEN a.valid_from IS NOT DISTINCT FROM b.valid_from
			THEN ', but both begin on the same day: change one of them' ELSE '; end the other with valid_to' END)
	FROM method AS a JOIN method AS b USING (programme_code)
	WHERE a.method_version COLLATE "C" < b.method_version COLLATE "C"
		AND daterange(a.valid_from, a.valid_to, '[]') && daterange(b.valid_from, b.valid_to, '[]');

	RETURN QUERY
	SELECT 'error', 'no_method', concat_ws(' / ', programme_code, as_of), 'no method is valid on this reporting date',
		'Add a method, or delete the reporting date.'
	FROM reporting_date AS r
	WHERE NOT EXISTS (SELECT FROM method AS m WHERE m.programme_code = r.programme_code
		AND daterange(m.valid_from, m.valid_to, '[]') @> r.as_of);

	RETURN QUERY
	SELECT 'error', 'no_nodes', concat_ws(' / ', programme_code, method_version), 'the method has no nodes',
		'Add its nodes, or delete it; until then a refresh cannot compute the dates for which it is valid.'
	FROM method AS m
	WHERE NOT EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = m.programme_code AND n.method_version = m.method_version);

	RETURN QUERY
	SELECT DISTINCT 'error', 'framework', concat_ws(' / ', j.programme_code, j.method_version, f.code), f.message, f.hint
	FROM registry_method_dates() AS j
		CROSS JOIN LATERAL check_framework(registry_framework_nodes(j.programme_code, j.method_version, j.as_of)) AS f;
END $$;
COMMENT ON FUNCTION registry_method_faults() IS 'part of check_registry, on whose search_path it relies: methods';

CREATE FUNCTION registry_target_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN QUERY
	WITH counted AS (
		SELECT row_number() OVER (ORDER BY t.valid_from, t.target_id) AS number, t.*,
			-- what is bound may say any day
			daterange(LEAST(t.valid_from, '9999-12-31'), LEAST(t.valid_to, '9999-12-31'), '[]') AS validity
		FROM target_source AS t JOIN mark AS m ON m.mark = t.mark AND m.is_counted
		WHERE t.valid_to IS NULL OR t.valid_from <= t.valid_to)
	SELECT CASE WHEN a.valid_from = b.valid_from THEN 'error' ELSE 'warning' END, 'overlapping_targets',
		concat_ws(' / ', a.programme_code, a.node_code, a.unit_code),
		format('two targets%s are valid at once: "%s" (%s, from %s) and "%s" (%s, from %s)', ' for ' || d.due,
			quotable(a.path::text), quotable(a.document), a.valid_from, quotable(b.path::text), quotable(b.document), b.valid_from),
		CASE WHEN d.due IS NULL THEN 'A target applies as a whole, here the later one alone: write one path with all dates, or set valid_to of the earlier one.'
			WHEN a.valid_from = b.valid_from THEN 'Both begin on the same day: end one of them, or mark it as not counted.'
			ELSE format('The later one applies; if it replaces the earlier, set valid_to of that to %s.', b.valid_from - 1) END
	FROM counted AS a JOIN counted AS b ON b.programme_code = a.programme_code AND b.node_code = a.node_code
			AND b.unit_code IS NOT DISTINCT FROM a.unit_code AND b.number > a.number AND b.validity && a.validity
		CROSS JOIN LATERAL (SELECT min(x) AS due FROM unnest(target_due_dates(a.path)) AS x
			WHERE x = ANY (target_due_dates(b.path))) AS d;

	RETURN QUERY
	SELECT 'error', CASE WHEN is_known THEN 'not_a_leaf' ELSE 'unknown_node' END,
		concat_ws(' / ', programme_code, node_code, unit_code),
		format(CASE WHEN is_known THEN 'the target "%s" is set for a node with others below it'
			ELSE 'the target "%s" is set for a node that no method has' END, quotable(path::text)),
		CASE WHEN is_known THEN 'Targets belong to leaves.' ELSE 'Correct the code, or add the node.' END
	FROM (
		SELECT t.*, EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = t.programme_code AND n.node_code = t.node_code) AS is_known
		FROM target_source AS t) AS t
	WHERE NOT EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = t.programme_code AND n.node_code = t.node_code
		AND NOT EXISTS (SELECT FROM node_source AS c WHERE c.programme_code = n.programme_code
			AND c.method_version = n.method_version AND c.parent_code = n.node_code));

	-- A path is judged at each of its due dates, by the measure of the leaf or of the nearest node above that says one; what the
	-- general ones come to at the current horizon is a fault of the framework.
	RETURN QUERY
	WITH RECURSIVE said AS (
		SELECT programme_code, method_version, node_code, rule, rule ->> 'measure' AS measure FROM node_source WHERE parent_code IS NULL
		UNION
		SELECT n.programme_code, n.method_version, n.node_code, n.rule, coalesce(n.rule ->> 'measure', s.measure)
		FROM said AS s JOIN node_source AS n ON n.programme_code = s.programme_code AND n.method_version = s.method_version
			AND n.parent_code = s.node_code),
	promised AS MATERIALIZED (
		SELECT DISTINCT t.programme_code, t.node_code, t.unit_code, t.path, s.measure, h.due AS current
		FROM registry_method_dates() AS j CROSS JOIN LATERAL targets_as_of(coalesce(j.known_on, j.as_of), NULL, ARRAY[j.programme_code]) AS t
			JOIN said AS s ON s.programme_code = j.programme_code AND s.method_version = j.method_version AND s.node_code = t.node_code
			LEFT JOIN LATERAL horizons_as_of(j.programme_code, j.as_of, j.known_on) AS h ON t.unit_code IS NULL AND h.is_current
		WHERE (s.measure IN ('level', 'distance', 'met')) IS NOT FALSE
			AND NOT s.rule ?| '{worst,best,thresholds,points,mean,sd,as_is}'),
	refused AS (
		SELECT p.node_code, p.path, p.measure, d.due, f.message, f.hint
		FROM (SELECT DISTINCT node_code, path, measure FROM promised) AS p CROSS JOIN LATERAL unnest(target_due_dates(p.path)) AS d (due)
			CROSS JOIN LATERAL check_framework(jsonb_build_array(jsonb_build_object('code', p.node_code, 'target', p.path::text, 'due', d.due)
				|| CASE WHEN p.measure IS NULL THEN '{}' ELSE jsonb_build_object('measure', p.measure) END)) AS f)
	SELECT 'error', 'target_refused', concat_ws(' / ', programme_code, node_code, unit_code),
		format('the target "%s" cannot be judged at %s: %s', quotable(path::text), min(r.due), message), hint
	FROM promised AS p JOIN refused AS r USING (node_code, path)
	WHERE r.measure IS NOT DISTINCT FROM p.measure AND r.due IS DISTINCT FROM p.current
	GROUP BY programme_code, node_code, unit_code, path, message, hint;

	RETURN QUERY
	SELECT 'error', 'unknown_unit', concat_ws(' / ', programme_code, node_code, unit_code),
		format('the target "%s" is set for a unit that is not registered', quotable(path::text)), 'Correct the code, or add the unit.'
	FROM target_source AS t
	WHERE unit_code IS NOT NULL AND NOT EXISTS (SELECT FROM unit AS u WHERE u.unit_code = t.unit_code);

	RETURN QUERY
	SELECT 'warning', 'contradicting_direction', concat_ws(' / ', programme_code, node_code, method_version),
		format('goalposts worst %s and best %s go %s, the target "%s" goes %s', rule ->> 'worst', rule ->> 'best',
			CASE WHEN (rule ->> 'worst')::numeric < (rule ->> 'best')::numeric THEN 'up' ELSE 'down' END, quotable(path::text), target_direction(path)),
		'Exchange worst and best, or correct the target.'
	FROM target_source JOIN node_source USING (programme_code, node_code)
	WHERE jsonb_typeof(rule -> 'worst') = 'number' AND jsonb_typeof(rule -> 'best') = 'number'
		AND target_direction(path) = CASE WHEN (rule ->> 'worst')::numeric < (rule ->> 'best')::numeric THEN 'down' ELSE 'up' END;

	RETURN QUERY
	SELECT 'warning', 'contradicting_direction', concat_ws(' / ', programme_code, node_code),
		format('its targets go both ways: %s', string_agg(DISTINCT format('"%s"', quotable(path::text)), ', ')),
		'A direction belongs to the indicator: correct the targets that go the other way.'
	FROM target_source WHERE target_direction(path) <> 'keep'
	GROUP BY programme_code, node_code HAVING count(DISTINCT target_direction(path)) > 1;
END $$;
COMMENT ON FUNCTION registry_target_faults() IS 'part of check_registry, on whose search_path it relies: targets';

CREATE FUNCTION registry_unit_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN QUERY
	SELECT 'error', 'successor_weights', unit_code, format('the weights of its successors sum to %s, not to 1', trim_scale(total)),
		'Add the missing successors, or correct the shares.'
	FROM (SELECT unit_code, sum(weight::numeric) AS total FROM unit_successor GROUP BY unit_code) AS s
	WHERE abs(total - 1) >= 1e-9;

	RETURN QUERY
	SELECT d.severity, 'successor_dates', concat_ws(' / ', s.unit_code, s.successor_code), format(d.what, d.day, s.valid_from), d.hint
	FROM unit_successor AS s JOIN unit AS o ON o.unit_code = s.unit_code JOIN unit AS n ON n.unit_code = s.successor_code
		CROSS JOIN LATERAL (SELECT coalesce(n.valid_from, min(f.valid_from)) AS first_day FROM unit_successor AS f
			WHERE f.successor_code = s.successor_code) AS b
		CROSS JOIN LATERAL (VALUES
			('warning', o.valid_to, o.valid_to >= s.valid_from, 'the old unit ends on %s, not before its successor begins on %s', 'Correct one of the dates.'),
			('warning', o.valid_to, o.valid_to < s.valid_from - 1, 'the old unit ends on %s, its successor begins on %s: there is neither between', 'Correct one of the dates.'),
			('warning', n.valid_from, n.valid_from > s.valid_from, 'the successor is valid from %s only, and takes over on %s', 'Correct one of the dates.'),
			('note', b.first_day, b.first_day < s.valid_from, 'the successor was there from %s, before it took over on %s',
				'It has none of its figures of that time: sum them elsewhere, or give the larger unit a code of its own.'),
			('warning', n.valid_to, n.valid_to < s.valid_from, 'the successor ended on %s, before it took over on %s', 'Correct one of the dates.')
		) AS d (severity, day, is_fault, what, hint)
	WHERE d.is_fault;

	RETURN QUERY
	WITH RECURSIVE before (unit_code, predecessor) AS (
		SELECT successor_code, unit_code FROM unit_successor
		UNION
		SELECT b.unit_code, s.unit_code FROM before AS b JOIN unit_successor AS s ON s.successor_code = b.predecessor)
	SELECT 'error', 'successor_cycle', unit_code, 'the unit is its own successor, through others', 'Delete the successor that is none.'
	FROM before WHERE unit_code = predecessor;

	RETURN QUERY
	SELECT 'error', 'too_many_parts', u.unit_code, 'it is made of 10000 parts or more, counting each way that leads to a predecessor',
		'It has nothing of its predecessors: sum the figures elsewhere, or delete the successors that are none.'
	FROM unit AS u
	WHERE u.unit_code IN (SELECT s.successor_code FROM unit_successor AS s)
		AND (SELECT true FROM unit_lineage(u.unit_code) LIMIT 1) IS NULL;

	RETURN QUERY
	WITH RECURSIVE above (unit_code, ancestor) AS (
		SELECT unit_code, parent_unit_code FROM unit WHERE parent_unit_code IS NOT NULL
		UNION
		SELECT a.unit_code, u.parent_unit_code
		FROM above AS a JOIN unit AS u ON u.unit_code = a.ancestor WHERE u.parent_unit_code IS NOT NULL)
	SELECT 'error', 'unit_cycle', unit_code, 'the unit belongs to itself, through the units above it', 'Correct parent_unit_code.'
	FROM above WHERE unit_code = ancestor;

	-- who does not see every unit cannot know
	IF NOT row_security_active('unit') THEN
		RETURN QUERY
		SELECT 'warning', 'no_unit', programme_code, format('no unit is of kind "%s", so nothing is judged', quotable(unit_kind)),
			'Correct unit_kind of the programme, or add the units.'
		FROM programme AS p
		WHERE unit_kind IS NOT NULL AND NOT EXISTS (SELECT FROM unit AS u WHERE u.unit_kind = p.unit_kind);
	END IF;
END $$;
COMMENT ON FUNCTION registry_unit_faults() IS 'part of check_registry, on whose search_path it relies: units';

CREATE FUNCTION registry_code_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	-- one pass over the observations; everything after it is small
	RETURN QUERY
	WITH used AS MATERIALIZED (
		SELECT programme_code, node_code, unit_code, vintage, mark, CASE
				WHEN period_end IS NULL THEN 'no_period_end'
				WHEN period_end NOT BETWEEN '0001-01-01' AND '9999-12-31' THEN 'date_out_of_range'
				WHEN released_on IS NULL THEN 'no_released_on'
				WHEN NOT (value > float8 '-infinity' AND value < float8 'infinity') THEN 'not_finite'
				WHEN is_applicable IS FALSE AND value IS NOT NULL THEN 'value_not_applicable'
				-- where something is bound that does not say it, a figure is released when its period ends
				WHEN released_on > CURRENT_DATE AND NOT (released_on = period_end AND is_bound) THEN 'released_later'
				-- forecasts there are, for some years
				WHEN released_on > '-infinity' AND released_on + interval '5 years' < LEAST(period_start, period_end) THEN 'released_early' END AS impossible,
			value IS NOT NULL AS has_value, count(*) AS figures, min(period_end) AS first, max(period_end) AS last
		FROM observation_source CROSS JOIN (SELECT registry_bound_source('observation') IS NOT NULL AS is_bound) AS b
		GROUP BY 1, 2, 3, 4, 5, 6, 7),
	code (fault, object, figures, first, last, hint) AS (
		SELECT 'unknown_programme', coalesce(programme_code, 'NULL'), sum(figures), min(first), max(last), 'Add the programme.'
		FROM used AS o WHERE NOT EXISTS (SELECT FROM programme AS p WHERE p.programme_code = o.programme_code)
		GROUP BY programme_code
		UNION ALL
		SELECT 'unknown_node', concat_ws(' / ', programme_code, coalesce(node_code, 'NULL')), sum(figures), min(first), max(last),
			'Add the node to a method, or correct the code.'
		FROM used AS o
		WHERE EXISTS (SELECT FROM programme AS p WHERE p.programme_code = o.programme_code)
			AND NOT EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = o.programme_code
				AND o.node_code IN (n.node_code, n.numerator_code, n.denominator_code))
		GROUP BY programme_code, node_code
		UNION ALL
		SELECT 'not_a_leaf', concat_ws(' / ', programme_code, node_code), sum(figures), min(first), max(last),
			'They count nowhere: give them to a leaf below it.'
		FROM used AS o JOIN mark AS m ON m.mark = o.mark AND m.is_counted
		WHERE has_value AND EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = o.programme_code AND n.node_code = o.node_code)
			AND NOT EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = o.programme_code
				AND (o.node_code IN (n.numerator_code, n.denominator_code) OR n.node_code = o.node_code
					AND NOT EXISTS (SELECT FROM node_source AS c WHERE c.programme_code = n.programme_code
						AND c.method_version = n.method_version AND c.parent_code = n.node_code)))
		GROUP BY programme_code, node_code
		UNION ALL
		SELECT 'unknown_unit', concat_ws(' / ', programme_code, coalesce(unit_code, 'NULL')), sum(figures), min(first), max(last),
			'Add the unit, or correct the code; leading zeros count.'
		FROM used AS o WHERE NOT EXISTS (SELECT FROM unit AS u WHERE u.unit_code = o.unit_code)
		GROUP BY programme_code, unit_code
		UNION ALL
		SELECT 'unknown_vintage', concat_ws(' / ', programme_code, coalesce(vintage, 'NULL')), sum(figures), min(first), max(last),
			'Map it to a row of the table vintage, or add one.'
		FROM used AS o WHERE NOT EXISTS (SELECT FROM vintage AS v WHERE v.vintage = o.vintage)
		GROUP BY programme_code, vintage
		UNION ALL
		SELECT 'unknown_mark', concat_ws(' / ', programme_code, coalesce(mark, 'NULL')), sum(figures), min(first), max(last),
			'Map it to a row of the table mark, or add one.'
		FROM used AS o WHERE NOT EXISTS (SELECT FROM mark AS m WHERE m.mark = o.mark)
		GROUP BY programme_code, mark
		UNION ALL
		SELECT impossible, concat_ws(' / ', programme_code, node_code, unit_code), sum(figures), min(first), max(last), CASE impossible
				WHEN 'not_finite' THEN 'They count as reported as missing: correct them, or bind a view that says finite_or_null(value).'
				WHEN 'no_released_on' THEN 'They count nowhere: say when they became known, or else the end of the period.'
				WHEN 'value_not_applicable' THEN 'The values count: take them away, or say that the leaf applies.'
				WHEN 'released_later' THEN 'As the latest release they go before what is released until then: correct the day, or leave them out until it has come.'
				WHEN 'released_early' THEN 'Every other release goes before them, and known_on finds them too early: correct the day.'
				ELSE 'They count nowhere: say the last day of their period.' END
		FROM used WHERE impossible IS NOT NULL GROUP BY impossible, programme_code, node_code, unit_code
		UNION ALL
		SELECT 'series_too_long', concat_ws(' / ', programme_code, node_code, unit_code), sum(figures), min(first), max(last),
			'The unit cannot be computed: keep a figure for fewer periods, such as months in place of days.'
		FROM used AS o JOIN mark AS m ON m.mark = o.mark AND m.is_counted
		WHERE has_value AND coalesce(impossible, '') NOT IN ('no_period_end', 'date_out_of_range', 'no_released_on', 'not_finite')
		GROUP BY programme_code, node_code, unit_code
		-- what an indicator series holds; a period is one value of it, however often it was released
		HAVING sum(figures) > 32768 AND 32768 < (SELECT count(DISTINCT f.period_end)
			FROM observation_source AS f JOIN mark AS g ON g.mark = f.mark AND g.is_counted
			WHERE f.programme_code = o.programme_code AND f.node_code = o.node_code AND f.unit_code = o.unit_code
				AND f.value > float8 '-infinity' AND f.value < float8 'infinity' AND f.released_on IS NOT NULL
				AND f.period_end BETWEEN '0001-01-01' AND '9999-12-31'))
	SELECT CASE fault WHEN 'released_early' THEN 'warning' ELSE 'error' END, fault, object, format('%s observations %s', figures, CASE fault
				WHEN 'no_period_end' THEN 'have no period_end' WHEN 'no_released_on' THEN 'have no released_on'
				WHEN 'date_out_of_range' THEN 'have a period_end outside of 0001-01-01 to 9999-12-31'
				WHEN 'not_finite' THEN 'are NaN or infinite' WHEN 'not_a_leaf' THEN 'have the code of a node with others below it'
				WHEN 'value_not_applicable' THEN 'have a value and say that the leaf does not apply' WHEN 'released_later' THEN 'are released after today'
				WHEN 'released_early' THEN 'are released more than five years before their period begins'
				WHEN 'series_too_long' THEN 'are for more than 32768 periods' ELSE 'have a code that is not registered' END)
			|| CASE WHEN first IS NOT NULL THEN format(', the first period ends on %s, the last on %s', first, last) ELSE '' END, hint
	FROM code;
END $$;
COMMENT ON FUNCTION registry_code_faults() IS
	'part of check_registry, on whose search_path it relies: codes and figures of observations that count nowhere, or that a bound source may hold and the table cannot';

CREATE FUNCTION registry_date_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN QUERY
	SELECT 'warning', 'unit_not_valid', concat_ws(' / ', o.programme_code, o.unit_code),
		format('%s observations lie outside of the unit''s time, %s to %s; the first period ends on %s, the last on %s', count(*),
			coalesce(u.valid_from::text, '...'), coalesce(u.valid_to::text, '...'), min(o.period_end), max(o.period_end)),
		'Give them to the successors (unit_successor), or correct the dates.'
	FROM observation_source AS o JOIN unit AS u USING (unit_code)
	WHERE o.period_end < u.valid_from OR o.period_end > u.valid_to
	GROUP BY o.programme_code, o.unit_code, u.valid_from, u.valid_to;

	-- as far as the node's own method reaches: what was measured before the first one is history, not a fault
	RETURN QUERY
	WITH lifetime AS (
		SELECT n.programme_code, c.node_code, range_agg(daterange(m.valid_from, m.valid_to, '[]')) AS periods
		FROM node_source AS n JOIN method AS m USING (programme_code, method_version)
			CROSS JOIN LATERAL unnest(ARRAY[n.node_code, n.numerator_code, n.denominator_code]) AS c (node_code)
		WHERE c.node_code IS NOT NULL GROUP BY 1, 2)
	SELECT 'note', 'node_not_valid', concat_ws(' / ', o.programme_code, node_code),
		format('%s observations lie after the node left the method, the first period ends on %s, the last on %s',
			count(*), min(o.period_end), max(o.period_end)),
		'They enter no index.'
	FROM observation_source AS o JOIN lifetime AS l USING (programme_code, node_code)
	WHERE NOT upper_inf(l.periods) AND o.period_end >= upper(l.periods)
	GROUP BY o.programme_code, node_code;
END $$;
COMMENT ON FUNCTION registry_date_faults() IS
	'part of check_registry, on whose search_path it relies: observations outside of the time of their unit or node';

CREATE FUNCTION registry_figure_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN QUERY
	WITH latest AS (
		SELECT DISTINCT ON (o.programme_code, node_code, unit_code, period_end, vintage, o.source)
			o.programme_code, node_code, unit_code, period_end, vintage, o.source, value
		FROM observation_source AS o JOIN mark AS m ON m.mark = o.mark AND m.is_counted
		ORDER BY o.programme_code, node_code, unit_code, period_end, vintage, o.source, released_on DESC, value)
	SELECT 'warning', 'conflicting_sources', concat_ws(' / ', programme_code, node_code, unit_code, period_end),
		format('sources disagree on the %s figure: %s', vintage,
			string_agg(format('%s (%s)', value, coalesce(nullif(quotable(source), ''), 'no source')), ', ' ORDER BY source COLLATE "C")),
		'The latest release counts; mark the others as not counted, or give them another vintage.'
	FROM latest WHERE value IS NOT NULL
	GROUP BY programme_code, node_code, unit_code, period_end, vintage HAVING count(DISTINCT value) > 1;

	-- the table has a key against it
	IF registry_bound_source('observation') IS NOT NULL THEN
		RETURN QUERY
		SELECT 'warning', 'duplicate_figures', concat_ws(' / ', programme_code, node_code, unit_code, period_end),
			format('one %s release of %s%s has several figures: %s', quotable(vintage), released_on, ' by ' || nullif(quotable(source), ''),
				string_agg(DISTINCT CASE WHEN is_applicable IS FALSE THEN 'n/a' ELSE coalesce(value::text, 'missing') END, ', ')),
			'The smallest number counts: keep one of them, or give each a released_on or source of its own.'
		FROM (SELECT o.programme_code, node_code, unit_code, period_end, vintage, released_on, coalesce(o.source, '') AS source, value, is_applicable
			FROM observation_source AS o JOIN mark AS m ON m.mark = o.mark AND m.is_counted
			WHERE period_end BETWEEN '0001-01-01' AND '9999-12-31' AND released_on IS NOT NULL) AS o
		GROUP BY programme_code, node_code, unit_code, period_end, vintage, released_on, source
		HAVING count(*) > 1 AND count(DISTINCT (value, is_applicable)) > 1;
	END IF;

	RETURN QUERY
	WITH figure AS (
		SELECT DISTINCT ON (o.programme_code, o.node_code, o.unit_code, o.period_end)
			o.programme_code, o.node_code, o.unit_code, o.period_end, o.value::numeric AS value
		FROM observation_source AS o JOIN programme AS p USING (programme_code)
			JOIN mark AS m ON m.mark = o.mark AND m.is_counted JOIN vintage AS v ON v.vintage = o.vintage
		WHERE o.value > float8 '-infinity' AND o.value < float8 'infinity'
			AND EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = o.programme_code
				AND n.node_code = o.node_code AND n.is_additive)
		ORDER BY o.programme_code, o.node_code, o.unit_code, o.period_end,
			CASE p.vintage_choice WHEN 'official' THEN v.preference END, o.released_on DESC, v.preference, o.source COLLATE "C"),
	-- each figure once for its own unit and once for the one above: no join, whatever the planner thinks of the sizes
	whole AS (
		SELECT programme_code, node_code, above.unit_code, period_end, max(value) FILTER (WHERE NOT is_part) AS value,
			sum(value) FILTER (WHERE is_part) AS total
		FROM figure AS f JOIN unit AS u USING (unit_code)
			CROSS JOIN LATERAL (VALUES (f.unit_code, false), (u.parent_unit_code, true)) AS above (unit_code, is_part)
		WHERE above.unit_code IS NOT NULL AND (NOT is_part OR daterange(u.valid_from, u.valid_to, '[]') @> period_end)
		GROUP BY 1, 2, 3, 4
		-- only where every unit below has a figure
		HAVING count(*) FILTER (WHERE NOT is_part) = 1 AND bool_or(is_part)
			AND count(*) FILTER (WHERE is_part) = (SELECT count(*) FROM unit AS b WHERE b.parent_unit_code = above.unit_code
				AND daterange(b.valid_from, b.valid_to, '[]') @> period_end))
	SELECT 'warning', 'not_additive', concat_ws(' / ', programme_code, node_code, unit_code, max(period_end)),
		format('the units below it sum to %s, it says %s; so in %s periods', (array_agg(trim_scale(total) ORDER BY period_end DESC))[1],
			(array_agg(trim_scale(value) ORDER BY period_end DESC))[1], count(*)),
		'More than 0.5 % apart: one of the figures is wrong, or a unit is missing.'
	FROM whole WHERE abs(total - value) > 0.005 * abs(value)
	GROUP BY programme_code, node_code, unit_code;
END $$;
COMMENT ON FUNCTION registry_figure_faults() IS
	'part of check_registry, on whose search_path it relies: figures that contradict each other';

CREATE FUNCTION registry_gap_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	-- days and months are counted through, periods by the months they have
	RETURN QUERY
	WITH expected AS (
		SELECT DISTINCT ON (programme_code, c.node_code) programme_code, c.node_code, reporting_frequency,
			CASE reporting_frequency WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'half_year' THEN 6 WHEN 'year' THEN 12 END AS months
		FROM node_source AS n CROSS JOIN LATERAL unnest(ARRAY[n.node_code, n.numerator_code, n.denominator_code]) AS c(node_code)
		WHERE reporting_frequency <> 'term' AND c.node_code IS NOT NULL
		ORDER BY programme_code, c.node_code, method_version COLLATE "C" DESC),
	period AS (
		SELECT DISTINCT programme_code, node_code, unit_code, reporting_frequency, months, CASE reporting_frequency
				WHEN 'day' THEN period_end - date '0001-01-01'
				ELSE div(extract(year FROM period_end) * 12 + extract(month FROM period_end) - 1, months)::integer END AS number
		FROM observation_source JOIN expected USING (programme_code, node_code)
		WHERE period_end BETWEEN '0001-01-01' AND '9999-12-31'),
	gap AS (
		SELECT *, lead(number) OVER (PARTITION BY programme_code, node_code, unit_code ORDER BY number) AS next FROM period)
	SELECT 'note', 'gap', concat_ws(' / ', programme_code, node_code, unit_code),
		format('%s periods (%s) are missing between the first and the last, the first of them ends on %s', sum(next - number - 1),
			reporting_frequency, min(CASE reporting_frequency WHEN 'day' THEN date '0001-01-01' + number + 1
				ELSE (date '0001-01-01' + make_interval(months => (number + 2) * months - 12) - interval '1 day')::date END)),
		'Ask for the figures, or record them without a value.'
	FROM gap WHERE next > number + 1
	GROUP BY programme_code, node_code, unit_code, reporting_frequency;
END $$;
COMMENT ON FUNCTION registry_gap_faults() IS
	'part of check_registry, on whose search_path it relies: periods without a figure, by the frequency of reporting';

CREATE FUNCTION registry_label_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 5 AS $$
#variable_conflict use_column
BEGIN
	PERFORM inside_registry('check_registry');
	RETURN QUERY
	SELECT 'note', 'orphan_label', concat_ws(' / ', object_kind, nullif(programme_code, ''), object_code, language),
		format('"%s" names what is not there', quotable(name)), 'Correct the code, or delete the label.'
	FROM label AS l
	WHERE NOT CASE object_kind
		WHEN 'programme' THEN EXISTS (SELECT FROM programme AS p WHERE p.programme_code = l.object_code)
		WHEN 'node' THEN EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = l.programme_code AND n.node_code = l.object_code)
		WHEN 'unit' THEN EXISTS (SELECT FROM unit AS u WHERE u.unit_code = l.object_code)
		WHEN 'owner' THEN EXISTS (SELECT FROM owner AS o WHERE o.owner_code = l.object_code)
		WHEN 'vintage' THEN EXISTS (SELECT FROM vintage AS v WHERE v.vintage = l.object_code)
		WHEN 'mark' THEN EXISTS (SELECT FROM mark AS m WHERE m.mark = l.object_code)
		ELSE true
	END;
END $$;
COMMENT ON FUNCTION registry_label_faults() IS 'part of check_registry, on whose search_path it relies: labels of nothing';

CREATE FUNCTION registry_source_faults() RETURNS SETOF check_result
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE ROWS 1 AS $$
#variable_conflict use_column
DECLARE
	kind text;
BEGIN
	PERFORM inside_registry('check_registry');
	FOREACH kind IN ARRAY '{observation,target,node}'::text[] LOOP
		BEGIN
			PERFORM FROM registry_source_hashes(kind, NULL);
		EXCEPTION WHEN OTHERS THEN
			RETURN NEXT ROW('error', 'unreadable_source', registry_bound_source(kind), SQLERRM,
				'Mend it, or bind a view that leaves out what cannot be read; until then nothing else can be checked.')::check_result;
		END;
	END LOOP;
END $$;
COMMENT ON FUNCTION registry_source_faults() IS
	'part of check_registry, on whose search_path it relies: bound sources that cannot be read';

CREATE FUNCTION check_registry(registry regnamespace) RETURNS SETOF check_result
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE ROWS 20
	SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET datestyle = 'ISO, YMD' AS $$
#variable_conflict use_column
BEGIN
	PERFORM set_config('search_path', (SELECT quote_ident(n.nspname) FROM pg_extension AS e
		JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'scorecard'), true);
	PERFORM enter_registry(registry);
	PERFORM registry_require(registry, 'reader');
	BEGIN
		RETURN QUERY
		SELECT * FROM (
			SELECT * FROM registry_declared_faults() UNION ALL SELECT * FROM registry_weight_faults()
			UNION ALL SELECT * FROM registry_method_faults() UNION ALL SELECT * FROM registry_target_faults()
			UNION ALL SELECT * FROM registry_unit_faults() UNION ALL SELECT * FROM registry_code_faults()
			UNION ALL SELECT * FROM registry_date_faults() UNION ALL SELECT * FROM registry_figure_faults()
			UNION ALL SELECT * FROM registry_gap_faults() UNION ALL SELECT * FROM registry_label_faults()) AS found
		ORDER BY array_position(ARRAY['error', 'warning', 'note'], severity), fault COLLATE "C", object COLLATE "C", what COLLATE "C";
	-- most checks read the sources: where one cannot be read, that is what there is to say
	EXCEPTION WHEN OTHERS THEN
		RETURN QUERY SELECT * FROM registry_source_faults();
		IF NOT FOUND THEN
			RAISE;
		END IF;
	END;
END $$;
COMMENT ON FUNCTION check_registry(regnamespace) IS
	'what is wrong with the data of a registry, worst first: declared counts that differ from the registered ones, weights, methods that make no framework or have no nodes, kinds without units, targets valid at once or against their direction, targets by which a leaf cannot be judged, codes that are unknown or no leaves, figures and dates that cannot be or hardly, more figures than a series holds, units past their time, sources that disagree, several figures under one key, sums that do not add up, gaps, labels of nothing; or, and then nothing else, bound sources that cannot be read. No row: nothing found. Reads everything once; under secure_units what the role sees. NULL registry: 22004; a schema that is no registry: 22023; a role that is no reader of it: 42501';
