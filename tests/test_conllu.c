/* test_conllu.c -- CoNLL-U out and in: the exact lines printed, that reading gives back what was
 * printed, and that no input harms the reader.
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

#include "analysis/conllu.h"
#include "base/limits.h"
#include "text/text.h"

#define ROW(id, form, misc) id "\t" form "\t_\t_\t_\t_\t_\t_\t_\t" misc "\n"

/* Segments text and prints it. */
static struct buffer print_text(const char *text, size_t length)
{
    static struct text_cursor cursor;
    struct conllu_writer writer;
    struct arena arena;
    struct buffer out;
    struct sentence sentence;
    arena_init(&arena);
    buffer_init(&out);
    buffer_add_string(&out, "");
    text_cursor_init(&cursor, text, length, NULL, false);
    conllu_writer_init(&writer, &out, text, length);
    while (text_next(&cursor, &arena, &sentence))
        conllu_write(&writer, &sentence);
    assert_false(arena.failed || out.failed);
    arena_clear(&arena);
    return out;
}

static void check_print(const char *text, const char *expected)
{
    struct buffer out = print_text(text, strlen(text));
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    buffer_clear(&out);
}

static isg_status read_string(const char *bytes, bool annotations, struct arena *arena,
                              struct conllu *conllu, isg_error *error)
{
    struct conllu_source source = {bytes, strlen(bytes), "x.conllu", annotations};
    return conllu_read(&source, arena, conllu, error);
}

/* ---- printing ---- */

static void test_print(void **state)
{
    (void)state;
    check_print("Don't go.", "# newpar\n# sent_id = 1\n# text = Don't go.\n" ROW("1-2", "Don't",
                                                                                 "TokenRange=0:5")
                                 ROW("1", "Do", "TokenRange=0:2") ROW("2", "n't", "TokenRange=2:5")
                                     ROW("3", "go", "SpaceAfter=No|TokenRange=6:8")
                                         ROW("4", ".", "TokenRange=8:9") "\n");
    check_print("", "");
}

static void test_print_code_points(void **state)
{
    (void)state;
    check_print("\xC3\xA9t\xC3\xA9 \xF0\x9F\x98\x80 x\n\n(y",
                "# newpar\n# sent_id = 1\n# text = \xC3\xA9t\xC3\xA9 \xF0\x9F\x98\x80 x\n" ROW(
                    "1", "\xC3\xA9t\xC3\xA9", "TokenRange=0:3") ROW("2", "\xF0\x9F\x98\x80",
                                                                    "TokenRange=4:5")
                    ROW("3", "x", "TokenRange=6:7") "\n# newpar\n# sent_id = 2\n# text = (y\n" ROW(
                        "1", "(", "SpaceAfter=No|TokenRange=9:10")
                        ROW("2", "y", "TokenRange=10:11") "\n");
}

static void test_print_unprintable(void **state)
{
    (void)state;
    check_print("a\xFF"
                " \x01 <b\tc='d'>",
                "# newpar\n# sent_id = 1\n# text = a\xEF\xBF\xBD \xEF\xBF\xBD <b c='d'>\n" ROW(
                    "1", "a\xEF\xBF\xBD", "TokenRange=0:2")
                    ROW("2", "\xEF\xBF\xBD", "TokenRange=3:4")
                        ROW("3", "<b c='d'>", "TokenRange=5:14") "\n");
}

