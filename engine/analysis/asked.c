/* asked.c -- questions in which the parser loses the subject or the verb: Is dinner ready? How tall
 * is your brother? Where does the bus stop? The order of words shows them. Runs once per sentence,
 * before lemmas; changes tags, heads and relations, and never makes a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

#include <string.h>

enum { REACH = 24 }; /* how far from a word its dependents are looked for */

static bool is_word(const struct token *t, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i < n && i < t->form_length; i++)
        if ((t->form[i] | 32) != word[i])
            return false;
    return t->form_length == n;
}

static bool is_be(const struct token *t)
{
    return is_word(t, "is") || is_word(t, "are") || is_word(t, "was") || is_word(t, "were");
}

static bool is_nominal(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON;
}

static bool has_subject(const struct sentence *s, int32_t head)
{
    int32_t count = (int32_t)s->count;
    for (int32_t i = head > REACH ? head - REACH : 0; i < head + REACH && i < count; i++)
        if (s->tokens[i].head == head &&
            (s->tokens[i].deprel == REL_NSUBJ || s->tokens[i].deprel == REL_NSUBJ_PASS ||
             s->tokens[i].deprel == REL_EXPL || s->tokens[i].deprel == REL_CSUBJ))
            return true;
    return false;
}

/* Why, what time: the word before asks. */
static bool is_asking(const struct sentence *s, int32_t before)
{
    if (s->tokens[before].xpos == XPOS_WRB)
        return true;
    const struct token *t = before > 0 ? &s->tokens[before - 1] : &s->tokens[before];
    return t->head == before && (t->xpos == XPOS_WDT || t->xpos == XPOS_WP);
}

static bool is_listed(const struct lexicon *lexicon, const struct token *t, enum lex_pos pos)
{
    struct lex_key key;
    lex_fold(t->form, t->form_length, &key);
    uint32_t word = lex_find(lexicon, key.bytes, key.length);
    return word != LEX_NO_WORD && lex_lexeme_of(lexicon, word, pos);
}

/* Is Mrs. Hall angry? An adjective, and no noun by the lexicon. */
static bool is_quality(const struct lexicon *lexicon, const struct token *t)
{
    return t->upos == UPOS_ADJ || (t->xpos == XPOS_NN && is_listed(lexicon, t, LEX_ADJ) &&
                                   !is_listed(lexicon, t, LEX_NOUN));
}

/* Is dinner ready? The noun between the finite word and what is asked is the subject, no time or
 * measure, and describes no adjective. */
static void settle_subject(const struct lexicon *lexicon, struct sentence *s, int32_t be)
{
    int32_t head = s->tokens[be].head, noun = be + 1;
    bool asks = be == 0 || s->tokens[be - 1].upos == UPOS_CCONJ ||
                s->tokens[be - 1].upos == UPOS_PUNCT || is_asking(s, be - 1);
    bool leans = s->tokens[be].deprel == REL_COP || s->tokens[be].deprel == REL_AUX ||
                 s->tokens[be].deprel == REL_AUX_PASS;
    if (!asks || !leans || head <= be || has_subject(s, head))
        return;
    while (noun < head && !(s->tokens[noun].head == head && is_nominal(&s->tokens[noun])))
        noun++;
    if (noun < head && s->tokens[noun].deprel == REL_OBL_UNMARKED)
        s->tokens[noun].deprel = s->tokens[be].deprel == REL_AUX_PASS ? REL_NSUBJ_PASS : REL_NSUBJ;
    if (noun < head && s->tokens[noun].deprel == REL_COMPOUND && is_be(&s->tokens[be]) &&
        is_quality(lexicon, &s->tokens[head])) {
        s->tokens[noun].deprel = REL_NSUBJ;
        s->tokens[head].upos = UPOS_ADJ;
        s->tokens[head].xpos = XPOS_JJ;
        for (int32_t i = be + 1; i < noun; i++)
            if (s->tokens[i].head == head)
                s->tokens[i].head = noun;
    }
}

