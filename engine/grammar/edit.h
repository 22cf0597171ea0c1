/* edit.h -- the log of token edits of one stratum: what rules and re-rendered verb groups ask for,
 * before it is applied to the sentence as a whole. Token indices are those of the sentence that was
 * matched; nothing moves while the log is written.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GRAMMAR_EDIT_H
#define GRAMMAR_EDIT_H

#include "base/arena.h"
#include "text/sentence.h"

enum token_op {
    TOKEN_REPLACE,       /* token takes the form, lemma, tags of `made` and keeps its place */
    TOKEN_INSERT_BEFORE, /* `made` goes before anchor `token` */
    TOKEN_INSERT_AFTER,
    TOKEN_DELETE,
    TOKEN_MOVE_BEFORE,   /* `token` goes before `anchor` and keeps its form */
    TOKEN_MOVE_AFTER,
    TOKEN_RELATE         /* `token` becomes a dependent of `anchor` by made.deprel */
};

struct token_edit {
    enum token_op op;
    int32_t token, anchor;
    struct token made; /* form, lemma, upos, xpos, feats, deprel, head, glue */
    uint32_t maker;    /* 1 + index of the match */
};

struct edit_log {
    struct arena *arena;
    struct token_edit *edits; /* in the order written */
    uint32_t count, capacity;
};

/* Adds an edit; returns NULL when the arena failed. The caller fills what the op needs. */
struct token_edit *edit_log_add(struct edit_log *log, enum token_op op, int32_t token,
                                uint32_t maker);

#endif
