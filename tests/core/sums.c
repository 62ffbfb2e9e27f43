/* Sums of weighted rows: kinds, parts, windows, results, text. */
#include "building.h"
#include "sums.h"

#include <float.h>

#define ROOM 300000				/* bytes: the widest sums of powers */
#define DIGITS 200000

static uint32_t work[DIGITS];	/* for reading */

typedef struct built_sums
{
	_Alignas(8) char bytes[ROOM];
} built_sums;

static sc_sums *
sums_of(built_sums *built)
{
	return (sc_sums *) built->bytes;
}

typedef struct given
{
	double		value;
	double		weight;
} given;

/* Exactly the digits that are asked for, so that the sanitizer sees one more. */
static uint32_t *
room_for(const sc_sums *sums)
{
	static uint32_t *room;

	free(room);
	room = malloc(sizeof(uint32_t) * sc_sums_digits(sums));
	return room;
}

static void
make_row(sc_row *row, sc_sums_kind kind, given g, double parameter)
{
	switch (kind)
	{
		case SC_SUMS_MEAN:
			sc_sums_mean_row(row, g.value, g.weight);
			break;
		case SC_SUMS_GEOMETRIC:
			sc_sums_geometric_row(row, g.value, g.weight);
			break;
		case SC_SUMS_HARMONIC:
			sc_sums_harmonic_row(row, g.value, g.weight);
			break;
		case SC_SUMS_POWER:
			sc_sums_power_row(row, g.value, g.weight, parameter);
			break;
		case SC_SUMS_MOMENTS:
			sc_sums_moments_row(row, g.value, g.weight);
			break;
		default:
			sc_sums_share_row(row, g.weight, g.value > 0 ? 1 : g.value == 0 ? 0.5 : 0);
			break;
	}
}

static void
begin(built_sums *built, sc_sums_kind kind, double parameter)
{
	sc_sums_plan plan;

	memset(&plan, 0, sizeof(plan));
	sc_sums_begin(sums_of(built), kind, parameter, &plan);
}

static void
move_to_plan(built_sums *built, const sc_sums_plan *plan)
{
	static built_sums moved;

	if (sc_sums_plan_size(plan) > ROOM)
		abort();
	sc_sums_move(sums_of(built), plan, sums_of(&moved), room_for(sums_of(built)));
	memcpy(built, &moved, sc_sums_plan_size(plan));
}

static void
add(built_sums *built, given g, bool enter)
{
	sc_sums    *sums = sums_of(built);
	sc_sums_plan plan;
	sc_row		row;

	make_row(&row, sums->kind, g, sums->parameter);
	if (enter ? (row.count == 2 ? sc_sums_add_pair(sums, &row) : sc_sums_add_terms(sums, &row)) : sc_sums_remove(sums, &row))
		return;
	sc_sums_plan_row(sums, &row, &plan);
	move_to_plan(built, &plan);
	CHECK(enter ? sc_sums_add_terms(sums, &row) : sc_sums_remove(sums, &row));
}

static void
merge(built_sums *to, built_sums *from)
{
	sc_sums_plan plan;
	sc_error	error;

	if (sc_sums_plan_merge(sums_of(to), sums_of(from), &plan))
		move_to_plan(to, &plan);
	CHECK(sc_sums_merge(sums_of(to), sums_of(from), &error));
}

static const char *
text_of(built_sums *built)
{
	static char texts[2][100000];
	static int	turn;
	char	   *text = texts[turn ^= 1];
	sc_sums_value value;

	sc_sums_unpack(sums_of(built), room_for(sums_of(built)), &value);
	if (sc_sums_text_size(&value) > sizeof(texts[0]))
		abort();
	text[sc_sums_print(&value, text)] = '\0';
	return text;
}

static void
build(built_sums *built, sc_sums_kind kind, double parameter, const given *rows, int count)
{
	begin(built, kind, parameter);
	for (int i = 0; i < count; i++)
		add(built, rows[i], true);
}

static double
mean_of(sc_sums_kind kind, double parameter, const given *rows, int count)
{
	static built_sums built;

	build(&built, kind, parameter, rows, count);
	return sc_sums_mean(sums_of(&built), room_for(sums_of(&built)));
}

