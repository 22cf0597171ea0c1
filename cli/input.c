/* input.c -- files to batches of records. A record longer than the engine takes is handed out in
 * pieces that go through unchanged, so that memory stays bounded whatever the input is.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

enum { READ_BYTES = 256 * 1024, RECORD_BYTES = 64 << 20 };

static bool is_standard(const char *file)
{
    return !strcmp(file, "-");
}

void input_open(struct input *input, const char *const *files, size_t count, enum cut cut)
{
    static const char *const standard[] = {"-"};
    *input = (struct input){
        .files = count ? files : standard,
        .file_count = count ? count : 1,
        .cut = cut,
        .descriptor = -1,
    };
    for (size_t i = 0; i < input->file_count; i++) {
        struct stat info;
        if (is_standard(input->files[i]) || stat(input->files[i], &info) ||
            !S_ISREG(info.st_mode)) {
            input->total = 0;
            return;
        }
        input->total += (uint64_t)info.st_size;
    }
}

void input_close(struct input *input)
{
    if (input->descriptor > STDIN_FILENO)
        close(input->descriptor);
    free(input->held);
    input->held = NULL;
    input->descriptor = -1;
}

/* Reports that the current file fails and gives it up. */
static void fail_file(struct input *input, const char *what)
{
    report("cannot %s '%s': %s", what, input->files[input->file], strerror(errno));
    input->failed++;
}

static bool open_next(struct input *input)
{
    for (; input->file < input->file_count; input->file++) {
        const char *name = input->files[input->file];
        input->descriptor = is_standard(name) ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
        if (input->descriptor >= 0) {
            input->records = 0;
            return true;
        }
        fail_file(input, "open");
    }
    return false;
}

static void close_current(struct input *input)
{
    if (input->descriptor > STDIN_FILENO)
        close(input->descriptor);
    input->descriptor = -1;
    input->file++;
}

/* Adds what can be read at once; false at the end of the file. */
static bool read_more(struct input *input, struct batch *batch)
{
    if (!batch_reserve(batch, READ_BYTES)) {
        input->nomem = true;
        return false;
    }
    ssize_t n;
    do
        n = read(input->descriptor, batch->bytes + batch->length, READ_BYTES);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        fail_file(input, "read");
    if (n <= 0)
        return false;
    batch->length += (size_t)n;
    input->bytes += (uint64_t)n;
    return true;
}

static bool is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!bytes[i] || !strchr(" \t\r\n\v\f", bytes[i]))
            return false;
    return true;
}

/* The line end that ends a row of CSV, from a place in it on; what is before it was looked at. */
static const char *find_row_end(struct input *input, const struct batch *batch, size_t from)
{
    for (size_t i = from; i < batch->length; i++) {
        char c = batch->bytes[i], before = i > 0 ? batch->bytes[i - 1] : '\n';
        bool opens = before == ',' || before == '\n' || input->closed;
        input->closed = c == '"' && input->quoted;
        if (c == '"' && (input->quoted || opens))
            input->quoted = !input->quoted;
        if (c == '\n' && !input->quoted)
            return batch->bytes + i;
    }
    return NULL;
}

/* Looks for the end of a record, from a place in its last line on: *end is where its text ends,
 * *next where what follows begins. False: it is not there yet, and *end is where to look again.
 * A line ends without its "\n" or "\r\n", a paragraph before an empty line. */
static bool find_end(struct input *input, const struct batch *batch, size_t from,
                     size_t *end, size_t *next)
{
    for (;;) {
        const char *line = input->cut == CUT_ROWS
                               ? find_row_end(input, batch, from)
                               : memchr(batch->bytes + from, '\n', batch->length - from);
        size_t stop = line ? (size_t)(line - batch->bytes) : batch->length;
        *end = input->cut == CUT_PARAGRAPHS ? from : stop;
        if (!line)
            return false;
        *next = stop + 1;
        if (input->cut != CUT_PARAGRAPHS) {
            *end -= stop > from && batch->bytes[stop - 1] == '\r';
            return true;
        }
        if (is_blank(batch->bytes + from, stop - from))
            return true;
        from = stop + 1;
    }
}

static bool add_record(struct input *input, struct batch *batch, size_t start, size_t end,
                       size_t next)
{
    struct record *record = batch_add(batch);
    if (!record) {
        input->nomem = true;
        return false;
    }
    *record = (struct record){.start = start, .end = end, .next = next};
    record->piece = input->inside;
    if (!input->inside && (end > start || input->cut != CUT_PARAGRAPHS))
        input->records++;
    record->number = input->records;
    input->inside = false;
    return true;
}

/* A piece of a record whose end is not in sight. */
static bool add_piece(struct input *input, struct batch *batch, size_t start, size_t end)
{
    bool first = !input->inside;
    if (!add_record(input, batch, start, end, end))
        return false;
    struct record *record = &batch->records[batch->count - 1];
    record->piece = true;
    record->first = first;
    input->inside = true;
    return true;
}

/* Keeps the bytes from start on for the next batch. */
static bool hold(struct input *input, struct batch *batch, size_t start)
{
    size_t length = batch->length - start;
    if (length > input->held_capacity) {
        char *held = realloc(input->held, length);
        if (!held) {
            input->nomem = true;
            return false;
        }
        input->held = held;
        input->held_capacity = length;
    }
    if (length)
        memcpy(input->held, batch->bytes + start, length);
    input->held_length = length;
    batch->length = start;
    return true;
}

/* Cuts what was read into records; *start is where the first unfinished one begins, *look where
 * to look for its end. */
static bool cut_records(struct input *input, struct batch *batch, size_t *start, size_t *look)
{
    size_t end, next;
    while (find_end(input, batch, *look, &end, &next)) {
        if (!add_record(input, batch, *start, end, next))
            return false;
        *start = *look = next;
    }
    *look = end;
    return true;
}

static bool fill(struct input *input, struct batch *batch)
{
    if (!batch_reserve(batch, input->held_length + 1))
        return false;
    if (input->held_length)
        memcpy(batch->bytes, input->held, input->held_length);
    batch->length = input->held_length;
    input->held_length = 0;
    input->quoted = input->closed = false;
    size_t start = 0, look = 0;
    bool more = true;
    while (more && !batch->count) {
        more = read_more(input, batch);
        if (input->nomem || !cut_records(input, batch, &start, &look))
            return false;
        if (!batch->count && batch->length > start &&
            (input->inside || batch->length > RECORD_BYTES)) {
            look = look > start ? look : batch->length;
            if (!add_piece(input, batch, start, look))
                return false;
            start = look;
        }
    }
    if (more)
        return hold(input, batch, start);
    if (start < batch->length) {
        size_t end = batch->length;
        end -= batch->bytes[end - 1] == '\n';
        end -= end > start && batch->bytes[end - 1] == '\r';
        if (!add_record(input, batch, start, end, batch->length))
            return false;
    }
    input->inside = false;
    close_current(input);
    return true;
}

bool input_read(struct input *input, struct batch *batch)
{
    for (;;) {
        if (input->descriptor < 0 && !open_next(input))
            return false;
        batch->file = is_standard(input->files[input->file]) ? NULL : input->files[input->file];
        if (!fill(input, batch)) {
            input->nomem = true;
            return false;
        }
        batch->position = input->bytes;
        if (batch->count)
            return true;
    }
}
