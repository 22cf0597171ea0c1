/* match.c -- the match programs: one record after another; a record with several candidates tries
 * each with the rest of the program, by recursion of bounded depth.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rewrite/match.h"

#include <string.h>

enum { CANDIDATES = 64 };

void matcher_init(struct matcher *m, const struct tables *tables, struct grammar *grammar)
{
    memset(m, 0, sizeof *m);
    m->tables = tables;
    m->grammar = grammar;
}

bool match_step(struct matcher *m)
{
    if (++m->steps > LIMIT_MATCH_STEPS * 4)
        m->exhausted = true;
    return !m->exhausted;
}

bool match_bind_token(struct matcher *m, unsigned slot, int32_t token)
{
    for (unsigned i = 0; i < LIMIT_SLOTS; i++)
        if ((m->injective >> i & 1) && m->slots[i].a == token)
            return false;
    m->slots[slot] = (struct value){VALUE_IS_TOKEN, 0, token, token};
    m->injective |= 1u << slot;
    return true;
}

void match_unbind(struct matcher *m, unsigned slot)
{
    m->slots[slot] = (struct value){VALUE_IS_NONE, 0, 0, 0};
    m->injective &= ~(1u << slot);
}

static struct value role_of(struct matcher *m, struct value v, uint32_t role)
{
    const struct value none = {VALUE_IS_NONE, 0, 0, 0};
    if (role == ROLE_NONE || v.kind == VALUE_IS_NONE)
        return v;
    if (v.kind == VALUE_IS_OBJECT)
        return grammar_role(m->grammar, (enum object_kind)v.object, v.a, (enum role)role);
    if (v.kind == VALUE_IS_TOKEN)
        return grammar_token_role(m->grammar, v.a, (enum role)role);
    int32_t first, last;
    if (!matcher_extent(m, v, &first, &last))
        return none;
    if (role == ROLE_MEMBERS)
        return v;
    bool end = role == ROLE_END || role == ROLE_LAST;
    if (!end && role != ROLE_START && role != ROLE_FIRST)
        return none;
    return (struct value){VALUE_IS_TOKEN, 0, end ? last : first, end ? last : first};
}

struct value matcher_ref(struct matcher *m, uint32_t ref)
{
    struct value v = m->slots[TAB_REF_SLOT(ref)];
    v = role_of(m, v, TAB_REF_ROLE1(ref));
    return role_of(m, v, TAB_REF_ROLE2(ref));
}

bool matcher_extent(struct matcher *m, struct value v, int32_t *first, int32_t *last)
{
    struct value start, end;
    switch (v.kind) {
    case VALUE_IS_TOKEN:
        *first = *last = v.a;
        return true;
    case VALUE_IS_SPAN:
        *first = v.a;
        *last = v.b;
        return true;
    case VALUE_IS_SET:
        if (v.b == 0)
            return false;
        *first = m->grammar->sets[v.a];
        *last = m->grammar->sets[v.a + v.b - 1];
        return true;
    case VALUE_IS_OBJECT:
        start = grammar_role(m->grammar, (enum object_kind)v.object, v.a, ROLE_START);
        end = grammar_role(m->grammar, (enum object_kind)v.object, v.a, ROLE_END);
        if (start.kind != VALUE_IS_TOKEN || end.kind != VALUE_IS_TOKEN)
            return false;
        *first = start.a;
        *last = end.a;
        return true;
    default: return false;
    }
}

static bool same(struct value a, struct value b)
{
    if (a.kind == VALUE_IS_NONE || b.kind == VALUE_IS_NONE)
        return false;
    if (a.kind != b.kind)
        return false;
    if (a.kind == VALUE_IS_OBJECT)
        return a.object == b.object && a.a == b.a;
    return a.a == b.a && (a.kind == VALUE_IS_TOKEN || a.b == b.b);
}

static bool in_order(struct matcher *m, const struct tab_code *c)
{
    int32_t a_first, a_last, b_first, b_last;
    if (!matcher_extent(m, matcher_ref(m, c->a), &a_first, &a_last) ||
        !matcher_extent(m, matcher_ref(m, c->b), &b_first, &b_last))
        return false;
    switch (c->x) {
    case ORDER_BEFORE: return a_last < b_first;
    case ORDER_AFTER: return a_first > b_last;
    case ORDER_NEXT: return a_last + 1 == b_first;
    default: return a_first >= b_first && a_last <= b_last;
    }
}

/* The node a path starts from: a token, or a clause's number. */
static int32_t path_start(struct matcher *m, const struct tab_path *path, struct value v)
{
    if (path->clauses)
        return v.kind == VALUE_IS_OBJECT && v.object == OBJECT_CLAUSE ? v.a : -1;
    if (v.kind == VALUE_IS_OBJECT && v.object == OBJECT_NP)
        v = grammar_role(m->grammar, OBJECT_NP, v.a, ROLE_HEAD);
    return v.kind == VALUE_IS_TOKEN ? v.a : -1;
}

