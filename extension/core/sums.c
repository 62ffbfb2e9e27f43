/*
 * sums.c
 *		See sums.h.
 *
 * Sums are exact (exact.c), so the only rounding is in a row's terms, which
 * depend on that row alone, and in the result, which depends on the sums alone.
 */
#include "sums.h"

#include <math.h>

/* Powers nearer to 0 than this are summed as x^p - 1, which keeps the digits that 1 would swallow. */
#define SMALL_POWER 0x1p-9

/*
 * Each row brings less than 2^(32 * highest) to a sum, in multiples of
 * 2^(32 * lowest): a weight times the square of a value is below 2^3072 and a
 * multiple of 2^-3222, a weight times a power between 2^-108600 and 2^108500.
 */
#define LIMIT 110
#define LIMIT_OF_POWERS 3420

int
sc_sums_of_kind(sc_sums_kind kind)
{
	return kind == SC_SUMS_MOMENTS ? 3 : 2;
}

static int
limit_of_kind(sc_sums_kind kind)
{
	return kind == SC_SUMS_POWER ? LIMIT_OF_POWERS : LIMIT;
}

static int
bins_of(const sc_sums *sums)
{
	return sums->count[0] + sums->count[1] + sums->count[2];
}

static int
first_bin(const sc_sums *sums, int sum)
{
	return sum == 0 ? 0 : sum == 1 ? sums->count[0] : sums->count[0] + sums->count[1];
}

/* ------------------------------------------------------------------- rows */

void
sc_sums_geometric_row(sc_row *row, double value, double weight)
{
	sc_term		nothing = {0, 0};

	sc_sums_row(row, value, weight, value > 0 ? sc_term_product(log(value), weight) : nothing);
	row->zero = value == 0;
	row->negative = value < 0;
}

void
sc_sums_harmonic_row(sc_row *row, double value, double weight)
{
	sc_term		nothing = {0, 0};

	sc_sums_row(row, value, weight, value > 0 ? sc_term_quotient(weight, value) : nothing);
	row->zero = value == 0;
	row->negative = value < 0;
}

/* weight * value^power, value > 0 */
static sc_term
power_term(double value, double weight, double power)
{
	double		raised = pow(value, power);
	sc_wide		wide;
	sc_term		term;

	if (sc_rounded_to_53_bits(raised))
		return sc_term_product(raised, weight);
	wide = sc_wide_power(sc_wide_of(value), power);
	term = sc_term_product_wide(wide.fraction, weight);
	term.exponent += wide.exponent;
	return term;
}

void
sc_sums_power_row(sc_row *row, double value, double weight, double power)
{
	sc_term		term = {0, 0};

	if (value > 0)
		term = power == 0 ? sc_term_product(log(value), weight) :
			fabs(power) < SMALL_POWER ? sc_term_product(expm1(power * log(value)), weight) :
			power_term(value, weight, power);
	else if (value == 0 && power > 0 && power < SMALL_POWER)
		term = sc_term_of(-weight);
	sc_sums_row(row, value, weight, term);
	row->zero = value == 0;
	row->negative = value < 0;
}

void
sc_sums_moments_row(sc_row *row, double value, double weight)
{
	static const sc_term one = {1, 0};
	sc_term		x = sc_term_of(value);

	row->value = 0;
	row->zero = row->negative = false;
	row->terms[0] = weight == 1 ? one : sc_term_of(weight);
	row->seconds = sc_term_multiply(row->terms[0], x, row->terms + 1);
	row->count = 1 + row->seconds;
	row->count += sc_term_multiply_square(row->terms[0], x, row->terms + row->count);
}

static inline int
sum_of_term(const sc_row *row, int i)
{
	return i == 0 ? 0 : i <= row->seconds ? 1 : 2;
}

/* ----------------------------------------------------------------- adding */

/* The bins of all terms; false if one that is not 0 has none, or none may be added to. */
static inline bool
find_bins(sc_sums *sums, const sc_row *row, sc_bin **bins)
{
	if (sums->load >= SC_BIN_LOAD)
		return false;
	for (int i = 0; i < row->count; i++)
	{
		bins[i] = sc_sums_bin(sums, sum_of_term(row, i), row->terms[i].exponent);
		if (bins[i] == NULL && row->terms[i].mantissa != 0)
			return false;
	}
	return true;
}

