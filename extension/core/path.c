/*
 * path.c
 *		Target paths checked, packed, and as a line in time.
 *
 * Invariant of the packed form: direction, role and shape are said; dates
 * ascend; a range has a < b; a keep path has no SC_EQUAL; no number is NaN,
 * infinite or -0; unused bytes are zero. So equal paths are equal bytes, and
 * whatever is packed prints to text that packs to the same bytes.
 */
#include "path.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

/* --------------------------------------------------------------- checking */

static bool
is_comparison(sc_bound_kind kind)
{
	return kind >= SC_GREATER && kind <= SC_LESS_EQUAL;
}

static sc_direction
comparison_direction(sc_bound_kind kind)
{
	return kind == SC_GREATER || kind == SC_GREATER_EQUAL ? SC_UP : SC_DOWN;
}

/* The decimal number that was meant: 1.1 + 10 % is 1.21, not its neighbour in binary. */
static double
nearest_decimal(double value)
{
	char		text[SC_NUMBER_TEXT_SIZE];
	double		decimal;

	snprintf(text, sizeof(text), "%.15g", value);
	decimal = strtod(text, NULL);
	return isfinite(decimal) ? decimal : value;
}

/* Done once, when a path is packed: printing and reading decimals takes time. */
static sc_band
resolve_band(double baseline, const sc_target *target)
{
	sc_band		band = {target->a, target->a, false, is_comparison(target->kind)};
	double		unit = 1;

	switch (target->kind)
	{
		case SC_PLAIN:
		case SC_EQUAL:
			break;
		case SC_GREATER:
		case SC_GREATER_EQUAL:
			band.high = INFINITY;
			break;
		case SC_LESS:
		case SC_LESS_EQUAL:
			band.low = -INFINITY;
			break;
		case SC_RANGE:
			band.high = target->b;
			break;
		case SC_ABOUT:
			band.low = target->a - target->b;
			band.high = target->a + target->b;
			break;
		case SC_ABOUT_PERCENT:
			unit = fabs(target->a);
			band.low = target->a - unit * target->b / 100;
			band.high = target->a + unit * target->b / 100;
			break;
		case SC_BY:
		case SC_BY_RANGE:
			band.low = baseline + target->a;
			band.high = target->kind == SC_BY ? band.low : baseline + target->b;
			break;
		case SC_BY_PERCENT:
		case SC_BY_RANGE_PERCENT:
			unit = fabs(baseline);
			band.low = baseline + unit * target->a / 100;
			band.high = target->kind == SC_BY_PERCENT ? band.low : baseline + unit * target->b / 100;
			break;
	}
	band.strict = target->kind == SC_GREATER || target->kind == SC_LESS;
	if (target->kind >= SC_ABOUT && target->kind <= SC_BY_RANGE_PERCENT)
	{
		band.low = nearest_decimal(band.low);
		band.high = nearest_decimal(band.high);
	}
	/* sums that come out as -0 */
	if (band.low == 0)
		band.low = 0;
	if (band.high == 0)
		band.high = 0;
	return band;
}

static bool
fail_bound(sc_error *error, sc_error_kind kind, const sc_target *target, const char *other)
{
	char		bound[SC_BOUND_TEXT_SIZE];

	sc_bound_print(target, bound);
	return sc_fail(error, kind, -1, bound, other);
}

/* `=n` makes a path without a direction word keep, and then everything is a band. */
static bool
check_equals(const sc_path_spec *spec, const sc_target *equal, sc_error *error)
{
	for (int i = 0; i < spec->count; i++)
	{
		sc_bound_kind kind = spec->targets[i].kind;
		char		other[SC_BOUND_TEXT_SIZE];

		if (kind == SC_PLAIN || kind == SC_BY || kind == SC_BY_PERCENT || is_comparison(kind))
		{
			sc_bound_print(&spec->targets[i], other);
			return fail_bound(error, SC_PATH_EQUALS, equal, other);
		}
	}
	return true;
}

