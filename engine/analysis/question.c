/* question.c -- questions that begin with have: Have the girls ever seen it? Treebanks have few,
 * and the parser takes have for the predicate (have them leave) or its verb for another one. The
 * mark at the end and a participle behind a noun phrase show what it is. Runs once per sentence,
 * before lemmas; changes parts of speech, heads and relations, and never makes a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

#include <string.h>

/* how far from have its verb is looked for, and behind that what hangs on them */
enum { REACH = 16, FAR = 64 };

static bool is_form(const struct token *t, const char *form)
{
    struct lex_key key;
    lex_fold(t->form, t->form_length, &key);
    return key.length == strlen(form) && memcmp(key.bytes, form, key.length) == 0;
}

static bool is_asked(const struct sentence *s)
{
    for (uint32_t i = s->count; i-- > 0;)
        if (s->tokens[i].form_length == 1 && s->tokens[i].form[0] == '?')
            return true;
    return false;
}

static bool has_copula(const struct sentence *s, int32_t head)
{
    for (int32_t i = head - 1; i >= 0 && i + REACH > head; i--)
        if (s->tokens[i].head == head && s->tokens[i].deprel == REL_COP &&
            s->tokens[i].xpos == XPOS_VBN)
            return true;
    return false;
}

static bool is_nominal(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON;
}

/* The verb, or the predicate with been, that have belongs to; -1: none. */
static int32_t predicate_of(const struct sentence *s, int32_t have)
{
    const struct token *h = &s->tokens[have];
    if (h->deprel == REL_AUX)
        return h->head;
    if (h->deprel == REL_CSUBJ && h->head > have && s->tokens[h->head].upos == UPOS_VERB)
        return h->head;
    bool subject = false;
    for (int32_t i = have + 1; i < (int32_t)s->count && i < have + REACH; i++) {
        const struct token *t = &s->tokens[i];
        int32_t above = t->head;
        bool own = above == have;
        bool object = above > have && above < i && s->tokens[above].head == have &&
                      is_nominal(&s->tokens[above]) &&
                      (t->deprel == REL_ACL || t->deprel == REL_AMOD);
        bool participle = t->xpos == XPOS_VBN || t->xpos == XPOS_VBD ||
                          (t->xpos == XPOS_VBP && t->upos == UPOS_VERB) ||
                          (t->upos == UPOS_ADJ && is_form(t, "gone"));
        if (subject && (own || object) && (participle || has_copula(s, i)))
            return i;
        if (t->upos == UPOS_VERB || t->upos == UPOS_PUNCT || t->xpos == XPOS_TO)
            return -1;
        subject |= is_nominal(t) && t->xpos != XPOS_PRPS;
    }
    return -1;
}

static bool has_subject(const struct sentence *s, int32_t verb, int32_t from)
{
    for (int32_t i = from; i < verb; i++)
        if (s->tokens[i].head == verb &&
            (s->tokens[i].deprel == REL_NSUBJ || s->tokens[i].deprel == REL_NSUBJ_PASS))
            return true;
    return false;
}

/* Hangs what hung on have, and its object before the verb, on the verb. */
static void take_over(struct sentence *s, int32_t have, int32_t verb)
{
    for (int32_t i = have > REACH ? have - REACH : 0;
         i < (int32_t)s->count && i < verb + FAR; i++) {
        struct token *t = &s->tokens[i];
        if (i == verb || t->head != have)
            continue;
        bool between = i > have && i < verb;
        if (between && t->xpos == XPOS_PRPS) {
            int32_t noun = i + 1;
            while (noun < verb && s->tokens[noun].upos != UPOS_NOUN)
                noun++;
            t->head = noun < verb ? noun : verb;
            t->deprel = REL_NMOD_POSS;
            continue;
        }
        t->head = verb;
        if (between && is_nominal(t) && t->deprel != REL_VOCATIVE &&
            !has_subject(s, verb, have + 1))
            t->deprel = REL_NSUBJ;
    }
}

/* A second subject, behind the verb, is its object. */
static void settle_object(struct sentence *s, int32_t have, int32_t verb)
{
    if (s->tokens[verb].upos != UPOS_VERB || !has_subject(s, verb, have + 1))
        return;
    for (int32_t i = verb + 1; i < (int32_t)s->count && i < verb + REACH; i++)
        if (s->tokens[i].head == verb && s->tokens[i].deprel == REL_NSUBJ)
            s->tokens[i].deprel = REL_OBJ;
}

static void settle_have(struct sentence *s, int32_t have)
{
    struct token *h = &s->tokens[have];
    int32_t verb = predicate_of(s, have);
    if (verb <= have || verb >= (int32_t)s->count)
        return;
    struct token *v = &s->tokens[verb];
    int32_t noun = v->head;
    if (h->head != verb) {
        v->head = h->head;
        v->deprel = h->deprel;
    } else if (noun == have) {
        return;
    }
    if (noun > have && noun < verb) {
        s->tokens[noun].head = verb;
        s->tokens[noun].deprel = REL_NSUBJ;
    }
    h->head = verb;
    h->deprel = REL_AUX;
    h->upos = UPOS_AUX;
    h->xpos = h->xpos == XPOS_VB ? XPOS_VBP : h->xpos;
    take_over(s, have, verb);
    settle_object(s, have, verb);
}

/* At the start of the sentence, of a quotation or of a joined clause. */
static bool begins_clause(const struct sentence *s, int32_t i)
{
    return i == 0 || s->tokens[i - 1].upos == UPOS_PUNCT || s->tokens[i - 1].upos == UPOS_CCONJ;
}

void lex_settle_question(struct sentence *sentence)
{
    bool asked = is_asked(sentence);
    for (int32_t i = 0; asked && i < (int32_t)sentence->count; i++) {
        const struct token *t = &sentence->tokens[i];
        if (t->form_length > 2 && (t->form[0] | 32) == 'h' && begins_clause(sentence, i) &&
            (is_form(t, "have") || is_form(t, "has")))
            settle_have(sentence, i);
    }
}
