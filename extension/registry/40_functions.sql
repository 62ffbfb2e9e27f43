-- What was promised, by which method.

CREATE FUNCTION targets_as_of(known_on date, units text[] DEFAULT NULL, programmes text[] DEFAULT NULL)
	RETURNS TABLE (programme_code text, node_code text, unit_code text, target_id bigint, path target_path, document text,
		valid_from date, valid_to date, mark text, source text)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT DISTINCT ON (t.programme_code, t.node_code, t.unit_code)
			t.programme_code, t.node_code, t.unit_code, t.target_id, t.path, t.document,
			t.valid_from, t.valid_to, t.mark, t.source
		FROM target_source AS t JOIN mark AS m ON m.mark = t.mark
		WHERE m.is_counted
			AND (programmes IS NULL OR t.programme_code = ANY (programmes))
			AND (t.unit_code IS NULL OR units IS NULL OR t.unit_code = ANY (units))
			AND t.valid_from <= targets_as_of.known_on
			AND COALESCE(t.valid_to, date 'infinity') >= targets_as_of.known_on
		ORDER BY t.programme_code, t.node_code, t.unit_code, t.valid_from DESC, t.target_id DESC;
	END;
COMMENT ON FUNCTION targets_as_of(date, text[], text[]) IS
'the target in force on a date for each leaf, in general (unit_code NULL) and for each unit with its own: of those valid then the one with the latest valid_from, of equals the one entered last. Targets whose mark is not counted are left out. NULL for units or programmes: all of them';

CREATE FUNCTION method_as_of(programme text, as_of date) RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
	BEGIN ATOMIC
		SELECT m.method_version
		FROM method AS m
		WHERE m.programme_code = method_as_of.programme
			AND COALESCE(m.valid_from, date '-infinity') <= method_as_of.as_of
			AND COALESCE(m.valid_to, date 'infinity') >= method_as_of.as_of
		ORDER BY m.valid_from DESC NULLS LAST, m.method_version COLLATE "C" DESC
		LIMIT 1;
	END;
COMMENT ON FUNCTION method_as_of(text, date) IS
'the version of a programme''s method that is valid on a date, the one with the latest valid_from of several; NULL if none is';

CREATE FUNCTION observation_quality(programme text, unit text, nodes text[], as_of date, known_on date DEFAULT NULL)
	RETURNS TABLE (node_code text, latest_period date, source text, reporting_frequency text, periods_expected integer,
		periods_observed integer, share_provisional float8, conflicting_sources integer, revised integer, largest_revision float8)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 30
	BEGIN ATOMIC
		WITH released AS MATERIALIZED (
			SELECT o.node_code, o.period_end, finite_or_null(o.value) AS value, o.vintage, v.is_provisional, v.preference, o.source, o.released_on,
				row_number() OVER choice = 1 AS is_chosen, row_number() OVER choice > 1 OR lead(true, 1, false) OVER choice AS is_repeated
			FROM programme AS p
				JOIN observation_source AS o ON o.programme_code = p.programme_code
				JOIN vintage AS v ON v.vintage = o.vintage
				JOIN mark AS m ON m.mark = o.mark
			WHERE m.is_counted
				AND o.unit_code = observation_quality.unit AND p.programme_code = observation_quality.programme
				AND o.node_code = ANY (observation_quality.nodes)
				AND o.period_end BETWEEN '0001-01-01' AND LEAST(observation_quality.as_of, '9999-12-31')
				AND o.released_on <= COALESCE(observation_quality.known_on, date 'infinity')
			-- the figure that counts comes first, as in observation_by_period
			WINDOW choice AS (PARTITION BY o.node_code COLLATE "C", o.period_end
				ORDER BY CASE p.vintage_choice WHEN 'official' THEN v.preference END, o.released_on DESC, v.preference,
					o.source COLLATE "C", o.value, o.is_applicable, o.period_start, o.note COLLATE "C")
		), figure AS MATERIALIZED (
			SELECT r.node_code, r.period_end, r.source, r.is_provisional
			FROM released AS r
			WHERE r.is_chosen AND r.value IS NOT NULL
			UNION ALL
			SELECT d.node_code, d.period_end, d.source, d.is_provisional
			FROM programme AS p
				CROSS JOIN LATERAL observation_derived(observation_quality.unit, p.programme_code, p.vintage_choice,
					observation_quality.as_of, observation_quality.known_on, observation_quality.nodes) AS d
			WHERE p.programme_code = observation_quality.programme AND d.value IS NOT NULL
				AND (EXISTS (SELECT FROM unit_successor AS s WHERE s.successor_code = observation_quality.unit)
					OR EXISTS (SELECT FROM node_source AS n WHERE n.programme_code = observation_quality.programme
						AND n.numerator_code IS NOT NULL AND n.node_code = ANY (observation_quality.nodes)))
		), counted AS (
			SELECT f.node_code, min(f.period_end) AS first_period, max(f.period_end) AS latest_period, count(*) AS observed,
				count(*) FILTER (WHERE f.is_provisional) AS provisional
			FROM figure AS f
			GROUP BY f.node_code
		), conflict AS (
			SELECT x.node_code, count(DISTINCT x.period_end) AS periods
			FROM (
				SELECT s.node_code, s.period_end
				FROM (SELECT DISTINCT ON (r.node_code, r.period_end, r.vintage, r.source) r.node_code, r.period_end, r.vintage, r.value
					FROM released AS r
					WHERE r.is_repeated
					ORDER BY r.node_code, r.period_end, r.vintage, r.source, r.released_on DESC) AS s
				GROUP BY s.node_code, s.period_end, s.vintage
				HAVING count(DISTINCT s.value) > 1
			) AS x
			GROUP BY x.node_code
		), revision AS (
			SELECT x.node_code, count(DISTINCT x.period_end) AS periods,
				(array_agg(x.change ORDER BY abs(x.change) DESC, x.change DESC))[1] AS largest
			FROM (
				SELECT r.node_code, r.period_end, value_difference(r.value, lag(r.value) OVER (PARTITION BY r.node_code, r.period_end, r.source
					ORDER BY r.released_on, r.preference DESC)) AS change
				FROM released AS r
				WHERE r.is_repeated AND r.value IS NOT NULL
			) AS x
			WHERE x.change <> 0
			GROUP BY x.node_code
		)
		SELECT l.node_code, c.latest_period, f.source, n.reporting_frequency,
			CASE n.reporting_frequency
				WHEN 'day' THEN 1 + observation_quality.as_of - c.first_period
				WHEN 'month' THEN 1 + e.months
				WHEN 'quarter' THEN 1 + e.months / 3
				WHEN 'half_year' THEN 1 + e.months / 6
				WHEN 'year' THEN 1 + e.months / 12
				WHEN 'term' THEN 1 + e.months / 60
			END,
			COALESCE(c.observed, 0)::integer, ratio(c.provisional, c.observed, 1),
			COALESCE(k.periods, 0)::integer, COALESCE(r.periods, 0)::integer, r.largest
		FROM unnest(observation_quality.nodes) AS l(node_code)
			LEFT JOIN counted AS c ON c.node_code = l.node_code
			LEFT JOIN figure AS f ON f.node_code = c.node_code AND f.period_end = c.latest_period
			LEFT JOIN conflict AS k ON k.node_code = l.node_code
			LEFT JOIN revision AS r ON r.node_code = l.node_code
			LEFT JOIN node_source AS n ON n.programme_code = observation_quality.programme
				AND n.method_version = method_as_of(observation_quality.programme, observation_quality.as_of)
				AND n.node_code = l.node_code
			CROSS JOIN LATERAL (
				SELECT (extract(year FROM observation_quality.as_of + 1) * 12 + extract(month FROM observation_quality.as_of + 1)
					- extract(year FROM c.first_period + 1) * 12 - extract(month FROM c.first_period + 1))::integer AS months
			) AS e;
	END;
