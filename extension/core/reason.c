/*
 * reason.c
 *		The words of reason.h.
 */
#include "reason.h"

const char *
sc_reason_word(sc_reason reason)
{
	static const char *const words[] = {
#define SC_REASON_WORD(kind, word) word,
		SC_REASON_LIST(SC_REASON_WORD)
#undef SC_REASON_WORD
	};

	return words[reason];
}
