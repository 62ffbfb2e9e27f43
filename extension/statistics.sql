-- Statistics that need every value. They keep 8 bytes of each (16 with a weight) and sort them in the end.

CREATE FUNCTION collect_numbers_step(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_collect_numbers_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION collect_numbers_step(internal, float8) IS 'transition of skewness and kurtosis';
CREATE FUNCTION collect_numbers_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_collect_numbers_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION collect_numbers_combine(internal, internal) IS 'combines two states of skewness and kurtosis';
CREATE FUNCTION collect_numbers_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_collect_numbers_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION collect_numbers_serialize(internal) IS 'state of skewness and kurtosis as bytes';
CREATE FUNCTION collect_numbers_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_collect_numbers_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION collect_numbers_deserialize(bytea, internal) IS 'state of skewness and kurtosis from bytes';
CREATE FUNCTION skewness_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_skewness_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skewness_final(internal) IS 'final function of skewness';
CREATE FUNCTION kurtosis_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_kurtosis_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kurtosis_final(internal) IS 'final function of kurtosis';

CREATE AGGREGATE skewness(value float8) (
	SFUNC = collect_numbers_step, STYPE = internal, SSPACE = 1024,
	FINALFUNC = skewness_final, COMBINEFUNC = collect_numbers_combine,
	SERIALFUNC = collect_numbers_serialize, DESERIALFUNC = collect_numbers_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE skewness(float8) IS
	'skewness as spreadsheets compute SKEW: sqrt(n (n - 1)) / (n - 2) * m3 / m2 ^ 1.5 (G1 of Joanes and Gill 1998); above 0 where the long tail is on the high side. NULLs are skipped; NULL of fewer than three values, or if all are equal. NaN and infinity are errors (22023). Over a window each frame is computed anew';

CREATE AGGREGATE kurtosis(value float8) (
	SFUNC = collect_numbers_step, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kurtosis_final, COMBINEFUNC = collect_numbers_combine,
	SERIALFUNC = collect_numbers_serialize, DESERIALFUNC = collect_numbers_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kurtosis(float8) IS
	'excess kurtosis as spreadsheets compute KURT: (n - 1) / ((n - 2) (n - 3)) * ((n + 1) (m4 / m2 ^ 2 - 3) + 6) (G2 of Joanes and Gill 1998); 0 for a normal distribution, more with heavier tails. NULLs are skipped; NULL of fewer than four values, or if all are equal. NaN and infinity are errors (22023). Over a window each frame is computed anew';

CREATE FUNCTION weighted_median_step(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_weighted_median_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_median_step(internal, float8, float8) IS 'transition of weighted_median';
CREATE FUNCTION weighted_median_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_weighted_median_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_median_combine(internal, internal) IS 'combines two states of weighted_median';
CREATE FUNCTION weighted_median_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_weighted_median_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_median_serialize(internal) IS 'state of weighted_median as bytes';
CREATE FUNCTION weighted_median_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_weighted_median_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_median_deserialize(bytea, internal) IS 'state of weighted_median from bytes';
CREATE FUNCTION weighted_median_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_median_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_median_final(internal) IS 'final function of weighted_median';

CREATE AGGREGATE weighted_median(value float8, weight float8) (
	SFUNC = weighted_median_step, STYPE = internal, SSPACE = 1024,
	FINALFUNC = weighted_median_final, COMBINEFUNC = weighted_median_combine,
	SERIALFUNC = weighted_median_serialize, DESERIALFUNC = weighted_median_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_median(float8, float8) IS
	'the least value whose cumulative weight exceeds half of the total; where one attains exactly half (within 1e-12 of the total), the mean of it and the next. Equal weights give the usual median. Rows with a NULL value or weight, or weight 0, are skipped; NULL if none is left. A negative weight, NaN and infinity are errors (22023). Over a window each frame is computed anew';

CREATE FUNCTION weighted_quantile_step(internal, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_weighted_quantile_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_quantile_step(internal, float8, float8, float8) IS 'transition of weighted_quantile';
CREATE FUNCTION weighted_quantile_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_weighted_quantile_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_quantile_combine(internal, internal) IS 'combines two states of weighted_quantile';
CREATE FUNCTION weighted_quantile_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_weighted_quantile_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_quantile_serialize(internal) IS 'state of weighted_quantile as bytes';
CREATE FUNCTION weighted_quantile_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_weighted_quantile_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_quantile_deserialize(bytea, internal) IS 'state of weighted_quantile from bytes';
CREATE FUNCTION weighted_quantile_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_quantile_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_quantile_final(internal) IS 'final function of weighted_quantile';

CREATE AGGREGATE weighted_quantile(value float8, weight float8, fraction float8) (
	SFUNC = weighted_quantile_step, STYPE = internal, SSPACE = 1024,
	FINALFUNC = weighted_quantile_final, COMBINEFUNC = weighted_quantile_combine,
	SERIALFUNC = weighted_quantile_serialize, DESERIALFUNC = weighted_quantile_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_quantile(float8, float8, float8) IS
	'the least value whose cumulative weight exceeds that fraction of the total; where one attains it exactly (within 1e-12 of the total), the mean of it and the next. Fraction 0 gives the least value, 1 the greatest, 0.5 the weighted_median. Rows with a NULL value or weight, or weight 0, are skipped; NULL if none is left. A fraction outside 0 to 1 or not the same in all rows, a negative weight, NaN and infinity are errors (22023), a NULL fraction too (22004). Over a window each frame is computed anew';
