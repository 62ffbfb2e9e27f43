/*
 * index_sheet.c
 *		The type index_sheet, its constructors and the aggregate that fills it.
 *
 * The aggregate's state is a dense sheet, changed in place; its final function
 * packs. States of parallel workers are sheets too, so that combining them
 * needs nothing but this type.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "comparison.h"
#include "core/number.h"
#include "framework_argument.h"
#include "report.h"
#include "sheet_argument.h"

/* --------------------------------------------------------- datum and view */

const char *
sheet_of_datum(Datum datum, sc_sheet_header *header)
{
	struct varlena *stored = PG_DETOAST_DATUM_PACKED(datum);

	if (unlikely(!sc_sheet_header_read(VARDATA_ANY(stored), VARSIZE_ANY_EXHDR(stored), header)))
		report_corrupted("index_sheet");
	return VARDATA_ANY(stored);
}

void
sheet_check_leaf_set(const sc_sheet_header *header, const sc_framework *framework)
{
	if (unlikely(memcmp(header->leaf_set, framework->leaf_set, SC_FINGERPRINT_SIZE) != 0 ||
				 header->leaf_count != framework->leaf_count))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the sheet was made under another leaf set than that of the framework"),
				 errhint("Compare leaf_set_fingerprint(framework) with the text of the sheet.")));
}

struct varlena *
sheet_packed(const sc_sheet_header *header, const double *values)
{
	struct varlena *stored = palloc(SC_SHEET_PACKED_SIZE(header->leaf_count, header->stored));
	size_t		size = sc_sheet_pack(header, values, (sc_sheet_header *) stored);

	SET_VARSIZE(stored, size);
	return stored;
}

/* A new dense sheet with all values missing. */
static sc_sheet_header *
new_dense(int leaf_count, const uint8 *leaf_set)
{
	Size		size = SC_SHEET_DENSE_SIZE(leaf_count);
	sc_sheet_header *sheet = palloc(size);

	sc_sheet_begin(sheet, leaf_count, leaf_set);
	SET_VARSIZE(sheet, size);
	return sheet;
}

static pg_noinline sc_sheet_header *
dense_copy(Datum datum)
{
	sc_sheet_header *sheet;
	sc_sheet_header header;
	const char *body;

	body = sheet_of_datum(datum, &header);
	sheet = new_dense(header.leaf_count, header.leaf_set);
	sheet->stored = header.stored;
	sc_sheet_expand(body, &header, sc_sheet_dense_values(sheet));
	return sheet;
}

/* Any sheet as a dense one that may be written to; a copy unless `in_place` allows the datum itself. */
static inline sc_sheet_header *
writable_dense(Datum datum, bool in_place)
{
	sc_sheet_header *sheet = (sc_sheet_header *) DatumGetPointer(datum);

	if (likely(in_place && VARATT_IS_4B_U(sheet) && sheet->layout == SC_SHEET_DENSE))
		return sheet;
	return dense_copy(datum);
}

static sc_sheet_header *
new_dense_for(const sc_framework *framework)
{
	return new_dense(framework->leaf_count, framework->leaf_set);
}

/* ------------------------------------------------------------------ filling */

static pg_noinline void
fail_unknown(const char *code, size_t length)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("code \"%s\" is no leaf of the framework", quotable(code, length)),
			 errhint("Keep only known codes with a join: ... JOIN leaves(framework) AS l ON l.code = fact.code.")));
}

static pg_noinline void
fail_twice(const char *code)
{
	ereport(ERROR,
			(errcode(ERRCODE_CARDINALITY_VIOLATION),
			 errmsg("code \"%s\" has two values in one sheet", code),
			 errhint("Feed each indicator's latest admissible observation, one row per unit and code.")));
}

static pg_noinline void
fail_frameworks(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("one group has frameworks with different leaf sets"),
			 errhint("Group by the method as well, so that each group has one framework.")));
}

