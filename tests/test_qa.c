/* test_qa.c -- answers beside gold answers: normalised, compared, and gold moved through edits.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/qa.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "evaluate/figures.h"

#define EDIT(from, to, out_from, out_to, where) \
    {.start = from, .end = to, .out_start = out_from, .out_end = out_to, .part = where}

static void normalises(const char *text, const char *wanted)
{
    char *normal = qa_normalise(text);
    assert_non_null(normal);
    assert_string_equal(normal, wanted);
    free(normal);
}

static void normal_forms(void **state)
{
    (void)state;
    normalises("The  Red\tBicycle.\n", "red bicycle");
    normalises("a theatre and an anthem", "theatre and anthem");
    normalises("Twenty-one o'clock", "twentyone oclock");
    normalises("\xe2\x80\x9cTwenty\xe2\x80\x93one o\xe2\x80\x99" "clock\xe2\x80\x9d",
               "twentyone oclock");
    normalises("\xc3\x89milie\xc2\xa0paid \xe2\x82\xac" "5", "\xc3\xa9milie paid \xe2\x82\xac" "5");
    normalises("The", "");
    normalises("...", "");
    normalises("", "");
    normalises("broken \xff\xc3 bytes", "broken bytes");
    /* Its lower case is a byte longer. */
    normalises("\xc8\xba\xc8\xba\xc8\xba", "\xe2\xb1\xa5\xe2\xb1\xa5\xe2\xb1\xa5");
}

static void token_f1(void **state)
{
    (void)state;
    assert_float_equal(qa_f1("red bicycle", "red bicycle"), 1, 1e-9);
    assert_float_equal(qa_f1("on red bicycle", "red bicycle"), 0.8, 1e-9);
    assert_float_equal(qa_f1("bicycle red", "red bicycle"), 1, 1e-9);
    assert_float_equal(qa_f1("red red red", "red bicycle"), 0.4, 1e-9);
    assert_float_equal(qa_f1("car", "red bicycle"), 0, 1e-9);
    assert_float_equal(qa_f1("", "red bicycle"), 0, 1e-9);
    assert_float_equal(qa_f1("", ""), 1, 1e-9);
}

static const char *const old_text = "The mill is busy. It does not stop on day one, a holiday.";
static const char *const new_text = "It's busy the mill is. It don't stop on day one, one holiday.";

/* What the words of a span have become; wanted NULL: nothing that can be told. */
static void moves(const char *words, const char *wanted)
{
    /* The blank before "busy" is dropped by no edit. */
    static const struct edit edits[] = {
        EDIT(0, 3, 0, 13, PART_CONTEXT),   EDIT(12, 16, 21, 21, PART_CONTEXT),
        EDIT(21, 29, 26, 31, PART_CONTEXT), EDIT(47, 48, 49, 52, PART_CONTEXT),
        EDIT(22, 40, 0, 3, PART_TEXT),
    };
    struct moved m = {edits, 5, PART_CONTEXT, old_text, new_text, strlen(new_text)};
    const char *at = strstr(old_text, words);
    assert_non_null(at);
    uint32_t start = (uint32_t)(at - old_text), end = (uint32_t)(start + strlen(words));
    bool moved = qa_map(&m, &start, &end);
    assert_int_equal(moved, wanted != NULL);
    if (!wanted)
        return;
    assert_int_equal(end - start, strlen(wanted));
    assert_memory_equal(new_text + start, wanted, strlen(wanted));
}

static void spans(void **state)
{
    (void)state;
    moves("does not", "don't");
    moves("does not stop", "don't stop");
    moves("not stop on day", "don't stop on day"); /* half an edit is a whole one */
    moves("It does", "It don't");
    moves("It does not stop on day one, a holiday.", "It don't stop on day one, one holiday.");
    moves("day one, a", "day one, one");
    moves("stop on day", NULL);
    moves("holiday", NULL);
    moves("mill", NULL);
    moves("is busy", "is");
    /* Offsets that do not fit the texts are not believed. */
    struct edit wild = EDIT(21, 29, 4000000000u, 4000000005u, PART_CONTEXT);
    struct moved m = {&wild, 1, PART_CONTEXT, old_text, new_text, strlen(new_text)};
    uint32_t start = 18, end = 34;
    assert_false(qa_map(&m, &start, &end));
    start = 21;
    end = 29;
    assert_false(qa_map(&m, &start, &end));
}

