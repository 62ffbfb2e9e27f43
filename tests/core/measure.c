/* Progress: every rule of the status, the measures, and random cases against the rules written down a second time. */
#include "building.h"
#include "measure.h"

static void
towards(const char *path_text, const char *series_text, int target, sc_date as_of, sc_date stale_before, sc_progress *out)
{
	built_path	path;
	built_series series;

	build_path(path_text, &path);
	if (series_text != NULL)
		build_series(series_text, &series);
	sc_progress_towards(&path.path, series_text != NULL ? &series.series : NULL, target, as_of, stale_before, SC_ALL_MEASURES, out);
}

TEST(rules_of_the_status)
{
	static const struct
	{
		const char *path;
		const char *series;
		int			target;
		const char *as_of;
		const char *status;
		const char *reason;
	}			cases[] = {
		/* 1 */
		{"up -> 10@2025", NULL, 0, "2023", "no_data", "no_observation"},
		{"up -> 10@2025", "{}", 0, "2023", "no_data", "no_observation"},
		{"up -> 10@2025", "{2024: 5}", 0, "2023", "no_data", "no_observation"},
		{"1@2023 -> 10@2025", "{2022: 50}", 0, "2024", "no_data", "no_observation"},
		/* an observation on the day of the baseline is used, one a day earlier is not */
		{"1@2023 -> 10@2025", "{2023-12-30: 50}", 0, "2024", "no_data", "no_observation"},
		{"1@2023 -> 10@2025", "{2023-12-31: 50}", 0, "2024", "exceeded", ""},
		/* 2 */
		{"up -> 10@2025", "{2025: 10}", 0, "2025", "met", ""},
		{"up -> 10@2025", "{2025: 11}", 0, "2025", "exceeded", ""},
		{"up -> 10@2025", "{2025: 9}", 0, "2025", "missed", ""},
		{"up -> 10@2025", "{2024: 10, 2025: 9}", 0, "2025", "missed", ""},
		{"-> >10@2025", "{2025: 10}", 0, "2025", "missed", ""},
		{"-> >10@2025", "{2025: 11}", 0, "2025", "met", ""},
		{"up -> 10..12@2025", "{2025: 12}", 0, "2025", "met", ""},
		{"keep -> 10..12@2025", "{2025: 13}", 0, "2025", "missed", ""},
		{"up -> 10@2025", "{2024: 20}", 0, "2025", "not_yet_assessable", "awaiting_observation"},
		{"up -> 10@2025", "{2025-12-30: 20}", 0, "2025", "not_yet_assessable", "awaiting_observation"},
		{"up -> 10@2025", "{2024: 20, 2026-01-01: 1}", 0, "2026", "exceeded", "no_observation_at_due"},
		{"up -> 10@2025", "{2024: 2, 2026: 1}", 0, "2026", "missed", "no_observation_at_due"},
		{"up -> 10@2025", "{2024: 2, 2026: 10}", 0, "2026", "missed", "met_late"},
		{"up -> 10@2025", "{2025: 2, 2026: 10}", 0, "2026", "missed", "met_late"},
		{"up -> 10@2025", "{2025: 2, 2026: 10}", 0, "2025", "missed", ""},
		{"up -> 10@2025", "{2026: 10}", 0, "2026", "not_yet_assessable", "no_observation_at_due"},
		{"step 0@2023 -> 1@2025", "{2024: 1}", 0, "2025", "met", ""},
		{"step 0@2023 -> 1@2025", "{2024: 0}", 0, "2025", "missed", ""},
		{"step 0@2023 -> 1@2025", "{2024: 0, 2026: 1}", 0, "2026", "missed", "met_late"},
		{"step 0@2023 -> 1@2025", "{2026: 1}", 0, "2026", "not_yet_assessable", "no_observation_at_due"},
		/* 3 */
		{"up -> 10@2030", "{2024: 10}", 0, "2025", "met", ""},
		{"up -> 10@2030", "{2024: 11}", 0, "2025", "exceeded", ""},
		{"step 0@2023 -> 1@2030", "{2024: 1}", 0, "2025", "met", ""},
		{"keep -> 10..12@2030", "{2024: 11}", 0, "2025", "met", ""},
		/* 4 */
		{"up -> 10@2030", "{2023: 11, 2024: 9}", 0, "2025", "lost", ""},
		{"up -> 10@2030", "{2022: 11, 2023: 9, 2024: 9}", 0, "2025", "lost", ""},
		{"up 10@2020 -> 10@2030", "{2024: 9}", 0, "2025", "lost", ""},
		{"keep 11@2020 -> 10..12@2030", "{2024: 9}", 0, "2025", "lost", ""},
		{"step 1@2023 -> >=1@2030", "{2024: 0}", 0, "2025", "lost", ""},
		/* 5 */
		{"up -> 10@2030", "{2024: 9}", 0, "2025", "not_yet_assessable", "single_observation"},
		{"5@2024 -> 10@2030", "{2024: 9}", 0, "2025", "not_yet_assessable", "no_time_elapsed"},
		{"step 0@2023 -> 1@2030", "{2024: 0}", 0, "2025", "not_yet_assessable", "step_not_due"},
		{"keep -> 10..12@2030", "{2024: 9}", 0, "2025", "off_track", "keep_not_met"},
		{"keep 5@2020 -> 10..12@2030", "{2023: 8, 2024: 9}", 0, "2025", "off_track", "keep_not_met"},
		/* 6 */
		{"0@2020 -> 100@2030", "{2025: 47.5}", 0, "2025", "on_track", ""},
		{"0@2020 -> 100@2030", "{2025: 47.4999}", 0, "2025", "at_risk", ""},
		{"0@2020 -> 100@2030", "{2025: 30}", 0, "2025", "at_risk", ""},
		{"0@2020 -> 100@2030", "{2025: 29.9999}", 0, "2025", "off_track", ""},
		{"up 10@2020 -> >10@2030", "{2025: 9}", 0, "2025", "off_track", ""},
		{"up -> 100@2030", "{2020: 0, 2025: 50}", 0, "2025", "on_track", ""},
		/* the target asked for */
		{"0@2020 -> 10@2025 -> 100@2030", "{2023: 6}", 0, "2023", "on_track", ""},
		{"0@2020 -> 10@2025 -> 100@2030", "{2023: 6}", 1, "2023", "off_track", ""},
		{"up total -> 10@2025", "{2023: 6}", 0, "2023", "not_yet_assessable", "span_not_begun"},
		{"down change -> -1@2025", NULL, 0, "2023", "no_data", "no_observation"},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_progress progress;
		sc_period	as_of;
		long		position = 0;

		CHECK(sc_period_scan(cases[i].as_of, (long) strlen(cases[i].as_of), &position, &as_of));
		towards(cases[i].path, cases[i].series, cases[i].target, as_of.last, SC_DATE_MIN, &progress);
		CHECK_FOR(strcmp(sc_status_word(progress.status), cases[i].status) == 0, "%s, %s as of %s: %s", cases[i].path,
				  cases[i].series ? cases[i].series : "nothing", cases[i].as_of, sc_status_word(progress.status));
		CHECK_FOR(strcmp(sc_reason_word(progress.reason), cases[i].reason) == 0, "%s, %s as of %s: %s", cases[i].path,
				  cases[i].series ? cases[i].series : "nothing", cases[i].as_of, sc_reason_word(progress.reason));
	}
}

