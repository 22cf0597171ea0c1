/* model_transition.h -- the arc-hybrid transition system (Kuhlmann, Gomez-Rodriguez and Satta 2011)
 * with the root after the last word: its state, and what the scorers see of it. Any sequence of
 * allowed actions ends, after 2 * count steps, in a projective tree with one root. Trainer and
 * analyser share this.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_MODEL_TRANSITION_H
#define ANALYSIS_MODEL_TRANSITION_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/model_format.h"

enum transition_action {
    ACTION_SHIFT, /* the next word onto the stack */
    ACTION_LEFT,  /* top of the stack becomes a child of the next word (or of the root) */
    ACTION_RIGHT, /* top of the stack becomes a child of the word under it */
    ACTION_COUNT
};

enum { NODE_NONE = -1, LABEL_UNSET = 255 };

/* Nodes are 0..count-1, count is the root. The arrays have count + 1 places and are borrowed. */
struct transition {
    int32_t count, next, depth;
    int32_t *stack, *head, *left, *right; /* left, right: outermost children */
    uint8_t *label;                       /* of the arc above a node, or LABEL_UNSET */
};

/* What the scorers read: nodes (NODE_NONE: none), and rows of the table of embeddings. */
struct transition_view {
    int32_t slots[SLOT_COUNT];
    uint32_t embeds[STATE_EMBED_COUNT];
};

struct transition_arc {
    int32_t slots[ARC_SLOT_COUNT]; /* head, child, the child's outermost children */
    uint32_t embeds[ARC_EMBED_COUNT];
};

void transition_begin(struct transition *state, int32_t count);
bool transition_is_done(const struct transition *state);
bool transition_is_allowed(const struct transition *state, enum transition_action action);
void transition_look(const struct transition *state, uint32_t labels,
                     struct transition_view *view);
/* The arc that action (LEFT or RIGHT) would make. */
void transition_look_arc(const struct transition *state, enum transition_action action,
                         uint32_t labels, struct transition_arc *arc);
/* label: of the new arc, unused by SHIFT. */
void transition_apply(struct transition *state, enum transition_action action, uint8_t label);
uint32_t transition_state_rows(uint32_t labels);
uint32_t transition_arc_rows(uint32_t labels);

#endif