COMMENT ON FUNCTION observation_quality(text, text, text[], date, date) IS
'the observations of one unit, of what was released by known_on (NULL: everything) for periods up to as_of: a row for each of the nodes asked for, also for those without any. Figures whose mark is not counted are left out';

CREATE FUNCTION horizons_as_of(programme text, as_of date, known_on date DEFAULT NULL)
	RETURNS TABLE (due date, is_current boolean)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 3
	BEGIN ATOMIC
		WITH chosen AS (
			SELECT h.due FROM horizon AS h WHERE h.programme_code = horizons_as_of.programme
		), promised AS (
			SELECT DISTINCT d.due
			FROM targets_as_of(COALESCE(horizons_as_of.known_on, horizons_as_of.as_of), NULL, ARRAY[horizons_as_of.programme]) AS t
				CROSS JOIN LATERAL unnest(target_due_dates(t.path)) AS d(due)
			WHERE NOT EXISTS (SELECT FROM chosen)
		), horizon_due AS MATERIALIZED (
			SELECT c.due FROM chosen AS c
			UNION ALL SELECT p.due FROM promised AS p
			UNION ALL SELECT horizons_as_of.as_of WHERE NOT EXISTS (SELECT FROM chosen) AND NOT EXISTS (SELECT FROM promised)
		)
		SELECT h.due,
			h.due = COALESCE((SELECT min(q.due) FROM horizon_due AS q WHERE q.due >= horizons_as_of.as_of),
				(SELECT max(q.due) FROM horizon_due AS q))
		FROM horizon_due AS h;
	END;
COMMENT ON FUNCTION horizons_as_of(text, date, date) IS
'the due dates at which the index of a programme is judged, and which of them is the current one: the first on or after as_of, else the last. Without rows in horizon these are all due dates of the targets in force, and without any of those as_of itself';

CREATE FUNCTION framework_as_of(programme text, as_of date, known_on date DEFAULT NULL, unit text DEFAULT NULL) RETURNS index_framework
	LANGUAGE sql STABLE PARALLEL SAFE COST 1000
	BEGIN ATOMIC
		WITH promise AS MATERIALIZED (
			SELECT t.node_code, t.unit_code, t.path
			FROM targets_as_of(COALESCE(framework_as_of.known_on, framework_as_of.as_of), NULL, ARRAY[framework_as_of.programme]) AS t
		), general AS (
			-- where only units have targets, that of the first stands in: the leaf does not apply to units without one
			SELECT DISTINCT ON (p.node_code) p.node_code, p.path
			FROM promise AS p
			ORDER BY p.node_code, p.unit_code COLLATE "C" NULLS FIRST
		), tree AS MATERIALIZED (
			SELECT n.node_code, n.parent_code, n.weight, n.rule, n.is_indicator
			FROM node_source AS n
			WHERE n.programme_code = framework_as_of.programme
				AND n.method_version = method_as_of(framework_as_of.programme, framework_as_of.as_of)
		), whole AS (
			SELECT index_framework_agg(n.node_code, n.parent_code, n.weight, n.rule
				|| CASE WHEN n.is_indicator THEN jsonb '{"indicator": true}' ELSE '{}' END
				|| CASE WHEN EXISTS (SELECT FROM tree AS c WHERE c.parent_code = n.node_code)
						OR n.rule ?| '{worst,best,thresholds,points,mean,sd,as_is}' THEN '{}'
					WHEN g.path IS NULL THEN '{"as_is": true}'
					ELSE jsonb_build_object('target', g.path::text) END
				|| CASE WHEN n.parent_code IS NULL OR NOT EXISTS (SELECT FROM tree AS p WHERE p.node_code = n.parent_code)
					THEN jsonb_build_object('due', (SELECT h.due
						FROM horizons_as_of(framework_as_of.programme, framework_as_of.as_of, framework_as_of.known_on) AS h
						WHERE h.is_current))
					ELSE '{}' END) AS framework
			FROM tree AS n LEFT JOIN general AS g ON g.node_code = n.node_code
		), own AS (
			SELECT array_agg(p.node_code) AS codes, array_agg(p.path) AS paths
			FROM promise AS p
			WHERE p.unit_code = framework_as_of.unit
				AND p.node_code IN (SELECT n.code FROM whole AS w, nodes(w.framework) AS n WHERE n.rule = 'target')
		)
		SELECT CASE WHEN o.codes IS NULL THEN w.framework ELSE with_targets(w.framework, o.codes, o.paths) END
		FROM whole AS w CROSS JOIN own AS o;
	END;
