/* result.h -- the result as JSON (docs/evaluate.schema.json) and what is read from it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_RESULT_H
#define EVALUATE_RESULT_H

#include <jansson.h>

#include "evaluate/figures.h"

/* NULL: out of memory. */
json_t *result_make(const struct figures *figures, const isg_engine *engine);
/* The parts of result_make. */
json_t *result_arms(const struct figures *figures);
/* Entries of the slang lexicon in an arm, and what they came with. */
json_t *result_entries(const struct figures *figures, size_t arm);
json_t *result_examples(const struct figures *figures, const isg_engine *engine);
/* Answers in words. */
json_t *result_answers(const struct answers_figures *answers);
/* A number, or null. */
json_t *result_number(double value);
/* The name of a feature, "" if it has none. */
const char *result_feature_name(const isg_engine *engine, unsigned id, const char **area);

/* Whether a result (NULL: the condition is only read) meets a condition of isg_evaluation_check. */
isg_status result_check(const json_t *result, const char *condition, bool *met, const char **which,
                        isg_error *error);

/* Items that became worse, as JSON lines; freed by the caller; NULL: out of memory. */
char *result_regressions(const struct figures *figures);

/* A short table for a terminal, from the JSON alone; freed by the caller; NULL: out of memory. */
char *result_table(const json_t *result);

#endif
