/* json_edits.h -- a rewriting as JSON: the new text of a string in the escapes of the old one, and
 * the list of its edits.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_JSON_EDITS_H
#define CLI_JSON_EDITS_H

#include <isogloss.h>
#include <jansson.h>
#include <stdio.h>

/* The string a document was analysed from. */
struct json_source {
    const char *raw;   /* as written, with its quotes */
    size_t raw_length;
    const char *text;  /* as it reads */
    size_t length;
    bool ascii;        /* write what is not ASCII as \u escapes */
};

/* Writes the document's rewritten text as a JSON string; outside its edits it stands as written
 * before. False: the text is not UTF-8, or out of memory; then nothing was written. */
bool json_write_rewritten(FILE *out, const isg_document *document,
                          const struct json_source *source);
/* Adds an object for each edit to an array; offsets count code points. False: out of memory. */
bool json_add_edits(json_t *array, const isg_engine *engine, const isg_document *document,
                    const struct json_source *source, const char *field);

#endif
