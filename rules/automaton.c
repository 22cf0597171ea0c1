/* automaton.c -- the deterministic automaton of a sequence that has alternatives or repetitions:
 * whether it can match at all from a token on, each token looked at once. The program finds the
 * names; the automaton keeps it from being run in vain. Subset construction over the program's
 * boxes; the transitions of a state are a decision chain over the tests of its boxes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "lower.h"

enum { MOST_STATES = 256, MOST_NODES = 4096, MOST_PROGRAM = 1024, MOST_TESTS = 10,
       WORDS = MOST_PROGRAM / 64 };
#define STATE TAB_NODE_NEXT /* with the number of a state, until nodes have their numbers */

struct set {
    uint64_t bits[WORDS];
};

struct construction {
    const struct tab_code *code;
    uint32_t count;
    struct set states[MOST_STATES];
    struct tab_node nodes[MOST_NODES];
    uint32_t roots[MOST_STATES];
    uint32_t state_count, node_count;
    bool failed; /* a limit */
    bool empty;  /* it matches without a token */
};

/* The tests that the boxes of a state ask, and which boxes ask each. */
struct question {
    uint32_t tests[MOST_TESTS];
    struct set askers[MOST_TESTS];
    unsigned count;
};

static bool has(const struct set *set, uint32_t pc)
{
    return set->bits[pc / 64] >> (pc % 64) & 1;
}

static void put(struct set *set, uint32_t pc)
{
    set->bits[pc / 64] |= (uint64_t)1 << (pc % 64);
}

/* Adds a place of the program and all that is reached from it without a token. True: the end is. */
static bool reach(struct construction *c, struct set *set, uint32_t start)
{
    uint32_t stack[MOST_PROGRAM], depth = 0;
    bool end = false;
    if (has(set, start))
        return false;
    put(set, start);
    stack[depth++] = start;
    while (depth > 0) {
        const struct tab_code *code = &c->code[stack[--depth]];
        uint32_t pc = (uint32_t)(code - c->code), next[2] = {pc + 1, pc + 1};
        switch (code->op) {
        case SEQ_END: end = true; continue;
        case SEQ_BOX:
        case SEQ_GAP:
        case SEQ_NAME: continue;
        case SEQ_JUMP: next[0] = next[1] = code->a; break;
        case SEQ_SPLIT: next[0] = code->a; next[1] = code->b; break;
        default: break; /* edges and spans are for the program to see */
        }
        for (unsigned i = 0; i < 2; i++)
            if (!has(set, next[i])) {
                put(set, next[i]);
                stack[depth++] = next[i];
            }
    }
    return end;
}

static uint32_t add_node(struct construction *c, uint32_t test, uint32_t yes, uint32_t no)
{
    for (uint32_t i = 0; i < c->node_count; i++)
        if (c->nodes[i].test == test && c->nodes[i].yes == yes && c->nodes[i].no == no)
            return i;
    if (c->node_count == MOST_NODES) {
        c->failed = true;
        return 0;
    }
    c->nodes[c->node_count] = (struct tab_node){test, yes, no};
    return c->node_count++;
}

/* Where a token leads that satisfies the boxes of a set. */
static uint32_t target(struct construction *c, const struct set *boxes)
{
    struct set next = {{0}};
    bool empty = true;
    for (uint32_t pc = 0; pc < c->count; pc++)
        if (has(boxes, pc)) {
            if (reach(c, &next, pc + 1))
                return TAB_ACCEPT;
            empty = false;
        }
    if (empty)
        return TAB_REJECT;
    for (uint32_t i = 0; i < c->state_count; i++)
        if (memcmp(&c->states[i], &next, sizeof next) == 0)
            return STATE | i;
    if (c->state_count == MOST_STATES) {
        c->failed = true;
        return TAB_REJECT;
    }
    c->states[c->state_count] = next;
    return STATE | c->state_count++;
}

