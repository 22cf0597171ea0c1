/* lower_trigger.c -- which token starts a rule, by which of its tests it is found, and which words
 * a sentence must have for it elsewhere. The table lists rules by form, lemma, tag and relation, so
 * a rule costs nothing where its rarest word does not stand.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "lex.h"
#include "lower.h"

/* How selective a test is as a key; smaller is rarer. */
enum score { SCORE_WORD = 1, SCORE_LIST = 2, SCORE_XPOS = 10, SCORE_DEPREL = 20, SCORE_UPOS = 30,
             SCORE_NONE = 1000 };

enum { MOST_NODES = 64, MOST_NEEDED = 64 };

struct search {
    struct lowering *l;
    const struct test *tests[MOST_NODES]; /* of all tokens that are surely part of a match */
    unsigned count;
    const struct node *marked, *best;
    unsigned score;
    bool failed;
};

static unsigned name_score(struct lowering *l, const struct test *test)
{
    int bit;
    unsigned errors = l->diagnostics->errors;
    l->diagnostics->quiet++;
    const struct list *list = lower_find_name(l, test, &bit);
    l->diagnostics->quiet--;
    l->diagnostics->errors = errors;
    return list ? SCORE_LIST : SCORE_NONE;
}

static unsigned test_score(struct lowering *l, const struct test *test)
{
    unsigned score;
    switch (test->kind) {
    case TEST_ALL:
        score = SCORE_NONE;
        for (const struct test *t = test->first; t; t = t->next) {
            unsigned s = test_score(l, t);
            score = s < score ? s : score;
        }
        return score;
    case TEST_ANY:
        score = 0;
        for (const struct test *t = test->first; t; t = t->next) {
            unsigned s = test_score(l, t);
            score = s > score ? s : score;
        }
        return score;
    case TEST_WORD:
        if (test->text[0] < 'A' || test->text[0] > 'Z')
            return SCORE_WORD;
        return vocab_find(VOCAB_LIST_UPOS, test->text, strlen(test->text)) >= 0 ? SCORE_UPOS
                                                                                 : SCORE_XPOS;
    case TEST_STRING: return SCORE_WORD;
    case TEST_NAME: return name_score(l, test);
    case TEST_RELATION: return SCORE_DEPREL;
    default: return SCORE_NONE;
    }
}

static void add_key(struct lowering *l, enum key_kind kind, uint32_t number, uint32_t rule)
{
    struct trigger_key key = {kind, number, rule};
    buffer_add(l->keys, (const char *)&key, sizeof key);
}

static void add_atom_keys(struct lowering *l, const struct test *test, uint32_t rule)
{
    struct atom atom;
    if (test->kind == TEST_NAME) {
        int bit;
        const struct list *list = lower_find_name(l, test, &bit);
        for (uint32_t i = 0; list && i < list->count; i++) {
            uint32_t literal = builder_literal(l->builder, list->entries[i].from);
            add_key(l, KEY_FORM, literal, rule);
            if (!list->exact)
                add_key(l, KEY_LEMMA, literal, rule);
        }
        return;
    }
    if (!lower_token_atom(l, test, &atom))
        return;
    const struct tab_predicate *p = &atom.predicates[0];
    switch (p->kind) {
    case PRED_FORM: add_key(l, KEY_FORM, p->c, rule); break;
    case PRED_LEMMA: add_key(l, KEY_LEMMA, p->c, rule); break;
    case PRED_UPOS: add_key(l, KEY_UPOS, p->a, rule); break;
    case PRED_XPOS: add_key(l, KEY_XPOS, p->a, rule); break;
    case PRED_DEPREL:
        for (uint32_t i = 0; i < REL_COUNT; i++)
            if (p->bits >> i & 1)
                add_key(l, KEY_DEPREL, i, rule);
        break;
    default: break;
    }
}

static void add_keys(struct lowering *l, const struct test *test, uint32_t rule)
{
    if (test->kind == TEST_ANY) {
        for (const struct test *t = test->first; t; t = t->next)
            add_keys(l, t, rule);
        return;
    }
    if (test->kind != TEST_ALL) {
        add_atom_keys(l, test, rule);
        return;
    }
    const struct test *best = NULL;
    unsigned least = SCORE_NONE;
    for (const struct test *t = test->first; t; t = t->next) {
        unsigned score = test_score(l, t);
        if (score < least) {
            least = score;
            best = t;
        }
    }
    if (best)
        add_keys(l, best, rule);
}

/* The rarest of the trigger's own test and those that statements of their own (v[...]) add. */
static const struct test *rarest_test(struct lowering *l, const struct test *test,
                                      const struct stmt *stmts)
{
    unsigned least = test ? test_score(l, test) : SCORE_NONE;
    for (; stmts; stmts = stmts->next) {
        if (stmts->kind != STMT_TEST || stmts->a.slot != 0 || stmts->a.role_count > 0)
            continue;
        unsigned score = test_score(l, stmts->test);
        if (score < least) {
            least = score;
            test = stmts->test;
        }
    }
    return least < SCORE_NONE ? test : NULL;
}

