/*
 * report.h
 *		From a sc_error of the core to an error of PostgreSQL.
 */
#ifndef SCORECARD_REPORT_H
#define SCORECARD_REPORT_H

#include "compat.h"
#include "core/error.h"
#include "fmgr.h"
#include "nodes/execnodes.h"

/*
 * Raises the error, or saves it where `escontext` asks for soft errors; then
 * it returns and the caller returns too. `type` names the type whose text was
 * read, for the position; NULL if no text was.
 */
extern void report_error(Node *escontext, const sc_error *error, const char *type);

/*
 * A soft-error context of our own, which keeps every fault: hand its address
 * as `escontext`. Its tag belongs to no node of PostgreSQL's.
 */
typedef struct FaultList
{
	NodeTag		type;			/* T_Invalid */
	const char *code;			/* of the node that is being read */
	size_t		code_length;	/* 0 if none is */
	void		(*add) (struct FaultList *list, const char *sqlstate, const char *message, const char *hint);
} FaultList;

static inline FaultList *
fault_list(Node *escontext)
{
	return escontext != NULL && nodeTag(escontext) == T_Invalid ? (FaultList *) escontext : NULL;
}

/* The beginning of a text, cut between characters: at most 100 bytes and "...". */
extern const char *quotable(const char *text, size_t length);

/* Raises a fault that the glue itself found; offender and other may be NULL. */
extern void report_fault(sc_error_kind kind, const char *offender, const char *other);

/* NaN or infinity where a number is needed; `what` completes "... must be a finite number". */
pg_noreturn extern void report_not_finite(const char *what);

/* Stored bytes that no version of this extension wrote. */
pg_noreturn extern void report_corrupted(const char *type);

/* A NULL where the function cannot go on: SQLSTATE 22004. */
pg_noreturn extern void report_null(const char *what);

/* The memory context of the running aggregate; raises 0A000 outside of one. */
extern MemoryContext aggregate_context(FunctionCallInfo fcinfo, const char *function);

/* May the state in argument 0 be changed in place? AggCheckCallContext in line. */
static inline bool
in_aggregate(FunctionCallInfo fcinfo)
{
	return fcinfo->context != NULL &&
		(IsA(fcinfo->context, AggState) || IsA(fcinfo->context, WindowAggState));
}

/*
 * States of type internal begin with their kind, because a superuser may build
 * an aggregate that hands the state of one to the functions of another.
 */
typedef enum StateKind
{
	STATE_OF_PATH = 0x5C0001,
	STATE_OF_SERIES,
	STATE_OF_FRAMEWORK,
	STATE_OF_FORCE,
	STATE_OF_FRAME,
	STATE_OF_NUMBERS,
	STATE_OF_WEIGHTED_NUMBERS,
	STATE_OF_QUANTILE,
	STATE_OF_TREATMENT
} StateKind;

/* Argument n as a state of that kind, NULL if it is null; raises 22023 for any other. */
extern void *aggregate_state(FunctionCallInfo fcinfo, int n, StateKind kind);

/* A new state, zero but for its kind. */
extern void *aggregate_state_new(MemoryContext context, Size size, StateKind kind);

#endif
