/* stats_test.c -- tests of paired differences, and what many of them at once ask for.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/stats.h"

#include <math.h>
#include <stdlib.h>

#include "evaluate/random.h"

enum { PURPOSE_FLIP = 2 };

double stats_mcnemar(uint32_t gains, uint32_t losses)
{
    uint32_t n = gains + losses, few = gains < losses ? gains : losses;
    double p = 0;
    if (n == 0)
        return 1;
    for (uint32_t k = 0; k <= few; k++)
        p += exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) - n * log(2.0));
    return 2 * p < 1 ? 2 * p : 1;
}

/* Two statistics are the same but for rounding. */
static bool reaches(double value, double observed)
{
    return value >= observed - 1e-9 * (fabs(observed) + 1e-12);
}

/* Length of the vector of an arm's differences; flips do not change it. */
static double length(const double *d, size_t n)
{
    double square = 0;
    for (size_t i = 0; i < n; i++)
        square += d[i] * d[i];
    return sqrt(square);
}

/* The differences of an arm that are not zero: others add nothing to a sum. */
struct nonzero {
    double *d;
    uint32_t *cluster;
    size_t n;
};

static void clear_nonzero(struct nonzero *arms, size_t count)
{
    for (size_t i = 0; arms && i < count; i++) {
        free(arms[i].d);
        free(arms[i].cluster);
    }
    free(arms);
}

/* NULL: out of memory. */
static struct nonzero *find_nonzero(const double *differences, size_t count, size_t clusters)
{
    struct nonzero *arms = calloc(count + 1, sizeof *arms);
    for (size_t i = 0; arms && i < count; i++) {
        const double *d = differences + i * clusters;
        size_t n = 0;
        for (size_t k = 0; k < clusters; k++)
            n += d[k] != 0;
        arms[i].d = calloc(n + 1, sizeof *arms[i].d);
        arms[i].cluster = calloc(n + 1, sizeof *arms[i].cluster);
        if (!arms[i].d || !arms[i].cluster) {
            clear_nonzero(arms, count);
            return NULL;
        }
        for (size_t k = 0; k < clusters; k++)
            if (d[k] != 0) {
                arms[i].d[arms[i].n] = d[k];
                arms[i].cluster[arms[i].n++] = (uint32_t)k;
            }
    }
    return arms;
}

static double studentised(const struct nonzero *arm, const double *signs, double length)
{
    double sum = 0;
    for (size_t i = 0; i < arm->n; i++)
        sum += signs ? signs[arm->cluster[i]] * arm->d[i] : arm->d[i];
    return length > 0 ? fabs(sum) / length : 0;
}

static void flip(double *signs, size_t clusters, uint32_t permutation, uint64_t seed)
{
    uint64_t words = clusters / 64 + 1, bits = 0;
    for (size_t i = 0; i < clusters; i++) {
        if (i % 64 == 0)
            bits = random_at(seed, PURPOSE_FLIP, permutation * words + i / 64);
        signs[i] = bits >> (i % 64) & 1 ? 1 : -1;
    }
}

/* Whether all patterns of signs are no more than the permutations asked for. */
static bool can_list(size_t clusters, uint32_t resamples)
{
    return clusters < 31 && (uint32_t)1 << clusters <= resamples;
}

static void list(double *signs, size_t clusters, uint32_t permutation)
{
    for (size_t i = 0; i < clusters; i++)
        signs[i] = permutation >> i & 1 ? -1 : 1;
}


bool stats_flip(const double *differences, size_t arms, size_t clusters,
                const struct stats_options *o, double *p, double *corrected)
{
    double *signs = calloc(clusters + 1, sizeof *signs);
    double *lengths = calloc(arms + 1, sizeof *lengths);
    double *observed = calloc(arms + 1, sizeof *observed);
    struct nonzero *found = find_nonzero(differences, arms, clusters);
    bool ok = signs && lengths && observed && found, all = can_list(clusters, o->resamples);
    uint32_t permutations = all ? (uint32_t)1 << clusters : o->resamples;
    double itself = all ? 0 : 1;
    for (size_t i = 0; ok && i < arms; i++) {
        const double *d = differences + i * clusters;
        lengths[i] = length(d, clusters);
        observed[i] = studentised(&found[i], NULL, lengths[i]);
        p[i] = itself;
        if (corrected)
            corrected[i] = itself;
    }
    for (uint32_t r = 0; ok && r < permutations; r++) {
        double most = 0;
        if (all)
            list(signs, clusters, r);
        else
            flip(signs, clusters, r, o->seed);
        for (size_t i = 0; i < arms; i++) {
            double t = studentised(&found[i], signs, lengths[i]);
            p[i] += reaches(t, observed[i]);
            most = t > most ? t : most;
        }
        for (size_t i = 0; corrected && i < arms; i++)
            corrected[i] += reaches(most, observed[i]);
    }
    for (size_t i = 0; ok && i < arms; i++) {
        p[i] /= permutations + itself;
        if (corrected)
            corrected[i] /= permutations + itself;
    }
    clear_nonzero(found, arms);
    free(signs);
    free(lengths);
    free(observed);
    return ok;
}

struct ranked {
    double p;
    size_t place;
};

static int by_p(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->p < y->p ? -1 : x->p > y->p;
}

bool stats_benjamini_hochberg(const double *p, size_t count, double *q)
{
    struct ranked *all = calloc(count + 1, sizeof *all);
    size_t n = 0;
    if (!all)
        return false;
    for (size_t i = 0; i < count; i++) {
        q[i] = NAN;
        if (!isnan(p[i]))
            all[n++] = (struct ranked){p[i], i};
    }
    qsort(all, n, sizeof *all, by_p);
    double least = 1;
    for (size_t i = n; i-- > 0;) {
        double value = all[i].p * (double)n / (double)(i + 1);
        least = value < least ? value : least;
        q[all[i].place] = least;
    }
    free(all);
    return true;
}
