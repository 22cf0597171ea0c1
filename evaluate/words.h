/* words.h -- the words of an answer, one by one.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_WORDS_H
#define EVALUATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct words {
    const char *at;
    bool first;      /* the word is the first of a clause: a mark or a line end is before it */
};

/* Takes the next word: letters with apostrophes and hyphens inside, and an apostrophe for a g that
 * was left out, in lower case and straight; false: there is none. What is longer than size - 1
 * bytes is cut. Set first to true and at to the text before the first. */
bool words_next(struct words *words, char *word, size_t size);

#endif
