-- What happened: figures with vintage, release date, source and mark.

CREATE TABLE vintage (
	vintage			text PRIMARY KEY CHECK (vintage <> ''),
	preference		smallint NOT NULL UNIQUE,
	is_provisional	boolean NOT NULL
);
COMMENT ON TABLE vintage IS 'Kinds of figure that are released for one period.';
COMMENT ON COLUMN vintage.vintage IS 'The word.';
COMMENT ON COLUMN vintage.preference IS 'Order of preference among the figures of one period: the lowest is taken.';
COMMENT ON COLUMN vintage.is_provisional IS 'Whether a verdict on such a figure is marked provisional.';
INSERT INTO vintage VALUES
	('official', 1, false),
	('preliminary', 2, true),
	('estimate', 3, true),
	('not_stated', 4, false);

CREATE TABLE observation (
	programme_code	text NOT NULL REFERENCES programme ON UPDATE CASCADE,
	node_code		text NOT NULL CHECK (node_code <> ''),
	unit_code		text NOT NULL REFERENCES unit ON UPDATE CASCADE,
	period_start	date CONSTRAINT observation_period_start_in_range CHECK (period_start BETWEEN '0001-01-01' AND '9999-12-31'),
	period_end		date NOT NULL CONSTRAINT observation_period_end_in_range CHECK (period_end BETWEEN '0001-01-01' AND '9999-12-31'),
	vintage			text NOT NULL DEFAULT 'not_stated' REFERENCES vintage ON UPDATE CASCADE,
	released_on		date NOT NULL DEFAULT CURRENT_DATE CONSTRAINT observation_released_on_in_range CHECK (
						released_on = '-infinity' OR released_on BETWEEN '0001-01-01' AND '9999-12-31'),
	value			float8 CHECK (value > float8 '-infinity' AND value < float8 'infinity'),
	is_applicable	boolean NOT NULL DEFAULT true,
	source			text NOT NULL DEFAULT '',
	mark			text NOT NULL DEFAULT 'C' REFERENCES mark ON UPDATE CASCADE,
	note			text,
	loaded_at		timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
	PRIMARY KEY (unit_code, programme_code, node_code, period_end, vintage, released_on, source),
	CHECK (period_start <= period_end),
	CHECK (is_applicable OR value IS NULL)
);
CREATE INDEX observation_node ON observation (programme_code, node_code, period_end);
CREATE INDEX observation_period ON observation (period_end);
CREATE INDEX observation_unit ON observation (programme_code, unit_code);
COMMENT ON TABLE observation IS
'What happened: every figure released, also where it was revised or sources disagree. Figures are added, not overwritten: a revision is a row with a later release or a better vintage.';
COMMENT ON COLUMN observation.programme_code IS 'The programme.';
COMMENT ON COLUMN observation.node_code IS 'The leaf, or another code kept for a numerator or denominator.';
COMMENT ON COLUMN observation.unit_code IS 'The unit measured.';
COMMENT ON COLUMN observation.period_start IS 'First day of the period; NULL for a day.';
COMMENT ON COLUMN observation.period_end IS 'Last day of the period: the date of the value in a series.';
COMMENT ON COLUMN observation.vintage IS 'official, preliminary, estimate or not_stated.';
COMMENT ON COLUMN observation.released_on IS 'Day on which the figure became known; -infinity: known ever since.';
COMMENT ON COLUMN observation.value IS 'The figure in the unit of the indicator, never NaN or infinite; NULL: reported as missing.';
COMMENT ON COLUMN observation.is_applicable IS
'False: from this period on the indicator does not apply to the unit, until a later period has a value. It then leaves weights and coverage, where a missing value does not.';
COMMENT ON COLUMN observation.source IS 'Where the figure comes from.';
COMMENT ON COLUMN observation.mark IS 'How far it is confirmed.';
COMMENT ON COLUMN observation.note IS 'Remarks.';
COMMENT ON COLUMN observation.loaded_at IS 'When the row was entered.';

