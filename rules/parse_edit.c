/* parse_edit.c -- actions: what stands in an <as>.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "parse.h"
#include "table/format.h"

static bool parse_form(struct parser *p, struct part *part)
{
    parse_advance(p); /* ":" */
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "a form after \":\"");
    part->kind = part->kind == PART_IS_PRONOUN ? PART_IS_PRONOUN : PART_IS_FORM;
    part->form = p->now.text;
    part->form_at = parse_here(p);
    static const char *const calls[] = {"fin", "noun", "verb", "adj", "pres"};
    bool takes = false;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        takes |= parse_is_word(p, calls[i]);
    parse_advance(p);
    if (!takes)
        return true;
    return parse_need_sign(p, '(') && parse_ref(p, &part->group) && parse_need_sign(p, ')');
}

/* map(m, x), tag(x) and pron(x):form */
static bool parse_call(struct parser *p, struct part *part)
{
    bool map = parse_is_word(p, "map"), tag = parse_is_word(p, "tag");
    part->kind = map ? PART_IS_MAP : tag ? PART_IS_TAG : PART_IS_PRONOUN;
    parse_advance(p);
    parse_advance(p); /* "(" */
    if (map) {
        parse_take_sign(p, '#');
        if (p->now.kind != LEX_WORD)
            return parse_expected(p, "the name of a map");
        part->text = p->now.text;
        part->form_at = parse_here(p);
        parse_advance(p);
        if (!parse_need_sign(p, ','))
            return false;
    }
    if (!parse_ref(p, &part->ref) || !parse_need_sign(p, ')'))
        return false;
    if (map || tag)
        return true;
    if (!parse_is_sign(p, ':'))
        return parse_expected(p, "\":\" and a form, such as pron(x):acc");
    return parse_form(p, part);
}

static bool parse_part(struct parser *p, struct part *part)
{
    part->at = parse_here(p);
    if (p->now.kind == LEX_STRING) {
        part->kind = PART_IS_TEXT;
        part->text = p->now.text;
        part->quoted = true;
        parse_advance(p);
        return !parse_is_sign(p, ':') || p->now.space || parse_form(p, part);
    }
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "\"text\", name:form, lemma:form, map(m, x), tag(x) or "
                                 "pron(x):form");
    struct lexeme after = parse_ahead(p);
    bool call = after.kind == LEX_SIGN && after.sign == '(';
    if (call && (parse_is_word(p, "map") || parse_is_word(p, "pron") || parse_is_word(p, "tag")))
        return parse_call(p, part);
    part->kind = PART_IS_COPY;
    part->text = p->now.text;
    if (after.kind == LEX_SIGN && after.sign == ':') {
        /* a lemma may have signs that a name may not */
        part->ref = (struct ref){.at = part->at, .name = p->now.text};
        parse_advance(p);
        return parse_form(p, part);
    }
    if (!parse_ref(p, &part->ref))
        return false;
    return !parse_is_sign(p, ':') || parse_form(p, part);
}

static bool parse_parts(struct parser *p, struct part **parts)
{
    struct part **tail = parts;
    do {
        if (!(*tail = parse_new(p, sizeof **tail)) || !parse_part(p, *tail))
            return false;
        tail = &(*tail)->next;
    } while (p->now.kind == LEX_STRING || (p->now.kind == LEX_WORD && !p->now.newline &&
             !parse_is_word(p, "before") && !parse_is_word(p, "after")));
    return true;
}

/* before ref, after ref */
static bool parse_destination(struct parser *p, struct edit *edit)
{
    if (!parse_is_word(p, "before") && !parse_is_word(p, "after"))
        return parse_expected(p, "\"before\" or \"after\"");
    edit->second = parse_is_word(p, "after");
    parse_advance(p);
    return parse_ref(p, &edit->b);
}

static bool parse_insert(struct parser *p, struct edit *edit)
{
    edit->kind = EDIT_IS_INSERT;
    if (!parse_parts(p, &edit->parts) || !parse_destination(p, edit))
        return false;
    if (!parse_is_word(p, "as"))
        return true;
    parse_advance(p);
    return parse_label(p, &edit->relation) && parse_need_sign(p, '(') &&
           parse_ref(p, &edit->head) && parse_need_sign(p, ')');
}

