/* Sheets: both layouts, text, comparison, and bytes that are no sheet. */
#include "building.h"
#include "sheet.h"

static const uint8_t leaf_set[SC_FINGERPRINT_SIZE] = {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff};

#define MOST 200

typedef union sheet_space
{
	sc_sheet_header header;
	char		bytes[SC_SHEET_DENSE_SIZE(MOST) + SC_SHEET_BITMAP_SIZE(MOST)];
} sheet_space;

/* A dense sheet with about a share of its leaves stored, of random bits, some of them not applicable. */
static void
throw_sheet(sheet_space *sheet, int leaves, int sides)
{
	double	   *values;

	sc_sheet_begin(&sheet->header, leaves, leaf_set);
	values = sc_sheet_dense_values(&sheet->header);
	for (int i = 0; i < leaves; i++)
	{
		uint64_t	bits = dice_bits();
		double		value;

		memcpy(&value, &bits, sizeof(value));
		if (isfinite(value) && value != 0 && dice(sides) > 0)
			values[i] = dice(8) == 0 ? sc_not_applicable_value() : value;
	}
	sheet->header.stored = sc_sheet_count(values, leaves);
}

static bool
same_values(const double *x, const double *y, int count)
{
	for (int i = 0; i < count; i++)
		if (sc_value_is_missing(x[i]) != sc_value_is_missing(y[i]) || (!sc_value_is_missing(x[i]) && memcmp(&x[i], &y[i], sizeof(double)) != 0))
			return false;
	return true;
}

static const char *
body_of(const sheet_space *sheet)
{
	return sheet->bytes + SC_SHEET_BODY_OFFSET;
}

TEST(layouts_round_trip)
{
	for (int round = 0; round < 4000; round++)
	{
		static sheet_space dense,
					packed;
		static char text[SC_SHEET_TEXT_SIZE(MOST)];
		double		values[MOST],
					read[MOST];
		sc_sheet_header header,
					scanned;
		int			leaves = 1 + dice(MOST);
		size_t		size;
		long		position;
		sc_error	error = {SC_OK, -1, "", ""};

		throw_sheet(&dense, leaves, 1 + dice(6));
		CHECK(sc_sheet_header_read(body_of(&dense), SC_SHEET_DENSE_SIZE(leaves) - SC_SHEET_BODY_OFFSET, &header));
		CHECK_LONG(header.stored, dense.header.stored);
		sc_sheet_expand(body_of(&dense), &header, values);
		CHECK(same_values(values, sc_sheet_dense_values(&dense.header), leaves));

		size = sc_sheet_pack(&header, values, &packed.header);
		CHECK_LONG(size, SC_SHEET_PACKED_SIZE(leaves, header.stored));
		CHECK(sc_sheet_header_read(body_of(&packed), size - SC_SHEET_BODY_OFFSET, &header));
		CHECK_LONG(header.layout, SC_SHEET_PACKED);
		sc_sheet_expand(body_of(&packed), &header, read);
		CHECK(same_values(values, read, leaves));
		CHECK_LONG(sc_sheet_compare(&dense.header, values, &packed.header, read), 0);

		CHECK_LONG(sc_sheet_print(&header, read, text), strlen(text));
		CHECK(strlen(text) < sizeof(text));
		CHECK_FOR(sc_sheet_scan_head(text, (long) strlen(text), &position, &scanned, &error) && scanned.leaf_count == leaves &&
				  sc_sheet_scan_values(text, (long) strlen(text), position, &scanned, read, &error), "%.100s", text);
		CHECK(same_values(values, read, leaves));
		CHECK_LONG(scanned.stored, header.stored);
		CHECK(memcmp(scanned.leaf_set, leaf_set, SC_FINGERPRINT_SIZE) == 0);
	}
}

TEST(text)
{
	sc_sheet_header header;
	double		values[3] = {1, NAN, -2.5};
	char		text[SC_SHEET_TEXT_SIZE(3)];

	memset(&header, 0, sizeof(header));
	header.leaf_count = 3;
	header.stored = 2;
	memcpy(header.leaf_set, leaf_set, SC_FINGERPRINT_SIZE);
	sc_sheet_print(&header, values, text);
	CHECK_TEXT(text, "v1 00112233445566778899aabbccddeeff 3 {0: 1, 2: -2.5}");
	values[0] = values[2] = NAN;
	sc_sheet_print(&header, values, text);
	CHECK_TEXT(text, "v1 00112233445566778899aabbccddeeff 3 {}");
}

TEST(kinds_of_values)
{
	CHECK(sc_value_is_not_applicable(sc_not_applicable_value()) && isnan(sc_not_applicable_value()));
	CHECK(!sc_value_is_missing(sc_not_applicable_value()));
	CHECK(sc_value_is_missing(sc_missing_value()) && !sc_value_is_not_applicable(sc_missing_value()));
	/* any other NaN is missing, whatever its sign and bits */
	CHECK(sc_value_is_missing(NAN) && sc_value_is_missing(-NAN));
	CHECK(sc_value_is_missing(sc_double_of_bits(SC_NOT_APPLICABLE_BITS | UINT64_C(1) << 63)));
	CHECK(sc_value_is_missing(sc_double_of_bits(SC_NOT_APPLICABLE_BITS + 1)));
	CHECK(!sc_value_is_missing(0) && !sc_value_is_not_applicable(0));
	CHECK(!sc_value_is_missing(-1e308) && !sc_value_is_not_applicable(5e-324));
}

