/* test_select.h -- which rule files a test run compiles and which tests of them it runs. A feature
 * file may need the word lists and the other features beside it: when a file or folder lies below a
 * folder of features (one with dialects/ or lists/), that whole folder is compiled and only the
 * tests of what was named are run.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_TEST_SELECT_H
#define CLI_TEST_SELECT_H

#include <stdbool.h>
#include <stddef.h>

#include "rules.h"

/* One run: what to compile, and the tests' files to keep. */
struct selection {
    char *root;      /* the folder of features, or the path itself */
    bool whole;      /* root is a folder of features with its dialects */
    char **names;    /* real paths below root of files and folders; none: all */
    size_t name_count;
};

/* Groups paths by the folder of features they lie in; *selections and its strings are freed by
 * selections_free. Returns an exit code (it reports). */
int selections_make(const char *const *paths, size_t count, struct selection **selections,
                    size_t *selection_count);
void selections_free(struct selection *selections, size_t count);
/* Whether a test of this file is wanted. */
bool selection_has(const struct selection *selection, const char *file);
/* Compiles what a selection needs: its root, and for a manual the standard word lists. Of the
 * options, paths and only_named are set here. */
void selection_build(const struct selection *selection, const struct table_options *options,
                     struct table *table);
/* A path as it is read from the current folder; borrowed from path. */
const char *path_from_here(const char *path);

#endif
