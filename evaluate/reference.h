/* reference.h -- what a scorer itself makes of dialects: the gap it has on pairs of sentences that
 * were written to mean the same, beside which its gap on an evaluation's variants is to be read.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_REFERENCE_H
#define EVALUATE_REFERENCE_H

#include <jansson.h>

#include "evaluate/figures.h"

struct reference {
    struct items pairs;
    uint32_t *standard, *variant; /* by pair: their questions */
};

/* Reads the pairs of o->reference and adds their texts to the questions; nothing, if none is named
 * or the model does not score plain texts. */
isg_status reference_add(struct reference *reference, const isg_evaluate_options *o,
                         struct names *questions, isg_error *error);
void reference_clear(struct reference *reference);
/* The gap of the pairs that were answered; null: there are none. NULL: out of memory. */
json_t *reference_result(const struct reference *reference, const struct ask *ask,
                         const struct stats_options *stats);

#endif
