/*
 * arguments.h
 *		The types' values as the core sees them, read from function arguments.
 *
 * Views point into the (detoasted) datum: they live as long as it does.
 */
#ifndef SCORECARD_ARGUMENTS_H
#define SCORECARD_ARGUMENTS_H

#include "core/path.h"
#include "core/series.h"

/* Raise XX001 on bytes that are no value of the type. */
extern void target_path_view(Datum datum, sc_path *path);
extern void indicator_series_view(Datum datum, sc_series *series);

/* Packs points in any order into a new datum; NULL after a soft error. Errors of sc_series_pack. */
extern struct varlena *indicator_series_pack(sc_point *points, long count, Node *escontext);

/* A date argument within the usable range; `what` names it in the error. */
extern sc_date date_argument(Datum datum, const char *what);

/* The canonical text of a path, in the current memory context. */
extern char *target_path_text(const sc_path *path);

/* Parses and packs the text of a path; NULL after a soft error. `type` names what was read, for the position in errors. */
extern char *target_path_parse(const char *text, size_t length, size_t *size,
							   Node *escontext, const char *type);

#endif
