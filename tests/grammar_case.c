/* grammar_case.c -- see grammar_case.h. Its applier of edit logs is the simplest that shows what a
 * log means: inserts at a place in the order written, moves among them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grammar_case.h"

int case_open(void **state)
{
    const char *folder = getenv("ISOGLOSS_DATA_DIR");
    char path[4096];
    isg_error error;
    struct grammar_case *c = calloc(1, sizeof *c);
    snprintf(path, sizeof path, "%s/isogloss.lex", folder ? folder : "data");
    if (!c || lexicon_open(path, &c->lexicon, &error) != ISG_OK) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        free(c);
        return -1;
    }
    arena_init(&c->arena);
    *state = c;
    return 0;
}

int case_close(void **state)
{
    struct grammar_case *c = *state;
    lexicon_close(c->lexicon);
    arena_clear(&c->arena);
    free(c);
    return 0;
}

static enum upos upos_of(const struct token *t, bool auxiliary)
{
    bool helps = t->deprel == REL_AUX || t->deprel == REL_AUX_PASS || t->deprel == REL_COP;
    switch (t->xpos) {
    case XPOS_VB: case XPOS_VBD: case XPOS_VBG: case XPOS_VBN: case XPOS_VBP: case XPOS_VBZ:
        return auxiliary || helps ? UPOS_AUX : UPOS_VERB;
    case XPOS_MD: return UPOS_AUX;
    case XPOS_NN: case XPOS_NNS: return UPOS_NOUN;
    case XPOS_NNP: case XPOS_NNPS: return UPOS_PROPN;
    case XPOS_PRP: case XPOS_PRPS: case XPOS_WP: case XPOS_WPS: case XPOS_EX: return UPOS_PRON;
    case XPOS_DT: case XPOS_WDT: return t->deprel == REL_DET ? UPOS_DET : UPOS_PRON;
    case XPOS_JJ: case XPOS_JJR: case XPOS_JJS: return UPOS_ADJ;
    case XPOS_RB: case XPOS_RBR: case XPOS_RBS: case XPOS_WRB: case XPOS_RP:
        return form_is(t, "not") || form_is(t, "n't") ? UPOS_PART : UPOS_ADV;
    case XPOS_TO: case XPOS_POS: return UPOS_PART;
    case XPOS_IN: return t->deprel == REL_MARK ? UPOS_SCONJ : UPOS_ADP;
    case XPOS_CC: return UPOS_CCONJ;
    case XPOS_CD: return UPOS_NUM;
    case XPOS_UH: return UPOS_INTJ;
    default: return UPOS_PUNCT;
    }
}

static void read_token(struct token *t, const char *at, size_t length, int32_t number)
{
    const char *end = at + length, *fields[4] = {at};
    char head[8] = "";
    t->space_before = number > 0 && *at != '+';
    fields[0] = *at == '+' ? at + 1 : at;
    for (int i = 1; i < 4; i++) { /* the form may be a slash itself */
        fields[i] = memchr(fields[i - 1] + (i == 1), '/', (size_t)(end - fields[i - 1]) - (i == 1));
        assert_non_null(fields[i]);
        fields[i]++;
    }
    t->form = fields[0];
    t->form_length = (uint32_t)(fields[1] - fields[0] - 1);
    bool auxiliary = fields[2][-2] == '!';
    size_t xpos = (size_t)(fields[2] - fields[1]) - 1 - auxiliary;
    int found = vocab_find(VOCAB_LIST_XPOS, fields[1], xpos);
    int rel = vocab_find(VOCAB_LIST_DEPREL, fields[3], (size_t)(end - fields[3]));
    assert_true(found >= 0 && rel >= 0 && fields[3] - fields[2] < 8);
    memcpy(head, fields[2], (size_t)(fields[3] - fields[2]) - 1);
    t->xpos = (uint8_t)found;
    t->deprel = (uint8_t)rel;
    t->head = atoi(head) - 1;
    t->source = number;
    t->start = (uint32_t)number;
    t->end = (uint32_t)number + 1;
    t->tag_confidence = t->arc_confidence = 255;
    t->upos = (uint8_t)upos_of(t, auxiliary);
}

