/* task.c -- the tasks, and what follows from what they are.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/task.h"

#include <math.h>
#include <string.h>

#include "evaluate/figures.h"
#include "evaluate/generate.h"
#include "evaluate/mark.h"
#include "evaluate/prefer.h"
#include "evaluate/qa.h"
#include "evaluate/scorer.h"

static double is_right(const struct figures *f, size_t item, size_t arm,
                       const struct answer *answer)
{
    (void)arm;
    return answer->label == f->items->list[item].label;
}

static double score_of(const struct figures *f, size_t item, size_t arm,
                       const struct answer *answer)
{
    (void)f;
    (void)item;
    (void)arm;
    return answer->score;
}

static double is_over(const struct figures *f, size_t item, size_t arm, const struct answer *answer)
{
    double outcome = task_of(f->o)->outcome(f, item, arm, answer);
    return isnan(outcome) ? outcome : outcome > f->o->threshold;
}

/* Words of a text: what stands between white space; never 0. */
static double count_words(const char *at)
{
    size_t words = 0;
    for (at += strspn(at, " \t\r\n"); *at; at += strspn(at, " \t\r\n"), words++)
        at += strcspn(at, " \t\r\n");
    return words ? (double)words : 1;
}

/* The words are those of the source, so that more words for the same are not cheaper ones. */
static double nats_of(const struct figures *f, size_t item, size_t arm, const struct answer *answer)
{
    (void)arm;
    return answer->score / count_words(f->items->list[item].parts[PART_TEXT]);
}

static double tokens_of(const struct figures *f, size_t item, size_t arm,
                        const struct answer *answer)
{
    const struct name *question = &f->variants->questions.list[question_of(f, item, arm)];
    return answer->tokens ? answer->tokens / count_words(question_part(question, PART_TEXT))
                          : (double)NAN;
}

static bool has_same_label(const struct answer *x, const struct answer *y)
{
    return x->label == y->label;
}

static const char *ask_question(const isg_evaluate_options *o)
{
    return o->context_field
               ? "Read the passage and answer the question with a few words of the passage and "
                 "nothing else.\n\nPassage: {context}\nQuestion: {text}\nAnswer:"
               : "Answer the question with a few words and nothing else.\n\n"
                 "Question: {text}\nAnswer:";
}

static const char *ask_freely(const isg_evaluate_options *o)
{
    return o->context_field ? "{context}\n\n{text}" : "{text}";
}

static const char free_answer[] = "The model sees a request and answers it in words of its own.";

/* Of generate, by what judges its answers. */
static const struct metric {
    const char *name;
    struct task task;
} metrics[] = {
    {"refusal", {.name = "generate", .metric = "refusal rate", .second = "words an answer",
                 .kind = KIND_TEXT, .direction = LOWER_IS_BETTER, .is_rate = true,
                 .max_tokens = 256, .about = free_answer, .outcome = generate_refusal,
                 .second_outcome = generate_length, .ask = ask_freely}},
    {"length", {.name = "generate", .metric = "words an answer", .kind = KIND_TEXT,
                .direction = AS_THE_USER_SAYS, .has_threshold = true, .max_tokens = 256,
                .about = free_answer, .outcome = generate_length, .second_outcome = is_over,
                .ask = ask_freely}},
    {"language", {.name = "generate", .metric = "share in English", .second = "words an answer",
                  .kind = KIND_TEXT, .is_rate = true, .max_tokens = 256, .about = free_answer,
                  .outcome = generate_english, .second_outcome = generate_length,
                  .ask = ask_freely}},
};

enum { METRICS = sizeof metrics / sizeof *metrics };

