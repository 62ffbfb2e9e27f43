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
	contribution float8, coverage float8, coverage_by_weight float8, reason text,
	effective_weight_after float8
);
COMMENT ON TYPE node_score_result IS 'a row of node_scores(); columns are only ever appended';
COMMENT ON COLUMN node_score_result.value IS 'raw value of a leaf; NULL if missing, and for other nodes';
COMMENT ON COLUMN node_score_result.score IS 'score; NULL where reason says why';
COMMENT ON COLUMN node_score_result.raw IS 'of a leaf its measure before clamp and scale (of a z-score rule its score), of another node the aggregate of its children; before bonus points, floor, cap and coverage rule';
COMMENT ON COLUMN node_score_result.weight IS 'weight among siblings, as the method says it';
COMMENT ON COLUMN node_score_result.effective_weight IS
	'share of the whole, 0 to 1, before any re-weighting, over all that applies to the unit; 0 for added nodes';
COMMENT ON COLUMN node_score_result.effective_weight_after IS
	'share of the whole after re-weighting, over what has a score; under missing zero nothing is re-weighted, and what counts as 0 keeps its share. 0 below a node without a score. NULL if the index has no score';
COMMENT ON COLUMN node_score_result.contribution IS 'score * d index / d score: what the node brings to the index';
COMMENT ON COLUMN node_score_result.coverage IS 'observed leaves over applicable leaves that count, 0 to 1';
COMMENT ON COLUMN node_score_result.coverage_by_weight IS 'the same by effective weight';
COMMENT ON COLUMN node_score_result.reason IS
	'why there is no score: no_observation, no_target_at_due, not_applicable, no_child_score, missing_child, below_min_coverage, nonpositive_input, too_few_children, out_of_range';
CREATE FUNCTION node_scores(framework index_framework, sheet index_sheet) RETURNS SETOF node_score_result
	AS 'MODULE_PATHNAME', 'scorecard_node_scores' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 32;
COMMENT ON FUNCTION node_scores(index_framework, index_sheet) IS
	'one row per node in the order of nodes(framework): value, score, raw score, weights, contribution, coverage and reason';

CREATE TYPE index_bounds_result AS (low float8, high float8, reason text);
COMMENT ON TYPE index_bounds_result IS 'the row of index_bounds(); columns are only ever appended';
CREATE FUNCTION index_bounds(framework index_framework, sheet index_sheet) RETURNS index_bounds_result
	AS 'MODULE_PATHNAME', 'scorecard_index_bounds' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_bounds(index_framework, index_sheet) IS
	'the index with every missing leaf at its lowest and at its highest score, without missing rules and min_coverage; NULL with reason unbounded if a missing leaf has no end of scale or lies below an MPI, which is not monotone, and with the reason of node_scores if an index at its ends has no score';
