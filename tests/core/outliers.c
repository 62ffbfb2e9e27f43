/* Transforms, winsorising and the treatment of outliers. */
#include "building.h"
#include "outliers.h"

#include <float.h>

#define MOST 100

static const sc_treatment_rule standard = {5, SC_LOG_CT, 2, 3.5};

static sc_treatment
treat(const double *numbers, size_t count, sc_treatment_rule rule, double *treated)
{
	double		sorted[MOST];
	double		work[MOST];
	sc_treatment t;

	memcpy(sorted, numbers, sizeof(double) * count);
	sc_sort_numbers(sorted, count);
	sc_treatment_begin(&t, sorted, count, &rule, work);
	while (sc_treatment_winsorise(&t, &rule, work))
		;
	sc_treatment_finish(&t, sorted, &rule, work);
	for (size_t i = 0; i < count; i++)
		treated[i] = sc_treated_value(&t, numbers[i]);
	return t;
}

TEST(words)
{
	sc_transform transform = SC_TRANSFORM_NONE;

	for (int i = SC_TRANSFORM_NONE; i <= SC_LOG_GII; i++)
	{
		const char *word = sc_transform_word(i);

		CHECK(sc_transform_from_word(word, strlen(word), &transform) && transform == (sc_transform) i);
	}
	CHECK(!sc_transform_from_word("log", 3, &transform));
	CHECK(!sc_transform_from_word("", 0, &transform));
	CHECK(!sc_transform_from_word("LOG_CT", 6, &transform));
	CHECK(!sc_transform_from_word("log_ctx", 7, &transform));
}

static sc_fitted_transform
fit(sc_transform transform, const double *sorted, size_t count)
{
	sc_moments	moments = sc_moments_of(sorted, count);
	sc_fitted_transform fitted;

	CHECK(sc_fit_transform(transform, &moments, &fitted));
	return fitted;
}

TEST(transforms)
{
	static const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100};
	static const double negative[] = {-100, -30, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
	sc_fitted_transform f;

	f = fit(SC_LOG_CT, x, COUNT(x));
	for (int i = 0; i < COUNT(x); i++)
		CHECK_NEAR(sc_transformed(&f, x[i]), log(x[i] - 1 + 0.99), 1e-14);
	f = fit(SC_LOG_CT_ORIG, x, COUNT(x));
	for (int i = 0; i < COUNT(x); i++)
		CHECK_NEAR(sc_transformed(&f, x[i]), log(x[i]), 1e-14);
	f = fit(SC_LOG_CT_PLUS, x, COUNT(x));
	for (int i = 0; i < COUNT(x); i++)
		CHECK_NEAR(sc_transformed(&f, x[i]), log(x[i] - 1 + 0.99), 1e-14);
	f = fit(SC_LOG_CT_PLUS, negative, COUNT(negative));
	for (int i = 0; i < COUNT(negative); i++)
		CHECK_NEAR(sc_transformed(&f, negative[i]), -log(10 + 1.1 - negative[i]), 1e-14);
	f = fit(SC_LOG_GII, x, COUNT(x));
	for (int i = 0; i < COUNT(x); i++)
		CHECK_NEAR(sc_transformed(&f, x[i]), log(x[i]), 1e-13);
}

/* Every transform keeps the order and changes the column. */
TEST(transforms_increase)
{
	static const double columns[][5] = {
		{1, 2, 3, 4, 100}, {-100, 1, 2, 3, 4}, {-DBL_MAX, -1, 0, 1, DBL_MAX}, {0, 5e-324, 1e-323, 2e-323, 1e-321},
		{0, 1e-310, 2e-310, 3e-310, 1e-308}, {1e15, 1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 90}, {-3, -2, 0.5, 1, 1.5},
	};

	for (int c = 0; c < COUNT(columns); c++)
		for (int kind = SC_LOG_CT; kind <= SC_LOG_GII; kind++)
		{
			sc_fitted_transform f;
			sc_moments	moments = sc_moments_of(columns[c], 5);
			double		before = -INFINITY;

			if (!sc_fit_transform(kind, &moments, &f))
			{
				CHECK_FOR(kind == SC_LOG_GII && columns[c][4] <= 1, "%d of column %d", kind, c);
				continue;
			}
			for (int i = 0; i < 5; i++)
			{
				double		now = sc_transformed(&f, columns[c][i]);

				/* ln(1 + x) of numbers next to nothing is x: it may round to the same */
				CHECK_FOR(isfinite(now) && (now > before || (now == before && c == 2)),
						  "%d of column %d: %.17g after %.17g", kind, c, now, before);
				before = now;
			}
		}
}

