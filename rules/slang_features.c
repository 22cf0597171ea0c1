/* slang_features.c -- from entries to the rules of two features: one finds slang and writes plain
 * words, the other finds plain words and writes slang. More words go before fewer, more conditions
 * before fewer; a plain word has one rule, and what may be written for it are its realisations.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "slang.h"
#include "table/format.h"

struct maker {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct feature *feature;
    struct rule **tail;
    const struct term_regions *regions;
    uint32_t region_count;
    uint32_t scale; /* of the weights of what is written for a plain word, thousandths */
};

/* A sense that may be written for plain words. The part of speech is that of its entry; of fixed
 * words, that of the entry that tells the sense of the plain words. */
struct offer {
    struct slang_entry *entry;
    const struct phrase *plain;
    enum slang_pos pos;
};

static const char *name_regions(uint32_t regions, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (unsigned i = 0; i < REGION_COUNT && n < size; i++)
        if (regions >> i & 1)
            n += (size_t)snprintf(out + n, size - n, "%s%s", n ? " " : "",
                                  vocab_name(VOCAB_LIST_REGION, i));
    return out;
}

/* Whether a period has an end: what was said until then. */
static bool has_ended(const char *period)
{
    const char *dash = period ? strchr(period, '-') : NULL;
    return dash && dash[1] != '\0';
}

void slang_emit(struct builder *b, struct slang_entry *entries)
{
    for (struct slang_entry *e = entries; e; e = e->next) {
        char names[160];
        struct tab_sense sense = {
            .term = builder_string(b, e->terms ? e->terms->said : ""),
            .plain = builder_string(b, e->plains ? e->plains->said : ""),
            .register_ = builder_string(b, vocab_name(VOCAB_LIST_REGISTER, e->register_)),
            .period = builder_string(b, e->period ? e->period : ""),
            .file = builder_string(b, e->source->file),
            .line = place_line(e->at),
            .regions = e->regions,
            .region_names = builder_string(b, name_regions(e->regions, names, sizeof names)),
            .label = (uint8_t)e->label,
            .pos = (uint8_t)e->pos,
            .is_word = e->kind == SLANG_WORD,
            .drawn_as = (uint8_t)(has_ended(e->period) ? REGISTER_DATED : e->register_),
        };
        e->number = builder_add(b, TAB_SENSES, &sense);
    }
}

/* ---- rules ---- */

static struct rule *add_rule(struct maker *m, const struct slang_entry *e, const char *name,
                             struct text match)
{
    struct rule *rule = arena_calloc(m->arena, 1, sizeof *rule);
    if (!rule)
        return NULL;
    rule->at = e->at;
    rule->name = name;
    rule->drawing = (struct drawing){.draw = -1, .sure = -1, .rate = TAB_RATE_ONE};
    rule->sense = e;
    unsigned before = m->diagnostics->errors;
    rule->match = parse_match(m->arena, m->diagnostics, NULL, &match);
    rule->broken = m->diagnostics->errors != before;
    *m->tail = rule;
    m->tail = &rule->next;
    return rule;
}

static void add_realisation(struct maker *m, struct rule *rule, const struct slang_entry *e,
                            const char *name, struct text action)
{
    struct realisation *as = arena_calloc(m->arena, 1, sizeof *as), **tail = &rule->realisations;
    if (!as)
        return;
    *as = (struct realisation){.at = e->at, .name = name, .sense = e,
                               .weight = (uint32_t)((uint64_t)e->weight * m->scale /
                                                    TAB_WEIGHT_ONE)};
    unsigned before = m->diagnostics->errors;
    as->action = parse_action(m->arena, m->diagnostics, NULL, &action);
    if (m->diagnostics->errors != before) {
        rule->broken = true;
        return;
    }
    while (*tail)
        tail = &(*tail)->next;
    *tail = as;
}

/* Several words for an adjective stand in no comparison, and those with an article behind a verb:
 * "the pits" for "terrible", but not "a the pits list", "more the pits", "very the pits". */
