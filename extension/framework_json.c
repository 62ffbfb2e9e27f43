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
	KEY_COUNT,
	KEY_NUMBERS,				/* a list of numbers */
	KEY_DEVIATION,
	KEY_DIRECTION,
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
	{"power", KEY_NUMBER, SC_SAID_POWER, offsetof(sc_node_spec, power)},
	{"count", KEY_COUNT, SC_SAID_COUNT, 0},
	{"deviation", KEY_DEVIATION, SC_SAID_SAMPLE, 0},
	{"worst", KEY_NUMBER, SC_SAID_WORST, offsetof(sc_node_spec, worst)},
	{"best", KEY_NUMBER, SC_SAID_BEST, offsetof(sc_node_spec, best)},
	{"scale", KEY_SCALE, SC_SAID_LOG, 0},
	{"clamp", KEY_CLAMP, SC_SAID_UNCLAMPED, 0},
	{"target", KEY_TARGET, SC_SAID_TARGET, 0},
	{"due", KEY_DUE, SC_SAID_DUE, 0},
	{"measure", KEY_MEASURE, SC_SAID_MEASURE, 0},
	{"thresholds", KEY_NUMBERS, SC_SAID_THRESHOLDS, 0},
	{"points", KEY_NUMBERS, SC_SAID_POINTS, 0},
	{"mean", KEY_NUMBER, SC_SAID_MEAN, offsetof(sc_node_spec, mean)},
	{"sd", KEY_NUMBER, SC_SAID_SD, offsetof(sc_node_spec, sd)},
	{"direction", KEY_DIRECTION, SC_SAID_DOWN, 0},
	{"score_mean", KEY_NUMBER, SC_SAID_SCORE_MEAN, offsetof(sc_node_spec, score_mean)},
	{"score_sd", KEY_NUMBER, SC_SAID_SCORE_SD, offsetof(sc_node_spec, score_sd)},
	{"as_is", KEY_FLAG, SC_SAID_AS_IS, 0},
	{"lowest", KEY_NUMBER, SC_SAID_LOWEST, offsetof(sc_node_spec, lowest)},
	{"highest", KEY_NUMBER, SC_SAID_HIGHEST, offsetof(sc_node_spec, highest)},
	{"bonus", KEY_NUMBER, SC_SAID_BONUS, offsetof(sc_node_spec, bonus)},
	{"added", KEY_FLAG, SC_SAID_ADDED, 0},
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
read_integer(const JsonbValue *value, const char *key, const sc_node_spec *spec, int64 *integer, Node *escontext)
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
	*integer = strtoll(text, &end, 10);
	if (*digit != '\0' || *end != '\0' || errno == ERANGE)
		return unsuitable(escontext, key, spec, "an integer is needed");
	return true;
}

static bool
read_count(const JsonbValue *value, const char *key, sc_node_spec *spec, Node *escontext)
{
	int64		count;

	if (!read_integer(value, key, spec, &count, escontext))
		return false;
	if (count < 1 || count > SC_FRAMEWORK_MAX_NODES)
		return unsuitable(escontext, key, spec, "a number of children from 1 to 4096 is needed");
	spec->count = (int) count;
	return true;
}

/* A list of numbers, into memory of its own. */
static bool
read_numbers(const JsonbValue *value, const char *key, sc_node_spec *spec, Node *escontext)
{
	JsonbContainer *list = value->val.binary.data;
	double	   *numbers;
	int			count;

	if (value->type != jbvBinary || !JsonContainerIsArray(list) || JsonContainerIsScalar(list))
		return unsuitable(escontext, key, spec, "a list of numbers is needed");
	count = (int) JsonContainerSize(list);
	numbers = palloc(sizeof(double) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		JsonbValue *element = getIthJsonbValueFromContainer(list, i);

		if (!read_number(element, key, spec, &numbers[i], escontext))
			return false;
	}
	if (strcmp(key, "thresholds") == 0)
	{
		spec->thresholds = numbers;
		spec->threshold_count = count;
	}
	else
	{
		spec->points = numbers;
		spec->point_count = count;
	}
	return true;
}

