/* mark.c -- reads spans of slang and counts what was found, by sentence and by word.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/mark.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evaluate/figures.h"
#include "evaluate/limits.h"
#include "evaluate/resample.h"
#include "evaluate/result.h"

enum { SENTENCES, WORDS, LEVELS, COUNTS = 3, REGIONS = 2 };

/* ---- spans as words ---- */

static bool write_span(FILE *out, const json_t *span)
{
    const json_t *start = json_is_array(span) ? json_array_get(span, 0)
                                              : json_object_get(span, "start");
    const json_t *end = json_is_array(span) ? json_array_get(span, 1)
                                            : json_object_get(span, "end");
    json_int_t from = json_integer_value(start), to = json_integer_value(end);
    if (!json_is_integer(start) || !json_is_integer(end) || from < 0 || to <= from)
        return false;
    fprintf(out, "%lld-%lld", (long long)from, (long long)to);
    const char *regions = json_string_value(json_object_get(span, "regions"));
    if (regions)
        fputc(':', out);
    for (; regions && *regions; regions++)
        fputc(*regions == ' ' ? ',' : *regions, out);
    fputc(' ', out);
    return true;
}

char *mark_write(const json_t *spans, const char *region, bool *nomem)
{
    char *words = NULL;
    size_t length, index;
    const json_t *span;
    if (!json_is_array(spans))
        return NULL;
    FILE *out = open_memstream(&words, &length);
    bool ok = true;
    if (out)
        fputc('@', out);
    json_array_foreach(spans, index, span)
        ok = ok && out && write_span(out, span);
    if (out && region && region[0])
        fprintf(out, "=%s", region);
    if (!out || fclose(out) != 0) {
        *nomem = true;
        ok = false;
    }
    if (ok)
        return words;
    free(words);
    return NULL;
}

struct span {
    unsigned long start, end;
    const char *regions;       /* not ended; NULL: none */
    size_t regions_length;
};

/* The next span of words; *at: where to go on. false: no more. */
static bool next_span(const char **at, struct span *span)
{
    char *end;
    *at += strspn(*at, "@ ");
    if (**at < '0' || **at > '9')
        return false;
    *span = (struct span){.start = strtoul(*at, &end, 10)};
    span->end = *end == '-' ? strtoul(end + 1, &end, 10) : 0;
    if (*end == ':') {
        span->regions = end + 1;
        span->regions_length = strcspn(end + 1, " ");
        end += 1 + span->regions_length;
    }
    *at = end;
    return true;
}

static size_t count_points(const char *text, size_t bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes; i++)
        n += ((unsigned char)text[i] & 0xc0) != 0x80;
    return n;
}

bool mark_fits(const char *spans, const char *text)
{
    struct span span;
    size_t length = count_points(text, strlen(text));
    for (const char *at = spans; next_span(&at, &span);)
        if (span.end > length)
            return false;
    return true;
}

/* ---- words that a language model copies ---- */

/* Whether a language model says that there is none. */
static bool is_none(const char *words)
{
    words += strspn(words, " \t\"'*`.");
    return !strncasecmp(words, "none", 4) && !words[4 + strspn(words + 4, " \t\"'*`.")];
}

static bool has_spans(const char *words)
{
    struct span span;
    return words[0] == '@' ? next_span(&words, &span) : !is_none(words);
}

/* What an answer marks of a text, read from its beginning to its end. */
struct cover {
    int *edges;                /* by place: spans that begin there, less those that end there */
    bool by_points;            /* places are code points, not bytes */
    size_t at;
    int depth;                 /* spans around the place */
};

static void cover_spans(struct cover *c, const char *words, size_t length)
{
    struct span span;
    while (next_span(&words, &span))
        if (span.start < span.end && span.end <= length) {
            c->edges[span.start]++;
            c->edges[span.end]--;
        }
}

