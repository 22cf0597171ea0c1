/* stats.h -- the statistics of the evaluation: pure functions over arrays, no files, no text. What
 * each is and where it is from is in docs/evaluation.md.
 *
 * Data come as sums by cluster: items of one passage or author are one cluster, drawn, flipped and
 * left out together. A statistic is a function of the totals of such sums, so that a mean
 * difference, a ratio of rates and a macro F1 are resampled by the same code.
 *
 * All random numbers are by counter (random.h): equal input and seed give equal output. Functions
 * that can fail do so for want of memory only, and return false.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_STATS_H
#define EVALUATE_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- distributions (stats_power.c) ---- */

double stats_normal_cdf(double x);
/* The quantile of the standard normal distribution; 0 < p < 1. */
double stats_normal_quantile(double p);
/* Both tails of the standard normal distribution. */
double stats_normal_p(double z);

/* ---- statistics of totals (stats_statistic.c) ---- */

/* The value of a statistic from width totals; NaN where it is not defined. */
typedef double (*stats_value)(const double *totals, size_t width);

/* totals: sum of differences, number of items. */
double stats_mean(const double *totals, size_t width);
enum { STATS_MEAN_WIDTH = 2 };
/* totals: errors (or refusals) of the arm, its items, those of the base, its items. The logarithm
 * of the ratio of rates, with half an event added to each side (Walter 1975) so that it is always
 * defined. */
double stats_log_ratio(const double *totals, size_t width);
enum { STATS_RATIO_WIDTH = 4 };
/* totals: for each label true positives, false positives, false negatives of the arm, then the same
 * of the base (width = 6 times the labels). The difference of macro F1, over the labels that occur
 * in gold or answers of either. */
double stats_macro_f1_difference(const double *totals, size_t width);
/* Macro F1 of counts as above, of one side (width = 3 times the labels). */
double stats_macro_f1(const double *totals, size_t width);

/* ---- intervals (stats_bootstrap.c) ---- */

struct stats_interval {
    double value, low, high;
    double error; /* standard error: the spread of the replicates */
};

/* One statistic of one arm: sums[cluster * width ...]; interval is filled in. */
struct stats_task {
    const double *sums;
    size_t width;
    stats_value value;
    struct stats_interval interval;
};

struct stats_options {
    uint64_t seed;
    uint32_t resamples;      /* replicates or permutations; 10,000 is the custom */
    double confidence;       /* 0.95 */
    const uint32_t *indices; /* tests: resamples times clusters numbers of clusters drawn; NULL:
                                from the seed */
};

/* Bias-corrected and accelerated bootstrap intervals (Efron 1987), the clusters drawn with
 * replacement, in each replicate the same for all tasks. Where fewer than two clusters differ, or
 * the acceleration cannot be had, low and high are the value. */
bool stats_bootstrap(struct stats_task *tasks, size_t count, size_t clusters,
                     const struct stats_options *options);

/* ---- tests (stats_test.c) ---- */

/* Exact two-sided McNemar test of discordant pairs: gains one way, losses the other. */
double stats_mcnemar(uint32_t gains, uint32_t losses);

/* Paired permutation by sign flips of clusters, one for all arms, of studentised sums;
 * differences: arms times clusters. p: each arm alone; corrected: by the maximum over arms
 * (Westfall and Young 1993), NULL if not wanted. Two-sided. All permutations are taken where
 * there are no more of them than o->resamples asks for; else that many, and the data themselves
 * count as one more. */
bool stats_flip(const double *differences, size_t arms, size_t clusters,
                const struct stats_options *options, double *p, double *corrected);

/* q values of Benjamini and Hochberg 1995; NaN p values are left out and stay NaN. */
bool stats_benjamini_hochberg(const double *p, size_t count, double *q);

/* ---- power (stats_power.c) ---- */

/* The smallest difference of two paired proportions found with this power at level alpha
 * (two-sided), of n pairs of which a share is discordant (Connor 1987). Where it is larger than
 * that share, it is what a larger share, all one way, would show. NaN when there is none. */
double stats_detectable_proportion(double n, double discordance, double alpha, double power);
/* The same of a mean, from its standard error. */
double stats_detectable_mean(double error, double alpha, double power);

/* ---- correlation (stats_mantel.c) ---- */

struct stats_mantel {
    double r, p;
};

/* Mantel's test of two symmetric matrices of distances (n times n, row by row), two-sided, rows
 * of a permuted; with a third, the partial correlation given it (Smouse, Long and Sokal 1986).
 * NaN where a matrix does not vary. */
bool stats_mantel(const double *a, const double *b, const double *given, size_t n,
                  const struct stats_options *options, struct stats_mantel *result);

/* ---- regression (stats_regression.c) ---- */

/* Rows of a sparse 0/1 matrix: features[starts[i]] .. features[starts[i + 1]] are row i's. */
struct stats_rows {
    const uint32_t *starts, *features;
    const double *outcome;    /* by row: loss on the variant less loss on the source */
    const uint32_t *cluster;  /* by row */
    size_t rows, feature_count, clusters;
};

/* Ridge regression of the outcome on features present (no constant: nothing changed, nothing lost),
 * the penalty by cross-validation over clusters in ten folds, intervals by bootstrap of clusters.
 * out: feature_count of them. */
bool stats_regression(const struct stats_rows *rows, const struct stats_options *options,
                      struct stats_interval *out);

#endif
