-- Scores of single values.

CREATE FUNCTION goalpost_score(value float8, worst float8, best float8, clamp boolean DEFAULT true) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_goalpost_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION goalpost_score(float8, float8, float8, boolean) IS
	'100 (value - worst) / (best - worst), within 0 and 100 unless clamp is false (then NULL beyond float8); worst above best says that lower is better. Equal goalposts, NaN and infinity are errors (22023)';
CREATE FUNCTION log_goalpost_score(value float8, worst float8, best float8, clamp boolean DEFAULT true) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_log_goalpost_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION log_goalpost_score(float8, float8, float8, boolean) IS
	'goalpost_score on logarithms, as in the income index of the HDI. NULL for a value of 0 or below; goalposts must be above 0 (22023)';
CREATE FUNCTION steps_score(value float8, thresholds float8[], points float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_steps_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION steps_score(float8, float8[], float8[]) IS
	'a table of points: points has one element more than thresholds, the first for values below all of them; a value on a threshold has reached it. thresholds {1,2,3,4} with points {0,5,10,15,20} gives 15 for 3';
CREATE FUNCTION finite_or_null(float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_finite_or_null' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION finite_or_null(float8) IS 'the number, or NULL for NaN and infinity';
