/* stats_power.c -- the normal distribution, and which differences a sample of a size can find.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/stats.h"

#include <math.h>

double stats_normal_cdf(double x)
{
    return 0.5 * erfc(-x * 0.70710678118654752440);
}

double stats_normal_p(double z)
{
    return erfc(fabs(z) * 0.70710678118654752440);
}

/* By bisection and then Newton's method on the tail: no table of constants to get wrong. */
double stats_normal_quantile(double p)
{
    if (!(p > 0 && p < 1))
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    if (p > 0.5)
        return -stats_normal_quantile(1 - p);
    double low = -40, high = 0;
    for (int i = 0; i < 60; i++) {
        double middle = 0.5 * (low + high);
        if (stats_normal_cdf(middle) < p)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* Pairs needed to find a difference d among a share of discordant pairs; it takes at least d. */
static double pairs_needed(double d, double discordance, double za, double zb)
{
    if (discordance < d)
        discordance = d;
    double root = za * sqrt(discordance) + zb * sqrt(discordance - d * d);
    return root * root / (d * d);
}

double stats_detectable_proportion(double n, double discordance, double alpha, double power)
{
    double za = stats_normal_quantile(1 - alpha / 2), zb = stats_normal_quantile(power);
    if (!(n > 0 && discordance > 0 && discordance <= 1) || pairs_needed(1, 1, za, zb) > n)
        return NAN;
    double low = 0, high = 1;
    for (int i = 0; i < 60; i++) {
        double middle = 0.5 * (low + high);
        if (pairs_needed(middle, discordance, za, zb) > n)
            low = middle;
        else
            high = middle;
    }
    return high;
}

double stats_detectable_mean(double error, double alpha, double power)
{
    return error * (stats_normal_quantile(1 - alpha / 2) + stats_normal_quantile(power));
}
