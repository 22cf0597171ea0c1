/* parse_test.c -- what stands in brackets: tests side by side (and), | (or), ! (not), parentheses.
 * Whether a bare word is a lemma or an attribute is decided later, when the kind of what is tested
 * is known.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "base/limits.h"
#include "base/schema.h"
#include "parse.h"
#include "table/format.h"

static bool parse_alternatives(struct parser *p, struct test **out);

static struct test *new_test(struct parser *p, enum test_kind kind)
{
    struct test *test = parse_new(p, sizeof *test);
    if (test) {
        test->kind = kind;
        test->at = parse_here(p);
        test->text = p->now.text;
    }
    return test;
}

/* The type of an attribute in whatever object has it, and all its values. */
static enum attr_type attribute_type(int attr, uint64_t *values)
{
    enum attr_type type = ATTR_ABSENT;
    *values = 0;
    for (unsigned object = 0; object < OBJECT_COUNT; object++) {
        uint64_t some = 0;
        enum attr_type found = schema_attr((enum object_kind)object, (enum attr)attr, &some);
        if (found == ATTR_ABSENT)
            continue;
        type = found;
        *values |= some;
    }
    return type;
}

/* Whether a word after "|" is another value of the key, and not another test. */
static bool continues(const char *key, const struct lexeme *word, const struct lexeme *after)
{
    size_t length = strlen(key);
    bool quoted = word->kind == LEX_STRING;
    if (word->kind != LEX_WORD && word->kind != LEX_NUMBER && !quoted)
        return false;
    if (after->kind == LEX_SIGN && after->sign == '=')
        return false;
    if (vocab_feat_key_mask(key, length))
        return !quoted && vocab_feat_find(key, length, word->text, strlen(word->text)) >= 0;
    int attr = vocab_find(VOCAB_LIST_ATTR, key, length);
    if (attr < 0)
        return true;
    uint64_t values;
    switch (attribute_type(attr, &values)) {
    case ATTR_WORD: return true;
    case ATTR_VALUE: {
        int value = vocab_find(VOCAB_LIST_VALUE, word->text, strlen(word->text));
        return (value >= 0 && (values >> value & 1)) || (quoted && (values >> VALUE_WORD & 1));
    }
    default: return false;
    }
}

static bool parse_value(struct parser *p, struct word ***tail)
{
    if (p->now.kind != LEX_WORD && p->now.kind != LEX_STRING && p->now.kind != LEX_NUMBER)
        return parse_expected(p, "a value");
    struct word *word = parse_new(p, sizeof *word);
    if (!word)
        return false;
    *word = (struct word){parse_here(p), p->now.text, p->now.kind == LEX_STRING, NULL};
    **tail = word;
    *tail = &word->next;
    parse_advance(p);
    return true;
}

/* After the key: = and values. */
static bool parse_key(struct parser *p, struct test *test)
{
    parse_advance(p); /* "=" */
    if (strcmp(test->text, "sure") == 0) {
        uint32_t millionths;
        if (p->now.kind != LEX_NUMBER || !lex_decimal(p->now.text, &millionths) ||
            millionths > 1000000)
            return parse_expected(p, "a number from 0 to 1, such as sure=.8");
        test->kind = TEST_SURE;
        test->number = (uint32_t)(((uint64_t)millionths * 255 + 500000) / 1000000);
        parse_advance(p);
        return true;
    }
    test->kind = TEST_VALUE;
    struct word **tail = &test->values;
    if (!parse_value(p, &tail))
        return false;
    while (parse_is_sign(p, '|')) {
        struct lexeme word = parse_ahead(p);
        struct lexeme after = lex_next(p->text, word.end, p->arena, NULL);
        if (!continues(test->text, &word, &after))
            break;
        parse_advance(p);
        if (!parse_value(p, &tail))
            return false;
    }
    return true;
}

static bool parse_comparison(struct parser *p, struct test *test, unsigned compare)
{
    parse_advance(p); /* lt ... */
    test->kind = TEST_NUMBER;
    test->compare = compare;
    test->number = 0;
    for (const char *c = p->now.text; *c; c++) {
        if (*c < '0' || *c > '9' || test->number > 100000)
            return parse_expected(p, "a whole number");
        test->number = test->number * 10 + (uint32_t)(*c - '0');
    }
    parse_advance(p);
    return true;
}

static bool parse_bare(struct parser *p, struct test **out)
{
    static const char *const compares[COMPARE_COUNT] = {"lt", "le", "gt", "ge", "eq"};
    struct test *test = *out = new_test(p, TEST_WORD);
    if (!test)
        return false;
    parse_advance(p);
    if (parse_is_sign(p, '='))
        return parse_key(p, test);
    if (p->now.kind == LEX_WORD && parse_ahead(p).kind == LEX_NUMBER)
        for (unsigned i = 0; i < COMPARE_COUNT; i++)
            if (strcmp(p->now.text, compares[i]) == 0)
                return parse_comparison(p, test, i);
    return true;
}

