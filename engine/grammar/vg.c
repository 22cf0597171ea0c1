/* vg.c -- which tokens make a verb group: the predicate's auxiliaries, copula, negator, "to" and
 * particle. A group is built when first asked for, and every token of it then answers with it. The
 * words are read by vg_read.c.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

#define AUXILIARIES (REL_BIT(AUX) | REL_BIT(AUX_PASS) | REL_BIT(COP))
#define OUTER_SUBJECTS (REL_BIT(NSUBJ_OUTER) | REL_BIT(CSUBJ_OUTER))
#define CLAUSE_SIGNS                                                                               \
    (AUXILIARIES | OUTER_SUBJECTS | REL_BIT(NSUBJ) | REL_BIT(NSUBJ_PASS) | REL_BIT(CSUBJ) |        \
     REL_BIT(CSUBJ_PASS) | REL_BIT(EXPL))

enum { CLIMB_LIMIT = 8 };

static bool is_auxiliary(const struct grammar *g, int32_t token)
{
    unsigned rel = token_at(g, token)->deprel;
    return rel < REL_COUNT && (AUXILIARIES >> rel & 1) && g->heads[token] >= 0;
}

/* A verb that only modifies: a broken window, the following day, including. */
static bool is_modifier(const struct grammar *g, int32_t token)
{
    switch (base_rel(g, token)) {
    case REL_AMOD: case REL_COMPOUND: case REL_CASE: case REL_MARK: case REL_CC: case REL_DET:
    case REL_FIXED: case REL_FLAT: case REL_GOESWITH: case REL_DISCOURSE: case REL_PUNCT:
    case REL_REPARANDUM: case REL_NUMMOD: case REL_ADVMOD:
        return true;
    default:
        return false;
    }
}

static bool heads_group(struct grammar *g, int32_t token)
{
    uint8_t upos = token_at(g, token)->upos;
    if (is_auxiliary(g, token) || upos == UPOS_PUNCT)
        return false;
    for (int32_t c = g->first_child[token]; c >= 0; c = g->next_sibling[c])
        if (is_auxiliary(g, c) && !in_tag(g, c))
            return true;
    if (upos == UPOS_AUX)
        return true;
    return upos == UPOS_VERB && (!is_modifier(g, token) || child_with(g, token, CLAUSE_SIGNS) >= 0);
}

/* The copula over a whole clause ("The thing is that he left"); -1: none. */
static int32_t outer_copula(struct grammar *g, int32_t predicate)
{
    int32_t first = -1, count = 0;
    bool outer = child_with(g, predicate, OUTER_SUBJECTS) >= 0;
    for (int32_t c = g->first_child[predicate]; c >= 0; c = g->next_sibling[c])
        if (rel_of(g, c) == REL_COP && !in_tag(g, c)) {
            if (first < 0)
                first = c;
            count++;
        }
    bool verbal = token_at(g, predicate)->upos == UPOS_VERB;
    if (first < 0)
        return -1;
    if (verbal) {
        uint8_t xpos = token_at(g, predicate)->xpos;
        int32_t next = first + 1;
        bool plain = !outer && child_with(g, predicate, REL_BIT(MARK)) < 0 &&
                     (xpos == XPOS_VBG || xpos == XPOS_VBN) && next <= predicate;
        return plain ? -1 : first;
    }
    outer = outer && child_with(g, predicate, REL_BIT(NSUBJ) | REL_BIT(NSUBJ_PASS)) >= 0;
    return count > 1 || outer ? first : -1;
}

static size_t collect_links(struct grammar *g, const struct vg_object *vg, int32_t outer,
                            int32_t links[LIMIT_LINKS])
{
    size_t count = 0;
    for (int32_t c = g->first_child[vg->predicate]; c >= 0; c = g->next_sibling[c]) {
        if (!is_auxiliary(g, c) || in_tag(g, c))
            continue;
        bool belongs_outer = outer >= 0 && c <= outer;
        if (belongs_outer != vg->outer)
            continue;
        if (count == LIMIT_LINKS)
            return LIMIT_LINKS + 1;
        links[count++] = c;
    }
    return count;
}

static void claim(struct grammar *g, int32_t token, int32_t number)
{
    if (token >= 0)
        g->cache[OBJECT_VG][token] = (int16_t)(number + 1);
}