static const struct condition *fixed_conditions(struct maker *m, const struct phrase *a,
                                                const struct phrase *b,
                                                const struct condition *conditions)
{
    static const char *const articles[] = {"a", "an", "the"};
    const struct piece *first = b->pieces;
    struct condition *added = arena_calloc(m->arena, 3, sizeof *added);
    if (b->count < 2 || !first || !added)
        return conditions;
    added[0] = (struct condition){b->at, "is (!JJR !JJS)|.unknown", false,
                                  (struct condition *)conditions};
    added[1] = (struct condition){b->at, "pred", false, added};
    added[2] = (struct condition){b->at, "mod ADV", true, &added[1]};
    for (size_t i = 0; first->kind == PIECE_WORD && i < sizeof articles / sizeof *articles; i++)
        if (strcmp(first->text, articles[i]) == 0)
            return &added[a->count == 1 ? 2 : 1];
    return &added[0];
}

static void add_output(struct maker *m, struct rule *rule, const struct slang_entry *e,
                       const struct phrase *a, const struct phrase *b, struct way way,
                       const struct condition *conditions)
{
    if (e->pos == SLANG_ADJ && e->kind != SLANG_PLAIN && b == e->terms)
        conditions = fixed_conditions(m, a, b, conditions);
    bool article = phrase_find(b, PIECE_ARTICLE), particle = a->np_last && phrase_particle(b);
    unsigned ways = article || particle ? 2 : 1;
    for (unsigned i = 0; i < ways; i++) {
        struct weave w;
        weave_start(&w, m->arena, b->at.source);
        way.article = i == 0 && article;
        way.behind = i == 0 && particle && !article;
        weave_action(&w, e, a, b, way, conditions);
        add_realisation(m, rule, e, b->said, weave_end(&w));
    }
}

/* The ways in which a phrase may stand. */
static unsigned list_ways(const struct slang_entry *e, const struct phrase *a, struct way *ways)
{
    unsigned n = 0;
    bool goes = e->pos == SLANG_ADDRESS || e->pos == SLANG_PARTICLE;
    if (goes) {
        for (unsigned place = PLACE_BOTH; place < PLACE_COUNT; place++)
            if (place != (e->pos == SLANG_ADDRESS ? PLACE_BOTH : PLACE_BARE))
                ways[n++] = (struct way){.place = place};
        return n;
    }
    ways[n++] = (struct way){0};
    for (const struct piece *piece = a->pieces; piece; piece = piece->next) {
        if (piece->particle && a->count == 2 && !a->np_inside)
            ways[n++] = (struct way){.apart = true};
        if (piece->kind == PIECE_SBS)
            ways[n++] = (struct way){.owner = true};
    }
    return n < 8 ? n : 8;
}

/* The rules that put one term of an entry into plain words. */
static void make_literal(struct maker *m, const struct slang_entry *e, const struct phrase *a)
{
    struct way ways[16];
    unsigned n = list_ways(e, a, ways);
    for (unsigned i = 0; i < n; i++) {
        struct weave w;
        weave_start(&w, m->arena, e->source);
        weave_match(&w, e, a, ways[i], false);
        weave_conditions(&w, e->conditions, phrase_span(a, ways[i]));
        unsigned needs = 0;
        for (const struct phrase *b = e->plains; b; b = b->next)
            needs |= phrase_needs(a, b);
        weave_needed(&w, a, ways[i], needs);
        struct rule *rule = add_rule(m, e, a->said, weave_end(&w));
        if (rule)
            rule->regions = slang_regions_of(m->regions, m->region_count, a->said);
        for (const struct phrase *b = e->plains; b && rule; b = b->next)
            add_output(m, rule, e, a, b, ways[i], NULL);
    }
}

/* ---- order ---- */

static unsigned word_count(const struct slang_entry *e)
{
    unsigned most = 0;
    for (const struct phrase *p = e->terms; p; p = p->next)
        most = p->count > most ? p->count : most;
    return most;
}

static int by_reach(const void *a, const void *b)
{
    const struct slang_entry *x = *(struct slang_entry *const *)a;
    const struct slang_entry *y = *(struct slang_entry *const *)b;
    unsigned m = word_count(x), n = word_count(y);
    if (m != n)
        return m > n ? -1 : 1;
    if (x->last != y->last)
        return x->last ? 1 : -1;
    if (x->condition_count != y->condition_count)
        return x->condition_count > y->condition_count ? -1 : 1;
    int order = strcmp(x->source->file, y->source->file);
    if (order)
        return order;
    return x->at.offset < y->at.offset ? -1 : x->at.offset > y->at.offset;
}

