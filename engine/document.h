/* document.h -- a record with its analysis. A long record is held in windows of sentences, so that
 * memory is bounded: only one window is analysed at a time, and windows begin at sentences.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "analysis/conllu.h"
#include "base/buffer.h"
#include "engine.h"
#include "rewrite/rewriter.h"
#include "text/text.h"

/* Where a window begins: enough to analyse it again. */
struct window_start {
    struct text_cursor cursor;
    struct grammar_document state;
    struct mention carried[LIMIT_MENTIONS]; /* state.mention_count of them */
};

struct window {
    struct sentence *sentences;
    struct stage *stages;
    struct grammar_document *states; /* by sentence: what stood before it */
    uint32_t count;
    int32_t number;                  /* which window is held; -1: none */
};

struct isg_document {
    const struct isg_engine *engine;
    struct model_scratch *scratch;
    struct protect *protect;
    struct buffer protect_key;       /* the patterns that protect was made from */
    struct buffer text;
    struct buffer starts;            /* struct window_start */
    struct window window;
    struct arena window_arena, sentence_arena;
    struct rewriter rewriter;
    struct buffer report;            /* CoNLL-U or explanation */
    size_t words, sentence_count;
    bool uses_reference; /* rules ask for referents, so sentences must be told in order */
};

/* Makes a window the one held, analysing it if it is another. */
isg_status document_window(struct isg_document *document, uint32_t number, isg_error *error);
/* Begins to rewrite the record: every draw starts from profile, request and text. */
void document_begin(struct isg_document *document, const isg_profile *profile,
                    const isg_request *request);
uint32_t document_window_count(const struct isg_document *document);

#endif
