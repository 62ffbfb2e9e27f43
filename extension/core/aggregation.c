/*
 * aggregation.c
 *		See aggregation.h.
 *
 * The usual aggregations are sums over the children: one pass counts the
 * children and adds up the terms. The others come after it with a pass of
 * their own; those that need the scores in order sort the positions of the
 * children into `place` of the nodes below, of which there are enough.
 */
#include "aggregation.h"

#include <math.h>

/* Sums of weights leave dust: half of ten weights of 0.1 is half. */
#define WEIGHT_DUST 1e-12

/* ---------------------------------------------------------------- counting */

static inline double
term(int aggregation, const sc_node *child, const sc_node_score *score)
{
	switch (aggregation)
	{
		case SC_ARITHMETIC:
		case SC_MPI_MINUS:
		case SC_MPI_PLUS:
			return child->scaled_weight * score->score;
		case SC_GEOMETRIC_MEAN:
		case SC_POWER_MEAN:
			return score->score > 0 ? child->scaled_weight * log(score->score) : 0;
		case SC_HARMONIC:
			return score->score > 0 ? child->scaled_weight / score->score : 0;
		case SC_SUM:
			return child->weight * score->score;
		case SC_SHARE_MET:
			return score->met ? child->scaled_weight : 0;
		default:
			return 0;
	}
}

static inline void
count_with(int aggregation, const sc_node *nodes, const sc_node_score *scores, int i, sc_tally *t)
{
	int			end = i + nodes[i].subtree;

	*t = (sc_tally) {.least = INFINITY, .greatest = -INFINITY};
	for (int c = i + 1; c < end; c += nodes[c].subtree)
	{
		const sc_node *child = &nodes[c];
		double		score = scores[c].score;

		if (child->scaled_weight == 0)
			continue;
		if (scores[c].reason != SC_NO_REASON)
		{
			if (sc_not_applicable(&scores[c]))
				continue;
			t->applicable++;
			t->weight += child->scaled_weight;
			if (t->first_reason == SC_NO_REASON || scores[c].reason == SC_UNBOUNDED)
				t->first_reason = (sc_reason) scores[c].reason;
			continue;
		}
		t->applicable++;
		t->weight += child->scaled_weight;
		t->present++;
		t->weight_present += child->scaled_weight;
		t->sum += term(aggregation, child, &scores[c]);
		t->assumed |= scores[c].assumed;
		if (score < t->least)
			t->least = score;
		if (score > t->greatest)
			t->greatest = score;
	}
}

/* The usual aggregation on its own, so that the compiler need not ask for it child by child. */
void
sc_tally_children(const sc_node *nodes, const sc_node_score *scores, int i, sc_tally *tally)
{
	if (nodes[i].aggregation == SC_ARITHMETIC)
		count_with(SC_ARITHMETIC, nodes, scores, i, tally);
	else
		count_with(nodes[i].aggregation, nodes, scores, i, tally);
}

void
sc_tally_zeros(sc_tally *t)
{
	if (t->present == t->applicable)
		return;
	t->with_zeros = true;
	t->present = t->applicable;
	t->weight_present = t->weight;
	if (t->least > 0)
		t->least = 0;
	if (t->greatest < 0)
		t->greatest = 0;
}

/* Is child c among the counted ones, and with what score? */
static inline bool
counted(const sc_node *nodes, const sc_node_score *scores, int c, const sc_tally *t, double *score)
{
	if (nodes[c].scaled_weight == 0)
		return false;
	if (scores[c].reason != SC_NO_REASON)
	{
		*score = 0;
		return t->with_zeros && !sc_not_applicable(&scores[c]);
	}
	*score = scores[c].score;
	return true;
}

/* for each counted child c of node i with score x */
#define FOR_COUNTED(c, x) \
	for (int c = i + 1; c < i + nodes[i].subtree; c += nodes[c].subtree) \
		if (!counted(nodes, scores, c, t, &x)) ; else

/* ------------------------------------------------------------------ sorted */

static inline bool
sorts_before(const sc_node_score *scores, int x, int y)
{
	/* a missing child counted as 0 has score 0 */
	if (scores[x].score != scores[y].score)
		return scores[x].score < scores[y].score;
	return x < y;
}

