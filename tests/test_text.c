/* test_text.c -- the tokeniser, the sentence splitter, token flags and protected spans, by their
 * public contract (engine/text/text.h): what is segmented how, and what holds for any bytes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "text/chars.h"
#include "text/text.h"

/* Segments text: tokens with spaces between, the words of a multiword token with |, sentences with
 * " / ". Tokens that have one of the flags are marked with a ^ behind. */
static char *segment(const char *text, size_t length, uint32_t marked,
                     const struct protect *protect, bool keep_quotes)
{
    struct text_cursor *cursor = malloc(sizeof *cursor);
    struct arena arena;
    struct buffer out;
    struct sentence sentence;
    assert_non_null(cursor);
    arena_init(&arena);
    buffer_init(&out);
    buffer_add_string(&out, "");
    text_cursor_init(cursor, text, length, protect, keep_quotes);
    while (text_next(cursor, &arena, &sentence)) {
        uint32_t inside = 0;
        if (out.length)
            buffer_add_string(&out, " / ");
        for (uint32_t i = 0; i < sentence.count; i++) {
            const struct token *t = &sentence.tokens[i];
            if (i)
                buffer_add_char(&out, inside ? '|' : ' ');
            inside = inside ? inside - 1 : t->mwt > 1 ? t->mwt - 1u : 0;
            buffer_add(&out, t->form, t->form_length);
            if (t->flags & marked)
                buffer_add_char(&out, '^');
        }
        arena_reset(&arena);
    }
    assert_false(arena.failed);
    arena_clear(&arena);
    free(cursor);
    return out.bytes;
}

static void check(const char *text, const char *expected)
{
    char *found = segment(text, strlen(text), 0, NULL, false);
    assert_string_equal(found ? found : "", expected);
    free(found);
}

static void check_flag(uint32_t flag, const char *text, const char *expected)
{
    char *found = segment(text, strlen(text), flag, NULL, false);
    assert_string_equal(found, expected);
    free(found);
}

/* ---- words ---- */

static void test_contractions(void **state)
{
    (void)state;
    check("I don't know.", "I do|n't know .");
    check("They can't, won't and shan't.", "They ca|n't , wo|n't and sha|n't .");
    check("We cannot go and I'm glad.", "We can|not go and I|'m glad .");
    check("You\xE2\x80\x99re late; it\xE2\x80\x99s noon.",
          "You|\xE2\x80\x99re late ; it|\xE2\x80\x99s noon .");
    check("She'd've gone, shouldn't've she?", "She|'d|'ve gone , should|n't|'ve she ?");
    check("I'm gonna go, wanna come?", "I|'m gon|na go , wan|na come ?");
    check("I dunno, gimme a gotta.", "I du|n|no , gim|me a got|ta .");
    check("dont cant didnt thats youre im", "do|nt ca|nt did|nt that|s you|re i|m");
    check("DON'T SHOUT", "DO|N'T SHOUT");
    check("Let's go.", "Let|'s go .");
    check("It lets me go.", "It lets me go .");
    check("Its a shame that its tail hurts.", "It|s a shame that its tail hurts .");
    check("'Tis cold and 'twas dark.", "'T|is cold and 't|was dark .");
    check("y'all know five o'clock ma'am", "y'all know five o'clock ma'am");
    check("He do n't say it 's so", "He do n't say it 's so");
}

static void test_possessives(void **state)
{
    (void)state;
    check("Aisha's dog and the boys' ball", "Aisha|'s dog and the boys|' ball");
    check("my mother-in-law's car", "my mother - in - law|'s car");
    check("the 1980's and the '90s", "the 1980's and the '90s");
    check("'the red hats' and 'blue'", "' the red hats ' and ' blue '");
    check("rock 'n' roll, tell 'em", "rock 'n' roll , tell 'em");
}

static void test_hyphens_and_slashes(void **state)
{
    (void)state;
    check("a well-known e-mail", "a well - known e-mail");
    check("non-smokers re-read mid-June", "non-smokers re-read mid-June");
    check("two--or three\xE2\x80\x94things", "two -- or three \xE2\x80\x94 things");
    check("and/or w/o him/her", "and / or w/o him / her");
    check("AT&T, R&D and fish&chips", "AT&T , R&D and fish & chips");
}

