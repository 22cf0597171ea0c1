/* test_callback.c -- a model in the caller's program: what it is given, how its answers count, what
 * its errors and its wish to stop come to.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <isogloss_evaluate.h>
#include <jansson.h>

#include "tests/opened.h"

enum { ITEMS = 300, BATCH = 256 };

static isg_engine *engine;
static char items[] = "/tmp/isogloss-callback-XXXXXX";

/* What a model has seen and is to do. */
struct model {
    size_t calls, asked, largest;
    size_t stop_at;            /* call that returns false; 0: none */
    volatile int *stop;        /* set at the first call; NULL: not */
    bool has_context;
    const char *label;         /* of all; NULL: by the text */
    size_t progress, total;
};

static int set_up(void **state)
{
    isg_error error;
    int descriptor = mkstemp(items);
    FILE *out = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    (void)state;
    if (!out)
        return -1;
    for (int i = 0; i < ITEMS; i++)
        fprintf(out, "{\"id\":\"%d\",\"text\":\"She does not like room %d because it is %s.\","
                     "\"label\":\"%s\",\"about\":\"room %d\"}\n", i, i, i % 2 ? "cold" : "small",
                i % 2 ? "cold" : "small", i);
    return fclose(out) == 0 && opened_engine(&engine, &error) == ISG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    isg_engine_free(engine);
    return unlink(items);
}

static bool answer(void *context, const isg_question *questions, size_t count, isg_answer *answers)
{
    struct model *m = context;
    m->calls++;
    m->asked += count;
    m->largest = count > m->largest ? count : m->largest;
    for (size_t i = 0; i < count; i++) {
        const char *text = questions[i].text;
        m->has_context = questions[i].context && !strncmp(questions[i].context, "room ", 5);
        answers[i].answered = !strstr(text, "room 7 ");
        answers[i].label = m->label ? m->label : strstr(text, "cold") ? "cold" : "small";
        answers[i].score = strstr(text, "room 9 ") ? (double)NAN : (double)strlen(text);
    }
    if (m->stop)
        *m->stop = 1;
    return m->calls != m->stop_at;
}

static void show(void *context, size_t done, size_t total)
{
    struct model *m = context;
    assert_true(done >= m->progress && done <= total);
    m->progress = done;
    m->total = total;
}

static isg_evaluate_options options_of(struct model *m)
{
    static const char *const dialects[] = {"AppE"};
    return (isg_evaluate_options){.path = items, .dialects = dialects, .dialect_count = 1,
                                  .resamples = 100, .answer = answer, .answer_context = m,
                                  .progress = show, .progress_context = m};
}

/* Runs it; the result, to be given up by json_decref, or NULL. */
static json_t *run(const isg_evaluate_options *o, isg_status wanted)
{
    isg_evaluation *evaluation = NULL;
    isg_error error = {0};
    isg_status status = isg_evaluate(engine, o, &evaluation, &error);
    if (status != wanted)
        print_message("# %s\n", error.message);
    assert_int_equal(status, wanted);
    assert_true((status == ISG_OK) == (evaluation != NULL));
    json_t *result = evaluation ? json_loads(isg_evaluation_json(evaluation), 0, NULL) : NULL;
    assert_true(status != ISG_OK || result);
    isg_evaluation_free(evaluation);
    return result;
}

static json_int_t count(const json_t *result, const char *group, const char *name)
{
    const json_t *counts = json_object_get(result, "counts");
    return json_integer_value(json_object_get(
        group ? json_object_get(counts, group) : counts, name));
}

static void answers_are_taken(void **state)
{
    struct model m = {0};
    isg_evaluate_options o = options_of(&m);
    (void)state;
    json_t *result = run(&o, ISG_OK);
    assert_int_equal(m.largest, BATCH);
    assert_int_equal(m.asked, m.total);
    assert_int_equal(count(result, NULL, "answered") + count(result, NULL, "failed"), m.total);
    assert_true(count(result, NULL, "failed") > 0);
    assert_int_equal(count(result, "failures", "no answer"), count(result, NULL, "failed"));
    const json_t *model = json_object_get(result, "model");
    assert_string_equal(json_string_value(json_object_get(model, "kind")), "callback");
    const json_t *all = json_object_get(json_array_get(json_object_get(result, "arms"), 0), "all");
    assert_true(json_number_value(json_object_get(all, "standard")) == 1);
    assert_int_equal(json_integer_value(json_object_get(all, "failed")), 1);
    assert_false(m.has_context);
    json_decref(result);
}

