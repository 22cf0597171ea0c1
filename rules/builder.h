/* builder.h -- a table in the making: its sections as growing arrays, with equal strings, words,
 * predicates, tests and paths stored once. Literals get their final numbers at the end, when they
 * are sorted (emit.c).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_BUILDER_H
#define RULES_BUILDER_H

#include "base/buffer.h"
#include "lists.h"
#include "table/format.h"

/* Finds equal byte strings: an open hash over records of a pool. */
struct intern {
    struct buffer pool;     /* the keys, one after another */
    struct intern_slot {
        uint32_t number, at, length; /* number + 1; 0: free */
    } *slots;
    size_t capacity, count;
    bool failed;
};

void intern_clear(struct intern *intern);
/* The number of a key, *fresh if it is new: then it gets the number given. */
uint32_t intern_key(struct intern *intern, const void *key, size_t length, uint32_t number,
                    bool *fresh);

struct builder {
    struct arena *arena;
    struct buffer sections[TAB_SECTION_COUNT];
    struct intern strings, literals, predicates, tests, paths, regexes, sequences;
    const struct list **lists; /* those used, in order of first use */
    uint32_t list_count, map_count, list_capacity;
    bool failed;               /* no memory */
};

void builder_init(struct builder *b, struct arena *arena);
void builder_clear(struct builder *b);
bool builder_failed(const struct builder *b);
size_t builder_size(const struct builder *b); /* bytes of all sections */
uint32_t builder_count(const struct builder *b, enum tab_section_id section);
/* Appends one record of a section's stride; returns its number. */
uint32_t builder_add(struct builder *b, enum tab_section_id section, const void *record);
/* A record to be changed; good until the next builder_add; NULL after a failure. */
void *builder_at(struct builder *b, enum tab_section_id section, uint32_t number);
size_t builder_stride(enum tab_section_id section);

uint32_t builder_string(struct builder *b, const char *string);      /* NULL: TAB_NONE */
uint32_t builder_literal(struct builder *b, const char *folded);
uint32_t builder_predicate(struct builder *b, const struct tab_predicate *predicate);
uint32_t builder_regex(struct builder *b, const char *pattern);
uint32_t builder_list(struct builder *b, const struct list *list);   /* its number as list or map */
/* Adds tests that refer to one another from 0 on, or finds equal ones; returns the first. */
uint32_t builder_tests(struct builder *b, const struct tab_test *tests, uint32_t count);
uint32_t builder_path(struct builder *b, const struct tab_path *path,
                      const struct tab_path_edge *edges);

#endif
