/* scorer.c -- asks a program for the scores of answers; makes the pairs that try a metric.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/scorer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/fail.h"
#include "evaluate/resample.h"

enum { PAIRS = 200 };

static const char *const names_of_parts[PARTS] = {"text", "answer"};

/* The text of an item stands for itself in all arms, so that the program judges answers and not
 * the wording of questions. */
static uint32_t add_question(struct scorer *s, const struct item *item, const char *answer)
{
    const char *parts[PARTS] = {item->parts[PART_TEXT], answer};
    return question_add(&s->questions, parts, 0);
}

static bool add_answer(struct scorer *s, const struct figures *f, size_t item, size_t arm)
{
    const struct answer *answer = answer_of(f, item, arm);
    return answer->state != ANSWER_GIVEN ||
           add_question(s, &f->items->list[item], answer->text) != NAMES_NONE;
}

static bool add_questions(struct scorer *s, const struct figures *f)
{
    bool ok = true;
    for (size_t i = 0; ok && i < f->items->count; i++) {
        ok = add_answer(s, f, i, SOURCE_ARM);
        for (size_t a = 0; ok && a < f->variants->arm_count; a++)
            ok = variant_of(f->variants, i, a)->excluded || add_answer(s, f, i, a);
    }
    for (size_t k = 0; ok && k < s->pair_count; k++)
        ok = add_question(s, &f->items->list[s->pairs[k].item], s->pairs[k].text) != NAMES_NONE;
    return ok;
}

/* Puts the answer to an item's source into a dialect; kept if that changes it. */
static isg_status make_pair(struct scorer *s, const struct figures *f, isg_document *document,
                            size_t item, size_t arm, isg_error *error)
{
    const char *id = f->items->list[item].id, *text = answer_of(f, item, SOURCE_ARM)->text;
    isg_request request = {.seed = f->o->seed, .key = id, .key_length = strlen(id)};
    size_t length;
    isg_status status = isg_document_analyse(document, text, strlen(text), NULL, error);
    if (status == ISG_OK)
        status = isg_document_rewrite(document, f->variants->arms[arm].profile, &request, error);
    if (status != ISG_OK || isg_document_edit_count(document) == 0)
        return status;
    const char *rewritten = isg_document_text(document, &length);
    s->pairs[s->pair_count] = (struct scorer_pair){item, strndup(rewritten, length)};
    return s->pairs[s->pair_count++].text ? ISG_OK : fail_memory(error);
}

/* Answers to some sources, evenly chosen, in the dialects in turn. */
static isg_status make_pairs(struct scorer *s, const struct figures *f, isg_error *error)
{
    size_t dialects = f->variants->dialects, step = f->items->count / PAIRS + 1, turn = 0;
    isg_document *document = NULL;
    s->pairs = calloc(f->items->count / step + 1, sizeof *s->pairs);
    if (!s->pairs)
        return fail_memory(error);
    isg_status status = isg_document_new(f->engine, &document, error);
    for (size_t i = 0; status == ISG_OK && dialects && i < f->items->count; i += step)
        if (answer_of(f, i, SOURCE_ARM)->state == ANSWER_GIVEN)
            status = make_pair(s, f, document, i, turn++ % dialects, error);
    isg_document_free(document);
    return status;
}

isg_status scorer_make(struct scorer *s, const struct figures *f, isg_error *error)
{
    const isg_evaluate_options *o = f->o;
    isg_status status = make_pairs(s, f, error);
    if (status != ISG_OK || strncmp(o->metric, "cmd:", 4))
        return status;
    s->o = (isg_evaluate_options){.task = ISG_TASK_SCORE, .model = o->metric, .cache = o->cache,
                                  .timeout = o->timeout, .progress = o->progress,
                                  .progress_context = o->progress_context, .stop = o->stop};
    s->ask = (struct ask){.o = &s->o, .questions = &s->questions, .labels = &f->items->labels,
                          .part_names = names_of_parts};
    if (f->ask->stopped && o->partial)
        s->ask.stops = *o->stop;
    if (!add_questions(s, f))
        return fail_memory(error);
    s->ask.answers = calloc(s->questions.count + 1, sizeof *s->ask.answers);
    return s->ask.answers ? ask_all(&s->ask, error) : fail_memory(error);
}

void scorer_clear(struct scorer *s)
{
    for (size_t k = 0; k < s->pair_count; k++)
        free(s->pairs[k].text);
    free(s->pairs);
    if (s->ask.answers)
        ask_clear(&s->ask);
    names_clear(&s->questions);
    *s = (struct scorer){0};
}

double scorer_outcome(const struct figures *f, size_t item, size_t arm, const struct answer *a)
{
    (void)arm;
    const char *parts[PARTS] = {f->items->list[item].parts[PART_TEXT], a->text};
    uint32_t n = question_find(&f->scorer->questions, parts, 0);
    const struct answer *score = n == NAMES_NONE ? NULL : &f->scorer->ask.answers[n];
    return score && score->state == ANSWER_GIVEN ? score->score : (double)NAN;
}

bool figures_scorer(struct figures *f)
{
    const struct scorer *s = f->scorer;
    struct resample r = {.clusters = f->clusters};
    f->own = (struct own_gap){.gap = {(double)NAN, (double)NAN, (double)NAN, (double)NAN}};
    double *sums = s ? resample_add(&r, stats_mean, STATS_MEAN_WIDTH, &f->own.gap) : NULL;
    for (size_t k = 0; sums && k < s->pair_count; k++) {
        size_t item = s->pairs[k].item;
        struct answer after = {.state = ANSWER_GIVEN, .text = s->pairs[k].text};
        double x = f->base[item], y = task_of(f->o)->outcome(f, item, SOURCE_ARM, &after);
        if (isnan(x) || isnan(y))
            continue;
        f->own.pairs++;
        f->own.standard += x;
        f->own.variant += y;
        sums[2 * f->items->list[item].cluster] += y - x;
        sums[2 * f->items->list[item].cluster + 1]++;
    }
    f->own.standard /= f->own.pairs ? (double)f->own.pairs : (double)NAN;
    f->own.variant /= f->own.pairs ? (double)f->own.pairs : (double)NAN;
    bool ok = !s || (sums && resample_run(&r, &f->stats, f->o->jobs));
    if (f->own.pairs == 0)
        f->own.gap.value = (double)NAN;
    return ok;
}
