/*
 * collected.h
 *		The state of aggregates that keep every value until the end.
 *
 * A state holds rows of one or two numbers and parameters that all rows share.
 * It is never changed after it was filled: final functions work on a copy.
 */
#ifndef SCORECARD_COLLECTED_H
#define SCORECARD_COLLECTED_H

#include "fmgr.h"
#include "report.h"

#define COLLECTED_PARAMETERS 4

typedef struct Collected
{
	StateKind	kind;
	bool		has_parameters;
	int64		count;			/* rows */
	int64		room;
	double	   *numbers;		/* of one row after the other */
	double		parameters[COLLECTED_PARAMETERS];
} Collected;

/* What the states of one aggregate hold. */
typedef struct CollectedShape
{
	StateKind	kind;
	int			width;			/* numbers in a row */
	int			n_parameters;
	const char *names[COLLECTED_PARAMETERS];
	/* are these the parameters, and is this a row, that a transition would have let pass? */
	bool		(*good_parameters) (const double *parameters);
	bool		(*good_row) (const double *row);
} CollectedShape;

/* Argument 0, a new state if it is null. Raises 0A000 outside an aggregate, 22023 for another kind. */
extern Collected *collected_state(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function);

/* Raises 22023 if an earlier row had others. */
extern void collected_parameters(Collected *state, const CollectedShape *shape, const double *parameters);

/* Raises 54000 beyond 2^31 - 1 rows. */
extern void collected_add(Collected *state, const CollectedShape *shape, const double *row);

/* Argument 0 of a final function, NULL if there is no row. */
extern const Collected *collected_final(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function);

/* The numbers, to be changed, in the current memory context. */
extern double *collected_copy(const Collected *state, const CollectedShape *shape);

/* Whole combine, serial and deserial functions. */
extern Datum collected_combine(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function);
extern Datum collected_serialize(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function);
extern Datum collected_deserialize(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function);

#endif
