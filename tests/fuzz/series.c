/*
 * libFuzzer on the text and the packed form of series: the first byte chooses.
 * What is accepted must print, and what is printed must read back as the same
 * bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sparkline.h"
#include "window.h"
#include "require.h"

/* What is made of a series is a series again, or one line of text. */
static void
use_tools(const sc_series *series)
{
	static const sc_period_unit units[] = {SC_PERIOD_MONTH, SC_PERIOD_QUARTER, SC_PERIOD_HALF_YEAR, SC_PERIOD_YEAR};
	sc_window	all = sc_window_between(series, INT32_MIN, INT32_MAX);
	sc_point   *points = malloc(sizeof(sc_point) * (size_t) (series->count + 1));
	char	   *text = malloc(SC_BLOCKS_SIZE(series->count + 7));

	require(all.first == 0 && all.count == series->count);
	if (sc_window_running_sums(series, all, points) && all.count > 0)
		require(points[all.count - 1].value == sc_window_sum(series, all));
	for (int how = SC_RESAMPLE_LAST; how <= SC_RESAMPLE_MAX; how++)
	{
		int			count = sc_window_resample(series, units[how % 4], how, points);

		require(count <= series->count && (count >= 0 || how == SC_RESAMPLE_SUM));
		for (int i = 1; i < count; i++)
			require(points[i - 1].date < points[i].date);
	}
	for (int i = 0; i < series->count; i++)
	{
		sc_date		date = sc_series_date(series, i);

		(void) sc_window_growth(series, sc_series_date(series, 0), date);
		(void) sc_year_estimate(series, date, 3);
	}
	require(sc_sparkline(series, series->count, text) == 3 * (size_t) series->count);
	(void) sc_sparkline(series, series->count + 7, text);
	free(text);
	free(points);
}

/* One that was checked must make sense; of any other bytes of the right size only the sanitizers judge. */
static void
use(const sc_series *series, bool checked)
{
	double		value;

	for (int i = 0; i < series->count; i++)
	{
		sc_date		date = sc_series_date(series, i);

		require(!checked || sc_series_latest(series, date) == i);
		if (sc_series_at(series, date, false, &value))
			require(!checked || value == sc_series_value(series, i));
		else
			require(!checked);
		if (date < SC_DATE_MAX)
			(void) sc_series_at(series, date + 1, true, &value);
	}
	if (checked)
	{
		require(series->count == 0 || sc_series_latest(series, SC_DATE_MAX) == series->count - 1);
		require(sc_series_compare(series, series) == 0);
		use_tools(series);
	}
}

static char *
read_text(const char *text, long length, size_t *size)
{
	long		room = sc_series_count_points(text, length);
	long		count = 0;
	sc_point   *points;
	sc_error	error;
	char	   *packed = NULL;

	require(room >= 0 && room <= length);
	memset(&error, 0, sizeof(error));
	points = malloc(sizeof(sc_point) * (size_t) (room + 1));
	if (sc_series_scan(text, length, points, &count, &error))
	{
		require(count <= room);
		*size = SC_SERIES_PACKED_SIZE(count);
		packed = malloc(*size);
		if (!sc_series_pack(points, count, packed, &error))
		{
			free(packed);
			packed = NULL;
		}
	}
	if (packed == NULL)
		require(error.kind != SC_OK);
	free(points);
	return packed;
}

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *copy;
	uint8_t		choice;

	if (size == 0)
		return 0;
	choice = data[0] % 2;
	data++, size--;
	copy = malloc(size > 0 ? size : 1);
	memcpy(copy, data, size);
	if (choice == 0)
	{
		size_t		packed_size = 0;
		char	   *packed = read_text(copy, (long) size, &packed_size);

		if (packed != NULL)
		{
			sc_series	series;
			size_t		again_size = 0;
			char	   *text;
			char	   *again;
			long		length;

			require(sc_series_unpack(packed, packed_size, &series));
			use(&series, true);
			text = malloc(SC_SERIES_TEXT_SIZE(series.count));
			length = sc_series_print(&series, text);
			require(length >= 0 && (size_t) length < SC_SERIES_TEXT_SIZE(series.count));
			again = read_text(text, length, &again_size);
			require(again != NULL && again_size == packed_size);
			require(memcmp(again, packed, packed_size) == 0);
			free(again);
			free(text);
			free(packed);
		}
	}
	else
	{
		sc_series	series;

		if (sc_series_unpack(copy, size, &series))
			use(&series, false);
	}
	free(copy);
	return 0;
}
