/* nearest.h -- "did you mean": the names nearest to one that is not known, by edit distance.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

enum { NEAREST_KEPT = 3 };

struct nearest {
    const char *wanted;
    size_t length;
    unsigned distances[NEAREST_KEPT];
    char copies[NEAREST_KEPT][64];
};

void nearest_init(struct nearest *nearest, const char *wanted, size_t length);
/* Offers a name; it is copied (names over 63 bytes are passed over). */
void nearest_offer(struct nearest *nearest, const char *name);
/* Writes the kept names, best first, joined by ", "; empty if none is near. */
void nearest_print(const struct nearest *nearest, char *out, size_t size);

#endif
