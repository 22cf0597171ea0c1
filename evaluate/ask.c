/* ask.c -- what is common to all models: judging and counting answers.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/ask.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/baseline.h"
#include "evaluate/cache.h"
#include "evaluate/chat.h"
#include "evaluate/fail.h"
#include "evaluate/mark.h"
#include "evaluate/likelihood.h"
#include "evaluate/limits.h"
#include "evaluate/prefer.h"
#include "evaluate/prompt.h"
#include "evaluate/task.h"

enum { BATCH = 256 };

void ask_clear(struct ask *ask)
{
    names_clear(&ask->reasons);
    free(ask->failures);
    for (size_t i = 0; ask->answers && i < ask->questions->count; i++)
        free(ask->answers[i].text);
    free(ask->answers);
    *ask = (struct ask){0};
}

void ask_fail(struct ask *ask, uint32_t question, const char *reason)
{
    struct answer *answer = &ask->answers[question];
    if (answer->state != ANSWER_NONE)
        return;
    answer->state = ANSWER_FAILED;
    ask->done++;
    size_t before = ask->reasons.count;
    uint32_t n = names_add(&ask->reasons, reason, strlen(reason), 0);
    if (n != NAMES_NONE && ask->reasons.count > before) {
        size_t *counts = realloc(ask->failures, ask->reasons.count * sizeof *counts);
        if (!counts) {
            ask->nomem = true;
            ask->reasons.count--;
            return;
        }
        ask->failures = counts;
        counts[n] = 0;
    }
    if (n == NAMES_NONE)
        ask->nomem = true;
    else
        ask->failures[n]++;
}

static bool is_blank(const char *words)
{
    return !words || !words[strspn(words, " \t\r\n")];
}

/* Keeps words that are one of the labels; NULL, or why they cannot be used. */
static const char *take_label(struct ask *ask, struct answer *answer, const char *words)
{
    if (is_blank(words))
        return "empty answer";
    answer->label = names_find(ask->labels, words, strlen(words), 0);
    return answer->label == NAMES_NONE ? "a label that is not in the data" : NULL;
}

/* Reads which of two answers is preferred. */
static const char *take_choice(const char *words, double *score)
{
    if (words || !isfinite(*score))
        *score = prefer_read(words);
    else
        *score = *score > 0 ? 1 : *score < 0 ? 0 : 0.5;
    return isnan(*score) ? "neither a nor b nor tie" : NULL;
}

/* Keeps words as they are; NULL, or why they cannot be used. */
static const char *take_text(struct ask *ask, struct answer *answer, const char *words)
{
    if (is_blank(words))
        return "empty answer";
    size_t n = strlen(words);
    if (n > LIMIT_ANSWER)
        return "an answer that is too long";
    if (ask->bytes + n > LIMIT_ANSWERS)
        return "more answers than can be kept";
    json_t *string = json_string(words);
    json_decref(string);
    if (!string)
        return "not UTF-8";
    answer->text = strdup(words);
    ask->nomem = ask->nomem || !answer->text;
    ask->bytes += n;
    return answer->text ? NULL : "out of memory";
}

/* Takes an answer, or counts what is wrong with it. */
static void judge(struct ask *ask, uint32_t question, const char *words, double score)
{
    struct answer *answer = &ask->answers[question];
    enum answer_kind kind = task_of(ask->o)->kind;
    const char *flaw = kind == KIND_LABEL               ? take_label(ask, answer, words)
                       : kind == KIND_TEXT              ? take_text(ask, answer, words)
                       : kind == KIND_CHOICE            ? take_choice(words, &score)
                       : !isfinite(score)               ? "not a number"
                       : kind == KIND_NATS && score < 0 ? "nats below zero"
                                                        : NULL;
    if (flaw) {
        ask_fail(ask, question, flaw);
        return;
    }
    if (kind == KIND_NATS)
        answer->tokens = words ? (uint32_t)strtoul(words, NULL, 10) : 0;
    answer->score = score;
    answer->state = ANSWER_GIVEN;
    ask->done++;
}

void ask_accept(struct ask *ask, uint32_t question, const char *words, double score)
{
    if (ask->answers[question].state != ANSWER_NONE)
        return;
    judge(ask, question, words, score);
    const char *kept = ask->answers[question].text;
    if (task_of(ask->o)->kind == KIND_TEXT)
        words = kept;
    if (ask->cache && (words || isfinite(score)))
        cache_put(ask->cache, &ask->questions->list[question], words, score);
}

