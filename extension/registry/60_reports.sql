-- The views for any date and state of knowledge, computed now. Columns are those of the views; what a refresh stores is what
-- these return for the same dates.

CREATE FUNCTION indicator_status_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS SETOF indicator_status
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
	BEGIN ATOMIC
		WITH leaf AS MATERIALIZED (
			SELECT l.*
			FROM leaf_as_of(indicator_status_as_of.programme, indicator_status_as_of.as_of, indicator_status_as_of.known_on,
				indicator_status_as_of.units) AS l
		)
		SELECT indicator_status_as_of.programme, n.unit_code, indicator_status_as_of.as_of, indicator_status_as_of.known_on,
			n.category_code, n.node_code, m.ordinal, n.due, n.is_current,
			l.value, l.observed_on, l.vintage, l.is_provisional, l.baseline, l.target_text, l.met_bound, l.expected,
			l.attainment_level, l.attainment_distance, l.gap, l.required_pace, l.observed_pace, l.pace_multiple,
			l.projected_value, l.projected_attainment,
			n.score, n.weight, n.effective_weight, n.contribution,
			COALESCE(n.status::text, 'not_applicable'), COALESCE(status_order(n.status)::integer, 10),
			COALESCE(signal(n.status), 'grey'), n.reason,
			m.owner_code, l.document, l.sparkline, n.leaf_code
		FROM node_of_leaves(framework_as_of(indicator_status_as_of.programme, indicator_status_as_of.as_of, indicator_status_as_of.known_on),
				indicator_status_as_of.as_of, ARRAY(SELECT ROW(l.*)::snapshot_leaf FROM leaf AS l)) AS n
			LEFT JOIN leaf AS l ON l.unit_code = n.unit_code AND l.due = n.due AND l.node_code = n.leaf_code
			LEFT JOIN node_source AS m ON m.programme_code = indicator_status_as_of.programme
				AND m.method_version = method_as_of(indicator_status_as_of.programme, indicator_status_as_of.as_of)
				AND m.node_code = n.node_code
		WHERE n.node_kind = 'indicator';
	END;
COMMENT ON FUNCTION indicator_status_as_of(text, date, date, text[]) IS
'the view indicator_status for any date: what was released, and promised, by known_on (NULL: everything released, and the targets that stood on as_of), for some units or (NULL) all';

CREATE FUNCTION category_index_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS SETOF category_index
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT category_index_as_of.programme, n.unit_code, category_index_as_of.as_of, category_index_as_of.known_on,
			n.due, n.node_code, n.parent_code, m.ordinal, n.is_current,
			n.score, n.expected_score, n.difference, n.coverage, n.coverage_by_weight,
			COALESCE(n.status::text, 'not_applicable'), COALESCE(status_order(n.status)::integer, 10),
			COALESCE(signal(n.status), 'grey'), COALESCE(n.indicators, 0), COALESCE(n.met, 0),
			n.score_low, n.score_high, n.effective_weight, n.contribution, n.reason
		FROM node_as_of(category_index_as_of.programme, category_index_as_of.as_of, category_index_as_of.known_on,
				category_index_as_of.units) AS n
			LEFT JOIN node_source AS m ON m.programme_code = category_index_as_of.programme
				AND m.method_version = method_as_of(category_index_as_of.programme, category_index_as_of.as_of)
				AND m.node_code = n.node_code
		WHERE n.node_kind = 'category';
	END;
COMMENT ON FUNCTION category_index_as_of(text, date, date, text[]) IS
'the view category_index for any date. Arguments as of indicator_status_as_of';