static void test_print_annotated(void **state)
{
    struct token tokens[2] = {{.form = "Birds",
                               .lemma = "bird",
                               .form_length = 5,
                               .lemma_length = 4,
                               .start = 0,
                               .end = 5,
                               .feats = FEAT(NUM_PLUR),
                               .head = 1,
                               .upos = UPOS_NOUN,
                               .xpos = XPOS_NNS,
                               .deprel = REL_NSUBJ,
                               .tag_confidence = 250,
                               .arc_confidence = 200},
                              {.form = "sing",
                               .lemma = "sing",
                               .form_length = 4,
                               .lemma_length = 4,
                               .start = 6,
                               .end = 10,
                               .head = -1,
                               .upos = UPOS_VERB,
                               .xpos = XPOS_VBP,
                               .deprel = REL_ROOT,
                               .space_before = 1}};
    struct sentence sentence = {.tokens = tokens, .count = 2, .end = 10, .number = 4};
    struct conllu_writer writer;
    struct buffer out;
    (void)state;
    buffer_init(&out);
    conllu_print(&out, "Birds sing", &sentence);
    assert_string_equal(out.bytes,
                        "# sent_id = 5\n# text = Birds sing\n"
                        "1\tBirds\tbird\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\tTokenRange=0:5\n"
                        "2\tsing\tsing\tVERB\tVBP\t_\t0\troot\t_\tTokenRange=6:10\n\n");
    buffer_reset(&out);
    conllu_writer_init(&writer, &out, "Birds sing", 10);
    writer.confidence = true;
    conllu_write(&writer, &sentence);
    assert_non_null(strstr(out.bytes, "TokenRange=0:5|TagConf=250|ArcConf=200\n"));
    buffer_clear(&out);
}

/* ---- reading ---- */

static void test_read(void **state)
{
    static const char bytes[] =
        "# newdoc id = d\n# sent_id = s1\n# text = Aren't  they?\n" ROW("1-2", "Aren't", "_")
            ROW("1", "Are", "_") ROW("2", "n't", "_") ROW("3", "they", "SpaceAfter=No")
                ROW("4", "?", "_") "\n" ROW("1", "Yes", "SpaceAfter=No") ROW("2", ".", "_")
                    ROW("2.1", "gap", "_") "\n"
                                           "# newpar\n" ROW("1", "End", "_") "\n";
    struct arena arena;
    struct conllu c;
    isg_error error;
    (void)state;
    arena_init(&arena);
    assert_int_equal(read_string(bytes, false, &arena, &c, &error), ISG_OK);
    assert_string_equal(c.text.bytes, "Aren't  they? Yes.\n\nEnd");
    assert_int_equal(c.count, 3);
    const struct token *t = c.sentences[0].tokens;
    assert_int_equal(c.sentences[0].count, 4);
    assert_int_equal(t[0].mwt, 2);
    assert_int_equal(t[0].end, 3);
    assert_memory_equal(t[1].form, "n't", 3);
    assert_int_equal(t[1].start, 3);
    assert_int_equal(t[1].flags & FLAG(CONTRACTED), FLAG(CONTRACTED));
    assert_int_equal(t[1].space_before, 0);
    assert_int_equal(t[2].start, 8);
    assert_int_equal(t[2].space_before, 1);
    assert_int_equal(t[0].flags & FLAG(FIRST), FLAG(FIRST));
    assert_int_equal(t[2].flags & FLAG(LAST), FLAG(LAST));
    assert_int_equal(t[0].upos, UPOS_NONE);
    assert_int_equal(c.sentences[1].count, 2);
    assert_false(c.sentences[1].new_paragraph);
    assert_true(c.sentences[2].new_paragraph);
    assert_int_equal(c.sentences[2].start, 20);
    conllu_clear(&c);
    arena_clear(&arena);
}

static void test_read_annotations(void **state)
{
    static const char bytes[] =
        "1\tDogs\tdog\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t2:nsubj\t_\r\n"
        "2\tbark\tbark\tVERB\tVBP\tVerbForm=Fin\t0\troot\t_\tSpaceAfter=No\r\n"
        "3\t.\t.\tPUNCT\t.\t_\t2\tpunct:odd\t_\t_\r\n\r\n";
    struct arena arena;
    struct conllu c;
    isg_error error;
    (void)state;
    arena_init(&arena);
    assert_int_equal(read_string(bytes, true, &arena, &c, &error), ISG_OK);
    assert_string_equal(c.text.bytes, "Dogs bark.");
    const struct token *t = c.sentences[0].tokens;
    assert_int_equal(t[0].upos, UPOS_NOUN);
    assert_int_equal(t[0].xpos, XPOS_NNS);
    assert_int_equal(t[0].head, 1);
    assert_int_equal(t[0].deprel, REL_NSUBJ);
    assert_string_equal(t[0].lemma, "dog");
    assert_true(t[0].feats == FEAT(NUM_PLUR));
    assert_int_equal(t[1].head, -1);
    assert_int_equal(t[2].deprel, REL_PUNCT);
    conllu_clear(&c);
    arena_clear(&arena);
}

