/* rules.c -- the library's front: files and folders are read, each checked on its own, and what is
 * good is compiled together. A file with errors is reported and left out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <isogloss_rules.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/status.h"
#include "compile.h"

enum { MOST_FILES = 20000, MOST_DEPTH = 8, PATH_SIZE = 4096 };

struct isg_rules {
    struct arena arena;
    struct diagnostics diagnostics;
    struct reading reading;
    bool only_named;
    struct feature *features;
    struct dialect *dialects;
    struct list *lists;
    const char *root;          /* folder whose lists/ is looked into; NULL: none */
    struct buffer table, stats;
    struct feature_test **tests;
    size_t test_count;
};

isg_status isg_rules_new(const isg_rules_options *options, isg_rules **rules, isg_error *error)
{
    *rules = NULL;
    struct isg_rules *r = calloc(1, sizeof *r);
    if (!r)
        return status_nomem(error);
    arena_init(&r->arena);
    r->reading.arena = &r->arena;
    r->reading.diagnostics = &r->diagnostics;
    if (options && options->schema_path)
        r->reading.schema_folder =
            arena_strndup(&r->arena, options->schema_path, strlen(options->schema_path));
    r->only_named = options && options->only_named;
    *rules = r;
    return ISG_OK;
}

void isg_rules_free(isg_rules *rules)
{
    if (!rules)
        return;
    buffer_clear(&rules->table);
    buffer_clear(&rules->stats);
    buffer_clear(&rules->diagnostics.line);
    arena_clear(&rules->arena);
    free(rules);
}

void isg_rules_set_report(isg_rules *rules, isg_rules_report_fn report, void *context)
{
    rules->diagnostics.report = report;
    rules->diagnostics.context = context;
}

static void begin_call(struct isg_rules *r, isg_error *error)
{
    r->diagnostics.error = error;
    r->diagnostics.errors = 0;
}

/* ---- lists ---- */

