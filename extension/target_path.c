/*
 * target_path.c
 *		The type target_path, its constructors and accessors.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/tuplestore.h"

#include "compat.h"
#include "arguments.h"
#include "comparison.h"
#include "report.h"

/* --------------------------------------------------------- datum and view */

void
target_path_view(Datum datum, sc_path *path)
{
	struct varlena *stored = PG_DETOAST_DATUM_PACKED(datum);

	if (!sc_path_unpack(VARDATA_ANY(stored), VARSIZE_ANY_EXHDR(stored), path))
		report_corrupted("target_path");
}

sc_date
date_argument(Datum datum, const char *what)
{
	DateADT		date = DatumGetDateADT(datum);

	if (!sc_date_is_usable(date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("%s is out of range", what),
				 errhint("Dates run from 0001-01-01 to 9999-12-31.")));
	return date;
}

char *
target_path_text(const sc_path *path)
{
	char	   *text = palloc(SC_PATH_TEXT_SIZE(path->count));

	sc_path_print(path, text);
	return text;
}

/* Packs a spec into a new datum; NULL after a soft error. */
static struct varlena *
pack(sc_path_spec *spec, Node *escontext)
{
	Size		size = VARHDRSZ + SC_PATH_PACKED_SIZE(Max(spec->count, 0));
	struct varlena *stored = palloc(size);
	sc_error	error;

	if (!sc_path_pack(spec, VARDATA(stored), &error))
	{
		report_error(escontext, &error, NULL);
		return NULL;
	}
	SET_VARSIZE(stored, size);
	return stored;
}

static struct varlena *
parse(const char *text, long length, Node *escontext, const char *type)
{
	sc_path_spec spec;
	sc_error	error;

	spec.capacity = sc_path_count_targets(text, length);
	spec.targets = palloc(sizeof(sc_target) * Max(spec.capacity, 1));
	if (spec.capacity == 0)
		spec.capacity = 1;
	if (!sc_path_scan(text, length, &spec, &error))
	{
		report_error(escontext, &error, type);
		return NULL;
	}
	return pack(&spec, escontext);
}

char *
target_path_parse(const char *text, size_t length, size_t *size, Node *escontext, const char *type)
{
	struct varlena *stored = parse(text, (long) length, escontext, type);

	if (stored == NULL)
		return NULL;
	*size = VARSIZE(stored) - VARHDRSZ;
	return VARDATA(stored);
}

/* -------------------------------------------------------------------- I/O */

SCORECARD_FUNCTION(scorecard_target_path_in);
Datum
scorecard_target_path_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct varlena *stored = parse(text, (long) strlen(text), fcinfo->context, "target_path");

	if (stored == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(stored);
}

SCORECARD_FUNCTION(scorecard_target_path_out);
Datum
scorecard_target_path_out(PG_FUNCTION_ARGS)
{
	sc_path		path;

	target_path_view(PG_GETARG_DATUM(0), &path);
	PG_RETURN_CSTRING(target_path_text(&path));
}

/* Binary form: the version byte and the text, as jsonb has it. */
SCORECARD_FUNCTION(scorecard_target_path_recv);
Datum
scorecard_target_path_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int			length;
	char	   *text;

	if (version != SC_PATH_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unsupported target_path version number %d", version)));
	text = pq_getmsgtext(buf, buf->len - buf->cursor, &length);
	PG_RETURN_POINTER(parse(text, length, NULL, "target_path"));
}