struct grammar *case_read(struct grammar_case *c, const char *text)
{
    uint32_t count = 1;
    arena_reset(&c->arena);
    for (const char *p = text; *p; p++)
        count += *p == ' ';
    memset(&c->sentence, 0, sizeof c->sentence);
    c->sentence.tokens = arena_calloc(&c->arena, count, sizeof *c->sentence.tokens);
    for (const char *p = text; *p; c->sentence.count++) {
        size_t length = strcspn(p, " ");
        read_token(&c->sentence.tokens[c->sentence.count], p, length, (int32_t)c->sentence.count);
        p += length + (p[length] == ' ');
    }
    bool quoted = false;
    for (uint32_t i = 0; i < c->sentence.count; i++) {
        bool mark = c->sentence.tokens[i].form[0] == '"';
        c->sentence.tokens[i].flags |= quoted && !mark ? FLAG(QUOTED) : 0;
        quoted = quoted != mark;
    }
    assert_int_equal(lexicon_annotate(c->lexicon, &c->arena, &c->sentence), ISG_OK);
    assert_true(grammar_init(&c->grammar, &c->sentence, c->lexicon, &c->arena, &c->document));
    return &c->grammar;
}

int32_t case_token(struct grammar_case *c, const char *form, int n)
{
    for (uint32_t i = 0; i < c->sentence.count; i++)
        if (c->sentence.tokens[i].form_length == strlen(form) &&
            memcmp(c->sentence.tokens[i].form, form, strlen(form)) == 0 && n-- == 0)
            return (int32_t)i;
    fail_msg("no token %s", form);
    return -1;
}

static void put(struct buffer *out, const struct token *t, bool space)
{
    if (out->length && space)
        buffer_add_char(out, ' ');
    buffer_add(out, t->form, t->form_length);
}

static void put_edits(struct buffer *out, const struct sentence *s, const struct edit_log *log,
                      int32_t at, bool after)
{
    for (uint32_t i = 0; i < log->count; i++) {
        const struct token_edit *e = &log->edits[i];
        if (e->token == at && e->op == (after ? TOKEN_INSERT_AFTER : TOKEN_INSERT_BEFORE))
            put(out, &e->made, !(e->made.glue & 1));
        else if (e->anchor == at && e->op == (after ? TOKEN_MOVE_AFTER : TOKEN_MOVE_BEFORE))
            put(out, &s->tokens[e->token], true);
    }
}

const char *case_apply(struct grammar_case *c, const struct edit_log *log)
{
    struct buffer out;
    buffer_init(&out);
    for (int32_t i = 0; i < (int32_t)c->sentence.count; i++) {
        const struct token *t = &c->sentence.tokens[i];
        size_t before = out.length;
        bool gone = false;
        put_edits(&out, &c->sentence, log, i, false);
        for (uint32_t k = 0; k < log->count; k++) {
            const struct token_edit *e = &log->edits[k];
            gone |= e->token == i && (e->op == TOKEN_DELETE || e->op == TOKEN_MOVE_BEFORE ||
                                      e->op == TOKEN_MOVE_AFTER);
            if (e->token == i && e->op == TOKEN_REPLACE)
                t = &e->made;
        }
        bool space = c->sentence.tokens[i].space_before || before != out.length;
        if (!gone)
            put(&out, t, space);
        put_edits(&out, &c->sentence, log, i, true);
    }
    assert_false(out.failed);
    const char *text = arena_strndup(&c->arena, out.bytes ? out.bytes : "", out.length);
    buffer_clear(&out);
    return text;
}

size_t case_links(struct grammar_case *c, const char *text, struct chain_link links[LIMIT_LINKS])
{
    size_t count = 0;
    while (*text && count < LIMIT_LINKS) {
        size_t length = strcspn(text, " ");
        const char *form = memchr(text, ':', length);
        struct chain_link *link = &links[count++];
        *link = (struct chain_link){.kind = LINK_LEMMA, .form = FORM_COUNT};
        size_t word = form ? (size_t)(form - text) : length;
        if (form) {
            int number = vocab_find(VOCAB_LIST_FORM, form + 1, length - word - 1);
            assert_true(number >= 0);
            link->form = (uint8_t)number;
        }
        if (*text == '"') {
            link->kind = LINK_TEXT;
            link->text = arena_strndup(&c->arena, text + 1, length - 2);
            link->length = length - 2;
        } else if (*text >= 'A' && *text <= 'Z') {
            link->kind = LINK_VARIABLE;
            link->variable = 0;
        } else {
            link->text = arena_strndup(&c->arena, text, word);
            link->length = word;
        }
        text += length + (text[length] == ' ');
    }
    return count;
}
