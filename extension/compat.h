/*
 * compat.h
 *		Differences between PostgreSQL 15 and 19, in one place.
 *
 * Include after postgres.h and fmgr.h, before declaring any SQL function.
 */
#ifndef SCORECARD_COMPAT_H
#define SCORECARD_COMPAT_H

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
#endif

/*
 * With -fvisibility=hidden the functions that SQL names must be made visible;
 * before 16 PGDLLEXPORT is empty and PG_FUNCTION_INFO_V1 declares the function
 * without it.
 */
#if PG_VERSION_NUM < 160000 && defined(__GNUC__)
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif

#define SCORECARD_FUNCTION(name) \
	extern PGDLLEXPORT Datum name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name)

/* Soft errors (16): before, input functions raise. */
#if PG_VERSION_NUM < 160000
#define errsave(context, ...) \
	do { (void) (context); ereport(ERROR, __VA_ARGS__); } while (0)
#define DirectInputFunctionCallSafe(function, text, typioparam, typmod, context, result) \
	((void) (context), *(result) = DirectFunctionCall1(function, CStringGetDatum(text)), true)
#endif

/* IGNORE NULLS for window functions (19): before, the parser refuses it. */
#if PG_VERSION_NUM < 190000
#define WinCheckAndInitializeNullTreatment(window, allowed, fcinfo) ((void) 0)
#endif

/* Written before the declaration since 18, which dropped pg_attribute_noreturn(). */
#ifndef pg_noreturn
#define pg_noreturn pg_attribute_noreturn()
#endif

#endif
