/*
 * means.c
 *		Means and sums, standard deviation, Mazziotta-Pareto indices, coverage and
 *		outranking over rows.
 *
 * Each aggregate adds rows to exact sums (core/sums.h) and asks them for a
 * result: what distinguishes one from another is how a row is made of the
 * arguments, and which result is asked for. The state of a window frame is such
 * sums too, from which rows are taken out again, with the least and the greatest
 * value of the frame beside them. Rows leave a frame in the order they entered.
 * The bins that a far-off row needed stay with the frame when it has left: a few
 * kB at most (some 100 for powers), as float8 has an end.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "compat.h"
#include "core/sliding.h"
#include "weighted_sums.h"

/* -------------------------------------------------- rows from the arguments */

static pg_noinline void
fail_negative_weight(double weight)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("weight %g is negative", weight)));
}

/* Argument n as a weight; 1 if there is no such argument. */
static inline double
weight_argument(FunctionCallInfo fcinfo, int n)
{
	double		weight = PG_NARGS() > n ? PG_GETARG_FLOAT8(n) : 1;

	if (unlikely(!isfinite(weight)))
		report_not_finite("a weight");
	if (unlikely(weight < 0))
		fail_negative_weight(weight);
	return weight;
}

static inline bool
is_missing(FunctionCallInfo fcinfo, int n)
{
	return PG_NARGS() > n && PG_ARGISNULL(n);
}

/* (state, value [, weight]): false for a row that is skipped. */
static inline bool
value_and_weight(FunctionCallInfo fcinfo, double *value, double *weight)
{
	if (PG_ARGISNULL(1) || is_missing(fcinfo, 2))
		return false;
	*value = PG_GETARG_FLOAT8(1);
	if (unlikely(!isfinite(*value)))
		report_not_finite("a value");
	*weight = weight_argument(fcinfo, 2);
	return *weight != 0;
}

/* Each ..._row makes a row and its parameter of the arguments; false for a row that is skipped. */

static inline bool
mean_row(FunctionCallInfo fcinfo, sc_row *row, double *parameter)
{
	double		value,
				weight;

	*parameter = 0;
	if (!value_and_weight(fcinfo, &value, &weight))
		return false;
	sc_sums_mean_row(row, value, weight);
	return true;
}

static inline bool
geometric_row(FunctionCallInfo fcinfo, sc_row *row, double *parameter)
{
	double		value,
				weight;

	*parameter = 0;
	if (!value_and_weight(fcinfo, &value, &weight))
		return false;
	sc_sums_geometric_row(row, value, weight);
	return true;
}

static inline bool
harmonic_row(FunctionCallInfo fcinfo, sc_row *row, double *parameter)
{
	double		value,
				weight;

	*parameter = 0;
	if (!value_and_weight(fcinfo, &value, &weight))
		return false;
	sc_sums_harmonic_row(row, value, weight);
	return true;
}

static double
power_argument(FunctionCallInfo fcinfo, int n)
{
	double		power;

	if (PG_ARGISNULL(n))
		report_null("the power of a mean");
	power = PG_GETARG_FLOAT8(n);
	if (!isfinite(power))
		report_not_finite("the power of a mean");
	if (fabs(power) > SC_SUMS_GREATEST_POWER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the power of a mean must be between -%d and %d, not %g",
						SC_SUMS_GREATEST_POWER, SC_SUMS_GREATEST_POWER, power),
				 errhint("Beyond that the mean is hardly another number than min or max.")));
	/* so near 0 it is the geometric mean to the last bit */
	return fabs(power) < 1e-30 ? 0 : power;
}

static inline bool
power_row(FunctionCallInfo fcinfo, sc_row *row, double *parameter)
{
	double		value,
				weight;

	*parameter = power_argument(fcinfo, 3);
	if (!value_and_weight(fcinfo, &value, &weight))
		return false;
	sc_sums_power_row(row, value, weight, *parameter);
	return true;
}

