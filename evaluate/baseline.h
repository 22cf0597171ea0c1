/* baseline.h -- the model that comes with the program: a tiny sentiment classifier, there so that
 * an evaluation can be tried without any other. A logistic regression on hashed words and pairs of
 * words, trained on a few hundred phrases of standard English (train/make_baseline.py); what it
 * never saw, it does not know.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_BASELINE_H
#define EVALUATE_BASELINE_H

#include <stddef.h>
#include <stdint.h>

enum { BASELINE_BUCKETS = 4096, BASELINE_SCALE = 16 };

/* Sixteenths of a logit, by bucket. */
extern const int8_t baseline_weights[BASELINE_BUCKETS];

/* The sum of the weights of a text's words and pairs, each bucket counted once; above zero: it
 * speaks well of something. Any bytes will do; only the first 1,024 words count. */
int32_t baseline_logit(const char *text, size_t length);

/* The probability, 0 to 1, that the text speaks well of something. "positive" from 0.5 on, else
 * "negative". */
double baseline_score(const char *text, size_t length);

#endif
