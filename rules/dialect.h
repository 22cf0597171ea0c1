/* dialect.h -- a dialect's profile as its file says it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_DIALECT_H
#define RULES_DIALECT_H

#include "feature.h"
#include "table/format.h"

/* <choose>: a realisation taken outright. */
struct choice {
    struct place at;
    uint32_t feature;
    const char *rule, *as; /* rule NULL: every rule that has it */
    struct choice *next;
};

struct dialect {
    struct place at;
    const struct source *source;
    const char *name, *code, *region, *type, *review;
    const char *slug;                  /* given by the compiler */
    const char *region_slug, *type_slug;
    const char *inherit;               /* a code; NULL: none */
    const char *spelling, *vocabulary, *slang; /* regions whose layers are on; NULL: none */
    const struct dialect *parent;      /* found by dialects_inherit */
    double latitude, longitude;
    bool contact;
    char ratings[TAB_RATINGS + 1];     /* '\0' inside: not said */
    struct choice *choices;
    unsigned mark;                     /* while inheritance is followed */
    unsigned number;                   /* in the table */
    struct dialect *next;
};

/* Reads a dialect file; NULL if it has errors, which are reported. */
struct dialect *dialect_read(const struct reading *reading, const struct source *source);
/* Finds parents and fills in the ratings that come from them; false if there are errors. */
bool dialects_inherit(struct dialect *dialects, struct diagnostics *diagnostics);
/* Lower-case ASCII of a text: letters and digits, "-" for runs of others, apostrophes dropped. */
const char *slug_of(struct arena *arena, const char *text);

#endif
