/*
 * figures.c
 *		Figures of reports that stand beside scores: ratios, differences, the status of an index.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"

#include "compat.h"
#include "core/measure.h"
#include "core/score.h"
#include "core/status.h"
#include "report.h"

static inline double
finite_argument(FunctionCallInfo fcinfo, int n, const char *name)
{
	double		value = PG_GETARG_FLOAT8(n);

	if (unlikely(!isfinite(value)))
		report_not_finite(name);
	return value;
}

static inline Datum
finite_result(FunctionCallInfo fcinfo, double value)
{
	if (unlikely(!isfinite(value)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value == 0 ? 0 : value);
}

SCORECARD_FUNCTION(scorecard_ratio);
Datum
scorecard_ratio(PG_FUNCTION_ARGS)
{
	double		numerator = finite_argument(fcinfo, 0, "numerator");
	double		denominator = finite_argument(fcinfo, 1, "denominator");
	double		per = finite_argument(fcinfo, 2, "per");
	double		ratio = per * numerator / denominator;

	if (denominator == 0)
		PG_RETURN_NULL();
	/* The product may leave float8 where the ratio does not. */
	if (unlikely(!isfinite(ratio)))
		ratio = per * (numerator / denominator);
	return finite_result(fcinfo, ratio);
}

SCORECARD_FUNCTION(scorecard_value_difference);
Datum
scorecard_value_difference(PG_FUNCTION_ARGS)
{
	double		value = finite_argument(fcinfo, 0, "value");
	double		reference = finite_argument(fcinfo, 1, "reference");

	return finite_result(fcinfo, value - reference);
}

SCORECARD_FUNCTION(scorecard_comparable_score);
Datum
scorecard_comparable_score(PG_FUNCTION_ARGS)
{
	return finite_result(fcinfo, sc_comparable_score(finite_argument(fcinfo, 0, "score")));
}

SCORECARD_FUNCTION(scorecard_score_shortfall);
Datum
scorecard_score_shortfall(PG_FUNCTION_ARGS)
{
	double		score = finite_argument(fcinfo, 0, "score");
	double		weight = finite_argument(fcinfo, 1, "weight");

	if (weight < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a weight must not be negative")));
	return finite_result(fcinfo, weight * fmax(0, 100 - score));
}

/* Cut-offs of the scheme "programme", on score / expected instead of a projection. */
SCORECARD_FUNCTION(scorecard_index_status);
Datum
scorecard_index_status(PG_FUNCTION_ARGS)
{
	double		score = finite_argument(fcinfo, 0, "score");
	double		expected = finite_argument(fcinfo, 1, "expected");
	double		share;

	if (expected < 0)
		PG_RETURN_NULL();
	share = expected > 0 ? 100 * (score / expected) : score < 0 ? 0 : 100;
	PG_RETURN_CHAR((char) (sc_reaches(share, SC_ON_TRACK_FROM) ? SC_STATUS_ON_TRACK :
						   sc_reaches(share, SC_AT_RISK_FROM) ? SC_STATUS_AT_RISK : SC_STATUS_OFF_TRACK));
}
