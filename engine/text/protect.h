/* protect.h -- a user's own protected patterns, applied to the tokens of a sentence.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TEXT_PROTECT_H
#define TEXT_PROTECT_H

#include "text/text.h"

/* Sets PROTECTED on the tokens that a match touches. Sentences come in order. False: no memory. */
bool protect_mark(struct text_cursor *cursor, struct sentence *sentence);

#endif
