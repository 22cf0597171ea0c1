/* read_feature.c -- a feature file into struct feature: the XML's shape and attributes here,
 * pattern text by the parser. All errors of the file are reported before it is given up.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "feature.h"
#include "table/format.h"
#include "xml.h"

static const struct xml_shape shapes[] = {
    {"feature", "id! name! area stratum! group per draw key sure rate neutralises",
     "about rule! test keep order limits list map pattern"},
    {"about", "", NULL},
    {"limits", "", NULL},
    {"rule", "name! sure rate draw key", "match! unless as!"},
    {"match", "", NULL},
    {"unless", "name!", NULL},
    {"as", "name! weight for", NULL},
    {"test", "rule as variety with all", NULL},
    {"keep", "because! rule with", NULL},
    {"order", "after blocks feeds", ""},
    {"list", "name! src", NULL},
    {"map", "name! src exact", NULL},
    {"pattern", "name! args", NULL},
    {NULL, NULL, NULL},
};

int read_choice(struct feature_reader *r, const xmlNode *node, const char *attribute,
                const char *const *words)
{
    const char *value = xml_attribute(r->xml, node, attribute);
    if (!value)
        return -1;
    struct nearest nearest;
    hint_start(&nearest, value);
    for (int i = 0; words[i]; i++) {
        if (strcmp(words[i], value) == 0)
            return i;
        hint_offer(&nearest, words[i]);
    }
    char hint[240], all[200] = "";
    size_t n = 0;
    for (int i = 0; words[i] && n < sizeof all; i++)
        n += (size_t)snprintf(all + n, sizeof all - n, "%s%s", i ? ", " : "", words[i]);
    diagnostics_error(r->reading->diagnostics, xml_attribute_place(r->xml, node, attribute),
                      "%s=\"%.60s\" is none of %s%s", attribute, value, all,
                      hint_print(&nearest, hint, sizeof hint));
    return -1;
}

bool read_number(struct feature_reader *r, struct place at, const char **list, uint32_t *number)
{
    for (;;) {
        *list += strspn(*list, " \t\r\n");
        if (**list == '\0')
            return false;
        size_t n = strcspn(*list, " \t\r\n");
        const char *word = *list;
        *list += n;
        uint64_t value = 0;
        size_t digits = strspn(word, "0123456789");
        for (size_t i = 0; i < n && i < 7; i++)
            value = value * 10 + (uint64_t)(word[i] - '0');
        if (digits >= n && n <= 6 && value > 0) {
            *number = (uint32_t)value;
            return true;
        }
        diagnostics_error(r->reading->diagnostics, at, "\"%.*s\" is no feature number", (int)n,
                          word);
    }
}

const char *read_string(struct feature_reader *r, const xmlNode *node, const char *attribute)
{
    const char *value = xml_attribute(r->xml, node, attribute);
    if (value && value[0] == '\0')
        diagnostics_error(r->reading->diagnostics, xml_attribute_place(r->xml, node, attribute),
                          "%s is empty", attribute);
    return value;
}

static uint32_t read_millionths(struct feature_reader *r, const xmlNode *node,
                                const char *attribute, uint32_t most, uint32_t otherwise)
{
    const char *value = xml_attribute(r->xml, node, attribute);
    uint32_t millionths;
    if (!value)
        return otherwise;
    if (lex_decimal(value, &millionths) && millionths <= most)
        return millionths;
    diagnostics_error(r->reading->diagnostics, xml_attribute_place(r->xml, node, attribute),
                      "%s=\"%.40s\" is no number from 0 to %u", attribute, value, most / 1000000);
    return otherwise;
}

/* key="v.lemma" */
static void read_key(struct feature_reader *r, const xmlNode *node, struct ref *key)
{
    const char *value = xml_attribute(r->xml, node, "key");
    if (!value)
        return;
    struct place at = xml_attribute_place(r->xml, node, "key");
    size_t n = strlen(value);
    uint32_t *origin = arena_alloc(r->reading->arena, (n + 1) * sizeof *origin);
    if (!origin)
        return;
    for (size_t i = 0; i <= n; i++)
        origin[i] = at.offset;
    bool lemma = n > 6 && strcmp(value + n - 6, ".lemma") == 0;
    const char *name = arena_strndup(r->reading->arena, value, lemma ? n - 6 : n);
    struct text text = {at.source, name, (uint32_t)(lemma ? n - 6 : n), origin};
    if (!name || !lemma || !parse_lone_ref(r->reading->arena, &text, key))
        diagnostics_error(r->reading->diagnostics, at,
                          "key=\"%.40s\" does not name a bound name's lemma, such as v.lemma",
                          value);
}

