/* conllu.h -- sentences as CoNLL-U, out and in: ten columns, ranges for multiword tokens,
 * SpaceAfter=No and TokenRange=start:end (code points in the text) in MISC.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_CONLLU_H
#define ANALYSIS_CONLLU_H

#include <isogloss.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "text/sentence.h"

/* Prints sentences of one text in their order. What CoNLL-U cannot hold (line ends in forms,
 * control characters, bytes that are not UTF-8) is printed as a space or U+FFFD. */
struct conllu_writer {
    struct buffer *out;
    const char *text;
    size_t length;
    bool confidence;              /* TagConf= and ArcConf= (0..255) in MISC */
    struct conllu_place {
        uint32_t bytes, code_points;
    } here, mark; /* how far code points are counted; the last start, to come back to */
};

void conllu_writer_init(struct conllu_writer *writer, struct buffer *out, const char *text,
                        size_t length);
void conllu_write(struct conllu_writer *writer, const struct sentence *sentence);
/* One sentence alone; text must reach to its end. Time grows with sentence->start, so use a writer
 * for all sentences of a text. */
void conllu_print(struct buffer *out, const char *text, const struct sentence *sentence);

struct conllu_source {
    const char *bytes;
    size_t length;
    const char *name; /* for error messages; may be NULL */
    bool annotations; /* read upos, xpos, lemma, feats, head, deprel too, and insist on a tree */
};

/* What was read. text owns its bytes (conllu_clear); sentences are in the arena and borrow from
 * text and arena. */
struct conllu {
    struct buffer text; /* the sentences' texts with spaces, and empty lines between paragraphs */
    struct sentence *sentences;
    size_t count;
};

/* Keeps tokens and sentences. A sentence's text is its "# text" if the forms fit it, else the forms
 * joined as SpaceAfter says; empty nodes are skipped; flags are set as text_next sets them, upos,
 * xpos and deprel are *_NONE unless annotations are asked for. Errors: ISG_FORMAT with the line
 * number, ISG_LIMIT (a sentence or token is too long), ISG_NOMEM; then conllu is empty. */
isg_status conllu_read(const struct conllu_source *source, struct arena *arena,
                       struct conllu *conllu, isg_error *error);
void conllu_clear(struct conllu *conllu);

#endif
