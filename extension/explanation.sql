-- Where an index comes from and what moved it.

CREATE TYPE contribution_result AS (
	code text, value float8, score float8, contribution float8,
	effective_weight float8, effective_weight_after float8
);
COMMENT ON TYPE contribution_result IS 'a row of index_contributions(); columns are only ever appended';
COMMENT ON COLUMN contribution_result.code IS 'the leaf; NULL for what belongs to none';
COMMENT ON COLUMN contribution_result.value IS 'its raw value; NULL if missing';
COMMENT ON COLUMN contribution_result.score IS 'its score; NULL if it has none';
COMMENT ON COLUMN contribution_result.contribution IS 'what it brings to the index, in points';
COMMENT ON COLUMN contribution_result.effective_weight IS 'share of the whole before re-weighting, 0 to 1';
COMMENT ON COLUMN contribution_result.effective_weight_after IS 'share of the whole after re-weighting, 0 to 1, as in node_scores(); NULL if the index has no score';
CREATE FUNCTION index_contributions(framework index_framework, sheet index_sheet) RETURNS SETOF contribution_result
	AS 'MODULE_PATHNAME', 'scorecard_index_contributions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 26;
COMMENT ON FUNCTION index_contributions(index_framework, index_sheet) IS
	'what each leaf brings to the index: score * d index / d score (Euler), chained down the tree. Rows sum to the index; what floors, caps, bonus points and the aggregations product and share_met bring beyond that stands in a row with code NULL';

CREATE TYPE index_change_result AS (
	code text, value_before float8, value_after float8, score_before float8, score_after float8,
	contribution_before float8, contribution_after float8, change float8, cause text
);
COMMENT ON TYPE index_change_result IS 'a row of index_change(); columns are only ever appended';
COMMENT ON COLUMN index_change_result.code IS 'the leaf';
COMMENT ON COLUMN index_change_result.value_before IS 'raw value in the first sheet; NULL if missing';
COMMENT ON COLUMN index_change_result.value_after IS 'raw value in the second sheet; NULL if missing';
COMMENT ON COLUMN index_change_result.score_before IS 'score in the first sheet; NULL if it has none';
COMMENT ON COLUMN index_change_result.score_after IS 'score in the second sheet; NULL if it has none';
COMMENT ON COLUMN index_change_result.contribution_before IS 'contribution to the first index; NULL if there is none';
COMMENT ON COLUMN index_change_result.contribution_after IS 'contribution to the second index; NULL if there is none';
COMMENT ON COLUMN index_change_result.change IS 'what the leaf did to the index, in points; NULL if one of the two indices has no score';
COMMENT ON COLUMN index_change_result.cause IS
	'value; or a change of coverage: appeared, disappeared, became_applicable, no_longer_applicable. NULL if nothing changed';
CREATE FUNCTION index_change(framework index_framework, before index_sheet, after index_sheet) RETURNS SETOF index_change_result
	AS 'MODULE_PATHNAME', 'scorecard_index_change' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 26;
COMMENT ON FUNCTION index_change(index_framework, index_sheet, index_sheet) IS
	'what moved the index from one sheet to another, a row per leaf; the changes sum to the difference of the scores. The leaves that differ are replaced one after another, by ordinal and then in reverse, and each gets the mean of what its two replacements did: for arithmetic means effective weight times change of score. A leaf that did not change has 0, also where others were re-weighted. A replacement that leaves the index without a score counts with the next one';

CREATE FUNCTION index_explain(framework index_framework, sheet index_sheet) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'scorecard_index_explain' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION index_explain(index_framework, index_sheet) IS
	'audit record of one score, enough to compute it again by hand: fingerprints, and for every node its inputs, rule with all parameters, raw and final score, weights before and after re-weighting, contribution, coverage and reason';
CREATE FUNCTION index_explain_text(framework index_framework, sheet index_sheet) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_index_explain_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION index_explain_text(index_framework, index_sheet) IS
	'the same to read: a line per node, indented as the tree, with its score, how it came about, its weight and what it contributes';
