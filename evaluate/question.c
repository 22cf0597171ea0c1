/* question.c -- joins parts to one string and finds them in it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/question.h"

#include <stdlib.h>
#include <string.h>

const char *const part_names[PARTS_NAMED] = {"text", "context", "a", "b"};
const char *const inference_names[PARTS_NAMED] = {"hypothesis", "premise", "a", "b"};

const char *question_part(const struct name *question, enum part part)
{
    size_t at = 0;
    for (int p = 0; p < (int)part && at <= question->length; p++)
        at += strlen(question->text + at) + 1;
    bool there = at < question->length && (part == PART_TEXT || question->text[at]);
    return there ? question->text + at : NULL;
}

/* Freed by the caller; NULL: out of memory. */
static char *join(const char *const parts[PARTS], size_t *length)
{
    size_t size = 0;
    for (int p = 0; p < PARTS; p++)
        size += (parts[p] ? strlen(parts[p]) : 0) + 1;
    char *joined = malloc(size);
    *length = 0;
    for (int p = 0; joined && p < PARTS; p++) {
        size_t n = parts[p] ? strlen(parts[p]) : 0;
        memcpy(joined + *length, parts[p] ? parts[p] : "", n + 1);
        *length += n + 1;
    }
    while (joined && *length > 0 && !joined[*length - 1])
        --*length;
    return joined;
}

uint32_t question_find(const struct names *questions, const char *const parts[PARTS], uint32_t tag)
{
    size_t length;
    char *joined = join(parts, &length);
    uint32_t number = joined ? names_find(questions, joined, length, tag) : NAMES_NONE;
    free(joined);
    return number;
}

uint32_t question_add(struct names *questions, const char *const parts[PARTS], uint32_t tag)
{
    size_t length;
    char *joined = join(parts, &length);
    uint32_t number = joined ? names_add(questions, joined, length, tag) : NAMES_NONE;
    free(joined);
    return number;
}