/* What time does the bus leave? A time is no subject where there is another. */
static void settle_time(struct sentence *s, int32_t aux)
{
    static const char *const times[] = {"time", "day", "hour", "week", "month", "year"};
    int32_t verb = s->tokens[aux].head, before = aux - 1;
    bool timely = false, subject = false;
    if (aux == 0 || verb <= aux || s->tokens[aux].deprel != REL_AUX || !is_asking(s, before) ||
        (s->tokens[before].deprel != REL_NSUBJ && s->tokens[before].deprel != REL_NSUBJ_PASS))
        return;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        timely |= is_word(&s->tokens[before], times[i]);
    for (int32_t i = aux + 1; i < verb; i++)
        subject |= s->tokens[i].head == verb && (s->tokens[i].deprel == REL_NSUBJ ||
                                                 s->tokens[i].deprel == REL_NSUBJ_PASS);
    if (!timely || !subject || (s->tokens[before].head != aux && s->tokens[before].head != verb))
        return;
    s->tokens[before].head = verb;
    s->tokens[before].deprel = REL_OBL_UNMARKED;
}

/* What time will dinner be ready? The auxiliary hangs on the predicate, not on its subject. */
static void settle_auxiliary(struct sentence *s, int32_t aux)
{
    int32_t noun = s->tokens[aux].head;
    if (aux == 0 || noun <= aux || s->tokens[aux].deprel != REL_AUX ||
        !is_nominal(&s->tokens[noun]) || s->tokens[noun].deprel != REL_NSUBJ ||
        s->tokens[noun].head < noun || !is_asking(s, aux - 1))
        return;
    int32_t verb = s->tokens[noun].head;
    for (int32_t i = 0; i <= aux; i++)
        if (s->tokens[i].head == noun) {
            s->tokens[i].head = verb;
            if (s->tokens[i].deprel == REL_NSUBJ)
                s->tokens[i].deprel = REL_OBL_UNMARKED;
        }
}

/* How tall is your brother? What is asked is an adjective, of which be says something. */
static void settle_degree(const struct lexicon *lexicon, struct sentence *s, int32_t how)
{
    struct token *t = &s->tokens[how + 1], *be = &s->tokens[how + 2];
    int32_t noun = t->head;
    struct lex_key key;
    lex_fold(t->form, t->form_length, &key);
    uint32_t word = lex_find(lexicon, key.bytes, key.length);
    bool measured = s->tokens[how].head == how + 1 && t->upos == UPOS_NOUN && t->xpos == XPOS_NN &&
                    word != LEX_NO_WORD && lex_lexeme_of(lexicon, word, LEX_ADJ);
    bool lost = noun != how + 2 && be->head > how + 2 && s->tokens[be->head].head == how + 1 &&
                s->tokens[be->head].deprel == REL_NSUBJ;
    if (is_be(be) && lost && s->tokens[how].head == how + 1) /* How hot is it? */
        be->head = how + 1;
    if (!measured || !is_be(be) || be->head != noun || noun <= how + 2 ||
        t->deprel != REL_NSUBJ || !is_nominal(&s->tokens[noun]))
        return;
    t->upos = UPOS_ADJ;
    t->xpos = XPOS_JJ;
    t->head = s->tokens[noun].head;
    t->deprel = s->tokens[noun].deprel;
    s->tokens[noun].head = how + 1;
    s->tokens[noun].deprel = REL_NSUBJ;
    be->head = how + 1;
    be->deprel = REL_COP;
    for (int32_t i = noun + 1; i < (int32_t)s->count; i++)
        if (s->tokens[i].head == noun && s->tokens[i].upos == UPOS_PUNCT)
            s->tokens[i].head = how + 1;
}

/* The predicate of a question after why, how, where: ready, late, playing. After where it must be
 * the last word: where is the man wearing a hat? */
