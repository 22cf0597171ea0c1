/* scan.c -- the walk itself: white space and line ends, chunks, punctuation, and the choice between
 * the scanners of words, spans and quotation marks. Every byte that is not white space falls into
 * exactly one piece. White space is what Unicode calls so (White_Space), and a byte order mark at
 * the very start.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/scan.h"

#include <string.h>

#include "base/limits.h"
#include "base/hyphen.h"
#include "text/chars.h"
#include "text/words.h"

enum {
    LINE_LONG = 160,  /* no wrapped line is longer (bytes) */
    LINE_SHORT = 50,  /* no wrapped line is shorter, unless a long word follows */
    RULER_LENGTH = 4
};

static char at(const struct scan *s, uint32_t p)
{
    return p < s->chunk_end ? s->text[p] : '\0';
}

void scan_init(struct scan *scan, const char *text, uint32_t length)
{
    *scan = (struct scan){.text = text, .length = length};
    if (length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        scan->position = scan->line_start = 3;
}

/* ---- white space ---- */

static uint32_t word_length(const struct scan *s, uint32_t p, uint32_t limit)
{
    uint32_t q = p;
    while (q < limit && !(char_table[(unsigned char)s->text[q]] & CHAR_SPACE))
        q++;
    return q - p;
}

/* Whether the line end at end (the next line's text begins at p) is one that wrapping explains: the
 * next line's first word would not have fitted. */
static bool is_wrapped(const struct scan *s, uint32_t end, uint32_t p)
{
    uint32_t limit = s->length - p > LINE_LONG + 1 ? p + LINE_LONG + 1 : s->length;
    uint32_t left = end - s->line_start, word = word_length(s, p, limit);
    const char *feed = memchr(s->text + p, '\n', limit - p);
    uint32_t right = feed ? (uint32_t)(feed - s->text) - p : limit - p;
    if (left > LINE_LONG || right > LINE_LONG)
        return false;
    uint32_t width = left > right ? left : right;
    return left + 1 + word > (width > LINE_SHORT ? width : LINE_SHORT);
}

/* Skips white space and says what it was. */
static enum piece_gap skip_space(struct scan *s)
{
    uint32_t p = s->position, lines = 0, end = p;
    if (p < s->length && s->text[p] == ' ' && p + 1 < s->length
        && !(char_table[(unsigned char)s->text[p + 1]] & (CHAR_SPACE | CHAR_HIGH))) {
        s->position++;
        return GAP_SPACE;
    }
    while (p < s->length) {
        size_t next = p;
        int32_t code = (unsigned char)s->text[p];
        unsigned bits = code < 0x80 ? char_next(s->text, &next, s->length)
                                    : char_decode(s->text, &next, s->length, &code);
        if (!(bits & CHAR_SPACE))
            break;
        bool crlf = code == '\r' && next < s->length && s->text[next] == '\n';
        bool line = code == '\n' || code == 0x0B || code == 0x85 || code == 0x2028
                    || (code == '\r' && !crlf);
        if (line && !lines++)
            end = p;
        if (code == 0x0C || code == 0x2029)
            lines += 2;
        p = (uint32_t)next;
    }
    if (p == s->position)
        return GAP_NONE;
    s->position = p;
    if (!lines)
        return GAP_SPACE;
    bool wrapped = lines == 1 && is_wrapped(s, end, p);
    s->line_start = p;
    return lines > 1 ? GAP_PARAGRAPH : wrapped ? GAP_LINE : GAP_BREAK;
}

/* Measures the run without white space at position, at most LIMIT_TOKEN_BYTES of it. */
static void measure_chunk(struct scan *s)
{
    uint32_t limit = s->length, p = s->position, bits = 0;
    if (limit - p > LIMIT_TOKEN_BYTES)
        limit = p + LIMIT_TOKEN_BYTES;
    while (p < limit) {
        unsigned kind = char_table[(unsigned char)s->text[p]];
        size_t next = p + 1;
        if (kind & CHAR_HIGH) {
            int32_t code;
            next = p;
            kind = char_decode(s->text, &next, s->length, &code);
            if (next > limit)
                break;
            bits |= CHAR_HIGH;
        }
        if (kind & CHAR_SPACE)
            break;
        bits |= kind;
        p = (uint32_t)next;
    }
    s->chunk_start = s->position;
    s->chunk_end = p;
    s->chunk_bits = bits;
}

/* ---- code fences ---- */

/* Whether a closing fence stands on the line that begins at p: only white space may follow it. */
static bool is_fence(const struct scan *s, uint32_t p, uint32_t *end)
{
    uint32_t q = p;
    while (q < s->length && q - p < 3 && s->text[q] == ' ')
        q++;
    p = q;
    while (q < s->length && s->text[q] == '`')
        q++;
    if (q - p < 3)
        return false;
    *end = q;
    while (q < s->length && (s->text[q] == ' ' || s->text[q] == '\t' || s->text[q] == '\r'))
        q++;
    return q == s->length || s->text[q] == '\n';
}

/* A fence that opens at p, the first thing of its line: the end of the fenced code, 0: nothing
 * closes it. */
static uint32_t fence_end(struct scan *s, uint32_t p)
{
    if (p < s->fence_none || s->length - p < 3 || memcmp(s->text + p, "```", 3) != 0)
        return 0;
    const char *line = memchr(s->text + p, '\n', s->length - p);
    uint32_t info = line ? (uint32_t)(line - s->text) : s->length, q = p, end;
    while (q < info && s->text[q] == '`')
        q++;
    if (memchr(s->text + q, '`', info - q))
        return 0;
    while (line) {
        uint32_t next = (uint32_t)(line - s->text) + 1;
        if (is_fence(s, next, &end))
            return end;
        line = memchr(s->text + next, '\n', s->length - next);
    }
    s->fence_none = s->length;
    return 0;
}

/* ---- punctuation ---- */

static uint32_t run_of(const struct scan *s, uint32_t p, const char *set)
{
    while (p < s->chunk_end && is_one_of(s->text[p], set))
        p++;
    return p;
}

static uint32_t scan_stops(const struct scan *s, uint32_t p, struct piece *piece)
{
    uint32_t q = run_of(s, p, ".!?"), dots = run_of(s, p, "."), marks = run_of(s, p, "!?");
    if (dots >= p + 3 && dots < q)
        q = dots; /* ...|? */
    else if (marks > p && run_of(s, marks, ".") > marks + 1)
        q = marks; /* !|... */
    piece->kind = dots < q ? PIECE_QUESTION : q - p > 1 ? PIECE_ELLIPSIS : PIECE_STOP;
    return q;
}

/* Lines drawn with signs, arrows, bullets: - -- --- ==== *** -> | */
static uint32_t scan_line(const struct scan *s, uint32_t p, struct piece *piece)
{
    char c = s->text[p];
    char own[2] = {c, '\0'};
    uint32_t q = run_of(s, p, own), all = run_of(s, p, "-=_*~+#<>|");
    piece->kind = PIECE_SYMBOL;
    if (all - p >= RULER_LENGTH || (all > q && c == '-' && s->text[all - 1] == '>')) {
        piece->kind = all - p >= RULER_LENGTH ? PIECE_RULER : PIECE_SYMBOL;
        return all;
    }
    if (c == '-' || (c == '_' && q - p > 1))
        piece->kind = PIECE_DASH;
    if (c == '*')
        piece->kind = PIECE_BULLET;
    if (c == '-' && q - p == 1 && p == s->chunk_start && q == s->chunk_end)
        piece->kind = piece->flags & PIECE_FIRST_IN_LINE ? PIECE_BULLET : PIECE_DASH;
    return q;
}

static uint32_t scan_brackets(const struct scan *s, uint32_t p, struct piece *piece)
{
    bool open = is_one_of(s->text[p], "([{");
    piece->kind = open ? PIECE_OPEN : PIECE_CLOSE;
    return p + 1;
}

static uint32_t scan_mark(struct scan *s, uint32_t p, struct piece *piece)
{
    uint32_t length = (uint32_t)apostrophe_length(s->text, p, s->chunk_end);
    if (!length)
        length = 1; /* " */
    uint32_t next = (uint32_t)apostrophe_length(s->text, p + length, s->chunk_end);
    bool pair = s->text[p] != '"' && next == length && (unsigned char)s->text[p] != 0xCA
                && (next == 3 || s->text[p] == s->text[p + 1]);
    if (pair)
        length += next;
    if (length == 6 || (length == 1 && s->text[p] == '`'))
        piece->kind = p == s->chunk_start ? PIECE_QUOTE_OPEN : PIECE_QUOTE_CLOSE;
    else
        piece->kind = (uint8_t)scan_quote(s, p, length);
    return p + length;
}

static uint32_t scan_high(struct scan *s, uint32_t p, struct piece *piece)
{
    size_t q = p;
    int32_t code, again;
    unsigned bits = char_decode(s->text, &q, s->chunk_end, &code);
    piece->kind = PIECE_SYMBOL;
    switch (code) {
    case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2010: case 0x2011: case 0x2212:
        piece->kind = PIECE_DASH;
        break;
    case 0x2026:
        piece->kind = PIECE_ELLIPSIS;
        break;
    case 0x2022: case 0x00B7: case 0x25AA: case 0x25CF: case 0x2023: case 0x25E6:
        piece->kind = PIECE_BULLET;
        return (uint32_t)q;
    case 0x201C: case 0x201D:
        piece->kind = (uint8_t)scan_quote(s, p, 3);
        return (uint32_t)q;
    case 0x201E: case 0x00AB: case 0x2039:
        piece->kind = PIECE_QUOTE_OPEN;
        return (uint32_t)q;
    case 0x00BB: case 0x203A:
        piece->kind = PIECE_QUOTE_CLOSE;
        return (uint32_t)q;
    case 0x3002: case 0xFF0E:
        piece->kind = PIECE_STOP;
        return (uint32_t)q;
    case 0xFF01: case 0xFF1F: case 0x203D: case 0x203C: case 0x2047:
        piece->kind = PIECE_QUESTION;
        return (uint32_t)q;
    default:
        if (bits & CHAR_OTHER)
            return (uint32_t)q;
        break;
    }
    while (q < s->chunk_end) { /* runs of the same sign, and of control characters */
        size_t next = q;
        if ((unsigned char)s->text[q] < 0x80) {
            q += code == 0x2026 && s->text[q] == '.';
            break;
        }
        if (!(char_decode(s->text, &next, s->chunk_end, &again) & CHAR_CONTROL) && again != code)
            break;
        q = next;
    }
    return (uint32_t)q;
}

static uint32_t scan_punctuation(struct scan *s, uint32_t p, struct piece *piece)
{
    char c = s->text[p];
    unsigned bits = char_peek(s->text, p, s->chunk_end);
    uint32_t q = bits & CHAR_EMOJI || is_one_of(c, ":;=<>(^-\\") ? scan_emoticon(s, p) : 0;
    if (q) {
        piece->kind = PIECE_EMOTICON;
        return q;
    }
    if (bits & CHAR_APOSTROPHE || c == '"')
        return scan_mark(s, p, piece);
    if ((unsigned char)c >= 0x80)
        return scan_high(s, p, piece);
    if (bits & CHAR_CONTROL) {
        piece->flags |= PIECE_PROTECTED;
        piece->kind = PIECE_SYMBOL;
        return (uint32_t)char_run(s->text, p, s->chunk_end, CHAR_CONTROL);
    }
    switch (c) {
    case '.': case '!': case '?':
        return scan_stops(s, p, piece);
    case '(': case '[': case '{': case ')': case ']': case '}':
        return scan_brackets(s, p, piece);
    case ',':
        piece->kind = PIECE_COMMA;
        return run_of(s, p, ",");
    case ';':
        piece->kind = PIECE_SEMICOLON;
        return p + 1;
    case ':':
        piece->kind = PIECE_COLON;
        return p + 1;
    case '-': case '=': case '_': case '*': case '~': case '+': case '#': case '|': case '<':
    case '>':
        return scan_line(s, p, piece);
    default: {
        char own[2] = {c, '\0'};
        piece->kind = PIECE_SYMBOL;
        return run_of(s, p, own);
    }
    }
}

/* ---- pieces ---- */

static uint32_t hash_form(const char *form, size_t length)
{
    uint32_t hash = 2166136261u; /* FNV-1a; only the feature table of the splitter sees it */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)ascii_lower(form[i])) * 16777619u;
    return hash;
}

