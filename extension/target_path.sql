-- target_path: what was promised.

CREATE TYPE target_path;
CREATE FUNCTION target_path_in(cstring) RETURNS target_path
	AS 'MODULE_PATHNAME', 'scorecard_target_path_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION target_path_out(target_path) RETURNS cstring
	AS 'MODULE_PATHNAME', 'scorecard_target_path_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION target_path_recv(internal) RETURNS target_path
	AS 'MODULE_PATHNAME', 'scorecard_target_path_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION target_path_send(target_path) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_target_path_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE target_path (
	INPUT = target_path_in, OUTPUT = target_path_out,
	RECEIVE = target_path_recv, SEND = target_path_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE target_path IS
	'what was promised: direction, baseline and dated targets, as 5285@2020 -> 8300..8500@2025 -> >12500@2030';
COMMENT ON FUNCTION target_path_in(cstring) IS 'text input; the grammar is in docs/target-path.md';
COMMENT ON FUNCTION target_path_out(target_path) IS 'text output, canonical: equal paths print equally';
COMMENT ON FUNCTION target_path_recv(internal) IS 'binary input: version byte and text';
COMMENT ON FUNCTION target_path_send(target_path) IS 'binary output: version byte and text';

CREATE FUNCTION target_path(bounds text[], due date[], direction text DEFAULT NULL,
							baseline float8 DEFAULT NULL, baseline_on date DEFAULT NULL,
							role text DEFAULT NULL, shape text DEFAULT NULL, span_starts date[] DEFAULT NULL)
	RETURNS target_path
	AS 'MODULE_PATHNAME', 'scorecard_target_path_from_arrays' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION target_path(text[], date[], text, float8, date, text, text, date[]) IS
	'a path from arrays: bounds as in the grammar (''>12500'', ''8300..8500'') with their due dates in any order; direction up, down or keep (told from the numbers if NULL); role level unless said, with span_starts for the roles over time; shape linear unless said. NULL for NULL arrays; a NULL element is an error';

CREATE FUNCTION target_path_agg_step(internal, text, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_target_path_agg_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION target_path_agg_step(internal, text, date, text, float8, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_target_path_agg_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION target_path_agg_step(internal, text, date, text, float8, date, text, text, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_target_path_agg_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION target_path_agg_final(internal) RETURNS target_path
	AS 'MODULE_PATHNAME', 'scorecard_target_path_agg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION target_path_agg_step(internal, text, date) IS 'transition of target_path_agg';
COMMENT ON FUNCTION target_path_agg_step(internal, text, date, text, float8, date) IS 'transition of target_path_agg';
COMMENT ON FUNCTION target_path_agg_step(internal, text, date, text, float8, date, text, text, date) IS 'transition of target_path_agg';
COMMENT ON FUNCTION target_path_agg_final(internal) IS 'final function of target_path_agg';

CREATE AGGREGATE target_path_agg(bound text, due date) (
	SFUNC = target_path_agg_step, STYPE = internal, SSPACE = 512,
	FINALFUNC = target_path_agg_final, PARALLEL = SAFE
);
CREATE AGGREGATE target_path_agg(bound text, due date, direction text, baseline float8, baseline_on date) (
	SFUNC = target_path_agg_step, STYPE = internal, SSPACE = 512,
	FINALFUNC = target_path_agg_final, PARALLEL = SAFE
);
CREATE AGGREGATE target_path_agg(bound text, due date, direction text, baseline float8, baseline_on date,
								 role text, shape text, span_start date) (
	SFUNC = target_path_agg_step, STYPE = internal, SSPACE = 512,
	FINALFUNC = target_path_agg_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE target_path_agg(text, date) IS
	'a path from one row per target, in any order; bound as in the grammar, a numeric column as column::text. Rows with a NULL bound or due date are skipped; NULL on no rows';
COMMENT ON AGGREGATE target_path_agg(text, date, text, float8, date) IS
	'as target_path_agg(bound, due), with direction (NULL: told from the numbers) and baseline, the same in every row of a group';
COMMENT ON AGGREGATE target_path_agg(text, date, text, float8, date, text, text, date) IS
	'as target_path_agg(bound, due, direction, baseline, baseline_on), with role, shape and the first day of each span';

CREATE FUNCTION target_direction(target_path) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_target_direction' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_direction(target_path) IS 'up (higher is better), down (lower is better) or keep (inside a band is good)';
CREATE FUNCTION target_role(target_path) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_target_role' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_role(target_path) IS 'level, average, average_growth, total or change';
CREATE FUNCTION target_shape(target_path) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_target_shape' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_shape(target_path) IS 'linear, geometric or step: how the path runs between its points';
CREATE FUNCTION target_baseline(target_path) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_target_baseline' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_baseline(target_path) IS 'baseline value in the indicator''s unit; NULL if the path has none';
CREATE FUNCTION target_baseline_date(target_path) RETURNS date
	AS 'MODULE_PATHNAME', 'scorecard_target_baseline_date' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_baseline_date(target_path) IS 'date of the baseline; NULL if the path has none';
CREATE FUNCTION target_count(target_path) RETURNS integer
	AS 'MODULE_PATHNAME', 'scorecard_target_count' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_count(target_path) IS 'number of dated targets, 1 to 1024';
CREATE FUNCTION target_due_dates(target_path) RETURNS date[]
	AS 'MODULE_PATHNAME', 'scorecard_target_due_dates' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_due_dates(target_path) IS 'due dates of the targets, ascending';

CREATE FUNCTION target_met_bound(path target_path, due date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_target_met_bound' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_met_bound(target_path, date) IS
	'the bound that decides whether the target due on a date is met: of a range the lower end when up, the upper when down; for keep the lower edge (the upper if it has no lower one). NULL if no target is due then';
CREATE FUNCTION target_far_bound(path target_path, due date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_target_far_bound' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_far_bound(target_path, date) IS
	'the bound beyond which the target due on a date is exceeded (for keep: left). NULL for comparisons, which are met but never exceeded, and if no target is due then';
CREATE FUNCTION target_is_strict(path target_path, due date) RETURNS boolean
	AS 'MODULE_PATHNAME', 'scorecard_target_is_strict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_is_strict(target_path, date) IS
	'whether the bound itself does not meet the target (> or <). NULL if no target is due then';
CREATE FUNCTION target_is_met(path target_path, due date, value float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'scorecard_target_is_met' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_is_met(target_path, date, float8) IS
	'whether a value meets the target due on a date. NULL if no target is due then; NaN and infinity are errors (22023)';
CREATE FUNCTION target_is_exceeded(path target_path, due date, value float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'scorecard_target_is_exceeded' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_is_exceeded(target_path, date, float8) IS
	'whether a value lies beyond the far bound of the target due on a date; false for comparisons and keep. NULL if no target is due then';
CREATE FUNCTION target_expected(path target_path, on_date date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_target_expected' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION target_expected(target_path, date) IS
	'value of the path on a date, as a line through the baseline and the met bounds; after the last due date the last bound. NULL before the baseline, before the first due date of a path without one, and for roles other than level';

CREATE TYPE target_result AS (
	due date, span_start date, bound text, met_bound float8, far_bound float8, is_strict boolean
);
COMMENT ON TYPE target_result IS 'a row of targets(); columns are only ever appended';
CREATE FUNCTION targets(path target_path) RETURNS SETOF target_result
	AS 'MODULE_PATHNAME', 'scorecard_targets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 3;
COMMENT ON FUNCTION targets(target_path) IS
	'one row per dated target: due date, first day of the span (NULL for level), bound as written, met and far bound, strictness';
