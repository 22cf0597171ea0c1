/* lower_plan.c -- the order of statements: always the cheapest whose arguments are bound, written
 * order among equals. Cheap tests of bound names come first, then sequences through a bound token,
 * arcs, objects, blocks, and what has to look at every token last.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "lower.h"

enum cost {
    COST_TEST, COST_ORDER, COST_SEQUENCE = 10, COST_ARC_CHECK = 15, COST_ARC_UP = 20, COST_ARC = 25,
    COST_PATH = 30, COST_OBJECT = 40, COST_NOT = 70, COST_ANY, COST_MAYBE, COST_SEARCH = 80,
    COST_TOKEN = 90, COST_NEVER = 1000
};

struct plan {
    struct lowering *l;
    struct scope *scope;
    const struct stmt **pending;
    unsigned count;
};

static bool ref_bound(const struct scope *scope, const struct ref *ref)
{
    return lower_is_bound(scope, ref->slot);
}

static uint32_t bound_set(const struct scope *scope)
{
    uint32_t set = 0;
    for (unsigned i = 0; i < LIMIT_SLOTS; i++)
        if (scope->state[i] != UNBOUND)
            set |= (uint32_t)1 << i;
    return set;
}

/* What other pending statements may still bind. */
static uint32_t bindable(const struct plan *plan, const struct stmt *except)
{
    uint32_t set = 0;
    for (unsigned i = 0; i < plan->count; i++)
        if (plan->pending[i] != except)
            set |= plan->pending[i]->binds;
    return set;
}

static unsigned relation_cost(const struct scope *scope, const struct stmt *s)
{
    bool a = ref_bound(scope, &s->a);
    bool b = s->has_node ? lower_is_bound(scope, s->node.slot) : ref_bound(scope, &s->b);
    if (a && b)
        return COST_ARC_CHECK;
    if ((!a && s->a.role_count) || (!b && !s->has_node && s->b.role_count) || (!a && !b))
        return COST_NEVER;
    if (s->path->kind != PATH_STEP || s->path->many)
        return COST_PATH;
    return s->path->up == a ? COST_ARC_UP : COST_ARC;
}

static unsigned is_cost(const struct scope *scope, const struct stmt *s)
{
    bool a = ref_bound(scope, &s->a), b = ref_bound(scope, &s->b);
    if (a && b)
        return COST_ORDER;
    if (s->compares)
        return COST_NEVER;
    if ((b && s->a.role_count == 0) || (a && s->b.role_count == 0))
        return COST_OBJECT;
    return COST_NEVER;
}

/* Whether every branch can be planned with what is bound now. */
static bool any_ready(struct plan *plan, const struct stmt *s)
{
    struct lowering *l = plan->l;
    bool ready = true;
    bool crowded = l->crowded;
    unsigned names = l->name_count, errors = l->diagnostics->errors;
    l->dry++;
    l->diagnostics->quiet++;
    for (const struct block *b = s->blocks; b && ready; b = b->next) {
        struct scope scope = *plan->scope;
        ready = lower_block(l, &scope, b->stmts);
    }
    l->diagnostics->quiet--;
    l->dry--;
    l->diagnostics->errors = errors;
    l->name_count = names;
    l->crowded = crowded;
    return ready;
}

static unsigned block_cost(struct plan *plan, const struct stmt *s)
{
    uint32_t missing = s->mentions & ~bound_set(plan->scope);
    if (s->kind == STMT_ANY)
        return COST_ANY; /* whether it is ready is seen when nothing else is */
    if (missing & bindable(plan, s))
        return COST_NEVER;
    return s->kind == STMT_NOT ? COST_NOT : COST_MAYBE;
}

static unsigned cost(struct plan *plan, const struct stmt *s)
{
    const struct scope *scope = plan->scope;
    bool anchored = false;
    switch (s->kind) {
    case STMT_NODE: return lower_is_bound(scope, s->node.slot) ? COST_TEST : COST_TOKEN;
    case STMT_MEMORY: return COST_TEST;
    case STMT_TEST: return ref_bound(scope, &s->a) ? COST_TEST : COST_NEVER;
    case STMT_ORDER:
        return ref_bound(scope, &s->a) && ref_bound(scope, &s->b) ? COST_ORDER : COST_NEVER;
    case STMT_IS: return is_cost(scope, s);
    case STMT_BIND: return ref_bound(scope, &s->b) ? COST_OBJECT : COST_NEVER;
    case STMT_RELATION: return relation_cost(scope, s);
    case STMT_SEQUENCE:
        if (!lower_sequence_ready(scope, s, &anchored))
            return COST_NEVER;
        return anchored ? COST_SEQUENCE : COST_SEARCH;
    default: return block_cost(plan, s);
    }
}

