-- Means and coverage over rows. The state type is not documented and will change.


CREATE FUNCTION weighted_mean_step(float8[], float8, float8) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_weighted_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_mean_step(float8[], float8, float8) IS 'transition of weighted_mean';

CREATE FUNCTION geometric_mean_step(float8[], float8) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_step(float8[], float8) IS 'transition of geometric_mean';

CREATE FUNCTION geometric_mean_step(float8[], float8, float8) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_step(float8[], float8, float8) IS 'transition of geometric_mean';

CREATE FUNCTION harmonic_mean_step(float8[], float8) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_step(float8[], float8) IS 'transition of harmonic_mean';

CREATE FUNCTION harmonic_mean_step(float8[], float8, float8) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_step(float8[], float8, float8) IS 'transition of harmonic_mean';

CREATE FUNCTION coverage_step(float8[], float8, float8) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_coverage_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION coverage_step(float8[], float8, float8) IS 'transition of coverage';

CREATE FUNCTION mean_combine(float8[], float8[]) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_mean_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean_combine(float8[], float8[]) IS 'combines two states of a mean or a coverage';

CREATE FUNCTION weighted_mean_final(float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_weighted_mean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weighted_mean_final(float8[]) IS 'final function of weighted_mean';

CREATE FUNCTION coverage_final(float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_coverage_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION coverage_final(float8[]) IS 'final function of coverage';

CREATE FUNCTION geometric_mean_final(float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_geometric_mean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION geometric_mean_final(float8[]) IS 'final function of geometric_mean';

CREATE FUNCTION harmonic_mean_final(float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_harmonic_mean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION harmonic_mean_final(float8[]) IS 'final function of harmonic_mean';

CREATE AGGREGATE weighted_mean(value float8, weight float8) (
	SFUNC = weighted_mean_step, STYPE = float8[], SSPACE = 64, INITCOND = '{0,0,0,0,0,0}',
	FINALFUNC = weighted_mean_final, COMBINEFUNC = mean_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_mean(float8, float8) IS
	'sum of weight * value over sum of weight. Rows with a NULL value or weight are skipped; NULL on no rows or zero total weight. A negative weight, NaN and infinity are errors (22023), a result beyond float8 too (22003)';

CREATE AGGREGATE geometric_mean(value float8) (
	SFUNC = geometric_mean_step, STYPE = float8[], SSPACE = 64, INITCOND = '{0,0,0,0,0,0}',
	FINALFUNC = geometric_mean_final, COMBINEFUNC = mean_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE geometric_mean(float8) IS
	'geometric mean: 0 if a value is 0, NULL if one is negative. Rows with a NULL value or weight are skipped; NULL on no rows or zero total weight. A negative weight, NaN and infinity are errors (22023), a result beyond float8 too (22003)';

CREATE AGGREGATE geometric_mean(value float8, weight float8) (
	SFUNC = geometric_mean_step, STYPE = float8[], SSPACE = 64, INITCOND = '{0,0,0,0,0,0}',
	FINALFUNC = geometric_mean_final, COMBINEFUNC = mean_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE geometric_mean(float8, float8) IS
	'exp(sum of weight * ln value over sum of weight): 0 if a value is 0, NULL if one is negative. Rows with a NULL value or weight are skipped; NULL on no rows or zero total weight. A negative weight, NaN and infinity are errors (22023), a result beyond float8 too (22003)';

CREATE AGGREGATE harmonic_mean(value float8) (
	SFUNC = harmonic_mean_step, STYPE = float8[], SSPACE = 64, INITCOND = '{0,0,0,0,0,0}',
	FINALFUNC = harmonic_mean_final, COMBINEFUNC = mean_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE harmonic_mean(float8) IS
	'harmonic mean: 0 if a value is 0, NULL if one is negative. Rows with a NULL value or weight are skipped; NULL on no rows or zero total weight. A negative weight, NaN and infinity are errors (22023), a result beyond float8 too (22003)';

CREATE AGGREGATE harmonic_mean(value float8, weight float8) (
	SFUNC = harmonic_mean_step, STYPE = float8[], SSPACE = 64, INITCOND = '{0,0,0,0,0,0}',
	FINALFUNC = harmonic_mean_final, COMBINEFUNC = mean_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE harmonic_mean(float8, float8) IS
	'sum of weight over sum of weight / value: 0 if a value is 0, NULL if one is negative. Rows with a NULL value or weight are skipped; NULL on no rows or zero total weight. A negative weight, NaN and infinity are errors (22023), a result beyond float8 too (22003)';

CREATE AGGREGATE coverage(score float8, weight float8) (
	SFUNC = coverage_step, STYPE = float8[], SSPACE = 64, INITCOND = '{0,0,0,0,0,0}',
	FINALFUNC = coverage_final, COMBINEFUNC = mean_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE coverage(float8, float8) IS
	'weight of the rows that have a score over the weight of all rows, 0 to 1. Rows with a NULL weight are skipped; NULL on no rows or zero total weight. A negative weight, NaN and infinity are errors (22023)';
