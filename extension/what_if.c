/*
 * what_if.c
 *		The sheet as it might be: other values, expected ones, another leaf set.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "compat.h"
#include "arguments.h"
#include "core/span.h"
#include "framework_argument.h"
#include "report.h"
#include "sheet_argument.h"

/* Arguments 0 and 1: framework and sheet; the sheet's values in work space, to be changed. */
static double *
open_sheet(FunctionCallInfo fcinfo, const sc_framework **framework, sc_sheet_header *header)
{
	FrameworkCache *cache = framework_cache(fcinfo);
	const char *body;
	double	   *values;

	*framework = framework_of_datum(cache, PG_GETARG_DATUM(0));
	body = sheet_of_datum(PG_GETARG_DATUM(1), header);
	sheet_check_leaf_set(header, *framework);
	values = framework_leaf_space(cache, *framework);
	sc_sheet_expand(body, header, values);
	return values;
}

static Datum
closed_sheet(sc_sheet_header *header, const double *values)
{
	header->stored = sc_sheet_count(values, header->leaf_count);
	return PointerGetDatum(sheet_packed(header, values));
}

SCORECARD_FUNCTION(scorecard_with_value);
Datum
scorecard_with_value(PG_FUNCTION_ARGS)
{
	const sc_framework *framework;
	sc_sheet_header header;
	double	   *values;
	text	   *code;
	int			leaf;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	values = open_sheet(fcinfo, &framework, &header);
	code = PG_GETARG_TEXT_PP(2);
	leaf = sheet_leaf_of_code(framework, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
	if (PG_ARGISNULL(3))
		values[leaf] = sc_missing_value();
	else if (!isfinite(PG_GETARG_FLOAT8(3)))
		report_not_finite(psprintf("the value of \"%s\"",
								   quotable(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code))));
	else
		values[leaf] = PG_GETARG_FLOAT8(3) == 0 ? 0 : PG_GETARG_FLOAT8(3);
	return closed_sheet(&header, values);
}

SCORECARD_FUNCTION(scorecard_with_not_applicable);
Datum
scorecard_with_not_applicable(PG_FUNCTION_ARGS)
{
	const sc_framework *framework;
	sc_sheet_header header;
	double	   *values = open_sheet(fcinfo, &framework, &header);
	Datum	   *codes;
	bool	   *nulls;
	int			count;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(2), TEXTOID, -1, false, TYPALIGN_INT, &codes, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		text	   *code;

		if (nulls[i])
			continue;
		code = DatumGetTextPP(codes[i]);
		values[sheet_leaf_of_code(framework, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code))] =
			sc_not_applicable_value();
	}
	return closed_sheet(&header, values);
}

/* The value that keeps a target leaf on its path; false if there is none. */
static bool
expected_value(const sc_framework *framework, const sc_node *node, sc_date as_of, double *expected)
{
	sc_path		path;
	sc_target	target;

	if (!sc_path_unpack((const char *) framework + node->target_offset, node->target_size, &path))
		report_corrupted("index_framework");
	if (path.role == SC_LEVEL)
		return sc_path_expected(&path, as_of, expected);
	sc_path_target(&path, sc_path_find_due(&path, node->due), &target);
	return sc_span_expected(&path, &target, as_of, expected);
}

SCORECARD_FUNCTION(scorecard_expected_sheet);
Datum
scorecard_expected_sheet(PG_FUNCTION_ARGS)
{
	FrameworkCache *cache = framework_cache(fcinfo);
	const sc_framework *framework = framework_of_datum(cache, PG_GETARG_DATUM(0));
	sc_date		as_of = date_argument(PG_GETARG_DATUM(1), "as_of");
	sc_sheet_header header;
	const char *body = sheet_of_datum(PG_GETARG_DATUM(2), &header);
	double	   *values;

	sheet_check_leaf_set(&header, framework);
	values = framework_leaf_space(cache, framework);
	sc_sheet_expand(body, &header, values);
	for (int leaf = 0; leaf < framework->leaf_count; leaf++)
	{
		const sc_node *node = &sc_framework_nodes(framework)[sc_framework_leaf_node(framework, leaf)];
		double		expected;

		if (node->rule != SC_TARGET || !node->applicable || isnan(values[leaf]))
			continue;
		if (expected_value(framework, node, as_of, &expected))
			values[leaf] = expected == 0 ? 0 : expected;
		else
			values[leaf] = sc_missing_value();
	}
	return closed_sheet(&header, values);
}

SCORECARD_FUNCTION(scorecard_sheet_in_common);
Datum
scorecard_sheet_in_common(PG_FUNCTION_ARGS)
{
	sc_sheet_header header;
	sc_sheet_header other;
	const char *body = sheet_of_datum(PG_GETARG_DATUM(0), &header);
	const char *other_body = sheet_of_datum(PG_GETARG_DATUM(1), &other);
	double	   *values;
	double	   *others;

	if (header.leaf_count != other.leaf_count ||
		memcmp(header.leaf_set, other.leaf_set, SC_FINGERPRINT_SIZE) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("sheets of different leaf sets have no leaves in common"),
				 errhint("realign(sheet, from_framework, to_framework) carries a sheet to another leaf set.")));
	values = palloc(sizeof(double) * header.leaf_count);
	others = palloc(sizeof(double) * header.leaf_count);
	sc_sheet_expand(body, &header, values);
	sc_sheet_expand(other_body, &other, others);
	for (int leaf = 0; leaf < header.leaf_count; leaf++)
		if (isnan(others[leaf]) && !isnan(values[leaf]))
			values[leaf] = sc_missing_value();
	return closed_sheet(&header, values);
}

SCORECARD_FUNCTION(scorecard_realign);
Datum
scorecard_realign(PG_FUNCTION_ARGS)
{
	FrameworkCache *cache = framework_cache(fcinfo);
	const sc_framework *from = framework_of_datum(cache, PG_GETARG_DATUM(1));
	const sc_framework *to = framework_of_datum(cache, PG_GETARG_DATUM(2));
	bool		drop_observed = PG_GETARG_BOOL(3);
	sc_sheet_header header;
	const char *body = sheet_of_datum(PG_GETARG_DATUM(0), &header);
	double	   *old_values;
	double	   *values;

	sheet_check_leaf_set(&header, from);
	old_values = palloc(sizeof(double) * from->leaf_count);
	values = palloc(sizeof(double) * to->leaf_count);
	sc_sheet_expand(body, &header, old_values);
	for (int leaf = 0; leaf < to->leaf_count; leaf++)
		values[leaf] = sc_missing_value();
	for (int old_leaf = 0; old_leaf < from->leaf_count; old_leaf++)
	{
		const sc_node *node = &sc_framework_nodes(from)[sc_framework_leaf_node(from, old_leaf)];
		const char *code = sc_node_code(from, node);
		int			leaf = sc_framework_find_leaf(to, code, node->code_length);

		if (leaf >= 0)
			values[leaf] = old_values[old_leaf];
		else if (!isnan(old_values[old_leaf]) && !drop_observed)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("leaf \"%s\" has a value and no place in the new leaf set",
							quotable(code, node->code_length)),
					 errhint("Say drop_observed => true to leave such values out.")));
	}
	header.leaf_count = to->leaf_count;
	memcpy(header.leaf_set, to->leaf_set, SC_FINGERPRINT_SIZE);
	return closed_sheet(&header, values);
}
