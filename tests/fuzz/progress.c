/*
 * libFuzzer on progress: the bytes hold the text of a path, a line end, the
 * text of a series, and dates. Every number that is given must be a number,
 * and every number that is not must have its reason.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "require.h"

#define MOST 64

static void
check(const sc_progress *progress)
{
	require(progress->status >= SC_STATUS_FIRST && progress->status <= SC_STATUS_LAST);
	require(sc_status_word(progress->status) != NULL && sc_status_signal(progress->status) != NULL);
	require(progress->reason < SC_REASON_COUNT);
	require(!progress->has_value || isfinite(progress->value));
	require(!progress->has_bounds || isfinite(progress->met_bound));
	for (int m = 0; m < SC_MEASURE_COUNT; m++)
	{
		require(progress->missing[m] < SC_REASON_COUNT);
		if (progress->missing[m] == SC_NO_REASON)
			require(isfinite(progress->measure[m]));
	}
	if (progress->status == SC_STATUS_NO_DATA)
		require(!progress->has_value);
}

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;
	const char *line_end;
	sc_target	targets[MOST];
	sc_point	points[MOST];
	sc_path_spec spec;
	sc_path		path;
	sc_series	series;
	sc_error	error;
	char		path_bytes[SC_PATH_PACKED_SIZE(MOST)];
	char		series_bytes[SC_SERIES_PACKED_SIZE(MOST)];
	sc_date		dates[2] = {9131, SC_DATE_MIN};
	long		length,
				count = 0;

	if (size < 6)
		return 0;
	for (int i = 0; i < 2; i++)
	{
		uint16_t	days;

		memcpy(&days, text + 2 * i, 2);
		dates[i] = i == 0 ? (sc_date) days - 20000 : days % 2 ? SC_DATE_MIN : (sc_date) days - 20000;
	}
	text += 4;
	size -= 4;
	line_end = memchr(text, '\n', size);
	if (line_end == NULL)
		return 0;
	length = line_end - text;
	if (sc_path_count_targets(text, length) > MOST)
		return 0;
	memset(&spec, 0, sizeof(spec));
	spec.targets = targets;
	spec.capacity = MOST;
	if (!sc_path_scan(text, length, &spec, &error) || !sc_path_pack(&spec, path_bytes, &error))
		return 0;
	require(sc_path_unpack(path_bytes, SC_PATH_PACKED_SIZE(spec.count), &path));

	text = line_end + 1;
	length = (long) size - length - 1;
	if (sc_series_count_points(text, length) > MOST ||
		!sc_series_scan(text, length, points, &count, &error) ||
		!sc_series_pack(points, count, series_bytes, &error))
		count = -1;
	else
		require(sc_series_unpack(series_bytes, SC_SERIES_PACKED_SIZE(count), &series));

	for (int i = 0; i < path.count; i++)
	{
		sc_progress progress;
		sc_target	target;

		sc_progress_towards(&path, count >= 0 ? &series : NULL, i, dates[0], dates[1], SC_ALL_MEASURES, &progress);
		check(&progress);
		sc_path_target(&path, i, &target);
		require(progress.due == target.due);
	}
	{
		sc_progress progress;

		sc_progress_without_target(&path, count >= 0 ? &series : NULL, dates[0], dates[0], &progress);
		check(&progress);
		require(progress.reason == SC_NO_TARGET_AT_DUE);
	}
	return 0;
}
