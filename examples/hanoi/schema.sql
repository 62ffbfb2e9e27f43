-- The tables of the example. Nothing here belongs to the extension: they are
-- the ordinary tables a programme office has, with columns of the extension's
-- types only where a value of that type is worth storing (table "method").

-- Where things come from, and what may be counted -------------------------

CREATE TABLE source (
	number	integer PRIMARY KEY,
	title	text NOT NULL
);
COMMENT ON TABLE source IS
'Every document or article a figure of this example was read in.';
COMMENT ON COLUMN source.number IS
'Printed in brackets, as [16]. 0 stands for figures that have no source: the mark says why.';
COMMENT ON COLUMN source.title IS
'Address or title, with the document it reports where known.';

CREATE TABLE mark (
	code		text PRIMARY KEY,
	is_counted	boolean NOT NULL,
	meaning_vi	text NOT NULL,
	meaning_en	text NOT NULL
);
COMMENT ON TABLE mark IS
'How far a figure is confirmed. Every target and observation carries a mark.';
COMMENT ON COLUMN mark.code IS
'C confirmed, C* confirmed for a neighbouring plan, GK general knowledge, P our own illustration.';
COMMENT ON COLUMN mark.is_counted IS
'Whether figures with this mark enter paths, series, indices and counts. All are listed.';
COMMENT ON COLUMN mark.meaning_vi IS 'The meaning, in Vietnamese.';
COMMENT ON COLUMN mark.meaning_en IS 'The meaning, in English.';

CREATE TABLE vintage (
	code		text PRIMARY KEY,
	preference	smallint NOT NULL UNIQUE,
	name_vi		text NOT NULL,
	name_en		text NOT NULL
);
COMMENT ON TABLE vintage IS
'The kinds of figure a statistics office releases for one period, best first.';
COMMENT ON COLUMN vintage.code IS
'official, preliminary, estimate, or not_stated where the source does not say.';
COMMENT ON COLUMN vintage.preference IS
'Order of preference among figures of one period: 1 is taken first.';
COMMENT ON COLUMN vintage.name_vi IS 'The word in Vietnamese.';
COMMENT ON COLUMN vintage.name_en IS 'The word in English.';

-- The programme ------------------------------------------------------------

CREATE TABLE programme_node (
	code			text PRIMARY KEY,
	parent			text REFERENCES programme_node,
	category		text REFERENCES programme_node,
	ordinal			smallint NOT NULL,
	name_vi			text NOT NULL,
	name_en			text NOT NULL,
	measure_unit_vi	text,
	measure_unit_en	text,
	weight			float8 NOT NULL DEFAULT 1,
	is_indicator	boolean NOT NULL DEFAULT false,
	direction		text CHECK (direction IN ('up', 'down', 'keep')),
	role			text CHECK (role IN ('average', 'average_growth', 'total', 'change')),
	period			text CHECK (period IN ('day', 'half-year', 'year', 'term')),
	baseline_on		date,
	sources			integer[] NOT NULL CHECK (cardinality(sources) > 0),
	note			text
);
COMMENT ON TABLE programme_node IS
'The tree: programme, four categories, 26 indicators, and the single values of indicators that hold several.';
COMMENT ON COLUMN programme_node.code IS
'Short code: E1 is an indicator, M1.rural one of the values under indicator M1.';
COMMENT ON COLUMN programme_node.parent IS
'The node above; NULL for the programme.';
COMMENT ON COLUMN programme_node.category IS
'The category the node lies in (its own code for a category); NULL for the programme.';
COMMENT ON COLUMN programme_node.ordinal IS
'Order for display.';
COMMENT ON COLUMN programme_node.name_vi IS 'Name in Vietnamese, as the documents write it.';
COMMENT ON COLUMN programme_node.name_en IS 'Name in English.';
COMMENT ON COLUMN programme_node.measure_unit_vi IS 'Unit of measure, in Vietnamese.';
COMMENT ON COLUMN programme_node.measure_unit_en IS 'Unit of measure, in English.';
COMMENT ON COLUMN programme_node.weight IS
'Weight among siblings. All are 1 and all are ours: Hanoi publishes no weights.';
COMMENT ON COLUMN programme_node.is_indicator IS
'True for the 26 nodes that headline counts count.';
COMMENT ON COLUMN programme_node.direction IS
'Which way is better: up, down, or keep (hold a level). NULL above the leaves.';
COMMENT ON COLUMN programme_node.role IS
'What the target is about when it is not the level itself, such as an average growth over a span; NULL for level.';
COMMENT ON COLUMN programme_node.period IS
'Length of period of the observations that make up the series: a day for stocks, a year for flows and rates.';
COMMENT ON COLUMN programme_node.baseline_on IS
'Date of the observation the path starts from, where the documents give one.';
COMMENT ON COLUMN programme_node.sources IS 'Numbers in table source.';
COMMENT ON COLUMN programme_node.note IS 'What a reader should know.';

