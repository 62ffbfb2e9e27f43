/* Projections: each method on numbers worked out by hand, what it needs, and lines that every method continues. */
#include "building.h"
#include "projection.h"

static sc_reason
project(const char *series_text, double baseline, int baseline_year, sc_projection_method method, int changes, sc_date on, double *value)
{
	static built_series series;
	sc_projection_input in;

	build_series(series_text, &series);
	in = (sc_projection_input) {.series = &series.series, .last = series.series.count - 1, .changes = changes};
	if (baseline_year > 0)
	{
		in.has_baseline = true;
		in.baseline = baseline;
		in.baseline_on = year_end(baseline_year);
	}
	*value = NAN;
	return sc_project(&in, method, on, value);
}

TEST(words)
{
	for (int method = 0; method < SC_PROJECTION_COUNT; method++)
	{
		const char *word = sc_projection_word(method);
		sc_projection_method back = SC_PROJECTION_COUNT;

		CHECK(sc_projection_from_word(word, strlen(word), &back) && (int) back == method);
		CHECK(!sc_projection_from_word(word, strlen(word) - 1, &back));
	}
	CHECK(sc_projection_from_word("linear and more", 6, &(sc_projection_method) {0}));
	CHECK(!sc_projection_from_word("", 0, &(sc_projection_method) {0}));
}

TEST(numbers)
{
	static const char *const s = "{2018: 30, 2019: 32, 2020: 31, 2021: 36, 2023: 40}";
	static const struct
	{
		double		baseline;
		int			baseline_year;
		sc_projection_method method;
		int			changes;
		int			year;
		double		value;
	}			cases[] = {
		{0, 0, SC_PROJECT_LINEAR, 5, 2030, 54},
		{20, 2013, SC_PROJECT_LINEAR, 5, 2030, 54},
		{0, 0, SC_PROJECT_LINEAR, 5, 2023, 40},
		{0, 0, SC_PROJECT_LINEAR, 5, 2013, 20},
		{0, 0, SC_PROJECT_GROWTH, 5, 2028, 40 * (4.0 / 3)},
		{10, 2018, SC_PROJECT_GROWTH, 5, 2028, 160},
		{0, 0, SC_PROJECT_LAST_CHANGES, 5, 2030, 54},
		{0, 0, SC_PROJECT_LAST_CHANGES, 2, 2030, 64.5},
		{0, 0, SC_PROJECT_LAST_CHANGES, 1, 2030, 54},
		{0, 0, SC_PROJECT_LAST_CHANGES, 1000000, 2030, 54},
		{0, 0, SC_PROJECT_LEAST_SQUARES, 5, 2030, 53.797297297297206},
		{0, 0, SC_PROJECT_WEIGHTED_LEAST_SQUARES, 5, 2030, 55.425},
		{0, 0, SC_PROJECT_LAST_VALUE, 5, 2030, 40},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		double		value;
		sc_reason	reason = project(s, cases[i].baseline, cases[i].baseline_year, cases[i].method, cases[i].changes, year_end(cases[i].year), &value);

		CHECK_FOR(reason == SC_NO_REASON && fabs(value - cases[i].value) < 1e-11, "%s of case %d: %.17g %s",
				  sc_projection_word(cases[i].method), i, value, sc_reason_word(reason));
	}
}

