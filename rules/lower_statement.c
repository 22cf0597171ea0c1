/* lower_statement.c -- one statement, its arguments bound, to records of the match program.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>

#include "lower.h"

uint32_t lower_emit(struct lowering *l, const struct stmt *stmt, struct tab_code code)
{
    if (l->dry)
        return 0;
    struct tab_source source = {place_line(stmt->at), builder_string(l->builder, stmt->said)};
    builder_add(l->builder, TAB_SOURCES, &source);
    return builder_add(l->builder, TAB_CODE, &code);
}

static struct tab_code *code_at(struct lowering *l, uint32_t number)
{
    return l->dry ? NULL : builder_at(l->builder, TAB_CODE, number);
}

static void bind(struct scope *scope, int slot, unsigned kind)
{
    if (slot < 0)
        return;
    scope->state[slot] = BOUND;
    scope->kind[slot] = (uint8_t)kind;
}

static uint32_t plain(int slot)
{
    return TAB_REF(slot < 0 ? 0 : slot, ROLE_NONE, ROLE_NONE);
}

static void emit_test(struct lowering *l, const struct stmt *s, uint32_t ref, uint32_t test)
{
    if (test != TAB_NONE)
        lower_emit(l, s, (struct tab_code){.op = OP_TEST, .a = ref, .b = test});
}

/* Both halves of a test on a value. */
static void emit_tests(struct lowering *l, const struct stmt *s, uint32_t ref, unsigned kind)
{
    struct lowered_test test = lower_test(l, s->test, kind);
    emit_test(l, s, ref, test.object);
    emit_test(l, s, ref, test.token);
}

/* A token that was only described may be one that has a name elsewhere. */
static bool is_unnamed(const struct lowering *l, int slot)
{
    return slot > 0 && l->names[slot][0] == '_';
}

static void lower_node(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    if (&s->node == l->trigger)
        return; /* asked before the rule is tried */
    uint32_t test = lower_token_test(l, s->node.test);
    if (lower_is_bound(scope, s->node.slot)) {
        emit_test(l, s, plain(s->node.slot), test);
        return;
    }
    lower_emit(l, s, (struct tab_code){.op = OP_TOKEN, .slot = (uint8_t)s->node.slot,
                                       .x = is_unnamed(l, s->node.slot) ? 2 : 0, .c = test});
    bind(scope, s->node.slot, REF_TOKEN);
}

static void lower_order(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    uint32_t a, b;
    unsigned kind_a, kind_b;
    bool good = lower_ref(l, scope, &s->a, &a, &kind_a);
    if (!lower_ref(l, scope, &s->b, &b, &kind_b) || !good)
        return;
    const unsigned reference = REF_OBJECT + OBJECT_REF;
    if (kind_a == reference || kind_b == reference)
        diagnostics_error(l->diagnostics, s->at, "a reference has no place in the sentence");
    lower_emit(l, s, (struct tab_code){.op = OP_ORDER, .x = (uint16_t)s->number, .a = a, .b = b});
}

static void emit_same(struct lowering *l, const struct stmt *s, uint32_t a, unsigned kind_a,
                      uint32_t b, unsigned kind_b)
{
    if (kind_a != kind_b && kind_a != KIND_WRONG && kind_b != KIND_WRONG)
        diagnostics_error(l->diagnostics, s->at,
                          "%s is never %s; compare a token of it, such as its head or start",
                          lower_kind_name(kind_a), lower_kind_name(kind_b));
    lower_emit(l, s, (struct tab_code){.op = OP_SAME, .a = a, .b = b});
}

