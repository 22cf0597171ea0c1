/* lint.h -- warnings about rules that compile and are likely mistakes all the same, each with its
 * number. rules/language.md (Messages) says of each what is meant and what to do.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_LINT_H
#define RULES_LINT_H

#include "compile.h"

void lint_sources(const struct sources *sources, const isg_rules_lint_options *options,
                  struct diagnostics *diagnostics);

/* ---- used among the files of lint ---- */

struct lint {
    const struct sources *sources;
    const isg_rules_lint_options *options;
    struct diagnostics *diagnostics;
    struct arena *arena;
    const struct feature *feature;
    const struct rule *rule;
};

/* What a walk over statements meets; what is NULL is passed over. Blocks are entered. */
struct visitor {
    void *context;
    void (*test)(void *context, const struct test *atom); /* leaves of tests */
    void (*label)(void *context, const struct word *label, bool denied); /* of paths and :label */
    void (*statement)(void *context, const struct stmt *stmt);
    void (*item)(void *context, const struct item *item);
};
void visit_statements(const struct visitor *visitor, const struct stmt *stmts);
void visit_test(const struct visitor *visitor, const struct test *test);

void lint_words(struct lint *l);    /* of a feature: W2 W9 W10 W11 */
void lint_match(struct lint *l);    /* of a rule: W1 W3 W4 */
void lint_proofs(struct lint *l);   /* of a feature: L5 W5 W6 W7 */
void lint_claims(struct lint *l);   /* of all: W8 */
void lint_slang(struct lint *l);    /* of all lexicons: errors */
/* The list or map of a #name; NULL: a word class. */
const struct list *lint_find_list(const struct lint *l, const char *name);
bool lint_wants(const struct lint *l, const struct feature *feature);

/* How often a test holds, in tokens of 100,000 of ordinary English; FREQUENCY_ALL: of any. */
enum { FREQUENCY_ALL = 100000, FREQUENCY_RARE = 5 };
uint32_t frequency_of_test(const struct lint *l, const struct test *test);
uint32_t frequency_of_word(const char *folded, bool lemma);

#endif
