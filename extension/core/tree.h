/*
 * tree.h
 *		From the values of a unit to the scores of every node.
 *
 * Values come as one double per leaf in ordinal order, one NaN for a missing
 * one and another for a leaf that does not apply to the unit (sheet.h).
 * Results come as one entry per node in the framework's canonical order.
 * Everything is summed in that order, so the same values give the same bits.
 */
#ifndef SC_TREE_H
#define SC_TREE_H

#include "aggregation.h"
#include "framework.h"
#include "reason.h"

typedef enum sc_missing_view
{
	SC_AS_OBSERVED,				/* the framework's own missing rules */
	SC_AT_LOWEST,				/* missing leaves at their lowest score, no missing rules */
	SC_AT_HIGHEST				/* missing leaves at their highest score, no missing rules */
} sc_missing_view;

/*
 * Scores every node; `scores` has framework->node_count entries, the first is
 * the index. In the other two views a missing leaf that counts but has no
 * lowest or highest score makes the nodes above it SC_UNBOUNDED. Never fails.
 */
extern void sc_tree_evaluate(const sc_framework *framework, const double *values,
							 sc_missing_view view, sc_node_score *scores);

typedef struct sc_node_coverage
{
	double		by_count;		/* observed leaves / applicable leaves that count, 0..1 */
	double		by_weight;		/* the same by effective weight, 0..1 */
	bool		defined;		/* false for a node to which nothing applies */
} sc_node_coverage;

/*
 * Share of observed leaves below every node. Nodes of weight 0 and added ones
 * do not count above themselves, leaves that do not apply nowhere.
 */
extern void sc_tree_coverage(const sc_framework *framework, const double *values,
							 sc_node_coverage *coverage);

/*
 * Shares of the whole, 0..1, of every node: `before` re-weighting, over all
 * that applies to the unit, and `after` it, over what has a score (over all
 * that applies where missing counts as zero). 0 for added nodes and below
 * nodes without a score.
 */
extern void sc_tree_weights(const sc_framework *framework, const sc_node_score *scores,
							double *before, double *after);

/*
 * Contribution of every node to the index: score * d index / d score (Euler),
 * chained down the tree from the results of sc_tree_evaluate. Contributions of
 * leaves and *remainder sum to the index; the remainder comes from floors and
 * caps that took effect, from bonus points and from the aggregations product
 * and share_met, and is exactly 0 without them. `slopes` is work space of
 * node_count. False if the index has no score; then nothing is written.
 */
extern bool sc_tree_contributions(const sc_framework *framework, sc_node_score *scores,
								  double *slopes, double *contributions, double *remainder);

#endif