/* A row of any magnitude: for geometric and harmonic means mostly above 0. */
static given
any_row(int spread)
{
	given		g;

	g.value = ldexp((double) (dice_bits() >> 11), dice(2 * spread + 1) - spread - 53) * (dice(40) == 0 ? -1 : 1);
	g.weight = ldexp(1 + (double) (dice_bits() >> 12), dice(2 * spread + 1) - spread - 53);
	if (dice(20) == 0)
		g.value = 0;
	if (dice(30) == 0)
		g.value = dice(2) ? DBL_MAX : 5e-324;
	if (dice(30) == 0)
		g.weight = dice(2) ? DBL_MAX : 5e-324;
	if (dice(10) == 0)
		g.weight = 1;
	return g;
}

static const struct
{
	sc_sums_kind kind;
	double		parameter;
}			kinds[] = {
	{SC_SUMS_MEAN, 0}, {SC_SUMS_GEOMETRIC, 0}, {SC_SUMS_HARMONIC, 0}, {SC_SUMS_COVERAGE, 0}, {SC_SUMS_OUTRANKING, 0},
	{SC_SUMS_MOMENTS, 0}, {SC_SUMS_MOMENTS, 1}, {SC_SUMS_POWER, 2}, {SC_SUMS_POWER, -100}, {SC_SUMS_POWER, 0},
	{SC_SUMS_POWER, 1e-9}, {SC_SUMS_POWER, 100}, {SC_SUMS_POWER, 0.5}
};

TEST(parts_and_orders_are_the_whole)
{
	static built_sums whole,
				backward,
				parts[3];

	for (int k = 0; k < COUNT(kinds); k++)
		for (int round = 0; round < 12; round++)
		{
			enum {MANY = 60};
			given		rows[MANY];

			for (int i = 0; i < MANY; i++)
				rows[i] = any_row(round % 3 == 0 ? 900 : 10);
			build(&whole, kinds[k].kind, kinds[k].parameter, rows, MANY);
			begin(&backward, kinds[k].kind, kinds[k].parameter);
			for (int i = MANY - 1; i >= 0; i--)
				add(&backward, rows[i], true);
			for (int p = 0; p < 3; p++)
				begin(&parts[p], kinds[k].kind, kinds[k].parameter);
			for (int i = 0; i < MANY; i++)
				add(&parts[i < 3 ? i : dice(3)], rows[i], true);
			merge(&parts[1], &parts[2]);
			merge(&parts[0], &parts[1]);
			CHECK_TEXT(text_of(&backward), text_of(&whole));
			CHECK_TEXT(text_of(&parts[0]), text_of(&whole));
			CHECK(sc_sums_valid(sums_of(&whole), SC_SUMS_SIZE(sums_of(&whole)->count[0] + sums_of(&whole)->count[1] + sums_of(&whole)->count[2])));
		}
}

static double
total_of(const given *rows, int count)
{
	static built_sums built;

	build(&built, SC_SUMS_MEAN, 0, rows, count);
	return sc_sums_total(sums_of(&built), room_for(sums_of(&built)));
}

TEST(totals)
{
	const given shares[] = {{595, 0.25}, {40, 1}, {-3, 0.5}};
	const given cancelling[] = {{DBL_MAX, 2}, {1, 1}, {-DBL_MAX, 2}};
	const given small[] = {{5e-324, 0.5}, {5e-324, 0.5}};
	const given large[] = {{-DBL_MAX, 1}, {-DBL_MAX, 1}};

	CHECK_DOUBLE(total_of(shares, 3), 148.75 + 40 - 1.5);
	CHECK_DOUBLE(total_of(cancelling, 3), 1);
	CHECK_DOUBLE(total_of(cancelling, 2), INFINITY);
	CHECK_DOUBLE(total_of(small, 2), 5e-324);
	CHECK_DOUBLE(total_of(large, 2), -INFINITY);
	CHECK(isnan(total_of(shares, 0)));
	CHECK_DOUBLE(total_of(&(given) {-0.0, 1}, 1), 0);
}

