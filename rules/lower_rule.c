/* lower_rule.c -- a feature's rules: match, guards and realisations of each share one set of slots,
 * of which the first is the trigger's.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "facts.h"
#include "slang.h"

enum { PLANNING_STEPS = 50000 };

static void accept(struct lowering *l, const char *said, struct place at)
{
    struct stmt end = {.at = at, .said = said};
    lower_emit(l, &end, (struct tab_code){.op = OP_ACCEPT});
}

/* A match program; returns where it starts. */
static uint32_t lower_program(struct lowering *l, struct scope *scope, const struct stmt *stmts,
                              const char *said, struct place at)
{
    uint32_t start = builder_count(l->builder, TAB_CODE);
    l->budget = PLANNING_STEPS;
    lower_block(l, scope, stmts);
    accept(l, said, at);
    return start;
}

static void lower_guards(struct lowering *l, const struct scope *scope, const struct rule *rule,
                         struct tab_rule *record)
{
    struct builder *b = l->builder;
    for (struct guard *g = rule->guards; g; g = g->next) {
        struct scope inner = *scope;
        lower_forbid_trigger(l, g->match);
        lower_assign(l, g->match);
        uint32_t code = lower_program(l, &inner, g->match, g->name, g->at);
        struct tab_guard guard = {builder_string(b, g->name), place_line(g->at), code};
        uint32_t number = builder_add(b, TAB_GUARDS, &guard);
        if (record->guard_count++ == 0)
            record->guards = number;
    }
}

static void report_variety(struct lowering *l, const struct word *word)
{
    char hint[240];
    struct nearest nearest;
    hint_start(&nearest, word->text);
    for (unsigned i = 0; i < l->dialect_count; i++) {
        hint_offer(&nearest, l->dialects[i].code);
        hint_offer(&nearest, l->dialects[i].region_slug);
        hint_offer(&nearest, l->dialects[i].type_slug);
    }
    diagnostics_error(l->diagnostics, word->at,
                      "for: no variety, region or type is called \"%s\"%s", word->text,
                      hint_print(&nearest, hint, sizeof hint));
}

/* Whether a word of for= names a dialect: its code, or the slug of its region or type. */
static bool names_dialect(const char *word, const struct dialect *dialect)
{
    const char *type = dialect->type_slug;
    size_t n = strlen(type), tail = strlen("-varieties");
    if (strcmp(word, dialect->code) == 0 || strcmp(word, dialect->region_slug) == 0 ||
        strcmp(word, type) == 0)
        return true;
    return n > tail && strcmp(type + n - tail, "-varieties") == 0 && strlen(word) == n - tail &&
           memcmp(word, type, n - tail) == 0;
}

/* The set of dialects that for= names, as the number of a set; TAB_NONE: none is named. */
static uint32_t lower_varieties(struct lowering *l, const struct realisation *as)
{
    uint64_t set[(LIMIT_DIALECTS + 63) / 64] = {0};
    unsigned words = (l->dialect_count + 63) / 64;
    bool named = false;
    for (const struct word *w = as->varieties; w; w = w->next) {
        bool found = false;
        for (unsigned i = 0; i < l->dialect_count; i++)
            if (names_dialect(w->text, &l->dialects[i])) {
                set[i / 64] |= (uint64_t)1 << i % 64;
                found = true;
            }
        if (!found && l->check_varieties)
            report_variety(l, w);
        named = true;
    }
    if (!named || words == 0)
        return TAB_NONE;
    uint32_t count = builder_count(l->builder, TAB_VARIETIES) / words;
    for (uint32_t i = 0; i < count; i++)
        if (memcmp(builder_at(l->builder, TAB_VARIETIES, i * words), set,
                   words * sizeof *set) == 0)
            return i;
    for (unsigned i = 0; i < words; i++)
        builder_add(l->builder, TAB_VARIETIES, &set[i]);
    return count;
}

static void lower_realisations(struct lowering *l, const struct scope *scope,
                               const struct rule *rule, struct tab_rule *record)
{
    struct builder *b = l->builder;
    bool always = false;
    unsigned names = l->name_count, most = names, spares = l->spare_count;
    uint32_t spare = l->spare;
    for (struct realisation *as = rule->realisations; as; as = as->next) {
        l->name_count = names; /* those of a "when" end with it */
        l->spare_count = spares;
        l->spare = spare;
        struct tab_realisation out = {builder_string(b, as->name), place_line(as->at), as->weight,
                                      lower_varieties(l, as), TAB_NONE, 0, 0,
                                      as->sense ? as->sense->number : TAB_NONE};
        struct scope inner = *scope;
        if (as->action.has_when) {
            lower_forbid_trigger(l, as->action.when);
            lower_assign(l, as->action.when);
            out.when = lower_program(l, &inner, as->action.when, "when", as->at);
        }
        always |= !as->action.has_when;
        lower_edits(l, scope, as, &out);
        most = l->name_count > most ? l->name_count : most;
        uint32_t number = builder_add(b, TAB_REALISATIONS, &out);
        if (record->realisation_count++ == 0)
            record->realisations = number;
    }
    l->name_count = most;
    if (!always && !rule->sense)
        diagnostics_error(l->diagnostics, rule->at,
                          "every <as> of rule \"%s\" has a \"when\": say what holds otherwise, or "
                          "put the condition into <match>", rule->name);
}

