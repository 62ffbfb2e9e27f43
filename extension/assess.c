/*
 * assess.c
 *		assess(): progress by a published scheme; scheme(): the schemes as data.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "compat.h"
#include "arguments.h"
#include "core/number.h"
#include "core/scheme.h"
#include "report.h"
#include "schemes.h"

/* --------------------------------------------------------- reading a scheme */

static pg_noinline void
fail_scheme(const char *key, const char *wanted)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("key \"%s\" of a scheme has an unsuitable value: %s", key, wanted),
			 errhint("SELECT jsonb_pretty(scheme('programme')) shows one; docs/assess.md explains the keys.")));
}

static double
number_of(JsonbValue *value)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
	long		position = 0;
	double		number;
	sc_error	error;

	if (!sc_number_scan(text, (long) strlen(text), &position, 0, &number, &error))
		report_error(NULL, &error, NULL);
	return number;
}

/* NULL if the key is absent or null. */
static JsonbValue *
get(JsonbContainer *object, const char *key, JsonbValue *space)
{
	JsonbValue *value = getKeyJsonValueFromContainer(object, key, (int) strlen(key), space);

	return value == NULL || value->type == jbvNull ? NULL : value;
}

static bool
get_number(JsonbContainer *object, const char *key, double *number)
{
	JsonbValue	space;
	JsonbValue *value = get(object, key, &space);

	if (value == NULL)
		return false;
	if (value->type != jbvNumeric)
		fail_scheme(key, "a number is needed");
	*number = number_of(value);
	return true;
}

static bool
get_word(JsonbContainer *object, const char *key, const char **word, int *length)
{
	JsonbValue	space;
	JsonbValue *value = get(object, key, &space);

	if (value == NULL)
		return false;
	if (value->type != jbvString)
		fail_scheme(key, "a text is needed");
	*word = value->val.string.val;
	*length = value->val.string.len;
	return true;
}

static void
get_name(JsonbContainer *object, const char *key, char *name)
{
	const char *word;
	int			length;

	name[0] = '\0';
	if (!get_word(object, key, &word, &length))
		return;
	if (length == 0 || length >= SC_CLASS_SIZE)
		fail_scheme(key, "a text of 1 to 63 bytes is needed");
	memcpy(name, word, length);
	name[length] = '\0';
}

static JsonbContainer *
get_container(JsonbContainer *object, const char *key, bool array, JsonbValue *space)
{
	JsonbValue *value = get(object, key, space);

	if (value == NULL)
		return NULL;
	if (value->type != jbvBinary ||
		!(array ? JsonContainerIsArray(value->val.binary.data) : JsonContainerIsObject(value->val.binary.data)))
		fail_scheme(key, array ? "a list is needed" : "an object is needed");
	return value->val.binary.data;
}

static JsonbContainer *
element_object(JsonbContainer *list, int i, const char *key)
{
	JsonbValue *value = getIthJsonbValueFromContainer(list, i);

	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		fail_scheme(key, "a list of objects is needed");
	return value->val.binary.data;
}

/* Every key of the object must be in the list, which ends in NULL. */
static void
check_keys(JsonbContainer *object, const char *const *known)
{
	JsonbIterator *it = JsonbIteratorInit(object);
	JsonbValue	key;

	(void) JsonbIteratorNext(&it, &key, true);
	while (JsonbIteratorNext(&it, &key, true) == WJB_KEY)
	{
		const char *name = pnstrdup(key.val.string.val, key.val.string.len);
		JsonbValue	value;
		int			k;

		for (k = 0; known[k] != NULL && strcmp(known[k], name) != 0; k++)
			;
		if (known[k] == NULL)
		{
			StringInfoData list;

			initStringInfo(&list);
			for (k = 0; known[k] != NULL; k++)
				appendStringInfo(&list, "%s%s", k > 0 ? ", " : "", known[k]);
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unknown key \"%s\" in a scheme", quotable(name, strlen(name))),
					 errhint("Known keys here: %s.", list.data)));
		}
		(void) JsonbIteratorNext(&it, &value, true);
	}
}

