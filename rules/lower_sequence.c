/* lower_sequence.c -- sequences of tokens to programs of boxes, splits and jumps. Repetitions with
 * two counts are written out; an optional item is first tried with it, a gap or a star first with
 * as little as possible.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "lower.h"

enum { MOST_CODE = 4096, GAP_TOKENS = 12, ANY_START = 0xffff };

struct program {
    struct lowering *l;
    struct scope *scope;
    struct tab_code *code;
    uint32_t count;
    struct place at;
    bool failed;
};

static uint32_t put(struct program *p, struct tab_code code)
{
    if (p->count == MOST_CODE) {
        if (!p->failed)
            diagnostics_error(p->l->diagnostics, p->at,
                              "this sequence is too long written out; use smaller repetitions");
        p->failed = true;
        return 0;
    }
    p->code[p->count] = code;
    return p->count++;
}

static void put_items(struct program *p, struct item *items);

static bool can_be_empty(const struct item *items)
{
    for (; items; items = items->next) {
        bool empty = items->min == 0 || items->kind == ITEM_BOS || items->kind == ITEM_EOS ||
                     items->kind == ITEM_GAP;
        for (const struct branch *b = items->branches; b && !empty; b = b->next)
            empty = can_be_empty(b->items);
        if (!empty)
            return false;
    }
    return true;
}

/* Whether an item binds a name; then it cannot be repeated. */
static bool has_name(const struct item *item)
{
    if (item->kind != ITEM_NAME && item->node.slot >= 0)
        return true;
    for (const struct branch *b = item->branches; b; b = b->next)
        for (const struct item *i = b->items; i; i = i->next)
            if (has_name(i))
                return true;
    return false;
}

static void put_gap(struct program *p)
{
    uint32_t splits[GAP_TOKENS];
    for (unsigned i = 0; i < GAP_TOKENS; i++) {
        splits[i] = put(p, (struct tab_code){.op = SEQ_SPLIT});
        p->code[splits[i]].b = p->count;
        put(p, (struct tab_code){.op = SEQ_GAP});
    }
    for (unsigned i = 0; i < GAP_TOKENS && !p->failed; i++)
        p->code[splits[i]].a = p->count;
}

static void put_group(struct program *p, struct item *item)
{
    int slot = item->node.slot;
    if (slot >= 0 && lower_is_bound(p->scope, slot) && p->scope->kind[slot] != REF_SPAN)
        diagnostics_error(p->l->diagnostics, item->at, "\"%s\" is bound to %s already",
                          item->node.name, lower_kind_name(p->scope->kind[slot]));
    if (slot >= 0)
        put(p, (struct tab_code){.op = SEQ_OPEN, .slot = (uint8_t)slot});
    uint32_t ends = TAB_NONE; /* jumps to the end, chained through their targets */
    for (const struct branch *b = item->branches; b && !p->failed; b = b->next) {
        uint32_t split = 0;
        if (b->next) {
            split = put(p, (struct tab_code){.op = SEQ_SPLIT});
            p->code[split].a = p->count;
        }
        put_items(p, b->items);
        if (b->next) {
            ends = put(p, (struct tab_code){.op = SEQ_JUMP, .a = ends});
            p->code[split].b = p->count;
        }
    }
    while (ends != TAB_NONE && !p->failed) {
        uint32_t next = p->code[ends].a;
        p->code[ends].a = p->count;
        ends = next;
    }
    if (slot >= 0)
        put(p, (struct tab_code){.op = SEQ_CLOSE, .slot = (uint8_t)slot});
}

static void put_node(struct program *p, struct node *node)
{
    struct tab_code box = {.op = SEQ_BOX, .slot = 255, .b = TAB_NONE};
    if (node->slot >= 0)
        box.slot = (uint8_t)node->slot;
    if (!node->lowered) /* the trigger's test is asked before the rule is tried */
        node->test_number =
            node == p->l->trigger ? TAB_NONE : lower_token_test(p->l, node->test);
    node->lowered = true; /* a repetition writes it again and again */
    box.b = node->test_number;
    put(p, box);
}

static void put_once(struct program *p, struct item *item)
{
    uint32_t ref;
    unsigned kind;
    switch (item->kind) {
    case ITEM_NODE: put_node(p, &item->node); break;
    case ITEM_NAME:
        if (!lower_ref(p->l, p->scope, &item->ref, &ref, &kind))
            p->failed = true;
        else
            put(p, (struct tab_code){.op = SEQ_NAME, .x = kind == REF_TOKEN, .a = ref});
        break;
    case ITEM_BOS: put(p, (struct tab_code){.op = SEQ_BOS}); break;
    case ITEM_EOS: put(p, (struct tab_code){.op = SEQ_EOS}); break;
    case ITEM_GAP: put_gap(p); break;
    case ITEM_GROUP: put_group(p, item); break;
    }
}

