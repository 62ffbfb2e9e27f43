/*
 * projections.c
 *		Where a series leads, by every method.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "arguments.h"
#include "core/projection.h"
#include "core/score.h"
#include "report.h"

/* Arguments (path, series, as_of, ...) and what follows from them. */
typedef struct Question
{
	bool		has_path;
	sc_path		path;
	sc_series	series;
	sc_projection_input input;
	bool		has_date;
	sc_date		on;
} Question;

/* False if there is nothing to project from. */
static bool
read_question(FunctionCallInfo fcinfo, int date_at, int changes_at, Question *q)
{
	sc_date		as_of;
	sc_target	target;

	if (PG_ARGISNULL(2))
		report_null("as_of");
	as_of = date_argument(PG_GETARG_DATUM(2), "as_of");
	q->has_path = !PG_ARGISNULL(0);
	if (q->has_path)
		target_path_view(PG_GETARG_DATUM(0), &q->path);
	q->has_date = !PG_ARGISNULL(date_at) || q->has_path;
	if (!PG_ARGISNULL(date_at))
		q->on = date_argument(PG_GETARG_DATUM(date_at), "on_date");
	else if (q->has_path)
	{
		sc_path_target(&q->path, sc_path_current(&q->path, as_of), &target);
		q->on = target.due;
	}
	q->input.changes = PG_ARGISNULL(changes_at) ? SC_LAST_CHANGES : PG_GETARG_INT32(changes_at);
	if (q->input.changes < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of changes must be at least 1")));
	if (PG_ARGISNULL(1) || !q->has_date)
		return false;
	indicator_series_view(PG_GETARG_DATUM(1), &q->series);
	q->input.series = &q->series;
	q->input.has_baseline = q->has_path && q->path.has_baseline;
	q->input.baseline = q->input.has_baseline ? q->path.baseline : 0;
	q->input.baseline_on = q->input.has_baseline ? q->path.baseline_on : 0;
	q->input.first = q->input.has_baseline ? sc_series_latest(&q->series, q->path.baseline_on - 1) + 1 : 0;
	q->input.last = sc_series_latest(&q->series, as_of);
	return q->input.last >= q->input.first;
}

SCORECARD_FUNCTION(scorecard_projection);
Datum
scorecard_projection(PG_FUNCTION_ARGS)
{
	Question	q;
	sc_projection_method method;
	text	   *word;
	double		value;

	if (PG_ARGISNULL(3))
		PG_RETURN_NULL();
	word = PG_GETARG_TEXT_PP(3);
	if (!sc_projection_from_word(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), &method))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no projection method \"%s\"",
						quotable(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word))),
				 errhint("Methods: linear, growth, last_changes, least_squares, weighted_least_squares, last_value.")));
	if (!read_question(fcinfo, 4, 5, &q) || (q.has_path && q.path.role != SC_LEVEL) ||
		sc_project(&q.input, method, q.on, &value) != SC_NO_REASON)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value == 0 ? 0 : value);
}

/* Per cent of the way from the start to the met bound of the target due on or next after the date. */
static bool
attainment(const Question *q, double value, double *percent)
{
	sc_target	target;
	sc_band		band;
	double		met,
				far,
				start;

	if (!q->has_path || q->path.role != SC_LEVEL || q->path.direction == SC_KEEP)
		return false;
	sc_path_target(&q->path, sc_path_current(&q->path, q->on), &target);
	band = sc_target_band(&target);
	sc_band_edges(&band, q->path.direction, false, 0, &met, &far);
	start = q->input.has_baseline ? q->input.baseline : sc_series_value(&q->series, q->input.first);
	if (met == start)
		return false;
	*percent = sc_percent((q->path.direction == SC_DOWN ? -1 : 1) * (value - start), fabs(met - start));
	if (*percent == 0)
		*percent = 0;
	return isfinite(*percent);
}

/* Columns of projection_result; new ones are appended. */
SCORECARD_FUNCTION(scorecard_projections);
Datum
scorecard_projections(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Question	q;
	bool		can_project;

	InitMaterializedSRF(fcinfo, 0);
	can_project = read_question(fcinfo, 3, 4, &q);
	for (int method = 0; method < SC_PROJECTION_COUNT; method++)
	{
		sc_reason	reason = q.has_date ? SC_NO_OBSERVATION : SC_NO_TARGET_AT_DUE;
		double		value = 0;
		double		percent = 0;
		Datum		values[5];
		bool		nulls[5] = {false};

		if (q.has_path && q.path.role != SC_LEVEL)
			reason = SC_NOT_DEFINED_FOR_ROLE;
		else if (can_project)
			reason = sc_project(&q.input, method, q.on, &value);
		values[0] = CStringGetTextDatum(sc_projection_word(method));
		nulls[1] = !q.has_date;
		values[1] = DateADTGetDatum(q.has_date ? q.on : 0);
		nulls[2] = reason != SC_NO_REASON;
		values[2] = Float8GetDatum(nulls[2] || value == 0 ? 0 : value);
		nulls[3] = nulls[2] || !attainment(&q, value, &percent);
		values[3] = Float8GetDatum(percent);
		nulls[4] = reason == SC_NO_REASON;
		values[4] = nulls[4] ? (Datum) 0 : CStringGetTextDatum(sc_reason_word(reason));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
