/* noun_is.c -- 's after a noun that is no possessive: Mum's late, my dad's a teacher, Tom's at
 * home. The tagger knows nouns before 's as owners; what follows shows whether anything is owned.
 * Runs once per sentence, before lemmas; changes tags, heads and relations, never makes a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

#include <string.h>

enum { REACH = 24 }; /* how far from a word its dependents are looked for */

struct noun_is {
    const struct lexicon *lexicon;
    struct sentence *s;
    int32_t count, noun, clitic;
};

static struct token *at(const struct noun_is *x, int32_t i)
{
    return &x->s->tokens[i];
}

static bool is_form(const struct token *t, const char *form)
{
    return t->form_length == strlen(form) && memcmp(t->form, form, t->form_length) == 0;
}

static void hang(const struct noun_is *x, int32_t token, int32_t head, enum deprel rel)
{
    at(x, token)->head = head;
    at(x, token)->deprel = (uint8_t)rel;
}

static bool heads_clause(const struct token *t)
{
    switch (t->deprel) {
    case REL_ROOT: case REL_CONJ: case REL_CCOMP: case REL_PARATAXIS: case REL_ADVCL:
    case REL_ACL_RELCL:
        return true;
    default:
        return t->head < 0;
    }
}

/* Makes 's a verb of the predicate, and the noun its subject. */
static void predicate(const struct noun_is *x, int32_t head)
{
    uint8_t xpos = at(x, head)->xpos;
    bool verb = at(x, head)->upos == UPOS_VERB;
    at(x, x->clitic)->upos = UPOS_AUX;
    at(x, x->clitic)->xpos = XPOS_VBZ;
    hang(x, x->clitic, head, !verb ? REL_COP : xpos == XPOS_VBN ? REL_AUX_PASS : REL_AUX);
    hang(x, x->noun, head, verb && xpos == XPOS_VBN ? REL_NSUBJ_PASS : REL_NSUBJ);
}

/* A word right after 's (adverbs apart) that cannot begin what is owned: a, the, my, not. */
static bool begins_predicate(const struct noun_is *x, int32_t head)
{
    for (int32_t i = x->clitic + 1; i < head && i < x->clitic + 4; i++) {
        const struct token *t = at(x, i);
        if (t->xpos == XPOS_PRPS || is_form(t, "not") || is_form(t, "a") || is_form(t, "an") ||
            is_form(t, "the") || is_form(t, "no"))
            return true;
        if (t->upos != UPOS_ADV)
            return false;
    }
    return false;
}

static bool is_listed(const struct noun_is *x, int32_t i, enum lex_pos pos)
{
    struct lex_key key;
    lex_fold(at(x, i)->form, at(x, i)->form_length, &key);
    uint32_t word = lex_find(x->lexicon, key.bytes, key.length);
    return word != LEX_NO_WORD && lex_lexeme_of(x->lexicon, word, pos);
}

static void make_adjective(const struct noun_is *x, int32_t i)
{
    at(x, i)->upos = UPOS_ADJ;
    at(x, i)->xpos = XPOS_JJ;
}

/* Can the word be what is said of the noun? Stale, icy, asleep are no nouns. */
static bool is_predicative(const struct noun_is *x, int32_t i)
{
    struct token *t = at(x, i);
    if (t->upos == UPOS_NOUN && t->xpos == XPOS_NN && is_listed(x, i, LEX_ADJ) &&
        !is_listed(x, i, LEX_NOUN))
        make_adjective(x, i);
    return t->upos == UPOS_ADJ || t->upos == UPOS_ADV ||
           (t->upos == UPOS_VERB && (t->xpos == XPOS_VBG || t->xpos == XPOS_VBN));
}

