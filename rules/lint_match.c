/* lint_match.c -- warnings about matches: triggers that are too common (W1), gaps that run over
 * anything (W3), relations that parsers often get wrong (W4).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "lint.h"

/* A rule that more of 100,000 tokens than this start should ask for something else first. */
enum { TOO_COMMON = 2000 };

/* ---- W1 ---- */

struct trigger_search {
    const struct node *found, *best;
    const struct lint *lint;
    uint32_t least;
};

static void consider(struct trigger_search *s, const struct node *node)
{
    uint32_t f = node->test ? frequency_of_test(s->lint, node->test) : FREQUENCY_ALL;
    if (node->trigger)
        s->found = node;
    if (!s->best || f < s->least) {
        s->best = node;
        s->least = f;
    }
}

static void search_items(struct trigger_search *s, const struct item *items)
{
    for (; items; items = items->next) {
        if (items->min != 1 || items->max != 1)
            continue;
        if (items->kind == ITEM_NODE)
            consider(s, &items->node);
        if (items->branches && !items->branches->next)
            search_items(s, items->branches->items);
    }
}

static void search_trigger(struct trigger_search *s, const struct stmt *stmts)
{
    for (; stmts; stmts = stmts->next) {
        if (stmts->kind == STMT_NODE || (stmts->kind == STMT_RELATION && stmts->has_node))
            consider(s, &stmts->node);
        search_items(s, stmts->items);
        if (stmts->kind == STMT_GROUP)
            search_trigger(s, stmts->blocks->stmts);
    }
}

/* Tests of the trigger's token side by side: its own and those of statements v[...]. */
static unsigned count_tests(const struct test *test)
{
    unsigned n = 0;
    if (test && test->kind != TEST_ALL)
        return 1;
    for (const struct test *t = test ? test->first : NULL; t; t = t->next)
        n++;
    return n;
}

/* Whether a sequence goes through a name: its neighbours are asked, too. */
static bool goes_through(const struct item *items, const char *name)
{
    for (; items; items = items->next) {
        if (items->kind == ITEM_NAME && items->ref.name && strcmp(items->ref.name, name) == 0)
            return true;
        for (const struct branch *b = items->branches; b; b = b->next)
            if (goes_through(b->items, name))
                return true;
    }
    return false;
}

static unsigned count_more(const struct stmt *stmts, const struct node *trigger)
{
    unsigned n = 0;
    for (; stmts; stmts = stmts->next) {
        bool same = stmts->a.name && trigger->name && strcmp(stmts->a.name, trigger->name) == 0 &&
                    stmts->a.role_count == 0;
        if (stmts->kind == STMT_TEST && same)
            n += count_tests(stmts->test);
        if (stmts->kind == STMT_SEQUENCE)
            n++;
        if (stmts->kind == STMT_NOT && trigger->name &&
            goes_through(stmts->blocks->stmts ? stmts->blocks->stmts->items : NULL, trigger->name))
            n++;
        if (stmts->kind == STMT_GROUP)
            n += count_more(stmts->blocks->stmts, trigger);
    }
    return n;
}

static void warn_common(const struct lint *l)
{
    struct trigger_search s = {.lint = l};
    search_trigger(&s, l->rule->match);
    const struct node *trigger = s.found ? s.found : s.best;
    if (!trigger)
        return;
    uint32_t f = trigger->test ? frequency_of_test(l, trigger->test) : FREQUENCY_ALL;
    if (f <= TOO_COMMON || count_tests(trigger->test) + count_more(l->rule->match, trigger) > 1)
        return;
    const char *cure = "test a word, list or relation too, or put @ to a rarer token";
    if (f == FREQUENCY_ALL)
        diagnostics_lint(l->diagnostics, "W1", trigger->at,
                         "every word of a text starts this rule; %s", cure);
    else
        diagnostics_lint(l->diagnostics, "W1", trigger->at,
                         "about %u of 1,000 words of a text start this rule, and nothing else is "
                         "asked of them; %s", f / 100, cure);
}

/* ---- W3 ---- */

/* Whether a test keeps anything at all out. */
static bool is_open(const struct test *test)
{
    return !test || (test->kind == TEST_ALL && !test->first);
}

/* A guard may look further: what it finds too much only leaves the text as it is. */
struct gaps {
    const struct lint *lint;
    unsigned most;
};
enum { GAP_OF_MATCH = 5, GAP_OF_GUARD = 12 };

