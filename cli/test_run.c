/* test_run.c -- one test: its feature alone at rate 1, seeds 0 to 31, three ways that must agree;
 * then every realisation of its rules forced in turn.
 * The fourth way, through the program, is in the test scripts.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test_run.h"

#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { SEEDS = 32, SENSE_SEEDS = 4, STREAM_SEEDS = 2, FORCED_SEEDS = 4, FEATURES = 512 };
/* Features that are made of lexicons, as docs/slang.md has them. */
enum { LITERAL = 901, SLANG, WORD_OUT, WORD_IN };

bool test_runner_init(struct test_runner *runner, const char *prefix)
{
    isg_error error;
    runner->prefix = prefix;
    if (isg_document_new(runner->engine, &runner->document, &error) == ISG_OK &&
        isg_document_new(runner->reopened, &runner->document2, &error) == ISG_OK)
        return true;
    report_error(&error);
    return false;
}

void test_runner_clear(struct test_runner *runner)
{
    isg_document_free(runner->document);
    isg_document_free(runner->document2);
    sink_close(&runner->stream);
    runner->document = runner->document2 = NULL;
}

static bool say(const struct test_runner *r, FILE *out, const char *what, const char *text,
                size_t length)
{
    fprintf(out, "%s  %-8s", r->prefix, what);
    fwrite(text, 1, length, out);
    fputc('\n', out);
    return false;
}

static bool say_string(const struct test_runner *r, FILE *out, const char *what, const char *text)
{
    return say(r, out, what, text, strlen(text));
}

/* The features of a test as a list for a profile. */
static bool list_features(const isg_rules_test *test, char *list)
{
    int n = snprintf(list, FEATURES, "%u%s%s", test->feature, test->rule ? "." : "",
                     test->rule ? test->rule : "");
    if (test->with && n > 0 && n < FEATURES)
        n += snprintf(list + n, (size_t)(FEATURES - n), ",%s", test->with);
    for (char *c = list; *c; c++)
        if (*c == ' ')
            *c = ',';
    return n > 0 && n < FEATURES;
}

static isg_profile *make_profile(const struct test_runner *r, const isg_engine *engine,
                                 const isg_rules_test *test, const char *without, FILE *out)
{
    char features[FEATURES];
    isg_profile_options options = {
        .features = features,
        .dialect = test->variety,
        .realisation = test->realisation,
        .without_guard = without,
        .contact_language = true,
        .sense = test->sense,
        .literal = test->sense && test->feature == LITERAL,
        .slang = test->sense && test->feature == SLANG ? "all" : NULL,
        .vocabulary = !test->sense || test->feature < WORD_OUT ? NULL
                      : test->feature == WORD_OUT              ? "US" : "all",
        .coarseness = 2,
    };
    if (test->sense)
        options.features = NULL;
    isg_profile *profile = NULL;
    isg_error error;
    if (!list_features(test, features))
        say_string(r, out, "error", "too many features");
    else if (isg_profile_new(engine, &options, &profile, &error) != ISG_OK)
        say_string(r, out, "error", error.message);
    return profile;
}

static bool write_stream(void *context, const char *bytes, size_t length)
{
    struct sink *sink = context;
    return fwrite(bytes, 1, length, sink->stream) == length;
}

/* Runs the input byte by byte through a stream; false: reported. */
static bool run_stream(struct test_runner *r, const isg_profile *profile,
                       const isg_rules_test *test, uint64_t seed, FILE *out)
{
    isg_stream_options options = {
        .format = strchr(test->input, '\n') ? ISG_STREAM_TEXT : ISG_STREAM_LINES,
        .request.seed = seed,
        .write = write_stream,
        .context = &r->stream,
    };
    isg_stream *stream;
    isg_error error;
    if (!sink_open(&r->stream))
        return say_string(r, out, "error", "out of memory");
    isg_status status = isg_stream_new(r->engine, profile, &options, &stream, &error);
    for (const char *c = test->input; status == ISG_OK && *c; c++)
        status = isg_stream_feed(stream, c, 1, &error);
    if (status == ISG_OK)
        status = isg_stream_finish(stream, &error);
    isg_stream_free(stream);
    if (status != ISG_OK)
        return say_string(r, out, "error", error.message);
    return sink_flush(&r->stream) || say_string(r, out, "error", "out of memory");
}