static const char *last_component(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool has_suffix(const char *name, const char *suffix)
{
    size_t n = strlen(name), m = strlen(suffix);
    return n > m && strcmp(name + n - m, suffix) == 0;
}

static void add_list(struct isg_rules *r, const struct source *source)
{
    const char *base = last_component(source->name);
    char *name = arena_strndup(&r->arena, base, strlen(base) - 4);
    struct text text = text_of_source(&r->arena, source);
    if (!name || list_find(r->lists, name))
        return;
    struct list *list = has_suffix(base, ".tsv")
                            ? list_read_columns(&r->arena, &r->diagnostics, name, &text)
                            : list_read_words(&r->arena, &r->diagnostics, name, &text);
    if (!list)
        return;
    list->file = source->file;
    list->next = r->lists;
    r->lists = list;
}

/* Reads root/lists/NAME.txt or .tsv when a rule asks for it. */
static const struct list *find_list(void *context, const char *name)
{
    struct isg_rules *r = context;
    const struct list *found = list_find(r->lists, name);
    if (found || !r->root || strchr(name, '/') || name[0] == '.')
        return found;
    static const char *const suffixes[] = {".txt", ".tsv"};
    for (int i = 0; i < 2; i++) {
        char path[PATH_SIZE], file[PATH_SIZE];
        char *bytes;
        size_t length;
        int n = snprintf(path, sizeof path, "%s/lists/%s%s", r->root, name, suffixes[i]);
        if (n < 0 || n >= PATH_SIZE ||
            source_read(&r->arena, path, LIMIT_RULE_FILE_BYTES, &bytes, &length, NULL) != ISG_OK)
            continue;
        snprintf(file, sizeof file, "%.1000s/lists/%.1000s%s", last_component(r->root), name,
                 suffixes[i]);
        const struct source *source =
            source_new(&r->arena, arena_strndup(&r->arena, path, strlen(path)),
                       arena_strndup(&r->arena, file, strlen(file)), r->root, bytes, length);
        if (source)
            add_list(r, source);
        return list_find(r->lists, name);
    }
    return NULL;
}

static struct sources sources_of(struct isg_rules *r)
{
    return (struct sources){r->features, r->dialects, r->lists, find_list, r, r->only_named};
}

/* ---- features and dialects ---- */

static void keep_feature(struct isg_rules *r, struct feature *f)
{
    struct sources sources = sources_of(r);
    if (!f || !compile_check(&sources, f, &r->arena, &r->diagnostics))
        return;
    for (const struct feature *other = r->features; other; other = other->next)
        if (other->id == f->id) {
            diagnostics_error(&r->diagnostics, f->at, "feature %u is also in %s; give one of them "
                              "another id", f->id, other->source->name);
            return;
        }
    f->next = r->features;
    r->features = f;
}

static void keep_dialect(struct isg_rules *r, struct dialect *d)
{
    if (!d)
        return;
    for (const struct dialect *other = r->dialects; other; other = other->next)
        if (strcmp(other->code, d->code) == 0) {
            diagnostics_error(&r->diagnostics, d->at, "dialect %s is also in %s; give one of them "
                              "another code", d->code, other->source->name);
            return;
        }
    d->next = r->dialects;
    r->dialects = d;
}

/* Whether the document element is <dialect>: comments and the declaration are passed over. */
static bool is_dialect(const char *p)
{
    while ((p = strchr(p, '<')) != NULL) {
        if (strncmp(p, "<!--", 4) == 0)
            p = strstr(p, "-->");
        else if (p[1] == '?')
            p = strstr(p, "?>");
        else
            return strncmp(p, "<dialect", 8) == 0;
        if (!p)
            return false;
    }
    return false;
}

/* The features in the ```xml fences of a manual. */
static void add_fences(struct isg_rules *r, const struct source *source)
{
    const char *p = source->bytes;
    while ((p = strstr(p, "```xml\n")) != NULL) {
        p += 7;
        const char *end = strstr(p, "\n```");
        if (!end)
            return;
        const char *root = strstr(p, "<feature");
        if (root && root < end)
            keep_feature(r, feature_read(&r->reading, source, (uint32_t)(p - source->bytes),
                                         (uint32_t)(end + 1 - source->bytes)));
        p = end + 4;
    }
}

static void add_source(struct isg_rules *r, const struct source *source)
{
    const char *base = last_component(source->name);
    if (strlen(source->bytes) != source->length) {
        const struct place at = {source, (uint32_t)strlen(source->bytes)};
        diagnostics_error(&r->diagnostics, at, "a NUL byte; rule files are UTF-8 text");
    } else if (has_suffix(base, ".txt") || has_suffix(base, ".tsv"))
        add_list(r, source);
    else if (has_suffix(base, ".md"))
        add_fences(r, source);
    else if (is_dialect(source->bytes))
        keep_dialect(r, dialect_read(&r->reading, source));
    else
        keep_feature(r, feature_read(&r->reading, source, 0, (uint32_t)source->length));
}

/* ---- files and folders ---- */

static isg_status add_file(struct isg_rules *r, const char *path, const char *file)
{
    char *bytes;
    size_t length;
    isg_error failure;
    if (source_read(&r->arena, path, LIMIT_RULE_FILE_BYTES, &bytes, &length, &failure) != ISG_OK) {
        diagnostics_plain(&r->diagnostics, &failure);
        return failure.code;
    }
    const struct source *source =
        source_new(&r->arena, arena_strndup(&r->arena, path, strlen(path)),
                   arena_strndup(&r->arena, file, strlen(file)), r->root, bytes, length);
    if (!source)
        return ISG_NOMEM;
    add_source(r, source);
    return ISG_OK;
}

struct walk {
    char **paths;
    size_t count, capacity;
    struct arena *arena;
    bool full;
};

static bool is_rule_file(const char *path)
{
    if (has_suffix(path, ".xml"))
        return true;
    const char *lists = strstr(path, "/lists/");
    return lists && (has_suffix(path, ".txt") || has_suffix(path, ".tsv"));
}

static void keep_path(struct walk *w, const char *path)
{
    if (w->count == MOST_FILES) {
        w->full = true;
        return;
    }
    if (w->count == w->capacity) {
        size_t capacity = w->capacity ? w->capacity * 2 : 128;
        char **paths = arena_alloc(w->arena, capacity * sizeof *paths);
        if (!paths)
            return;
        if (w->count)
            memcpy(paths, w->paths, w->count * sizeof *paths);
        w->paths = paths;
        w->capacity = capacity;
    }
    w->paths[w->count++] = arena_strndup(w->arena, path, strlen(path));
}

static bool walk_folder(struct walk *w, const char *folder, unsigned depth)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return false;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[PATH_SIZE];
        struct stat st;
        int n = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.' || n < 0 || n >= PATH_SIZE || stat(path, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && depth < MOST_DEPTH)
            walk_folder(w, path, depth + 1);
        else if (S_ISREG(st.st_mode) && is_rule_file(path))
            keep_path(w, path);
    }
    closedir(dir);
    return true;
}

/* Lists first, dialects next, then features: a check may need what stands before it. */
static int rank(const char *path)
{
    return strstr(path, "/lists/") ? 0 : strstr(path, "/dialects/") ? 1 : 2;
}

static int by_rank(const void *a, const void *b)
{
    const char *x = *(char *const *)a, *y = *(char *const *)b;
    int d = rank(x) - rank(y);
    return d ? d : strcmp(x, y);
}

static isg_status add_folder(struct isg_rules *r, const char *folder, isg_error *error)
{
    struct walk w = {.arena = &r->arena};
    if (!walk_folder(&w, folder, 0))
        return status_at(error, ISG_IO, folder, 0, 0, "cannot read the folder: %s",
                         strerror(errno));
    if (w.full)
        return status_at(error, ISG_LIMIT, folder, 0, 0, "more than %d files", MOST_FILES);
    r->root = arena_strndup(&r->arena, folder, strlen(folder));
    qsort(w.paths, w.count, sizeof *w.paths, by_rank);
    size_t skip = (size_t)(last_component(folder) - folder);
    isg_status worst = ISG_OK;
    for (size_t i = 0; i < w.count; i++) {
        isg_status status = add_file(r, w.paths[i], w.paths[i] + skip);
        worst = status != ISG_OK ? status : worst;
    }
    return worst;
}

