/*
 * module.c
 *		The library's identity.
 */
#include "postgres.h"

#include "fmgr.h"
#include "compat.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "scorecard", .version = SCORECARD_VERSION);
#else
PG_MODULE_MAGIC;
#endif
