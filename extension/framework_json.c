/*
 * framework_json.c
 *		Frameworks as JSON: PostgreSQL reads and escapes, this file names the keys.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "compat.h"
#include "arguments.h"
#include "core/number.h"
#include "framework_argument.h"
#include "report.h"

/* ---------------------------------------------------------------- reading */

typedef enum KeyKind
{
	KEY_NUMBER,
	KEY_FLAG,
	KEY_INTEGER,
	KEY_CODE,					/* code and parent: read beforehand */
	KEY_AGGREGATION,
	KEY_MISSING,
	KEY_MEASURE,
	KEY_COVERAGE_BY,
	KEY_SCALE,
	KEY_CLAMP,
	KEY_DUE,
	KEY_TARGET
} KeyKind;

static const struct
{
	const char *name;
	KeyKind		kind;
	uint32		said;
	size_t		offset;			/* of a number in sc_node_spec */
}			known_keys[] = {
	{"code", KEY_CODE, 0, 0},
	{"parent", KEY_CODE, 0, 0},
	{"weight", KEY_NUMBER, SC_SAID_WEIGHT, offsetof(sc_node_spec, weight)},
	{"aggregation", KEY_AGGREGATION, SC_SAID_AGGREGATION, 0},
	{"missing", KEY_MISSING, SC_SAID_MISSING, 0},
	{"min_coverage", KEY_NUMBER, SC_SAID_MIN_COVERAGE, offsetof(sc_node_spec, min_coverage)},
	{"coverage_by", KEY_COVERAGE_BY, SC_SAID_COVERAGE_BY_WEIGHT, 0},
	{"worst", KEY_NUMBER, SC_SAID_WORST, offsetof(sc_node_spec, worst)},
	{"best", KEY_NUMBER, SC_SAID_BEST, offsetof(sc_node_spec, best)},
	{"scale", KEY_SCALE, SC_SAID_LOG, 0},
	{"clamp", KEY_CLAMP, SC_SAID_UNCLAMPED, 0},
	{"target", KEY_TARGET, SC_SAID_TARGET, 0},
	{"due", KEY_DUE, SC_SAID_DUE, 0},
	{"measure", KEY_MEASURE, SC_SAID_MEASURE, 0},
	{"as_is", KEY_FLAG, SC_SAID_AS_IS, 0},
	{"lowest", KEY_NUMBER, SC_SAID_LOWEST, offsetof(sc_node_spec, lowest)},
	{"floor", KEY_NUMBER, SC_SAID_FLOOR, offsetof(sc_node_spec, floor)},
	{"cap", KEY_NUMBER, SC_SAID_CAP, offsetof(sc_node_spec, cap)},
	{"indicator", KEY_FLAG, SC_SAID_INDICATOR, 0},
	{"key", KEY_INTEGER, SC_SAID_KEY, 0},
};

static char *
numeric_text(const JsonbValue *value)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
}

static bool
unsuitable(Node *escontext, const char *key, const sc_node_spec *spec, const char *wanted)
{
	char	   *where = psprintf("\"%s\" of node \"%s\"", key,
								 quotable(spec->code ? spec->code : "", spec->code_length));
	sc_error	error;

	sc_fail(&error, SC_FRAMEWORK_VALUE, -1, where, wanted);
	report_error(escontext, &error, NULL);
	return false;
}

static bool
is_word(const JsonbValue *value, const char *word)
{
	return value->type == jbvString && value->val.string.len == (int) strlen(word) &&
		memcmp(value->val.string.val, word, strlen(word)) == 0;
}

static bool
read_number(const JsonbValue *value, const char *key, const sc_node_spec *spec, double *number, Node *escontext)
{
	char	   *text;
	long		position = 0;
	sc_error	error;

	if (value->type != jbvNumeric)
		return unsuitable(escontext, key, spec, "a number is needed");
	text = numeric_text(value);
	if (!sc_number_scan(text, (long) strlen(text), &position, 0, number, &error))
	{
		report_error(escontext, &error, NULL);
		return false;
	}
	return true;
}

