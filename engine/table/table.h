/* table.h -- a compiled table as the rewriter sees it: mapped or borrowed memory, verified once on
 * open so that no later access needs a check. Immutable, shared by threads.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TABLE_TABLE_H
#define TABLE_TABLE_H

#include <isogloss.h>

#include "table/format.h"

struct table {
    const struct tab_header *header;
    const char *strings;
    const struct tab_literal *literals;
    const uint32_t *literal_hash, *literal_lists;
    const struct tab_list *lists;
    const struct tab_map *maps;
    const struct tab_map_entry *map_entries;
    const uint32_t *regexes;
    const struct tab_predicate *predicates;
    const struct tab_test *tests;
    const struct tab_path *paths;
    const struct tab_path_edge *path_edges;
    const struct tab_code *sequences, *code;
    const struct tab_node *automata;
    const struct tab_source *sources;
    const struct tab_edit *edits;
    const struct tab_part *parts;
    const struct tab_link *links;
    const struct tab_setting *settings;
    const struct tab_feature *features;
    const struct tab_rule *rules;
    const struct tab_guard *guards;
    const struct tab_realisation *realisations;
    const uint32_t *names;
    const struct tab_relation *relations;
    const struct tab_range *trigger_index;
    const uint32_t *triggers;
    const struct tab_dialect *dialects;
    const uint64_t *varieties;
    const struct tab_sense *senses;
    const struct tab_file *files;
    uint32_t literal_count, feature_count, rule_count, dialect_count, regex_count, relation_count,
             sense_count, file_count;
    void *mapping; /* of a file; NULL: borrowed memory */
    size_t size;
};

/* Opens a file, or memory (8-byte aligned, borrowed until close). ISG_IO, ISG_FORMAT, ISG_VERSION,
 * ISG_MISMATCH; the message names both versions and the command that cures it. */
isg_status table_open_file(const char *path, struct table *table, isg_error *error);
isg_status table_open_memory(const void *data, size_t size, struct table *table, isg_error *error);
void table_close(struct table *table);
const char *table_string(const struct table *table, uint32_t offset);
/* The number of a word given lower-case with straight apostrophes, TAB_NONE if no rule names it. */
uint32_t table_literal(const struct table *table, const char *word, size_t length);
uint64_t table_count(const struct table *table, enum tab_section_id section);

#endif
