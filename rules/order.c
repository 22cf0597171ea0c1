/* order.c -- the order features run in: by stratum, within it as after= says, else by number. What
 * feeds= promises is checked.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"

static int by_id(const void *a, const void *b)
{
    const struct feature *x = *(struct feature *const *)a, *y = *(struct feature *const *)b;
    if (x->stratum != y->stratum)
        return x->stratum < y->stratum ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static struct feature *find(struct feature *const *features, uint32_t count, uint32_t id)
{
    for (uint32_t i = 0; i < count; i++)
        if (features[i]->id == id)
            return features[i];
    return NULL;
}

/* An unplaced feature of its own stratum that a feature comes after; NULL: it can be placed. */
static const struct feature *waits_for(const struct feature *f)
{
    for (const struct relation *r = f->relations; r; r = r->next)
        if (r->kind == RELATION_AFTER && r->other && r->other->stratum == f->stratum &&
            r->other->order == 0)
            return r->other;
    return NULL;
}

/* Follows the waiting until it surely runs inside the circle, then once round. */
static void report_circle(const struct feature *start, uint32_t count, struct diagnostics *d)
{
    char names[300] = "";
    size_t n = 0;
    for (uint32_t step = 0; step < count; step++)
        start = waits_for(start);
    const struct feature *f = start;
    do {
        if (n < sizeof names)
            n += (size_t)snprintf(names + n, sizeof names - n, "%u after ", f->id);
        f = waits_for(f);
    } while (f != start);
    diagnostics_error(d, start->at, "features run in a circle: %s%u; take one after= out", names,
                      start->id);
}

static void check_relations(struct feature *const *features, uint32_t count, struct diagnostics *d)
{
    for (uint32_t i = 0; i < count; i++)
        for (const struct relation *r = features[i]->relations; r; r = r->next) {
            const struct feature *f = features[i], *other = r->other;
            if (!other)
                continue;
            if (r->kind == RELATION_AFTER && other->stratum > f->stratum)
                diagnostics_error(d, r->at,
                                  "feature %u cannot come after %u, whose stratum (%s) is later",
                                  f->id, other->id,
                                  vocab_name(VOCAB_LIST_STRATUM, other->stratum));
            if (r->kind == RELATION_FEEDS && other->stratum < f->stratum)
                diagnostics_error(d, r->at,
                                  "feature %u cannot feed %u, whose stratum (%s) is earlier; take "
                                  "feeds= out, or give one of the two another stratum", f->id,
                                  other->id, vocab_name(VOCAB_LIST_STRATUM, other->stratum));
            else if (r->kind == RELATION_FEEDS && other->order < f->order)
                diagnostics_error(d, r->at,
                                  "feature %u cannot feed %u, which runs before it; say "
                                  "after=\"%u\" there", f->id, other->id, f->id);
        }
}

struct feature **order_features(struct feature *features, struct arena *arena,
                                struct diagnostics *d, uint32_t *count)
{
    uint32_t n = 0;
    for (struct feature *f = features; f; f = f->next)
        n++;
    struct feature **sorted = arena_calloc(arena, n + 1, sizeof *sorted);
    struct feature **placed = arena_calloc(arena, n + 1, sizeof *placed);
    if (!sorted || !placed)
        return NULL;
    uint32_t i = 0;
    for (struct feature *f = features; f; f = f->next) {
        f->order = 0;
        sorted[i++] = f;
    }
    qsort(sorted, n, sizeof *sorted, by_id);
    for (i = 0; i < n; i++)
        for (struct relation *r = sorted[i]->relations; r; r = r->next)
            r->other = find(sorted, n, r->feature);
    for (*count = 0; *count < n; ++*count) {
        struct feature *next = NULL, *first = NULL;
        for (i = 0; i < n && !next; i++) {
            if (sorted[i]->order)
                continue;
            first = first ? first : sorted[i];
            if (sorted[i]->stratum != first->stratum)
                break;
            if (!waits_for(sorted[i]))
                next = sorted[i];
        }
        if (!next) {
            report_circle(first, n, d);
            return NULL;
        }
        placed[*count] = next;
        next->order = *count + 1;
    }
    check_relations(placed, n, d);
    return placed;
}
