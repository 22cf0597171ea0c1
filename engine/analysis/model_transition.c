/* model_transition.c -- see the header. Nothing here allocates or scores.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/model_transition.h"

enum { STATE_LABELS = STATE_EMBED_COUNT - 1, ARC_LABELS = ARC_EMBED_COUNT - 1, DISTANCES = 8 };

static int32_t from_top(const struct transition *state, int32_t depth)
{
    return depth < state->depth ? state->stack[state->depth - 1 - depth] : NODE_NONE;
}

static int32_t child(const int32_t *children, int32_t node)
{
    return node < 0 ? NODE_NONE : children[node];
}

/* 0 for no distance, then 1, 2, 3, 4-5, 6-9, 10-19, 20 and more. */
static uint32_t bucket(int32_t distance)
{
    static const uint8_t small[] = {0, 1, 2, 3, 4, 4, 5, 5, 5, 5};
    if (distance < 10)
        return small[distance];
    return distance < 20 ? 6 : 7;
}

/* The row for the label above node in the table's part number place. */
static uint32_t label_row(const struct transition *state, int32_t node, uint32_t labels,
                          uint32_t place)
{
    uint32_t label = node < 0 ? labels : state->label[node];
    return place * (labels + 1) + (label < labels ? label : labels);
}

void transition_begin(struct transition *state, int32_t count)
{
    state->count = count;
    state->next = 0;
    state->depth = 0;
    for (int32_t i = 0; i <= count; i++) {
        state->head[i] = state->left[i] = state->right[i] = NODE_NONE;
        state->label[i] = LABEL_UNSET;
    }
}

bool transition_is_done(const struct transition *state)
{
    return state->next == state->count && state->depth == 0;
}

bool transition_is_allowed(const struct transition *state, enum transition_action action)
{
    switch (action) {
    case ACTION_SHIFT: return state->next < state->count;
    /* Only the last word on the stack may hang on the root: there is exactly one. */
    case ACTION_LEFT:
        return state->depth == 1 || (state->depth > 1 && state->next < state->count);
    case ACTION_RIGHT: return state->depth >= 2;
    default: return false;
    }
}

void transition_look(const struct transition *state, uint32_t labels,
                     struct transition_view *view)
{
    int32_t s0 = from_top(state, 0), s1 = from_top(state, 1), b0 = state->next;
    int32_t *slot = view->slots;
    slot[0] = s0;
    slot[1] = s1;
    slot[2] = from_top(state, 2);
    slot[3] = b0;
    slot[4] = b0 + 1 <= state->count ? b0 + 1 : NODE_NONE;
    slot[5] = b0 + 2 <= state->count ? b0 + 2 : NODE_NONE;
    slot[6] = child(state->left, s0);
    slot[7] = child(state->right, s0);
    slot[8] = child(state->right, s1);
    slot[9] = child(state->left, b0);
    slot[10] = child(state->left, s1);
    for (uint32_t i = 0; i < STATE_LABELS; i++)
        view->embeds[i] = label_row(state, slot[6 + i], labels, i);
    view->embeds[STATE_LABELS] = STATE_LABELS * (labels + 1) + (s0 < 0 ? 0 : bucket(b0 - s0));
}

void transition_look_arc(const struct transition *state, enum transition_action action,
                         uint32_t labels, struct transition_arc *arc)
{
    int32_t node = from_top(state, 0);
    int32_t head = action == ACTION_LEFT ? state->next : from_top(state, 1);
    arc->slots[0] = head;
    arc->slots[1] = node;
    arc->slots[2] = child(state->left, node);
    arc->slots[3] = child(state->right, node);
    arc->embeds[0] = label_row(state, arc->slots[2], labels, 0);
    arc->embeds[1] = label_row(state, arc->slots[3], labels, 1);
    arc->embeds[2] = label_row(state, child(state->left, head), labels, 2);
    arc->embeds[3] = label_row(state, child(state->right, head), labels, 3);
    arc->embeds[4] = ARC_LABELS * (labels + 1)
                     + (head > node ? bucket(head - node) : DISTANCES + bucket(node - head));
}

void transition_apply(struct transition *state, enum transition_action action, uint8_t label)
{
    if (action == ACTION_SHIFT) {
        state->stack[state->depth++] = state->next++;
        return;
    }
    int32_t node = from_top(state, 0);
    int32_t head = action == ACTION_LEFT ? state->next : from_top(state, 1);
    state->depth--;
    state->head[node] = head;
    state->label[node] = label;
    if (node < head)
        state->left[head] = node; /* inner children come first: the last is outermost */
    else
        state->right[head] = node;
}

uint32_t transition_state_rows(uint32_t labels)
{
    return STATE_LABELS * (labels + 1) + DISTANCES;
}

uint32_t transition_arc_rows(uint32_t labels)
{
    return ARC_LABELS * (labels + 1) + 2 * DISTANCES;
}
