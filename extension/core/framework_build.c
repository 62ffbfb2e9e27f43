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
#include "framework_check.h"

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
		if (specs[i].code_length == 0 && !sc_fault(faults, &specs[i], SC_FRAMEWORK_CODE_EMPTY, ""))
			return false;
	}
	qsort(plan->sorted, (size_t) count, sizeof(*plan->sorted), compare_codes);
	for (int r = 1; r < count; r++)
		if (compare_codes(&plan->sorted[r - 1], &plan->sorted[r]) == 0 &&
			!sc_fault(faults, plan->sorted[r], SC_FRAMEWORK_CODE_TWICE, ""))
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
				!sc_fault_text(faults, spec, SC_FRAMEWORK_TWO_ROOTS, spec->code, spec->code_length,
							plan->sorted[*root]->code, plan->sorted[*root]->code_length))
				return false;
			*root = r;
			continue;
		}
		rank_parent[r] = find_rank(plan, spec->parent, spec->parent_length);
		if (rank_parent[r] < 0)
		{
			if (!sc_fault_text(faults, spec, SC_FRAMEWORK_PARENT, spec->code, spec->code_length,
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
		if (!sc_fault(faults, plan->sorted[least], SC_FRAMEWORK_CYCLE, ""))
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
		(void) sc_fault_text(faults, NULL, SC_FRAMEWORK_EMPTY, "", 0, "", 0);
		return false;
	}
	if (count > SC_FRAMEWORK_MAX_NODES)
	{
		(void) sc_fault_text(faults, NULL, SC_FRAMEWORK_TOO_MANY, "4096", 4, "", 0);
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
				(void) sc_fault(faults, plan->sorted[at], SC_FRAMEWORK_TOO_DEEP, "64");
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

/* The target that a leaf is scored against: the one dated exactly due. */
static bool
settle_target(const sc_node_spec *spec, bool has_due, sc_leaf_measure measure, sc_node *node, sc_faults *faults)
{
	sc_path		path;
	sc_target	target;
	sc_band		band;
	int			i;

	if (!sc_path_unpack(spec->target, spec->target_size, &path))
		return sc_fault(faults, spec, SC_FRAMEWORK_NO_RULE, "");
	if (!has_due && path.count > 1)
		return sc_fault(faults, spec, SC_FRAMEWORK_DUE_NEEDED, "");
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
		return sc_fault(faults, spec, SC_FRAMEWORK_DISTANCE, "");
	if (measure == SC_MEASURE_LEVEL)
	{
		bool		low_counts = path.direction != SC_DOWN && !isinf(band.low);
		bool		high_counts = path.direction != SC_UP && !isinf(band.high);

		if ((low_counts && band.low <= 0) || (high_counts && band.high <= 0))
			return sc_fault(faults, spec, SC_FRAMEWORK_LEVEL, "");
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

	if (!sc_check_leaf(spec, &rule, faults))
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
		return sc_fault(faults, spec, SC_FRAMEWORK_ZERO_WEIGHTS, "");
	frexp(largest, &exponent);
	for (sc_node *child = nodes + i + 1; child < end; child += child->subtree)
	{
		if (child->said & SC_SAID_ADDED)
			continue;
		child->scaled_weight = ldexp(child->weight, -exponent);
		/* a weight so small beside its siblings that it would vanish or lose digits */
		if (ldexp(child->scaled_weight, exponent) != child->weight ||
			(child->scaled_weight > 0 && child->scaled_weight < 1e-290))
			return sc_fault(faults, spec, SC_FRAMEWORK_WEIGHT_RANGE, "");
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

				if (!sc_fault_text(faults, plan->sorted[r], SC_FRAMEWORK_KEY_TWICE,
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

		if (!sc_check_common(spec, faults))
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
			if (!sc_check_parent(spec, faults))
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
	if (nodes[0].weight == 0 && !sc_fault(faults, plan->sorted[plan->order[0]], SC_FRAMEWORK_ROOT_WEIGHT, ""))
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

		(void) sc_check_common(plan.sorted[r], faults);
		if (is_parent[r])
			(void) sc_check_parent(plan.sorted[r], faults);
		else
			(void) sc_check_leaf(plan.sorted[r], &rule, faults);
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
