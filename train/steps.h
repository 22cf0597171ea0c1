/* steps.h -- the tagger's and parser's losses over a batch, and greedy analysis, in floats.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_STEPS_H
#define TRAIN_STEPS_H

#include "analysis/model_transition.h"
#include "network.h"

/* What is right, by row of the batch; heads are nodes of the sentence. */
struct lesson {
    int32_t head[BATCH_ROWS];
    uint8_t tag[BATCH_ROWS], label[BATCH_ROWS];
};

/* One analysed sentence. */
struct analysis {
    struct transition state;
    int32_t *room; /* memory of state, for up to most words */
    uint8_t *tags;
};

struct losses {
    double tag, action, label;
    unsigned long words, actions, labels;
};

struct teaching {
    bool explore;   /* follow the parser's own choices most of the time */
    float dropout;  /* of hidden layers */
    struct random *random;
};

void analysis_init(struct analysis *analysis, size_t most);
void analysis_clear(struct analysis *analysis);
/* After encoder_forward: fills the batch's d_tag, d_slot, d_arc and the other gradients. */
void steps_learn(struct network *network, struct batch *batch, const struct lesson *lesson,
                 struct analysis *analysis, const struct teaching *teaching,
                 struct losses *losses);
/* Tags and parses sentence number of the batch; labels stand in analysis->state.label. */
void steps_analyse(const struct network *network, const struct batch *batch, size_t number,
                   struct analysis *analysis);

#endif
