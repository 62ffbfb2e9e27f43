/*
 * means.c
 *		weighted_mean, geometric_mean, harmonic_mean and coverage over rows.
 *
 * All share one state, an array of float8: weight, weight times term, weight of
 * rows with value 0, number of rows with a value below 0, least and greatest
 * value. Only the transition and final functions know what the term is. A mean
 * lies between the least and the greatest value: that mends what rounding,
 * overflow and underflow of the sums may do to it.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/float.h"

#include "compat.h"
#include "report.h"

enum
{
	SUM_OF_WEIGHTS,
	SUM_OF_TERMS,
	WEIGHT_OF_ZEROS,
	COUNT_OF_NEGATIVES,
	LEAST_VALUE,
	GREATEST_VALUE,
	STATE_SIZE
};

/* The numbers of a state; anyone may call a transition function with any array. */
static double *
state_numbers(ArrayType *array)
{
	if (ARR_NDIM(array) != 1 || ARR_DIMS(array)[0] != STATE_SIZE ||
		ARR_HASNULL(array) || ARR_ELEMTYPE(array) != FLOAT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the state of a mean must be an array of %d numbers", STATE_SIZE)));
	return (double *) ARR_DATA_PTR(array);
}

/* Argument 0, to be changed in place within an aggregate, a copy elsewhere. */
static ArrayType *
state_to_change(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		report_null("the state of a mean");
	return AggCheckCallContext(fcinfo, NULL) ? PG_GETARG_ARRAYTYPE_P(0) : PG_GETARG_ARRAYTYPE_P_COPY(0);
}

typedef enum MeanKind
{
	MEAN_ARITHMETIC,
	MEAN_GEOMETRIC,
	MEAN_HARMONIC
} MeanKind;

static Datum
step(FunctionCallInfo fcinfo, MeanKind kind)
{
	ArrayType  *state = state_to_change(fcinfo);
	double	   *s = state_numbers(state);
	double		value;
	double		weight = 1;

	if (PG_ARGISNULL(1) || (PG_NARGS() > 2 && PG_ARGISNULL(2)))
		PG_RETURN_ARRAYTYPE_P(state);
	value = PG_GETARG_FLOAT8(1);
	if (PG_NARGS() > 2)
		weight = PG_GETARG_FLOAT8(2);
	if (unlikely(!isfinite(value)))
		report_not_finite("a value of a mean");
	if (unlikely(!isfinite(weight)))
		report_not_finite("a weight of a mean");
	if (unlikely(weight < 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight %g is negative", weight)));
	if (weight == 0)
		PG_RETURN_ARRAYTYPE_P(state);

	if (s[SUM_OF_WEIGHTS] == 0 || value < s[LEAST_VALUE])
		s[LEAST_VALUE] = value;
	if (s[SUM_OF_WEIGHTS] == 0 || value > s[GREATEST_VALUE])
		s[GREATEST_VALUE] = value;
	s[SUM_OF_WEIGHTS] += weight;
	if (kind == MEAN_ARITHMETIC)
		s[SUM_OF_TERMS] += weight * value;
	else if (value < 0)
		s[COUNT_OF_NEGATIVES] += 1;
	else if (value == 0)
		s[WEIGHT_OF_ZEROS] += weight;
	else
		s[SUM_OF_TERMS] += kind == MEAN_GEOMETRIC ? weight * log(value) : weight / value;
	PG_RETURN_ARRAYTYPE_P(state);
}

SCORECARD_FUNCTION(scorecard_weighted_mean_step);
Datum
scorecard_weighted_mean_step(PG_FUNCTION_ARGS)
{
	return step(fcinfo, MEAN_ARITHMETIC);
}

SCORECARD_FUNCTION(scorecard_geometric_mean_step);
Datum
scorecard_geometric_mean_step(PG_FUNCTION_ARGS)
{
	return step(fcinfo, MEAN_GEOMETRIC);
}

SCORECARD_FUNCTION(scorecard_harmonic_mean_step);
Datum
scorecard_harmonic_mean_step(PG_FUNCTION_ARGS)
{
	return step(fcinfo, MEAN_HARMONIC);
}

/* The term is 1 for a row with a score: what is covered. */
SCORECARD_FUNCTION(scorecard_coverage_step);
Datum
scorecard_coverage_step(PG_FUNCTION_ARGS)
{
	ArrayType  *state = state_to_change(fcinfo);
	double	   *s = state_numbers(state);
	double		weight;

	if (PG_ARGISNULL(2))
		PG_RETURN_ARRAYTYPE_P(state);
	weight = PG_GETARG_FLOAT8(2);
	if (!isfinite(weight))
		report_not_finite("a weight of a coverage");
	if (weight < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weight %g is negative", weight)));
	if (!PG_ARGISNULL(1) && !isfinite(PG_GETARG_FLOAT8(1)))
		report_not_finite("a score of a coverage");
	s[SUM_OF_WEIGHTS] += weight;
	if (!PG_ARGISNULL(1))
		s[SUM_OF_TERMS] += weight;
	PG_RETURN_ARRAYTYPE_P(state);
}

SCORECARD_FUNCTION(scorecard_mean_combine);
Datum
scorecard_mean_combine(PG_FUNCTION_ARGS)
{
	ArrayType  *state = state_to_change(fcinfo);
	double	   *s = state_numbers(state);
	const double *other = state_numbers(PG_GETARG_ARRAYTYPE_P(1));

	if (other[SUM_OF_WEIGHTS] > 0)
	{
		bool		empty = s[SUM_OF_WEIGHTS] == 0;

		if (empty || other[LEAST_VALUE] < s[LEAST_VALUE])
			s[LEAST_VALUE] = other[LEAST_VALUE];
		if (empty || other[GREATEST_VALUE] > s[GREATEST_VALUE])
			s[GREATEST_VALUE] = other[GREATEST_VALUE];
	}
	for (int i = 0; i < LEAST_VALUE; i++)
		s[i] += other[i];
	PG_RETURN_ARRAYTYPE_P(state);
}

/* A mean within its values. Where they differ, sums beyond float8 tell nothing. */
static Datum
mean_result(const double *s, double mean)
{
	if (s[LEAST_VALUE] != s[GREATEST_VALUE] &&
		(!isfinite(s[SUM_OF_WEIGHTS]) || !isfinite(s[SUM_OF_TERMS]) || isnan(mean)))
		float_overflow_error();
	if (!(mean > s[LEAST_VALUE]))
		mean = s[LEAST_VALUE];
	if (mean > s[GREATEST_VALUE])
		mean = s[GREATEST_VALUE];
	PG_RETURN_FLOAT8(mean == 0 ? 0 : mean);
}

SCORECARD_FUNCTION(scorecard_weighted_mean_final);
Datum
scorecard_weighted_mean_final(PG_FUNCTION_ARGS)
{
	const double *s = state_numbers(PG_GETARG_ARRAYTYPE_P(0));

	if (s[SUM_OF_WEIGHTS] == 0)
		PG_RETURN_NULL();
	return mean_result(s, s[SUM_OF_TERMS] / s[SUM_OF_WEIGHTS]);
}

SCORECARD_FUNCTION(scorecard_coverage_final);
Datum
scorecard_coverage_final(PG_FUNCTION_ARGS)
{
	const double *s = state_numbers(PG_GETARG_ARRAYTYPE_P(0));

	if (s[SUM_OF_WEIGHTS] == 0)
		PG_RETURN_NULL();
	if (!isfinite(s[SUM_OF_WEIGHTS]))
		float_overflow_error();
	PG_RETURN_FLOAT8(s[SUM_OF_TERMS] / s[SUM_OF_WEIGHTS]);
}

SCORECARD_FUNCTION(scorecard_geometric_mean_final);
Datum
scorecard_geometric_mean_final(PG_FUNCTION_ARGS)
{
	const double *s = state_numbers(PG_GETARG_ARRAYTYPE_P(0));

	if (s[SUM_OF_WEIGHTS] == 0 || s[COUNT_OF_NEGATIVES] > 0)
		PG_RETURN_NULL();
	if (s[WEIGHT_OF_ZEROS] > 0)
		PG_RETURN_FLOAT8(0);
	return mean_result(s, exp(s[SUM_OF_TERMS] / s[SUM_OF_WEIGHTS]));
}

SCORECARD_FUNCTION(scorecard_harmonic_mean_final);
Datum
scorecard_harmonic_mean_final(PG_FUNCTION_ARGS)
{
	const double *s = state_numbers(PG_GETARG_ARRAYTYPE_P(0));

	if (s[SUM_OF_WEIGHTS] == 0 || s[COUNT_OF_NEGATIVES] > 0)
		PG_RETURN_NULL();
	if (s[WEIGHT_OF_ZEROS] > 0)
		PG_RETURN_FLOAT8(0);
	return mean_result(s, s[SUM_OF_WEIGHTS] / s[SUM_OF_TERMS]);
}
