/*
 * framework_check.c
 *		See framework_check.h.
 */
#include "framework_check.h"

#include <math.h>
#include <string.h>

/* ------------------------------------------------------------------ faults */

bool
sc_fault_text(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind,
		   const char *offender, size_t offender_length, const char *other, size_t other_length)
{
	(void) sc_fail_text(faults->error, kind, -1, offender, offender_length, other, other_length);
	faults->count++;
	if (faults->report == NULL)
		return false;
	faults->report(faults->context, node, faults->error);
	return true;
}

bool
sc_fault(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind, const char *other)
{
	return sc_fault_text(faults, node, kind, node->code, node->code_length, other, strlen(other));
}

bool
sc_fault_word(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind, const char *word)
{
	return sc_fault_text(faults, node, kind, word, strlen(word), node->code, node->code_length);
}

/* --------------------------------------------------------------- one node */

/* Keys that say how children come together, and keys that score a leaf. */
#define PARENT_KEYS (SC_SAID_AGGREGATION | SC_SAID_MISSING | SC_SAID_MIN_COVERAGE | SC_SAID_COVERAGE_BY_WEIGHT | \
					 SC_SAID_POWER | SC_SAID_COUNT | SC_SAID_SAMPLE)
#define GOALPOST_KEYS (SC_SAID_WORST | SC_SAID_BEST)
#define GOALPOST_MANNERS (SC_SAID_LOG | SC_SAID_UNCLAMPED)
#define STEPS_KEYS (SC_SAID_THRESHOLDS | SC_SAID_POINTS)
#define Z_SCORE_KEYS (SC_SAID_MEAN | SC_SAID_SD)
#define Z_SCORE_MANNERS (SC_SAID_DOWN | SC_SAID_SCORE_MEAN | SC_SAID_SCORE_SD)
#define SCALE_KEYS (SC_SAID_LOWEST | SC_SAID_HIGHEST)
#define LEAF_KEYS (GOALPOST_KEYS | GOALPOST_MANNERS | SC_SAID_TARGET | STEPS_KEYS | Z_SCORE_KEYS | Z_SCORE_MANNERS | \
				   SC_SAID_AS_IS | SCALE_KEYS | SC_SAID_KEY)

/* Numbers among the keys: all must be finite. */
static const struct
{
	uint32_t	bit;
	size_t		offset;
	const char *word;
}			numbers[] = {
	{SC_SAID_WEIGHT, offsetof(sc_node_spec, weight), "weight"},
	{SC_SAID_MIN_COVERAGE, offsetof(sc_node_spec, min_coverage), "min_coverage"},
	{SC_SAID_POWER, offsetof(sc_node_spec, power), "power"},
	{SC_SAID_WORST, offsetof(sc_node_spec, worst), "worst"},
	{SC_SAID_BEST, offsetof(sc_node_spec, best), "best"},
	{SC_SAID_MEAN, offsetof(sc_node_spec, mean), "mean"},
	{SC_SAID_SD, offsetof(sc_node_spec, sd), "sd"},
	{SC_SAID_SCORE_MEAN, offsetof(sc_node_spec, score_mean), "score_mean"},
	{SC_SAID_SCORE_SD, offsetof(sc_node_spec, score_sd), "score_sd"},
	{SC_SAID_LOWEST, offsetof(sc_node_spec, lowest), "lowest"},
	{SC_SAID_HIGHEST, offsetof(sc_node_spec, highest), "highest"},
	{SC_SAID_BONUS, offsetof(sc_node_spec, bonus), "bonus"},
	{SC_SAID_FLOOR, offsetof(sc_node_spec, floor), "floor"},
	{SC_SAID_CAP, offsetof(sc_node_spec, cap), "cap"},
};

static const char *
said_word(uint32_t bit)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i].bit == bit)
			return numbers[i].word;
	switch (bit)
	{
		case SC_SAID_AGGREGATION:
			return "aggregation";
		case SC_SAID_MISSING:
			return "missing";
		case SC_SAID_COVERAGE_BY_WEIGHT:
			return "coverage_by";
		case SC_SAID_COUNT:
			return "count";
		case SC_SAID_SAMPLE:
			return "deviation";
		case SC_SAID_LOG:
			return "scale";
		case SC_SAID_UNCLAMPED:
			return "clamp";
		case SC_SAID_TARGET:
			return "target";
		case SC_SAID_THRESHOLDS:
			return "thresholds";
		case SC_SAID_POINTS:
			return "points";
		case SC_SAID_DOWN:
			return "direction";
		case SC_SAID_AS_IS:
			return "as_is";
		case SC_SAID_KEY:
			return "key";
		default:
			return "measure";
	}
}

