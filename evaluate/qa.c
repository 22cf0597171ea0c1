/* qa.c -- normalises answers, moves gold through edits, compares.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/qa.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "evaluate/figures.h"

enum { NEAR = 8 }; /* bytes that make a place sure */

/* ASCII marks (Python's string.punctuation), and what typesetting puts for them. */
static bool is_punctuation(UChar32 c)
{
    static const UChar32 curly[] = {0x2018, 0x2019, 0x201c, 0x201d, 0x2013, 0x2014, 0x2026};
    for (size_t i = 0; i < sizeof curly / sizeof *curly; i++)
        if (c == curly[i])
            return true;
    return c < 0x80 && u_isprint(c) && !u_isalnum(c) && c != ' ';
}

/* Lower case without punctuation; any white space is a blank. Returns the length. */
static size_t lower(const uint8_t *text, size_t length, uint8_t *out)
{
    size_t at = 0, n = 0;
    while (at < length) {
        UChar32 c;
        U8_NEXT(text, at, length, c);
        if (c < 0 || is_punctuation(c))
            continue;
        uint32_t small = (uint32_t)(u_isUWhiteSpace(c) ? ' ' : u_tolower(c));
        U8_APPEND_UNSAFE(out, n, small);
    }
    return n;
}

static bool is_article(const char *word, size_t n)
{
    return (n == 1 && word[0] == 'a') || (n == 2 && !memcmp(word, "an", 2)) ||
           (n == 3 && !memcmp(word, "the", 3));
}

char *qa_normalise(const char *text)
{
    size_t n = strlen(text), kept = 0;
    char *out = malloc(2 * n + 1); /* a letter's lower case may be a byte longer */
    if (!out)
        return NULL;
    size_t length = lower((const uint8_t *)text, n, (uint8_t *)out);
    for (size_t at = 0; at < length;) {
        size_t end = at;
        while (end < length && out[end] != ' ')
            end++;
        if (end > at && !is_article(out + at, end - at)) {
            if (kept)
                out[kept++] = ' ';
            memmove(out + kept, out + at, end - at);
            kept += end - at;
        }
        at = end + 1;
    }
    out[kept] = '\0';
    return out;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words of a text, which is cut up, in order; *count of them; NULL: out of memory. */
static char **words_of(char *text, size_t *count)
{
    size_t n = 0;
    char **words = malloc((strlen(text) / 2 + 2) * sizeof *words), *rest = NULL;
    for (char *w = words ? strtok_r(text, " ", &rest) : NULL; w; w = strtok_r(NULL, " ", &rest))
        words[n++] = w;
    if (words)
        qsort(words, n, sizeof *words, by_text);
    *count = n;
    return words;
}

double qa_f1(const char *answer, const char *gold)
{
    if (!*answer || !*gold)
        return !*answer && !*gold;
    char *copies[2] = {strdup(answer), strdup(gold)};
    size_t count[2] = {0, 0}, same = 0;
    char **words[2] = {copies[0] ? words_of(copies[0], &count[0]) : NULL,
                       copies[1] ? words_of(copies[1], &count[1]) : NULL};
    bool ok = words[0] && words[1];
    for (size_t i = 0, k = 0; ok && i < count[0] && k < count[1];) {
        int order = strcmp(words[0][i], words[1][k]);
        same += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    for (int i = 0; i < 2; i++) {
        free(words[i]);
        free(copies[i]);
    }
    return ok ? 2.0 * (double)same / (double)(count[0] + count[1]) : (double)NAN;
}

/* Whether an edit has a byte of a span, or stands inside it. */
static bool touches(const struct edit *e, uint32_t start, uint32_t end)
{
    return e->start < end && e->end > start;
}

/* Where a place that no edit has is afterwards. Edits tell to within a blank that was dropped or
 * put in beside them: it is where up to eight bytes that nothing changed, before it (same of them,
 * below zero) or after it, stand in both texts. False: nowhere near. */
static bool find(const struct moved *m, uint32_t place, int32_t same, uint32_t *found)
{
    int64_t guesses[2] = {place, place};
    uint32_t last = 0, next = UINT32_MAX;
    for (size_t k = 0; k < m->count; k++) {
        const struct edit *e = &m->edits[k];
        if (e->part != (uint32_t)m->part)
            continue;
        if (e->end <= place && e->end >= last) {
            last = e->end;
            guesses[0] = (int64_t)e->out_end + place - e->end;
        }
        if (e->start >= place && e->start < next) {
            next = e->start;
            guesses[1] = (int64_t)e->out_start - (e->start - place);
        }
    }
    uint32_t n = (uint32_t)(same < 0 ? -same : same);
    const char *wanted = m->old + place - (same < 0 ? n : 0);
    while (n > 0 && wanted[same < 0 ? 0 : n - 1] == ' ') {
        wanted += same < 0;
        n--;
    }
    for (int k = 0; k < 6; k++) {
        int64_t guess = guesses[k % 2] + (k / 2 == 2 ? -1 : k / 2);
        int64_t from = same < 0 ? guess - n : guess;
        if (from < 0 || from + n > (int64_t)m->new_length || memcmp(m->new + from, wanted, n))
            continue;
        *found = (uint32_t)guess;
        return true;
    }
    return false;
}

bool qa_map(const struct moved *m, uint32_t *start, uint32_t *end)
{
    const struct edit *first = NULL, *last = NULL;
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t k = 0; k < m->count; k++) {
            const struct edit *e = &m->edits[k];
            if (e->part != (uint32_t)m->part || !touches(e, *start, *end))
                continue;
            grown = grown || e->start < *start || e->end > *end;
            *start = e->start < *start ? e->start : *start;
            *end = e->end > *end ? e->end : *end;
            first = !first || e->start < first->start ? e : first;
            last = !last || e->end > last->end ? e : last;
        }
    }
    if (!first)
        return false;
    uint32_t before = first->start - *start, after = *end - last->end;
    uint32_t from = first->out_start, to = last->out_end;
    if ((before && !find(m, *start, before < NEAR ? (int32_t)before : NEAR, &from)) ||
        (after && !find(m, *end, after < NEAR ? -(int32_t)after : -NEAR, &to)))
        return false;
    *start = from;
    *end = to;
    return from <= to && to <= m->new_length;
}

