/* test_controls.c -- the controls of the evaluation: wordings that may stand for one another and
 * where they must not, times that move, slips of the keyboard, how many edits are made.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/controls.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { ALL = 1000 };

static void reword(const char *source, uint32_t wanted, uint64_t seed, struct reworded *out)
{
    assert_true(control_paraphrase(source, strlen(source), wanted, seed, out));
}

static void discard(struct reworded *r)
{
    free(r->text);
    free(r->edits);
}

static void wordings(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"The shop doesn't open on Sundays, because the owner rests.",
         "The shop does not open on Sundays, because the owner rests."},
        {"It is late, but she is sure that he will wait.",
         "It's late, but she is sure he'll wait."},
        {"But they have seen the house that I bought.", "However, they've seen the house which I "
         "purchased."},
        {"It takes about three hours.", "It takes approximately 3 hours."},
        {"An entire loaf is a mistake.", "An entire loaf is an error."},
        {"He left in June, because he was ill.", "He left in June, since he was ill."},
        {"We watched a film yesterday.", "Yesterday, we watched a film."},
        {"Last week, the tiles fell off. I waited.",
         "The tiles fell off last week. I waited."},
        {"TV is dull, Perhaps is a name.", "Television is dull, Perhaps is a name."},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct reworded r;
        reword(pairs[i][0], ALL, 0, &r);
        assert_string_equal(r.text, pairs[i][1]);
        discard(&r);
    }
}

/* Nothing may be reworded here. */
static void traps(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Don't you eat fish?", "Why don't your parents visit?", "I know who they are.",
        "He told the crowd that he was ill.", "It's been cold.", "It was the Big House.",
        "The film is about one brother.", "He put it in the box that he was ill.",
        "It has to do with money.", "Who said it?", "He only rests on Mondays.",
        "She wants the parcel tomorrow.", "The meeting is on Monday.", "He didn't swim every day.",
        "She gets up at six in the morning.", "By and large it works.", "Visit big.shop.example.",
        "Half a dozen eggs broke.", "It costs $2 a box.", "They met twenty-two times.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reworded r;
        reword(texts[i], ALL, 0, &r);
        if (strstr(texts[i], "didn't swim"))
            assert_string_equal(r.text, "He did not swim each day.");
        else
            assert_string_equal(r.text, texts[i]);
        discard(&r);
    }
}

/* As many as wanted, and a time is moved wholly or not at all. */
static void counts(void **state)
{
    (void)state;
    const char *text = "My brother bought three photos last week. They cannot sell the house that "
                       "he bought.";
    for (uint64_t seed = 0; seed < 200; seed++)
        for (uint32_t wanted = 0; wanted < 8; wanted++) {
            struct reworded r;
            reword(text, wanted, seed, &r);
            assert_true(r.edit_count <= wanted && r.edit_count + 1 >= wanted);
            assert_int_equal(strstr(r.text, "Last week, my brother") != NULL,
                             strstr(r.text, " last week.") == NULL);
            for (uint32_t e = 1; e < r.edit_count; e++)
                assert_true(r.edits[e - 1].end <= r.edits[e].start &&
                            r.edits[e - 1].out_end <= r.edits[e].out_start);
            discard(&r);
        }
}

static void slips(void **state)
{
    (void)state;
    const char *text = "Seven large lanterns hang from that beam at www.lantern.example today.";
    for (uint32_t wanted = 0; wanted < 10; wanted++) {
        struct reworded r;
        assert_true(control_typo(text, strlen(text), wanted, wanted, &r));
        assert_int_equal(r.edit_count, wanted < 7 ? wanted : 7);
        assert_non_null(strstr(r.text, "www.lantern.example"));
        assert_int_equal(r.length, strlen(text));
        discard(&r);
    }
}

static void any_bytes(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " ", ".", "\xff\xfe", "yesterday.", "Yesterday,", "I'm",
                                        "a . b", "The \xc3\xa9t\xc3\xa9 yesterday.", "\"", "It is"};
    char longest[5000];
    memset(longest, 'x', sizeof longest);
    for (size_t i = 0; i + 1 < sizeof longest; i += 3)
        longest[i] = i % 2 ? ' ' : 'a';
    longest[sizeof longest - 1] = '\0';
    for (size_t i = 0; i <= sizeof texts / sizeof *texts; i++) {
        const char *text = i < sizeof texts / sizeof *texts ? texts[i] : longest;
        struct reworded r;
        reword(text, ALL, i, &r);
        assert_int_equal(r.length, strlen(r.text));
        discard(&r);
        assert_true(control_typo(text, strlen(text), ALL, i, &r));
        assert_int_equal(r.length, strlen(r.text));
        discard(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wordings), cmocka_unit_test(traps), cmocka_unit_test(counts),
        cmocka_unit_test(slips), cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
