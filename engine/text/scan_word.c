/* scan_word.c -- words and numbers: how far one reaches over apostrophes, full stops, hyphens and
 * slashes, and where a multiword token is cut (do|n't, John|'s, gon|na). It looks at nothing
 * outside the present chunk.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/scan.h"

#include <string.h>

#include "base/hyphen.h"
#include "text/chars.h"
#include "text/words.h"

static char at(const struct scan *s, uint32_t p)
{
    return p < s->chunk_end ? s->text[p] : '\0';
}

static unsigned peek(const struct scan *s, uint32_t p)
{
    return char_peek(s->text, p, s->chunk_end);
}

static uint32_t run(const struct scan *s, uint32_t p, unsigned bits)
{
    return (uint32_t)char_run(s->text, p, s->chunk_end, bits);
}

/* ---- where a word ends ---- */

/* Whether the letters [p, q) are one ASCII letter. */
static bool is_single(const struct scan *s, uint32_t p, uint32_t q)
{
    return q == p + 1 && is_ascii_letter(s->text[p]);
}

/* Single letters with full stops between from p up to the full stop at q: U.S of U.S. */
static bool is_initialism(const struct scan *s, uint32_t p, uint32_t q)
{
    if ((q - p) % 2 == 0 || q - p > 20)
        return false;
    for (uint32_t i = p; i < q; i++) {
        bool good = (i - p) % 2 ? s->text[i] == '.' : is_ascii_letter(s->text[i]);
        if (!good)
            return false;
    }
    return true;
}

/* Whether a word after white space at p begins with a digit; used by No. 5 only. */
static bool number_follows(const struct scan *s, uint32_t p)
{
    while (p < s->length && p < s->chunk_end + 2 && s->text[p] == ' ')
        p++;
    return p < s->length && is_ascii_digit(s->text[p]);
}

/* Whether the full stop at q belongs to the word [p, q), after which the word ends. */
static bool keeps_stop(const struct scan *s, uint32_t p, uint32_t q)
{
    if ((at(s, q + 1) == '.' && at(s, q + 2) == '.') || peek(s, q + 1) & CHAR_DIGIT)
        return false;
    size_t length = q - p;
    bool capital = (char_table[(unsigned char)s->text[p]] & CHAR_UPPER) != 0;
    if (is_single(s, p, q))
        return capital ? s->text[p] != 'I' : is_one_of(s->text[p], "cbdpvr");
    if (is_initialism(s, p, q))
        return true;
    switch (word_abbreviation(s->text + p, length)) {
    case ABBR_YES:
        return true;
    case ABBR_CAPITAL:
        return capital;
    case ABBR_NUMBER:
        return number_follows(s, q + 1);
    default:
        break;
    }
    /* Ph.D. M.Sc. B.Phil.: at most two parts, the last short */
    const char *dot = memchr(s->text + p, '.', length);
    return dot && capital && (size_t)(s->text + q - dot) <= 5;
}

/* The full stop at q inside a word that began at p: where the word goes on, 0: it ends. */
static uint32_t pass_dot(const struct scan *s, uint32_t p, uint32_t q)
{
    uint32_t next = run(s, q + 1, CHAR_ALNUM);
    if (next == q + 1)
        return 0;
    if (peek(s, q + 1) & CHAR_DIGIT)
        return char_before(s->text, p, q) & CHAR_DIGIT ? next : 0;
    bool capital = (char_table[(unsigned char)s->text[q + 1]] & CHAR_UPPER) != 0;
    if (is_initialism(s, p, q) && is_single(s, q + 1, next))
        return next;
    if (is_single(s, p, q) && capital && at(s, next) == '.' && next - q <= 5)
        return next; /* M.Sc. */
    return q - p == 2 && capital && is_single(s, q + 1, next) && at(s, next) == '.' ? next : 0;
}

/* The hyphen at q after the part that began at p: where the word goes on, 0: it ends. */
static uint32_t pass_hyphen(const struct scan *s, uint32_t p, uint32_t q)
{
    if (s->text[q] != '-')
        return 0;
    uint32_t next = run(s, q + 1, CHAR_ALNUM);
    if (next == q + 1)
        return 0;
    bool joined = hyphen_is_prefix(s->text + p, q - p) ||
                  (hyphen_is_suffix(s->text + q + 1, next - q - 1) && at(s, next) != '-');
    return joined ? next : 0;
}

