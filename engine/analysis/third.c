/* third.c -- verbs in the third person that the tagger took for plural nouns: my dog barks and
 * bites. The tree shows it: a plural noun has no subject, is not joined to a finite verb, and does
 * not stand between a singular subject and its full stop. Runs once per sentence, before lemmas;
 * changes tags, heads and relations, and never makes a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

#include <string.h>

enum { REACH = 24 }; /* how far from a word its dependents are looked for */

struct third {
    const struct lexicon *lexicon;
    struct sentence *s;
    int32_t count;
    int32_t from, to; /* the quotation that a word stands in, or the whole sentence */
};

static struct token *at(const struct third *x, int32_t i)
{
    return &x->s->tokens[i];
}

static bool is_form(const struct token *t, const char *form)
{
    return t->form_length == strlen(form) && memcmp(t->form, form, t->form_length) == 0;
}

static bool is_base(const struct token *t, enum deprel rel)
{
    return t->deprel == rel || (rel == REL_NSUBJ && t->deprel == REL_NSUBJ_PASS);
}

/* The nearest dependent of a relation between two places; -1: none. */
static int32_t dependent(const struct third *x, int32_t head, enum deprel rel, int32_t from,
                         int32_t to)
{
    for (int32_t i = from < 0 ? 0 : from; i < to && i < x->count; i++)
        if (at(x, i)->head == head && is_base(at(x, i), rel))
            return i;
    return -1;
}

static bool has_any(const struct third *x, int32_t head, uint64_t relations)
{
    int32_t from = head > REACH ? head - REACH : 0;
    for (int32_t i = from; i < head + REACH && i < x->count; i++)
        if (at(x, i)->head == head && at(x, i)->deprel < REL_COUNT &&
            (relations >> at(x, i)->deprel & 1))
            return true;
    return false;
}

#define BIT(rel) (UINT64_C(1) << REL_##rel)
#define NOMINAL (BIT(DET) | BIT(AMOD) | BIT(NUMMOD) | BIT(NMOD_POSS) | BIT(CASE) | BIT(COMPOUND))
#define VERBAL (BIT(COP) | BIT(AUX) | BIT(AUX_PASS))

/* Tagged as a plural noun, and listed as a verb, too. */
static bool may_be_verb(const struct third *x, int32_t i)
{
    const struct token *t = at(x, i);
    struct lex_key key;
    if (t->xpos != XPOS_NNS || t->upos != UPOS_NOUN)
        return false;
    lex_fold(t->form, t->form_length, &key);
    if (key.all_upper || key.length < 4 || key.bytes[key.length - 1] != 's')
        return false;
    uint32_t word = lex_find(x->lexicon, key.bytes, key.length);
    const struct lex_reading *r = lex_reading_of(x->lexicon, word, UPOS_VERB, XPOS_VBZ);
    return r && r->xpos == XPOS_VBZ;
}

static void hang(const struct third *x, int32_t token, int32_t head, enum deprel rel)
{
    at(x, token)->head = head;
    at(x, token)->deprel = (uint8_t)rel;
}

static void make_verb(const struct third *x, int32_t i)
{
    at(x, i)->upos = UPOS_VERB;
    at(x, i)->xpos = XPOS_VBZ;
}

static bool is_finite_s(const struct token *t)
{
    return t->upos == UPOS_VERB && t->xpos == XPOS_VBZ;
}

/* My brother snores: it has a subject of its own. */
static bool has_subject(const struct third *x, int32_t i)
{
    int32_t subject = dependent(x, i, REL_NSUBJ, i - REACH, i);
    return subject >= 0 && !has_any(x, i, NOMINAL | VERBAL);
}

/* Is it linked to what stands before by a comma or "and"? Gives the word before these, or -1. */
static int32_t before_link(const struct third *x, int32_t i)
{
    int32_t k = i - 1;
    while (k > 0 && i - k < 4 &&
           (at(x, k)->upos == UPOS_CCONJ || is_form(at(x, k), ",") || at(x, k)->upos == UPOS_ADV))
        k--;
    bool linked = i > 0 && (at(x, i - 1)->upos == UPOS_CCONJ || is_form(at(x, i - 1), ",") ||
                            (at(x, i - 1)->upos == UPOS_ADV && k < i - 2));
    return linked ? k : -1;
}

