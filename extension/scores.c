/*
 * scores.c
 *		Scores of single values, for people with their own formulas.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"

#include "compat.h"
#include "core/score.h"
#include "report.h"
#include "score_arguments.h"

static pg_noinline void
fail_goalposts(double worst, double best)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 worst == best ? errmsg("goalposts worst and best must be different numbers") :
			 errmsg("goalposts worst and best are too close together or too far apart to tell values between them")));
}

/* (value, worst, best), all finite, goalposts apart. */
static inline void
check_goalposts(double value, double worst, double best)
{
	if (unlikely(!isfinite(value)))
		report_not_finite("value");
	if (unlikely(!isfinite(worst)))
		report_not_finite("worst");
	if (unlikely(!isfinite(best)))
		report_not_finite("best");
	if (unlikely(worst == best || !isfinite(best - worst)))
		fail_goalposts(worst, best);
}

static inline Datum
finish(FunctionCallInfo fcinfo, double score, bool clamp)
{
	if (clamp)
		score = sc_clamp_score(score);
	if (unlikely(!isfinite(score)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(score == 0 ? 0 : score);
}

SCORECARD_FUNCTION(scorecard_goalpost_score);
Datum
scorecard_goalpost_score(PG_FUNCTION_ARGS)
{
	double		value = PG_GETARG_FLOAT8(0);
	double		worst = PG_GETARG_FLOAT8(1);
	double		best = PG_GETARG_FLOAT8(2);

	check_goalposts(value, worst, best);
	return finish(fcinfo, sc_goalpost_score(value, worst, best), PG_GETARG_BOOL(3));
}

SCORECARD_FUNCTION(scorecard_log_goalpost_score);
Datum
scorecard_log_goalpost_score(PG_FUNCTION_ARGS)
{
	double		value = PG_GETARG_FLOAT8(0);
	double		worst = PG_GETARG_FLOAT8(1);
	double		best = PG_GETARG_FLOAT8(2);
	double		score;

	check_goalposts(value, worst, best);
	if (worst <= 0 || best <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("goalposts on a log scale must be above zero")));
	if (log(worst) == log(best))
		fail_goalposts(worst, best);
	if (!sc_log_goalpost_score(value, worst, best, &score))
		PG_RETURN_NULL();
	return finish(fcinfo, score, PG_GETARG_BOOL(3));
}

/* A one-dimensional array of numbers without NULLs. */
static const double *
numbers(ArrayType *array, const char *what, int *count)
{
	if (ARR_NDIM(array) > 1 || ARR_HASNULL(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a one-dimensional array without nulls", what)));
	*count = ARR_NDIM(array) == 0 ? 0 : ARR_DIMS(array)[0];
	for (int i = 0; i < *count; i++)
		if (!isfinite(((double *) ARR_DATA_PTR(array))[i]))
			report_not_finite(psprintf("element %d of %s", i + 1, what));
	return (const double *) ARR_DATA_PTR(array);
}

SCORECARD_FUNCTION(scorecard_steps_score);
Datum
scorecard_steps_score(PG_FUNCTION_ARGS)
{
	double		value = PG_GETARG_FLOAT8(0);
	int			n_thresholds,
				n_points;
	const double *thresholds = numbers(PG_GETARG_ARRAYTYPE_P(1), "thresholds", &n_thresholds);
	const double *points = numbers(PG_GETARG_ARRAYTYPE_P(2), "points", &n_points);

	if (!isfinite(value))
		report_not_finite("value");
	if (n_points != n_thresholds + 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("points must have one element more than thresholds: the first is for values below all of them")));
	for (int i = 1; i < n_thresholds; i++)
		if (thresholds[i - 1] >= thresholds[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("thresholds must ascend: element %d does not", i + 1)));
	return finish(fcinfo, sc_steps_score(value, thresholds, points, n_thresholds), false);
}

SCORECARD_FUNCTION(scorecard_z_score);
Datum
scorecard_z_score(PG_FUNCTION_ARGS)
{
	double		value = finite_number(PG_GETARG_DATUM(0), "value");
	double		mean = finite_number(PG_GETARG_DATUM(1), "mean");
	double		sd = positive_number(PG_GETARG_DATUM(2), "sd");
	double		score_mean = finite_number(PG_GETARG_DATUM(3), "score_mean");
	double		score_sd = positive_number(PG_GETARG_DATUM(4), "score_sd");
	bool		downward = downward_direction(PG_GETARG_DATUM(5));

	return finite_result(fcinfo, sc_z_score(value, mean, sd, score_mean, score_sd, downward));
}

SCORECARD_FUNCTION(scorecard_ampi_score);
Datum
scorecard_ampi_score(PG_FUNCTION_ARGS)
{
	double		value = finite_number(PG_GETARG_DATUM(0), "value");
	double		reference = finite_number(PG_GETARG_DATUM(1), "reference");
	double		least = finite_number(PG_GETARG_DATUM(2), "least_value");
	double		greatest = finite_number(PG_GETARG_DATUM(3), "greatest_value");
	bool		downward = downward_direction(PG_GETARG_DATUM(4));

	if (!(least < greatest) || !isfinite(greatest - least))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 least < greatest ? errmsg("least_value and greatest_value are too far apart to tell values between them") :
				 errmsg("least_value must be below greatest_value"),
				 errhint("They are the extremes of the values over all units and periods; direction says which end is better.")));
	return finite_result(fcinfo, sc_ampi_score(value, reference, least, greatest, downward));
}

SCORECARD_FUNCTION(scorecard_rescale);
Datum
scorecard_rescale(PG_FUNCTION_ARGS)
{
	double		score = finite_number(PG_GETARG_DATUM(0), "score");
	double		lowest = finite_number(PG_GETARG_DATUM(1), "lowest");
	double		highest = finite_number(PG_GETARG_DATUM(2), "highest");

	if (lowest == highest)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lowest and highest must be different numbers")));
	return finite_result(fcinfo, sc_rescale(score, lowest, highest));
}

SCORECARD_FUNCTION(scorecard_box_cox);
Datum
scorecard_box_cox(PG_FUNCTION_ARGS)
{
	double		value = finite_number(PG_GETARG_DATUM(0), "value");
	double		lambda = finite_number(PG_GETARG_DATUM(1), "lambda");

	if (value <= 0)
		PG_RETURN_NULL();
	return finite_result(fcinfo, sc_box_cox(value, lambda));
}

SCORECARD_FUNCTION(scorecard_finite_or_null);
Datum
scorecard_finite_or_null(PG_FUNCTION_ARGS)
{
	double		value = PG_GETARG_FLOAT8(0);

	return finish(fcinfo, value, false);
}
