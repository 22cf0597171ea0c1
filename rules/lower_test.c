/* lower_test.c -- boolean tests to decision chains: each record asks one predicate and goes on to a
 * later record, or ends. A chain is built from its end, so that every record knows where to go.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "lower.h"

struct chain {
    struct lowering *l;
    int object;              /* enum object_kind whose attributes are asked; -1: a token */
    struct tab_test *tests;  /* last one first; targets are numbers in this order */
    uint32_t count, capacity;
    bool failed;
};

static uint32_t add_record(struct chain *c, uint32_t predicate, uint32_t yes, uint32_t no)
{
    if (yes == no)
        return yes;
    if (c->count == c->capacity) {
        uint32_t capacity = c->capacity ? c->capacity * 2 : 32;
        struct tab_test *tests = arena_calloc(c->l->arena, capacity, sizeof *tests);
        if (!tests) {
            c->failed = true;
            return TAB_REJECT;
        }
        if (c->count)
            memcpy(tests, c->tests, c->count * sizeof *tests);
        c->tests = tests;
        c->capacity = capacity;
    }
    c->tests[c->count] = (struct tab_test){predicate, yes, no};
    return c->count++;
}

static bool get_atom(struct chain *c, const struct test *test, struct atom *atom)
{
    bool good = c->object < 0 ? lower_token_atom(c->l, test, atom)
                              : lower_object_atom(c->l, test, (enum object_kind)c->object, atom);
    c->failed |= !good;
    return good;
}

/* Predicates that hold if any of some bits does: two of them make one. */
static bool is_bit_set(const struct tab_predicate *p)
{
    return p->kind == PRED_FEAT || p->kind == PRED_DEPREL || p->kind == PRED_CLASS ||
           p->kind == PRED_FLAG || p->kind == PRED_ATTR_VALUE;
}

static uint32_t add_atom(struct chain *c, const struct atom *atom, uint32_t yes, uint32_t no)
{
    uint32_t next = atom->negated ? yes : no, hit = atom->negated ? no : yes;
    for (unsigned i = atom->count; i-- > 0;)
        next = add_record(c, builder_predicate(c->l->builder, &atom->predicates[i]), hit, next);
    return next;
}

static uint32_t add_test(struct chain *c, const struct test *test, uint32_t yes, uint32_t no);

static unsigned count_tests(const struct test *test)
{
    unsigned n = 0;
    for (; test; test = test->next)
        n++;
    return n;
}

/* Children from the last to the first: each is asked, and the rest on its success (or failure). */
static uint32_t add_children(struct chain *c, const struct test *test, bool all, uint32_t yes,
                             uint32_t no)
{
    unsigned n = count_tests(test->first);
    const struct test **children = arena_calloc(c->l->arena, n + 1, sizeof *children);
    if (!children) {
        c->failed = true;
        return TAB_REJECT;
    }
    unsigned i = 0;
    for (const struct test *child = test->first; child; child = child->next)
        children[i++] = child;
    uint32_t next = all ? yes : no;
    struct atom merged = {.count = 0};
    while (i-- > 0) {
        bool leaf = children[i]->kind > TEST_NOT;
        struct atom atom;
        if (!leaf || all) {
            if (merged.count)
                next = add_atom(c, &merged, yes, next);
            merged.count = 0;
            next = all ? add_test(c, children[i], next, no) : add_test(c, children[i], yes, next);
            continue;
        }
        if (!get_atom(c, children[i], &atom))
            continue;
        struct tab_predicate *one = merged.predicates, *two = atom.predicates;
        if (merged.count == 1 && atom.count == 1 && !atom.negated && !merged.negated &&
            is_bit_set(one) && one->kind == two->kind && one->a == two->a) {
            one->bits |= two->bits;
            continue;
        }
        if (merged.count)
            next = add_atom(c, &merged, yes, next);
        merged = atom;
    }
    return merged.count ? add_atom(c, &merged, yes, next) : next;
}

static uint32_t add_test(struct chain *c, const struct test *test, uint32_t yes, uint32_t no)
{
    struct atom atom;
    switch (test->kind) {
    case TEST_ALL: return add_children(c, test, true, yes, no);
    case TEST_ANY: return add_children(c, test, false, yes, no);
    case TEST_NOT: return add_test(c, test->first, no, yes);
    default: return get_atom(c, test, &atom) ? add_atom(c, &atom, yes, no) : no;
    }
}