static void lower_is(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    uint32_t a, b;
    unsigned kind_a, kind_b;
    bool a_bound = lower_is_bound(scope, s->a.slot), b_bound = lower_is_bound(scope, s->b.slot);
    if (a_bound && b_bound) {
        bool good = lower_ref(l, scope, &s->a, &a, &kind_a);
        if (!lower_ref(l, scope, &s->b, &b, &kind_b) || !good)
            return;
        emit_same(l, s, a, kind_a, b, kind_b);
        emit_tests(l, s, a, kind_a);
        return;
    }
    const struct ref *from = b_bound ? &s->b : &s->a, *to = b_bound ? &s->a : &s->b;
    if (!lower_ref(l, scope, from, &a, &kind_a)) {
        bind(scope, to->slot, KIND_WRONG);
        return;
    }
    struct lowered_test test = lower_test(l, s->test, kind_a);
    lower_emit(l, s, (struct tab_code){.op = OP_ALIAS, .slot = (uint8_t)to->slot, .a = a,
                                       .c = test.object != TAB_NONE ? test.object : test.token});
    if (test.object != TAB_NONE)
        emit_test(l, s, plain(to->slot), test.token);
    bind(scope, to->slot, kind_a);
}

/* The path whose first edge's labels are the relations of kids(). */
static uint32_t kids_path(struct lowering *l, const struct stmt *s)
{
    struct path step = {.kind = PATH_STEP, .at = s->at, .labels = s->labels};
    uint32_t path;
    lower_path(l, &step, false, false, &path);
    return path;
}

static void report_object(struct lowering *l, const struct word *object)
{
    char hint[240];
    struct nearest nearest;
    hint_start(&nearest, object->text);
    hint_offer_vocab(&nearest, VOCAB_LIST_OBJECT);
    if (!nearest.copies[0][0])
        snprintf(hint, sizeof hint, "; there are vg, np, coord, clause, quote, ref and kids");
    else
        hint_print(&nearest, hint, sizeof hint);
    diagnostics_error(l->diagnostics, object->at, "there is no object \"%.40s\"%s", object->text,
                      hint);
}

static void lower_bind(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    uint32_t from;
    unsigned from_kind, kind = s->number == OBJECT_KIDS ? REF_SET : REF_OBJECT + s->number;
    bool again = lower_is_bound(scope, s->a.slot);
    if (s->number == OBJECT_COUNT) {
        report_object(l, &s->object);
        bind(scope, s->a.slot, KIND_WRONG);
        return;
    }
    int slot = again ? lower_slot(l, NULL, s->at) : s->a.slot;
    if (!lower_ref(l, scope, &s->b, &from, &from_kind) || slot < 0) {
        if (!again)
            bind(scope, slot, KIND_WRONG);
        return;
    }
    if (from_kind != REF_TOKEN && from_kind != REF_OBJECT + OBJECT_NP && from_kind != kind)
        diagnostics_error(l->diagnostics, s->b.at, "%s() takes a token, and \"%s\" is %s",
                          vocab_name(VOCAB_LIST_OBJECT, s->number), s->b.name,
                          lower_kind_name(from_kind));
    struct lowered_test test = lower_test(l, s->test, kind);
    struct tab_code code = {.op = OP_BIND, .slot = (uint8_t)slot, .x = (uint16_t)s->number,
                            .a = from, .b = TAB_NONE, .c = test.object};
    if (s->number == OBJECT_KIDS) {
        code.b = kids_path(l, s);
        code.c = test.token;
        lower_emit(l, s, code);
        emit_test(l, s, plain(slot), test.object);
    } else {
        lower_emit(l, s, code);
        emit_test(l, s, plain(slot), test.token);
    }
    bind(scope, slot, kind);
    if (again)
        emit_same(l, s, plain(slot), kind, plain(s->a.slot), scope->kind[s->a.slot]);
}

/* Whether a path over something runs over clauses; reports what has no relations. */
static bool over_clauses(struct lowering *l, const struct stmt *s, unsigned kind, bool *clauses)
{
    *clauses = kind == REF_OBJECT + OBJECT_CLAUSE;
    if (*clauses || kind == REF_TOKEN || kind == REF_OBJECT + OBJECT_NP)
        return true;
    if (kind != KIND_WRONG)
        diagnostics_error(l->diagnostics, s->at,
                          "relations join tokens or clauses, and this is %s",
                          lower_kind_name(kind));
    return false;
}

/* The path of a relation from one end that is bound to a name, or between two that are. */
struct walk {
    uint32_t from;  /* a reference */
    unsigned kind;
    int to;         /* a slot */
    bool inverse, bound;
    uint32_t test;
};