/* A sign that begins a number: .5 +44 */
static bool begins_number(const struct scan *s, uint32_t p)
{
    char c = s->text[p];
    return (c == '.' || c == '+') && (p == s->chunk_start || s->text[p - 1] == '$'
                                      || s->text[p - 1] == '(')
           && is_ascii_digit(at(s, p + 1));
}

/* An apostrophe at the front of a word that is part of it: '72 '60s 'em, 't|is; a clitic written
 * alone: it 's. The end, 0: it is something else. */
static uint32_t scan_clipped(const struct scan *s, uint32_t p, struct piece *piece)
{
    uint32_t mark = (uint32_t)apostrophe_length(s->text, p, s->chunk_end), start = p + mark;
    if (!mark || s->text[p] == '`')
        return 0;
    uint32_t q = (uint32_t)char_run(s->text, start, s->chunk_end, CHAR_WORD);
    bool behind = (char_before(s->text, s->chunk_start, p) & CHAR_WORD) != 0;
    piece->kind = PIECE_LOWER;
    if ((behind || (p == s->chunk_start && q == s->chunk_end))
        && word_is_clitic(s->text + start, q - start))
        return q; /* it 's, @name|'s */
    if (behind)
        return 0;
    uint32_t closing = (uint32_t)apostrophe_length(s->text, q, s->chunk_end);
    if (closing && q == start + 1 && (s->text[start] | 32) == 'n')
        return q + closing; /* rock 'n' roll */
    uint32_t digits = (uint32_t)char_run(s->text, start, q, CHAR_DIGIT);
    piece->kind = PIECE_NUMBER;
    if (digits == start + 2 && (q == digits || (q == digits + 1 && s->text[digits] == 's')))
        return at(s, q) == '\'' ? 0 : q;
    piece->kind = PIECE_LOWER;
    if (digits > start || at(s, q) == '\'' || !hyphen_is_clipped(s->text + start, q - start))
        return 0;
    bool verb = (s->text[start] | 32) == 't' && q - start >= 3 && (s->text[start + 1] | 32) != 'i';
    verb = verb || (q - start == 3 && (s->text[start + 2] | 32) == 's');
    if (verb)
        piece->cut[0] = (uint16_t)(mark + 1);
    return q;
}

