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

#include "sheet.h"

/* ------------------------------------------------------------------ leaves */

static void
no_score(sc_node_score *out, sc_reason reason)
{
	out->score = 0;
	out->raw = NAN;
	out->reason = (uint8_t) reason;
	out->limited = false;
	out->met = false;
	out->assumed = false;
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

/* Where floor and cap are not the only thing between a leaf's measure and its score. */
static double
scaled(const sc_node *node, double score)
{
	double		on_scale;

	if (!(node->said & (SC_SAID_LOWEST | SC_SAID_HIGHEST)))
		return score;
	on_scale = sc_rescale(score, node->lowest, node->highest);
	/* rounding must not carry a score below its best beyond it */
	return score < 100 && on_scale > node->highest ? node->highest : on_scale;
}

static double
z_score(const sc_node *node, double value)
{
	double		z = (value - node->worst) / node->best;

	return node->parameter[0] + node->parameter[1] * ((node->said & SC_SAID_DOWN) ? -z : z);
}

static void
score_leaf(const sc_framework *framework, const sc_node *node, double value, sc_node_score *out)
{
	double		score;

	out->reason = SC_NO_REASON;
	out->limited = false;
	out->assumed = false;
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
			out->met = sc_band_judge(&node->target.band, node->target.direction, value) != SC_NOT_MET;
			break;
		case SC_STEPS:
			out->raw = score = sc_steps_score(value, sc_node_thresholds(framework, node),
											  sc_node_thresholds(framework, node) + node->table_size,
											  (int) node->table_size);
			break;
		case SC_Z_SCORE:
			out->raw = score = z_score(node, value);
			break;
		default:
			out->raw = score = value;
			break;
	}
	score = limit(node, scaled(node, score) + node->bonus);
	if (!isfinite(score))
	{
		no_score(out, SC_OUT_OF_RANGE);
		return;
	}
	out->score = score;
	if (node->rule != SC_TARGET)
		out->met = score >= 100;
}

/* A missing leaf at the end of its scale. False if its scale has no end. */
static bool
extreme_leaf_score(const sc_framework *framework, const sc_node *node, sc_missing_view view, double *score)
{
	bool		lowest = view == SC_AT_LOWEST;
	bool		clamped = !(node->said & SC_SAID_UNCLAMPED) &&
		(node->rule == SC_GOALPOSTS || node->rule == SC_TARGET);

	if (node->rule == SC_STEPS)
	{
		const double *points = sc_node_thresholds(framework, node) + node->table_size;

		*score = points[0];
		for (uint32_t i = 1; i <= node->table_size; i++)
			if (lowest ? points[i] < *score : points[i] > *score)
				*score = points[i];
	}
	else if (clamped)
		*score = lowest ? node->lowest : node->highest;
	else
	{
		if (!(node->said & SC_SAID_FLOOR) || !(node->said & SC_SAID_CAP))
			return false;
		*score = lowest ? node->floor : node->cap;
		return true;
	}
	*score = limit(node, *score + node->bonus);
	return true;
}

static void
score_missing_leaf(const sc_framework *framework, const sc_node *node, sc_missing_view view, sc_node_score *out)
{
	double		end;

	no_score(out, view == SC_AS_OBSERVED ? SC_NO_OBSERVATION : SC_UNBOUNDED);
	if (view == SC_AS_OBSERVED || !extreme_leaf_score(framework, node, view, &end))
		return;
	out->score = out->raw = end;
	out->reason = SC_NO_REASON;
	out->met = node->rule == SC_TARGET ? view == SC_AT_HIGHEST : end >= 100;
	out->assumed = true;
}

/* ---------------------------------------------------------------- parents */

/* Bonus points: what the added children bring, each times its weight. Those without a score bring nothing. */
static double
added_points(const sc_node *nodes, const sc_node_score *scores, int i)
{
	double		points = 0;

	for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
		if ((nodes[c].said & SC_SAID_ADDED) && scores[c].reason == SC_NO_REASON)
			points += nodes[c].weight * scores[c].score;
	return points;
}

/* Does an added child without a score leave the bounds open, or one taken at an end of its scale? */
static void
look_at_added(const sc_node *nodes, const sc_node_score *scores, int i, sc_tally *t)
{
	for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
	{
		if (!(nodes[c].said & SC_SAID_ADDED))
			continue;
		t->assumed |= scores[c].assumed;
		if (scores[c].reason == SC_UNBOUNDED)
			t->first_reason = SC_UNBOUNDED;
	}
}

#define COVERAGE_DUST 1e-12

