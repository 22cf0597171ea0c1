/* lint_run.c -- see lint_run.h. Every question runs the tests it concerns, at rate 1.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint_run.h"

#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "locate.h"

enum { FEATURES = 512, MOST_MEETINGS = 512 };

int lint_run_open(struct lint_run *run, const struct table *table,
                  const struct selection *selection, const char *data)
{
    *run = (struct lint_run){.selection = selection, .table = table};
    struct location *location = malloc(sizeof *location);
    isg_error error;
    if (!location) {
        report("out of memory");
        return EXIT_FILES;
    }
    int code = locate(data, location);
    isg_engine_options options = {.table_data = table->bytes, .table_size = table->size,
                                  .data_dir = location->data};
    if (code == EXIT_DONE && (isg_engine_open(&options, &run->engine, &error) != ISG_OK ||
                              isg_document_new(run->engine, &run->document, &error) != ISG_OK))
        code = report_error(&error);
    free(location);
    return code;
}

void lint_run_close(struct lint_run *run)
{
    isg_document_free(run->document);
    isg_engine_free(run->engine);
    free(run->meetings);
    *run = (struct lint_run){0};
}

static bool rewrite_with(struct lint_run *run, const isg_profile *profile, const char *text)
{
    return isg_document_analyse(run->document, text, strlen(text), NULL, NULL) == ISG_OK &&
           isg_document_rewrite(run->document, profile, NULL, NULL) == ISG_OK;
}

/* Rewrites a text with some features; false: it could not be done. */
static bool rewrite(struct lint_run *run, const isg_profile_options *options, const char *text)
{
    isg_profile *profile = NULL;
    bool ok = isg_profile_new(run->engine, options, &profile, NULL) == ISG_OK &&
              rewrite_with(run, profile, text);
    isg_profile_free(profile);
    return ok;
}

/* Whether the rewriting that was just made has an edit of a rule (and realisation, unless NULL). */
static bool has_edit(const struct lint_run *run, unsigned feature, const char *rule,
                     const char *realisation)
{
    for (size_t i = 0; i < isg_document_edit_count(run->document); i++) {
        isg_edit edit = isg_document_edit(run->document, i);
        if (edit.feature == feature && !strcmp(edit.rule, rule) &&
            (!realisation || !strcmp(edit.realisation, realisation)))
            return true;
    }
    return false;
}

static bool wants(void *context, const char *file)
{
    struct lint_run *run = context;
    return selection_has(run->selection, file);
}

static int knows(void *context, const char *word)
{
    struct lint_run *run = context;
    return isg_engine_knows_word(run->engine, word);
}

/* A test's features as a list: its own, perhaps narrowed to a rule, and those it runs with. */
static bool list_features(const isg_rules_test *test, char *list)
{
    int n = snprintf(list, FEATURES, "%u%s%s%s%s", test->feature, test->rule ? "." : "",
                     test->rule ? test->rule : "", test->with ? "," : "",
                     test->with ? test->with : "");
    return n > 0 && n < FEATURES;
}

static bool reaches(void *context, unsigned feature, const char *rule, const char *realisation)
{
    struct lint_run *run = context;
    char list[FEATURES], forced[FEATURES];
    isg_rules_test test;
    snprintf(forced, sizeof forced, "%s=%s", rule, realisation);
    for (size_t i = 0; isg_rules_test_get(run->table->rules, i, &test) == ISG_OK; i++) {
        if (test.feature != feature || test.keep || (test.rule && strcmp(test.rule, rule)) ||
            (test.realisation && strcmp(test.realisation, realisation)) ||
            !list_features(&test, list))
            continue;
        isg_profile_options options = {.features = list, .realisation = forced};
        if (rewrite(run, &options, test.input) && has_edit(run, feature, rule, realisation))
            return true;
    }
    return false;
}