int
sheet_leaf_of_code(const sc_framework *framework, const char *code, size_t length)
{
	int			leaf = sc_framework_find_leaf(framework, code, length);

	if (unlikely(leaf < 0))
		fail_unknown(code, length);
	return leaf;
}

static const char *
leaf_code(const sc_framework *framework, int leaf)
{
	const sc_node *node = &sc_framework_nodes(framework)[sc_framework_leaf_node(framework, leaf)];

	return quotable(sc_node_code(framework, node), node->code_length);
}

static inline void
put_value(sc_sheet_header *sheet, const sc_framework *framework, int leaf, double value)
{
	double	   *slot = &sc_sheet_dense_values(sheet)[leaf];

	if (unlikely(!isfinite(value)))
		report_not_finite(psprintf("the value of \"%s\"", leaf_code(framework, leaf)));
	if (unlikely(!sc_value_is_missing(*slot)))
		fail_twice(leaf_code(framework, leaf));
	*slot = value == 0 ? 0 : value;
	sheet->stored++;
}

/* The mark that the leaf does not apply to the unit. */
static void
put_not_applicable(sc_sheet_header *sheet, const sc_framework *framework, int leaf)
{
	double	   *slot = &sc_sheet_dense_values(sheet)[leaf];

	if (!sc_value_is_missing(*slot))
		fail_twice(leaf_code(framework, leaf));
	*slot = sc_not_applicable_value();
	sheet->stored++;
}

/* Argument `value` of a transition, and `applicable` behind it if the form has one. */
static inline void
put_argument(FunctionCallInfo fcinfo, sc_sheet_header *sheet, const sc_framework *framework, int leaf)
{
	if (unlikely(PG_NARGS() > 4 && !PG_ARGISNULL(4) && !PG_GETARG_BOOL(4)))
	{
		if (!PG_ARGISNULL(3))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("code \"%s\" has a value and does not apply", leaf_code(framework, leaf))));
		put_not_applicable(sheet, framework, leaf);
	}
	else if (!PG_ARGISNULL(3))
		put_value(sheet, framework, leaf, PG_GETARG_FLOAT8(3));
}

/* The state to write to in this transition, for the framework in argument 1. */
static inline sc_sheet_header *
state_for(FunctionCallInfo fcinfo, const sc_framework **framework)
{
	sc_sheet_header *sheet;

	if (unlikely(PG_ARGISNULL(1)))
		report_null("the framework of index_sheet_agg");
	*framework = framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(1));
	/* a first state stays in the per-tuple context: the executor adopts a copy */
	if (unlikely(PG_ARGISNULL(0)))
		return new_dense_for(*framework);
	sheet = writable_dense(PG_GETARG_DATUM(0), in_aggregate(fcinfo));
	/* both: a sheet read from text says what it likes */
	if (unlikely(memcmp(sheet->leaf_set, (*framework)->leaf_set, SC_FINGERPRINT_SIZE) != 0 ||
				 sheet->leaf_count != (*framework)->leaf_count))
		fail_frameworks();
	return sheet;
}

