/*
 * evaluation.h
 *		A framework and a sheet as arguments, evaluated.
 */
#ifndef SCORECARD_EVALUATION_H
#define SCORECARD_EVALUATION_H

#include "framework_argument.h"
#include "sheet_argument.h"

typedef struct Evaluation
{
	const sc_framework *framework;
	const sc_node *nodes;
	double	   *values;			/* by leaf ordinal */
	sc_node_score *scores;		/* by node */
} Evaluation;

/* Arguments 0 and 1, framework and sheet; raises 22023 if they do not fit. Lives until the next call. */
static inline void
evaluate(FunctionCallInfo fcinfo, sc_missing_view view, Evaluation *e)
{
	FrameworkCache *cache = framework_cache(fcinfo);
	sc_sheet_header header;
	const char *body;

	e->framework = framework_of_datum(cache, PG_GETARG_DATUM(0));
	e->nodes = sc_framework_nodes(e->framework);
	body = sheet_of_datum(PG_GETARG_DATUM(1), &header);
	sheet_check_leaf_set(&header, e->framework);
	e->values = framework_leaf_space(cache, e->framework);
	sc_sheet_expand(body, &header, e->values);
	e->scores = framework_score_space(cache, e->framework);
	sc_tree_evaluate(e->framework, e->values, view, e->scores);
}

/* Everything that the row functions say about the nodes beside their scores. */
typedef struct Details
{
	bool		has_contributions;
	double	   *contributions;
	double		remainder;
	sc_node_coverage *coverage;
	double	   *weight_before;	/* shares of the whole before and after re-weighting */
	double	   *weight_after;
} Details;

/* Of an evaluation as observed, in the current memory context. */
extern void evaluation_details(const Evaluation *e, Details *d);

#endif
