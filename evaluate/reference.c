/* reference.c -- reference pairs: their questions, and the gap they show.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/fail.h"
#include "evaluate/resample.h"
#include "evaluate/result.h"
#include "evaluate/task.h"

static bool is_wanted(const isg_evaluate_options *o)
{
    return o->reference && task_of(o)->kind == KIND_NUMBER && !o->context_field;
}

isg_status reference_add(struct reference *r, const isg_evaluate_options *o,
                         struct names *questions, isg_error *error)
{
    if (!is_wanted(o))
        return ISG_OK;
    isg_evaluate_options pairs = {.path = o->reference, .task = ISG_TASK_SCORE, .are_pairs = true,
                                  .input_field = "standard", .parallel_field = "variant"};
    isg_status status = items_read(&r->pairs, &pairs, error);
    if (status != ISG_OK)
        return status;
    size_t n = r->pairs.count;
    r->standard = calloc(n + 1, sizeof *r->standard);
    r->variant = calloc(n + 1, sizeof *r->variant);
    bool ok = r->standard && r->variant;
    for (size_t i = 0; ok && i < n; i++) {
        const char *standard[PARTS] = {r->pairs.list[i].parts[PART_TEXT]};
        const char *variant[PARTS] = {r->pairs.list[i].parallel};
        r->standard[i] = question_add(questions, standard, 0);
        r->variant[i] = question_add(questions, variant, 0);
        ok = r->standard[i] != NAMES_NONE && r->variant[i] != NAMES_NONE;
    }
    return ok ? ISG_OK : fail_memory(error);
}

void reference_clear(struct reference *r)
{
    items_clear(&r->pairs);
    free(r->standard);
    free(r->variant);
    *r = (struct reference){0};
}

static double score(const struct ask *ask, uint32_t question)
{
    const struct answer *answer = &ask->answers[question];
    return answer->state == ANSWER_GIVEN ? answer->score : (double)NAN;
}

/* Mean scores of the pairs of a variety (NAMES_NONE: of all), both of which were answered. */
static size_t average(const struct reference *r, const struct ask *ask, uint32_t variety,
                      double means[2])
{
    size_t n = 0;
    means[0] = means[1] = 0;
    for (size_t i = 0; i < r->pairs.count; i++) {
        double x = score(ask, r->standard[i]), y = score(ask, r->variant[i]);
        bool wanted = variety == NAMES_NONE || r->pairs.list[i].variety == variety;
        if (!wanted || isnan(x) || isnan(y))
            continue;
        means[0] += x;
        means[1] += y;
        n++;
    }
    for (int k = 0; k < 2; k++)
        means[k] = n ? means[k] / (double)n : (double)NAN;
    return n;
}

static json_t *make_varieties(const struct reference *r, const struct ask *ask)
{
    json_t *list = json_array();
    double means[2];
    for (uint32_t k = 0; k < r->pairs.varieties.count; k++) {
        size_t n = average(r, ask, k, means);
        json_array_append_new(list, json_pack("{s:s, s:I, s:o}", "variety",
                                              r->pairs.varieties.list[k].text, "pairs",
                                              (json_int_t)n, "gap",
                                              result_number(means[1] - means[0])));
    }
    return list;
}

json_t *reference_result(const struct reference *r, const struct ask *ask,
                         const struct stats_options *stats)
{
    size_t n = r->pairs.count, clusters = r->pairs.clusters.count;
    struct stats_interval gap = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    struct resample resample = {.clusters = clusters};
    double means[2], p = (double)NAN;
    if (n == 0)
        return json_null();
    double *flips = calloc(clusters + 1, sizeof *flips);
    double *sums = resample_add(&resample, stats_mean, STATS_MEAN_WIDTH, &gap);
    for (size_t i = 0; flips && sums && i < n; i++) {
        double difference = score(ask, r->variant[i]) - score(ask, r->standard[i]);
        uint32_t k = r->pairs.list[i].cluster;
        if (isnan(difference))
            continue;
        sums[2 * k] += difference;
        sums[2 * k + 1]++;
        flips[k] += difference;
    }
    size_t answered = average(r, ask, NAMES_NONE, means);
    resample.failed = resample.failed || !flips;
    bool ok = resample_run(&resample, stats, 1);
    ok = ok && (answered == 0 || stats_flip(flips, 1, clusters, stats, &p, NULL));
    free(flips);
    if (!ok)
        return NULL;
    return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "pairs", (json_int_t)n,
                     "answered", (json_int_t)answered, "standard", result_number(means[0]),
                     "variant", result_number(means[1]), "gap",
                     result_number(answered ? gap.value : (double)NAN), "low",
                     result_number(answered ? gap.low : (double)NAN), "high",
                     result_number(answered ? gap.high : (double)NAN), "p", result_number(p),
                     "varieties", make_varieties(r, ask));
}
