/*
 * number.h
 *		Numbers as text: read exactly, printed shortest.
 */
#ifndef SC_NUMBER_H
#define SC_NUMBER_H

#include "error.h"

#define SC_NUMBER_TEXT_SIZE 32

/* What may follow a number directly; elsewhere "7,5" and "60%" are errors that say so. */
#define SC_BEFORE_PERCENT	0x01
#define SC_BEFORE_COMMA		0x02

/*
 * Reads [+-] digits [. digits] [e [+-] digits] at text[*position] and advances.
 * -0 becomes 0. Errors: SC_NUMBER_FORM, SC_NUMBER_COMMA, SC_NUMBER_PERCENT,
 * SC_NUMBER_RANGE for overflow, and for underflow
 * to zero of a number that is not zero.
 */
extern bool sc_number_scan(const char *text, long length, long *position,
						   int followers, double *number, sc_error *error);

/*
 * The number that a whole text is, as files of data write it: as
 * sc_number_scan reads it, and ".5" and "5." too. False for any other text,
 * and where sc_number_scan says SC_NUMBER_RANGE.
 */
extern bool sc_number_whole(const char *text, long length, double *number);

/*
 * Shortest decimal that reads back as the same double (PostgreSQL's own
 * algorithm); `out` holds SC_NUMBER_TEXT_SIZE bytes. Returns the length.
 */
extern int	sc_number_print(double number, char *out);

/* Bytes of text to quote in a message about position `at`: to the end, at most 40. */
extern long sc_excerpt(long length, long at);

#endif
