/*
 * outliers.c
 *		See outliers.h.
 *
 * Invariant of winsorising: `work` holds the values brought within low and
 * high, ascending, and skewness_after and kurtosis_after are theirs.
 */
#include "outliers.h"

#include <math.h>
#include <string.h>

/* What the logarithms of the COIN tool add, so that the least value has one. */
#define SHIFT 0.01

/* Skewness and kurtosis together tell nothing of fewer. */
#define FEWEST_VALUES 4

/* ------------------------------------------------------------- transforms */

static const char *const transform_words[] = {"none", "log_ct", "log_ct_orig", "log_ct_plus", "log_gii"};

bool
sc_transform_from_word(const char *word, long length, sc_transform *transform)
{
	for (int i = SC_TRANSFORM_NONE; i <= SC_LOG_GII; i++)
		if ((long) strlen(transform_words[i]) == length && memcmp(word, transform_words[i], (size_t) length) == 0)
		{
			*transform = i;
			return true;
		}
	return false;
}

const char *
sc_transform_word(sc_transform transform)
{
	return transform_words[transform];
}

bool
sc_fit_transform(sc_transform transform, const sc_moments *moments, sc_fitted_transform *fitted)
{
	fitted->transform = transform;
	fitted->least = moments->least;
	fitted->greatest = moments->greatest;
	fitted->mirrored = transform == SC_LOG_CT_PLUS && sc_skewness(moments) < 0;
	if (moments->count == 0)
		return false;
	if (transform == SC_LOG_GII && moments->greatest <= 1)
		return false;
	return transform == SC_TRANSFORM_NONE || transform == SC_LOG_CT_ORIG || moments->least != moments->greatest;
}

/*
 * ln(|x - end| + 0.01 |other - end|). A range beyond double is quartered; one
 * so small that a hundredth of it would lose its digits is stretched.
 */
static double
log_of_distance(double x, double end, double other)
{
	double		range = fabs(other - end);
	double		unit = !isfinite(range) ? 0x1p-2 : range < 0x1p-900 ? 0x1p500 : 1;

	return log(fabs(x * unit - end * unit) + SHIFT * fabs(other * unit - end * unit)) - log(unit);
}

static double
log_one_and(double x, double least)
{
	double		above = x - least;

	return isfinite(above) ? log1p(above) : log(x / 4 - least / 4 + 0.25) + log(4);
}

/* (max - 1) (x - min) / (max - min), the share first: it cannot overflow when halved. */
static double
gii_argument(double x, double least, double greatest)
{
	double		range = greatest - least;
	double		share = isfinite(range) ? (x - least) / range : (x / 2 - least / 2) / (greatest / 2 - least / 2);

	return (greatest - 1) * share;
}

double
sc_transformed(const sc_fitted_transform *fitted, double value)
{
	switch (fitted->transform)
	{
		case SC_LOG_CT:
			return log_of_distance(value, fitted->least, fitted->greatest);
		case SC_LOG_CT_ORIG:
			return log_one_and(value, fitted->least);
		case SC_LOG_CT_PLUS:
			if (fitted->mirrored)
				return -log_of_distance(value, fitted->greatest, fitted->least);
			return log_of_distance(value, fitted->least, fitted->greatest);
		case SC_LOG_GII:
			return log1p(gii_argument(value, fitted->least, fitted->greatest));
		default:
			return value;
	}
}

/* ------------------------------------------------------------ winsorising */

