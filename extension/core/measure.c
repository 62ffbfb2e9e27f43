/*
 * measure.c
 *		See measure.h.
 *
 * One row is computed in three steps: choose the observation that counts,
 * compute every measure at it, then decide the status by the first rule that
 * applies.
 */
#include "measure.h"

#include <math.h>

#include "growth.h"
#include "score.h"
#include "span.h"
#include "window.h"

const char *
sc_measure_word(sc_measure_kind kind)
{
	static const char *const words[] = {
		"expected", "attainment_level", "attainment_distance", "attainment_path",
		"growth_ratio", "gap", "required_pace", "observed_pace", "pace_multiple",
		"projected_value", "projected_attainment",
		"score_level", "score_distance", "score_met", "path_gap", "path_gap_share",
		"observed_growth", "directed_growth", "path_growth", "required_growth",
		"projected_by_growth", "growth_attainment", "parity", "maintained",
		"reached_on", "required_rest"
	};

	return words[kind];
}

/* What all steps look at. */
typedef struct context
{
	const sc_path *path;
	const sc_series *series;
	sc_target	target;
	sc_band		band;
	sc_date		as_of;
	sc_measure_set wanted;
	int			first;			/* usable observations: first .. last */
	int			last;
	bool		has_start;		/* where the observed pace begins */
	double		start;
	sc_date		start_on;
	sc_progress *out;
} context;

static void
set(context *c, sc_measure_kind kind, double value)
{
	if (!isfinite(value))
	{
		c->out->measure[kind] = 0;
		c->out->missing[kind] = SC_OUT_OF_RANGE;
		return;
	}
	c->out->measure[kind] = value == 0 ? 0 : value;
	c->out->missing[kind] = SC_NO_REASON;
}

static void
lack(context *c, sc_measure_kind kind, sc_reason reason)
{
	c->out->measure[kind] = 0;
	c->out->missing[kind] = reason;
}

static void
lack_all(sc_progress *out, sc_reason reason)
{
	for (int k = 0; k < SC_MEASURE_COUNT; k++)
	{
		out->measure[k] = 0;
		out->missing[k] = reason;
	}
}

static void
find_usable(context *c)
{
	c->first = 0;
	c->last = -1;
	if (c->series == NULL)
		return;
	if (c->path->has_baseline)
		c->first = sc_series_latest(c->series, c->path->baseline_on - 1) + 1;
	c->last = sc_series_latest(c->series, c->as_of);
}

/* 100 at the band, 0 where it started or farther away; 0 as well if it started inside. */
static double
keep_distance(const sc_band *band, double start, double value)
{
	double		from = sc_band_outside(band, start);
	double		rest = sc_band_outside(band, value);

	if (from == 0 || rest >= from)
		return 0;
	return 100 * (1 - rest / from);
}

static double
direction_sign(const sc_path *path)
{
	return path->direction == SC_DOWN ? -1 : 1;
}

/* ---------------------------------------------------------------- measures */

static void
measure_level(context *c, bool inside)
{
	double		v = c->out->value;
	double		b = c->out->met_bound;
	bool		upward = c->path->direction == SC_UP ||
		(c->path->direction == SC_KEEP && v < c->band.low);

	if (c->path->direction == SC_KEEP && (inside || sc_band_outside(&c->band, v) == 0))
		set(c, SC_ATTAINMENT_LEVEL, 100);
	else if (upward && b > 0)
		set(c, SC_ATTAINMENT_LEVEL, sc_percent(v, b));
	else if (!upward && b >= 0 && v > 0)
		set(c, SC_ATTAINMENT_LEVEL, sc_percent(b, v));
	else
		lack(c, SC_ATTAINMENT_LEVEL, SC_LEVEL_UNDEFINED);
}

static void
measure_distance(context *c, bool inside)
{
	double		base = c->path->baseline;
	double		way = c->out->met_bound - base;

	if (c->path->direction == SC_KEEP && inside)
		set(c, SC_ATTAINMENT_DISTANCE, 100);
	else if (!c->path->has_baseline)
		lack(c, SC_ATTAINMENT_DISTANCE, SC_NO_BASELINE);
	else if (c->path->direction == SC_KEEP)
		set(c, SC_ATTAINMENT_DISTANCE, keep_distance(&c->band, base, c->out->value));
	else if (way == 0)
		lack(c, SC_ATTAINMENT_DISTANCE, SC_TARGET_EQUALS_BASELINE);
	else
		set(c, SC_ATTAINMENT_DISTANCE,
			sc_percent(direction_sign(c->path) * (c->out->value - base), fabs(way)));
}

