/*
 * growth.h
 *		Compound growth.
 */
#ifndef SC_GROWTH_H
#define SC_GROWTH_H

#include <math.h>

/*
 * (to / from)^(1 / years) - 1, a plain ratio per year; from and to have one
 * sign, years are above 0. Computed from the difference, so that 100 -> 101.5
 * in a year is 0.015 and small rates keep their digits.
 */
static inline double
sc_compound_growth(double from, double to, double years)
{
	double		change = (to - from) / from;

	if (years == 1)
		return change;
	if (!isfinite(change))
		return pow(to / from, 1 / years) - 1;
	return expm1(log1p(change) / years);
}

#endif
