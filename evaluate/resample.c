/* resample.c -- threads share the tasks and draw the same clusters, so that their number changes
 * nothing.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/resample.h"

#include <pthread.h>
#include <stdlib.h>

enum { JOBS = 64 };

struct share {
    struct stats_task *tasks;
    size_t count, clusters;
    const struct stats_options *options;
    bool ok;
};

double *resample_add(struct resample *r, stats_value value, size_t width,
                     struct stats_interval *place)
{
    if (r->count == r->capacity) {
        size_t capacity = r->capacity ? r->capacity * 2 : 64;
        struct stats_task *tasks = realloc(r->tasks, capacity * sizeof *tasks);
        if (tasks)
            r->tasks = tasks;
        struct stats_interval **places = realloc(r->places, capacity * sizeof *places);
        if (places)
            r->places = places;
        if (!tasks || !places) {
            r->failed = true;
            return NULL;
        }
        r->capacity = capacity;
    }
    double *sums = calloc(r->clusters * width + 1, sizeof *sums);
    if (!sums) {
        r->failed = true;
        return NULL;
    }
    r->tasks[r->count] = (struct stats_task){.sums = sums, .width = width, .value = value};
    r->places[r->count++] = place;
    return sums;
}

static void *work(void *context)
{
    struct share *s = context;
    s->ok = stats_bootstrap(s->tasks, s->count, s->clusters, s->options);
    return NULL;
}

bool resample_run(struct resample *r, const struct stats_options *options, unsigned jobs)
{
    struct share shares[JOBS];
    pthread_t threads[JOBS];
    bool started[JOBS] = {false}, ok = !r->failed;
    size_t n = jobs < 1 ? 1 : jobs > JOBS ? JOBS : jobs, first = 0;
    for (size_t k = 0; ok && k < n; k++) {
        size_t end = r->count * (k + 1) / n;
        shares[k] = (struct share){r->tasks + first, end - first, r->clusters, options, false};
        first = end;
        started[k] = k + 1 < n && pthread_create(&threads[k], NULL, work, &shares[k]) == 0;
    }
    bool run = ok;
    for (size_t k = n; run && k-- > 0;)
        if (!started[k])
            work(&shares[k]);
    for (size_t k = 0; run && k < n; k++) {
        if (started[k])
            pthread_join(threads[k], NULL);
        ok = ok && shares[k].ok;
    }
    for (size_t i = 0; i < r->count; i++) {
        if (ok)
            *r->places[i] = r->tasks[i].interval;
        free((void *)r->tasks[i].sums);
    }
    free(r->tasks);
    free(r->places);
    *r = (struct resample){.clusters = r->clusters};
    return ok;
}