static void contexts_are_given(void **state)
{
    struct model m = {0};
    isg_evaluate_options o = options_of(&m);
    (void)state;
    o.context_field = "about";
    json_decref(run(&o, ISG_OK));
    assert_true(m.has_context);
}

static void scores_are_taken(void **state)
{
    struct model m = {0};
    isg_evaluate_options o = options_of(&m);
    (void)state;
    o.task = ISG_TASK_SCORE;
    json_t *result = run(&o, ISG_OK);
    assert_true(count(result, "failures", "not a number") > 0);
    assert_int_equal(count(result, "failures", "not a number") +
                         count(result, "failures", "no answer"), count(result, NULL, "failed"));
    json_decref(result);
}

static void bad_labels_are_counted(void **state)
{
    static const char *const labels[] = {"warm", "", "  "};
    static const char *const reasons[] = {"a label that is not in the data", "empty answer",
                                          "empty answer"};
    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        struct model m = {.label = labels[i]};
        isg_evaluate_options o = options_of(&m);
        json_t *result = run(&o, ISG_OK);
        assert_int_equal(count(result, NULL, "answered"), 0);
        assert_true(count(result, "failures", reasons[i]) > ITEMS);
        json_decref(result);
    }
}

static void it_ends_the_evaluation(void **state)
{
    struct model m = {.stop_at = 2};
    isg_evaluate_options o = options_of(&m);
    (void)state;
    assert_null(run(&o, ISG_CALLBACK));
    assert_int_equal(m.calls, 2);
}

static void the_user_stops_it(void **state)
{
    volatile int stop = 0;
    struct model m = {.stop = &stop};
    isg_evaluate_options o = options_of(&m);
    (void)state;
    o.stop = &stop;
    json_t *result = run(&o, ISG_OK);
    assert_int_equal(m.calls, 1);
    assert_true(json_is_true(json_object_get(result, "stopped")));
    assert_int_equal(count(result, "failures", "not asked: stopped") + BATCH, m.total);
    json_decref(result);
}

static void what_was_kept_is_not_asked(void **state)
{
    char path[] = "/tmp/isogloss-answers-XXXXXX";
    struct model first = {0}, second = {0};
    isg_evaluate_options o = options_of(&first);
    (void)state;
    close(mkstemp(path));
    o.cache = path;
    o.model_name = "mine";
    json_decref(run(&o, ISG_OK));
    isg_evaluate_options again = options_of(&second);
    again.cache = path;
    again.model_name = "mine";
    json_t *result = run(&again, ISG_OK);
    assert_int_equal(count(result, NULL, "cached"), count(result, NULL, "answered"));
    assert_int_equal(second.asked, count(result, NULL, "failed"));
    json_decref(result);
    unlink(path);
}

/* ---- likelihood: tokens are words; certain is what came after the same word before ---- */

enum { MOST_TOKENS = 400 };

static double logprob(const char *const *tokens, size_t n)
{
    for (size_t k = 1; k < n; k++)
        if (!strcmp(tokens[k - 1], tokens[n - 1]) && !strcmp(tokens[k], tokens[n]))
            return log(0.9);
    return -(double)strlen(tokens[n]);
}

static bool read_aloud(void *context, const isg_question *questions, size_t count,
                       isg_answer *answers)
{
    static char room[BATCH][4096];
    static const char *tokens[BATCH][MOST_TOKENS];
    static double logprobs[BATCH][MOST_TOKENS];
    const bool *late = context;
    for (size_t i = 0; i < count; i++) {
        char *out = room[i];
        size_t n = 0;
        for (const char *at = questions[i].text; *at && n + 1 < MOST_TOKENS; n++) {
            size_t length = strcspn(at + 1, " ") + 1;
            tokens[i][n] = memcpy(out, at, length);
            out[length] = '\0';
            out += length + 1;
            logprobs[i][n] = n ? logprob(tokens[i], n) : (double)NAN;
            at += length;
        }
        for (size_t k = n; *late && k-- > 1;)
            logprobs[i][k] = k > 1 ? logprobs[i][k - 1] : -1;
        answers[i] = (isg_answer){.answered = true, .tokens = tokens[i], .logprobs = logprobs[i],
                                  .token_count = n};
    }
    return true;
}

