/* parse_path.c -- paths over relations or clauses, as they stand before "(", and sequences of
 * tokens.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "parse.h"

bool parse_label(struct parser *p, struct word *label)
{
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "a relation");
    *label = (struct word){parse_here(p), p->now.text, false, NULL};
    parse_advance(p);
    if (parse_is_sign(p, ':') && !p->now.space) {
        struct lexeme next = parse_ahead(p);
        if (next.kind == LEX_WORD && !next.space) {
            size_t size = strlen(label->text) + strlen(next.text) + 2;
            char *text = arena_alloc(p->arena, size);
            if (!text)
                return false;
            snprintf(text, size, "%s:%s", label->text, next.text);
            label->text = text;
            parse_advance(p);
            parse_advance(p);
        }
    }
    if (parse_is_sign(p, '!') && !p->now.space) {
        label->quoted = true; /* exact */
        parse_advance(p);
    }
    return true;
}

static struct path *new_path(struct parser *p, enum path_kind kind)
{
    struct path *path = parse_new(p, sizeof *path);
    if (path) {
        path->kind = kind;
        path->at = parse_here(p);
    }
    return path;
}

/* ( path | path ) */
static bool parse_path_group(struct parser *p, struct path **out)
{
    struct path *choice = *out = new_path(p, PATH_CHOICE);
    parse_advance(p);
    if (!choice || !parse_deeper(p))
        return false;
    struct path **tail = &choice->first;
    do {
        if (!parse_path(p, tail))
            return false;
        tail = &(*tail)->next;
    } while (parse_take_sign(p, '|'));
    p->depth--;
    return parse_need_sign(p, ')');
}

static bool parse_labels(struct parser *p, struct path **out)
{
    struct path *step = *out = new_path(p, PATH_STEP);
    if (!step)
        return false;
    struct word **tail = &step->labels;
    do {
        if (!(*tail = parse_new(p, sizeof **tail)) || !parse_label(p, *tail))
            return false;
        tail = &(*tail)->next;
    } while (parse_take_sign(p, '|'));
    return true;
}

static bool parse_step(struct parser *p, struct path **out)
{
    bool up = parse_take_sign(p, '^');
    if (!(parse_is_sign(p, '(') ? parse_path_group(p, out) : parse_labels(p, out)))
        return false;
    (*out)->up = up;
    (*out)->optional = parse_is_sign(p, '*') || parse_is_sign(p, '?');
    (*out)->many = parse_is_sign(p, '*') || parse_is_sign(p, '+');
    if ((*out)->optional || (*out)->many)
        parse_advance(p);
    return true;
}

bool parse_path(struct parser *p, struct path **path)
{
    struct path *first = NULL;
    if (!parse_step(p, &first))
        return false;
    *path = first;
    if (!parse_is_sign(p, '/'))
        return true;
    struct path *chain = *path = new_path(p, PATH_CHAIN);
    if (!chain)
        return false;
    chain->at = first->at;
    chain->first = first;
    struct path **tail = &first->next;
    while (parse_take_sign(p, '/')) {
        if (!parse_step(p, tail))
            return false;
        tail = &(*tail)->next;
    }
    return true;
}

static bool parse_count(struct parser *p, unsigned *count)
{
    *count = 0;
    if (p->now.kind != LEX_NUMBER || strchr(p->now.text, '.'))
        return parse_expected(p, "a number of tokens");
    for (const char *c = p->now.text; *c; c++)
        *count = *count > LIMIT_GAP ? *count : *count * 10 + (unsigned)(*c - '0');
    if (*count > LIMIT_GAP)
        return parse_error(p, parse_here(p), "a gap may span at most %d tokens", LIMIT_GAP);
    parse_advance(p);
    return true;
}

/* m} or m,n} */
static bool parse_range(struct parser *p, struct item *item)
{
    struct place at = parse_here(p);
    if (!parse_count(p, &item->min))
        return false;
    item->max = item->min;
    if (parse_take_sign(p, ',') && !parse_count(p, &item->max))
        return false;
    if (item->max < item->min || item->max == 0)
        return parse_error(p, at, "{%u,%u} can match nothing; write the smaller number first",
                           item->min, item->max);
    return parse_need_sign(p, '}');
}

/* The rest of a wrong range, so that the statement can be recovered from. */
static void skip_range(struct parser *p)
{
    while (p->now.kind == LEX_NUMBER || parse_is_sign(p, ','))
        parse_advance(p);
    parse_take_sign(p, '}');
}