SCORECARD_FUNCTION(scorecard_target_path_send);
Datum
scorecard_target_path_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	sc_path		path;
	char	   *text;

	target_path_view(PG_GETARG_DATUM(0), &path);
	text = target_path_text(&path);
	pq_begintypsend(&buf);
	pq_sendbyte(&buf, SC_PATH_VERSION);
	pq_sendtext(&buf, text, strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ------------------------------------------------------------- comparison */

static int
target_path_compare(FunctionCallInfo fcinfo)
{
	struct varlena *x = PG_GETARG_VARLENA_PP(0);
	struct varlena *y = PG_GETARG_VARLENA_PP(1);
	sc_path		path_x,
				path_y;
	int			order;

	target_path_view(PointerGetDatum(x), &path_x);
	target_path_view(PointerGetDatum(y), &path_y);
	order = sc_path_compare(&path_x, &path_y);
	PG_FREE_IF_COPY(x, 0);
	PG_FREE_IF_COPY(y, 1);
	return order;
}

/* Equal paths are equal bytes. */
static const unsigned char *
target_path_hash_bytes(FunctionCallInfo fcinfo, int *length)
{
	struct varlena *stored = PG_GETARG_VARLENA_PP(0);

	*length = VARSIZE_ANY_EXHDR(stored);
	return (const unsigned char *) VARDATA_ANY(stored);
}

COMPARISON_FUNCTIONS(target_path);

/* -------------------------------------------------------------- from rows */

typedef struct PathState
{
	StateKind	kind;
	sc_path_spec spec;
	bool		begun;
} PathState;

static void
read_words(FunctionCallInfo fcinfo, int direction_argument, int role_argument, int shape_argument, sc_path_spec *spec)
{
	const struct
	{
		int			argument;
		const char *what;
	}			words[] = {{direction_argument, "direction"}, {role_argument, "role"}, {shape_argument, "shape"}};

	for (int i = 0; i < 3; i++)
	{
		text	   *word;
		sc_error	error;
		bool		known;

		if (words[i].argument < 0 || words[i].argument >= PG_NARGS() || PG_ARGISNULL(words[i].argument))
			continue;
		word = PG_GETARG_TEXT_PP(words[i].argument);
		if (i == 0)
			known = sc_direction_from_word(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), &spec->direction);
		else if (i == 1)
			known = sc_role_from_word(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), &spec->role);
		else
			known = sc_shape_from_word(VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word), &spec->shape);
		if (!known)
		{
			sc_fail_text(&error, SC_PATH_WORD, -1, words[i].what, strlen(words[i].what),
						 VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word));
			report_error(NULL, &error, NULL);
		}
	}
}

static void
read_baseline(FunctionCallInfo fcinfo, int value_argument, sc_path_spec *spec)
{
	int			date_at = value_argument + 1;
	bool		has_value = date_at < PG_NARGS() && !PG_ARGISNULL(value_argument);
	bool		has_date = date_at < PG_NARGS() && !PG_ARGISNULL(date_at);

	if (has_value != has_date)
		report_fault(SC_PATH_BASELINE_DATE, NULL, NULL);
	if (!has_value)
		return;
	spec->has_baseline = true;
	spec->baseline = PG_GETARG_FLOAT8(value_argument);
	spec->baseline_on = date_argument(PG_GETARG_DATUM(date_at), "the date of a baseline");
	if (!isfinite(spec->baseline))
		report_not_finite("the baseline of a target path");
}

static void
read_target(const char *bound, int length, Datum due, bool has_start, Datum start, sc_path_spec *spec)
{
	sc_target  *target = &spec->targets[spec->count];
	sc_error	error;

	if (!sc_bound_scan(bound, length, target, &error))
		report_error(NULL, &error, "bound");
	target->due = date_argument(due, "a due date");
	target->span_start = has_start ? date_argument(start, "the start of a span") : target->due;
	spec->count++;
}

static int
compare_due(const void *x, const void *y)
{
	sc_date		a = ((const sc_target *) x)->due;
	sc_date		b = ((const sc_target *) y)->due;

	return (a > b) - (a < b);
}

/* Spans belong to the roles over time, and there every target has one. */
static void
check_spans(const sc_path_spec *spec)
{
	for (int i = 0; i < spec->count; i++)
	{
		bool		has_span = spec->targets[i].span_start != spec->targets[i].due;
		char		date[SC_DATE_TEXT_SIZE];

		if (has_span == (spec->role > SC_LEVEL))
			continue;
		sc_date_print(spec->targets[i].due, date);
		report_fault(has_span ? SC_PATH_SPAN_REFUSED : SC_PATH_SPAN_NEEDED, date, NULL);
	}
}

