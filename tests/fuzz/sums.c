/*
 * libFuzzer on the text and the stored form of sums, and on rows: the first byte
 * chooses. What is accepted must print, read back as the same, merge and give
 * some result; rows must leave no trace.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sums.h"
#include "require.h"

static uint32_t *
room_for(const sc_sums *sums)
{
	return malloc(sizeof(uint32_t) * sc_sums_digits(sums));
}

static char *
text_of(const sc_sums *sums)
{
	uint32_t   *digits = room_for(sums);
	sc_sums_value value;
	char	   *text;

	sc_sums_unpack(sums, digits, &value);
	text = malloc(sc_sums_text_size(&value));
	text[sc_sums_print(&value, text)] = '\0';
	free(digits);
	return text;
}

static sc_sums *
read_text(const char *text, size_t length)
{
	uint32_t   *digits = malloc(sizeof(uint32_t) * SC_SUMS_SCAN_DIGITS(length));
	sc_sums    *sums = NULL;
	sc_sums_value value;
	sc_error	error;

	if (sc_sums_scan(text, (long) length, digits, &value, &error))
	{
		size_t		size = sc_sums_pack_size(&value);

		sums = malloc(size);
		sc_sums_pack(&value, sums);
		require(sc_sums_valid(sums, size));
	}
	free(digits);
	return sums;
}

static sc_sums *
moved(sc_sums *sums, const sc_sums_plan *plan)
{
	sc_sums    *larger = malloc(sc_sums_plan_size(plan));
	uint32_t   *digits = room_for(sums);

	sc_sums_move(sums, plan, larger, digits);
	free(digits);
	free(sums);
	return larger;
}

static void
use(const sc_sums *sums)
{
	uint32_t   *digits = room_for(sums);
	double		mean = sc_sums_mean(sums, digits);

	if (isfinite(sums->least) && isfinite(sums->greatest) && sums->least <= sums->greatest && sums->zeros == 0)
		require(isnan(mean) || (mean >= sums->least && mean <= sums->greatest));
	(void) sc_sums_share(sums, digits);
	if (sums->kind == SC_SUMS_MOMENTS)
	{
		require(!(sc_sums_deviation(sums, digits) < 0));
		(void) sc_sums_mazziotta_pareto(sums, -1, digits);
		(void) sc_sums_mazziotta_pareto(sums, 1, digits);
	}
	free(digits);
}

static void
use_text(const char *text, size_t length)
{
	sc_sums    *sums = read_text(text, length);
	sc_sums    *again;
	sc_sums_plan plan;
	sc_error	error;
	char	   *first,
			   *second;

	if (sums == NULL)
		return;
	use(sums);
	first = text_of(sums);
	again = read_text(first, strlen(first));
	require(again != NULL);
	second = text_of(again);
	require(strcmp(first, second) == 0);
	free(second);
	if (sc_sums_plan_merge(again, sums, &plan))
		again = moved(again, &plan);
	if (sc_sums_merge(again, sums, &error))
	{
		second = text_of(again);
		free(again);
		again = read_text(second, strlen(second));
		require(again != NULL);
		use(again);
		free(second);
	}
	free(first);
	free(again);
	free(sums);
}

/* Any bytes that pass for sums: only the sanitizers judge what comes of them, but for counts that overflow. */
static void
use_bytes(const uint8_t *data, size_t size)
{
	sc_sums    *sums = malloc(size > sizeof(sc_sums) ? size : sizeof(sc_sums));
	int			limit = 0;

	memcpy(sums, data, size);
	if (sc_sums_valid(sums, size))
	{
		for (int i = 0; i < SC_SUMS_MOST; i++)
			limit |= sums->base[i] > 4000 || sums->base[i] < -4000;
		for (int i = 0; i < sums->count[0] + sums->count[1] + sums->count[2]; i++)
			sums->bins[i].high >>= 4;
		if (!limit)
			use(sums);
	}
	free(sums);
}

static void
make_row(sc_row *row, sc_sums_kind kind, double value, double weight, double parameter)
{
	if (kind == SC_SUMS_MEAN)
		sc_sums_mean_row(row, value, weight);
	else if (kind == SC_SUMS_GEOMETRIC)
		sc_sums_geometric_row(row, value, weight);
	else if (kind == SC_SUMS_HARMONIC)
		sc_sums_harmonic_row(row, value, weight);
	else if (kind == SC_SUMS_POWER)
		sc_sums_power_row(row, value, weight, parameter);
	else if (kind == SC_SUMS_MOMENTS)
		sc_sums_moments_row(row, value, weight);
	else
		sc_sums_share_row(row, weight, value > 0 ? 1 : value < 0 ? 0 : 0.5);
}

/* Pairs of numbers as rows, which enter forwards and leave backwards. */
static void
use_rows(sc_sums_kind kind, const uint8_t *data, size_t size)
{
	double		parameter = 0;
	sc_sums_plan plan;
	sc_sums    *sums;
	sc_row		row;
	size_t		count;
	char	   *text;

	if (size < 8)
		return;
	if (kind == SC_SUMS_POWER)
		memcpy(&parameter, data, 8);
	if (!(fabs(parameter) <= SC_SUMS_GREATEST_POWER))
		return;
	count = (size - 8) / 16;
	memset(&plan, 0, sizeof(plan));
	sums = malloc(sc_sums_plan_size(&plan));
	sc_sums_begin(sums, kind, parameter, &plan);
	for (size_t i = 0; i < 2 * count; i++)
	{
		double		numbers[2];
		bool		enter = i < count;

		memcpy(numbers, data + 8 + 16 * (enter ? i : 2 * count - 1 - i), 16);
		numbers[1] = fabs(numbers[1]);
		if (!isfinite(numbers[0]) || !isfinite(numbers[1]) || numbers[1] == 0)
			continue;
		make_row(&row, kind, numbers[0], numbers[1], parameter);
		if (!(enter ? sc_sums_add_terms(sums, &row) : sc_sums_remove(sums, &row)))
		{
			require(enter);
			sc_sums_plan_row(sums, &row, &plan);
			sums = moved(sums, &plan);
			require(sc_sums_add_terms(sums, &row));
		}
		if (i + 1 == count && sums->rows > 0)
		{
			sc_sums    *back;

			use(sums);
			text = text_of(sums);
			back = read_text(text, strlen(text));
			require(back != NULL);
			free(text);
			free(back);
		}
	}
	require(sums->rows == 0);
	text = text_of(sums);
	require(strstr(text, "sums: [0, 0") != NULL);
	free(text);
	free(sums);
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	if (data[0] == 'b')
		use_bytes(data + 1, size - 1);
	else if (data[0] >= 1 && data[0] <= SC_SUMS_MOMENTS)
		use_rows(data[0], data + 1, size - 1);
	else
		use_text((const char *) data, size);
	return 0;
}
