/* limits.h -- how much the evaluation takes from files and models it does not trust.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_LIMITS_H
#define EVALUATE_LIMITS_H

enum {
    LIMIT_ITEMS = 1000000,
    LIMIT_TEXT = 1 << 20,       /* bytes of an item's text, of a line read */
    LIMIT_TURNS = 1000,         /* messages of a conversation */
    LIMIT_LABELS = 100,
    LIMIT_SLICES = 100,
    LIMIT_ARMS = 400,
    LIMIT_ANSWER = 1 << 20,     /* bytes of an answer in words */
    LIMIT_LINE = 2 << 20,       /* bytes of a line, or of a body, of a model */
    LIMIT_IDLE = 16 << 20,      /* bytes of a program between two answers */
    LIMIT_PHRASES = 1000,       /* of an answer that copies slang out of a text */
    LIMIT_ANSWERS = 1 << 30,    /* bytes of all answers in words */
    LIMIT_GOLD = 64,            /* gold answers of an item */
    LIMIT_RESTARTS = 50,        /* of a program that dies or hangs */
    LIMIT_OUTCOMES = 100000,    /* in a result, where they are not asked for */
    LIMIT_ENTRIES = 200,        /* of slang, listed for an arm */
    LIMIT_REGRESSION_ROWS = 20000,
    LIMIT_REGRESSION_RESAMPLES = 200
};

#endif
