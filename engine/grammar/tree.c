/* tree.c -- the tree of a sentence as indexes (heads without cycles, children in token order,
 * subtree bounds), built in linear time without recursion, and the storage of objects. What the
 * analysis says is not trusted: a head out of range or a cycle becomes a root.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

enum { FIRST_OBJECTS = 16 };

enum deprel base_rel(const struct grammar *grammar, int32_t token)
{
    switch (rel_of(grammar, token)) {
    case REL_ACL_RELCL: return REL_ACL;
    case REL_ADVCL_RELCL: return REL_ADVCL;
    case REL_AUX_PASS: return REL_AUX;
    case REL_CC_PRECONJ: return REL_CC;
    case REL_COMPOUND_PRT: return REL_COMPOUND;
    case REL_CSUBJ_OUTER: case REL_CSUBJ_PASS: return REL_CSUBJ;
    case REL_DET_PREDET: return REL_DET;
    case REL_NMOD_DESC: case REL_NMOD_POSS: case REL_NMOD_UNMARKED: return REL_NMOD;
    case REL_NSUBJ_OUTER: case REL_NSUBJ_PASS: return REL_NSUBJ;
    case REL_OBL_AGENT: case REL_OBL_UNMARKED: return REL_OBL;
    default: return rel_of(grammar, token);
    }
}

int32_t child_with(const struct grammar *grammar, int32_t token, uint64_t relations)
{
    for (int32_t c = grammar->first_child[token]; c >= 0; c = grammar->next_sibling[c])
        if (token_at(grammar, c)->deprel < REL_COUNT &&
            (relations >> token_at(grammar, c)->deprel & 1))
            return c;
    return -1;
}

bool is_punct(const struct grammar *grammar, int32_t token)
{
    return token_at(grammar, token)->upos == UPOS_PUNCT;
}

bool is_glued(const struct grammar *grammar, int32_t token)
{
    const struct token *t = token_at(grammar, token);
    if (t->source < 0 && t->start == t->end)
        return t->glue & 1;
    return token > 0 && !t->space_before;
}

/* Visits the tokens below root, parents first; heads of visited tokens are never in a cycle. */
static int32_t visit_below(struct grammar *g, int32_t root, int32_t *order, int32_t filled,
                           uint8_t *seen)
{
    int32_t next = filled;
    order[filled++] = root;
    seen[root] = 1;
    for (; next < filled; next++)
        for (int32_t c = g->first_child[order[next]]; c >= 0; c = g->next_sibling[c])
            if (!seen[c]) {
                seen[c] = 1;
                order[filled++] = c;
            }
    return filled;
}

static void link_children(struct grammar *g)
{
    int32_t n = (int32_t)g->sentence->count;
    for (int32_t i = 0; i < n; i++)
        g->first_child[i] = g->next_sibling[i] = -1;
    for (int32_t i = n - 1; i >= 0; i--) {
        int32_t head = g->heads[i];
        if (head >= 0) {
            g->next_sibling[i] = g->first_child[head];
            g->first_child[head] = i;
        }
    }
}

/* Orders tokens parents first and cuts cycles; true if some head was cut. */
static bool order_tokens(struct grammar *g, int32_t *order, uint8_t *seen)
{
    int32_t n = (int32_t)g->sentence->count, filled = 0;
    bool cut = false;
    memset(seen, 0, (size_t)n);
    for (int32_t i = 0; i < n; i++)
        if (g->heads[i] < 0)
            filled = visit_below(g, i, order, filled, seen);
    for (int32_t i = 0; i < n && filled < n; i++)
        if (!seen[i]) {
            filled = visit_below(g, i, order, filled, seen);
            g->heads[i] = -1;
            cut = true;
        }
    return cut;
}

static void find_bounds(struct grammar *g, const int32_t *order)
{
    int32_t n = (int32_t)g->sentence->count;
    for (int32_t i = 0; i < n; i++)
        g->subtree_start[i] = g->subtree_end[i] = i;
    for (int32_t k = n - 1; k >= 0; k--) {
        int32_t i = order[k], head = g->heads[i];
        if (head < 0)
            continue;
        if (g->subtree_start[i] < g->subtree_start[head])
            g->subtree_start[head] = g->subtree_start[i];
        if (g->subtree_end[i] > g->subtree_end[head])
            g->subtree_end[head] = g->subtree_end[i];
    }
}

