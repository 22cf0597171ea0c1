/* explain_value.c -- what a name stands for, in words: the text of tokens, spans and objects, and
 * what a failing statement would have asked: a token's lemma, tags and relation, its neighbours, an
 * object's attributes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "explain.h"

/* So many dependents are named, and so many neighbours on each side. */
enum { MOST_TOKENS = 32, MOST_KIDS = 8, NEIGHBOURS = 4 };

static void say_token(struct buffer *out, const struct token *x, bool space)
{
    if (space)
        buffer_add_char(out, ' ');
    buffer_add(out, x->form, x->form_length);
}

/* The words of a verb group, which need not stand side by side. */
static void say_group(struct buffer *out, struct grammar *g, int32_t vg)
{
    int32_t tokens[MOST_TOKENS];
    size_t n = vg_tokens(g, vg, tokens, MOST_TOKENS);
    for (size_t i = 1; i < n; i++) /* links, then negator: into the order of the text */
        for (size_t k = i; k > 0 && tokens[k] < tokens[k - 1]; k--) {
            int32_t later = tokens[k - 1];
            tokens[k - 1] = tokens[k];
            tokens[k] = later;
        }
    for (size_t i = 0; i < n; i++) {
        bool next = i > 0 && tokens[i] == tokens[i - 1] + 1;
        if (i > 0 && !next)
            buffer_add_string(out, " ..");
        const struct token *x = &g->sentence->tokens[tokens[i]];
        say_token(out, x, i > 0 && (!next || x->space_before));
    }
}

void explain_value(struct buffer *out, struct matcher *m, struct value v)
{
    const struct sentence *s = m->grammar->sentence;
    int32_t first, last;
    if (v.kind == VALUE_IS_OBJECT)
        buffer_printf(out, "%s ", vocab_name(VOCAB_LIST_OBJECT, v.object));
    if (v.kind == VALUE_IS_OBJECT && v.object == OBJECT_VG) {
        buffer_add_char(out, '"');
        say_group(out, m->grammar, v.a);
        buffer_add_char(out, '"');
        return;
    }
    if (v.kind == VALUE_IS_OBJECT && v.object == OBJECT_COORD)
        v = grammar_role(m->grammar, OBJECT_COORD, v.a, ROLE_MEMBERS);
    if (!matcher_extent(m, v, &first, &last)) {
        buffer_add_string(out, v.kind == VALUE_IS_NONE ? "unbound" : "#");
        return;
    }
    buffer_add_char(out, '"');
    for (int32_t i = first; i <= last; i++)
        say_token(out, &s->tokens[i], i > first && s->tokens[i].space_before);
    buffer_add_char(out, '"');
}

static void say_tags(struct buffer *out, const struct token *x)
{
    char feats[256];
    buffer_printf(out, "\"%.*s\" is %.*s %s %s", (int)x->form_length, x->form,
                  (int)x->lemma_length, x->lemma, vocab_name(VOCAB_LIST_UPOS, x->upos),
                  vocab_name(VOCAB_LIST_XPOS, x->xpos));
    if (x->deprel < REL_COUNT)
        buffer_printf(out, " :%s", vocab_name(VOCAB_LIST_DEPREL, x->deprel));
    if (x->feats && vocab_feats_print(x->feats, feats, sizeof feats))
        buffer_printf(out, " %s", feats);
}

static void say_attribute(struct buffer *out, enum attr attr, enum attr_type type,
                          struct attr_value value)
{
    const char *name = vocab_name(VOCAB_LIST_ATTR, attr);
    if (value.word && value.length)
        buffer_printf(out, " %s=%.*s", name, (int)value.length, value.word);
    else if (type == ATTR_NUMBER)
        buffer_printf(out, " %s %d", name, (int)value.number);
    else if (type == ATTR_VALUE && value.number >= 0 && value.number < VALUE_COUNT)
        buffer_printf(out, " %s=%s", name, vocab_name(VOCAB_LIST_VALUE, (unsigned)value.number));
    else if (type != ATTR_VALUE && value.number)
        buffer_printf(out, " %s", name);
}

void explain_tested(struct buffer *out, struct matcher *m, struct value v)
{
    if (v.kind == VALUE_IS_TOKEN) {
        say_tags(out, &m->grammar->sentence->tokens[v.a]);
        return;
    }
    explain_value(out, m, v);
    if (v.kind != VALUE_IS_OBJECT)
        return;
    buffer_add_string(out, " is:");
    for (unsigned i = 0; i < ATTR_COUNT; i++) {
        enum attr_type type = schema_attr((enum object_kind)v.object, (enum attr)i, NULL);
        if (type != ATTR_ABSENT)
            say_attribute(out, (enum attr)i, type,
                          grammar_attr(m->grammar, (enum object_kind)v.object, v.a, (enum attr)i));
    }
}

static void say_arc(struct buffer *out, const struct token *x)
{
    buffer_printf(out, "%s \"%.*s\"",
                  x->deprel < REL_COUNT ? vocab_name(VOCAB_LIST_DEPREL, x->deprel) : "?",
                  (int)x->form_length, x->form);
}

void explain_arcs(struct buffer *out, const struct grammar *grammar, int32_t token)
{
    const struct token *tokens = grammar->sentence->tokens, *x = &tokens[token];
    unsigned said = 0;
    buffer_printf(out, "\"%.*s\" is ", (int)x->form_length, x->form);
    if (x->head < 0)
        buffer_add_string(out, "the root");
    else
        buffer_printf(out, "%s of \"%.*s\"",
                      x->deprel < REL_COUNT ? vocab_name(VOCAB_LIST_DEPREL, x->deprel) : "?",
                      (int)tokens[x->head].form_length, tokens[x->head].form);
    for (int32_t d = grammar->first_child[token]; d >= 0; d = grammar->next_sibling[d]) {
        if (++said > MOST_KIDS) {
            buffer_add_string(out, " ..");
            return;
        }
        buffer_add_string(out, said == 1 ? " and has " : ", ");
        say_arc(out, &tokens[d]);
    }
}

void explain_neighbours(struct buffer *out, const struct grammar *grammar, int32_t token)
{
    const struct sentence *s = grammar->sentence;
    int32_t first = token < NEIGHBOURS ? 0 : token - NEIGHBOURS;
    int32_t last = token + NEIGHBOURS < (int32_t)s->count ? token + NEIGHBOURS
                                                          : (int32_t)s->count - 1;
    buffer_add_string(out, "around it:");
    for (int32_t i = first; i <= last; i++) {
        const struct token *x = &s->tokens[i];
        const char *upos = vocab_name(VOCAB_LIST_UPOS, x->upos);
        const char *xpos = vocab_name(VOCAB_LIST_XPOS, x->xpos);
        buffer_printf(out, " %.*s/%s", (int)x->form_length, x->form, upos);
        if (strcmp(upos, "PUNCT") != 0 && strcmp(upos, xpos) != 0)
            buffer_printf(out, "/%s", xpos);
    }
}
