/* mention.c -- the phrases of a sentence that something may refer to: nominals, coordinations of
 * them, and predicates (for "this" and the "it" of events), with number, gender, kind and role. The
 * tree and tags first, the lexicon's classes second.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/mention.h"

#include <string.h>

#include "base/hash.h"

#define DETERMINERS (REL_BIT(DET) | REL_BIT(DET_PREDET))
#define NAME_PARTS (REL_BIT(FLAT) | REL_BIT(COMPOUND))

enum { CLIMB_LIMIT = 16 };

/* The pronouns resolved here; a form's number is its place. In strcmp order. */
static const struct {
    const char *form;
    uint8_t class;
    bool plural;
} pronouns[] = {
    {"'em", CLASS_OF_THEY, true},     {"he", CLASS_OF_HE, false},
    {"her", CLASS_OF_HE, false},      {"hers", CLASS_OF_HE, false},
    {"herself", CLASS_OF_HE, false},  {"him", CLASS_OF_HE, false},
    {"himself", CLASS_OF_HE, false},  {"his", CLASS_OF_HE, false},
    {"it", CLASS_OF_IT, false},       {"its", CLASS_OF_IT, false},
    {"itself", CLASS_OF_IT, false},   {"she", CLASS_OF_HE, false},
    {"that", CLASS_OF_THIS, false},   {"their", CLASS_OF_THEY, true},
    {"theirs", CLASS_OF_THEY, true},  {"them", CLASS_OF_THEY, true},
    {"themselves", CLASS_OF_THEY, true}, {"these", CLASS_OF_THIS, true},
    {"they", CLASS_OF_THEY, true},    {"this", CLASS_OF_THIS, false},
    {"those", CLASS_OF_THIS, true},
};

