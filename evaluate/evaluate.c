/* evaluate.c -- an evaluation from its options to its result: items, variants, answers, figures.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <isogloss_evaluate.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/fail.h"
#include "evaluate/mark.h"
#include "evaluate/needs.h"
#include "evaluate/older.h"
#include "evaluate/prefer.h"
#include "evaluate/reference.h"
#include "evaluate/report.h"
#include "evaluate/result.h"
#include "evaluate/scorer.h"

struct isg_evaluation {
    json_t *result;
    char *json, *table, *regressions;
};

static bool ends_in_text(const char *prompt)
{
    const char *mark = strstr(prompt, "{text}");
    return mark && !mark[strlen("{text}")];
}

/* Whether the prompt says where a part stands, by either of its names. */
static bool has_mark(const isg_evaluate_options *o, enum part part)
{
    char mark[32];
    snprintf(mark, sizeof mark, "{%s}", part_names[part]);
    if (strstr(o->prompt, mark))
        return true;
    snprintf(mark, sizeof mark, "{%s}", inference_names[part]);
    return o->is_inference && strstr(o->prompt, mark);
}

/* What does not go with conversations, if there is one among the items. */
static isg_status check_chat(const isg_evaluate_options *o, const struct items *items,
                             isg_error *error)
{
    bool chat = false;
    for (size_t i = 0; i < items->count && !chat; i++)
        chat = items->list[i].parts[PART_FRAME] != NULL;
    if (!chat)
        return ISG_OK;
    if (o->prompt)
        return fail(error, ISG_ARGUMENT, "messages are sent as they are: no prompt goes with them");
    if (o->rewrite & ISG_REWRITE_CONTEXT || o->is_inference)
        return fail(error, ISG_ARGUMENT, "of messages, only turns of users are rewritten");
    if (task_of(o)->kind == KIND_NATS)
        return fail(error, ISG_ARGUMENT, "the likelihood of messages cannot be had");
    const char *model = o->model ? o->model : "", *path = strstr(model, "/completions");
    if (!strncmp(model, "http", 4) && path && !strstr(model, "/chat/completions"))
        return fail(error, ISG_ARGUMENT, "messages need an interface for chats, not '%s'", model);
    if (task_of(o)->kind == KIND_CHOICE)
        return fail(error, ISG_ARGUMENT, "prefer goes with texts, not with messages");
    return ISG_OK;
}

/* What goes with answers to choose between. */
static isg_status check_choice(const isg_evaluate_options *o, isg_error *error)
{
    bool chooses = task_of(o)->kind == KIND_CHOICE;
    if (o->rewrite & (ISG_REWRITE_CHOSEN | ISG_REWRITE_REJECTED) && !chooses)
        return fail(error, ISG_ARGUMENT, "there are no answers to rewrite: they go with prefer");
    if ((o->chosen_field || o->rejected_field) && !chooses)
        return fail(error, ISG_ARGUMENT, "chosen and rejected answers go with prefer");
    if (prefer_competes(o) && o->rejected_field)
        return fail(error, ISG_ARGUMENT, "the chosen answer competes with its own variant: no "
                    "other answer is read");
    if (chooses && o->parallel_field && o->rewrite & ~(unsigned)ISG_REWRITE_TEXT)
        return fail(error, ISG_ARGUMENT, "people's variants are of the text, not of answers");
    if (chooses && o->prompt && (!strstr(o->prompt, "{a}") || !strstr(o->prompt, "{b}")))
        return fail(error, ISG_ARGUMENT, "the prompt has no {a} or no {b}");
    return ISG_OK;
}

