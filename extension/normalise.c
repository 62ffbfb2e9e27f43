/*
 * normalise.c
 *		Window functions that score a value among the values of its partition.
 *
 * The partition is read once, at its first row; what the function needs to
 * know of it is kept in the partition's local memory.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"

#include "compat.h"
#include "core/moments.h"
#include "core/normalisation.h"
#include "peers.h"
#include "report.h"
#include "score_arguments.h"

/* The peers that have a value. */
typedef struct PeerGroup
{
	bool		known;
	size_t		count;
	double		least;
	double		greatest;
	sc_moments	moments;		/* where asked for */
	double	   *sorted;			/* where asked for */
} PeerGroup;

typedef enum PeerNeed
{
	NEED_RANGE,
	NEED_MOMENTS,
	NEED_ORDER
} PeerNeed;

static void
find_range(PeerGroup *group, const double *values)
{
	for (size_t i = 0; i < group->count; i++)
	{
		if (i == 0 || values[i] < group->least)
			group->least = values[i];
		if (i == 0 || values[i] > group->greatest)
			group->greatest = values[i];
	}
}

/* One call site asks for the same need in every row. */
static const PeerGroup *
peer_group(WindowObject window, PeerNeed need)
{
	PeerGroup  *group = WinGetPartitionLocalMemory(window, sizeof(PeerGroup));
	double	   *values;

	if (group->known)
		return group;
	values = peers_values(window, group, &group->count);
	find_range(group, values);
	if (need != NEED_RANGE)
		sc_sort_numbers(values, group->count);
	if (need == NEED_MOMENTS)
		group->moments = sc_moments_of(values, group->count);
	if (need == NEED_ORDER)
		group->sorted = values;
	else
		pfree(values);
	group->known = true;
	return group;
}

static bool
downward_parameter(WindowObject window, int argument)
{
	return downward_direction(peers_parameter(window, argument, "direction"));
}

SCORECARD_FUNCTION(scorecard_minmax_score);
Datum
scorecard_minmax_score(PG_FUNCTION_ARGS)
{
	WindowObject window = peers_window(fcinfo);
	const PeerGroup *group = peer_group(window, NEED_RANGE);
	bool		downward = downward_parameter(window, 1);
	double		value;

	if (!peers_value(window, &value))
		PG_RETURN_NULL();
	return finite_result(fcinfo, sc_minmax_score(value, group->least, group->greatest, downward));
}

/* sample or population */
static bool
population_parameter(WindowObject window, int argument)
{
	Datum		word = peers_parameter(window, argument, "deviation");
	bool		population = word_is(word, "population");

	if (!population && !word_is(word, "sample"))
		report_fault(SC_DEVIATION_WORD, TextDatumGetCString(word), NULL);
	return population;
}

SCORECARD_FUNCTION(scorecard_standard_score);
Datum
scorecard_standard_score(PG_FUNCTION_ARGS)
{
	WindowObject window = peers_window(fcinfo);
	const PeerGroup *group = peer_group(window, NEED_MOMENTS);
	double		score_mean = finite_number(peers_parameter(window, 1, "score_mean"), "score_mean");
	double		score_sd = positive_number(peers_parameter(window, 2, "score_sd"), "score_sd");
	bool		downward = downward_parameter(window, 3);
	bool		population = population_parameter(window, 4);
	double		value,
				z;

	if (!peers_value(window, &value))
		PG_RETURN_NULL();
	z = sc_standardised(&group->moments, value, population);
	return finite_result(fcinfo, score_mean + score_sd * (downward ? -z : z));
}

SCORECARD_FUNCTION(scorecard_distance_to_target_score);
Datum
scorecard_distance_to_target_score(PG_FUNCTION_ARGS)
{
	WindowObject window = peers_window(fcinfo);
	const PeerGroup *group = peer_group(window, NEED_RANGE);
	bool		downward = downward_parameter(window, 2);
	bool		capped = DatumGetBool(peers_parameter(window, 3, "cap"));
	bool		no_target;
	Datum		datum = WinGetFuncArgCurrent(window, 1, &no_target);
	double		target = no_target ? 0 : finite_number(datum, "target");
	double		value,
				score;

	if (!peers_value(window, &value) || no_target)
		PG_RETURN_NULL();
	score = sc_distance_to_target_score(value, group->least, group->greatest, target, downward);
	return finite_result(fcinfo, capped && score > 100 ? 100 : score);
}

SCORECARD_FUNCTION(scorecard_fraction_of_maximum_score);
Datum
scorecard_fraction_of_maximum_score(PG_FUNCTION_ARGS)
{
	WindowObject window = peers_window(fcinfo);
	const PeerGroup *group = peer_group(window, NEED_RANGE);
	double		value;

	if (!peers_value(window, &value))
		PG_RETURN_NULL();
	return finite_result(fcinfo, sc_fraction_of_maximum_score(value, group->greatest));
}

/* min or average */
static sc_ties
ties_parameter(WindowObject window, int argument)
{
	Datum		word = peers_parameter(window, argument, "ties");
	bool		average = word_is(word, "average");

	if (!average && !word_is(word, "min"))
		report_fault(SC_TIES_WORD, TextDatumGetCString(word), NULL);
	return average ? SC_TIES_AVERAGE : SC_TIES_MIN;
}

/* The rank less what it begins with. */
static Datum
rank_among_peers(FunctionCallInfo fcinfo, double before_first)
{
	WindowObject window = peers_window(fcinfo);
	const PeerGroup *group = peer_group(window, NEED_ORDER);
	bool		downward = downward_parameter(window, 1);
	sc_ties		ties = ties_parameter(window, 2);
	double		value;

	if (!peers_value(window, &value))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(sc_rank(group->sorted, group->count, value, downward, ties) - before_first);
}

SCORECARD_FUNCTION(scorecard_rank_score);
Datum
scorecard_rank_score(PG_FUNCTION_ARGS)
{
	return rank_among_peers(fcinfo, 0);
}

SCORECARD_FUNCTION(scorecard_borda_score);
Datum
scorecard_borda_score(PG_FUNCTION_ARGS)
{
	return rank_among_peers(fcinfo, 1);
}

SCORECARD_FUNCTION(scorecard_percentile_rank_score);
Datum
scorecard_percentile_rank_score(PG_FUNCTION_ARGS)
{
	WindowObject window = peers_window(fcinfo);
	const PeerGroup *group = peer_group(window, NEED_ORDER);
	bool		downward = downward_parameter(window, 1);
	double		value;

	if (!peers_value(window, &value))
		PG_RETURN_NULL();
	return finite_result(fcinfo, sc_percentile_rank(group->sorted, group->count, value, downward));
}
