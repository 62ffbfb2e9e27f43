/*
 * tree.h
 *		From the values of a unit to the scores of every node.
 *
 * Values come as one double per leaf in ordinal order, NaN for a missing one.
 * Results come as one entry per node in the framework's canonical order.
 * Everything is summed in that order, so the same values give the same bits.
 */
#ifndef SC_TREE_H
#define SC_TREE_H

#include "framework.h"
#include "reason.h"

typedef struct sc_node_score
{
	double		score;			/* 0 where reason is not SC_NO_REASON */
	double		raw;			/* before clamps, floor, cap and coverage rule; NaN if none */
	sc_reason	reason;			/* why there is no score */
	bool		limited;		/* floor or cap changed the aggregated score */
} sc_node_score;

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

/* Share of observed leaves below every node; nodes and leaves of weight 0 do not count above themselves. */
extern void sc_tree_coverage(const sc_framework *framework, const double *values,
							 sc_node_coverage *coverage);

/*
 * Contribution of every node to the index: score * d index / d score (Euler),
 * chained down the tree from the results of sc_tree_evaluate. Contributions of
 * leaves and *remainder sum to the index; the remainder comes from floors and
 * caps that took effect and is exactly 0 without them. `slopes` is work space of
 * node_count. False if the index has no score; then nothing is written.
 */
extern bool sc_tree_contributions(const sc_framework *framework, const sc_node_score *scores,
								  double *slopes, double *contributions, double *remainder);

#endif
