/* Frameworks: every way to be refused, one canonical order, limits, looking up. */
#include "building.h"
#include "framework.h"

/* The list is refused for this reason, naming these. NULL: whoever. */
static void
refused(int line, const sc_node_spec *specs, int count, sc_error_kind kind, const char *offender, const char *other)
{
	sc_error	error;
	sc_framework *framework = try_framework(specs, count, &error);

	CHECK_FOR(framework == NULL, "line %d: accepted", line);
	free(framework);
	CHECK_FOR(error.kind == kind, "line %d: %s (%s, %s)", line, sc_error_message(error.kind), error.offender, error.other);
	CHECK_FOR(offender == NULL || strcmp(error.offender, offender) == 0, "line %d: names \"%s\", not \"%s\"", line, error.offender, offender);
	CHECK_FOR(other == NULL || strcmp(error.other, other) == 0, "line %d: names \"%s\", not \"%s\"", line, error.other, other);
}

#define REFUSED(kind, offender, other, ...) \
	do { \
		const sc_node_spec list[] = {__VA_ARGS__}; \
		refused(__LINE__, list, COUNT(list), kind, offender, other); \
	} while (0)

#define ACCEPTED(...) \
	do { \
		const sc_node_spec list[] = {__VA_ARGS__}; \
		sc_error	error; \
		sc_framework *framework = try_framework(list, COUNT(list), &error); \
		CHECK_FOR(framework != NULL, "line %d: %s (%s)", __LINE__, sc_error_message(error.kind), error.offender); \
		free(framework); \
	} while (0)

TEST(trees_that_are_none)
{
	sc_error	error;

	CHECK(try_framework(NULL, 0, &error) == NULL && error.kind == SC_FRAMEWORK_EMPTY);
	REFUSED(SC_FRAMEWORK_CODE_EMPTY, NULL, NULL, as_is("", NULL));
	REFUSED(SC_FRAMEWORK_CODE_EMPTY, NULL, NULL, node("r", NULL), as_is("", "r"));
	REFUSED(SC_FRAMEWORK_CODE_TWICE, "a", NULL, node("r", NULL), as_is("a", "r"), as_is("b", "r"), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_CODE_TWICE, "r", NULL, node("r", NULL), as_is("a", "r"), as_is("r", "a"));
	REFUSED(SC_FRAMEWORK_PARENT, "a", "q", node("r", NULL), as_is("a", "q"));
	REFUSED(SC_FRAMEWORK_PARENT, "a", "rr", node("r", NULL), as_is("a", "rr"));
	REFUSED(SC_FRAMEWORK_PARENT, "a", "", node("r", NULL), as_is("a", ""));
	REFUSED(SC_FRAMEWORK_TWO_ROOTS, "a", "b", as_is("b", NULL), as_is("a", NULL));
	REFUSED(SC_FRAMEWORK_CYCLE, "a", NULL, as_is("a", "a"));
	REFUSED(SC_FRAMEWORK_CYCLE, "a", NULL, node("r", NULL), as_is("x", "r"), node("a", "a"));
	REFUSED(SC_FRAMEWORK_CYCLE, NULL, NULL, node("a", "b"), node("b", "a"));
	/* the tail "a", "b" hangs on the cycle "y", "z", and is not in it */
	{
		const sc_node_spec list[] = {node("r", NULL), as_is("x", "r"), node("a", "b"), node("b", "y"), node("y", "z"), node("z", "y")};

		CHECK(try_framework(list, COUNT(list), &error) == NULL && error.kind == SC_FRAMEWORK_CYCLE);
		CHECK_FOR(strcmp(error.offender, "y") == 0 || strcmp(error.offender, "z") == 0, "%s", error.offender);
	}
}

