/* edit.c -- the edit log: a growing array in an arena. Old arrays are left to the arena, so the
 * cost of growth is bounded by twice the final size.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/edit.h"

#include <string.h>

enum { FIRST_CAPACITY = 16 };

struct token_edit *edit_log_add(struct edit_log *log, enum token_op op, int32_t token,
                                uint32_t maker)
{
    if (log->count == log->capacity) {
        uint32_t capacity = log->capacity ? 2 * log->capacity : FIRST_CAPACITY;
        struct token_edit *edits = arena_alloc(log->arena, capacity * sizeof *edits);
        if (!edits)
            return NULL;
        if (log->count)
            memcpy(edits, log->edits, log->count * sizeof *edits);
        log->edits = edits;
        log->capacity = capacity;
    }
    struct token_edit *edit = &log->edits[log->count++];
    memset(edit, 0, sizeof *edit);
    edit->op = op;
    edit->token = token;
    edit->anchor = -1;
    edit->made.head = -1;
    edit->made.source = -1;
    edit->maker = edit->made.maker = maker;
    return edit;
}
