/* test_promises.c -- the promises of the library over real output: nothing fires, nothing changes;
 * every byte outside an edit is untouched; equal text, profile and seed give equal bytes whatever
 * the chunking, the order, and what the document held before.
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

#include <isogloss.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "tests/opened.h"

static isg_engine *engine;
static struct buffer sample;

static int open_all(void **state)
{
    (void)state;
    isg_error error = {0};
    if (opened_engine(&engine, &error) != ISG_OK) {
        fprintf(stderr, "%s: %s\n", error.file, error.message);
        return -1;
    }
    return opened_sample(&sample) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    isg_engine_free(engine);
    buffer_clear(&sample);
    return 0;
}

static isg_profile *profile_of(const char *dialect, const char *features)
{
    isg_profile *profile = NULL;
    const isg_rates always = {1, 1, 1};
    const isg_profile_options options = {
        .dialect = dialect, .features = features, .rates = &always, .contact_language = true};
    assert_int_equal(isg_profile_new(engine, &options, &profile, NULL), ISG_OK);
    return profile;
}

static isg_document *document_of(const char *text, size_t length)
{
    isg_document *d = NULL;
    assert_int_equal(isg_document_new(engine, &d, NULL), ISG_OK);
    assert_int_equal(isg_document_analyse(d, text, length, NULL, NULL), ISG_OK);
    return d;
}

/* Bytes that try the segmenter: letters, marks, broken UTF-8, controls. */
static void fill_noise(char *bytes, size_t n, uint64_t seed)
{
    static const char *const pieces[] = {"the ", "don't", "\xff", "\xe2\x80\x99", "\n", "\0", "\"",
                                         "(", ".", " I ", "who's", "\xf0\x9f\x98\x80", "\xc3", "a"};
    size_t used = 0;
    for (uint64_t i = 0; used < n; i++) {
        const char *p = pieces[hash_mix(seed, i) % (sizeof pieces / sizeof *pieces)];
        size_t length = *p ? strlen(p) : 1;
        for (size_t k = 0; k < length && used < n; k++)
            bytes[used++] = p[k];
    }
}

static void test_nothing_fires(void **state)
{
    (void)state;
    char noise[700];
    isg_profile *nothing = profile_of(NULL, NULL);
    for (uint64_t seed = 0; seed < 60; seed++) {
        size_t n = (size_t)(hash_mix(seed, 1) % sizeof noise);
        fill_noise(noise, n, seed);
        isg_document *d = document_of(noise, n);
        assert_int_equal(isg_document_rewrite(d, nothing, NULL, NULL), ISG_OK);
        size_t length;
        const char *out = isg_document_text(d, &length);
        assert_int_equal(length, n);
        assert_memory_equal(out, noise, n);
        assert_int_equal(isg_document_edit_count(d), 0);
        isg_document_free(d);
    }
    isg_profile_free(nothing);
}

/* Copies what no span covers, without spaces. */
static void keep_rest(struct buffer *rest, const char *bytes, const bool *covered, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!covered[i] && bytes[i] != ' ')
            buffer_add_char(rest, bytes[i]);
}

/* Outside the edits' spans source and output are the same bytes, in the same order, but for spaces
 * beside an edit. */
static void check_spans(const char *text, size_t length, const isg_document *d)
{
    size_t out_length;
    const char *out = isg_document_text(d, &out_length);
    bool *covered = calloc(length + 1, 1), *out_covered = calloc(out_length + 1, 1);
    struct buffer rest, out_rest;
    buffer_init(&rest);
    buffer_init(&out_rest);
    for (size_t i = 0; i < isg_document_edit_count(d); i++) {
        isg_edit e = isg_document_edit(d, i);
        assert_true(e.start <= e.end && e.end <= length);
        assert_true(e.out_start <= e.out_end && e.out_end <= out_length);
        assert_true(e.end > e.start || e.out_end > e.out_start);
        assert_true(e.line > 0 && *e.file && *e.rule);
        memset(covered + e.start, true, e.end - e.start);
        memset(out_covered + e.out_start, true, e.out_end - e.out_start);
    }
    keep_rest(&rest, text, covered, length);
    keep_rest(&out_rest, out, out_covered, out_length);
    assert_int_equal(rest.length, out_rest.length);
    assert_memory_equal(rest.bytes, out_rest.bytes, rest.length);
    buffer_clear(&rest);
    buffer_clear(&out_rest);
    free(covered);
    free(out_covered);
}

static void test_edits_are_minimal(void **state)
{
    (void)state;
    isg_document *d = document_of(sample.bytes, sample.length);
    size_t edits = 0;
    for (size_t i = 0; i < isg_engine_dialect_count(engine); i++) {
        isg_dialect_info info;
        isg_engine_dialect(engine, i, &info);
        isg_profile *p = profile_of(info.code, NULL);
        assert_int_equal(isg_document_rewrite(d, p, NULL, NULL), ISG_OK);
        check_spans(sample.bytes, sample.length, d);
        edits += isg_document_edit_count(d);
        isg_profile_free(p);
    }
    assert_true(edits > 100);
    isg_document_free(d);
}

static bool collect(void *context, const char *bytes, size_t length)
{
    buffer_add(context, bytes, length);
    return true;
}

