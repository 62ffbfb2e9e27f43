/*
 * framework_build.c
 *		See framework_build.h.
 *
 * Building takes two steps: the plan finds the tree (sort by code, link
 * children, walk depth first without recursion), then the nodes are written in
 * that order, each checked as it is written. A parent comes before its
 * children, so whatever is inherited is at hand.
 */
#include "framework_build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------------- the plan */

static int
compare_text(const char *x, size_t x_length, const char *y, size_t y_length)
{
	int			order = memcmp(x, y, x_length < y_length ? x_length : y_length);

	if (order != 0)
		return order;
	return (x_length > y_length) - (x_length < y_length);
}

static int
compare_codes(const void *x, const void *y)
{
	const sc_node_spec *a = *(const sc_node_spec *const *) x;
	const sc_node_spec *b = *(const sc_node_spec *const *) y;

	return compare_text(a->code, a->code_length, b->code, b->code_length);
}

/* Says a fault. True if the work goes on all the same. */
static bool
fault_text(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind,
		   const char *offender, size_t offender_length, const char *other, size_t other_length)
{
	(void) sc_fail_text(faults->error, kind, -1, offender, offender_length, other, other_length);
	faults->count++;
	if (faults->report == NULL)
		return false;
	faults->report(faults->context, node, faults->error);
	return true;
}

/* The usual case: the node's own code is the offender, a word the other. */
static bool
fault(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind, const char *other)
{
	return fault_text(faults, node, kind, node->code, node->code_length, other, strlen(other));
}

/* A fault that names a word first and the node second. */
static bool
fault_word(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind, const char *word)
{
	return fault_text(faults, node, kind, word, strlen(word), node->code, node->code_length);
}

