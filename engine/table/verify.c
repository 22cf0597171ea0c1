/* verify.c -- a table may come from anywhere: every number in it that is later used as an index, an
 * offset, a slot or an enumerator is checked here, and every program is checked to end. Programs
 * and tests only jump forwards (sequences may jump back; the matcher bounds their steps).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "table/verify.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "base/vocab.h"

static uint64_t count(const struct table *t, enum tab_section_id section)
{
    return t->header->sections[section].count;
}

static bool string(const struct table *t, uint32_t offset)
{
    return offset < count(t, TAB_STRINGS);
}

static bool string_or_none(const struct table *t, uint32_t offset)
{
    return offset == TAB_NONE || string(t, offset);
}

static bool range(uint64_t first, uint64_t n, uint64_t total)
{
    return first <= total && n <= total - first;
}

static bool index_or_none(uint32_t index, uint64_t total)
{
    return index == TAB_NONE || index < total;
}

static bool ref(uint32_t r)
{
    uint32_t role1 = TAB_REF_ROLE1(r), role2 = TAB_REF_ROLE2(r);
    return TAB_REF_SLOT(r) < LIMIT_SLOTS && (role1 < ROLE_COUNT || role1 == ROLE_NONE) &&
           (role2 < ROLE_COUNT || role2 == ROLE_NONE) && r >> 24 == 0;
}

static bool ref_or_none(uint32_t r)
{
    return r == TAB_NONE || ref(r);
}

static const char *verify_words(const struct table *t)
{
    if (count(t, TAB_STRINGS) == 0 || t->strings[0] != '\0' ||
        t->strings[count(t, TAB_STRINGS) - 1] != '\0')
        return "strings";
    if (count(t, TAB_LITERALS) > UINT32_MAX / 4)
        return "literals";
    for (uint32_t i = 0; i < t->literal_count; i++) {
        const struct tab_literal *l = &t->literals[i];
        if (!string(t, l->text) || !range(l->lists, l->list_count, count(t, TAB_LITERAL_LISTS)))
            return "literals";
    }
    uint64_t slots = count(t, TAB_LITERAL_HASH), used = 0;
    for (uint64_t i = 0; i < slots; i++) {
        if (!index_or_none(t->literal_hash[i], t->literal_count))
            return "literal hash";
        used += t->literal_hash[i] != TAB_NONE;
    }
    if ((slots & (slots - 1)) != 0 || (slots > 0 && used >= slots))
        return "literal hash";
    for (uint64_t i = 0; i < count(t, TAB_LITERAL_LISTS); i++)
        if (t->literal_lists[i] >= count(t, TAB_LISTS))
            return "literal lists";
    for (uint64_t i = 0; i < count(t, TAB_LISTS); i++)
        if (!string(t, t->lists[i].name) || !string_or_none(t, t->lists[i].file))
            return "lists";
    for (uint64_t i = 0; i < count(t, TAB_MAPS); i++)
        if (!string(t, t->maps[i].name) ||
            !range(t->maps[i].entries, t->maps[i].count, count(t, TAB_MAP_ENTRIES)))
            return "maps";
    for (uint64_t i = 0; i < count(t, TAB_MAP_ENTRIES); i++)
        if (t->map_entries[i].from >= t->literal_count || !string(t, t->map_entries[i].to))
            return "map entries";
    for (uint64_t i = 0; i < t->regex_count; i++)
        if (!string(t, t->regexes[i]))
            return "regular expressions";
    return NULL;
}

static bool predicate(const struct table *t, const struct tab_predicate *p)
{
    switch (p->kind) {
    case PRED_FORM:
    case PRED_LEMMA: return p->c < t->literal_count;
    case PRED_UPOS: return p->a < UPOS_COUNT;
    case PRED_XPOS: return p->a < XPOS_COUNT;
    case PRED_FEAT:
    case PRED_DEPREL:
    case PRED_CLASS:
    case PRED_FLAG:
    case PRED_SURE: return true;
    case PRED_LIST: return p->c < count(t, TAB_LISTS);
    case PRED_MAP: return p->c < count(t, TAB_MAPS);
    case PRED_REGEX: return p->c < t->regex_count;
    case PRED_ATTR_BOOL:
    case PRED_ATTR_VALUE: return p->a < ATTR_COUNT;
    case PRED_ATTR_NUMBER: return p->a < ATTR_COUNT && p->b < COMPARE_COUNT;
    case PRED_ATTR_WORD: return p->a < ATTR_COUNT && p->c < t->literal_count;
    default: return false;
    }
}

static const char *verify_tests(const struct table *t)
{
    for (uint64_t i = 0; i < count(t, TAB_PREDICATES); i++)
        if (!predicate(t, &t->predicates[i]))
            return "predicates";
    uint64_t n = count(t, TAB_TESTS);
    for (uint64_t i = 0; i < n; i++) {
        const struct tab_test *x = &t->tests[i];
        bool yes = x->yes == TAB_ACCEPT || x->yes == TAB_REJECT || (x->yes > i && x->yes < n);
        bool no = x->no == TAB_ACCEPT || x->no == TAB_REJECT || (x->no > i && x->no < n);
        if (x->predicate >= count(t, TAB_PREDICATES) || !yes || !no)
            return "tests";
    }
    for (uint64_t i = 0; i < count(t, TAB_PATHS); i++)
        if (!range(t->paths[i].edges, t->paths[i].count, count(t, TAB_PATH_EDGES)) ||
            t->paths[i].clauses > 1)
            return "paths";
    for (uint64_t i = 0; i < count(t, TAB_PATH_EDGES); i++)
        if (t->path_edges[i].from > 15 || t->path_edges[i].to > 15 || t->path_edges[i].up > 1)
            return "path edges";
    return NULL;
}

/* A target of an automaton's node: further back for the same token, so that it comes to an end. */
static bool target(const struct table *t, uint64_t i, uint32_t to)
{
    if (to == TAB_ACCEPT || to == TAB_REJECT)
        return true;
    return to < TAB_NODE_NEXT ? to < i : to - TAB_NODE_NEXT < count(t, TAB_AUTOMATA);
}

