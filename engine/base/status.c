/* status.c -- filling in errors. Nothing here allocates: an error of fixed storage can always be
 * reported.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *isg_status_name(isg_status status)
{
    switch (status) {
    case ISG_OK: return "ok";
    case ISG_NOMEM: return "out of memory";
    case ISG_ARGUMENT: return "bad argument";
    case ISG_IO: return "input/output error";
    case ISG_FORMAT: return "damaged file";
    case ISG_VERSION: return "wrong format version";
    case ISG_MISMATCH: return "files do not belong together";
    case ISG_LIMIT: return "limit reached";
    case ISG_UNKNOWN: return "unknown name";
    case ISG_SYNTAX: return "rule error";
    case ISG_CALLBACK: return "stopped by callback";
    }
    return "unknown status";
}

static void fill(isg_error *error, isg_status code, const char *format, va_list args)
{
    memset(error, 0, sizeof *error);
    error->code = code;
    vsnprintf(error->message, sizeof error->message, format, args);
}

isg_status status_set(isg_error *error, isg_status code, const char *format, ...)
{
    if (error) {
        va_list args;
        va_start(args, format);
        fill(error, code, format, args);
        va_end(args);
    }
    return code;
}

isg_status status_at(isg_error *error, isg_status code, const char *file, unsigned line,
                     unsigned column, const char *format, ...)
{
    if (error) {
        va_list args;
        va_start(args, format);
        fill(error, code, format, args);
        va_end(args);
        error->line = line;
        error->column = column;
        if (file)
            snprintf(error->file, sizeof error->file, "%s", file);
    }
    return code;
}

isg_status status_nomem(isg_error *error)
{
    return status_set(error, ISG_NOMEM, "out of memory");
}