TEST(rules_that_are_none)
{
	static built_path up,
				zero,
				two,
				below,
				based;

	REFUSED(SC_FRAMEWORK_NO_RULE, "r", NULL, node("r", NULL));
	REFUSED(SC_FRAMEWORK_NO_RULE, "a", NULL, node("r", NULL), node("a", "r"));
	REFUSED(SC_FRAMEWORK_NO_RULE, "m", NULL, node("r", NULL), as_is("a", "r"), node("m", "r"));
	{
		sc_node_spec half = goalposts("r", NULL, 1, 2);
		sc_node_spec both = goalposts("r", NULL, 1, 2);

		half.said &= ~(uint32_t) SC_SAID_BEST;
		REFUSED(SC_FRAMEWORK_HALF_RULE, "r", NULL, half);
		half.said = SC_SAID_BEST;
		REFUSED(SC_FRAMEWORK_HALF_RULE, "r", NULL, half);
		both.said |= SC_SAID_AS_IS;
		REFUSED(SC_FRAMEWORK_TWO_RULES, "r", NULL, both);
		both = target("r", NULL, "up -> 1@2025", &up);
		both.said |= SC_SAID_AS_IS;
		REFUSED(SC_FRAMEWORK_TWO_RULES, "r", NULL, both);
	}
	REFUSED(SC_FRAMEWORK_LEAF_KEY, "as_is", "r", as_is("r", NULL), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_LEAF_KEY, "worst", "r", goalposts("r", NULL, 1, 2), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_LEAF_KEY, "target", "r", target("r", NULL, "up -> 1@2025", &up), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_LEAF_KEY, "lowest", "r", limited(node("r", NULL), SC_SAID_LOWEST, 1), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_PARENT_KEY, "aggregation", "a", node("r", NULL), aggregated(as_is("a", "r"), SC_MIN));
	REFUSED(SC_FRAMEWORK_PARENT_KEY, "missing", "a", node("r", NULL), missing(as_is("a", "r"), SC_ZERO));
	REFUSED(SC_FRAMEWORK_PARENT_KEY, "min_coverage", "a", node("r", NULL), covered(as_is("a", "r"), 0.5, false));
	REFUSED(SC_FRAMEWORK_GOALPOSTS, "r", NULL, goalposts("r", NULL, 5, 5));
	REFUSED(SC_FRAMEWORK_GOALPOSTS, "r", NULL, goalposts("r", NULL, 0.0, -0.0));
	REFUSED(SC_FRAMEWORK_GOALPOST_SPAN, "r", NULL, goalposts("r", NULL, -1.7e308, 1.7e308));
	{
		sc_node_spec log = goalposts("r", NULL, 0, 5);

		log.said |= SC_SAID_LOG;
		REFUSED(SC_FRAMEWORK_GOALPOST_LOG, "r", NULL, log);
		log.worst = 3;
		log.best = -1;
		REFUSED(SC_FRAMEWORK_GOALPOST_LOG, "r", NULL, log);
		log = as_is("r", NULL);
		log.said |= SC_SAID_LOG;
		REFUSED(SC_FRAMEWORK_RULE_KEY, "scale", "r", log);
		log = target("r", NULL, "up -> 1@2025", &up);
		log.said |= SC_SAID_UNCLAMPED;
		REFUSED(SC_FRAMEWORK_RULE_KEY, "clamp", "r", log);
	}
	REFUSED(SC_FRAMEWORK_DUE_NEEDED, "r", NULL, target("r", NULL, "up -> 1@2025 -> 2@2030", &two));
	REFUSED(SC_FRAMEWORK_LEVEL, "r", NULL, target("r", NULL, "up -> 0@2025", &zero));
	REFUSED(SC_FRAMEWORK_LEVEL, "a", NULL, measured(node("r", NULL), SC_MEASURE_LEVEL), target("a", "r", "down -> -1@2025", &below));
	REFUSED(SC_FRAMEWORK_LEVEL, "r", NULL, target("r", NULL, "keep -> -1..1@2025", &below));
	REFUSED(SC_FRAMEWORK_DISTANCE, "r", NULL, measured(target("r", NULL, "up -> 1@2025", &up), SC_MEASURE_DISTANCE));
	REFUSED(SC_FRAMEWORK_DISTANCE, "a", NULL, measured(node("r", NULL), SC_MEASURE_DISTANCE), node("m", "r"), target("a", "m", "up -> 1@2025", &up));
	/* what does not matter is not asked for */
	ACCEPTED(measured(node("r", NULL), SC_MEASURE_DISTANCE), measured(target("a", "r", "up -> 1@2025", &up), SC_MEASURE_MET));
	ACCEPTED(measured(target("r", NULL, "up -> 0@2025", &zero), SC_MEASURE_MET));
	ACCEPTED(measured(target("r", NULL, "-1@2020 -> 0@2025", &based), SC_MEASURE_DISTANCE));
	ACCEPTED(due(node("r", NULL), year_end(2030)), as_is("b", "r"), target("a", "r", "up -> 0@2025", &zero));
}

TEST(numbers_that_are_none)
{
	static const double bad[] = {NAN, INFINITY, -INFINITY};

	REFUSED(SC_FRAMEWORK_WEIGHT, "a", NULL, node("r", NULL), weighted(as_is("a", "r"), -1), as_is("b", "r"));
	REFUSED(SC_FRAMEWORK_WEIGHT, "a", NULL, node("r", NULL), weighted(as_is("a", "r"), -5e-324), as_is("b", "r"));
	REFUSED(SC_FRAMEWORK_ZERO_WEIGHTS, "r", NULL, node("r", NULL), weighted(as_is("a", "r"), 0), weighted(as_is("b", "r"), -0.0));
	REFUSED(SC_FRAMEWORK_ZERO_WEIGHTS, "m", NULL, node("r", NULL), as_is("z", "r"), node("m", "r"), weighted(as_is("a", "m"), 0));
	REFUSED(SC_FRAMEWORK_WEIGHT_RANGE, "r", NULL, node("r", NULL), weighted(as_is("a", "r"), 1e308), weighted(as_is("b", "r"), 1e-300));
	REFUSED(SC_FRAMEWORK_MIN_COVERAGE, "r", NULL, covered(node("r", NULL), 1.0000001, false), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_MIN_COVERAGE, "r", NULL, covered(node("r", NULL), -1e-9, true), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_LOWEST, "r", NULL, limited(goalposts("r", NULL, 0, 1), SC_SAID_LOWEST, 100));
	REFUSED(SC_FRAMEWORK_LOWEST, "r", NULL, limited(goalposts("r", NULL, 0, 1), SC_SAID_LOWEST, -1));
	REFUSED(SC_FRAMEWORK_FLOOR_CAP, "r", NULL, limited(limited(as_is("r", NULL), SC_SAID_FLOOR, 5), SC_SAID_CAP, 4));
	REFUSED(SC_FRAMEWORK_FLOOR_CAP, "r", NULL, limited(limited(node("r", NULL), SC_SAID_FLOOR, 5), SC_SAID_CAP, 4), as_is("a", "r"));
	for (int i = 0; i < COUNT(bad); i++)
	{
		REFUSED(SC_NUMBER_NOT_FINITE, NULL, NULL, node("r", NULL), weighted(as_is("a", "r"), bad[i]), as_is("b", "r"));
		REFUSED(SC_NUMBER_NOT_FINITE, NULL, NULL, goalposts("r", NULL, bad[i], 1));
		REFUSED(SC_NUMBER_NOT_FINITE, NULL, NULL, goalposts("r", NULL, 1, bad[i]));
		REFUSED(SC_NUMBER_NOT_FINITE, NULL, NULL, limited(as_is("r", NULL), SC_SAID_FLOOR, bad[i]));
		REFUSED(SC_NUMBER_NOT_FINITE, NULL, NULL, limited(as_is("r", NULL), SC_SAID_CAP, bad[i]));
		REFUSED(SC_NUMBER_NOT_FINITE, NULL, NULL, limited(goalposts("r", NULL, 0, 1), SC_SAID_LOWEST, bad[i]));
		REFUSED(SC_NUMBER_NOT_FINITE, NULL, NULL, covered(node("r", NULL), bad[i], false), as_is("a", "r"));
	}
	ACCEPTED(covered(node("r", NULL), 1, false), weighted(as_is("a", "r"), 5e-324));
	ACCEPTED(covered(node("r", NULL), 0, true), weighted(as_is("a", "r"), 1.7e308), weighted(as_is("b", "r"), 1.7e308));
}