static const char *verify_automata(const struct table *t)
{
    for (uint64_t i = 0; i < count(t, TAB_AUTOMATA); i++) {
        const struct tab_node *x = &t->automata[i];
        if ((x->test != TAB_NODE_BARRIER && !index_or_none(x->test, count(t, TAB_TESTS))) ||
            !target(t, i, x->yes) || !target(t, i, x->no))
            return "automata";
    }
    return NULL;
}

static bool sequence(const struct table *t, uint64_t i, const struct tab_code *c)
{
    uint64_t n = count(t, TAB_SEQUENCES);
    switch (c->op) {
    case SEQ_END:
    case SEQ_BOS:
    case SEQ_EOS:
    case SEQ_GAP: return true;
    case SEQ_JUMP: return c->a < n;
    case SEQ_SPLIT: return c->a < n && c->b < n;
    case SEQ_BOX:
        return index_or_none(c->b, count(t, TAB_TESTS)) &&
               (c->slot < LIMIT_SLOTS || c->slot == 255);
    case SEQ_NAME: return ref(c->a);
    case SEQ_OPEN:
    case SEQ_CLOSE: return c->slot < LIMIT_SLOTS;
    case SEQ_FILTER:
        return index_or_none(c->a, count(t, TAB_AUTOMATA)) && c->b > 0 && c->b <= n - i - 1;
    default: return false;
    }
}