/* x, tree(x), np(x), vp(c) */
static bool parse_target(struct parser *p, struct edit *edit)
{
    static const char *const targets[TARGET_COUNT] = {"", "tree", "np", "vp"};
    struct lexeme after = parse_ahead(p);
    edit->target = TARGET_TOKENS;
    if (after.kind != LEX_SIGN || after.sign != '(')
        return parse_ref(p, &edit->a);
    for (unsigned i = 1; i < TARGET_COUNT; i++)
        if (parse_is_word(p, targets[i])) {
            edit->target = i;
            parse_advance(p);
            parse_advance(p);
            return parse_ref(p, &edit->a) && parse_need_sign(p, ')');
        }
    return parse_expected(p, "a name, tree(x), np(x) or vp(c)");
}

static bool parse_order(struct parser *p, struct edit *edit)
{
    edit->kind = EDIT_IS_ORDER;
    if (!parse_ref(p, &edit->a) || !parse_ref(p, &edit->b))
        return false;
    if (!parse_is_word(p, "first") && !parse_is_word(p, "last"))
        return parse_expected(p, "\"first\" or \"last\"");
    edit->second = parse_is_word(p, "last");
    parse_advance(p);
    return true;
}

static bool parse_setting(struct parser *p, struct test **out)
{
    struct test *setting = *out = parse_new(p, sizeof *setting);
    if (!setting)
        return false;
    setting->kind = TEST_VALUE;
    setting->at = parse_here(p);
    setting->text = p->now.text;
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "an attribute, such as neg=no");
    parse_advance(p);
    if (!parse_need_sign(p, '='))
        return false;
    if (p->now.kind != LEX_WORD && p->now.kind != LEX_STRING && p->now.kind != LEX_NUMBER)
        return parse_expected(p, "a value");
    if (!(setting->values = parse_new(p, sizeof *setting->values)))
        return false;
    *setting->values = (struct word){parse_here(p), p->now.text, p->now.kind == LEX_STRING, NULL};
    parse_advance(p);
    return true;
}

static bool parse_set(struct parser *p, struct edit *edit)
{
    edit->kind = EDIT_IS_SET;
    if (!parse_ref(p, &edit->a))
        return false;
    struct test **tail = &edit->settings;
    do {
        if (!parse_setting(p, tail))
            return false;
        tail = &(*tail)->next;
    } while (p->now.kind == LEX_WORD && !p->now.newline);
    return true;
}

static bool parse_link(struct parser *p, struct link *link)
{
    link->at = parse_here(p);
    link->text = p->now.text;
    if (p->now.kind == LEX_STRING) {
        link->kind = 2;
        parse_advance(p);
        return true;
    }
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "a link: a lemma, a capital, or \"text\"");
    link->kind = link->text[0] >= 'A' && link->text[0] <= 'Z' && !link->text[1];
    parse_advance(p);
    if (!parse_is_sign(p, ':') || p->now.space)
        return true;
    parse_advance(p);
    if (p->now.kind != LEX_WORD)
        return parse_expected(p, "a form after \":\"");
    link->form = p->now.text;
    link->form_at = parse_here(p);
    parse_advance(p);
    return true;
}

static bool parse_links(struct parser *p, struct link **links)
{
    struct link **tail = links;
    do {
        if (!(*tail = parse_new(p, sizeof **tail)) || !parse_link(p, *tail))
            return false;
        tail = &(*tail)->next;
    } while (p->now.kind == LEX_STRING || (p->now.kind == LEX_WORD && !p->now.newline));
    return true;
}

static bool parse_chain(struct parser *p, struct edit *edit)
{
    edit->kind = EDIT_IS_CHAIN;
    return parse_ref(p, &edit->a) && parse_need_sign(p, ':') && parse_links(p, &edit->left) &&
           parse_need_sign(p, '=') && parse_links(p, &edit->right);
}

