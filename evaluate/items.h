/* items.h -- what is to be judged: read from JSON lines, CSV or TSV. What cannot be used is counted
 * by its reason.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_ITEMS_H
#define EVALUATE_ITEMS_H

#include <isogloss_evaluate.h>

#include "evaluate/question.h"

struct item {
    char *id;
    char *parts[PARTS];    /* of its question; NULL: none */
    char *gold;            /* answers in words, a NUL after each, and one more; NULL: none */
    char *parallel;        /* people's own variant of the text; NULL: none */
    uint32_t label, slice; /* NAMES_NONE: none */
    uint32_t cluster;
    uint32_t variety;      /* that people's variant is in; NAMES_NONE: none is named */
};

struct items {
    struct item *list;
    size_t count, capacity;
    struct names labels, slices, clusters, varieties;
    struct names reasons;  /* why records were left out */
    size_t *excluded;      /* by reason */
};

/* Reads o->path. Returns a status with *error filled. */
isg_status items_read(struct items *items, const isg_evaluate_options *o, isg_error *error);
void items_clear(struct items *items);

enum { FIELDS = 10, GOLD_END = '\037' };

/* For the readers of formats: a record's fields as strings, NULL where there is none. */
struct record {
    /* label: gold answers in words may be several, with GOLD_END between them */
    const char *text, *label, *id, *cluster, *slice, *parallel, *context, *variety;
    const char *chosen, *rejected;
    size_t number;         /* 1-based: line or row */
    const char *frame;     /* of a conversation */
};
/* Takes a record or counts why it is left out; false: out of memory or too many. */
bool items_take(struct items *items, const struct record *record,
                const isg_evaluate_options *o);
bool items_exclude(struct items *items, const char *reason);

/* The names of the fields, with what stands for NULL. */
struct fields {
    /* text, label, id, cluster, slice, parallel, context, variety, chosen, rejected; NULL: not
       wanted */
    const char *names[FIELDS];
    bool optional[FIELDS];     /* a table may be without it */
};
struct fields items_fields(const isg_evaluate_options *o);
/* A table of rows with a header, fields split at separator, quoted as in RFC 4180. */
isg_status items_read_table(struct items *items, const isg_evaluate_options *o, char *bytes,
                            char separator, isg_error *error);

#endif