static void emit_walk(struct lowering *l, struct scope *scope, const struct stmt *s,
                      const struct walk *w)
{
    bool clauses;
    uint32_t path;
    if (!over_clauses(l, s, w->kind, &clauses) ||
        !lower_path(l, s->path, clauses, w->inverse, &path) || w->to < 0) {
        if (!w->bound)
            bind(scope, w->to, KIND_WRONG);
        return;
    }
    lower_emit(l, s, (struct tab_code){.op = OP_RELATION, .slot = (uint8_t)w->to,
                                       .x = w->bound ? 1 : is_unnamed(l, w->to) ? 2 : 0,
                                       .a = w->from, .b = path, .c = w->test});
    if (!w->bound)
        bind(scope, w->to, clauses ? REF_OBJECT + OBJECT_CLAUSE : REF_TOKEN);
}

static void lower_relation(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    uint32_t a = 0, b = 0;
    unsigned kind_a = 0, kind_b = 0;
    struct ref node = {.at = s->node.at, .name = s->node.name ? s->node.name : "_",
                       .slot = s->node.slot};
    const struct ref *second = s->has_node ? &node : &s->b;
    bool a_bound = lower_is_bound(scope, s->a.slot), b_bound = lower_is_bound(scope, second->slot);
    uint32_t test = TAB_NONE;
    if (s->has_node && &s->node != l->trigger)
        test = lower_token_test(l, s->node.test);
    if ((a_bound && !lower_ref(l, scope, &s->a, &a, &kind_a)) ||
        (b_bound && !lower_ref(l, scope, second, &b, &kind_b)))
        return;
    struct walk w = {a, kind_a, second->slot, false, a_bound && b_bound, test};
    bool from_second = b_bound && (!a_bound || s->a.role_count == 0);
    if (from_second) {
        emit_test(l, s, b, test);
        w = (struct walk){b, kind_b, s->a.slot, true, a_bound, TAB_NONE};
    } else if (b_bound && second->role_count > 0) {
        /* both have roles: the second end gets a slot of its own */
        w.to = lower_slot(l, NULL, s->at);
        if (w.to < 0)
            return;
        lower_emit(l, s, (struct tab_code){.op = OP_ALIAS, .slot = (uint8_t)w.to, .a = b,
                                           .c = TAB_NONE});
        bind(scope, w.to, kind_b);
    }
    emit_walk(l, scope, s, &w);
}

static void lower_not(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    struct scope inner = *scope;
    uint32_t not = lower_emit(l, s, (struct tab_code){.op = OP_NOT});
    uint32_t over = lower_emit(l, s, (struct tab_code){.op = OP_JUMP});
    uint32_t start = builder_count(l->builder, TAB_CODE);
    lower_block(l, &inner, s->blocks->stmts);
    lower_emit(l, s, (struct tab_code){.op = OP_ACCEPT});
    if (l->dry || builder_failed(l->builder))
        return;
    code_at(l, not)->a = start;
    code_at(l, over)->a = builder_count(l->builder, TAB_CODE);
}

static void lower_maybe(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    struct scope inner = *scope;
    uint32_t maybe = lower_emit(l, s, (struct tab_code){.op = OP_MAYBE});
    lower_block(l, &inner, s->blocks->stmts);
    uint32_t over = lower_emit(l, s, (struct tab_code){.op = OP_JUMP});
    for (unsigned i = 0; i < LIMIT_SLOTS; i++)
        if (scope->state[i] == UNBOUND && inner.state[i] != UNBOUND && !(l->spare >> i & 1)) {
            scope->state[i] = PERHAPS;
            scope->kind[i] = inner.kind[i];
        }
    if (l->dry || builder_failed(l->builder))
        return;
    code_at(l, maybe)->a = maybe + 1;
    code_at(l, maybe)->b = code_at(l, over)->a = builder_count(l->builder, TAB_CODE);
}

