/*
 * framework.c
 *		See framework.h.
 *
 * Building takes two steps: the plan finds the tree (sort by code, link
 * children, walk depth first without recursion), then the nodes are written in
 * that order, each checked as it is written. A parent comes before its
 * children, so whatever is inherited is at hand.
 */
#include "framework.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ words */

static const char *const aggregation_words[] = {"arithmetic", "geometric", "harmonic", "min", "max", "sum", NULL};
static const char *const missing_words[] = {"reweight", "zero", "propagate", NULL};
static const char *const rule_words[] = {"none", "goalposts", "target", "as_is", NULL};
static const char *const measure_words[] = {"", "level", "distance", "met", NULL};

static int
find_word(const char *const *words, const char *word, size_t length)
{
	for (int i = 0; words[i] != NULL; i++)
		if (length > 0 && strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
			return i;
	return -1;
}

const char *
sc_aggregation_word(int aggregation)
{
	return aggregation_words[aggregation];
}

const char *
sc_missing_word(int missing)
{
	return missing_words[missing];
}

const char *
sc_rule_word(int rule)
{
	return rule_words[rule];
}

const char *
sc_leaf_measure_word(int measure)
{
	return measure_words[measure];
}

bool
sc_aggregation_from_word(const char *word, size_t length, sc_aggregation *aggregation)
{
	int			i = find_word(aggregation_words, word, length);

	*aggregation = i < 0 ? SC_ARITHMETIC : i;
	return i >= 0;
}

bool
sc_missing_from_word(const char *word, size_t length, sc_missing_rule *missing)
{
	int			i = find_word(missing_words, word, length);

	*missing = i < 0 ? SC_REWEIGHT : i;
	return i >= 0;
}

bool
sc_leaf_measure_from_word(const char *word, size_t length, sc_leaf_measure *measure)
{
	int			i = find_word(measure_words, word, length);

	*measure = i < 0 ? SC_MEASURE_UNSAID : i;
	return i >= 0;
}

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

static bool
fail_node(sc_error *error, sc_error_kind kind, const sc_node_spec *node, const sc_node_spec *other)
{
	return sc_fail_text(error, kind, -1, node->code, node->code_length,
						other ? other->code : "", other ? other->code_length : 0);
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

/* Links siblings in byte order of their codes; rank_parent[r] = rank of r's parent or -1. */
static bool
link_children(sc_framework_plan *plan, int *rank_parent, int *root, sc_error *error)
{
	*root = -1;
	for (int r = 0; r < plan->count; r++)
		plan->first_child[r] = -1;
	for (int r = plan->count - 1; r >= 0; r--)
	{
		const sc_node_spec *spec = plan->sorted[r];

		plan->next_sibling[r] = -1;
		if (spec->parent == NULL)
		{
			if (*root >= 0)
				return fail_node(error, SC_FRAMEWORK_TWO_ROOTS, spec, plan->sorted[*root]);
			rank_parent[r] = -1;
			*root = r;
			continue;
		}
		rank_parent[r] = find_rank(plan, spec->parent, spec->parent_length);
		if (rank_parent[r] < 0)
			return sc_fail_text(error, SC_FRAMEWORK_PARENT, -1, spec->code, spec->code_length,
								spec->parent, spec->parent_length);
		plan->next_sibling[r] = plan->first_child[rank_parent[r]];
		plan->first_child[rank_parent[r]] = r;
	}
	return true;
}

/* A node that the walk did not reach leads upwards into a cycle. */
static bool
fail_cycle(const sc_framework_plan *plan, const int *rank_parent, const int *position, sc_error *error)
{
	int			r = 0;

	while (position[r] >= 0)
		r++;
	for (int step = 0; step < plan->count; step++)
		r = rank_parent[r];
	return fail_node(error, SC_FRAMEWORK_CYCLE, plan->sorted[r], NULL);
}

bool
sc_framework_plan_make(const sc_node_spec *specs, int count, void *work,
					   sc_framework_plan *plan, sc_error *error)
{
	int		   *rank_parent;
	int		   *position;		/* rank -> canonical position */
	int			root;
	int			at;
	int			next = 0;
	size_t		text = 0;

	if (count < 1)
		return sc_fail(error, SC_FRAMEWORK_EMPTY, -1, NULL, NULL);
	if (count > SC_FRAMEWORK_MAX_NODES)
		return sc_fail(error, SC_FRAMEWORK_TOO_MANY, -1, "4096", NULL);

	plan->specs = specs;
	plan->count = count;
	plan->leaf_count = 0;
	plan->key_count = 0;
	plan->sorted = work;
	plan->order = (int *) (plan->sorted + count);
	plan->parent = plan->order + count;
	plan->depth = plan->parent + count;
	plan->first_child = plan->depth + count;
	plan->next_sibling = plan->first_child + count;
	rank_parent = plan->next_sibling + count;
	position = plan->parent;	/* filled as ranks, rewritten as positions below */

	for (int i = 0; i < count; i++)
	{
		plan->sorted[i] = &specs[i];
		if (specs[i].code_length == 0)
			return sc_fail(error, SC_FRAMEWORK_CODE_EMPTY, -1, NULL, NULL);
		text += specs[i].code_length + specs[i].target_size;
	}
	qsort(plan->sorted, (size_t) count, sizeof(*plan->sorted), compare_codes);
	for (int r = 1; r < count; r++)
		if (compare_codes(&plan->sorted[r - 1], &plan->sorted[r]) == 0)
			return fail_node(error, SC_FRAMEWORK_CODE_TWICE, plan->sorted[r], NULL);
	if (!link_children(plan, rank_parent, &root, error))
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
				return sc_fail_text(error, SC_FRAMEWORK_TOO_DEEP, -1, plan->sorted[at]->code,
									plan->sorted[at]->code_length, "64", 2);
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
		return fail_cycle(plan, rank_parent, position, error);

	/* parents by canonical position; order still counts ranks, which `sorted` resolves */
	for (int r = 0; r < count; r++)
		rank_parent[r] = rank_parent[r] < 0 ? -1 : position[rank_parent[r]];
	for (int i = 0; i < count; i++)
	{
		int			r = plan->order[i];

		plan->parent[i] = -1;
		if (plan->first_child[r] < 0)
		{
			plan->leaf_count++;
			if (plan->sorted[r]->said & SC_SAID_KEY)
				plan->key_count++;
		}
	}
	for (int i = 0; i < count; i++)
		plan->parent[i] = rank_parent[plan->order[i]];

	{
		size_t		slots = 4;

		while (slots < 2 * (size_t) plan->leaf_count)
			slots *= 2;
		plan->size = sizeof(sc_framework) + (size_t) count * sizeof(sc_node) +
			((size_t) plan->leaf_count * sizeof(int32_t) + 7) / 8 * 8 +
			slots * sizeof(sc_code_slot) +
			(size_t) plan->key_count * sizeof(sc_key_entry) + text;
	}
	return true;
}

/* -------------------------------------------------------------- the nodes */

/* Keys that say how children come together, and keys that score a leaf. */
#define PARENT_KEYS (SC_SAID_AGGREGATION | SC_SAID_MISSING | SC_SAID_MIN_COVERAGE | SC_SAID_COVERAGE_BY_WEIGHT)
#define LEAF_KEYS (SC_SAID_WORST | SC_SAID_BEST | SC_SAID_LOG | SC_SAID_UNCLAMPED | SC_SAID_TARGET | \
				   SC_SAID_AS_IS | SC_SAID_LOWEST | SC_SAID_KEY)

static const char *
said_word(uint32_t bit)
{
	switch (bit)
	{
		case SC_SAID_AGGREGATION:
			return "aggregation";
		case SC_SAID_MISSING:
			return "missing";
		case SC_SAID_MIN_COVERAGE:
			return "min_coverage";
		case SC_SAID_COVERAGE_BY_WEIGHT:
			return "coverage_by";
		case SC_SAID_WORST:
			return "worst";
		case SC_SAID_BEST:
			return "best";
		case SC_SAID_LOG:
			return "scale";
		case SC_SAID_UNCLAMPED:
			return "clamp";
		case SC_SAID_TARGET:
			return "target";
		case SC_SAID_AS_IS:
			return "as_is";
		case SC_SAID_LOWEST:
			return "lowest";
		case SC_SAID_KEY:
			return "key";
		default:
			return "measure";
	}
}

static bool
fail_key(sc_error *error, sc_error_kind kind, uint32_t keys, const sc_node_spec *spec)
{
	uint32_t	bit = keys & ~(keys - 1);
	const char *word = said_word(bit);

	return sc_fail_text(error, kind, -1, word, strlen(word), spec->code, spec->code_length);
}

static bool
check_numbers(const sc_node_spec *spec, sc_error *error)
{
	static const struct
	{
		uint32_t	bit;
		size_t		offset;
		const char *what;
	}			numbers[] = {
		{SC_SAID_WEIGHT, offsetof(sc_node_spec, weight), "weight"},
		{SC_SAID_MIN_COVERAGE, offsetof(sc_node_spec, min_coverage), "min_coverage"},
		{SC_SAID_WORST, offsetof(sc_node_spec, worst), "worst"},
		{SC_SAID_BEST, offsetof(sc_node_spec, best), "best"},
		{SC_SAID_LOWEST, offsetof(sc_node_spec, lowest), "lowest"},
		{SC_SAID_FLOOR, offsetof(sc_node_spec, floor), "floor"},
		{SC_SAID_CAP, offsetof(sc_node_spec, cap), "cap"},
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
	{
		double		value;

		memcpy(&value, (const char *) spec + numbers[i].offset, sizeof(value));
		if ((spec->said & numbers[i].bit) && !isfinite(value))
			return sc_fail(error, SC_NUMBER_NOT_FINITE, -1, numbers[i].what, NULL);
	}
	return true;
}

static bool
check_common(const sc_node_spec *spec, sc_error *error)
{
	if (!check_numbers(spec, error))
		return false;
	if ((spec->said & SC_SAID_WEIGHT) && spec->weight < 0)
		return fail_node(error, SC_FRAMEWORK_WEIGHT, spec, NULL);
	if ((spec->said & SC_SAID_FLOOR) && (spec->said & SC_SAID_CAP) && spec->floor > spec->cap)
		return fail_node(error, SC_FRAMEWORK_FLOOR_CAP, spec, NULL);
	if ((spec->said & SC_SAID_DUE) && !sc_date_is_usable(spec->due))
		return sc_fail(error, SC_DATE_RANGE, -1, "due", NULL);
	return true;
}

static bool
check_parent(const sc_node_spec *spec, sc_error *error)
{
	if (spec->said & LEAF_KEYS)
		return fail_key(error, SC_FRAMEWORK_LEAF_KEY, spec->said & LEAF_KEYS, spec);
	if ((spec->said & SC_SAID_MIN_COVERAGE) && !(spec->min_coverage >= 0 && spec->min_coverage <= 1))
		return fail_node(error, SC_FRAMEWORK_MIN_COVERAGE, spec, NULL);
	return true;
}

static bool
check_leaf(const sc_node_spec *spec, sc_rule *rule, sc_error *error)
{
	uint32_t	said = spec->said;
	bool		goalposts = (said & (SC_SAID_WORST | SC_SAID_BEST)) != 0;
	bool		target = (said & SC_SAID_TARGET) != 0;
	bool		as_is = (said & SC_SAID_AS_IS) != 0;
	uint32_t	stray = 0;

	if (said & PARENT_KEYS)
		return fail_key(error, SC_FRAMEWORK_PARENT_KEY, said & PARENT_KEYS, spec);
	if (!goalposts && !target && !as_is)
		return fail_node(error, SC_FRAMEWORK_NO_RULE, spec, NULL);
	if (goalposts + target + as_is > 1)
		return fail_node(error, SC_FRAMEWORK_TWO_RULES, spec, NULL);
	*rule = goalposts ? SC_GOALPOSTS : target ? SC_TARGET : SC_AS_IS;

	if (!goalposts)
		stray |= said & (SC_SAID_LOG | SC_SAID_UNCLAMPED);
	if (as_is)
		stray |= said & SC_SAID_LOWEST;
	if (stray)
		return fail_key(error, SC_FRAMEWORK_RULE_KEY, stray, spec);
	if ((said & SC_SAID_LOWEST) && !(spec->lowest >= 0 && spec->lowest < 100))
		return fail_node(error, SC_FRAMEWORK_LOWEST, spec, NULL);
	if (goalposts)
	{
		if (!(said & SC_SAID_WORST) || !(said & SC_SAID_BEST))
			return fail_node(error, SC_FRAMEWORK_HALF_RULE, spec, NULL);
		if (spec->worst == spec->best)
			return fail_node(error, SC_FRAMEWORK_GOALPOSTS, spec, NULL);
		if (!isfinite(spec->best - spec->worst))
			return fail_node(error, SC_FRAMEWORK_GOALPOST_SPAN, spec, NULL);
		if ((said & SC_SAID_LOG) && (spec->worst <= 0 || spec->best <= 0))
			return fail_node(error, SC_FRAMEWORK_GOALPOST_LOG, spec, NULL);
		if ((said & SC_SAID_LOG) && log(spec->worst) == log(spec->best))
			return fail_node(error, SC_FRAMEWORK_GOALPOST_SPAN, spec, NULL);
	}
	return true;
}

/* The target that a leaf is scored against: the one dated exactly due. */
static bool
settle_target(const sc_node_spec *spec, bool has_due, sc_leaf_measure measure, sc_node *node, sc_error *error)
{
	sc_path		path;
	sc_target	target;
	sc_band		band;
	int			i;

	if (!sc_path_unpack(spec->target, spec->target_size, &path))
		return fail_node(error, SC_FRAMEWORK_NO_RULE, spec, NULL);
	if (!has_due && path.count > 1)
		return fail_node(error, SC_FRAMEWORK_DUE_NEEDED, spec, NULL);
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
		return fail_node(error, SC_FRAMEWORK_DISTANCE, spec, NULL);
	if (measure == SC_MEASURE_LEVEL)
	{
		bool		low_counts = path.direction != SC_DOWN && !isinf(band.low);
		bool		high_counts = path.direction != SC_UP && !isinf(band.high);

		if ((low_counts && band.low <= 0) || (high_counts && band.high <= 0))
			return fail_node(error, SC_FRAMEWORK_LEVEL, spec, NULL);
	}
	return true;
}

/* Due and measure come from the leaf or its nearest ancestor that says them. */
static bool
settle_leaf(const sc_node_spec *spec, sc_node *nodes, int i, sc_error *error)
{
	sc_node    *node = &nodes[i];
	sc_leaf_measure measure = SC_MEASURE_UNSAID;
	bool		has_due = false;
	sc_rule		rule = SC_NO_RULE;

	if (!check_leaf(spec, &rule, error))
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
	return settle_target(spec, has_due, measure, node, error);
}

/* Scales sibling weights by one power of two, which changes no ratio and no bit. */
static bool
settle_weights(const sc_framework_plan *plan, sc_node *nodes, int i, sc_error *error)
{
	const sc_node *end = nodes + i + nodes[i].subtree;
	double		largest = 0;
	int			exponent;

	for (sc_node *child = nodes + i + 1; child < end; child += child->subtree)
		if (child->weight > largest)
			largest = child->weight;
	if (largest == 0)
		return fail_node(error, SC_FRAMEWORK_ZERO_WEIGHTS, plan->sorted[plan->order[i]], NULL);
	frexp(largest, &exponent);
	for (sc_node *child = nodes + i + 1; child < end; child += child->subtree)
	{
		child->scaled_weight = ldexp(child->weight, -exponent);
		/* a weight so small beside its siblings that it would vanish or lose digits */
		if (ldexp(child->scaled_weight, exponent) != child->weight ||
			(child->scaled_weight > 0 && child->scaled_weight < 1e-290))
			return fail_node(error, SC_FRAMEWORK_WEIGHT_RANGE, plan->sorted[plan->order[i]], NULL);
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
			if (nodes[c].applicable && nodes[c].weight > 0)
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
	node->worst = (said & SC_SAID_WORST) ? spec->worst + 0.0 : 0;
	node->best = (said & SC_SAID_BEST) ? spec->best + 0.0 : 0;
	node->lowest = (said & SC_SAID_LOWEST) ? spec->lowest + 0.0 : 0;
	node->floor = (said & SC_SAID_FLOOR) ? spec->floor + 0.0 : 0;
	node->cap = (said & SC_SAID_CAP) ? spec->cap + 0.0 : 0;
	node->key = (said & SC_SAID_KEY) ? spec->key : 0;

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
	node->said = said;
}

static inline uint64_t
load(const char *bytes, size_t count)
{
	uint64_t	word = 0;

	memcpy(&word, bytes, count);
	return word;
}

/*
 * One multiplication for codes of up to sixteen bytes, whose first and last
 * eight cover them (in halves that may overlap); one more for every further
 * eight bytes of longer ones.
 */
static inline uint32_t
hash_code(const char *code, size_t length)
{
	uint64_t	hash = length;
	uint64_t	last;

	if (length >= 8)
	{
		last = load(code + length - 8, 8);
		hash ^= load(code, 8);
		for (size_t at = 8; at + 8 < length; at += 8)
		{
			hash = (hash ^ hash >> 32) * 0xFF51AFD7ED558CCDu;
			hash ^= load(code + at, 8);
		}
	}
	else if (length >= 4)
		last = load(code, 4) | load(code + length - 4, 4) << 32;
	else if (length > 0)
		last = load(code, 1) | load(code + length / 2, 1) << 8 | load(code + length - 1, 1) << 16;
	else
		last = 0;
	/* a product carries upwards only: fold the high half down first, so that every bit counts */
	hash ^= last << 29 | last >> 35;
	hash ^= hash >> 32;
	return (uint32_t) ((hash * 0xC4CEB9FE1A85EC53u) >> 32);
}

static inline bool
same_code(const char *x, const char *y, size_t length)
{
	if (length < 8)
		return memcmp(x, y, length) == 0;
	for (size_t at = 0; at + 8 < length; at += 8)
		if (load(x + at, 8) != load(y + at, 8))
			return false;
	return load(x + length - 8, 8) == load(y + length - 8, 8);
}

/* Leaves by rank of their codes, the hash table over them, and the keys. */
static bool
write_leaves(const sc_framework_plan *plan, sc_framework *framework, sc_node *nodes, sc_error *error)
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
		hash = hash_code(sc_node_code(framework, node), node->code_length);
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

				return sc_fail_text(error, SC_FRAMEWORK_KEY_TWICE, -1,
									sc_node_code(framework, node), node->code_length,
									sc_node_code(framework, twin), twin->code_length);
			}
		}
		leaf++;
	}
	return true;
}

