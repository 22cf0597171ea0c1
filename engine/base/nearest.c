/* nearest.c -- Levenshtein distance over bytes, case-blind for ASCII; a name that begins with what
 * was typed counts as near.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 63, FAR = 1000 };

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : (unsigned char)c;
}

static unsigned distance(const char *a, size_t n, const char *b, size_t m)
{
    unsigned row[LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned best = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

void nearest_init(struct nearest *nearest, const char *wanted, size_t length)
{
    memset(nearest, 0, sizeof *nearest);
    nearest->wanted = wanted;
    nearest->length = length < LONGEST ? length : LONGEST;
    for (int i = 0; i < NEAREST_KEPT; i++)
        nearest->distances[i] = FAR;
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    size_t m = strlen(name), n = nearest->length;
    if (m == 0 || m > LONGEST)
        return;
    unsigned d = distance(nearest->wanted, n, name, m);
    bool prefix = n >= 2 && n <= m && strncasecmp(nearest->wanted, name, n) == 0;
    if (prefix && d > 1)
        d = 1;
    if (d > 1 + (n > m ? n : m) / 3)
        return;
    for (int i = 0; i < NEAREST_KEPT; i++) {
        if (d >= nearest->distances[i])
            continue;
        for (int k = NEAREST_KEPT - 1; k > i; k--) {
            memcpy(nearest->copies[k], nearest->copies[k - 1], sizeof nearest->copies[k]);
            nearest->distances[k] = nearest->distances[k - 1];
        }
        memcpy(nearest->copies[i], name, m + 1);
        nearest->distances[i] = d;
        return;
    }
}

void nearest_print(const struct nearest *nearest, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (int i = 0; i < NEAREST_KEPT && nearest->distances[i] < FAR; i++) {
        int wrote = snprintf(out + n, size - n, "%s%s", i ? ", " : "", nearest->copies[i]);
        if (wrote < 0 || (size_t)wrote >= size - n)
            return;
        n += (size_t)wrote;
    }
}
