/*
 * moments.c
 *		See moments.h.
 */
#include "moments.h"

#include <math.h>
#include <stdlib.h>

#include "running_sum.h"

/* Sums of weights that should be equal differ by less than this share of the total. */
#define WEIGHT_DUST 1e-12

static int
compare_numbers(const void *x, const void *y)
{
	double		a = *(const double *) x;
	double		b = *(const double *) y;

	return (a > b) - (a < b);
}

void
sc_sort_numbers(double *numbers, size_t count)
{
	qsort(numbers, count, sizeof(double), compare_numbers);
}

/* A power of two that brings a number to between 1/2 and 1, or as near as its exponent goes; 1 for 0. */
static double
scale_for(double largest)
{
	int			exponent;

	if (largest == 0)
		return 1;
	frexp(largest, &exponent);
	return ldexp(1, exponent < -1000 ? 1000 : -exponent);
}

/* ---------------------------------------------------------------- moments */

/* From the exact mean, as far as doubles go, on the scale of the largest deviation. */
static double
deviation(const sc_moments *m, double value)
{
	return (value * m->scale - m->centre) * m->spread - m->remainder;
}

static double
mean_deviation(const sc_moments *m, const double *sorted)
{
	sc_running_sum total = {0, 0};

	for (size_t i = 0; i < m->count; i++)
		sc_sum_add(&total, deviation(m, sorted[i]));
	return sc_sum_value(&total) / (double) m->count;
}

static void
sum_powers(sc_moments *m, const double *sorted)
{
	sc_running_sum squares = {0, 0};
	sc_running_sum cubes = {0, 0};
	sc_running_sum fourths = {0, 0};

	for (size_t i = 0; i < m->count; i++)
	{
		double		d = deviation(m, sorted[i]);
		double		square = d * d;

		sc_sum_add(&squares, square);
		sc_sum_add(&cubes, square * d);
		sc_sum_add(&fourths, square * square);
	}
	m->squares = sc_sum_value(&squares);
	m->cubes = sc_sum_value(&cubes);
	m->fourths = sc_sum_value(&fourths);
}

/*
 * Two passes find the mean: one of the values, rounded, and one of what is
 * left of their deviations from it. That matters where they lie close together
 * and far from zero.
 */
sc_moments
sc_moments_of(const double *sorted, size_t count)
{
	sc_moments	m = {.count = count, .scale = 1, .spread = 1};

	if (count == 0)
		return m;
	m.least = sorted[0];
	m.greatest = sorted[count - 1];
	m.scale = scale_for(fmax(fabs(m.least), fabs(m.greatest)));
	if (m.least == m.greatest)
	{
		m.centre = m.least * m.scale;
		return m;
	}
	m.centre = mean_deviation(&m, sorted);
	m.spread = scale_for(fmax(deviation(&m, m.greatest), -deviation(&m, m.least)));
	m.remainder = mean_deviation(&m, sorted);
	sum_powers(&m, sorted);
	return m;
}

double
sc_mean(const sc_moments *m)
{
	double		mean;

	if (m->count == 0)
		return NAN;
	mean = (m->centre + m->remainder / m->spread) / m->scale;
	return fmin(fmax(mean, m->least), m->greatest);
}

/* On the scale of the deviations; NaN where there is none. */
static double
scaled_deviation(const sc_moments *m, bool population)
{
	if (m->count < (population ? 1 : 2))
		return NAN;
	return sqrt(m->squares / (double) (population ? m->count : m->count - 1));
}

double
sc_standard_deviation(const sc_moments *m, bool population)
{
	return scaled_deviation(m, population) / m->spread / m->scale;
}

double
sc_standardised(const sc_moments *m, double value, bool population)
{
	double		unit = scaled_deviation(m, population);

	return unit > 0 ? deviation(m, value) / unit : NAN;
}

double
sc_skewness(const sc_moments *m)
{
	double		n = (double) m->count;
	double		variance = m->squares / n;

	if (m->count < 3 || m->squares == 0)
		return NAN;
	return sqrt(n * (n - 1)) / (n - 2) * (m->cubes / n / (variance * sqrt(variance)));
}

double
sc_kurtosis(const sc_moments *m)
{
	double		n = (double) m->count;
	double		variance = m->squares / n;

	if (m->count < 4 || m->squares == 0)
		return NAN;
	return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m->fourths / n / (variance * variance) - 3) + 6);
}

/* --------------------------------------------------------------- weighted */

static int
compare_weighted(const void *x, const void *y)
{
	const sc_weighted *a = x;
	const sc_weighted *b = y;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return (a->weight > b->weight) - (a->weight < b->weight);
}

void
sc_sort_weighted(sc_weighted *numbers, size_t count)
{
	qsort(numbers, count, sizeof(sc_weighted), compare_weighted);
}

static double
midpoint(double a, double b)
{
	double		sum = a + b;

	return isfinite(sum) ? sum / 2 : a / 2 + b / 2;
}

double
sc_weighted_quantile(const sc_weighted *sorted, size_t count, double fraction)
{
	double		largest = 0;
	double		scale,
				wanted,
				dust;
	sc_running_sum total = {0, 0};
	sc_running_sum reached = {0, 0};
	size_t		low,
				high;

	if (fraction <= 0 || fraction >= 1)
		return sorted[fraction <= 0 ? 0 : count - 1].value;
	for (size_t i = 0; i < count; i++)
		largest = fmax(largest, sorted[i].weight);
	scale = scale_for(largest);
	for (size_t i = 0; i < count; i++)
		sc_sum_add(&total, sorted[i].weight * scale);
	wanted = fraction * sc_sum_value(&total);
	dust = WEIGHT_DUST * sc_sum_value(&total);

	/* low: the first that attains what is wanted, high: the first that exceeds it */
	for (low = 0; low < count - 1; low++)
	{
		sc_sum_add(&reached, sorted[low].weight * scale);
		if (sc_sum_value(&reached) >= wanted - dust)
			break;
	}
	for (high = low; high < count - 1 && sc_sum_value(&reached) <= wanted + dust;)
		sc_sum_add(&reached, sorted[++high].weight * scale);
	return midpoint(sorted[low].value, sorted[high].value);
}