bool read_drawing(struct feature_reader *r, const xmlNode *node, struct drawing *drawing)
{
    static const char *const draws[] = {"site", "sentence", "document", NULL};
    unsigned before = r->reading->diagnostics->errors;
    drawing->draw = read_choice(r, node, "draw", draws);
    drawing->sure = -1;
    if (xml_attribute(r->xml, node, "sure"))
        drawing->sure =
            (int)(((uint64_t)read_millionths(r, node, "sure", 1000000, 0) * 255 + 500000) /
                  1000000);
    drawing->rate = read_millionths(r, node, "rate", 1000000000, TAB_RATE_ONE);
    read_key(r, node, &drawing->key);
    return r->reading->diagnostics->errors == before;
}

static struct text pattern_text(struct feature_reader *r, const xmlNode *node)
{
    struct text text = xml_text(r->xml, node);
    struct place at = xml_place(r->xml, node);
    if (text.length > LIMIT_PATTERN_BYTES) {
        diagnostics_error(r->reading->diagnostics, at,
                          "pattern of more than %d bytes; split the rule", LIMIT_PATTERN_BYTES);
        text.length = 0;
        text.bytes = "";
    } else if (strspn(text.bytes, " \t\r\n") == text.length) {
        diagnostics_error(r->reading->diagnostics, at, "<%s> is empty", (const char *)node->name);
    }
    return text;
}

/* One name twice would make one of them unreachable. */
static void check_unique(struct feature_reader *r, struct place at, const char *what,
                         const char *name, const char *other)
{
    if (strcmp(name, other) == 0)
        diagnostics_error(r->reading->diagnostics, at, "a second %s named \"%.60s\"", what, name);
}

static void read_guard(struct feature_reader *r, const xmlNode *node, struct rule *rule)
{
    struct guard *guard = arena_calloc(r->reading->arena, 1, sizeof *guard);
    if (!guard)
        return;
    guard->at = xml_place(r->xml, node);
    guard->name = read_string(r, node, "name");
    struct text text = pattern_text(r, node);
    guard->match = parse_match(r->reading->arena, r->reading->diagnostics, r->feature->patterns,
                               &text);
    if (strcmp(guard->name, "match") == 0)
        diagnostics_error(r->reading->diagnostics, guard->at,
                          "a guard cannot be named \"match\": because=\"match\" means the match");
    struct guard **tail = &rule->guards;
    unsigned count = 0;
    for (; *tail; tail = &(*tail)->next, count++)
        check_unique(r, guard->at, "<unless> in this rule", guard->name, (*tail)->name);
    if (count == 32)
        diagnostics_error(r->reading->diagnostics, guard->at, "more than 32 guards in one rule");
    *tail = guard;
}

static struct word *read_words(struct feature_reader *r, const xmlNode *node, const char *attribute)
{
    const char *p = xml_attribute(r->xml, node, attribute);
    struct word *first = NULL, **tail = &first;
    while (p && *(p += strspn(p, " \t\r\n"))) {
        size_t n = strcspn(p, " \t\r\n");
        struct word *word = *tail = arena_calloc(r->reading->arena, 1, sizeof *word);
        if (!word)
            break;
        word->at = xml_attribute_place(r->xml, node, attribute);
        word->text = arena_strndup(r->reading->arena, p, n);
        if (!word->text)
            word->text = "";
        tail = &word->next;
        p += n;
    }
    return first;
}

static void read_realisation(struct feature_reader *r, const xmlNode *node, struct rule *rule)
{
    struct realisation *as = arena_calloc(r->reading->arena, 1, sizeof *as);
    if (!as)
        return;
    as->at = xml_place(r->xml, node);
    as->name = read_string(r, node, "name");
    as->weight = read_millionths(r, node, "weight", 1000000000, 1000000) / 1000;
    as->varieties = read_words(r, node, "for");
    struct text text = pattern_text(r, node);
    as->action = parse_action(r->reading->arena, r->reading->diagnostics, r->feature->patterns,
                              &text);
    struct realisation **tail = &rule->realisations;
    for (; *tail; tail = &(*tail)->next)
        check_unique(r, as->at, "<as> in this rule", as->name, (*tail)->name);
    *tail = as;
}

static void read_rule(struct feature_reader *r, const xmlNode *node)
{
    struct rule *rule = arena_calloc(r->reading->arena, 1, sizeof *rule);
    if (!rule)
        return;
    rule->at = xml_place(r->xml, node);
    rule->name = read_string(r, node, "name");
    read_drawing(r, node, &rule->drawing);
    bool matched = false;
    unsigned before = r->reading->diagnostics->errors;
    for (const xmlNode *c = xml_element(node->children); c; c = xml_element(c->next)) {
        if (!xml_check(r->xml, c, shapes))
            continue;
        if (xml_is(c, "match")) {
            if (matched)
                diagnostics_error(r->reading->diagnostics, xml_place(r->xml, c),
                                  "a second <match>; write a second <rule>");
            matched = true;
            struct text text = pattern_text(r, c);
            rule->match = parse_match(r->reading->arena, r->reading->diagnostics,
                                      r->feature->patterns, &text);
        } else if (xml_is(c, "unless")) {
            read_guard(r, c, rule);
        } else if (xml_is(c, "as")) {
            read_realisation(r, c, rule);
        }
    }
    rule->broken = r->reading->diagnostics->errors != before;
    struct rule **tail = &r->feature->rules;
    for (; *tail; tail = &(*tail)->next)
        check_unique(r, rule->at, "<rule>", rule->name, (*tail)->name);
    *tail = rule;
}

