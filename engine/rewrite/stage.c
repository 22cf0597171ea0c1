/* stage.c -- candidates of a sentence from the trigger index: each token's literals, tags and
 * relation select by table the rules that could begin there, and only these are tried.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "rewrite/rewriter.h"

enum { MOST_CANDIDATES = 16384 };

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
    uint32_t *keys; /* rule << 16 | token: rules and tokens both fit 16 bits */
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

static bool add_range(struct scan *s, const struct table *t, uint32_t key, uint32_t token)
{
    struct tab_range range = t->trigger_index[key];
    for (uint32_t i = 0; i < range.count; i++)
        if (!add(s, t->triggers[range.first + i] << 16 | token))
            return false;
    return true;
}

static bool add_token(struct scan *s, const struct table *t, const struct token *x, uint32_t i)
{
    uint32_t base = 0;
    bool ok = x->form_id == TAB_NONE || add_range(s, t, base + x->form_id, i);
    base += t->literal_count;
    ok = ok && (x->lemma_id == TAB_NONE || add_range(s, t, base + x->lemma_id, i));
    base += t->literal_count;
    ok = ok && (x->xpos >= XPOS_COUNT || add_range(s, t, base + x->xpos, i));
    base += XPOS_COUNT;
    ok = ok && (x->upos >= UPOS_COUNT || add_range(s, t, base + x->upos, i));
    base += UPOS_COUNT;
    ok = ok && (x->deprel >= REL_COUNT || add_range(s, t, base + x->deprel, i));
    base += REL_COUNT;
    return ok && add_range(s, t, base, i);
}

static int by_key(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

bool stage_scan(struct stage *stage, const struct tables *tables)
{
    struct scan s = {stage->arena, NULL, 0, 0};
    const struct sentence *sentence = stage->sentence;
    stage->scanned = true;
    for (uint32_t i = 0; i < sentence->count && i < 0xffff; i++)
        if (!add_token(&s, &tables->table, &sentence->tokens[i], i))
            return false;
    if (s.count == 0)
        return true;
    qsort(s.keys, s.count, sizeof *s.keys, by_key);
    stage->candidates = arena_calloc(stage->arena, s.count, sizeof *stage->candidates);
    if (!stage->candidates)
        return false;
    for (uint32_t i = 0; i < s.count; i++) {
        if (i > 0 && s.keys[i] == s.keys[i - 1])
            continue;
        struct candidate *c = &stage->candidates[stage->candidate_count++];
        c->rule = s.keys[i] >> 16;
        c->token = (int32_t)(s.keys[i] & 0xffff);
    }
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
    if (candidate->state == UNTRIED) {
        const struct tab_rule *rule = &m->tables->table.rules[candidate->rule];
        candidate->state = NO_MATCH;
        if (matcher_rule(m, rule, candidate->token)) {
            candidate->match = keep(stage, m, rule);
            candidate->state = candidate->match ? MATCHED : NO_MATCH;
        }
    }
    return candidate->state == MATCHED ? candidate->match : NULL;
}