/* The end of the first piece of the protected span [p, q): all of it, or if it is too long for a
 * token what the chunk has of it. A span that the chunk cut goes on in the next one. */
static uint32_t end_span(struct scan *s, uint32_t p, uint32_t q, const struct piece *piece)
{
    bool cut = s->chunk_end < s->length
               && !(char_peek(s->text, s->chunk_end, s->length) & CHAR_SPACE);
    if (cut && piece->kind == PIECE_URL && q + 8 > s->chunk_end && q < s->chunk_end)
        q = s->chunk_end; /* what looked like punctuation behind it is within */
    if (q - p > LIMIT_TOKEN_BYTES)
        s->span_end = q;
    else if (q == s->chunk_end && cut)
        s->span_end = q + (uint32_t)LIMIT_TOKEN_BYTES;
    else
        return q;
    s->span_kind = piece->kind;
    return s->chunk_end < q ? s->chunk_end : q;
}

/* Goes on with a protected span: the next chunk, or what of it belongs to the span. */
static uint32_t pass_span(struct scan *s, struct piece *piece)
{
    bool cut = s->chunk_end - s->chunk_start > LIMIT_TOKEN_BYTES - 4;
    piece->kind = s->span_kind;
    piece->flags |= PIECE_PROTECTED | PIECE_INSIDE;
    if (s->span_kind != PIECE_MARKUP) /* white space ends an address, however long */
        s->span_end = cut ? s->chunk_end + 1 : s->chunk_end;
    return s->chunk_end < s->span_end ? s->chunk_end : s->span_end;
}

