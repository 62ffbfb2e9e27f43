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

FrameworkCache *
framework_cache_new(FunctionCallInfo fcinfo)
{
	FrameworkCache *cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FrameworkCache));

	cache->context = fcinfo->flinfo->fn_mcxt;
	fcinfo->flinfo->fn_extra = cache;
	return cache;
}

void
framework_corrupted(void)
{
	report_corrupted("index_framework");
}

void
report_unknown_node(const char *code, size_t length)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("code \"%s\" is no node of the framework", quotable(code, length)),
			 errhint("The codes: SELECT code FROM nodes(framework).")));
}

const sc_framework *
framework_fetch(FrameworkCache *cache, struct varlena *stored)
{
	Size		key_size = VARSIZE_ANY(stored);
	FrameworkCacheEntry *entry = NULL;
	MemoryContext caller;

	/* pointers into memory cannot be recognised again: use such a value once */
	if (VARATT_IS_EXTERNAL(stored) && !VARATT_IS_EXTERNAL_ONDISK(stored))
		return framework_checked(PG_DETOAST_DATUM(PointerGetDatum(stored)));

	for (int i = 0; i < FRAMEWORK_CACHE_ENTRIES && entry == NULL; i++)
		if (cache->entries[i].key_size == key_size &&
			memcmp(cache->entries[i].key, stored, key_size) == 0)
			entry = &cache->entries[i];
	if (entry == NULL)
	{
		entry = &cache->entries[cache->next];
		cache->next = (cache->next + 1) % FRAMEWORK_CACHE_ENTRIES;
		/* an error on the way must leave nothing half replaced */
		entry->key_size = 0;
		if (cache->last == entry->framework)
			memset(cache->last_pointer, 0, FRAMEWORK_POINTER_SIZE);
		if (entry->key != NULL)
			pfree(entry->key);
		entry->key = NULL;
		if (entry->framework != NULL)
			pfree(entry->framework);
		entry->framework = NULL;
		caller = MemoryContextSwitchTo(cache->context);
		entry->framework = (sc_framework *) PG_DETOAST_DATUM_COPY(PointerGetDatum(stored));
		entry->key = palloc(key_size);
		MemoryContextSwitchTo(caller);
		(void) framework_checked(entry->framework);
		memcpy(entry->key, stored, key_size);
		entry->key_size = key_size;
	}
	if (VARATT_IS_EXTERNAL(stored))
	{
		memcpy(cache->last_pointer, stored, FRAMEWORK_POINTER_SIZE);
		cache->last = entry->framework;
	}
	return entry->framework;
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
