/* Trees: scores by hand, and properties of random ones. */
#include "building.h"
#include "tree.h"

#define MOST 64

static sc_node_score scores[MOST];
static sc_node_coverage coverage[MOST];

/* ------------------------------------------------------------------ by hand */

/* Three leaves as they are, of weight 1, 1 and 2. */
static sc_node_score
three(sc_node_spec root, double a, double b, double c, sc_missing_view view)
{
	const sc_node_spec list[] = {root, as_is("a", "r"), as_is("b", "r"), weighted(as_is("c", "r"), 2)};
	const double values[] = {a, b, c};
	sc_framework *framework = build_framework(list, COUNT(list));

	sc_tree_evaluate(framework, values, view, scores);
	free(framework);
	return scores[0];
}

TEST(aggregations_and_missing_rules)
{
	static const struct
	{
		sc_aggregation aggregation;
		sc_missing_rule missing;
		double		a,
					b,
					c;
		double		score;
		sc_reason	reason;
	}			cases[] = {
		{SC_ARITHMETIC, SC_REWEIGHT, 10, 20, 40, 27.5, SC_NO_REASON},
		{SC_GEOMETRIC_MEAN, SC_REWEIGHT, 10, 20, 40, 23.784142300054420, SC_NO_REASON},
		{SC_HARMONIC, SC_REWEIGHT, 10, 20, 40, 20, SC_NO_REASON},
		{SC_MIN, SC_REWEIGHT, 10, 20, 40, 10, SC_NO_REASON},
		{SC_MAX, SC_REWEIGHT, 10, 20, 40, 40, SC_NO_REASON},
		{SC_SUM, SC_REWEIGHT, 10, 20, 40, 110, SC_NO_REASON},
		{SC_ARITHMETIC, SC_REWEIGHT, 10, NAN, 40, 30, SC_NO_REASON},
		{SC_GEOMETRIC_MEAN, SC_REWEIGHT, 10, NAN, 80, 40, SC_NO_REASON},
		{SC_HARMONIC, SC_REWEIGHT, 10, NAN, 40, 20, SC_NO_REASON},
		{SC_MIN, SC_REWEIGHT, NAN, 20, 40, 20, SC_NO_REASON},
		{SC_MAX, SC_REWEIGHT, 10, 20, NAN, 20, SC_NO_REASON},
		{SC_SUM, SC_REWEIGHT, 10, 20, NAN, 60, SC_NO_REASON},
		{SC_ARITHMETIC, SC_ZERO, 10, NAN, 40, 22.5, SC_NO_REASON},
		{SC_GEOMETRIC_MEAN, SC_ZERO, 10, NAN, 40, 0, SC_NO_REASON},
		{SC_HARMONIC, SC_ZERO, 10, NAN, 40, 0, SC_NO_REASON},
		{SC_MIN, SC_ZERO, 10, NAN, 40, 0, SC_NO_REASON},
		{SC_MIN, SC_ZERO, -10, NAN, 40, -10, SC_NO_REASON},
		{SC_MAX, SC_ZERO, 10, NAN, 40, 40, SC_NO_REASON},
		{SC_MAX, SC_ZERO, -10, NAN, -40, 0, SC_NO_REASON},
		{SC_SUM, SC_ZERO, 10, 20, NAN, 30, SC_NO_REASON},
		{SC_ARITHMETIC, SC_PROPAGATE, 10, NAN, 40, 0, SC_MISSING_CHILD},
		{SC_MAX, SC_PROPAGATE, 10, NAN, 40, 0, SC_MISSING_CHILD},
		{SC_ARITHMETIC, SC_PROPAGATE, 10, 20, 40, 27.5, SC_NO_REASON},
		{SC_ARITHMETIC, SC_REWEIGHT, NAN, NAN, NAN, 0, SC_NO_CHILD_SCORE},
		{SC_SUM, SC_PROPAGATE, NAN, NAN, NAN, 0, SC_NO_CHILD_SCORE},
		{SC_GEOMETRIC_MEAN, SC_REWEIGHT, 0, 20, 40, 0, SC_NO_REASON},
		{SC_HARMONIC, SC_REWEIGHT, 0, 20, 40, 0, SC_NO_REASON},
		{SC_GEOMETRIC_MEAN, SC_REWEIGHT, -1, 20, 40, 0, SC_NONPOSITIVE_INPUT},
		{SC_HARMONIC, SC_REWEIGHT, -1, 0, 40, 0, SC_NONPOSITIVE_INPUT},
		{SC_GEOMETRIC_MEAN, SC_ZERO, -1, NAN, 40, 0, SC_NONPOSITIVE_INPUT},
		{SC_SUM, SC_REWEIGHT, 1e308, 1e308, 1e308, 0, SC_OUT_OF_RANGE},
		{SC_GEOMETRIC_MEAN, SC_REWEIGHT, 1e308, 1e308, 1e308, 1e308, SC_NO_REASON},
		{SC_HARMONIC, SC_REWEIGHT, 5e-324, 1, 1, 0, SC_NO_REASON},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		sc_node_score got = three(missing(aggregated(node("r", NULL), cases[i].aggregation), cases[i].missing),
								  cases[i].a, cases[i].b, cases[i].c, SC_AS_OBSERVED);

		CHECK_FOR(got.reason == cases[i].reason, "case %d: %s", i, sc_reason_word(got.reason));
		CHECK_FOR(fabs(got.score - cases[i].score) <= 1e-13 * fmax(1, fabs(cases[i].score)), "case %d: %.17g, not %.17g", i, got.score, cases[i].score);
	}
}

