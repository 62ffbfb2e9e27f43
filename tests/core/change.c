/* Changes of an index: shared among the leaves that differ, summing to the difference. */
#include "building.h"
#include "change.h"
#include "sheet.h"

/* All steps of a change at once. */
static bool
all_steps(const sc_framework *framework, const double *before, const double *after,
		  double *work, sc_node_score *scores, double *change)
{
	sc_change	c = {.framework = framework, .before = before, .after = after,
		.values = work, .scores = scores, .change = change};

	if (!sc_change_begin(&c))
		return false;
	while (sc_change_step(&c))
		;
	return true;
}

#define MOST 24

static sc_node_score scores[MOST];
static double work[MOST];
static double change[MOST];

static double
index_of(const sc_framework *framework, const double *values)
{
	sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
	return scores[0].reason == SC_NO_REASON ? scores[0].score : NAN;
}

TEST(differences_of_leaves)
{
	double		none = sc_not_applicable_value();
	double		gone = sc_missing_value();

	CHECK(!sc_leaf_differs(1, 1));
	CHECK(!sc_leaf_differs(0.0, -0.0));
	CHECK(sc_leaf_differs(1, 1.0000000000000002));
	CHECK(!sc_leaf_differs(gone, gone));
	CHECK(!sc_leaf_differs(gone, NAN));
	CHECK(!sc_leaf_differs(none, none));
	CHECK(sc_leaf_differs(gone, none) && sc_leaf_differs(none, gone));
	CHECK(sc_leaf_differs(gone, 0) && sc_leaf_differs(0, gone));
	CHECK(sc_leaf_differs(none, 0) && sc_leaf_differs(0, none));
}

/* Three leaves of weight 1, 1 and 2 under an aggregation. */
static bool
three(sc_node_spec root, const double *before, const double *after)
{
	const sc_node_spec list[] = {root, as_is("a", "r"), as_is("b", "r"), weighted(as_is("c", "r"), 2)};
	sc_framework *framework = build_framework(list, COUNT(list));
	bool		comparable = all_steps(framework, before, after, work, scores, change);

	free(framework);
	return comparable;
}

TEST(by_hand)
{
	const double none = sc_not_applicable_value();

	{
		const double before[] = {10, 20, 40},
					after[] = {30, 20, 38};

		CHECK(three(node("r", NULL), before, after));
		CHECK_NEAR(change[0], 5, 1e-13);
		CHECK_DOUBLE(change[1], 0);
		CHECK_NEAR(change[2], -1, 1e-13);
	}
	{
		/* sqrt(a b), with c of no use: 20 to 60, a alone 40, b alone 30 */
		const double before[] = {10, 40, NAN},
					after[] = {40, 90, NAN};

		CHECK(three(aggregated(node("r", NULL), SC_GEOMETRIC_MEAN), before, after));
		CHECK_NEAR(change[0], 25, 1e-12);
		CHECK_NEAR(change[1], 15, 1e-12);
		CHECK_DOUBLE(change[2], 0);
	}
	{
		/* forwards a goes (no index), b comes: 10 -> 40; backwards b comes: 25, a goes: 40 */
		const double before[] = {10, NAN, NAN},
					after[] = {NAN, 40, NAN};

		CHECK(three(node("r", NULL), before, after));
		CHECK_NEAR(change[0], 7.5, 1e-13);
		CHECK_NEAR(change[1], 22.5, 1e-13);
	}
	{
		/* c leaves the mean of 10, 40 and twice 100 */
		const double before[] = {10, 40, 100},
					after[] = {10, 40, none};

		CHECK(three(node("r", NULL), before, after));
		CHECK_DOUBLE(change[0], 0);
		CHECK_DOUBLE(change[1], 0);
		CHECK_NEAR(change[2], -37.5, 1e-13);
	}
	{
		const double before[] = {10, NAN, 100},
					after[] = {10, 40, 100};

		change[0] = change[1] = change[2] = 77;
		CHECK(!three(missing(node("r", NULL), SC_PROPAGATE), before, after));
		CHECK(!three(missing(node("r", NULL), SC_PROPAGATE), after, before));
		CHECK_DOUBLE(change[0], 77);
		CHECK_DOUBLE(change[2], 77);
	}
}

static char codes[MOST][24];
static sc_node_spec specs[MOST];

