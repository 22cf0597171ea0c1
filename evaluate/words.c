/* words.c -- cuts words out of a text.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/words.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* Bytes of the character at a place, 1 if there is none; *letter: a letter, or set on one. */
static size_t character(const char *at, bool *letter)
{
    const uint8_t *bytes = (const uint8_t *)at;
    size_t n = 0, most = strnlen(at, 4);
    UChar32 c;
    U8_NEXT(bytes, n, most, c);
    *letter = c >= 0 && (u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK);
    return c >= 0 ? n : 1;
}

static bool is_letter(const char *at)
{
    bool letter = false;
    if (*at)
        character(at, &letter);
    return letter;
}

/* Bytes of an apostrophe or a hyphen; 0: it is none. */
static size_t join_at(const char *at, char *plain)
{
    size_t curly = strncmp(at, "\xe2\x80\x99", 3) ? 0 : 3;
    *plain = *at == '-' ? '-' : '\'';
    return curly ? curly : *at == '-' || *at == '\'';
}

bool words_next(struct words *words, char *word, size_t size)
{
    const char *at = words->at;
    size_t n = 0;
    bool first = words->first, letter = false;
    for (size_t k; *at && (k = character(at, &letter), !letter); at += k)
        first = first || !strchr(" \t\r", *at);
    while (*at) {
        char plain;
        size_t join = n ? join_at(at, &plain) : 0, k = character(at, &letter);
        bool inside = join && (is_letter(at + join) || (plain == '\'' && word[n - 1] == 'n'));
        if (!inside && !letter)
            break;
        if (inside && n + 1 < size)
            word[n++] = plain;
        for (size_t i = 0; !inside && n + k < size && i < k; i++, n++)
            word[n] = (char)(at[i] >= 'A' && at[i] <= 'Z' ? at[i] - 'A' + 'a' : at[i]);
        at += inside ? join : k;
    }
    word[n] = '\0';
    words->at = at;
    words->first = first;
    return n > 0;
}