/* One of two words; *second says which. */
static bool
read_either(const JsonbValue *value, const char *key, const char *first, const char *other,
			const sc_node_spec *spec, bool *second, Node *escontext)
{
	*second = is_word(value, other);
	return *second || is_word(value, first) ||
		unsuitable(escontext, key, spec, psprintf("%s or %s is needed", first, other));
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
			if (!read_integer(value, key, spec, &spec->key, escontext))
				return false;
			break;
		case KEY_COUNT:
			if (!read_count(value, key, spec, escontext))
				return false;
			break;
		case KEY_NUMBERS:
			if (!read_numbers(value, key, spec, escontext))
				return false;
			break;
		case KEY_AGGREGATION:
			if (!sc_aggregation_from_word(word, length, &spec->aggregation))
				return unsuitable(escontext, key, spec, "arithmetic, geometric, harmonic, min, max, sum, power, median, product, "
								  "mpi_minus, mpi_plus, share_met or worst_mean is needed");
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
			if (!read_either(value, key, "count", "weight", spec, &flag, escontext))
				return false;
			break;
		case KEY_SCALE:
			if (!read_either(value, key, "linear", "log", spec, &flag, escontext))
				return false;
			break;
		case KEY_DEVIATION:
			if (!read_either(value, key, "population", "sample", spec, &flag, escontext))
				return false;
			break;
		case KEY_DIRECTION:
			if (!read_either(value, key, "up", "down", spec, &flag, escontext))
				return false;
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
	bool		readable = true;

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
			readable = false;
		}
		else if (value.type != jbvNull && !read_key(k, &value, spec, escontext))
			readable = false;
		/* where every fault is wanted, the next key is looked at too */
		if (!readable && fault_list(escontext) == NULL)
			return false;
	}
	if (!readable)
		spec->said |= SC_SAID_UNREADABLE;
	return true;
}

bool
framework_rule_from_json(JsonbContainer *object, sc_node_spec *spec, Node *escontext)
{
	if (!JsonContainerIsObject(object))
		return unsuitable(escontext, "rule", spec, "a JSON object is needed");
	return read_keys(object, spec, true, escontext);
}

static bool
fail_shape(sc_error_kind kind, const char *offender, Node *escontext)
{
	sc_error	error;

	sc_fail(&error, kind, -1, offender, NULL);
	report_error(escontext, &error, NULL);
	return false;
}

/* One node of the list. */
static bool
read_node(const JsonbValue *value, sc_node_spec *spec, Node *escontext)
{
	FaultList  *list = fault_list(escontext);
	JsonbContainer *object;

	if (list != NULL)
		list->code_length = 0;
	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		return fail_shape(SC_FRAMEWORK_SHAPE, NULL, escontext);
	object = value->val.binary.data;
	if (!read_code(object, "code", &spec->code, &spec->code_length, escontext))
		return false;
	if (spec->code == NULL)
		return fail_shape(SC_FRAMEWORK_NO_CODE, NULL, escontext);
	if (list != NULL)
	{
		list->code = spec->code;
		list->code_length = spec->code_length;
	}
	return read_code(object, "parent", &spec->parent, &spec->parent_length, escontext) &&
		read_keys(object, spec, false, escontext);
}