/* A fault for each of some keys. */
static bool
fault_keys(sc_faults *faults, const sc_node_spec *spec, sc_error_kind kind, uint32_t keys)
{
	for (; keys != 0; keys &= keys - 1)
		if (!sc_fault_word(faults, spec, kind, said_word(keys & ~(keys - 1))))
			return false;
	return true;
}

bool
sc_check_common(const sc_node_spec *spec, sc_faults *faults)
{
	if (spec->said & SC_SAID_UNREADABLE)
		return true;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
	{
		double		value;

		memcpy(&value, (const char *) spec + numbers[i].offset, sizeof(value));
		if ((spec->said & numbers[i].bit) && !isfinite(value) &&
			!sc_fault_word(faults, spec, SC_NUMBER_NOT_FINITE, numbers[i].word))
			return false;
	}
	if ((spec->said & SC_SAID_WEIGHT) && spec->weight < 0 &&
		!sc_fault(faults, spec, SC_FRAMEWORK_WEIGHT, ""))
		return false;
	if ((spec->said & SC_SAID_FLOOR) && (spec->said & SC_SAID_CAP) && spec->floor > spec->cap &&
		!sc_fault(faults, spec, SC_FRAMEWORK_FLOOR_CAP, ""))
		return false;
	if ((spec->said & SC_SAID_DUE) && !sc_date_is_usable(spec->due) &&
		!sc_fault_word(faults, spec, SC_DATE_RANGE, "due"))
		return false;
	if ((spec->said & SC_SAID_ADDED) && spec->parent == NULL &&
		!sc_fault(faults, spec, SC_FRAMEWORK_ADDED_ROOT, ""))
		return false;
	return true;
}

bool
sc_check_parent(const sc_node_spec *spec, sc_faults *faults)
{
	sc_aggregation aggregation = (spec->said & SC_SAID_AGGREGATION) ? spec->aggregation : SC_ARITHMETIC;
	uint32_t	stray = spec->said & (SC_SAID_POWER | SC_SAID_COUNT | SC_SAID_SAMPLE);

	if (spec->said & SC_SAID_UNREADABLE)
		return true;
	if (!fault_keys(faults, spec, SC_FRAMEWORK_LEAF_KEY, spec->said & LEAF_KEYS))
		return false;
	if ((spec->said & SC_SAID_MIN_COVERAGE) && !(spec->min_coverage >= 0 && spec->min_coverage <= 1) &&
		!sc_fault(faults, spec, SC_FRAMEWORK_MIN_COVERAGE, ""))
		return false;
	if (aggregation == SC_POWER_MEAN)
	{
		stray &= ~SC_SAID_POWER;
		if (!(spec->said & SC_SAID_POWER) && !sc_fault(faults, spec, SC_FRAMEWORK_POWER, ""))
			return false;
	}
	if (aggregation == SC_WORST_MEAN)
	{
		stray &= ~SC_SAID_COUNT;
		if (!((spec->said & SC_SAID_COUNT) && spec->count >= 1) && !sc_fault(faults, spec, SC_FRAMEWORK_COUNT, ""))
			return false;
	}
	if (aggregation == SC_MPI_MINUS || aggregation == SC_MPI_PLUS)
		stray &= ~SC_SAID_SAMPLE;
	return fault_keys(faults, spec, SC_FRAMEWORK_AGGREGATION_KEY, stray);
}

static bool
check_goalposts(const sc_node_spec *spec, sc_faults *faults)
{
	bool		log_scale = (spec->said & SC_SAID_LOG) != 0;

	if ((spec->said & GOALPOST_KEYS) != GOALPOST_KEYS)
		return sc_fault(faults, spec, SC_FRAMEWORK_HALF_RULE, "worst and best");
	if (spec->worst == spec->best)
		return sc_fault(faults, spec, SC_FRAMEWORK_GOALPOSTS, "");
	if (log_scale && (spec->worst <= 0 || spec->best <= 0))
		return sc_fault(faults, spec, SC_FRAMEWORK_GOALPOST_LOG, "");
	if (!isfinite(spec->best - spec->worst) || (log_scale && log(spec->worst) == log(spec->best)))
		return sc_fault(faults, spec, SC_FRAMEWORK_GOALPOST_SPAN, "");
	return true;
}

