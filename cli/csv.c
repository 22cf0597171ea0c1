/* csv.c -- see csv.h.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "csv.h"

#include <stdlib.h>
#include <string.h>

/* The end of a field that begins at a quotation mark; length + 1: it has none. */
static size_t quoted_end(const char *row, size_t length, size_t at)
{
    for (at++; at < length; at++) {
        if (row[at] != '"')
            continue;
        if (at + 1 < length && row[at + 1] == '"')
            at++;
        else
            return at + 1;
    }
    return length + 1;
}

size_t csv_split(const char *row, size_t length, char separator, struct csv_field *fields,
                 size_t size, size_t *wrong)
{
    size_t count = 0, at = 0;
    for (;;) {
        struct csv_field field = {at, at, separator == ',' && at < length && row[at] == '"'};
        if (field.quoted) {
            field.end = quoted_end(row, length, at);
            if (field.end > length || (field.end < length && row[field.end] != separator)) {
                *wrong = field.end > length ? at : field.end - 1;
                return 0;
            }
        } else { /* quotation marks inside mean themselves */
            const char *stop = memchr(row + at, separator, length - at);
            field.end = stop ? (size_t)(stop - row) : length;
        }
        if (count < size)
            fields[count] = field;
        count++;
        if (field.end >= length)
            return count;
        at = field.end + 1;
    }
}

size_t csv_read(const char *row, const struct csv_field *field, char *out)
{
    size_t n = 0;
    if (!field->quoted) {
        memcpy(out, row + field->start, field->end - field->start);
        return field->end - field->start;
    }
    for (size_t i = field->start + 1; i + 1 < field->end; i++) {
        out[n++] = row[i];
        i += row[i] == '"'; /* the second of two */
    }
    return n;
}

void csv_write(FILE *out, const char *text, size_t length, char separator, bool quoted)
{
    for (size_t i = 0; separator == ',' && !quoted && i < length; i++)
        quoted = text[i] == '"' || text[i] == ',' || text[i] == '\n' || text[i] == '\r';
    if (!quoted) {
        fwrite(text, 1, length, out);
        return;
    }
    fputc('"', out);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            fputc('"', out);
        fputc(text[i], out);
    }
    fputc('"', out);
}

void csv_header_free(struct csv_header *header)
{
    while (header) {
        struct csv_header *next = header->next;
        free(header->bytes);
        free(header->names);
        free(header->fields);
        free(header);
        header = next;
    }
}
