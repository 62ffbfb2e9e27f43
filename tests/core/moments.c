/* Mean, deviation, skewness, kurtosis and weighted quantiles. */
#include "building.h"
#include "moments.h"

#include <float.h>

#define MOST 64

static sc_moments
moments_of(const double *numbers, size_t count)
{
	double		sorted[MOST];

	memcpy(sorted, numbers, sizeof(double) * count);
	sc_sort_numbers(sorted, count);
	return sc_moments_of(sorted, count);
}

#define MOMENTS(...) \
	moments_of((const double[]) {__VA_ARGS__}, sizeof((const double[]) {__VA_ARGS__}) / sizeof(double))

TEST(mean_and_deviation)
{
	sc_moments	m = MOMENTS(4, 2, 4, 4, 5, 5, 7, 9);

	CHECK_DOUBLE(sc_mean(&m), 5);
	CHECK_NEAR(sc_standard_deviation(&m, true), 2, 1e-15);
	CHECK_NEAR(sc_standard_deviation(&m, false), sqrt(32.0 / 7), 1e-15);
	CHECK_NEAR(sc_standardised(&m, 9, true), 2, 1e-15);
	CHECK_NEAR(sc_standardised(&m, 1, true), -2, 1e-15);
	CHECK_DOUBLE(sc_standardised(&m, 5, true), 0);
	m = MOMENTS(7);
	CHECK_DOUBLE(sc_mean(&m), 7);
	CHECK_DOUBLE(sc_standard_deviation(&m, true), 0);
	CHECK_DOUBLE(sc_standard_deviation(&m, false), NAN);
	CHECK_DOUBLE(sc_standardised(&m, 7, true), NAN);
	m = MOMENTS(0.1, 0.1, 0.1);
	CHECK_DOUBLE(sc_mean(&m), 0.1);
	CHECK_DOUBLE(sc_standard_deviation(&m, false), 0);
	m = sc_moments_of(NULL, 0);
	CHECK_DOUBLE(sc_mean(&m), NAN);
	CHECK_DOUBLE(sc_standard_deviation(&m, true), NAN);
	CHECK_DOUBLE(sc_skewness(&m), NAN);
	CHECK_DOUBLE(sc_kurtosis(&m), NAN);
}