/* *: first without, then once more and again. */
static void put_star(struct program *p, struct item *item)
{
    struct item one = *item;
    one.next = NULL;
    one.min = one.max = 1;
    if (can_be_empty(&one)) {
        diagnostics_error(p->l->diagnostics, item->at,
                          "what is repeated here can be empty, so it would repeat for ever");
        p->failed = true;
        return;
    }
    uint32_t split = put(p, (struct tab_code){.op = SEQ_SPLIT});
    p->code[split].b = p->count;
    put_once(p, item);
    put(p, (struct tab_code){.op = SEQ_JUMP, .a = split});
    p->code[split].a = p->count;
}

static void put_optional(struct program *p, struct item *item)
{
    uint32_t splits[LIMIT_GAP];
    unsigned n = 0;
    bool greedy = item->min == 0 && item->max == 1;
    for (unsigned i = item->min; i < item->max && !p->failed; i++) {
        uint32_t split = splits[n++] = put(p, (struct tab_code){.op = SEQ_SPLIT});
        *(greedy ? &p->code[split].a : &p->code[split].b) = p->count;
        put_once(p, item);
    }
    for (unsigned i = 0; i < n && !p->failed; i++)
        *(greedy ? &p->code[splits[i]].b : &p->code[splits[i]].a) = p->count;
}

static void put_items(struct program *p, struct item *items)
{
    for (struct item *item = items; item && !p->failed; item = item->next) {
        if (item->max > 1 && has_name(item)) {
            diagnostics_error(p->l->diagnostics, item->at,
                              "what is repeated cannot have a name: which of them would it be?");
            p->failed = true;
            return;
        }
        for (unsigned i = 0; i < item->min && !p->failed; i++)
            put_once(p, item);
        if (item->max == ITEM_UNBOUNDED)
            put_star(p, item);
        else
            put_optional(p, item);
    }
}

/* Names surely bound by items, and those perhaps bound. */
static void collect(const struct item *items, uint32_t *surely, uint32_t *perhaps)
{
    for (; items; items = items->next) {
        uint32_t own = 0, other = 0;
        if (items->kind != ITEM_NAME && items->node.slot >= 0)
            own = (uint32_t)1 << items->node.slot;
        uint32_t common = UINT32_MAX;
        for (const struct branch *b = items->branches; b; b = b->next) {
            uint32_t branch = 0, maybe = 0;
            collect(b->items, &branch, &maybe);
            common &= branch;
            other |= branch | maybe;
        }
        if (items->branches)
            own |= common;
        if (items->min > 0)
            *surely |= own;
        *perhaps |= own | other;
    }
}

static void note_spans(struct scope *scope, const struct item *items)
{
    for (; items; items = items->next) {
        if (items->kind == ITEM_GROUP && items->node.slot >= 0)
            scope->kind[items->node.slot] = REF_SPAN;
        for (const struct branch *b = items->branches; b; b = b->next)
            note_spans(scope, b->items);
    }
}

static void bind_names(struct scope *scope, const struct item *items)
{
    uint32_t surely = 0, perhaps = 0;
    collect(items, &surely, &perhaps);
    for (int i = 0; i < LIMIT_SLOTS; i++) {
        if (!(perhaps >> i & 1))
            continue;
        if (scope->state[i] == UNBOUND) {
            scope->kind[i] = REF_TOKEN;
            scope->state[i] = surely >> i & 1 ? BOUND : PERHAPS;
        } else if (surely >> i & 1) {
            scope->state[i] = BOUND;
        }
    }
    note_spans(scope, items);
}

/* The number of tokens an item takes; -1: it varies. */
static int width(const struct scope *scope, const struct item *items)
{
    int sum = 0;
    for (; items; items = items->next) {
        int one = 1;
        if (items->kind == ITEM_BOS || items->kind == ITEM_EOS)
            one = 0;
        else if (items->kind == ITEM_GAP)
            return -1;
        else if (items->kind == ITEM_NAME && (items->ref.role_count > 0 || items->ref.slot < 0 ||
                                              scope->kind[items->ref.slot] != REF_TOKEN))
            return -1;
        for (const struct branch *b = items->branches; b; b = b->next) {
            int w = width(scope, b->items);
            if (w < 0 || (b != items->branches && w != one))
                return -1;
            one = w;
        }
        if (items->min != items->max)
            return -1;
        sum += one * (int)items->min;
    }
    return sum;
}

