/*
 * comparison.h
 *		The nine comparison and hash functions of a type, from two of its own.
 *
 * A type's file defines
 *		static int TYPE_compare(FunctionCallInfo fcinfo);
 *		static const unsigned char *TYPE_hash_bytes(FunctionCallInfo fcinfo, int *length);
 * for its arguments, the second giving equal bytes for equal values, and then
 * says COMPARISON_FUNCTIONS(TYPE). comparison.sql.in declares the same for SQL.
 */
#ifndef SCORECARD_COMPARISON_H
#define SCORECARD_COMPARISON_H

#include "common/hashfn.h"

#define COMPARISON_FUNCTION(type, name, expression) \
	SCORECARD_FUNCTION(scorecard_##type##_##name); \
	Datum scorecard_##type##_##name(PG_FUNCTION_ARGS) \
	{ \
		int			order = type##_compare(fcinfo); \
		return expression; \
	} \
	extern Datum scorecard_##type##_##name(PG_FUNCTION_ARGS)

#define COMPARISON_FUNCTIONS(type) \
	COMPARISON_FUNCTION(type, eq, BoolGetDatum(order == 0)); \
	COMPARISON_FUNCTION(type, ne, BoolGetDatum(order != 0)); \
	COMPARISON_FUNCTION(type, lt, BoolGetDatum(order < 0)); \
	COMPARISON_FUNCTION(type, le, BoolGetDatum(order <= 0)); \
	COMPARISON_FUNCTION(type, gt, BoolGetDatum(order > 0)); \
	COMPARISON_FUNCTION(type, ge, BoolGetDatum(order >= 0)); \
	COMPARISON_FUNCTION(type, cmp, Int32GetDatum(order)); \
	SCORECARD_FUNCTION(scorecard_##type##_hash); \
	Datum scorecard_##type##_hash(PG_FUNCTION_ARGS) \
	{ \
		int			length; \
		const unsigned char *bytes = type##_hash_bytes(fcinfo, &length); \
		return UInt32GetDatum(hash_bytes(bytes, length)); \
	} \
	SCORECARD_FUNCTION(scorecard_##type##_hash_extended); \
	Datum scorecard_##type##_hash_extended(PG_FUNCTION_ARGS) \
	{ \
		int			length; \
		const unsigned char *bytes = type##_hash_bytes(fcinfo, &length); \
		return UInt64GetDatum(hash_bytes_extended(bytes, length, (uint64) PG_GETARG_INT64(1))); \
	} \
	extern Datum scorecard_##type##_hash_extended(PG_FUNCTION_ARGS)

#endif
