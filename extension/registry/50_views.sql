-- What BI tools read: plain types, the latest snapshot of each programme; <view>_history has them all.

CREATE VIEW latest_snapshot WITH (security_invoker = true) AS
	SELECT DISTINCT ON (s.programme_code) s.programme_code, s.snapshot_id, s.as_of, s.known_on, s.method_version, s.computed_at
	FROM snapshot AS s
	ORDER BY s.programme_code, s.as_of DESC;
COMMENT ON VIEW latest_snapshot IS 'The snapshot of each programme with the latest reporting date.';
COMMENT ON COLUMN latest_snapshot.programme_code IS 'The programme.';
COMMENT ON COLUMN latest_snapshot.snapshot_id IS 'Number of the snapshot.';
COMMENT ON COLUMN latest_snapshot.as_of IS 'Its date in the world.';
COMMENT ON COLUMN latest_snapshot.known_on IS 'Its date of knowledge; NULL: everything released up to the refresh.';
COMMENT ON COLUMN latest_snapshot.method_version IS 'The version of the method that applied.';
COMMENT ON COLUMN latest_snapshot.computed_at IS 'When it was computed.';

CREATE VIEW indicator_status_history WITH (security_invoker = true) AS
	SELECT s.programme_code, n.unit_code, s.as_of, s.known_on,
		n.category_code, n.node_code AS indicator_code, m.ordinal, n.due, n.is_current,
		l.value, l.observed_on, l.vintage, l.is_provisional, l.baseline, l.target_text, l.met_bound, l.expected,
		l.attainment_level, l.attainment_distance, l.gap, l.required_pace, l.observed_pace, l.pace_multiple,
		l.projected_value, l.projected_attainment,
		n.score, n.weight, n.effective_weight, n.contribution,
		COALESCE(n.status::text, 'not_applicable') AS status, COALESCE(status_order(n.status)::integer, 10) AS status_order,
		COALESCE(signal(n.status), 'grey') AS signal, n.reason,
		m.owner_code, l.document, l.sparkline, n.leaf_code
	FROM snapshot AS s
		JOIN snapshot_node AS n ON n.snapshot_id = s.snapshot_id AND n.node_kind = 'indicator'
		-- by its key: how many rows a snapshot has is not known when the plan is made, and all leaves would be read for a few
		LEFT JOIN LATERAL (
			SELECT d.value, d.observed_on, d.vintage, d.is_provisional, d.baseline, d.target_text, d.met_bound, d.expected,
				d.attainment_level, d.attainment_distance, d.gap, d.required_pace, d.observed_pace, d.pace_multiple,
				d.projected_value, d.projected_attainment, d.document, d.sparkline
			FROM snapshot_leaf AS d
			WHERE d.snapshot_id = n.snapshot_id AND d.unit_code = n.unit_code AND d.due = n.due AND d.node_code = n.leaf_code
			OFFSET 0
		) AS l ON true
		LEFT JOIN node_source AS m ON m.programme_code = s.programme_code AND m.method_version = s.method_version
			AND m.node_code = n.node_code;
COMMENT ON VIEW indicator_status_history IS 'As indicator_status, for every reporting date.';

CREATE VIEW indicator_status WITH (security_invoker = true) AS
	SELECT h.programme_code, h.unit_code, h.as_of, h.known_on,
		h.category_code, h.indicator_code, h.ordinal, h.due, h.is_current,
		h.value, h.observed_on, h.vintage, h.is_provisional, h.baseline, h.target_text, h.met_bound, h.expected,
		h.attainment_level, h.attainment_distance, h.gap, h.required_pace, h.observed_pace, h.pace_multiple,
		h.projected_value, h.projected_attainment,
		h.score, h.weight, h.effective_weight, h.contribution,
		h.status, h.status_order, h.signal, h.reason,
		h.owner_code, h.document, h.sparkline, h.leaf_code
	FROM latest_snapshot AS s
		JOIN indicator_status_history AS h ON h.programme_code = s.programme_code AND h.as_of = s.as_of;
