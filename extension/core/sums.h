/*
 * sums.h
 *		The sums behind means, shares and moments of weighted rows, and their results.
 *
 * A sc_sums holds, exactly, the sum of the weights and one or two sums of terms,
 * with the number of rows and the least and greatest value. Its size depends on
 * the magnitudes it has met, never on the number of rows. The kind says what the
 * terms are:
 *
 *		kind			sums of										result
 *		mean			w, w * x									sum w x / sum w, sum w x
 *		geometric		w, w * ln x									exp of the quotient
 *		harmonic		w, w / x									its inverse
 *		power			w, w * x^p (see sc_sums_power_row)			(sum w x^p / sum w)^(1/p)
 *		coverage		w, w where there is a score					their quotient
 *		outranking		w, w where x > y, w / 2 where x = y			their quotient
 *		moments			w, w * x, w * x * x							variance, Mazziotta-Pareto indices
 *
 * A term is rounded once to 53 bits; those of coverage, outranking and moments
 * are exact. Everything after the terms is exact up to the result: the same rows
 * give the same bits in any order and any division into parts.
 */
#ifndef SC_SUMS_H
#define SC_SUMS_H

#include "error.h"
#include "exact.h"

typedef enum sc_sums_kind
{
	SC_SUMS_MEAN = 1,
	SC_SUMS_GEOMETRIC,
	SC_SUMS_HARMONIC,
	SC_SUMS_POWER,
	SC_SUMS_COVERAGE,
	SC_SUMS_OUTRANKING,
	SC_SUMS_MOMENTS
} sc_sums_kind;

#define SC_SUMS_VERSION 1
#define SC_SUMS_MOST 3			/* sums in a kind */
#define SC_SUMS_GREATEST_POWER 100

/* As it lies in memory and on disk; at a multiple of 8 bytes. */
typedef struct sc_sums
{
	uint32_t	header;			/* the length word of the stored form */
	uint8_t		version;
	uint8_t		kind;
	uint16_t	reserved;		/* 0 */
	double		parameter;		/* power: p; moments: 1 for the sample variance; else 0 */
	int64_t		rows;			/* that count: value and weight known, weight above 0 */
	int64_t		zeros;			/* rows with a value of 0 and ... */
	int64_t		negatives;		/* ... below 0, where the kind minds */
	double		least;			/* value; infinity without rows, 0 where the kind does not mind */
	double		greatest;		/* value; -infinity without rows */
	int64_t		load;			/* most terms in a bin since the last carry */
	int16_t		base[SC_SUMS_MOST];	/* first bin of each sum ... */
	int16_t		count[SC_SUMS_MOST];	/* ... and how many there are, in `bins` one sum after the other */
	uint32_t	padding;		/* 0 */
	sc_bin		bins[];
} sc_sums;

#define SC_SUMS_SIZE(bin_count) (sizeof(sc_sums) + sizeof(sc_bin) * (size_t) (bin_count))

/* ---- rows ---- */

#define SC_ROW_MOST 6

/* What one row brings: the first term belongs to sum 0, `seconds` terms after it to sum 1, the rest to sum 2. */
typedef struct sc_row
{
	double		value;			/* for the least and greatest; 0 where the kind does not mind */
	bool		zero;
	bool		negative;
	int			count;
	int			seconds;
	sc_term		terms[SC_ROW_MOST];
} sc_row;

/* Rows for each kind; value finite, weight finite and above 0. */

static inline void
sc_sums_row(sc_row *row, double value, double weight, sc_term term)
{
	row->value = value + 0.0;	/* -0 becomes 0 */
	row->zero = row->negative = false;
	row->count = 2;
	row->seconds = 1;
	row->terms[0] = sc_term_of(weight);
	row->terms[1] = term;
}

static inline void
sc_sums_mean_row(sc_row *row, double value, double weight)
{
	sc_sums_row(row, value, weight, sc_term_product(value, weight));
}

