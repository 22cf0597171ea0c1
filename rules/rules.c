/* rules.c -- the public functions of the rule compiler: what is added is read and checked at once,
 * so that errors come with the file; the table is made when it is asked for.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <isogloss_rules.h>

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "lint.h"
#include "rules.h"
#include "slang.h"
#include "xml.h"

static isg_status open_schemas(struct isg_rules *rules, const char *folder, isg_error *error)
{
    bool demanded = folder != NULL;
#ifdef PKGDATADIR
    if (!folder)
        folder = PKGDATADIR;
#endif
    if (!folder)
        return ISG_OK;
    rules->reading.feature_schema = xml_schema_read(folder, "feature.rng");
    rules->reading.dialect_schema = xml_schema_read(folder, "dialect.rng");
    if (demanded && (!rules->reading.feature_schema || !rules->reading.dialect_schema))
        return status_at(error, ISG_IO, folder, 0, 0,
                         "cannot read the schemas feature.rng and dialect.rng in %s", folder);
    return ISG_OK;
}

isg_status isg_rules_new(const isg_rules_options *options, isg_rules **out, isg_error *error)
{
    if (!out)
        return status_set(error, ISG_ARGUMENT, "isg_rules_new: nowhere to put the result");
    *out = NULL;
    struct isg_rules *rules = calloc(1, sizeof *rules);
    if (!rules)
        return status_nomem(error);
    xmlInitParser();
    arena_init(&rules->arena);
    rules->reading.arena = &rules->arena;
    rules->reading.diagnostics = &rules->diagnostics;
    rules->sources.find_list = rules_find_list;
    rules->sources.context = rules;
    rules->sources.only_named = options && options->only_named;
    isg_status status = open_schemas(rules, options ? options->schema_path : NULL, error);
    if (status != ISG_OK) {
        isg_rules_free(rules);
        return status;
    }
    *out = rules;
    return ISG_OK;
}

void isg_rules_free(isg_rules *rules)
{
    if (!rules)
        return;
    xml_schema_free(rules->reading.feature_schema);
    xml_schema_free(rules->reading.dialect_schema);
    diagnostics_clear(&rules->diagnostics);
    buffer_clear(&rules->table);
    buffer_clear(&rules->stats);
    arena_clear(&rules->arena);
    free(rules);
}

void isg_rules_set_report(isg_rules *rules, isg_rules_report_fn report, void *context)
{
    rules->diagnostics.report = report;
    rules->diagnostics.context = context;
}

void isg_rules_set_message(isg_rules *rules, isg_rules_message_fn message, void *context)
{
    rules->diagnostics.message = message;
    rules->diagnostics.message_context = context;
}

/* Begins a call: errors go to *first. */
static void begin(isg_rules *rules, isg_error *first)
{
    memset(first, 0, sizeof *first);
    rules->diagnostics.errors = rules->diagnostics.warnings = 0;
    rules->diagnostics.quiet = 0;
    rules->diagnostics.warned = false;
    rules->diagnostics.error = first;
}

static isg_status finish(isg_rules *rules, const isg_error *first, isg_error *error)
{
    diagnostics_flush(&rules->diagnostics);
    rules->diagnostics.error = NULL;
    if (rules->arena.failed)
        return status_nomem(error);
    if (rules->diagnostics.errors == 0)
        return ISG_OK;
    if (error)
        *error = *first;
    return first->code;
}

isg_status isg_rules_add(isg_rules *rules, const char *path, isg_error *error)
{
    isg_error first;
    if (!rules || !path || !path[0])
        return status_set(error, ISG_ARGUMENT, "isg_rules_add: no path");
    begin(rules, &first);
    rules_add_path(rules, path);
    return finish(rules, &first, error);
}

