/* learner.h -- the course of training: order of sentences, learning rate, noise, averaging.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_LEARNER_H
#define TRAIN_LEARNER_H

#include "corpus.h"
#include "network.h"
#include "steps.h"

enum { SENTENCE_MOST = 140 /* words; longer sentences are not learned from */ };

struct learner_options {
    uint32_t epochs, average, hidden, layers, slot_width, arc_width, batch_words;
    uint64_t seed;
    float rate, dropout, step_dropout;
    uint8_t reach[MODEL_LAYERS_MAX]; /* of each layer; 1 is a plain convolution */
};

struct learner {
    struct learner_options options;
    const struct dictionary *dictionary;
    const struct corpus *corpus;
    struct network network;
    struct batch batch;
    struct lesson lesson;
    struct analysis analysis;
    struct random random;
    struct losses losses; /* of the last epoch, a mean a word, an action, an arc */
    size_t *order;
    unsigned long steps;
    unsigned collected;
};

struct learner_options learner_defaults(void);
/* dictionary and corpus are borrowed. */
void learner_init(struct learner *learner, const struct learner_options *options,
                  const struct dictionary *dictionary, const struct corpus *corpus);
void learner_clear(struct learner *learner);
void learner_epoch(struct learner *learner, uint32_t epoch);
/* Takes the mean of the last epochs' parameters; false if none were to be averaged. */
bool learner_average(struct learner *learner);
/* Rows of the tables for the words of a sentence, its first count words. */
void learner_rows(const struct dictionary *dictionary, const struct corpus_sentence *sentence,
                  size_t count, uint16_t (*ids)[PART_COUNT]);

#endif
