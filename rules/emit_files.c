/* emit_files.c -- the sources of a table go into it, so that it can be extended without the folder
 * it was made from.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "slang.h"

struct gathered {
    const struct source **list;
    uint32_t count;
};

static int by_file(const void *a, const void *b)
{
    const struct source *x = *(const struct source *const *)a;
    const struct source *y = *(const struct source *const *)b;
    int order = strcmp(x->file, y->file);
    if (order)
        return order;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return memcmp(x->bytes, y->bytes, x->length);
}

/* All sources, some more than once; list NULL: only counted. */
static void gather(const struct sources *sources, struct gathered *g)
{
    g->count = 0;
#define TAKE(taken)                                                                                \
    do {                                                                                           \
        if (g->list)                                                                               \
            g->list[g->count] = (taken);                                                           \
        g->count++;                                                                                \
    } while (0)
    for (const struct feature *f = sources->features; f; f = f->next)
        TAKE(f->source);
    for (const struct dialect *d = sources->dialects; d; d = d->next)
        TAKE(d->source);
    for (const struct list *list = sources->lists; list; list = list->next)
        TAKE(list->at.source);
    for (const struct slang_entry *e = sources->senses; e; e = e->next)
        TAKE(e->source);
#undef TAKE
}

void emit_files(struct builder *b, const struct sources *sources)
{
    struct gathered g = {NULL, 0};
    gather(sources, &g);
    g.list = arena_calloc(b->arena, g.count + 1, sizeof *g.list);
    if (!g.list)
        return;
    gather(sources, &g);
    qsort(g.list, g.count, sizeof *g.list, by_file);
    for (uint32_t i = 0; i < g.count; i++) {
        if (i > 0 && by_file(&g.list[i], &g.list[i - 1]) == 0)
            continue;
        struct tab_file file = {builder_string(b, g.list[i]->file),
                                builder_string(b, g.list[i]->bytes)};
        builder_add(b, TAB_FILES, &file);
    }
}