/* What stands in the result is to be text. */
static isg_status check_text(const isg_evaluate_options *o, isg_error *error)
{
    const struct {
        const char *what, *text;
    } said[] = {{"name of the items", o->path}, {"licence", o->licence},
                {"list of labels", o->labels}, {"metric", o->metric}, {"model", o->model},
                {"model's name", o->model_name}, {"prompt", o->prompt},
                {"interface's name of the model", o->api_model},
                {"command", o->command}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        json_t *string = said[i].text ? json_string(said[i].text) : NULL;
        json_decref(string);
        if (said[i].text && !string)
            return fail(error, ISG_ARGUMENT, "the %s is not UTF-8", said[i].what);
    }
    return ISG_OK;
}

static isg_status check(const isg_evaluate_options *o, isg_error *error)
{
    if (!o->path)
        return fail(error, ISG_ARGUMENT, "no items are named");
    if (check_text(o, error) != ISG_OK)
        return ISG_ARGUMENT;
    if (o->confidence != 0 && !(o->confidence > 0.5 && o->confidence < 1))
        return fail(error, ISG_ARGUMENT, "the confidence must be above 0.5 and below 1");
    const struct task *task = task_of(o);
    if (o->has_threshold && (!task->has_threshold || !isfinite(o->threshold)))
        return fail(error, ISG_ARGUMENT, "a threshold is a number and goes with scores");
    if (o->task == ISG_TASK_GENERATE && !task_has_metric(o))
        return fail(error, ISG_ARGUMENT, "generate needs a metric: refusal, length, language or "
                    "cmd:PROGRAM");
    if (o->task != ISG_TASK_GENERATE && o->metric)
        return fail(error, ISG_ARGUMENT, "a metric goes with generate");
    if (o->lower_is_better && task->direction == HIGHER_IS_BETTER)
        return fail(error, ISG_ARGUMENT, "of %s, higher is better", task_metric(o));
    if (o->is_inference && !o->context_field)
        return fail(error, ISG_ARGUMENT, "an inference needs the fields of premise and hypothesis");
    if (o->prompt && !has_mark(o, PART_TEXT))
        return fail(error, ISG_ARGUMENT, "the prompt has no {text}");
    if (task->kind == KIND_NATS && o->prompt && !ends_in_text(o->prompt))
        return fail(error, ISG_ARGUMENT, "of likelihood, the prompt has one {text}, at its end");
    if (o->prompt && o->context_field && !has_mark(o, PART_CONTEXT))
        return fail(error, ISG_ARGUMENT, "the prompt has no {context}");
    if (o->rewrite & ISG_REWRITE_CONTEXT && !o->context_field)
        return fail(error, ISG_ARGUMENT, "there is no context to rewrite: name its field");
    if (o->resamples != 0 && o->resamples < 100)
        return fail(error, ISG_ARGUMENT, "at least 100 resamples are needed");
    return check_choice(o, error);
}

static isg_status conclude(isg_evaluation *e, const struct figures *f, const json_t *older,
                           const isg_engine *engine, isg_error *error)
{
    e->result = result_make(f, engine);
    json_t *changes = older ? older_compare(f, older) : json_null();
    if (!e->result || !changes)
        return fail_memory(error);
    json_object_set_new(e->result, "baseline", changes);
    json_object_set_new(e->result, "outcomes", older_outcomes(f));
    return ISG_OK;
}

