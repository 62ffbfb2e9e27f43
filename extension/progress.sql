-- progress: promised against happened.

CREATE TYPE progress_result AS (
	due date,
	is_current boolean,
	value float8,
	observed_on date,
	baseline float8,
	met_bound float8,
	far_bound float8,
	expected float8,
	attainment_level float8,
	attainment_distance float8,
	attainment_path float8,
	growth_ratio float8,
	gap float8,
	required_pace float8,
	observed_pace float8,
	pace_multiple float8,
	projected_value float8,
	projected_attainment float8,
	status progress_status,
	reason text,
	reasons jsonb,
	score_level float8,
	score_distance float8,
	score_met float8,
	path_gap float8,
	path_gap_share float8,
	observed_growth float8,
	directed_growth float8,
	path_growth float8,
	required_growth float8,
	projected_by_growth float8,
	growth_attainment float8,
	parity float8,
	maintained float8,
	reached_on date,
	required_rest float8
);
COMMENT ON TYPE progress_result IS 'a row of progress(): one dated target; columns are only ever appended';
COMMENT ON COLUMN progress_result.due IS 'due date of the target';
COMMENT ON COLUMN progress_result.is_current IS 'the first target due on or after as_of, else the last';
COMMENT ON COLUMN progress_result.value IS 'the observation that decides: the one for the due date once that has come, else the latest up to as_of';
COMMENT ON COLUMN progress_result.observed_on IS 'date of value';
COMMENT ON COLUMN progress_result.baseline IS 'baseline of the path; NULL if it has none';
COMMENT ON COLUMN progress_result.met_bound IS 'the bound that decides; for keep the edge nearest the value';
COMMENT ON COLUMN progress_result.far_bound IS 'the bound beyond which the target is exceeded; NULL if there is none';
COMMENT ON COLUMN progress_result.expected IS 'value of the path on observed_on';
COMMENT ON COLUMN progress_result.attainment_level IS 'per cent of the met bound, uncapped';
COMMENT ON COLUMN progress_result.attainment_distance IS 'per cent of the way from baseline to met bound, signed, uncapped';
COMMENT ON COLUMN progress_result.attainment_path IS 'per cent of the way that the path expects by observed_on';
COMMENT ON COLUMN progress_result.growth_ratio IS 'actual over required compound growth, a plain ratio';
COMMENT ON COLUMN progress_result.gap IS 'met_bound - value, in the indicator''s unit';
COMMENT ON COLUMN progress_result.required_pace IS 'gap per year left after observed_on';
COMMENT ON COLUMN progress_result.observed_pace IS 'change per year from the baseline, else the first observation, to value';
COMMENT ON COLUMN progress_result.pace_multiple IS 'required_pace / observed_pace';
COMMENT ON COLUMN progress_result.projected_value IS 'linear projection to the due date';
COMMENT ON COLUMN progress_result.projected_attainment IS 'per cent of the way that projected_value would cover; 95 is on track, 60 at risk';
COMMENT ON COLUMN progress_result.status IS 'verdict';
COMMENT ON COLUMN progress_result.reason IS 'explains the status where it needs explaining';
COMMENT ON COLUMN progress_result.reasons IS 'why a measure is NULL: column name -> word';
COMMENT ON COLUMN progress_result.score_level IS 'attainment_level as an index scores it: 100 once met, else 0 to 100';
COMMENT ON COLUMN progress_result.score_distance IS 'attainment_distance as an index scores it: 100 once met, else 0 to 100, 0 if the baseline is the bound';
COMMENT ON COLUMN progress_result.score_met IS '100 if the target is met, else 0';
COMMENT ON COLUMN progress_result.path_gap IS 'd (value - expected): ahead of the path (above 0) or behind it, in the indicator''s unit';
COMMENT ON COLUMN progress_result.path_gap_share IS 'path_gap in per cent of the whole way |met bound - baseline|';
COMMENT ON COLUMN progress_result.observed_growth IS 'compound growth per year since the start, a plain ratio: 0.09 is 9 % a year';
COMMENT ON COLUMN progress_result.directed_growth IS 'observed_growth with the sign of the good direction: what methods without a target look at';
COMMENT ON COLUMN progress_result.path_growth IS 'compound growth per year that the whole way from start to met bound needs, a plain ratio';
COMMENT ON COLUMN progress_result.required_growth IS 'compound growth per year needed from the observation on, a plain ratio';
COMMENT ON COLUMN progress_result.projected_by_growth IS 'the value at the due date if growth stays as observed';
COMMENT ON COLUMN progress_result.growth_attainment IS 'per cent of the way that projected_by_growth would cover';
COMMENT ON COLUMN progress_result.parity IS '100 - 100 |met bound - value| / |met bound - baseline|: how close, from either side (ESCAP, there on 0 to 10)';
COMMENT ON COLUMN progress_result.maintained IS 'per cent of the years up to the observation whose last value meets the target; a year without a value does not';
COMMENT ON COLUMN progress_result.reached_on IS 'the day on which the observed pace reaches the met bound; NULL once met, and if the pace leads away';
COMMENT ON COLUMN progress_result.required_rest IS 'what the rest of the time must deliver: the gap for level, total and change, an average for the averages';

CREATE FUNCTION progress(path target_path, series indicator_series, as_of date,
						 due date DEFAULT NULL, max_age interval DEFAULT NULL)
	RETURNS SETOF progress_result
	AS 'MODULE_PATHNAME', 'scorecard_progress' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10 ROWS 2;