static void
measure_path(context *c)
{
	double		base = c->path->baseline;
	double		expected;

	if (!sc_path_expected(c->path, c->out->observed_on, &expected))
	{
		/* with a baseline every usable observation lies on the line, unless a number overflows */
		sc_reason	reason = c->path->has_baseline ? SC_OUT_OF_RANGE : SC_BEFORE_PATH_START;

		lack(c, SC_EXPECTED_VALUE, reason);
		if (c->path->direction == SC_KEEP)
			lack(c, SC_ATTAINMENT_PATH, SC_NOT_DEFINED_FOR_KEEP);
		else
			lack(c, SC_ATTAINMENT_PATH, c->path->has_baseline ? reason : SC_NO_BASELINE);
		return;
	}
	set(c, SC_EXPECTED_VALUE, expected);
	if (c->path->direction == SC_KEEP)
		lack(c, SC_ATTAINMENT_PATH, SC_NOT_DEFINED_FOR_KEEP);
	else if (!c->path->has_baseline)
		lack(c, SC_ATTAINMENT_PATH, SC_NO_BASELINE);
	else if (expected != base)
		set(c, SC_ATTAINMENT_PATH,
			sc_percent(direction_sign(c->path) * (c->out->value - base), fabs(expected - base)));
	else if (c->out->met_bound == base)
		lack(c, SC_ATTAINMENT_PATH, SC_TARGET_EQUALS_BASELINE);
	else if (c->out->observed_on == c->path->baseline_on)
		lack(c, SC_ATTAINMENT_PATH, SC_NO_TIME_ELAPSED);
	else
		lack(c, SC_ATTAINMENT_PATH,
			 c->path->shape == SC_STEP ? SC_STEP_NOT_DUE : SC_EXPECTED_EQUALS_BASELINE);
}

/*
 * R = s d g / |g_T| with g = (v/b)^(1/(t-t0)) - 1 and g_T = (B/b)^(1/(tT-t0)) - 1,
 * s = -1 if b, v and B are all negative: Eurostat's and Statistics Canada's
 * ratio of actual to required growth.
 */
static void
measure_growth(context *c)
{
	double		b = c->path->baseline;
	double		v = c->out->value;
	double		t = c->out->met_bound;
	double		g,
				g_target;

	if (c->path->direction == SC_KEEP)
		lack(c, SC_GROWTH_RATIO, SC_NOT_DEFINED_FOR_KEEP);
	else if (!c->path->has_baseline)
		lack(c, SC_GROWTH_RATIO, SC_NO_BASELINE);
	else if (c->out->observed_on == c->path->baseline_on)
		lack(c, SC_GROWTH_RATIO, SC_NO_TIME_ELAPSED);
	else if (!((b > 0 && v > 0 && t > 0) || (b < 0 && v < 0 && t < 0)))
		lack(c, SC_GROWTH_RATIO, SC_GROWTH_UNDEFINED);
	else if (t == b)
		lack(c, SC_GROWTH_RATIO, SC_TARGET_EQUALS_BASELINE);
	else
	{
		g = sc_compound_growth(b, v, sc_years_between(c->path->baseline_on, c->out->observed_on));
		g_target = sc_compound_growth(b, t, sc_years_between(c->path->baseline_on, c->target.due));
		set(c, SC_GROWTH_RATIO, (b < 0 ? -1 : 1) * direction_sign(c->path) * g / fabs(g_target));
	}
}

static void
measure_pace(context *c, bool inside)
{
	sc_progress *out = c->out;
	double		years_left = sc_years_between(out->observed_on, c->target.due);
	double		years_gone = c->has_start ? sc_years_between(c->start_on, out->observed_on) : 0;

	set(c, SC_GAP, inside && c->path->direction == SC_KEEP ? 0 : out->met_bound - out->value);
	if (out->missing[SC_GAP] != SC_NO_REASON)
		lack(c, SC_REQUIRED_PACE, out->missing[SC_GAP]);
	else if (years_left > 0)
		set(c, SC_REQUIRED_PACE, out->measure[SC_GAP] / years_left);
	else
		lack(c, SC_REQUIRED_PACE, SC_PAST_DUE);

	if (!c->has_start)
		lack(c, SC_OBSERVED_PACE, SC_SINGLE_OBSERVATION);
	else if (years_gone <= 0)
		lack(c, SC_OBSERVED_PACE, SC_NO_TIME_ELAPSED);
	else
		set(c, SC_OBSERVED_PACE, (out->value - c->start) / years_gone);

	if (out->missing[SC_REQUIRED_PACE] != SC_NO_REASON)
		lack(c, SC_PACE_MULTIPLE, out->missing[SC_REQUIRED_PACE]);
	else if (out->missing[SC_OBSERVED_PACE] != SC_NO_REASON)
		lack(c, SC_PACE_MULTIPLE, out->missing[SC_OBSERVED_PACE]);
	else if (out->measure[SC_OBSERVED_PACE] == 0)
		lack(c, SC_PACE_MULTIPLE, SC_ZERO_PACE);
	else
		set(c, SC_PACE_MULTIPLE, out->measure[SC_REQUIRED_PACE] / out->measure[SC_OBSERVED_PACE]);
}

