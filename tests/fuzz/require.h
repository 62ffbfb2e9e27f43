/*
 * require.h
 *		A promise that no input may break; breaking it is a crash for libFuzzer.
 */
#ifndef SC_REQUIRE_H
#define SC_REQUIRE_H

#include <stdio.h>
#include <stdlib.h>

#define require(condition) \
	((condition) ? (void) 0 : \
	 (fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition), abort()))

#endif
