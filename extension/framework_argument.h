/*
 * framework_argument.h
 *		A framework as a function argument, usable as it lies.
 *
 * A framework that is stored out of line would be fetched for every row; the
 * per-query cache in fn_extra keeps the last few fetched ones, recognised by
 * the bytes of the argument itself (TOAST pointer or compressed datum). One
 * that lies in line is used where it is. The cache is only a cache.
 */
#ifndef SCORECARD_FRAMEWORK_ARGUMENT_H
#define SCORECARD_FRAMEWORK_ARGUMENT_H

#include "nodes/nodes.h"

#include "compat.h"
#include "core/framework.h"
#include "core/framework_build.h"
#include "core/tree.h"

/* The bytes of a TOAST pointer: a value of its own, of fixed size. */
#define FRAMEWORK_POINTER_SIZE (VARHDRSZ_EXTERNAL + sizeof(varatt_external))

#define FRAMEWORK_CACHE_ENTRIES 4

typedef struct FrameworkCacheEntry
{
	Size		key_size;
	char	   *key;			/* the argument's own bytes */
	sc_framework *framework;
} FrameworkCacheEntry;

/* Kept in fn_extra of functions that take a framework: fetched ones, and work space to evaluate in. */
typedef struct FrameworkCache
{
	MemoryContext context;
	FrameworkCacheEntry entries[FRAMEWORK_CACHE_ENTRIES];
	int			next;			/* entry to replace */
	char		last_pointer[FRAMEWORK_POINTER_SIZE];	/* TOAST pointer met last, zero if none */
	const sc_framework *last;	/* what it leads to */
	int			leaf_room;
	double	   *leaf_space;
	int			score_room;
	sc_node_score *score_space;
} FrameworkCache;

extern FrameworkCache *framework_cache_new(FunctionCallInfo fcinfo);

static inline FrameworkCache *
framework_cache(FunctionCallInfo fcinfo)
{
	FrameworkCache *cache = fcinfo->flinfo->fn_extra;

	return likely(cache != NULL) ? cache : framework_cache_new(fcinfo);
}

extern const sc_framework *framework_fetch(FrameworkCache *cache, struct varlena *stored);
pg_noreturn extern void framework_corrupted(void);

/* Raises XX001 unless the bytes are a framework of this version. */
static inline const sc_framework *
framework_checked(const void *stored)
{
	const sc_framework *framework = stored;

	if (unlikely(VARSIZE(stored) < sizeof(sc_framework) ||
				 framework->version != SC_FRAMEWORK_VERSION ||
				 framework->size != VARSIZE(stored)))
		framework_corrupted();
	return framework;
}

/* The framework of a datum; valid until the cache has met several others. Raises XX001 on foreign bytes. */
static inline const sc_framework *
framework_of_datum(FrameworkCache *cache, Datum datum)
{
	struct varlena *stored = (struct varlena *) DatumGetPointer(datum);

	if (likely(VARATT_IS_4B_U(stored)))
		return framework_checked(stored);
	if (likely(VARATT_IS_EXTERNAL_ONDISK(stored) &&
			   memcmp(stored, cache->last_pointer, FRAMEWORK_POINTER_SIZE) == 0))
		return cache->last;
	return framework_fetch(cache, stored);
}

/* Work space for a framework: doubles by leaf, scores and doubles by node. Valid until the next call. */
extern double *framework_leaf_space(FrameworkCache *cache, const sc_framework *framework);
extern sc_node_score *framework_score_space(FrameworkCache *cache, const sc_framework *framework);

/*
 * Checks and builds a framework with both fingerprints; NULL after a soft
 * error. Errors: those of the core, 54000 if its text is too long.
 */
extern sc_framework *framework_build(const sc_node_spec *specs, int count, Node *escontext);

/* In hexadecimal. */
extern char *fingerprint_text(const uint8 *bytes);

/* Raises 22023: no node has that code. */
pg_noreturn extern void report_unknown_node(const char *code, size_t length);

/* A node's code as text. */
extern Datum node_code_datum(const sc_framework *framework, const sc_node *node);

/* Canonical JSON text of all nodes, and of one, NUL-terminated. */
extern char *framework_text(const sc_framework *framework);
extern char *framework_node_text(const sc_framework *framework, int node);

/* ---- framework_json.c ---- */

struct JsonbContainer;

/* Reads the node list of a framework; false after a soft error. */
extern bool framework_specs_from_json(struct JsonbContainer *list, sc_node_spec **specs, int *count, Node *escontext);

/* Reads the keys of a rule object (all but code and parent) into a spec; texts are copied. */
extern bool framework_rule_from_json(struct JsonbContainer *object, sc_node_spec *spec, Node *escontext);

#endif
