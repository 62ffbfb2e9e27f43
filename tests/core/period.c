/* Calendar periods. */
#include "building.h"
#include "period.h"

static const sc_period_unit units[] = {SC_PERIOD_MONTH, SC_PERIOD_QUARTER, SC_PERIOD_HALF_YEAR, SC_PERIOD_YEAR};

TEST(words)
{
	static const struct
	{
		const char *word;
		sc_period_unit unit;
	}			cases[] = {
		{"month", SC_PERIOD_MONTH}, {"quarter", SC_PERIOD_QUARTER},
		{"half_year", SC_PERIOD_HALF_YEAR}, {"year", SC_PERIOD_YEAR},
	};
	static const char *const wrong[] = {"", "Month", "months", "half-year", "half year", "week", "year ", "yea"};
	sc_period_unit unit;

	for (int i = 0; i < COUNT(cases); i++)
		CHECK_FOR(sc_period_unit_from_word(cases[i].word, &unit) && unit == cases[i].unit, "%s", cases[i].word);
	for (int i = 0; i < COUNT(wrong); i++)
		CHECK_FOR(!sc_period_unit_from_word(wrong[i], &unit), "\"%s\"", wrong[i]);
}

TEST(the_period_of_a_date)
{
	static const struct
	{
		int			date[3];
		sc_period_unit unit;
		const char *first;
		const char *last;
	}			cases[] = {
		{{2024, 2, 29}, SC_PERIOD_MONTH, "2024-02-01", "2024-02-29"},
		{{2023, 2, 1}, SC_PERIOD_MONTH, "2023-02-01", "2023-02-28"},
		{{1900, 2, 5}, SC_PERIOD_MONTH, "1900-02-01", "1900-02-28"},
		{{2025, 4, 30}, SC_PERIOD_MONTH, "2025-04-01", "2025-04-30"},
		{{2025, 3, 31}, SC_PERIOD_QUARTER, "2025-01-01", "2025-03-31"},
		{{2025, 4, 1}, SC_PERIOD_QUARTER, "2025-04-01", "2025-06-30"},
		{{2025, 12, 1}, SC_PERIOD_QUARTER, "2025-10-01", "2025-12-31"},
		{{2025, 6, 30}, SC_PERIOD_HALF_YEAR, "2025-01-01", "2025-06-30"},
		{{2025, 7, 1}, SC_PERIOD_HALF_YEAR, "2025-07-01", "2025-12-31"},
		{{2024, 2, 29}, SC_PERIOD_YEAR, "2024-01-01", "2024-12-31"},
		{{1, 1, 1}, SC_PERIOD_YEAR, "0001-01-01", "0001-12-31"},
		{{9999, 12, 31}, SC_PERIOD_HALF_YEAR, "9999-07-01", "9999-12-31"},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_period	period = sc_period_of(day(cases[i].date[0], cases[i].date[1], cases[i].date[2]), cases[i].unit);
		char		text[SC_DATE_TEXT_SIZE];

		sc_date_print(period.first, text);
		CHECK_TEXT(text, cases[i].first);
		sc_date_print(period.last, text);
		CHECK_TEXT(text, cases[i].last);
	}
}

/* From the first day to the last: no day twice, none left out, every day in the period that claims it. */
TEST(periods_tile_the_calendar)
{
	static const long counts[] = {12 * 9999, 4 * 9999, 2 * 9999, 9999};

	for (int u = 0; u < COUNT(units); u++)
	{
		sc_period	period = sc_period_of(SC_DATE_MIN, units[u]);
		long		count = 1;

		CHECK_LONG(period.first, SC_DATE_MIN);
		for (;;)
		{
			sc_period	next = period;
			sc_period	again = sc_period_of(period.first + (period.last - period.first) / 2, units[u]);

			CHECK_FOR(again.first == period.first && again.last == period.last, "%d", (int) period.first);
			if (!sc_period_next(&next, units[u]))
				break;
			CHECK_FOR(next.first == period.last + 1 && next.last >= next.first, "%d", (int) period.first);
			period = next;
			count++;
		}
		CHECK_LONG(period.last, SC_DATE_MAX);
		CHECK_LONG(count, counts[u]);
	}
}

TEST(nothing_comes_after_the_last)
{
	sc_period	period = sc_period_of(SC_DATE_MAX, SC_PERIOD_QUARTER);
	sc_period	before = period;

	CHECK(!sc_period_next(&period, SC_PERIOD_QUARTER));
	CHECK(period.first == before.first && period.last == before.last);
}

TEST(the_same_day_in_another_year)
{
	CHECK_LONG(sc_date_in_year(day(2025, 6, 15), 2021), day(2021, 6, 15));
	CHECK_LONG(sc_date_in_year(day(2024, 2, 29), 2023), day(2023, 2, 28));
	CHECK_LONG(sc_date_in_year(day(2023, 2, 28), 2024), day(2024, 2, 29));
	CHECK_LONG(sc_date_in_year(day(2024, 2, 28), 2023), day(2023, 2, 28));
	CHECK_LONG(sc_date_in_year(day(2023, 2, 27), 2024), day(2024, 2, 27));
	CHECK_LONG(sc_date_in_year(day(2024, 2, 29), 2020), day(2020, 2, 29));
	CHECK_LONG(sc_date_in_year(day(2025, 4, 30), 1), day(1, 4, 30));
	CHECK_LONG(sc_date_in_year(day(1, 12, 31), 9999), SC_DATE_MAX);
	CHECK_LONG(sc_date_year(day(2024, 2, 29)), 2024);
	CHECK_LONG(sc_date_year(SC_DATE_MIN), 1);
	CHECK_LONG(sc_date_year(SC_DATE_MAX), 9999);
}