/* The apostrophe at q: where the word goes on behind it, 0: it ends. */
static uint32_t pass_apostrophe(const struct scan *s, uint32_t q)
{
    uint32_t next = q + (uint32_t)apostrophe_length(s->text, q, s->chunk_end);
    if (q == s->quote_end || q == s->single_end)
        return 0;
    return peek(s, next) & CHAR_LETTER ? run(s, next, CHAR_WORD) : 0;
}

/* Slashes and signs at q inside a word that began at p: w/o, AT&T, AT&amp;T, sh*t. */
static uint32_t pass_sign(const struct scan *s, uint32_t p, uint32_t q, struct piece *piece)
{
    uint32_t next = run(s, q + 1, CHAR_LETTER), entity;
    switch (s->text[q]) {
    case '/':
        if (next == q + 1)
            return (q == p + 1 && (s->text[p] | 32) == 'w' && q + 1 == s->chunk_end) ? q + 1 : 0;
        return word_is_slashed(s->text + p, next - p) && at(s, next) != '/' ? next : 0;
    case '&':
        entity = scan_entity(s, q);
        if (entity) {
            piece->flags |= PIECE_PROTECTED;
            return run(s, entity, CHAR_WORD);
        }
        if (next == q + 1 || q - p > 4 || next - q > 5)
            return 0;
        bool capitals = (peek(s, q + 1) & CHAR_UPPER) && (char_before(s->text, p, q) & CHAR_UPPER);
        return capitals || (q - p == 1 && next - q == 2) ? next : 0;
    case '*':
        return next > q + 1 && at(s, next) != '*' ? next : 0;
    default:
        return 0;
    }
}

/* The end of the word that begins at p; *marks is set if it has apostrophes. */
static uint32_t word_end(const struct scan *s, uint32_t p, struct piece *piece, bool *marks)
{
    uint32_t q = run(s, p, CHAR_WORD), part = p, next = q;
    while (q < s->chunk_end) {
        unsigned bits = peek(s, q);
        if (bits & CHAR_APOSTROPHE) {
            next = pass_apostrophe(s, q);
            *marks |= next != 0;
        } else if (bits & CHAR_DOT) {
            next = pass_dot(s, p, q);
        } else if (bits & CHAR_HYPHEN) {
            next = pass_hyphen(s, part, q);
            part = q + 1;
        } else {
            next = pass_sign(s, p, q, piece);
        }
        if (!next)
            break;
        q = next;
    }
    while (q > p + 1 && s->text[q - 1] == '_')
        q--;
    bool dollar = q == p + 2 && at(s, q) == '$' && s->text[p] == 'U' && s->text[p + 1] == 'S';
    return dollar ? q + 1 : q;
}

/* ---- where a number ends ---- */

/* Digit groups with hyphens between from p: a telephone number, a date or a postal code (joined)
 * or a range (split). Returns the end of a joined one, 0: a range. */
static uint32_t hyphened_digits(const struct scan *s, uint32_t p)
{
    uint32_t q = p, sizes[5] = {0}, groups = 0;
    while (groups < 5) {
        uint32_t next = run(s, q, CHAR_DIGIT);
        if (next == q)
            return 0;
        sizes[groups++] = next - q;
        q = next;
        if (at(s, q) != '-' || !(peek(s, q + 1) & CHAR_DIGIT))
            break;
        q++;
    }
    if (groups < 2 || peek(s, q) & CHAR_WORD)
        return 0;
    if (groups == 2 && !(sizes[1] == 4 && (sizes[0] == 1 || sizes[0] == 3 || sizes[0] == 5)))
        return 0;
    return q;
}

static uint32_t two_digits(const struct scan *s, uint32_t p, uint32_t q)
{
    uint32_t value = 0;
    for (; p < q; p++)
        value = value * 10 + (uint32_t)(s->text[p] - '0');
    return value;
}

/* A slash at q behind the digits that began at p: a date (joined: 9/11, 8/16/2000) or a common
 * fraction goes on, other pairs end. */
