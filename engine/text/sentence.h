/* sentence.h -- a sentence as every later stage sees it: an array of tokens. The tokeniser fills
 * form, offsets and flags; the analyser the rest. One struct a token, not parallel arrays: the
 * matcher reads several fields of one token at a time, and a token fits two cache lines.
 *
 * Strings are borrowed (from the text, the lexicon or an arena) and not NUL-terminated.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vocab.h"

struct token {
    const char *form, *lemma;
    uint32_t form_length, lemma_length; /* bytes */
    uint32_t start, end;                /* bytes in the record; of a made token: start == end */
    uint64_t feats;                     /* bits of enum feat_bit */
    uint32_t classes;                   /* bits of enum class_bit */
    uint32_t flags;                     /* bits of enum flag_bit */
    int32_t head;                       /* index in the sentence, -1 for the root */
    int32_t source;                     /* index in the analysed sentence; -1: made by a rule */
    uint8_t upos, xpos, deprel;         /* UPOS_*, XPOS_*, REL_*; *_NONE before analysis */
    uint8_t tag_confidence, arc_confidence; /* calibrated probability * 255 */
    uint8_t space_before;               /* 1: white space stands before it in the text */
    uint8_t mwt;    /* words of the multiword token (do|n't) that begins here; 0: none begins */
    uint8_t glue;   /* made token: 1 written without a space before it, 2 after it, 3 both */
    uint32_t form_id, lemma_id;         /* literals of the rule table; set by the rewriter */
    uint32_t maker;                     /* 1 + index of the match that made or changed it, or 0 */
    uint32_t site;                      /* number that draws use: its index as analysed; of a made
                                           token, made of its maker's site and an ordinal */
};

struct sentence {
    struct token *tokens;
    uint32_t count;
    uint32_t start, end; /* bytes in the record, from the first token's start to the last's end */
    uint32_t number;     /* 0-based place in the record */
    bool new_paragraph;  /* first sentence after an empty line or at the start of the record */
};

#endif
