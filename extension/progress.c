/*
 * progress.c
 *		progress(): a row per dated target; and its columns as scalar functions.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/jsonb.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "arguments.h"
#include "core/measure.h"
#include "report.h"

/* Columns of progress_result; new ones are appended. */
enum
{
	COLUMN_DUE,
	COLUMN_IS_CURRENT,
	COLUMN_VALUE,
	COLUMN_OBSERVED_ON,
	COLUMN_BASELINE,
	COLUMN_MET_BOUND,
	COLUMN_FAR_BOUND,
	COLUMN_MEASURES,			/* measures up to SC_PROJECTED_ATTAINMENT, in their order */
	COLUMN_STATUS = COLUMN_MEASURES + SC_PROJECTED_ATTAINMENT + 1,
	COLUMN_REASON,
	COLUMN_REASONS,
	COLUMN_MORE_MEASURES,		/* the other measures, in their order */
	COLUMN_COUNT = COLUMN_MORE_MEASURES + SC_MEASURE_COUNT - SC_PROJECTED_ATTAINMENT - 1
};

static int
column_of(sc_measure_kind kind)
{
	return kind <= SC_PROJECTED_ATTAINMENT ? COLUMN_MEASURES + (int) kind :
		COLUMN_MORE_MEASURES + (int) kind - SC_PROJECTED_ATTAINMENT - 1;
}

/* A measure as its SQL type: the one that is a date is kept as a day number. */
static Datum
measure_datum(const sc_progress *p, sc_measure_kind kind)
{
	if (kind == SC_REACHED_ON)
		return DateADTGetDatum((DateADT) p->measure[kind]);
	return Float8GetDatum(p->measure[kind]);
}

/* ------------------------------------------------------------ jsonb reasons */

/*
 * Few combinations of missing measures occur in one query, so the last ones
 * are kept in fn_extra, recognised by the reasons themselves.
 */
#define REASON_ENTRIES 8

typedef struct ReasonCache
{
	int			next;
	struct
	{
		Jsonb	   *json;
		sc_reason	missing[SC_MEASURE_COUNT];
	}			entries[REASON_ENTRIES];
} ReasonCache;

static Jsonb *
reasons_to_jsonb(const sc_reason *missing)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoChar(&text, '{');
	for (int k = 0; k < SC_MEASURE_COUNT; k++)
		if (missing[k] != SC_NO_REASON)
			appendStringInfo(&text, "%s\"%s\": \"%s\"", text.len > 1 ? ", " : "",
							 sc_measure_word(k), sc_reason_word(missing[k]));
	appendStringInfoChar(&text, '}');
	return DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text.data)));
}

/* Column name -> word, for every measure without a value. */
static Datum
reasons(FunctionCallInfo fcinfo, const sc_progress *progress)
{
	ReasonCache *cache = fcinfo->flinfo->fn_extra;
	MemoryContext caller;
	Jsonb	   *json;
	int			k;

	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(ReasonCache));
	for (k = 0; k < REASON_ENTRIES; k++)
		if (cache->entries[k].json != NULL &&
			memcmp(cache->entries[k].missing, progress->missing, sizeof(progress->missing)) == 0)
			return JsonbPGetDatum(cache->entries[k].json);

	k = cache->next;
	json = reasons_to_jsonb(progress->missing);
	if (cache->entries[k].json != NULL)
		pfree(cache->entries[k].json);
	cache->entries[k].json = NULL;
	caller = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	cache->entries[k].json = (Jsonb *) PG_DETOAST_DATUM_COPY(JsonbPGetDatum(json));
	MemoryContextSwitchTo(caller);
	memcpy(cache->entries[k].missing, progress->missing, sizeof(progress->missing));
	cache->next = (k + 1) % REASON_ENTRIES;
	return JsonbPGetDatum(cache->entries[k].json);
}

/* -------------------------------------------------------------------- rows */

