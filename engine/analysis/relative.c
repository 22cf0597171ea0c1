/* relative.c -- relative clauses behind the noun that begins a sentence or a quotation: The bridge
 * that the army built is still open. The parser often loses the main verb, or that of the relative
 * clause where nothing introduces it. Word order shows both: noun phrase, noun phrase or pronoun,
 * verb, and then a finite verb without a subject of its own; or who, verb, and then another. Runs
 * once per sentence, before lemmas; changes tags, heads and relations, and never makes a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

#include <string.h>

enum { REACH = 12 }; /* how far behind the relative verb the main one is looked for */

/* What is found: the noun, its relative pronoun (-1: none), subject and verb of the relative
 * clause, the finite word of the main clause and its predicate; and the stretch of text around. */
struct relative {
    const struct lexicon *lexicon;
    struct sentence *s;
    int32_t from, to, noun, that, begin, subject, verb, finite, main;
};

static struct token *at(const struct relative *x, int32_t i)
{
    return &x->s->tokens[i];
}

static bool is_one_of(const struct token *t, const char *const *words, size_t count)
{
    struct lex_key key;
    lex_fold(t->form, t->form_length, &key);
    for (size_t i = 0; i < count; i++)
        if (key.length == strlen(words[i]) && memcmp(key.bytes, words[i], key.length) == 0)
            return true;
    return false;
}

#define ONE_OF(t, words) is_one_of(t, words, sizeof(words) / sizeof *(words))

/* Is the form a past tense by the lexicon? */
static bool is_past(const struct relative *x, int32_t i)
{
    struct lex_key key;
    lex_fold(at(x, i)->form, at(x, i)->form_length, &key);
    uint32_t word = lex_find(x->lexicon, key.bytes, key.length);
    if (word == LEX_NO_WORD)
        return false;
    const struct lex_reading *r = lex_reading_of(x->lexicon, word, UPOS_VERB, XPOS_VBD);
    return r && (r->xpos == XPOS_VBD || r->xpos == XPOS_VBN);
}

static bool is_finite_tag(const struct token *t)
{
    return t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP || t->xpos == XPOS_MD;
}

static bool begins_phrase(const struct token *t)
{
    return t->xpos == XPOS_DT || t->xpos == XPOS_PRPS;
}

static bool is_inside_phrase(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_ADJ ||
           t->upos == UPOS_NUM;
}

/* The noun that begins the stretch, and what may introduce its relative clause. */
static bool find_noun(struct relative *x)
{
    static const char *const words[] = {"that", "which", "who", "whom"};
    /* what a clause with that says, but does not describe */
    static const char *const content[] = {"fact", "idea", "claim", "news", "belief", "hope",
                                          "report", "thought", "view", "day", "time", "moment",
                                          "way", "reason", "year", "night", "week", "morning"};
    int32_t i = x->from;
    if (i >= x->to || !begins_phrase(at(x, i)))
        return false;
    for (i++; i < x->to && is_inside_phrase(at(x, i));)
        i++;
    x->noun = i - 1;
    if (x->noun <= x->from || at(x, x->noun)->upos != UPOS_NOUN || i >= x->to ||
        ONE_OF(at(x, x->noun), content))
        return false;
    x->that = ONE_OF(at(x, i), words) ? i : -1;
    x->begin = x->that < 0 ? i : i + 1;
    return x->begin < x->to;
}

/* The man who owns the shop: the relative pronoun is the subject. */
static bool find_own_verb(struct relative *x)
{
    static const char *const complements[] = {
        "says", "said", "thinks", "thought", "knows", "knew", "believes", "believed", "sees", "saw",
        "makes", "made", "lets", "let", "hears", "heard", "is", "was", "has"};
    const struct token *t = at(x, x->begin);
    if (x->that < 0 || t->upos != UPOS_VERB || (t->xpos != XPOS_VBZ && t->xpos != XPOS_VBD) ||
        ONE_OF(t, complements))
        return false;
    x->begin = x->subject = x->that;
    x->verb = x->that + 1;
    return true;
}

static bool find_verb(struct relative *x)
{
    static const char *const pronouns[] = {"i", "you", "he", "she", "it", "we", "they"};
    static const char *const opinions[] = {"think", "thought", "said", "say", "believe", "believed",
                                           "know", "knew", "hope", "hoped", "says", "thinks"};
    int32_t i = x->begin + 1;
    bool pronoun = ONE_OF(at(x, x->begin), pronouns);
    if (find_own_verb(x))
        return true;
    if (!pronoun && !begins_phrase(at(x, x->begin)))
        return false;
    x->subject = x->begin;
    while (!pronoun && i < x->to && is_inside_phrase(at(x, i)))
        i++;
    if (!pronoun && i < x->to && at(x, i)->upos != UPOS_VERB && i > x->begin + 2 &&
        is_past(x, i - 1))
        i--;
    if (i >= x->to || ONE_OF(at(x, i), opinions))
        return false;
    x->subject = i - 1;
    x->verb = i;
    if (!pronoun && (x->subject == x->begin || at(x, x->subject)->upos == UPOS_ADJ ||
                     at(x, x->subject)->upos == UPOS_NUM))
        return false;
    const struct token *t = at(x, i);
    bool finite = t->upos == UPOS_VERB && t->xpos != XPOS_VBG && t->xpos != XPOS_VB;
    return finite || (t->upos != UPOS_AUX && is_past(x, i));
}

