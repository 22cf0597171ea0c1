/* breakdown.c -- which features a gap comes from, and in which slices of the data it is larger.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdlib.h>

#include "evaluate/figures.h"
#include "evaluate/limits.h"
#include "evaluate/resample.h"

enum { FEATURES = 4096, FEW_ROWS = 5 };

static const struct stats_interval unknown = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};

/* The sparse matrix of a regression while it grows. */
struct matrix {
    uint32_t *starts, *features, *cluster;
    double *outcome;
    size_t rows, cells, room;
};

static struct feature_figures *feature_of(struct figures *f, unsigned id)
{
    for (size_t i = 0; i < f->feature_count; i++)
        if (f->features[i].id == id)
            return &f->features[i];
    if (f->feature_count == FEATURES)
        return NULL;
    f->features[f->feature_count] = (struct feature_figures){
        .id = id, .p = (double)NAN, .q = (double)NAN, .gap = unknown, .coefficient = unknown};
    return &f->features[f->feature_count++];
}

static bool is_repeated(const struct variant *v, uint32_t edit)
{
    for (uint32_t i = 0; i < edit; i++)
        if (v->edits[i].feature == v->edits[edit].feature)
            return true;
    return false;
}

/* Which features there are, and in how many items of an arm. */
static void list_features(struct figures *f)
{
    size_t arms = f->variants->arm_count - CONTROLS;
    bool *seen = calloc(FEATURES, sizeof *seen);
    for (size_t i = 0; seen && i < f->items->count; i++) {
        for (size_t a = 0; a < arms; a++) {
            const struct variant *v = variant_of(f->variants, i, a);
            for (uint32_t e = 0; e < v->edit_count && v->edits[e].feature; e++) {
                struct feature_figures *x = feature_of(f, v->edits[e].feature);
                if (x && !seen[x - f->features]) {
                    seen[x - f->features] = true;
                    x->items++;
                }
            }
        }
        for (size_t k = 0; k < f->feature_count; k++)
            seen[k] = false;
    }
    free(seen);
}

/* The figures of runs with one feature alone, on the items it changes. */
static void take_single_runs(struct figures *f)
{
    for (size_t a = f->variants->family; a < f->variants->arm_count - CONTROLS; a++) {
        unsigned id = 0;
        for (size_t i = 0; id == 0 && i < f->items->count; i++)
            if (variant_of(f->variants, i, a)->edit_count)
                id = variant_of(f->variants, i, a)->edits[0].feature;
        struct feature_figures *x = id ? feature_of(f, id) : NULL;
        if (!x || !isnan(x->p))
            continue;
        const struct comparison *c = &f->arms[a].sets[SET_CHANGED];
        x->items = c->n;
        x->gap = c->gap;
        x->p = c->p;
    }
}

static bool add_row(const struct figures *f, struct matrix *m, size_t item, size_t arm)
{
    const struct variant *v = variant_of(f->variants, item, arm);
    double difference = outcome_of(f, item, arm) - f->base[item];
    if (isnan(difference) || !v->changed)
        return true;
    if (m->cells + v->edit_count > m->room) {
        m->room = (m->cells + v->edit_count) * 2;
        uint32_t *more = realloc(m->features, m->room * sizeof *more);
        if (!more)
            return false;
        m->features = more;
    }
    for (uint32_t e = 0; e < v->edit_count; e++)
        for (size_t k = 0; k < f->feature_count; k++)
            if (f->features[k].id == v->edits[e].feature && !is_repeated(v, e))
                m->features[m->cells++] = (uint32_t)k;
    m->outcome[m->rows] = task_is_lower_better(f->o) ? difference : -difference;
    m->cluster[m->rows] = f->items->list[item].cluster;
    m->starts[++m->rows] = (uint32_t)m->cells;
    return true;
}

/* Coefficients of features, from the variants of dialects and slang (of some items, if there are
 * many). */
