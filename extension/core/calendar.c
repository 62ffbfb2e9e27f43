/*
 * calendar.c
 *		Civil dates by day number.
 *
 * Conversion counts from 0000-03-01, so that the leap day ends its year: the
 * year is 365 y + y/4 - y/100 + y/400 days and the month a linear function of
 * the day.
 */
#include "calendar.h"

#include <stdio.h>

/* days from 0000-03-01 to 2000-01-01 */
#define EPOCH_SHIFT 730425

static int
days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)))
		return 29;
	return days[month - 1];
}

bool
sc_date_is_usable(sc_date date)
{
	return date >= SC_DATE_MIN && date <= SC_DATE_MAX;
}

bool
sc_date_make(int year, int month, int day, sc_date *date)
{
	int			y = month > 2 ? year : year - 1;
	int			m = month > 2 ? month - 3 : month + 9;

	if (year < 1 || year > 9999 || month < 1 || month > 12 ||
		day < 1 || day > days_in_month(year, month))
		return false;
	*date = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - EPOCH_SHIFT;
	return true;
}

void
sc_date_split(sc_date date, int *year, int *month, int *day)
{
	/* a date that is not usable comes only from damaged bytes: any answer, but an answer */
	int			n = (sc_date_is_usable(date) ? date : 0) + EPOCH_SHIFT;
	int			era = n / 146097;
	int			in_era = n % 146097;
	int			y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int			in_year = in_era - (365 * y + y / 4 - y / 100);
	int			m = (5 * in_year + 2) / 153;

	*day = in_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = y + 400 * era + (*month <= 2 ? 1 : 0);
}

double
sc_date_months(sc_date date)
{
	int			year,
				month,
				day;

	sc_date_split(date, &year, &month, &day);
	return (double) (12 * year + month - 1) + (double) day / days_in_month(year, month);
}

double
sc_years_between(sc_date from, sc_date to)
{
	return (sc_date_months(to) - sc_date_months(from)) / 12.0;
}

/* Exactly `count` digits at text[at]; -1 if they are not there. */
static int
digits(const char *text, long length, long at, int count)
{
	int			value = 0;

	if (at + count > length)
		return -1;
	for (int i = 0; i < count; i++)
	{
		char		c = text[at + i];

		if (c < '0' || c > '9')
			return -1;
		value = 10 * value + (c - '0');
	}
	return value;
}

static bool
is_word_character(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool
sc_period_scan(const char *text, long length, long *position, sc_period *period)
{
	long		at = *position;
	int			year = digits(text, length, at, 4);
	int			month,
				day;

	if (year < 1)
		return false;
	at += 4;
	if (at >= length || text[at] != '-' || (at + 1 < length && text[at + 1] == '>'))
	{
		sc_date_make(year, 1, 1, &period->first);
		sc_date_make(year, 12, 31, &period->last);
	}
	else if (at + 2 < length && (text[at + 1] == 'Q' || text[at + 1] == 'q'))
	{
		int			quarter = digits(text, length, at + 2, 1);

		if (quarter < 1 || quarter > 4)
			return false;
		at += 3;
		sc_date_make(year, 3 * quarter - 2, 1, &period->first);
		sc_date_make(year, 3 * quarter, days_in_month(year, 3 * quarter), &period->last);
	}
	else
	{
		month = digits(text, length, at + 1, 2);
		if (month < 1 || month > 12)
			return false;
		at += 3;
		if (at < length && text[at] == '-' && !(at + 1 < length && text[at + 1] == '>'))
		{
			day = digits(text, length, at + 1, 2);
			if (day < 1 || !sc_date_make(year, month, day, &period->first))
				return false;
			at += 3;
			period->last = period->first;
		}
		else
		{
			sc_date_make(year, month, 1, &period->first);
			sc_date_make(year, month, days_in_month(year, month), &period->last);
		}
	}
	if (at < length && is_word_character(text[at]))
		return false;
	*position = at;
	return true;
}

int
sc_date_print(sc_date date, char *out)
{
	int			year,
				month,
				day;

	sc_date_split(date, &year, &month, &day);
	/* widths are bounded by the usable range; the masks tell the compiler so */
	return snprintf(out, SC_DATE_TEXT_SIZE, "%04u-%02u-%02u",
					(unsigned) year % 10000, (unsigned) month % 100, (unsigned) day % 100);
}

int
sc_date_print_short(sc_date date, char *out)
{
	int			length = sc_date_print(date, out);

	if (out[5] == '1' && out[6] == '2' && out[8] == '3' && out[9] == '1')
	{
		out[4] = '\0';
		return 4;
	}
	return length;
}
