/* Dates as day numbers, and time in years. */
#include "harness.h"
#include "calendar.h"

TEST(every_day_splits_and_joins)
{
	int			year = 1,
				month = 1,
				day = 1;

	for (sc_date date = SC_DATE_MIN; date <= SC_DATE_MAX; date++)
	{
		static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
		bool		leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
		int			y,
					m,
					d;
		sc_date		again = 0;

		sc_date_split(date, &y, &m, &d);
		CHECK_FOR(y == year && m == month && d == day, "%d: %d-%d-%d", (int) date, y, m, d);
		CHECK_FOR(sc_date_make(year, month, day, &again) && again == date, "%d-%d-%d", year, month, day);
		if (++day > days[month - 1] + (leap && month == 2))
		{
			day = 1;
			if (++month > 12)
			{
				month = 1;
				year++;
			}
		}
	}
	CHECK_LONG(year, 10000);
}

TEST(days_that_do_not_exist)
{
	sc_date		date;

	CHECK(!sc_date_make(2023, 2, 29, &date));
	CHECK(sc_date_make(2024, 2, 29, &date));
	CHECK(!sc_date_make(1900, 2, 29, &date));
	CHECK(sc_date_make(2000, 2, 29, &date));
	CHECK(!sc_date_make(2025, 4, 31, &date));
	CHECK(!sc_date_is_usable(SC_DATE_MIN - 1));
	CHECK(!sc_date_is_usable(SC_DATE_MAX + 1));
}

static sc_date
on(int year, int month, int day)
{
	sc_date		date = 0;

	sc_date_make(year, month, day, &date);
	return date;
}

TEST(epoch_is_that_of_postgresql)
{
	CHECK_LONG(on(2000, 1, 1), 0);
	CHECK_LONG(on(1970, 1, 1), -10957);
	CHECK_LONG(on(1, 1, 1), SC_DATE_MIN);
	CHECK_LONG(on(9999, 12, 31), SC_DATE_MAX);
}

TEST(period_ends_are_exact_in_years)
{
	CHECK_DOUBLE(sc_years_between(on(2020, 12, 31), on(2025, 6, 30)), 4.5);
	CHECK_DOUBLE(sc_years_between(on(2020, 12, 31), on(2021, 3, 31)), 0.25);
	CHECK_DOUBLE(sc_years_between(on(2025, 12, 31), on(2020, 12, 31)), -5.0);
	CHECK_DOUBLE(sc_years_between(on(2024, 2, 29), on(2025, 2, 28)), 1.0);
	CHECK_NEAR(sc_years_between(on(2020, 12, 31), on(2022, 5, 15)) + sc_years_between(on(2022, 5, 15), on(2030, 12, 31)),
			   10, 1e-12);
}

TEST(periods)
{
	static const struct
	{
		const char *text;
		const char *first;
		const char *last;
	}			cases[] = {
		{"2025", "2025-01-01", "2025-12-31"},
		{"2025-Q1", "2025-01-01", "2025-03-31"},
		{"2025-Q4", "2025-10-01", "2025-12-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2025-06-30", "2025-06-30", "2025-06-30"},
	};
	static const char *const wrong[] = {"202", "20255", "2025-", "2025-Q5", "2025-Q0", "2025-13", "2025-00", "2025-02-30", "2025-2-3", "x"};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		sc_period	period;
		long		position = 0;
		char		text[SC_DATE_TEXT_SIZE];

		CHECK_FOR(sc_period_scan(cases[i].text, (long) strlen(cases[i].text), &position, &period), "%s", cases[i].text);
		CHECK_LONG(position, strlen(cases[i].text));
		sc_date_print(period.first, text);
		CHECK_TEXT(text, cases[i].first);
		sc_date_print(period.last, text);
		CHECK_TEXT(text, cases[i].last);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
	{
		sc_period	period;
		long		position = 0;
		long		length = (long) strlen(wrong[i]);

		CHECK_FOR(!sc_period_scan(wrong[i], length, &position, &period) || position < length, "%s", wrong[i]);
	}
}