static bool
infer_direction(const sc_path_spec *spec, sc_direction *direction, sc_error *error)
{
	const sc_target *sign = NULL;
	sc_band		from = {spec->baseline, spec->baseline, false, false};
	sc_band		to;

	for (int i = 0; i < spec->count; i++)
	{
		const sc_target *target = &spec->targets[i];

		if (target->kind == SC_EQUAL)
		{
			*direction = SC_KEEP;
			return check_equals(spec, target, error);
		}
		if (!is_comparison(target->kind))
			continue;
		if (sign != NULL && comparison_direction(sign->kind) != comparison_direction(target->kind))
		{
			char		other[SC_BOUND_TEXT_SIZE];

			sc_bound_print(target, other);
			return fail_bound(error, SC_PATH_SIGNS_DISAGREE, sign, other);
		}
		sign = target;
	}
	if (sign != NULL)
	{
		*direction = comparison_direction(sign->kind);
		return true;
	}
	if (!spec->has_baseline && spec->count < 2)
		return sc_fail(error, SC_PATH_DIRECTION, -1, NULL, NULL);
	if (!spec->has_baseline)
		from = resolve_band(spec->baseline, &spec->targets[0]);
	to = resolve_band(spec->baseline, &spec->targets[spec->count - 1]);
	if (to.low > from.high)
		*direction = SC_UP;
	else if (to.high < from.low)
		*direction = SC_DOWN;
	else
		return sc_fail(error, SC_PATH_DIRECTION, -1, NULL, NULL);
	return true;
}

bool
sc_path_needs_direction_word(const sc_path *path)
{
	sc_target	first,
				last,
				next;
	sc_path_spec spec = {0};
	sc_target	three[3];
	sc_direction inferred;
	sc_error	error;

	if (path->direction == SC_KEEP)
		return true;
	sc_path_target(path, 0, &first);
	sc_path_target(path, path->count - 1, &last);
	spec.has_baseline = path->has_baseline;
	spec.baseline = path->baseline;
	spec.targets = three;
	three[spec.count++] = first;
	/* any comparison decides, and in a checked path all of them agree */
	for (int i = 1; i < path->count - 1; i++)
	{
		sc_path_target(path, i, &next);
		if (next.kind >= SC_GREATER && next.kind <= SC_LESS_EQUAL)
		{
			three[spec.count++] = next;
			break;
		}
	}
	if (path->count > 1)
		three[spec.count++] = last;
	return !infer_direction(&spec, &inferred, &error) || inferred != path->direction;
}

/* A direction word is fought by the opposite sign, and up and down by "=". */
static bool
check_signs(const sc_path_spec *spec, sc_error *error)
{
	for (int i = 0; i < spec->count; i++)
	{
		const sc_target *target = &spec->targets[i];

		if (spec->direction == SC_KEEP)
			continue;
		if (target->kind == SC_EQUAL ||
			(is_comparison(target->kind) && comparison_direction(target->kind) != spec->direction))
			return fail_bound(error, SC_PATH_SIGN, target, sc_direction_word(spec->direction));
	}
	return true;
}

static bool
check_date(sc_error *error, sc_date date)
{
	return sc_date_is_usable(date) || sc_fail(error, SC_DATE_RANGE, -1, "a date of a target path", NULL);
}

