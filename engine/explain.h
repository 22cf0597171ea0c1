/* explain.h -- used among the files that explain what rules did.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "base/schema.h"
#include "document.h"

/* Adds what a value stands for: "my brother", clause "what he is doing". */
void explain_value(struct buffer *out, struct matcher *matcher, struct value value);
/* Adds what a test of the value would find: a token's tags, an object's attributes. */
void explain_tested(struct buffer *out, struct matcher *matcher, struct value value);
/* Adds where a token hangs and what hangs on it: what a relation from or to it could find. */
void explain_arcs(struct buffer *out, const struct grammar *grammar, int32_t token);
/* Adds a token with its neighbours and their tags: what a sequence through it could find. */
void explain_neighbours(struct buffer *out, const struct grammar *grammar, int32_t token);

#endif
