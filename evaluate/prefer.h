/* prefer.h -- which of two answers a reward model or a judge prefers. Every pair is asked in both
 * orders, so that a liking for the first place is seen and cancels out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_PREFER_H
#define EVALUATE_PREFER_H

#include <jansson.h>

#include "evaluate/ask.h"

struct figures;

/* Whether an answer competes with its own variant (--rewrite rejected), not two answers with one
 * another. */
bool prefer_competes(const isg_evaluate_options *o);

/* How far the first answer is preferred, 1, 0.5 or 0, from "a", "b", "tie"; NaN: none of these. */
double prefer_read(const char *word);
/* The same from a model's words, in which A or B stands by itself; NULL: *flaw says why not. */
const char *prefer_find(const char *words, const char **flaw);
/* An answer of a program: "scores" of both, or NULL: it has none. */
const char *prefer_scores(const json_t *scores);

/* Puts both orders of each pair together: the score of an answer becomes how far the first is
 * preferred over both orders, NaN if the other order has no answer; turns, how far the verdict
 * turns with the order. */
bool prefer_fold(struct ask *ask);

/* Worths of an answer, as task.h wants them. */
double prefer_outcome(const struct figures *f, size_t item, size_t arm,
                      const struct answer *answer);
double prefer_turns(const struct figures *f, size_t item, size_t arm, const struct answer *answer);
const char *prefer_ask(const isg_evaluate_options *o);

/* How the model takes places, over all pairs of different answers; null: another task. */
json_t *prefer_position(const struct figures *f);

#endif
