/*
 * exact.c
 *		See exact.h.
 *
 * Why sums are exact. A term is m * 2^e with |m| < 2^53, and e = 32 b + s with
 * 0 <= s < 32: it adds the integer m * 2^s, below 2^84 in size, to bin b, whose
 * unit is 2^(32 b). A bin is a 128-bit integer, so at least 2^43 terms fit before
 * it could overflow; the owner of the bins carries them on (sc_integer_of_bins)
 * after SC_BIN_LOAD = 2^40, which leaves room for the carries from below. Every
 * operation is an addition of integers without overflow, so the value of the
 * bins, the sum of bin * 2^(32 b), is that of the terms: in any order, however
 * split and merged, and a term taken out again leaves no trace. Which bins there
 * are does not matter: the others are 0.
 *
 * The long accumulator for floating-point numbers is Kulisch's (Kulisch and
 * Miranker 1986); bins with room for carries are those of Neal (2015, "Fast exact
 * summation using small and large superaccumulators"), made 128 bits wide here so
 * that a term touches one of them.
 *
 * Quotients are those of the exact integers: long division (Knuth, The Art of
 * Computer Programming, volume 2, 4.3.1, algorithm D) gives at least 64 bits of
 * the quotient and says whether anything follows; that is rounded once.
 */
#include "exact.h"

#include <math.h>

#define DIGIT_BITS 32
#define MANTISSA_BITS 53
#define MANTISSA_MASK ((UINT64_C(1) << MANTISSA_BITS) - 1)
#define LEAST_EXPONENT (-1074)	/* of a double's last bit */

/* ------------------------------------------------------------------ terms */

/* Fractions of [0.5, 1) multiply and divide without leaving the normal numbers: rounded once. */
sc_term
sc_term_product_wide(double a, double b)
{
	sc_wide		x = sc_wide_of(a);
	sc_wide		y = sc_wide_of(b);
	sc_term		term = sc_term_of(x.fraction * y.fraction);

	term.exponent += x.exponent + y.exponent;
	return term;
}

sc_term
sc_term_quotient_wide(double a, double b)
{
	sc_wide		x = sc_wide_of(a);
	sc_wide		y = sc_wide_of(b);
	sc_term		term = sc_term_of(x.fraction / y.fraction);

	term.exponent += x.exponent - y.exponent;
	return term;
}

/* a * b as 128 bits. */
static inline uint64_t
multiply_64(uint64_t a, uint64_t b, uint64_t *high)
{
#ifdef __SIZEOF_INT128__
	unsigned __int128 product = (unsigned __int128) a * b;

	*high = (uint64_t) (product >> 64);
	return (uint64_t) product;
#else
	uint64_t	a0 = (uint32_t) a,
				a1 = a >> 32,
				b0 = (uint32_t) b,
				b1 = b >> 32;
	uint64_t	low = a0 * b0;
	uint64_t	middle = a1 * b0 + (low >> 32);
	uint64_t	other = a0 * b1 + (uint32_t) middle;

	*high = a1 * b1 + (middle >> 32) + (other >> 32);
	return (other << 32) | (uint32_t) low;
#endif
}

/* a * b + c for numbers below 2^53, as two such numbers: the low one is returned. */
static inline uint64_t
multiply_53(uint64_t a, uint64_t b, uint64_t c, uint64_t *high)
{
	uint64_t	top;
	uint64_t	low = multiply_64(a, b, &top);

	low += c;
	top += low < c;
	*high = (top << (64 - MANTISSA_BITS)) | (low >> MANTISSA_BITS);
	return low & MANTISSA_MASK;
}

/* Of pieces of 53 bits, lowest first, those that are not 0. */
static int
terms_of_pieces(const uint64_t *pieces, int count, bool negative, int exponent, sc_term *terms)
{
	int			n = 0;

	for (int i = 0; i < count; i++)
		if (pieces[i] != 0)
		{
			terms[n].mantissa = negative ? -(int64_t) pieces[i] : (int64_t) pieces[i];
			terms[n].exponent = exponent + i * MANTISSA_BITS;
			n++;
		}
	return n;
}

static inline uint64_t
magnitude(int64_t mantissa)
{
	return (uint64_t) (mantissa < 0 ? -mantissa : mantissa);
}

