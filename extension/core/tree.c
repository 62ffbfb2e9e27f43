/*
 * tree.c
 *		See tree.h.
 *
 * Nodes lie depth first, so going through them from the last to the first
 * meets every child before its parent, without recursion. The children of node
 * i begin at i + 1, and each is followed by its next sibling `subtree` farther.
 */
#include "tree.h"

#include <math.h>

/* ------------------------------------------------------------------ leaves */

static void
no_score(sc_node_score *out, sc_reason reason)
{
	out->score = 0;
	out->raw = NAN;
	out->reason = reason;
	out->limited = false;
}

/* Floor and cap, on any node. */
static double
limit(const sc_node *node, double score)
{
	if ((node->said & SC_SAID_FLOOR) && score < node->floor)
		return node->floor;
	if ((node->said & SC_SAID_CAP) && score > node->cap)
		return node->cap;
	return score;
}

static void
score_leaf(const sc_node *node, double value, sc_node_score *out)
{
	double		score;

	out->reason = SC_NO_REASON;
	out->limited = false;
	switch (node->rule)
	{
		case SC_GOALPOSTS:
			if (!(node->said & SC_SAID_LOG))
				score = sc_goalpost_score(value, node->worst, node->best);
			else if (!sc_log_goalpost_score(value, node->worst, node->best, &score))
			{
				no_score(out, SC_NONPOSITIVE_INPUT);
				return;
			}
			out->raw = score;
			if (!(node->said & SC_SAID_UNCLAMPED))
				score = sc_clamp_score(score);
			break;
		case SC_TARGET:
			score = sc_target_score(&node->target, value, &out->raw);
			break;
		default:
			out->raw = score = value;
			break;
	}
	if (node->said & SC_SAID_LOWEST)
		score = node->lowest + (100 - node->lowest) * score / 100;
	score = limit(node, score);
	if (!isfinite(score))
	{
		no_score(out, SC_OUT_OF_RANGE);
		return;
	}
	out->score = score;
}

/* A missing leaf at the end of its scale. False if its scale has no end. */
static bool
extreme_leaf_score(const sc_node *node, sc_missing_view view, double *score)
{
	bool		unclamped = node->rule == SC_AS_IS || (node->said & SC_SAID_UNCLAMPED);
	double		end = view == SC_AT_LOWEST ? node->lowest : 100;

	if (unclamped)
	{
		if (!(node->said & SC_SAID_FLOOR) || !(node->said & SC_SAID_CAP))
			return false;
		end = view == SC_AT_LOWEST ? node->floor : node->cap;
	}
	*score = limit(node, end);
	return true;
}

/* ---------------------------------------------------------------- parents */

/* What the children of a node amount to. Children of weight 0 and those that do not apply are left out. */
typedef struct tally
{
	int			applicable;
	int			present;
	double		weight;			/* of all applicable children */
	double		weight_present;
	double		sum;			/* of the aggregation's terms over the present ones */
	double		least;
	double		greatest;
	sc_reason	first_reason;	/* of the first missing child */
} tally;

static inline double
term(int aggregation, const sc_node *child, double score)
{
	switch (aggregation)
	{
		case SC_ARITHMETIC:
			return child->scaled_weight * score;
		case SC_GEOMETRIC_MEAN:
			return score > 0 ? child->scaled_weight * log(score) : 0;
		case SC_HARMONIC:
			return score > 0 ? child->scaled_weight / score : 0;
		case SC_SUM:
			return child->weight * score;
		default:
			return 0;
	}
}

static inline tally
count_with(int aggregation, const sc_node *nodes, const sc_node_score *scores, int i)
{
	tally		t = {.least = INFINITY, .greatest = -INFINITY};
	int			end = i + nodes[i].subtree;

	for (int c = i + 1; c < end; c += nodes[c].subtree)
	{
		const sc_node *child = &nodes[c];
		double		score = scores[c].score;

		if (!child->applicable || child->scaled_weight == 0)
			continue;
		t.applicable++;
		t.weight += child->scaled_weight;
		if (scores[c].reason != SC_NO_REASON)
		{
			if (t.first_reason == SC_NO_REASON || scores[c].reason == SC_UNBOUNDED)
				t.first_reason = scores[c].reason;
			continue;
		}
		t.present++;
		t.weight_present += child->scaled_weight;
		t.sum += term(aggregation, child, score);
		if (score < t.least)
			t.least = score;
		if (score > t.greatest)
			t.greatest = score;
	}
	return t;
}

