/*
 * treatment.c
 *		Outliers: the treated values as window functions, and as an aggregate
 *		what the treatment did and whether it helped.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "collected.h"
#include "compat.h"
#include "core/outliers.h"
#include "peers.h"
#include "report.h"
#include "score_arguments.h"

/* --------------------------------------------------------------- the rule */

#define RULE_PARAMETERS 4
static const char *const rule_names[RULE_PARAMETERS] = {"winsorise_limit", "transform", "skewness_limit", "kurtosis_limit"};

static int
count_argument(Datum datum, const char *what)
{
	int			count = DatumGetInt32(datum);

	if (count < 0)
		report_fault(SC_COUNT_NEGATIVE, what, psprintf("%d", count));
	return count;
}

static sc_transform
transform_argument(Datum datum, bool allow_none)
{
	text	   *word = DatumGetTextPP(datum);
	sc_transform transform = SC_TRANSFORM_NONE;

	if (!sc_transform_from_word(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), &transform) ||
		(transform == SC_TRANSFORM_NONE && !allow_none))
		report_fault(SC_TRANSFORM_WORD, TextDatumGetCString(datum), NULL);
	return transform;
}

/* The four parameters that follow the value. */
static sc_treatment_rule
rule_of(const Datum *datums)
{
	sc_treatment_rule rule;

	rule.winsorise_limit = count_argument(datums[0], rule_names[0]);
	rule.transform = transform_argument(datums[1], true);
	rule.skewness_limit = positive_number(datums[2], rule_names[2]);
	rule.kurtosis_limit = finite_number(datums[3], rule_names[3]);
	return rule;
}

/* The COIN tool's rule. */
static const sc_treatment_rule default_rule = {5, SC_LOG_CT, 2, 3.5};

/* Of values in ascending order; the work space is freed. */
static void
treat(sc_treatment *treatment, const double *sorted, size_t count, const sc_treatment_rule *rule)
{
	double	   *work = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * Max(count, 1));

	sc_treatment_begin(treatment, sorted, count, rule, work);
	while (sc_treatment_winsorise(treatment, rule, work))
		CHECK_FOR_INTERRUPTS();
	sc_treatment_finish(treatment, sorted, rule, work);
	pfree(work);
}

/* -------------------------------------------------------- treated values */

typedef struct TreatedColumn
{
	bool		known;
	sc_treatment_rule rule;
	sc_treatment treatment;
} TreatedColumn;

static sc_treatment_rule
rule_of_row(WindowObject window)
{
	Datum		datums[RULE_PARAMETERS];

	for (int i = 0; i < RULE_PARAMETERS; i++)
		datums[i] = peers_parameter(window, i + 1, rule_names[i]);
	return rule_of(datums);
}

static void
check_same_rule(const sc_treatment_rule *first, const sc_treatment_rule *rule)
{
	const char *varies = NULL;

	if (rule->winsorise_limit != first->winsorise_limit)
		varies = rule_names[0];
	else if (rule->transform != first->transform)
		varies = rule_names[1];
	else if (rule->skewness_limit != first->skewness_limit)
		varies = rule_names[2];
	else if (rule->kurtosis_limit != first->kurtosis_limit)
		varies = rule_names[3];
	if (varies != NULL)
		report_fault(SC_PARAMETER_VARIES, varies, NULL);
}

SCORECARD_FUNCTION(scorecard_treated_value);
Datum
scorecard_treated_value(PG_FUNCTION_ARGS)
{
	WindowObject window = peers_window(fcinfo);
	TreatedColumn *column = WinGetPartitionLocalMemory(window, sizeof(TreatedColumn));
	sc_treatment_rule rule = rule_of_row(window);
	double		value;

	if (!column->known)
	{
		size_t		count;
		double	   *values = peers_values(window, column, &count);

		sc_sort_numbers(values, count);
		treat(&column->treatment, values, count, &rule);
		pfree(values);
		column->rule = rule;
		column->known = true;
	}
	check_same_rule(&column->rule, &rule);
	if (!peers_value(window, &value))
		PG_RETURN_NULL();
	return finite_result(fcinfo, sc_treated_value(&column->treatment, value));
}

