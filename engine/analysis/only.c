/* only.c -- words that the lexicon has as one part of speech, or as one degree, and that the tagger
 * took for another. Called by lexicon_annotate() for one token at a time, before its lemma is set;
 * changes tags, and relations that follow from them, never heads.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

#include <string.h>

/* Whether the lexicon has a word as this and as nothing else. */
static bool is_only(const struct lexicon *lexicon, uint32_t word, enum lex_pos pos)
{
    for (unsigned other = 0; other < LEX_POS_COUNT; other++)
        if ((lex_lexeme_of(lexicon, word, (enum lex_pos)other) != NULL) != (other == pos))
            return false;
    return true;
}

static bool follows_determiner(const struct sentence *s, uint32_t i)
{
    return i > 0 && s->tokens[i - 1].upos == UPOS_DET && s->tokens[i - 1].head == (int32_t)i;
}

static bool has_copula(const struct sentence *s, uint32_t i)
{
    for (uint32_t k = i; k-- > 0 && k + 16 > i;)
        if (s->tokens[k].head == (int32_t)i && s->tokens[k].deprel == REL_COP)
            return true;
    return false;
}

/* Are you lot skint? The boots are smelly. But right behind a determiner a word is a noun whatever
 * the lexicon says, if nothing else is: opened a tinny. */
static bool is_adjective(const struct lexicon *lexicon, const struct sentence *s, uint32_t i,
                         uint32_t word)
{
    const struct token *t = &s->tokens[i];
    bool wrong = (t->upos == UPOS_NOUN && t->xpos == XPOS_NN && !follows_determiner(s, i)) ||
                 (t->upos == UPOS_VERB && (t->xpos == XPOS_VB || t->xpos == XPOS_VBP)) ||
                 (t->upos == UPOS_ADV && t->xpos == XPOS_RB && has_copula(s, i));
    return wrong && is_only(lexicon, word, LEX_ADJ);
}

/* Whether a word stands between you and the end of what is said: you idiot! */
static bool is_called(const struct sentence *s, uint32_t i)
{
    const struct token *before = i > 0 ? &s->tokens[i - 1] : NULL;
    return before && before->form_length == 3 && (before->form[0] | 32) == 'y' &&
           before->xpos == XPOS_PRP &&
           (i + 1 == s->count || s->tokens[i + 1].upos == UPOS_PUNCT);
}

/* You idiot! He is a rascal. */
static bool is_noun(const struct lexicon *lexicon, const struct sentence *s, uint32_t i,
                    uint32_t word)
{
    const struct token *t = &s->tokens[i];
    bool wrong = ((t->xpos == XPOS_VB || t->xpos == XPOS_VBP) && is_called(s, i)) ||
                 (t->upos == UPOS_ADJ && t->xpos == XPOS_JJ && t->deprel != REL_AMOD &&
                  follows_determiner(s, i));
    return wrong && is_only(lexicon, word, LEX_NOUN);
}

/* Whether a word without its -er, as the lexicon spells it, is an adjective. */
static bool is_graded(const struct lexicon *lexicon, const struct lex_key *key)
{
    static const char *const ends[] = {"", "e", "y"};
    char stem[LEX_KEY_MAX + 4];
    if (key->length < 4 || memcmp(key->bytes + key->length - 2, "er", 2) != 0)
        return true; /* more, worse */
    size_t n = key->length - 2;
    memcpy(stem, key->bytes, n);
    for (size_t k = 0; k < 4; k++) {
        size_t length = n;
        if (k == 2 && stem[n - 1] == 'i')
            length--;
        if (k == 3 && n > 2 && stem[n - 1] == stem[n - 2])
            length--;
        else if (k < 3) {
            size_t add = strlen(ends[k]);
            memcpy(stem + length, ends[k], add);
            length += add;
        }
        if (lex_find_lexeme(lexicon, stem, length, LEX_ADJ))
            return true;
        memcpy(stem, key->bytes, n);
    }
    return false;
}

/* hungover is no comparative of hungove. */
static bool is_positive(const struct lexicon *lexicon, const struct token *t, uint32_t word,
                        const struct lex_key *key)
{
    if (t->upos != UPOS_ADJ || t->xpos != XPOS_JJR)
        return false;
    if (word != LEX_NO_WORD && lex_reading_of(lexicon, word, UPOS_ADJ, XPOS_JJR))
        return false;
    return !is_graded(lexicon, key);
}

void lex_settle_only(const struct lexicon *lexicon, struct sentence *sentence, uint32_t i,
                     uint32_t word, const struct lex_key *key)
{
    struct token *t = &sentence->tokens[i];
    if (is_positive(lexicon, t, word, key))
        t->xpos = XPOS_JJ;
    if (word == LEX_NO_WORD && t->xpos == XPOS_NNS && key->length > 0 &&
        (unsigned)(key->bytes[key->length - 1] - 'a') < 26 && key->bytes[key->length - 1] != 's' &&
        key->bytes[key->length - 1] != 'z' && key->bytes[key->length - 1] != 'n')
        t->xpos = XPOS_NN; /* smoko is no plural */
    if (t->deprel == REL_NSUBJ_PASS && t->head >= 0 &&
        sentence->tokens[t->head].upos == UPOS_ADJ && has_copula(sentence, (uint32_t)t->head))
        t->deprel = REL_NSUBJ;
    if (word == LEX_NO_WORD)
        return;
    if (is_adjective(lexicon, sentence, i, word)) {
        t->upos = UPOS_ADJ;
        t->xpos = XPOS_JJ;
        t->deprel = t->deprel == REL_COMPOUND ? REL_AMOD : t->deprel;
    } else if (is_noun(lexicon, sentence, i, word)) {
        t->upos = UPOS_NOUN;
        t->xpos = XPOS_NN;
    }
}
