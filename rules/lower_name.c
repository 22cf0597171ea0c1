/* lower_name.c -- names to slots, references to their kinds.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "lower.h"

int lower_find_slot(const struct lowering *l, const char *name)
{
    for (unsigned i = 0; i < l->name_count; i++)
        if (strcmp(l->names[i], name) == 0)
            return (int)i;
    return -1;
}

/* A slot for an unnamed token of a block: one that other blocks use too, or a new one. */
static int spare_slot(struct lowering *l, struct place at)
{
    if (l->spare_used < l->spare_count)
        return l->spares[l->spare_used++];
    unsigned depth = l->depth;
    l->depth = 0;
    int slot = lower_slot(l, NULL, at);
    l->depth = depth;
    if (slot < 0)
        return slot;
    l->spare |= (uint32_t)1 << slot;
    l->spares[l->spare_count++] = (uint8_t)slot;
    l->spare_used = l->spare_count;
    return slot;
}

int lower_slot(struct lowering *l, const char *name, struct place at)
{
    char made[16];
    if (!name && l->depth > 0)
        return spare_slot(l, at);
    if (!name) {
        snprintf(made, sizeof made, "_%u", l->name_count);
        name = made;
    }
    int slot = name == made ? -1 : lower_find_slot(l, name);
    if (slot >= 0)
        return slot;
    if (strcmp(name, "doc") == 0)
        diagnostics_error(l->diagnostics, at, "doc[...] is what the document remembers: take "
                          "another name");
    if (l->name_count == LIMIT_SLOTS) {
        if (!l->crowded)
            diagnostics_error(l->diagnostics, at,
                              "more than %d names in one rule; split it or leave some unnamed",
                              LIMIT_SLOTS);
        l->crowded = true;
        return -1;
    }
    const char *kept = arena_strndup(l->arena, name, strlen(name));
    l->names[l->name_count] = kept ? kept : "";
    return (int)l->name_count++;
}

static uint32_t bit(int slot)
{
    return slot >= 0 ? (uint32_t)1 << slot : 0;
}

/* Gives a reference its slot; the bit of it. */
static uint32_t assign_ref(struct lowering *l, struct ref *ref)
{
    if (!ref->name)
        return 0;
    ref->slot = lower_slot(l, ref->name, ref->at);
    return bit(ref->slot);
}

void lower_assign_test_ref(struct lowering *l, struct ref *ref)
{
    if (ref->name)
        ref->slot = lower_find_slot(l, ref->name);
}

static uint32_t assign_node(struct lowering *l, struct node *node)
{
    node->slot = node == l->trigger ? 0 : lower_slot(l, node->name, node->at);
    return bit(node->slot) & ~l->spare;
}

static void assign_items(struct lowering *l, struct item *items, struct stmt *stmt)
{
    for (struct item *item = items; item; item = item->next) {
        if (item->kind == ITEM_NAME)
            stmt->mentions |= assign_ref(l, &item->ref);
        item->node.slot = -1;
        item->node.lowered = false;
        if ((item->kind == ITEM_NODE || item->kind == ITEM_GROUP) &&
            (item->node.name || &item->node == l->trigger))
            stmt->binds |= assign_node(l, &item->node);
        for (struct branch *b = item->branches; b; b = b->next)
            assign_items(l, b->items, stmt);
    }
}

static void assign_relation(struct lowering *l, struct stmt *stmt)
{
    uint32_t a = assign_ref(l, &stmt->a), b;
    if (stmt->has_node)
        b = assign_node(l, &stmt->node);
    else
        b = assign_ref(l, &stmt->b);
    stmt->mentions = a | b;
    stmt->binds = (stmt->a.role_count ? 0 : a) |
                  (!stmt->has_node && stmt->b.role_count ? 0 : b);
}

static void assign_blocks(struct lowering *l, struct stmt *stmt)
{
    unsigned used = l->spare_used, own = stmt->kind != STMT_GROUP;
    l->depth += own;
    for (struct block *block = stmt->blocks; block; block = block->next) {
        lower_assign(l, block->stmts);
        l->spare_used = own ? used : l->spare_used;
        for (const struct stmt *s = block->stmts; s; s = s->next) {
            stmt->mentions |= s->mentions;
            stmt->binds |= stmt->kind == STMT_NOT ? 0 : s->binds;
        }
    }
    l->depth -= own;
}

static void assign_statement(struct lowering *l, struct stmt *s)
{
    s->binds = s->mentions = 0;
    switch (s->kind) {
    case STMT_NODE: s->binds = assign_node(l, &s->node); break;
    case STMT_RELATION: assign_relation(l, s); break;
    case STMT_BIND:
        s->binds = assign_ref(l, &s->a);
        s->mentions = assign_ref(l, &s->b);
        break;
    case STMT_IS: {
        uint32_t a = assign_ref(l, &s->a), b = assign_ref(l, &s->b);
        s->mentions = a | b;
        if (!s->compares)
            s->binds = (s->a.role_count ? 0 : a) | (s->b.role_count ? 0 : b);
        break;
    }
    case STMT_TEST:
    case STMT_ORDER:
        s->mentions = assign_ref(l, &s->a);
        s->mentions |= assign_ref(l, &s->b);
        break;
    case STMT_MEMORY: break;
    case STMT_SEQUENCE:
        s->mentions = assign_ref(l, &s->b);
        assign_items(l, s->items, s);
        break;
    default: assign_blocks(l, s); break;
    }
    s->mentions |= s->binds;
}

