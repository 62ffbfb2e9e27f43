-- assess: progress by a published scheme.

CREATE TYPE assess_result AS (
	scheme text, due date, measure text, measured float8, score float8, class text, reason text, is_met boolean
);
COMMENT ON TYPE assess_result IS 'the row of assess(); columns are only ever appended';
COMMENT ON COLUMN assess_result.scheme IS 'name of the scheme, if it has one';
COMMENT ON COLUMN assess_result.due IS 'due date of the target assessed; NULL without a path';
COMMENT ON COLUMN assess_result.measure IS 'name of what the scheme measures';
COMMENT ON COLUMN assess_result.measured IS 'the measure, on the scheme''s own scale';
COMMENT ON COLUMN assess_result.score IS 'score on the scheme''s own scale; NULL where it has none';
COMMENT ON COLUMN assess_result.class IS 'class of the scheme; NULL where reason says why';
COMMENT ON COLUMN assess_result.reason IS 'why there is no class, or what explains it';
COMMENT ON COLUMN assess_result.is_met IS 'whether the value looked at meets the target';

CREATE FUNCTION scheme(name text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'scorecard_scheme' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION scheme(text) IS
	'a published scheme as data: programme, eurostat, statcan, unsd, escap, sdsn, destatis, servicenow, cityscore or plan; its key source says where it comes from. Another name is an error (22023)';

CREATE FUNCTION assess(path target_path, series indicator_series, as_of date, scheme jsonb,
					   due date DEFAULT NULL, lower_is_better boolean DEFAULT false)
	RETURNS assess_result
	AS 'MODULE_PATHNAME', 'scorecard_assess' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION assess(target_path, indicator_series, date, jsonb, date, boolean) IS
	'one row: what a scheme measures, its score and class, for the target due then or the current one; call it in FROM. A NULL path, or a due date that the path lacks, is an indicator without a target. NULL as_of or scheme: 22004; a scheme with unknown keys or classes out of order: 22023';
