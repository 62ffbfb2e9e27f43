/* Aggregations: hand-made figures, each formula against a slow evaluation of its own, slopes against small steps. */
#include "aggregation.h"
#include "building.h"
#include "sheet.h"
#include "tree.h"

#define MOST 12

static sc_node_score scores[MOST + 1];

/* One node and its children: what to try. */
typedef struct family
{
	sc_node_spec parent;
	int			count;
	double		x[MOST];		/* NAN for missing */
	double		w[MOST];
} family;

static sc_framework *
build_family(const family *f)
{
	static char codes[MOST][16];
	sc_node_spec specs[MOST + 1];

	specs[0] = f->parent;
	for (int i = 0; i < f->count; i++)
	{
		snprintf(codes[i], sizeof(codes[i]), "c%02d", i);
		specs[i + 1] = weighted(as_is(codes[i], "r"), f->w[i]);
	}
	return build_framework(specs, f->count + 1);
}

static sc_node_score
evaluate(const family *f)
{
	sc_framework *framework = build_family(f);

	sc_tree_evaluate(framework, f->x, SC_AS_OBSERVED, scores);
	free(framework);
	return scores[0];
}

/* A parent with a parameter: the power, or the count of worst_mean. */
static sc_node_spec
parent(sc_aggregation aggregation, double parameter, bool sample)
{
	sc_node_spec spec = aggregated(node("r", NULL), aggregation);

	if (aggregation == SC_POWER_MEAN)
	{
		spec.said |= SC_SAID_POWER;
		spec.power = parameter;
	}
	if (aggregation == SC_WORST_MEAN)
	{
		spec.said |= SC_SAID_COUNT;
		spec.count = (int) parameter;
	}
	if (sample && (aggregation == SC_MPI_MINUS || aggregation == SC_MPI_PLUS))
		spec.said |= SC_SAID_SAMPLE;
	return spec;
}

/* ------------------------------------------------------------------ by hand */