TEST(text_of_what_does_not_apply)
{
	sc_sheet_header header,
				scanned;
	double		values[4] = {sc_not_applicable_value(), NAN, -2.5, sc_not_applicable_value()};
	double		read[4];
	char		text[SC_SHEET_TEXT_SIZE(4)];
	static const char spaced[] = "v1 00112233445566778899aabbccddeeff 4 { 0 :n/a,2: -2.5 , 3:  n/a }";
	long		position;
	sc_error	error = {SC_OK, -1, "", ""};

	memset(&header, 0, sizeof(header));
	header.leaf_count = 4;
	header.stored = sc_sheet_count(values, 4);
	CHECK_LONG(header.stored, 3);
	memcpy(header.leaf_set, leaf_set, SC_FINGERPRINT_SIZE);
	sc_sheet_print(&header, values, text);
	CHECK_TEXT(text, "v1 00112233445566778899aabbccddeeff 4 {0: n/a, 2: -2.5, 3: n/a}");
	CHECK(sc_sheet_scan_head(spaced, (long) strlen(spaced), &position, &scanned, &error) &&
		  sc_sheet_scan_values(spaced, (long) strlen(spaced), position, &scanned, read, &error));
	CHECK_LONG(scanned.stored, 3);
	CHECK(same_values(values, read, 4));
	CHECK_LONG(sc_sheet_compare(&header, values, &scanned, read), 0);
	/* marks alone stay within the room of their number */
	for (int i = 0; i < 4; i++)
		values[i] = sc_not_applicable_value();
	header.stored = 4;
	CHECK(sc_sheet_print(&header, values, text) < (long) sizeof(text));
}

#define HEAD "v1 00112233445566778899aabbccddeeff "

TEST(text_that_is_none)
{
	static const char *const others[] = {"", " ", "v", "v1", "v1 ", "v2 00112233445566778899aabbccddeeff 3 {}", "V1 00112233445566778899aabbccddeeff 3 {}",
		"v1 00112233445566778899aabbccddeef 3 {}", "v1 00112233445566778899aabbccddeefg 3 {}", "v1 00112233445566778899AABBCCDDEEFF 3 {}", "v100112233445566778899aabbccddeeff 3 {}",
		HEAD, HEAD "{}", HEAD "0 {}", HEAD "-3 {}", HEAD "3", HEAD "3 ", HEAD "3 {", HEAD "3 }", HEAD "3 {}{", HEAD "3 {} x", HEAD "3.5 {}", HEAD "3 {0}", HEAD "3 {0:}",
		HEAD "3 {0: 1", HEAD "3 {0: 1,}", HEAD "3 {,}", HEAD "3 {3: 1}", HEAD "3 {-1: 1}", HEAD "3 {1: 1, 0: 1}", HEAD "3 {1: 1, 1: 1}", HEAD "3 {99999999999999999999: 1}",
		HEAD "3 {0: NaN}", HEAD "3 {0: inf}", HEAD "3 {0: 1e999}", HEAD "3 {0: 1 1: 1}", HEAD "3 {0: n}", HEAD "3 {0: n/}", HEAD "3 {0: n/A}", HEAD "3 {0: N/A}", HEAD "3 {0: n/a", HEAD "3 {0: n/a 1: 1}", HEAD "3 {0: n/a1}", HEAD "3 {0: n/an/a}",
		HEAD "3 {0: \"n/a\"}", HEAD "3 {0: -n/a}", HEAD "3 {n/a: 1}", HEAD "3 {n/a}", HEAD "3 n/a", HEAD "4097 {}", HEAD "99999999999999999999 {}"};

	for (int i = 0; i < COUNT(others); i++)
	{
		sc_sheet_header header;
		double		values[SC_SHEET_MAX_LEAVES];
		long		position;
		long		length = (long) strlen(others[i]);
		sc_error	error = {SC_OK, -1, "", ""};

		CHECK_FOR(!(sc_sheet_scan_head(others[i], length, &position, &header, &error) &&
					sc_sheet_scan_values(others[i], length, position, &header, values, &error)), "\"%s\"", others[i]);
		CHECK_FOR(error.kind != SC_OK, "\"%s\"", others[i]);
	}
}

TEST(every_beginning_of_a_text_is_none)
{
	static const char whole[] = HEAD "20 {0: 1, 6: n/a, 7: -2.5e-300, 18: n/a, 19: 1234567.25}";

	for (long length = 0; length < (long) strlen(whole); length++)
	{
		/* a copy of exactly that size: reading beyond it is seen by the sanitizer */
		char	   *part = malloc((size_t) length + 1);
		sc_sheet_header header;
		double		values[20];
		long		position;
		sc_error	error = {SC_OK, -1, "", ""};

		part = realloc(part, length > 0 ? (size_t) length : 1);
		memcpy(part, whole, (size_t) length);
		CHECK_FOR(!(sc_sheet_scan_head(part, length, &position, &header, &error) && header.leaf_count <= 20 &&
					sc_sheet_scan_values(part, length, position, &header, values, &error)), "%ld bytes", length);
		free(part);
	}
}

