/* vg_render.c -- turns the present state of a verb group into token edits: the words of the state
 * as read and of the present one are laid out, matched by the token they came from, and only what
 * differs is logged. What stands between them (subject, adverbs, particles) is never touched.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

struct render {
    struct grammar *grammar;
    struct vg_object *vg;
    struct edit_log *log;
    uint32_t maker;
    const struct element *old, *new;
    size_t old_count, new_count;
    enum token_op op;  /* where the last word went: the next may follow it */
    int32_t anchor;
    bool placed, failed;
};

static const struct element *old_of(const struct render *r, int32_t token)
{
    for (size_t i = 0; token >= 0 && i < r->old_count; i++)
        if (r->old[i].token == token)
            return &r->old[i];
    return NULL;
}

/* Does the word stay where it is? Where the parse has two words against the order of the text (the
 * group is not sound then), they stay as the writer has them. */
static bool is_kept(const struct render *r, size_t i)
{
    const struct element *old = old_of(r, r->new[i].token);
    if (!old || old->zone != r->new[i].zone)
        return false;
    for (size_t k = 0; k < i; k++) {
        const struct element *before = old_of(r, r->new[k].token);
        if (r->new[k].token > r->new[i].token && r->new[k].zone == r->new[i].zone &&
            (!before || before > old))
            return false;
    }
    return true;
}

static const char *cased(struct render *r, const struct element *e)
{
    if (!r->vg->upper)
        return e->form;
    char *copy = arena_strndup(r->grammar->arena, e->form, e->form_length);
    for (size_t i = 0; copy && i < e->form_length; i++)
        if (copy[i] >= 'a' && copy[i] <= 'z')
            copy[i] = (char)(copy[i] - 'a' + 'A');
    return copy ? copy : e->form;
}

static uint64_t finite_feats(const struct element *e)
{
    uint64_t feats = FEAT(VF_FIN);
    if (e->modal)
        return feats;
    feats |= FEAT(MOOD_IND);
    if (e->tense == VALUE_PAST)
        return feats | FEAT(TENSE_PAST);
    feats |= FEAT(TENSE_PRES);
    if (e->agr == AGR_3SG)
        feats |= FEAT(NUM_SING) | FEAT(PERS_3);
    else if (e->agr == AGR_1SG)
        feats |= FEAT(NUM_SING) | FEAT(PERS_1);
    return feats;
}

static void tag_verb(const struct render *r, const struct element *e, struct token *made)
{
    bool imperative = r->vg->now.form == VALUE_IMP;
    made->upos = e->kind == ELEMENT_DO || e->modal ? UPOS_AUX : UPOS_VERB;
    switch (e->place) {
    case FORM_ING:
        made->xpos = XPOS_VBG;
        made->feats = FEAT(VF_PART) | FEAT(TENSE_PRES);
        break;
    case FORM_PP:
        made->xpos = XPOS_VBN;
        made->feats = FEAT(VF_PART) | FEAT(TENSE_PAST);
        break;
    case FORM_BASE:
        made->xpos = XPOS_VB;
        made->feats = FEAT(VF_INF);
        break;
    case FORM_PAST:
        made->xpos = XPOS_VBD;
        made->feats = FEAT(VF_FIN) | FEAT(MOOD_IND) | FEAT(TENSE_PAST);
        break;
    default:
        made->xpos = e->modal ? XPOS_MD : imperative ? XPOS_VB
                   : e->tense == VALUE_PAST ? XPOS_VBD
                   : e->agr == AGR_3SG ? XPOS_VBZ : XPOS_VBP;
        made->feats = imperative ? FEAT(VF_FIN) | FEAT(MOOD_IMP) : finite_feats(e);
        break;
    }
}

