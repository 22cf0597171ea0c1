/* mistaken.c -- nouns and verbs that the tagger mistook for each other, as the word after them
 * tells: a pronoun in the accusative follows a verb (my dog bit me), a finite verb never follows an
 * auxiliary (the oil can is empty), an existential there does not follow a participle. Runs once
 * per sentence, before lemmas; changes tags, heads and relations, and never makes a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

#include <string.h>

static bool is_one_of(const struct token *t, const char *const *words, size_t count)
{
    struct lex_key key;
    lex_fold(t->form, t->form_length, &key);
    for (size_t i = 0; i < count; i++)
        if (key.length == strlen(words[i]) && memcmp(key.bytes, words[i], key.length) == 0)
            return true;
    return false;
}

/* The tag that a form has as a finite verb; XPOS_NONE: it is none by the lexicon. */
static enum xpos finite_tag(const struct lexicon *lexicon, const struct token *t)
{
    static const enum xpos tags[] = {XPOS_VBD, XPOS_VBZ};
    struct lex_key key;
    lex_fold(t->form, t->form_length, &key);
    uint32_t word = lex_find(lexicon, key.bytes, key.length);
    for (size_t i = 0; word != LEX_NO_WORD && i < sizeof tags / sizeof *tags; i++) {
        const struct lex_reading *r = lex_reading_of(lexicon, word, UPOS_VERB, tags[i]);
        if (r && r->xpos == tags[i])
            return tags[i];
    }
    return XPOS_NONE;
}

/* The cat bit them: what has a subject and such an object is no noun. */
static void settle_tag(const struct lexicon *lexicon, struct sentence *s, int32_t pronoun)
{
    static const char *const forms[] = {"me", "him", "us", "them"};
    struct token *v = &s->tokens[pronoun - 1];
    bool subject = false;
    enum xpos tag;
    if (v->upos != UPOS_NOUN || s->tokens[pronoun].head != pronoun - 1 ||
        s->tokens[pronoun].deprel != REL_OBJ ||
        !is_one_of(&s->tokens[pronoun], forms, sizeof forms / sizeof *forms) ||
        (tag = finite_tag(lexicon, v)) == XPOS_NONE)
        return;
    for (int32_t i = 0; i + 1 < pronoun && !subject; i++)
        subject = s->tokens[i].head == pronoun - 1 && s->tokens[i].deprel == REL_NSUBJ;
    if (!subject)
        return;
    v->upos = UPOS_VERB;
    v->xpos = (uint8_t)tag;
}

/* Somebody stole the bicycle: what has a subject and an object, and nothing that nouns have, is no
 * noun. */
static void settle_noun(const struct lexicon *lexicon, struct sentence *s, int32_t noun)
{
    struct token *v = &s->tokens[noun];
    bool subject = false, object = false;
    enum xpos tag;
    if (v->upos != UPOS_NOUN || v->xpos != XPOS_NN)
        return;
    int32_t first = noun > 16 ? noun - 16 : 0, n = (int32_t)s->count;
    for (int32_t i = first; i < n && i < noun + 16; i++) {
        if (s->tokens[i].head != noun)
            continue;
        subject |= i < noun && s->tokens[i].deprel == REL_NSUBJ;
        object |= i > noun && s->tokens[i].deprel == REL_OBJ;
        if (s->tokens[i].deprel == REL_COP || s->tokens[i].deprel == REL_DET ||
            s->tokens[i].deprel == REL_NMOD_POSS || s->tokens[i].deprel == REL_AUX)
            return;
    }
    if (!subject || !object || (tag = finite_tag(lexicon, v)) == XPOS_NONE)
        return;
    v->upos = UPOS_VERB;
    v->xpos = (uint8_t)tag;
}

