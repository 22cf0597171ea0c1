/* parse_match.c -- statements of a match: what each line begins with tells what it is.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "parse.h"
#include "table/format.h"

enum { LONGEST_SAID = 120 };

static bool parse_statement(struct parser *p, struct stmt **out);

/* The statement's text, white space as single spaces, for traces. */
static const char *said(struct parser *p, uint32_t start, uint32_t end)
{
    char text[LONGEST_SAID + 8];
    size_t n = 0;
    for (uint32_t i = start; i < end; i++) {
        char c = p->text->bytes[i];
        bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (space && n > 0 && text[n - 1] == ' ')
            continue;
        if (n >= LONGEST_SAID && ((unsigned char)c & 0xc0) != 0x80) {
            memcpy(text + n, "...", 3);
            n += 3;
            break;
        }
        text[n++] = space ? ' ' : c;
    }
    return arena_strndup(p->arena, text, n);
}

/* "{" statements "}" */
static bool parse_block(struct parser *p, struct block **out)
{
    if (!(*out = parse_new(p, sizeof **out)) || !parse_need_sign(p, '{') || !parse_deeper(p))
        return false;
    struct place at = parse_here(p);
    unsigned before = p->diagnostics->errors;
    (*out)->stmts = parse_statements(p);
    if (!(*out)->stmts && p->diagnostics->errors == before)
        return parse_error(p, at, "an empty block tests nothing; write a statement or take it out");
    p->depth--;
    return parse_need_sign(p, '}');
}

static bool parse_blocks(struct parser *p, struct stmt *stmt)
{
    bool any = parse_is_word(p, "any");
    stmt->kind = any ? STMT_ANY : parse_is_word(p, "not") ? STMT_NOT : STMT_MAYBE;
    parse_advance(p);
    struct block **tail = &stmt->blocks;
    if (!parse_block(p, tail))
        return false;
    while (any && parse_is_word(p, "or")) {
        parse_advance(p);
        tail = &(*tail)->next;
        if (!parse_block(p, tail))
            return false;
    }
    if (parse_is_word(p, "or"))
        return parse_error(p, parse_here(p), "\"or\" goes with any { } or { }");
    return true;
}

static const struct pattern *find_pattern(const struct parser *p, const char *name)
{
    for (const struct pattern *m = p->patterns; m; m = m->next)
        if (strcmp(m->name, name) == 0)
            return m;
    return NULL;
}

static bool parse_arguments(struct parser *p, struct expansion *call)
{
    const struct pattern *pattern = call->pattern;
    struct place at = parse_here(p);
    unsigned wanted = 0;
    for (const struct word *arg = pattern->args; arg; arg = arg->next)
        wanted++;
    parse_advance(p); /* name */
    if (!parse_need_sign(p, '('))
        return false;
    do {
        if (call->arg_count == sizeof call->args / sizeof *call->args)
            return parse_error(p, parse_here(p), "too many arguments");
        if (!parse_ref(p, &call->args[call->arg_count++]))
            return false;
    } while (parse_take_sign(p, ','));
    if (!parse_need_sign(p, ')'))
        return false;
    if (call->arg_count != wanted)
        return parse_error(p, at, "pattern \"%s\" takes %u arguments, not %u", pattern->name,
                           wanted, call->arg_count);
    return true;
}

/* A call of a <pattern>: its body is parsed here, its own names made unlike all others. */
static bool parse_call(struct parser *p, struct stmt *stmt, const struct pattern *pattern)
{
    struct expansion call = {.pattern = pattern, .outer = p->expansion};
    struct place at = parse_here(p);
    unsigned depth = 0;
    for (const struct expansion *e = p->expansion; e; e = e->outer, depth++)
        if (e->pattern == pattern)
            return parse_error(p, at, "pattern \"%s\" calls itself", pattern->name);
    if (!parse_arguments(p, &call))
        return false;
    p->expanded += pattern->text.length;
    if (depth >= LIMIT_MACRO_DEPTH || p->expanded > LIMIT_MACRO_BYTES)
        return parse_error(p, at, "patterns expand to more than %d bytes or %d levels",
                           LIMIT_MACRO_BYTES, LIMIT_MACRO_DEPTH);
    call.number = ++p->expansions;
    struct parser inner;
    parse_start(&inner, p->arena, p->diagnostics, p->patterns, &pattern->text);
    inner.expansion = &call;
    inner.expansions = p->expansions;
    inner.expanded = p->expanded;
    stmt->kind = STMT_GROUP;
    if (!(stmt->blocks = parse_new(p, sizeof *stmt->blocks)))
        return false;
    stmt->blocks->stmts = parse_statements(&inner);
    if (inner.now.kind != LEX_END)
        parse_expected(&inner, "the end of the pattern");
    p->expansions = inner.expansions;
    p->expanded = inner.expanded;
    return true;
}