static bool has_blocks(const struct stmt *s)
{
    return s->kind == STMT_NOT || s->kind == STMT_ANY || s->kind == STMT_MAYBE;
}

/* Blocks come last: their unnamed tokens must not share slots with statements around them. */
void lower_assign(struct lowering *l, struct stmt *stmts)
{
    for (struct stmt *s = stmts; s; s = s->next)
        if (!has_blocks(s))
            assign_statement(l, s);
    for (struct stmt *s = stmts; s; s = s->next)
        if (has_blocks(s))
            assign_statement(l, s);
}

bool lower_is_bound(const struct scope *scope, int slot)
{
    return slot >= 0 && scope->state[slot] != UNBOUND;
}

const char *lower_kind_name(unsigned kind)
{
    static const char *const objects[OBJECT_COUNT] = {
        "a verb group", "a noun phrase", "a coordination", "a clause", "a quotation",
        "a reference", "a set"};
    switch (kind) {
    case REF_TOKEN: return "a token";
    case REF_SPAN: return "a span";
    case REF_SET: return "a set";
    default:
        return kind >= REF_OBJECT && kind < REF_OBJECT + OBJECT_COUNT ? objects[kind - REF_OBJECT]
                                                                      : "nothing";
    }
}

static unsigned role_kind(unsigned kind, enum role role)
{
    if (kind == REF_TOKEN)
        return schema_token_role(role);
    if (kind >= REF_OBJECT)
        return schema_role((enum object_kind)(kind - REF_OBJECT), role);
    if (kind == REF_SET && role == ROLE_MEMBERS)
        return REF_SET;
    bool edge = role == ROLE_START || role == ROLE_END || role == ROLE_FIRST || role == ROLE_LAST;
    return edge ? REF_TOKEN : REF_ABSENT;
}

static void report_role(struct lowering *l, const struct ref *ref, const struct word *role,
                        unsigned kind)
{
    char hint[240], all[200] = "";
    size_t n = 0;
    struct nearest nearest;
    hint_start(&nearest, role->text);
    for (unsigned i = 0; i < ROLE_COUNT && n + 40 < sizeof all; i++)
        if (role_kind(kind, (enum role)i) != REF_ABSENT) {
            const char *name = vocab_name(VOCAB_LIST_ROLE, i);
            hint_offer(&nearest, name);
            n += (size_t)snprintf(all + n, sizeof all - n, "%s%s", n ? ", " : "", name);
        }
    hint_print(&nearest, hint, sizeof hint);
    if (hint[0] || !all[0])
        diagnostics_error(l->diagnostics, role->at, "\"%s\": %s has no role \"%s\"%s", ref->name,
                          lower_kind_name(kind), role->text, hint);
    else
        diagnostics_error(l->diagnostics, role->at, "\"%s\": %s has no role \"%s\"; it has %s",
                          ref->name, lower_kind_name(kind), role->text, all);
}

static void report_unbound(struct lowering *l, const struct scope *scope, const struct ref *ref)
{
    char hint[240];
    struct nearest nearest;
    if (lower_find_slot(l, ref->name) >= 0) {
        diagnostics_error(l->diagnostics, ref->at,
                          "\"%s\" is not known here: it is bound only inside not { }, each, a "
                          "guard, or one branch of any { }; bind it in the match itself or in "
                          "every branch", ref->name);
        return;
    }
    hint_start(&nearest, ref->name);
    for (unsigned i = 0; i < l->name_count; i++)
        if (l->names[i][0] != '_' && scope->state[i] != UNBOUND)
            hint_offer(&nearest, l->names[i]);
    diagnostics_error(l->diagnostics, ref->at, "nothing binds \"%s\"%s", ref->name,
                      hint_print(&nearest, hint, sizeof hint));
}

bool lower_ref(struct lowering *l, const struct scope *scope, const struct ref *ref, uint32_t *out,
               unsigned *kind)
{
    uint32_t roles[MAX_ROLES] = {ROLE_NONE, ROLE_NONE};
    *out = 0;
    *kind = KIND_WRONG;
    if (!lower_is_bound(scope, ref->slot)) {
        if (!l->crowded)
            report_unbound(l, scope, ref);
        return false;
    }
    unsigned now = scope->kind[ref->slot];
    for (unsigned i = 0; i < ref->role_count && now != KIND_WRONG; i++) {
        const char *name = ref->roles[i].text;
        int role = vocab_find(VOCAB_LIST_ROLE, name, strlen(name));
        unsigned next = role < 0 ? REF_ABSENT : role_kind(now, (enum role)role);
        if (next == REF_ABSENT) {
            report_role(l, ref, &ref->roles[i], now);
            return false;
        }
        roles[i] = (uint32_t)role;
        now = next;
    }
    *out = TAB_REF(ref->slot, roles[0], roles[1]);
    *kind = now;
    return now != KIND_WRONG;
}