static uint32_t slashed_digits(const struct scan *s, uint32_t p, uint32_t q)
{
    uint32_t next = run(s, q + 1, CHAR_DIGIT);
    if (q == p + 3 && next == q + 4 && at(s, next) == '-')
        return hyphened_digits(s, q + 1); /* 503/464-7927 */
    if (next == q + 1 || next - q > 3 || q - p > 2 || peek(s, next) & CHAR_LETTER)
        return 0;
    if (at(s, next) == '/' && peek(s, next + 1) & CHAR_DIGIT)
        return run(s, next + 1, CHAR_DIGIT);
    uint32_t left = two_digits(s, p, q), right = two_digits(s, q + 1, next);
    bool fraction = left < right && right <= 8 && q - p == 1;
    return (left >= 1 && left <= 12 && right >= 1 && right <= 31 && left != right) || fraction
               ? next
               : 0;
}

/* The separator at q inside a number that began at p: where the number goes on, 0: it ends. */
static uint32_t pass_number(const struct scan *s, uint32_t p, uint32_t q)
{
    uint32_t next = run(s, q + 1, CHAR_DIGIT);
    switch (at(s, q)) {
    case ',':
        if (next == q + 4)
            return next;
        return p + 4 > q && next > q + 1 && at(s, next) != ',' ? next : 0; /* 7,5 */
    case '.':
        return next > q + 1 ? next : 0;
    case ':':
        return next == q + 3 && q - p <= 8 ? next : 0;
    case '/':
        return slashed_digits(s, p, q);
    case '-':
        return run(s, p, CHAR_DIGIT) == q ? hyphened_digits(s, p) : 0;
    default:
        return 0;
    }
}

/* The letters that follow a number ending at q: its own (20th, 80's, 4chan) or a unit, which is a
 * word of its own (5|pm). */
static uint32_t number_letters(const struct scan *s, uint32_t q)
{
    uint32_t next = run(s, q, CHAR_WORD),
             mark = (uint32_t)apostrophe_length(s->text, q, s->chunk_end);
    if (mark && (at(s, q + mark) | 32) == 's' && q != s->single_end &&
        !(peek(s, q + mark + 1) & CHAR_WORD))
        return q + mark + 1;
    bool generation = next == q + 1 && s->text[q] == 'G'; /* 3G */
    if (next == q || (word_is_unit(s->text + q, next - q) && !generation))
        return q;
    bool clock = next == q + 1 && at(s, q + 1) == '.' && (at(s, q + 2) | 32) == 'm';
    return clock ? q : next;
}

static uint32_t number_end(const struct scan *s, uint32_t p)
{
    uint32_t q = run(s, p, CHAR_DIGIT);
    for (;;) {
        uint32_t next = pass_number(s, p, q);
        if (!next)
            break;
        q = next;
    }
    return number_letters(s, q);
}

/* ---- cuts of multiword tokens ---- */

/* Where the last clitic of [p, q) begins, 0: it has none. */
static uint32_t clitic_start(const struct scan *s, uint32_t p, uint32_t q)
{
    for (uint32_t i = q > p + 6 ? q - 6 : p + 1; i < q; i++) {
        size_t mark = apostrophe_length(s->text, i, q);
        if (!mark)
            continue;
        const char *tail = s->text + i + mark;
        size_t length = q - i - mark;
        if (word_is_clitic(tail, length))
            return i;
        bool negative = length == 1 && ascii_lower(*tail) == 't' && i > p + 1 &&
                        ascii_lower(s->text[i - 1]) == 'n';
        if (negative)
            return i - 1;
    }
    return 0;
}

static void cut_word(const struct scan *s, uint32_t p, uint32_t q, struct piece *piece)
{
    uint32_t cuts[PIECE_CUTS];
    unsigned count = 0;
    while (count < PIECE_CUTS) {
        uint32_t cut = clitic_start(s, p, q);
        if (cut <= p)
            break;
        cuts[count++] = q = cut;
    }
    for (unsigned i = 0; i < count; i++)
        piece->cut[i] = (uint16_t)(cuts[count - 1 - i] - p);
}