/* Words that are not pieces of their token share out its bytes; forms that the text does not have
 * replace it; forms may have spaces. */
static void test_read_odd_forms(void **state)
{
    static const char bytes[] =
        "# text = I won't\n" ROW("1", "I", "_") ROW("2-3", "won't", "_") ROW("2", "will", "_")
            ROW("3", "not", "_") "\n"
                                 "# text = something else\n" ROW("1", "10 000", "SpaceAfter=No")
                                     ROW("2", "%", "_") "\n";
    struct arena arena;
    struct conllu c;
    isg_error error;
    (void)state;
    arena_init(&arena);
    assert_int_equal(read_string(bytes, false, &arena, &c, &error), ISG_OK);
    assert_string_equal(c.text.bytes, "I won't 10 000%");
    const struct token *t = c.sentences[0].tokens;
    assert_int_equal(t[1].start, 2);
    assert_int_equal(t[1].end, 4);
    assert_int_equal(t[2].end, 7);
    assert_memory_equal(t[1].form, "will", 4);
    assert_int_equal(t[1].form_length, 4);
    assert_int_equal(c.sentences[1].tokens[0].form_length, 6);
    conllu_clear(&c);
    arena_clear(&arena);
}

static void test_read_flags(void **state)
{
    static const char bytes[] =
        ROW("1", "See", "_") ROW("2", "\"", "SpaceAfter=No") ROW("3", "me", "_")
            ROW("4", "now", "SpaceAfter=No") ROW("5", "\"", "_") ROW("6", "www.a.org", "_") "\n";
    struct arena arena;
    struct conllu c;
    isg_error error;
    (void)state;
    arena_init(&arena);
    assert_int_equal(read_string(bytes, false, &arena, &c, &error), ISG_OK);
    const struct token *t = c.sentences[0].tokens;
    assert_int_equal(t[0].flags & FLAG(QUOTED), 0);
    assert_int_equal(t[2].flags & FLAG(QUOTED), FLAG(QUOTED));
    assert_int_equal(t[3].flags & FLAG(PROTECTED), 0);
    assert_int_equal(t[5].flags & (FLAG(PROTECTED) | FLAG(QUOTED)), FLAG(PROTECTED));
    conllu_clear(&c);
    arena_clear(&arena);
}

static void check_error(const char *bytes, bool annotations, isg_status status, unsigned line)
{
    struct arena arena;
    struct conllu c;
    isg_error error = {.line = 0};
    arena_init(&arena);
    assert_int_equal(read_string(bytes, annotations, &arena, &c, &error), status);
    assert_int_equal(error.line, line);
    assert_int_equal(c.count, 0);
    assert_null(c.text.bytes);
    arena_clear(&arena);
}

