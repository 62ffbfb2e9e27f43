/*
 * libFuzzer on frameworks, sheets and the evaluation of trees.
 *
 * The bytes choose a list of nodes, most of them wrong in some way. What is
 * accepted must come apart into specs that build the same bytes again, in any
 * order, and must evaluate to scores that keep their promises.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "framework_build.h"
#include "require.h"
#include "sheet.h"
#include "tree.h"

#define MOST_NODES 48

static const double numbers[] = {1, 0, 100, 50, 2.5, -5, 0.1, 7, 1e6, 1e-9, 0.5, 3, -0.25, 20, 1e300, 1e-300, 5e-324, -1e308};

static const double thresholds[] = {-1, 0.5, 7, 60};
static const double points[] = {0, 50, 20, 100, 5};

#define TAME 14					/* the first of these numbers keep the promises about sums */

typedef struct bytes
{
	const uint8_t *at;
	const uint8_t *end;
	bool		wild;			/* a number that is not tame was used */
} bytes;

static unsigned
byte(bytes *b)
{
	return b->at < b->end ? *b->at++ : 0;
}

static double
number(bytes *b)
{
	unsigned	i = byte(b) % (sizeof(numbers) / sizeof(numbers[0]));

	b->wild = b->wild || i >= TAME;
	return numbers[i];
}

/* A code of one or two letters; few, so that parents are found. */
static size_t
code(bytes *b, char *out)
{
	unsigned	i = byte(b);

	out[0] = (char) ('a' + i % 16);
	out[1] = (char) ('0' + i / 64);
	return i >= 64 ? 2 : 1;
}

static const char *const path_texts[] = {
	"5285@2020 -> 8300..8500@2025 -> >12500@2030",
	"down -> <=40@2030",
	"keep 3@2020 -> 2..4@2025",
	"up -> 0@2025",
	"100@2020 -> by -30%@2030",
	"up total -> 622700@2025",
};

#define PATHS (sizeof(path_texts) / sizeof(path_texts[0]))

static char *path_bytes[PATHS];
static size_t path_sizes[PATHS];

static void
prepare_paths(void)
{
	for (size_t i = 0; i < PATHS && path_bytes[i] == NULL; i++)
	{
		sc_target	targets[8];
		sc_path_spec spec;
		sc_error	error;

		memset(&spec, 0, sizeof(spec));
		spec.targets = targets;
		spec.capacity = 8;
		require(sc_path_scan(path_texts[i], (long) strlen(path_texts[i]), &spec, &error));
		path_sizes[i] = SC_PATH_PACKED_SIZE(spec.count);
		path_bytes[i] = malloc(path_sizes[i]);
		require(sc_path_pack(&spec, path_bytes[i], &error));
	}
}