TEST(rows_leave_no_trace)
{
	static built_sums sliding,
				fresh;

	for (int k = 0; k < COUNT(kinds); k++)
	{
		enum {MANY = 80, FRAME = 7};
		given		rows[MANY];

		begin(&sliding, kinds[k].kind, kinds[k].parameter);
		for (int i = 0; i < MANY; i++)
		{
			rows[i] = any_row(i % 11 == 0 ? 900 : 10);
			add(&sliding, rows[i], true);
			if (i < FRAME)
				continue;
			add(&sliding, rows[i - FRAME], false);
			build(&fresh, kinds[k].kind, kinds[k].parameter, rows + i - FRAME + 1, FRAME);
			/* least and greatest are kept elsewhere for windows */
			sums_of(&sliding)->least = sums_of(&fresh)->least;
			sums_of(&sliding)->greatest = sums_of(&fresh)->greatest;
			CHECK_TEXT(text_of(&sliding), text_of(&fresh));
			if (kinds[k].kind == SC_SUMS_MEAN)
				CHECK_DOUBLE(sc_sums_total(sums_of(&sliding), room_for(sums_of(&sliding))), sc_sums_total(sums_of(&fresh), room_for(sums_of(&fresh))));
			if (kinds[k].kind != SC_SUMS_MOMENTS)
				CHECK_DOUBLE(sc_sums_mean(sums_of(&sliding), room_for(sums_of(&sliding))), sc_sums_mean(sums_of(&fresh), room_for(sums_of(&fresh))));
			else
				CHECK_DOUBLE(sc_sums_deviation(sums_of(&sliding), room_for(sums_of(&sliding))), sc_sums_deviation(sums_of(&fresh), room_for(sums_of(&fresh))));
		}
	}
}

TEST(heavy_bins_are_carried_on)
{
	static built_sums heavy,
				other;
	const given row = {DBL_MAX, DBL_MAX};
	static char before[100000];

	for (int k = 0; k < COUNT(kinds); k++)
	{
		build(&heavy, kinds[k].kind, kinds[k].parameter, &row, 1);
		strcpy(before, text_of(&heavy));
		sums_of(&heavy)->load = SC_BIN_LOAD;
		add(&heavy, row, true);
		CHECK_LONG(sums_of(&heavy)->load, 2);
		add(&heavy, row, false);
		CHECK_TEXT(text_of(&heavy), before);
		/* sixty doublings: a load that would overflow if nothing were carried */
		for (int i = 0; i < 60; i++)
		{
			other = heavy;
			merge(&heavy, &other);
			CHECK(sums_of(&heavy)->load <= SC_BIN_LOAD + 1);
		}
		CHECK(sums_of(&heavy)->rows == INT64_C(1) << 60);
		if (kinds[k].kind == SC_SUMS_MEAN || kinds[k].kind == SC_SUMS_HARMONIC)
			CHECK_DOUBLE(sc_sums_mean(sums_of(&heavy), room_for(sums_of(&heavy))), DBL_MAX);
		if (kinds[k].kind == SC_SUMS_MEAN)
			CHECK_DOUBLE(sc_sums_total(sums_of(&heavy), room_for(sums_of(&heavy))), INFINITY);
		{
			static char text[100000];
			sc_sums_value value;
			sc_error	error;

			strcpy(text, text_of(&heavy));
			CHECK_FOR(sc_sums_scan(text, (long) strlen(text), work, &value, &error), "%s", text);
		}
		for (int i = 0; i < 3; i++)
		{
			sc_error	error;

			other = heavy;
			if (i < 2)
				merge(&heavy, &other);
			else
				CHECK(!sc_sums_merge(sums_of(&heavy), sums_of(&other), &error) && error.kind == SC_SUMS_ROWS);
		}
	}
}