/* A leaf with a points table. The lists must outlive the spec. */
static sc_node_spec
steps(const char *code, const char *up, const double *thresholds, int threshold_count, const double *points, int point_count)
{
	sc_node_spec spec = node(code, up);

	spec.said |= SC_SAID_THRESHOLDS | SC_SAID_POINTS;
	spec.thresholds = thresholds;
	spec.threshold_count = threshold_count;
	spec.points = points;
	spec.point_count = point_count;
	return spec;
}

static sc_node_spec
z_score(const char *code, const char *up, double mean, double sd)
{
	sc_node_spec spec = node(code, up);

	spec.said |= SC_SAID_MEAN | SC_SAID_SD;
	spec.mean = mean;
	spec.sd = sd;
	return spec;
}

/* The spec with one more thing said, whose value is in the field given. */
#define SAYING(spec, bit, field, value) saying(spec, bit, offsetof(sc_node_spec, field), value)

static sc_node_spec
saying(sc_node_spec spec, uint32_t bit, size_t offset, double value)
{
	spec.said |= bit;
	memcpy((char *) &spec + offset, &value, sizeof(value));
	return spec;
}

static sc_node_spec
saying_only(sc_node_spec spec, uint32_t bit)
{
	spec.said |= bit;
	return spec;
}

static sc_node_spec
counting(sc_node_spec spec, int count)
{
	spec.said |= SC_SAID_COUNT;
	spec.count = count;
	return spec;
}

TEST(aggregations_that_are_none)
{
	const sc_node_spec r = node("r", NULL);
	const sc_node_spec a = as_is("a", "r");

	REFUSED(SC_FRAMEWORK_POWER, "r", NULL, aggregated(r, SC_POWER_MEAN), a);
	REFUSED(SC_FRAMEWORK_COUNT, "r", NULL, aggregated(r, SC_WORST_MEAN), a);
	REFUSED(SC_FRAMEWORK_COUNT, "r", NULL, counting(aggregated(r, SC_WORST_MEAN), 0), a);
	REFUSED(SC_FRAMEWORK_COUNT, "r", NULL, counting(aggregated(r, SC_WORST_MEAN), -3), a);
	for (int aggregation = SC_ARITHMETIC; aggregation <= SC_WORST_MEAN; aggregation++)
	{
		sc_node_spec spec = aggregated(r, (sc_aggregation) aggregation);

		if (aggregation == SC_POWER_MEAN)
			spec = SAYING(spec, SC_SAID_POWER, power, 2);
		else if (aggregation == SC_WORST_MEAN)
			spec = counting(spec, 2);
		ACCEPTED(spec, a);
		if (aggregation != SC_POWER_MEAN)
			REFUSED(SC_FRAMEWORK_AGGREGATION_KEY, "power", "r", SAYING(spec, SC_SAID_POWER, power, 2), a);
		if (aggregation != SC_WORST_MEAN)
			REFUSED(SC_FRAMEWORK_AGGREGATION_KEY, "count", "r", counting(spec, 2), a);
		if (aggregation != SC_MPI_MINUS && aggregation != SC_MPI_PLUS)
			REFUSED(SC_FRAMEWORK_AGGREGATION_KEY, "deviation", "r", saying_only(spec, SC_SAID_SAMPLE), a);
		else
			ACCEPTED(saying_only(spec, SC_SAID_SAMPLE), a);
	}
	REFUSED(SC_FRAMEWORK_PARENT_KEY, "power", "a", r, SAYING(a, SC_SAID_POWER, power, 2));
	REFUSED(SC_FRAMEWORK_PARENT_KEY, "count", "a", r, counting(a, 2));
	REFUSED(SC_FRAMEWORK_PARENT_KEY, "deviation", "a", r, saying_only(a, SC_SAID_SAMPLE));
	REFUSED(SC_FRAMEWORK_ADDED_ROOT, "r", NULL, saying_only(as_is("r", NULL), SC_SAID_ADDED));
	REFUSED(SC_FRAMEWORK_ADDED_ROOT, "r", NULL, saying_only(r, SC_SAID_ADDED), a);
	REFUSED(SC_FRAMEWORK_ZERO_WEIGHTS, "r", NULL, r, saying_only(a, SC_SAID_ADDED));
	REFUSED(SC_FRAMEWORK_ROOT_WEIGHT, "r", NULL, weighted(r, 0), a);
	REFUSED(SC_FRAMEWORK_ROOT_WEIGHT, "r", NULL, weighted(as_is("r", NULL), 0));
	ACCEPTED(r, a, saying_only(as_is("b", "r"), SC_SAID_ADDED));
}