COMMENT ON FUNCTION framework_as_of(text, date, date, text) IS
'the method valid on as_of with the targets that stood on known_on (NULL: on as_of), judged at the current horizon, as one framework; for a unit with its own targets in place of the general ones. with_due() gives another horizon. A leaf without target and score rule takes its value as it is, and sheets say that it does not apply. NULL without a method; what index_framework(jsonb) refuses is an error here too';

CREATE FUNCTION framework_tree(framework index_framework)
	RETURNS TABLE (ordinal integer, node_code text, parent_code text, node_kind text, category_code text, indicator_code text,
		is_leaf boolean, rule text, ancestors text[])
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 32
	BEGIN ATOMIC
		WITH RECURSIVE node_list AS MATERIALIZED (
			SELECT n.ordinal, n.code, n.parent, n.depth, n.is_leaf, n.rule,
				n.is_indicator OR n.is_leaf AND NOT bool_or(n.is_indicator) OVER () AS is_indicator
			FROM nodes(framework_tree.framework) AS n
		), tree AS (
			SELECT n.ordinal, n.code, n.parent, n.is_leaf, n.rule, '{}'::text[] AS ancestors,
				NULL::text AS category, CASE WHEN n.is_indicator THEN n.code END AS indicator
			FROM node_list AS n
			WHERE n.parent IS NULL
			UNION ALL
			SELECT n.ordinal, n.code, n.parent, n.is_leaf, n.rule, t.ancestors || n.parent,
				CASE WHEN n.depth > 1 OR n.is_indicator OR n.is_leaf THEN t.category ELSE n.code END,
				COALESCE(t.indicator, CASE WHEN n.is_indicator THEN n.code END)
			FROM tree AS t JOIN node_list AS n ON n.parent = t.code
		)
		SELECT t.ordinal, t.code, t.parent,
			CASE WHEN t.parent IS NULL THEN 'programme' WHEN t.code = t.indicator THEN 'indicator'
				WHEN t.is_leaf OR t.indicator IS NOT NULL THEN 'leaf' ELSE 'category' END,
			t.category, t.indicator, t.is_leaf, t.rule, t.ancestors
		FROM tree AS t;
	END;
COMMENT ON FUNCTION framework_tree(index_framework) IS
'the nodes of a framework with the category and the indicator they belong to; where no node is marked as an indicator, the leaves are';

-- What the two come to. Rows are those of the snapshot tables, with snapshot_id NULL.