static uint32_t scan_piece(struct scan *s, uint32_t p, struct piece *piece)
{
    bool word = (char_peek(s->text, p, s->chunk_end) & CHAR_ALNUM) != 0;
    if (s->chunk_bits & (CHAR_SIGN | CHAR_DOT | CHAR_APOSTROPHE)) {
        uint32_t q = scan_span(s, p, piece);
        if (q) {
            piece->flags |= PIECE_PROTECTED;
            return end_span(s, p, q, piece);
        }
    }
    if (word)
        return scan_word(s, p, piece);
    if (begins_number(s, p))
        return scan_word(s, p + 1, piece);
    uint32_t end = s->chunk_bits & CHAR_APOSTROPHE ? scan_clipped(s, p, piece) : 0;
    if (end)
        return end;
    return scan_punctuation(s, p, piece);
}

/* dual and single are where the quotations closed that were open before the piece. */
static void mark_quoted(const struct scan *s, uint32_t dual, uint32_t single, struct piece *piece)
{
    uint32_t p = piece->start;
    bool inside = (dual && p <= dual) || (single && p <= single);
    bool opens = piece->kind == PIECE_QUOTE_OPEN && (s->quote_end > p || s->single_end > p);
    if (inside || opens)
        piece->flags |= PIECE_QUOTED;
}

