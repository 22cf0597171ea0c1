/* compile.h -- everything that was read, into a table.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_COMPILE_H
#define RULES_COMPILE_H

#include "lower.h"

/* What a table is made from. Lists are linked; order does not matter. */
struct sources {
    struct feature *features;
    struct slang_entry *senses;
    struct dialect *dialects;
    const struct list *lists;
    find_list_fn find_list;
    void *context;
    bool only_named; /* no dialects needed, unknown varieties accepted */
};

/* Writes a table; errors are reported, and *table is then empty. */
isg_status compile_table(const struct sources *sources, struct diagnostics *diagnostics,
                         struct buffer *table, struct buffer *stats, isg_error *error);
/* Lowers one feature into a table that is thrown away, to find its errors. */
bool compile_check(const struct sources *sources, const struct feature *feature,
                   struct diagnostics *diagnostics);
/* The same for the senses of one lexicon. */
bool compile_check_senses(const struct sources *sources, struct slang_entry *senses,
                          struct diagnostics *diagnostics);

/* ---- used among the files of the compiler ---- */

/* Begins a lowering of features into a builder. */
void lowering_start(struct lowering *l, const struct sources *sources, struct builder *builder,
                    struct buffer *keys, struct diagnostics *diagnostics);

/* Features in the order of execution: stratum, after=, number. NULL: a circle, reported. */
struct feature **order_features(struct feature *features, struct arena *arena,
                                struct diagnostics *diagnostics, uint32_t *count);
/* Adds TAB_DIALECTS; dialects are in table order, features lowered. */
void emit_dialects(struct builder *b, const struct dialect *dialects, unsigned count,
                   struct feature *const *features, uint32_t feature_count,
                   struct diagnostics *diagnostics);
/* Adds TAB_FILES: every file that something in the table came from, by name. */
void emit_files(struct builder *b, const struct sources *sources);
/* Puts literals into their order, adds the indexes, and writes the file. */
bool emit_table(struct builder *b, const struct buffer *keys, unsigned dialect_count,
                struct buffer *out);
void write_stats(const struct builder *b, const struct buffer *keys, size_t size,
                 struct buffer *out);

#endif