static void read_order(struct feature_reader *r, const xmlNode *node)
{
    static const char *const kinds[RELATION_COUNT] = {"after", "blocks", "feeds"};
    for (unsigned kind = 0; kind < RELATION_COUNT; kind++) {
        const char *list = xml_attribute(r->xml, node, kinds[kind]);
        struct place at = xml_attribute_place(r->xml, node, kinds[kind]);
        uint32_t id;
        while (list && read_number(r, at, &list, &id)) {
            struct relation *relation = arena_calloc(r->reading->arena, 1, sizeof *relation);
            if (!relation)
                return;
            *relation = (struct relation){at, id, kind, NULL, r->feature->relations};
            r->feature->relations = relation;
            if (id == r->feature->id)
                diagnostics_error(r->reading->diagnostics, at,
                                  "feature %u cannot stand in an order to itself", id);
        }
    }
}

/* A file of lists/, never outside the folder the feature came from. */
static bool read_list_file(struct feature_reader *r, const xmlNode *node, const char *src,
                           struct source **out)
{
    struct diagnostics *d = r->reading->diagnostics;
    struct place at = xml_attribute_place(r->xml, node, "src");
    const char *root = r->xml->source->root;
    if (!root || src[0] == '/' || strstr(src, "..") || strchr(src, '\\')) {
        diagnostics_error(d, at, "src=\"%.80s\" is no file below the folder of the features", src);
        return false;
    }
    size_t size = strlen(root) + strlen(src) + 2, length = 0;
    char *path = arena_alloc(r->reading->arena, size), *bytes = NULL;
    isg_error error;
    if (!path)
        return false;
    snprintf(path, size, "%s/%s", root, src);
    if (source_read(r->reading->arena, path, LIMIT_RULE_FILE_BYTES, &bytes, &length, &error) !=
        ISG_OK) {
        diagnostics_error(d, at, "%s", error.message);
        return false;
    }
    *out = source_new(r->reading->arena, path, src, NULL, bytes, length);
    return *out != NULL;
}

static void read_list(struct feature_reader *r, const xmlNode *node)
{
    bool map = xml_is(node, "map");
    const char *name = read_string(r, node, "name"), *src = xml_attribute(r->xml, node, "src");
    struct arena *arena = r->reading->arena;
    struct diagnostics *d = r->reading->diagnostics;
    struct list *list;
    struct source *source;
    if (src) {
        if (!read_list_file(r, node, src, &source))
            return;
        struct text text = text_of_source(arena, source);
        list = map ? list_read_columns(arena, d, name, &text)
                   : list_read_words(arena, d, name, &text);
    } else {
        struct text text = xml_text(r->xml, node);
        list = map ? list_read_pairs(arena, d, name, &text)
                   : list_read_inline(arena, d, name, &text);
    }
    if (!list)
        return;
    static const char *const answers[] = {"no", "yes", NULL};
    list->exact = map && read_choice(r, node, "exact", answers) == 1;
    struct list **tail = &r->feature->lists;
    for (; *tail; tail = &(*tail)->next)
        check_unique(r, xml_place(r->xml, node), "list or map", name, (*tail)->name);
    *tail = list;
}

static void read_pattern(struct feature_reader *r, const xmlNode *node)
{
    struct pattern *pattern = arena_calloc(r->reading->arena, 1, sizeof *pattern);
    if (!pattern)
        return;
    pattern->at = xml_place(r->xml, node);
    pattern->name = read_string(r, node, "name");
    pattern->args = read_words(r, node, "args");
    pattern->text = pattern_text(r, node);
    if (vocab_find(VOCAB_LIST_DEPREL, pattern->name, strlen(pattern->name)) >= 0 ||
        vocab_find(VOCAB_LIST_EDGE, pattern->name, strlen(pattern->name)) >= 0)
        diagnostics_error(r->reading->diagnostics, pattern->at,
                          "\"%s\" is a relation; name the pattern otherwise", pattern->name);
    unsigned count = 0;
    for (const struct word *arg = pattern->args; arg; arg = arg->next)
        count++;
    if (count == 0 || count > 8)
        diagnostics_error(r->reading->diagnostics, pattern->at,
                          "a pattern takes 1 to 8 arguments, such as args=\"v o\"");
    struct pattern **tail = &r->feature->patterns;
    for (; *tail; tail = &(*tail)->next)
        check_unique(r, pattern->at, "<pattern>", pattern->name, (*tail)->name);
    *tail = pattern;
}