static bool
check_target(const sc_path_spec *spec, sc_target *target, sc_error *error)
{
	sc_band		band;

	if (!isfinite(target->a) || !isfinite(target->b))
		return sc_fail(error, SC_NUMBER_NOT_FINITE, -1, "a bound of a target path", NULL);
	if (!check_date(error, target->due) || !check_date(error, target->span_start))
		return false;
	if (target->kind >= SC_BY && target->kind <= SC_BY_RANGE_PERCENT && !spec->has_baseline)
		return fail_bound(error, SC_PATH_BY_BASELINE, target, NULL);
	if ((target->kind == SC_ABOUT || target->kind == SC_ABOUT_PERCENT) && target->b < 0)
		return fail_bound(error, SC_PATH_TOLERANCE, target, NULL);
	if (target->kind == SC_RANGE && target->a > target->b)
		return fail_bound(error, SC_PATH_RANGE, target, NULL);
	if (target->span_start > target->due)
		return sc_fail(error, SC_PATH_SPAN_ORDER, -1, "of a target", NULL);

	/* canonical: two equal ends are one number, and -0 is 0 */
	if (target->a == target->b)
	{
		if (target->kind == SC_RANGE)
			target->kind = SC_PLAIN;
		else if (target->kind == SC_BY_RANGE)
			target->kind = SC_BY;
		else if (target->kind == SC_BY_RANGE_PERCENT)
			target->kind = SC_BY_PERCENT;
	}
	if (target->kind != SC_RANGE && target->kind != SC_ABOUT && target->kind != SC_ABOUT_PERCENT &&
		target->kind != SC_BY_RANGE && target->kind != SC_BY_RANGE_PERCENT)
		target->b = 0;
	if (target->a == 0)
		target->a = 0;
	if (target->b == 0)
		target->b = 0;

	band = resolve_band(spec->baseline, target);
	if (isnan(band.low) || isnan(band.high) ||
		(!band.comparison && (isinf(band.low) || isinf(band.high))))
		return fail_bound(error, SC_PATH_RESOLVED_RANGE, target, NULL);
	return true;
}

static bool
check_dates(const sc_path_spec *spec, sc_error *error)
{
	for (int i = 0; i < spec->count; i++)
	{
		char		this_text[SC_DATE_TEXT_SIZE];
		char		previous_text[SC_DATE_TEXT_SIZE];
		sc_date		previous = SC_DATE_MIN - 1;

		if (i > 0)
			previous = spec->targets[i - 1].due;
		else if (spec->has_baseline)
			previous = spec->baseline_on;
		if (spec->targets[i].due > previous)
			continue;
		sc_date_print(spec->targets[i].due, this_text);
		sc_date_print(previous, previous_text);
		return sc_fail(error, SC_PATH_DATES, -1, this_text, previous_text);
	}
	return true;
}

/* +1 or -1; 0 for zero, which has no rate of growth. */
static int
sign_of(double value)
{
	return (value > 0) - (value < 0);
}

/* A path at a constant rate never crosses or touches zero. */
static bool
check_geometric(const sc_path_spec *spec, sc_error *error)
{
	int			sign = 0;

	if (spec->has_baseline)
	{
		sign = sign_of(spec->baseline);
		if (sign == 0)
			return sc_fail(error, SC_PATH_GEOMETRIC, -1, "the baseline 0", NULL);
	}
	for (int i = 0; i < spec->count; i++)
	{
		sc_band		band = resolve_band(spec->baseline, &spec->targets[i]);
		double		edges[2];

		edges[0] = spec->direction == SC_DOWN ? band.high : band.low;
		edges[1] = spec->direction == SC_UP ? band.low : band.high;
		for (int k = 0; k < 2; k++)
		{
			if (isinf(edges[k]))
				continue;
			if (sign == 0)
				sign = sign_of(edges[k]);
			if (sign == 0 || sign_of(edges[k]) != sign)
				return fail_bound(error, SC_PATH_GEOMETRIC, &spec->targets[i], NULL);
		}
	}
	return true;
}