/* The share of the way from the start that a projected value covers; what rule 6 of the status looks at. */
static double
projected_distance(const context *c, double projected)
{
	double		way = c->out->met_bound - c->start;

	if (sc_band_judge(&c->band, c->path->direction, projected) != SC_NOT_MET &&
		(way == 0 || c->path->direction == SC_KEEP))
		return 100;
	if (c->path->direction == SC_KEEP)
		return keep_distance(&c->band, c->start, projected);
	if (way == 0)
		return 0;
	return sc_percent(direction_sign(c->path) * (projected - c->start), fabs(way));
}

static void
measure_projection(context *c)
{
	sc_progress *out = c->out;
	double		projected;

	if (out->missing[SC_OBSERVED_PACE] != SC_NO_REASON)
	{
		lack(c, SC_PROJECTED_VALUE, out->missing[SC_OBSERVED_PACE]);
		lack(c, SC_PROJECTED_ATTAINMENT, out->missing[SC_OBSERVED_PACE]);
		return;
	}
	if (out->observed_on == c->target.due)
		projected = out->value;
	else
		projected = c->start + (out->value - c->start) *
			sc_years_between(c->start_on, c->target.due) /
			sc_years_between(c->start_on, out->observed_on);
	set(c, SC_PROJECTED_VALUE, projected);
	if (out->missing[SC_PROJECTED_VALUE] != SC_NO_REASON)
		lack(c, SC_PROJECTED_ATTAINMENT, SC_OUT_OF_RANGE);
	else if (c->path->has_baseline && c->path->direction != SC_KEEP && out->met_bound == c->start)
		lack(c, SC_PROJECTED_ATTAINMENT, SC_TARGET_EQUALS_BASELINE);
	else
		set(c, SC_PROJECTED_ATTAINMENT, projected_distance(c, projected));
}

/* Level, distance and verdict as an index scores them: capped, and 100 once met. */
static void
measure_scores(context *c, bool inside)
{
	sc_progress *out = c->out;

	set(c, SC_SCORE_MET, inside ? 100 : 0);
	if (inside)
	{
		set(c, SC_SCORE_LEVEL, 100);
		set(c, SC_SCORE_DISTANCE, 100);
		return;
	}
	if (out->missing[SC_ATTAINMENT_LEVEL] == SC_NO_REASON)
		set(c, SC_SCORE_LEVEL, sc_clamp_score(out->measure[SC_ATTAINMENT_LEVEL]));
	else
		lack(c, SC_SCORE_LEVEL, out->missing[SC_ATTAINMENT_LEVEL]);
	if (out->missing[SC_ATTAINMENT_DISTANCE] == SC_NO_REASON)
		set(c, SC_SCORE_DISTANCE, sc_clamp_score(out->measure[SC_ATTAINMENT_DISTANCE]));
	else if (out->missing[SC_ATTAINMENT_DISTANCE] == SC_TARGET_EQUALS_BASELINE)
		set(c, SC_SCORE_DISTANCE, 0);
	else
		lack(c, SC_SCORE_DISTANCE, out->missing[SC_ATTAINMENT_DISTANCE]);
}

