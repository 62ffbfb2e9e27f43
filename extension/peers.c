/*
 * peers.c
 *		See peers.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "compat.h"
#include "peers.h"
#include "report.h"
#include "score_arguments.h"

/* Evaluating the argument may leave rubbish behind: after so many rows it is thrown away. */
#define ROWS_BETWEEN_RESETS 1024

WindowObject
peers_window(FunctionCallInfo fcinfo)
{
	WindowObject window = PG_WINDOW_OBJECT();

	if (!WindowObjectIsValid(window))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("a window function was called without a window")));
	WinCheckAndInitializeNullTreatment(window, false, fcinfo);
	return window;
}

/* Row `row` of the partition, false if its value is null. */
static bool
value_of_row(WindowObject window, int row, double *value)
{
	bool		is_null,
				is_out;
	Datum		datum = WinGetFuncArgInPartition(window, 0, row, WINDOW_SEEK_HEAD, false, &is_null, &is_out);

	if (is_null || is_out)
		return false;
	*value = finite_number(datum, "value");
	return true;
}

double *
peers_values(WindowObject window, void *local, size_t *count)
{
	int64		rows = WinGetPartitionRowCount(window);
	MemoryContext scratch;
	MemoryContext before;
	double	   *values;

	if (rows > PG_INT32_MAX)
		report_fault(SC_TOO_MANY_COLLECTED, psprintf("%d", PG_INT32_MAX), NULL);
	values = MemoryContextAllocHuge(GetMemoryChunkContext(local), sizeof(double) * Max(rows, 1));
	scratch = AllocSetContextCreate(CurrentMemoryContext, "values of a partition", ALLOCSET_SMALL_SIZES);
	before = MemoryContextSwitchTo(scratch);
	*count = 0;
	for (int row = 0; row < (int) rows; row++)
	{
		if (row % ROWS_BETWEEN_RESETS == 0)
		{
			CHECK_FOR_INTERRUPTS();
			MemoryContextReset(scratch);
		}
		if (value_of_row(window, row, &values[*count]))
			(*count)++;
	}
	MemoryContextSwitchTo(before);
	MemoryContextDelete(scratch);
	/* earlier rows are not asked for again */
	WinSetMarkPosition(window, rows - 1);
	return values;
}

bool
peers_value(WindowObject window, double *value)
{
	bool		is_null;
	Datum		datum = WinGetFuncArgCurrent(window, 0, &is_null);

	if (is_null)
		return false;
	*value = finite_number(datum, "value");
	return true;
}

Datum
peers_parameter(WindowObject window, int argument, const char *name)
{
	bool		is_null;
	Datum		datum = WinGetFuncArgCurrent(window, argument, &is_null);

	if (is_null)
		report_null(name);
	return datum;
}
