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
CREATE FUNCTION z_score(value float8, mean float8, sd float8, score_mean float8 DEFAULT 0, score_sd float8 DEFAULT 1, direction text DEFAULT 'up') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_z_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION z_score(float8, float8, float8, float8, float8, text) IS
	'score_mean + score_sd (value - mean) / sd against a mean and a standard deviation of your own, for instance those of a base year; with direction down the difference is mean - value. 100 and 10 give the scale of the Mazziotta-Pareto index. NULL for a NULL argument and beyond float8. An sd or score_sd of 0 or below, another direction than up or down, NaN and infinity are errors (22023). standard_score takes mean and sd from the rows';
CREATE FUNCTION ampi_score(value float8, reference float8, least_value float8, greatest_value float8, direction text DEFAULT 'up') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_ampi_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ampi_score(float8, float8, float8, float8, text) IS
	'an indicator''s score in the adjusted Mazziotta-Pareto index (Mazziotta and Pareto 2016): 70 + 60 (value - Min) / (Max - Min), where Min and Max lie half of greatest_value - least_value below and above the reference; with direction down 70 + 60 (Max - value) / (Max - Min). A value at the reference scores 100, others mostly 70 to 130. least_value and greatest_value are the extremes over all units and periods. NULL for a NULL argument and beyond float8. least_value not below greatest_value, another direction than up or down, NaN and infinity are errors (22023)';
CREATE FUNCTION rescale(score float8, lowest float8, highest float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_rescale' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rescale(float8, float8, float8) IS
	'a score of 0 to 100 on another scale: lowest + (highest - lowest) * score / 100, as for 1 to 100, 1 to 10 or 0 to 1. lowest above highest turns the scale; scores beyond 0 to 100 stay beyond. NULL for a NULL argument and beyond float8. Equal ends, NaN and infinity are errors (22023)';
CREATE FUNCTION box_cox(value float8, lambda float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_box_cox' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION box_cox(float8, float8) IS
	'(value ^ lambda - 1) / lambda, the natural logarithm at lambda 0, accurate for small lambda too (Box and Cox 1964). NULL for a value of 0 or below, for a NULL argument and beyond float8. NaN and infinity are errors (22023)';
CREATE FUNCTION finite_or_null(float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_finite_or_null' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION finite_or_null(float8) IS 'the number, or NULL for NaN and infinity';
