/* quote.c -- reporting frames: which verb reports which quotation, and in what order subject, verb
 * and quotation stand. Quotation marks decide first; the tree only confirms.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

enum { SPANS = 16, FRAME_LIMIT = 12 };

struct quotation {
    int32_t open, close; /* the marks; -1: open or closed in another sentence */
    int32_t first, last; /* what stands between */
};

enum mark { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_STRAIGHT };

static enum mark mark_of(const struct grammar *g, int32_t token)
{
    static const char *const opening[] = {"\xe2\x80\x9c", "``", "\xc2\xab", "\xe2\x80\x98"};
    static const char *const closing[] = {"\xe2\x80\x9d", "''", "\xc2\xbb", "\xe2\x80\x99"};
    const struct token *t = token_at(g, token);
    if (t->upos != UPOS_PUNCT)
        return MARK_NONE;
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) {
        if (t->form_length == strlen(opening[i]) &&
            memcmp(t->form, opening[i], t->form_length) == 0)
            return MARK_OPEN;
        if (t->form_length == strlen(closing[i]) &&
            memcmp(t->form, closing[i], t->form_length) == 0)
            return MARK_CLOSE;
    }
    if (t->form_length != 1 || (t->form[0] != '"' && t->form[0] != '\''))
        return MARK_NONE;
    bool glued = is_glued(g, token), next_glued = has_token(g, token + 1) && is_glued(g, token + 1);
    if (glued == next_glued)
        return MARK_STRAIGHT;
    return glued ? MARK_CLOSE : MARK_OPEN;
}

/* A single mark that cannot be told from an apostrophe, or lies inside double ones. */
static bool is_single(const struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    return (t->form_length == 1 && t->form[0] == '\'') ||
           (t->form_length == 3 && memcmp(t->form, "\xe2\x80", 2) == 0 &&
            (t->form[2] == '\x98' || t->form[2] == '\x99'));
}

static size_t find_quotations(const struct grammar *g, struct quotation out[SPANS])
{
    size_t count = 0;
    bool open = false, doubled = false;
    int32_t n = (int32_t)g->sentence->count;
    for (int32_t i = 0; i < n; i++)
        doubled |= mark_of(g, i) != MARK_NONE && !is_single(g, i);
    for (int32_t i = 0; i < n && count < SPANS; i++) {
        enum mark mark = doubled && is_single(g, i) ? MARK_NONE : mark_of(g, i);
        if (open && mark == MARK_OPEN && token_at(g, i)->form[0] == '"')
            mark = MARK_STRAIGHT;
        /* The last mark of a sentence, with nothing behind it, closes. */
        bool at_end = i + 1 == n || (i + 2 == n && is_punct(g, i + 1));
        if (mark == MARK_STRAIGHT && !open && at_end && i > 0)
            mark = MARK_CLOSE;
        if (mark == MARK_NONE)
            continue;
        if (!open && (mark == MARK_OPEN || mark == MARK_STRAIGHT)) {
            out[count] = (struct quotation){i, -1, i + 1, n - 1};
            open = true;
        } else if (open && mark != MARK_OPEN) {
            out[count].close = i;
            out[count++].last = i - 1;
            open = false;
        } else if (!open && mark == MARK_CLOSE && count == 0) {
            out[count++] = (struct quotation){-1, i, 0, i - 1};
        }
    }
    return open && count < SPANS ? count + 1 : count;
}

static bool is_link_mark(const struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    return t->form_length == 1 && (t->form[0] == ',' || t->form[0] == ':');
}

static bool holds_predicate(struct grammar *g, const struct quotation *q)
{
    for (int32_t i = q->first; i <= q->last; i++)
        if (token_at(g, i)->upos == UPOS_VERB || token_at(g, i)->upos == UPOS_AUX)
            return true;
    return false;
}

/* Does it look like an utterance: a clause, or a beginning or an end of its own? */
static bool is_utterance(struct grammar *g, const struct quotation *q)
{
    const struct token *first = token_at(g, q->first), *last = token_at(g, q->last);
    bool capital = first->form_length > 0 && first->form[0] >= 'A' && first->form[0] <= 'Z' &&
                   first->upos != UPOS_PROPN;
    bool closed = last->upos == UPOS_PUNCT && last->form_length == 1 &&
                  (last->form[0] == '!' || last->form[0] == '?');
    return holds_predicate(g, q) || (capital && closed);
}

/* Is some token of the quotation governed by the verb, or the verb by one of it? */
static bool is_bound(const struct grammar *g, int32_t verb, const struct quotation *q)
{
    for (int32_t i = q->first; i <= q->last; i++)
        if (g->heads[i] == verb)
            return true;
    return g->heads[verb] >= q->first && g->heads[verb] <= q->last;
}

