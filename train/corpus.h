/* corpus.h -- a treebank in memory, with tags and relations as numbers of the vocabulary.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_CORPUS_H
#define TRAIN_CORPUS_H

#include <stddef.h>
#include <stdint.h>

struct corpus_word {
    char *form;
    int32_t head; /* 0-based; the sentence's count is the root */
    uint8_t upos, xpos, rel;
};

struct corpus_sentence {
    struct corpus_word *words;
    size_t count;
};

struct corpus {
    struct corpus_sentence *sentences;
    size_t count, words, skipped; /* skipped: sentences with an unknown tag or a broken head */
};

/* Adds the sentences of a CoNLL-U file; ends the program if it cannot be read. */
void corpus_read(struct corpus *corpus, const char *path);
void corpus_clear(struct corpus *corpus);

#endif