int
sc_term_multiply(sc_term a, sc_term b, sc_term product[2])
{
	uint64_t	pieces[2];

	pieces[0] = multiply_53(magnitude(a.mantissa), magnitude(b.mantissa), 0, &pieces[1]);
	return terms_of_pieces(pieces, 2, (a.mantissa < 0) != (b.mantissa < 0), a.exponent + b.exponent, product);
}

int
sc_term_multiply_square(sc_term a, sc_term b, sc_term product[3])
{
	uint64_t	square = magnitude(b.mantissa);
	uint64_t	pieces[3];
	uint64_t	high;

	pieces[0] = multiply_53(magnitude(a.mantissa), square, 0, &high);
	pieces[0] = multiply_53(pieces[0], square, 0, &pieces[1]);
	pieces[1] = multiply_53(high, square, pieces[1], &pieces[2]);
	return terms_of_pieces(pieces, 3, a.mantissa < 0, a.exponent + 2 * b.exponent, product);
}

/* --------------------------------------------------------------- integers */

void
sc_integer_trim(sc_integer *x)
{
	int			zeros = 0;

	while (x->count > 0 && x->digits[x->count - 1] == 0)
		x->count--;
	while (zeros < x->count && x->digits[zeros] == 0)
		zeros++;
	x->digits += zeros;
	x->count -= zeros;
	x->position += zeros;
	if (x->count == 0)
		x->sign = x->position = 0;
}

/* Digits in two's complement, `negative` its sign, as sign and magnitude; needs one digit of room. */
static void
from_complement(sc_integer *x, bool negative)
{
	x->sign = negative ? -1 : 1;
	if (negative)
	{
		uint64_t	carry = 1;

		for (int i = 0; i < x->count; i++)
		{
			carry += (uint32_t) ~x->digits[i];
			x->digits[i] = (uint32_t) carry;
			carry >>= DIGIT_BITS;
		}
		if (carry != 0)
			x->digits[x->count++] = 1;
	}
	sc_integer_trim(x);
}

/* Takes the lowest digit off a 128-bit integer. */
static inline uint32_t
take_digit(sc_bin *carry)
{
	uint32_t	digit = (uint32_t) carry->low;

	carry->low = (carry->low >> DIGIT_BITS) | ((uint64_t) carry->high << DIGIT_BITS);
	carry->high >>= DIGIT_BITS;
	return digit;
}

void
sc_integer_of_bins(const sc_bin *bins, int base, int count, uint32_t *digits, sc_integer *out)
{
	sc_bin		carry = {0, 0};

	out->digits = digits;
	out->position = base;
	for (int i = 0; i < count; i++)
	{
		sc_bin_merge(&carry, &bins[i]);
		digits[i] = take_digit(&carry);
	}
	while (!(carry.high == 0 && carry.low == 0) && !(carry.high == -1 && carry.low == UINT64_MAX))
		digits[count++] = take_digit(&carry);
	out->count = count;
	from_complement(out, carry.high < 0);
}

void
sc_integer_multiply(const sc_integer *a, const sc_integer *b, uint32_t *digits, sc_integer *out)
{
	memset(digits, 0, sizeof(uint32_t) * (size_t) (a->count + b->count));
	for (int i = 0; i < a->count; i++)
	{
		uint64_t	carry = 0;

		for (int j = 0; j < b->count; j++)
		{
			carry += (uint64_t) a->digits[i] * b->digits[j] + digits[i + j];
			digits[i + j] = (uint32_t) carry;
			carry >>= DIGIT_BITS;
		}
		digits[i + b->count] = (uint32_t) carry;
	}
	out->digits = digits;
	out->count = a->count + b->count;
	out->position = a->position + b->position;
	out->sign = a->sign * b->sign;
	sc_integer_trim(out);
}

void
sc_integer_scale(const sc_integer *a, uint64_t factor, uint32_t *digits, sc_integer *out)
{
	uint32_t	parts[2];
	sc_integer	b = {parts, 2, 0, 1};

	parts[0] = (uint32_t) factor;
	parts[1] = (uint32_t) (factor >> DIGIT_BITS);
	sc_integer_multiply(a, &b, digits, out);
}

static inline int
least_of(int a, int b)
{
	return a < b ? a : b;
}

static inline int
greatest_of(int a, int b)
{
	return a > b ? a : b;
}

