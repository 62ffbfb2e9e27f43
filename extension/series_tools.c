/*
 * series_tools.c
 *		What programmes compute from series: changes, growth, sums, averages,
 *		shares of the year, and pictures of one line.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "compat.h"
#include "arguments.h"
#include "core/sparkline.h"
#include "core/window.h"
#include "report.h"

/* The core's NaN for "no answer", and what overflowed, are NULL. */
static Datum
number_or_null(FunctionCallInfo fcinfo, double number)
{
	if (!isfinite(number))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(number == 0 ? 0 : number);
}

static double
finite_argument(Datum datum, const char *what)
{
	double		number = DatumGetFloat8(datum);

	if (!isfinite(number))
		report_not_finite(what);
	return number;
}

static int
positive_argument(Datum datum, const char *what)
{
	int			number = DatumGetInt32(datum);

	if (number < 1)
		report_fault(SC_COUNT_TOO_SMALL, what, psprintf("%d", number));
	return number;
}

static int
width_argument(Datum datum)
{
	int			width = DatumGetInt32(datum);

	if (width < 1 || width > SC_TEXT_WIDTH_MAX)
		report_fault(SC_TEXT_WIDTH, psprintf("%d", width), NULL);
	return width;
}

static sc_point *
room_for(int count)
{
	return palloc(sizeof(sc_point) * Max(count, 1));
}

/* The arguments (series, from_date, to_date). */
static sc_window
window_arguments(FunctionCallInfo fcinfo, sc_series *series)
{
	indicator_series_view(PG_GETARG_DATUM(0), series);
	return sc_window_between(series, PG_GETARG_DATEADT(1), PG_GETARG_DATEADT(2));
}

/* ------------------------------------------- from one date to another */

SCORECARD_FUNCTION(scorecard_series_change);
Datum
scorecard_series_change(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return number_or_null(fcinfo, sc_window_change(&series, PG_GETARG_DATEADT(1), PG_GETARG_DATEADT(2)));
}

SCORECARD_FUNCTION(scorecard_series_relative_change);
Datum
scorecard_series_relative_change(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return number_or_null(fcinfo, sc_window_relative_change(&series, PG_GETARG_DATEADT(1), PG_GETARG_DATEADT(2)));
}

SCORECARD_FUNCTION(scorecard_series_growth);
Datum
scorecard_series_growth(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return number_or_null(fcinfo, sc_window_growth(&series, PG_GETARG_DATEADT(1), PG_GETARG_DATEADT(2)));
}

SCORECARD_FUNCTION(scorecard_series_average_growth);
Datum
scorecard_series_average_growth(PG_FUNCTION_ARGS)
{
	sc_series	rates;
	sc_window	window = window_arguments(fcinfo, &rates);
	char	   *method = text_to_cstring(PG_GETARG_TEXT_PP(3));
	bool		compounded = strcmp(method, "geometric") == 0;

	if (!compounded && strcmp(method, "arithmetic") != 0)
		report_fault(SC_AVERAGE_METHOD_WORD, method, NULL);
	return number_or_null(fcinfo, sc_window_average_growth(&rates, window, compounded));
}

/* ---------------------------------------------------------- sums and means */

SCORECARD_FUNCTION(scorecard_series_sum);
Datum
scorecard_series_sum(PG_FUNCTION_ARGS)
{
	sc_series	series;
	sc_window	window = window_arguments(fcinfo, &series);

	return number_or_null(fcinfo, sc_window_sum(&series, window));
}

SCORECARD_FUNCTION(scorecard_series_mean);
Datum
scorecard_series_mean(PG_FUNCTION_ARGS)
{
	sc_series	series;
	sc_window	window = window_arguments(fcinfo, &series);

	return number_or_null(fcinfo, sc_window_mean(&series, window));
}

SCORECARD_FUNCTION(scorecard_series_cumulative);
Datum
scorecard_series_cumulative(PG_FUNCTION_ARGS)
{
	sc_series	series;
	sc_window	window = window_arguments(fcinfo, &series);
	sc_point   *points = room_for(window.count);

	if (!sc_window_running_sums(&series, window, points))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(indicator_series_pack(points, window.count, NULL));
}

SCORECARD_FUNCTION(scorecard_series_moving_average);
Datum
scorecard_series_moving_average(PG_FUNCTION_ARGS)
{
	sc_series	series;
	sc_window	window = {0, positive_argument(PG_GETARG_DATUM(1), "the number of values in a moving average")};
	sc_point   *points;
	int			count = 0;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	points = room_for(series.count);
	for (; window.count <= series.count - window.first; window.first++)
	{
		CHECK_FOR_INTERRUPTS();
		points[count].date = sc_series_date(&series, window.first + window.count - 1);
		points[count++].value = sc_window_mean(&series, window);
	}
	PG_RETURN_POINTER(indicator_series_pack(points, count, NULL));
}

