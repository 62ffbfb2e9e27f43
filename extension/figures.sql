-- Figures of reports that stand beside scores.

CREATE FUNCTION ratio(numerator float8, denominator float8, per float8 DEFAULT 100) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ratio(float8, float8, float8) IS
	'per * numerator / denominator: 100 for per cent, 10000 for per ten thousand, 1 for a share. NULL for a denominator of 0 and for a result beyond float8; NaN and infinity are errors (22023)';
CREATE FUNCTION value_difference(value float8, reference float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_value_difference' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION value_difference(float8, float8) IS
	'value - reference. NULL for a result beyond float8; NaN and infinity are errors (22023)';
CREATE FUNCTION comparable_score(score float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_comparable_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION comparable_score(float8) IS
	'the score rounded to 12 significant digits: what places are told by, so that two units with the same scores of indicators, in another order, share one although their means differ in the last bit. NaN and infinity are errors (22023)';
CREATE FUNCTION score_shortfall(score float8, weight float8 DEFAULT 1) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_score_shortfall' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION score_shortfall(float8, float8) IS
	'weight * (100 - score), 0 for a score of 100 and above: what there is to win. A negative weight, NaN and infinity are errors (22023)';
CREATE FUNCTION index_status(score float8, expected float8) RETURNS progress_status
	AS 'MODULE_PATHNAME', 'scorecard_index_status' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION index_status(float8, float8) IS
	'status of an index from its score and the score expected by now, over the same leaves: score / expected from 0.95 on_track, from 0.60 at_risk, else off_track; with 0 expected every score from 0 on is on_track. NULL for a negative expected score, of which there are no shares; NaN and infinity are errors (22023)';
