/* object.c -- the one door to the objects: kind by kind to the files that know them, and the set of
 * a token's children, the simplest object.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

int32_t kids_of_token(struct grammar *grammar, int32_t token, uint64_t relations)
{
    int32_t tokens[LIMIT_MEMBERS], number;
    size_t count = 0;
    for (int32_t n = grammar->extra->kids_first[token]; n >= 0;) {
        struct kids_object *known = object_at(grammar, OBJECT_KIDS, n);
        if (known->relations == relations)
            return n;
        n = known->next;
    }
    for (int32_t c = grammar->first_child[token]; c >= 0; c = grammar->next_sibling[c])
        if (rel_of(grammar, c) < REL_COUNT && (relations >> rel_of(grammar, c) & 1) &&
            count < LIMIT_MEMBERS)
            tokens[count++] = c;
    struct kids_object *kids = object_new(grammar, OBJECT_KIDS, sizeof *kids, &number);
    if (!kids)
        return -1;
    struct value set = grammar_set(grammar, tokens, count);
    kids->relations = relations;
    kids->set = set.a;
    kids->count = set.kind == VALUE_IS_SET ? set.b : 0;
    kids->next = grammar->extra->kids_first[token];
    grammar->extra->kids_first[token] = number;
    return number;
}

struct attr_value kids_attr(struct grammar *grammar, int32_t number, enum attr attr)
{
    struct kids_object *kids = object_at(grammar, OBJECT_KIDS, number);
    return number_attr(kids && attr == ATTR_SIZE ? kids->count : 0);
}

struct value kids_role(struct grammar *grammar, int32_t number, enum role role)
{
    struct kids_object *kids = object_at(grammar, OBJECT_KIDS, number);
    if (!kids || kids->count == 0)
        return no_value();
    switch (role) {
    case ROLE_FIRST: return token_value(grammar->sets[kids->set]);
    case ROLE_LAST: return token_value(grammar->sets[kids->set + kids->count - 1]);
    case ROLE_MEMBERS: return (struct value){VALUE_IS_SET, 0, kids->set, kids->count};
    default: return no_value();
    }
}

int32_t grammar_object(struct grammar *grammar, enum object_kind kind, int32_t token,
                       uint64_t relations)
{
    if (!has_token(grammar, token))
        return -1;
    switch (kind) {
    case OBJECT_VG: return vg_of_token(grammar, token);
    case OBJECT_NP: return np_of_token(grammar, token);
    case OBJECT_COORD: return coord_of_token(grammar, token);
    case OBJECT_CLAUSE: return clause_of_token(grammar, token);
    case OBJECT_QUOTE: return quote_of_token(grammar, token);
    case OBJECT_REF: return ref_of_token(grammar, token);
    case OBJECT_KIDS: return kids_of_token(grammar, token, relations);
    case OBJECT_COUNT: break;
    }
    return -1;
}

struct value grammar_role(struct grammar *grammar, enum object_kind kind, int32_t number,
                          enum role role)
{
    switch (kind) {
    case OBJECT_VG: return vg_role(grammar, number, role);
    case OBJECT_NP: return np_role(grammar, number, role);
    case OBJECT_COORD: return coord_role(grammar, number, role);
    case OBJECT_CLAUSE: return clause_role(grammar, number, role);
    case OBJECT_QUOTE: return quote_role(grammar, number, role);
    case OBJECT_REF: return ref_role(grammar, number, role);
    case OBJECT_KIDS: return kids_role(grammar, number, role);
    case OBJECT_COUNT: break;
    }
    return no_value();
}

struct attr_value grammar_attr(struct grammar *grammar, enum object_kind kind, int32_t number,
                               enum attr attr)
{
    switch (kind) {
    case OBJECT_VG: return vg_attr(grammar, number, attr);
    case OBJECT_NP: return np_attr(grammar, number, attr);
    case OBJECT_COORD: return coord_attr(grammar, number, attr);
    case OBJECT_CLAUSE: return clause_attr(grammar, number, attr);
    case OBJECT_QUOTE: return quote_attr(grammar, number, attr);
    case OBJECT_REF: return ref_attr(grammar, number, attr);
    case OBJECT_KIDS: return kids_attr(grammar, number, attr);
    case OBJECT_COUNT: break;
    }
    return number_attr(0);
}
