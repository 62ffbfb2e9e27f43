/*
 * sliding.h
 *		The least value of a frame that slides: what enters first leaves first.
 *
 * Kept are only the values that may still become the least: each is less than all
 * that entered after it, so they ascend from the oldest to the newest, and the
 * first is the least. Each value enters and goes once: constant time a row,
 * whatever the length of the frame. The greatest value is minus the least of the
 * negatives. The memory is the caller's.
 */
#ifndef SC_SLIDING_H
#define SC_SLIDING_H

#include <stdbool.h>
#include <stdint.h>

typedef struct sc_slider
{
	int64_t		number;			/* which value it is, counted from the first that entered */
	double		value;
} sc_slider;

/* All zero for an empty frame without room. */
typedef struct sc_sliding
{
	sc_slider  *sliders;		/* a ring */
	int64_t		capacity;		/* 0 or a power of two */
	int64_t		first;			/* where in the ring the oldest is */
	int64_t		count;
	int64_t		entered;
	int64_t		left;
} sc_sliding;

static inline sc_slider *
sc_sliding_at(const sc_sliding *sliding, int64_t i)
{
	return &sliding->sliders[(sliding->first + i) & (sliding->capacity - 1)];
}

static inline bool
sc_sliding_is_full(const sc_sliding *sliding)
{
	return sliding->count == sliding->capacity;
}

/* Into other memory for `capacity` sliders, a power of two and no fewer than there are. */
static inline void
sc_sliding_move(sc_sliding *sliding, sc_slider *room, int64_t capacity)
{
	for (int64_t i = 0; i < sliding->count; i++)
		room[i] = *sc_sliding_at(sliding, i);
	sliding->sliders = room;
	sliding->capacity = capacity;
	sliding->first = 0;
}

/* A value enters; not if full. */
static inline void
sc_sliding_enter(sc_sliding *sliding, double value)
{
	while (sliding->count > 0 && sc_sliding_at(sliding, sliding->count - 1)->value >= value)
		sliding->count--;
	sliding->count++;
	*sc_sliding_at(sliding, sliding->count - 1) = (sc_slider) {sliding->entered++, value};
}

/* The oldest value leaves; nothing happens in an empty frame. */
static inline void
sc_sliding_leave(sc_sliding *sliding)
{
	if (sliding->left == sliding->entered)
		return;
	if (sliding->count > 0 && sc_sliding_at(sliding, 0)->number == sliding->left)
	{
		sliding->first++;
		sliding->count--;
	}
	sliding->left++;
}

/* 0 in an empty frame. */
static inline double
sc_sliding_least(const sc_sliding *sliding)
{
	return sliding->count > 0 ? sc_sliding_at(sliding, 0)->value : 0;
}

#endif
