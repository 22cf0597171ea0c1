/* chars.h -- what kind of character a byte or code point is, for the scanner: ASCII by one table,
 * everything else by ICU. Bytes that are not UTF-8 count as letters marked BAD, so that they stay
 * with the word they spoil.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TEXT_CHARS_H
#define TEXT_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum char_bit {
    CHAR_LOWER = 1, /* letters of every script that are not upper case, marks, format characters */
    CHAR_UPPER = 2,
    CHAR_DIGIT = 4,
    CHAR_UNDER = 8,
    CHAR_BAD = 16, /* not UTF-8; always with CHAR_LOWER */
    CHAR_SPACE = 32,
    CHAR_CONTROL = 64,
    CHAR_APOSTROPHE = 128, /* ' ` and their typographic forms */
    CHAR_DOT = 256,
    CHAR_SIGN = 512, /* / @ : & # < $ ~ \: what URLs, paths, markup and the like are made of */
    CHAR_HYPHEN = 1024,
    CHAR_EMOJI = 2048,
    CHAR_OTHER = 4096, /* punctuation and symbols */
    CHAR_HIGH = 8192   /* in the table only: not ASCII, look it up */
};

#define CHAR_LETTER (CHAR_LOWER | CHAR_UPPER)
#define CHAR_ALNUM (CHAR_LETTER | CHAR_DIGIT)
#define CHAR_WORD (CHAR_ALNUM | CHAR_UNDER)

extern const uint16_t char_table[256];

/* Decodes the non-ASCII character at *p (*p < end), moves *p behind it and returns its bits; *code
 * is the code point, -1 for a byte that is not UTF-8. */
unsigned char_decode(const char *text, size_t *p, size_t end, int32_t *code);

/* The bits of the character at *p (*p < end); moves *p behind it. */
static inline unsigned char_next(const char *text, size_t *p, size_t end)
{
    unsigned bits = char_table[(unsigned char)text[*p]];
    int32_t code;
    if (bits & CHAR_HIGH)
        return char_decode(text, p, end, &code);
    ++*p;
    return bits;
}

/* The bits of the character at p; 0 at the end. */
static inline unsigned char_peek(const char *text, size_t p, size_t end)
{
    return p < end ? char_next(text, &p, end) : 0;
}

/* The bits of the character that ends at p; 0 if p is start. */
unsigned char_before(const char *text, size_t start, size_t p);

/* The end of the longest run of characters that have one of the bits. */
size_t char_run(const char *text, size_t p, size_t end, unsigned bits);

static inline bool is_ascii_letter(char c)
{
    return (char_table[(unsigned char)c] & CHAR_LETTER) != 0;
}

static inline bool is_ascii_digit(char c)
{
    return (char_table[(unsigned char)c] & CHAR_DIGIT) != 0;
}

/* Whether c is one of the characters of a set; the NUL byte never is. */
static inline bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Bytes of the apostrophe at p: ' or ` 1, a typographic one 2 or 3, 0: none. */
size_t apostrophe_length(const char *text, size_t p, size_t end);

#endif