static struct slang_entry **sorted(struct arena *arena, struct slang_entry *entries,
                                   uint32_t *count)
{
    *count = 0;
    for (struct slang_entry *e = entries; e; e = e->next)
        ++*count;
    struct slang_entry **all = arena_calloc(arena, *count + 1, sizeof *all);
    if (!all)
        return NULL;
    uint32_t n = 0;
    for (struct slang_entry *e = entries; e; e = e->next)
        all[n++] = e;
    qsort(all, n, sizeof *all, by_reach);
    return all;
}

/* A term and the entry that says what it means. */
struct meaning {
    const struct slang_entry *entry;
    const struct phrase *term;
};

/* The words of a term; each side of a hyphen is one, for the text is cut there. */
static unsigned term_words(const struct phrase *p)
{
    unsigned n = p->count;
    for (const char *c = strchr(p->said, '-'); c; c = strchr(c + 1, '-'))
        n++;
    return n;
}

/* By the words of the term itself: a short one in a list with long ones is still short. */
static int by_term_reach(const void *a, const void *b)
{
    const struct meaning *x = a, *y = b;
    unsigned m = term_words(x->term), n = term_words(y->term);
    if (m != n)
        return m > n ? -1 : 1;
    if (x->entry->last != y->entry->last)
        return x->entry->last ? 1 : -1;
    if (x->entry->condition_count != y->entry->condition_count)
        return x->entry->condition_count > y->entry->condition_count ? -1 : 1;
    int order = strcmp(x->entry->source->file, y->entry->source->file);
    if (order)
        return order;
    return x->term->at.offset < y->term->at.offset ? -1 : x->term->at.offset > y->term->at.offset;
}

static void make_meanings(struct maker *m, struct slang_entry *const *all, uint32_t count,
                          enum slang_kind kind)
{
    uint32_t n = 0, room = 0;
    for (uint32_t i = 0; i < count; i++)
        for (const struct phrase *p = all[i]->terms; p; p = p->next)
            room++;
    struct meaning *list = arena_calloc(m->arena, room + 1, sizeof *list);
    for (uint32_t i = 0; i < count && list; i++)
        for (const struct phrase *p = all[i]->terms; p; p = p->next)
            if (all[i]->kind == kind && !all[i]->written_only)
                list[n++] = (struct meaning){all[i], p};
    if (n > 0)
        qsort(list, n, sizeof *list, by_term_reach);
    for (uint32_t i = 0; i < n; i++)
        make_literal(m, list[i].entry, list[i].term);
}

/* ---- plain words ---- */

static int by_plain(const void *a, const void *b)
{
    const struct offer *x = a, *y = b;
    if (x->plain->count != y->plain->count)
        return x->plain->count > y->plain->count ? -1 : 1;
    int order = strcmp(x->plain->key, y->plain->key);
    if (order)
        return order;
    if (x->pos != y->pos)
        return x->pos < y->pos ? -1 : 1;
    if (x->entry->kind != y->entry->kind)
        return x->entry->kind == SLANG_PLAIN ? -1 : 1;
    return by_reach(&x->entry, &y->entry);
}

static bool same_plain(const struct offer *a, const struct offer *b)
{
    return a->pos == b->pos && strcmp(a->plain->key, b->plain->key) == 0;
}

static bool may_offer(const struct slang_entry *e, enum slang_kind kind)
{
    return e->kind == SLANG_PLAIN ||
           (e->kind == kind && !e->literal_only && e->label != TAB_LABEL_SLUR &&
            e->pos != SLANG_ADDRESS && e->pos != SLANG_PARTICLE);
}

struct offers {
    struct offer *list;
    uint32_t count, room;
    bool failed;
};

static void add_offer(struct offers *o, struct slang_entry *e, const struct phrase *plain,
                      enum slang_pos pos)
{
    if (o->count == o->room) {
        uint32_t room = o->room ? 2 * o->room : 1024;
        struct offer *list = realloc(o->list, room * sizeof *list);
        o->failed |= !list;
        if (!list)
            return;
        o->list = list;
        o->room = room;
    }
    o->list[o->count++] = (struct offer){e, plain, pos};
}