COMMENT ON FUNCTION progress(target_path, indicator_series, date, date, interval) IS
	'how far, how fast, and the verdict: one row per dated target, or one for the due date given; call it in FROM. Observations after as_of or before the baseline are not used; older ones than max_age are not projected from. NULL path: no row; NULL or empty series: no_data; NULL as_of: 22004. For the roles average, average_growth, total and change the value is that of the span so far';


CREATE FUNCTION attainment_level(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_attainment_level' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION attainment_level(target_path, indicator_series, date, date) IS
	'100 value / met bound when up, 100 met bound / value when down; per cent, uncapped. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION attainment_distance(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_attainment_distance' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION attainment_distance(target_path, indicator_series, date, date) IS
	'100 d (value - baseline) / |met bound - baseline|: the share of the way covered, per cent, signed and uncapped. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION attainment_path(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_attainment_path' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION attainment_path(target_path, indicator_series, date, date) IS
	'100 d (value - baseline) / |expected - baseline|: against where the path stands at the observation, per cent. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION growth_ratio(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_growth_ratio' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION growth_ratio(target_path, indicator_series, date, date) IS
	'actual growth over required growth, both compound per year (Eurostat; Statistics Canada); a plain ratio. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION target_gap(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_target_gap' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION target_gap(target_path, indicator_series, date, date) IS
	'met bound - value, in the indicator''s unit; 0 inside the band of a keep path. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION required_pace(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_required_pace' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION required_pace(target_path, indicator_series, date, date) IS
	'gap / years from the observation to the due date, in the indicator''s unit per year. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION observed_pace(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_observed_pace' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION observed_pace(target_path, indicator_series, date, date) IS
	'(value - start) / years since the start, which is the baseline or else the first observation. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION pace_multiple(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_pace_multiple' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION pace_multiple(target_path, indicator_series, date, date) IS
	'required pace / observed pace: 3.75 says 3.75 times as fast as up to now; a plain ratio. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION projected_value(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_projected_value' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projected_value(target_path, indicator_series, date, date) IS
	'the line from the start through the latest observation, at the due date. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION projected_attainment(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_projected_attainment' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projected_attainment(target_path, indicator_series, date, date) IS
	'the distance from the start that the projected value would reach, per cent. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION score_level(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_score_level' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION score_level(target_path, indicator_series, date, date) IS
	'attainment_level as an index scores it: 100 once met, else 0 to 100. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION score_distance(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_score_distance' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION score_distance(target_path, indicator_series, date, date) IS
	'attainment_distance as an index scores it: 100 once met, else 0 to 100, 0 if the baseline is the bound. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION score_met(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_score_met' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION score_met(target_path, indicator_series, date, date) IS
	'100 if the target is met, else 0. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION path_gap(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_path_gap' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION path_gap(target_path, indicator_series, date, date) IS
	'd (value - expected): ahead of the path (above 0) or behind it, in the indicator''s unit. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION path_gap_share(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_path_gap_share' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION path_gap_share(target_path, indicator_series, date, date) IS
	'path_gap in per cent of the whole way |met bound - baseline|. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION observed_growth(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_observed_growth' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION observed_growth(target_path, indicator_series, date, date) IS
	'compound growth per year since the start, a plain ratio: 0.09 is 9 % a year. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION directed_growth(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_directed_growth' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION directed_growth(target_path, indicator_series, date, date) IS
	'observed_growth with the sign of the good direction: what methods without a target look at. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION path_growth(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_path_growth' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION path_growth(target_path, indicator_series, date, date) IS
	'compound growth per year that the whole way from start to met bound needs, a plain ratio. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION required_growth(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_required_growth' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION required_growth(target_path, indicator_series, date, date) IS
	'compound growth per year needed from the observation on, a plain ratio. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION projected_by_growth(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_projected_by_growth' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projected_by_growth(target_path, indicator_series, date, date) IS
	'the value at the due date if growth stays as observed. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION growth_attainment(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_growth_attainment' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION growth_attainment(target_path, indicator_series, date, date) IS
	'per cent of the way that projected_by_growth would cover. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION parity(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_parity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION parity(target_path, indicator_series, date, date) IS
	'100 - 100 |met bound - value| / |met bound - baseline|: how close, from either side (ESCAP, there on 0 to 10). For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION maintained(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_maintained' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maintained(target_path, indicator_series, date, date) IS
	'per cent of the years up to the observation whose last value meets the target; a year without a value does not. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION reached_on(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS date
	AS 'MODULE_PATHNAME', 'scorecard_reached_on' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION reached_on(target_path, indicator_series, date, date) IS
	'the day on which the observed pace reaches the met bound; NULL once met, and if the pace leads away. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION target_required_rest(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_required_rest' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION target_required_rest(target_path, indicator_series, date, date) IS
	'what the rest of the time must deliver: the gap for level, total and change, an average for the averages. For the target due then, or the current one; NULL where undefined: progress() says why';

CREATE FUNCTION target_status(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS progress_status
	AS 'MODULE_PATHNAME', 'scorecard_target_status' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION target_status(target_path, indicator_series, date, date) IS
	'verdict on the target due then, or on the current one; the status column of progress()';
CREATE FUNCTION target_status_reason(path target_path, series indicator_series, as_of date, due date DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_target_status_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION target_status_reason(target_path, indicator_series, date, date) IS
	'the reason column of progress(); NULL where the status speaks for itself';
