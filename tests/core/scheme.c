/* Schemes: ladders, scores, limits, what counts as met and what happens past the due date. */
#include "building.h"
#include "scheme.h"

/* Below 60 low, up to 95 middle, from 95 high; above 100 beyond. Scores are the measure from 0 to 100. */
static sc_scheme
ladder_of(sc_measure_kind measure)
{
	sc_scheme	scheme;
	sc_ladder  *ladder = &scheme.with_target;

	memset(&scheme, 0, sizeof(scheme));
	strcpy(scheme.name, "test");
	ladder->defined = true;
	ladder->measure = measure;
	ladder->scale = 1;
	ladder->class_count = 3;
	ladder->classes[0] = (sc_class) {100, true, "beyond"};
	ladder->classes[1] = (sc_class) {95, false, "high"};
	ladder->classes[2] = (sc_class) {60, false, "middle"};
	strcpy(ladder->otherwise, "low");
	ladder->piece_count = 1;
	ladder->pieces[0] = (sc_piece) {false, 0, 1, 0};
	ladder->low = 0;
	ladder->high = 100;
	return scheme;
}

static sc_assessment
assess(const sc_scheme *scheme, const char *path_text, const char *series_text, int year)
{
	built_path	path;
	built_series series;
	sc_assessment out;

	if (path_text != NULL)
		build_path(path_text, &path);
	if (series_text != NULL)
		build_series(series_text, &series);
	sc_assess(scheme, path_text != NULL ? &path.path : NULL, series_text != NULL ? &series.series : NULL,
			  year_end(year), SC_NO_DATE, false, &out);
	return out;
}

#define CHECK_CLASS(a, name) \
	CHECK_FOR((a).class_name != NULL && strcmp((a).class_name, name) == 0, "%s: %s", name, (a).class_name ? (a).class_name : sc_reason_word((a).reason))

TEST(ladder)
{
	sc_scheme	scheme = ladder_of(SC_ATTAINMENT_LEVEL);
	static const struct
	{
		const char *series;
		const char *class;
		double		score;
	}			cases[] = {
		{"{2023: 100.000000001}", "beyond", 100}, {"{2023: 100}", "high", 100}, {"{2023: 95}", "high", 95},
		{"{2023: 94.999999999}", "middle", 94.999999999}, {"{2023: 60}", "middle", 60},
		{"{2023: 59.999999999}", "low", 59.999999999}, {"{2023: 0}", "low", 0}, {"{2023: -7}", "low", 0},
		/* the rounding of a measure does not cost the class */
		{"{2023: 94.99999999999999}", "high", 94.99999999999999}, {"{2023: 100.00000000000001}", "high", 100},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_assessment a = assess(&scheme, "up -> 100@2030", cases[i].series, 2023);

		CHECK_CLASS(a, cases[i].class);
		CHECK(a.has_score && fabs(a.score - cases[i].score) < 1e-13 && a.reason == SC_NO_REASON && a.due == year_end(2030));
	}
}

TEST(scale_keeps_thresholds)
{
	sc_scheme	scheme = ladder_of(SC_ATTAINMENT_LEVEL);

	scheme.with_target.scale = 0.01;
	scheme.with_target.class_count = 1;
	for (int i = 1; i <= 100; i++)
	{
		char		series[64];
		sc_assessment a;

		scheme.with_target.classes[0] = (sc_class) {i / 100.0, false, "on"};
		sprintf(series, "{2023: %d}", i);
		a = assess(&scheme, "up -> 100@2030", series, 2023);
		CHECK_CLASS(a, "on");
		CHECK_DOUBLE(a.measured, i / 100.0);
		scheme.with_target.classes[0].open = true;
		a = assess(&scheme, "up -> 100@2030", series, 2023);
		CHECK_CLASS(a, "low");
	}
	scheme.with_target.scale = -2;
	CHECK_DOUBLE(assess(&scheme, "up -> 100@2030", "{2023: 50}", 2023).measured, -100);
	/* 0 never becomes -0 */
	CHECK_DOUBLE(assess(&scheme, "up -> 100@2030", "{2023: 0}", 2023).measured, 0);
}