static bool
read_flag(const JsonbValue *value, const char *key, const sc_node_spec *spec, bool *flag, Node *escontext)
{
	if (value->type != jbvBool)
		return unsuitable(escontext, key, spec, "true or false is needed");
	*flag = value->val.boolean;
	return true;
}

static bool
read_integer(const JsonbValue *value, const char *key, sc_node_spec *spec, Node *escontext)
{
	const char *text;
	const char *digit;
	char	   *end;

	if (value->type != jbvNumeric)
		return unsuitable(escontext, key, spec, "an integer is needed");
	text = numeric_text(value);
	for (digit = text + (*text == '-'); *digit >= '0' && *digit <= '9'; digit++)
		;
	errno = 0;
	spec->key = strtoll(text, &end, 10);
	if (*digit != '\0' || *end != '\0' || errno == ERANGE)
		return unsuitable(escontext, key, spec, "an integer is needed");
	return true;
}

static bool
read_due(const JsonbValue *value, const char *key, sc_node_spec *spec, Node *escontext)
{
	const char *text = "";
	long		length = 0;
	long		position = 0;
	sc_period	period;

	if (value->type == jbvString)
	{
		text = value->val.string.val;
		length = value->val.string.len;
	}
	else if (value->type == jbvNumeric)
	{
		text = numeric_text(value);
		length = (long) strlen(text);
	}
	if (!sc_period_scan(text, length, &position, &period) || position < length)
		return unsuitable(escontext, key, spec, "a date such as \"2030\" or \"2025-06-30\" is needed");
	spec->due = period.last;
	return true;
}

static bool
read_target(const JsonbValue *value, const char *key, sc_node_spec *spec, Node *escontext)
{
	char	   *type;

	if (value->type != jbvString)
		return unsuitable(escontext, key, spec, "the text of a target path is needed");
	type = psprintf("target_path (of node \"%s\")",
					quotable(spec->code ? spec->code : "", spec->code_length));
	spec->target = target_path_parse(value->val.string.val, value->val.string.len,
									 &spec->target_size, escontext, type);
	return spec->target != NULL;
}

/* One key but code and parent. */
static bool
read_key(int k, const JsonbValue *value, sc_node_spec *spec, Node *escontext)
{
	const char *key = known_keys[k].name;
	const char *word = value->type == jbvString ? value->val.string.val : "";
	size_t		length = value->type == jbvString ? value->val.string.len : 0;
	bool		flag = true;
	double		number;

	switch (known_keys[k].kind)
	{
		case KEY_CODE:
			return true;
		case KEY_NUMBER:
			if (!read_number(value, key, spec, &number, escontext))
				return false;
			memcpy((char *) spec + known_keys[k].offset, &number, sizeof(number));
			break;
		case KEY_FLAG:
			if (!read_flag(value, key, spec, &flag, escontext))
				return false;
			break;
		case KEY_CLAMP:
			if (!read_flag(value, key, spec, &flag, escontext))
				return false;
			flag = !flag;
			break;
		case KEY_INTEGER:
			if (!read_integer(value, key, spec, escontext))
				return false;
			break;
		case KEY_AGGREGATION:
			if (!sc_aggregation_from_word(word, length, &spec->aggregation))
				return unsuitable(escontext, key, spec, "arithmetic, geometric, harmonic, min, max or sum is needed");
			break;
		case KEY_MISSING:
			if (!sc_missing_from_word(word, length, &spec->missing))
				return unsuitable(escontext, key, spec, "reweight, zero or propagate is needed");
			break;
		case KEY_MEASURE:
			if (!sc_leaf_measure_from_word(word, length, &spec->measure))
				return unsuitable(escontext, key, spec, "level, distance or met is needed");
			break;
		case KEY_COVERAGE_BY:
			flag = is_word(value, "weight");
			if (!flag && !is_word(value, "count"))
				return unsuitable(escontext, key, spec, "count or weight is needed");
			break;
		case KEY_SCALE:
			flag = is_word(value, "log");
			if (!flag && !is_word(value, "linear"))
				return unsuitable(escontext, key, spec, "linear or log is needed");
			break;
		case KEY_DUE:
			if (!read_due(value, key, spec, escontext))
				return false;
			break;
		case KEY_TARGET:
			if (!read_target(value, key, spec, escontext))
				return false;
			break;
	}
	if (flag)
		spec->said |= known_keys[k].said;
	return true;
}