/* My neighbour's dog bit me: bit is no subject of me, dog describes no bit. */
static void settle_object(const struct lexicon *lexicon, struct sentence *s, int32_t pronoun)
{
    static const char *const forms[] = {"me", "him", "us", "them"};
    struct token *p = &s->tokens[pronoun], *v = &s->tokens[pronoun - 1];
    struct token *n = &s->tokens[pronoun - 2];
    enum xpos tag;
    if (p->xpos != XPOS_PRP || v->head != pronoun || v->upos != UPOS_NOUN ||
        (v->deprel != REL_NSUBJ && v->deprel != REL_COMPOUND) || n->head != pronoun - 1 ||
        n->deprel != REL_COMPOUND || n->upos != UPOS_NOUN ||
        !is_one_of(p, forms, sizeof forms / sizeof *forms) ||
        (tag = finite_tag(lexicon, v)) == XPOS_NONE)
        return;
    for (int32_t i = 0; i < (int32_t)s->count; i++) {
        if (s->tokens[i].head == pronoun && i != pronoun - 1)
            s->tokens[i].head = pronoun - 1;
        if (s->tokens[i].head == pronoun - 1 && i < pronoun - 2 &&
            s->tokens[i].deprel != REL_PUNCT && s->tokens[i].deprel != REL_CC)
            s->tokens[i].head = pronoun - 2;
    }
    v->head = p->head;
    v->deprel = p->deprel;
    v->upos = UPOS_VERB;
    v->xpos = (uint8_t)tag;
    n->deprel = REL_NSUBJ;
    p->head = pronoun - 1;
    p->deprel = REL_OBJ;
}

static bool is_finite(const struct token *t)
{
    static const char *const forms[] = {"is", "are", "was", "were", "has", "does", "did"};
    return (t->upos == UPOS_AUX || t->upos == UPOS_VERB) &&
           (t->xpos == XPOS_VBZ || is_one_of(t, forms, sizeof forms / sizeof *forms));
}

/* The oil can is empty. */
static void settle_modal(struct sentence *s, int32_t i)
{
    static const char *const forms[] = {"can", "will", "might", "must"};
    struct token *t = &s->tokens[i], *n = &s->tokens[i - 1];
    bool subject = n->deprel == REL_NSUBJ || n->deprel == REL_NSUBJ_PASS;
    if (t->xpos != XPOS_MD || t->deprel != REL_AUX || !is_finite(&s->tokens[i + 1]) ||
        n->upos != UPOS_NOUN || n->xpos != XPOS_NN || !subject || n->head != t->head ||
        !is_one_of(t, forms, sizeof forms / sizeof *forms))
        return;
    t->upos = UPOS_NOUN;
    t->xpos = XPOS_NN;
    t->deprel = n->deprel;
    for (int32_t k = 0; k < i; k++)
        if (s->tokens[k].head == i - 1)
            s->tokens[k].head = i;
    n->head = i;
    n->deprel = REL_COMPOUND;
}

static bool is_main_tag(const struct token *t)
{
    return t->upos == UPOS_VERB &&
           (t->xpos == XPOS_VBZ || t->xpos == XPOS_VBD || t->xpos == XPOS_VBP);
}

/* Nobody in our street owns a dog: in takes street, and owns heads the sentence. */
static void settle_phrase(struct sentence *s, int32_t verb)
{
    int32_t root = s->tokens[verb].head, noun = -1, preposition = -1;
    if (!is_main_tag(&s->tokens[verb]) || s->tokens[verb].deprel != REL_NMOD || root < 0 ||
        root > verb || s->tokens[root].head >= 0)
        return;
    for (int32_t i = root + 1; i < verb; i++) {
        if (s->tokens[i].head == verb && s->tokens[i].deprel == REL_CASE)
            preposition = i;
        if (s->tokens[i].head == verb && s->tokens[i].deprel == REL_NSUBJ)
            noun = i;
    }
    if (preposition < 0 || noun < preposition)
        return;
    for (int32_t i = 0; i < (int32_t)s->count; i++) {
        if (i < noun && s->tokens[i].head == verb)
            s->tokens[i].head = noun;
        if (i > verb && s->tokens[i].head == root)
            s->tokens[i].head = verb;
    }
    s->tokens[noun].head = root;
    s->tokens[noun].deprel = REL_NMOD;
    s->tokens[verb].head = -1;
    s->tokens[verb].deprel = REL_ROOT;
    s->tokens[root].head = verb;
    s->tokens[root].deprel = REL_NSUBJ;
}

