/* parallel.c -- compares two texts by the longest sequence of words that is in both.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/parallel.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS = 400 };

struct span {
    uint32_t start, end;
};

/* The words between spaces, up to WORDS; returns how many, WORDS + 1: more. */
static size_t cut(const char *text, struct span *words)
{
    size_t n = 0;
    for (uint32_t i = 0; text[i];) {
        uint32_t end = i;
        while (text[end] && !strchr(" \t\r\n", text[end]))
            end++;
        if (end > i && n == WORDS)
            return WORDS + 1;
        if (end > i)
            words[n++] = (struct span){i, end};
        i = end + (text[end] != '\0');
    }
    return n;
}

static bool same(const char *a, struct span x, const char *b, struct span y)
{
    return x.end - x.start == y.end - y.start && !memcmp(a + x.start, b + y.start, x.end - x.start);
}

static void add(struct reworded *out, struct span old, struct span new)
{
    out->edits[out->edit_count++] = (struct edit){.start = old.start, .end = old.end,
                                                  .out_start = new.start, .out_end = new.end};
}

/* From the first of some words to the last; where there are none, the place before the next. */
static struct span join(const struct span *words, size_t first, size_t end, size_t count,
                        uint32_t length)
{
    uint32_t start = first < count ? words[first].start : length;
    return (struct span){start, end > first ? words[end - 1].end : start};
}

struct texts {
    const char *a, *b;
    struct span x[WORDS], y[WORDS];
    size_t n, m;
    uint16_t longest[WORDS + 1][WORDS + 1]; /* of the words from here on */
};

static void compare(struct texts *t, struct reworded *out)
{
    for (size_t i = t->n + 1; i-- > 0;)
        for (size_t k = t->m + 1; k-- > 0;) {
            uint16_t *cell = &t->longest[i][k];
            if (i == t->n || k == t->m)
                *cell = 0;
            else if (same(t->a, t->x[i], t->b, t->y[k]))
                *cell = (uint16_t)(t->longest[i + 1][k + 1] + 1);
            else
                *cell = t->longest[i + 1][k] > t->longest[i][k + 1] ? t->longest[i + 1][k]
                                                                    : t->longest[i][k + 1];
        }
    size_t i = 0, k = 0, from = 0, to = 0;
    uint32_t a = (uint32_t)strlen(t->a), b = (uint32_t)strlen(t->b);
    while (i < t->n || k < t->m) {
        bool both = i < t->n && k < t->m;
        if (both && same(t->a, t->x[i], t->b, t->y[k])) {
            if (i > from || k > to)
                add(out, join(t->x, from, i, t->n, a), join(t->y, to, k, t->m, b));
            from = ++i;
            to = ++k;
        } else if (both ? t->longest[i + 1][k] >= t->longest[i][k + 1] : i < t->n) {
            i++;
        } else {
            k++;
        }
    }
    if (i > from || k > to)
        add(out, join(t->x, from, i, t->n, a), join(t->y, to, k, t->m, b));
}

/* What is between the like beginning and end, in whole words. */
static void compare_ends(const char *a, const char *b, struct reworded *out)
{
    size_t n = strlen(a), m = strlen(b), shorter = n < m ? n : m, start = 0, tail = 0;
    while (start < shorter && a[start] == b[start])
        start++;
    while (start > 0 && a[start - 1] != ' ')
        start--;
    while (tail < shorter - start && a[n - 1 - tail] == b[m - 1 - tail])
        tail++;
    while (tail > 0 && a[n - tail] != ' ')
        tail--;
    add(out, (struct span){(uint32_t)start, (uint32_t)(n - tail)},
        (struct span){(uint32_t)start, (uint32_t)(m - tail)});
}

bool parallel_take(const char *source, const char *variant, struct reworded *out)
{
    struct texts *t = malloc(sizeof *t);
    *out = (struct reworded){.text = strdup(variant), .length = strlen(variant),
                             .edits = malloc((2 * WORDS + 1) * sizeof *out->edits)};
    bool ok = t && out->text && out->edits;
    if (ok && strcmp(source, variant)) {
        t->a = source;
        t->b = variant;
        t->n = cut(source, t->x);
        t->m = cut(variant, t->y);
        if (t->n > WORDS || t->m > WORDS)
            compare_ends(source, variant, out);
        else
            compare(t, out);
        struct edit *less = realloc(out->edits, (out->edit_count + 1) * sizeof *less);
        out->edits = less ? less : out->edits;
    }
    free(t);
    return ok;
}