static void test_read_errors(void **state)
{
    char *many = malloc(LIMIT_SENTENCE_TOKENS * 32 + 64), *end = many;
    (void)state;
    assert_non_null(many);
    check_error("1\tword\n", false, ISG_FORMAT, 1);
    check_error("# x\n" ROW("1", "a", "_") ROW("3", "b", "_"), false, ISG_FORMAT, 3);
    check_error(ROW("1", "", "_"), false, ISG_FORMAT, 1);
    check_error(ROW("one", "a", "_"), false, ISG_FORMAT, 1);
    check_error(ROW("1-2", "ab", "_") ROW("1", "a", "_") "\n", false, ISG_FORMAT, 3);
    check_error(ROW("2-3", "ab", "_"), false, ISG_FORMAT, 1);
    check_error(ROW("1-2", "ab", "_") ROW("1-2", "ab", "_"), false, ISG_FORMAT, 2);
    check_error(ROW("1-", "ab", "_"), false, ISG_FORMAT, 1);
    check_error(ROW("1", "a", "_"), true, ISG_FORMAT, 1);
    check_error("1\ta\t_\t_\t_\t_\t2\tdep\t_\t_\n2\tb\t_\t_\t_\t_\t1\tdep\t_\t_\n\n", true,
                ISG_FORMAT, 3);
    check_error("1\ta\t_\t_\t_\t_\t9\tdep\t_\t_\n\n", true, ISG_FORMAT, 2);
    for (unsigned i = 1; i <= LIMIT_SENTENCE_TOKENS + 1; i++)
        end += snprintf(end, 32, "%u\tx\t_\t_\t_\t_\t_\t_\t_\t_\n", i);
    check_error(many, false, ISG_LIMIT, LIMIT_SENTENCE_TOKENS + 1);
    free(many);
}

/* ---- there and back ---- */

static void check_round(const char *text, size_t length)
{
    struct buffer out = print_text(text, length), again;
    struct conllu_source source = {out.bytes, out.length, NULL, false};
    struct conllu_writer writer;
    struct arena arena;
    struct conllu c;
    isg_error error;
    arena_init(&arena);
    buffer_init(&again);
    assert_int_equal(conllu_read(&source, &arena, &c, &error), ISG_OK);
    conllu_writer_init(&writer, &again, c.text.bytes, c.text.length);
    for (size_t i = 0; i < c.count; i++)
        conllu_write(&writer, &c.sentences[i]);
    assert_int_equal(again.length, out.length);
    if (out.length)
        assert_memory_equal(again.bytes, out.bytes, out.length);
    conllu_clear(&c);
    buffer_clear(&out);
    buffer_clear(&again);
    arena_clear(&arena);
}

static void test_round(void **state)
{
    static const char text[] = "I can't say. (\"It's \xE2\x80\x9Cso\xE2\x80\x9D,\" she said.)\n\n"
                               "The dogs' bowls cost $5.50 at Kim's! Dunno.";
    (void)state;
    check_round(text, sizeof text - 1);
    check_round("", 0);
}

static void test_any_bytes(void **state)
{
    static const char alphabet[] = "0123456789-.\t\t\t\t\t\t\n\n\r#ab_|= \xC3\xA9\xFF";
    static const char seed_text[] = "# text = Do n't\n" ROW("1-2", "Don't",
                                                            "SpaceAfter=No") ROW("1", "Do", "_")
        ROW("2", "n't", "_") "3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n" ROW("1", "x", "_") "\n";
    uint64_t random = 99;
    char bytes[sizeof seed_text];
    (void)state;
    for (int round = 0; round < 4000; round++) {
        struct arena arena;
        struct conllu c;
        isg_error error;
        memcpy(bytes, seed_text, sizeof bytes);
        for (int i = 0; i < 1 + round % 7; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            bytes[(random >> 33) % (sizeof bytes - 1)] =
                alphabet[(random >> 13) % (sizeof alphabet - 1)];
        }
        struct conllu_source source = {bytes, sizeof bytes - 1, "x", round % 2 == 0};
        arena_init(&arena);
        isg_status status = conllu_read(&source, &arena, &c, &error);
        assert_true(status == ISG_OK || status == ISG_FORMAT || status == ISG_LIMIT);
        for (size_t i = 0; i < c.count; i++)
            for (uint32_t j = 0; j < c.sentences[i].count; j++)
                assert_true(c.sentences[i].tokens[j].end <= c.text.length);
        conllu_clear(&c);
        arena_clear(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_print_code_points),
        cmocka_unit_test(test_print_unprintable),
        cmocka_unit_test(test_print_annotated),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_read_annotations),
        cmocka_unit_test(test_read_odd_forms),
        cmocka_unit_test(test_read_flags),
        cmocka_unit_test(test_read_errors),
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
