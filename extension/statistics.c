/*
 * statistics.c
 *		Aggregates that need every value: weighted median and quantile,
 *		skewness, kurtosis.
 *
 * The final functions sort a copy of the values, so that the same rows give
 * the same bits in any order and under any plan.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"

#include "collected.h"
#include "compat.h"
#include "core/moments.h"
#include "report.h"
#include "score_arguments.h"

static bool
good_weighted(const double *row)
{
	return row[1] > 0;
}

static bool
good_fraction(const double *parameters)
{
	return parameters[0] >= 0 && parameters[0] <= 1;
}

static const CollectedShape numbers_shape = {STATE_OF_NUMBERS, 1, 0, {NULL}, NULL, NULL};
static const CollectedShape weighted_shape = {STATE_OF_WEIGHTED_NUMBERS, 2, 0, {NULL}, NULL, good_weighted};
static const CollectedShape quantile_shape = {STATE_OF_QUANTILE, 2, 1, {"fraction"}, good_fraction, good_weighted};

/* --------------------------------------------------- skewness and kurtosis */

SCORECARD_FUNCTION(scorecard_collect_numbers_step);
Datum
scorecard_collect_numbers_step(PG_FUNCTION_ARGS)
{
	Collected  *state = collected_state(fcinfo, &numbers_shape, "collect_numbers_step");

	if (!PG_ARGISNULL(1))
	{
		double		value = finite_number(PG_GETARG_DATUM(1), "value");

		collected_add(state, &numbers_shape, &value);
	}
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_collect_numbers_combine);
Datum
scorecard_collect_numbers_combine(PG_FUNCTION_ARGS)
{
	return collected_combine(fcinfo, &numbers_shape, "collect_numbers_combine");
}

SCORECARD_FUNCTION(scorecard_collect_numbers_serialize);
Datum
scorecard_collect_numbers_serialize(PG_FUNCTION_ARGS)
{
	return collected_serialize(fcinfo, &numbers_shape, "collect_numbers_serialize");
}

SCORECARD_FUNCTION(scorecard_collect_numbers_deserialize);
Datum
scorecard_collect_numbers_deserialize(PG_FUNCTION_ARGS)
{
	return collected_deserialize(fcinfo, &numbers_shape, "collect_numbers_deserialize");
}

static Datum
shape_of_numbers(FunctionCallInfo fcinfo, double (*measure) (const sc_moments *), const char *function)
{
	const Collected *state = collected_final(fcinfo, &numbers_shape, function);
	double	   *numbers;
	sc_moments	moments;

	if (state == NULL)
		PG_RETURN_NULL();
	numbers = collected_copy(state, &numbers_shape);
	sc_sort_numbers(numbers, (size_t) state->count);
	moments = sc_moments_of(numbers, (size_t) state->count);
	pfree(numbers);
	return finite_result(fcinfo, measure(&moments));
}

SCORECARD_FUNCTION(scorecard_skewness_final);
Datum
scorecard_skewness_final(PG_FUNCTION_ARGS)
{
	return shape_of_numbers(fcinfo, sc_skewness, "skewness_final");
}

SCORECARD_FUNCTION(scorecard_kurtosis_final);
Datum
scorecard_kurtosis_final(PG_FUNCTION_ARGS)
{
	return shape_of_numbers(fcinfo, sc_kurtosis, "kurtosis_final");
}

/* ------------------------------------------------------ weighted quantiles */

/* Arguments 1 and 2, value and weight, unless one is null or the weight is 0. */
static void
add_weighted(FunctionCallInfo fcinfo, Collected *state, const CollectedShape *shape)
{
	double		row[2];

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return;
	row[0] = finite_number(PG_GETARG_DATUM(1), "value");
	row[1] = finite_number(PG_GETARG_DATUM(2), "weight");
	if (unlikely(row[1] < 0))
		report_fault(SC_WEIGHT_NEGATIVE, psprintf("%g", row[1]), NULL);
	if (row[1] > 0)
		collected_add(state, shape, row);
}