TEST(figures_by_hand)
{
	static const struct
	{
		sc_aggregation aggregation;
		double		parameter;
		bool		sample;
		sc_missing_rule missing;
		int			count;
		double		x[4];
		double		w[4];
		double		score;
		sc_reason	reason;
	}			cases[] = {
		{SC_POWER_MEAN, 2, false, SC_REWEIGHT, 2, {1, 4}, {1, 1}, 2.9154759474226504, SC_NO_REASON},
		{SC_POWER_MEAN, 2, false, SC_REWEIGHT, 3, {1, NAN, 4}, {1, 9, 1}, 2.9154759474226504, SC_NO_REASON},
		{SC_POWER_MEAN, 1, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2}, 27.5, SC_NO_REASON},
		{SC_POWER_MEAN, -1, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2}, 20, SC_NO_REASON},
		{SC_POWER_MEAN, 0, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2}, 23.784142300054420, SC_NO_REASON},
		{SC_POWER_MEAN, 0, false, SC_ZERO, 3, {10, NAN, 40}, {1, 1, 2}, 0, SC_NO_REASON},
		{SC_POWER_MEAN, 2, false, SC_ZERO, 2, {NAN, 10}, {1, 1}, 7.0710678118654755, SC_NO_REASON},
		{SC_POWER_MEAN, 2, false, SC_REWEIGHT, 2, {0, 10}, {1, 1}, 7.0710678118654755, SC_NO_REASON},
		{SC_POWER_MEAN, 2, false, SC_REWEIGHT, 2, {0, 0}, {1, 1}, 0, SC_NO_REASON},
		{SC_POWER_MEAN, -2, false, SC_REWEIGHT, 2, {0, 5}, {1, 1}, 0, SC_NO_REASON},
		{SC_POWER_MEAN, 2, false, SC_REWEIGHT, 2, {-1, 5}, {1, 1}, 0, SC_NONPOSITIVE_INPUT},
		{SC_POWER_MEAN, 2, false, SC_REWEIGHT, 2, {1e308, 1e308}, {1, 1}, 1e308, SC_NO_REASON},
		{SC_POWER_MEAN, -5, false, SC_REWEIGHT, 2, {1e-308, 1e-308}, {1, 1}, 1e-308, SC_NO_REASON},
		{SC_POWER_MEAN, 1e300, false, SC_REWEIGHT, 2, {3, 5}, {1, 1}, 5, SC_NO_REASON},
		{SC_POWER_MEAN, -1e300, false, SC_REWEIGHT, 2, {3, 5}, {1, 1}, 3, SC_NO_REASON},
		{SC_POWER_MEAN, 1e-300, false, SC_REWEIGHT, 2, {4, 9}, {1, 1}, 6, SC_NO_REASON},
		{SC_POWER_MEAN, 3, false, SC_REWEIGHT, 1, {42}, {0.3}, 42, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 3, {40, 10, 20}, {1, 1, 1}, 20, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 4, {1, 2, 3, 4}, {1, 1, 1, 1}, 2.5, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2}, 30, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2.0000001}, 40, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 1.9999999}, 20, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 3, {7, 7, 3}, {1, 1, 2}, 5, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 3, {7, NAN, 3}, {1, 8, 2}, 3, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_ZERO, 3, {7, NAN, 3}, {1, 8, 2}, 0, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_ZERO, 2, {-7, NAN}, {1, 1}, -3.5, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 1, {42}, {0.3}, 42, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 2, {1.5e308, -1.25e308}, {1, 1}, 1.25e307, SC_NO_REASON},
		{SC_MEDIAN, 0, false, SC_REWEIGHT, 2, {1.5e308, 1.7e308}, {1, 1}, 1.6e308, SC_NO_REASON},
		{SC_ARITHMETIC, 0, false, SC_REWEIGHT, 4, {1.5e308, 1.5e308, 1.5e308, -1.5e308}, {1, 1, 1, 1}, 0, SC_OUT_OF_RANGE},
		{SC_WORST_MEAN, 2, false, SC_REWEIGHT, 2, {1.5e308, 1.5e308}, {1, 1}, 0, SC_OUT_OF_RANGE},
		{SC_PRODUCT, 0, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 5, 2}, 0.8, SC_NO_REASON},
		{SC_PRODUCT, 0, false, SC_REWEIGHT, 2, {0, 40}, {1, 1}, 0, SC_NO_REASON},
		{SC_PRODUCT, 0, false, SC_REWEIGHT, 2, {-1, 40}, {1, 1}, 0, SC_NONPOSITIVE_INPUT},
		{SC_PRODUCT, 0, false, SC_ZERO, 2, {NAN, 40}, {1, 1}, 0, SC_NO_REASON},
		{SC_PRODUCT, 0, false, SC_REWEIGHT, 2, {NAN, 40}, {1, 1}, 40, SC_NO_REASON},
		{SC_PRODUCT, 0, false, SC_REWEIGHT, 2, {1e200, 1e200}, {1, 1}, 0, SC_OUT_OF_RANGE},
		{SC_MPI_MINUS, 0, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2}, 27.5 - 168.75 / 27.5, SC_NO_REASON},
		{SC_MPI_PLUS, 0, false, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2}, 27.5 + 168.75 / 27.5, SC_NO_REASON},
		{SC_MPI_MINUS, 0, true, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2}, 27.5 - 253.125 / 27.5, SC_NO_REASON},
		{SC_MPI_PLUS, 0, true, SC_REWEIGHT, 3, {10, 20, 40}, {1, 1, 2}, 27.5 + 253.125 / 27.5, SC_NO_REASON},
		{SC_MPI_MINUS, 0, true, SC_ZERO, 2, {20, NAN}, {1, 1}, -10, SC_NO_REASON},
		{SC_MPI_MINUS, 0, true, SC_REWEIGHT, 2, {20, NAN}, {1, 1}, 0, SC_TOO_FEW_CHILDREN},
		{SC_MPI_MINUS, 0, false, SC_REWEIGHT, 2, {20, NAN}, {1, 1}, 20, SC_NO_REASON},
		{SC_MPI_MINUS, 0, false, SC_REWEIGHT, 2, {0, 0}, {1, 1}, 0, SC_NONPOSITIVE_INPUT},
		{SC_MPI_PLUS, 0, false, SC_REWEIGHT, 2, {-8, 7}, {1, 1}, 0, SC_NONPOSITIVE_INPUT},
		{SC_MPI_PLUS, 0, false, SC_REWEIGHT, 2, {-2, 10}, {1, 1}, 13, SC_NO_REASON},
		{SC_MPI_PLUS, 0, false, SC_REWEIGHT, 2, {0, 1e200}, {1, 1}, 1e200, SC_NO_REASON},
		{SC_MPI_PLUS, 0, true, SC_REWEIGHT, 2, {0, 1.7e308}, {1, 1}, 0, SC_OUT_OF_RANGE},
		{SC_SHARE_MET, 0, false, SC_REWEIGHT, 3, {99.999, 100, 200}, {1, 1, 2}, 75, SC_NO_REASON},
		{SC_SHARE_MET, 0, false, SC_ZERO, 3, {100, NAN, 200}, {1, 1, 2}, 75, SC_NO_REASON},
		{SC_SHARE_MET, 0, false, SC_REWEIGHT, 2, {-5, 0}, {1, 1}, 0, SC_NO_REASON},
		{SC_WORST_MEAN, 2, false, SC_REWEIGHT, 3, {40, 10, 20}, {9, 1, 1}, 15, SC_NO_REASON},
		{SC_WORST_MEAN, 2, false, SC_REWEIGHT, 4, {20, 20, 10, 20}, {1, 1, 1, 1}, 15, SC_NO_REASON},
		{SC_WORST_MEAN, 5, false, SC_REWEIGHT, 3, {40, 10, 25}, {9, 1, 1}, 25, SC_NO_REASON},
		{SC_WORST_MEAN, 1, false, SC_ZERO, 3, {40, NAN, 25}, {9, 1, 1}, 0, SC_NO_REASON},
		{SC_WORST_MEAN, 2, false, SC_ZERO, 3, {-40, NAN, 25}, {9, 1, 1}, -20, SC_NO_REASON},
		{SC_WORST_MEAN, 2, false, SC_REWEIGHT, 3, {40, NAN, 25}, {9, 1, 0}, 40, SC_NO_REASON},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		family		f = {.count = cases[i].count};
		sc_node_score got;

		f.parent = missing(parent(cases[i].aggregation, cases[i].parameter, cases[i].sample), cases[i].missing);
		memcpy(f.x, cases[i].x, sizeof(cases[i].x));
		memcpy(f.w, cases[i].w, sizeof(cases[i].w));
		got = evaluate(&f);
		CHECK_FOR(got.reason == cases[i].reason, "case %d: %s", i, sc_reason_word(got.reason));
		CHECK_FOR(fabs(got.score - cases[i].score) <= 1e-13 * fmax(fabs(cases[i].score), 1e-300), "case %d: %.17g, not %.17g", i, got.score, cases[i].score);
	}
}

