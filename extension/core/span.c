/*
 * span.c
 *		See span.h.
 */
#include "span.h"

#include <math.h>

/* Steps are counted in months, which are whole for month ends; days leave a little dust. */
#define MONTH_DUST 1e-6

/* Do observations first .. last lie at equal steps from the end of the day before the span? */
static bool
at_equal_steps(const sc_series *series, int first, int last, double begin)
{
	double		step = sc_date_months(sc_series_date(series, first)) - begin;

	for (int i = first; i <= last; i++)
		if (fabs(sc_date_months(sc_series_date(series, i)) - begin - (i - first + 1) * step) > MONTH_DUST)
			return false;
	return true;
}

static double
sum_of(const sc_series *series, int first, int last)
{
	double		sum = 0;

	for (int i = first; i <= last; i++)
		sum += sc_series_value(series, i);
	return sum;
}

/* Compounded average of yearly rates in per cent. */
static sc_reason
average_growth(const sc_series *series, int first, int last, double *average)
{
	double		logs = 0;

	for (int i = first; i <= last; i++)
	{
		double		rate = sc_series_value(series, i);

		if (rate <= -100)
			return SC_GROWTH_UNDEFINED;
		logs += log1p(rate / 100);
	}
	*average = 100 * expm1(logs / (last - first + 1));
	return SC_NO_REASON;
}

static sc_reason
value_so_far(const sc_path *path, const sc_series *series, int first, int last, double *value)
{
	switch (path->role)
	{
		case SC_TOTAL:
			*value = sum_of(series, first, last);
			break;
		case SC_AVERAGE:
			*value = sum_of(series, first, last) / (last - first + 1);
			break;
		case SC_AVERAGE_GROWTH:
			return average_growth(series, first, last, value);
		default:
			*value = sc_series_value(series, last);
			if (first > 0 && (!path->has_baseline ||
							  sc_series_date(series, first - 1) >= path->baseline_on))
				*value -= sc_series_value(series, first - 1);
			else if (path->has_baseline)
				*value -= path->baseline;
			else
				return SC_NO_BASELINE;
	}
	return SC_NO_REASON;
}

/* What the share 1 - elapsed must bring, so that the whole meets the bound. */
static double
rest(const sc_path *path, double bound, double so_far, double elapsed)
{
	if (elapsed >= 1)
		return NAN;
	switch (path->role)
	{
		case SC_AVERAGE:
			return (bound - elapsed * so_far) / (1 - elapsed);
		case SC_AVERAGE_GROWTH:
			if (bound <= -100)
				return NAN;
			return 100 * expm1((log1p(bound / 100) - elapsed * log1p(so_far / 100)) / (1 - elapsed));
		default:
			return bound - so_far;
	}
}

sc_reason
sc_span_evaluate(const sc_path *path, const sc_target *target, double met_bound,
				 const sc_series *series, sc_date as_of, sc_span *span)
{
	double		begin = sc_date_months(target->span_start - 1);
	double		length = sc_date_months(target->due) - begin;
	sc_date		until = as_of < target->due ? as_of : target->due;
	int			first = series == NULL ? 0 : sc_series_latest(series, target->span_start - 1) + 1;
	int			last = series == NULL ? -1 : sc_series_latest(series, until);
	sc_reason	reason;

	span->count = last - first + 1;
	if (span->count <= 0)
	{
		span->count = 0;
		return as_of < target->span_start ? SC_SPAN_NOT_BEGUN : SC_SPAN_INCOMPLETE;
	}
	span->observed_on = sc_series_date(series, last);
	if (!at_equal_steps(series, first, last, begin))
		return SC_SPAN_INCOMPLETE;
	reason = value_so_far(path, series, first, last, &span->so_far);
	if (reason != SC_NO_REASON)
		return reason;
	if (span->so_far == 0)
		span->so_far = 0;
	span->complete = span->observed_on == target->due;
	span->elapsed = span->complete ? 1 : (sc_date_months(span->observed_on) - begin) / length;
	span->projected = path->role == SC_TOTAL || path->role == SC_CHANGE ?
		span->so_far / span->elapsed : span->so_far;
	span->required_rest = rest(path, met_bound, span->so_far, span->elapsed);
	return isfinite(span->so_far) && isfinite(span->projected) ? SC_NO_REASON : SC_OUT_OF_RANGE;
}