TEST(staleness)
{
	sc_progress progress;

	towards("0@2020 -> 100@2030", "{2022: 20}", 0, year_end(2025), year_end(2022), &progress);
	CHECK(progress.status == SC_STATUS_ON_TRACK);
	towards("0@2020 -> 100@2030", "{2022: 20}", 0, year_end(2025), year_end(2022) + 1, &progress);
	CHECK(progress.status == SC_STATUS_NOT_YET_ASSESSABLE && progress.reason == SC_STALE);
	CHECK_DOUBLE(progress.measure[SC_PROJECTED_VALUE], 100);
	/* what is met, lost or due is not stale */
	towards("0@2020 -> 100@2030", "{2022: 120}", 0, year_end(2025), year_end(2024), &progress);
	CHECK(progress.status == SC_STATUS_EXCEEDED);
	towards("0@2020 -> 100@2030", "{2021: 120, 2022: 20}", 0, year_end(2025), year_end(2024), &progress);
	CHECK(progress.status == SC_STATUS_LOST);
	towards("0@2020 -> 100@2022", "{2022: 20}", 0, year_end(2025), year_end(2024), &progress);
	CHECK(progress.status == SC_STATUS_MISSED);
}

TEST(measures)
{
	static const struct
	{
		const char *path;
		const char *series;
		sc_measure_kind kind;
		double		value;		/* NAN: missing */
		const char *reason;
	}			cases[] = {
		{"40@2020 -> 70@2030", "{2023: 52}", SC_EXPECTED_VALUE, 49, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_ATTAINMENT_LEVEL, 5200 / 70.0, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_ATTAINMENT_DISTANCE, 40, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_ATTAINMENT_PATH, 1200 / 9.0, ""},
		{"1@2020 -> 16@2024", "{2022: 4}", SC_GROWTH_RATIO, 1, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_GAP, 18, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_REQUIRED_PACE, 18 / 7.0, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_OBSERVED_PACE, 4, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_PACE_MULTIPLE, 18 / 28.0, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_PROJECTED_VALUE, 80, ""},
		{"40@2020 -> 70@2030", "{2023: 52}", SC_PROJECTED_ATTAINMENT, 4000 / 30.0, ""},
		{"up -> 0@2025", "{2023: 5}", SC_ATTAINMENT_LEVEL, NAN, "level_undefined"},
		{"up -> -1@2025", "{2023: -5}", SC_ATTAINMENT_LEVEL, NAN, "level_undefined"},
		{"down -> 0@2025", "{2023: 5}", SC_ATTAINMENT_LEVEL, 0, ""},
		{"down -> 0@2025", "{2023: 0}", SC_ATTAINMENT_LEVEL, NAN, "level_undefined"},
		{"down -> -1@2025", "{2023: 5}", SC_ATTAINMENT_LEVEL, NAN, "level_undefined"},
		{"-> >10@2025", "{2023: 10}", SC_ATTAINMENT_LEVEL, 100, ""},
		{"keep -> 10..12@2025", "{2023: 11}", SC_ATTAINMENT_LEVEL, 100, ""},
		{"keep -> 10..12@2025", "{2023: 5}", SC_ATTAINMENT_LEVEL, 50, ""},
		{"keep -> 10..12@2025", "{2023: 24}", SC_ATTAINMENT_LEVEL, 50, ""},
		{"keep -> 10..12@2025", "{2023: 24}", SC_GAP, -12, ""},
		{"keep -> 10..12@2025", "{2023: 11}", SC_GAP, 0, ""},
		{"keep 0@2020 -> 10..12@2025", "{2023: 4}", SC_ATTAINMENT_DISTANCE, 40, ""},
		{"keep 0@2020 -> 10..12@2025", "{2023: 18}", SC_ATTAINMENT_DISTANCE, 40, ""},
		{"keep 0@2020 -> 10..12@2025", "{2023: -4}", SC_ATTAINMENT_DISTANCE, 0, ""},
		{"keep 11@2020 -> 10..12@2025", "{2023: 9}", SC_ATTAINMENT_DISTANCE, 0, ""},
		{"down 3@2015 -> 5@2035", "{2020: 10}", SC_ATTAINMENT_DISTANCE, -350, ""},
		{"down 3@2015 -> 5@2035", "{2020: 10}", SC_ATTAINMENT_PATH, -1400, ""},
		{"down 3@2015 -> 5@2035", "{2020: 10}", SC_PROJECTED_ATTAINMENT, -1400, ""},
		{"up 50@2020 -> 50@2030", "{2023: 55}", SC_ATTAINMENT_DISTANCE, NAN, "target_equals_baseline"},
		{"up 50@2020 -> 50@2030", "{2023: 55}", SC_PROJECTED_ATTAINMENT, NAN, "target_equals_baseline"},
		{"up -> 50@2030", "{2020: 50, 2023: 55}", SC_PROJECTED_ATTAINMENT, 100, ""},
		{"-> >50@2030", "{2020: 50, 2023: 45}", SC_PROJECTED_ATTAINMENT, 0, ""},
		{"up -> 50@2030", "{2023: 45}", SC_PROJECTED_ATTAINMENT, NAN, "single_observation"},
		{"up -> 50@2030", "{2023: 45}", SC_PACE_MULTIPLE, NAN, "single_observation"},
		{"45@2020 -> 50@2030", "{2023: 45}", SC_PACE_MULTIPLE, NAN, "zero_pace"},
		{"45@2020 -> 50@2023", "{2023: 47}", SC_REQUIRED_PACE, NAN, "past_due"},
		{"45@2020 -> 50@2023", "{2023: 47}", SC_PROJECTED_VALUE, 47, ""},
		{"up -> 1@2025 -> 2@2030", "{2023: 1}", SC_EXPECTED_VALUE, NAN, "before_path_start"},
		{"0@2020 -> 5@2022", "{2021: 1}", SC_GROWTH_RATIO, NAN, "growth_undefined"},
		{"-10@2020 -> -2.5@2022", "{2021: -5}", SC_GROWTH_RATIO, 1, ""},
		/* two months and two days are years by the month: February has 28 days here */
		{"0@2022 -> 14@2023-02-14", "{2023-01-31: 4}", SC_EXPECTED_VALUE, 14 / 1.5, ""},
		{"-1e308@2020 -> 1@2030", "{2021: 1e308}", SC_PROJECTED_VALUE, NAN, "out_of_range"},
		{"-1e308@2020 -> 1@2030", "{2021: 1e308}", SC_PROJECTED_ATTAINMENT, NAN, "out_of_range"},
		{"up -> 1@2025", "{}", SC_GAP, NAN, "no_observation"},
		{"up -> 1@2025", "{2026: 3}", SC_GAP, NAN, "no_observation_at_due"},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_progress progress;
		double		value;

		towards(cases[i].path, cases[i].series, 0, strstr(cases[i].series, "2026") ? year_end(2026) :
				strstr(cases[i].series, "2025") ? year_end(2025) : year_end(2023), SC_DATE_MIN, &progress);
		value = progress.measure[cases[i].kind];
		CHECK_FOR(strcmp(sc_reason_word(progress.missing[cases[i].kind]), cases[i].reason) == 0, "%s of %s, %s: %s",
				  sc_measure_word(cases[i].kind), cases[i].path, cases[i].series, sc_reason_word(progress.missing[cases[i].kind]));
		CHECK_FOR(isnan(cases[i].value) || fabs(value - cases[i].value) <= 1e-12 * fmax(1, fabs(cases[i].value)),
				  "%s of %s, %s: %.17g", sc_measure_word(cases[i].kind), cases[i].path, cases[i].series, value);
	}
}

