/* Spans: what a role over time has brought so far, when it is complete, and where it leads. */
#include "building.h"
#include "span.h"

static sc_reason
evaluate(const char *path_text, const char *series_text, sc_date as_of, sc_span *span)
{
	built_path	path;
	built_series series;
	sc_target	target;

	build_path(path_text, &path);
	if (series_text != NULL)
		build_series(series_text, &series);
	sc_path_target(&path.path, 0, &target);
	return sc_span_evaluate(&path.path, &target, series_text != NULL ? &series.series : NULL, as_of, span);
}

TEST(value_so_far)
{
	static const struct
	{
		const char *path;
		const char *series;
		double		so_far;
		double		projected;
	}			cases[] = {
		{"up total -> 100@2021..2025", "{2021: 10, 2022: 20}", 30, 75},
		{"up average -> 100@2021..2025", "{2021: 10, 2022: 20}", 15, 15},
		{"up average_growth -> 100@2021..2025", "{2021: 0, 2022: 21}", 10, 10},
		{"up change -> 100@2021..2025", "{2020: 5, 2021: 10, 2022: 20}", 15, 37.5},
		{"up change 4@2020 -> 100@2021..2025", "{2021: 10, 2022: 20}", 16, 40},
		/* an observation on the day of the baseline stands for it, an earlier one is not used */
		{"up change 4@2020 -> 100@2021..2025", "{2020: 5, 2022: 20}", 15, 37.5},
		{"up change 4@2020 -> 100@2021..2025", "{2019: 5, 2022: 20}", 16, 40},
		/* what lies outside the span is none of its business */
		{"up total -> 100@2021..2025", "{2019: 500, 2020: 500, 2021: 10, 2022: 20}", 30, 75},
		{"down total -> 100@2021..2025", "{2021: 0, 2022: 0}", 0, 0},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_span		span;
		sc_reason	reason = evaluate(cases[i].path, cases[i].series, year_end(2022), &span);

		CHECK_FOR(reason == SC_NO_REASON && span.has_value, "%s, %s: %s", cases[i].path, cases[i].series, sc_reason_word(reason));
		CHECK_FOR(fabs(span.so_far - cases[i].so_far) < 1e-12, "%s, %s: %.17g", cases[i].path, cases[i].series, span.so_far);
		CHECK_FOR(fabs(span.projected - cases[i].projected) < 1e-12, "%s, %s: %.17g", cases[i].path, cases[i].series, span.projected);
		CHECK_NEAR(span.elapsed, 0.4, 1e-15);
		CHECK(!span.complete && span.observed_on == year_end(2022));
	}
}

TEST(complete_and_incomplete)
{
	static const struct
	{
		const char *series;
		sc_reason	reason;
		bool		has_value;
		bool		complete;
		int			count;
	}			cases[] = {
		{NULL, SC_SPAN_INCOMPLETE, false, false, 0},
		{"{}", SC_SPAN_INCOMPLETE, false, false, 0},
		{"{2024: 1}", SC_SPAN_INCOMPLETE, false, false, 0},
		{"{2025: 1}", SC_NO_REASON, true, true, 1},
		{"{2025-Q2: 1, 2025-Q4: 1}", SC_NO_REASON, true, true, 2},
		{"{2025-Q1: 1, 2025-Q2: 1, 2025-Q3: 1, 2025-Q4: 1}", SC_NO_REASON, true, true, 4},
		{"{2025-Q1: 1, 2025-Q2: 1, 2025-Q3: 1}", SC_NO_REASON, true, false, 3},
		{"{2025-Q1: 1, 2025-Q3: 1, 2025-Q4: 1}", SC_SPAN_INCOMPLETE, true, false, 3},
		{"{2025-Q2: 1, 2025-Q3: 1, 2025-Q4: 1}", SC_SPAN_INCOMPLETE, true, false, 3},
		{"{2025-Q1: 1, 2025-12-30: 1}", SC_SPAN_INCOMPLETE, true, false, 2},
		/* a year of days has no equal months, but equal days */
		{"{2025-01-01: 1, 2025-01-02: 1, 2025-01-03: 1}", SC_NO_REASON, true, false, 3},
		{"{2025-01-07: 1, 2025-01-14: 1, 2025-01-21: 1, 2025-01-28: 1, 2025-02-04: 1}", SC_NO_REASON, true, false, 5},
		{"{2025-01-01: 1, 2025-01-02: 1, 2025-01-04: 1}", SC_SPAN_INCOMPLETE, true, false, 3},
		{"{2025: 1, 2026: 5}", SC_NO_REASON, true, true, 1},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_span		span;
		sc_reason	reason = evaluate("up total -> 10@2025", cases[i].series, year_end(2026), &span);

		CHECK_FOR(reason == cases[i].reason, "%s: %s", cases[i].series, sc_reason_word(reason));
		CHECK_FOR(span.has_value == cases[i].has_value && span.complete == cases[i].complete && span.count == cases[i].count,
				  "%s: %d observations", cases[i].series, span.count);
	}
}

