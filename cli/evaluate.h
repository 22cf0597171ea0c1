/* evaluate.h -- the options of the command evaluate.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_EVALUATE_H
#define CLI_EVALUATE_H

#include <isogloss_evaluate.h>

#include "locate.h"
#include "parse.h"

struct evaluate_options {
    isg_evaluate_options run;
    struct data_options data;
    struct strings dialects, slang, features, protect;
    isg_rates rates;
    char *command;         /* as it was typed */
    const char *json;      /* NULL: none; "-": to standard output, instead of the table */
    const char *regressions; /* NULL: none */
    const char *report;    /* NULL: none */
    const char *condition; /* of --fail-if */
    const char *pairs;     /* that people wrote; NULL: none */
    const char *premise, *hypothesis; /* fields; NULL: none */
    bool demo, no_reference;
    bool has_task;         /* the user named one */
    char path[LOCATE_PATH + 64]; /* of embedded items */
    char reference[LOCATE_PATH + 64]; /* pairs that come with the program */
};

/* Returns an exit code (it reports). options was zero. */
int evaluate_read_options(int argc, char **argv, struct evaluate_options *options);
void evaluate_clear_options(struct evaluate_options *options);

#endif
