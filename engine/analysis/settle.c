/* settle.c -- what the tagger and the parser say against each other or against the lexicon, where
 * one of them is surely right: the form of a verb under its auxiliary, what 's stands for, what n't
 * hangs on. Called by lexicon_annotate() for one token at a time.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "analysis/lexicon_lookup.h"

enum { AUXILIARY_REACH = 24 }; /* how many words apart an auxiliary and its verb are looked for */

static bool equals(const struct token *t, const char *word)
{
    return t->lemma_length == strlen(word) && memcmp(t->lemma, word, t->lemma_length) == 0;
}

static bool key_is(const struct lex_key *key, const char *word)
{
    return key->length == strlen(word) && memcmp(key->bytes, word, key->length) == 0;
}

static bool is_one_of(const struct token *t, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (equals(t, words[i]))
            return true;
    return false;
}

/* Whether a participle behind 's cannot be a passive: it has its object, or takes none. */
static bool is_perfect(const struct sentence *sentence, uint32_t participle)
{
    static const char *const active[] = {"become", "come", "go", "happen", "get", "have"};
    /* passives that keep an object or a name */
    static const char *const keeping[] = {
        "call", "name", "title", "dub", "term", "label", "elect", "appoint", "give", "grant",
        "award", "offer", "pay", "allow", "ask", "charge", "fine", "teach", "tell", "deny",
        "refuse", "promise", "owe", "assign", "show"};
    const struct token *v = &sentence->tokens[participle];
    if (is_one_of(v, active, sizeof active / sizeof *active))
        return true;
    if (is_one_of(v, keeping, sizeof keeping / sizeof *keeping))
        return false;
    if ((v->classes & (CLASS(INTRANSITIVE) | CLASS(WEATHER))) &&
        !((v->classes & CLASS(TRANSITIVE)) && !(v->classes & CLASS(WEATHER))))
        return true;
    for (uint32_t i = participle + 1; i < sentence->count && i < participle + AUXILIARY_REACH; i++)
        if (sentence->tokens[i].head == (int32_t)participle &&
            sentence->tokens[i].deprel == REL_OBJ)
            return true;
    return false;
}

static void make_perfect(struct sentence *sentence, uint32_t clitic, uint32_t participle)
{
    struct token *t = &sentence->tokens[clitic];
    t->lemma = "have";
    t->lemma_length = 4;
    t->upos = UPOS_AUX;
    if (t->deprel == REL_COP || t->deprel == REL_AUX_PASS)
        t->deprel = REL_AUX;
    const struct token *v = &sentence->tokens[participle];
    bool verb = v->deprel != REL_COP && v->deprel != REL_AUX_PASS;
    for (uint32_t i = clitic; verb && i-- > 0 && i + AUXILIARY_REACH > clitic;)
        if (sentence->tokens[i].head == (int32_t)participle &&
            sentence->tokens[i].deprel == REL_NSUBJ_PASS)
            sentence->tokens[i].deprel = REL_NSUBJ;
}

/* 's is also have before been, and where its participle is no passive, whatever the parser said. */
void lex_settle_clitic(struct sentence *sentence, uint32_t i)
{
    const struct token *t = &sentence->tokens[i];
    if (t->xpos != XPOS_VBZ || !equals(t, "be") || (t->form[0] | 32) == 'i')
        return;
    uint32_t next = i + 1;
    while (next < sentence->count && next < i + 4 && sentence->tokens[next].xpos == XPOS_RB)
        next++;
    if (next >= sentence->count || sentence->tokens[next].xpos != XPOS_VBN)
        return;
    bool been = equals(&sentence->tokens[next], "be");
    if (been || (t->deprel == REL_AUX_PASS && t->head == (int32_t)next &&
                 is_perfect(sentence, next)))
        make_perfect(sentence, i, next);
}

static bool is_verb_tag(enum xpos xpos)
{
    return xpos == XPOS_VB || xpos == XPOS_VBD || xpos == XPOS_VBN || xpos == XPOS_VBP ||
           xpos == XPOS_VBZ || xpos == XPOS_VBG;
}

