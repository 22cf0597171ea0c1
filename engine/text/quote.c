/* quote.c -- quotation marks: which ones open and close, and how far a quotation reaches. An
 * opening mark looks once for its closing one within the paragraph, so everything between is known
 * to be quoted; a search that fails is remembered, so that time stays linear.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/scan.h"

#include "base/hyphen.h"
#include "text/chars.h"
#include "text/words.h"

enum { SINGLE_BYTES = 2000, DOUBLE_BYTES = 20000 };

/* The three bytes of a typographic mark at p: the last byte, 0: it is something else. */
static unsigned typographic(const struct scan *s, uint32_t p)
{
    const unsigned char *t = (const unsigned char *)s->text + p;
    return s->length - p >= 3 && t[0] == 0xE2 && t[1] == 0x80 ? t[2] : 0;
}

/* An empty line at the line feed p ends the paragraph. */
static bool ends_paragraph(const struct scan *s, uint32_t p)
{
    for (p++; p < s->length; p++) {
        if (s->text[p] == '\n')
            return true;
        if (!(char_table[(unsigned char)s->text[p]] & CHAR_SPACE))
            return false;
    }
    return true;
}

static bool is_space_at(const struct scan *s, uint32_t p)
{
    return p >= s->length || char_peek(s->text, p, s->length) & CHAR_SPACE;
}

/* The mark that closes a double quotation: straight, ” or ''; *stop is where the search ended. */
static uint32_t find_double(const struct scan *s, uint32_t p, unsigned open, uint32_t *stop)
{
    uint32_t limit = s->length - p > DOUBLE_BYTES ? p + DOUBLE_BYTES : s->length, q = p;
    for (; q < limit; q++) {
        char c = s->text[q];
        if (c == '\n' && ends_paragraph(s, q))
            break;
        bool closes = open == '"'
                          ? c == '"' && (q == p || !is_space_at(s, q - 1) || is_space_at(s, q + 1))
                      : open == '`' ? c == '\'' && q + 1 < limit && s->text[q + 1] == '\''
                                    : typographic(s, q) == 0x9D;
        if (closes)
            return q;
    }
    *stop = q;
    return 0;
}

/* The mark that closes a single quotation: before a non-letter, and not the possessive of a plural
 * if a better one follows. */
static uint32_t find_single(const struct scan *s, uint32_t p, bool curly, uint32_t *stop)
{
    uint32_t limit = s->length - p > SINGLE_BYTES ? p + SINGLE_BYTES : s->length, q = p,
             doubtful = 0;
    for (; q < limit; q++) {
        if (s->text[q] == '\n' && ends_paragraph(s, q))
            break;
        bool mark = curly ? typographic(s, q) == 0x99 : s->text[q] == '\'';
        uint32_t next = q + (curly ? 3 : 1);
        bool opens = s->text[q] == '\'' && is_space_at(s, q - 1) && !is_space_at(s, next);
        if (doubtful && opens && !curly)
            break;
        if (!mark || q == p || is_space_at(s, q - 1) ||
            char_peek(s->text, next, s->length) & CHAR_WORD)
            continue;
        if (ascii_lower(s->text[q - 1]) != 's')
            return q;
        if (!doubtful)
            doubtful = q;
    }
    *stop = q;
    return doubtful;
}

static enum piece_kind double_quote(struct scan *s, uint32_t p, uint32_t length, unsigned mark)
{
    if (s->quote_end && p >= s->quote_end) {
        bool closes = p == s->quote_end;
        s->quote_end = 0;
        if (closes)
            return PIECE_QUOTE_CLOSE;
    }
    if (mark == 0x9D)
        return PIECE_QUOTE_CLOSE;
    bool touches = (char_before(s->text, s->chunk_start, p) & CHAR_WORD) != 0;
    bool space_behind = is_space_at(s, p + length);
    if (s->quote_end)
        return PIECE_QUOTE;
    if ((touches && mark == '"') || (space_behind && p > s->chunk_start))
        return PIECE_QUOTE_CLOSE;
    uint32_t *none = &s->quote_none[mark != '"'];
    if (p >= *none)
        s->quote_end = find_double(s, p + length, mark, none);
    if (mark != '"' || s->quote_end || !space_behind)
        return PIECE_QUOTE_OPEN;
    return PIECE_QUOTE;
}

/* Whether the apostrophe at p stands for letters at the front of a word: 'em, '90s. */
static bool is_clipping(const struct scan *s, uint32_t p)
{
    size_t end = char_run(s->text, p, s->chunk_end, CHAR_WORD);
    return char_peek(s->text, p, s->chunk_end) & CHAR_DIGIT ||
           hyphen_is_clipped(s->text + p, end - p);
}

static enum piece_kind single_quote(struct scan *s, uint32_t p, uint32_t length, bool curly)
{
    if (s->single_end && p >= s->single_end) {
        bool closes = p == s->single_end;
        s->single_end = 0;
        if (closes)
            return PIECE_QUOTE_CLOSE;
    }
    bool space_behind = is_space_at(s, p + length);
    unsigned before = char_before(s->text, s->chunk_start, p);
    if (before & (CHAR_WORD | CHAR_DOT) || space_behind)
        return p > s->chunk_start ? PIECE_QUOTE_CLOSE : PIECE_QUOTE;
    if (s->single_end || (!curly && is_clipping(s, p + length)))
        return PIECE_QUOTE;
    if (p >= s->single_none)
        s->single_end = find_single(s, p + length, curly, &s->single_none);
    return PIECE_QUOTE_OPEN;
}

enum piece_kind scan_quote(struct scan *s, uint32_t p, uint32_t length)
{
    unsigned mark = (unsigned char)s->text[p];
    if (mark >= 0x80)
        mark = typographic(s, p);
    if (length == 1 && mark == '\'')
        return single_quote(s, p, length, false);
    if (length == 3 && mark == 0x98)
        return single_quote(s, p, length, true);
    if (length == 3 && mark == 0x99)
        return p == s->single_end ? single_quote(s, p, length, true) : PIECE_QUOTE_CLOSE;
    if (mark == '\'') /* '' */
        mark = 0x9D;
    return double_quote(s, p, length, mark);
}
