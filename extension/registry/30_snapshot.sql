-- What was computed: snapshots of each programme at its reporting dates, and the refresh that keeps them.

CREATE TABLE reporting_date (
	programme_code	text NOT NULL REFERENCES programme ON UPDATE CASCADE ON DELETE CASCADE,
	as_of			date NOT NULL CONSTRAINT reporting_date_as_of_in_range CHECK (as_of BETWEEN '0001-01-01' AND '9999-12-31'),
	known_on		date CONSTRAINT reporting_date_known_on_in_range CHECK (known_on BETWEEN '0001-01-01' AND '9999-12-31'),
	PRIMARY KEY (programme_code, as_of)
);
COMMENT ON TABLE reporting_date IS 'Dates for which snapshots are kept; the latest one of a programme is the one that views show.';
COMMENT ON COLUMN reporting_date.programme_code IS 'The programme.';
COMMENT ON COLUMN reporting_date.as_of IS 'Date in the world: periods that ended by then count.';
COMMENT ON COLUMN reporting_date.known_on IS
'Date of knowledge: what was released, and promised, by then counts. NULL: everything released up to now, and the targets that stood on as_of.';

CREATE TABLE refresh_log (
	refresh_id		bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	started_at		timestamptz NOT NULL,
	finished_at		timestamptz,
	mode			text NOT NULL CHECK (mode IN ('full', 'incremental')),
	cells			integer NOT NULL DEFAULT 0,
	rows_written	bigint NOT NULL DEFAULT 0,
	transitions		integer NOT NULL DEFAULT 0,
	duration		interval,
	message			text
);
COMMENT ON TABLE refresh_log IS 'One row for each refresh.';
COMMENT ON COLUMN refresh_log.refresh_id IS 'Number of the refresh.';
COMMENT ON COLUMN refresh_log.started_at IS 'When it began.';
COMMENT ON COLUMN refresh_log.finished_at IS 'When it was done.';
COMMENT ON COLUMN refresh_log.mode IS 'full or incremental.';
COMMENT ON COLUMN refresh_log.cells IS 'How many (unit, reporting date) were computed.';
COMMENT ON COLUMN refresh_log.rows_written IS 'How many rows of the snapshot tables were written.';
COMMENT ON COLUMN refresh_log.transitions IS 'How many current statuses changed.';
COMMENT ON COLUMN refresh_log.duration IS 'How long it took.';
COMMENT ON COLUMN refresh_log.message IS 'What it has to say: programmes and units that could not be computed, and why; reporting dates without a method, or not added. NULL: nothing.';

CREATE TABLE snapshot (
	snapshot_id				bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	programme_code			text NOT NULL REFERENCES programme ON UPDATE CASCADE,
	as_of					date NOT NULL,
	known_on				date,
	method_version			text NOT NULL,
	framework				index_framework NOT NULL,
	framework_fingerprint	text NOT NULL,
	scorecard_version		text NOT NULL,
	refresh_id				bigint REFERENCES refresh_log ON DELETE SET NULL,
	computed_at				timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
	UNIQUE (programme_code, as_of),
	FOREIGN KEY (programme_code, method_version) REFERENCES method ON UPDATE CASCADE
);
CREATE INDEX snapshot_method ON snapshot (programme_code, method_version);
CREATE INDEX snapshot_refresh ON snapshot (refresh_id);
COMMENT ON TABLE snapshot IS 'One programme at one reporting date.';
COMMENT ON COLUMN snapshot.snapshot_id IS 'Number of the snapshot.';
COMMENT ON COLUMN snapshot.programme_code IS 'The programme.';
COMMENT ON COLUMN snapshot.as_of IS 'Date in the world.';
COMMENT ON COLUMN snapshot.known_on IS 'Date of knowledge; NULL: everything released up to the refresh.';
COMMENT ON COLUMN snapshot.method_version IS 'The version of the method that applied.';
COMMENT ON COLUMN snapshot.framework IS 'The method with the targets in force for units without their own, judged at the current horizon.';
COMMENT ON COLUMN snapshot.framework_fingerprint IS 'framework_fingerprint of it.';
COMMENT ON COLUMN snapshot.scorecard_version IS 'Version of the extension that computed it.';
COMMENT ON COLUMN snapshot.refresh_id IS 'The refresh that last wrote to it.';
COMMENT ON COLUMN snapshot.computed_at IS 'When that was.';