/* The value against the path, in its own unit and as a share of the whole way. */
static void
measure_path_gap(context *c)
{
	sc_progress *out = c->out;
	double		way = out->met_bound - c->path->baseline;
	sc_reason	reason = out->missing[SC_EXPECTED_VALUE];
	double		ahead;

	if (c->path->direction == SC_KEEP)
		reason = SC_NOT_DEFINED_FOR_KEEP;
	if (reason != SC_NO_REASON)
	{
		lack(c, SC_PATH_GAP, reason);
		lack(c, SC_PATH_GAP_SHARE, reason);
		return;
	}
	ahead = direction_sign(c->path) * (out->value - out->measure[SC_EXPECTED_VALUE]);
	set(c, SC_PATH_GAP, ahead);
	if (!c->path->has_baseline)
		lack(c, SC_PATH_GAP_SHARE, SC_NO_BASELINE);
	else if (way == 0)
		lack(c, SC_PATH_GAP_SHARE, SC_TARGET_EQUALS_BASELINE);
	else
		set(c, SC_PATH_GAP_SHARE, 100 * ahead / fabs(way));
}

static bool
same_sign(double x, double y)
{
	return (x > 0 && y > 0) || (x < 0 && y < 0);
}

#define COMPOUND_MEASURES \
	(SC_MEASURE_BIT(SC_OBSERVED_GROWTH) | SC_MEASURE_BIT(SC_DIRECTED_GROWTH) | \
	 SC_MEASURE_BIT(SC_PATH_GROWTH) | SC_MEASURE_BIT(SC_REQUIRED_GROWTH) | \
	 SC_MEASURE_BIT(SC_PROJECTED_BY_GROWTH) | SC_MEASURE_BIT(SC_GROWTH_ATTAINMENT))

/* Compound growth per year from the start, needed for the whole way, and needed from now on. */
static void
measure_compound(context *c)
{
	sc_progress *out = c->out;
	double		v = out->value;
	double		b = out->met_bound;
	double		years_gone = c->has_start ? sc_years_between(c->start_on, out->observed_on) : 0;
	double		years_left = sc_years_between(out->observed_on, c->target.due);
	double		growth,
				projected;
	sc_reason	reason = SC_NO_REASON;

	if (!c->has_start)
		reason = SC_SINGLE_OBSERVATION;
	else if (years_gone <= 0)
		reason = SC_NO_TIME_ELAPSED;
	else if (!same_sign(c->start, v))
		reason = SC_GROWTH_UNDEFINED;
	if (reason != SC_NO_REASON)
	{
		lack(c, SC_OBSERVED_GROWTH, reason);
		lack(c, SC_DIRECTED_GROWTH, reason);
		lack(c, SC_PROJECTED_BY_GROWTH, reason);
		lack(c, SC_GROWTH_ATTAINMENT, reason);
	}
	else
	{
		growth = sc_compound_growth(c->start, v, years_gone);
		set(c, SC_OBSERVED_GROWTH, growth);
		if (c->path->direction == SC_KEEP)
			lack(c, SC_DIRECTED_GROWTH, SC_NOT_DEFINED_FOR_KEEP);
		else
			set(c, SC_DIRECTED_GROWTH, (v < 0 ? -1 : 1) * direction_sign(c->path) * growth);
		projected = v * pow(1 + growth, years_left);
		set(c, SC_PROJECTED_BY_GROWTH, projected);
		if (!isfinite(projected))
			lack(c, SC_GROWTH_ATTAINMENT, SC_OUT_OF_RANGE);
		else if (c->path->has_baseline && c->path->direction != SC_KEEP && b == c->start)
			lack(c, SC_GROWTH_ATTAINMENT, SC_TARGET_EQUALS_BASELINE);
		else
			set(c, SC_GROWTH_ATTAINMENT, projected_distance(c, projected));
	}
	if (!c->has_start)
		lack(c, SC_PATH_GROWTH, SC_SINGLE_OBSERVATION);
	else if (c->start_on >= c->target.due)
		lack(c, SC_PATH_GROWTH, SC_PAST_DUE);
	else if (!same_sign(c->start, b))
		lack(c, SC_PATH_GROWTH, SC_GROWTH_UNDEFINED);
	else
		set(c, SC_PATH_GROWTH, sc_compound_growth(c->start, b, sc_years_between(c->start_on, c->target.due)));
	if (years_left <= 0)
		lack(c, SC_REQUIRED_GROWTH, SC_PAST_DUE);
	else if (!same_sign(v, b))
		lack(c, SC_REQUIRED_GROWTH, SC_GROWTH_UNDEFINED);
	else
		set(c, SC_REQUIRED_GROWTH, sc_compound_growth(v, b, years_left));
}

/* How far a value lies from what is asked: from the bound, or from the band of a keep path. */
static double
off_target(const context *c, double value)
{
	if (c->path->direction == SC_KEEP)
		return sc_band_outside(&c->band, value);
	return fabs(c->out->met_bound - value);
}