CREATE FUNCTION programme_headline_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS SETOF programme_headline
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		WITH leaf AS MATERIALIZED (
			SELECT l.*
			FROM leaf_as_of(programme_headline_as_of.programme, programme_headline_as_of.as_of, programme_headline_as_of.known_on,
				programme_headline_as_of.units) AS l
		), node AS MATERIALIZED (
			SELECT n.*
			FROM node_of_leaves(framework_as_of(programme_headline_as_of.programme, programme_headline_as_of.as_of,
					programme_headline_as_of.known_on),
				programme_headline_as_of.as_of, ARRAY(SELECT ROW(l.*)::snapshot_leaf FROM leaf AS l)) AS n
		), tally AS (
			SELECT i.unit_code, i.due, count(*)::integer AS indicators,
				(count(*) FILTER (WHERE i.status IN ('met', 'exceeded')))::integer AS met_or_exceeded,
				(count(*) FILTER (WHERE i.status = 'exceeded'))::integer AS exceeded,
				(count(*) FILTER (WHERE i.status = 'met'))::integer AS met,
				(count(*) FILTER (WHERE i.status = 'on_track'))::integer AS on_track,
				(count(*) FILTER (WHERE i.status = 'at_risk'))::integer AS at_risk,
				(count(*) FILTER (WHERE i.status = 'off_track'))::integer AS off_track,
				(count(*) FILTER (WHERE i.status = 'missed'))::integer AS missed,
				(count(*) FILTER (WHERE i.status = 'lost'))::integer AS lost,
				(count(*) FILTER (WHERE i.status = 'not_yet_assessable'))::integer AS not_yet_assessable,
				(count(*) FILTER (WHERE i.status = 'no_data'))::integer AS no_data,
				(count(*) FILTER (WHERE i.status IS NULL))::integer AS not_applicable,
				(count(*) FILTER (WHERE i.status IS NOT NULL AND l.is_provisional))::integer AS provisional
			FROM node AS i
				LEFT JOIN leaf AS l ON l.unit_code = i.unit_code AND l.due = i.due AND l.node_code = i.leaf_code
			WHERE i.node_kind = 'indicator'
			GROUP BY i.unit_code, i.due
		), announced AS (
			SELECT COALESCE(min(m.declared_count) FILTER (WHERE m.parent_code IS NULL), sum(m.declared_count))::integer AS declared
			FROM node_source AS m
			WHERE m.programme_code = programme_headline_as_of.programme
				AND m.method_version = method_as_of(programme_headline_as_of.programme, programme_headline_as_of.as_of)
		)
		SELECT programme_headline_as_of.programme, n.unit_code, programme_headline_as_of.as_of, programme_headline_as_of.known_on,
			n.due, n.is_current,
			c.indicators, a.declared, c.met_or_exceeded, c.exceeded, c.met, c.on_track, c.at_risk, c.off_track, c.missed, c.lost,
			c.not_yet_assessable, c.no_data, c.not_applicable, format('%s of %s', c.met_or_exceeded, c.indicators),
			n.score, n.expected_score, n.difference, n.coverage, n.coverage_by_weight, n.score_low, n.score_high,
			COALESCE(n.status::text, 'not_applicable'), COALESCE(status_order(n.status)::integer, 10),
			COALESCE(signal(n.status), 'grey'), c.provisional, n.reason
		FROM node AS n JOIN tally AS c ON c.unit_code = n.unit_code AND c.due = n.due CROSS JOIN announced AS a
		WHERE n.node_kind = 'programme';
	END;
COMMENT ON FUNCTION programme_headline_as_of(text, date, date, text[]) IS
'the view programme_headline for any date. Arguments as of indicator_status_as_of';

CREATE FUNCTION red_list_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS SETOF red_list
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT i.programme_code, i.unit_code, i.as_of, i.known_on,
			i.category_code, i.indicator_code, i.due, i.value, i.observed_on, i.is_provisional, i.target_text, i.gap, i.score,
			i.status, i.status_order, i.signal, i.reason, i.owner_code, i.document, i.sparkline,
			(i.due - i.as_of) / 7, score_shortfall(i.score), i.effective_weight, score_shortfall(i.score, i.effective_weight),
			(rank() OVER (PARTITION BY i.programme_code, i.unit_code
				ORDER BY i.signal DESC, comparable_score(score_shortfall(i.score, i.effective_weight)) DESC NULLS LAST))::integer
		FROM indicator_status_as_of(red_list_as_of.programme, red_list_as_of.as_of, red_list_as_of.known_on, red_list_as_of.units) AS i
		WHERE i.is_current AND i.signal IN ('red', 'amber');
	END;
COMMENT ON FUNCTION red_list_as_of(text, date, date, text[]) IS
'the view red_list for any date. Arguments as of indicator_status_as_of';

CREATE FUNCTION unit_ranking_as_of(programme text, as_of date, known_on date DEFAULT NULL)
	RETURNS SETOF unit_ranking
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT unit_ranking_as_of.programme, n.unit_code, unit_ranking_as_of.as_of, unit_ranking_as_of.known_on,
			u.unit_kind, n.due, n.is_current, n.score, n.coverage,
			CASE WHEN n.score IS NOT NULL THEN (rank() OVER (PARTITION BY n.due, u.unit_kind
				ORDER BY comparable_score(n.score) DESC NULLS LAST))::integer END,
			(count(n.score) OVER (PARTITION BY n.due, u.unit_kind))::integer, n.score IS NULL
		FROM node_as_of(unit_ranking_as_of.programme, unit_ranking_as_of.as_of, unit_ranking_as_of.known_on) AS n
			LEFT JOIN unit AS u ON u.unit_code = n.unit_code
		WHERE n.node_kind = 'programme';
	END;
COMMENT ON FUNCTION unit_ranking_as_of(text, date, date) IS
'the view unit_ranking for any date, but among the units that the role sees. Arguments as of indicator_status_as_of';