static Datum
finish(sc_path_spec *spec)
{
	qsort(spec->targets, spec->count, sizeof(sc_target), compare_due);
	check_spans(spec);
	return PointerGetDatum(pack(spec, NULL));
}

/* target_path(bounds, due, direction, baseline, baseline_on, role, shape, span_starts) */
SCORECARD_FUNCTION(scorecard_target_path_from_arrays);
Datum
scorecard_target_path_from_arrays(PG_FUNCTION_ARGS)
{
	Datum	   *bounds,
			   *dues,
			   *starts = NULL;
	bool	   *bound_nulls,
			   *due_nulls,
			   *start_nulls = NULL;
	int			n,
				n_due,
				n_start = 0;
	sc_path_spec spec = {0};

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &bounds, &bound_nulls, &n);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), DATEOID, 4, true, TYPALIGN_INT, &dues, &due_nulls, &n_due);
	if (!PG_ARGISNULL(7))
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(7), DATEOID, 4, true, TYPALIGN_INT, &starts, &start_nulls, &n_start);
	if (n != n_due || (starts != NULL && n != n_start))
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("bounds, due dates and span starts must be arrays of the same length")));
	if (n > SC_PATH_MAX_TARGETS)
		report_fault(SC_PATH_TOO_MANY_TARGETS, "1024", NULL);
	spec.targets = palloc(sizeof(sc_target) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		bool		has_start = starts != NULL && !start_nulls[i];

		if (bound_nulls[i] || due_nulls[i])
			report_null("a bound or due date of a target path");
		read_target(VARDATA_ANY(DatumGetTextPP(bounds[i])), VARSIZE_ANY_EXHDR(DatumGetTextPP(bounds[i])),
					dues[i], has_start, has_start ? starts[i] : (Datum) 0, &spec);
	}
	read_words(fcinfo, 2, 5, 6, &spec);
	read_baseline(fcinfo, 3, &spec);
	return finish(&spec);
}

/* target_path_agg(state, bound, due [, direction, baseline, baseline_on [, role, shape, span_start]]) */
SCORECARD_FUNCTION(scorecard_target_path_agg_step);
Datum
scorecard_target_path_agg_step(PG_FUNCTION_ARGS)
{
	MemoryContext aggcontext = aggregate_context(fcinfo, "target_path_agg_step");
	PathState  *state;
	sc_path_spec row = {0};
	text	   *bound;

	state = aggregate_state(fcinfo, 0, STATE_OF_PATH);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (state == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(state);
	}
	if (state == NULL)
		state = aggregate_state_new(aggcontext, sizeof(PathState), STATE_OF_PATH);

	read_words(fcinfo, 3, 6, 7, &row);
	read_baseline(fcinfo, 4, &row);
	if (!state->begun)
	{
		state->begun = true;
		state->spec = row;
		state->spec.capacity = 4;
		state->spec.targets = MemoryContextAlloc(aggcontext, sizeof(sc_target) * 4);
	}
	else if (row.direction != state->spec.direction || row.role != state->spec.role ||
			 row.shape != state->spec.shape || row.has_baseline != state->spec.has_baseline ||
			 row.baseline != state->spec.baseline || row.baseline_on != state->spec.baseline_on)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the rows of one target path differ in direction, role, shape or baseline"),
				 errhint("Group the rows so that each group is one path.")));
	if (state->spec.count >= SC_PATH_MAX_TARGETS)
		report_fault(SC_PATH_TOO_MANY_TARGETS, "1024", NULL);
	if (state->spec.count >= state->spec.capacity)
	{
		state->spec.capacity *= 2;
		state->spec.targets = repalloc(state->spec.targets, sizeof(sc_target) * state->spec.capacity);
	}
	bound = PG_GETARG_TEXT_PP(1);
	read_target(VARDATA_ANY(bound), VARSIZE_ANY_EXHDR(bound), PG_GETARG_DATUM(2),
				PG_NARGS() > 8 && !PG_ARGISNULL(8), PG_NARGS() > 8 ? PG_GETARG_DATUM(8) : (Datum) 0,
				&state->spec);
	PG_RETURN_POINTER(state);
}

