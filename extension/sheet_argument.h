/*
 * sheet_argument.h
 *		A sheet as a function argument.
 */
#ifndef SCORECARD_SHEET_ARGUMENT_H
#define SCORECARD_SHEET_ARGUMENT_H

#include "core/sheet.h"

/* Detoasts if need be and reads the header; returns the body. Raises XX001 on foreign bytes. */
extern const char *sheet_of_datum(Datum datum, sc_sheet_header *header);

/* Raises 22023 unless the sheet was made under the framework's leaf set. */
extern void sheet_check_leaf_set(const sc_sheet_header *header, const sc_framework *framework);

/* The packed datum of dense values. */
extern struct varlena *sheet_packed(const sc_sheet_header *header, const double *values);

/* Ordinal of a code; raises 22023 if the framework has no such leaf. */
extern int	sheet_leaf_of_code(const sc_framework *framework, const char *code, size_t length);

#endif
