/* lower_edit.c -- actions to edit records: every name must be bound, and of a kind that the edit
 * can work on.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "lower.h"

struct editing {
    struct lowering *l;
    struct scope *scope;
    const struct realisation *as;
};

enum { ON_TOKEN = 1, ON_SPAN = 2, ON_SET = 4, ON_NP = 8, ON_CLAUSE = 16, ON_PLACE = 32 };

/* A reference whose kind is one of those allowed; reports others. */
static bool take_ref(struct editing *e, const struct ref *ref, unsigned allowed, const char *what,
                     uint32_t *out)
{
    unsigned kind, has;
    struct ref found = *ref;
    lower_assign_test_ref(e->l, &found);
    if (!lower_ref(e->l, e->scope, &found, out, &kind))
        return false;
    switch (kind) {
    case REF_TOKEN: has = ON_TOKEN; break;
    case REF_SPAN: has = ON_SPAN; break;
    case REF_SET: has = ON_SET; break;
    case REF_OBJECT + OBJECT_NP: has = ON_NP; break;
    case REF_OBJECT + OBJECT_CLAUSE: has = ON_CLAUSE; break;
    case REF_OBJECT + OBJECT_REF: has = 0; break;
    default: has = ON_PLACE; break;
    }
    if (has & allowed)
        return true;
    diagnostics_error(e->l->diagnostics, ref->at, "%s, and \"%s\" is %s%s", what, ref->name,
                      lower_kind_name(kind),
                      kind >= REF_OBJECT ? "; name a token of it, such as its head or start" : "");
    return false;
}

static bool take_object(struct editing *e, const struct ref *ref, enum object_kind object,
                        const char *what, uint32_t *out)
{
    unsigned kind;
    struct ref found = *ref;
    lower_assign_test_ref(e->l, &found);
    if (!lower_ref(e->l, e->scope, &found, out, &kind))
        return false;
    if (kind == REF_OBJECT + (unsigned)object)
        return true;
    diagnostics_error(e->l->diagnostics, ref->at, "%s needs %s, and \"%s\" is %s", what,
                      lower_kind_name(REF_OBJECT + (unsigned)object), ref->name,
                      lower_kind_name(kind));
    return false;
}

static int find_form(struct lowering *l, const char *form, struct place at)
{
    int number = vocab_find(VOCAB_LIST_FORM, form, strlen(form));
    if (number >= 0)
        return number;
    char hint[240];
    struct nearest nearest;
    hint_start(&nearest, form);
    hint_offer_vocab(&nearest, VOCAB_LIST_FORM);
    diagnostics_error(l->diagnostics, at, "\"%.40s\" is no form%s", form,
                      hint_print(&nearest, hint, sizeof hint));
    return -1;
}

/* A lemma that looks like a misspelt name is one; reports it. */
static bool is_near_name(struct editing *e, const struct part *part)
{
    char hint[240];
    struct nearest nearest;
    hint_start(&nearest, part->text);
    for (unsigned i = 0; i < e->l->name_count; i++)
        if (lower_is_bound(e->scope, (int)i) && strlen(e->l->names[i]) > 2)
            hint_offer(&nearest, e->l->names[i]);
    if (!nearest.copies[0][0])
        return false;
    diagnostics_error(e->l->diagnostics, part->at,
                      "nothing binds \"%s\" (if it is a lemma, quote it)%s", part->text,
                      hint_print(&nearest, hint, sizeof hint));
    return true;
}

