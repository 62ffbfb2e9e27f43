/*
 * method_change.c
 *		The method as it might be: frameworks made from frameworks, and checked.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "arguments.h"
#include "framework_argument.h"
#include "report.h"

/* ---------------------------------------------------------------- changes */

/* Argument 0 as the list of nodes its author wrote. */
static sc_node_spec *
open_framework(FunctionCallInfo fcinfo, const sc_framework **framework)
{
	sc_node_spec *specs;

	*framework = framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0));
	specs = palloc(sizeof(sc_node_spec) * (*framework)->node_count);
	for (int i = 0; i < (*framework)->node_count; i++)
		sc_framework_spec(*framework, i, &specs[i]);
	return specs;
}

SCORECARD_FUNCTION(scorecard_with_due);
Datum
scorecard_with_due(PG_FUNCTION_ARGS)
{
	sc_date		due = date_argument(PG_GETARG_DATUM(1), "due");
	const sc_framework *framework;
	sc_node_spec *specs = open_framework(fcinfo, &framework);

	for (int i = 0; i < framework->node_count; i++)
		specs[i].said &= ~SC_SAID_DUE;
	specs[0].said |= SC_SAID_DUE;
	specs[0].due = due;
	PG_RETURN_POINTER(framework_build(specs, framework->node_count, NULL));
}

SCORECARD_FUNCTION(scorecard_with_measure);
Datum
scorecard_with_measure(PG_FUNCTION_ARGS)
{
	text	   *word = PG_GETARG_TEXT_PP(1);
	const sc_framework *framework;
	sc_node_spec *specs = open_framework(fcinfo, &framework);
	sc_leaf_measure measure;

	if (!sc_leaf_measure_from_word(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), &measure))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("measure \"%s\" is not known", quotable(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word))),
				 errhint("Measures: level, distance, met.")));
	for (int i = 0; i < framework->node_count; i++)
		specs[i].said &= ~SC_SAID_MEASURE;
	specs[0].said |= SC_SAID_MEASURE;
	specs[0].measure = measure;
	PG_RETURN_POINTER(framework_build(specs, framework->node_count, NULL));
}

/* Two arrays of one length: codes, and what the nodes are to have. */
typedef struct Assignments
{
	int			count;
	Datum	   *codes;
	bool	   *code_nulls;
	Datum	   *values;
	bool	   *value_nulls;
} Assignments;

static void
open_assignments(FunctionCallInfo fcinfo, Oid type, const char *what, Assignments *a)
{
	ArrayType  *codes = PG_GETARG_ARRAYTYPE_P(1);
	ArrayType  *values = PG_GETARG_ARRAYTYPE_P(2);
	int			values_count;

	deconstruct_array(codes, TEXTOID, -1, false, TYPALIGN_INT, &a->codes, &a->code_nulls, &a->count);
	if (type == FLOAT8OID)
		deconstruct_array(values, FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
						  &a->values, &a->value_nulls, &values_count);
	else
		deconstruct_array(values, type, -1, false, TYPALIGN_INT, &a->values, &a->value_nulls, &values_count);
	if (a->count != values_count)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("codes and %s must be arrays of the same length", what)));
}

/* The node that element n names, and that none before has named. */
static int
assigned_node(const sc_framework *framework, const Assignments *a, int n, bool *assigned)
{
	text	   *code;
	int			i;

	if (a->code_nulls[n])
		report_null("a code");
	code = DatumGetTextPP(a->codes[n]);
	i = sc_framework_find_node(framework, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (i < 0)
		report_unknown_node(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (assigned[i])
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("code \"%s\" is listed twice", quotable(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)))));
	assigned[i] = true;
	return i;
}

SCORECARD_FUNCTION(scorecard_with_weights);
Datum
scorecard_with_weights(PG_FUNCTION_ARGS)
{
	const sc_framework *framework;
	sc_node_spec *specs = open_framework(fcinfo, &framework);
	bool	   *assigned = palloc0(sizeof(bool) * framework->node_count);
	Assignments a;

	open_assignments(fcinfo, FLOAT8OID, "weights", &a);
	for (int n = 0; n < a.count; n++)
	{
		sc_node_spec *spec = &specs[assigned_node(framework, &a, n, assigned)];

		if (a.value_nulls[n])
			report_null(psprintf("the weight of node \"%s\"", quotable(spec->code, spec->code_length)));
		spec->said |= SC_SAID_WEIGHT;
		spec->weight = DatumGetFloat8(a.values[n]);
	}
	PG_RETURN_POINTER(framework_build(specs, framework->node_count, NULL));
}