bool
sc_sums_add_terms(sc_sums *sums, const sc_row *row)
{
	sc_bin	   *bins[SC_ROW_MOST];

	if (!find_bins(sums, row, bins))
		return false;
	for (int i = 0; i < row->count; i++)
		if (bins[i] != NULL)
			sc_bin_add(bins[i], row->terms[i].mantissa, row->terms[i].exponent);
	sc_sums_count(sums, row);
	return true;
}

bool
sc_sums_remove(sc_sums *sums, const sc_row *row)
{
	sc_bin	   *bins[SC_ROW_MOST];

	if (!find_bins(sums, row, bins))
		return false;
	for (int i = 0; i < row->count; i++)
		if (bins[i] != NULL)
			sc_bin_add(bins[i], -row->terms[i].mantissa, row->terms[i].exponent);
	sums->rows--;
	sums->zeros -= row->zero;
	sums->negatives -= row->negative;
	sums->load++;
	return true;
}

/* ------------------------------------------------------------------- room */

size_t
sc_sums_plan_size(const sc_sums_plan *plan)
{
	return SC_SUMS_SIZE(plan->count[0] + plan->count[1] + plan->count[2]);
}

/* Widens the plan for a sum to bins first .. first + count - 1. */
static void
include(sc_sums_plan *plan, int sum, int first, int count)
{
	int			end = first + count;

	if (count == 0)
		return;
	if (plan->count[sum] > 0)
	{
		if (plan->base[sum] < first)
			first = plan->base[sum];
		if (plan->base[sum] + plan->count[sum] > end)
			end = plan->base[sum] + plan->count[sum];
	}
	plan->base[sum] = first;
	plan->count[sum] = end - first;
}

/* The bins there are, with room for what is carried on after so many terms. */
static void
plan_from(const sc_sums *sums, int64_t load, sc_sums_plan *plan)
{
	plan->carry = load > SC_BIN_LOAD;
	for (int i = 0; i < SC_SUMS_MOST; i++)
	{
		plan->base[i] = sums->base[i];
		plan->count[i] = sums->count[i];
		if (plan->carry && plan->count[i] > 0)
			plan->count[i] = SC_INTEGER_DIGITS(plan->count[i]);
	}
}

void
sc_sums_plan_row(const sc_sums *sums, const sc_row *row, sc_sums_plan *plan)
{
	if (sums != NULL)
		plan_from(sums, sums->load + 1, plan);
	else
		memset(plan, 0, sizeof(*plan));
	for (int i = 0; i < row->count; i++)
		if (row->terms[i].mantissa != 0)
			include(plan, sum_of_term(row, i), sc_bin_of(row->terms[i].exponent), 1);
}

bool
sc_sums_plan_merge(const sc_sums *sums, const sc_sums *other, sc_sums_plan *plan)
{
	bool		wider = false;

	plan_from(sums, sums->load + other->load, plan);
	for (int i = 0; i < SC_SUMS_MOST; i++)
	{
		include(plan, i, other->base[i], other->count[i]);
		wider = wider || plan->count[i] != sums->count[i];
	}
	return wider || plan->carry;
}

void
sc_sums_begin(sc_sums *sums, sc_sums_kind kind, double parameter, const sc_sums_plan *plan)
{
	memset(sums, 0, sc_sums_plan_size(plan));
	sums->version = SC_SUMS_VERSION;
	sums->kind = (uint8_t) kind;
	sums->parameter = parameter;
	sums->least = INFINITY;
	sums->greatest = -INFINITY;
	for (int i = 0; i < SC_SUMS_MOST; i++)
	{
		sums->base[i] = (int16_t) plan->base[i];
		sums->count[i] = (int16_t) plan->count[i];
	}
}

/* Sets bins, all 0, to an integer: digit by digit, with its sign. */
static void
set_bins(sc_sums *sums, int sum, const sc_integer *x)
{
	for (int i = 0; i < x->count; i++)
	{
		sc_bin	   *bin = &sums->bins[first_bin(sums, sum) + x->position + i - sums->base[sum]];
		int64_t		digit = x->sign * (int64_t) x->digits[i];

		bin->low = (uint64_t) digit;
		bin->high = digit < 0 ? -1 : 0;
	}
}

static void
copy_counts(const sc_sums *from, sc_sums *to)
{
	to->rows = from->rows;
	to->zeros = from->zeros;
	to->negatives = from->negatives;
	to->least = from->least;
	to->greatest = from->greatest;
	to->load = from->load;
}

