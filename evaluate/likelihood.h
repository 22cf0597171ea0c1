/* likelihood.h -- how likely a language model finds a text: from the tokens and logarithms that it
 * gives, what they add up to, or what is wrong with them; and the known-answer check that comes
 * before all else, since many a server gives figures that belong to other tokens.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_LIKELIHOOD_H
#define EVALUATE_LIKELIHOOD_H

#include <jansson.h>

#include "evaluate/ask.h"

/* A token: bytes start to end of the prompt, and its nats; NaN: nothing comes before it. */
struct token_value {
    size_t start, end;
    double nats;
};

/* What the check wants to know of an answer beside the sum. */
struct likelihood_detail {
    struct token_value *tokens; /* of the text; NULL: the model gave only a sum */
    size_t count;
    size_t top_own, top_next;   /* how often the likeliest token was this one, or the next one */
};

/* Take an answer of a kind of model, or count what is wrong with it. object: a line of a program,
 * {"tokens": [...], "logprobs": [...]} or {"nats": ..., "token_count": ...}. */
void likelihood_take_line(struct ask *ask, uint32_t question, const json_t *object);
void likelihood_take_completion(struct ask *ask, uint32_t question, const json_t *answer);
void likelihood_take_callback(struct ask *ask, uint32_t question, const isg_answer *answer);

/* Asks for texts whose order of likelihood is known, by the function that asks the model. What was
 * asked is added to ask->requests. ISG_MISMATCH: the answers cannot be right, *error says why and
 * what to do. */
isg_status likelihood_check(struct ask *ask, isg_status (*ask_model)(struct ask *, isg_error *),
                            isg_error *error);

#endif
