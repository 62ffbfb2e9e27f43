/* Exact sums and quotients, against long numbers kept in another way: fixed point, sixteen bits a limb, sign apart. */
#include "building.h"
#include "exact.h"

#include <float.h>

/* ------------------------------------------------------------ the reference */

#define LIMBS 1024
#define POINT 8192				/* bits behind the point */

/* sign * (limbs as one integer) * 2^-POINT */
typedef struct slow
{
	int			sign;
	uint16_t	limb[LIMBS];
} slow;

static int
slow_compare_size(const slow *a, const slow *b)
{
	for (int i = LIMBS - 1; i >= 0; i--)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

/* mantissa * 2^exponent, bit by bit. */
static slow
slow_of(int64_t mantissa, int exponent)
{
	slow		x;
	uint64_t	rest = (uint64_t) llabs(mantissa);

	memset(&x, 0, sizeof(x));
	x.sign = mantissa < 0 ? -1 : mantissa > 0;
	for (int bit = exponent + POINT; rest != 0; rest >>= 1, bit++)
		if (rest & 1)
			x.limb[bit / 16] |= (uint16_t) (1 << (bit % 16));
	return x;
}

static slow
slow_of_double(double x)
{
	int			exponent;
	double		fraction = frexp(x, &exponent);

	return slow_of((int64_t) ldexp(fraction, 53), exponent - 53);
}

/* a + sign * b */
static slow
slow_add(const slow *a, const slow *b, int sign)
{
	slow		sum = *a;
	int			carry = 0;

	sign *= b->sign;
	if (sign == 0)
		return *a;
	if (a->sign == 0)
	{
		sum = *b;
		sum.sign = sign;
		return sum;
	}
	if (a->sign == sign)
	{
		for (int i = 0; i < LIMBS; i++)
		{
			carry += a->limb[i] + b->limb[i];
			sum.limb[i] = (uint16_t) carry;
			carry >>= 16;
		}
		return sum;
	}
	{
		int			order = slow_compare_size(a, b);
		const slow *large = order < 0 ? b : a;
		const slow *small = order < 0 ? a : b;

		for (int i = 0; i < LIMBS; i++)
		{
			carry = large->limb[i] - small->limb[i] - carry;
			sum.limb[i] = (uint16_t) carry;
			carry = carry < 0;
		}
		sum.sign = order == 0 ? 0 : order < 0 ? sign : a->sign;
	}
	return sum;
}

/* a * b, for products that need no more places. */
static slow
slow_multiply(const slow *a, const slow *b)
{
	static uint32_t wide[2 * LIMBS + 1];
	slow		x;

	memset(wide, 0, sizeof(wide));
	memset(&x, 0, sizeof(x));
	for (int i = 0; i < LIMBS; i++)
	{
		uint32_t	carry = 0;

		if (a->limb[i] == 0)
			continue;
		for (int j = 0; j < LIMBS; j++)
		{
			carry += (uint32_t) a->limb[i] * b->limb[j] + wide[i + j];
			wide[i + j] = carry & 0xFFFF;
			carry >>= 16;
		}
		wide[i + LIMBS] = carry;
	}
	for (int i = 0; i < LIMBS; i++)
		x.limb[i] = (uint16_t) wide[i + POINT / 16];
	x.sign = a->sign * b->sign;
	return x;
}

static bool
same(const sc_integer *x, const slow *expected)
{
	slow		got;

	memset(&got, 0, sizeof(got));
	got.sign = x->sign;
	for (int i = 0; i < x->count; i++)
	{
		int			limb = (x->position + i) * 2 + POINT / 16;

		got.limb[limb] = (uint16_t) x->digits[i];
		got.limb[limb + 1] = (uint16_t) (x->digits[i] >> 16);
	}
	return got.sign == expected->sign && slow_compare_size(&got, expected) == 0;
}

/* Is q = m * 2^e, on the grid of 2^e, the number nearest to |a / b|, or the even one of two? */
static bool
nearest(const slow *a, const slow *b, int64_t m, int e, bool least_of_binade)
{
	slow		above = slow_of(2 * m + 1, e - 1);
	slow		below = least_of_binade ? slow_of(4 * m - 1, e - 2) : slow_of(2 * m - 1, e - 1);
	slow		product;
	int			order;

	product = slow_multiply(b, &above);
	order = slow_compare_size(a, &product);
	if (order > 0 || (order == 0 && m % 2 != 0))
		return false;
	if (m == 0)
		return true;
	product = slow_multiply(b, &below);
	order = slow_compare_size(a, &product);
	return order > 0 || (order == 0 && m % 2 == 0);
}

static bool
correctly_rounded(const slow *a, const slow *b, double q)
{
	int			exponent;
	double		fraction = frexp(fabs(q), &exponent);

	if (isinf(q))
	{
		slow		half_above_all = slow_of((INT64_C(1) << 54) - 1, 970);

		half_above_all = slow_multiply(b, &half_above_all);
		return slow_compare_size(a, &half_above_all) >= 0;
	}
	if (q == 0 || exponent < -1021)
		return nearest(a, b, (int64_t) ldexp(fabs(q), 1074), -1074, false);
	return nearest(a, b, (int64_t) ldexp(fraction, 53), exponent - 53, fraction == 0.5 && exponent > -1021);
}

/* -------------------------------------------------------------- a plain sum */

#define WIDEST 80				/* bins either side of 0 */

typedef struct long_sum
{
	sc_bin		bins[2 * WIDEST];
	uint32_t	digits[SC_INTEGER_DIGITS(2 * WIDEST)];
} long_sum;

static void
add(long_sum *sum, double x, int sign)
{
	sc_term		term = sc_term_of(x);

	sc_bin_add(&sum->bins[sc_bin_of(term.exponent) + WIDEST], sign * term.mantissa, term.exponent);
}

static sc_integer
integer_of(long_sum *sum)
{
	sc_integer	x;

	sc_integer_of_bins(sum->bins, -WIDEST, 2 * WIDEST, sum->digits, &x);
	return x;
}

static sc_integer
integer_of_double(double x, uint32_t *digits)
{
	sc_term		term = sc_term_of(x);
	sc_bin		bin = {0, 0};
	sc_integer	result;

	sc_bin_add(&bin, term.mantissa, term.exponent);
	sc_integer_of_bins(&bin, sc_bin_of(term.exponent), 1, digits, &result);
	return result;
}

/* Any finite double, all exponents alike; now and then an extreme one. */
static double
any_double(void)
{
	static const double extremes[] = {DBL_MAX, -DBL_MAX, DBL_MIN, -DBL_MIN, 5e-324, -5e-324, 0, -0.0, 1, -1, 0.1, 1e308, -1e308, 0x1p-1022, 0x0.fffffffffffffp-1022};
	double		x;
	uint64_t	bits;

	if (dice(8) == 0)
		return extremes[dice(COUNT(extremes))];
	do
	{
		bits = dice_bits() * UINT64_C(0x2545F4914F6CDD1D);
		memcpy(&x, &bits, sizeof(x));
	} while (!isfinite(x));
	return x;
}

static double
moderate_double(void)
{
	return ldexp((double) (dice_bits() >> 11), dice(80) - 100) * (dice(2) ? 1 : -1);
}

TEST(terms_say_what_the_number_is)
{
	for (int i = 0; i < 20000; i++)
	{
		double		x = any_double();
		sc_term		term = sc_term_of(x);
		slow		expected = slow_of_double(x);
		slow		got = slow_of(term.mantissa, term.exponent);

		CHECK_FOR(got.sign == expected.sign && slow_compare_size(&got, &expected) == 0, "%a", x);
	}
}

/* Is m * 2^e the 53-bit number nearest to |a| (with b = 1) or |a / b|? */
static bool
rounded_to_53_bits(const slow *a, const slow *b, sc_term term)
{
	int64_t		m = llabs(term.mantissa);

	while (m < INT64_C(1) << 52)
	{
		m *= 2;
		term.exponent--;
	}
	return nearest(a, b, m, term.exponent, m == INT64_C(1) << 52);
}

TEST(products_and_quotients_are_rounded_once_to_53_bits)
{
	slow		one = slow_of(1, 0);

	for (int i = 0; i < 3000; i++)
	{
		/* products near the least normal number too */
		double		a = i % 3 == 0 ? ldexp(moderate_double(), -500) : any_double();
		double		b = i % 3 == 0 ? ldexp(moderate_double(), -500) : any_double();
		slow		x = slow_of_double(a);
		slow		y = slow_of_double(b);
		slow		product = slow_multiply(&x, &y);
		sc_term		term = sc_term_product(a, b);

		if (product.sign == 0)
		{
			CHECK_FOR(term.mantissa == 0, "%a * %a", a, b);
			continue;
		}
		CHECK_FOR((term.mantissa < 0 ? -1 : 1) == product.sign && rounded_to_53_bits(&product, &one, term), "%a * %a", a, b);
		term = sc_term_quotient(a, b);
		CHECK_FOR((term.mantissa < 0 ? -1 : 1) == product.sign && rounded_to_53_bits(&x, &y, term), "%a / %a", a, b);
	}
	/* a product that rounds up to the least normal number has other bits below */
	CHECK(sc_term_product(0x1.fffffffffffffp-1, 0x1p-1022).mantissa == (INT64_C(1) << 53) - 1);
	CHECK(sc_term_product(5e-324, 5e-324).exponent < -2148 && sc_term_product(5e-324, 5e-324).mantissa != 0);
}

TEST(exact_products)
{
	for (int i = 0; i < 2000; i++)
	{
		double		a = i % 2 ? any_double() : moderate_double();
		double		b = i % 2 ? any_double() : moderate_double();
		slow		x = slow_of_double(a);
		slow		y = slow_of_double(b);
		slow		product = slow_multiply(&x, &y);
		slow		square = slow_multiply(&product, &y);
		slow		sum = slow_of(0, 0);
		sc_term		terms[3];
		int			n = sc_term_multiply(sc_term_of(a), sc_term_of(b), terms);

		CHECK(n <= 2);
		for (int j = 0; j < n; j++)
		{
			slow		piece = slow_of(terms[j].mantissa, terms[j].exponent);

			CHECK(llabs(terms[j].mantissa) < INT64_C(1) << 53 && terms[j].mantissa != 0);
			sum = slow_add(&sum, &piece, 1);
		}
		CHECK_FOR(sum.sign == product.sign && slow_compare_size(&sum, &product) == 0, "%a * %a", a, b);
		sum = slow_of(0, 0);
		n = sc_term_multiply_square(sc_term_of(a), sc_term_of(b), terms);
		CHECK(n <= 3);
		for (int j = 0; j < n; j++)
		{
			slow		piece = slow_of(terms[j].mantissa, terms[j].exponent);

			CHECK(llabs(terms[j].mantissa) < INT64_C(1) << 53 && terms[j].mantissa != 0);
			sum = slow_add(&sum, &piece, 1);
		}
		CHECK_FOR(sum.sign == square.sign && slow_compare_size(&sum, &square) == 0, "%a * %a ^ 2", a, b);
	}
}

TEST(sums_are_exact_whatever_the_order_and_the_parts)
{
	for (int round = 0; round < 60; round++)
	{
		enum {MANY = 200};
		double		x[MANY];
		long_sum	forward,
					backward,
					parts[3],
					rest;
		slow		expected = slow_of(0, 0);
		slow		later = slow_of(0, 0);
		sc_integer	sum;

		memset(&forward, 0, sizeof(forward));
		memset(&backward, 0, sizeof(backward));
		memset(parts, 0, sizeof(parts));
		for (int i = 0; i < MANY; i++)
		{
			slow		one;

			/* pairs that cancel among what does not */
			x[i] = i > 0 && dice(3) == 0 ? -x[dice(i)] : round % 2 ? any_double() : moderate_double();
			one = slow_of_double(x[i]);
			expected = slow_add(&expected, &one, 1);
			if (i >= MANY / 2)
				later = slow_add(&later, &one, 1);
			add(&forward, x[i], 1);
			add(&parts[dice(3)], x[i], 1);
		}
		for (int i = MANY - 1; i >= 0; i--)
			add(&backward, x[i], 1);
		rest = forward;
		for (int i = 0; i < MANY / 2; i++)
			add(&rest, x[i], -1);
		for (int i = 0; i < 2 * WIDEST; i++)
		{
			sc_bin_merge(&parts[2].bins[i], &parts[0].bins[i]);
			sc_bin_merge(&parts[2].bins[i], &parts[1].bins[i]);
		}
		sum = integer_of(&forward);
		CHECK_FOR(same(&sum, &expected), "round %d", round);
		sum = integer_of(&backward);
		CHECK_FOR(same(&sum, &expected), "round %d backward", round);
		sum = integer_of(&parts[2]);
		CHECK_FOR(same(&sum, &expected), "round %d in parts", round);
		sum = integer_of(&rest);
		CHECK_FOR(same(&sum, &later), "round %d with half taken out", round);
	}
}

TEST(integers_are_canonical)
{
	long_sum	sum;
	sc_integer	x;

	memset(&sum, 0, sizeof(sum));
	x = integer_of(&sum);
	CHECK(x.sign == 0 && x.count == 0 && x.position == 0);
	add(&sum, 1e300, 1);
	add(&sum, 5e-324, -1);
	add(&sum, 1e300, -1);
	x = integer_of(&sum);
	CHECK(x.sign == -1 && x.count == 1 && x.digits[0] == 1U << (-1074 & 31) && x.position == -34);
	add(&sum, 5e-324, 1);
	x = integer_of(&sum);
	CHECK(x.sign == 0 && x.count == 0 && x.position == 0);
	/* -2^32 in bin 0: the complement needs one more digit */
	memset(&sum, 0, sizeof(sum));
	sum.bins[WIDEST].low = (uint64_t) -(INT64_C(1) << 32);
	sum.bins[WIDEST].high = -1;
	x = integer_of(&sum);
	CHECK(x.sign == -1 && x.count == 1 && x.digits[0] == 1 && x.position == 1);
}

TEST(bins_hold_what_they_promise)
{
	sc_bin		bins[2] = {{0, 0}, {0, 0}};
	const int64_t greatest = (INT64_C(1) << 53) - 1;
	uint32_t	digits[SC_INTEGER_DIGITS(2)];
	sc_integer	x;
	slow		expected;
	slow		load;

	/* 2^40 of the largest terms in either bin, by doubling */
	for (int sign = -1; sign <= 1; sign += 2)
	{
		memset(bins, 0, sizeof(bins));
		sc_bin_add(&bins[0], sign * greatest, 31);
		sc_bin_add(&bins[1], sign * greatest, 63);
		for (int i = 0; i < 40; i++)
			for (int j = 0; j < 2; j++)
			{
				sc_bin		copy = bins[j];

				sc_bin_merge(&bins[j], &copy);
			}
		sc_integer_of_bins(bins, 0, 2, digits, &x);
		expected = slow_of(greatest, 31 + 40);
		load = slow_of(greatest, 63 + 40);
		expected = slow_add(&expected, &load, 1);
		expected.sign = sign;
		CHECK(same(&x, &expected));
		CHECK(x.digits + x.count <= digits + SC_INTEGER_DIGITS(2));
	}
}

TEST(arithmetic_of_integers)
{
	for (int i = 0; i < 300; i++)
	{
		long_sum	a,
					b;
		uint32_t	digits[4 * WIDEST + 20];
		sc_integer	x,
					y,
					result;
		slow		p = slow_of(0, 0);
		slow		q = slow_of(0, 0);
		slow		expected;
		slow		one;
		uint64_t	factor = i % 2 ? dice_bits() : (uint64_t) dice(3);

		memset(&a, 0, sizeof(a));
		memset(&b, 0, sizeof(b));
		for (int j = dice(4); j >= 0; j--)
		{
			double		value = i % 3 ? moderate_double() : any_double();

			add(&a, value, 1);
			one = slow_of_double(value);
			p = slow_add(&p, &one, 1);
			value = dice(5) == 0 ? value : i % 3 ? moderate_double() : any_double();
			add(&b, value, 1);
			one = slow_of_double(value);
			q = slow_add(&q, &one, 1);
		}
		x = integer_of(&a);
		y = integer_of(&b);
		sc_integer_multiply(&x, &y, digits, &result);
		expected = slow_multiply(&p, &q);
		CHECK(same(&result, &expected));
		CHECK(sc_integer_sum_digits(&x, &y) <= COUNT(digits));
		sc_integer_add(&x, &y, 1, digits, &result);
		expected = slow_add(&p, &q, 1);
		CHECK(same(&result, &expected));
		sc_integer_add(&x, &y, -1, digits, &result);
		expected = slow_add(&p, &q, -1);
		CHECK(same(&result, &expected));
		sc_integer_add(&x, &x, -1, digits, &result);
		CHECK(result.sign == 0 && result.count == 0);
		sc_integer_scale(&x, factor, digits, &result);
		q = slow_of((int64_t) (factor >> 32), 32);
		one = slow_of((int64_t) (factor & UINT32_MAX), 0);
		q = slow_add(&q, &one, 1);
		expected = slow_multiply(&p, &q);
		CHECK(same(&result, &expected));
	}
}

/* A quotient of two sums, against its neighbours. */
static void
check_quotient(long_sum *a, const slow *p, long_sum *b, const slow *q, const char *what)
{
	static uint32_t work[SC_QUOTIENT_DIGITS(SC_INTEGER_DIGITS(2 * WIDEST))];
	sc_integer	x = integer_of(a);
	sc_integer	y = integer_of(b);
	double		result;
	sc_wide		wide;
	sc_term		term;

	if (y.sign == 0)
		return;
	result = sc_integer_quotient(&x, &y, work);
	if (x.sign == 0)
	{
		CHECK_DOUBLE(result, 0);
		return;
	}
	CHECK_FOR(correctly_rounded(p, q, result), "%s: %a", what, result);
	CHECK(result == 0 || (result < 0) == (x.sign != y.sign));
	wide = sc_integer_quotient_wide(&x, &y, work);
	term = sc_term_of(wide.fraction);
	term.exponent += wide.exponent;
	CHECK_FOR(fabs(wide.fraction) >= 0.5 && fabs(wide.fraction) < 1 && rounded_to_53_bits(p, q, term), "%s, wide", what);
}

TEST(quotients_of_sums_are_correctly_rounded)
{
	for (int i = 0; i < 1500; i++)
	{
		long_sum	a,
					b;
		slow		p = slow_of(0, 0);
		slow		q = slow_of(0, 0);
		slow		one;

		memset(&a, 0, sizeof(a));
		memset(&b, 0, sizeof(b));
		for (int j = dice(6); j >= 0; j--)
		{
			double		value = i % 2 ? moderate_double() : any_double();

			add(&a, value, 1);
			one = slow_of_double(value);
			p = slow_add(&p, &one, 1);
			value = i % 2 ? moderate_double() : any_double();
			add(&b, value, 1);
			one = slow_of_double(value);
			q = slow_add(&q, &one, 1);
		}
		check_quotient(&a, &p, &b, &q, "random");
	}
}

/* (2 m + 1) / 2 units and its surroundings, for every place of the last bit. */
TEST(ties_and_what_is_next_to_them)
{
	static const int exponents[] = {-1126, -1076, -1075, -1074, -1073, -1030, -1023, -1022, -600, 0, 600, 969, 970, 971, 972};

	for (int i = 0; i < COUNT(exponents); i++)
		for (int round = 0; round < 30; round++)
		{
			int64_t		m = round < 4 ? (INT64_C(1) << 53) - 1 - round : round < 8 ? (INT64_C(1) << 52) + round - 4 :
				round < 16 ? round - 8 : (int64_t) (dice_bits() >> 11);
			int64_t		d = 1 + dice(3) * (int64_t) (dice_bits() >> 40);

			for (int nudge = -1; nudge <= 1; nudge++)
			{
				long_sum	a,
							b;
				slow		p,
							q,
							s;
				slow		unit = slow_of(nudge, exponents[i] - 700);
				sc_term		terms[2];
				sc_term		factor = {d, 0};
				sc_term		tie = {m, exponents[i]};

				memset(&a, 0, sizeof(a));
				memset(&b, 0, sizeof(b));
				/* a = d * (m + 1/2) * 2^e, a little more or less; b = d */
				for (int half = 0; half < 2; half++)
				{
					int			n;

					if (half)
						tie = (sc_term) {1, exponents[i] - 1};
					n = sc_term_multiply(tie, factor, terms);
					for (int j = 0; j < n; j++)
						sc_bin_add(&a.bins[sc_bin_of(terms[j].exponent) + WIDEST], terms[j].mantissa, terms[j].exponent);
				}
				sc_bin_add(&a.bins[sc_bin_of(exponents[i] - 700) + WIDEST], nudge, exponents[i] - 700);
				sc_bin_add(&b.bins[WIDEST], d, 0);
				q = slow_of(d, 0);
				s = slow_of(2 * m + 1, exponents[i] - 1);
				p = slow_multiply(&s, &q);
				p = slow_add(&p, &unit, 1);
				check_quotient(&a, &p, &b, &q, "tie");
			}
		}
}

TEST(quotients_known_beforehand)
{
	static const struct
	{
		double		a;
		double		b;
		double		quotient;
	}			cases[] = {
		{1, 3, 1.0 / 3},
		{-2, 3, -2.0 / 3},
		{0, -3, 0},
		{DBL_MAX, 0.5, INFINITY},
		{-DBL_MAX, 5e-324, -INFINITY},
		{5e-324, 2, 0},
		{-5e-324, 2, 0},
		{15e-324, 2, 10e-324},
		{5e-324, DBL_MAX, 0},
		{DBL_MAX, DBL_MAX, 1},
		{5e-324, 5e-324, 1},
		{DBL_MIN, 3, DBL_MIN / 3},
		{1e308, 1e-15, INFINITY},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		uint32_t	digits[2][SC_INTEGER_DIGITS(1)];
		uint32_t	work[SC_QUOTIENT_DIGITS(SC_INTEGER_DIGITS(1))];
		sc_integer	a = integer_of_double(cases[i].a, digits[0]);
		sc_integer	b = integer_of_double(cases[i].b, digits[1]);

		CHECK_DOUBLE(sc_integer_quotient(&a, &b, work), cases[i].quotient);
	}
	/* against the processor, which rounds quotients of two doubles correctly */
	for (int i = 0; i < 20000; i++)
	{
		double		x = any_double();
		double		y = any_double();
		uint32_t	digits[2][SC_INTEGER_DIGITS(1)];
		uint32_t	work[SC_QUOTIENT_DIGITS(SC_INTEGER_DIGITS(1))];
		sc_integer	a = integer_of_double(x, digits[0]);
		sc_integer	b = integer_of_double(y, digits[1]);

		if (y == 0)
			continue;
		CHECK_FOR(sc_integer_quotient(&a, &b, work) == x / y, "%a / %a", x, y);
	}
}

TEST(powers_of_wide_numbers)
{
	for (int i = 0; i < 20000; i++)
	{
		double		x = ldexp(0.5 + ldexp((double) (dice_bits() >> 12), -53), dice(200) - 100);
		double		power = (dice(2) ? 1 : -1) * (0.01 + ldexp((double) (dice_bits() >> 11), -53) * 4);
		sc_wide		raised = sc_wide_power(sc_wide_of(x), power);
		double		plain = pow(x, power);

		CHECK_FOR(fabs(ldexp(raised.fraction, raised.exponent) / plain - 1) < 2e-15, "%a ^ %a", x, power);
		CHECK_FOR(fabs(sc_wide_root(raised, power) / x - 1) < 1e-15 * (3 + 2 / fabs(power)), "root of %a ^ %a", x, power);
		CHECK_FOR(fabs(sc_wide_sqrt(sc_wide_of(x)) / sqrt(x) - 1) < 3e-16, "sqrt %a", x);
	}
	/* far beyond double: (2^-1074)^100 and back */
	for (int sign = -1; sign <= 1; sign += 2)
	{
		sc_wide		raised = sc_wide_power(sc_wide_of(5e-324), sign * 100);

		CHECK(raised.fraction == 0.5 && raised.exponent == 1 - sign * 107400);
		CHECK_DOUBLE(sc_wide_root(raised, sign * 100), 5e-324);
		CHECK_NEAR(sc_wide_root(sc_wide_power(sc_wide_of(DBL_MAX), sign * 99.5), sign * 99.5) / DBL_MAX, 1, 1e-15);
	}
	CHECK_DOUBLE(sc_wide_root((sc_wide) {0.5, 1 << 20}, 1), INFINITY);
	CHECK_DOUBLE(sc_wide_root((sc_wide) {0.5, 1 << 20}, -1), 0);
	CHECK_DOUBLE(sc_wide_sqrt((sc_wide) {0.5, 3}), 2);
	CHECK_DOUBLE(sc_wide_sqrt((sc_wide) {0.5, -3}), 0.25);
	CHECK_DOUBLE(sc_wide_sqrt((sc_wide) {0, 0}), 0);
}
