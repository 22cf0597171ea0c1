/* figures.c -- outcomes of items and arms, and the figures that need no resampling.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/figures.h"

#include <math.h>
#include <stdlib.h>

#include "evaluate/density.h"
#include "evaluate/scorer.h"

enum { RATINGS = 235, FEW_DIALECTS = 4, SOME_ANSWERS = 200 };

static double outcome(const struct figures *f, size_t item, size_t arm)
{
    const struct answer *answer = answer_of(f, item, arm);
    return answer->state == ANSWER_GIVEN ? task_of(f->o)->outcome(f, item, arm, answer)
                                         : (double)NAN;
}

static double distance_of(const isg_dialect_info *dialect)
{
    unsigned sum = 0, n = 0;
    for (int i = 0; i < RATINGS; i++)
        if (dialect->ratings[i] >= 'A' && dialect->ratings[i] <= 'D') {
            sum += (unsigned)('D' - dialect->ratings[i]);
            n++;
        }
    return n ? sum / (3.0 * n) : (double)NAN;
}

static bool take_outcomes(struct figures *f)
{
    size_t n = f->items->count, arms = f->variants->arm_count;
    f->base = calloc(n, sizeof *f->base);
    f->outcome = calloc(n * arms, sizeof *f->outcome);
    f->arms = calloc(arms, sizeof *f->arms);
    if (!f->base || !f->outcome || !f->arms)
        return false;
    for (size_t i = 0; i < n; i++) {
        f->base[i] = outcome(f, i, SOURCE_ARM);
        for (size_t a = 0; a < arms; a++) {
            const struct variant *v = variant_of(f->variants, i, a);
            f->outcome[a * n + i] = v->excluded ? (double)NAN : outcome(f, i, a);
            for (int p = 0; p < PARTS && !v->excluded; p++)
                if (f->variants->arms[a].rewrite & 1u << p)
                    f->arms[a].words += f->variants->words[i][p];
            f->arms[a].edits += v->excluded ? 0 : v->edit_count;
            f->arms[a].changed += v->changed;
        }
    }
    for (size_t a = 0; a < arms; a++) {
        const struct arm *arm = &f->variants->arms[a];
        f->arms[a].density = f->arms[a].words ? 100.0 * (double)f->arms[a].edits /
                                                    (double)f->arms[a].words : 0;
        f->arms[a].distance = arm->kind == ARM_DIALECT ? distance_of(&arm->dialect) : (double)NAN;
    }
    return true;
}

/* The smallest gap that could be found, from what was seen: discordant pairs of dialects, or the
 * errors of their gaps. Clusters, not items, are what counts. */
static void find_detectable(struct figures *f)
{
    size_t arms = variants_compared(f->variants);
    f->discordance = f->mde_single = f->mde_corrected = (double)NAN;
    if (arms == 0)
        return;
    double pairs = 0, different = 0, error = 0;
    for (size_t a = 0; a < arms; a++) {
        error += f->arms[a].sets[SET_ALL].gap.error / (double)arms;
        for (size_t i = 0; i < f->items->count; i++) {
            double x = f->base[i], y = outcome_of(f, i, a);
            if (isnan(x) || isnan(y))
                continue;
            pairs++;
            different += x != y;
        }
    }
    double corrected = f->alpha / (double)arms;
    if (!task_of(f->o)->is_rate) {
        f->discordance = (double)NAN;
        f->mde_single = stats_detectable_mean(error, f->alpha, 0.8);
        f->mde_corrected = stats_detectable_mean(error, corrected, 0.8);
        return;
    }
    f->discordance = different > 0 ? different / pairs : 0.1;
    double n = (double)f->clusters;
    f->mde_single = stats_detectable_proportion(n, f->discordance, f->alpha, 0.8);
    f->mde_corrected = stats_detectable_proportion(n, f->discordance, corrected, 0.8);
}

