/* question.h -- what is asked: a text, and what else a task shows the model beside it. A question
 * is one string, so that equal questions are asked once, and cached: its parts in their order with
 * a NUL between them; those at the end that are not there are left out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_QUESTION_H
#define EVALUATE_QUESTION_H

#include <stdbool.h>

#include "evaluate/names.h"

enum part {
    PART_TEXT,
    PART_CONTEXT,
    PART_A, PART_B, /* answers to the text, one of which is preferred */
    PART_FRAME,     /* of chat.h */
    PARTS
};
enum {
    PARTS_READ = PART_A,      /* the text and what it is about */
    PARTS_NAMED = PART_FRAME  /* what a model is told by name */
};

/* How the result, a program and a prompt ("{context}") name a part. */
extern const char *const part_names[PARTS_NAMED];
/* How a program and a prompt name it where one sentence may follow from the other. */
extern const char *const inference_names[PARTS_NAMED];

/* A part of a question; NULL: it is not there. */
const char *question_part(const struct name *question, enum part part);
/* The number of a question; NAMES_NONE: it is not there, or out of memory. */
uint32_t question_find(const struct names *questions, const char *const parts[PARTS], uint32_t tag);
/* The number of a question, added if it is new; parts may be NULL. NAMES_NONE: out of memory. */
uint32_t question_add(struct names *questions, const char *const parts[PARTS], uint32_t tag);

#endif