/* name:form, or lemma:form where no name is bound so. */
static bool lower_form_part(struct editing *e, const struct part *part, struct tab_part *record)
{
    struct lowering *l = e->l;
    int form = find_form(l, part->form, part->form_at);
    if (form < 0)
        return false;
    record->form = (uint8_t)form;
    record->b = 0;
    if (form == FORM_FIN &&
        !take_object(e, &part->group, OBJECT_VG, "fin( )", &record->b))
        return false;
    if (form >= FORM_AS_NOUN) {
        record->kind = PART_LEMMA;
        record->a = builder_string(l->builder, part->text);
        return take_ref(e, &part->group, ON_TOKEN, "a form is like that of a token", &record->b);
    }
    int slot = part->quoted ? -1 : lower_find_slot(l, part->ref.name);
    if (part->kind == PART_IS_PRONOUN || slot >= 0 || part->ref.role_count > 0) {
        record->kind = part->kind == PART_IS_PRONOUN ? PART_PRONOUN : PART_INFLECT;
        unsigned allowed = ON_TOKEN | (part->kind == PART_IS_PRONOUN ? ON_NP : 0);
        return take_ref(e, &part->ref, allowed, "a form is made of a token", &record->a);
    }
    if (!part->quoted && strlen(part->text) < 2) {
        diagnostics_error(l->diagnostics, part->at,
                          "nothing binds \"%s\" (a lemma of one letter goes in quotes)",
                          part->text);
        return false;
    }
    if (!part->quoted && is_near_name(e, part))
        return false;
    record->kind = PART_LEMMA;
    record->a = builder_string(l->builder, part->text);
    return true;
}

static bool lower_map_part(struct editing *e, const struct part *part, struct tab_part *record)
{
    struct lowering *l = e->l;
    struct test name = {.kind = TEST_NAME, .at = part->form_at, .text = part->text};
    int bit;
    const struct list *map = lower_find_name(l, &name, &bit);
    if (!map && bit < 0)
        return false;
    if (!map || !map->is_map) {
        diagnostics_error(l->diagnostics, part->form_at, "\"%s\" is no map, so it gives no word",
                          part->text);
        return false;
    }
    record->kind = PART_MAP;
    record->a = builder_list(l->builder, map);
    return take_ref(e, &part->ref, ON_TOKEN, "a map takes a token", &record->b);
}

static bool lower_part(struct editing *e, const struct part *part, struct tab_part *record)
{
    switch (part->kind) {
    case PART_IS_TEXT:
        if (strspn(part->text, " ") == strlen(part->text)) {
            diagnostics_error(e->l->diagnostics, part->at,
                              "empty text; to take a word out, delete it");
            return false;
        }
        record->kind = PART_TEXT;
        record->a = builder_string(e->l->builder, part->text);
        return true;
    case PART_IS_MAP: return lower_map_part(e, part, record);
    case PART_IS_TAG:
        record->kind = PART_TAG;
        return take_ref(e, &part->ref, ON_TOKEN, "a tag stands behind a clause", &record->a);
    case PART_IS_COPY:
        record->kind = PART_COPY;
        return take_ref(e, &part->ref, ON_TOKEN | ON_SPAN | ON_NP, "only words can be copied",
                        &record->a);
    default: return lower_form_part(e, part, record);
    }
}

static bool lower_parts(struct editing *e, const struct part *parts, struct tab_edit *edit)
{
    bool good = true;
    uint32_t count = 0;
    edit->c = builder_count(e->l->builder, TAB_PARTS);
    for (const struct part *p = parts; p; p = p->next, count++) {
        struct tab_part record = {0, 0, 0, 0, 0};
        good &= lower_part(e, p, &record);
        builder_add(e->l->builder, TAB_PARTS, &record);
    }
    edit->d = count;
    return good;
}

/* One relation by its name. */
static int find_relation(struct lowering *l, const struct word *label)
{
    int number = vocab_find(VOCAB_LIST_DEPREL, label->text, strlen(label->text));
    if (number < 0)
        lower_labels(l, label, false); /* reports it */
    return number;
}

static bool is_one_word(const struct part *parts)
{
    return parts && !parts->next && !(parts->kind == PART_IS_TEXT && strchr(parts->text, ' '));
}

static bool lower_insert(struct editing *e, const struct edit *edit, struct tab_edit *record)
{
    const unsigned anywhere = ON_TOKEN | ON_SPAN | ON_SET | ON_NP | ON_CLAUSE | ON_PLACE;
    bool good = lower_parts(e, edit->parts, record);
    good &= take_ref(e, &edit->b, anywhere, "words stand before or after others", &record->a);
    record->op = EDIT_INSERT;
    record->x = edit->second;
    record->slot = 255;
    record->b = TAB_NONE;
    if (!edit->relation.text) {
        if (!is_one_word(edit->parts) && good)
            diagnostics_warning(e->l->diagnostics, edit->at,
                                "several words are inserted; say what they hang on with \"as "
                                "relation(head)\"");
        return good;
    }
    int relation = find_relation(e->l, &edit->relation);
    record->slot = (uint8_t)(relation < 0 ? 255 : relation);
    return take_ref(e, &edit->head, ON_TOKEN | ON_NP, "a head is a token", &record->b) && good &&
           relation >= 0;
}