TEST(no_answer)
{
	sc_span		span;

	CHECK(evaluate("up total -> 10@2025", "{2024: 1}", year_end(2024), &span) == SC_SPAN_NOT_BEGUN && !span.has_value);
	CHECK(evaluate("up total -> 10@2025", NULL, year_end(2024), &span) == SC_SPAN_NOT_BEGUN && span.count == 0);
	CHECK(evaluate("up total -> 10@2025", "{2024: 1}", year_end(2024) + 1, &span) == SC_SPAN_INCOMPLETE && !span.has_value);
	CHECK(evaluate("up change -> 10@2025", "{2025: 1}", year_end(2025), &span) == SC_NO_BASELINE && !span.has_value && span.count == 1);
	CHECK(evaluate("up average_growth -> 10@2025", "{2025: -100}", year_end(2025), &span) == SC_GROWTH_UNDEFINED && !span.has_value);
	CHECK(evaluate("up total -> 10@2025", "{2025-Q2: 1e308, 2025-Q4: 1e308}", year_end(2025), &span) == SC_OUT_OF_RANGE && !span.has_value);
	/* the sum is a number, what it leads to is none */
	CHECK(evaluate("up total -> 10@2025", "{2025-Q1: 1e308}", year_end(2025), &span) == SC_OUT_OF_RANGE && span.has_value);
	/* observations before a baseline inside the span are not used, which leaves a gap */
	CHECK(evaluate("up total 0@2025-06-30 -> 10@2025", "{2025-Q1: 1, 2025-Q2: 2, 2025-Q3: 4, 2025-Q4: 8}", year_end(2025), &span) == SC_SPAN_INCOMPLETE && span.count == 3);
	CHECK_DOUBLE(span.so_far, 14);
}

/* Any number of equal parts of a span add up to it, whatever their count. */
TEST(parts_of_a_span)
{
	static const int parts[] = {1, 2, 3, 4, 6, 12};

	for (int p = 0; p < COUNT(parts); p++)
		for (int seen = 1; seen <= parts[p]; seen++)
		{
			char		text[600] = "{";
			char	   *end = text + 1;
			sc_span		span;

			for (int k = 1; k <= seen; k++)
				end += sprintf(end, "%s2024-%02d: 1", k > 1 ? ", " : "", 12 / parts[p] * k);
			strcpy(end, "}");
			CHECK(evaluate("up total -> 10@2024", text, year_end(2024), &span) == SC_NO_REASON);
			CHECK_DOUBLE(span.so_far, seen);
			CHECK_NEAR(span.elapsed, (double) seen / parts[p], 1e-12);
			CHECK_NEAR(span.projected, parts[p], 1e-10);
			CHECK(span.complete == (seen == parts[p]));
		}
}