static void test_numbers(void **state)
{
    (void)state;
    check("It cost $12.50, or \xC2\xA3"
          "9.",
          "It cost $ 12.50 , or \xC2\xA3 9 .");
    check("1,234,567.89 and 50%", "1,234,567.89 and 50 %");
    check("At 9:30am or 5 p.m. we eat.", "At 9:30 am or 5 p.m. we eat .");
    check("the 21st, 1970s, 4chan, 10km", "the 21st , 1970s , 4chan , 10 km");
    check("pages 3-4, call 555-1234", "pages 3 - 4 , call 555-1234");
    check("on 3/4/2021 or 9/11", "on 3/4/2021 or 9/11");
    check("24/7 service", "24 / 7 service");
}

static void test_abbreviations(void **state)
{
    (void)state;
    check("Mr. Okafor saw Dr. J. Lind.", "Mr. Okafor saw Dr. J. Lind .");
    check("The U.S. team, e.g. Ann, won.", "The U.S. team , e.g. Ann , won .");
    check("We sell pens, ink, etc.", "We sell pens , ink , etc .");
    check("No. 5 is here. I said no.", "No. 5 is here . / I said no .");
    check("a Ph.D. in art", "a Ph.D. in art");
}

static void test_marks(void **state)
{
    (void)state;
    check("Well... really?! Yes!!!", "Well ... really ?! / Yes !!!");
    check("(so) [it] {is}", "( so ) [ it ] { is }");
    check("That is fine :-)", "That is fine :-)");
    check("I <3 it", "I <3 it");
    check("end.Next one", "end . / Next one");
    check("==== text", "==== text");
}

static void test_unicode(void **state)
{
    (void)state;
    check("caf\xC3\xA9 na\xC3\xAFve", "caf\xC3\xA9 na\xC3\xAFve");
    check("\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD\xF0\x9F\x98\x80",
          "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD \xF0\x9F\x98\x80");
    check("\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA7 hi",
          "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA7 hi");
    check("a\xC2\xA0"
          "b\xE3\x80\x80"
          "c",
          "a b c");
    check("\xEF\xBB\xBFHello", "Hello");
    check("soft\xC2\xADly", "soft\xC2\xADly");
}

/* ---- sentences ---- */

static void test_sentences(void **state)
{
    (void)state;
    check("He ran. She hid! Why? I know.", "He ran . / She hid ! / Why ? / I know .");
    check("\"Stop!\" he cried. \"Now.\" They left.",
          "\" Stop ! \" he cried . / \" Now . \" / They left .");
    check("(It rained.) We stayed.", "( It rained . ) / We stayed .");
    check("He moved to the U.S. in May.", "He moved to the U.S. in May .");
    check("", "");
    check(" \n\t ", "");
}

static void test_line_ends(void **state)
{
    (void)state;
    check("One line\n\nanother", "One line / another");
    check("One line\r\n\r\nanother", "One line / another");
    check("The old man sat by the window of the small house and he\n"
          "watched the rain until the evening came and the street\n"
          "was dark.",
          "The old man sat by the window of the small house and he "
          "watched the rain until the evening came and the street was dark .");
    check("Shopping\n- two eggs\n- some milk", "Shopping / - two eggs / - some milk");
    check("1. Go home\n2. Eat well", "1 . Go home / 2 . Eat well");
}

static void test_paragraph_mark(void **state)
{
    static const char text[] = "First one. Second one.\n\nThird one.";
    static struct text_cursor cursor;
    struct arena arena;
    struct sentence s;
    (void)state;
    arena_init(&arena);
    text_cursor_init(&cursor, text, sizeof text - 1, NULL, false);
    assert_true(text_next(&cursor, &arena, &s));
    assert_true(s.new_paragraph);
    assert_int_equal(s.number, 0);
    assert_true(text_next(&cursor, &arena, &s));
    assert_false(s.new_paragraph);
    assert_int_equal(s.start, 11);
    assert_int_equal(s.end, 22);
    assert_int_equal(cursor.position, 22);
    assert_true(text_next(&cursor, &arena, &s));
    assert_true(s.new_paragraph);
    assert_int_equal(s.number, 2);
    assert_false(text_next(&cursor, &arena, &s));
    assert_false(text_next(&cursor, &arena, &s));
    arena_clear(&arena);
}

