/*
 * period.h
 *		Calendar periods: the month, quarter, half-year or year a date lies in.
 *
 * Dates are usable ones, 0001-01-01 to 9999-12-31, and so are the results.
 */
#ifndef SC_PERIOD_H
#define SC_PERIOD_H

#include "calendar.h"

/* The number is the length in months. */
typedef enum sc_period_unit
{
	SC_PERIOD_MONTH = 1,
	SC_PERIOD_QUARTER = 3,
	SC_PERIOD_HALF_YEAR = 6,
	SC_PERIOD_YEAR = 12
} sc_period_unit;

/* "month", "quarter", "half_year", "year"; false for any other word. */
extern bool sc_period_unit_from_word(const char *word, sc_period_unit *unit);

/* The period that a date lies in: its first and last day. */
extern sc_period sc_period_of(sc_date date, sc_period_unit unit);

/* Moves to the period after; false, and no move, beyond the last usable date. */
extern bool sc_period_next(sc_period *period, sc_period_unit unit);

extern int	sc_date_year(sc_date date);

/*
 * The same month and day in another year 1..9999. The last day of a month
 * stays the last day: 2024-02-29 is 2023-02-28, and 2023-02-28 is 2024-02-29.
 */
extern sc_date sc_date_in_year(sc_date date, int year);

#endif