/* ------------------------------------------------- one step of it by itself */

typedef struct SortedColumn
{
	bool		known;
	size_t		count;
	double	   *sorted;
	sc_moments	moments;
} SortedColumn;

static const SortedColumn *
sorted_column(WindowObject window)
{
	SortedColumn *column = WinGetPartitionLocalMemory(window, sizeof(SortedColumn));

	if (column->known)
		return column;
	column->sorted = peers_values(window, column, &column->count);
	sc_sort_numbers(column->sorted, column->count);
	column->moments = sc_moments_of(column->sorted, column->count);
	column->known = true;
	return column;
}

SCORECARD_FUNCTION(scorecard_log_transform);
Datum
scorecard_log_transform(PG_FUNCTION_ARGS)
{
	WindowObject window = peers_window(fcinfo);
	const SortedColumn *column = sorted_column(window);
	sc_transform transform = transform_argument(peers_parameter(window, 1, "kind"), false);
	sc_fitted_transform fitted;
	double		value;

	if (!peers_value(window, &value) || !sc_fit_transform(transform, &column->moments, &fitted))
		PG_RETURN_NULL();
	return finite_result(fcinfo, sc_transformed(&fitted, value));
}

SCORECARD_FUNCTION(scorecard_winsorised_value);
Datum
scorecard_winsorised_value(PG_FUNCTION_ARGS)
{
	WindowObject window = peers_window(fcinfo);
	const SortedColumn *column = sorted_column(window);
	int			count = count_argument(peers_parameter(window, 1, "count"), "count");
	Datum		side = peers_parameter(window, 2, "side");
	bool		high = word_is(side, "high");
	double		value,
				bound;

	if (!high && !word_is(side, "low"))
		report_fault(SC_SIDE_WORD, TextDatumGetCString(side), NULL);
	if (!peers_value(window, &value) || column->count == 0)
		PG_RETURN_NULL();
	bound = sc_winsor_bound(column->sorted, column->count, (size_t) count, high);
	PG_RETURN_FLOAT8(high ? Min(value, bound) : Max(value, bound));
}

/* --------------------------------------------------------- what it did */

static sc_treatment_rule
rule_from_parameters(const double *parameters)
{
	sc_treatment_rule rule;

	rule.winsorise_limit = (int) parameters[0];
	rule.transform = (sc_transform) parameters[1];
	rule.skewness_limit = parameters[2];
	rule.kurtosis_limit = parameters[3];
	return rule;
}

static bool
good_rule(const double *parameters)
{
	return parameters[0] >= 0 && parameters[0] <= PG_INT32_MAX && parameters[0] == floor(parameters[0]) &&
		parameters[1] >= SC_TRANSFORM_NONE && parameters[1] <= SC_LOG_GII && parameters[1] == floor(parameters[1]) &&
		parameters[2] > 0;
}

static const CollectedShape treatment_shape = {STATE_OF_TREATMENT, 1, RULE_PARAMETERS,
{"winsorise_limit", "transform", "skewness_limit", "kurtosis_limit"}, good_rule, NULL};

/* Arguments 2 to 5, or the defaults where the aggregate has only a value. */
static sc_treatment_rule
rule_of_arguments(FunctionCallInfo fcinfo)
{
	Datum		datums[RULE_PARAMETERS];

	if (PG_NARGS() == 2)
		return default_rule;
	for (int i = 0; i < RULE_PARAMETERS; i++)
	{
		if (PG_ARGISNULL(i + 2))
			report_null(rule_names[i]);
		datums[i] = PG_GETARG_DATUM(i + 2);
	}
	return rule_of(datums);
}

SCORECARD_FUNCTION(scorecard_treatment_step);
Datum
scorecard_treatment_step(PG_FUNCTION_ARGS)
{
	Collected  *state = collected_state(fcinfo, &treatment_shape, "treatment_step");
	sc_treatment_rule rule = rule_of_arguments(fcinfo);
	double		parameters[] = {rule.winsorise_limit, rule.transform, rule.skewness_limit, rule.kurtosis_limit};

	collected_parameters(state, &treatment_shape, parameters);
	if (!PG_ARGISNULL(1))
	{
		double		value = finite_number(PG_GETARG_DATUM(1), "value");

		collected_add(state, &treatment_shape, &value);
	}
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_treatment_combine);
Datum
scorecard_treatment_combine(PG_FUNCTION_ARGS)
{
	return collected_combine(fcinfo, &treatment_shape, "treatment_combine");
}

