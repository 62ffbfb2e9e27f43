/* Series and shares as one line of text. */
#include "building.h"
#include "sparkline.h"

/* As many bars as values for a width of 0. */
static const char *
sparkline(const char *series_text, int width)
{
	static char out[SC_BLOCKS_SIZE(SC_TEXT_WIDTH_MAX)];
	built_series built;

	build_series(series_text, &built);
	memset(out, 'x', sizeof(out));
	if (sc_sparkline(&built.series, width == 0 ? built.series.count : width, out) != strlen(out))
		return "(not the length)";
	return out;
}

static const char *
progress_bar(double percent, int width)
{
	static char out[SC_BLOCKS_SIZE(SC_TEXT_WIDTH_MAX)];

	memset(out, 'x', sizeof(out));
	if (sc_progress_bar(percent, width, out) != strlen(out))
		return "(not the length)";
	return out;
}

TEST(one_bar_for_each_value)
{
	CHECK_TEXT(sparkline("{}", 0), "");
	CHECK_TEXT(sparkline("{2020: 1, 2021: 2, 2022: 3, 2023: 4, 2024: 5, 2025: 6, 2026: 7, 2027: 8}", 0), "▁▂▃▄▅▆▇█");
	CHECK_TEXT(sparkline("{2020: -8, 2021: 8, 2022: 0}", 0), "▁█▅");
	CHECK_TEXT(sparkline("{2020: 0, 2021: 0.125, 2022: 0.12499, 2023: 0.875, 2024: 0.874, 2025: 1}", 0), "▁▂▁█▇█");
	/* time plays no part */
	CHECK_TEXT(sparkline("{0001: 0, 2021: 8, 2021-01-01: 1}", 0), "▁▂█");
}

TEST(equal_values_stand_in_the_middle)
{
	CHECK_TEXT(sparkline("{2020: 5}", 0), "▄");
	CHECK_TEXT(sparkline("{2020: 0, 2021: 0}", 0), "▄▄");
	CHECK_TEXT(sparkline("{2020: 0.1, 2021: 0.1, 2022: 0.1, 2023: 0.1, 2024: 0.1, 2025: 0.1, 2026: 0.1}", 3), "▄▄▄");
}

TEST(as_wide_as_asked)
{
	CHECK_TEXT(sparkline("{2020: 0, 2021: 2, 2022: 7, 2023: 9}", 2), "▁█");
	CHECK_TEXT(sparkline("{2020: 0, 2021: 8}", 4), "▁▁██");
	CHECK_TEXT(sparkline("{2020: 0, 2021: 8}", 5), "▁▁▁██");
	CHECK_TEXT(sparkline("{2020: 3}", 3), "▄▄▄");
	CHECK_TEXT(sparkline("{2020: 0, 2021: 1, 2022: 8}", 1), "▄");
	CHECK_TEXT(sparkline("{}", 5), "");
	for (int width = 1; width <= SC_TEXT_WIDTH_MAX; width++)
		CHECK_LONG(strlen(sparkline("{2020: 0, 2021: 1, 2022: 8, 2023: 4, 2024: 2}", width)), 3 * width);
}

TEST(any_range_of_numbers)
{
	CHECK_TEXT(sparkline("{2020: -1.7e308, 2021: 0, 2022: 1.7e308}", 0), "▁▅█");
	CHECK_TEXT(sparkline("{2020: 0, 2021: 5e-324}", 0), "▁█");
	CHECK_TEXT(sparkline("{2020: 1.7e308, 2021: 1.7e308, 2022: -1.7e308, 2023: -1.7e308}", 2), "█▁");
}

TEST(bars_of_progress)
{
	static const struct
	{
		double		percent;
		int			width;
		const char *text;
	}			cases[] = {
		{0, 4, "    "}, {-5, 4, "    "}, {100, 4, "████"}, {250, 4, "████"},
		{50, 4, "██  "}, {75, 4, "███ "}, {62.5, 4, "██▌ "}, {3.125, 4, "▏   "}, {3.124, 4, "    "},
		{99.999, 4, "███▉"}, {96.875, 4, "███▉"}, {96.874, 4, "███▊"},
		{12.5, 1, "▏"}, {25, 1, "▎"}, {37.5, 1, "▍"}, {50, 1, "▌"},
		{62.5, 1, "▋"}, {75, 1, "▊"}, {87.5, 1, "▉"}, {100, 1, "█"},
		{55, 20, "███████████         "}, {70, 10, "███████   "},
		{1e-300, 2, "  "}, {1e300, 2, "██"}, {-1e300, 2, "  "},
	};

	for (int i = 0; i < COUNT(cases); i++)
		CHECK_TEXT(progress_bar(cases[i].percent, cases[i].width), cases[i].text);
}

/* nextafter: the number just below 100 must not be rounded up to a full bar. */
TEST(only_what_is_full_looks_full)
{
	for (int width = 1; width <= SC_TEXT_WIDTH_MAX; width++)
	{
		char		full[SC_BLOCKS_SIZE(SC_TEXT_WIDTH_MAX)];

		strcpy(full, progress_bar(100, width));
		CHECK_LONG(strlen(full), 3 * width);
		CHECK_FOR(strcmp(progress_bar(nextafter(100, 0), width), full) != 0, "width %d", width);
	}
}
