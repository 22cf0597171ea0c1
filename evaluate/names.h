/* names.h -- strings to dense numbers, each string kept once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_NAMES_H
#define EVALUATE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NAMES_NONE UINT32_MAX

struct name {
    char *text;        /* ended by a NUL */
    uint32_t length, tag;
};

struct names {
    struct name *list;
    uint32_t *slots;   /* number + 1; 0: empty */
    size_t count, capacity, slot_count;
};

void names_clear(struct names *names);
/* The number of a string with a tag, added if it is new; NAMES_NONE: out of memory. */
uint32_t names_add(struct names *names, const char *text, size_t length, uint32_t tag);
/* The number of a string with a tag; NAMES_NONE: there is none. */
uint32_t names_find(const struct names *names, const char *text, size_t length, uint32_t tag);

#endif