/* A random tree of every aggregation in `specs`. */
static void
throw_tree(int count)
{
	int			parents[MOST];
	bool		has_child[MOST] = {false};

	for (int i = 0; i < count; i++)
	{
		snprintf(codes[i], sizeof(codes[i]), "n%d", dice(1000) * 100 + i);
		parents[i] = i == 0 ? -1 : dice(i < 5 ? i : 5);
		if (i > 0)
			has_child[parents[i]] = true;
	}
	for (int i = 0; i < count; i++)
	{
		const char *up = i > 0 ? codes[parents[i]] : NULL;

		specs[i] = has_child[i] ? missing(aggregated(node(codes[i], up), dice(SC_WORST_MEAN + 1)), dice(3)) : as_is(codes[i], up);
		specs[i] = weighted(specs[i], (1 + dice(1000)) / 37.0);
		if (has_child[i] && specs[i].aggregation == SC_POWER_MEAN)
		{
			specs[i].said |= SC_SAID_POWER;
			specs[i].power = dice(9) - 4;
		}
		if (has_child[i] && specs[i].aggregation == SC_WORST_MEAN)
		{
			specs[i].said |= SC_SAID_COUNT;
			specs[i].count = 1 + dice(3);
		}
	}
}

static void
throw_values(double *values, int count)
{
	for (int i = 0; i < count; i++)
	{
		int			kind = dice(10);

		values[i] = kind == 0 ? sc_missing_value() : kind == 1 ? sc_not_applicable_value() : (double) dice(1001) / 10;
	}
}

/* Changes sum to the difference, what does not differ has 0, and back is the opposite. */
TEST(random_trees)
{
	int			compared = 0;

	for (int round = 0; round < 20000; round++)
	{
		int			count = 2 + dice(MOST - 2);
		double		before[MOST],
					after[MOST],
					back[MOST];
		double		total = 0,
					size = 1,
					difference;
		sc_framework *framework;

		throw_tree(count);
		framework = build_framework(specs, count);
		throw_values(before, framework->leaf_count);
		throw_values(after, framework->leaf_count);
		for (int i = 0; i < framework->leaf_count; i++)
			if (dice(2))
				after[i] = before[i];
		difference = index_of(framework, after) - index_of(framework, before);
		if (!all_steps(framework, before, after, work, scores, change))
		{
			CHECK(isnan(difference));
			free(framework);
			continue;
		}
		compared++;
		for (int i = 0; i < framework->leaf_count; i++)
		{
			total += change[i];
			size += fabs(change[i]);
			if (!sc_leaf_differs(before[i], after[i]))
				CHECK_DOUBLE(change[i], 0);
		}
		CHECK_FOR(fabs(total - difference) <= 1e-13 * size, "round %d: %.17g, not %.17g", round, total, difference);
		memcpy(back, change, sizeof(back));
		CHECK(all_steps(framework, after, before, work, scores, change));
		total = 0;
		for (int i = 0; i < framework->leaf_count; i++)
			total += change[i];
		CHECK_FOR(fabs(total + difference) <= 1e-13 * size, "round %d: back %.17g, not %.17g", round, total, -difference);
		free(framework);
	}
	CHECK(compared > 5000);
}

/* Two leaves that differ: the mean of both orders, worked out here by replacing them. */
TEST(two_leaves_share_as_shapley)
{
	int			compared = 0;

	for (int round = 0; round < 5000; round++)
	{
		int			count = 4 + dice(MOST - 4);
		double		before[MOST],
					after[MOST],
					one[MOST],
					other[MOST];
		double		f00,
					f10,
					f01,
					f11;
		int			a,
					b;
		sc_framework *framework;

		throw_tree(count);
		framework = build_framework(specs, count);
		if (framework->leaf_count < 2)
		{
			free(framework);
			continue;
		}
		throw_values(before, framework->leaf_count);
		a = dice(framework->leaf_count);
		b = (a + 1 + dice(framework->leaf_count - 1)) % framework->leaf_count;
		memcpy(after, before, sizeof(before));
		after[a] = dice(100);
		after[b] = dice(100);
		memcpy(one, before, sizeof(before));
		one[a] = after[a];
		memcpy(other, before, sizeof(before));
		other[b] = after[b];
		f00 = index_of(framework, before);
		f10 = index_of(framework, one);
		f01 = index_of(framework, other);
		f11 = index_of(framework, after);
		if (!isnan(f00 + f10 + f01 + f11) && all_steps(framework, before, after, work, scores, change))
		{
			double		size = 1 + fabs(f00) + fabs(f10) + fabs(f01) + fabs(f11);

			compared++;
			CHECK_NEAR(change[a], sc_leaf_differs(before[a], after[a]) ? ((f10 - f00) + (f11 - f01)) / 2 : 0, 1e-13 * size);
			CHECK_NEAR(change[b], sc_leaf_differs(before[b], after[b]) ? ((f01 - f00) + (f11 - f10)) / 2 : 0, 1e-13 * size);
		}
		free(framework);
	}
	CHECK(compared > 1500);
}
