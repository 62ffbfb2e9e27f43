/*
 * error.c
 *		The table behind error.h.
 */
#include "error.h"

#include <string.h>

static const struct
{
	const char *sqlstate;
	const char *message;
	const char *hint;
}			kinds[] = {
	{"00000", "", NULL},
#define SC_ERROR_ROW(kind, sqlstate, message, hint) {sqlstate, message, hint},
	SC_ERROR_LIST(SC_ERROR_ROW)
#undef SC_ERROR_ROW
};

/* An excerpt may end inside a UTF-8 character: the length without its bytes. */
static size_t
whole_characters(const char *text, size_t length)
{
	size_t		tail = 0;
	unsigned char lead;
	size_t		needed;

	while (tail < length && tail < 3 && ((unsigned char) text[length - 1 - tail] & 0xC0) == 0x80)
		tail++;
	if (tail >= length)
		return length;
	lead = (unsigned char) text[length - 1 - tail];
	needed = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
	return needed > tail ? length - 1 - tail : length;
}

static void
copy_offender(char *to, const char *from, size_t length)
{
	size_t		room = SC_OFFENDER_SIZE - sizeof("...");

	if (length <= room)
	{
		length = whole_characters(from, length);
		memcpy(to, from, length);
		to[length] = '\0';
		return;
	}
	while (room > 0 && ((unsigned char) from[room] & 0xC0) == 0x80)
		room--;
	memcpy(to, from, room);
	memcpy(to + room, "...", sizeof("..."));
}

bool
sc_fail_text(sc_error *error, sc_error_kind kind, long position,
			 const char *offender, size_t offender_length,
			 const char *other, size_t other_length)
{
	error->kind = kind;
	error->position = position;
	copy_offender(error->offender, offender, offender_length);
	copy_offender(error->other, other, other_length);
	return false;
}

bool
sc_fail(sc_error *error, sc_error_kind kind, long position,
		const char *offender, const char *other)
{
	if (offender == NULL)
		offender = "";
	if (other == NULL)
		other = "";
	return sc_fail_text(error, kind, position,
						offender, strlen(offender), other, strlen(other));
}

const char *
sc_error_sqlstate(sc_error_kind kind)
{
	return kinds[kind].sqlstate;
}

const char *
sc_error_message(sc_error_kind kind)
{
	return kinds[kind].message;
}

const char *
sc_error_hint(sc_error_kind kind)
{
	return kinds[kind].hint;
}