static void fill_made(struct render *r, const struct element *e, struct token *made)
{
    made->form = cased(r, e);
    made->form_length = (uint32_t)e->form_length;
    made->lemma = e->lemma;
    made->lemma_length = (uint32_t)e->lemma_length;
    made->glue = e->clitic ? 1 : 0;
    made->head = r->vg->predicate;
    switch (e->kind) {
    case ELEMENT_NEG:
        made->upos = UPOS_PART;
        made->xpos = XPOS_RB;
        made->deprel = REL_ADVMOD;
        made->feats = FEAT(POL_NEG);
        break;
    case ELEMENT_TEXT:
        made->upos = UPOS_ADV;
        made->xpos = XPOS_RB;
        made->deprel = REL_ADVMOD;
        break;
    default:
        tag_verb(r, e, made);
        made->deprel = REL_AUX;
        break;
    }
    if (e->token < 0) {
        if (e->kind == ELEMENT_LINK)
            made->upos = UPOS_AUX;
        return;
    }
    const struct token *t = token_at(r->grammar, e->token);
    made->deprel = t->deprel;
    made->head = t->head;
    if (e->kind == ELEMENT_LINK)
        made->upos = t->upos == UPOS_AUX ? UPOS_AUX : UPOS_VERB;
}

static struct token_edit *add_edit(struct render *r, enum token_op op, int32_t token)
{
    struct token_edit *edit = edit_log_add(r->log, op, token, r->maker);
    if (!edit)
        r->failed = true;
    return edit;
}

static void insert(struct render *r, const struct element *e, enum token_op op, int32_t anchor)
{
    struct token_edit *edit = add_edit(r, op, anchor);
    if (!edit)
        return;
    edit->anchor = anchor;
    fill_made(r, e, &edit->made);
    r->op = op;
    r->anchor = anchor;
    r->placed = true;
}

/* A word that stays: nothing, a replacement, or, when a clitic becomes a word, a new token. */
static void keep(struct render *r, const struct element *e)
{
    const struct element *old = old_of(r, e->token);
    bool same = same_form(old->form, old->form_length, e->form, e->form_length) &&
                old->clitic == e->clitic;
    if (!same) {
        bool glued = is_glued(r->grammar, e->token) && (old->clitic || e->kind == ELEMENT_NEG);
        if (glued != e->clitic) {
            insert(r, e, TOKEN_INSERT_BEFORE, e->token);
            add_edit(r, TOKEN_DELETE, e->token);
        } else {
            struct token_edit *edit = add_edit(r, TOKEN_REPLACE, e->token);
            if (edit)
                fill_made(r, e, &edit->made);
        }
        for (size_t i = 0; i < r->vg->as_read.count; i++)
            if (r->vg->as_read.links[i].token == e->token && r->vg->as_read.links[i].frozen)
                r->failed = true;
    }
    r->op = TOKEN_INSERT_AFTER;
    r->anchor = e->token;
    r->placed = true;
}

/* The token of the next word, after i, that stays in its place; -1: none. */
static int32_t next_kept(const struct render *r, size_t i)
{
    for (size_t k = i + 1; k < r->new_count; k++)
        if (r->new[k].zone == 1 && is_kept(r, k))
            return r->new[k].token;
    return -1;
}

static bool is_adverb_of(const struct render *r, int32_t token)
{
    return token_at(r->grammar, token)->upos == UPOS_ADV &&
           rel_of(r->grammar, token) == REL_ADVMOD &&
           r->grammar->heads[token] == r->vg->predicate;
}

/* Where the finite word goes: behind the subject, or before the adverbs before the verb. */
static void finite_anchor(const struct render *r, int32_t next, enum token_op *op, int32_t *anchor)
{
    const struct vg_object *vg = r->vg;
    struct grammar *g = r->grammar;
    bool subject_first = vg->own_subject && vg->subject_end >= 0 &&
                         (next < 0 || vg->subject_end < next) &&
                         !(next >= 0 && is_punct(g, vg->subject_end + 1));
    if (subject_first) {
        int32_t at = vg->subject_end;
        while (has_token(g, at + 1) && (next < 0 || at + 1 < next) && is_adverb_of(r, at + 1) &&
               (word_at(g, at + 1)->bits & WORD_SENTENCE))
            at++;
        *op = TOKEN_INSERT_AFTER;
        *anchor = at;
        return;
    }
    *op = TOKEN_INSERT_BEFORE;
    *anchor = next;
    while (*anchor > 0 && is_adverb_of(r, *anchor - 1) &&
           !(word_at(g, *anchor - 1)->bits & WORD_SENTENCE) && r->vg->own_subject)
        (*anchor)--;
}

