/* match.h -- does a rule's pattern hold at a trigger token? Runs the match programs of the table
 * over one state of a sentence, with backtracking; the first complete assignment in the order
 * LANGUAGE gives (candidates in text order, shortest path first) is the match. Steps are bounded.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef REWRITE_MATCH_H
#define REWRITE_MATCH_H

#include "grammar/grammar.h"
#include "rewrite/tables.h"

/* What someone who explains wants to know of a program's run. */
struct match_watch {
    struct value slots[LIMIT_SLOTS];   /* as they were where the furthest record was reached */
};

/* What rules noted about the document (remember key=value): strings of the table. */
struct memory {
    struct {
        uint32_t key, value;
    } entries[LIMIT_MEMORY];
    uint32_t count;
};

struct matcher {
    const struct tables *tables;
    const struct memory *memory; /* of the document so far; NULL: nothing */
    struct grammar *grammar;
    struct value slots[LIMIT_SLOTS];
    uint32_t injective;   /* slots bound to a token of their own: no two the same */
    uint32_t steps;       /* candidates tried for this trigger */
    uint32_t depth;
    uint32_t furthest;    /* record of TAB_CODE that failed furthest on, for explaining */
    uint8_t sure;         /* least confidence of what the match used so far */
    struct match_watch *watch; /* NULL: nobody asks */
    bool exhausted;       /* a limit was reached: no match */
    int32_t opened[LIMIT_SLOTS];
    uint16_t visited[LIMIT_SENTENCE_TOKENS * 2]; /* of one path walk */
};

void matcher_init(struct matcher *matcher, const struct tables *tables, struct grammar *grammar);
/* Tries a rule at a token; true: slots hold the match. */
bool matcher_rule(struct matcher *matcher, const struct tab_rule *rule, int32_t token);
/* Runs a guard or a `when` on the names bound; new names do not escape. */
bool matcher_block(struct matcher *matcher, uint32_t code);

/* What a reference stands for now; VALUE_IS_NONE if the role is empty or the name unbound. */
struct value matcher_ref(struct matcher *matcher, uint32_t ref);
/* First and last token of a value; false for nothing and objects without a place. */
bool matcher_extent(struct matcher *matcher, struct value value, int32_t *first, int32_t *last);
/* Whether the token satisfies a test of the table. */
bool matcher_token_test(struct matcher *matcher, uint32_t test, int32_t token);
/* Finds the entry of a map for a token: a string of the table, TAB_NONE if there is none. */
uint32_t matcher_map(const struct matcher *matcher, uint32_t map, int32_t token);

/* Used among the files of the matcher. */
bool match_run(struct matcher *matcher, uint32_t pc);
bool match_value_test(struct matcher *matcher, uint32_t test, struct value value);
bool match_bind_token(struct matcher *matcher, unsigned slot, int32_t token);
void match_unbind(struct matcher *matcher, unsigned slot);
/* Whether a sequence can match from some token in from..to on, its last at high: by its automaton,
 * or by simulating its program; filter is its SEQ_FILTER. */
bool match_filter(struct matcher *matcher, const struct tab_code *filter, int32_t from, int32_t to,
                  int32_t high);
bool match_is_barrier(const struct token *token);
bool match_sequence(struct matcher *matcher, const struct tab_code *code, uint32_t next);
/* Collects where a path leads from a token or clause: candidates in order, at most size. */
uint32_t match_path(struct matcher *matcher, const struct tab_path *path, int32_t from,
                    int32_t *found, uint32_t size);
bool match_step(struct matcher *matcher);

#endif