static bool parse_relation(struct parser *p, struct stmt *stmt)
{
    stmt->kind = STMT_RELATION;
    if (p->now.kind == LEX_WORD && parse_ahead(p).kind == LEX_SIGN && parse_ahead(p).sign == '(' &&
        vocab_find(VOCAB_LIST_OBJECT, p->now.text, strlen(p->now.text)) >= 0)
        return parse_error(p, parse_here(p), "an object is given a name first: x = %s(...)[...]",
                           p->now.text);
    if (!parse_path(p, &stmt->path) || !parse_need_sign(p, '(') || !parse_ref(p, &stmt->a) ||
        !parse_need_sign(p, ','))
        return false;
    bool node = parse_is_sign(p, '@') || parse_is_sign(p, '[');
    if (p->now.kind == LEX_WORD) {
        struct lexeme after = parse_ahead(p);
        node = after.kind == LEX_SIGN && after.sign == ':';
    }
    stmt->has_node = node;
    if (!(node ? parse_node(p, &stmt->node) : parse_ref(p, &stmt->b)))
        return false;
    return parse_need_sign(p, ')');
}

/* After "=": service(ref, labels) */
static bool parse_service(struct parser *p, struct stmt *stmt)
{
    stmt->kind = STMT_BIND;
    int object = vocab_find(VOCAB_LIST_OBJECT, p->now.text, strlen(p->now.text));
    stmt->number = object < 0 ? OBJECT_COUNT : (unsigned)object;
    stmt->object = (struct word){parse_here(p), p->now.text, false, NULL};
    parse_advance(p);
    if (!parse_need_sign(p, '(') || !parse_ref(p, &stmt->b))
        return false;
    if (object == OBJECT_KIDS) {
        struct path *path;
        if (!parse_need_sign(p, ',') || !parse_path(p, &path))
            return false;
        if (path->kind != PATH_STEP || path->up || path->optional || path->many)
            return parse_error(p, path->at, "kids() takes relations, such as kids(n, amod|nummod)");
        stmt->labels = path->labels;
    } else if (parse_is_sign(p, ',')) {
        return parse_error(p, parse_here(p), "%s() takes one name", stmt->object.text);
    }
    return parse_need_sign(p, ')');
}

static bool parse_binding(struct parser *p, struct stmt *stmt)
{
    parse_advance(p); /* "=" */
    struct lexeme after = parse_ahead(p);
    if (p->now.kind == LEX_WORD && after.kind == LEX_SIGN && after.sign == '(') {
        if (!parse_service(p, stmt))
            return false;
        if (stmt->a.role_count > 0)
            return parse_error(p, stmt->a.at, "bind the object to a plain name");
    } else {
        stmt->kind = STMT_IS;
        if (!parse_ref(p, &stmt->b))
            return false;
    }
    return !parse_take_sign(p, '[') || parse_tests(p, &stmt->test);
}

/* Statements that begin with a reference. */
static bool parse_about(struct parser *p, struct stmt *stmt)
{
    static const char *const orders[ORDER_COUNT] = {"before", "after", "next", "in"};
    if (!parse_ref(p, &stmt->a))
        return false;
    if (parse_take_sign(p, '[')) {
        bool memory = strcmp(stmt->a.name, "doc") == 0 && stmt->a.role_count == 0;
        stmt->kind = memory ? STMT_MEMORY : STMT_TEST;
        return parse_tests(p, &stmt->test);
    }
    if (parse_is_sign(p, '='))
        return parse_binding(p, stmt);
    if (parse_is_word(p, "is")) {
        parse_advance(p);
        stmt->kind = STMT_IS;
        stmt->compares = true;
        return parse_ref(p, &stmt->b);
    }
    stmt->kind = STMT_ORDER;
    for (unsigned i = 0; i < ORDER_COUNT; i++)
        if (parse_is_word(p, orders[i])) {
            stmt->number = i;
            parse_advance(p);
            return parse_ref(p, &stmt->b);
        }
    return parse_expected(p, "[tests], \"=\", \"is\", \"before\", \"after\", \"next\" or \"in\"");
}