/* For a plain entry's own words, what is written for those that it calls like them; count: offers
 * that entries name themselves. */
static void add_likes(struct offers *o, uint32_t count, struct slang_entry *guard)
{
    for (const struct phrase *like = guard->likes; like; like = like->next) {
        struct offer wanted = {guard, like, guard->pos};
        for (uint32_t i = 0; i < count; i++)
            if (o->list[i].entry->kind != SLANG_PLAIN && same_plain(&o->list[i], &wanted))
                for (const struct phrase *p = guard->terms; p; p = p->next)
                    add_offer(o, o->list[i].entry, p, guard->pos);
    }
}

/* Fixed words have no part of speech of their own: what tells the sense of the plain words has it.
 * Offers are sorted; those of a key stand together, and guards are in front of theirs. */
static void adopt_guards(struct offer *offers, uint32_t count)
{
    for (uint32_t i = 0, k; i < count; i = k) {
        int guarded = -1; /* the last part of speech that has a guard */
        bool several = false, own[SLANG_POS_COUNT] = {false};
        for (k = i; k < count && strcmp(offers[k].plain->key, offers[i].plain->key) == 0; k++) {
            if (offers[k].entry->kind != SLANG_PLAIN)
                continue;
            several |= guarded >= 0 && guarded != (int)offers[k].pos;
            guarded = (int)offers[k].pos;
            own[guarded] = true;
        }
        for (uint32_t n = i; n < k && guarded >= 0 && !several; n++)
            if (slang_is_fixed(offers[n].pos) && !own[offers[n].pos])
                offers[n].pos = (enum slang_pos)guarded;
    }
}

/* What may be written for which plain words, sorted by these, each once; freed by the caller. */
static struct offers list_offers(struct slang_entry *const *all, uint32_t count,
                                 enum slang_kind kind)
{
    struct offers o = {0};
    for (uint32_t i = 0; i < count; i++) {
        struct slang_entry *e = all[i];
        if (!may_offer(e, kind))
            continue;
        for (const struct phrase *p = e->terms; p && e->kind == SLANG_PLAIN; p = p->next)
            add_offer(&o, e, p, e->pos);
        if (e->plains && !e->plains->nothing)
            add_offer(&o, e, e->plains, e->pos);
        for (const struct phrase *p = e->froms; p; p = p->next)
            add_offer(&o, e, p, e->pos);
    }
    if (o.count > 0)
        qsort(o.list, o.count, sizeof *o.list, by_plain);
    adopt_guards(o.list, o.count);
    uint32_t named = o.count, kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (all[i]->likes)
            add_likes(&o, named, all[i]);
    if (o.count > 0)
        qsort(o.list, o.count, sizeof *o.list, by_plain);
    for (uint32_t i = 0; i < o.count; i++)
        if (kept == 0 || o.list[i].entry != o.list[kept - 1].entry ||
            !same_plain(&o.list[i], &o.list[kept - 1]))
            o.list[kept++] = o.list[i];
    o.count = kept;
    return o;
}

static bool asks(const struct slang_entry *e)
{
    for (const struct condition *c = e->conditions; c; c = c->next)
        if (!c->negative)
            return true;
    return false;
}

/* What plain entries of one word say: the "if" lines of one of them hold, the "not" lines of
 * none. */
static void weave_guards(struct weave *w, const struct offer *offers, uint32_t guards,
                         const char *p)
{
    bool free = guards == 0;
    for (uint32_t k = 0; k < guards; k++)
        free |= !asks(offers[k].entry);
    for (uint32_t k = 0; k < guards && !free; k++) {
        struct place at = offers[k].entry->at;
        weave_add(w, at, guards == 1 ? "" : k ? " or { x[]" : " ; any { x[]");
        weave_conditions_of(w, offers[k].entry->conditions, p, false);
        weave_add(w, at, guards == 1 ? "" : " }");
    }
    for (uint32_t k = 0; k < guards; k++)
        weave_conditions_of(w, offers[k].entry->conditions, p, true);
}

