/*
 * running_sum.h
 *		A sum that carries its rounding errors along.
 */
#ifndef SC_RUNNING_SUM_H
#define SC_RUNNING_SUM_H

#include <math.h>

/*
 * Neumaier's summation (1974): `lost` gathers what each addition rounds away,
 * exactly (the smaller operand less the part of it that arrived). After an
 * overflow both are useless, and their sum is not finite. Begins as {0, 0}.
 */
typedef struct sc_running_sum
{
	double		sum;
	double		lost;
} sc_running_sum;

static inline void
sc_sum_add(sc_running_sum *total, double x)
{
	double		sum = total->sum + x;

	if (fabs(total->sum) >= fabs(x))
		total->lost += (total->sum - sum) + x;
	else
		total->lost += (x - sum) + total->sum;
	total->sum = sum;
}

static inline double
sc_sum_value(const sc_running_sum *total)
{
	return total->sum + total->lost;
}

#endif
