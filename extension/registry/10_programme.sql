-- What is judged: programmes, units, methods, targets, and the words for them.

CREATE TABLE registry_version (
	only_row			boolean PRIMARY KEY DEFAULT true CHECK (only_row),
	model_version		integer NOT NULL,
	scorecard_version	text NOT NULL,
	created_at			timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP
);
COMMENT ON TABLE registry_version IS 'Which data model this schema holds: one row, written by create_registry and upgrade_registry.';
COMMENT ON COLUMN registry_version.only_row IS 'Always true: the table has one row.';
COMMENT ON COLUMN registry_version.model_version IS 'Number of the data model, counted up by upgrade_registry.';
COMMENT ON COLUMN registry_version.scorecard_version IS 'Version of the extension that created or last upgraded the registry.';
COMMENT ON COLUMN registry_version.created_at IS 'When the registry was created.';

CREATE TABLE programme (
	programme_code	text PRIMARY KEY CHECK (programme_code <> ''),
	valid_from		date CONSTRAINT programme_valid_from_in_range CHECK (valid_from BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_from)),
	valid_to		date CHECK (valid_to >= valid_from)
		CONSTRAINT programme_valid_to_in_range CHECK (valid_to BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_to)),
	document		text,
	unit_kind		text,
	vintage_choice	text NOT NULL DEFAULT 'official' CHECK (vintage_choice IN ('official', 'latest')),
	max_age			interval CHECK (max_age > interval '0' AND max_age <= interval '1000 years')
);
COMMENT ON TABLE programme IS 'A programme: indicators, targets and one index, judged for units.';
COMMENT ON COLUMN programme.programme_code IS 'Code of the programme.';
COMMENT ON COLUMN programme.valid_from IS 'First day of the programme; NULL: open.';
COMMENT ON COLUMN programme.valid_to IS 'Last day of the programme; NULL: open.';
COMMENT ON COLUMN programme.document IS 'The document that sets it up.';
COMMENT ON COLUMN programme.unit_kind IS
'Kind of the units that are judged: all units of this kind that are valid on the date, also those without any value. NULL: the units that have an observation for the programme.';
COMMENT ON COLUMN programme.vintage_choice IS
'Which of several figures for one period is taken: official: by preference of the vintage (official, preliminary, estimate), within each the latest release; latest: the latest release, whatever its vintage.';
COMMENT ON COLUMN programme.max_age IS
'Older values enter no index and are not projected from, unless the target was due already; NULL: any age.';

CREATE TABLE horizon (
	programme_code	text NOT NULL REFERENCES programme ON UPDATE CASCADE ON DELETE CASCADE,
	due				date NOT NULL CONSTRAINT horizon_due_in_range CHECK (due BETWEEN '0001-01-01' AND '9999-12-31'),
	PRIMARY KEY (programme_code, due)
);
COMMENT ON TABLE horizon IS
'Due dates at which the index of a programme is judged. A programme without any is judged at every due date of its targets.';
COMMENT ON COLUMN horizon.programme_code IS 'The programme.';
COMMENT ON COLUMN horizon.due IS 'Due date.';

CREATE TABLE owner (
	owner_code	text PRIMARY KEY CHECK (owner_code <> '')
);
COMMENT ON TABLE owner IS 'Who answers for an indicator: a department, an agency. Names are labels.';
COMMENT ON COLUMN owner.owner_code IS 'Code of the owner.';

CREATE TABLE unit (
	unit_code			text PRIMARY KEY CHECK (unit_code <> ''),
	parent_unit_code	text REFERENCES unit ON UPDATE CASCADE,
	unit_kind			text,
	valid_from			date CONSTRAINT unit_valid_from_in_range CHECK (valid_from BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_from)),
	valid_to			date CHECK (valid_to >= valid_from)
		CONSTRAINT unit_valid_to_in_range CHECK (valid_to BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_to)),
	CHECK (parent_unit_code <> unit_code)
);
CREATE INDEX unit_parent ON unit (parent_unit_code);
CREATE INDEX unit_kind ON unit (unit_kind);
COMMENT ON TABLE unit IS 'What is measured: city, ward, commune, department. Each has its own observations: nothing is summed or averaged from one unit to another, but from predecessors to their successors (unit_successor).';
COMMENT ON COLUMN unit.unit_code IS 'Code of the unit, as text: leading zeros count.';
COMMENT ON COLUMN unit.parent_unit_code IS 'The unit it belongs to; NULL for the topmost.';
COMMENT ON COLUMN unit.unit_kind IS 'Kind of unit, such as city, ward or department.';
COMMENT ON COLUMN unit.valid_from IS
'First day of the unit; NULL: open. A unit that was there before it took others in (unit_successor) needs one: without, it is taken to have begun with the first of them, and has their figures of the time before.';
COMMENT ON COLUMN unit.valid_to IS 'Last day of the unit; NULL: open.';