/* One rule for the offers of one plain phrase; those that tell its sense come first. */
static void make_plain(struct maker *m, const struct offer *offers, uint32_t count)
{
    const struct phrase *a = offers[0].plain;
    struct way ways[16];
    unsigned n = list_ways(offers[0].entry, a, ways);
    uint32_t guards = 0;
    while (guards < count && offers[guards].entry->kind == SLANG_PLAIN)
        guards++;
    if (guards == count)
        return;
    m->scale = TAB_WEIGHT_ONE;
    for (uint32_t k = 0; k < guards; k++)
        m->scale = offers[k].entry->weight < m->scale ? offers[k].entry->weight : m->scale;
    for (unsigned i = 0; i < n; i++) {
        struct weave w;
        weave_start(&w, m->arena, a->at.source);
        weave_match(&w, offers[0].entry, a, ways[i], true);
        weave_guards(&w, offers, guards, phrase_span(a, ways[i]));
        unsigned needs = 0;
        for (uint32_t k = guards; k < count; k++)
            needs |= phrase_needs(a, offers[k].entry->terms);
        weave_needed(&w, a, ways[i], needs);
        struct rule *rule = add_rule(m, offers[0].entry, a->said, weave_end(&w));
        for (uint32_t k = guards; k < count && rule; k++)
            add_output(m, rule, offers[k].entry, a, offers[k].entry->terms, ways[i],
                       offers[k].entry->generating);
    }
}

static struct feature *make_feature(struct maker *m, const struct slang_entry *e, uint32_t id,
                                    const char *name, const char *about)
{
    struct feature *f = arena_calloc(m->arena, 1, sizeof *f);
    if (!f)
        return NULL;
    f->source = e->source;
    f->at = (struct place){e->source, 0};
    f->id = id;
    f->name = name;
    f->area = "slang";
    f->about = about;
    f->stratum = STRATUM_LEXIS;
    f->drawing = (struct drawing){.draw = -1, .sure = -1, .rate = TAB_RATE_ONE};
    m->feature = f;
    m->tail = &f->rules;
    return f;
}

/* The two features of slang, or of everyday words, put in front of others. */
static struct feature *make_ways(struct maker *m, struct slang_entry **all, uint32_t count,
                                 enum slang_kind kind, struct feature *others)
{
    bool words = kind == SLANG_WORD;
    struct feature *out = words ? make_feature(m, all[0], TAB_FEATURE_WORD_OUT, "words-of-regions",
                                               "Everyday words of other regions are replaced.")
                                : make_feature(m, all[0], TAB_FEATURE_LITERAL, "slang-to-plain",
                                               "Slang is put into plain words.");
    if (!out)
        return NULL;
    m->scale = TAB_WEIGHT_ONE;
    make_meanings(m, all, count, kind);
    struct feature *in = words ? make_feature(m, all[0], TAB_FEATURE_WORD_IN, "words-of-the-region",
                                              "Everyday words of the region are written.")
                               : make_feature(m, all[0], TAB_FEATURE_SLANG, "plain-to-slang",
                                              "Plain words are put into slang of a region.");
    if (!in)
        return NULL;
    struct offers offers = list_offers(all, count, kind);
    for (uint32_t i = 0, k; i < offers.count; i = k) {
        for (k = i + 1; k < offers.count && same_plain(&offers.list[i], &offers.list[k]);)
            k++;
        make_plain(m, &offers.list[i], k - i);
    }
    free(offers.list);
    out->next = in;
    in->next = others;
    return offers.failed ? NULL : out;
}

struct feature *slang_features(struct arena *arena, struct diagnostics *diagnostics,
                               struct slang_entry *entries)
{
    struct maker m = {.arena = arena, .diagnostics = diagnostics, .scale = TAB_WEIGHT_ONE};
    uint32_t count;
    struct slang_entry **all = sorted(arena, entries, &count);
    if (!all || count == 0)
        return NULL;
    m.regions = slang_list_regions(arena, all, count, &m.region_count);
    struct feature *words = make_ways(&m, all, count, SLANG_WORD, NULL);
    return words ? make_ways(&m, all, count, SLANG_SENSE, words) : NULL;
}
