/*
 * framework_check.h
 *		What a single node may say, whatever the tree around it.
 *
 * For framework_build.c. Every function returns true if the work goes on:
 * nothing is wrong, or faults are reported and not only the first is wanted.
 */
#ifndef SC_FRAMEWORK_CHECK_H
#define SC_FRAMEWORK_CHECK_H

#include "framework_build.h"

/* Says a fault, with offenders given by length. `node` is the one at fault, or NULL. */
extern bool sc_fault_text(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind,
						  const char *offender, size_t offender_length, const char *other, size_t other_length);

/* The usual case: the node's own code is the offender, a word the other. */
extern bool sc_fault(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind, const char *other);

/* A fault that names a word first and the node second. */
extern bool sc_fault_word(sc_faults *faults, const sc_node_spec *node, sc_error_kind kind, const char *word);

/* Keys that any node may have: finite numbers, weight, floor and cap, due date, added. */
extern bool sc_check_common(const sc_node_spec *spec, sc_faults *faults);

/* Of a node with children: no keys of leaves, and those that go with its aggregation. */
extern bool sc_check_parent(const sc_node_spec *spec, sc_faults *faults);

/* Of a leaf: exactly one score rule, whole and sound; *rule receives it. */
extern bool sc_check_leaf(const sc_node_spec *spec, sc_rule *rule, sc_faults *faults);

#endif