TEST(means_known_beforehand)
{
	static const given rows[] = {{1, 1}, {2, 2}, {4, 3}};
	static const given scattered[] = {{1e100, 1}, {1, 1}, {-1e100, 1}, {1e-300, 1}, {.1, 1}, {.2, 1}};
	static const given huge[] = {{1.7e308, 1.7e308}, {1.5e308, 1.7e308}};
	static const given tiny[] = {{5e-324, 5e-324}, {15e-324, 5e-324}};
	static const given one_four[] = {{1, 1}, {4, 1}};
	static const given zero[] = {{0, 3}, {4, 1}};
	static const given negative[] = {{-1, 1}, {0, 1}};
	static const given opposite[] = {{-0.0, 1}, {-5e-324, 1}, {5e-324, 1}};
	static const given e300[] = {{1e300, 1}, {1e300, 2}};
	given		same[10];

	CHECK_DOUBLE(mean_of(SC_SUMS_MEAN, 0, rows, 3), 17.0 / 6);
	CHECK_NEAR(mean_of(SC_SUMS_GEOMETRIC, 0, rows, 3), exp((2 * log(2) + 3 * log(4)) / 6), 1e-15);
	CHECK_DOUBLE(mean_of(SC_SUMS_HARMONIC, 0, rows, 3), 6 / 2.75);
	CHECK_DOUBLE(mean_of(SC_SUMS_MEAN, 0, scattered, 6), 1.3 / 6);
	CHECK_DOUBLE(mean_of(SC_SUMS_MEAN, 0, huge, 2), 1.6e308);
	CHECK_NEAR(mean_of(SC_SUMS_GEOMETRIC, 0, huge, 2) / sqrt(1.7 * 1.5), 1e308, 1e295);
	CHECK_NEAR(mean_of(SC_SUMS_HARMONIC, 0, huge, 2) / (2 / (1 / 1.7 + 1 / 1.5)), 1e308, 1e293);
	CHECK_DOUBLE(mean_of(SC_SUMS_MEAN, 0, tiny, 2), 10e-324);
	CHECK_DOUBLE(mean_of(SC_SUMS_HARMONIC, 0, tiny, 2), 10e-324);
	CHECK_NEAR(mean_of(SC_SUMS_POWER, 2, one_four, 2), 2.9154759474226502, 1e-15);
	CHECK_NEAR(mean_of(SC_SUMS_POWER, 2, e300, 2), 1e300, 0);
	CHECK_NEAR(mean_of(SC_SUMS_POWER, 100, huge, 2) / (1.7 * pow((1 + pow(1.5 / 1.7, 100)) / 2, 0.01)), 1e308, 1e294);
	CHECK_NEAR(mean_of(SC_SUMS_POWER, 1, rows, 3), 17.0 / 6, 1e-15);
	CHECK_NEAR(mean_of(SC_SUMS_POWER, -1, rows, 3), 6 / 2.75, 1e-15);
	CHECK_DOUBLE(mean_of(SC_SUMS_POWER, 0, rows, 3), mean_of(SC_SUMS_GEOMETRIC, 0, rows, 3));
	CHECK_NEAR(mean_of(SC_SUMS_POWER, 1e-15, rows, 3), mean_of(SC_SUMS_GEOMETRIC, 0, rows, 3), 4e-15);
	CHECK_DOUBLE(mean_of(SC_SUMS_GEOMETRIC, 0, zero, 2), 0);
	CHECK_DOUBLE(mean_of(SC_SUMS_HARMONIC, 0, zero, 2), 0);
	CHECK_DOUBLE(mean_of(SC_SUMS_POWER, 0, zero, 2), 0);
	CHECK_DOUBLE(mean_of(SC_SUMS_POWER, -1e-9, zero, 2), 0);
	CHECK_DOUBLE(mean_of(SC_SUMS_POWER, -7, zero, 2), 0);
	CHECK_NEAR(mean_of(SC_SUMS_POWER, 2, zero, 2), 2, 1e-15);
	CHECK_NEAR(mean_of(SC_SUMS_POWER, 0.5, zero, 2), 0.25, 1e-15);
	/* (1/4)^1000 * 4 is nearly 0, and (1/4)^1024 * 4 */
	CHECK_NEAR(mean_of(SC_SUMS_POWER, 0.001, zero, 2) / (4 * pow(0.25, 500)), 0, 1e-200);
	for (int k = SC_SUMS_GEOMETRIC; k <= SC_SUMS_POWER; k++)
		CHECK_DOUBLE(mean_of(k, k == SC_SUMS_POWER ? 2 : 0, negative, 2), NAN);
	for (int k = SC_SUMS_MEAN; k <= SC_SUMS_POWER; k++)
		CHECK_DOUBLE(mean_of(k, 0, rows, 0), NAN);
	CHECK_DOUBLE(mean_of(SC_SUMS_MEAN, 0, opposite, 3), 0);
	CHECK_DOUBLE(mean_of(SC_SUMS_MEAN, 0, opposite, 1), 0);
	for (int round = 0; round < 500; round++)
	{
		double		value = ldexp(1 + (double) (dice_bits() >> 12), dice(2000) - 1040);

		for (int i = 0; i < 10; i++)
			same[i] = (given) {value, any_row(10).weight};
		for (int k = SC_SUMS_MEAN; k <= SC_SUMS_POWER; k++)
			CHECK_DOUBLE(mean_of(k, k == SC_SUMS_POWER ? (round % 200) - 100 : 0, same, 10), value);
	}
}

