/*
 * framework.h
 *		The method: a tree of nodes, checked, in one canonical order.
 *
 * A framework is one block of memory that is used as it lies: header, nodes
 * (depth first, siblings by code in byte order), the leaves by ordinal, a hash
 * table of leaf codes, the keys in order, and the texts. Leaf ordinal = rank
 * of the leaf's code in byte order. Equal node sets give equal bytes.
 */
#ifndef SC_FRAMEWORK_H
#define SC_FRAMEWORK_H

#include <stdint.h>

#include "path.h"
#include "score.h"

#define SC_FRAMEWORK_MAX_NODES 4096
#define SC_FRAMEWORK_MAX_DEPTH 64	/* the root has depth 1 here, 0 in the SQL column */
#define SC_FRAMEWORK_MAX_TEXT (1024 * 1024)

typedef enum sc_aggregation
{
	SC_ARITHMETIC = 0,
	SC_GEOMETRIC_MEAN,
	SC_HARMONIC,
	SC_MIN,
	SC_MAX,
	SC_SUM
} sc_aggregation;

typedef enum sc_missing_rule
{
	SC_REWEIGHT = 0,
	SC_ZERO,
	SC_PROPAGATE
} sc_missing_rule;

typedef enum sc_rule
{
	SC_NO_RULE = 0,				/* a node with children */
	SC_GOALPOSTS,
	SC_TARGET,
	SC_AS_IS
} sc_rule;

/* Keys of a node, as bits of sc_node.said: what the method's author wrote and is not a default. */
#define SC_SAID_WEIGHT			0x0001
#define SC_SAID_AGGREGATION		0x0002
#define SC_SAID_MISSING			0x0004
#define SC_SAID_MIN_COVERAGE	0x0008
#define SC_SAID_COVERAGE_BY_WEIGHT 0x0010
#define SC_SAID_WORST			0x0020
#define SC_SAID_BEST			0x0040
#define SC_SAID_LOG				0x0080
#define SC_SAID_UNCLAMPED		0x0100
#define SC_SAID_TARGET			0x0200
#define SC_SAID_DUE				0x0400
#define SC_SAID_MEASURE			0x0800
#define SC_SAID_AS_IS			0x1000
#define SC_SAID_LOWEST			0x2000
#define SC_SAID_FLOOR			0x4000
#define SC_SAID_CAP				0x8000
#define SC_SAID_INDICATOR		0x10000
#define SC_SAID_KEY				0x20000

/* One node as the author wrote it. Texts need not end in zero; parent NULL for the root. */
typedef struct sc_node_spec
{
	const char *code;
	size_t		code_length;
	const char *parent;
	size_t		parent_length;
	uint32_t	said;
	sc_aggregation aggregation;
	sc_missing_rule missing;
	sc_leaf_measure measure;
	double		weight;
	double		min_coverage;
	double		worst;
	double		best;
	double		lowest;
	double		floor;
	double		cap;
	sc_date		due;
	int64_t		key;
	const char *target;			/* packed path */
	size_t		target_size;
} sc_node_spec;

/*
 * One node as stored. Offsets count from the beginning of the framework. What
 * scoring reads of every node stands first, within 64 bytes.
 */
typedef struct sc_node
{
	int32_t		subtree;		/* nodes below and including this one: the next sibling is this far */
	int32_t		leaf;			/* ordinal, or -1 */
	uint32_t	said;
	uint8_t		rule;
	uint8_t		applicable;		/* has a target at its due date, or a child that counts and applies */
	uint8_t		aggregation;
	uint8_t		missing;
	double		scaled_weight;	/* weight times a power of two, the largest sibling in 0.5..1 */
	double		worst;
	double		best;
	double		min_coverage;
	double		lowest;
	double		floor;
	double		cap;
	double		weight;
	double		effective_weight;	/* share of the whole, before any re-weighting */
	sc_leaf_target target;
	double		parameter[2];	/* of aggregations to come; 0 */
	int64_t		key;
	int32_t		parent;			/* -1 for the root */
	uint8_t		depth;			/* 0 for the root */
	uint8_t		measure_said;
	uint8_t		reserved[2];
	sc_date		due_said;
	sc_date		due;			/* of a target leaf: the due date it is judged at */
	uint32_t	code_offset;
	uint32_t	code_length;
	uint32_t	target_offset;
	uint32_t	target_size;
	uint32_t	table_offset;	/* of score rules to come; 0 */
	uint32_t	table_size;
} sc_node;