/* Texts stay where the jsonb has them. */
static bool
read_code(JsonbContainer *object, const char *key, const char **text, size_t *length, Node *escontext)
{
	JsonbValue	space;
	JsonbValue *value = getKeyJsonValueFromContainer(object, key, (int) strlen(key), &space);
	sc_error	error;

	if (value == NULL || value->type == jbvNull)
		return true;
	if (value->type != jbvString)
	{
		sc_fail(&error, SC_FRAMEWORK_VALUE, -1, psprintf("\"%s\"", key), "a text is needed");
		report_error(escontext, &error, NULL);
		return false;
	}
	*text = value->val.string.val;
	*length = value->val.string.len;
	return true;
}

static bool
read_keys(JsonbContainer *object, sc_node_spec *spec, bool rule_only, Node *escontext)
{
	JsonbIterator *it = JsonbIteratorInit(object);
	JsonbIteratorToken token;
	JsonbValue	key,
				value;

	token = JsonbIteratorNext(&it, &key, true);
	while ((token = JsonbIteratorNext(&it, &key, true)) == WJB_KEY)
	{
		int			k;

		(void) JsonbIteratorNext(&it, &value, true);
		for (k = 0; k < (int) lengthof(known_keys); k++)
			if (is_word(&key, known_keys[k].name))
				break;
		if (k == (int) lengthof(known_keys) || (rule_only && known_keys[k].kind == KEY_CODE))
		{
			sc_error	error;

			sc_fail_text(&error, SC_FRAMEWORK_UNKNOWN_KEY, -1, key.val.string.val, key.val.string.len,
						 spec->code ? spec->code : "", spec->code_length);
			report_error(escontext, &error, NULL);
			return false;
		}
		if (value.type != jbvNull && !read_key(k, &value, spec, escontext))
			return false;
	}
	return true;
}

bool
framework_rule_from_json(JsonbContainer *object, sc_node_spec *spec, Node *escontext)
{
	if (!JsonContainerIsObject(object))
		return unsuitable(escontext, "rule", spec, "a JSON object is needed");
	return read_keys(object, spec, true, escontext);
}

bool
framework_specs_from_json(JsonbContainer *list, sc_node_spec **specs, int *count, Node *escontext)
{
	JsonbIterator *it;
	JsonbValue	value;
	sc_error	error;

	if (!JsonContainerIsArray(list) || JsonContainerIsScalar(list))
	{
		sc_fail(&error, SC_FRAMEWORK_SHAPE, -1, NULL, NULL);
		report_error(escontext, &error, NULL);
		return false;
	}
	if (JsonContainerSize(list) > SC_FRAMEWORK_MAX_NODES)
	{
		sc_fail(&error, SC_FRAMEWORK_TOO_MANY, -1, "4096", NULL);
		report_error(escontext, &error, NULL);
		return false;
	}
	*specs = palloc0(sizeof(sc_node_spec) * Max(JsonContainerSize(list), 1));
	*count = 0;
	it = JsonbIteratorInit(list);
	(void) JsonbIteratorNext(&it, &value, true);
	while (JsonbIteratorNext(&it, &value, true) == WJB_ELEM)
	{
		sc_node_spec *spec = &(*specs)[*count];
		JsonbContainer *object;

		if (value.type != jbvBinary || !JsonContainerIsObject(value.val.binary.data))
		{
			sc_fail(&error, SC_FRAMEWORK_SHAPE, -1, NULL, NULL);
			report_error(escontext, &error, NULL);
			return false;
		}
		object = value.val.binary.data;
		if (!read_code(object, "code", &spec->code, &spec->code_length, escontext) ||
			!read_code(object, "parent", &spec->parent, &spec->parent_length, escontext))
			return false;
		if (spec->code == NULL)
		{
			sc_fail(&error, SC_FRAMEWORK_NO_CODE, -1, NULL, NULL);
			report_error(escontext, &error, NULL);
			return false;
		}
		if (!read_keys(object, spec, false, escontext))
			return false;
		(*count)++;
	}
	return true;
}

