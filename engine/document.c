/* document.c -- from bytes to analysed sentences: segment, tag and parse, annotate, a window at a
 * time.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "base/status.h"

enum { WINDOW_TOKENS = 16384 };

static bool table_uses_reference(const struct table *t)
{
    for (uint64_t i = 0; i < table_count(t, TAB_CODE); i++)
        if (t->code[i].op == OP_BIND && t->code[i].x == OBJECT_REF)
            return true;
    return false;
}

isg_status isg_document_new(const isg_engine *engine, isg_document **document, isg_error *error)
{
    *document = NULL;
    struct isg_document *d = calloc(1, sizeof *d);
    if (!d)
        return status_nomem(error);
    d->engine = engine;
    d->window.number = -1;
    d->uses_reference = table_uses_reference(&engine->tables.table);
    isg_status status = rewriter_init(&d->rewriter, &engine->tables, &d->sentence_arena)
                            ? model_scratch_new(engine->model, &d->scratch, error)
                            : status_nomem(error);
    if (status == ISG_OK)
        *document = d;
    else
        isg_document_free(d);
    return status;
}

void isg_document_free(isg_document *document)
{
    if (!document)
        return;
    if (document->scratch)
        model_scratch_free(document->scratch);
    if (document->protect)
        protect_free(document->protect);
    rewriter_clear(&document->rewriter);
    buffer_clear(&document->protect_key);
    buffer_clear(&document->text);
    buffer_clear(&document->starts);
    buffer_clear(&document->report);
    arena_clear(&document->window_arena);
    arena_clear(&document->sentence_arena);
    free(document);
}

static const struct window_start *start_of(const struct isg_document *d, uint32_t number)
{
    return (const struct window_start *)(const void *)d->starts.bytes + number;
}

uint32_t document_window_count(const struct isg_document *d)
{
    return (uint32_t)(d->starts.length / sizeof(struct window_start));
}

static bool add_start(struct isg_document *d, const struct text_cursor *cursor,
                      const struct grammar_document *state)
{
    struct window_start start = {.cursor = *cursor, .state = *state};
    uint32_t count = state->mention_count;
    if (count > LIMIT_MENTIONS)
        count = LIMIT_MENTIONS;
    if (count)
        memcpy(start.carried, state->mentions + state->mention_count - count,
               count * sizeof *start.carried);
    start.state.mentions = NULL;
    start.state.mention_count = count;
    start.state.mention_capacity = 0;
    buffer_add(&d->starts, (const char *)&start, sizeof start);
    return !d->starts.failed;
}

/* Gives the state room for the mentions of the window's sentences, after those carried over. */
static bool make_room(struct isg_document *d, const struct mention *carried,
                      struct grammar_document *state)
{
    uint32_t room = state->mention_count;
    if (!d->uses_reference)
        return true;
    for (uint32_t i = 0; i < d->window.count; i++) {
        uint32_t most = 2 * d->window.sentences[i].count;
        room += most < LIMIT_MENTIONS ? most : LIMIT_MENTIONS;
    }
    state->mentions = arena_alloc(&d->window_arena, (room + 1) * sizeof *state->mentions);
    if (!state->mentions)
        return false;
    memcpy(state->mentions, carried, state->mention_count * sizeof *carried);
    state->mention_capacity = room;
    return true;
}

static bool analyse(struct isg_document *d, struct sentence *s)
{
    const struct isg_engine *e = d->engine;
    if (model_run(e->model, d->scratch, s) != ISG_OK ||
        lexicon_annotate(e->lexicon, &d->window_arena, s) != ISG_OK)
        return false;
    for (uint32_t i = 0; i < s->count; i++) {
        struct token *x = &s->tokens[i];
        x->source = (int32_t)i;
        x->site = i;
        x->maker = 0;
        x->flags |= FLAG(FRESH);
        tables_identify(&e->tables, x);
    }
    return true;
}

/* Makes room for one more sentence in the window. */
static bool grow(struct isg_document *d, uint32_t *capacity)
{
    struct window *w = &d->window;
    if (w->count < *capacity)
        return true;
    uint32_t more = *capacity ? *capacity * 2 : 16;
    struct sentence *sentences = arena_alloc(&d->window_arena, more * sizeof *sentences);
    if (!sentences)
        return false;
    if (w->count)
        memcpy(sentences, w->sentences, w->count * sizeof *sentences);
    w->sentences = sentences;
    *capacity = more;
    return true;
}

/* Lays a stage over each sentence of window number and tells the document's state from one to the
 * next; what the very last sentence adds nobody reads. */
static bool set_stages(struct isg_document *d, uint32_t number, bool more,
                       struct grammar_document *state)
{
    struct window *w = &d->window;
    if (!make_room(d, start_of(d, number)->carried, state))
        return false;
    w->stages = arena_alloc(&d->window_arena, (w->count + 1) * sizeof *w->stages);
    w->states = arena_alloc(&d->window_arena, (w->count + 1) * sizeof *w->states);
    if (!w->stages || !w->states)
        return false;
    for (uint32_t i = 0; i < w->count; i++) {
        w->states[i] = *state;
        stage_init(&w->stages[i], &w->sentences[i], &d->window_arena, &w->states[i]);
        if (!d->uses_reference || (i + 1 == w->count && !more))
            continue;
        struct grammar *g = stage_grammar(&w->stages[i], &d->engine->tables);
        if (!g)
            return false;
        g->document = state;
        grammar_remember(g);
        g->document = &w->states[i];
    }
    return true;
}

