/* hyphen.h -- which words with a hyphen are one token: those with a prefix or suffix of a list
 * (ex-wife, job-wise), and which that begin with an apostrophe ('em). The tokeniser cuts all
 * others, and the compiler of lexicons has to know.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_HYPHEN_H
#define BASE_HYPHEN_H

#include <stdbool.h>
#include <stddef.h>

/* Whether what stands before a hyphen stays with what comes behind it: non- re- anti-, in any
 * capitals. */
bool hyphen_is_prefix(const char *word, size_t length);
/* Whether what stands behind a hyphen stays with what comes before it: -wise -esque. */
bool hyphen_is_suffix(const char *word, size_t length);
/* Words cut off at the front: 'em 'tis 'cause, without the apostrophe. */
bool hyphen_is_clipped(const char *word, size_t length);

#endif