SCORECARD_FUNCTION(scorecard_index_sheet_agg_step);
Datum
scorecard_index_sheet_agg_step(PG_FUNCTION_ARGS)
{
	const sc_framework *framework;
	sc_sheet_header *sheet = state_for(fcinfo, &framework);

	if (likely(!PG_ARGISNULL(2)))
	{
		struct varlena *code = (struct varlena *) PG_GETARG_POINTER(2);
		int			leaf;

		if (unlikely(VARATT_IS_EXTENDED(code) && (VARATT_IS_EXTERNAL(code) || VARATT_IS_COMPRESSED(code))))
			code = PG_GETARG_VARLENA_PP(2);
		leaf = sheet_leaf_of_code(framework, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
		put_argument(fcinfo, sheet, framework, leaf);
	}
	PG_RETURN_POINTER(sheet);
}

SCORECARD_FUNCTION(scorecard_index_sheet_agg_step_key);
Datum
scorecard_index_sheet_agg_step_key(PG_FUNCTION_ARGS)
{
	const sc_framework *framework;
	sc_sheet_header *sheet = state_for(fcinfo, &framework);

	if (likely(!PG_ARGISNULL(2)))
	{
		int64		key = PG_GETARG_INT64(2);
		int			leaf = sc_framework_find_key(framework, key);

		if (unlikely(leaf < 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("key %lld belongs to no leaf of the framework", (long long) key),
					 errhint("Keep only known keys with a join: ... JOIN leaves(framework) AS l ON l.key = fact.key.")));
		put_argument(fcinfo, sheet, framework, leaf);
	}
	PG_RETURN_POINTER(sheet);
}

/* Merges two sheets of one leaf set that have no observed leaf in common. */
SCORECARD_FUNCTION(scorecard_index_sheet_merge);
Datum
scorecard_index_sheet_merge(PG_FUNCTION_ARGS)
{
	sc_sheet_header *sheet = writable_dense(PG_GETARG_DATUM(0), in_aggregate(fcinfo));
	double	   *values = sc_sheet_dense_values(sheet);
	sc_sheet_header other;
	const char *body = sheet_of_datum(PG_GETARG_DATUM(1), &other);
	double	   *more;

	if (memcmp(sheet->leaf_set, other.leaf_set, SC_FINGERPRINT_SIZE) != 0 ||
		sheet->leaf_count != other.leaf_count)
		fail_frameworks();
	more = palloc(sizeof(double) * other.leaf_count);
	sc_sheet_expand(body, &other, more);
	for (int i = 0; i < other.leaf_count; i++)
	{
		if (sc_value_is_missing(more[i]))
			continue;
		if (!sc_value_is_missing(values[i]))
			ereport(ERROR,
					(errcode(ERRCODE_CARDINALITY_VIOLATION),
					 errmsg("leaf %d has two values in one sheet", i),
					 errhint("Its code: SELECT code FROM leaves(framework) WHERE ordinal = %d.", i)));
		values[i] = more[i];
		sheet->stored++;
	}
	pfree(more);
	PG_RETURN_POINTER(sheet);
}

/* Reads the state only: it may be asked again. */
SCORECARD_FUNCTION(scorecard_index_sheet_agg_final);
Datum
scorecard_index_sheet_agg_final(PG_FUNCTION_ARGS)
{
	sc_sheet_header *sheet = writable_dense(PG_GETARG_DATUM(0), true);

	PG_RETURN_POINTER(sheet_packed(sheet, sc_sheet_dense_values(sheet)));
}

/* ------------------------------------------------------------ constructors */

SCORECARD_FUNCTION(scorecard_index_sheet_from_arrays);
Datum
scorecard_index_sheet_from_arrays(PG_FUNCTION_ARGS)
{
	const sc_framework *framework;
	sc_sheet_header *sheet;
	Datum	   *codes,
			   *values;
	bool	   *code_nulls,
			   *value_nulls;
	int			n_codes,
				n_values;

	framework = framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0));
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &codes, &code_nulls, &n_codes);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(2), FLOAT8OID, 8, FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &values, &value_nulls, &n_values);
	if (n_codes != n_values)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("codes and values must be arrays of the same length")));
	sheet = new_dense_for(framework);
	for (int i = 0; i < n_codes; i++)
	{
		text	   *code;
		int			leaf;

		if (code_nulls[i])
			continue;
		code = DatumGetTextPP(codes[i]);
		leaf = sheet_leaf_of_code(framework, VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code));
		if (!value_nulls[i])
			put_value(sheet, framework, leaf, DatumGetFloat8(values[i]));
	}
	PG_RETURN_POINTER(sheet_packed(sheet, sc_sheet_dense_values(sheet)));
}

static bool
is_word(const JsonbValue *value, const char *word)
{
	return value->type == jbvString && value->val.string.len == (int) strlen(word) &&
		memcmp(value->val.string.val, word, strlen(word)) == 0;
}

