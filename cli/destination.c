/* destination.c -- output files. Each is opened before the first record is read, so that a wrong
 * path costs nothing.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "destination.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

bool destination_is_folder(const char *path)
{
    struct stat info;
    size_t length = strlen(path);
    return (length && path[length - 1] == '/') || (!stat(path, &info) && S_ISDIR(info.st_mode));
}

static int fail(const char *what, const char *path)
{
    report("cannot %s '%s': %s", what, path, strerror(errno));
    return EXIT_FILES;
}

/* Whether path is one of the files that will be read. */
static const char *same_as(const char *path, const char *const *inputs, size_t count)
{
    struct stat out, in;
    if (stat(path, &out) || !S_ISREG(out.st_mode))
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (!stat(inputs[i], &in) && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
            return inputs[i];
    return NULL;
}

int destination_open(struct destination *destination, const char *path,
                     const char *const *inputs, size_t input_count)
{
    *destination = (struct destination){.descriptor = STDOUT_FILENO};
    if (!path)
        return EXIT_DONE;
    if (same_as(path, inputs, input_count)) {
        report("'%s' is read and cannot be written to as well", path);
        return EXIT_USAGE;
    }
    destination->descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (destination->descriptor < 0)
        return fail("write", path);
    destination->path = strdup(path);
    return destination->path ? EXIT_DONE : fail("write", path);
}

int destination_open_in(struct destination *destination, const char *folder, const char *name,
                        const char *extension, const char *const *inputs, size_t input_count)
{
    *destination = (struct destination){.descriptor = -1};
    if (mkdir(folder, 0777) && errno != EEXIST)
        return fail("make the folder", folder);
    size_t size = strlen(folder) + strlen(name) + strlen(extension) + 3;
    char *path = malloc(size);
    if (!path)
        return fail("write", folder);
    snprintf(path, size, "%s/%s.%s", folder, name, extension);
    int code = destination_open(destination, path, inputs, input_count);
    free(path);
    return code;
}

bool destination_write(const struct destination *destination, const char *bytes, size_t length)
{
    while (length) {
        ssize_t n = write(destination->descriptor, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            if (errno != EPIPE)
                fail("write", destination->path ? destination->path : "standard output");
            return false;
        }
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

int destination_close(struct destination *destination)
{
    int code = EXIT_DONE;
    if (destination->path && destination->descriptor >= 0 && close(destination->descriptor))
        code = fail("write", destination->path);
    free(destination->path);
    *destination = (struct destination){.descriptor = -1};
    return code;
}