/* The world's best, the country's new-found wealth: what is owned goes on. */
static bool goes_on(const struct noun_is *x, int32_t head)
{
    if (at(x, head)->xpos == XPOS_JJS || is_form(at(x, x->clitic + 1), "most"))
        return true;
    uint8_t upos = head + 1 < x->count ? at(x, head + 1)->upos : UPOS_PUNCT;
    return upos == UPOS_NOUN && at(x, head + 1)->deprel != REL_OBJ &&
           at(x, head + 1)->deprel != REL_OBL_UNMARKED;
}

/* The train's late again: again is no predicate, late is. */
static int32_t raise_adverb(const struct noun_is *x, int32_t head)
{
    int32_t above = at(x, head)->head;
    bool adverbial = at(x, head)->deprel == REL_ADVMOD || at(x, head)->deprel == REL_ADVCL;
    if (!adverbial || above != head + 1 || at(x, above)->upos != UPOS_ADV)
        return head;
    enum deprel rel = (enum deprel)at(x, above)->deprel;
    hang(x, head, at(x, above)->head, rel == REL_ADVMOD ? REL_ADVCL : rel);
    hang(x, above, head, REL_ADVMOD);
    for (int32_t i = 0; i < x->count; i++)
        if (at(x, i)->head == above)
            at(x, i)->head = head;
    if (at(x, head)->xpos == XPOS_RB)
        make_adjective(x, head);
    return head;
}

/* Is this the only verb up to where another clause may begin, in what is no heading? */
static bool is_only_verb(const struct noun_is *x, int32_t verb, int32_t last)
{
    const struct token *end = at(x, x->count - 1);
    for (int32_t i = 0; i < x->count; i++) {
        const struct token *t = at(x, i);
        if (i > last && (t->upos == UPOS_CCONJ || t->upos == UPOS_SCONJ || is_form(t, ",")))
            break;
        if (i != verb && (t->upos == UPOS_VERB || t->upos == UPOS_AUX))
            return false;
    }
    return end->form_length == 1 && strchr(".!?", end->form[0]) != NULL;
}

/* Mum's cooking dinner. The only verb of a sentence does not describe its last noun. */
static void settle_object(const struct noun_is *x, int32_t verb, int32_t noun)
{
    hang(x, verb, at(x, noun)->head, (enum deprel)at(x, noun)->deprel);
    hang(x, noun, verb, REL_OBJ);
    for (int32_t i = 0; i < x->count; i++)
        if (at(x, i)->head == noun && i > noun)
            at(x, i)->head = verb;
    predicate(x, verb);
}

/* The dog's barking. What would be a noun alone is the verb that the sentence wants. */
static void settle_gerund(const struct noun_is *x, int32_t head)
{
    struct token *t = at(x, head);
    if (t->upos == UPOS_NOUN && t->head < 0 && head == x->clitic + 1 && t->form_length > 5 &&
        memcmp(t->form + t->form_length - 3, "ing", 3) == 0 && is_only_verb(x, head, head)) {
        t->upos = UPOS_VERB;
        t->xpos = XPOS_VBG;
    }
}

/* The noun owns the word it hangs on, says the tree. */
static void settle_owner(const struct noun_is *x)
{
    int32_t head = at(x, x->noun)->head, next = x->clitic + 1;
    if (head <= x->clitic || is_form(at(x, next), "own"))
        return;
    if (begins_predicate(x, head) &&
        (heads_clause(at(x, head)) || at(x, head)->deprel == REL_OBJ)) {
        if (at(x, head)->deprel == REL_OBJ) /* I heard my uncle's a nurse */
            at(x, head)->deprel = REL_CCOMP;
        predicate(x, head);
        return;
    }
    if (at(x, next)->xpos == XPOS_VBG && next + 1 == head && at(x, next)->deprel == REL_AMOD &&
        at(x, head)->head < 0 && at(x, head)->upos == UPOS_NOUN && is_only_verb(x, next, head)) {
        settle_object(x, next, head);
        return;
    }
    head = raise_adverb(x, head);
    settle_gerund(x, head);
    if (heads_clause(at(x, head)) && is_predicative(x, head) && !goes_on(x, head))
        predicate(x, head);
}