TEST(minimum_coverage)
{
	static const struct
	{
		double		least;
		bool		by_weight;
		double		a,
					b,
					c;
		bool		enough;
	}			cases[] = {
		{0.66, false, 1, 1, NAN, true},
		{2 / 3.0, false, 1, 1, NAN, true},
		{0.67, false, 1, 1, NAN, false},
		{1 / 3.0, false, NAN, NAN, 1, true},
		{0.34, false, NAN, NAN, 1, false},
		{1, false, 1, 1, 1, true},
		{1, false, 1, NAN, 1, false},
		{0.5, true, 1, 1, NAN, true},
		{0.500001, true, 1, 1, NAN, false},
		{0.75, true, NAN, 1, 1, true},
		{0.25, true, NAN, 1, NAN, true},
		{1, true, 1, 1, 1, true},
	};

	for (int i = 0; i < COUNT(cases); i++)
		for (sc_missing_rule rule = SC_REWEIGHT; rule <= SC_ZERO; rule++)
		{
			sc_node_score got = three(missing(covered(node("r", NULL), cases[i].least, cases[i].by_weight), rule),
									  cases[i].a, cases[i].b, cases[i].c, SC_AS_OBSERVED);

			CHECK_FOR(got.reason == (cases[i].enough ? SC_NO_REASON : SC_BELOW_MIN_COVERAGE), "case %d: %s", i, sc_reason_word(got.reason));
			CHECK_FOR(!isnan(got.raw), "case %d: the raw score stays visible", i);
		}
}

/* Not-applicable leaves are left out of weights, coverage and bounds; weight 0 too; both are still scored or explained. */
TEST(what_does_not_count)
{
	static built_path path;
	const sc_node_spec list[] = {
		due(missing(covered(node("r", NULL), 1, true), SC_PROPAGATE), year_end(2025)),
		goalposts("a", "r", 0, 50), weighted(goalposts("b", "r", 0, 50), 3),
		target("n", "r", "up -> 10@2030", &path), weighted(goalposts("z", "r", 0, 50), 0)};
	sc_framework *framework = build_framework(list, COUNT(list));
	double		values[] = {10, 30, 99, NAN};

	sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
	sc_tree_coverage(framework, values, coverage);
	CHECK_DOUBLE(scores[0].score, 50);
	CHECK(scores[3].reason == SC_NO_TARGET_AT_DUE);
	CHECK(scores[4].reason == SC_NO_OBSERVATION);
	CHECK_DOUBLE(coverage[0].by_count, 1);
	CHECK_DOUBLE(coverage[0].by_weight, 1);
	CHECK(!coverage[3].defined);
	values[1] = NAN;
	sc_tree_evaluate(framework, values, SC_AT_HIGHEST, scores);
	CHECK_DOUBLE(scores[0].score, 80);
	sc_tree_evaluate(framework, values, SC_AT_LOWEST, scores);
	CHECK_DOUBLE(scores[0].score, 5);
	sc_tree_coverage(framework, values, coverage);
	CHECK_DOUBLE(coverage[0].by_count, 0.5);
	CHECK_DOUBLE(coverage[0].by_weight, 0.25);
	free(framework);

	/* nothing below applies: nor does the node */
	{
		const sc_node_spec none[] = {due(node("r", NULL), year_end(2025)), node("m", "r"), target("n", "m", "up -> 10@2030", &path), as_is("x", "r")};
		const double two[] = {5, 7};

		framework = build_framework(none, COUNT(none));
		sc_tree_evaluate(framework, two, SC_AS_OBSERVED, scores);
		CHECK(scores[1].reason == SC_NO_TARGET_AT_DUE);
		CHECK_DOUBLE(scores[0].score, 7);
		free(framework);
	}
}