static bool parse_plain(struct parser *p, struct stmt *stmt)
{
    if (p->now.kind == LEX_SIGN && strchr("@[", p->now.sign)) {
        stmt->kind = STMT_NODE;
        return parse_node(p, &stmt->node);
    }
    if (parse_is_sign(p, '^') || parse_is_sign(p, '('))
        return parse_relation(p, stmt);
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "a statement");
    struct lexeme after = parse_ahead(p);
    if (parse_is_word(p, "seq"))
        return parse_sequence(p, stmt);
    bool block = parse_is_word(p, "not") || parse_is_word(p, "any") || parse_is_word(p, "maybe");
    if (block && after.kind == LEX_SIGN && after.sign == '{')
        return parse_blocks(p, stmt);
    if (after.kind != LEX_SIGN || strchr(".[=", after.sign))
        return parse_about(p, stmt);
    if (after.sign == ':') {
        struct lexeme third = lex_next(p->text, after.end, p->arena, NULL);
        if (third.kind != LEX_WORD) {
            stmt->kind = STMT_NODE;
            return parse_node(p, &stmt->node);
        }
    }
    if (after.sign == '(') {
        const struct pattern *pattern = find_pattern(p, p->now.text);
        if (pattern)
            return parse_call(p, stmt, pattern);
    }
    if (strchr("(|*+?/!:", after.sign))
        return parse_relation(p, stmt);
    return parse_about(p, stmt);
}

/* One statement, or several joined by "|", which is short for any { } or { }. */
static bool parse_statement(struct parser *p, struct stmt **out)
{
    struct stmt *stmt = *out = parse_new(p, sizeof *stmt);
    if (!stmt)
        return false;
    uint32_t start = p->now.start;
    stmt->at = parse_here(p);
    if (!parse_plain(p, stmt))
        return false;
    if (parse_is_sign(p, '|')) {
        struct stmt *any = parse_new(p, sizeof *any);
        if (!any)
            return false;
        any->kind = STMT_ANY;
        any->at = stmt->at;
        stmt->said = said(p, start, p->last_end);
        struct block **tail = &any->blocks;
        for (;;) {
            if (!(*tail = parse_new(p, sizeof **tail)))
                return false;
            (*tail)->stmts = stmt;
            tail = &(*tail)->next;
            if (!parse_take_sign(p, '|'))
                break;
            uint32_t again = p->now.start;
            if (!(stmt = parse_new(p, sizeof *stmt)))
                return false;
            stmt->at = parse_here(p);
            if (!parse_plain(p, stmt))
                return false;
            stmt->said = said(p, again, p->last_end);
        }
        stmt = *out = any;
    }
    stmt->said = said(p, start, p->last_end);
    return true;
}

struct stmt *parse_statements(struct parser *p)
{
    struct stmt *first = NULL, **tail = &first;
    unsigned depth = p->depth, groups = p->groups;
    p->groups = 0; /* new lines end statements again inside a block */
    while (p->now.kind != LEX_END && !parse_is_sign(p, '}') && !parse_is_sign(p, ':')) {
        if (parse_take_sign(p, ';'))
            continue;
        struct stmt *stmt = NULL;
        uint32_t before = p->now.start;
        bool whole = parse_statement(p, &stmt);
        if (whole && (parse_is_sign(p, ':') || parse_ended(p))) {
            *tail = stmt;
            tail = &stmt->next;
            continue;
        }
        if (p->now.start == before && p->now.kind != LEX_END)
            parse_advance(p);
        parse_recover(p);
        p->depth = depth;
        p->groups = 0;
    }
    p->groups = groups;
    return first;
}

struct stmt *parse_match(struct arena *arena, struct diagnostics *diagnostics,
                         const struct pattern *patterns, const struct text *text)
{
    struct parser p;
    parse_start(&p, arena, diagnostics, patterns, text);
    struct stmt *first = parse_statements(&p), **tail = &first;
    while (p.now.kind != LEX_END) {
        p.broken = false;
        parse_error(&p, parse_here(&p),
                    "\"%c\" does not belong here; nothing before it asks for it", p.now.sign);
        parse_advance(&p);
        p.broken = false;
        while (*tail)
            tail = &(*tail)->next;
        *tail = parse_statements(&p);
    }
    return first;
}
