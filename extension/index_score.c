/*
 * index_score.c
 *		What a framework makes of a sheet: scores, contributions, bounds, explanation.
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
#include "framework_argument.h"
#include "report.h"
#include "sheet_argument.h"

/* Arguments 0 and 1 of every function here: framework and sheet, as the core takes them. */
typedef struct Evaluation
{
	const sc_framework *framework;
	const sc_node *nodes;
	double	   *values;			/* by leaf ordinal */
	sc_node_score *scores;		/* by node */
} Evaluation;

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
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("code \"%s\" is no node of the framework",
						quotable(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code))),
				 errhint("The codes: SELECT code FROM nodes(framework).")));
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

/* Everything that the row functions say about the nodes beside their scores. */
typedef struct Details
{
	bool		has_contributions;
	double	   *contributions;
	double		remainder;
	sc_node_coverage *coverage;
} Details;

static void
work_out(const Evaluation *e, Details *d)
{
	int			count = e->framework->node_count;
	double	   *slopes = palloc(sizeof(double) * count);

	d->contributions = palloc(sizeof(double) * count);
	d->coverage = palloc(sizeof(sc_node_coverage) * count);
	d->has_contributions = sc_tree_contributions(e->framework, e->scores, slopes,
												 d->contributions, &d->remainder);
	sc_tree_coverage(e->framework, e->values, d->coverage);
	pfree(slopes);
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
	work_out(&e, &d);
	for (int i = 0; i < e.framework->node_count; i++)
	{
		const sc_node *node = &e.nodes[i];
		const sc_node_score *score = &e.scores[i];
		bool		is_leaf = node->leaf >= 0;
		Datum		values[13];
		bool		nulls[13] = {false};

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
		values[8] = Float8GetDatum(node->effective_weight);
		nulls[9] = !d.has_contributions || nulls[5];
		values[9] = Float8GetDatum(nulls[9] ? 0 : d.contributions[i]);
		nulls[10] = nulls[11] = !d.coverage[i].defined;
		values[10] = Float8GetDatum(d.coverage[i].by_count);
		values[11] = Float8GetDatum(d.coverage[i].by_weight);
		nulls[12] = score->reason == SC_NO_REASON;
		values[12] = nulls[12] ? (Datum) 0 : CStringGetTextDatum(sc_reason_word(score->reason));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ----------------------------------------------------------- contributions */

/* Columns of contribution_result; new ones are appended. */
SCORECARD_FUNCTION(scorecard_index_contributions);
Datum
scorecard_index_contributions(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Evaluation	e;
	Details		d;
	Datum		values[4];

	InitMaterializedSRF(fcinfo, 0);
	evaluate(fcinfo, SC_AS_OBSERVED, &e);
	work_out(&e, &d);
	for (int leaf = 0; leaf < e.framework->leaf_count; leaf++)
	{
		int			i = sc_framework_leaf_node(e.framework, leaf);
		bool		scored = e.scores[i].reason == SC_NO_REASON;
		bool		nulls[4] = {false};

		values[0] = node_code_datum(e.framework, &e.nodes[i]);
		nulls[1] = isnan(e.values[leaf]);
		values[1] = Float8GetDatum(nulls[1] ? 0 : e.values[leaf]);
		nulls[2] = !scored;
		values[2] = Float8GetDatum(e.scores[i].score);
		nulls[3] = !scored || !d.has_contributions;
		values[3] = Float8GetDatum(nulls[3] ? 0 : d.contributions[i]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	if (d.has_contributions && d.remainder != 0)
	{
		bool		nulls[4] = {true, true, true, false};

		values[3] = Float8GetDatum(d.remainder);
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

/* ---------------------------------------------------------- sheet and values */

SCORECARD_FUNCTION(scorecard_with_value);
Datum
scorecard_with_value(PG_FUNCTION_ARGS)
{
	FrameworkCache *cache = framework_cache(fcinfo);
	const sc_framework *framework;
	sc_sheet_header header;
	const char *body;
	double	   *values;
	text	   *code;
	int			leaf;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	framework = framework_of_datum(cache, PG_GETARG_DATUM(0));
	body = sheet_of_datum(PG_GETARG_DATUM(1), &header);
	sheet_check_leaf_set(&header, framework);
	values = framework_leaf_space(cache, framework);
	sc_sheet_expand(body, &header, values);
	code = PG_GETARG_TEXT_PP(2);
	leaf = sheet_leaf_of_code(framework, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (PG_ARGISNULL(3))
		values[leaf] = sc_missing_value();
	else if (!isfinite(PG_GETARG_FLOAT8(3)))
		report_not_finite(psprintf("the value of \"%s\"",
								   quotable(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code))));
	else
		values[leaf] = PG_GETARG_FLOAT8(3) == 0 ? 0 : PG_GETARG_FLOAT8(3);
	header.observed = sc_sheet_count(values, header.leaf_count);
	PG_RETURN_POINTER(sheet_packed(&header, values));
}

SCORECARD_FUNCTION(scorecard_sheet_values);
Datum
scorecard_sheet_values(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	FrameworkCache *cache = framework_cache(fcinfo);
	const sc_framework *framework;
	sc_sheet_header header;
	const char *body;
	double	   *dense;

	InitMaterializedSRF(fcinfo, 0);
	framework = framework_of_datum(cache, PG_GETARG_DATUM(0));
	body = sheet_of_datum(PG_GETARG_DATUM(1), &header);
	sheet_check_leaf_set(&header, framework);
	dense = framework_leaf_space(cache, framework);
	sc_sheet_expand(body, &header, dense);
	for (int leaf = 0; leaf < framework->leaf_count; leaf++)
	{
		Datum		values[2];
		bool		nulls[2] = {false};

		values[0] = node_code_datum(framework, &sc_framework_nodes(framework)[sc_framework_leaf_node(framework, leaf)]);
		nulls[1] = isnan(dense[leaf]);
		values[1] = Float8GetDatum(nulls[1] ? 0 : dense[leaf]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ------------------------------------------------------------- explanation */

static void
json_key(StringInfo out, const char *key)
{
	if (out->data[out->len - 1] != '{')
		appendStringInfoString(out, ", ");
	escape_json(out, key);
	appendStringInfoString(out, ": ");
}

static void
json_number(StringInfo out, const char *key, double number)
{
	char		text[SC_NUMBER_TEXT_SIZE];

	json_key(out, key);
	if (!isfinite(number))
	{
		appendStringInfoString(out, "null");
		return;
	}
	sc_number_print(number, text);
	appendStringInfoString(out, text);
}

static void
json_text(StringInfo out, const char *key, const char *value)
{
	json_key(out, key);
	escape_json(out, value);
}

static void
json_code(StringInfo out, const char *key, const sc_framework *framework, const sc_node *node)
{
	json_text(out, key, pnstrdup(sc_node_code(framework, node), node->code_length));
}

static void
explain_target(StringInfo out, const Evaluation *e, const sc_node *node)
{
	sc_path		path;
	char		due[SC_DATE_TEXT_SIZE];

	if (!sc_path_unpack((const char *) e->framework + node->target_offset, node->target_size, &path))
		report_corrupted("index_framework");
	json_text(out, "target", target_path_text(&path));
	json_text(out, "measure", sc_leaf_measure_word(node->target.measure));
	if (!node->applicable)
		return;
	sc_date_print_short(node->due, due);
	json_text(out, "due", due);
	json_number(out, "bound_low", node->target.band.low);
	json_number(out, "bound_high", node->target.band.high);
	if (node->target.measure == SC_MEASURE_DISTANCE)
		json_number(out, "baseline", node->target.baseline);
}

static void
explain_leaf(StringInfo out, const Evaluation *e, const sc_node *node)
{
	json_number(out, "value", e->values[node->leaf]);
	json_text(out, "rule", sc_rule_word(node->rule));
	if (node->rule == SC_GOALPOSTS)
	{
		json_number(out, "worst", node->worst);
		json_number(out, "best", node->best);
		json_text(out, "scale", (node->said & SC_SAID_LOG) ? "log" : "linear");
		json_key(out, "clamp");
		appendStringInfoString(out, (node->said & SC_SAID_UNCLAMPED) ? "false" : "true");
	}
	if (node->rule == SC_TARGET)
		explain_target(out, e, node);
	if (node->said & SC_SAID_LOWEST)
		json_number(out, "lowest", node->lowest);
}

static void
explain_node(StringInfo out, const Evaluation *e, const Details *d, int i)
{
	const sc_node *node = &e->nodes[i];
	const sc_node_score *score = &e->scores[i];
	bool		scored = score->reason == SC_NO_REASON;

	appendStringInfoChar(out, '{');
	json_code(out, "code", e->framework, node);
	if (node->parent >= 0)
		json_code(out, "parent", e->framework, &e->nodes[node->parent]);
	if (node->leaf >= 0)
		explain_leaf(out, e, node);
	else
	{
		json_text(out, "aggregation", sc_aggregation_word(node->aggregation));
		json_text(out, "missing", sc_missing_word(node->missing));
		json_number(out, "min_coverage", node->min_coverage);
		json_text(out, "coverage_by", (node->said & SC_SAID_COVERAGE_BY_WEIGHT) ? "weight" : "count");
	}
	if (node->said & SC_SAID_FLOOR)
		json_number(out, "floor", node->floor);
	if (node->said & SC_SAID_CAP)
		json_number(out, "cap", node->cap);
	json_number(out, "raw", score->raw);
	json_number(out, "score", scored ? score->score : NAN);
	if (!scored)
		json_text(out, "reason", sc_reason_word(score->reason));
	json_number(out, "weight", node->weight);
	json_number(out, "effective_weight", node->effective_weight);
	json_number(out, "contribution", scored && d->has_contributions ? d->contributions[i] : NAN);
	json_number(out, "coverage", d->coverage[i].defined ? d->coverage[i].by_count : NAN);
	json_number(out, "coverage_by_weight", d->coverage[i].defined ? d->coverage[i].by_weight : NAN);
	appendStringInfoChar(out, '}');
}

SCORECARD_FUNCTION(scorecard_index_explain);
Datum
scorecard_index_explain(PG_FUNCTION_ARGS)
{
	Evaluation	e;
	Details		d;
	StringInfoData out;
	bool		scored;

	evaluate(fcinfo, SC_AS_OBSERVED, &e);
	work_out(&e, &d);
	scored = e.scores[0].reason == SC_NO_REASON;
	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	json_text(&out, "scorecard", SCORECARD_VERSION);
	json_text(&out, "framework", fingerprint_text(e.framework->fingerprint));
	json_text(&out, "leaf_set", fingerprint_text(e.framework->leaf_set));
	json_number(&out, "score", scored ? e.scores[0].score : NAN);
	if (!scored)
		json_text(&out, "reason", sc_reason_word(e.scores[0].reason));
	json_number(&out, "coverage", d.coverage[0].defined ? d.coverage[0].by_count : NAN);
	json_number(&out, "coverage_by_weight", d.coverage[0].defined ? d.coverage[0].by_weight : NAN);
	json_number(&out, "remainder", d.has_contributions ? d.remainder : NAN);
	json_key(&out, "nodes");
	appendStringInfoChar(&out, '[');
	for (int i = 0; i < e.framework->node_count; i++)
	{
		if (i > 0)
			appendStringInfoString(&out, ", ");
		explain_node(&out, &e, &d, i);
	}
	appendStringInfoString(&out, "]}");
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(out.data)));
}
