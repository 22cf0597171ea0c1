/* cmd_test.c -- the command test: compiles feature files in memory and runs the tests written in
 * them, each from a table in memory, from one written to a file and opened again, and byte by byte
 * through the stream.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "lint_run.h"
#include "locate.h"
#include "rules.h"
#include "test_cover.h"
#include "test_run.h"
#include "test_select.h"
#include "whole.h"

static const char help[] =
    "Usage: isogloss test [--cover TEXT] [FILE|DIR ...]\n"
    "Runs the tests written in feature files (all standard features without FILE): each feature\n"
    "alone, at every site, with 32 seeds and with every <as> forced in turn. A <test> passes when\n"
    "every output is one it lists and its first one is reached; a <keep> passes when nothing\n"
    "changes and, where it names a guard, something changes without that guard. In a .md file the\n"
    "tests of its xml examples are run.\n\n"
    "      --tap       print a line of the Test Anything Protocol for each test\n"
    "  -v, --verbose   say for every test what each rule did and where it failed, not only for\n"
    "                  tests that fail\n"
    "      --cover TEXT\n"
    "                  run no test, but every feature alone over the lines of TEXT; count of each\n"
    "                  rule the places that could start it, of each statement those that go past\n"
    "                  it, of each guard and <as> the places it decides, with an example\n"
    "      --format FORMAT\n"
    "                  of --cover: table (the default) or tsv\n"
    "      --outputs   run nothing; print features, input and output with seed 0 of the tests\n"
    "                  that need no variety or realisation, separated by tabs\n"
    "      --data DIR  folder with model and lexicon, and the schemas\n"
    "  -h, --help      print this\n";

static const struct option long_options[] = {
    {"tap", no_argument, NULL, 't'},
    {"verbose", no_argument, NULL, 'v'},
    {"cover", required_argument, NULL, 'c'},
    {"format", required_argument, NULL, 'f'},
    {"outputs", no_argument, NULL, 'o'},
    {"data", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

struct test_command {
    const char *data;
    const char *cover; /* a text to count over, instead of running tests */
    bool tap, outputs, verbose, tsv;
    size_t passed, failed, unreached;
};

/* Writes a table to a temporary file; the caller frees and removes it. NULL: reported. */
static char *write_table(const struct table *table)
{
    const char *folder = getenv("TMPDIR");
    folder = folder && *folder ? folder : "/tmp";
    size_t size = strlen(folder) + 32;
    char *path = malloc(size);
    if (!path) {
        report("out of memory");
        return NULL;
    }
    snprintf(path, size, "%s/isogloss-test-XXXXXX", folder);
    int descriptor = mkstemp(path);
    if (descriptor < 0) {
        report("cannot write a table in '%s'", folder);
        free(path);
        return NULL;
    }
    close(descriptor);
    if (whole_write(path, table->bytes, table->size) == EXIT_DONE)
        return path;
    remove(path);
    free(path);
    return NULL;
}

static void run_tests(struct test_command *command, const struct table *table,
                      const struct selection *selection, struct test_runner *runner)
{
    for (size_t i = 0; i < isg_rules_test_count(table->rules); i++) {
        isg_rules_test test;
        if (isg_rules_test_get(table->rules, i, &test) != ISG_OK ||
            !selection_has(selection, test.file))
            continue;
        if (command->outputs) {
            test_runner_print(runner, &test);
            continue;
        }
        struct sink why = {0};
        bool ok = sink_open(&why) && test_runner_run(runner, &test, why.stream);
        sink_flush(&why);
        command->passed += ok;
        command->failed += !ok;
        if (command->tap)
            printf("%s %zu - %s:%u feature %u\n", ok ? "ok" : "not ok",
                   command->passed + command->failed, path_from_here(test.file), test.line,
                   test.feature);
        if (!ok || command->verbose)
            printf("%s%s:%u: feature %u%s\n%s", command->tap ? "# " : "", path_from_here(test.file),
                   test.line, test.feature, ok ? ": passed" : "", why.bytes ? why.bytes : "");
        sink_close(&why);
    }
}

