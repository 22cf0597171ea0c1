/* clause.c -- the clauses of a sentence and the tree they form. All are built at once, one a
 * predicate, when the first is asked for; what a clause is like is found by clause_type.c later.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#define PREDICATE_SIGNS                                                                            \
    (REL_BIT(NSUBJ) | REL_BIT(NSUBJ_PASS) | REL_BIT(CSUBJ) | REL_BIT(CSUBJ_PASS) |                 \
     REL_BIT(AUX) | REL_BIT(AUX_PASS) | REL_BIT(COP) | REL_BIT(EXPL) | REL_BIT(NSUBJ_OUTER))

enum { CLIMB_LIMIT = 16 };

static bool judge_predicate(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    enum deprel rel = base_rel(g, token);
    if (g->heads[token] < 0)
        return true;
    if (t->upos == UPOS_PUNCT || rel == REL_AUX || rel == REL_COP || rel == REL_PUNCT ||
        rel == REL_CASE || rel == REL_MARK || rel == REL_CC || rel == REL_FIXED ||
        rel == REL_GOESWITH || rel == REL_FLAT)
        return false;
    if (child_with(g, token, PREDICATE_SIGNS) >= 0)
        return true;
    bool verbal = t->upos == UPOS_VERB || t->upos == UPOS_AUX;
    switch (rel) {
    case REL_CCOMP: case REL_CSUBJ: case REL_ADVCL: case REL_PARATAXIS:
        return true;
    case REL_ACL:
        return verbal || rel_of(g, token) == REL_ACL_RELCL ||
               child_with(g, token, REL_BIT(MARK)) >= 0;
    case REL_XCOMP:
        return verbal || child_with(g, token, REL_BIT(MARK)) >= 0;
    case REL_CONJ:
        return verbal && g->heads[token] >= 0;
    case REL_AMOD: case REL_COMPOUND: case REL_DISCOURSE: case REL_ADVMOD: case REL_DET:
    case REL_NUMMOD: case REL_REPARANDUM:
        return false;
    default:
        return verbal;
    }
}

bool is_predicate(struct grammar *grammar, int32_t token)
{
    uint8_t *known = &grammar->extra->predicate[token];
    if (*known == 0)
        *known = judge_predicate(grammar, token) ? 2 : 1;
    return *known == 2;
}

static int32_t new_clause(struct grammar *g, int32_t predicate)
{
    int32_t number;
    struct clause_object *clause = object_new(g, OBJECT_CLAUSE, sizeof *clause, &number);
    if (!clause)
        return -1;
    clause->predicate = predicate;
    clause->parent = -1;
    return number;
}

/* Gives every token the clause of the nearest predicate at or above it, in linear time: paths are
 * filled as they are climbed. */
static void assign_tokens(struct grammar *g)
{
    int32_t *of = g->extra->clause_of;
    int32_t n = (int32_t)g->sentence->count;
    for (int32_t i = 0; i < n; i++) {
        int32_t top = i;
        while (top >= 0 && of[top] < 0)
            top = g->heads[top];
        int32_t number = top < 0 ? -1 : of[top];
        for (int32_t k = i; k >= 0 && k != top && of[k] < 0; k = g->heads[k])
            of[k] = number;
    }
}

/* The clause that a tag question tags: the highest that lies before it in the same quotation. */
static int32_t tagged_clause(struct grammar *g, int32_t aux)
{
    int32_t at = aux - 1, found = -1;
    while (at > 0 && is_punct(g, at))
        at--;
    for (int step = 0; step < CLIMB_LIMIT && at >= 0; step++) {
        bool quoted = ((token_at(g, at)->flags ^ token_at(g, aux)->flags) & FLAG(QUOTED)) != 0;
        if (at < aux && !quoted && is_predicate(g, at))
            found = g->extra->clause_of[at];
        at = g->heads[at];
    }
    return found == g->extra->clause_of[aux] ? -1 : found;
}

/* The clause that a predicate hangs from, and by which edge. */
static void find_parent(struct grammar *g, struct clause_object *clause, int32_t number)
{
    int32_t p = clause->predicate, head = g->heads[p];
    clause->vg = number == g->extra->clause_of[p] ? vg_of_token(g, p) : -1;
    if (g->extra->tag_aux == p) {
        clause->parent = tagged_clause(g, p);
        clause->edge = EDGE_CONJ;
        return;
    }
    clause->parent = head < 0 || in_tag(g, head) ? -1 : g->extra->clause_of[head];
    struct vg_object *vg = vg_at(g, clause->vg);
    uint8_t form = vg ? vg->as_read.form : VALUE_NONE;
    if (rel_of(g, p) == REL_ACL_RELCL || rel_of(g, p) == REL_ADVCL_RELCL)
        clause->edge = EDGE_REL;
    else if (rel_of(g, p) == REL_CONJ)
        clause->edge = EDGE_CONJ;
    else
        clause->edge = form == VALUE_FIN || form == VALUE_IMP ||
                       rel_of(g, p) == REL_PARATAXIS ? EDGE_FIN : EDGE_NONFIN;
}

/* A conjunct of a non-finite clause hangs where that one hangs: to go and (to) tell. */
static void share_parent(struct grammar *g, struct clause_object *clause)
{
    struct vg_object *vg = vg_at(g, clause->vg);
    if (clause->edge != EDGE_CONJ || !vg || vg->as_read.form == VALUE_FIN ||
        vg->as_read.form == VALUE_IMP)
        return;
    struct clause_object *first = clause_at(g, clause->parent);
    if (first && first->edge == EDGE_NONFIN && first->parent >= 0) {
        clause->parent = first->parent;
        clause->edge = EDGE_NONFIN;
    }
}