void
sc_sums_move(const sc_sums *from, const sc_sums_plan *plan, sc_sums *to, uint32_t *work)
{
	sc_sums_begin(to, from->kind, from->parameter, plan);
	copy_counts(from, to);
	for (int i = 0; i < SC_SUMS_MOST; i++)
	{
		const sc_bin *bins = &from->bins[first_bin(from, i)];

		if (plan->carry)
		{
			sc_integer	x;

			sc_integer_of_bins(bins, from->base[i], from->count[i], work, &x);
			set_bins(to, i, &x);
			to->load = 1;
		}
		else if (from->count[i] > 0)
			memcpy(&to->bins[first_bin(to, i) + from->base[i] - to->base[i]], bins, sizeof(sc_bin) * (size_t) from->count[i]);
	}
}

/* Adds the bins of `other`, which `sums` has, and its load. */
static void
merge_bins(sc_sums *sums, const sc_sums *other)
{
	for (int i = 0; i < SC_SUMS_MOST; i++)
	{
		sc_bin	   *to = &sums->bins[first_bin(sums, i) + other->base[i] - sums->base[i]];
		const sc_bin *from = &other->bins[first_bin(other, i)];

		for (int j = 0; j < other->count[i]; j++)
			sc_bin_merge(&to[j], &from[j]);
	}
	sums->load += other->load;
}

bool
sc_sums_merge(sc_sums *sums, const sc_sums *other, sc_error *error)
{
	if (sums->rows > INT64_MAX - other->rows)
		return sc_fail(error, SC_SUMS_ROWS, -1, "", NULL);
	merge_bins(sums, other);
	sums->rows += other->rows;
	sums->zeros += other->zeros;
	sums->negatives += other->negatives;
	if (other->least < sums->least)
		sums->least = other->least;
	if (other->greatest > sums->greatest)
		sums->greatest = other->greatest;
	return true;
}

bool
sc_sums_valid(const void *bytes, size_t size)
{
	const sc_sums *sums = bytes;

	if (size < sizeof(sc_sums) || sums->version != SC_SUMS_VERSION ||
		sums->kind < SC_SUMS_MEAN || sums->kind > SC_SUMS_MOMENTS)
		return false;
	for (int i = 0; i < SC_SUMS_MOST; i++)
		if (sums->count[i] < 0)
			return false;
	return size == SC_SUMS_SIZE(bins_of(sums));
}

/* ---------------------------------------------------------------- results */

/*
 * The most any result needs, sums being of up to a, b and c digits: they
 * themselves, b * b, a * c, both scaled, their sum, a * b and a * a, scaled, and
 * the quotient's work.
 */
size_t
sc_sums_digits(const sc_sums *sums)
{
	int			digits = 0;
	int			low = 0;
	int			high = 0;

	for (int i = 0; i < SC_SUMS_MOST; i++)
	{
		digits += SC_INTEGER_DIGITS(sums->count[i]);
		if (sums->base[i] < low)
			low = sums->base[i];
		if (sums->base[i] + sums->count[i] > high)
			high = sums->base[i] + sums->count[i];
	}
	if (sums->kind != SC_SUMS_MOMENTS)
		return (size_t) (digits + SC_QUOTIENT_DIGITS(digits));
	return (size_t) (8 * digits + 2 * (high - low) + SC_QUOTIENT_DIGITS(2 * digits) + 32);
}

/* Memory handed out piece by piece. */
static uint32_t *
take(uint32_t **work, int count)
{
	uint32_t   *digits = *work;

	*work += count;
	return digits;
}

static sc_integer
sum_as_integer(const sc_sums *sums, int sum, uint32_t **work)
{
	sc_integer	x;
	int			count = sums->count[sum];

	sc_integer_of_bins(&sums->bins[first_bin(sums, sum)], sums->base[sum], count,
					   take(work, SC_INTEGER_DIGITS(count)), &x);
	return x;
}

static sc_integer
product(const sc_integer *a, const sc_integer *b, uint32_t **work)
{
	sc_integer	x;

	sc_integer_multiply(a, b, take(work, a->count + b->count), &x);
	return x;
}

static sc_integer
scaled(const sc_integer *a, uint64_t factor, uint32_t **work)
{
	sc_integer	x;

	sc_integer_scale(a, factor, take(work, a->count + 2), &x);
	return x;
}

static sc_integer
difference(const sc_integer *a, const sc_integer *b, uint32_t **work)
{
	sc_integer	x;

	sc_integer_add(a, b, -1, take(work, sc_integer_sum_digits(a, b)), &x);
	return x;
}