static int
find_rank(const sc_framework_plan *plan, const char *code, size_t length)
{
	int			low = 0,
				high = plan->count - 1;

	while (low <= high)
	{
		int			middle = (low + high) / 2;
		const sc_node_spec *spec = plan->sorted[middle];
		int			order = compare_text(code, length, spec->code, spec->code_length);

		if (order == 0)
			return middle;
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return -1;
}

/* Sorts the specs by code; each code once. */
static bool
sort_codes(sc_framework_plan *plan, const sc_node_spec *specs, int count, sc_faults *faults)
{
	for (int i = 0; i < count; i++)
	{
		plan->sorted[i] = &specs[i];
		if (specs[i].code_length == 0 && !fault(faults, &specs[i], SC_FRAMEWORK_CODE_EMPTY, ""))
			return false;
	}
	qsort(plan->sorted, (size_t) count, sizeof(*plan->sorted), compare_codes);
	for (int r = 1; r < count; r++)
		if (compare_codes(&plan->sorted[r - 1], &plan->sorted[r]) == 0 &&
			!fault(faults, plan->sorted[r], SC_FRAMEWORK_CODE_TWICE, ""))
			return false;
	return true;
}

/* Links siblings in byte order of their codes; rank_parent[r] = rank of r's parent or -1. */
static bool
link_children(sc_framework_plan *plan, int *rank_parent, int *root, sc_faults *faults)
{
	*root = -1;
	for (int r = 0; r < plan->count; r++)
		plan->first_child[r] = -1;
	for (int r = plan->count - 1; r >= 0; r--)
	{
		const sc_node_spec *spec = plan->sorted[r];

		plan->next_sibling[r] = -1;
		rank_parent[r] = -1;
		if (spec->parent == NULL)
		{
			if (*root >= 0 &&
				!fault_text(faults, spec, SC_FRAMEWORK_TWO_ROOTS, spec->code, spec->code_length,
							plan->sorted[*root]->code, plan->sorted[*root]->code_length))
				return false;
			*root = r;
			continue;
		}
		rank_parent[r] = find_rank(plan, spec->parent, spec->parent_length);
		if (rank_parent[r] < 0)
		{
			if (!fault_text(faults, spec, SC_FRAMEWORK_PARENT, spec->code, spec->code_length,
							spec->parent, spec->parent_length))
				return false;
			continue;
		}
		plan->next_sibling[r] = plan->first_child[rank_parent[r]];
		plan->first_child[rank_parent[r]] = r;
	}
	return true;
}

/*
 * Nodes that the walk from the root did not reach lead upwards into a cycle,
 * or to a node that is detached for another reason. Every cycle is named once,
 * by its first code. `mark` has room for a number by rank.
 */
static void
find_cycles(const sc_framework_plan *plan, const int *rank_parent, int *mark, sc_faults *faults)
{
	for (int r = 0; r < plan->count; r++)
		mark[r] = -1;
	for (int r = 0; r < plan->count; r++)
	{
		int			at = r;
		int			least;

		while (at >= 0 && mark[at] < 0)
		{
			mark[at] = r;
			at = rank_parent[at];
		}
		if (at < 0 || mark[at] != r)
			continue;
		least = at;
		for (int k = rank_parent[at]; k != at; k = rank_parent[k])
			if (k < least)
				least = k;
		if (!fault(faults, plan->sorted[least], SC_FRAMEWORK_CYCLE, ""))
			return;
	}
}

/* Lengths of the lists that a leaf says. */
static int
said_thresholds(const sc_node_spec *spec)
{
	return (spec->said & SC_SAID_THRESHOLDS) ? spec->threshold_count : 0;
}

static int
said_points(const sc_node_spec *spec)
{
	return (spec->said & SC_SAID_POINTS) ? spec->point_count : 0;
}

/* Bytes of a leaf's points table. */
static size_t
table_bytes(const sc_node_spec *spec)
{
	return ((size_t) said_thresholds(spec) + (size_t) said_points(spec)) * sizeof(double);
}

bool
sc_framework_plan_make(const sc_node_spec *specs, int count, void *work,
					   sc_framework_plan *plan, sc_faults *faults)
{
	int		   *rank_parent;
	int		   *position;		/* rank -> canonical position */
	int			root;
	int			at;
	int			next = 0;
	int			faults_before = faults->count;
	size_t		text = 0;
	size_t		slots = 4;

	plan->specs = specs;
	plan->count = count;
	plan->leaf_count = 0;
	plan->key_count = 0;
	plan->table_size = 0;
	if (count < 1)
	{
		(void) fault_text(faults, NULL, SC_FRAMEWORK_EMPTY, "", 0, "", 0);
		return false;
	}
	if (count > SC_FRAMEWORK_MAX_NODES)
	{
		(void) fault_text(faults, NULL, SC_FRAMEWORK_TOO_MANY, "4096", 4, "", 0);
		return false;
	}
	plan->sorted = work;
	plan->order = (int *) (plan->sorted + count);
	plan->parent = plan->order + count;
	plan->depth = plan->parent + count;
	plan->first_child = plan->depth + count;
	plan->next_sibling = plan->first_child + count;
	rank_parent = plan->next_sibling + count;
	position = plan->parent;	/* filled as ranks, rewritten as positions below */

	if (!sort_codes(plan, specs, count, faults) || !link_children(plan, rank_parent, &root, faults))
		return false;

	for (int r = 0; r < count; r++)
		position[r] = -1;
	at = root;
	while (at >= 0)
	{
		int			up = rank_parent[at];

		if (position[at] < 0)
		{
			plan->depth[next] = up < 0 ? 0 : plan->depth[position[up]] + 1;
			if (plan->depth[next] >= SC_FRAMEWORK_MAX_DEPTH)
			{
				(void) fault(faults, plan->sorted[at], SC_FRAMEWORK_TOO_DEEP, "64");
				return false;
			}
			plan->order[next] = at;
			position[at] = next++;
			if (plan->first_child[at] >= 0)
			{
				at = plan->first_child[at];
				continue;
			}
		}
		at = plan->next_sibling[at] >= 0 ? plan->next_sibling[at] : up;
	}
	if (next < count)
		find_cycles(plan, rank_parent, plan->depth, faults);
	if (faults->count > faults_before)
		return false;

	/* parents by canonical position; order still counts ranks, which `sorted` resolves */
	for (int r = 0; r < count; r++)
		rank_parent[r] = rank_parent[r] < 0 ? -1 : position[rank_parent[r]];
	for (int i = 0; i < count; i++)
	{
		const sc_node_spec *spec = plan->sorted[i];

		text += spec->code_length + spec->target_size;
		plan->table_size += table_bytes(spec);
		if (plan->first_child[i] < 0)
		{
			plan->leaf_count++;
			if (spec->said & SC_SAID_KEY)
				plan->key_count++;
		}
	}
	for (int i = 0; i < count; i++)
		plan->parent[i] = rank_parent[plan->order[i]];

	while (slots < 2 * (size_t) plan->leaf_count)
		slots *= 2;
	plan->size = sizeof(sc_framework) + (size_t) count * sizeof(sc_node) +
		((size_t) plan->leaf_count * sizeof(int32_t) + 7) / 8 * 8 +
		slots * sizeof(sc_code_slot) +
		(size_t) plan->key_count * sizeof(sc_key_entry) + plan->table_size + text;
	return true;
}

/* -------------------------------------------------------------- the nodes */

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
		if (!fault_word(faults, spec, kind, said_word(keys & ~(keys - 1))))
			return false;
	return true;
}

