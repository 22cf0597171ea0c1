/* vg_chain.c -- rewriting the links of a verb group: have V:pp = be "after" V:ing. The left side is
 * found among the links as they stand; the right side takes over their tokens, variables first,
 * then lemmas in order, so that rendering changes words in place.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

enum { VARIABLES = 8 };

struct chain {
    struct vg_object *vg;
    struct vg_state *state;
    const struct chain_link *left, *right;
    size_t left_count, right_count;
    size_t start;            /* first matched link */
    bool with_do;            /* left begins with the derived do */
    int8_t bound[VARIABLES]; /* matched link of a variable; -1: none */
    bool taken[LIMIT_LINKS]; /* matched link already used on the right */
};

static bool form_fits(const struct vg_state *s, const struct vg_link *link, uint8_t form)
{
    bool finite = link->form == FORM_FIN && s->form == VALUE_FIN;
    switch (form) {
    case FORM_COUNT: return true;
    case FORM_PAST: return finite && s->tense == VALUE_PAST;
    case FORM_S: return finite && s->tense == VALUE_PRES;
    default: return link->form == form;
    }
}

static bool link_fits(const struct vg_state *s, const struct vg_link *link,
                      const struct chain_link *pattern, bool after_do)
{
    if (pattern->kind == LINK_TEXT)
        return false;
    if (pattern->kind == LINK_LEMMA &&
        (pattern->length != link->lemma_length ||
         memcmp(pattern->text, link->lemma, pattern->length) != 0))
        return false;
    return form_fits(s, link, pattern->form) || (after_do && pattern->form == FORM_BASE);
}

static bool match_at(struct chain *c, size_t start, const struct chain_link *left, size_t count,
                     bool after_do)
{
    if (start + count > c->state->count || count == 0)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!link_fits(c->state, &c->state->links[start + i], &left[i], after_do && i == 0))
            return false;
    memset(c->bound, -1, sizeof c->bound);
    for (size_t i = 0; i < count; i++)
        if (left[i].kind == LINK_VARIABLE)
            c->bound[left[i].variable % VARIABLES] = (int8_t)(start + i);
    c->start = start;
    return true;
}

static bool match(struct chain *c)
{
    bool has_do = needs_do(c->state);
    bool asks_do = c->left_count > 1 && c->left[0].kind == LINK_LEMMA && c->left[0].length == 2 &&
                   memcmp(c->left[0].text, "do", 2) == 0;
    if (has_do && asks_do && match_at(c, 0, c->left + 1, c->left_count - 1, true)) {
        c->with_do = true;
        return true;
    }
    for (size_t start = 0; start < c->state->count; start++)
        if (match_at(c, start, c->left, c->left_count, has_do && start == 0))
            return true;
    return false;
}

bool vg_chain_matches(struct grammar *grammar, int32_t vg_number, const struct chain_link *left,
                      size_t left_count)
{
    struct vg_object *vg = vg_at(grammar, vg_number);
    if (!vg)
        return false;
    struct chain c = {.vg = vg, .state = &vg->now, .left = left, .left_count = left_count};
    return match(&c);
}

/* The token a new lemma takes over: that of a matched lemma, else of a variable not used. */
static int32_t spare_token(struct chain *c, size_t matched)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < matched; i++) {
            size_t link = c->start + i;
            const struct chain_link *pattern = &c->left[i + (c->with_do ? 1 : 0)];
            if (c->taken[link] || (pass == 0 && pattern->kind != LINK_LEMMA))
                continue;
            c->taken[link] = true;
            return c->state->links[link].token;
        }
    return -1;
}

static void take_variables(struct chain *c)
{
    memset(c->taken, 0, sizeof c->taken);
    for (size_t i = 0; i < c->right_count; i++) {
        int link = c->right[i].kind == LINK_VARIABLE ? c->bound[c->right[i].variable % VARIABLES]
                                                     : -1;
        if (link >= 0)
            c->taken[link] = true;
    }
}

