/*
 * framework_build.h
 *		From a list of nodes, as their author wrote them, to a framework, and back.
 */
#ifndef SC_FRAMEWORK_BUILD_H
#define SC_FRAMEWORK_BUILD_H

#include "framework.h"

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
	double		highest;
	double		floor;
	double		cap;
	double		bonus;
	double		power;
	double		mean;
	double		sd;
	double		score_mean;
	double		score_sd;
	sc_date		due;
	int64_t		key;
	int			count;			/* of worst_mean */
	int			threshold_count;
	int			point_count;
	const double *thresholds;
	const double *points;
	const char *target;			/* packed path */
	size_t		target_size;
} sc_node_spec;

typedef struct sc_framework_plan
{
	const sc_node_spec *specs;
	int			count;
	int			leaf_count;
	int			key_count;
	size_t		table_size;		/* bytes of thresholds and points */
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
 * Where faults go. Without `report` the first one stops the work and stays in
 * `error`; with it every fault is reported with the node it was found at (NULL
 * if at none), and the work goes on as far as it makes sense.
 */
typedef struct sc_faults
{
	sc_error   *error;
	void		(*report) (void *context, const sc_node_spec *node, const sc_error *error);
	void	   *context;
	int			count;
} sc_faults;

/*
 * Finds the tree in a list of nodes: codes, parents, one root, no cycle,
 * limits. `work` must outlive the plan. Errors: SC_FRAMEWORK_*. False if there
 * is no tree, or, where faults are reported, if there was any fault.
 */
extern bool sc_framework_plan_make(const sc_node_spec *specs, int count, void *work,
								   sc_framework_plan *plan, sc_faults *faults);

/*
 * Checks every node and writes the framework into plan->size zeroed bytes,
 * aligned to 8. Fingerprints are left zero: the caller sets them.
 */
extern bool sc_framework_write(const sc_framework_plan *plan, char *out, sc_faults *faults);

/* Reports the faults of single nodes where a plan could not be made. `work` as above. */
extern void sc_framework_check_nodes(const sc_node_spec *specs, int count, void *work, sc_faults *faults);

/* The node again as its author wrote it; texts and tables point into the framework. */
extern void sc_framework_spec(const sc_framework *framework, int node, sc_node_spec *spec);

#endif