/* What an auxiliary asks of its verb: a participle (have), the base form (do, modals), or nothing
 * that this knows of. */
static enum xpos asked_by(const struct token *t)
{
    static const char *const have[] = {"have", "has", "'ve", "having"};
    static const char *const base[] = {"do", "does", "did", "can", "could", "will", "would",
                                       "shall", "should", "may", "might", "must", "'ll"};
    struct lex_key key;
    lex_fold(t->form, t->form_length, &key);
    for (size_t i = 0; i < sizeof have / sizeof *have; i++)
        if (key_is(&key, have[i]))
            return XPOS_VBN;
    for (size_t i = 0; i < sizeof base / sizeof *base; i++)
        if (key_is(&key, base[i]))
            return XPOS_VB;
    return XPOS_NONE;
}

/* Whether the word is this form of one of its lemmas; strict: by inflection, not because someone
 * has written it so once. */
static bool can_be(const struct lexicon *lexicon, struct arena *arena, const struct token *v,
                   uint32_t word, enum xpos xpos, bool strict)
{
    const struct lex_reading *r = lex_reading_of(lexicon, word, UPOS_VERB, xpos);
    if (xpos != XPOS_VBD && xpos != XPOS_VBN)
        return r != NULL || (lex_lexeme_of(lexicon, word, LEX_VERB) != NULL && xpos != XPOS_VBG);
    if (r == NULL || (r->xpos == xpos && !strict))
        return r != NULL;
    struct lex_text lemma = lex_string(lexicon, r->lemma);
    const char *form;
    size_t length;
    struct lex_key key;
    lex_fold(v->form, v->form_length, &key);
    return lexicon_inflect(lexicon, arena, lemma.bytes, lemma.length,
                           xpos == XPOS_VBD ? FORM_PAST : FORM_PP, &form, &length) &&
           length == key.length && memcmp(form, key.bytes, length) == 0;
}

/* The form that the last auxiliary before a verb asks for; XPOS_NONE: unknown or none. */
static enum xpos asked_of(const struct sentence *sentence, uint32_t i)
{
    for (uint32_t k = i; k-- > 0 && k + AUXILIARY_REACH > i;) {
        const struct token *t = &sentence->tokens[k];
        if (t->head != (int32_t)i)
            continue;
        if (t->deprel == REL_AUX_PASS || t->deprel == REL_CONJ || t->deprel == REL_COP ||
            t->deprel == REL_MARK)
            return XPOS_NONE;
        if (t->deprel == REL_AUX)
            return asked_by(t);
    }
    return XPOS_NONE;
}

/* Whether a third person that a finite verb in the present would agree with hangs on it. */
static bool has_singular_subject(const struct sentence *sentence, uint32_t i)
{
    for (uint32_t k = i; k-- > 0 && k + AUXILIARY_REACH > i;) {
        const struct token *t = &sentence->tokens[k];
        if (t->head != (int32_t)i || t->deprel != REL_NSUBJ)
            continue;
        struct lex_key key;
        lex_fold(t->form, t->form_length, &key);
        return t->xpos == XPOS_NN || t->xpos == XPOS_NNP || key_is(&key, "he") ||
               key_is(&key, "she") || key_is(&key, "it");
    }
    return false;
}

/* Whether a verb is the sentence's and has neither subject nor auxiliary: an order. */
static bool is_order(const struct sentence *sentence, uint32_t i)
{
    if (sentence->tokens[i].deprel != REL_ROOT)
        return false;
    for (uint32_t k = 0; k < i && k < AUXILIARY_REACH; k++)
        if (sentence->tokens[k].head == (int32_t)i && sentence->tokens[k].upos != UPOS_PUNCT &&
            sentence->tokens[k].upos != UPOS_INTJ)
            return false;
    return i < AUXILIARY_REACH;
}

/* Behind let us, do, please: a base form. */
static bool follows_let(const struct sentence *sentence, uint32_t i)
{
    struct lex_key key;
    if (i < 2)
        return false;
    lex_fold(sentence->tokens[i - 1].form, sentence->tokens[i - 1].form_length, &key);
    if (!key_is(&key, "'s") && !key_is(&key, "us") && !key_is(&key, "me"))
        return false;
    lex_fold(sentence->tokens[i - 2].form, sentence->tokens[i - 2].form_length, &key);
    return key_is(&key, "let");
}

