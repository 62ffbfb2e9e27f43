/*
 * weighted_sums.h
 *		The state of means, shares and indices over rows, as the glue handles it.
 *
 * A stored value is a sc_sums with its length word set. It is changed in place
 * only as the state of a running aggregate and in its plain form; a state that
 * needs more bins is returned anew, in the per-tuple context, and the executor
 * adopts a copy.
 */
#ifndef SCORECARD_WEIGHTED_SUMS_H
#define SCORECARD_WEIGHTED_SUMS_H

#include "core/sums.h"
#include "report.h"

/* A stored value to read, detoasted; raises XX001 for bytes that are none. */
extern const sc_sums *weighted_sums_of_datum(Datum datum);

/* A copy that may be changed. */
extern sc_sums *weighted_sums_copy(Datum datum);

/* New sums with a first row, in the current memory context. */
extern sc_sums *weighted_sums_begin(sc_sums_kind kind, double parameter, const sc_row *row);

/* The sums in new memory of the current context, as planned. */
extern sc_sums *weighted_sums_moved(const sc_sums *sums, const sc_sums_plan *plan);

/* States of different kinds or parameters met: 22023. */
pg_noreturn extern void report_other_sums(void);

/* Room on the stack for the results of ordinary sums; others take memory. */
#define FEW_DIGITS 768

static inline uint32_t *
digits_for(const sc_sums *sums, uint32_t *few)
{
	size_t		digits = sc_sums_digits(sums);

	return digits <= FEW_DIGITS ? few : (uint32_t *) palloc(sizeof(uint32_t) * digits);
}

/* Argument 0 as sums to change. */
static inline sc_sums *
weighted_sums_to_change(FunctionCallInfo fcinfo)
{
	Datum		datum = PG_GETARG_DATUM(0);

	if (likely(in_aggregate(fcinfo) && VARATT_IS_4B_U(DatumGetPointer(datum))))
		return (sc_sums *) DatumGetPointer(datum);
	return weighted_sums_copy(datum);
}

#endif
