/* parallel.h -- variants that people wrote: what they changed, word by word.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_PARALLEL_H
#define EVALUATE_PARALLEL_H

#include "evaluate/controls.h"

/* The variant of a source, with the runs of words that are not in both, in their order, as edits
 * (of longer texts one edit, between their like beginning and end). false: out of memory. */
bool parallel_take(const char *source, const char *variant, struct reworded *out);

#endif
