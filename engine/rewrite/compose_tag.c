/* compose_tag.c -- the question tag of a clause: isn't it, do they, can't you. The auxiliary is the
 * clause's own, or do; the polarity is the other one; the pronoun is the subject's.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/rewriter.h"

struct tag_forms {
    const char *positive, *negative;
};

/* Positive and negative forms of all auxiliaries. */
static const struct tag_forms forms[] = {
    {"am", "aren't"},     {"is", "isn't"},       {"are", "aren't"},       {"was", "wasn't"},
    {"were", "weren't"},  {"has", "hasn't"},     {"have", "haven't"},     {"had", "hadn't"},
    {"do", "don't"},      {"does", "doesn't"},   {"did", "didn't"},       {"can", "can't"},
    {"could", "couldn't"}, {"will", "won't"},    {"would", "wouldn't"},   {"shall", "shan't"},
    {"should", "shouldn't"}, {"must", "mustn't"}, {"might", "mightn't"},  {"may", "mayn't"},
};

static const struct tag_forms *find_forms(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strlen(forms[i].positive) == length && memcmp(forms[i].positive, word, length) == 0)
            return &forms[i];
    return NULL;
}

static bool has_lemma(const struct token *x, const char *lemma)
{
    return x->lemma_length == strlen(lemma) && memcmp(x->lemma, lemma, x->lemma_length) == 0;
}

static int32_t attribute(struct grammar *g, enum object_kind kind, int32_t object, enum attr attr)
{
    return grammar_attr(g, kind, object, attr).number;
}

/* The last clause of its own before a token: the sentence's root, or one that is joined to it. */
static int32_t find_clause(struct grammar *g, int32_t token)
{
    const struct sentence *s = g->sentence;
    for (int32_t i = token - 1; i >= 0; i--) {
        uint8_t rel = s->tokens[i].deprel;
        if (rel != REL_ROOT && rel != REL_CONJ && rel != REL_PARATAXIS)
            continue;
        int32_t clause = grammar_object(g, OBJECT_CLAUSE, i, 0);
        if (clause >= 0 && grammar_role(g, OBJECT_CLAUSE, clause, ROLE_SUBJ).kind ==
                               VALUE_IS_TOKEN)
            return clause;
    }
    return -1;
}

/* The auxiliary as a tag has it, without a clitic's shortness. */
static const struct tag_forms *find_auxiliary(struct grammar *g, int32_t vg, int32_t subject_np)
{
    struct value fin = grammar_role(g, OBJECT_VG, vg, ROLE_FIN);
    if (fin.kind != VALUE_IS_TOKEN)
        return NULL;
    const struct token *x = &g->sentence->tokens[fin.a];
    bool past = attribute(g, OBJECT_VG, vg, ATTR_TENSE) == VALUE_PAST;
    int32_t p = subject_np >= 0 ? attribute(g, OBJECT_NP, subject_np, ATTR_PERS) : VALUE_P3;
    bool plural = subject_np >= 0 && attribute(g, OBJECT_NP, subject_np, ATTR_NUM) == VALUE_PL;
    int person = p == VALUE_P1 ? 1 : p == VALUE_P2 ? 2 : 3;
    bool third = person == 3 && !plural;
    const char *word = past ? "did" : third ? "does" : "do";
    if (has_lemma(x, "be"))
        word = lexicon_be(past, person, plural);
    else if (has_lemma(x, "have") && x->upos == UPOS_AUX)
        word = past ? "had" : third ? "has" : "have";
    else if (x->xpos == XPOS_MD)
        return find_forms(x->lemma, x->lemma_length);
    return find_forms(word, strlen(word));
}

bool compose_tag(struct stratum_run *run, int32_t token, struct value *subject,
                 const char **auxiliary, bool *there)
{
    struct grammar *g = run->matcher->grammar;
    int32_t clause = find_clause(g, token);
    if (clause < 0)
        return false;
    struct value vg = grammar_role(g, OBJECT_CLAUSE, clause, ROLE_VG);
    *subject = grammar_role(g, OBJECT_CLAUSE, clause, ROLE_SUBJ);
    if (vg.kind != VALUE_IS_OBJECT || vg.object != OBJECT_VG)
        return false;
    int32_t np = grammar_object(g, OBJECT_NP, subject->a, 0);
    const struct tag_forms *found = find_auxiliary(g, vg.a, np);
    if (!found)
        return false;
    bool negative = attribute(g, OBJECT_CLAUSE, clause, ATTR_POLARITY) == VALUE_NEG;
    *auxiliary = negative ? found->positive : found->negative;
    *there = attribute(g, OBJECT_CLAUSE, clause, ATTR_THERE) != 0;
    return true;
}
