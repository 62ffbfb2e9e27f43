/*
 * span.h
 *		The roles over time: what a span has brought so far, and will bring.
 *
 * Value so far: total is the sum of the values in the span; average their
 * mean; average_growth the compound average of yearly % rates; change the
 * latest value less the last one before the span, or else the baseline.
 */
#ifndef SC_SPAN_H
#define SC_SPAN_H

#include "path.h"
#include "reason.h"
#include "series.h"

typedef struct sc_span
{
	int			count;			/* observations in the span up to as_of */
	bool		has_value;		/* the next two are known; so they are for a span with gaps */
	sc_date		observed_on;	/* of the latest of them */
	double		so_far;
	double		elapsed;		/* share of the span from its start to observed_on, 0..1 */
	bool		complete;		/* equal steps, the last on the span's last day */
	double		projected;		/* averages: so_far; total, change: so_far / elapsed */
} sc_span;

/*
 * The span of a target as of a date. SC_NO_REASON, or why it cannot be judged:
 * SC_SPAN_NOT_BEGUN, SC_SPAN_INCOMPLETE (no observation, or not at equal steps
 * of months or days from the span's start), SC_NO_BASELINE (a change from
 * nothing known), SC_GROWTH_UNDEFINED (a rate of -100 % or less),
 * SC_OUT_OF_RANGE. Observations before the baseline are not used. `count`,
 * `has_value` and `complete` are set in every case.
 */
extern sc_reason sc_span_evaluate(const sc_path *path, const sc_target *target,
								  const sc_series *series, sc_date as_of, sc_span *span);

/*
 * What a target over a span asks for by a date: averages the met bound; total
 * and change its elapsed share, all of it after the last day. False before the
 * span's first day.
 */
extern bool sc_span_expected(const sc_path *path, const sc_target *target, sc_date date, double *expected);

#endif