/* He barks and bites: joined to such a verb, and nothing makes it a noun. After an object it must
 * have something of its own: drinks tea and cakes. */
static bool is_joined(const struct third *x, int32_t i)
{
    const struct token *t = at(x, i);
    if (t->deprel != REL_CONJ || t->head < 0 || t->head >= i || !is_finite_s(at(x, t->head)) ||
        has_any(x, i, NOMINAL | VERBAL))
        return false;
    int32_t before = before_link(x, i);
    if (before < 0)
        return t->head < i - 1 && at(x, i - 1)->upos == UPOS_PUNCT;
    uint8_t upos = at(x, before)->upos;
    return (upos != UPOS_NOUN && upos != UPOS_PROPN && upos != UPOS_ADJ) ||
           has_any(x, i, BIT(OBJ) | BIT(XCOMP) | BIT(CCOMP));
}

/* The singular noun right before a word that is tagged as its modifier; -1: none. */
static int32_t subject_before(const struct third *x, int32_t i)
{
    if (i < 1 || at(x, i - 1)->head != i || at(x, i - 1)->deprel != REL_COMPOUND ||
        at(x, i - 1)->xpos != XPOS_NN || has_any(x, i, BIT(NUMMOD) | VERBAL))
        return -1;
    return i - 1;
}

/* Hangs what stood before the noun that is now a verb on its subject, and what described the noun
 * on the verb. */
static void take_subject(const struct third *x, int32_t i, int32_t noun)
{
    for (int32_t k = noun > REACH ? noun - REACH : 0; k < noun; k++)
        if (at(x, k)->head == i && at(x, k)->deprel < REL_COUNT &&
            (NOMINAL >> at(x, k)->deprel & 1))
            at(x, k)->head = noun;
    hang(x, noun, i, REL_NSUBJ);
    make_verb(x, i);
    for (int32_t k = i + 1; k < x->count && k < i + REACH; k++)
        if (at(x, k)->head == i && at(x, k)->deprel == REL_NMOD)
            at(x, k)->deprel = REL_OBL;
}

/* Finds the quotation around a word: from behind its opening mark to before its closing one. */
static void find_quotation(struct third *x, int32_t i)
{
    x->from = i;
    while (x->from > 0 && at(x, x->from - 1)->xpos != XPOS_OPENQ &&
           at(x, x->from - 1)->xpos != XPOS_CLOSEQ)
        x->from--;
    x->to = i + 1;
    while (x->to < x->count && at(x, x->to)->xpos != XPOS_CLOSEQ &&
           at(x, x->to)->xpos != XPOS_OPENQ)
        x->to++;
}

static bool ends_as_sentence(const struct third *x)
{
    const struct token *last = at(x, x->to - 1);
    return x->to - x->from > 2 && last->upos == UPOS_PUNCT && last->form_length == 1 &&
           strchr(x->to < x->count ? ".!?," : ".!?", last->form[0]) != NULL;
}

/* The root, or what is said in a quotation. */
static bool is_top(const struct third *x, int32_t i)
{
    const struct token *t = at(x, i);
    return t->head < 0 || ((t->head < x->from || t->head >= x->to) &&
                           (t->deprel == REL_CCOMP || t->deprel == REL_PARATAXIS));
}

static bool has_verb(const struct third *x)
{
    for (int32_t i = x->from; i < x->to; i++)
        if (at(x, i)->upos == UPOS_VERB || at(x, i)->upos == UPOS_AUX)
            return true;
    return false;
}

/* Paints walls and drives a bus: the verbs that there are, are joined to what passes for a noun. */
static bool has_other_verb(const struct third *x, int32_t noun)
{
    bool joined = false;
    for (int32_t i = x->from; i < x->to; i++) {
        const struct token *t = at(x, i);
        joined |= i > noun && t->head == noun && t->deprel == REL_CONJ && is_finite_s(t);
        if ((t->upos == UPOS_VERB || t->upos == UPOS_AUX) && !joined)
            return true;
    }
    return false;
}

