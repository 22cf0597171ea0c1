/* edits.c -- edits shown to people.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "edits.h"

#include "transform.h"

#define RED "\033[9;31m"
#define GREEN "\033[1;32m"
#define PLAIN "\033[0m"

void edits_print(FILE *out, const isg_engine *engine, const isg_document *document,
                 const char *source, const char *place)
{
    size_t length;
    const char *text = isg_document_text(document, &length);
    for (size_t i = 0; i < isg_document_edit_count(document); i++) {
        isg_edit e = isg_document_edit(document, i);
        fprintf(out, "%s: feature %u %s.%s (%s:%u) \"", place, e.feature,
                transform_feature_name(engine, e.feature), e.rule, e.file, e.line);
        fwrite(source + e.start, 1, e.end - e.start, out);
        fputs("\" -> \"", out);
        fwrite(text + e.out_start, 1, e.out_end - e.out_start, out);
        fputs("\"\n", out);
    }
}

void edits_colour(FILE *out, const isg_document *document, const char *source)
{
    size_t length, at = 0;
    const char *text = isg_document_text(document, &length);
    for (size_t i = 0; i < isg_document_edit_count(document); i++) {
        isg_edit e = isg_document_edit(document, i);
        if (e.out_start < at)
            continue; /* lies in one already shown */
        fwrite(text + at, 1, e.out_start - at, out);
        if (e.end > e.start) {
            fputs(RED, out);
            fwrite(source + e.start, 1, e.end - e.start, out);
            fputs(PLAIN, out);
        }
        if (e.out_end > e.out_start) {
            fputs(GREEN, out);
            fwrite(text + e.out_start, 1, e.out_end - e.out_start, out);
            fputs(PLAIN, out);
        }
        at = e.out_end;
    }
    fwrite(text + at, 1, length - at, out);
}