/* 0 for population, 1 for sample. */
static double
deviation_argument(FunctionCallInfo fcinfo, int n)
{
	text	   *word;

	if (PG_ARGISNULL(n))
		report_null("the deviation of an index");
	word = PG_GETARG_TEXT_PP(n);
	if (VARSIZE_ANY_EXHDR(word) == 10 && memcmp(VARDATA_ANY(word), "population", 10) == 0)
		return 0;
	if (VARSIZE_ANY_EXHDR(word) == 6 && memcmp(VARDATA_ANY(word), "sample", 6) == 0)
		return 1;
	report_fault(SC_DEVIATION_WORD, quotable(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word)), NULL);
	return 0;
}

static inline bool
moments_row(FunctionCallInfo fcinfo, sc_row *row, double *parameter)
{
	double		value,
				weight;

	*parameter = PG_NARGS() > 3 ? deviation_argument(fcinfo, 3) : 0;
	if (!value_and_weight(fcinfo, &value, &weight))
		return false;
	sc_sums_moments_row(row, value, weight);
	return true;
}

/* (state, score, weight): the weight of a row without a score counts too. */
static inline bool
coverage_row(FunctionCallInfo fcinfo, sc_row *row, double *parameter)
{
	double		weight;

	*parameter = 0;
	if (PG_ARGISNULL(2))
		return false;
	weight = weight_argument(fcinfo, 2);
	if (!PG_ARGISNULL(1) && !isfinite(PG_GETARG_FLOAT8(1)))
		report_not_finite("a score");
	if (weight == 0)
		return false;
	sc_sums_share_row(row, weight, PG_ARGISNULL(1) ? 0 : 1);
	return true;
}

/* (state, x, y [, weight]) */
static inline bool
outranking_row(FunctionCallInfo fcinfo, sc_row *row, double *parameter)
{
	double		x,
				y,
				weight;

	*parameter = 0;
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || is_missing(fcinfo, 3))
		return false;
	x = PG_GETARG_FLOAT8(1);
	y = PG_GETARG_FLOAT8(2);
	if (!isfinite(x) || !isfinite(y))
		report_not_finite("a value");
	weight = weight_argument(fcinfo, 3);
	if (weight == 0)
		return false;
	sc_sums_share_row(row, weight, x > y ? 1 : x == y ? 0.5 : 0);
	return true;
}

/* ------------------------------------------------------------ over a group */

/* Adds a row in line if it has a term for each of two sums, as all but moments have. */
static inline bool
add_row(sc_sums *sums, sc_sums_kind kind, const sc_row *row)
{
	return kind == SC_SUMS_MOMENTS ? sc_sums_add_terms(sums, row) : sc_sums_add_pair(sums, row);
}

static pg_noinline sc_sums *
grown(const sc_sums *sums, const sc_row *row)
{
	sc_sums_plan plan;
	sc_sums    *larger;

	sc_sums_plan_row(sums, row, &plan);
	larger = weighted_sums_moved(sums, &plan);
	(void) sc_sums_add_terms(larger, row);
	return larger;
}

/* Sums of that kind and parameter; sums without rows take any parameter. */
static inline void
check_sums(sc_sums *sums, sc_sums_kind kind, double parameter)
{
	if (likely(sums->kind == kind && sums->parameter == parameter))
		return;
	if (sums->kind != kind || sums->rows != 0)
		report_other_sums();
	sums->parameter = parameter;
}

/* The state with the row added. */
static pg_attribute_always_inline Datum
step(FunctionCallInfo fcinfo, sc_sums_kind kind, const sc_row *row, double parameter)
{
	sc_sums    *sums;

	if (unlikely(PG_ARGISNULL(0)))
		PG_RETURN_POINTER(weighted_sums_begin(kind, parameter, row));
	sums = weighted_sums_to_change(fcinfo);
	check_sums(sums, kind, parameter);
	if (unlikely(!add_row(sums, kind, row)))
		sums = grown(sums, row);
	PG_RETURN_POINTER(sums);
}

