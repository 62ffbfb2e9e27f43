/*
 * indicator_series.c
 *		The type indicator_series, its constructors and accessors.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "arguments.h"
#include "comparison.h"
#include "report.h"

void
indicator_series_view(Datum datum, sc_series *series)
{
	struct varlena *stored = PG_DETOAST_DATUM_PACKED(datum);

	if (!sc_series_unpack(VARDATA_ANY(stored), VARSIZE_ANY_EXHDR(stored), series))
		report_corrupted("indicator_series");
}

struct varlena *
indicator_series_pack(sc_point *points, long count, Node *escontext)
{
	Size		size = VARHDRSZ + SC_SERIES_PACKED_SIZE(Min(count, SC_SERIES_MAX_POINTS));
	struct varlena *stored = palloc(size);
	sc_error	error;

	if (!sc_series_pack(points, count, VARDATA(stored), &error))
	{
		report_error(escontext, &error, NULL);
		return NULL;
	}
	SET_VARSIZE(stored, size);
	return stored;
}

/* -------------------------------------------------------------------- I/O */

SCORECARD_FUNCTION(scorecard_indicator_series_in);
Datum
scorecard_indicator_series_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	long		length = (long) strlen(text);
	long		count;
	sc_point   *points = palloc(sizeof(sc_point) * (sc_series_count_points(text, length) + 1));
	struct varlena *stored;
	sc_error	error;

	if (!sc_series_scan(text, length, points, &count, &error))
	{
		report_error(fcinfo->context, &error, "indicator_series");
		PG_RETURN_NULL();
	}
	stored = indicator_series_pack(points, count, fcinfo->context);
	if (stored == NULL)
		PG_RETURN_NULL();
	pfree(points);
	PG_RETURN_POINTER(stored);
}

SCORECARD_FUNCTION(scorecard_indicator_series_out);
Datum
scorecard_indicator_series_out(PG_FUNCTION_ARGS)
{
	sc_series	series;
	char	   *text;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	text = palloc(SC_SERIES_TEXT_SIZE(series.count));
	sc_series_print(&series, text);
	PG_RETURN_CSTRING(text);
}

/* Reads count points, each a date and a value. */
static sc_point *
read_points(StringInfo buf, int count)
{
	sc_point   *points = palloc(sizeof(sc_point) * Max(count, 1));

	for (int i = 0; i < count; i++)
	{
		points[i].date = (sc_date) pq_getmsgint(buf, 4);
		points[i].value = pq_getmsgfloat8(buf);
	}
	return points;
}

/* Binary form: version byte, count, then date and value of each point. */
SCORECARD_FUNCTION(scorecard_indicator_series_recv);
Datum
scorecard_indicator_series_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int			count;

	if (version != SC_SERIES_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported indicator_series version number %d", version)));
	count = (int) pq_getmsgint(buf, 4);
	if (count < 0 || count > (buf->len - buf->cursor) / 12)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid number of points in an indicator_series: %d", count)));
	PG_RETURN_POINTER(indicator_series_pack(read_points(buf, count), count, NULL));
}