static void likelihood_is_checked(void **state)
{
    struct model m = {0};
    bool late = false;
    isg_evaluate_options o = options_of(&m);
    (void)state;
    o.task = ISG_TASK_LIKELIHOOD;
    o.answer = read_aloud;
    o.answer_context = &late;
    json_t *result = run(&o, ISG_OK);
    assert_int_equal(count(result, NULL, "failed"), 0);
    json_decref(result);
    late = true;
    assert_null(run(&o, ISG_MISMATCH));
}

static void options_are_checked(void **state)
{
    struct model m = {0};
    isg_evaluate_options o = options_of(&m);
    (void)state;
    o.answer = NULL;
    assert_null(run(&o, ISG_ARGUMENT));
    o = options_of(&m);
    o.path = "/tmp/there-is-no-such-file.jsonl";
    assert_null(run(&o, ISG_IO));
    o = options_of(&m);
    o.dialect_count = 0;
    assert_null(run(&o, ISG_ARGUMENT));
    assert_int_equal(m.calls, 0);
}

/* Answers in words: right but for rooms 1 to 4, which get what is no text. */
static bool say(void *context, const isg_question *questions, size_t count, isg_answer *answers)
{
    static char long_text[(1 << 20) + 2];
    struct model *m = context;
    memset(long_text, 'x', sizeof long_text - 1);
    for (size_t i = 0; i < count; i++) {
        const char *text = questions[i].text;
        answers[i].answered = true;
        answers[i].label = "not looked at";
        answers[i].text = strstr(text, "room 1 ")   ? NULL
                          : strstr(text, "room 2 ") ? "\xff\xfe"
                          : strstr(text, "room 3 ") ? long_text
                          : strstr(text, "room 4 ") ? " \n"
                          : strstr(text, "cold")    ? "The cold."
                                                    : "a SMALL one";
    }
    m->asked += count;
    return true;
}

static void words_are_taken(void **state)
{
    struct model m = {0};
    isg_evaluate_options o = options_of(&m);
    (void)state;
    o.answer = say;
    o.task = ISG_TASK_QA;
    json_t *result = run(&o, ISG_OK);
    const json_t *all = json_object_get(json_array_get(json_object_get(result, "arms"), 0), "all");
    assert_true(json_number_value(json_object_get(all, "standard")) == 0.5); /* one is no small */
    assert_int_equal(json_integer_value(json_object_get(all, "failed")), 4);
    assert_true(count(result, "failures", "not UTF-8") >= 2);
    assert_true(count(result, "failures", "an answer that is too long") >= 2);
    assert_true(count(result, "failures", "empty answer") >= 4);
    assert_int_equal(count(result, "failures", "not UTF-8") +
                         count(result, "failures", "an answer that is too long") +
                         count(result, "failures", "empty answer"), count(result, NULL, "failed"));
    json_decref(result);
    o.task = ISG_TASK_GENERATE;
    json_decref(run(&o, ISG_ARGUMENT));
    o.metric = "length";
    m = (struct model){0};
    result = run(&o, ISG_OK);
    all = json_object_get(json_array_get(json_object_get(result, "arms"), 0), "all");
    assert_true(json_number_value(json_object_get(all, "standard")) > 2);
    assert_int_equal(json_integer_value(json_object_get(all, "failed")), 4);
    json_decref(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_taken),
        cmocka_unit_test(contexts_are_given),
        cmocka_unit_test(scores_are_taken),
        cmocka_unit_test(bad_labels_are_counted),
        cmocka_unit_test(it_ends_the_evaluation),
        cmocka_unit_test(the_user_stops_it),
        cmocka_unit_test(what_was_kept_is_not_asked),
        cmocka_unit_test(words_are_taken),
        cmocka_unit_test(likelihood_is_checked),
        cmocka_unit_test(options_are_checked),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
