/* stats_simulation.c -- do the statistics keep what they promise? Simulated models whose gap is known:
 * how often an interval covers it, how often models without a gap raise an alarm over 51 arms, how
 * often a gap of the size that is called detectable is found. Takes a minute: make check-long.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/random.h"
#include "evaluate/stats.h"

enum { ITEMS = 150, ARMS = 51, RUNS = 1000 };

static unsigned failures, count;

static void expect(bool right, const char *what, double value)
{
    count++;
    failures += !right;
    printf("%sok %u - %s: %.3f\n", right ? "" : "not ", count, what, value);
    fflush(stdout);
}

static double draw(uint64_t run, uint64_t stream, uint64_t place)
{
    return random_unit(random_at(1000 + run, stream, place));
}

static double normal(uint64_t run, uint64_t stream, uint64_t place)
{
    double u = draw(run, stream, place);
    return stats_normal_quantile(u > 1e-12 ? u : 1e-12);
}

/* An item that the base gets right in eight of ten cases; the arm loses a tenth of those and gains a
 * twentieth of the others: a gap of -.07. */
static double lost(uint64_t run, size_t item)
{
    bool right = draw(run, 1, item) < 0.8;
    double change = draw(run, 2, item);
    return right ? (change < 0.1 ? -1 : 0) : (change < 0.05 ? 1 : 0);
}

static const double planted = -0.8 * 0.1 + 0.2 * 0.05;

/* Coverage of 95 % intervals: an item a cluster. */
static void simulate_items(void)
{
    unsigned covered = 0;
    for (uint64_t run = 0; run < RUNS; run++) {
        double sums[ITEMS * 2];
        struct stats_options options = {run, 2000, 0.95, NULL};
        struct stats_task task = {.sums = sums, .width = STATS_MEAN_WIDTH, .value = stats_mean};
        for (size_t i = 0; i < ITEMS; i++) {
            sums[2 * i] = lost(run, i);
            sums[2 * i + 1] = 1;
        }
        stats_bootstrap(&task, 1, ITEMS, &options);
        covered += task.interval.low <= planted && planted <= task.interval.high;
    }
    double share = covered / (double)RUNS;
    expect(share >= 0.93 && share <= 0.97, "intervals of a difference of accuracy cover it", share);
}

/* Coverage where the items of one author share their luck: 60 clusters of one to eight items. */
static void simulate_clusters(void)
{
    enum { CLUSTERS = 60 };
    unsigned covered = 0, naive = 0;
    for (uint64_t run = 0; run < RUNS; run++) {
        static double sums[CLUSTERS * 2], items[CLUSTERS * 8 * 2];
        size_t n = 0;
        for (size_t c = 0; c < CLUSTERS; c++) {
            size_t size = 1 + (size_t)(draw(run, 3, c) * 8);
            double luck = 0.4 * normal(run, 4, c), sum = 0;
            for (size_t i = 0; i < size; i++, n++) {
                double d = 0.2 + luck + 0.3 * normal(run, 5, c * 8 + i);
                items[2 * n] = d;
                items[2 * n + 1] = 1;
                sum += d;
            }
            sums[2 * c] = sum;
            sums[2 * c + 1] = (double)size;
        }
        struct stats_options options = {run, 2000, 0.95, NULL};
        struct stats_task task = {.sums = sums, .width = STATS_MEAN_WIDTH, .value = stats_mean};
        stats_bootstrap(&task, 1, CLUSTERS, &options);
        covered += task.interval.low <= 0.2 && 0.2 <= task.interval.high;
        task.sums = items;
        options.resamples = 500;
        stats_bootstrap(&task, 1, n, &options);
        naive += task.interval.low <= 0.2 && 0.2 <= task.interval.high;
    }
    double share = covered / (double)RUNS, other = naive / (double)RUNS;
    expect(share >= 0.93 && share <= 0.97, "intervals over clusters cover it", share);
    expect(other < 0.85, "... and those that take items for independent do not", other);
}

/* No gap in any of 51 arms that share what is hard: corrected alarms. */
static void simulate_null(void)
{
    static double differences[ARMS * ITEMS], p[ARMS], corrected[ARMS];
    unsigned alarms = 0, single = 0;
    for (uint64_t run = 0; run < RUNS; run++) {
        struct stats_options options = {run, 500, 0.95, NULL};
        for (size_t i = 0; i < ITEMS; i++) {
            double shared = normal(run, 6, i);
            for (size_t a = 0; a < ARMS; a++) {
                double d = 0.7 * shared + 0.7 * normal(run, 7 + a, i);
                differences[a * ITEMS + i] = fabs(d) < 1.5 ? 0 : d < 0 ? -1 : 1;
            }
        }
        stats_flip(differences, ARMS, ITEMS, &options, p, corrected);
        bool one = false, any = false;
        for (size_t a = 0; a < ARMS; a++) {
            any = any || corrected[a] <= 0.05;
            one = one || p[a] <= 0.05;
        }
        alarms += any;
        single += one;
    }
    expect(alarms <= RUNS / 20, "runs without a gap that raise a corrected alarm",
           alarms / (double)RUNS);
    expect(single > RUNS / 5, "... and an uncorrected one", single / (double)RUNS);
}

/* A gap of the size called detectable, found by the exact test. */
static void simulate_power(double n, double discordance)
{
    double gap = stats_detectable_proportion(n, discordance, 0.05, 0.8);
    double up = (discordance + gap) / 2;
    unsigned found = 0;
    char what[120];
    for (uint64_t run = 0; run < RUNS; run++) {
        uint32_t gains = 0, losses = 0;
        for (uint64_t i = 0; i < (uint64_t)n; i++) {
            double u = draw(run, 100 + (uint64_t)n, i);
            gains += u < up;
            losses += u >= up && u < discordance;
        }
        found += stats_mcnemar(gains, losses) <= 0.05;
    }
    double share = found / (double)RUNS;
    snprintf(what, sizeof what, "a gap of %.3f among %.0f pairs, %.0f %% discordant, is found", gap,
             n, discordance * 100);
    expect(share >= 0.75 && share <= 0.85, what, share);
}

int main(void)
{
    simulate_items();
    simulate_clusters();
    simulate_null();
    simulate_power(150, 0.1);
    simulate_power(800, 0.2);
    simulate_power(2000, 0.15);
    printf("1..%u\n", count);
    return failures > 0;
}