TEST(met_missed_and_late)
{
	sc_scheme	scheme = ladder_of(SC_ATTAINMENT_LEVEL);
	sc_assessment a;

	CHECK_CLASS(assess(&scheme, "up -> 100@2025", "{2025: 100}", 2025), "high");
	strcpy(scheme.met, "met");
	strcpy(scheme.exceeded, "exceeded");
	strcpy(scheme.missed, "missed");
	scheme.has_met_score = true;
	scheme.met_score = 7;
	a = assess(&scheme, "up -> 100@2025", "{2025: 100}", 2025);
	CHECK_CLASS(a, "met");
	CHECK(a.is_met && a.has_score && a.score == 7 && a.measured == 100);
	CHECK_CLASS(assess(&scheme, "up -> 100@2025", "{2025: 101}", 2025), "exceeded");
	CHECK_CLASS(assess(&scheme, "up -> >=100@2025", "{2025: 101}", 2025), "met");
	CHECK_CLASS(assess(&scheme, "up -> 100@2025", "{2025: 99}", 2025), "missed");
	CHECK_CLASS(assess(&scheme, "up -> 100@2025", "{2024: 99}", 2024), "high");
	a = assess(&scheme, "up -> 100@2025", "{2025: 99, 2026: 101}", 2026);
	CHECK_CLASS(a, "missed");
	CHECK(a.reason == SC_MET_LATE && !a.is_met && a.measured == 99);
	scheme.latest = true;
	a = assess(&scheme, "up -> 100@2025", "{2025: 99, 2026: 101}", 2026);
	CHECK_CLASS(a, "exceeded");
	CHECK(a.reason == SC_NO_REASON && a.is_met && a.measured == 101);
	a = assess(&scheme, "up -> 100@2025", "{2025: 99, 2026: 101, 2027: 98}", 2027);
	CHECK_CLASS(a, "missed");
	CHECK(a.reason == SC_NO_REASON && a.measured == 98);
	/* met where no measure is: the baseline is the target */
	scheme.with_target.measure = SC_ATTAINMENT_DISTANCE;
	a = assess(&scheme, "up 5@2020 -> 5@2025", "{2024: 5}", 2024);
	CHECK_CLASS(a, "met");
	CHECK(!a.has_measured && a.has_score && a.reason == SC_NO_REASON);
	a = assess(&scheme, "up 5@2020 -> 5@2025", "{2024: 4}", 2024);
	CHECK(a.class_name == NULL && !a.has_score && a.reason == SC_TARGET_EQUALS_BASELINE);
	/* a span is met when it is over */
	scheme.with_target.measure = SC_ATTAINMENT_LEVEL;
	CHECK(!assess(&scheme, "down total -> 100@2024..2025", "{2024: 10}", 2024).is_met);
	CHECK_CLASS(assess(&scheme, "down total -> 100@2024..2025", "{2024: 10}", 2024), "beyond");
	CHECK_CLASS(assess(&scheme, "down total -> 100@2024..2025", "{2024: 10, 2025: 10}", 2025), "exceeded");
	CHECK_CLASS(assess(&scheme, "up total -> 100@2024..2025", "{2024: 100}", 2024), "met");
}

TEST(tolerance)
{
	sc_scheme	scheme = ladder_of(SC_ATTAINMENT_LEVEL);
	sc_assessment a;

	strcpy(scheme.met, "met");
	scheme.within = 1;
	scheme.tolerated_count = 2;
	scheme.tolerated[0] = 0;
	scheme.tolerated[1] = 100;
	a = assess(&scheme, "up -> 100@2030", "{2023: 99}", 2023);
	CHECK_CLASS(a, "met");
	CHECK(!a.is_met);
	CHECK_CLASS(assess(&scheme, "up -> 100@2030", "{2023: 98.99}", 2023), "high");
	CHECK_CLASS(assess(&scheme, "up -> 99@2030", "{2023: 98.5}", 2023), "high");
	CHECK_CLASS(assess(&scheme, "down -> 0@2030", "{2023: 1}", 2023), "met");
	CHECK_CLASS(assess(&scheme, "down -> 0@2030", "{2023: 1.01}", 2023), "low");
}