TEST(steps_and_scales_that_are_none)
{
	static const double one[] = {1};
	static const double up[] = {1, 2, 3};
	static const double down[] = {3, 2, 1};
	static const double same[] = {1, 1, 2};
	static const double zeros[] = {-0.0, 0.0};
	static const double bad[][2] = {{NAN, 1}, {1, NAN}, {INFINITY, 1}, {1, -INFINITY}};
	sc_node_spec half = steps("r", NULL, one, 1, up, 2);

	ACCEPTED(steps("r", NULL, one, 1, up, 2));
	ACCEPTED(steps("r", NULL, up, 2, down, 3));
	REFUSED(SC_FRAMEWORK_POINTS, "r", NULL, steps("r", NULL, one, 1, one, 1));
	REFUSED(SC_FRAMEWORK_POINTS, "r", NULL, steps("r", NULL, one, 1, up, 3));
	REFUSED(SC_FRAMEWORK_POINTS, "r", NULL, steps("r", NULL, one, 0, one, 1));
	REFUSED(SC_FRAMEWORK_POINTS, "r", NULL, steps("r", NULL, one, 0, one, 0));
	REFUSED(SC_FRAMEWORK_STEPS, "r", NULL, steps("r", NULL, down, 2, up, 3));
	REFUSED(SC_FRAMEWORK_STEPS, "r", NULL, steps("r", NULL, same, 2, up, 3));
	REFUSED(SC_FRAMEWORK_STEPS, "r", NULL, steps("r", NULL, zeros, 2, up, 3));
	for (int i = 0; i < COUNT(bad); i++)
	{
		REFUSED(SC_NUMBER_NOT_FINITE, "points", "r", steps("r", NULL, one, 1, bad[i], 2));
		REFUSED(SC_NUMBER_NOT_FINITE, "thresholds", "r", steps("r", NULL, bad[i], 2, up, 3));
	}
	half.said &= ~(uint32_t) SC_SAID_POINTS;
	REFUSED(SC_FRAMEWORK_HALF_RULE, "r", NULL, half);
	half = steps("r", NULL, one, 1, up, 2);
	half.said &= ~(uint32_t) SC_SAID_THRESHOLDS;
	REFUSED(SC_FRAMEWORK_HALF_RULE, "r", NULL, half);
	half = z_score("r", NULL, 1, 1);
	half.said &= ~(uint32_t) SC_SAID_MEAN;
	REFUSED(SC_FRAMEWORK_HALF_RULE, "r", NULL, half);
	REFUSED(SC_FRAMEWORK_TWO_RULES, "r", NULL, saying_only(z_score("r", NULL, 1, 1), SC_SAID_AS_IS));
	REFUSED(SC_FRAMEWORK_TWO_RULES, "r", NULL, saying_only(steps("r", NULL, one, 1, up, 2), SC_SAID_AS_IS));
	REFUSED(SC_FRAMEWORK_LEAF_KEY, "thresholds", "r", steps("r", NULL, one, 1, up, 2), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_LEAF_KEY, "mean", "r", z_score("r", NULL, 1, 1), as_is("a", "r"));
	REFUSED(SC_FRAMEWORK_SD, "sd", "r", z_score("r", NULL, 1, 0));
	REFUSED(SC_FRAMEWORK_SD, "sd", "r", z_score("r", NULL, 1, -1));
	REFUSED(SC_FRAMEWORK_SD, "score_sd", "r", SAYING(z_score("r", NULL, 1, 1), SC_SAID_SCORE_SD, score_sd, 0));
	REFUSED(SC_NUMBER_NOT_FINITE, "mean", "r", z_score("r", NULL, NAN, 1));
	REFUSED(SC_NUMBER_NOT_FINITE, "sd", "r", z_score("r", NULL, 1, INFINITY));
	REFUSED(SC_NUMBER_NOT_FINITE, "score_mean", "r", SAYING(z_score("r", NULL, 1, 1), SC_SAID_SCORE_MEAN, score_mean, NAN));
	REFUSED(SC_NUMBER_NOT_FINITE, "power", "r", SAYING(aggregated(node("r", NULL), SC_POWER_MEAN), SC_SAID_POWER, power, NAN), as_is("a", "r"));
	REFUSED(SC_NUMBER_NOT_FINITE, "bonus", "r", SAYING(as_is("r", NULL), SC_SAID_BONUS, bonus, -INFINITY));
	REFUSED(SC_NUMBER_NOT_FINITE, "highest", "r", SAYING(goalposts("r", NULL, 0, 1), SC_SAID_HIGHEST, highest, INFINITY));
	REFUSED(SC_FRAMEWORK_RULE_KEY, "direction", "r", saying_only(as_is("r", NULL), SC_SAID_DOWN));
	REFUSED(SC_FRAMEWORK_RULE_KEY, "score_mean", "r", SAYING(goalposts("r", NULL, 0, 1), SC_SAID_SCORE_MEAN, score_mean, 5));
	REFUSED(SC_FRAMEWORK_RULE_KEY, "highest", "r", SAYING(as_is("r", NULL), SC_SAID_HIGHEST, highest, 5));
	REFUSED(SC_FRAMEWORK_RULE_KEY, "lowest", "r", SAYING(z_score("r", NULL, 1, 1), SC_SAID_LOWEST, lowest, 5));
	REFUSED(SC_FRAMEWORK_LOWEST, "r", NULL, SAYING(limited(goalposts("r", NULL, 0, 1), SC_SAID_LOWEST, 10), SC_SAID_HIGHEST, highest, 10));
	REFUSED(SC_FRAMEWORK_LOWEST, "r", NULL, SAYING(goalposts("r", NULL, 0, 1), SC_SAID_HIGHEST, highest, 0));
	REFUSED(SC_FRAMEWORK_LOWEST, "r", NULL, SAYING(goalposts("r", NULL, 0, 1), SC_SAID_HIGHEST, highest, -5));
	ACCEPTED(SAYING(limited(goalposts("r", NULL, 0, 1), SC_SAID_LOWEST, 100), SC_SAID_HIGHEST, highest, 130));
	ACCEPTED(SAYING(goalposts("r", NULL, 0, 1), SC_SAID_HIGHEST, highest, 1));
}