CREATE TABLE target (
	target_id		integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	code			text NOT NULL REFERENCES programme_node,
	due				date,
	span_start		date,
	bound			text NOT NULL,
	as_written_vi	text NOT NULL,
	as_written_en	text NOT NULL,
	document		text,
	sources			integer[] NOT NULL CHECK (cardinality(sources) > 0),
	mark			text NOT NULL REFERENCES mark,
	is_chosen		boolean NOT NULL DEFAULT true,
	note_vi			text,
	note_en			text
);
CREATE UNIQUE INDEX target_one_chosen ON target (code, due) WHERE is_chosen;
COMMENT ON TABLE target IS
'What was promised: one row for each dated value in each document, also where documents disagree.';
COMMENT ON COLUMN target.target_id IS 'Surrogate key.';
COMMENT ON COLUMN target.code IS 'The node promised.';
COMMENT ON COLUMN target.due IS
'The day it is due (the last of the year); NULL where the document gives no year.';
COMMENT ON COLUMN target.span_start IS
'First day of the span, for roles over time such as average_growth.';
COMMENT ON COLUMN target.bound IS
'The promise in the grammar of target_path: 60..62, >75, ~17, <4.';
COMMENT ON COLUMN target.as_written_vi IS 'The promise as the document words it, in Vietnamese.';
COMMENT ON COLUMN target.as_written_en IS 'The promise as worded, in English.';
COMMENT ON COLUMN target.document IS
'The document that makes the promise; NULL where the source does not name it.';
COMMENT ON COLUMN target.sources IS 'Numbers in table source.';
COMMENT ON COLUMN target.mark IS 'How far it is confirmed; only counted marks enter a path.';
COMMENT ON COLUMN target.is_chosen IS
'Of several documents for one node and date, the one followed here. The signed programme wins; else the note says why.';
COMMENT ON COLUMN target.note_vi IS 'Why it is, or is not, followed; in Vietnamese.';
COMMENT ON COLUMN target.note_en IS 'Why it is, or is not, followed; in English.';

CREATE TABLE observation (
	code		text NOT NULL REFERENCES programme_node,
	period		text NOT NULL CHECK (period IN ('day', 'half-year', 'year', 'term')),
	period_end	date NOT NULL,
	figure_no	smallint NOT NULL DEFAULT 1,
	value		float8,
	vintage		text NOT NULL DEFAULT 'not_stated' REFERENCES vintage,
	released_on	date,
	sources		integer[] NOT NULL CHECK (cardinality(sources) > 0),
	mark		text NOT NULL REFERENCES mark,
	is_chosen	boolean NOT NULL DEFAULT true,
	note_vi		text,
	note_en		text,
	PRIMARY KEY (code, period, period_end, figure_no)
);
COMMENT ON TABLE observation IS
'What happened: every figure seen, also where sources disagree or a figure was revised.';
COMMENT ON COLUMN observation.code IS 'The node observed.';
COMMENT ON COLUMN observation.period IS
'Length of the period the figure covers: day, half-year, year, or a five-year term.';
COMMENT ON COLUMN observation.period_end IS 'Last day of that period.';
COMMENT ON COLUMN observation.figure_no IS
'Numbers the figures for one period, in order of release where that is known.';
COMMENT ON COLUMN observation.value IS
'In the node''s unit of measure; NULL where the source gives only a range.';
COMMENT ON COLUMN observation.vintage IS 'estimate, preliminary, official or not_stated.';
COMMENT ON COLUMN observation.released_on IS
'Day of release; the last day of the month where only the month is known; NULL where unknown.';
COMMENT ON COLUMN observation.sources IS 'Numbers in table source.';
COMMENT ON COLUMN observation.mark IS 'How far it is confirmed; only counted marks enter a series.';
COMMENT ON COLUMN observation.is_chosen IS
'False for figures of a source that contradicts the one followed here; the note says why.';
COMMENT ON COLUMN observation.note_vi IS 'Remark in Vietnamese.';
COMMENT ON COLUMN observation.note_en IS 'Remark in English.';

-- Tasks and money: a task is a path in steps, money a path from 0 ------------

CREATE TABLE action_task (
	code		text PRIMARY KEY,
	name_vi		text NOT NULL,
	name_en		text NOT NULL,
	started_on	date NOT NULL,
	deadline	date NOT NULL,
	sources		integer[] NOT NULL CHECK (cardinality(sources) > 0),
	mark		text NOT NULL REFERENCES mark
);
COMMENT ON TABLE action_task IS
'Tasks the programme names. Their deadlines and most of their steps are illustrations.';
COMMENT ON COLUMN action_task.code IS 'Short code.';
COMMENT ON COLUMN action_task.name_vi IS 'Name in Vietnamese.';
COMMENT ON COLUMN action_task.name_en IS 'Name in English.';
COMMENT ON COLUMN action_task.started_on IS 'The day the programme was signed, with no step reached.';
COMMENT ON COLUMN action_task.deadline IS 'When the last step is due. Illustrative.';
COMMENT ON COLUMN action_task.sources IS 'Where the task is named.';
COMMENT ON COLUMN action_task.mark IS 'P: the deadline is our illustration.';