bool
sc_path_pack(sc_path_spec *spec, char *packed, sc_error *error)
{
	int32_t		count = spec->count;

	if (spec->count < 1)
		return sc_fail(error, SC_PATH_NO_TARGET, -1, NULL, NULL);
	if (spec->count > SC_PATH_MAX_TARGETS)
		return sc_fail(error, SC_PATH_TOO_MANY_TARGETS, -1, "1024", NULL);
	if (spec->role == SC_ROLE_UNSAID)
		spec->role = SC_LEVEL;
	if (spec->shape == SC_SHAPE_UNSAID)
		spec->shape = SC_LINEAR;
	if (spec->has_baseline)
	{
		if (!isfinite(spec->baseline))
			return sc_fail(error, SC_NUMBER_NOT_FINITE, -1, "the baseline of a target path", NULL);
		if (!check_date(error, spec->baseline_on))
			return false;
		if (spec->baseline == 0)
			spec->baseline = 0;
	}
	else
	{
		spec->baseline = 0;
		spec->baseline_on = 0;
	}
	for (int i = 0; i < spec->count; i++)
		if (!check_target(spec, &spec->targets[i], error))
			return false;
	if (!check_dates(spec, error))
		return false;
	if (spec->direction == SC_DIRECTION_UNSAID)
	{
		if (!infer_direction(spec, &spec->direction, error))
			return false;
	}
	else if (!check_signs(spec, error))
		return false;
	for (int i = 0; i < spec->count; i++)
		if (spec->targets[i].kind == SC_EQUAL)
			spec->targets[i].kind = SC_PLAIN;
	if (spec->shape == SC_GEOMETRIC && !check_geometric(spec, error))
		return false;

	memset(packed, 0, SC_PATH_PACKED_SIZE(spec->count));
	packed[0] = SC_PATH_VERSION;
	packed[1] = (char) spec->direction;
	packed[2] = (char) spec->role;
	packed[3] = (char) spec->shape;
	packed[4] = (char) spec->has_baseline;
	memcpy(packed + 8, &count, 4);
	memcpy(packed + 12, &spec->baseline_on, 4);
	memcpy(packed + 16, &spec->baseline, 8);
	for (int i = 0; i < spec->count; i++)
	{
		const sc_target *target = &spec->targets[i];
		char	   *p = packed + SC_PATH_HEADER_SIZE + (size_t) i * SC_PATH_TARGET_SIZE;
		sc_band		band;
		double		low,
					high;

		memcpy(p, &target->span_start, 4);
		memcpy(p + 4, &target->due, 4);
		p[8] = (char) target->kind;
		memcpy(p + 16, &target->a, 8);
		memcpy(p + 24, &target->b, 8);

		/* open sides are told from the kind: nothing infinite is stored */
		band = resolve_band(spec->baseline, target);
		low = isinf(band.low) ? 0 : band.low;
		high = isinf(band.high) ? 0 : band.high;
		memcpy(p + 32, &low, 8);
		memcpy(p + 40, &high, 8);
	}
	return true;
}

bool
sc_path_unpack(const char *packed, size_t size, sc_path *path)
{
	int32_t		count;

	if (size < SC_PATH_PACKED_SIZE(1) || packed[0] != SC_PATH_VERSION)
		return false;
	memcpy(&count, packed + 8, 4);
	if (count < 1 || count > SC_PATH_MAX_TARGETS || size != SC_PATH_PACKED_SIZE(count))
		return false;
	path->direction = (unsigned char) packed[1];
	path->role = (unsigned char) packed[2];
	path->shape = (unsigned char) packed[3];
	path->has_baseline = packed[4] != 0;
	memcpy(&path->baseline_on, packed + 12, 4);
	memcpy(&path->baseline, packed + 16, 8);
	path->count = count;
	path->targets = packed + SC_PATH_HEADER_SIZE;
	return true;
}

void
sc_path_target(const sc_path *path, int i, sc_target *target)
{
	const char *p = path->targets + (size_t) i * SC_PATH_TARGET_SIZE;

	memcpy(&target->span_start, p, 4);
	memcpy(&target->due, p + 4, 4);
	target->kind = (unsigned char) p[8];
	memcpy(&target->a, p + 16, 8);
	memcpy(&target->b, p + 24, 8);
	memcpy(&target->low, p + 32, 8);
	memcpy(&target->high, p + 40, 8);
}

/* ---------------------------------------------------------------- meaning */

#define COMPARE(x, y) do { if ((x) != (y)) return (x) < (y) ? -1 : 1; } while (0)

int
sc_path_compare(const sc_path *x, const sc_path *y)
{
	COMPARE(x->direction, y->direction);
	COMPARE(x->role, y->role);
	COMPARE(x->shape, y->shape);
	COMPARE(x->has_baseline, y->has_baseline);
	COMPARE(x->baseline_on, y->baseline_on);
	COMPARE(x->baseline, y->baseline);
	for (int i = 0; i < x->count && i < y->count; i++)
	{
		sc_target	s,
					t;

		sc_path_target(x, i, &s);
		sc_path_target(y, i, &t);
		COMPARE(s.due, t.due);
		COMPARE(s.span_start, t.span_start);
		COMPARE(s.kind, t.kind);
		COMPARE(s.a, t.a);
		COMPARE(s.b, t.b);
	}
	COMPARE(x->count, y->count);
	return 0;
}

