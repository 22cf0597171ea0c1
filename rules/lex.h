/* lex.h -- words and signs of pattern text. A new line is no sign of its own: a lexeme knows
 * whether one stands before it, and the parser asks where it matters.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_LEX_H
#define RULES_LEX_H

#include <stdbool.h>

#include "diagnostics.h"

enum lexeme_kind {
    LEX_END,
    LEX_WORD,    /* letters, digits, _ and inner ' and -; XPOS tags may end in $ */
    LEX_STRING,  /* text without the quotes */
    LEX_NUMBER,  /* digits, perhaps with a fraction: .8, 0.25, 12 */
    LEX_REGEX,   /* only when asked for */
    LEX_GAP,     /* ... */
    LEX_SPAN,    /* .. */
    LEX_ASSIGN,  /* := */
    LEX_SIGN,    /* one character: [ ] ( ) { } , ; : . = | ! * + ? ^ / # @ $ */
    LEX_BAD      /* reported already */
};

struct lexeme {
    enum lexeme_kind kind;
    char sign;
    bool newline;        /* a new line stands before it */
    bool space;          /* white space stands before it */
    uint32_t start, end; /* bytes in the text */
    const char *text;    /* of WORD, STRING, NUMBER, REGEX; in the arena */
};

/* The lexeme at or after a byte of the text. diagnostics NULL: only look, report nothing. */
struct lexeme lex_next(const struct text *text, uint32_t at, struct arena *arena,
                       struct diagnostics *diagnostics);
/* The regular expression that begins with the / at a byte. */
struct lexeme lex_regex(const struct text *text, uint32_t at, struct arena *arena,
                        struct diagnostics *diagnostics);
/* A decimal number in millionths, at most 4000; false: not one. */
bool lex_decimal(const char *text, uint32_t *millionths);
/* Folds to lower case and straight apostrophes, as words are compared; NULL: no memory. */
char *lex_fold_word(struct arena *arena, const char *text);

#endif