CREATE TABLE unit_successor (
	unit_code		text NOT NULL REFERENCES unit ON UPDATE CASCADE ON DELETE CASCADE,
	successor_code	text NOT NULL REFERENCES unit ON UPDATE CASCADE ON DELETE CASCADE,
	weight			float8 NOT NULL CHECK (weight > 0 AND weight <= 1),
	valid_from		date NOT NULL CONSTRAINT unit_successor_valid_from_in_range CHECK (valid_from BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_from)),
	PRIMARY KEY (unit_code, successor_code),
	CHECK (unit_code <> successor_code)
);
CREATE INDEX unit_successor_successor ON unit_successor (successor_code);
COMMENT ON TABLE unit_successor IS
'Which units a unit was merged into or split among. The weights of a unit sum to 1. For periods that ended before the change, a successor without a figure of its own has that of its predecessors (observation_derived).';
COMMENT ON COLUMN unit_successor.unit_code IS 'The unit that ended.';
COMMENT ON COLUMN unit_successor.successor_code IS 'A unit that has part of it.';
COMMENT ON COLUMN unit_successor.weight IS 'Share of the old unit that went there, by population or area, above 0, at most 1.';
COMMENT ON COLUMN unit_successor.valid_from IS 'Day of the change.';

CREATE TABLE method (
	programme_code	text NOT NULL REFERENCES programme ON UPDATE CASCADE ON DELETE CASCADE,
	method_version	text NOT NULL CHECK (method_version <> ''),
	valid_from		date CONSTRAINT method_valid_from_in_range CHECK (valid_from BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_from)),
	valid_to		date CHECK (valid_to >= valid_from)
		CONSTRAINT method_valid_to_in_range CHECK (valid_to BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_to)),
	document		text,
	note			text,
	PRIMARY KEY (programme_code, method_version)
);
COMMENT ON TABLE method IS
'Versions of a programme''s method. The one valid on the as-of date applies; of several the one with the latest valid_from. A version cannot be deleted while snapshots refer to it.';
COMMENT ON COLUMN method.programme_code IS 'The programme.';
COMMENT ON COLUMN method.method_version IS 'Name of the version, such as 2024.';
COMMENT ON COLUMN method.valid_from IS 'First as-of date it applies to; NULL: open.';
COMMENT ON COLUMN method.valid_to IS 'Last as-of date it applies to; NULL: open.';
COMMENT ON COLUMN method.document IS 'The document that sets it.';
COMMENT ON COLUMN method.note IS 'What changed and why.';

CREATE TABLE node (
	programme_code		text NOT NULL,
	method_version		text NOT NULL,
	node_code			text NOT NULL CHECK (node_code <> ''),
	parent_code			text,
	ordinal				integer NOT NULL DEFAULT 0,
	weight				float8 NOT NULL DEFAULT 1 CHECK (weight >= 0 AND weight < float8 'infinity'),
	rule				jsonb NOT NULL DEFAULT '{}'
		CHECK (jsonb_typeof(rule) = 'object' AND NOT rule ?| '{code,parent,weight,target,due,indicator}'),
	is_indicator		boolean NOT NULL DEFAULT false,
	is_additive			boolean NOT NULL DEFAULT false,
	numerator_code		text,
	denominator_code	text,
	ratio_per			float8 NOT NULL DEFAULT 100 CHECK (ratio_per > 0 AND ratio_per < float8 'infinity'),
	reporting_frequency	text CHECK (reporting_frequency IN ('day', 'month', 'quarter', 'half_year', 'year', 'term')),
	owner_code			text REFERENCES owner ON UPDATE CASCADE,
	declared_count		integer CHECK (declared_count >= 0),
	PRIMARY KEY (programme_code, method_version, node_code),
	FOREIGN KEY (programme_code, method_version) REFERENCES method ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (programme_code, method_version, parent_code) REFERENCES node ON UPDATE CASCADE DEFERRABLE,
	CHECK ((numerator_code IS NULL) = (denominator_code IS NULL))
);
CREATE INDEX node_parent ON node (programme_code, method_version, parent_code);
CREATE INDEX node_owner ON node (owner_code);
COMMENT ON TABLE node IS
'The tree of a method: the programme, its categories, its indicators and, where an indicator is measured by several values, its leaves. Leaves are what observations and targets name.';
COMMENT ON COLUMN node.programme_code IS 'The programme.';
COMMENT ON COLUMN node.method_version IS 'The version of its method.';
COMMENT ON COLUMN node.node_code IS 'Code of the node, the same from version to version.';
COMMENT ON COLUMN node.parent_code IS 'The node above; NULL for the programme itself, the root.';
COMMENT ON COLUMN node.ordinal IS 'Order for display.';
COMMENT ON COLUMN node.weight IS 'Weight among siblings; 0: reported and counted nowhere.';
COMMENT ON COLUMN node.rule IS
'Other keys of a framework node as a JSON object: aggregation, missing, worst and best, measure and so on (docs/framework.md). A leaf without a score rule is scored by its target.';
COMMENT ON COLUMN node.is_indicator IS
'Whether headlines count the node. Where a method marks none, its leaves are the indicators.';
COMMENT ON COLUMN node.is_additive IS 'Whether the values of sub-units sum to that of the unit above, and those of units that merge to that of their successor.';
COMMENT ON COLUMN node.numerator_code IS 'Of a ratio: code under which its numerator is observed. Where the ratio itself was not, it is computed from both.';
COMMENT ON COLUMN node.denominator_code IS 'Of a ratio: code under which its denominator is observed.';
COMMENT ON COLUMN node.ratio_per IS 'Of a ratio: the factor, 100 for per cent, 10000 for per ten thousand.';
COMMENT ON COLUMN node.reporting_frequency IS 'How often a value is expected: day, month, quarter, half_year, year or term; NULL: not said.';
COMMENT ON COLUMN node.owner_code IS 'Who answers for it.';
COMMENT ON COLUMN node.declared_count IS 'Of a category or the programme: how many indicators were announced, where somebody did.';