/* A fronted wh-phrase belongs to the clause at whose front it stands: what do you want to buy? */
static void lift_fronted(struct grammar *g)
{
    for (int32_t w = 0; w < (int32_t)g->sentence->count; w++) {
        if (!(word_at(g, w)->bits & (WORD_WH | WORD_RELATIVE)) || is_predicate(g, w))
            continue;
        if (token_at(g, w)->xpos == XPOS_DT || token_at(g, w)->xpos == XPOS_IN)
            continue;
        int32_t number = g->extra->clause_of[w];
        struct clause_object *clause = clause_at(g, number);
        int32_t top = w;
        for (int step = 0; clause && step < CLIMB_LIMIT; step++) {
            struct clause_object *parent = clause_at(g, clause->parent);
            if (!parent || clause->edge == EDGE_REL || clause->edge == EDGE_CONJ ||
                parent->predicate < w || clause->predicate < parent->predicate)
                break;
            number = clause->parent;
            clause = parent;
        }
        for (int step = 0; step < CLIMB_LIMIT && top >= 0 && !is_predicate(g, top); step++) {
            g->extra->clause_of[top] = number;
            top = g->heads[top];
        }
    }
}

static void build_clauses(struct grammar *g)
{
    int32_t *of = g->extra->clause_of;
    tag_find(g);
    g->extra->clauses_built = true;
    for (int32_t i = 0; i < (int32_t)g->sentence->count; i++)
        if (i == g->extra->tag_aux || (!in_tag(g, i) && is_predicate(g, i)))
            of[i] = new_clause(g, i);
    if (g->extra->tag_aux >= 0) {
        int32_t tag = of[g->extra->tag_aux];
        of[g->extra->tag_pronoun] = tag;
        if (g->extra->tag_neg >= 0)
            of[g->extra->tag_neg] = tag;
    }
    assign_tokens(g);
    int32_t count = (int32_t)g->counts[OBJECT_CLAUSE];
    for (int32_t i = 0; i < count; i++)
        find_parent(g, clause_at(g, i), i);
    for (int32_t i = 0; i < count; i++)
        share_parent(g, clause_at(g, i));
    lift_fronted(g);
}

int32_t clause_of_token(struct grammar *grammar, int32_t token)
{
    if (!has_token(grammar, token))
        return -1;
    if (!grammar->extra->clauses_built)
        build_clauses(grammar);
    return grammar->extra->clause_of[token];
}

struct clause_object *clause_at(struct grammar *grammar, int32_t number)
{
    return object_at(grammar, OBJECT_CLAUSE, number);
}

uint32_t grammar_clause_count(struct grammar *grammar)
{
    if (!grammar->extra->clauses_built)
        build_clauses(grammar);
    return grammar->counts[OBJECT_CLAUSE];
}

int32_t grammar_clause_predicate(struct grammar *grammar, int32_t clause)
{
    struct clause_object *c = clause_at(grammar, clause);
    return c ? c->predicate : -1;
}

int32_t grammar_clause_parent(struct grammar *grammar, int32_t clause, enum clause_edge *edge)
{
    struct clause_object *c = clause_at(grammar, clause);
    if (!c)
        return -1;
    if (edge)
        *edge = (enum clause_edge)c->edge;
    return c->parent;
}

struct attr_value clause_attr(struct grammar *grammar, int32_t number, enum attr attr)
{
    struct clause_object *c = clause_at(grammar, number);
    if (!c)
        return number_attr(0);
    clause_describe(grammar, number);
    switch (attr) {
    case ATTR_TYPE: return number_attr(c->type);
    case ATTR_ROOT: return number_attr(c->root);
    case ATTR_SUB: return number_attr(c->sub);
    case ATTR_CONJ: return number_attr(c->conj);
    case ATTR_THERE: return number_attr(c->there);
    case ATTR_POLARITY: return number_attr(c->negative ? VALUE_NEG : VALUE_POS);
    case ATTR_GAP: return number_attr(c->gap);
    case ATTR_INV: return number_attr(c->inverted);
    default: return number_attr(0);
    }
}

struct value clause_role(struct grammar *grammar, int32_t number, enum role role)
{
    struct clause_object *c = clause_at(grammar, number);
    if (!c)
        return no_value();
    clause_describe(grammar, number);
    switch (role) {
    case ROLE_SUBJ: return token_value(c->subject);
    case ROLE_VERB: return token_value(c->verb);
    case ROLE_OBJ: return token_value(c->object);
    case ROLE_IOBJ: return token_value(c->indirect);
    case ROLE_COMP: return token_value(c->complement);
    case ROLE_MARK: return token_value(c->mark);
    case ROLE_NEG: return token_value(c->neg);
    case ROLE_START: return token_value(c->start);
    case ROLE_END: return token_value(c->end);
    case ROLE_SLOT: return token_value(c->slot);
    case ROLE_WH:
        return c->wh_start < 0 ? no_value()
                               : (struct value){VALUE_IS_SPAN, 0, c->wh_start, c->wh_end};
    case ROLE_VG:
        return c->vg < 0 ? no_value() : (struct value){VALUE_IS_OBJECT, OBJECT_VG, c->vg, 0};
    case ROLE_ANTE: {
        int32_t np = c->antecedent < 0 ? -1 : np_of_token(grammar, c->antecedent);
        return np < 0 ? no_value() : (struct value){VALUE_IS_OBJECT, OBJECT_NP, np, 0};
    }
    default: return no_value();
    }
}
