/*
 * building.h
 *		Values for tests: dates, paths, series and frameworks from short texts, and dice.
 *
 * What cannot be built ends the program: a test of refusals calls the core itself.
 */
#ifndef SC_BUILDING_H
#define SC_BUILDING_H

#include "framework_build.h"
#include "harness.h"
#include "path.h"
#include "series.h"

#define NEED(condition, what, error) \
	do { \
		if (!(condition)) \
		{ \
			fprintf(stderr, "Bail out! cannot build %s: ", what); \
			fprintf(stderr, sc_error_message((error).kind), (error).offender, (error).other); \
			fputc('\n', stderr); \
			exit(EXIT_FAILURE); \
		} \
	} while (0)

static inline sc_date
day(int year, int month, int day_of_month)
{
	sc_date		date = 0;

	sc_date_make(year, month, day_of_month, &date);
	return date;
}

static inline sc_date
year_end(int year)
{
	return day(year, 12, 31);
}

#define MOST_TARGETS 16
#define MOST_POINTS 64

typedef struct built_path
{
	sc_path		path;
	char		packed[SC_PATH_PACKED_SIZE(MOST_TARGETS)];
} built_path;

static inline void
build_path(const char *text, built_path *out)
{
	sc_target	targets[MOST_TARGETS];
	sc_path_spec spec;
	sc_error	error = {SC_OK, -1, "", ""};

	memset(&spec, 0, sizeof(spec));
	spec.targets = targets;
	spec.capacity = MOST_TARGETS;
	NEED(sc_path_scan(text, (long) strlen(text), &spec, &error) &&
		 sc_path_pack(&spec, out->packed, &error) &&
		 sc_path_unpack(out->packed, SC_PATH_PACKED_SIZE(spec.count), &out->path), text, error);
}

typedef struct built_series
{
	sc_series	series;
	char		packed[SC_SERIES_PACKED_SIZE(MOST_POINTS)];
} built_series;

static inline void
build_series(const char *text, built_series *out)
{
	sc_point	points[MOST_POINTS];
	long		count = 0;
	sc_error	error = {SC_OK, -1, "", ""};

	NEED(sc_series_scan(text, (long) strlen(text), points, &count, &error) &&
		 sc_series_pack(points, count, out->packed, &error) &&
		 sc_series_unpack(out->packed, SC_SERIES_PACKED_SIZE(count), &out->series), text, error);
}

/* Numbers that are the same in every run. */
static uint64_t dice_state = 88172645463325252u;

static inline uint64_t
dice_bits(void)
{
	dice_state ^= dice_state << 13;
	dice_state ^= dice_state >> 7;
	dice_state ^= dice_state << 17;
	return dice_state;
}

/* 0 .. sides - 1 */
static inline int
dice(int sides)
{
	return (int) ((dice_bits() >> 11) % (uint64_t) sides);
}

/* A node without a rule; `parent` NULL for the root. */
static inline sc_node_spec
node(const char *code, const char *parent)
{
	sc_node_spec spec;

	memset(&spec, 0, sizeof(spec));
	spec.code = code;
	spec.code_length = strlen(code);
	if (parent != NULL)
	{
		spec.parent = parent;
		spec.parent_length = strlen(parent);
	}
	return spec;
}

static inline sc_node_spec
weighted(sc_node_spec spec, double weight)
{
	spec.said |= SC_SAID_WEIGHT;
	spec.weight = weight;
	return spec;
}

static inline sc_node_spec
as_is(const char *code, const char *parent)
{
	sc_node_spec spec = node(code, parent);

	spec.said |= SC_SAID_AS_IS;
	return spec;
}

static inline sc_node_spec
goalposts(const char *code, const char *parent, double worst, double best)
{
	sc_node_spec spec = node(code, parent);

	spec.said |= SC_SAID_WORST | SC_SAID_BEST;
	spec.worst = worst;
	spec.best = best;
	return spec;
}

/* `path` must outlive the spec. */
static inline sc_node_spec
target(const char *code, const char *parent, const char *text, built_path *path)
{
	sc_node_spec spec = node(code, parent);

	build_path(text, path);
	spec.said |= SC_SAID_TARGET;
	spec.target = path->packed;
	spec.target_size = SC_PATH_PACKED_SIZE(path->path.count);
	return spec;
}

static inline sc_node_spec
due(sc_node_spec spec, sc_date date)
{
	spec.said |= SC_SAID_DUE;
	spec.due = date;
	return spec;
}

static inline sc_node_spec
measured(sc_node_spec spec, sc_leaf_measure measure)
{
	spec.said |= SC_SAID_MEASURE;
	spec.measure = measure;
	return spec;
}

static inline sc_node_spec
aggregated(sc_node_spec spec, sc_aggregation aggregation)
{
	spec.said |= SC_SAID_AGGREGATION;
	spec.aggregation = aggregation;
	return spec;
}

static inline sc_node_spec
missing(sc_node_spec spec, sc_missing_rule rule)
{
	spec.said |= SC_SAID_MISSING;
	spec.missing = rule;
	return spec;
}

static inline sc_node_spec
covered(sc_node_spec spec, double min_coverage, bool by_weight)
{
	spec.said |= SC_SAID_MIN_COVERAGE | (by_weight ? SC_SAID_COVERAGE_BY_WEIGHT : 0);
	spec.min_coverage = min_coverage;
	return spec;
}

static inline sc_node_spec
limited(sc_node_spec spec, uint32_t which, double bound)
{
	spec.said |= which;
	if (which == SC_SAID_FLOOR)
		spec.floor = bound;
	else if (which == SC_SAID_CAP)
		spec.cap = bound;
	else
		spec.lowest = bound;
	return spec;
}

/* NULL with the error if the list is refused; else to be freed. */
static inline sc_framework *
try_framework(const sc_node_spec *specs, int count, sc_error *error)
{
	void	   *work = malloc(SC_FRAMEWORK_WORK_SIZE(count > 0 ? count : 1));
	sc_framework_plan plan;
	sc_framework *framework = NULL;
	sc_faults	faults = {.error = error};

	*error = (sc_error) {SC_OK, -1, "", ""};
	if (sc_framework_plan_make(specs, count, work, &plan, &faults))
	{
		framework = calloc(1, plan.size);
		if (!sc_framework_write(&plan, (char *) framework, &faults))
		{
			free(framework);
			framework = NULL;
		}
	}
	free(work);
	return framework;
}

static inline sc_framework *
build_framework(const sc_node_spec *specs, int count)
{
	sc_error	error;
	sc_framework *framework = try_framework(specs, count, &error);

	NEED(framework != NULL, "a framework", error);
	return framework;
}

#define COUNT(array) ((int) (sizeof(array) / sizeof((array)[0])))

#endif