/* --------------------------------------------------------------- printing */

static void
append_key(StringInfo out, const char *key)
{
	appendStringInfo(out, ", \"%s\": ", key);
}

static void
append_word(StringInfo out, const char *key, const char *word)
{
	append_key(out, key);
	escape_json(out, word);
}

static void
append_number(StringInfo out, const char *key, double number)
{
	char		text[SC_NUMBER_TEXT_SIZE];

	sc_number_print(number, text);
	append_key(out, key);
	appendStringInfoString(out, text);
}

static void
append_node(StringInfo out, const sc_node_spec *spec)
{
	uint32		said = spec->said;

	appendStringInfoString(out, "{\"code\": ");
	escape_json(out, pnstrdup(spec->code, spec->code_length));
	if (spec->parent != NULL)
		append_word(out, "parent", pnstrdup(spec->parent, spec->parent_length));
	if (said & SC_SAID_WEIGHT)
		append_number(out, "weight", spec->weight);
	if (said & SC_SAID_AGGREGATION)
		append_word(out, "aggregation", sc_aggregation_word(spec->aggregation));
	if (said & SC_SAID_MISSING)
		append_word(out, "missing", sc_missing_word(spec->missing));
	if (said & SC_SAID_MIN_COVERAGE)
		append_number(out, "min_coverage", spec->min_coverage);
	if (said & SC_SAID_COVERAGE_BY_WEIGHT)
		append_word(out, "coverage_by", "weight");
	if (said & SC_SAID_WORST)
		append_number(out, "worst", spec->worst);
	if (said & SC_SAID_BEST)
		append_number(out, "best", spec->best);
	if (said & SC_SAID_LOG)
		append_word(out, "scale", "log");
	if (said & SC_SAID_UNCLAMPED)
	{
		append_key(out, "clamp");
		appendStringInfoString(out, "false");
	}
	if (said & SC_SAID_TARGET)
	{
		sc_path		path;

		if (!sc_path_unpack(spec->target, spec->target_size, &path))
			report_corrupted("index_framework");
		append_word(out, "target", target_path_text(&path));
	}
	if (said & SC_SAID_DUE)
	{
		char		due[SC_DATE_TEXT_SIZE];

		sc_date_print_short(spec->due, due);
		append_word(out, "due", due);
	}
	if (said & SC_SAID_MEASURE)
		append_word(out, "measure", sc_leaf_measure_word(spec->measure));
	if (said & SC_SAID_AS_IS)
	{
		append_key(out, "as_is");
		appendStringInfoString(out, "true");
	}
	if (said & SC_SAID_LOWEST)
		append_number(out, "lowest", spec->lowest);
	if (said & SC_SAID_FLOOR)
		append_number(out, "floor", spec->floor);
	if (said & SC_SAID_CAP)
		append_number(out, "cap", spec->cap);
	if (said & SC_SAID_INDICATOR)
	{
		append_key(out, "indicator");
		appendStringInfoString(out, "true");
	}
	if (said & SC_SAID_KEY)
	{
		append_key(out, "key");
		appendStringInfo(out, INT64_FORMAT, spec->key);
	}
	appendStringInfoChar(out, '}');
}

char *
framework_text(const sc_framework *framework)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '[');
	/* a text beyond the limit is refused by framework_build: no need to finish it */
	for (int i = 0; i < framework->node_count && out.len <= SC_FRAMEWORK_MAX_TEXT; i++)
	{
		sc_node_spec spec;

		sc_framework_spec(framework, i, &spec);
		if (i > 0)
			appendStringInfoString(&out, ", ");
		append_node(&out, &spec);
	}
	appendStringInfoChar(&out, ']');
	return out.data;
}
