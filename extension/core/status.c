/*
 * status.c
 *		See status.h.
 */
#include "status.h"

#include <stddef.h>
#include <string.h>

static const struct
{
	const char *word;
	const char *signal;
}			statuses[] = {
	{NULL, NULL},
	{"missed", "red"},
	{"lost", "red"},
	{"off_track", "red"},
	{"at_risk", "amber"},
	{"on_track", "green"},
	{"met", "green"},
	{"exceeded", "green"},
	{"not_yet_assessable", "grey"},
	{"no_data", "grey"},
};

const char *
sc_status_word(int status)
{
	return status >= SC_STATUS_FIRST && status <= SC_STATUS_LAST ? statuses[status].word : NULL;
}

bool
sc_status_from_word(const char *word, sc_status *status)
{
	for (int i = SC_STATUS_FIRST; i <= SC_STATUS_LAST; i++)
		if (strcmp(word, statuses[i].word) == 0)
		{
			*status = i;
			return true;
		}
	return false;
}

const char *
sc_status_signal(sc_status status)
{
	return statuses[status].signal;
}

bool
sc_status_of_indicator(sc_status_set set, sc_status *status)
{
	const sc_status_set grey = 1u << SC_STATUS_NOT_YET_ASSESSABLE | 1u << SC_STATUS_NO_DATA;
	const sc_status_set bad = (1u << (SC_STATUS_AT_RISK + 1)) - 1;

	if (set == 0)
		return false;
	if (!(set & bad) && (set & grey))
	{
		*status = set == 1u << SC_STATUS_NO_DATA ? SC_STATUS_NO_DATA : SC_STATUS_NOT_YET_ASSESSABLE;
		return true;
	}
	for (int i = SC_STATUS_FIRST; i <= SC_STATUS_LAST; i++)
		if (set & 1u << i)
		{
			*status = i;
			return true;
		}
	return false;
}
