/* test_cost.c -- what analysing costs: no allocation once a document is warm, counted over the
 * whole process, and time that is linear in the text, whatever the text.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include <isogloss.h>

#include "base/buffer.h"
#include "tests/opened.h"

static isg_engine *engine;
static isg_document *document;
static struct buffer sample;

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define COUNTS_ALLOCATIONS 1

/* glibc lets a program have these; every library of the process then uses them. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

static size_t allocations;

void *malloc(size_t size)
{
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    allocations++;
    return __libc_realloc(memory, size);
}

#endif

static int open_all(void **state)
{
    (void)state;
    isg_error error = {0};
    if (opened_engine(&engine, &error) != ISG_OK
        || isg_document_new(engine, &document, &error) != ISG_OK) {
        fprintf(stderr, "%s: %s\n", error.file, error.message);
        return -1;
    }
    return opened_sample(&sample) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    isg_document_free(document);
    isg_engine_free(engine);
    buffer_clear(&sample);
    return 0;
}

static void analyse(const char *text, size_t length)
{
    assert_int_equal(isg_document_analyse(document, text, length, NULL, NULL), ISG_OK);
}

static void analysis_does_not_allocate(void **state)
{
    (void)state;
#ifdef COUNTS_ALLOCATIONS
    struct buffer twice = {0};
    buffer_add(&twice, sample.bytes, sample.length);
    buffer_add(&twice, sample.bytes, sample.length);
    assert_false(twice.failed);
    size_t cold = allocations;
    analyse(twice.bytes, twice.length);
    assert_true(allocations > cold); /* the counter counts */
    size_t before = allocations;
    analyse(sample.bytes, sample.length);
    size_t once = allocations - before;
    analyse(twice.bytes, twice.length);
    size_t two = allocations - before - once;
    assert_true(isg_document_word_count(document) > 500);
    buffer_clear(&twice);
    assert_int_equal(once, 0);
    assert_int_equal(two, 0);
#else
    skip();
#endif
}

static double seconds(const char *text, size_t length)
{
    clock_t start = clock();
    const char *printed;
    size_t size;
    analyse(text, length);
    assert_int_equal(isg_document_conllu(document, &printed, &size, NULL), ISG_OK);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Eight times the text may take at most sixteen times as long: quadratic work would take 64. What
 * else the machine does may disturb a measurement, but hardly five of them. */
static bool is_linear(const char *text, size_t small, size_t large)
{
    for (int round = 0; round < 5; round++)
        if (seconds(text, large) <= 16 * seconds(text, small) + 0.01)
            return true;
    return false;
}

static void time_is_linear(void **state)
{
    static const char *const units[] = {
        "she doesn't say that he can't go and ",          /* one sentence of clitics */
        "He doesn't. It's hers. ",                        /* short ones */
        "\xf0\x9f\x98\x80\xe2\x80\x8d\xf0\x9f\x99\x82 ",  /* joined emoji */
        "\xf0\x9f\x98\x80",                               /* without a space */
        "a|b|| 3.5\t-- ==\n",                             /* a table */
        "if (x[i] != '\\0') { y->z = f(x, \"a\"); }\n",   /* code */
        "\xd0\xbe\xd0\xbd \xe6\xbc\xa2\xe5\xad\x97 the ", /* scripts */
        "z\xe2\x80\x8b\xef\xbb\xbf\xc2\xad",              /* zero-width characters */
        "\xed\xa0\x80\xff\xc3 ",                          /* surrogates and stray bytes */
        "\"(['\xe2\x80\x9c",                              /* openings that never close */
        "e\xcc\x81\xcc\x81",                              /* marks upon marks */
        "http://a.b/c@d ", "....", "\n\n", "a-", "'",
    };
    enum { SMALL = 8 << 10, LARGE = 8 * SMALL };
    char *text = malloc(LARGE);
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t unit = strlen(units[i]);
        for (size_t k = 0; k < LARGE; k++)
            text[k] = units[i][k % unit];
        if (!is_linear(text, SMALL, LARGE))
            fail_msg("not linear: %s", units[i]);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(analysis_does_not_allocate),
        cmocka_unit_test(time_is_linear),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
