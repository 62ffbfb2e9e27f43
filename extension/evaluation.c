/*
 * evaluation.c
 *		See evaluation.h.
 */
#include "postgres.h"

#include "fmgr.h"

#include "compat.h"
#include "evaluation.h"

void
evaluation_details(const Evaluation *e, Details *d)
{
	int			count = e->framework->node_count;
	double	   *slopes = palloc(sizeof(double) * count);

	d->contributions = palloc(sizeof(double) * count);
	d->coverage = palloc(sizeof(sc_node_coverage) * count);
	d->weight_before = palloc(sizeof(double) * count);
	d->weight_after = palloc(sizeof(double) * count);
	d->has_contributions = sc_tree_contributions(e->framework, e->scores, slopes,
												 d->contributions, &d->remainder);
	sc_tree_coverage(e->framework, e->values, d->coverage);
	sc_tree_weights(e->framework, e->scores, d->weight_before, d->weight_after);
	pfree(slopes);
}