TEST(transforms_without_answer)
{
	static const double equal[] = {7, 7, 7};
	static const double small[] = {-3, 0, 1};
	sc_moments	moments = sc_moments_of(equal, 3);
	sc_fitted_transform f;

	CHECK(!sc_fit_transform(SC_LOG_CT, &moments, &f));
	CHECK(!sc_fit_transform(SC_LOG_CT_PLUS, &moments, &f));
	CHECK(!sc_fit_transform(SC_LOG_GII, &moments, &f));
	CHECK(sc_fit_transform(SC_LOG_CT_ORIG, &moments, &f));
	CHECK_DOUBLE(sc_transformed(&f, 7), 0);
	moments = sc_moments_of(small, 3);
	CHECK(!sc_fit_transform(SC_LOG_GII, &moments, &f));
	moments = sc_moments_of(NULL, 0);
	CHECK(!sc_fit_transform(SC_LOG_CT_ORIG, &moments, &f));
}

TEST(winsor_bounds)
{
	static const double x[] = {1, 2, 3, 3, 50, 50, 100};
	static const double equal[] = {4, 4, 4};
	static const struct
	{
		size_t		winsorised;
		double		high;
		double		low;
	}			cases[] = {
		{0, 100, 1}, {1, 50, 2}, {2, 3, 3}, {3, 3, 50}, {4, 2, 50}, {5, 2, 50}, {6, 2, 50}, {7, 2, 50}, {100, 2, 50},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		CHECK_DOUBLE(sc_winsor_bound(x, COUNT(x), cases[i].winsorised, true), cases[i].high);
		CHECK_DOUBLE(sc_winsor_bound(x, COUNT(x), cases[i].winsorised, false), cases[i].low);
	}
	CHECK_DOUBLE(sc_winsor_bound(equal, 3, 2, true), 4);
	CHECK_DOUBLE(sc_winsor_bound(equal, 1, 1, false), 4);
}

TEST(a_column_that_passes)
{
	static const double x[] = {5, 1, 4, 2, 3};
	double		treated[MOST];
	sc_treatment t = treat(x, COUNT(x), standard, treated);

	CHECK(t.passed && !t.still_failing && t.reason == SC_NO_REASON);
	CHECK_LONG(t.winsorised_low + t.winsorised_high, 0);
	CHECK_LONG(t.fitted.transform, SC_TRANSFORM_NONE);
	CHECK(memcmp(treated, x, sizeof(x)) == 0);
	CHECK_DOUBLE(t.skewness_after, t.skewness);
}

TEST(a_column_that_is_winsorised)
{
	static const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100};
	static const double expected[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 30};
	double		turned[COUNT(x)];
	double		treated[MOST];
	sc_treatment t = treat(x, COUNT(x), standard, treated);

	CHECK(!t.passed && !t.still_failing && t.reason == SC_NO_REASON);
	CHECK_LONG(t.winsorised_high, 1);
	CHECK_LONG(t.winsorised_low, 0);
	CHECK_NEAR(t.skewness, 3.0632410342395, 1e-12);
	CHECK_NEAR(t.skewness_after, 1.71203806008905, 1e-12);
	CHECK_NEAR(t.kurtosis_after, 1.8157805377242, 1e-12);
	CHECK(memcmp(treated, expected, sizeof(expected)) == 0);
	for (int i = 0; i < COUNT(x); i++)
		turned[i] = -x[i];
	t = treat(turned, COUNT(x), standard, treated);
	CHECK_LONG(t.winsorised_high, 0);
	CHECK_LONG(t.winsorised_low, 1);
	CHECK_DOUBLE(treated[11], -30);
	CHECK_DOUBLE(treated[10], -30);
	CHECK_DOUBLE(treated[0], -1);
}

/* Equal extremes go together, and both count. */
TEST(ties_at_the_extreme)
{
	double		x[MOST];
	double		treated[MOST];
	sc_treatment_rule rule = standard;
	sc_treatment t;

	for (int i = 0; i < 40; i++)
		x[i] = i % 10;
	x[40] = x[41] = 1000;
	x[42] = 20;
	rule.winsorise_limit = 1;
	t = treat(x, 43, rule, treated);
	CHECK_LONG(t.winsorised_high, 2);
	CHECK(!t.still_failing);
	CHECK_DOUBLE(treated[40], 20);
	CHECK_DOUBLE(treated[41], 20);
	CHECK_DOUBLE(treated[42], 20);
}

TEST(a_column_that_is_transformed)
{
	double		x[MOST];
	double		treated[MOST];
	sc_treatment_rule rule = standard;
	sc_treatment t;

	/* powers of four: with the two highest brought in, the third is still far out */
	for (int i = 0; i < 30; i++)
		x[i] = ldexp(1, 2 * i);
	rule.winsorise_limit = 2;
	t = treat(x, 30, rule, treated);
	CHECK(t.still_failing && t.reason == SC_TRANSFORM_NOT_ENOUGH);
	rule.transform = SC_LOG_CT_ORIG;
	t = treat(x, 30, rule, treated);
	CHECK(!t.passed && !t.still_failing && t.reason == SC_NO_REASON);
	CHECK_LONG(t.fitted.transform, SC_LOG_CT_ORIG);
	CHECK_LONG(t.winsorised_high + t.winsorised_low, 0);
	CHECK_NEAR(treated[29], 58 * log(2), 1e-12);
	CHECK(fabs(t.skewness_after) < 2 || t.kurtosis_after < 3.5);
}

