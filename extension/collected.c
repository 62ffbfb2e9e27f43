/*
 * collected.c
 *		See collected.h.
 *
 * As bytes: kind, parameters (or not), number of rows, and the numbers.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/memutils.h"

#include "collected.h"
#include "compat.h"

#define FIRST_ROOM 16
#define MOST_ROWS PG_INT32_MAX

/* A bytea of that many numbers, and its header, stays below 1 GB. */
#define MOST_NUMBERS_SENT ((int64) ((MaxAllocSize - 1024) / sizeof(double)))

Collected *
collected_state(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function)
{
	MemoryContext context = aggregate_context(fcinfo, function);
	Collected  *state = aggregate_state(fcinfo, 0, shape->kind);

	return state != NULL ? state : aggregate_state_new(context, sizeof(Collected), shape->kind);
}

void
collected_parameters(Collected *state, const CollectedShape *shape, const double *parameters)
{
	for (int i = 0; i < shape->n_parameters; i++)
	{
		if (state->has_parameters && state->parameters[i] != parameters[i])
			report_fault(SC_PARAMETER_VARIES, shape->names[i], NULL);
		state->parameters[i] = parameters[i];
	}
	state->has_parameters = true;
}

/* Room for `more` rows; the numbers live where the state does. */
static void
grow(Collected *state, const CollectedShape *shape, int64 more)
{
	Size		row = sizeof(double) * shape->width;

	if (more > MOST_ROWS - state->count)
		report_fault(SC_TOO_MANY_COLLECTED, psprintf("%d", MOST_ROWS), NULL);
	if (state->count + more <= state->room)
		return;
	state->room = Max(state->count + more, Max(2 * state->room, FIRST_ROOM));
	if (state->numbers == NULL)
		state->numbers = MemoryContextAllocHuge(GetMemoryChunkContext(state), row * state->room);
	else
		state->numbers = repalloc_huge(state->numbers, row * state->room);
}

void
collected_add(Collected *state, const CollectedShape *shape, const double *row)
{
	if (unlikely(state->count == state->room))
		grow(state, shape, 1);
	for (int i = 0; i < shape->width; i++)
		state->numbers[state->count * shape->width + i] = row[i];
	state->count++;
}

const Collected *
collected_final(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function)
{
	const Collected *state;

	(void) aggregate_context(fcinfo, function);
	state = aggregate_state(fcinfo, 0, shape->kind);
	return state != NULL && state->count > 0 ? state : NULL;
}

double *
collected_copy(const Collected *state, const CollectedShape *shape)
{
	Size		size = sizeof(double) * shape->width * state->count;
	double	   *numbers = MemoryContextAllocHuge(CurrentMemoryContext, size);

	memcpy(numbers, state->numbers, size);
	return numbers;
}

Datum
collected_combine(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function)
{
	Collected  *state = collected_state(fcinfo, shape, function);
	const Collected *other = aggregate_state(fcinfo, 1, shape->kind);

	if (other == NULL)
		PG_RETURN_POINTER(state);
	if (other->has_parameters)
		collected_parameters(state, shape, other->parameters);
	if (other->count > 0)
	{
		grow(state, shape, other->count);
		memcpy(state->numbers + state->count * shape->width, other->numbers,
			   sizeof(double) * shape->width * other->count);
		state->count += other->count;
	}
	PG_RETURN_POINTER(state);
}

Datum
collected_serialize(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function)
{
	const Collected *state;
	StringInfoData buf;

	(void) aggregate_context(fcinfo, function);
	state = aggregate_state(fcinfo, 0, shape->kind);
	if (state->count > MOST_NUMBERS_SENT / shape->width)
		report_fault(SC_TOO_MANY_SENT, psprintf(INT64_FORMAT, MOST_NUMBERS_SENT / shape->width), NULL);
	pq_begintypsend(&buf);
	pq_sendint32(&buf, shape->kind);
	pq_sendbyte(&buf, state->has_parameters);
	for (int i = 0; i < shape->n_parameters; i++)
		pq_sendfloat8(&buf, state->parameters[i]);
	pq_sendint64(&buf, state->count);
	for (int64 i = 0; i < state->count * shape->width; i++)
		pq_sendfloat8(&buf, state->numbers[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static double
read_number(StringInfo buf)
{
	double		number = pq_getmsgfloat8(buf);

	if (!isfinite(number))
		report_fault(SC_STATE_FORM, NULL, NULL);
	return number == 0 ? 0 : number;
}

static void
read_row(StringInfo buf, Collected *state, const CollectedShape *shape)
{
	double		row[2];

	for (int i = 0; i < shape->width; i++)
		row[i] = read_number(buf);
	if (shape->good_row != NULL && !shape->good_row(row))
		report_fault(SC_STATE_FORM, NULL, NULL);
	collected_add(state, shape, row);
}

/* The bytes may be those of another aggregate, or anybody's. */
Datum
collected_deserialize(FunctionCallInfo fcinfo, const CollectedShape *shape, const char *function)
{
	bytea	   *bytes;
	StringInfoData buf;
	Collected  *state;
	int64		count;

	(void) aggregate_context(fcinfo, function);
	bytes = PG_GETARG_BYTEA_PP(0);
	memset(&buf, 0, sizeof(buf));
	buf.data = VARDATA_ANY(bytes);
	buf.len = buf.maxlen = VARSIZE_ANY_EXHDR(bytes);
	state = aggregate_state_new(CurrentMemoryContext, sizeof(Collected), shape->kind);
	if (pq_getmsgint(&buf, 4) != shape->kind)
		report_fault(SC_STATE_FORM, NULL, NULL);
	state->has_parameters = pq_getmsgbyte(&buf) != 0;
	for (int i = 0; i < shape->n_parameters; i++)
		state->parameters[i] = read_number(&buf);
	if (state->has_parameters && shape->good_parameters != NULL && !shape->good_parameters(state->parameters))
		report_fault(SC_STATE_FORM, NULL, NULL);
	count = pq_getmsgint64(&buf);
	if (count < 0 || count > (buf.len - buf.cursor) / (int64) (sizeof(double) * shape->width) ||
		(count > 0 && shape->n_parameters > 0 && !state->has_parameters))
		report_fault(SC_STATE_FORM, NULL, NULL);
	if (count > 0)
		grow(state, shape, count);
	while (state->count < count)
		read_row(&buf, state, shape);
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}