extern void sc_sums_geometric_row(sc_row *row, double value, double weight);
extern void sc_sums_harmonic_row(sc_row *row, double value, double weight);

/* |power| <= SC_SUMS_GREATEST_POWER. */
extern void sc_sums_power_row(sc_row *row, double value, double weight, double power);

/* share: 0, 0.5 or 1 of the weight. */
static inline void
sc_sums_share_row(sc_row *row, double weight, double share)
{
	sc_term		term = sc_term_of(weight);

	if (share == 0)
		term.mantissa = 0;
	else if (share < 1)
		term.exponent--;
	sc_sums_row(row, 0, weight, term);
}

extern void sc_sums_moments_row(sc_row *row, double value, double weight);

/* ---- adding ---- */

/* The bin of sum 0, 1 or 2 for an exponent; NULL if the sums have none. */
static inline sc_bin *
sc_sums_bin(sc_sums *sums, int sum, int exponent)
{
	int			bin = sc_bin_of(exponent) - sums->base[sum];

	if ((unsigned) bin >= (unsigned) sums->count[sum])
		return NULL;
	if (sum > 0)
		bin += sums->count[0];
	if (sum > 1)
		bin += sums->count[1];
	return &sums->bins[bin];
}

static inline void
sc_sums_count(sc_sums *sums, const sc_row *row)
{
	sums->rows++;
	sums->zeros += row->zero;
	sums->negatives += row->negative;
	sums->load++;
	if (row->value < sums->least)
		sums->least = row->value;
	if (row->value > sums->greatest)
		sums->greatest = row->value;
}

/* Adds a row of any kind; false, and nothing changed, if that needs other bins (sc_sums_grow). */
extern bool sc_sums_add_terms(sc_sums *sums, const sc_row *row);

/* The same in line for rows of two terms, of which the second may be 0. */
static inline bool
sc_sums_add_pair(sc_sums *sums, const sc_row *row)
{
	sc_bin	   *first = sc_sums_bin(sums, 0, row->terms[0].exponent);
	sc_bin	   *second = sc_sums_bin(sums, 1, row->terms[1].exponent);

	if (first == NULL || (second == NULL && row->terms[1].mantissa != 0) || sums->load >= SC_BIN_LOAD)
		return false;
	sc_bin_add(first, row->terms[0].mantissa, row->terms[0].exponent);
	if (second != NULL)
		sc_bin_add(second, row->terms[1].mantissa, row->terms[1].exponent);
	sc_sums_count(sums, row);
	return true;
}

/* Takes a row out that was added; least and greatest stay. False as above: only the load can ask for it. */
extern bool sc_sums_remove(sc_sums *sums, const sc_row *row);

/* ---- room ---- */

/* Bins for each sum: the first, and how many. */
typedef struct sc_sums_plan
{
	int			base[SC_SUMS_MOST];
	int			count[SC_SUMS_MOST];
	bool		carry;			/* bins hold so many terms that their sums must be carried on */
} sc_sums_plan;

/* Bytes of sums that a plan makes. */
extern size_t sc_sums_plan_size(const sc_sums_plan *plan);

/* What a row of the kind, or the row added to the sums (or taken out), needs. `sums` may be NULL. */
extern void sc_sums_plan_row(const sc_sums *sums, const sc_row *row, sc_sums_plan *plan);

/* What both together need; false if the first has all of it. */
extern bool sc_sums_plan_merge(const sc_sums *sums, const sc_sums *other, sc_sums_plan *plan);

/* Sums without rows, into memory of the plan's size. The length word is the caller's. */
extern void sc_sums_begin(sc_sums *sums, sc_sums_kind kind, double parameter, const sc_sums_plan *plan);

/* The same sums in new memory of the plan's size, which has all bins that `from` uses; work: sc_sums_digits(from). */
extern void sc_sums_move(const sc_sums *from, const sc_sums_plan *plan, sc_sums *to, uint32_t *work);

