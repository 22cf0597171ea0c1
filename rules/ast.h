/* ast.h -- what a pattern or an action says, as parsed: names not yet resolved, nothing planned.
 * All of it lives in the arena of the rules. Lists are linked by `next`, in the order written.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_AST_H
#define RULES_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

struct word {
    struct place at;
    const char *text;
    bool quoted;
    struct word *next;
};

enum { MAX_ROLES = 2, NO_NAME = -1 };

/* A name and its roles: c.subj.start. */
struct ref {
    struct place at;
    const char *name;     /* NULL: no reference */
    int slot;             /* of the name; given by lowering */
    unsigned role_count;
    struct word roles[MAX_ROLES];
};

enum test_kind {
    TEST_ALL,      /* of the tests in first; none: true */
    TEST_ANY,
    TEST_NOT,      /* of the one test in first */
    TEST_WORD,     /* text: bare word: lemma, tag or attribute */
    TEST_STRING,   /* text: form */
    TEST_VALUE,    /* text=values */
    TEST_NUMBER,   /* text compare number */
    TEST_RELATION, /* :values, each exact or not (quoted means exact) */
    TEST_NAME,     /* #text: list, map or class */
    TEST_FLAG,     /* .text */
    TEST_REGEX,    /* /text/ */
    TEST_SURE      /* number: 0..255 */
};

struct test {
    enum test_kind kind;
    struct place at;
    const char *text;
    struct word *values;
    unsigned compare; /* enum tab_compare */
    uint32_t number;
    struct test *first, *next;
};

/* One token: [tests], perhaps named, perhaps the trigger. */
struct node {
    struct place at;
    const char *name; /* NULL: anonymous until lowering needs a name */
    int slot;
    bool trigger;
    bool lowered;      /* its test is test_number already */
    uint32_t test_number;
    struct test *test; /* NULL: any token */
};

enum path_kind { PATH_STEP, PATH_CHAIN, PATH_CHOICE };
struct path {
    enum path_kind kind;
    struct place at;
    bool up;             /* STEP: from dependent to head */
    bool optional, many; /* ?: optional; *: both; +: many */
    struct word *labels; /* STEP; quoted means exact */
    struct path *first, *next;
};

enum item_kind { ITEM_NODE, ITEM_NAME, ITEM_BOS, ITEM_EOS, ITEM_GAP, ITEM_GROUP };
#define ITEM_UNBOUNDED 0xffffu
struct branch;
struct item {
    enum item_kind kind;
    struct place at;
    unsigned min, max;       /* repetitions; both 1 without a quantifier */
    struct node node;        /* NODE; GROUP: its name */
    struct ref ref;          /* NAME */
    struct branch *branches; /* GROUP */
    struct item *next;
};
struct branch {
    struct item *items;
    struct branch *next;
};

enum stmt_kind {
    STMT_NODE,     /* node */
    STMT_RELATION, /* path(a, b or node) */
    STMT_BIND,     /* a = object(b, labels) [test] */
    STMT_IS,       /* a = b [test] (may bind) or a is b (compares only) */
    STMT_TEST,     /* a [test] */
    STMT_MEMORY,   /* doc [test]: what the document's edits remembered */
    STMT_ORDER,    /* a order b */
    STMT_SEQUENCE, /* items, within b */
    STMT_NOT, STMT_ANY, STMT_MAYBE, /* blocks */
    STMT_GROUP     /* blocks: the body of a <pattern>, part of where it stands */
};

struct block;
struct stmt {
    enum stmt_kind kind;
    struct place at;
    const char *said; /* the statement's text, for traces */
    struct ref a, b;
    struct node node; /* NODE; RELATION with a node as second argument */
    bool has_node;
    bool compares;    /* IS: written with `is` */
    unsigned number;  /* BIND: enum object_kind, OBJECT_COUNT: unknown; ORDER: enum tab_order */
    struct word object; /* BIND */
    struct word *labels;
    struct path *path;
    struct test *test;
    struct item *items;
    struct block *blocks;
    uint32_t binds, mentions; /* sets of slots; given by lowering */
    struct stmt *next;
};
struct block {
    struct stmt *stmts;
    struct block *next;
};

enum edit_kind {
    EDIT_IS_REPLACE, EDIT_IS_INSERT, EDIT_IS_DELETE, EDIT_IS_MOVE, EDIT_IS_ORDER, EDIT_IS_SET,
    EDIT_IS_CHAIN, EDIT_IS_RELATE, EDIT_IS_EACH, EDIT_IS_REMEMBER
};

enum part_is { PART_IS_TEXT, PART_IS_FORM, PART_IS_MAP, PART_IS_PRONOUN, PART_IS_COPY,
               PART_IS_TAG };
struct part {
    enum part_is kind;
    struct place at;
    const char *text; /* TEXT; FORM: a lemma, if it is not the bound name in ref; MAP: the map */
    bool quoted;
    struct ref ref;   /* FORM, MAP, PRONOUN, COPY, TAG */
    const char *form;
    struct place form_at;
    struct ref group; /* of fin(g) */
    struct part *next;
};

struct link {
    struct place at;
    unsigned kind;    /* 0 lemma, 1 variable, 2 text, as the table has it */
    const char *text;
    const char *form; /* NULL: as the place asks */
    struct place form_at;
    struct link *next;
};

struct edit {
    enum edit_kind kind;
    struct place at;
    struct ref a, b;     /* operand; second operand, place or end of span */
    unsigned target;     /* DELETE, MOVE: enum tab_target */
    bool second;         /* INSERT, MOVE: after; ORDER: last */
    struct part *parts;
    struct word relation; /* INSERT as, RELATE; text NULL: none */
    struct ref head;
    const char *name;    /* EACH: the member's */
    int slot;
    struct test *test;   /* EACH */
    struct test *settings; /* SET: TEST_VALUEs; REMEMBER: one */
    struct link *left, *right;
    struct edit *next;
};

#endif