SCORECARD_FUNCTION(scorecard_target_path_agg_final);
Datum
scorecard_target_path_agg_final(PG_FUNCTION_ARGS)
{
	PathState  *state;
	sc_path_spec spec;

	(void) aggregate_context(fcinfo, "target_path_agg_final");
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	/* on a copy: packing changes the spec, and the state may be asked again */
	state = aggregate_state(fcinfo, 0, STATE_OF_PATH);
	spec = state->spec;
	spec.targets = palloc(sizeof(sc_target) * spec.count);
	memcpy(spec.targets, state->spec.targets, sizeof(sc_target) * spec.count);
	return finish(&spec);
}

/* -------------------------------------------------------------- accessors */

SCORECARD_FUNCTION(scorecard_target_direction);
Datum
scorecard_target_direction(PG_FUNCTION_ARGS)
{
	sc_path		path;

	target_path_view(PG_GETARG_DATUM(0), &path);
	PG_RETURN_TEXT_P(cstring_to_text(sc_direction_word(path.direction)));
}

SCORECARD_FUNCTION(scorecard_target_role);
Datum
scorecard_target_role(PG_FUNCTION_ARGS)
{
	sc_path		path;

	target_path_view(PG_GETARG_DATUM(0), &path);
	PG_RETURN_TEXT_P(cstring_to_text(sc_role_word(path.role)));
}

SCORECARD_FUNCTION(scorecard_target_shape);
Datum
scorecard_target_shape(PG_FUNCTION_ARGS)
{
	sc_path		path;

	target_path_view(PG_GETARG_DATUM(0), &path);
	PG_RETURN_TEXT_P(cstring_to_text(sc_shape_word(path.shape)));
}

SCORECARD_FUNCTION(scorecard_target_baseline);
Datum
scorecard_target_baseline(PG_FUNCTION_ARGS)
{
	sc_path		path;

	target_path_view(PG_GETARG_DATUM(0), &path);
	if (!path.has_baseline)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(path.baseline);
}

SCORECARD_FUNCTION(scorecard_target_baseline_date);
Datum
scorecard_target_baseline_date(PG_FUNCTION_ARGS)
{
	sc_path		path;

	target_path_view(PG_GETARG_DATUM(0), &path);
	if (!path.has_baseline)
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(path.baseline_on);
}

SCORECARD_FUNCTION(scorecard_target_count);
Datum
scorecard_target_count(PG_FUNCTION_ARGS)
{
	sc_path		path;

	target_path_view(PG_GETARG_DATUM(0), &path);
	PG_RETURN_INT32(path.count);
}

SCORECARD_FUNCTION(scorecard_target_due_dates);
Datum
scorecard_target_due_dates(PG_FUNCTION_ARGS)
{
	sc_path		path;
	Datum	   *dates;

	target_path_view(PG_GETARG_DATUM(0), &path);
	dates = palloc(sizeof(Datum) * path.count);
	for (int i = 0; i < path.count; i++)
	{
		sc_target	target;

		sc_path_target(&path, i, &target);
		dates[i] = DateADTGetDatum(target.due);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(dates, path.count, DATEOID, 4, true, TYPALIGN_INT));
}

/* The band of the target due on argument 1; false if the path has none. */
static bool
band_at_due(FunctionCallInfo fcinfo, sc_path *path, sc_band *band)
{
	sc_target	target;
	int			i;

	target_path_view(PG_GETARG_DATUM(0), path);
	i = sc_path_find_due(path, PG_GETARG_DATEADT(1));
	if (i < 0)
		return false;
	sc_path_target(path, i, &target);
	*band = sc_target_band(&target);
	return true;
}

