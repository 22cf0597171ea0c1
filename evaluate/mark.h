/* mark.h -- the task mark: where in a text is slang. Spans, gold and answered, are kept as words
 * ("@7-16:UK,IE 18-22 =UK": code points, regions of a span, region of the text); what a language
 * model says are the words themselves.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_MARK_H
#define EVALUATE_MARK_H

#include <isogloss_evaluate.h>
#include <jansson.h>

struct answer;
struct figures;

/* Spans as words from an array of {"start", "end", "regions"} or [start, end], and a region (NULL:
 * none); freed by the caller. NULL: it is none, or *nomem. */
char *mark_write(const json_t *spans, const char *region, bool *nomem);
/* Whether spans are inside a text. */
bool mark_fits(const char *spans, const char *text);

/* Of task.c: whether an answer is right about there being slang. */
double mark_is_right(const struct figures *f, size_t item, size_t arm, const struct answer *answer);
bool mark_agrees(const struct answer *x, const struct answer *y);
const char *mark_prompt(const isg_evaluate_options *o);

/* Precision, recall and F1 of the sources' sentences and words, and the share of regions found, for
 * the result; null: another task. NULL: out of memory. */
json_t *mark_result(const struct figures *figures);

#endif
