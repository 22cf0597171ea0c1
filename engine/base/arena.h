/* arena.h -- memory of one call: allocations live until the arena is reset or cleared. A failed
 * allocation is sticky (failed stays true), so a stage checks once, at its end.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks, *current; /* all blocks in order; the one in use */
    char *next, *end;
    bool failed;
};

/* A place to go back to. */
struct arena_mark {
    struct arena_block *current;
    char *next;
};

void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);
/* Forgets all allocations and keeps the blocks; failed becomes false. */
void arena_reset(struct arena *arena);
struct arena_mark arena_mark(const struct arena *arena);
/* Forgets what was allocated since the mark. */
void arena_release(struct arena *arena, struct arena_mark mark);
/* size bytes, aligned to 16, not cleared; NULL on failure. size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* count * size zeroed bytes; overflow is a failure. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);
/* A NUL-terminated copy of length bytes. */
char *arena_strndup(struct arena *arena, const char *bytes, size_t length);

#endif
