/* Sums, means, growth and shares inside a window of a series. */
#include "building.h"
#include "window.h"

#include <float.h>

static sc_series
series_of(const char *text)
{
	static built_series built;

	build_series(text, &built);
	return built.series;
}

/* Packs points; what the core made can always be packed. */
static void
pack_points(sc_point *points, long count, built_series *out)
{
	sc_error	error = {SC_OK, -1, "", ""};

	NEED(sc_series_pack(points, count, out->packed, &error) &&
		 sc_series_unpack(out->packed, SC_SERIES_PACKED_SIZE(count), &out->series), "a series", error);
}

static const char *
text_of(sc_point *points, long count)
{
	static char text[SC_SERIES_TEXT_SIZE(MOST_POINTS)];
	built_series built;

	if (count < 0)
		return "(refused)";
	pack_points(points, count, &built);
	sc_series_print(&built.series, text);
	return text;
}

static sc_window
all(const sc_series *series)
{
	return sc_window_between(series, INT32_MIN, INT32_MAX);
}

TEST(what_lies_between)
{
	sc_series	series = series_of("{2020: 1, 2021: 2, 2022: 3}");
	static const struct
	{
		int			from[3];
		int			to[3];
		int			first;
		int			count;
	}			cases[] = {
		{{2020, 12, 31}, {2022, 12, 31}, 0, 3},
		{{2021, 1, 1}, {2022, 12, 30}, 1, 1},
		{{2021, 12, 31}, {2021, 12, 31}, 1, 1},
		{{2021, 1, 1}, {2021, 12, 30}, 1, 0},
		{{2022, 12, 31}, {2020, 12, 31}, 2, 0},
		{{1, 1, 1}, {2020, 12, 30}, 0, 0},
		{{2023, 1, 1}, {9999, 12, 31}, 3, 0},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_window	window = sc_window_between(&series, day(cases[i].from[0], cases[i].from[1], cases[i].from[2]),
											   day(cases[i].to[0], cases[i].to[1], cases[i].to[2]));

		CHECK_LONG(window.count, cases[i].count);
		CHECK_LONG(window.first, cases[i].first);
	}
	CHECK_LONG(all(&series).count, 3);
	CHECK_LONG(sc_window_between(&series, INT32_MAX, INT32_MIN).count, 0);
	CHECK_LONG(sc_window_between(&series, INT32_MIN, INT32_MIN).count, 0);
	series = series_of("{}");
	CHECK_LONG(all(&series).count, 0);
}

TEST(sums_and_means)
{
	static const struct
	{
		const char *text;
		double		sum;
		double		mean;
	}			cases[] = {
		{"{}", NAN, NAN},
		{"{2020: 7}", 7, 7},
		{"{2020: 1, 2021: 2, 2022: 6}", 9, 3},
		{"{2020: 1, 2021: -1}", 0, 0},
		/* ten times a tenth */
		{"{2011: 0.1, 2012: 0.1, 2013: 0.1, 2014: 0.1, 2015: 0.1, 2016: 0.1, 2017: 0.1, 2018: 0.1, 2019: 0.1, 2020: 0.1}", 1, 0.1},
		{"{2020: 1e100, 2021: 1, 2022: -1e100}", 1, 1.0 / 3},
		/* beyond double on the way, and in the end */
		{"{2020: 1.7e308, 2021: 1.7e308, 2022: -1.7e308}", 1.7e308, 1.7e308 / 3},
		{"{2020: 1.7e308, 2021: 1.7e308}", INFINITY, 1.7e308},
		{"{2020: -1.7e308, 2021: -1.7e308}", -INFINITY, -1.7e308},
		{"{2020: 5e-324, 2021: 5e-324}", 1e-323, 5e-324},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_series	series = series_of(cases[i].text);

		CHECK_DOUBLE(sc_window_sum(&series, all(&series)), cases[i].sum);
		CHECK_DOUBLE(sc_window_mean(&series, all(&series)), cases[i].mean);
	}
}

TEST(the_mean_of_equal_values_is_that_value)
{
	for (int round = 0; round < 2000; round++)
	{
		sc_point	points[MOST_POINTS];
		int			count = 1 + round % MOST_POINTS;
		double		value = ldexp((double) (dice_bits() >> 11), -50) - 4;
		built_series built;

		for (int i = 0; i < count; i++)
		{
			points[i].date = i;
			points[i].value = value;
		}
		pack_points(points, count, &built);
		CHECK_DOUBLE(sc_window_mean(&built.series, all(&built.series)), value);
	}
}

