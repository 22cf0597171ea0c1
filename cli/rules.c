/* rules.c -- feature files to a table in memory.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "locate.h"
#include "whole.h"

static void print_diagnostic(void *context, const char *text, bool is_error)
{
    (void)context;
    (void)is_error;
    fputs(text, stderr);
    size_t length = strlen(text);
    if (!length || text[length - 1] != '\n')
        fputc('\n', stderr);
}

/* Notes a failure; errors in rule files have been printed as diagnostics. */
static void note(struct table *table, isg_status status, const isg_error *error)
{
    if (status == ISG_OK)
        return;
    int code = status == ISG_SYNTAX ? EXIT_TABLES : report_error(error);
    table->code = table->code == EXIT_DONE ? code : table->code;
}

/* Adds what a table was made from; false: it cannot be extended. */
static bool add_base(const char *path, struct table *table)
{
    char *bytes;
    size_t length;
    isg_error error;
    int code = whole_read(path, &bytes, &length);
    if (code == EXIT_DONE) {
        isg_status status = isg_rules_add_table(table->rules, bytes, length, &error);
        if (status != ISG_OK)
            snprintf(error.file, sizeof error.file, "%s", path);
        note(table, status, &error);
        free(bytes);
    } else {
        table->code = code;
    }
    return table->code == EXIT_DONE;
}

void table_build(const struct table_options *o, struct table *table)
{
    *table = (struct table){0};
    struct location *location = malloc(sizeof *location);
    if (!location) {
        report("out of memory");
        table->code = EXIT_FILES;
        return;
    }
    table->code = locate(o->data, location);
    isg_error error = {0};
    isg_rules_options options = {.schema_path = location->schema, .only_named = o->only_named};
    if (table->code == EXIT_DONE)
        note(table, isg_rules_new(&options, &table->rules, &error), &error);
    free(location);
    if (!table->rules)
        return;
    isg_rules_set_report(table->rules, o->report ? o->report : print_diagnostic, o->context);
    isg_rules_set_message(table->rules, o->message, o->context);
    if (o->base && !add_base(o->base, table))
        return;
    for (size_t i = 0; i < o->count; i++)
        note(table, isg_rules_add(table->rules, o->paths[i], &error), &error);
    isg_status status = isg_rules_compile(table->rules, &table->bytes, &table->size, &error);
    if (status != ISG_OK)
        table->bytes = NULL;
    note(table, status, &error);
}

void table_free(struct table *table)
{
    isg_rules_free(table->rules);
    *table = (struct table){0};
}