/* Heap sort of the positions in scores[first].place ... by score, equal ones in canonical order. */
static void
sort_places(sc_node_score *scores, int first, int count)
{
#define PLACE(k) scores[first + (k)].place
	for (int heap = count / 2, end = count; end > 1;)
	{
		int			hole;
		int			value;

		if (heap > 0)
			value = PLACE(--heap);
		else
		{
			value = PLACE(--end);
			PLACE(end) = PLACE(0);
		}
		hole = heap;
		for (int child = 2 * hole + 1; child < end; child = 2 * hole + 1)
		{
			if (child + 1 < end && sorts_before(scores, PLACE(child), PLACE(child + 1)))
				child++;
			if (!sorts_before(scores, value, PLACE(child)))
				break;
			PLACE(hole) = PLACE(child);
			hole = child;
		}
		PLACE(hole) = value;
	}
#undef PLACE
}

/* The counted children of node i, worst first, in scores[i + 1].place ...; returns their number. */
static int
sort_children(const sc_node *nodes, sc_node_score *scores, int i, const sc_tally *t)
{
	int			count = 0;
	double		x;

	FOR_COUNTED(c, x)
		scores[i + 1 + count++].place = c;
	sort_places(scores, i + 1, count);
	return count;
}

/* Scores between which the weight is halved; the same twice where one child holds the half. */
static void
find_median(const sc_node *nodes, sc_node_score *scores, int i, const sc_tally *t, double *lower, double *upper)
{
	int			count = sort_children(nodes, scores, i, t);
	double		half = t->weight_present / 2;
	double		dust = WEIGHT_DUST * t->weight_present;
	double		below = 0;
	int			k;

	for (k = 0; k < count - 1; k++)
	{
		below += nodes[scores[i + 1 + k].place].scaled_weight;
		if (below >= half - dust)
			break;
	}
	*lower = *upper = scores[scores[i + 1 + k].place].score;
	if (k < count - 1 && below <= half + dust)
		*upper = scores[scores[i + 1 + k + 1].place].score;
}

/* How many of the worst children worst_mean takes. */
static int
worst_count(const sc_node *node, const sc_tally *t)
{
	return node->parameter[0] < t->present ? (int) node->parameter[0] : t->present;
}

static double
worst_mean(const sc_node *nodes, sc_node_score *scores, int i, const sc_tally *t)
{
	int			k = worst_count(&nodes[i], t);
	double		sum = 0;

	(void) sort_children(nodes, scores, i, t);
	for (int n = 0; n < k; n++)
		sum += scores[scores[i + 1 + n].place].score;
	return sum / k;
}

/* --------------------------------------------------------------- aggregates */

/* sum w ((x - M) / M)^2 / sum w, with its factor for a sample: V / M^2, also where V or M^2 would leave the range of double. */
static double
relative_variance(const sc_node *nodes, const sc_node_score *scores, int i, const sc_tally *t, double mean)
{
	double		sum = 0;
	double		x;

	FOR_COUNTED(c, x)
		sum += nodes[c].scaled_weight * ((x - mean) / mean) * ((x - mean) / mean);
	sum /= t->weight_present;
	if (nodes[i].said & SC_SAID_SAMPLE)
		sum *= (double) t->present / (t->present - 1);
	return sum;
}

static sc_reason
mpi(const sc_node *nodes, const sc_node_score *scores, int i, const sc_tally *t, double *result)
{
	double		mean = t->sum / t->weight_present;
	double		variation;

	if ((nodes[i].said & SC_SAID_SAMPLE) && t->present < 2)
		return SC_TOO_FEW_CHILDREN;
	if (mean <= 0)
		return SC_NONPOSITIVE_INPUT;
	/* as a factor, so that of one score and a 0 exactly nothing is left */
	variation = relative_variance(nodes, scores, i, t, mean);
	*result = nodes[i].aggregation == SC_MPI_MINUS ? mean * (1 - variation) : mean * (1 + variation);
	return SC_NO_REASON;
}

/* Below this power the terms are x^p - 1, which keep their digits; above it x^p, which do not cancel. */
#define SMALL_POWER 0x1p-9

/* Powers so near 0 are the geometric mean to the last bit. */
#define NO_POWER 1e-30