static void
read_node(bytes *b, sc_node_spec *spec, char *code_out, char *parent_out, bool first)
{
	sc_date		dues[] = {9497, 11322, 7670, 0};	/* 2025, 2030, 2020 ends; 2000-01-01 */
	unsigned	path;

	memset(spec, 0, sizeof(*spec));
	spec->code = code_out;
	spec->code_length = code(b, code_out);
	if (!first || byte(b) == 255)
	{
		spec->parent = parent_out;
		spec->parent_length = code(b, parent_out);
		if (byte(b) == 255)
			spec->parent = NULL;
	}
	/* Some kinds of usual nodes, else any combination. */
	switch (byte(b) % 8)
	{
		case 0:
			spec->said = 0;
			break;
		case 1:
			spec->said = SC_SAID_WORST | SC_SAID_BEST;
			break;
		case 2:
			spec->said = SC_SAID_TARGET;
			break;
		case 3:
			spec->said = SC_SAID_AS_IS;
			break;
		case 4:
			spec->said = SC_SAID_AGGREGATION | SC_SAID_MISSING | SC_SAID_MIN_COVERAGE;
			break;
		case 5:
			spec->said = SC_SAID_THRESHOLDS | SC_SAID_POINTS;
			break;
		case 6:
			spec->said = SC_SAID_MEAN | SC_SAID_SD | SC_SAID_SCORE_MEAN;
			break;
		default:
			spec->said = 0;
			break;
	}
	spec->said |= (byte(b) | byte(b) << 8) & byte(b) & 0xFFFF;
	if (byte(b) % 8 == 0)
		spec->said |= (byte(b) | (byte(b) << 8) | (byte(b) << 16) | ((unsigned) byte(b) << 24)) & 0x7FFFFFFF;
	spec->aggregation = byte(b) % (SC_WORST_MEAN + 1);
	if ((spec->said & SC_SAID_AGGREGATION) && spec->aggregation == SC_POWER_MEAN && byte(b) % 8 > 0)
		spec->said |= SC_SAID_POWER;
	if ((spec->said & SC_SAID_AGGREGATION) && spec->aggregation == SC_WORST_MEAN && byte(b) % 8 > 0)
		spec->said |= SC_SAID_COUNT;
	spec->missing = byte(b) % (SC_PROPAGATE + 1);
	spec->measure = byte(b) % (SC_MEASURE_MET + 1);
	spec->weight = (spec->said & SC_SAID_WEIGHT) ? number(b) : 1;
	spec->min_coverage = number(b);
	spec->worst = number(b);
	spec->best = number(b);
	spec->lowest = number(b);
	spec->floor = number(b);
	spec->cap = number(b);
	spec->highest = number(b);
	spec->bonus = number(b);
	spec->power = number(b);
	spec->mean = number(b);
	spec->sd = number(b);
	spec->score_mean = number(b);
	spec->score_sd = number(b);
	spec->count = (int) byte(b) % 8;
	spec->thresholds = thresholds;
	spec->threshold_count = (int) byte(b) % 5;
	spec->points = points;
	spec->point_count = byte(b) % 8 > 0 ? spec->threshold_count + 1 : (int) byte(b) % 5;
	spec->due = dues[byte(b) % 4];
	spec->key = (int64_t) byte(b) - 100;
	path = byte(b) % PATHS;
	if (spec->said & SC_SAID_TARGET)
	{
		spec->target = path_bytes[path];
		spec->target_size = path_sizes[path];
	}
}

static void
ignore_fault(void *context, const sc_node_spec *node, const sc_error *error)
{
	(void) context;
	(void) node;
	require(error->kind != SC_OK && strlen(error->offender) < SC_OFFENDER_SIZE);
}

/* All faults of a list at once: some if and only if it is refused. */
static void
check_faults(const sc_node_spec *specs, int count, bool refused)
{
	void	   *work = malloc(SC_FRAMEWORK_WORK_SIZE(count));
	sc_framework_plan plan;
	sc_error	error;
	sc_faults	faults = {.error = &error, .report = ignore_fault};

	if (sc_framework_plan_make(specs, count, work, &plan, &faults))
	{
		char	   *out = calloc(1, plan.size);

		require(sc_framework_write(&plan, out, &faults) == (faults.count == 0));
		free(out);
	}
	else
		sc_framework_check_nodes(specs, count, work, &faults);
	require((faults.count > 0) == refused);
	free(work);
}

/* NULL if refused; the caller frees. */
static sc_framework *
build(const sc_node_spec *specs, int count)
{
	void	   *work = malloc(SC_FRAMEWORK_WORK_SIZE(count));
	sc_framework_plan plan;
	sc_error	error;
	sc_faults	faults = {.error = &error};
	char	   *out = NULL;

	memset(&error, 0, sizeof(error));
	if (sc_framework_plan_make(specs, count, work, &plan, &faults))
	{
		out = calloc(1, plan.size);
		if (!sc_framework_write(&plan, out, &faults))
		{
			free(out);
			out = NULL;
		}
		else
			require(((sc_framework *) out)->size == plan.size);
	}
	if (out == NULL)
		require(error.kind != SC_OK && strlen(error.offender) < SC_OFFENDER_SIZE);
	free(work);
	return (sc_framework *) out;
}

