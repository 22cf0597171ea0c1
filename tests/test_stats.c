/* test_stats.c -- the statistics of the evaluation against scipy and statsmodels, by the numbers that
 * stats_reference.py recorded, and by what must hold of them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "evaluate/random.h"
#include "evaluate/stats.h"

enum { MOST = 20000, CLUSTERS = 40, RESAMPLES = 400 };

static FILE *reference;

static int open_reference(void **state)
{
    const char *root = getenv("srcdir");
    char path[1024];
    (void)state;
    snprintf(path, sizeof path, "%s/tests/stats_reference.txt", root && root[0] ? root : ".");
    reference = fopen(path, "r");
    return reference ? 0 : -1;
}

static int close_reference(void **state)
{
    (void)state;
    fclose(reference);
    return 0;
}

/* The numbers of the k-th line of a name; how many. */
static size_t numbers(const char *name, unsigned k, double *out)
{
    static char line[1 << 20];
    size_t length = strlen(name), n = 0;
    rewind(reference);
    while (fgets(line, sizeof line, reference)) {
        if (strncmp(line, name, length) != 0 || line[length] != ' ' || k-- > 0)
            continue;
        for (char *at = line + length, *end;; at = end) {
            double x = strtod(at, &end);
            if (end == at)
                return n;
            assert_true(n < MOST);
            out[n++] = x;
        }
    }
    return 0;
}

static double number(const char *name, unsigned k, unsigned i)
{
    static double all[MOST];
    assert_true(i < numbers(name, k, all));
    return all[i];
}

/* To three digits, as a reader of a report sees them, and far better. */
static void near(double got, double wanted, double tolerance)
{
    if (!(fabs(got - wanted) <= tolerance * (1 + fabs(wanted))))
        fail_msg("%.10g is not %.10g", got, wanted);
}

static struct stats_options recorded(void)
{
    static double all[MOST];
    static uint32_t indices[CLUSTERS * RESAMPLES];
    assert_int_equal(numbers("indices", 0, all), CLUSTERS * RESAMPLES);
    for (size_t i = 0; i < CLUSTERS * RESAMPLES; i++)
        indices[i] = (uint32_t)all[i];
    return (struct stats_options){1, RESAMPLES, 0.95, indices};
}

static void compare(const char *name, const double *sums, size_t width, stats_value value)
{
    struct stats_options options = recorded();
    struct stats_task task = {.sums = sums, .width = width, .value = value};
    assert_true(stats_bootstrap(&task, 1, CLUSTERS, &options));
    near(task.interval.value, number(name, 0, 0), 1e-8);
    near(task.interval.low, number(name, 0, 1), 1e-8);
    near(task.interval.high, number(name, 0, 2), 1e-8);
    near(task.interval.error, number(name, 0, 3), 1e-8);
}

static void test_bootstrap(void **state)
{
    double d[CLUSTERS], size[CLUSTERS], arm[CLUSTERS], base[CLUSTERS];
    double ones[CLUSTERS * 2], sums[CLUSTERS * 2], rates[CLUSTERS * 4];
    (void)state;
    numbers("difference", 0, d);
    numbers("size", 0, size);
    numbers("arm", 0, arm);
    numbers("base", 0, base);
    for (size_t i = 0; i < CLUSTERS; i++) {
        ones[2 * i] = sums[2 * i] = d[i];
        ones[2 * i + 1] = 1;
        sums[2 * i + 1] = size[i];
        memcpy(rates + 4 * i, (double[]){arm[i], size[i], base[i], size[i]}, 4 * sizeof(double));
    }
    compare("mean", ones, STATS_MEAN_WIDTH, stats_mean);
    compare("cluster_mean", sums, STATS_MEAN_WIDTH, stats_mean);
    compare("log_ratio", rates, STATS_RATIO_WIDTH, stats_log_ratio);
}

/* Several tasks give what each gives alone; nothing varying gives no interval; no items, no value. */
static void test_bootstrap_edges(void **state)
{
    struct stats_options options = {7, 500, 0.95, NULL};
    double same[6] = {1, 1, 1, 1, 1, 1}, none[6] = {0}, some[6] = {0, 1, 1, 1, -1, 1};
    struct stats_task three[3] = {{.sums = same, .width = 2, .value = stats_mean},
                                  {.sums = none, .width = 2, .value = stats_mean},
                                  {.sums = some, .width = 2, .value = stats_mean}};
    struct stats_task alone = three[2];
    (void)state;
    assert_true(stats_bootstrap(three, 3, 3, &options));
    assert_true(stats_bootstrap(&alone, 1, 3, &options));
    assert_memory_equal(&alone.interval, &three[2].interval, sizeof alone.interval);
    near(three[0].interval.low, 1, 0);
    near(three[0].interval.high, 1, 0);
    assert_true(isnan(three[1].interval.value) && isnan(three[1].interval.low));
    assert_true(three[2].interval.low < 0 && three[2].interval.high > 0);
    options.seed = 8;
    assert_true(stats_bootstrap(&alone, 1, 3, &options));
    assert_true(alone.interval.error != three[2].interval.error);
}

static void test_mcnemar(void **state)
{
    (void)state;
    for (unsigned k = 0; k < 5; k++)
        near(stats_mcnemar((uint32_t)number("mcnemar", k, 0), (uint32_t)number("mcnemar", k, 1)),
             number("mcnemar", k, 2), 1e-9);
    near(stats_mcnemar(0, 0), 1, 0);
}