static bool
check_steps(const sc_node_spec *spec, sc_faults *faults)
{
	if ((spec->said & STEPS_KEYS) != STEPS_KEYS)
		return sc_fault(faults, spec, SC_FRAMEWORK_HALF_RULE, "thresholds and points");
	if (spec->threshold_count < 1 || spec->point_count != spec->threshold_count + 1)
		return sc_fault(faults, spec, SC_FRAMEWORK_POINTS, "");
	for (int i = 0; i < spec->threshold_count; i++)
		if (!isfinite(spec->thresholds[i]))
			return sc_fault_word(faults, spec, SC_NUMBER_NOT_FINITE, "thresholds");
	for (int i = 0; i < spec->point_count; i++)
		if (!isfinite(spec->points[i]))
			return sc_fault_word(faults, spec, SC_NUMBER_NOT_FINITE, "points");
	for (int i = 1; i < spec->threshold_count; i++)
		if (!(spec->thresholds[i - 1] < spec->thresholds[i]))
			return sc_fault(faults, spec, SC_FRAMEWORK_STEPS, "");
	return true;
}

static bool
check_z_score(const sc_node_spec *spec, sc_faults *faults)
{
	if ((spec->said & Z_SCORE_KEYS) != Z_SCORE_KEYS)
		return sc_fault(faults, spec, SC_FRAMEWORK_HALF_RULE, "mean and sd");
	if (spec->sd <= 0 && !sc_fault_word(faults, spec, SC_FRAMEWORK_SD, "sd"))
		return false;
	if ((spec->said & SC_SAID_SCORE_SD) && spec->score_sd <= 0)
		return sc_fault_word(faults, spec, SC_FRAMEWORK_SD, "score_sd");
	return true;
}

bool
sc_check_leaf(const sc_node_spec *spec, sc_rule *rule, sc_faults *faults)
{
	uint32_t	said = spec->said;
	bool		goalposts = (said & GOALPOST_KEYS) != 0;
	bool		target = (said & SC_SAID_TARGET) != 0;
	bool		steps = (said & STEPS_KEYS) != 0;
	bool		z_score = (said & Z_SCORE_KEYS) != 0;
	bool		as_is = (said & SC_SAID_AS_IS) != 0;
	uint32_t	stray = 0;

	if (said & SC_SAID_UNREADABLE)
	{
		*rule = SC_AS_IS;
		return true;
	}
	*rule = goalposts ? SC_GOALPOSTS : target ? SC_TARGET : steps ? SC_STEPS : z_score ? SC_Z_SCORE : SC_AS_IS;
	if (!fault_keys(faults, spec, SC_FRAMEWORK_PARENT_KEY, said & PARENT_KEYS))
		return false;
	if (!goalposts && !target && !steps && !z_score && !as_is)
		return sc_fault(faults, spec, SC_FRAMEWORK_NO_RULE, "");
	if (goalposts + target + steps + z_score + as_is > 1)
		return sc_fault(faults, spec, SC_FRAMEWORK_TWO_RULES, "");

	if (!goalposts)
		stray |= said & GOALPOST_MANNERS;
	if (!z_score)
		stray |= said & Z_SCORE_MANNERS;
	if (!goalposts && !target)
		stray |= said & SCALE_KEYS;
	if (!fault_keys(faults, spec, SC_FRAMEWORK_RULE_KEY, stray))
		return false;
	if (said & SCALE_KEYS & ~stray)
	{
		double		lowest = (said & SC_SAID_LOWEST) ? spec->lowest : 0;
		double		highest = (said & SC_SAID_HIGHEST) ? spec->highest : 100;

		if (!(lowest >= 0 && lowest < highest) && !sc_fault(faults, spec, SC_FRAMEWORK_LOWEST, ""))
			return false;
	}
	switch (*rule)
	{
		case SC_GOALPOSTS:
			return check_goalposts(spec, faults);
		case SC_STEPS:
			return check_steps(spec, faults);
		case SC_Z_SCORE:
			return check_z_score(spec, faults);
		default:
			return true;
	}
}