TEST(a_due_date_that_the_path_lacks)
{
	built_path	path;
	built_series series;
	sc_progress progress;

	build_path("0@2020 -> 10@2025", &path);
	build_series("{2023: 6, 2024: 7}", &series);
	sc_progress_without_target(&path.path, &series.series, year_end(2026), year_end(2023), &progress);
	CHECK(progress.status == SC_STATUS_NOT_YET_ASSESSABLE && progress.reason == SC_NO_TARGET_AT_DUE);
	CHECK(!progress.has_bounds && !progress.is_current);
	CHECK_LONG(progress.due, year_end(2026));
	for (int k = 0; k < SC_MEASURE_COUNT; k++)
		CHECK_FOR(progress.missing[k] == SC_NO_TARGET_AT_DUE, "%s", sc_measure_word(k));
	sc_progress_without_target(&path.path, NULL, year_end(2026), year_end(2023), &progress);
	CHECK(!progress.has_value && progress.reason == SC_NO_TARGET_AT_DUE);
}

/* ----------------------------------------------------------------- random cases */

/*
 * The rules of the status once more, over whole half-years, for a path of one
 * baseline at most and one target: up, down or keep, plain, strict or a range.
 */
typedef struct toy
{
	int			direction;		/* 1 up, -1 down, 0 keep */
	bool		step;
	bool		has_baseline;
	int			baseline;
	int			baseline_at;	/* half-years since 2000 */
	int			low;			/* of the band; kind says which edges there are */
	int			high;
	char		kind;			/* '=' plain, '>' '<' strict, 'r' range */
	int			due_at;
	int			as_of;
	int			count;
	int			at[6];
	int			value[6];
} toy;

