-- projections: where a series leads, by every method.

CREATE FUNCTION projection(path target_path, series indicator_series, as_of date, method text,
						   on_date date DEFAULT NULL, changes integer DEFAULT 5) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_projection' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection(target_path, indicator_series, date, text, date, integer) IS
	'value on a date, by default the due date of the current target, by method linear, growth, last_changes (mean of so many last yearly changes), least_squares, weighted_least_squares (the i-th value has weight i) or last_value. Observations after as_of or before the baseline are not used; the path may be NULL, and its role is level (progress() projects the others). NULL where the method cannot answer: projections() says why. An unknown method is an error (22023)';

CREATE TYPE projection_result AS (method text, on_date date, value float8, attainment float8, reason text);
COMMENT ON TYPE projection_result IS 'a row of projections(); columns are only ever appended';
CREATE FUNCTION projections(path target_path, series indicator_series, as_of date,
							on_date date DEFAULT NULL, changes integer DEFAULT 5) RETURNS SETOF projection_result
	AS 'MODULE_PATHNAME', 'scorecard_projections' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10 ROWS 6;
COMMENT ON FUNCTION projections(target_path, indicator_series, date, date, integer) IS
	'the projection by every method side by side, the per cent of the way from the start that it would cover towards the target due on or next after the date, and the reason where a method cannot answer';
