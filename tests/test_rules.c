/* test_rules.c -- the rule compiler: messages against golden files, tables through the reader, one
 * answer whatever the order of the sources, and limits. Set ISOGLOSS_WRITE_GOLDEN to write the
 * golden files anew (and read the difference).
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

#include <isogloss_rules.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "base/vocab.h"
#include "table/table.h"

static const char *const golden[] = {
    "broken", "dialect", "doctype", "kinds",   "latin", "names",
    "patterns", "shape", "syntax",  "tests", "trigger", "unicode",
};

static const char *source_path(char *path, size_t size, const char *name)
{
    const char *root = getenv("srcdir");
    snprintf(path, size, "%s/%s", root && root[0] ? root : ".", name);
    return path;
}

static void read_file(const char *path, struct buffer *out)
{
    char block[4096];
    size_t n;
    FILE *file = fopen(path, "rb");
    buffer_reset(out);
    buffer_add(out, "", 0);
    while (file && (n = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(out, block, n);
    if (file)
        fclose(file);
}

static void collect(void *context, const char *text, bool is_error)
{
    struct buffer *out = context;
    (void)is_error;
    buffer_add_string(out, text);
}

static isg_rules *new_rules(bool only_named, struct buffer *messages)
{
    char folder[1024];
    isg_rules *rules;
    isg_error error;
    isg_rules_options options = {source_path(folder, sizeof folder, "rules"), only_named};
    assert_int_equal(isg_rules_new(&options, &rules, &error), ISG_OK);
    isg_rules_set_report(rules, messages ? collect : NULL, messages);
    return rules;
}

static isg_status add(isg_rules *rules, const char *name, const char *text, isg_error *error)
{
    return isg_rules_add_memory(rules, name, text, strlen(text), error);
}

/* A feature around the text of a match and an action. */
static isg_status add_rule(isg_rules *rules, const char *match, const char *action,
                           isg_error *error)
{
    struct buffer text;
    buffer_init(&text);
    buffer_printf(&text,
                  "<feature id=\"7\" name=\"f\" stratum=\"noun\"><rule name=\"r\"><match>%s</match>"
                  "<as name=\"a\">%s</as></rule></feature>",
                  match, action);
    isg_status status = isg_rules_add_memory(rules, "f.xml", text.bytes, text.length, error);
    buffer_clear(&text);
    return status;
}

static void test_messages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        char name[64], path[1024];
        struct buffer text, messages, expected;
        isg_error error;
        buffer_init(&text);
        buffer_init(&messages);
        buffer_init(&expected);
        snprintf(name, sizeof name, "tests/rules/%s.xml", golden[i]);
        read_file(source_path(path, sizeof path, name), &text);
        isg_rules *rules = new_rules(true, &messages);
        assert_int_equal(isg_rules_add_memory(rules, name, text.bytes, text.length, &error),
                         ISG_SYNTAX);
        assert_string_equal(error.file, name);
        assert_true(error.line > 0 && error.column > 0);
        isg_rules_free(rules);
        snprintf(name, sizeof name, "tests/rules/%s.out", golden[i]);
        source_path(path, sizeof path, name);
        if (getenv("ISOGLOSS_WRITE_GOLDEN")) {
            FILE *file = fopen(path, "wb");
            assert_non_null(file);
            fwrite(messages.bytes, 1, messages.length, file);
            fclose(file);
        }
        read_file(path, &expected);
        assert_string_equal(messages.bytes, expected.bytes);
        buffer_clear(&text);
        buffer_clear(&messages);
        buffer_clear(&expected);
    }
}

static const char feature_a[] =
    "<feature id=\"301\" name=\"one\" stratum=\"noun\" draw=\"document\" neutralises=\"tense\">"
    "<about>About  one.</about>"
    "<rule name=\"r\" sure=\".5\" rate=\".25\" key=\"v.lemma\">"
    "<match>@v:[VBD #verbs] ; obj(v, o) ; g = vg(v)[tense=past sound]</match>"
    "<unless name=\"u\">o[.mwe]</unless>"
    "<as name=\"x\" weight=\"2.5\" for=\"AA south\">v := v:base</as>"
    "<as name=\"y\">set g tense=pres</as></rule>"
    "<test>In. | Out. | Bar \\| other.</test><keep because=\"u\">Kept.</keep></feature>";
static const char feature_b[] =
    "<feature id=\"300\" name=\"two\" stratum=\"noun\"><rule name=\"r\">"
    "<match>@n:[NOUN]</match><as name=\"x\">delete n</as></rule>"
    "<order after=\"301 999\" blocks=\"301\"/></feature>";