static bool
toy_met(const toy *t, double v)
{
	switch (t->kind)
	{
		case '>':
			return v > t->low;
		case '<':
			return v < t->low;
		default:
			return t->direction > 0 ? v >= t->low : t->direction < 0 ? v <= t->high : v >= t->low && v <= t->high;
	}
}

static bool
toy_exceeded(const toy *t, double v)
{
	return t->kind != '>' && t->kind != '<' &&
		(t->direction > 0 ? v > t->high : t->direction < 0 && v < t->low);
}

static const char *
toy_status(const toy *t, bool *close_to_a_limit)
{
	int			first = 0;
	int			last = -1;
	double		bound = t->direction < 0 ? t->high : t->low;
	double		start,
				projected,
				attainment;
	int			start_at;
	static const char *verdicts[] = {"met", "exceeded"};

	*close_to_a_limit = false;
	while (t->has_baseline && first < t->count && t->at[first] < t->baseline_at)
		first++;
	for (int i = first; i < t->count; i++)
		if (t->at[i] <= t->as_of)
			last = i;
	if (last < 0)
		return "no_data";
	if (t->as_of >= t->due_at)
	{
		int			deciding = -1;

		for (int i = first; i <= last; i++)
			if (t->at[i] <= t->due_at)
				deciding = i;
		if (deciding < 0 || (t->at[deciding] != t->due_at && deciding == last && !t->step))
			return "not_yet_assessable";
		return toy_met(t, t->value[deciding]) ? verdicts[toy_exceeded(t, t->value[deciding])] : "missed";
	}
	if (toy_met(t, t->value[last]))
		return verdicts[toy_exceeded(t, t->value[last])];
	if (t->has_baseline && toy_met(t, t->baseline))
		return "lost";
	for (int i = first; i < last; i++)
		if (toy_met(t, t->value[i]))
			return "lost";
	if (t->step)
		return "not_yet_assessable";
	if (t->direction == 0)
		return "off_track";
	if (!t->has_baseline && first == last)
		return "not_yet_assessable";
	start = t->has_baseline ? t->baseline : t->value[first];
	start_at = t->has_baseline ? t->baseline_at : t->at[first];
	if (t->at[last] == start_at)
		return "not_yet_assessable";
	projected = start + (t->value[last] - start) * (t->due_at - start_at) / (double) (t->at[last] - start_at);
	if (start == bound)
		attainment = toy_met(t, projected) ? 100 : 0;
	else
		attainment = 100 * t->direction * (projected - start) / fabs(bound - start);
	*close_to_a_limit = fabs(attainment - 95) < 1e-9 || fabs(attainment - 60) < 1e-9;
	return attainment >= 95 ? "on_track" : attainment >= 60 ? "at_risk" : "off_track";
}