static void test_flip(void **state)
{
    static double d[13], two[2 * 40];
    double p[2], corrected[2];
    struct stats_options options = {3, 5000, 0.95, NULL};
    (void)state;
    assert_int_equal(numbers("flip", 0, d), 13);
    assert_true(stats_flip(d, 1, 12, &options, p, NULL));
    near(p[0], d[12], 1e-9);
    for (size_t i = 0; i < 40; i++) {
        two[i] = random_unit(random_at(1, 1, i)) - 0.3; /* an effect */
        two[40 + i] = random_unit(random_at(1, 2, i)) - 0.5;
    }
    assert_true(stats_flip(two, 2, 40, &options, p, corrected));
    assert_true(p[0] < 0.01 && p[1] > 0.05);
    assert_true(corrected[0] >= p[0] && corrected[1] >= p[1] && corrected[0] < 0.02);
}

static void test_benjamini_hochberg(void **state)
{
    double all[30], q[16];
    (void)state;
    assert_int_equal(numbers("bh", 0, all), 30);
    assert_true(stats_benjamini_hochberg(all, 15, q));
    for (size_t i = 0; i < 15; i++)
        near(q[i], all[15 + i], 1e-8);
    memcpy(all + 1, (double[]){NAN}, sizeof *all);
    assert_true(stats_benjamini_hochberg(all, 15, q));
    assert_true(isnan(q[1]) && !isnan(q[0]));
}

static void test_power(void **state)
{
    (void)state;
    for (unsigned k = 0; k < 6; k++) {
        double p = number("normal", k, 0);
        near(stats_normal_quantile(p), number("normal", k, 1), 1e-8);
        near(stats_normal_cdf(p), number("normal", k, 2), 1e-8);
        near(stats_normal_p(p), number("normal", k, 3), 1e-8);
    }
    for (unsigned k = 0; k < 3; k++)
        near(stats_detectable_proportion(number("detectable", k, 0), number("detectable", k, 1),
                                         number("detectable", k, 2), 0.8),
             number("detectable", k, 3), 1e-7);
    assert_true(isnan(stats_detectable_proportion(5, 0.1, 0.001, 0.8)));
    near(stats_detectable_mean(1, 0.05, 0.8), 2.801585, 1e-6);
}

static void test_mantel(void **state)
{
    static double all[26], m[3][64];
    struct stats_options options = {5, 2000, 0.95, NULL};
    struct stats_mantel found;
    (void)state;
    assert_int_equal(numbers("mantel", 0, all), 26);
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < 64; i++)
            m[k][i] = fabs(all[8 * k + i / 8] - all[8 * k + i % 8]);
    assert_true(stats_mantel(m[0], m[1], NULL, 8, &options, &found));
    near(found.r, all[24], 1e-8);
    assert_true(stats_mantel(m[0], m[1], m[2], 8, &options, &found));
    near(found.r, all[25], 1e-8);
    assert_true(stats_mantel(m[0], m[0], NULL, 8, &options, &found));
    near(found.r, 1, 1e-9);
    assert_true(found.p < 0.01);
    memset(m[1], 0, sizeof m[1]);
    assert_true(stats_mantel(m[0], m[1], NULL, 8, &options, &found));
    assert_true(isnan(found.r) && isnan(found.p));
}

static void test_regression(void **state)
{
    static double x[1200], y[200];
    static uint32_t starts[201], features[1200], clusters[200];
    struct stats_interval out[6];
    struct stats_options options = {2, 200, 0.95, NULL};
    bool found = false;
    (void)state;
    assert_int_equal(numbers("rows", 0, x), 1200);
    assert_int_equal(numbers("outcome", 0, y), 200);
    for (uint32_t i = 0; i < 200; i++) {
        clusters[i] = i;
        starts[i + 1] = starts[i];
        for (uint32_t k = 0; k < 6; k++)
            if (x[6 * i + k] > 0)
                features[starts[i + 1]++] = k;
    }
    struct stats_rows rows = {starts, features, y, clusters, 200, 6, 200};
    assert_true(stats_regression(&rows, &options, out));
    for (unsigned k = 0; k < 6; k++) {
        double worst = 0;
        for (unsigned i = 0; i < 6; i++) {
            double difference = fabs(out[i].value - number("ridge", k, i + 1));
            worst = difference > worst ? difference : worst;
        }
        found = found || worst < 5e-4;
    }
    assert_true(found);
    assert_true(out[0].low > 0.3 && out[0].high < 0.7); /* planted at .5 */
    assert_true(out[1].low < 0.05 && out[1].high > -0.05);
}

static void test_f1(void **state)
{
    double all[10], both[18];
    (void)state;
    assert_int_equal(numbers("f1", 0, all), 10);
    near(stats_macro_f1(all, 9), all[9], 1e-9);
    memcpy(both, all, 9 * sizeof *all);
    memcpy(both + 9, all, 9 * sizeof *all);
    near(stats_macro_f1_difference(both, 18), 0, 1e-12);
    both[9] = 0;
    assert_true(stats_macro_f1_difference(both, 18) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bootstrap),   cmocka_unit_test(test_bootstrap_edges),
        cmocka_unit_test(test_mcnemar),     cmocka_unit_test(test_flip),
        cmocka_unit_test(test_power),       cmocka_unit_test(test_benjamini_hochberg),
        cmocka_unit_test(test_mantel),      cmocka_unit_test(test_regression),
        cmocka_unit_test(test_f1),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_reference, close_reference);
}
