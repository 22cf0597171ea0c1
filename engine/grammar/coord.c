/* coord.c -- coordinations of noun phrases ("Ann, Tom and I") as a flat list of conjunct heads in
 * order. A coordination needs a coordinator; conjuncts that are clauses do not belong to it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

enum { CLIMB_LIMIT = 16 };

static bool is_member(struct grammar *g, int32_t token)
{
    uint8_t upos = token_at(g, token)->upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_NUM ||
           upos == UPOS_ADJ || upos == UPOS_DET || upos == UPOS_SYM || upos == UPOS_X;
}

static bool is_conjunct(struct grammar *g, int32_t token)
{
    return rel_of(g, token) == REL_CONJ && is_member(g, token) && !is_predicate(g, token);
}

/* The first conjunct of the coordination a noun belongs to. */
static int32_t first_conjunct(struct grammar *g, int32_t token)
{
    for (int step = 0; step < CLIMB_LIMIT && is_conjunct(g, token) && g->heads[token] >= 0 &&
                       g->heads[token] < token && is_member(g, g->heads[token]); step++)
        token = g->heads[token];
    return token;
}

/* Members below first, also those chained one to the next, in token order; sets *cc to the last
 * coordinator. */
static size_t collect(struct grammar *g, int32_t first, int32_t members[LIMIT_MEMBERS],
                      int32_t *cc)
{
    size_t count = 0;
    members[count++] = first;
    *cc = -1;
    for (size_t i = 0; i < count; i++)
        for (int32_t c = g->first_child[members[i]]; c >= 0; c = g->next_sibling[c]) {
            if (base_rel(g, c) == REL_CC && c > first && c > *cc)
                *cc = c;
            if (!is_conjunct(g, c) || c < first)
                continue;
            if (count == LIMIT_MEMBERS)
                return 0;
            members[count++] = c;
        }
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && members[k - 1] > members[k]; k--) {
            int32_t swap = members[k];
            members[k] = members[k - 1];
            members[k - 1] = swap;
        }
    return count;
}

int32_t coord_of_token(struct grammar *grammar, int32_t token)
{
    int32_t members[LIMIT_MEMBERS], number, cc;
    int32_t noun = np_head(grammar, token);
    if (base_rel(grammar, token) == REL_CC && grammar->heads[token] >= 0)
        noun = grammar->heads[token];
    if (noun < 0 || !is_member(grammar, noun))
        return -1;
    int32_t first = first_conjunct(grammar, noun);
    int16_t *slot = &grammar->cache[OBJECT_COORD][first];
    if (*slot == 0) {
        size_t count = collect(grammar, first, members, &cc);
        struct coord_object *coord = NULL;
        if (count > 1 && cc >= 0)
            coord = object_new(grammar, OBJECT_COORD, sizeof *coord, &number);
        *slot = -1;
        if (coord) {
            struct value set = grammar_set(grammar, members, count);
            coord->head = first;
            coord->cc = cc;
            coord->set = set.a;
            coord->count = set.b;
            *slot = (int16_t)(number + 1);
        }
    }
    return *slot < 0 ? -1 : *slot - 1;
}

struct attr_value coord_attr(struct grammar *grammar, int32_t number, enum attr attr)
{
    struct coord_object *coord = object_at(grammar, OBJECT_COORD, number);
    struct attr_value value = number_attr(0);
    if (!coord)
        return value;
    switch (attr) {
    case ATTR_SIZE: return number_attr(coord->count);
    case ATTR_ROLE: return number_attr(nominal_role(grammar, coord->head));
    case ATTR_SEP:
        value.number = 1;
        value.word = folded_copy(grammar, token_at(grammar, coord->cc), &value.length);
        return value;
    default: return value;
    }
}

struct value coord_role(struct grammar *grammar, int32_t number, enum role role)
{
    struct coord_object *coord = object_at(grammar, OBJECT_COORD, number);
    if (!coord)
        return no_value();
    switch (role) {
    case ROLE_HEAD: return token_value(coord->head);
    case ROLE_CC: return token_value(coord->cc);
    case ROLE_MEMBERS: return (struct value){VALUE_IS_SET, 0, coord->set, coord->count};
    default: return no_value();
    }
}
