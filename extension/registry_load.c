/*
 * registry_load.c
 *		Reading the fields of a file softly: what is no number or date is NULL; and as much of one as a message quotes.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "compat.h"
#include "core/calendar.h"
#include "core/number.h"
#include "report.h"

/* Bytes of one blank at the beginning of a text: ASCII ones, and in UTF8 a no-break space and a byte-order mark; 0 if there is none. */
static int
blank_before(const char *text, int length)
{
	if (length >= 1 && (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')))
		return 1;
	if (GetDatabaseEncoding() != PG_UTF8)
		return 0;
	if (length >= 2 && memcmp(text, "\xC2\xA0", 2) == 0)
		return 2;
	if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		return 3;
	return 0;
}

/* The same at its end. */
static int
blank_after(const char *text, int length)
{
	for (int width = 1; width <= 3 && width <= length; width++)
		if (blank_before(text + length - width, width) == width)
			return width;
	return 0;
}

SCORECARD_FUNCTION(scorecard_text_or_null);
Datum
scorecard_text_or_null(PG_FUNCTION_ARGS)
{
	text	   *field = PG_GETARG_TEXT_PP(0);
	const char *start = VARDATA_ANY(field);
	int			length = VARSIZE_ANY_EXHDR(field);
	int			blank;

	while ((blank = blank_before(start, length)) > 0)
	{
		start += blank;
		length -= blank;
	}
	while ((blank = blank_after(start, length)) > 0)
		length -= blank;
	if (length == 0)
		PG_RETURN_NULL();
	if (length == (int) VARSIZE_ANY_EXHDR(field))
		PG_RETURN_TEXT_P(field);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(start, length));
}

SCORECARD_FUNCTION(scorecard_quotable);
Datum
scorecard_quotable(PG_FUNCTION_ARGS)
{
	text	   *field = PG_GETARG_TEXT_PP(0);

	PG_RETURN_TEXT_P(cstring_to_text(quotable(VARDATA_ANY(field), VARSIZE_ANY_EXHDR(field))));
}

SCORECARD_FUNCTION(scorecard_number_or_null);
Datum
scorecard_number_or_null(PG_FUNCTION_ARGS)
{
	text	   *field = PG_GETARG_TEXT_PP(0);
	double		number;

	if (!sc_number_whole(VARDATA_ANY(field), VARSIZE_ANY_EXHDR(field), &number))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(number);
}

/* Only a day is written with ten characters. */
#define LENGTH_OF_DAY 10

static bool
whole_period(text *field, sc_period *period)
{
	long		length = VARSIZE_ANY_EXHDR(field);
	long		position = 0;

	return sc_period_scan(VARDATA_ANY(field), length, &position, period) && position == length;
}

SCORECARD_FUNCTION(scorecard_date_or_null);
Datum
scorecard_date_or_null(PG_FUNCTION_ARGS)
{
	text	   *field = PG_GETARG_TEXT_PP(0);
	sc_period	period;

	if (!whole_period(field, &period) || VARSIZE_ANY_EXHDR(field) != LENGTH_OF_DAY)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(period.last);
}

SCORECARD_FUNCTION(scorecard_period_end_or_null);
Datum
scorecard_period_end_or_null(PG_FUNCTION_ARGS)
{
	sc_period	period;

	if (!whole_period(PG_GETARG_TEXT_PP(0), &period))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(period.last);
}

SCORECARD_FUNCTION(scorecard_period_start_or_null);
Datum
scorecard_period_start_or_null(PG_FUNCTION_ARGS)
{
	text	   *field = PG_GETARG_TEXT_PP(0);
	sc_period	period;

	if (!whole_period(field, &period) || VARSIZE_ANY_EXHDR(field) == LENGTH_OF_DAY)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(period.first);
}
