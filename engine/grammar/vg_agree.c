/* vg_agree.c -- the subject of a verb, its own or shared, and what it agrees with. The written form
 * of the verb is the first evidence (vg_read.c); what is found here decides where forms do not.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#define SUBJECTS (REL_BIT(NSUBJ) | REL_BIT(NSUBJ_PASS) | REL_BIT(CSUBJ) | REL_BIT(CSUBJ_PASS))
#define OUTER_SUBJECTS (REL_BIT(NSUBJ_OUTER) | REL_BIT(CSUBJ_OUTER))

enum { CLIMB_LIMIT = 16 };
enum { AGR_ANY = AGR_1SG | AGR_3SG | AGR_PL };

static bool is_there(struct grammar *g, int32_t token)
{
    return rel_of(g, token) == REL_EXPL && (token_at(g, token)->xpos == XPOS_EX ||
                                            form_is(token_at(g, token), "there"));
}

/* Is the predicate itself the subject? Who is she? Is it? parsed with the pronoun as predicate. */
static bool is_own_subject(struct grammar *g, int32_t predicate, int32_t subject)
{
    int32_t copula = child_with(g, predicate, REL_BIT(COP));
    uint32_t bits = word_at(g, predicate)->bits;
    if (token_at(g, predicate)->upos != UPOS_PRON || !(bits & WORD_PERSONAL) || copula < 0 ||
        copula > predicate)
        return false;
    return subject < 0 || ((word_at(g, subject)->bits & WORD_WH) && subject < copula);
}

/* I in "neither do I", parsed as an object: a nominative cannot be one. */
static int32_t nominative_child(struct grammar *g, int32_t predicate)
{
    int32_t c = child_with(g, predicate, REL_BIT(OBJ) | REL_BIT(IOBJ) | REL_BIT(DEP));
    return c >= 0 && (word_at(g, c)->bits & WORD_NOMINATIVE) ? c : -1;
}

/* she in "how old she was", parsed as the subject of the copula itself. */
static int32_t subject_of_auxiliary(struct grammar *g, int32_t predicate)
{
    for (int32_t c = g->first_child[predicate]; c >= 0; c = g->next_sibling[c]) {
        enum deprel rel = base_rel(g, c);
        int32_t subject = rel == REL_COP || rel == REL_AUX
                              ? child_with(g, c, REL_BIT(NSUBJ) | REL_BIT(NSUBJ_PASS)) : -1;
        if (subject >= 0 && !in_tag(g, subject))
            return subject;
    }
    return -1;
}

/* there in "why are there so many flies", parsed under the copula or the subject. */
static int32_t misplaced_there(struct grammar *g, int32_t predicate, int32_t subject)
{
    int32_t there = child_with(g, subject, REL_BIT(EXPL));
    if (there >= 0 && there < subject && is_there(g, there))
        return there;
    int32_t copula = child_with(g, predicate, REL_BIT(COP));
    there = copula >= 0 ? child_with(g, copula, REL_BIT(EXPL)) : -1;
    return there >= 0 && is_there(g, there) ? there : -1;
}

/* there before the logical subject, that before an expletive it. */
static int32_t own_subject(struct grammar *g, int32_t predicate, uint64_t relations)
{
    int32_t subject = -1, expletive = -1;
    for (int32_t c = g->first_child[predicate]; c >= 0; c = g->next_sibling[c]) {
        unsigned rel = token_at(g, c)->deprel;
        if (in_tag(g, c))
            continue;
        if (rel == REL_EXPL && is_there(g, c))
            return c;
        if (rel == REL_EXPL && expletive < 0 && form_is(token_at(g, c), "it"))
            expletive = c;
        bool clause = rel == REL_CSUBJ || rel == REL_CSUBJ_PASS || rel == REL_CSUBJ_OUTER;
        if (rel < REL_COUNT && (relations >> rel & 1) && (subject < 0 || !clause))
            subject = c;
    }
    if (expletive < 0 && is_own_subject(g, predicate, subject))
        return predicate;
    if (subject < 0 && expletive < 0)
        subject = subject_of_auxiliary(g, predicate);
    if (subject < 0 && expletive < 0)
        return nominative_child(g, predicate);
    int32_t there = subject >= 0 && expletive < 0 ? misplaced_there(g, predicate, subject) : -1;
    if (there >= 0)
        return there;
    if (subject >= 0 && expletive >= 0)
        return base_rel(g, subject) == REL_CSUBJ ? expletive : subject;
    return subject >= 0 ? subject : expletive;
}

/* Does a predicate share the subject of its head? He sold the shop, moved and bought a boat: the
 * middle one of three is often parsed as parataxis. */
static bool shares_subject(struct grammar *g, int32_t predicate, int32_t head)
{
    const struct token *t = token_at(g, predicate);
    if (!is_predicate(g, head))
        return false;
    if (rel_of(g, predicate) == REL_PARATAXIS)
        return head < predicate && (t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ) &&
               child_with(g, predicate, REL_BIT(CONJ)) > predicate;
    return rel_of(g, predicate) == REL_CONJ;
}

int32_t predicate_subject(struct grammar *grammar, int32_t predicate, int32_t *owner)
{
    int32_t at = predicate;
    for (int step = 0; step < CLIMB_LIMIT; step++) {
        int32_t subject = own_subject(grammar, at, SUBJECTS);
        uint8_t upos = token_at(grammar, at)->upos;
        if (subject < 0 && upos != UPOS_VERB && upos != UPOS_AUX) /* what he said is true */
            subject = child_with(grammar, at, OUTER_SUBJECTS);
        if (owner)
            *owner = at;
        if (subject >= 0)
            return subject;
        int32_t head = grammar->heads[at];
        if (head < 0)
            return -1;
        if (rel_of(grammar, at) == REL_ACL_RELCL)
            return head;
        if (!shares_subject(grammar, at, head))
            return -1;
        at = head;
    }
    return -1;
}