SCORECARD_FUNCTION(scorecard_treatment_serialize);
Datum
scorecard_treatment_serialize(PG_FUNCTION_ARGS)
{
	return collected_serialize(fcinfo, &treatment_shape, "treatment_serialize");
}

SCORECARD_FUNCTION(scorecard_treatment_deserialize);
Datum
scorecard_treatment_deserialize(PG_FUNCTION_ARGS)
{
	return collected_deserialize(fcinfo, &treatment_shape, "treatment_deserialize");
}

/* The attributes of treatment_result. */
enum
{
	RESULT_N,
	RESULT_SKEWNESS,
	RESULT_KURTOSIS,
	RESULT_PASSED,
	RESULT_WINSORISED,
	RESULT_WINSORISED_SIDE,
	RESULT_TRANSFORM,
	RESULT_SKEWNESS_AFTER,
	RESULT_KURTOSIS_AFTER,
	RESULT_STILL_FAILING,
	RESULT_REASON,
	RESULT_COLUMNS
};

static void
set_number(Datum *values, bool *nulls, int column, double number)
{
	nulls[column] = !isfinite(number);
	values[column] = Float8GetDatum(number == 0 ? 0 : number);
}

static void
set_word(Datum *values, bool *nulls, int column, const char *word)
{
	nulls[column] = word == NULL;
	if (word != NULL)
		values[column] = CStringGetTextDatum(word);
}

static const char *
winsorised_side(const sc_treatment *t)
{
	if (t->winsorised_low > 0 && t->winsorised_high > 0)
		return "both";
	return t->winsorised_high > 0 ? "high" : t->winsorised_low > 0 ? "low" : NULL;
}

static Datum
treatment_row(FunctionCallInfo fcinfo, const sc_treatment *t)
{
	TupleDesc	description;
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS] = {false};

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE || description->natts != RESULT_COLUMNS)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("treatment_final returns a treatment_result")));
	values[RESULT_N] = Int64GetDatum((int64) t->count);
	set_number(values, nulls, RESULT_SKEWNESS, t->skewness);
	set_number(values, nulls, RESULT_KURTOSIS, t->kurtosis);
	values[RESULT_PASSED] = BoolGetDatum(t->passed);
	values[RESULT_WINSORISED] = Int32GetDatum((int32) (t->winsorised_low + t->winsorised_high));
	set_word(values, nulls, RESULT_WINSORISED_SIDE, winsorised_side(t));
	set_word(values, nulls, RESULT_TRANSFORM,
			 t->fitted.transform != SC_TRANSFORM_NONE ? sc_transform_word(t->fitted.transform) : NULL);
	set_number(values, nulls, RESULT_SKEWNESS_AFTER, t->skewness_after);
	set_number(values, nulls, RESULT_KURTOSIS_AFTER, t->kurtosis_after);
	values[RESULT_STILL_FAILING] = BoolGetDatum(t->still_failing);
	set_word(values, nulls, RESULT_REASON, t->reason != SC_NO_REASON ? sc_reason_word(t->reason) : NULL);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls)));
}

SCORECARD_FUNCTION(scorecard_treatment_final);
Datum
scorecard_treatment_final(PG_FUNCTION_ARGS)
{
	const Collected *state = collected_final(fcinfo, &treatment_shape, "treatment_final");
	sc_treatment_rule rule;
	sc_treatment treatment;
	double	   *numbers;

	if (state == NULL)
		PG_RETURN_NULL();
	rule = rule_from_parameters(state->parameters);
	numbers = collected_copy(state, &treatment_shape);
	sc_sort_numbers(numbers, (size_t) state->count);
	treat(&treatment, numbers, (size_t) state->count, &rule);
	pfree(numbers);
	return treatment_row(fcinfo, &treatment);
}
