/*
 * index_framework.c
 *		The type index_framework, its constructors and its rows.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "port/pg_bswap.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "arguments.h"
#include "comparison.h"
#include "framework_argument.h"
#include "report.h"

/* ---------------------------------------------------------------- building */

/* In UTF-8, so that a code has one fingerprint in databases of every encoding. */
static const char *
in_utf8(const char *text, int length, int *utf8_length)
{
	const char *converted = text;

	if (GetDatabaseEncoding() != PG_SQL_ASCII)
		converted = pg_server_to_any(text, length, PG_UTF8);
	*utf8_length = converted == text ? length : (int) strlen(converted);
	return converted;
}

static void
fingerprint(const char *data, int length, uint8 *out)
{
	bytea	   *bytes = (bytea *) cstring_to_text_with_len(data, length);
	bytea	   *digest = DatumGetByteaPP(DirectFunctionCall1(sha256_bytea, PointerGetDatum(bytes)));

	memcpy(out, VARDATA_ANY(digest), SC_FINGERPRINT_SIZE);
}

char *
fingerprint_text(const uint8 *bytes)
{
	char	   *text = palloc(2 * SC_FINGERPRINT_SIZE + 1);

	for (int i = 0; i < SC_FINGERPRINT_SIZE; i++)
		sprintf(text + 2 * i, "%02x", bytes[i]);
	return text;
}

Datum
node_code_datum(const sc_framework *framework, const sc_node *node)
{
	return PointerGetDatum(cstring_to_text_with_len(sc_node_code(framework, node), (int) node->code_length));
}

/* Over the leaf codes in byte order, each behind its length in four big-endian bytes. */
static void
fingerprint_leaves(sc_framework *framework)
{
	const sc_node *nodes = sc_framework_nodes(framework);
	StringInfoData codes;

	initStringInfo(&codes);
	for (int leaf = 0; leaf < framework->leaf_count; leaf++)
	{
		const sc_node *node = &nodes[sc_framework_leaf_node(framework, leaf)];
		int			bytes;
		const char *code = in_utf8(sc_node_code(framework, node), (int) node->code_length, &bytes);
		uint32		length = pg_hton32((uint32) bytes);

		appendBinaryStringInfo(&codes, (char *) &length, sizeof(length));
		appendBinaryStringInfo(&codes, code, bytes);
	}
	fingerprint(codes.data, codes.len, framework->leaf_set);
	pfree(codes.data);
}

sc_framework *
framework_build(const sc_node_spec *specs, int count, Node *escontext)
{
	sc_framework_plan plan;
	sc_framework *framework;
	sc_error	error;
	sc_faults	faults = {.error = &error};
	char	   *text;
	const char *canonical;
	int			length;
	void	   *work = palloc(SC_FRAMEWORK_WORK_SIZE(Max(count, 1)));

	if (!sc_framework_plan_make(specs, count, work, &plan, &faults))
	{
		report_error(escontext, &error, NULL);
		return NULL;
	}
	if (plan.size > MaxAllocSize)
	{
		sc_fail(&error, SC_FRAMEWORK_TOO_LARGE, -1, "1048576", NULL);
		report_error(escontext, &error, NULL);
		return NULL;
	}
	framework = palloc0(plan.size);
	if (!sc_framework_write(&plan, (char *) framework, &faults))
	{
		report_error(escontext, &error, NULL);
		return NULL;
	}
	SET_VARSIZE(framework, plan.size);
	pfree(work);

	text = framework_text(framework);
	if (strlen(text) > SC_FRAMEWORK_MAX_TEXT)
	{
		sc_fail(&error, SC_FRAMEWORK_TOO_LARGE, -1, "1048576", NULL);
		report_error(escontext, &error, NULL);
		return NULL;
	}
	canonical = in_utf8(text, (int) strlen(text), &length);
	fingerprint(canonical, length, framework->fingerprint);
	fingerprint_leaves(framework);
	pfree(text);
	return framework;
}

static sc_framework *
framework_from_jsonb(Jsonb *list, Node *escontext)
{
	sc_node_spec *specs;
	int			count;

	if (!framework_specs_from_json(&list->root, &specs, &count, escontext))
		return NULL;
	return framework_build(specs, count, escontext);
}

/* jsonb_in, softly where the server can. */
static bool
parse_json(char *text, Node *escontext, Datum *json)
{
	return DirectInputFunctionCallSafe(jsonb_in, text, InvalidOid, -1, escontext, json);
}

/* -------------------------------------------------------------------- I/O */

