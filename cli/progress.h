/* progress.h -- a line on a terminal's stderr that shows how far long work is.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool on;
    double start, last; /* seconds */
    uint64_t words;
};

/* Seconds on a clock that only goes forward. */
double progress_clock(void);
/* wanted: the caller writes nothing else to stderr meanwhile. */
void progress_start(struct progress *progress, bool wanted);
/* done of total bytes (0: unknown) are read, words more words are written. */
void progress_step(struct progress *progress, uint64_t done, uint64_t total, uint64_t words);
/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
