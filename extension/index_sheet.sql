-- index_sheet: one unit as known at one time.

CREATE TYPE index_sheet;
CREATE FUNCTION index_sheet_in(cstring) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION index_sheet_out(index_sheet) RETURNS cstring
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION index_sheet_recv(internal) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION index_sheet_send(index_sheet) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE index_sheet (
	INPUT = index_sheet_in, OUTPUT = index_sheet_out,
	RECEIVE = index_sheet_recv, SEND = index_sheet_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = external
);
COMMENT ON TYPE index_sheet IS
	'one unit as known at one time: a raw value for each leaf of a framework''s leaf set, or none';
COMMENT ON FUNCTION index_sheet_in(cstring) IS 'text input: v1, leaf set, leaves, {ordinal: value, ...}, with n/a for a leaf that does not apply';
COMMENT ON FUNCTION index_sheet_out(index_sheet) IS 'text output; every bit of a value round-trips';
COMMENT ON FUNCTION index_sheet_recv(internal) IS 'binary input: version byte, leaf set, counts, ordinals and values';
COMMENT ON FUNCTION index_sheet_send(index_sheet) IS 'binary output: version byte, leaf set, counts, ordinals and values';

CREATE FUNCTION index_sheet(framework index_framework, "values" jsonb, ignore_unknown boolean DEFAULT false) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_from_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_sheet(index_framework, jsonb, boolean) IS
	'a sheet from a JSON object code -> value, such as to_jsonb(row) with ignore_unknown => true. null is missing, the text "n/a" says that the leaf does not apply to the unit; a key that is no leaf is an error unless ignored, another value that is no number always (22023)';
CREATE FUNCTION index_sheet(framework index_framework, codes text[], "values" float8[]) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_from_arrays' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_sheet(index_framework, text[], float8[]) IS
	'a sheet from two arrays of one length. A NULL value is missing, a NULL code adds nothing; an unknown code is an error (22023), and so is a code with two values (21000)';

CREATE FUNCTION index_sheet_agg_step(index_sheet, index_framework, text, float8) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_agg_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_sheet_agg_step(index_sheet, index_framework, bigint, float8) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_agg_step_key' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_sheet_agg_step(index_sheet, index_framework, text, float8, boolean) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_agg_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_sheet_agg_step(index_sheet, index_framework, bigint, float8, boolean) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_agg_step_key' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_sheet_merge(index_sheet, index_sheet) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_merge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION index_sheet_agg_final(index_sheet) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_index_sheet_agg_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_sheet_agg_step(index_sheet, index_framework, text, float8) IS 'transition of index_sheet_agg';
COMMENT ON FUNCTION index_sheet_agg_step(index_sheet, index_framework, bigint, float8) IS 'transition of index_sheet_agg';
COMMENT ON FUNCTION index_sheet_agg_step(index_sheet, index_framework, text, float8, boolean) IS 'transition of index_sheet_agg';
COMMENT ON FUNCTION index_sheet_agg_step(index_sheet, index_framework, bigint, float8, boolean) IS 'transition of index_sheet_agg';
COMMENT ON FUNCTION index_sheet_merge(index_sheet, index_sheet) IS
	'both sheets in one: they have one leaf set (else 22023) and no observed leaf in common (else 21000)';
COMMENT ON FUNCTION index_sheet_agg_final(index_sheet) IS 'final function of index_sheet_agg: the packed sheet';

CREATE AGGREGATE index_sheet_agg(framework index_framework, code text, value float8) (
	SFUNC = index_sheet_agg_step, STYPE = index_sheet, SSPACE = 512,
	FINALFUNC = index_sheet_agg_final, COMBINEFUNC = index_sheet_merge, PARALLEL = SAFE
);
CREATE AGGREGATE index_sheet_agg(framework index_framework, key bigint, value float8) (
	SFUNC = index_sheet_agg_step, STYPE = index_sheet, SSPACE = 512,
	FINALFUNC = index_sheet_agg_final, COMBINEFUNC = index_sheet_merge, PARALLEL = SAFE
);
CREATE AGGREGATE index_sheet_agg(framework index_framework, code text, value float8, applicable boolean) (
	SFUNC = index_sheet_agg_step, STYPE = index_sheet, SSPACE = 512,
	FINALFUNC = index_sheet_agg_final, COMBINEFUNC = index_sheet_merge, PARALLEL = SAFE
);
CREATE AGGREGATE index_sheet_agg(framework index_framework, key bigint, value float8, applicable boolean) (
	SFUNC = index_sheet_agg_step, STYPE = index_sheet, SSPACE = 512,
	FINALFUNC = index_sheet_agg_final, COMBINEFUNC = index_sheet_merge, PARALLEL = SAFE
);
CREATE AGGREGATE index_sheet_agg(index_sheet) (
	SFUNC = index_sheet_merge, STYPE = index_sheet, SSPACE = 512,
	FINALFUNC = index_sheet_agg_final, COMBINEFUNC = index_sheet_merge, PARALLEL = SAFE
);
COMMENT ON AGGREGATE index_sheet_agg(index_framework, text, float8) IS
	'the sheet of a group of rows (code, value): feed each indicator''s latest admissible observation. A NULL value is no observation, a NULL code adds nothing, no rows give NULL; an unknown code, NaN or infinity (22023), a code with two values (21000), frameworks of different leaf sets (22023) and a NULL framework (22004) are errors. Pass the framework as a literal, a parameter or an uncorrelated scalar subquery';
COMMENT ON AGGREGATE index_sheet_agg(index_framework, bigint, float8) IS
	'as index_sheet_agg(framework, code, value), with the integer keys of the leaves';
COMMENT ON AGGREGATE index_sheet_agg(index_framework, text, float8, boolean) IS
	'as index_sheet_agg(framework, code, value); where applicable is false the leaf does not apply to the unit and leaves weights, coverage and bounds, where a missing value does not. Then the value must be NULL (22023); a NULL applicable is true';
COMMENT ON AGGREGATE index_sheet_agg(index_framework, bigint, float8, boolean) IS
	'as index_sheet_agg(framework, code, value, applicable), with the integer keys of the leaves';
COMMENT ON AGGREGATE index_sheet_agg(index_sheet) IS
	'merges sheets of one leaf set that have no observed leaf in common; the same bits as the sheet of all their rows';

CREATE TYPE sheet_value_result AS (code text, value float8, is_applicable boolean);
COMMENT ON TYPE sheet_value_result IS 'a row of sheet_values(); columns are only ever appended';
COMMENT ON COLUMN sheet_value_result.code IS 'the leaf';
COMMENT ON COLUMN sheet_value_result.value IS 'its raw value; NULL if missing';
COMMENT ON COLUMN sheet_value_result.is_applicable IS 'false where the sheet says that the leaf does not apply to the unit';
CREATE FUNCTION sheet_values(framework index_framework, sheet index_sheet) RETURNS SETOF sheet_value_result
	AS 'MODULE_PATHNAME', 'scorecard_sheet_values' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 26;
COMMENT ON FUNCTION sheet_values(index_framework, index_sheet) IS
	'the values of a sheet by leaf, in byte order of the codes; NULL where missing';