/* Completes the result and writes it as texts. */
static isg_status write_out(isg_evaluation *e, const struct figures *f,
                            const struct reference *reference, isg_error *error)
{
    json_t *own = reference_result(reference, f->ask, &f->stats);
    if (!own)
        return fail_memory(error);
    json_object_set_new(e->result, "reference", own);
    json_t *marks = mark_result(f);
    if (!marks)
        return fail_memory(error);
    json_object_set_new(e->result, "marks", marks);
    char *text = json_dumps(e->result, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
    size_t n = text ? strlen(text) : 0;
    e->json = text ? realloc(text, n + 2) : NULL;
    if (!e->json) {
        free(text);
        return fail_memory(error);
    }
    memcpy(e->json + n, "\n", 2);
    e->table = result_table(e->result);
    e->regressions = result_regressions(f);
    return e->table && e->regressions ? ISG_OK : fail_memory(error);
}

static isg_status answer(struct ask *ask, const struct variants *variants, isg_error *error)
{
    ask->questions = &variants->questions;
    ask->answers = calloc(ask->questions->count + 1, sizeof *ask->answers);
    isg_status status = ask->answers ? ask_all(ask, error) : fail_memory(error);
    if (status == ISG_OK && task_of(ask->o)->kind == KIND_CHOICE && !prefer_fold(ask))
        return fail_memory(error);
    return status;
}

isg_status isg_evaluate(const isg_engine *engine, const isg_evaluate_options *o,
                        isg_evaluation **evaluation, isg_error *error)
{
    struct items items = {0};
    struct variants variants = {0};
    struct reference reference = {0};
    struct ask ask = {.o = o, .labels = &items.labels};
    json_t *older = NULL;
    struct scorer scorer = {0};
    struct figures figures = {.items = &items, .variants = &variants, .ask = &ask, .o = o,
                              .engine = engine};
    isg_error unwanted;
    error = error ? error : &unwanted;
    *evaluation = calloc(1, sizeof **evaluation);
    isg_status status = *evaluation ? check(o, error) : fail_memory(error);
    if (status == ISG_OK)
        status = older_read(o, &older, error);
    if (status == ISG_OK)
        status = items_read(&items, o, error);
    if (status == ISG_OK)
        status = check_chat(o, &items, error);
    if (status == ISG_OK)
        status = needs_check(o, &items, error);
    if (status == ISG_OK)
        status = variants_make(&variants, engine, &items, o, error);
    if (status == ISG_OK)
        status = reference_add(&reference, o, &variants.questions, error);
    if (status == ISG_OK)
        status = answer(&ask, &variants, error);
    if (status == ISG_OK && o->task == ISG_TASK_GENERATE) {
        status = scorer_make(&scorer, &figures, error);
        figures.scorer = &scorer;
    }
    if (status == ISG_OK && !figures_make(&figures))
        status = fail_memory(error);
    if (status == ISG_OK)
        status = conclude(*evaluation, &figures, older, engine, error);
    if (status == ISG_OK)
        status = write_out(*evaluation, &figures, &reference, error);
    reference_clear(&reference);
    json_decref(older);
    figures_clear(&figures);
    scorer_clear(&scorer);
    ask_clear(&ask);
    variants_clear(&variants);
    items_clear(&items);
    if (status != ISG_OK) {
        isg_evaluation_free(*evaluation);
        *evaluation = NULL;
    }
    return status;
}

void isg_evaluation_free(isg_evaluation *e)
{
    if (!e)
        return;
    json_decref(e->result);
    free(e->json);
    free(e->table);
    free(e->regressions);
    free(e);
}

const char *isg_evaluation_json(const isg_evaluation *e)
{
    return e->json;
}

const char *isg_evaluation_table(const isg_evaluation *e)
{
    return e->table;
}

const char *isg_evaluation_regressions(const isg_evaluation *e)
{
    return e->regressions;
}

isg_status isg_evaluation_report(const isg_evaluation *e, const char *path, isg_error *error)
{
    FILE *out = fopen(path, "wb");
    errno = out ? 0 : errno;
    bool ok = out && report_write(e->result, out);
    int problem = errno;
    if (out && fclose(out) != 0) {
        problem = ok ? errno : problem;
        ok = false;
    }
    if (ok)
        return ISG_OK;
    return fail(error, ISG_IO, "cannot write '%s': %s", path, strerror(problem ? problem : ENOMEM));
}

bool isg_evaluation_is_stopped(const isg_evaluation *e)
{
    return json_is_true(json_object_get(e->result, "stopped"));
}

isg_status isg_evaluation_check(const isg_evaluation *e, const char *condition, bool *met,
                                const char **which, isg_error *error)
{
    return result_check(e ? e->result : NULL, condition, met, which, error);
}
