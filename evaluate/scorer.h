/* scorer.h -- what judges free answers: a program of the user's, or a built-in metric. It is itself
 * tried first: the same answers, put into the dialects, should be worth the same.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_SCORER_H
#define EVALUATE_SCORER_H

#include "evaluate/figures.h"

/* An answer to a source, in standard English as it came, and as a dialect has it. */
struct scorer_pair {
    size_t item;
    char *text;                /* in the dialect; owned */
};

struct scorer {
    isg_evaluate_options o;    /* of the program, which is asked as a model is */
    struct names questions;    /* the text of an item, and an answer */
    struct ask ask;            /* of scores; without answers: a built-in metric */
    struct scorer_pair *pairs;
    size_t pair_count;
};

/* Makes the pairs and asks the program, if there is one, about all answers. */
isg_status scorer_make(struct scorer *s, const struct figures *f, isg_error *error);
void scorer_clear(struct scorer *s);

/* Of task.c: the program's score; NaN: it gave none. */
double scorer_outcome(const struct figures *f, size_t item, size_t arm, const struct answer *a);

/* The gap of the metric itself, over the pairs; false: out of memory. */
bool figures_scorer(struct figures *f);

#endif