static void
put_row(FunctionCallInfo fcinfo, const sc_path *path, const sc_progress *p)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		values[COLUMN_COUNT];
	bool		nulls[COLUMN_COUNT] = {false};

	values[COLUMN_DUE] = DateADTGetDatum(p->due);
	values[COLUMN_IS_CURRENT] = BoolGetDatum(p->is_current);
	values[COLUMN_VALUE] = Float8GetDatum(p->value);
	values[COLUMN_OBSERVED_ON] = DateADTGetDatum(p->observed_on);
	nulls[COLUMN_VALUE] = nulls[COLUMN_OBSERVED_ON] = !p->has_value;
	values[COLUMN_BASELINE] = Float8GetDatum(path->baseline);
	nulls[COLUMN_BASELINE] = !path->has_baseline;
	values[COLUMN_MET_BOUND] = Float8GetDatum(p->met_bound);
	nulls[COLUMN_MET_BOUND] = !p->has_bounds;
	nulls[COLUMN_FAR_BOUND] = !p->has_bounds || isinf(p->far_bound);
	values[COLUMN_FAR_BOUND] = Float8GetDatum(nulls[COLUMN_FAR_BOUND] ? 0 : p->far_bound);
	for (int k = 0; k < SC_MEASURE_COUNT; k++)
	{
		values[column_of(k)] = measure_datum(p, k);
		nulls[column_of(k)] = p->missing[k] != SC_NO_REASON;
	}
	values[COLUMN_STATUS] = CharGetDatum((char) p->status);
	nulls[COLUMN_REASON] = p->reason == SC_NO_REASON;
	values[COLUMN_REASON] = nulls[COLUMN_REASON] ? (Datum) 0 : CStringGetTextDatum(sc_reason_word(p->reason));
	values[COLUMN_REASONS] = reasons(fcinfo, p);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* An older age than this is no limit, a younger one than its negative makes everything stale. */
#define AGE_YEARS 4000

/* First date that is recent enough, given the age beyond which an observation is stale. */
static sc_date
stale_limit(sc_date as_of, Interval *max_age)
{
	double		days = max_age->day + max_age->month * 30.4375 + (double) max_age->time / USECS_PER_DAY;
	Timestamp	limit;
	DateADT		date;

	if (abs(max_age->month / 12) > AGE_YEARS || abs(max_age->day / 366) > AGE_YEARS ||
		fabs((double) max_age->time / USECS_PER_DAY / 366) > AGE_YEARS || days > as_of - SC_DATE_MIN + 366.0)
		return days < 0 ? SC_DATE_MAX : SC_DATE_MIN;
	limit = DatumGetTimestamp(DirectFunctionCall2(timestamp_mi_interval,
												  DirectFunctionCall1(date_timestamp, DateADTGetDatum(as_of)),
												  PointerGetDatum(max_age)));
	if (TIMESTAMP_NOT_FINITE(limit))
		return SC_DATE_MIN;
	date = DatumGetDateADT(DirectFunctionCall1(timestamp_date, TimestampGetDatum(limit)));
	/* a limit within a day spares only the next one */
	if (DatumGetTimestamp(DirectFunctionCall1(date_timestamp, DateADTGetDatum(date))) < limit)
		date++;
	return date;
}

SCORECARD_FUNCTION(scorecard_progress);
Datum
scorecard_progress(PG_FUNCTION_ARGS)
{
	sc_path		path;
	sc_series	series;
	const sc_series *happened = NULL;
	sc_date		as_of;
	sc_date		stale_before = SC_DATE_MIN;
	sc_progress row;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	if (PG_ARGISNULL(2))
		report_null("as_of");
	target_path_view(PG_GETARG_DATUM(0), &path);
	if (!PG_ARGISNULL(1))
	{
		indicator_series_view(PG_GETARG_DATUM(1), &series);
		happened = &series;
	}
	as_of = date_argument(PG_GETARG_DATUM(2), "as_of");
	if (!PG_ARGISNULL(4))
		stale_before = stale_limit(as_of, PG_GETARG_INTERVAL_P(4));

	if (!PG_ARGISNULL(3))
	{
		sc_date		due = date_argument(PG_GETARG_DATUM(3), "due");
		int			i = sc_path_find_due(&path, due);

		if (i >= 0)
			sc_progress_towards(&path, happened, i, as_of, stale_before, SC_ALL_MEASURES, &row);
		else
			sc_progress_without_target(&path, happened, due, as_of, &row);
		put_row(fcinfo, &path, &row);
		return (Datum) 0;
	}
	for (int i = 0; i < path.count; i++)
	{
		sc_progress_towards(&path, happened, i, as_of, stale_before, SC_ALL_MEASURES, &row);
		put_row(fcinfo, &path, &row);
	}
	return (Datum) 0;
}

/* ------------------------------------------------------------------ scalars */

