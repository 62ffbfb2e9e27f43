/*
 * score_arguments.c
 *		See score_arguments.h.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"

#include "compat.h"
#include "report.h"
#include "score_arguments.h"

double
finite_number(Datum datum, const char *what)
{
	double		number = DatumGetFloat8(datum);

	if (unlikely(!isfinite(number)))
		report_not_finite(what);
	return number == 0 ? 0 : number;
}

double
positive_number(Datum datum, const char *what)
{
	double		number = finite_number(datum, what);

	if (unlikely(number <= 0))
		report_fault(SC_NOT_POSITIVE, what, NULL);
	return number;
}

bool
word_is(Datum word, const char *expected)
{
	text	   *given = DatumGetTextPP(word);
	size_t		length = strlen(expected);

	return VARSIZE_ANY_EXHDR(given) == length && memcmp(VARDATA_ANY(given), expected, length) == 0;
}

bool
downward_direction(Datum word)
{
	bool		down = word_is(word, "down");

	if (unlikely(!down && !word_is(word, "up")))
		report_fault(SC_SCORE_DIRECTION_WORD, TextDatumGetCString(word), NULL);
	return down;
}

Datum
finite_result(FunctionCallInfo fcinfo, double result)
{
	if (!isfinite(result))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result == 0 ? 0 : result);
}
