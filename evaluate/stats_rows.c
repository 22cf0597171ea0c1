/* stats_rows.c -- finds equal rows by hashing their bytes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/stats_rows.h"

#include <stdlib.h>
#include <string.h>

#include "evaluate/random.h"

static size_t hash(const double *row, size_t width)
{
    uint64_t h = 0, bits;
    for (size_t k = 0; k < width; k++) {
        memcpy(&bits, row + k, sizeof bits);
        h = random_mix(h ^ bits);
    }
    return (size_t)h;
}

/* The class of each cluster, numbered as they come, and the first cluster of each. */
static size_t classify(const struct stats_task *task, size_t clusters, uint32_t *class,
                       uint32_t *first, uint32_t *slots, size_t slot_count)
{
    size_t count = 0, width = task->width;
    for (size_t c = 0; c < clusters; c++) {
        const double *row = task->sums + c * width;
        size_t slot = hash(row, width) & (slot_count - 1);
        while (slots[slot] &&
               memcmp(task->sums + first[slots[slot] - 1] * width, row, width * sizeof *row))
            slot = (slot + 1) & (slot_count - 1);
        if (!slots[slot]) {
            first[count] = (uint32_t)c;
            slots[slot] = (uint32_t)++count;
        }
        class[c] = slots[slot] - 1;
    }
    return count;
}

/* Sorts the clusters by class, without those of the commonest. */
static void sort(struct stats_rows_of *r, const struct stats_task *task, size_t clusters,
                 const uint32_t *class, const uint32_t *first, size_t count)
{
    size_t width = task->width, commonest = 0, at = 0;
    for (size_t c = 0; c < clusters; c++)
        r->ends[class[c]]++;
    for (size_t k = 0; k < count; k++)
        if (r->ends[k] > r->ends[commonest])
            commonest = k;
    const double *usual = task->sums + first[commonest] * width;
    for (size_t k = 0; k < width; k++)
        r->common[k] = usual[k] * (double)clusters;
    for (size_t k = 0; k < count; k++) {
        size_t n = k == commonest ? 0 : r->ends[k];
        r->ends[k] = (uint32_t)at;
        at += n;
        for (size_t i = 0; i < width; i++)
            r->rows[k * width + i] = task->sums[first[k] * width + i] - usual[i];
    }
    for (size_t c = 0; c < clusters; c++)
        if (class[c] != commonest)
            r->order[r->ends[class[c]]++] = (uint32_t)c;
    r->classes = count;
}

bool stats_rows_make(struct stats_rows_of *r, const struct stats_task *task, size_t clusters)
{
    size_t slot_count = 16;
    while (slot_count < 2 * clusters)
        slot_count *= 2;
    uint32_t *class = calloc(clusters + 1, sizeof *class);
    uint32_t *first = calloc(clusters + 1, sizeof *first);
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    *r = (struct stats_rows_of){.order = calloc(clusters + 1, sizeof *r->order),
                                .common = calloc(task->width + 1, sizeof *r->common)};
    bool ok = class && first && slots && r->order && r->common;
    size_t count = ok ? classify(task, clusters, class, first, slots, slot_count) : 0;
    r->ends = calloc(count + 1, sizeof *r->ends);
    r->rows = calloc(count * task->width + 1, sizeof *r->rows);
    ok = ok && r->ends && r->rows;
    if (ok && count)
        sort(r, task, clusters, class, first, count);
    free(class);
    free(first);
    free(slots);
    return ok;
}

void stats_rows_clear(struct stats_rows_of *r)
{
    free(r->order);
    free(r->ends);
    free(r->rows);
    free(r->common);
    *r = (struct stats_rows_of){0};
}

void stats_rows_total(const struct stats_rows_of *r, size_t width, const uint32_t *weights,
                      double *totals)
{
    memcpy(totals, r->common, width * sizeof *totals);
    uint32_t at = 0;
    for (size_t k = 0; k < r->classes; k++) {
        uint32_t weight = 0;
        for (; at < r->ends[k]; at++)
            weight += weights[r->order[at]];
        const double *row = r->rows + k * width;
        if (weight)
            for (size_t i = 0; i < width; i++)
                totals[i] += weight * row[i];
    }
}
