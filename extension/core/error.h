/*
 * error.h
 *		What can be wrong, said once.
 *
 * The core never raises: a function that can fail returns false and fills a
 * sc_error with the kind of fault, the thing at fault and, for text, where.
 * The list below is the only place that knows the SQLSTATE, the sentence and
 * the hint of each kind; the glue turns a sc_error into ereport.
 */
#ifndef SC_ERROR_H
#define SC_ERROR_H

#include <stdbool.h>
#include <stddef.h>

/*
 * SC_ERROR_LIST(X): X(kind, SQLSTATE, message, hint).
 * In a message the first %s is the offender, the second one `other`.
 */
#define SC_ERROR_LIST(X) \
	/* numbers and dates */ \
	X(SC_EXPECTED, "22P02", "expected %s at \"%s\"", NULL) \
	X(SC_NUMBER_FORM, "22P02", "invalid number at \"%s\"", \
	  "Write a number with a decimal point, such as 7.5 or 12500; a digit stands on both sides of the point.") \
	X(SC_NUMBER_COMMA, "22P02", "a comma is not allowed in the number at \"%s\"", \
	  "Write 7.5 for 7,5 and 12500 for 12,500.") \
	X(SC_NUMBER_PERCENT, "22P02", "a per cent sign is not allowed after the number at \"%s\"", \
	  "Write 60 for 60%; per cent belongs only to \"by\" and to a tolerance.") \
	X(SC_NUMBER_RANGE, "22003", "number \"%s\" is out of range for type double precision", NULL) \
	X(SC_NUMBER_NOT_FINITE, "22023", "%s must be a finite number", \
	  "finite_or_null(x) turns NaN and infinity into NULL.") \
	X(SC_DATE_FORM, "22007", "invalid date at \"%s\"", \
	  "Write a date as 2025-06-30, 2025-06, 2025-Q2 or 2025.") \
	X(SC_DATE_RANGE, "22008", "%s is out of range", \
	  "Dates run from 0001-01-01 to 9999-12-31.") \
	/* target_path */ \
	X(SC_PATH_NO_TARGET, "22023", "a target path needs at least one target", NULL) \
	X(SC_PATH_TOO_MANY_TARGETS, "54000", "a target path has more than %s targets", NULL) \
	X(SC_PATH_DATES, "22023", "the dates of a target path must ascend: %s does not come after %s", \
	  "Two values at one date are two indicators, each with its own path.") \
	X(SC_PATH_RANGE, "22023", "the range \"%s\" is upside down", "Write the smaller number first.") \
	X(SC_PATH_SIGN, "22023", "the comparison \"%s\" contradicts the direction \"%s\"", NULL) \
	X(SC_PATH_SIGNS_DISAGREE, "22023", "the comparisons \"%s\" and \"%s\" point in different directions", NULL) \
	X(SC_PATH_EQUALS, "22023", "\"%s\" asks to keep a value and cannot stand beside %s", \
	  "\"=n\" keeps a value; a plain number is met from one side.") \
	X(SC_PATH_DIRECTION, "22023", "the direction of the target path cannot be told from its numbers", \
	  "Begin the path with up, down or keep.") \
	X(SC_PATH_BY_SIGN, "22P02", "\"by\" needs a sign at \"%s\"", "Write by +30 or by -30.") \
	X(SC_PATH_BY_BASELINE, "22023", "\"%s\" is relative to a baseline, and the target path has none", \
	  "Begin with the baseline, as in 100@2020 -> by -30%@2030.") \
	X(SC_PATH_TOLERANCE, "22023", "the tolerance in \"%s\" is negative", NULL) \
	X(SC_PATH_SPAN_NEEDED, "22023", "a target over time needs a span, not the single day %s", \
	  "Write the span as 2021..2025, or a year, quarter or month.") \
	X(SC_PATH_SPAN_REFUSED, "22023", "a span is not allowed for the role \"level\" at \"%s\"", \
	  "Spans belong to the roles average, average_growth, total and change.") \
	X(SC_PATH_SPAN_ORDER, "22023", "the span \"%s\" ends before it begins", NULL) \
	X(SC_PATH_GEOMETRIC, "22023", "a geometric path cannot pass through %s", \
	  "All points of a geometric path are above zero, or all are below.") \
	X(SC_PATH_BASELINE_DATE, "22023", "a baseline needs both a value and a date", NULL) \
	X(SC_PATH_RESOLVED_RANGE, "22003", "the bound \"%s\" is out of range for type double precision", NULL) \
	X(SC_PATH_WORD, "22023", "%s \"%s\" is not known", \
	  "Directions: up, down, keep. Roles: level, average, average_growth, total, change. Shapes: linear, geometric, step.") \
	/* indicator_series */ \
	X(SC_SERIES_DUPLICATE, "22023", "an indicator series has two values for %s", \
	  "Two values at one date are two indicators or two vintages: choose one.") \
	X(SC_SERIES_TOO_LONG, "54000", "an indicator series has more than %s values", NULL) \
	/* series tools */ \
	X(SC_PERIOD_WORD, "22023", "period \"%s\" is not known", "Periods: month, quarter, half_year, year.") \
	X(SC_RESAMPLE_WORD, "22023", "way to resample \"%s\" is not known", \
	  "Ways to resample: last, first, sum, mean, min, max.") \
	X(SC_AVERAGE_METHOD_WORD, "22023", "averaging method \"%s\" is not known", "Methods: geometric, arithmetic.") \
	X(SC_REST_ROLE_WORD, "22023", "role \"%s\" has no rest", "Roles: total, change, average, average_growth.") \
	X(SC_ELAPSED_SHARE, "22023", "elapsed_share must be at least 0 and less than 1", \
	  "It is a share of the span, not per cent: 0.5 for half of it.") \
	X(SC_COUNT_TOO_SMALL, "22023", "%s must be at least 1, not %s", NULL) \
	X(SC_TEXT_WIDTH, "22023", "width must be between 1 and 1000, not %s", NULL) \
	/* scores and normalisation */ \
	X(SC_SCORE_DIRECTION_WORD, "22023", "direction \"%s\" is not known", \
	  "Directions: up (higher is better), down (lower is better).") \
	X(SC_NOT_POSITIVE, "22023", "%s must be above 0", NULL) \
	X(SC_TIES_WORD, "22023", "way to rank ties \"%s\" is not known", "Ways to rank ties: min, average.") \
	X(SC_TRANSFORM_WORD, "22023", "transform \"%s\" is not known", \
	  "Transforms: log_ct, log_ct_orig, log_ct_plus, log_gii; for a treatment also none.") \
	X(SC_SIDE_WORD, "22023", "side \"%s\" is not known", "Sides: high, low.") \
	X(SC_COUNT_NEGATIVE, "22023", "%s must be at least 0, not %s", NULL) \
	X(SC_WEIGHT_NEGATIVE, "22023", "weight %s is negative", NULL) \
	X(SC_FRACTION, "22023", "fraction must be between 0 and 1, not %s", \
	  "It is a share, not per cent: 0.25 for the first quartile.") \
	X(SC_PARAMETER_VARIES, "22023", "%s must be the same for all rows", NULL) \
	X(SC_TOO_MANY_COLLECTED, "54000", "more than %s values cannot be collected", NULL) \
	X(SC_TOO_MANY_SENT, "54000", "more than %s values cannot be sent from one process to another", \
	  "Set max_parallel_workers_per_gather to 0 for this query.") \
	X(SC_STATE_FORM, "22P03", "the state of an aggregate is malformed", NULL) \
	/* index_framework */ \
	X(SC_FRAMEWORK_EMPTY, "22023", "a framework needs at least one node", NULL) \
	X(SC_FRAMEWORK_TOO_MANY, "54000", "a framework has more than %s nodes", NULL) \
	X(SC_FRAMEWORK_TOO_DEEP, "54000", "node \"%s\" lies deeper than %s levels", NULL) \
	X(SC_FRAMEWORK_TOO_LARGE, "54000", "the text of a framework exceeds %s bytes", NULL) \
	X(SC_FRAMEWORK_CODE_EMPTY, "22023", "a node has an empty code", NULL) \
	X(SC_FRAMEWORK_CODE_TWICE, "22023", "node \"%s\" is listed twice", NULL) \
	X(SC_FRAMEWORK_PARENT, "22023", "node \"%s\" has the unknown parent \"%s\"", NULL) \
	X(SC_FRAMEWORK_TWO_ROOTS, "22023", "nodes \"%s\" and \"%s\" both have no parent", \
	  "A framework has one root: the only node without a parent.") \
	X(SC_FRAMEWORK_CYCLE, "22023", "node \"%s\" is its own ancestor", NULL) \
	X(SC_FRAMEWORK_NO_RULE, "22023", "leaf \"%s\" has no score rule", \
	  "Give it worst and best, or target, or thresholds and points, or mean and sd, or \"as_is\": true.") \
	X(SC_FRAMEWORK_TWO_RULES, "22023", "leaf \"%s\" has more than one score rule", \
	  "A leaf carries either worst and best, or target, or thresholds and points, or mean and sd, or \"as_is\": true.") \
	X(SC_FRAMEWORK_HALF_RULE, "22023", "leaf \"%s\" has only one of %s", NULL) \
	X(SC_FRAMEWORK_SD, "22023", "%s of leaf \"%s\" is not above zero", NULL) \
	X(SC_FRAMEWORK_STEPS, "22023", "the thresholds of leaf \"%s\" do not ascend", NULL) \
	X(SC_FRAMEWORK_POINTS, "22023", "leaf \"%s\" does not have one point more than thresholds", \
	  "The first point is for values below every threshold.") \
	X(SC_FRAMEWORK_AGGREGATION_KEY, "22023", "\"%s\" does not go with the aggregation of node \"%s\"", NULL) \
	X(SC_FRAMEWORK_POWER, "22023", "node \"%s\" has aggregation power and no power", \
	  "Say \"power\": 2, or another number.") \
	X(SC_FRAMEWORK_COUNT, "22023", "node \"%s\" has aggregation worst_mean and no count of at least 1", \
	  "Say \"count\": 2 for the mean of the two worst children.") \
	X(SC_FRAMEWORK_ADDED_ROOT, "22023", "\"added\" stands on the root \"%s\"", \
	  "The scores of added nodes are added to that of their parent.") \
	X(SC_FRAMEWORK_LEAF_KEY, "22023", "\"%s\" stands on node \"%s\", which has children", \
	  "Score rules belong to leaves.") \
	X(SC_FRAMEWORK_PARENT_KEY, "22023", "\"%s\" stands on leaf \"%s\", which has no children", \
	  "Aggregation and missing-data rules belong to nodes with children.") \
	X(SC_FRAMEWORK_RULE_KEY, "22023", "\"%s\" does not go with the score rule of leaf \"%s\"", NULL) \
	X(SC_FRAMEWORK_GOALPOSTS, "22023", "leaf \"%s\" has equal goalposts worst and best", NULL) \
	X(SC_FRAMEWORK_GOALPOST_SPAN, "22023", "leaf \"%s\" has goalposts too close together or too far apart to tell values between them", NULL) \
	X(SC_FRAMEWORK_GOALPOST_LOG, "22023", "leaf \"%s\" has a goalpost that is not above zero on a log scale", NULL) \
	X(SC_FRAMEWORK_WEIGHT, "22023", "node \"%s\" has a negative weight", NULL) \
	X(SC_FRAMEWORK_ZERO_WEIGHTS, "22023", "all children of node \"%s\" have weight zero", NULL) \
	X(SC_FRAMEWORK_ROOT_WEIGHT, "22023", "the root \"%s\" has weight zero", NULL) \
	X(SC_FRAMEWORK_WEIGHT_RANGE, "22003", "the weights of the children of node \"%s\" lie more than 290 powers of ten apart", NULL) \
	X(SC_FRAMEWORK_MIN_COVERAGE, "22023", "min_coverage of node \"%s\" is not between 0 and 1", NULL) \
	X(SC_FRAMEWORK_LOWEST, "22023", "lowest of leaf \"%s\" does not lie from 0 to below its highest", \
	  "A leaf's score runs from lowest (default 0) to highest (default 100).") \
	X(SC_FRAMEWORK_FLOOR_CAP, "22023", "floor of node \"%s\" lies above its cap", NULL) \
	X(SC_FRAMEWORK_DUE_NEEDED, "22023", "leaf \"%s\" has several targets and no due date", \
	  "Say \"due\" on the leaf or on one of its ancestors.") \
	X(SC_FRAMEWORK_LEVEL, "22023", "measure level of leaf \"%s\" needs a bound above zero", \
	  "Use measure distance or met for this leaf.") \
	X(SC_FRAMEWORK_DISTANCE, "22023", "measure distance of leaf \"%s\" needs a baseline in its target", NULL) \
	X(SC_FRAMEWORK_KEY_TWICE, "22023", "leaf \"%s\" has the same key as leaf \"%s\"", NULL) \
	X(SC_FRAMEWORK_SHAPE, "22P02", "a framework is a JSON list of nodes, each a JSON object", NULL) \
	X(SC_FRAMEWORK_UNKNOWN_KEY, "22023", "unknown key \"%s\" in node \"%s\"", \
	  "Known keys: code, parent, weight, aggregation, missing, min_coverage, coverage_by, power, count, deviation, worst, best, scale, clamp, target, due, measure, thresholds, points, mean, sd, direction, score_mean, score_sd, as_is, lowest, highest, bonus, added, floor, cap, indicator, key.") \
	X(SC_FRAMEWORK_VALUE, "22023", "key %s has an unsuitable value: %s", NULL) \
	X(SC_FRAMEWORK_NO_CODE, "22023", "a node has no code", NULL) \
	/* index_sheet */ \
	X(SC_SHEET_FORM, "22P02", "expected %s at \"%s\"", NULL) \
	X(SC_SHEET_LEAVES, "54000", "a sheet has more than %s leaves", NULL) \
	/* weighted_sums */ \
	X(SC_DEVIATION_WORD, "22023", "deviation \"%s\" is not known", "Deviations: population, sample.") \
	X(SC_SUMS_NUMBERS, "22023", "no rows have the %s of these weighted sums", NULL) \
	X(SC_SUMS_ROWS, "54000", "weighted sums have more rows than can be counted", NULL)