/* What holds after one of several branches: what holds after all of them. */
static void merge(struct lowering *l, const struct stmt *s, struct scope *all,
                  const struct scope *one, bool first)
{
    for (unsigned i = 0; i < LIMIT_SLOTS; i++) {
        if (l->spare >> i & 1)
            continue;
        if (first) {
            all->state[i] = one->state[i];
            all->kind[i] = one->kind[i];
            continue;
        }
        if (all->state[i] != UNBOUND && one->state[i] != UNBOUND && all->kind[i] != one->kind[i] &&
            all->kind[i] != KIND_WRONG && one->kind[i] != KIND_WRONG)
            diagnostics_error(l->diagnostics, s->at,
                              "\"%s\" is %s in one branch and %s in another", l->names[i],
                              lower_kind_name(all->kind[i]), lower_kind_name(one->kind[i]));
        if (one->state[i] < all->state[i])
            all->state[i] = one->state[i];
    }
}

static void lower_any(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    struct scope after = *scope;
    uint32_t last = TAB_NONE, jumps = TAB_NONE;
    for (const struct block *b = s->blocks; b; b = b->next) {
        struct scope inner = *scope;
        uint32_t any = lower_emit(l, s, (struct tab_code){.op = OP_ANY, .b = TAB_NONE});
        if (code_at(l, any))
            code_at(l, any)->a = any + 1;
        if (last != TAB_NONE && code_at(l, last))
            code_at(l, last)->b = any;
        last = any;
        lower_block(l, &inner, b->stmts);
        jumps = lower_emit(l, s, (struct tab_code){.op = OP_JUMP, .a = jumps});
        merge(l, s, &after, &inner, b == s->blocks);
    }
    *scope = after;
    if (l->dry || builder_failed(l->builder))
        return;
    while (jumps != TAB_NONE) {
        uint32_t next = code_at(l, jumps)->a;
        code_at(l, jumps)->a = builder_count(l->builder, TAB_CODE);
        jumps = next;
    }
}

/* The values of key=a|b as one string, "a|b". */
static uint32_t memory_values(struct lowering *l, const struct word *values)
{
    struct buffer text;
    buffer_init(&text);
    for (const struct word *v = values; v; v = v->next)
        buffer_printf(&text, "%s%s", v == values ? "" : "|", v->text);
    uint32_t string = builder_string(l->builder, text.bytes ? text.bytes : "");
    buffer_clear(&text);
    return string;
}

/* doc[key key=a|b !key]: each test side by side is a record. */
static void lower_memory(struct lowering *l, const struct stmt *s)
{
    for (const struct test *t = s->test ? s->test->first : NULL; t; t = t->next) {
        const struct test *atom = t->kind == TEST_NOT ? t->first : t;
        struct tab_code code = {.op = OP_MEMORY, .x = t->kind == TEST_NOT, .b = TAB_NONE};
        if (atom->kind != TEST_WORD && atom->kind != TEST_VALUE) {
            diagnostics_error(l->diagnostics, atom->at,
                              "doc[...] takes keys that an edit remembers: key, key=value, !key");
            return;
        }
        if (l->dry)
            continue;
        code.a = builder_string(l->builder, atom->text);
        if (atom->kind == TEST_VALUE)
            code.b = memory_values(l, atom->values);
        l->uses_memory = true;
        lower_emit(l, s, code);
    }
}

void lower_statement(struct lowering *l, struct scope *scope, const struct stmt *s)
{
    uint32_t ref;
    unsigned kind;
    switch (s->kind) {
    case STMT_NODE: lower_node(l, scope, s); break;
    case STMT_RELATION: lower_relation(l, scope, s); break;
    case STMT_BIND: lower_bind(l, scope, s); break;
    case STMT_IS: lower_is(l, scope, s); break;
    case STMT_TEST:
        if (lower_ref(l, scope, &s->a, &ref, &kind))
            emit_tests(l, s, ref, kind);
        break;
    case STMT_MEMORY: lower_memory(l, s); break;
    case STMT_ORDER: lower_order(l, scope, s); break;
    case STMT_SEQUENCE: lower_sequence(l, scope, s); break;
    case STMT_NOT: lower_not(l, scope, s); break;
    case STMT_ANY: lower_any(l, scope, s); break;
    case STMT_MAYBE: lower_maybe(l, scope, s); break;
    case STMT_GROUP: break; /* gathered by the plan */
    }
}