/* An item, a variant that writes another word in its context, an answer. */
struct world {
    struct item item;
    struct items items;
    struct variants variants;
    struct variant variant;
    struct figures figures;
    struct edit edit;
};

static void open_world(struct world *w)
{
    static char gold[] = "the children\0schoolchildren\0";
    static char context[] = "Bread is for the children. Grandchildren get rolls.";
    static const char *const after[PARTS] = {"Who is it for?",
                                             "Bread is for the childer. Grandchildren get rolls."};
    *w = (struct world){.edit = EDIT(17, 25, 17, 24, PART_CONTEXT)};
    w->item.parts[PART_CONTEXT] = context;
    w->item.gold = gold;
    w->items = (struct items){.list = &w->item, .count = 1};
    w->variant = (struct variant){.edit_count = 1, .edits = &w->edit, .changed = true};
    w->variant.question = question_add(&w->variants.questions, after, 0);
    assert_int_not_equal(w->variant.question, NAMES_NONE);
    w->variants.list = &w->variant;
    w->variants.arm_count = 1;
    w->figures = (struct figures){.items = &w->items, .variants = &w->variants};
}

static double exact(const struct world *w, size_t arm, const char *text)
{
    struct answer answer = {.state = ANSWER_GIVEN, .text = (char *)text};
    return qa_exact_match(&w->figures, 0, arm, &answer);
}

static void gold(void **state)
{
    (void)state;
    struct world w;
    open_world(&w);
    assert_float_equal(exact(&w, SOURCE_ARM, "Children."), 1, 0);
    assert_float_equal(exact(&w, SOURCE_ARM, "Schoolchildren"), 1, 0);
    assert_float_equal(exact(&w, SOURCE_ARM, "childer"), 0, 0);
    assert_float_equal(exact(&w, 0, "children"), 1, 0);
    assert_float_equal(exact(&w, 0, "The childer!"), 1, 0);
    assert_float_equal(exact(&w, 0, "rolls"), 0, 0);
    struct answer answer = {.text = (char *)"for the childer"};
    assert_float_equal(qa_token_f1(&w.figures, 0, 0, &answer), 2.0 / 3, 1e-9);
    assert_float_equal(qa_token_f1(&w.figures, 0, SOURCE_ARM, &answer), 0, 1e-9);
    names_clear(&w.variants.questions);
}

static void agreement(void **state)
{
    (void)state;
    struct answer x = {.text = (char *)"The harbour."}, y = {.text = (char *)"harbour"};
    struct answer z = {.text = (char *)"a harbor"};
    assert_true(qa_agrees(&x, &y));
    assert_false(qa_agrees(&x, &z));
}

static void questions(void **state)
{
    (void)state;
    struct names names = {0};
    static const char *const both[PARTS] = {"a", "b"}, *const one[PARTS] = {"a", NULL},
                      *const joined[PARTS] = {"ab", NULL}, *const second[PARTS] = {"", "b"};
    uint32_t x = question_add(&names, both, 0), y = question_add(&names, one, 0);
    uint32_t z = question_add(&names, joined, 0), s = question_add(&names, second, 0);
    assert_int_equal(names.count, 4);
    assert_int_equal(question_add(&names, both, 0), x);
    assert_string_equal(question_part(&names.list[x], PART_CONTEXT), "b");
    assert_string_equal(question_part(&names.list[y], PART_TEXT), "a");
    assert_null(question_part(&names.list[y], PART_CONTEXT));
    assert_string_equal(question_part(&names.list[z], PART_TEXT), "ab");
    assert_string_equal(question_part(&names.list[s], PART_CONTEXT), "b");
    names_clear(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_forms), cmocka_unit_test(token_f1), cmocka_unit_test(spans),
        cmocka_unit_test(gold),         cmocka_unit_test(agreement), cmocka_unit_test(questions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
