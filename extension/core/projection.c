/*
 * projection.c
 *		See projection.h.
 */
#include "projection.h"

#include <math.h>
#include <string.h>

static const char *const words[] = {
#define SC_PROJECTION_WORD(kind, word) word,
	SC_PROJECTION_LIST(SC_PROJECTION_WORD)
#undef SC_PROJECTION_WORD
};

const char *
sc_projection_word(sc_projection_method method)
{
	return words[method];
}

bool
sc_projection_from_word(const char *word, size_t length, sc_projection_method *method)
{
	for (int i = 0; i < SC_PROJECTION_COUNT; i++)
		if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
		{
			*method = i;
			return true;
		}
	return false;
}

/* Mean of the last k changes per year between neighbours. */
static sc_reason
project_last_changes(const sc_projection_input *in, double years, double *value)
{
	int			changes = in->last - in->first;
	double		sum = 0;

	if (changes + 1 < SC_LAST_CHANGES_MIN_VALUES)
		return SC_TOO_FEW_OBSERVATIONS;
	if (changes > in->changes)
		changes = in->changes;
	for (int i = in->last; i > in->last - changes; i--)
		sum += (sc_series_value(in->series, i) - sc_series_value(in->series, i - 1)) /
			sc_years_between(sc_series_date(in->series, i - 1), sc_series_date(in->series, i));
	*value = sc_series_value(in->series, in->last) + sum / changes * years;
	return SC_NO_REASON;
}

/*
 * Weighted least squares in centred form: slope = sum w (t - T)(y - Y) / sum w
 * (t - T)^2 around the weighted means T and Y, which keeps what cancels small.
 */
static sc_reason
project_least_squares(const sc_projection_input *in, bool weighted, sc_date on, double *value)
{
	sc_date		origin = sc_series_date(in->series, in->last);
	double		weights = 0,
				mean_t = 0,
				mean_y = 0,
				square = 0,
				product = 0;

	if (in->last == in->first)
		return SC_SINGLE_OBSERVATION;
	for (int pass = 0; pass < 2; pass++)
	{
		for (int i = in->first; i <= in->last; i++)
		{
			double		w = weighted ? i - in->first + 1 : 1;
			double		t = sc_years_between(origin, sc_series_date(in->series, i));
			double		y = sc_series_value(in->series, i);

			if (pass == 0)
			{
				weights += w;
				mean_t += w * t;
				mean_y += w * y;
			}
			else
			{
				square += w * (t - mean_t) * (t - mean_t);
				product += w * (t - mean_t) * (y - mean_y);
			}
		}
		if (pass == 0)
		{
			mean_t /= weights;
			mean_y /= weights;
		}
	}
	*value = mean_y + product / square * (sc_years_between(origin, on) - mean_t);
	return SC_NO_REASON;
}

sc_reason
sc_project(const sc_projection_input *in, sc_projection_method method, sc_date on, double *value)
{
	double		latest = sc_series_value(in->series, in->last);
	sc_date		latest_on = sc_series_date(in->series, in->last);
	double		start = in->has_baseline ? in->baseline : sc_series_value(in->series, in->first);
	sc_date		start_on = in->has_baseline ? in->baseline_on : sc_series_date(in->series, in->first);
	double		gone = sc_years_between(start_on, latest_on);
	double		ahead = sc_years_between(latest_on, on);
	sc_reason	reason = SC_NO_REASON;

	if ((method == SC_PROJECT_LINEAR || method == SC_PROJECT_GROWTH) && gone <= 0)
		return in->has_baseline ? SC_NO_TIME_ELAPSED : SC_SINGLE_OBSERVATION;
	switch (method)
	{
		case SC_PROJECT_LINEAR:
			*value = latest_on == on ? latest :
				start + (latest - start) * sc_years_between(start_on, on) / gone;
			break;
		case SC_PROJECT_GROWTH:
			if (!((start > 0 && latest > 0) || (start < 0 && latest < 0)))
				return SC_GROWTH_UNDEFINED;
			*value = latest * pow(latest / start, ahead / gone);
			break;
		case SC_PROJECT_LAST_CHANGES:
			reason = project_last_changes(in, ahead, value);
			break;
		case SC_PROJECT_LEAST_SQUARES:
			reason = project_least_squares(in, false, on, value);
			break;
		case SC_PROJECT_WEIGHTED_LEAST_SQUARES:
			reason = project_least_squares(in, true, on, value);
			break;
		default:
			*value = latest;
			break;
	}
	if (reason != SC_NO_REASON)
		return reason;
	return isfinite(*value) ? SC_NO_REASON : SC_OUT_OF_RANGE;
}