/* The words that may stand between the two verbs: objects that are pronouns, phrases with a
 * preposition, times and adverbs. */
static bool may_stand_between(const struct relative *x, int32_t i)
{
    static const char *const objects[] = {"me", "him", "her", "us", "them", "you"};
    static const char *const times[] = {"night", "week", "month", "year", "summer", "winter",
                                        "spring", "autumn", "yesterday", "today", "morning"};
    const struct token *t = at(x, i);
    if (t->xpos == XPOS_WRB)
        return false;
    if (t->upos == UPOS_ADV || t->upos == UPOS_ADP || t->upos == UPOS_DET || t->upos == UPOS_ADJ ||
        t->upos == UPOS_NUM || t->xpos == XPOS_PRPS || t->xpos == XPOS_RP || t->xpos == XPOS_TO)
        return true;
    if (t->xpos == XPOS_PRP)
        return ONE_OF(t, objects);
    if (t->upos != UPOS_NOUN && t->upos != UPOS_PROPN)
        return false;
    if (x->subject == x->that)
        return true;
    for (int32_t k = i - 1; k > x->verb && k > i - 5; k--)
        if (at(x, k)->upos == UPOS_ADP || at(x, k)->xpos == XPOS_TO)
            return true;
    return ONE_OF(t, times);
}

/* The only word of the stretch, marks apart, that hangs outside of it; -1: there are several. */
static int32_t find_top(const struct relative *x)
{
    int32_t top = -1;
    for (int32_t i = x->from; i < x->to; i++) {
        int32_t head = at(x, i)->head;
        if ((head >= x->from && head < x->to) || at(x, i)->upos == UPOS_PUNCT)
            continue;
        if (top >= 0)
            return -1;
        top = i;
    }
    return top;
}

/* The man who owns the shop behind the church repairs bikes: a plural that describes a noun, behind
 * another noun, is the verb of a singular subject. Makes it one and its noun its object. */
static int32_t find_plural(const struct relative *x)
{
    for (int32_t i = x->verb + 2; i + 1 < x->to && i < x->verb + REACH; i++) {
        int32_t object = at(x, i)->head, noun = i - 1;
        struct lex_key key;
        lex_fold(at(x, i)->form, at(x, i)->form_length, &key);
        uint32_t word = lex_find(x->lexicon, key.bytes, key.length);
        const struct lex_reading *r = lex_reading_of(x->lexicon, word, UPOS_VERB, XPOS_VBZ);
        if (at(x, i)->upos == UPOS_PUNCT || at(x, i)->upos == UPOS_CCONJ)
            return -1;
        if (at(x, i)->xpos != XPOS_NNS || at(x, i)->deprel != REL_COMPOUND || object <= i ||
            at(x, noun)->xpos != XPOS_NN || !r || r->xpos != XPOS_VBZ ||
            at(x, object)->head > noun || (at(x, noun)->head != i && at(x, noun)->head != object))
            continue;
        at(x, noun)->head = at(x, object)->head;
        at(x, noun)->deprel = at(x, object)->deprel;
        for (int32_t k = x->verb + 1; k < noun; k++)
            if (at(x, k)->head == i || at(x, k)->head == object)
                at(x, k)->head = noun;
        at(x, object)->head = i;
        at(x, object)->deprel = REL_OBJ;
        at(x, i)->upos = UPOS_VERB;
        at(x, i)->xpos = XPOS_VBZ;
        return i;
    }
    return -1;
}

static bool find_main(struct relative *x)
{
    int32_t i = x->verb + 1;
    if (x->subject == x->that && at(x, x->noun)->xpos == XPOS_NN && find_top(x) == x->noun)
        find_plural(x);
    for (; i < x->to && i < x->verb + REACH; i++) {
        const struct token *t = at(x, i);
        bool near = i == x->verb + 1 || at(x, i - 1)->upos == UPOS_ADV ||
                    (i == x->verb + 2 && at(x, i - 1)->xpos == XPOS_PRP);
        if ((t->upos == UPOS_VERB || t->upos == UPOS_AUX) &&
            (is_finite_tag(t) || (t->xpos == XPOS_VBN && near && is_past(x, i))))
            break;
        if (!may_stand_between(x, i))
            return false;
    }
    if (i >= x->to || i >= x->verb + REACH)
        return false;
    const struct token *t = at(x, i);
    bool leans = t->deprel == REL_AUX || t->deprel == REL_COP || t->deprel == REL_AUX_PASS;
    x->finite = i;
    x->main = leans ? t->head : i;
    return x->main >= i && x->main < x->to && (leans || t->upos == UPOS_VERB);
}

