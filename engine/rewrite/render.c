/* render.c -- from the last state of a sentence to bytes and trace. Tokens that no match touched
 * are anchors: what lies between two neighbouring anchors in the text is copied, so only edited
 * stretches are written anew.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/rewriter.h"

struct renderer {
    struct rewriter *r;
    const struct sentence *original, *edited;
    uint32_t *starts, *ends; /* by edited token: bytes in the output */
    uint32_t *touched_by;    /* by original token: what deleted, replaced or moved it; 0: nothing */
    size_t base;             /* output length before this sentence */
};

static bool is_anchor(const struct renderer *x, const struct token *t)
{
    if (t->source < 0 || t->maker)
        return false;
    const struct token *o = &x->original->tokens[t->source];
    return t->form == o->form && t->form_length == o->form_length;
}

static const struct token *original_of(const struct renderer *x, const struct token *t)
{
    return t->source >= 0 ? &x->original->tokens[t->source] : NULL;
}

/* A token after which nothing is spaced: an opening bracket or quote, a currency sign, a hyphen. */
static bool is_opening(const struct renderer *x, const struct token *t)
{
    if (t->source < 0)
        return t->glue & 2;
    uint32_t next = (uint32_t)t->source + 1;
    if (next >= x->original->count || x->original->tokens[next].space_before)
        return false;
    bool word = t->maker && t->form_length > 0 && (unsigned)((t->form[0] | 32) - 'a') < 26;
    return (t->upos == UPOS_PUNCT || t->upos == UPOS_SYM) && !word; /* 'er indoors: my wife */
}

/* A token before which nothing is spaced. */
static bool is_closing(const struct token *t)
{
    if (t->space_before)
        return false;
    return t->source < 0 || (t->glue & 1) || t->upos == UPOS_PUNCT || t->upos == UPOS_SYM ||
           t->xpos == XPOS_POS || (t->flags & FLAG(CONTRACTED));
}

struct gap {
    const char *bytes;
    size_t length;
};

static struct gap gap_before(const struct renderer *x, const struct token *t)
{
    const struct token *o = original_of(x, t);
    if (!o || t->source == 0)
        return (struct gap){NULL, 0};
    uint32_t from = x->original->tokens[t->source - 1].end;
    return (struct gap){x->r->text + from, o->start - from};
}

static struct gap gap_after(const struct renderer *x, const struct token *t)
{
    const struct token *o = original_of(x, t);
    if (!o || (uint32_t)t->source + 1 >= x->original->count)
        return (struct gap){NULL, 0};
    return (struct gap){x->r->text + o->end, x->original->tokens[t->source + 1].start - o->end};
}

static struct gap gap_between(const struct renderer *x, const struct token *p,
                              const struct token *q)
{
    const struct gap space = {" ", 1}, nothing = {"", 0};
    if (p->source >= 0 && q->source == p->source + 1) {
        const struct token *o = original_of(x, q);
        if (o->space_before == q->space_before)
            return gap_before(x, q);
        return q->space_before ? space : nothing;
    }
    if (is_opening(x, p) || is_closing(q))
        return nothing;
    struct gap before = q->maker ? nothing : gap_before(x, q);
    struct gap after = p->maker ? nothing : gap_after(x, p);
    if (after.length && (!before.length || !memchr(before.bytes, '\n', before.length)))
        return after;
    return before.length ? before : space;
}

static void write_tokens(struct renderer *x)
{
    struct buffer *out = &x->r->out;
    for (uint32_t i = 0; i < x->edited->count; i++) {
        const struct token *t = &x->edited->tokens[i];
        if (i > 0) {
            struct gap gap = gap_between(x, &x->edited->tokens[i - 1], t);
            buffer_add(out, gap.bytes, gap.length);
        }
        x->starts[i] = (uint32_t)out->length;
        buffer_add(out, t->form, t->form_length);
        x->ends[i] = (uint32_t)out->length;
    }
}

/* The part of an edited stretch that one match made. */
struct share {
    uint32_t start, end, out_start, out_end;
    bool any_source, any_out;
};

static void widen(uint32_t *start, uint32_t *end, bool *any, uint32_t from, uint32_t to)
{
    if (!*any || from < *start)
        *start = from;
    if (!*any || to > *end)
        *end = to;
    *any = true;
}

static void add_edit(struct renderer *x, uint32_t maker, const struct share *s)
{
    const struct table *t = &x->r->tables->table;
    const struct fired *f = fired_at(x->r, maker - 1);
    const struct tab_rule *rule = &t->rules[f->rule];
    uint32_t sense = t->realisations[f->realisation].sense;
    isg_edit edit = {
        .feature = t->features[f->feature].id,
        .rule = table_string(t, rule->name),
        .realisation = table_string(t, t->realisations[f->realisation].name),
        .file = table_string(t, rule->file != TAB_NONE ? rule->file
                                                       : t->features[f->feature].file),
        .line = rule->line,
        .start = s->start,
        .end = s->end,
        .out_start = s->out_start,
        .out_end = s->out_end,
    };
    if (sense != TAB_NONE) {
        edit.file = table_string(t, t->senses[sense].file);
        edit.line = t->senses[sense].line;
    }
    buffer_add(&x->r->edits, (const char *)&edit, sizeof edit);
}

