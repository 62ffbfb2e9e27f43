/*
 * sparkline.c
 *		See sparkline.h.
 */
#include "sparkline.h"

#include <math.h>

#include "window.h"

#define BARS 8
#define MIDDLE_BAR 4

/* The third bytes: U+2581 + n - 1 is n eighths high, U+2590 - n is n eighths wide. */
#define HIGH_BLOCK(eighths) (0x80 + (eighths))
#define WIDE_BLOCK(eighths) (0x90 - (eighths))

static char *
put_block(char *out, int third_byte)
{
	*out++ = (char) 0xE2;
	*out++ = (char) 0x96;
	*out++ = (char) third_byte;
	return out;
}

/* What bar i of `width` stands for. */
static double
bar_value(const sc_series *series, int width, int i)
{
	sc_window	window;

	window.first = (int) ((int64_t) series->count * i / width);
	window.count = (int) ((int64_t) series->count * (i + 1) / width) - window.first;
	if (window.count < 1)
		window.count = 1;
	return sc_window_mean(series, window);
}

size_t
sc_sparkline(const sc_series *series, int width, char *out)
{
	char	   *end = out;
	double		least = INFINITY,
				greatest = -INFINITY,
				scale;

	if (series->count == 0)
		width = 0;
	for (int i = 0; i < width; i++)
	{
		double		value = bar_value(series, width, i);

		least = fmin(least, value);
		greatest = fmax(greatest, value);
	}
	/* a range beyond double is measured by halves */
	scale = isfinite(greatest - least) ? 1 : 0.5;
	for (int i = 0; i < width; i++)
	{
		int			eighths = MIDDLE_BAR;

		if (greatest > least)
		{
			double		share = (scale * bar_value(series, width, i) - scale * least) / (scale * greatest - scale * least);

			eighths = share < 1 ? 1 + (int) (BARS * share) : BARS;
		}
		end = put_block(end, HIGH_BLOCK(eighths));
	}
	*end = '\0';
	return (size_t) (end - out);
}

size_t
sc_progress_bar(double percent, int width, char *out)
{
	char	   *end = out;
	int			filled = 8 * width;

	if (percent < 100)
		filled = percent > 0 ? (int) (percent * filled / 100) : 0;
	if (percent < 100 && filled == 8 * width)
		filled--;
	for (int i = 0; i < width; i++, filled -= 8)
	{
		if (filled > 0)
			end = put_block(end, WIDE_BLOCK(filled < 8 ? filled : 8));
		else
			*end++ = ' ';
	}
	*end = '\0';
	return (size_t) (end - out);
}