static bool
check_common(const sc_node_spec *spec, sc_faults *faults)
{
	if (spec->said & SC_SAID_UNREADABLE)
		return true;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
	{
		double		value;

		memcpy(&value, (const char *) spec + numbers[i].offset, sizeof(value));
		if ((spec->said & numbers[i].bit) && !isfinite(value) &&
			!fault_word(faults, spec, SC_NUMBER_NOT_FINITE, numbers[i].word))
			return false;
	}
	if ((spec->said & SC_SAID_WEIGHT) && spec->weight < 0 &&
		!fault(faults, spec, SC_FRAMEWORK_WEIGHT, ""))
		return false;
	if ((spec->said & SC_SAID_FLOOR) && (spec->said & SC_SAID_CAP) && spec->floor > spec->cap &&
		!fault(faults, spec, SC_FRAMEWORK_FLOOR_CAP, ""))
		return false;
	if ((spec->said & SC_SAID_DUE) && !sc_date_is_usable(spec->due) &&
		!fault_word(faults, spec, SC_DATE_RANGE, "due"))
		return false;
	if ((spec->said & SC_SAID_ADDED) && spec->parent == NULL &&
		!fault(faults, spec, SC_FRAMEWORK_ADDED_ROOT, ""))
		return false;
	return true;
}