/* What be says of its subject, behind be: what the parser took for the subject of "there is", or
 * for a complement; -1: none. */
static int32_t predicate_after(const struct sentence *s, int32_t be)
{
    for (int32_t i = be + 1; i < (int32_t)s->count; i++) {
        const struct token *t = &s->tokens[i];
        if (t->head == be && (t->deprel == REL_NSUBJ || t->deprel == REL_XCOMP ||
                              (t->deprel == REL_ADVCL && t->xpos == XPOS_VBG)))
            return i;
    }
    return -1;
}

static int32_t subject_of(const struct sentence *s, int32_t verb)
{
    int32_t found = -1;
    if (s->tokens[verb].deprel == REL_ACL && s->tokens[verb].head == verb - 1)
        return verb - 1;
    for (int32_t i = 0; i < (int32_t)s->count; i++) {
        const struct token *t = &s->tokens[i];
        if (t->head == verb && t->deprel == REL_NSUBJ && i == verb - 1)
            found = i;
        if (t->head == verb && (t->deprel == REL_AUX || t->deprel == REL_MARK))
            return -1;
    }
    return found;
}

/* The man sitting there is my uncle: there says where he sits, not that there is an uncle. */
static void settle_there(struct sentence *s, int32_t there)
{
    static const char *const forms[] = {"is", "are", "was", "were"};
    int32_t verb = there - 1, be = there + 1, noun, said;
    if (s->tokens[there].xpos != XPOS_EX || s->tokens[verb].xpos != XPOS_VBG ||
        !is_one_of(&s->tokens[be], forms, sizeof forms / sizeof *forms) ||
        (noun = subject_of(s, verb)) < 0 || (said = predicate_after(s, be)) < 0)
        return;
    struct token *top = &s->tokens[s->tokens[verb].head == noun ? be : verb];
    int32_t above = top->head;
    uint8_t rel = top->deprel;
    if (above == verb || above == be || above == noun)
        return;
    for (int32_t i = 0; i < (int32_t)s->count; i++) {
        struct token *t = &s->tokens[i];
        bool outer = t->head == verb && (i > there || i < noun || t->upos == UPOS_PUNCT);
        if (i != said && (t->head == be || outer))
            t->head = said;
    }
    bool verbal = s->tokens[said].xpos == XPOS_VBG;
    s->tokens[said].head = above;
    s->tokens[said].deprel = rel;
    s->tokens[be].head = s->tokens[noun].head = said;
    s->tokens[be].deprel = verbal ? REL_AUX : REL_COP;
    s->tokens[be].upos = UPOS_AUX;
    s->tokens[noun].deprel = REL_NSUBJ;
    s->tokens[verb].head = noun;
    s->tokens[verb].deprel = REL_ACL;
    s->tokens[there].head = verb;
    s->tokens[there].deprel = REL_ADVMOD;
    s->tokens[there].upos = UPOS_ADV;
    s->tokens[there].xpos = XPOS_RB;
}

void lex_settle_mistaken(const struct lexicon *lexicon, struct sentence *sentence)
{
    for (int32_t i = 1; i < (int32_t)sentence->count; i++) {
        settle_phrase(sentence, i);
        settle_noun(lexicon, sentence, i);
        if (i > 1) {
            settle_tag(lexicon, sentence, i);
            settle_object(lexicon, sentence, i);
        }
        if (i + 1 < (int32_t)sentence->count)
            settle_modal(sentence, i);
        if (i > 1 && i + 1 < (int32_t)sentence->count)
            settle_there(sentence, i);
    }
}
