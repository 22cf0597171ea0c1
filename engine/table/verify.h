/* verify.h -- the check of every record of a table, once, when it is opened.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TABLE_VERIFY_H
#define TABLE_VERIFY_H

#include "table/table.h"

/* Returns NULL if every index, offset and code of the table lies in its range and every program
 * ends; otherwise the name of the part that does not. Constant string. */
const char *table_verify(const struct table *table);

#endif