static bool
check_parent(const sc_node_spec *spec, sc_faults *faults)
{
	sc_aggregation aggregation = (spec->said & SC_SAID_AGGREGATION) ? spec->aggregation : SC_ARITHMETIC;
	uint32_t	stray = spec->said & (SC_SAID_POWER | SC_SAID_COUNT | SC_SAID_SAMPLE);

	if (spec->said & SC_SAID_UNREADABLE)
		return true;
	if (!fault_keys(faults, spec, SC_FRAMEWORK_LEAF_KEY, spec->said & LEAF_KEYS))
		return false;
	if ((spec->said & SC_SAID_MIN_COVERAGE) && !(spec->min_coverage >= 0 && spec->min_coverage <= 1) &&
		!fault(faults, spec, SC_FRAMEWORK_MIN_COVERAGE, ""))
		return false;
	if (aggregation == SC_POWER_MEAN)
	{
		stray &= ~SC_SAID_POWER;
		if (!(spec->said & SC_SAID_POWER) && !fault(faults, spec, SC_FRAMEWORK_POWER, ""))
			return false;
	}
	if (aggregation == SC_WORST_MEAN)
	{
		stray &= ~SC_SAID_COUNT;
		if (!((spec->said & SC_SAID_COUNT) && spec->count >= 1) && !fault(faults, spec, SC_FRAMEWORK_COUNT, ""))
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
		return fault(faults, spec, SC_FRAMEWORK_HALF_RULE, "worst and best");
	if (spec->worst == spec->best)
		return fault(faults, spec, SC_FRAMEWORK_GOALPOSTS, "");
	if (log_scale && (spec->worst <= 0 || spec->best <= 0))
		return fault(faults, spec, SC_FRAMEWORK_GOALPOST_LOG, "");
	if (!isfinite(spec->best - spec->worst) || (log_scale && log(spec->worst) == log(spec->best)))
		return fault(faults, spec, SC_FRAMEWORK_GOALPOST_SPAN, "");
	return true;
}

static bool
check_steps(const sc_node_spec *spec, sc_faults *faults)
{
	if ((spec->said & STEPS_KEYS) != STEPS_KEYS)
		return fault(faults, spec, SC_FRAMEWORK_HALF_RULE, "thresholds and points");
	if (spec->threshold_count < 1 || spec->point_count != spec->threshold_count + 1)
		return fault(faults, spec, SC_FRAMEWORK_POINTS, "");
	for (int i = 0; i < spec->threshold_count; i++)
		if (!isfinite(spec->thresholds[i]))
			return fault_word(faults, spec, SC_NUMBER_NOT_FINITE, "thresholds");
	for (int i = 0; i < spec->point_count; i++)
		if (!isfinite(spec->points[i]))
			return fault_word(faults, spec, SC_NUMBER_NOT_FINITE, "points");
	for (int i = 1; i < spec->threshold_count; i++)
		if (!(spec->thresholds[i - 1] < spec->thresholds[i]))
			return fault(faults, spec, SC_FRAMEWORK_STEPS, "");
	return true;
}

static bool
check_z_score(const sc_node_spec *spec, sc_faults *faults)
{
	if ((spec->said & Z_SCORE_KEYS) != Z_SCORE_KEYS)
		return fault(faults, spec, SC_FRAMEWORK_HALF_RULE, "mean and sd");
	if (spec->sd <= 0 && !fault_word(faults, spec, SC_FRAMEWORK_SD, "sd"))
		return false;
	if ((spec->said & SC_SAID_SCORE_SD) && spec->score_sd <= 0)
		return fault_word(faults, spec, SC_FRAMEWORK_SD, "score_sd");
	return true;
}

static bool
check_leaf(const sc_node_spec *spec, sc_rule *rule, sc_faults *faults)
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
		return fault(faults, spec, SC_FRAMEWORK_NO_RULE, "");
	if (goalposts + target + steps + z_score + as_is > 1)
		return fault(faults, spec, SC_FRAMEWORK_TWO_RULES, "");

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

		if (!(lowest >= 0 && lowest < highest) && !fault(faults, spec, SC_FRAMEWORK_LOWEST, ""))
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

/* The target that a leaf is scored against: the one dated exactly due. */
static bool
settle_target(const sc_node_spec *spec, bool has_due, sc_leaf_measure measure, sc_node *node, sc_faults *faults)
{
	sc_path		path;
	sc_target	target;
	sc_band		band;
	int			i;

	if (!sc_path_unpack(spec->target, spec->target_size, &path))
		return fault(faults, spec, SC_FRAMEWORK_NO_RULE, "");
	if (!has_due && path.count > 1)
		return fault(faults, spec, SC_FRAMEWORK_DUE_NEEDED, "");
	i = has_due ? sc_path_find_due(&path, node->due) : 0;
	node->target.measure = measure;
	node->target.direction = path.direction;
	node->applicable = i >= 0;
	if (i < 0)
		return true;
	sc_path_target(&path, i, &target);
	node->due = target.due;
	/* member by member: a struct copy would store the padding too */
	band = sc_target_band(&target);
	node->target.band.low = band.low;
	node->target.band.high = band.high;
	node->target.band.strict = band.strict;
	node->target.band.comparison = band.comparison;
	node->target.baseline = path.baseline;
	if (measure == SC_MEASURE_DISTANCE && !path.has_baseline)
		return fault(faults, spec, SC_FRAMEWORK_DISTANCE, "");
	if (measure == SC_MEASURE_LEVEL)
	{
		bool		low_counts = path.direction != SC_DOWN && !isinf(band.low);
		bool		high_counts = path.direction != SC_UP && !isinf(band.high);

		if ((low_counts && band.low <= 0) || (high_counts && band.high <= 0))
			return fault(faults, spec, SC_FRAMEWORK_LEVEL, "");
	}
	return true;
}

/* Due and measure come from the leaf or its nearest ancestor that says them. */
static bool
settle_leaf(const sc_node_spec *spec, sc_node *nodes, int i, sc_faults *faults)
{
	sc_node    *node = &nodes[i];
	sc_leaf_measure measure = SC_MEASURE_UNSAID;
	bool		has_due = false;
	sc_rule		rule = SC_NO_RULE;

	if (!check_leaf(spec, &rule, faults))
		return false;
	node->rule = (uint8_t) rule;
	node->applicable = true;
	if (rule != SC_TARGET)
		return true;
	for (int k = i; k >= 0 && (!has_due || measure == SC_MEASURE_UNSAID); k = nodes[k].parent)
	{
		if (!has_due && (nodes[k].said & SC_SAID_DUE))
		{
			has_due = true;
			node->due = nodes[k].due_said;
		}
		if (measure == SC_MEASURE_UNSAID)
			measure = nodes[k].measure_said;
	}
	if (measure == SC_MEASURE_UNSAID)
		measure = SC_MEASURE_LEVEL;
	return settle_target(spec, has_due, measure, node, faults);
}

/*
 * Scales sibling weights by one power of two, which changes no ratio and no
 * bit. Added children have no weight in the mean.
 */
static bool
settle_weights(const sc_framework_plan *plan, sc_node *nodes, int i, sc_faults *faults)
{
	const sc_node_spec *spec = plan->sorted[plan->order[i]];
	const sc_node *end = nodes + i + nodes[i].subtree;
	double		largest = 0;
	int			exponent;

	for (sc_node *child = nodes + i + 1; child < end; child += child->subtree)
	{
		if (child->said & SC_SAID_ADDED)
			nodes[i].has_added = true;
		else if (child->weight > largest)
			largest = child->weight;
	}
	if (largest == 0)
		return fault(faults, spec, SC_FRAMEWORK_ZERO_WEIGHTS, "");
	frexp(largest, &exponent);
	for (sc_node *child = nodes + i + 1; child < end; child += child->subtree)
	{
		if (child->said & SC_SAID_ADDED)
			continue;
		child->scaled_weight = ldexp(child->weight, -exponent);
		/* a weight so small beside its siblings that it would vanish or lose digits */
		if (ldexp(child->scaled_weight, exponent) != child->weight ||
			(child->scaled_weight > 0 && child->scaled_weight < 1e-290))
			return fault(faults, spec, SC_FRAMEWORK_WEIGHT_RANGE, "");
	}
	return true;
}

/* A node applies if a child that counts does. Children lie behind their parents. */
static void
settle_applicability(sc_node *nodes, int count)
{
	for (int i = count - 1; i >= 0; i--)
	{
		if (nodes[i].leaf >= 0)
			continue;
		for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
			if (nodes[c].applicable && nodes[c].scaled_weight > 0)
				nodes[i].applicable = true;
	}
	nodes[0].effective_weight = 1;
	for (int i = 0; i < count; i++)
	{
		double		total = 0;

		for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
			if (nodes[c].applicable)
				total += nodes[c].scaled_weight;
		for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree)
			nodes[c].effective_weight = nodes[c].applicable && total > 0 ?
				nodes[i].effective_weight * (nodes[c].scaled_weight / total) : 0;
	}
}