void vg_find_subject(struct grammar *grammar, struct vg_object *vg)
{
    vg->subject_start = vg->subject_end = -1;
    if (vg->outer) {
        vg->owner = vg->predicate;
        vg->subject = own_subject(grammar, vg->predicate, OUTER_SUBJECTS);
    } else if (!vg->tag) {
        vg->subject = predicate_subject(grammar, vg->predicate, &vg->owner);
    }
    if (vg->subject < 0)
        return;
    vg->own_subject = vg->tag || (vg->owner == vg->predicate &&
                                  vg->subject != grammar->heads[vg->predicate]);
    if (vg->tag || vg->subject == vg->predicate)
        vg->subject_start = vg->subject_end = vg->subject;
    else
        subtree_trim(grammar, vg->subject, &vg->subject_start, &vg->subject_end);
}

/* Number of a noun by its own tags. */
static uint8_t noun_agreement(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    const struct word *word = word_at(g, token);
    if (word->agr)
        return word->agr;
    if (t->xpos == XPOS_NNS || t->xpos == XPOS_NNPS || (t->feats & FEAT(NUM_PLUR)))
        return AGR_PL;
    if (t->upos == UPOS_NUM)
        return form_is(t, "one") || form_is(t, "1") ? AGR_3SG : AGR_3SG | AGR_PL;
    if (t->upos == UPOS_ADJ)
        return AGR_PL | AGR_3SG;
    return AGR_3SG;
}

/* The last conjunct of a coordination; *plural: joined by and. -1: no coordination. */
static int32_t last_conjunct(struct grammar *g, int32_t token, bool *plural, uint8_t *first_person)
{
    int32_t last = -1;
    bool joined = false, either = false;
    for (int32_t c = g->first_child[token]; c >= 0; c = g->next_sibling[c]) {
        if (rel_of(g, c) != REL_CONJ)
            continue;
        last = c;
        for (int32_t cc = g->first_child[c]; cc >= 0; cc = g->next_sibling[cc])
            if (base_rel(g, cc) == REL_CC) {
                joined |= (word_at(g, cc)->bits & WORD_AND) != 0;
                either |= (word_at(g, cc)->bits & WORD_OR) != 0;
            }
        *first_person |= word_at(g, c)->agr;
    }
    *plural = joined && !either;
    return last;
}

/* dogs of "a number of dogs". */
static int32_t quantified(struct grammar *g, int32_t token)
{
    for (int32_t c = g->first_child[token]; c >= 0; c = g->next_sibling[c])
        if (base_rel(g, c) == REL_NMOD && c > token) {
            int32_t of = child_with(g, c, REL_BIT(CASE));
            if (of >= 0 && form_is(token_at(g, of), "of"))
                return c;
        }
    return -1;
}

/* What follows there is: the postponed subject. */
static int32_t postponed(struct grammar *g, int32_t there)
{
    int32_t head = g->heads[there];
    if (head >= 0 && base_rel(g, head) == REL_NSUBJ)
        return head;
    if (head >= 0 && rel_of(g, head) == REL_COP)
        head = g->heads[head];
    return head < 0 ? -1 : child_with(g, head, SUBJECTS);
}

/* The noun that a relative pronoun stands for; the token itself if it is none. */
static int32_t antecedent(struct grammar *g, int32_t token)
{
    if (!(word_at(g, token)->bits & WORD_RELATIVE))
        return token;
    int32_t at = g->heads[token];
    for (int step = 0; at >= 0 && step < CLIMB_LIMIT; step++) {
        if (rel_of(g, at) == REL_ACL_RELCL)
            return g->heads[at] >= 0 ? g->heads[at] : token;
        if (rel_of(g, at) != REL_CONJ)
            return token;
        at = g->heads[at];
    }
    return token;
}

uint8_t subject_agreement(struct grammar *grammar, int32_t subject)
{
    for (int step = 0; subject >= 0 && step < CLIMB_LIMIT; step++) {
        const struct token *t = token_at(grammar, subject);
        bool plural = false;
        uint8_t persons = 0;
        int32_t next;
        if (is_there(grammar, subject)) {
            if ((next = postponed(grammar, subject)) < 0)
                return AGR_3SG | AGR_PL;
            subject = next;
            continue;
        }
        if ((next = antecedent(grammar, subject)) != subject) {
            subject = next;
            continue;
        }
        if (base_rel(grammar, subject) != REL_CSUBJ &&
            (next = last_conjunct(grammar, subject, &plural, &persons)) >= 0) {
            if (plural)
                return AGR_PL;
            subject = next;
            continue;
        }
        const struct word *word = word_at(grammar, subject);
        if ((word->bits & WORD_QUANTITY) && (next = quantified(grammar, subject)) >= 0)
            return AGR_PL | AGR_3SG;
        if (word->bits & WORD_QUANTITY)
            return AGR_PL | AGR_3SG;
        if (word->bits & WORD_WH)
            return form_is(t, "who") || form_is(t, "what") || form_is(t, "which")
                       ? AGR_3SG | AGR_PL : AGR_3SG;
        if (base_rel(grammar, subject) == REL_CSUBJ)
            return AGR_3SG;
        return noun_agreement(grammar, subject);
    }
    return AGR_ANY;
}