CREATE TABLE snapshot_sheet (
	snapshot_id				bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
	unit_code				text NOT NULL,
	due						date NOT NULL,
	is_horizon				boolean NOT NULL,
	sheet					index_sheet NOT NULL,
	own_codes				text[],
	own_paths				target_path[],
	framework_fingerprint	text NOT NULL,
	PRIMARY KEY (unit_code, snapshot_id, due)
);
CREATE INDEX snapshot_sheet_snapshot ON snapshot_sheet (snapshot_id);
COMMENT ON TABLE snapshot_sheet IS
'The raw values of one unit, for one due date: for a leaf with a target then, the value that its verdict rests on; for the others the latest admissible one.';
COMMENT ON COLUMN snapshot_sheet.snapshot_id IS 'The snapshot.';
COMMENT ON COLUMN snapshot_sheet.unit_code IS 'The unit.';
COMMENT ON COLUMN snapshot_sheet.due IS 'The due date; as_of itself for a programme without any.';
COMMENT ON COLUMN snapshot_sheet.is_horizon IS 'Whether the index is judged at it; else it is only the due date of some target.';
COMMENT ON COLUMN snapshot_sheet.sheet IS 'The values.';
COMMENT ON COLUMN snapshot_sheet.own_codes IS 'Leaves with a target of the unit''s own; NULL if there is none.';
COMMENT ON COLUMN snapshot_sheet.own_paths IS 'Those targets.';
COMMENT ON COLUMN snapshot_sheet.framework_fingerprint IS 'Fingerprint of the framework that scores it: with the due date and the unit''s own targets.';

CREATE TABLE snapshot_leaf (
	snapshot_id				bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
	unit_code				text NOT NULL,
	node_code				text NOT NULL,
	due						date NOT NULL,
	indicator_code			text,
	is_horizon				boolean NOT NULL,
	is_current				boolean NOT NULL,
	is_applicable			boolean NOT NULL,
	value					float8,
	observed_on				date,
	vintage					text,
	is_provisional			boolean,
	sheet_value				float8,
	baseline				float8,
	target_text				text,
	met_bound				float8,
	expected				float8,
	attainment_level		float8,
	attainment_distance		float8,
	gap						float8,
	required_pace			float8,
	observed_pace			float8,
	pace_multiple			float8,
	projected_value			float8,
	projected_attainment	float8,
	status					progress_status,
	reason					text,
	target_id				bigint,
	document				text,
	own_path				target_path,
	sparkline				text,
	PRIMARY KEY (unit_code, snapshot_id, due, node_code)
);
CREATE INDEX snapshot_leaf_snapshot ON snapshot_leaf (snapshot_id);
COMMENT ON TABLE snapshot_leaf IS 'progress() of one leaf of one unit towards one dated target.';
COMMENT ON COLUMN snapshot_leaf.snapshot_id IS 'The snapshot.';
COMMENT ON COLUMN snapshot_leaf.unit_code IS 'The unit.';
COMMENT ON COLUMN snapshot_leaf.node_code IS 'The leaf.';
COMMENT ON COLUMN snapshot_leaf.due IS 'The due date, of the leaf''s own targets or a horizon.';
COMMENT ON COLUMN snapshot_leaf.indicator_code IS 'The indicator it belongs to; NULL if it counts for none.';
COMMENT ON COLUMN snapshot_leaf.is_horizon IS 'Whether the index is judged at due.';
COMMENT ON COLUMN snapshot_leaf.is_current IS 'Whether it is the leaf''s current target: the first due on or after as_of, else the last.';
COMMENT ON COLUMN snapshot_leaf.is_applicable IS 'Whether the leaf counts for the unit: it applies to it and has a target in force or a score rule.';
COMMENT ON COLUMN snapshot_leaf.value IS 'As in progress(); without a target the latest value.';
COMMENT ON COLUMN snapshot_leaf.observed_on IS 'Date of value.';
COMMENT ON COLUMN snapshot_leaf.vintage IS 'Vintage of value.';
COMMENT ON COLUMN snapshot_leaf.is_provisional IS 'Whether that is a provisional one; over a span, whether any value in it is. NULL without a value.';
COMMENT ON COLUMN snapshot_leaf.sheet_value IS 'The value that enters the index: NULL where there is none, it is too old or the leaf does not apply.';
COMMENT ON COLUMN snapshot_leaf.baseline IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.target_text IS 'The bound as written.';
COMMENT ON COLUMN snapshot_leaf.met_bound IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.expected IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.attainment_level IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.attainment_distance IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.gap IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.required_pace IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.observed_pace IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.pace_multiple IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.projected_value IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.projected_attainment IS 'As in progress().';
COMMENT ON COLUMN snapshot_leaf.status IS 'As in progress(); NULL where the leaf is not applicable.';
COMMENT ON COLUMN snapshot_leaf.reason IS 'As in progress(); or no_target, no_target_at_due, not_applicable.';
COMMENT ON COLUMN snapshot_leaf.target_id IS 'Number of the target in force.';
COMMENT ON COLUMN snapshot_leaf.document IS 'Its document.';
COMMENT ON COLUMN snapshot_leaf.own_path IS 'The path, where it is the unit''s own and scores the leaf; else it is that of the snapshot''s framework.';
COMMENT ON COLUMN snapshot_leaf.sparkline IS 'The series up to as_of as bars; NULL unless the database is in UTF8.';

