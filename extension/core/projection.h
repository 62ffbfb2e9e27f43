/*
 * projection.h
 *		Where a series leads, by each of the published methods.
 */
#ifndef SC_PROJECTION_H
#define SC_PROJECTION_H

#include "reason.h"
#include "series.h"

#define SC_PROJECTION_LIST(X) \
	X(SC_PROJECT_LINEAR, "linear") \
	X(SC_PROJECT_GROWTH, "growth") \
	X(SC_PROJECT_LAST_CHANGES, "last_changes") \
	X(SC_PROJECT_LEAST_SQUARES, "least_squares") \
	X(SC_PROJECT_WEIGHTED_LEAST_SQUARES, "weighted_least_squares") \
	X(SC_PROJECT_LAST_VALUE, "last_value")

/*
 * linear: the line from the start through the latest value (SDG reports).
 * growth: compound growth from the start to the latest value, continued (UNSD).
 * last_changes: latest value + mean of the last k yearly changes per year
 *		(Destatis: k = 5); at least four values.
 * least_squares: the line that fits all values best; at least two.
 * weighted_least_squares: the same, the i-th value in order of time having
 *		weight i, so that recent years count more (ESCAP); at least two.
 * last_value: no change.
 * The start is the baseline, or else the first value.
 */
typedef enum sc_projection_method
{
#define SC_PROJECTION_KIND(kind, word) kind,
	SC_PROJECTION_LIST(SC_PROJECTION_KIND)
#undef SC_PROJECTION_KIND
	SC_PROJECTION_COUNT
} sc_projection_method;

extern const char *sc_projection_word(sc_projection_method method);
extern bool sc_projection_from_word(const char *word, size_t length, sc_projection_method *method);

#define SC_LAST_CHANGES 5
#define SC_LAST_CHANGES_MIN_VALUES 4

typedef struct sc_projection_input
{
	const sc_series *series;
	int			first;			/* usable values: first .. last, at least one */
	int			last;
	bool		has_baseline;
	double		baseline;
	sc_date		baseline_on;
	int			changes;		/* k of last_changes, at least 1 */
} sc_projection_input;

/*
 * Value on a date by a method, or the reason why there is none:
 * SC_SINGLE_OBSERVATION, SC_NO_TIME_ELAPSED, SC_TOO_FEW_OBSERVATIONS,
 * SC_GROWTH_UNDEFINED, SC_OUT_OF_RANGE.
 */
extern sc_reason sc_project(const sc_projection_input *input, sc_projection_method method,
							sc_date on, double *value);

#endif