static bool try_candidate(struct matcher *m, const struct tab_code *c, uint32_t pc, int32_t node,
                          bool is_clause)
{
    uint8_t sure = m->sure;
    if (is_clause)
        m->slots[c->slot] = (struct value){VALUE_IS_OBJECT, OBJECT_CLAUSE, node, 0};
    else if (c->x & 2)
        m->slots[c->slot] = (struct value){VALUE_IS_TOKEN, 0, node, node};
    else if (!match_bind_token(m, c->slot, node))
        return false;
    if (match_value_test(m, c->c, m->slots[c->slot]) && match_run(m, pc + 1))
        return true;
    m->sure = sure;
    match_unbind(m, c->slot);
    return false;
}

/* The arc between two tokens that a single step joins. */
static void lower_by_arc(struct matcher *m, int32_t a, int32_t b)
{
    const struct token *tokens = m->grammar->sentence->tokens;
    uint8_t confidence = 255;
    if (tokens[a].head == b)
        confidence = tokens[a].arc_confidence;
    else if (tokens[b].head == a)
        confidence = tokens[b].arc_confidence;
    if (confidence < m->sure)
        m->sure = confidence;
}

static bool relation(struct matcher *m, const struct tab_code *c, uint32_t pc)
{
    const struct tab_path *path = &m->tables->table.paths[c->b];
    int32_t found[CANDIDATES];
    int32_t from = path_start(m, path, matcher_ref(m, c->a));
    if (from < 0)
        return false;
    uint32_t n = match_path(m, path, from, found, CANDIDATES);
    bool is_bound = c->x & 1;
    int32_t bound = is_bound ? path_start(m, path, m->slots[c->slot]) : -1;
    for (uint32_t i = 0; i < n; i++) {
        if (!match_step(m))
            return false;
        if (is_bound) {
            if (found[i] != bound)
                continue;
            if (!path->clauses)
                lower_by_arc(m, from, bound);
            return match_value_test(m, c->c, m->slots[c->slot]) && match_run(m, pc + 1);
        }
        uint8_t sure = m->sure;
        if (!path->clauses)
            lower_by_arc(m, from, found[i]);
        if (try_candidate(m, c, pc, found[i], path->clauses))
            return true;
        m->sure = sure;
    }
    return false;
}

static bool any_token(struct matcher *m, const struct tab_code *c, uint32_t pc)
{
    uint32_t n = m->grammar->sentence->count;
    for (uint32_t i = 0; i < n; i++)
        if (matcher_token_test(m, c->c, (int32_t)i)) {
            if (!match_step(m))
                return false;
            if (try_candidate(m, c, pc, (int32_t)i, false))
                return true;
        }
    return false;
}

/* The children of a token by some relations that satisfy a test, as a set. */
static bool bind_children(struct matcher *m, const struct tab_code *c, int32_t token)
{
    struct grammar *g = m->grammar;
    const struct table *t = &m->tables->table;
    uint64_t labels = t->path_edges[t->paths[c->b].edges].labels;
    int32_t members[LIMIT_MEMBERS];
    size_t count = 0;
    bool attributes = c->c < TAB_REJECT &&
                      t->predicates[t->tests[c->c].predicate].kind >= PRED_ATTR_BOOL;
    for (int32_t d = g->first_child[token]; d >= 0 && count < LIMIT_MEMBERS;
         d = g->next_sibling[d]) {
        const struct token *x = &g->sentence->tokens[d];
        if (x->deprel < REL_COUNT && (labels >> x->deprel & 1) &&
            (attributes || matcher_token_test(m, c->c, d)))
            members[count++] = d;
    }
    struct value set = grammar_set(g, members, count);
    if (set.kind != VALUE_IS_SET || (attributes && !match_value_test(m, c->c, set)))
        return false;
    m->slots[c->slot] = set;
    return true;
}

static bool bind(struct matcher *m, const struct tab_code *c)
{
    struct value v = matcher_ref(m, c->a);
    if (v.kind == VALUE_IS_OBJECT && c->x == v.object) {
        m->slots[c->slot] = v;
        return match_value_test(m, c->c, v);
    }
    if (v.kind == VALUE_IS_OBJECT && v.object == OBJECT_NP)
        v = grammar_role(m->grammar, OBJECT_NP, v.a, ROLE_HEAD);
    if (v.kind != VALUE_IS_TOKEN)
        return false;
    if (c->x == OBJECT_KIDS)
        return bind_children(m, c, v.a);
    int32_t number = grammar_object(m->grammar, (enum object_kind)c->x, v.a, 0);
    if (number < 0)
        return false;
    m->slots[c->slot] = (struct value){VALUE_IS_OBJECT, (uint8_t)c->x, number, 0};
    return match_value_test(m, c->c, m->slots[c->slot]);
}

static bool alias(struct matcher *m, const struct tab_code *c)
{
    struct value v = matcher_ref(m, c->a);
    if (v.kind == VALUE_IS_NONE || !match_value_test(m, c->c, v))
        return false;
    m->slots[c->slot] = v;
    return true;
}