/* Turns the chain round, so that targets lie further on. What was made after the entry is never
 * reached: an empty alternative made it idle. */
static uint32_t finish(struct chain *c, const struct test *test, uint32_t entry)
{
    if (entry == TAB_REJECT && !c->failed)
        diagnostics_error(c->l->diagnostics, test->at, "this test can never hold");
    if (c->failed || entry >= c->count)
        return TAB_NONE;
    uint32_t count = entry + 1;
    struct tab_test *turned = arena_calloc(c->l->arena, count, sizeof *turned);
    if (!turned)
        return TAB_NONE;
    for (uint32_t i = 0; i < count; i++) {
        struct tab_test t = c->tests[i];
        if (t.yes < TAB_REJECT)
            t.yes = entry - t.yes;
        if (t.no < TAB_REJECT)
            t.no = entry - t.no;
        turned[entry - i] = t;
    }
    return builder_tests(c->l->builder, turned, count);
}

static uint32_t lower_all(struct lowering *l, const struct test *tests, int object)
{
    struct test all = {.kind = TEST_ALL, .first = (struct test *)tests};
    struct chain c = {.l = l, .object = object};
    if (!tests)
        return TAB_NONE;
    return finish(&c, tests, add_test(&c, &all, TAB_ACCEPT, TAB_REJECT));
}

uint32_t lower_token_test(struct lowering *l, const struct test *test)
{
    if (!test)
        return TAB_NONE;
    struct test one = *test;
    one.next = NULL;
    return lower_all(l, &one, -1);
}

/* What the atoms of a test ask: bit 0 a token, bit 1 an attribute of the object. */
static unsigned asks(const struct test *test, enum object_kind object)
{
    if (test->kind > TEST_NOT)
        return lower_is_attribute(test, object) ? 2 : 1;
    unsigned both = 0;
    for (const struct test *child = test->first; child; child = child->next)
        both |= asks(child, object);
    return both;
}

/* What only a word in the sentence has: what a reference stands for may be in an earlier one. */
static void refuse_place(struct lowering *l, const struct test *test)
{
    for (const struct test *child = test->first; child; child = child->next)
        refuse_place(l, child);
    if (test->kind == TEST_STRING || test->kind == TEST_RELATION || test->kind == TEST_FLAG ||
        test->kind == TEST_REGEX)
        diagnostics_error(l->diagnostics, test->at,
                          "what a reference stands for may be in an earlier sentence: only its "
                          "lemma, tags, features, lists and classes can be tested");
}

/* For values that have both tokens and attributes: each conjunct asks one or the other. */
static struct lowered_test split(struct lowering *l, const struct test *test,
                                 enum object_kind object)
{
    struct lowered_test result = {TAB_NONE, TAB_NONE};
    struct test *token = NULL, *attribute = NULL, **tails[2] = {&token, &attribute};
    const struct test *child = test->kind == TEST_ALL ? test->first : test;
    for (; child; child = child->next) {
        unsigned what = asks(child, object);
        if (object == OBJECT_REF)
            refuse_place(l, child);
        if (what == 3) {
            diagnostics_error(l->diagnostics, child->at,
                              "an attribute and a word cannot be alternatives; use any { } or { }");
            continue;
        }
        struct test *copy = arena_calloc(l->arena, 1, sizeof *copy);
        if (!copy)
            return result;
        *copy = *child;
        copy->next = NULL;
        unsigned which = what == 2;
        *tails[which] = copy;
        tails[which] = &copy->next;
    }
    result.token = lower_all(l, token, -1);
    result.object = lower_all(l, attribute, (int)object);
    return result;
}

struct lowered_test lower_test(struct lowering *l, const struct test *test, unsigned kind)
{
    struct lowered_test result = {TAB_NONE, TAB_NONE};
    if (!test || kind == KIND_WRONG)
        return result;
    if (kind == REF_SET)
        return split(l, test, OBJECT_KIDS);
    if (kind == REF_OBJECT + OBJECT_NP || kind == REF_OBJECT + OBJECT_REF)
        return split(l, test, (enum object_kind)(kind - REF_OBJECT));
    struct test one = *test;
    one.next = NULL;
    if (kind == REF_TOKEN || kind == REF_SPAN)
        result.token = lower_all(l, &one, -1);
    else
        result.object = lower_all(l, &one, (int)(kind - REF_OBJECT));
    return result;
}
