/* chat.h -- conversations: of their messages only what a user says is rewritten. A question keeps
 * the turns that may be as its text, and the rest as a frame with null in their places.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_CHAT_H
#define EVALUATE_CHAT_H

#include <jansson.h>
#include <stdbool.h>

#include "evaluate/names.h"

/* Takes an array of messages ({"role", "content"}, as OpenAI's) apart: the last turn of a user, or
 * all, and the frame; both freed by the caller. Returns NULL, or why it cannot be used ("": out of
 * memory). */
const char *chat_split(const json_t *messages, bool all_turns, char **text, char **frame);
/* The messages of a question; NULL: it is no conversation, or out of memory. */
json_t *chat_join(const struct name *question);

#endif