/* Do only the subject, adverbs and asides of the verb stand in from..to, and no other verb? */
static bool is_clear(const struct grammar *g, int32_t verb, int32_t from, int32_t to)
{
    if (to - from > FRAME_LIMIT)
        return false;
    for (int32_t i = from; i <= to; i++) {
        uint8_t upos = token_at(g, i)->upos;
        bool other = (upos == UPOS_VERB || upos == UPOS_AUX) && i != verb && g->heads[i] != verb;
        if (other || mark_of(g, i) != MARK_NONE)
            return false;
    }
    return true;
}

static bool reports_after(struct grammar *g, int32_t verb, const struct quotation *q)
{
    if (q->open < 0 || q->open <= verb || q->first > q->last ||
        !is_clear(g, verb, verb + 1, q->open - 1))
        return false;
    if (is_link_mark(g, q->open - 1))
        return true;
    const struct token *t = token_at(g, verb);
    bool speech = lemma_has(t, WORD_SPEECH) || (t->classes & CLASS(SPEECH));
    return speech && (is_bound(g, verb, q) || q->open == verb + 1) && is_utterance(g, q);
}

static bool reports_before(struct grammar *g, int32_t verb, int32_t subject,
                           const struct quotation *q)
{
    int32_t from = subject >= 0 && subject < verb ? g->subtree_start[subject] : verb;
    if (q->close < 0 || q->close >= verb)
        return false;
    if (from <= q->close && subject > q->close)
        from = q->close + 1;
    if (from <= q->close)
        return false;
    int32_t between = q->close + 1;
    while (between < from && is_punct(g, between))
        between++;
    if (between < verb && token_at(g, between)->upos == UPOS_CCONJ)
        return false; /* "Hi," and she said: the next words */
    bool comma = q->last >= 0 && is_punct(g, q->last);
    return is_clear(g, verb, between, verb) && from - between <= 2 &&
           (comma || is_punct(g, q->close + 1));
}

static struct quote_object *make(struct grammar *g, int32_t verb, const struct quotation *q,
                                 int32_t subject, bool after)
{
    int32_t number;
    struct quote_object *quote = object_new(g, OBJECT_QUOTE, sizeof *quote, &number);
    if (!quote)
        return NULL;
    bool inverted = subject > verb;
    quote->verb = verb;
    quote->subject = subject;
    quote->open = q->open;
    quote->direct = q->open < 1 || !form_is(token_at(g, q->open - 1), "that");
    quote->first = q->first;
    quote->last = q->last;
    quote->order = (uint8_t)(after ? inverted ? VALUE_VSQ : VALUE_SVQ
                                   : inverted ? VALUE_QVS : VALUE_QSV);
    g->cache[OBJECT_QUOTE][verb] = (int16_t)(number + 1);
    return quote;
}

int32_t quote_of_token(struct grammar *grammar, int32_t token)
{
    struct vg_object *vg = vg_at(grammar, vg_of_token(grammar, token));
    if (!vg || vg->copular || vg->main < 0)
        return -1;
    int32_t verb = vg->predicate;
    int16_t *slot = &grammar->cache[OBJECT_QUOTE][verb];
    if (*slot != 0)
        return *slot < 0 ? -1 : *slot - 1;
    *slot = -1;
    struct quotation spans[SPANS];
    size_t count = find_quotations(grammar, spans);
    const struct quotation *before = NULL;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].first <= verb && verb <= spans[i].last)
            continue;
        if (reports_before(grammar, verb, vg->subject, &spans[i])) {
            before = &spans[i];
        } else if (!before && reports_after(grammar, verb, &spans[i])) {
            make(grammar, verb, &spans[i], vg->subject, true);
            return *slot < 0 ? -1 : *slot - 1;
        }
    }
    if (before)
        make(grammar, verb, before, vg->subject, false);
    return *slot < 0 ? -1 : *slot - 1;
}

struct attr_value quote_attr(struct grammar *grammar, int32_t number, enum attr attr)
{
    struct quote_object *quote = object_at(grammar, OBJECT_QUOTE, number);
    if (!quote)
        return number_attr(0);
    switch (attr) {
    case ATTR_DIRECT: return number_attr(quote->direct);
    case ATTR_ORDER: return number_attr(quote->order);
    default: return number_attr(0);
    }
}

struct value quote_role(struct grammar *grammar, int32_t number, enum role role)
{
    struct quote_object *quote = object_at(grammar, OBJECT_QUOTE, number);
    if (!quote)
        return no_value();
    switch (role) {
    case ROLE_SUBJ: return token_value(quote->subject);
    case ROLE_OPEN: return token_value(quote->open);
    case ROLE_SPAN:
        return (struct value){VALUE_IS_SPAN, 0, quote->first, quote->last};
    default: return no_value();
    }
}
