/* qa.h -- a free answer beside the gold answers, compared as SQuAD does (Rajpurkar et al. 2016, its
 * evaluate-v1.1.py): exact match and token F1 of normalised texts, the best over the gold answers.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_QA_H
#define EVALUATE_QA_H

#include "evaluate/controls.h"
#include "evaluate/question.h"
#include "evaluate/task.h"

/* A text in lower case, without punctuation and the words a, an, the, its words one blank apart;
 * freed by the caller; NULL: out of memory. Curly quotes, dashes and dots count as punctuation, as
 * their plain forms do. */
char *qa_normalise(const char *text);
/* The harmonic mean of precision and recall of the words of two normalised texts, each counted as
 * often as it occurs; without words in one of them: whether both have none. NaN: out of memory. */
double qa_f1(const char *answer, const char *gold);

/* A part of a question before and after its edits. */
struct moved {
    const struct edit *edits;
    size_t count;
    enum part part;            /* other parts' edits are passed over */
    const char *old, *new;
    size_t new_length;
};
/* Moves a span of the old text to where it is in the new one; an edit that it touches is in it as a
 * whole. False: no edit is in it, or it cannot be found again. */
bool qa_map(const struct moved *m, uint32_t *start, uint32_t *end);

/* Of task.c: whether an answer is one of the gold answers, and its token F1. Gold is what the item
 * says, and the words that a rewritten context has in its place. */
double qa_exact_match(const struct figures *f, size_t item, size_t arm, const struct answer *a);
double qa_token_f1(const struct figures *f, size_t item, size_t arm, const struct answer *a);
bool qa_agrees(const struct answer *x, const struct answer *y);

#endif