TEST(limit)
{
	CHECK_DOUBLE(sc_limit_coefficient(50, 100, 4.44), 1 - pow(0.5, 4.44));
	CHECK_DOUBLE(sc_limit_coefficient(-50, 100, 4.44), 1 - pow(0.5, 4.44));
	CHECK_DOUBLE(sc_limit_coefficient(150, 100, 4.44), 1 - pow(0.5, 4.44));
	CHECK_DOUBLE(sc_limit_coefficient(100, 100, 4.44), 0);
	CHECK_DOUBLE(sc_limit_coefficient(0, 100, 4.44), 1);
	CHECK_DOUBLE(sc_limit_coefficient(200, 100, 4.44), 1);
	CHECK_DOUBLE(sc_limit_coefficient(1e300, 100, 4.44), 1);
	CHECK_DOUBLE(sc_limit_coefficient(5, 0, 4.44), 1);
	CHECK_DOUBLE(sc_limit_coefficient(0, 0, 4.44), 0);
	for (int i = 0; i < 2000; i++)
	{
		double		c = sc_limit_coefficient(dice(400) - 100, dice(200) - 50, 0.5 + dice(80) / 10.0);

		CHECK(c >= 0 && c <= 1);
	}
}

TEST(without_target)
{
	sc_scheme	scheme = ladder_of(SC_ATTAINMENT_LEVEL);
	sc_ladder  *ladder = &scheme.without_target;
	sc_assessment a = assess(&scheme, NULL, "{2022: 100, 2023: 110}", 2023);

	CHECK(a.class_name == NULL && a.reason == SC_NO_TARGET_AT_DUE && !a.has_due);
	*ladder = scheme.with_target;
	ladder->measure = SC_DIRECTED_GROWTH;
	ladder->class_count = 1;
	ladder->classes[0] = (sc_class) {0.01, false, "fast"};
	a = assess(&scheme, NULL, "{2022: 100, 2023: 110}", 2023);
	CHECK_CLASS(a, "fast");
	CHECK_NEAR(a.measured, 0.1, 1e-15);
	CHECK(assess(&scheme, NULL, "{2023: 110}", 2023).reason == SC_SINGLE_OBSERVATION);
	CHECK(assess(&scheme, NULL, "{2022: 0, 2023: 110}", 2023).reason == SC_GROWTH_UNDEFINED);
	CHECK(assess(&scheme, NULL, NULL, 2023).reason == SC_NO_OBSERVATION);
	/* on the limit nothing more can be asked; a level piece of the score stays finite */
	ladder->has_limit = true;
	ladder->limit = 100;
	ladder->limit_exponent = 4.44;
	a = assess(&scheme, NULL, "{2022: 100, 2023: 100}", 2023);
	CHECK_CLASS(a, "fast");
	CHECK(a.has_score && a.score == 100);
	ladder->pieces[0] = (sc_piece) {false, 0, 0, 3};
	a = assess(&scheme, NULL, "{2022: 100, 2023: 100}", 2023);
	CHECK(a.has_score && a.score == 3);
	CHECK_CLASS(assess(&scheme, NULL, "{2022: 100, 2023: 99}", 2023), "low");
}

TEST(projections_look_no_further_than_the_value)
{
	sc_scheme	scheme = ladder_of(SC_ATTAINMENT_LEVEL);

	scheme.with_target.kind = SC_SCHEME_PROJECTED;
	scheme.with_target.method = SC_PROJECT_LEAST_SQUARES;
	CHECK_NEAR(assess(&scheme, "0@2020 -> 100@2023", "{2021: 10, 2022: 20, 2023: 30, 2025: 1000}", 2025).measured, 30, 1e-9);
	CHECK_NEAR(assess(&scheme, "0@2020 -> 100@2030", "{2021: 10, 2022: 20, 2023: 30, 2025: 1000}", 2024).measured, 100, 1e-9);
	CHECK(assess(&scheme, "up total -> 100@2023..2025", "{2023: 10, 2024: 20}", 2024).reason == SC_NOT_DEFINED_FOR_ROLE);
	CHECK(assess(&scheme, "keep -> 90..100@2030", "{2023: 10, 2024: 20}", 2024).reason == SC_NOT_DEFINED_FOR_KEEP);
	scheme.with_target.kind = SC_SCHEME_GAP_CLOSED;
	CHECK_NEAR(assess(&scheme, "up -> 100@2030", "{2022: 10, 2023: 20}", 2023).measured, 87.5, 1e-9);
	CHECK(assess(&scheme, "-> >20@2030", "{2022: 10, 2023: 20}", 2023).reason == SC_TARGET_EQUALS_BASELINE);
}
