/* boundary.h -- whether a sentence ends between two pieces: certain cases by rule (empty lines,
 * code fences, lower-case words in a row), the others by a linear classifier over small integer
 * weights, which train/boundary.c learns from treebanks.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TEXT_BOUNDARY_H
#define TEXT_BOUNDARY_H

#include "text/scan.h"

enum { BOUNDARY_FEATURES = 22, BOUNDARY_BITS = 15 };

/* The weights, one printable character each: its code less BOUNDARY_ZERO. */
enum { BOUNDARY_ZERO = 79, BOUNDARY_LIMIT = 43 };
extern const char boundary_weights[(1 << BOUNDARY_BITS) + 1];

/* A place between pieces: pieces[0..count) are the sentence so far (count > 0), next[0..next_count)
 * what follows (next_count > 0). */
struct boundary {
    const char *text;
    const struct piece *pieces;
    unsigned count;
    const struct piece *next;
    unsigned next_count;
    int depth; /* open brackets in the sentence so far */
};

enum boundary_rule { BOUNDARY_NO, BOUNDARY_YES, BOUNDARY_ASK };

/* What the rules say; BOUNDARY_ASK: nothing. */
enum boundary_rule boundary_rule(const struct boundary *boundary);
/* The features of a place as indices into the weights; returns how many. */
unsigned boundary_features(const struct boundary *boundary, uint16_t features[BOUNDARY_FEATURES]);
/* Whether a sentence ends there. */
bool boundary_here(const struct boundary *boundary);

#endif