static void
read_classes(JsonbContainer *object, sc_ladder *ladder)
{
	static const char *const known[] = {"class", "from", "open", NULL};
	JsonbValue	space;
	JsonbContainer *list = get_container(object, "classes", true, &space);
	int			count = list == NULL ? 0 : (int) JsonContainerSize(list);

	if (count > SC_SCHEME_MAX_CLASSES)
		fail_scheme("classes", "at most 16 classes are allowed");
	for (int i = 0; i < count; i++)
	{
		JsonbContainer *element = element_object(list, i, "classes");
		sc_class   *class = &ladder->classes[i];
		JsonbValue	flag_space;
		JsonbValue *flag = get(element, "open", &flag_space);

		check_keys(element, known);
		get_name(element, "class", class->name);
		if (class->name[0] == '\0' || !get_number(element, "from", &class->from))
			fail_scheme("classes", "each class needs a name \"class\" and a number \"from\"");
		if (flag != NULL && flag->type != jbvBool)
			fail_scheme("open", "true or false is needed");
		class->open = flag != NULL && flag->val.boolean;
		if (i > 0 && !(class[-1].from > class->from ||
					   (class[-1].from == class->from && class[-1].open && !class->open)))
			fail_scheme("classes", psprintf("\"from\" must descend: class \"%s\" does not", class->name));
	}
	ladder->class_count = count;
}

/* A numeric column of progress(). */
static sc_measure_kind
measure_from_word(const char *word)
{
	for (int k = 0; k < SC_MEASURE_COUNT; k++)
		if (k != SC_REACHED_ON && strcmp(word, sc_measure_word(k)) == 0)
			return k;
	fail_scheme("measure", "status, gap_closed or a numeric column of progress() is needed");
	return SC_EXPECTED_VALUE;
}

static void
read_score(JsonbContainer *object, sc_ladder *ladder, bool with_target)
{
	static const char *const known[] = {"measure", "pieces", "low", "high", NULL};
	static const char *const known_piece[] = {"from", "slope", "intercept", NULL};
	JsonbValue	space;
	JsonbValue	list_space;
	JsonbContainer *score = get_container(object, "score", false, &space);
	JsonbContainer *list;
	const char *word;
	int			length;

	ladder->low = -INFINITY;
	ladder->high = INFINITY;
	if (score == NULL)
		return;
	check_keys(score, known);
	if (get_word(score, "measure", &word, &length))
	{
		if (!with_target)
			fail_scheme("measure", "without a target only \"growth\" can be measured");
		ladder->has_score_measure = true;
		ladder->score_measure = measure_from_word(pnstrdup(word, length));
	}
	(void) get_number(score, "low", &ladder->low);
	(void) get_number(score, "high", &ladder->high);
	if (ladder->low > ladder->high)
		fail_scheme("score", "\"low\" must not lie above \"high\"");
	list = get_container(score, "pieces", true, &list_space);
	if (list == NULL || JsonContainerSize(list) < 1 || JsonContainerSize(list) > SC_SCHEME_MAX_PIECES)
		fail_scheme("pieces", "one to 8 straight pieces are needed");
	ladder->piece_count = (int) JsonContainerSize(list);
	for (int i = 0; i < ladder->piece_count; i++)
	{
		JsonbContainer *element = element_object(list, i, "pieces");
		sc_piece   *piece = &ladder->pieces[i];

		check_keys(element, known_piece);
		piece->has_from = get_number(element, "from", &piece->from);
		if (!get_number(element, "slope", &piece->slope) || !get_number(element, "intercept", &piece->intercept))
			fail_scheme("pieces", "each piece needs slope and intercept");
		if (piece->has_from != (i < ladder->piece_count - 1))
			fail_scheme("pieces", "each piece but the last needs \"from\"");
		if (piece->has_from && i > 0 && piece[-1].from <= piece->from)
			fail_scheme("pieces", "\"from\" must descend");
	}
}

