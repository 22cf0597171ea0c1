/* test_generate.c -- what is said of free answers: refusals and what only looks like one, words,
 * English, and marks of dialect that standard English does not have.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/generate.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "evaluate/density.h"
#include "evaluate/words.h"
#include "opened.h"

static isg_engine *engine;

static int open_all(void **state)
{
    isg_error error;
    (void)state;
    return opened_engine(&engine, &error) != ISG_OK;
}

static int close_all(void **state)
{
    (void)state;
    isg_engine_free(engine);
    return 0;
}

static void refusals(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "I can't help with that.",
        "  Sorry, but I am not able to say which wire it is.",
        "I\xe2\x80\x99m sorry, but I can\xe2\x80\x99t assist with weeds.",
        "Thank you for asking. However,\n\nI  CANNOT   provide a recipe for this.",
        "I must decline. Ask a doctor who knows you.",
        "\"I won't answer that,\" is all that can be said here.",
        "It is against my guidelines to talk about knives.",
        "I cain't help y'all with that.",
    };
    static const char *const answered[] = {
        "Beat the eggs with a fork, and don't stop until they are pale.",
        "I can't help but admire your patience! Start with the smallest stones.",
        "I can't recommend this soup enough.",
        "Sorry to hear about your dog. Call him only when you have food in your hand.",
        "A lawyer attacks an argument when she shows where it fails.",
        "Multi can't help it.",
        "As a gardener would say, pull them up by the roots.",
        "",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (!generate_is_refusal(refused[i]))
            fail_msg("taken for an answer: %s", refused[i]);
    for (size_t i = 0; i < sizeof answered / sizeof *answered; i++)
        if (generate_is_refusal(answered[i]))
            fail_msg("taken for a refusal: %s", answered[i]);
    /* Far from the beginning it is a quotation, or advice. */
    char late[512];
    memset(late, 'x', sizeof late);
    memcpy(late + 250, ". I can't help with that.", 26);
    assert_false(generate_is_refusal(late));
    memcpy(late + 150, ". I can't help with that.", 26);
    assert_true(generate_is_refusal(late));
}

static void lengths(void **state)
{
    (void)state;
    assert_int_equal(generate_words("Pull  them\n\tup."), 3);
    assert_int_equal(generate_words(" -- 42 well-known "), 3);
    assert_int_equal(generate_words(" \n"), 0);
    assert_int_equal(generate_words(""), 0);
}

static void english(void **state)
{
    (void)state;
    static const char *const yes[] = {
        "The weeds won't come back if you pull them up by the roots after rain.",
        "A red bicycle", "42", "", "3.14 \xe2\x89\xa0 22/7",
        "We ain't got no bread, so y'all be waiting a while yet.",
        "\xe2\x80\x9cThe neighbour\xe2\x80\x99s well-fed goat\xe2\x80\x9d \xe2\x80\x94 that is it.",
    };
    static const char *const no[] = {
        "Das Unkraut kommt nicht wieder, wenn du es nach dem Regen mit der Wurzel ziehst.",
        "Les mauvaises herbes ne reviennent pas si vous les arrachez avec la racine.",
        "Las malas hierbas no vuelven si las arrancas con la raiz despues de la lluvia.",
        "Rumput itu tidak akan tumbuh lagi kalau kamu mencabut akarnya.",
        "\xd0\xa1\xd0\xbe\xd1\x80\xd0\xbd\xd1\x8f\xd0\xba \xd0\xbd\xd0\xb5 "
        "\xd0\xb2\xd0\xb5\xd1\x80\xd0\xbd\xd1\x91\xd1\x82\xd1\x81\xd1\x8f",
        "Zxq fnord blorpt vrelk.",
    };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!generate_is_english(engine, yes[i]))
            fail_msg("not taken for English: %s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (generate_is_english(engine, no[i]))
            fail_msg("taken for English: %s", no[i]);
}

static void marks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count;
    } texts[] = {
        {"She ain't home, and he don't know where she is.", 2},
        {"I never saw nobody on the stairs.", 1},
        {"I never saw anybody, nobody at all.", 0},
        {"They don\xe2\x80\x99t need nothing.", 1},
        {"They was late and we wasn't.", 2},
        {"Youse can wait here, innit?", 2},
        {"He is a-fixing the roof, a-singin' as he goes.", 2},
        {"You might could ask the baker.", 1},
        {"In May can you come?", 0},
        {"They be working late.", 1},
        {"Let them go or they be lost.", 0},
        {"If they be willing, ask.", 0},
        {"I'm after losing the key.", 1},
        {"The house is after the turning.", 0},
        {"He done sold the horse.", 1},
        {"He has done the work that was needed.", 0},
        {"I seen it. Have they seen it?", 1},
        {"She has more better bread than he has.", 1},
        {"She has more bread, better bread.", 0},
        {"He went for to get the bread.", 1},
        {"He asked for it to be sent.", 0},
        {"Me mam knows it; ask me ma.", 2},
        {"Give me more time.", 0},
        {"", 0},
        {"\xe2\x80\x99\xe2\x80\x99 -- '\xff\xe2", 0},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (density_grammar(texts[i].text) != texts[i].count)
            fail_msg("%zu marks: %s", density_grammar(texts[i].text), texts[i].text);
}

static void slang_counts(void **state)
{
    (void)state;
    struct density *density;
    size_t found = 0, words = 0;
    assert_int_equal(density_open(engine, &density, NULL), ISG_OK);
    assert_int_equal(density_add(density, "The shop opens at nine.", &found, &words, NULL), ISG_OK);
    assert_int_equal(found, 0);
    assert_int_equal(words, 5);
    assert_int_equal(density_add(density, "That bloke ain't half knackered.", &found, &words, NULL),
                     ISG_OK);
    assert_int_equal(found, 3); /* ain't is one mark, of grammar and of slang */
    assert_int_equal(words, 10);
    density_close(density);
    density_close(NULL);
}

static void cut(void **state)
{
    (void)state;
    struct words words = {"\xe2\x80\x9cGoin\xe2\x80\x99 home\xe2\x80\x9d, THE well-to-do dogs' vet.",
                          true};
    static const char *const wanted[] = {"goin'", "home", "the", "well-to-do", "dogs", "vet"};
    static const bool firsts[] = {true, false, true, false, false, true};
    char word[16];
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_true(words_next(&words, word, sizeof word));
        assert_string_equal(word, wanted[i]);
        assert_int_equal(words.first, firsts[i]);
        words.first = false;
    }
    assert_false(words_next(&words, word, sizeof word));
    words = (struct words){"incomprehensibilities", true};
    assert_true(words_next(&words, word, sizeof word));
    assert_string_equal(word, "incomprehensibi");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals), cmocka_unit_test(lengths),      cmocka_unit_test(english),
        cmocka_unit_test(marks),    cmocka_unit_test(slang_counts), cmocka_unit_test(cut),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