TEST(skewness_and_kurtosis)
{
	/* figures that a spreadsheet gives */
	sc_moments	m = MOMENTS(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100);

	CHECK_NEAR(sc_skewness(&m), 3.0632410342395, 1e-12);
	CHECK_NEAR(sc_kurtosis(&m), 9.74139083456914, 1e-12);
	m = MOMENTS(-100, -30, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
	CHECK_NEAR(sc_skewness(&m), -2.89496656064449, 1e-12);
	CHECK_NEAR(sc_kurtosis(&m), 8.65036082873121, 1e-12);
	m = MOMENTS(1, 2, 3);
	CHECK_NEAR(sc_skewness(&m), 0, 1e-15);
	CHECK_DOUBLE(sc_kurtosis(&m), NAN);
	m = MOMENTS(1, 2);
	CHECK_DOUBLE(sc_skewness(&m), NAN);
	m = MOMENTS(3, 3, 3, 3, 3);
	CHECK_DOUBLE(sc_skewness(&m), NAN);
	CHECK_DOUBLE(sc_kurtosis(&m), NAN);
	/* 0 0 0 1: G1 = 2, G2 = 4 */
	m = MOMENTS(0, 0, 0, 1);
	CHECK_NEAR(sc_skewness(&m), 2, 1e-14);
	CHECK_NEAR(sc_kurtosis(&m), 4, 1e-13);
}

/* Neither moving nor stretching changes the shape, up to the ends of double. */
TEST(shape_at_any_scale)
{
	static const double scales[] = {1, 1e-3, 1e150, 1e306, 1e-150, 1e-300, 1e-308};
	static const double shape[] = {0, 1, 1, 2, 3, 5, 8, 13, 21, 100};
	sc_moments	plain = moments_of(shape, COUNT(shape));

	for (int s = 0; s < COUNT(scales); s++)
		for (int sign = -1; sign <= 1; sign += 2)
		{
			double		numbers[COUNT(shape)];
			sc_moments	m;

			for (int i = 0; i < COUNT(shape); i++)
				numbers[i] = sign * scales[s] * shape[i] + 0.0;
			m = moments_of(numbers, COUNT(shape));
			CHECK_FOR(fabs(sign * sc_skewness(&m) - sc_skewness(&plain)) < 1e-10, "%g", sign * scales[s]);
			CHECK_FOR(fabs(sc_kurtosis(&m) - sc_kurtosis(&plain)) < 1e-10, "%g", sign * scales[s]);
			CHECK_FOR(fabs(sc_standardised(&m, numbers[9], false) - sign * sc_standardised(&plain, 100, false)) < 1e-12,
					  "%g", sign * scales[s]);
			CHECK_FOR(fabs(sc_mean(&m) / (sign * scales[s]) - 15.4) < 1e-12, "%g", sign * scales[s]);
		}
	for (double offset = 1e3; offset < 1e14; offset *= 1000)
	{
		double		numbers[COUNT(shape)];
		sc_moments	m;

		for (int i = 0; i < COUNT(shape); i++)
			numbers[i] = shape[i] + offset;
		m = moments_of(numbers, COUNT(shape));
		CHECK_FOR(fabs(sc_skewness(&m) - sc_skewness(&plain)) < 1e-13, "%g: %.17g", offset, sc_skewness(&m));
		CHECK_FOR(fabs(sc_kurtosis(&m) - sc_kurtosis(&plain)) < 1e-13, "%g: %.17g", offset, sc_kurtosis(&m));
		CHECK_FOR(fabs(sc_standard_deviation(&m, false) - sc_standard_deviation(&plain, false)) < 1e-13, "%g", offset);
	}
}

TEST(the_ends_of_double)
{
	sc_moments	m = MOMENTS(-DBL_MAX, DBL_MAX);

	CHECK_DOUBLE(sc_mean(&m), 0);
	CHECK_DOUBLE(sc_standard_deviation(&m, false), INFINITY);
	CHECK_NEAR(sc_standardised(&m, DBL_MAX, false), sqrt(0.5), 1e-15);
	m = MOMENTS(DBL_MAX, DBL_MAX, DBL_MAX);
	CHECK_DOUBLE(sc_mean(&m), DBL_MAX);
	m = MOMENTS(0, 0, 5e-324);
	CHECK_NEAR(sc_skewness(&m), sqrt(3), 1e-14);
	CHECK(sc_mean(&m) >= 0 && sc_mean(&m) <= 5e-324);
	m = MOMENTS(1, nextafter(1, 2), nextafter(1, 2));
	CHECK_NEAR(sc_skewness(&m), -sqrt(3), 1e-14);
	CHECK(sc_mean(&m) >= 1 && sc_mean(&m) <= nextafter(1, 2));
}

TEST(sorted_whatever_the_order)
{
	for (int round = 0; round < 200; round++)
	{
		double		numbers[MOST];
		int			count = 1 + dice(MOST);
		sc_moments	before,
					after;

		for (int i = 0; i < count; i++)
			numbers[i] = ldexp((double) (dice_bits() >> 11), -40 + dice(20)) - 100;
		before = moments_of(numbers, count);
		for (int i = count - 1; i > 0; i--)
		{
			int			j = dice(i + 1);
			double		swapped = numbers[i];

			numbers[i] = numbers[j];
			numbers[j] = swapped;
		}
		after = moments_of(numbers, count);
		CHECK_DOUBLE(sc_skewness(&after), sc_skewness(&before));
		CHECK_DOUBLE(sc_kurtosis(&after), sc_kurtosis(&before));
		CHECK_DOUBLE(sc_mean(&after), sc_mean(&before));
		CHECK_DOUBLE(sc_standard_deviation(&after, false), sc_standard_deviation(&before, false));
	}
}

static double
quantile(const sc_weighted *numbers, size_t count, double fraction)
{
	sc_weighted sorted[MOST];

	memcpy(sorted, numbers, sizeof(sc_weighted) * count);
	sc_sort_weighted(sorted, count);
	return sc_weighted_quantile(sorted, count, fraction);
}

TEST(weighted_medians)
{
	static const sc_weighted one[] = {{7, 0.25}};
	static const sc_weighted three[] = {{5, 1}, {1, 1}, {3, 1}};
	static const sc_weighted four[] = {{5, 1}, {1, 1}, {3, 1}, {9, 1}};
	static const sc_weighted heavy[] = {{5, 1}, {1, 7}, {3, 1}, {9, 1}};
	static const sc_weighted half[] = {{5, 1}, {1, 3}, {3, 1}, {9, 1}};
	/* 0.1 + 0.2 against 0.3 */
	static const sc_weighted dust[] = {{1, 0.1}, {2, 0.2}, {10, 0.3}};
	/* a weight that is dust itself does not tip the balance */
	static const sc_weighted speck[] = {{1, 1}, {2, 1e-16}, {10, 1}};
	static const sc_weighted tiny[] = {{1, 1e-320}, {2, 1e-320}, {10, 1e-320}};
	static const sc_weighted huge[] = {{1, DBL_MAX}, {2, DBL_MAX}, {10, DBL_MAX}};
	static const sc_weighted wide[] = {{-DBL_MAX, 1}, {-DBL_MAX, 1}, {DBL_MAX, 1}, {DBL_MAX, 1}};
	static const sc_weighted far[] = {{DBL_MAX, 1}, {DBL_MAX / 2, 1}};

	CHECK_DOUBLE(quantile(one, COUNT(one), 0.5), 7);
	CHECK_DOUBLE(quantile(three, COUNT(three), 0.5), 3);
	CHECK_DOUBLE(quantile(four, COUNT(four), 0.5), 4);
	CHECK_DOUBLE(quantile(heavy, COUNT(heavy), 0.5), 1);
	CHECK_DOUBLE(quantile(half, COUNT(half), 0.5), 2);
	CHECK_DOUBLE(quantile(dust, COUNT(dust), 0.5), 6);
	CHECK_DOUBLE(quantile(speck, COUNT(speck), 0.5), 5.5);
	CHECK_DOUBLE(quantile(tiny, COUNT(tiny), 0.5), 2);
	CHECK_DOUBLE(quantile(huge, COUNT(huge), 0.5), 2);
	CHECK_DOUBLE(quantile(wide, COUNT(wide), 0.5), 0);
	CHECK_DOUBLE(quantile(far, COUNT(far), 0.5), 0.75 * DBL_MAX);
}

TEST(weighted_quantiles)
{
	static const sc_weighted ten[] = {{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 1}, {7, 1}, {8, 1}, {9, 1}, {10, 1}};
	static const sc_weighted uneven[] = {{1, 2}, {2, 3}, {3, 5}};
	static const sc_weighted specks[] = {{1, 1e-20}, {2, 1}, {3, 1e-20}};

	CHECK_DOUBLE(quantile(ten, COUNT(ten), 0), 1);
	CHECK_DOUBLE(quantile(ten, COUNT(ten), 1), 10);
	CHECK_DOUBLE(quantile(ten, COUNT(ten), 0.05), 1);
	CHECK_DOUBLE(quantile(ten, COUNT(ten), 0.1), 1.5);
	CHECK_DOUBLE(quantile(ten, COUNT(ten), 0.25), 3);
	CHECK_DOUBLE(quantile(ten, COUNT(ten), 0.3), 3.5);
	CHECK_DOUBLE(quantile(ten, COUNT(ten), 0.99), 10);
	CHECK_DOUBLE(quantile(uneven, COUNT(uneven), 0.2), 1.5);
	CHECK_DOUBLE(quantile(uneven, COUNT(uneven), 0.21), 2);
	CHECK_DOUBLE(quantile(uneven, COUNT(uneven), 0.5), 2.5);
	CHECK_DOUBLE(quantile(uneven, COUNT(uneven), 0.51), 3);
	CHECK_DOUBLE(quantile(specks, COUNT(specks), 0), 1);
	CHECK_DOUBLE(quantile(specks, COUNT(specks), 1), 3);
	CHECK_DOUBLE(quantile(specks, COUNT(specks), 0.5), 2);
	CHECK_DOUBLE(quantile(specks, COUNT(specks), 0.999), 2);
}
