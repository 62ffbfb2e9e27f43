/*
 * index_score.c
 *		What a framework makes of a sheet: scores and bounds.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "arguments.h"
#include "core/number.h"
#include "evaluation.h"
#include "report.h"

/* ------------------------------------------------------------------ scores */

SCORECARD_FUNCTION(scorecard_index_score);
Datum
scorecard_index_score(PG_FUNCTION_ARGS)
{
	Evaluation	e;

	evaluate(fcinfo, SC_AS_OBSERVED, &e);
	if (e.scores[0].reason != SC_NO_REASON)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(e.scores[0].score);
}

SCORECARD_FUNCTION(scorecard_node_score);
Datum
scorecard_node_score(PG_FUNCTION_ARGS)
{
	Evaluation	e;
	text	   *code = PG_GETARG_TEXT_PP(2);
	int			i;

	evaluate(fcinfo, SC_AS_OBSERVED, &e);
	i = sc_framework_find_node(e.framework, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (i < 0)
		report_unknown_node(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (e.scores[i].reason != SC_NO_REASON)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(e.scores[i].score);
}

SCORECARD_FUNCTION(scorecard_node_score_array);
Datum
scorecard_node_score_array(PG_FUNCTION_ARGS)
{
	Evaluation	e;
	Datum	   *values;
	bool	   *nulls;
	int			count;
	int			lower = 1;

	evaluate(fcinfo, SC_AS_OBSERVED, &e);
	count = e.framework->node_count;
	values = palloc(sizeof(Datum) * count);
	nulls = palloc(sizeof(bool) * count);
	for (int i = 0; i < count; i++)
	{
		nulls[i] = e.scores[i].reason != SC_NO_REASON;
		values[i] = Float8GetDatum(e.scores[i].score);
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(values, nulls, 1, &count, &lower,
											 FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* Columns of node_score_result; new ones are appended. */
SCORECARD_FUNCTION(scorecard_node_scores);
Datum
scorecard_node_scores(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Evaluation	e;
	Details		d;

	InitMaterializedSRF(fcinfo, 0);
	evaluate(fcinfo, SC_AS_OBSERVED, &e);
	evaluation_details(&e, &d);
	for (int i = 0; i < e.framework->node_count; i++)
	{
		const sc_node *node = &e.nodes[i];
		const sc_node_score *score = &e.scores[i];
		bool		is_leaf = node->leaf >= 0;
		Datum		values[14];
		bool		nulls[14] = {false};

		values[0] = node_code_datum(e.framework, node);
		nulls[1] = node->parent < 0;
		values[1] = nulls[1] ? (Datum) 0 : node_code_datum(e.framework, &e.nodes[node->parent]);
		values[2] = Int32GetDatum(node->depth);
		values[3] = BoolGetDatum(is_leaf);
		nulls[4] = !is_leaf || isnan(e.values[node->leaf]);
		values[4] = Float8GetDatum(nulls[4] ? 0 : e.values[node->leaf]);
		nulls[5] = score->reason != SC_NO_REASON;
		values[5] = Float8GetDatum(score->score);
		nulls[6] = !isfinite(score->raw);
		values[6] = Float8GetDatum(nulls[6] ? 0 : score->raw);
		values[7] = Float8GetDatum(node->weight);
		values[8] = Float8GetDatum(d.weight_before[i]);
		nulls[9] = !d.has_contributions || nulls[5];
		values[9] = Float8GetDatum(nulls[9] ? 0 : d.contributions[i]);
		nulls[10] = nulls[11] = !d.coverage[i].defined;
		values[10] = Float8GetDatum(d.coverage[i].by_count);
		values[11] = Float8GetDatum(d.coverage[i].by_weight);
		nulls[12] = score->reason == SC_NO_REASON;
		values[12] = nulls[12] ? (Datum) 0 : CStringGetTextDatum(sc_reason_word(score->reason));
		nulls[13] = !d.has_contributions;
		values[13] = Float8GetDatum(d.weight_after[i]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ------------------------------------------------------------------ bounds */

/* Columns of index_bounds_result; new ones are appended. */
SCORECARD_FUNCTION(scorecard_index_bounds);
Datum
scorecard_index_bounds(PG_FUNCTION_ARGS)
{
	Evaluation	e;
	TupleDesc	description;
	sc_node_score low,
				high;
	Datum		values[3];
	bool		nulls[3] = {false};
	sc_reason	reason;

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("index_bounds was called where no row is accepted")));
	evaluate(fcinfo, SC_AT_LOWEST, &e);
	low = e.scores[0];
	sc_tree_evaluate(e.framework, e.values, SC_AT_HIGHEST, e.scores);
	high = e.scores[0];

	reason = low.reason != SC_NO_REASON ? low.reason : high.reason;
	nulls[0] = nulls[1] = reason != SC_NO_REASON;
	values[0] = Float8GetDatum(low.score);
	values[1] = Float8GetDatum(high.score);
	nulls[2] = reason == SC_NO_REASON;
	values[2] = nulls[2] ? (Datum) 0 : CStringGetTextDatum(sc_reason_word(reason));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls)));
}
