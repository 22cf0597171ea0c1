/* chars.c -- character kinds for the scanner. The table covers ASCII; for the rest ICU decodes
 * (malformed bytes one at a time) and names the category. Nothing here looks further than one
 * character.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/chars.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define L CHAR_LOWER
#define U CHAR_UPPER
#define D CHAR_DIGIT
#define N CHAR_UNDER
#define S CHAR_SPACE
#define C CHAR_CONTROL
#define A CHAR_APOSTROPHE
#define P CHAR_DOT
#define G CHAR_SIGN
#define Y CHAR_HYPHEN
#define O CHAR_OTHER
#define H CHAR_HIGH
#define H16 H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H

const uint16_t char_table[256] = {
    C, C, C, C, C, C, C, C, C, S, S, S, S, S, C, C, /* 00 */
    C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, /* 10 */
    S, O, O, G, G, O, G, A, O, O, O, O, O, Y, P, G, /* 20 */
    D, D, D, D, D, D, D, D, D, D, G, O, G, O, O, O, /* 30 */
    G, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* 40 */
    U, U, U, U, U, U, U, U, U, U, U, O, G, O, O, N, /* 50 */
    A, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 60 */
    L, L, L, L, L, L, L, L, L, L, L, O, O, O, G, C, /* 70 */
    H16, H16, H16, H16, H16, H16, H16, H16};

#undef L
#undef U
#undef D
#undef N
#undef S
#undef C
#undef A
#undef P
#undef G
#undef Y
#undef O
#undef H
#undef H16

/* The kinds that a general category decides. */
static unsigned kind_of_category(UChar32 c)
{
    uint32_t mask = U_GET_GC_MASK(c);
    if (mask & (U_GC_LU_MASK | U_GC_LT_MASK))
        return CHAR_UPPER;
    if (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_CF_MASK | U_GC_CO_MASK | U_GC_CN_MASK))
        return CHAR_LOWER;
    if (mask & U_GC_ND_MASK)
        return CHAR_DIGIT;
    if (mask & U_GC_PC_MASK)
        return CHAR_UNDER;
    if (mask & U_GC_CC_MASK)
        return CHAR_CONTROL;
    return CHAR_OTHER;
}

unsigned char_decode(const char *text, size_t *p, size_t end, int32_t *code)
{
    const uint8_t *s = (const uint8_t *)text + *p;
    int32_t i = 0, length = end - *p < 4 ? (int32_t)(end - *p) : 4;
    UChar32 c;
    U8_NEXT(s, i, length, c);
    if (c < 0) {
        ++*p;
        *code = -1;
        return CHAR_LOWER | CHAR_BAD;
    }
    *p += (size_t)i;
    *code = c;
    switch (c) {
    case 0x2018: case 0x2019: case 0x02BC: case 0x00B4: case 0x2032: case 0xFF07:
        return CHAR_APOSTROPHE;
    case 0x2010: case 0x2011:
        return CHAR_HYPHEN;
    case 0x201C: case 0x201D: case 0x2013: case 0x2014: case 0x2026:
    case 0x00AA: case 0x00BA: /* ordinal signs, letters to Unicode */
        return CHAR_OTHER;
    default:
        break;
    }
    if (u_isUWhiteSpace(c))
        return CHAR_SPACE;
    if (c >= 0x2000 && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC))
        return CHAR_EMOJI;
    if (c >= 0x1F1E6 && c <= 0x1F1FF)
        return CHAR_EMOJI;
    return kind_of_category(c);
}

unsigned char_before(const char *text, size_t start, size_t p)
{
    if (p <= start)
        return 0;
    size_t q = p - 1;
    while (q > start && p - q < 4 && ((unsigned char)text[q] & 0xC0) == 0x80)
        q--;
    unsigned bits = 0;
    while (q < p) /* malformed bytes: the last of them counts */
        bits = char_next(text, &q, p);
    return bits;
}

size_t char_run(const char *text, size_t p, size_t end, unsigned bits)
{
    while (p < end) {
        unsigned kind = char_table[(unsigned char)text[p]];
        size_t next = p + 1;
        if (kind & CHAR_HIGH) {
            int32_t code;
            next = p;
            kind = char_decode(text, &next, end, &code);
        }
        if (!(kind & bits))
            break;
        p = next;
    }
    return p;
}

size_t apostrophe_length(const char *text, size_t p, size_t end)
{
    if (p >= end)
        return 0;
    size_t q = p;
    return char_next(text, &q, end) & CHAR_APOSTROPHE ? q - p : 0;
}