/* Relative to the score that dominates, so that no power overflows. */
static double
power_mean(const sc_node *nodes, const sc_node_score *scores, int i, const sc_tally *t)
{
	double		power = nodes[i].parameter[0];
	double		reference = power > 0 ? t->greatest : t->least;
	double		sum = 0;
	double		x;

	if (reference == 0)
		return 0;
	if (fabs(power) < SMALL_POWER)
	{
		FOR_COUNTED(c, x)
			sum += nodes[c].scaled_weight * expm1(power * log(x / reference));
		return reference * exp(log1p(sum / t->weight_present) / power);
	}
	FOR_COUNTED(c, x)
		sum += nodes[c].scaled_weight * pow(x / reference, power);
	return reference * pow(sum / t->weight_present, 1 / power);
}

static double
product(const sc_node *nodes, const sc_node_score *scores, int i, const sc_tally *t)
{
	double		result = 100;
	double		x;

	FOR_COUNTED(c, x)
		result *= x / 100;
	return result;
}

sc_reason
sc_aggregate(const sc_node *nodes, sc_node_score *scores, int i, const sc_tally *t, double *result)
{
	bool		is_mean = true;
	sc_reason	reason;
	double		lower,
				upper;

	switch (nodes[i].aggregation)
	{
		case SC_ARITHMETIC:
			*result = t->sum / t->weight_present;
			break;
		case SC_GEOMETRIC_MEAN:
			if (t->least < 0)
				return SC_NONPOSITIVE_INPUT;
			*result = t->least == 0 ? 0 : exp(t->sum / t->weight_present);
			break;
		case SC_HARMONIC:
			if (t->least < 0)
				return SC_NONPOSITIVE_INPUT;
			*result = t->least == 0 ? 0 : t->weight_present / t->sum;
			break;
		case SC_POWER_MEAN:
			if (t->least < 0)
				return SC_NONPOSITIVE_INPUT;
			if (t->least == 0 && nodes[i].parameter[0] <= 0)
				*result = 0;
			else if (fabs(nodes[i].parameter[0]) < NO_POWER)
				*result = exp(t->sum / t->weight_present);
			else
				*result = power_mean(nodes, scores, i, t);
			break;
		case SC_MIN:
			*result = t->least;
			break;
		case SC_MAX:
			*result = t->greatest;
			break;
		case SC_MEDIAN:
			find_median(nodes, scores, i, t, &lower, &upper);
			*result = lower == upper ? lower : lower / 2 + upper / 2;
			break;
		case SC_WORST_MEAN:
			*result = worst_mean(nodes, scores, i, t);
			break;
		case SC_SUM:
			is_mean = false;
			*result = t->sum;
			if (t->weight != t->weight_present)
				*result *= t->weight / t->weight_present;
			break;
		case SC_PRODUCT:
			if (t->least < 0)
				return SC_NONPOSITIVE_INPUT;
			is_mean = false;
			*result = product(nodes, scores, i, t);
			break;
		case SC_SHARE_MET:
			is_mean = false;
			*result = t->sum == t->weight_present ? 100 : 100 * (t->sum / t->weight_present);
			break;
		default:
			is_mean = false;
			reason = mpi(nodes, scores, i, t, result);
			if (reason != SC_NO_REASON)
				return reason;
			break;
	}
	if (!isfinite(*result))
		return SC_OUT_OF_RANGE;
	/* rounding must not carry a mean of equal scores beyond them */
	if (is_mean)
	{
		if (*result < t->least)
			*result = t->least;
		if (*result > t->greatest)
			*result = t->greatest;
	}
	return SC_NO_REASON;
}

/* ------------------------------------------------------------------ slopes */

/* Of an aggregation with a formula, d aggregate / d x for one child of weight share. */
static double
slope(const sc_node *node, double share, double aggregate, double x)
{
	switch (node->aggregation)
	{
		case SC_ARITHMETIC:
			return share;
		case SC_GEOMETRIC_MEAN:
			return x > 0 ? share * aggregate / x : 0;
		case SC_HARMONIC:
			return x > 0 ? share * (aggregate / x) * (aggregate / x) : 0;
		case SC_PRODUCT:
			return x > 0 ? aggregate / x : 0;
		default:
			return 0;
	}
}

/*
 * d M / d x = M / x * w x^p / sum w x^p: the shares of the powers sum to 1, so
 * that contributions sum to M however large the power, which magnifies the
 * rounding of x / M. Relative to the score that dominates, as power_mean is.
 */
