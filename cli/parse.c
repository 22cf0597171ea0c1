/* parse.c -- values of options. The locale is never set, so the decimal point is a point.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool parse_number(const char *text, uint64_t most, uint64_t *number)
{
    if (text[0] < '0' || text[0] > '9')
        return false;
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno || *end || value > most)
        return false;
    *number = value;
    return true;
}

/* A fraction that ends at the first byte which cannot belong to it. */
static bool read_fraction(const char *text, const char **end, double *fraction)
{
    if (!(text[0] >= '0' && text[0] <= '9') && text[0] != '.')
        return false;
    char *stop;
    double value = strtod(text, &stop);
    if (stop == text || !(value >= 0 && value <= 1))
        return false;
    *end = stop;
    *fraction = value;
    return true;
}

bool parse_fraction(const char *text, double *fraction)
{
    const char *end;
    return read_fraction(text, &end, fraction) && !*end;
}

bool parse_rates(const char *text, isg_rates *rates)
{
    *rates = ISG_RATES_NATURAL;
    if (!strcmp(text, "natural"))
        return true;
    if (!strcmp(text, "multivalue")) {
        *rates = ISG_RATES_MULTIVALUE;
        return true;
    }
    for (;;) {
        double *rate = text[0] == 'A' ? &rates->a : text[0] == 'B' ? &rates->b
                     : text[0] == 'C' ? &rates->c : NULL;
        if (!rate || text[1] != '=' || !read_fraction(text + 2, &text, rate))
            return false;
        if (!*text)
            return true;
        if (*text++ != ',')
            return false;
    }
}

bool strings_add(struct strings *strings, const char *item)
{
    const char **items = realloc(strings->items, (strings->count + 1) * sizeof *items);
    if (!items)
        return false;
    items[strings->count++] = item;
    strings->items = items;
    return true;
}

void strings_clear(struct strings *strings)
{
    free(strings->items);
    *strings = (struct strings){0};
}
