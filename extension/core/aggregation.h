/*
 * aggregation.h
 *		How the scores of children come together at a node.
 *
 * Works on the results of a tree in progress: the children of node i begin at
 * i + 1, each followed by its next sibling `subtree` farther, and are scored
 * already. Children of weight 0, added ones and those that do not apply never
 * count. Everything is summed in the framework's canonical order.
 */
#ifndef SC_AGGREGATION_H
#define SC_AGGREGATION_H

#include "framework.h"
#include "reason.h"

typedef struct sc_node_score
{
	double		score;			/* 0 where reason is not SC_NO_REASON */
	double		raw;			/* of a leaf before clamps, of a parent the aggregate alone; NaN if none */
	int32_t		place;			/* work space of sorting aggregations */
	uint8_t		reason;			/* sc_reason: why there is no score */
	bool		limited;		/* floor or cap changed the score */
	bool		met;			/* a target leaf by its bound, any other node at 100 and above */
	bool		assumed;		/* stands on a missing leaf taken at an end of its scale */
} sc_node_score;

/* Does nothing below this node count for this unit? */
static inline bool
sc_not_applicable(const sc_node_score *score)
{
	return score->reason == SC_NO_TARGET_AT_DUE || score->reason == SC_NOT_APPLICABLE;
}

/* What the children of a node amount to. */
typedef struct sc_tally
{
	int			applicable;
	int			present;		/* have a score */
	double		weight;			/* of all applicable children */
	double		weight_present;
	double		sum;			/* of the aggregation's terms over the present ones */
	double		least;
	double		greatest;
	bool		with_zeros;		/* missing children are counted as present, with score 0 */
	bool		assumed;		/* a counted child is */
	sc_reason	first_reason;	/* of the first missing child, or SC_UNBOUNDED if one is that */
} sc_tally;

/* Counts the children of node i. Never fails. */
extern void sc_tally_children(const sc_node *nodes, const sc_node_score *scores, int i, sc_tally *tally);

/* Counts the missing children as present with score 0. */
extern void sc_tally_zeros(sc_tally *tally);

/*
 * The aggregate of a tally with a present child: weights w relative, over the
 * counted children, x their scores.
 *
 * arithmetic sum w x / sum w; geometric exp(sum w ln x / sum w); harmonic
 * sum w / sum (w / x); power (sum w x^p / sum w)^(1/p), at p = 0 the geometric
 * mean; sum of w x, scaled up to all weights; product 100 prod (x / 100); min,
 * max; median by weight, half way between two neighbours where the weight is
 * halved exactly; worst_mean the plain mean of the lowest; share_met 100 sum w
 * (met) / sum w; MPI M -+ S^2 / M of weighted mean and standard deviation
 * (Mazziotta and Pareto 2016), S^2 times n / (n - 1) where sample is said.
 *
 * Geometric, harmonic, power, product and MPI need scores of 0 and above
 * (MPI a mean above 0): else SC_NONPOSITIVE_INPUT. A 0 gives 0 (power: at
 * p <= 0). MPI of a sample of one: SC_TOO_FEW_CHILDREN. A result beyond double:
 * SC_OUT_OF_RANGE. Changes only `place` of the nodes below i.
 */
extern sc_reason sc_aggregate(const sc_node *nodes, sc_node_score *scores, int i,
							  const sc_tally *tally, double *result);

/*
 * slopes[c] = slopes[i] * d aggregate / d score of each counted child c; of
 * several children that bind (min, max, median) each by its share of their
 * weight. Zero for share_met, which stands still or jumps, and wherever a
 * child's score is 0, whose part is 0 anyway.
 */
extern void sc_aggregate_slopes(const sc_node *nodes, sc_node_score *scores, int i,
								const sc_tally *tally, double aggregate, double *slopes);

/* Do the slopes times the scores sum to the aggregate (Euler)? */
static inline bool
sc_aggregation_is_homogeneous(int aggregation)
{
	return aggregation != SC_PRODUCT && aggregation != SC_SHARE_MET;
}

/* Can a better score of a child lower the aggregate? */
static inline bool
sc_aggregation_is_monotone(int aggregation)
{
	return aggregation != SC_MPI_MINUS && aggregation != SC_MPI_PLUS;
}

#endif
