-- Figures: what was released, and what follows from it.

CREATE FUNCTION observation_of_unit(unit text, programme text, vintage_choice text, as_of date, known_on date)
	RETURNS TABLE (node_code text, period_start date, period_end date, value float8, is_applicable boolean, vintage text,
		preference smallint, is_provisional boolean, released_on date, source text, note text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT DISTINCT ON (o.node_code, o.period_end) o.node_code, o.period_start, o.period_end, finite_or_null(o.value) AS value,
			o.is_applicable, o.vintage, v.preference, v.is_provisional, o.released_on, o.source, o.note
		FROM observation_source AS o
			JOIN vintage AS v ON v.vintage = o.vintage
			JOIN mark AS m ON m.mark = o.mark
		WHERE m.is_counted
			AND o.unit_code = observation_of_unit.unit AND o.programme_code = observation_of_unit.programme
			AND o.period_end BETWEEN '0001-01-01' AND LEAST(observation_of_unit.as_of, '9999-12-31')
			AND o.released_on <= COALESCE(observation_of_unit.known_on, date 'infinity')
		ORDER BY o.node_code, o.period_end,
			CASE observation_of_unit.vintage_choice WHEN 'official' THEN v.preference END, o.released_on DESC, v.preference,
			o.source COLLATE "C", o.value, o.is_applicable, o.period_start, o.note COLLATE "C";
	END;
COMMENT ON FUNCTION observation_of_unit(text, text, text, date, date) IS
'the figure of one unit and programme that counts for each period, of those released for the unit itself: as observation_own, with vintage_choice as in programme and the preference of the vintage';

-- The few units of a small programme are found by the programme, not looked for among all there are; those of a large one are looked up.
CREATE FUNCTION unit_observed(units text[] DEFAULT NULL, programmes text[] DEFAULT NULL)
	RETURNS TABLE (programme_code text, unit_code text, vintage_choice text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT DISTINCT p.programme_code, u.unit_code, p.vintage_choice
		FROM unit AS u
			-- so always, but without a condition on both a plan that looks units up would not be thought of
			JOIN programme AS p ON u.unit_code <> '' OR p.programme_code <> ''
		WHERE (units IS NULL OR u.unit_code = ANY (units))
			AND (programmes IS NULL OR p.programme_code = ANY (programmes))
			AND EXISTS (SELECT FROM observation_unit_source AS s WHERE s.unit_code = u.unit_code AND s.programme_code = p.programme_code
				AND (units IS NULL OR s.unit_code = ANY (units))
				AND (programmes IS NULL OR s.programme_code = ANY (programmes)))
		ORDER BY unit_code, programme_code;
	END;
COMMENT ON FUNCTION unit_observed(text[], text[]) IS
'the units for which something may have been released for a programme (observation_unit_source), with vintage_choice as in programme. NULL for units or programmes: all of them';

CREATE FUNCTION observation_own(as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL, programmes text[] DEFAULT NULL)
	RETURNS TABLE (programme_code text, unit_code text, node_code text, period_start date, period_end date, value float8,
		is_applicable boolean, vintage text, is_provisional boolean, released_on date, source text, note text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
	BEGIN ATOMIC
		SELECT u.programme_code, u.unit_code, o.node_code, o.period_start, o.period_end, o.value,
			o.is_applicable, o.vintage, o.is_provisional, o.released_on, o.source, o.note
		FROM unit_observed(units, programmes) AS u
			CROSS JOIN LATERAL observation_of_unit(u.unit_code, u.programme_code, u.vintage_choice,
				observation_own.as_of, observation_own.known_on) AS o;
	END;
COMMENT ON FUNCTION observation_own(date, date, text[], text[]) IS
'the figure that counts for each period that ended by as_of, of what was released for the unit itself by known_on (NULL: everything): official before preliminary before estimate, of equals the latest release, or the latest release whatever its vintage if the programme says so; of two sources the first in byte order. Figures whose mark is not counted are left out. NULL for units or programmes: all of them';

-- A tree: predecessors, theirs. Eight changes back it ends, as it does where it comes round: what would have to be summed beyond is
-- missing, and nothing is.
CREATE FUNCTION unit_lineage(unit text)
	RETURNS TABLE (part_code text, between_codes text[], weight float8, is_whole boolean, before date, tips bigint, all_tips bigint)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
	BEGIN ATOMIC
		WITH RECURSIVE line AS (
			SELECT unit_lineage.unit AS part_code, '{}'::text[] AS below, ARRAY[unit_lineage.unit] AS path,
				float8 '1' AS weight, true AS is_whole, date 'infinity' AS before
			UNION ALL
			-- a share of a share
			SELECT s.unit_code, l.path, l.path || s.unit_code, ratio(l.weight, 1, s.weight),
				l.is_whole AND s.weight = 1 AND s.parts = 1,
				CASE WHEN s.unit_code = ANY (l.path) THEN date '-infinity' ELSE LEAST(l.before, s.changed_on) END
			FROM line AS l
				CROSS JOIN LATERAL (
					SELECT q.unit_code, q.weight, count(*) OVER () AS parts, min(LEAST(q.valid_from, u.valid_from)) OVER () AS changed_on
					FROM unit AS u JOIN unit_successor AS q ON q.successor_code = u.unit_code
					WHERE u.unit_code = l.part_code
						-- who joined a unit that was there had no part in it before
						AND q.valid_from <= GREATEST(u.valid_from,
							(SELECT min(f.valid_from) FROM unit_successor AS f WHERE f.successor_code = u.unit_code))
				) AS s
			WHERE l.before > '-infinity' AND cardinality(l.path) <= 8
		), bounded AS MATERIALIZED (
			-- no further than one more than the most that are followed
			SELECT l.part_code, l.below, l.path, l.weight, l.is_whole, l.before FROM line AS l LIMIT 10001
		), element AS MATERIALIZED (
			SELECT l.part_code, l.path, l.weight, l.is_whole, l.before, NOT EXISTS (SELECT FROM bounded AS a WHERE a.below = l.path) AS is_tip
			FROM bounded AS l
			WHERE l.below <> '{}' AND (SELECT count(*) FROM bounded) <= 10000
		), ending AS (
			SELECT t.path[1:n] AS path, count(*) AS tips
			FROM element AS t CROSS JOIN LATERAL generate_series(2, cardinality(t.path) - 1) AS n
			WHERE t.is_tip
			GROUP BY t.path[1:n]
		)
		SELECT e.part_code, e.path[2:cardinality(e.path) - 1], e.weight, e.is_whole, e.before,
			COALESCE(t.tips, 1), count(*) FILTER (WHERE e.is_tip) OVER ()
		FROM element AS e LEFT JOIN ending AS t ON t.path = e.path;
	END;
COMMENT ON FUNCTION unit_lineage(text) IS
'the parts that a unit with predecessors is made of, at every remove: by which units each came (between_codes), what share of the part went to the unit, whether it is the whole of both (is_whole), for which periods, those that ended before a day, how many branches end in the part, and how many there are. A unit that was there before a change (unit.valid_from) has no parts for that time, nor any in those that joined it after its first change. No row for a unit without predecessors, nor for one of 10,000 parts or more';

CREATE FUNCTION derivation_as_of(programme text, as_of date)
	RETURNS TABLE (node_code text, is_additive boolean, numerator_code text, denominator_code text, ratio_per float8)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 30
	BEGIN ATOMIC
		WITH current AS MATERIALIZED (
			SELECT n.node_code, n.is_additive, n.numerator_code, n.denominator_code, n.ratio_per
			FROM node_source AS n
			WHERE n.programme_code = derivation_as_of.programme
				AND n.method_version = (
					SELECT m.method_version
					FROM method AS m
					WHERE m.programme_code = derivation_as_of.programme AND COALESCE(m.valid_from, date '-infinity') <= derivation_as_of.as_of
					ORDER BY LEAST(COALESCE(m.valid_to, date 'infinity'), derivation_as_of.as_of) DESC,
						m.valid_from DESC NULLS LAST, m.method_version COLLATE "C" DESC
					LIMIT 1)
		)
		SELECT c.node_code, c.is_additive AND c.numerator_code IS NULL, c.numerator_code, c.denominator_code, c.ratio_per
		FROM current AS c
		UNION ALL
		SELECT DISTINCT o.node_code, true, NULL, NULL, NULL::float8
		FROM current AS c CROSS JOIN LATERAL (VALUES (c.numerator_code), (c.denominator_code)) AS o (node_code)
		WHERE o.node_code IS NOT NULL AND NOT EXISTS (SELECT FROM current AS n WHERE n.node_code = o.node_code);
	END;
COMMENT ON FUNCTION derivation_as_of(text, date) IS
'which figures of a programme can be summed, and which are ratios of others, by the method valid on as_of or else the last one before. A numerator or denominator that is no node of its own is a count, and can be summed; a ratio never';

-- Planned by itself, and only where it is needed: so it costs nothing elsewhere, nor makes what reads it look expensive.
CREATE FUNCTION observation_derived(unit text, programme text, vintage_choice text, as_of date, known_on date, nodes text[] DEFAULT NULL)
	RETURNS TABLE (node_code text, period_start date, period_end date, value float8,
		is_applicable boolean, vintage text, is_provisional boolean, released_on date, source text, note text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 SET jit = off
	BEGIN ATOMIC
		WITH derivation AS MATERIALIZED (
			SELECT d.node_code, d.is_additive, d.numerator_code, d.denominator_code, d.ratio_per
			FROM derivation_as_of(observation_derived.programme, observation_derived.as_of) AS d
		), ratio_wanted AS MATERIALIZED (
			SELECT d.node_code, d.numerator_code, d.denominator_code, d.ratio_per
			FROM derivation AS d
			WHERE d.numerator_code IS NOT NULL AND (nodes IS NULL OR d.node_code = ANY (nodes))
		), ratio_code AS MATERIALIZED (
			SELECT c.node_code
			FROM ratio_wanted AS r CROSS JOIN LATERAL (VALUES (r.node_code), (r.numerator_code), (r.denominator_code)) AS c (node_code)
		), carried AS MATERIALIZED (
			SELECT f.node_code, min(f.period_start) AS period_start, f.period_end, weighted_sum(f.value, f.weight) AS value,
				bool_and(f.is_applicable) AS is_applicable, (array_agg(f.vintage ORDER BY f.preference DESC))[1] AS vintage,
				max(f.preference) AS preference, bool_or(f.is_provisional) AS is_provisional, max(f.released_on) AS released_on,
				'successor of ' || string_agg(DISTINCT f.part_code COLLATE "C", ', ' ORDER BY f.part_code COLLATE "C") AS source,
				CASE WHEN bool_and(f.is_whole) THEN 'taken over whole'
					ELSE format('weighted sum over %s units', count(DISTINCT f.part_code)) END AS note
			FROM (
				-- of a part and what it was made of itself, the part
				SELECT l.part_code, l.weight, l.is_whole, l.tips, l.all_tips, o.node_code, o.period_start, o.period_end,
					o.value, o.is_applicable, o.vintage, o.preference, o.is_provisional, o.released_on,
					l.between_codes && array_agg(l.part_code) OVER (PARTITION BY o.node_code, o.period_end) AS is_covered
				FROM unit_lineage(observation_derived.unit) AS l
					CROSS JOIN LATERAL observation_of_unit(l.part_code, observation_derived.programme, observation_derived.vintage_choice,
						LEAST(observation_derived.as_of, l.before - 1), observation_derived.known_on) AS o
				WHERE nodes IS NULL OR o.node_code = ANY (nodes) OR o.node_code IN (SELECT c.node_code FROM ratio_code AS c)
			) AS f
			WHERE NOT f.is_covered
			GROUP BY f.node_code, f.period_end
			HAVING (bool_and(f.is_whole)
					OR f.node_code IN (SELECT d.node_code FROM derivation AS d WHERE d.is_additive)
						AND bool_and(f.value IS NOT NULL) AND sum(f.tips) = min(f.all_tips) AND count(DISTINCT f.period_start) <= 1)
				-- looked up for what was found: EXISTS would read all the unit has
				AND (SELECT true
					FROM observation_of_unit(observation_derived.unit, observation_derived.programme, observation_derived.vintage_choice,
						observation_derived.as_of, observation_derived.known_on) AS o
					WHERE o.node_code = f.node_code AND o.period_end = f.period_end
					LIMIT 1) IS NULL
		), part AS MATERIALIZED (
			SELECT o.node_code, o.period_start, o.period_end, o.value, o.vintage, o.preference, o.is_provisional, o.released_on, o.source
			FROM observation_of_unit(observation_derived.unit, observation_derived.programme, observation_derived.vintage_choice,
				observation_derived.as_of, observation_derived.known_on) AS o
			WHERE o.node_code = ANY (ARRAY(SELECT c.node_code FROM ratio_code AS c))
			UNION ALL
			SELECT c.node_code, c.period_start, c.period_end, c.value, c.vintage, c.preference, c.is_provisional, c.released_on, c.source
			FROM carried AS c
		)
		SELECT c.node_code, c.period_start, c.period_end, c.value, c.is_applicable, c.vintage, c.is_provisional, c.released_on, c.source, c.note
		FROM carried AS c
		WHERE nodes IS NULL OR c.node_code = ANY (nodes)
		UNION ALL
		SELECT w.node_code, a.period_start, a.period_end, ratio(a.value, b.value, w.ratio_per), true,
			CASE WHEN a.preference > b.preference THEN a.vintage ELSE b.vintage END,
			a.is_provisional OR b.is_provisional, GREATEST(a.released_on, b.released_on),
			(SELECT COALESCE(string_agg(DISTINCT x.source COLLATE "C", ', ' ORDER BY x.source COLLATE "C"), '')
				FROM (VALUES (a.source), (b.source)) AS x (source) WHERE x.source <> ''),
			CASE WHEN b.value = 0 THEN format('no ratio: %s is 0', w.denominator_code)
				WHEN ratio(a.value, b.value, w.ratio_per) IS NULL THEN 'no ratio: beyond the range of numbers'
				ELSE format('%s * %s / %s', w.ratio_per, w.numerator_code, w.denominator_code) END
		FROM ratio_wanted AS w
			JOIN part AS a ON a.node_code = w.numerator_code AND a.value IS NOT NULL
			JOIN part AS b ON b.node_code = w.denominator_code AND b.value IS NOT NULL AND b.period_end = a.period_end
		WHERE NOT EXISTS (SELECT FROM part AS o WHERE o.node_code = w.node_code AND o.period_end = a.period_end);
	END;
COMMENT ON FUNCTION observation_derived(text, text, text, date, date, text[]) IS
'the figures of one unit and programme that follow from others, for periods for which nothing was released for the unit itself; vintage_choice as in programme. From its predecessors (unit_successor), for periods that ended before the change: of one that went there wholly, everything as it is; of several, or of shares of them, figures that can be summed (node.is_additive), each times its share, if every predecessor has one, or is itself the successor of units that have. Else, of a node with numerator_code and denominator_code, the ratio of what the unit has under these, its own or carried; NULL for a denominator of 0. vintage is the least preferred and released_on the latest of the parts, is_provisional says whether any is; source of a ratio is those of its parts, and note says how the figure was computed. NULL for nodes: all of them';

-- Planned by itself, as observation_derived.
CREATE FUNCTION unit_has_parts(unit text, programme text) RETURNS boolean
	LANGUAGE sql STABLE PARALLEL SAFE COST 10000 SET jit = off
	BEGIN ATOMIC
		SELECT EXISTS (SELECT FROM unit_lineage(unit_has_parts.unit) AS l JOIN observation_unit_source AS s ON s.unit_code = l.part_code
			WHERE s.programme_code = unit_has_parts.programme);
	END;
COMMENT ON FUNCTION unit_has_parts(text, text) IS
'whether something may have been released for a programme (observation_unit_source) of the parts that a unit with predecessors is made of (unit_lineage)';

CREATE FUNCTION unit_derived(units text[] DEFAULT NULL, programmes text[] DEFAULT NULL, nodes text[] DEFAULT NULL)
	RETURNS TABLE (programme_code text, unit_code text, vintage_choice text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT u.programme_code, u.unit_code, u.vintage_choice
		FROM unit_observed(units, programmes) AS u
		WHERE u.programme_code IN (SELECT n.programme_code FROM node_source AS n
			WHERE n.numerator_code IS NOT NULL AND (nodes IS NULL OR n.node_code = ANY (nodes)))
		UNION
		SELECT p.programme_code, u.unit_code, p.vintage_choice
		FROM unit AS u JOIN programme AS p ON u.unit_code <> '' OR p.programme_code <> ''
		WHERE (units IS NULL OR u.unit_code = ANY (units))
			AND (programmes IS NULL OR p.programme_code = ANY (programmes))
			AND EXISTS (SELECT FROM unit_successor AS q JOIN observation_unit_source AS s ON s.unit_code = q.unit_code
				WHERE q.successor_code = u.unit_code AND s.programme_code = p.programme_code
					AND (units IS NULL OR q.successor_code = ANY (units))
					AND (programmes IS NULL OR s.programme_code = ANY (programmes)))
		UNION
		-- predecessors of predecessors are few, and looked up unit by unit
		SELECT p.programme_code, u.unit_code, p.vintage_choice
		FROM unit AS u CROSS JOIN programme AS p
		WHERE (units IS NULL OR u.unit_code = ANY (units))
			AND (programmes IS NULL OR p.programme_code = ANY (programmes))
			AND u.unit_code IN (SELECT q.successor_code FROM unit_successor AS q JOIN unit_successor AS b ON b.successor_code = q.unit_code)
			AND unit_has_parts(u.unit_code, p.programme_code)
		ORDER BY unit_code, programme_code;
	END;
COMMENT ON FUNCTION unit_derived(text[], text[], text[]) IS
'the units that may have figures of a programme that follow from others (observation_derived), with vintage_choice as in programme: those of unit_observed where the programme has ratios, and those that have predecessors of which something was released. NULL for units, programmes or nodes: all of them';

CREATE FUNCTION observation_by_period(as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL, programmes text[] DEFAULT NULL,
									  nodes text[] DEFAULT NULL)
	RETURNS TABLE (programme_code text, unit_code text, node_code text, period_start date, period_end date, value float8,
		is_applicable boolean, vintage text, is_provisional boolean, released_on date, source text, note text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
	BEGIN ATOMIC
		SELECT o.programme_code, o.unit_code, o.node_code, o.period_start, o.period_end, o.value,
			o.is_applicable, o.vintage, o.is_provisional, o.released_on, o.source, o.note
		FROM observation_own(observation_by_period.as_of, observation_by_period.known_on, units, programmes) AS o
		WHERE nodes IS NULL OR o.node_code = ANY (nodes)
		UNION ALL
		SELECT u.programme_code, u.unit_code, d.node_code, d.period_start, d.period_end, d.value,
			d.is_applicable, d.vintage, d.is_provisional, d.released_on, d.source, d.note
		FROM unit_derived(units, programmes, nodes) AS u
			CROSS JOIN LATERAL observation_derived(u.unit_code, u.programme_code, u.vintage_choice,
				observation_by_period.as_of, observation_by_period.known_on, nodes) AS d;
	END;
COMMENT ON FUNCTION observation_by_period(date, date, text[], text[], text[]) IS
'the figure that counts for each period that ended by as_of, of what was released by known_on (NULL: everything): that of the unit itself (observation_own), else what follows from others (observation_derived): from those of its predecessors, or from numerator and denominator. note says how a figure that was not released was computed. NULL for units, programmes or nodes: all of them';

CREATE FUNCTION observation_as_of(as_of date, known_on date DEFAULT NULL, max_age interval DEFAULT NULL,
								  units text[] DEFAULT NULL, programmes text[] DEFAULT NULL)
	RETURNS TABLE (programme_code text, unit_code text, node_code text, period_start date, period_end date, value float8,
		is_applicable boolean, vintage text, is_provisional boolean, released_on date, source text, note text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
	BEGIN ATOMIC
		SELECT DISTINCT ON (o.unit_code, o.programme_code, o.node_code)
			o.programme_code, o.unit_code, o.node_code, o.period_start, o.period_end, o.value,
			o.is_applicable, o.vintage, o.is_provisional, o.released_on, o.source, o.note
		FROM observation_by_period(observation_as_of.as_of, observation_as_of.known_on, units, programmes) AS o
			JOIN programme AS p ON p.programme_code = o.programme_code
		WHERE (o.value IS NOT NULL OR NOT o.is_applicable)
			AND o.period_end >= COALESCE(observation_as_of.as_of - COALESCE(observation_as_of.max_age, p.max_age), '-infinity')
		ORDER BY o.unit_code, o.programme_code, o.node_code, o.period_end DESC;
	END;
COMMENT ON FUNCTION observation_as_of(date, date, interval, text[], text[]) IS
'the latest admissible observation of each unit and leaf: of observation_by_period the latest period with a value, not older than max_age (NULL: that of the programme, if it has one). A row that is not applicable and has no value says that the leaf does not apply to the unit';

CREATE FUNCTION observation_revisions(programmes text[] DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS TABLE (programme_code text, unit_code text, node_code text, period_end date, released_on date, vintage text,
		source text, mark text, value float8, value_before float8, revision float8)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
	BEGIN ATOMIC
		SELECT r.programme_code, r.unit_code, r.node_code, r.period_end, r.released_on, r.vintage,
			r.source, r.mark, r.value, r.value_before, value_difference(r.value, r.value_before)
		FROM (
			SELECT o.programme_code, o.unit_code, o.node_code, o.period_end, o.released_on, o.vintage, o.source, o.mark, finite_or_null(o.value) AS value,
				lag(finite_or_null(o.value)) OVER (PARTITION BY o.unit_code, o.programme_code, o.node_code, o.period_end
					ORDER BY o.released_on, v.preference DESC, o.source COLLATE "C" DESC) AS value_before
			FROM observation_source AS o
				JOIN vintage AS v ON v.vintage = o.vintage
				JOIN mark AS m ON m.mark = o.mark
			WHERE m.is_counted
				AND (units IS NULL OR o.unit_code = ANY (units))
				AND (programmes IS NULL OR o.programme_code = ANY (programmes))
		) AS r;
	END;
COMMENT ON FUNCTION observation_revisions(text[], text[]) IS
'every figure of every period in order of release, with the one before it and the difference; figures whose mark is not counted are left out';

