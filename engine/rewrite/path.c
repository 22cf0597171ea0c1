/* path.c -- where a path of relations leads: a nondeterministic automaton walked over the tree,
 * breadth first, so that candidates come shortest path first and in text order; each (node, state)
 * is visited once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/match.h"

enum { QUEUE = 1024 };

struct walk {
    struct matcher *m;
    const struct tab_path *path;
    int32_t *found;
    uint32_t found_count, size;
    int32_t nodes[QUEUE];
    uint8_t states[QUEUE];
    uint32_t head, tail;
};

static void reach(struct walk *w, int32_t node, uint8_t state)
{
    struct matcher *m = w->m;
    if ((uint32_t)node >= sizeof m->visited / sizeof *m->visited || w->tail == QUEUE)
        return;
    if (m->visited[node] >> state & 1)
        return;
    bool seen = (m->visited[node] & w->path->accept) != 0;
    m->visited[node] |= (uint16_t)(1u << state);
    w->nodes[w->tail] = node;
    w->states[w->tail++] = state;
    if (!seen && (w->path->accept >> state & 1) && w->found_count < w->size)
        w->found[w->found_count++] = node;
}

static void follow_tokens(struct walk *w, int32_t node, const struct tab_path_edge *e)
{
    const struct grammar *g = w->m->grammar;
    const struct token *tokens = g->sentence->tokens;
    if (e->up) {
        const struct token *x = &tokens[node];
        if (x->head >= 0 && x->deprel < REL_COUNT && (e->labels >> x->deprel & 1))
            reach(w, x->head, e->to);
        return;
    }
    for (int32_t d = g->first_child[node]; d >= 0; d = g->next_sibling[d])
        if (tokens[d].deprel < REL_COUNT && (e->labels >> tokens[d].deprel & 1))
            reach(w, d, e->to);
}

static void follow_clauses(struct walk *w, int32_t node, const struct tab_path_edge *e)
{
    struct grammar *g = w->m->grammar;
    enum clause_edge label;
    if (e->up) {
        int32_t parent = grammar_clause_parent(g, node, &label);
        if (parent >= 0 && (e->labels >> label & 1))
            reach(w, parent, e->to);
        return;
    }
    uint32_t n = grammar_clause_count(g);
    for (uint32_t d = 0; d < n; d++)
        if (grammar_clause_parent(g, (int32_t)d, &label) == node && (e->labels >> label & 1))
            reach(w, (int32_t)d, e->to);
}

uint32_t match_path(struct matcher *m, const struct tab_path *path, int32_t from, int32_t *found,
                    uint32_t size)
{
    struct walk w;
    w.m = m;
    w.path = path;
    w.found = found;
    w.size = size;
    w.found_count = w.head = w.tail = 0;
    const struct tab_path_edge *edges = &m->tables->table.path_edges[path->edges];
    reach(&w, from, 0);
    while (w.head < w.tail) {
        int32_t node = w.nodes[w.head];
        uint8_t state = w.states[w.head++];
        for (uint32_t i = 0; i < path->count; i++) {
            if (edges[i].from != state)
                continue;
            if (path->clauses)
                follow_clauses(&w, node, &edges[i]);
            else
                follow_tokens(&w, node, &edges[i]);
        }
    }
    for (uint32_t i = 0; i < w.tail; i++)
        m->visited[w.nodes[i]] = 0;
    return w.found_count;
}
