/* asked.c -- questions in which the parser loses the subject: Is dinner ready? How tall is
 * your brother? The order of words shows it. Runs once per sentence, before lemmas; changes tags,
 * heads and relations, and never makes a cycle.
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

/* Is dinner ready? The noun between the finite word and what is asked is the subject, no time or
 * measure. */
static void settle_subject(struct sentence *s, int32_t be)
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

void lex_settle_asked(const struct lexicon *lexicon, struct sentence *sentence)
{
    for (int32_t i = 0; i < (int32_t)sentence->count; i++) {
        if (i + 3 < (int32_t)sentence->count && is_word(&sentence->tokens[i], "how"))
            settle_degree(lexicon, sentence, i);
        if (sentence->tokens[i].upos == UPOS_AUX)
            settle_subject(sentence, i);
    }
}
