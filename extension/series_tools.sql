-- Series tools: what programmes compute from series.

CREATE FUNCTION series_change(series indicator_series, from_date date, to_date date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_change' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_change(indicator_series, date, date) IS
	'value on to_date less value on from_date, in the indicator''s unit. NULL unless both days have a value';
CREATE FUNCTION series_relative_change(series indicator_series, from_date date, to_date date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_relative_change' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_relative_change(indicator_series, date, date) IS
	'series_change over the absolute value on from_date: a plain ratio (0.1 is +10 %), positive for a rise, also of negative values. NULL unless both days have a value, and for 0 on from_date';
CREATE FUNCTION series_growth(series indicator_series, from_date date, to_date date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_growth' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_growth(indicator_series, date, date) IS
	'compound growth per year of a level, (value on to_date / value on from_date) ^ (1 / years) - 1: a plain ratio. Years are counted so that month, quarter and year ends are exact. For two negative values the sign is turned, so that a rise is positive (Statistics Canada). NULL unless both days have a value, both values are above 0 or both below, and from_date is the earlier';
CREATE FUNCTION series_average_growth(rates indicator_series, from_date date, to_date date, method text DEFAULT 'geometric') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_average_growth' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_average_growth(indicator_series, date, date, text) IS
	'average of the yearly rates dated from from_date to to_date, rates and result in per cent: geometric compounds them, 100 ((product of (1 + rate / 100)) ^ (1 / n) - 1); arithmetic is their mean. 2.92, 8.29, 6.27, 6.52, 8.16 give 6.4141 and 6.432. NULL without a rate, and for geometric with a rate of -100 or less. Another method is an error (22023)';

CREATE FUNCTION series_sum(series indicator_series, from_date date, to_date date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_sum' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_sum(indicator_series, date, date) IS
	'sum of the values dated from from_date to to_date, both included and both may be infinite. NULL without a value, and for a sum beyond float8';
CREATE FUNCTION series_mean(series indicator_series, from_date date, to_date date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_mean(indicator_series, date, date) IS
	'plain mean of the values dated from from_date to to_date, both included and both may be infinite; each value counts once, however long it stood. NULL without a value';
CREATE FUNCTION series_cumulative(series indicator_series, from_date date, to_date date) RETURNS indicator_series
	AS 'MODULE_PATHNAME', 'scorecard_series_cumulative' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_cumulative(indicator_series, date, date) IS
	'running sums of the values dated from from_date to to_date, each on the date of the value it adds: money spent, flats built. Empty without a value; NULL if a running sum is beyond float8';
CREATE FUNCTION series_moving_average(series indicator_series, k integer) RETURNS indicator_series
	AS 'MODULE_PATHNAME', 'scorecard_series_moving_average' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_moving_average(indicator_series, integer) IS
	'for each value from the k-th on the mean of it and the k - 1 values before, whatever their dates. Empty if there are fewer than k; k below 1 is an error (22023)';
CREATE FUNCTION series_resample(series indicator_series, period text, how text) RETURNS indicator_series
	AS 'MODULE_PATHNAME', 'scorecard_series_resample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_resample(indicator_series, text, text) IS
	'one value for each calendar period, month, quarter, half_year or year, that has any, dated on its last day: the last, first, sum, mean, min or max of its values. A period only partly filled counts as it is. NULL if a sum is beyond float8; another word is an error (22023)';

CREATE FUNCTION series_year_to_date(series indicator_series, as_of date) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_year_to_date' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_year_to_date(indicator_series, date) IS
	'sum of the values from 1 January of the year of as_of up to as_of. NULL without a value; as_of beyond the years 1 to 9999 is an error (22008)';
CREATE FUNCTION series_year_share(series indicator_series, as_of date, years integer DEFAULT 5) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_year_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_year_share(indicator_series, date, integer) IS
	'share of a year''s sum usually reached on the month and day of as_of (the last day of a month stays that): the mean over the complete ones among so many calendar years before, a plain ratio. A year is complete if it has values in as many months as the year of the series up to as_of that has them in most; a year that sums to 0 is left out. NULL if no year remains; years below 1 is an error (22023), as_of beyond the years 1 to 9999 too (22008)';
CREATE FUNCTION series_year_estimate(series indicator_series, as_of date, years integer DEFAULT 5) RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_series_year_estimate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_year_estimate(indicator_series, date, integer) IS
	'the year from a part of it: series_year_to_date over series_year_share, the share taken on the day of the latest value up to as_of, so that a month not yet reported does not count as nothing. NULL without a value this year, or without a share above or below 0; errors as for series_year_share';
CREATE FUNCTION required_rest(target float8, so_far float8, elapsed_share float8, role text DEFAULT 'total') RETURNS float8
	AS 'MODULE_PATHNAME', 'scorecard_required_rest_of_span' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION required_rest(float8, float8, float8, text) IS
	'what the rest of a span must bring, so that the whole comes to the target. total, change: target - so_far, in the indicator''s unit; average: (target - elapsed_share * so_far) / (1 - elapsed_share); average_growth: the same compounded, all in per cent, NULL for a rate of -100 or less. 5.91 in a first half that weighs 0.463 of the year and 7.5 for the whole leave 8.87 for the second half. NaN, infinity, an elapsed_share outside 0 <= share < 1 and another role are errors (22023)';

CREATE FUNCTION sparkline(series indicator_series, width integer DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_sparkline' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sparkline(indicator_series, integer) IS
	'the values as bars of one line in eight heights, the least lowest, the greatest full, half height throughout if all are equal. A bar for each value or, given a width from 1 to 1000, so many: each the mean of an equal part of the values, or values repeated where there are fewer. Dates play no part: a gap is not shown. Empty for an empty series, NULL for NULL; another width is an error (22023), and so is a database encoding without these characters (22P05)';
CREATE FUNCTION progress_bar(percent float8, width integer DEFAULT 20) RETURNS text
	AS 'MODULE_PATHNAME', 'scorecard_progress_bar' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION progress_bar(float8, integer) IS
	'width characters filled from the left in whole eighths, blanks behind: nothing at 0 per cent and below, full only at 100 and above. NULL for NULL; a width outside 1 to 1000, NaN and infinity are errors (22023), and so is a database encoding without these characters (22P05)';