CREATE TABLE snapshot_node (
	snapshot_id			bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
	unit_code			text NOT NULL,
	node_code			text NOT NULL,
	due					date NOT NULL,
	is_horizon			boolean NOT NULL,
	node_kind			text NOT NULL CHECK (node_kind IN ('programme', 'category', 'indicator', 'leaf')),
	parent_code			text,
	category_code		text,
	leaf_code			text,
	is_current			boolean NOT NULL,
	score				float8,
	expected_score		float8,
	difference			float8,
	raw					float8,
	coverage			float8,
	coverage_by_weight	float8,
	weight				float8,
	effective_weight	float8,
	contribution		float8,
	score_low			float8,
	score_high			float8,
	status				progress_status,
	reason				text,
	indicators			integer,
	met					integer,
	PRIMARY KEY (unit_code, snapshot_id, due, node_code)
);
CREATE INDEX snapshot_node_snapshot ON snapshot_node (snapshot_id);
CREATE INDEX snapshot_node_programme ON snapshot_node (snapshot_id, unit_code, due) INCLUDE (score) WHERE node_kind = 'programme';
COMMENT ON TABLE snapshot_node IS
'Scores of the nodes of one unit: all of them at a horizon, indicators at every due date of their targets.';
COMMENT ON COLUMN snapshot_node.snapshot_id IS 'The snapshot.';
COMMENT ON COLUMN snapshot_node.unit_code IS 'The unit.';
COMMENT ON COLUMN snapshot_node.node_code IS 'The node.';
COMMENT ON COLUMN snapshot_node.due IS 'The due date.';
COMMENT ON COLUMN snapshot_node.is_horizon IS 'Whether the index is judged at it.';
COMMENT ON COLUMN snapshot_node.node_kind IS 'programme (the root), category (above indicators), indicator, or leaf (below an indicator, or counted by none).';
COMMENT ON COLUMN snapshot_node.parent_code IS 'The node above.';
COMMENT ON COLUMN snapshot_node.category_code IS 'The node below the root that it belongs to; NULL for the root, and for an indicator directly below it.';
COMMENT ON COLUMN snapshot_node.leaf_code IS 'Of an indicator: the leaf that decides its status.';
COMMENT ON COLUMN snapshot_node.is_current IS 'Of an indicator: whether due is its first due date on or after as_of, else its last. Of the others: the same of the horizon.';
COMMENT ON COLUMN snapshot_node.score IS 'As in node_scores().';
COMMENT ON COLUMN snapshot_node.expected_score IS 'The score if every target leaf with a value stood on its path at as_of.';
COMMENT ON COLUMN snapshot_node.difference IS 'Score less expected score, both over the leaves that have both.';
COMMENT ON COLUMN snapshot_node.raw IS 'As in node_scores().';
COMMENT ON COLUMN snapshot_node.coverage IS 'As in node_scores().';
COMMENT ON COLUMN snapshot_node.coverage_by_weight IS 'As in node_scores().';
COMMENT ON COLUMN snapshot_node.weight IS 'As in node_scores().';
COMMENT ON COLUMN snapshot_node.effective_weight IS 'As in node_scores(); at a due date that is no horizon, the share of the whole if everything applied.';
COMMENT ON COLUMN snapshot_node.contribution IS 'As in node_scores(); NULL at a due date that is no horizon.';
COMMENT ON COLUMN snapshot_node.score_low IS 'Of the root and the nodes below it: lowest score that missing values can lead to, see index_bounds().';
COMMENT ON COLUMN snapshot_node.score_high IS 'The highest.';
COMMENT ON COLUMN snapshot_node.status IS
'Of an indicator or leaf as indicator_status_agg of its leaves; of the others index_status(score, expected_score). NULL where nothing below applies.';
COMMENT ON COLUMN snapshot_node.reason IS 'Of an indicator or leaf the reason of its status, of the others why there is no score.';
COMMENT ON COLUMN snapshot_node.indicators IS 'Of the programme and its categories: the indicators below.';
COMMENT ON COLUMN snapshot_node.met IS 'Of the same: those of them that are met or exceeded.';

