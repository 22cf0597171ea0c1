/* source.h -- files as read, and places in them. Everything a rule says carries the byte of the
 * file it came from, so that a message can show the line and put a caret under the word. Memory
 * is the arena's that the reader was given.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_SOURCE_H
#define RULES_SOURCE_H

#include <isogloss.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Where lines were last counted to: the next place asked for is mostly near. */
struct source_cursor {
    uint32_t offset, line; /* 0-based */
};

struct source {
    const char *name;  /* as messages give it */
    const char *file;  /* as the table records it: no machine's own path */
    const char *root;  /* folder of lists/, NULL: none (memory) */
    const char *bytes; /* NUL-terminated */
    size_t length;
    bool base;         /* came with a table that is extended: may be replaced */
    struct source_cursor *cursor; /* NULL: count from the start each time */
};

struct place {
    const struct source *source;
    uint32_t offset; /* bytes from the start of the file */
};

/* The text of an element, references decoded, and where each of its bytes came from. */
struct text {
    const struct source *source;
    const char *bytes; /* NUL-terminated */
    uint32_t length;
    const uint32_t *origin; /* length + 1 offsets into the file */
};

/* Reads a whole file of at most limit bytes. */
isg_status source_read(struct arena *arena, const char *path, size_t limit, char **bytes,
                       size_t *length, isg_error *error);
/* All but the struct itself is borrowed; NULL: no memory. */
struct source *source_new(struct arena *arena, const char *name, const char *file,
                          const char *root, const char *bytes, size_t length);
/* 1-based line and column (in code points) of a place. */
void place_position(struct place place, unsigned *line, unsigned *column);
unsigned place_line(struct place place);
struct place text_place(const struct text *text, uint32_t at);

#endif
