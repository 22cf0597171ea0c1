/* stats_statistic.c -- statistics as functions of totals.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/stats.h"

#include <math.h>

double stats_mean(const double *totals, size_t width)
{
    (void)width;
    return totals[1] > 0 ? totals[0] / totals[1] : NAN;
}

double stats_log_ratio(const double *totals, size_t width)
{
    (void)width;
    if (!(totals[1] > 0 && totals[3] > 0))
        return NAN;
    return log((totals[0] + 0.5) / (totals[1] + 0.5)) - log((totals[2] + 0.5) / (totals[3] + 0.5));
}

/* Sum of F1 over the labels that occur, and how many these are. */
static double sum_f1(const double *counts, size_t labels, const double *other, size_t *occurring)
{
    double sum = 0;
    *occurring = 0;
    for (size_t i = 0; i < labels; i++) {
        const double *c = counts + 3 * i;
        double size = 2 * c[0] + c[1] + c[2];
        bool elsewhere = other && 2 * other[3 * i] + other[3 * i + 1] + other[3 * i + 2] > 0;
        if (size > 0)
            sum += 2 * c[0] / size;
        *occurring += size > 0 || elsewhere;
    }
    return sum;
}

double stats_macro_f1(const double *totals, size_t width)
{
    size_t labels;
    double sum = sum_f1(totals, width / 3, NULL, &labels);
    return labels > 0 ? sum / (double)labels : NAN;
}

double stats_macro_f1_difference(const double *totals, size_t width)
{
    const double *base = totals + width / 2;
    size_t labels;
    double arm = sum_f1(totals, width / 6, base, &labels);
    double was = sum_f1(base, width / 6, totals, &labels);
    return labels > 0 ? (arm - was) / (double)labels : NAN;
}
