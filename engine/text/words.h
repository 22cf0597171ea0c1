/* words.h -- the word lists of the tokeniser: abbreviations, prefixes that stay with their word,
 * units, endings of addresses and file names, fused words. All are looked up in lower case.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When a word with a full stop is an abbreviation. */
enum abbreviation {
    ABBR_NO,
    ABBR_YES,
    ABBR_CAPITAL, /* only with a capital: Sat. */
    ABBR_NUMBER   /* only before a number: No. 5 */
};

enum abbreviation word_abbreviation(const char *word, size_t length);
bool word_never_ends(const char *word, size_t length); /* Mr. Dr. e.g.: never the last word */
bool word_is_unit(const char *word, size_t length);    /* am pm mm k */
bool word_is_domain(const char *word, size_t length);  /* com org uk */
bool word_is_extension(const char *word, size_t length); /* doc html jpg */
bool word_is_slashed(const char *word, size_t length); /* w/o b/c n/a */
bool word_is_function(const char *word, size_t length); /* small words of titles: of the and */
bool word_is_clitic(const char *word, size_t length);   /* after an apostrophe: s m d re ve ll */
bool word_is_usenet(const char *word, size_t length);   /* first parts of newsgroups: alt */
/* What follows "its" only where it stands for "it's": its a, its not. */
bool word_makes_clause(const char *word, size_t length);
/* Where a fused word without apostrophe is cut (dont, cannot, gonna, dunno): the number of cuts,
 * 0: it is not one. */
unsigned word_fused(const char *word, size_t length, uint16_t cuts[2]);

#endif
