/* vg_link.c -- what one verb or auxiliary of a group says of itself: its lemma, the form it is, and
 * which subjects it goes with. Auxiliaries are known by their form, other verbs by their tag.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

enum { AGR_ANY = AGR_1SG | AGR_3SG | AGR_PL };

bool reads(const struct reading *r, const char *lemma)
{
    return r->lemma_length == strlen(lemma) && memcmp(r->lemma, lemma, r->lemma_length) == 0;
}

static bool asks_participle(const struct token *next)
{
    return next && (next->xpos == XPOS_VBN || next->xpos == XPOS_VBD);
}

/* A verb of which 's before its participle is has: she's left. */
static bool takes_has(const struct token *verb)
{
    static const char *const verbs[] = {"go", "come", "leave", "arrive", "become", "happen", "fall",
                                        "be", "get", "have"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (lemma_is(verb, verbs[i]))
            return true;
    return (verb->classes & CLASS(INTRANSITIVE)) && !(verb->classes & CLASS(TRANSITIVE));
}

/* 's is or has, 'd had or would, by what follows and what the analysis says. */
static void resolve_clitic(struct reading *r, const struct token *t, const struct token *next)
{
    bool participle = asks_participle(next);
    if (r->tense == VALUE_PRES) { /* 's */
        bool has = t->deprel != REL_COP && t->deprel != REL_AUX_PASS &&
                   (participle || lemma_is(t, "have"));
        if (has || (participle && t->deprel != REL_COP && takes_has(next)))
            r->lemma = "have";
        return;
    }
    bool same = next && same_form(next->form, next->form_length, next->lemma, next->lemma_length);
    bool had = participle && (!same || !lemma_is(t, "would"));
    if (!had && (!lemma_is(t, "have") || (next && next->xpos == XPOS_VB && same))) {
        r->lemma = "would";
        r->modal = true;
        r->tense = VALUE_NONE;
    }
}

uint8_t place_of_tag(const struct token *t)
{
    switch (t->xpos) {
    case XPOS_VB: return FORM_BASE;
    case XPOS_VBG: return FORM_ING;
    case XPOS_VBN: return FORM_PP;
    case XPOS_MD: case XPOS_VBD: case XPOS_VBP: case XPOS_VBZ: return FORM_FIN;
    default: return FORM_COUNT;
    }
}

static struct reading read_lexical(const struct token *t)
{
    struct reading r = {t->lemma, t->lemma_length, place_of_tag(t), VALUE_NONE, 0, false, false,
                        false};
    if (t->xpos == XPOS_VBD) {
        r.tense = VALUE_PAST;
        r.agr = AGR_ANY;
    } else if (t->xpos == XPOS_VBZ) {
        r.tense = VALUE_PRES;
        r.agr = AGR_3SG;
    } else if (t->xpos == XPOS_VBP || t->xpos == XPOS_VB) {
        r.tense = VALUE_PRES;
        r.agr = AGR_1SG | AGR_PL;
    }
    return r;
}

struct reading link_reading(const struct token *t, const struct token *next)
{
    char folded[FOLD_SIZE];
    token_fold(t, folded);
    const struct aux_form *form = aux_form_find(folded);
    bool auxiliary = t->upos == UPOS_AUX || t->deprel == REL_AUX || t->deprel == REL_AUX_PASS ||
                     t->deprel == REL_COP;
    if (form && form->modal && !auxiliary)
        form = NULL;
    if (form && !auxiliary && strcmp(form->lemma, "be") != 0 &&
        strcmp(form->lemma, "have") != 0 && strcmp(form->lemma, "do") != 0)
        form = NULL;
    if (!form) {
        struct reading lexical = read_lexical(t);
        lexical.auxiliary = auxiliary;
        return lexical;
    }
    struct reading r = {form->lemma, 0, form->place, form->tense, form->agr, form->modal,
                        form->clitic, auxiliary};
    bool bare = r.place == FORM_FIN && r.agr == (AGR_1SG | AGR_PL) && t->xpos == XPOS_VB;
    if (bare)
        r.place = FORM_BASE;
    if (r.place == FORM_FIN && t->xpos == XPOS_VBN && r.tense == VALUE_PAST &&
        strcmp(r.lemma, "be") != 0)
        r.place = FORM_PP;
    if (strcmp(folded, "'s") == 0 || strcmp(folded, "s") == 0 || strcmp(folded, "`s") == 0 ||
        strcmp(folded, "'d") == 0 || strcmp(folded, "d") == 0)
        resolve_clitic(&r, t, next);
    if (strcmp(r.lemma, "have") == 0 && r.tense == VALUE_PAST && next && next->xpos == XPOS_VB) {
        r.lemma = "had"; /* had better: as a modal */
        r.modal = true;
        r.tense = VALUE_NONE;
    }
    r.lemma_length = strlen(r.lemma);
    return r;
}
