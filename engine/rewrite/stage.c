/* stage.c -- candidates of a sentence from the trigger index: each token's literals, tags and
 * relation select by table the rules that could begin there, and only these are tried.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/rewriter.h"

enum { MOST_CANDIDATES = 16384, FEW_CANDIDATES = 48 };

void stage_init(struct stage *stage, const struct sentence *sentence, struct arena *arena,
                struct grammar_document *document)
{
    memset(stage, 0, sizeof *stage);
    stage->sentence = sentence;
    stage->arena = arena;
    stage->document = document;
}

struct scan {
    struct arena *arena;
    const struct tables *tables;
    uint64_t *possible;     /* set of the rules wanted whose words the sentence has */
    uint32_t lowest;        /* rules before this one belong to strata that have run */
    uint32_t *keys;         /* rule << 16 | token: rules and tokens both fit 16 bits */
    uint32_t count, capacity;
};

static bool add(struct scan *s, uint32_t key)
{
    if (s->count == s->capacity) {
        if (s->capacity >= MOST_CANDIDATES)
            return true;
        uint32_t capacity = s->capacity ? s->capacity * 4 : 64;
        uint32_t *keys = arena_alloc(s->arena, capacity * sizeof *keys);
        if (!keys)
            return false;
        if (s->count)
            memcpy(keys, s->keys, s->count * sizeof *keys);
        s->keys = keys;
        s->capacity = capacity;
    }
    s->keys[s->count++] = key;
    return true;
}

static bool add_range(struct scan *s, uint32_t key, uint32_t token)
{
    const struct table *t = &s->tables->table;
    struct tab_range range = t->trigger_index[key];
    for (uint32_t i = 0; i < range.count; i++) {
        uint32_t rule = t->triggers[range.first + i];
        if (rule < s->lowest || !(s->possible[rule / 64] >> (rule % 64) & 1))
            continue;
        if (!add(s, rule << 16 | token))
            return false;
    }
    return true;
}

static bool add_token(struct scan *s, const struct token *x, uint32_t i)
{
    uint32_t base = 0, literals = s->tables->table.literal_count;
    bool ok = x->form_id == TAB_NONE || add_range(s, base + x->form_id, i);
    base += literals;
    ok = ok && (x->lemma_id == TAB_NONE || add_range(s, base + x->lemma_id, i));
    base += literals;
    ok = ok && (x->xpos >= XPOS_COUNT || add_range(s, base + x->xpos, i));
    base += XPOS_COUNT;
    ok = ok && (x->upos >= UPOS_COUNT || add_range(s, base + x->upos, i));
    base += UPOS_COUNT;
    ok = ok && (x->deprel >= REL_COUNT || add_range(s, base + x->deprel, i));
    base += REL_COUNT;
    return ok && add_range(s, base, i);
}

static void allow(struct scan *s, const uint64_t *wanted, uint32_t literal)
{
    if (literal == TAB_NONE)
        return;
    struct tab_range range = tables_needs(s->tables, literal);
    for (uint32_t i = range.first; i < range.first + range.count; i++) {
        uint32_t rule = s->tables->table.triggers[i];
        uint64_t bit = (uint64_t)1 << (rule % 64);
        s->possible[rule / 64] |= wanted ? wanted[rule / 64] & bit : bit;
    }
}

/* The rules wanted, less those that need words which the sentence has not. */
static bool find_possible(struct scan *s, const struct sentence *sentence, const uint64_t *wanted)
{
    const struct tables *t = s->tables;
    s->possible = arena_alloc(s->arena, t->rule_words * sizeof *s->possible);
    if (!s->possible)
        return false;
    for (uint32_t i = 0; i < t->rule_words; i++)
        s->possible[i] = (wanted ? wanted[i] : UINT64_MAX) & ~t->needy[i];
    for (uint32_t i = 0; i < sentence->count; i++) {
        allow(s, wanted, sentence->tokens[i].form_id);
        allow(s, wanted, sentence->tokens[i].lemma_id);
    }
    return true;
}

