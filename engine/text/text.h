/* text.h -- bytes in, sentences and tokens out, as UD English EWT segments them (do|n't, John|'s,
 * gon|na), with byte offsets. Any bytes are taken: what is not UTF-8 becomes tokens that are
 * protected. Text is never changed; a token is a piece of it. Every byte that is not white space
 * (Unicode's White_Space, and a byte order mark at the start) lies in exactly one token.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include <isogloss.h>

#include "base/arena.h"
#include "base/limits.h"
#include "text/scan.h"
#include "text/sentence.h"

/* Patterns of spans that no edit may touch: URLs, e-mail addresses, handles, hash tags, file paths,
 * code in backticks, markup, entities always; a user's own PCRE2 patterns besides (UTF mode; a
 * match is at most 8 kB long; where the match limit is reached the rest of the record is
 * protected). Immutable, shared by threads. */
struct protect;

/* At most LIMIT_PROTECT patterns. A pattern that PCRE2 refuses: ISG_ARGUMENT, the message says
 * which, where and why; column is the place in the pattern. */
isg_status protect_new(const char *const *patterns, size_t count, struct protect **protect,
                       isg_error *error);
void protect_free(struct protect *protect);

enum { TEXT_LOOKAHEAD = 3 };

/* The next match of one pattern, and the stretch of valid UTF-8 it was sought in. */
struct text_match {
    uint32_t start, end, valid_end;
};

/* A walk over the sentences of one record. Only position and sentences are for readers. */
struct text_cursor {
    const char *text;
    size_t length, position; /* bytes; position is the end of the last sentence handed out */
    uint32_t sentences;      /* handed out so far */
    const struct protect *protect;
    bool keep_quotes;
    struct scan scan;
    struct piece queue[TEXT_LOOKAHEAD]; /* scanned, but not yet in a sentence */
    unsigned queued;
    struct text_match matches[LIMIT_PROTECT];
};

/* text is at most UINT32_MAX bytes (the rest is ignored) and borrowed, as is protect (may be
 * NULL). With keep_quotes what stands in quotation marks is protected too. */
void text_cursor_init(struct text_cursor *cursor, const char *text, size_t length,
                      const struct protect *protect, bool keep_quotes);
/* The next sentence: its tokens are in the arena, with form, offsets, space_before, mwt and the
 * flags PROTECTED, QUOTED, FIRST, LAST (the first and last word, not mark), TITLE (a heading:
 * nearly all words capitalised), CONTRACTED (a clitic: n't 's; the rest of its word is not) set;
 * upos, xpos and deprel are *_NONE, source its own index. At most LIMIT_SENTENCE_TOKENS tokens.
 * Returns false at the end of the text and when the arena failed. Linear in the length of the
 * text. */
bool text_next(struct text_cursor *cursor, struct arena *arena, struct sentence *sentence);
/* Sets FIRST, LAST and TITLE on the tokens of a sentence that was made elsewhere. */
void text_mark_words(struct sentence *sentence);
/* Whether the words of a multiword token that begins at tokens[0] lean on another one: the flag
 * CONTRACTED for tokens[i]. */
bool text_is_clitic(const struct token *tokens, unsigned i);

#endif