static sc_date
due_of(const sc_path *path, int i)
{
	sc_date		due;

	memcpy(&due, path->targets + (size_t) i * SC_PATH_TARGET_SIZE + 4, 4);
	return due;
}

int
sc_path_current(const sc_path *path, sc_date as_of)
{
	int			low = 0,
				high = path->count - 1;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (due_of(path, middle) >= as_of)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

int
sc_path_find_due(const sc_path *path, sc_date due)
{
	int			i = sc_path_current(path, due);

	return due_of(path, i) == due ? i : -1;
}

sc_band
sc_target_band(const sc_target *target)
{
	sc_band		band = {target->low, target->high, false, is_comparison(target->kind)};

	band.strict = target->kind == SC_GREATER || target->kind == SC_LESS;
	if (target->kind == SC_GREATER || target->kind == SC_GREATER_EQUAL)
		band.high = INFINITY;
	else if (target->kind == SC_LESS || target->kind == SC_LESS_EQUAL)
		band.low = -INFINITY;
	return band;
}

sc_verdict
sc_band_judge(const sc_band *band, sc_direction direction, double value)
{
	bool		above = band->strict ? value > band->low : value >= band->low;
	bool		below = band->strict ? value < band->high : value <= band->high;

	switch (direction)
	{
		case SC_UP:
			if (!above)
				return SC_NOT_MET;
			return value > band->high ? SC_EXCEEDED : SC_MET;
		case SC_DOWN:
			if (!below)
				return SC_NOT_MET;
			return value < band->low ? SC_EXCEEDED : SC_MET;
		default:
			return above && below ? SC_MET : SC_NOT_MET;
	}
}

double
sc_band_outside(const sc_band *band, double value)
{
	if (value < band->low)
		return band->low - value;
	if (value > band->high)
		return value - band->high;
	return 0;
}

void
sc_band_edges(const sc_band *band, sc_direction direction,
			  bool has_value, double value, double *met, double *far)
{
	bool		low_decides = direction == SC_UP;

	if (direction == SC_KEEP)
		low_decides = isinf(band->high) ||
			(!isinf(band->low) && !(has_value && value > band->high));
	*met = low_decides ? band->low : band->high;
	*far = low_decides ? band->high : band->low;
}

/* The point of the line at a target: its met bound; for keep, the previous point moved into the band. */
static double
line_point(const sc_path *path, int i, bool has_previous, double previous)
{
	sc_target	target;
	sc_band		band;
	double		met,
				far;

	sc_path_target(path, i, &target);
	band = sc_target_band(&target);
	if (path->direction == SC_KEEP && has_previous && previous >= band.low && previous <= band.high)
		return previous;
	sc_band_edges(&band, path->direction, has_previous, previous, &met, &far);
	return met;
}

bool
sc_path_expected(const sc_path *path, sc_date date, double *expected)
{
	bool		has_point = path->has_baseline;
	double		point = path->baseline;
	sc_date		point_on = path->baseline_on;

	if (path->role != SC_LEVEL)
		return false;
	if (date < (has_point ? point_on : due_of(path, 0)))
		return false;
	for (int i = 0; i < path->count; i++)
	{
		double		next = line_point(path, i, has_point, point);
		sc_date		next_on = due_of(path, i);

		if (date < next_on)
		{
			double		share;

			if (path->shape == SC_STEP || date == point_on || next == point)
				*expected = point;
			else
			{
				share = sc_years_between(point_on, date) / sc_years_between(point_on, next_on);
				*expected = path->shape == SC_GEOMETRIC ?
					point * pow(next / point, share) :
					isfinite(next - point) ? point + (next - point) * share :
					point * (1 - share) + next * share;
			}
			return isfinite(*expected);
		}
		has_point = true;
		point = next;
		point_on = next_on;
	}
	*expected = point;
	return true;
}