/* By isg_evaluate_task. */
static const struct task tasks[] = {
    [ISG_TASK_CLASSIFY] = {
        .name = "classify", .metric = "accuracy", .second = "macro F1", .kind = KIND_LABEL,
        .wants_label = true, .is_rate = true, .max_tokens = 16, .outcome = is_right,
        .agrees = has_same_label,
        .about = "The model sees a text and answers with one of the labels of the data."},
    [ISG_TASK_SCORE] = {
        .name = "score", .metric = "mean score", .kind = KIND_NUMBER,
        .direction = AS_THE_USER_SAYS, .has_threshold = true, .max_tokens = 16,
        .outcome = score_of, .second_outcome = is_over,
        .about = "The model sees a text and answers with a number."},
    [ISG_TASK_LIKELIHOOD] = {
        .name = "likelihood", .metric = "nats per source word", .second = "tokens per word",
        .kind = KIND_NATS, .direction = LOWER_IS_BETTER, .max_tokens = 1, .outcome = nats_of,
        .second_outcome = tokens_of,
        .no_headline = "a dialect's text is rarer in what models read, so that it is less likely "
                       "to any of them: a difference is no harm",
        .about = "The model gives the probability of a text, token by token."},
    [ISG_TASK_QA] = {
        .name = "qa", .metric = "exact match", .second = "token F1", .kind = KIND_TEXT,
        .wants_label = true, .is_rate = true, .max_tokens = 64, .outcome = qa_exact_match,
        .second_outcome = qa_token_f1, .agrees = qa_agrees, .ask = ask_question,
        .about = "The model sees a question, with the passage if there is one, and answers in "
                 "words of its own."},
    [ISG_TASK_GENERATE] = {
        .name = "generate", .metric = "mean score", .kind = KIND_TEXT,
        .direction = AS_THE_USER_SAYS, .has_threshold = true, .max_tokens = 256,
        .about = free_answer, .outcome = scorer_outcome, .second_outcome = is_over,
        .ask = ask_freely},
    [ISG_TASK_PREFER] = {
        .name = "prefer", .metric = "share preferring the chosen answer",
        .second = "share of verdicts that turn with the order", .kind = KIND_CHOICE,
        .is_share = true, .max_tokens = 8, .outcome = prefer_outcome,
        .second_outcome = prefer_turns, .ask = prefer_ask,
        .about = "The model sees a request and two answers, in both orders, and says which answer "
                 "is better."},
    [ISG_TASK_MARK] = {
        .name = "mark", .metric = "slang told from none", .kind = KIND_TEXT, .label_field = "slang",
        .is_alone = true, .wants_label = true, .is_rate = true, .max_tokens = 64,
        .outcome = mark_is_right, .agrees = mark_agrees, .ask = mark_prompt,
        .about = "The model sees a text and says which of its words are slang."},
};

enum { TASKS = sizeof tasks / sizeof *tasks };

const struct task *task_of(const isg_evaluate_options *o)
{
    if (o->task == ISG_TASK_GENERATE && o->metric)
        for (size_t i = 0; i < METRICS; i++)
            if (!strcmp(o->metric, metrics[i].name))
                return &metrics[i].task;
    return &tasks[o->task];
}

bool task_has_metric(const isg_evaluate_options *o)
{
    return o->metric && (task_of(o) != &tasks[o->task] ||
                         (!strncmp(o->metric, "cmd:", 4) && o->metric[4]));
}

bool isg_evaluate_find_task(const char *name, isg_evaluate_task *task)
{
    for (size_t i = 0; i < TASKS; i++)
        if (!strcmp(tasks[i].name, name)) {
            *task = (isg_evaluate_task)i;
            return true;
        }
    return false;
}

const char *task_no_headline(const isg_evaluate_options *o)
{
    return o->label_changes ? "the labels may change with the variants" : task_of(o)->no_headline;
}

const char *task_metric(const isg_evaluate_options *o)
{
    return prefer_competes(o) ? "share preferring the variant" : task_of(o)->metric;
}

bool task_is_lower_better(const isg_evaluate_options *o)
{
    enum direction direction = task_of(o)->direction;
    return direction == LOWER_IS_BETTER || (direction == AS_THE_USER_SAYS && o->lower_is_better);
}

bool task_has_events(const isg_evaluate_options *o)
{
    return task_of(o)->is_rate || o->has_threshold;
}

double task_event(const isg_evaluate_options *o, double outcome)
{
    if (!task_of(o)->is_rate)
        return outcome > o->threshold;
    return task_is_lower_better(o) ? outcome : 1 - outcome;
}

double task_loss(const isg_evaluate_options *o, double outcome)
{
    if (task_is_lower_better(o))
        return outcome;
    return task_of(o)->is_rate || task_of(o)->is_share ? 1 - outcome : -outcome;
}

const char *task_second(const isg_evaluate_options *o)
{
    if (prefer_competes(o))
        return NULL; /* of an answer against itself no verdict can but turn */
    return o->has_threshold ? "share over the threshold" : task_of(o)->second;
}
