/* ask.h -- asking a model: questions are numbered texts, each gets one answer or the reason why
 * there is none.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_ASK_H
#define EVALUATE_ASK_H

#include <isogloss_evaluate.h>

#include "evaluate/question.h"

enum answer_state { ANSWER_NONE, ANSWER_GIVEN, ANSWER_FAILED };

struct answer {
    enum answer_state state;
    uint32_t label;            /* classify */
    double score;              /* score; likelihood: nats */
    uint32_t tokens;           /* likelihood; 0: not known */
    float first, turns;        /* prefer: the first is preferred in this order; see prefer.h */
    char *text;                /* answers in words; owned */
};

struct ask {
    const isg_evaluate_options *o;
    const struct names *questions, *labels;
    const char *const *part_names; /* as a program sees them; NULL: part_names */
    struct answer *answers;    /* by question */
    size_t done;               /* answered or failed */
    size_t requests;           /* questions sent to the model, again included */
    size_t cached;
    size_t bytes;              /* of all answers in words */
    size_t restarts;
    struct names reasons;      /* of failures */
    size_t *failures;          /* by reason */
    struct cache *cache;       /* NULL: none */
    char warning[512];         /* "": none */
    bool stopped, nomem;
    int stops;                 /* times the user wanted to stop what came before */
    struct likelihood_detail *details; /* by question; NULL: not wanted */
};

/* Asks all questions that have no answer yet. Failures of the model are counted; ISG_ARGUMENT: no
 * such kind of model; ISG_IO: it cannot be started; ISG_CALLBACK: the caller's model ended it. */
isg_status ask_all(struct ask *ask, isg_error *error);
void ask_clear(struct ask *ask);

/* What a model says of a question. words: its label or text; NULL: none. Bad ones become failures;
 * a second answer is ignored. */
void ask_accept(struct ask *ask, uint32_t question, const char *words, double score);
void ask_fail(struct ask *ask, uint32_t question, const char *reason);
/* Whether the user wants it to end; also tells how far it is. */
bool ask_tick(struct ask *ask);

/* An interface of HTTP at a URL. */
isg_status ask_http(struct ask *ask, const char *url, isg_error *error);
/* A program that reads questions and writes answers, JSON lines both. */
isg_status ask_program(struct ask *ask, const char *command, isg_error *error);
/* A line of a program: {"id": ..., "label"|"score"|"text": ...}; false: it is not that. */
bool ask_take_line(struct ask *ask, const char *line, size_t length);

#endif