static bool lower_target(struct editing *e, const struct edit *edit, uint32_t *out)
{
    const char *what = "only words can be moved or deleted";
    if (edit->target == TARGET_VP)
        return take_object(e, &edit->a, OBJECT_CLAUSE, "vp( )", out);
    return take_ref(e, &edit->a,
                    edit->target == TARGET_TOKENS ? ON_TOKEN | ON_SPAN | ON_SET
                    : edit->target == TARGET_NP   ? ON_TOKEN | ON_NP
                                                  : ON_TOKEN,
                    what, out);
}

static bool lower_move(struct editing *e, const struct edit *edit, struct tab_edit *record)
{
    const unsigned anywhere = ON_TOKEN | ON_SPAN | ON_SET | ON_NP | ON_CLAUSE | ON_PLACE;
    bool good = lower_target(e, edit, &record->a);
    if (edit->kind == EDIT_IS_DELETE) {
        record->op = EDIT_DELETE;
        record->x = (uint16_t)edit->target;
        return good;
    }
    record->op = EDIT_MOVE;
    record->slot = (uint8_t)edit->target;
    record->x = edit->second;
    return take_ref(e, &edit->b, anywhere, "words stand before or after others", &record->b) &&
           good;
}

static bool report_setting(struct lowering *l, struct place at, const char *word, const char *what,
                           struct nearest *nearest)
{
    char hint[240] = "";
    if (nearest)
        hint_print(nearest, hint, sizeof hint);
    diagnostics_error(l->diagnostics, at, "\"%.40s\" %s%s", word, what, hint);
    return false;
}

static bool lower_setting(struct lowering *l, const struct test *setting,
                          struct tab_setting *record)
{
    struct nearest nearest;
    uint64_t values = 0;
    int attr = vocab_find(VOCAB_LIST_ATTR, setting->text, strlen(setting->text));
    enum attr_type type =
        attr < 0 ? ATTR_ABSENT : schema_attr(OBJECT_VG, (enum attr)attr, &values);
    hint_start(&nearest, setting->text);
    for (unsigned i = 0; i < ATTR_COUNT; i++)
        if (schema_attr(OBJECT_VG, (enum attr)i, NULL) != ATTR_ABSENT)
            hint_offer(&nearest, vocab_name(VOCAB_LIST_ATTR, i));
    if (type == ATTR_ABSENT)
        return report_setting(l, setting->at, setting->text, "is no attribute of a verb group",
                              &nearest);
    if (attr == ATTR_SOUND || attr == ATTR_COPULAR)
        return report_setting(l, setting->at, setting->text, "can be tested, not set", NULL);
    const struct word *word = setting->values;
    int value = vocab_find(VOCAB_LIST_VALUE, word->text, strlen(word->text));
    const uint64_t answers = (uint64_t)1 << VALUE_YES | (uint64_t)1 << VALUE_NO;
    if (type == ATTR_BOOL)
        values = answers;
    if (type == ATTR_WORD)
        values = (uint64_t)1 << VALUE_NO | (uint64_t)1 << VALUE_WORD;
    record->attr = (uint8_t)attr;
    record->word = TAB_NONE;
    if (value >= 0 && value != VALUE_WORD && (values >> value & 1)) {
        record->value = (uint8_t)value;
        return true;
    }
    if ((values >> VALUE_WORD & 1) && (word->quoted || type == ATTR_WORD) && word->text[0]) {
        record->value = VALUE_WORD;
        record->word = builder_string(l->builder, word->text);
        return true;
    }
    return lower_report_value(l, word, values);
}

/* Whether a test demands the attribute "sound". */
static bool demands_sound(const struct test *test)
{
    if (!test)
        return false;
    if (test->kind == TEST_WORD)
        return strcmp(test->text, "sound") == 0;
    for (const struct test *t = test->kind == TEST_ALL ? test->first : NULL; t; t = t->next)
        if (demands_sound(t))
            return true;
    return false;
}

