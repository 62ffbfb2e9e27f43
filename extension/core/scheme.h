/*
 * scheme.h
 *		Published ways to judge progress: a measure, a ladder of classes, a score.
 *
 * A scheme is data. It names a measure, says what happens once the target is
 * met, and lists classes from the best down, each with the measure it begins
 * at; a second ladder serves indicators without a target. Scores are straight
 * pieces over the same measure, clamped.
 */
#ifndef SC_SCHEME_H
#define SC_SCHEME_H

#include "measure.h"
#include "projection.h"

/* What a ladder looks at: a measure of progress, or one of these. */
typedef enum sc_scheme_measure_kind
{
	SC_SCHEME_PROGRESS,			/* measure of sc_progress */
	SC_SCHEME_STATUS,			/* the status itself: class = its word */
	SC_SCHEME_PROJECTED,		/* attainment of a projection by another method than linear */
	SC_SCHEME_GAP_CLOSED		/* 100 d (projection - v) / |B - v|: share of what is missing that the projection closes */
} sc_scheme_measure_kind;

#define SC_CLASS_SIZE 64
#define SC_SCHEME_MAX_CLASSES 16
#define SC_SCHEME_MAX_PIECES 8
#define SC_SCHEME_MAX_TOLERATED 4

typedef struct sc_class
{
	double		from;
	bool		open;			/* the measure must lie above `from`, not on it */
	char		name[SC_CLASS_SIZE];
} sc_class;

typedef struct sc_piece
{
	bool		has_from;
	double		from;			/* the piece holds from here up; the last one has none */
	double		slope;
	double		intercept;
} sc_piece;

typedef struct sc_ladder
{
	bool		defined;
	sc_scheme_measure_kind kind;
	sc_measure_kind measure;
	sc_projection_method method;
	double		scale;			/* the measure is multiplied by this before anything else; 1 */
	int			class_count;
	sc_class	classes[SC_SCHEME_MAX_CLASSES];	/* best first, `from` descending */
	char		otherwise[SC_CLASS_SIZE];
	bool		has_score_measure;	/* the score looks at another measure than the classes */
	sc_measure_kind score_measure;
	int			piece_count;	/* 0: no score */
	sc_piece	pieces[SC_SCHEME_MAX_PIECES];
	double		low;			/* scores are clamped to low..high */
	double		high;
	bool		has_limit;		/* the measure, when not negative, is divided by a coefficient of how near the limit the start is */
	double		limit;
	double		limit_exponent;
} sc_ladder;

typedef struct sc_scheme
{
	char		name[SC_CLASS_SIZE];
	sc_ladder	with_target;
	sc_ladder	without_target;
	char		met[SC_CLASS_SIZE];			/* class once met; empty: met is not looked at first */
	char		exceeded[SC_CLASS_SIZE];	/* class beyond the far bound; empty: as met */
	char		missed[SC_CLASS_SIZE];		/* class of an unmet target whose due date has come; empty: the ladder */
	bool		has_met_score;
	double		met_score;
	double		within;						/* a value this near to a tolerated bound counts as met */
	int			tolerated_count;
	double		tolerated[SC_SCHEME_MAX_TOLERATED];
	bool		latest;			/* past the due date judge the latest value, not the one for the date */
} sc_scheme;

typedef struct sc_assessment
{
	bool		has_due;
	sc_date		due;
	const char *measure;		/* name of what was measured */
	bool		has_measured;
	double		measured;
	bool		has_score;
	double		score;
	const char *class_name;		/* NULL if there is none; points into the scheme or to a status word */
	sc_reason	reason;			/* why there is no class, or what explains it */
	bool		is_met;
} sc_assessment;

/*
 * Assesses a path (NULL: an indicator without a target) and a series (may be
 * NULL) as of a date, for the target due then, or the current one if `due` is
 * SC_NO_DATE. Without a path lower_is_better says the direction. Never
 * fails: what cannot be judged has a reason.
 */
extern void sc_assess(const sc_scheme *scheme, const sc_path *path, const sc_series *series,
					  sc_date as_of, sc_date due, bool lower_is_better, sc_assessment *out);

/*
 * Coefficient of Statistics Canada: how much growth may still be asked of a
 * start that lies near its natural limit; 1 far from it, 0 on it.
 */
extern double sc_limit_coefficient(double start, double limit, double exponent);

#endif