/* A place in the hash table of leaf codes; empty where leaf is 0. */
typedef struct sc_code_slot
{
	uint32_t	hash;
	int32_t		leaf;			/* ordinal + 1 */
	uint32_t	code_offset;
	uint32_t	code_length;
} sc_code_slot;

typedef struct sc_key_entry
{
	int64_t		key;
	int32_t		leaf;
	int32_t		reserved;
} sc_key_entry;

#define SC_FRAMEWORK_VERSION 1
#define SC_FINGERPRINT_SIZE 16

typedef struct sc_framework
{
	int32_t		length_word;	/* PostgreSQL's; not looked at here */
	uint8_t		version;
	uint8_t		reserved[3];
	uint32_t	size;			/* of all, in bytes */
	int32_t		node_count;
	int32_t		leaf_count;
	int32_t		key_count;
	uint32_t	nodes_offset;
	uint32_t	leaves_offset;	/* int32 node index by ordinal */
	uint32_t	slots_offset;	/* sc_code_slot by hash, collisions in the next free place */
	uint32_t	slot_mask;
	uint32_t	keys_offset;	/* sc_key_entry ascending */
	uint32_t	reserved_word;
	uint8_t		leaf_set[SC_FINGERPRINT_SIZE];
	uint8_t		fingerprint[SC_FINGERPRINT_SIZE];
} sc_framework;

/* ---- building ---- */

typedef struct sc_framework_plan
{
	const sc_node_spec *specs;
	int			count;
	int			leaf_count;
	int			key_count;
	size_t		size;			/* bytes that sc_framework_write needs */
	int		   *order;			/* canonical position -> rank by code */
	int		   *parent;			/* canonical position -> canonical position */
	int		   *depth;
	const sc_node_spec **sorted;	/* by code */
	int		   *first_child;	/* by rank in sorted */
	int		   *next_sibling;
} sc_framework_plan;

/* Bytes of work space for sc_framework_plan_make. */
#define SC_FRAMEWORK_WORK_SIZE(n) ((size_t) (n) * (sizeof(void *) + 6 * sizeof(int)) + 64)

/*
 * Finds the tree in a list of nodes: codes, parents, one root, no cycle,
 * limits. `work` must outlive the plan. Errors: SC_FRAMEWORK_*.
 */
extern bool sc_framework_plan_make(const sc_node_spec *specs, int count, void *work,
								   sc_framework_plan *plan, sc_error *error);

/*
 * Checks every node and writes the framework into plan->size zeroed bytes,
 * aligned to 8. Fingerprints are left zero: the caller sets them.
 */
extern bool sc_framework_write(const sc_framework_plan *plan, char *out, sc_error *error);

/* ---- reading ---- */

static inline const sc_node *
sc_framework_nodes(const sc_framework *framework)
{
	return (const sc_node *) ((const char *) framework + framework->nodes_offset);
}

static inline const char *
sc_node_code(const sc_framework *framework, const sc_node *node)
{
	return (const char *) framework + node->code_offset;
}

/* Node index of a leaf. */
static inline int
sc_framework_leaf_node(const sc_framework *framework, int leaf)
{
	return ((const int32_t *) ((const char *) framework + framework->leaves_offset))[leaf];
}

/* Ordinal of a leaf code or key, or -1. */
extern int	sc_framework_find_leaf(const sc_framework *framework, const char *code, size_t length);
extern int	sc_framework_find_key(const sc_framework *framework, int64_t key);

/* Index of any node's code, or -1; looks at every node. */
extern int	sc_framework_find_node(const sc_framework *framework, const char *code, size_t length);

/* The node again as its author wrote it; texts point into the framework. */
extern void sc_framework_spec(const sc_framework *framework, int node, sc_node_spec *spec);

/* -1, 0, 1; 0 exactly for equal node sets. */
extern int	sc_framework_compare(const sc_framework *x, const sc_framework *y);

extern const char *sc_aggregation_word(int aggregation);
extern const char *sc_missing_word(int missing);
extern const char *sc_rule_word(int rule);
extern const char *sc_leaf_measure_word(int measure);
extern bool sc_aggregation_from_word(const char *word, size_t length, sc_aggregation *aggregation);
extern bool sc_missing_from_word(const char *word, size_t length, sc_missing_rule *missing);
extern bool sc_leaf_measure_from_word(const char *word, size_t length, sc_leaf_measure *measure);

#endif