typedef double (*comparison)(const char *answer, const char *gold);

static double is_equal(const char *answer, const char *gold)
{
    return !strcmp(answer, gold);
}

/* Compares with a gold answer of some length; the better of that and best. */
static double better(const char *answer, const char *gold, size_t length, comparison compare,
                     double best)
{
    char *copy = strndup(gold, length), *normal = copy ? qa_normalise(copy) : NULL;
    double value = normal ? compare(answer, normal) : (double)NAN;
    free(copy);
    free(normal);
    return value > best ? value : best;
}

static bool is_inside_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* The same with what a rewritten context has where the source's has the gold answer. */
static double better_mapped(const struct figures *f, size_t item, size_t arm, const char *answer,
                            const char *gold, comparison compare, double best)
{
    const struct variant *v = variant_of(f->variants, item, arm);
    const char *old = f->items->list[item].parts[PART_CONTEXT];
    const char *new = question_part(&f->variants->questions.list[v->question], PART_CONTEXT);
    size_t n = strlen(gold), length = new ? strlen(new) : 0;
    struct moved m = {v->edits, v->edit_count, PART_CONTEXT, old, new, length};
    if (!old || !new || n == 0 || !strcmp(old, new))
        return best;
    for (const char *at = strstr(old, gold); at; at = strstr(at + n, gold)) {
        uint32_t start = (uint32_t)(at - old), end = (uint32_t)(start + n);
        if ((at > old && is_inside_word(at[-1]) && is_inside_word(*at)) ||
            (is_inside_word(at[n - 1]) && is_inside_word(at[n])))
            continue;
        if (qa_map(&m, &start, &end))
            best = better(answer, new + start, end - start, compare, best);
    }
    return best;
}

static double compare_with_gold(const struct figures *f, size_t item, size_t arm,
                                const struct answer *answer, comparison compare)
{
    char *normal = qa_normalise(answer->text);
    double best = normal ? 0 : (double)NAN;
    for (const char *g = f->items->list[item].gold; normal && *g; g += strlen(g) + 1) {
        best = better(normal, g, strlen(g), compare, best);
        if (arm != SOURCE_ARM)
            best = better_mapped(f, item, arm, normal, g, compare, best);
    }
    free(normal);
    return best;
}

double qa_exact_match(const struct figures *f, size_t item, size_t arm, const struct answer *a)
{
    return compare_with_gold(f, item, arm, a, is_equal);
}

double qa_token_f1(const struct figures *f, size_t item, size_t arm, const struct answer *a)
{
    return compare_with_gold(f, item, arm, a, qa_f1);
}

bool qa_agrees(const struct answer *x, const struct answer *y)
{
    char *a = qa_normalise(x->text), *b = qa_normalise(y->text);
    bool agrees = a && b && !strcmp(a, b);
    free(a);
    free(b);
    return agrees;
}