/* Sums of weights leave dust: ten times 0.1 is not 1, but half of them is half. */
TEST(median_of_weights_with_dust)
{
	for (int shift = 0; shift < 10; shift++)
	{
		family		f = {.parent = parent(SC_MEDIAN, 0, false), .count = 10};

		for (int i = 0; i < 10; i++)
		{
			f.x[i] = (i * 3 + shift) % 10 + 1;
			f.w[i] = 0.1;
		}
		CHECK_DOUBLE(evaluate(&f).score, 5.5);
		f.w[9] = 0.3;
		/* 1.2 in all: half of it is reached by the sixth where the heavy one lies above the middle, else by the fourth */
		CHECK_DOUBLE(evaluate(&f).score, f.x[9] > 6 ? 6.5 : f.x[9] < 5 ? 4.5 : f.x[9]);
	}
}

/* ------------------------------------------------------- a slow evaluation */

static int
compare_doubles(const void *x, const void *y)
{
	double		a = *(const double *) x;
	double		b = *(const double *) y;

	return (a > b) - (a < b);
}

/* The definitions in long double, over scores that are all there. */
static long double
slowly(sc_aggregation aggregation, double parameter, bool sample, const double *x, const double *w, int n)
{
	long double total = 0,
				mean = 0,
				sum = 0,
				variance = 0;
	double		sorted[MOST];

	for (int i = 0; i < n; i++)
		total += w[i];
	for (int i = 0; i < n; i++)
		mean += w[i] / total * x[i];
	for (int i = 0; i < n; i++)
		variance += w[i] / total * (x[i] - mean) * (x[i] - mean);
	if (sample)
		variance = variance * n / (n - 1);
	memcpy(sorted, x, sizeof(double) * (size_t) n);
	qsort(sorted, (size_t) n, sizeof(double), compare_doubles);
	switch (aggregation)
	{
		case SC_ARITHMETIC:
			return mean;
		case SC_SUM:
			return mean * total;
		case SC_GEOMETRIC_MEAN:
			for (int i = 0; i < n; i++)
				sum += w[i] / total * logl(x[i]);
			return sorted[0] == 0 ? 0 : expl(sum);
		case SC_HARMONIC:
			for (int i = 0; i < n; i++)
				sum += w[i] / total / x[i];
			return sorted[0] == 0 ? 0 : 1 / sum;
		case SC_POWER_MEAN:
			if (sorted[0] == 0 && parameter <= 0)
				return 0;
			if (parameter == 0)
				return slowly(SC_GEOMETRIC_MEAN, 0, false, x, w, n);
			/* next to 0: the geometric mean times exp(p / 2 * variance of the logarithms), but for terms of p squared */
			if (fabs(parameter) < 1e-6 && sorted[0] > 0)
			{
				long double logs = logl(slowly(SC_GEOMETRIC_MEAN, 0, false, x, w, n));

				for (int i = 0; i < n; i++)
					sum += w[i] / total * (logl(x[i]) - logs) * (logl(x[i]) - logs);
				return expl(logs + parameter / 2 * sum);
			}
			for (int i = 0; i < n; i++)
				sum += w[i] / total * powl(x[i], parameter);
			return powl(sum, 1 / (long double) parameter);
		case SC_MIN:
			return sorted[0];
		case SC_MAX:
			return sorted[n - 1];
		case SC_MEDIAN:
			/* the least and the greatest score with no more than half of the weight on either side */
			{
				long double low = INFINITY,
							high = -INFINITY;

				for (int i = 0; i < n; i++)
				{
					long double below = 0,
								above = 0;

					for (int k = 0; k < n; k++)
					{
						below += x[k] < x[i] ? w[k] : 0;
						above += x[k] > x[i] ? w[k] : 0;
					}
					if (below > total / 2 + 1e-13L * total || above > total / 2 + 1e-13L * total)
						continue;
					low = fminl(low, x[i]);
					high = fmaxl(high, x[i]);
				}
				return (low + high) / 2;
			}
		case SC_PRODUCT:
			sum = 100;
			for (int i = 0; i < n; i++)
				sum *= x[i] / 100.0L;
			return sum;
		case SC_SHARE_MET:
			for (int i = 0; i < n; i++)
				sum += x[i] >= 100 ? w[i] / total : 0;
			return 100 * sum;
		case SC_WORST_MEAN:
			{
				int			k = parameter < n ? (int) parameter : n;

				for (int i = 0; i < k; i++)
					sum += sorted[i];
				return sum / k;
			}
		case SC_MPI_MINUS:
			return mean - variance / mean;
		case SC_MPI_PLUS:
			return mean + variance / mean;
	}
	return NAN;
}

