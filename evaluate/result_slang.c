/* result_slang.c -- which entries of the slang lexicon an arm was written with.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/limits.h"
#include "evaluate/result.h"

struct entry {
    const char *plain, *term;   /* where it was seen first; borrowed, not ended */
    size_t plain_length, term_length;
    size_t edits, items, pairs, last; /* last: number of the item seen last, from 1 */
    double difference;          /* sum over pairs */
};

struct entries {
    struct names names;         /* "file:line" */
    struct entry *list;
    size_t room;
};

static bool is_slang(const struct edit *e)
{
    const char *end = e->file ? strrchr(e->file, '.') : NULL;
    return end && !strcmp(end, ".slang");
}

/* The entry of an edit; NULL: out of memory. */
static struct entry *entry_of(struct entries *all, const struct edit *e)
{
    char name[512];
    const char *file = strrchr(e->file, '/');
    int n = snprintf(name, sizeof name, "%s:%u", file ? file + 1 : e->file, (unsigned)e->line);
    if (n >= (int)sizeof name)
        n = (int)sizeof name - 1;
    uint32_t k = names_add(&all->names, name, (size_t)n, 0);
    if (k == NAMES_NONE)
        return NULL;
    if (all->names.count > all->room) {
        size_t room = all->room ? 2 * all->room : 64;
        struct entry *list = realloc(all->list, room * sizeof *list);
        if (!list)
            return NULL;
        memset(list + all->room, 0, (room - all->room) * sizeof *list);
        all->list = list;
        all->room = room;
    }
    return &all->list[k];
}

static bool count_edit(const struct figures *f, struct entries *all, size_t item, size_t arm,
                       const struct edit *e)
{
    struct entry *entry = entry_of(all, e);
    if (!entry)
        return false;
    if (!entry->edits) {
        const struct variant *v = variant_of(f->variants, item, arm);
        const struct name *question = &f->variants->questions.list[v->question];
        entry->plain = f->items->list[item].parts[e->part] + e->start;
        entry->plain_length = e->end - e->start;
        entry->term = question_part(question, (enum part)e->part) + e->out_start;
        entry->term_length = e->out_end - e->out_start;
    }
    entry->edits++;
    if (entry->last == item + 1)
        return true;
    entry->last = item + 1;
    entry->items++;
    double difference = outcome_of(f, item, arm) - f->base[item];
    if (!isnan(difference)) {
        entry->pairs++;
        entry->difference += difference;
    }
    return true;
}

/* The commonest first. */
json_t *result_entries(const struct figures *f, size_t arm)
{
    struct entries all = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < f->items->count; i++) {
        const struct variant *v = variant_of(f->variants, i, arm);
        for (uint32_t e = 0; ok && e < v->edit_count; e++)
            if (is_slang(&v->edits[e]))
                ok = count_edit(f, &all, i, arm, &v->edits[e]);
    }
    json_t *list = json_array();
    for (size_t done = 0; ok && done < all.names.count && done < LIMIT_ENTRIES; done++) {
        size_t best = 0;
        for (size_t k = 1; k < all.names.count; k++)
            if (all.list[k].edits > all.list[best].edits)
                best = k;
        struct entry *x = &all.list[best];
        json_array_append_new(list, json_pack(
            "{s:s, s:s%, s:s%, s:I, s:I, s:o}", "entry", all.names.list[best].text, "plain",
            x->plain, x->plain_length, "term", x->term, x->term_length, "edits",
            (json_int_t)x->edits, "items", (json_int_t)x->items, "gap",
            result_number(x->pairs ? x->difference / (double)x->pairs : (double)NAN)));
        x->edits = 0;
    }
    free(all.list);
    names_clear(&all.names);
    return list;
}
