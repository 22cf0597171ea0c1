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

/* What to compile, and where messages go. */
struct table_options {
    const char *const *paths; /* files and folders */
    size_t count;
    bool only_named;          /* no dialects needed */
    const char *base;         /* a table to be extended, or NULL */
    const char *data;         /* what --data gave, or NULL */
    isg_rules_report_fn report; /* NULL: to stderr */
    isg_rules_message_fn message; /* instead of report, if it is not NULL */
    void *context;            /* of both */
};

/* Adds files and folders and compiles what is right in them. */
void table_build(const struct table_options *options, struct table *table);
void table_free(struct table *table);

#endif
