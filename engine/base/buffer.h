/* buffer.h -- an owned, growing byte string, kept NUL-terminated. A failed growth is sticky
 * (failed stays true and further writes do nothing), so a stage checks once, at its end.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *bytes; /* NULL until the first write */
    size_t length, capacity;
    bool failed;
};

void buffer_init(struct buffer *buffer);
void buffer_clear(struct buffer *buffer);
/* Empties it and keeps its memory. */
void buffer_reset(struct buffer *buffer);
void buffer_add(struct buffer *buffer, const char *bytes, size_t length);
void buffer_add_string(struct buffer *buffer, const char *string);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Grows by length zeroed bytes and returns where they start, NULL on failure. */
void *buffer_extend(struct buffer *buffer, size_t length);

#endif
