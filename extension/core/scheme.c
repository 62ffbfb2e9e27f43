/*
 * scheme.c
 *		See scheme.h.
 */
#include "scheme.h"

#include <math.h>

#include "growth.h"

#include "score.h"

double
sc_limit_coefficient(double start, double limit, double exponent)
{
	double		b = fabs(start);
	double		l = fabs(limit);

	if (l == 0)
		return b == 0 ? 0 : 1;
	if (b >= 2 * l)
		return 1;
	if (b <= l)
		return 1 - pow(b / l, exponent);
	return 1 - pow((2 * l - b) / l, exponent);
}

/* ------------------------------------------------------------------ ladders */

static const char *
class_of(const sc_ladder *ladder, double measured)
{
	for (int i = 0; i < ladder->class_count; i++)
	{
		const sc_class *class = &ladder->classes[i];

		if (class->open ? sc_exceeds(measured, class->from) : sc_reaches(measured, class->from))
			return class->name;
	}
	return ladder->otherwise;
}

static bool
score_of(const sc_ladder *ladder, double measured, double *score)
{
	for (int i = 0; i < ladder->piece_count; i++)
	{
		const sc_piece *piece = &ladder->pieces[i];

		if (piece->has_from && measured < piece->from)
			continue;
		/* a level piece stays level where the measure is infinite */
		*score = piece->slope == 0 ? piece->intercept : piece->slope * measured + piece->intercept;
		if (*score < ladder->low)
			*score = ladder->low;
		if (*score > ladder->high)
			*score = ladder->high;
		return !isnan(*score);
	}
	return false;
}

/* A scale such as 0.01 divides by 100: 95 then comes out as 0.95, and a measure on a limit stays on it. */
static double
scaled(double measured, double scale)
{
	double		divisor = 1 / scale;

	measured = fabs(scale) < 1 && divisor == rint(divisor) ? measured / divisor : measured * scale;
	return measured == 0 ? 0 : measured;
}

static void
climb(const sc_ladder *ladder, double start, double measured, sc_assessment *out)
{
	double		coefficient;

	measured = scaled(measured, ladder->scale);
	if (!isfinite(measured))
	{
		out->reason = SC_OUT_OF_RANGE;
		return;
	}
	out->has_measured = true;
	out->measured = measured;
	if (ladder->has_limit && measured >= 0)
	{
		/* on the limit no growth can be asked: holding it is as good as can be */
		coefficient = sc_limit_coefficient(start, ladder->limit, ladder->limit_exponent);
		measured = coefficient > 0 ? measured / coefficient : INFINITY;
	}
	out->class_name = class_of(ladder, measured);
	out->has_score = score_of(ladder, measured, &out->score);
}

/* -------------------------------------------------------- special measures */

static void
usable_values(const sc_path *path, const sc_series *series, sc_date as_of, sc_projection_input *in)
{
	in->series = series;
	in->has_baseline = path != NULL && path->has_baseline;
	in->baseline = in->has_baseline ? path->baseline : 0;
	in->baseline_on = in->has_baseline ? path->baseline_on : 0;
	in->first = 0;
	in->last = -1;
	in->changes = SC_LAST_CHANGES;
	if (series == NULL)
		return;
	if (in->has_baseline)
		in->first = sc_series_latest(series, path->baseline_on - 1) + 1;
	in->last = sc_series_latest(series, as_of);
}

/*
 * A projection by the ladder's method from what was known at the value that is
 * judged, as attainment from the start or as share of the gap closed.
 */
