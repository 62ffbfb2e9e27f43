/*
 * sparkline.h
 *		Numbers as pictures of one line: a series as bars, a share as a bar.
 *
 * Texts are UTF-8 and made of block elements, U+2581 to U+258F, three bytes
 * each.
 */
#ifndef SC_SPARKLINE_H
#define SC_SPARKLINE_H

#include "series.h"

#define SC_TEXT_WIDTH_MAX 1000

/* Room for a text of so many characters, with its end. */
#define SC_BLOCKS_SIZE(width) (3 * (size_t) (width) + 1)

/*
 * `width` bars from lowest (one eighth) to highest (full), in equal steps
 * between the least and the greatest of them; middle bars if all are equal.
 * Bar i stands for the mean of the points count * i / width up to the next
 * bar's, or for the point there where bars outnumber points. Dates play no
 * part: a gap is not shown. No bars for an empty series. Returns the length.
 */
extern size_t sc_sparkline(const sc_series *series, int width, char *out);

/*
 * `width` characters, of which the share percent / 100, from 0 to 1, is filled
 * from the left in whole eighths, rounded down, so that only 100 is full.
 * Blanks fill the rest. Returns the length.
 */
extern size_t sc_progress_bar(double percent, int width, char *out);

#endif
