/* scan_span.c -- what is not prose: URLs, e-mail addresses, handles, hash tags, file names and
 * paths, code, markup, entities (all protected), emoticons and emoji. Each is one piece. A search
 * that failed is remembered or bounded by LIMIT_TOKEN_BYTES, so that time stays linear.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/scan.h"

#include <string.h>

#include "base/limits.h"
#include "text/chars.h"
#include "text/words.h"

enum { MARKUP_BYTES = 64 * 1024 };

static char at(const struct scan *s, uint32_t p)
{
    return p < s->chunk_end ? s->text[p] : '\0';
}

static unsigned peek(const struct scan *s, uint32_t p)
{
    return char_peek(s->text, p, s->chunk_end);
}

static bool is_name_byte(char c)
{
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '_' || c == ':';
}

/* Whether the chunk has the lower-case word at p, in any case. */
static bool has_word(const struct scan *s, uint32_t p, const char *word)
{
    size_t length = strlen(word);
    if (s->chunk_end - p < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (ascii_lower(s->text[p + i]) != word[i])
            return false;
    return true;
}

/* ---- addresses ---- */

static bool is_url_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c > ' ' && c != 127 && !is_one_of(c, "<>\"{}|\\^`"));
}

/* The end of a URL whose body begins at p: what may be in it, less the punctuation behind it. */
static uint32_t url_end(const struct scan *s, uint32_t p)
{
    uint32_t q = p, open = 0, close = 0;
    while (q < s->chunk_end && is_url_byte(s->text[q])) {
        size_t next = q;
        int32_t code = 0;
        if ((unsigned char)s->text[q] >= 0x80)
            (void)char_decode(s->text, &next, s->chunk_end, &code);
        if (code >= 0x2018 && code <= 0x201D)
            break; /* a curly quotation mark */
        open += s->text[q] == '(';
        close += s->text[q] == ')';
        q = next > q ? (uint32_t)next : q + 1;
    }
    while (q > p) {
        char c = s->text[q - 1];
        if (c == ')' && close > open)
            close--;
        else if (!is_one_of(c, ".,;:!?'*_]"))
            break;
        q--;
    }
    return q;
}

/* scheme://..., www...., mailto:... */
static uint32_t scan_url(const struct scan *s, uint32_t p)
{
    uint32_t q = p;
    if (has_word(s, p, "www.") && peek(s, p + 4) & CHAR_ALNUM)
        return url_end(s, p);
    if (has_word(s, p, "mailto:") || has_word(s, p, "doi:10.")) {
        q = url_end(s, p);
        return q > p + 8 ? q : 0;
    }
    while (q < s->chunk_end && q - p < 24 && (is_ascii_letter(s->text[q]) || s->text[q] == '+'))
        q++;
    if (q < p + 2 || at(s, q) != ':' || at(s, q + 1) != '/' || at(s, q + 2) != '/')
        return 0;
    uint32_t end = url_end(s, q + 3);
    return end > q + 3 ? end : 0;
}

static bool is_address_byte(char c)
{
    return is_ascii_letter(c) || is_ascii_digit(c) || is_one_of(c, "._%+-~#&");
}

/* The domain behind the @ at p: its end, 0: none. */
static uint32_t domain_end(const struct scan *s, uint32_t p)
{
    uint32_t q = p + 1;
    while (q < s->chunk_end
           && (is_name_byte(s->text[q]) || s->text[q] == '.') && s->text[q] != ':')
        q++;
    while (q > p + 1 && is_one_of(s->text[q - 1], ".-_"))
        q--;
    return q > p + 1 ? q : 0;
}

/* Dotted names [p, q) such as example.com, notes.txt, alt.animals.cat; sets the kind. */
static uint32_t dotted_name(const struct scan *s, uint32_t p, uint32_t q, struct piece *piece)
{
    while (q > p && is_one_of(s->text[q - 1], ".-_%+~#&"))
        q--;
    uint32_t last = q, dots = 0;
    bool lower = true, even = true;
    for (uint32_t i = p; i < q; i++) {
        char c = s->text[i];
        even = even && !(c == '.' && (i == p || s->text[i - 1] == '.'));
        lower = lower && (c == '.' || c == '-' || (c >= 'a' && c <= 'z'));
        if (c == '.') {
            dots++;
            last = i + 1;
        }
    }
    if (!dots || last < p + 2 || !even)
        return 0;
    const char *label = s->text + last;
    size_t length = q - last;
    bool sentence = char_table[(unsigned char)*label] & CHAR_UPPER && length > 1
                    && char_table[(unsigned char)label[1]] & CHAR_LOWER; /* end.So */
    bool common = length == 3 && (has_word(s, last, "com") || has_word(s, last, "net")
                                  || has_word(s, last, "org"));
    if (word_is_domain(label, length) && last - p > 2 && (!sentence || common)) {
        piece->kind = PIECE_URL;
        return at(s, q) == '/' && peek(s, q + 1) & CHAR_ALNUM ? url_end(s, p) : q;
    }
    if (word_is_extension(label, length) && !sentence && (length > 2 || last - p > 3)) {
        piece->kind = PIECE_FILE;
        return q;
    }
    const char *dot = memchr(s->text + p, '.', q - p);
    bool usenet = word_is_usenet(s->text + p, (size_t)(dot - s->text) - p);
    if (lower && (usenet || (dots >= 2 && length > 1 && last - p > 6))) {
        piece->kind = PIECE_URL;
        return q;
    }
    return 0;
}