/* Reads sentences from the cursor until the window is full; then end is where the next begins. */
static bool read_window(struct isg_document *d, struct text_cursor *cursor, bool *more)
{
    struct window *w = &d->window;
    uint32_t capacity = 0, tokens = 0;
    struct sentence s;
    *more = false;
    for (;;) {
        if (tokens >= WINDOW_TOKENS) {
            *more = true;
            return true;
        }
        if (!text_next(cursor, &d->window_arena, &s))
            return !d->window_arena.failed;
        s.number = cursor->sentences - 1;
        if (!grow(d, &capacity) || !analyse(d, &s))
            return false;
        w->sentences[w->count++] = s;
        tokens += s.count;
    }
}

static void forget_window(struct isg_document *d)
{
    arena_reset(&d->window_arena);
    memset(&d->window, 0, sizeof d->window);
    d->window.number = -1;
}

isg_status document_window(struct isg_document *d, uint32_t number, isg_error *error)
{
    if (d->window.number == (int32_t)number)
        return ISG_OK;
    forget_window(d);
    struct text_cursor cursor = start_of(d, number)->cursor;
    struct grammar_document state = start_of(d, number)->state;
    bool more;
    if (!read_window(d, &cursor, &more) || !set_stages(d, number, more, &state))
        return status_nomem(error);
    d->window.number = (int32_t)number;
    if (more && number + 1 == document_window_count(d) && !add_start(d, &cursor, &state))
        return status_nomem(error);
    return ISG_OK;
}

static void count_window(struct isg_document *d)
{
    for (uint32_t i = 0; i < d->window.count; i++)
        d->words += d->window.sentences[i].count;
    d->sentence_count += d->window.count;
}

/* Compiles the protected patterns unless they are those of the last text. */
static isg_status set_protect(struct isg_document *d, const isg_text_options *o, isg_error *error)
{
    struct buffer key;
    buffer_init(&key);
    for (size_t i = 0; i < o->protect_count; i++)
        buffer_add(&key, o->protect[i], strlen(o->protect[i]) + 1);
    bool same = d->protect && key.length == d->protect_key.length &&
                (key.length == 0 || memcmp(key.bytes, d->protect_key.bytes, key.length) == 0);
    isg_status status = ISG_OK;
    if (key.failed)
        status = status_nomem(error);
    else if (!same) {
        struct protect *protect;
        status = protect_new(o->protect, o->protect_count, &protect, error);
        if (status == ISG_OK) {
            if (d->protect)
                protect_free(d->protect);
            d->protect = protect;
            buffer_clear(&d->protect_key);
            d->protect_key = key;
            return ISG_OK;
        }
    }
    buffer_clear(&key);
    return status;
}

static void forget(struct isg_document *d)
{
    static const struct isg_profile nothing;
    forget_window(d);
    buffer_reset(&d->text);
    buffer_reset(&d->starts);
    buffer_reset(&d->report);
    rewriter_begin(&d->rewriter, &nothing, NULL, 0);
    d->words = d->sentence_count = 0;
}

isg_status isg_document_analyse(isg_document *d, const char *text, size_t length,
                                const isg_text_options *options, isg_error *error)
{
    static const isg_text_options plain;
    const isg_text_options *o = options ? options : &plain;
    forget(d);
    if (length > LIMIT_RECORD_BYTES)
        return status_set(error, ISG_LIMIT, "the record has %zu bytes, more than %u", length,
                          (unsigned)LIMIT_RECORD_BYTES);
    isg_status status = set_protect(d, o, error);
    if (status != ISG_OK)
        return status;
    buffer_add(&d->text, text, length);
    struct text_cursor cursor;
    const struct grammar_document fresh = {0};
    text_cursor_init(&cursor, d->text.bytes, length, d->protect, o->keep_quotes);
    if (d->text.failed || !add_start(d, &cursor, &fresh))
        return status_nomem(error);
    for (uint32_t i = 0; i < document_window_count(d); i++) {
        status = document_window(d, i, error);
        if (status != ISG_OK)
            return status;
        count_window(d);
    }
    return ISG_OK;
}

isg_status isg_document_analyse_conllu(isg_document *d, const char *conllu, size_t length,
                                       isg_error *error)
{
    struct conllu read;
    forget(d);
    const struct conllu_source source = {conllu, length, NULL, false};
    isg_status status = conllu_read(&source, &d->window_arena, &read, error);
    if (status != ISG_OK)
        return status;
    buffer_clear(&d->text);
    d->text = read.text;
    struct window *w = &d->window;
    w->sentences = read.sentences;
    w->count = (uint32_t)read.count;
    for (uint32_t i = 0; i < w->count; i++) {
        w->sentences[i].number = i;
        if (!analyse(d, &w->sentences[i]))
            return status_nomem(error);
    }
    struct text_cursor cursor;
    struct grammar_document state = {0};
    text_cursor_init(&cursor, d->text.bytes, d->text.length, NULL, false);
    if (!add_start(d, &cursor, &state) || !set_stages(d, 0, false, &state))
        return status_nomem(error);
    w->number = 0;
    count_window(d);
    return ISG_OK;
}

size_t isg_document_word_count(const isg_document *document)
{
    return document->words;
}

size_t isg_document_sentence_count(const isg_document *document)
{
    return document->sentence_count;
}

isg_status isg_document_conllu(isg_document *d, const char **text, size_t *length,
                               isg_error *error)
{
    struct conllu_writer writer;
    buffer_reset(&d->report);
    conllu_writer_init(&writer, &d->report, d->text.bytes, d->text.length);
    for (uint32_t i = 0; i < document_window_count(d); i++) {
        isg_status status = document_window(d, i, error);
        if (status != ISG_OK)
            return status;
        for (uint32_t k = 0; k < d->window.count; k++)
            conllu_write(&writer, &d->window.sentences[k]);
    }
    if (d->report.failed)
        return status_nomem(error);
    *text = d->report.bytes ? d->report.bytes : "";
    *length = d->report.length;
    return ISG_OK;
}