/* Adds all rows of `other`, of the same kind and parameter, after sc_sums_plan_merge. SC_SUMS_ROWS. */
extern bool sc_sums_merge(sc_sums *sums, const sc_sums *other, sc_error *error);

/* Are the bytes sums, of any kind, complete? Numbers in them are not looked at. */
extern bool sc_sums_valid(const void *bytes, size_t size);

/* ---- results ---- */

/* Digits of work for a result or a canonical form of the sums. */
extern size_t sc_sums_digits(const sc_sums *sums);

/*
 * NaN where there is no result: no rows, a negative value in a geometric,
 * harmonic or power mean, a mean not above 0 in an index, a sample of one row.
 * Means are within their values, and never -0; where a value is 0, geometric and
 * harmonic means are, and power means of a power of 0 or less.
 */
extern double sc_sums_mean(const sc_sums *sums, uint32_t *work);

/* The sum of the terms of a mean, rounded once; infinite beyond double, never -0. */
extern double sc_sums_total(const sc_sums *sums, uint32_t *work);

/* The quotient of coverage and outranking, 0 to 1, rounded once. */
extern double sc_sums_share(const sc_sums *sums, uint32_t *work);

/*
 * Population standard deviation sqrt(sum w (x - mean)^2 / sum w): the root of the
 * exact variance rounded to 53 bits, so within 0.8 units in the last place, 1.3
 * below the normal numbers.
 */
extern double sc_sums_deviation(const sc_sums *sums, uint32_t *work);

/*
 * Mazziotta-Pareto index M - S^2 / M for sign -1, M + S^2 / M for 1, rounded
 * once; infinite beyond double. S^2 is the population variance, or n / (n - 1)
 * times it for the n rows of a sample. Mazziotta and Pareto 2016, "On a
 * generalized non-compensatory composite index for measuring socio-economic
 * phenomena", Social Indicators Research 127.
 */
extern double sc_sums_mazziotta_pareto(const sc_sums *sums, int sign, uint32_t *work);

/* ---- canonical form and text ---- */

/* Equal for equal sums, whatever bins they have. Without rows all numbers but the parameter are 0. */
typedef struct sc_sums_value
{
	sc_sums_kind kind;
	double		parameter;
	int64_t		rows;
	int64_t		zeros;
	int64_t		negatives;
	double		least;
	double		greatest;
	sc_integer	sums[SC_SUMS_MOST];
} sc_sums_value;

extern int	sc_sums_of_kind(sc_sums_kind kind);

/* The digits lie in work, sc_sums_digits(sums) of them. */
extern void sc_sums_unpack(const sc_sums *sums, uint32_t *work, sc_sums_value *value);

/*
 * A value from outside as sums: checked, whatever it says, so that what is
 * accepted can be merged, printed and read back. SC_SUMS_NUMBERS.
 */
extern bool sc_sums_check(const sc_sums_value *value, sc_error *error);
extern size_t sc_sums_pack_size(const sc_sums_value *value);
extern void sc_sums_pack(const sc_sums_value *value, sc_sums *sums);

/* Bytes that the text of a value may need, with the terminating 0. */
extern size_t sc_sums_text_size(const sc_sums_value *value);

/*
 * v1 mean {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: 1, greatest: 4, sums: [0x2p0, 0x5p0]}
 * with sums as hexadecimal integers times a power of two. Returns the length.
 */
extern size_t sc_sums_print(const sc_sums_value *value, char *text);

/* Digits of work to read a text of that length. */
#define SC_SUMS_SCAN_DIGITS(length) ((size_t) (length) / 8 + 2 * SC_SUMS_MOST)

/* Reads what sc_sums_print writes and checks it. SC_EXPECTED, errors of numbers, SC_SUMS_NUMBERS. */
extern bool sc_sums_scan(const char *text, long length, uint32_t *work, sc_sums_value *value, sc_error *error);

#endif
