/* resample.h -- statistics gathered to be bootstrapped together.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_RESAMPLE_H
#define EVALUATE_RESAMPLE_H

#include "evaluate/stats.h"

struct resample {
    struct stats_task *tasks;
    struct stats_interval **places; /* where each result goes */
    size_t count, capacity, clusters;
    bool failed;
};

/* Room for a statistic's sums, clusters times width zeros, whose interval goes to *place; NULL: out
 * of memory, which is remembered. */
double *resample_add(struct resample *r, stats_value value, size_t width,
                     struct stats_interval *place);
/* Bootstraps all, in threads, and empties r; false: out of memory. */
bool resample_run(struct resample *r, const struct stats_options *options, unsigned jobs);

#endif
