/*
 * weighted_sums.c
 *		The type weighted_sums: exact sums of rows, stored, printed, sent and merged.
 *
 * Which bins a value has tells of its history; everything that leaves this type
 * goes through the canonical form (sc_sums_unpack), which tells of its rows only.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#include "compat.h"
#include "comparison.h"
#include "weighted_sums.h"

const sc_sums *
weighted_sums_of_datum(Datum datum)
{
	struct varlena *stored = PG_DETOAST_DATUM(datum);

	if (unlikely(!sc_sums_valid(stored, VARSIZE(stored))))
		report_corrupted("weighted_sums");
	return (const sc_sums *) stored;
}

sc_sums *
weighted_sums_copy(Datum datum)
{
	const sc_sums *sums = weighted_sums_of_datum(datum);
	sc_sums    *copy = palloc(VARSIZE(sums));

	memcpy(copy, sums, VARSIZE(sums));
	return copy;
}

sc_sums *
weighted_sums_begin(sc_sums_kind kind, double parameter, const sc_row *row)
{
	sc_sums_plan plan;
	sc_sums    *sums;

	sc_sums_plan_row(NULL, row, &plan);
	sums = palloc(sc_sums_plan_size(&plan));
	sc_sums_begin(sums, kind, parameter, &plan);
	SET_VARSIZE(sums, sc_sums_plan_size(&plan));
	(void) sc_sums_add_terms(sums, row);
	return sums;
}

sc_sums *
weighted_sums_moved(const sc_sums *sums, const sc_sums_plan *plan)
{
	uint32_t	few[FEW_DIGITS];
	sc_sums    *moved = palloc(sc_sums_plan_size(plan));

	sc_sums_move(sums, plan, moved, digits_for(sums, few));
	SET_VARSIZE(moved, sc_sums_plan_size(plan));
	return moved;
}

void
report_other_sums(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the weighted sums belong to another aggregate, or to another power or deviation"),
			 errhint("All rows of a group need the same power or deviation.")));
}

SCORECARD_FUNCTION(scorecard_weighted_sums_merge);
Datum
scorecard_weighted_sums_merge(PG_FUNCTION_ARGS)
{
	sc_sums    *sums = weighted_sums_to_change(fcinfo);
	const sc_sums *other = weighted_sums_of_datum(PG_GETARG_DATUM(1));
	sc_sums_plan plan;
	sc_error	error;

	if (sums->kind != other->kind || sums->parameter != other->parameter)
		report_other_sums();
	if (sc_sums_plan_merge(sums, other, &plan))
		sums = weighted_sums_moved(sums, &plan);
	if (!sc_sums_merge(sums, other, &error))
		report_error(NULL, &error, NULL);
	PG_RETURN_POINTER(sums);
}

/* -------------------------------------------------------------------- I/O */

/* Argument n in canonical form; returns the memory of its digits. */
static uint32_t *
canonical(FunctionCallInfo fcinfo, int n, sc_sums_value *value)
{
	const sc_sums *sums = weighted_sums_of_datum(PG_GETARG_DATUM(n));
	uint32_t   *digits = palloc(sizeof(uint32_t) * sc_sums_digits(sums));

	sc_sums_unpack(sums, digits, value);
	PG_FREE_IF_COPY(unconstify(sc_sums *, sums), n);
	return digits;
}

static Datum
packed(const sc_sums_value *value)
{
	Size		size = sc_sums_pack_size(value);
	sc_sums    *sums = palloc(size);

	sc_sums_pack(value, sums);
	SET_VARSIZE(sums, size);
	PG_RETURN_POINTER(sums);
}

SCORECARD_FUNCTION(scorecard_weighted_sums_in);
Datum
scorecard_weighted_sums_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	size_t		length = strlen(text);
	sc_sums_value value;
	sc_error	error;

	if (!sc_sums_scan(text, (long) length, palloc(sizeof(uint32_t) * SC_SUMS_SCAN_DIGITS(length)), &value, &error))
	{
		report_error(fcinfo->context, &error, "weighted_sums");
		PG_RETURN_NULL();
	}
	return packed(&value);
}

SCORECARD_FUNCTION(scorecard_weighted_sums_out);
Datum
scorecard_weighted_sums_out(PG_FUNCTION_ARGS)
{
	sc_sums_value value;
	char	   *text;

	(void) canonical(fcinfo, 0, &value);
	text = palloc(sc_sums_text_size(&value));
	text[sc_sums_print(&value, text)] = '\0';
	PG_RETURN_CSTRING(text);
}