/* The state as it is. */
static inline Datum
step_over(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* ------------------------------------------------------------ over a frame */

typedef struct FrameState
{
	StateKind	kind;
	bool		has_extremes;
	sc_sums    *sums;			/* NULL before the first row */
	sc_sliding	least;			/* of the values ... */
	sc_sliding	greatest;		/* ... and of their negatives */
} FrameState;

static void
enter_extreme(MemoryContext context, sc_sliding *extreme, double value)
{
	if (sc_sliding_is_full(extreme))
	{
		int64		capacity = Max(16, 2 * extreme->capacity);
		sc_slider  *room = MemoryContextAllocExtended(context, sizeof(sc_slider) * capacity, MCXT_ALLOC_HUGE);
		sc_slider  *old = extreme->sliders;

		sc_sliding_move(extreme, room, capacity);
		if (old != NULL)
			pfree(old);
	}
	sc_sliding_enter(extreme, value);
}

static sc_sums *
frame_grown(MemoryContext context, sc_sums *sums, const sc_row *row)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	sc_sums_plan plan;
	sc_sums    *larger;

	sc_sums_plan_row(sums, row, &plan);
	larger = weighted_sums_moved(sums, &plan);
	pfree(sums);
	MemoryContextSwitchTo(old);
	return larger;
}

static void
frame_add(FunctionCallInfo fcinfo, FrameState *frame, sc_sums_kind kind, const sc_row *row, double parameter)
{
	MemoryContext context = aggregate_context(fcinfo, "the transition function of a window frame");

	if (frame->sums == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(context);

		frame->sums = weighted_sums_begin(kind, parameter, row);
		frame->has_extremes = kind <= SC_SUMS_POWER;
		MemoryContextSwitchTo(old);
	}
	else
	{
		check_sums(frame->sums, kind, parameter);
		if (!add_row(frame->sums, kind, row))
		{
			frame->sums = frame_grown(context, frame->sums, row);
			(void) sc_sums_add_terms(frame->sums, row);
		}
	}
	if (frame->has_extremes)
	{
		enter_extreme(context, &frame->least, row->value);
		enter_extreme(context, &frame->greatest, -row->value);
	}
}

static void
frame_remove(FunctionCallInfo fcinfo, FrameState *frame, sc_sums_kind kind, const sc_row *row, double parameter)
{
	if (frame->sums == NULL || frame->sums->rows <= 0)
		report_other_sums();
	check_sums(frame->sums, kind, parameter);
	if (!sc_sums_remove(frame->sums, row))
	{
		frame->sums = frame_grown(aggregate_context(fcinfo, "the transition function of a window frame"), frame->sums, row);
		(void) sc_sums_remove(frame->sums, row);
	}
	sc_sliding_leave(&frame->least);
	sc_sliding_leave(&frame->greatest);
}

/* The state in argument 0, made at its first row, counted or not: a frame's state is never null. */
static inline FrameState *
frame_argument(FunctionCallInfo fcinfo)
{
	FrameState *frame = aggregate_state(fcinfo, 0, STATE_OF_FRAME);

	if (likely(frame != NULL))
		return frame;
	return aggregate_state_new(aggregate_context(fcinfo, "the transition function of a window frame"),
							   sizeof(FrameState), STATE_OF_FRAME);
}