static const char *repeats(void *context, unsigned feature, const char *rule)
{
    struct lint_run *run = context;
    char list[FEATURES];
    isg_rules_test test;
    for (size_t i = 0; isg_rules_test_get(run->table->rules, i, &test) == ISG_OK; i++) {
        if (test.feature != feature || test.keep || test.with ||
            (test.rule && strcmp(test.rule, rule)) || !list_features(&test, list))
            continue;
        isg_profile_options options = {.features = list};
        /* only an output that this rule had a part in, and only what it then is made into */
        if (!rewrite(run, &options, test.input) || !has_edit(run, feature, rule, NULL))
            continue;
        size_t length;
        const char *text = isg_document_text(run->document, &length);
        for (size_t k = 0; k < test.output_count; k++)
            if (strlen(test.outputs[k]) == length && !memcmp(test.outputs[k], text, length)) {
                bool again = rewrite(run, &options, test.outputs[k]) &&
                             has_edit(run, feature, rule, NULL);
                text = isg_document_text(run->document, &length);
                if (again && (strlen(test.outputs[k]) != length ||
                              memcmp(test.outputs[k], text, length)))
                    return test.outputs[k];
                break;
            }
    }
    return NULL;
}

static void note_meetings(struct lint_run *run, const char *text)
{
    for (size_t i = 0; i < isg_document_block_count(run->document); i++) {
        isg_block block = isg_document_block(run->document, i);
        if (block.reason == ISG_BLOCK_CLAIM && block.by_feature &&
            block.by_feature != block.feature && run->meeting_count < MOST_MEETINGS)
            run->meetings[run->meeting_count++] =
                (struct meeting){block.feature, block.by_feature, text};
    }
}

/* Runs all tests with all features at once. */
static void find_meetings(struct lint_run *run)
{
    size_t count = isg_engine_feature_count(run->engine), n = 0;
    char *all = calloc(count + 1, 12);
    run->meetings = calloc(MOST_MEETINGS, sizeof *run->meetings);
    run->met = true;
    run->failed = !all || !run->meetings;
    isg_feature_info info;
    for (size_t i = 0; !run->failed && i < count; i++)
        if (isg_engine_feature(run->engine, i, &info) == ISG_OK)
            n += (size_t)sprintf(all + n, "%s%u", n ? "," : "", info.id);
    isg_profile_options options = {.features = all};
    isg_rules_test test;
    isg_profile *profile = NULL;
    run->failed = run->failed ||
                  isg_profile_new(run->engine, &options, &profile, NULL) != ISG_OK;
    for (size_t i = 0; !run->failed && isg_rules_test_get(run->table->rules, i, &test) == ISG_OK;
         i++)
        if (rewrite_with(run, profile, test.input))
            note_meetings(run, test.input);
    isg_profile_free(profile);
    free(all);
}

static bool conflicts(void *context, size_t index, unsigned *feature, unsigned *by,
                      const char **text)
{
    struct lint_run *run = context;
    if (!run->met)
        find_meetings(run);
    if (index >= run->meeting_count)
        return false;
    *feature = run->meetings[index].feature;
    *by = run->meetings[index].by;
    *text = run->meetings[index].text;
    return true;
}

isg_rules_lint_options lint_run_options(struct lint_run *run)
{
    return (isg_rules_lint_options){run, wants, knows, reaches, repeats, conflicts};
}

size_t lint_run_unreached(struct lint_run *run)
{
    const isg_rules *rules = run->table->rules;
    const char *rule, *realisation;
    isg_feature_info info;
    size_t unreached = 0;
    for (size_t i = 0; isg_engine_feature(run->engine, i, &info) == ISG_OK; i++) {
        const char *file = isg_rules_feature_file(rules, info.id);
        for (size_t k = 0; file && selection_has(run->selection, file) &&
                           isg_rules_realisation(rules, info.id, k, &rule, &realisation); k++)
            unreached += !reaches(run, info.id, rule, realisation);
    }
    return unreached;
}