static bool is_settled(const struct relative *x)
{
    const struct token *n = at(x, x->noun);
    bool subject = n->head == x->main &&
                   (n->deprel == REL_NSUBJ || n->deprel == REL_NSUBJ_PASS);
    for (int32_t i = x->verb + 1; i < x->finite; i++) /* a second subject belongs elsewhere */
        if (at(x, i)->head == x->main && at(x, i)->deprel == REL_NSUBJ)
            subject = false;
    return n->deprel == REL_NSUBJ_OUTER ||
           (subject && at(x, x->verb)->head == x->noun && at(x, x->verb)->upos == UPOS_VERB &&
            at(x, x->verb)->xpos != XPOS_VBN && at(x, x->verb)->deprel == REL_ACL_RELCL &&
            at(x, x->subject)->head == x->verb);
}

static void hang(const struct relative *x, int32_t i, int32_t head, enum deprel rel)
{
    at(x, i)->head = head;
    at(x, i)->deprel = (uint8_t)rel;
}

/* Hangs what hung outside of a part of the stretch on the head of that part. */
static void close_part(const struct relative *x, int32_t from, int32_t to, int32_t head)
{
    for (int32_t i = from; i < to; i++)
        if (i != head && (at(x, i)->head < from || at(x, i)->head >= to))
            at(x, i)->head = head;
}

/* What stands between the verbs is no subject, and a preposition before it no conjunction. */
static void settle_between(const struct relative *x)
{
    for (int32_t i = x->verb + 1; i < x->finite; i++) {
        struct token *t = at(x, i);
        if (t->deprel == REL_NMOD && t->head < x->verb)
            t->deprel = REL_OBL;
        if (t->deprel != REL_NSUBJ)
            continue;
        t->deprel = REL_OBJ;
        for (int32_t k = x->verb + 1; k < i; k++)
            if (at(x, k)->xpos == XPOS_IN || at(x, k)->deprel == REL_FIXED) {
                t->deprel = REL_OBL;
                if (at(x, k)->deprel == REL_MARK)
                    hang(x, k, i, REL_CASE);
            }
    }
}

static void rebuild(const struct relative *x, int32_t top)
{
    int32_t above = at(x, top)->head;
    uint8_t rel = at(x, top)->deprel;
    bool passive = at(x, x->finite)->deprel == REL_AUX_PASS;
    settle_between(x);
    close_part(x, x->from, x->noun + 1, x->noun);
    close_part(x, x->begin, x->subject + 1, x->subject);
    close_part(x, x->subject + 1, x->finite, x->verb);
    close_part(x, x->finite, x->to, x->main);
    hang(x, x->main, above, (enum deprel)rel);
    hang(x, x->noun, x->main, passive ? REL_NSUBJ_PASS : REL_NSUBJ);
    hang(x, x->verb, x->noun, REL_ACL_RELCL);
    hang(x, x->subject, x->verb, REL_NSUBJ);
    if (x->that >= 0 && x->that != x->subject) {
        hang(x, x->that, x->verb, REL_OBJ);
        at(x, x->that)->upos = UPOS_PRON;
        at(x, x->that)->xpos = at(x, x->that)->xpos == XPOS_IN ? XPOS_WDT : at(x, x->that)->xpos;
    }
    if (at(x, x->verb)->xpos != XPOS_VBZ && at(x, x->verb)->xpos != XPOS_VBP)
        at(x, x->verb)->xpos = XPOS_VBD;
    at(x, x->verb)->upos = UPOS_VERB;
    if (at(x, x->finite)->xpos == XPOS_VBN)
        at(x, x->finite)->xpos = XPOS_VBD;
}

/* The songs the choir sang made us cry: where no verb follows the first, it is the main one, and
 * the word before it may be the other. */
static bool shift_verb(struct relative *x)
{
    if (x->verb < x->begin + 3 || !is_past(x, x->verb - 1) || at(x, x->subject)->upos == UPOS_ADJ)
        return false;
    x->verb--;
    x->subject--;
    return at(x, x->subject)->upos == UPOS_NOUN && find_main(x) && x->finite == x->verb + 1;
}

static void settle(struct relative *x)
{
    if (!find_noun(x) || !find_verb(x) || (!find_main(x) && !shift_verb(x)) || is_settled(x))
        return;
    int32_t top = find_top(x);
    if (top >= 0)
        rebuild(x, top);
}

void lex_settle_relative(const struct lexicon *lexicon, struct sentence *sentence)
{
    struct relative x = {.lexicon = lexicon, .s = sentence};
    int32_t count = (int32_t)sentence->count;
    while (x.from < count) {
        x.to = x.from;
        while (x.to < count && at(&x, x.to)->xpos != XPOS_OPENQ &&
               at(&x, x.to)->xpos != XPOS_CLOSEQ)
            x.to++;
        settle(&x);
        x.from = x.to + 1;
    }
}
