/* rules.h -- the compiler's state: all that was read so far.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "compile.h"
#include "table/table.h"

/* A file that was read and is not in the table. */
struct left_out {
    const char *name;
    struct left_out *next;
};

struct isg_rules {
    struct arena arena;
    struct diagnostics diagnostics;
    struct reading reading;
    struct sources sources;
    const char *root;                   /* of the file being read: its lists/ are at hand */
    const struct feature_test **tests;
    size_t test_count, test_capacity;
    struct left_out *left_out;          /* in the order they were added */
    struct buffer table, stats;
};

/* Reads one file by what it is: a feature, a dialect, a list, a manual with features in it. */
void rules_add_source(struct isg_rules *rules, const struct source *source);
/* Reads a file, or all that belongs to a folder: lists first, then dialects, then features. */
void rules_add_path(struct isg_rules *rules, const char *path);
/* Reads the files that a table was made from. */
void rules_add_files(struct isg_rules *rules, const struct table *table);
/* Which files come first: 0 lists, 1 dialects, 2 features and lexicons. */
unsigned rules_order_of(const struct source *source);
/* What the table calls a file of lists/ beside the file being read. */
const char *rules_list_file(struct isg_rules *rules, const char *name);
/* A shared list by name; one in lists/ of the file being read is fetched. */
const struct list *rules_find_list(void *context, const char *name);

#endif
