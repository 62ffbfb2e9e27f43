/*
 * sums_text.c
 *		The text of sums: see sums.h.
 *
 * A sum is written as an integer in hexadecimal, from its highest digit to its
 * lowest, times 2 to a multiple of 32: every bit, and one text for one value.
 */
#include "sums.h"

#include <inttypes.h>
#include <stdio.h>

#include "number.h"

static const char *const kind_words[] = {
	"", "mean", "geometric", "harmonic", "power", "coverage", "outranking", "moments"
};

#define LONGEST_FRONT 320		/* everything but the digits of the sums */

/* --------------------------------------------------------------- printing */

size_t
sc_sums_text_size(const sc_sums_value *value)
{
	size_t		digits = 0;

	for (int i = 0; i < SC_SUMS_MOST; i++)
		digits += (size_t) value->sums[i].count;
	return LONGEST_FRONT + 8 * digits;
}

static char *
print_sum(const sc_integer *x, char *at)
{
	if (x->count == 0)
	{
		*at++ = '0';
		return at;
	}
	at += sprintf(at, "%s0x%" PRIx32, x->sign < 0 ? "-" : "", x->digits[x->count - 1]);
	for (int i = x->count - 2; i >= 0; i--)
		at += sprintf(at, "%08" PRIx32, x->digits[i]);
	return at + sprintf(at, "p%d", 32 * x->position);
}

static char *
print_number(double number, char *at)
{
	return at + sc_number_print(number, at);
}

size_t
sc_sums_print(const sc_sums_value *value, char *text)
{
	char	   *at = text;

	at += sprintf(at, "v%d %s {parameter: ", SC_SUMS_VERSION, kind_words[value->kind]);
	at = print_number(value->parameter, at);
	at += sprintf(at, ", rows: %" PRId64 ", zeros: %" PRId64 ", negatives: %" PRId64 ", least: ",
				  value->rows, value->zeros, value->negatives);
	at = print_number(value->least, at);
	at += sprintf(at, ", greatest: ");
	at = print_number(value->greatest, at);
	at += sprintf(at, ", sums: [");
	for (int i = 0; i < sc_sums_of_kind(value->kind); i++)
	{
		if (i > 0)
			at += sprintf(at, ", ");
		at = print_sum(&value->sums[i], at);
	}
	at += sprintf(at, "]}");
	return (size_t) (at - text);
}

/* ---------------------------------------------------------------- reading */

typedef struct reader
{
	const char *text;
	long		length;
	long		at;
	sc_error   *error;
} reader;

static bool
fail(reader *r, const char *expected)
{
	return sc_fail_text(r->error, SC_EXPECTED, r->at, expected, strlen(expected),
						r->text + r->at, (size_t) sc_excerpt(r->length, r->at));
}

static void
skip_blanks(reader *r)
{
	while (r->at < r->length && r->text[r->at] == ' ')
		r->at++;
}

static bool
starts_with(const reader *r, const char *word)
{
	long		length = (long) strlen(word);

	return r->length - r->at >= length && memcmp(r->text + r->at, word, (size_t) length) == 0;
}

static bool
read_word(reader *r, const char *word)
{
	skip_blanks(r);
	if (!starts_with(r, word))
		return fail(r, word);
	r->at += (long) strlen(word);
	return true;
}

static bool
read_kind(reader *r, sc_sums_kind *kind)
{
	skip_blanks(r);
	for (int i = SC_SUMS_MEAN; i <= SC_SUMS_MOMENTS; i++)
		if (starts_with(r, kind_words[i]))
		{
			*kind = (sc_sums_kind) i;
			r->at += (long) strlen(kind_words[i]);
			return true;
		}
	return fail(r, "a kind of sums");
}

static bool
read_number(reader *r, const char *name, double *number)
{
	if (!read_word(r, name) || !read_word(r, ":"))
		return false;
	skip_blanks(r);
	return sc_number_scan(r->text, r->length, &r->at, SC_BEFORE_COMMA, number, r->error) && read_word(r, ",");
}

