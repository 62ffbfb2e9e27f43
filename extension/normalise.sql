-- Normalisation among peers: window functions over the whole partition, whatever the ORDER BY and the frame.
-- PARTITION BY indicator pools all periods; PARTITION BY indicator, year compares within each.

CREATE FUNCTION minmax_score(value float8, direction text DEFAULT 'up') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_minmax_score' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION minmax_score(float8, text) IS
	'a window function: 100 (value - least) / (greatest - least) of the partition, with direction down 100 (greatest - value) / (greatest - least), so that the worst scores 0 and the best 100. A NULL value stays NULL and is left out; NULL for all if all are equal. Another direction than up or down, NaN and infinity are errors (22023), a NULL direction too (22004)';
CREATE FUNCTION standard_score(value float8, score_mean float8 DEFAULT 0, score_sd float8 DEFAULT 1, direction text DEFAULT 'up', deviation text DEFAULT 'sample') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_standard_score' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION standard_score(float8, float8, float8, text, text) IS
	'a window function: score_mean + score_sd (value - mean) / sd with mean and standard deviation of the partition, the sign of the difference turned with direction down. deviation says which sd: sample (over n - 1) or population (over n); standard_score(x, 100, 10, ''up'', ''population'') is the scale of the Mazziotta-Pareto index. A NULL value stays NULL and is left out; NULL for all if all are equal, for a single value, and beyond float8. A score_sd of 0 or below, an unknown word, NaN and infinity are errors (22023), a NULL parameter too (22004)';
CREATE FUNCTION distance_to_target_score(value float8, target float8, direction text DEFAULT 'up', cap boolean DEFAULT false) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_distance_to_target_score' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION distance_to_target_score(float8, float8, text, boolean) IS
	'a window function: 100 (value - least) / (target - least), with direction down 100 (greatest - value) / (greatest - target), least and greatest being those of the partition: the worst scores 0, the target 100, what lies beyond it more unless cap is true. The target, in natural units, may differ from row to row; that of a reference unit gives the distance to it. A NULL value stays NULL and is left out; NULL for a NULL target, for a target that is no better than the worst value, and beyond float8. Another direction than up or down, NaN and infinity are errors (22023), a NULL direction or cap too (22004)';
CREATE FUNCTION fraction_of_maximum_score(value float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_fraction_of_maximum_score' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION fraction_of_maximum_score(float8) IS
	'a window function: 100 value / greatest value of the partition, for values of 0 and above where higher is better; values below 0 are taken as they are. A NULL value stays NULL and is left out; NULL if the greatest is 0, and beyond float8. NaN and infinity are errors (22023)';
CREATE FUNCTION rank_score(value float8, direction text DEFAULT 'up', ties text DEFAULT 'min') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_rank_score' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rank_score(float8, text, text) IS
	'a window function: the rank among the values of the partition, 1 for the worst (for 1 as the best, turn the direction). Equal values share the lowest of their ranks (ties min) or the mean of them (average). A NULL value stays NULL and is left out. An unknown word, NaN and infinity are errors (22023), a NULL parameter too (22004)';
CREATE FUNCTION borda_score(value float8, direction text DEFAULT 'up', ties text DEFAULT 'min') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_borda_score' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION borda_score(float8, text, text) IS
	'a window function: rank_score - 1, the number of values of the partition that are worse (with ties average, half of those that are equal besides). NULLs and errors as for rank_score';
CREATE FUNCTION percentile_rank_score(value float8, direction text DEFAULT 'up') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_percentile_rank_score' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION percentile_rank_score(float8, text) IS
	'a window function: 100 (rank - 1) / (n - 1) over the n values of the partition that are not NULL, equal values sharing the lowest of their ranks: the worst scores 0, a best without equals 100. A NULL value stays NULL and is left out, unlike in percent_rank(); NULL for a single value. Another direction than up or down, NaN and infinity are errors (22023), a NULL direction too (22004)';
