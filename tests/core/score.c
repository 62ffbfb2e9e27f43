/* From a raw value to a score. */
#include "building.h"
#include "score.h"

TEST(goalpost_lines)
{
	CHECK_DOUBLE(sc_goalpost_score(45, 20, 70), 50);
	CHECK_DOUBLE(sc_goalpost_score(20, 20, 70), 0);
	CHECK_DOUBLE(sc_goalpost_score(70, 20, 70), 100);
	CHECK_DOUBLE(sc_goalpost_score(95, 20, 70), 150);
	CHECK_DOUBLE(sc_goalpost_score(-5, 20, 70), -50);
	CHECK_DOUBLE(sc_goalpost_score(30, 100, 0), 70);
	CHECK_DOUBLE(sc_goalpost_score(0, -1, 1), 50);
	CHECK_DOUBLE(sc_goalpost_score(55, 0, 100), 55);
	CHECK_DOUBLE(sc_goalpost_score(11, 0, 20), 55);
	CHECK_DOUBLE(sc_goalpost_score(-1e308, 0, 1e-10), -INFINITY);
	CHECK_DOUBLE(sc_goalpost_score(1e307, -1e307, 1e308), 100 * (2e307 / 1.1e308));
	/* a scale of 0 to 100 is kept as it is */
	for (int i = 0; i < 1000; i++)
	{
		double		value = dice(100001) / 1000.0;

		CHECK_DOUBLE(sc_goalpost_score(value, 0, 100), value);
		CHECK_DOUBLE(sc_goalpost_score(value, 100, 0), 100 - value);
	}
	/* the ends are exact whatever the goalposts */
	for (int i = 0; i < 1000; i++)
	{
		double		worst = (dice(2000001) - 1000000) / 7.0;
		double		best = worst + (dice(2000000) + 1) / 13.0 * (dice(2) ? 1 : -1);

		CHECK_DOUBLE(sc_goalpost_score(best, worst, best), 100);
		CHECK_FOR(sc_goalpost_score(worst, worst, best) == 0, "%.17g %.17g", worst, best);
	}
}

TEST(logarithms)
{
	double		score;

	CHECK(sc_log_goalpost_score(10, 1, 100, &score));
	CHECK_NEAR(score, 50, 1e-12);
	CHECK(sc_log_goalpost_score(100, 1, 100, &score));
	CHECK_DOUBLE(score, 100);
	CHECK(sc_log_goalpost_score(10, 100, 1, &score));
	CHECK_NEAR(score, 50, 1e-12);
	/* the income index of a published report: 3829 gives .5506 */
	CHECK(sc_log_goalpost_score(3829, 100, 75000, &score));
	CHECK_NEAR(score, 55.06, 0.005);
	CHECK(!sc_log_goalpost_score(0, 1, 100, &score));
	CHECK(!sc_log_goalpost_score(-1, 1, 100, &score));
	CHECK(sc_log_goalpost_score(5e-324, 1, 100, &score) && score < 0);
}

TEST(clamping)
{
	CHECK_DOUBLE(sc_clamp_score(50), 50);
	CHECK_DOUBLE(sc_clamp_score(100.0000001), 100);
	CHECK_DOUBLE(sc_clamp_score(-1e-300), 0);
	CHECK_DOUBLE(sc_clamp_score(-0.0), 0);
	CHECK_DOUBLE(sc_clamp_score(INFINITY), 100);
	CHECK_DOUBLE(sc_clamp_score(-INFINITY), 0);
	CHECK(isnan(sc_clamp_score(NAN)));
}

TEST(z_scores)
{
	CHECK_DOUBLE(sc_z_score(7, 5, 2, 0, 1, false), 1);
	CHECK_DOUBLE(sc_z_score(7, 5, 2, 0, 1, true), -1);
	CHECK_DOUBLE(sc_z_score(7, 5, 2, 100, 10, false), 110);
	CHECK_DOUBLE(sc_z_score(7, 5, 2, 100, 10, true), 90);
	CHECK_DOUBLE(sc_z_score(5, 5, 2, 100, 10, true), 100);
	/* a difference beyond double */
	CHECK_NEAR(sc_z_score(1.5e308, -1.5e308, 1e308, 0, 1, false), 3, 1e-15);
	CHECK_NEAR(sc_z_score(1.5e308, -1.5e308, 1e308, 0, 1, true), -3, 1e-15);
	CHECK(!isfinite(sc_z_score(1e300, 0, 1e-300, 0, 1, false)));
}

