/* progress.c -- the progress line: not before a second has passed, then five times a second.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 30 };

double progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void progress_start(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.on = wanted && isatty(STDERR_FILENO)};
    progress->start = progress_clock();
    progress->last = progress->start + 0.8;
}

void progress_step(struct progress *progress, uint64_t done, uint64_t total, uint64_t words)
{
    progress->words += words;
    if (!progress->on)
        return;
    double now = progress_clock();
    if (now - progress->last < 0.2)
        return;
    progress->last = now;
    double speed = (double)progress->words / (now - progress->start);
    fputc('\r', stderr);
    if (total) {
        double share = done < total ? (double)done / (double)total : 1;
        char bar[BAR + 1];
        for (int i = 0; i < BAR; i++)
            bar[i] = i < (int)(share * BAR) ? '=' : ' ';
        bar[BAR] = '\0';
        fprintf(stderr, "[%s] %3d %%  ", bar, (int)(share * 100));
    }
    fprintf(stderr, "%llu words, %.0f a second\033[K", (unsigned long long)progress->words, speed);
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->on)
        fputs("\r\033[K", stderr);
    progress->on = false;
}