/* Runs a block whose bindings are undone. */
static bool sealed(struct matcher *m, uint32_t pc)
{
    struct value slots[LIMIT_SLOTS];
    memcpy(slots, m->slots, sizeof slots);
    uint32_t injective = m->injective, furthest = m->furthest;
    uint8_t sure = m->sure;
    bool matched = match_run(m, pc);
    memcpy(m->slots, slots, sizeof slots);
    m->injective = injective;
    m->sure = sure;
    m->furthest = furthest;
    return matched;
}

/* Runs a branch; one that fails leaves no names bound behind. */
static bool attempt(struct matcher *m, uint32_t pc)
{
    struct value slots[LIMIT_SLOTS];
    memcpy(slots, m->slots, sizeof slots);
    uint32_t injective = m->injective;
    uint8_t sure = m->sure;
    if (match_run(m, pc))
        return true;
    memcpy(m->slots, slots, sizeof slots);
    m->injective = injective;
    m->sure = sure;
    return false;
}

static bool any_branch(struct matcher *m, const struct tab_code *c)
{
    for (;;) {
        if (attempt(m, c->a))
            return true;
        if (c->b == TAB_NONE || !match_step(m))
            return false;
        c = &m->tables->table.code[c->b];
    }
}

static bool is_one_of(const char *value, const char *values)
{
    size_t length = strlen(value);
    for (const char *v = values; v; v = strchr(v, '|')) {
        v += *v == '|';
        if (strcspn(v, "|") == length && memcmp(v, value, length) == 0)
            return true;
    }
    return false;
}

static bool remembers(const struct matcher *m, const struct tab_code *c)
{
    const struct table *t = &m->tables->table;
    bool found = false;
    for (uint32_t i = 0; m->memory && i < m->memory->count; i++)
        if (strcmp(table_string(t, m->memory->entries[i].key), table_string(t, c->a)) == 0)
            found = c->b == TAB_NONE || is_one_of(table_string(t, m->memory->entries[i].value),
                                                  table_string(t, c->b));
    return found != (c->x != 0);
}

/* One record that does not branch. */
static bool simple(struct matcher *m, const struct tab_code *c)
{
    switch (c->op) {
    case OP_TEST: return match_value_test(m, c->b, matcher_ref(m, c->a));
    case OP_SAME: return same(matcher_ref(m, c->a), matcher_ref(m, c->b));
    case OP_BIND: return bind(m, c);
    case OP_ALIAS: return alias(m, c);
    case OP_ORDER: return in_order(m, c);
    case OP_MEMORY: return remembers(m, c);
    case OP_NOT: return !sealed(m, c->a);
    default: return false;
    }
}

static bool branch(struct matcher *m, const struct tab_code *c, uint32_t pc)
{
    switch (c->op) {
    case OP_RELATION: return relation(m, c, pc);
    case OP_TOKEN: return any_token(m, c, pc);
    case OP_SEQUENCE: return match_sequence(m, c, pc + 1);
    case OP_ANY: return any_branch(m, c);
    default: return attempt(m, c->a) || match_run(m, c->b);
    }
}

static void note_visit(struct matcher *m, uint32_t pc)
{
    struct match_watch *w = m->watch;
    if (pc >= m->furthest)
        memcpy(w->slots, m->slots, sizeof w->slots);
}

bool match_run(struct matcher *m, uint32_t pc)
{
    if (m->depth >= LIMIT_MATCH_DEPTH * 4) {
        m->exhausted = true;
        return false;
    }
    m->depth++;
    bool matched = false;
    while (!m->exhausted) {
        const struct tab_code *c = &m->tables->table.code[pc];
        if (m->watch)
            note_visit(m, pc);
        if (pc > m->furthest)
            m->furthest = pc;
        if (c->op == OP_ACCEPT) {
            matched = true;
            break;
        }
        if (c->op == OP_JUMP) {
            pc = c->a;
            continue;
        }
        if (c->op == OP_RELATION || c->op == OP_TOKEN || c->op == OP_SEQUENCE ||
            c->op == OP_ANY || c->op == OP_MAYBE) {
            matched = branch(m, c, pc);
            break;
        }
        if (!simple(m, c))
            break;
        pc++;
    }
    m->depth--;
    return matched && !m->exhausted;
}

bool matcher_rule(struct matcher *m, const struct tab_rule *rule, int32_t token)
{
    m->furthest = rule->code;
    m->sure = 255;
    m->exhausted = false;
    if (!matcher_token_test(m, rule->trigger, token))
        return false;
    memset(m->slots, 0, sizeof m->slots);
    m->injective = 0;
    m->steps = m->depth = 0;
    match_bind_token(m, 0, token);
    return match_run(m, rule->code) && m->sure >= rule->sure;
}

bool matcher_block(struct matcher *m, uint32_t code)
{
    m->steps = 0;
    m->exhausted = false;
    return sealed(m, code);
}
