/* inflect.h -- regular English inflection by spelling and sound, without any dictionary: pure
 * functions of a lemma.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_INFLECT_H
#define BASE_INFLECT_H

#include "base/vocab.h"

enum lex_pos { LEX_NOUN, LEX_VERB, LEX_ADJ, LEX_ADV, LEX_PROPN, LEX_POS_COUNT };

/* A borrowed piece of text. */
struct lex_text {
    const char *bytes;
    size_t length;
};

/* Writes the form of a lemma to out (at least length + 8 bytes) and returns its length; 0: the
 * rules know of none. pos says what the lemma is. */
size_t lex_inflect_regular(enum lex_pos pos, enum form form, struct lex_text lemma, char *out);
/* As if no word were irregular or beyond grading: teached, mans, expensiver. */
size_t lex_inflect_plain(enum form form, struct lex_text lemma, char *out);
/* Where a form stands among a lexeme's forms; -1: not one of this part of speech. */
int lex_form_slot(enum lex_pos pos, enum form form);
bool lex_is_vowel(char c);
unsigned lex_syllables(struct lex_text word);

#endif
