-- The measures of progress on plain numbers. Their names differ from those on paths, so that calls with literals stay unique.

CREATE FUNCTION measure_level(value float8, target float8, lower_is_better boolean DEFAULT false) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_level' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure_level(float8, float8, boolean) IS
	'100 value / target or, if lower is better, 100 target / value; per cent, uncapped. NULL for a target of 0 or below, and if lower is better for a negative target or a value of 0 or below. NaN and infinity are errors (22023)';
CREATE FUNCTION measure_distance(value float8, baseline float8, target float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION measure_distance(value float8, baseline float8, target float8, lower_is_better boolean) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure_distance(float8, float8, float8) IS
	'100 (value - baseline) / (target - baseline): the share of the way covered, per cent, signed and uncapped. NULL if target and baseline are equal. NaN and infinity are errors (22023)';
COMMENT ON FUNCTION measure_distance(float8, float8, float8, boolean) IS
	'the same as 100 d (value - baseline) / |target - baseline| with d said: keeps its sign where the baseline lies beyond the target already';
CREATE FUNCTION measure_path(value float8, baseline float8, expected float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION measure_path(value float8, baseline float8, expected float8, lower_is_better boolean) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure_path(float8, float8, float8) IS
	'100 (value - baseline) / (expected - baseline): against where the value should be by now, per cent. NULL if expected and baseline are equal. NaN and infinity are errors (22023)';
COMMENT ON FUNCTION measure_path(float8, float8, float8, boolean) IS
	'the same as 100 d (value - baseline) / |expected - baseline| with d said';
CREATE FUNCTION measure_growth_ratio(value float8, baseline float8, target float8, years_elapsed float8, years_total float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_growth_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION measure_growth_ratio(value float8, baseline float8, target float8, years_elapsed float8, years_total float8,
							 lower_is_better boolean) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_growth_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure_growth_ratio(float8, float8, float8, float8, float8) IS
	'actual over required compound growth per year (Eurostat; Statistics Canada), a plain ratio. NULL unless baseline, value and target have one sign, and if no time has passed or no growth is required. NaN and infinity are errors (22023)';
COMMENT ON FUNCTION measure_growth_ratio(float8, float8, float8, float8, float8, boolean) IS
	'the same with the direction said';
CREATE FUNCTION compound_growth(from_value float8, to_value float8, years float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_compound_growth' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION compound_growth(float8, float8, float8) IS
	'(to / from)^(1 / years) - 1: average growth per year, a plain ratio (0.1166 is 11.66 %). NULL unless both have one sign and years are above 0. NaN and infinity are errors (22023)';
CREATE FUNCTION measure_projection(value float8, baseline float8, years_elapsed float8, years_total float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_projection' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure_projection(float8, float8, float8, float8) IS
	'baseline + (value - baseline) years_total / years_elapsed: where the present pace leads. NULL if no time has passed. NaN and infinity are errors (22023)';
CREATE FUNCTION measure_required_pace(value float8, target float8, years_left float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_required_pace' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure_required_pace(float8, float8, float8) IS
	'(target - value) / years_left. NULL if no time is left. NaN and infinity are errors (22023)';
CREATE FUNCTION measure_parity(value float8, baseline float8, target float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_plain_parity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION measure_parity(float8, float8, float8) IS
	'100 - 100 |target - value| / |target - baseline|: how close, from either side (ESCAP, there on 0 to 10). NULL if target and baseline are equal. NaN and infinity are errors (22023)';
