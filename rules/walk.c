/* walk.c -- files and folders: which belong to the rules, in which order they are read, and what
 * they are called in the table, where a machine's own paths have no place.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/status.h"
#include "rules.h"

enum { FOLDER_DEPTH = 8, MOST_FILES = 20000 };

struct files {
    struct arena *arena;
    const char **paths;
    size_t count, capacity;
};

static const char *join(struct arena *arena, const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = arena_alloc(arena, size);
    if (path)
        snprintf(path, size, "%s/%s", folder, name);
    return path ? path : "";
}

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcmp(name + n - m, end) == 0;
}

static bool is_list_name(const char *path)
{
    return ends_with(path, ".txt") || ends_with(path, ".tsv");
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static void report_file(struct isg_rules *rules, const char *path, const char *what)
{
    isg_error error;
    status_at(&error, ISG_IO, path, 0, 0, "cannot %s %s: %s", what, path, strerror(errno));
    diagnostics_plain(&rules->diagnostics, &error);
}

static void keep(struct files *files, const char *path)
{
    if (files->count == files->capacity) {
        size_t capacity = files->capacity ? files->capacity * 2 : 64;
        const char **paths = arena_calloc(files->arena, capacity, sizeof *paths);
        if (!paths)
            return;
        if (files->count)
            memcpy(paths, files->paths, files->count * sizeof *paths);
        files->paths = paths;
        files->capacity = capacity;
    }
    files->paths[files->count++] = path;
}

/* Gathers *.xml, *.slang, and the lists of folders named lists. */
static void gather(struct isg_rules *rules, const char *folder, unsigned depth,
                   struct files *files)
{
    DIR *dir = depth < FOLDER_DEPTH ? opendir(folder) : NULL;
    const char *slash = strrchr(folder, '/');
    bool lists = strcmp(slash ? slash + 1 : folder, "lists") == 0;
    if (!dir) {
        if (depth < FOLDER_DEPTH)
            report_file(rules, folder, "open");
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(dir)) && files->count < MOST_FILES) {
        if (entry->d_name[0] == '.')
            continue;
        const char *path = join(files->arena, folder, entry->d_name);
        if (is_folder(path))
            gather(rules, path, depth + 1, files);
        else if (ends_with(path, ".xml") || ends_with(path, ".slang") ||
                 (lists && is_list_name(path)))
            keep(files, path);
    }
    closedir(dir);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The last part of a folder's real path. */
static const char *folder_name(struct arena *arena, const char *folder)
{
    char *real = realpath(folder, NULL);
    const char *slash = real ? strrchr(real, '/') : NULL;
    const char *name = slash ? arena_strndup(arena, slash + 1, strlen(slash + 1)) : NULL;
    free(real);
    return name ? name : "";
}

/* The folder above a path; "." if it names none. */
static const char *parent(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *last = slash ? slash + 1 : path;
    if (strcmp(last, ".") == 0 || strcmp(last, "..") == 0)
        return join(arena, path, "..");
    if (!slash)
        return ".";
    const char *folder = slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
    return folder ? folder : ".";
}

/* Where the lists of a folder's features are, and what the table calls the folder: by its own name,
 * below the name of the root. */
struct home {
    const char *folder, *root, *prefix;
};

static struct home home_of(struct arena *arena, const char *folder)
{
    struct home home = {folder, folder, folder_name(arena, folder)};
    const char *above = parent(arena, folder);
    if (!is_folder(join(arena, folder, "lists")) && is_folder(join(arena, above, "lists"))) {
        home.root = above;
        home.prefix = join(arena, folder_name(arena, above), home.prefix);
    }
    return home;
}

/* below: the way from the home's folder to the file. */
static const struct source *read_source(struct isg_rules *rules, const char *path,
                                        const struct home *home, const char *below)
{
    isg_error error;
    char *bytes;
    size_t length;
    if (source_read(&rules->arena, path, LIMIT_RULE_FILE_BYTES, &bytes, &length, &error) !=
        ISG_OK) {
        diagnostics_plain(&rules->diagnostics, &error);
        return NULL;
    }
    return source_new(&rules->arena, path, join(&rules->arena, home->prefix, below), home->root,
                      bytes, length);
}

const char *rules_list_file(struct isg_rules *rules, const char *name)
{
    return join(&rules->arena, folder_name(&rules->arena, rules->root),
                join(&rules->arena, "lists", name));
}

/* 0: a list, 1: a dialect, 2: a feature: the order in which they are read. */
unsigned rules_order_of(const struct source *source)
{
    if (is_list_name(source->name))
        return 0;
    const char *dialect = strstr(source->bytes, "<dialect"), *feature =
                              strstr(source->bytes, "<feature");
    return dialect && (!feature || dialect < feature) ? 1 : 2;
}

static void add_folder(struct isg_rules *rules, const char *folder)
{
    struct files files = {&rules->arena, NULL, 0, 0};
    gather(rules, folder, 0, &files);
    if (files.count == 0) {
        isg_error error;
        status_at(&error, ISG_IO, folder, 0, 0, "%s holds no feature, dialect or list", folder);
        if (rules->diagnostics.errors == 0)
            diagnostics_plain(&rules->diagnostics, &error);
        return;
    }
    qsort(files.paths, files.count, sizeof *files.paths, by_path);
    const struct source **sources =
        arena_calloc(&rules->arena, files.count, sizeof *sources);
    if (!sources)
        return;
    struct home home = home_of(&rules->arena, folder);
    for (size_t i = 0; i < files.count; i++)
        sources[i] = read_source(rules, files.paths[i], &home,
                                 files.paths[i] + strlen(folder) + 1);
    for (unsigned order = 0; order < 3; order++)
        for (size_t i = 0; i < files.count; i++)
            if (sources[i] && rules_order_of(sources[i]) == order)
                rules_add_source(rules, sources[i]);
}

static void add_file(struct isg_rules *rules, const char *path)
{
    struct home home = home_of(&rules->arena, parent(&rules->arena, path));
    const char *slash = strrchr(path, '/');
    const struct source *source = read_source(rules, path, &home, slash ? slash + 1 : path);
    if (source)
        rules_add_source(rules, source);
}

void rules_add_path(struct isg_rules *rules, const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    const char *clean = arena_strndup(&rules->arena, path, n);
    if (!clean)
        return;
    if (is_folder(clean))
        add_folder(rules, clean);
    else
        add_file(rules, clean);
}
