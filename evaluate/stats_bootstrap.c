/* stats_bootstrap.c -- bias-corrected and accelerated bootstrap intervals over clusters. One draw
 * of clusters serves all tasks, so fifty arms cost fifty dot products, not fifty draws.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/random.h"
#include "evaluate/stats_rows.h"

enum { PURPOSE_DRAW = 1, WIDEST = 1024 };

/* How often each cluster is drawn in a replicate. */
static void draw(uint32_t *weights, size_t clusters, uint32_t replicate,
                 const struct stats_options *o)
{
    uint64_t first = (uint64_t)replicate * clusters;
    memset(weights, 0, clusters * sizeof *weights);
    for (size_t k = 0; k < clusters; k++) {
        uint32_t c = o->indices ? o->indices[first + k]
                                : random_below(random_at(o->seed, PURPOSE_DRAW, first + k),
                                               (uint32_t)clusters);
        weights[c < clusters ? c : 0]++;
    }
}

static double weighted(const struct stats_task *task, const struct stats_rows_of *rows,
                       const uint32_t *weights)
{
    double totals[WIDEST];
    stats_rows_total(rows, task->width, weights, totals);
    return task->value(totals, task->width);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* A third of the skewness of the jackknife values. */
static double acceleration(const struct stats_task *task, const double *totals, size_t clusters,
                           double *values)
{
    double rest[WIDEST], mean = 0, square = 0, cube = 0;
    size_t n = 0;
    for (size_t c = 0; c < clusters; c++) {
        const double *sums = task->sums + c * task->width;
        for (size_t k = 0; k < task->width; k++)
            rest[k] = totals[k] - sums[k];
        double value = task->value(rest, task->width);
        if (isnan(value))
            continue;
        values[n++] = value;
        mean += value;
    }
    mean /= n ? (double)n : 1;
    for (size_t i = 0; i < n; i++) {
        double d = mean - values[i];
        square += d * d;
        cube += d * d * d;
    }
    return square > 0 ? cube / (6 * pow(square, 1.5)) : 0;
}

/* The quantile of sorted values, between neighbours in proportion. */
static double quantile(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t i = (size_t)at;
    if (i + 1 >= n)
        return sorted[n - 1];
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

static double spread(const double *values, size_t n)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        mean += values[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        square += (values[i] - mean) * (values[i] - mean);
    return n > 1 ? sqrt(square / (double)(n - 1)) : 0;
}

/* The level at which a quantile is taken, corrected for bias and acceleration. */
static double corrected(double level, double bias, double a)
{
    double z = bias + stats_normal_quantile(level);
    return stats_normal_cdf(bias + z / (1 - a * z));
}

static void conclude(struct stats_task *task, double *replicates, size_t n, double a,
                     double confidence)
{
    struct stats_interval *out = &task->interval;
    double below = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(replicates[i]))
            replicates[kept++] = replicates[i];
    out->low = out->high = out->value;
    out->error = spread(replicates, kept);
    if (kept < 2 || isnan(out->value))
        return;
    for (size_t i = 0; i < kept; i++)
        below += replicates[i] < out->value ? 1 : replicates[i] == out->value ? 0.5 : 0;
    qsort(replicates, kept, sizeof *replicates, by_value);
    double share = below / (double)kept, edge = 0.5 / (double)kept;
    share = share < edge ? edge : share > 1 - edge ? 1 - edge : share;
    double bias = stats_normal_quantile(share), tail = (1 - confidence) / 2;
    out->low = quantile(replicates, kept, corrected(tail, bias, a));
    out->high = quantile(replicates, kept, corrected(1 - tail, bias, a));
}

/* The values of one task and its interval; replicates has room for them and the jackknife's. */
static void finish(struct stats_task *task, double *replicates, size_t clusters, double *jackknife,
                   const struct stats_options *o)
{
    double totals[WIDEST] = {0};
    for (size_t c = 0; c < clusters; c++)
        for (size_t k = 0; k < task->width; k++)
            totals[k] += task->sums[c * task->width + k];
    task->interval.value = task->value(totals, task->width);
    double a = acceleration(task, totals, clusters, jackknife);
    conclude(task, replicates, o->resamples, a, o->confidence);
}

bool stats_bootstrap(struct stats_task *tasks, size_t count, size_t clusters,
                     const struct stats_options *o)
{
    uint32_t *weights = calloc(clusters + 1, sizeof *weights);
    struct stats_rows_of *rows = calloc(count + 1, sizeof *rows);
    double *jackknife = calloc(clusters + 1, sizeof *jackknife);
    double *replicates = calloc(count * o->resamples + 1, sizeof *replicates);
    bool ok = weights && jackknife && replicates && rows;
    for (size_t t = 0; ok && t < count; t++)
        ok = stats_rows_make(&rows[t], &tasks[t], clusters);
    for (uint32_t r = 0; ok && r < o->resamples; r++) {
        draw(weights, clusters, r, o);
        for (size_t t = 0; t < count; t++)
            replicates[t * o->resamples + r] = weighted(&tasks[t], &rows[t], weights);
    }
    for (size_t t = 0; ok && t < count; t++)
        finish(&tasks[t], replicates + t * o->resamples, clusters, jackknife, o);
    for (size_t t = 0; rows && t < count; t++)
        stats_rows_clear(&rows[t]);
    free(rows);
    free(weights);
    free(jackknife);
    free(replicates);
    return ok;
}