#define AGGREGATIONS (SC_WORST_MEAN + 1)

/* Any aggregation over 1 to MOST children, with ties, zeros, hundreds and equal weights among them. */
static sc_aggregation
throw_family(family *f, double *parameter, bool *sample)
{
	static const double powers[] = {-30, -3, -1, -0.25, -1e-7, 0, 1e-7, 0.25, 1, 2, 3, 30};
	sc_aggregation aggregation = (sc_aggregation) dice(AGGREGATIONS);
	int			manner = dice(4);

	f->count = 1 + dice(MOST);
	*sample = f->count > 1 && dice(3) == 0;
	*parameter = aggregation == SC_POWER_MEAN ? powers[dice(COUNT(powers))] : 1 + dice(5);
	f->parent = parent(aggregation, *parameter, *sample);
	for (int i = 0; i < f->count; i++)
	{
		f->x[i] = manner == 0 ? 10 * (1 + dice(10)) : manner == 1 && dice(4) == 0 ? 0 : (double) (1 + dice(1000000)) / 10000;
		f->w[i] = manner < 2 ? 1 + dice(3) : (double) (1 + dice(1000)) / 37;
	}
	f->x[dice(f->count)] = 50;
	return aggregation;
}

TEST(formulas_against_a_slow_evaluation)
{
	int			of_each[AGGREGATIONS] = {0};

	for (int round = 0; round < 60000; round++)
	{
		family		f;
		double		parameter;
		bool		sample;
		sc_aggregation aggregation = throw_family(&f, &parameter, &sample);
		double		expected = (double) slowly(aggregation, parameter, sample, f.x, f.w, f.count);
		sc_node_score got = evaluate(&f);

		CHECK_FOR(got.reason == SC_NO_REASON, "%s: %s", sc_aggregation_word(aggregation), sc_reason_word(got.reason));
		CHECK_FOR(fabs(got.score - expected) <= 2e-13 * fmax(fabs(expected), aggregation >= SC_MPI_MINUS ? 100 : 0),
				  "%s %g: %.17g, not %.17g", sc_aggregation_word(aggregation), parameter, got.score, expected);
		of_each[aggregation]++;
	}
	for (int a = 0; a < AGGREGATIONS; a++)
		CHECK(of_each[a] > 3000);
}