/* The usual aggregation on its own, so that the compiler need not ask for it child by child. */
static tally
count_children(const sc_node *nodes, const sc_node_score *scores, int i)
{
	if (nodes[i].aggregation == SC_ARITHMETIC)
		return count_with(SC_ARITHMETIC, nodes, scores, i);
	return count_with(nodes[i].aggregation, nodes, scores, i);
}

/* Counts the missing children as present with score 0. */
static void
fill_with_zero(tally *t)
{
	if (t->present == t->applicable)
		return;
	t->present = t->applicable;
	t->weight_present = t->weight;
	if (t->least > 0)
		t->least = 0;
	if (t->greatest < 0)
		t->greatest = 0;
}

static sc_reason
aggregate(const sc_node *parent, const tally *t, double *result)
{
	switch (parent->aggregation)
	{
		case SC_ARITHMETIC:
			*result = t->sum / t->weight_present;
			break;
		case SC_GEOMETRIC_MEAN:
			if (t->least < 0)
				return SC_NONPOSITIVE_INPUT;
			*result = t->least == 0 ? 0 : exp(t->sum / t->weight_present);
			break;
		case SC_HARMONIC:
			if (t->least < 0)
				return SC_NONPOSITIVE_INPUT;
			*result = t->least == 0 ? 0 : t->weight_present / t->sum;
			break;
		case SC_MIN:
			*result = t->least;
			break;
		case SC_MAX:
			*result = t->greatest;
			break;
		case SC_SUM:
			*result = t->sum;
			if (t->weight != t->weight_present)
				*result *= t->weight / t->weight_present;
			break;
	}
	/* rounding must not carry a mean of equal scores beyond them */
	if (parent->aggregation != SC_SUM)
	{
		if (*result < t->least)
			*result = t->least;
		if (*result > t->greatest)
			*result = t->greatest;
	}
	return isfinite(*result) ? SC_NO_REASON : SC_OUT_OF_RANGE;
}

#define COVERAGE_DUST 1e-12

static void
score_parent(const sc_node *nodes, sc_node_score *scores, int i, sc_missing_view view)
{
	const sc_node *node = &nodes[i];
	sc_node_score *out = &scores[i];
	sc_missing_rule missing = view == SC_AS_OBSERVED ? node->missing : SC_PROPAGATE;
	tally		t;
	int			present;
	double		weight_present;
	double		share;
	sc_reason	reason;

	t = count_children(nodes, scores, i);
	if (t.present == 0 || (missing == SC_PROPAGATE && t.present < t.applicable))
	{
		reason = t.present == 0 ? SC_NO_CHILD_SCORE : SC_MISSING_CHILD;
		no_score(out, view == SC_AS_OBSERVED ? reason : t.first_reason);
		return;
	}
	present = t.present;
	weight_present = t.weight_present;
	if (missing == SC_ZERO)
		fill_with_zero(&t);
	reason = aggregate(node, &t, &out->raw);
	if (reason != SC_NO_REASON)
	{
		no_score(out, reason);
		return;
	}
	out->score = limit(node, out->raw);
	out->limited = out->score != out->raw;
	out->reason = SC_NO_REASON;
	if (view != SC_AS_OBSERVED || node->min_coverage <= 0)
		return;
	share = (node->said & SC_SAID_COVERAGE_BY_WEIGHT) ?
		weight_present / t.weight : (double) present / t.applicable;
	/* sums of weights leave dust: half of ten weights of 0.1 is half */
	if (share < node->min_coverage - COVERAGE_DUST)
	{
		out->score = 0;
		out->reason = SC_BELOW_MIN_COVERAGE;
	}
}

void
sc_tree_evaluate(const sc_framework *framework, const double *values,
				 sc_missing_view view, sc_node_score *scores)
{
	const sc_node *nodes = sc_framework_nodes(framework);

	for (int i = framework->node_count - 1; i >= 0; i--)
	{
		const sc_node *node = &nodes[i];

		if (!node->applicable)
			no_score(&scores[i], SC_NO_TARGET_AT_DUE);
		else if (node->leaf < 0)
			score_parent(nodes, scores, i, view);
		else if (!isnan(values[node->leaf]))
			score_leaf(node, values[node->leaf], &scores[i]);
		else
		{
			double		end;

			no_score(&scores[i], view == SC_AS_OBSERVED ? SC_NO_OBSERVATION : SC_UNBOUNDED);
			if (view == SC_AS_OBSERVED || !extreme_leaf_score(node, view, &end))
				continue;
			scores[i].score = scores[i].raw = end;
			scores[i].reason = SC_NO_REASON;
		}
	}
}