static void
copy_spec(const sc_node_spec *spec, sc_node *node)
{
	uint32_t	said = spec->said;

	node->aggregation = (uint8_t) ((said & SC_SAID_AGGREGATION) ? spec->aggregation : SC_ARITHMETIC);
	node->missing = (uint8_t) ((said & SC_SAID_MISSING) ? spec->missing : SC_REWEIGHT);
	node->measure_said = (uint8_t) ((said & SC_SAID_MEASURE) ? spec->measure : SC_MEASURE_UNSAID);
	node->due_said = (said & SC_SAID_DUE) ? spec->due : 0;
	node->weight = (said & SC_SAID_WEIGHT) ? spec->weight + 0.0 : 1;
	node->min_coverage = (said & SC_SAID_MIN_COVERAGE) ? spec->min_coverage + 0.0 : 0;
	node->worst = (said & SC_SAID_WORST) ? spec->worst + 0.0 : (said & SC_SAID_MEAN) ? spec->mean + 0.0 : 0;
	node->best = (said & SC_SAID_BEST) ? spec->best + 0.0 : (said & SC_SAID_SD) ? spec->sd : 0;
	node->lowest = (said & SC_SAID_LOWEST) ? spec->lowest + 0.0 : 0;
	node->highest = (said & SC_SAID_HIGHEST) ? spec->highest : 100;
	node->floor = (said & SC_SAID_FLOOR) ? spec->floor + 0.0 : 0;
	node->cap = (said & SC_SAID_CAP) ? spec->cap + 0.0 : 0;
	node->bonus = (said & SC_SAID_BONUS) ? spec->bonus + 0.0 : 0;
	node->key = (said & SC_SAID_KEY) ? spec->key : 0;
	if (said & SC_SAID_POWER)
		node->parameter[0] = spec->power + 0.0;
	if (said & SC_SAID_COUNT)
		node->parameter[0] = spec->count;
	if (said & SC_SAID_MEAN)
	{
		node->parameter[0] = (said & SC_SAID_SCORE_MEAN) ? spec->score_mean + 0.0 : 0;
		node->parameter[1] = (said & SC_SAID_SCORE_SD) ? spec->score_sd : 1;
		if (node->parameter[0] == 0)
			said &= ~SC_SAID_SCORE_MEAN;
		if (node->parameter[1] == 1)
			said &= ~SC_SAID_SCORE_SD;
	}

	/* what was written but is the default is not said */
	if (node->weight == 1)
		said &= ~SC_SAID_WEIGHT;
	if (node->aggregation == SC_ARITHMETIC)
		said &= ~SC_SAID_AGGREGATION;
	if (node->missing == SC_REWEIGHT)
		said &= ~SC_SAID_MISSING;
	if (node->min_coverage == 0)
		said &= ~SC_SAID_MIN_COVERAGE;
	if (node->measure_said == SC_MEASURE_LEVEL && spec->parent == NULL)
		node->measure_said = SC_MEASURE_UNSAID;
	if (node->measure_said == SC_MEASURE_UNSAID)
		said &= ~SC_SAID_MEASURE;
	if (node->lowest == 0)
		said &= ~SC_SAID_LOWEST;
	if (node->highest == 100)
		said &= ~SC_SAID_HIGHEST;
	if (node->bonus == 0)
		said &= ~SC_SAID_BONUS;
	node->said = said;
}