TEST(running_sums)
{
	sc_point	points[MOST_POINTS];
	sc_series	series = series_of("{2020: 1, 2021: -3, 2022: 0.5}");

	CHECK(sc_window_running_sums(&series, all(&series), points));
	CHECK_TEXT(text_of(points, 3), "{2020-12-31: 1, 2021-12-31: -2, 2022-12-31: -1.5}");
	series = series_of("{2020: 1.7e308, 2021: 1.7e308, 2022: -1.7e308}");
	CHECK(!sc_window_running_sums(&series, all(&series), points));
	series = series_of("{}");
	CHECK(sc_window_running_sums(&series, all(&series), points));
}

TEST(one_value_per_period)
{
	static const char monthly[] = "{2023-12: 5, 2024-01-10: 3, 2024-01: 1, 2024-02: 4, 2024-07-01: 8}";
	static const struct
	{
		sc_period_unit unit;
		sc_resample how;
		const char *text;
	}			cases[] = {
		{SC_PERIOD_MONTH, SC_RESAMPLE_LAST, "{2023-12-31: 5, 2024-01-31: 1, 2024-02-29: 4, 2024-07-31: 8}"},
		{SC_PERIOD_MONTH, SC_RESAMPLE_FIRST, "{2023-12-31: 5, 2024-01-31: 3, 2024-02-29: 4, 2024-07-31: 8}"},
		{SC_PERIOD_QUARTER, SC_RESAMPLE_SUM, "{2023-12-31: 5, 2024-03-31: 8, 2024-09-30: 8}"},
		{SC_PERIOD_QUARTER, SC_RESAMPLE_MIN, "{2023-12-31: 5, 2024-03-31: 1, 2024-09-30: 8}"},
		{SC_PERIOD_QUARTER, SC_RESAMPLE_MAX, "{2023-12-31: 5, 2024-03-31: 4, 2024-09-30: 8}"},
		{SC_PERIOD_HALF_YEAR, SC_RESAMPLE_SUM, "{2023-12-31: 5, 2024-06-30: 8, 2024-12-31: 8}"},
		{SC_PERIOD_YEAR, SC_RESAMPLE_MEAN, "{2023-12-31: 5, 2024-12-31: 4}"},
		{SC_PERIOD_YEAR, SC_RESAMPLE_LAST, "{2023-12-31: 5, 2024-12-31: 8}"},
	};
	sc_point	points[MOST_POINTS];
	sc_resample how;

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_series	series = series_of(monthly);

		CHECK_TEXT(text_of(points, sc_window_resample(&series, cases[i].unit, cases[i].how, points)), cases[i].text);
	}
	{
		sc_series	series = series_of("{}");

		CHECK_LONG(sc_window_resample(&series, SC_PERIOD_YEAR, SC_RESAMPLE_SUM, points), 0);
		series = series_of("{2020-01: 1.7e308, 2020-02: 1.7e308}");
		CHECK_LONG(sc_window_resample(&series, SC_PERIOD_YEAR, SC_RESAMPLE_SUM, points), -1);
		CHECK_LONG(sc_window_resample(&series, SC_PERIOD_YEAR, SC_RESAMPLE_MEAN, points), 1);
		CHECK_DOUBLE(points[0].value, 1.7e308);
	}
	CHECK(sc_resample_from_word("last", &how) && how == SC_RESAMPLE_LAST);
	CHECK(sc_resample_from_word("max", &how) && how == SC_RESAMPLE_MAX);
	CHECK(!sc_resample_from_word("median", &how));
	CHECK(!sc_resample_from_word("", &how));
	CHECK(!sc_resample_from_word("Sum", &how));
}

