/* add.c -- what a file is, and where it goes: features and dialects by their first element,
 * lists by their names, features inside a manual by their fences. The same file twice counts once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "rules.h"
#include "slang.h"

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcmp(name + n - m, end) == 0;
}

static bool same_bytes(const struct source *a, const struct source *b)
{
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* The name of the first element of an XML file begins here; the end if there is none. */
static const char *first_element(const struct source *source)
{
    const char *p = source->bytes, *end = p + source->length;
    while ((p = memchr(p, '<', (size_t)(end - p)))) {
        const char *close = NULL;
        if (strncmp(p, "<!--", 4) == 0)
            close = strstr(p, "-->");
        else if (p[1] == '?')
            close = strstr(p, "?>");
        else
            return p + 1;
        if (!close)
            break;
        p = close + 2;
    }
    return end;
}

static void add_tests(struct isg_rules *rules, const struct feature_test *tests)
{
    size_t more = 0;
    for (const struct feature_test *t = tests; t; t = t->next)
        more++;
    if (rules->test_count + more > rules->test_capacity) {
        size_t capacity = (rules->test_count + more) * 2;
        const struct feature_test **all = arena_calloc(&rules->arena, capacity, sizeof *all);
        if (!all)
            return;
        if (rules->test_count)
            memcpy(all, rules->tests, rules->test_count * sizeof *all);
        rules->tests = all;
        rules->test_capacity = capacity;
    }
    for (const struct feature_test *t = tests; t; t = t->next)
        rules->tests[rules->test_count++] = t;
}

/* Forgets the tests of a feature that is replaced. */
static void drop_tests(struct isg_rules *rules, uint32_t id)
{
    size_t kept = 0;
    for (size_t i = 0; i < rules->test_count; i++)
        if (rules->tests[i]->test.feature != id)
            rules->tests[kept++] = rules->tests[i];
    rules->test_count = kept;
}

static void add_feature(struct isg_rules *rules, const struct source *source, uint32_t base,
                        uint32_t end)
{
    struct feature *feature = feature_read(&rules->reading, source, base, end);
    if (!feature)
        return;
    struct feature **tail = &rules->sources.features;
    for (; *tail && !feature->broken; tail = &(*tail)->next) {
        if ((*tail)->id != feature->id)
            continue;
        if ((*tail)->source->base && !source->base)
            break;
        if (same_bytes((*tail)->source, source) && (*tail)->at.offset == feature->at.offset)
            return;
        diagnostics_error(&rules->diagnostics, feature->at,
                          "feature %u is in %s already; every feature has a number of its own",
                          feature->id, (*tail)->source->name);
        return;
    }
    if (!compile_check(&rules->sources, feature, &rules->diagnostics) || feature->broken)
        return;
    if (*tail) { /* of the table that is extended */
        diagnostics_note(&rules->diagnostics, feature->at, "feature %u replaces %s of the table",
                         feature->id, (*tail)->name);
        feature->next = (*tail)->next;
        drop_tests(rules, feature->id);
    }
    *tail = feature;
    add_tests(rules, feature->tests);
}

/* The senses of a lexicon; a file given twice counts once. */
static void add_lexicon(struct isg_rules *rules, const struct source *source)
{
    struct slang_entry **tail = &rules->sources.senses;
    for (; *tail; tail = &(*tail)->next)
        if (strcmp((*tail)->source->file, source->file) == 0 &&
            same_bytes((*tail)->source, source))
            return;
    struct slang_entry *senses = slang_read(&rules->reading, source);
    if (!senses || !compile_check_senses(&rules->sources, senses, &rules->diagnostics))
        return;
    *tail = senses;
    for (const struct slang_entry *e = senses; e; e = e->next)
        add_tests(rules, e->tests);
}

static void add_dialect(struct isg_rules *rules, const struct source *source)
{
    struct dialect *dialect = dialect_read(&rules->reading, source);
    if (!dialect)
        return;
    struct dialect **tail = &rules->sources.dialects;
    for (; *tail; tail = &(*tail)->next) {
        if (strcmp((*tail)->code, dialect->code) != 0)
            continue;
        if ((*tail)->source->base && !source->base) {
            diagnostics_note(&rules->diagnostics, dialect->at,
                             "dialect \"%s\" replaces that of the table", dialect->code);
            dialect->next = (*tail)->next;
            break;
        }
        if (!same_bytes((*tail)->source, source))
            diagnostics_error(&rules->diagnostics, dialect->at, "dialect \"%s\" is in %s already",
                              dialect->code, (*tail)->source->name);
        return;
    }
    *tail = dialect;
}

/* The stem of a file name: lists/quant.txt -> quant. */
static const char *stem(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    const char *copy = arena_strndup(arena, name, dot ? (size_t)(dot - name) : strlen(name));
    return copy ? copy : "";
}