/* Places of the text that are in a phrase of an answer ("knackered | cuppa"). */
static void cover_copies(struct cover *c, const char *answer, const char *text)
{
    size_t phrases = is_none(answer) ? LIMIT_PHRASES : 0;
    for (const char *at = answer; *at && phrases < LIMIT_PHRASES; phrases++) {
        at += strspn(at, "|,;\"'*` \t");
        size_t n = strcspn(at, "|,;\"*`"), whole = n;
        while (n && strchr(" \t'.", at[n - 1]))
            n--;
        for (const char *found = text; n && *found; found++)
            if (!strncasecmp(found, at, n)) {
                c->edges[found - text]++;
                c->edges[found - text + (ptrdiff_t)n]--;
            }
        at += whole;
    }
}

/* c->edges is freed by the caller; false: out of memory. */
static bool cover_make(struct cover *c, const char *words, const char *text)
{
    size_t length = strlen(text);
    *c = (struct cover){.edges = calloc(length + 1, sizeof *c->edges),
                        .by_points = words[0] == '@'};
    if (!c->edges)
        return false;
    if (c->by_points)
        cover_spans(c, words, length);
    else
        cover_copies(c, words, text);
    return true;
}

/* Whether any of the next bytes is marked. */
static bool cover_next(struct cover *c, const char *text, size_t bytes)
{
    bool covered = false;
    for (size_t i = 0; i < bytes; i++) {
        if (!c->by_points || ((unsigned char)text[i] & 0xc0) != 0x80)
            c->depth += c->edges[c->at++];
        covered = covered || c->depth > 0;
    }
    return covered;
}

/* ---- regions ---- */

static const char *region_of(const char *words)
{
    const char *mark = words[0] == '@' ? strchr(words, '=') : NULL;
    return mark ? mark + 1 : NULL;
}

/* Whether a list of regions ("UK,IE") has one. */
static bool lists(const struct span *span, const char *region)
{
    size_t n = strlen(region);
    for (size_t i = 0; i < span->regions_length;) {
        size_t k = 0;
        while (i + k < span->regions_length && span->regions[i + k] != ',')
            k++;
        if (k == n && !strncasecmp(span->regions + i, region, n))
            return true;
        i += k + 1;
    }
    return false;
}

static size_t votes(const char *words, const char *region)
{
    size_t n = 0;
    struct span span;
    while (next_span(&words, &span))
        n += lists(&span, region);
    return n;
}

/* Whether an answer has the gold region: it says so, or more of its spans are of that region than
 * of any other of the data. */
static bool finds_region(const char *answer, const char *gold, const struct names *regions)
{
    const char *said = region_of(answer);
    if (said)
        return !strcasecmp(said, gold);
    size_t own = answer[0] == '@' ? votes(answer, gold) : 0;
    for (size_t k = 0; k < regions->count; k++)
        if (strcasecmp(regions->list[k].text, gold) && votes(answer, regions->list[k].text) >= own)
            return false;
    return own > 0;
}

/* ---- the task ---- */

double mark_is_right(const struct figures *f, size_t item, size_t arm, const struct answer *answer)
{
    (void)arm;
    return has_spans(f->items->list[item].gold) == has_spans(answer->text);
}

bool mark_agrees(const struct answer *x, const struct answer *y)
{
    return has_spans(x->text) == has_spans(y->text);
}

const char *mark_prompt(const isg_evaluate_options *o)
{
    (void)o;
    return "Which words of the text are slang? Copy them with | between them and say nothing else. "
           "If there are none, answer none.\n\nText: {text}\nSlang:";
}

/* ---- figures ---- */

/* totals: true positives, false positives, false negatives. */
static double f1(const double *totals, size_t width)
{
    double all = 2 * totals[0] + totals[1] + totals[2];
    return width == COUNTS && all > 0 ? 2 * totals[0] / all : (double)NAN;
}

static void count(double *counts, bool gold, bool found)
{
    counts[0] += gold && found;
    counts[1] += !gold && found;
    counts[2] += gold && !found;
}