static const char feature_c[] =
    "<feature id=\"302\" name=\"three\" stratum=\"clause\"><rule name=\"r\">"
    "<match>seq [the] n:[#verbs|\"Dog\"]</match><as name=\"x\">delete n</as></rule></feature>";
static const char dialect_a[] =
    "<dialect code=\"A&amp;B\" name=\"Alpha\" region=\"The South\" type=\"Old varieties\" "
    "latitude=\"-1.5\" longitude=\"2\" review=\"none\"><rating grade=\"A\">1 3</rating>"
    "<choose feature=\"301\" as=\"y\"/></dialect>";
static const char dialect_b[] =
    "<dialect code=\"AA\" name=\"Beta\" region=\"South\" type=\"Creoles\" latitude=\"0\" "
    "longitude=\"0\" review=\"speaker\" contact=\"yes\" inherit=\"A&amp;B\">"
    "<rating grade=\"D\">3 235</rating></dialect>";
static const char verbs[] = "# words\ngive\nRun\ncome\n";

static void add_all(isg_rules *rules, unsigned order)
{
    const char *const names[] = {"c.xml", "b.xml", "d1.xml", "d2.xml", "a.xml"};
    const char *const texts[] = {feature_c, feature_b, dialect_a, dialect_b, feature_a};
    isg_error error;
    assert_int_equal(add(rules, "lists/verbs.txt", verbs, &error), ISG_OK);
    for (unsigned i = 0; i < 5; i++) {
        unsigned k = (i * (order + 1) + order) % 5;
        isg_status status = add(rules, names[k], texts[k], &error);
        if (status != ISG_OK)
            fail_msg("%s: %s", names[k], error.message);
    }
}

static void test_deterministic(void **state)
{
    (void)state;
    struct buffer first;
    buffer_init(&first);
    for (unsigned order = 0; order < 4; order++) {
        isg_rules *rules = new_rules(false, NULL);
        isg_error error;
        const void *table;
        size_t size;
        add_all(rules, order);
        for (int again = 0; again < 2; again++) {
            assert_int_equal(isg_rules_compile(rules, &table, &size, &error), ISG_OK);
            if (first.length == 0)
                buffer_add(&first, table, size);
            assert_int_equal(size, first.length);
            assert_memory_equal(table, first.bytes, size);
        }
        isg_rules_free(rules);
    }
    buffer_clear(&first);
}

static const struct tab_range *key(const struct table *t, uint64_t number)
{
    return &t->trigger_index[number];
}

static void check_table(const struct table *t)
{
    assert_int_equal(t->feature_count, 3);
    assert_int_equal(t->features[0].id, 302);
    assert_int_equal(t->features[1].id, 301); /* 300 comes after it */
    assert_int_equal(t->features[2].id, 300);
    assert_string_equal(table_string(t, t->features[1].about), "About one.");
    assert_string_equal(table_string(t, t->features[1].file), "a.xml");
    const struct tab_rule *rule = &t->rules[t->features[1].rules];
    assert_int_equal(rule->sure, 128);
    assert_int_equal(rule->rate, TAB_RATE_ONE / 4);
    assert_int_equal(rule->draw, DRAW_DOCUMENT);
    assert_int_equal(rule->flags, TAB_RULE_KEY);
    assert_int_equal(rule->key, TAB_REF(0, 255, 255));
    assert_int_equal(rule->guard_count, 1);
    assert_int_equal(rule->realisation_count, 2);
    const struct tab_realisation *x = &t->realisations[rule->realisations];
    assert_int_equal(x->weight, 2500);
    assert_int_equal(t->varieties[x->varieties], 2); /* "south" is AA's region, "The South" not */
    assert_int_equal(x[1].varieties, TAB_NONE);
    uint32_t give = table_literal(t, "give", 4), run = table_literal(t, "run", 3);
    assert_true(give != TAB_NONE && run != TAB_NONE);
    assert_int_equal(table_literal(t, "gives", 5), TAB_NONE);
    assert_int_equal(key(t, give)->count, 1); /* 301 by form; 302 starts at "the" */
    assert_int_equal(key(t, t->literal_count + give)->count, 1);
    uint64_t the = table_literal(t, "the", 3);
    assert_int_equal(key(t, the)->count, 0);
    assert_int_equal(key(t, t->literal_count + the)->count, 1);
    assert_int_equal(key(t, 2 * (uint64_t)t->literal_count + XPOS_COUNT + UPOS_NOUN)->count, 1);
    assert_int_equal(key(t, 2 * (uint64_t)t->literal_count + XPOS_VBD)->count, 0);
    assert_int_equal(t->relation_count, 3);
}

