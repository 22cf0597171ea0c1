/* source.c -- see source.h. Lines are counted when a message or a rule's line is asked for:
 * files are small and read once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"

isg_status source_read(struct arena *arena, const char *path, size_t limit, char **bytes,
                       size_t *length, isg_error *error)
{
    isg_status status = ISG_OK;
    FILE *file = fopen(path, "rb");
    if (!file)
        return status_at(error, ISG_IO, path, 0, 0, "cannot open %s: %s", path, strerror(errno));
    size_t size = 8192, n = 0;
    char *data = arena_alloc(arena, size);
    while (data) {
        n += fread(data + n, 1, size - n - 1, file);
        if (n < size - 1)
            break;
        if (n > limit) {
            status = status_at(error, ISG_LIMIT, path, 0, 0,
                               "%s is longer than %zu bytes; split it", path, limit);
            goto done;
        }
        char *more = arena_alloc(arena, size * 2);
        if (more)
            memcpy(more, data, n);
        data = more;
        size *= 2;
    }
    if (!data)
        status = status_nomem(error);
    else if (ferror(file))
        status = status_at(error, ISG_IO, path, 0, 0, "cannot read %s: %s", path, strerror(errno));
    else if (n > limit)
        status = status_at(error, ISG_LIMIT, path, 0, 0, "%s is longer than %zu bytes; split it",
                           path, limit);
    if (status == ISG_OK) {
        data[n] = '\0';
        *bytes = data;
        *length = n;
    }
done:
    fclose(file);
    return status;
}

struct source *source_new(struct arena *arena, const char *name, const char *file,
                          const char *root, const char *bytes, size_t length)
{
    struct source *source = arena_calloc(arena, 1, sizeof *source);
    struct source_cursor *cursor = arena_calloc(arena, 1, sizeof *cursor);
    if (source)
        *source = (struct source){name, file, root, bytes, length, false, cursor};
    return source;
}

/* Moves the cursor to an offset, counting line ends on the way, forwards or back. */
static void move(struct source_cursor *cursor, const char *bytes, uint32_t offset)
{
    for (; cursor->offset < offset; cursor->offset++)
        cursor->line += bytes[cursor->offset] == '\n';
    for (; cursor->offset > offset; cursor->offset--)
        cursor->line -= bytes[cursor->offset - 1] == '\n';
}

unsigned place_line(struct place place)
{
    if (!place.source)
        return 1;
    struct source_cursor fresh = {0, 0};
    struct source_cursor *cursor = place.source->cursor ? place.source->cursor : &fresh;
    size_t length = place.source->length;
    move(cursor, place.source->bytes, place.offset < length ? place.offset : (uint32_t)length);
    return cursor->line + 1;
}

void place_position(struct place place, unsigned *line, unsigned *column)
{
    *line = place_line(place);
    *column = 1;
    if (!place.source)
        return;
    const char *bytes = place.source->bytes;
    size_t at = place.offset < place.source->length ? place.offset : place.source->length;
    for (; at > 0 && bytes[at - 1] != '\n'; at--)
        if (((unsigned char)bytes[at - 1] & 0xc0) != 0x80)
            ++*column;
}

struct place text_place(const struct text *text, uint32_t at)
{
    uint32_t i = at < text->length ? at : text->length;
    return (struct place){text->source, text->origin[i]};
}