/* What a list has wrong, collected. */
typedef struct collected
{
	int			count;
	sc_error_kind kinds[32];
	char		codes[32][16];
} collected;

static void
collect(void *context, const sc_node_spec *spec, const sc_error *error)
{
	collected  *all = context;

	if (all->count < 32)
	{
		all->kinds[all->count] = error->kind;
		snprintf(all->codes[all->count], sizeof(all->codes[0]), "%.*s", spec == NULL ? 0 : (int) spec->code_length, spec == NULL ? "" : spec->code);
	}
	all->count++;
}

static bool
found(const collected *all, sc_error_kind kind, const char *code)
{
	for (int i = 0; i < all->count && i < 32; i++)
		if (all->kinds[i] == kind && strcmp(all->codes[i], code) == 0)
			return true;
	return false;
}

/* Every fault is reported once, and the work goes on behind it. */
TEST(all_faults_at_once)
{
	static const double one[] = {1};
	const sc_node_spec nodes[] = {limited(limited(aggregated(node("r", NULL), SC_POWER_MEAN), SC_SAID_FLOOR, 5), SC_SAID_CAP, 4),
		weighted(goalposts("a", "r", 5, 5), -1), steps("b", "r", one, 1, one, 1), z_score("c", "r", 1, 0), node("d", "r"), saying_only(as_is("e", "r"), SC_SAID_LOG)};
	const sc_node_spec tree[] = {node("r", NULL), node("q", NULL), as_is("a", "nowhere"), node("b", "c"), node("c", "b"), as_is("d", "r"), as_is("d", "r")};
	collected	all = {.count = 0};
	sc_error	error;
	sc_faults	faults = {.error = &error, .report = collect, .context = &all};
	sc_framework_plan plan;
	void	   *work = malloc(SC_FRAMEWORK_WORK_SIZE(8));
	char	   *out;

	CHECK(sc_framework_plan_make(nodes, COUNT(nodes), work, &plan, &faults));
	out = calloc(1, plan.size);
	CHECK(!sc_framework_write(&plan, out, &faults));
	free(out);
	CHECK_LONG(all.count, 8);
	CHECK(found(&all, SC_FRAMEWORK_FLOOR_CAP, "r") && found(&all, SC_FRAMEWORK_POWER, "r"));
	CHECK(found(&all, SC_FRAMEWORK_WEIGHT, "a") && found(&all, SC_FRAMEWORK_GOALPOSTS, "a"));
	CHECK(found(&all, SC_FRAMEWORK_POINTS, "b") && found(&all, SC_FRAMEWORK_SD, "c") && found(&all, SC_FRAMEWORK_NO_RULE, "d") && found(&all, SC_FRAMEWORK_RULE_KEY, "e"));

	all.count = faults.count = 0;
	CHECK(!sc_framework_plan_make(tree, COUNT(tree), work, &plan, &faults));
	CHECK_LONG(all.count, 4);
	CHECK(found(&all, SC_FRAMEWORK_CODE_TWICE, "d") && found(&all, SC_FRAMEWORK_TWO_ROOTS, "q") && found(&all, SC_FRAMEWORK_PARENT, "a") && found(&all, SC_FRAMEWORK_CYCLE, "b"));
	all.count = faults.count = 0;
	sc_framework_check_nodes(nodes, COUNT(nodes), work, &faults);
	CHECK_LONG(all.count, 8);
	free(work);
}

