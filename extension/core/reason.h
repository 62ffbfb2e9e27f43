/*
 * reason.h
 *		The words that say why a number is missing or how a status came about.
 */
#ifndef SC_REASON_H
#define SC_REASON_H

#define SC_REASON_LIST(X) \
	X(SC_NO_REASON, "") \
	/* observations */ \
	X(SC_NO_OBSERVATION, "no_observation") \
	X(SC_AWAITING_OBSERVATION, "awaiting_observation") \
	X(SC_NO_OBSERVATION_AT_DUE, "no_observation_at_due") \
	X(SC_SINGLE_OBSERVATION, "single_observation") \
	X(SC_TOO_FEW_OBSERVATIONS, "too_few_observations") \
	X(SC_NO_TIME_ELAPSED, "no_time_elapsed") \
	X(SC_STALE, "stale") \
	/* targets */ \
	X(SC_NO_TARGET_AT_DUE, "no_target_at_due") \
	X(SC_SPAN_NOT_BEGUN, "span_not_begun") \
	X(SC_SPAN_INCOMPLETE, "span_incomplete") \
	X(SC_MET_LATE, "met_late") \
	X(SC_STEP_NOT_DUE, "step_not_due") \
	X(SC_KEEP_NOT_MET, "keep_not_met") \
	X(SC_PAST_DUE, "past_due") \
	X(SC_BEFORE_PATH_START, "before_path_start") \
	/* measures */ \
	X(SC_NO_BASELINE, "no_baseline") \
	X(SC_TARGET_EQUALS_BASELINE, "target_equals_baseline") \
	X(SC_EXPECTED_EQUALS_BASELINE, "expected_equals_baseline") \
	X(SC_LEVEL_UNDEFINED, "level_undefined") \
	X(SC_GROWTH_UNDEFINED, "growth_undefined") \
	X(SC_ZERO_PACE, "zero_pace") \
	X(SC_NOT_DEFINED_FOR_KEEP, "not_defined_for_keep") \
	X(SC_NOT_DEFINED_FOR_ROLE, "not_defined_for_role") \
	X(SC_TARGET_MET, "target_met") \
	X(SC_MOVING_AWAY, "moving_away") \
	X(SC_OUT_OF_RANGE, "out_of_range") \
	/* index nodes */ \
	X(SC_NOT_APPLICABLE, "not_applicable") \
	X(SC_NO_CHILD_SCORE, "no_child_score") \
	X(SC_TOO_FEW_CHILDREN, "too_few_children") \
	X(SC_MISSING_CHILD, "missing_child") \
	X(SC_BELOW_MIN_COVERAGE, "below_min_coverage") \
	X(SC_NONPOSITIVE_INPUT, "nonpositive_input") \
	X(SC_UNBOUNDED, "unbounded") \
	/* treatment of outliers */ \
	X(SC_TOO_FEW_VALUES, "too_few_values") \
	X(SC_ALL_VALUES_EQUAL, "all_values_equal") \
	X(SC_NO_TRANSFORM, "no_transform") \
	X(SC_TRANSFORM_UNDEFINED, "transform_undefined") \
	X(SC_TRANSFORM_NOT_ENOUGH, "transform_not_enough")

typedef enum sc_reason
{
#define SC_REASON_KIND(kind, word) kind,
	SC_REASON_LIST(SC_REASON_KIND)
#undef SC_REASON_KIND
	SC_REASON_COUNT
} sc_reason;

/* The word; "" for SC_NO_REASON. */
extern const char *sc_reason_word(sc_reason reason);

#endif
