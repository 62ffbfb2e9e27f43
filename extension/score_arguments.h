/*
 * score_arguments.h
 *		Arguments that functions of scores share. All raise 22023 for what they refuse.
 */
#ifndef SCORECARD_SCORE_ARGUMENTS_H
#define SCORECARD_SCORE_ARGUMENTS_H

#include "fmgr.h"

/* A number, not NaN nor infinite, minus zero as zero; `what` names it in the error. */
extern double finite_number(Datum datum, const char *what);

/* A finite number above 0. */
extern double positive_number(Datum datum, const char *what);

/* A text argument compared without a copy. */
extern bool word_is(Datum word, const char *expected);

/* Is lower better? The words are up and down. */
extern bool downward_direction(Datum word);

/* A result that is not finite is NULL. */
extern Datum finite_result(FunctionCallInfo fcinfo, double result);

#endif
