/*
 * framework_argument.c
 *		See framework_argument.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "compat.h"
#include "framework_argument.h"
#include "report.h"

#define CACHE_ENTRIES 4

typedef struct CacheEntry
{
	Size		key_size;
	char	   *key;			/* the argument's own bytes */
	sc_framework *framework;
} CacheEntry;

struct FrameworkCache
{
	MemoryContext context;
	CacheEntry	entries[CACHE_ENTRIES];
	int			next;			/* entry to replace */
	int			leaf_room;
	double	   *leaf_space;
	int			score_room;
	sc_node_score *score_space;
};

FrameworkCache *
framework_cache(FunctionCallInfo fcinfo)
{
	FrameworkCache *cache = fcinfo->flinfo->fn_extra;

	if (unlikely(cache == NULL))
	{
		cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FrameworkCache));
		cache->context = fcinfo->flinfo->fn_mcxt;
		fcinfo->flinfo->fn_extra = cache;
	}
	return cache;
}

static const sc_framework *
checked(const void *stored)
{
	const sc_framework *framework = stored;

	if (unlikely(VARSIZE(stored) < sizeof(sc_framework) ||
				 framework->version != SC_FRAMEWORK_VERSION ||
				 framework->size != VARSIZE(stored)))
		report_corrupted("index_framework");
	return framework;
}

static const sc_framework *
fetch(FrameworkCache *cache, struct varlena *stored)
{
	Size		key_size = VARSIZE_ANY(stored);
	CacheEntry *entry;
	MemoryContext caller;

	for (int i = 0; i < CACHE_ENTRIES; i++)
	{
		entry = &cache->entries[i];
		if (entry->key_size == key_size && memcmp(entry->key, stored, key_size) == 0)
			return entry->framework;
	}
	/* pointers into memory cannot be recognised again: use such a value once */
	if (VARATT_IS_EXTERNAL(stored) && !VARATT_IS_EXTERNAL_ONDISK(stored))
		return checked(PG_DETOAST_DATUM(PointerGetDatum(stored)));

	entry = &cache->entries[cache->next];
	cache->next = (cache->next + 1) % CACHE_ENTRIES;
	entry->key_size = 0;
	caller = MemoryContextSwitchTo(cache->context);
	if (entry->key != NULL)
		pfree(entry->key);
	entry->key = NULL;
	if (entry->framework != NULL)
		pfree(entry->framework);
	entry->framework = NULL;
	entry->framework = (sc_framework *) PG_DETOAST_DATUM_COPY(PointerGetDatum(stored));
	entry->key = palloc(key_size);
	MemoryContextSwitchTo(caller);
	memcpy(entry->key, stored, key_size);
	(void) checked(entry->framework);
	entry->key_size = key_size;
	return entry->framework;
}

const sc_framework *
framework_of_datum(FrameworkCache *cache, Datum datum)
{
	struct varlena *stored = (struct varlena *) DatumGetPointer(datum);

	if (likely(VARATT_IS_4B_U(stored)))
		return checked(stored);
	return fetch(cache, stored);
}

double *
framework_leaf_space(FrameworkCache *cache, const sc_framework *framework)
{
	if (unlikely(cache->leaf_room < framework->leaf_count))
	{
		if (cache->leaf_space != NULL)
			pfree(cache->leaf_space);
		cache->leaf_space = NULL;
		cache->leaf_room = 0;
		cache->leaf_space = MemoryContextAlloc(cache->context, sizeof(double) * framework->leaf_count);
		cache->leaf_room = framework->leaf_count;
	}
	return cache->leaf_space;
}

sc_node_score *
framework_score_space(FrameworkCache *cache, const sc_framework *framework)
{
	if (unlikely(cache->score_room < framework->node_count))
	{
		if (cache->score_space != NULL)
			pfree(cache->score_space);
		cache->score_space = NULL;
		cache->score_room = 0;
		cache->score_space = MemoryContextAlloc(cache->context, sizeof(sc_node_score) * framework->node_count);
		cache->score_room = framework->node_count;
	}
	return cache->score_space;
}