void lower_trigger_keys(struct lowering *l, const struct test *test, const struct stmt *stmts,
                        uint32_t rule)
{
    unsigned errors = l->diagnostics->errors;
    l->diagnostics->quiet++; /* what is wrong with the test was said when it was lowered */
    const struct test *rarest = rarest_test(l, test, stmts);
    if (rarest)
        add_keys(l, rarest, rule);
    else
        add_key(l, KEY_ANY, 0, rule);
    l->diagnostics->quiet--;
    l->diagnostics->errors = errors;
}

/* sure: the node is always part of a match, so that it could be the trigger. */
static void visit(struct search *s, const struct node *node, bool sure)
{
    if (node->trigger) {
        if (!sure)
            diagnostics_error(s->l->diagnostics, node->at,
                              "@ marks a token that is not always there: take it out of the "
                              "alternative, repetition or block");
        else if (s->marked)
            diagnostics_error(s->l->diagnostics, node->at, "a second @: a rule has one trigger");
        else
            s->marked = node;
        s->failed |= !sure || s->marked != node;
    }
    if (!sure)
        return;
    if (node->test && s->count < MOST_NODES)
        s->tests[s->count++] = node->test;
    unsigned score = node->test ? test_score(s->l, node->test) : SCORE_NONE;
    if (!s->best || score < s->score) {
        s->best = node;
        s->score = score;
    }
}

static void visit_items(struct search *s, const struct item *items, bool sure)
{
    for (; items; items = items->next) {
        bool once = sure && items->min == 1 && items->max == 1;
        if (items->kind == ITEM_NODE)
            visit(s, &items->node, once);
        for (const struct branch *b = items->branches; b; b = b->next)
            visit_items(s, b->items, once && !items->branches->next);
    }
}

static void visit_statements(struct search *s, const struct stmt *stmts, bool sure)
{
    for (; stmts; stmts = stmts->next) {
        if (stmts->kind == STMT_NODE || (stmts->kind == STMT_RELATION && stmts->has_node))
            visit(s, &stmts->node, sure);
        visit_items(s, stmts->items, sure);
        for (const struct block *b = stmts->blocks; b; b = b->next)
            visit_statements(s, b->stmts, sure && stmts->kind == STMT_GROUP);
    }
}

const struct node *lower_find_trigger(struct lowering *l, struct stmt *stmts)
{
    struct search s = {.l = l};
    visit_statements(&s, stmts, true);
    if (!s.best && !s.failed && stmts)
        diagnostics_error(l->diagnostics, stmts->at,
                          "no token to begin with; write one, such as @v:[VERB]");
    return s.failed ? NULL : s.marked ? s.marked : s.best;
}

/* How many words a test asks for one of; MOST_NEEDED + 1: many, or it is satisfied without. */
static unsigned word_count(struct lowering *l, const struct test *test)
{
    const unsigned many = MOST_NEEDED + 1;
    unsigned count = test->kind == TEST_ALL ? many : 0;
    int bit;
    if (test_score(l, test) > SCORE_LIST)
        return many;
    if (test->kind == TEST_NAME) {
        const struct list *list = lower_find_name(l, test, &bit);
        return list && list->count < many ? list->count : many;
    }
    if (test->kind != TEST_ALL && test->kind != TEST_ANY)
        return 1;
    for (const struct test *t = test->first; t && test->kind == TEST_ANY; t = t->next)
        count += word_count(l, t);
    for (const struct test *t = test->first; t && test->kind == TEST_ALL; t = t->next) {
        unsigned n = word_count(l, t);
        count = n < count ? n : count;
    }
    return count < many ? count : many;
}

/* Adds the words of a test as words that a sentence must have one of. */
static void add_needs(struct lowering *l, const struct test *test, uint32_t rule)
{
    size_t from = l->keys->length;
    add_keys(l, test, rule);
    struct trigger_key *keys = (struct trigger_key *)(void *)(l->keys->bytes + from);
    for (size_t i = 0; i < (l->keys->length - from) / sizeof *keys; i++)
        keys[i].kind = KEY_NEED;
}

void lower_needs(struct lowering *l, const struct stmt *stmts, uint32_t rule)
{
    struct search s = {.l = l};
    unsigned errors = l->diagnostics->errors, least = MOST_NEEDED + 1;
    const struct test *best = NULL;
    l->diagnostics->quiet++;
    visit_statements(&s, stmts, true);
    for (unsigned i = 0; i < s.count; i++) {
        unsigned n = word_count(l, s.tests[i]);
        if (n < least) {
            least = n;
            best = s.tests[i];
        }
    }
    if (best && rarest_test(l, l->trigger->test, stmts) &&
        test_score(l, rarest_test(l, l->trigger->test, stmts)) <= SCORE_LIST)
        best = NULL; /* it starts at a word: nothing is gained */
    if (best)
        add_needs(l, best, rule);
    l->diagnostics->quiet--;
    l->diagnostics->errors = errors;
}

void lower_forbid_trigger(struct lowering *l, const struct stmt *stmts)
{
    struct search s = {.l = l};
    visit_statements(&s, stmts, true);
    if (s.marked)
        diagnostics_error(l->diagnostics, s.marked->at,
                          "@ stands only in <match>: guards and \"when\" begin from the match");
}