TEST(a_treatment_that_did_not_help)
{
	double		x[MOST];
	double		treated[MOST];
	sc_treatment_rule rule = standard;
	sc_treatment t;

	/* two values only: winsorising would make all equal, and a logarithm leaves them two */
	for (int i = 0; i < 20; i++)
		x[i] = 0.25;
	x[20] = 0.75;
	t = treat(x, 21, standard, treated);
	CHECK(!t.passed && t.still_failing && t.reason == SC_TRANSFORM_NOT_ENOUGH);
	CHECK_LONG(t.fitted.transform, SC_LOG_CT);
	CHECK_NEAR(t.skewness_after, t.skewness, 1e-12);
	CHECK(treated[20] != x[20] && treated[20] > treated[0]);
	rule.transform = SC_LOG_GII;
	t = treat(x, 21, rule, treated);
	CHECK(t.still_failing && t.reason == SC_TRANSFORM_UNDEFINED);
	CHECK_LONG(t.fitted.transform, SC_TRANSFORM_NONE);
	CHECK(memcmp(treated, x, sizeof(double) * 21) == 0);
	rule.transform = SC_TRANSFORM_NONE;
	rule.winsorise_limit = 1;
	x[20] = 100;
	x[19] = 90;
	x[18] = 1;
	t = treat(x, 21, rule, treated);
	CHECK(t.still_failing && t.reason == SC_NO_TRANSFORM);
	CHECK_LONG(t.winsorised_high, 1);
	CHECK_DOUBLE(treated[20], 90);
	/* without a limit it goes on until it passes */
	rule.winsorise_limit = INT32_MAX;
	t = treat(x, 21, rule, treated);
	CHECK_LONG(t.winsorised_high, 2);
	CHECK_DOUBLE(treated[20], 1);
	CHECK(!t.still_failing && t.reason == SC_NO_REASON);
}

TEST(columns_that_cannot_be_judged)
{
	static const double three[] = {1, 2, 1e9};
	static const double equal[] = {3, 3, 3, 3, 3};
	double		treated[MOST];
	sc_treatment t = treat(three, 3, standard, treated);

	CHECK(t.passed && !t.still_failing && t.reason == SC_TOO_FEW_VALUES);
	CHECK(memcmp(treated, three, sizeof(three)) == 0);
	t = treat(equal, 5, standard, treated);
	CHECK(t.passed && !t.still_failing && t.reason == SC_ALL_VALUES_EQUAL);
	CHECK(memcmp(treated, equal, sizeof(equal)) == 0);
	CHECK_DOUBLE(t.skewness, NAN);
	t = treat(three, 0, standard, treated);
	CHECK(t.passed && t.reason == SC_TOO_FEW_VALUES && t.count == 0);
}

/* Random columns: the result keeps the order, passes or says so, and winsorises no more than asked (but for ties). */
TEST(treatment_of_anything)
{
	for (int round = 0; round < 2000; round++)
	{
		double		x[MOST];
		double		treated[MOST];
		int			count = dice(40);
		int			distinct = 2 + dice(40);
		sc_treatment_rule rule = {dice(8), dice(5), 2, 3.5};
		sc_treatment t;
		sc_moments	moments;

		for (int i = 0; i < count; i++)
			x[i] = pow(dice(distinct), dice(4)) * (dice(2) ? 1 : 0.25) - dice(3);
		t = treat(x, count, rule, treated);
		for (int i = 0; i < count; i++)
			for (int j = 0; j < count; j++)
				CHECK_FOR(x[i] > x[j] || treated[i] <= treated[j], "round %d: %g, %g", round, x[i], x[j]);
		sc_sort_numbers(treated, count);
		moments = sc_moments_of(treated, count);
		CHECK_FOR(t.reason != SC_NO_REASON ||
				  fabs(sc_skewness(&moments)) < 2 || sc_kurtosis(&moments) < 3.5, "round %d", round);
		CHECK_FOR(t.still_failing == (t.reason == SC_NO_TRANSFORM || t.reason == SC_TRANSFORM_UNDEFINED ||
									  t.reason == SC_TRANSFORM_NOT_ENOUGH), "round %d", round);
		CHECK_FOR(count < 4 || moments.least == moments.greatest || t.count == 0 ||
				  fabs(t.skewness_after - sc_skewness(&moments)) < 1e-9, "round %d", round);
		CHECK_FOR(count == 0 || moments.least != moments.greatest || t.reason == SC_ALL_VALUES_EQUAL ||
				  t.reason == SC_TOO_FEW_VALUES, "round %d made all equal", round);
	}
}
