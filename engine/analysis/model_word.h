/* model_word.h -- what the model sees of a word: a hash of its normalised form, for the lexicon,
 * and hashed pieces and a shape, for words it never saw. Trainer and analyser share this, so that
 * both see the same.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_MODEL_WORD_H
#define ANALYSIS_MODEL_WORD_H

#include <stddef.h>
#include <stdint.h>

#include "analysis/model_format.h"

struct word_key {
    uint64_t hash;            /* of the form in lower case, with plain quotes and digits as 0 */
    uint16_t row[PART_COUNT]; /* rows of all tables but PART_WORD and PART_VECTOR, which are 0 */
};

/* Form: length bytes of UTF-8, or of anything else. */
void word_key_make(const char *form, size_t length, struct word_key *key);
/* Fills the rows of PART_WORD and PART_VECTOR; size is a power of two with an empty entry. */
void word_key_find(const struct model_entry *entries, uint32_t size, struct word_key *key);
/* Where the search for hash begins. */
uint32_t word_entry_start(uint64_t hash, uint32_t size);
uint32_t word_part_width(enum word_part part);
/* Rows of a hashed table; 0 for the two tables of words. */
uint32_t word_part_rows(enum word_part part);

#endif