static bool regress(struct figures *f, struct matrix *m)
{
    size_t arms = f->variants->family, n = f->items->count * arms;
    size_t step = n / LIMIT_REGRESSION_ROWS + 1;
    struct stats_interval *found = calloc(f->feature_count + 1, sizeof *found);
    m->starts = calloc(n / step + arms + 2, sizeof *m->starts);
    m->outcome = calloc(n / step + arms + 2, sizeof *m->outcome);
    m->cluster = calloc(n / step + arms + 2, sizeof *m->cluster);
    bool ok = found && m->starts && m->outcome && m->cluster;
    for (size_t i = 0; ok && i < f->items->count; i += step)
        for (size_t a = 0; ok && a < arms; a++)
            ok = add_row(f, m, i, a);
    struct stats_rows rows = {m->starts, m->features, m->outcome, m->cluster, m->rows,
                              f->feature_count, f->clusters};
    struct stats_options o = f->stats;
    if (o.resamples > LIMIT_REGRESSION_RESAMPLES)
        o.resamples = LIMIT_REGRESSION_RESAMPLES;
    bool fits = ok && m->rows >= FEW_ROWS && f->feature_count > 0;
    ok = ok && (!fits || stats_regression(&rows, &o, found));
    for (size_t k = 0; fits && ok && k < f->feature_count; k++) {
        struct feature_figures *x = &f->features[k];
        if (x->items < FEW_ROWS)
            continue;
        x->coefficient = found[k];
        if (isnan(x->p) && found[k].error > 0)
            x->p = stats_normal_p(found[k].value / found[k].error);
    }
    free(found);
    return ok;
}

static int by_id(const void *a, const void *b)
{
    const struct feature_figures *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

bool figures_features(struct figures *f)
{
    struct matrix m = {0};
    f->features = calloc(FEATURES, sizeof *f->features);
    if (!f->features)
        return false;
    list_features(f);
    qsort(f->features, f->feature_count, sizeof *f->features, by_id);
    take_single_runs(f);
    bool ok = f->variants->family == 0 || regress(f, &m);
    free(m.starts);
    free(m.features);
    free(m.outcome);
    free(m.cluster);
    double *p = calloc(2 * f->feature_count + 1, sizeof *p);
    ok = ok && p;
    for (size_t k = 0; ok && k < f->feature_count; k++)
        p[k] = f->features[k].p;
    ok = ok && stats_benjamini_hochberg(p, f->feature_count, p + f->feature_count);
    for (size_t k = 0; ok && k < f->feature_count; k++)
        f->features[k].q = p[f->feature_count + k];
    free(p);
    return ok;
}

/* totals: sum of differences and items in the slice, the same outside. */
static double slice_difference(const double *totals, size_t width)
{
    return width == 4 && totals[1] > 0 && totals[3] > 0
               ? totals[0] / totals[1] - totals[2] / totals[3] : (double)NAN;
}

static bool add_slice(struct figures *f, struct resample *r, struct slice_figures *s)
{
    double *gap = resample_add(r, stats_mean, STATS_MEAN_WIDTH, &s->gap);
    double *difference = resample_add(r, slice_difference, 4, &s->difference);
    if (!gap || !difference)
        return false;
    for (size_t i = 0; i < f->items->count; i++) {
        double d = outcome_of(f, i, s->arm) - f->base[i];
        bool inside = f->items->list[i].slice == s->slice;
        uint32_t k = f->items->list[i].cluster;
        if (isnan(d))
            continue;
        difference[4 * k + (inside ? 0 : 2)] += d;
        difference[4 * k + (inside ? 1 : 3)]++;
        if (!inside)
            continue;
        s->n++;
        gap[2 * k] += d;
        gap[2 * k + 1]++;
    }
    return true;
}

bool figures_slices(struct figures *f)
{
    size_t slices = f->items->slices.count, arms = f->variants->arm_count - CONTROLS;
    struct resample r = {.clusters = f->clusters};
    f->slices = calloc(slices * arms + 1, sizeof *f->slices);
    if (!f->slices)
        return false;
    size_t least = f->o->minimum_slice ? f->o->minimum_slice : 20;
    bool ok = true;
    for (uint32_t s = 0; s < slices; s++) {
        size_t n = 0;
        for (size_t i = 0; i < f->items->count; i++)
            n += f->items->list[i].slice == s;
        for (size_t a = 0; n >= least && ok && a < arms; a++) {
            struct slice_figures *x = &f->slices[f->slice_count++];
            *x = (struct slice_figures){.slice = s, .arm = a};
            ok = add_slice(f, &r, x);
        }
        if (r.count > 256 || s + 1 == slices) {
            r.failed = r.failed || !ok;
            ok = resample_run(&r, &f->stats, f->o->jobs) && ok;
        }
    }
    for (size_t k = 0; k < f->slice_count; k++) {
        const struct stats_interval *d = &f->slices[k].difference;
        f->slices[k].p = d->error > 0 ? stats_normal_p(d->value / d->error) : (double)NAN;
    }
    return ok;
}