/* An e-mail address, domain or file name at p. */
static uint32_t scan_address(struct scan *s, uint32_t p, struct piece *piece)
{
    uint32_t q = p, name;
    if (p < s->plain_end)
        return 0;
    while (q < s->chunk_end && is_address_byte(s->text[q]))
        q++;
    if (q > p && at(s, q) == '@') {
        uint32_t end = domain_end(s, q);
        piece->kind = PIECE_EMAIL;
        if (end)
            return end;
    }
    name = q > p && !(peek(s, q) & CHAR_HIGH) ? dotted_name(s, p, q, piece) : 0;
    if (!name)
        s->plain_end = q;
    return name;
}

static uint32_t scan_handle(const struct scan *s, uint32_t p, struct piece *piece)
{
    unsigned first = peek(s, p + 1), before = char_before(s->text, s->chunk_start, p);
    if (before & (CHAR_WORD | CHAR_SIGN))
        return 0;
    piece->kind = s->text[p] == '@' ? PIECE_HANDLE : PIECE_HASHTAG;
    if (!(first & (s->text[p] == '@' ? CHAR_WORD : CHAR_LETTER)) || first & CHAR_BAD)
        return 0;
    uint32_t q = (uint32_t)char_run(s->text, p + 1, s->chunk_end, CHAR_WORD);
    while (s->text[p] == '@' && at(s, q) == '.' && peek(s, q + 1) & CHAR_WORD)
        q = (uint32_t)char_run(s->text, q + 1, s->chunk_end, CHAR_WORD);
    return q;
}

/* ---- paths ---- */

/* /usr/lib, ~/x, ./x, ../x, C:\x, \\host\x, src/main.c */
static uint32_t scan_path(const struct scan *s, uint32_t p, struct piece *piece)
{
    uint32_t q = p, slashes = 0;
    bool start = at(s, p) == '/' || at(s, p) == '~' || at(s, p) == '.';
    bool drive = peek(s, p) & CHAR_LETTER && at(s, p + 1) == ':' && at(s, p + 2) == '\\';
    bool host = at(s, p) == '\\' && at(s, p + 1) == '\\' && peek(s, p + 2) & CHAR_ALNUM;
    char separator = drive || host ? '\\' : '/';
    while (q < s->chunk_end && (is_name_byte(s->text[q]) || s->text[q] == '.' || s->text[q] == '~'
                                || s->text[q] == separator)) {
        slashes += s->text[q] == separator && peek(s, q + 1) & (CHAR_ALNUM | CHAR_DOT);
        q++;
    }
    while (q > p && is_one_of(s->text[q - 1], ".:-"))
        q--;
    piece->kind = PIECE_FILE;
    if (at(s, p) == '.' && p == s->chunk_start && word_is_extension(s->text + p + 1, q - p - 1))
        return q; /* .doc */
    if (drive || host)
        return q > p + 3 ? q : 0;
    if (!slashes || char_before(s->text, s->chunk_start, p) & CHAR_WORD)
        return 0;
    if (start) {
        bool home = at(s, p) != '/' && (at(s, p + 1) == '/' || at(s, p + 2) == '/');
        return home || slashes >= 2 ? q : 0;
    }
    uint32_t dot = q;
    while (dot > p && s->text[dot - 1] != '.' && s->text[dot - 1] != '/')
        dot--;
    bool file = dot > p && s->text[dot - 1] == '.' && s->text[dot - 2 > p ? dot - 2 : p] != '.';
    return file && word_is_extension(s->text + dot, q - dot) ? q : 0;
}

/* ---- code and markup ---- */

/* The end of the line at p or of what one token may hold. */
static uint32_t line_limit(const struct scan *s, uint32_t p)
{
    uint32_t limit = s->length - p > LIMIT_TOKEN_BYTES ? p + LIMIT_TOKEN_BYTES : s->length;
    const char *end = memchr(s->text + p, '\n', limit - p);
    return end ? (uint32_t)(end - s->text) : limit;
}