COMMENT ON VIEW indicator_status IS
'Where each indicator of each unit stands: one row for each due date of its targets and each horizon of the programme. For an indicator over several leaves the status is that of indicator_status_agg and the figures are those of the leaf that decides it.';
COMMENT ON COLUMN indicator_status.programme_code IS 'The programme.';
COMMENT ON COLUMN indicator_status.unit_code IS 'The unit.';
COMMENT ON COLUMN indicator_status.as_of IS 'Date in the world: periods that ended by then count.';
COMMENT ON COLUMN indicator_status.known_on IS 'Date of knowledge: what was released by then counts; NULL: everything released up to the refresh.';
COMMENT ON COLUMN indicator_status.category_code IS 'The category, the node below the programme; NULL if there is none between.';
COMMENT ON COLUMN indicator_status.indicator_code IS 'The indicator.';
COMMENT ON COLUMN indicator_status.ordinal IS 'Its order for display.';
COMMENT ON COLUMN indicator_status.due IS 'Due date.';
COMMENT ON COLUMN indicator_status.is_current IS 'Whether it is the indicator''s first due date on or after as_of, else its last: one row of each indicator.';
COMMENT ON COLUMN indicator_status.value IS 'The value the verdict rests on, in the unit of the indicator: once due the one for the due date, else the latest; over a span its average or total so far. NULL: none.';
COMMENT ON COLUMN indicator_status.observed_on IS 'Last day of the period it is for.';
COMMENT ON COLUMN indicator_status.vintage IS 'official, preliminary, estimate or not_stated.';
COMMENT ON COLUMN indicator_status.is_provisional IS 'Whether the verdict rests on a provisional figure; NULL without a value.';
COMMENT ON COLUMN indicator_status.baseline IS 'Value the path starts from; NULL if it has none.';
COMMENT ON COLUMN indicator_status.target_text IS 'The target as written, such as 60..62 or >75.';
COMMENT ON COLUMN indicator_status.met_bound IS 'The bound from which it is met.';
COMMENT ON COLUMN indicator_status.expected IS 'Value of the path on the day of the observation.';
COMMENT ON COLUMN indicator_status.attainment_level IS 'Per cent of the met bound, uncapped.';
COMMENT ON COLUMN indicator_status.attainment_distance IS 'Per cent of the way from the baseline to the met bound, signed, uncapped.';
COMMENT ON COLUMN indicator_status.gap IS 'met_bound - value, in the unit of the indicator.';
COMMENT ON COLUMN indicator_status.required_pace IS 'Change per year needed from the observation on.';
COMMENT ON COLUMN indicator_status.observed_pace IS 'Change per year up to the observation.';
COMMENT ON COLUMN indicator_status.pace_multiple IS 'required_pace / observed_pace.';
COMMENT ON COLUMN indicator_status.projected_value IS 'Value on the due date if the observed pace goes on.';
COMMENT ON COLUMN indicator_status.projected_attainment IS 'Per cent of the way that it would cover.';
COMMENT ON COLUMN indicator_status.score IS 'Score, 0 to 100; NULL where there is none, which is not 0.';
COMMENT ON COLUMN indicator_status.weight IS 'Weight among its siblings.';
COMMENT ON COLUMN indicator_status.effective_weight IS 'Share of the whole index, 0 to 1, over all that applies to the unit then; where the index is not judged at due, if everything applied.';
COMMENT ON COLUMN indicator_status.contribution IS 'Points it brings to the index; NULL where the index is not judged at due.';
COMMENT ON COLUMN indicator_status.status IS
'missed, lost, off_track, at_risk, on_track, met, exceeded, not_yet_assessable, no_data; or not_applicable: no target then, or not for this unit.';
COMMENT ON COLUMN indicator_status.status_order IS 'Place of the status, worst first, 1 to 10.';
COMMENT ON COLUMN indicator_status.signal IS 'red, amber, green or grey.';
COMMENT ON COLUMN indicator_status.reason IS 'A word that explains the status where it needs explaining.';
COMMENT ON COLUMN indicator_status.owner_code IS 'Who answers for it.';
COMMENT ON COLUMN indicator_status.document IS 'The document that makes the promise.';
COMMENT ON COLUMN indicator_status.sparkline IS 'The series as bars of one line; NULL unless the database is in UTF8.';
COMMENT ON COLUMN indicator_status.leaf_code IS 'The leaf whose figures these are.';

CREATE VIEW category_index_history WITH (security_invoker = true) AS
	SELECT s.programme_code, n.unit_code, s.as_of, s.known_on,
		n.due, n.node_code AS category_code, n.parent_code, m.ordinal, n.is_current,
		n.score, n.expected_score, n.difference, n.coverage, n.coverage_by_weight,
		COALESCE(n.status::text, 'not_applicable') AS status, COALESCE(status_order(n.status)::integer, 10) AS status_order,
		COALESCE(signal(n.status), 'grey') AS signal, COALESCE(n.indicators, 0) AS indicators, COALESCE(n.met, 0) AS met,
		n.score_low, n.score_high, n.effective_weight, n.contribution, n.reason
	FROM snapshot AS s
		JOIN snapshot_node AS n ON n.snapshot_id = s.snapshot_id AND n.node_kind = 'category'
		LEFT JOIN node_source AS m ON m.programme_code = s.programme_code AND m.method_version = s.method_version
			AND m.node_code = n.node_code;
COMMENT ON VIEW category_index_history IS 'As category_index, for every reporting date.';

CREATE VIEW category_index WITH (security_invoker = true) AS
	SELECT h.programme_code, h.unit_code, h.as_of, h.known_on,
		h.due, h.category_code, h.parent_code, h.ordinal, h.is_current,
		h.score, h.expected_score, h.difference, h.coverage, h.coverage_by_weight,
		h.status, h.status_order, h.signal, h.indicators, h.met,
		h.score_low, h.score_high, h.effective_weight, h.contribution, h.reason
	FROM latest_snapshot AS s
		JOIN category_index_history AS h ON h.programme_code = s.programme_code AND h.as_of = s.as_of;
COMMENT ON VIEW category_index IS 'The index of each category of each unit, at each horizon of the programme.';
COMMENT ON COLUMN category_index.programme_code IS 'The programme.';
COMMENT ON COLUMN category_index.unit_code IS 'The unit.';
COMMENT ON COLUMN category_index.as_of IS 'Date in the world: periods that ended by then count.';
COMMENT ON COLUMN category_index.known_on IS 'Date of knowledge: what was released by then counts; NULL: everything released up to the refresh.';
COMMENT ON COLUMN category_index.due IS 'Due date the index is judged at.';
COMMENT ON COLUMN category_index.category_code IS 'The category: a node between the programme and its indicators.';
COMMENT ON COLUMN category_index.parent_code IS 'The node above it.';
COMMENT ON COLUMN category_index.ordinal IS 'Its order for display.';
COMMENT ON COLUMN category_index.is_current IS 'Whether it is the first horizon on or after as_of, else the last.';
COMMENT ON COLUMN category_index.score IS 'Score, 0 to 100; NULL where there is none, which is not 0.';
COMMENT ON COLUMN category_index.expected_score IS 'The score if every indicator with a value stood on its path at as_of; NULL where no target tells.';
COMMENT ON COLUMN category_index.difference IS 'Score less expected score in points, both over the leaves that have both.';
COMMENT ON COLUMN category_index.coverage IS 'Observed leaves over those that apply, 0 to 1.';
COMMENT ON COLUMN category_index.coverage_by_weight IS 'The same by effective weight.';
COMMENT ON COLUMN category_index.status IS
'Score over expected score from 0.95 on_track, from 0.60 at_risk, else off_track; not_yet_assessable, no_data, or not_applicable: nothing in it applies.';
COMMENT ON COLUMN category_index.status_order IS 'Place of the status, worst first, 1 to 10.';
COMMENT ON COLUMN category_index.signal IS 'red, amber, green or grey.';
COMMENT ON COLUMN category_index.indicators IS 'Indicators registered in it.';
COMMENT ON COLUMN category_index.met IS 'Those of them that are met or exceeded.';
COMMENT ON COLUMN category_index.score_low IS 'The score if everything missing were at its worst; NULL below the second level.';
COMMENT ON COLUMN category_index.score_high IS 'The score if everything missing were at its best.';
COMMENT ON COLUMN category_index.effective_weight IS 'Share of the whole index, 0 to 1.';
COMMENT ON COLUMN category_index.contribution IS 'Points it brings to the index.';
COMMENT ON COLUMN category_index.reason IS 'Why there is no score.';

