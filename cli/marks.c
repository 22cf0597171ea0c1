/* marks.c -- see marks.h. In rows, tabs and line ends of the text are written as spaces.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "marks.h"

#include <inttypes.h>
#include <string.h>
#include <unicode/utf8.h>

/* Code points from a byte to a later one. */
static json_int_t count_points(const char *text, size_t from, size_t to)
{
    json_int_t points = 0;
    for (size_t i = from; i < to; points++)
        U8_FWD_1((const uint8_t *)text, i, to);
    return points;
}

static void print_text(FILE *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        fputc(strchr("\t\r\n", text[i]) ? ' ' : text[i], out);
}

void marks_print(FILE *out, const isg_document *document, const char *source, size_t length,
                 uint64_t record)
{
    for (size_t i = 0; i < isg_document_mark_count(document); i++) {
        isg_mark m = isg_document_mark(document, i);
        if (m.end > length || m.start > m.end)
            continue;
        json_int_t start = count_points(source, 0, m.start);
        fprintf(out, "%" PRIu64 "\t%" JSON_INTEGER_FORMAT "\t%" JSON_INTEGER_FORMAT "\t", record,
                start, start + count_points(source, m.start, m.end));
        print_text(out, source + m.start, m.end - m.start);
        fprintf(out, "\t%s\t%s\t%s\t%s\t%s\t%s\t%zu\t%s\n", m.term, m.plain, m.regions, m.label,
                m.tone, m.period, m.sentence + 1, isg_document_source(document, m.sentence));
    }
}

const char *marks_source(isg_document *const *documents, size_t count)
{
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        const char *source = isg_document_source(documents[i], ISG_ALL_SENTENCES);
        if (source[0] && all[0] && strcmp(source, all) != 0)
            return "";
        all = source[0] ? source : all;
    }
    return all;
}

static json_t *name_or_null(const char *name)
{
    return name[0] ? json_string(name) : json_null();
}

bool marks_add(json_t *array, const isg_document *document, const char *source, size_t length,
               const char *field)
{
    for (size_t i = 0; i < isg_document_mark_count(document); i++) {
        isg_mark m = isg_document_mark(document, i);
        if (m.end > length || m.start > m.end)
            continue;
        json_int_t start = count_points(source, 0, m.start);
        json_t *mark = json_pack(
            "{s:s, s:I, s:I, s:s%, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:o, s:s, s:i}",
            "field", field,
            "start", start, "end", start + count_points(source, m.start, m.end), "text",
            source + m.start, (size_t)(m.end - m.start), "term", m.term, "plain", m.plain,
            "regions", m.regions, "label", m.label, "register", m.tone, "period", m.period,
            "sentence", (json_int_t)m.sentence + 1, "source",
            name_or_null(isg_document_source(document, m.sentence)), "file", m.file, "line",
            (int)m.line);
        if (!mark || json_array_append_new(array, mark))
            return false;
    }
    return true;
}
