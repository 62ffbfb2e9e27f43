-- Treatment of outliers, by the rule of the COIN tool (European Commission, Joint Research Centre): a column whose
-- skewness and kurtosis are both beyond their limits is winsorised, else transformed. The window functions give the
-- values, the aggregate says what was done and whether it helped.

CREATE FUNCTION treated_value(value float8, winsorise_limit integer DEFAULT 5, transform text DEFAULT 'log_ct', skewness_limit float8 DEFAULT 2, kurtosis_limit float8 DEFAULT 3.5) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_treated_value' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION treated_value(float8, integer, text, float8, float8) IS
	'a window function: the value after treatment of its partition, whatever the ORDER BY and the frame. A column passes untouched if |skewness| is below skewness_limit or kurtosis below kurtosis_limit. Else it is winsorised: the highest value (the lowest where skewness is negative), and all equal to it, become the next one inside, again and again until the column passes or winsorise_limit values are changed. If it fails even so, the transform is applied to the original values: log_ct, log_ct_orig, log_ct_plus or log_gii as in log_transform, or none, which keeps the winsorised values. What comes out may fail still: treatment says so. Values stay as they were where the transform has no answer, where fewer than four are there, or all are equal; winsorising never makes all values equal. A NULL value stays NULL and is left out. A winsorise_limit below 0, a skewness_limit of 0 or below, an unknown word, a parameter that varies within the partition, NaN and infinity are errors (22023), a NULL parameter too (22004)';

CREATE FUNCTION log_transform(value float8, kind text DEFAULT 'log_ct') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_log_transform' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION log_transform(float8, text) IS
	'a window function: a logarithm of the value, min and max being those of the partition. log_ct: ln(x - min + 0.01 (max - min)); log_ct_orig: ln(x - min + 1); log_ct_plus: log_ct, for negative skewness -ln(max + 0.01 (max - min) - x); log_gii (Global Innovation Index): ln((max - 1) (x - min) / (max - min) + 1), NULL for a max of 1 or below, where it would turn the order round. All keep the order of the values. A NULL value stays NULL and is left out; NULL where all are equal, but for log_ct_orig, which gives 0. Another kind, NaN and infinity are errors (22023), a NULL kind too (22004)';

CREATE FUNCTION winsorised_value(value float8, count integer, side text DEFAULT 'high') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_winsorised_value' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION winsorised_value(float8, integer, text) IS
	'a window function: the value, the count highest of the partition (side low: the lowest) brought to the next one inside, without asking whether that is needed. Equal values go together, so it may be more of them, and never so many that all would be equal. A NULL value stays NULL and is left out. A count below 0, another side, NaN and infinity are errors (22023), a NULL count or side too (22004)';

CREATE TYPE treatment_result AS (
	n bigint,
	skewness float8,
	kurtosis float8,
	passed boolean,
	winsorised integer,
	winsorised_side text,
	transform text,
	skewness_after float8,
	kurtosis_after float8,
	still_failing boolean,
	reason text
);
COMMENT ON TYPE treatment_result IS 'what treatment() found and did; columns are only ever appended';
COMMENT ON COLUMN treatment_result.n IS 'number of values';
COMMENT ON COLUMN treatment_result.skewness IS 'skewness of the values as they came; NULL of fewer than three or equal ones';
COMMENT ON COLUMN treatment_result.kurtosis IS 'kurtosis of the values as they came; NULL of fewer than four or equal ones';
COMMENT ON COLUMN treatment_result.passed IS 'the values needed no treatment; true also where they could not be judged (see reason)';
COMMENT ON COLUMN treatment_result.winsorised IS 'number of values that treated_value changes by winsorising; 0 where it transforms them instead';
COMMENT ON COLUMN treatment_result.winsorised_side IS 'high, low or both; NULL for none';
COMMENT ON COLUMN treatment_result.transform IS 'the transform that treated_value applies; NULL for none';
COMMENT ON COLUMN treatment_result.skewness_after IS 'skewness of the treated values';
COMMENT ON COLUMN treatment_result.kurtosis_after IS 'kurtosis of the treated values';
COMMENT ON COLUMN treatment_result.still_failing IS 'the treated values fail as the original ones did: the treatment did not help';
COMMENT ON COLUMN treatment_result.reason IS 'why values were left alone: too_few_values (fewer than four), all_values_equal; why they still fail: transform_not_enough, transform_undefined (then they are as they came), no_transform; else NULL';

CREATE FUNCTION treatment_step(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_treatment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION treatment_step(internal, float8) IS 'transition of treatment';
CREATE FUNCTION treatment_step(internal, float8, integer, text, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_treatment_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION treatment_step(internal, float8, integer, text, float8, float8) IS 'transition of treatment';
CREATE FUNCTION treatment_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_treatment_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION treatment_combine(internal, internal) IS 'combines two states of treatment';
CREATE FUNCTION treatment_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_treatment_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION treatment_serialize(internal) IS 'state of treatment as bytes';
CREATE FUNCTION treatment_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_treatment_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION treatment_deserialize(bytea, internal) IS 'state of treatment from bytes';
CREATE FUNCTION treatment_final(internal) RETURNS treatment_result
	AS 'MODULE_PATHNAME', 'scorecard_treatment_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION treatment_final(internal) IS 'final function of treatment';

CREATE AGGREGATE treatment(value float8) (
	SFUNC = treatment_step, STYPE = internal, SSPACE = 1024,
	FINALFUNC = treatment_final, COMBINEFUNC = treatment_combine,
	SERIALFUNC = treatment_serialize, DESERIALFUNC = treatment_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE treatment(float8) IS
	'what treated_value(value) does to these values, and whether it helped, as a treatment_result. NULLs are skipped; NULL if no value is left. NaN and infinity are errors (22023)';

CREATE AGGREGATE treatment(value float8, winsorise_limit integer, transform text, skewness_limit float8, kurtosis_limit float8) (
	SFUNC = treatment_step, STYPE = internal, SSPACE = 1024,
	FINALFUNC = treatment_final, COMBINEFUNC = treatment_combine,
	SERIALFUNC = treatment_serialize, DESERIALFUNC = treatment_deserialize, PARALLEL = SAFE
);
COMMENT ON AGGREGATE treatment(float8, integer, text, float8, float8) IS
	'what treated_value with these parameters does to these values, and whether it helped, as a treatment_result. NULL values are skipped; NULL if none is left. A winsorise_limit below 0, a skewness_limit of 0 or below, an unknown word, a parameter that is not the same in all rows, NaN and infinity are errors (22023), a NULL parameter too (22004)';
