/*
 * attainment.c
 *		The measures of progress on plain numbers, for tables without paths.
 *
 * Each takes finite numbers (else 22023) and gives NULL where it is undefined.
 * A last argument lower_is_better says the direction where the numbers do not.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"

#include "compat.h"
#include "core/growth.h"
#include "core/score.h"
#include "report.h"

static inline double
number(FunctionCallInfo fcinfo, int n, const char *name)
{
	double		value = PG_GETARG_FLOAT8(n);

	if (unlikely(!isfinite(value)))
		report_not_finite(name);
	return value;
}

static inline Datum
result(FunctionCallInfo fcinfo, double value)
{
	if (unlikely(!isfinite(value)))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value == 0 ? 0 : value);
}

static inline bool
same_sign(double x, double y)
{
	return (x > 0 && y > 0) || (x < 0 && y < 0);
}

/* +1 or -1: argument n if it is there, else the way from one number to the other. */
static inline double
direction(FunctionCallInfo fcinfo, int n, double from, double to)
{
	if (PG_NARGS() > n)
		return PG_GETARG_BOOL(n) ? -1 : 1;
	return to < from ? -1 : 1;
}

/* (value, target [, lower_is_better]) */
SCORECARD_FUNCTION(scorecard_plain_level);
Datum
scorecard_plain_level(PG_FUNCTION_ARGS)
{
	double		value = number(fcinfo, 0, "value");
	double		target = number(fcinfo, 1, "target");

	if (!PG_GETARG_BOOL(2))
	{
		if (target <= 0)
			PG_RETURN_NULL();
		return result(fcinfo, sc_percent(value, target));
	}
	if (target < 0 || value <= 0)
		PG_RETURN_NULL();
	return result(fcinfo, sc_percent(target, value));
}

/* (value, baseline, target or expected [, lower_is_better]) */
SCORECARD_FUNCTION(scorecard_plain_distance);
Datum
scorecard_plain_distance(PG_FUNCTION_ARGS)
{
	double		value = number(fcinfo, 0, "value");
	double		baseline = number(fcinfo, 1, "baseline");
	double		bound = number(fcinfo, 2, "the bound");

	if (bound == baseline)
		PG_RETURN_NULL();
	return result(fcinfo, sc_percent(direction(fcinfo, 3, baseline, bound) * (value - baseline), fabs(bound - baseline)));
}

/* (value, baseline, target, years_elapsed, years_total [, lower_is_better]) */
SCORECARD_FUNCTION(scorecard_plain_growth_ratio);
Datum
scorecard_plain_growth_ratio(PG_FUNCTION_ARGS)
{
	double		value = number(fcinfo, 0, "value");
	double		baseline = number(fcinfo, 1, "baseline");
	double		target = number(fcinfo, 2, "target");
	double		elapsed = number(fcinfo, 3, "years_elapsed");
	double		total = number(fcinfo, 4, "years_total");
	double		required;

	if (!same_sign(baseline, value) || !same_sign(baseline, target) ||
		target == baseline || elapsed <= 0 || total <= 0)
		PG_RETURN_NULL();
	required = sc_compound_growth(baseline, target, total);
	return result(fcinfo, (baseline < 0 ? -1 : 1) * direction(fcinfo, 5, baseline, target) *
				  sc_compound_growth(baseline, value, elapsed) / fabs(required));
}

/* (from_value, to_value, years) */
SCORECARD_FUNCTION(scorecard_compound_growth);
Datum
scorecard_compound_growth(PG_FUNCTION_ARGS)
{
	double		from = number(fcinfo, 0, "from_value");
	double		to = number(fcinfo, 1, "to_value");
	double		years = number(fcinfo, 2, "years");

	if (!same_sign(from, to) || years <= 0)
		PG_RETURN_NULL();
	return result(fcinfo, sc_compound_growth(from, to, years));
}

/* (value, baseline, years_elapsed, years_total) */
SCORECARD_FUNCTION(scorecard_plain_projection);
Datum
scorecard_plain_projection(PG_FUNCTION_ARGS)
{
	double		value = number(fcinfo, 0, "value");
	double		baseline = number(fcinfo, 1, "baseline");
	double		elapsed = number(fcinfo, 2, "years_elapsed");
	double		total = number(fcinfo, 3, "years_total");

	if (elapsed <= 0)
		PG_RETURN_NULL();
	return result(fcinfo, baseline + (value - baseline) * total / elapsed);
}

/* (value, target, years_left) */
SCORECARD_FUNCTION(scorecard_plain_required_pace);
Datum
scorecard_plain_required_pace(PG_FUNCTION_ARGS)
{
	double		value = number(fcinfo, 0, "value");
	double		target = number(fcinfo, 1, "target");
	double		years = number(fcinfo, 2, "years_left");

	if (years <= 0)
		PG_RETURN_NULL();
	return result(fcinfo, (target - value) / years);
}

/* (value, baseline, target) */
SCORECARD_FUNCTION(scorecard_plain_parity);
Datum
scorecard_plain_parity(PG_FUNCTION_ARGS)
{
	double		value = number(fcinfo, 0, "value");
	double		baseline = number(fcinfo, 1, "baseline");
	double		target = number(fcinfo, 2, "target");

	if (target == baseline)
		PG_RETURN_NULL();
	return result(fcinfo, 100 - 100 * fabs(target - value) / fabs(target - baseline));
}