static void
check_reading(const sc_framework *framework)
{
	const sc_node *nodes = sc_framework_nodes(framework);
	int			leaves = 0;

	require(nodes[0].parent == -1 && nodes[0].subtree == framework->node_count);
	for (int i = 0; i < framework->node_count; i++)
	{
		const sc_node *node = &nodes[i];
		const char *name = sc_node_code(framework, node);

		require(sc_framework_find_node(framework, name, node->code_length) == i);
		require(node->parent < i);
		require(node->leaf == sc_framework_find_leaf(framework, name, node->code_length));
		if (node->leaf >= 0)
		{
			require(sc_framework_leaf_node(framework, node->leaf) == i && node->subtree == 1);
			leaves++;
		}
		if (node->leaf >= 0 && (node->said & SC_SAID_KEY))
			require(sc_framework_find_key(framework, node->key) == node->leaf);
		require(node->effective_weight >= 0 && node->effective_weight <= 1 + 1e-12);
	}
	require(leaves == framework->leaf_count);
	require(sc_framework_find_leaf(framework, "no such code", 12) == -1);
}

/* Taken apart and built again, in reverse order: the same bytes. */
static void
check_rebuilding(const sc_framework *framework)
{
	int			count = framework->node_count;
	sc_node_spec *specs = calloc((size_t) count, sizeof(sc_node_spec));
	sc_framework *again;

	for (int i = 0; i < count; i++)
		sc_framework_spec(framework, i, &specs[count - 1 - i]);
	again = build(specs, count);
	require(again != NULL && again->size == framework->size);
	require(memcmp(again, framework, framework->size) == 0);
	require(sc_framework_compare(again, framework) == 0);
	free(again);
	free(specs);
}

static void
check_scores(const sc_framework *framework, const double *values, bool tame)
{
	size_t		count = (size_t) framework->node_count;
	sc_node_score *scores = malloc(count * sizeof(sc_node_score));
	sc_node_score *low = malloc(count * sizeof(sc_node_score));
	sc_node_score *high = malloc(count * sizeof(sc_node_score));
	sc_node_coverage *coverage = malloc(count * sizeof(sc_node_coverage));
	double	   *slopes = malloc(count * sizeof(double));
	double	   *contributions = malloc(count * sizeof(double));
	double		remainder = 0;

	sc_tree_evaluate(framework, values, SC_AS_OBSERVED, scores);
	sc_tree_evaluate(framework, values, SC_AT_LOWEST, low);
	sc_tree_evaluate(framework, values, SC_AT_HIGHEST, high);
	sc_tree_coverage(framework, values, coverage);
	for (size_t i = 0; i < count; i++)
	{
		require(scores[i].reason != SC_NO_REASON || isfinite(scores[i].score));
		if (coverage[i].defined)
			require(coverage[i].by_count >= 0 && coverage[i].by_count <= 1 &&
					coverage[i].by_weight >= 0 && coverage[i].by_weight <= 1 + 1e-9);
		if (tame && low[i].reason == SC_NO_REASON && high[i].reason == SC_NO_REASON)
			require(low[i].score <= high[i].score + 1e-9 * (1 + fabs(high[i].score)));
	}
	sc_tree_weights(framework, scores, slopes, contributions);
	for (size_t i = 0; i < count; i++)
		require(slopes[i] >= 0 && slopes[i] <= 1 + 1e-9 && contributions[i] >= 0 && contributions[i] <= 1 + 1e-9);
	if (sc_tree_contributions(framework, scores, slopes, contributions, &remainder))
	{
		const sc_node *nodes = sc_framework_nodes(framework);
		double		sum = remainder,
					size = fabs(remainder);

		require(scores[0].reason == SC_NO_REASON);
		for (size_t i = 0; i < count; i++)
		{
			if (nodes[i].leaf < 0)
				continue;
			sum += contributions[i];
			size += fabs(contributions[i]);
		}
		if (tame)
			require(fabs(sum - scores[0].score) <= 1e-9 * (1 + size));
	}
	else
		require(scores[0].reason != SC_NO_REASON);
	free(scores);
	free(low);
	free(high);
	free(coverage);
	free(slopes);
	free(contributions);
}