-- Planned by itself: its many small steps add up to a cost at which compiling them would take longer than the work.
CREATE FUNCTION leaf_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL) RETURNS SETOF snapshot_leaf
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000 SET jit = off
	BEGIN ATOMIC
		WITH method AS MATERIALIZED (
			SELECT framework_as_of(leaf_as_of.programme, leaf_as_of.as_of, leaf_as_of.known_on) AS framework
		), leaf AS MATERIALIZED (
			SELECT t.node_code, t.indicator_code, t.rule IS DISTINCT FROM 'as_is' OR EXISTS (
					SELECT FROM node_source AS n
					WHERE n.programme_code = leaf_as_of.programme
						AND n.method_version = method_as_of(leaf_as_of.programme, leaf_as_of.as_of)
						AND n.node_code = t.node_code AND n.rule ? 'as_is') AS has_rule,
				t.rule = 'target' AS by_target
			FROM framework_tree((SELECT m.framework FROM method AS m)) AS t
			WHERE t.is_leaf
		), promise AS MATERIALIZED (
			SELECT t.node_code, t.unit_code, t.target_id, t.path, t.document
			FROM targets_as_of(COALESCE(leaf_as_of.known_on, leaf_as_of.as_of), units, ARRAY[leaf_as_of.programme]) AS t
		), figure AS MATERIALIZED (
			SELECT o.unit_code, o.node_code,
				indicator_series_agg(o.period_end, o.value) AS series,
				array_agg(o.period_end) FILTER (WHERE o.value IS NOT NULL) AS dates,
				array_agg(o.vintage) FILTER (WHERE o.value IS NOT NULL) AS vintages,
				array_agg(o.period_end) FILTER (WHERE o.value IS NOT NULL AND o.is_provisional) AS provisional,
				max(o.period_end) FILTER (WHERE o.value IS NOT NULL) AS observed_on,
				max(o.period_end) FILTER (WHERE NOT o.is_applicable) AS not_applicable_on
			FROM observation_by_period(leaf_as_of.as_of, leaf_as_of.known_on, units, ARRAY[leaf_as_of.programme]) AS o
			WHERE o.programme_code = leaf_as_of.programme
			GROUP BY o.unit_code, o.node_code
		), judged AS (
			SELECT u.unit_code, p.max_age
			FROM programme AS p
				JOIN unit AS u ON p.unit_kind = u.unit_kind
					OR p.unit_kind IS NULL AND u.unit_code IN (
						SELECT f.unit_code FROM figure AS f UNION ALL SELECT o.unit_code FROM promise AS o)
			WHERE p.programme_code = leaf_as_of.programme
				AND (units IS NULL OR u.unit_code = ANY (units))
				AND COALESCE(u.valid_from, date '-infinity') <= leaf_as_of.as_of
				AND COALESCE(u.valid_to, date 'infinity') >= leaf_as_of.as_of
		), cell AS MATERIALIZED (
			SELECT j.unit_code, j.max_age, l.node_code, l.indicator_code, l.by_target,
				f.series, f.dates, f.vintages, f.provisional, f.observed_on,
				COALESCE(own.path, general.path) AS path, own.path AS own_path,
				CASE WHEN own.path IS NULL THEN general.target_id ELSE own.target_id END AS target_id,
				CASE WHEN own.path IS NULL THEN general.document ELSE own.document END AS document,
				COALESCE(f.not_applicable_on > COALESCE(f.observed_on, '-infinity'), false) AS is_exempt,
				(l.has_rule AND NOT l.by_target) OR COALESCE(own.path, general.path) IS NOT NULL AS has_score
			FROM judged AS j
				CROSS JOIN leaf AS l
				LEFT JOIN figure AS f ON f.unit_code = j.unit_code AND f.node_code = l.node_code
				LEFT JOIN promise AS own ON own.unit_code = j.unit_code AND own.node_code = l.node_code
				LEFT JOIN promise AS general ON general.unit_code IS NULL AND general.node_code = l.node_code
		), horizon_due AS MATERIALIZED (
			SELECT h.due FROM horizons_as_of(leaf_as_of.programme, leaf_as_of.as_of, leaf_as_of.known_on) AS h
		)
		SELECT NULL::bigint, c.unit_code, c.node_code, d.due, c.indicator_code,
			d.due IN (SELECT h.due FROM horizon_due AS h), COALESCE(r.is_current, false), c.has_score AND NOT c.is_exempt,
			v.value, v.observed_on, c.vintages[array_position(c.dates, v.observed_on)],
			CASE WHEN v.observed_on IS NOT NULL THEN EXISTS (
				SELECT FROM unnest(c.provisional) AS q(day)
				WHERE q.day BETWEEN COALESCE(d.span_start, v.observed_on) AND v.observed_on) END,
			CASE WHEN c.has_score AND NOT c.is_exempt AND (c.max_age IS NULL OR v.observed_on >= leaf_as_of.as_of - c.max_age
				OR r.due IS NOT NULL AND d.due <= leaf_as_of.as_of) THEN v.value END,
			r.baseline, d.bound, r.met_bound, r.expected, r.attainment_level, r.attainment_distance, r.gap,
			r.required_pace, r.observed_pace, r.pace_multiple, r.projected_value, r.projected_attainment,
			r.status,
			CASE WHEN c.is_exempt THEN 'not_applicable' WHEN c.path IS NULL THEN 'no_target'
				WHEN d.bound IS NULL THEN 'no_target_at_due' ELSE r.reason END,
			c.target_id, c.document, CASE WHEN c.by_target THEN c.own_path END,
			CASE WHEN getdatabaseencoding() = 'UTF8' THEN sparkline(c.series, LEAST(NULLIF(series_count(c.series), 0), 24)) END
		FROM cell AS c
			CROSS JOIN LATERAL (
				SELECT t.due, t.span_start, t.bound FROM targets(c.path) AS t
				UNION ALL
				SELECT h.due, NULL, NULL FROM horizon_due AS h WHERE h.due = ANY (target_due_dates(c.path)) IS NOT TRUE
			) AS d
			LEFT JOIN LATERAL progress(c.path, c.series, leaf_as_of.as_of, d.due, c.max_age) AS r
				ON d.bound IS NOT NULL AND NOT c.is_exempt
			CROSS JOIN LATERAL (
				SELECT CASE WHEN r.due IS NOT NULL THEN r.value WHEN NOT c.is_exempt THEN series_last_value(c.series) END AS value,
					CASE WHEN r.due IS NOT NULL THEN r.observed_on WHEN NOT c.is_exempt THEN c.observed_on END AS observed_on
			) AS v;
	END;
COMMENT ON FUNCTION leaf_as_of(text, date, date, text[]) IS
'progress() of every leaf of every unit judged, towards each of its dated targets and at each horizon: the rows of snapshot_leaf, computed now. known_on NULL: everything released, and the targets that stood on as_of; units NULL: all';

CREATE FUNCTION sheet_of_leaves(framework index_framework, leaves snapshot_leaf[]) RETURNS SETOF snapshot_sheet
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 200
	BEGIN ATOMIC
		WITH sheet AS (
			SELECT l.unit_code, l.due, bool_or(l.is_horizon) AS is_horizon,
				index_sheet_agg(sheet_of_leaves.framework, l.node_code, l.sheet_value, l.is_applicable) AS sheet,
				array_agg(l.node_code ORDER BY l.node_code) FILTER (WHERE l.own_path IS NOT NULL) AS own_codes,
				array_agg(l.own_path ORDER BY l.node_code) FILTER (WHERE l.own_path IS NOT NULL) AS own_paths
			FROM unnest(sheet_of_leaves.leaves) AS l
			GROUP BY l.unit_code, l.due
		), frame AS MATERIALIZED (
			SELECT d.due, with_due(sheet_of_leaves.framework, d.due) AS framework
			FROM (SELECT DISTINCT l.due FROM unnest(sheet_of_leaves.leaves) AS l) AS d
		)
		SELECT NULL::bigint, s.unit_code, s.due, s.is_horizon, s.sheet, s.own_codes, s.own_paths,
			framework_fingerprint(CASE WHEN s.own_codes IS NULL THEN f.framework ELSE with_targets(f.framework, s.own_codes, s.own_paths) END)
		FROM sheet AS s JOIN frame AS f ON f.due = s.due;
	END;
COMMENT ON FUNCTION sheet_of_leaves(index_framework, snapshot_leaf[]) IS
'the sheets of rows of snapshot_leaf, all of one programme and date: one for each unit and due date';

