/* parse.h -- values of options: numbers, rates, lists of strings. A value is taken whole or not at
 * all.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include <isogloss.h>

/* A whole decimal number no greater than most. */
bool parse_number(const char *text, uint64_t most, uint64_t *number);
/* A decimal fraction from 0 to 1. */
bool parse_fraction(const char *text, double *fraction);
/* "natural", "multivalue", or "A=.6,B=.2,C=.02" (a letter left out: as natural). */
bool parse_rates(const char *text, isg_rates *rates);

/* Strings given by a repeatable option; the strings are borrowed from argv. */
struct strings {
    const char **items;
    size_t count;
};

/* Adds a string; false: out of memory. */
bool strings_add(struct strings *strings, const char *item);
void strings_clear(struct strings *strings);

#endif