/* Dense, packed and text say the same. */
static void
check_sheet(const sc_framework *framework, const double *values)
{
	int			leaves = framework->leaf_count;
	sc_sheet_header *dense = calloc(1, SC_SHEET_DENSE_SIZE(leaves));
	sc_sheet_header *packed = calloc(1, SC_SHEET_PACKED_SIZE(leaves, leaves));
	sc_sheet_header header;
	double	   *back = malloc((size_t) (leaves + 1) * sizeof(double));
	char	   *text = malloc(SC_SHEET_TEXT_SIZE(leaves));
	size_t		size;
	long		length,
				position = 0;
	sc_error	error;

	sc_sheet_begin(dense, leaves, framework->leaf_set);
	memcpy(sc_sheet_dense_values(dense), values, (size_t) leaves * sizeof(double));
	dense->stored = sc_sheet_count(values, leaves);
	size = sc_sheet_pack(dense, values, packed);
	require(size == SC_SHEET_PACKED_SIZE(leaves, dense->stored));
	require(sc_sheet_header_read((char *) packed + SC_SHEET_BODY_OFFSET, size - SC_SHEET_BODY_OFFSET, &header));
	sc_sheet_expand((char *) packed + SC_SHEET_BODY_OFFSET, &header, back);
	require(sc_sheet_compare(dense, values, &header, back) == 0);

	length = sc_sheet_print(&header, back, text);
	require((size_t) length < SC_SHEET_TEXT_SIZE(dense->stored));
	require(sc_sheet_scan_head(text, length, &position, &header, &error) && header.leaf_count == leaves);
	require(sc_sheet_scan_values(text, length, position, &header, back, &error));
	require(sc_sheet_compare(dense, values, &header, back) == 0);
	free(dense);
	free(packed);
	free(back);
	free(text);
}

/* Text of a sheet, however damaged. */
static void
fuzz_sheet_text(bytes *b)
{
	size_t		size = (size_t) (b->end - b->at);
	char	   *text = malloc(size > 0 ? size : 1);
	sc_sheet_header header;
	sc_error	error;
	long		position = 0;

	memcpy(text, b->at, size);
	if (sc_sheet_scan_head(text, (long) size, &position, &header, &error))
	{
		double	   *values = malloc((size_t) (header.leaf_count + 1) * sizeof(double));

		require(header.leaf_count >= 0 && header.leaf_count <= SC_SHEET_MAX_LEAVES);
		if (sc_sheet_scan_values(text, (long) size, position, &header, values, &error))
		{
			char	   *again = malloc(SC_SHEET_TEXT_SIZE(header.leaf_count));

			require((size_t) sc_sheet_print(&header, values, again) < SC_SHEET_TEXT_SIZE(header.leaf_count));
			free(again);
		}
		free(values);
	}
	if (sc_sheet_header_read(text, size, &header))
	{
		double	   *values = malloc((size_t) (header.leaf_count + 1) * sizeof(double));

		sc_sheet_expand(text, &header, values);
		free(values);
	}
	free(text);
}

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bytes		b = {data, data + size, false};
	sc_node_spec specs[MOST_NODES];
	char		codes[MOST_NODES][2];
	char		parents[MOST_NODES][2];
	sc_framework *framework;
	int			count;

	prepare_paths();
	if (byte(&b) % 8 == 0)
	{
		fuzz_sheet_text(&b);
		return 0;
	}
	count = 1 + (int) (byte(&b) % MOST_NODES);
	for (int i = 0; i < count; i++)
		read_node(&b, &specs[i], codes[i], parents[i], i == 0);
	framework = build(specs, count);
	check_faults(specs, count, framework == NULL);
	if (framework == NULL)
		return 0;
	check_reading(framework);
	check_rebuilding(framework);
	for (int round = 0; round < 4; round++)
	{
		double		values[MOST_NODES];

		for (int i = 0; i < framework->leaf_count; i++)
		{
			unsigned	kind = byte(&b) % 8;

			values[i] = kind == 0 ? sc_not_applicable_value() : kind == 1 ? sc_missing_value() : number(&b);
		}
		check_scores(framework, values, !b.wild);
		check_sheet(framework, values);
	}
	free(framework);
	return 0;
}