-- Joined by hash: how many rows an array has is not known when the plan is made.
CREATE FUNCTION node_of_leaves(framework index_framework, as_of date, leaves snapshot_leaf[]) RETURNS SETOF snapshot_node
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000 SET enable_nestloop = off SET jit = off
	BEGIN ATOMIC
		WITH leaf AS MATERIALIZED (
			SELECT l.unit_code, l.due, l.node_code, l.indicator_code, l.status, l.reason
			FROM unnest(node_of_leaves.leaves) AS l
		), verdict AS MATERIALIZED (
			SELECT v.unit_code, v.due, v.node_code, v.leaf_code, v.status,
				v.due = COALESCE(min(v.due) FILTER (WHERE v.status IS NOT NULL AND v.due >= node_of_leaves.as_of) OVER every_due,
					max(v.due) FILTER (WHERE v.status IS NOT NULL) OVER every_due) AS is_current
			FROM (
				SELECT l.unit_code, l.due, l.indicator_code AS node_code, indicator_status_agg(l.status) AS status,
					(array_agg(l.node_code ORDER BY array_position(
						'{missed,lost,off_track,at_risk,no_data,not_yet_assessable,on_track,met,exceeded}', l.status::text),
						l.node_code COLLATE "C"))[1] AS leaf_code
				FROM leaf AS l
				WHERE l.indicator_code IS NOT NULL
				GROUP BY l.unit_code, l.due, l.indicator_code
			) AS v
			WINDOW every_due AS (PARTITION BY v.unit_code, v.node_code)
		), tree AS MATERIALIZED (
			SELECT t.ordinal, t.node_code, t.parent_code, t.node_kind, t.category_code, t.indicator_code, t.is_leaf, t.rule,
				w.effective_weight, t.ancestors
			FROM framework_tree(node_of_leaves.framework) AS t
				-- shares of the whole if everything applied
				JOIN nodes((SELECT index_framework_agg(n.code, n.parent, n.weight) FROM nodes(node_of_leaves.framework) AS n)) AS w
					ON w.code = t.node_code
		), tally AS MATERIALIZED (
			SELECT v.unit_code, v.due, a.node_code, count(*)::integer AS indicators,
				(count(*) FILTER (WHERE v.status IN ('met', 'exceeded')))::integer AS met
			FROM verdict AS v JOIN tree AS t ON t.node_code = v.node_code CROSS JOIN LATERAL unnest(t.ancestors) AS a(node_code)
			GROUP BY v.unit_code, v.due, a.node_code
		), frame AS MATERIALIZED (
			SELECT d.due, d.is_horizon, with_due(node_of_leaves.framework, d.due) AS framework,
				d.due = COALESCE(min(d.due) FILTER (WHERE d.is_horizon AND d.due >= node_of_leaves.as_of) OVER (),
					max(d.due) FILTER (WHERE d.is_horizon) OVER ()) AS is_current
			FROM (SELECT DISTINCT l.due, l.is_horizon FROM unnest(node_of_leaves.leaves) AS l) AS d
		), sheet AS MATERIALIZED (
			SELECT s.unit_code, s.due, f.is_horizon, f.is_current, s.sheet, s.own_codes IS NOT NULL AS has_own,
				CASE WHEN s.own_codes IS NULL THEN f.framework ELSE with_targets(f.framework, s.own_codes, s.own_paths) END AS framework
			FROM sheet_of_leaves(node_of_leaves.framework, node_of_leaves.leaves) AS s JOIN frame AS f ON f.due = s.due
		), expected AS MATERIALIZED (
			SELECT s.unit_code, s.due, s.is_horizon, s.is_current, s.sheet, s.framework, s.has_own,
				expected_sheet(s.framework, node_of_leaves.as_of, s.sheet) AS expected
			FROM sheet AS s
		), scored AS MATERIALIZED (
			SELECT e.unit_code, e.due, e.is_horizon, e.is_current, e.sheet, e.framework,
				node_score_array(e.framework, e.expected) AS expected_scores,
				node_score_array(e.framework, sheet_in_common(e.sheet, e.expected)) AS common_scores
			FROM expected AS e
		), part AS MATERIALIZED (
			-- the programme with one category alone, by which the bounds of a category are found
			SELECT t.node_code, array_agg(q.node_code) AS codes,
				array_agg(CASE WHEN q.node_code = t.node_code THEN 1 ELSE 0 END::float8) AS weights
			FROM tree AS t JOIN tree AS q ON q.parent_code = t.parent_code
			WHERE t.node_kind = 'category' AND t.category_code = t.node_code
			GROUP BY t.node_code
		), part_frame AS MATERIALIZED (
			SELECT p.node_code, f.due, with_weights(f.framework, p.codes, p.weights) AS framework
			FROM part AS p CROSS JOIN frame AS f
			WHERE f.is_horizon
		), bound AS MATERIALIZED (
			SELECT s.unit_code, s.due, r.node_code, b.low, b.high
			FROM sheet AS s JOIN tree AS r ON s.is_horizon AND r.node_kind = 'programme'
				CROSS JOIN LATERAL index_bounds(s.framework, s.sheet) AS b
			UNION ALL
			SELECT s.unit_code, s.due, p.node_code, b.low, b.high
			FROM sheet AS s JOIN part_frame AS f ON f.due = s.due JOIN part AS p ON p.node_code = f.node_code
				CROSS JOIN LATERAL index_bounds(CASE WHEN s.has_own THEN with_weights(s.framework, p.codes, p.weights) ELSE f.framework END, s.sheet) AS b
		), result AS (
			SELECT s.unit_code, s.due, s.is_horizon, s.is_current, n.code, n.score, n.raw, n.coverage, n.coverage_by_weight, n.weight,
				n.effective_weight, n.contribution, n.reason,
				s.expected_scores[n.ordinality] AS expected_score, s.common_scores[n.ordinality] AS common_score
			FROM scored AS s
				CROSS JOIN LATERAL ROWS FROM (node_scores(s.framework, s.sheet)) WITH ORDINALITY AS n
		)
		SELECT NULL::bigint, r.unit_code, t.node_code, r.due, r.is_horizon, t.node_kind, t.parent_code, t.category_code,
			v.leaf_code, COALESCE(v.is_current, r.is_current),
			r.score, x.expected_score, value_difference(x.common_score, x.expected_score), r.raw,
			r.coverage, r.coverage_by_weight, r.weight,
			CASE WHEN r.is_horizon THEN r.effective_weight ELSE t.effective_weight END, CASE WHEN r.is_horizon THEN r.contribution END,
			b.low, b.high,
			CASE WHEN t.node_kind = 'indicator' THEN v.status
				WHEN t.is_leaf THEN l.status
				WHEN r.coverage > 0 THEN COALESCE(index_status(x.common_score, x.expected_score), 'not_yet_assessable')
				WHEN r.coverage = 0 THEN 'no_data' END,
			CASE WHEN t.node_kind = 'indicator' THEN w.reason WHEN t.is_leaf THEN l.reason ELSE r.reason END,
			y.indicators, y.met
		FROM result AS r
			JOIN tree AS t ON t.node_code = r.code
			LEFT JOIN verdict AS v ON v.unit_code = r.unit_code AND v.due = r.due AND v.node_code = r.code
			LEFT JOIN leaf AS l ON t.is_leaf AND l.unit_code = r.unit_code AND l.due = r.due AND l.node_code = r.code
			LEFT JOIN leaf AS w ON w.unit_code = r.unit_code AND w.due = r.due AND w.node_code = v.leaf_code
			LEFT JOIN bound AS b ON b.unit_code = r.unit_code AND b.due = r.due AND b.node_code = r.code
			LEFT JOIN tally AS y ON t.node_kind IN ('programme', 'category')
				AND y.unit_code = r.unit_code AND y.due = r.due AND y.node_code = r.code
			CROSS JOIN LATERAL (
				SELECT CASE WHEN q.by_target THEN r.expected_score END AS expected_score, CASE WHEN q.by_target THEN r.common_score END AS common_score
				FROM (SELECT EXISTS (SELECT FROM tree AS q WHERE q.rule = 'target'
					AND CASE t.node_kind WHEN 'programme' THEN true WHEN 'category' THEN q.category_code = t.category_code
						WHEN 'indicator' THEN q.indicator_code = t.indicator_code ELSE q.node_code = t.node_code END) AS by_target) AS q
			) AS x
		WHERE r.is_horizon OR t.node_kind = 'indicator' AND v.unit_code IS NOT NULL;
	END;