/* Digits up to a limit; the position stays if there are none, or too many. */
static bool
read_digits(reader *r, int64_t limit, int64_t *number)
{
	long		at = r->at;

	*number = 0;
	while (at < r->length && r->text[at] >= '0' && r->text[at] <= '9')
	{
		int			digit = r->text[at++] - '0';

		if (*number > (limit - digit) / 10)
			return false;
		*number = 10 * *number + digit;
	}
	if (at == r->at)
		return false;
	r->at = at;
	return true;
}

static bool
read_count(reader *r, const char *name, int64_t *count)
{
	if (!read_word(r, name) || !read_word(r, ":"))
		return false;
	skip_blanks(r);
	return (read_digits(r, INT64_MAX, count) || fail(r, "a count")) && read_word(r, ",");
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* The exponent after "p": a multiple of 32. */
static bool
read_position(reader *r, int *position)
{
	bool		negative;
	int64_t		exponent;

	if (!read_word(r, "p"))
		return false;
	negative = r->at < r->length && r->text[r->at] == '-';
	if (negative)
		r->at++;
	if (!read_digits(r, 1 << 20, &exponent) || exponent % 32 != 0)
		return fail(r, "a multiple of 32");
	*position = (int) (negative ? -exponent : exponent) / 32;
	return true;
}

/* One sum; its digits go to *work, which moves on. */
static bool
read_sum(reader *r, uint32_t **work, sc_integer *sum)
{
	long		first,
				last;

	memset(sum, 0, sizeof(*sum));
	sum->digits = *work;
	skip_blanks(r);
	if (starts_with(r, "0") && !starts_with(r, "0x"))
	{
		r->at++;
		return true;
	}
	sum->sign = starts_with(r, "-") ? -1 : 1;
	if (sum->sign < 0)
		r->at++;
	if (!starts_with(r, "0x"))
		return fail(r, "a hexadecimal integer");
	first = last = r->at + 2;
	while (last < r->length && hex_value(r->text[last]) >= 0)
		last++;
	if (last == first)
		return fail(r, "a hexadecimal integer");
	r->at = last;
	sum->count = (int) ((last - first + 7) / 8);
	memset(sum->digits, 0, sizeof(uint32_t) * (size_t) sum->count);
	for (long i = 0; i < last - first; i++)
		sum->digits[i / 8] |= (uint32_t) hex_value(r->text[last - 1 - i]) << (4 * (i % 8));
	*work += sum->count;
	if (!read_position(r, &sum->position))
		return false;
	sc_integer_trim(sum);
	return true;
}

static bool
read_sums(reader *r, uint32_t *work, sc_sums_value *value)
{
	if (!read_word(r, "sums") || !read_word(r, ":") || !read_word(r, "["))
		return false;
	for (int i = 0; i < sc_sums_of_kind(value->kind); i++)
		if ((i > 0 && !read_word(r, ",")) || !read_sum(r, &work, &value->sums[i]))
			return false;
	return read_word(r, "]");
}

bool
sc_sums_scan(const char *text, long length, uint32_t *work, sc_sums_value *value, sc_error *error)
{
	reader		r = {text, length, 0, error};

	memset(value, 0, sizeof(*value));
	if (!read_word(&r, "v1") || !read_kind(&r, &value->kind) || !read_word(&r, "{") ||
		!read_number(&r, "parameter", &value->parameter) ||
		!read_count(&r, "rows", &value->rows) ||
		!read_count(&r, "zeros", &value->zeros) ||
		!read_count(&r, "negatives", &value->negatives) ||
		!read_number(&r, "least", &value->least) ||
		!read_number(&r, "greatest", &value->greatest) ||
		!read_sums(&r, work, value) || !read_word(&r, "}"))
		return false;
	skip_blanks(&r);
	if (r.at < length)
		return fail(&r, "the end");
	return sc_sums_check(value, error);
}
