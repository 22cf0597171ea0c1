/* np.c -- noun phrases: which token heads the phrase that a word belongs to, and its number,
 * person, gender, animacy, definiteness and role. Pronouns and tags first, the lexicon's classes
 * second.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#define DETERMINERS (REL_BIT(DET) | REL_BIT(DET_PREDET))

enum { CLIMB_LIMIT = 16 };

static bool is_nominal(const struct grammar *g, int32_t token)
{
    uint8_t upos = token_at(g, token)->upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_NUM ||
           upos == UPOS_SYM;
}

/* Does the token only help to build the phrase of its head? */
static bool leans_on_head(const struct grammar *g, int32_t token)
{
    switch (base_rel(g, token)) {
    case REL_DET: case REL_AMOD: case REL_NUMMOD: case REL_COMPOUND: case REL_FLAT: case REL_CASE:
    case REL_FIXED: case REL_GOESWITH: case REL_PUNCT: case REL_CC:
        return true;
    default:
        return false;
    }
}

int32_t np_head(struct grammar *grammar, int32_t token)
{
    for (int step = 0; has_token(grammar, token) && step < CLIMB_LIMIT; step++) {
        if (!leans_on_head(grammar, token)) {
            bool other = token_at(grammar, token)->upos == UPOS_ADJ ||
                         token_at(grammar, token)->upos == UPOS_DET;
            enum deprel rel = base_rel(grammar, token);
            bool argument = rel == REL_NSUBJ || rel == REL_OBJ || rel == REL_OBL ||
                            rel == REL_IOBJ || rel == REL_NMOD ||
                            child_with(grammar, token, DETERMINERS) >= 0;
            return is_nominal(grammar, token) || (other && argument) ? token : -1;
        }
        token = grammar->heads[token];
    }
    return -1;
}

bool np_is_plural(struct grammar *grammar, int32_t head)
{
    uint8_t agr = subject_agreement(grammar, head);
    const struct word *word = word_at(grammar, head);
    if (form_is(token_at(grammar, head), "i"))
        return false;
    if (word->bits & WORD_SECOND)
        return false;
    if (token_at(grammar, head)->upos == UPOS_NUM || (word->bits & WORD_QUANTITY))
        return (agr & AGR_PL) != 0;
    return (agr & AGR_PL) && !(agr & AGR_3SG);
}

enum value_id np_person(struct grammar *grammar, int32_t head)
{
    const struct token *t = token_at(grammar, head);
    if (t->upos != UPOS_PRON && t->upos != UPOS_DET)
        return VALUE_P3;
    if (t->feats & FEAT(PERS_1))
        return VALUE_P1;
    if ((t->feats & FEAT(PERS_2)) || (word_at(grammar, head)->bits & WORD_SECOND))
        return VALUE_P2;
    bool first = form_is(t, "i") || form_is(t, "we") || form_is(t, "me") || form_is(t, "us");
    return first ? VALUE_P1 : VALUE_P3;
}

enum value_id np_gender(struct grammar *grammar, int32_t head)
{
    const struct token *t = token_at(grammar, head);
    uint32_t bits = word_at(grammar, head)->bits;
    if ((bits & WORD_MASC) || (t->feats & FEAT(GEN_MASC)))
        return VALUE_MASC;
    if ((bits & WORD_FEM) || (t->feats & FEAT(GEN_FEM)))
        return VALUE_FEM;
    if ((bits & WORD_NEUT) || (t->feats & FEAT(GEN_NEUT)))
        return VALUE_NEUT;
    bool male = t->classes & CLASS(MALE), female = t->classes & CLASS(FEMALE);
    if (male != female)
        return male ? VALUE_MASC : VALUE_FEM;
    if (t->upos == UPOS_PRON || male || (t->classes & (CLASS(PERSON) | CLASS(ANIMAL))) ||
        t->upos == UPOS_PROPN)
        return VALUE_NONE;
    return VALUE_NEUT;
}

bool np_is_animate(struct grammar *grammar, int32_t head)
{
    static const char *const people[] = {"someone", "somebody", "anyone", "anybody", "everyone",
                                         "everybody", "nobody", "no-one", "who", "whom"};
    const struct token *t = token_at(grammar, head);
    uint32_t bits = word_at(grammar, head)->bits;
    if (t->upos == UPOS_PRON) {
        for (size_t i = 0; i < sizeof people / sizeof *people; i++)
            if (form_is(t, people[i]))
                return true;
        return (bits & (WORD_PERSONAL | WORD_NOMINATIVE | WORD_ACCUSATIVE)) &&
               !(bits & WORD_NEUT) && !form_is(t, "they") && !form_is(t, "them");
    }
    return t->classes & (CLASS(PERSON) | CLASS(ANIMAL) | CLASS(MALE) | CLASS(FEMALE));
}