bool figures_distance(struct figures *f)
{
    size_t n = f->variants->dialects;
    f->mantel = f->partial = (struct stats_mantel){(double)NAN, (double)NAN};
    if (n < FEW_DIALECTS)
        return true;
    double *m = calloc(3 * n * n, sizeof *m);
    if (!m)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            const struct arm_figures *x = &f->arms[i], *y = &f->arms[k];
            m[i * n + k] = fabs(x->sets[SET_ALL].gap.value - y->sets[SET_ALL].gap.value);
            m[n * n + i * n + k] = fabs(x->distance - y->distance);
            m[2 * n * n + i * n + k] = fabs(x->density - y->density);
        }
    f->mantel_n = n;
    bool ok = stats_mantel(m, m + n * n, NULL, n, &f->stats, &f->mantel) &&
              stats_mantel(m, m + n * n, m + 2 * n * n, n, &f->stats, &f->partial);
    free(m);
    return ok;
}

/* Marks and words of a question's answer, counted once; marks UINT32_MAX: not yet. */
struct counted {
    uint32_t marks, words;
};

static isg_status add_answer(const struct figures *f, struct density *density,
                             struct counted *counted, uint32_t question, struct answers_figures *x)
{
    const struct answer *answer = &f->ask->answers[question];
    struct counted *c = &counted[question];
    size_t marks = 0, words = 0;
    if (answer->state != ANSWER_GIVEN)
        return ISG_OK;
    if (c->words == 0) {
        isg_status status = density_add(density, answer->text, &marks, &words, NULL);
        if (status != ISG_OK)
            return status;
        *c = (struct counted){(uint32_t)marks, (uint32_t)words};
    }
    x->n++;
    x->words += c->words;
    x->marks += c->marks;
    return ISG_OK;
}

static void finish_answers(struct answers_figures *x)
{
    x->marks = x->words > 0 ? 100 * x->marks / x->words : (double)NAN;
    x->words = x->n ? x->words / (double)x->n : (double)NAN;
}

/* Of some items, evenly chosen: the analysis of every answer would take longer than all else. */
bool figures_answers(struct figures *f)
{
    size_t step = f->items->count / SOME_ANSWERS + 1;
    bool has_words = task_of(f->o)->kind == KIND_TEXT;
    struct density *density = NULL;
    struct counted *counted = calloc(f->ask->questions->count + 1, sizeof *counted);
    isg_status status = counted ? ISG_OK : ISG_NOMEM;
    if (status == ISG_OK && has_words)
        status = density_open(f->engine, &density, NULL);
    for (size_t i = 0; status == ISG_OK && has_words && i < f->items->count; i += step) {
        status = add_answer(f, density, counted, question_of(f, i, SOURCE_ARM), &f->answers);
        for (size_t a = 0; status == ISG_OK && a < f->variants->arm_count; a++)
            if (!variant_of(f->variants, i, a)->excluded)
                status = add_answer(f, density, counted, question_of(f, i, a),
                                    &f->arms[a].answers);
    }
    density_close(density);
    free(counted);
    finish_answers(&f->answers);
    for (size_t a = 0; a < f->variants->arm_count; a++)
        finish_answers(&f->arms[a].answers);
    return status == ISG_OK;
}

bool figures_make(struct figures *f)
{
    f->clusters = f->items->clusters.count;
    f->stats = (struct stats_options){
        .seed = f->o->seed, .resamples = f->o->resamples ? f->o->resamples : 10000,
        .confidence = f->o->confidence > 0 ? f->o->confidence : 0.95};
    f->alpha = 1 - f->stats.confidence;
    if (!take_outcomes(f) || !figures_compare(f))
        return false;
    find_detectable(f);
    return figures_features(f) && figures_slices(f) && figures_distance(f) && figures_scorer(f) &&
           figures_answers(f);
}

void figures_clear(struct figures *f)
{
    free(f->base);
    free(f->outcome);
    free(f->arms);
    free(f->features);
    free(f->slices);
    *f = (struct figures){0};
}
