/* evaluate.h -- how good a network or a written model is on a treebank, and how sure it may be.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_EVALUATE_H
#define TRAIN_EVALUATE_H

#include "learner.h"
#include "text/sentence.h"

/* Prints UPOS, XPOS, UAS, LAS (relations without subtypes, and with) of the network in floats. */
void evaluate_floats(struct learner *learner, const struct corpus *corpus);
/* The same of a written model, and words a second. */
bool evaluate_model(const char *path, const char *name, const struct corpus *corpus);
/* The model's analysis of every sentence, for evaluate_free; NULL, with a message, on failure. */
struct sentence *evaluate_run(const char *path, const struct corpus *corpus, double *seconds);
void evaluate_free(struct sentence *own, const struct corpus *corpus);
/* Fits the model's two tables of confidence to the corpora, and writes them into the file. */
bool evaluate_calibrate(const char *path, const struct corpus *corpora, int count);

#endif