static bool parse_relate(struct parser *p, struct edit *edit)
{
    edit->kind = EDIT_IS_RELATE;
    return parse_label(p, &edit->relation) && parse_need_sign(p, '(') && parse_ref(p, &edit->a) &&
           parse_need_sign(p, ',') && parse_ref(p, &edit->b) && parse_need_sign(p, ')');
}

static bool parse_replace(struct parser *p, struct edit *edit)
{
    edit->kind = EDIT_IS_REPLACE;
    if (!parse_ref(p, &edit->a))
        return false;
    if (p->now.kind == LEX_SPAN) {
        parse_advance(p);
        if (!parse_ref(p, &edit->b))
            return false;
    }
    if (p->now.kind != LEX_ASSIGN)
        return parse_expected(p, "\":=\"");
    parse_advance(p);
    return parse_parts(p, &edit->parts);
}

static bool parse_edit(struct parser *p, struct edit **out);

/* each m in SET [tests] : edit; the edit follows in the list. */
static bool parse_each(struct parser *p, struct edit *edit)
{
    edit->kind = EDIT_IS_EACH;
    if (!parse_name(p, &edit->name))
        return false;
    if (!parse_is_word(p, "in"))
        return parse_expected(p, "\"in\" and a set");
    parse_advance(p);
    if (!parse_ref(p, &edit->a))
        return false;
    if (parse_take_sign(p, '[') && !parse_tests(p, &edit->test))
        return false;
    if (!parse_need_sign(p, ':'))
        return false;
    if (parse_is_word(p, "each"))
        return parse_error(p, parse_here(p), "\"each\" inside \"each\" is not possible");
    return parse_edit(p, &edit->next);
}

static bool parse_edit(struct parser *p, struct edit **out)
{
    struct edit *edit = *out = parse_new(p, sizeof *edit);
    if (!edit)
        return false;
    edit->at = parse_here(p);
    struct lexeme after = parse_ahead(p);
    bool verb = p->now.kind == LEX_WORD && (after.kind == LEX_WORD || after.kind == LEX_STRING);
    if (!verb)
        return parse_replace(p, edit);
    static const struct {
        const char *word;
        bool (*parse)(struct parser *, struct edit *);
    } edits[] = {{"insert", parse_insert}, {"order", parse_order}, {"set", parse_set},
                 {"chain", parse_chain}, {"relate", parse_relate}, {"each", parse_each}};
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
        if (parse_is_word(p, edits[i].word)) {
            parse_advance(p);
            return edits[i].parse(p, edit);
        }
    if (parse_is_word(p, "delete") || parse_is_word(p, "move")) {
        bool move = parse_is_word(p, "move");
        edit->kind = move ? EDIT_IS_MOVE : EDIT_IS_DELETE;
        parse_advance(p);
        return parse_target(p, edit) && (!move || parse_destination(p, edit));
    }
    if (parse_is_word(p, "remember")) {
        edit->kind = EDIT_IS_REMEMBER;
        parse_advance(p);
        return parse_setting(p, &edit->settings);
    }
    return parse_expected(p, "an edit: x := ..., insert, delete, move, order, set, chain, relate, "
                             "each or remember");
}

struct action parse_action(struct arena *arena, struct diagnostics *diagnostics,
                           const struct pattern *patterns, const struct text *text)
{
    struct action action = {NULL, false, NULL};
    struct parser p;
    parse_start(&p, arena, diagnostics, patterns, text);
    if (parse_is_word(&p, "when")) {
        parse_advance(&p);
        action.has_when = true;
        action.when = parse_statements(&p);
        parse_need_sign(&p, ':');
    }
    struct edit **tail = &action.edits;
    while (p.now.kind != LEX_END) {
        if (parse_take_sign(&p, ';'))
            continue;
        uint32_t before = p.now.start;
        *tail = NULL;
        bool whole = parse_edit(&p, tail) && parse_ended(&p);
        if (whole) {
            while (*tail)
                tail = &(*tail)->next;
            continue;
        }
        *tail = NULL;
        if (p.now.start == before && p.now.kind != LEX_END)
            parse_advance(&p);
        parse_recover(&p);
        if (parse_is_sign(&p, '}'))
            parse_advance(&p);
    }
    return action;
}