CREATE TABLE staging (
	staging_id		bigint GENERATED ALWAYS AS IDENTITY,
	line			bigint CONSTRAINT staging_line_in_range CHECK (line BETWEEN 1 AND 1000000000),
	programme_code	text,
	node_code		text,
	unit_code		text,
	period_start	text,
	period_end		text,
	vintage			text,
	released_on		text,
	value			text,
	is_applicable	text,
	source			text,
	mark			text,
	note			text,
	loaded_by		name NOT NULL DEFAULT CURRENT_USER,
	loaded_at		timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP,
	-- a role that gives numbers by hand cannot take those of others
	PRIMARY KEY (loaded_by, staging_id)
);
COMMENT ON TABLE staging IS 'Where files are copied to before load_staging checks them and adds them to observation: all text.';
COMMENT ON COLUMN staging.staging_id IS 'Number of the row, in the order of entry; it tells lines apart that bear one number.';
COMMENT ON COLUMN staging.line IS
'Number of the line, for messages. Where it is NULL, load_staging gives one: it goes on from the last that it sees, and begins at 1 where there is none.';
COMMENT ON COLUMN staging.programme_code IS 'As observation.programme_code.';
COMMENT ON COLUMN staging.node_code IS 'As observation.node_code.';
COMMENT ON COLUMN staging.unit_code IS 'As observation.unit_code.';
COMMENT ON COLUMN staging.period_start IS 'As observation.period_start.';
COMMENT ON COLUMN staging.period_end IS 'As observation.period_end.';
COMMENT ON COLUMN staging.vintage IS 'As observation.vintage; NULL: not_stated.';
COMMENT ON COLUMN staging.released_on IS 'As observation.released_on; NULL: today.';
COMMENT ON COLUMN staging.value IS 'As observation.value; NULL: reported as missing.';
COMMENT ON COLUMN staging.is_applicable IS 'As observation.is_applicable; NULL: true.';
COMMENT ON COLUMN staging.source IS 'As observation.source; NULL: the empty text.';
COMMENT ON COLUMN staging.mark IS 'As observation.mark; NULL: C.';
COMMENT ON COLUMN staging.note IS 'As observation.note.';
COMMENT ON COLUMN staging.loaded_by IS 'The role that entered the line, and whose units count when it is loaded.';
COMMENT ON COLUMN staging.loaded_at IS 'When the line was entered: all lines of a file at once.';

CREATE VIEW upload WITH (security_invoker = true) AS
	SELECT programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, is_applicable, source, mark, note
	FROM staging;
CREATE TRIGGER upload_line INSTEAD OF INSERT ON upload FOR EACH ROW EXECUTE FUNCTION registry_upload();
COMMENT ON VIEW upload IS
'A door to staging for roles under row-level security: COPY writes into it, where PostgreSQL refuses to let it write into the table.';
COMMENT ON COLUMN upload.programme_code IS 'As staging.programme_code.';
COMMENT ON COLUMN upload.node_code IS 'As staging.node_code.';
COMMENT ON COLUMN upload.unit_code IS 'As staging.unit_code.';
COMMENT ON COLUMN upload.period_start IS 'As staging.period_start.';
COMMENT ON COLUMN upload.period_end IS 'As staging.period_end.';
COMMENT ON COLUMN upload.vintage IS 'As staging.vintage.';
COMMENT ON COLUMN upload.released_on IS 'As staging.released_on.';
COMMENT ON COLUMN upload.value IS 'As staging.value.';
COMMENT ON COLUMN upload.is_applicable IS 'As staging.is_applicable.';
COMMENT ON COLUMN upload.source IS 'As staging.source.';
COMMENT ON COLUMN upload.mark IS 'As staging.mark.';
COMMENT ON COLUMN upload.note IS 'As staging.note.';

-- Everything else reads these views, which bind_registry points to tables that are there already.

CREATE VIEW observation_source WITH (security_invoker = true) AS
	SELECT programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, is_applicable,
		source, mark, note
	FROM observation;
