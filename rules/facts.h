/* facts.h -- what a match demands of each of its names, as far as it can be told without a
 * sentence: the values that are left for its tags, relation, features, words and attributes. Two
 * uses: a match that leaves none can never succeed, and two rules whose triggers share none never
 * meet.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_FACTS_H
#define RULES_FACTS_H

#include "lower.h"

enum { MOST_FACTS = 24, MOST_FACT_WORDS = 48 };

/* What is left of one thing that can be asked of a name. */
struct fact {
    unsigned kind;       /* enum tab_predicate_kind */
    unsigned attribute;  /* of an object; of a feature: its key's first bit */
    struct place at;     /* the test that said it last */
    uint64_t bits;       /* values left; of words: whether listed words are those left (1) or
                            those excluded (0) */
    const char *words[MOST_FACT_WORDS];
    unsigned count;
};

struct facts {
    struct fact list[MOST_FACTS];
    unsigned count;
};

/* The facts of a name of the rule at hand, whose names have their slots; memory is the arena's of
 * the lowering. */
void facts_find(struct lowering *l, const struct rule *rule, int slot, struct facts *facts);
/* The same of a token of it: of g and ROLE_FIN, what is asked of g.fin. */
void facts_find_role(struct lowering *l, const struct rule *rule, int slot, enum role role,
                     struct facts *facts);
/* Whether no token or object can be both. */
bool facts_exclude(const struct facts *a, const struct facts *b);
/* Reports a match that can never succeed. */
void facts_check(struct lowering *l, const struct rule *rule);

#endif