/* Missing under reweight is not there; under zero it is 0; under propagate nothing is. What does not apply is not there at all. */
TEST(missing_rules)
{
	for (int round = 0; round < 20000; round++)
	{
		family		f,
					rest;
		double		parameter;
		bool		sample;
		sc_aggregation aggregation = throw_family(&f, &parameter, &sample);
		bool		not_applicable = dice(2);
		int			gone = dice(f.count);
		double		all = 0,
					left = 0;
		sc_node_score got,
					expected;

		for (int i = 0; i < f.count; i++)
			all += f.w[i];
		left = all - f.w[gone];
		rest = f;
		rest.count--;
		for (int i = gone; i < rest.count; i++)
		{
			rest.x[i] = f.x[i + 1];
			rest.w[i] = f.w[i + 1];
		}
		f.x[gone] = not_applicable ? sc_not_applicable_value() : sc_missing_value();
		if (rest.count == 0)
		{
			CHECK(evaluate(&f).reason == (not_applicable ? SC_NOT_APPLICABLE : SC_NO_CHILD_SCORE));
			continue;
		}
		got = evaluate(&f);
		expected = evaluate(&rest);
		if (aggregation == SC_SUM && !not_applicable)
			expected.score *= all / left;
		CHECK(got.reason == expected.reason);
		CHECK_FOR(fabs(got.score - expected.score) <= 1e-12 * fabs(expected.score), "%s: %.17g, not %.17g", sc_aggregation_word(aggregation), got.score, expected.score);

		f.parent = missing(f.parent, SC_PROPAGATE);
		got = evaluate(&f);
		CHECK(not_applicable ? got.reason == expected.reason : got.reason == SC_MISSING_CHILD);

		f.parent = missing(f.parent, SC_ZERO);
		got = evaluate(&f);
		if (!not_applicable)
		{
			f.x[gone] = 0;
			f.parent = missing(f.parent, SC_REWEIGHT);
			expected = evaluate(&f);
		}
		else
			expected = evaluate(&rest);
		CHECK_FOR(got.reason == expected.reason, "%s: %s, not %s", sc_aggregation_word(aggregation), sc_reason_word(got.reason), sc_reason_word(expected.reason));
		CHECK_FOR(fabs(got.score - expected.score) <= 1e-12 * fabs(expected.score), "%s with zero: %.17g, not %.17g", sc_aggregation_word(aggregation), got.score, expected.score);
	}
}

/* ------------------------------------------------------------------- slopes */