isg_status isg_rules_add_memory(isg_rules *rules, const char *name, const char *bytes,
                                size_t length, isg_error *error)
{
    isg_error first;
    if (!rules || !name || (!bytes && length))
        return status_set(error, ISG_ARGUMENT, "isg_rules_add_memory: no name or no bytes");
    if (length > LIMIT_RULE_FILE_BYTES)
        return status_at(error, ISG_LIMIT, name, 0, 0, "%s is longer than %u bytes; split it",
                         name, LIMIT_RULE_FILE_BYTES);
    begin(rules, &first);
    const char *copy = arena_strndup(&rules->arena, bytes ? bytes : "", length);
    const char *called = arena_strndup(&rules->arena, name, strlen(name));
    if (copy && called) {
        const struct source *source = source_new(&rules->arena, called, called, NULL, copy, length);
        if (source)
            rules_add_source(rules, source);
    }
    return finish(rules, &first, error);
}

isg_status isg_rules_add_table(isg_rules *rules, const void *bytes, size_t size, isg_error *error)
{
    isg_error first;
    struct table table;
    if (!rules || !bytes)
        return status_set(error, ISG_ARGUMENT, "isg_rules_add_table: no table");
    isg_status status = table_open_memory(bytes, size, &table, error);
    if (status != ISG_OK)
        return status;
    begin(rules, &first);
    rules_add_files(rules, &table);
    table_close(&table);
    return finish(rules, &first, error);
}

const char *isg_rules_left_out(const isg_rules *rules, size_t index)
{
    const struct left_out *left = rules->left_out;
    while (left && index-- > 0)
        left = left->next;
    return left ? left->name : NULL;
}

size_t isg_rules_feature_count(const isg_rules *rules)
{
    size_t n = 0;
    for (const struct feature *f = rules->sources.features; f; f = f->next)
        n++;
    for (const struct slang_entry *e = rules->sources.senses; e; e = e->next)
        n++;
    return n;
}

isg_status isg_rules_compile(isg_rules *rules, const void **table, size_t *size, isg_error *error)
{
    isg_error first;
    if (!rules || !table || !size)
        return status_set(error, ISG_ARGUMENT, "isg_rules_compile: nowhere to put the table");
    *table = NULL;
    *size = 0;
    begin(rules, &first);
    rules->diagnostics.warned = true;
    isg_status status = compile_table(&rules->sources, &rules->diagnostics, &rules->table,
                                      &rules->stats, &first);
    diagnostics_flush(&rules->diagnostics);
    rules->diagnostics.error = NULL;
    if (status != ISG_OK) {
        if (error)
            *error = first;
        return status;
    }
    *table = rules->table.bytes;
    *size = rules->table.length;
    return ISG_OK;
}

isg_status isg_rules_lint(isg_rules *rules, const isg_rules_lint_options *options,
                          size_t *warnings, isg_error *error)
{
    static const isg_rules_lint_options nothing;
    isg_error first;
    if (!rules || !warnings)
        return status_set(error, ISG_ARGUMENT, "isg_rules_lint: nowhere to count");
    begin(rules, &first);
    lint_sources(&rules->sources, options ? options : &nothing, &rules->diagnostics);
    *warnings = rules->diagnostics.warnings;
    return finish(rules, &first, error);
}

const char *isg_rules_stats(isg_rules *rules)
{
    return rules->stats.bytes && !rules->stats.failed ? rules->stats.bytes : "";
}

size_t isg_rules_test_count(const isg_rules *rules)
{
    return rules->test_count;
}

isg_status isg_rules_test_get(const isg_rules *rules, size_t index, isg_rules_test *test)
{
    if (!rules || !test || index >= rules->test_count)
        return ISG_ARGUMENT;
    *test = rules->tests[index]->test;
    return ISG_OK;
}

static const struct feature *find_feature(const isg_rules *rules, unsigned id)
{
    const struct feature *f = rules->sources.features;
    while (f && f->id != id)
        f = f->next;
    return f;
}

const char *isg_rules_feature_file(const isg_rules *rules, unsigned feature)
{
    const struct feature *f = find_feature(rules, feature);
    return f ? f->source->name : NULL;
}

bool isg_rules_realisation(const isg_rules *rules, unsigned feature, size_t index,
                           const char **rule, const char **realisation)
{
    const struct feature *f = find_feature(rules, feature);
    for (const struct rule *r = f ? f->rules : NULL; r; r = r->next)
        for (const struct realisation *as = r->realisations; as; as = as->next)
            if (index-- == 0) {
                *rule = r->name;
                *realisation = as->name;
                return true;
            }
    return false;
}