SCORECARD_FUNCTION(scorecard_index_framework_in);
Datum
scorecard_index_framework_in(PG_FUNCTION_ARGS)
{
	Datum		json;
	sc_framework *framework;

	if (!parse_json(PG_GETARG_CSTRING(0), fcinfo->context, &json))
		PG_RETURN_NULL();
	framework = framework_from_jsonb(DatumGetJsonbP(json), fcinfo->context);
	if (framework == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(framework);
}

SCORECARD_FUNCTION(scorecard_index_framework_out);
Datum
scorecard_index_framework_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(framework_text(framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0))));
}

/* Binary form: the version byte and the text, as jsonb has it. */
SCORECARD_FUNCTION(scorecard_index_framework_recv);
Datum
scorecard_index_framework_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int			length;
	Datum		json;

	if (version != SC_FRAMEWORK_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported index_framework version number %d", version)));
	json = DirectFunctionCall1(jsonb_in,
							   CStringGetDatum(pq_getmsgtext(buf, buf->len - buf->cursor, &length)));
	PG_RETURN_POINTER(framework_from_jsonb(DatumGetJsonbP(json), NULL));
}

SCORECARD_FUNCTION(scorecard_index_framework_send);
Datum
scorecard_index_framework_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	char	   *text = framework_text(framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0)));

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, SC_FRAMEWORK_VERSION);
	pq_sendtext(&buf, text, strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

SCORECARD_FUNCTION(scorecard_index_framework_from_jsonb);
Datum
scorecard_index_framework_from_jsonb(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(framework_from_jsonb(PG_GETARG_JSONB_P(0), NULL));
}

SCORECARD_FUNCTION(scorecard_index_framework_to_jsonb);
Datum
scorecard_index_framework_to_jsonb(PG_FUNCTION_ARGS)
{
	char	   *text = framework_text(framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0)));

	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
}

/* ------------------------------------------------------------- comparison */

static int
index_framework_compare(FunctionCallInfo fcinfo)
{
	sc_framework *x = (sc_framework *) PG_GETARG_VARLENA_P(0);
	sc_framework *y = (sc_framework *) PG_GETARG_VARLENA_P(1);
	int			order = sc_framework_compare(x, y);

	PG_FREE_IF_COPY(x, 0);
	PG_FREE_IF_COPY(y, 1);
	return order;
}

static const unsigned char *
index_framework_hash_bytes(FunctionCallInfo fcinfo, int *length)
{
	*length = SC_FINGERPRINT_SIZE;
	return framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0))->fingerprint;
}

COMPARISON_FUNCTIONS(index_framework);

/* --------------------------------------------------------------- from rows */

/* State of index_framework_agg: node specs with their own copies of all texts. */
typedef struct FrameworkState
{
	StateKind	kind;
	MemoryContext context;
	int			count;
	int			capacity;
	sc_node_spec *specs;
	bool		as_is;			/* the form without rule columns */
} FrameworkState;

static FrameworkState *
framework_state(FunctionCallInfo fcinfo)
{
	MemoryContext context = aggregate_context(fcinfo, "index_framework_agg_step");
	FrameworkState *state;

	if (!PG_ARGISNULL(0))
		return aggregate_state(fcinfo, 0, STATE_OF_FRAMEWORK);
	state = aggregate_state_new(context, sizeof(FrameworkState), STATE_OF_FRAMEWORK);
	state->context = context;
	state->capacity = 32;
	state->specs = MemoryContextAllocZero(context, sizeof(sc_node_spec) * state->capacity);
	return state;
}

/* The (code, parent, weight) that every form begins with. */
static sc_node_spec *
add_row(FunctionCallInfo fcinfo, FrameworkState *state)
{
	sc_node_spec *spec;
	text	   *code;

	if (PG_ARGISNULL(1))
		report_null("the code of a node");
	if (state->count >= SC_FRAMEWORK_MAX_NODES)
		report_fault(SC_FRAMEWORK_TOO_MANY, "4096", NULL);
	if (state->count >= state->capacity)
	{
		state->capacity *= 2;
		state->specs = repalloc(state->specs, sizeof(sc_node_spec) * state->capacity);
	}
	spec = &state->specs[state->count++];
	memset(spec, 0, sizeof(*spec));
	code = PG_GETARG_TEXT_PP(1);
	spec->code = text_to_cstring(code);
	spec->code_length = VARSIZE_ANY_EXHDR(code);
	if (!PG_ARGISNULL(2))
	{
		text	   *parent = PG_GETARG_TEXT_PP(2);

		spec->parent = text_to_cstring(parent);
		spec->parent_length = VARSIZE_ANY_EXHDR(parent);
	}
	if (!PG_ARGISNULL(3))
	{
		spec->weight = PG_GETARG_FLOAT8(3);
		spec->said |= SC_SAID_WEIGHT;
	}
	else if (spec->parent != NULL)
		report_null(psprintf("the weight of node \"%s\"", quotable(spec->code, spec->code_length)));
	return spec;
}