static bool same_ref(const struct ref *a, const struct ref *b)
{
    if (!a->name || !b->name || strcmp(a->name, b->name) != 0 || a->role_count != b->role_count)
        return false;
    for (unsigned i = 0; i < a->role_count; i++)
        if (strcmp(a->roles[i].text, b->roles[i].text) != 0)
            return false;
    return true;
}

static bool is_sound(const struct stmt *stmts, const struct ref *group)
{
    for (const struct stmt *s = stmts; s; s = s->next) {
        if (s->kind == STMT_GROUP && is_sound(s->blocks->stmts, group))
            return true;
        if (demands_sound(s->test) && (same_ref(&s->a, group) || same_ref(&s->b, group)))
            return true;
    }
    return false;
}

/* Rebuilding a verb group that does not give back its own words would garble the sentence; only
 * the policies agree and neg do not rebuild. */
static void check_sound(struct editing *e, const struct edit *edit)
{
    bool rebuilds = edit->kind == EDIT_IS_CHAIN;
    for (const struct test *s = edit->settings; s; s = s->next)
        rebuilds |= strcmp(s->text, "agree") != 0 && strcmp(s->text, "neg") != 0;
    if (rebuilds && !is_sound(e->l->rule->match, &edit->a) &&
        !is_sound(e->as->action.when, &edit->a))
        diagnostics_error(e->l->diagnostics, edit->at,
                          "this rebuilds \"%s\"; the match must demand %s%s[sound]", edit->a.name,
                          edit->a.name, edit->a.role_count ? "..." : "");
}

static bool lower_set(struct editing *e, const struct edit *edit, struct tab_edit *record)
{
    struct lowering *l = e->l;
    bool good = take_object(e, &edit->a, OBJECT_VG, "set", &record->a);
    record->op = EDIT_SET;
    record->c = builder_count(l->builder, TAB_SETTINGS);
    for (const struct test *s = edit->settings; s; s = s->next, record->d++) {
        struct tab_setting setting = {0, 0, 0, TAB_NONE};
        good &= lower_setting(l, s, &setting);
        builder_add(l->builder, TAB_SETTINGS, &setting);
    }
    if (good)
        check_sound(e, edit);
    return good;
}

/* Variables of a chain, numbered in the order of their first use. */
struct variables {
    char letters[LIMIT_LINKS];
    unsigned count;
};

static bool lower_link(struct lowering *l, const struct link *link, bool left, struct variables *v,
                       struct tab_link *record)
{
    int form = FORM_COUNT;
    if (link->form && (form = find_form(l, link->form, link->form_at)) < 0)
        return false;
    record->kind = (uint8_t)link->kind;
    record->form = (uint8_t)form;
    record->text = TAB_NONE;
    if (link->kind != 1) {
        if (left && link->kind == 2) {
            diagnostics_error(l->diagnostics, link->at,
                              "text stands only on the right of a chain: a verb group is made of "
                              "links");
            return false;
        }
        record->text = builder_string(l->builder, link->text);
        return true;
    }
    while (record->variable < v->count && v->letters[record->variable] != link->text[0])
        record->variable++;
    if (record->variable < v->count)
        return true;
    if (!left) {
        diagnostics_error(l->diagnostics, link->at, "no link on the left is called \"%s\"",
                          link->text);
        return false;
    }
    v->letters[v->count++] = link->text[0];
    return true;
}

static bool lower_chain(struct editing *e, const struct edit *edit, struct tab_edit *record)
{
    struct lowering *l = e->l;
    struct variables variables = {{0}, 0};
    const struct link *const sides[2] = {edit->left, edit->right};
    uint32_t counts[2] = {0, 0};
    bool good = take_object(e, &edit->a, OBJECT_VG, "chain", &record->a);
    record->op = EDIT_CHAIN;
    record->c = builder_count(l->builder, TAB_LINKS);
    for (unsigned side = 0; side < 2; side++)
        for (const struct link *link = sides[side]; link; link = link->next) {
            struct tab_link out = {0, 0, 0, 0, TAB_NONE};
            if (++counts[side] > LIMIT_LINKS) {
                diagnostics_error(l->diagnostics, link->at, "more than %d links", LIMIT_LINKS);
                return false;
            }
            good &= lower_link(l, link, side == 0, &variables, &out);
            builder_add(l->builder, TAB_LINKS, &out);
        }
    record->x = (uint16_t)counts[0];
    record->d = counts[1];
    if (good)
        check_sound(e, edit);
    return good;
}