/* The three transition functions of an aggregate: a row of a group, a row that enters a frame, one that leaves it. */
#define TRANSITIONS(name, kind, make_row) \
	SCORECARD_FUNCTION(scorecard_##name##_step); \
	Datum scorecard_##name##_step(PG_FUNCTION_ARGS) \
	{ \
		sc_row		row; \
		double		parameter; \
		if (!make_row(fcinfo, &row, &parameter)) \
			return step_over(fcinfo); \
		return step(fcinfo, kind, &row, parameter); \
	} \
	SCORECARD_FUNCTION(scorecard_##name##_enter); \
	Datum scorecard_##name##_enter(PG_FUNCTION_ARGS) \
	{ \
		FrameState *frame = frame_argument(fcinfo); \
		sc_row		row; \
		double		parameter; \
		if (make_row(fcinfo, &row, &parameter)) \
			frame_add(fcinfo, frame, kind, &row, parameter); \
		PG_RETURN_POINTER(frame); \
	} \
	SCORECARD_FUNCTION(scorecard_##name##_leave); \
	Datum scorecard_##name##_leave(PG_FUNCTION_ARGS) \
	{ \
		FrameState *frame = frame_argument(fcinfo); \
		sc_row		row; \
		double		parameter; \
		if (make_row(fcinfo, &row, &parameter)) \
			frame_remove(fcinfo, frame, kind, &row, parameter); \
		PG_RETURN_POINTER(frame); \
	} \
	extern Datum scorecard_##name##_leave(PG_FUNCTION_ARGS)

TRANSITIONS(weighted_mean, SC_SUMS_MEAN, mean_row);
TRANSITIONS(geometric_mean, SC_SUMS_GEOMETRIC, geometric_row);
TRANSITIONS(harmonic_mean, SC_SUMS_HARMONIC, harmonic_row);
TRANSITIONS(power_mean, SC_SUMS_POWER, power_row);
TRANSITIONS(coverage, SC_SUMS_COVERAGE, coverage_row);
TRANSITIONS(outranking, SC_SUMS_OUTRANKING, outranking_row);
TRANSITIONS(moments, SC_SUMS_MOMENTS, moments_row);

/* ---------------------------------------------------------------- results */

typedef double (*result_function) (const sc_sums *sums, uint32_t *work);

static double
index_minus(const sc_sums *sums, uint32_t *work)
{
	return sc_sums_mazziotta_pareto(sums, -1, work);
}

static double
index_plus(const sc_sums *sums, uint32_t *work)
{
	return sc_sums_mazziotta_pareto(sums, 1, work);
}

static Datum
result(FunctionCallInfo fcinfo, const sc_sums *sums, sc_sums_kind kind, result_function result_of)
{
	uint32_t	few[FEW_DIGITS];
	double		number;

	if (sums->kind != kind)
		report_other_sums();
	number = result_of(sums, digits_for(sums, few));
	if (isnan(number))
		PG_RETURN_NULL();
	if (isinf(number))
		float_overflow_error();
	PG_RETURN_FLOAT8(number);
}

static Datum
frame_result(FunctionCallInfo fcinfo, sc_sums_kind kind, result_function result_of)
{
	FrameState *frame = aggregate_state(fcinfo, 0, STATE_OF_FRAME);

	if (frame == NULL || frame->sums == NULL)
		PG_RETURN_NULL();
	if (frame->has_extremes && frame->sums->rows > 0)
	{
		frame->sums->least = sc_sliding_least(&frame->least);
		frame->sums->greatest = -sc_sliding_least(&frame->greatest);
	}
	return result(fcinfo, frame->sums, kind, result_of);
}

/* The final functions of an aggregate, for a group and for a frame. */
#define RESULTS(name, kind, result_of) \
	SCORECARD_FUNCTION(scorecard_##name##_final); \
	Datum scorecard_##name##_final(PG_FUNCTION_ARGS) \
	{ \
		return result(fcinfo, weighted_sums_of_datum(PG_GETARG_DATUM(0)), kind, result_of); \
	} \
	SCORECARD_FUNCTION(scorecard_##name##_of_frame); \
	Datum scorecard_##name##_of_frame(PG_FUNCTION_ARGS) \
	{ \
		return frame_result(fcinfo, kind, result_of); \
	} \
	extern Datum scorecard_##name##_of_frame(PG_FUNCTION_ARGS)

RESULTS(weighted_mean, SC_SUMS_MEAN, sc_sums_mean);
RESULTS(weighted_sum, SC_SUMS_MEAN, sc_sums_total);
RESULTS(geometric_mean, SC_SUMS_GEOMETRIC, sc_sums_mean);
RESULTS(harmonic_mean, SC_SUMS_HARMONIC, sc_sums_mean);
RESULTS(power_mean, SC_SUMS_POWER, sc_sums_mean);
RESULTS(coverage, SC_SUMS_COVERAGE, sc_sums_share);
RESULTS(outranking, SC_SUMS_OUTRANKING, sc_sums_share);
RESULTS(weighted_sd, SC_SUMS_MOMENTS, sc_sums_deviation);
RESULTS(mpi_minus, SC_SUMS_MOMENTS, index_minus);
RESULTS(mpi_plus, SC_SUMS_MOMENTS, index_plus);