/* Leaves by rank of their codes, the hash table over them, and the keys. */
static bool
write_leaves(const sc_framework_plan *plan, sc_framework *framework, sc_node *nodes, sc_faults *faults)
{
	char	   *base = (char *) framework;
	int32_t    *leaves = (int32_t *) (base + framework->leaves_offset);
	sc_code_slot *slots = (sc_code_slot *) (base + framework->slots_offset);
	sc_key_entry *keys = (sc_key_entry *) (base + framework->keys_offset);
	int			leaf = 0;
	int			key_count = 0;

	/* canonical position by rank, in the space of next_sibling, which has done its work */
	for (int i = 0; i < plan->count; i++)
		plan->next_sibling[plan->order[i]] = i;
	for (int r = 0; r < plan->count; r++)
	{
		sc_node    *node = &nodes[plan->next_sibling[r]];
		uint32_t	hash;
		uint32_t	slot;

		if (node->subtree > 1)
			continue;
		node->leaf = leaf;
		leaves[leaf] = plan->next_sibling[r];
		hash = sc_code_hash(sc_node_code(framework, node), node->code_length);
		slot = hash & framework->slot_mask;
		while (slots[slot].leaf != 0)
			slot = (slot + 1) & framework->slot_mask;
		slots[slot].hash = hash;
		slots[slot].leaf = leaf + 1;
		slots[slot].code_offset = node->code_offset;
		slots[slot].code_length = node->code_length;
		if (node->said & SC_SAID_KEY)
		{
			int			k = key_count++;

			for (; k > 0 && keys[k - 1].key > node->key; k--)
				keys[k] = keys[k - 1];
			keys[k].key = node->key;
			keys[k].leaf = leaf;
			if (k > 0 && keys[k - 1].key == node->key)
			{
				const sc_node *twin = &nodes[leaves[keys[k - 1].leaf]];

				if (!fault_text(faults, plan->sorted[r], SC_FRAMEWORK_KEY_TWICE,
								sc_node_code(framework, node), node->code_length,
								sc_node_code(framework, twin), twin->code_length))
					return false;
			}
		}
		leaf++;
	}
	return true;
}