static bool lower_each(struct editing *e, const struct edit *edit, struct tab_edit *record)
{
    struct lowering *l = e->l;
    record->op = EDIT_EACH;
    bool good = take_ref(e, &edit->a, ON_SET, "\"each\" goes over a set", &record->a);
    if (lower_find_slot(l, edit->name) >= 0 &&
        lower_is_bound(e->scope, lower_find_slot(l, edit->name)))
        diagnostics_error(l->diagnostics, edit->at, "\"%s\" is bound already", edit->name);
    int slot = lower_slot(l, edit->name, edit->at);
    if (slot < 0)
        return false;
    record->slot = (uint8_t)slot;
    record->b = lower_token_test(l, edit->test);
    e->scope->state[slot] = BOUND;
    e->scope->kind[slot] = REF_TOKEN;
    return good;
}

static bool lower_edit(struct editing *e, const struct edit *edit, struct tab_edit *record)
{
    struct lowering *l = e->l;
    bool good;
    switch (edit->kind) {
    case EDIT_IS_REPLACE:
        record->op = EDIT_REPLACE;
        record->b = TAB_NONE;
        good = take_ref(e, &edit->a, edit->b.name ? ON_TOKEN : ON_TOKEN | ON_SPAN,
                        "only a token or a span can be replaced", &record->a);
        if (edit->b.name)
            good &= take_ref(e, &edit->b, ON_TOKEN, "a span ends with a token", &record->b);
        return lower_parts(e, edit->parts, record) && good;
    case EDIT_IS_INSERT: return lower_insert(e, edit, record);
    case EDIT_IS_DELETE:
    case EDIT_IS_MOVE: return lower_move(e, edit, record);
    case EDIT_IS_ORDER:
        record->op = EDIT_ORDER;
        record->x = edit->second;
        good = take_object(e, &edit->a, OBJECT_COORD, "order", &record->a);
        return take_ref(e, &edit->b, ON_TOKEN, "a member is a token", &record->b) && good;
    case EDIT_IS_SET: return lower_set(e, edit, record);
    case EDIT_IS_CHAIN: return lower_chain(e, edit, record);
    case EDIT_IS_RELATE: {
        int relation = find_relation(l, &edit->relation);
        record->op = EDIT_RELATE;
        record->x = (uint16_t)(relation < 0 ? 0 : relation);
        good = take_ref(e, &edit->a, ON_TOKEN, "relations join tokens", &record->a);
        return take_ref(e, &edit->b, ON_TOKEN, "relations join tokens", &record->b) && good &&
               relation >= 0;
    }
    case EDIT_IS_EACH: return lower_each(e, edit, record);
    default:
        record->op = EDIT_REMEMBER;
        record->c = builder_string(l->builder, edit->settings->text);
        record->d = builder_string(l->builder, edit->settings->values->text);
        return true;
    }
}

bool lower_edits(struct lowering *l, const struct scope *scope, struct realisation *as,
                 struct tab_realisation *record)
{
    struct scope inner = *scope;
    struct editing e = {l, &inner, as};
    bool good = true;
    record->edits = builder_count(l->builder, TAB_EDITS);
    for (const struct edit *edit = as->action.edits; edit; edit = edit->next) {
        struct tab_edit out = {0, 0, 0, 0, 0, 0, 0};
        good &= lower_edit(&e, edit, &out);
        builder_add(l->builder, TAB_EDITS, &out);
        if (++record->edit_count > LIMIT_EDITS_MATCH) {
            diagnostics_error(l->diagnostics, edit->at, "more than %d edits in one <as>",
                              LIMIT_EDITS_MATCH);
            return false;
        }
        if (edit->kind != EDIT_IS_EACH)
            inner = *scope; /* a member's name is its edit's own */
    }
    if (!as->action.edits)
        diagnostics_error(l->diagnostics, as->at, "<as> without an edit");
    return good;
}