/* ---- flags ---- */

static void test_protected(void **state)
{
    (void)state;
    check_flag(FLAG(PROTECTED), "See https://a.example/b(c)?d=1, or www.x.org.",
               "See https://a.example/b(c)?d=1^ , or www.x.org^ .");
    check_flag(FLAG(PROTECTED), "Mail me@site.org or @sam about #rain.",
               "Mail me@site.org^ or @sam^ about #rain^ .");
    check_flag(FLAG(PROTECTED), "Run `make all` in /usr/src/lib or notes.txt now",
               "Run `make all`^ in /usr/src/lib^ or notes.txt^ now");
    check_flag(FLAG(PROTECTED), "<b>Big</b> &amp; <a href=\"u v\">red</a> 3 < 4",
               "<b>^ Big </b>^ &amp;^ <a href=\"u v\">^ red </a>^ 3 < 4");
    check_flag(FLAG(PROTECTED), "Look:\n```c\nint a = 1;\n```\nDone it.",
               "Look : / ```c^ / int^ a^ =^ 1;^ / ```^ / Done it .");
    check_flag(FLAG(PROTECTED), "a caf\xE9 here", "a caf\xE9^ here");
    check_flag(FLAG(PROTECTED), "C:\\temp\\x.doc is open", "C:\\temp\\x.doc^ is open");
}

static void test_quoted(void **state)
{
    (void)state;
    check_flag(FLAG(QUOTED), "She said \"I am here\" and left.",
               "She said \"^ I^ am^ here^ \"^ and left .");
    check_flag(FLAG(QUOTED), "A \xE2\x80\x9Cred one\xE2\x80\x9D fell",
               "A \xE2\x80\x9C^ red^ one^ \xE2\x80\x9D^ fell");
    check_flag(FLAG(QUOTED), "He is 6' 2\" tall and thin.", "He is 6 ' 2 \" tall and thin .");
    check_flag(FLAG(QUOTED), "the 'odd' one", "the '^ odd^ '^ one");
    check_flag(FLAG(QUOTED), "\"We saw it. They ran.\" So did we.",
               "\"^ We^ saw^ it^ .^ / They^ ran^ .^ \"^ / So did we .");
}

static void test_keep_quotes(void **state)
{
    static const char text[] = "I heard \"no way\" twice.";
    char *found = segment(text, sizeof text - 1, FLAG(PROTECTED), NULL, true);
    (void)state;
    assert_string_equal(found, "I heard \"^ no^ way^ \"^ twice .");
    free(found);
}

static void test_edges_and_titles(void **state)
{
    (void)state;
    check_flag(FLAG(FIRST), "(\"We can.\")", "( \" We^ can . \" )");
    check_flag(FLAG(LAST), "(\"We can.\")", "( \" We can^ . \" )");
    check_flag(FLAG(CONTRACTED), "I don't", "I do|n't^");
    check_flag(FLAG(TITLE), "The Return of the Tall Ship", "The^ Return^ of^ the^ Tall^ Ship^");
    check_flag(FLAG(TITLE), "The Queen of Spain came home", "The Queen of Spain came home");
}

/* ---- a user's patterns ---- */

static char *segment_protected(const char *text, size_t length, const char *const *patterns,
                               size_t count)
{
    struct protect *protect;
    isg_error error;
    assert_int_equal(protect_new(patterns, count, &protect, &error), ISG_OK);
    char *found = segment(text, length, FLAG(PROTECTED), protect, false);
    protect_free(protect);
    return found;
}

