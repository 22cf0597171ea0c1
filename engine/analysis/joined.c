/* joined.c -- coordinated subjects that end in a nominative pronoun (my brothers and I built a
 * den), which the parser often cuts in two. The case of the pronoun decides: it is joined to the
 * noun before "and" where that noun would have no verb, or the same verb, otherwise. Runs once
 * per sentence, after lemmas and classes; changes heads and relations only, and never makes a
 * cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

static bool is_nominative(const struct token *t)
{
    static const char *const forms[] = {"i", "he", "she", "we", "they"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *f = forms[i];
        uint32_t k = 0;
        while (f[k] && k < t->form_length && (t->form[k] | 32) == f[k])
            k++;
        if (!f[k] && k == t->form_length)
            return t->xpos == XPOS_PRP;
    }
    return false;
}

static bool is_subject(const struct token *t)
{
    return t->deprel == REL_NSUBJ || t->deprel == REL_NSUBJ_PASS;
}

static void hang(struct sentence *s, int32_t token, int32_t head, enum deprel rel)
{
    s->tokens[token].head = head;
    s->tokens[token].deprel = (uint8_t)rel;
}

/* A name, a pronoun or a noun for people: what is joined to a nominative pronoun. */
static bool is_person(const struct token *t)
{
    return t->upos == UPOS_PROPN || (t->upos == UPOS_PRON && t->xpos == XPOS_PRP) ||
           (t->classes & (CLASS(PERSON) | CLASS(MALE) | CLASS(FEMALE) | CLASS(ANIMAL)));
}

/* The coordinator right before a token, or -1. */
static int32_t coordinator(const struct sentence *s, int32_t token)
{
    if (token < 2 || s->tokens[token - 1].upos != UPOS_CCONJ)
        return -1;
    return token - 1;
}

static bool is_comma(const struct token *t)
{
    return t->form_length == 1 && t->form[0] == ',';
}

static bool is_below(const struct sentence *s, int32_t token, int32_t ancestor)
{
    for (uint32_t step = 0; token >= 0 && step <= s->count; step++) {
        if (token == ancestor)
            return true;
        token = s->tokens[token].head;
    }
    return false;
}

static void join(struct sentence *s, int32_t first, int32_t cc, int32_t pronoun)
{
    hang(s, pronoun, first, REL_CONJ);
    hang(s, cc, pronoun, REL_CC);
    s->tokens[pronoun].arc_confidence = s->tokens[first].arc_confidence;
}

/* Have your parents and I met: what stands between auxiliary and "and" is no object. */
static bool is_inverted_subject(const struct sentence *s, int32_t noun, int32_t cc, int32_t verb)
{
    const struct token *n = &s->tokens[noun];
    if (n->deprel != REL_OBJ || n->head != verb || noun + 1 != cc)
        return false;
    for (int32_t i = 0; i < noun; i++)
        if (s->tokens[i].deprel == REL_AUX && s->tokens[i].head == verb)
            return true;
    return false;
}

/* My brothers and I built: two subjects of one verb. */
static bool join_same_verb(struct sentence *s, int32_t cc, int32_t pronoun)
{
    int32_t verb = s->tokens[pronoun].head;
    if (!is_subject(&s->tokens[pronoun]) || verb < pronoun || is_below(s, verb, cc))
        return false;
    for (int32_t i = 0; i < cc; i++) {
        struct token *t = &s->tokens[i];
        bool inverted = is_inverted_subject(s, i, cc, verb);
        if (!is_person(t) || t->head != verb || (!is_subject(t) && !inverted))
            continue;
        if (inverted)
            t->deprel = REL_NSUBJ;
        join(s, i, cc, pronoun);
        return true;
    }
    return false;
}

static bool has_comma(const struct sentence *s, int32_t from, int32_t to)
{
    for (int32_t i = from; i < to; i++)
        if (is_comma(&s->tokens[i]))
            return true;
    return false;
}

/* My friend Ben and I: joined to the friend, not to the apposition. The nurse, the doctor and I: no
 * apposition, if no comma closes it. */
static void join_apposition(struct sentence *s, int32_t cc, int32_t pronoun)
{
    int32_t first = s->tokens[pronoun].head;
    if (s->tokens[pronoun].deprel != REL_CONJ || first < 0 || first >= cc)
        return;
    if (s->tokens[first].deprel == REL_APPOS && s->tokens[first].head >= 0 &&
        s->tokens[first].head < first)
        first = s->tokens[first].head;
    if (!is_person(&s->tokens[first]))
        return;
    hang(s, pronoun, first, REL_CONJ);
    for (int32_t i = first + 1; i < cc; i++)
        if (s->tokens[i].deprel == REL_APPOS && s->tokens[i].head == first &&
            has_comma(s, first + 1, i) && !is_comma(&s->tokens[cc - 1]))
            s->tokens[i].deprel = REL_CONJ;
}

/* A noun at the top of the sentence that has no verb: Jo, Ed, Sam, and I share a flat. */
static bool is_loose(const struct sentence *s, int32_t noun, int32_t cc)
{
    if (!is_person(&s->tokens[noun]) || s->tokens[noun].head >= 0)
        return false;
    for (int32_t i = 0; i < cc; i++) {
        const struct token *t = &s->tokens[i];
        bool inside = i <= noun || t->deprel == REL_CONJ || t->deprel == REL_FLAT ||
                      t->deprel == REL_APPOS || (i + 1 == cc && is_comma(t));
        for (int32_t k = i + 1; k < cc && !inside; k++) /* what stands before a member */
            inside = s->tokens[k].deprel == REL_CONJ || s->tokens[k].deprel == REL_APPOS;
        if (t->upos == UPOS_VERB || t->upos == UPOS_AUX || !inside)
            return false;
    }
    return !is_comma(&s->tokens[cc - 1]) || s->tokens[cc - 2].deprel == REL_CONJ;
}

static void join_loose(struct sentence *s, int32_t cc, int32_t pronoun)
{
    int32_t verb = s->tokens[pronoun].head;
    if (!is_subject(&s->tokens[pronoun]) || verb < pronoun || s->tokens[verb].deprel != REL_CONJ)
        return;
    int32_t noun = s->tokens[verb].head;
    if (noun < 0 || noun >= cc || !is_loose(s, noun, cc))
        return;
    hang(s, verb, -1, REL_ROOT);
    hang(s, noun, verb, REL_NSUBJ);
    join(s, noun, cc, pronoun);
    for (int32_t i = pronoun + 1; i < (int32_t)s->count; i++)
        if (s->tokens[i].head == noun && i != verb)
            s->tokens[i].head = verb;
}

void lex_join_subjects(struct sentence *sentence)
{
    for (int32_t i = 2; i < (int32_t)sentence->count; i++) {
        if (!is_nominative(&sentence->tokens[i]))
            continue;
        int32_t cc = coordinator(sentence, i);
        if (cc < 1)
            continue;
        if (!join_same_verb(sentence, cc, i))
            join_loose(sentence, cc, i);
        join_apposition(sentence, cc, i);
    }
}
