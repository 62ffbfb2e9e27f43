/*
 * path.h
 *		What was promised: a direction, perhaps a baseline, and dated targets.
 *
 * A path exists in three forms. Text is what people write (the grammar is in
 * docs/target-path.md). A sc_path_spec is what was said, not yet checked. The
 * packed form is what is stored: canonical, so that equal paths are equal
 * bytes; sc_path is a view of it.
 */
#ifndef SC_PATH_H
#define SC_PATH_H

#include "calendar.h"
#include "error.h"

#define SC_PATH_MAX_TARGETS 1024

typedef enum sc_direction
{
	SC_DIRECTION_UNSAID = 0,
	SC_UP,						/* higher is better */
	SC_DOWN,					/* lower is better */
	SC_KEEP						/* inside a band is good */
} sc_direction;

typedef enum sc_role
{
	SC_ROLE_UNSAID = 0,
	SC_LEVEL,					/* the value at the due date */
	SC_AVERAGE,					/* mean of the values over the span */
	SC_AVERAGE_GROWTH,			/* yearly % rates over the span, compounded */
	SC_TOTAL,					/* sum over the span */
	SC_CHANGE					/* end minus start of the span */
} sc_role;

typedef enum sc_shape
{
	SC_SHAPE_UNSAID = 0,
	SC_LINEAR,
	SC_GEOMETRIC,				/* constant rate of growth */
	SC_STEP						/* stays until the due date */
} sc_shape;

typedef enum sc_bound_kind
{
	SC_PLAIN = 1,				/* a */
	SC_GREATER,					/* > a */
	SC_GREATER_EQUAL,			/* >= a */
	SC_LESS,					/* < a */
	SC_LESS_EQUAL,				/* <= a */
	SC_RANGE,					/* a..b, a < b */
	SC_ABOUT,					/* a, give or take b */
	SC_ABOUT_PERCENT,			/* a, give or take b per cent of |a| */
	SC_BY,						/* baseline + a */
	SC_BY_PERCENT,				/* baseline + a per cent of |baseline| */
	SC_BY_RANGE,				/* baseline + a .. baseline + b */
	SC_BY_RANGE_PERCENT,		/* the same in per cent of |baseline| */
	SC_EQUAL					/* = a: only in a spec; packed as SC_PLAIN of a keep path */
} sc_bound_kind;

typedef struct sc_target
{
	sc_date		span_start;		/* equals due for role level */
	sc_date		due;
	sc_bound_kind kind;
	double		a;
	double		b;				/* 0 where the kind has one number */
	double		low;			/* resolved, set by sc_path_target only; 0 on an open side */
	double		high;
} sc_target;

typedef struct sc_path_spec
{
	sc_direction direction;		/* may be unsaid */
	sc_role		role;			/* unsaid is level */
	sc_shape	shape;			/* unsaid is linear */
	bool		has_baseline;
	double		baseline;
	sc_date		baseline_on;
	int			count;
	int			capacity;
	sc_target  *targets;		/* provided by the caller */
} sc_path_spec;

typedef struct sc_path
{
	sc_direction direction;
	sc_role		role;
	sc_shape	shape;
	bool		has_baseline;
	double		baseline;
	sc_date		baseline_on;
	int			count;
	const char *targets;		/* packed; read with sc_path_target */
} sc_path;

/* The values that a target asks for; an open side is infinite. */
typedef struct sc_band
{
	double		low;
	double		high;
	bool		strict;			/* the finite edge itself is outside */
	bool		comparison;		/* written with a sign: met, never exceeded */
} sc_band;

typedef enum sc_verdict
{
	SC_NOT_MET,
	SC_MET,
	SC_EXCEEDED
} sc_verdict;

/* ---- text ---- */

/* Upper bound of the number of targets in a text: its arrows. */
extern int	sc_path_count_targets(const char *text, long length);

/* Reads a whole path; `spec` brings targets and capacity. Errors: those of numbers and dates, SC_EXPECTED, SC_PATH_*. */
extern bool sc_path_scan(const char *text, long length, sc_path_spec *spec, sc_error *error);

/* Reads one bound such as ">12500" and nothing after it; the dates of `target` are left alone. */
extern bool sc_bound_scan(const char *text, long length, sc_target *target, sc_error *error);

/* One word of each list, in any case; false if it is none. */
extern bool sc_direction_from_word(const char *word, long length, sc_direction *direction);
extern bool sc_role_from_word(const char *word, long length, sc_role *role);
extern bool sc_shape_from_word(const char *word, long length, sc_shape *shape);
extern const char *sc_direction_word(sc_direction direction);
extern const char *sc_role_word(sc_role role);
extern const char *sc_shape_word(sc_shape shape);

/* Room for the canonical text of a path of n targets, and for one bound, with its end. */
#define SC_PATH_TEXT_SIZE(n) (128 + (size_t) (n) * 128)
#define SC_BOUND_TEXT_SIZE 96

/* Would the text without its direction word give another direction, or none? */
extern bool sc_path_needs_direction_word(const sc_path *path);

/* Return the length printed. */
extern long sc_path_print(const sc_path *path, char *out);
extern long sc_bound_print(const sc_target *target, char *out);

/* ---- packed form ---- */

#define SC_PATH_VERSION 1
#define SC_PATH_HEADER_SIZE 24
#define SC_PATH_TARGET_SIZE 48	/* as written, and the band it resolves to */
#define SC_PATH_PACKED_SIZE(n) (SC_PATH_HEADER_SIZE + (size_t) (n) * SC_PATH_TARGET_SIZE)

/*
 * Checks a spec, settles its direction, brings it to canonical form (the spec
 * is changed) and packs it into SC_PATH_PACKED_SIZE(spec->count) bytes.
 * Errors: SC_PATH_*, SC_NUMBER_NOT_FINITE, SC_DATE_RANGE.
 */
extern bool sc_path_pack(sc_path_spec *spec, char *packed, sc_error *error);

/* False if the bytes are not a packed path of this version. Needs no alignment. */
extern bool sc_path_unpack(const char *packed, size_t size, sc_path *path);

extern void sc_path_target(const sc_path *path, int i, sc_target *target);

/* -1, 0, 1: a total order without further meaning; 0 exactly for equal canonical text. */
extern int	sc_path_compare(const sc_path *x, const sc_path *y);

/* ---- meaning ---- */

/* Index of the target due exactly on a date, or -1. */
extern int	sc_path_find_due(const sc_path *path, sc_date due);

/* Index of the first target due on or after a date, else of the last one. */
extern int	sc_path_current(const sc_path *path, sc_date as_of);

/* The band of a target that sc_path_target has read. */
extern sc_band sc_target_band(const sc_target *target);

extern sc_verdict sc_band_judge(const sc_band *band, sc_direction direction, double value);

/* How far a value lies outside a band, in its own unit; 0 on its edges. */
extern double sc_band_outside(const sc_band *band, double value);

/*
 * The edge that decides (met) and the edge beyond which the target is
 * exceeded (far; infinite if there is none). For keep, met is the finite edge
 * nearest the value, the lower one when the value is inside or not given.
 */
extern void sc_band_edges(const sc_band *band, sc_direction direction,
						  bool has_value, double value, double *met, double *far);

/*
 * Expected value on a date: the path as a line through the baseline and the
 * met bounds. False before the baseline, before the first due date of a path
 * without one, and for roles other than level. After the last due date: the
 * last bound.
 */
extern bool sc_path_expected(const sc_path *path, sc_date date, double *expected);

#endif