COMMENT ON FUNCTION node_of_leaves(index_framework, date, snapshot_leaf[]) IS
'what a framework makes of rows of snapshot_leaf, all of one programme and date: the rows of snapshot_node';

CREATE FUNCTION sheet_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL) RETURNS SETOF snapshot_sheet
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 200
	BEGIN ATOMIC
		SELECT NULL::bigint, s.unit_code, s.due, s.is_horizon, s.sheet, s.own_codes, s.own_paths, s.framework_fingerprint
		FROM sheet_of_leaves(framework_as_of(sheet_as_of.programme, sheet_as_of.as_of, sheet_as_of.known_on),
			ARRAY(SELECT l FROM leaf_as_of(sheet_as_of.programme, sheet_as_of.as_of, sheet_as_of.known_on, sheet_as_of.units) AS l)) AS s;
	END;
COMMENT ON FUNCTION sheet_as_of(text, date, date, text[]) IS
'the sheets of the units judged, one for each due date: the rows of snapshot_sheet, computed now. Arguments as of leaf_as_of';

CREATE FUNCTION node_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL) RETURNS SETOF snapshot_node
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
	BEGIN ATOMIC
		SELECT NULL::bigint, n.unit_code, n.node_code, n.due, n.is_horizon, n.node_kind, n.parent_code, n.category_code, n.leaf_code,
			n.is_current, n.score, n.expected_score, n.difference, n.raw, n.coverage, n.coverage_by_weight, n.weight,
			n.effective_weight, n.contribution, n.score_low, n.score_high, n.status, n.reason, n.indicators, n.met
		FROM node_of_leaves(framework_as_of(node_as_of.programme, node_as_of.as_of, node_as_of.known_on), node_as_of.as_of,
			ARRAY(SELECT l FROM leaf_as_of(node_as_of.programme, node_as_of.as_of, node_as_of.known_on, node_as_of.units) AS l)) AS n;
	END;
COMMENT ON FUNCTION node_as_of(text, date, date, text[]) IS
'scores of the nodes of the units judged: the rows of snapshot_node, computed now. Arguments as of leaf_as_of';

