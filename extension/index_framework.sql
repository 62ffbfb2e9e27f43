-- index_framework: the method.

CREATE TYPE index_framework;
CREATE FUNCTION index_framework_in(cstring) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION index_framework_out(index_framework) RETURNS cstring
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION index_framework_recv(internal) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION index_framework_send(index_framework) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE index_framework (
	INPUT = index_framework_in, OUTPUT = index_framework_out,
	RECEIVE = index_framework_recv, SEND = index_framework_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = external
);
COMMENT ON TYPE index_framework IS
	'the method of an index: a tree of nodes as a JSON list, each node with its weight, aggregation, missing-data rule or score rule';
COMMENT ON FUNCTION index_framework_in(cstring) IS 'text input: a JSON list of nodes; the keys are in docs/framework.md';
COMMENT ON FUNCTION index_framework_out(index_framework) IS 'text output: the JSON list in canonical order; equal frameworks print equally';
COMMENT ON FUNCTION index_framework_recv(internal) IS 'binary input: version byte and text';
COMMENT ON FUNCTION index_framework_send(index_framework) IS 'binary output: version byte and text';

CREATE FUNCTION index_framework(jsonb) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_from_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_framework(jsonb) IS
	'a framework from a list of nodes, checked: a cycle, an unknown parent, two roots, a code twice, a leaf without a rule and the like are errors that name the node (22023); limits are 4096 nodes, depth 64 and 1 MB of text (54000)';
CREATE FUNCTION index_framework_to_jsonb(index_framework) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_framework_to_jsonb(index_framework) IS 'the list of nodes in canonical order';
CREATE CAST (jsonb AS index_framework) WITH FUNCTION index_framework(jsonb);
COMMENT ON CAST (jsonb AS index_framework) IS 'checks and builds the framework';
CREATE CAST (index_framework AS jsonb) WITH FUNCTION index_framework_to_jsonb(index_framework);
COMMENT ON CAST (index_framework AS jsonb) IS 'the list of nodes in canonical order';

CREATE FUNCTION index_framework_agg_step(internal, text, text, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_agg_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_framework_agg_step(internal, text, text, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_agg_step_goalposts' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_framework_agg_step(internal, text, text, float8, target_path) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_agg_step_target' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_framework_agg_step(internal, text, text, float8, target_path, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_agg_step_target' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_framework_agg_step(internal, text, text, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_agg_step_rule' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION index_framework_agg_final(internal) RETURNS index_framework
	AS 'MODULE_PATHNAME', 'scorecard_index_framework_agg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION index_framework_agg_step(internal, text, text, float8) IS 'transition of index_framework_agg';
COMMENT ON FUNCTION index_framework_agg_step(internal, text, text, float8, float8, float8) IS 'transition of index_framework_agg';
COMMENT ON FUNCTION index_framework_agg_step(internal, text, text, float8, target_path) IS 'transition of index_framework_agg';
COMMENT ON FUNCTION index_framework_agg_step(internal, text, text, float8, target_path, date) IS 'transition of index_framework_agg';
COMMENT ON FUNCTION index_framework_agg_step(internal, text, text, float8, jsonb) IS 'transition of index_framework_agg';
COMMENT ON FUNCTION index_framework_agg_final(internal) IS 'final function of index_framework_agg';

CREATE AGGREGATE index_framework_agg(code text, parent text, weight float8) (
	SFUNC = index_framework_agg_step, STYPE = internal, SSPACE = 8192,
	FINALFUNC = index_framework_agg_final, PARALLEL = SAFE
);
CREATE AGGREGATE index_framework_agg(code text, parent text, weight float8, worst float8, best float8) (
	SFUNC = index_framework_agg_step, STYPE = internal, SSPACE = 8192,
	FINALFUNC = index_framework_agg_final, PARALLEL = SAFE
);
CREATE AGGREGATE index_framework_agg(code text, parent text, weight float8, path target_path) (
	SFUNC = index_framework_agg_step, STYPE = internal, SSPACE = 8192,
	FINALFUNC = index_framework_agg_final, PARALLEL = SAFE
);
CREATE AGGREGATE index_framework_agg(code text, parent text, weight float8, path target_path, due date) (
	SFUNC = index_framework_agg_step, STYPE = internal, SSPACE = 8192,
	FINALFUNC = index_framework_agg_final, PARALLEL = SAFE
);
CREATE AGGREGATE index_framework_agg(code text, parent text, weight float8, rule jsonb) (
	SFUNC = index_framework_agg_step, STYPE = internal, SSPACE = 8192,
	FINALFUNC = index_framework_agg_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE index_framework_agg(text, text, float8) IS
	'a framework from one row per node, or from (indicator, category, weight) alone: if no row has a NULL parent, parents that are no code become nodes under a root "index". Leaves take their values as scores (as_is). A NULL code, or a NULL weight below the root, is an error (22004)';
COMMENT ON AGGREGATE index_framework_agg(text, text, float8, float8, float8) IS
	'as index_framework_agg(code, parent, weight), with goalposts worst and best on leaves and NULL on other nodes';
COMMENT ON AGGREGATE index_framework_agg(text, text, float8, target_path) IS
	'as index_framework_agg(code, parent, weight), with a target path on leaves and NULL on other nodes; each path has one target';
COMMENT ON AGGREGATE index_framework_agg(text, text, float8, target_path, date) IS
	'as index_framework_agg(code, parent, weight, path), with the due date at which a node, or the leaves below it, are judged: paths may have several targets';
COMMENT ON AGGREGATE index_framework_agg(text, text, float8, jsonb) IS
	'as index_framework_agg(code, parent, weight), with any other keys of the node as a JSON object, or NULL';

CREATE FUNCTION framework_fingerprint(index_framework) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_framework_fingerprint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION framework_fingerprint(index_framework) IS
	'first 16 bytes of SHA-256 over the canonical text, in hexadecimal: the same on every machine';
CREATE FUNCTION leaf_set_fingerprint(index_framework) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_leaf_set_fingerprint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION leaf_set_fingerprint(index_framework) IS
	'first 16 bytes of SHA-256 over the leaf codes in byte order, each behind its length in four big-endian bytes: what sheets are matched by';

CREATE TYPE node_result AS (
	ordinal integer, code text, parent text, depth integer,
	is_leaf boolean, is_indicator boolean,
	weight float8, effective_weight float8,
	aggregation text, missing text, min_coverage float8,
	rule text, worst float8, best float8,
	target target_path, due date, measure text, is_applicable boolean,
	keys jsonb
);
COMMENT ON TYPE node_result IS 'a row of nodes(); columns are only ever appended';
CREATE FUNCTION nodes(framework index_framework) RETURNS SETOF node_result
	AS 'MODULE_PATHNAME', 'scorecard_nodes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 32;
COMMENT ON FUNCTION nodes(index_framework) IS
	'the nodes in canonical order (depth first, siblings by code in byte order), ordinal from 0. effective_weight is the share of the whole before any re-weighting; due and measure of a target leaf are those in force, inherited or its own; keys is the whole node as it is said, without defaults';

CREATE TYPE leaf_result AS (
	ordinal integer, code text, parent text, key bigint, effective_weight float8
);
COMMENT ON TYPE leaf_result IS 'a row of leaves(); columns are only ever appended';
CREATE FUNCTION leaves(framework index_framework) RETURNS SETOF leaf_result
	AS 'MODULE_PATHNAME', 'scorecard_leaves' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 26;
COMMENT ON FUNCTION leaves(index_framework) IS
	'the leaves by ordinal, which is the rank of the code in byte order: join facts with it to keep only known codes';