static int run_table(struct test_command *command, const struct table *table,
                     const struct selection *selection)
{
    struct test_runner runner = {.rules = table->rules, .verbose = command->verbose};
    isg_engine_options options = {.table_data = table->bytes, .table_size = table->size};
    struct location *location = malloc(sizeof *location);
    char *path = write_table(table);
    int code = location && path ? locate(command->data, location) : EXIT_FILES;
    isg_error error;
    if (code == EXIT_DONE) {
        options.data_dir = location->data;
        if (isg_engine_open(&options, &runner.engine, &error) != ISG_OK)
            code = report_error(&error);
    }
    if (code == EXIT_DONE) {
        options.table_data = NULL;
        options.table_path = path;
        if (isg_engine_open(&options, &runner.reopened, &error) != ISG_OK)
            code = report_error(&error);
    }
    if (code == EXIT_DONE && !test_runner_init(&runner, command->tap ? "# " : ""))
        code = EXIT_FILES;
    if (code == EXIT_DONE)
        run_tests(command, table, selection, &runner);
    test_runner_clear(&runner);
    isg_engine_free(runner.engine);
    isg_engine_free(runner.reopened);
    if (path)
        remove(path);
    free(path);
    free(location);
    return code;
}

static int run_one(struct test_command *command, const struct table *table,
                   const struct selection *selection)
{
    if (command->cover)
        return test_cover(table, selection, command->data, command->cover, command->tsv);
    int code = run_table(command, table, selection);
    if (code != EXIT_DONE || command->tap || command->outputs)
        return code;
    struct lint_run run;
    code = lint_run_open(&run, table, selection, command->data);
    if (code == EXIT_DONE)
        command->unreached += lint_run_unreached(&run);
    lint_run_close(&run);
    return code;
}

static int run_selections(struct test_command *command, const char *const *paths, size_t count)
{
    struct selection *selections = NULL;
    size_t selection_count = 0;
    int code = selections_make(paths, count, &selections, &selection_count);
    for (size_t i = 0; code == EXIT_DONE && i < selection_count; i++) {
        struct table table;
        const struct table_options options = {.data = command->data};
        selection_build(&selections[i], &options, &table);
        int ran = table.bytes ? run_one(command, &table, &selections[i]) : EXIT_TABLES;
        code = table.code != EXIT_DONE ? table.code : ran;
        table_free(&table);
    }
    selections_free(selections, selection_count);
    if (command->unreached)
        printf("%zu realisation%s reached by no test; 'isogloss lint' says which\n",
               command->unreached, command->unreached == 1 ? " is" : "s are");
    if (command->tap)
        printf("1..%zu\n", command->passed + command->failed);
    else if (!command->outputs && !command->cover)
        printf("%zu passed, %zu failed\n", command->passed, command->failed);
    if (code == EXIT_DONE && command->failed)
        code = EXIT_RECORDS;
    return finish_output(code);
}

static int run_standard(struct test_command *command)
{
    struct location *location = malloc(sizeof *location);
    int code = location ? locate(command->data, location) : EXIT_FILES;
    if (code == EXIT_DONE && !location->features[0]) {
        report("the feature files are not installed; name a file or folder");
        code = EXIT_FILES;
    }
    if (code == EXIT_DONE) {
        const char *path = location->features;
        code = run_selections(command, &path, 1);
    }
    free(location);
    return code;
}

int cmd_test(int argc, char **argv)
{
    struct test_command command = {0};
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":vh", long_options, NULL)) != -1) {
        switch (option) {
        case 't': command.tap = true; break;
        case 'v': command.verbose = true; break;
        case 'c': command.cover = optarg; break;
        case 'f':
            if (strcmp(optarg, "table") && strcmp(optarg, "tsv"))
                return report_usage("test", "--format takes table or tsv, not '%s'", optarg);
            command.tsv = !strcmp(optarg, "tsv");
            break;
        case 'o': command.outputs = true; break;
        case 'd': command.data = optarg; break;
        case 'h': return print_help(help);
        case ':': return report_usage("test", "%s needs a value", argv[optind - 1]);
        default: return report_usage("test", "no option '%s'", argv[optind - 1]);
        }
    }
    if (optind == argc)
        return run_standard(&command);
    return run_selections(&command, (const char *const *)argv + optind, (size_t)(argc - optind));
}