static void check_dialects(const struct table *t)
{
    assert_int_equal(t->dialect_count, 2);
    const struct tab_dialect *a = &t->dialects[0], *b = &t->dialects[1];
    assert_string_equal(table_string(t, a->code), "A&B");
    assert_string_equal(table_string(t, a->slug), "a-b");
    assert_string_equal(table_string(t, b->slug), "aa");
    assert_true(a->latitude == -1.5 && a->longitude == 2.0);
    assert_int_equal(a->flags, 0);
    assert_int_equal(b->flags, TAB_DIALECT_CONTACT);
    assert_memory_equal(table_string(t, a->ratings), "A?A?", 4);
    assert_memory_equal(table_string(t, b->ratings), "A?D?", 4);
    assert_int_equal(table_string(t, b->ratings)[234], 'D');
    assert_string_equal(table_string(t, b->realisations), "301.r=y"); /* inherited */
}

static void test_table(void **state)
{
    (void)state;
    isg_rules *rules = new_rules(false, NULL);
    isg_error error;
    const void *data;
    size_t size;
    struct table table;
    add_all(rules, 1);
    assert_int_equal(isg_rules_compile(rules, &data, &size, &error), ISG_OK);
    assert_int_equal(table_open_memory(data, size, &table, &error), ISG_OK);
    check_table(&table);
    check_dialects(&table);
    table_close(&table);
    assert_non_null(strstr(isg_rules_stats(rules), "3  features"));
    isg_rules_free(rules);
}

static void test_tests(void **state)
{
    (void)state;
    isg_rules *rules = new_rules(false, NULL);
    isg_rules_test test;
    add_all(rules, 0);
    assert_int_equal(isg_rules_test_count(rules), 2);
    assert_int_equal(isg_rules_test_get(rules, 0, &test), ISG_OK);
    assert_string_equal(test.input, "In.");
    assert_int_equal(test.output_count, 2);
    assert_string_equal(test.outputs[1], "Bar | other.");
    assert_int_equal(test.feature, 301);
    assert_int_equal(isg_rules_test_get(rules, 1, &test), ISG_OK);
    assert_true(test.keep);
    assert_string_equal(test.because, "u");
    assert_int_equal(isg_rules_test_get(rules, 2, &test), ISG_ARGUMENT);
    isg_rules_free(rules);
}