/* The baby, my clock; a sentence of two words. */
static bool is_definite(const struct third *x, int32_t i, int32_t noun)
{
    static const char *const words[] = {"the", "this", "that", "The", "This", "That"};
    for (int32_t k = 0; k < noun; k++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (at(x, k)->head == i &&
                (at(x, k)->xpos == XPOS_PRPS || is_form(at(x, k), words[w])))
                return true;
    return noun == 0 && x->count == 3;
}

/* The baby sleeps. A sentence must have a verb; this is the only word that can be one. */
static void settle_root(const struct third *x, int32_t i)
{
    int32_t noun = subject_before(x, i);
    if (noun >= 0 && is_top(x, i) && is_definite(x, i, noun) && ends_as_sentence(x) &&
        !has_verb(x) && !is_form(at(x, x->to - 1), "?"))
        take_subject(x, i, noun);
}

/* An owl lives there: behind a, every, another stands no plural. */
static void settle_singular(const struct third *x, int32_t i)
{
    static const char *const words[] = {"a", "an", "every", "another", "A", "An", "Every",
                                        "Another"};
    static const char *const amounts[] = {"dozen", "couple", "lot", "bit", "pair", "gas", "water"};
    int32_t noun = subject_before(x, i);
    uint8_t rel = at(x, i)->deprel;
    bool clausal = rel == REL_ROOT || rel == REL_CCOMP || rel == REL_PARATAXIS || rel == REL_CONJ;
    if (noun < 0 || (!clausal && at(x, i)->head >= 0))
        return;
    for (size_t w = 0; w < sizeof amounts / sizeof *amounts; w++)
        if (is_form(at(x, noun), amounts[w]) || (noun > 0 && is_form(at(x, noun - 1), "few")) ||
            (noun > 1 && is_form(at(x, noun - 2), "few")))
            return;
    for (int32_t k = noun > 4 ? noun - 4 : 0; k < noun; k++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            if (at(x, k)->head == i && at(x, k)->deprel == REL_DET && is_form(at(x, k), words[w])) {
                take_subject(x, i, noun);
                return;
            }
}

/* This soup resembles glue: the same, with an object that the parser made the root. */
static void settle_transitive(const struct third *x, int32_t i)
{
    int32_t object = at(x, i)->head, noun = i - 1;
    if (noun < 0 || object <= i || !is_top(x, object) || at(x, noun)->xpos != XPOS_NN ||
        at(x, noun)->deprel != REL_COMPOUND || at(x, object)->upos != UPOS_NOUN ||
        (at(x, i)->deprel != REL_NSUBJ && at(x, i)->deprel != REL_COMPOUND) ||
        !(is_definite(x, i, noun) || is_definite(x, object, noun)) || !ends_as_sentence(x) ||
        has_other_verb(x, object))
        return;
    for (int32_t k = 0; k < x->count; k++)
        if (at(x, k)->head == object &&
            (k < noun || at(x, k)->deprel == REL_PUNCT || is_finite_s(at(x, k))))
            at(x, k)->head = i;
    hang(x, i, at(x, object)->head, (enum deprel)at(x, object)->deprel);
    hang(x, object, i, REL_OBJ);
    take_subject(x, i, noun);
}

/* The river floods each spring and damages the fields: a plural is no subject of damages. */
static void settle_first(const struct third *x, int32_t i)
{
    int32_t noun = subject_before(x, i), verb = at(x, i)->head;
    if (noun < 0 || at(x, i)->deprel != REL_NSUBJ || verb <= i || !is_finite_s(at(x, verb)) ||
        dependent(x, verb, REL_CC, i, verb) < 0)
        return;
    hang(x, i, at(x, verb)->head, (enum deprel)at(x, verb)->deprel);
    hang(x, verb, i, REL_CONJ);
    take_subject(x, i, noun);
}

/* The finite verb in -s whose object, or member of an object, a noun is; -1: none. */
static int32_t verb_above(const struct third *x, int32_t noun)
{
    for (int step = 0; step < 4 && noun >= 0; step++) {
        const struct token *t = at(x, noun);
        if (t->deprel == REL_OBJ || t->deprel == REL_OBL || t->deprel == REL_XCOMP)
            return t->head >= 0 && t->head < noun && is_finite_s(at(x, t->head)) ? t->head : -1;
        if (t->deprel != REL_CONJ)
            return -1;
        noun = t->head;
    }
    return -1;
}

static void move_links(const struct third *x, int32_t from, int32_t to)
{
    for (int32_t k = to > 4 ? to - 4 : 0; k < to; k++)
        if (at(x, k)->head == from &&
            (at(x, k)->deprel == REL_CC || at(x, k)->deprel == REL_PUNCT))
            at(x, k)->head = to;
}

/* Sells bread, milks cows: a plural noun seldom describes another one. */
static void settle_compound(const struct third *x, int32_t i)
{
    int32_t noun = at(x, i)->head;
    if (noun != i + 1 || at(x, i)->deprel != REL_COMPOUND || at(x, noun)->deprel != REL_CONJ ||
        before_link(x, i) < 0 || is_form(at(x, i), "sports") || is_form(at(x, i), "arms"))
        return;
    int32_t verb = verb_above(x, noun);
    if (verb < 0)
        return;
    move_links(x, noun, i);
    hang(x, i, verb, REL_CONJ);
    hang(x, noun, i, REL_OBJ);
    make_verb(x, i);
}

/* Plans to close, hopes to win; bugs to learn from. */
static bool takes_infinitive(const struct token *t)
{
    static const char *const forms[] = {"plans", "hopes", "needs", "aims", "attempts", "promises",
                                        "claims", "offers", "starts"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (is_form(t, forms[i]))
            return true;
    return false;
}

/* Plays the drums, sings until midnight, and complains: another verb ends the list. */
static bool is_listed_among(const struct third *x, int32_t i, int32_t verb)
{
    if (!is_form(at(x, i - 1), ","))
        return false;
    for (int32_t k = i + 1; k < x->count && k < i + REACH; k++)
        if (at(x, k)->head == verb && at(x, k)->deprel == REL_CONJ && is_finite_s(at(x, k)))
            return true;
    return false;
}

/* Makes tyres and employs 400 people: right after a noun no new phrase begins. */
static void settle_list(const struct third *x, int32_t i)
{
    int32_t next = i + 1, verb;
    if (at(x, i)->deprel != REL_CONJ || next >= x->count || before_link(x, i) < 0 ||
        has_any(x, i, NOMINAL | VERBAL) || (verb = verb_above(x, i)) < 0)
        return;
    uint8_t xpos = at(x, next)->xpos;
    bool listed = xpos == XPOS_IN && is_listed_among(x, i, verb);
    if (xpos != XPOS_DT && xpos != XPOS_CD && xpos != XPOS_PRPS && xpos != XPOS_PRP &&
        xpos != XPOS_VBG && !listed && (xpos != XPOS_TO || !takes_infinitive(at(x, i))))
        return;
    int32_t head = at(x, next)->head > next && xpos != XPOS_PRP ? at(x, next)->head : next;
    hang(x, i, verb, REL_CONJ);
    make_verb(x, i);
    if (listed)
        return;
    if (at(x, head)->head >= 0 && at(x, head)->head < next)
        hang(x, head, i, xpos == XPOS_TO || xpos == XPOS_VBG ? REL_XCOMP : REL_OBJ);
}

/* The company, which makes tyres, plans to close: the noun at the top has no verb yet. */
static void settle_main(const struct third *x, int32_t i, int32_t root)
{
    if (i <= root || i + 1 >= x->count || !is_form(at(x, i - 1), ",") ||
        has_any(x, i, NOMINAL | VERBAL))
        return;
    uint8_t next = at(x, i + 1)->xpos;
    if (next != XPOS_DT && next != XPOS_PRPS && next != XPOS_IN &&
        (next != XPOS_TO || !takes_infinitive(at(x, i))))
        return;
    hang(x, i, -1, REL_ROOT);
    hang(x, root, i, REL_NSUBJ);
    make_verb(x, i);
    for (int32_t k = i + 1; k < x->count; k++) {
        if (at(x, k)->head == root)
            at(x, k)->head = i;
        if (at(x, k)->head == i && at(x, k)->deprel == REL_ACL)
            at(x, k)->deprel = REL_XCOMP;
        if (at(x, k)->head == i && at(x, k)->deprel == REL_NMOD)
            at(x, k)->deprel = REL_OBL;
    }
}

/* The singular noun that a whole sentence hangs on without a verb of its own, after which a clause
 * about it comes; -1: there is none. */
static int32_t verbless_root(const struct third *x)
{
    int32_t root = -1;
    for (int32_t i = 0; i < x->count && root < 0; i++)
        if (at(x, i)->head < 0)
            root = i;
    if (root < 0 || !ends_as_sentence(x) ||
        (at(x, root)->xpos != XPOS_NN && at(x, root)->xpos != XPOS_NNP) ||
        has_any(x, root, VERBAL | BIT(NSUBJ) | BIT(CASE)))
        return -1;
    for (int32_t i = 0; i < x->count; i++)
        if (at(x, i)->head == root &&
            (at(x, i)->upos == UPOS_VERB || at(x, i)->upos == UPOS_AUX) &&
            (i < root || at(x, i)->deprel == REL_PARATAXIS || at(x, i)->deprel == REL_CONJ))
            return -1;
    return root;
}

/* The woman on the corner of our street knits red socks: the same, where the noun of a phrase is
 * taken for the verb's object. */
static void settle_phrase(const struct third *x, int32_t i, int32_t root)
{
    int32_t object = at(x, i)->head, noun = i - 1;
    if (root < 1 || i <= root + 2 || object <= i || at(x, i)->deprel != REL_COMPOUND ||
        has_verb(x) ||
        at(x, object)->deprel != REL_NMOD || at(x, object)->head >= noun ||
        at(x, noun)->xpos != XPOS_NN || at(x, noun)->deprel != REL_COMPOUND ||
        (at(x, noun)->head != i && at(x, noun)->head != object) ||
        (at(x, root - 1)->head != root && at(x, 0)->head != root))
        return;
    hang(x, noun, at(x, object)->head, REL_NMOD);
    for (int32_t k = 0; k < x->count; k++) {
        int32_t head = at(x, k)->head;
        if (k < noun && (head == i || head == object))
            at(x, k)->head = noun;
        if (k > noun && (head == root || head == i))
            at(x, k)->head = i;
    }
    hang(x, i, -1, REL_ROOT);
    hang(x, root, i, REL_NSUBJ);
    hang(x, object, i, REL_OBJ);
    make_verb(x, i);
}

/* The shop, which sells tea from a place it owns, sells cheese: a verb describes no noun. */
static void settle_tagged(const struct third *x, int32_t i, int32_t root)
{
    int32_t object = at(x, i)->head;
    if (i <= root || object <= i || at(x, i)->deprel != REL_COMPOUND ||
        !is_form(at(x, i - 1), ","))
        return;
    hang(x, i, -1, REL_ROOT);
    hang(x, root, i, REL_NSUBJ);
    hang(x, object, i, REL_OBJ);
    at(x, i - 1)->head = i;
    for (int32_t k = object + 1; k < x->count; k++)
        if ((at(x, k)->deprel == REL_CONJ && is_finite_s(at(x, k)) && at(x, k)->head < i) ||
            at(x, k)->head == root || k + 1 == x->count)
            at(x, k)->head = i;
}

void lex_settle_third(const struct lexicon *lexicon, struct sentence *sentence)
{
    struct third x = {lexicon, sentence, (int32_t)sentence->count, 0, (int32_t)sentence->count};
    int32_t root = -2;
    for (int32_t i = 1; i < x.count; i++) {
        if (is_finite_s(at(&x, i)) && at(&x, i)->deprel == REL_COMPOUND) {
            int32_t top = verbless_root(&x);
            if (top >= 0)
                settle_tagged(&x, i, top);
        }
        if (!may_be_verb(&x, i))
            continue;
        if (has_subject(&x, i) || is_joined(&x, i)) {
            make_verb(&x, i);
            continue;
        }
        find_quotation(&x, i);
        settle_singular(&x, i);
        settle_root(&x, i);
        settle_transitive(&x, i);
        settle_first(&x, i);
        settle_compound(&x, i);
        settle_list(&x, i);
        x.from = 0;
        x.to = x.count;
        if (root == -2)
            root = verbless_root(&x);
        if (root >= 0 && !is_finite_s(at(&x, i))) {
            settle_phrase(&x, i, root);
            if (!is_finite_s(at(&x, i)))
                settle_main(&x, i, root);
            root = is_finite_s(at(&x, i)) ? -1 : root;
        }
    }
}
