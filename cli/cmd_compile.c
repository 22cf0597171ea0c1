/* cmd_compile.c -- the command compile: a folder of feature files to a rule table.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>

#include "cli.h"
#include "rules.h"
#include "whole.h"

static const char help[] =
    "Usage: isogloss compile DIR... -o FILE [--stats]\n"
    "Compiles the feature files, dialects and word lists below DIR into a rule table, which\n"
    "'isogloss transform --table FILE' uses. Errors are shown with file, line, column and a "
    "caret;\n"
    "then nothing is written.\n\n"
    "  -o, --output FILE  where the table goes\n"
    "      --stats        print what is in the table\n"
    "      --data DIR     folder with the schemas (feature.rng, dialect.rng)\n"
    "  -h, --help         print this\n";

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"stats", no_argument, NULL, 's'},
    {"data", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

int cmd_compile(int argc, char **argv)
{
    const char *output = NULL, *data = NULL;
    bool stats = false;
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":o:h", long_options, NULL)) != -1) {
        switch (option) {
        case 'o': output = optarg; break;
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
    struct table table;
    const struct table_options options = {.paths = (const char *const *)argv + optind,
                                          .count = (size_t)(argc - optind),
                                          .data = data};
    table_build(&options, &table);
    int code = table.code;
    if (code == EXIT_DONE && output)
        code = whole_write(output, table.bytes, table.size);
    if (code == EXIT_DONE && stats) {
        const char *text = isg_rules_stats(table.rules);
        fputs(text ? text : "", stdout);
        code = finish_output(code);
    }
    table_free(&table);
    return code;
}
