/*
 * series.c
 *		See series.h.
 *
 * Invariant of the packed form: dates ascend strictly, no value is NaN,
 * infinite or -0, padding is zero. So equal series are equal bytes.
 */
#include "series.h"

#include <math.h>
#include <stdlib.h>

#include "number.h"

/* ---------------------------------------------------------------- reading */

static long
skip_space(const char *text, long length, long at)
{
	while (at < length && (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')))
		at++;
	return at;
}

static bool
take(const char *text, long length, long *at, char c)
{
	*at = skip_space(text, length, *at);
	if (*at >= length || text[*at] != c)
		return false;
	(*at)++;
	return true;
}

static bool
expected(const char *text, long length, long at, const char *what, sc_error *error)
{
	return sc_fail_text(error, SC_EXPECTED, at, what, strlen(what), text + at, sc_excerpt(length, at));
}

long
sc_series_count_points(const char *text, long length)
{
	long		count = 0;

	for (long i = 0; i < length && count <= SC_SERIES_MAX_POINTS; i++)
		if (text[i] == ':')
			count++;
	return count;
}

bool
sc_series_scan(const char *text, long length, sc_point *points, long *count, sc_error *error)
{
	long		at = 0;
	long		number_at = 0;

	*count = 0;
	if (!take(text, length, &at, '{'))
		return expected(text, length, at, "\"{\"", error);
	if (!take(text, length, &at, '}'))
	{
		do
		{
			sc_period	period;

			at = skip_space(text, length, at);
			if (!sc_period_scan(text, length, &at, &period))
			{
				/* {2021: 7,5}: not a date, but what a decimal comma leaves */
				if (*count > 0 && at < length && text[at - 1] == ',' && text[at] >= '0' && text[at] <= '9')
					return sc_fail_text(error, SC_NUMBER_COMMA, number_at,
										text + number_at, sc_excerpt(length, number_at), "", 0);
				return sc_fail_text(error, SC_DATE_FORM, at, text + at, sc_excerpt(length, at), "", 0);
			}
			if (!take(text, length, &at, ':'))
				return expected(text, length, at, "\":\" and a value", error);
			if (*count >= SC_SERIES_MAX_POINTS)
				return sc_fail(error, SC_SERIES_TOO_LONG, at, "32768", NULL);
			at = number_at = skip_space(text, length, at);
			if (!sc_number_scan(text, length, &at, SC_BEFORE_COMMA, &points[*count].value, error))
				return false;
			points[(*count)++].date = period.last;
		} while (take(text, length, &at, ','));
		if (!take(text, length, &at, '}'))
			return expected(text, length, at, "\",\" or \"}\"", error);
	}
	at = skip_space(text, length, at);
	if (at < length)
		return expected(text, length, at, "the end", error);
	return true;
}

/* --------------------------------------------------------------- printing */

long
sc_series_print(const sc_series *series, char *out)
{
	long		n = 0;

	out[n++] = '{';
	for (int i = 0; i < series->count; i++)
	{
		if (i > 0)
		{
			out[n++] = ',';
			out[n++] = ' ';
		}
		n += sc_date_print(sc_series_date(series, i), out + n);
		out[n++] = ':';
		out[n++] = ' ';
		n += sc_number_print(sc_series_value(series, i), out + n);
	}
	out[n++] = '}';
	out[n] = '\0';
	return n;
}

/* ---------------------------------------------------------------- packing */

static int
compare_dates(const void *x, const void *y)
{
	sc_date		a = ((const sc_point *) x)->date;
	sc_date		b = ((const sc_point *) y)->date;

	return (a > b) - (a < b);
}

bool
sc_series_pack(sc_point *points, long count, char *packed, sc_error *error)
{
	int32_t		stored_count = (int32_t) count;
	char	   *dates = packed + SC_SERIES_HEADER_SIZE;
	char	   *values;
	bool		sorted = true;

	if (count > SC_SERIES_MAX_POINTS)
		return sc_fail(error, SC_SERIES_TOO_LONG, -1, "32768", NULL);
	for (long i = 0; i < count; i++)
	{
		if (!isfinite(points[i].value))
			return sc_fail(error, SC_NUMBER_NOT_FINITE, -1, "a value of an indicator series", NULL);
		if (!sc_date_is_usable(points[i].date))
			return sc_fail(error, SC_DATE_RANGE, -1, "a date of an indicator series", NULL);
		if (points[i].value == 0)
			points[i].value = 0;
		if (i > 0 && points[i - 1].date >= points[i].date)
			sorted = false;
	}
	if (!sorted)
		qsort(points, (size_t) count, sizeof(sc_point), compare_dates);

	memset(packed, 0, SC_SERIES_PACKED_SIZE(count));
	packed[0] = SC_SERIES_VERSION;
	memcpy(packed + 4, &stored_count, 4);
	values = dates + SC_SERIES_DATES_SIZE(count);
	for (long i = 0; i < count; i++)
	{
		if (i > 0 && points[i - 1].date == points[i].date)
		{
			char		date[SC_DATE_TEXT_SIZE];

			sc_date_print(points[i].date, date);
			return sc_fail(error, SC_SERIES_DUPLICATE, -1, date, NULL);
		}
		memcpy(dates + i * 4, &points[i].date, 4);
		memcpy(values + i * 8, &points[i].value, 8);
	}
	return true;
}

bool
sc_series_unpack(const char *packed, size_t size, sc_series *series)
{
	int32_t		count;

	if (size < SC_SERIES_HEADER_SIZE || packed[0] != SC_SERIES_VERSION)
		return false;
	memcpy(&count, packed + 4, 4);
	if (count < 0 || count > SC_SERIES_MAX_POINTS || size != SC_SERIES_PACKED_SIZE(count))
		return false;
	series->count = count;
	series->dates = packed + SC_SERIES_HEADER_SIZE;
	series->values = series->dates + SC_SERIES_DATES_SIZE(count);
	return true;
}

/* ---------------------------------------------------------------- meaning */

int
sc_series_compare(const sc_series *x, const sc_series *y)
{
	for (int i = 0; i < x->count && i < y->count; i++)
	{
		sc_date		d = sc_series_date(x, i),
					e = sc_series_date(y, i);
		double		v = sc_series_value(x, i),
					w = sc_series_value(y, i);

		if (d != e)
			return d < e ? -1 : 1;
		if (v != w)
			return v < w ? -1 : 1;
	}
	return (x->count > y->count) - (x->count < y->count);
}

int
sc_series_latest(const sc_series *series, sc_date date)
{
	int			low = 0,
				high = series->count;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (sc_series_date(series, middle) <= date)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

bool
sc_series_at(const sc_series *series, sc_date date, bool interpolate, double *value)
{
	int			i = sc_series_latest(series, date);
	double		from,
				to,
				share;

	if (i < 0)
		return false;
	from = sc_series_value(series, i);
	if (sc_series_date(series, i) == date)
	{
		*value = from;
		return true;
	}
	if (!interpolate || i + 1 >= series->count)
		return false;
	to = sc_series_value(series, i + 1);
	share = sc_years_between(sc_series_date(series, i), date) /
		sc_years_between(sc_series_date(series, i), sc_series_date(series, i + 1));
	*value = isfinite(to - from) ? from + (to - from) * share : from * (1 - share) + to * share;
	return isfinite(*value);
}
