/* whole.c -- whole files. A file that is written replaces the old one only when it is complete.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "whole.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static int fail(const char *what, const char *file)
{
    report("cannot %s '%s': %s", what, file, strerror(errno));
    return EXIT_FILES;
}

static bool read_stream(FILE *in, char **bytes, size_t *length)
{
    size_t capacity = 1 << 16;
    *length = 0;
    *bytes = malloc(capacity);
    while (*bytes) {
        size_t n = fread(*bytes + *length, 1, capacity - *length - 1, in);
        *length += n;
        if (n == 0)
            break;
        if (capacity - *length > 1)
            continue;
        char *more = capacity < SIZE_MAX / 2 ? realloc(*bytes, capacity *= 2) : NULL;
        if (!more)
            free(*bytes);
        *bytes = more;
    }
    if (!*bytes || ferror(in))
        return false;
    (*bytes)[*length] = '\0';
    return true;
}

int whole_read(const char *file, char **bytes, size_t *length)
{
    bool standard = !file || !strcmp(file, "-");
    FILE *in = standard ? stdin : fopen(file, "rb");
    *bytes = NULL;
    if (!in)
        return fail("open", file);
    int code = EXIT_DONE;
    if (!read_stream(in, bytes, length)) {
        code = fail("read", standard ? "standard input" : file);
        free(*bytes);
        *bytes = NULL;
    }
    if (!standard)
        fclose(in);
    return code;
}

static int write_stream(FILE *out, const char *file, const void *bytes, size_t length)
{
    bool ok = fwrite(bytes, 1, length, out) == length;
    int code = ok ? EXIT_DONE : fail("write", file);
    if (fclose(out) && ok)
        code = fail("write", file);
    return code;
}

int whole_write(const char *file, const void *bytes, size_t length)
{
    struct stat info;
    if (!stat(file, &info) && !S_ISREG(info.st_mode)) {
        FILE *out = fopen(file, "wb"); /* a device or a pipe is not replaced */
        return out ? write_stream(out, file, bytes, length) : fail("write", file);
    }
    size_t size = strlen(file) + 32;
    char *path = malloc(size);
    if (!path)
        return fail("write", file);
    snprintf(path, size, "%s.%ld.new", file, (long)getpid());
    FILE *out = fopen(path, "wb");
    int code = out ? write_stream(out, path, bytes, length) : fail("write", path);
    if (code == EXIT_DONE && rename(path, file))
        code = fail("write", file);
    if (code != EXIT_DONE)
        remove(path);
    free(path);
    return code;
}
