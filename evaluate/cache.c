/* cache.c -- one table of models, one of answers; a transaction a second.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/cache.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evaluate/fail.h"
#include "evaluate/names.h"

enum { BUSY = 10000 }; /* milliseconds another run may hold the file */

struct cache {
    sqlite3 *db;
    sqlite3_stmt *get, *put;
    sqlite3_int64 model;
    bool writing;       /* inside a transaction */
    time_t began;
    char problem[256];
};

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS model (id INTEGER PRIMARY KEY, identity TEXT UNIQUE NOT NULL);"
    "CREATE TABLE IF NOT EXISTS answer (model INTEGER NOT NULL, time INTEGER NOT NULL,"
    " text TEXT NOT NULL, label TEXT, score REAL, PRIMARY KEY (model, time, text)) WITHOUT ROWID;";

static sqlite3_int64 find_model(struct cache *c, const char *model)
{
    sqlite3_stmt *s = NULL;
    sqlite3_int64 id = -1;
    if (sqlite3_prepare_v2(c->db, "INSERT OR IGNORE INTO model (identity) VALUES (?)", -1, &s,
                           NULL) == SQLITE_OK) {
        sqlite3_bind_text(s, 1, model, -1, SQLITE_STATIC);
        sqlite3_step(s);
    }
    sqlite3_finalize(s);
    s = NULL;
    if (sqlite3_prepare_v2(c->db, "SELECT id FROM model WHERE identity = ?", -1, &s, NULL) ==
        SQLITE_OK) {
        sqlite3_bind_text(s, 1, model, -1, SQLITE_STATIC);
        if (sqlite3_step(s) == SQLITE_ROW)
            id = sqlite3_column_int64(s, 0);
    }
    sqlite3_finalize(s);
    return id;
}

isg_status cache_open(const char *path, const char *model, struct cache **out, isg_error *error)
{
    struct cache *c = *out = calloc(1, sizeof *c);
    if (!c)
        return fail_memory(error);
    bool ok = sqlite3_open(path, &c->db) == SQLITE_OK;
    if (ok)
        sqlite3_busy_timeout(c->db, BUSY);
    ok = ok && sqlite3_exec(c->db, schema, NULL, NULL, NULL) == SQLITE_OK;
    ok = ok && (c->model = find_model(c, model)) >= 0;
    ok = ok && sqlite3_prepare_v2(c->db, "SELECT label, score FROM answer WHERE model = ? AND "
                                  "time = ? AND text = ?", -1, &c->get, NULL) == SQLITE_OK;
    ok = ok && sqlite3_prepare_v2(c->db, "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", -1,
                                  &c->put, NULL) == SQLITE_OK;
    if (ok)
        return ISG_OK;
    fail(error, ISG_IO, "cannot use '%s' for answers: %s", path, sqlite3_errmsg(c->db));
    cache_close(c);
    *out = NULL;
    return ISG_IO;
}

static void note_problem(struct cache *c)
{
    if (!c->problem[0])
        snprintf(c->problem, sizeof c->problem, "%s", sqlite3_errmsg(c->db));
}

static void commit(struct cache *c)
{
    if (c->writing && sqlite3_exec(c->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        note_problem(c);
    c->writing = false;
}

void cache_close(struct cache *c)
{
    if (!c)
        return;
    commit(c);
    sqlite3_finalize(c->get);
    sqlite3_finalize(c->put);
    sqlite3_close(c->db);
    free(c);
}

static void bind(const struct cache *c, sqlite3_stmt *s, const struct name *question)
{
    sqlite3_reset(s);
    sqlite3_bind_int64(s, 1, c->model);
    sqlite3_bind_int64(s, 2, question->tag);
    if (strlen(question->text) == question->length)
        sqlite3_bind_text(s, 3, question->text, (int)question->length, SQLITE_STATIC);
    else
        sqlite3_bind_blob(s, 3, question->text, (int)question->length, SQLITE_STATIC);
}

bool cache_get(struct cache *c, const struct name *question, const char **label, double *score)
{
    bind(c, c->get, question);
    if (sqlite3_step(c->get) != SQLITE_ROW)
        return false;
    *label = (const char *)sqlite3_column_text(c->get, 0);
    *score = sqlite3_column_type(c->get, 1) == SQLITE_NULL ? (double)NAN
                                                           : sqlite3_column_double(c->get, 1);
    return true;
}

void cache_put(struct cache *c, const struct name *question, const char *label, double score)
{
    if (c->problem[0])
        return;
    if (!c->writing) {
        sqlite3_reset(c->get);
        c->writing = sqlite3_exec(c->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
        c->began = time(NULL);
    }
    bind(c, c->put, question);
    sqlite3_bind_text(c->put, 4, label, -1, SQLITE_STATIC);
    if (isfinite(score))
        sqlite3_bind_double(c->put, 5, score);
    else
        sqlite3_bind_null(c->put, 5);
    if (!c->writing || sqlite3_step(c->put) != SQLITE_DONE)
        note_problem(c);
    sqlite3_reset(c->put);
}

void cache_tick(struct cache *c)
{
    if (c->writing && time(NULL) != c->began)
        commit(c);
}

const char *cache_problem(const struct cache *c)
{
    return c->problem[0] ? c->problem : NULL;
}