/* Slopes times scores sum to the aggregate, and are what a small step shows where the aggregate is smooth. */
TEST(slopes)
{
	int			stepped = 0;

	for (int round = 0; round < 40000; round++)
	{
		family		f;
		double		parameter;
		bool		sample;
		double		slopes[MOST + 1] = {1};
		double		total = 0;
		sc_aggregation aggregation = throw_family(&f, &parameter, &sample);
		sc_framework *framework = build_family(&f);
		const sc_node *nodes = sc_framework_nodes(framework);
		sc_tally	t;
		double		score;
		int			child = dice(f.count);
		double		h = 1e-4;
		double		up,
					down;
		bool		tied = false;

		sc_tree_evaluate(framework, f.x, SC_AS_OBSERVED, scores);
		score = scores[0].score;
		sc_tally_children(nodes, scores, 0, &t);
		sc_aggregate_slopes(nodes, scores, 0, &t, score, slopes);
		for (int i = 1; i <= f.count; i++)
			total += slopes[i] * f.x[i - 1];
		if (sc_aggregation_is_homogeneous(aggregation))
			CHECK_FOR(fabs(total - score) <= 1e-12 * fmax(fabs(score), aggregation >= SC_MPI_MINUS ? 100 : 0), "%s %g: %.17g, not %.17g",
					  sc_aggregation_word(aggregation), parameter, total, score);
		if (aggregation == SC_PRODUCT && score > 0)
			CHECK_FOR(fabs(total - f.count * score) <= 1e-12 * f.count * score, "product: %.17g, not %d times %.17g", total, f.count, score);
		if (aggregation == SC_SHARE_MET)
			CHECK_DOUBLE(total, 0);

		f.x[child] += h;
		sc_tree_evaluate(framework, f.x, SC_AS_OBSERVED, scores);
		up = (scores[0].score - score) / h;
		f.x[child] -= 2 * h;
		sc_tree_evaluate(framework, f.x, SC_AS_OBSERVED, scores);
		down = (score - scores[0].score) / h;
		for (int i = 0; i < f.count; i++)
			tied = tied || (i != child && fabs(f.x[i] - f.x[child] - h) < 2 * h);
		if (scores[0].reason == SC_NO_REASON && f.x[child] > 1 && !tied && fabs(up - down) < 1e-4 && aggregation != SC_SHARE_MET && score > 0)
		{
			CHECK_FOR(fabs(slopes[child + 1] - (up + down) / 2) < 1e-5 * fmax(1, fabs(up)), "%s %g: slope %.9g, step %.9g and %.9g",
					  sc_aggregation_word(aggregation), parameter, slopes[child + 1], up, down);
			stepped++;
		}
		free(framework);
	}
	CHECK(stepped > 15000);
}

/* However large the power, the rounding of its slopes does not add up. */
TEST(slopes_of_extreme_powers)
{
	static const double powers[] = {-1e300, -1e9, -1e5, 1e-9, 1e5, 1e9, 1e300};

	for (int round = 0; round < 3000; round++)
	{
		family		f;
		double		parameter;
		bool		sample;
		double		slopes[MOST + 1] = {1};
		double		total = 0;
		double		power = powers[dice(COUNT(powers))];
		sc_framework *framework;
		const sc_node *nodes;
		sc_tally	t;

		throw_family(&f, &parameter, &sample);
		f.parent = parent(SC_POWER_MEAN, power, false);
		framework = build_family(&f);
		nodes = sc_framework_nodes(framework);
		sc_tree_evaluate(framework, f.x, SC_AS_OBSERVED, scores);
		CHECK(scores[0].reason == SC_NO_REASON);
		sc_tally_children(nodes, scores, 0, &t);
		sc_aggregate_slopes(nodes, scores, 0, &t, scores[0].score, slopes);
		for (int i = 1; i <= f.count; i++)
			total += slopes[i] * f.x[i - 1];
		CHECK_FOR(fabs(total - scores[0].score) <= 1e-13 * scores[0].score, "power %g: %.17g, not %.17g", power, total, scores[0].score);
		free(framework);
	}
}