CREATE VIEW programme_headline_history WITH (security_invoker = true) AS
	SELECT s.programme_code, n.unit_code, s.as_of, s.known_on, n.due, n.is_current,
		c.indicators, d.declared, c.met_or_exceeded, c.exceeded, c.met, c.on_track, c.at_risk, c.off_track, c.missed, c.lost,
		c.not_yet_assessable, c.no_data, c.not_applicable,
		format('%s of %s', c.met_or_exceeded, c.indicators) AS headline,
		n.score AS index_score, n.expected_score AS index_expected, n.difference AS index_difference,
		n.coverage, n.coverage_by_weight, n.score_low AS index_low, n.score_high AS index_high,
		COALESCE(n.status::text, 'not_applicable') AS status, COALESCE(status_order(n.status)::integer, 10) AS status_order,
		COALESCE(signal(n.status), 'grey') AS signal, c.provisional, n.reason
	FROM snapshot AS s
		JOIN snapshot_node AS n ON n.snapshot_id = s.snapshot_id AND n.node_kind = 'programme'
		CROSS JOIN LATERAL (
			SELECT count(*)::integer AS indicators,
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
				(count(*) FILTER (WHERE i.status IS NOT NULL AND (
					SELECT l.is_provisional FROM snapshot_leaf AS l
					WHERE l.snapshot_id = i.snapshot_id AND l.unit_code = i.unit_code AND l.due = i.due AND l.node_code = i.leaf_code
				)))::integer AS provisional
			FROM snapshot_node AS i
			WHERE i.snapshot_id = n.snapshot_id AND i.unit_code = n.unit_code AND i.due = n.due AND i.node_kind = 'indicator'
		) AS c
		CROSS JOIN LATERAL (
			SELECT COALESCE(min(m.declared_count) FILTER (WHERE m.parent_code IS NULL), sum(m.declared_count))::integer AS declared
			FROM node_source AS m
			WHERE m.programme_code = s.programme_code AND m.method_version = s.method_version
		) AS d;
COMMENT ON VIEW programme_headline_history IS 'As programme_headline, for every reporting date.';

CREATE VIEW programme_headline WITH (security_invoker = true) AS
	SELECT h.programme_code, h.unit_code, h.as_of, h.known_on, h.due, h.is_current,
		h.indicators, h.declared, h.met_or_exceeded, h.exceeded, h.met, h.on_track, h.at_risk, h.off_track, h.missed, h.lost,
		h.not_yet_assessable, h.no_data, h.not_applicable, h.headline,
		h.index_score, h.index_expected, h.index_difference, h.coverage, h.coverage_by_weight, h.index_low, h.index_high,
		h.status, h.status_order, h.signal, h.provisional, h.reason
	FROM latest_snapshot AS s
		JOIN programme_headline_history AS h ON h.programme_code = s.programme_code AND h.as_of = s.as_of;
COMMENT ON VIEW programme_headline IS
'How many of the indicators of each unit are met, and its index, at each horizon of the programme. A unit''s index is made of its own observations, never of those of its parts.';
COMMENT ON COLUMN programme_headline.programme_code IS 'The programme.';
COMMENT ON COLUMN programme_headline.unit_code IS 'The unit.';
COMMENT ON COLUMN programme_headline.as_of IS 'Date in the world: periods that ended by then count.';
COMMENT ON COLUMN programme_headline.known_on IS 'Date of knowledge: what was released by then counts; NULL: everything released up to the refresh.';
COMMENT ON COLUMN programme_headline.due IS 'Due date the index is judged at.';
COMMENT ON COLUMN programme_headline.is_current IS 'Whether it is the first horizon on or after as_of, else the last.';
COMMENT ON COLUMN programme_headline.indicators IS 'Indicators registered.';
COMMENT ON COLUMN programme_headline.declared IS 'Indicators announced, where somebody did: of the programme, or else the sum of the categories.';
COMMENT ON COLUMN programme_headline.met_or_exceeded IS 'Indicators met or exceeded.';
COMMENT ON COLUMN programme_headline.exceeded IS 'Indicators exceeded.';
COMMENT ON COLUMN programme_headline.met IS 'Indicators met and not exceeded.';
COMMENT ON COLUMN programme_headline.on_track IS 'Indicators on track.';
COMMENT ON COLUMN programme_headline.at_risk IS 'Indicators at risk.';
COMMENT ON COLUMN programme_headline.off_track IS 'Indicators off track.';
COMMENT ON COLUMN programme_headline.missed IS 'Indicators missed.';
COMMENT ON COLUMN programme_headline.lost IS 'Indicators that were met and are not any more.';
COMMENT ON COLUMN programme_headline.not_yet_assessable IS 'Indicators that cannot be judged yet.';
COMMENT ON COLUMN programme_headline.no_data IS 'Indicators without any value.';
COMMENT ON COLUMN programme_headline.not_applicable IS 'Indicators without a target at the due date, or that do not apply to the unit.';
COMMENT ON COLUMN programme_headline.headline IS 'Met or exceeded of all registered, such as 23 of 26.';
COMMENT ON COLUMN programme_headline.index_score IS 'Score of the programme, 0 to 100; NULL where there is none, which is not 0.';
COMMENT ON COLUMN programme_headline.index_expected IS 'The score if every indicator with a value stood on its path at as_of; NULL where no target tells.';
COMMENT ON COLUMN programme_headline.index_difference IS 'Score less expected score in points, both over the leaves that have both.';
COMMENT ON COLUMN programme_headline.coverage IS 'Observed leaves over those that apply, 0 to 1.';
COMMENT ON COLUMN programme_headline.coverage_by_weight IS 'The same by effective weight.';
COMMENT ON COLUMN programme_headline.index_low IS 'The score if everything missing were at its worst.';
COMMENT ON COLUMN programme_headline.index_high IS 'The score if everything missing were at its best.';
COMMENT ON COLUMN programme_headline.status IS 'As in category_index.';
COMMENT ON COLUMN programme_headline.status_order IS 'Place of the status, worst first, 1 to 10.';
COMMENT ON COLUMN programme_headline.signal IS 'red, amber, green or grey.';
COMMENT ON COLUMN programme_headline.provisional IS 'Indicators whose verdict rests on a provisional figure.';
COMMENT ON COLUMN programme_headline.reason IS 'Why there is no score.';

