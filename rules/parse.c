/* parse.c -- what all parts of the parser share: walking over lexemes, errors and recovery, names,
 * references, node tests' brackets.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"

static const char *const keywords[] = {"seq",  "not",    "any",   "maybe", "or",   "is",
                                       "when", "within", "before", "after", "next", "in"};

void parse_start(struct parser *p, struct arena *arena, struct diagnostics *diagnostics,
                 const struct pattern *patterns, const struct text *text)
{
    memset(p, 0, sizeof *p);
    p->arena = arena;
    p->diagnostics = diagnostics;
    p->patterns = patterns;
    p->text = text;
    p->now = lex_next(text, 0, arena, diagnostics);
    p->broken = p->now.kind == LEX_BAD;
}

void parse_advance(struct parser *p)
{
    p->last_end = p->now.end;
    p->now = lex_next(p->text, p->now.end, p->arena, p->diagnostics);
    if (p->now.kind == LEX_BAD)
        p->broken = true;
}

struct lexeme parse_ahead(struct parser *p)
{
    return lex_next(p->text, p->now.end, p->arena, NULL);
}

struct place parse_here(const struct parser *p)
{
    return text_place(p->text, p->now.start);
}

bool parse_error(struct parser *p, struct place at, const char *format, ...)
{
    if (p->broken)
        return false;
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    diagnostics_error(p->diagnostics, at, "%s", message);
    p->broken = true;
    return false;
}

bool parse_expected(struct parser *p, const char *what)
{
    struct place at = parse_here(p);
    switch (p->now.kind) {
    case LEX_END: return parse_error(p, at, "expected %s, but the text ends here", what);
    case LEX_SIGN: return parse_error(p, at, "expected %s, not \"%c\"", what, p->now.sign);
    case LEX_STRING: return parse_error(p, at, "expected %s, not the string \"%s\"", what,
                                        p->now.text);
    case LEX_GAP: return parse_error(p, at, "expected %s, not \"...\"", what);
    case LEX_SPAN: return parse_error(p, at, "expected %s, not \"..\"", what);
    case LEX_ASSIGN: return parse_error(p, at, "expected %s, not \":=\"", what);
    default: return parse_error(p, at, "expected %s, not \"%s\"", what, p->now.text);
    }
}

bool parse_is_sign(const struct parser *p, char sign)
{
    return p->now.kind == LEX_SIGN && p->now.sign == sign;
}

bool parse_is_word(const struct parser *p, const char *word)
{
    return p->now.kind == LEX_WORD && strcmp(p->now.text, word) == 0;
}

bool parse_take_sign(struct parser *p, char sign)
{
    if (!parse_is_sign(p, sign))
        return false;
    parse_advance(p);
    return true;
}

bool parse_need_sign(struct parser *p, char sign)
{
    char what[8];
    snprintf(what, sizeof what, "\"%c\"", sign);
    return parse_take_sign(p, sign) || parse_expected(p, what);
}

void *parse_new(struct parser *p, size_t size)
{
    void *memory = arena_calloc(p->arena, 1, size);
    if (!memory)
        p->broken = true; /* the arena's failure is reported by the caller */
    return memory;
}

void parse_recover(struct parser *p)
{
    unsigned depth = 0;
    while (p->now.kind != LEX_END) {
        bool sign = p->now.kind == LEX_SIGN;
        if (depth == 0 && sign && (p->now.sign == ';' || p->now.sign == '}'))
            break;
        if (sign && strchr("[({", p->now.sign))
            depth++;
        else if (sign && strchr("])}", p->now.sign))
            depth -= depth > 0;
        parse_advance(p);
        if (depth == 0 && p->now.newline)
            break;
    }
    p->broken = false;
}

bool parse_ended(struct parser *p)
{
    if (p->now.kind == LEX_END || p->now.newline || parse_is_sign(p, ';') || parse_is_sign(p, '}'))
        return true;
    return parse_expected(p, "\";\" or a new line after the statement");
}

bool parse_deeper(struct parser *p)
{
    if (++p->depth <= LIMIT_NESTING)
        return true;
    return parse_error(p, parse_here(p), "nested more than %d deep; split the pattern",
                       LIMIT_NESTING);
}

static bool check_name(struct parser *p, struct place at, const char *name)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(name, keywords[i]) == 0)
            return parse_error(p, at, "\"%s\" is a word of the language; choose another name",
                               name);
    for (const char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
              (c > name && (*c == '_' || (*c >= '0' && *c <= '9')))))
            return parse_error(p, at,
                               "\"%s\" cannot be a name: names are made of letters, digits and _",
                               name);
    return true;
}

/* Names inside a pattern's body are its own, unless they are arguments. */
static bool resolve(struct parser *p, struct ref *ref)
{
    const struct expansion *e = p->expansion;
    if (!e)
        return true;
    for (unsigned i = 0; i < e->arg_count; i++) {
        const struct word *arg = e->pattern->args;
        for (unsigned k = 0; k < i; k++)
            arg = arg->next;
        if (strcmp(arg->text, ref->name) == 0) {
            struct place at = ref->at;
            *ref = e->args[i];
            ref->at = at;
            return true;
        }
    }
    size_t size = strlen(ref->name) + 16;
    char *name = arena_alloc(p->arena, size);
    if (!name)
        return false;
    snprintf(name, size, "%s~%u", ref->name, e->number);
    ref->name = name;
    return true;
}

bool parse_name(struct parser *p, const char **name)
{
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "a name");
    struct ref ref = {.at = parse_here(p), .name = p->now.text};
    if (!check_name(p, ref.at, ref.name) || !resolve(p, &ref))
        return false;
    if (ref.role_count > 0)
        return parse_error(p, ref.at,
                           "\"%s\" stands for a role here; bind it to a name of its own first",
                           p->now.text);
    *name = ref.name;
    parse_advance(p);
    return true;
}

bool parse_ref(struct parser *p, struct ref *ref)
{
    memset(ref, 0, sizeof *ref);
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "a name");
    ref->at = parse_here(p);
    ref->name = p->now.text;
    if (!check_name(p, ref->at, ref->name) || !resolve(p, ref))
        return false;
    parse_advance(p);
    while (parse_is_sign(p, '.')) {
        parse_advance(p);
        if (p->now.kind != LEX_WORD)
            return parse_expected(p, "a role after \".\"");
        if (ref->role_count == MAX_ROLES)
            return parse_error(p, parse_here(p),
                               "at most two roles in a row; bind the first ones to a name");
        struct word *role = &ref->roles[ref->role_count++];
        role->at = parse_here(p);
        role->text = p->now.text;
        parse_advance(p);
    }
    return true;
}

bool parse_node(struct parser *p, struct node *node)
{
    memset(node, 0, sizeof *node);
    node->at = parse_here(p);
    node->trigger = parse_take_sign(p, '@');
    if (p->now.kind == LEX_WORD) {
        if (!parse_name(p, &node->name) || !parse_need_sign(p, ':'))
            return false;
    }
    if (!parse_is_sign(p, '['))
        return parse_expected(p, "a token in brackets, such as n:[NOUN]");
    parse_advance(p);
    return parse_tests(p, &node->test);
}

bool parse_lone_ref(struct arena *arena, const struct text *text, struct ref *ref)
{
    struct diagnostics none = {.quiet = 1};
    struct parser p;
    parse_start(&p, arena, &none, NULL, text);
    return parse_ref(&p, ref) && p.now.kind == LEX_END && none.errors == 0;
}