static int
half_year_text(int at, char *out)
{
	return sprintf(out, "%d-%s", 2000 + at / 2, at % 2 ? "12-31" : "06-30");
}

static sc_date
half_year(int at)
{
	return at % 2 ? day(2000 + at / 2, 12, 31) : day(2000 + at / 2, 6, 30);
}

static void
toy_texts(const toy *t, char *path, char *series)
{
	path += sprintf(path, "%s %s ", t->direction > 0 ? "up" : t->direction < 0 ? "down" : "keep", t->step ? "step" : "linear");
	if (t->has_baseline)
	{
		path += sprintf(path, "%d@", t->baseline);
		path += half_year_text(t->baseline_at, path);
	}
	path += sprintf(path, " -> ");
	if (t->kind == 'r')
		path += sprintf(path, "%d..%d@", t->low, t->high);
	else if (t->kind == '=')
		path += sprintf(path, "%d@", t->low);
	else
		path += sprintf(path, "%c%d@", t->kind, t->low);
	half_year_text(t->due_at, path);
	series += sprintf(series, "{");
	for (int i = 0; i < t->count; i++)
	{
		series += sprintf(series, i > 0 ? ", " : "");
		series += half_year_text(t->at[i], series);
		series += sprintf(series, ": %d", t->value[i]);
	}
	sprintf(series, "}");
}

static void
throw_toy(toy *t)
{
	memset(t, 0, sizeof(*t));
	t->direction = dice(3) - 1;
	t->step = dice(6) == 0;
	t->has_baseline = dice(3) > 0;
	t->baseline = dice(21) - 10;
	t->baseline_at = 4 + dice(8);
	t->due_at = t->baseline_at + 1 + dice(14);
	t->kind = "=rr>"[dice(4)];
	t->low = t->high = dice(21) - 10;
	if (t->kind == 'r')
		t->high += 1 + dice(4);
	if (t->kind == '>' && (t->direction < 0 || (t->direction == 0 && dice(2))))
		t->kind = '<';
	t->as_of = dice(40);
	for (int at = dice(10); t->count < 6 && at < 40; at += 1 + dice(6))
	{
		t->at[t->count] = at;
		t->value[t->count++] = dice(21) - 10;
	}
}