CREATE FUNCTION index_change_as_of(programme text, as_of date, compared_with date, known_on date DEFAULT NULL,
								   compared_known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS SETOF index_change
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
	BEGIN ATOMIC
		WITH method AS MATERIALIZED (
			SELECT framework_as_of(index_change_as_of.programme, index_change_as_of.compared_with, index_change_as_of.compared_known_on) AS earlier,
				framework_as_of(index_change_as_of.programme, index_change_as_of.as_of, index_change_as_of.known_on) AS later
		), before AS MATERIALIZED (
			SELECT s AS sheet
			FROM sheet_as_of(index_change_as_of.programme, index_change_as_of.compared_with, index_change_as_of.compared_known_on,
				index_change_as_of.units) AS s
			WHERE s.is_horizon
		), after AS MATERIALIZED (
			SELECT s AS sheet
			FROM sheet_as_of(index_change_as_of.programme, index_change_as_of.as_of, index_change_as_of.known_on,
				index_change_as_of.units) AS s
			WHERE s.is_horizon
		)
		SELECT index_change_as_of.programme, (b.sheet).unit_code, index_change_as_of.as_of, index_change_as_of.known_on, (b.sheet).due,
			c.category_code, c.indicator_code, c.leaf_code, index_change_as_of.compared_with, index_change_as_of.compared_known_on,
			c.change, c.category_change, c.cause, c.value_before, c.value_after, c.score_before, c.score_after
		FROM method AS m CROSS JOIN after AS b
			JOIN before AS a ON (a.sheet).unit_code = (b.sheet).unit_code AND (a.sheet).due = (b.sheet).due
			CROSS JOIN LATERAL change_of_sheets(m.earlier, a.sheet, m.later, b.sheet) AS c;
	END;
COMMENT ON FUNCTION index_change_as_of(text, date, date, date, date, text[]) IS
'the view index_change between any two dates: as_of, of what was known on known_on, compared with compared_with, of what was known on compared_known_on; one date of both with two of knowledge tells what became known between. Dates of knowledge and units as of indicator_status_as_of';

CREATE FUNCTION indicator_trend_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS SETOF indicator_trend
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000
	BEGIN ATOMIC
		SELECT indicator_trend_as_of.programme, o.unit_code, indicator_trend_as_of.as_of, indicator_trend_as_of.known_on, o.node_code,
			o.period_end, o.value, o.vintage, o.is_provisional, o.expected, o.target_due, o.met_bound
		FROM observation_on_path(indicator_trend_as_of.programme, indicator_trend_as_of.as_of, indicator_trend_as_of.known_on,
			indicator_trend_as_of.units) AS o;
	END;
COMMENT ON FUNCTION indicator_trend_as_of(text, date, date, text[]) IS
'the view indicator_trend for any date. Arguments as of indicator_status_as_of';

CREATE FUNCTION target_in_force_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS SETOF target_in_force
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
	BEGIN ATOMIC
		SELECT target_in_force_as_of.programme, target_in_force_as_of.as_of, target_in_force_as_of.known_on,
			t.node_code, t.unit_code, t.target_id, t.document, t.valid_from, t.valid_to, t.mark, t.source, t.path_text,
			t.direction, t.role, t.baseline, t.baseline_on, t.due, t.target_text, t.met_bound, t.far_bound, t.is_strict
		FROM dated_target(target_in_force_as_of.programme, COALESCE(target_in_force_as_of.known_on, target_in_force_as_of.as_of),
			target_in_force_as_of.units) AS t;
	END;
COMMENT ON FUNCTION target_in_force_as_of(text, date, date, text[]) IS
'the view target_in_force for any date: the targets that stood on known_on (NULL: on as_of); those for all units, and those of the units or (NULL) of any';

CREATE FUNCTION data_quality_as_of(programme text, as_of date, known_on date DEFAULT NULL, units text[] DEFAULT NULL)
	RETURNS SETOF data_quality
	LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
	BEGIN ATOMIC
		SELECT data_quality_as_of.programme, u.unit_code, data_quality_as_of.as_of, data_quality_as_of.known_on,
			u.indicators[array_position(u.leaves, q.node_code)], q.node_code,
			q.latest_period, data_quality_as_of.as_of - q.latest_period, q.source, q.reporting_frequency,
			q.periods_expected, q.periods_observed, CASE WHEN q.periods_expected IS NOT NULL THEN GREATEST(q.periods_expected - q.periods_observed, 0) END,
			q.share_provisional, q.conflicting_sources, q.revised, q.largest_revision
		FROM (
			SELECT l.unit_code, array_agg(l.node_code) AS leaves, array_agg(l.indicator_code) AS indicators
			FROM (
				SELECT DISTINCT d.unit_code, d.node_code, d.indicator_code
				FROM leaf_as_of(data_quality_as_of.programme, data_quality_as_of.as_of, data_quality_as_of.known_on,
					data_quality_as_of.units) AS d
			) AS l
			GROUP BY l.unit_code
		) AS u
			CROSS JOIN LATERAL observation_quality(data_quality_as_of.programme, u.unit_code, u.leaves,
				data_quality_as_of.as_of, data_quality_as_of.known_on) AS q;
	END;
COMMENT ON FUNCTION data_quality_as_of(text, date, date, text[]) IS
'the view data_quality for any date. Arguments as of indicator_status_as_of';
