/* sequence.c -- sequences of tokens: programs of boxes, splits and jumps, tried in their order of
 * preference, with the rest of the rule as what follows a full match. A program that branches is
 * run only where its automaton says that it can match, and a split that led nowhere from a token is
 * not tried there again, so time is bounded by splits times tokens.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rewrite/match.h"

struct sequence {
    struct matcher *m;
    uint32_t next;      /* where the rule goes on */
    int32_t low, high;  /* tokens it must lie in, inclusive */
    uint32_t start;     /* the program's first record */
    uint32_t width;     /* tokens from low to behind high */
    uint32_t ends;      /* how often the program's end was reached */
    uint64_t *dead;     /* set of (record, token) from which the end is not reached; NULL: none */
};

bool match_is_barrier(const struct token *x)
{
    switch (x->xpos) {
    case XPOS_COMMA:
    case XPOS_COLON: return true;
    default: return x->form_length == 1 && (x->form[0] == ';' || x->form[0] == ':');
    }
}

static bool step(struct sequence *s, uint32_t pc, int32_t at);

static bool box(struct sequence *s, const struct tab_code *c, uint32_t pc, int32_t at)
{
    struct matcher *m = s->m;
    if (at > s->high || !matcher_token_test(m, c->b, at))
        return false;
    if (c->slot == 255)
        return step(s, pc + 1, at + 1);
    struct value old = m->slots[c->slot];
    if (old.kind == VALUE_IS_TOKEN)
        return old.a == at && step(s, pc + 1, at + 1);
    if (!match_bind_token(m, c->slot, at))
        return false;
    if (step(s, pc + 1, at + 1))
        return true;
    match_unbind(m, c->slot);
    return false;
}

static bool name(struct sequence *s, const struct tab_code *c, uint32_t pc, int32_t at)
{
    int32_t first, last;
    if (!matcher_extent(s->m, matcher_ref(s->m, c->a), &first, &last))
        return false;
    return first == at && last <= s->high && step(s, pc + 1, last + 1);
}

static bool close_span(struct sequence *s, const struct tab_code *c, uint32_t pc, int32_t at)
{
    struct matcher *m = s->m;
    int32_t start = m->opened[c->slot];
    if (start >= at)
        return false;
    struct value old = m->slots[c->slot];
    m->slots[c->slot] = (struct value){VALUE_IS_SPAN, 0, start, at - 1};
    if (step(s, pc + 1, at))
        return true;
    m->slots[c->slot] = old;
    return false;
}

static bool split(struct sequence *s, const struct tab_code *c, int32_t at)
{
    struct matcher *m = s->m;
    const struct tab_code *program = &m->tables->table.sequences[s->start];
    uint64_t place = (uint64_t)(c - program) * s->width + (uint64_t)(at - s->low);
    if (s->dead ? s->dead[place / 64] >> (place % 64) & 1 : !match_step(m))
        return false;
    if (m->depth >= LIMIT_MATCH_DEPTH * 4)
        return false;
    uint8_t sure = m->sure;
    uint32_t ends = s->ends;
    m->depth++;
    bool done = step(s, c->a, at);
    m->depth--;
    if (done)
        return true;
    m->sure = sure;
    done = step(s, c->b, at);
    if (!done && s->dead && ends == s->ends && !m->exhausted)
        s->dead[place / 64] |= (uint64_t)1 << (place % 64);
    return done;
}

static bool step(struct sequence *s, uint32_t pc, int32_t at)
{
    struct matcher *m = s->m;
    for (;;) {
        const struct tab_code *c = &m->tables->table.sequences[pc];
        switch (c->op) {
        case SEQ_END: s->ends++; return match_run(m, s->next);
        case SEQ_JUMP:
            if (!s->dead && !match_step(m))
                return false;
            pc = c->a;
            continue;
        case SEQ_SPLIT: return split(s, c, at);
        case SEQ_BOX:
            if (c->slot != 255)
                return box(s, c, pc, at);
            if (at > s->high || !matcher_token_test(m, c->b, at))
                return false;
            at++;
            break;
        case SEQ_NAME: return name(s, c, pc, at);
        case SEQ_BOS:
            if (at != 0)
                return false;
            break;
        case SEQ_EOS:
            if (at != (int32_t)m->grammar->sentence->count)
                return false;
            break;
        case SEQ_OPEN: m->opened[c->slot] = at; break;
        case SEQ_CLOSE: return close_span(s, c, pc, at);
        case SEQ_GAP:
            if (at > s->high || match_is_barrier(&m->grammar->sentence->tokens[at]))
                return false;
            at++;
            break;
        default: return false;
        }
        pc++;
    }
}

/* Asks the filter of a program that branches, and makes room for what is found out about it. */
static bool prepare(struct sequence *s, int32_t from, int32_t to)
{
    const struct tab_code *filter = &s->m->tables->table.sequences[s->start];
    if (filter->op != SEQ_FILTER)
        return true;
    if (!match_filter(s->m, filter, from, to, s->high))
        return false;
    s->start++;
    s->dead = arena_calloc(s->m->grammar->arena, (uint64_t)filter->b * s->width / 64 + 1,
                           sizeof *s->dead);
    return s->dead;
}

bool match_sequence(struct matcher *m, const struct tab_code *code, uint32_t next)
{
    struct sequence s = {.m = m, .next = next, .start = code->a,
                         .high = (int32_t)m->grammar->sentence->count - 1};
    int32_t first, last;
    if (code->b != TAB_NONE) {
        if (!matcher_extent(m, matcher_ref(m, code->b), &first, &last))
            return false;
        s.low = first;
        s.high = last;
    }
    int32_t from = s.low, to = s.high + 1;
    if (code->c != TAB_NONE) {
        if (!matcher_extent(m, matcher_ref(m, code->c), &first, &last))
            return false;
        to = first;
        if (code->x != 0xffff)
            from = to = first - code->x;
        else if (from < first - 2 * LIMIT_GAP)
            from = first - 2 * LIMIT_GAP;
    }
    if (from < s.low)
        from = s.low;
    s.width = (uint32_t)(s.high - s.low + 2);
    if (!prepare(&s, from, to))
        return false;
    uint8_t sure = m->sure;
    for (int32_t at = from; at <= to; at++) {
        if (!match_step(m))
            return false;
        if (step(&s, s.start, at))
            return true;
        m->sure = sure;
    }
    return false;
}
