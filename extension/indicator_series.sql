-- indicator_series: what happened.

CREATE TYPE indicator_series;
CREATE FUNCTION indicator_series_in(cstring) RETURNS indicator_series
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION indicator_series_out(indicator_series) RETURNS cstring
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION indicator_series_recv(internal) RETURNS indicator_series
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION indicator_series_send(indicator_series) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE TYPE indicator_series (
	INPUT = indicator_series_in, OUTPUT = indicator_series_out,
	RECEIVE = indicator_series_recv, SEND = indicator_series_send,
	INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended
);
COMMENT ON TYPE indicator_series IS
	'what happened: dated values, ascending, one per date, as {2021-12-31: 5290, 2022-12-31: 5910}';
COMMENT ON FUNCTION indicator_series_in(cstring) IS 'text input, dates in any order; 2021 is its last day';
COMMENT ON FUNCTION indicator_series_out(indicator_series) IS 'text output, dates ascending; every bit of a value round-trips';
COMMENT ON FUNCTION indicator_series_recv(internal) IS 'binary input: version byte, count, dates and values';
COMMENT ON FUNCTION indicator_series_send(indicator_series) IS 'binary output: version byte, count, dates and values';

CREATE FUNCTION indicator_series(dates date[], "values" float8[]) RETURNS indicator_series
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_from_arrays' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION indicator_series(date[], float8[]) IS
	'a series from two arrays of one length, in any order. A NULL value is no observation; a date twice is an error that names it (22023)';

CREATE FUNCTION indicator_series_agg_step(internal, date, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_agg_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION indicator_series_agg_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_agg_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION indicator_series_agg_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_agg_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION indicator_series_agg_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_agg_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION indicator_series_agg_final(internal) RETURNS indicator_series
	AS 'MODULE_PATHNAME', 'scorecard_indicator_series_agg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION indicator_series_agg_step(internal, date, float8) IS 'transition of indicator_series_agg';
COMMENT ON FUNCTION indicator_series_agg_combine(internal, internal) IS 'combines two states of indicator_series_agg';
COMMENT ON FUNCTION indicator_series_agg_serialize(internal) IS 'state of indicator_series_agg as bytes';
COMMENT ON FUNCTION indicator_series_agg_deserialize(bytea, internal) IS 'state of indicator_series_agg from bytes';
COMMENT ON FUNCTION indicator_series_agg_final(internal) IS 'final function of indicator_series_agg';

CREATE AGGREGATE indicator_series_agg(observed_on date, value float8) (
	SFUNC = indicator_series_agg_step, STYPE = internal, SSPACE = 256,
	FINALFUNC = indicator_series_agg_final, COMBINEFUNC = indicator_series_agg_combine,
	SERIALFUNC = indicator_series_agg_serialize, DESERIALFUNC = indicator_series_agg_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE indicator_series_agg(date, float8) IS
	'a series from rows in any order, at most 32768. Rows with a NULL date or value are skipped, NULL if none is left; a date twice is an error that names it (22023)';

CREATE FUNCTION points(series indicator_series, OUT observed_on date, OUT value float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'scorecard_points' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION points(indicator_series) IS 'the series as rows, dates ascending';

CREATE FUNCTION series_count(indicator_series) RETURNS integer
	AS 'MODULE_PATHNAME', 'scorecard_series_count' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_count(indicator_series) IS 'number of values, 0 to 32768';
CREATE FUNCTION series_first_date(indicator_series) RETURNS date
	AS 'MODULE_PATHNAME', 'scorecard_series_first_date' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_first_date(indicator_series) IS 'date of the first value; NULL for an empty series';
CREATE FUNCTION series_first_value(indicator_series) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_first_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_first_value(indicator_series) IS 'the first value; NULL for an empty series';
CREATE FUNCTION series_last_date(indicator_series) RETURNS date
	AS 'MODULE_PATHNAME', 'scorecard_series_last_date' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_last_date(indicator_series) IS 'date of the last value; NULL for an empty series';
CREATE FUNCTION series_last_value(indicator_series) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_last_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_last_value(indicator_series) IS 'the last value; NULL for an empty series';
CREATE FUNCTION series_latest_date(series indicator_series, as_of date) RETURNS date
	AS 'MODULE_PATHNAME', 'scorecard_series_latest_date' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_latest_date(indicator_series, date) IS 'date of the latest value on or before a date; NULL if there is none';
CREATE FUNCTION series_latest_value(series indicator_series, as_of date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_latest_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_latest_value(indicator_series, date) IS 'the latest value on or before a date; NULL if there is none';
CREATE FUNCTION series_value(series indicator_series, on_date date, interpolate boolean DEFAULT false) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_value(indicator_series, date, boolean) IS
	'the value on exactly that date or, if interpolate, on the line between its neighbours in years of the date; NULL if there is none, never beyond the ends';
