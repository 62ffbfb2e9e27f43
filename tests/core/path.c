/* Paths: the text in and out, the direction, the bounds, the line. */
#include "harness.h"
#include "path.h"

#define MOST 16

static char packed_bytes[SC_PATH_PACKED_SIZE(MOST)];

/* Reads and packs; false with the error. */
static bool
read_path(const char *text, sc_path *path, sc_error *error)
{
	sc_target	targets[MOST];
	sc_path_spec spec;

	memset(&spec, 0, sizeof(spec));
	spec.targets = targets;
	spec.capacity = MOST;
	return sc_path_scan(text, (long) strlen(text), &spec, error) &&
		sc_path_pack(&spec, packed_bytes, error) &&
		sc_path_unpack(packed_bytes, SC_PATH_PACKED_SIZE(spec.count), path);
}

/* The canonical text, or the name of nothing. */
static const char *
canonical(const char *text)
{
	static char out[SC_PATH_TEXT_SIZE(MOST)];
	sc_path		path;
	sc_error	error;

	if (!read_path(text, &path, &error))
		return "(refused)";
	sc_path_print(&path, out);
	return out;
}

static sc_date
on(int year)
{
	sc_date		date = 0;

	sc_date_make(year, 12, 31, &date);
	return date;
}

TEST(canonical_text)
{
	static const struct
	{
		const char *text;
		const char *canonical;
	}			cases[] = {
		{"5285@2020 -> 8300..8500@2025 -> >12500@2030", "5285@2020 -> 8300..8500@2025 -> >12500@2030"},
		{"5285 @ 2020-12-31->8300..8500@2025-Q4->  >12500@2030-12", "5285@2020 -> 8300..8500@2025 -> >12500@2030"},
		{"UP -> >80@2026 -> 80@2030", "-> >80@2026 -> 80@2030"},
		{"down -> <=40@2030", "-> <=40@2030"},
		{"up -> 15@2025", "up -> 15@2025"},
		{"step 0@2023-02 -> 1@2025-06", "step 0@2023-02-28 -> 1@2025-06-30"},
		{"up total -> 622700@2025", "up total -> 622700@2025"},
		{"-> =5@2025", "keep -> 5@2025"},
		{"-> ~60@2025 -> 75@2030", "-> ~60+-1%@2025 -> 75@2030"},
		{"up -> 60\xe2\x80\x93" "62@2025", "up -> 60..62@2025"},
		{"up \xe2\x86\x92 \xe2\x89\xa5" "60@2025", "-> >=60@2025"},
		{"10@2020 -> ~60 \xc2\xb1 2@2025", "10@2020 -> ~60+-2@2025"},
		{"100@2020 -> by -30%@2030", "100@2020 -> by -30%@2030"},
		{"100@2020 -> by -10..-20@2030", "100@2020 -> by -20..-10@2030"},
		{"level linear 1.50@2020 -> 2.0@2030", "1.5@2020 -> 2@2030"},
		{"up average_growth -> 7.5..8@2021..2025", "up average_growth -> 7.5..8@2021..2025"},
		{"-0@2020 -> 1e3@2030", "0@2020 -> 1000@2030"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		once[SC_PATH_TEXT_SIZE(MOST)];

		CHECK_TEXT(canonical(cases[i].text), cases[i].canonical);
		strcpy(once, canonical(cases[i].text));
		CHECK_TEXT(canonical(once), once);
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
		{"5@2020", SC_EXPECTED},
		{"5@2020 -> 6@2020", SC_PATH_DATES},
		{"-> 5@2025 -> 6@2024", SC_PATH_DATES},
		{"up -> 62..60@2025", SC_PATH_RANGE},
		{"up -> <60@2025", SC_PATH_SIGN},
		{"-> >60@2025 -> <70@2030", SC_PATH_SIGNS_DISAGREE},
		{"up -> =60@2025", SC_PATH_SIGN},
		{"-> =60@2025 -> 70@2030", SC_PATH_EQUALS},
		{"-> 60@2025", SC_PATH_DIRECTION},
		{"60@2020 -> 60@2025", SC_PATH_DIRECTION},
		{"1..2@2020 -> 3@2025", SC_EXPECTED},
		{"up -> by -30%@2030", SC_PATH_BY_BASELINE},
		{"100@2020 -> by 30@2030", SC_PATH_BY_SIGN},
		{"up -> 60%@2030", SC_NUMBER_PERCENT},
		{"up -> 7,5@2030", SC_NUMBER_COMMA},
		{"up -> 1e999@2030", SC_NUMBER_RANGE},
		{"up -> 1@2030-02-30", SC_DATE_FORM},
		{"up -> 1@2021..2025", SC_PATH_SPAN_REFUSED},
		{"up total -> 1@2025-06-30", SC_PATH_SPAN_NEEDED},
		{"-1@2020 geometric -> 1@2025", SC_EXPECTED},
		{"geometric -1@2020 -> 1@2025", SC_PATH_GEOMETRIC},
		{"up -> 5@2025 trailing", SC_EXPECTED},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		sc_path		path;
		sc_error	error = {SC_OK, -1, "", ""};
		bool		accepted = read_path(cases[i].text, &path, &error);

		CHECK_FOR(!accepted && error.kind == cases[i].kind, "\"%s\": %s, %s", cases[i].text,
				  accepted ? "accepted" : sc_error_message(error.kind), error.offender);
	}
}

TEST(bounds_and_verdicts)
{
	static const struct
	{
		const char *text;
		double		met;
		double		far;
		double		value;
		sc_verdict	verdict;
	}			cases[] = {
		{"up -> 15@2025", 15, 15, 15, SC_MET},
		{"up -> 15@2025", 15, 15, 16, SC_EXCEEDED},
		{"up -> 15@2025", 15, 15, 14.9, SC_NOT_MET},
		{"up -> >15@2025", 15, INFINITY, 15, SC_NOT_MET},
		{"up -> >15@2025", 15, INFINITY, 1000, SC_MET},
		{"up -> >=15@2025", 15, INFINITY, 15, SC_MET},
		{"up -> 60..62@2025", 60, 62, 62, SC_MET},
		{"up -> 60..62@2025", 60, 62, 62.1, SC_EXCEEDED},
		{"down -> 60..62@2025", 62, 60, 61, SC_MET},
		{"down -> 60..62@2025", 62, 60, 59, SC_EXCEEDED},
		{"down -> <=40@2030", 40, -INFINITY, 40, SC_MET},
		{"up -> ~100@2025", 99, 101, 99, SC_MET},
		{"100@2020 -> by -30%@2030", 70, 70, 69, SC_EXCEEDED},
		{"-10@2020 -> by -30%@2030", -13, -13, -13, SC_MET},
		{"100@2020 -> by -10..-20@2030", 90, 80, 85, SC_MET},
		{"keep -> 2..4@2025", 2, 4, 3, SC_MET},
		{"keep -> 2..4@2025", 4, 2, 5, SC_NOT_MET},
		{"keep -> <=4@2025", 4, -INFINITY, 3, SC_MET},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		sc_path		path;
		sc_error	error;
		sc_target	target;
		sc_band		band;
		double		met,
					far;

		CHECK_FOR(read_path(cases[i].text, &path, &error), "%s", cases[i].text);
		sc_path_target(&path, 0, &target);
		band = sc_target_band(&target);
		sc_band_edges(&band, path.direction, true, cases[i].value, &met, &far);
		CHECK_FOR(met == cases[i].met, "%s: %g", cases[i].text, met);
		CHECK_FOR(far == cases[i].far || (isinf(far) && isinf(cases[i].far)), "%s: %g", cases[i].text, far);
		CHECK_FOR(sc_band_judge(&band, path.direction, cases[i].value) == cases[i].verdict,
				  "%s at %g", cases[i].text, cases[i].value);
	}
}

TEST(the_line_bends_at_every_target)
{
	sc_path		path;
	sc_error	error;
	double		expected;

	CHECK(read_path("0@2020 -> 10@2025 -> 100@2030", &path, &error));
	CHECK(sc_path_expected(&path, on(2020), &expected) && expected == 0);
	CHECK(sc_path_expected(&path, on(2023), &expected) && fabs(expected - 6) < 1e-12);
	CHECK(sc_path_expected(&path, on(2025), &expected) && expected == 10);
	CHECK(sc_path_expected(&path, on(2029), &expected) && fabs(expected - 82) < 1e-12);
	CHECK(sc_path_expected(&path, on(2035), &expected) && expected == 100);
	CHECK(!sc_path_expected(&path, on(2019), &expected));

	CHECK(read_path("geometric 1@2020 -> 16@2024", &path, &error));
	CHECK(sc_path_expected(&path, on(2022), &expected) && fabs(expected - 4) < 1e-12);
	CHECK(read_path("step 0@2020 -> 1@2025", &path, &error));
	CHECK(sc_path_expected(&path, on(2025) - 1, &expected) && expected == 0);
	CHECK(sc_path_expected(&path, on(2025), &expected) && expected == 1);

	CHECK_LONG(sc_path_current(&path, on(2030)), 0);
	CHECK(read_path("up -> 1@2025 -> 2@2030", &path, &error));
	CHECK_LONG(sc_path_current(&path, on(2025)), 0);
	CHECK_LONG(sc_path_current(&path, on(2025) + 1), 1);
	CHECK_LONG(sc_path_find_due(&path, on(2030)), 1);
	CHECK_LONG(sc_path_find_due(&path, on(2029)), -1);
	CHECK(!sc_path_expected(&path, on(2024), &expected));
}

TEST(damaged_bytes_are_no_path)
{
	sc_path		path;
	sc_error	error;
	size_t		size;

	CHECK(read_path("0@2020 -> 10@2025 -> 100@2030", &path, &error));
	size = SC_PATH_PACKED_SIZE(2);
	CHECK(sc_path_unpack(packed_bytes, size, &path));
	for (size_t cut = 0; cut < size; cut++)
		CHECK_FOR(!sc_path_unpack(packed_bytes, cut, &path), "%zu bytes", cut);
	packed_bytes[0] = 99;
	CHECK(!sc_path_unpack(packed_bytes, size, &path));
}
