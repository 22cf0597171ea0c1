/* tables.h -- what rewriting reads and never writes: rule table, lexicon, compiled expressions.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef REWRITE_TABLES_H
#define REWRITE_TABLES_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "analysis/lexicon.h"
#include "table/table.h"

struct tables {
    struct table table;
    const struct lexicon *lexicon;
    pcre2_code **regexes; /* of TAB_REGEXES */
    uint32_t stratum_rules[STRATUM_COUNT + 1]; /* where the rules of each stratum begin */
    uint64_t *needy;      /* set of the rules that need a word of the sentence */
    uint32_t rule_words;  /* 64-bit words of a set of rules */
};

/* Compiles the table's expressions; tables->table is open. */
isg_status tables_compile_regexes(struct tables *tables, isg_error *error);
/* Notes where the rules of each stratum begin and which need words; tables->table is open. */
isg_status tables_index_rules(struct tables *tables, isg_error *error);
void tables_free(struct tables *tables);
/* The rules that need a literal somewhere in the sentence. */
static inline struct tab_range tables_needs(const struct tables *tables, uint32_t literal)
{
    uint32_t literals = tables->table.literal_count;
    return tables->table.trigger_index[2 * literals + XPOS_COUNT + UPOS_COUNT + REL_COUNT + 1 +
                                       literal];
}
/* The literal of a word as it stands in a text: lower-cased, apostrophes straightened. TAB_NONE if
 * no rule names it. */
uint32_t tables_literal(const struct tables *tables, const char *word, size_t length);
/* Sets form_id and lemma_id of a token. */
void tables_identify(const struct tables *tables, struct token *token);
/* Lower-cases with straight apostrophes into out (size bytes, no terminator); returns the length,
 * 0 when it does not fit. */
size_t tables_fold(const char *word, size_t length, char *out, size_t size);

#endif
