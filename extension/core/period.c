/*
 * period.c
 *		See period.h.
 *
 * A period begins in the month m (from 0) with m divisible by its length, so
 * periods of one unit tile the calendar, and each lies within one year.
 */
#include "period.h"

#include <string.h>

bool
sc_period_unit_from_word(const char *word, sc_period_unit *unit)
{
	static const struct
	{
		const char *word;
		sc_period_unit unit;
	}			units[] = {
		{"month", SC_PERIOD_MONTH},
		{"quarter", SC_PERIOD_QUARTER},
		{"half_year", SC_PERIOD_HALF_YEAR},
		{"year", SC_PERIOD_YEAR},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(word, units[i].word) == 0)
		{
			*unit = units[i].unit;
			return true;
		}
	return false;
}

static sc_date
last_of_month(int year, int month)
{
	sc_date		date = 0;
	int			day = 31;

	while (!sc_date_make(year, month, day, &date) && day > 28)
		day--;
	return date;
}

sc_period
sc_period_of(sc_date date, sc_period_unit unit)
{
	sc_period	period = {0, 0};
	int			year,
				month,
				day,
				first_month;

	sc_date_split(date, &year, &month, &day);
	first_month = month - (month - 1) % (int) unit;
	sc_date_make(year, first_month, 1, &period.first);
	period.last = last_of_month(year, first_month + (int) unit - 1);
	return period;
}

bool
sc_period_next(sc_period *period, sc_period_unit unit)
{
	if (period->last >= SC_DATE_MAX)
		return false;
	*period = sc_period_of(period->last + 1, unit);
	return true;
}

int
sc_date_year(sc_date date)
{
	int			year,
				month,
				day;

	sc_date_split(date, &year, &month, &day);
	return year;
}

sc_date
sc_date_in_year(sc_date date, int year)
{
	sc_date		result = 0;
	int			own_year,
				month,
				day;

	sc_date_split(date, &own_year, &month, &day);
	if (date == last_of_month(own_year, month))
		return last_of_month(year, month);
	sc_date_make(year, month, day, &result);
	return result;
}