struct anchor {
    uint32_t ref; /* TAB_NONE: none found */
    int before;   /* tokens before it; -1: it varies */
};

/* The first bound token the sequence surely goes through, best one at a known distance. */
static void find_anchor(const struct scope *scope, const struct item *items, int before,
                        struct anchor *found)
{
    for (; items && found->before < 0; items = items->next) {
        const struct ref *ref = &items->ref;
        bool once = items->min == 1 && items->max == 1;
        int slot = items->kind == ITEM_NAME ? ref->slot : items->node.slot;
        bool token = items->kind == ITEM_NODE || items->kind == ITEM_NAME;
        if (once && token && lower_is_bound(scope, slot) &&
            (items->kind == ITEM_NODE || ref->role_count == 0) &&
            (found->ref == TAB_NONE || before >= 0)) {
            found->ref = TAB_REF(slot, ROLE_NONE, ROLE_NONE);
            found->before = before;
        }
        if (once && items->kind == ITEM_GROUP && !items->branches->next)
            find_anchor(scope, items->branches->items, before, found);
        struct item one = *items;
        one.next = NULL;
        int w = width(scope, &one);
        before = before < 0 || w < 0 ? -1 : before + w;
    }
}

static bool names_bound(const struct scope *scope, const struct item *items)
{
    for (; items; items = items->next) {
        if (items->kind == ITEM_NAME && !lower_is_bound(scope, items->ref.slot))
            return false;
        for (const struct branch *b = items->branches; b; b = b->next)
            if (!names_bound(scope, b->items))
                return false;
    }
    return true;
}

bool lower_sequence_ready(const struct scope *scope, const struct stmt *stmt, bool *anchored)
{
    struct anchor anchor = {TAB_NONE, -1};
    if (!names_bound(scope, stmt->items) ||
        (stmt->b.name && !lower_is_bound(scope, stmt->b.slot)))
        return false;
    find_anchor(scope, stmt->items, 0, &anchor);
    *anchored = anchor.ref != TAB_NONE || stmt->b.name;
    return true;
}

/* What is asked before the program is run: an automaton, or the program simulated. */
static void put_filter(struct lowering *l, const struct program *p)
{
    struct tab_code filter = {.op = SEQ_FILTER};
    switch (lower_automaton(l, p->code, p->count, &filter.a)) {
    case AUTOMATON_NEEDLESS: return;
    case AUTOMATON_BUILT: break;
    case AUTOMATON_TOO_LARGE:
        diagnostics_warning(l->diagnostics, p->at,
                            "this sequence needs an automaton of more than 256 states, so it is "
                            "simulated, which is slower: use shorter gaps or fewer alternatives");
    }
    filter.b = p->count;
    builder_add(l->builder, TAB_SEQUENCES, &filter);
}

void lower_sequence(struct lowering *l, struct scope *scope, const struct stmt *stmt)
{
    struct tab_code room[MOST_CODE];
    struct program p = {.l = l, .scope = scope, .code = room, .at = stmt->at};
    struct tab_code code = {.op = OP_SEQUENCE, .x = ANY_START, .b = TAB_NONE, .c = TAB_NONE};
    struct anchor anchor = {TAB_NONE, -1};
    unsigned kind;
    if (stmt->b.name)
        lower_ref(l, scope, &stmt->b, &code.b, &kind);
    find_anchor(scope, stmt->items, 0, &anchor);
    if (anchor.ref != TAB_NONE) {
        code.c = anchor.ref;
        if (anchor.before >= 0 && anchor.before < ANY_START)
            code.x = (uint16_t)anchor.before;
    }
    put_items(&p, stmt->items);
    put(&p, (struct tab_code){.op = SEQ_END});
    bind_names(scope, stmt->items);
    if (p.failed || l->dry)
        return;
    bool fresh = true;
    code.a = intern_key(&l->builder->sequences, p.code, p.count * sizeof *p.code,
                        builder_count(l->builder, TAB_SEQUENCES), &fresh);
    if (fresh)
        put_filter(l, &p);
    uint32_t base = builder_count(l->builder, TAB_SEQUENCES);
    for (uint32_t i = 0; i < p.count && fresh; i++) {
        struct tab_code c = p.code[i];
        if (c.op == SEQ_JUMP || c.op == SEQ_SPLIT)
            c.a += base;
        if (c.op == SEQ_SPLIT)
            c.b += base;
        builder_add(l->builder, TAB_SEQUENCES, &c);
    }
    lower_emit(l, stmt, code);
}