/* Reports a match and those whose output it rewrote. */
static void add_edits(struct renderer *x, uint32_t maker, const struct share *s)
{
    size_t count = x->r->fired.length / sizeof(struct fired);
    for (size_t steps = 0; maker && steps < count; steps++) {
        add_edit(x, maker, s);
        maker = fired_at(x->r, maker - 1)->earlier;
    }
}

/* An edited stretch: edited tokens i..j-1, original tokens from..to-1. */
struct stretch {
    uint32_t i, j, from, to;
    uint32_t at, out_at; /* where a pure insertion or deletion stands */
};

/* Where in the source words stand that come from nowhere: behind the token before them. */
static uint32_t insertion_point(const struct renderer *x, const struct stretch *s, uint32_t out)
{
    uint32_t at = s->at;
    for (uint32_t k = s->i; k < s->j && x->starts[k] < out; k++) {
        int32_t source = x->edited->tokens[k].source;
        if (source >= (int32_t)s->from && source < (int32_t)s->to)
            at = x->original->tokens[source].end;
    }
    return at;
}

/* Where in the output words are missing: behind the token before them. */
static uint32_t deletion_point(const struct renderer *x, const struct stretch *s, uint32_t start)
{
    uint32_t at = s->out_at;
    for (uint32_t k = s->i; k < s->j; k++) {
        int32_t source = x->edited->tokens[k].source;
        if (source >= (int32_t)s->from && source < (int32_t)s->to &&
            x->original->tokens[source].start < start)
            at = x->ends[k];
    }
    return at;
}

static void report_maker(struct renderer *x, const struct stretch *s, uint32_t maker)
{
    struct share share = {0};
    for (uint32_t k = s->i; k < s->j; k++) {
        const struct token *t = &x->edited->tokens[k];
        if (t->maker != maker)
            continue;
        widen(&share.out_start, &share.out_end, &share.any_out, x->starts[k], x->ends[k]);
    }
    for (uint32_t k = s->from; k < s->to; k++)
        if (x->touched_by[k] == maker)
            widen(&share.start, &share.end, &share.any_source, x->original->tokens[k].start,
                  x->original->tokens[k].end);
    if (!share.any_out && !share.any_source)
        return;
    if (!share.any_source)
        share.start = share.end = insertion_point(x, s, share.out_start);
    if (!share.any_out)
        share.out_start = share.out_end = deletion_point(x, s, share.start);
    add_edits(x, maker, &share);
}

static bool touches(const struct renderer *x, const struct stretch *s, uint32_t maker)
{
    for (uint32_t k = s->i; k < s->j; k++)
        if (x->edited->tokens[k].maker == maker)
            return true;
    for (uint32_t k = s->from; k < s->to; k++)
        if (x->touched_by[k] == maker)
            return true;
    return false;
}

static void report_stretch(struct renderer *x, struct stretch *s)
{
    if (s->i == s->j && s->from == s->to)
        return;
    s->at = s->from > 0 ? x->original->tokens[s->from - 1].end : x->original->start;
    s->out_at = s->i > 0 ? x->ends[s->i - 1] : (uint32_t)x->base;
    uint32_t fired = (uint32_t)(x->r->fired.length / sizeof(struct fired));
    for (uint32_t maker = 1; maker <= fired; maker++)
        if (touches(x, s, maker))
            report_maker(x, s, maker);
}

static void report(struct renderer *x)
{
    struct stretch s = {0};
    for (uint32_t k = 0; k < x->edited->count; k++) {
        const struct token *t = &x->edited->tokens[k];
        if (!is_anchor(x, t) || (uint32_t)t->source < s.from)
            continue;
        s.j = k;
        s.to = (uint32_t)t->source;
        report_stretch(x, &s);
        s.i = k + 1;
        s.from = (uint32_t)t->source + 1;
    }
    s.j = x->edited->count;
    s.to = x->original->count;
    report_stretch(x, &s);
}

void render_sentence(struct rewriter *rewriter, const struct sentence *original,
                     const struct sentence *edited)
{
    uint32_t n = edited->count;
    struct renderer x = {rewriter, original, edited, NULL, NULL, rewriter->deleted_by,
                         rewriter->out.length};
    x.starts = arena_alloc(rewriter->arena, (n + 1) * sizeof *x.starts);
    x.ends = arena_alloc(rewriter->arena, (n + 1) * sizeof *x.ends);
    if (!x.starts || !x.ends)
        return;
    for (uint32_t i = 0; i < n; i++)
        if (edited->tokens[i].source >= 0)
            x.touched_by[edited->tokens[i].source] = edited->tokens[i].maker;
    write_tokens(&x);
    report(&x);
}