/* 'tis and 'twas written with or without a space before: 't|is; c'm|on, d'|you. */
static bool cut_front(const struct scan *s, uint32_t p, uint32_t q, struct piece *piece)
{
    if (q - p == 5 && (s->text[p] | 32) == 'c' && s->text[p + 1] == '\'' &&
        (s->text[p + 2] | 32) == 'm') {
        piece->cut[0] = 3;
        return true;
    }
    return false;
}

/* Whether "its" or "your" at [p, q) stands for "it's", "you're": by the next word. */
static bool is_misspelt(const struct scan *s, uint32_t p, uint32_t q)
{
    bool its = q - p == 3 && (s->text[p] | 32) == 'i' && !memcmp(s->text + p + 1, "ts", 2);
    bool your = q - p == 4 && (s->text[p] | 32) == 'y' && !memcmp(s->text + p + 1, "our", 3);
    if ((!its && !your) || q + 1 >= s->length || s->text[q] != ' ')
        return false;
    uint32_t limit = s->length - q > 16 ? q + 16 : s->length, end = q + 1;
    while (end < limit && is_ascii_letter(s->text[end]))
        end++;
    return end < limit && s->text[end] != '-' && word_makes_clause(s->text + q + 1, end - q - 1);
}

static void cut_fused(const struct scan *s, uint32_t p, uint32_t q, struct piece *piece)
{
    uint16_t cuts[2] = {0, 0};
    unsigned count = word_fused(s->text + p, q - p, cuts);
    bool capitals = q - p > 1 && char_table[(unsigned char)s->text[p + 1]] & CHAR_UPPER;
    bool lets = q - p == 4 && s->text[p] == 'l' && s->text[p + 1] == 'e' && s->text[p + 2] == 't';
    if (!count && is_misspelt(s, p, q))
        piece->cut[0] = (uint16_t)(q - p - 1);
    if (!count || lets || (capitals && q - p == 2)) /* "lets" is a verb, "IM" a noun */
        return;
    piece->cut[0] = cuts[0];
    piece->cut[1] = cuts[1];
}

/* ---- kinds ---- */

static enum piece_kind kind_of(const struct scan *s, uint32_t p, uint32_t q)
{
    size_t i = p;
    unsigned first = char_next(s->text, &i, q), second = i < q ? char_next(s->text, &i, q) : 0;
    if (first & CHAR_DIGIT)
        return PIECE_NUMBER;
    if (s->text[q - 1] == '.')
        return q - p == 2 ? PIECE_INITIAL : PIECE_ABBREVIATION;
    if (!(first & CHAR_UPPER))
        return PIECE_LOWER;
    if (!second)
        return PIECE_LETTER;
    return second & CHAR_UPPER ? PIECE_UPPER : PIECE_CAPITAL;
}

/* A possessive apostrophe behind a word in s: boys|' */
static uint32_t possessive_end(const struct scan *s, uint32_t p, uint32_t q, struct piece *piece)
{
    uint32_t mark = (uint32_t)apostrophe_length(s->text, q, s->chunk_end);
    if (!mark || s->text[q] == '`' || q == s->single_end || q == s->quote_end ||
        apostrophe_length(s->text, q + mark, s->chunk_end))
        return q;
    char last = ascii_lower(s->text[q - 1]);
    bool noun = last == 's' || last == 'x' || last == 'z';
    if (noun && q - p > 2) {
        piece->cut[0] = (uint16_t)(q - p);
        return q + mark;
    }
    bool clipped = last == 'n' && q - p > 3 && (s->text[q - 2] | 32) == 'i'; /* lovin' */
    return clipped ? q + mark : q;
}

uint32_t scan_word(const struct scan *s, uint32_t p, struct piece *piece)
{
    bool marks = false;
    uint32_t q;
    if (peek(s, p) & CHAR_DIGIT) {
        q = number_end(s, p);
    } else {
        q = word_end(s, p, piece, &marks);
        if (marks && !cut_front(s, p, q, piece))
            cut_word(s, p, q, piece);
        else if (!marks)
            cut_fused(s, p, q, piece);
        if (at(s, q) == '.' && keeps_stop(s, p, q))
            q++;
        else if (!piece->cut[0])
            q = possessive_end(s, p, q, piece);
    }
    piece->kind = (uint8_t)kind_of(s, p, q);
    return q;
}