static Datum
quantile_of(FunctionCallInfo fcinfo, const CollectedShape *shape, const Collected *state, double fraction)
{
	sc_weighted *numbers;
	double		quantile;

	if (state == NULL)
		PG_RETURN_NULL();
	numbers = (sc_weighted *) collected_copy(state, shape);
	sc_sort_weighted(numbers, (size_t) state->count);
	quantile = sc_weighted_quantile(numbers, (size_t) state->count, fraction);
	pfree(numbers);
	return finite_result(fcinfo, quantile);
}

SCORECARD_FUNCTION(scorecard_weighted_median_step);
Datum
scorecard_weighted_median_step(PG_FUNCTION_ARGS)
{
	Collected  *state = collected_state(fcinfo, &weighted_shape, "weighted_median_step");

	add_weighted(fcinfo, state, &weighted_shape);
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_weighted_median_combine);
Datum
scorecard_weighted_median_combine(PG_FUNCTION_ARGS)
{
	return collected_combine(fcinfo, &weighted_shape, "weighted_median_combine");
}

SCORECARD_FUNCTION(scorecard_weighted_median_serialize);
Datum
scorecard_weighted_median_serialize(PG_FUNCTION_ARGS)
{
	return collected_serialize(fcinfo, &weighted_shape, "weighted_median_serialize");
}

SCORECARD_FUNCTION(scorecard_weighted_median_deserialize);
Datum
scorecard_weighted_median_deserialize(PG_FUNCTION_ARGS)
{
	return collected_deserialize(fcinfo, &weighted_shape, "weighted_median_deserialize");
}

SCORECARD_FUNCTION(scorecard_weighted_median_final);
Datum
scorecard_weighted_median_final(PG_FUNCTION_ARGS)
{
	return quantile_of(fcinfo, &weighted_shape, collected_final(fcinfo, &weighted_shape, "weighted_median_final"), 0.5);
}

SCORECARD_FUNCTION(scorecard_weighted_quantile_step);
Datum
scorecard_weighted_quantile_step(PG_FUNCTION_ARGS)
{
	Collected  *state = collected_state(fcinfo, &quantile_shape, "weighted_quantile_step");
	double		fraction;

	if (PG_ARGISNULL(3))
		report_null("fraction");
	fraction = finite_number(PG_GETARG_DATUM(3), "fraction");
	if (!good_fraction(&fraction))
		report_fault(SC_FRACTION, psprintf("%g", fraction), NULL);
	collected_parameters(state, &quantile_shape, &fraction);
	add_weighted(fcinfo, state, &quantile_shape);
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_weighted_quantile_combine);
Datum
scorecard_weighted_quantile_combine(PG_FUNCTION_ARGS)
{
	return collected_combine(fcinfo, &quantile_shape, "weighted_quantile_combine");
}

SCORECARD_FUNCTION(scorecard_weighted_quantile_serialize);
Datum
scorecard_weighted_quantile_serialize(PG_FUNCTION_ARGS)
{
	return collected_serialize(fcinfo, &quantile_shape, "weighted_quantile_serialize");
}

SCORECARD_FUNCTION(scorecard_weighted_quantile_deserialize);
Datum
scorecard_weighted_quantile_deserialize(PG_FUNCTION_ARGS)
{
	return collected_deserialize(fcinfo, &quantile_shape, "weighted_quantile_deserialize");
}

SCORECARD_FUNCTION(scorecard_weighted_quantile_final);
Datum
scorecard_weighted_quantile_final(PG_FUNCTION_ARGS)
{
	const Collected *state = collected_final(fcinfo, &quantile_shape, "weighted_quantile_final");

	return quantile_of(fcinfo, &quantile_shape, state, state != NULL ? state->parameters[0] : 0);
}