static bool instruction(const struct table *t, uint64_t i, const struct tab_code *c)
{
    uint64_t n = count(t, TAB_CODE), tests = count(t, TAB_TESTS);
    bool slot = c->slot < LIMIT_SLOTS;
    switch (c->op) {
    case OP_ACCEPT: return true;
    case OP_JUMP: return c->a > i && c->a < n;
    case OP_TEST: return ref(c->a) && index_or_none(c->b, tests);
    case OP_SAME: return ref(c->a) && ref(c->b);
    case OP_RELATION:
        return slot && ref(c->a) && c->b < count(t, TAB_PATHS) && index_or_none(c->c, tests);
    case OP_BIND:
        return slot && ref(c->a) && c->x < OBJECT_COUNT && index_or_none(c->c, tests) &&
               (c->x != OBJECT_KIDS || (c->b < count(t, TAB_PATHS) && t->paths[c->b].count > 0));
    case OP_ALIAS: return slot && ref(c->a) && index_or_none(c->c, tests);
    case OP_TOKEN: return slot && index_or_none(c->c, tests);
    case OP_ORDER: return ref(c->a) && ref(c->b) && c->x < ORDER_COUNT;
    case OP_SEQUENCE:
        return c->a < count(t, TAB_SEQUENCES) && ref_or_none(c->b) && ref_or_none(c->c);
    case OP_NOT: return c->a > i && c->a < n;
    case OP_ANY:
        return c->a > i && c->a < n &&
               (c->b == TAB_NONE || (c->b > i && c->b < n && t->code[c->b].op == OP_ANY));
    case OP_MEMORY: return string(t, c->a) && (c->b == TAB_NONE || string(t, c->b));
    case OP_MAYBE: return c->a > i && c->a < n && c->b > i && c->b < n;
    default: return false;
    }
}

static const char *verify_code(const struct table *t)
{
    const char *part = verify_automata(t);
    if (part)
        return part;
    uint64_t n = count(t, TAB_SEQUENCES);
    for (uint64_t i = 0; i < n; i++)
        if (!sequence(t, i, &t->sequences[i]))
            return "sequences";
    if (n > 0 && t->sequences[n - 1].op != SEQ_END)
        return "sequences";
    n = count(t, TAB_CODE);
    if (n > UINT32_MAX / 2 || count(t, TAB_SOURCES) != n)
        return "sources";
    for (uint64_t i = 0; i < n; i++) {
        if (!instruction(t, i, &t->code[i]))
            return "code";
        if (!string_or_none(t, t->sources[i].text))
            return "sources";
    }
    if (n > 0 && t->code[n - 1].op != OP_ACCEPT)
        return "code";
    return NULL;
}

static bool edit(const struct table *t, uint64_t i, const struct tab_edit *e)
{
    switch (e->op) {
    case EDIT_REPLACE:
        return ref(e->a) && ref_or_none(e->b) && range(e->c, e->d, count(t, TAB_PARTS));
    case EDIT_INSERT:
        return ref(e->a) && ref_or_none(e->b) && range(e->c, e->d, count(t, TAB_PARTS)) &&
               (e->slot < REL_COUNT || e->slot == 255) && e->x <= 1;
    case EDIT_DELETE: return ref(e->a) && e->x < TARGET_COUNT;
    case EDIT_MOVE: return ref(e->a) && ref(e->b) && e->slot < TARGET_COUNT && e->x <= 1;
    case EDIT_ORDER: return ref(e->a) && ref(e->b) && e->x <= 1;
    case EDIT_SET: return ref(e->a) && range(e->c, e->d, count(t, TAB_SETTINGS));
    case EDIT_CHAIN:
        return ref(e->a) && e->x <= LIMIT_LINKS && e->d <= LIMIT_LINKS &&
               range(e->c, (uint64_t)e->x + e->d, count(t, TAB_LINKS));
    case EDIT_RELATE: return ref(e->a) && ref(e->b) && e->x < REL_COUNT;
    case EDIT_EACH:
        return e->slot < LIMIT_SLOTS && ref(e->a) && index_or_none(e->b, count(t, TAB_TESTS)) &&
               i + 1 < count(t, TAB_EDITS) && t->edits[i + 1].op != EDIT_EACH;
    case EDIT_REMEMBER: return string(t, e->c) && string(t, e->d);
    default: return false;
    }
}

