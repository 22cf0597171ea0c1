/* model_word.c -- normalises a form and hashes it and its ends. Bytes that are not UTF-8 are kept
 * as they are, so every form has a key.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/model_word.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/hash.h"

enum { FORM_HEAD = 192, FORM_TAIL = 64, FORM_BYTES = FORM_HEAD + FORM_TAIL };

struct shape {
    bool upper_first, upper, lower, digit, hyphen;
    unsigned characters;
};

static UChar32 plain_quote(UChar32 c)
{
    switch (c) {
    case 0x2018: case 0x2019: case 0x02bc: case 0xff07: return '\'';
    case 0x201c: case 0x201d: return '"';
    default: return c;
    }
}

static char lower_ascii(char c, struct shape *shape)
{
    if (c >= 'A' && c <= 'Z') {
        shape->upper = true;
        shape->upper_first |= shape->characters == 0;
        return (char)(c + ('a' - 'A'));
    }
    if (c >= 'a' && c <= 'z')
        shape->lower = true;
    else if (c >= '0' && c <= '9') {
        shape->digit = true;
        return '0';
    } else if (c == '-')
        shape->hyphen = true;
    return c;
}

/* Lower-cases one character that is not ASCII at form[*at]; returns bytes written to out. */
static size_t lower_other(const uint8_t *form, int32_t length, int32_t *at, uint8_t *out,
                          struct shape *shape)
{
    int32_t start = *at;
    UChar32 c;
    U8_NEXT(form, *at, length, c);
    if (c < 0) {
        *at = start + 1;
        out[0] = form[start];
        return 1;
    }
    if (u_isupper(c)) {
        shape->upper = true;
        shape->upper_first |= shape->characters == 0;
    } else if (u_islower(c)) {
        shape->lower = true;
    }
    size_t written = 0;
    uint32_t folded = (uint32_t)plain_quote(u_tolower(c));
    U8_APPEND_UNSAFE(out, written, folded);
    return written;
}

/* Writes the normalised form; out has room for 2 * FORM_BYTES. Returns bytes. */
static size_t normalise(const char *form, size_t length, char *out, struct shape *shape)
{
    char cut[FORM_BYTES];
    if (length > FORM_BYTES) { /* long words are known by their beginning and end */
        memcpy(cut, form, FORM_HEAD);
        memcpy(cut + FORM_HEAD, form + length - FORM_TAIL, FORM_TAIL);
        form = cut;
        length = FORM_BYTES;
    }
    size_t written = 0;
    for (int32_t i = 0; i < (int32_t)length; shape->characters++) {
        if ((unsigned char)form[i] < 0x80)
            out[written++] = lower_ascii(form[i++], shape);
        else
            written += lower_other((const uint8_t *)form, (int32_t)length, &i,
                                   (uint8_t *)out + written, shape);
    }
    return written;
}

static uint16_t shape_row(const struct shape *shape)
{
    return (uint16_t)(shape->upper_first | shape->lower << 1 | shape->digit << 2
                      | shape->hyphen << 3 | (shape->upper && !shape->lower) << 4
                      | (shape->characters == 1) << 5 | (shape->characters < 4) << 6);
}

static uint16_t piece_row(const char *text, size_t length, enum word_part part)
{
    return (uint16_t)(hash_bytes(text, length, (uint64_t)part) & (word_part_rows(part) - 1));
}

static size_t at_most(size_t length, size_t most)
{
    return length < most ? length : most;
}

void word_key_make(const char *form, size_t length, struct word_key *key)
{
    char text[2 * FORM_BYTES];
    struct shape shape = {0};
    size_t n = normalise(form, length, text, &shape);
    size_t two = at_most(n, 2), three = at_most(n, 3), five = at_most(n, 5);
    key->hash = hash_bytes(text, n, 0);
    key->row[PART_WORD] = 0;
    key->row[PART_VECTOR] = 0;
    key->row[PART_SUFFIX2] = piece_row(text + n - two, two, PART_SUFFIX2);
    key->row[PART_SUFFIX3] = piece_row(text + n - three, three, PART_SUFFIX3);
    key->row[PART_SUFFIX5] = piece_row(text + n - five, five, PART_SUFFIX5);
    key->row[PART_PREFIX3] = piece_row(text, three, PART_PREFIX3);
    key->row[PART_SHAPE] = shape_row(&shape);
}

uint32_t word_entry_start(uint64_t hash, uint32_t size)
{
    return (uint32_t)hash & (size - 1);
}

void word_key_find(const struct model_entry *entries, uint32_t size, struct word_key *key)
{
    uint32_t mark = (uint32_t)(key->hash >> 32);
    for (uint32_t i = word_entry_start(key->hash, size);; i = (i + 1) & (size - 1)) {
        const struct model_entry *entry = &entries[i];
        if (entry->word == 0 && entry->vector == 0)
            return;
        if (entry->mark == mark) {
            key->row[PART_WORD] = entry->word;
            key->row[PART_VECTOR] = entry->vector;
            return;
        }
    }
}

uint32_t word_part_width(enum word_part part)
{
    static const uint8_t widths[PART_COUNT] = {WORD_WIDTH, VECTOR_WIDTH, SUFFIX2_WIDTH,
                                               SUFFIX3_WIDTH, SUFFIX5_WIDTH, PREFIX3_WIDTH,
                                               SHAPE_WIDTH};
    return widths[part];
}

uint32_t word_part_rows(enum word_part part)
{
    static const uint16_t rows[PART_COUNT] = {0, 0, SUFFIX2_ROWS, SUFFIX3_ROWS, SUFFIX5_ROWS,
                                              PREFIX3_ROWS, SHAPE_ROWS};
    return rows[part];
}
