/*
 * harness.h
 *		A test program of the core: cases of checks, reported as TAP.
 *
 * A program includes this once and consists of
 *
 *		TEST(name_of_case) { CHECK(1 + 1 == 2); CHECK_TEXT(text, "two"); }
 *
 * main is here. A case is one TAP test: it passes when all its checks do, and
 * a failed check says where it stands. A case without a check fails.
 */
#ifndef SC_HARNESS_H
#define SC_HARNESS_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct harness_case
{
	const char *name;
	void		(*run) (void);
	struct harness_case *next;
} harness_case;

static harness_case *harness_first;
static harness_case **harness_end = &harness_first;
static long harness_checks;
static long harness_failures;

#define TEST(case_name) \
	static void case_##case_name(void); \
	static harness_case entry_##case_name = {#case_name, case_##case_name, NULL}; \
	__attribute__((constructor)) static void \
	register_##case_name(void) \
	{ \
		*harness_end = &entry_##case_name; \
		harness_end = &entry_##case_name.next; \
	} \
	static void \
	case_##case_name(void)

/* After the twentieth failure of a case only the count goes on. */
#define HARNESS_REPORT(...) \
	do { \
		if (++harness_failures <= 20) \
		{ \
			fprintf(stderr, "#   %s:%d: ", __FILE__, __LINE__); \
			fprintf(stderr, __VA_ARGS__); \
			fputc('\n', stderr); \
		} \
	} while (0)

#define CHECK(condition) \
	do { \
		harness_checks++; \
		if (!(condition)) \
			HARNESS_REPORT("%s", #condition); \
	} while (0)

/* As CHECK, with a printf message that says which of many inputs it was. */
#define CHECK_FOR(condition, ...) \
	do { \
		harness_checks++; \
		if (!(condition)) \
		{ \
			HARNESS_REPORT("%s", #condition); \
			if (harness_failures <= 20) \
			{ \
				fprintf(stderr, "#     for "); \
				fprintf(stderr, __VA_ARGS__); \
				fputc('\n', stderr); \
			} \
		} \
	} while (0)

#define CHECK_TEXT(got, expected) \
	do { \
		const char *harness_got = (got); \
		const char *harness_expected = (expected); \
		harness_checks++; \
		if (strcmp(harness_got, harness_expected) != 0) \
			HARNESS_REPORT("%s is \"%s\", not \"%s\"", #got, harness_got, harness_expected); \
	} while (0)

#define CHECK_LONG(got, expected) \
	do { \
		long		harness_got = (long) (got); \
		long		harness_expected = (long) (expected); \
		harness_checks++; \
		if (harness_got != harness_expected) \
			HARNESS_REPORT("%s is %ld, not %ld", #got, harness_got, harness_expected); \
	} while (0)

/* The same number to the bit; any NaN equals any NaN. */
#define CHECK_DOUBLE(got, expected) \
	do { \
		double		harness_got = (got); \
		double		harness_expected = (expected); \
		harness_checks++; \
		if (!(isnan(harness_got) && isnan(harness_expected)) && \
			memcmp(&harness_got, &harness_expected, sizeof(double)) != 0) \
			HARNESS_REPORT("%s is %.17g, not %.17g", #got, harness_got, harness_expected); \
	} while (0)

#define CHECK_NEAR(got, expected, tolerance) \
	do { \
		double		harness_got = (got); \
		double		harness_expected = (expected); \
		harness_checks++; \
		if (!(fabs(harness_got - harness_expected) <= (tolerance))) \
			HARNESS_REPORT("%s is %.17g, not %.17g within %g", \
						   #got, harness_got, harness_expected, (double) (tolerance)); \
	} while (0)

int
main(void)
{
	int			number = 0;
	bool		all_passed = true;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (harness_case *c = harness_first; c != NULL; c = c->next)
	{
		bool		passed;

		harness_checks = harness_failures = 0;
		c->run();
		passed = harness_failures == 0 && harness_checks > 0;
		all_passed = all_passed && passed;
		if (!passed)
			fprintf(stderr, "# %s: %ld of %ld checks failed\n", c->name, harness_failures, harness_checks);
		printf("%s %d - %s (%ld checks)\n", passed ? "ok" : "not ok", ++number, c->name, harness_checks);
	}
	printf("1..%d\n", number);
	return all_passed ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
