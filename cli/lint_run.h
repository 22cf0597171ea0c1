/* lint_run.h -- what lint can only know by running the tests of the features: which realisations
 * they reach, whether rules change their own output, which features meet.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_LINT_RUN_H
#define CLI_LINT_RUN_H

#include "test_select.h"

struct meeting {
    unsigned feature, by;
    const char *text; /* borrowed from a test */
};

struct lint_run {
    const struct selection *selection;
    const struct table *table;
    isg_engine *engine;
    isg_document *document;
    struct meeting *meetings;
    size_t meeting_count;
    bool met;            /* meetings have been looked for */
    bool failed;         /* out of memory: what was found is not all */
};

/* Opens an engine with the table; data: what --data gave. Returns an exit code (it reports). */
int lint_run_open(struct lint_run *run, const struct table *table,
                  const struct selection *selection, const char *data);
void lint_run_close(struct lint_run *run);
/* How many realisations of the selection's features no test reaches. */
size_t lint_run_unreached(struct lint_run *run);
/* Whom isg_rules_lint asks: they run tests of run, their context. */
isg_rules_lint_options lint_run_options(struct lint_run *run);

#endif