TEST(means_are_ordered)
{
	static const double powers[] = {-100, -2, -1, -0.1, -1e-9, 0, 1e-9, 1e-3, 0.002, 0.5, 1, 2, 3, 100};

	for (int round = 0; round < 200; round++)
	{
		given		rows[20];
		double		before = 0;
		double		least = INFINITY;

		for (int i = 0; i < 20; i++)
		{
			rows[i] = (given) {1 + dice(1000) / 7.0, 0.1 + dice(100)};
			least = fmin(least, rows[i].value);
		}
		for (int i = 0; i < COUNT(powers); i++)
		{
			double		mean = mean_of(SC_SUMS_POWER, powers[i], rows, 20);

			CHECK_FOR(mean >= before * (1 - 1e-12) && mean >= least, "power %g: %g after %g", powers[i], mean, before);
			before = mean;
		}
	}
}

/* The variance by the definition, in long double, for values that differ by much. */
TEST(deviations_and_indices)
{
	static built_sums sums;
	static const given apart[] = {{1e8 + 1, 1}, {1e8 + 2, 1}, {1e8 + 3, 1}};
	static const given ends[] = {{-DBL_MAX, 5e-324}, {DBL_MAX, 5e-324}};
	static const given small[] = {{5e-324, 1}, {15e-324, 1}};
	static const given equal[] = {{0.1, 0.1}, {0.1, 0.2}, {0.1, 1e300}};
	static const given scores[] = {{70, 1}, {70, 1}, {110, 1}};

	build(&sums, SC_SUMS_MOMENTS, 0, apart, 3);
	CHECK_DOUBLE(sc_sums_deviation(sums_of(&sums), room_for(sums_of(&sums))), sqrt(2.0 / 3));
	build(&sums, SC_SUMS_MOMENTS, 0, ends, 2);
	CHECK_DOUBLE(sc_sums_deviation(sums_of(&sums), room_for(sums_of(&sums))), DBL_MAX);
	CHECK_DOUBLE(sc_sums_mazziotta_pareto(sums_of(&sums), -1, room_for(sums_of(&sums))), NAN);
	build(&sums, SC_SUMS_MOMENTS, 0, small, 2);
	CHECK_DOUBLE(sc_sums_deviation(sums_of(&sums), room_for(sums_of(&sums))), 5e-324);
	build(&sums, SC_SUMS_MOMENTS, 0, equal, 3);
	CHECK_DOUBLE(sc_sums_deviation(sums_of(&sums), room_for(sums_of(&sums))), 0);
	CHECK_DOUBLE(sc_sums_mazziotta_pareto(sums_of(&sums), -1, room_for(sums_of(&sums))), 0.1);
	CHECK_DOUBLE(sc_sums_mazziotta_pareto(sums_of(&sums), 1, room_for(sums_of(&sums))), 0.1);
	/* mean 250/3, variance 3200/9: the penalty is 64/15, and 3/2 of it */
	build(&sums, SC_SUMS_MOMENTS, 0, scores, 3);
	CHECK_DOUBLE(sc_sums_mazziotta_pareto(sums_of(&sums), -1, room_for(sums_of(&sums))), 1186.0 / 15);
	CHECK_DOUBLE(sc_sums_mazziotta_pareto(sums_of(&sums), 1, room_for(sums_of(&sums))), 87.6);
	build(&sums, SC_SUMS_MOMENTS, 1, scores, 3);
	CHECK_DOUBLE(sc_sums_mazziotta_pareto(sums_of(&sums), -1, room_for(sums_of(&sums))), 1154.0 / 15);
	CHECK_NEAR(sc_sums_mazziotta_pareto(sums_of(&sums), 1, room_for(sums_of(&sums))), 250.0 / 3 + 6.4, 1e-13);
	build(&sums, SC_SUMS_MOMENTS, 1, scores, 1);
	CHECK_DOUBLE(sc_sums_mazziotta_pareto(sums_of(&sums), 1, room_for(sums_of(&sums))), NAN);
	for (int round = 0; round < 300; round++)
	{
		given		rows[12];
		long double weight = 0,
					mean = 0,
					variance = 0;
		double		index;

		for (int i = 0; i < 12; i++)
		{
			rows[i] = (given) {20 + dice(1000) / 7.0, 0.1 + dice(100)};
			weight += rows[i].weight;
			mean += (long double) rows[i].weight * rows[i].value;
		}
		mean /= weight;
		for (int i = 0; i < 12; i++)
			variance += rows[i].weight * (rows[i].value - mean) * (rows[i].value - mean);
		variance /= weight;
		build(&sums, SC_SUMS_MOMENTS, round % 2, rows, 12);
		CHECK_NEAR(sc_sums_deviation(sums_of(&sums), room_for(sums_of(&sums))), (double) sqrtl(variance), 3e-14);
		if (round % 2)
			variance = variance * 12 / 11;
		for (int sign = -1; sign <= 1; sign += 2)
		{
			index = (double) (mean + sign * variance / mean);
			CHECK_NEAR(sc_sums_mazziotta_pareto(sums_of(&sums), sign, room_for(sums_of(&sums))), index, 5e-14);
		}
	}
}