static void find_anchor(const struct render *r, size_t i, enum token_op *op, int32_t *anchor)
{
    const struct element *e = &r->new[i];
    int32_t next = next_kept(r, i);
    *op = r->op;
    *anchor = r->anchor;
    if (e->zone == 0) {
        if (!r->placed) {
            *op = TOKEN_INSERT_BEFORE;
            *anchor = r->vg->subject_start;
        }
        return;
    }
    bool follows = r->placed && i > 0 && r->new[i - 1].zone == 1;
    if (follows && (e->kind == ELEMENT_NEG || next < 0))
        return;
    bool finite = e->finite || (e->kind == ELEMENT_NEG && r->vg->now.form == VALUE_FIN);
    if (finite && !follows) {
        finite_anchor(r, next, op, anchor);
        if (*anchor >= 0)
            return;
    }
    if (next >= 0) {
        *op = TOKEN_INSERT_BEFORE;
        *anchor = next;
    } else if (!r->placed) {
        *op = TOKEN_INSERT_BEFORE;
        *anchor = r->old[0].token;
    }
}

/* A word that changes sides of the subject moves as it is if it can; else it is written anew. */
static void move(struct render *r, size_t i)
{
    const struct element *e = &r->new[i], *old = old_of(r, e->token);
    enum token_op op;
    int32_t anchor;
    find_anchor(r, i, &op, &anchor);
    if (anchor < 0) {
        r->failed = true;
        return;
    }
    bool followed = i + 1 < r->new_count && r->new[i + 1].clitic;
    bool plain = old && !old->clitic && !e->clitic && !followed &&
                 !is_glued(r->grammar, e->token) && e->kind == ELEMENT_LINK &&
                 same_form(old->form, old->form_length, e->form, e->form_length) &&
                 !(has_token(r->grammar, e->token + 1) && is_glued(r->grammar, e->token + 1) &&
                   !is_punct(r->grammar, e->token + 1));
    if (!plain) {
        if (old)
            add_edit(r, TOKEN_DELETE, e->token);
        insert(r, e, op, anchor);
        return;
    }
    struct token_edit *edit = add_edit(
        r, op == TOKEN_INSERT_BEFORE ? TOKEN_MOVE_BEFORE : TOKEN_MOVE_AFTER, e->token);
    if (edit)
        edit->anchor = anchor;
    r->op = op;
    r->anchor = anchor;
    r->placed = true;
}

static void delete_unused(struct render *r)
{
    for (size_t i = 0; i < r->old_count; i++) {
        bool used = false;
        for (size_t k = 0; k < r->new_count; k++)
            used |= r->new[k].token == r->old[i].token;
        if (!used && r->old[i].token >= 0)
            add_edit(r, TOKEN_DELETE, r->old[i].token);
    }
}

/* Are both layouts the same words of the same tokens in the same places? */
static bool same_layout(const struct element *a, size_t a_count, const struct element *b,
                        size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (a[i].token != b[i].token || a[i].zone != b[i].zone ||
            a[i].clitic != b[i].clitic || a[i].form_length != b[i].form_length ||
            memcmp(a[i].form, b[i].form, a[i].form_length) != 0)
            return false;
    return true;
}

bool vg_render(struct grammar *grammar, int32_t vg_number, struct edit_log *log, uint32_t maker)
{
    struct vg_object *vg = vg_at(grammar, vg_number);
    if (!vg)
        return false;
    struct element old[ELEMENT_LIMIT], new[ELEMENT_LIMIT];
    size_t old_count, new_count;
    bool rendered = vg_layout(grammar, vg, &vg->as_read, old, &old_count);
    rendered = vg_layout(grammar, vg, &vg->now, new, &new_count) && rendered && old_count > 0;
    uint32_t logged = log->count;
    if (rendered && same_layout(old, old_count, new, new_count))
        return true;
    for (size_t i = 0; i < old_count; i++)
        rendered = rendered && old[i].token >= 0;
    struct render r = {grammar, vg, log, maker, old, new, old_count, new_count,
                       TOKEN_INSERT_BEFORE, -1, false, !rendered};
    for (size_t i = 0; i < new_count && !r.failed; i++) {
        if (i > 0 && new[i].zone != new[i - 1].zone)
            r.placed = false;
        if (is_kept(&r, i))
            keep(&r, &new[i]);
        else
            move(&r, i);
    }
    if (!r.failed)
        delete_unused(&r);
    if (r.failed)
        log->count = logged;
    return !r.failed;
}