static bool allocate(struct grammar *g, size_t n)
{
    size_t words = 5 * n + 2 * n; /* indexes, then kids_first and clause_of */
    int32_t *block = arena_alloc(g->arena, (words + 1) * sizeof *block);
    uint8_t *zeroed = arena_calloc(g->arena, n + 1,
                                   OBJECT_COUNT * sizeof(int16_t) + sizeof(uint16_t) + 1);
    g->extra = arena_calloc(g->arena, 1, sizeof *g->extra);
    if (!block || !zeroed || !g->extra)
        return false;
    int32_t **indexes[] = {&g->heads, &g->first_child, &g->next_sibling, &g->subtree_start,
                           &g->subtree_end, &g->extra->kids_first, &g->extra->clause_of};
    for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
        *indexes[i] = block + i * n;
    for (size_t k = 0; k < OBJECT_COUNT; k++)
        g->cache[k] = (int16_t *)(void *)zeroed + k * n;
    g->extra->words = (uint16_t *)(void *)zeroed + OBJECT_COUNT * n;
    g->extra->predicate = zeroed + (OBJECT_COUNT + 1) * n * sizeof(uint16_t);
    return true;
}

bool grammar_init(struct grammar *grammar, const struct sentence *sentence,
                  const struct lexicon *lexicon, struct arena *arena,
                  struct grammar_document *document)
{
    memset(grammar, 0, sizeof *grammar);
    grammar->sentence = sentence;
    grammar->lexicon = lexicon;
    grammar->arena = arena;
    grammar->document = document;
    size_t n = sentence->count;
    if (!allocate(grammar, n))
        return false;
    struct arena_mark mark = arena_mark(arena);
    int32_t *order = arena_alloc(arena, (n + 1) * sizeof *order);
    uint8_t *seen = arena_alloc(arena, n + 1);
    if (!order || !seen)
        return false;
    for (size_t i = 0; i < n; i++) {
        int32_t head = sentence->tokens[i].head;
        bool good = head >= 0 && (size_t)head < n && (size_t)head != i;
        grammar->heads[i] = good ? head : -1;
        grammar->extra->kids_first[i] = -1;
        grammar->extra->clause_of[i] = -1;
    }
    link_children(grammar);
    if (order_tokens(grammar, order, seen)) {
        link_children(grammar);
        order_tokens(grammar, order, seen);
    }
    find_bounds(grammar, order);
    arena_release(arena, mark);
    grammar->extra->tag_aux = grammar->extra->tag_neg = grammar->extra->tag_pronoun = -1;
    return true;
}

void subtree_trim(const struct grammar *grammar, int32_t token, int32_t *start, int32_t *end)
{
    int32_t a = grammar->subtree_start[token], b = grammar->subtree_end[token];
    while (a < token && (is_punct(grammar, a) || base_rel(grammar, a) == REL_CC))
        a++;
    while (b > token && (is_punct(grammar, b) || base_rel(grammar, b) == REL_CC))
        b--;
    *start = a;
    *end = b;
}

struct value grammar_token_role(struct grammar *grammar, int32_t token, enum role role)
{
    if (!has_token(grammar, token))
        return no_value();
    int32_t start, end;
    subtree_trim(grammar, token, &start, &end);
    switch (role) {
    case ROLE_START: return token_value(start);
    case ROLE_END: return token_value(end);
    case ROLE_HEAD: return token_value(grammar->heads[token]);
    default: return no_value();
    }
}

void *object_new(struct grammar *grammar, enum object_kind kind, size_t size, int32_t *number)
{
    uint32_t count = grammar->counts[kind], capacity = grammar->extra->capacity[kind];
    if (count >= LIMIT_OBJECTS)
        return NULL;
    if (count == capacity) {
        uint32_t wanted = capacity ? 2 * capacity : FIRST_OBJECTS;
        void **objects = arena_alloc(grammar->arena, wanted * sizeof *objects);
        if (!objects)
            return NULL;
        if (count)
            memcpy(objects, grammar->objects[kind], count * sizeof *objects);
        grammar->objects[kind] = objects;
        grammar->extra->capacity[kind] = wanted;
    }
    void *object = arena_calloc(grammar->arena, 1, size);
    if (!object)
        return NULL;
    ((void **)grammar->objects[kind])[count] = object;
    *number = (int32_t)count;
    grammar->counts[kind]++;
    return object;
}

void *object_at(struct grammar *grammar, enum object_kind kind, int32_t number)
{
    if (number < 0 || (uint32_t)number >= grammar->counts[kind])
        return NULL;
    return ((void **)grammar->objects[kind])[number];
}

struct value grammar_set(struct grammar *grammar, const int32_t *tokens, size_t count)
{
    if (count == 0)
        return no_value();
    if (grammar->set_count + count > grammar->set_capacity) {
        size_t capacity = 2 * (size_t)grammar->set_capacity + count + FIRST_OBJECTS;
        int32_t *sets = arena_alloc(grammar->arena, capacity * sizeof *sets);
        if (!sets)
            return no_value();
        if (grammar->set_count)
            memcpy(sets, grammar->sets, grammar->set_count * sizeof *sets);
        grammar->sets = sets;
        grammar->set_capacity = (uint32_t)capacity;
    }
    memcpy(grammar->sets + grammar->set_count, tokens, count * sizeof *tokens);
    struct value value = {VALUE_IS_SET, 0, (int32_t)grammar->set_count, (int32_t)count};
    grammar->set_count += (uint32_t)count;
    return value;
}
