/* lex.c -- see lex.h. Works on the decoded text of one element; reports what can never be part of a
 * pattern.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lex.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The bytes of an apostrophe at p: a straight or a typographic one; 0: none. */
static uint32_t apostrophe(const char *p)
{
    if (*p == '\'')
        return 1;
    return strncmp(p, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

static uint32_t word_end(const char *bytes, uint32_t at)
{
    while (is_letter(bytes[at]) || is_digit(bytes[at])) {
        do
            at++;
        while (is_letter(bytes[at]) || is_digit(bytes[at]));
        uint32_t joint = bytes[at] == '-' ? 1 : apostrophe(bytes + at);
        if (joint && (is_letter(bytes[at + joint]) || is_digit(bytes[at + joint])))
            at += joint;
    }
    if (bytes[at] == '$' && at >= 2 && bytes[at - 1] >= 'A' && bytes[at - 1] <= 'Z')
        at++;
    return at;
}

static struct lexeme string(const struct text *text, struct lexeme lexeme, struct arena *arena,
                            struct diagnostics *d)
{
    uint32_t end = lexeme.start + 1;
    while (end < text->length && text->bytes[end] != '"' && text->bytes[end] != '\n')
        end++;
    if (end == text->length || text->bytes[end] == '\n') {
        if (d)
            diagnostics_error(d, text_place(text, lexeme.start),
                              "this string is not closed; put a second \" on the same line");
        lexeme.kind = LEX_BAD;
        lexeme.end = end;
        return lexeme;
    }
    lexeme.kind = LEX_STRING;
    lexeme.text = arena_strndup(arena, text->bytes + lexeme.start + 1, end - lexeme.start - 1);
    lexeme.end = end + 1;
    return lexeme;
}

static void report_sign(const struct text *text, uint32_t at, struct diagnostics *d)
{
    char c = text->bytes[at];
    if (c == '<' || c == '>' || c == '&')
        diagnostics_error(d, text_place(text, at),
                          "\"%c\" has no place in a pattern; compare with lt, le, gt, ge, eq, and "
                          "write tests side by side for \"and\"", c);
    else
        diagnostics_error(d, text_place(text, at), "unexpected \"%c\"", c);
}

static struct lexeme sign(const struct text *text, struct lexeme lexeme, struct diagnostics *d)
{
    const char *p = text->bytes + lexeme.start;
    if (strncmp(p, "...", 3) == 0) {
        lexeme.kind = LEX_GAP;
        lexeme.end = lexeme.start + 3;
    } else if (strncmp(p, "..", 2) == 0) {
        lexeme.kind = LEX_SPAN;
        lexeme.end = lexeme.start + 2;
    } else if (strncmp(p, ":=", 2) == 0) {
        lexeme.kind = LEX_ASSIGN;
        lexeme.end = lexeme.start + 2;
    } else {
        lexeme.end = lexeme.start + 1;
        lexeme.sign = *p;
        lexeme.kind = *p && strchr("[](){},;:.=|!*+?^/#@$", *p) ? LEX_SIGN : LEX_BAD;
        if (lexeme.kind == LEX_BAD && d)
            report_sign(text, lexeme.start, d);
    }
    return lexeme;
}

static uint32_t number_end(const char *bytes, uint32_t at)
{
    while (is_digit(bytes[at]))
        at++;
    if (bytes[at] == '.' && is_digit(bytes[at + 1]))
        for (at++; is_digit(bytes[at]);)
            at++;
    return at;
}

struct lexeme lex_next(const struct text *text, uint32_t at, struct arena *arena,
                       struct diagnostics *diagnostics)
{
    struct lexeme lexeme = {LEX_END, 0, false, false, at, at, ""};
    const char *bytes = text->bytes;
    while (at < text->length && is_space(bytes[at])) {
        lexeme.newline |= bytes[at] == '\n';
        lexeme.space = true;
        at++;
    }
    lexeme.start = lexeme.end = at;
    if (at >= text->length)
        return lexeme;
    if (bytes[at] == '"')
        return string(text, lexeme, arena, diagnostics);
    uint32_t number = number_end(bytes, at);
    if (number > at && !is_letter(bytes[number]) && bytes[number] != '-' &&
        !apostrophe(bytes + number)) {
        lexeme.kind = LEX_NUMBER;
        lexeme.end = number;
    } else if (is_letter(bytes[at]) || is_digit(bytes[at])) {
        lexeme.kind = LEX_WORD;
        lexeme.end = word_end(bytes, at);
    } else {
        return sign(text, lexeme, diagnostics);
    }
    lexeme.text = arena_strndup(arena, bytes + at, lexeme.end - at);
    if (!lexeme.text)
        lexeme.kind = LEX_END;
    return lexeme;
}

struct lexeme lex_regex(const struct text *text, uint32_t at, struct arena *arena,
                        struct diagnostics *diagnostics)
{
    struct lexeme lexeme = {LEX_REGEX, 0, false, false, at, at + 1, ""};
    const char *bytes = text->bytes;
    while (lexeme.end < text->length && bytes[lexeme.end] != '/' && bytes[lexeme.end] != '\n')
        lexeme.end += bytes[lexeme.end] == '\\' && lexeme.end + 1 < text->length ? 2 : 1;
    if (lexeme.end >= text->length || bytes[lexeme.end] != '/') {
        diagnostics_error(diagnostics, text_place(text, at),
                          "this regular expression is not closed; put a second / on the same line");
        lexeme.kind = LEX_BAD;
        if (lexeme.end > text->length)
            lexeme.end = text->length;
        return lexeme;
    }
    lexeme.text = arena_strndup(arena, bytes + at + 1, lexeme.end - at - 1);
    lexeme.end++;
    return lexeme;
}

bool lex_decimal(const char *text, uint32_t *millionths)
{
    uint32_t whole = 0, part = 0, scale = 1000000;
    bool digits = false;
    for (; is_digit(*text); text++, digits = true) {
        whole = whole * 10 + (uint32_t)(*text - '0');
        if (whole > 4000)
            return false;
    }
    if (*text == '.')
        for (text++; is_digit(*text); text++, digits = true) {
            scale /= 10;
            part += (uint32_t)(*text - '0') * scale;
        }
    *millionths = whole * 1000000 + part;
    return digits && *text == '\0';
}

char *lex_fold_word(struct arena *arena, const char *text)
{
    int32_t length = (int32_t)strlen(text), i = 0, n = 0;
    uint8_t *out = arena_alloc(arena, (size_t)length * 3 + 4);
    if (!out)
        return NULL;
    while (i < length) {
        UChar32 c;
        U8_NEXT((const uint8_t *)text, i, length, c);
        if (c < 0)
            c = 0xfffd;
        if (c == 0x2019 || c == 0x2018 || c == 0x2bc)
            c = '\'';
        c = u_tolower(c);
        U8_APPEND_UNSAFE(out, n, (uint32_t)c);
    }
    out[n] = '\0';
    return (char *)out;
}
