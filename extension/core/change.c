/*
 * change.c
 *		See change.h.
 */
#include "change.h"

#include <math.h>
#include <string.h>

#include "sheet.h"

bool
sc_leaf_differs(double before, double after)
{
	if (isnan(before) || isnan(after))
		return isnan(before) != isnan(after) ||
			sc_value_is_not_applicable(before) != sc_value_is_not_applicable(after);
	return before != after;
}

/* Replaces the leaves from `first` on in steps of +-1, adding half of each change. */
static void
walk(const sc_framework *framework, const double *after, int first, int step, double begin,
	 double *values, sc_node_score *scores, double *change)
{
	double		last = begin;

	for (int leaf = first; leaf >= 0 && leaf < framework->leaf_count; leaf += step)
	{
		if (!sc_leaf_differs(values[leaf], after[leaf]))
			continue;
		values[leaf] = after[leaf];
		sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
		if (scores[0].reason != SC_NO_REASON)
			continue;
		change[leaf] += (scores[0].score - last) / 2;
		last = scores[0].score;
	}
}

bool
sc_index_change(const sc_framework *framework, const double *before, const double *after,
				double *values, sc_node_score *scores, double *change)
{
	size_t		size = (size_t) framework->leaf_count * sizeof(double);
	double		begin;

	sc_tree_evaluate(framework, after, SC_AS_OBSERVED, scores);
	if (scores[0].reason != SC_NO_REASON)
		return false;
	sc_tree_evaluate(framework, before, SC_AS_OBSERVED, scores);
	if (scores[0].reason != SC_NO_REASON)
		return false;
	begin = scores[0].score;
	for (int leaf = 0; leaf < framework->leaf_count; leaf++)
		change[leaf] = 0;
	memcpy(values, before, size);
	walk(framework, after, 0, 1, begin, values, scores, change);
	memcpy(values, before, size);
	walk(framework, after, framework->leaf_count - 1, -1, begin, values, scores, change);
	return true;
}