/* (path, series, as_of, due): false if the path is NULL. A NULL due date is the current target. */
static bool
progress_of_arguments(FunctionCallInfo fcinfo, sc_measure_set wanted, sc_progress *out)
{
	sc_path		path;
	sc_series	series;
	const sc_series *happened = NULL;
	sc_date		as_of;
	int			i;

	if (PG_ARGISNULL(0))
		return false;
	if (PG_ARGISNULL(2))
		report_null("as_of");
	target_path_view(PG_GETARG_DATUM(0), &path);
	if (!PG_ARGISNULL(1))
	{
		indicator_series_view(PG_GETARG_DATUM(1), &series);
		happened = &series;
	}
	as_of = date_argument(PG_GETARG_DATUM(2), "as_of");
	if (PG_ARGISNULL(3))
		i = sc_path_current(&path, as_of);
	else
		i = sc_path_find_due(&path, date_argument(PG_GETARG_DATUM(3), "due"));
	if (i >= 0)
		sc_progress_towards(&path, happened, i, as_of, SC_DATE_MIN, wanted, out);
	else
		sc_progress_without_target(&path, happened, PG_GETARG_DATEADT(3), as_of, out);
	return true;
}

static Datum
one_measure(FunctionCallInfo fcinfo, sc_measure_kind kind)
{
	sc_progress progress;

	if (!progress_of_arguments(fcinfo, SC_MEASURE_BIT(kind), &progress) || progress.missing[kind] != SC_NO_REASON)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(measure_datum(&progress, kind));
}

#define MEASURE_FUNCTION(name, kind) \
	SCORECARD_FUNCTION(scorecard_##name); \
	Datum scorecard_##name(PG_FUNCTION_ARGS) \
	{ \
		return one_measure(fcinfo, kind); \
	} \
	extern Datum scorecard_##name(PG_FUNCTION_ARGS)

MEASURE_FUNCTION(attainment_level, SC_ATTAINMENT_LEVEL);
MEASURE_FUNCTION(attainment_distance, SC_ATTAINMENT_DISTANCE);
MEASURE_FUNCTION(attainment_path, SC_ATTAINMENT_PATH);
MEASURE_FUNCTION(growth_ratio, SC_GROWTH_RATIO);
MEASURE_FUNCTION(target_gap, SC_GAP);
MEASURE_FUNCTION(required_pace, SC_REQUIRED_PACE);
MEASURE_FUNCTION(observed_pace, SC_OBSERVED_PACE);
MEASURE_FUNCTION(pace_multiple, SC_PACE_MULTIPLE);
MEASURE_FUNCTION(projected_value, SC_PROJECTED_VALUE);
MEASURE_FUNCTION(projected_attainment, SC_PROJECTED_ATTAINMENT);
MEASURE_FUNCTION(score_level, SC_SCORE_LEVEL);
MEASURE_FUNCTION(score_distance, SC_SCORE_DISTANCE);
MEASURE_FUNCTION(score_met, SC_SCORE_MET);
MEASURE_FUNCTION(path_gap, SC_PATH_GAP);
MEASURE_FUNCTION(path_gap_share, SC_PATH_GAP_SHARE);
MEASURE_FUNCTION(observed_growth, SC_OBSERVED_GROWTH);
MEASURE_FUNCTION(directed_growth, SC_DIRECTED_GROWTH);
MEASURE_FUNCTION(path_growth, SC_PATH_GROWTH);
MEASURE_FUNCTION(required_growth, SC_REQUIRED_GROWTH);
MEASURE_FUNCTION(projected_by_growth, SC_PROJECTED_BY_GROWTH);
MEASURE_FUNCTION(growth_attainment, SC_GROWTH_ATTAINMENT);
MEASURE_FUNCTION(parity, SC_PARITY);
MEASURE_FUNCTION(maintained, SC_MAINTAINED);
MEASURE_FUNCTION(reached_on, SC_REACHED_ON);
MEASURE_FUNCTION(required_rest, SC_REQUIRED_REST);

SCORECARD_FUNCTION(scorecard_target_status);
Datum
scorecard_target_status(PG_FUNCTION_ARGS)
{
	sc_progress progress;

	if (!progress_of_arguments(fcinfo, SC_STATUS_ONLY, &progress))
		PG_RETURN_NULL();
	PG_RETURN_CHAR((char) progress.status);
}

SCORECARD_FUNCTION(scorecard_target_status_reason);
Datum
scorecard_target_status_reason(PG_FUNCTION_ARGS)
{
	sc_progress progress;

	if (!progress_of_arguments(fcinfo, SC_STATUS_ONLY, &progress) || progress.reason == SC_NO_REASON)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(sc_reason_word(progress.reason)));
}
