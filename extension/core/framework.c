/*
 * framework.c
 *		See framework.h.
 */
#include "framework.h"

#include <string.h>

/* ------------------------------------------------------------------ words */

static const char *const aggregation_words[] = {
	"arithmetic", "geometric", "harmonic", "min", "max", "sum",
	"power", "median", "product", "mpi_minus", "mpi_plus", "share_met", "worst_mean", NULL
};
static const char *const missing_words[] = {"reweight", "zero", "propagate", NULL};
static const char *const rule_words[] = {"none", "goalposts", "target", "as_is", "steps", "z_score", NULL};
static const char *const measure_words[] = {"", "level", "distance", "met", NULL};

static int
find_word(const char *const *words, const char *word, size_t length)
{
	for (int i = 0; words[i] != NULL; i++)
		if (length > 0 && strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
			return i;
	return -1;
}

const char *
sc_aggregation_word(int aggregation)
{
	return aggregation_words[aggregation];
}

const char *
sc_missing_word(int missing)
{
	return missing_words[missing];
}

const char *
sc_rule_word(int rule)
{
	return rule_words[rule];
}

const char *
sc_leaf_measure_word(int measure)
{
	return measure_words[measure];
}

bool
sc_aggregation_from_word(const char *word, size_t length, sc_aggregation *aggregation)
{
	int			i = find_word(aggregation_words, word, length);

	*aggregation = i < 0 ? SC_ARITHMETIC : i;
	return i >= 0;
}

bool
sc_missing_from_word(const char *word, size_t length, sc_missing_rule *missing)
{
	int			i = find_word(missing_words, word, length);

	*missing = i < 0 ? SC_REWEIGHT : i;
	return i >= 0;
}

bool
sc_leaf_measure_from_word(const char *word, size_t length, sc_leaf_measure *measure)
{
	int			i = find_word(measure_words, word, length);

	*measure = i < 0 ? SC_MEASURE_UNSAID : i;
	return i >= 0;
}

/* ---------------------------------------------------------------- reading */

static inline uint64_t
load(const char *bytes, size_t count)
{
	uint64_t	word = 0;

	memcpy(&word, bytes, count);
	return word;
}

/*
 * One multiplication for codes of up to sixteen bytes, whose first and last
 * eight cover them (in halves that may overlap); one more for every further
 * eight bytes of longer ones.
 */
static inline uint32_t
hash_code(const char *code, size_t length)
{
	uint64_t	hash = length;
	uint64_t	last;

	if (length >= 8)
	{
		last = load(code + length - 8, 8);
		hash ^= load(code, 8);
		for (size_t at = 8; at + 8 < length; at += 8)
		{
			hash = (hash ^ hash >> 32) * 0xFF51AFD7ED558CCDu;
			hash ^= load(code + at, 8);
		}
	}
	else if (length >= 4)
		last = load(code, 4) | load(code + length - 4, 4) << 32;
	else if (length > 0)
		last = load(code, 1) | load(code + length / 2, 1) << 8 | load(code + length - 1, 1) << 16;
	else
		last = 0;
	/* a product carries upwards only: fold the high half down first, so that every bit counts */
	hash ^= last << 29 | last >> 35;
	hash ^= hash >> 32;
	return (uint32_t) ((hash * 0xC4CEB9FE1A85EC53u) >> 32);
}

uint32_t
sc_code_hash(const char *code, size_t length)
{
	return hash_code(code, length);
}

static inline bool
same_code(const char *x, const char *y, size_t length)
{
	if (length < 8)
		return memcmp(x, y, length) == 0;
	for (size_t at = 0; at + 8 < length; at += 8)
		if (load(x + at, 8) != load(y + at, 8))
			return false;
	return load(x + length - 8, 8) == load(y + length - 8, 8);
}

int
sc_framework_find_leaf(const sc_framework *framework, const char *code, size_t length)
{
	const char *base = (const char *) framework;
	const sc_code_slot *slots = (const sc_code_slot *) (base + framework->slots_offset);
	uint32_t	hash = hash_code(code, length);
	const sc_code_slot *slot = &slots[hash & framework->slot_mask];

	while (slot->leaf != 0)
	{
		if (slot->hash == hash && slot->code_length == length &&
			same_code(base + slot->code_offset, code, length))
			return slot->leaf - 1;
		slot = &slots[(slot - slots + 1) & framework->slot_mask];
	}
	return -1;
}

int
sc_framework_find_key(const sc_framework *framework, int64_t key)
{
	const sc_key_entry *keys = (const sc_key_entry *) ((const char *) framework + framework->keys_offset);
	int			low = 0,
				high = framework->key_count - 1;

	while (low <= high)
	{
		int			middle = (low + high) / 2;

		if (keys[middle].key == key)
			return keys[middle].leaf;
		if (keys[middle].key < key)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -1;
}

int
sc_framework_find_node(const sc_framework *framework, const char *code, size_t length)
{
	const sc_node *nodes = sc_framework_nodes(framework);

	for (int i = 0; i < framework->node_count; i++)
		if (nodes[i].code_length == length &&
			memcmp(sc_node_code(framework, &nodes[i]), code, length) == 0)
			return i;
	return -1;
}

int
sc_framework_compare(const sc_framework *x, const sc_framework *y)
{
	int			order;

	if (x->node_count != y->node_count)
		return x->node_count < y->node_count ? -1 : 1;
	order = memcmp(x->fingerprint, y->fingerprint, SC_FINGERPRINT_SIZE);
	return (order > 0) - (order < 0);
}
