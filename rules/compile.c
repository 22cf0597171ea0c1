/* compile.c -- from all that was read to a table: features in their order, dialects sorted by code,
 * every rule lowered, everything written. The same sources give the same bytes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "slang.h"

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct dialect *)a)->code, ((const struct dialect *)b)->code);
}

/* A slug of the code that no dialect before it has. */
static void give_slug(struct dialect *dialects, unsigned number, struct arena *arena)
{
    struct dialect *d = &dialects[number];
    const char *base = slug_of(arena, d->code);
    d->slug = base[0] ? base : "dialect";
    for (unsigned suffix = 2;; suffix++) {
        unsigned i = 0;
        while (i < number && strcmp(dialects[i].slug, d->slug) != 0)
            i++;
        if (i == number)
            return;
        char *slug = arena_alloc(arena, strlen(base) + 16);
        if (!slug)
            return;
        snprintf(slug, strlen(base) + 16, "%s-%u", base, suffix);
        d->slug = slug;
    }
}

/* Copies in table order, inheritance followed; NULL: an error, reported, or no memory. */
static struct dialect *prepare_dialects(const struct sources *sources, struct arena *arena,
                                        struct diagnostics *diagnostics, unsigned *count)
{
    *count = 0;
    for (const struct dialect *d = sources->dialects; d; d = d->next)
        ++*count;
    struct dialect *copies = arena_calloc(arena, *count + 1, sizeof *copies);
    if (!copies)
        return NULL;
    unsigned n = 0;
    for (const struct dialect *d = sources->dialects; d; d = d->next)
        copies[n++] = *d;
    qsort(copies, n, sizeof *copies, by_code);
    for (unsigned i = 0; i < n; i++) {
        copies[i].next = i + 1 < n ? &copies[i + 1] : NULL;
        copies[i].number = i;
        give_slug(copies, i, arena);
    }
    if (n > LIMIT_DIALECTS) {
        diagnostics_error(diagnostics, copies[0].at, "more than %d dialects", LIMIT_DIALECTS);
        return NULL;
    }
    return dialects_inherit(n ? copies : NULL, diagnostics) ? copies : NULL;
}

void lowering_start(struct lowering *l, const struct sources *sources, struct builder *builder,
                    struct buffer *keys, struct diagnostics *diagnostics)
{
    memset(l, 0, sizeof *l);
    l->builder = builder;
    l->diagnostics = diagnostics;
    l->arena = builder->arena;
    l->find_list = sources->find_list;
    l->context = sources->context;
    l->shared = sources->lists;
    l->keys = keys;
}

bool compile_check(const struct sources *sources, const struct feature *feature,
                   struct diagnostics *diagnostics)
{
    struct arena arena;
    struct builder builder;
    struct buffer keys;
    struct lowering l;
    unsigned before = diagnostics->errors, count;
    arena_init(&arena);
    buffer_init(&keys);
    builder_init(&builder, &arena);
    diagnostics->quiet++;
    const struct dialect *dialects = prepare_dialects(sources, &arena, diagnostics, &count);
    diagnostics->quiet--;
    diagnostics->errors = before;
    lowering_start(&l, sources, &builder, &keys, diagnostics);
    l.dialects = dialects;
    l.dialect_count = dialects ? count : 0;
    l.check_varieties = l.dialect_count > 0 && !sources->only_named;
    lower_feature(&l, feature, 0);
    if (builder_size(&builder) > LIMIT_TABLE_BYTES)
        diagnostics_error(diagnostics, feature->at, "this feature alone would fill a table: more "
                          "than %u bytes", LIMIT_TABLE_BYTES);
    bool good = diagnostics->errors == before && !builder_failed(&builder) && !keys.failed;
    builder_clear(&builder);
    buffer_clear(&keys);
    arena_clear(&arena);
    return good;
}

bool compile_check_senses(const struct sources *sources, struct slang_entry *senses,
                          struct diagnostics *diagnostics)
{
    struct arena arena;
    struct builder builder;
    struct buffer keys;
    struct lowering l;
    unsigned before = diagnostics->errors;
    arena_init(&arena);
    buffer_init(&keys);
    builder_init(&builder, &arena);
    lowering_start(&l, sources, &builder, &keys, diagnostics);
    slang_emit(&builder, senses);
    for (struct feature *f = slang_features(&arena, diagnostics, senses); f; f = f->next)
        lower_feature(&l, f, 0);
    bool good = diagnostics->errors == before && !builder_failed(&builder) && !keys.failed;
    builder_clear(&builder);
    buffer_clear(&keys);
    arena_clear(&arena);
    return good;
}

