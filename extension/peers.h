/*
 * peers.h
 *		The values of a whole window partition, for window functions whose
 *		result depends on all of them, whatever the frame.
 *
 * Argument 0 of such a function is the value, the others are its parameters,
 * read for each row.
 */
#ifndef SCORECARD_PEERS_H
#define SCORECARD_PEERS_H

#include "fmgr.h"
#include "windowapi.h"

/* The window of a call; raises 0A000 for a call that is none and for IGNORE NULLS. */
extern WindowObject peers_window(FunctionCallInfo fcinfo);

/*
 * The values of the partition that are not null, into memory that lives as
 * long as `local`, which is the partition's local memory. NaN and infinity
 * raise 22023, more than 2^31 - 1 rows 54000.
 */
extern double *peers_values(WindowObject window, void *local, size_t *count);

/* The value of the current row; false if it is null. NaN and infinity raise 22023. */
extern bool peers_value(WindowObject window, double *value);

/* A parameter of the current row; null raises 22004 and names it. */
extern Datum peers_parameter(WindowObject window, int argument, const char *name);

#endif