static bool is_asked_predicate(const struct sentence *s, int32_t wh, int32_t i)
{
    const struct token *t = &s->tokens[i];
    bool last = i + 1 < (int32_t)s->count && is_word(&s->tokens[i + 1], "?");
    if (t->xpos == XPOS_VBG && (is_word(&s->tokens[wh], "why") || t->head == wh))
        return true;
    return last && (t->xpos == XPOS_VBG || t->xpos == XPOS_JJ || is_word(t, "late") ||
                    is_word(t, "early"));
}

/* Why is Tom late? Where are the children playing? The word after the subject is the predicate,
 * and why or where does not stand for one. */
static void settle_wh(struct sentence *s, int32_t wh)
{
    int32_t be = wh + 1, count = (int32_t)s->count, subject = -1, last = -1;
    if (s->tokens[wh].xpos != XPOS_WRB || be >= count || !is_be(&s->tokens[be]) ||
        s->tokens[be].head != wh)
        return;
    for (int32_t i = be + 1; i < count && i < be + REACH && last < 0; i++) {
        const struct token *t = &s->tokens[i];
        if (t->deprel == REL_NSUBJ && subject < 0)
            subject = i;
        bool hangs = t->head == wh || (subject >= 0 && t->head == subject);
        if (subject >= 0 && i > subject && hangs && is_asked_predicate(s, wh, i))
            last = i;
    }
    if (last < 0 || (s->tokens[subject].head != wh && s->tokens[subject].head != last))
        return;
    bool verb = s->tokens[last].xpos == XPOS_VBG;
    int32_t above = s->tokens[wh].head;
    uint8_t rel = s->tokens[wh].deprel;
    for (int32_t i = 0; i < count; i++)
        if (s->tokens[i].head == wh)
            s->tokens[i].head = last;
    s->tokens[last].head = above;
    s->tokens[last].deprel = rel;
    s->tokens[last].upos = verb ? UPOS_VERB : UPOS_ADJ;
    s->tokens[last].xpos = verb ? XPOS_VBG : XPOS_JJ;
    s->tokens[wh].head = s->tokens[subject].head = s->tokens[be].head = last;
    s->tokens[wh].deprel = REL_ADVMOD;
    s->tokens[subject].deprel = REL_NSUBJ;
    s->tokens[be].deprel = verb ? REL_AUX : REL_COP;
}

/* Do, does, did or a modal that stands where questions begin. */
static bool opens_question(const struct sentence *s, int32_t aux)
{
    static const char *const forms[] = {"do", "does", "did", "can", "could", "will", "would",
                                        "should", "must", "ca", "wo"};
    bool known = false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && !known; i++)
        known = is_word(&s->tokens[aux], forms[i]);
    if (!known || (s->tokens[aux].upos != UPOS_AUX && s->tokens[aux].upos != UPOS_VERB))
        return false;
    for (uint32_t i = (uint32_t)aux + 1; i < s->count; i++)
        if (is_word(&s->tokens[i], "?"))
            return aux == 0 || s->tokens[aux - 1].upos == UPOS_CCONJ ||
                   s->tokens[aux - 1].upos == UPOS_PUNCT || is_asking(s, aux - 1);
    return false;
}

/* Could the word be a verb in its base form, whatever it is tagged as? */
static bool may_be_base(const struct lexicon *lexicon, const struct token *t)
{
    struct lex_key key;
    if (is_word(t, "be"))
        return false;
    if (t->xpos == XPOS_VB || t->xpos == XPOS_VBP || is_word(t, "like"))
        return true;
    if (t->xpos != XPOS_NN)
        return false;
    lex_fold(t->form, t->form_length, &key);
    uint32_t word = lex_find(lexicon, key.bytes, key.length);
    return word != LEX_NO_WORD && lex_lexeme_of(lexicon, word, LEX_VERB);
}

static bool is_gerund(const struct token *t)
{
    return t->form_length > 5 && memcmp(t->form + t->form_length - 3, "ing", 3) == 0;
}

/* The verb after the run of nouns that begins at noun: in "the shop stock milk" the one in the
 * middle, in "the bus stop here", "the swimming pool open" the last. -1: there is none. */
