/* cmd_lint.c -- the command lint: errors and warnings of feature files, as text or JSON.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "lint_run.h"

static const char help[] =
    "Usage: isogloss lint [--strict] [--format text|json] FILE|DIR...\n"
    "Says what in feature files is wrong or likely a mistake: errors as 'isogloss compile' gives\n"
    "them, and warnings such as triggers that are too common, guards that no test needs, words\n"
    "that no lexicon has. Each warning has a number; rules/language.md says what to do about it.\n"
    "A file in a folder of features (one with lists/ or dialects/) is looked at together with\n"
    "the others there.\n\n"
    "      --strict         warnings fail, too\n"
    "      --format FORMAT  text (the default) or json: an array of objects with file, line,\n"
    "                       column, severity, code and message\n"
    "      --data DIR       folder with model and lexicon, and the schemas\n"
    "  -h, --help           print this\n\n"
    "Exit status: 0 no errors, 4 errors (with --strict: or warnings), 2 wrong usage, 3 a file\n"
    "cannot be read.\n";

static const struct option long_options[] = {
    {"strict", no_argument, NULL, 's'},
    {"format", required_argument, NULL, 'f'},
    {"data", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

struct lint_command {
    const char *data;
    bool strict;
    json_t *messages; /* NULL: text */
    size_t warnings;
};

static void print_text(void *context, const char *text, bool is_error)
{
    (void)context;
    (void)is_error;
    fputs(path_from_here(text), stdout);
    size_t length = strlen(text);
    if (!length || text[length - 1] != '\n')
        putchar('\n');
}

static void add_message(void *context, const isg_rules_message *m)
{
    struct lint_command *command = context;
    json_t *object = json_pack("{s:s, s:i, s:i, s:s, s:s?, s:s}", "file", path_from_here(m->file),
                               "line", (int)m->line, "column", (int)m->column, "severity",
                               m->severity, "code", m->code, "message", m->message);
    if (!object || json_array_append_new(command->messages, object))
        report("a message cannot be written as JSON: %s", m->message);
}

static int lint_table(struct lint_command *command, const struct selection *selection,
                      const struct table *table)
{
    struct lint_run run;
    isg_error error;
    size_t warnings = 0;
    int code = lint_run_open(&run, table, selection, command->data);
    if (code == EXIT_DONE) {
        isg_rules_lint_options options = lint_run_options(&run);
        isg_status status = isg_rules_lint(table->rules, &options, &warnings, &error);
        command->warnings += warnings;
        if (status != ISG_OK)
            code = status == ISG_SYNTAX ? EXIT_TABLES : report_error(&error);
    }
    lint_run_close(&run);
    return code;
}

static int lint_all(struct lint_command *command, const char *const *paths, size_t count)
{
    struct selection *selections = NULL;
    size_t selection_count = 0;
    int code = selections_make(paths, count, &selections, &selection_count);
    for (size_t i = 0; code == EXIT_DONE && i < selection_count; i++) {
        struct table table;
        const struct table_options options = {.data = command->data,
                                              .report = print_text,
                                              .message = command->messages ? add_message : NULL,
                                              .context = command};
        selection_build(&selections[i], &options, &table);
        int linted = table.bytes ? lint_table(command, &selections[i], &table) : EXIT_TABLES;
        code = table.code != EXIT_DONE ? table.code : linted;
        table_free(&table);
    }
    selections_free(selections, selection_count);
    return code;
}

static int lint(struct lint_command *command, const char *const *paths, size_t count)
{
    int code = lint_all(command, paths, count);
    if (command->messages) {
        json_dumpf(command->messages, stdout, JSON_INDENT(1));
        putchar('\n');
        json_decref(command->messages);
    } else if (command->warnings) {
        printf("%zu warning%s\n", command->warnings, command->warnings == 1 ? "" : "s");
    }
    if (code == EXIT_DONE && command->strict && command->warnings)
        code = EXIT_TABLES;
    return finish_output(code);
}

int cmd_lint(int argc, char **argv)
{
    struct lint_command command = {0};
    const char *format = "text";
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        switch (option) {
        case 's': command.strict = true; break;
        case 'f': format = optarg; break;
        case 'd': command.data = optarg; break;
        case 'h': return print_help(help);
        case ':': return report_usage("lint", "%s needs a value", argv[optind - 1]);
        default: return report_usage("lint", "no option '%s'", argv[optind - 1]);
        }
    }
    if (strcmp(format, "text") && strcmp(format, "json"))
        return report_usage("lint", "--format takes text or json, not '%s'", format);
    if (optind == argc)
        return report_usage("lint", "which files?");
    if (!strcmp(format, "json") && !(command.messages = json_array())) {
        report("out of memory");
        return EXIT_FILES;
    }
    return lint(&command, (const char *const *)argv + optind, (size_t)(argc - optind));
}
