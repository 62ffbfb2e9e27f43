/*
 * window.c
 *		See window.h.
 */
#include "window.h"

#include <math.h>

#include "growth.h"
#include "running_sum.h"

/* A sum of SC_SERIES_MAX_POINTS (2^15) values that are scaled so cannot overflow. */
#define SAFE_SCALE 0x1p-16

sc_window
sc_window_between(const sc_series *series, sc_date from, sc_date to)
{
	sc_window	window;

	window.first = from == INT32_MIN ? 0 : sc_series_latest(series, from - 1) + 1;
	window.count = sc_series_latest(series, to) + 1 - window.first;
	if (window.count < 0)
		window.count = 0;
	return window;
}

/* ------------------------------------------------------------------- sums */

static double
scaled_sum(const sc_series *series, sc_window window, double scale)
{
	sc_running_sum total = {0, 0};

	for (int i = 0; i < window.count; i++)
		sc_sum_add(&total, scale * sc_series_value(series, window.first + i));
	return sc_sum_value(&total);
}

double
sc_window_sum(const sc_series *series, sc_window window)
{
	double		sum;

	if (window.count == 0)
		return NAN;
	sum = scaled_sum(series, window, 1);
	return isfinite(sum) ? sum : scaled_sum(series, window, SAFE_SCALE) / SAFE_SCALE;
}

static double
extreme(const sc_series *series, sc_window window, bool highest)
{
	double		result = sc_series_value(series, window.first);

	for (int i = 1; i < window.count; i++)
	{
		double		value = sc_series_value(series, window.first + i);

		if (highest ? value > result : value < result)
			result = value;
	}
	return result;
}

/* Rounding must not carry a mean beyond its values: the mean of equal values is that value. */
double
sc_window_mean(const sc_series *series, sc_window window)
{
	double		mean;

	if (window.count == 0)
		return NAN;
	mean = scaled_sum(series, window, 1) / window.count;
	if (!isfinite(mean))
		mean = scaled_sum(series, window, SAFE_SCALE) / window.count / SAFE_SCALE;
	return fmin(fmax(mean, extreme(series, window, false)), extreme(series, window, true));
}

bool
sc_window_running_sums(const sc_series *series, sc_window window, sc_point *points)
{
	sc_running_sum total = {0, 0};

	for (int i = 0; i < window.count; i++)
	{
		sc_sum_add(&total, sc_series_value(series, window.first + i));
		points[i].date = sc_series_date(series, window.first + i);
		points[i].value = sc_sum_value(&total);
		if (!isfinite(points[i].value))
			return false;
	}
	return true;
}

/* --------------------------------------------------- one value per period */

bool
sc_resample_from_word(const char *word, sc_resample *how)
{
	static const char *const words[] = {"last", "first", "sum", "mean", "min", "max"};

	for (int i = SC_RESAMPLE_LAST; i <= SC_RESAMPLE_MAX; i++)
		if (strcmp(word, words[i]) == 0)
		{
			*how = i;
			return true;
		}
	return false;
}

/* Of a window that is not empty. */
static double
one_value(const sc_series *series, sc_window window, sc_resample how)
{
	switch (how)
	{
		case SC_RESAMPLE_FIRST:
			return sc_series_value(series, window.first);
		case SC_RESAMPLE_SUM:
			return sc_window_sum(series, window);
		case SC_RESAMPLE_MEAN:
			return sc_window_mean(series, window);
		case SC_RESAMPLE_MIN:
		case SC_RESAMPLE_MAX:
			return extreme(series, window, how == SC_RESAMPLE_MAX);
		default:
			return sc_series_value(series, window.first + window.count - 1);
	}
}

/* Point i and those after it up to a date. */
static sc_window
points_until(const sc_series *series, int i, sc_date until)
{
	sc_window	window = {i, 1};

	while (i + window.count < series->count && sc_series_date(series, i + window.count) <= until)
		window.count++;
	return window;
}

int
sc_window_resample(const sc_series *series, sc_period_unit unit, sc_resample how, sc_point *points)
{
	sc_window	window;
	int			count = 0;

	for (int i = 0; i < series->count; i += window.count)
	{
		sc_period	period = sc_period_of(sc_series_date(series, i), unit);

		window = points_until(series, i, period.last);
		points[count].date = period.last;
		points[count].value = one_value(series, window, how);
		if (!isfinite(points[count].value))
			return -1;
		count++;
	}
	return count;
}

/* ------------------------------------------- from one date to another */

static bool
values_on(const sc_series *series, sc_date from, sc_date to, double *x, double *y)
{
	return sc_series_at(series, from, false, x) && sc_series_at(series, to, false, y);
}