COMMENT ON VIEW observation_source IS
'The observations that are evaluated: the table observation, or what bind_registry bound in its place.';
COMMENT ON COLUMN observation_source.programme_code IS 'The programme.';
COMMENT ON COLUMN observation_source.node_code IS 'The leaf.';
COMMENT ON COLUMN observation_source.unit_code IS 'The unit measured.';
COMMENT ON COLUMN observation_source.period_start IS 'First day of the period.';
COMMENT ON COLUMN observation_source.period_end IS 'Last day of the period.';
COMMENT ON COLUMN observation_source.vintage IS 'official, preliminary, estimate or not_stated.';
COMMENT ON COLUMN observation_source.released_on IS 'Day on which the figure became known.';
COMMENT ON COLUMN observation_source.value IS 'The figure.';
COMMENT ON COLUMN observation_source.is_applicable IS 'Whether the indicator applies to the unit.';
COMMENT ON COLUMN observation_source.source IS 'Where the figure comes from.';
COMMENT ON COLUMN observation_source.mark IS 'How far it is confirmed.';
COMMENT ON COLUMN observation_source.note IS 'Remarks.';

CREATE VIEW observation_unit_source WITH (security_invoker = true) AS
	SELECT programme_code, unit_code
	FROM observation;
COMMENT ON VIEW observation_unit_source IS
'Which units may have observations of which programme, each pair once or more often: those of the table observation, by an index, or, where bind_registry bound something in its place, every unit with every programme. Without a pair here, observation_source has none.';
COMMENT ON COLUMN observation_unit_source.programme_code IS 'The programme.';
COMMENT ON COLUMN observation_unit_source.unit_code IS 'The unit measured.';

CREATE VIEW target_source WITH (security_invoker = true) AS
	SELECT target_id, programme_code, node_code, unit_code, path, document, valid_from, valid_to, mark, source
	FROM target;
COMMENT ON VIEW target_source IS 'The targets that are evaluated: the table target, or what bind_registry bound in its place.';
COMMENT ON COLUMN target_source.target_id IS 'Number of the target.';
COMMENT ON COLUMN target_source.programme_code IS 'The programme.';
COMMENT ON COLUMN target_source.node_code IS 'The leaf.';
COMMENT ON COLUMN target_source.unit_code IS 'The unit it holds for; NULL: all.';
COMMENT ON COLUMN target_source.path IS 'Baseline and dated targets.';
COMMENT ON COLUMN target_source.document IS 'The document that makes the promise.';
COMMENT ON COLUMN target_source.valid_from IS 'First day on which it stands.';
COMMENT ON COLUMN target_source.valid_to IS 'Last day; NULL: open.';
COMMENT ON COLUMN target_source.mark IS 'How far it is confirmed.';
COMMENT ON COLUMN target_source.source IS 'Where it was read.';

CREATE VIEW node_source WITH (security_invoker = true) AS
	SELECT programme_code, method_version, node_code, parent_code, ordinal, weight, rule, is_indicator, is_additive,
		numerator_code, denominator_code, ratio_per, reporting_frequency, owner_code, declared_count
	FROM node;
COMMENT ON VIEW node_source IS 'The nodes that are evaluated: the table node, or what bind_registry bound in its place.';
COMMENT ON COLUMN node_source.programme_code IS 'The programme.';
COMMENT ON COLUMN node_source.method_version IS 'The version of its method.';
COMMENT ON COLUMN node_source.node_code IS 'Code of the node.';
COMMENT ON COLUMN node_source.parent_code IS 'The node above.';
COMMENT ON COLUMN node_source.ordinal IS 'Order for display.';
COMMENT ON COLUMN node_source.weight IS 'Weight among siblings.';
COMMENT ON COLUMN node_source.rule IS 'Other keys of a framework node.';
COMMENT ON COLUMN node_source.is_indicator IS 'Whether headlines count the node.';
COMMENT ON COLUMN node_source.is_additive IS 'Whether values of sub-units, and of units that merge, sum up.';
COMMENT ON COLUMN node_source.numerator_code IS 'Of a ratio: code of its numerator.';
COMMENT ON COLUMN node_source.denominator_code IS 'Of a ratio: code of its denominator.';
COMMENT ON COLUMN node_source.ratio_per IS 'Of a ratio: the factor.';
COMMENT ON COLUMN node_source.reporting_frequency IS 'How often a value is expected.';
COMMENT ON COLUMN node_source.owner_code IS 'Who answers for it.';
COMMENT ON COLUMN node_source.declared_count IS 'How many indicators were announced.';