/* Sources that are wrong only together. */
static void test_compile_errors(void **state)
{
    (void)state;
    struct {
        const char *order_a, *order_b, *varieties, *message;
    } cases[] = {
        {"after=\"2\"", "after=\"1\"", "XX", "circle"},
        {"feeds=\"2\"", "feeds=\"1\"", "XX", "cannot feed"},
        {"", "", "Xx", "no variety, region or type"},
        {"", "", "XX", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        isg_rules *rules = new_rules(false, NULL);
        isg_error error = {0};
        const void *table;
        size_t size;
        for (int f = 1; f <= 2; f++) {
            snprintf(text, sizeof text,
                     "<feature id=\"%d\" name=\"f\" stratum=\"noun\"><rule name=\"r\">"
                     "<match>@v:[VERB]</match><as name=\"a\" for=\"%s\">delete v</as></rule>"
                     "<order %s/></feature>",
                     f, cases[i].varieties, f == 1 ? cases[i].order_a : cases[i].order_b);
            assert_int_equal(add(rules, f == 1 ? "1.xml" : "2.xml", text, &error), ISG_OK);
        }
        assert_int_equal(add(rules, "d.xml",
                             "<dialect code=\"XX\" name=\"X\" region=\"Here\" type=\"T\" "
                             "latitude=\"0\" longitude=\"0\" review=\"none\"/>", &error), ISG_OK);
        isg_status status = isg_rules_compile(rules, &table, &size, &error);
        assert_int_equal(status, cases[i].message ? ISG_SYNTAX : ISG_OK);
        if (cases[i].message && !strstr(error.message, cases[i].message))
            fail_msg("%s", error.message);
        isg_rules_free(rules);
    }
}

static void test_duplicates(void **state)
{
    (void)state;
    isg_rules *rules = new_rules(true, NULL);
    isg_error error;
    assert_int_equal(add_rule(rules, "@v:[VERB]", "delete v", &error), ISG_OK);
    assert_int_equal(add_rule(rules, "@v:[VERB]", "delete v", &error), ISG_OK); /* the same */
    assert_int_equal(add_rule(rules, "@v:[NOUN]", "delete v", &error), ISG_SYNTAX);
    assert_non_null(strstr(error.message, "already"));
    assert_int_equal(add(rules, "lists/a.txt", "one\n", &error), ISG_OK);
    assert_int_equal(add(rules, "other/a.txt", "two\n", &error), ISG_SYNTAX);
    isg_rules_free(rules);
}

static void test_manual(void **state)
{
    (void)state;
    static const char text[] =
        "# A manual\n\n```xml\n<feature id=\"1\" name=\"a\" stratum=\"noun\"><rule name=\"r\">\n"
        "<match>@v:[VERB]</match><as name=\"x\">delete v</as></rule></feature>\n```\n"
        "A piece:\n```xml\n<rule name=\"r\">\n```\n"
        "```xml\n<feature id=\"2\" name=\"b\" stratum=\"noun\"><rule name=\"r\">\n"
        "<match>@v:[VREB]</match><as name=\"x\">delete v</as></rule></feature>\n```\n";
    isg_rules *rules = new_rules(true, NULL);
    isg_error error;
    assert_int_equal(add(rules, "manual.md", text, &error), ISG_SYNTAX);
    assert_int_equal(error.line, 13);
    assert_int_equal(error.column, 12);
    isg_rules_free(rules);
    char path[1024];
    struct buffer manual;
    buffer_init(&manual);
    rules = new_rules(true, NULL);
    read_file(source_path(path, sizeof path, "rules/language.md"), &manual);
    if (isg_rules_add_memory(rules, "language.md", manual.bytes, manual.length, &error) != ISG_OK)
        fail_msg("language.md:%u:%u: %s", error.line, error.column, error.message);
    isg_rules_free(rules);
    buffer_clear(&manual);
}

/* text repeated, with something before and after it, as a match. */
static isg_status try_repeated(const char *before, const char *text, unsigned times,
                               const char *after, isg_error *error)
{
    struct buffer match;
    isg_rules *rules = new_rules(true, NULL);
    buffer_init(&match);
    buffer_add_string(&match, before);
    for (unsigned i = 0; i < times; i++)
        buffer_add_string(&match, text);
    buffer_add_string(&match, after);
    isg_status status = add_rule(rules, match.bytes, "delete v", error);
    buffer_clear(&match);
    isg_rules_free(rules);
    return status;
}

static void test_limits(void **state)
{
    (void)state;
    static const struct {
        const char *before, *text;
        unsigned good, bad;
        const char *after, *message;
    } cases[] = {
        {"@v:[VERB] ; v[", "(", LIMIT_NESTING, LIMIT_NESTING + 1, "", "nested"},
        {"@v:[VERB] ; ", "not { ", LIMIT_NESTING, LIMIT_NESTING + 1, "", "nested"},
        {"@v:[VERB] ; seq v ", "([x] ", LIMIT_NESTING, LIMIT_NESTING + 1, "", "nested"},
        {"@v:[VERB] ; ", "(", LIMIT_NESTING, LIMIT_NESTING + 1, "obj", "nested"},
        {"@v:[VERB]", " ", 100, LIMIT_PATTERN_BYTES, "", "more than"},
        {"@v:[VERB] ; obj", "/obj", 14, 15, "(v, o)", "relations"},
        {"@v:[VERB] ; seq v", " ([a]{8} [b]{8}){32}", 1, 8, "", "too long"},
    };
    isg_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        isg_status status = try_repeated(cases[i].before, cases[i].text, cases[i].good,
                                         cases[i].after, &error);
        if (status == ISG_SYNTAX) /* some good ones are only unfinished */
            assert_null(strstr(error.message, cases[i].message));
        assert_int_equal(try_repeated(cases[i].before, cases[i].text, cases[i].bad,
                                      cases[i].after, &error), ISG_SYNTAX);
        if (!strstr(error.message, cases[i].message))
            fail_msg("%zu: %s", i, error.message);
    }
    isg_rules *rules = new_rules(true, NULL);
    char *big = calloc(1, LIMIT_RULE_FILE_BYTES + 2);
    assert_non_null(big);
    memset(big, ' ', LIMIT_RULE_FILE_BYTES + 1);
    assert_int_equal(isg_rules_add_memory(rules, "f.xml", big, LIMIT_RULE_FILE_BYTES + 1, &error),
                     ISG_LIMIT);
    free(big);
    isg_rules_free(rules);
}

/* What fuzzing found, so that the sanitizers see it again. */
static void test_found(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        isg_status status;
    } cases[] = {
        {"a.slang", "nick : v UK\n  = (abcdefgh)\n", ISG_SYNTAX},
        {"b.slang", "(the) slammer : n\n  = (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)\n", ISG_SYNTAX},
        {"c.slang", "slammer : n\n  = (the) prison\n", ISG_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        isg_rules *rules = new_rules(true, NULL);
        assert_int_equal(add(rules, cases[i].name, cases[i].text, NULL), cases[i].status);
        isg_rules_free(rules);
    }
}

