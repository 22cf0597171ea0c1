/* slang_check.c -- what is wrong with entries only beside others: one that says what another says,
 * one that another never lets come to its turn, paraphrases that lead back to where they began; and
 * words that cannot be inflected, because they are forms of others. Errors, at the heading.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "lint.h"
#include "slang.h"

/* A term with its entry, sorted by term, part of speech, reach and place. */
struct term {
    const char *said;
    struct slang_entry *entry;
};

struct term_list {
    struct term *terms;
    uint32_t count;
};

static int by_term(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    int order = strcmp(x->said, y->said);
    if (order)
        return order;
    if (x->entry->pos != y->entry->pos)
        return x->entry->pos < y->entry->pos ? -1 : 1;
    order = strcmp(x->entry->source->file, y->entry->source->file);
    if (order)
        return order;
    return x->entry->at.offset < y->entry->at.offset ? -1
           : x->entry->at.offset > y->entry->at.offset;
}

static struct term_list list_terms(struct arena *arena, struct slang_entry *entries)
{
    struct term_list list = {NULL, 0};
    uint32_t n = 0;
    for (struct slang_entry *e = entries; e; e = e->next)
        for (const struct phrase *p = e->terms; p; p = p->next)
            n++;
    list.terms = arena_calloc(arena, n + 1, sizeof *list.terms);
    for (struct slang_entry *e = entries; e && list.terms; e = e->next)
        for (const struct phrase *p = e->terms; p && e->kind != SLANG_PLAIN; p = p->next)
            list.terms[list.count++] = (struct term){p->said, e};
    if (list.count)
        qsort(list.terms, list.count, sizeof *list.terms, by_term);
    return list;
}

static bool same_conditions(const struct slang_entry *a, const struct slang_entry *b)
{
    const struct condition *x = a->conditions, *y = b->conditions;
    for (; x && y; x = x->next, y = y->next)
        if (x->negative != y->negative || strcmp(x->text, y->text) != 0)
            return false;
    return !x && !y;
}

/* Two entries of one term: whether the first holds wherever the second does. */
static bool takes(const struct slang_entry *first, const struct slang_entry *second)
{
    if (first->kind != second->kind || first->written_only || second->written_only)
        return false;
    bool plain = second->plains && first->plains &&
                 strcmp(first->plains->key, second->plains->key) == 0;
    return same_conditions(first, second) && (plain || (first->regions & second->regions));
}

static uint32_t count_terms(const struct slang_entry *e)
{
    uint32_t n = 0;
    for (const struct phrase *p = e->terms; p; p = p->next)
        n++;
    return n;
}

/* An entry all of whose terms others take is never reached; by the one named. */
static void check_taken(struct lint *l, struct slang_entry *e, const struct slang_entry *by)
{
    if (++e->taken < count_terms(e))
        return;
    bool plain = e->plains && by->plains && strcmp(by->plains->key, e->plains->key) == 0;
    diagnostics_error(l->diagnostics, e->at,
                      plain ? "\"%s\" is in %s:%u already; add the region there, or give both "
                              "conditions that differ"
                            : "\"%s\" is never reached: %s:%u has the same term and conditions; "
                              "say with if and not what tells the senses apart",
                      e->terms->said, by->source->name, place_line(by->at));
}

static const struct term *find_term(const struct term_list *list, const char *said,
                                    enum slang_pos pos)
{
    uint32_t low = 0, high = list->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        int order = strcmp(list->terms[middle].said, said);
        if (order < 0 || (order == 0 && list->terms[middle].entry->pos < pos))
            low = middle + 1;
        else
            high = middle;
    }
    const struct term *found = &list->terms[low];
    return low < list->count && strcmp(found->said, said) == 0 && found->entry->pos == pos ? found
                                                                                           : NULL;
}

/* Follows first paraphrases from a term; whether they come back to it. */
static void check_circle(struct lint *l, const struct term_list *list, const struct term *start)
{
    const struct slang_entry *e = start->entry;
    for (unsigned steps = 0; steps < 8 && e->plains; steps++) {
        const char *next = e->plains->said;
        if (strcmp(next, start->said) == 0) {
            diagnostics_error(l->diagnostics, start->entry->at,
                              "\"%s\" comes back to itself by its paraphrase \"%s\"; paraphrase "
                              "it in words that are no slang",
                              start->said, start->entry->plains->said);
            return;
        }
        const struct term *term = find_term(list, next, e->pos);
        if (!term)
            return;
        e = term->entry;
    }
}

/* A word that is to be inflected; of an entry that is never written, only its plain words are. */
static void check_head(struct lint *l, const struct slang_entry *e, const struct phrase *p)
{
    const struct isg_rules_lint_options *o = l->options;
    if (!p->head || p->head->form || !o->knows || e->plural || e->mass)
        return;
    if ((e->pos == SLANG_VERB || e->pos == SLANG_NOUN) &&
        o->knows(o->context, p->head->text) == 1)
        diagnostics_error(l->diagnostics, p->head->at,
                          "\"%s\" is a form of another word, so it cannot be inflected; write the "
                          "base form (or, of what is always plural, the flag plural)",
                          p->head->text);
}

void lint_slang(struct lint *l)
{
    struct slang_entry *entries = l->sources->senses;
    struct term_list list = list_terms(l->arena, entries);
    const isg_rules_lint_options *o = l->options;
    for (uint32_t i = 0; i < list.count; i++) {
        const struct slang_entry *e = list.terms[i].entry;
        if (o->wants && !o->wants(o->context, e->source->name))
            continue;
        for (uint32_t k = i; k-- > 0 && strcmp(list.terms[k].said, list.terms[i].said) == 0 &&
                             list.terms[k].entry->pos == e->pos;)
            if (list.terms[k].entry != e && takes(list.terms[k].entry, e)) {
                check_taken(l, list.terms[i].entry, list.terms[k].entry);
                break;
            }
        check_circle(l, &list, &list.terms[i]);
    }
    for (const struct slang_entry *e = entries; e; e = e->next) {
        if (o->wants && !o->wants(o->context, e->source->name))
            continue;
        for (const struct phrase *p = e->terms; p && !e->literal_only; p = p->next)
            check_head(l, e, p);
        for (const struct phrase *p = e->plains; p; p = p->next)
            check_head(l, e, p);
    }
}
