/*
 * score.c
 *		See score.h.
 */
#include "score.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool
sc_log_goalpost_score(double value, double worst, double best, double *score)
{
	if (value <= 0)
		return false;
	*score = 100 * ((log(value) - log(worst)) / (log(best) - log(worst)));
	return true;
}

double
sc_z_score(double value, double mean, double sd, double score_mean, double score_sd, bool downward)
{
	double		away = downward ? mean - value : value - mean;

	/* halved, a difference of finite numbers is finite */
	if (!isfinite(away))
		return score_mean + 2 * score_sd * ((downward ? mean / 2 - value / 2 : value / 2 - mean / 2) / sd);
	return score_mean + score_sd * (away / sd);
}

/* 70 + 60 (value - Min) / (Max - Min) with the reference in the middle. */
double
sc_ampi_score(double value, double reference, double least, double greatest, bool downward)
{
	return sc_z_score(value, reference, greatest - least, 100, 60, downward);
}

double
sc_rescale(double score, double lowest, double highest)
{
	if (score == 100)
		return highest;
	return lowest + (highest - lowest) * (score / 100);
}

double
sc_comparable_score(double score)
{
	char		digits[32];

	snprintf(digits, sizeof(digits), "%.11e", score);
	return strtod(digits, NULL);
}

double
sc_box_cox(double value, double lambda)
{
	double		logarithm = log(value);
	double		exponent = lambda * logarithm;

	/* so small that exp(exponent) - 1 is the exponent to the last bit, or has lost its digits */
	if (fabs(exponent) < 0x1p-54)
		return logarithm;
	return expm1(exponent) / lambda;
}

double
sc_steps_score(double value, const double *thresholds, const double *points, int count)
{
	int			low = 0,
				high = count;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (thresholds[middle] <= value)
			low = middle + 1;
		else
			high = middle;
	}
	return points[low];
}

static double
level(const sc_leaf_target *target, bool upward, double value)
{
	double		bound = upward ? target->band.low : target->band.high;

	if (upward)
		return 100 * value / bound;
	return value > 0 ? 100 * bound / value : NAN;
}

static double
distance(const sc_leaf_target *target, double value)
{
	const sc_band *band = &target->band;
	double		bound = target->direction == SC_DOWN ? band->high : band->low;
	double		way;

	if (target->direction == SC_KEEP)
	{
		way = sc_band_outside(band, target->baseline);
		return way > 0 ? 100 * (1 - sc_band_outside(band, value) / way) : NAN;
	}
	way = bound - target->baseline;
	if (way == 0)
		return NAN;
	return 100 * (target->direction == SC_DOWN ? -1 : 1) * (value - target->baseline) / fabs(way);
}

double
sc_target_score(const sc_leaf_target *target, double value, double *raw)
{
	bool		met = sc_band_judge(&target->band, target->direction, value) != SC_NOT_MET;
	bool		upward = target->direction == SC_UP ||
		(target->direction == SC_KEEP && value <= target->band.low);

	if (target->measure == SC_MEASURE_MET || (met && target->direction == SC_KEEP))
		*raw = met ? 100 : 0;
	else if (target->measure == SC_MEASURE_LEVEL)
		*raw = level(target, upward, value);
	else
		*raw = distance(target, value);
	if (met)
		return 100;
	/* baseline and bound coincide, and the value is off: nothing of the way is covered */
	return isnan(*raw) ? 0 : sc_clamp_score(*raw);
}