static void warn_gap(void *context, const struct item *item)
{
    const struct gaps *gaps = context;
    const struct lint *l = gaps->lint;
    if (item->kind != ITEM_NODE || item->max <= gaps->most || !is_open(item->node.test))
        return;
    diagnostics_lint(l->diagnostics, "W3", item->at,
                     "this gap runs over anything, also commas and other clauses; write ..., which "
                     "stops there, or say what may stand in it, such as [!PUNCT !VERB]");
}

/* ---- W4 ---- */

struct arcs {
    const struct lint *lint;
    const struct word *weak; /* the first one found */
    bool surface;            /* a sequence or an order is asked for as well */
    bool sure;
};

static bool is_weak(const char *label)
{
    static const char *const labels[] = {"parataxis", "advcl", "advcl:relcl", "conj", "dislocated",
                                         "dep", "list", "orphan", "reparandum", "appos"};
    for (unsigned i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(label, labels[i]) == 0)
            return true;
    return false;
}

static void note_label(void *context, const struct word *label, bool denied)
{
    struct arcs *arcs = context;
    if (!denied && !arcs->weak && is_weak(label->text))
        arcs->weak = label;
}

static void note_sure(void *context, const struct test *atom)
{
    struct arcs *arcs = context;
    arcs->sure |= atom->kind == TEST_SURE;
}

static void note_surface(void *context, const struct stmt *stmt)
{
    struct arcs *arcs = context;
    arcs->surface |= stmt->kind == STMT_SEQUENCE || stmt->kind == STMT_ORDER;
}

/* Relations of blocks are passed over: `any` may well offer a weak one among others, and `not` only
 * keeps the rule away. Edges between clauses have names of their own. */
static void note_arcs(struct arcs *arcs, const struct stmt *stmts, bool clauses)
{
    const struct visitor one = {.context = arcs, .label = note_label, .test = note_sure};
    for (const struct stmt *s = stmts; s; s = s->next) {
        struct stmt alone = *s;
        alone.next = NULL;
        if (s->kind == STMT_GROUP)
            note_arcs(arcs, s->blocks->stmts, clauses);
        if (s->kind == STMT_NOT || s->kind == STMT_ANY || s->kind == STMT_MAYBE ||
            s->kind == STMT_GROUP)
            continue;
        visit_statements(&one, &alone);
    }
}

/* Whether a statement makes a clause of a name that a path starts from: its edges are no arcs. */
static bool is_clause(const struct stmt *stmts, const char *name)
{
    for (; stmts; stmts = stmts->next)
        if (stmts->kind == STMT_BIND && stmts->number == OBJECT_CLAUSE && stmts->a.name &&
            strcmp(stmts->a.name, name) == 0)
            return true;
    return false;
}

static bool joins_clauses(const struct lint *l, const struct word *label)
{
    for (const struct stmt *s = l->rule->match; s; s = s->next) {
        if (s->kind != STMT_RELATION || !s->path || label->at.offset < s->at.offset ||
            (s->next && label->at.offset >= s->next->at.offset))
            continue;
        return (s->a.name && is_clause(l->rule->match, s->a.name)) ||
               (s->b.name && is_clause(l->rule->match, s->b.name));
    }
    return false;
}

static void warn_arcs(const struct lint *l)
{
    struct arcs arcs = {.lint = l};
    const struct visitor surface = {.context = &arcs, .statement = note_surface};
    note_arcs(&arcs, l->rule->match, false);
    visit_statements(&surface, l->rule->match);
    for (const struct guard *g = l->rule->guards; g; g = g->next)
        visit_statements(&surface, g->match);
    bool sure = arcs.sure || l->rule->drawing.sure > 0 ||
                (l->rule->drawing.sure < 0 && l->feature->drawing.sure > 0);
    if (!arcs.weak || sure || arcs.surface || joins_clauses(l, arcs.weak))
        return;
    diagnostics_lint(l->diagnostics, "W4", arcs.weak->at,
                     "parsers often get \"%s\" wrong; give the rule sure=\".7\", or ask for what "
                     "stands beside it with seq, before or a guard", arcs.weak->text);
}

void lint_match(struct lint *l)
{
    struct gaps gaps = {l, GAP_OF_MATCH};
    const struct visitor visitor = {.context = &gaps, .item = warn_gap};
    warn_common(l);
    visit_statements(&visitor, l->rule->match);
    gaps.most = GAP_OF_GUARD;
    for (const struct guard *g = l->rule->guards; g; g = g->next)
        visit_statements(&visitor, g->match);
    warn_arcs(l);
}