SCORECARD_FUNCTION(scorecard_target_met_bound);
Datum
scorecard_target_met_bound(PG_FUNCTION_ARGS)
{
	sc_path		path;
	sc_band		band;
	double		met,
				far;

	if (!band_at_due(fcinfo, &path, &band))
		PG_RETURN_NULL();
	sc_band_edges(&band, path.direction, false, 0, &met, &far);
	PG_RETURN_FLOAT8(met);
}

SCORECARD_FUNCTION(scorecard_target_far_bound);
Datum
scorecard_target_far_bound(PG_FUNCTION_ARGS)
{
	sc_path		path;
	sc_band		band;
	double		met,
				far;

	if (!band_at_due(fcinfo, &path, &band))
		PG_RETURN_NULL();
	sc_band_edges(&band, path.direction, false, 0, &met, &far);
	if (isinf(far))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(far);
}

SCORECARD_FUNCTION(scorecard_target_is_strict);
Datum
scorecard_target_is_strict(PG_FUNCTION_ARGS)
{
	sc_path		path;
	sc_band		band;

	if (!band_at_due(fcinfo, &path, &band))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(band.strict);
}

static bool
verdict_at_due(FunctionCallInfo fcinfo, sc_verdict *verdict)
{
	sc_path		path;
	sc_band		band;
	double		value = PG_GETARG_FLOAT8(2);

	if (!isfinite(value))
		report_not_finite("a value");
	if (!band_at_due(fcinfo, &path, &band))
		return false;
	*verdict = sc_band_judge(&band, path.direction, value);
	return true;
}

SCORECARD_FUNCTION(scorecard_target_is_met);
Datum
scorecard_target_is_met(PG_FUNCTION_ARGS)
{
	sc_verdict	verdict;

	if (!verdict_at_due(fcinfo, &verdict))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(verdict != SC_NOT_MET);
}

SCORECARD_FUNCTION(scorecard_target_is_exceeded);
Datum
scorecard_target_is_exceeded(PG_FUNCTION_ARGS)
{
	sc_verdict	verdict;

	if (!verdict_at_due(fcinfo, &verdict))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(verdict == SC_EXCEEDED);
}

SCORECARD_FUNCTION(scorecard_target_expected);
Datum
scorecard_target_expected(PG_FUNCTION_ARGS)
{
	sc_path		path;
	double		value;

	target_path_view(PG_GETARG_DATUM(0), &path);
	if (!sc_path_expected(&path, date_argument(PG_GETARG_DATUM(1), "the date"), &value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/* Rows: due, span_start, bound, met_bound, far_bound, is_strict. */
SCORECARD_FUNCTION(scorecard_targets);
Datum
scorecard_targets(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	sc_path		path;

	InitMaterializedSRF(fcinfo, 0);
	target_path_view(PG_GETARG_DATUM(0), &path);
	for (int i = 0; i < path.count; i++)
	{
		sc_target	target;
		sc_band		band;
		double		met,
					far;
		char		bound[SC_BOUND_TEXT_SIZE];
		Datum		values[6];
		bool		nulls[6] = {false};

		sc_path_target(&path, i, &target);
		band = sc_target_band(&target);
		sc_band_edges(&band, path.direction, false, 0, &met, &far);
		sc_bound_print(&target, bound);
		values[0] = DateADTGetDatum(target.due);
		values[1] = DateADTGetDatum(target.span_start);
		nulls[1] = path.role == SC_LEVEL;
		values[2] = CStringGetTextDatum(bound);
		values[3] = Float8GetDatum(met);
		values[4] = Float8GetDatum(isinf(far) ? 0 : far);
		nulls[4] = isinf(far);
		values[5] = BoolGetDatum(band.strict);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