TEST(headers_that_are_none)
{
	static sheet_space dense,
				packed;
	sc_sheet_header header;
	size_t		sizes[2];
	sheet_space *sheets[2] = {&dense, &packed};

	throw_sheet(&dense, 100, 3);
	sizes[0] = SC_SHEET_DENSE_SIZE(100) - SC_SHEET_BODY_OFFSET;
	sizes[1] = sc_sheet_pack(&dense.header, sc_sheet_dense_values(&dense.header), &packed.header) - SC_SHEET_BODY_OFFSET;
	for (int which = 0; which < 2; which++)
	{
		sc_sheet_header good = sheets[which]->header;

		CHECK(sc_sheet_header_read(body_of(sheets[which]), sizes[which], &header));
		for (size_t size = 0; size < sizes[which] + 20; size++)
			CHECK_FOR(size == sizes[which] || !sc_sheet_header_read(body_of(sheets[which]), size, &header), "%zu bytes", size);
		for (int field = 0; field < 7; field++)
		{
			sc_sheet_header *h = &sheets[which]->header;

			*h = good;
			if (field == 0)
				h->version = 2;
			else if (field == 1)
				h->layout = 0;
			else if (field == 2)
				h->layout = 3;
			else if (field == 3)
				h->leaf_count = 0;
			else if (field == 4)
				h->leaf_count = INT32_MAX;
			else if (field == 5)
				h->stored = -1;
			else
				h->stored = h->leaf_count + 1;
			CHECK_FOR(!sc_sheet_header_read(body_of(sheets[which]), sizes[which], &header), "field %d", field);
			*h = good;
		}
	}
}

/* A bitmap that promises more or fewer values than there are: nothing is read beyond the bytes. */
TEST(hostile_bitmaps)
{
	for (int round = 0; round < 2000; round++)
	{
		static sheet_space dense;
		int			leaves = 1 + dice(MOST);
		size_t		size;
		char	   *bytes;
		sc_sheet_header *packed;
		sc_sheet_header header;
		double	   *values = malloc(sizeof(double) * (size_t) leaves);

		throw_sheet(&dense, leaves, 3);
		size = SC_SHEET_PACKED_SIZE(leaves, dense.header.stored);
		bytes = malloc(size);
		packed = (sc_sheet_header *) bytes;
		sc_sheet_pack(&dense.header, sc_sheet_dense_values(&dense.header), packed);
		for (size_t i = 0; i < SC_SHEET_BITMAP_SIZE(leaves); i++)
			bytes[sizeof(sc_sheet_header) + i] = (char) (round % 3 == 0 ? 0xff : dice(256));
		if (sc_sheet_header_read(bytes + SC_SHEET_BODY_OFFSET, size - SC_SHEET_BODY_OFFSET, &header))
		{
			sc_sheet_expand(bytes + SC_SHEET_BODY_OFFSET, &header, values);
			CHECK(sc_sheet_count(values, leaves) <= leaves);
		}
		free(values);
		free(bytes);
	}
}

TEST(order)
{
	static sheet_space sheets[30];

	for (int i = 0; i < 30; i++)
	{
		double	   *values;

		sc_sheet_begin(&sheets[i].header, 3, leaf_set);
		values = sc_sheet_dense_values(&sheets[i].header);
		for (int k = 0; k < 3; k++)
			if (dice(3))
				values[k] = dice(3) - 1;
			else if (dice(2))
				values[k] = sc_not_applicable_value();
		sheets[i].header.stored = sc_sheet_count(values, 3);
	}
	for (int i = 0; i < 30; i++)
		for (int k = 0; k < 30; k++)
		{
			const double *x = sc_sheet_dense_values(&sheets[i].header);
			const double *y = sc_sheet_dense_values(&sheets[k].header);
			int			order = sc_sheet_compare(&sheets[i].header, x, &sheets[k].header, y);

			CHECK_LONG(order, -sc_sheet_compare(&sheets[k].header, y, &sheets[i].header, x));
			CHECK_LONG(order == 0, same_values(x, y, 3));
			for (int m = 0; m < 30; m++)
			{
				const double *z = sc_sheet_dense_values(&sheets[m].header);

				if (order < 0 && sc_sheet_compare(&sheets[k].header, y, &sheets[m].header, z) < 0)
					CHECK(sc_sheet_compare(&sheets[i].header, x, &sheets[m].header, z) < 0);
			}
		}
	/* the leaf set comes first */
	sheets[0].header.leaf_set[15] = 0xfe;
	CHECK(sc_sheet_compare(&sheets[0].header, sc_sheet_dense_values(&sheets[0].header), &sheets[1].header, sc_sheet_dense_values(&sheets[1].header)) < 0);
}