CREATE TABLE mark (
	mark		text PRIMARY KEY CHECK (mark <> ''),
	is_counted	boolean NOT NULL,
	meaning		text
);
COMMENT ON TABLE mark IS
'How far a figure is confirmed. Figures whose mark is not counted are listed and enter no index and no count.';
COMMENT ON COLUMN mark.mark IS 'The mark.';
COMMENT ON COLUMN mark.is_counted IS 'Whether figures with this mark are counted.';
COMMENT ON COLUMN mark.meaning IS 'What it says.';
INSERT INTO mark VALUES
	('C', true, 'confirmed: read in the source named'),
	('C*', false, 'confirmed for another plan than this one'),
	('GK', false, 'general knowledge, not confirmed'),
	('P', false, 'illustration, not data');

CREATE TABLE target (
	target_id		bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	programme_code	text NOT NULL REFERENCES programme ON UPDATE CASCADE ON DELETE CASCADE,
	node_code		text NOT NULL,
	unit_code		text REFERENCES unit ON UPDATE CASCADE,
	path			target_path NOT NULL,
	document		text NOT NULL,
	valid_from		date NOT NULL CONSTRAINT target_valid_from_in_range CHECK (valid_from BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_from)),
	valid_to		date CHECK (valid_to >= valid_from)
		CONSTRAINT target_valid_to_in_range CHECK (valid_to BETWEEN '0001-01-01' AND '9999-12-31' OR NOT isfinite(valid_to)),
	mark			text NOT NULL DEFAULT 'C' REFERENCES mark ON UPDATE CASCADE,
	source			text
);
CREATE INDEX target_node ON target (programme_code, node_code, unit_code, valid_from);
CREATE INDEX target_unit ON target (unit_code);
CREATE INDEX target_mark ON target (mark);
COMMENT ON TABLE target IS
'What was promised: a path of dated targets for a leaf, from a document, for as long as it stands. A unit''s own target goes before the general one; of several valid ones the one with the latest valid_from applies, as a whole.';
COMMENT ON COLUMN target.target_id IS 'Number of the target.';
COMMENT ON COLUMN target.programme_code IS 'The programme.';
COMMENT ON COLUMN target.node_code IS 'The leaf.';
COMMENT ON COLUMN target.unit_code IS 'The unit it holds for; NULL: all units without one of their own.';
COMMENT ON COLUMN target.path IS 'Baseline and dated targets, as 12@2020 -> 50..55@2025 -> 70@2030 (docs/target-path.md).';
COMMENT ON COLUMN target.document IS 'The document that makes the promise.';
COMMENT ON COLUMN target.valid_from IS 'First day on which the promise stands, as known on that day.';
COMMENT ON COLUMN target.valid_to IS 'Last day; NULL: open.';
COMMENT ON COLUMN target.mark IS 'How far it is confirmed; where the mark is not counted, the target is listed and judges nothing.';
COMMENT ON COLUMN target.source IS 'Where it was read.';

CREATE TABLE label (
	object_kind		text NOT NULL CHECK (object_kind IN ('programme', 'node', 'unit', 'owner', 'status', 'reason', 'vintage', 'mark')),
	object_code		text NOT NULL,
	programme_code	text NOT NULL DEFAULT '',
	language		text NOT NULL,
	name			text NOT NULL,
	description		text,
	measure_unit	text,
	PRIMARY KEY (object_kind, object_code, programme_code, language)
);
COMMENT ON TABLE label IS 'Names in any number of languages. They are no part of the method.';
COMMENT ON COLUMN label.object_kind IS 'What is named: programme, node, unit, owner, status, reason, vintage or mark.';
COMMENT ON COLUMN label.object_code IS 'Its code, or the word as the views print it.';
COMMENT ON COLUMN label.programme_code IS 'The programme of a node; empty for everything else.';
COMMENT ON COLUMN label.language IS 'Language of the name, such as vi or en.';
COMMENT ON COLUMN label.name IS 'The name.';
COMMENT ON COLUMN label.description IS 'More about it.';
COMMENT ON COLUMN label.measure_unit IS 'Unit of measure of an indicator.';