bool ask_tick(struct ask *ask)
{
    if (ask->cache)
        cache_tick(ask->cache);
    if (ask->o->progress)
        ask->o->progress(ask->o->progress_context, ask->done, ask->questions->count);
    if (ask->o->stop && *ask->o->stop > ask->stops)
        ask->stopped = true;
    return ask->stopped;
}

/* The number that an id names, or questions->count. */
static size_t question_of(const struct ask *ask, const json_t *id)
{
    if (json_is_integer(id) && json_integer_value(id) >= 0)
        return (size_t)json_integer_value(id);
    const char *text = json_string_value(id);
    if (!text || text[0] < '0' || text[0] > '9')
        return ask->questions->count;
    char *end;
    unsigned long long number = strtoull(text, &end, 10);
    return *end ? ask->questions->count : (size_t)number;
}

/* Spans in the member slang, as paraphrase --mark writes them, or words in text. */
static void take_marks(struct ask *ask, uint32_t question, const json_t *object)
{
    const json_t *spans = json_object_get(object, "slang");
    const char *text = question_part(&ask->questions->list[question], PART_TEXT);
    char *words = mark_write(spans, json_string_value(json_object_get(object, "region")),
                             &ask->nomem);
    if (words && !mark_fits(words, text))
        ask_fail(ask, question, "a span outside the text");
    else if (words || !spans)
        ask_accept(ask, question,
                   words ? words : json_string_value(json_object_get(object, "text")),
                   (double)NAN);
    else
        ask_fail(ask, question, "no list of spans");
    free(words);
}

bool ask_take_line(struct ask *ask, const char *line, size_t length)
{
    json_t *object = json_loadb(line, length, 0, NULL);
    size_t question = question_of(ask, json_object_get(object, "id"));
    if (!json_is_object(object) || question >= ask->questions->count) {
        json_decref(object);
        return false;
    }
    if (task_of(ask->o)->kind == KIND_NATS) {
        likelihood_take_line(ask, (uint32_t)question, object);
        json_decref(object);
        return true;
    }
    if (ask->o->task == ISG_TASK_MARK) {
        take_marks(ask, (uint32_t)question, object);
        json_decref(object);
        return true;
    }
    const json_t *label = json_object_get(object, "label");
    const json_t *score = json_object_get(object, "score");
    char room[32];
    bool wants_text = task_of(ask->o)->kind == KIND_TEXT;
    const json_t *said = json_object_get(object, "text");
    if (wants_text && said)
        label = said;
    const char *text = json_string_value(label);
    if (task_of(ask->o)->kind == KIND_CHOICE && !label) {
        text = prefer_scores(json_object_get(object, "scores"));
        score = NULL;
    }
    if (json_is_integer(label)) {
        snprintf(room, sizeof room, "%lld", (long long)json_integer_value(label));
        text = room;
    } else if (json_is_boolean(label)) {
        text = json_is_true(label) ? "true" : "false";
    } else if (!text) {
        text = json_string_value(said);
    }
    ask_accept(ask, (uint32_t)question, text,
               json_is_number(score) ? json_number_value(score) : (double)NAN);
    json_decref(object);
    return true;
}

/* The messages of a conversation as JSON; NULL: it is none. */
static char *write_messages(const struct name *question, bool *nomem)
{
    if (!question_part(question, PART_FRAME))
        return NULL;
    json_t *messages = chat_join(question);
    char *text = messages ? json_dumps(messages, JSON_COMPACT) : NULL;
    json_decref(messages);
    *nomem = *nomem || !text;
    return text;
}

/* Questions of the caller's model, a batch at a time. */
static isg_status ask_callback(struct ask *ask, isg_error *error)
{
    isg_question questions[BATCH];
    isg_answer answers[BATCH];
    char *messages[BATCH];
    uint32_t numbers[BATCH];
    for (uint32_t next = 0; next < ask->questions->count && !ask_tick(ask);) {
        size_t n = 0;
        for (; next < ask->questions->count && n < BATCH; next++)
            if (ask->answers[next].state == ANSWER_NONE) {
                answers[n] = (isg_answer){.score = (double)NAN};
                const struct name *question = &ask->questions->list[next];
                messages[n] = write_messages(question, &ask->nomem);
                questions[n] = (isg_question){question_part(question, PART_TEXT),
                                              question_part(question, PART_CONTEXT),
                                              question_part(question, PART_A),
                                              question_part(question, PART_B), messages[n]};
                numbers[n++] = next;
            }
        ask->requests += n;
        bool goes_on = n == 0 || ask->o->answer(ask->o->answer_context, questions, n, answers);
        for (size_t i = 0; i < n; i++)
            free(messages[i]);
        if (!goes_on)
            return fail(error, ISG_CALLBACK, "the model ended the evaluation");
        for (size_t i = 0; i < n; i++) {
            if (!answers[i].answered)
                ask_fail(ask, numbers[i], "no answer");
            else if (task_of(ask->o)->kind == KIND_NATS)
                likelihood_take_callback(ask, numbers[i], &answers[i]);
            else
                ask_accept(ask, numbers[i],
                           task_of(ask->o)->kind == KIND_TEXT ? answers[i].text : answers[i].label,
                           answers[i].score);
        }
    }
    return ISG_OK;
}