static void
measure_parity(context *c)
{
	double		way = off_target(c, c->path->baseline);

	if (!c->path->has_baseline)
		lack(c, SC_PARITY, SC_NO_BASELINE);
	else if (way == 0)
		lack(c, SC_PARITY, SC_TARGET_EQUALS_BASELINE);
	else
		set(c, SC_PARITY, 100 - 100 * off_target(c, c->out->value) / way);
}

static int
year_of(sc_date date)
{
	int			year,
				month,
				day;

	sc_date_split(date, &year, &month, &day);
	return year;
}

/* The last value of each year stands for it; a year without one is not met. */
static void
measure_maintained(context *c, int at)
{
	int			years = year_of(c->out->observed_on) - year_of(sc_series_date(c->series, c->first)) + 1;
	int			met = 0;

	for (int i = c->first; i <= at; i++)
	{
		bool		last_of_year = i == at ||
			year_of(sc_series_date(c->series, i + 1)) != year_of(sc_series_date(c->series, i));

		if (last_of_year &&
			sc_band_judge(&c->band, c->path->direction, sc_series_value(c->series, i)) != SC_NOT_MET)
			met++;
	}
	set(c, SC_MAINTAINED, 100.0 * met / years);
}

/* The day on which the present pace covers the gap. Pace and gap share a sign when it leads there. */
static void
measure_reached_on(context *c, bool inside)
{
	sc_progress *out = c->out;
	double		pace = out->measure[SC_OBSERVED_PACE];
	double		years,
				months,
				whole;
	int			year,
				month;
	sc_date		first,
				next;

	if (inside)
		lack(c, SC_REACHED_ON, SC_TARGET_MET);
	else if (out->missing[SC_GAP] != SC_NO_REASON)
		lack(c, SC_REACHED_ON, out->missing[SC_GAP]);
	else if (out->missing[SC_OBSERVED_PACE] != SC_NO_REASON)
		lack(c, SC_REACHED_ON, out->missing[SC_OBSERVED_PACE]);
	else if (pace == 0)
		lack(c, SC_REACHED_ON, SC_ZERO_PACE);
	else if (out->measure[SC_GAP] != 0 && !same_sign(pace, out->measure[SC_GAP]))
		lack(c, SC_REACHED_ON, SC_MOVING_AWAY);
	else
	{
		years = out->measure[SC_GAP] / pace;
		months = sc_date_months(out->observed_on) + 12 * years;
		if (!(months < 12 * 9999.0))
		{
			lack(c, SC_REACHED_ON, SC_OUT_OF_RANGE);
			return;
		}
		/* months count to the end of the day: 12 * year + month - 1 + day / days in month */
		whole = ceil(months - 1e-9) - 1;
		year = (int) (whole / 12);
		month = (int) (whole - 12.0 * year) + 1;
		if (!sc_date_make(year, month, 1, &first) ||
			!sc_date_make(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1, &next))
		{
			lack(c, SC_REACHED_ON, SC_OUT_OF_RANGE);
			return;
		}
		set(c, SC_REACHED_ON, first - 1 + ceil((months - whole) * (next - first) - 1e-6));
	}
}

/* ------------------------------------------------------------------- roles */

/*
 * What rule 6 of the status looks at: 100 if the projection meets, else its
 * level, at least 0. A change below 0 against a bound below 0 has no level,
 * but starts from 0: there it is the share of that way. False where there is
 * neither.
 */
static bool
span_attainment(const context *c, double projected, double *attainment)
{
	double		bound,
				far;
	bool		upward;

	*attainment = 100;
	if (sc_band_judge(&c->band, c->path->direction, projected) != SC_NOT_MET)
		return true;
	sc_band_edges(&c->band, c->path->direction, true, projected, &bound, &far);
	upward = c->path->direction == SC_UP || (c->path->direction == SC_KEEP && projected <= c->band.low);
	if (c->path->role == SC_CHANGE && !upward && bound < 0)
		*attainment = projected <= 0 ? sc_percent(-projected, -bound) : 0;
	else if (upward ? bound <= 0 : bound < 0)
		return false;
	else if (bound == 0 || projected <= 0)
		*attainment = 0;
	else
		*attainment = upward ? sc_percent(projected, bound) : sc_percent(bound, projected);
	return true;
}

/* Only a growing total can have met its bound for good before its span is complete. */
static sc_verdict
span_verdict(const context *c, const sc_span *span)
{
	if (!span->complete && !(c->path->role == SC_TOTAL && c->path->direction == SC_UP))
		return SC_NOT_MET;
	return sc_band_judge(&c->band, c->path->direction, span->so_far);
}

