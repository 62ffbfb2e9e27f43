/* Series: the text in and out, and looking things up. */
#include "harness.h"
#include "series.h"

#define MOST 32

static char packed_bytes[SC_SERIES_PACKED_SIZE(MOST)];

static bool
read_series(const char *text, sc_series *series, sc_error *error)
{
	sc_point	points[MOST];
	long		count = 0;

	return sc_series_scan(text, (long) strlen(text), points, &count, error) &&
		sc_series_pack(points, count, packed_bytes, error) &&
		sc_series_unpack(packed_bytes, SC_SERIES_PACKED_SIZE(count), series);
}

static sc_date
on(int year, int month, int day)
{
	sc_date		date = 0;

	sc_date_make(year, month, day, &date);
	return date;
}

TEST(canonical_text)
{
	static const struct
	{
		const char *text;
		const char *canonical;
	}			cases[] = {
		{"{}", "{}"},
		{" { 2022-12-31 : 5910 , 2021 : 5290.0 } ", "{2021-12-31: 5290, 2022-12-31: 5910}"},
		{"{2021-Q2: -0}", "{2021-06-30: 0}"},
		{"{2021-02: 1e-7}", "{2021-02-28: 1e-07}"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		sc_series	series;
		sc_error	error;
		char		text[SC_SERIES_TEXT_SIZE(MOST)];

		CHECK_FOR(read_series(cases[i].text, &series, &error), "%s", cases[i].text);
		sc_series_print(&series, text);
		CHECK_TEXT(text, cases[i].canonical);
	}
}

TEST(refused)
{
	static const struct
	{
		const char *text;
		sc_error_kind kind;
	}			cases[] = {
		{"", SC_EXPECTED},
		{"{", SC_DATE_FORM},
		{"{2021-12-31}", SC_EXPECTED},
		{"{2021-12-31: 1", SC_EXPECTED},
		{"{2021-12-31: 1} x", SC_EXPECTED},
		{"{2021-12-31: 1, 2021: 2}", SC_SERIES_DUPLICATE},
		{"{2021-12-31: NaN}", SC_NUMBER_FORM},
		{"{2021-12-31: 7,5}", SC_NUMBER_COMMA},
		{"{2021-02-30: 1}", SC_DATE_FORM},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		sc_series	series;
		sc_error	error = {SC_OK, -1, "", ""};
		bool		accepted = read_series(cases[i].text, &series, &error);

		CHECK_FOR(!accepted && error.kind == cases[i].kind, "\"%s\": %s, %s", cases[i].text,
				  accepted ? "accepted" : sc_error_message(error.kind), error.offender);
	}
}

TEST(a_duplicate_is_named)
{
	sc_series	series;
	sc_error	error;

	CHECK(!read_series("{2022: 1, 2021: 1, 2022-12-31: 3}", &series, &error));
	CHECK_TEXT(error.offender, "2022-12-31");
}

TEST(looking_up)
{
	sc_series	series;
	sc_error	error;
	double		value;

	CHECK(read_series("{2020: 10, 2022: 30, 2023-06-30: 0}", &series, &error));
	CHECK_LONG(sc_series_latest(&series, on(2020, 12, 30)), -1);
	CHECK_LONG(sc_series_latest(&series, on(2020, 12, 31)), 0);
	CHECK_LONG(sc_series_latest(&series, on(2022, 12, 30)), 0);
	CHECK_LONG(sc_series_latest(&series, on(2099, 1, 1)), 2);
	CHECK(sc_series_at(&series, on(2022, 12, 31), false, &value) && value == 30);
	CHECK(!sc_series_at(&series, on(2021, 12, 31), false, &value));
	CHECK(sc_series_at(&series, on(2021, 12, 31), true, &value) && value == 20);
	CHECK(sc_series_at(&series, on(2023, 3, 31), true, &value) && value == 15);
	CHECK(!sc_series_at(&series, on(2023, 7, 1), true, &value));
	CHECK(!sc_series_at(&series, on(2019, 7, 1), true, &value));
}