/* The nearest folder above a file that has lists/; NULL if there is none. */
static char *find_root(struct isg_rules *r, const char *path)
{
    char *root = arena_strndup(&r->arena, path, strlen(path));
    for (unsigned up = 0; root && up < 4; up++) {
        char lists[PATH_SIZE];
        struct stat st;
        char *slash = strrchr(root, '/');
        if (!slash || slash == root)
            return NULL;
        *slash = '\0';
        int n = snprintf(lists, sizeof lists, "%s/lists", root);
        if (n > 0 && n < PATH_SIZE && stat(lists, &st) == 0 && S_ISDIR(st.st_mode))
            return root;
    }
    return NULL;
}

static isg_status add_one(struct isg_rules *r, const char *path)
{
    char *root = find_root(r, path);
    const char *file = last_component(path);
    if (root) {
        r->root = root;
        file = path + (last_component(root) - root);
    }
    return add_file(r, path, file);
}

/* ---- tests ---- */

static int by_place(const void *a, const void *b)
{
    const struct feature_test *x = *(struct feature_test *const *)a;
    const struct feature_test *y = *(struct feature_test *const *)b;
    int d = strcmp(x->test.file, y->test.file);
    return d ? d : x->at.offset < y->at.offset ? -1 : x->at.offset > y->at.offset;
}

static void gather_tests(struct isg_rules *r)
{
    size_t n = 0;
    for (const struct feature *f = r->features; f; f = f->next)
        for (const struct feature_test *t = f->tests; t; t = t->next)
            n++;
    r->tests = arena_alloc(&r->arena, (n + 1) * sizeof *r->tests);
    r->test_count = 0;
    if (!r->tests)
        return;
    for (const struct feature *f = r->features; f; f = f->next)
        for (struct feature_test *t = f->tests; t; t = t->next)
            r->tests[r->test_count++] = t;
    qsort(r->tests, r->test_count, sizeof *r->tests, by_place);
}

static isg_status finish_call(struct isg_rules *r, isg_status status, isg_error *error)
{
    r->diagnostics.error = NULL;
    gather_tests(r);
    if (r->arena.failed)
        return status_nomem(error);
    return status == ISG_OK && r->diagnostics.errors ? ISG_SYNTAX : status;
}

isg_status isg_rules_add(isg_rules *rules, const char *path, isg_error *error)
{
    struct stat st;
    char folder[PATH_SIZE];
    begin_call(rules, error);
    size_t n = strlen(path);
    if (n == 0 || n >= PATH_SIZE)
        return status_set(error, ISG_ARGUMENT, "a path of %zu bytes", n);
    memcpy(folder, path, n + 1);
    while (n > 1 && folder[n - 1] == '/')
        folder[--n] = '\0';
    if (stat(folder, &st) != 0)
        return status_at(error, ISG_IO, path, 0, 0, "cannot open: %s", strerror(errno));
    isg_status status = S_ISDIR(st.st_mode) ? add_folder(rules, folder, error)
                                            : add_one(rules, folder);
    return finish_call(rules, status, error);
}

isg_status isg_rules_add_memory(isg_rules *rules, const char *name, const char *bytes,
                                size_t length, isg_error *error)
{
    begin_call(rules, error);
    if (length > LIMIT_RULE_FILE_BYTES)
        return status_at(error, ISG_LIMIT, name, 0, 0, "%zu bytes, more than %u", length,
                         LIMIT_RULE_FILE_BYTES);
    char *copy = arena_strndup(&rules->arena, bytes, length);
    char *own = arena_strndup(&rules->arena, name, strlen(name));
    const struct source *source =
        copy && own ? source_new(&rules->arena, own, own, NULL, copy, length) : NULL;
    if (!source)
        return status_nomem(error);
    add_source(rules, source);
    return finish_call(rules, ISG_OK, error);
}

isg_status isg_rules_compile(isg_rules *rules, const void **table, size_t *size, isg_error *error)
{
    begin_call(rules, error);
    *table = NULL;
    *size = 0;
    const struct sources sources = sources_of(rules);
    isg_status status =
        compile_table(&sources, &rules->diagnostics, &rules->table, &rules->stats, error);
    rules->diagnostics.error = NULL;
    if (status != ISG_OK)
        return status;
    *table = rules->table.bytes;
    *size = rules->table.length;
    return ISG_OK;
}

const char *isg_rules_stats(isg_rules *rules)
{
    return rules->stats.bytes ? rules->stats.bytes : "";
}

size_t isg_rules_test_count(const isg_rules *rules)
{
    return rules->test_count;
}

isg_status isg_rules_test_get(const isg_rules *rules, size_t index, isg_rules_test *test)
{
    if (index >= rules->test_count)
        return ISG_ARGUMENT;
    *test = rules->tests[index]->test;
    return ISG_OK;
}