/* What does not depend on how much of the span has passed. */
static void
measure_span_value(context *c, const sc_span *span)
{
	sc_progress *out = c->out;
	bool		inside;
	bool		met = span_verdict(c, span) != SC_NOT_MET;

	out->has_value = true;
	out->value = span->so_far;
	out->observed_on = span->observed_on;
	sc_band_edges(&c->band, c->path->direction, true, out->value, &out->met_bound, &out->far_bound);
	inside = sc_band_judge(&c->band, c->path->direction, out->value) != SC_NOT_MET;
	measure_level(c, inside);
	set(c, SC_GAP, inside && c->path->direction == SC_KEEP ? 0 : out->met_bound - out->value);
	set(c, SC_SCORE_MET, met ? 100 : 0);
	if (met)
		set(c, SC_SCORE_LEVEL, 100);
	else if (out->missing[SC_ATTAINMENT_LEVEL] == SC_NO_REASON)
		set(c, SC_SCORE_LEVEL, sc_clamp_score(out->measure[SC_ATTAINMENT_LEVEL]));
	else
		lack(c, SC_SCORE_LEVEL, out->missing[SC_ATTAINMENT_LEVEL]);
}

/* The span's value stands where the observation does for a level. */
static void
measure_span(context *c, const sc_span *span)
{
	sc_progress *out = c->out;
	bool		flow = c->path->role == SC_TOTAL || c->path->role == SC_CHANGE;
	double		sign = direction_sign(c->path);
	double		attainment;
	bool		inside;

	lack_all(out, SC_NOT_DEFINED_FOR_ROLE);
	measure_span_value(c, span);
	inside = sc_band_judge(&c->band, c->path->direction, out->value) != SC_NOT_MET;
	set(c, SC_EXPECTED_VALUE, flow ? out->met_bound * span->elapsed : out->met_bound);
	if (flow && c->path->direction != SC_KEEP && sign * out->measure[SC_EXPECTED_VALUE] > 0)
		set(c, SC_ATTAINMENT_PATH,
			sc_percent(sign * out->value, sign * out->measure[SC_EXPECTED_VALUE]));
	if (c->path->direction != SC_KEEP)
		set(c, SC_PATH_GAP, sign * (out->value - out->measure[SC_EXPECTED_VALUE]));
	if (flow)
	{
		/* a pace per year of what flows: the span starts at nothing */
		c->has_start = true;
		c->start = 0;
		c->start_on = c->target.span_start - 1;
		measure_pace(c, inside);
		/* a total that should stay low keeps growing: the day on which it is used up */
		measure_reached_on(c, inside && !(c->path->role == SC_TOTAL && c->path->direction == SC_DOWN));
	}
	set(c, SC_PROJECTED_VALUE, span->projected);
	if (span_attainment(c, span->projected, &attainment))
		set(c, SC_PROJECTED_ATTAINMENT, attainment);
	else
		lack(c, SC_PROJECTED_ATTAINMENT, SC_LEVEL_UNDEFINED);
	if (span->elapsed >= 1)
		lack(c, SC_REQUIRED_REST, SC_PAST_DUE);
	else if (flow)
		set(c, SC_REQUIRED_REST, out->measure[SC_GAP]);
	else
		set(c, SC_REQUIRED_REST, sc_required_rest(c->path->role, out->met_bound, out->value, span->elapsed));
	if (c->path->role == SC_AVERAGE_GROWTH && out->met_bound <= -100 && span->elapsed < 1)
		lack(c, SC_REQUIRED_REST, SC_GROWTH_UNDEFINED);
}

static void
measure_all(context *c, int at)
{
	sc_progress *out = c->out;
	bool		inside;

	out->has_value = true;
	out->value = sc_series_value(c->series, at);
	out->observed_on = sc_series_date(c->series, at);
	sc_band_edges(&c->band, c->path->direction, true, out->value, &out->met_bound, &out->far_bound);
	inside = sc_band_judge(&c->band, c->path->direction, out->value) != SC_NOT_MET;

	c->has_start = c->path->has_baseline || c->first < at;
	c->start = c->path->has_baseline ? c->path->baseline : sc_series_value(c->series, c->first);
	c->start_on = c->path->has_baseline ? c->path->baseline_on : sc_series_date(c->series, c->first);

	measure_level(c, inside);
	measure_distance(c, inside);
	measure_path(c);
	measure_pace(c, inside);
	measure_projection(c);
	measure_scores(c, inside);
	measure_path_gap(c);
	measure_parity(c);
	if (c->wanted & SC_MEASURE_BIT(SC_GROWTH_RATIO))
		measure_growth(c);
	if (c->wanted & COMPOUND_MEASURES)
		measure_compound(c);
	if (c->wanted & SC_MEASURE_BIT(SC_MAINTAINED))
		measure_maintained(c, at);
	if (c->wanted & SC_MEASURE_BIT(SC_REACHED_ON))
		measure_reached_on(c, inside);
	if (out->missing[SC_REQUIRED_PACE] == SC_NO_REASON)
		set(c, SC_REQUIRED_REST, out->measure[SC_GAP]);
	else
		lack(c, SC_REQUIRED_REST, out->missing[SC_REQUIRED_PACE]);
}

