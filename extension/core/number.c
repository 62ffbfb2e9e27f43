/*
 * number.c
 *		See number.h.
 *
 * strtod does the rounding; the scan before it fixes the grammar, because
 * strtod alone would also read "0x10", "inf" and the first dot of "60..62".
 */
#include "number.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/shortest_dec.h"

/* More digits than this never change a double, and a longer token is no one's figure. */
#define LONGEST_NUMBER 800

long
sc_excerpt(long length, long at)
{
	long		rest = length - at;

	return rest > 40 ? 40 : rest;
}

static long
skip_digits(const char *text, long length, long at)
{
	while (at < length && text[at] >= '0' && text[at] <= '9')
		at++;
	return at;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* What a token says that the grammar allows; false beyond the range of double. */
static bool
read_token(const char *text, long length, double *number)
{
	char		token[LONGEST_NUMBER + 1];

	if (length > LONGEST_NUMBER)
		return false;
	memcpy(token, text, length);
	token[length] = '\0';
	errno = 0;
	*number = strtod(token, NULL);
	if (isinf(*number) || (errno == ERANGE && *number == 0))
		return false;
	if (*number == 0)
		*number = 0;
	return true;
}

bool
sc_number_scan(const char *text, long length, long *position,
			   int followers, double *number, sc_error *error)
{
	long		start = *position;
	long		at = start;
	long		end;
	bool		form_ok = true;

	if (at < length && (text[at] == '-' || text[at] == '+'))
		at++;
	end = skip_digits(text, length, at);
	if (end == at)
		return sc_fail_text(error, SC_NUMBER_FORM, start, text + start, sc_excerpt(length, start), "", 0);
	at = end;
	if (at + 1 < length && text[at] == '.' && text[at + 1] != '.')
	{
		end = skip_digits(text, length, at + 1);
		form_ok = end > at + 1;
		at = end;
	}
	else if (at + 1 == length && text[at] == '.')
		form_ok = false;
	if (at < length && (text[at] == 'e' || text[at] == 'E'))
	{
		long		exponent = at + 1;

		if (exponent < length && (text[exponent] == '-' || text[exponent] == '+'))
			exponent++;
		end = skip_digits(text, length, exponent);
		form_ok = form_ok && end > exponent;
		at = end;
	}
	if (form_ok && at < length && is_letter(text[at]))
		form_ok = false;
	/* "1.5.2" is no number; "60..62" is a range */
	if (form_ok && at + 1 < length && text[at] == '.' && text[at + 1] != '.')
		form_ok = false;
	if (!form_ok)
		return sc_fail_text(error, SC_NUMBER_FORM, start, text + start, sc_excerpt(length, start), "", 0);
	if (!(followers & SC_BEFORE_COMMA) && at + 1 < length && text[at] == ',' && text[at + 1] >= '0' && text[at + 1] <= '9')
		return sc_fail_text(error, SC_NUMBER_COMMA, start, text + start, sc_excerpt(length, start), "", 0);
	if (!(followers & SC_BEFORE_PERCENT))
	{
		long		after = at;

		while (after < length && text[after] == ' ')
			after++;
		if (after < length && text[after] == '%')
			return sc_fail_text(error, SC_NUMBER_PERCENT, start, text + start, sc_excerpt(length, start), "", 0);
	}
	if (!read_token(text + start, at - start, number))
		return sc_fail_text(error, SC_NUMBER_RANGE, start, text + start, at - start, "", 0);
	*position = at;
	return true;
}

bool
sc_number_whole(const char *text, long length, double *number)
{
	long		at = length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
	long		end = skip_digits(text, length, at);
	long		digits = end - at;

	at = end;
	if (at < length && text[at] == '.')
	{
		end = skip_digits(text, length, at + 1);
		digits += end - at - 1;
		at = end;
	}
	if (digits == 0)
		return false;
	if (at < length && (text[at] == 'e' || text[at] == 'E'))
	{
		long		exponent = at + 1;

		if (exponent < length && (text[exponent] == '-' || text[exponent] == '+'))
			exponent++;
		at = skip_digits(text, length, exponent);
		if (at == exponent)
			return false;
	}
	return at == length && read_token(text, length, number);
}

int
sc_number_print(double number, char *out)
{
	int			length = double_to_shortest_decimal_bufn(number, out);

	out[length] = '\0';
	return length;
}