static sc_reason
measure_projection(const sc_ladder *ladder, const sc_path *path, const sc_projection_input *usable,
				   const sc_progress *progress, double *measured)
{
	sc_projection_input in = *usable;
	double		d = path->direction == SC_DOWN ? -1 : 1;
	double		from = progress->value;
	double		projected;
	double		way;
	sc_reason	reason;

	if (path->role != SC_LEVEL)
		return SC_NOT_DEFINED_FOR_ROLE;
	if (path->direction == SC_KEEP)
		return SC_NOT_DEFINED_FOR_KEEP;
	/* on the due date nothing is left to close, whichever way the value moved */
	if (ladder->kind == SC_SCHEME_GAP_CLOSED && progress->observed_on >= progress->due)
		return SC_PAST_DUE;
	in.last = sc_series_latest(in.series, progress->observed_on);
	reason = sc_project(&in, ladder->method, progress->due, &projected);
	if (reason != SC_NO_REASON)
		return reason;
	if (ladder->kind == SC_SCHEME_PROJECTED)
		from = in.has_baseline ? in.baseline : sc_series_value(in.series, in.first);
	way = fabs(progress->met_bound - from);
	if (way == 0)
		return SC_TARGET_EQUALS_BASELINE;
	*measured = sc_percent(d * (projected - from), way);
	return isfinite(*measured) ? SC_NO_REASON : SC_OUT_OF_RANGE;
}

/* --------------------------------------------------------------- assessing */

static const char *
measure_name(const sc_ladder *ladder)
{
	switch (ladder->kind)
	{
		case SC_SCHEME_STATUS:
			return "status";
		case SC_SCHEME_PROJECTED:
			return "projected_attainment";
		case SC_SCHEME_GAP_CLOSED:
			return "gap_closed";
		default:
			return sc_measure_word(ladder->measure);
	}
}

static bool
is_tolerated(const sc_scheme *scheme, const sc_progress *progress)
{
	for (int i = 0; i < scheme->tolerated_count; i++)
		if (progress->met_bound == scheme->tolerated[i] &&
			fabs(progress->value - progress->met_bound) <= scheme->within)
			return true;
	return false;
}

static void
assess_without_target(const sc_scheme *scheme, const sc_projection_input *in, bool lower_is_better,
					  sc_assessment *out)
{
	const sc_ladder *ladder = &scheme->without_target;
	double		start,
				latest,
				years;

	if (!ladder->defined)
	{
		out->reason = SC_NO_TARGET_AT_DUE;
		return;
	}
	out->measure = measure_name(ladder);
	start = sc_series_value(in->series, in->first);
	latest = sc_series_value(in->series, in->last);
	years = sc_years_between(sc_series_date(in->series, in->first), sc_series_date(in->series, in->last));
	if (years <= 0)
		out->reason = SC_SINGLE_OBSERVATION;
	else if (!((start > 0 && latest > 0) || (start < 0 && latest < 0)))
		out->reason = SC_GROWTH_UNDEFINED;
	else
		climb(ladder, start, (lower_is_better ? -1 : 1) * (start < 0 ? -1 : 1) *
			  sc_compound_growth(start, latest, years), out);
}

/* Past the due date some methods look at the latest value all the same. */
static void
judge_latest(const sc_path *path, const sc_series *series, int i, int last, sc_progress *progress)
{
	sc_target	target;
	sc_band		band;
	sc_verdict	verdict;

	sc_progress_towards(path, series, i, sc_series_date(series, last), SC_DATE_MIN, SC_ALL_MEASURES, progress);
	if (progress->has_value && progress->observed_on == sc_series_date(series, last))
		return;
	sc_path_target(path, i, &target);
	band = sc_target_band(&target);
	sc_progress_at(path, series, i, last, progress);
	verdict = sc_band_judge(&band, path->direction, progress->value);
	progress->status = verdict == SC_NOT_MET ? SC_STATUS_MISSED :
		verdict == SC_EXCEEDED ? SC_STATUS_EXCEEDED : SC_STATUS_MET;
	progress->reason = SC_NO_REASON;
}