/* The author's nodes come back from what was built. */
TEST(what_was_said_is_said_again)
{
	static const double thresholds[] = {1, 2.5};
	static const double points[] = {0, 5, -3};
	sc_node_spec z = SAYING(SAYING(z_score("z", "r", -5, 2), SC_SAID_SCORE_MEAN, score_mean, 100), SC_SAID_SCORE_SD, score_sd, 10);
	const sc_node_spec list[] = {SAYING(SAYING(aggregated(node("r", NULL), SC_POWER_MEAN), SC_SAID_POWER, power, -0.5), SC_SAID_BONUS, bonus, 3), steps("s", "r", thresholds, 2, points, 3),
		saying_only(z, SC_SAID_DOWN), counting(aggregated(node("w", "r"), SC_WORST_MEAN), 7), as_is("a", "w"),
	weighted(saying_only(SAYING(goalposts("x", "r", 1, 9), SC_SAID_HIGHEST, highest, 10), SC_SAID_ADDED), 4)};
	sc_framework *framework = build_framework(list, COUNT(list));
	sc_node_spec said;

	sc_framework_spec(framework, sc_framework_find_node(framework, "r", 1), &said);
	CHECK(said.said == (SC_SAID_AGGREGATION | SC_SAID_POWER | SC_SAID_BONUS) && said.power == -0.5 && said.bonus == 3);
	sc_framework_spec(framework, sc_framework_find_node(framework, "s", 1), &said);
	CHECK(said.said == (SC_SAID_THRESHOLDS | SC_SAID_POINTS) && said.threshold_count == 2 && said.point_count == 3);
	CHECK(memcmp(said.thresholds, thresholds, sizeof(thresholds)) == 0 && memcmp(said.points, points, sizeof(points)) == 0);
	sc_framework_spec(framework, sc_framework_find_node(framework, "z", 1), &said);
	CHECK(said.said == (SC_SAID_MEAN | SC_SAID_SD | SC_SAID_SCORE_MEAN | SC_SAID_SCORE_SD | SC_SAID_DOWN));
	CHECK(said.mean == -5 && said.sd == 2 && said.score_mean == 100 && said.score_sd == 10);
	sc_framework_spec(framework, sc_framework_find_node(framework, "w", 1), &said);
	CHECK(said.said == (SC_SAID_AGGREGATION | SC_SAID_COUNT) && said.count == 7);
	sc_framework_spec(framework, sc_framework_find_node(framework, "x", 1), &said);
	CHECK(said.said == (SC_SAID_WORST | SC_SAID_BEST | SC_SAID_HIGHEST | SC_SAID_ADDED | SC_SAID_WEIGHT) && said.highest == 10 && said.weight == 4);
	free(framework);
}

TEST(keys)
{
	sc_node_spec a = as_is("a", "r");
	sc_node_spec b = as_is("b", "r");
	sc_framework *framework;

	a.said |= SC_SAID_KEY;
	b.said |= SC_SAID_KEY;
	a.key = b.key = -7;
	{
		const sc_node_spec list[] = {node("r", NULL), a, b};
		sc_error	error;

		CHECK(try_framework(list, COUNT(list), &error) == NULL && error.kind == SC_FRAMEWORK_KEY_TWICE);
	}
	b.key = INT64_MAX;
	{
		const sc_node_spec list[] = {node("r", NULL), b, a, as_is("c", "r")};

		framework = build_framework(list, COUNT(list));
		CHECK_LONG(sc_framework_find_key(framework, -7), 0);
		CHECK_LONG(sc_framework_find_key(framework, INT64_MAX), 1);
		CHECK_LONG(sc_framework_find_key(framework, 0), -1);
		CHECK_LONG(sc_framework_find_key(framework, INT64_MIN), -1);
		free(framework);
	}
}

/* ------------------------------------------------------------------ order */

static int
compare_paths(const void *x, const void *y)
{
	return strcmp(*(char *const *) x, *(char *const *) y);
}

#define NODES 200

/* Random trees in random order: the bytes depend on the set of nodes alone, and the order is depth first by code. */
TEST(one_canonical_order)
{
	static char codes[NODES][24];
	static char full[NODES][24 * 70];

	for (int round = 0; round < 200; round++)
	{
		sc_node_spec specs[NODES];
		int			parent[NODES];
		bool		has_child[NODES] = {false};
		char	   *sorted[NODES];
		sc_framework *first = NULL;

		for (int i = 0; i < NODES; i++)
		{
			/* codes of several lengths, one often the beginning of another, some above the ASCII bytes */
			snprintf(codes[i], sizeof(codes[i]), "%c%c%s%d", "aZ\xc3z"[i % 4 == 2 ? 0 : i % 4], 'a' + i % 3, i % 5 ? "" : "\xc3\xa9", i);
			parent[i] = i == 0 ? -1 : dice(i < 12 ? i : 12);
			if (i > 0)
				has_child[parent[i]] = true;
			snprintf(full[i], sizeof(full[i]), "%s%s\x01", i > 0 ? full[parent[i]] : "", codes[i]);
			sorted[i] = full[i];
		}
		for (int i = 0; i < NODES; i++)
		{
			const char *up = i > 0 ? codes[parent[i]] : NULL;

			specs[i] = has_child[i] ? node(codes[i], up) : goalposts(codes[i], up, i, -1);
			specs[i] = weighted(specs[i], 1 + i % 7);
		}
		qsort(sorted, NODES, sizeof(sorted[0]), compare_paths);
		for (int shuffle = 0; shuffle < 4; shuffle++)
		{
			sc_framework *framework;
			const sc_node *nodes;

			for (int i = NODES - 1; i > 0; i--)
			{
				int			k = dice(i + 1);
				sc_node_spec swap = specs[i];

				specs[i] = specs[k];
				specs[k] = swap;
			}
			framework = build_framework(specs, NODES);
			nodes = sc_framework_nodes(framework);
			if (first == NULL)
				first = framework;
			CHECK(framework->size == first->size && memcmp(framework, first, first->size) == 0);
			for (int i = 0; i < NODES && shuffle == 0; i++)
			{
				const char *place = sorted[i];
				size_t		length = strlen(place) - 1;
				const char *code;

				for (code = place + length; code > place && code[-1] != '\x01'; code--)
					;
				CHECK_FOR(nodes[i].code_length == (size_t) (place + length - code) &&
						  memcmp(sc_node_code(framework, &nodes[i]), code, nodes[i].code_length) == 0, "node %d of round %d", i, round);
				CHECK(nodes[i].parent < i);
				CHECK(i == 0 || (nodes[i].parent >= 0 && nodes[i].depth == nodes[nodes[i].parent].depth + 1));
			}
			if (framework != first)
				free(framework);
		}
		free(first);
	}
}