static int find_pronoun(const struct token *t)
{
    char folded[FOLD_SIZE];
    token_fold(t, folded);
    size_t low = 0, high = sizeof pronouns / sizeof *pronouns;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(pronouns[middle].form, folded);
        if (order == 0)
            return (int)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

enum pronoun_class pronoun_class_of(struct grammar *grammar, int32_t token, uint16_t *form)
{
    const struct token *t = token_at(grammar, token);
    if (t->upos != UPOS_PRON || t->xpos == XPOS_WDT || t->xpos == XPOS_WP ||
        t->form_length > 10 || (t->feats & (FEAT(PT_REL) | FEAT(PT_INT))))
        return NO_PRONOUN_CLASS;
    int number = find_pronoun(t);
    if (number < 0)
        return NO_PRONOUN_CLASS;
    *form = (uint16_t)number;
    if (pronouns[number].class == CLASS_OF_THIS &&
        (base_rel(grammar, token) == REL_MARK || base_rel(grammar, token) == REL_DET))
        return NO_PRONOUN_CLASS;
    return (enum pronoun_class)pronouns[number].class;
}

static uint32_t key_of(const char *word, size_t length)
{
    char folded[64];
    size_t n = 0;
    for (; n < length && n < sizeof folded; n++)
        folded[n] = word[n] >= 'A' && word[n] <= 'Z' ? (char)(word[n] + 32) : word[n];
    return (uint32_t)hash_bytes(folded, n, 0);
}

static uint32_t lemma_key(const struct token *t)
{
    return key_of(t->lemma, t->lemma_length);
}

enum value_id mention_kind(uint32_t classes)
{
    static const struct {
        uint32_t classes;
        enum value_id kind;
    } kinds[] = {
        {CLASS(PERSON) | CLASS(MALE) | CLASS(FEMALE), VALUE_PERSON},
        {CLASS(ANIMAL), VALUE_ANIMAL},
        {CLASS(ARTIFACT) | CLASS(FOOD) | CLASS(BODY) | CLASS(PLANT), VALUE_THING},
        {CLASS(GROUP), VALUE_GROUP},
        {CLASS(PLACE), VALUE_PLACE},
        {CLASS(ACT), VALUE_EVENT},
        {CLASS(ABSTRACT) | CLASS(TIME), VALUE_ABSTRACT},
        {CLASS(MASS), VALUE_THING},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (classes & kinds[i].classes)
            return kinds[i].kind;
    return VALUE_NONE;
}

/* Number of the phrase by its head word alone, without what it is coordinated with. */
static enum value_id own_number(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    const struct word *word = word_at(g, token);
    if (t->xpos == XPOS_NNS || t->xpos == XPOS_NNPS || (word->bits & WORD_PLURAL_NOUN))
        return VALUE_PL;
    if (t->upos == UPOS_NUM)
        return form_is(t, "one") || form_is(t, "1") ? VALUE_SG : VALUE_PL;
    if (word->bits & WORD_QUANTITY) {
        int32_t of = child_with(g, token, REL_BIT(NMOD));
        if (of >= 0 && token_at(g, of)->xpos == XPOS_NNS)
            return VALUE_PL;
    }
    if ((t->upos == UPOS_PRON || t->upos == UPOS_DET) && word->agr)
        return word->agr == AGR_PL ? VALUE_PL : VALUE_SG;
    return VALUE_SG;
}

/* What words of a name say of it; in strcmp order. */
static const struct {
    const char *form;
    uint32_t classes;
} name_words[] = {
    {"april", CLASS(TIME)}, {"association", CLASS(GROUP)}, {"august", CLASS(TIME)},
    {"aunt", CLASS(PERSON) | CLASS(FEMALE)}, {"bank", CLASS(GROUP)}, {"captain", CLASS(PERSON)},
    {"committee", CLASS(GROUP)}, {"company", CLASS(GROUP)}, {"corp", CLASS(GROUP)},
    {"corp.", CLASS(GROUP)}, {"council", CLASS(GROUP)}, {"december", CLASS(TIME)},
    {"department", CLASS(GROUP)}, {"dr", CLASS(PERSON)}, {"dr.", CLASS(PERSON)},
    {"february", CLASS(TIME)}, {"friday", CLASS(TIME)}, {"inc", CLASS(GROUP)},
    {"inc.", CLASS(GROUP)}, {"institute", CLASS(GROUP)}, {"january", CLASS(TIME)},
    {"july", CLASS(TIME)}, {"june", CLASS(TIME)}, {"king", CLASS(PERSON) | CLASS(MALE)},
    {"lady", CLASS(PERSON) | CLASS(FEMALE)}, {"lord", CLASS(PERSON) | CLASS(MALE)},
    {"ltd", CLASS(GROUP)}, {"march", CLASS(TIME)}, {"minister", CLASS(PERSON)},
    {"miss", CLASS(PERSON) | CLASS(FEMALE)}, {"monday", CLASS(TIME)},
    {"mr", CLASS(PERSON) | CLASS(MALE)}, {"mr.", CLASS(PERSON) | CLASS(MALE)},
    {"mrs", CLASS(PERSON) | CLASS(FEMALE)}, {"mrs.", CLASS(PERSON) | CLASS(FEMALE)},
    {"ms", CLASS(PERSON) | CLASS(FEMALE)}, {"ms.", CLASS(PERSON) | CLASS(FEMALE)},
    {"november", CLASS(TIME)}, {"october", CLASS(TIME)}, {"party", CLASS(GROUP)},
    {"president", CLASS(PERSON)}, {"prince", CLASS(PERSON) | CLASS(MALE)},
    {"professor", CLASS(PERSON)}, {"queen", CLASS(PERSON) | CLASS(FEMALE)},
    {"saint", CLASS(PERSON)}, {"saturday", CLASS(TIME)}, {"senator", CLASS(PERSON)},
    {"september", CLASS(TIME)}, {"sir", CLASS(PERSON) | CLASS(MALE)}, {"society", CLASS(GROUP)},
    {"sunday", CLASS(TIME)}, {"thursday", CLASS(TIME)}, {"tuesday", CLASS(TIME)},
    {"uncle", CLASS(PERSON) | CLASS(MALE)}, {"university", CLASS(GROUP)},
    {"wednesday", CLASS(TIME)},
};

static uint32_t name_classes(const struct token *t)
{
    size_t low = 0, high = sizeof name_words / sizeof *name_words;
    char folded[FOLD_SIZE];
    token_fold(t, folded);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name_words[middle].form, folded);
        if (order == 0)
            return name_words[middle].classes;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* Classes of a name: of its parts, too (Mary Bell, Bell Inc.). */
static void describe_name(struct grammar *g, struct mention *m)
{
    const struct token *head = token_at(g, m->token);
    int32_t last = m->token;
    for (int32_t c = m->token; c >= 0;
         c = c == m->token ? g->first_child[c] : g->next_sibling[c]) {
        const struct token *t = token_at(g, c);
        if (c != m->token && (rel_of(g, c) >= REL_COUNT || !(NAME_PARTS >> rel_of(g, c) & 1)))
            continue;
        m->classes |= t->classes & (CLASS(PERSON) | CLASS(MALE) | CLASS(FEMALE));
        m->classes |= name_classes(t);
        if (c > last && rel_of(g, c) == REL_FLAT)
            last = c;
    }
    m->key = key_of(head->form, head->form_length);
    m->last_key = key_of(token_at(g, last)->form, token_at(g, last)->form_length);
}

/* Nouns that the lexicon, by their first sense, takes for people or deeds: tools and vehicles, and
 * (true) what can be either. In strcmp order. */
static const struct {
    const char *lemma;
    bool either;
} tools[] = {
    {"barrow", false},  {"camper", false},    {"caravan", false},  {"chopper", false},
    {"cleaner", true},  {"conductor", true},  {"copter", false},   {"crane", false},
    {"cutter", true},   {"digger", false},    {"drone", false},    {"excavator", false},
    {"fan", true},      {"fighter", true},    {"harvester", false}, {"hoover", false},
    {"jumper", true},   {"lawnmower", false}, {"liner", false},    {"mixer", false},
    {"monitor", true},  {"motorhome", false}, {"player", true},    {"printer", false},
    {"quad", false},    {"radiator", false},  {"rake", false},     {"runner", true},
    {"saw", false},     {"speaker", true},    {"steamer", false},  {"toaster", false},
    {"trailer", false}, {"trawler", false},   {"tug", false},      {"tumbler", false},
    {"ute", false},     {"van", false},       {"washer", false},   {"wrench", false},
};

static void correct_class(const struct token *t, struct mention *m)
{
    const struct token lemma = {.form = t->lemma, .form_length = t->lemma_length};
    size_t low = 0, high = sizeof tools / sizeof *tools;
    char folded[FOLD_SIZE];
    token_fold(&lemma, folded);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(tools[middle].lemma, folded);
        if (order == 0) {
            m->classes = tools[middle].either ? 0 : CLASS(ARTIFACT);
            return;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
}

static uint32_t definiteness(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    uint32_t bits = 0;
    if (child_with(g, token, REL_BIT(NMOD_POSS)) >= 0)
        bits |= MENTION_DEF | MENTION_OWNED;
    if (child_with(g, token, REL_BIT(NUMMOD)) >= 0)
        bits |= MENTION_COUNTED;
    int32_t det = child_with(g, token, DETERMINERS);
    if (det >= 0) {
        const struct token *d = token_at(g, det);
        bool def = (d->feats & (FEAT(DEF_DEF) | FEAT(PT_DEM))) || form_is(d, "the");
        bits |= def ? MENTION_DEF : MENTION_INDEF;
    }
    if (t->upos == UPOS_PRON)
        bits |= MENTION_PRO |
                (word_at(g, token)->bits & WORD_INDEFINITE ? MENTION_INDEF : MENTION_DEF);
    return t->upos == UPOS_PROPN ? bits | MENTION_DEF | MENTION_NAME : bits;
}

static bool is_clause_relation(enum deprel rel)
{
    return rel == REL_ACL || rel == REL_ADVCL || rel == REL_CCOMP || rel == REL_CSUBJ;
}

/* Whether a subordinate clause stands between the token and the root. */
static bool is_below(struct grammar *g, int32_t token)
{
    for (int step = 0; token >= 0 && step < CLIMB_LIMIT; step++) {
        if (is_clause_relation(base_rel(g, token)))
            return true;
        token = g->heads[token];
    }
    return false;
}

bool is_nominal_argument(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    switch (base_rel(g, token)) {
    case REL_COMPOUND: case REL_FLAT: case REL_FIXED: case REL_GOESWITH: case REL_DET:
    case REL_AMOD: case REL_CASE: case REL_CC: case REL_MARK: case REL_ADVMOD: case REL_NUMMOD:
    case REL_DISCOURSE: case REL_AUX: case REL_COP:
        return false;
    default: break;
    }
    switch (t->upos) {
    case UPOS_NOUN: case UPOS_PROPN: return true;
    case UPOS_PRON: return t->xpos != XPOS_WDT && t->xpos != XPOS_WP && t->xpos != XPOS_WPS &&
                           t->xpos != XPOS_EX && !(t->feats & (FEAT(PT_REL) | FEAT(PT_INT)));
    case UPOS_NUM: return base_rel(g, token) != REL_NMOD;
    case UPOS_SYM: return t->form_length == 1 && t->form[0] == '%';
    default: return false;
    }
}

/* A predicate of a finite clause, as something that "this" can take up. */
static bool is_event(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    if (t->upos != UPOS_VERB && t->upos != UPOS_ADJ)
        return false;
    switch (base_rel(g, token)) {
    case REL_ROOT: case REL_PARATAXIS: case REL_CCOMP: case REL_ADVCL: case REL_CSUBJ: return true;
    case REL_CONJ: case REL_ACL: case REL_XCOMP: return t->upos == UPOS_VERB;
    default: return false;
    }
}

static void place(struct grammar *g, int32_t token, struct mention *m)
{
    const struct token *t = token_at(g, token);
    int32_t at = token;
    memset(m, 0, sizeof *m);
    m->sentence = g->sentence->number;
    m->token = token;
    m->end = token;
    for (int step = 0; step < CLIMB_LIMIT && rel_of(g, at) == REL_CONJ && g->heads[at] >= 0; step++)
        at = g->heads[at];
    if (at != token)
        m->bits |= MENTION_MEMBER;
    m->head = g->heads[at];
    if (child_with(g, at, REL_BIT(COP)) >= 0)
        m->head = at;
    m->relation = (uint8_t)base_rel(g, at);
    m->deprel = (uint8_t)rel_of(g, at);
    m->governor = m->head >= 0 ? lemma_key(token_at(g, m->head)) : 0;
    m->upos = t->upos;
    m->xpos = t->xpos;
    m->feats = t->feats;
    m->classes = t->classes;
    m->form_id = t->form_id;
    m->lemma_id = t->lemma_id;
    m->mentioned = 1;
    m->link = m->sure = 100;
    m->form = 255;
    m->key = m->last_key = lemma_key(t);
    if (t->flags & FLAG(QUOTED))
        m->bits |= MENTION_QUOTED;
    if (m->deprel == REL_NSUBJ_PASS)
        m->bits |= MENTION_PASSIVE;
    if (m->relation == REL_NMOD)
        m->bits |= MENTION_INSIDE;
    if (is_below(g, token))
        m->bits |= MENTION_BELOW;
    if (g->sentence->new_paragraph)
        m->bits |= MENTION_PARAGRAPH;
}

static void describe(struct grammar *g, struct mention *m)
{
    uint16_t form = 255;
    m->role = (uint8_t)nominal_role(g, m->token);
    m->bits |= definiteness(g, m->token);
    m->number = (uint8_t)own_number(g, m->token);
    if (m->upos == UPOS_PROPN)
        describe_name(g, m);
    if (m->upos == UPOS_PRON && pronoun_class_of(g, m->token, &form) != NO_PRONOUN_CLASS) {
        m->form = (uint8_t)form;
        m->number = pronouns[form].plural ? VALUE_PL : VALUE_SG;
    }
    if (m->upos == UPOS_NOUN)
        correct_class(token_at(g, m->token), m);
    m->kind = (uint8_t)mention_kind(m->classes);
    m->gender = (uint8_t)np_gender(g, m->token);
    if (m->gender == VALUE_NONE && (m->classes & CLASS(MALE)) && !(m->classes & CLASS(FEMALE)))
        m->gender = VALUE_MASC;
    if (m->gender == VALUE_NONE && (m->classes & CLASS(FEMALE)) && !(m->classes & CLASS(MALE)))
        m->gender = VALUE_FEM;
    if (m->upos == UPOS_PRON &&
        (form == 255 ? np_is_animate(g, m->token) : pronouns[form].class == CLASS_OF_HE))
        m->kind = VALUE_PERSON;
    m->described = m->bits;
}

/* The last member of the coordination that token is the first member of; -1: of none. */
static int32_t last_member(struct grammar *g, int32_t token, bool *with_or)
{
    int32_t last = -1;
    *with_or = false;
    for (int32_t c = g->first_child[token]; c >= 0; c = g->next_sibling[c])
        if (rel_of(g, c) == REL_CONJ && is_nominal_argument(g, c)) {
            int32_t cc = child_with(g, c, REL_BIT(CC));
            *with_or |= cc >= 0 && (word_at(g, cc)->bits & WORD_OR);
            last = c;
        }
    return last;
}

static void whole(struct mention *m, const struct mention *first, int32_t last)
{
    *m = *first;
    m->end = last;
    m->bits |= MENTION_COORD;
    m->bits &= ~(uint32_t)(MENTION_NAME | MENTION_PRO);
    m->described = m->bits;
    m->number = VALUE_PL;
    m->gender = VALUE_NONE;
    m->key ^= 0x5bd1e995u;
    m->last_key = m->key;
}

uint32_t mention_find(struct grammar *grammar, struct mention *mentions, uint32_t capacity)
{
    int32_t n = (int32_t)grammar->sentence->count;
    uint32_t count = 0;
    bool with_or;
    for (int32_t i = 0; i < n && count + 2 <= capacity; i++) {
        struct mention *m = &mentions[count];
        if (is_nominal_argument(grammar, i)) {
            place(grammar, i, m);
            describe(grammar, m);
            if (count == 0)
                m->bits |= MENTION_LEADS;
            count++;
            int32_t last = last_member(grammar, i, &with_or);
            if (last > i && !with_or)
                whole(&mentions[count++], m, last);
        } else if (is_event(grammar, i)) {
            place(grammar, i, m);
            m->role = VALUE_NONE;
            m->kind = VALUE_EVENT;
            m->number = VALUE_SG;
            m->gender = VALUE_NEUT;
            m->classes = 0;
            m->end = grammar->subtree_end[i];
            count++;
        }
    }
    return count;
}
