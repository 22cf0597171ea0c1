/* sequence.c -- sequences of tokens: programs of boxes, splits and jumps, tried in their order of
 * preference, with the rest of the rule as what follows a full match. Loops are bounded by the
 * matcher's steps.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rewrite/match.h"

struct sequence {
    struct matcher *m;
    uint32_t next;      /* where the rule goes on */
    int32_t low, high;  /* tokens it must lie in, inclusive */
};

static bool is_barrier(const struct token *x)
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
    if (!match_step(m))
        return false;
    if (m->depth >= LIMIT_MATCH_DEPTH * 4)
        return false;
    uint8_t sure = m->sure;
    m->depth++;
    bool done = step(s, c->a, at);
    m->depth--;
    if (done)
        return true;
    m->sure = sure;
    return step(s, c->b, at);
}

static bool step(struct sequence *s, uint32_t pc, int32_t at)
{
    struct matcher *m = s->m;
    for (;;) {
        const struct tab_code *c = &m->tables->table.sequences[pc];
        switch (c->op) {
        case SEQ_END: return match_run(m, s->next);
        case SEQ_JUMP:
            if (!match_step(m))
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
            if (at > s->high || is_barrier(&m->grammar->sentence->tokens[at]))
                return false;
            at++;
            break;
        default: return false;
        }
        pc++;
    }
}

bool match_sequence(struct matcher *m, const struct tab_code *code, uint32_t next)
{
    struct sequence s = {m, next, 0, (int32_t)m->grammar->sentence->count - 1};
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
    uint8_t sure = m->sure;
    for (int32_t at = from; at <= to; at++) {
        if (at < s.low || !match_step(m))
            continue;
        if (step(&s, code->a, at))
            return true;
        m->sure = sure;
    }
    return false;
}
