/*
 * sheet.c
 *		See sheet.h.
 *
 * Invariant of a stored sheet: `stored` counts the leaves that are not missing;
 * no value is infinite or -0; bits and bytes beyond the leaves are zero.
 */
#include "sheet.h"

#include "number.h"

void
sc_sheet_begin(sc_sheet_header *sheet, int leaf_count, const uint8_t *leaf_set)
{
	double	   *values = sc_sheet_dense_values(sheet);
	double		missing = sc_missing_value();

	sheet->version = SC_SHEET_VERSION;
	sheet->layout = SC_SHEET_DENSE;
	sheet->reserved[0] = sheet->reserved[1] = 0;
	sheet->leaf_count = leaf_count;
	sheet->stored = 0;
	memcpy(sheet->leaf_set, leaf_set, SC_FINGERPRINT_SIZE);
	for (int i = 0; i < leaf_count; i++)
		values[i] = missing;
}

bool
sc_sheet_header_read(const char *body, size_t size, sc_sheet_header *header)
{
	const size_t head = sizeof(sc_sheet_header) - SC_SHEET_BODY_OFFSET;
	size_t		whole;

	if (size < head)
		return false;
	header->length_word = 0;
	memcpy((char *) header + SC_SHEET_BODY_OFFSET, body, head);
	if (header->version != SC_SHEET_VERSION ||
		header->leaf_count < 1 || header->leaf_count > SC_SHEET_MAX_LEAVES ||
		header->stored < 0 || header->stored > header->leaf_count)
		return false;
	if (header->layout == SC_SHEET_DENSE)
		whole = SC_SHEET_DENSE_SIZE(header->leaf_count);
	else if (header->layout == SC_SHEET_PACKED)
		whole = SC_SHEET_PACKED_SIZE(header->leaf_count, header->stored);
	else
		return false;
	return size == whole - SC_SHEET_BODY_OFFSET;
}

void
sc_sheet_expand(const char *body, const sc_sheet_header *header, double *values)
{
	const char *from = body + sizeof(sc_sheet_header) - SC_SHEET_BODY_OFFSET;
	const char *next = from + SC_SHEET_BITMAP_SIZE(header->leaf_count);
	double		missing = sc_missing_value();
	int			left = header->stored;

	if (header->layout == SC_SHEET_DENSE)
	{
		memcpy(values, from, (size_t) header->leaf_count * 8);
		return;
	}
	if (header->stored == header->leaf_count)
	{
		memcpy(values, next, (size_t) header->leaf_count * 8);
		return;
	}
	for (int i = 0; i < header->leaf_count; i++)
	{
		values[i] = missing;
		/* `left` guards against a bitmap with more bits than values */
		if (((unsigned char) from[i / 8] >> (i % 8) & 1) && left-- > 0)
		{
			memcpy(&values[i], next, 8);
			next += 8;
		}
	}
}

size_t
sc_sheet_pack(const sc_sheet_header *header, const double *values, sc_sheet_header *out)
{
	unsigned char *bitmap = (unsigned char *) (out + 1);
	char	   *next = (char *) bitmap + SC_SHEET_BITMAP_SIZE(header->leaf_count);

	*out = *header;
	out->layout = SC_SHEET_PACKED;
	memset(bitmap, 0, SC_SHEET_BITMAP_SIZE(header->leaf_count));
	if (header->stored == header->leaf_count)
	{
		memset(bitmap, 0xFF, header->leaf_count / 8);
		if (header->leaf_count % 8 > 0)
			bitmap[header->leaf_count / 8] = (unsigned char) ((1 << header->leaf_count % 8) - 1);
		memcpy(next, values, (size_t) header->leaf_count * 8);
		return SC_SHEET_PACKED_SIZE(header->leaf_count, header->stored);
	}
	for (int i = 0; i < header->leaf_count; i++)
	{
		if (sc_value_is_missing(values[i]))
			continue;
		bitmap[i / 8] |= (unsigned char) (1 << (i % 8));
		memcpy(next, &values[i], 8);
		next += 8;
	}
	return (size_t) (next - (char *) out);
}

int
sc_sheet_count(const double *values, int leaf_count)
{
	int			stored = 0;

	for (int i = 0; i < leaf_count; i++)
		if (!sc_value_is_missing(values[i]))
			stored++;
	return stored;
}

/* Missing before not applicable before any value. */
static int
kind_of_value(double value)
{
	return !isnan(value) ? 2 : sc_value_is_not_applicable(value) ? 1 : 0;
}

int
sc_sheet_compare(const sc_sheet_header *x, const double *x_values,
				 const sc_sheet_header *y, const double *y_values)
{
	int			order = memcmp(x->leaf_set, y->leaf_set, SC_FINGERPRINT_SIZE);

	if (order != 0)
		return order < 0 ? -1 : 1;
	if (x->leaf_count != y->leaf_count)
		return x->leaf_count < y->leaf_count ? -1 : 1;
	for (int i = 0; i < x->leaf_count; i++)
	{
		int			x_kind = kind_of_value(x_values[i]);
		int			y_kind = kind_of_value(y_values[i]);

		if (x_kind != y_kind)
			return x_kind < y_kind ? -1 : 1;
		if (x_kind == 2 && x_values[i] != y_values[i])
			return x_values[i] < y_values[i] ? -1 : 1;
	}
	return 0;
}

/* -------------------------------------------------------------------- text */

static const char not_applicable[] = "n/a";