static bool is_definite(struct grammar *g, int32_t head)
{
    const struct token *t = token_at(g, head);
    if (t->upos == UPOS_PROPN)
        return true;
    if (t->upos == UPOS_PRON)
        return !(word_at(g, head)->bits & WORD_INDEFINITE) && !(t->feats & FEAT(PT_IND));
    if (child_with(g, head, REL_BIT(NMOD_POSS)) >= 0)
        return true;
    int32_t det = child_with(g, head, DETERMINERS);
    if (det < 0)
        return false;
    const struct token *d = token_at(g, det);
    return (d->feats & (FEAT(DEF_DEF) | FEAT(PT_DEM))) || form_is(d, "the") ||
           form_is(d, "this") || form_is(d, "that") || form_is(d, "these") || form_is(d, "those");
}

enum value_id nominal_role(struct grammar *grammar, int32_t head)
{
    for (int step = 0; step < CLIMB_LIMIT && rel_of(grammar, head) == REL_CONJ &&
                       grammar->heads[head] >= 0; step++)
        head = grammar->heads[head];
    if (child_with(grammar, head, REL_BIT(COP)) >= 0)
        return VALUE_PRED;
    if (rel_of(grammar, head) == REL_NMOD_POSS)
        return VALUE_POSS;
    switch (base_rel(grammar, head)) {
    case REL_NSUBJ: return VALUE_SUBJ;
    case REL_OBJ: case REL_IOBJ: return VALUE_OBJ;
    case REL_OBL: case REL_NMOD: return VALUE_OBL;
    case REL_XCOMP: return VALUE_PRED;
    default: return VALUE_NONE;
    }
}

int32_t np_of_token(struct grammar *grammar, int32_t token)
{
    int32_t head = np_head(grammar, token), number;
    if (head < 0)
        return -1;
    int16_t *slot = &grammar->cache[OBJECT_NP][head];
    if (*slot == 0) {
        struct np_object *np = object_new(grammar, OBJECT_NP, sizeof *np, &number);
        if (!np)
            return -1;
        np->head = head;
        if (!grammar_np_span(grammar, head, &np->start, &np->end))
            subtree_trim(grammar, head, &np->start, &np->end);
        *slot = (int16_t)(number + 1);
    }
    return *slot - 1;
}

struct attr_value np_attr(struct grammar *grammar, int32_t number, enum attr attr)
{
    struct np_object *np = object_at(grammar, OBJECT_NP, number);
    if (!np)
        return number_attr(0);
    int32_t head = np->head;
    const struct token *t = token_at(grammar, head);
    switch (attr) {
    case ATTR_NUM: return number_attr(np_is_plural(grammar, head) ? VALUE_PL : VALUE_SG);
    case ATTR_PERS: return number_attr(np_person(grammar, head));
    case ATTR_ANIM: return number_attr(np_is_animate(grammar, head));
    case ATTR_GENDER: return number_attr(np_gender(grammar, head));
    case ATTR_MASS: return number_attr((t->classes & CLASS(MASS)) != 0 && t->xpos != XPOS_NNS);
    case ATTR_DEF: return number_attr(is_definite(grammar, head));
    case ATTR_PRO: return number_attr(t->upos == UPOS_PRON);
    case ATTR_NAME: return number_attr(t->upos == UPOS_PROPN);
    case ATTR_COORD: return number_attr(coord_of_token(grammar, head) >= 0);
    case ATTR_ROLE: return number_attr(nominal_role(grammar, head));
    case ATTR_SIZE: return number_attr(np->end - np->start + 1);
    default: return number_attr(0);
    }
}

struct value np_role(struct grammar *grammar, int32_t number, enum role role)
{
    struct np_object *np = object_at(grammar, OBJECT_NP, number);
    if (!np)
        return no_value();
    switch (role) {
    case ROLE_HEAD: return token_value(np->head);
    case ROLE_DET: return token_value(child_with(grammar, np->head, DETERMINERS));
    case ROLE_POSS: return token_value(child_with(grammar, np->head, REL_BIT(NMOD_POSS)));
    case ROLE_START: return token_value(np->start);
    case ROLE_END: return token_value(np->end);
    default: return no_value();
    }
}