/* The leaf's points table, both lists behind each other. Returns the bytes written. */
static size_t
write_table(const sc_node_spec *spec, char *out, size_t at, sc_node *node)
{
	double	   *table = (double *) (out + at);

	node->table_offset = (uint32_t) at;
	node->table_size = (uint32_t) said_thresholds(spec);
	for (int i = 0; i < said_thresholds(spec); i++)
		*table++ = spec->thresholds[i] + 0.0;
	for (int i = 0; i < said_points(spec); i++)
		*table++ = spec->points[i] + 0.0;
	return table_bytes(spec);
}

bool
sc_framework_write(const sc_framework_plan *plan, char *out, sc_faults *faults)
{
	sc_framework *framework = (sc_framework *) out;
	sc_node    *nodes;
	size_t		at = sizeof(sc_framework);
	size_t		table_at;
	size_t		slots = 4;
	int			faults_before = faults->count;

	while (slots < 2 * (size_t) plan->leaf_count)
		slots *= 2;
	framework->version = SC_FRAMEWORK_VERSION;
	framework->size = (uint32_t) plan->size;
	framework->node_count = plan->count;
	framework->leaf_count = plan->leaf_count;
	framework->key_count = plan->key_count;
	framework->nodes_offset = (uint32_t) at;
	at += (size_t) plan->count * sizeof(sc_node);
	framework->leaves_offset = (uint32_t) at;
	at += ((size_t) plan->leaf_count * sizeof(int32_t) + 7) / 8 * 8;
	framework->slots_offset = (uint32_t) at;
	framework->slot_mask = (uint32_t) slots - 1;
	at += slots * sizeof(sc_code_slot);
	framework->keys_offset = (uint32_t) at;
	at += (size_t) plan->key_count * sizeof(sc_key_entry);
	table_at = at;
	at += plan->table_size;
	nodes = (sc_node *) (out + framework->nodes_offset);

	for (int i = 0; i < plan->count; i++)
	{
		const sc_node_spec *spec = plan->sorted[plan->order[i]];
		bool		is_leaf = plan->first_child[plan->order[i]] < 0;
		sc_node    *node = &nodes[i];

		if (!check_common(spec, faults))
			return false;
		copy_spec(spec, node);
		node->code_offset = (uint32_t) at;
		node->code_length = (uint32_t) spec->code_length;
		memcpy(out + at, spec->code, spec->code_length);
		at += spec->code_length;
		node->parent = plan->parent[i];
		node->depth = (uint8_t) plan->depth[i];
		node->subtree = 1;
		node->leaf = -1;
		if (!is_leaf)
		{
			if (!check_parent(spec, faults))
				return false;
			continue;
		}
		if (!settle_leaf(spec, nodes, i, faults))
			return false;
		if (node->rule == SC_TARGET)
		{
			node->target_offset = (uint32_t) at;
			node->target_size = (uint32_t) spec->target_size;
			memcpy(out + at, spec->target, spec->target_size);
			at += spec->target_size;
		}
		if (node->rule == SC_STEPS)
			table_at += write_table(spec, out, table_at, node);
	}
	for (int i = plan->count - 1; i > 0; i--)
		nodes[nodes[i].parent].subtree += nodes[i].subtree;
	if (!write_leaves(plan, framework, nodes, faults))
		return false;
	for (int i = 0; i < plan->count; i++)
		if (nodes[i].leaf < 0 && !settle_weights(plan, nodes, i, faults))
			return false;
	if (nodes[0].weight == 0 && !fault(faults, plan->sorted[plan->order[0]], SC_FRAMEWORK_ROOT_WEIGHT, ""))
		return false;
	nodes[0].scaled_weight = 1;
	settle_applicability(nodes, plan->count);
	return faults->count == faults_before;
}