static bool part(const struct table *t, const struct tab_part *p)
{
    switch (p->kind) {
    case PART_TEXT: return string(t, p->a);
    case PART_INFLECT:
        return ref(p->a) && p->form < FORM_AS_NOUN && (p->form != FORM_FIN || ref(p->b));
    case PART_LEMMA:
        return string(t, p->a) && p->form < FORM_COUNT &&
               ((p->form != FORM_FIN && p->form < FORM_AS_NOUN) || ref(p->b));
    case PART_MAP: return p->a < count(t, TAB_MAPS) && ref(p->b);
    case PART_PRONOUN: return ref(p->a) && p->form < FORM_AS_NOUN;
    case PART_TAG:
    case PART_COPY: return ref(p->a);
    default: return false;
    }
}

static const char *verify_edits(const struct table *t)
{
    for (uint64_t i = 0; i < count(t, TAB_EDITS); i++)
        if (!edit(t, i, &t->edits[i]))
            return "edits";
    for (uint64_t i = 0; i < count(t, TAB_PARTS); i++)
        if (!part(t, &t->parts[i]))
            return "parts";
    for (uint64_t i = 0; i < count(t, TAB_LINKS); i++) {
        const struct tab_link *l = &t->links[i];
        if (l->kind > 2 || l->form > FORM_COUNT || l->variable > 7 ||
            (l->kind == 1 ? !string_or_none(t, l->text) : !string(t, l->text)))
            return "links";
    }
    for (uint64_t i = 0; i < count(t, TAB_SETTINGS); i++) {
        const struct tab_setting *s = &t->settings[i];
        if (s->attr >= ATTR_COUNT || s->value >= VALUE_COUNT || !string_or_none(t, s->word) ||
            (s->value == VALUE_WORD && s->word == TAB_NONE))
            return "settings";
    }
    return NULL;
}

static bool feature(const struct table *t, const struct tab_feature *f)
{
    return string(t, f->name) && string(t, f->area) && string(t, f->about) &&
           string(t, f->limits) && string(t, f->neutralises) && string(t, f->file) &&
           f->stratum < STRATUM_COUNT && f->draw < DRAW_COUNT && f->per < PER_COUNT &&
           string_or_none(t, f->group) && range(f->rules, f->rule_count, t->rule_count);
}

static bool rule(const struct table *t, const struct tab_rule *r)
{
    return r->feature < t->feature_count && string(t, r->name) && r->code < count(t, TAB_CODE) &&
           index_or_none(r->trigger, count(t, TAB_TESTS)) && r->slots > 0 &&
           r->slots <= LIMIT_SLOTS && r->draw < DRAW_COUNT && 
           (!(r->flags & TAB_RULE_KEY) || ref(r->key)) &&
           range(r->names, r->slots, count(t, TAB_NAMES)) && r->guard_count <= 32 &&
           range(r->guards, r->guard_count, count(t, TAB_GUARDS)) &&
           range(r->realisations, r->realisation_count, count(t, TAB_REALISATIONS)) &&
           string_or_none(t, r->file) && index_or_none(r->sense, t->sense_count);
}

static bool sense(const struct table *t, const struct tab_sense *s)
{
    return string(t, s->term) && string(t, s->plain) && string(t, s->register_) &&
           string(t, s->period) && string(t, s->file) &&
           string(t, s->region_names) && s->label < TAB_LABEL_COUNT &&
           s->regions < 1u << REGION_COUNT && s->drawn_as < REGISTER_COUNT;
}

