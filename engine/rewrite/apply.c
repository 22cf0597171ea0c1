/* apply.c -- from one state of a sentence and a log of edits to the next state: tokens in their new
 * order, with provenance, and heads that point to where the tokens are now. The old state stays.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "base/hash.h"
#include "rewrite/rewriter.h"

enum { MOST_TOKENS = LIMIT_SENTENCE_TOKENS * 2 };

/* What the log says about one token. */
struct fate {
    int32_t replaced, related;      /* numbers of edits, -1: none */
    int32_t before, before_last;    /* lists of edits at this place, linked by next[] */
    int32_t after, after_last;
    uint32_t deleter, mover;        /* makers */
};

struct application {
    struct rewriter *r;
    const struct sentence *old;
    const struct edit_log *log;
    struct fate *fates;
    int32_t *next;                  /* by edit */
    int32_t *place;                 /* by old token: its new index, -1: gone */
    struct sentence *made;
    uint32_t ordinal;
};

static void put(struct application *a, int32_t *first, int32_t *last, int32_t edit)
{
    a->next[edit] = -1;
    if (*first < 0)
        *first = edit;
    else
        a->next[*last] = edit;
    *last = edit;
}

static void sort_edits(struct application *a)
{
    for (uint32_t i = 0; i < a->log->count; i++) {
        const struct token_edit *e = &a->log->edits[i];
        struct fate *f = &a->fates[e->token];
        struct fate *anchor = e->anchor >= 0 ? &a->fates[e->anchor] : NULL;
        int32_t k = (int32_t)i;
        switch (e->op) {
        case TOKEN_REPLACE: f->replaced = k; break;
        case TOKEN_DELETE: f->deleter = e->maker; break;
        case TOKEN_INSERT_BEFORE: put(a, &f->before, &f->before_last, k); break;
        case TOKEN_INSERT_AFTER: put(a, &f->after, &f->after_last, k); break;
        case TOKEN_MOVE_BEFORE:
            f->mover = e->maker;
            put(a, &anchor->before, &anchor->before_last, k);
            break;
        case TOKEN_MOVE_AFTER:
            f->mover = e->maker;
            put(a, &anchor->after, &anchor->after_last, k);
            break;
        case TOKEN_RELATE: f->related = k; break;
        }
    }
}

static void remember_earlier(struct application *a, uint32_t old_maker, uint32_t maker)
{
    if (old_maker && maker && old_maker != maker && fired_at(a->r, maker - 1)->earlier == 0)
        fired_at(a->r, maker - 1)->earlier = old_maker;
}

static void mark_made(struct application *a, struct token *x, uint32_t maker)
{
    remember_earlier(a, x->maker, maker);
    x->maker = maker;
    x->flags = (x->flags & ~FLAG(FRESH)) | FLAG(MADE);
}

static bool is_clitic_form(const struct token *x)
{
    return x->form_length > 0 && (x->form[0] == '\'' || (unsigned char)x->form[0] == 0xe2 ||
                                  (x->form_length == 3 &&
                                   (x->form[0] == 'n' || x->form[0] == 'N') && x->form[1] == '\''));
}

static void replace(struct application *a, struct token *x, const struct token_edit *e)
{
    const struct token *made = &e->made;
    x->form = made->form;
    x->form_length = made->form_length;
    x->lemma = made->lemma;
    x->lemma_length = made->lemma_length;
    x->upos = made->upos;
    x->xpos = made->xpos;
    x->feats = made->feats;
    x->glue = made->glue;
    if (made->glue & 1)
        x->space_before = 0;
    else if (!x->space_before && (x->flags & FLAG(CONTRACTED)) && !is_clitic_form(x))
        x->space_before = 1;
    if (!is_clitic_form(x))
        x->flags &= ~FLAG(CONTRACTED);
    mark_made(a, x, e->maker);
    tables_identify(a->r->tables, x);
}

static void emit_old(struct application *a, int32_t token, uint32_t mover)
{
    if (a->made->count >= MOST_TOKENS)
        return;
    const struct fate *f = &a->fates[token];
    struct token *x = &a->made->tokens[a->made->count];
    *x = a->old->tokens[token];
    if (f->related >= 0) {
        const struct token_edit *e = &a->log->edits[f->related];
        x->deprel = e->made.deprel;
        x->head = e->anchor;
    }
    if (f->replaced >= 0)
        replace(a, x, &a->log->edits[f->replaced]);
    if (mover) {
        remember_earlier(a, x->maker, mover);
        x->maker = mover;
    }
    a->place[token] = (int32_t)a->made->count++;
}

