/*
 * status.h
 *		The verdict on one target, in one byte.
 *
 * The numbers are stored and sorted by: worst first. They never change.
 */
#ifndef SC_STATUS_H
#define SC_STATUS_H

#include <stdbool.h>

typedef enum sc_status
{
	SC_STATUS_MISSED = 1,		/* due, and not met */
	SC_STATUS_LOST,				/* was met, is not any more */
	SC_STATUS_OFF_TRACK,		/* projection reaches less than 60 % of the way */
	SC_STATUS_AT_RISK,			/* projection reaches 60 % up to 95 % of the way */
	SC_STATUS_ON_TRACK,			/* projection reaches 95 % or more of the way */
	SC_STATUS_MET,
	SC_STATUS_EXCEEDED,
	SC_STATUS_NOT_YET_ASSESSABLE,
	SC_STATUS_NO_DATA
} sc_status;

#define SC_STATUS_FIRST SC_STATUS_MISSED
#define SC_STATUS_LAST SC_STATUS_NO_DATA

/* "missed", ... ; NULL for a number that is no status. */
extern const char *sc_status_word(int status);

/* False if the text is no status word. */
extern bool sc_status_from_word(const char *word, sc_status *status);

/* "red", "amber", "green" or "grey". */
extern const char *sc_status_signal(sc_status status);

/* A set of statuses: bit n for the status n. */
typedef unsigned sc_status_set;

/*
 * Status of an indicator with several leaves: the worst, if any is missed,
 * lost, off track or at risk; else not yet assessable if any is that or has no
 * data (no data if all have none); else the worst. False for an empty set.
 */
extern bool sc_status_of_indicator(sc_status_set set, sc_status *status);

#endif