typedef enum sc_error_kind
{
	SC_OK = 0,
#define SC_ERROR_KIND(kind, sqlstate, message, hint) kind,
	SC_ERROR_LIST(SC_ERROR_KIND)
#undef SC_ERROR_KIND
} sc_error_kind;

#define SC_OFFENDER_SIZE 128

typedef struct sc_error
{
	sc_error_kind kind;
	long		position;		/* byte offset in the text, or -1 */
	char		offender[SC_OFFENDER_SIZE];
	char		other[SC_OFFENDER_SIZE];
} sc_error;

/* Sets `error` and returns false, so that callers can write `return sc_fail(...)`. `other` may be NULL. */
extern bool sc_fail(sc_error *error, sc_error_kind kind, long position,
					const char *offender, const char *other);

/* The same with offenders given by length; longer ones are cut at a UTF-8 character and end in "...". */
extern bool sc_fail_text(sc_error *error, sc_error_kind kind, long position,
						 const char *offender, size_t offender_length,
						 const char *other, size_t other_length);

/* Five characters; "00000" for SC_OK. */
extern const char *sc_error_sqlstate(sc_error_kind kind);

/* Format with two %s at most: offender, other. */
extern const char *sc_error_message(sc_error_kind kind);

/* NULL where there is nothing to advise. */
extern const char *sc_error_hint(sc_error_kind kind);

#endif
