/* lower_path.c -- paths over relations to position automata (Glushkov's construction): every label
 * of the path is a state, state 0 the start. Walked backwards, a path is its mirror image with all
 * arrows turned.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "lower.h"

enum { STATES = 16 };

struct automaton {
    struct lowering *l;
    bool clauses, failed;
    unsigned count;          /* states, with the start */
    uint64_t labels[STATES];
    bool up[STATES];
    uint16_t follow[STATES];
};

struct fragment {
    uint16_t first, last; /* sets of states */
    bool nullable;
};

uint64_t lower_labels(struct lowering *l, const struct word *labels, bool clauses)
{
    uint64_t set = 0;
    enum vocab_list list = clauses ? VOCAB_LIST_EDGE : VOCAB_LIST_DEPREL;
    for (; labels; labels = labels->next) {
        int number = vocab_find(list, labels->text, strlen(labels->text));
        if (number < 0) {
            char hint[240];
            struct nearest nearest;
            hint_start(&nearest, labels->text);
            hint_offer_vocab(&nearest, list);
            diagnostics_error(l->diagnostics, labels->at, "\"%.40s\" is no %s%s", labels->text,
                              clauses ? "edge between clauses (fin nonfin rel conj)" : "relation",
                              hint_print(&nearest, hint, sizeof hint));
            return 0;
        }
        set |= clauses ? (uint64_t)1 << number
                       : vocab_deprel_set((enum deprel)number, labels->quoted);
    }
    return set;
}

static struct fragment build(struct automaton *a, const struct path *path, bool inverse);

static void follow(struct automaton *a, uint16_t from, uint16_t to)
{
    for (unsigned i = 0; i < STATES; i++)
        if (from >> i & 1)
            a->follow[i] |= to;
}

static struct fragment build_step(struct automaton *a, const struct path *path, bool inverse)
{
    struct fragment f = {0, 0, false};
    if (a->count == STATES) {
        if (!a->failed)
            diagnostics_error(a->l->diagnostics, path->at,
                              "a path of more than %d relations; split it", STATES - 1);
        a->failed = true;
        return f;
    }
    unsigned state = a->count++;
    a->labels[state] = lower_labels(a->l, path->labels, a->clauses);
    a->up[state] = inverse;
    a->failed |= a->labels[state] == 0;
    f.first = f.last = (uint16_t)(1u << state);
    return f;
}

static struct fragment join(struct automaton *a, struct fragment one, struct fragment two)
{
    follow(a, one.last, two.first);
    return (struct fragment){
        (uint16_t)(one.first | (one.nullable ? two.first : 0)),
        (uint16_t)(two.last | (two.nullable ? one.last : 0)), one.nullable && two.nullable};
}

static struct fragment build_chain(struct automaton *a, const struct path *path, bool inverse)
{
    struct fragment all = {0, 0, true};
    for (const struct path *p = path->first; p && !a->failed; p = p->next) {
        struct fragment one = build(a, p, inverse);
        all = inverse ? join(a, one, all) : join(a, all, one);
    }
    return all;
}

static struct fragment build(struct automaton *a, const struct path *path, bool inverse)
{
    struct fragment f = {0, 0, false};
    bool turned = inverse != path->up;
    if (path->kind == PATH_STEP) {
        f = build_step(a, path, turned);
    } else if (path->kind == PATH_CHAIN) {
        f = build_chain(a, path, turned);
    } else {
        for (const struct path *p = path->first; p && !a->failed; p = p->next) {
            struct fragment one = build(a, p, turned);
            f.first |= one.first;
            f.last |= one.last;
            f.nullable |= one.nullable;
        }
    }
    if (path->many)
        follow(a, f.last, f.first);
    f.nullable |= path->optional;
    return f;
}

bool lower_path(struct lowering *l, const struct path *path, bool clauses, bool inverse,
                uint32_t *out)
{
    struct automaton a = {.l = l, .clauses = clauses, .count = 1};
    struct tab_path_edge edges[STATES * STATES];
    struct fragment f = build(&a, path, inverse);
    *out = 0;
    if (a.failed)
        return false;
    a.follow[0] = f.first;
    struct tab_path record = {.clauses = clauses};
    record.accept = (uint16_t)(f.last | (f.nullable ? 1 : 0));
    for (unsigned from = 0; from < a.count; from++)
        for (unsigned to = 1; to < a.count; to++)
            if (a.follow[from] >> to & 1)
                edges[record.count++] = (struct tab_path_edge){
                    (uint8_t)from, (uint8_t)to, a.up[to], 0, 0, a.labels[to]};
    *out = builder_path(l->builder, &record, edges);
    return true;
}