TEST(extremes_of_missing_leaves)
{
	static built_path path;
	sc_node_spec open = goalposts("a", NULL, 0, 50);
	sc_node_spec leaves[] = {goalposts("a", NULL, 0, 50), limited(goalposts("a", NULL, 50, 0), SC_SAID_LOWEST, 1),
		limited(limited(goalposts("a", NULL, 0, 50), SC_SAID_FLOOR, 20), SC_SAID_CAP, 90), target("a", NULL, "up -> 10@2030", &path),
	limited(limited(as_is("a", NULL), SC_SAID_FLOOR, -5), SC_SAID_CAP, 5)};
	static const double low[] = {0, 1, 20, 0, -5};
	static const double high[] = {100, 100, 90, 100, 5};
	const double nothing[] = {NAN};
	sc_framework *framework;

	for (int i = 0; i < COUNT(leaves); i++)
	{
		framework = build_framework(&leaves[i], 1);
		sc_tree_evaluate(framework, nothing, SC_AT_LOWEST, scores);
		CHECK_FOR(scores[0].reason == SC_NO_REASON && scores[0].score == low[i], "leaf %d: %g", i, scores[0].score);
		sc_tree_evaluate(framework, nothing, SC_AT_HIGHEST, scores);
		CHECK_FOR(scores[0].reason == SC_NO_REASON && scores[0].score == high[i], "leaf %d: %g", i, scores[0].score);
		free(framework);
	}
	open.said |= SC_SAID_UNCLAMPED;
	framework = build_framework(&open, 1);
	sc_tree_evaluate(framework, nothing, SC_AT_LOWEST, scores);
	CHECK(scores[0].reason == SC_UNBOUNDED);
	free(framework);
	CHECK(three(node("r", NULL), 1, NAN, 3, SC_AT_HIGHEST).reason == SC_UNBOUNDED);
	CHECK(three(node("r", NULL), 1, 2, 3, SC_AT_HIGHEST).reason == SC_NO_REASON);
	/* missing rules and coverage are for what was observed */
	CHECK_DOUBLE(three(covered(missing(node("r", NULL), SC_PROPAGATE), 1, false), 4, 4, 4, SC_AT_LOWEST).score, 4);
}

/* ------------------------------------------------------------- random trees */

static char codes[MOST][24];
static sc_node_spec specs[MOST];
static int	parents[MOST];
static bool has_child[MOST];

/* A tree of `count` nodes in `specs`; leaves are goalposts 0..100, so that a value in that range is its score. */
static void
throw_tree(int count, bool limits)
{
	memset(has_child, 0, sizeof(has_child));
	for (int i = 0; i < count; i++)
	{
		snprintf(codes[i], sizeof(codes[i]), "n%d", i);
		parents[i] = i == 0 ? -1 : dice(i < 10 ? i : 10);
		if (i > 0)
			has_child[parents[i]] = true;
	}
	for (int i = 0; i < count; i++)
	{
		const char *up = i > 0 ? codes[parents[i]] : NULL;

		specs[i] = has_child[i] ? missing(aggregated(node(codes[i], up), dice(6)), dice(2)) : goalposts(codes[i], up, 0, 100);
		specs[i] = weighted(specs[i], (1 + dice(1000)) / 37.0);
		if (limits && dice(5) == 0)
			specs[i] = limited(specs[i], SC_SAID_FLOOR, 30);
		if (limits && dice(5) == 0)
			specs[i] = limited(specs[i], SC_SAID_CAP, 60);
	}
}

static int
throw_values(const sc_framework *framework, double *values, int gaps)
{
	int			observed = 0;

	for (int i = 0; i < framework->leaf_count; i++)
	{
		values[i] = dice(gaps) == 0 ? NAN : (double) dice(1000001) / 10000;
		observed += !isnan(values[i]);
	}
	return observed;
}