SCORECARD_FUNCTION(scorecard_with_targets);
Datum
scorecard_with_targets(PG_FUNCTION_ARGS)
{
	const sc_framework *framework;
	sc_node_spec *specs = open_framework(fcinfo, &framework);
	bool	   *assigned = palloc0(sizeof(bool) * framework->node_count);
	Assignments a;

	open_assignments(fcinfo, ARR_ELEMTYPE(PG_GETARG_ARRAYTYPE_P(2)), "paths", &a);
	for (int n = 0; n < a.count; n++)
	{
		sc_node_spec *spec = &specs[assigned_node(framework, &a, n, assigned)];
		struct varlena *path;

		if (a.value_nulls[n])
			continue;
		if (!(spec->said & SC_SAID_TARGET))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("node \"%s\" is no target leaf", quotable(spec->code, spec->code_length))));
		path = PG_DETOAST_DATUM(a.values[n]);
		spec->target = VARDATA(path);
		spec->target_size = VARSIZE(path) - VARHDRSZ;
	}
	PG_RETURN_POINTER(framework_build(specs, framework->node_count, NULL));
}

SCORECARD_FUNCTION(scorecard_without);
Datum
scorecard_without(PG_FUNCTION_ARGS)
{
	text	   *code = PG_GETARG_TEXT_PP(1);
	const sc_framework *framework;
	sc_node_spec *specs = open_framework(fcinfo, &framework);
	const sc_node *nodes = sc_framework_nodes(framework);
	int			i = sc_framework_find_node(framework, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	int			parent;

	if (i < 0)
		report_unknown_node(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (i == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nothing would be left without the root \"%s\"",
						quotable(specs[0].code, specs[0].code_length))));
	parent = nodes[i].parent;
	if (nodes[parent].subtree == 1 + nodes[i].subtree)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("node \"%s\" would have no child without \"%s\"",
						quotable(specs[parent].code, specs[parent].code_length),
						quotable(specs[i].code, specs[i].code_length)),
				 errhint("Leave out \"%s\" itself.", quotable(specs[parent].code, specs[parent].code_length))));
	memmove(specs + i, specs + i + nodes[i].subtree,
			sizeof(sc_node_spec) * (framework->node_count - i - nodes[i].subtree));
	PG_RETURN_POINTER(framework_build(specs, framework->node_count - nodes[i].subtree, NULL));
}

/* ----------------------------------------------------------------- checking */

/* Where check_framework puts its rows. */
typedef struct FaultRows
{
	FaultList	list;
	ReturnSetInfo *rsinfo;
	int			count;
} FaultRows;

/* Columns of framework_fault_result; new ones are appended. */
static void
put_fault(FaultRows *rows, const char *code, size_t code_length,
		  const char *sqlstate, const char *message, const char *hint)
{
	Datum		values[4];
	bool		nulls[4] = {false};

	nulls[0] = code_length == 0;
	values[0] = nulls[0] ? (Datum) 0 : PointerGetDatum(cstring_to_text_with_len(code, (int) code_length));
	values[1] = CStringGetTextDatum(sqlstate);
	values[2] = CStringGetTextDatum(message);
	nulls[3] = hint == NULL;
	values[3] = nulls[3] ? (Datum) 0 : CStringGetTextDatum(hint);
	tuplestore_putvalues(rows->rsinfo->setResult, rows->rsinfo->setDesc, values, nulls);
	rows->count++;
}

/* A fault found while reading. */
static void
add_fault(FaultList *list, const char *sqlstate, const char *message, const char *hint)
{
	put_fault((FaultRows *) list, list->code, list->code_length, sqlstate, message, hint);
}

/* A fault found by the core: the reading side writes its sentence. */
static void
report_core_fault(void *context, const sc_node_spec *node, const sc_error *error)
{
	FaultRows  *rows = context;

	rows->list.code_length = node == NULL ? 0 : node->code_length;
	rows->list.code = node == NULL ? NULL : node->code;
	report_error((Node *) &rows->list, error, NULL);
}

SCORECARD_FUNCTION(scorecard_check_framework);
Datum
scorecard_check_framework(PG_FUNCTION_ARGS)
{
	FaultRows	rows = {.list = {.type = T_Invalid, .add = add_fault}};
	sc_error	error;
	sc_faults	faults = {.error = &error, .report = report_core_fault, .context = &rows};
	sc_framework_plan plan;
	sc_node_spec *specs;
	int			count;
	void	   *work;

	InitMaterializedSRF(fcinfo, 0);
	rows.rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	if (!framework_specs_from_json(&PG_GETARG_JSONB_P(0)->root, &specs, &count, (Node *) &rows.list))
		return (Datum) 0;
	work = palloc(SC_FRAMEWORK_WORK_SIZE(Max(count, 1)));
	if (sc_framework_plan_make(specs, count, work, &plan, &faults))
	{
		char	   *framework = plan.size <= MaxAllocSize ? palloc0(plan.size) : NULL;

		/* only what has no other fault can be printed, to see how long it is */
		if (framework == NULL ||
			(sc_framework_write(&plan, framework, &faults) && rows.count == 0 &&
			 strlen(framework_text((sc_framework *) framework)) > SC_FRAMEWORK_MAX_TEXT))
		{
			(void) sc_fail(&error, SC_FRAMEWORK_TOO_LARGE, -1, "1048576", NULL);
			report_core_fault(&rows, NULL, &error);
		}
	}
	else if (count > 0 && count <= SC_FRAMEWORK_MAX_NODES)
		sc_framework_check_nodes(specs, count, work, &faults);
	return (Datum) 0;
}
