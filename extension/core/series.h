/*
 * series.h
 *		What happened: dated values, ascending, one per date.
 *
 * Text is {2021-12-31: 5290, 2022-12-31: 5910}. The packed form is a header,
 * the dates, padding to 8 bytes, and the values; sc_series is a view of it.
 */
#ifndef SC_SERIES_H
#define SC_SERIES_H

#include <string.h>

#include "calendar.h"
#include "error.h"

#define SC_SERIES_MAX_POINTS 32768

typedef struct sc_point
{
	sc_date		date;
	double		value;
} sc_point;

typedef struct sc_series
{
	int			count;
	const char *dates;			/* count * 4 bytes, any alignment */
	const char *values;			/* count * 8 bytes, any alignment */
} sc_series;

/* ---- text ---- */

/* Upper bound of the number of points in a text: its colons. */
extern long sc_series_count_points(const char *text, long length);

/*
 * Reads a series in any order into `points` (room for sc_series_count_points)
 * without checking for duplicates; dates as in a path, so 2021 is its last
 * day. Errors: SC_EXPECTED, SC_DATE_FORM, those of numbers, SC_SERIES_TOO_LONG.
 */
extern bool sc_series_scan(const char *text, long length, sc_point *points, long *count, sc_error *error);

/* Room for the text of n points, with its end. */
#define SC_SERIES_TEXT_SIZE(n) (3 + (size_t) (n) * 40)

extern long sc_series_print(const sc_series *series, char *out);

/* ---- packed form ---- */

#define SC_SERIES_VERSION 1
#define SC_SERIES_HEADER_SIZE 12	/* so that values are aligned behind a 4-byte length word */
#define SC_SERIES_DATES_SIZE(n) (((size_t) (n) * 4 + 7) / 8 * 8)
#define SC_SERIES_PACKED_SIZE(n) (SC_SERIES_HEADER_SIZE + SC_SERIES_DATES_SIZE(n) + (size_t) (n) * 8)

/*
 * Sorts the points and packs them into SC_SERIES_PACKED_SIZE(count) bytes.
 * Errors: SC_SERIES_TOO_LONG, SC_SERIES_DUPLICATE (naming the date),
 * SC_NUMBER_NOT_FINITE, SC_DATE_RANGE.
 */
extern bool sc_series_pack(sc_point *points, long count, char *packed, sc_error *error);

/* False if the bytes are not a packed series of this version. Needs no alignment. */
extern bool sc_series_unpack(const char *packed, size_t size, sc_series *series);

/* -1, 0, 1: point by point, date before value; a series sorts before its continuation. */
extern int	sc_series_compare(const sc_series *x, const sc_series *y);

/* ---- reading ---- */

static inline sc_date
sc_series_date(const sc_series *series, int i)
{
	sc_date		date;

	memcpy(&date, series->dates + (size_t) i * 4, 4);
	return date;
}

static inline double
sc_series_value(const sc_series *series, int i)
{
	double		value;

	memcpy(&value, series->values + (size_t) i * 8, 8);
	return value;
}

/* Index of the last point on or before a date, or -1. */
extern int	sc_series_latest(const sc_series *series, sc_date date);

/*
 * Value on a date: that of the point there, or, if `interpolate`, the line
 * between its neighbours in years. False if there is none.
 */
extern bool sc_series_at(const sc_series *series, sc_date date, bool interpolate, double *value);

#endif
