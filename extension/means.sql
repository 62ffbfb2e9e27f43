-- Means and sums, deviation, Mazziotta-Pareto indices, coverage and outranking over rows, from exact sums (weighted_sums.sql).
-- Each has a transition, a combination and a final function for groups; for frames that slide, functions for a row that
-- enters and one that leaves, and a final function.

-- Rows ---------------------------------------------------------------------

CREATE FUNCTION weighted_mean_step(weighted_sums, float8, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_weighted_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_mean_step(weighted_sums, float8, float8) IS 'transition of weighted_mean';
CREATE FUNCTION weighted_mean_enter(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_weighted_mean_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_mean_enter(internal, float8, float8) IS 'a row enters a frame of weighted_mean';
CREATE FUNCTION weighted_mean_leave(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_weighted_mean_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_mean_leave(internal, float8, float8) IS 'a row leaves a frame of weighted_mean, in the order they entered';

CREATE FUNCTION geometric_mean_step(weighted_sums, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_step(weighted_sums, float8) IS 'transition of geometric_mean';
CREATE FUNCTION geometric_mean_enter(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_enter(internal, float8) IS 'a row enters a frame of geometric_mean';
CREATE FUNCTION geometric_mean_leave(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_leave(internal, float8) IS 'a row leaves a frame of geometric_mean, in the order they entered';
CREATE FUNCTION geometric_mean_step(weighted_sums, float8, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_step(weighted_sums, float8, float8) IS 'transition of geometric_mean';
CREATE FUNCTION geometric_mean_enter(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_enter(internal, float8, float8) IS 'a row enters a frame of geometric_mean';
CREATE FUNCTION geometric_mean_leave(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_leave(internal, float8, float8) IS 'a row leaves a frame of geometric_mean, in the order they entered';

CREATE FUNCTION harmonic_mean_step(weighted_sums, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_step(weighted_sums, float8) IS 'transition of harmonic_mean';
CREATE FUNCTION harmonic_mean_enter(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_enter(internal, float8) IS 'a row enters a frame of harmonic_mean';
CREATE FUNCTION harmonic_mean_leave(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_leave(internal, float8) IS 'a row leaves a frame of harmonic_mean, in the order they entered';
CREATE FUNCTION harmonic_mean_step(weighted_sums, float8, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_step(weighted_sums, float8, float8) IS 'transition of harmonic_mean';
CREATE FUNCTION harmonic_mean_enter(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_enter(internal, float8, float8) IS 'a row enters a frame of harmonic_mean';
CREATE FUNCTION harmonic_mean_leave(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_leave(internal, float8, float8) IS 'a row leaves a frame of harmonic_mean, in the order they entered';

CREATE FUNCTION power_mean_step(weighted_sums, float8, float8, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_power_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION power_mean_step(weighted_sums, float8, float8, float8) IS 'transition of power_mean';
CREATE FUNCTION power_mean_enter(internal, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_power_mean_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION power_mean_enter(internal, float8, float8, float8) IS 'a row enters a frame of power_mean';
CREATE FUNCTION power_mean_leave(internal, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_power_mean_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION power_mean_leave(internal, float8, float8, float8) IS 'a row leaves a frame of power_mean, in the order they entered';

CREATE FUNCTION coverage_step(weighted_sums, float8, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_coverage_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coverage_step(weighted_sums, float8, float8) IS 'transition of coverage';
CREATE FUNCTION coverage_enter(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_coverage_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coverage_enter(internal, float8, float8) IS 'a row enters a frame of coverage';
CREATE FUNCTION coverage_leave(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_coverage_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coverage_leave(internal, float8, float8) IS 'a row leaves a frame of coverage, in the order they entered';

CREATE FUNCTION outranking_step(weighted_sums, float8, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_outranking_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION outranking_step(weighted_sums, float8, float8) IS 'transition of outranking';
CREATE FUNCTION outranking_enter(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_outranking_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION outranking_enter(internal, float8, float8) IS 'a row enters a frame of outranking';
CREATE FUNCTION outranking_leave(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_outranking_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION outranking_leave(internal, float8, float8) IS 'a row leaves a frame of outranking, in the order they entered';
CREATE FUNCTION outranking_step(weighted_sums, float8, float8, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_outranking_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION outranking_step(weighted_sums, float8, float8, float8) IS 'transition of outranking';
CREATE FUNCTION outranking_enter(internal, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_outranking_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION outranking_enter(internal, float8, float8, float8) IS 'a row enters a frame of outranking';
CREATE FUNCTION outranking_leave(internal, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_outranking_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION outranking_leave(internal, float8, float8, float8) IS 'a row leaves a frame of outranking, in the order they entered';

CREATE FUNCTION moments_step(weighted_sums, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_moments_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_step(weighted_sums, float8) IS 'transition of weighted_sd, mpi_minus and mpi_plus';
CREATE FUNCTION moments_enter(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_moments_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_enter(internal, float8) IS 'a row enters a frame of weighted_sd, mpi_minus and mpi_plus';
CREATE FUNCTION moments_leave(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_moments_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_leave(internal, float8) IS 'a row leaves a frame of weighted_sd, mpi_minus and mpi_plus, in the order they entered';
CREATE FUNCTION moments_step(weighted_sums, float8, float8) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_moments_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_step(weighted_sums, float8, float8) IS 'transition of weighted_sd, mpi_minus and mpi_plus';
CREATE FUNCTION moments_enter(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_moments_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_enter(internal, float8, float8) IS 'a row enters a frame of weighted_sd, mpi_minus and mpi_plus';
CREATE FUNCTION moments_leave(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_moments_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_leave(internal, float8, float8) IS 'a row leaves a frame of weighted_sd, mpi_minus and mpi_plus, in the order they entered';
CREATE FUNCTION moments_step(weighted_sums, float8, float8, text) RETURNS weighted_sums
	AS 'MODULE_PATHNAME', 'scorecard_moments_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_step(weighted_sums, float8, float8, text) IS 'transition of weighted_sd, mpi_minus and mpi_plus';
CREATE FUNCTION moments_enter(internal, float8, float8, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_moments_enter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_enter(internal, float8, float8, text) IS 'a row enters a frame of weighted_sd, mpi_minus and mpi_plus';
CREATE FUNCTION moments_leave(internal, float8, float8, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_moments_leave' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION moments_leave(internal, float8, float8, text) IS 'a row leaves a frame of weighted_sd, mpi_minus and mpi_plus, in the order they entered';

-- Results -------------------------------------------------------------------

CREATE FUNCTION weighted_mean_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_mean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_mean_final(weighted_sums) IS 'final function of weighted_mean';
CREATE FUNCTION weighted_mean_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_mean_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_mean_of_frame(internal) IS 'final function of weighted_mean over a frame';
CREATE FUNCTION weighted_sum_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sum_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_sum_final(weighted_sums) IS 'final function of weighted_sum';
CREATE FUNCTION weighted_sum_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sum_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_sum_of_frame(internal) IS 'final function of weighted_sum over a frame';
CREATE FUNCTION geometric_mean_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_final(weighted_sums) IS 'final function of geometric_mean';
CREATE FUNCTION geometric_mean_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_of_frame(internal) IS 'final function of geometric_mean over a frame';
CREATE FUNCTION harmonic_mean_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_final(weighted_sums) IS 'final function of harmonic_mean';
CREATE FUNCTION harmonic_mean_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_of_frame(internal) IS 'final function of harmonic_mean over a frame';
CREATE FUNCTION power_mean_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_power_mean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION power_mean_final(weighted_sums) IS 'final function of power_mean';
CREATE FUNCTION power_mean_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_power_mean_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION power_mean_of_frame(internal) IS 'final function of power_mean over a frame';
CREATE FUNCTION coverage_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_coverage_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coverage_final(weighted_sums) IS 'final function of coverage';
CREATE FUNCTION coverage_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_coverage_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coverage_of_frame(internal) IS 'final function of coverage over a frame';
CREATE FUNCTION outranking_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_outranking_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION outranking_final(weighted_sums) IS 'final function of outranking';
CREATE FUNCTION outranking_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_outranking_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION outranking_of_frame(internal) IS 'final function of outranking over a frame';
CREATE FUNCTION weighted_sd_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sd_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_sd_final(weighted_sums) IS 'final function of weighted_sd';
CREATE FUNCTION weighted_sd_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_sd_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_sd_of_frame(internal) IS 'final function of weighted_sd over a frame';
CREATE FUNCTION mpi_minus_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_mpi_minus_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mpi_minus_final(weighted_sums) IS 'final function of mpi_minus';
CREATE FUNCTION mpi_minus_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_mpi_minus_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mpi_minus_of_frame(internal) IS 'final function of mpi_minus over a frame';
CREATE FUNCTION mpi_plus_final(weighted_sums) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_mpi_plus_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mpi_plus_final(weighted_sums) IS 'final function of mpi_plus';
CREATE FUNCTION mpi_plus_of_frame(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_mpi_plus_of_frame' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mpi_plus_of_frame(internal) IS 'final function of mpi_plus over a frame';

-- Aggregates ----------------------------------------------------------------

CREATE AGGREGATE weighted_mean(value float8, weight float8) (
	SFUNC = weighted_mean_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = weighted_mean_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = weighted_mean_enter, MINVFUNC = weighted_mean_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = weighted_mean_of_frame
);
COMMENT ON AGGREGATE weighted_mean(float8, float8) IS
	'sum of weight * value over sum of weight, within the values. Rows with a NULL value or weight, or weight 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023). The same rows give the same bits in any order and plan';

-- Rows are those of weighted_mean, so where both are asked for one state serves them.
CREATE AGGREGATE weighted_sum(value float8, weight float8) (
	SFUNC = weighted_mean_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = weighted_sum_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = weighted_mean_enter, MINVFUNC = weighted_mean_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = weighted_sum_of_frame
);
COMMENT ON AGGREGATE weighted_sum(float8, float8) IS
	'sum of weight * value, each product and the sum rounded once: what a merged unit has of its parts. Rows with a NULL value or weight, or weight 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023), a result beyond float8 is one (22003). The same rows give the same bits in any order and plan';

CREATE AGGREGATE geometric_mean(value float8) (
	SFUNC = geometric_mean_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = geometric_mean_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = geometric_mean_enter, MINVFUNC = geometric_mean_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = geometric_mean_of_frame
);
COMMENT ON AGGREGATE geometric_mean(float8) IS
	'geometric mean, exp of the mean logarithm: 0 if a value is 0, NULL if one is negative. NULL values are skipped; NULL if no row is left. NaN and infinity are errors (22023). The same rows give the same bits in any order and plan';
CREATE AGGREGATE geometric_mean(value float8, weight float8) (
	SFUNC = geometric_mean_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = geometric_mean_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = geometric_mean_enter, MINVFUNC = geometric_mean_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = geometric_mean_of_frame
);
COMMENT ON AGGREGATE geometric_mean(float8, float8) IS
	'exp(sum of weight * ln value over sum of weight): 0 if a value is 0, NULL if one is negative. Rows with a NULL value or weight, or weight 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023). The same rows give the same bits in any order and plan';

CREATE AGGREGATE harmonic_mean(value float8) (
	SFUNC = harmonic_mean_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = harmonic_mean_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = harmonic_mean_enter, MINVFUNC = harmonic_mean_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = harmonic_mean_of_frame
);
COMMENT ON AGGREGATE harmonic_mean(float8) IS
	'harmonic mean, the number of values over the sum of their inverses: 0 if a value is 0, NULL if one is negative. NULL values are skipped; NULL if no row is left. NaN and infinity are errors (22023). The same rows give the same bits in any order and plan';
CREATE AGGREGATE harmonic_mean(value float8, weight float8) (
	SFUNC = harmonic_mean_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = harmonic_mean_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = harmonic_mean_enter, MINVFUNC = harmonic_mean_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = harmonic_mean_of_frame
);
COMMENT ON AGGREGATE harmonic_mean(float8, float8) IS
	'sum of weight over sum of weight / value: 0 if a value is 0, NULL if one is negative. Rows with a NULL value or weight, or weight 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023). The same rows give the same bits in any order and plan';

CREATE AGGREGATE power_mean(value float8, weight float8, power float8) (
	SFUNC = power_mean_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = power_mean_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = power_mean_enter, MINVFUNC = power_mean_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = power_mean_of_frame
);
COMMENT ON AGGREGATE power_mean(float8, float8, float8) IS
	'generalized mean (sum of weight * value ^ power over sum of weight) ^ (1 / power): power 1 is the weighted, -1 the harmonic, 0 the geometric mean, 2 the quadratic. It grows with the power, up to rounding. 0 if a value is 0 and power <= 0; NULL if a value is negative. Rows with a NULL value or weight, or weight 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023). The same rows give the same bits in any order and plan. A NULL power is an error (22004); so are a power beyond -100 to 100 and two powers in one group (22023)';

CREATE AGGREGATE coverage(score float8, weight float8) (
	SFUNC = coverage_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = coverage_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = coverage_enter, MINVFUNC = coverage_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = coverage_of_frame
);
COMMENT ON AGGREGATE coverage(float8, float8) IS
	'weight of the rows that have a score over the weight of all rows, 0 to 1, rounded once. Rows with a NULL weight or weight 0 are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023). The same rows give the same bits in any order and plan';

CREATE AGGREGATE outranking(x float8, y float8) (
	SFUNC = outranking_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = outranking_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = outranking_enter, MINVFUNC = outranking_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = outranking_of_frame
);
COMMENT ON AGGREGATE outranking(float8, float8) IS
	'share of the rows in which x is above y, equal ones counting half: 0 to 1, rounded once. With the scores of two units side by side, a row an indicator, an element of the outranking matrix from which Copeland scores are counted (as in COINr). Rows in which either is NULL are skipped, so outranking(x, y) and outranking(y, x) add up to 1 but for rounding; NULL if no row is left. NaN and infinity are errors (22023)';
CREATE AGGREGATE outranking(x float8, y float8, weight float8) (
	SFUNC = outranking_step, STYPE = weighted_sums, SSPACE = 144,
	FINALFUNC = outranking_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = outranking_enter, MINVFUNC = outranking_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = outranking_of_frame
);
COMMENT ON AGGREGATE outranking(float8, float8, float8) IS
	'weight of the rows in which x is above y, and half that of those in which they are equal, over the weight of all rows: 0 to 1, rounded once. Rows in which either, or the weight, is NULL, or the weight is 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023)';

CREATE AGGREGATE weighted_sd(value float8, weight float8) (
	SFUNC = moments_step, STYPE = weighted_sums, SSPACE = 288,
	FINALFUNC = weighted_sd_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = moments_enter, MINVFUNC = moments_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = weighted_sd_of_frame
);
COMMENT ON AGGREGATE weighted_sd(float8, float8) IS
	'population standard deviation sqrt(sum of weight * (value - mean)^2 over sum of weight), in the unit of the values, from exact moments: within one unit in the last place. Only the proportions of the weights count. 0 for one row. Rows with a NULL value or weight, or weight 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023). The same rows give the same bits in any order and plan';

CREATE AGGREGATE mpi_minus(score float8) (
	SFUNC = moments_step, STYPE = weighted_sums, SSPACE = 288,
	FINALFUNC = mpi_minus_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = moments_enter, MINVFUNC = moments_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = mpi_minus_of_frame
);
COMMENT ON AGGREGATE mpi_minus(float8) IS
	'Mazziotta-Pareto index with penalty, M - S^2 / M of mean M and population variance S^2, rounded once: for scores of which more is better. NULL scores are skipped; NULL if no row is left. NaN and infinity are errors (22023). The same rows give the same bits in any order and plan. NULL if M <= 0; a result beyond float8 is an error (22003). The index is not monotone: a better score can lower it. Mazziotta and Pareto (2016), Social Indicators Research 127; on scores rescaled to 70..130 it is the adjusted index (AMPI)';
CREATE AGGREGATE mpi_minus(score float8, weight float8) (
	SFUNC = moments_step, STYPE = weighted_sums, SSPACE = 288,
	FINALFUNC = mpi_minus_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = moments_enter, MINVFUNC = moments_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = mpi_minus_of_frame
);
COMMENT ON AGGREGATE mpi_minus(float8, float8) IS
	'Mazziotta-Pareto index with penalty, M - S^2 / M of weighted mean M and weighted population variance S^2, rounded once: for scores of which more is better. Rows with a NULL score or weight, or weight 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023). The same rows give the same bits in any order and plan. NULL if M <= 0; a result beyond float8 is an error (22003). The index is not monotone: a better score can lower it. Mazziotta and Pareto (2016), Social Indicators Research 127; on scores rescaled to 70..130 it is the adjusted index (AMPI)';
CREATE AGGREGATE mpi_minus(score float8, weight float8, deviation text) (
	SFUNC = moments_step, STYPE = weighted_sums, SSPACE = 288,
	FINALFUNC = mpi_minus_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = moments_enter, MINVFUNC = moments_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = mpi_minus_of_frame
);
COMMENT ON AGGREGATE mpi_minus(float8, float8, text) IS
	'as mpi_minus(score, weight), with deviation ''population'' or ''sample'': n / (n - 1) times the variance, n the rows counted. NULL for the sample of one row. A NULL deviation is an error (22004), so is another word and both in one group (22023)';

CREATE AGGREGATE mpi_plus(score float8) (
	SFUNC = moments_step, STYPE = weighted_sums, SSPACE = 288,
	FINALFUNC = mpi_plus_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = moments_enter, MINVFUNC = moments_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = mpi_plus_of_frame
);
COMMENT ON AGGREGATE mpi_plus(float8) IS
	'Mazziotta-Pareto index with penalty added, M + S^2 / M of mean M and population variance S^2, rounded once: for scores of which less is better. NULL scores are skipped; NULL if no row is left. NaN and infinity are errors (22023). The same rows give the same bits in any order and plan. NULL if M <= 0; a result beyond float8 is an error (22003). The index is not monotone: a better score can lower it. Mazziotta and Pareto (2016), Social Indicators Research 127; on scores rescaled to 70..130 it is the adjusted index (AMPI)';
CREATE AGGREGATE mpi_plus(score float8, weight float8) (
	SFUNC = moments_step, STYPE = weighted_sums, SSPACE = 288,
	FINALFUNC = mpi_plus_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = moments_enter, MINVFUNC = moments_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = mpi_plus_of_frame
);
COMMENT ON AGGREGATE mpi_plus(float8, float8) IS
	'Mazziotta-Pareto index with penalty added, M + S^2 / M of weighted mean M and weighted population variance S^2, rounded once: for scores of which less is better. Rows with a NULL score or weight, or weight 0, are skipped; NULL if no row is left. A negative weight, NaN and infinity are errors (22023). The same rows give the same bits in any order and plan. NULL if M <= 0; a result beyond float8 is an error (22003). The index is not monotone: a better score can lower it. Mazziotta and Pareto (2016), Social Indicators Research 127; on scores rescaled to 70..130 it is the adjusted index (AMPI)';
CREATE AGGREGATE mpi_plus(score float8, weight float8, deviation text) (
	SFUNC = moments_step, STYPE = weighted_sums, SSPACE = 288,
	FINALFUNC = mpi_plus_final, COMBINEFUNC = weighted_sums_merge, PARALLEL = SAFE,
	MSFUNC = moments_enter, MINVFUNC = moments_leave, MSTYPE = internal, MSSPACE = 1024, MFINALFUNC = mpi_plus_of_frame
);
COMMENT ON AGGREGATE mpi_plus(float8, float8, text) IS
	'as mpi_plus(score, weight), with deviation ''population'' or ''sample'': n / (n - 1) times the variance, n the rows counted. NULL for the sample of one row. A NULL deviation is an error (22004), so is another word and both in one group (22023)';
