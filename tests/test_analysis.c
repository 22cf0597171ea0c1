/* test_analysis.c -- analysis of text it was not made for: other languages and scripts, emoji,
 * invisible characters, bytes that are not UTF-8, tables, code, one endless sentence. Whatever comes
 * in, every sentence is a tree, and every token's offsets lead back to its form.
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

#include "analysis/conllu.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "tests/opened.h"

static isg_engine *engine;
static isg_document *document;

static int open_all(void **state)
{
    (void)state;
    isg_error error = {0};
    if (opened_engine(&engine, &error) == ISG_OK
        && isg_document_new(engine, &document, &error) == ISG_OK)
        return 0;
    fprintf(stderr, "%s: %s\n", error.file, error.message);
    return -1;
}

static int close_all(void **state)
{
    (void)state;
    isg_document_free(document);
    isg_engine_free(engine);
    return 0;
}

/* Bytes of the well-formed UTF-8 character at text; 1 for a byte that begins none. Written out here
 * so that the library's own decoder is not its own judge. */
static size_t character(const unsigned char *text, size_t left)
{
    unsigned c = text[0], more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    if (c < 0x80 || c < 0xc2 || c > 0xf4 || more >= left)
        return 1;
    for (unsigned i = 1; i <= more; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 1;
    if ((c == 0xe0 && text[1] < 0xa0) || (c == 0xed && text[1] > 0x9f)
        || (c == 0xf0 && text[1] < 0x90) || (c == 0xf4 && text[1] > 0x8f))
        return 1;
    return more + 1;
}

struct printed {
    const char *form;
    size_t length, start, end; /* of TokenRange: code points */
    bool inside;               /* a word of a multiword token */
};

/* The next token line of CoNLL-U; multiword tokens stand for their words. */
static bool next_token(const char **at, unsigned long *covered, struct printed *token)
{
    for (const char *line = *at; *line; line = *at) {
        const char *end = strchr(line, '\n'), *range = end;
        unsigned long number = strtoul(line, NULL, 10);
        *at = end + 1;
        if (line[0] < '0' || line[0] > '9') {
            *covered = 0; /* between sentences */
            continue;
        }
        while (*range != '=') /* TokenRange is the last that a line says */
            range--;
        const char *form = strchr(line, '\t') + 1, *dash = memchr(line, '-', (size_t)(form - line));
        char *colon;
        token->start = strtoul(range + 1, &colon, 10);
        assert_int_equal(*colon, ':');
        token->end = strtoul(colon + 1, NULL, 10);
        token->form = form;
        token->length = (size_t)(strchr(form, '\t') - form);
        token->inside = !dash && number <= *covered;
        if (dash)
            *covered = strtoul(dash + 1, NULL, 10);
        return true;
    }
    return false;
}

/* Whether a form is what stands in the text, but for what CoNLL-U cannot hold. */
static bool is_form(const struct printed *token, const unsigned char *text, size_t length)
{
    static const char replacement[] = "\xef\xbf\xbd";
    const char *form = token->form, *end = form + token->length;
    for (size_t i = 0, n; i < length; i += n) {
        n = character(text + i, length - i);
        size_t left = (size_t)(end - form);
        if (n <= left && memcmp(form, text + i, n) == 0)
            form += n;
        else if (left >= 3 && memcmp(form, replacement, 3) == 0)
            form += 3;
        else if (left && *form == ' ')
            form++;
        else
            return false;
    }
    return form == end;
}

static void check_offsets(const unsigned char *text, size_t length, const char *conllu)
{
    size_t *starts = calloc(length + 1, sizeof *starts), count = 0, last = 0;
    unsigned long covered = 0;
    struct printed token;
    assert_non_null(starts);
    for (size_t i = 0; i < length; i += character(text + i, length - i))
        starts[count++] = i;
    starts[count] = length;
    for (const char *at = conllu; next_token(&at, &covered, &token);) {
        assert_true(token.start < token.end && token.end <= count);
        assert_true(token.inside || token.start >= last);
        if (!token.inside)
            for (; last < token.start; last++) /* only white space is left out */
                assert_false(text[starts[last]] > ' ' && text[starts[last]] < 0x7f);
        last = token.end;
        if (!is_form(&token, text + starts[token.start], starts[token.end] - starts[token.start]))
            fail_msg("%.*s is not what stands at %zu", (int)token.length, token.form, token.start);
    }
    free(starts);
}

static void check(const char *text, size_t length)
{
    const char *conllu;
    size_t size, words = 0;
    struct arena arena;
    struct conllu read;
    isg_error error = {0};
    assert_int_equal(isg_document_analyse(document, text, length, NULL, &error), ISG_OK);
    assert_int_equal(isg_document_conllu(document, &conllu, &size, &error), ISG_OK);
    check_offsets((const unsigned char *)text, length, conllu);
    arena_init(&arena);
    const struct conllu_source source = {conllu, size, NULL, true};
    if (conllu_read(&source, &arena, &read, &error) != ISG_OK)
        fail_msg("line %u: %s", error.line, error.message);
    for (size_t i = 0; i < read.count; i++)
        words += read.sentences[i].count;
    assert_int_equal(words, isg_document_word_count(document));
    assert_int_equal(read.count, isg_document_sentence_count(document));
    buffer_clear(&read.text);
    arena_clear(&arena);
}

static void other_texts_become_trees(void **state)
{
    static const char *const texts[] = {
        "", " ", "\n\n\n", "a", ".",
        "La pluie n'a pas cess\xc3\xa9 depuis hier, et l'eau monte.",
        "Der Hund schl\xc3\xa4" "ft, obwohl es drau\xc3\x9f" "en regnet.",
        "\xd0\x9e\xd0\xbd\xd0\xb0 \xd1\x87\xd0\xb8\xd1\x82\xd0\xb0\xd0\xb5\xd1\x82 "
        "\xd0\xba\xd0\xbd\xd0\xb8\xd0\xb3\xd1\x83.",
        "\xe5\xa5\xb9\xe5\x9c\xa8\xe8\xaf\xbb\xe4\xb9\xa6\xe3\x80\x82\xe4\xbd\xa0\xe5\xb1\xb1",
        "\xd9\x87\xd9\x8a \xd8\xaa\xd9\x82\xd8\xb1\xd8\xa3 \xd9\x83\xd8\xaa\xd8\xa7\xd8\xa8\xd8\xa7",
        "\xe0\xa4\xb5\xe0\xa4\xb9 \xe0\xa4\xaa\xe0\xa4\xa2\xe0\xa4\xbc\xe0\xa4\xa4\xe0\xa5\x80",
        "\xe0\xb9\x80\xe0\xb8\x98\xe0\xb8\xad\xe0\xb8\xad\xe0\xb9\x88\xe0\xb8\xb2\xe0\xb8\x99",
        "She said \xd0\xb4\xd0\xb0 to the \xe5\x9c\xb0\xe5\x9b\xbe and didn't \xd7\xa9\xd7\x9c it.",
        "p\xd0\xb0ypal doesn't lo\xef\xbd\x87 \xef\xbd\x89n",
        "\xf0\x9f\x98\x80\xf0\x9f\x98\x80 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 "
        "\xf0\x9f\x87\xac\xf0\x9f\x87\xa7 \xe2\x9d\xa4\xef\xb8\x8f",
        "He\xe2\x80\x8b d\xe2\x80\x8boesn\xe2\x80\x8d't \xef\xbb\xbfgo\xc2\xad" "ing \xe2\x81\xa0.",
        "\xef\xbb\xbfHe doesn't.", "don\xe2\x80\x99t\xe2\x80\xae" "evig\xe2\x80\xac it's",
        "caf\xe9 isn't \xff\xfe \xc3( open \xed\xa0\x80\xed\xb0\x80 \xf4\x90\x80\x80.",
        "\x80", "\xc3", "don't\xff" "can't\xc3", "e\xcc\x81\xcc\x82\xcc\x83 na\xc3\xafve",
        "| name | n |\n|------|---|\n| tea | 3.50 |\n| don't | -1 |\n",
        "a\tb\tc\n1\t2\t\n\t\t\n", "Total:    12    13    14\n----------\n",
        "for (int i = 0; i < n; i++) { s += \"can't\"[i]; } /* isn't */\n#define X(a) a##b\n",
        "{\"a\": [1, 2.0e-5, null], \"b\": \"it's\"}", "<p class='x'>He isn't&nbsp;here</p>",
        "$ ls -la ~/don't | grep '^d' > /dev/null 2>&1", "''''\"\"\"\"````", "((((((((((", "-- - --- ...",
        "A\r\nB\rC\x0b" "D\x0c" "E\xe2\x80\xa8" "F\xc2\x85" "G", "HE'LL'VE'D CAN'TN'T", "'s n't 'll",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(texts[i], strlen(texts[i]));
    check("a\0b doesn't\0\0c", 14);
}

static void endless_sentences_become_trees(void **state)
{
    static const char *const units[] = {"very ", "and he doesn't go to it's ", "because ", "(a, ",
                                        "\xf0\x9f\x98\x80 ", "x", "n't", "\xe2\x80\x8b"};
    struct buffer text;
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        buffer_init(&text);
        for (int word = 0; word < 10000; word++)
            buffer_add_string(&text, units[i]);
        assert_false(text.failed);
        check(text.bytes, text.length);
        buffer_clear(&text);
    }
}

static void random_bytes_become_trees(void **state)
{
    static const char *const pieces[] = {
        "don't ", "it's", " ", "\n", ".", "\xe2\x80\x99", "\xf0\x9f\x98\x80", "\xe2\x80\x8d",
        "\xff", "\xc3", "\xed\xa0\x80", "a", "The ", "\"", "(", "http://x.y/", "-", "3,5", "\t",
        "\xcc\x81", "\xe6\xbc\xa2", "\xef\xbb\xbf", "`", "<b>", "@me", "gonna "};
    unsigned seed = 17;
    char text[400];
    (void)state;
    for (int round = 0; round < 1500; round++) {
        size_t length = 0;
        for (int k = 0; k < 24; k++) {
            seed = seed * 1103515245u + 12345u;
            const char *piece = pieces[seed / 65536 % (sizeof pieces / sizeof *pieces)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        check(text, length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_texts_become_trees),
        cmocka_unit_test(endless_sentences_become_trees),
        cmocka_unit_test(random_bytes_become_trees),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