SCORECARD_FUNCTION(scorecard_index_framework_agg_step);
Datum
scorecard_index_framework_agg_step(PG_FUNCTION_ARGS)
{
	FrameworkState *state = framework_state(fcinfo);
	MemoryContext caller = MemoryContextSwitchTo(state->context);

	(void) add_row(fcinfo, state);
	state->as_is = true;
	MemoryContextSwitchTo(caller);
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_index_framework_agg_step_goalposts);
Datum
scorecard_index_framework_agg_step_goalposts(PG_FUNCTION_ARGS)
{
	FrameworkState *state = framework_state(fcinfo);
	MemoryContext caller = MemoryContextSwitchTo(state->context);
	sc_node_spec *spec = add_row(fcinfo, state);

	if (!PG_ARGISNULL(4))
	{
		spec->worst = PG_GETARG_FLOAT8(4);
		spec->said |= SC_SAID_WORST;
	}
	if (!PG_ARGISNULL(5))
	{
		spec->best = PG_GETARG_FLOAT8(5);
		spec->said |= SC_SAID_BEST;
	}
	MemoryContextSwitchTo(caller);
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_index_framework_agg_step_target);
Datum
scorecard_index_framework_agg_step_target(PG_FUNCTION_ARGS)
{
	FrameworkState *state = framework_state(fcinfo);
	MemoryContext caller = MemoryContextSwitchTo(state->context);
	sc_node_spec *spec = add_row(fcinfo, state);

	if (!PG_ARGISNULL(4))
	{
		struct varlena *path = PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(4));

		spec->target = VARDATA(path);
		spec->target_size = VARSIZE(path) - VARHDRSZ;
		spec->said |= SC_SAID_TARGET;
	}
	if (PG_NARGS() > 5 && !PG_ARGISNULL(5))
	{
		spec->due = date_argument(PG_GETARG_DATUM(5), "due");
		spec->said |= SC_SAID_DUE;
	}
	MemoryContextSwitchTo(caller);
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_index_framework_agg_step_rule);
Datum
scorecard_index_framework_agg_step_rule(PG_FUNCTION_ARGS)
{
	FrameworkState *state = framework_state(fcinfo);
	MemoryContext caller = MemoryContextSwitchTo(state->context);
	sc_node_spec *spec = add_row(fcinfo, state);

	if (!PG_ARGISNULL(4))
		(void) framework_rule_from_json(&PG_GETARG_JSONB_P(4)->root, spec, NULL);
	MemoryContextSwitchTo(caller);
	PG_RETURN_POINTER(state);
}

static bool
same_text(const char *x, size_t x_length, const char *y, size_t y_length)
{
	return x_length == y_length && memcmp(x, y, x_length) == 0;
}

static int
find_code(const sc_node_spec *specs, int count, const char *code, size_t length)
{
	for (int i = 0; i < count; i++)
		if (same_text(specs[i].code, specs[i].code_length, code, length))
			return i;
	return -1;
}

/*
 * No row is a root: every parent that is not itself a code becomes a node
 * under a root named "index".
 */
static int
add_upper_nodes(sc_node_spec *specs, int count)
{
	static const char root[] = "index";
	int			all = count;

	for (int i = 0; i < count; i++)
	{
		sc_node_spec *upper;

		if (find_code(specs, all, specs[i].parent, specs[i].parent_length) >= 0)
			continue;
		upper = &specs[all++];
		memset(upper, 0, sizeof(*upper));
		upper->code = specs[i].parent;
		upper->code_length = specs[i].parent_length;
		upper->parent = root;
		upper->parent_length = sizeof(root) - 1;
	}
	if (find_code(specs, all, root, sizeof(root) - 1) >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the code \"%s\" is taken by the root that is made above the categories", root),
				 errhint("Give the root a row of its own, with a NULL parent.")));
	memset(&specs[all], 0, sizeof(specs[all]));
	specs[all].code = root;
	specs[all].code_length = sizeof(root) - 1;
	return all + 1;
}

SCORECARD_FUNCTION(scorecard_index_framework_agg_final);
Datum
scorecard_index_framework_agg_final(PG_FUNCTION_ARGS)
{
	FrameworkState *state;
	sc_node_spec *specs;
	int			count;
	bool		has_root = false;

	(void) aggregate_context(fcinfo, "index_framework_agg_final");
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = aggregate_state(fcinfo, 0, STATE_OF_FRAMEWORK);
	count = state->count;
	specs = palloc(sizeof(sc_node_spec) * (2 * count + 1));
	memcpy(specs, state->specs, sizeof(sc_node_spec) * count);
	for (int i = 0; i < count; i++)
		has_root = has_root || specs[i].parent == NULL;
	if (!has_root)
		count = add_upper_nodes(specs, count);
	if (state->as_is)
	{
		bool	   *is_parent = palloc0(sizeof(bool) * count);

		for (int i = 0; i < count; i++)
		{
			int			parent = specs[i].parent == NULL ? -1 :
				find_code(specs, count, specs[i].parent, specs[i].parent_length);

			if (parent >= 0)
				is_parent[parent] = true;
		}
		for (int i = 0; i < count; i++)
			if (!is_parent[i])
				specs[i].said |= SC_SAID_AS_IS;
	}
	PG_RETURN_POINTER(framework_build(specs, count, NULL));
}

