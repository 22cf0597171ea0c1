/* test_select.c -- finding the folder of features that a path lies in.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test_select.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "locate.h"

enum { PATH_SIZE = 4096 };

static bool is_folder(const char *folder, const char *name)
{
    char path[PATH_SIZE];
    struct stat info;
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    return n > 0 && n < PATH_SIZE && !stat(path, &info) && S_ISDIR(info.st_mode);
}

/* The length of the nearest folder at or above path that is a folder of features; 0: none. */
static size_t root_length(const char *path)
{
    char folder[PATH_SIZE];
    if (strlen(path) >= sizeof folder)
        return 0;
    memcpy(folder, path, strlen(path) + 1);
    for (;;) {
        if (is_folder(folder, "dialects") || is_folder(folder, "lists"))
            return strlen(folder);
        char *slash = strrchr(folder, '/');
        if (!slash || slash == folder)
            return 0;
        *slash = '\0';
    }
}

static struct selection *find(struct selection *selections, size_t count, const char *root)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(selections[i].root, root))
            return &selections[i];
    return NULL;
}

/* Restricts a selection to one file or folder below its root. */
static bool add_name(struct selection *s, const char *path)
{
    char **names = realloc(s->names, (s->name_count + 1) * sizeof *names);
    if (!names)
        return false;
    s->names = names;
    s->names[s->name_count] = strdup(path);
    return s->names[s->name_count++] != NULL;
}

static bool add_path(const char *given, char *path, struct selection *selections, size_t *count)
{
    size_t root = root_length(path);
    bool all = root == strlen(path) || root == 0;
    char *name = root ? strndup(path, root) : strdup(given);
    if (!name)
        return false;
    struct selection *s = find(selections, *count, name);
    if (s) {
        free(name);
        return all || !s->name_count || add_name(s, path);
    }
    s = &selections[(*count)++];
    *s = (struct selection){.root = name, .whole = root > 0};
    return all || add_name(s, path);
}

int selections_make(const char *const *paths, size_t count, struct selection **selections,
                    size_t *selection_count)
{
    *selection_count = 0;
    *selections = calloc(count + 1, sizeof **selections);
    bool ok = *selections;
    for (size_t i = 0; ok && i < count; i++) {
        char *path = realpath(paths[i], NULL);
        if (!path) {
            report("cannot open '%s': %s", paths[i], strerror(errno));
            return EXIT_FILES;
        }
        ok = add_path(paths[i], path, *selections, selection_count);
        free(path);
    }
    if (!ok)
        report("out of memory");
    return ok ? EXIT_DONE : EXIT_FILES;
}

void selections_free(struct selection *selections, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < selections[i].name_count; k++)
            free(selections[i].names[k]);
        free(selections[i].names);
        free(selections[i].root);
    }
    free(selections);
}

bool selection_has(const struct selection *selection, const char *file)
{
    if (!selection->name_count)
        return true;
    for (size_t i = 0; i < selection->name_count; i++) {
        size_t length = strlen(selection->names[i]);
        if (!strncmp(file, selection->names[i], length) &&
            (file[length] == '\0' || file[length] == '/'))
            return true;
    }
    return false;
}

void selection_build(const struct selection *selection, const struct table_options *given,
                     struct table *table)
{
    const char *paths[2] = {selection->root, NULL};
    struct table_options options = *given;
    char *lists = NULL;
    struct location *location = malloc(sizeof *location);
    size_t length = strlen(selection->root);
    bool page = length > 3 && !strcmp(selection->root + length - 3, ".md");
    options.paths = paths;
    options.count = 1;
    options.only_named = !selection->whole;
    if (page && location && locate(options.data, location) == EXIT_DONE &&
        location->features[0]) {
        size_t size = strlen(location->features) + sizeof "/lists";
        lists = malloc(size);
        if (lists) {
            snprintf(lists, size, "%s/lists", location->features);
            paths[options.count++] = lists;
        }
    }
    table_build(&options, table);
    free(lists);
    free(location);
}

const char *path_from_here(const char *path)
{
    char folder[PATH_SIZE];
    size_t length = getcwd(folder, sizeof folder) ? strlen(folder) : 0;
    return length > 1 && !strncmp(path, folder, length) && path[length] == '/' ? path + length + 1
                                                                               : path;
}