/* What to_jsonb makes of NaN and infinity. */
static bool
is_not_finite(const JsonbValue *value)
{
	return is_word(value, "NaN") || is_word(value, "Infinity") || is_word(value, "-Infinity");
}

static double
json_number(const JsonbValue *value, const char *key)
{
	char	   *text;
	long		position = 0;
	double		number;
	sc_error	error;

	if (value->type != jbvNumeric)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the value of key \"%s\" is no number", key),
				 is_not_finite(value) ? errhint("finite_or_null(x) turns NaN and infinity into NULL.") : 0));
	text = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
	if (!sc_number_scan(text, (long) strlen(text), &position, 0, &number, &error))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the value of key \"%s\" is out of range for type double precision", key)));
	return number;
}

SCORECARD_FUNCTION(scorecard_index_sheet_from_jsonb);
Datum
scorecard_index_sheet_from_jsonb(PG_FUNCTION_ARGS)
{
	const sc_framework *framework = framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0));
	Jsonb	   *json = PG_GETARG_JSONB_P(1);
	bool		ignore_unknown = PG_GETARG_BOOL(2);
	sc_sheet_header *sheet;
	JsonbIterator *it;
	JsonbValue	key,
				value;

	if (!JB_ROOT_IS_OBJECT(json))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the values of a sheet are a JSON object: code -> value")));
	sheet = new_dense_for(framework);
	it = JsonbIteratorInit(&json->root);
	(void) JsonbIteratorNext(&it, &key, true);
	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		int			leaf = sc_framework_find_leaf(framework, key.val.string.val, key.val.string.len);

		(void) JsonbIteratorNext(&it, &value, true);
		if (leaf < 0 && !ignore_unknown)
			fail_unknown(key.val.string.val, key.val.string.len);
		if (leaf < 0 || value.type == jbvNull)
			continue;
		if (is_word(&value, "n/a"))
			put_not_applicable(sheet, framework, leaf);
		else
			put_value(sheet, framework, leaf,
					  json_number(&value, quotable(key.val.string.val, key.val.string.len)));
	}
	PG_RETURN_POINTER(sheet_packed(sheet, sc_sheet_dense_values(sheet)));
}

/* -------------------------------------------------------------------- rows */

/* Columns of sheet_value_result; new ones are appended. */
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
		Datum		values[3];
		bool		nulls[3] = {false};

		values[0] = node_code_datum(framework, &sc_framework_nodes(framework)[sc_framework_leaf_node(framework, leaf)]);
		nulls[1] = isnan(dense[leaf]);
		values[1] = Float8GetDatum(nulls[1] ? 0 : dense[leaf]);
		values[2] = BoolGetDatum(!sc_value_is_not_applicable(dense[leaf]));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* -------------------------------------------------------------------- I/O */

SCORECARD_FUNCTION(scorecard_index_sheet_in);
Datum
scorecard_index_sheet_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	long		length = (long) strlen(text);
	long		position;
	sc_sheet_header header;
	sc_error	error;
	double	   *values;

	if (!sc_sheet_scan_head(text, length, &position, &header, &error))
	{
		report_error(fcinfo->context, &error, "index_sheet");
		PG_RETURN_NULL();
	}
	values = palloc(sizeof(double) * header.leaf_count);
	if (!sc_sheet_scan_values(text, length, position, &header, values, &error))
	{
		report_error(fcinfo->context, &error, "index_sheet");
		PG_RETURN_NULL();
	}
	PG_RETURN_POINTER(sheet_packed(&header, values));
}

/* Header and values of argument n, whatever its layout. */
static double *
sheet_values(FunctionCallInfo fcinfo, int n, sc_sheet_header *header)
{
	const char *body = sheet_of_datum(PG_GETARG_DATUM(n), header);
	double	   *values = palloc(sizeof(double) * header->leaf_count);

	sc_sheet_expand(body, header, values);
	return values;
}