CREATE VIEW red_list_history WITH (security_invoker = true) AS
	SELECT i.programme_code, i.unit_code, i.as_of, i.known_on,
		i.category_code, i.indicator_code, i.due, i.value, i.observed_on, i.is_provisional, i.target_text, i.gap, i.score,
		i.status, i.status_order, i.signal, i.reason, i.owner_code, i.document, i.sparkline,
		(i.due - i.as_of) / 7 AS weeks_to_deadline, score_shortfall(i.score) AS shortfall, i.effective_weight,
		score_shortfall(i.score, i.effective_weight) AS priority,
		(rank() OVER (PARTITION BY i.programme_code, i.unit_code, i.as_of
			ORDER BY i.signal DESC, comparable_score(score_shortfall(i.score, i.effective_weight)) DESC NULLS LAST))::integer AS rank
	FROM indicator_status_history AS i
	WHERE i.is_current AND i.signal IN ('red', 'amber');
COMMENT ON VIEW red_list_history IS 'As red_list, for every reporting date.';

CREATE VIEW red_list WITH (security_invoker = true) AS
	SELECT i.programme_code, i.unit_code, i.as_of, i.known_on,
		i.category_code, i.indicator_code, i.due, i.value, i.observed_on, i.is_provisional, i.target_text, i.gap, i.score,
		i.status, i.status_order, i.signal, i.reason, i.owner_code, i.document, i.sparkline,
		(i.due - i.as_of) / 7 AS weeks_to_deadline, score_shortfall(i.score) AS shortfall, i.effective_weight,
		score_shortfall(i.score, i.effective_weight) AS priority,
		(rank() OVER (PARTITION BY i.programme_code, i.unit_code
			ORDER BY i.signal DESC, comparable_score(score_shortfall(i.score, i.effective_weight)) DESC NULLS LAST))::integer AS rank
	FROM indicator_status AS i
	WHERE i.is_current AND i.signal IN ('red', 'amber');
COMMENT ON VIEW red_list IS 'Indicators of each unit whose current target is missed, lost, off track or at risk; rank 1 first.';
COMMENT ON COLUMN red_list.programme_code IS 'The programme.';
COMMENT ON COLUMN red_list.unit_code IS 'The unit.';
COMMENT ON COLUMN red_list.as_of IS 'Date in the world: periods that ended by then count.';
COMMENT ON COLUMN red_list.known_on IS 'Date of knowledge: what was released by then counts; NULL: everything released up to the refresh.';
COMMENT ON COLUMN red_list.category_code IS 'The category.';
COMMENT ON COLUMN red_list.indicator_code IS 'The indicator.';
COMMENT ON COLUMN red_list.due IS 'Due date of its current target.';
COMMENT ON COLUMN red_list.value IS 'The value the verdict rests on.';
COMMENT ON COLUMN red_list.observed_on IS 'Last day of the period it is for.';
COMMENT ON COLUMN red_list.is_provisional IS 'Whether the verdict rests on a provisional figure.';
COMMENT ON COLUMN red_list.target_text IS 'The target as written.';
COMMENT ON COLUMN red_list.gap IS 'Met bound - value, in the unit of the indicator.';
COMMENT ON COLUMN red_list.score IS 'Score, 0 to 100.';
COMMENT ON COLUMN red_list.status IS 'missed, lost, off_track or at_risk.';
COMMENT ON COLUMN red_list.status_order IS 'Place of the status, worst first, 1 to 4.';
COMMENT ON COLUMN red_list.signal IS 'red or amber.';
COMMENT ON COLUMN red_list.reason IS 'A word that explains the status where it needs explaining.';
COMMENT ON COLUMN red_list.owner_code IS 'Who answers for it.';
COMMENT ON COLUMN red_list.document IS 'The document that makes the promise.';
COMMENT ON COLUMN red_list.sparkline IS 'The series as bars of one line.';
COMMENT ON COLUMN red_list.weeks_to_deadline IS 'Whole weeks from as_of to due; below 0 once it has passed.';
COMMENT ON COLUMN red_list.shortfall IS '100 - score, at least 0.';
COMMENT ON COLUMN red_list.effective_weight IS 'Share of the whole index, 0 to 1.';
COMMENT ON COLUMN red_list.priority IS 'effective_weight * shortfall: points of the index that there are to win.';
COMMENT ON COLUMN red_list.rank IS 'Place in the list of the unit: red before amber, then by priority; ties share a place.';