/* ------------------------------------------------------------ fingerprints */

SCORECARD_FUNCTION(scorecard_framework_fingerprint);
Datum
scorecard_framework_fingerprint(PG_FUNCTION_ARGS)
{
	return CStringGetTextDatum(fingerprint_text(framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0))->fingerprint));
}

SCORECARD_FUNCTION(scorecard_leaf_set_fingerprint);
Datum
scorecard_leaf_set_fingerprint(PG_FUNCTION_ARGS)
{
	return CStringGetTextDatum(fingerprint_text(framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0))->leaf_set));
}

/* -------------------------------------------------------------------- rows */

/* Columns of node_result; new ones are appended. */
SCORECARD_FUNCTION(scorecard_nodes);
Datum
scorecard_nodes(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const sc_framework *framework;
	const sc_node *nodes;

	InitMaterializedSRF(fcinfo, 0);
	framework = framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0));
	nodes = sc_framework_nodes(framework);
	for (int i = 0; i < framework->node_count; i++)
	{
		const sc_node *node = &nodes[i];
		bool		is_leaf = node->leaf >= 0;
		bool		is_target = node->rule == SC_TARGET;
		Datum		values[19];
		bool		nulls[19] = {false};

		values[0] = Int32GetDatum(i);
		values[1] = node_code_datum(framework, node);
		nulls[2] = node->parent < 0;
		values[2] = nulls[2] ? (Datum) 0 : node_code_datum(framework, &nodes[node->parent]);
		values[3] = Int32GetDatum(node->depth);
		values[4] = BoolGetDatum(is_leaf);
		values[5] = BoolGetDatum((node->said & SC_SAID_INDICATOR) != 0);
		values[6] = Float8GetDatum(node->weight);
		values[7] = Float8GetDatum(node->effective_weight);
		nulls[8] = nulls[9] = nulls[10] = is_leaf;
		values[8] = is_leaf ? (Datum) 0 : CStringGetTextDatum(sc_aggregation_word(node->aggregation));
		values[9] = is_leaf ? (Datum) 0 : CStringGetTextDatum(sc_missing_word(node->missing));
		values[10] = Float8GetDatum(node->min_coverage);
		nulls[11] = !is_leaf;
		values[11] = is_leaf ? CStringGetTextDatum(sc_rule_word(node->rule)) : (Datum) 0;
		nulls[12] = nulls[13] = node->rule != SC_GOALPOSTS;
		values[12] = Float8GetDatum(node->worst);
		values[13] = Float8GetDatum(node->best);
		nulls[14] = nulls[15] = nulls[16] = !is_target;
		if (is_target)
		{
			Size		size = VARHDRSZ + node->target_size;
			struct varlena *path = palloc(size);

			SET_VARSIZE(path, size);
			memcpy(VARDATA(path), (const char *) framework + node->target_offset, node->target_size);
			values[14] = PointerGetDatum(path);
			values[15] = DateADTGetDatum(node->due);
			values[16] = CStringGetTextDatum(sc_leaf_measure_word(node->target.measure));
		}
		values[17] = BoolGetDatum(node->applicable);
		values[18] = DirectFunctionCall1(jsonb_in, CStringGetDatum(framework_node_text(framework, i)));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* Columns of leaf_result; new ones are appended. */
SCORECARD_FUNCTION(scorecard_leaves);
Datum
scorecard_leaves(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	const sc_framework *framework;
	const sc_node *nodes;

	InitMaterializedSRF(fcinfo, 0);
	framework = framework_of_datum(framework_cache(fcinfo), PG_GETARG_DATUM(0));
	nodes = sc_framework_nodes(framework);
	for (int leaf = 0; leaf < framework->leaf_count; leaf++)
	{
		const sc_node *node = &nodes[sc_framework_leaf_node(framework, leaf)];
		Datum		values[5];
		bool		nulls[5] = {false};

		values[0] = Int32GetDatum(leaf);
		values[1] = node_code_datum(framework, node);
		nulls[2] = node->parent < 0;
		values[2] = nulls[2] ? (Datum) 0 : node_code_datum(framework, &nodes[node->parent]);
		nulls[3] = !(node->said & SC_SAID_KEY);
		values[3] = Int64GetDatum(node->key);
		values[4] = Float8GetDatum(node->effective_weight);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
