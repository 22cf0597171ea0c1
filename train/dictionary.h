/* dictionary.h -- what training settles before it starts: the tags and labels that occur, the words
 * that get a row of their own, and the rows of GloVe that are kept.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_DICTIONARY_H
#define TRAIN_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

#include "analysis/model_word.h"
#include "corpus.h"

struct dictionary {
    struct model_entry *entries;
    uint32_t size, used;        /* size: a power of two */
    uint32_t words, vectors;    /* rows, row 0 (none) counted */
    float *vector_rows;         /* vectors x VECTOR_WIDTH, each dimension scaled alike */
    uint8_t tags[256][2];       /* UPOS, XPOS */
    uint8_t labels[256];        /* labels[0] is REL_ROOT */
    uint32_t tag_count, label_count;
};

/* Words of the corpus seen at least twice, and the first most_vectors words of the GloVe file. */
void dictionary_init(struct dictionary *dictionary, const struct corpus *corpus,
                     const char *glove_path, uint32_t most_vectors);
void dictionary_clear(struct dictionary *dictionary);
/* 255: not seen in training. */
uint8_t dictionary_tag(const struct dictionary *dictionary, uint8_t upos, uint8_t xpos);
uint8_t dictionary_label(const struct dictionary *dictionary, uint8_t rel);

#endif