static void
read_measure(JsonbContainer *object, sc_ladder *ladder, bool with_target)
{
	const char *word;
	int			length;
	bool		has_method;

	ladder->method = SC_PROJECT_LINEAR;
	has_method = get_word(object, "projection", &word, &length);
	if (has_method && !sc_projection_from_word(word, length, &ladder->method))
		fail_scheme("projection", "linear, growth, last_changes, least_squares, weighted_least_squares or last_value is needed");
	if (!get_word(object, "measure", &word, &length))
		fail_scheme("measure", "the name of a measure is needed");
	word = pnstrdup(word, length);
	ladder->kind = SC_SCHEME_PROGRESS;
	if (!with_target)
	{
		if (strcmp(word, "growth") != 0)
			fail_scheme("measure", "without a target only \"growth\" can be measured");
		ladder->measure = SC_DIRECTED_GROWTH;
	}
	else if (strcmp(word, "status") == 0)
		ladder->kind = SC_SCHEME_STATUS;
	else if (strcmp(word, "gap_closed") == 0)
		ladder->kind = SC_SCHEME_GAP_CLOSED;
	else if (strcmp(word, "projected_attainment") == 0 && has_method)
		ladder->kind = SC_SCHEME_PROJECTED;
	else
	{
		ladder->measure = measure_from_word(word);
		if (has_method)
			fail_scheme("projection", "only projected_attainment and gap_closed are projected");
	}
}

static void
read_ladder(JsonbContainer *object, sc_ladder *ladder, bool with_target)
{
	ladder->defined = true;
	read_measure(object, ladder, with_target);
	ladder->scale = 1;
	(void) get_number(object, "scale", &ladder->scale);
	if (ladder->scale == 0)
		fail_scheme("scale", "a number other than 0 is needed");
	read_classes(object, ladder);
	get_name(object, "otherwise", ladder->otherwise);
	if (ladder->kind != SC_SCHEME_STATUS && ladder->otherwise[0] == '\0')
		fail_scheme("otherwise", "the class below all others is needed");
	read_score(object, ladder, with_target);
	ladder->has_limit = get_number(object, "limit", &ladder->limit);
	ladder->limit_exponent = 1;
	(void) get_number(object, "limit_exponent", &ladder->limit_exponent);
}

static void
read_tolerance(JsonbContainer *object, sc_scheme *scheme)
{
	static const char *const known[] = {"within", "targets", NULL};
	JsonbValue	space;
	JsonbValue	list_space;
	JsonbContainer *tolerance = get_container(object, "tolerance", false, &space);
	JsonbContainer *list;

	if (tolerance == NULL)
		return;
	check_keys(tolerance, known);
	list = get_container(tolerance, "targets", true, &list_space);
	if (!get_number(tolerance, "within", &scheme->within) || scheme->within < 0 ||
		list == NULL || JsonContainerSize(list) > SC_SCHEME_MAX_TOLERATED)
		fail_scheme("tolerance", "a number \"within\" of 0 or more and a list \"targets\" of at most 4 numbers are needed");
	for (int i = 0; i < (int) JsonContainerSize(list); i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(list, i);

		if (value->type != jbvNumeric)
			fail_scheme("targets", "a list of numbers is needed");
		scheme->tolerated[i] = number_of(value);
	}
	scheme->tolerated_count = (int) JsonContainerSize(list);
}

static void
read_scheme(Jsonb *json, sc_scheme *scheme)
{
	static const char *const known[] = {
		"name", "source", "measure", "projection", "scale", "classes", "otherwise", "score",
		"met", "exceeded", "missed", "met_score", "tolerance", "past_due", "without_target", NULL
	};
	static const char *const known_without[] = {
		"measure", "scale", "classes", "otherwise", "score", "limit", "limit_exponent", NULL
	};
	JsonbContainer *root = &json->root;
	JsonbContainer *without;
	JsonbValue	space;
	const char *word;
	int			length;

	memset(scheme, 0, sizeof(*scheme));
	if (!JB_ROOT_IS_OBJECT(json))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a scheme must be a JSON object"),
				 errhint("SELECT jsonb_pretty(scheme('programme')) shows one.")));
	check_keys(root, known);
	get_name(root, "name", scheme->name);
	read_ladder(root, &scheme->with_target, true);
	get_name(root, "met", scheme->met);
	get_name(root, "exceeded", scheme->exceeded);
	get_name(root, "missed", scheme->missed);
	scheme->has_met_score = get_number(root, "met_score", &scheme->met_score);
	read_tolerance(root, scheme);
	if (get_word(root, "past_due", &word, &length))
	{
		word = pnstrdup(word, length);
		scheme->latest = strcmp(word, "latest") == 0;
		if (!scheme->latest && strcmp(word, "at_due") != 0)
			fail_scheme("past_due", "at_due or latest is needed");
	}
	without = get_container(root, "without_target", false, &space);
	if (without != NULL)
	{
		check_keys(without, known_without);
		read_ladder(without, &scheme->without_target, false);
	}
}