TEST(ampi_scores)
{
	/* reference 60, extremes 50 and 70: Min 50, Max 70 */
	CHECK_DOUBLE(sc_ampi_score(60, 60, 50, 70, false), 100);
	CHECK_DOUBLE(sc_ampi_score(50, 60, 50, 70, false), 70);
	CHECK_DOUBLE(sc_ampi_score(70, 60, 50, 70, false), 130);
	CHECK_DOUBLE(sc_ampi_score(70, 60, 50, 70, true), 70);
	/* the reference need not lie in the middle */
	CHECK_DOUBLE(sc_ampi_score(50, 55, 50, 70, false), 85);
	CHECK_DOUBLE(sc_ampi_score(55, 55, 50, 70, true), 100);
}

TEST(other_scales)
{
	CHECK_DOUBLE(sc_rescale(0, 1, 100), 1);
	CHECK_DOUBLE(sc_rescale(100, 1, 100), 100);
	CHECK_DOUBLE(sc_rescale(50, 1, 10), 5.5);
	CHECK_DOUBLE(sc_rescale(25, 0, 1), 0.25);
	CHECK_DOUBLE(sc_rescale(25, 6, 1), 4.75);
	CHECK_DOUBLE(sc_rescale(120, 0, 10), 12);
	for (int i = 0; i < 1000; i++)
	{
		double		lowest = (dice(2000001) - 1000000) / 7.0;
		double		highest = lowest + (dice(2000000) + 1) / 13.0;

		CHECK_DOUBLE(sc_rescale(0, lowest, highest), lowest);
		CHECK_DOUBLE(sc_rescale(100, lowest, highest), highest);
	}
}

TEST(box_cox)
{
	CHECK_DOUBLE(sc_box_cox(1, 0), 0);
	CHECK_DOUBLE(sc_box_cox(1, 3), 0);
	CHECK_DOUBLE(sc_box_cox(7.5, 0), log(7.5));
	CHECK_NEAR(sc_box_cox(3, 2), 4, 1e-15);
	CHECK_NEAR(sc_box_cox(4, 0.5), 2, 1e-15);
	CHECK_NEAR(sc_box_cox(4, -1), 0.75, 1e-15);
	/* ln x + lambda (ln x)^2 / 2: from both sides towards the logarithm */
	CHECK_NEAR(sc_box_cox(10, 1e-9), log(10) + 1e-9 * log(10) * log(10) / 2, 4e-16);
	CHECK_NEAR(sc_box_cox(10, -1e-9), log(10) - 1e-9 * log(10) * log(10) / 2, 4e-16);
	CHECK_DOUBLE(sc_box_cox(10, 1e-300), log(10));
	CHECK_DOUBLE(sc_box_cox(1.25, 5e-324), log(1.25));
	CHECK_DOUBLE(sc_box_cox(10, -5e-324), log(10));
	CHECK(!isfinite(sc_box_cox(10, 400)));
	CHECK_NEAR(sc_box_cox(10, -400), 1.0 / 400, 1e-17);
}

TEST(steps)
{
	static const double thresholds[] = {1, 2, 3, 4};
	static const double points[] = {0, 5, 10, 15, 20};

	CHECK_DOUBLE(sc_steps_score(-1e300, thresholds, points, 4), 0);
	CHECK_DOUBLE(sc_steps_score(0.999, thresholds, points, 4), 0);
	for (int i = 0; i < 4; i++)
	{
		CHECK_DOUBLE(sc_steps_score(thresholds[i], thresholds, points, 4), points[i + 1]);
		CHECK_DOUBLE(sc_steps_score(thresholds[i] + 0.5, thresholds, points, 4), points[i + 1]);
		CHECK_DOUBLE(sc_steps_score(nextafter(thresholds[i], 0), thresholds, points, 4), points[i]);
	}
	CHECK_DOUBLE(sc_steps_score(7, thresholds, points, 0), 0);
}

/* A path of one target, as a leaf is scored against it. */
static double
against(const char *text, sc_leaf_measure measure, double value, double *raw)
{
	built_path	built;
	sc_target	only;
	sc_leaf_target leaf;

	build_path(text, &built);
	sc_path_target(&built.path, 0, &only);
	leaf.direction = built.path.direction;
	leaf.measure = measure;
	leaf.band = sc_target_band(&only);
	leaf.baseline = built.path.baseline;
	return sc_target_score(&leaf, value, raw);
}

