/* prefer.c -- both orders of a pair to one preference.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/prefer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evaluate/figures.h"
#include "evaluate/task.h"

bool prefer_competes(const isg_evaluate_options *o)
{
    return o->task == ISG_TASK_PREFER && o->rewrite == ISG_REWRITE_REJECTED;
}

double prefer_read(const char *word)
{
    return !word                     ? (double)NAN
           : !strcasecmp(word, "a")   ? 1
           : !strcasecmp(word, "b")   ? 0
           : !strcasecmp(word, "tie") ? 0.5
                                      : (double)NAN;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

const char *prefer_find(const char *words, const char **flaw)
{
    bool a = false, b = false;
    for (const char *at = words; *at; at++) {
        bool alone = (at == words || !is_letter(at[-1])) && !is_letter(at[1]);
        a = a || (alone && *at == 'A');
        b = b || (alone && *at == 'B');
    }
    *flaw = a && b ? "an answer that names both" : a || b ? NULL : "neither A nor B";
    return *flaw ? NULL : a ? "a" : "b";
}

const char *prefer_scores(const json_t *scores)
{
    const json_t *a = json_array_get(scores, 0), *b = json_array_get(scores, 1);
    if (json_array_size(scores) != 2 || !json_is_number(a) || !json_is_number(b))
        return NULL;
    double difference = json_number_value(a) - json_number_value(b);
    return difference > 0 ? "a" : difference < 0 ? "b" : "tie";
}

/* The number of the same pair in the other order; NAMES_NONE: it was not asked. */
static uint32_t find_turned(const struct names *questions, uint32_t number)
{
    const struct name *question = &questions->list[number];
    const char *parts[PARTS];
    for (int p = 0; p < PARTS; p++)
        parts[p] = question_part(question, (enum part)p);
    parts[PART_A] = question_part(question, PART_B);
    parts[PART_B] = question_part(question, PART_A);
    return question_find(questions, parts, question->tag);
}

bool prefer_fold(struct ask *ask)
{
    size_t n = ask->questions->count;
    double *first = calloc(n + 1, sizeof *first);
    if (!first)
        return false;
    for (size_t i = 0; i < n; i++)
        first[i] = ask->answers[i].state == ANSWER_GIVEN ? ask->answers[i].score : (double)NAN;
    for (size_t i = 0; i < n; i++) {
        uint32_t turned = find_turned(ask->questions, (uint32_t)i);
        double second = turned == NAMES_NONE ? (double)NAN : 1 - first[turned];
        ask->answers[i].score = (first[i] + second) / 2;
        ask->answers[i].turns = (float)fabs(first[i] - second);
        ask->answers[i].first = (float)first[i];
    }
    free(first);
    return true;
}

double prefer_outcome(const struct figures *f, size_t item, size_t arm, const struct answer *answer)
{
    (void)item;
    (void)arm;
    return prefer_competes(f->o) ? 1 - answer->score : answer->score;
}

/* Whether the two answers of a question are the same, so that the order is all there is. */
static bool is_same_twice(const struct name *question)
{
    const char *a = question_part(question, PART_A), *b = question_part(question, PART_B);
    return !a || !b || !strcmp(a, b);
}

double prefer_turns(const struct figures *f, size_t item, size_t arm, const struct answer *answer)
{
    const struct name *question = &f->variants->questions.list[question_of(f, item, arm)];
    return is_same_twice(question) ? (double)NAN : (double)answer->turns;
}

const char *prefer_ask(const isg_evaluate_options *o)
{
    return o->context_field
               ? "Which answer to the request is better? Answer with A or B and nothing else.\n\n"
                 "Context: {context}\n\nRequest: {text}\n\nAnswer A: {a}\n\nAnswer B: {b}\n\n"
                 "Better answer:"
               : "Which answer to the request is better? Answer with A or B and nothing else.\n\n"
                 "Request: {text}\n\nAnswer A: {a}\n\nAnswer B: {b}\n\nBetter answer:";
}

json_t *prefer_position(const struct figures *f)
{
    double first = 0, turns = 0;
    size_t n = 0;
    if (f->o->task != ISG_TASK_PREFER)
        return json_null();
    for (size_t i = 0; i < f->ask->questions->count; i++) {
        const struct answer *answer = &f->ask->answers[i];
        if (answer->state != ANSWER_GIVEN || isnan(answer->score) ||
            is_same_twice(&f->ask->questions->list[i]))
            continue;
        first += answer->first;
        turns += answer->turns;
        n++;
    }
    if (n == 0)
        return json_null();
    return json_pack("{s:f, s:f, s:I}", "first", first / (double)n, "turns", turns / (double)n,
                     "pairs", (json_int_t)n / 2);
}