SCORECARD_FUNCTION(scorecard_series_resample);
Datum
scorecard_series_resample(PG_FUNCTION_ARGS)
{
	sc_series	series;
	char	   *period = text_to_cstring(PG_GETARG_TEXT_PP(1));
	char	   *how = text_to_cstring(PG_GETARG_TEXT_PP(2));
	sc_period_unit unit = SC_PERIOD_YEAR;
	sc_resample way = SC_RESAMPLE_LAST;
	sc_point   *points;
	int			count;

	if (!sc_period_unit_from_word(period, &unit))
		report_fault(SC_PERIOD_WORD, period, NULL);
	if (!sc_resample_from_word(how, &way))
		report_fault(SC_RESAMPLE_WORD, how, NULL);
	indicator_series_view(PG_GETARG_DATUM(0), &series);
	points = room_for(series.count);
	count = sc_window_resample(&series, unit, way, points);
	if (count < 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(indicator_series_pack(points, count, NULL));
}

/* --------------------------------------------------------- within the year */

SCORECARD_FUNCTION(scorecard_series_year_to_date);
Datum
scorecard_series_year_to_date(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return number_or_null(fcinfo, sc_year_to_date(&series, date_argument(PG_GETARG_DATUM(1), "as_of")));
}

SCORECARD_FUNCTION(scorecard_series_year_share);
Datum
scorecard_series_year_share(PG_FUNCTION_ARGS)
{
	sc_series	series;
	sc_date		as_of = date_argument(PG_GETARG_DATUM(1), "as_of");
	int			years = positive_argument(PG_GETARG_DATUM(2), "the number of years");

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return number_or_null(fcinfo, sc_year_share(&series, as_of, years));
}

SCORECARD_FUNCTION(scorecard_series_year_estimate);
Datum
scorecard_series_year_estimate(PG_FUNCTION_ARGS)
{
	sc_series	series;
	sc_date		as_of = date_argument(PG_GETARG_DATUM(1), "as_of");
	int			years = positive_argument(PG_GETARG_DATUM(2), "the number of years");

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return number_or_null(fcinfo, sc_year_estimate(&series, as_of, years));
}

SCORECARD_FUNCTION(scorecard_required_rest_of_span);
Datum
scorecard_required_rest_of_span(PG_FUNCTION_ARGS)
{
	double		target = finite_argument(PG_GETARG_DATUM(0), "target");
	double		so_far = finite_argument(PG_GETARG_DATUM(1), "so_far");
	double		elapsed = finite_argument(PG_GETARG_DATUM(2), "elapsed_share");
	char	   *word = text_to_cstring(PG_GETARG_TEXT_PP(3));
	sc_role		role = SC_TOTAL;

	if (elapsed < 0 || elapsed >= 1)
		report_fault(SC_ELAPSED_SHARE, NULL, NULL);
	if (!sc_role_from_word(word, (long) strlen(word), &role) || role == SC_LEVEL)
		report_fault(SC_REST_ROLE_WORD, word, NULL);
	return number_or_null(fcinfo, sc_required_rest(role, target, so_far, elapsed));
}

/* ---------------------------------------------------------------- pictures */

/* Raises 22P05 where the database's encoding lacks the characters. */
static Datum
text_from_utf8(char *utf8, size_t length)
{
	return PointerGetDatum(cstring_to_text(pg_any_to_server(utf8, (int) length, PG_UTF8)));
}

SCORECARD_FUNCTION(scorecard_sparkline);
Datum
scorecard_sparkline(PG_FUNCTION_ARGS)
{
	sc_series	series;
	int			width;
	char	   *utf8;
	size_t		length;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	indicator_series_view(PG_GETARG_DATUM(0), &series);
	width = PG_ARGISNULL(1) ? series.count : width_argument(PG_GETARG_DATUM(1));
	utf8 = palloc(SC_BLOCKS_SIZE(width));
	length = sc_sparkline(&series, width, utf8);
	return text_from_utf8(utf8, length);
}

SCORECARD_FUNCTION(scorecard_progress_bar);
Datum
scorecard_progress_bar(PG_FUNCTION_ARGS)
{
	double		percent = finite_argument(PG_GETARG_DATUM(0), "percent");
	int			width = width_argument(PG_GETARG_DATUM(1));
	char	   *utf8 = palloc(SC_BLOCKS_SIZE(width));
	size_t		length = sc_progress_bar(percent, width, utf8);

	return text_from_utf8(utf8, length);
}