TEST(leaves_by_rank_of_their_codes)
{
	const sc_node_spec list[] = {node("r", NULL), node("b", "r"), as_is("z", "b"), as_is("a10", "b"), as_is("a9", "r"), as_is("a", "r"),
	as_is("\xc3\xa9", "r"), as_is("Z", "b")};
	static const char *const ranked[] = {"Z", "a", "a10", "a9", "z", "\xc3\xa9"};
	sc_framework *framework = build_framework(list, COUNT(list));

	CHECK_LONG(framework->leaf_count, COUNT(ranked));
	for (int i = 0; i < COUNT(ranked); i++)
	{
		CHECK_LONG(sc_framework_find_leaf(framework, ranked[i], strlen(ranked[i])), i);
		CHECK_LONG(sc_framework_nodes(framework)[sc_framework_leaf_node(framework, i)].leaf, i);
		CHECK_LONG(sc_framework_find_node(framework, ranked[i], strlen(ranked[i])), sc_framework_leaf_node(framework, i));
	}
	CHECK_LONG(sc_framework_find_leaf(framework, "b", 1), -1);
	CHECK_LONG(sc_framework_find_leaf(framework, "", 0), -1);
	CHECK_LONG(sc_framework_find_leaf(framework, "a1", 2), -1);
	CHECK_LONG(sc_framework_find_leaf(framework, "a100", 4), -1);
	CHECK_LONG(sc_framework_find_node(framework, "r", 1), 0);
	CHECK_LONG(sc_framework_find_node(framework, "q", 1), -1);
	free(framework);
}

/* Written again from its own specs it is the same to the byte. */
TEST(specs_round_trip)
{
	static built_path path;
	sc_node_spec keyed = limited(limited(limited(goalposts("k", "m", 9, 1), SC_SAID_LOWEST, 1), SC_SAID_FLOOR, 2), SC_SAID_CAP, 99);
	sc_node_spec again[6];
	sc_framework *framework,
			   *copy;

	keyed.said |= SC_SAID_KEY | SC_SAID_INDICATOR | SC_SAID_LOG | SC_SAID_UNCLAMPED;
	keyed.key = 42;
	{
		const sc_node_spec list[] = {keyed, target("t", "m", "1@2020 -> 5@2025 -> 9@2030", &path), due(measured(node("r", NULL), SC_MEASURE_MET), year_end(2025)),
		covered(missing(aggregated(node("m", "r"), SC_HARMONIC), SC_PROPAGATE), 0.5, true), weighted(as_is("w", "r"), 0.1), as_is("x", "r")};

		framework = build_framework(list, COUNT(list));
	}
	for (int i = 0; i < framework->node_count; i++)
		sc_framework_spec(framework, i, &again[framework->node_count - 1 - i]);
	copy = build_framework(again, framework->node_count);
	CHECK(copy->size == framework->size && memcmp(copy, framework, framework->size) == 0);
	CHECK_LONG(sc_framework_compare(copy, framework), 0);
	free(copy);
	free(framework);
}

TEST(defaults_are_not_said)
{
	const sc_node_spec plain[] = {node("r", NULL), goalposts("a", "r", 0, 1)};
	const sc_node_spec said[] = {covered(missing(aggregated(weighted(node("r", NULL), 1), SC_ARITHMETIC), SC_REWEIGHT), 0, false),
	limited(weighted(goalposts("a", "r", -0.0, 1), 1), SC_SAID_LOWEST, 0)};
	sc_framework *x = build_framework(plain, 2);
	sc_framework *y = build_framework(said, 2);

	CHECK(x->size == y->size && memcmp(x, y, x->size) == 0);
	free(x);
	free(y);
}

/* ----------------------------------------------------------------- limits */

TEST(four_thousand_nodes)
{
	static char codes[SC_FRAMEWORK_MAX_NODES + 1][8];
	static sc_node_spec specs[SC_FRAMEWORK_MAX_NODES + 1];
	sc_framework *framework;

	for (int i = 0; i <= SC_FRAMEWORK_MAX_NODES; i++)
	{
		snprintf(codes[i], sizeof(codes[i]), "n%d", (i * 2053) % 5003);
		specs[i] = i == 0 ? node(codes[0], NULL) : as_is(codes[i], codes[0]);
	}
	framework = build_framework(specs, SC_FRAMEWORK_MAX_NODES);
	CHECK_LONG(framework->leaf_count, SC_FRAMEWORK_MAX_NODES - 1);
	for (int i = 1; i < SC_FRAMEWORK_MAX_NODES; i++)
	{
		int			leaf = sc_framework_find_leaf(framework, codes[i], strlen(codes[i]));

		CHECK_FOR(leaf >= 0 && (size_t) sc_framework_nodes(framework)[sc_framework_leaf_node(framework, leaf)].code_length == strlen(codes[i]), "%s", codes[i]);
	}
	CHECK_LONG(sc_framework_find_leaf(framework, codes[SC_FRAMEWORK_MAX_NODES], strlen(codes[SC_FRAMEWORK_MAX_NODES])), -1);
	free(framework);
	refused(__LINE__, specs, SC_FRAMEWORK_MAX_NODES + 1, SC_FRAMEWORK_TOO_MANY, "4096", NULL);
}