TEST(changes_and_growth)
{
	static const struct
	{
		const char *text;
		double		change;
		double		relative;
		double		growth;
	}			cases[] = {
		/* two years, 2020-12-31 to 2022-12-31 */
		{"{2020: 100, 2022: 121}", 21, 0.21, 0.1},
		{"{2020: 121, 2022: 100}", -21, -21.0 / 121, -1.0 / 11},
		{"{2020: -10, 2022: -5}", 5, 0.5, 0.29289321881345254},
		{"{2020: -5, 2022: -10}", -5, -1, -0.41421356237309515},
		{"{2020: 0, 2022: 5}", 5, NAN, NAN},
		{"{2020: 5, 2022: 0}", -5, -1, NAN},
		{"{2020: -5, 2022: 5}", 10, 2, NAN},
		{"{2020: 0, 2022: 0}", 0, NAN, NAN},
		{"{2020: 7}", NAN, NAN, NAN},
		{"{2021: 7, 2022: 8}", NAN, NAN, NAN},
		{"{}", NAN, NAN, NAN},
		{"{2020: -1.7e308, 2022: 1.7e308}", INFINITY, INFINITY, NAN},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_series	series = series_of(cases[i].text);
		sc_date		from = day(2020, 12, 31);
		sc_date		to = day(2022, 12, 31);
		double		growth = sc_window_growth(&series, from, to);

		CHECK_DOUBLE(sc_window_change(&series, from, to), cases[i].change);
		CHECK_DOUBLE(sc_window_relative_change(&series, from, to), cases[i].relative);
		CHECK_FOR(isnan(growth) ? isnan(cases[i].growth) : fabs(growth - cases[i].growth) < 1e-15,
				  "%s: %.17g", cases[i].text, growth);
		CHECK_DOUBLE(sc_window_growth(&series, to, from), NAN);
		CHECK_DOUBLE(sc_window_growth(&series, from, from), NAN);
	}
}

TEST(average_growth)
{
	sc_series	rates = series_of("{2021: 2.92, 2022: 8.29, 2023: 6.27, 2024: 6.52, 2025: 8.16}");

	CHECK_NEAR(sc_window_average_growth(&rates, all(&rates), true), 6.4141, 0.00005);
	CHECK_NEAR(sc_window_average_growth(&rates, all(&rates), false), 6.432, 1e-12);
	rates = series_of("{2021: 100, 2022: -50}");
	CHECK_NEAR(sc_window_average_growth(&rates, all(&rates), true), 0, 1e-13);
	CHECK_DOUBLE(sc_window_average_growth(&rates, all(&rates), false), 25);
	rates = series_of("{2021: 100, 2022: -100}");
	CHECK_DOUBLE(sc_window_average_growth(&rates, all(&rates), true), NAN);
	CHECK_DOUBLE(sc_window_average_growth(&rates, all(&rates), false), 0.0);
	rates = series_of("{2021: 5}");
	CHECK_NEAR(sc_window_average_growth(&rates, all(&rates), true), 5, 1e-14);
	rates = series_of("{}");
	CHECK_DOUBLE(sc_window_average_growth(&rates, all(&rates), true), NAN);
	CHECK_DOUBLE(sc_window_average_growth(&rates, all(&rates), false), NAN);
}

TEST(the_year_so_far)
{
	/* 2022: 10 of 100 by March; 2023: 30 of 100; 2024 so far 40 */
	sc_series	series = series_of("{2022-Q1: 10, 2022-Q2: 20, 2022-Q3: 30, 2022-Q4: 40,"
								   "2023-Q1: 30, 2023-Q2: 30, 2023-Q3: 20, 2023-Q4: 20, 2024-Q1: 40}");

	CHECK_DOUBLE(sc_year_to_date(&series, day(2024, 3, 31)), 40);
	CHECK_DOUBLE(sc_year_to_date(&series, day(2024, 3, 30)), NAN);
	CHECK_DOUBLE(sc_year_to_date(&series, day(2023, 9, 30)), 80);
	CHECK_NEAR(sc_year_share(&series, day(2024, 3, 31), 5), 0.2, 1e-16);
	CHECK_NEAR(sc_year_share(&series, day(2024, 3, 31), 1), 0.3, 1e-16);
	CHECK_NEAR(sc_year_share(&series, day(2024, 3, 31), INT32_MAX), 0.2, 1e-16);
	CHECK_DOUBLE(sc_year_share(&series, day(2024, 3, 30), 5), 0.0);
	CHECK_DOUBLE(sc_year_share(&series, day(2024, 12, 31), 5), 1.0);
	CHECK_DOUBLE(sc_year_share(&series, day(2022, 12, 31), 5), NAN);
	CHECK_NEAR(sc_year_estimate(&series, day(2024, 3, 31), 5), 200, 1e-12);
	/* the second quarter is not reported yet */
	CHECK_NEAR(sc_year_estimate(&series, day(2024, 6, 30), 5), 200, 1e-12);
	CHECK_DOUBLE(sc_year_estimate(&series, day(2024, 3, 30), 5), NAN);
	CHECK_DOUBLE(sc_year_estimate(&series, day(2022, 3, 31), 5), NAN);
	CHECK_DOUBLE(sc_year_estimate(&series, day(2021, 3, 31), 5), NAN);
	/* a year that is over */
	CHECK_DOUBLE(sc_year_estimate(&series, day(2023, 12, 31), 5), 100);
}

