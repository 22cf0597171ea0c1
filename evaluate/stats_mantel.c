/* stats_mantel.c -- Mantel's test of matrices of distances, simple and partial.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/stats.h"

#include <math.h>
#include <stdlib.h>

#include "evaluate/random.h"

enum { PURPOSE_SHUFFLE = 3 };

/* Pearson's correlation of the upper triangles, rows and columns of a taken in some order. */
static double correlate(const double *a, const size_t *order, const double *b, size_t n)
{
    double pairs = (double)n * ((double)n - 1) / 2, ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            ma += a[i * n + k] / pairs;
            mb += b[i * n + k] / pairs;
        }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            double x = a[order[i] * n + order[k]] - ma, y = b[i * n + k] - mb;
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : NAN;
}

static double partial(double ab, double ac, double bc)
{
    double rest = (1 - ac * ac) * (1 - bc * bc);
    return rest > 1e-12 ? (ab - ac * bc) / sqrt(rest) : NAN;
}

static double statistic(const double *a, const size_t *order, const double *b, const double *given,
                        size_t n)
{
    double ab = correlate(a, order, b, n);
    if (!given)
        return ab;
    size_t *same = calloc(n + 1, sizeof *same);
    for (size_t i = 0; same && i < n; i++)
        same[i] = i;
    double r = NAN;
    if (same)
        r = partial(ab, correlate(a, order, given, n), correlate(b, same, given, n));
    free(same);
    return r;
}

/* Fisher and Yates's shuffle. */
static void shuffle(size_t *order, size_t n, uint32_t permutation, uint64_t seed)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        uint64_t number = random_at(seed, PURPOSE_SHUFFLE, (uint64_t)permutation * n + i);
        size_t k = random_below(number, (uint32_t)i), old = order[i - 1];
        order[i - 1] = order[k];
        order[k] = old;
    }
}

bool stats_mantel(const double *a, const double *b, const double *given, size_t n,
                  const struct stats_options *o, struct stats_mantel *result)
{
    size_t *order = calloc(n + 1, sizeof *order);
    if (!order)
        return false;
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    result->r = statistic(a, order, b, given, n);
    result->p = NAN;
    if (!isnan(result->r)) {
        double reached = 1;
        for (uint32_t r = 0; r < o->resamples; r++) {
            shuffle(order, n, r, o->seed);
            reached += fabs(statistic(a, order, b, given, n)) >= fabs(result->r) - 1e-12;
        }
        result->p = reached / (o->resamples + 1.0);
    }
    free(order);
    return true;
}