static void claim_all(struct grammar *g, const struct vg_object *vg, int32_t number)
{
    for (size_t i = 0; i < vg->as_read.count; i++)
        claim(g, vg->as_read.links[i].token, number);
    claim(g, vg->do_token, number);
    claim(g, vg->neg, number);
    claim(g, vg->to, number);
    claim(g, vg->prt, number);
    if (!vg->outer && !vg->tag)
        claim(g, vg->predicate, number);
}

/* A form of be before what is no verb is a copula, whatever its relation. */
static bool is_copula(struct grammar *g, int32_t token, int32_t predicate)
{
    char folded[FOLD_SIZE];
    uint8_t upos = token_at(g, predicate)->upos;
    if (upos == UPOS_VERB || upos == UPOS_AUX)
        return false;
    if (rel_of(g, token) == REL_COP)
        return true;
    token_fold(token_at(g, token), folded);
    const struct aux_form *form = aux_form_find(folded);
    return form && form->lemma[0] == 'b';
}

/* The main verb is a link of its own unless the predicate is outside (copular clauses). */
static bool add_main(struct grammar *g, struct vg_object *vg, int32_t *links, size_t *count)
{
    int32_t p = vg->predicate;
    vg->copular = vg->outer;
    for (size_t i = 0; i < *count && !vg->copular; i++)
        vg->copular = i + 1 == *count && is_copula(g, links[i], p);
    if (vg->copular) {
        vg->main = links[*count - 1];
        return true;
    }
    if (*count == LIMIT_LINKS)
        return false;
    size_t place = *count;
    while (place > 0 && links[place - 1] > p && token_at(g, p)->upos == UPOS_AUX) {
        links[place] = links[place - 1];
        place--;
    }
    links[place] = p;
    (*count)++;
    int32_t expletive = child_with(g, p, REL_BIT(EXPL));
    bool existential = expletive >= 0 && form_is(token_at(g, expletive), "there");
    bool lexical = (lemma_is(token_at(g, p), "do") || lemma_is(token_at(g, p), "have")) &&
                   child_with(g, p, REL_BIT(OBJ)) > p; /* nobody does that, tagged as AUX */
    bool bare = token_at(g, p)->upos == UPOS_AUX && !existential && !lexical;
    vg->main = bare ? -1 : p;
    return true;
}

static int32_t build(struct grammar *g, int32_t predicate, bool outer)
{
    int32_t number, links[LIMIT_LINKS + 1];
    struct vg_object *vg = object_new(g, OBJECT_VG, sizeof *vg, &number);
    if (!vg)
        return -1;
    vg->predicate = predicate;
    vg->outer = outer;
    vg->fin = vg->neg = vg->to = vg->prt = vg->main = vg->do_token = vg->subject = -1;
    size_t count = collect_links(g, vg, outer_copula(g, predicate), links);
    if (count > LIMIT_LINKS || !add_main(g, vg, links, &count)) {
        vg->broken = FAULT_LINKS;
        count = count > LIMIT_LINKS ? LIMIT_LINKS : count;
    }
    if (!outer)
        vg->prt = child_with(g, predicate, REL_BIT(COMPOUND_PRT));
    vg_find_subject(g, vg);
    vg_read(g, vg, links, count);
    claim_all(g, vg, number);
    return number;
}

static int32_t build_tag(struct grammar *g)
{
    int32_t number;
    struct vg_object *vg = object_new(g, OBJECT_VG, sizeof *vg, &number);
    if (!vg)
        return -1;
    vg->tag = true;
    vg->predicate = g->extra->tag_aux;
    vg->subject = vg->owner = g->extra->tag_pronoun;
    vg->fin = vg->to = vg->prt = vg->main = vg->do_token = -1;
    vg->neg = g->extra->tag_neg;
    vg_find_subject(g, vg);
    vg_read(g, vg, &vg->predicate, 1);
    claim_all(g, vg, number);
    claim(g, vg->predicate, number);
    return number;
}