TEST(shares)
{
	static built_sums sums;
	static const given rows[] = {{1, 0.1}, {1, 0.2}, {0, 0.4}, {-1, 0.3}};

	build(&sums, SC_SUMS_OUTRANKING, 0, rows, 2);
	CHECK_DOUBLE(sc_sums_share(sums_of(&sums), room_for(sums_of(&sums))), 1);
	build(&sums, SC_SUMS_OUTRANKING, 0, rows, 4);
	CHECK_DOUBLE(sc_sums_share(sums_of(&sums), room_for(sums_of(&sums))), 0.5);
	build(&sums, SC_SUMS_OUTRANKING, 0, rows + 3, 1);
	CHECK_DOUBLE(sc_sums_share(sums_of(&sums), room_for(sums_of(&sums))), 0);
	build(&sums, SC_SUMS_OUTRANKING, 0, rows, 0);
	CHECK_DOUBLE(sc_sums_share(sums_of(&sums), room_for(sums_of(&sums))), NAN);
}

/* -------------------------------------------------------------------- text */

static bool
scan(const char *text, built_sums *sums, sc_error *error)
{
	sc_sums_value value;

	if (!sc_sums_scan(text, (long) strlen(text), work, &value, error))
		return false;
	if (sc_sums_pack_size(&value) > ROOM)
		abort();
	sc_sums_pack(&value, sums_of(sums));
	return true;
}

TEST(text_comes_back_to_the_bit)
{
	static built_sums sums,
				back;
	sc_error	error;

	for (int k = 0; k < COUNT(kinds); k++)
		for (int round = 0; round < 30; round++)
		{
			begin(&sums, kinds[k].kind, kinds[k].parameter);
			for (int i = 0; i < round; i++)
				add(&sums, any_row(round % 3 ? 10 : 900), true);
			CHECK_FOR(scan(text_of(&sums), &back, &error), "%s", text_of(&sums));
			CHECK_TEXT(text_of(&back), text_of(&sums));
			CHECK(sc_sums_valid(sums_of(&back), SC_SUMS_SIZE(sums_of(&back)->count[0] + sums_of(&back)->count[1] + sums_of(&back)->count[2])));
		}
	{
		static const given rows[] = {{0.5, 2}, {-3, 1}};

		build(&sums, SC_SUMS_MEAN, 0, rows, 2);
		CHECK_TEXT(text_of(&sums), "v1 mean {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: -3, greatest: 0.5, sums: [0x3p0, -0x2p0]}");
		begin(&sums, SC_SUMS_MOMENTS, 1);
		CHECK_TEXT(text_of(&sums), "v1 moments {parameter: 1, rows: 0, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0, 0, 0]}");
	}
	/* other ways to write a number */
	CHECK(scan(" v1  mean{parameter:-0,rows:2,zeros:0,negatives:0,least:-3,greatest:5e-1,sums:[ 0x00000000000000003p0 , -0x200000000p-32]} ", &back, &error));
	CHECK_TEXT(text_of(&back), "v1 mean {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: -3, greatest: 0.5, sums: [0x3p0, -0x2p0]}");
}