TEST(contributions_sum_to_the_index)
{
	int			with_remainder = 0;

	for (int round = 0; round < 20000; round++)
	{
		int			count = 2 + dice(MOST - 2);
		double		values[MOST],
					slopes[MOST],
					contributions[MOST],
					remainder = 0,
					total;
		sc_framework *framework;
		const sc_node *nodes;

		throw_tree(count, round % 2);
		framework = build_framework(specs, count);
		nodes = sc_framework_nodes(framework);
		throw_values(framework, values, 2 + dice(8));
		sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
		if (!sc_tree_contributions(framework, scores, slopes, contributions, &remainder))
		{
			CHECK(scores[0].reason != SC_NO_REASON);
			free(framework);
			continue;
		}
		total = remainder;
		for (int i = 0; i < count; i++)
			if (nodes[i].leaf >= 0 && scores[i].reason == SC_NO_REASON)
				total += contributions[i];
		CHECK_FOR(fabs(total - scores[0].score) <= 1e-12 * fabs(scores[0].score), "round %d: %.17g, not %.17g", round, total, scores[0].score);
		CHECK_DOUBLE(contributions[0], scores[0].score);
		if (round % 2 == 0)
			CHECK_DOUBLE(remainder, 0);
		with_remainder += remainder != 0;
		free(framework);
	}
	CHECK(with_remainder > 100);
}

/* A parent's contribution is the sum of its children's, unless a floor or cap took effect. */
TEST(contributions_add_up_level_by_level)
{
	for (int round = 0; round < 5000; round++)
	{
		int			count = 2 + dice(MOST - 2);
		double		values[MOST],
					slopes[MOST],
					contributions[MOST],
					remainder,
					below[MOST] = {0};
		sc_framework *framework;
		const sc_node *nodes;

		throw_tree(count, round % 2);
		framework = build_framework(specs, count);
		nodes = sc_framework_nodes(framework);
		throw_values(framework, values, 6);
		sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
		if (sc_tree_contributions(framework, scores, slopes, contributions, &remainder))
		{
			for (int i = 1; i < count; i++)
				if (scores[i].reason == SC_NO_REASON)
					below[nodes[i].parent] += contributions[i];
			for (int i = 0; i < count; i++)
				if (nodes[i].leaf < 0 && scores[i].reason == SC_NO_REASON && !scores[i].limited)
					CHECK_FOR(fabs(below[i] - contributions[i]) <= 1e-11 * fmax(1e-6, fabs(contributions[i])), "%.17g, not %.17g", below[i], contributions[i]);
		}
		free(framework);
	}
}

/* Every mean lies between the least and the greatest of its children. */
TEST(means_stay_within_their_children)
{
	for (int round = 0; round < 5000; round++)
	{
		int			count = 2 + dice(MOST - 2);
		double		values[MOST];
		double		least[MOST],
					greatest[MOST];
		sc_framework *framework;
		const sc_node *nodes;

		throw_tree(count, false);
		framework = build_framework(specs, count);
		nodes = sc_framework_nodes(framework);
		throw_values(framework, values, 1000);
		if (round % 3 == 0)
			for (int i = 0; i < framework->leaf_count; i++)
				values[i] = 0.1 * (1 + round % 7);
		sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
		for (int i = 0; i < count; i++)
		{
			least[i] = INFINITY;
			greatest[i] = -INFINITY;
		}
		for (int i = 1; i < count; i++)
			if (scores[i].reason == SC_NO_REASON)
			{
				least[nodes[i].parent] = fmin(least[nodes[i].parent], scores[i].score);
				greatest[nodes[i].parent] = fmax(greatest[nodes[i].parent], scores[i].score);
			}
		for (int i = 0; i < count; i++)
			if (nodes[i].leaf < 0 && nodes[i].aggregation != SC_SUM && nodes[i].missing == SC_REWEIGHT && scores[i].reason == SC_NO_REASON)
				CHECK_FOR(scores[i].score >= least[i] && scores[i].score <= greatest[i], "%s: %.17g of %.17g..%.17g",
						  sc_aggregation_word(nodes[i].aggregation), scores[i].score, least[i], greatest[i]);
		free(framework);
	}
}