CREATE VIEW unit_ranking_history WITH (security_invoker = true) AS
	SELECT s.programme_code, r.unit_code, s.as_of, s.known_on, r.unit_kind, r.due, n.is_current,
		n.score AS index_score, n.coverage, r.rank, r.rank_of, n.score IS NULL AS not_assessable
	FROM snapshot AS s
		JOIN snapshot_rank AS r ON r.snapshot_id = s.snapshot_id
		CROSS JOIN LATERAL (
			SELECT p.is_current, p.score, p.coverage
			FROM snapshot_node AS p
			WHERE p.snapshot_id = r.snapshot_id AND p.unit_code = r.unit_code AND p.due = r.due AND p.node_kind = 'programme'
			OFFSET 0
		) AS n;
COMMENT ON VIEW unit_ranking_history IS 'As unit_ranking, for every reporting date.';

CREATE VIEW unit_ranking WITH (security_invoker = true) AS
	SELECT h.programme_code, h.unit_code, h.as_of, h.known_on, h.unit_kind, h.due, h.is_current,
		h.index_score, h.coverage, h.rank, h.rank_of, h.not_assessable
	FROM latest_snapshot AS s
		JOIN unit_ranking_history AS h ON h.programme_code = s.programme_code AND h.as_of = s.as_of;
COMMENT ON VIEW unit_ranking IS
'The units of one kind by their index, at each horizon of the programme. The place is that among all units of the kind, also for a role that sees only some of them.';
COMMENT ON COLUMN unit_ranking.programme_code IS 'The programme.';
COMMENT ON COLUMN unit_ranking.unit_code IS 'The unit.';
COMMENT ON COLUMN unit_ranking.as_of IS 'Date in the world: periods that ended by then count.';
COMMENT ON COLUMN unit_ranking.known_on IS 'Date of knowledge: what was released by then counts; NULL: everything released up to the refresh.';
COMMENT ON COLUMN unit_ranking.unit_kind IS 'Kind of unit at the refresh: units are ranked among their like, those without a kind among themselves.';
COMMENT ON COLUMN unit_ranking.due IS 'Due date the index is judged at.';
COMMENT ON COLUMN unit_ranking.is_current IS 'Whether it is the first horizon on or after as_of, else the last.';
COMMENT ON COLUMN unit_ranking.index_score IS 'Score of the programme, 0 to 100.';
COMMENT ON COLUMN unit_ranking.coverage IS 'Observed leaves over those that apply, 0 to 1.';
COMMENT ON COLUMN unit_ranking.rank IS 'Place by the score to 12 digits, 1 is best; ties share a place and leave the next ones out. NULL without a score.';
COMMENT ON COLUMN unit_ranking.rank_of IS 'How many units of the kind have a score.';
COMMENT ON COLUMN unit_ranking.not_assessable IS 'Whether the unit has no score, and therefore no place.';

CREATE VIEW target_in_force_history WITH (security_invoker = true) AS
	SELECT s.programme_code, s.as_of, s.known_on,
		t.node_code, t.unit_code, t.target_id, t.document, t.valid_from, t.valid_to, t.mark, t.source, t.path_text,
		t.direction, t.role, t.baseline, t.baseline_on, t.due, t.target_text, t.met_bound, t.far_bound, t.is_strict
	FROM snapshot AS s
		CROSS JOIN LATERAL dated_target(s.programme_code, COALESCE(s.known_on, s.as_of)) AS t;
COMMENT ON VIEW target_in_force_history IS
'As target_in_force, for every reporting date: from the documents as they are entered now, where the method that a snapshot keeps is as it was.';

CREATE VIEW target_in_force WITH (security_invoker = true) AS
	SELECT p.programme_code, k.as_of, s.known_on,
		t.node_code, t.unit_code, t.target_id, t.document, t.valid_from, t.valid_to, t.mark, t.source, t.path_text,
		t.direction, t.role, t.baseline, t.baseline_on, t.due, t.target_text, t.met_bound, t.far_bound, t.is_strict
	FROM programme AS p
		LEFT JOIN latest_snapshot AS s ON s.programme_code = p.programme_code
		CROSS JOIN LATERAL (SELECT COALESCE(s.as_of, CURRENT_DATE) AS as_of) AS k
		CROSS JOIN LATERAL dated_target(p.programme_code, COALESCE(s.known_on, k.as_of)) AS t;
COMMENT ON VIEW target_in_force IS
'The targets that judge the latest snapshot (before there is one: those that stand today): one row for each dated target.';
COMMENT ON COLUMN target_in_force.programme_code IS 'The programme.';
COMMENT ON COLUMN target_in_force.as_of IS 'Date in the world of the latest snapshot; before there is one, today.';
COMMENT ON COLUMN target_in_force.known_on IS 'Its date of knowledge, on which the targets stood; NULL: they stood on as_of.';
COMMENT ON COLUMN target_in_force.node_code IS 'The leaf.';
COMMENT ON COLUMN target_in_force.unit_code IS 'The unit it holds for; NULL: all without one of their own.';
COMMENT ON COLUMN target_in_force.target_id IS 'Number of the target.';
COMMENT ON COLUMN target_in_force.document IS 'The document that makes the promise.';
COMMENT ON COLUMN target_in_force.valid_from IS 'First day on which it stands.';
COMMENT ON COLUMN target_in_force.valid_to IS 'Last day; NULL: open.';
COMMENT ON COLUMN target_in_force.mark IS 'How far it is confirmed.';
COMMENT ON COLUMN target_in_force.source IS 'Where it was read.';
COMMENT ON COLUMN target_in_force.path_text IS 'Baseline and dated targets.';
COMMENT ON COLUMN target_in_force.direction IS 'up, down or keep.';
COMMENT ON COLUMN target_in_force.role IS 'level, average, average_growth, total or change.';
COMMENT ON COLUMN target_in_force.baseline IS 'Value the path starts from; NULL if it has none.';
COMMENT ON COLUMN target_in_force.baseline_on IS 'Date of the baseline.';
COMMENT ON COLUMN target_in_force.due IS 'Due date.';
COMMENT ON COLUMN target_in_force.target_text IS 'The target as written.';
COMMENT ON COLUMN target_in_force.met_bound IS 'The bound from which it is met.';
COMMENT ON COLUMN target_in_force.far_bound IS 'The bound beyond which it is exceeded; NULL if there is none.';
COMMENT ON COLUMN target_in_force.is_strict IS 'Whether the bound itself does not meet it.';

