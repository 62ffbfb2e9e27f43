/*
 * path_text.c
 *		Target paths as text: the grammar, read and printed.
 *
 * Reading knows the grammar alone; what a path may mean is checked when it is
 * packed. Printing is canonical: equal paths print equally, and what is
 * printed reads back to the same path.
 */
#include "path.h"

#include <string.h>

#include "number.h"

/* ------------------------------------------------------------------ words */

static const char *const direction_words[] = {"", "up", "down", "keep"};
static const char *const role_words[] = {"", "level", "average", "average_growth", "total", "change"};
static const char *const shape_words[] = {"", "linear", "geometric", "step"};

static int
find_word(const char *const *words, int count, const char *word, long length)
{
	for (int i = 1; i < count; i++)
	{
		long		k = 0;

		while (k < length && words[i][k] != '\0')
		{
			char		c = word[k];

			if (c >= 'A' && c <= 'Z')
				c = (char) (c - 'A' + 'a');
			if (c != words[i][k])
				break;
			k++;
		}
		if (k == length && words[i][k] == '\0')
			return i;
	}
	return 0;
}

bool
sc_direction_from_word(const char *word, long length, sc_direction *direction)
{
	*direction = find_word(direction_words, 4, word, length);
	return *direction != SC_DIRECTION_UNSAID;
}

bool
sc_role_from_word(const char *word, long length, sc_role *role)
{
	*role = find_word(role_words, 6, word, length);
	return *role != SC_ROLE_UNSAID;
}

bool
sc_shape_from_word(const char *word, long length, sc_shape *shape)
{
	*shape = find_word(shape_words, 4, word, length);
	return *shape != SC_SHAPE_UNSAID;
}

const char *
sc_direction_word(sc_direction direction)
{
	return direction_words[direction];
}

const char *
sc_role_word(sc_role role)
{
	return role_words[role];
}

const char *
sc_shape_word(sc_shape shape)
{
	return shape_words[shape];
}

/* ---------------------------------------------------------------- reading */

typedef struct reader
{
	const char *text;
	long		length;
	long		at;
	sc_error   *error;
} reader;

static void
skip_space(reader *r)
{
	while (r->at < r->length && strchr(" \t\n\r\f\v", r->text[r->at]) && r->text[r->at] != '\0')
		r->at++;
}

static bool
expected(reader *r, const char *what)
{
	return sc_fail_text(r->error, SC_EXPECTED, r->at, what, strlen(what),
						r->text + r->at, sc_excerpt(r->length, r->at));
}

/* Skips space and, if `token` comes next, the token too. */
static bool
take(reader *r, const char *token)
{
	long		n = (long) strlen(token);

	skip_space(r);
	if (r->at + n > r->length || memcmp(r->text + r->at, token, n) != 0)
		return false;
	r->at += n;
	return true;
}

static bool
take_arrow(reader *r)
{
	return take(r, "->") || take(r, "\xE2\x86\x92");
}

static bool
number(reader *r, int followers, double *value)
{
	skip_space(r);
	return sc_number_scan(r->text, r->length, &r->at, followers, value, r->error);
}

static bool
signed_number(reader *r, int followers, double *value)
{
	skip_space(r);
	if (r->at >= r->length || (r->text[r->at] != '+' && r->text[r->at] != '-'))
		return sc_fail_text(r->error, SC_PATH_BY_SIGN, r->at,
							r->text + r->at, sc_excerpt(r->length, r->at), "", 0);
	return sc_number_scan(r->text, r->length, &r->at, followers, value, r->error);
}

/* The letters and underscores at the reader, without taking them. */
static long
peek_word(reader *r)
{
	long		end;

	skip_space(r);
	end = r->at;
	while (end < r->length &&
		   ((r->text[end] >= 'a' && r->text[end] <= 'z') ||
			(r->text[end] >= 'A' && r->text[end] <= 'Z') || r->text[end] == '_'))
		end++;
	return end - r->at;
}

static bool
take_range_sign(reader *r)
{
	return take(r, "..") || take(r, "\xE2\x80\x93");
}

static bool
read_by(reader *r, sc_target *target)
{
	if (!signed_number(r, SC_BEFORE_PERCENT, &target->a))
		return false;
	target->kind = SC_BY;
	if (take_range_sign(r))
	{
		if (!signed_number(r, SC_BEFORE_PERCENT, &target->b))
			return false;
		target->kind = SC_BY_RANGE;
		if (target->a > target->b)
		{
			double		smaller = target->b;

			target->b = target->a;
			target->a = smaller;
		}
	}
	if (take(r, "%"))
		target->kind = target->kind == SC_BY ? SC_BY_PERCENT : SC_BY_RANGE_PERCENT;
	return true;
}

