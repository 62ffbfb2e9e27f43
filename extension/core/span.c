/*
 * span.c
 *		See span.h.
 */
#include "span.h"

#include <math.h>

/* Steps are counted in months, which are whole for month ends; days leave a little dust. */
#define MONTH_DUST 1e-6

/* Do observations first .. last lie at equal steps of months from the end of the day before the span, or of days? */
static bool
at_equal_steps(const sc_series *series, int first, int last, sc_date before)
{
	double		begin = sc_date_months(before);
	double		months = sc_date_months(sc_series_date(series, first)) - begin;
	sc_date		days = sc_series_date(series, first) - before;
	bool		by_months = true,
				by_days = true;

	for (int i = first; i <= last && (by_months || by_days); i++)
	{
		sc_date		date = sc_series_date(series, i);
		int			steps = i - first + 1;

		by_months = by_months && fabs(sc_date_months(date) - begin - steps * months) <= MONTH_DUST;
		by_days = by_days && date - before == (int64_t) steps * days;
	}
	return by_months || by_days;
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

sc_reason
sc_span_evaluate(const sc_path *path, const sc_target *target,
				 const sc_series *series, sc_date as_of, sc_span *span)
{
	sc_date		before = target->span_start - 1;
	double		begin = sc_date_months(before);
	double		length = sc_date_months(target->due) - begin;
	sc_date		until = as_of < target->due ? as_of : target->due;
	sc_date		unused = path->has_baseline && path->baseline_on - 1 > before ? path->baseline_on - 1 : before;
	int			first = series == NULL ? 0 : sc_series_latest(series, unused) + 1;
	int			last = series == NULL ? -1 : sc_series_latest(series, until);
	sc_reason	reason;

	*span = (sc_span) {.count = last - first + 1};
	if (span->count <= 0)
	{
		span->count = 0;
		return as_of < target->span_start ? SC_SPAN_NOT_BEGUN : SC_SPAN_INCOMPLETE;
	}
	span->observed_on = sc_series_date(series, last);
	reason = value_so_far(path, series, first, last, &span->so_far);
	if (reason != SC_NO_REASON)
		return reason;
	if (!isfinite(span->so_far))
		return SC_OUT_OF_RANGE;
	if (span->so_far == 0)
		span->so_far = 0;
	span->has_value = true;
	if (!at_equal_steps(series, first, last, before))
		return SC_SPAN_INCOMPLETE;
	span->complete = span->observed_on == target->due;
	span->elapsed = span->complete ? 1 : (sc_date_months(span->observed_on) - begin) / length;
	span->projected = path->role == SC_TOTAL || path->role == SC_CHANGE ?
		span->so_far / span->elapsed : span->so_far;
	return isfinite(span->projected) ? SC_NO_REASON : SC_OUT_OF_RANGE;
}

bool
sc_span_expected(const sc_path *path, const sc_target *target, sc_date date, double *expected)
{
	sc_band		band = sc_target_band(target);
	double		begin = sc_date_months(target->span_start - 1);
	double		far;

	if (date < target->span_start)
		return false;
	sc_band_edges(&band, path->direction, false, 0, expected, &far);
	if (date < target->due && (path->role == SC_TOTAL || path->role == SC_CHANGE))
		*expected *= (sc_date_months(date) - begin) / (sc_date_months(target->due) - begin);
	return true;
}
