/* lint.c -- what lint looks at, in order, and the walk over statements and tests that its files
 * share.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lint.h"

#include <string.h>

const struct list *lint_find_list(const struct lint *l, const char *name)
{
    const struct list *list = list_find(l->feature->lists, name);
    return list ? list : l->sources->find_list(l->sources->context, name);
}

bool lint_wants(const struct lint *l, const struct feature *feature)
{
    const isg_rules_lint_options *o = l->options;
    return !o->wants || o->wants(o->context, feature->source->name);
}

static void visit_labels(const struct visitor *v, const struct word *labels, bool denied)
{
    for (; labels && v->label; labels = labels->next)
        v->label(v->context, labels, denied);
}

static void visit_in(const struct visitor *v, const struct test *test, bool denied)
{
    for (const struct test *t = test->first; t; t = t->next)
        visit_in(v, t, denied != (test->kind == TEST_NOT));
    if (test->kind <= TEST_NOT)
        return;
    if (v->test)
        v->test(v->context, test);
    if (test->kind == TEST_RELATION)
        visit_labels(v, test->values, denied);
}

void visit_test(const struct visitor *v, const struct test *test)
{
    if (test)
        visit_in(v, test, false);
}

static void visit_path(const struct visitor *v, const struct path *path)
{
    for (; path; path = path->next) {
        if (path->kind == PATH_STEP)
            visit_labels(v, path->labels, false);
        visit_path(v, path->first);
    }
}

static void visit_items(const struct visitor *v, const struct item *items)
{
    for (; items; items = items->next) {
        if (v->item)
            v->item(v->context, items);
        if (items->kind == ITEM_NODE)
            visit_test(v, items->node.test);
        for (const struct branch *b = items->branches; b; b = b->next)
            visit_items(v, b->items);
    }
}

void visit_statements(const struct visitor *v, const struct stmt *stmts)
{
    for (const struct stmt *s = stmts; s; s = s->next) {
        if (v->statement)
            v->statement(v->context, s);
        if (s->kind == STMT_NODE || (s->kind == STMT_RELATION && s->has_node))
            visit_test(v, s->node.test);
        visit_test(v, s->test);
        visit_path(v, s->path);
        visit_labels(v, s->labels, false);
        visit_items(v, s->items);
        for (const struct block *b = s->blocks; b; b = b->next)
            visit_statements(v, b->stmts);
    }
}

void lint_sources(const struct sources *sources, const isg_rules_lint_options *options,
                  struct diagnostics *diagnostics)
{
    struct arena arena;
    struct lint l = {sources, options, diagnostics, &arena, NULL, NULL};
    arena_init(&arena);
    for (const struct feature *f = sources->features; f; f = f->next) {
        l.feature = f;
        if (!lint_wants(&l, f))
            continue;
        lint_words(&l);
        for (const struct rule *rule = f->rules; rule; rule = rule->next) {
            l.rule = rule;
            lint_match(&l);
        }
        lint_proofs(&l);
    }
    lint_claims(&l);
    lint_slang(&l);
    arena_clear(&arena);
}
