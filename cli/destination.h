/* destination.h -- where output goes: standard output, a file, or a folder with a file for each
 * dialect.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_DESTINATION_H
#define CLI_DESTINATION_H

#include <stdbool.h>
#include <stddef.h>

struct destination {
    int descriptor;
    char *path; /* NULL: standard output */
};

/* Whether an --output path means a folder: it is one, or ends with a slash. */
bool destination_is_folder(const char *path);
/* Opens path for writing; NULL: standard output. Refuses one of the inputs (the files named
 * in inputs). Returns an exit code (it reports). */
int destination_open(struct destination *destination, const char *path,
                     const char *const *inputs, size_t input_count);
/* Opens FOLDER/NAME.EXTENSION, making the folder if it is not there. */
int destination_open_in(struct destination *destination, const char *folder, const char *name,
                        const char *extension, const char *const *inputs, size_t input_count);
/* Writes all bytes; false: it failed (reported unless the reader has gone). */
bool destination_write(const struct destination *destination, const char *bytes, size_t length);
/* Returns an exit code: a delayed write may fail here (it reports). */
int destination_close(struct destination *destination);

#endif