static void
slope_of_power(const sc_node *nodes, const sc_node_score *scores, int i, const sc_tally *t,
			   double aggregate, double whole, double *slopes)
{
	double		power = nodes[i].parameter[0];
	double		reference = power > 0 ? t->greatest : t->least;
	double		sum = 0;
	double		x;

	if (aggregate <= 0)
		return;
	FOR_COUNTED(c, x)
		if (x > 0)
			sum += nodes[c].scaled_weight * exp(power * log(x / reference));
	FOR_COUNTED(c, x)
	{
		double		share = x > 0 ? nodes[c].scaled_weight * exp(power * log(x / reference)) / sum : 0;

		if (share > 0)
			slopes[c] = whole * share * (aggregate / x);
	}
}

/* The children with exactly this score share a slope by weight. */
static void
slope_of_binding(const sc_node *nodes, const sc_node_score *scores, int i, const sc_tally *t,
				 double bound, double whole, double *slopes)
{
	double		weight = 0;
	double		x;

	FOR_COUNTED(c, x)
		weight += x == bound ? nodes[c].scaled_weight : 0;
	FOR_COUNTED(c, x)
		if (x == bound)
			slopes[c] += whole * (nodes[c].scaled_weight / weight);
}

/* The lowest `k` share the slope evenly; at the k-th score as many as there are share what is left. */
static void
slope_of_worst(const sc_node *nodes, sc_node_score *scores, int i, const sc_tally *t,
			   double whole, double *slopes)
{
	int			k = worst_count(&nodes[i], t);
	int			below = 0;
	int			at = 0;
	double		bound;
	double		x;

	(void) sort_children(nodes, scores, i, t);
	bound = scores[scores[i + k].place].score;
	FOR_COUNTED(c, x)
	{
		below += x < bound;
		at += x == bound;
	}
	FOR_COUNTED(c, x)
	{
		if (x < bound)
			slopes[c] = whole / k;
		else if (x == bound)
			slopes[c] = whole * (k - below) / k / at;
	}
}

/* d (M -+ V / M) / d x = share (1 -+ (2 f (x - M) / M - V / M^2)), V with its factor f for a sample. */
static void
slope_of_mpi(const sc_node *nodes, const sc_node_score *scores, int i, const sc_tally *t,
			 double whole, double *slopes)
{
	double		mean = t->sum / t->weight_present;
	double		variation = relative_variance(nodes, scores, i, t, mean);
	double		factor = (nodes[i].said & SC_SAID_SAMPLE) ? (double) t->present / (t->present - 1) : 1;
	double		sign = nodes[i].aggregation == SC_MPI_MINUS ? -1 : 1;
	double		x;

	FOR_COUNTED(c, x)
		slopes[c] = whole * (nodes[c].scaled_weight / t->weight_present) *
			(1 + sign * (2 * factor * (x - mean) / mean - variation));
}

void
sc_aggregate_slopes(const sc_node *nodes, sc_node_score *scores, int i,
					const sc_tally *t, double aggregate, double *slopes)
{
	double		whole = slopes[i];
	double		lower,
				upper;
	double		x;

	switch (nodes[i].aggregation)
	{
		case SC_MIN:
		case SC_MAX:
			slope_of_binding(nodes, scores, i, t, aggregate, whole, slopes);
			break;
		case SC_MEDIAN:
			find_median(nodes, scores, i, t, &lower, &upper);
			slope_of_binding(nodes, scores, i, t, lower, whole / 2, slopes);
			slope_of_binding(nodes, scores, i, t, upper, whole / 2, slopes);
			break;
		case SC_WORST_MEAN:
			slope_of_worst(nodes, scores, i, t, whole, slopes);
			break;
		case SC_POWER_MEAN:
			slope_of_power(nodes, scores, i, t, aggregate, whole, slopes);
			break;
		case SC_MPI_MINUS:
		case SC_MPI_PLUS:
			slope_of_mpi(nodes, scores, i, t, whole, slopes);
			break;
		case SC_SUM:
			FOR_COUNTED(c, x)
				slopes[c] = whole * nodes[c].weight * (t->weight / t->weight_present);
			break;
		default:
			FOR_COUNTED(c, x)
				slopes[c] = whole * slope(&nodes[i], nodes[c].scaled_weight / t->weight_present, aggregate, x);
			break;
	}
}
