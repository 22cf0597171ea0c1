/* cmd_compile.c -- the command compile: a folder of feature files to a rule table.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "locate.h"
#include "rules.h"
#include "whole.h"

static const char help[] =
    "Usage: isogloss compile DIR... -o FILE [--stats] [--base TABLE|standard]\n"
    "Compiles the feature files, dialects and word lists below DIR into a rule table, which\n"
    "'isogloss transform --table FILE' uses. Errors are shown with file, line, column and a "
    "caret;\n"
    "a file with errors is left out and named, the others are compiled, and the exit status is 4.\n"
    "The table is written whole or not at all.\n\n"
    "  -o, --output FILE  where the table goes\n"
    "      --base TABLE   extend a table (standard: the one that is used without --table); a\n"
    "                     feature of the same number replaces its, with a note\n"
    "      --stats        print what is in the table\n"
    "      --data DIR     folder with the schemas (feature.rng, dialect.rng)\n"
    "  -h, --help         print this\n";

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"base", required_argument, NULL, 'b'},
    {"stats", no_argument, NULL, 's'},
    {"data", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* Names the files that are not in the table. */
static void report_left_out(const struct table *table)
{
    const char *file;
    for (size_t i = 0; table->rules && (file = isg_rules_left_out(table->rules, i)); i++)
        report("not compiled: %s", file);
}

static int compile(const struct table_options *options, const char *output, bool stats)
{
    struct table table;
    table_build(options, &table);
    int code = table.code;
    report_left_out(&table);
    if (table.bytes && output && isg_rules_feature_count(table.rules) > 0) {
        int written = whole_write(output, table.bytes, table.size);
        code = code == EXIT_DONE ? written : code;
    } else if (table.bytes && output && code == EXIT_DONE) {
        report("there is no feature to compile");
        code = EXIT_TABLES;
    }
    if (table.bytes && stats) {
        const char *text = isg_rules_stats(table.rules);
        fputs(text ? text : "", stdout);
        code = finish_output(code);
    }
    table_free(&table);
    return code;
}

int cmd_compile(int argc, char **argv)
{
    const char *output = NULL, *data = NULL, *base = NULL;
    bool stats = false;
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":o:h", long_options, NULL)) != -1) {
        switch (option) {
        case 'o': output = optarg; break;
        case 'b': base = optarg; break;
        case 's': stats = true; break;
        case 'd': data = optarg; break;
        case 'h': return print_help(help);
        case ':': return report_usage("compile", "%s needs a value", argv[optind - 1]);
        default: return report_usage("compile", "no option '%s'", argv[optind - 1]);
        }
    }
    if (optind == argc)
        return report_usage("compile", "which folder?");
    if (!output && !stats)
        return report_usage("compile", "where to? Give -o FILE");
    struct table_options options = {.paths = (const char *const *)argv + optind,
                                    .count = (size_t)(argc - optind),
                                    .data = data,
                                    .base = base};
    struct location *location = NULL;
    int code = EXIT_DONE;
    if (base && !strcmp(base, "standard")) {
        location = malloc(sizeof *location);
        code = location ? locate(data, location) : EXIT_FILES;
        options.base = location ? location->table : NULL;
    }
    if (code == EXIT_DONE)
        code = compile(&options, output, stats);
    free(location);
    return code;
}
