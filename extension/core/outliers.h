/*
 * outliers.h
 *		Treatment of a column whose distribution a few values would dominate:
 *		find it, winsorise it, else transform it, and say whether that helped.
 *
 * The rule is that of the European Commission's Joint Research Centre (COIN
 * tool): a column passes if |skewness| or kurtosis is below its limit. All
 * arrays ascend.
 */
#ifndef SC_OUTLIERS_H
#define SC_OUTLIERS_H

#include <stdbool.h>
#include <stddef.h>

#include "moments.h"
#include "reason.h"

/* ------------------------------------------------------------- transforms */

typedef enum sc_transform
{
	SC_TRANSFORM_NONE = 0,
	SC_LOG_CT,					/* ln(x - min + 0.01 (max - min)) */
	SC_LOG_CT_ORIG,				/* ln(x - min + 1) */
	SC_LOG_CT_PLUS,				/* log_ct; for negative skewness -ln(max + 0.01 (max - min) - x) */
	SC_LOG_GII					/* ln((max - 1) (x - min) / (max - min) + 1) */
} sc_transform;

/* "none", "log_ct", "log_ct_orig", "log_ct_plus", "log_gii"; false for any other word. */
extern bool sc_transform_from_word(const char *word, long length, sc_transform *transform);
extern const char *sc_transform_word(sc_transform transform);

/* A transform with what it needs to know of the column. */
typedef struct sc_fitted_transform
{
	sc_transform transform;
	double		least;
	double		greatest;
	bool		mirrored;		/* log_ct_plus of a column with negative skewness */
} sc_fitted_transform;

/*
 * False where the transform has no answer: all values equal (but for
 * log_ct_orig), no values, and for log_gii a greatest value of 1 or less,
 * which would turn the column round or flatten it.
 */
extern bool sc_fit_transform(sc_transform transform, const sc_moments *moments, sc_fitted_transform *fitted);

/* Of a value of the column: finite and increasing; the value itself for SC_TRANSFORM_NONE. */
extern double sc_transformed(const sc_fitted_transform *fitted, double value);

/* ------------------------------------------------------------ winsorising */

/*
 * To which value the highest (or lowest) so many are brought: the next one
 * inside. Values that are equal go together, so it may be more of them. Never
 * so far that all values would be equal. count is above 0.
 */
extern double sc_winsor_bound(const double *sorted, size_t count, size_t winsorised, bool high);

/* -------------------------------------------------------------- treatment */

typedef struct sc_treatment_rule
{
	int			winsorise_limit;	/* values that may be winsorised, 0 and above */
	sc_transform transform;
	double		skewness_limit;
	double		kurtosis_limit;
} sc_treatment_rule;

typedef struct sc_treatment
{
	size_t		count;
	double		skewness;		/* NaN where moments.h has none */
	double		kurtosis;
	bool		passed;			/* without treatment */
	/* the treated column: brought within bounds, or transformed */
	double		low;
	double		high;
	size_t		winsorised_low;
	size_t		winsorised_high;
	sc_fitted_transform fitted;
	double		skewness_after;
	double		kurtosis_after;
	bool		still_failing;
	sc_reason	reason;			/* why it was left untreated, or still fails */
} sc_treatment;

/*
 * begin, winsorise until it returns false, finish; `work` has room for count
 * numbers. A round of winsorising brings the values at the extreme that the
 * skewness points to, and all equal to them, to the next value inside; there
 * is none once the column passes, the limit is reached, or all values would be
 * equal. If it fails then, the transform is applied to the column as it was;
 * what results stands even if it still fails. Where the transform has no
 * answer the column stays as it was. Fewer than four values, and equal ones,
 * pass.
 */
extern void sc_treatment_begin(sc_treatment *treatment, const double *sorted, size_t count,
							   const sc_treatment_rule *rule, double *work);
extern bool sc_treatment_winsorise(sc_treatment *treatment, const sc_treatment_rule *rule, double *work);
extern void sc_treatment_finish(sc_treatment *treatment, const double *sorted,
								const sc_treatment_rule *rule, double *work);

/* What the treatment makes of a value of the column. */
extern double sc_treated_value(const sc_treatment *treatment, double value);

#endif