static void stream_in_chunks(const isg_profile *p, size_t chunk, isg_stream_format format,
                             struct buffer *out)
{
    isg_stream *s = NULL;
    const isg_stream_options options = {.format = format, .write = collect, .context = out};
    assert_int_equal(isg_stream_new(engine, p, &options, &s, NULL), ISG_OK);
    for (size_t at = 0; at < sample.length; at += chunk) {
        size_t n = sample.length - at < chunk ? sample.length - at : chunk;
        assert_int_equal(isg_stream_feed(s, sample.bytes + at, n, NULL), ISG_OK);
    }
    assert_int_equal(isg_stream_finish(s, NULL), ISG_OK);
    assert_int_equal(isg_stream_failed_count(s), 0);
    isg_stream_free(s);
}

static void test_chunking(void **state)
{
    (void)state;
    static const size_t chunks[] = {1, 2, 7, 4096, 1u << 20};
    isg_profile *p = profile_of("IrE", NULL);
    for (int format = 0; format < 2; format++) {
        struct buffer first, again;
        buffer_init(&first);
        stream_in_chunks(p, sample.length, (isg_stream_format)format, &first);
        assert_string_not_equal(first.bytes, sample.bytes);
        for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
            buffer_init(&again);
            stream_in_chunks(p, chunks[i], (isg_stream_format)format, &again);
            assert_int_equal(first.length, again.length);
            assert_memory_equal(first.bytes, again.bytes, first.length);
            buffer_clear(&again);
        }
        buffer_clear(&first);
    }
    isg_profile_free(p);
}

/* A record's output does not depend on what was rewritten before it, by which profile. */
static void test_no_memory(void **state)
{
    (void)state;
    const char *a = "My brother and I don't know anybody who lives there.";
    const char *b = "What are you doing? She isn't coming to town on Monday.";
    isg_profile *p = profile_of("UAAVE", NULL), *q = profile_of("IrE", NULL);
    isg_request request = {.seed = 7};
    char first[512];
    size_t n, m;
    isg_document *d = document_of(a, strlen(a));
    assert_int_equal(isg_document_rewrite(d, p, &request, NULL), ISG_OK);
    const char *out = isg_document_text(d, &n);
    assert_true(n < sizeof first);
    memcpy(first, out, n);
    assert_int_equal(isg_document_rewrite(d, q, &request, NULL), ISG_OK);
    assert_int_equal(isg_document_analyse(d, b, strlen(b), NULL, NULL), ISG_OK);
    assert_int_equal(isg_document_rewrite(d, p, &request, NULL), ISG_OK);
    assert_int_equal(isg_document_analyse(d, a, strlen(a), NULL, NULL), ISG_OK);
    assert_int_equal(isg_document_rewrite(d, q, &request, NULL), ISG_OK);
    assert_int_equal(isg_document_rewrite(d, p, &request, NULL), ISG_OK);
    out = isg_document_text(d, &m);
    assert_int_equal(n, m);
    assert_memory_equal(out, first, n);
    isg_document_free(d);
    isg_profile_free(p);
    isg_profile_free(q);
}

static void test_seeds_differ(void **state)
{
    (void)state;
    isg_profile *p = NULL;
    const isg_profile_options options = {.dialect = "IrE"};
    assert_int_equal(isg_profile_new(engine, &options, &p, NULL), ISG_OK);
    isg_document *d = document_of(sample.bytes, sample.length);
    uint64_t hashes[8];
    int distinct = 0;
    for (uint64_t seed = 0; seed < 8; seed++) {
        size_t n;
        isg_request request = {.seed = seed};
        assert_int_equal(isg_document_rewrite(d, p, &request, NULL), ISG_OK);
        const char *out = isg_document_text(d, &n);
        hashes[seed] = hash_bytes(out, n, 0);
        distinct += seed == 0 || hashes[seed] != hashes[0];
    }
    assert_true(distinct > 4);
    isg_document_free(d);
    isg_profile_free(p);
}

static void test_protected(void **state)
{
    (void)state;
    const char *text = "She isn't here and he isn't there.";
    const isg_text_options bad = {.protect = (const char *const[]){"("}, .protect_count = 1};
    const isg_text_options options = {.protect = (const char *const[]){"She isn't"},
                                      .protect_count = 1};
    isg_profile *p = profile_of(NULL, "155");
    isg_document *d = document_of(text, strlen(text));
    isg_error error;
    assert_int_equal(isg_document_analyse(d, text, strlen(text), &bad, &error), ISG_ARGUMENT);
    assert_int_equal(isg_document_analyse(d, text, strlen(text), &options, &error), ISG_OK);
    assert_int_equal(isg_document_rewrite(d, p, NULL, NULL), ISG_OK);
    size_t n;
    assert_string_equal(isg_document_text(d, &n), "She isn't here and he ain't there.");
    assert_int_equal(isg_document_block_count(d), 1);
    assert_int_equal(isg_document_block(d, 0).reason, ISG_BLOCK_PROTECTED);
    isg_document_free(d);
    isg_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_fires), cmocka_unit_test(test_edits_are_minimal),
        cmocka_unit_test(test_chunking),      cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_seeds_differ),  cmocka_unit_test(test_protected),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
