/* listing.c -- lists as table, TSV or JSON.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "listing.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "cli.h"
#include "locate.h"

enum { MOST_COLUMNS = 16, CELL = 512 };

static const struct option long_options[] = {
    {"format", required_argument, NULL, 'f'},
    {"table", required_argument, NULL, 't'},
    {"data", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* A cell as text; line ends and tabs become spaces. */
static void print_cell(const json_t *value, char *cell)
{
    if (json_is_integer(value))
        snprintf(cell, CELL, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value))
        snprintf(cell, CELL, "%.2f", json_real_value(value));
    else if (json_is_boolean(value))
        snprintf(cell, CELL, "%s", json_is_true(value) ? "yes" : "no");
    else
        snprintf(cell, CELL, "%s", json_is_string(value) ? json_string_value(value) : "");
    for (char *c = cell; *c; c++)
        if (*c == '\t' || *c == '\n' || *c == '\r')
            *c = ' ';
}

/* How many characters a cell takes. */
static size_t width_of(const char *cell)
{
    const uint8_t *text = (const uint8_t *)cell;
    size_t length = strlen(cell), at = 0, width = 0;
    for (; at < length; width++)
        U8_FWD_1(text, at, length);
    return width;
}

static void print_tsv(const json_t *rows, const char *const *columns)
{
    char cell[CELL];
    for (size_t k = 0; columns[k]; k++)
        printf("%s%s", k ? "\t" : "", columns[k]);
    putchar('\n');
    for (size_t i = 0; i < json_array_size(rows); i++) {
        for (size_t k = 0; columns[k]; k++) {
            print_cell(json_object_get(json_array_get(rows, i), columns[k]), cell);
            printf("%s%s", k ? "\t" : "", cell);
        }
        putchar('\n');
    }
}

static void print_padded(const char *cell, size_t width, bool last)
{
    fputs(cell, stdout);
    for (size_t n = width_of(cell); !last && n < width + 2; n++)
        putchar(' ');
    if (last)
        putchar('\n');
}

static void print_table(const json_t *rows, const char *const *columns)
{
    size_t widths[MOST_COLUMNS] = {0};
    char cell[CELL];
    for (size_t k = 0; columns[k]; k++) {
        widths[k] = width_of(columns[k]);
        for (size_t i = 0; i < json_array_size(rows); i++) {
            print_cell(json_object_get(json_array_get(rows, i), columns[k]), cell);
            size_t width = width_of(cell);
            widths[k] = width > widths[k] ? width : widths[k];
        }
    }
    for (size_t k = 0; columns[k]; k++)
        print_padded(columns[k], widths[k], !columns[k + 1]);
    for (size_t i = 0; i < json_array_size(rows); i++)
        for (size_t k = 0; columns[k]; k++) {
            print_cell(json_object_get(json_array_get(rows, i), columns[k]), cell);
            print_padded(cell, widths[k], !columns[k + 1]);
        }
}

static int print_rows(const struct listing *listing, const isg_engine *engine,
                      const char *format)
{
    json_t *rows = json_array();
    for (size_t i = 0; rows && i < listing->count(engine); i++)
        if (json_array_append_new(rows, listing->row(engine, i))) {
            json_decref(rows);
            rows = NULL;
        }
    if (!rows) {
        report("out of memory");
        return EXIT_FILES;
    }
    if (!strcmp(format, "json")) {
        json_dumpf(rows, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
        putchar('\n');
    } else if (!strcmp(format, "tsv")) {
        print_tsv(rows, listing->columns);
    } else {
        print_table(rows, listing->columns);
    }
    json_decref(rows);
    return finish_output(EXIT_DONE);
}

int listing_run(const struct listing *listing, int argc, char **argv)
{
    struct data_options data = {0};
    const char *format = "table";
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        switch (option) {
        case 'f': format = optarg; break;
        case 't': data.table = optarg; break;
        case 'd': data.data = optarg; break;
        case 'h': return print_help(listing->help);
        case ':': return report_usage(listing->command, "%s needs a value", argv[optind - 1]);
        default: return report_usage(listing->command, "no option '%s'", argv[optind - 1]);
        }
    }
    if (strcmp(format, "table") && strcmp(format, "tsv") && strcmp(format, "json"))
        return report_usage(listing->command, "--format takes table, tsv or json, not '%s'",
                            format);
    if (optind < argc)
        return report_usage(listing->command, "it takes no argument '%s'", argv[optind]);
    isg_engine *engine = NULL;
    int code = open_engine(&data, &engine);
    if (code == EXIT_DONE)
        code = print_rows(listing, engine, format);
    isg_engine_free(engine);
    return code;
}
