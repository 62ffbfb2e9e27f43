/*
 * calendar.h
 *		Dates as day numbers, and the time between them in years.
 *
 * A sc_date counts days from 2000-01-01 in the proleptic Gregorian calendar,
 * as PostgreSQL's date does, so the glue passes dates through unchanged.
 * Usable dates run from 0001-01-01 to 9999-12-31.
 */
#ifndef SC_CALENDAR_H
#define SC_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t sc_date;

#define SC_DATE_MIN ((sc_date) -730119)		/* 0001-01-01 */
#define SC_DATE_MAX ((sc_date) 2921939)		/* 9999-12-31 */
#define SC_NO_DATE INT32_MIN				/* where a date may be left out */

/* A calendar period as people write it: 2025, 2025-Q2, 2025-06 or 2025-06-30. */
typedef struct sc_period
{
	sc_date		first;			/* first day */
	sc_date		last;			/* last day; equal to first for a day */
} sc_period;

#define SC_DATE_TEXT_SIZE 11	/* "9999-12-31" and its end */

extern bool sc_date_is_usable(sc_date date);
extern void sc_date_split(sc_date date, int *year, int *month, int *day);

/* Requires year 1..9999, month 1..12, day 1..31; false where the month has no such day. */
extern bool sc_date_make(int year, int month, int day, sc_date *date);

/*
 * Months from the beginning of year 0 to the end of a date: 12 * year +
 * month - 1 + day / days in month. Whole for every month end.
 */
extern double sc_date_months(sc_date date);

/*
 * Years from one date to another, negative if `to` is earlier. Month, quarter
 * and year ends are exact: 2020-12-31 to 2025-06-30 is 4.5.
 */
extern double sc_years_between(sc_date from, sc_date to);

/*
 * Reads a period at text[*position], which must be followed by no further
 * digit or letter. True and advances on success; leaves *position otherwise.
 */
extern bool sc_period_scan(const char *text, long length, long *position, sc_period *period);

/* ISO form with its end; returns the length, always 10. */
extern int	sc_date_print(sc_date date, char *out);

/* As sc_date_print, but 31 December prints as the year alone; returns the length. */
extern int	sc_date_print_short(sc_date date, char *out);

#endif
