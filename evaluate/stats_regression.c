/* stats_regression.c -- which features cost: ridge regression by liblinear (support vector
 * regression with squared loss and no tube is least squares with a penalty), the penalty chosen by
 * cross-validation over clusters, intervals by bootstrap of clusters.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/stats.h"

#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/random.h"

enum { PURPOSE_FOLD = 4, PURPOSE_REGRESSION = 5, FOLDS = 10 };

static const double penalties[] = {0.001, 0.01, 0.1, 1, 10, 100};

struct fit {
    const struct stats_rows *rows;
    struct feature_node *nodes;  /* of all rows, each ended by index -1 */
    struct feature_node **x;     /* by row of the matrix, where its nodes begin */
    struct feature_node **taken; /* those of a fit */
    double *y;
    double *weights; /* the model's */
};

static void be_quiet(const char *text)
{
    (void)text;
}

static bool fit_init(struct fit *f, const struct stats_rows *rows)
{
    size_t entries = rows->starts[rows->rows] + rows->rows;
    f->rows = rows;
    f->nodes = calloc(entries + 1, sizeof *f->nodes);
    f->x = calloc(rows->rows + 1, sizeof *f->x);
    f->taken = calloc(rows->rows * 4 + 1, sizeof *f->taken);
    f->y = calloc(rows->rows * 4 + 1, sizeof *f->y);
    f->weights = calloc(rows->feature_count + 1, sizeof *f->weights);
    if (!f->nodes || !f->x || !f->taken || !f->y || !f->weights)
        return false;
    struct feature_node *n = f->nodes;
    for (size_t i = 0; i < rows->rows; i++) {
        f->x[i] = n;
        for (uint32_t k = rows->starts[i]; k < rows->starts[i + 1]; k++)
            *n++ = (struct feature_node){(int)rows->features[k] + 1, 1};
        *n++ = (struct feature_node){-1, 0};
    }
    return true;
}

static void fit_clear(struct fit *f)
{
    free(f->nodes);
    free(f->x);
    free(f->taken);
    free(f->y);
    free(f->weights);
}

/* Fits the first n of the rows taken. */
static bool solve(struct fit *f, size_t n, double c)
{
    struct problem problem = {.l = (int)n, .n = (int)f->rows->feature_count, .y = f->y,
                              .x = f->taken, .bias = -1};
    struct parameter parameter = {.solver_type = L2R_L2LOSS_SVR, .eps = 1e-6, .C = c, .p = 0};
    memset(f->weights, 0, f->rows->feature_count * sizeof *f->weights);
    if (n == 0)
        return true;
    struct model *model = train(&problem, &parameter);
    if (!model)
        return false;
    for (int i = 0; i < model->nr_feature; i++)
        f->weights[i] = model->w[i];
    free_and_destroy_model(&model);
    return true;
}

static double predict_row(const struct fit *f, size_t row)
{
    double sum = 0;
    for (uint32_t k = f->rows->starts[row]; k < f->rows->starts[row + 1]; k++)
        sum += f->weights[f->rows->features[k]];
    return sum;
}

static uint32_t fold_of(const struct fit *f, size_t row, uint64_t seed)
{
    return random_below(random_at(seed, PURPOSE_FOLD, f->rows->cluster[row]), FOLDS);
}

/* The squared error of each penalty on clusters it has not seen; the least wins. */
static bool choose_penalty(struct fit *f, uint64_t seed, double *best)
{
    double least = INFINITY;
    for (size_t c = 0; c < sizeof penalties / sizeof *penalties; c++) {
        double error = 0;
        for (uint32_t fold = 0; fold < FOLDS; fold++) {
            size_t n = 0;
            for (size_t i = 0; i < f->rows->rows; i++)
                if (fold_of(f, i, seed) != fold) {
                    f->taken[n] = f->x[i];
                    f->y[n++] = f->rows->outcome[i];
                }
            if (!solve(f, n, penalties[c]))
                return false;
            for (size_t i = 0; i < f->rows->rows; i++)
                if (fold_of(f, i, seed) == fold) {
                    double d = f->rows->outcome[i] - predict_row(f, i);
                    error += d * d;
                }
        }
        if (error < least) {
            least = error;
            *best = penalties[c];
        }
    }
    return true;
}

/* Takes rows by how often their cluster was drawn. */
static size_t take(struct fit *f, uint32_t *drawn, uint32_t replicate,
                   const struct stats_options *o)
{
    const struct stats_rows *rows = f->rows;
    size_t n = 0;
    memset(drawn, 0, rows->clusters * sizeof *drawn);
    for (size_t k = 0; k < rows->clusters; k++)
        drawn[random_below(random_at(o->seed, PURPOSE_REGRESSION,
                                     (uint64_t)replicate * rows->clusters + k),
                           (uint32_t)rows->clusters)]++;
    for (size_t i = 0; i < rows->rows; i++)
        for (uint32_t k = 0; k < drawn[rows->cluster[i]] && n < rows->rows * 4; k++) {
            f->taken[n] = f->x[i];
            f->y[n++] = rows->outcome[i];
        }
    return n;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void conclude(struct stats_interval *out, double *values, uint32_t n, double confidence)
{
    double mean = 0, square = 0;
    for (uint32_t r = 0; r < n; r++)
        mean += values[r] / n;
    for (uint32_t r = 0; r < n; r++)
        square += (values[r] - mean) * (values[r] - mean);
    out->error = n > 1 ? sqrt(square / (n - 1)) : 0;
    qsort(values, n, sizeof *values, by_value);
    uint32_t cut = (uint32_t)((1 - confidence) / 2 * n);
    out->low = n ? values[cut] : out->value;
    out->high = n ? values[n - 1 - cut] : out->value;
}

static bool intervals(struct fit *f, double penalty, const struct stats_options *o,
                      struct stats_interval *out)
{
    size_t features = f->rows->feature_count;
    double *values = calloc(features * o->resamples + 1, sizeof *values);
    uint32_t *drawn = calloc(f->rows->clusters + 1, sizeof *drawn);
    bool ok = values && drawn;
    for (uint32_t r = 0; ok && r < o->resamples; r++) {
        ok = solve(f, take(f, drawn, r, o), penalty);
        for (size_t i = 0; i < features; i++)
            values[i * o->resamples + r] = f->weights[i];
    }
    for (size_t i = 0; ok && i < features; i++)
        conclude(&out[i], values + i * o->resamples, o->resamples, o->confidence);
    free(values);
    free(drawn);
    return ok;
}

bool stats_regression(const struct stats_rows *rows, const struct stats_options *o,
                      struct stats_interval *out)
{
    struct fit f = {0};
    double penalty = penalties[0];
    set_print_string_function(be_quiet);
    bool ok = fit_init(&f, rows) && choose_penalty(&f, o->seed, &penalty);
    for (size_t i = 0; ok && i < rows->rows; i++) {
        f.taken[i] = f.x[i];
        f.y[i] = rows->outcome[i];
    }
    ok = ok && solve(&f, rows->rows, penalty);
    for (size_t i = 0; ok && i < rows->feature_count; i++)
        out[i] = (struct stats_interval){f.weights[i], f.weights[i], f.weights[i], 0};
    ok = ok && intervals(&f, penalty, o, out);
    fit_clear(&f);
    return ok;
}
