/*
 * window.h
 *		What a stretch of a series comes to: sums, means, growth, shares.
 *
 * Values and sums are in the indicator's unit, growth and shares plain ratios
 * unless per cent is said. A function that returns a double returns NaN where
 * it says there is no answer; a result beyond double is not finite. Sums carry
 * their rounding errors along (Neumaier 1974), so ten times 0.1 is 1.
 */
#ifndef SC_WINDOW_H
#define SC_WINDOW_H

#include "path.h"
#include "period.h"
#include "series.h"

/* Points that follow each other; count may be 0. */
typedef struct sc_window
{
	int			first;
	int			count;
} sc_window;

/* The points from one date to another, both included; the dates may be unusable ones. Empty if `to` is earlier. */
extern sc_window sc_window_between(const sc_series *series, sc_date from, sc_date to);

/* NaN for an empty window. A mean is always within its values. */
extern double sc_window_sum(const sc_series *series, sc_window window);
extern double sc_window_mean(const sc_series *series, sc_window window);

/* Each point with the sum up to it, into room for window.count; false if one is beyond double. */
extern bool sc_window_running_sums(const sc_series *series, sc_window window, sc_point *points);

/* ---- one value per period ---- */

typedef enum sc_resample
{
	SC_RESAMPLE_LAST,
	SC_RESAMPLE_FIRST,
	SC_RESAMPLE_SUM,
	SC_RESAMPLE_MEAN,
	SC_RESAMPLE_MIN,
	SC_RESAMPLE_MAX
} sc_resample;

/* "last", "first", "sum", "mean", "min", "max"; false for any other word. */
extern bool sc_resample_from_word(const char *word, sc_resample *how);

/*
 * One point for each period with a value, dated on its last day, into room
 * for series->count. Returns their number, or -1 if a sum is beyond double.
 */
extern int	sc_window_resample(const sc_series *series, sc_period_unit unit, sc_resample how, sc_point *points);

/* ---- from one date to another ---- */

/* The value on `to` less that on `from`. NaN unless both days have one. */
extern double sc_window_change(const sc_series *series, sc_date from, sc_date to);

/* The change over |value on `from`|, so its sign is that of the change. NaN also for 0 on `from`. */
extern double sc_window_relative_change(const sc_series *series, sc_date from, sc_date to);

/*
 * Compound growth per year of sc_years_between: (y / x)^(1 / years) - 1, its
 * sign turned where both are negative, so that a rise is positive (Statistics
 * Canada). NaN unless both days have a value, both values have one sign and
 * are not 0, and `from` lies before `to`.
 */
extern double sc_window_growth(const sc_series *series, sc_date from, sc_date to);

/*
 * Average of yearly rates in per cent, in per cent: compounded, or the plain
 * mean. NaN for an empty window and, compounded, for a rate of -100 or less.
 */
extern double sc_window_average_growth(const sc_series *series, sc_window window, bool compounded);

/* ---- within the year ---- */

/* The sum from the first day of the year of as_of (a usable date) up to as_of. NaN without a value there. */
extern double sc_year_to_date(const sc_series *series, sc_date as_of);

/*
 * Which share of a year's sum is usually reached on the day of as_of: the mean
 * over the complete ones among the `years` years before that of as_of. A year
 * is complete if it has values in as many months as the year of the series up
 * to as_of that has them in most. A year that sums to 0 is left out. NaN if no
 * year remains.
 */
extern double sc_year_share(const sc_series *series, sc_date as_of, int years);

/*
 * The year to date over the share usually reached on the day of its latest
 * value: a month not yet reported counts as not yet reached. NaN where either
 * is, or if the share is 0.
 */
extern double sc_year_estimate(const sc_series *series, sc_date as_of, int years);

/*
 * What the share 1 - elapsed of a span must bring, so that the whole comes to
 * the target: total and change target - so_far; average (target - elapsed *
 * so_far) / (1 - elapsed); average_growth the same compounded, in per cent,
 * NaN for a rate of -100 or less. elapsed is at least 0 and less than 1, the
 * role none but these four.
 */
extern double sc_required_rest(sc_role role, double target, double so_far, double elapsed);

#endif