TEST(targets)
{
	static const struct
	{
		const char *path;
		sc_leaf_measure measure;
		double		value;
		double		score;
		double		raw;		/* NAN: none */
	}			cases[] = {
		{"up -> 80@2025", SC_MEASURE_LEVEL, 60, 75, 75},
		{"up -> 80@2025", SC_MEASURE_LEVEL, 80, 100, 100},
		{"up -> 80@2025", SC_MEASURE_LEVEL, 160, 100, 200},
		{"up -> 80@2025", SC_MEASURE_LEVEL, 0, 0, 0},
		{"up -> 80@2025", SC_MEASURE_LEVEL, -80, 0, -100},
		{"-> >80@2025", SC_MEASURE_LEVEL, 80, 100, 100},
		{"-> >80@2025", SC_MEASURE_LEVEL, 40, 50, 50},
		{"up -> 80..90@2025", SC_MEASURE_LEVEL, 60, 75, 75},
		{"down -> 10@2025", SC_MEASURE_LEVEL, 40, 25, 25},
		{"down -> 10@2025", SC_MEASURE_LEVEL, 10, 100, 100},
		{"down -> 10@2025", SC_MEASURE_LEVEL, 5, 100, 200},
		{"down -> 10@2025", SC_MEASURE_LEVEL, 0, 100, NAN},
		{"down -> 10@2025", SC_MEASURE_LEVEL, -5, 100, NAN},
		{"down -> 10..20@2025", SC_MEASURE_LEVEL, 40, 50, 50},
		{"keep -> 80..100@2025", SC_MEASURE_LEVEL, 60, 75, 75},
		{"keep -> 80..100@2025", SC_MEASURE_LEVEL, 80, 100, 100},
		{"keep -> 80..100@2025", SC_MEASURE_LEVEL, 125, 80, 80},
		{"keep -> >=80@2025", SC_MEASURE_LEVEL, 60, 75, 75},
		{"keep -> <=80@2025", SC_MEASURE_LEVEL, 160, 50, 50},
		{"keep -> <=80@2025", SC_MEASURE_LEVEL, -160, 100, 100},
		{"40@2020 -> 70@2025", SC_MEASURE_DISTANCE, 52, 40, 40},
		{"40@2020 -> 70@2025", SC_MEASURE_DISTANCE, 40, 0, 0},
		{"40@2020 -> 70@2025", SC_MEASURE_DISTANCE, 10, 0, -100},
		{"40@2020 -> 70@2025", SC_MEASURE_DISTANCE, 100, 100, 200},
		{"30@2020 -> 10@2025", SC_MEASURE_DISTANCE, 24, 30, 30},
		{"30@2020 -> -10@2025", SC_MEASURE_DISTANCE, 0, 75, 75},
		/* a baseline beyond its target: worse than the target is no progress */
		{"down 3@2020 -> 5@2025", SC_MEASURE_DISTANCE, 10, 0, -350},
		{"down 3@2020 -> 5@2025", SC_MEASURE_DISTANCE, 4, 100, -50},
		/* B = b */
		{"up 70@2020 -> 70@2025", SC_MEASURE_DISTANCE, 69, 0, NAN},
		{"up 70@2020 -> 70@2025", SC_MEASURE_DISTANCE, 71, 100, NAN},
		{"up 70@2020 -> >70@2025", SC_MEASURE_DISTANCE, 70, 0, NAN},
		{"keep 50@2020 -> 60..70@2025", SC_MEASURE_DISTANCE, 55, 50, 50},
		{"keep 50@2020 -> 60..70@2025", SC_MEASURE_DISTANCE, 75, 50, 50},
		{"keep 50@2020 -> 60..70@2025", SC_MEASURE_DISTANCE, 65, 100, 100},
		{"keep 65@2020 -> 60..70@2025", SC_MEASURE_DISTANCE, 59, 0, NAN},
		{"up -> 0@2025", SC_MEASURE_MET, -1e-300, 0, 0},
		{"up -> 0@2025", SC_MEASURE_MET, 0, 100, 100},
		{"-> <0@2025", SC_MEASURE_MET, 0, 0, 0},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		double		raw = -1;
		double		score = against(cases[i].path, cases[i].measure, cases[i].value, &raw);

		CHECK_FOR(fabs(score - cases[i].score) < 1e-12, "%s at %g: %g, not %g", cases[i].path, cases[i].value, score, cases[i].score);
		CHECK_FOR(isnan(cases[i].raw) ? isnan(raw) : fabs(raw - cases[i].raw) < 1e-9, "%s at %g: raw %g, not %g",
				  cases[i].path, cases[i].value, raw, cases[i].raw);
	}
}

TEST(a_better_value_never_scores_less)
{
	static const char *const paths[] = {"up 40@2020 -> 70@2025", "up 40@2020 -> 70..80@2025", "up 40@2020 -> >70@2025",
	"up 90@2020 -> 70@2025", "up 70@2020 -> >70@2025"};

	for (int p = 0; p < COUNT(paths); p++)
		for (int m = SC_MEASURE_LEVEL; m <= SC_MEASURE_MET; m++)
		{
			double		before = 0;

			for (double value = -20; value < 120; value += 0.25)
			{
				double		raw;
				double		score = against(paths[p], m, value, &raw);

				CHECK_FOR(score >= before && score <= 100, "%s at %g: %g after %g", paths[p], value, score, before);
				before = score;
			}
		}
}