CREATE FUNCTION change_of_sheets(framework_before index_framework, before snapshot_sheet, framework index_framework, after snapshot_sheet)
	RETURNS TABLE (category_code text, indicator_code text, leaf_code text, change float8, category_change float8, cause text,
		value_before float8, value_after float8, score_before float8, score_after float8)
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 30 SET jit = off
	BEGIN ATOMIC
		WITH method AS MATERIALIZED (
			SELECT CASE WHEN (change_of_sheets.before).own_codes IS NULL THEN b.framework
					ELSE with_targets(b.framework, (change_of_sheets.before).own_codes, (change_of_sheets.before).own_paths) END AS earlier,
				CASE WHEN (change_of_sheets.after).own_codes IS NULL THEN a.framework
					ELSE with_targets(a.framework, (change_of_sheets.after).own_codes, (change_of_sheets.after).own_paths) END AS later
			FROM with_due(change_of_sheets.framework_before, (change_of_sheets.before).due) AS b(framework),
				with_due(change_of_sheets.framework, (change_of_sheets.after).due) AS a(framework)
		), frame AS MATERIALIZED (
			SELECT m.earlier, m.later, realign((change_of_sheets.before).sheet, m.earlier, m.later, true) AS realigned
			FROM method AS m
		), tree AS MATERIALIZED (
			SELECT t.node_code, t.parent_code, t.category_code, t.indicator_code
			FROM frame AS f CROSS JOIN LATERAL framework_tree(f.later) AS t
		), moved AS MATERIALIZED (
			SELECT t.category_code, t.indicator_code, c.code, c.change, c.cause, c.value_before, c.value_after, c.score_before, c.score_after
			FROM frame AS f
				CROSS JOIN LATERAL index_change(f.later, f.realigned, (change_of_sheets.after).sheet) AS c
				JOIN tree AS t ON t.node_code = c.code
			WHERE c.cause IS NOT NULL
		), part AS MATERIALIZED (
			-- the programme with one category alone
			SELECT t.node_code, array_agg(q.node_code) AS codes,
				array_agg(CASE WHEN q.node_code = t.node_code THEN 1 ELSE 0 END::float8) AS weights
			FROM tree AS t JOIN tree AS q ON q.parent_code = t.parent_code
			WHERE t.node_code IN (SELECT m.category_code FROM moved AS m)
			GROUP BY t.node_code
		), within AS MATERIALIZED (
			SELECT p.node_code AS category_code, y.code, y.change
			FROM part AS p CROSS JOIN frame AS f
				CROSS JOIN LATERAL index_change(with_weights(f.later, p.codes, p.weights), f.realigned, (change_of_sheets.after).sheet) AS y
		)
		SELECT m.category_code, m.indicator_code, m.code, m.change, w.change, m.cause,
			m.value_before, m.value_after, m.score_before, m.score_after
		FROM moved AS m LEFT JOIN within AS w ON w.category_code = m.category_code AND w.code = m.code
		UNION ALL
		SELECT NULL, NULL, NULL, x.change, NULL, 'method', NULL, NULL, x.score_before, x.score_after
		FROM (
			SELECT y.score_before, y.score_after, value_difference(y.score_after, y.score_before) AS change
			FROM frame AS f
				CROSS JOIN LATERAL (SELECT index_score(f.earlier, (change_of_sheets.before).sheet) AS score_before,
					index_score(f.later, f.realigned) AS score_after) AS y
			WHERE (change_of_sheets.before).framework_fingerprint <> (change_of_sheets.after).framework_fingerprint
		) AS x
		WHERE x.change IS DISTINCT FROM 0;
	END;
COMMENT ON FUNCTION change_of_sheets(index_framework, snapshot_sheet, index_framework, snapshot_sheet) IS
'what moved the index of a unit from one row of snapshot_sheet, scored by one framework, to another: a row for each leaf that changed, by the later framework, and one for what that makes of the earlier values (cause method). NULL: no rows';