TEST(random_cases_by_the_rules)
{
	int			seen[SC_STATUS_LAST + 1] = {0};

	for (int n = 0; n < 200000; n++)
	{
		toy			t;
		char		path[200],
					series[400];
		sc_progress progress;
		bool		close;
		const char *expected;

		throw_toy(&t);
		toy_texts(&t, path, series);
		expected = toy_status(&t, &close);
		towards(path, series, 0, half_year(t.as_of), SC_DATE_MIN, &progress);
		CHECK_FOR(close || strcmp(sc_status_word(progress.status), expected) == 0, "%s, %s as of %d/2: %s, not %s (%s)", path, series,
				  4000 + t.as_of, sc_status_word(progress.status), expected, sc_reason_word(progress.reason));
		seen[progress.status]++;
		for (int k = 0; k < SC_MEASURE_COUNT; k++)
			CHECK_FOR(isfinite(progress.measure[k]) && (progress.missing[k] == SC_NO_REASON || progress.measure[k] == 0),
					  "%s, %s: %s", path, series, sc_measure_word(k));
	}
	for (int s = SC_STATUS_FIRST; s <= SC_STATUS_LAST; s++)
		CHECK_FOR(seen[s] > 200, "%s only %d times", sc_status_word(s), seen[s]);
}

/* Negating every number and the direction changes no verdict and no share of the way. */
TEST(mirrored)
{
	static const sc_measure_kind same[] = {SC_ATTAINMENT_DISTANCE, SC_ATTAINMENT_PATH, SC_GROWTH_RATIO, SC_PACE_MULTIPLE, SC_PROJECTED_ATTAINMENT};
	static const sc_measure_kind negated[] = {SC_EXPECTED_VALUE, SC_GAP, SC_REQUIRED_PACE, SC_OBSERVED_PACE, SC_PROJECTED_VALUE};

	for (int n = 0; n < 50000; n++)
	{
		toy			t,
					m;
		char		path[200],
					series[400];
		sc_progress there,
					mirror;

		throw_toy(&t);
		m = t;
		m.direction = -t.direction;
		m.baseline = -t.baseline;
		m.low = -t.high;
		m.high = -t.low;
		m.kind = t.kind == '>' ? '<' : t.kind == '<' ? '>' : t.kind;
		for (int i = 0; i < t.count; i++)
			m.value[i] = -t.value[i];
		toy_texts(&t, path, series);
		towards(path, series, 0, half_year(t.as_of), SC_DATE_MIN, &there);
		toy_texts(&m, path, series);
		towards(path, series, 0, half_year(t.as_of), SC_DATE_MIN, &mirror);
		CHECK_FOR(there.status == mirror.status && there.reason == mirror.reason, "%s, %s: %s, %s", path, series,
				  sc_status_word(there.status), sc_status_word(mirror.status));
		for (int k = 0; k < COUNT(same); k++)
			CHECK_FOR(there.missing[same[k]] == mirror.missing[same[k]] && there.measure[same[k]] == mirror.measure[same[k]],
					  "%s, %s: %s %.17g %.17g", path, series, sc_measure_word(same[k]), there.measure[same[k]], mirror.measure[same[k]]);
		/* inside a keep band the met bound is the lower edge on either side of the mirror */
		if (t.direction != 0)
			for (int k = 0; k < COUNT(negated); k++)
				CHECK_FOR(there.missing[negated[k]] == mirror.missing[negated[k]] && there.measure[negated[k]] == -mirror.measure[negated[k]],
						  "%s, %s: %s", path, series, sc_measure_word(negated[k]));
	}
}

/* What happens after as_of cannot change what was known then. */
TEST(the_future_is_not_looked_at)
{
	for (int n = 0; n < 20000; n++)
	{
		toy			t;
		char		path[200],
					series[400];
		sc_progress whole,
					known;

		memset(&whole, 0, sizeof(whole));
		memset(&known, 0, sizeof(known));
		throw_toy(&t);
		toy_texts(&t, path, series);
		towards(path, series, 0, half_year(t.as_of), SC_DATE_MIN, &whole);
		while (t.count > 0 && t.at[t.count - 1] > t.as_of)
			t.count--;
		toy_texts(&t, path, series);
		towards(path, series, 0, half_year(t.as_of), SC_DATE_MIN, &known);
		CHECK_FOR(memcmp(&whole, &known, sizeof(whole)) == 0, "%s, %s as of %d/2", path, series, 4000 + t.as_of);
	}
}