double
sc_window_change(const sc_series *series, sc_date from, sc_date to)
{
	double		x,
				y;

	return values_on(series, from, to, &x, &y) ? y - x : NAN;
}

double
sc_window_relative_change(const sc_series *series, sc_date from, sc_date to)
{
	double		x,
				y;

	return values_on(series, from, to, &x, &y) && x != 0 ? (y - x) / fabs(x) : NAN;
}

double
sc_window_growth(const sc_series *series, sc_date from, sc_date to)
{
	double		x,
				y,
				growth;

	if (from >= to || !values_on(series, from, to, &x, &y) || x == 0 || y == 0 || (x < 0) != (y < 0))
		return NAN;
	growth = sc_compound_growth(x, y, sc_years_between(from, to));
	return x < 0 ? -growth : growth;
}

double
sc_window_average_growth(const sc_series *series, sc_window window, bool compounded)
{
	sc_running_sum logs = {0, 0};

	if (!compounded || window.count == 0)
		return sc_window_mean(series, window);
	for (int i = 0; i < window.count; i++)
	{
		double		rate = sc_series_value(series, window.first + i);

		if (rate <= -100)
			return NAN;
		sc_sum_add(&logs, log1p(rate / 100));
	}
	return 100 * expm1(sc_sum_value(&logs) / window.count);
}

/* --------------------------------------------------------- within the year */

static int
months_with_value(const sc_series *series, sc_window window)
{
	int			count = 0;
	sc_date		last = SC_DATE_MIN - 1;

	for (int i = 0; i < window.count; i++)
	{
		sc_date		date = sc_series_date(series, window.first + i);

		if (date > last)
		{
			count++;
			last = sc_period_of(date, SC_PERIOD_MONTH).last;
		}
	}
	return count;
}

static sc_window
window_of_year(const sc_series *series, sc_date date, sc_date until)
{
	sc_period	year = sc_period_of(date, SC_PERIOD_YEAR);

	return sc_window_between(series, year.first, year.last < until ? year.last : until);
}

/* Months with a value in the year up to as_of that has most. */
static int
fullest_year(const sc_series *series, sc_date as_of)
{
	int			last = sc_series_latest(series, as_of);
	int			fullest = 0;
	sc_window	window;

	for (int i = 0; i <= last; i += window.count)
	{
		sc_period	year = sc_period_of(sc_series_date(series, i), SC_PERIOD_YEAR);
		int			months;

		window = points_until(series, i, year.last < as_of ? year.last : as_of);
		months = months_with_value(series, window);
		if (months > fullest)
			fullest = months;
	}
	return fullest;
}

double
sc_year_to_date(const sc_series *series, sc_date as_of)
{
	return sc_window_sum(series, window_of_year(series, as_of, as_of));
}

double
sc_year_share(const sc_series *series, sc_date as_of, int years)
{
	int			year = sc_date_year(as_of);
	int			first_year = series->count > 0 ? sc_date_year(sc_series_date(series, 0)) : year;
	int			fullest = fullest_year(series, as_of);
	sc_running_sum shares = {0, 0};
	int			count = 0;

	for (int y = year - 1; y >= first_year && y >= year - years; y--)
	{
		sc_date		day = sc_date_in_year(as_of, y);
		sc_window	whole = window_of_year(series, day, SC_DATE_MAX);
		sc_window	reached = window_of_year(series, day, day);
		double		total = sc_window_sum(series, whole);

		if (months_with_value(series, whole) < fullest || total == 0 || !isfinite(total))
			continue;
		sc_sum_add(&shares, reached.count > 0 ? sc_window_sum(series, reached) / total : 0);
		count++;
	}
	return count > 0 ? sc_sum_value(&shares) / count : NAN;
}

double
sc_year_estimate(const sc_series *series, sc_date as_of, int years)
{
	int			latest = sc_series_latest(series, as_of);
	double		share;

	if (latest < 0)
		return NAN;
	share = sc_year_share(series, sc_series_date(series, latest), years);
	return share != 0 ? sc_year_to_date(series, as_of) / share : NAN;
}

double
sc_required_rest(sc_role role, double target, double so_far, double elapsed)
{
	switch (role)
	{
		case SC_AVERAGE:
			return (target - elapsed * so_far) / (1 - elapsed);
		case SC_AVERAGE_GROWTH:
			if (target <= -100 || so_far <= -100)
				return NAN;
			return 100 * expm1((log1p(target / 100) - elapsed * log1p(so_far / 100)) / (1 - elapsed));
		default:
			return target - so_far;
	}
}
