/* json_edits.c -- a rewriting as JSON. Minimal edits hold for the bytes as written too: what stood
 * as \u00e9 or \/ outside an edit stays so.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_edits.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "json_scan.h"
#include "transform.h"

/* A string as JSON with its quotes; NULL: not UTF-8, or out of memory. Caller frees. */
static char *encode(const char *text, size_t length, bool ascii)
{
    json_t *string = json_stringn(text, length);
    char *encoded = string ? json_dumps(string, JSON_ENCODE_ANY | (ascii ? JSON_ENSURE_ASCII : 0))
                           : NULL;
    json_decref(string);
    return encoded;
}

/* Whether the edits, in order and apart, are all that tells the output from the source. */
static bool edits_are_all(const isg_document *document, const struct json_source *source)
{
    size_t length, at = 0, out_at = 0;
    const char *text = isg_document_text(document, &length);
    size_t count = isg_document_edit_count(document);
    for (size_t i = 0; i <= count; i++) {
        isg_edit e = {.start = (uint32_t)source->length, .out_start = (uint32_t)length};
        if (i < count)
            e = isg_document_edit(document, i);
        if (e.start < at || e.out_start < out_at || e.start - at != e.out_start - out_at ||
            e.start > source->length || e.out_start > length ||
            memcmp(source->text + at, text + out_at, e.start - at) != 0)
            return false;
        at = i < count ? e.end : e.start;
        out_at = i < count ? e.out_end : e.out_start;
    }
    return true;
}

/* Writes the string edit by edit. */
static bool write_edits(FILE *out, const isg_document *document, const struct json_source *source)
{
    size_t length;
    const char *text = isg_document_text(document, &length);
    struct json_walk walk = {.bytes = source->raw + 1};
    fputc('"', out);
    for (size_t i = 0; i < isg_document_edit_count(document); i++) {
        isg_edit e = isg_document_edit(document, i);
        char *encoded = encode(text + e.out_start, e.out_end - e.out_start, source->ascii);
        if (!encoded)
            return false;
        size_t from = walk.raw;
        json_walk_to(&walk, e.start);
        fwrite(walk.bytes + from, 1, walk.raw - from, out);
        fwrite(encoded + 1, 1, strlen(encoded) - 2, out);
        json_walk_to(&walk, e.end);
        free(encoded);
    }
    fwrite(walk.bytes + walk.raw, 1, source->raw_length - 1 - walk.raw, out);
    return true;
}

bool json_write_rewritten(FILE *out, const isg_document *document,
                          const struct json_source *source)
{
    size_t length;
    const char *text = isg_document_text(document, &length);
    char *encoded = encode(text, length, source->ascii);
    if (!encoded)
        return false;
    bool ok = true;
    if (edits_are_all(document, source))
        ok = write_edits(out, document, source);
    else
        fputs(encoded, out);
    free(encoded);
    return ok;
}

/* Turns byte offsets into code points, cheapest when they ascend. */
struct counter {
    const uint8_t *text;
    size_t length, byte;
    json_int_t point;
};

static json_int_t count_to(struct counter *counter, size_t byte)
{
    if (byte < counter->byte)
        counter->byte = 0, counter->point = 0;
    while (counter->byte < byte) {
        U8_FWD_1(counter->text, counter->byte, counter->length);
        counter->point++;
    }
    return counter->point;
}

bool json_add_edits(json_t *array, const isg_engine *engine, const isg_document *document,
                    const struct json_source *source, const char *field)
{
    size_t length;
    const char *text = isg_document_text(document, &length);
    struct counter in = {.text = (const uint8_t *)source->text, .length = source->length};
    struct counter out = {.text = (const uint8_t *)text, .length = length};
    for (size_t i = 0; i < isg_document_edit_count(document); i++) {
        isg_edit e = isg_document_edit(document, i);
        json_int_t start = count_to(&in, e.start), out_start = count_to(&out, e.out_start);
        json_t *edit = json_pack(
            "{s:s, s:i, s:s, s:s, s:s, s:s, s:i, s:I, s:I, s:I, s:I, s:s%, s:s%}",
            "field", field, "feature", (int)e.feature, "name",
            transform_feature_name(engine, e.feature), "rule", e.rule, "realisation",
            e.realisation, "file", e.file, "line", (int)e.line, "start", start, "end",
            count_to(&in, e.end), "out_start", out_start, "out_end", count_to(&out, e.out_end),
            "old", source->text + e.start, (size_t)(e.end - e.start), "new", text + e.out_start,
            (size_t)(e.out_end - e.out_start));
        if (!edit || json_array_append_new(array, edit))
            return false;
    }
    return true;
}
