/* Statuses: words, signals, and the status of an indicator with several leaves. */
#include "building.h"
#include "status.h"

TEST(words)
{
	static const char *const words[] = {"missed", "lost", "off_track", "at_risk", "on_track", "met", "exceeded",
	"not_yet_assessable", "no_data"};
	static const char *const signals[] = {"red", "red", "red", "amber", "green", "green", "green", "grey", "grey"};

	for (int i = 0; i < COUNT(words); i++)
	{
		sc_status	status;

		CHECK_TEXT(sc_status_word(i + 1), words[i]);
		CHECK_FOR(sc_status_from_word(words[i], &status) && (int) status == i + 1, "%s", words[i]);
		CHECK_TEXT(sc_status_signal(i + 1), signals[i]);
	}
	CHECK(sc_status_word(0) == NULL);
	CHECK(sc_status_word(10) == NULL);
	CHECK(sc_status_word(-1) == NULL);
	CHECK(sc_status_word(255) == NULL);
}

TEST(other_words)
{
	static const char *const others[] = {"", "MET", "met ", "mets", "me", "no data", "green", "1"};
	sc_status	status;

	for (int i = 0; i < COUNT(others); i++)
		CHECK_FOR(!sc_status_from_word(others[i], &status), "%s", others[i]);
}

/* The rule as written: the worst of the bad ones, else unknown if any leaf is, else the worst. */
static sc_status
by_the_rule(const sc_status *leaves, int count)
{
	sc_status	worst = SC_STATUS_NO_DATA;
	bool		unknown = false;
	bool		all_without_data = true;

	for (int i = 0; i < count; i++)
	{
		if (leaves[i] < worst)
			worst = leaves[i];
		if (leaves[i] == SC_STATUS_NOT_YET_ASSESSABLE || leaves[i] == SC_STATUS_NO_DATA)
			unknown = true;
		if (leaves[i] != SC_STATUS_NO_DATA)
			all_without_data = false;
	}
	if (worst <= SC_STATUS_AT_RISK)
		return worst;
	if (unknown)
		return all_without_data ? SC_STATUS_NO_DATA : SC_STATUS_NOT_YET_ASSESSABLE;
	return worst;
}

TEST(indicator_of_all_sets)
{
	for (int bits = 1; bits < 512; bits++)
	{
		sc_status	leaves[9];
		int			count = 0;
		sc_status	status = 0;

		for (int i = 0; i < 9; i++)
			if (bits >> i & 1)
				leaves[count++] = i + 1;
		CHECK_FOR(sc_status_of_indicator((sc_status_set) bits << 1, &status) && status == by_the_rule(leaves, count),
				  "set %d: %d", bits, (int) status);
	}
}

TEST(indicator_without_leaves)
{
	sc_status	status;

	CHECK(!sc_status_of_indicator(0, &status));
}
