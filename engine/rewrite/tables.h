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
};

/* Compiles the table's expressions; tables->table is open. */
isg_status tables_compile_regexes(struct tables *tables, isg_error *error);
void tables_free_regexes(struct tables *tables);
/* The literal of a word as it stands in a text: lower-cased, apostrophes straightened. TAB_NONE if
 * no rule names it. */
uint32_t tables_literal(const struct tables *tables, const char *word, size_t length);
/* Sets form_id and lemma_id of a token. */
void tables_identify(const struct tables *tables, struct token *token);
/* Lower-cases with straight apostrophes into out (size bytes, no terminator); returns the length,
 * 0 when it does not fit. */
size_t tables_fold(const char *word, size_t length, char *out, size_t size);

#endif
