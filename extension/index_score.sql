-- What a framework makes of a sheet.

CREATE FUNCTION index_score(framework index_framework, sheet index_sheet) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_index_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_score(index_framework, index_sheet) IS
	'score of the root. NULL where it has none: node_scores() says why. A sheet of another leaf set is an error (22023)';
CREATE FUNCTION node_score(framework index_framework, sheet index_sheet, code text) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_node_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION node_score(index_framework, index_sheet, text) IS
	'score of one node. NULL where it has none: node_scores() says why. An unknown code is an error (22023)';
CREATE FUNCTION node_score_array(framework index_framework, sheet index_sheet) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_node_score_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION node_score_array(index_framework, index_sheet) IS
	'scores of all nodes in the order of nodes(framework): the fast path. NULL elements where a node has no score';

CREATE TYPE node_score_result AS (
	code text, parent text, depth integer, is_leaf boolean,
	value float8, score float8, raw float8, weight float8, effective_weight float8,
	contribution float8, coverage float8, coverage_by_weight float8, reason text
);
COMMENT ON TYPE node_score_result IS 'a row of node_scores(); columns are only ever appended';
COMMENT ON COLUMN node_score_result.value IS 'raw value of a leaf; NULL if missing, and for other nodes';
COMMENT ON COLUMN node_score_result.score IS 'score; NULL where reason says why';
COMMENT ON COLUMN node_score_result.raw IS 'score before clamps, floor, cap and coverage rule';
COMMENT ON COLUMN node_score_result.weight IS 'weight among siblings, as the method says it';
COMMENT ON COLUMN node_score_result.effective_weight IS 'share of the whole, 0 to 1, before any re-weighting';
COMMENT ON COLUMN node_score_result.contribution IS 'score * d index / d score: what the node brings to the index';
COMMENT ON COLUMN node_score_result.coverage IS 'observed leaves over applicable leaves that count, 0 to 1';
COMMENT ON COLUMN node_score_result.coverage_by_weight IS 'the same by effective weight';
COMMENT ON COLUMN node_score_result.reason IS
	'why there is no score: no_observation, no_target_at_due, no_child_score, missing_child, below_min_coverage, nonpositive_input, out_of_range';
CREATE FUNCTION node_scores(framework index_framework, sheet index_sheet) RETURNS SETOF node_score_result
	AS 'MODULE_PATHNAME', 'scorecard_node_scores' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 32;
COMMENT ON FUNCTION node_scores(index_framework, index_sheet) IS
	'one row per node in the order of nodes(framework): value, score, raw score, weights, contribution, coverage and reason';

CREATE TYPE contribution_result AS (code text, value float8, score float8, contribution float8);
COMMENT ON TYPE contribution_result IS 'a row of index_contributions(); columns are only ever appended';
CREATE FUNCTION index_contributions(framework index_framework, sheet index_sheet) RETURNS SETOF contribution_result
	AS 'MODULE_PATHNAME', 'scorecard_index_contributions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 26;
COMMENT ON FUNCTION index_contributions(index_framework, index_sheet) IS
	'what each leaf brings to the index: score * d index / d score (Euler), chained down the tree. Rows sum to the index; where a floor or cap took effect, its part stands in a row with code NULL';

CREATE TYPE index_bounds_result AS (low float8, high float8, reason text);
COMMENT ON TYPE index_bounds_result IS 'the row of index_bounds(); columns are only ever appended';
CREATE FUNCTION index_bounds(framework index_framework, sheet index_sheet) RETURNS index_bounds_result
	AS 'MODULE_PATHNAME', 'scorecard_index_bounds' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_bounds(index_framework, index_sheet) IS
	'the index with every missing leaf at its lowest and at its highest score, without missing rules and min_coverage; NULL with reason unbounded if a missing leaf has no end of scale';

CREATE FUNCTION index_explain(framework index_framework, sheet index_sheet) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'scorecard_index_explain' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION index_explain(index_framework, index_sheet) IS
	'audit record of one score: fingerprints, and for every node its inputs, rule, raw and final score, weights, contribution, coverage and reason';

CREATE FUNCTION with_value(framework index_framework, sheet index_sheet, code text, value float8) RETURNS index_sheet
	AS 'MODULE_PATHNAME', 'scorecard_with_value' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION with_value(index_framework, index_sheet, text, float8) IS
	'what if: the sheet with another value for one leaf, or without one if the value is NULL';
CREATE FUNCTION sheet_values(framework index_framework, sheet index_sheet, OUT code text, OUT value float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'scorecard_sheet_values' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 26;
COMMENT ON FUNCTION sheet_values(index_framework, index_sheet) IS
	'the values of a sheet by leaf, in byte order of the codes; NULL where missing';
