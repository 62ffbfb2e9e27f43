/*
 * progress_status.c
 *		The type progress_status: one byte by value, sorted worst first.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "compat.h"
#include "comparison.h"
#include "core/status.h"
#include "report.h"

SCORECARD_FUNCTION(scorecard_progress_status_in);
Datum
scorecard_progress_status_in(PG_FUNCTION_ARGS)
{
	char	   *word = PG_GETARG_CSTRING(0);
	sc_status	status;

	if (!sc_status_from_word(word, &status))
	{
		errsave(fcinfo->context,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "progress_status",
						quotable(word, strlen(word))),
				 errhint("A status is missed, lost, off_track, at_risk, on_track, met, exceeded, not_yet_assessable or no_data.")));
		PG_RETURN_NULL();
	}
	PG_RETURN_CHAR((char) status);
}

SCORECARD_FUNCTION(scorecard_progress_status_out);
Datum
scorecard_progress_status_out(PG_FUNCTION_ARGS)
{
	const char *word = sc_status_word(PG_GETARG_CHAR(0));

	if (word == NULL)
		report_corrupted("progress_status");
	PG_RETURN_CSTRING(pstrdup(word));
}

SCORECARD_FUNCTION(scorecard_progress_status_recv);
Datum
scorecard_progress_status_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			status = pq_getmsgbyte(buf);

	if (sc_status_word(status) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid progress_status: %d", status)));
	PG_RETURN_CHAR((char) status);
}

SCORECARD_FUNCTION(scorecard_progress_status_send);
Datum
scorecard_progress_status_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, (uint8) PG_GETARG_CHAR(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static int
progress_status_compare(FunctionCallInfo fcinfo)
{
	char		x = PG_GETARG_CHAR(0);
	char		y = PG_GETARG_CHAR(1);

	return (x > y) - (x < y);
}

/* The number itself. */
static const unsigned char *
progress_status_hash_bytes(FunctionCallInfo fcinfo, int *length)
{
	unsigned char *byte = palloc(1);

	*byte = (unsigned char) PG_GETARG_CHAR(0);
	*length = 1;
	return byte;
}

COMPARISON_FUNCTIONS(progress_status);

SCORECARD_FUNCTION(scorecard_status_order);
Datum
scorecard_status_order(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT16(PG_GETARG_CHAR(0));
}

SCORECARD_FUNCTION(scorecard_signal);
Datum
scorecard_signal(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(sc_status_signal(PG_GETARG_CHAR(0))));
}

SCORECARD_FUNCTION(scorecard_progress_status_smaller);
Datum
scorecard_progress_status_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_CHAR(Min(PG_GETARG_CHAR(0), PG_GETARG_CHAR(1)));
}

SCORECARD_FUNCTION(scorecard_progress_status_larger);
Datum
scorecard_progress_status_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_CHAR(Max(PG_GETARG_CHAR(0), PG_GETARG_CHAR(1)));
}

/* State: the set of statuses seen, as bits. */
SCORECARD_FUNCTION(scorecard_indicator_status_step);
Datum
scorecard_indicator_status_step(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_INT32(0) | 1 << PG_GETARG_CHAR(1));
}

SCORECARD_FUNCTION(scorecard_indicator_status_final);
Datum
scorecard_indicator_status_final(PG_FUNCTION_ARGS)
{
	const sc_status_set all = (1u << (SC_STATUS_LAST + 1)) - 2;
	sc_status	status;

	if (!sc_status_of_indicator((sc_status_set) PG_GETARG_INT32(0) & all, &status))
		PG_RETURN_NULL();
	PG_RETURN_CHAR((char) status);
}