static void lower_key(struct lowering *l, const struct scope *scope, const struct rule *rule,
                      struct tab_rule *record)
{
    const struct ref *given =
        rule->drawing.key.name ? &rule->drawing.key : &l->feature->drawing.key;
    struct ref key = *given;
    unsigned kind;
    if (!key.name)
        return;
    lower_assign_test_ref(l, &key);
    if (!lower_ref(l, scope, &key, &record->key, &kind))
        return;
    record->flags |= TAB_RULE_KEY;
    if (kind != REF_TOKEN)
        diagnostics_error(l->diagnostics, key.at, "key: \"%s\" is %s, and has no lemma", key.name,
                          lower_kind_name(kind));
}

static void add_names(struct lowering *l, struct tab_rule *record)
{
    record->names = builder_count(l->builder, TAB_NAMES);
    record->slots = (uint8_t)l->name_count;
    for (unsigned i = 0; i < l->name_count; i++) {
        uint32_t name = builder_string(l->builder, l->names[i]);
        builder_add(l->builder, TAB_NAMES, &name);
    }
}

bool lower_names(struct lowering *l, const struct rule *rule)
{
    l->rule = rule;
    l->name_count = l->spare_count = l->spare_used = l->depth = 0;
    l->spare = 0;
    l->crowded = l->uses_memory = false;
    l->dry = 0;
    l->trigger = lower_find_trigger(l, rule->match);
    if (!l->trigger)
        return false;
    lower_slot(l, l->trigger->name, l->trigger->at);
    lower_assign(l, rule->match);
    return true;
}

static void lower_rule(struct lowering *l, const struct rule *rule, uint32_t feature)
{
    struct builder *b = l->builder;
    struct scope scope;
    if (builder_size(b) > LIMIT_TABLE_BYTES)
        return; /* reported when the table is written */
    memset(&scope, 0, sizeof scope);
    if (!lower_names(l, rule))
        return;
    scope.state[0] = BOUND;
    scope.kind[0] = REF_TOKEN;
    unsigned errors = l->diagnostics->errors;
    const struct drawing *own = &rule->drawing, *common = &l->feature->drawing;
    int draw = own->draw >= 0 ? own->draw : common->draw >= 0 ? common->draw : DRAW_SITE;
    int sure = own->sure >= 0 ? own->sure : common->sure >= 0 ? common->sure : 0;
    struct tab_rule record = {.feature = feature,
                              .name = builder_string(b, rule->name),
                              .line = place_line(rule->at),
                              .trigger = lower_token_test(l, l->trigger->test),
                              .sure = (uint8_t)sure,
                              .draw = (uint8_t)draw,
                              .rate = own->rate,
                              .file = TAB_NONE,
                              .sense = TAB_NONE};
    if (rule->sense) {
        record.file = builder_string(b, rule->sense->source->file);
        record.sense = rule->sense->number;
        record.regions = rule->regions;
    }
    lower_trigger_keys(l, l->trigger->test, rule->match, builder_count(b, TAB_RULES));
    lower_needs(l, rule->match, builder_count(b, TAB_RULES));
    record.code = lower_program(l, &scope, rule->match, "match", rule->at);
    if (l->diagnostics->errors == errors)
        facts_check(l, rule);
    lower_key(l, &scope, rule, &record);
    lower_guards(l, &scope, rule, &record);
    if (l->uses_memory)
        record.flags |= TAB_RULE_MEMORY;
    lower_realisations(l, &scope, rule, &record);
    add_names(l, &record);
    if (builder_add(b, TAB_RULES, &record) >= LIMIT_RULES)
        diagnostics_error(l->diagnostics, rule->at, "more than %d rules", LIMIT_RULES);
}

void lower_feature(struct lowering *l, const struct feature *feature, uint32_t number)
{
    struct builder *b = l->builder;
    const char *text[4] = {feature->area, feature->about, feature->limits, feature->neutralises};
    uint32_t strings[4];
    l->feature = feature;
    for (unsigned i = 0; i < 4; i++)
        strings[i] = builder_string(b, text[i] ? text[i] : "");
    struct tab_feature record = {
        .id = feature->id,
        .name = builder_string(b, feature->name),
        .area = strings[0],
        .about = strings[1],
        .limits = strings[2],
        .neutralises = strings[3],
        .file = builder_string(b, feature->source->file),
        .line = place_line(feature->at),
        .stratum = (uint8_t)feature->stratum,
        .draw = (uint8_t)(feature->drawing.draw >= 0 ? feature->drawing.draw : DRAW_SITE),
        .per = (uint8_t)feature->per,
        .group = builder_string(b, feature->group),
        .rate = feature->drawing.rate,
        .rules = builder_count(b, TAB_RULES)};
    for (const struct rule *rule = feature->rules; rule; rule = rule->next)
        if (!rule->broken)
            lower_rule(l, rule, number);
    record.rule_count = builder_count(b, TAB_RULES) - record.rules;
    builder_add(b, TAB_FEATURES, &record);
}
