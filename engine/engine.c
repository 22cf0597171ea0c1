/* engine.c -- opening model, lexicon and table together, and telling what the table holds.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analysis/lexicon.h"
#include "base/nearest.h"
#include "base/status.h"
#include "base/vocab.h"

#ifndef PKGDATADIR
#define PKGDATADIR "/usr/local/share/isogloss"
#endif
#ifndef ISOGLOSS_VERSION
#define ISOGLOSS_VERSION "0.1.0"
#endif

enum { PATH_SIZE = 4096 };

const char *isg_version(void)
{
    return ISOGLOSS_VERSION;
}

static isg_status join(const char *folder, const char *name, char *out, isg_error *error)
{
    int n = snprintf(out, PATH_SIZE, "%s/%s", folder, name);
    if (n < 0 || n >= PATH_SIZE)
        return status_set(error, ISG_ARGUMENT, "the path of the data folder is too long");
    return ISG_OK;
}

static isg_status open_table(struct isg_engine *e, const isg_engine_options *o, isg_error *error)
{
    char path[PATH_SIZE];
    if (o->table_data)
        return table_open_memory(o->table_data, o->table_size, &e->tables.table, error);
    if (o->table_path)
        return table_open_file(o->table_path, &e->tables.table, error);
    isg_status status = join(o->data_dir ? o->data_dir : PKGDATADIR, "isogloss.tab", path, error);
    return status == ISG_OK ? table_open_file(path, &e->tables.table, error) : status;
}

static isg_status open_all(struct isg_engine *e, const isg_engine_options *o, isg_error *error)
{
    char path[PATH_SIZE];
    const char *folder = o->data_dir ? o->data_dir : PKGDATADIR;
    isg_status status = open_table(e, o, error);
    if (status == ISG_OK)
        status = tables_compile_regexes(&e->tables, error);
    if (status == ISG_OK)
        status = tables_index_rules(&e->tables, error);
    if (status == ISG_OK)
        status = join(folder, "isogloss.lex", path, error);
    if (status == ISG_OK)
        status = lexicon_open(path, &e->lexicon, error);
    if (status == ISG_OK)
        status = join(folder, "isogloss.model", path, error);
    if (status == ISG_OK)
        status = model_open(path, &e->model, error);
    e->tables.lexicon = e->lexicon;
    return status;
}

isg_status isg_engine_open(const isg_engine_options *options, isg_engine **engine,
                           isg_error *error)
{
    static const isg_engine_options standard;
    *engine = NULL;
    struct isg_engine *e = calloc(1, sizeof *e);
    if (!e)
        return status_nomem(error);
    isg_status status = open_all(e, options ? options : &standard, error);
    if (status == ISG_OK)
        *engine = e;
    else
        isg_engine_free(e);
    return status;
}

void isg_engine_free(isg_engine *engine)
{
    if (!engine)
        return;
    if (engine->model)
        model_close(engine->model);
    if (engine->lexicon)
        lexicon_close(engine->lexicon);
    tables_free(&engine->tables);
    table_close(&engine->tables.table);
    free(engine);
}

size_t isg_engine_feature_count(const isg_engine *engine)
{
    return engine->tables.table.feature_count;
}

isg_status isg_engine_feature(const isg_engine *engine, size_t index, isg_feature_info *info)
{
    const struct table *t = &engine->tables.table;
    if (index >= t->feature_count)
        return ISG_ARGUMENT;
    const struct tab_feature *f = &t->features[index];
    *info = (isg_feature_info){
        .id = f->id,
        .name = table_string(t, f->name),
        .area = table_string(t, f->area),
        .about = table_string(t, f->about),
        .limits = table_string(t, f->limits),
        .neutralises = table_string(t, f->neutralises),
        .stratum = vocab_name(VOCAB_LIST_STRATUM, f->stratum),
        .file = table_string(t, f->file),
        .rules = f->rule_count,
        .line = f->line,
    };
    return ISG_OK;
}

int isg_engine_knows_word(const isg_engine *engine, const char *word)
{
    return lexicon_knows(engine->lexicon, word, strlen(word));
}

size_t isg_engine_dialect_count(const isg_engine *engine)
{
    return engine->tables.table.dialect_count;
}

isg_status isg_engine_dialect(const isg_engine *engine, size_t index, isg_dialect_info *info)
{
    const struct table *t = &engine->tables.table;
    if (index >= t->dialect_count)
        return ISG_ARGUMENT;
    const struct tab_dialect *d = &t->dialects[index];
    *info = (isg_dialect_info){
        .name = table_string(t, d->name),
        .code = table_string(t, d->code),
        .slug = table_string(t, d->slug),
        .region = table_string(t, d->region),
        .type = table_string(t, d->type),
        .review = table_string(t, d->review),
        .latitude = d->latitude,
        .longitude = d->longitude,
        .contact_language = (d->flags & TAB_DIALECT_CONTACT) != 0,
        .ratings = table_string(t, d->ratings),
    };
    return ISG_OK;
}

isg_status isg_engine_find_dialect(const isg_engine *engine, const char *name, size_t *index,
                                   isg_error *error)
{
    const struct table *t = &engine->tables.table;
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    for (uint32_t i = 0; i < t->dialect_count; i++) {
        const struct tab_dialect *d = &t->dialects[i];
        const char *names[3] = {table_string(t, d->code), table_string(t, d->name),
                                table_string(t, d->slug)};
        for (int k = 0; k < 3; k++) {
            if (strcasecmp(names[k], name) == 0) {
                *index = i;
                return ISG_OK;
            }
            if (k < 2)
                nearest_offer(&nearest, names[k]);
        }
    }
    char found[256];
    nearest_print(&nearest, found, sizeof found);
    return status_set(error, ISG_UNKNOWN, "no dialect '%.80s'%s%s; `isogloss dialects` lists them",
                      name, *found ? "; nearest: " : "", found);
}