int
sc_integer_sum_digits(const sc_integer *a, const sc_integer *b)
{
	return greatest_of(a->position + a->count, b->position + b->count) - least_of(a->position, b->position) + 2;
}

/* The digit at a position, with the integer's sign. */
static inline int64_t
digit_at(const sc_integer *x, int position)
{
	int			i = position - x->position;

	return i >= 0 && i < x->count ? x->sign * (int64_t) x->digits[i] : 0;
}

void
sc_integer_add(const sc_integer *a, const sc_integer *b, int sign, uint32_t *digits, sc_integer *out)
{
	int64_t		carry = 0;

	out->digits = digits;
	out->count = sc_integer_sum_digits(a, b) - 1;
	out->position = least_of(a->position, b->position);
	for (int i = 0; i < out->count; i++)
	{
		carry += digit_at(a, out->position + i) + sign * digit_at(b, out->position + i);
		digits[i] = (uint32_t) carry;
		carry >>= DIGIT_BITS;
	}
	from_complement(out, carry < 0);
}

/* -------------------------------------------------------------- quotients */

/* Zeros above the highest bit of a digit that is not 0. */
static int
leading_zeros(uint32_t digit)
{
	int			zeros = 0;

	while (!(digit & UINT32_C(0x80000000)))
	{
		digit <<= 1;
		zeros++;
	}
	return zeros;
}

/*
 * The highest `count` digits of x, shifted so that the first bit is set, into
 * to[0 .. count - 1], zeros below where x has fewer. Is anything left out?
 */
static bool
take_highest(const sc_integer *x, uint32_t *to, int count)
{
	int			shift = leading_zeros(x->digits[x->count - 1]);
	int			left_out = x->count - count;

	for (int i = 0; i < count; i++)
	{
		int			from = i + left_out;
		uint64_t	pair = from >= 0 ? (uint64_t) x->digits[from] << DIGIT_BITS : 0;

		if (from >= 1)
			pair |= x->digits[from - 1];
		to[i] = (uint32_t) (pair >> (DIGIT_BITS - shift));
	}
	if (left_out > 1 || (left_out == 1 && (x->digits[0] << shift) != 0))
		return true;
	return false;
}

/* Exponent of the bit above the highest: 2^(result - 1) <= |x| < 2^result. */
static int
top_exponent(const sc_integer *x)
{
	return (x->position + x->count) * DIGIT_BITS - leading_zeros(x->digits[x->count - 1]);
}

/* One digit of the quotient: u[0 .. n] less that many times v[0 .. n - 1], n >= 2 (Knuth's steps D3 to D6). */
static uint32_t
divide_digit(uint32_t *u, const uint32_t *v, int n)
{
	uint64_t	top = ((uint64_t) u[n] << DIGIT_BITS) | u[n - 1];
	uint64_t	digit = top / v[n - 1];
	uint64_t	rest = top % v[n - 1];
	uint64_t	product = 0;
	int64_t		borrow = 0;

	while (digit > UINT32_MAX || digit * v[n - 2] > ((rest << DIGIT_BITS) | u[n - 2]))
	{
		digit--;
		rest += v[n - 1];
		if (rest > UINT32_MAX)
			break;
	}
	for (int i = 0; i < n; i++)
	{
		product += digit * v[i];
		borrow += (int64_t) u[i] - (int64_t) (uint32_t) product;
		u[i] = (uint32_t) borrow;
		borrow >>= DIGIT_BITS;
		product >>= DIGIT_BITS;
	}
	borrow += (int64_t) u[n] - (int64_t) product;
	u[n] = (uint32_t) borrow;
	if (borrow < 0)
	{
		uint64_t	carry = 0;

		digit--;
		for (int i = 0; i < n; i++)
		{
			carry += (uint64_t) u[i] + v[i];
			u[i] = (uint32_t) carry;
			carry >>= DIGIT_BITS;
		}
		u[n] += (uint32_t) carry;
	}
	return (uint32_t) digit;
}

/* (bits + something below 1, or 0 if not `inexact`) * 2^exponent, the highest bit set: a quotient before rounding. */
typedef struct raw_quotient
{
	uint64_t	bits;
	int			exponent;
	bool		inexact;
} raw_quotient;

