/* parse.h -- pattern and action text into the trees of ast.h. Every error is reported; after
 * one, the parser goes on at the next statement, and the caller asks the diagnostics whether
 * there were any.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_PARSE_H
#define RULES_PARSE_H

#include "ast.h"
#include "lex.h"

/* A <pattern>: statements with arguments, put in where it is called. */
struct pattern {
    struct place at;
    const char *name;
    struct word *args;
    struct text text;
    struct pattern *next;
};

/* One call of a pattern being parsed: what its arguments stand for. */
struct expansion {
    const struct pattern *pattern;
    struct ref args[8];
    unsigned arg_count, number;
    const struct expansion *outer;
};

struct parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct pattern *patterns; /* of the feature */
    const struct text *text;
    struct lexeme now;
    uint32_t last_end;              /* of the lexeme before */
    unsigned depth;                 /* of nesting */
    unsigned groups;                /* open groups of a sequence: new lines mean nothing */
    bool broken;                    /* this statement is wrong and was reported */
    const struct expansion *expansion;
    unsigned expansions, expanded;  /* calls so far, bytes so far */
};

struct action {
    struct stmt *when; /* NULL: always */
    bool has_when;
    struct edit *edits;
};

/* The whole text of a <match> or <unless>. */
struct stmt *parse_match(struct arena *arena, struct diagnostics *diagnostics,
                         const struct pattern *patterns, const struct text *text);
/* The whole text of an <as>. */
struct action parse_action(struct arena *arena, struct diagnostics *diagnostics,
                           const struct pattern *patterns, const struct text *text);
/* A lone reference: an attribute's value. false: it is not one. */
bool parse_lone_ref(struct arena *arena, const struct text *text, struct ref *ref);

/* ---- used among the files of the parser ---- */

void parse_start(struct parser *p, struct arena *arena, struct diagnostics *diagnostics,
                 const struct pattern *patterns, const struct text *text);
void parse_advance(struct parser *p);
struct lexeme parse_ahead(struct parser *p);
struct place parse_here(const struct parser *p);
/* Reports once a statement; always returns false. */
bool parse_error(struct parser *p, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool parse_expected(struct parser *p, const char *what);
bool parse_is_sign(const struct parser *p, char sign);
bool parse_is_word(const struct parser *p, const char *word);
bool parse_take_sign(struct parser *p, char sign);
bool parse_need_sign(struct parser *p, char sign);
void *parse_new(struct parser *p, size_t size);
/* Skips to the end of a broken statement. */
void parse_recover(struct parser *p);
/* Whether a statement may end here; reports if not. */
bool parse_ended(struct parser *p);
bool parse_deeper(struct parser *p);

bool parse_name(struct parser *p, const char **name);
bool parse_ref(struct parser *p, struct ref *ref);
/* After "[": tests up to and with "]". NULL on error and for no tests at all. */
bool parse_tests(struct parser *p, struct test **tests);
bool parse_node(struct parser *p, struct node *node);
bool parse_label(struct parser *p, struct word *label);
bool parse_path(struct parser *p, struct path **path);
bool parse_sequence(struct parser *p, struct stmt *stmt);
/* Statements up to end, "}" or ":". */
struct stmt *parse_statements(struct parser *p);

#endif