TEST(what_each_method_needs)
{
	static const char *const series[] = {"{2020: 5}", "{2020: 5, 2021: 6}", "{2020: 5, 2021: 6, 2022: 7}", "{2020: 5, 2021: 6, 2022: 7, 2023: 8}"};
	static const struct
	{
		sc_projection_method method;
		int			least;
		sc_reason	reason;
	}			needs[] = {
		{SC_PROJECT_LINEAR, 2, SC_SINGLE_OBSERVATION},
		{SC_PROJECT_GROWTH, 2, SC_SINGLE_OBSERVATION},
		{SC_PROJECT_LAST_CHANGES, 4, SC_TOO_FEW_OBSERVATIONS},
		{SC_PROJECT_LEAST_SQUARES, 2, SC_SINGLE_OBSERVATION},
		{SC_PROJECT_WEIGHTED_LEAST_SQUARES, 2, SC_SINGLE_OBSERVATION},
		{SC_PROJECT_LAST_VALUE, 1, SC_NO_REASON},
	};
	double		value;

	for (int n = 1; n <= COUNT(series); n++)
		for (int i = 0; i < COUNT(needs); i++)
			CHECK_FOR(project(series[n - 1], 0, 0, needs[i].method, 5, year_end(2030), &value) == (n < needs[i].least ? needs[i].reason : SC_NO_REASON),
					  "%s from %d", sc_projection_word(needs[i].method), n);
	/* a baseline is a second point for the methods that start from it, but only if time has passed */
	CHECK(project("{2020: 5}", 1, 2019, SC_PROJECT_LINEAR, 5, year_end(2021), &value) == SC_NO_REASON && value == 9);
	CHECK(project("{2020: 5}", 1, 2020, SC_PROJECT_LINEAR, 5, year_end(2021), &value) == SC_NO_TIME_ELAPSED);
	CHECK(project("{2020: 5}", 1, 2020, SC_PROJECT_GROWTH, 5, year_end(2021), &value) == SC_NO_TIME_ELAPSED);
	CHECK(project("{2020: 5}", 1, 2019, SC_PROJECT_LEAST_SQUARES, 5, year_end(2021), &value) == SC_SINGLE_OBSERVATION);
	/* one change more than asked for does not count */
	CHECK(project("{2019: 100, 2020: 5, 2021: 6, 2022: 7}", 0, 0, SC_PROJECT_LAST_CHANGES, 2, year_end(2025), &value) == SC_NO_REASON && value == 10);
	CHECK(project("{2020: 0, 2021: 5}", 0, 0, SC_PROJECT_GROWTH, 5, year_end(2022), &value) == SC_GROWTH_UNDEFINED);
	CHECK(project("{2020: 5, 2021: -5}", 0, 0, SC_PROJECT_GROWTH, 5, year_end(2022), &value) == SC_GROWTH_UNDEFINED);
	CHECK(project("{2020: 1, 2021: 1e300}", 0, 0, SC_PROJECT_GROWTH, 5, year_end(2030), &value) == SC_OUT_OF_RANGE);
	CHECK(project("{2020: -1e308, 2021: 1e308}", 0, 0, SC_PROJECT_LEAST_SQUARES, 5, year_end(2022), &value) == SC_OUT_OF_RANGE);
	CHECK(project("{2020: -1e308, 2021: 1e308}", 0, 0, SC_PROJECT_LINEAR, 5, year_end(2022), &value) == SC_OUT_OF_RANGE);
}

/* Points on a line lead along it by every method but growth and the last value; on a curve of growth by growth. */
TEST(lines_and_curves)
{
	for (int n = 0; n < 5000; n++)
	{
		double		from = dice(2001) / 8.0 - 125;
		double		slope = dice(401) / 16.0 - 12.5;
		double		start = 1 + dice(1000) / 8.0;
		double		rate = 0.8 + dice(400) / 1000.0;
		int			year = 2000 + dice(5);
		char		line[800] = "{";
		char		curve[800] = "{";
		char	   *line_end = line + 1;
		char	   *curve_end = curve + 1;
		int			on = 2015 + dice(30);
		double		value;

		for (int k = 0; k < 4 + n % 8; k++, year += 1 + dice(3))
		{
			line_end += sprintf(line_end, "%s%d: %.17g", k > 0 ? ", " : "", year, from + slope * (year - 2000));
			curve_end += sprintf(curve_end, "%s%d: %.17g", k > 0 ? ", " : "", year, start * pow(rate, year - 2000));
		}
		strcpy(line_end, "}");
		strcpy(curve_end, "}");
		for (int method = 0; method < SC_PROJECTION_COUNT; method++)
		{
			if (method == SC_PROJECT_GROWTH || method == SC_PROJECT_LAST_VALUE)
				continue;
			CHECK_FOR(project(line, 0, 0, method, 1 + dice(9), year_end(on), &value) == SC_NO_REASON &&
					  fabs(value - from - slope * (on - 2000)) < 1e-9, "%s of %s in %d: %.17g", sc_projection_word(method), line, on, value);
		}
		CHECK_FOR(project(curve, 0, 0, SC_PROJECT_GROWTH, 5, year_end(on), &value) == SC_NO_REASON &&
				  fabs(value / (start * pow(rate, on - 2000)) - 1) < 1e-9, "growth of %s in %d: %.17g", curve, on, value);
	}
}