/* ------------------------------------------------------------------ status */

static void
decide(context *c, sc_status status, sc_reason reason)
{
	c->out->status = status;
	c->out->reason = reason;
}

/* Rule 6. */
static sc_status
outlook(double attainment)
{
	if (sc_reaches(attainment, SC_ON_TRACK_FROM))
		return SC_STATUS_ON_TRACK;
	return sc_reaches(attainment, SC_AT_RISK_FROM) ? SC_STATUS_AT_RISK : SC_STATUS_OFF_TRACK;
}

static sc_verdict
judge(const context *c, int observation)
{
	return sc_band_judge(&c->band, c->path->direction, sc_series_value(c->series, observation));
}

static bool
any_meets(const context *c, int from, int to)
{
	for (int k = from; k <= to; k++)
		if (judge(c, k) != SC_NOT_MET)
			return true;
	return false;
}

/* Rule 2: the due date has come, so the observation for it decides. */
static void
decide_due(context *c)
{
	int			at = sc_series_latest(c->series, c->target.due);
	bool		later = c->last > at;
	bool		usable = at >= c->first;
	bool		exact = usable && sc_series_date(c->series, at) == c->target.due;
	sc_verdict	verdict;

	if (usable)
		measure_all(c, at);
	else
		lack_all(c->out, SC_NO_OBSERVATION_AT_DUE);

	if (!usable || !(exact || later || c->path->shape == SC_STEP))
	{
		decide(c, SC_STATUS_NOT_YET_ASSESSABLE,
			   later ? SC_NO_OBSERVATION_AT_DUE : SC_AWAITING_OBSERVATION);
		return;
	}
	verdict = judge(c, at);
	if (verdict == SC_NOT_MET)
	{
		decide(c, SC_STATUS_MISSED, SC_NO_REASON);
		if (any_meets(c, at + 1, c->last))
		{
			c->out->reason = SC_MET_LATE;
			return;
		}
	}
	else
		decide(c, verdict == SC_EXCEEDED ? SC_STATUS_EXCEEDED : SC_STATUS_MET, SC_NO_REASON);
	if (!exact && c->path->shape != SC_STEP)
		c->out->reason = SC_NO_OBSERVATION_AT_DUE;
}

/* Rules 3 to 6: before the due date the latest observation counts, then the projection. */
static void
decide_before_due(context *c, sc_date stale_before)
{
	sc_progress *out = c->out;
	sc_verdict	verdict = judge(c, c->last);
	double		attainment;

	if (verdict != SC_NOT_MET)
		decide(c, verdict == SC_EXCEEDED ? SC_STATUS_EXCEEDED : SC_STATUS_MET, SC_NO_REASON);
	else if ((c->path->has_baseline &&
			  sc_band_judge(&c->band, c->path->direction, c->path->baseline) != SC_NOT_MET) ||
			 any_meets(c, c->first, c->last - 1))
		decide(c, SC_STATUS_LOST, SC_NO_REASON);
	else if (out->observed_on < stale_before)
		decide(c, SC_STATUS_NOT_YET_ASSESSABLE, SC_STALE);
	else if (c->path->shape == SC_STEP)
		decide(c, SC_STATUS_NOT_YET_ASSESSABLE, SC_STEP_NOT_DUE);
	else if (c->path->direction == SC_KEEP)
		decide(c, SC_STATUS_OFF_TRACK, SC_KEEP_NOT_MET);
	else if (out->missing[SC_PROJECTED_VALUE] != SC_NO_REASON)
		decide(c, SC_STATUS_NOT_YET_ASSESSABLE, out->missing[SC_PROJECTED_VALUE]);
	else
	{
		attainment = projected_distance(c, out->measure[SC_PROJECTED_VALUE]);
		decide(c, outlook(attainment), SC_NO_REASON);
	}
}