/* One link of the right side; first: it takes the place of the first matched link. */
static bool make_link(struct chain *c, const struct chain_link *item, size_t matched, bool first,
                      bool *seen, struct vg_link *out)
{
    uint8_t place = c->state->links[c->start].form;
    if (item->kind == LINK_VARIABLE) {
        int bound = c->bound[item->variable % VARIABLES];
        if (bound < 0)
            return false;
        *out = c->state->links[bound];
        if (seen[bound])
            out->token = -1;
        seen[bound] = true;
    } else {
        char folded[FOLD_SIZE] = "";
        if (item->length + 1 < sizeof folded)
            memcpy(folded, item->text, item->length);
        const struct aux_form *aux = aux_form_find(folded);
        *out = (struct vg_link){item->text, (uint16_t)item->length, FORM_BASE,
                                aux && aux->modal, false, false,
                                spare_token(c, matched)};
    }
    if (item->form != FORM_COUNT)
        out->form = item->form;
    else if (first)
        out->form = place;
    return true;
}

/* Builds the new links and texts in *next; false: too many, or an unbound variable. */
static bool rebuild(struct chain *c, size_t matched, struct vg_state *next)
{
    bool seen[LIMIT_LINKS] = {false}, first = true;
    size_t after = c->start + matched;
    next->count = (uint8_t)c->start;
    next->text_count = 0;
    for (size_t i = 0; i < c->state->text_count; i++)
        if (c->state->texts[i].before <= c->start)
            next->texts[next->text_count++] = c->state->texts[i];
    for (size_t i = 0; i < c->right_count; i++) {
        const struct chain_link *item = &c->right[i];
        if (item->kind == LINK_TEXT) {
            if (next->text_count == LIMIT_LINKS || item->length > UINT16_MAX)
                return false;
            next->texts[next->text_count++] =
                (struct vg_text){item->text, (uint16_t)item->length, next->count};
            continue;
        }
        if (next->count == LIMIT_LINKS ||
            !make_link(c, item, matched, first, seen, &next->links[next->count]))
            return false;
        next->count++;
        first = false;
    }
    for (size_t i = 0; i < c->state->text_count; i++)
        if (c->state->texts[i].before >= after && c->state->texts[i].before > c->start &&
            next->text_count < LIMIT_LINKS) {
            struct vg_text text = c->state->texts[i];
            text.before = (uint8_t)(text.before - after + next->count);
            next->texts[next->text_count++] = text;
        }
    for (size_t i = after; i < c->state->count; i++) {
        if (next->count == LIMIT_LINKS)
            return false;
        next->links[next->count++] = c->state->links[i];
    }
    return next->count > 0;
}

/* Is the right side do V: the emphatic or habitual do, which is no link? */
static bool begins_with_do(const struct chain_link *right, size_t count)
{
    return count > 1 && right[0].kind == LINK_LEMMA && right[0].length == 2 &&
           memcmp(right[0].text, "do", 2) == 0 && right[0].form == FORM_COUNT &&
           right[1].kind != LINK_TEXT &&
           (right[1].form == FORM_BASE || right[1].form == FORM_COUNT);
}

bool vg_chain(struct grammar *grammar, int32_t vg_number, const struct chain_link *left,
              size_t left_count, const struct chain_link *right, size_t right_count)
{
    struct vg_object *vg = vg_at(grammar, vg_number);
    if (!vg || !vg->sound || right_count == 0 || right_count > 2 * LIMIT_LINKS)
        return false;
    struct chain c = {.vg = vg, .state = &vg->now, .left = left, .right = right,
                      .left_count = left_count, .right_count = right_count};
    if (!match(&c))
        return false;
    struct chain_link stripped[2 * LIMIT_LINKS];
    bool adds_do = c.start == 0 && vg->now.form == VALUE_FIN && begins_with_do(right, right_count);
    if (adds_do) {
        memcpy(stripped, right + 1, (right_count - 1) * sizeof *stripped);
        stripped[0].form = FORM_COUNT;
        c.right = stripped;
        c.right_count--;
    }
    size_t matched = left_count - (c.with_do ? 1 : 0);
    struct vg_state next = vg->now;
    take_variables(&c);
    if (!rebuild(&c, matched, &next))
        return false;
    if (adds_do || c.with_do)
        next.emphatic = adds_do;
    if (next.links[0].form != vg->now.links[0].form &&
        (next.neg != VALUE_NO || next.inv))
        return false; /* no finite verb would be left to carry them */
    if (next.links[0].modal && next.form == VALUE_FIN)
        next.tense = VALUE_NONE;
    else if (next.tense == VALUE_NONE && next.form == VALUE_FIN)
        next.tense = VALUE_PRES;
    next.main_operator = next.main_operator && next.count == 1 && next.links[0].token >= 0 &&
                         next.links[0].token == vg->now.links[0].token;
    vg->now = next;
    return true;
}
