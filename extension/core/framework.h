/*
 * framework.h
 *		The method: a tree of nodes, checked, in one canonical order.
 *
 * A framework is one block of memory that is used as it lies: header, nodes
 * (depth first, siblings by code in byte order), the leaves by ordinal, a hash
 * table of leaf codes, the keys in order, the points tables, and the texts.
 * Leaf ordinal = rank of the leaf's code in byte order. Equal node sets give
 * equal bytes. framework_build.h makes frameworks.
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
	SC_SUM,
	SC_POWER_MEAN,
	SC_MEDIAN,
	SC_PRODUCT,
	SC_MPI_MINUS,				/* Mazziotta-Pareto, penalty subtracted: high is good */
	SC_MPI_PLUS,				/* penalty added: high is bad */
	SC_SHARE_MET,
	SC_WORST_MEAN				/* plain mean of the lowest scores */
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
	SC_AS_IS,
	SC_STEPS,
	SC_Z_SCORE
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
#define SC_SAID_POWER			0x40000
#define SC_SAID_COUNT			0x80000
#define SC_SAID_SAMPLE			0x100000
#define SC_SAID_BONUS			0x200000
#define SC_SAID_ADDED			0x400000
#define SC_SAID_HIGHEST			0x800000
#define SC_SAID_MEAN			0x1000000
#define SC_SAID_SD				0x2000000
#define SC_SAID_DOWN			0x4000000
#define SC_SAID_SCORE_MEAN		0x8000000
#define SC_SAID_SCORE_SD		0x10000000
#define SC_SAID_THRESHOLDS		0x20000000
#define SC_SAID_POINTS			0x40000000
#define SC_SAID_UNREADABLE		0x80000000u	/* has faults that were reported: not to be checked further, never stored */

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
	double		scaled_weight;	/* weight times a power of two, the largest sibling in 0.5..1; 0 where added */
	double		worst;			/* of a z-score the mean */
	double		best;			/* of a z-score the standard deviation */
	double		min_coverage;
	double		lowest;
	double		highest;
	double		floor;
	double		cap;
	double		bonus;
	double		weight;
	double		effective_weight;	/* share of the whole, before any re-weighting */
	sc_leaf_target target;
	double		parameter[2];	/* power or count of a parent; mean and standard deviation of z-scores' scale */
	int64_t		key;
	int32_t		parent;			/* -1 for the root */
	uint8_t		depth;			/* 0 for the root */
	uint8_t		measure_said;
	uint8_t		has_added;		/* a child's score is added to the aggregate */
	uint8_t		reserved;
	sc_date		due_said;
	sc_date		due;			/* of a target leaf: the due date it is judged at */
	uint32_t	code_offset;
	uint32_t	code_length;
	uint32_t	target_offset;
	uint32_t	target_size;
	uint32_t	table_offset;	/* thresholds of steps, ascending, then one point more than thresholds */
	uint32_t	table_size;		/* number of thresholds */
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

/* ---- reading ---- */

static inline const sc_node *
sc_framework_nodes(const sc_framework *framework)
{
	return (const sc_node *) ((const char *) framework + framework->nodes_offset);
}

/* Thresholds of a leaf with steps; its points follow them. */
static inline const double *
sc_node_thresholds(const sc_framework *framework, const sc_node *node)
{
	return (const double *) ((const char *) framework + node->table_offset);
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

/* Hash of a code, as the slots have it. */
extern uint32_t sc_code_hash(const char *code, size_t length);

/* Index of any node's code, or -1; looks at every node. */
extern int	sc_framework_find_node(const sc_framework *framework, const char *code, size_t length);

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
