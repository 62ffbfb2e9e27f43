/* Scores of a value among its peers. */
#include "building.h"
#include "moments.h"
#include "normalisation.h"

#include <float.h>

TEST(range)
{
	CHECK_DOUBLE(sc_minmax_score(5, 0, 20, false), 25);
	CHECK_DOUBLE(sc_minmax_score(5, 0, 20, true), 75);
	CHECK_DOUBLE(sc_minmax_score(3, 3, 3, false), NAN);
	/* the ends are exact, also where the range is beyond double */
	CHECK_DOUBLE(sc_minmax_score(0.3, 0.1, 0.3, false), 100);
	CHECK_DOUBLE(sc_minmax_score(0.1, 0.1, 0.3, true), 100);
	CHECK_DOUBLE(sc_minmax_score(DBL_MAX, -DBL_MAX, DBL_MAX, false), 100);
	CHECK(sc_minmax_score(DBL_MAX, -DBL_MAX, DBL_MAX, true) == 0);
	CHECK_DOUBLE(sc_minmax_score(0, -DBL_MAX, DBL_MAX, false), 50);
	CHECK_DOUBLE(sc_minmax_score(5e-324, 0, 5e-324, false), 100);
	for (int round = 0; round < 1000; round++)
	{
		double		least = (dice(2000001) - 1000000) / 7.0;
		double		greatest = least + (dice(2000000) + 1) / 13.0;
		double		value = least + (greatest - least) * dice(1001) / 1000;

		CHECK_DOUBLE(sc_minmax_score(value, least, greatest, true), sc_minmax_score(-value, -greatest, -least, false));
	}
}

TEST(distance_to_target)
{
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 50, false), 50);
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 20, false), 200);
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 90, false), 25);
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 10, true), 50);
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 0, true), 40);
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 40, true), 200);
	/* no better than the worst */
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 10, false), NAN);
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 5, false), NAN);
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 50, true), NAN);
	CHECK_DOUBLE(sc_distance_to_target_score(30, 10, 50, 60, true), NAN);
	CHECK_DOUBLE(sc_distance_to_target_score(DBL_MAX, -DBL_MAX, DBL_MAX, 0, false), 200);
	CHECK(!isfinite(sc_distance_to_target_score(DBL_MAX, 0, DBL_MAX, 5e-324, false)));
}

TEST(fraction_of_maximum)
{
	CHECK_DOUBLE(sc_fraction_of_maximum_score(5, 20), 25);
	CHECK_DOUBLE(sc_fraction_of_maximum_score(-5, 20), -25);
	CHECK_DOUBLE(sc_fraction_of_maximum_score(-10, -5), 200);
	CHECK_DOUBLE(sc_fraction_of_maximum_score(0, 0), NAN);
	CHECK_DOUBLE(sc_fraction_of_maximum_score(-3, 0), NAN);
	CHECK_DOUBLE(sc_fraction_of_maximum_score(DBL_MAX, DBL_MAX), 100);
}

TEST(ranks)
{
	static const double sorted[] = {-4, 7.25, 12.5, 30, 30, 55};
	static const struct
	{
		double		value;
		double		up;
		double		up_average;
		double		down;
		double		down_average;
	}			cases[] = {
		{-4, 1, 1, 6, 6},
		{7.25, 2, 2, 5, 5},
		{30, 4, 4.5, 2, 2.5},
		{55, 6, 6, 1, 1},
	};

	for (int i = 0; i < COUNT(cases); i++)
	{
		CHECK_DOUBLE(sc_rank(sorted, 6, cases[i].value, false, SC_TIES_MIN), cases[i].up);
		CHECK_DOUBLE(sc_rank(sorted, 6, cases[i].value, false, SC_TIES_AVERAGE), cases[i].up_average);
		CHECK_DOUBLE(sc_rank(sorted, 6, cases[i].value, true, SC_TIES_MIN), cases[i].down);
		CHECK_DOUBLE(sc_rank(sorted, 6, cases[i].value, true, SC_TIES_AVERAGE), cases[i].down_average);
		CHECK_DOUBLE(sc_percentile_rank(sorted, 6, cases[i].value, false), 20 * (cases[i].up - 1));
		CHECK_DOUBLE(sc_percentile_rank(sorted, 6, cases[i].value, true), 20 * (cases[i].down - 1));
	}
	CHECK_DOUBLE(sc_rank(sorted, 1, -4, false, SC_TIES_MIN), 1);
	CHECK_DOUBLE(sc_percentile_rank(sorted, 1, -4, false), NAN);
	/* what is not among them does no harm */
	CHECK_DOUBLE(sc_rank(sorted, 6, 1000, false, SC_TIES_MIN), 7);
	CHECK_DOUBLE(sc_rank(sorted, 0, 1, true, SC_TIES_MIN), 1);
}

/* Counted pair by pair, and as for the values with their signs turned. */
TEST(ranks_as_defined)
{
	for (int round = 0; round < 300; round++)
	{
		double		sorted[40];
		double		turned[40];
		int			count = 1 + dice(40);

		for (int i = 0; i < count; i++)
			sorted[i] = dice(12) - 6;
		sc_sort_numbers(sorted, count);
		for (int i = 0; i < count; i++)
			turned[i] = -sorted[count - 1 - i];
		for (int i = 0; i < count; i++)
		{
			int			worse = 0,
						equal = 0;

			for (int j = 0; j < count; j++)
			{
				worse += sorted[j] < sorted[i];
				equal += sorted[j] == sorted[i];
			}
			CHECK_DOUBLE(sc_rank(sorted, count, sorted[i], false, SC_TIES_MIN), worse + 1);
			CHECK_DOUBLE(sc_rank(sorted, count, sorted[i], false, SC_TIES_AVERAGE), worse + (equal + 1) / 2.0);
			CHECK_DOUBLE(sc_rank(sorted, count, sorted[i], true, SC_TIES_MIN), sc_rank(turned, count, -sorted[i], false, SC_TIES_MIN));
			CHECK_DOUBLE(sc_rank(sorted, count, sorted[i], true, SC_TIES_AVERAGE),
						 sc_rank(turned, count, -sorted[i], false, SC_TIES_AVERAGE));
		}
	}
}