/* A relation once, however often it is said; in the order of features. */
static int by_relation(const void *a, const void *b)
{
    const struct tab_relation *x = a, *y = b;
    if (x->feature != y->feature)
        return x->feature < y->feature ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

static void add_relations(struct builder *b, struct feature *const *features, uint32_t count)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        for (const struct relation *r = features[i]->relations; r; r = r->next)
            n++;
    struct tab_relation *all = arena_calloc(b->arena, n + 1, sizeof *all);
    if (!all)
        return;
    n = 0;
    for (uint32_t i = 0; i < count; i++)
        for (const struct relation *r = features[i]->relations; r; r = r->next)
            all[n++] = (struct tab_relation){features[i]->id, r->feature, r->kind};
    qsort(all, n, sizeof *all, by_relation);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || by_relation(&all[i], &all[i - 1]) != 0)
            builder_add(b, TAB_RELATIONS, &all[i]);
}

static int by_place(const void *a, const void *b)
{
    const struct slang_entry *x = a, *y = b;
    int order = strcmp(x->source->file, y->source->file);
    return order ? order : x->at.offset < y->at.offset ? -1 : x->at.offset > y->at.offset;
}

/* Copies, in the same order whatever the order they were added in. */
static struct slang_entry *sort_senses(const struct slang_entry *senses, struct arena *arena)
{
    uint32_t n = 0;
    for (const struct slang_entry *e = senses; e; e = e->next)
        n++;
    struct slang_entry *all = arena_calloc(arena, n + 1, sizeof *all);
    if (!all || n == 0)
        return NULL;
    n = 0;
    for (const struct slang_entry *e = senses; e; e = e->next)
        all[n++] = *e;
    qsort(all, n, sizeof *all, by_place);
    for (uint32_t i = 0; i < n; i++)
        all[i].next = i + 1 < n ? &all[i + 1] : NULL;
    return all;
}

/* The features and, before them, those made of lexicons. What is wrong with a lexicon was said when
 * it was added. */
static struct feature *with_senses(const struct sources *sources, struct builder *builder,
                                   struct diagnostics *diagnostics)
{
    unsigned before = diagnostics->errors;
    struct slang_entry *senses = sort_senses(sources->senses, builder->arena);
    slang_emit(builder, senses);
    diagnostics->quiet++;
    struct feature *made = slang_features(builder->arena, diagnostics, senses);
    diagnostics->quiet--;
    diagnostics->errors = before;
    struct feature *last = made;
    while (last && last->next)
        last = last->next;
    if (last)
        last->next = sources->features;
    return made ? made : sources->features;
}

static bool lower_all(const struct sources *sources, struct builder *builder, struct buffer *keys,
                      struct diagnostics *diagnostics, unsigned *dialect_count)
{
    struct lowering l;
    uint32_t count = 0;
    struct feature *all = with_senses(sources, builder, diagnostics);
    struct feature **features = order_features(all, builder->arena, diagnostics, &count);
    struct dialect *dialects =
        prepare_dialects(sources, builder->arena, diagnostics, dialect_count);
    if (!features || !dialects)
        return false;
    if (count > LIMIT_FEATURES) {
        diagnostics_error(diagnostics, features[0]->at, "more than %d features", LIMIT_FEATURES);
        return false;
    }
    lowering_start(&l, sources, builder, keys, diagnostics);
    l.dialects = dialects;
    l.dialect_count = *dialect_count;
    l.check_varieties = !sources->only_named;
    for (uint32_t i = 0; i < count; i++)
        lower_feature(&l, features[i], i);
    add_relations(builder, features, count);
    emit_dialects(builder, dialects, *dialect_count, features, count, diagnostics);
    emit_files(builder, sources);
    return true;
}

isg_status compile_table(const struct sources *sources, struct diagnostics *diagnostics,
                         struct buffer *table, struct buffer *stats, isg_error *error)
{
    struct arena arena;
    struct builder builder;
    struct buffer keys;
    unsigned before = diagnostics->errors, dialects = 0;
    isg_status status = ISG_OK;
    arena_init(&arena);
    buffer_init(&keys);
    builder_init(&builder, &arena);
    buffer_reset(table);
    buffer_reset(stats);
    bool lowered = lower_all(sources, &builder, &keys, diagnostics, &dialects);
    if (diagnostics->errors != before) {
        status = ISG_SYNTAX; /* the first is in *error already */
    } else if (builder_size(&builder) > LIMIT_TABLE_BYTES) {
        status = status_set(error, ISG_LIMIT, "the table would have more than %u bytes",
                            LIMIT_TABLE_BYTES);
    } else if (!lowered || !emit_table(&builder, &keys, dialects, table)) {
        status = status_nomem(error);
    } else {
        write_stats(&builder, &keys, table->length, stats);
    }
    builder_clear(&builder);
    buffer_clear(&keys);
    arena_clear(&arena);
    return status;
}
