/*
 * roll_up.c
 *		Many verdicts in one: counts, share met, the mean of the two worst, and
 *		the path in force among revisions.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/jsonb.h"

#include "compat.h"
#include "core/status.h"
#include "report.h"

/* ------------------------------------------------------------------ counts */

/* The elements of a state; anyone may call a transition function with any array. */
static void *
state_elements(ArrayType *array, Oid type, int size)
{
	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != size ||
		ARR_HASNULL(array) || ARR_ELEMTYPE(array) != type)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the state of this aggregate must be an array of %d numbers", size)));
	return ARR_DATA_PTR(array);
}

static ArrayType *
state_to_change(FunctionCallInfo fcinfo)
{
	return AggCheckCallContext(fcinfo, NULL) ? PG_GETARG_ARRAYTYPE_P(0) : PG_GETARG_ARRAYTYPE_P_COPY(0);
}

SCORECARD_FUNCTION(scorecard_status_count_step);
Datum
scorecard_status_count_step(PG_FUNCTION_ARGS)
{
	ArrayType  *state = state_to_change(fcinfo);
	int64	   *counts = state_elements(state, INT8OID, SC_STATUS_LAST);

	counts[PG_GETARG_CHAR(1) - SC_STATUS_FIRST]++;
	PG_RETURN_ARRAYTYPE_P(state);
}

SCORECARD_FUNCTION(scorecard_status_count_combine);
Datum
scorecard_status_count_combine(PG_FUNCTION_ARGS)
{
	ArrayType  *state = state_to_change(fcinfo);
	int64	   *counts = state_elements(state, INT8OID, SC_STATUS_LAST);
	const int64 *more = state_elements(PG_GETARG_ARRAYTYPE_P(1), INT8OID, SC_STATUS_LAST);

	for (int i = 0; i < SC_STATUS_LAST; i++)
		counts[i] += more[i];
	PG_RETURN_ARRAYTYPE_P(state);
}

SCORECARD_FUNCTION(scorecard_status_counts_final);
Datum
scorecard_status_counts_final(PG_FUNCTION_ARGS)
{
	const int64 *counts = state_elements(PG_GETARG_ARRAYTYPE_P(0), INT8OID, SC_STATUS_LAST);
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < SC_STATUS_LAST; i++)
		appendStringInfo(&text, "%s\"%s\": " INT64_FORMAT, i == 0 ? "{" : ", ",
						 sc_status_word(i + SC_STATUS_FIRST), counts[i]);
	appendStringInfoChar(&text, '}');
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(text.data)));
}

SCORECARD_FUNCTION(scorecard_share_met_final);
Datum
scorecard_share_met_final(PG_FUNCTION_ARGS)
{
	const int64 *counts = state_elements(PG_GETARG_ARRAYTYPE_P(0), INT8OID, SC_STATUS_LAST);
	double		met = (double) counts[SC_STATUS_MET - SC_STATUS_FIRST] + counts[SC_STATUS_EXCEEDED - SC_STATUS_FIRST];
	double		assessed = 0;

	for (int i = SC_STATUS_FIRST; i < SC_STATUS_NOT_YET_ASSESSABLE; i++)
		assessed += counts[i - SC_STATUS_FIRST];
	if (assessed == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(100.0 * met / assessed);
}

/* ---------------------------------------------------------- the two worst */

/* State: number of scores (up to 2), the lowest, the second lowest. */
static void
add_score(double *state, double score)
{
	if (state[0] == 0 || score < state[1])
	{
		state[2] = state[1];
		state[1] = score;
	}
	else if (state[0] == 1 || score < state[2])
		state[2] = score;
	if (state[0] < 2)
		state[0] += 1;
}

SCORECARD_FUNCTION(scorecard_two_worst_step);
Datum
scorecard_two_worst_step(PG_FUNCTION_ARGS)
{
	ArrayType  *state = state_to_change(fcinfo);
	double	   *numbers = state_elements(state, FLOAT8OID, 3);
	double		score = PG_GETARG_FLOAT8(1);

	if (!isfinite(score))
		report_not_finite("a score");
	add_score(numbers, score);
	PG_RETURN_ARRAYTYPE_P(state);
}

SCORECARD_FUNCTION(scorecard_two_worst_combine);
Datum
scorecard_two_worst_combine(PG_FUNCTION_ARGS)
{
	ArrayType  *state = state_to_change(fcinfo);
	double	   *numbers = state_elements(state, FLOAT8OID, 3);
	const double *more = state_elements(PG_GETARG_ARRAYTYPE_P(1), FLOAT8OID, 3);

	if (more[0] >= 1)
		add_score(numbers, more[1]);
	if (more[0] >= 2)
		add_score(numbers, more[2]);
	PG_RETURN_ARRAYTYPE_P(state);
}

SCORECARD_FUNCTION(scorecard_two_worst_final);
Datum
scorecard_two_worst_final(PG_FUNCTION_ARGS)
{
	const double *numbers = state_elements(PG_GETARG_ARRAYTYPE_P(0), FLOAT8OID, 3);

	if (numbers[0] == 0)
		PG_RETURN_NULL();
	if (!isfinite(numbers[1]) || !isfinite(numbers[2]))
		report_not_finite("a score");
	if (numbers[0] == 1)
		PG_RETURN_FLOAT8(numbers[1]);
	/* halves first: the sum of two large scores could overflow */
	PG_RETURN_FLOAT8(numbers[1] / 2 + numbers[2] / 2);
}

/* ---------------------------------------------------------- path in force */

typedef struct ForceState
{
	StateKind	kind;
	DateADT		valid_from;
	struct varlena *path;		/* NULL: none in force so far */
	bool		twice;			/* two paths in force begin on the same day */
} ForceState;

/* (state, path, valid_from, valid_to, on_date) */
SCORECARD_FUNCTION(scorecard_path_in_force_step);
Datum
scorecard_path_in_force_step(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo, "path_in_force_step");
	ForceState *state = aggregate_state(fcinfo, 0, STATE_OF_FORCE);
	DateADT		from;

	if (state == NULL)
		state = aggregate_state_new(context, sizeof(ForceState), STATE_OF_FORCE);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(4))
		PG_RETURN_POINTER(state);
	from = PG_ARGISNULL(2) ? DATEVAL_NOBEGIN : PG_GETARG_DATEADT(2);
	if (from > PG_GETARG_DATEADT(4) || (!PG_ARGISNULL(3) && PG_GETARG_DATEADT(3) < PG_GETARG_DATEADT(4)))
		PG_RETURN_POINTER(state);
	if (state->path != NULL && from <= state->valid_from)
	{
		state->twice = state->twice || from == state->valid_from;
		PG_RETURN_POINTER(state);
	}
	if (state->path != NULL)
		pfree(state->path);
	{
		MemoryContext caller = MemoryContextSwitchTo(context);

		state->path = PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(1));
		MemoryContextSwitchTo(caller);
	}
	state->valid_from = from;
	state->twice = false;
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_path_in_force_final);
Datum
scorecard_path_in_force_final(PG_FUNCTION_ARGS)
{
	ForceState *state;

	(void) aggregate_context(fcinfo, "path_in_force_final");
	state = aggregate_state(fcinfo, 0, STATE_OF_FORCE);
	if (state == NULL || state->path == NULL)
		PG_RETURN_NULL();
	if (state->twice)
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("two target paths are in force from %s on",
						state->valid_from == DATEVAL_NOBEGIN ? "the beginning" :
						DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(state->valid_from)))),
				 errhint("Give the later decision a later valid_from, or end the earlier one.")));
	PG_RETURN_POINTER(state->path);
}
