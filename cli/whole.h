/* whole.h -- a whole file in memory, for the commands that need one.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_WHOLE_H
#define CLI_WHOLE_H

#include <stddef.h>

/* Reads a file (NULL or "-": standard input); *bytes is NUL-terminated and the caller's to free.
 * Returns an exit code (it reports). */
int whole_read(const char *file, char **bytes, size_t *length);
/* Writes a file under a new name and then puts it in its place. Returns an exit code. */
int whole_write(const char *file, const void *bytes, size_t length);

#endif
