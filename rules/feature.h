/* feature.h -- a feature as its file says it, patterns parsed: what the reader makes, the compiler
 * takes. Memory is the arena's of the rules.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_FEATURE_H
#define RULES_FEATURE_H

#include <isogloss_rules.h>

#include "lists.h"
#include "parse.h"

/* Attributes that a rule has of its own or takes from its feature. */
struct drawing {
    int draw;       /* enum tab_draw; -1: not said */
    int sure;       /* 0..255; -1: not said */
    uint32_t rate;  /* millionths */
    struct ref key; /* name NULL: none */
};

struct slang_entry;

struct guard {
    struct place at;
    const char *name;
    struct stmt *match;
    struct guard *next;
};

struct realisation {
    struct place at;
    const char *name;
    uint32_t weight;        /* thousandths */
    struct word *varieties; /* of for= */
    struct action action;
    const struct slang_entry *sense; /* NULL: of no lexicon */
    struct realisation *next;
};

struct rule {
    struct place at;
    const char *name;
    struct drawing drawing;
    struct stmt *match;
    struct guard *guards;
    struct realisation *realisations;
    bool broken; /* has errors, reported when it was read */
    const struct slang_entry *sense; /* of a lexicon; NULL: none */
    uint32_t regions;                /* where any entry says that its term is from */
    struct rule *next;
};

struct feature;
struct relation {
    struct place at;
    uint32_t feature;
    unsigned kind; /* enum tab_relation_kind */
    const struct feature *other; /* found by the compiler; NULL: not in the table */
    struct relation *next;
};

/* A <test> or <keep>, and what checks it once the whole feature is read. */
struct feature_test {
    struct place at;
    isg_rules_test test;
    struct feature_test *next;
};

struct feature {
    const struct source *source;
    struct place at;
    uint32_t id;
    const char *name, *area, *about, *limits, *neutralises, *group;
    unsigned stratum, per;
    struct drawing drawing;
    struct list *lists;
    struct pattern *patterns;
    struct rule *rules;
    struct relation *relations;
    struct feature_test *tests;
    unsigned order; /* of execution; given by the compiler */
    bool broken;    /* has errors, reported */
    struct feature *next;
};

struct _xmlRelaxNG;
struct reading {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct _xmlRelaxNG *feature_schema, *dialect_schema; /* NULL: none */
};

/* Reads a feature from bytes base .. end of a source; reports errors. NULL if it is no feature at
 * all; broken if there are errors (the rules without any may still be checked). */
struct feature *feature_read(const struct reading *reading, const struct source *source,
                             uint32_t base, uint32_t end);

/* ---- used among the files that read features ---- */

struct xml;
struct feature_reader {
    const struct reading *reading;
    struct xml *xml;
    struct feature *feature;
    struct feature_test **tests_end; /* where the next test goes */
};
struct _xmlNode;
bool read_drawing(struct feature_reader *r, const struct _xmlNode *node, struct drawing *drawing);
void read_test(struct feature_reader *r, const struct _xmlNode *node, bool keep);
void check_tests(struct feature_reader *r);
/* One of words (NULL-ended), or reports; -1 then, or when the attribute is missing. */
int read_choice(struct feature_reader *r, const struct _xmlNode *node, const char *attribute,
                const char *const *words);
/* Numbers separated by spaces; reports what is none. false at the end. */
bool read_number(struct feature_reader *r, struct place at, const char **list, uint32_t *number);
const char *read_string(struct feature_reader *r, const struct _xmlNode *node,
                        const char *attribute);

#endif