/* Whether the other ways give the text that the first gave. */
static bool ways_agree(struct test_runner *r, isg_profile *const *profiles,
                       const isg_rules_test *test, const isg_request *request, FILE *out)
{
    size_t length, length2;
    isg_error error;
    const char *text = isg_document_text(r->document, &length);
    if (isg_document_rewrite(r->document2, profiles[1], request, &error) != ISG_OK)
        return say_string(r, out, "error", error.message);
    const char *text2 = isg_document_text(r->document2, &length2);
    if (length != length2 || memcmp(text, text2, length)) {
        say(r, out, "memory", text, length);
        return say(r, out, "file", text2, length2);
    }
    if (request->seed >= STREAM_SEEDS || strstr(test->input, "\n\n"))
        return true;
    if (!run_stream(r, profiles[0], test, request->seed, out))
        return false;
    if (length == r->stream.length && !memcmp(text, r->stream.bytes, length))
        return true;
    say(r, out, "whole", text, length);
    return say(r, out, "stream", r->stream.bytes, r->stream.length);
}

static size_t find_output(const isg_rules_test *test, const char *text, size_t length)
{
    size_t i = 0;
    while (i < test->output_count && (strlen(test->outputs[i]) != length ||
                                      memcmp(test->outputs[i], text, length)))
        i++;
    return i;
}

static bool say_wanted(const struct test_runner *r, const isg_rules_test *test,
                       const bool *reached, FILE *out)
{
    for (size_t i = 0; i < test->output_count; i++)
        if (!reached || !reached[i])
            say_string(r, out, reached ? "never" : "wanted", test->outputs[i]);
    return false;
}

/* Rewrites with every seed; marks the outputs reached. A keep has its input as its only output. */
static bool run_seeds(struct test_runner *r, isg_profile *const *profiles,
                      const isg_rules_test *test, bool *reached, FILE *out)
{
    isg_error error;
    size_t length = strlen(test->input);
    if (isg_document_analyse(r->document, test->input, length, NULL, &error) != ISG_OK ||
        isg_document_analyse(r->document2, test->input, length, NULL, &error) != ISG_OK)
        return say_string(r, out, "error", error.message);
    for (uint64_t seed = 0; seed < (test->sense ? SENSE_SEEDS : SEEDS); seed++) {
        isg_request request = {.seed = r->seed = seed};
        if (isg_document_rewrite(r->document, profiles[0], &request, &error) != ISG_OK)
            return say_string(r, out, "error", error.message);
        const char *text = isg_document_text(r->document, &length);
        size_t i = find_output(test, text, length);
        if (i == test->output_count) {
            say(r, out, "got", text, length);
            return say_wanted(r, test, NULL, out);
        }
        reached[i] = true;
        if (!ways_agree(r, profiles, test, &request, out))
            return false;
    }
    return true;
}

/* Whether the rewriting that was just made used a realisation. */
static bool has_used(const struct test_runner *r, const isg_rules_test *test, const char *rule,
                     const char *realisation)
{
    for (size_t i = 0; i < isg_document_edit_count(r->document); i++) {
        isg_edit edit = isg_document_edit(r->document, i);
        if (edit.feature == test->feature && !strcmp(edit.rule, rule) &&
            !strcmp(edit.realisation, realisation))
            return true;
    }
    return false;
}

/* With one realisation forced: where it is eligible, a listed output. */
static bool run_forced(struct test_runner *r, const isg_rules_test *test, const char *rule,
                       const char *realisation, FILE *out)
{
    char forced[FEATURES];
    isg_rules_test narrow = *test;
    isg_error error;
    bool ok = true;
    snprintf(forced, sizeof forced, "%s=%s", rule, realisation);
    narrow.realisation = forced;
    isg_profile *profile = make_profile(r, r->engine, &narrow, NULL, out);
    for (uint64_t seed = 0; profile && ok && seed < FORCED_SEEDS; seed++) {
        isg_request request = {.seed = seed};
        size_t length;
        if (isg_document_rewrite(r->document, profile, &request, &error) != ISG_OK) {
            ok = say_string(r, out, "error", error.message);
            break;
        }
        const char *text = isg_document_text(r->document, &length);
        ok = find_output(test, text, length) < test->output_count ||
             !has_used(r, test, rule, realisation);
        if (!ok) {
            fprintf(out, "%s  forced  <as> %s of rule %s\n", r->prefix, realisation, rule);
            say(r, out, "got", text, length);
            say_wanted(r, test, NULL, out);
        }
    }
    isg_profile_free(profile);
    return ok && profile;
}

static bool run_all_forced(struct test_runner *r, const isg_rules_test *test, FILE *out)
{
    const char *rule, *realisation;
    if (test->keep || test->realisation || test->variety)
        return true; /* nothing to choose */
    for (size_t i = 0; isg_rules_realisation(r->rules, test->feature, i, &rule, &realisation); i++)
        if ((!test->rule || !strcmp(test->rule, rule)) &&
            !run_forced(r, test, rule, realisation, out))
            return false;
    return true;
}