static int32_t child(const struct noun_is *x, int32_t head, enum deprel rel)
{
    for (int32_t i = head > REACH ? head - REACH : 0; i < head + REACH && i < x->count; i++)
        if (at(x, i)->head == head && at(x, i)->deprel == rel && i != x->clitic)
            return i;
    return -1;
}

/* Tom's at home: what is owned does not begin with a preposition. */
static void settle_place(const struct noun_is *x)
{
    int32_t place = child(x, x->noun, REL_NMOD);
    const struct token *next = at(x, x->clitic + 1);
    if (next->upos != UPOS_ADP || is_form(next, "of") || place < x->clitic ||
        !heads_clause(at(x, x->noun)) || child(x, x->noun, REL_CASE) >= 0)
        return;
    hang(x, place, at(x, x->noun)->head, (enum deprel)at(x, x->noun)->deprel);
    for (int32_t i = x->clitic + 1; i < x->count; i++)
        if (at(x, i)->head == x->noun)
            at(x, i)->head = place;
    predicate(x, place);
}

static void settle(const struct noun_is *x)
{
    struct token *t = at(x, x->clitic);
    const struct token *n = at(x, x->noun);
    bool linked = t->deprel == REL_COP || t->deprel == REL_AUX || t->deprel == REL_AUX_PASS;
    if (linked) {
        t->upos = UPOS_AUX;
        t->xpos = XPOS_VBZ;
    } else if (t->head != x->noun || t->deprel != REL_CASE) {
        return;
    } else if (n->deprel == REL_NMOD_POSS) {
        settle_owner(x);
    } else if (n->deprel == REL_NSUBJ || n->deprel == REL_NSUBJ_PASS) {
        int32_t head = n->head > x->clitic ? raise_adverb(x, n->head) : -1;
        if (head > x->clitic && is_predicative(x, head) && heads_clause(at(x, head)) &&
            at(x, x->clitic + 1)->upos != UPOS_NOUN)
            predicate(x, head);
    } else {
        settle_place(x);
    }
}

/* The bus is late again, it is a mile long: what is said with be is an adjective. */
static void settle_late(const struct noun_is *x, int32_t copula)
{
    static const char *const words[] = {"late", "early", "long", "high", "deep", "wide"};
    int32_t head = at(x, copula)->head, early = copula + 1;
    if (at(x, copula)->deprel != REL_COP || head < 0 || at(x, head)->upos != UPOS_ADV)
        return;
    if (early + 1 == head && at(x, early)->head == head && at(x, early)->upos == UPOS_ADV &&
        (is_form(at(x, early), "late") || is_form(at(x, early), "early"))) {
        hang(x, early, at(x, head)->head, (enum deprel)at(x, head)->deprel); /* late again */
        for (int32_t i = 0; i < x->count; i++)
            if (at(x, i)->head == head)
                at(x, i)->head = early;
        hang(x, head, early, REL_ADVMOD);
        head = early;
    }
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (is_form(at(x, head), words[w])) {
            make_adjective(x, head > copula ? raise_adverb(x, head) : head);
            return;
        }
}

void lex_settle_is(const struct lexicon *lexicon, struct sentence *sentence)
{
    struct noun_is x = {lexicon, sentence, (int32_t)sentence->count, 0, 0};
    for (x.clitic = 1; x.clitic + 1 < x.count; x.clitic++) {
        const struct token *t = at(&x, x.clitic);
        bool is_s = t->xpos == XPOS_POS && t->form_length > 1 &&
                    (t->form[t->form_length - 1] | 32) == 's';
        x.noun = x.clitic - 1;
        if (is_s && (at(&x, x.noun)->upos == UPOS_NOUN || at(&x, x.noun)->upos == UPOS_PROPN ||
                     at(&x, x.noun)->upos == UPOS_PRON))
            settle(&x);
        settle_late(&x, x.clitic);
    }
}