static void
score_parent(const sc_node *nodes, sc_node_score *scores, int i, sc_missing_view view)
{
	const sc_node *node = &nodes[i];
	sc_node_score *out = &scores[i];
	sc_missing_rule missing = view == SC_AS_OBSERVED ? node->missing : SC_PROPAGATE;
	sc_tally	t;
	int			present;
	double		weight_present;
	double		share;
	sc_reason	reason;

	sc_tally_children(nodes, scores, i, &t);
	if (view != SC_AS_OBSERVED && node->has_added)
		look_at_added(nodes, scores, i, &t);
	if (t.applicable == 0)
	{
		no_score(out, SC_NOT_APPLICABLE);
		return;
	}
	if (t.present == 0 || (missing == SC_PROPAGATE && t.present < t.applicable) ||
		t.first_reason == SC_UNBOUNDED)
	{
		reason = t.present == 0 ? SC_NO_CHILD_SCORE : SC_MISSING_CHILD;
		no_score(out, view == SC_AS_OBSERVED ? reason : t.first_reason);
		return;
	}
	if (t.assumed && !sc_aggregation_is_monotone(node->aggregation))
	{
		no_score(out, SC_UNBOUNDED);
		return;
	}
	present = t.present;
	weight_present = t.weight_present;
	if (missing == SC_ZERO)
		sc_tally_zeros(&t);
	reason = sc_aggregate(nodes, scores, i, &t, &out->raw);
	if (reason == SC_NO_REASON)
	{
		double		points = out->raw + node->bonus;

		if (node->has_added)
			points += added_points(nodes, scores, i);
		out->score = limit(node, points);
		out->limited = out->score != points;
		if (!isfinite(out->score))
			reason = SC_OUT_OF_RANGE;
	}
	if (reason != SC_NO_REASON)
	{
		no_score(out, reason);
		return;
	}
	out->reason = SC_NO_REASON;
	out->met = out->score >= 100;
	out->assumed = t.assumed;
	if (view != SC_AS_OBSERVED || node->min_coverage <= 0)
		return;
	share = (node->said & SC_SAID_COVERAGE_BY_WEIGHT) ?
		weight_present / t.weight : (double) present / t.applicable;
	/* sums of weights leave dust: half of ten weights of 0.1 is half */
	if (share < node->min_coverage - COVERAGE_DUST)
	{
		out->score = 0;
		out->met = false;
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
			score_leaf(framework, node, values[node->leaf], &scores[i]);
		else if (sc_value_is_not_applicable(values[node->leaf]))
			no_score(&scores[i], SC_NOT_APPLICABLE);
		else
			score_missing_leaf(framework, node, view, &scores[i]);
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
		coverage[i].by_count = 0;
		if (!nodes[i].applicable)
			continue;
		if (nodes[i].leaf >= 0)
		{
			double		value = values[nodes[i].leaf];

			coverage[i].defined = !sc_value_is_not_applicable(value);
			coverage[i].by_weight = coverage[i].by_count = isnan(value) ? 0 : 1;
			continue;
		}
		for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
		{
			if (!coverage[c].defined || nodes[c].scaled_weight == 0)
				continue;
			weight += nodes[c].scaled_weight;
			covered += nodes[c].scaled_weight * coverage[c].by_weight;
		}
		coverage[i].defined = weight > 0;
		if (weight > 0)
			coverage[i].by_weight = covered == weight ? 1 : covered / weight;
	}
	for (int i = 0; i < framework->node_count; i++)
	{
		int			leaves = 0;
		int			observed = 0;

		if (nodes[i].leaf >= 0)
			continue;
		for (int k = i; k < i + nodes[i].subtree; k++)
		{
			/* nothing below a node of weight 0 counts above it */
			if (k > i && nodes[k].scaled_weight == 0)
			{
				k += nodes[k].subtree - 1;
				continue;
			}
			if (nodes[k].leaf < 0 || !coverage[k].defined)
				continue;
			leaves++;
			if (!isnan(values[nodes[k].leaf]))
				observed++;
		}
		if (leaves > 0)
			coverage[i].by_count = (double) observed / leaves;
	}
}

/* ----------------------------------------------------------------- weights */

void
sc_tree_weights(const sc_framework *framework, const sc_node_score *scores, double *before, double *after)
{
	const sc_node *nodes = sc_framework_nodes(framework);

	for (int i = 0; i < framework->node_count; i++)
		before[i] = after[i] = 0;
	before[0] = sc_not_applicable(&scores[0]) ? 0 : 1;
	after[0] = scores[0].reason == SC_NO_REASON ? 1 : 0;
	for (int i = 0; i < framework->node_count; i++)
	{
		sc_tally	t;

		if (nodes[i].leaf >= 0 || before[i] == 0)
			continue;
		sc_tally_children(nodes, scores, i, &t);
		if (nodes[i].missing == SC_ZERO)
			t.weight_present = t.weight;
		for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
		{
			if (sc_not_applicable(&scores[c]))
				continue;
			before[c] = before[i] * (nodes[c].scaled_weight / t.weight);
			if (scores[c].reason == SC_NO_REASON && after[i] > 0)
				after[c] = after[i] * (nodes[c].scaled_weight / t.weight_present);
		}
	}
}

/* ----------------------------------------------------------- contributions */

bool
sc_tree_contributions(const sc_framework *framework, sc_node_score *scores,
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
		sc_tally	t;

		contributions[i] = scores[i].reason == SC_NO_REASON ? slopes[i] * scores[i].score : 0;
		if (node->leaf >= 0 || slopes[i] == 0 || scores[i].reason != SC_NO_REASON)
			continue;
		if (scores[i].limited)
		{
			/* the score stands still while its children move */
			*remainder += contributions[i];
			continue;
		}
		sc_tally_children(nodes, scores, i, &t);
		if (node->missing == SC_ZERO)
			sc_tally_zeros(&t);
		sc_aggregate_slopes(nodes, scores, i, &t, scores[i].raw, slopes);
		*remainder += slopes[i] * node->bonus;
		if (!sc_aggregation_is_homogeneous(node->aggregation))
		{
			*remainder += slopes[i] * scores[i].raw;
			for (int c = i + 1; c < i + node->subtree; c += nodes[c].subtree)
				*remainder -= slopes[c] * scores[c].score;
		}
		for (int c = i + 1; node->has_added && c < i + node->subtree; c += nodes[c].subtree)
			if ((nodes[c].said & SC_SAID_ADDED) && scores[c].reason == SC_NO_REASON)
				slopes[c] = slopes[i] * nodes[c].weight;
	}
	return true;
}