static void test_names_limit(void **state)
{
    (void)state;
    for (int names = LIMIT_SLOTS; names <= LIMIT_SLOTS + 1; names++) {
        struct buffer match;
        isg_rules *rules = new_rules(true, NULL);
        isg_error error;
        buffer_init(&match);
        buffer_add_string(&match, "@n0:[VERB]");
        for (int i = 1; i < names; i++)
            buffer_printf(&match, " ; obj(n%d, n%d)", i - 1, i);
        isg_status status = add_rule(rules, match.bytes, "delete n0", &error);
        assert_int_equal(status, names > LIMIT_SLOTS ? ISG_SYNTAX : ISG_OK);
        buffer_clear(&match);
        isg_rules_free(rules);
    }
}

/* Damaged copies of a good feature: an error or a table that opens, never more. */
static void test_damage(void **state)
{
    (void)state;
    uint64_t random = 88172645463325252u;
    for (int i = 0; i < 3000; i++) {
        char text[sizeof feature_a];
        isg_error error;
        const void *data;
        size_t size;
        memcpy(text, feature_a, sizeof text);
        for (int k = 0; k < 3; k++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            text[random % (sizeof text - 1)] =
                "[]{}()|;:=.*+?!\"<>&#@/^$ avx5\n\x80"[random >> 32 & 31];
        }
        isg_rules *rules = new_rules(true, NULL);
        isg_rules_add_memory(rules, "lists/verbs.txt", verbs, sizeof verbs - 1, &error);
        isg_rules_add_memory(rules, "f.xml", text, sizeof text - 1, &error);
        assert_int_equal(isg_rules_compile(rules, &data, &size, &error), ISG_OK);
        struct table table;
        assert_int_equal(table_open_memory(data, size, &table, &error), ISG_OK);
        table_close(&table);
        isg_rules_free(rules);
    }
}

static void test_arguments(void **state)
{
    (void)state;
    isg_rules *rules = new_rules(true, NULL);
    isg_error error;
    assert_int_equal(isg_rules_add(rules, "no/such/file.xml", &error), ISG_IO);
    assert_int_equal(isg_rules_add(rules, "", &error), ISG_ARGUMENT);
    assert_int_equal(isg_rules_add(NULL, "x", NULL), ISG_ARGUMENT);
    assert_int_equal(isg_rules_add_memory(rules, "x.xml", "a\0b", 3, &error), ISG_SYNTAX);
    assert_int_equal(isg_rules_add_memory(rules, "x.xml", NULL, 0, &error), ISG_SYNTAX);
    isg_rules_free(rules);
    isg_rules_free(NULL);
    isg_rules_options options = {"/nonexistent", true};
    assert_int_equal(isg_rules_new(&options, &rules, &error), ISG_IO);
}

/* A folder and a folder inside it call the same files the same. */
static void test_folder(void **state)
{
    (void)state;
    static const char *const folders[] = {"features", "features/noun-phrase"};
    char path[1024];
    for (size_t i = 0; i < 2; i++) {
        struct buffer messages;
        isg_error error;
        const void *data;
        size_t size;
        struct table table;
        buffer_init(&messages);
        isg_rules *rules = new_rules(i == 1, &messages);
        isg_rules_add(rules, source_path(path, sizeof path, folders[i]), &error);
        assert_string_equal(messages.bytes ? messages.bytes : "", "");
        assert_int_equal(isg_rules_compile(rules, &data, &size, &error), ISG_OK);
        assert_int_equal(table_open_memory(data, size, &table, &error), ISG_OK);
        bool found = false;
        for (uint32_t f = 0; f < table.feature_count; f++)
            found |= strcmp(table_string(&table, table.features[f].file),
                            "features/noun-phrase/087-adjective-after-noun.xml") == 0;
        assert_true(found);
        assert_int_equal(table.dialect_count, i == 0 ? 77 : 0);
        table_close(&table);
        isg_rules_free(rules);
        buffer_clear(&messages);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),       cmocka_unit_test(test_deterministic),
        cmocka_unit_test(test_table),          cmocka_unit_test(test_tests),
        cmocka_unit_test(test_compile_errors), cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_manual),         cmocka_unit_test(test_limits),
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_names_limit),    cmocka_unit_test(test_damage),
        cmocka_unit_test(test_arguments),      cmocka_unit_test(test_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
