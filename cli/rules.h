/* rules.h -- compiling feature files, as the commands compile and test do it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_RULES_H
#define CLI_RULES_H

#include <isogloss_rules.h>

struct table {
    isg_rules *rules;
    const void *bytes; /* borrowed from rules; NULL: it could not be compiled */
    size_t size;
    int code;          /* exit code of the worst that happened; diagnostics are on stderr */
};

/* Adds files and folders and compiles what is right in them. data: what --data gave. */
void table_build(const char *const *paths, size_t count, bool only_named, const char *data,
                 struct table *table);
void table_free(struct table *table);

#endif
