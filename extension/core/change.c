/*
 * change.c
 *		See change.h.
 */
#include "change.h"

#include <math.h>

#include "sheet.h"

bool
sc_leaf_differs(double before, double after)
{
	if (isnan(before) || isnan(after))
		return isnan(before) != isnan(after) ||
			sc_value_is_not_applicable(before) != sc_value_is_not_applicable(after);
	return before != after;
}

bool
sc_change_begin(sc_change *c)
{
	sc_tree_evaluate(c->framework, c->after, SC_AS_OBSERVED, c->scores);
	if (c->scores[0].reason != SC_NO_REASON)
		return false;
	sc_tree_evaluate(c->framework, c->before, SC_AS_OBSERVED, c->scores);
	if (c->scores[0].reason != SC_NO_REASON)
		return false;
	c->begin = c->last = c->scores[0].score;
	for (int leaf = 0; leaf < c->framework->leaf_count; leaf++)
	{
		c->change[leaf] = 0;
		c->values[leaf] = c->before[leaf];
	}
	c->leaf = 0;
	c->step = 1;
	return true;
}

/* At the end of the walk forward, back to the beginning to walk in reverse. */
static void
turn(sc_change *c)
{
	if (c->step < 0)
	{
		c->step = 0;
		return;
	}
	for (int leaf = 0; leaf < c->framework->leaf_count; leaf++)
		c->values[leaf] = c->before[leaf];
	c->last = c->begin;
	c->leaf = c->framework->leaf_count - 1;
	c->step = -1;
}

bool
sc_change_step(sc_change *c)
{
	int			leaf;

	while (c->step != 0 && c->leaf >= 0 && c->leaf < c->framework->leaf_count &&
		   !sc_leaf_differs(c->values[c->leaf], c->after[c->leaf]))
		c->leaf += c->step;
	if (c->step == 0)
		return false;
	if (c->leaf < 0 || c->leaf >= c->framework->leaf_count)
	{
		turn(c);
		return true;
	}
	leaf = c->leaf;
	c->values[leaf] = c->after[leaf];
	c->leaf += c->step;
	sc_tree_evaluate(c->framework, c->values, SC_AS_OBSERVED, c->scores);
	if (c->scores[0].reason == SC_NO_REASON)
	{
		c->change[leaf] += (c->scores[0].score - c->last) / 2;
		c->last = c->scores[0].score;
	}
	return true;
}