bool
framework_specs_from_json(JsonbContainer *list, sc_node_spec **specs, int *count, Node *escontext)
{
	JsonbIterator *it;
	JsonbValue	value;

	if (!JsonContainerIsArray(list) || JsonContainerIsScalar(list))
		return fail_shape(SC_FRAMEWORK_SHAPE, NULL, escontext);
	if (JsonContainerSize(list) > SC_FRAMEWORK_MAX_NODES)
		return fail_shape(SC_FRAMEWORK_TOO_MANY, "4096", escontext);
	*specs = palloc0(sizeof(sc_node_spec) * Max(JsonContainerSize(list), 1));
	*count = 0;
	it = JsonbIteratorInit(list);
	(void) JsonbIteratorNext(&it, &value, true);
	while (JsonbIteratorNext(&it, &value, true) == WJB_ELEM)
	{
		sc_node_spec *spec = &(*specs)[*count];

		if (read_node(&value, spec, escontext))
			(*count)++;
		else if (fault_list(escontext) == NULL)
			return false;
		else
			memset(spec, 0, sizeof(*spec));
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
append_numbers(StringInfo out, const char *key, const double *numbers, int count)
{
	char		text[SC_NUMBER_TEXT_SIZE];

	append_key(out, key);
	appendStringInfoChar(out, '[');
	for (int i = 0; i < count; i++)
	{
		sc_number_print(numbers[i], text);
		appendStringInfo(out, i > 0 ? ", %s" : "%s", text);
	}
	appendStringInfoChar(out, ']');
}

/* The value of one key that the node says. */
static void
append_said(StringInfo out, int k, const sc_node_spec *spec)
{
	const char *key = known_keys[k].name;
	double		number;
	sc_path		path;
	char		due[SC_DATE_TEXT_SIZE];

	switch (known_keys[k].kind)
	{
		case KEY_CODE:
			break;
		case KEY_NUMBER:
			memcpy(&number, (const char *) spec + known_keys[k].offset, sizeof(number));
			append_number(out, key, number);
			break;
		case KEY_FLAG:
			append_key(out, key);
			appendStringInfoString(out, "true");
			break;
		case KEY_CLAMP:
			append_key(out, key);
			appendStringInfoString(out, "false");
			break;
		case KEY_INTEGER:
			append_key(out, key);
			appendStringInfo(out, INT64_FORMAT, spec->key);
			break;
		case KEY_COUNT:
			append_key(out, key);
			appendStringInfo(out, "%d", spec->count);
			break;
		case KEY_NUMBERS:
			if (known_keys[k].said == SC_SAID_THRESHOLDS)
				append_numbers(out, key, spec->thresholds, spec->threshold_count);
			else
				append_numbers(out, key, spec->points, spec->point_count);
			break;
		case KEY_AGGREGATION:
			append_word(out, key, sc_aggregation_word(spec->aggregation));
			break;
		case KEY_MISSING:
			append_word(out, key, sc_missing_word(spec->missing));
			break;
		case KEY_MEASURE:
			append_word(out, key, sc_leaf_measure_word(spec->measure));
			break;
		case KEY_COVERAGE_BY:
			append_word(out, key, "weight");
			break;
		case KEY_SCALE:
			append_word(out, key, "log");
			break;
		case KEY_DEVIATION:
			append_word(out, key, "sample");
			break;
		case KEY_DIRECTION:
			append_word(out, key, "down");
			break;
		case KEY_DUE:
			sc_date_print_short(spec->due, due);
			append_word(out, key, due);
			break;
		case KEY_TARGET:
			if (!sc_path_unpack(spec->target, spec->target_size, &path))
				report_corrupted("index_framework");
			append_word(out, key, target_path_text(&path));
			break;
	}
}

static void
append_node(StringInfo out, const sc_node_spec *spec)
{
	appendStringInfoString(out, "{\"code\": ");
	escape_json(out, pnstrdup(spec->code, spec->code_length));
	if (spec->parent != NULL)
		append_word(out, "parent", pnstrdup(spec->parent, spec->parent_length));
	for (int k = 0; k < (int) lengthof(known_keys); k++)
		if (spec->said & known_keys[k].said)
			append_said(out, k, spec);
	appendStringInfoChar(out, '}');
}

char *
framework_node_text(const sc_framework *framework, int node)
{
	StringInfoData out;
	sc_node_spec spec;

	initStringInfo(&out);
	sc_framework_spec(framework, node, &spec);
	append_node(&out, &spec);
	return out.data;
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
