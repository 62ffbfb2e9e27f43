/*
 * normalisation.h
 *		Scores of a value among its peers: their range, their maximum, their order.
 *
 * Values are finite. Scores are 0 to 100 unless said otherwise, higher is
 * better. With `downward` lower values are better, and everything is as for the
 * values with their signs turned, although nobody has to turn them. NaN where
 * there is no answer; a result beyond double is not finite.
 */
#ifndef SC_NORMALISATION_H
#define SC_NORMALISATION_H

#include <stdbool.h>
#include <stddef.h>

/* 100 (value - least) / (greatest - least), from the other end downward. NaN if all peers are equal. */
extern double sc_minmax_score(double value, double least, double greatest, bool downward);

/*
 * 100 (value - least) / (target - least); downward 100 (greatest - value) /
 * (greatest - target). The target scores 100, values beyond it more. NaN
 * unless the target is better than the worst peer: against any other target
 * the order of the scores would be turned.
 */
extern double sc_distance_to_target_score(double value, double least, double greatest, double target, bool downward);

/* 100 value / greatest, as it is for values below 0 too; NaN if the greatest is 0. */
extern double sc_fraction_of_maximum_score(double value, double greatest);

typedef enum sc_ties
{
	SC_TIES_MIN,				/* equal values share the lowest of their ranks */
	SC_TIES_AVERAGE
} sc_ties;

/* The rank of a value among the peers, which ascend: 1 is the worst. */
extern double sc_rank(const double *sorted, size_t count, double value, bool downward, sc_ties ties);

/* 100 (rank - 1) / (count - 1), ties sharing the lowest rank; NaN of a single peer. */
extern double sc_percentile_rank(const double *sorted, size_t count, double value, bool downward);

#endif