/* ---------------------------------------------------------------- coverage */

void
sc_tree_coverage(const sc_framework *framework, const double *values, sc_node_coverage *coverage)
{
	const sc_node *nodes = sc_framework_nodes(framework);

	for (int i = framework->node_count - 1; i >= 0; i--)
	{
		double		weight = 0;
		double		covered = 0;

		coverage[i].defined = nodes[i].applicable;
		coverage[i].by_weight = 0;
		if (nodes[i].leaf >= 0)
		{
			coverage[i].by_weight = nodes[i].applicable && !isnan(values[nodes[i].leaf]) ? 1 : 0;
			continue;
		}
		for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
		{
			if (!nodes[c].applicable || nodes[c].scaled_weight == 0)
				continue;
			weight += nodes[c].scaled_weight;
			covered += nodes[c].scaled_weight * coverage[c].by_weight;
		}
		if (weight > 0)
			coverage[i].by_weight = covered == weight ? 1 : covered / weight;
	}
	for (int i = framework->node_count - 1; i >= 0; i--)
	{
		int			leaves = 0;
		int			observed = 0;

		for (int k = i; k < i + nodes[i].subtree; k++)
		{
			/* nothing below a node of weight 0 counts above it */
			if (k > i && nodes[k].scaled_weight == 0)
			{
				k += nodes[k].subtree - 1;
				continue;
			}
			if (nodes[k].leaf < 0 || !nodes[k].applicable)
				continue;
			leaves++;
			if (!isnan(values[nodes[k].leaf]))
				observed++;
		}
		coverage[i].by_count = leaves > 0 ? (double) observed / leaves : 0;
	}
}

/* ----------------------------------------------------------- contributions */

/* d parent / d child, of a present child. Zero where the child's score is zero: so is its contribution. */
static double
slope(const sc_node *parent, const tally *t, double parent_score, const sc_node *child, double score)
{
	double		share = child->scaled_weight / t->weight_present;

	switch (parent->aggregation)
	{
		case SC_ARITHMETIC:
			return share;
		case SC_GEOMETRIC_MEAN:
			return score > 0 ? share * parent_score / score : 0;
		case SC_HARMONIC:
			return score > 0 ? share * (parent_score / score) * (parent_score / score) : 0;
		case SC_SUM:
			return child->weight * (t->weight / t->weight_present);
		default:
			return 0;
	}
}

/* min and max: the children that bind share the slope by weight. */
static void
slope_of_binding(const sc_node *nodes, const sc_node_score *scores, int i, double bound, double *slopes)
{
	double		weight = 0;

	for (int pass = 0; pass < 2; pass++)
		for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
		{
			if (!nodes[c].applicable || nodes[c].scaled_weight == 0 ||
				scores[c].reason != SC_NO_REASON || scores[c].score != bound)
				continue;
			if (pass == 0)
				weight += nodes[c].scaled_weight;
			else
				slopes[c] = slopes[i] * (nodes[c].scaled_weight / weight);
		}
}

bool
sc_tree_contributions(const sc_framework *framework, const sc_node_score *scores,
					  double *slopes, double *contributions, double *remainder)
{
	const sc_node *nodes = sc_framework_nodes(framework);

	*remainder = 0;
	if (scores[0].reason != SC_NO_REASON)
		return false;
	for (int i = 0; i < framework->node_count; i++)
		slopes[i] = 0;
	slopes[0] = 1;
	for (int i = 0; i < framework->node_count; i++)
	{
		const sc_node *node = &nodes[i];
		tally		t;

		contributions[i] = slopes[i] * scores[i].score;
		if (node->leaf >= 0 || slopes[i] == 0 || scores[i].reason != SC_NO_REASON)
			continue;
		if (scores[i].limited)
		{
			/* the score stands still while its children move */
			*remainder += contributions[i];
			continue;
		}
		if (node->aggregation == SC_MIN || node->aggregation == SC_MAX)
		{
			slope_of_binding(nodes, scores, i, scores[i].raw, slopes);
			continue;
		}
		t = count_children(nodes, scores, i);
		if (node->missing == SC_ZERO)
			fill_with_zero(&t);
		for (int c = i + 1; c < i + node->subtree; c += nodes[c].subtree)
			if (nodes[c].applicable && nodes[c].scaled_weight > 0 && scores[c].reason == SC_NO_REASON)
				slopes[c] = slopes[i] * slope(node, &t, scores[i].score, &nodes[c], scores[c].score);
	}
	return true;
}