static void emit_new(struct application *a, const struct token_edit *e)
{
    if (a->made->count >= MOST_TOKENS)
        return;
    struct token *x = &a->made->tokens[a->made->count++];
    const struct token *anchor = &a->old->tokens[e->token];
    *x = e->made;
    x->source = -1;
    x->start = x->end = e->op == TOKEN_INSERT_BEFORE ? anchor->start : anchor->end;
    x->space_before = !(x->glue & 1);
    x->mwt = 0;
    x->flags = FLAG(MADE) | (anchor->flags & (FLAG(QUOTED) | FLAG(TITLE)));
    if ((x->glue & 1) && x->upos != UPOS_PUNCT)
        x->flags |= FLAG(CONTRACTED);
    x->maker = e->maker;
    uint64_t site = hash_mix(fired_at(a->r, e->maker - 1)->site, ++a->ordinal);
    x->site = (uint32_t)site | 0x80000000u;
    tables_identify(a->r->tables, x);
}

static void emit_list(struct application *a, int32_t edit)
{
    for (; edit >= 0; edit = a->next[edit]) {
        const struct token_edit *e = &a->log->edits[edit];
        if (e->op == TOKEN_MOVE_BEFORE || e->op == TOKEN_MOVE_AFTER) {
            if (!a->fates[e->token].deleter && a->place[e->token] < 0)
                emit_old(a, e->token, e->maker);
        } else
            emit_new(a, e);
    }
}

static void emit_all(struct application *a)
{
    for (uint32_t i = 0; i < a->old->count; i++) {
        const struct fate *f = &a->fates[i];
        emit_list(a, f->before);
        if (f->deleter) {
            const struct token *x = &a->old->tokens[i];
            remember_earlier(a, x->maker, f->deleter);
            if (x->source >= 0)
                a->r->deleted_by[x->source] = f->deleter;
        } else if (!f->mover)
            emit_old(a, (int32_t)i, 0);
        emit_list(a, f->after);
    }
}

/* Where an old head is now: itself, or the nearest ancestor that is still there. */
static int32_t new_head(const struct application *a, int32_t old)
{
    for (uint32_t steps = 0; old >= 0 && steps <= a->old->count; steps++) {
        if (a->place[old] >= 0)
            return a->place[old];
        old = a->old->tokens[old].head;
    }
    return -1;
}

/* Points heads to new places; where the root went, the first token that lost it takes over. */
static void repair_heads(struct application *a)
{
    struct sentence *s = a->made;
    int32_t root = -1;
    for (uint32_t i = 0; i < s->count; i++) {
        struct token *x = &s->tokens[i];
        bool was_root = x->head < 0;
        x->head = x->head < 0 ? -1 : new_head(a, x->head);
        if (x->head == (int32_t)i)
            x->head = -1;
        if (was_root && root < 0)
            root = (int32_t)i;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        struct token *x = &s->tokens[i];
        if (x->head >= 0 || (int32_t)i == root)
            continue;
        if (root < 0) {
            root = (int32_t)i;
            x->deprel = REL_ROOT;
        } else {
            x->head = root;
            if (x->deprel == REL_ROOT)
                x->deprel = REL_DEP;
        }
    }
}

static bool prepare(struct application *a, struct arena *arena)
{
    uint32_t n = a->old->count;
    a->fates = arena_alloc(arena, n * sizeof *a->fates);
    a->next = arena_alloc(arena, (a->log->count + 1) * sizeof *a->next);
    a->place = arena_alloc(arena, n * sizeof *a->place);
    a->made = arena_calloc(arena, 1, sizeof *a->made);
    if (!a->fates || !a->next || !a->place || !a->made)
        return false;
    a->made->tokens = arena_alloc(arena, (n + a->log->count) * sizeof *a->made->tokens);
    if (!a->made->tokens)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        a->fates[i] = (struct fate){-1, -1, -1, -1, -1, -1, 0, 0};
        a->place[i] = -1;
    }
    return true;
}

struct sentence *apply_log(struct rewriter *rewriter, const struct sentence *sentence,
                           const struct edit_log *log)
{
    struct application a = {.r = rewriter, .old = sentence, .log = log};
    if (!prepare(&a, rewriter->arena))
        return NULL;
    struct token *tokens = a.made->tokens;
    *a.made = *sentence;
    a.made->tokens = tokens;
    a.made->count = 0;
    sort_edits(&a);
    emit_all(&a);
    repair_heads(&a);
    return a.made;
}