TEST(text_that_is_refused)
{
	static const struct
	{
		const char *text;
		sc_error_kind kind;
	}			cases[] = {
		{"", SC_EXPECTED},
		{"v2 mean {}", SC_EXPECTED},
		{"v1 median {}", SC_EXPECTED},
		{"v1 mean {}", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0]}", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p0, 0x1p0]}", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p0]} x", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p1, 0x1p0]}", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0xp0, 0x1p0]}", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p99999999999999999999, 0x1p0]}", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: -1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: 9223372036854775808, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_EXPECTED},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: NaN, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_NUMBER_FORM},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1e999, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_NUMBER_RANGE},
		{"v1 mean {parameter: 1, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 moments {parameter: 2, rows: 1, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0x1p0, 0x1p0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 power {parameter: 101, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 1, zeros: 2, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 1, zeros: 1, negatives: 1, least: 1, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 2, greatest: 1, sums: [0x1p0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 0, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0x1p0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 0, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0, 0]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [-0x1p0, 0x1p0]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p3520]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p-3552]}", SC_SUMS_NUMBERS},
		{"v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0x1p1048576]}", SC_SUMS_NUMBERS},
	};
	static built_sums sums;
	sc_error	error;

	for (int i = 0; i < COUNT(cases); i++)
	{
		error.kind = SC_OK;
		CHECK_FOR(!scan(cases[i].text, &sums, &error) && error.kind == cases[i].kind, "%s: %s", cases[i].text, sc_error_message(error.kind));
	}
	CHECK(scan("v1 mean {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0xffffffffp3488]}", &sums, &error));
	CHECK(scan("v1 power {parameter: 7, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, 0xffffffffp109408]}", &sums, &error));
}

/* What can be said but never comes from rows ends in some answer. */
TEST(forged_sums_do_no_harm)
{
	static const char *const texts[] = {
		"v1 power {parameter: 2, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 1, sums: [0x1p0, -0x1p0]}",
		"v1 power {parameter: 1e-9, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 2, sums: [0x1p0, -0x5p0]}",
		"v1 power {parameter: 0.002, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 2, sums: [0x1p-109440, 0xffffffffp109408]}",
		"v1 power {parameter: -100, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 2, sums: [0x1p-109440, 0xffffffffp109408]}",
		"v1 harmonic {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 2, sums: [0x1p0, 0]}",
		"v1 geometric {parameter: 0, rows: 1, zeros: 0, negatives: 0, least: 1, greatest: 2, sums: [0x1p-3520, 0xffffffffp3488]}",
		"v1 moments {parameter: 1, rows: 9223372036854775807, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0x1p-3520, 0xffffffffp3488, 0x1p0]}",
		"v1 moments {parameter: 0, rows: 2, zeros: 0, negatives: 0, least: 0, greatest: 0, sums: [0xffffffffffffffffp3456, 0x1p-3520, -0xffffffffp3488]}",
	};
	static built_sums sums;
	sc_error	error;

	for (int i = 0; i < COUNT(texts); i++)
	{
		double		mean;

		CHECK_FOR(scan(texts[i], &sums, &error), "%s", texts[i]);
		mean = sc_sums_mean(sums_of(&sums), room_for(sums_of(&sums)));
		(void) sc_sums_total(sums_of(&sums), room_for(sums_of(&sums)));
		CHECK_FOR(mean >= sums_of(&sums)->least && mean <= sums_of(&sums)->greatest, "%s: %g", texts[i], mean);
		if (sums_of(&sums)->kind != SC_SUMS_MOMENTS)
			continue;
		CHECK(!(sc_sums_deviation(sums_of(&sums), room_for(sums_of(&sums))) < 0));
		(void) sc_sums_mazziotta_pareto(sums_of(&sums), 1, room_for(sums_of(&sums)));
		(void) sc_sums_mazziotta_pareto(sums_of(&sums), -1, room_for(sums_of(&sums)));
	}
}
