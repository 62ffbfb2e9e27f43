-- Many verdicts in one. The worst of several is min(status), the mean of scores weighted_mean(score, weight).

CREATE FUNCTION status_count_step(bigint[], progress_status) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'scorecard_status_count_step' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION status_count_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'scorecard_status_count_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION status_counts_final(bigint[]) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'scorecard_status_counts_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION share_met_final(bigint[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_share_met_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION status_count_step(bigint[], progress_status) IS 'transition of status_counts and share_met';
COMMENT ON FUNCTION status_count_combine(bigint[], bigint[]) IS 'combines two states of status_counts or share_met';
COMMENT ON FUNCTION status_counts_final(bigint[]) IS 'final function of status_counts';
COMMENT ON FUNCTION share_met_final(bigint[]) IS 'final function of share_met';

CREATE AGGREGATE status_counts(progress_status) (
	SFUNC = status_count_step, STYPE = bigint[], SSPACE = 128, INITCOND = '{0,0,0,0,0,0,0,0,0}',
	FINALFUNC = status_counts_final, COMBINEFUNC = status_count_combine, PARALLEL = SAFE
);
CREATE AGGREGATE share_met(progress_status) (
	SFUNC = status_count_step, STYPE = bigint[], SSPACE = 128, INITCOND = '{0,0,0,0,0,0,0,0,0}',
	FINALFUNC = share_met_final, COMBINEFUNC = status_count_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE status_counts(progress_status) IS
	'how many of each status, as a JSON object with all nine words; NULLs are skipped';
COMMENT ON AGGREGATE share_met(progress_status) IS
	'per cent met or exceeded of those assessed: not_yet_assessable, no_data and NULL are left out. NULL if none is assessed';

CREATE FUNCTION two_worst_step(float8[], float8) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_two_worst_step' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION two_worst_combine(float8[], float8[]) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'scorecard_two_worst_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION two_worst_final(float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_two_worst_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION two_worst_step(float8[], float8) IS 'transition of two_worst_mean';
COMMENT ON FUNCTION two_worst_combine(float8[], float8[]) IS 'combines two states of two_worst_mean';
COMMENT ON FUNCTION two_worst_final(float8[]) IS 'final function of two_worst_mean';
CREATE AGGREGATE two_worst_mean(score float8) (
	SFUNC = two_worst_step, STYPE = float8[], SSPACE = 64, INITCOND = '{0,0,0}',
	FINALFUNC = two_worst_final, COMBINEFUNC = two_worst_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE two_worst_mean(float8) IS
	'mean of the two lowest scores: the colour of a goal in the Sustainable Development Report (SDSN). The score itself if there is only one, NULL if there is none; NULLs are skipped, NaN and infinity are errors (22023)';

CREATE FUNCTION path_in_force_step(internal, target_path, date, date, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_path_in_force_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION path_in_force_final(internal) RETURNS target_path
	AS 'MODULE_PATHNAME', 'scorecard_path_in_force_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION path_in_force_step(internal, target_path, date, date, date) IS 'transition of path_in_force';
COMMENT ON FUNCTION path_in_force_final(internal) IS 'final function of path_in_force';
CREATE AGGREGATE path_in_force(path target_path, valid_from date, valid_to date, on_date date) (
	SFUNC = path_in_force_step, STYPE = internal, SSPACE = 256,
	FINALFUNC = path_in_force_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE path_in_force(target_path, date, date, date) IS
	'the path that applies on a date among revisions: of those valid then (valid_to inclusive, NULL: open) the one with the latest valid_from. NULL if none is; two that begin on the same day are an error (21000)';