/* Within the values, and not -0; NaN is the least. */
static double
within(const sc_sums *sums, double mean)
{
	if (!(mean > sums->least))
		mean = sums->least;
	if (mean > sums->greatest)
		mean = sums->greatest;
	return mean == 0 ? 0 : mean;
}

/* (1 + q)^(1/p) for small p, or q^(1/p), of the mean q of the terms. */
static double
power_mean(double power, const sc_integer *terms, const sc_integer *weights, uint32_t *work)
{
	if (power == 0)
		return exp(sc_integer_quotient(terms, weights, work));
	if (fabs(power) < SMALL_POWER)
		return exp(log1p(sc_integer_quotient(terms, weights, work)) / power);
	if (terms->sign <= 0)
		return 0;
	return sc_wide_root(sc_integer_quotient_wide(terms, weights, work), power);
}

double
sc_sums_mean(const sc_sums *sums, uint32_t *work)
{
	sc_integer	weights = sum_as_integer(sums, 0, &work);
	sc_integer	terms = sum_as_integer(sums, 1, &work);

	if (sums->rows <= 0 || weights.sign <= 0 || sums->negatives > 0)
		return NAN;
	if (sums->zeros > 0 && (sums->kind != SC_SUMS_POWER || sums->parameter <= 0))
		return 0;
	switch ((sc_sums_kind) sums->kind)
	{
		case SC_SUMS_GEOMETRIC:
			return within(sums, exp(sc_integer_quotient(&terms, &weights, work)));
		case SC_SUMS_HARMONIC:
			return within(sums, terms.sign > 0 ? sc_integer_quotient(&weights, &terms, work) : NAN);
		case SC_SUMS_POWER:
			return within(sums, power_mean(sums->parameter, &terms, &weights, work));
		default:
			return within(sums, sc_integer_quotient(&terms, &weights, work));
	}
}

double
sc_sums_total(const sc_sums *sums, uint32_t *work)
{
	uint32_t	digit = 1;
	sc_integer	one = {&digit, 1, 0, 1};
	sc_integer	terms = sum_as_integer(sums, 1, &work);

	if (sums->rows <= 0)
		return NAN;
	return sc_integer_quotient(&terms, &one, work);
}

double
sc_sums_share(const sc_sums *sums, uint32_t *work)
{
	sc_integer	weights = sum_as_integer(sums, 0, &work);
	sc_integer	terms = sum_as_integer(sums, 1, &work);

	if (sums->rows <= 0 || weights.sign <= 0)
		return NAN;
	return sc_integer_quotient(&terms, &weights, work);
}

/* The variance is (W Q - A^2) / W^2 of the sums W of w, A of w x and Q of w x^2: never negative, as they are exact. */
double
sc_sums_deviation(const sc_sums *sums, uint32_t *work)
{
	sc_integer	w = sum_as_integer(sums, 0, &work);
	sc_integer	a = sum_as_integer(sums, 1, &work);
	sc_integer	q = sum_as_integer(sums, 2, &work);
	sc_integer	wq = product(&w, &q, &work);
	sc_integer	aa = product(&a, &a, &work);
	sc_integer	ww = product(&w, &w, &work);
	sc_integer	spread = difference(&wq, &aa, &work);

	if (sums->rows <= 0 || w.sign <= 0)
		return NAN;
	if (spread.sign <= 0)
		return 0;
	return sc_wide_sqrt(sc_integer_quotient_wide(&spread, &ww, work));
}

/*
 * With M = A / W and S^2 = f (W Q - A^2) / W^2, f = 1 or n / (n - 1),
 *		M + S^2 / M = (f W Q - (f - 1) A^2) / (W A)
 *		M - S^2 / M = ((f + 1) A^2 - f W Q) / (W A)
 * and with f = k / m all is in integers.
 */
double
sc_sums_mazziotta_pareto(const sc_sums *sums, int sign, uint32_t *work)
{
	bool		sample = sums->parameter != 0;
	uint64_t	k = sample ? (uint64_t) sums->rows : 1;
	uint64_t	m = sample ? k - 1 : 1;
	sc_integer	w = sum_as_integer(sums, 0, &work);
	sc_integer	a = sum_as_integer(sums, 1, &work);
	sc_integer	q = sum_as_integer(sums, 2, &work);
	sc_integer	wq,
				aa,
				wa,
				numerator;

	if (sums->rows <= 0 || m == 0 || w.sign <= 0 || a.sign <= 0)
		return NAN;
	wq = product(&w, &q, &work);
	aa = product(&a, &a, &work);
	wa = product(&w, &a, &work);
	wq = scaled(&wq, k, &work);
	aa = scaled(&aa, sign > 0 ? k - m : k + m, &work);
	wa = scaled(&wa, m, &work);
	numerator = sign > 0 ? difference(&wq, &aa, &work) : difference(&aa, &wq, &work);
	return sc_integer_quotient(&numerator, &wa, work);
}

