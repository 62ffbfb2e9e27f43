/*
 * schemes.h
 *		The published schemes, as the data that scheme(name) returns.
 */
#ifndef SCORECARD_SCHEMES_H
#define SCORECARD_SCHEMES_H

typedef struct PublishedScheme
{
	const char *name;
	const char *json;
} PublishedScheme;

/* Ends with a NULL name. Once released, a name never changes its meaning. */
extern const PublishedScheme published_schemes[];

#endif