CREATE TABLE snapshot_rank (
	snapshot_id		bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
	unit_code		text NOT NULL,
	due				date NOT NULL,
	unit_kind		text,
	rank			integer,
	rank_of			integer NOT NULL,
	PRIMARY KEY (unit_code, snapshot_id, due)
);
CREATE INDEX snapshot_rank_snapshot ON snapshot_rank (snapshot_id);
COMMENT ON TABLE snapshot_rank IS
'The place of each unit by its index among all units of its kind, at each horizon: kept so that nobody has to read all units to know that of one.';
COMMENT ON COLUMN snapshot_rank.snapshot_id IS 'The snapshot.';
COMMENT ON COLUMN snapshot_rank.unit_code IS 'The unit.';
COMMENT ON COLUMN snapshot_rank.due IS 'The due date.';
COMMENT ON COLUMN snapshot_rank.unit_kind IS 'Kind of unit when the snapshot was last written to; units without one are ranked among themselves.';
COMMENT ON COLUMN snapshot_rank.rank IS 'Place by the score to 12 digits, 1 is best; ties share a place and leave the next ones out. NULL without an index.';
COMMENT ON COLUMN snapshot_rank.rank_of IS 'How many of them have an index.';

-- The rows of a snapshot lie together, so that reading those of a few by index costs less than a scan even where there are few
-- snapshots, or the programme asked for is a small one among large ones: which the numbers that ANALYZE finds do not tell.
ALTER TABLE snapshot_sheet ALTER COLUMN snapshot_id SET (n_distinct = 1000);
ALTER TABLE snapshot_leaf ALTER COLUMN snapshot_id SET (n_distinct = 1000);
ALTER TABLE snapshot_node ALTER COLUMN snapshot_id SET (n_distinct = 1000);
ALTER TABLE snapshot_rank ALTER COLUMN snapshot_id SET (n_distinct = 1000);

