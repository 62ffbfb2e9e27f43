/*
 * score.h
 *		From a raw value to a score: 0 is worst or nothing, 100 is best or met.
 *
 * All functions take finite numbers. A result that is not finite is NaN.
 */
#ifndef SC_SCORE_H
#define SC_SCORE_H

#include <float.h>
#include <math.h>

#include "path.h"
#include "reason.h"

/*
 * 100 part / whole, whole above 0: 100 exactly if and only if part is whole,
 * and on its own side of 100 otherwise, which the rounding of a product and a
 * quotient alone does not keep.
 */
static inline double
sc_percent(double part, double whole)
{
	double		percent = 100 * part / whole;

	if (fabs(percent - 100) > 1e-9 && fabs(percent) <= DBL_MAX)
		return percent;
	if (!isfinite(percent))
		percent = 100 * (part / whole);
	if (part == whole)
		return 100;
	if (part < whole)
		return percent >= 100 ? nextafter(100, 0) : percent;
	return percent <= 100 ? nextafter(100, 200) : percent;
}

/*
 * 100 (value - worst) / (best - worst), unclamped: the value itself between 0
 * and 100, and 100 exactly if and only if the value is as far from worst as best.
 * worst > best says "lower is better"; they differ.
 */
static inline double
sc_goalpost_score(double value, double worst, double best)
{
	double		part = worst > best ? worst - value : value - worst;
	double		whole = worst > best ? worst - best : best - worst;

	return whole == 100 ? part : sc_percent(part, whole);
}

/* The same on logarithms: HDI's income index. worst and best above 0; false if value is not. */
extern bool sc_log_goalpost_score(double value, double worst, double best, double *score);

/*
 * Does a computed measure reach a cut-off? What comes out of a few roundings
 * may lie a hair below the cut-off that it is: 2.8 of the way from 1 to 3 is
 * 90 %, not 89.99999999999999 %. Values against bounds are compared exactly.
 */
static inline bool
sc_reaches(double measured, double cutoff)
{
	return measured >= cutoff - 1e-12 * fmax(1, fabs(cutoff));
}

/* The same where the cut-off itself does not count. */
static inline bool
sc_exceeds(double measured, double cutoff)
{
	return measured > cutoff + 1e-12 * fmax(1, fabs(cutoff));
}

/*
 * A finite score rounded to 12 significant digits, for comparing scores with
 * each other: 56, 80.3, 66.4 and 66.4, 80.3, 56 have the same mean, but sums of
 * them differ in the last bit, by their order.
 */
extern double sc_comparable_score(double score);

/* Clamps to 0..100; NaN stays NaN. */
static inline double
sc_clamp_score(double score)
{
	if (score > 100)
		return 100;
	return score <= 0 ? 0 : score;
}

/*
 * score_mean + score_sd (value - mean) / sd, the sign of the difference turned
 * where lower is better. sd and score_sd are above 0. Not finite if the result
 * is beyond double.
 */
extern double sc_z_score(double value, double mean, double sd, double score_mean, double score_sd, bool downward);

/*
 * The adjusted Mazziotta-Pareto index's score of an indicator: 70 to 130
 * between the goalposts reference -/+ (greatest - least) / 2, turned where
 * lower is better, so that the reference scores 100. greatest > least, their
 * difference is finite.
 */
extern double sc_ampi_score(double value, double reference, double least, double greatest, bool downward);

/* A score of 0 to 100 on the scale from lowest to highest: the ends are exact. */
extern double sc_rescale(double score, double lowest, double highest);

/*
 * (value^lambda - 1) / lambda, ln value at lambda 0, accurate also for small
 * lambda (Box and Cox 1964). value is above 0.
 */
extern double sc_box_cox(double value, double lambda);

/*
 * points[k] where k counts the thresholds at or below the value: points has
 * count + 1 entries, the first for values below every threshold. Thresholds
 * ascend strictly.
 */
extern double sc_steps_score(double value, const double *thresholds, const double *points, int count);

typedef enum sc_leaf_measure
{
	SC_MEASURE_UNSAID = 0,
	SC_MEASURE_LEVEL,			/* how full the glass is */
	SC_MEASURE_DISTANCE,		/* how much was poured */
	SC_MEASURE_MET				/* 100 or 0 */
} sc_leaf_measure;

/* A target at its due date, ready to score against. */
typedef struct sc_leaf_target
{
	sc_direction direction;
	sc_leaf_measure measure;
	sc_band		band;
	double		baseline;		/* used by distance only */
} sc_leaf_target;

/*
 * Score of a value against a target: 100 if it meets it. Else by level: up
 * 100 max(0, v)/B, down 100 B/v, keep as up below the band and as down above
 * it. By distance: 100 d (v - b)/|B - b| from 0 to 100, 0 if B = b; keep 100
 * (1 - outside(v)/outside(b)). By met: 0. *raw receives the measure uncapped
 * (NaN if it has none).
 */
extern double sc_target_score(const sc_leaf_target *target, double value, double *raw);

#endif