TEST(years_that_do_not_count)
{
	/* 2022 lacks a quarter; 2023 sums to nothing; 2021 has two values in one month */
	sc_series	series = series_of("{2020-Q1: 1, 2020-Q2: 1, 2020-Q3: 1, 2020-Q4: 1,"
								   "2021-01-05: 5, 2021-01-31: 5, 2021-04-30: 5, 2021-07-31: 5,"
								   "2022-Q1: 9, 2022-Q2: 1, 2022-Q3: 1,"
								   "2023-Q1: 1, 2023-Q2: -1, 2023-Q3: 1, 2023-Q4: -1, 2024-Q1: 7}");

	CHECK_DOUBLE(sc_year_share(&series, day(2024, 3, 31), 5), 0.25);
	CHECK_DOUBLE(sc_year_share(&series, day(2024, 3, 31), 3), NAN);
	CHECK_DOUBLE(sc_year_estimate(&series, day(2024, 3, 31), 5), 28);
	/* of what comes after as_of nothing is known: in 2021 the fullest year is that of four quarters */
	CHECK_DOUBLE(sc_year_share(&series, day(2021, 6, 30), 5), 0.5);
	series = series_of("{}");
	CHECK_DOUBLE(sc_year_share(&series, day(2024, 3, 31), 5), NAN);
	CHECK_DOUBLE(sc_year_estimate(&series, day(2024, 3, 31), 5), NAN);
	CHECK_DOUBLE(sc_year_to_date(&series, day(2024, 3, 31)), NAN);
}

TEST(leap_days_in_the_year_so_far)
{
	sc_series	series = series_of("{2023-02: 1, 2023-12: 3, 2024-02: 2, 2024-12: 2, 2025-02: 5}");

	/* 28 February 2025 is the end of February, as 29 February 2024 was */
	CHECK_DOUBLE(sc_year_share(&series, day(2025, 2, 28), 5), (0.25 + 0.5) / 2);
	CHECK_DOUBLE(sc_year_share(&series, day(2025, 2, 27), 5), 0.0);
	CHECK_DOUBLE(sc_year_share(&series, day(2024, 2, 29), 5), 0.25);
	CHECK_DOUBLE(sc_year_share(&series, day(2024, 2, 28), 5), 0.25);
}

TEST(the_rest)
{
	CHECK_DOUBLE(sc_required_rest(SC_TOTAL, 100, 40, 0.5), 60);
	CHECK_DOUBLE(sc_required_rest(SC_CHANGE, -10, 5, 0.9), -15);
	CHECK_NEAR(sc_required_rest(SC_AVERAGE, 7.5, 5.91, 0.463), 8.87, 0.005);
	CHECK_DOUBLE(sc_required_rest(SC_AVERAGE, 7.5, 5.91, 0), 7.5);
	CHECK_NEAR(sc_required_rest(SC_AVERAGE_GROWTH, 10, 5, 0.5), 100 * (1.1 * 1.1 / 1.05 - 1), 1e-12);
	CHECK_NEAR(sc_required_rest(SC_AVERAGE_GROWTH, 10, 5, 0), 10, 1e-13);
	CHECK_DOUBLE(sc_required_rest(SC_AVERAGE_GROWTH, -100, 5, 0.5), NAN);
	CHECK_DOUBLE(sc_required_rest(SC_AVERAGE_GROWTH, 5, -100, 0.5), NAN);
	CHECK(!isfinite(sc_required_rest(SC_TOTAL, DBL_MAX, -DBL_MAX, 0.5)));
	CHECK(!isfinite(sc_required_rest(SC_AVERAGE, DBL_MAX, -DBL_MAX, 0.999)));
}