/* The words of a source; false: out of memory. */
static bool count_words(double *counts, const char *text, const char *gold, const char *answer)
{
    struct cover wanted = {0}, found = {0};
    bool ok = cover_make(&wanted, gold, text) && cover_make(&found, answer, text);
    for (size_t at = 0; ok && text[at];) {
        size_t n = strcspn(text + at, " \t\r\n"), space = text[at + n] != '\0';
        bool is_wanted = cover_next(&wanted, text + at, n);
        bool is_found = cover_next(&found, text + at, n);
        if (n)
            count(counts, is_wanted, is_found);
        cover_next(&wanted, text + at + n, space);
        cover_next(&found, text + at + n, space);
        at += n + space;
    }
    free(wanted.edges);
    free(found.edges);
    return ok;
}

static bool list_regions(const struct figures *f, struct names *regions)
{
    bool ok = true;
    for (size_t i = 0; i < f->items->count; i++) {
        const char *region = region_of(f->items->list[i].gold);
        ok = ok && (!region || names_add(regions, region, strlen(region), 0) != NAMES_NONE);
    }
    return ok;
}

/* Adds an item's counts to its cluster's; false: out of memory. */
static bool count_item(const struct figures *f, size_t i, const struct names *regions,
                       double *const sums[LEVELS], double *found)
{
    const struct item *item = &f->items->list[i];
    const struct answer *answer = answer_of(f, i, SOURCE_ARM);
    const char *region = region_of(item->gold);
    if (answer->state != ANSWER_GIVEN)
        return true;
    count(sums[SENTENCES] + COUNTS * item->cluster, has_spans(item->gold), has_spans(answer->text));
    if (!count_words(sums[WORDS] + COUNTS * item->cluster, item->parts[PART_TEXT], item->gold,
                     answer->text))
        return false;
    if (!region)
        return true;
    found[REGIONS * item->cluster] += finds_region(answer->text, region, regions);
    found[REGIONS * item->cluster + 1]++;
    return true;
}

static json_t *make_level(const double *totals, const struct stats_interval *interval)
{
    double positive = totals[0] + totals[1], gold = totals[0] + totals[2];
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:I}", "precision",
                     result_number(positive > 0 ? totals[0] / positive : (double)NAN), "recall",
                     result_number(gold > 0 ? totals[0] / gold : (double)NAN), "f1",
                     result_number(f1(totals, COUNTS)), "low", result_number(interval->low), "high",
                     result_number(interval->high), "gold", (json_int_t)gold);
}

json_t *mark_result(const struct figures *f)
{
    if (f->o->task != ISG_TASK_MARK)
        return json_null();
    struct resample r = {.clusters = f->clusters};
    struct stats_interval intervals[LEVELS + 1] = {{0}};
    struct names regions = {0};
    double *sums[LEVELS], totals[LEVELS][COUNTS] = {{0}}, with_region = 0;
    for (int k = 0; k < LEVELS; k++)
        sums[k] = resample_add(&r, f1, COUNTS, &intervals[k]);
    double *found = resample_add(&r, stats_mean, STATS_MEAN_WIDTH, &intervals[LEVELS]);
    bool ok = sums[SENTENCES] && sums[WORDS] && found && list_regions(f, &regions);
    for (size_t i = 0; ok && i < f->items->count; i++)
        ok = count_item(f, i, &regions, sums, found);
    for (size_t c = 0; ok && c < f->clusters; c++) {
        for (int k = 0; k < LEVELS * COUNTS; k++)
            totals[k / COUNTS][k % COUNTS] += sums[k / COUNTS][COUNTS * c + (size_t)k % COUNTS];
        with_region += found[REGIONS * c + 1];
    }
    r.failed = r.failed || !ok;
    ok = resample_run(&r, &f->stats, f->o->jobs) && ok;
    names_clear(&regions);
    if (!ok)
        return NULL;
    const struct stats_interval *share = &intervals[LEVELS];
    json_t *region = with_region > 0
                         ? json_pack("{s:I, s:o, s:o, s:o}", "items", (json_int_t)with_region,
                                     "accuracy", result_number(share->value), "low",
                                     result_number(share->low), "high", result_number(share->high))
                         : json_null();
    return json_pack("{s:o, s:o, s:o}", "sentences", make_level(totals[SENTENCES],
                                                                &intervals[SENTENCES]), "words",
                     make_level(totals[WORDS], &intervals[WORDS]), "region", region);
}