/* A subject without an article is as likely a heading's: Passport needed. */
static bool is_headless(const struct sentence *sentence, uint32_t subject)
{
    if (sentence->tokens[subject].xpos != XPOS_NN && sentence->tokens[subject].xpos != XPOS_NNS)
        return false;
    for (uint32_t k = subject; k-- > 0 && k + AUXILIARY_REACH > subject;)
        if (sentence->tokens[k].head == (int32_t)subject &&
            (sentence->tokens[k].deprel == REL_DET || sentence->tokens[k].deprel == REL_NMOD_POSS))
            return false;
    return true;
}

/* Whether a verb is the sentence's, with a subject and without any auxiliary. */
static bool is_told(const struct sentence *sentence, uint32_t i)
{
    bool subject = false;
    if (sentence->tokens[i].deprel != REL_ROOT)
        return false;
    for (uint32_t k = i; k-- > 0 && k + AUXILIARY_REACH > i;) {
        const struct token *t = &sentence->tokens[k];
        if (t->head != (int32_t)i)
            continue;
        if (t->deprel == REL_AUX || t->deprel == REL_AUX_PASS || t->deprel == REL_COP ||
            t->deprel == REL_NSUBJ_PASS)
            return false;
        subject |= t->deprel == REL_NSUBJ && !is_headless(sentence, k);
    }
    return subject;
}

/* Shut up and listen: what looks the same in the past is a base form in orders. He spat it out:
 * what does not agree with its subject is the past of another verb. The boy vomited: a participle
 * has an auxiliary. */
static void settle_tense(const struct lexicon *lexicon, struct arena *arena,
                         struct sentence *sentence, uint32_t i, uint32_t word)
{
    struct token *v = &sentence->tokens[i];
    bool past = v->xpos == XPOS_VBD || v->xpos == XPOS_VBN;
    if (v->upos != UPOS_VERB || word == LEX_NO_WORD)
        return;
    if (past && lex_lexeme_of(lexicon, word, LEX_VERB) &&
        (follows_let(sentence, i) || is_order(sentence, i)) &&
        can_be(lexicon, arena, v, word, XPOS_VB, false))
        v->xpos = XPOS_VB;
    else if (v->xpos == XPOS_VBN && is_told(sentence, i) &&
             can_be(lexicon, arena, v, word, XPOS_VBD, true))
        v->xpos = XPOS_VBD;
    if (v->xpos == XPOS_VBP && has_singular_subject(sentence, i) &&
        can_be(lexicon, arena, v, word, XPOS_VBD, true))
        v->xpos = XPOS_VBD;
}

/* In questions the tagger loses sight of the auxiliary (Have you already paid?), in coordination of
 * the form (has written and sung: a base form). A verb has the form that the last auxiliary before
 * it asks for; else one that the word can be. */
void lex_settle_verb(const struct lexicon *lexicon, struct arena *arena,
                     struct sentence *sentence, uint32_t i, uint32_t word)
{
    static const enum xpos others[] = {XPOS_VBD, XPOS_VBN, XPOS_VBP};
    struct token *v = &sentence->tokens[i];
    bool participle = v->upos == UPOS_ADJ && word != LEX_NO_WORD;
    if (v->upos == UPOS_VERB && v->xpos == XPOS_VBG && i > 0 && word != LEX_NO_WORD &&
        sentence->tokens[i - 1].xpos == XPOS_TO &&
        lex_lexeme_of(lexicon, word, LEX_VERB) != NULL) {
        v->xpos = XPOS_VB; /* to sing, to bring: no gerund ends so */
        return;
    }
    if (!participle && (v->upos != UPOS_VERB || !is_verb_tag(v->xpos)))
        return;
    enum xpos asked = asked_of(sentence, i);
    if (asked == XPOS_NONE)
        settle_tense(lexicon, arena, sentence, i, word);
    if (participle && asked != XPOS_VBN)
        return;
    bool known = word != LEX_NO_WORD;
    if (asked != XPOS_NONE && asked != (enum xpos)v->xpos &&
        (known ? can_be(lexicon, arena, v, word, asked, false) : v->xpos != XPOS_VBG)) {
        v->xpos = (uint8_t)asked;
        v->upos = UPOS_VERB;
        return;
    }
    if (participle || !known || v->xpos == XPOS_VBZ ||
        can_be(lexicon, arena, v, word, (enum xpos)v->xpos, false))
        return;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        if (can_be(lexicon, arena, v, word, others[k], true)) {
            bool to = i > 0 && sentence->tokens[i - 1].xpos == XPOS_TO;
            v->xpos = others[k] == XPOS_VBP && to ? XPOS_VB : (uint8_t)others[k];
            return;
        }
}

