/* The least value of a sliding frame, against a search through the frame. */
#include "building.h"
#include "sliding.h"

#define MOST 64

static double
least_of(const double *values, int count)
{
	double		least = INFINITY;

	for (int i = 0; i < count; i++)
		least = fmin(least, values[i]);
	return least;
}

TEST(least_of_frames_of_any_length)
{
	for (int round = 0; round < 200; round++)
	{
		static sc_slider room[2][MOST];
		sc_sliding	sliding;
		double		values[1000];
		int			left = 0;
		int			other = 0;

		memset(&sliding, 0, sizeof(sliding));
		for (int i = 0; i < COUNT(values); i++)
		{
			/* rising, falling, or many alike */
			values[i] = round % 4 == 0 ? i : round % 4 == 1 ? -i : dice(round % 4 == 2 ? 3 : 1000);
			if (sc_sliding_is_full(&sliding) && sliding.capacity < MOST)
				sc_sliding_move(&sliding, room[other ^= 1], sliding.capacity == 0 ? 1 : 2 * sliding.capacity);
			sc_sliding_enter(&sliding, values[i]);
			while (i + 1 - left > 1 + round % MOST || (i > left && dice(9) == 0) || sc_sliding_is_full(&sliding))
			{
				if (sliding.capacity < MOST && i + 1 - left <= 1 + round % MOST)
					break;
				sc_sliding_leave(&sliding);
				left++;
				if (left > i)
					break;
			}
			if (left <= i)
				CHECK_DOUBLE(sc_sliding_least(&sliding), least_of(values + left, i + 1 - left));
		}
	}
}

TEST(an_empty_frame_stays_empty)
{
	sc_slider	room[2];
	sc_sliding	sliding;

	memset(&sliding, 0, sizeof(sliding));
	CHECK(sc_sliding_is_full(&sliding));
	sc_sliding_leave(&sliding);
	CHECK_DOUBLE(sc_sliding_least(&sliding), 0);
	sc_sliding_move(&sliding, room, 2);
	sc_sliding_enter(&sliding, 5);
	CHECK_DOUBLE(sc_sliding_least(&sliding), 5);
	for (int i = 0; i < 3; i++)
		sc_sliding_leave(&sliding);
	CHECK(sliding.count == 0 && sliding.left == 1);
	sc_sliding_enter(&sliding, 7);
	CHECK_DOUBLE(sc_sliding_least(&sliding), 7);
}
