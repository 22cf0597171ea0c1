/* report.h -- the page that shows a result: one file that opens without network.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_REPORT_H
#define EVALUATE_REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* Writes a result (docs/evaluate.schema.json) as an HTML page. Nothing of the result is trusted: it
 * stands in the page as JSON that can end no element, and is shown as text. False: out of memory,
 * or the file cannot be written (errno says why). */
bool report_write(const json_t *result, FILE *out);

#endif
