/* jobs.c -- a ring of batches: the calling thread reads, workers work, and the worker that finishes
 * the oldest batch writes it and all finished ones behind it. One lock guards the ring; reading,
 * working and writing happen outside it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "jobs.h"

#include <pthread.h>
#include <stdlib.h>

enum state { FREE, READY, BUSY, DONE };

struct slot {
    struct batch batch;
    enum state state;
};

struct ring {
    const struct jobs *jobs;
    struct slot *slots;
    size_t size;
    size_t read, taken, written; /* numbers of the next batch to read, to work on, to write */
    bool ended, stopped, writing;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

struct worker {
    struct ring *ring;
    unsigned number;
    pthread_t thread;
};

static struct slot *slot_at(struct ring *ring, size_t number)
{
    return &ring->slots[number % ring->size];
}

/* Writes finished batches from the oldest on; the lock is held on entry and return. */
static void write_finished(struct ring *ring)
{
    if (ring->writing)
        return;
    ring->writing = true;
    while (ring->written < ring->taken && slot_at(ring, ring->written)->state == DONE) {
        struct slot *slot = slot_at(ring, ring->written);
        bool stopped = ring->stopped;
        pthread_mutex_unlock(&ring->lock);
        bool ok = stopped || ring->jobs->write(ring->jobs->context, &slot->batch);
        pthread_mutex_lock(&ring->lock);
        if (!ok)
            ring->stopped = true;
        slot->state = FREE;
        ring->written++;
        pthread_cond_broadcast(&ring->changed);
    }
    ring->writing = false;
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct ring *ring = worker->ring;
    pthread_mutex_lock(&ring->lock);
    for (;;) {
        while (ring->taken == ring->read && !ring->ended)
            pthread_cond_wait(&ring->changed, &ring->lock);
        if (ring->taken == ring->read)
            break;
        struct slot *slot = slot_at(ring, ring->taken++);
        slot->state = BUSY;
        bool stopped = ring->stopped;
        pthread_mutex_unlock(&ring->lock);
        if (!stopped)
            ring->jobs->work(ring->jobs->context, worker->number, &slot->batch);
        pthread_mutex_lock(&ring->lock);
        slot->state = DONE;
        write_finished(ring);
    }
    pthread_mutex_unlock(&ring->lock);
    return NULL;
}

/* Reads until the end; returns false when memory is short. */
static bool read_all(struct ring *ring)
{
    for (;;) {
        pthread_mutex_lock(&ring->lock);
        struct slot *slot = slot_at(ring, ring->read);
        while (slot->state != FREE && !ring->stopped)
            pthread_cond_wait(&ring->changed, &ring->lock);
        bool stopped = ring->stopped;
        pthread_mutex_unlock(&ring->lock);
        if (stopped)
            return true;
        if (!batch_begin(&slot->batch))
            return false;
        if (!ring->jobs->read(ring->jobs->context, &slot->batch))
            return true;
        pthread_mutex_lock(&ring->lock);
        slot->state = READY;
        ring->read++;
        pthread_cond_broadcast(&ring->changed);
        pthread_mutex_unlock(&ring->lock);
    }
}

static bool run_threads(struct ring *ring, struct worker *workers)
{
    unsigned started = 0;
    while (started < ring->jobs->threads) {
        struct worker *worker = &workers[started];
        *worker = (struct worker){.ring = ring, .number = started};
        if (pthread_create(&worker->thread, NULL, work, worker))
            break;
        started++;
    }
    bool ok = started > 0 && read_all(ring);
    pthread_mutex_lock(&ring->lock);
    ring->ended = true;
    pthread_cond_broadcast(&ring->changed);
    pthread_mutex_unlock(&ring->lock);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    return ok;
}

static bool run_here(const struct jobs *jobs)
{
    struct batch batch;
    bool ok = batch_init(&batch, jobs->outputs);
    while (ok && (ok = batch_begin(&batch)) && jobs->read(jobs->context, &batch)) {
        jobs->work(jobs->context, 0, &batch);
        if (!jobs->write(jobs->context, &batch))
            break;
    }
    batch_clear(&batch);
    return ok;
}

bool jobs_run(const struct jobs *jobs)
{
    if (jobs->threads == 1)
        return run_here(jobs);
    struct ring ring = {.jobs = jobs, .size = (size_t)jobs->threads * 2 + 2};
    struct worker *workers = calloc(jobs->threads, sizeof *workers);
    ring.slots = calloc(ring.size, sizeof *ring.slots);
    bool ok = workers && ring.slots;
    for (size_t i = 0; ok && i < ring.size; i++)
        ok = batch_init(&ring.slots[i].batch, jobs->outputs);
    pthread_mutex_init(&ring.lock, NULL);
    pthread_cond_init(&ring.changed, NULL);
    ok = ok && run_threads(&ring, workers);
    pthread_mutex_destroy(&ring.lock);
    pthread_cond_destroy(&ring.changed);
    for (size_t i = 0; ring.slots && i < ring.size; i++)
        batch_clear(&ring.slots[i].batch);
    free(ring.slots);
    free(workers);
    return ok;
}