static void test_patterns(void **state)
{
    static const char *const patterns[] = {"[A-Z]{2}\\d+", "(?i)north\\s+star"};
    static const char text[] = "Unit AB12 saw the North\tStar. North star XY9 end.";
    char *found = segment_protected(text, sizeof text - 1, patterns, 2);
    (void)state;
    assert_string_equal(found, "Unit AB12^ saw the North^ Star^ . / North^ star^ XY9^ end .");
    free(found);
}

static void test_patterns_in_bad_bytes(void **state)
{
    static const char *const patterns[] = {"(?<=big )cat", "\\bz+"};
    static const char text[] = "big cat \xFF\xFE big cat \xC3 zz big cat";
    char *found = segment_protected(text, sizeof text - 1, patterns, 2);
    (void)state;
    assert_string_equal(found, "big cat^ \xFF\xFE^ big cat^ \xC3^ zz^ big cat^");
    free(found);
}

static void test_bad_pattern(void **state)
{
    static const char *const patterns[] = {"fine", "a(b"};
    struct protect *protect;
    isg_error error;
    (void)state;
    assert_int_equal(protect_new(patterns, 2, &protect, &error), ISG_ARGUMENT);
    assert_null(protect);
    assert_non_null(strstr(error.message, "a(b"));
    assert_int_equal(error.column, 4);
    const char *many[LIMIT_PROTECT + 1];
    for (size_t i = 0; i <= LIMIT_PROTECT; i++)
        many[i] = "x";
    assert_int_equal(protect_new(many, LIMIT_PROTECT + 1, &protect, &error), ISG_LIMIT);
    protect_free(NULL);
}

/* A pattern that cannot be decided within the limit protects instead of running on. */
static void test_costly_pattern(void **state)
{
    static const char *const patterns[] = {"(?:a+)+[bc]"};
    size_t length = 3000;
    char *text = malloc(length + 1);
    (void)state;
    assert_non_null(text);
    memset(text, 'a', length);
    text[length] = '\0';
    char *found = segment_protected(text, length, patterns, 1);
    assert_non_null(strchr(found, '^'));
    free(found);
    free(text);
}

/* ---- any bytes ---- */

/* Walks a text and checks what holds for every text: tokens are in order, do not overlap, are cut
 * within the limits, and only white space lies between them. Returns the number of tokens. */
static size_t walk(const char *text, size_t length)
{
    static struct text_cursor cursor;
    struct arena arena;
    struct sentence s;
    size_t end = 0, tokens = 0, number = 0;
    arena_init(&arena);
    text_cursor_init(&cursor, text, length, NULL, false);
    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        end = 3;
    while (text_next(&cursor, &arena, &s)) {
        assert_true(s.count > 0 && s.count <= LIMIT_SENTENCE_TOKENS);
        assert_int_equal(s.number, number++);
        assert_int_equal(s.start, s.tokens[0].start);
        assert_int_equal(s.end, s.tokens[s.count - 1].end);
        for (uint32_t i = 0; i < s.count; i++) {
            const struct token *t = &s.tokens[i];
            bool space = t->start > end;
            assert_true(t->start >= end && t->end > t->start);
            assert_true(t->end - t->start <= LIMIT_TOKEN_BYTES);
            while (end < t->start)
                assert_true(char_next(text, &end, length) & CHAR_SPACE);
            assert_true(t->form == text + t->start && t->form_length == t->end - t->start);
            if (tokens)
                assert_int_equal(t->space_before, space);
            assert_true(t->mwt == 0 || (t->mwt > 1 && i + t->mwt <= s.count));
            end = t->end;
            tokens++;
        }
        arena_reset(&arena);
    }
    while (end < length)
        assert_true(char_next(text, &end, length) & CHAR_SPACE);
    arena_clear(&arena);
    return tokens;
}

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