/* --------------------------------------------------------- canonical form */

void
sc_sums_unpack(const sc_sums *sums, uint32_t *work, sc_sums_value *value)
{
	value->kind = sums->kind;
	value->parameter = sums->parameter;
	value->rows = sums->rows;
	value->zeros = sums->zeros;
	value->negatives = sums->negatives;
	value->least = sums->rows > 0 ? sums->least : 0;
	value->greatest = sums->rows > 0 ? sums->greatest : 0;
	for (int i = 0; i < SC_SUMS_MOST; i++)
		value->sums[i] = sum_as_integer(sums, i, &work);
}

static bool
parameter_fits(sc_sums_kind kind, double parameter)
{
	if (kind == SC_SUMS_POWER)
		return fabs(parameter) <= SC_SUMS_GREATEST_POWER;
	return parameter == 0 || (kind == SC_SUMS_MOMENTS && parameter == 1);
}

/*
 * Is x below rows * 2^(32 limit), and a multiple of 2^(-32 limit)? True of the
 * sum of any rows, and so of any sums merged from such: they can be printed and
 * read back.
 */
static bool
within_reach(const sc_integer *x, int64_t rows, int limit)
{
	uint64_t	above = 0;

	if (x->position < -limit || x->position + x->count > limit + 2)
		return false;
	for (int i = x->count - 1; i >= 0 && x->position + i >= limit; i--)
		above |= (uint64_t) x->digits[i] << (32 * (x->position + i - limit));
	return above < (uint64_t) rows;
}

static bool
numbers_fit(const sc_sums_value *value)
{
	if (value->rows < 0 || value->zeros < 0 || value->negatives < 0 ||
		value->zeros > value->rows || value->negatives > value->rows - value->zeros)
		return false;
	if (!isfinite(value->least) || !isfinite(value->greatest) || value->least > value->greatest)
		return false;
	if (value->rows == 0 && (value->least != 0 || value->greatest != 0))
		return false;
	return value->sums[0].sign == (value->rows > 0 ? 1 : 0);
}

bool
sc_sums_check(const sc_sums_value *value, sc_error *error)
{
	if (value->kind < SC_SUMS_MEAN || value->kind > SC_SUMS_MOMENTS ||
		!parameter_fits(value->kind, value->parameter))
		return sc_fail(error, SC_SUMS_NUMBERS, -1, "kind and parameter", NULL);
	if (!numbers_fit(value))
		return sc_fail(error, SC_SUMS_NUMBERS, -1, "rows, values and weight", NULL);
	for (int i = 0; i < SC_SUMS_MOST; i++)
		if (value->sums[i].count > 0 &&
			(i >= sc_sums_of_kind(value->kind) || !within_reach(&value->sums[i], value->rows, limit_of_kind(value->kind))))
			return sc_fail(error, SC_SUMS_NUMBERS, -1, "rows and sums", NULL);
	return true;
}

static void
plan_value(const sc_sums_value *value, sc_sums_plan *plan)
{
	memset(plan, 0, sizeof(*plan));
	for (int i = 0; i < SC_SUMS_MOST; i++)
		include(plan, i, value->sums[i].position, value->sums[i].count);
}

size_t
sc_sums_pack_size(const sc_sums_value *value)
{
	sc_sums_plan plan;

	plan_value(value, &plan);
	return sc_sums_plan_size(&plan);
}

void
sc_sums_pack(const sc_sums_value *value, sc_sums *sums)
{
	sc_sums_plan plan;

	plan_value(value, &plan);
	sc_sums_begin(sums, value->kind, value->parameter + 0.0, &plan);
	sums->rows = value->rows;
	sums->zeros = value->zeros;
	sums->negatives = value->negatives;
	if (value->rows > 0)
	{
		sums->least = value->least + 0.0;
		sums->greatest = value->greatest + 0.0;
		sums->load = 1;
	}
	for (int i = 0; i < SC_SUMS_MOST; i++)
		set_bins(sums, i, &value->sums[i]);
}