static long
print_integer(int value, char *out)
{
	char		reversed[12];
	int			n = 0;

	do
	{
		reversed[n++] = (char) ('0' + value % 10);
		value /= 10;
	} while (value > 0);
	for (int i = 0; i < n; i++)
		out[i] = reversed[n - 1 - i];
	return n;
}

long
sc_sheet_print(const sc_sheet_header *header, const double *values, char *out)
{
	static const char digits[] = "0123456789abcdef";
	long		n = 0;
	bool		first = true;

	memcpy(out, "v1 ", 3);
	n = 3;
	for (int i = 0; i < SC_FINGERPRINT_SIZE; i++)
	{
		out[n++] = digits[header->leaf_set[i] >> 4];
		out[n++] = digits[header->leaf_set[i] & 15];
	}
	out[n++] = ' ';
	n += print_integer(header->leaf_count, out + n);
	out[n++] = ' ';
	out[n++] = '{';
	for (int i = 0; i < header->leaf_count; i++)
	{
		if (sc_value_is_missing(values[i]))
			continue;
		if (!first)
		{
			out[n++] = ',';
			out[n++] = ' ';
		}
		first = false;
		n += print_integer(i, out + n);
		out[n++] = ':';
		out[n++] = ' ';
		if (isnan(values[i]))
		{
			memcpy(out + n, not_applicable, sizeof(not_applicable) - 1);
			n += (long) sizeof(not_applicable) - 1;
		}
		else
			n += sc_number_print(values[i], out + n);
	}
	out[n++] = '}';
	out[n] = '\0';
	return n;
}

static void
skip_space(const char *text, long length, long *at)
{
	while (*at < length && (text[*at] == ' ' || (text[*at] >= '\t' && text[*at] <= '\r')))
		(*at)++;
}

static bool
expected(const char *text, long length, long at, const char *what, sc_error *error)
{
	return sc_fail_text(error, SC_SHEET_FORM, at, what, strlen(what), text + at, sc_excerpt(length, at));
}

/* A whole number of at most four digits; -1 if there is none. */
static int
scan_integer(const char *text, long length, long *at)
{
	int			value = 0;
	long		start;

	skip_space(text, length, at);
	start = *at;
	while (*at < length && text[*at] >= '0' && text[*at] <= '9' && *at - start < 5)
		value = 10 * value + (text[(*at)++] - '0');
	return *at > start ? value : -1;
}

static bool
take(const char *text, long length, long *at, char c)
{
	skip_space(text, length, at);
	if (*at >= length || text[*at] != c)
		return false;
	(*at)++;
	return true;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool
sc_sheet_scan_head(const char *text, long length, long *position,
				   sc_sheet_header *header, sc_error *error)
{
	long		at = 0;
	long		start;
	int			leaves;

	memset(header, 0, sizeof(*header));
	header->version = SC_SHEET_VERSION;
	header->layout = SC_SHEET_DENSE;
	skip_space(text, length, &at);
	if (at + 3 > length || memcmp(text + at, "v1 ", 3) != 0)
		return expected(text, length, at, "\"v1\"", error);
	at += 3;
	skip_space(text, length, &at);
	if (at + 2 * SC_FINGERPRINT_SIZE > length)
		return expected(text, length, at, "32 hexadecimal digits", error);
	for (int i = 0; i < SC_FINGERPRINT_SIZE; i++)
	{
		int			high = hex_digit(text[at + 2 * i]);
		int			low = hex_digit(text[at + 2 * i + 1]);

		if (high < 0 || low < 0)
			return expected(text, length, at, "32 hexadecimal digits", error);
		header->leaf_set[i] = (uint8_t) (16 * high + low);
	}
	at += 2 * SC_FINGERPRINT_SIZE;
	skip_space(text, length, &at);
	start = at;
	leaves = scan_integer(text, length, &at);
	if (leaves < 1)
		return expected(text, length, start, "the number of leaves", error);
	if (leaves > SC_SHEET_MAX_LEAVES)
		return sc_fail(error, SC_SHEET_LEAVES, start, "4096", NULL);
	header->leaf_count = leaves;
	*position = at;
	return true;
}

bool
sc_sheet_scan_values(const char *text, long length, long at,
					 sc_sheet_header *header, double *values, sc_error *error)
{
	int			last = -1;

	for (int i = 0; i < header->leaf_count; i++)
		values[i] = sc_missing_value();
	if (!take(text, length, &at, '{'))
		return expected(text, length, at, "\"{\"", error);
	if (!take(text, length, &at, '}'))
	{
		do
		{
			long		start = at;
			int			leaf = scan_integer(text, length, &at);

			if (leaf <= last || leaf >= header->leaf_count)
				return expected(text, length, start, "a leaf ordinal in ascending order", error);
			last = leaf;
			if (!take(text, length, &at, ':'))
				return expected(text, length, at, "\":\" and a value", error);
			skip_space(text, length, &at);
			if (length - at >= (long) sizeof(not_applicable) - 1 &&
				memcmp(text + at, not_applicable, sizeof(not_applicable) - 1) == 0)
			{
				values[leaf] = sc_not_applicable_value();
				at += (long) sizeof(not_applicable) - 1;
			}
			else if (!sc_number_scan(text, length, &at, SC_BEFORE_COMMA, &values[leaf], error))
				return false;
			header->stored++;
		} while (take(text, length, &at, ','));
		if (!take(text, length, &at, '}'))
			return expected(text, length, at, "\",\" or \"}\"", error);
	}
	skip_space(text, length, &at);
	if (at < length)
		return expected(text, length, at, "the end", error);
	return true;
}