TEST(slopes_of_ties)
{
	static const struct
	{
		sc_aggregation aggregation;
		double		parameter;
		double		x[4];
		double		w[4];
		double		slopes[4];
	}			cases[] = {
		{SC_MIN, 0, {5, 5, 9, 5}, {1, 2, 9, 1}, {0.25, 0.5, 0, 0.25}},
		{SC_MAX, 0, {5, 9, 9, 5}, {1, 3, 1, 1}, {0, 0.75, 0.25, 0}},
		{SC_MEDIAN, 0, {1, 2, 3, 4}, {1, 1, 1, 1}, {0, 0.5, 0.5, 0}},
		{SC_MEDIAN, 0, {1, 2, 2, 4}, {1, 1, 1, 1}, {0, 0.5, 0.5, 0}},
		{SC_MEDIAN, 0, {1, 2, 2, 4}, {1, 3, 1, 1}, {0, 0.75, 0.25, 0}},
		{SC_MEDIAN, 0, {2, 2, 4, 4}, {3, 1, 1, 3}, {0.375, 0.125, 0.125, 0.375}},
		{SC_WORST_MEAN, 2, {1, 2, 2, 4}, {1, 1, 1, 1}, {0.5, 0.25, 0.25, 0}},
		{SC_WORST_MEAN, 3, {1, 2, 2, 2}, {1, 8, 1, 1}, {1 / 3.0, 2 / 9.0, 2 / 9.0, 2 / 9.0}},
		{SC_WORST_MEAN, 1, {7, 7, 7, 7}, {1, 8, 1, 1}, {0.25, 0.25, 0.25, 0.25}},
		{SC_WORST_MEAN, 9, {1, 2, 3, 4}, {1, 8, 1, 1}, {0.25, 0.25, 0.25, 0.25}},
	};

	for (int k = 0; k < COUNT(cases); k++)
	{
		family		f = {.parent = parent(cases[k].aggregation, cases[k].parameter, false), .count = 4};
		double		slopes[5] = {2};	/* whatever the node's own slope, its children share it */
		sc_framework *framework;
		sc_tally	t;

		memcpy(f.x, cases[k].x, sizeof(cases[k].x));
		memcpy(f.w, cases[k].w, sizeof(cases[k].w));
		framework = build_family(&f);
		sc_tree_evaluate(framework, f.x, SC_AS_OBSERVED, scores);
		sc_tally_children(sc_framework_nodes(framework), scores, 0, &t);
		sc_aggregate_slopes(sc_framework_nodes(framework), scores, 0, &t, scores[0].score, slopes);
		for (int i = 0; i < 4; i++)
			CHECK_FOR(fabs(slopes[i + 1] - 2 * cases[k].slopes[i]) < 1e-15, "case %d, child %d: %.17g", k, i, slopes[i + 1]);
		free(framework);
	}
}

/* ------------------------------------------------------------------- order */

/* What is equal in numbers gives equal bits, whatever the scale of weights by powers of two. */
TEST(weights_are_relative)
{
	for (int round = 0; round < 20000; round++)
	{
		family		f;
		double		parameter;
		bool		sample;
		sc_aggregation aggregation = throw_family(&f, &parameter, &sample);
		double		before = evaluate(&f).score;

		if (aggregation == SC_SUM)
			continue;
		for (int i = 0; i < f.count; i++)
			f.w[i] = ldexp(f.w[i], 40);
		CHECK_DOUBLE(evaluate(&f).score, before);
		for (int i = 0; i < f.count; i++)
			f.w[i] *= 10;
		CHECK_FOR(fabs(evaluate(&f).score - before) <= 1e-12 * fmax(100, fabs(before)), "%s: %.17g, not %.17g", sc_aggregation_word(aggregation), evaluate(&f).score, before);
	}
}

/* A mean never leaves its children, nor does a better child lower it; Mazziotta-Pareto's may. */
TEST(monotone)
{
	int			lowered = 0;

	for (int round = 0; round < 60000; round++)
	{
		family		f;
		double		parameter;
		bool		sample;
		sc_aggregation aggregation = throw_family(&f, &parameter, &sample);
		double		before = evaluate(&f).score;
		double		after;
		double		least = INFINITY,
					greatest = -INFINITY;

		for (int i = 0; i < f.count; i++)
		{
			least = fmin(least, f.x[i]);
			greatest = fmax(greatest, f.x[i]);
		}
		if (aggregation != SC_SUM && aggregation != SC_PRODUCT && aggregation != SC_SHARE_MET && sc_aggregation_is_monotone(aggregation))
			CHECK_FOR(before >= least && before <= greatest, "%s: %.17g of %.17g..%.17g", sc_aggregation_word(aggregation), before, least, greatest);
		f.x[dice(f.count)] += dice(50);
		after = evaluate(&f).score;
		if (sc_aggregation_is_monotone(aggregation))
			CHECK_FOR(after >= before * (1 - 1e-14), "%s: %.17g after %.17g", sc_aggregation_word(aggregation), after, before);
		else
			lowered += after < before - 1;
	}
	CHECK(lowered > 100);
}
