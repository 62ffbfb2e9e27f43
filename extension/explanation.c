/*
 * explanation.c
 *		Where an index comes from and what moved it.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "arguments.h"
#include "core/change.h"
#include "core/number.h"
#include "evaluation.h"
#include "report.h"

/* ----------------------------------------------------------- contributions */

/* Columns of contribution_result; new ones are appended. */
SCORECARD_FUNCTION(scorecard_index_contributions);
Datum
scorecard_index_contributions(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Evaluation	e;
	Details		d;
	Datum		values[6];

	InitMaterializedSRF(fcinfo, 0);
	evaluate(fcinfo, SC_AS_OBSERVED, &e);
	evaluation_details(&e, &d);
	for (int leaf = 0; leaf < e.framework->leaf_count; leaf++)
	{
		int			i = sc_framework_leaf_node(e.framework, leaf);
		bool		scored = e.scores[i].reason == SC_NO_REASON;
		bool		nulls[6] = {false};

		values[0] = node_code_datum(e.framework, &e.nodes[i]);
		nulls[1] = isnan(e.values[leaf]);
		values[1] = Float8GetDatum(nulls[1] ? 0 : e.values[leaf]);
		nulls[2] = !scored;
		values[2] = Float8GetDatum(e.scores[i].score);
		nulls[3] = !scored || !d.has_contributions;
		values[3] = Float8GetDatum(nulls[3] ? 0 : d.contributions[i]);
		values[4] = Float8GetDatum(d.weight_before[i]);
		nulls[5] = !d.has_contributions;
		values[5] = Float8GetDatum(d.weight_after[i]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	if (d.has_contributions && d.remainder != 0)
	{
		bool		nulls[6] = {true, true, true, false, true, true};

		values[3] = Float8GetDatum(d.remainder);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ------------------------------------------------------------------ change */

/* Why a leaf's part of the index changed; NULL if it did not. */
static const char *
cause_of_change(double before, double after)
{
	if (!sc_leaf_differs(before, after))
		return NULL;
	if (sc_value_is_not_applicable(after))
		return "no_longer_applicable";
	if (sc_value_is_not_applicable(before))
		return "became_applicable";
	if (isnan(after))
		return "disappeared";
	return isnan(before) ? "appeared" : "value";
}

/* One of the two sheets of a change, with scores and contributions by node. */
typedef struct Side
{
	double	   *values;
	sc_node_score *scores;
	double	   *contributions;
	bool		has_contributions;
} Side;

static void
evaluate_side(const sc_framework *framework, Datum sheet, Side *side)
{
	sc_sheet_header header;
	const char *body = sheet_of_datum(sheet, &header);
	double	   *slopes = palloc(sizeof(double) * framework->node_count);
	double		remainder;

	sheet_check_leaf_set(&header, framework);
	side->values = palloc(sizeof(double) * framework->leaf_count);
	side->scores = palloc(sizeof(sc_node_score) * framework->node_count);
	side->contributions = palloc(sizeof(double) * framework->node_count);
	sc_sheet_expand(body, &header, side->values);
	sc_tree_evaluate(framework, side->values, SC_AS_OBSERVED, side->scores);
	side->has_contributions = sc_tree_contributions(framework, side->scores, slopes,
													side->contributions, &remainder);
}

/* Value, score and contribution of a leaf on one side, each in every second column from `column` on. */
static void
side_columns(const Side *side, int leaf, int node, int column, Datum *values, bool *nulls)
{
	bool		scored = side->scores[node].reason == SC_NO_REASON;

	nulls[column] = isnan(side->values[leaf]);
	values[column] = Float8GetDatum(nulls[column] ? 0 : side->values[leaf]);
	nulls[column + 2] = !scored;
	values[column + 2] = Float8GetDatum(side->scores[node].score);
	nulls[column + 4] = !scored || !side->has_contributions;
	values[column + 4] = Float8GetDatum(nulls[column + 4] ? 0 : side->contributions[node]);
}

/* Columns of index_change_result; new ones are appended. */
SCORECARD_FUNCTION(scorecard_index_change);
Datum
scorecard_index_change(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const sc_framework *framework;
	Side		before,
				after;
	sc_change	c;
	bool		comparable;

	InitMaterializedSRF(fcinfo, 0);
	framework = framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0));
	evaluate_side(framework, PG_GETARG_DATUM(1), &before);
	evaluate_side(framework, PG_GETARG_DATUM(2), &after);
	c = (sc_change) {
		.framework = framework, .before = before.values, .after = after.values,
		.values = palloc(sizeof(double) * framework->leaf_count),
		.scores = palloc(sizeof(sc_node_score) * framework->node_count),
		.change = palloc(sizeof(double) * framework->leaf_count)
	};
	comparable = sc_change_begin(&c);
	while (comparable && sc_change_step(&c))
		CHECK_FOR_INTERRUPTS();
	for (int leaf = 0; leaf < framework->leaf_count; leaf++)
	{
		int			node = sc_framework_leaf_node(framework, leaf);
		const char *cause = cause_of_change(before.values[leaf], after.values[leaf]);
		Datum		values[9];
		bool		nulls[9] = {false};

		values[0] = node_code_datum(framework, &sc_framework_nodes(framework)[node]);
		side_columns(&before, leaf, node, 1, values, nulls);
		side_columns(&after, leaf, node, 2, values, nulls);
		nulls[7] = !comparable;
		values[7] = Float8GetDatum(comparable ? c.change[leaf] : 0);
		nulls[8] = cause == NULL;
		values[8] = cause == NULL ? (Datum) 0 : CStringGetTextDatum(cause);
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
json_numbers(StringInfo out, const char *key, const double *numbers, int count)
{
	char		text[SC_NUMBER_TEXT_SIZE];

	json_key(out, key);
	for (int i = 0; i < count; i++)
	{
		sc_number_print(numbers[i], text);
		appendStringInfo(out, "%s%s", i == 0 ? "[" : ", ", text);
	}
	appendStringInfoChar(out, ']');
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
	json_key(out, "applicable");
	appendStringInfoString(out, sc_not_applicable(&e->scores[sc_framework_leaf_node(e->framework, node->leaf)]) ?
						   "false" : "true");
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
	if (node->rule == SC_STEPS)
	{
		const double *thresholds = sc_node_thresholds(e->framework, node);

		json_numbers(out, "thresholds", thresholds, (int) node->table_size);
		json_numbers(out, "points", thresholds + node->table_size, (int) node->table_size + 1);
	}
	if (node->rule == SC_Z_SCORE)
	{
		json_number(out, "mean", node->worst);
		json_number(out, "sd", node->best);
		json_text(out, "direction", (node->said & SC_SAID_DOWN) ? "down" : "up");
		json_number(out, "score_mean", node->parameter[0]);
		json_number(out, "score_sd", node->parameter[1]);
	}
	if (node->said & SC_SAID_LOWEST)
		json_number(out, "lowest", node->lowest);
	if (node->said & SC_SAID_HIGHEST)
		json_number(out, "highest", node->highest);
}

static void
explain_parent(StringInfo out, const sc_node *node)
{
	json_text(out, "aggregation", sc_aggregation_word(node->aggregation));
	if (node->aggregation == SC_POWER_MEAN)
		json_number(out, "power", node->parameter[0]);
	if (node->aggregation == SC_WORST_MEAN)
		json_number(out, "count", node->parameter[0]);
	if (node->aggregation == SC_MPI_MINUS || node->aggregation == SC_MPI_PLUS)
		json_text(out, "deviation", (node->said & SC_SAID_SAMPLE) ? "sample" : "population");
	json_text(out, "missing", sc_missing_word(node->missing));
	json_number(out, "min_coverage", node->min_coverage);
	json_text(out, "coverage_by", (node->said & SC_SAID_COVERAGE_BY_WEIGHT) ? "weight" : "count");
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
		explain_parent(out, node);
	if (node->said & SC_SAID_ADDED)
	{
		json_key(out, "added");
		appendStringInfoString(out, "true");
	}
	if (node->said & SC_SAID_BONUS)
		json_number(out, "bonus", node->bonus);
	if (node->said & SC_SAID_FLOOR)
		json_number(out, "floor", node->floor);
	if (node->said & SC_SAID_CAP)
		json_number(out, "cap", node->cap);
	json_number(out, "raw", score->raw);
	json_number(out, "score", scored ? score->score : NAN);
	if (!scored)
		json_text(out, "reason", sc_reason_word(score->reason));
	json_number(out, "weight", node->weight);
	json_number(out, "effective_weight", d->weight_before[i]);
	json_number(out, "effective_weight_after", d->has_contributions ? d->weight_after[i] : NAN);
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
	evaluation_details(&e, &d);
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

/* ---------------------------------------------------------- readable text */

/* A number as people read it: six significant digits. */
static const char *
plain(double number)
{
	return psprintf("%.6g", number);
}

static void
tell_target(StringInfo out, const Evaluation *e, const sc_node *node, const sc_node_score *score)
{
	sc_path		path;
	char		due[SC_DATE_TEXT_SIZE];

	if (!sc_path_unpack((const char *) e->framework + node->target_offset, node->target_size, &path))
		report_corrupted("index_framework");
	sc_date_print_short(node->due, due);
	if (!node->applicable)
	{
		appendStringInfo(out, ", target %s, no target at %s", target_path_text(&path), due);
		return;
	}
	appendStringInfo(out, ", target %s, due %s, %s", target_path_text(&path), due,
					 score->met ? "met" : "not met");
	if (!score->met && isfinite(score->raw))
		appendStringInfo(out, ": %s %s", sc_leaf_measure_word(node->target.measure), plain(score->raw));
}

/* How a leaf came to its score. */
static void
tell_leaf(StringInfo out, const Evaluation *e, const sc_node *node, const sc_node_score *score)
{
	double		value = e->values[node->leaf];

	if (isnan(value))
		return;
	appendStringInfo(out, ": value %s", plain(value));
	switch (node->rule)
	{
		case SC_GOALPOSTS:
			appendStringInfo(out, (node->said & SC_SAID_LOG) ? ", 100 ln(%s / %s) / ln(%s / %s)" :
							 ", 100 (%s - %s) / (%s - %s)",
							 plain(value), plain(node->worst), plain(node->best), plain(node->worst));
			if (isfinite(score->raw))
				appendStringInfo(out, " = %s", plain(score->raw));
			if (!(node->said & SC_SAID_UNCLAMPED) && (score->raw < 0 || score->raw > 100))
				appendStringInfoString(out, ", clamped");
			break;
		case SC_TARGET:
			tell_target(out, e, node, score);
			break;
		case SC_STEPS:
			appendStringInfo(out, ", %s points in a table of %d thresholds", plain(score->raw), (int) node->table_size);
			break;
		case SC_Z_SCORE:
			appendStringInfo(out, ", %s %c %s (%s - %s) / %s = %s", plain(node->parameter[0]),
							 (node->said & SC_SAID_DOWN) ? '-' : '+', plain(node->parameter[1]),
							 plain(value), plain(node->worst), plain(node->best), plain(score->raw));
			break;
		default:
			break;
	}
	if (node->said & (SC_SAID_LOWEST | SC_SAID_HIGHEST))
		appendStringInfo(out, ", on a scale from %s to %s", plain(node->lowest), plain(node->highest));
}

/* How the children of a node came together. */
static void
tell_parent(StringInfo out, const Evaluation *e, int i)
{
	const sc_node *node = &e->nodes[i];
	sc_tally	t;

	sc_tally_children(e->nodes, e->scores, i, &t);
	appendStringInfo(out, ": %s", sc_aggregation_word(node->aggregation));
	if (node->aggregation == SC_POWER_MEAN || node->aggregation == SC_WORST_MEAN)
		appendStringInfo(out, " (%s %s)", node->aggregation == SC_POWER_MEAN ? "power" : "count", plain(node->parameter[0]));
	if (node->said & SC_SAID_SAMPLE)
		appendStringInfoString(out, " of a sample");
	appendStringInfo(out, " of %d of %d", t.present, t.applicable);
	if (t.present < t.applicable)
		appendStringInfo(out, ", missing: %s", sc_missing_word(node->missing));
	if (isfinite(e->scores[i].raw) && e->scores[i].raw != e->scores[i].score)
		appendStringInfo(out, ", raw %s", plain(e->scores[i].raw));
}

/* What stands between the aggregate or measure and the score. */
static void
tell_limits(StringInfo out, const sc_node *node)
{
	if (node->said & SC_SAID_BONUS)
		appendStringInfo(out, ", bonus %s", plain(node->bonus));
	if (node->said & SC_SAID_FLOOR)
		appendStringInfo(out, ", floor %s", plain(node->floor));
	if (node->said & SC_SAID_CAP)
		appendStringInfo(out, ", cap %s", plain(node->cap));
	if (node->min_coverage > 0)
		appendStringInfo(out, ", min_coverage %s by %s", plain(node->min_coverage),
						 (node->said & SC_SAID_COVERAGE_BY_WEIGHT) ? "weight" : "count");
}

static void
tell_node(StringInfo out, const Evaluation *e, const Details *d, int i)
{
	const sc_node *node = &e->nodes[i];
	const sc_node_score *score = &e->scores[i];
	bool		scored = score->reason == SC_NO_REASON;

	appendStringInfo(out, "%*s%.*s ", 2 * node->depth, "",
					 (int) node->code_length, sc_node_code(e->framework, node));
	if (scored)
		appendStringInfoString(out, plain(score->score));
	else
		appendStringInfo(out, "no score (%s)", sc_reason_word(score->reason));
	if (node->leaf >= 0)
		tell_leaf(out, e, node, score);
	else
		tell_parent(out, e, i);
	tell_limits(out, node);
	if (node->parent < 0)
		appendStringInfo(out, "; coverage %s", plain(d->coverage[i].defined ? d->coverage[i].by_count : 0));
	else if (node->said & SC_SAID_ADDED)
		appendStringInfo(out, "; added, times %s", plain(node->weight));
	else
	{
		appendStringInfo(out, "; weight %s, %s of the whole", plain(node->weight), plain(d->weight_before[i]));
		if (d->has_contributions && d->weight_after[i] != d->weight_before[i])
			appendStringInfo(out, ", %s after re-weighting", plain(d->weight_after[i]));
	}
	if (scored && d->has_contributions && node->parent >= 0)
		appendStringInfo(out, "; contributes %s", plain(d->contributions[i]));
	appendStringInfoChar(out, '\n');
}

SCORECARD_FUNCTION(scorecard_index_explain_text);
Datum
scorecard_index_explain_text(PG_FUNCTION_ARGS)
{
	Evaluation	e;
	Details		d;
	StringInfoData out;

	evaluate(fcinfo, SC_AS_OBSERVED, &e);
	evaluation_details(&e, &d);
	initStringInfo(&out);
	for (int i = 0; i < e.framework->node_count; i++)
		tell_node(&out, &e, &d, i);
	if (d.has_contributions && d.remainder != 0)
		appendStringInfo(&out, "floors, caps, bonus points and the like contribute %s\n", plain(d.remainder));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(out.data, out.len));
}