CREATE FUNCTION observation_on_path(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS TABLE (unit_code text, node_code text, period_end date, value float8, vintage text, is_provisional boolean,
		expected float8, target_due date, met_bound float8)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
	BEGIN ATOMIC
		SELECT o.unit_code, o.node_code, o.period_end, o.value, o.vintage, o.is_provisional,
			target_expected(t.path, o.period_end), d.due, target_met_bound(t.path, d.due)
		FROM observation_by_period(observation_on_path.as_of, observation_on_path.known_on, observation_on_path.units,
				ARRAY[observation_on_path.programme]) AS o
			CROSS JOIN LATERAL (
				SELECT (SELECT q.path
					FROM target_source AS q JOIN mark AS m ON m.mark = q.mark
					WHERE m.is_counted AND q.programme_code = o.programme_code AND q.node_code = o.node_code
						AND (q.unit_code IS NULL OR q.unit_code = o.unit_code)
						AND q.valid_from <= COALESCE(observation_on_path.known_on, observation_on_path.as_of)
						AND COALESCE(q.valid_to, date 'infinity') >= COALESCE(observation_on_path.known_on, observation_on_path.as_of)
					ORDER BY q.unit_code NULLS LAST, q.valid_from DESC, q.target_id DESC
					LIMIT 1) AS path
				-- looked up once for each figure, not for each use
				OFFSET 0
			) AS t
			CROSS JOIN LATERAL (
				SELECT COALESCE(min(x.due) FILTER (WHERE x.due >= o.period_end), max(x.due)) AS due
				FROM unnest(target_due_dates(t.path)) AS x(due)
			) AS d
		WHERE o.value IS NOT NULL AND o.programme_code = observation_on_path.programme;
	END;
COMMENT ON FUNCTION observation_on_path(text, date, date, text[]) IS
'the figures of observation_by_period beside the path of the target that stood on known_on (NULL: on as_of): its value on that day, its first due date on or after that day, else the last, and the bound then. units NULL: all';

CREATE FUNCTION dated_target(programme text, known_on date, units text[] DEFAULT NULL)
	RETURNS TABLE (node_code text, unit_code text, target_id bigint, document text, valid_from date, valid_to date, mark text, source text,
		path_text text, direction text, role text, baseline float8, baseline_on date, due date, target_text text, met_bound float8,
		far_bound float8, is_strict boolean)
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT t.node_code, t.unit_code, t.target_id, t.document, t.valid_from, t.valid_to, t.mark, t.source,
			t.path::text, target_direction(t.path), target_role(t.path), target_baseline(t.path), target_baseline_date(t.path),
			d.due, d.bound, d.met_bound, d.far_bound, d.is_strict
		FROM targets_as_of(dated_target.known_on, dated_target.units, ARRAY[dated_target.programme]) AS t
			CROSS JOIN LATERAL targets(t.path) AS d;
	END;
COMMENT ON FUNCTION dated_target(text, date, text[]) IS
'the targets of targets_as_of, a row for each dated one; general ones and those of the units (NULL: all)';

CREATE FUNCTION write_snapshot(snapshot_id bigint, units text[] DEFAULT NULL) RETURNS bigint
	LANGUAGE sql VOLATILE PARALLEL UNSAFE SET jit = off
	BEGIN ATOMIC
		DELETE FROM snapshot_leaf AS l
		WHERE l.snapshot_id = write_snapshot.snapshot_id AND (units IS NULL OR l.unit_code = ANY (units));
		DELETE FROM snapshot_sheet AS s
		WHERE s.snapshot_id = write_snapshot.snapshot_id AND (units IS NULL OR s.unit_code = ANY (units));
		DELETE FROM snapshot_node AS n
		WHERE n.snapshot_id = write_snapshot.snapshot_id AND (units IS NULL OR n.unit_code = ANY (units));
		INSERT INTO snapshot_leaf
		SELECT s.snapshot_id, l.unit_code, l.node_code, l.due, l.indicator_code, l.is_horizon, l.is_current, l.is_applicable,
			l.value, l.observed_on, l.vintage, l.is_provisional, l.sheet_value, l.baseline, l.target_text, l.met_bound, l.expected,
			l.attainment_level, l.attainment_distance, l.gap, l.required_pace, l.observed_pace, l.pace_multiple,
			l.projected_value, l.projected_attainment, l.status, l.reason, l.target_id, l.document, l.own_path, l.sparkline
		FROM snapshot AS s CROSS JOIN LATERAL leaf_as_of(s.programme_code, s.as_of, s.known_on, write_snapshot.units) AS l
		WHERE s.snapshot_id = write_snapshot.snapshot_id;
		INSERT INTO snapshot_sheet
		SELECT s.snapshot_id, t.unit_code, t.due, t.is_horizon, t.sheet, t.own_codes, t.own_paths, t.framework_fingerprint
		FROM snapshot AS s CROSS JOIN LATERAL sheet_of_leaves(s.framework, ARRAY(
			SELECT l FROM snapshot_leaf AS l
			WHERE l.snapshot_id = write_snapshot.snapshot_id AND (units IS NULL OR l.unit_code = ANY (units)))) AS t
		WHERE s.snapshot_id = write_snapshot.snapshot_id;
		INSERT INTO snapshot_node
		SELECT s.snapshot_id, n.unit_code, n.node_code, n.due, n.is_horizon, n.node_kind, n.parent_code, n.category_code, n.leaf_code,
			n.is_current, n.score, n.expected_score, n.difference, n.raw, n.coverage, n.coverage_by_weight, n.weight,
			n.effective_weight, n.contribution, n.score_low, n.score_high, n.status, n.reason, n.indicators, n.met
		FROM snapshot AS s CROSS JOIN LATERAL node_of_leaves(s.framework, s.as_of, ARRAY(
			SELECT l FROM snapshot_leaf AS l
			WHERE l.snapshot_id = write_snapshot.snapshot_id AND (units IS NULL OR l.unit_code = ANY (units)))) AS n
		WHERE s.snapshot_id = write_snapshot.snapshot_id;
		SELECT (SELECT count(*) FROM snapshot_leaf AS l WHERE l.snapshot_id = write_snapshot.snapshot_id AND (units IS NULL OR l.unit_code = ANY (units)))
			+ (SELECT count(*) FROM snapshot_sheet AS s WHERE s.snapshot_id = write_snapshot.snapshot_id AND (units IS NULL OR s.unit_code = ANY (units)))
			+ (SELECT count(*) FROM snapshot_node AS n WHERE n.snapshot_id = write_snapshot.snapshot_id AND (units IS NULL OR n.unit_code = ANY (units)));
	END;
COMMENT ON FUNCTION write_snapshot(bigint, text[]) IS
'computes the rows of a snapshot anew, for some units or (NULL) all, and returns how many there are. refresh_registry calls it';

CREATE FUNCTION rank_snapshot(snapshot_id bigint) RETURNS bigint
	LANGUAGE sql VOLATILE PARALLEL UNSAFE SET jit = off
	BEGIN ATOMIC
		WITH place AS MATERIALIZED (
			SELECT n.unit_code, n.due, u.unit_kind,
				CASE WHEN n.score IS NOT NULL THEN (rank() OVER (PARTITION BY n.due, u.unit_kind
					ORDER BY comparable_score(n.score) DESC NULLS LAST))::integer END AS rank,
				(count(n.score) OVER (PARTITION BY n.due, u.unit_kind))::integer AS rank_of
			FROM snapshot_node AS n LEFT JOIN unit AS u ON u.unit_code = n.unit_code
			WHERE n.snapshot_id = rank_snapshot.snapshot_id AND n.node_kind = 'programme'
		), stored AS MATERIALIZED (
			SELECT r.unit_code, r.due, r.unit_kind, r.rank, r.rank_of
			FROM snapshot_rank AS r
			WHERE r.snapshot_id = rank_snapshot.snapshot_id
		), gone AS (
			DELETE FROM snapshot_rank AS r
			USING (SELECT s.unit_code, s.due FROM stored AS s EXCEPT SELECT p.unit_code, p.due FROM place AS p) AS x
			WHERE r.snapshot_id = rank_snapshot.snapshot_id AND r.unit_code = x.unit_code AND r.due = x.due
			RETURNING r.unit_code
		), written AS (
			INSERT INTO snapshot_rank AS r (snapshot_id, unit_code, due, unit_kind, rank, rank_of)
			SELECT rank_snapshot.snapshot_id, c.unit_code, c.due, c.unit_kind, c.rank, c.rank_of
			FROM (SELECT p.unit_code, p.due, p.unit_kind, p.rank, p.rank_of FROM place AS p
				EXCEPT SELECT s.unit_code, s.due, s.unit_kind, s.rank, s.rank_of FROM stored AS s) AS c
			ON CONFLICT (unit_code, snapshot_id, due) DO UPDATE
			SET unit_kind = EXCLUDED.unit_kind, rank = EXCLUDED.rank, rank_of = EXCLUDED.rank_of
			RETURNING r.unit_code
		)
		SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written);
	END;
COMMENT ON FUNCTION rank_snapshot(bigint) IS
'writes the places of the units of a snapshot by its stored indices, as far as they changed, and returns how many rows that were. refresh_registry calls it once everything else of the snapshot is written';