static bool
read_about(reader *r, sc_target *target)
{
	if (!number(r, 0, &target->a))
		return false;
	target->kind = SC_ABOUT_PERCENT;
	target->b = 1;
	if (take(r, "+-") || take(r, "\xC2\xB1"))
	{
		if (!number(r, SC_BEFORE_PERCENT, &target->b))
			return false;
		if (!take(r, "%"))
			target->kind = SC_ABOUT;
	}
	return true;
}

static bool
read_bound(reader *r, sc_target *target)
{
	long		start;
	long		word;

	target->b = 0;
	word = peek_word(r);
	start = r->at;
	if (word == 2 && (r->text[start] | 0x20) == 'b' && (r->text[start + 1] | 0x20) == 'y')
	{
		r->at += 2;
		return read_by(r, target);
	}
	if (take(r, ">=") || take(r, "\xE2\x89\xA5"))
		target->kind = SC_GREATER_EQUAL;
	else if (take(r, ">"))
		target->kind = SC_GREATER;
	else if (take(r, "<=") || take(r, "\xE2\x89\xA4"))
		target->kind = SC_LESS_EQUAL;
	else if (take(r, "<"))
		target->kind = SC_LESS;
	else if (take(r, "="))
		target->kind = SC_EQUAL;
	else if (take(r, "~"))
		return read_about(r, target);
	else if (word > 0 || r->at >= r->length)
		return expected(r, "a bound, such as 8300..8500 or >12500");
	else
	{
		if (!number(r, 0, &target->a))
			return false;
		target->kind = SC_PLAIN;
		if (take_range_sign(r))
		{
			if (!number(r, 0, &target->b))
				return false;
			target->kind = SC_RANGE;
			if (target->a > target->b)
				return sc_fail_text(r->error, SC_PATH_RANGE, start,
									r->text + start, r->at - start, "", 0);
		}
		return true;
	}
	return number(r, 0, &target->a);
}

static bool
read_period(reader *r, sc_period *period)
{
	skip_space(r);
	if (sc_period_scan(r->text, r->length, &r->at, period))
		return true;
	return sc_fail_text(r->error, SC_DATE_FORM, r->at,
						r->text + r->at, sc_excerpt(r->length, r->at), "", 0);
}

static bool
read_when(reader *r, bool over_time, sc_target *target)
{
	sc_period	period;
	long		start;

	if (!take(r, "@"))
		return expected(r, "\"@\" and a date");
	skip_space(r);
	start = r->at;
	if (!read_period(r, &period))
		return false;
	target->span_start = period.first;
	target->due = period.last;
	if (take(r, ".."))
	{
		if (!over_time)
			return sc_fail_text(r->error, SC_PATH_SPAN_REFUSED, start,
								r->text + start, sc_excerpt(r->length, start), "", 0);
		if (!read_period(r, &period))
			return false;
		target->due = period.last;
		if (target->due < target->span_start)
			return sc_fail_text(r->error, SC_PATH_SPAN_ORDER, start,
								r->text + start, r->at - start, "", 0);
	}
	else if (!over_time)
		target->span_start = target->due;
	else if (period.first == period.last)
		return sc_fail_text(r->error, SC_PATH_SPAN_NEEDED, start,
							r->text + start, r->at - start, "", 0);
	return true;
}

static bool
read_head(reader *r, sc_path_spec *spec)
{
	long		n = peek_word(r);

	if (n > 0 && sc_direction_from_word(r->text + r->at, n, &spec->direction))
	{
		r->at += n;
		n = peek_word(r);
	}
	if (n > 0 && sc_role_from_word(r->text + r->at, n, &spec->role))
	{
		r->at += n;
		n = peek_word(r);
	}
	if (n > 0 && sc_shape_from_word(r->text + r->at, n, &spec->shape))
	{
		r->at += n;
		n = peek_word(r);
	}
	if (n > 0)
		return expected(r, "[up | down | keep] [role] [shape] and then a baseline or \"->\"");
	return true;
}

bool
sc_path_scan(const char *text, long length, sc_path_spec *spec, sc_error *error)
{
	reader		r = {text, length, 0, error};
	bool		over_time;

	spec->direction = SC_DIRECTION_UNSAID;
	spec->role = SC_ROLE_UNSAID;
	spec->shape = SC_SHAPE_UNSAID;
	spec->has_baseline = false;
	spec->baseline = 0;
	spec->baseline_on = 0;
	spec->count = 0;

	if (!read_head(&r, spec))
		return false;
	over_time = spec->role > SC_LEVEL;
	if (!take_arrow(&r))
	{
		sc_target	baseline;

		skip_space(&r);
		if (r.at >= length)
			return expected(&r, "a baseline or \"->\"");
		if (!number(&r, 0, &spec->baseline) || !read_when(&r, false, &baseline))
			return false;
		spec->has_baseline = true;
		spec->baseline_on = baseline.due;
		if (!take_arrow(&r))
			return expected(&r, "\"->\" and a target");
	}
	do
	{
		sc_target  *target;

		if (spec->count >= SC_PATH_MAX_TARGETS || spec->count >= spec->capacity)
			return sc_fail(error, SC_PATH_TOO_MANY_TARGETS, r.at, "1024", NULL);
		target = &spec->targets[spec->count++];
		if (!read_bound(&r, target) || !read_when(&r, over_time, target))
			return false;
	} while (take_arrow(&r));
	skip_space(&r);
	if (r.at < length)
		return expected(&r, "\"->\" or the end");
	return true;
}

