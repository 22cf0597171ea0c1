/* jobs.h -- deals batches to threads and takes them back in order: the output is the same with any
 * number of threads.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_JOBS_H
#define CLI_JOBS_H

#include "batch.h"

struct jobs {
    unsigned threads;   /* 1: everything in the calling thread */
    size_t outputs;     /* sinks a batch */
    void *context;
    /* Fills a begun batch; false at the end. Called by one thread at a time, as is write. */
    bool (*read)(void *context, struct batch *batch);
    /* Works on a batch; worker is 0 .. threads - 1. */
    void (*work)(void *context, unsigned worker, struct batch *batch);
    /* Takes a finished batch, in order; false stops everything. */
    bool (*write)(void *context, struct batch *batch);
};

/* Runs until read or write says false. Returns false when memory or threads cannot be had. */
bool jobs_run(const struct jobs *jobs);

#endif