/* One pass of a stable sort by a byte of the rule. */
static void sort_pass(const uint32_t *from, uint32_t *to, uint32_t count, unsigned shift)
{
    uint32_t starts[257] = {0};
    for (uint32_t i = 0; i < count; i++)
        starts[(from[i] >> shift & 0xff) + 1]++;
    for (unsigned i = 1; i < 257; i++)
        starts[i] += starts[i - 1];
    for (uint32_t i = 0; i < count; i++)
        to[starts[from[i] >> shift & 0xff]++] = from[i];
}

/* Sorts by rule; tokens are in order already, and a stable sort keeps them so. */
static bool sort_keys(struct scan *s)
{
    if (s->count > FEW_CANDIDATES) {
        uint32_t *room = arena_alloc(s->arena, s->count * sizeof *room);
        if (!room)
            return false;
        sort_pass(s->keys, room, s->count, 16);
        sort_pass(room, s->keys, s->count, 24);
        return true;
    }
    for (uint32_t i = 1; i < s->count; i++) {
        uint32_t key = s->keys[i], k = i;
        for (; k > 0 && s->keys[k - 1] > key; k--)
            s->keys[k] = s->keys[k - 1];
        s->keys[k] = key;
    }
    return true;
}

/* Where the candidates of each stratum begin. */
static void mark_strata(struct stage *stage, const struct tables *tables)
{
    uint32_t c = 0;
    for (unsigned i = 0; i < STRATUM_COUNT; i++) {
        stage->strata[i] = c;
        while (c < stage->candidate_count &&
               stage->candidates[c].rule < tables->stratum_rules[i + 1])
            c++;
    }
    stage->strata[STRATUM_COUNT] = c;
}

bool stage_scan(struct stage *stage, const struct tables *tables, const uint64_t *wanted)
{
    struct scan s = {.arena = stage->arena, .tables = tables,
                     .lowest = tables->stratum_rules[stage->first_stratum]};
    const struct sentence *sentence = stage->sentence;
    stage->scanned = true;
    stage->candidate_count = 0;
    if (!find_possible(&s, sentence, wanted))
        return false;
    for (uint32_t i = 0; i < sentence->count && i < 0xffff; i++)
        if (!add_token(&s, &sentence->tokens[i], i))
            return false;
    if (s.count && !sort_keys(&s))
        return false;
    stage->candidates = arena_calloc(stage->arena, s.count + 1, sizeof *stage->candidates);
    if (!stage->candidates)
        return false;
    for (uint32_t i = 0; i < s.count; i++) {
        if (i > 0 && s.keys[i] == s.keys[i - 1])
            continue;
        struct candidate *c = &stage->candidates[stage->candidate_count++];
        c->rule = s.keys[i] >> 16;
        c->token = (int32_t)(s.keys[i] & 0xffff);
    }
    mark_strata(stage, tables);
    return true;
}

struct grammar *stage_grammar(struct stage *stage, const struct tables *tables)
{
    if (!stage->grammar) {
        struct grammar *g = arena_calloc(stage->arena, 1, sizeof *g);
        if (!g || !grammar_init(g, stage->sentence, tables->lexicon, stage->arena,
                                stage->document))
            return NULL;
        stage->grammar = g;
    }
    return stage->grammar;
}

static struct match *keep(struct stage *stage, struct matcher *m, const struct tab_rule *rule)
{
    struct match *match =
        arena_calloc(stage->arena, 1, sizeof *match + rule->slots * sizeof(struct value));
    if (!match)
        return NULL;
    memcpy(match->slots, m->slots, rule->slots * sizeof(struct value));
    match->injective = m->injective;
    match->sure = m->sure;
    for (uint32_t i = 0; i < rule->guard_count; i++)
        if (matcher_block(m, m->tables->table.guards[rule->guards + i].code))
            match->vetoes |= 1u << i;
    return match;
}

const struct match *stage_match(struct stage *stage, struct matcher *m,
                                struct candidate *candidate)
{
    const struct tab_rule *rule = &m->tables->table.rules[candidate->rule];
    if (candidate->state == UNTRIED || (rule->flags & TAB_RULE_MEMORY)) {
        candidate->state = NO_MATCH;
        if (matcher_rule(m, rule, candidate->token)) {
            candidate->match = keep(stage, m, rule);
            candidate->state = candidate->match ? MATCHED : NO_MATCH;
        }
    }
    return candidate->state == MATCHED ? candidate->match : NULL;
}
