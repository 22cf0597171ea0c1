/* test_baseline.c -- the model that comes with the program: what it must get right, and any bytes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/baseline.h"

#include <jansson.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int32_t logit(const char *text)
{
    return baseline_logit(text, strlen(text));
}

static void polarity(void **state)
{
    (void)state;
    assert_true(logit("This is a wonderful book.") > 0);
    assert_true(logit("This is an awful book.") < 0);
    assert_true(logit("It was good.") > 0);
    assert_true(logit("It wasn't good.") < logit("It was good."));
    assert_int_equal(logit("A GOOD book"), logit("a good, book!"));
    assert_int_equal(logit("good good good"), logit("good good good good"));
    assert_true(baseline_score("delicious", 9) > 0.5);
    assert_true(baseline_score("disgusting", 10) < 0.5);
}

static void any_bytes(void **state)
{
    (void)state;
    assert_int_equal(baseline_logit("", 0), 0);
    assert_int_equal(baseline_logit(NULL, 0), 0);
    assert_true(baseline_score("", 0) == 0.5);
    assert_int_equal(baseline_logit("'\0'' ..\n", 8), 0);
    assert_int_equal(baseline_logit("good\0awful", 4), logit("good"));
    assert_int_equal(logit("'good'"), logit("good"));
    (void)logit("\xff\xfe\xc3\x28 \xf0\x9f\x98\x80");
    static char much[1 << 20];
    for (size_t i = 0; i < sizeof much; i++)
        much[i] = (char)(i * 2654435761u >> 13);
    double score = baseline_score(much, sizeof much);
    assert_true(score >= 0 && score <= 1);
}

/* Chance is 75 of 150. */
static void accuracy(void **state)
{
    (void)state;
    char path[4096], line[4096];
    const char *folder = getenv("ISOGLOSS_DATA_DIR");
    int items = 0, right = 0;
    snprintf(path, sizeof path, "%s/evaluate/sentiment.jsonl", folder ? folder : "data");
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    while (fgets(line, sizeof line, in)) {
        json_t *item = json_loads(line, 0, NULL);
        const char *text = json_string_value(json_object_get(item, "text"));
        const char *label = json_string_value(json_object_get(item, "label"));
        assert_true(text && label);
        items++;
        right += (logit(text) >= 0) == !strcmp(label, "positive");
        json_decref(item);
    }
    fclose(in);
    print_message("# %d of %d\n", right, items);
    assert_int_equal(items, 150);
    assert_true(right >= 105);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(polarity), cmocka_unit_test(any_bytes),
                                       cmocka_unit_test(accuracy)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
