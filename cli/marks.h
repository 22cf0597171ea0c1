/* marks.h -- slang that was found, as rows or JSON; offsets count code points.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_MARKS_H
#define CLI_MARKS_H

#include <isogloss.h>
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

/* A row for each: record, start, end, words, term, plain, regions, label, register, period, number
 * of the sentence, where the slang of the sentence seems to be from. */
void marks_print(FILE *out, const isg_document *document, const char *source, size_t length,
                 uint64_t record);
/* Adds an object for each to an array. False: out of memory. */
bool marks_add(json_t *array, const isg_document *document, const char *source, size_t length,
               const char *field);
/* Where the slang of all texts of a record seems to be from: US, UK, or "": it does not tell. */
const char *marks_source(isg_document *const *documents, size_t count);

#endif