static void add_list(struct isg_rules *rules, const struct source *source)
{
    struct text text = text_of_source(&rules->arena, source);
    const char *name = stem(&rules->arena, source->name);
    struct list *list = ends_with(source->name, ".tsv")
                            ? list_read_columns(&rules->arena, &rules->diagnostics, name, &text)
                            : list_read_words(&rules->arena, &rules->diagnostics, name, &text);
    if (!list)
        return;
    list->file = source->file;
    const struct list **tail = &rules->sources.lists;
    for (; *tail; tail = (const struct list **)&(*tail)->next) {
        const struct list *other = *tail;
        if (strcmp(other->name, name) != 0)
            continue;
        if (other->at.source->base && !source->base && !same_bytes(other->at.source, source)) {
            diagnostics_note(&rules->diagnostics, list->at,
                             "list \"%s\" replaces that of the table, for its features too", name);
            list->next = other->next;
            *tail = list;
            return;
        }
        if (!same_bytes(other->at.source, source))
            diagnostics_error(&rules->diagnostics, list->at, "list \"%s\" is in %s already", name,
                              other->at.source->name);
        return;
    }
    list->next = (struct list *)rules->sources.lists;
    rules->sources.lists = list;
}

/* Where the line after this one begins. */
static uint32_t next_line(const struct source *source, uint32_t at)
{
    const char *end = memchr(source->bytes + at, '\n', source->length - at);
    return end ? (uint32_t)(end - source->bytes) + 1 : (uint32_t)source->length;
}

/* Features in ```xml fences; fences that hold only a piece of one are passed over. */
static void add_manual(struct isg_rules *rules, const struct source *source)
{
    uint32_t at = 0, length = (uint32_t)source->length;
    while (at < length) {
        uint32_t line = at;
        at = next_line(source, at);
        if (strncmp(source->bytes + line, "```xml", 6) != 0)
            continue;
        uint32_t base = at, end = at;
        while (end < length && strncmp(source->bytes + end, "```", 3) != 0)
            end = next_line(source, end);
        size_t blank = strspn(source->bytes + base, " \t\r\n");
        if (strncmp(source->bytes + base + blank, "<feature", 8) == 0)
            add_feature(rules, source, base, end);
        at = next_line(source, end);
    }
}

/* Notes a file that has errors. */
static void leave_out(struct isg_rules *rules, const char *name)
{
    struct left_out *left = arena_calloc(&rules->arena, 1, sizeof *left);
    struct left_out **tail = &rules->left_out;
    while (*tail)
        tail = &(*tail)->next;
    if (left)
        left->name = name;
    *tail = left;
}

void rules_add_source(struct isg_rules *rules, const struct source *source)
{
    unsigned errors = rules->diagnostics.errors;
    rules->root = source->root;
    if (memchr(source->bytes, '\0', source->length)) {
        diagnostics_error(&rules->diagnostics, (struct place){source, 0},
                          "not a text file: it holds a NUL byte");
    } else if (ends_with(source->name, ".md")) {
        add_manual(rules, source);
    } else if (ends_with(source->name, ".slang")) {
        add_lexicon(rules, source);
    } else if (ends_with(source->name, ".txt") || ends_with(source->name, ".tsv")) {
        add_list(rules, source);
    } else {
        const char *element = first_element(source);
        size_t n = strcspn(element, " \t\r\n/>");
        if (n == 7 && memcmp(element, "dialect", 7) == 0)
            add_dialect(rules, source);
        else
            add_feature(rules, source, 0, (uint32_t)source->length);
    }
    rules->root = NULL;
    diagnostics_flush(&rules->diagnostics);
    if (rules->diagnostics.errors != errors && !source->base)
        leave_out(rules, source->name);
}

/* What had errors when the table was made is in its files, too; that was reported then. */
void rules_add_files(struct isg_rules *rules, const struct table *table)
{
    unsigned errors = rules->diagnostics.errors;
    rules->diagnostics.quiet++;
    for (unsigned order = 0; order < 3; order++)
        for (uint32_t i = 0; i < table->file_count; i++) {
            const char *name = table_string(table, table->files[i].name);
            const char *text = table_string(table, table->files[i].text);
            const char *file = arena_strndup(&rules->arena, name, strlen(name));
            char *bytes = arena_strndup(&rules->arena, text, strlen(text));
            struct source *source =
                file && bytes
                    ? source_new(&rules->arena, file, file, NULL, bytes, strlen(bytes)) : NULL;
            if (!source || rules_order_of(source) != order)
                continue;
            source->base = true;
            rules_add_source(rules, source);
        }
    rules->diagnostics.quiet--;
    rules->diagnostics.errors = errors;
}

const struct list *rules_find_list(void *context, const char *name)
{
    struct isg_rules *rules = context;
    const struct list *list = list_find(rules->sources.lists, name);
    if (list || !rules->root)
        return list;
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")])
        return NULL;
    static const char *const kinds[] = {"txt", "tsv"};
    for (unsigned i = 0; i < 2; i++) {
        size_t size = strlen(rules->root) + strlen(name) + 16, length;
        char *path = arena_alloc(&rules->arena, size), *bytes;
        if (!path)
            return NULL;
        snprintf(path, size, "%s/lists/%s.%s", rules->root, name, kinds[i]);
        if (source_read(&rules->arena, path, LIMIT_RULE_FILE_BYTES, &bytes, &length, NULL) !=
            ISG_OK)
            continue;
        const char *file = rules_list_file(rules, strrchr(path, '/') + 1);
        struct source *source =
            source_new(&rules->arena, path, file, rules->root, bytes, length);
        if (source)
            add_list(rules, source);
        return list_find(rules->sources.lists, name);
    }
    return NULL;
}