CREATE VIEW indicator_trend_history WITH (security_invoker = true) AS
	SELECT s.programme_code, o.unit_code, s.as_of, s.known_on, o.node_code AS indicator_code,
		o.period_end, o.value, o.vintage, o.is_provisional, o.expected, o.target_due, o.met_bound
	FROM snapshot AS s
		CROSS JOIN LATERAL observation_on_path(s.programme_code, s.as_of, s.known_on) AS o;
COMMENT ON VIEW indicator_trend_history IS 'As indicator_trend, for every reporting date.';

CREATE VIEW indicator_trend WITH (security_invoker = true) AS
	SELECT p.programme_code, o.unit_code, k.as_of, s.known_on, o.node_code AS indicator_code,
		o.period_end, o.value, o.vintage, o.is_provisional, o.expected, o.target_due, o.met_bound
	FROM programme AS p
		LEFT JOIN latest_snapshot AS s ON s.programme_code = p.programme_code
		CROSS JOIN LATERAL (SELECT COALESCE(s.as_of, CURRENT_DATE) AS as_of) AS k
		CROSS JOIN LATERAL observation_on_path(p.programme_code, k.as_of, s.known_on) AS o;
COMMENT ON VIEW indicator_trend IS
'What happened against what was promised, one row for each period up to the latest reporting date (before there is one, today), straight from the observations: what was released by its known_on, without one what is there now, beside the path in force for it.';
COMMENT ON COLUMN indicator_trend.programme_code IS 'The programme.';
COMMENT ON COLUMN indicator_trend.unit_code IS 'The unit.';
COMMENT ON COLUMN indicator_trend.as_of IS 'Date in the world: periods that ended by then count.';
COMMENT ON COLUMN indicator_trend.known_on IS 'Date of knowledge: what was released by then counts; NULL: everything released up to now.';
COMMENT ON COLUMN indicator_trend.indicator_code IS 'The indicator or, of an indicator over several, the leaf.';
COMMENT ON COLUMN indicator_trend.period_end IS 'Last day of the period.';
COMMENT ON COLUMN indicator_trend.value IS 'The figure.';
COMMENT ON COLUMN indicator_trend.vintage IS 'official, preliminary, estimate or not_stated.';
COMMENT ON COLUMN indicator_trend.is_provisional IS 'Whether that is a provisional one.';
COMMENT ON COLUMN indicator_trend.expected IS 'Value of the path on that day; NULL before it begins, and for targets over a span.';
COMMENT ON COLUMN indicator_trend.target_due IS 'The first due date on or after that day, else the last.';
COMMENT ON COLUMN indicator_trend.met_bound IS 'The bound from which that target is met.';

CREATE VIEW index_change_history WITH (security_invoker = true) AS
	SELECT b.programme_code, sb.unit_code, b.as_of, b.known_on, sb.due, c.category_code, c.indicator_code, c.leaf_code,
		a.as_of AS from_as_of, a.known_on AS from_known_on, c.change, c.category_change, c.cause,
		c.value_before, c.value_after, c.score_before, c.score_after
	FROM snapshot AS b
		CROSS JOIN LATERAL (
			SELECT s.snapshot_id, s.as_of, s.known_on, s.framework FROM snapshot AS s
			WHERE s.programme_code = b.programme_code AND s.as_of < b.as_of
			ORDER BY s.as_of DESC
			LIMIT 1
		) AS a
		JOIN snapshot_sheet AS sb ON sb.snapshot_id = b.snapshot_id AND sb.is_horizon
		JOIN snapshot_sheet AS sa ON sa.snapshot_id = a.snapshot_id AND sa.unit_code = sb.unit_code AND sa.due = sb.due AND sa.is_horizon
		CROSS JOIN LATERAL change_of_sheets(a.framework, sa, b.framework, sb) AS c;
COMMENT ON VIEW index_change_history IS 'As index_change, for every reporting date against the one before.';

CREATE VIEW index_change WITH (security_invoker = true) AS
	SELECT h.programme_code, h.unit_code, h.as_of, h.known_on, h.due, h.category_code, h.indicator_code, h.leaf_code,
		h.from_as_of, h.from_known_on, h.change, h.category_change, h.cause, h.value_before, h.value_after, h.score_before, h.score_after
	FROM latest_snapshot AS s
		JOIN index_change_history AS h ON h.programme_code = s.programme_code AND h.as_of = s.as_of;