bool
sc_framework_write(const sc_framework_plan *plan, char *out, sc_error *error)
{
	sc_framework *framework = (sc_framework *) out;
	sc_node    *nodes;
	size_t		at = sizeof(sc_framework);
	size_t		slots = 4;

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
	nodes = (sc_node *) (out + framework->nodes_offset);

	for (int i = 0; i < plan->count; i++)
	{
		const sc_node_spec *spec = plan->sorted[plan->order[i]];
		bool		is_leaf = plan->first_child[plan->order[i]] < 0;
		sc_node    *node = &nodes[i];

		if (!check_common(spec, error))
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
		if (is_leaf)
		{
			if (!settle_leaf(spec, nodes, i, error))
				return false;
			if (node->rule == SC_TARGET)
			{
				node->target_offset = (uint32_t) at;
				node->target_size = (uint32_t) spec->target_size;
				memcpy(out + at, spec->target, spec->target_size);
				at += spec->target_size;
			}
		}
		else if (!check_parent(spec, error))
			return false;
	}
	for (int i = plan->count - 1; i > 0; i--)
		nodes[nodes[i].parent].subtree += nodes[i].subtree;
	if (!write_leaves(plan, framework, nodes, error))
		return false;
	for (int i = 0; i < plan->count; i++)
		if (nodes[i].leaf < 0 && !settle_weights(plan, nodes, i, error))
			return false;
	if (nodes[0].weight == 0)
		return fail_node(error, SC_FRAMEWORK_ZERO_WEIGHTS, plan->sorted[plan->order[0]], NULL);
	nodes[0].scaled_weight = 1;
	settle_applicability(nodes, plan->count);
	return true;
}

