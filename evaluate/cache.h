/* cache.h -- answers kept in an SQLite file: by the model's identity, the text, and how often it
 * was asked. The text itself is the key, so that no two questions can be taken for one.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_CACHE_H
#define EVALUATE_CACHE_H

#include <isogloss.h>

struct name;
struct cache;

/* Opens or makes a file for the answers of a model. */
isg_status cache_open(const char *path, const char *model, struct cache **cache, isg_error *error);
/* Commits and closes; safe on NULL. */
void cache_close(struct cache *cache);
/* The answer to a question; *label is borrowed until the next call, and may be NULL; *score may be
 * NaN. */
bool cache_get(struct cache *cache, const struct name *question, const char **label, double *score);
/* Keeps an answer. A failure is remembered, and no more is then written. */
void cache_put(struct cache *cache, const struct name *question, const char *label, double score);
/* Makes what was put safe, if that was not done in the last second. */
void cache_tick(struct cache *cache);
/* Why answers could not be kept; NULL: all were. */
const char *cache_problem(const struct cache *cache);

#endif
