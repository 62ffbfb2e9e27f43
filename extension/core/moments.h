/*
 * moments.h
 *		The shape of a set of numbers: mean, deviation, skewness, kurtosis, quantiles.
 *
 * All functions take finite numbers in ascending order, as sc_sort_numbers
 * leaves them, so that the same numbers give the same bits whatever order they
 * came in; minus zero must have been made zero before. A function that returns
 * a double returns NaN where it says there is no answer.
 */
#ifndef SC_MOMENTS_H
#define SC_MOMENTS_H

#include <stdbool.h>
#include <stddef.h>

/* Ascending. */
extern void sc_sort_numbers(double *numbers, size_t count);

/*
 * Sums of powers of the deviations from the mean, free of overflow and
 * underflow: a deviation is taken of values times 2^-exponent and scaled
 * again, so that the largest lies between 1/2 and 2.
 */
typedef struct sc_moments
{
	size_t		count;
	double		least;
	double		greatest;
	/* private */
	double		scale;			/* 2^-exponent */
	double		centre;			/* mean of the scaled values, rounded */
	double		spread;			/* scales deviations, a power of two */
	double		remainder;		/* what rounding left of the mean deviation */
	double		squares;
	double		cubes;
	double		fourths;
} sc_moments;

/* Of none: count 0, and no other function has an answer. */
extern sc_moments sc_moments_of(const double *sorted, size_t count);

/* Within the least and the greatest value; NaN of none. */
extern double sc_mean(const sc_moments *moments);

/* Over n (population) or n - 1 (sample): then NaN of less than two. Infinite if beyond double. */
extern double sc_standard_deviation(const sc_moments *moments, bool population);

/* (value - mean) / standard deviation; NaN where that is 0 or NaN. Right also if the deviation is beyond double. */
extern double sc_standardised(const sc_moments *moments, double value, bool population);

/*
 * G1 = sqrt(n (n - 1)) / (n - 2) * m3 / m2^1.5, as spreadsheets compute SKEW
 * (Joanes and Gill 1998, type 2). NaN of less than three, or if all are equal.
 */
extern double sc_skewness(const sc_moments *moments);

/*
 * G2 = (n - 1) / ((n - 2) (n - 3)) * ((n + 1) (m4 / m2^2 - 3) + 6), as
 * spreadsheets compute KURT: 0 for a normal distribution (type 2). NaN of less
 * than four, or if all are equal.
 */
extern double sc_kurtosis(const sc_moments *moments);

/* ---- weighted ---- */

/* The weight is above 0. */
typedef struct sc_weighted
{
	double		value;
	double		weight;
} sc_weighted;

/* Ascending by value, then by weight. */
extern void sc_sort_weighted(sc_weighted *numbers, size_t count);

/*
 * The least value whose cumulative weight exceeds the fraction of the total;
 * where one attains it exactly (within 1e-12 of the total: sums of weights
 * leave dust), the mean of it and the next. Fraction 0 is the least value, 1
 * the greatest. count is above 0, the fraction between 0 and 1.
 */
extern double sc_weighted_quantile(const sc_weighted *sorted, size_t count, double fraction);

#endif