SCORECARD_FUNCTION(scorecard_indicator_series_send);
Datum
scorecard_indicator_series_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, SC_SERIES_VERSION);
	pq_sendint32(&buf, series.count);
	for (int i = 0; i < series.count; i++)
	{
		pq_sendint32(&buf, (uint32) sc_series_date(&series, i));
		pq_sendfloat8(&buf, sc_series_value(&series, i));
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ------------------------------------------------------------- comparison */

static int
indicator_series_compare(FunctionCallInfo fcinfo)
{
	struct varlena *x = PG_GETARG_VARLENA_PP(0);
	struct varlena *y = PG_GETARG_VARLENA_PP(1);
	sc_series	series_x,
				series_y;
	int			order;

	indicator_series_view(PointerGetDatum(x), &series_x);
	indicator_series_view(PointerGetDatum(y), &series_y);
	order = sc_series_compare(&series_x, &series_y);
	PG_FREE_IF_COPY(x, 0);
	PG_FREE_IF_COPY(y, 1);
	return order;
}

/* Equal series are equal bytes. */
static const unsigned char *
indicator_series_hash_bytes(FunctionCallInfo fcinfo, int *length)
{
	struct varlena *stored = PG_GETARG_VARLENA_PP(0);

	*length = VARSIZE_ANY_EXHDR(stored);
	return (const unsigned char *) VARDATA_ANY(stored);
}

COMPARISON_FUNCTIONS(indicator_series);

/* -------------------------------------------------------------- from rows */

SCORECARD_FUNCTION(scorecard_indicator_series_from_arrays);
Datum
scorecard_indicator_series_from_arrays(PG_FUNCTION_ARGS)
{
	Datum	   *dates,
			   *values;
	bool	   *date_nulls,
			   *value_nulls;
	int			n_dates,
				n_values;
	long		count = 0;
	sc_point   *points;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), DATEOID, 4, true, TYPALIGN_INT, &dates, &date_nulls, &n_dates);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &values, &value_nulls, &n_values);
	if (n_dates != n_values)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("dates and values must be arrays of the same length")));
	points = palloc(sizeof(sc_point) * Max(n_dates, 1));
	for (int i = 0; i < n_dates; i++)
	{
		if (date_nulls[i])
			report_null("a date of an indicator series");
		if (value_nulls[i])
			continue;
		points[count].date = date_argument(dates[i], "a date of an indicator series");
		points[count++].value = DatumGetFloat8(values[i]);
	}
	PG_RETURN_POINTER(indicator_series_pack(points, count, NULL));
}

/* State of the aggregate: points in any order. */
typedef struct SeriesState
{
	StateKind	kind;
	int			count;
	int			capacity;
	sc_point   *points;
} SeriesState;

/* Makes room for `more` points; raises 54000 beyond the limit. */
static SeriesState *
grow(SeriesState *state, int more, MemoryContext context)
{
	if (state == NULL)
		state = aggregate_state_new(context, sizeof(SeriesState), STATE_OF_SERIES);
	if (state->count + more > SC_SERIES_MAX_POINTS)
		report_fault(SC_SERIES_TOO_LONG, "32768", NULL);
	if (state->count + more > state->capacity)
	{
		int			capacity = Max(state->count + more, Max(2 * state->capacity, 8));

		if (state->points == NULL)
			state->points = MemoryContextAlloc(context, sizeof(sc_point) * capacity);
		else
			state->points = repalloc(state->points, sizeof(sc_point) * capacity);
		state->capacity = capacity;
	}
	return state;
}

