/* test.c -- boolean tests on tokens and objects: decision chains over atomic predicates. What a
 * test used of the analyser (tag, arc) lowers the match's confidence.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/match.h"

static void lower(struct matcher *m, uint8_t confidence)
{
    if (confidence < m->sure)
        m->sure = confidence;
}

static bool in_list(const struct table *t, uint32_t literal, uint32_t list)
{
    if (literal == TAB_NONE)
        return false;
    const struct tab_literal *l = &t->literals[literal];
    for (uint32_t i = 0; i < l->list_count; i++)
        if (t->literal_lists[l->lists + i] == list)
            return true;
    return false;
}

/* Entries of a map of forms that are for this form stand together. */
static uint32_t map_form(const struct table *t, const struct tab_map *map, const struct token *x)
{
    const struct tab_map_entry *entries = &t->map_entries[map->entries];
    uint32_t low = 0, high = map->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (entries[middle].from < x->form_id)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < map->count && entries[low].from == x->form_id; low++)
        if (entries[low].upos == 255 || entries[low].upos == x->upos)
            return entries[low].to;
    return TAB_NONE;
}

static uint32_t map_word(const struct matcher *m, uint32_t map, const struct token *x)
{
    const struct table *t = &m->tables->table;
    if (t->maps[map].exact)
        return map_form(t, &t->maps[map], x);
    for (uint32_t i = 0; i < t->maps[map].count; i++) {
        const struct tab_map_entry *e = &t->map_entries[t->maps[map].entries + i];
        if ((e->from == x->form_id || e->from == x->lemma_id) &&
            (e->upos == 255 || e->upos == x->upos))
            return e->to;
    }
    return TAB_NONE;
}

uint32_t matcher_map(const struct matcher *m, uint32_t map, int32_t token)
{
    return map_word(m, map, &m->grammar->sentence->tokens[token]);
}

static bool regex_matches(const struct matcher *m, uint32_t number, const struct token *x)
{
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    int found = -1;
    if (data && context) {
        pcre2_set_match_limit(context, LIMIT_REGEX_MATCH);
        found = pcre2_match(m->tables->regexes[number], (PCRE2_SPTR)x->form, x->form_length, 0, 0,
                            data, context);
    }
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    return found >= 0;
}

static bool token_holds(struct matcher *m, const struct tab_predicate *p, const struct token *x)
{
    switch (p->kind) {
    case PRED_FORM: return x->form_id == p->c;
    case PRED_LEMMA: return x->lemma_id == p->c;
    case PRED_UPOS:
        if (x->upos == p->a)
            lower(m, x->tag_confidence);
        return x->upos == p->a;
    case PRED_XPOS:
        if (x->xpos == p->a)
            lower(m, x->tag_confidence);
        return x->xpos == p->a;
    case PRED_FEAT: return (x->feats & p->bits) != 0;
    case PRED_DEPREL: {
        bool holds = x->deprel < REL_COUNT && (p->bits >> x->deprel & 1);
        if (holds)
            lower(m, x->arc_confidence);
        return holds;
    }
    case PRED_CLASS: return (x->classes & p->bits) != 0;
    case PRED_FLAG: return (x->flags & p->bits) != 0;
    case PRED_LIST:
        return in_list(&m->tables->table, x->form_id, p->c) ||
               in_list(&m->tables->table, x->lemma_id, p->c);
    case PRED_MAP: return map_word(m, p->c, x) != TAB_NONE;
    case PRED_REGEX: return x->form && regex_matches(m, p->c, x);
    case PRED_SURE: return x->tag_confidence >= p->c && x->arc_confidence >= p->c;
    default: return false;
    }
}

static bool compare(int32_t number, uint16_t how, int32_t with)
{
    switch (how) {
    case COMPARE_LT: return number < with;
    case COMPARE_LE: return number <= with;
    case COMPARE_GT: return number > with;
    case COMPARE_GE: return number >= with;
    default: return number == with;
    }
}