static bool parse_prefixed(struct parser *p, struct test **out, enum test_kind kind)
{
    const char *what =
        kind == TEST_FLAG ? "a flag after \".\"" : "a list, map or class after \"#\"";
    parse_advance(p);
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, what);
    *out = new_test(p, kind);
    parse_advance(p);
    return *out != NULL;
}

static bool parse_relation_test(struct parser *p, struct test **out)
{
    struct test *test = *out = new_test(p, TEST_RELATION);
    if (!test)
        return false;
    parse_advance(p);
    struct word *label = parse_new(p, sizeof *label);
    test->values = label;
    if (!label || !parse_label(p, label))
        return false;
    test->text = label->text;
    if (!parse_is_sign(p, '|'))
        return true;
    struct lexeme next = parse_ahead(p);
    if (next.kind == LEX_WORD &&
        vocab_find(VOCAB_LIST_DEPREL, next.text, strlen(next.text)) >= 0)
        return parse_error(p, text_place(p->text, next.start),
                           "\"%s\" would be a lemma here; write :%s for the relation, or quote it "
                           "for the word", next.text, next.text);
    return true;
}

static bool parse_regex(struct parser *p, struct test **out)
{
    p->now = lex_regex(p->text, p->now.start, p->arena, p->diagnostics);
    if (p->now.kind == LEX_BAD) {
        p->broken = true;
        return false;
    }
    *out = new_test(p, TEST_REGEX);
    parse_advance(p);
    return *out != NULL;
}

static bool parse_group(struct parser *p, struct test **out)
{
    struct test *all = *out = new_test(p, TEST_ALL);
    parse_advance(p);
    if (!all || !parse_deeper(p))
        return false;
    struct test **tail = &all->first;
    while (!parse_is_sign(p, ')')) {
        if (p->now.kind == LEX_END || parse_is_sign(p, ']'))
            return parse_expected(p, "\")\"");
        if (!parse_alternatives(p, tail))
            return false;
        tail = &(*tail)->next;
    }
    parse_advance(p);
    p->depth--;
    return true;
}

static bool parse_atom(struct parser *p, struct test **out)
{
    switch (p->now.kind) {
    case LEX_WORD: return parse_bare(p, out);
    case LEX_STRING:
        *out = new_test(p, TEST_STRING);
        parse_advance(p);
        return *out != NULL;
    case LEX_SIGN:
        switch (p->now.sign) {
        case ':': return parse_relation_test(p, out);
        case '#': return parse_prefixed(p, out, TEST_NAME);
        case '.': return parse_prefixed(p, out, TEST_FLAG);
        case '/': return parse_regex(p, out);
        case '(': return parse_group(p, out);
        case ',':
        case ';':
        case '?':
            return parse_error(p, parse_here(p), "a sign of the text goes in quotes: \"%c\"",
                               p->now.sign);
        default: break;
        }
        break;
    case LEX_NUMBER:
        return parse_error(p, parse_here(p), "a number in the text goes in quotes: \"%s\"",
                           p->now.text);
    default: break;
    }
    return parse_expected(p, "a test");
}

static bool parse_literal(struct parser *p, struct test **out)
{
    if (!parse_is_sign(p, '!'))
        return parse_atom(p, out);
    struct test *not = *out = new_test(p, TEST_NOT);
    parse_advance(p);
    if (!not)
        return false;
    if (parse_is_sign(p, '!'))
        return parse_error(p, parse_here(p), "two \"!\" cancel out; leave both away");
    return parse_atom(p, &not->first);
}

static bool parse_alternatives(struct parser *p, struct test **out)
{
    if (!parse_literal(p, out))
        return false;
    if (!parse_is_sign(p, '|'))
        return true;
    struct test *any = new_test(p, TEST_ANY);
    if (!any)
        return false;
    any->at = (*out)->at;
    any->first = *out;
    *out = any;
    struct test **tail = &any->first->next;
    while (parse_take_sign(p, '|')) {
        if (!parse_literal(p, tail))
            return false;
        tail = &(*tail)->next;
    }
    return true;
}

bool parse_tests(struct parser *p, struct test **tests)
{
    *tests = NULL;
    if (parse_take_sign(p, ']'))
        return !p->broken;
    struct test *all = new_test(p, TEST_ALL);
    if (!all)
        return false;
    struct test **tail = &all->first;
    while (!parse_is_sign(p, ']')) {
        if (p->now.kind == LEX_END)
            return parse_expected(p, "\"]\"");
        if (!parse_alternatives(p, tail))
            return false;
        tail = &(*tail)->next;
    }
    parse_advance(p);
    *tests = all;
    return !p->broken;
}