COMMENT ON VIEW index_change IS
'What moved the index of each unit between the latest reporting date and the one before, at each horizon: a row for each leaf that changed and one for a change of method or targets. The changes of a unit and horizon sum to the difference of its index.';
COMMENT ON COLUMN index_change.programme_code IS 'The programme.';
COMMENT ON COLUMN index_change.unit_code IS 'The unit.';
COMMENT ON COLUMN index_change.as_of IS 'The later reporting date.';
COMMENT ON COLUMN index_change.known_on IS 'Its date of knowledge.';
COMMENT ON COLUMN index_change.due IS 'Due date the index is judged at.';
COMMENT ON COLUMN index_change.category_code IS 'The category; NULL for a change of method.';
COMMENT ON COLUMN index_change.indicator_code IS 'The indicator.';
COMMENT ON COLUMN index_change.leaf_code IS 'The leaf.';
COMMENT ON COLUMN index_change.from_as_of IS 'The earlier reporting date.';
COMMENT ON COLUMN index_change.from_known_on IS 'Its date of knowledge.';
COMMENT ON COLUMN index_change.change IS 'Points of the whole index; NULL if one of the two has no score.';
COMMENT ON COLUMN index_change.category_change IS 'Points of the index of its category.';
COMMENT ON COLUMN index_change.cause IS
'value; appeared, disappeared, became_applicable or no_longer_applicable; or method: what the new method and targets make of the earlier figures.';
COMMENT ON COLUMN index_change.value_before IS 'Value at the earlier date, NULL if missing.';
COMMENT ON COLUMN index_change.value_after IS 'Value at the later date, NULL if missing.';
COMMENT ON COLUMN index_change.score_before IS 'Score at the earlier date, by the later method; for a change of method that of the index by the earlier one.';
COMMENT ON COLUMN index_change.score_after IS 'Score at the later date; for a change of method that of the index at the earlier date by the later one.';

CREATE VIEW status_change WITH (security_invoker = true) AS
	SELECT t.programme_code, t.unit_code, t.as_of, t.node_code, t.due, t.from_status::text AS from_status, t.to_status::text AS to_status,
		signal(t.from_status) AS from_signal, signal(t.to_status) AS to_signal, t.at AS changed_at, t.refresh_id
	FROM status_transition AS t;
COMMENT ON VIEW status_change IS 'Changes of the current status of indicators, categories and programmes, as refreshes found them.';
COMMENT ON COLUMN status_change.programme_code IS 'The programme.';
COMMENT ON COLUMN status_change.unit_code IS 'The unit.';
COMMENT ON COLUMN status_change.as_of IS 'The latest reporting date after the refresh.';
COMMENT ON COLUMN status_change.node_code IS 'The indicator, category or programme.';
COMMENT ON COLUMN status_change.due IS 'Due date judged.';
COMMENT ON COLUMN status_change.from_status IS 'Status before; NULL: none.';
COMMENT ON COLUMN status_change.to_status IS 'Status after; NULL: none.';
COMMENT ON COLUMN status_change.from_signal IS 'Signal before.';
COMMENT ON COLUMN status_change.to_signal IS 'Signal after.';
COMMENT ON COLUMN status_change.changed_at IS 'When the refresh found it.';
COMMENT ON COLUMN status_change.refresh_id IS 'The refresh.';

CREATE VIEW refresh_status WITH (security_invoker = true) AS
	SELECT l.refresh_id AS last_refresh_id, l.started_at, l.finished_at, l.mode, l.cells, l.rows_written, l.transitions, l.message,
		(SELECT count(*) FROM refresh_queue AS q) AS queued
	FROM (VALUES (true)) AS always(is_there)
		LEFT JOIN (SELECT r.refresh_id, r.started_at, r.finished_at, r.mode, r.cells, r.rows_written, r.transitions, r.message
			FROM refresh_log AS r ORDER BY r.refresh_id DESC LIMIT 1) AS l ON true;
COMMENT ON VIEW refresh_status IS 'The last refresh and how many changes are waiting for the next: one row.';
COMMENT ON COLUMN refresh_status.last_refresh_id IS 'Number of the last refresh; NULL before the first.';
COMMENT ON COLUMN refresh_status.started_at IS 'When it began.';
COMMENT ON COLUMN refresh_status.finished_at IS 'When it was done.';
COMMENT ON COLUMN refresh_status.mode IS 'full or incremental.';
COMMENT ON COLUMN refresh_status.cells IS 'How many (unit, reporting date) were computed.';
COMMENT ON COLUMN refresh_status.rows_written IS 'How many rows were written.';
COMMENT ON COLUMN refresh_status.transitions IS 'How many current statuses changed.';
COMMENT ON COLUMN refresh_status.message IS 'What it has to say: programmes that could not be computed, and why; reporting dates without a method. NULL: nothing.';
COMMENT ON COLUMN refresh_status.queued IS 'Entries of refresh_queue.';

CREATE VIEW programme_label WITH (security_invoker = true) AS
	SELECT l.object_code AS programme_code, l.language, l.name, l.description
	FROM label AS l
	WHERE l.object_kind = 'programme';
COMMENT ON VIEW programme_label IS 'Names of programmes by language, to join with.';

COMMENT ON COLUMN programme_label.programme_code IS 'Its code.';
COMMENT ON COLUMN programme_label.language IS 'Language of the name.';
COMMENT ON COLUMN programme_label.name IS 'The name.';
COMMENT ON COLUMN programme_label.description IS 'More about it.';

CREATE VIEW node_label WITH (security_invoker = true) AS
	SELECT l.programme_code, l.object_code AS node_code, l.language, l.name, l.description, l.measure_unit
	FROM label AS l
	WHERE l.object_kind = 'node';
COMMENT ON VIEW node_label IS 'Names of nodes by language, to join with.';
COMMENT ON COLUMN node_label.programme_code IS 'The programme.';
COMMENT ON COLUMN node_label.measure_unit IS 'Unit of measure.';
COMMENT ON COLUMN node_label.node_code IS 'Its code.';
COMMENT ON COLUMN node_label.language IS 'Language of the name.';
COMMENT ON COLUMN node_label.name IS 'The name.';
COMMENT ON COLUMN node_label.description IS 'More about it.';