/* n't hangs on what its auxiliary hangs on; in questions the parser takes the subject for it. */
void lex_settle_negation(struct sentence *sentence, uint32_t i, const struct lex_key *key)
{
    struct token *t = &sentence->tokens[i];
    if (i == 0 || t->xpos != XPOS_RB || !key_is(key, "n't"))
        return;
    const struct token *host = &sentence->tokens[i - 1];
    if ((host->upos != UPOS_AUX && host->upos != UPOS_VERB) ||
        host->head == (int32_t)i)
        return;
    bool leans = host->deprel == REL_AUX || host->deprel == REL_AUX_PASS ||
                 host->deprel == REL_COP;
    t->head = leans && host->head >= 0 ? host->head : (int32_t)i - 1;
    t->deprel = REL_ADVMOD;
}

/* The participle between have and a noun that the parser made the predicate; -1: none, or the noun
 * has a copula of its own. */
static int32_t hidden_participle(const struct sentence *sentence, int32_t have, int32_t noun)
{
    int32_t found = -1;
    for (int32_t i = noun - 1; i > have && i + AUXILIARY_REACH > noun; i--) {
        const struct token *t = &sentence->tokens[i];
        if (t->head != noun)
            continue;
        if (t->deprel == REL_COP || t->deprel == REL_AUX || t->deprel == REL_DET ||
            t->deprel == REL_NMOD_POSS)
            return -1;
        if (t->xpos == XPOS_VBN && (t->deprel == REL_AMOD || t->deprel == REL_COMPOUND))
            found = i;
    }
    return found;
}

/* She had spat it out: what comes right behind have as its complement, has an object, and can be a
 * participle of a verb, is the predicate. */
static void settle_complement(const struct lexicon *lexicon, struct arena *arena,
                              struct sentence *sentence, uint32_t i)
{
    struct token *have = &sentence->tokens[i], *v = have + 1;
    if (i + 2 >= sentence->count || have->upos != UPOS_VERB || v->head != (int32_t)i ||
        v->deprel != REL_XCOMP || asked_by(have) != XPOS_VBN ||
        sentence->tokens[i + 2].head == (int32_t)i)
        return;
    struct lex_key key;
    lex_fold(v->form, v->form_length, &key);
    uint32_t word = lex_find(lexicon, key.bytes, key.length);
    if (word == LEX_NO_WORD || !can_be(lexicon, arena, v, word, XPOS_VBN, true))
        return;
    v->upos = UPOS_VERB;
    v->xpos = XPOS_VBN;
    v->head = have->head;
    v->deprel = have->deprel;
    for (uint32_t k = 0; k < sentence->count; k++)
        if (sentence->tokens[k].head == (int32_t)i)
            sentence->tokens[k].head = (int32_t)i + 1;
    have->upos = UPOS_AUX;
    have->head = (int32_t)i + 1;
    have->deprel = REL_AUX;
}

