/* items_table.c -- items from CSV (RFC 4180) and TSV: a header, then a row each. Fields are cut out
 * in place.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "evaluate/fail.h"
#include "evaluate/items.h"
#include "evaluate/task.h"

enum { COLUMNS = 256 };

/* Cuts the next row into fields; returns where the one after it starts. *count may exceed COLUMNS:
 * the rest is then not kept. */
static char *cut_row(char *at, char separator, char **fields, size_t *count)
{
    *count = 0;
    for (bool more = true; more;) {
        char *out = at, *start = at;
        bool quoted = *at == '"' && separator == ',';
        at += quoted;
        while (*at && (quoted || (*at != separator && *at != '\n'))) {
            if (quoted && *at == '"') {
                if (at[1] != '"') {
                    at++;
                    quoted = false;
                    continue;
                }
                at++;
            }
            *out++ = *at++;
        }
        more = *at == separator;
        bool end = !*at;
        if (!more && out > start && out[-1] == '\r')
            out--;
        at += !end;
        *out = '\0';
        if (*count < COLUMNS)
            fields[*count] = start;
        ++*count;
        if (end)
            break;
    }
    return at;
}

isg_status items_read_table(struct items *items, const isg_evaluate_options *o, char *bytes,
                            char separator, isg_error *error)
{
    struct fields wanted = items_fields(o);
    char *fields[COLUMNS];
    size_t count, columns[FIELDS], width;
    char *at = cut_row(bytes, separator, fields, &width);
    for (int i = 0; i < FIELDS; i++) {
        columns[i] = COLUMNS;
        for (size_t k = 0; wanted.names[i] && k < width && k < COLUMNS; k++)
            if (!strcmp(fields[k], wanted.names[i]))
                columns[i] = k;
        if (!wanted.optional[i] && wanted.names[i] && columns[i] == COLUMNS)
            return fail(error, ISG_SYNTAX, "'%s' has no column '%s' in its first line", o->path,
                        wanted.names[i]);
    }
    for (size_t number = 1; *at; number++) {
        at = cut_row(at, separator, fields, &count);
        if (count == 1 && !fields[0][0])
            continue;
        const char *values[FIELDS];
        for (int i = 0; i < FIELDS; i++)
            values[i] = columns[i] < count && columns[i] < COLUMNS ? fields[columns[i]] : NULL;
        struct record record = {values[0], values[1], values[2], values[3], values[4],
                                values[5], values[6], values[7], values[8], values[9], number,
                                NULL};
        bool ok = count == width ? items_take(items, &record, o)
                                 : items_exclude(items, "a row of another width");
        if (!ok)
            return fail_memory(error);
    }
    return ISG_OK;
}
