/*
 * What the extension allocates, marked as undefined for valgrind, which cannot see it by itself: PostgreSQL hands out
 * memory again and again that was written to before. The extension is compiled with -Dpalloc=marked_palloc and so on.
 */
#undef palloc
#undef MemoryContextAlloc
#undef MemoryContextAllocHuge
#include "postgres.h"

#include <valgrind/memcheck.h>

extern void *marked_palloc(Size size);
extern void *marked_alloc(MemoryContext context, Size size);
extern void *marked_alloc_huge(MemoryContext context, Size size);

void *
marked_palloc(Size size)
{
	void	   *memory = palloc(size);

	VALGRIND_MAKE_MEM_UNDEFINED(memory, size);
	return memory;
}

void *
marked_alloc(MemoryContext context, Size size)
{
	void	   *memory = MemoryContextAlloc(context, size);

	VALGRIND_MAKE_MEM_UNDEFINED(memory, size);
	return memory;
}

void *
marked_alloc_huge(MemoryContext context, Size size)
{
	void	   *memory = MemoryContextAllocHuge(context, size);

	VALGRIND_MAKE_MEM_UNDEFINED(memory, size);
	return memory;
}