/* has baked bread is no bread that is baked: the participle is the predicate. */
void lex_settle_perfect(const struct lexicon *lexicon, struct arena *arena,
                        struct sentence *sentence, uint32_t i)
{
    settle_complement(lexicon, arena, sentence, i);
    const struct token *have = &sentence->tokens[i];
    int32_t noun = have->head, n = (int32_t)sentence->count;
    if (have->deprel != REL_AUX || noun <= (int32_t)i || noun >= n || asked_by(have) != XPOS_VBN ||
        sentence->tokens[noun].upos != UPOS_NOUN)
        return;
    int32_t verb = hidden_participle(sentence, (int32_t)i, noun);
    if (verb < 0)
        return;
    struct token *v = &sentence->tokens[verb], *o = &sentence->tokens[noun];
    v->upos = UPOS_VERB;
    v->head = o->head;
    v->deprel = o->deprel;
    o->head = verb;
    o->deprel = REL_OBJ;
    int32_t last = noun + AUXILIARY_REACH < n ? noun + AUXILIARY_REACH : n;
    for (int32_t k = verb > AUXILIARY_REACH ? verb - AUXILIARY_REACH : 0; k < last; k++) {
        struct token *t = &sentence->tokens[k];
        bool clausal = t->deprel == REL_PUNCT || t->deprel == REL_OBL || t->deprel == REL_ADVCL ||
                       t->deprel == REL_PARATAXIS || t->deprel == REL_ADVMOD;
        if (t->head == noun && k != verb && (k < verb || (k > noun && clausal)))
            t->head = verb;
        if (t->head == verb && t->deprel == REL_NSUBJ_PASS)
            t->deprel = REL_NSUBJ;
    }
}

static bool form_is_one_of(const struct token *t, const char *a, const char *b)
{
    size_t n = t->form_length;
    return (n == strlen(a) && memcmp(t->form, a, n) == 0) ||
           (n == strlen(b) && memcmp(t->form, b, n) == 0);
}

/* He caught a cold: what is a noun by the lexicon, and the object of a verb with an article of its
 * own, is no adjective. */
static void settle_noun(const struct lexicon *lexicon, struct sentence *sentence, uint32_t i,
                        uint32_t word)
{
    struct token *t = &sentence->tokens[i];
    const struct token *before = i > 0 ? &sentence->tokens[i - 1] : NULL;
    if (t->upos != UPOS_ADJ || t->xpos != XPOS_JJ || t->deprel != REL_OBJ || !before ||
        !form_is_one_of(before, "a", "an") || before->head != (int32_t)i ||
        word == LEX_NO_WORD || lex_lexeme_of(lexicon, word, LEX_NOUN) == NULL)
        return;
    t->upos = UPOS_NOUN;
    t->xpos = XPOS_NN;
}

/* You're late: what be says of its subject is an adjective, if the word is one by the lexicon. */
static void settle_predicate(const struct lexicon *lexicon, struct sentence *sentence, uint32_t i,
                             uint32_t word)
{
    struct token *t = &sentence->tokens[i];
    if (t->upos != UPOS_ADV || t->xpos != XPOS_RB || word == LEX_NO_WORD ||
        !form_is_one_of(t, "late", "early") || lex_lexeme_of(lexicon, word, LEX_ADJ) == NULL)
        return;
    for (uint32_t k = i > 4 ? i - 4 : 0; k < i; k++)
        if (sentence->tokens[k].head == (int32_t)i && sentence->tokens[k].deprel == REL_COP) {
            t->upos = UPOS_ADJ;
            t->xpos = XPOS_JJ;
            return;
        }
}

/* A ripe mango: what is an adjective and no noun by the lexicon is no noun beside one. */
void lex_settle_adjective(const struct lexicon *lexicon, struct sentence *sentence, uint32_t i,
                          uint32_t word)
{
    struct token *t = &sentence->tokens[i];
    settle_noun(lexicon, sentence, i, word);
    settle_predicate(lexicon, sentence, i, word);
    if (t->upos != UPOS_NOUN || t->xpos != XPOS_NN || t->deprel != REL_COMPOUND ||
        t->head <= (int32_t)i || word == LEX_NO_WORD)
        return;
    bool colour = form_is_one_of(t, "grey", "gray"); /* nouns too, but not here */
    if ((lex_lexeme_of(lexicon, word, LEX_NOUN) != NULL && !colour) ||
        lex_lexeme_of(lexicon, word, LEX_ADJ) == NULL)
        return;
    t->upos = UPOS_ADJ;
    t->xpos = XPOS_JJ;
    t->deprel = REL_AMOD;
}
