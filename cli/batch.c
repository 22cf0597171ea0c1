/* batch.c -- memory of batches. The bytes and the records' array are kept from one use to the next,
 * the sinks are opened anew.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "batch.h"

#include <stdlib.h>

bool sink_open(struct sink *sink)
{
    sink_close(sink);
    sink->stream = open_memstream(&sink->bytes, &sink->length);
    return sink->stream;
}

bool sink_flush(struct sink *sink)
{
    return sink->stream && fflush(sink->stream) == 0 && !ferror(sink->stream);
}

void sink_close(struct sink *sink)
{
    if (sink->stream)
        fclose(sink->stream);
    free(sink->bytes);
    *sink = (struct sink){0};
}

bool batch_init(struct batch *batch, size_t outputs)
{
    *batch = (struct batch){.outputs = calloc(outputs, sizeof *batch->outputs)};
    batch->output_count = batch->outputs ? outputs : 0;
    return batch->outputs;
}

void batch_clear(struct batch *batch)
{
    for (size_t i = 0; i < batch->output_count; i++)
        sink_close(&batch->outputs[i]);
    sink_close(&batch->messages);
    free(batch->outputs);
    free(batch->records);
    free(batch->bytes);
    *batch = (struct batch){0};
}

bool batch_begin(struct batch *batch)
{
    batch->count = batch->length = 0;
    batch->words = batch->failed = 0;
    batch->broken = false;
    bool ok = sink_open(&batch->messages);
    for (size_t i = 0; i < batch->output_count; i++)
        ok = sink_open(&batch->outputs[i]) && ok;
    return ok;
}

bool batch_reserve(struct batch *batch, size_t length)
{
    if (batch->capacity - batch->length >= length)
        return true;
    if (length > SIZE_MAX / 4 || batch->capacity > SIZE_MAX / 4)
        return false;
    size_t capacity = batch->capacity * 2;
    if (capacity < batch->length + length)
        capacity = batch->length + length;
    char *bytes = realloc(batch->bytes, capacity);
    if (!bytes)
        return false;
    batch->bytes = bytes;
    batch->capacity = capacity;
    return true;
}

struct record *batch_add(struct batch *batch)
{
    if (batch->count == batch->record_capacity) {
        size_t capacity = batch->record_capacity ? batch->record_capacity * 2 : 256;
        struct record *records = realloc(batch->records, capacity * sizeof *records);
        if (!records)
            return NULL;
        batch->records = records;
        batch->record_capacity = capacity;
    }
    struct record *record = &batch->records[batch->count++];
    *record = (struct record){0};
    return record;
}