TEST(sixty_four_levels)
{
	static char codes[SC_FRAMEWORK_MAX_DEPTH + 1][16];
	sc_node_spec specs[SC_FRAMEWORK_MAX_DEPTH + 1];
	sc_framework *framework;

	for (int i = 0; i <= SC_FRAMEWORK_MAX_DEPTH; i++)
	{
		snprintf(codes[i], sizeof(codes[i]), "n%02d", i);
		specs[i] = node(codes[i], i > 0 ? codes[i - 1] : NULL);
	}
	specs[SC_FRAMEWORK_MAX_DEPTH - 1].said |= SC_SAID_AS_IS;
	framework = build_framework(specs, SC_FRAMEWORK_MAX_DEPTH);
	CHECK_LONG(sc_framework_nodes(framework)[SC_FRAMEWORK_MAX_DEPTH - 1].depth, SC_FRAMEWORK_MAX_DEPTH - 1);
	free(framework);
	specs[SC_FRAMEWORK_MAX_DEPTH - 1].said = 0;
	specs[SC_FRAMEWORK_MAX_DEPTH].said |= SC_SAID_AS_IS;
	refused(__LINE__, specs, SC_FRAMEWORK_MAX_DEPTH + 1, SC_FRAMEWORK_TOO_DEEP, "n64", "64");
}

/* --------------------------------------------------------- what is settled */

static const sc_node *
find(const sc_framework *framework, const char *code)
{
	return &sc_framework_nodes(framework)[sc_framework_find_node(framework, code, strlen(code))];
}

TEST(inheritance_and_effective_weights)
{
	static built_path p[4];
	const sc_node_spec list[] = {
		due(measured(node("r", NULL), SC_MEASURE_DISTANCE), year_end(2030)),
		due(weighted(node("m", "r"), 3), year_end(2025)),
		measured(target("a", "m", "1@2020 -> 5@2025 -> 9@2030", &p[0]), SC_MEASURE_LEVEL),
		due(weighted(target("b", "m", "1@2020 -> 5@2025 -> 9@2030", &p[1]), 3), year_end(2030)),
		target("c", "m", "1@2020 -> 9@2030", &p[2]),
		node("n", "r"),
		weighted(target("d", "n", "1@2020 -> 9@2030", &p[3]), 2),
		weighted(as_is("e", "n"), 0),
	};
	sc_framework *framework = build_framework(list, COUNT(list));

	CHECK(find(framework, "a")->target.measure == SC_MEASURE_LEVEL && find(framework, "a")->due == year_end(2025));
	CHECK(find(framework, "b")->target.measure == SC_MEASURE_DISTANCE && find(framework, "b")->due == year_end(2030));
	CHECK(!find(framework, "c")->applicable);
	CHECK(find(framework, "d")->applicable && find(framework, "d")->due == year_end(2030));
	CHECK_DOUBLE(find(framework, "r")->effective_weight, 1);
	CHECK_DOUBLE(find(framework, "m")->effective_weight, 0.75);
	CHECK_DOUBLE(find(framework, "a")->effective_weight, 0.1875);
	CHECK_DOUBLE(find(framework, "b")->effective_weight, 0.5625);
	CHECK_DOUBLE(find(framework, "c")->effective_weight, 0);
	CHECK_DOUBLE(find(framework, "d")->effective_weight, 0.25);
	CHECK_DOUBLE(find(framework, "e")->effective_weight, 0);
	free(framework);
}

TEST(words)
{
	static const char *const aggregations[] = {"arithmetic", "geometric", "harmonic", "min", "max", "sum"};
	sc_aggregation aggregation;
	sc_missing_rule rule;
	sc_leaf_measure measure;

	for (int i = 0; i < COUNT(aggregations); i++)
	{
		CHECK_FOR(sc_aggregation_from_word(aggregations[i], strlen(aggregations[i]), &aggregation), "%s", aggregations[i]);
		CHECK_TEXT(sc_aggregation_word(aggregation), aggregations[i]);
	}
	CHECK(!sc_aggregation_from_word("arithmeti", 9, &aggregation));
	CHECK(!sc_aggregation_from_word("MIN", 3, &aggregation));
	CHECK(!sc_aggregation_from_word("", 0, &aggregation));
	CHECK(sc_missing_from_word("propagate", 9, &rule) && rule == SC_PROPAGATE);
	CHECK(!sc_missing_from_word("", 0, &rule));
	CHECK(sc_leaf_measure_from_word("met", 3, &measure) && measure == SC_MEASURE_MET);
	CHECK(!sc_leaf_measure_from_word("", 0, &measure));
	CHECK(!sc_leaf_measure_from_word("metre", 5, &measure));
}
