/*
 * exact.h
 *		Sums of floating-point numbers without rounding, and their exact quotients.
 *
 * A sum is an integer times a power of two, held in bins: bin b counts units of
 * 2^(32 b), and a term m * 2^e with |m| < 2^53 goes, shifted, into the one bin
 * e / 32. So adding is an integer addition: associative, commutative and undone
 * by adding -m. exact.c tells why nothing is ever lost.
 */
#ifndef SC_EXACT_H
#define SC_EXACT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* ---- terms ---- */

/* mantissa * 2^exponent, |mantissa| < 2^53. */
typedef struct sc_term
{
	int64_t		mantissa;
	int			exponent;
} sc_term;

/* A finite double, exactly; subnormal numbers too. */
static inline sc_term
sc_term_of(double x)
{
	sc_term		term;
	uint64_t	bits;
	int			field;

	memcpy(&bits, &x, sizeof(bits));
	field = (int) (bits >> 52) & 0x7FF;
	term.mantissa = (int64_t) (bits & ((UINT64_C(1) << 52) - 1));
	if (field != 0)
		term.mantissa |= INT64_C(1) << 52;
	else
		field = 1;
	if ((int64_t) bits < 0)
		term.mantissa = -term.mantissa;
	term.exponent = field - 1075;
	return term;
}

/*
 * Is a product or quotient, rounded to double, rounded to 53 bits? Not if it is
 * infinite, subnormal, or the least normal number, which a subnormal one may
 * have been rounded up to.
 */
static inline bool
sc_rounded_to_53_bits(double x)
{
	uint64_t	bits;

	memcpy(&bits, &x, sizeof(bits));
	return ((unsigned) (bits >> 52) & 0x7FF) - 2 <= 2046 - 2;
}

extern sc_term sc_term_product_wide(double a, double b);
extern sc_term sc_term_quotient_wide(double a, double b);

/* a * b of finite numbers, rounded once to 53 bits, whatever its exponent. */
static inline sc_term
sc_term_product(double a, double b)
{
	double		product = a * b;

	return sc_rounded_to_53_bits(product) ? sc_term_of(product) : sc_term_product_wide(a, b);
}

/* a / b of finite numbers, b not 0, likewise. */
static inline sc_term
sc_term_quotient(double a, double b)
{
	double		quotient = a / b;

	return sc_rounded_to_53_bits(quotient) ? sc_term_of(quotient) : sc_term_quotient_wide(a, b);
}

/* The exact product of two terms, 106 bits: at most two terms that are not 0. Returns their number. */
extern int	sc_term_multiply(sc_term a, sc_term b, sc_term product[2]);

/* a * b * b exactly, 159 bits: at most three terms. */
extern int	sc_term_multiply_square(sc_term a, sc_term b, sc_term product[3]);

/* ---- bins ---- */

#define SC_BIN_BITS 32

/* A 128-bit integer in two's complement; aligned as its halves, so that it may lie in stored values. */
typedef struct sc_bin
{
	uint64_t	low;
	int64_t		high;
} sc_bin;

/* So many terms may be added to a bin before its sum must be carried on. */
#define SC_BIN_LOAD (INT64_C(1) << 40)

static inline int
sc_bin_of(int exponent)
{
	return exponent >> 5;
}

/* Adds mantissa * 2^(exponent mod 32) to the bin of the exponent. */
static inline void
sc_bin_add(sc_bin *bin, int64_t mantissa, int exponent)
{
	int			shift = exponent & (SC_BIN_BITS - 1);
	uint64_t	low = (uint64_t) mantissa << shift;

	bin->low += low;
	bin->high += ((mantissa >> 32) >> (32 - shift)) + (bin->low < low);
}

static inline void
sc_bin_merge(sc_bin *bin, const sc_bin *other)
{
	bin->low += other->low;
	bin->high += other->high + (bin->low < other->low);
}

/* ---- integers ---- */

/*
 * sign * (sum of digits[i] * 2^(32 (position + i))), canonical: sign is -1, 0 or
 * 1, first and last digit are not 0, and 0 has no digits and position 0. The
 * digits lie in the caller's memory: each function says how many it may need.
 */
typedef struct sc_integer
{
	uint32_t   *digits;
	int			count;
	int			position;
	int			sign;
} sc_integer;

/* Digits that the sum of `count` bins may need. */
#define SC_INTEGER_DIGITS(count) ((count) + 5)

/* The value of bins base .. base + count - 1, none with more than SC_BIN_LOAD terms. */
extern void sc_integer_of_bins(const sc_bin *bins, int base, int count, uint32_t *digits, sc_integer *out);

/* Brings digits in any form into the canonical one, in place. */
extern void sc_integer_trim(sc_integer *x);

/* Into a->count + b->count digits. */
extern void sc_integer_multiply(const sc_integer *a, const sc_integer *b, uint32_t *digits, sc_integer *out);

/* a * factor, into a->count + 2 digits. */
extern void sc_integer_scale(const sc_integer *a, uint64_t factor, uint32_t *digits, sc_integer *out);

/* Digits for a + b: from the lowest to above the highest. */
extern int	sc_integer_sum_digits(const sc_integer *a, const sc_integer *b);

/* a + sign * b, sign 1 or -1. */
extern void sc_integer_add(const sc_integer *a, const sc_integer *b, int sign, uint32_t *digits, sc_integer *out);

/* ---- quotients ---- */

/* fraction * 2^exponent; fraction is 0 or 0.5 <= |fraction| < 1: a double with an exponent that cannot overflow. */
typedef struct sc_wide
{
	double		fraction;
	int			exponent;
} sc_wide;

extern sc_wide sc_wide_of(double x);

/* Digits of work for a quotient. */
#define SC_QUOTIENT_DIGITS(denominator_digits) (2 * (denominator_digits) + 8)

/*
 * a / b, b not 0, rounded once to the nearest double, ties to even, subnormal
 * numbers too; infinite if beyond double. Never -0 for a = 0.
 */
extern double sc_integer_quotient(const sc_integer *a, const sc_integer *b, uint32_t *work);

/* The same rounded to 53 bits, whatever the exponent. */
extern sc_wide sc_integer_quotient_wide(const sc_integer *a, const sc_integer *b, uint32_t *work);

/* ---- powers of wide numbers ---- */

/* x^power for x > 0, |power| <= 100, |x.exponent| < 2^18; within a few units of the 53rd bit. */
extern sc_wide sc_wide_power(sc_wide x, double power);

/* x^(1 / power) for x > 0 as a double, 1e-4 < |power| <= 100; 0 or infinite where that is not in its range. */
extern double sc_wide_root(sc_wide x, double power);

/* sqrt(x) for x >= 0, the same. */
extern double sc_wide_sqrt(sc_wide x);

#endif
