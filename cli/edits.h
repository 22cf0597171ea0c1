/* edits.h -- edits shown to people: a line of text for each, or colours in the text itself.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_EDITS_H
#define CLI_EDITS_H

#include <isogloss.h>
#include <stdio.h>

/* Writes a line for each edit of the document's last rewriting: PLACE: feature 154
 * negative-concord.any (FILE:LINE) "anything" -> "nothing". source is the analysed text. */
void edits_print(FILE *out, const isg_engine *engine, const isg_document *document,
                 const char *source, const char *place);
/* Writes the rewritten text with what was taken out in red, struck through, and what was put in
 * in green. */
void edits_colour(FILE *out, const isg_document *document, const char *source);

#endif