static unsigned count_statements(const struct stmt *stmts)
{
    unsigned n = 0;
    for (; stmts; stmts = stmts->next)
        n += stmts->kind == STMT_GROUP ? count_statements(stmts->blocks->stmts) : 1;
    return n;
}

/* The bodies of patterns take the place of their calls. */
static void gather(struct plan *plan, const struct stmt *stmts)
{
    for (; stmts; stmts = stmts->next)
        if (stmts->kind == STMT_GROUP)
            gather(plan, stmts->blocks->stmts);
        else
            plan->pending[plan->count++] = stmts;
}

static const char *ref_name(const struct lowering *l, unsigned slot)
{
    return slot < l->name_count ? l->names[slot] : "?";
}

/* Where a statement speaks of a name. */
static struct place place_of(const struct stmt *s, unsigned slot)
{
    if (s->a.name && s->a.slot == (int)slot)
        return s->a.at;
    if (s->b.name && s->b.slot == (int)slot)
        return s->b.at;
    for (const struct item *i = s->items; i; i = i->next)
        if (i->kind == ITEM_NAME && i->ref.slot == (int)slot)
            return i->ref.at;
    return s->at;
}

/* Nothing is left that could run: which names are to blame? */
static void report_stuck(struct plan *plan)
{
    struct lowering *l = plan->l;
    uint32_t free_names = bindable(plan, NULL) | bound_set(plan->scope), told = 0;
    for (unsigned i = 0; i < plan->count; i++) {
        const struct stmt *s = plan->pending[i];
        uint32_t blame = s->mentions & ~free_names & ~told;
        if (s->kind == STMT_ANY || s->kind == STMT_NOT || s->kind == STMT_MAYBE)
            continue;
        for (unsigned k = 0; k < LIMIT_SLOTS; k++) {
            if (!(blame >> k & 1))
                continue;
            char hint[240];
            struct nearest nearest;
            hint_start(&nearest, ref_name(l, k));
            for (unsigned n = 0; n < l->name_count; n++)
                if (n != k && l->names[n][0] != '_' && (free_names >> n & 1))
                    hint_offer(&nearest, l->names[n]);
            diagnostics_error(l->diagnostics, place_of(s, k), "nothing binds \"%s\"%s",
                              ref_name(l, k), hint_print(&nearest, hint, sizeof hint));
        }
        told |= blame;
    }
    if (told)
        return;
    for (unsigned i = 0; i < plan->count; i++)
        if (plan->pending[i]->kind == STMT_ANY) {
            lower_statement(l, plan->scope, plan->pending[i]); /* its branches say why */
            return;
        }
    diagnostics_error(l->diagnostics, plan->pending[0]->at,
                      "this statement hangs in the air: no relation, object or sequence joins its "
                      "names to the trigger");
}

/* The cheapest statement that can run; count if there is none. */
static unsigned choose(struct plan *plan)
{
    for (;;) {
        unsigned best = plan->count, least = COST_NEVER;
        for (unsigned i = 0; i < plan->count; i++) {
            if (plan->l->budget == 0)
                return plan->count;
            plan->l->budget--;
            unsigned c = cost(plan, plan->pending[i]);
            if (c < least) {
                least = c;
                best = i;
            }
        }
        if (least < COST_ANY || best == plan->count)
            return best;
        for (unsigned i = 0; i < plan->count; i++)
            if (plan->pending[i]->kind == STMT_ANY && any_ready(plan, plan->pending[i]))
                return i;
        /* no any { } is ready: the best of the others */
        best = plan->count;
        least = COST_NEVER;
        for (unsigned i = 0; i < plan->count; i++) {
            unsigned c = plan->pending[i]->kind == STMT_ANY ? COST_NEVER
                                                            : cost(plan, plan->pending[i]);
            if (c < least) {
                least = c;
                best = i;
            }
        }
        return best;
    }
}

bool lower_block(struct lowering *l, struct scope *scope, const struct stmt *stmts)
{
    struct plan plan = {.l = l, .scope = scope};
    plan.pending = arena_calloc(l->arena, count_statements(stmts) + 1, sizeof *plan.pending);
    if (!plan.pending)
        return false;
    gather(&plan, stmts);
    while (plan.count > 0 && !l->arena->failed) {
        unsigned i = choose(&plan);
        if (i == plan.count) {
            if (l->dry)
                break;
            if (l->budget == 0)
                diagnostics_error(l->diagnostics, plan.pending[0]->at,
                                  "this pattern is too complicated to plan; split the rule");
            else
                report_stuck(&plan);
            break;
        }
        const struct stmt *s = plan.pending[i];
        memmove(plan.pending + i, plan.pending + i + 1,
                (plan.count - i - 1) * sizeof *plan.pending);
        plan.count--;
        lower_statement(l, scope, s);
    }
    return plan.count == 0;
}
