/* Numbers as text: exact both ways. */
#include "harness.h"
#include "number.h"

#include <float.h>
#include <stdint.h>

static bool
scan(const char *text, double *number, sc_error *error)
{
	long		position = 0;

	return sc_number_scan(text, (long) strlen(text), &position, 0, number, error) &&
		position == (long) strlen(text);
}

TEST(prints_shortest_and_reads_back)
{
	static const double values[] = {0, 1, -1, 0.1, 1.0 / 3, 1e22, 1e23, 12500, 5e-324, DBL_MIN, DBL_MAX, -DBL_MAX};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
	{
		char		text[SC_NUMBER_TEXT_SIZE];
		double		back;
		sc_error	error;

		CHECK_LONG(sc_number_print(values[i], text), strlen(text));
		CHECK_FOR(scan(text, &back, &error), "%s", text);
		CHECK_DOUBLE(back, values[i]);
	}
}

TEST(random_bits_read_back)
{
	uint64_t	state = UINT64_C(0x9E3779B97F4A7C15);

	for (int i = 0; i < 100000; i++)
	{
		char		text[SC_NUMBER_TEXT_SIZE];
		double		value,
					back = 0;
		sc_error	error;

		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		memcpy(&value, &state, sizeof(value));
		if (!isfinite(value))
			continue;
		sc_number_print(value, text);
		CHECK_FOR(scan(text, &back, &error) && memcmp(&value, &back, sizeof(value)) == 0, "%s", text);
	}
}

TEST(whole_texts)
{
	static const struct
	{
		const char *text;
		double		number;
	}			numbers[] = {
		{"1", 1}, {"-0.5", -0.5}, {"+3", 3}, {".5", 0.5}, {"-.5e1", -5}, {"5.", 5}, {"1E3", 1000}, {"1e-2", 0.01},
		{"2.2250738585072011e-308", 2.2250738585072011e-308}, {"1.7976931348623157e308", DBL_MAX}, {"-0", 0},
	};
	static const char *const others[] = {
		"", "-", ".", "-.", "e1", ".e1", "1e", "1e+", "1e5.", "1.2.3", "12,5", "1 000", "60%", " 1", "1 ", "0x10", "1_000",
		"nan", "inf", "1e999", "1e-999", "1x",
	};
	char		digits[1000];
	double		number;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
	{
		number = 7;
		CHECK_FOR(sc_number_whole(numbers[i].text, (long) strlen(numbers[i].text), &number), "%s", numbers[i].text);
		CHECK_DOUBLE(number, numbers[i].number);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		CHECK_FOR(!sc_number_whole(others[i], (long) strlen(others[i]), &number), "%s", others[i]);
	memset(digits, '0', sizeof(digits));
	CHECK(sc_number_whole(digits, 800, &number));
	CHECK(!sc_number_whole(digits, 801, &number));
	/* the length counts, not what lies behind it */
	CHECK(sc_number_whole("12x", 2, &number));
	CHECK_DOUBLE(number, 12);
}

TEST(minus_zero_is_zero)
{
	double		number = 1;
	sc_error	error;

	CHECK(scan("-0", &number, &error));
	CHECK_DOUBLE(number, 0.0);
	CHECK(scan("-0.000e5", &number, &error));
	CHECK_DOUBLE(number, 0.0);
}

TEST(refuses_what_is_not_a_number)
{
	static const struct
	{
		const char *text;
		sc_error_kind kind;
	}			cases[] = {
		{"", SC_NUMBER_FORM},
		{"-", SC_NUMBER_FORM},
		{".5", SC_NUMBER_FORM},
		{"nan", SC_NUMBER_FORM},
		{"inf", SC_NUMBER_FORM},
		{"7,5", SC_NUMBER_COMMA},
		{"60%", SC_NUMBER_PERCENT},
		{"1e400", SC_NUMBER_RANGE},
		{"-1e400", SC_NUMBER_RANGE},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		double		number;
		sc_error	error;

		CHECK_FOR(!scan(cases[i].text, &number, &error) && error.kind == cases[i].kind, "\"%s\"", cases[i].text);
	}
}