SCORECARD_FUNCTION(scorecard_index_sheet_out);
Datum
scorecard_index_sheet_out(PG_FUNCTION_ARGS)
{
	sc_sheet_header header;
	double	   *values = sheet_values(fcinfo, 0, &header);
	char	   *text = palloc(SC_SHEET_TEXT_SIZE(header.stored));

	sc_sheet_print(&header, values, text);
	PG_RETURN_CSTRING(text);
}

/* Binary form: version byte, leaf set, leaves, stored leaves, then ordinal and value (or the mark) of each. */
SCORECARD_FUNCTION(scorecard_index_sheet_recv);
Datum
scorecard_index_sheet_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	sc_sheet_header *sheet;
	double	   *values;
	uint8		leaf_set[SC_FINGERPRINT_SIZE];
	int			version = pq_getmsgbyte(buf);
	int			leaves;
	int			stored;
	int			last = -1;

	if (version != SC_SHEET_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported index_sheet version number %d", version)));
	pq_copymsgbytes(buf, (char *) leaf_set, SC_FINGERPRINT_SIZE);
	leaves = (int) pq_getmsgint(buf, 4);
	stored = (int) pq_getmsgint(buf, 4);
	if (leaves < 1 || leaves > SC_SHEET_MAX_LEAVES || stored < 0 || stored > leaves)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid number of leaves in an index_sheet: %d of %d", stored, leaves)));
	sheet = new_dense(leaves, leaf_set);
	values = sc_sheet_dense_values(sheet);
	for (int i = 0; i < stored; i++)
	{
		int			leaf = (int) pq_getmsgint(buf, 4);
		double		value = pq_getmsgfloat8(buf);

		if (leaf <= last || leaf >= leaves || !(isfinite(value) || sc_value_is_not_applicable(value)))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("invalid leaf %d in an index_sheet", leaf)));
		values[leaf] = value == 0 ? 0 : value;
		last = leaf;
	}
	sheet->stored = stored;
	PG_RETURN_POINTER(sheet_packed(sheet, values));
}

SCORECARD_FUNCTION(scorecard_index_sheet_send);
Datum
scorecard_index_sheet_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	sc_sheet_header header;
	double	   *values = sheet_values(fcinfo, 0, &header);

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, SC_SHEET_VERSION);
	pq_sendbytes(&buf, (char *) header.leaf_set, SC_FINGERPRINT_SIZE);
	pq_sendint32(&buf, header.leaf_count);
	pq_sendint32(&buf, header.stored);
	for (int i = 0; i < header.leaf_count; i++)
		if (!sc_value_is_missing(values[i]))
		{
			pq_sendint32(&buf, i);
			pq_sendfloat8(&buf, values[i]);
		}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ------------------------------------------------------------- comparison */

static int
index_sheet_compare(FunctionCallInfo fcinfo)
{
	sc_sheet_header x,
				y;
	double	   *x_values = sheet_values(fcinfo, 0, &x);
	double	   *y_values = sheet_values(fcinfo, 1, &y);
	int			order = sc_sheet_compare(&x, x_values, &y, y_values);

	pfree(x_values);
	pfree(y_values);
	return order;
}

/* Leaf set, then ordinal and value of each stored leaf: the same for both layouts. */
static const unsigned char *
index_sheet_hash_bytes(FunctionCallInfo fcinfo, int *length)
{
	sc_sheet_header header;
	double	   *values = sheet_values(fcinfo, 0, &header);
	unsigned char *bytes = palloc(SC_FINGERPRINT_SIZE + (Size) header.stored * 12);
	unsigned char *next = bytes;

	memcpy(next, header.leaf_set, SC_FINGERPRINT_SIZE);
	next += SC_FINGERPRINT_SIZE;
	for (int i = 0; i < header.leaf_count; i++)
		if (!sc_value_is_missing(values[i]))
		{
			memcpy(next, &i, 4);
			memcpy(next + 4, &values[i], 8);
			next += 12;
		}
	*length = (int) (next - bytes);
	return bytes;
}

COMPARISON_FUNCTIONS(index_sheet);