static uint32_t decide(struct construction *c, const struct question *choice, unsigned at,
                       const struct set *boxes)
{
    if (c->failed)
        return TAB_REJECT;
    if (at == choice->count)
        return target(c, boxes);
    struct set with = *boxes;
    for (unsigned i = 0; i < WORDS; i++)
        with.bits[i] |= choice->askers[at].bits[i];
    uint32_t yes = decide(c, choice, at + 1, &with), no = decide(c, choice, at + 1, boxes);
    return yes == no ? yes : add_node(c, choice->tests[at], yes, no);
}

/* Sorts the boxes of a state by what they ask; those that take any token are in always. */
static bool sort_boxes(struct construction *c, const struct set *state, struct question *choice,
                       struct set *always)
{
    for (uint32_t pc = 0; pc < c->count; pc++) {
        const struct tab_code *code = &c->code[pc];
        if (!has(state, pc) ||
            (code->op != SEQ_BOX && code->op != SEQ_GAP && code->op != SEQ_NAME))
            continue;
        uint32_t test = code->op == SEQ_GAP ? TAB_NODE_BARRIER
                        : code->op == SEQ_BOX ? code->b : TAB_NONE;
        if (test == TAB_NONE) {
            put(always, pc);
            continue;
        }
        unsigned i = 0;
        while (i < choice->count && choice->tests[i] != test)
            i++;
        if (i == MOST_TESTS)
            return false;
        choice->tests[i] = test;
        put(&choice->askers[i], pc);
        choice->count += i == choice->count;
    }
    return true;
}

static void build(struct construction *c)
{
    c->empty = reach(c, &c->states[0], 0);
    c->state_count = 1;
    for (uint32_t i = 0; i < c->state_count && !c->failed && !c->empty; i++) {
        struct question choice = {.count = 0};
        struct set always = {{0}};
        if (!sort_boxes(c, &c->states[i], &choice, &always)) {
            c->failed = true;
            return;
        }
        uint32_t root = decide(c, &choice, 0, &always);
        bool is_node = root < STATE;
        c->roots[i] = is_node ? root : add_node(c, TAB_NONE, root, root);
    }
}

static uint32_t resolve(const struct construction *c, uint32_t target, uint32_t base)
{
    if (target == TAB_ACCEPT || target == TAB_REJECT)
        return target;
    return target >= STATE ? TAB_NODE_NEXT | (base + c->roots[target - STATE]) : base + target;
}

static uint32_t emit(struct lowering *l, const struct construction *c)
{
    uint32_t base = builder_count(l->builder, TAB_AUTOMATA);
    for (uint32_t i = 0; i < c->node_count; i++) {
        const struct tab_node *n = &c->nodes[i];
        struct tab_node out = {n->test, resolve(c, n->yes, base), resolve(c, n->no, base)};
        builder_add(l->builder, TAB_AUTOMATA, &out);
    }
    return base + c->roots[0];
}

/* Whether a program branches at all, and has no names whose width is not known. */
static bool is_worth_it(const struct tab_code *code, uint32_t count)
{
    bool branches = false;
    for (uint32_t i = 0; i < count; i++) {
        if (code[i].op == SEQ_NAME && !code[i].x)
            return false;
        branches = branches || code[i].op == SEQ_SPLIT;
    }
    return branches;
}

enum automaton_result lower_automaton(struct lowering *l, const struct tab_code *code,
                                      uint32_t count, uint32_t *root)
{
    *root = TAB_NONE;
    if (!is_worth_it(code, count))
        return AUTOMATON_NEEDLESS;
    if (count > MOST_PROGRAM)
        return AUTOMATON_TOO_LARGE;
    if (!l->construction)
        l->construction = arena_alloc(l->arena, sizeof *l->construction);
    struct construction *c = l->construction;
    if (!c)
        return AUTOMATON_TOO_LARGE;
    memset(c, 0, sizeof *c);
    c->code = code;
    c->count = count;
    build(c);
    if (c->empty)
        return AUTOMATON_NEEDLESS;
    if (c->failed)
        return AUTOMATON_TOO_LARGE;
    *root = emit(l, c);
    return AUTOMATON_BUILT;
}