/* A keep that names a guard: the guard alone must be what saves it. */
static bool check_guard(struct test_runner *r, const isg_rules_test *test, FILE *out)
{
    isg_error error;
    isg_profile *profile = make_profile(r, r->engine, test, test->because, out);
    if (!profile)
        return false;
    bool changed = false;
    for (uint64_t seed = 0; seed < SEEDS && !changed; seed++) {
        isg_request request = {.seed = seed};
        size_t length;
        if (isg_document_rewrite(r->document, profile, &request, &error) != ISG_OK)
            break;
        const char *text = isg_document_text(r->document, &length);
        changed = length != strlen(test->input) || memcmp(text, test->input, length);
    }
    isg_profile_free(profile);
    if (!changed)
        fprintf(out, "%s  error   the guard '%s' does not matter: without it nothing changes "
                "either\n", r->prefix, test->because);
    return changed;
}

/* A keep because of "match": no guard may have been needed. */
static bool check_match(struct test_runner *r, const isg_rules_test *test, FILE *out)
{
    for (size_t i = 0; i < isg_document_block_count(r->document); i++) {
        isg_block block = isg_document_block(r->document, i);
        if (block.feature != test->feature || block.reason != ISG_BLOCK_GUARD)
            continue;
        fprintf(out, "%s  error   rule '%s' matches; the guard '%s' saves it\n", r->prefix,
                block.rule, block.guard ? block.guard : "");
        return false;
    }
    return true;
}

static bool check_keep(struct test_runner *r, const isg_rules_test *test, FILE *out)
{
    if (!test->because)
        return true;
    return strcmp(test->because, "match") ? check_guard(r, test, out)
                                          : check_match(r, test, out);
}

/* Whether the outputs that must be reached were. */
static bool check_reached(const struct test_runner *r, const isg_rules_test *test,
                          const bool *reached, FILE *out)
{
    bool ok = reached[0];
    for (size_t i = 0; test->all && i < test->output_count; i++)
        ok = ok && reached[i];
    return ok || say_wanted(r, test, reached, out);
}

/* What every rule made of the input with a seed, as the lines of the failure's description. */
static void say_explanation(struct test_runner *r, const isg_profile *profile,
                            const isg_rules_test *test, uint64_t seed, FILE *out)
{
    const char *text;
    size_t length;
    isg_error error;
    isg_request request = {.seed = seed};
    if (!profile ||
        isg_document_analyse(r->document, test->input, strlen(test->input), NULL, &error) !=
            ISG_OK ||
        isg_document_explain(r->document, profile, &request, &text, &length, &error) != ISG_OK)
        return;
    for (const char *end = text + length; text < end;) {
        const char *line = memchr(text, '\n', (size_t)(end - text));
        size_t n = line ? (size_t)(line - text) : (size_t)(end - text);
        fprintf(out, "%s    %.*s\n", r->prefix, (int)n, text);
        text += n + 1;
    }
}

bool test_runner_run(struct test_runner *r, const isg_rules_test *given, FILE *out)
{
    isg_rules_test test = *given;
    if (test.keep) {
        test.outputs = &given->input;
        test.output_count = 1;
    }
    say_string(r, out, "in", test.input);
    isg_profile *profiles[2] = {make_profile(r, r->engine, &test, NULL, out),
                                make_profile(r, r->reopened, &test, NULL, out)};
    bool *reached = calloc(test.output_count + 1, sizeof *reached);
    bool seeds = profiles[0] && profiles[1] && reached &&
                 run_seeds(r, profiles, &test, reached, out);
    bool ok = seeds && run_all_forced(r, &test, out) &&
              (test.keep ? check_keep(r, &test, out) : check_reached(r, &test, reached, out));
    free(reached);
    if (!ok || r->verbose)
        say_explanation(r, profiles[0], &test, seeds ? 0 : r->seed, out);
    isg_profile_free(profiles[0]);
    isg_profile_free(profiles[1]);
    return ok;
}

void test_runner_print(struct test_runner *r, const isg_rules_test *test)
{
    char features[FEATURES];
    size_t length;
    if (test->variety || test->realisation || test->sense || strpbrk(test->input, "\t\n\r") ||
        !list_features(test, features))
        return;
    isg_profile *profile = make_profile(r, r->engine, test, NULL, stderr);
    if (profile &&
        isg_document_analyse(r->document, test->input, strlen(test->input), NULL, NULL) == ISG_OK &&
        isg_document_rewrite(r->document, profile, NULL, NULL) == ISG_OK) {
        const char *text = isg_document_text(r->document, &length);
        printf("%s\t%s\t%.*s\n", features, test->input, (int)length, text);
    }
    isg_profile_free(profile);
}
