/* fail.h -- filling isg_error.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_FAIL_H
#define EVALUATE_FAIL_H

#include <isogloss.h>
#include <stdarg.h>
#include <stdio.h>

/* Fills *error (NULL: nothing to fill) and returns the status. */
static inline isg_status __attribute__((format(printf, 3, 4)))
fail(isg_error *error, isg_status status, const char *format, ...)
{
    if (error) {
        va_list arguments;
        *error = (isg_error){.code = status};
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

static inline isg_status fail_memory(isg_error *error)
{
    return fail(error, ISG_NOMEM, "out of memory");
}

#endif
