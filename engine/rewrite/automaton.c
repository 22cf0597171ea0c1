/* automaton.c -- can a sequence match here at all? Asked of sequences that branch before their
 * program is run with its names: of their deterministic automaton, or, where that was too large, by
 * simulating the program with a set of places. Either looks at each token once, so a pattern that
 * fails costs time linear in the text, whatever its alternatives.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/match.h"

enum { MOST_PLACES = 4096, WORDS = MOST_PLACES / 64 };

static bool passes(struct matcher *m, uint32_t test, int32_t at)
{
    if (test == TAB_NODE_BARRIER)
        return !match_is_barrier(&m->grammar->sentence->tokens[at]);
    return matcher_token_test(m, test, at);
}

static bool run_automaton(struct matcher *m, uint32_t root, int32_t at, int32_t high)
{
    const struct tab_node *nodes = m->tables->table.automata;
    for (uint32_t node = root; at <= high;) {
        uint32_t target = passes(m, nodes[node].test, at) ? nodes[node].yes : nodes[node].no;
        if (target == TAB_ACCEPT || target == TAB_REJECT)
            return target == TAB_ACCEPT;
        at += target >= TAB_NODE_NEXT;
        node = target & ~TAB_NODE_NEXT;
    }
    return false;
}

/* A program with the places in it that are to look at the next token. */
struct simulation {
    const struct tab_code *code;
    uint32_t first, count; /* its first record in the table, and how many it has */
    uint64_t places[WORDS];
    uint32_t stack[MOST_PLACES], depth;
};

static void visit(struct simulation *s, uint32_t place)
{
    if (place >= s->count || (s->places[place / 64] >> (place % 64) & 1))
        return;
    s->places[place / 64] |= (uint64_t)1 << (place % 64);
    s->stack[s->depth++] = place; /* each once: it has room for all */
}

/* Adds a place and what is reached from it without a token; true: the end is. */
static bool reach(struct simulation *s, uint32_t place)
{
    bool end = false;
    s->depth = 0;
    visit(s, place);
    while (s->depth > 0) {
        uint32_t at = s->stack[--s->depth];
        const struct tab_code *c = &s->code[at];
        switch (c->op) {
        case SEQ_END: end = true; break;
        case SEQ_BOX:
        case SEQ_GAP:
        case SEQ_NAME: break;
        case SEQ_SPLIT: visit(s, c->b - s->first); /* fall through */
        case SEQ_JUMP: visit(s, c->a - s->first); break;
        default: visit(s, at + 1);
        }
    }
    return end;
}

/* Looks at a token: the places that it leads to. */
static bool look(struct matcher *m, struct simulation *s, int32_t at)
{
    uint64_t before[WORDS];
    uint32_t words = s->count / 64 + 1;
    memcpy(before, s->places, words * sizeof *before);
    memset(s->places, 0, words * sizeof *s->places);
    for (uint32_t i = 0; i < s->count; i++) {
        const struct tab_code *c = &s->code[i];
        if (!(before[i / 64] >> (i % 64) & 1))
            continue;
        bool looks = c->op == SEQ_BOX || c->op == SEQ_GAP || c->op == SEQ_NAME;
        uint32_t test = c->op == SEQ_GAP ? TAB_NODE_BARRIER : c->op == SEQ_BOX ? c->b : TAB_NONE;
        if (looks && passes(m, test, at) && reach(s, i + 1))
            return true;
    }
    return false;
}

static bool simulate(struct matcher *m, const struct tab_code *filter, int32_t from, int32_t to,
                     int32_t high)
{
    const struct table *t = &m->tables->table;
    struct simulation s;
    s.code = filter + 1;
    s.first = (uint32_t)(s.code - t->sequences);
    s.count = filter->b;
    if (s.count >= MOST_PLACES)
        return true;
    memset(s.places, 0, sizeof s.places);
    for (int32_t at = from; at <= high; at++)
        if ((at <= to && reach(&s, 0)) || look(m, &s, at))
            return true;
    return false;
}

bool match_filter(struct matcher *m, const struct tab_code *filter, int32_t from, int32_t to,
                  int32_t high)
{
    uint8_t sure = m->sure;
    bool found = false;
    if (filter->a == TAB_NONE)
        found = simulate(m, filter, from, to, high);
    else
        for (int32_t at = from; at <= to && !found; at++)
            found = run_automaton(m, filter->a, at, high);
    m->sure = sure;
    return found;
}
