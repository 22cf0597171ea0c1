/* density.h -- how much dialect and slang stands in an answer: marks per 100 words. It is reported
 * and never scored: a model may answer as it likes, and people may like to be answered as they
 * write.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_DENSITY_H
#define EVALUATE_DENSITY_H

#include <isogloss.h>

/* Marks of grammar that stand on the surface: "ain't", "he don't", "youse". docs/evaluation.md has
 * the list. Only the first 4,096 words count. */
size_t density_grammar(const char *text);

struct density;

/* Slang is found by the lexicon of the engine. */
isg_status density_open(const isg_engine *engine, struct density **density, isg_error *error);
void density_close(struct density *density);
/* Adds the marks of a text and its words. */
isg_status density_add(struct density *density, const char *text, size_t *marks, size_t *words,
                       isg_error *error);

#endif
