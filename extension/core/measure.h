/*
 * measure.h
 *		Promised against happened: how far, how fast, and the verdict.
 *
 * Units: attainments in per cent (100 = target met), raw: never capped;
 * growth ratio and pace multiple are plain ratios; gap, expected and projected
 * value in the indicator's unit, paces in that unit per year of sc_years_between.
 */
#ifndef SC_MEASURE_H
#define SC_MEASURE_H

#include "path.h"
#include "reason.h"
#include "series.h"
#include "status.h"

typedef enum sc_measure_kind
{
	SC_EXPECTED_VALUE,			/* the path at observed_on */
	SC_ATTAINMENT_LEVEL,		/* up 100 v/B, down 100 B/v */
	SC_ATTAINMENT_DISTANCE,		/* 100 d (v - b) / |B - b| */
	SC_ATTAINMENT_PATH,			/* 100 d (v - b) / |e - b| */
	SC_GROWTH_RATIO,			/* s d g / |g_T| (Eurostat, Statistics Canada) */
	SC_GAP,						/* B - v */
	SC_REQUIRED_PACE,			/* gap / years left after the observation */
	SC_OBSERVED_PACE,			/* (v - start) / years since the start */
	SC_PACE_MULTIPLE,			/* required / observed */
	SC_PROJECTED_VALUE,			/* the line from the start through v, at due */
	SC_PROJECTED_ATTAINMENT,	/* the distance the projection would reach */
	SC_SCORE_LEVEL,				/* level as a score: 100 if met, else 0..100 */
	SC_SCORE_DISTANCE,			/* distance as a score: 100 if met, else 0..100, 0 if B = b */
	SC_SCORE_MET,				/* 100 or 0 */
	SC_PATH_GAP,				/* d (v - e), in the indicator's unit */
	SC_PATH_GAP_SHARE,			/* 100 d (v - e) / |B - b| */
	SC_OBSERVED_GROWTH,			/* g = (v / start)^(1 / years) - 1 */
	SC_DIRECTED_GROWTH,			/* d g: above 0 is the good direction */
	SC_PATH_GROWTH,				/* g_T = (B / start)^(1 / years) - 1: what the whole way needs */
	SC_REQUIRED_GROWTH,			/* (B / v)^(1 / years left) - 1: what is needed from now on */
	SC_PROJECTED_BY_GROWTH,		/* v (1 + g)^(years left) */
	SC_GROWTH_ATTAINMENT,		/* the distance that would reach */
	SC_PARITY,					/* 100 - 100 |B - v| / |B - b| (ESCAP, there on 0..10) */
	SC_MAINTAINED,				/* 100 * years met / years up to the observation */
	SC_REACHED_ON,				/* date at which the present pace reaches B, as a day number */
	SC_REQUIRED_REST,			/* what the rest of the time must deliver: the gap, or an average */
	SC_MEASURE_COUNT
} sc_measure_kind;

/* A set of measures, bit by kind. Costly ones are computed only if they are in it. */
typedef unsigned sc_measure_set;

#define SC_MEASURE_BIT(kind) (1u << (kind))
#define SC_ALL_MEASURES (~0u)
#define SC_STATUS_ONLY 0u

/* Column name of a measure in progress_result. */
extern const char *sc_measure_word(sc_measure_kind kind);

typedef struct sc_progress
{
	sc_date		due;
	bool		is_current;
	bool		has_value;
	double		value;			/* the observation that decides, or the latest */
	sc_date		observed_on;
	bool		has_bounds;
	double		met_bound;
	double		far_bound;		/* infinite if there is none */
	double		measure[SC_MEASURE_COUNT];
	sc_reason	missing[SC_MEASURE_COUNT];	/* why the measure is missing, or SC_NO_REASON */
	sc_status	status;
	sc_reason	reason;			/* explains the status, or SC_NO_REASON */
} sc_progress;

/*
 * Progress towards target i of a path as of a date. `series` may be NULL.
 * For the roles over time the value is that of the span so far. Observations
 * after as_of or before the baseline date are not used. An
 * unmet latest observation dated before stale_before is too old to project
 * from; pass SC_DATE_MIN for no limit. Measures outside of `wanted` may be left
 * undefined. Never fails: what cannot be computed says why.
 */
extern void sc_progress_towards(const sc_path *path, const sc_series *series, int i,
								sc_date as_of, sc_date stale_before,
								sc_measure_set wanted, sc_progress *progress);

/*
 * The measures of a level path at one observation, whatever the due date says;
 * status and reason are left alone.
 */
extern void sc_progress_at(const sc_path *path, const sc_series *series, int i,
						   int observation, sc_progress *progress);

/* The row for a due date that the path does not have. */
extern void sc_progress_without_target(const sc_path *path, const sc_series *series, sc_date due,
									   sc_date as_of, sc_progress *progress);

/* Cut-offs of the projected attainment: on track, at risk (Eurostat; Statistics Canada). */
#define SC_ON_TRACK_FROM 95.0
#define SC_AT_RISK_FROM 60.0

#endif