/* Of magnitudes, neither 0. */
static raw_quotient
divide(const sc_integer *a, const sc_integer *b, uint32_t *work)
{
	int			n = greatest_of(b->count, 2);
	uint32_t   *v = work;
	uint32_t   *u = work + n;
	uint32_t	digits[3];
	raw_quotient q;

	/* a * 2^64 / b with both between 1/2 and 1: 64 bits or 65 */
	(void) take_highest(b, v, n);
	u[n + 2] = 0;
	q.inexact = take_highest(a, u, n + 2);
	for (int i = 2; i >= 0; i--)
		digits[i] = divide_digit(u + i, v, n);
	for (int i = 0; i < n && !q.inexact; i++)
		q.inexact = u[i] != 0;
	q.bits = ((uint64_t) digits[1] << DIGIT_BITS) | digits[0];
	q.exponent = top_exponent(a) - top_exponent(b) - 64;
	if (digits[2] != 0)
	{
		q.inexact = q.inexact || (q.bits & 1) != 0;
		q.bits = (q.bits >> 1) | (UINT64_C(1) << 63);
		q.exponent++;
	}
	return q;
}

/* The quotient to `precision` bits, 0 to 53, as an integer times 2^*exponent: to the nearest, ties to even. */
static double
round_quotient(raw_quotient q, int precision, int *exponent)
{
	int			dropped = 64 - precision;
	uint64_t	half = UINT64_C(1) << (dropped - 1);
	uint64_t	kept = precision > 0 ? q.bits >> dropped : 0;
	uint64_t	rest = precision > 0 ? q.bits & (2 * half - 1) : q.bits;

	if (rest > half || (rest == half && (q.inexact || (kept & 1) != 0)))
		kept++;
	*exponent = q.exponent + dropped;
	return (double) kept;
}

double
sc_integer_quotient(const sc_integer *a, const sc_integer *b, uint32_t *work)
{
	raw_quotient q;
	int			precision;
	int			exponent;
	double		result;

	if (a->sign == 0)
		return 0;
	q = divide(a, b, work);
	precision = least_of(MANTISSA_BITS, q.exponent + 64 - LEAST_EXPONENT);
	if (precision < 0)
		return 0;
	result = round_quotient(q, precision, &exponent);
	if (result == 0)
		return 0;
	return ldexp(a->sign == b->sign ? result : -result, exponent);
}

sc_wide
sc_integer_quotient_wide(const sc_integer *a, const sc_integer *b, uint32_t *work)
{
	sc_wide		result = {0, 0};
	int			exponent;

	if (a->sign == 0)
		return result;
	result = sc_wide_of(round_quotient(divide(a, b, work), MANTISSA_BITS, &exponent));
	result.exponent += exponent;
	if (a->sign != b->sign)
		result.fraction = -result.fraction;
	return result;
}

/* ----------------------------------------------------------- wide numbers */

sc_wide
sc_wide_of(double x)
{
	sc_wide		wide;

	wide.fraction = frexp(x, &wide.exponent);
	return wide;
}

/* The fraction into sqrt(1/2) .. sqrt(2), where its powers stay near 1. */
static sc_wide
centred(sc_wide x)
{
	if (x.fraction < M_SQRT1_2)
	{
		x.fraction *= 2;
		x.exponent--;
	}
	return x;
}

/* n * factor - whole for |n| < 2^18, exact in each step but the last: factor is taken in halves of 24 and 29 bits. */
static double
product_less(double n, double factor, double whole)
{
	double		high = (float) factor;
	double		low = factor - high;

	return (n * high - whole) + n * low;
}

sc_wide
sc_wide_power(sc_wide x, double power)
{
	double		whole;
	sc_wide		result;

	x = centred(x);
	whole = rint(x.exponent * power);
	result = sc_wide_of(pow(x.fraction, power) * exp2(product_less(x.exponent, power, whole)));
	result.exponent += (int) whole;
	return result;
}

double
sc_wide_root(sc_wide x, double power)
{
	double		whole;

	x = centred(x);
	whole = rint(x.exponent / power);
	if (fabs(whole) > 4096)
		return whole > 0 ? INFINITY : 0;
	return ldexp(pow(x.fraction, 1 / power) * exp2(-product_less(whole, power, x.exponent) / power), (int) whole);
}

double
sc_wide_sqrt(sc_wide x)
{
	if (x.exponent & 1)
	{
		x.fraction *= 2;
		x.exponent--;
	}
	return ldexp(sqrt(x.fraction), x.exponent / 2);
}