static void
assess_target(const sc_scheme *scheme, const sc_path *path, const sc_projection_input *in,
			  int i, sc_date as_of, sc_assessment *out)
{
	const sc_ladder *ladder = &scheme->with_target;
	sc_progress progress;
	sc_target	target;
	sc_band		band;
	sc_verdict	verdict;
	double		measured;
	sc_reason	reason;

	sc_progress_towards(path, in->series, i, as_of, SC_DATE_MIN, SC_ALL_MEASURES, &progress);
	if (scheme->latest && path->role == SC_LEVEL && as_of >= progress.due && in->last >= in->first)
		judge_latest(path, in->series, i, in->last, &progress);
	out->measure = measure_name(ladder);
	/* the due date has come and the value for it has not: an older one decides nothing */
	if (!scheme->latest && ladder->kind != SC_SCHEME_STATUS && as_of >= progress.due &&
		progress.status == SC_STATUS_NOT_YET_ASSESSABLE)
	{
		out->reason = progress.reason;
		return;
	}
	if (ladder->kind == SC_SCHEME_STATUS)
	{
		out->class_name = sc_status_word(progress.status);
		out->reason = progress.reason;
		out->is_met = progress.status == SC_STATUS_MET || progress.status == SC_STATUS_EXCEEDED;
		out->has_measured = progress.missing[SC_PROJECTED_ATTAINMENT] == SC_NO_REASON;
		out->measured = progress.measure[SC_PROJECTED_ATTAINMENT];
		return;
	}
	if (!progress.has_value)
	{
		out->reason = progress.reason;
		return;
	}
	sc_path_target(path, i, &target);
	band = sc_target_band(&target);
	verdict = sc_band_judge(&band, path->direction, progress.value);
	/* the value of a span so far says nothing final; its status knows */
	out->is_met = path->role == SC_LEVEL ? verdict != SC_NOT_MET :
		progress.status == SC_STATUS_MET || progress.status == SC_STATUS_EXCEEDED;

	/* the measure is reported in any case; the class may come from elsewhere */
	if (ladder->kind == SC_SCHEME_PROGRESS)
	{
		reason = progress.missing[ladder->measure];
		measured = progress.measure[ladder->measure];
	}
	else
		reason = measure_projection(ladder, path, in, &progress, &measured);
	if (reason == SC_NO_REASON)
		climb(ladder, path->has_baseline ? path->baseline : progress.value, measured, out);
	else
		out->reason = reason;
	if (ladder->has_score_measure)
		out->has_score = progress.missing[ladder->score_measure] == SC_NO_REASON &&
			score_of(ladder, progress.measure[ladder->score_measure], &out->score);

	if (scheme->met[0] != '\0' && (out->is_met || is_tolerated(scheme, &progress)))
	{
		out->class_name = verdict == SC_EXCEEDED && scheme->exceeded[0] != '\0' ? scheme->exceeded : scheme->met;
		out->reason = SC_NO_REASON;
		if (scheme->has_met_score)
		{
			out->has_score = true;
			out->score = scheme->met_score;
		}
	}
	else if (scheme->missed[0] != '\0' &&
			 (progress.status == SC_STATUS_MISSED || (scheme->latest && as_of >= progress.due)))
	{
		out->class_name = scheme->missed;
		out->reason = progress.reason;
	}
}

void
sc_assess(const sc_scheme *scheme, const sc_path *path, const sc_series *series,
		  sc_date as_of, sc_date due, bool lower_is_better, sc_assessment *out)
{
	sc_projection_input in;
	int			i;

	*out = (sc_assessment) {.measure = NULL};
	usable_values(path, series, as_of, &in);
	if (path != NULL)
	{
		i = due == SC_NO_DATE ? sc_path_current(path, as_of) : sc_path_find_due(path, due);
		out->has_due = true;
		out->due = due;
		if (i >= 0)
		{
			sc_target	target;

			sc_path_target(path, i, &target);
			out->due = target.due;
			assess_target(scheme, path, &in, i, as_of, out);
			return;
		}
	}
	if (in.last < in.first)
		out->reason = SC_NO_OBSERVATION;
	else
		assess_without_target(scheme, &in, path != NULL ? path->direction == SC_DOWN : lower_is_better, out);
}