CREATE TABLE status_transition (
	transition_id	bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	refresh_id		bigint NOT NULL REFERENCES refresh_log ON DELETE CASCADE,
	programme_code	text NOT NULL,
	unit_code		text NOT NULL,
	node_code		text NOT NULL,
	due				date NOT NULL,
	as_of			date NOT NULL,
	from_status		progress_status,
	to_status		progress_status,
	at				timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX status_transition_refresh ON status_transition (refresh_id);
CREATE INDEX status_transition_unit ON status_transition (unit_code, programme_code, at);
COMMENT ON TABLE status_transition IS
'Changes of the current status, that of the latest reporting date, made by a refresh.';
COMMENT ON COLUMN status_transition.transition_id IS 'Number of the change.';
COMMENT ON COLUMN status_transition.refresh_id IS 'The refresh that made it.';
COMMENT ON COLUMN status_transition.programme_code IS 'The programme.';
COMMENT ON COLUMN status_transition.unit_code IS 'The unit.';
COMMENT ON COLUMN status_transition.node_code IS 'The indicator, or category, or programme.';
COMMENT ON COLUMN status_transition.due IS 'The due date judged.';
COMMENT ON COLUMN status_transition.as_of IS 'The reporting date that is the latest now.';
COMMENT ON COLUMN status_transition.from_status IS 'Status before; NULL: none.';
COMMENT ON COLUMN status_transition.to_status IS 'Status after; NULL: none.';
COMMENT ON COLUMN status_transition.at IS 'When.';

CREATE TABLE refresh_queue (
	queue_id		bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	programme_code	text,
	unit_code		text,
	period_end		date,
	reason			text NOT NULL
);
COMMENT ON TABLE refresh_queue IS
'What changed since it was last computed, written by triggers in the transaction that made the change and consumed by refresh_registry.';
COMMENT ON COLUMN refresh_queue.queue_id IS 'Number of the entry.';
COMMENT ON COLUMN refresh_queue.programme_code IS 'The programme; NULL: all.';
COMMENT ON COLUMN refresh_queue.unit_code IS 'The unit, with which a refresh computes its successors; NULL: all.';
COMMENT ON COLUMN refresh_queue.period_end IS 'Reporting dates from then on are concerned; NULL: all.';
COMMENT ON COLUMN refresh_queue.reason IS 'The table that changed; target: also where it is bound; source: what else is bound; refresh: a refresh that could not compute the programme, or the unit.';

CREATE TABLE source_hash (
	programme_code	text NOT NULL,
	unit_code		text NOT NULL,
	period_end		date NOT NULL,
	hash			text NOT NULL,
	PRIMARY KEY (programme_code, unit_code, period_end)
);
COMMENT ON TABLE source_hash IS 'Where observations are bound: a hash of each unit and period, by which a refresh finds what changed.';
COMMENT ON COLUMN source_hash.programme_code IS 'The programme.';
COMMENT ON COLUMN source_hash.unit_code IS 'The unit.';
COMMENT ON COLUMN source_hash.period_end IS 'The period.';
COMMENT ON COLUMN source_hash.hash IS 'Hash of its rows.';

CREATE TABLE unit_access (
	role_name	name NOT NULL,
	unit_code	text REFERENCES unit ON UPDATE CASCADE ON DELETE CASCADE,
	all_units	boolean NOT NULL DEFAULT false,
	UNIQUE NULLS NOT DISTINCT (role_name, unit_code),
	-- a code that is missing by mistake is not everything
	CHECK (all_units = (unit_code IS NULL))
);
CREATE INDEX unit_access_unit ON unit_access (unit_code);
COMMENT ON TABLE unit_access IS 'Which units a role, or whoever has its rights, may see and edit, once secure_units has been called.';
COMMENT ON COLUMN unit_access.role_name IS 'The role.';
COMMENT ON COLUMN unit_access.unit_code IS 'A unit it may see; NULL with all_units.';
COMMENT ON COLUMN unit_access.all_units IS 'Whether it may see every unit, and change what belongs to no unit or to all.';
