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
	sc_date		observed_on;	/* of the latest of them */
	double		so_far;
	double		elapsed;		/* share of the span from its start to observed_on, 0..1 */
	bool		complete;		/* equal steps, the last on the span's last day */
	double		projected;		/* averages: so_far; total, change: so_far / elapsed */
	double		required_rest;	/* what the rest must deliver for the bound; NaN when complete or undefined */
} sc_span;

/*
 * The span of a target as of a date, met_bound being the bound to reach.
 * SC_NO_REASON, or why there is no value: SC_SPAN_NOT_BEGUN, SC_SPAN_INCOMPLETE
 * (no observation, or not at equal steps from the span's start),
 * SC_NO_BASELINE (a change from nothing known), SC_GROWTH_UNDEFINED (a rate of
 * -100 % or less), SC_OUT_OF_RANGE. `count` is set in every case.
 */
extern sc_reason sc_span_evaluate(const sc_path *path, const sc_target *target, double met_bound,
								  const sc_series *series, sc_date as_of, sc_span *span);

#endif