/* A better leaf never lowers the index, and the bounds hold whatever the missing leaves turn out to be. */
TEST(monotone_and_bounded)
{
	for (int round = 0; round < 5000; round++)
	{
		int			count = 2 + dice(MOST - 2);
		int			better;
		double		values[MOST],
					filled[MOST],
					before,
					low,
					high;
		sc_framework *framework;

		throw_tree(count, round % 2);
		framework = build_framework(specs, count);
		throw_values(framework, values, 4);
		sc_tree_evaluate(framework, values, SC_AT_LOWEST, scores);
		low = scores[0].score;
		CHECK(scores[0].reason == SC_NO_REASON);
		sc_tree_evaluate(framework, values, SC_AT_HIGHEST, scores);
		high = scores[0].score;
		for (int i = 0; i < framework->leaf_count; i++)
			filled[i] = isnan(values[i]) ? (double) dice(101) : values[i];
		sc_tree_evaluate(framework, filled, SC_AS_OBSERVED, scores);
		before = scores[0].score;
		CHECK_FOR(before >= low * (1 - 1e-14) && before <= high * (1 + 1e-14), "round %d: %.17g of %.17g..%.17g", round, before, low, high);
		better = dice(framework->leaf_count);
		filled[better] = fmin(100, filled[better] + 5);
		sc_tree_evaluate(framework, filled, SC_AS_OBSERVED, scores);
		CHECK_FOR(scores[0].score >= before * (1 - 1e-14), "round %d: %.17g after %.17g", round, scores[0].score, before);
		free(framework);
	}
}

/* Weights are relative, and what weighs nothing is as good as not there: to the bit. */
TEST(weights)
{
	for (int round = 0; round < 3000; round++)
	{
		int			count = 2 + dice(MOST - 3);
		double		values[MOST],
					index;
		sc_reason	reason;
		sc_framework *framework;
		int			extra;

		throw_tree(count, true);
		for (int i = 0; i < count; i++)
			if (has_child[i] && specs[i].aggregation == SC_SUM)
				specs[i].aggregation = SC_ARITHMETIC;
		framework = build_framework(specs, count);
		throw_values(framework, values, 5);
		sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
		index = scores[0].score;
		reason = scores[0].reason;
		free(framework);

		/* the children of one node weigh 8 times as much */
		for (int i = 1; i < count; i++)
			if (parents[i] == 0)
				specs[i].weight *= 8;
		framework = build_framework(specs, count);
		sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
		CHECK(scores[0].reason == reason);
		CHECK_DOUBLE(scores[0].score, index);
		free(framework);

		/* one more leaf of weight 0, whose code comes last */
		extra = count;
		snprintf(codes[extra], sizeof(codes[extra]), "zz");
		specs[extra] = weighted(as_is(codes[extra], codes[0]), 0);
		framework = build_framework(specs, count + 1);
		values[framework->leaf_count - 1] = -1e300;
		sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
		CHECK(scores[0].reason == reason);
		CHECK_DOUBLE(scores[0].score, index);
		free(framework);
	}
}

TEST(coverage_by_hand)
{
	const sc_node_spec list[] = {node("r", NULL), weighted(node("m", "r"), 3), as_is("a", "m"), as_is("b", "m"),
	weighted(node("n", "r"), 1), weighted(as_is("c", "n"), 1), weighted(as_is("d", "n"), 4), weighted(node("o", "r"), 0), as_is("e", "o")};
	const double values[] = {1, NAN, NAN, 4, NAN};
	sc_framework *framework = build_framework(list, COUNT(list));

	sc_tree_coverage(framework, values, coverage);
	CHECK_DOUBLE(coverage[0].by_count, 0.5);
	/* 3/4 * 1/2 + 1/4 * 4/5 */
	CHECK_NEAR(coverage[0].by_weight, 0.575, 1e-15);
	CHECK_DOUBLE(coverage[1].by_count, 0.5);
	CHECK_DOUBLE(coverage[1].by_weight, 0.5);
	CHECK_DOUBLE(coverage[4].by_count, 0.5);
	CHECK_NEAR(coverage[4].by_weight, 0.8, 1e-15);
	/* below a node of weight 0 coverage is its own */
	CHECK_DOUBLE(coverage[7].by_count, 0);
	CHECK_DOUBLE(coverage[8].by_count, 0);
	free(framework);
}

TEST(sixty_four_levels_deep)
{
	sc_framework *framework;
	double		value = 42;
	double		slopes[MOST],
				contributions[MOST],
				remainder;

	for (int i = 0; i < MOST; i++)
	{
		snprintf(codes[i], sizeof(codes[i]), "n%02d", i);
		specs[i] = i == MOST - 1 ? as_is(codes[i], codes[i - 1]) : aggregated(node(codes[i], i > 0 ? codes[i - 1] : NULL), i % 5);
	}
	framework = build_framework(specs, MOST);
	sc_tree_evaluate(framework, &value, SC_AS_OBSERVED, scores);
	CHECK_DOUBLE(scores[0].score, 42);
	CHECK(sc_tree_contributions(framework, scores, slopes, contributions, &remainder));
	CHECK_NEAR(contributions[MOST - 1], 42, 1e-12);
	free(framework);
}