static const char *verify_rules(const struct table *t)
{
    if (count(t, TAB_RULES) > LIMIT_RULES || count(t, TAB_FEATURES) > LIMIT_FEATURES)
        return "counts";
    for (uint32_t i = 0; i < t->feature_count; i++) {
        if (!feature(t, &t->features[i]) ||
            (i > 0 && t->features[i].stratum < t->features[i - 1].stratum))
            return "features";
        for (uint32_t k = 0; k < t->features[i].rule_count; k++)
            if (t->rules[t->features[i].rules + k].feature != i)
                return "features";
    }
    for (uint32_t i = 0; i < t->rule_count; i++)
        if (!rule(t, &t->rules[i]) || (i > 0 && t->rules[i].feature < t->rules[i - 1].feature))
            return "rules";
    for (uint32_t i = 0; i < t->sense_count; i++)
        if (!sense(t, &t->senses[i]))
            return "senses";
    for (uint32_t i = 0; i < t->file_count; i++)
        if (!string(t, t->files[i].name) || !string(t, t->files[i].text))
            return "files";
    for (uint64_t i = 0; i < count(t, TAB_GUARDS); i++)
        if (!string(t, t->guards[i].name) || t->guards[i].code >= count(t, TAB_CODE))
            return "guards";
    for (uint64_t i = 0; i < count(t, TAB_NAMES); i++)
        if (!string(t, t->names[i]))
            return "names";
    uint64_t sets =
        t->header->variety_words ? count(t, TAB_VARIETIES) / t->header->variety_words : 0;
    for (uint64_t i = 0; i < count(t, TAB_REALISATIONS); i++) {
        const struct tab_realisation *r = &t->realisations[i];
        if (!string(t, r->name) || !index_or_none(r->varieties, sets) ||
            !index_or_none(r->when, count(t, TAB_CODE)) ||
            !range(r->edits, r->edit_count, count(t, TAB_EDITS)) ||
            r->edit_count > LIMIT_EDITS_MATCH || !index_or_none(r->sense, t->sense_count))
            return "realisations";
        if (r->edit_count > 0 && t->edits[r->edits + r->edit_count - 1].op == EDIT_EACH)
            return "realisations";
    }
    for (uint32_t i = 0; i < t->relation_count; i++)
        if (t->relations[i].kind >= RELATION_COUNT)
            return "relations";
    return NULL;
}

static const char *verify_index(const struct table *t)
{
    uint64_t keys = TAB_TRIGGER_KEYS((uint64_t)t->literal_count, XPOS_COUNT, UPOS_COUNT, REL_COUNT);
    if (count(t, TAB_TRIGGER_INDEX) != keys)
        return "trigger index";
    for (uint64_t i = 0; i < keys; i++)
        if (!range(t->trigger_index[i].first, t->trigger_index[i].count, count(t, TAB_TRIGGERS)))
            return "trigger index";
    for (uint64_t i = 0; i < count(t, TAB_TRIGGERS); i++)
        if (t->triggers[i] >= t->rule_count)
            return "triggers";
    if (count(t, TAB_DIALECTS) > LIMIT_DIALECTS ||
        (uint64_t)t->header->variety_words * 64 < t->dialect_count)
        return "dialects";
    for (uint32_t i = 0; i < t->dialect_count; i++) {
        const struct tab_dialect *d = &t->dialects[i];
        if (!string(t, d->name) || !string(t, d->code) || !string(t, d->slug) ||
            !string(t, d->region) || !string(t, d->type) || !string(t, d->review) ||
            !string(t, d->ratings) || strlen(t->strings + d->ratings) != TAB_RATINGS ||
            !string_or_none(t, d->realisations) || !string_or_none(t, d->spelling) ||
            !string_or_none(t, d->vocabulary) || !string_or_none(t, d->slang) ||
            !isfinite(d->latitude) || !isfinite(d->longitude))
            return "dialects";
    }
    return NULL;
}

const char *table_verify(const struct table *table)
{
    const char *(*const parts[])(const struct table *) = {verify_words, verify_tests, verify_code,
                                                          verify_edits, verify_rules, verify_index};
    const char *wrong = NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !wrong; i++)
        wrong = parts[i](table);
    return wrong;
}
