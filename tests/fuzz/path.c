/*
 * libFuzzer on the text and the packed form of paths.
 *
 * The first byte chooses: text, packed bytes, or one bound. What is accepted
 * must print, and what is printed must read back as the same bytes.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"
#include "require.h"

/* Everything that can be asked of a path. */
static void
use(const sc_path *path)
{
	sc_date		dates[] = {SC_DATE_MIN, -1, 0, 9131, 10957, SC_DATE_MAX};
	sc_target	target;
	double		expected;

	for (int i = 0; i < path->count; i++)
	{
		sc_band		band;
		double		met,
					far;

		sc_path_target(path, i, &target);
		require(sc_path_find_due(path, target.due) == i);
		band = sc_target_band(&target);
		require(!isnan(band.low) && !isnan(band.high));
		sc_band_edges(&band, path->direction, false, 0, &met, &far);
		sc_band_edges(&band, path->direction, true, 1.5, &met, &far);
		require(isfinite(met) || path->direction == SC_KEEP);
		(void) sc_band_judge(&band, path->direction, met);
		(void) sc_path_expected(path, target.due, &expected);
	}
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
	{
		int			current = sc_path_current(path, dates[i]);

		require(current >= 0 && current < path->count);
		(void) sc_path_expected(path, dates[i], &expected);
	}
}

/* Text to packed bytes; NULL if refused. The caller frees. */
static char *
read_text(const char *text, long length, size_t *size)
{
	int			capacity = sc_path_count_targets(text, length);
	sc_path_spec spec;
	sc_error	error;
	char	   *packed = NULL;

	memset(&error, 0, sizeof(error));
	memset(&spec, 0, sizeof(spec));
	require(capacity >= 0);
	if (capacity > SC_PATH_MAX_TARGETS)
		return NULL;
	spec.capacity = capacity;
	spec.targets = malloc(sizeof(sc_target) * (size_t) (capacity + 1));
	if (sc_path_scan(text, length, &spec, &error))
	{
		*size = SC_PATH_PACKED_SIZE(spec.count);
		packed = malloc(*size);
		if (!sc_path_pack(&spec, packed, &error))
		{
			free(packed);
			packed = NULL;
		}
	}
	if (packed == NULL)
		require(error.kind != SC_OK && strlen(error.offender) < SC_OFFENDER_SIZE);
	free(spec.targets);
	return packed;
}

/* Whatever is stored must survive printing and reading. */
static void
round_trip(const char *packed, size_t size)
{
	sc_path		path;
	char	   *text;
	char	   *again;
	size_t		again_size = 0;
	long		length;

	require(sc_path_unpack(packed, size, &path));
	use(&path);
	text = malloc(SC_PATH_TEXT_SIZE(path.count));
	length = sc_path_print(&path, text);
	require(length >= 0 && (size_t) length < SC_PATH_TEXT_SIZE(path.count));
	again = read_text(text, length, &again_size);
	require(again != NULL);
	require(again_size == size && memcmp(again, packed, size) == 0);
	require(sc_path_compare(&path, &path) == 0);
	free(again);
	free(text);
}

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *copy;
	uint8_t		choice;

	if (size == 0)
		return 0;
	choice = data[0] % 3;
	data++, size--;
	copy = malloc(size > 0 ? size : 1);	/* no longer than it says: reading beyond is caught */
	memcpy(copy, data, size);
	if (choice == 0)
	{
		size_t		packed_size = 0;
		char	   *packed = read_text(copy, (long) size, &packed_size);

		if (packed != NULL)
			round_trip(packed, packed_size);
		free(packed);
	}
	else if (choice == 1)
	{
		sc_path		path;

		/* Stored bytes are those of pack; that others are the wrong size or version must be noticed. */
		if (sc_path_unpack(copy, size, &path))
			require(size == SC_PATH_PACKED_SIZE(path.count));
	}
	else
	{
		sc_target	target;
		sc_error	error;

		memset(&target, 0, sizeof(target));
		if (sc_bound_scan(copy, (long) size, &target, &error))
		{
			char		text[SC_BOUND_TEXT_SIZE];

			require(sc_bound_print(&target, text) < SC_BOUND_TEXT_SIZE);
		}
	}
	free(copy);
	return 0;
}