/* How many values, from the low end, are below a number, or, with `equal`, at or below it. */
static size_t
count_up_to(const double *sorted, size_t count, double number, bool equal)
{
	size_t		low = 0,
				high = count;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (equal ? sorted[middle] <= number : sorted[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The value next inside the `winsorised`-th from that end; that end's opposite if there is none. */
static double
next_inside(const double *sorted, size_t count, size_t winsorised, bool high)
{
	size_t		at;

	if (winsorised >= count)
		return high ? sorted[0] : sorted[count - 1];
	if (high)
	{
		at = count_up_to(sorted, count, sorted[count - winsorised], false);
		return sorted[at > 0 ? at - 1 : 0];
	}
	at = count_up_to(sorted, count, sorted[winsorised - 1], true);
	return sorted[at < count ? at : count - 1];
}

double
sc_winsor_bound(const double *sorted, size_t count, size_t winsorised, bool high)
{
	double		opposite = high ? sorted[0] : sorted[count - 1];
	double		bound;

	if (winsorised == 0 || sorted[0] == sorted[count - 1])
		return high ? sorted[count - 1] : sorted[0];
	bound = next_inside(sorted, count, winsorised, high);
	if (bound != opposite)
		return bound;
	/* all would be equal: the last bound before that */
	return high ? sorted[count_up_to(sorted, count, opposite, true)] :
		sorted[count_up_to(sorted, count, opposite, false) - 1];
}

/* -------------------------------------------------------------- treatment */

static bool
passes(double skewness, double kurtosis, const sc_treatment_rule *rule)
{
	return fabs(skewness) < rule->skewness_limit || kurtosis < rule->kurtosis_limit;
}

/* Judges the column that `work` holds. */
static void
judge(sc_treatment *t, const sc_treatment_rule *rule, const double *work)
{
	sc_moments	moments = sc_moments_of(work, t->count);

	t->skewness_after = sc_skewness(&moments);
	t->kurtosis_after = sc_kurtosis(&moments);
	t->still_failing = !passes(t->skewness_after, t->kurtosis_after, rule);
}

void
sc_treatment_begin(sc_treatment *t, const double *sorted, size_t count, const sc_treatment_rule *rule, double *work)
{
	memset(t, 0, sizeof(*t));
	t->count = count;
	t->low = count > 0 ? sorted[0] : NAN;
	t->high = count > 0 ? sorted[count - 1] : NAN;
	if (count > 0)
		memcpy(work, sorted, sizeof(double) * count);
	judge(t, rule, work);
	if (count < FEWEST_VALUES)
		t->reason = SC_TOO_FEW_VALUES;
	else if (t->low == t->high)
		t->reason = SC_ALL_VALUES_EQUAL;
	if (t->reason != SC_NO_REASON)
		t->still_failing = false;
	t->passed = !t->still_failing;
	t->skewness = t->skewness_after;
	t->kurtosis = t->kurtosis_after;
}

bool
sc_treatment_winsorise(sc_treatment *t, const sc_treatment_rule *rule, double *work)
{
	bool		high = t->skewness_after >= 0;
	double		bound;
	size_t		at;

	if (!t->still_failing || t->winsorised_low + t->winsorised_high >= (size_t) rule->winsorise_limit)
		return false;
	bound = next_inside(work, t->count, 1, high);
	if (bound == (high ? t->low : t->high))
		return false;
	if (high)
	{
		at = count_up_to(work, t->count, bound, true);
		t->high = bound;
		t->winsorised_high = t->count - at;
		for (size_t i = at; i < t->count; i++)
			work[i] = bound;
	}
	else
	{
		at = count_up_to(work, t->count, bound, false);
		t->low = bound;
		t->winsorised_low = at;
		for (size_t i = 0; i < at; i++)
			work[i] = bound;
	}
	judge(t, rule, work);
	return true;
}

/* The column as it was. */
static void
undo_winsorising(sc_treatment *t, const double *sorted)
{
	t->low = sorted[0];
	t->high = sorted[t->count - 1];
	t->winsorised_low = t->winsorised_high = 0;
	t->skewness_after = t->skewness;
	t->kurtosis_after = t->kurtosis;
}

void
sc_treatment_finish(sc_treatment *t, const double *sorted, const sc_treatment_rule *rule, double *work)
{
	sc_moments	moments;

	if (!t->still_failing)
		return;
	if (rule->transform == SC_TRANSFORM_NONE)
	{
		t->reason = SC_NO_TRANSFORM;
		return;
	}
	undo_winsorising(t, sorted);
	moments = sc_moments_of(sorted, t->count);
	if (!sc_fit_transform(rule->transform, &moments, &t->fitted))
	{
		t->fitted.transform = SC_TRANSFORM_NONE;
		t->reason = SC_TRANSFORM_UNDEFINED;
		return;
	}
	for (size_t i = 0; i < t->count; i++)
		work[i] = sc_transformed(&t->fitted, sorted[i]);
	judge(t, rule, work);
	if (t->still_failing)
		t->reason = SC_TRANSFORM_NOT_ENOUGH;
}

double
sc_treated_value(const sc_treatment *t, double value)
{
	if (t->fitted.transform != SC_TRANSFORM_NONE)
		return sc_transformed(&t->fitted, value);
	return fmin(fmax(value, t->low), t->high);
}