static int32_t verb_after(const struct lexicon *lexicon, const struct sentence *s, int32_t noun)
{
    int32_t count = (int32_t)s->count, last = noun;
    while (last + 1 < count && s->tokens[last + 1].upos == UPOS_NOUN)
        last++;
    int32_t next = last + 1;
    if (next < count && may_be_base(lexicon, &s->tokens[next]))
        return next;
    for (int32_t i = noun + 1; i < last; i++)
        if (may_be_base(lexicon, &s->tokens[i]) && !is_gerund(&s->tokens[i - 1]))
            return i;
    return last > noun && may_be_base(lexicon, &s->tokens[last]) ? last : -1;
}

/* The first noun of the subject that follows an auxiliary: the, my, old apart. -1: none. */
static int32_t first_noun(const struct sentence *s, int32_t from)
{
    for (int32_t i = from; i < (int32_t)s->count && i < from + 4; i++) {
        const struct token *t = &s->tokens[i];
        if (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN)
            return i;
        if (t->xpos != XPOS_DT && t->xpos != XPOS_PRPS && t->upos != UPOS_ADJ &&
            t->upos != UPOS_NUM)
            return -1;
    }
    return -1;
}

/* A head for the verb that is not below it; -1: the verb is the root. */
static int32_t safe_head(const struct sentence *s, int32_t verb, int32_t above)
{
    int32_t at = above;
    for (uint32_t step = 0; at >= 0 && at != verb && step < s->count; step++)
        at = s->tokens[at].head;
    return at < 0 ? above : -1;
}

/* Hangs the words of a question on its verb: what hung on the word that passed for it. */
static void make_verb(struct sentence *s, int32_t aux, int32_t noun, int32_t verb)
{
    int32_t old = s->tokens[aux].head, count = (int32_t)s->count;
    if (old < 0 || s->tokens[aux].deprel == REL_ADVCL_RELCL || s->tokens[aux].deprel == REL_CONJ)
        old = aux;
    int32_t above = s->tokens[old].head;
    enum deprel rel = (enum deprel)s->tokens[old].deprel;
    bool asks = above >= 0 && above < aux && s->tokens[above].xpos == XPOS_WRB;
    if (asks) { /* When did the war end: when was the root */
        rel = (enum deprel)s->tokens[above].deprel;
        int32_t top = s->tokens[above].head;
        s->tokens[above].head = verb;
        s->tokens[above].deprel = REL_ADVMOD;
        for (int32_t i = 0; i < count; i++)
            if (s->tokens[i].head == above && i != old)
                s->tokens[i].head = verb;
        above = top;
    }
    for (int32_t i = 0; i < count; i++) {
        struct token *t = &s->tokens[i];
        bool before_noun = i > aux && i < noun;
        if (before_noun && (t->upos == UPOS_DET || t->upos == UPOS_PRON || t->upos == UPOS_ADJ ||
                            t->upos == UPOS_NUM))
            t->head = noun;
        else if ((t->head == old || t->head == noun || (t->head == verb && i < verb)) && i != noun)
            t->head = verb;
    }
    s->tokens[verb].upos = UPOS_VERB;
    s->tokens[verb].xpos = XPOS_VB;
    s->tokens[noun].head = verb;
    s->tokens[noun].deprel = REL_NSUBJ;
    s->tokens[aux].head = verb;
    s->tokens[aux].deprel = REL_AUX;
    s->tokens[aux].upos = UPOS_AUX;
    if (old != verb && old != aux && old != noun) {
        s->tokens[old].head = verb;
        s->tokens[old].deprel = old > verb ? REL_OBJ : REL_ADVMOD;
    }
    above = safe_head(s, verb, above);
    s->tokens[verb].head = above;
    s->tokens[verb].deprel = (uint8_t)(above < 0 ? REL_ROOT : rel);
}

