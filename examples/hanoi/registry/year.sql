-- What happens to a registry in a year: the first refresh, a late revision, and
-- the yearly file, loaded twice. All of it is about the synthetic communes.

SELECT * FROM refresh_registry('hanoi_registry', full_refresh => true);
ANALYZE snapshot, snapshot_sheet, snapshot_leaf, snapshot_node;

-- On 20 January 2026 three communes correct November 2025.
INSERT INTO observation
	(programme_code, node_code, unit_code, period_start, period_end, vintage, released_on, value, source, mark, note)
VALUES
	('synthetic', 'wastewater_treated', 'SYN-010', '2025-11-01', '2025-11-30', 'official', '2026-01-20', 61.9, 'synthetic', 'SYN', 'late revision'),
	('synthetic', 'wastewater_treated', 'SYN-011', '2025-11-01', '2025-11-30', 'official', '2026-01-20', 48.6, 'synthetic', 'SYN', 'late revision'),
	('synthetic', 'waste_treated', 'SYN-012', '2025-11-01', '2025-11-30', 'official', '2026-01-20', 88.9, 'synthetic', 'SYN', 'late revision');
SELECT * FROM refresh_registry('hanoi_registry');

-- The yearly file arrives, and somebody loads it twice. Three of its lines have
-- codes that the registry does not know on that day, one has no number.
CREATE TABLE hanoi.yearly_file (
	line			bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	programme_code	text,
	node_code		text,
	unit_code		text,
	period_end		text,
	vintage			text,
	released_on		text,
	value			text,
	source			text,
	mark			text
);
COMMENT ON TABLE hanoi.yearly_file IS 'The yearly file as it came, line by line. Synthetic.';
COMMENT ON COLUMN hanoi.yearly_file.line IS 'Number of the line.';
COMMENT ON COLUMN hanoi.yearly_file.programme_code IS 'As it came.';
COMMENT ON COLUMN hanoi.yearly_file.node_code IS 'As it came.';
COMMENT ON COLUMN hanoi.yearly_file.unit_code IS 'As it came.';
COMMENT ON COLUMN hanoi.yearly_file.period_end IS 'As it came.';
COMMENT ON COLUMN hanoi.yearly_file.vintage IS 'As it came.';
COMMENT ON COLUMN hanoi.yearly_file.released_on IS 'As it came.';
COMMENT ON COLUMN hanoi.yearly_file.value IS 'As it came.';
COMMENT ON COLUMN hanoi.yearly_file.source IS 'As it came.';
COMMENT ON COLUMN hanoi.yearly_file.mark IS 'As it came.';

COPY hanoi.yearly_file (programme_code, node_code, unit_code, period_end, vintage, released_on, value, source, mark) FROM stdin (FORMAT csv);
synthetic,floor_area,SYN-001,2025-12-31,preliminary,2026-01-31,32.6,synthetic,SYN
synthetic,green_space,SYN-001,2025-12-31,preliminary,2026-01-31,5.7,synthetic,SYN
synthetic,trained_labour,SYN-002,2025-12-31,estimate,2026-01-31,74.2,synthetic,SYN
synthetic,trained_labour,SYN-003,2025-12-31,estimate,2026-01-20,75.24,synthetic,SYN
synthetic,trained_labor,SYN-004,2025-12-31,estimate,2026-01-31,70.2,synthetic,SYN
synthetic,good_air_days,SYN-DISTRICT-07,2025-12-31,estimate,2026-01-31,61.0,synthetic,SYN
synthetic,good_air_days,SYN-127,2025-12-31,estimate,2026-01-31,63.5,synthetic,SYN
synthetic,social_insurance,SYN-005,2025-12-31,estimate,2026-01-31,"43,2",synthetic,SYN
\.

CREATE TABLE hanoi.yearly_load (
	load_no	integer NOT NULL,
	line	bigint NOT NULL REFERENCES hanoi.yearly_file,
	outcome	text NOT NULL,
	message	text,
	PRIMARY KEY (load_no, line)
);
COMMENT ON TABLE hanoi.yearly_load IS 'What load_staging() said of each line of the yearly file, the first time and the second.';
COMMENT ON COLUMN hanoi.yearly_load.load_no IS '1 or 2.';
COMMENT ON COLUMN hanoi.yearly_load.line IS 'The line of the file.';
COMMENT ON COLUMN hanoi.yearly_load.outcome IS 'inserted, revised, unchanged or error.';
COMMENT ON COLUMN hanoi.yearly_load.message IS 'Why.';

SELECT $$
INSERT INTO staging (line, programme_code, node_code, unit_code, period_end, vintage, released_on, value, source, mark)
SELECT line, programme_code, node_code, unit_code, period_end, vintage, released_on, value, source, mark FROM hanoi.yearly_file
$$ AS stage \gset
:stage;
INSERT INTO hanoi.yearly_load SELECT 1, line, outcome, message FROM load_staging('hanoi_registry');
TRUNCATE staging;
:stage;
INSERT INTO hanoi.yearly_load SELECT 2, line, outcome, message FROM load_staging('hanoi_registry');
TRUNCATE staging;
SELECT * FROM refresh_registry('hanoi_registry');