static bool attr_holds(struct matcher *m, const struct tab_predicate *p, struct attr_value v)
{
    switch (p->kind) {
    case PRED_ATTR_BOOL: return v.number != 0;
    case PRED_ATTR_VALUE: return v.number >= 0 && v.number < 64 && (p->bits >> v.number & 1);
    case PRED_ATTR_NUMBER: return compare(v.number, p->b, (int32_t)p->c);
    case PRED_ATTR_WORD:
        return v.word && tables_literal(m->tables, v.word, v.length) == p->c;
    default: return false;
    }
}

/* A bare attribute holds for any value but no and none. */
static struct attr_value truth(enum object_kind kind, enum attr attr, struct attr_value v)
{
    if (schema_attr(kind, attr, NULL) == ATTR_VALUE)
        v.number = v.number != VALUE_NO && v.number != VALUE_NONE;
    return v;
}

static bool object_holds(struct matcher *m, const struct tab_predicate *p, struct value value)
{
    if (p->kind < PRED_ATTR_BOOL)
        return false;
    enum attr attr = (enum attr)p->a;
    struct attr_value v = {0, NULL, 0};
    if (value.kind == VALUE_IS_SET) {
        if (attr != ATTR_SIZE)
            return false;
        v.number = value.b;
    } else {
        enum object_kind kind = (enum object_kind)value.object;
        v = grammar_attr(m->grammar, kind, value.a, attr);
        if (p->kind == PRED_ATTR_BOOL)
            v = truth(kind, attr, v);
    }
    return attr_holds(m, p, v);
}

static bool word_test(struct matcher *m, uint32_t test, const struct token *x)
{
    while (test != TAB_NONE && test != TAB_ACCEPT && test != TAB_REJECT) {
        const struct tab_test *t = &m->tables->table.tests[test];
        test = token_holds(m, &m->tables->table.predicates[t->predicate], x) ? t->yes : t->no;
    }
    return test != TAB_REJECT;
}

bool matcher_token_test(struct matcher *m, uint32_t test, int32_t token)
{
    return word_test(m, test, &m->grammar->sentence->tokens[token]);
}

static bool object_test(struct matcher *m, uint32_t test, struct value value)
{
    while (test != TAB_NONE && test != TAB_ACCEPT && test != TAB_REJECT) {
        const struct tab_test *t = &m->tables->table.tests[test];
        test = object_holds(m, &m->tables->table.predicates[t->predicate], value) ? t->yes : t->no;
    }
    return test != TAB_REJECT;
}

static bool is_attribute_test(const struct table *t, uint32_t test)
{
    return test < TAB_REJECT && t->predicates[t->tests[test].predicate].kind >= PRED_ATTR_BOOL;
}

bool match_value_test(struct matcher *m, uint32_t test, struct value value)
{
    if (test == TAB_NONE)
        return value.kind != VALUE_IS_NONE;
    switch (value.kind) {
    case VALUE_IS_TOKEN: return matcher_token_test(m, test, value.a);
    case VALUE_IS_OBJECT:
        if (value.object == OBJECT_NP && !is_attribute_test(&m->tables->table, test)) {
            struct value head = grammar_role(m->grammar, OBJECT_NP, value.a, ROLE_HEAD);
            return head.kind == VALUE_IS_TOKEN && matcher_token_test(m, test, head.a);
        }
        if (value.object == OBJECT_REF && !is_attribute_test(&m->tables->table, test)) {
            struct token word;
            return grammar_ref_word(m->grammar, value.a, &word) && word_test(m, test, &word);
        }
        return object_test(m, test, value);
    case VALUE_IS_SPAN:
        for (int32_t i = value.a; i <= value.b; i++)
            if (!matcher_token_test(m, test, i))
                return false;
        return true;
    case VALUE_IS_SET:
        if (is_attribute_test(&m->tables->table, test))
            return object_test(m, test, value);
        for (int32_t i = 0; i < value.b; i++)
            if (!matcher_token_test(m, test, m->grammar->sets[value.a + i]))
                return false;
        return true;
    default: return false;
    }
}
