/*
 * report.c
 *		See report.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "report.h"
#include "compat.h"

/* The core cuts long texts between UTF-8 characters; other encodings may need one more cut. */
static const char *
clip(const char *text)
{
	int			length = (int) strlen(text);

	return pnstrdup(text, pg_mbcliplen(text, length, length));
}

static int
sqlstate_of(sc_error_kind kind)
{
	const char *s = sc_error_sqlstate(kind);

	return MAKE_SQLSTATE(s[0], s[1], s[2], s[3], s[4]);
}

void
report_error(Node *escontext, const sc_error *error, const char *type)
{
	const char *hint = sc_error_hint(error->kind);
	char	   *message = psprintf(sc_error_message(error->kind),
								   clip(error->offender), clip(error->other));
	FaultList  *list = fault_list(escontext);

	if (list != NULL)
	{
		list->add(list, sc_error_sqlstate(error->kind), message, hint);
		return;
	}
	errsave(escontext,
			(errcode(sqlstate_of(error->kind)),
			 errmsg("%s", message),
			 type != NULL && error->position >= 0 ?
			 errdetail("Position %ld in the text of the %s.", error->position + 1, type) : 0,
			 hint != NULL ? errhint("%s", hint) : 0));
}

const char *
quotable(const char *text, size_t length)
{
	const size_t room = 100;

	if (length <= room)
		return pnstrdup(text, length);
	return psprintf("%.*s...", pg_mbcliplen(text, (int) Min(length, 4 * room), (int) room), text);
}

void
report_fault(sc_error_kind kind, const char *offender, const char *other)
{
	sc_error	error;

	sc_fail(&error, kind, -1, offender, other);
	report_error(NULL, &error, NULL);
}

void
report_not_finite(const char *what)
{
	report_fault(SC_NUMBER_NOT_FINITE, what, NULL);
	pg_unreachable();
}

void
report_corrupted(const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored value of type %s is damaged or of an unknown version", type)));
}

void
report_null(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("%s must not be null", what)));
}

MemoryContext
aggregate_context(FunctionCallInfo fcinfo, const char *function)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("%s was called outside an aggregate", function)));
	return context;
}

void *
aggregate_state(FunctionCallInfo fcinfo, int n, StateKind kind)
{
	if (PG_ARGISNULL(n))
		return NULL;
	if (*(StateKind *) PG_GETARG_POINTER(n) != kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the state belongs to another aggregate")));
	return PG_GETARG_POINTER(n);
}

void *
aggregate_state_new(MemoryContext context, Size size, StateKind kind)
{
	StateKind  *state = MemoryContextAllocZero(context, size);

	*state = kind;
	return state;
}