/* ---------------------------------------------------------------- reading */

int
sc_framework_find_leaf(const sc_framework *framework, const char *code, size_t length)
{
	const char *base = (const char *) framework;
	const sc_code_slot *slots = (const sc_code_slot *) (base + framework->slots_offset);
	uint32_t	hash = hash_code(code, length);
	const sc_code_slot *slot = &slots[hash & framework->slot_mask];

	while (slot->leaf != 0)
	{
		if (slot->hash == hash && slot->code_length == length &&
			same_code(base + slot->code_offset, code, length))
			return slot->leaf - 1;
		slot = &slots[(slot - slots + 1) & framework->slot_mask];
	}
	return -1;
}

int
sc_framework_find_key(const sc_framework *framework, int64_t key)
{
	const sc_key_entry *keys = (const sc_key_entry *) ((const char *) framework + framework->keys_offset);
	int			low = 0,
				high = framework->key_count - 1;

	while (low <= high)
	{
		int			middle = (low + high) / 2;

		if (keys[middle].key == key)
			return keys[middle].leaf;
		if (keys[middle].key < key)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}

int
sc_framework_find_node(const sc_framework *framework, const char *code, size_t length)
{
	const sc_node *nodes = sc_framework_nodes(framework);

	for (int i = 0; i < framework->node_count; i++)
		if (nodes[i].code_length == length &&
			memcmp(sc_node_code(framework, &nodes[i]), code, length) == 0)
			return i;
	return -1;
}

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
	spec->worst = node->worst;
	spec->best = node->best;
	spec->lowest = node->lowest;
	spec->floor = node->floor;
	spec->cap = node->cap;
	spec->due = node->due_said;
	spec->key = node->key;
	if (node->rule == SC_TARGET)
	{
		spec->target = (const char *) framework + node->target_offset;
		spec->target_size = node->target_size;
	}
}

int
sc_framework_compare(const sc_framework *x, const sc_framework *y)
{
	int			order;

	if (x->node_count != y->node_count)
		return x->node_count < y->node_count ? -1 : 1;
	order = memcmp(x->fingerprint, y->fingerprint, SC_FINGERPRINT_SIZE);
	return (order > 0) - (order < 0);
}
