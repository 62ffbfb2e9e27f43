/*
 * normalisation.c
 *		See normalisation.h.
 */
#include "normalisation.h"

#include <math.h>

/* Which share of the way from one number to another is covered; halved, a difference of finite numbers is finite. */
static double
share_of_way(double from, double to, double value)
{
	double		way = to - from;

	if (isfinite(way) && isfinite(value - from))
		return (value - from) / way;
	return (value / 2 - from / 2) / (to / 2 - from / 2);
}

double
sc_minmax_score(double value, double least, double greatest, bool downward)
{
	if (least == greatest)
		return NAN;
	return 100 * (downward ? share_of_way(greatest, least, value) : share_of_way(least, greatest, value));
}

double
sc_distance_to_target_score(double value, double least, double greatest, double target, bool downward)
{
	double		worst = downward ? greatest : least;

	if (downward ? target >= worst : target <= worst)
		return NAN;
	return 100 * share_of_way(worst, target, value);
}

double
sc_fraction_of_maximum_score(double value, double greatest)
{
	return greatest != 0 ? 100 * (value / greatest) : NAN;
}

/* ------------------------------------------------------------------ ranks */

/* How many are below the value, or, with `equal`, at or below it. */
static size_t
count_below(const double *sorted, size_t count, double value, bool equal)
{
	size_t		low = 0,
				high = count;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (equal ? sorted[middle] <= value : sorted[middle] < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* How many are worse; *no_better counts those that are equal as well. */
static size_t
count_worse(const double *sorted, size_t count, double value, bool downward, size_t *no_better)
{
	size_t		below = count_below(sorted, count, value, false);
	size_t		up_to = count_below(sorted, count, value, true);

	*no_better = downward ? count - below : up_to;
	return downward ? count - up_to : below;
}

double
sc_rank(const double *sorted, size_t count, double value, bool downward, sc_ties ties)
{
	size_t		no_better;
	size_t		worse = count_worse(sorted, count, value, downward, &no_better);

	return ties == SC_TIES_AVERAGE ? (double) (worse + no_better + 1) / 2 : (double) (worse + 1);
}

double
sc_percentile_rank(const double *sorted, size_t count, double value, bool downward)
{
	size_t		no_better;

	if (count < 2)
		return NAN;
	return 100 * (double) count_worse(sorted, count, value, downward, &no_better) / (double) (count - 1);
}