static bool parse_quantifier(struct parser *p, struct item *item)
{
    item->min = item->max = 1;
    if (p->now.newline)
        return true;
    if (parse_take_sign(p, '?')) {
        item->min = 0;
    } else if (parse_take_sign(p, '*')) {
        item->min = 0;
        item->max = ITEM_UNBOUNDED;
    } else if (parse_take_sign(p, '+')) {
        item->max = ITEM_UNBOUNDED;
    } else if (parse_is_sign(p, '{') && parse_ahead(p).kind == LEX_NUMBER) {
        parse_advance(p);
        return parse_range(p, item) || (skip_range(p), false);
    }
    return true;
}

static bool parse_items(struct parser *p, struct item **items);

/* ( items | items ) */
static bool parse_sequence_group(struct parser *p, struct item *item)
{
    item->kind = ITEM_GROUP;
    parse_advance(p);
    if (!parse_deeper(p))
        return false;
    p->groups++;
    struct branch **tail = &item->branches;
    do {
        if (!(*tail = parse_new(p, sizeof **tail)) || !parse_items(p, &(*tail)->items))
            return false;
        if (!(*tail)->items)
            return parse_expected(p, "a token in brackets");
        tail = &(*tail)->next;
    } while (parse_take_sign(p, '|'));
    p->depth--;
    p->groups--;
    return parse_need_sign(p, ')');
}

static bool parse_named_item(struct parser *p, struct item *item)
{
    struct lexeme after = parse_ahead(p);
    if (after.kind != LEX_SIGN || after.sign != ':') {
        item->kind = ITEM_NAME;
        return parse_ref(p, &item->ref);
    }
    struct lexeme third = lex_next(p->text, after.end, p->arena, NULL);
    if (third.kind == LEX_SIGN && third.sign == '(') {
        item->node.at = parse_here(p);
        if (!parse_name(p, &item->node.name) || !parse_need_sign(p, ':'))
            return false;
        return parse_sequence_group(p, item);
    }
    item->kind = ITEM_NODE;
    return parse_node(p, &item->node);
}

static bool parse_item(struct parser *p, struct item *item)
{
    item->at = parse_here(p);
    switch (p->now.kind) {
    case LEX_WORD: return parse_named_item(p, item);
    case LEX_GAP:
        item->kind = ITEM_GAP;
        parse_advance(p);
        return true;
    case LEX_STRING:
        return parse_error(p, item->at, "words of the text stand in brackets: [\"%s\"]",
                           p->now.text);
    case LEX_SIGN:
        if (p->now.sign == '[' || p->now.sign == '@') {
            item->kind = ITEM_NODE;
            return parse_node(p, &item->node);
        }
        if (p->now.sign == '(')
            return parse_sequence_group(p, item);
        if (p->now.sign == '^' || p->now.sign == '$') {
            item->kind = p->now.sign == '^' ? ITEM_BOS : ITEM_EOS;
            parse_advance(p);
            return true;
        }
        return parse_expected(p, "a token in brackets or a name");
    default: return parse_expected(p, "a token in brackets or a name");
    }
}

/* Whether the sequence goes on: over a new line only where no statement can begin. */
static bool more_items(struct parser *p)
{
    if (p->now.kind == LEX_END || parse_is_word(p, "within"))
        return false;
    if (p->now.kind == LEX_SIGN && strchr(")|;}:", p->now.sign))
        return false;
    if (!p->now.newline || p->groups > 0)
        return true;
    return parse_is_sign(p, '[') || parse_is_sign(p, '$') || p->now.kind == LEX_GAP;
}

static bool parse_items(struct parser *p, struct item **items)
{
    struct item **tail = items;
    while (more_items(p)) {
        if (!(*tail = parse_new(p, sizeof **tail)) || !parse_item(p, *tail))
            return false;
        struct item *item = *tail;
        if (!parse_quantifier(p, item))
            return false;
        if ((item->kind == ITEM_BOS || item->kind == ITEM_EOS || item->kind == ITEM_GAP) &&
            (item->min != 1 || item->max != 1))
            return parse_error(p, item->at, "^, $ and ... cannot be repeated");
        tail = &item->next;
    }
    return true;
}

bool parse_sequence(struct parser *p, struct stmt *stmt)
{
    stmt->kind = STMT_SEQUENCE;
    parse_advance(p); /* seq */
    if (!parse_items(p, &stmt->items))
        return false;
    if (!stmt->items)
        return parse_expected(p, "a token in brackets or a name after \"seq\"");
    if (parse_is_word(p, "within")) {
        parse_advance(p);
        return parse_ref(p, &stmt->b);
    }
    return true;
}