static bool has_bad(const struct scan *s, size_t p, uint32_t end)
{
    while (p < end)
        if (char_next(s->text, &p, end) & CHAR_BAD)
            return true;
    return false;
}

bool scan_next(struct scan *s, struct piece *piece)
{
    bool first = s->position == 0 || s->position == s->line_start;
    enum piece_gap gap = s->position < s->chunk_end ? GAP_NONE : skip_space(s);
    if (s->position >= s->length)
        return false;
    if (first)
        gap = GAP_PARAGRAPH;
    memset(piece, 0, sizeof *piece);
    uint32_t p = s->position, dual = s->quote_end, single = s->single_end;
    piece->start = p;
    piece->gap = (uint8_t)gap;
    if (gap >= GAP_LINE)
        piece->flags |= PIECE_FIRST_IN_LINE;
    if (gap == GAP_PARAGRAPH)
        s->quote_end = s->single_end = dual = single = 0;
    if (p >= s->chunk_end)
        measure_chunk(s);
    if (gap >= GAP_LINE && p >= s->fence_end)
        s->fence_end = fence_end(s, p);
    if (p < s->fence_end) {
        piece->kind = PIECE_CODE;
        piece->flags |= PIECE_PROTECTED | PIECE_FENCED;
        piece->end = s->chunk_end < s->fence_end ? s->chunk_end : s->fence_end;
    } else if (p < s->span_end && (gap == GAP_NONE || s->span_kind == PIECE_MARKUP)) {
        piece->end = pass_span(s, piece);
    } else {
        s->span_end = 0;
        piece->end = scan_piece(s, p, piece);
        mark_quoted(s, dual, single, piece);
    }
    s->position = piece->end;
    if (s->chunk_bits & CHAR_BAD && has_bad(s, p, piece->end))
        piece->flags |= PIECE_PROTECTED;
    piece->hash = hash_form(s->text + p, piece->end - p);
    return true;
}