static void test_any_bytes(void **state)
{
    static const char *const bits[] = {
        " ", "\n", "\n\n", "\r\n", ".", "...", "!", "?", ",", "'", "\"", "`", "```", "-", "--",
        "/", "//", ":", "@", "#", "$", "&", "&amp;", "<", ">", "<a ", "=", "(", ")", "[", "]",
        "don't", "it's", "Mr.", "U.S.", "a", "B", "word", "Word", "9", "12", "3rd", "http://",
        "www.", ".com", "'s", "n't", "dunno", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D",
        "\xE2\x80\x98", "\xE2\x80\x94", "\xC3\xA9", "\xF0\x9F\x98\x80", "\xE2\x80\x8D",
        "\xEF\xB8\x8F", "\xF0\x9F\x87\xAC", "\xFF", "\xC3", "\xE2\x80", "\xF0\x9F", "\xC2\xA0",
        "\xE2\x80\xA8", "\x01", "\\", "~", "|", "_", "*", "%", ";", "C:\\", "\xEF\xBB\xBF", "its",
        "5", "\t", "\x0C", "\xE6\xBC\xA2", "\xD8\xA7"};
    uint64_t seed = 7;
    char text[4096];
    (void)state;
    for (int round = 0; round < 600; round++) {
        size_t length = 0, pieces = 1 + draw(&seed, 300);
        for (size_t i = 0; i < pieces; i++) {
            const char *bit = bits[draw(&seed, sizeof bits / sizeof *bits)];
            size_t size = strlen(bit);
            if (draw(&seed, 40) == 0) {
                text[length++] = (char)draw(&seed, 256); /* NUL among them */
            } else {
                memcpy(text + length, bit, size);
                length += size;
            }
        }
        char *exact = malloc(length); /* so that a sanitizer sees every byte too many */
        assert_non_null(exact);
        memcpy(exact, text, length);
        (void)walk(exact, length);
        free(exact);
    }
}

static char *repeat(const char *unit, size_t length)
{
    size_t size = strlen(unit);
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = unit[i % size];
    return text;
}

/* Long texts without a break, and marks that never close: each in linear time. */
static void test_hostile(void **state)
{
    static const char *const units[] = {
        "a", "a.", "a-", "a,", "1-", "1/", "(", "\"", "'", " '", " \"a", "`", " `", "<a ", "<",
        "@", "a@", "&a", "//", "a/", "/a", ".", "!a", "a'", "'s", "s' ", "x.y-", "```\n", "```a\n",
        "\n", "\n ", (" \xE2\x80\x98" "a"), "\xFF", "\xE2\x80\x8D", "\xF0\x9F\x98\x80", "no ", "A ",
        ":", ":-", "https://", "a\n", "\xE2\x80\x9C ", "its ", "#a", "-", "\xE2\x80"};
    size_t length = 200000;
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        char *text = repeat(units[i], length);
        (void)walk(text, length);
        free(text);
    }
    char *word = repeat("x", 3 * LIMIT_TOKEN_BYTES);
    assert_int_equal(walk(word, 3 * LIMIT_TOKEN_BYTES), 3);
    free(word);
}

/* The walk keeps nothing but its cursor: what an arena holds may be forgotten in between, and
 * stopping at every sentence gives what going through gives. */
static void test_cut_sentences(void **state)
{
    struct arena arena;
    struct sentence s;
    static struct text_cursor cursor;
    char *text = repeat("word ", 5 * 10000);
    size_t tokens = 0, sentences = 0;
    (void)state;
    arena_init(&arena);
    text_cursor_init(&cursor, text, 5 * 10000, NULL, false);
    while (text_next(&cursor, &arena, &s)) {
        tokens += s.count;
        sentences++;
        arena_reset(&arena);
    }
    assert_int_equal(tokens, 10000);
    assert_true(sentences >= 10000 / LIMIT_SENTENCE_TOKENS && sentences < 30);
    arena_clear(&arena);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contractions),
        cmocka_unit_test(test_possessives),
        cmocka_unit_test(test_hyphens_and_slashes),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_abbreviations),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_unicode),
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_paragraph_mark),
        cmocka_unit_test(test_protected),
        cmocka_unit_test(test_quoted),
        cmocka_unit_test(test_keep_quotes),
        cmocka_unit_test(test_edges_and_titles),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_patterns_in_bad_bytes),
        cmocka_unit_test(test_bad_pattern),
        cmocka_unit_test(test_costly_pattern),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_cut_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
