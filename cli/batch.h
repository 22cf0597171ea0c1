/* batch.h -- a piece of the input in whole records, with what became of them: the unit that threads
 * deal in. Every byte of the input lies in exactly one record of one batch.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A growing string on top of open_memstream. */
struct sink {
    FILE *stream; /* NULL: not open */
    char *bytes;
    size_t length;
};

bool sink_open(struct sink *sink);
/* Makes bytes and length current; false: a write failed. */
bool sink_flush(struct sink *sink);
void sink_close(struct sink *sink);

struct record {
    size_t start, end;  /* its text in batch.bytes */
    size_t next;        /* after its line end: where the following record starts */
    uint64_t number;    /* 1-based in its file */
    bool piece;         /* of a record too long to hold: goes through unchanged */
    bool first;         /* the first piece of such a record */
};

struct batch {
    char *bytes;
    size_t length, capacity;
    struct record *records;
    size_t count, record_capacity;
    const char *file;      /* name of the input, NULL: standard input */
    const struct csv_header *header; /* of that file, if it has one */
    struct sink *outputs;  /* one a destination */
    size_t output_count;
    struct sink messages;  /* for stderr */
    uint64_t position;     /* bytes of all input read up to here */
    uint64_t words, failed;
    bool broken;           /* out of memory while working on it */
};

bool batch_init(struct batch *batch, size_t outputs);
void batch_clear(struct batch *batch);
/* Opens empty sinks and forgets the records; false: out of memory. */
bool batch_begin(struct batch *batch);
/* Room for length more bytes; false: out of memory. */
bool batch_reserve(struct batch *batch, size_t length);
/* A new record at the end; NULL: out of memory. */
struct record *batch_add(struct batch *batch);

#endif