pg_noreturn static void
fail_binary(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid %s in the binary form of weighted_sums", what)));
}

/* One sum: sign, position, number of digits, then these, lowest first. */
static void
receive_sum(StringInfo buf, sc_integer *sum)
{
	int			count;

	sum->sign = (int8) pq_getmsgbyte(buf);
	sum->position = (int32) pq_getmsgint(buf, 4);
	count = (int32) pq_getmsgint(buf, 4);
	if (count < 0 || count > (buf->len - buf->cursor) / 4 ||
		sum->sign != (count == 0 ? 0 : sum->sign < 0 ? -1 : 1) ||
		sum->position < -(1 << 20) || sum->position > (1 << 20))
		fail_binary("digits");
	sum->count = count;
	sum->digits = palloc(sizeof(uint32_t) * (count > 0 ? count : 1));
	for (int i = 0; i < count; i++)
		sum->digits[i] = pq_getmsgint(buf, 4);
	sc_integer_trim(sum);
}

/* Binary form: version, kind, parameter, rows, zeros, negatives, least, greatest, then the sums. */
SCORECARD_FUNCTION(scorecard_weighted_sums_recv);
Datum
scorecard_weighted_sums_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	sc_sums_value value;
	sc_error	error;

	if (version != SC_SUMS_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported weighted_sums version number %d", version)));
	memset(&value, 0, sizeof(value));
	value.kind = pq_getmsgbyte(buf);
	value.parameter = pq_getmsgfloat8(buf);
	value.rows = pq_getmsgint64(buf);
	value.zeros = pq_getmsgint64(buf);
	value.negatives = pq_getmsgint64(buf);
	value.least = pq_getmsgfloat8(buf);
	value.greatest = pq_getmsgfloat8(buf);
	if (value.kind < SC_SUMS_MEAN || value.kind > SC_SUMS_MOMENTS)
		fail_binary("kind");
	for (int i = 0; i < sc_sums_of_kind(value.kind); i++)
		receive_sum(buf, &value.sums[i]);
	if (!sc_sums_check(&value, &error))
		report_error(NULL, &error, NULL);
	return packed(&value);
}

static void
append_value(StringInfo buf, const sc_sums_value *value)
{
	pq_sendbyte(buf, SC_SUMS_VERSION);
	pq_sendbyte(buf, value->kind);
	pq_sendfloat8(buf, value->parameter);
	pq_sendint64(buf, value->rows);
	pq_sendint64(buf, value->zeros);
	pq_sendint64(buf, value->negatives);
	pq_sendfloat8(buf, value->least);
	pq_sendfloat8(buf, value->greatest);
	for (int i = 0; i < sc_sums_of_kind(value->kind); i++)
	{
		const sc_integer *sum = &value->sums[i];

		pq_sendbyte(buf, (uint8) sum->sign);
		pq_sendint32(buf, (uint32) sum->position);
		pq_sendint32(buf, (uint32) sum->count);
		for (int j = 0; j < sum->count; j++)
			pq_sendint32(buf, sum->digits[j]);
	}
}

SCORECARD_FUNCTION(scorecard_weighted_sums_send);
Datum
scorecard_weighted_sums_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	sc_sums_value value;

	(void) canonical(fcinfo, 0, &value);
	pq_begintypsend(&buf);
	append_value(&buf, &value);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ------------------------------------------------------------- comparison */

/* The binary form: equal for equal sums, whatever their bins. */
static unsigned char *
canonical_bytes(FunctionCallInfo fcinfo, int n, int *length)
{
	StringInfoData buf;
	sc_sums_value value;
	uint32_t   *digits = canonical(fcinfo, n, &value);

	initStringInfo(&buf);
	append_value(&buf, &value);
	pfree(digits);
	*length = buf.len;
	return (unsigned char *) buf.data;
}

/* An order without meaning, for sorting and grouping. */
static int
weighted_sums_compare(FunctionCallInfo fcinfo)
{
	int			x_length,
				y_length;
	unsigned char *x = canonical_bytes(fcinfo, 0, &x_length);
	unsigned char *y = canonical_bytes(fcinfo, 1, &y_length);
	int			order = memcmp(x, y, Min(x_length, y_length));

	pfree(x);
	pfree(y);
	return order != 0 ? (order < 0 ? -1 : 1) : (x_length > y_length) - (x_length < y_length);
}

static const unsigned char *
weighted_sums_hash_bytes(FunctionCallInfo fcinfo, int *length)
{
	return canonical_bytes(fcinfo, 0, length);
}

COMPARISON_FUNCTIONS(weighted_sums);