/* Predicate and kind of the group that an auxiliary belongs to. */
static int32_t auxiliary_group(struct grammar *g, int32_t token)
{
    int32_t predicate = g->heads[token];
    for (int step = 0; step < CLIMB_LIMIT && is_auxiliary(g, predicate); step++)
        predicate = g->heads[predicate];
    int32_t outer = outer_copula(g, predicate);
    if (outer >= 0 && token <= outer)
        return build(g, predicate, true);
    int16_t cached = g->cache[OBJECT_VG][predicate];
    return cached != 0 ? cached - 1 : build(g, predicate, false);
}

/* Group of not, to or a particle: its head's, or that of the word before it, if it is taken in. */
static int32_t helper_group(struct grammar *g, int32_t token)
{
    int32_t candidates[2] = {g->heads[token], token - 1};
    for (int i = 0; i < 2; i++) {
        int32_t c = candidates[i];
        if (c < 0 || c == token || (!heads_group(g, c) && !is_auxiliary(g, c)))
            continue;
        int32_t number = vg_of_token(g, c);
        struct vg_object *vg = vg_at(g, number);
        if (vg && (vg->neg == token || vg->to == token || vg->prt == token))
            return number;
    }
    return -1;
}

static int32_t find_group(struct grammar *g, int32_t token)
{
    tag_find(g);
    if (in_tag(g, token))
        return token == g->extra->tag_pronoun ? -1 : build_tag(g);
    if (is_auxiliary(g, token))
        return auxiliary_group(g, token);
    if (heads_group(g, token))
        return build(g, token, false);
    const struct token *t = token_at(g, token);
    if ((word_at(g, token)->bits & WORD_NOT) || rel_of(g, token) == REL_COMPOUND_PRT ||
        t->xpos == XPOS_TO || t->upos == UPOS_PART)
        return helper_group(g, token);
    return -1;
}

int32_t vg_of_token(struct grammar *grammar, int32_t token)
{
    if (!has_token(grammar, token))
        return -1;
    int16_t *slot = &grammar->cache[OBJECT_VG][token];
    if (*slot == 0) {
        int32_t number = find_group(grammar, token);
        if (*slot == 0)
            *slot = (int16_t)(number < 0 ? -1 : number + 1);
    }
    return *slot < 0 ? -1 : *slot - 1;
}

struct vg_object *vg_at(struct grammar *grammar, int32_t number)
{
    return object_at(grammar, OBJECT_VG, number);
}

struct value vg_role(struct grammar *grammar, int32_t number, enum role role)
{
    struct vg_object *vg = vg_at(grammar, number);
    if (!vg)
        return no_value();
    switch (role) {
    case ROLE_MAIN: return token_value(vg->main);
    case ROLE_FIN: return token_value(vg->fin);
    case ROLE_SUBJ: return token_value(vg->subject);
    case ROLE_PRT: return token_value(vg->prt);
    case ROLE_NEG: return token_value(vg->neg);
    case ROLE_ADVS: break;
    default: return no_value();
    }
    int32_t advs[LIMIT_MEMBERS];
    size_t count = 0;
    for (int32_t c = grammar->first_child[vg->predicate]; c >= 0; c = grammar->next_sibling[c])
        if (rel_of(grammar, c) == REL_ADVMOD && c != vg->neg && count < LIMIT_MEMBERS)
            advs[count++] = c;
    return grammar_set(grammar, advs, count);
}

size_t vg_tokens(struct grammar *grammar, int32_t vg_number, int32_t *tokens, size_t size)
{
    struct vg_object *vg = vg_at(grammar, vg_number);
    size_t count = 0;
    if (!vg)
        return 0;
    int32_t others[3] = {vg->do_token, vg->neg, vg->to};
    for (size_t i = 0; i < vg->as_read.count && count < size; i++)
        if (vg->as_read.links[i].token >= 0)
            tokens[count++] = vg->as_read.links[i].token;
    for (size_t i = 0; i < 3 && count < size; i++)
        if (others[i] >= 0)
            tokens[count++] = others[i];
    return count;
}

const char *vg_fault_name(enum vg_fault fault)
{
    static const char *const names[FAULT_COUNT] = {"sound", "order", "links", "chain", "form",
                                                   "finite", "subject", "goeswith", "typo",
                                                   "shared"};
    return (unsigned)fault < FAULT_COUNT ? names[fault] : "?";
}
