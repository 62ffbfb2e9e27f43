/*
 * change.h
 *		What moved an index from one sheet to another, leaf by leaf.
 */
#ifndef SC_CHANGE_H
#define SC_CHANGE_H

#include "tree.h"

/*
 * The difference of two indices, shared among the leaves that differ: they
 * are replaced one after another, in the order of their ordinals and then in
 * reverse, and each leaf's change is the mean of what its two replacements
 * did (with two leaves the Shapley value). For arithmetic means it is
 * effective weight times change of score. Leaves that do not differ get 0, and
 * all sum to the difference but for rounding. A step at which the index has no
 * score changes nothing; the next one takes it over.
 *
 * The work goes step by step, a leaf at a time, so that a caller may stop in
 * between. Arrays are the caller's: `before`, `after`, `values` and `change` by
 * leaf ordinal, `values` and `scores` (by node) as work space.
 */
typedef struct sc_change
{
	const sc_framework *framework;
	const double *before;
	const double *after;
	double	   *values;
	sc_node_score *scores;
	double	   *change;
	double		begin;			/* the index before */
	double		last;			/* the index after the replacements so far */
	int			leaf;			/* to replace next */
	int			step;			/* 1 forward, -1 in reverse, 0 when all is done */
} sc_change;

/* Sets out. False if one of the two indices has no score; then there is no change to share. */
extern bool sc_change_begin(sc_change *c);

/* Replaces one leaf. False when all is done, and `change` complete. */
extern bool sc_change_step(sc_change *c);

/* Do the two differ: other values, or one missing or not applicable? */
extern bool sc_leaf_differs(double before, double after);

#endif