CREATE VIEW unit_label WITH (security_invoker = true) AS
	SELECT l.object_code AS unit_code, l.language, l.name, l.description
	FROM label AS l
	WHERE l.object_kind = 'unit';
COMMENT ON VIEW unit_label IS 'Names of units by language, to join with.';

COMMENT ON COLUMN unit_label.unit_code IS 'Its code.';
COMMENT ON COLUMN unit_label.language IS 'Language of the name.';
COMMENT ON COLUMN unit_label.name IS 'The name.';
COMMENT ON COLUMN unit_label.description IS 'More about it.';

CREATE VIEW owner_label WITH (security_invoker = true) AS
	SELECT l.object_code AS owner_code, l.language, l.name, l.description
	FROM label AS l
	WHERE l.object_kind = 'owner';
COMMENT ON VIEW owner_label IS 'Names of owners by language, to join with.';

COMMENT ON COLUMN owner_label.owner_code IS 'Its code.';
COMMENT ON COLUMN owner_label.language IS 'Language of the name.';
COMMENT ON COLUMN owner_label.name IS 'The name.';
COMMENT ON COLUMN owner_label.description IS 'More about it.';

CREATE VIEW word_label WITH (security_invoker = true) AS
	SELECT l.object_kind AS word_kind, l.object_code AS word, l.language, l.name, l.description
	FROM label AS l
	WHERE l.object_kind IN ('status', 'reason', 'vintage', 'mark');
COMMENT ON VIEW word_label IS 'Names of the words that views print: statuses, reasons, vintages and marks.';
COMMENT ON COLUMN word_label.word_kind IS 'status, reason, vintage or mark.';
COMMENT ON COLUMN word_label.word IS 'The word.';
COMMENT ON COLUMN word_label.language IS 'Language of the name.';
COMMENT ON COLUMN word_label.name IS 'The name.';
COMMENT ON COLUMN word_label.description IS 'More about it.';

CREATE VIEW data_quality_history WITH (security_invoker = true) AS
	SELECT s.programme_code, u.unit_code, s.as_of, s.known_on,
		u.indicators[array_position(u.leaves, q.node_code)] AS indicator_code, q.node_code AS leaf_code,
		q.latest_period, s.as_of - q.latest_period AS age_days, q.source, q.reporting_frequency,
		q.periods_expected, q.periods_observed, CASE WHEN q.periods_expected IS NOT NULL THEN GREATEST(q.periods_expected - q.periods_observed, 0) END AS gaps,
		q.share_provisional, q.conflicting_sources, q.revised, q.largest_revision
	FROM snapshot AS s
		CROSS JOIN LATERAL (
			SELECT l.unit_code, array_agg(l.node_code) AS leaves, array_agg(l.indicator_code) AS indicators
			FROM (SELECT DISTINCT d.unit_code, d.node_code, d.indicator_code FROM snapshot_leaf AS d WHERE d.snapshot_id = s.snapshot_id) AS l
			GROUP BY l.unit_code
		) AS u
		CROSS JOIN LATERAL observation_quality(s.programme_code, u.unit_code, u.leaves, s.as_of, s.known_on) AS q;
COMMENT ON VIEW data_quality_history IS 'As data_quality, for every reporting date.';

CREATE VIEW data_quality WITH (security_invoker = true) AS
	SELECT h.programme_code, h.unit_code, h.as_of, h.known_on, h.indicator_code, h.leaf_code, h.latest_period, h.age_days,
		h.source, h.reporting_frequency, h.periods_expected, h.periods_observed, h.gaps, h.share_provisional,
		h.conflicting_sources, h.revised, h.largest_revision
	FROM latest_snapshot AS s
		JOIN data_quality_history AS h ON h.programme_code = s.programme_code AND h.as_of = s.as_of;
COMMENT ON VIEW data_quality IS 'How good the figures of each leaf of each unit are, as of the latest snapshot; straight from the observations.';
COMMENT ON COLUMN data_quality.programme_code IS 'The programme.';
COMMENT ON COLUMN data_quality.unit_code IS 'The unit.';
COMMENT ON COLUMN data_quality.as_of IS 'Date in the world: periods that ended by then count.';
COMMENT ON COLUMN data_quality.known_on IS 'Date of knowledge: what was released by then counts; NULL: everything released up to now.';
COMMENT ON COLUMN data_quality.indicator_code IS 'The indicator.';
COMMENT ON COLUMN data_quality.leaf_code IS 'The leaf.';
COMMENT ON COLUMN data_quality.latest_period IS 'Last day of the latest period with a value; NULL: there is none.';
COMMENT ON COLUMN data_quality.age_days IS 'Days from then to as_of.';
COMMENT ON COLUMN data_quality.source IS 'Source of that value.';
COMMENT ON COLUMN data_quality.reporting_frequency IS 'How often a value is expected.';
COMMENT ON COLUMN data_quality.periods_expected IS 'Periods from the first with a value to as_of; NULL without a frequency.';
COMMENT ON COLUMN data_quality.periods_observed IS 'Periods with a value.';
COMMENT ON COLUMN data_quality.gaps IS 'Periods expected and not observed; NULL without a frequency.';
COMMENT ON COLUMN data_quality.share_provisional IS 'Share of the periods whose figure is provisional, 0 to 1.';
COMMENT ON COLUMN data_quality.conflicting_sources IS 'Periods for which sources give different figures of one vintage.';
COMMENT ON COLUMN data_quality.revised IS 'Periods for which a source revised its figure.';
COMMENT ON COLUMN data_quality.largest_revision IS 'The largest of those revisions, signed, in the unit of the indicator.';
