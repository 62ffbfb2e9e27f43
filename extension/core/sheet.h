/*
 * sheet.h
 *		One unit as known at one time: a raw value for each leaf of a leaf set.
 *
 * A sheet is a header and the values, in one of two layouts. Dense: one double
 * per leaf, a reserved NaN where the value is missing and another where the
 * leaf does not apply to the unit; it is what is computed on, and the state of
 * the aggregate. Packed: a bitmap of the leaves that are not missing and their
 * doubles alone; it is what is stored. Both say the same.
 */
#ifndef SC_SHEET_H
#define SC_SHEET_H

#include <math.h>
#include <string.h>

#include "error.h"
#include "framework.h"

#define SC_SHEET_VERSION 1
#define SC_SHEET_DENSE 1
#define SC_SHEET_PACKED 2
#define SC_SHEET_MAX_LEAVES SC_FRAMEWORK_MAX_NODES

typedef struct sc_sheet_header
{
	int32_t		length_word;	/* PostgreSQL's; not looked at here */
	uint8_t		version;
	uint8_t		layout;
	uint8_t		reserved[2];
	int32_t		leaf_count;
	int32_t		stored;			/* leaves with a value or the mark of not applying */
	uint8_t		leaf_set[SC_FINGERPRINT_SIZE];
} sc_sheet_header;

/* The header starts here for code that sees a sheet without its length word. */
#define SC_SHEET_BODY_OFFSET 4
#define SC_SHEET_BITMAP_SIZE(leaves) (((size_t) (leaves) + 63) / 64 * 8)
#define SC_SHEET_DENSE_SIZE(leaves) (sizeof(sc_sheet_header) + (size_t) (leaves) * 8)
#define SC_SHEET_PACKED_SIZE(leaves, stored) \
	(sizeof(sc_sheet_header) + SC_SHEET_BITMAP_SIZE(leaves) + (size_t) (stored) * 8)

/* The NaN that means missing; any NaN but the next is read as missing, this one is written. */
#define SC_MISSING_BITS UINT64_C(0x7FF8000000000001)

/* The NaN that means: the leaf does not apply to this unit. */
#define SC_NOT_APPLICABLE_BITS UINT64_C(0x7FF8000000000002)

static inline double
sc_double_of_bits(uint64_t bits)
{
	double		value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static inline double
sc_missing_value(void)
{
	return sc_double_of_bits(SC_MISSING_BITS);
}

static inline double
sc_not_applicable_value(void)
{
	return sc_double_of_bits(SC_NOT_APPLICABLE_BITS);
}

static inline bool
sc_value_is_not_applicable(double value)
{
	uint64_t	bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits == SC_NOT_APPLICABLE_BITS;
}

/* Neither a value nor the mark of a leaf that does not apply. */
static inline bool
sc_value_is_missing(double value)
{
	return isnan(value) && !sc_value_is_not_applicable(value);
}

static inline double *
sc_sheet_dense_values(sc_sheet_header *sheet)
{
	return (double *) (sheet + 1);
}

/* Fills a dense sheet of SC_SHEET_DENSE_SIZE(leaf_count) bytes with missing values; the length word is left alone. */
extern void sc_sheet_begin(sc_sheet_header *sheet, int leaf_count, const uint8_t *leaf_set);

/*
 * Reads the header of a sheet given without its length word, at any
 * alignment. False unless it is a sheet of this version and of this size.
 */
extern bool sc_sheet_header_read(const char *body, size_t size, sc_sheet_header *header);

/* Writes header->leaf_count doubles from either layout. */
extern void sc_sheet_expand(const char *body, const sc_sheet_header *header, double *values);

/* Packs dense values into SC_SHEET_PACKED_SIZE(...) bytes at `out`, header included; returns the size. */
extern size_t sc_sheet_pack(const sc_sheet_header *header, const double *values, sc_sheet_header *out);

/* Count of leaves that are not missing. */
extern int	sc_sheet_count(const double *values, int leaf_count);

/* -1, 0, 1 by leaf set, then leaf by leaf; missing comes before not applicable, and that before any value. */
extern int	sc_sheet_compare(const sc_sheet_header *x, const double *x_values,
							 const sc_sheet_header *y, const double *y_values);

/* ---- text: v1 <leaf set in hex> <leaves> {ordinal: value, ordinal: n/a, ...} ---- */

#define SC_SHEET_TEXT_SIZE(stored) (64 + (size_t) (stored) * 48)

extern long sc_sheet_print(const sc_sheet_header *header, const double *values, char *out);

/*
 * Reads text in two steps, because the number of leaves tells the room: first
 * the head, then the values from *position into leaf_count doubles.
 */
extern bool sc_sheet_scan_head(const char *text, long length, long *position,
							   sc_sheet_header *header, sc_error *error);
extern bool sc_sheet_scan_values(const char *text, long length, long position,
								 sc_sheet_header *header, double *values, sc_error *error);

#endif