bool
sc_bound_scan(const char *text, long length, sc_target *target, sc_error *error)
{
	reader		r = {text, length, 0, error};

	if (!read_bound(&r, target))
		return false;
	skip_space(&r);
	if (r.at < length)
		return expected(&r, "the end of the bound");
	return true;
}

int
sc_path_count_targets(const char *text, long length)
{
	int			count = 0;

	for (long i = 0; i + 1 < length && count <= SC_PATH_MAX_TARGETS; i++)
	{
		if (text[i] == '-' && text[i + 1] == '>')
			count++;
		else if (i + 2 < length && memcmp(text + i, "\xE2\x86\x92", 3) == 0)
			count++;
	}
	return count;
}

/* --------------------------------------------------------------- printing */

static long
print_text(char *out, const char *text)
{
	size_t		n = strlen(text);

	memcpy(out, text, n + 1);
	return (long) n;
}

static long
print_signed(char *out, double value)
{
	long		n = 0;

	if (value >= 0)
		out[n++] = '+';
	return n + sc_number_print(value, out + n);
}

long
sc_bound_print(const sc_target *target, char *out)
{
	static const char *const signs[] = {
		[SC_GREATER] = ">", [SC_GREATER_EQUAL] = ">=", [SC_LESS] = "<",
		[SC_LESS_EQUAL] = "<=", [SC_ABOUT] = "~", [SC_ABOUT_PERCENT] = "~", [SC_EQUAL] = "="
	};
	long		n = 0;

	if (target->kind >= SC_BY && target->kind <= SC_BY_RANGE_PERCENT)
	{
		n += print_text(out, "by ");
		n += print_signed(out + n, target->a);
		if (target->kind == SC_BY_RANGE || target->kind == SC_BY_RANGE_PERCENT)
		{
			n += print_text(out + n, "..");
			n += print_signed(out + n, target->b);
		}
		if (target->kind == SC_BY_PERCENT || target->kind == SC_BY_RANGE_PERCENT)
			n += print_text(out + n, "%");
		return n;
	}
	if (signs[target->kind] != NULL)
		n += print_text(out, signs[target->kind]);
	n += sc_number_print(target->a, out + n);
	if (target->kind == SC_RANGE)
		n += print_text(out + n, "..");
	else if (target->kind == SC_ABOUT || target->kind == SC_ABOUT_PERCENT)
		n += print_text(out + n, "+-");
	else
		return n;
	n += sc_number_print(target->b, out + n);
	if (target->kind == SC_ABOUT_PERCENT)
		n += print_text(out + n, "%");
	return n;
}

/* Whole years print as years, any other span as two days. */
static long
print_span(char *out, const sc_target *target)
{
	char		first[SC_DATE_TEXT_SIZE];
	char		last[SC_DATE_TEXT_SIZE];
	long		n;

	sc_date_print(target->span_start, first);
	sc_date_print(target->due, last);
	if (strcmp(first + 4, "-01-01") == 0 && strcmp(last + 4, "-12-31") == 0)
	{
		first[4] = last[4] = '\0';
		if (strcmp(first, last) == 0)
			return print_text(out, first);
	}
	n = print_text(out, first);
	n += print_text(out + n, "..");
	return n + print_text(out + n, last);
}

long
sc_path_print(const sc_path *path, char *out)
{
	long		n = 0;

	if (sc_path_needs_direction_word(path))
	{
		n += print_text(out + n, direction_words[path->direction]);
		n += print_text(out + n, " ");
	}
	if (path->role != SC_LEVEL)
	{
		n += print_text(out + n, role_words[path->role]);
		n += print_text(out + n, " ");
	}
	if (path->shape != SC_LINEAR)
	{
		n += print_text(out + n, shape_words[path->shape]);
		n += print_text(out + n, " ");
	}
	if (path->has_baseline)
	{
		n += sc_number_print(path->baseline, out + n);
		out[n++] = '@';
		n += sc_date_print_short(path->baseline_on, out + n);
		out[n++] = ' ';
	}
	for (int i = 0; i < path->count; i++)
	{
		sc_target	target;

		sc_path_target(path, i, &target);
		n += print_text(out + n, i == 0 ? "-> " : " -> ");
		n += sc_bound_print(&target, out + n);
		out[n++] = '@';
		if (path->role == SC_LEVEL)
			n += sc_date_print_short(target.due, out + n);
		else
			n += print_span(out + n, &target);
	}
	out[n] = '\0';
	return n;
}