/*
 * Roles over time. The span decides once it is complete; before that only a
 * growing total can have met its bound for good, and the projection's level
 * attainment says the rest. A span with gaps has a value and no projection.
 */
static void
decide_span(context *c, sc_date stale_before)
{
	sc_progress *out = c->out;
	sc_span		span;
	sc_reason	reason = sc_span_evaluate(c->path, &c->target, c->series, c->as_of, &span);
	sc_verdict	verdict;

	if (reason != SC_NO_REASON)
	{
		lack_all(out, reason);
		decide(c, SC_STATUS_NOT_YET_ASSESSABLE, reason);
		if (!span.has_value)
			return;
		measure_span_value(c, &span);
		verdict = span_verdict(c, &span);
		if (verdict != SC_NOT_MET)
			decide(c, verdict == SC_EXCEEDED ? SC_STATUS_EXCEEDED : SC_STATUS_MET, SC_NO_REASON);
		return;
	}
	measure_span(c, &span);
	verdict = span_verdict(c, &span);
	if (verdict != SC_NOT_MET)
		decide(c, verdict == SC_EXCEEDED ? SC_STATUS_EXCEEDED : SC_STATUS_MET, SC_NO_REASON);
	else if (span.complete)
		decide(c, SC_STATUS_MISSED, SC_NO_REASON);
	else if (c->as_of >= c->target.due)
		decide(c, SC_STATUS_NOT_YET_ASSESSABLE, SC_SPAN_INCOMPLETE);
	else if (out->observed_on < stale_before)
		decide(c, SC_STATUS_NOT_YET_ASSESSABLE, SC_STALE);
	else if (out->missing[SC_PROJECTED_ATTAINMENT] != SC_NO_REASON)
		decide(c, SC_STATUS_NOT_YET_ASSESSABLE, out->missing[SC_PROJECTED_ATTAINMENT]);
	else
		decide(c, outlook(out->measure[SC_PROJECTED_ATTAINMENT]), SC_NO_REASON);
}

void
sc_progress_towards(const sc_path *path, const sc_series *series, int i,
					sc_date as_of, sc_date stale_before,
					sc_measure_set wanted, sc_progress *out)
{
	context		c = {.path = path, .series = series, .as_of = as_of, .wanted = wanted, .out = out};

	sc_path_target(path, i, &c.target);
	c.band = sc_target_band(&c.target);
	out->due = c.target.due;
	out->is_current = sc_path_current(path, as_of) == i;
	out->has_value = false;
	out->value = 0;
	out->observed_on = 0;
	out->has_bounds = true;
	sc_band_edges(&c.band, path->direction, false, 0, &out->met_bound, &out->far_bound);

	find_usable(&c);
	if (c.last < c.first)
	{
		lack_all(out, SC_NO_OBSERVATION);
		decide(&c, SC_STATUS_NO_DATA, SC_NO_OBSERVATION);
	}
	else if (path->role != SC_LEVEL)
		decide_span(&c, stale_before);
	else if (as_of >= c.target.due)
		decide_due(&c);
	else
	{
		measure_all(&c, c.last);
		decide_before_due(&c, stale_before);
	}
}

void
sc_progress_without_target(const sc_path *path, const sc_series *series, sc_date due,
						   sc_date as_of, sc_progress *out)
{
	context		c = {.path = path, .series = series, .as_of = as_of, .out = out};

	out->due = due;
	out->is_current = false;
	out->has_bounds = false;
	out->met_bound = 0;
	out->far_bound = INFINITY;
	find_usable(&c);
	out->has_value = path->role == SC_LEVEL && c.last >= c.first;
	out->value = out->has_value ? sc_series_value(series, c.last) : 0;
	out->observed_on = out->has_value ? sc_series_date(series, c.last) : 0;
	lack_all(out, SC_NO_TARGET_AT_DUE);
	decide(&c, SC_STATUS_NOT_YET_ASSESSABLE, SC_NO_TARGET_AT_DUE);
}

void
sc_progress_at(const sc_path *path, const sc_series *series, int i,
			   int observation, sc_progress *out)
{
	context		c = {.path = path, .series = series, .wanted = SC_ALL_MEASURES, .out = out};

	sc_path_target(path, i, &c.target);
	c.band = sc_target_band(&c.target);
	c.as_of = sc_series_date(series, observation);
	find_usable(&c);
	measure_all(&c, observation);
}