void
sc_framework_check_nodes(const sc_node_spec *specs, int count, void *work, sc_faults *faults)
{
	sc_framework_plan plan = {.specs = specs, .count = count, .sorted = work};
	bool	   *is_parent;

	if (count < 1)
		return;
	is_parent = (bool *) (plan.sorted + count);

	for (int i = 0; i < count; i++)
	{
		plan.sorted[i] = &specs[i];
		is_parent[i] = false;
	}
	qsort(plan.sorted, (size_t) count, sizeof(*plan.sorted), compare_codes);
	for (int i = 0; i < count; i++)
	{
		int			parent = specs[i].parent == NULL ? -1 :
			find_rank(&plan, specs[i].parent, specs[i].parent_length);

		if (parent >= 0)
			is_parent[parent] = true;
	}
	for (int r = 0; r < count; r++)
	{
		sc_rule		rule;

		(void) check_common(plan.sorted[r], faults);
		if (is_parent[r])
			(void) check_parent(plan.sorted[r], faults);
		else
			(void) check_leaf(plan.sorted[r], &rule, faults);
	}
}

/* ------------------------------------------------------------- back again */

void
sc_framework_spec(const sc_framework *framework, int i, sc_node_spec *spec)
{
	const sc_node *nodes = sc_framework_nodes(framework);
	const sc_node *node = &nodes[i];

	memset(spec, 0, sizeof(*spec));
	spec->code = sc_node_code(framework, node);
	spec->code_length = node->code_length;
	if (node->parent >= 0)
	{
		spec->parent = sc_node_code(framework, &nodes[node->parent]);
		spec->parent_length = nodes[node->parent].code_length;
	}
	spec->said = node->said;
	spec->aggregation = node->aggregation;
	spec->missing = node->missing;
	spec->measure = node->measure_said;
	spec->weight = node->weight;
	spec->min_coverage = node->min_coverage;
	if (node->rule == SC_GOALPOSTS)
	{
		spec->worst = node->worst;
		spec->best = node->best;
	}
	if (node->rule == SC_Z_SCORE)
	{
		spec->mean = node->worst;
		spec->sd = node->best;
		spec->score_mean = node->parameter[0];
		spec->score_sd = node->parameter[1];
	}
	if (node->said & SC_SAID_POWER)
		spec->power = node->parameter[0];
	if (node->said & SC_SAID_COUNT)
		spec->count = (int) node->parameter[0];
	spec->lowest = node->lowest;
	spec->highest = node->highest;
	spec->floor = node->floor;
	spec->cap = node->cap;
	spec->bonus = node->bonus;
	spec->due = node->due_said;
	spec->key = node->key;
	if (node->rule == SC_TARGET)
	{
		spec->target = (const char *) framework + node->target_offset;
		spec->target_size = node->target_size;
	}
	if (node->rule == SC_STEPS)
	{
		spec->threshold_count = (int) node->table_size;
		spec->thresholds = sc_node_thresholds(framework, node);
		spec->point_count = spec->threshold_count + 1;
		spec->points = spec->thresholds + spec->threshold_count;
	}
}