/* `code` or ``code``: closed by as many backticks on the same line. */
static uint32_t scan_code(struct scan *s, uint32_t p)
{
    if (p < s->code_none || char_before(s->text, s->chunk_start, p) & CHAR_WORD)
        return 0;
    uint32_t limit = line_limit(s, p), ticks = 0;
    while (ticks < 3 && p + ticks < limit && s->text[p + ticks] == '`')
        ticks++;
    uint32_t q = p + ticks;
    if (ticks > 2 || q >= limit || peek(s, q) == 0 || s->text[q] == ' ')
        return 0;
    while (q < limit) {
        uint32_t run = 0;
        while (q + run < limit && s->text[q + run] == '`')
            run++;
        if (run == ticks && s->text[q - 1] != ' ')
            return q + run;
        if (s->text[q] == '\'' && q + 1 < limit && s->text[q + 1] == '\'')
            return 0; /* ``quoted'' */
        q += run ? run : 1;
    }
    if (ticks == 1)
        s->code_none = limit;
    return 0;
}

/* The tag name and attributes behind < or </ at p: true if they look like markup. */
static bool is_tag(const struct scan *s, uint32_t p, uint32_t close)
{
    if (s->text[p] == '/')
        p++;
    uint32_t q = p;
    while (q < close && is_name_byte(s->text[q]))
        q++;
    if (q == p || !is_ascii_letter(s->text[p]) || s->text[q - 1] == ':')
        return false;
    if (q == close || (s->text[q] == '/' && q + 1 == close))
        return true;
    if (!(char_table[(unsigned char)s->text[q]] & CHAR_SPACE))
        return false;
    while (q < close && char_table[(unsigned char)s->text[q]] & CHAR_SPACE)
        q++;
    if (q == close || s->text[q] == '/')
        return true;
    while (q < close && is_name_byte(s->text[q]))
        q++;
    return q < close && s->text[q] == '=';
}

/* The > that follows p, found once for all < before it; 0: none within MARKUP_BYTES. */
static uint32_t next_close(struct scan *s, uint32_t p)
{
    if (p < s->markup_none)
        return 0;
    if (p >= s->markup_close) {
        uint32_t limit = s->length - p > MARKUP_BYTES ? p + MARKUP_BYTES : s->length;
        const char *close = memchr(s->text + p, '>', limit - p);
        if (!close) {
            s->markup_none = limit;
            return 0;
        }
        s->markup_close = (uint32_t)(close - s->text);
    }
    return s->markup_close;
}

/* The end of the comment <!-- at p, 0: it does not end within MARKUP_BYTES. */
static uint32_t comment_end(struct scan *s, uint32_t p)
{
    uint32_t limit = s->length - p > MARKUP_BYTES ? p + MARKUP_BYTES : s->length, q = p + 4;
    if (p < s->comment_none)
        return 0;
    while (q < limit) {
        const char *close = memchr(s->text + q, '>', limit - q);
        if (!close)
            break;
        q = (uint32_t)(close - s->text) + 1;
        if (q >= p + 7 && !memcmp(close - 2, "--", 2))
            return q;
    }
    s->comment_none = limit;
    return 0;
}

static uint32_t scan_markup(struct scan *s, uint32_t p)
{
    char next = p + 1 < s->length ? s->text[p + 1] : '\0';
    if (!is_ascii_letter(next) && !is_one_of(next, "/!?"))
        return 0;
    if (s->length - p >= 4 && !memcmp(s->text + p, "<!--", 4))
        return comment_end(s, p);
    uint32_t q = next_close(s, p);
    if (!q || memchr(s->text + p + 1, '<', q - p - 1))
        return 0;
    bool declaration = next == '?' ? s->text[q - 1] == '?' && q > p + 2
                                   : next == '!' && is_ascii_letter(s->text[p + 2]);
    return declaration || is_tag(s, p + 1, q) ? q + 1 : 0;
}

uint32_t scan_entity(const struct scan *s, uint32_t p)
{
    static const char names[][8] = {"amp", "lt", "gt", "quot", "apos", "nbsp", "rsquo",
                                        "lsquo", "rdquo", "ldquo", "mdash", "ndash", "hellip",
                                        "copy", "reg", "trade", "eacute", "pound", "euro", "bull"};
    uint32_t q = p + 1;
    bool number = at(s, q) == '#';
    if (number)
        q += (at(s, q + 1) | 32) == 'x' ? 2 : 1;
    uint32_t name = q;
    while (q < s->chunk_end && q - name < 32 && (is_ascii_letter(s->text[q])
                                                 || is_ascii_digit(s->text[q])))
        q++;
    if (q == name || at(s, q) != ';')
        return 0;
    if (number)
        return q + 1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == q - name && !memcmp(names[i], s->text + name, q - name))
            return q + 1;
    bool alone = !(char_before(s->text, s->chunk_start, p) & CHAR_WORD);
    return alone && q - name > 2 && is_ascii_letter(s->text[name]) ? q + 1 : 0;
}

