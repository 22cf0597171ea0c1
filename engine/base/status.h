/* status.h -- how a fallible function reports: it returns isg_status and fills an optional error.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <isogloss.h>

/* Fills *error (if not NULL) with code and a formatted one-line message; returns code. */
isg_status status_set(isg_error *error, isg_status code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* As status_set, with file (may be NULL) and a 1-based position (0: none). */
isg_status status_at(isg_error *error, isg_status code, const char *file, unsigned line,
                     unsigned column, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* The usual answer to a failed allocation. */
isg_status status_nomem(isg_error *error);

#endif
