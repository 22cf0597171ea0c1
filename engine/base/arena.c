/* arena.c -- a chain of blocks that only grows; reset walks it again from the start, so a document
 * in steady state allocates nothing.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 64 * 1024, ALIGNMENT = 16 };

struct arena_block {
    struct arena_block *next;
    size_t size; /* bytes after this header */
    _Alignas(16) char bytes[];
};

void arena_init(struct arena *arena)
{
    memset(arena, 0, sizeof *arena);
}

void arena_clear(struct arena *arena)
{
    for (struct arena_block *b = arena->blocks; b;) {
        struct arena_block *next = b->next;
        free(b);
        b = next;
    }
    arena_init(arena);
}

static void use_block(struct arena *arena, struct arena_block *block)
{
    arena->current = block;
    arena->next = block ? block->bytes : NULL;
    arena->end = block ? block->bytes + block->size : NULL;
}

void arena_reset(struct arena *arena)
{
    use_block(arena, arena->blocks);
    arena->failed = false;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->current, arena->next};
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
    if (!mark.current) {
        use_block(arena, arena->blocks);
        return;
    }
    use_block(arena, mark.current);
    arena->next = mark.next;
}

/* Moves to a block with room for size bytes: the next one kept, or a new one put after current. */
static bool grow(struct arena *arena, size_t size)
{
    struct arena_block *after = arena->current ? arena->current->next : arena->blocks;
    if (after && after->size >= size) {
        use_block(arena, after);
        return true;
    }
    size_t want = arena->current ? arena->current->size * 2 : FIRST_BLOCK;
    if (want > (16u << 20))
        want = 16u << 20;
    if (want < size)
        want = size;
    struct arena_block *block = malloc(sizeof *block + want);
    if (!block)
        return false;
    block->size = want;
    block->next = after;
    if (arena->current)
        arena->current->next = block;
    else
        arena->blocks = block;
    use_block(arena, block);
    return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (arena->failed || size > SIZE_MAX / 2)
        goto fail;
    size = size ? (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1) : ALIGNMENT;
    if ((size_t)(arena->end - arena->next) < size && !grow(arena, size))
        goto fail;
    void *p = arena->next;
    arena->next += size;
    return p;
fail:
    arena->failed = true;
    return NULL;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size) {
        arena->failed = true;
        return NULL;
    }
    void *p = arena_alloc(arena, count * size);
    if (p)
        memset(p, 0, count * size);
    return p;
}

char *arena_strndup(struct arena *arena, const char *bytes, size_t length)
{
    char *p = arena_alloc(arena, length + 1);
    if (!p)
        return NULL;
    memcpy(p, bytes, length);
    p[length] = '\0';
    return p;
}
