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

static bool has_condition(const struct slang_entry *e, const struct condition *wanted)
{
    for (const struct condition *c = e->conditions; c; c = c->next)
        if (c->negative == wanted->negative && strcmp(c->text, wanted->text) == 0)
            return true;
    return false;
}

/* Whether all conditions of one entry are conditions of another. */
static bool has_conditions(const struct slang_entry *e, const struct slang_entry *wanted)
{
    for (const struct condition *c = wanted->conditions; c; c = c->next)
        if (!has_condition(e, c))
            return false;
    return true;
}

/* Whether an entry is tried before another with the same term. */
static bool comes_first(const struct slang_entry *a, const struct slang_entry *b)
{
    if (a->condition_count != b->condition_count)
        return a->condition_count > b->condition_count;
    int order = strcmp(a->source->file, b->source->file);
    return order ? order < 0 : a->at.offset < b->at.offset;
}

/* Whether an entry finds its term wherever another does, as far as parts of speech go. */
static bool takes_tags(const struct slang_entry *first, const struct slang_entry *second)
{
    bool goes = second->pos == SLANG_ADDRESS || second->pos == SLANG_PARTICLE ||
                first->pos == SLANG_ADDRESS || first->pos == SLANG_PARTICLE;
    if (first->pos == second->pos)
        return first->any_tag || !second->any_tag;
    return !goes && (slang_is_fixed(first->pos) || first->any_tag) && first->pos != SLANG_ADJ;
}

/* Two entries of one term: whether the first takes it wherever the second would. */
static bool takes(const struct slang_entry *first, const struct slang_entry *second)
{
    if (first == second || first->kind != second->kind || first->written_only ||
        second->written_only || !comes_first(first, second) || !takes_tags(first, second))
        return false;
    bool plain = second->plains && first->plains &&
                 strcmp(first->plains->key, second->plains->key) == 0;
    return has_conditions(second, first) && (plain || (first->regions & second->regions));
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
        if (strcmp(next, start->said) == 0 && (e->regions & start->entry->regions)) {
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

/* Compares a term with all others that are said so. */
static void check_others(struct lint *l, const struct term_list *list, uint32_t i)
{
    const struct term *t = &list->terms[i];
    uint32_t k = i;
    while (k > 0 && strcmp(list->terms[k - 1].said, t->said) == 0)
        k--;
    for (; k < list->count && strcmp(list->terms[k].said, t->said) == 0; k++)
        if (takes(list->terms[k].entry, t->entry)) {
            check_taken(l, t->entry, list->terms[k].entry);
            return;
        }
}

/* Plain entries of a phrase, by part of speech. */
struct guards {
    bool by[SLANG_POS_COUNT];
    unsigned count;
    const struct slang_entry *first, *last;
};

static struct guards find_guards(const struct slang_entry *entries, const char *key)
{
    struct guards g = {.count = 0};
    for (const struct slang_entry *e = entries; e; e = e->next)
        for (const struct phrase *p = e->terms; p && e->kind == SLANG_PLAIN; p = p->next)
            if (strcmp(p->key, key) == 0) {
                g.count += !g.by[e->pos];
                g.by[e->pos] = true;
                g.first = g.first ? g.first : e;
                g.last = e;
            }
    return g;
}

/* Fixed words for plain words whose sense is told for several parts of speech. */
static void check_guards(struct lint *l, const struct slang_entry *entries,
                         const struct slang_entry *e, const struct phrase *plain)
{
    if (e->kind != SLANG_SENSE || e->literal_only || !slang_is_fixed(e->pos) || plain->nothing)
        return;
    struct guards g = find_guards(entries, plain->key);
    if (g.count > 1 && !g.by[e->pos])
        diagnostics_error(l->diagnostics, e->at,
                          "\"%s\" is plain as %s and as %s (%s:%u), and fixed words could take the "
                          "place of either; give the heading one of these, or a tag to its plain "
                          "words: %s/...", plain->said, slang_pos_names[g.first->pos],
                          slang_pos_names[g.last->pos], g.last->source->name,
                          place_line(g.last->at), plain->said);
}

/* What a plain entry calls its like, and nothing is written for. */
static void check_likes(struct lint *l, const struct slang_entry *entries,
                        const struct slang_entry *e)
{
    for (const struct phrase *like = e->likes; like; like = like->next) {
        bool found = false;
        for (const struct slang_entry *o = entries; o && !found; o = o->next) {
            if (o->kind != SLANG_SENSE || o->literal_only || !o->plains)
                continue;
            found = strcmp(o->plains->key, like->key) == 0;
            for (const struct phrase *p = o->froms; p && !found; p = p->next)
                found = strcmp(p->key, like->key) == 0;
        }
        if (!found)
            diagnostics_error(l->diagnostics, like->at,
                              "no slang is written for \"%s\", so \"%s\" gets none from it",
                              like->said, e->terms->said);
    }
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
        check_others(l, &list, i);
        check_circle(l, &list, &list.terms[i]);
    }
    for (const struct slang_entry *e = entries; e; e = e->next) {
        if (o->wants && !o->wants(o->context, e->source->name))
            continue;
        for (const struct phrase *p = e->terms; p && !e->literal_only; p = p->next)
            check_head(l, e, p);
        for (const struct phrase *p = e->plains; p; p = p->next)
            check_head(l, e, p);
        if (e->plains)
            check_guards(l, entries, e, e->plains);
        for (const struct phrase *p = e->froms; p; p = p->next)
            check_guards(l, entries, e, p);
        check_likes(l, entries, e);
    }
}