/* The model that comes with the program. */
static isg_status ask_builtin(struct ask *ask, isg_error *error)
{
    enum answer_kind kind = task_of(ask->o)->kind;
    if (kind != KIND_LABEL && kind != KIND_NUMBER)
        return fail(error, ISG_ARGUMENT, "builtin:sentiment does classify and score alone");
    for (uint32_t i = 0; i < ask->questions->count && !ask_tick(ask); i++) {
        const struct name *text = &ask->questions->list[i];
        if (ask->answers[i].state != ANSWER_NONE)
            continue;
        double score = baseline_score(text->text, strlen(text->text));
        ask->requests++;
        ask_accept(ask, i, score >= 0.5 ? "positive" : "negative", score);
    }
    return ISG_OK;
}

static bool is_http(const char *model)
{
    return !strncmp(model, "http://", 7) || !strncmp(model, "https://", 8);
}

/* Opens the file of answers and takes those that are known. */
static isg_status open_cache(struct ask *ask, isg_error *error)
{
    const isg_evaluate_options *o = ask->o;
    const char *label, *name = o->model_name ? o->model_name : "";
    const char *model = o->model ? o->model : "callback";
    double score;
    char *prompt = is_http(model) ? prompt_template(ask) : strdup("");
    const char *api = o->api_model ? o->api_model : "";
    size_t size = strlen(model) + strlen(name) + strlen(api) + (prompt ? strlen(prompt) : 0) + 64;
    char *identity = malloc(size);
    if (!identity || !prompt) {
        free(identity);
        free(prompt);
        return fail_memory(error);
    }
    snprintf(identity, size, "%s\t%s\t%s\t%s\t%u\t%s%s", task_of(o)->name, name, model, api,
             (unsigned)o->max_tokens, prompt, o->is_inference ? "\tinference" : "");
    free(prompt);
    isg_status status = cache_open(o->cache, identity, &ask->cache, error);
    free(identity);
    for (uint32_t i = 0; status == ISG_OK && i < ask->questions->count; i++)
        if (cache_get(ask->cache, &ask->questions->list[i], &label, &score)) {
            judge(ask, i, label, score);
            ask->cached++;
        }
    return status;
}

static void close_cache(struct ask *ask)
{
    if (!ask->cache)
        return;
    const char *problem = cache_problem(ask->cache);
    if (problem)
        snprintf(ask->warning, sizeof ask->warning, "answers could not be kept in '%s': %s",
                 ask->o->cache, problem);
    cache_close(ask->cache);
    ask->cache = NULL;
}

static isg_status ask_model(struct ask *ask, isg_error *error)
{
    const char *model = ask->o->model;
    if (!model && ask->o->answer)
        return ask_callback(ask, error);
    if (model && !strncmp(model, "cmd:", 4) && model[4])
        return ask_program(ask, model + 4, error);
    if (model && !strcmp(model, "builtin:sentiment"))
        return ask_builtin(ask, error);
    if (model && is_http(model))
        return ask_http(ask, model, error);
    if (model)
        return fail(error, ISG_ARGUMENT, "no model '%s': cmd:PROGRAM, http://... and "
                    "builtin:sentiment are models", model);
    return fail(error, ISG_ARGUMENT, "no model is named");
}

isg_status ask_all(struct ask *ask, isg_error *error)
{
    isg_status status = ask->o->cache ? open_cache(ask, error) : ISG_OK;
    if (status != ISG_OK)
        return status;
    if (task_of(ask->o)->kind == KIND_NATS && ask->done < ask->questions->count)
        status = likelihood_check(ask, ask_model, error);
    if (status == ISG_OK && !ask->stopped)
        status = ask_model(ask, error);
    close_cache(ask);
    for (uint32_t i = 0; status == ISG_OK && i < ask->questions->count; i++)
        ask_fail(ask, i, ask->stopped ? "not asked: stopped" : "no answer");
    return status == ISG_OK && ask->nomem ? fail_memory(error) : status;
}
