/* generate.h -- what a free answer is worth where there is no right one: whether it refuses, how
 * long it is, whether it is in English, or what a program says of it. All are simple tests that
 * docs/evaluation.md states in full.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_GENERATE_H
#define EVALUATE_GENERATE_H

#include "evaluate/task.h"

/* Whether a text begins with one of the phrases that refuse. */
bool generate_is_refusal(const char *text);
/* Words: what stands between white space. */
size_t generate_words(const char *text);
/* Whether at least half of the first 400 words are in the lexicon, and no other language of a few
 * has more of its commonest small words in them than English has. A text without letters is
 * English. */
bool generate_is_english(const isg_engine *engine, const char *text);

/* Of task.c. */
double generate_refusal(const struct figures *f, size_t item, size_t arm, const struct answer *a);
double generate_length(const struct figures *f, size_t item, size_t arm, const struct answer *a);
double generate_english(const struct figures *f, size_t item, size_t arm, const struct answer *a);

#endif