/* The scheme of argument n, read once for as long as it stays the same. */
typedef struct SchemeCache
{
	Jsonb	   *json;
	sc_scheme	scheme;
} SchemeCache;

static const sc_scheme *
scheme_argument(FunctionCallInfo fcinfo, int n)
{
	SchemeCache *cache = fcinfo->flinfo->fn_extra;
	Jsonb	   *json = PG_GETARG_JSONB_P(n);
	MemoryContext caller;

	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(SchemeCache));
	if (cache->json != NULL && VARSIZE(cache->json) == VARSIZE(json) &&
		memcmp(cache->json, json, VARSIZE(json)) == 0)
		return &cache->scheme;
	if (cache->json != NULL)
		pfree(cache->json);
	cache->json = NULL;
	read_scheme(json, &cache->scheme);
	caller = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	cache->json = (Jsonb *) PG_DETOAST_DATUM_COPY(JsonbPGetDatum(json));
	MemoryContextSwitchTo(caller);
	return &cache->scheme;
}

/* ---------------------------------------------------------------- assessing */

/* assess(path, series, as_of, scheme, due, lower_is_better); columns of assess_result, new ones appended. */
SCORECARD_FUNCTION(scorecard_assess);
Datum
scorecard_assess(PG_FUNCTION_ARGS)
{
	const sc_scheme *scheme;
	sc_path		path;
	sc_series	series;
	sc_date		due = SC_NO_DATE;
	sc_assessment a;
	TupleDesc	description;
	Datum		values[8];
	bool		nulls[8] = {false};

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("assess was called where no row is accepted")));
	if (PG_ARGISNULL(2))
		report_null("as_of");
	if (PG_ARGISNULL(3))
		report_null("scheme");
	scheme = scheme_argument(fcinfo, 3);
	if (!PG_ARGISNULL(0))
		target_path_view(PG_GETARG_DATUM(0), &path);
	if (!PG_ARGISNULL(1))
		indicator_series_view(PG_GETARG_DATUM(1), &series);
	if (!PG_ARGISNULL(4))
		due = date_argument(PG_GETARG_DATUM(4), "due");
	sc_assess(scheme, PG_ARGISNULL(0) ? NULL : &path, PG_ARGISNULL(1) ? NULL : &series,
			  date_argument(PG_GETARG_DATUM(2), "as_of"), due,
			  !PG_ARGISNULL(5) && PG_GETARG_BOOL(5), &a);

	nulls[0] = scheme->name[0] == '\0';
	values[0] = nulls[0] ? (Datum) 0 : CStringGetTextDatum(scheme->name);
	nulls[1] = !a.has_due;
	values[1] = DateADTGetDatum(a.due);
	nulls[2] = a.measure == NULL;
	values[2] = nulls[2] ? (Datum) 0 : CStringGetTextDatum(a.measure);
	nulls[3] = !a.has_measured || !isfinite(a.measured);
	values[3] = Float8GetDatum(nulls[3] ? 0 : a.measured);
	nulls[4] = !a.has_score || !isfinite(a.score);
	values[4] = Float8GetDatum(nulls[4] ? 0 : a.score);
	nulls[5] = a.class_name == NULL;
	values[5] = nulls[5] ? (Datum) 0 : CStringGetTextDatum(a.class_name);
	nulls[6] = a.reason == SC_NO_REASON;
	values[6] = nulls[6] ? (Datum) 0 : CStringGetTextDatum(sc_reason_word(a.reason));
	values[7] = BoolGetDatum(a.is_met);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls)));
}

SCORECARD_FUNCTION(scorecard_scheme);
Datum
scorecard_scheme(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	StringInfoData known;

	initStringInfo(&known);
	for (int i = 0; published_schemes[i].name != NULL; i++)
	{
		if (strcmp(published_schemes[i].name, name) == 0)
			PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(published_schemes[i].json)));
		appendStringInfo(&known, "%s%s", i > 0 ? ", " : "", published_schemes[i].name);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("there is no scheme \"%s\"", quotable(name, strlen(name))),
			 errhint("Schemes: %s.", known.data)));
}
