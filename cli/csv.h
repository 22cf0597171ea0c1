/* csv.h -- rows of CSV (RFC 4180) and of TSV, which has no quoting: fields as stretches of the
 * row's own bytes, so that what is not rewritten stays as it was written.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_CSV_H
#define CLI_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct csv_field {
    size_t start, end; /* in the row, quotation marks and all; end exclusive */
    bool quoted;
};

/* Fields of a row. separator: ',' with quoting, or '\t' without. Returns how many there are, even
 * if that is more than size; 0: a quotation mark is out of place, *wrong is its byte. */
size_t csv_split(const char *row, size_t length, char separator, struct csv_field *fields,
                 size_t size, size_t *wrong);
/* What a field reads, into out (room for end - start bytes); returns the length. */
size_t csv_read(const char *row, const struct csv_field *field, char *out);
/* Writes a text as a field, quoted if it must be or if it was. */
void csv_write(FILE *out, const char *text, size_t length, char separator, bool quoted);

/* The first row of a file: which columns are what. */
struct csv_header {
    char *bytes;      /* the row, without its line end */
    size_t length;
    char *names;      /* what the names read, one after the other, each with a NUL */
    size_t count;
    size_t *fields;   /* by field of the options, its column */
    size_t id;        /* column of the id; count: none */
    bool first;       /* of the first file: it is written out */
    struct csv_header *next;
};

void csv_header_free(struct csv_header *header);

#endif