uint32_t scan_span(struct scan *s, uint32_t p, struct piece *piece)
{
    uint32_t q = 0;
    char c = s->text[p];
    switch (c) {
    case '`':
        piece->kind = PIECE_CODE;
        return scan_code(s, p);
    case '<':
        piece->kind = PIECE_MARKUP;
        return scan_markup(s, p);
    case '&':
        piece->kind = PIECE_MARKUP;
        return scan_entity(s, p);
    case '@':
    case '#':
        return scan_handle(s, p, piece);
    default:
        break;
    }
    bool word = (peek(s, p) & CHAR_ALNUM) != 0;
    unsigned before = char_before(s->text, s->chunk_start, p);
    if (word && s->chunk_bits & (CHAR_SIGN | CHAR_DOT) && !(before & CHAR_WORD)) {
        piece->kind = PIECE_URL;
        q = scan_url(s, p);
    }
    bool path = (s->chunk_bits & CHAR_SIGN || c == '.')
                && !(before & (CHAR_WORD | CHAR_HYPHEN | CHAR_DOT | CHAR_SIGN))
                && (word || c == '/' || c == '~' || c == '.' || c == '\\');
    if (!q && path)
        q = scan_path(s, p, piece);
    if (!q && word && s->chunk_bits & (CHAR_SIGN | CHAR_DOT))
        q = scan_address(s, p, piece);
    return q;
}

/* ---- emoticons and emoji ---- */

/* The emoji sequence at p: a base with its selectors, skin tones, joined bases, tags. */
static uint32_t emoji_end(const struct scan *s, uint32_t p)
{
    size_t q = p;
    int32_t code;
    (void)char_decode(s->text, &q, s->chunk_end, &code);
    bool flag = code >= 0x1F1E6 && code <= 0x1F1FF, joined = false;
    while (q < s->chunk_end && (unsigned char)s->text[q] >= 0x80) {
        size_t next = q;
        unsigned bits = char_decode(s->text, &next, s->chunk_end, &code);
        bool region = code >= 0x1F1E6 && code <= 0x1F1FF;
        bool modifier = code == 0xFE0F || code == 0xFE0E || (code >= 0x1F3FB && code <= 0x1F3FF)
                        || code == 0x20E3 || (code >= 0xE0020 && code <= 0xE007F);
        if (!modifier && code != 0x200D && !(joined && bits & CHAR_EMOJI) && !(flag && region))
            break;
        joined = code == 0x200D;
        flag = false;
        q = next;
    }
    return (uint32_t)q;
}

static bool is_mouth(char c)
{
    return is_one_of(c, ")(DPpOo|/\\3*[]sSxX");
}

/* :-) ;) =( :P <3 ^_^ -_- with a longer mouth: :))) */
static uint32_t western_face(const struct scan *s, uint32_t p)
{
    uint32_t q = p;
    if (at(s, q) == '>' && at(s, q + 1) == ':')
        q++;
    if (!is_one_of(at(s, q), ":;="))
        return 0;
    bool nose = at(s, q + 1) == '-' || at(s, q + 1) == '\'' || at(s, q + 1) == 'o';
    q += nose ? 2 : 1;
    char mouth = at(s, q);
    if (!is_mouth(mouth) || (mouth == '/' && at(s, q + 1) == '/'))
        return 0;
    bool sure = mouth == ')' || mouth == '(' || (nose && is_one_of(mouth, "|/\\*[]"));
    bool alone = !(char_before(s->text, s->chunk_start, p) & CHAR_ALNUM);
    while (at(s, q) == mouth)
        q++;
    if (!sure && (!alone || peek(s, q) & CHAR_ALNUM || is_one_of(mouth, "[]*\\")))
        return 0;
    return q;
}

uint32_t scan_emoticon(const struct scan *s, uint32_t p)
{
    static const char faces[][5] = {"<3", "</3", "^_^", "^^", "-_-", "(:", "(;", ":')", ":'(",
                                        "\\o/"};
    if (peek(s, p) & CHAR_EMOJI)
        return emoji_end(s, p);
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
        uint32_t end = p + (uint32_t)strlen(faces[i]);
        bool alone = has_word(s, p, faces[i]) && !(peek(s, end) & CHAR_WORD)
                     && !(char_before(s->text, s->chunk_start, p) & CHAR_WORD);
        if (alone)
            return end;
    }
    return western_face(s, p);
}
