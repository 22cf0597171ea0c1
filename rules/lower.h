/* lower.h -- from trees to table records: names become slots, statements are put into an order in
 * which each finds its arguments bound, and kinds of names are checked on the way. A feature is
 * lowered twice: into a builder that is thrown away, when it is added (that is how its errors are
 * found), and when the table is made.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_LOWER_H
#define RULES_LOWER_H

#include "base/limits.h"
#include "base/schema.h"
#include "builder.h"
#include "dialect.h"
#include "feature.h"

enum { KIND_WRONG = 255 }; /* of a name whose error was reported: anything goes */

enum bound { UNBOUND, PERHAPS, BOUND };

/* What is known of each slot at a point of a program. */
struct scope {
    uint8_t kind[LIMIT_SLOTS]; /* enum ref_kind */
    uint8_t state[LIMIT_SLOTS];
};

/* A reason to try a rule at a token: an entry of the trigger index. KEY_NEED: a literal that the
 * sentence must have, or another of the rule's, before it is tried at all. */
enum key_kind { KEY_FORM, KEY_LEMMA, KEY_XPOS, KEY_UPOS, KEY_DEPREL, KEY_ANY, KEY_NEED };
struct trigger_key {
    uint32_t kind, number, rule;
};

/* Where shared lists come from; may read a file. */
typedef const struct list *(*find_list_fn)(void *context, const char *name);

struct lowering {
    struct builder *builder;
    struct diagnostics *diagnostics;
    struct arena *arena;
    const struct feature *feature;
    find_list_fn find_list;
    void *context;
    const struct list *shared;        /* for hints */
    const struct dialect *dialects;   /* in table order */
    unsigned dialect_count;
    bool check_varieties;             /* unknown ones in for= are errors */
    struct buffer *keys;              /* struct trigger_key */

    /* of the rule at hand */
    const struct rule *rule;
    const char *names[LIMIT_SLOTS];
    unsigned name_count;
    /* Slots of unnamed tokens in blocks: what one block is done with, another may use. */
    uint32_t spare;                   /* set of them */
    uint8_t spares[LIMIT_SLOTS];
    unsigned spare_count, spare_used; /* made; taken where names are given at the moment */
    unsigned depth;                   /* of blocks, there */
    bool crowded;                     /* too many names: reported */
    bool uses_memory;                 /* it asks what the document remembers */
    struct construction *construction; /* of an automaton: room kept from one to the next */
    const struct node *trigger;
    unsigned dry;                     /* > 0: only see whether it can be planned */
    unsigned budget;                  /* steps of planning left */
};

/* Lowers all rules of a feature; errors are reported. */
void lower_feature(struct lowering *l, const struct feature *feature, uint32_t number);

/* Finds a rule's trigger and gives the names of its match their slots; false: reported. */
bool lower_names(struct lowering *l, const struct rule *rule);

/* ---- names (lower_name.c) ---- */
int lower_slot(struct lowering *l, const char *name, struct place at);
int lower_find_slot(const struct lowering *l, const char *name);
/* Gives slots to all names of statements and fills in what each binds and mentions. */
void lower_assign(struct lowering *l, struct stmt *stmts);
void lower_assign_test_ref(struct lowering *l, struct ref *ref);
bool lower_is_bound(const struct scope *scope, int slot);
/* A reference as the table has it, and its kind; reports unbound names and unknown roles. */
bool lower_ref(struct lowering *l, const struct scope *scope, const struct ref *ref, uint32_t *out,
               unsigned *kind);
const char *lower_kind_name(unsigned kind);

/* ---- tests (lower_test.c, lower_atom.c) ---- */
struct lowered_test {
    uint32_t token, object; /* TAB_TESTS, or TAB_NONE */
};
/* Splits a test on a value of some kind into what asks its tokens and what asks the object. */
struct lowered_test lower_test(struct lowering *l, const struct test *test, unsigned kind);
uint32_t lower_token_test(struct lowering *l, const struct test *test);

enum { MOST_ATOM_PREDICATES = 24 };
struct atom {
    struct tab_predicate predicates[MOST_ATOM_PREDICATES]; /* any of them */
    unsigned count;
    bool negated;
};
bool lower_token_atom(struct lowering *l, const struct test *test, struct atom *atom);
bool lower_object_atom(struct lowering *l, const struct test *test, enum object_kind object,
                       struct atom *atom);
/* Reports a value that an attribute does not have; always false. */
bool lower_report_value(struct lowering *l, const struct word *word, uint64_t allowed);
/* Whether the test asks for an attribute of the object, not for a token. */
bool lower_is_attribute(const struct test *test, enum object_kind object);
/* A #name: its list or map (NULL: a class, in *bit; -1: reported). */
const struct list *lower_find_name(struct lowering *l, const struct test *test, int *bit);

/* ---- paths, sequences ---- */
bool lower_path(struct lowering *l, const struct path *path, bool clauses, bool inverse,
                uint32_t *out);
/* The set of relations that labels name; reports unknown ones. */
uint64_t lower_labels(struct lowering *l, const struct word *labels, bool clauses);
void lower_sequence(struct lowering *l, struct scope *scope, const struct stmt *stmt);
/* Whether all bare names of a sequence are bound, and whether it goes through a bound token. */
bool lower_sequence_ready(const struct scope *scope, const struct stmt *stmt, bool *anchored);

/* ---- statements (lower_statement.c, lower_plan.c) ---- */
uint32_t lower_emit(struct lowering *l, const struct stmt *stmt, struct tab_code code);
void lower_statement(struct lowering *l, struct scope *scope, const struct stmt *stmt);
/* Orders and lowers statements; false: some can never be reached (reported unless dry). */
bool lower_block(struct lowering *l, struct scope *scope, const struct stmt *stmts);

/* ---- triggers, edits ---- */
/* Finds or picks the trigger node of a match; NULL: reported. */
const struct node *lower_find_trigger(struct lowering *l, struct stmt *stmts);
/* Reports an @ in a guard or `when`. */
void lower_forbid_trigger(struct lowering *l, const struct stmt *stmts);
/* The automaton of a sequence program, added to the table; root: where it starts, else TAB_NONE. */
enum automaton_result { AUTOMATON_NEEDLESS, AUTOMATON_BUILT, AUTOMATON_TOO_LARGE };
enum automaton_result lower_automaton(struct lowering *l, const struct tab_code *code,
                                      uint32_t count, uint32_t *root);
/* Adds the keys by which a rule's trigger is found: the rarest of its node's test and the match's
 * own statements about it. */
void lower_trigger_keys(struct lowering *l, const struct test *test, const struct stmt *stmts,
                        uint32_t rule);
/* Adds the words that a sentence must have one of for the rule to match. */
void lower_needs(struct lowering *l, const struct stmt *stmts, uint32_t rule);
bool lower_edits(struct lowering *l, const struct scope *scope, struct realisation *as,
                 struct tab_realisation *record);

#endif
