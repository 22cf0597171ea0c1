/* prompt.h -- what a language model is asked, and what its words mean as an answer.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_PROMPT_H
#define EVALUATE_PROMPT_H

#include "evaluate/ask.h"

/* The prompt as it is used: the user's, or one of the task; freed by the caller; NULL: out of
 * memory. {text} and {context} stand for these parts of the question. */
char *prompt_template(const struct ask *ask);
/* A template with the parts of a question in place of their marks; freed by the caller; NULL: out
 * of memory. */
char *prompt_fill(const char *template, const struct name *question);
/* The most tokens of an answer. */
uint32_t prompt_tokens(const isg_evaluate_options *o);
/* The body of a request with a question, chat or plain completion; freed by the caller; NULL: out
 * of memory. */
char *prompt_request(const struct ask *ask, const struct name *question, bool chat);
/* Takes a model's words: classify: the one label of the data that they name, whatever its case;
 * score: the number they begin with;
 * qa: their first line. */
void prompt_take(struct ask *ask, uint32_t question, const char *words);

#endif