SCORECARD_FUNCTION(scorecard_indicator_series_agg_step);
Datum
scorecard_indicator_series_agg_step(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo, "indicator_series_agg_step");
	SeriesState *state = aggregate_state(fcinfo, 0, STATE_OF_SERIES);

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		sc_date		date = date_argument(PG_GETARG_DATUM(1), "a date of an indicator series");
		double		value = PG_GETARG_FLOAT8(2);

		if (!isfinite(value))
			report_not_finite("a value of an indicator series");
		state = grow(state, 1, context);
		state->points[state->count].date = date;
		state->points[state->count++].value = value;
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_indicator_series_agg_combine);
Datum
scorecard_indicator_series_agg_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo, "indicator_series_agg_combine");
	SeriesState *state = aggregate_state(fcinfo, 0, STATE_OF_SERIES);
	SeriesState *other = aggregate_state(fcinfo, 1, STATE_OF_SERIES);

	if (other != NULL && other->count > 0)
	{
		state = grow(state, other->count, context);
		memcpy(state->points + state->count, other->points, sizeof(sc_point) * other->count);
		state->count += other->count;
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_indicator_series_agg_serialize);
Datum
scorecard_indicator_series_agg_serialize(PG_FUNCTION_ARGS)
{
	SeriesState *state;
	StringInfoData buf;

	(void) aggregate_context(fcinfo, "indicator_series_agg_serialize");
	state = aggregate_state(fcinfo, 0, STATE_OF_SERIES);
	pq_begintypsend(&buf);
	pq_sendint32(&buf, state->count);
	for (int i = 0; i < state->count; i++)
	{
		pq_sendint32(&buf, (uint32) state->points[i].date);
		pq_sendfloat8(&buf, state->points[i].value);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

SCORECARD_FUNCTION(scorecard_indicator_series_agg_deserialize);
Datum
scorecard_indicator_series_agg_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes;
	StringInfoData buf;
	SeriesState *state;

	(void) aggregate_context(fcinfo, "indicator_series_agg_deserialize");
	bytes = PG_GETARG_BYTEA_PP(0);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	state = aggregate_state_new(CurrentMemoryContext, sizeof(SeriesState), STATE_OF_SERIES);
	state->count = state->capacity = (int) pq_getmsgint(&buf, 4);
	state->points = read_points(&buf, state->count);
	pq_getmsgend(&buf);
	pfree(buf.data);
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_indicator_series_agg_final);
Datum
scorecard_indicator_series_agg_final(PG_FUNCTION_ARGS)
{
	SeriesState *state;
	sc_point   *points;

	(void) aggregate_context(fcinfo, "indicator_series_agg_final");
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	/* on a copy: packing sorts, and the state may be asked again */
	state = aggregate_state(fcinfo, 0, STATE_OF_SERIES);
	points = palloc(sizeof(sc_point) * Max(state->count, 1));
	memcpy(points, state->points, sizeof(sc_point) * state->count);
	PG_RETURN_POINTER(indicator_series_pack(points, state->count, NULL));
}

/* -------------------------------------------------------------- accessors */

SCORECARD_FUNCTION(scorecard_points);
Datum
scorecard_points(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	sc_series	series;

	InitMaterializedSRF(fcinfo, 0);
	indicator_series_view(PG_GETARG_DATUM(0), &series);
	for (int i = 0; i < series.count; i++)
	{
		Datum		values[2];
		bool		nulls[2] = {false};

		values[0] = DateADTGetDatum(sc_series_date(&series, i));
		values[1] = Float8GetDatum(sc_series_value(&series, i));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

SCORECARD_FUNCTION(scorecard_series_count);
Datum
scorecard_series_count(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	PG_RETURN_INT32(series.count);
}

static Datum
date_of_point(FunctionCallInfo fcinfo, const sc_series *series, int i)
{
	if (i < 0 || i >= series->count)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(sc_series_date(series, i));
}

static Datum
value_of_point(FunctionCallInfo fcinfo, const sc_series *series, int i)
{
	if (i < 0 || i >= series->count)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sc_series_value(series, i));
}

SCORECARD_FUNCTION(scorecard_series_first_date);
Datum
scorecard_series_first_date(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return date_of_point(fcinfo, &series, 0);
}

SCORECARD_FUNCTION(scorecard_series_first_value);
Datum
scorecard_series_first_value(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return value_of_point(fcinfo, &series, 0);
}

SCORECARD_FUNCTION(scorecard_series_last_date);
Datum
scorecard_series_last_date(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return date_of_point(fcinfo, &series, series.count - 1);
}

SCORECARD_FUNCTION(scorecard_series_last_value);
Datum
scorecard_series_last_value(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return value_of_point(fcinfo, &series, series.count - 1);
}

SCORECARD_FUNCTION(scorecard_series_latest_date);
Datum
scorecard_series_latest_date(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return date_of_point(fcinfo, &series, sc_series_latest(&series, PG_GETARG_DATEADT(1)));
}

SCORECARD_FUNCTION(scorecard_series_latest_value);
Datum
scorecard_series_latest_value(PG_FUNCTION_ARGS)
{
	sc_series	series;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	return value_of_point(fcinfo, &series, sc_series_latest(&series, PG_GETARG_DATEADT(1)));
}

SCORECARD_FUNCTION(scorecard_series_value);
Datum
scorecard_series_value(PG_FUNCTION_ARGS)
{
	sc_series	series;
	double		value;

	indicator_series_view(PG_GETARG_DATUM(0), &series);
	if (!sc_series_at(&series, date_argument(PG_GETARG_DATUM(1), "the date"), PG_GETARG_BOOL(2), &value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}