CREATE TABLE action_step (
	task		text NOT NULL REFERENCES action_task,
	step_no		smallint NOT NULL,
	name_vi		text NOT NULL,
	name_en		text NOT NULL,
	due			date NOT NULL,
	reached_on	date,
	sources		integer[] NOT NULL CHECK (cardinality(sources) > 0),
	mark		text NOT NULL REFERENCES mark,
	PRIMARY KEY (task, step_no)
);
COMMENT ON TABLE action_step IS
'The steps of each task. The figure followed is the number of the last step reached.';
COMMENT ON COLUMN action_step.task IS 'The task.';
COMMENT ON COLUMN action_step.step_no IS '1, 2, 3 …, in the order they are due.';
COMMENT ON COLUMN action_step.name_vi IS 'Name in Vietnamese.';
COMMENT ON COLUMN action_step.name_en IS 'Name in English.';
COMMENT ON COLUMN action_step.due IS 'When it is due. Illustrative.';
COMMENT ON COLUMN action_step.reached_on IS 'When it was reached; NULL while it is not.';
COMMENT ON COLUMN action_step.sources IS 'Where the date reached was read; 0 for an illustration.';
COMMENT ON COLUMN action_step.mark IS 'C where the date reached is a fact, P where it is our illustration.';

CREATE TABLE disbursement (
	project			text NOT NULL,
	on_date			date NOT NULL,
	planned_total	float8,
	disbursed_total	float8,
	sources			integer[] NOT NULL CHECK (cardinality(sources) > 0),
	mark			text NOT NULL REFERENCES mark,
	PRIMARY KEY (project, on_date)
);
COMMENT ON TABLE disbursement IS
'Money planned and paid out, both cumulative from 0. The programme names the disbursement; all amounts are illustrations.';
COMMENT ON COLUMN disbursement.project IS 'The investment project.';
COMMENT ON COLUMN disbursement.on_date IS 'The day the totals stand at.';
COMMENT ON COLUMN disbursement.planned_total IS
'Plan: to be paid out by that day since the start, billion VND; NULL where nothing is planned for the day.';
COMMENT ON COLUMN disbursement.disbursed_total IS
'Paid out by that day since the start, billion VND; NULL where not reported.';
COMMENT ON COLUMN disbursement.sources IS '0: an illustration.';
COMMENT ON COLUMN disbursement.mark IS 'P: an illustration, never counted.';

-- What to report -------------------------------------------------------------

CREATE TABLE report (
	as_of	date PRIMARY KEY
);
COMMENT ON TABLE report IS
'The dates to report for. Every view has one set of rows for each, so that two reports can be compared.';
COMMENT ON COLUMN report.as_of IS
'Figures for periods that end later are not looked at.';

CREATE TABLE horizon (
	due		date PRIMARY KEY
);
COMMENT ON TABLE horizon IS 'The dates the programme sets its targets for.';
COMMENT ON COLUMN horizon.due IS 'The last day of 2025 and of 2030.';

CREATE TABLE method (
	scope		text PRIMARY KEY REFERENCES programme_node,
	framework	index_framework NOT NULL
);
COMMENT ON TABLE method IS
'How the index is made: one framework for the programme and one for each category alone.';
COMMENT ON COLUMN method.scope IS 'The node at the root: programme, or a category.';
COMMENT ON COLUMN method.framework IS
'Tree, weights, and the target path of every leaf, built from the tables above.';

-- Words for display ----------------------------------------------------------

CREATE TABLE status_name (
	status	progress_status PRIMARY KEY,
	name_vi	text NOT NULL,
	name_en	text NOT NULL
);
COMMENT ON TABLE status_name IS 'The statuses in words.';
COMMENT ON COLUMN status_name.status IS 'Sorts worst first.';
COMMENT ON COLUMN status_name.name_vi IS 'The word in Vietnamese.';
COMMENT ON COLUMN status_name.name_en IS 'The word in English.';

CREATE TABLE reason_name (
	reason	text PRIMARY KEY,
	name_vi	text NOT NULL,
	name_en	text NOT NULL
);
COMMENT ON TABLE reason_name IS 'The machine-readable reasons in words.';
COMMENT ON COLUMN reason_name.reason IS 'As the extension returns it.';
COMMENT ON COLUMN reason_name.name_vi IS 'In Vietnamese.';
COMMENT ON COLUMN reason_name.name_en IS 'In English.';
