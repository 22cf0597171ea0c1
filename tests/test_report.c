/* test_report.c -- the page of a recorded result (figures invented): what is hostile in it stays text,
 * nothing asks for the network. With arguments, test_report RESULT.json PAGE.html only writes the page.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/report.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static char *page;
static json_t *recorded;

/* The page as a string; NULL if it cannot be written. */
static char *page_of(const json_t *result)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    bool done = out && report_write(result, out);
    if (out)
        fclose(out);
    if (!done) {
        free(text);
        return NULL;
    }
    return text;
}

static int set_up(void **state)
{
    char path[4096];
    const char *folder = getenv("top_srcdir");
    (void)state;
    snprintf(path, sizeof path, "%s/tests/evaluate_result.json", folder ? folder : ".");
    recorded = json_load_file(path, 0, NULL);
    page = recorded ? page_of(recorded) : NULL;
    return page ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    json_decref(recorded);
    free(page);
    return 0;
}

static size_t count(const char *part)
{
    size_t n = 0;
    for (const char *at = page; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

static void nothing_ends_a_script(void **state)
{
    (void)state;
    assert_int_equal(count("</script>"), 6); /* land, result, three libraries, page.js */
    assert_int_equal(count("<script"), 6);
    assert_int_equal(count("<img src=x"), 0);
    assert_int_equal(count("\\u003c/script\\u003e\\u003cimg src=x"), 1);
    assert_string_equal(page + strlen(page) - 8, "</html>\n");
}

static void result_reads_back(void **state)
{
    (void)state;
    static const char open[] = "id=\"result\">";
    const char *start = strstr(page, open);
    assert_non_null(start);
    start += sizeof open - 1;
    json_t *read = json_loadb(start, (size_t)(strstr(start, "</script>") - start), 0, NULL);
    assert_true(json_equal(read, recorded));
    json_decref(read);
}

/* Nothing of ours names a place in the network, and the policy of the page forbids requests. */
static void no_requests(void **state)
{
    (void)state;
    static const char *const wanted[] = {"<link", "<iframe", "@import", "url(http", "importScripts",
                                         "sourceMappingURL", "<script src", "connect-src", "img-src http"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_int_equal(count(wanted[i]), 0);
    assert_int_equal(count("default-src 'none'"), 1);
    const char *own = strstr(page, "/* page.js");
    assert_non_null(own);
    assert_null(strstr(own, "://"));
    assert_true(strstr(page, "://") > strstr(page, "</header>"));
}

static void odd_results(void **state)
{
    (void)state;
    json_t *empty = json_object();
    char *text = page_of(empty);
    assert_non_null(text);
    assert_non_null(strstr(text, "id=\"result\">{}</script>"));
    free(text);
    json_decref(empty);
    FILE *full = fopen("/dev/full", "w");
    if (full) {
        assert_false(report_write(recorded, full));
        fclose(full);
    }
}

static int write_page(const char *from, const char *to)
{
    json_t *result = json_load_file(from, 0, NULL);
    FILE *out = fopen(to, "wb");
    bool done = result && out && report_write(result, out);
    if (out && fclose(out) != 0)
        done = false;
    json_decref(result);
    return done ? 0 : 1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_ends_a_script),
        cmocka_unit_test(result_reads_back),
        cmocka_unit_test(no_requests),
        cmocka_unit_test(odd_results),
    };
    if (argc == 3)
        return write_page(argv[1], argv[2]);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