/* What follows the verb: an object, or a phrase that hung on a noun. */
static void settle_rest(struct sentence *s, int32_t verb)
{
    for (int32_t i = verb + 1; i < (int32_t)s->count; i++) {
        struct token *t = &s->tokens[i];
        if (t->head != verb)
            continue;
        if (t->deprel == REL_NMOD || t->deprel == REL_APPOS)
            t->deprel = s->tokens[i - 1].upos == UPOS_ADP || i > verb + 1 ? REL_OBL : REL_OBJ;
        if (i == verb + 1 && t->upos == UPOS_PRON)
            t->deprel = REL_OBJ;
    }
    for (int32_t i = verb + 1; i < (int32_t)s->count; i++)
        if (s->tokens[i].head >= 0 && s->tokens[s->tokens[i].head].head == verb &&
            s->tokens[s->tokens[i].head].deprel == REL_OBJ && s->tokens[i].deprel == REL_CASE)
            s->tokens[s->tokens[i].head].deprel = REL_OBL;
}

/* When does the shop open? What do belongs to is a verb, where the word is one. */
static void settle_base(const struct lexicon *lexicon, struct sentence *s, int32_t aux)
{
    int32_t head = s->tokens[aux].head;
    bool asks = is_word(&s->tokens[aux], "do") || is_word(&s->tokens[aux], "does") ||
                is_word(&s->tokens[aux], "did");
    if (!asks || s->tokens[aux].deprel != REL_AUX || head <= aux || !has_subject(s, head) ||
        !opens_question(s, aux) ||
        (s->tokens[head].upos != UPOS_ADJ && s->tokens[head].upos != UPOS_ADV) ||
        !is_listed(lexicon, &s->tokens[head], LEX_VERB))
        return;
    s->tokens[head].upos = UPOS_VERB;
    s->tokens[head].xpos = XPOS_VB;
}

/* Where does the bus stop? After do, the noun of the subject must be followed by a verb. */
static void settle_verb(const struct lexicon *lexicon, struct sentence *s, int32_t aux)
{
    int32_t head = s->tokens[aux].head, from = aux + 1;
    settle_base(lexicon, s, aux);
    if (!opens_question(s, aux) ||
        (head > aux && s->tokens[head].upos == UPOS_VERB && has_subject(s, head)))
        return;
    if (from < (int32_t)s->count && (s->tokens[from].xpos == XPOS_RB))
        from++;
    int32_t noun = first_noun(s, from);
    int32_t verb = noun < 0 ? -1 : verb_after(lexicon, s, noun);
    if (verb < 0 || (verb + 1 < (int32_t)s->count && is_word(&s->tokens[verb + 1], "be")))
        return;
    for (int32_t i = noun; i + 1 < verb; i++) {
        s->tokens[i].head = verb - 1;
        s->tokens[i].deprel = REL_COMPOUND;
    }
    make_verb(s, aux, verb - 1, verb);
    settle_rest(s, verb);
}

/* "When will it come?" she asked: a question that is told is no adverbial clause of the telling. */
static void settle_told(struct sentence *s, int32_t aux)
{
    int32_t verb = s->tokens[aux].head, head;
    if (verb <= aux || aux == 0 || s->tokens[aux - 1].xpos != XPOS_WRB ||
        s->tokens[aux - 1].head != verb || s->tokens[verb].deprel != REL_ADVCL)
        return;
    head = s->tokens[verb].head;
    for (int32_t i = verb + 1; i < head; i++)
        if (is_word(&s->tokens[i], "?")) {
            s->tokens[verb].deprel = REL_CCOMP;
            return;
        }
}

void lex_settle_asked(const struct lexicon *lexicon, struct sentence *sentence)
{
    for (int32_t i = 0; i < (int32_t)sentence->count; i++) {
        if (i + 3 < (int32_t)sentence->count && is_word(&sentence->tokens[i], "how"))
            settle_degree(lexicon, sentence, i);
        settle_verb(lexicon, sentence, i);
        settle_wh(sentence, i);
        if (sentence->tokens[i].upos == UPOS_AUX) {
            settle_auxiliary(sentence, i);
            settle_time(sentence, i);
            settle_subject(lexicon, sentence, i);
            settle_told(sentence, i);
        }
    }
}