static void read_head(struct feature_reader *r, const xmlNode *root)
{
    static const char *const pers[] = {"site", "clause", "document", NULL};
    static const char *const losses[] = {"tense", "number", "gender", "person", "definiteness",
                                         "polarity", "pronoun-gender", "word-form", NULL};
    const char *strata[STRATUM_COUNT + 1] = {NULL};
    struct feature *f = r->feature;
    f->at = xml_place(r->xml, root);
    const char *id = xml_attribute(r->xml, root, "id");
    if (!read_number(r, xml_attribute_place(r->xml, root, "id"), &id, &f->id))
        f->id = 0;
    f->name = read_string(r, root, "name");
    f->area = xml_attribute(r->xml, root, "area");
    f->group = read_string(r, root, "group");
    f->neutralises = xml_attribute(r->xml, root, "neutralises");
    for (struct word *w = read_words(r, root, "neutralises"); w; w = w->next) {
        int i = 0;
        while (losses[i] && strcmp(losses[i], w->text) != 0)
            i++;
        if (!losses[i])
            diagnostics_error(r->reading->diagnostics, w->at,
                              "neutralises: \"%.40s\" is none of tense, number, gender, person, "
                              "definiteness, polarity, pronoun-gender, word-form", w->text);
    }
    for (unsigned i = 0; i < STRATUM_COUNT; i++)
        strata[i] = vocab_name(VOCAB_LIST_STRATUM, i);
    int stratum = read_choice(r, root, "stratum", strata);
    f->stratum = stratum < 0 ? 0 : (unsigned)stratum;
    int per = read_choice(r, root, "per", pers);
    f->per = per < 0 ? PER_SITE : (unsigned)per;
    read_drawing(r, root, &f->drawing);
    if (per >= 0 && !f->group)
        diagnostics_error(r->reading->diagnostics, xml_attribute_place(r->xml, root, "per"),
                          "per= says how often a group draws, but there is no group=");
}

/* Lists and patterns first: rules refer to them wherever they stand. */
static void read_body(struct feature_reader *r, const xmlNode *root)
{
    for (const xmlNode *c = xml_element(root->children); c; c = xml_element(c->next)) {
        if (xml_is(c, "rule") || xml_is(c, "test") || xml_is(c, "keep"))
            continue;
        if (!xml_check(r->xml, c, shapes))
            continue;
        if (xml_is(c, "about"))
            r->feature->about = xml_prose(r->xml, c);
        else if (xml_is(c, "limits"))
            r->feature->limits = xml_prose(r->xml, c);
        else if (xml_is(c, "order"))
            read_order(r, c);
        else if (xml_is(c, "pattern"))
            read_pattern(r, c);
        else if (xml_is(c, "list") || xml_is(c, "map"))
            read_list(r, c);
    }
    for (const xmlNode *c = xml_element(root->children); c; c = xml_element(c->next))
        if (xml_is(c, "rule") && xml_check(r->xml, c, shapes))
            read_rule(r, c);
    for (const xmlNode *c = xml_element(root->children); c; c = xml_element(c->next))
        if ((xml_is(c, "test") || xml_is(c, "keep")) && xml_check(r->xml, c, shapes))
            read_test(r, c, xml_is(c, "keep"));
}

struct feature *feature_read(const struct reading *reading, const struct source *source,
                             uint32_t base, uint32_t end)
{
    struct xml xml;
    struct feature *feature = arena_calloc(reading->arena, 1, sizeof *feature);
    unsigned before = reading->diagnostics->errors;
    if (!feature)
        return NULL;
    feature->source = source;
    bool read = false;
    if (xml_open(&xml, source, base, end, reading->arena, reading->diagnostics)) {
        struct feature_reader r = {reading, &xml, feature, &feature->tests};
        const xmlNode *root = xmlDocGetRootElement(xml.doc);
        read = xml_is(root, "feature");
        if (!read)
            diagnostics_error(reading->diagnostics, xml_place(&xml, root),
                              "a feature file begins with <feature>, not <%.40s>",
                              (const char *)root->name);
        else if (xml_check(&xml, root, shapes)) {
            read_head(&r, root);
            read_body(&r, root);
            check_tests(&r);
            if (reading->diagnostics->errors == before && reading->feature_schema)
                xml_validate(&xml, reading->feature_schema);
        }
    }
    xml_close(&xml);
    feature->broken = reading->diagnostics->errors != before;
    return read && !reading->arena->failed ? feature : NULL;
}
