/* test_run.h -- runs one test of a feature file.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_TEST_RUN_H
#define CLI_TEST_RUN_H

#include <isogloss_rules.h>
#include <stdio.h>

#include "batch.h"

struct test_runner {
    const isg_rules *rules;            /* what the table was made from */
    isg_engine *engine, *reopened;     /* the same table, from memory and from a file */
    isg_document *document, *document2;
    struct sink stream;                /* what a stream wrote */
    uint64_t seed;                     /* that the last rewriting had */
    bool verbose;                      /* explain tests that pass, too */
    const char *prefix;                /* before each line of a failure's description */
};

/* Takes a runner whose engines are open; prefix is borrowed. False: out of memory (reported). */
bool test_runner_init(struct test_runner *runner, const char *prefix);
void test_runner_clear(struct test_runner *runner);
/* Whether a test passes; if not, what was wrong and what the rules did goes to out. */
bool test_runner_run(struct test_runner *runner, const isg_rules_test *test, FILE *out);
/* Prints features, input and output with seed 0 of a test that the program can run as well. */
void test_runner_print(struct test_runner *runner, const isg_rules_test *test);

#endif
